//! Whether a near miss is near: it must have words (or marks) that the pattern looks for.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::rules::check_lexicon::PLAIN;
use crate::rules::pack::Lexicon;
use crate::rules::shape::{each, may_lack};
use crate::rules::template::{Element, Template};
use crate::text::token::{Mark, tokens};

/// Lexicon → form → words in lower case.
type Sets = HashMap<String, HashMap<String, HashSet<String>>>;

/// What the templates of a language look for, gathered once for each form of a lexicon.
#[derive(Debug)]
pub struct WordSets<'l> {
    lexicons: &'l BTreeMap<String, Lexicon>,
    sets: Sets,
}

impl<'l> WordSets<'l> {
    /// Nothing gathered yet from `lexicons`.
    pub fn new(lexicons: &'l BTreeMap<String, Lexicon>) -> WordSets<'l> {
        WordSets { lexicons, sets: Sets::new() }
    }

    /// True where `sentence` has a word that one of the templates has itself or in a lexicon, upper and lower case
    /// alike; for variants without any word, where it has one of their marks.
    pub fn near(&mut self, templates: &[&Template], sentence: &str) -> bool {
        let cut = tokens(sentence, 0..sentence.len());
        let words: Vec<String> = cut
            .iter()
            .filter(|token| token.is_wordlike())
            .map(|token| token.span.of(sentence).to_lowercase())
            .collect();
        let has_mark = |mark: Mark| cut.iter().any(|token| token.is(mark));
        templates.iter().any(|template| {
            let mut literal = false;
            let mut named = Vec::new();
            each(&template.elements, &mut |element| match element {
                Element::Word(forms) => {
                    literal |= forms.iter().any(|form| words.iter().any(|word| same_letters(form, word)));
                }
                Element::Lexicon { name, form } => named.push((name.as_str(), form.as_deref().unwrap_or(PLAIN))),
                _ => {}
            });
            literal
                || named.into_iter().any(|(name, form)| {
                    let set = self.set(name, form);
                    words.iter().any(|word| set.contains(word))
                })
                || marks_of_wordless(template).into_iter().any(has_mark)
        })
    }

    fn set(&mut self, name: &str, form: &str) -> &HashSet<String> {
        if !self.sets.get(name).is_some_and(|forms| forms.contains_key(form)) {
            let mut words = HashSet::new();
            gather(name, form, self.lexicons, &mut words, &mut Vec::new());
            self.sets.entry(name.to_owned()).or_default().insert(form.to_owned(), words);
        }
        self.sets.entry(name.to_owned()).or_default().entry(form.to_owned()).or_default()
    }
}

fn same_letters(form: &str, lower: &str) -> bool {
    form == lower || form.chars().flat_map(char::to_lowercase).eq(lower.chars())
}

/// The marks of a template that may stand for no word and no lexicon.
fn marks_of_wordless(template: &Template) -> Vec<Mark> {
    let mut marks = Vec::new();
    if may_lack(&template.elements, &|element| matches!(element, Element::Word(_) | Element::Lexicon { .. })) {
        each(&template.elements, &mut |element| {
            if let Element::Mark(mark, _) = element {
                marks.push(*mark);
            }
        });
    }
    marks
}

fn gather<'l>(
    name: &'l str,
    form: &'l str,
    lexicons: &'l BTreeMap<String, Lexicon>,
    words: &mut HashSet<String>,
    seen: &mut Vec<(&'l str, &'l str)>,
) {
    if seen.contains(&(name, form)) {
        return;
    }
    seen.push((name, form));
    let Some(lexicon) = lexicons.get(name) else { return };
    for include in &lexicon.includes {
        gather(include, form, lexicons, words, seen);
    }
    for template in lexicon.entries.iter().filter_map(|entry| entry.forms.get(form)).flatten() {
        let mut inner = Vec::new();
        each(&template.elements, &mut |element| match element {
            Element::Word(forms) => words.extend(forms.iter().map(|form| form.to_lowercase())),
            Element::Lexicon { name, form } => inner.push((name.as_str(), form.as_deref().unwrap_or(PLAIN))),
            _ => {}
        });
        for (name, form) in inner {
            gather(name, form, lexicons, words, seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse_template::{Allowed, parse_template};
    use crate::rules::sample::files;

    fn near(written: &str, sentence: &str) -> bool {
        let rules = crate::rules::load::load_from(files()).rules;
        let template = parse_template(written, Allowed::Pattern).unwrap();
        WordSets::new(&rules.languages[0].lexicons).near(&[&template], sentence)
    }

    #[test]
    fn words_of_the_template_and_of_its_lexicons_count_in_any_case() {
        assert!(near("according to {source}", "ACCORDING us a day"));
        assert!(near("{source} {say}", "They alleged it."));
        assert!(near("{source} {say.particle}", "He is out."));
        assert!(!near("{source} {say.particle}", "They alleged it."));
        assert!(!near("{source} {say}", "Nothing of that kind."));
    }

    #[test]
    fn a_template_of_marks_is_near_where_the_mark_stands() {
        assert!(near(r"^^ \({via}\)", "It (the dam) broke."));
        assert!(!near(r"^^ \({via}\)", "It broke: now."));
        // With words, they are asked for, and marks are not enough.
        assert!(!near("by {source}:", "It broke: now."));
    }
}
