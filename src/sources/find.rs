//! Finds names in a run of tokens: leftmost, longest, and only where a word really starts and ends.

use super::morphology::{Affixes, folded};
use super::names::{NO_WORD, NameHit, NameTable, Named};
use crate::text::token::{Kind, Mark, Token, is_small};
use crate::text::word_table::WordKey;

/// All names in `tokens` of `text`: leftmost first, the longest at each place, none over another.
///
/// Words are compared as written; a name's last word may carry one ending of the language and its first word one
/// proclitic. A hyphen joins a name to its neighbour, so that neither part of a compound is a name by itself, but for an
/// ending behind the hyphen. Names don't run over a blank line. `language`: the bit of the text's, see [`NameTable::end`].
pub fn hits(table: &NameTable, text: &str, tokens: &[Token], affixes: &Affixes, language: u64) -> Vec<NameHit> {
    let number = |token: &Token| {
        let word = token.span.of(text);
        if token.is_wordlike() { table.number_of(word, WordKey::of(word), token.plain) } else { NO_WORD }
    };
    let numbers: Vec<u32> = tokens.iter().map(number).collect();
    hits_of_words(table, text, tokens, &numbers, affixes, language)
}

/// The same where the number of each token's word is known: [`NameTable::number_of`], [`NO_WORD`] for marks.
pub fn hits_of_words(
    table: &NameTable,
    text: &str,
    tokens: &[Token],
    numbers: &[u32],
    affixes: &Affixes,
    language: u64,
) -> Vec<NameHit> {
    let finder = Finder { table, text, tokens, numbers, affixes, language, bare: affixes.is_empty() };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match finder.longest(at) {
            Some((last, named)) => {
                let (first, need) = (at as u32, named.need);
                out.extend(named.target.map(|target| NameHit { target, first, last: last as u32, need }));
                at = last;
            }
            None => at += 1,
        }
    }
    out
}

/// A name that was found: one past its last token, and whom it names.
type Found = (usize, Named);

struct Finder<'a> {
    table: &'a NameTable,
    text: &'a str,
    tokens: &'a [Token],
    affixes: &'a Affixes,
    language: u64,
    /// The number of each token's word in the table, or [`NO_WORD`].
    numbers: &'a [u32],
    /// True where the language has nothing to take off a word.
    bare: bool,
}

impl<'a> Finder<'a> {
    /// The word of a token as names write it.
    fn folded<'f>(&self, token: &Token, room: &'f mut String) -> &'f str
    where
        'a: 'f,
    {
        let word = token.span.of(self.text);
        if token.plain { word } else { folded(word, room) }
    }

    /// The number of the word of token `at`, where some name has it.
    fn number(&self, at: usize) -> Option<u32> {
        self.numbers.get(at).copied().filter(|&number| number != NO_WORD)
    }

    #[inline]
    fn longest(&self, at: usize) -> Option<Found> {
        let exact = self.numbers.get(at).and_then(|&number| self.table.start_of(number));
        if self.bare || self.tokens[at].kind != Kind::Word {
            return exact.filter(|_| self.may_start(at)).and_then(|node| self.walk(node, at));
        }
        let mut folding = String::new();
        let word = self.folded(&self.tokens[at], &mut folding);
        let starts = exact.is_some() || self.table.may_start_with(word);
        if !starts && !self.affixes.has_proclitics() || !self.may_start(at) {
            return None;
        }
        let best = exact.and_then(|node| self.walk(node, at));
        longer(best, self.stripped(word, starts, at))
    }

    /// The longest name that starts at `at` when an ending or a proclitic is taken off its first word.
    fn stripped(&self, word: &str, starts: bool, at: usize) -> Option<Found> {
        let start_of = |table: &NameTable, id| table.start_of(id);
        let mut best = if starts { self.named_stem(word, at, start_of) } else { None };
        for rest in self.affixes.rests(word).filter(|rest| self.table.may_start_with(rest)) {
            let start = self.table.id(rest).and_then(|id| self.table.start_of(id));
            best = longer(best, start.and_then(|node| self.walk(node, at)));
            best = longer(best, self.named_stem(rest, at, start_of));
        }
        let mut room = String::new();
        let parted = self.affixes.parted(word, &mut room, |whole| {
            let id = self.table.word(whole, &mut String::new())?;
            self.walk(self.table.start_of(id)?, at)
        });
        longer(best, parted)
    }

    /// The longest name from the node behind the token `at` on.
    fn walk(&self, mut node: u32, at: usize) -> Option<Found> {
        let mut best = None;
        let mut last = at + 1;
        loop {
            if self.table.is_end(node)
                && let Some(named) = self.table.end(node, self.language)
                && self.may_end(last)
            {
                best = Some((last, named));
            }
            let Some(token) = self.tokens.get(last) else { return best };
            let next = self.table.step_over(node, self.text, token, self.number(last));
            if self.bare && next.is_none() || self.blank_line_before(last) {
                return best;
            }
            let inflected = !self.bare && token.kind == Kind::Word;
            if inflected && next.is_none_or(|next| self.table.end(next, self.language).is_none()) {
                let mut folding = String::new();
                let word = self.folded(token, &mut folding);
                let step = |table: &NameTable, id| table.step_over(node, self.text, token, Some(id));
                best = longer(best, self.named_stem(word, last, step));
            }
            let Some(next) = next else { return best };
            node = next;
            last += 1;
        }
    }

    /// The name that ends with the token `at`, its `word`, folded, without an ending; `step` leads to the node behind a word.
    fn named_stem(&self, word: &str, at: usize, step: impl Fn(&NameTable, u32) -> Option<u32>) -> Option<Found> {
        let named = |id: Option<u32>| self.table.end(step(self.table, id?)?, self.language);
        let mut room = String::new();
        // What is left of a folded word is folded.
        self.affixes
            .stems(word)
            .find_map(|stem| named(self.table.id(stem)))
            .or_else(|| self.affixes.rebuilt(word, &mut room, |base| named(self.table.word(base, &mut String::new()))))
            .filter(|_| self.may_end(at + 1))
            .map(|named| (at + 1, named))
    }

    fn starts_lower(&self, token: &Token) -> bool {
        !token.capital && token.span.of(self.text).chars().next().is_some_and(is_small)
    }

    /// False where the token is the later part of a compound or of an address.
    fn may_start(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|i| self.tokens.get(i)).filter(|_| !self.tokens[at].spaced)
        else {
            return true;
        };
        let back = |by: usize| at.checked_sub(by).and_then(|i| self.tokens.get(i));
        match before.mark() {
            Some(Mark::Hyphen) => back(2).is_some_and(|word| self.affixes.precedes_hyphen(word.span.of(self.text))),
            // `//host/path`, `host.tld/path`
            Some(Mark::Slash) if !before.spaced => !match back(2) {
                Some(word) if word.is_wordlike() && !word.spaced => back(3).is_some_and(|mark| mark.is(Mark::Stop)),
                Some(mark) => mark.is(Mark::Slash),
                None => false,
            },
            _ => true,
        }
    }

    /// False where the name that ends before token `last` runs on in the same written word.
    fn may_end(&self, last: usize) -> bool {
        let Some(next) = self.tokens.get(last).filter(|next| !next.spaced) else { return true };
        let after = self.tokens.get(last + 1);
        let glued = after.filter(|token| token.is_wordlike() && !token.spaced);
        match next.mark() {
            // The name ends in a full stop and letters follow: it is a longer abbreviation.
            None => false,
            Some(Mark::Hyphen) => glued.is_some_and(|word| self.affixes.follows_hyphen(word.span.of(self.text))),
            // A hyphen at a line's end, its compound broken there; a real dash has other characters.
            Some(Mark::Dash) => next.span.len() > 1 || !after.is_some_and(|word| self.starts_lower(word)),
            // `name.tld`
            Some(Mark::Stop) => !glued.is_some_and(|word| {
                self.text.as_bytes().get(word.span.start as usize).is_some_and(u8::is_ascii_lowercase)
            }),
            Some(_) => true,
        }
    }

    /// True where white space with two line ends stands before the token: a name doesn't run over it.
    fn blank_line_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|i| self.tokens.get(i)) else { return false };
        let gap = before.span.end as usize..self.tokens[at].span.start as usize;
        gap.len() > 1 && self.text.get(gap).is_some_and(|white| white.bytes().filter(|&byte| byte == b'\n').count() > 1)
    }
}

/// The longer of two; the first where both end at the same token.
fn longer(a: Option<Found>, b: Option<Found>) -> Option<Found> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::word_forms::Morphology;
    use crate::text::token::tokens;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The words under each hit.
    fn found<'t>(names: &[&str], text: &'t str, morphology: Option<&Morphology>) -> Vec<&'t str> {
        let cut = tokens(text, 0..text.len());
        hits(&NameTable::of(names), text, &cut, &Affixes::new(morphology), 0)
            .iter()
            .map(|hit| cut[hit.first as usize].span.join(cut[hit.last as usize - 1].span).of(text))
            .collect()
    }

    fn endings(of: &[&str], before: &[&str]) -> Morphology {
        Morphology {
            suffixes: of.iter().map(|s| s.to_string()).collect(),
            proclitics: before.iter().map(|s| s.to_string()).collect(),
            ..Morphology::default()
        }
    }

    #[test]
    fn the_longest_name_wins_and_none_overlap() {
        let names = ["Associated Press", "Associated Press of Pakistan", "Pakistan", "Moscow", "The Moscow Times"];
        assert_eq!(
            found(
                &names,
                "Associated Press of Pakistan and Associated Press of London, The Moscow Times, Moscow",
                None
            ),
            ["Associated Press of Pakistan", "Associated Press", "The Moscow Times", "Moscow"]
        );
    }

    #[test]
    fn compounds_are_not_names() {
        let names = ["Interfax", "Moscow", "AFP", "US"];
        for text in
            ["Interfax-Ukraine", "pro-Moscow", "US-led", "Interfax\u{2011}Ukraine", "a Moscow-\n\nbrokered deal"]
        {
            assert!(found(&names, text, None).is_empty(), "{text}");
        }
        assert_eq!(found(&names, "Interfax – Ukraine; Moscow—it says; AFP/Getty; MOSCOW; Moscow - AFP", None).len(), 5);
    }

    #[test]
    fn an_ending_that_is_a_token_stays_outside() {
        assert_eq!(found(&["Reuters"], "Reuters’s, Reuters' and Reuters'a", None), ["Reuters"; 3]);
        let armenian = endings(&["-ի", "ն"], &[]);
        assert_eq!(found(&["Reuters"], "Reuters-ի, Reuters-ն, Reuters-Ipsos", Some(&armenian)), ["Reuters"; 2]);
    }

    #[test]
    fn addresses_are_not_names() {
        let names = ["Trend", "Mash", "Report.az"];
        assert_eq!(found(&names, "Trend.com https://t.me/Mash //Mash www.Report.az", None), ["Report.az"]);
        assert_eq!(found(&names, "by Trend.Others AFP/Mash", None), ["Trend", "Mash"]);
    }

    #[test]
    fn endings_and_proclitics_come_off_where_the_rest_is_a_name() {
        let slavic = endings(&["а", "ом", "у"], &[]);
        let names = ["Песков", "Радио Свобод", "Reuters", "Чад"];
        assert_eq!(found(&names, "сказано Песковом и на Радио Свободу", Some(&slavic)), ["Песковом", "Радио Свободу"]);
        assert!(found(&names, "Песковская песковом Радио Reutersом", Some(&slavic)).is_empty());
        assert!(found(&names, "Песковом", None).is_empty(), "no morphology, no endings");
        let arabic = endings(&[], &["و", "ب"]);
        let names = ["موسكو", "وكالة الأناضول"];
        assert_eq!(found(&names, "وموسكو بوكالة الأناضول", Some(&arabic)).len(), 2);
    }

    #[test]
    fn an_ending_may_take_the_place_of_letters() {
        let morphology = Morphology {
            cases: BTreeMap::from([("gen".to_owned(), vec!["ого".to_owned(), "ой".to_owned()])]),
            bases: BTreeMap::from([("gen".to_owned(), vec!["ий".to_owned(), "ая".to_owned()])]),
            ..Morphology::default()
        };
        let names = ["Зеленский", "Новая газета"];
        assert_eq!(found(&names, "слова Зеленского и Новой газеты", Some(&morphology)), ["Зеленского"]);
        assert!(found(&names, "Зеленского-Иванова", Some(&morphology)).is_empty());
        assert!(found(&names, "слова Зелена и Зеленой", Some(&morphology)).is_empty());
    }

    #[test]
    fn a_stop_that_ends_a_name_is_not_the_start_of_a_longer_abbreviation() {
        assert_eq!(found(&["U.S."], "in the U.S. and the U.S.A., U.S.", None), ["U.S."; 2]);
    }

    #[test]
    fn names_stop_at_a_blank_line_and_cross_a_line_end() {
        assert_eq!(found(&["Kyiv Independent"], "Kyiv\nIndependent", None).len(), 1);
        assert!(found(&["Kyiv Independent"], "Kyiv\n\nIndependent", None).is_empty());
    }

    #[test]
    fn case_is_never_folded_and_spelling_variants_are() {
        assert!(found(&["Trend", "AP"], "a trend in the ap store; TREND", None).is_empty());
        assert_eq!(found(&["Երևան"], "Ինչո՞ւ Երեւա՞ն", None), ["Երեւա՞ն"]);
    }

    proptest! {
        #[test]
        fn hits_are_in_order_and_inside(text in "(US|U\\.S\\.|RFE/RL|-|\\.|/| |’s|а|Песков|\n){0,20}|\\PC{0,60}") {
            let cut = tokens(&text, 0..text.len());
            let morphology = endings(&["а", "-s"], &["P", "a-"]);
            let names = NameTable::of(&["US", "U.S.", "RFE/RL", "RFE/RL's", "Песков", "S"]);
            let mut end = 0;
            for hit in hits(&names, &text, &cut, &Affixes::new(Some(&morphology)), 0) {
                prop_assert!(hit.first >= end && hit.first < hit.last && hit.last as usize <= cut.len());
                end = hit.last;
            }
        }
    }
}
