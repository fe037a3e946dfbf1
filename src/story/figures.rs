//! Numbers of a text as stretches of what they may mean: digits, number words, rounding and the words around them.

use any_ascii::any_ascii_char;

use crate::compiled::shared_words::{Meaning, Stretch};
use crate::policy::figure::{figures as classed, is_currency};
use crate::policy::page::{Page, Sentence};
use crate::scan::View;
use crate::story::terms::{Term, TermKind, is_small, letters_key, number};
use crate::story::words::Words;
use crate::text::span::Span;
use crate::text::token::{Kind, Mark};

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it may mean.
    pub stretch: Stretch,
    /// As it is written, with the words that round it and the noun behind it.
    pub span: Span,
    /// What it counts: the terms of the noun behind it.
    pub counted: Vec<Term>,
    /// The terms near it, its noun left out.
    pub near: Vec<Term>,
    /// What kind of number it is, as policies call it; `measure` for tonnes and the like.
    pub kind: &'static str,
    /// What a unit is told by: a currency, percent, tonnes. `None` for what counts things.
    pub unit: Option<u64>,
}

/// Kinds of numbers that are compared.
const COMPARED: [&str; 4] = ["count", "toll", "money", "share"];
/// Words before and behind a number within which those stand that tell of the dead and hurt.
const TOLL: (usize, usize) = (3, 5);
/// Numbers that are multiplied are rounded to half of their last digit.
const HALF: f64 = 0.5;

/// Words on either side of a number that belong to what it counts.
const NEAR: u32 = 9;
/// Most words of the noun behind a number.
const NOUN: usize = 4;

/// Of a hundred, as much as "about" leaves open.
const ABOUT: f64 = 0.15;
/// "More than" reaches up to this many times the number.
const MORE: f64 = 1.6;
/// "Less than" reaches down to this part of the number.
const LESS: f64 = 0.5;
/// Numbers below are meant as they are written.
const EXACT_BELOW: f64 = 100.0;

/// The numbers of sentence `i`; `terms` are the sentence's.
pub fn figures(page: &Page<'_>, words: &Words<'_, '_>, i: usize, terms: &[Term]) -> Vec<Figure> {
    let (view, sentence) = (words.view, &page.sentences[i]);
    let classes = classed(page, i);
    let mut out = Vec::new();
    let mut at = sentence.first;
    while at < sentence.last {
        let Some((stretch, end)) = value(words, at, sentence.last) else {
            at += 1;
            continue;
        };
        let start = view.tokens[at].span.start;
        let class = classes.iter().find(|f| f.span.start <= start && start < f.span.end);
        let mut kind = class.map_or("count", |f| f.kind);
        // Policies look at digits; here numbers in words tell of the dead and hurt, too.
        let hurt = |t: usize| view.lex_at(t, page.lexicons.unit_toll).is_some();
        let (before, behind) =
            (at.saturating_sub(TOLL.0).max(sentence.first)..at, end..(end + TOLL.1).min(sentence.last));
        if class.is_none() && (behind.into_iter().any(hurt) || before.into_iter().any(hurt)) {
            kind = "toll";
        }
        // A number word alone is as often a pronoun ("one of them").
        let word = view.tokens[at].kind == Kind::Word;
        let (unit, end) = unit(page, words, at, end, sentence.last);
        if kind == "label" && unit.is_some() {
            kind = "measure";
        }
        let last = noun_end(view, end, sentence.last);
        // Three more, of whom three: no count of all.
        let lex = page.lexicons.further_number;
        let further = view.lex_before(sentence.first, at, lex).is_some()
            || (end..=last.min(sentence.last)).any(|t| view.lex_at(t, lex).is_some());
        let ordinal = class.is_none() && !word && unit.is_none();
        let compared = COMPARED.contains(&kind) || unit.is_some() && kind == "measure";
        if compared
            && !ordinal
            && !further
            && (last > end || unit.is_some())
            && view.depth.get(at).is_none_or(|d| *d == 0)
        {
            let (from, stretch) = rounded(page, view, sentence, at, stretch);
            let noun = view.span(end, last);
            let near_from = view.tokens[at.saturating_sub(NEAR as usize).max(sentence.first)].span.start;
            let near_to = view.tokens[(last + NEAR as usize).min(sentence.last) - 1].span.end;
            let counted: Vec<Term> = terms.iter().filter(|t| noun.contains(t.span)).copied().collect();
            let within = |t: &&Term| t.span.start >= near_from && t.span.end <= near_to && t.kind != TermKind::Number;
            let near = terms.iter().filter(within).filter(|t| !noun.contains(t.span)).copied().collect();
            let from = if from == at && is_sign(view, at) { at - 1 } else { from };
            let unit = unit.filter(|_| kind != "count" && kind != "toll");
            out.push(Figure { stretch, span: view.span(from, last), counted, near, kind, unit });
        }
        at = end.max(at + 1);
    }
    out
}

/// The number that starts at token `at`, and one past its last token.
fn value(words: &Words<'_, '_>, at: usize, last: usize) -> Option<(Stretch, usize)> {
    let view = words.view;
    let shared = &view.language.shared;
    let (mut stretch, mut end) = if view.tokens[at].kind == Kind::Number {
        (amount(view.word(at))?, at + 1)
    } else {
        match shared.number(|n| following(words, at, n, last)) {
            Some((Meaning::Count(stretch), count)) => compound(words, stretch, at + count, last)?,
            _ => return None,
        }
    };
    if let Some((Meaning::Times(times), count)) = shared.number(|n| following(words, end, n, last)) {
        // A whole number of thousands or millions is rounded, a number in words is a stretch already.
        let room = if stretch.low == stretch.high && times >= 1000.0 { HALF } else { 0.0 };
        stretch = Stretch { low: (stretch.low - room) * times, high: (stretch.high + room) * times };
        end += count;
    }
    Some((stretch, end))
}

/// A number in words up to token `end` with the unit behind its tens ("twenty-one", "yirmi bir"), and one past its last token.
/// `None` where it goes on otherwise: what "quatre-vingt" comes to is not told by its parts.
fn compound(words: &Words<'_, '_>, stretch: Stretch, end: usize, last: usize) -> Option<(Stretch, usize)> {
    let view = words.view;
    let plain = |at: usize| match view.language.shared.number(|n| following(words, at, n, last)) {
        Some((Meaning::Count(s), 1)) if s.low == s.high => Some(s.low),
        _ => None,
    };
    let hyphen = |at: usize| at < last && view.tokens[at].is(Mark::Hyphen);
    let unit = if hyphen(end) { end + 1 } else { end };
    let Some(more) = plain(unit) else { return Some((stretch, end)) };
    let tens = stretch.low == stretch.high && stretch.low % 10.0 == 0.0 && (10.0..100.0).contains(&stretch.low);
    // "Ten three-storey houses" are ten.
    if unit == end && (!tens || more >= 10.0 || hyphen(end + 1)) {
        return Some((stretch, end));
    }
    let sum = stretch.low + more;
    (tens && more < 10.0 && (unit == end || stretch.low >= 20.0)).then_some((Stretch { low: sum, high: sum }, unit + 1))
}

/// A number in digits, with separators of thousands or of a fraction.
fn amount(written: &str) -> Option<Stretch> {
    if let Some(n) = number(written) {
        return Some(exact(n as f64));
    }
    let (whole, fraction) = written.rsplit_once(['.', ','])?;
    let (whole, digits) = (number(whole)?, number(fraction)?);
    // Behind a separator of thousands stand three digits.
    let places = fraction.chars().count();
    if places > 4 || places == 3 {
        return None;
    }
    let unit = 10f64.powi(-(places as i32));
    let n = whole as f64 + digits as f64 * unit;
    Some(Stretch { low: n - unit / 2.0, high: n + unit / 2.0 })
}

/// What the unit behind a number, or the sign before it, is told by, and one past its last token.
fn unit(page: &Page<'_>, words: &Words<'_, '_>, at: usize, end: usize, last: usize) -> (Option<u64>, usize) {
    let view = words.view;
    let lexicons = page.lexicons;
    let key = |text: &str| Some(letters_key(&consonants(text)));
    if is_sign(view, at) {
        return (Some(letters_key(view.word(at - 1))), end);
    }
    if end < last && view.word(end) == PERCENT {
        return (key(PERCENT), end + 1);
    }
    for (lex, name) in
        [(lexicons.unit_share, Some(PERCENT)), (lexicons.unit_money, None), (lexicons.unit_measure, None)]
    {
        if let Some(behind) = view.lex_at(end, lex).filter(|behind| *behind <= last) {
            return (key(name.unwrap_or_else(|| words.stem(end))), behind);
        }
    }
    (None, end)
}

/// The first consonants of a unit in Latin letters: what its names in many languages have in common.
fn consonants(word: &str) -> String {
    let mut latin = String::new();
    word.chars().for_each(|c| latin.push_str(any_ascii_char(c)));
    let mut out = String::new();
    for c in latin.to_lowercase().chars().filter(|c| !"aeiouyj".contains(*c)) {
        if !out.ends_with(c) && out.len() < UNIT {
            out.push(c);
        }
    }
    out
}

/// Consonants that a unit is told by.
const UNIT: usize = 3;
/// The sign of a share.
const PERCENT: &str = "%";

/// True where the sign of a currency stands before the number at token `at`.
fn is_sign(view: &View<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|b| view.word(b)).unwrap_or_default();
    is_currency(before)
}

/// The word `n` places behind token `at`, where no mark and no number stands between.
fn following<'w>(words: &'w Words<'_, '_>, at: usize, n: usize, last: usize) -> Option<&'w str> {
    let tokens = words.view.tokens.get(at..(at + n + 1).min(last))?;
    (tokens.len() > n && tokens.iter().all(|t| t.kind == Kind::Word)).then(|| words.lower(at + n))
}

/// A number in digits: large round ones are rounded, by half of their last digit that is no nought.
fn exact(n: f64) -> Stretch {
    if n < EXACT_BELOW {
        return Stretch { low: n, high: n };
    }
    let mut step = 1.0;
    while n % (step * 10.0) == 0.0 && step * 10.0 <= n {
        step *= 10.0;
    }
    let room = if step > 1.0 { step / 2.0 } else { 0.0 };
    Stretch { low: n - room, high: n + room }
}

/// The number with the words before it that round it.
fn rounded(page: &Page<'_>, view: &View<'_>, sentence: &Sentence, at: usize, stretch: Stretch) -> (usize, Stretch) {
    let lexicons = page.lexicons;
    let before = |lex| view.lex_before(sentence.first, at, lex);
    if let Some(from) = before(lexicons.over_number) {
        return (from, Stretch { low: stretch.low, high: stretch.high * MORE });
    }
    if let Some(from) = before(lexicons.under_number) {
        return (from, Stretch { low: stretch.low * LESS, high: stretch.high });
    }
    if let Some(from) = before(lexicons.about_number) {
        return (from, about(stretch));
    }
    (at, stretch)
}

/// A number that is only said to be about right; what is round leaves its room already.
fn about(stretch: Stretch) -> Stretch {
    let middle = f64::midpoint(stretch.low, stretch.high);
    Stretch { low: stretch.low.min(middle * (1.0 - ABOUT)), high: stretch.high.max(middle * (1.0 + ABOUT)) }
}

/// One past the noun behind a number: what is written on to it, then words up to the first small one or mark.
fn noun_end(view: &View<'_>, end: usize, last: usize) -> usize {
    let mut at = end;
    while at < last && at < end + NOUN {
        let token = &view.tokens[at];
        match token.mark() {
            Some(Mark::Hyphen | Mark::Quote | Mark::Apostrophe) => {}
            Some(_) => break,
            None if token.kind == Kind::Number || is_small(view, at) => break,
            None => {}
        }
        at += 1;
    }
    while at > end && !view.tokens[at - 1].is_wordlike() {
        at -= 1;
    }
    // A mark that was opened is closed.
    let marks = (end..at).filter(|&t| view.tokens[t].is(Mark::Quote)).count();
    if marks % 2 == 1 && view.tokens.get(at).is_some_and(|t| t.is(Mark::Quote)) && at < last { at + 1 } else { at }
}

/// True where two numbers can't be the same.
pub fn differ(a: &Stretch, b: &Stretch) -> bool {
    let (lower, higher) = if a.low <= b.low { (a, b) } else { (b, a) };
    lower.high < higher.low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_numbers_leave_room_and_small_ones_do_not() {
        let differs = |a: f64, b: f64| differ(&exact(a), &exact(b));
        assert!(!differs(2000.0, 1960.0) && !differs(100_000.0, 120_000.0));
        assert!(differs(2000.0, 3400.0) && differs(4.0, 5.0) && differs(1961.0, 1963.0));
        let several = Stretch { low: 3000.0, high: 9999.0 };
        assert!(differ(&several, &about(exact(2000.0))));
        let of = |written: &str| amount(written).unwrap();
        assert!(differ(&of("7.5"), &of("6")) && !differ(&of("7,5"), &of("7.48")) && !differ(&of("1,500"), &of("1500")));
        assert_eq!((amount("3:2"), amount("17th")), (None, None));
        assert!(!differ(&several, &exact(3000.0)));
    }
}
