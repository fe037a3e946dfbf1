//! Which entry of which lexicon some words are: what a lexicon finds tells only that there is one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::rules::check_lexicon::PLAIN;
use crate::rules::pack::LanguagePack;
use crate::rules::shape::each;
use crate::rules::template::{Element, Template};
use crate::text::token::tokens;

/// A written entry of a lexicon: the lexicon that it stands in, its key, and the string.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// Name of the lexicon that it is written in.
    pub lexicon: String,
    /// Its key.
    pub id: String,
    /// The form that it stands under: `finite`.
    pub form: String,
    /// The string, as written.
    pub written: String,
}

/// A lexicon in one of its forms, as templates ask for it.
pub type Asked = (String, String);

/// All entries that the patterns of a language can ask for.
#[derive(Debug, Default)]
pub struct Entries {
    all: Vec<Entry>,
    by_words: HashMap<Asked, HashMap<String, usize>>,
    of: BTreeMap<Asked, Vec<usize>>,
    samples: Vec<String>,
}

/// Most written forms of one entry that are told apart.
const MOST_FORMS: usize = 4096;

impl Entries {
    /// The entries of a language.
    pub fn new(pack: &LanguagePack) -> Entries {
        let mut out = Entries::default();
        let mut places: BTreeMap<Entry, usize> = BTreeMap::new();
        for asked in asked_for(pack) {
            let (name, form) = &asked;
            for part in closure(pack, name) {
                let entries = pack.lexicons.get(part).map_or(&[][..], |lexicon| &lexicon.entries);
                for (entry, template) in
                    entries.iter().flat_map(|e| e.forms.get(form).into_iter().flatten().map(move |t| (e, t)))
                {
                    let key = Entry {
                        lexicon: part.to_owned(),
                        id: entry.id.clone(),
                        form: form.clone(),
                        written: template.written.clone(),
                    };
                    let forms = written_forms(template);
                    let place = *places.entry(key.clone()).or_insert_with(|| {
                        out.all.push(key);
                        out.samples.push(forms.first().cloned().unwrap_or_default());
                        out.all.len() - 1
                    });
                    out.of.entry(asked.clone()).or_default().push(place);
                    let words = out.by_words.entry(asked.clone()).or_default();
                    for written in forms {
                        words.entry(written).or_insert(place);
                    }
                }
            }
        }
        out
    }

    /// All of them.
    pub fn all(&self) -> &[Entry] {
        &self.all
    }

    /// The entry of the lexicon `name` in the form `form` that `words` are; `None` where it takes words of another lexicon
    /// or bears an ending.
    pub fn find(&self, name: &str, form: &str, words: &str) -> Option<usize> {
        self.by_words.get(&(name.to_owned(), form.to_owned()))?.get(&plain(words)).copied()
    }

    /// One string of words that an entry stands for; `None` where it takes words of another lexicon.
    pub fn sample(&self, entry: usize) -> Option<&str> {
        self.samples.get(entry).map(String::as_str).filter(|sample| !sample.is_empty())
    }

    /// The entries that `{name.form}` stands for.
    pub fn of(&self, name: &str, form: &str) -> &[usize] {
        self.of.get(&(name.to_owned(), form.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Every lexicon and form that a pattern asks for.
    pub fn asked(&self) -> impl Iterator<Item = &Asked> {
        self.of.keys()
    }
}

/// The words of `text` in lower case, one space between them, marks left out.
pub fn plain(text: &str) -> String {
    let cut = tokens(text, 0..text.len());
    let words = cut.iter().filter(|t| t.is_wordlike()).map(|t| t.span.of(text).to_lowercase());
    words.collect::<Vec<_>>().join(" ")
}

/// Lexicons and forms that the patterns of a language name.
fn asked_for(pack: &LanguagePack) -> BTreeSet<Asked> {
    let mut out = BTreeSet::new();
    for template in pack.patterns.iter().flat_map(|pattern| &pattern.templates) {
        each(&template.elements, &mut |element| {
            if let Element::Lexicon { name, form } = element {
                out.insert((name.clone(), form.as_deref().unwrap_or(PLAIN).to_owned()));
            }
        });
    }
    out
}

/// The lexicon and all that it includes, each once.
fn closure<'p>(pack: &'p LanguagePack, name: &'p str) -> Vec<&'p str> {
    let mut found = vec![name];
    let mut next = 0;
    while let Some(lexicon) = found.get(next).map(|name| pack.lexicons.get(*name)) {
        for include in lexicon.into_iter().flat_map(|lexicon| &lexicon.includes) {
            if !found.contains(&include.as_str()) {
                found.push(include);
            }
        }
        next += 1;
    }
    found
}

/// Every string of words that a template of words stands for; none for one that takes words of another lexicon.
fn written_forms(template: &Template) -> Vec<String> {
    let mut out = Vec::new();
    for flat in template.expanded().unwrap_or_default() {
        let mut all = vec![String::new()];
        for element in &flat {
            match element {
                Element::Word(forms) => {
                    let joined = |start: &String, form: &String| {
                        let space = if start.is_empty() { "" } else { " " };
                        format!("{start}{space}{}", form.to_lowercase())
                    };
                    all = all.iter().flat_map(|start| forms.iter().map(|form| joined(start, form))).collect();
                }
                Element::Mark(..) => {}
                _ => all.clear(),
            }
            if all.len() > MOST_FORMS {
                all.clear();
            }
        }
        out.extend(all.into_iter().filter(|form| !form.is_empty()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::load::load_from;
    use crate::rules::sample::files;

    #[test]
    fn words_are_told_by_their_entry_in_any_case_and_over_included_lexicons() {
        let rules = load_from(files()).rules;
        let entries = Entries::new(&rules.languages[0]);
        let written = |found: Option<usize>| {
            found.map(|i| (entries.all()[i].lexicon.as_str(), entries.all()[i].written.as_str()))
        };
        assert_eq!(written(entries.find("say", "finite", "Says")), Some(("say", "sa(y|ys|id)")));
        assert_eq!(written(entries.find("say", "finite", "alleged")), Some(("claim", "allege(s|d)")));
        assert_eq!(written(entries.find("say", "particle", "out")), Some(("say", "out")));
        assert_eq!(entries.find("say", "finite", "out"), None);
        // The form `ing` is asked for by no pattern.
        assert_eq!(entries.all().len(), 6);
        assert_eq!(entries.of("say", "finite").len(), 5);
    }
}
