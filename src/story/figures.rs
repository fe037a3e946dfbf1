//! Numbers of a text as stretches of what they may mean: digits, number words, rounding and the words around them.

use crate::compiled::shared_words::{Meaning, Stretch};
use crate::policy::figure::figures as classed;
use crate::policy::page::{Page, Sentence};
use crate::scan::View;
use crate::story::terms::{Term, TermKind, is_small, number};
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
    /// What kind of number it is, as policies call it.
    pub kind: &'static str,
}

/// Kinds of numbers that are compared.
const COMPARED: [&str; 4] = ["count", "toll", "money", "share"];

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

/// The numbers of a sentence; `terms` are the sentence's.
pub fn figures(page: &Page<'_>, sentence: &Sentence, terms: &[Term]) -> Vec<Figure> {
    let view = page.view(sentence);
    let classes = classed(page, sentence);
    let mut out = Vec::new();
    let mut at = sentence.first;
    while at < sentence.last {
        let Some((stretch, end)) = value(view, at, sentence.last) else {
            at += 1;
            continue;
        };
        let start = view.tokens[at].span.start;
        let class = classes.iter().find(|f| f.span.start <= start && start < f.span.end);
        let kind = class.map_or("count", |f| f.kind);
        // A number word alone is as often a pronoun ("one of them").
        let word = view.tokens[at].kind == Kind::Word;
        let last = noun_end(view, end, sentence.last);
        let ordinal = class.is_none() && !word;
        if COMPARED.contains(&kind) && !ordinal && last > end && view.depth.get(at).is_none_or(|d| *d == 0) {
            let (from, stretch) = rounded(page, view, sentence, at, stretch);
            let noun = view.span(end, last);
            let near_from = view.tokens[at.saturating_sub(NEAR as usize).max(sentence.first)].span.start;
            let near_to = view.tokens[(last + NEAR as usize).min(sentence.last) - 1].span.end;
            let counted: Vec<Term> = terms.iter().filter(|t| noun.contains(t.span)).copied().collect();
            let within = |t: &&Term| t.span.start >= near_from && t.span.end <= near_to && t.kind != TermKind::Number;
            let near = terms.iter().filter(within).filter(|t| !noun.contains(t.span)).copied().collect();
            out.push(Figure { stretch, span: view.span(from, last), counted, near, kind });
        }
        at = end.max(at + 1);
    }
    out
}

/// The number that starts at token `at`, and one past its last token.
fn value(view: &View<'_>, at: usize, last: usize) -> Option<(Stretch, usize)> {
    let words = &view.language.shared;
    let (mut stretch, mut end) = if view.tokens[at].kind == Kind::Number {
        let n = number(view.word(at))? as f64;
        (exact(n), at + 1)
    } else {
        match words.number(following(view, at, last)) {
            Some((Meaning::Count(stretch), count)) => (stretch, at + count),
            _ => return None,
        }
    };
    if let Some((Meaning::Times(times), count)) = words.number(following(view, end, last)) {
        stretch = Stretch { low: stretch.low * times, high: stretch.high * times };
        end += count;
    }
    Some((stretch, end))
}

/// The words from token `at` on, up to the first mark.
fn following<'v>(view: &'v View<'_>, at: usize, last: usize) -> impl Iterator<Item = &'v str> {
    (at..last.min(view.tokens.len())).take_while(|&t| view.tokens[t].kind == Kind::Word).map(|t| view.word(t))
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
        assert!(!differ(&several, &exact(3000.0)));
    }
}
