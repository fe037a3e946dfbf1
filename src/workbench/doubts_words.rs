//! Words that no text can hold as they are written, entries too long to be found, lexicons that nothing asks for.

use std::collections::BTreeSet;

use crate::compiled::roles::{FACT_LISTS, PAGE_LISTS, ROLE_NAMES};
use crate::compiled::shared_words::is_shared;
use crate::compiled::word_lists::LONGEST_PHRASE;
use crate::rules::pack::{LanguagePack, Location};
use crate::rules::shape::each;

use crate::rules::suggest::nearest;
use crate::rules::template::{Element, Template};
use crate::sources::morphology::same_script;
use crate::workbench::doubt::Doubts;

/// Notes words and lexicons of a language that never do anything.
pub fn words(pack: &LanguagePack, out: &mut Doubts<'_>) {
    for pattern in &pack.patterns {
        if out.asks(&pattern.id, Some(&pack.tag), &pattern.location) {
            for template in pattern.templates.iter().chain(&pattern.but_not) {
                written(template, &pattern.location, out);
            }
        }
    }
    let asked = asked_for(pack);
    for (name, lexicon) in &pack.lexicons {
        let own: Vec<_> = lexicon.entries.iter().filter(|e| out.asks(name, Some(&pack.tag), &e.location)).collect();
        for entry in &own {
            for template in entry.forms.values().flatten() {
                written(template, &entry.location, out);
                too_long(template, &entry.location, out);
            }
        }
        if let Some(first) = own.first().filter(|_| !asked.contains(name.as_str()) && !is_shared(name)) {
            let near = nearest(name, asked.iter().copied());
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            let hint = hint.unwrap_or_else(|| format!("ask for it in a pattern, as `{{{name}}}`, or take it out"));
            out.add(&first.location, "unused-lexicon", format!("nothing asks for the lexicon `{name}`"), Some(hint));
        }
    }
    for noun in &pack.nouns {
        if out.asks(&noun.name, Some(&pack.tag), &noun.location) {
            noun.forms.iter().for_each(|template| written(template, &noun.location, out));
        }
    }
}

/// Names of lexicons that a rule or the engine asks for.
fn asked_for(pack: &LanguagePack) -> BTreeSet<&str> {
    let engine = ROLE_NAMES.iter().chain(FACT_LISTS).chain(PAGE_LISTS);
    let mut asked: BTreeSet<&str> = engine.copied().collect();
    let patterns = pack.patterns.iter().flat_map(|p| p.templates.iter().chain(&p.but_not));
    let entries = pack.lexicons.values().flat_map(|l| &l.entries).flat_map(|e| e.forms.values().flatten());
    let page = &pack.page;
    let lists = [&page.chrome, &page.ends_article, &page.byline, &page.dateword, &page.photo_credit];
    let lists = lists.into_iter().chain([&page.paid, &page.machine, &page.credit, &page.address]).flatten();
    let nouns = pack.nouns.iter().flat_map(|noun| &noun.forms);
    for template in patterns.chain(entries).chain(lists).chain(nouns) {
        each(&template.elements, &mut |element| {
            if let Element::Lexicon { name, .. } = element {
                asked.insert(name);
            }
        });
    }
    asked.extend(pack.lexicons.values().flat_map(|l| &l.includes).map(String::as_str));
    asked
}

/// Notes words with letters of two scripts.
fn written(template: &Template, rule: &Location, out: &mut Doubts<'_>) {
    each(&template.elements, &mut |element| {
        let Element::Word(forms) = element else { return };
        for form in forms {
            if let Some((first, other)) = mixed(form) {
                let at = out.files.words(rule, &template.written);
                let message =
                    format!("`{form}` has letters of two scripts, `{first}` and `{other}`: no text has it so");
                let hint = format!("type the word again; `{other}` only looks like a letter of the other script");
                out.add(&at, "mixed-scripts", message, Some(hint));
            }
        }
    });
}

/// The first letter of a word, and the first one that is of another script.
fn mixed(word: &str) -> Option<(char, char)> {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let first = letters.next()?;
    letters.find(|c| !alike(first, *c)).map(|other| (first, other))
}

/// True for letters of one script, all extensions of the Latin alphabet among each other.
fn alike(a: char, b: char) -> bool {
    let latin = |c: char| matches!(c, '\0'..='\u{2af}' | '\u{1e00}'..='\u{1eff}');
    latin(a) && latin(b) || same_script(a, b)
}

fn too_long(template: &Template, rule: &Location, out: &mut Doubts<'_>) {
    let longest = template.expanded().unwrap_or_default().iter().map(Vec::len).max().unwrap_or(0);
    if longest > LONGEST_PHRASE {
        let at = out.files.words(rule, &template.written);
        let message =
            format!("this entry has {longest} words and marks; more than {LONGEST_PHRASE} are not looked for");
        out.add(&at, "entry-too-long", message, Some("keep the words by which it is told".to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_another_script_are_found_in_a_word() {
        // The second letter is Latin.
        assert_eq!(mixed("Рeйтер"), Some(('Р', 'e')));
        assert_eq!((mixed("Рейтер"), mixed("report"), mixed("G20")), (None, None, None));
    }
}
