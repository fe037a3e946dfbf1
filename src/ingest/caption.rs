//! Tells captions by the photo credit that closes them.

use super::lines::{End, end_of};
use super::page::{PageRules, key};
use super::phrase::Cut;
use crate::text::span::Span;
use crate::text::token::Mark;

/// Bytes at the end of a paragraph that are looked at for a credit.
const TAIL: usize = 240;
/// Bytes of a paragraph that may start with a credit.
const LONGEST_LINE: usize = 240;
/// Bytes at its head in which the words of a credit stand.
const HEAD: usize = 48;
/// Most words of a credit.
const LONGEST: usize = 9;

/// The photo credit that closes the words under `span`, in bytes of `text`; `None` where there is none.
pub fn photo_credit(text: &str, span: Span, rules: &PageRules) -> Option<Span> {
    let whole = span.of(text);
    // A short paragraph that starts with the words of a credit is one, whatever follows.
    if whole.len() <= LONGEST_LINE {
        let cut = Cut::new(text, span.start as usize..cut_back(text, span, HEAD));
        if rules.phrases.prefix(&cut, key::PHOTO).is_some_and(|f| f.colon || f.words >= 2) {
            return Some(span);
        }
    }
    if end_of(whole, &[]) != End::Bare {
        return None;
    }
    let mut from = whole.len().saturating_sub(TAIL);
    while !whole.is_char_boundary(from) {
        from += 1;
    }
    let cut = Cut::new(text, span.start as usize + from..span.end as usize);
    let credit = |i: usize| cut.tokens.get(i).map(|t| Span::new(t.span.start as usize, span.end as usize));
    let tail = closing_tail(&cut);
    let words = wordlike(&cut, tail, cut.tokens.len());
    let bracketed =
        cut.tokens.get(tail).is_some_and(|t| t.is(Mark::Open)) && cut.tokens.last().is_some_and(|t| t.is(Mark::Close));
    if words == 0 || words > LONGEST {
        return None;
    }
    let strong = rules
        .phrases
        .contained(&cut, key::PHOTO)
        .into_iter()
        .filter(|f| f.from >= tail && (f.colon || f.words >= 2))
        .min_by_key(|f| f.from);
    if let Some(found) = strong {
        return credit(found.from.min(if bracketed { tail } else { found.from }));
    }
    if cut.word(tail) == "©" {
        let dated = (tail..cut.tokens.len()).any(|i| cut.word(i).starts_with(|c: char| c.is_ascii_digit()));
        return if dated { None } else { credit(tail) };
    }
    let marked_up = cut.tokens.get(tail).is_some_and(|t| t.is(Mark::Markup));
    if person_and_agency(&cut, tail) && (bracketed || marked_up || tail > 0) {
        return credit(tail);
    }
    None
}

/// The byte that is at most `most` bytes behind the start of `span`, on a character boundary.
fn cut_back(text: &str, span: Span, most: usize) -> usize {
    let mut end = span.range().end.min(span.start as usize + most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// Where the part behind the last terminator starts, or the bracket that closes the line, or a mark of bold type.
fn closing_tail(cut: &Cut<'_>) -> usize {
    let tokens = &cut.tokens;
    if tokens.last().is_some_and(|t| t.is(Mark::Close))
        && let Some(open) = (0..tokens.len()).rev().find(|&i| tokens[i].is(Mark::Open))
    {
        return open;
    }
    let terminator = |i: usize| {
        matches!(tokens[i].mark(), Some(Mark::Stop | Mark::Question | Mark::Exclamation | Mark::Ellipsis | Mark::Bar))
            && tokens.get(i + 1).is_some_and(|next| next.spaced || !next.is_wordlike())
    };
    let copyright = (0..tokens.len()).rev().find(|&i| cut.word(i) == "©");
    let last = (0..tokens.len().saturating_sub(1)).rev().find(|&i| terminator(i)).map_or(0, |i| i + 1);
    // Quotation marks and brackets right behind the terminator belong before it.
    let last = (last..tokens.len())
        .find(|&i| !matches!(tokens[i].mark(), Some(Mark::Quote | Mark::Apostrophe | Mark::Close)))
        .unwrap_or(last);
    copyright.map_or(last, |c| c.max(last))
}

/// `Ann Oak / XYZ`: a name of two or more words, a slash, an agency.
fn person_and_agency(cut: &Cut<'_>, tail: usize) -> bool {
    let tokens = &cut.tokens[tail..];
    let Some(slash) = tokens.iter().position(|t| t.is(Mark::Slash)) else { return false };
    let name: Vec<_> = tokens[..slash].iter().filter(|t| t.is_wordlike()).collect();
    let agency = tokens[slash + 1..].iter().find(|t| t.is_wordlike());
    let plain = tokens.iter().all(|t| !t.span.of(cut.text).starts_with(|c: char| c.is_ascii_digit()));
    name.len() >= 2
        && name.len() <= 5
        && plain
        && name.iter().all(|t| t.capital)
        && agency.is_some_and(|t| t.capital)
        && !tokens[..slash].iter().any(|t| matches!(t.mark(), Some(Mark::Dash | Mark::Colon)))
}

fn wordlike(cut: &Cut<'_>, from: usize, to: usize) -> usize {
    cut.tokens[from.min(to)..to].iter().filter(|t| t.is_wordlike()).count()
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::rules;
    use super::*;

    fn credit(line: &str) -> Option<&str> {
        photo_credit(line, Span::new(0, line.len()), &rules()).map(|s| s.of(line))
    }

    #[test]
    fn captions_are_told_by_their_closing_credit() {
        for (line, want) in [
            ("The mayor at the harbour. Photo: Ann Oak", "Photo: Ann Oak"),
            ("The ferry lies in dock on May 6, 2024. (Ann Oak/XYZ via Big Pictures)", "(Ann Oak/XYZ via Big Pictures)"),
            ("The old dock. **Ann Oak / XYZ**", "**Ann Oak / XYZ**"),
            ("The old dock. Ann Oak/XYZ", "Ann Oak/XYZ"),
            ("The mayor © Ann Oak", "© Ann Oak"),
            (
                "Photo: The mayor speaks to the press at the harbour",
                "Photo: The mayor speaks to the press at the harbour",
            ),
        ] {
            assert_eq!(credit(line), Some(want), "{line}");
        }
    }

    #[test]
    fn closing_credits_and_slashes_of_prose_are_none() {
        for line in [
            "The ferry is out of service, the mayor said. (XYZ)",
            "The ferry is out of service (XYZ/ABC)",
            "The photo: a forgery, said the mayor.",
            "He sent it via the embassy.",
            "The vote was 12/13 against the Ann Oak/Lee Elm plan.",
            "Ann Oak/XYZ",
            "© 2024 The Harbour News",
        ] {
            assert_eq!(credit(line), None, "{line}");
        }
    }
}
