//! Matches templates without slots (the words of pages) against the tokens of a line.

use std::sync::Arc;

use rapidhash::{RapidHashMap, RapidHashSet};

use crate::rules::template::Element;
use crate::text::letter::{INSIDE, flags};
use crate::text::token::{Kind, Mark, Token, tokens};

/// A line, cut into tokens.
#[derive(Debug)]
pub struct Cut<'t> {
    /// The text that the tokens' spans point into.
    pub text: &'t str,
    /// The tokens of the line.
    pub tokens: Vec<Token>,
}

impl<'t> Cut<'t> {
    /// Cuts the bytes `range` of `text`.
    pub fn new(text: &'t str, range: std::ops::Range<usize>) -> Cut<'t> {
        Cut { text, tokens: tokens(text, range) }
    }

    /// The words of token `i`; empty where there is none.
    pub fn word(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// The first word or number at or after token `i`.
    pub fn wordlike_from(&self, i: usize) -> Option<usize> {
        (i..self.tokens.len()).find(|&k| self.tokens[k].is_wordlike())
    }
}

/// Where a phrase stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The phrase's key.
    pub key: usize,
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    /// Number of words and numbers in the phrase.
    pub words: usize,
    /// True where the phrase ends in a colon.
    pub colon: bool,
}

#[derive(Debug, Clone)]
struct Flat {
    key: usize,
    elements: Arc<[Element]>,
    words: usize,
    colon: bool,
}

/// Many phrases, each with a key, found by their first word.
#[derive(Debug, Clone, Default)]
pub struct PhraseIndex {
    flats: Vec<Flat>,
    by_word: RapidHashMap<String, Vec<usize>>,
    /// Those that start with a number (`None`) or a mark, by its class.
    by_other: RapidHashMap<Option<Mark>, Vec<usize>>,
    /// One word of each phrase that has one, the longest, in all its forms.
    needed: RapidHashSet<String>,
    /// True where some phrase has no word that must be there.
    wordless: bool,
}

/// Finds the texts in which a phrase may stand at all: most have none of the words that one needs.
#[derive(Debug, Clone, Default)]
pub struct Sieve {
    /// A word of each phrase, in all ways in which it may be written.
    words: RapidHashSet<String>,
    /// By first byte, one bit for each length in bytes that such a word has: most words of a text have none of these.
    lengths: Vec<u64>,
    /// True where some phrase has no word.
    wordless: bool,
}

/// The bit for words of so many bytes; the last one is for all that are longer.
fn length_bit(bytes: usize) -> u64 {
    1 << bytes.min(63)
}

impl Sieve {
    fn new(words: RapidHashSet<String>, wordless: bool) -> Sieve {
        let mut lengths = vec![0; 256];
        for word in &words {
            word.bytes().take(1).for_each(|first| lengths[usize::from(first)] |= length_bit(word.len()));
        }
        Sieve { words, lengths, wordless }
    }

    /// False where no phrase stands in this text.
    pub fn may_hold(&self, text: &str) -> bool {
        let known = |word: &str| {
            let bits = word.bytes().next().and_then(|first| self.lengths.get(usize::from(first)));
            bits.is_some_and(|bits| bits & length_bit(word.len()) != 0) && self.words.contains(word)
        };
        self.wordless || text.split(|c: char| flags(c) & INSIDE == 0).any(known)
    }
}

impl PhraseIndex {
    /// Adds the sequences under `key`; one with slots, gaps, anchors or lexicons never matches.
    pub fn add(&mut self, key: usize, flats: &[Arc<[Element]>]) {
        let mut first: Option<(&[String], Vec<String>)> = None;
        for elements in flats {
            let words = elements.iter().filter(|e| matches!(e, Element::Word(_) | Element::Number)).count();
            let colon = matches!(elements.last(), Some(Element::Mark(Mark::Colon, _)));
            let at = self.flats.len();
            match elements.first() {
                Some(Element::Word(forms)) => {
                    // Sequences of one template come together, and most start alike.
                    if first.as_ref().is_none_or(|(known, _)| *known != forms.as_slice()) {
                        first = Some((forms.as_slice(), forms.iter().flat_map(|form| cases(form)).collect()));
                    }
                    for form in first.iter().flat_map(|(_, cases)| cases) {
                        match self.by_word.get_mut(form) {
                            Some(list) if list.last() == Some(&at) => {}
                            Some(list) => list.push(at),
                            None => {
                                self.by_word.insert(form.clone(), vec![at]);
                            }
                        }
                    }
                }
                Some(Element::Mark(mark, _)) => self.by_other.entry(Some(class(*mark))).or_default().push(at),
                Some(_) => self.by_other.entry(None).or_default().push(at),
                None => continue,
            }
            let forms = elements.iter().filter_map(|element| match element {
                Element::Word(forms) => Some(forms),
                _ => None,
            });
            // Of the words the one whose shortest form is the longest is the rarest.
            match forms.max_by_key(|forms| forms.iter().map(String::len).min()) {
                Some(forms) => forms.iter().for_each(|form| {
                    if !self.needed.contains(form) {
                        self.needed.insert(form.clone());
                    }
                }),
                None => self.wordless = true,
            }
            self.flats.push(Flat { key, elements: elements.clone(), words, colon });
        }
    }

    /// What sorts out texts that hold none of the phrases added so far.
    pub fn sieve(&self) -> Sieve {
        Sieve::new(self.needed.iter().flat_map(|form| cases(form)).collect(), self.wordless)
    }

    /// The phrases whose first word this is.
    fn starting(&self, word: &str) -> &[usize] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }

    fn starting_with(&self, mark: Option<Mark>) -> &[usize] {
        self.by_other.get(&mark).map_or(&[], Vec::as_slice)
    }

    /// False where no phrase starts with the first word of the line; marks before it leave that open.
    pub fn may_open(&self, line: &str) -> bool {
        let end = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
        // A word of letters that take more than a byte is for the tokeniser to cut.
        let plain = end > 0 && line[end..].chars().next().is_none_or(|c| c.is_ascii() && !c.is_ascii_digit());
        !plain || !self.starting(&line[..end]).is_empty()
    }

    /// All phrases that start at token `i`.
    pub fn at<'s>(&'s self, cut: &'s Cut<'_>, i: usize) -> impl Iterator<Item = Found> + 's {
        let starting = match cut.tokens.get(i).map(|token| token.kind) {
            Some(Kind::Word) => self.starting(cut.word(i)),
            Some(Kind::Number) => self.starting_with(None),
            // Markup is passed over: what counts is the mark behind it.
            Some(Kind::Mark(_)) => {
                let behind = cut.tokens[i..].iter().find(|token| !token.is(Mark::Markup)).and_then(Token::mark);
                behind.map_or(&[][..], |mark| self.starting_with(Some(class(mark))))
            }
            None => &[],
        };
        starting.iter().filter_map(move |&n| {
            let flat = &self.flats[n];
            let to = matched(&flat.elements, cut, i)?;
            Some(Found { key: flat.key, from: i, to, words: flat.words, colon: flat.colon })
        })
    }

    /// All phrases in the line, in order of their first tokens.
    pub fn all(&self, cut: &Cut<'_>) -> Vec<Found> {
        (0..cut.tokens.len()).flat_map(|i| self.at(cut, i)).collect()
    }

    /// The longest phrase of `key` that starts at the line's first word (or at a mark before it).
    pub fn prefix(&self, cut: &Cut<'_>, key: usize) -> Option<Found> {
        let first = cut.wordlike_from(0)?;
        (0..=first).flat_map(|i| self.at(cut, i)).filter(|f| f.key == key).max_by_key(|f| (f.words, f.to))
    }

    /// A phrase of `key` that takes every word of the line; marks around it are skipped.
    pub fn whole(&self, cut: &Cut<'_>, key: usize) -> Option<Found> {
        let first = cut.wordlike_from(0)?;
        (0..=first)
            .flat_map(|i| self.at(cut, i))
            .filter(|f| f.key == key && cut.wordlike_from(f.to).is_none())
            .max_by_key(|f| (f.words, f.to))
    }

    /// All phrases of `key` anywhere in the line, in order.
    pub fn contained(&self, cut: &Cut<'_>, key: usize) -> Vec<Found> {
        self.all(cut).into_iter().filter(|f| f.key == key).collect()
    }
}

/// The ways in which a word may be written: one without capitals with a capital or in capitals, too.
fn cases(form: &str) -> Vec<String> {
    let mut out = vec![form.to_owned()];
    if !form.chars().any(char::is_uppercase) {
        let mut rest = form.chars();
        out.extend(rest.next().map(|first| first.to_uppercase().chain(rest).collect()));
        out.push(form.to_uppercase());
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The token after `elements` where they match from token `from` on. Marks of the line that the template doesn't write are
/// skipped, but none before the first element.
fn matched(elements: &[Element], cut: &Cut<'_>, from: usize) -> Option<usize> {
    let mut at = from;
    for (n, element) in elements.iter().enumerate() {
        match element {
            Element::Mark(mark, _) => {
                while cut.tokens.get(at).is_some_and(|t| t.is(Mark::Markup)) {
                    at += 1;
                }
                let found = cut.tokens.get(at)?.mark()?;
                if class(found) != class(*mark) {
                    return None;
                }
            }
            Element::Word(_) | Element::Number => {
                while n > 0 && cut.tokens.get(at).is_some_and(|t| !t.is_wordlike()) {
                    at += 1;
                }
                let token = cut.tokens.get(at)?;
                let fits = match element {
                    Element::Word(forms) => forms.iter().any(|form| same_word(form, cut.word(at))),
                    _ => token.kind == Kind::Number,
                };
                if !fits {
                    return None;
                }
            }
            _ => return None,
        }
        at += 1;
    }
    (at > from).then_some(at)
}

/// Marks that stand for each other are one.
fn class(mark: Mark) -> Mark {
    match mark {
        Mark::Hyphen => Mark::Dash,
        Mark::Apostrophe => Mark::Quote,
        other => other,
    }
}

/// A form without capitals fits any case; one with capitals only itself.
fn same_word(form: &str, word: &str) -> bool {
    if form == word {
        return true;
    }
    if form.is_ascii() && word.is_ascii() {
        return form.eq_ignore_ascii_case(word) && !form.bytes().any(|b| b.is_ascii_uppercase());
    }
    !form.chars().any(char::is_uppercase) && word.chars().flat_map(char::to_lowercase).eq(form.chars())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::rules::outline::flat;
    use crate::rules::template::Template;

    /// A template of plain words; `#` stands for a number, and marks for themselves.
    pub(crate) fn plain(words: &str) -> Template {
        let text = words;
        let elements = tokens(text, 0..text.len())
            .iter()
            .map(|t| match t.kind {
                Kind::Mark(Mark::Other) if t.span.of(text) == "#" => Element::Number,
                Kind::Mark(mark) => Element::Mark(mark, !t.spaced),
                _ => Element::Word(vec![t.span.of(text).to_owned()]),
            })
            .collect();
        Template { elements, written: words.to_owned() }
    }

    /// Several of them.
    pub(crate) fn plains(lines: &[&str]) -> Vec<Template> {
        lines.iter().map(|l| plain(l)).collect()
    }

    fn index() -> PhraseIndex {
        let mut index = PhraseIndex::default();
        index.add(1, &flat(&plains(&["all news", "# minutes ago", "tags:", "UP"])));
        index
    }

    fn cut(text: &str) -> Cut<'_> {
        Cut::new(text, 0..text.len())
    }

    #[test]
    fn a_whole_line_may_be_in_capitals_and_between_marks() {
        assert!(index().whole(&cut("— ALL NEWS »"), 1).is_some());
        assert!(index().whole(&cut("All the news"), 1).is_none());
        assert!(index().whole(&cut("All news of the day"), 1).is_none());
        assert!(index().whole(&cut("5 minutes ago"), 1).is_some());
    }

    #[test]
    fn a_sieve_lets_through_what_holds_a_phrase_and_little_else() {
        let mut index = PhraseIndex::default();
        index.add(1, &flat(&plains(&["made by AI", "с помощью нейросети"])));
        let sieve = index.sieve();
        for line in ["It was made by AI.", "MADE by AI", "Текст создан с помощью нейросети"]
        {
            assert!(!index.contained(&cut(line), 1).is_empty() && sieve.may_hold(line), "{line}");
        }
        assert!(!sieve.may_hold("The homemade bread rained."), "inside a longer word");
        index.add(1, &flat(&plains(&["# %"])));
        assert!(index.sieve().may_hold("5 %"), "a phrase without a word may stand anywhere");
    }

    #[test]
    fn a_written_mark_must_be_there_and_capitals_count_where_written() {
        assert!(index().prefix(&cut("Tags: war, peace"), 1).is_some_and(|f| f.colon));
        assert!(index().prefix(&cut("Tags were worn"), 1).is_none());
        assert_eq!(index().contained(&cut("Support UP, look up"), 1).len(), 1);
    }
}
