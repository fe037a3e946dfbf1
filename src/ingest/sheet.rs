//! A page in work: its paragraphs, and what each was found to be so far.

use std::cell::OnceCell;

use super::byline::{Signs, signs};
use super::page::{PageRules, Phrase};
use super::paragraph::Unit;
use crate::article::BlockKind;
use crate::text::token::{Kind, Mark, tokens};

/// The paragraphs of one text and what is known of each.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Page words.
    pub rules: &'a PageRules,
    /// The paragraphs, in order.
    pub units: Vec<Unit>,
    /// What each was found to be; `None` while it is open.
    pub kinds: Vec<Option<BlockKind>>,
    /// True where paragraphs are parted by blank lines.
    pub spaced: bool,
    /// True once something of a page was seen: chrome, a date line, an address.
    pub page: bool,
    normals: Vec<OnceCell<String>>,
}

impl<'a> Sheet<'a> {
    /// A sheet on which nothing is known yet.
    pub fn new(text: &'a str, units: Vec<Unit>, spaced: bool, rules: &'a PageRules) -> Sheet<'a> {
        let kinds = vec![None; units.len()];
        let normals = vec![OnceCell::new(); units.len()];
        Sheet { text, rules, units, kinds, spaced, page: false, normals }
    }

    /// The words of unit `i`.
    pub fn words(&self, i: usize) -> &'a str {
        self.units[i].span.of(self.text)
    }

    /// True while unit `i` is open.
    pub fn free(&self, i: usize) -> bool {
        self.kinds[i].is_none()
    }

    /// True where unit `i` is open and prose.
    pub fn prose(&self, i: usize) -> bool {
        self.free(i) && self.units[i].is_prose()
    }

    /// True where unit `i` is open and like a headline.
    pub fn headline(&self, i: usize) -> bool {
        self.free(i) && self.units[i].is_headline()
    }

    /// Says what unit `i` is, if it is open.
    pub fn set(&mut self, i: usize, kind: BlockKind) {
        self.kinds[i].get_or_insert(kind);
    }

    /// Says that unit `i` is no part of the article, and that the text is a page.
    pub fn drop(&mut self, i: usize) {
        self.set(i, BlockKind::Boilerplate);
        self.page = true;
    }

    /// The words of unit `i` without marks and case, to compare.
    pub fn normal(&self, i: usize) -> &str {
        self.normals[i].get_or_init(|| normal(self.words(i)))
    }

    /// The signs of a byline in unit `i`.
    pub fn signs(&self, i: usize) -> Option<Signs> {
        signs(self.text, &self.units[i], self.rules)
    }

    /// True where unit `i` was told by this phrase.
    pub fn phrase(&self, i: usize, phrase: Phrase) -> bool {
        self.units[i].phrase == Some(phrase)
    }

    /// True for `Word: words`: a line with a label of its own is content, even without a terminator.
    pub fn labelled(&self, i: usize) -> bool {
        let words = self.words(i);
        let Some(at) = words.find([':', '\u{55d}', '\u{589}', '\u{ff1a}']) else { return false };
        let label = &words[..at];
        label.split_whitespace().count() <= 3
            && !label.is_empty()
            && words[at..].chars().nth(1).is_some_and(char::is_whitespace)
    }

    /// True for a list of tags: many short items between commas.
    pub fn tags(&self, i: usize) -> bool {
        let words = self.words(i);
        let items: Vec<&str> =
            words.split([',', '\u{60c}', '|', '•', '·', '#']).map(str::trim).filter(|s| !s.is_empty()).collect();
        items.len() >= 4
            && !self.units[i].end.is_full()
            && items.iter().all(|item| item.split_whitespace().count() <= 3)
    }

    /// True for a line of names run together (`The Harbour NewsAnn Oak`).
    pub fn glued(&self, i: usize) -> bool {
        let unit = &self.units[i];
        if unit.end.is_full() || unit.words > 8 || unit.code {
            return false;
        }
        let found = tokens(self.text, unit.span.range());
        found.iter().all(|t| !matches!(t.kind, Kind::Mark(m) if !matches!(m, Mark::Hyphen | Mark::Apostrophe | Mark::Stop | Mark::Comma)))
            && found.iter().any(|t| t.kind == Kind::Word && is_glued(t.span.of(self.text)))
    }
}

/// True for a word with a capital behind a small letter and small letters behind it, both parts of some length.
fn is_glued(word: &str) -> bool {
    let mut last_lower = false;
    for (at, c) in word.char_indices() {
        if last_lower && c.is_uppercase() {
            let (left, right) = word.split_at(at);
            if left.chars().count() >= 3 && right.chars().count() >= 3 && right.chars().skip(1).all(char::is_lowercase)
            {
                return true;
            }
        }
        last_lower = c.is_lowercase();
    }
    false
}

/// Words in lower case with one space between them, without marks.
pub fn normal(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut gap = false;
    for c in words.chars() {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '\u{2019}' | '\u{ad}') {
            gap = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_run_together_are_told_from_names_with_a_capital_inside() {
        assert!(is_glued("NewsAnn"));
        assert!(is_glued("ProtzWednesday"));
        assert!(!is_glued("McDonald"));
        assert!(!is_glued("PanARMENIAN"));
    }

    #[test]
    fn comparing_ignores_marks_and_case() {
        assert_eq!(normal("The \"Old\" Dock’s end – now"), "the old docks end now");
    }
}
