//! Tells what is no part of the article: chrome, cards and feeds of other stories.
//!
//! Prose is kept unless something general speaks against it: page words, a teaser that was cut, names run together, a place
//! behind the line that ends the article.

use std::collections::HashMap;

use super::caption::photo_credit;
use super::lines::{End, url_line};
use super::page::Phrase;
use super::sheet::Sheet;
use crate::article::BlockKind;

/// Fewest headlines one after another that make a list of other stories.
const RUN: usize = 3;
/// From this many words on, one paragraph alone is surely prose.
const SOLID: usize = 15;

/// Marks what can be told line by line: page words, addresses, captions, times of other stories.
pub fn mark_lines(sheet: &mut Sheet<'_>) {
    for i in 0..sheet.units.len() {
        let unit = sheet.units[i];
        if unit.code {
            let kind = if sheet.text.get(..unit.span.start as usize).is_some_and(|before| before.ends_with("![")) {
                BlockKind::Caption
            } else {
                BlockKind::Boilerplate
            };
            sheet.set(i, kind);
            continue;
        }
        match unit.phrase {
            Some(Phrase::Chrome(_) | Phrase::Teaser | Phrase::Ends | Phrase::Address) => sheet.drop(i),
            Some(Phrase::Paid) => {
                sheet.set(i, BlockKind::Paid);
                sheet.page = true;
            }
            Some(Phrase::Credit) => {}
            None if url_line(sheet.words(i)).is_some() || is_clock(sheet.words(i)) => sheet.drop(i),
            None if unit.heading == 0 && photo_credit(sheet.text, unit.span, sheet.rules).is_some() => {
                sheet.set(i, BlockKind::Caption)
            }
            None => {}
        }
    }
    // A label takes the headline below it, and so does the time of another story.
    for i in 1..sheet.units.len() {
        let label = sheet.phrase(i - 1, Phrase::Chrome(true)) || is_clock(sheet.words(i - 1));
        if label && sheet.headline(i) && sheet.units[i].end == End::Bare {
            sheet.drop(i);
        }
    }
}

/// A time of day that stands alone.
fn is_clock(words: &str) -> bool {
    let parts: Vec<&str> = words.split([':', '.']).collect();
    parts.len() == 2
        && parts.iter().all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
        && parts[1].len() == 2
}

/// Marks cards of other stories inside the body: a headline with its teaser on the next line, without the blank line that
/// parts the article's own paragraphs, and often the outlet and author run together.
pub fn mark_cards(sheet: &mut Sheet<'_>, from: usize) {
    if !sheet.spaced {
        return;
    }
    for i in from.max(2)..sheet.units.len() {
        let close = |k: usize| sheet.units[k].blanks == 0;
        // Headline, teaser, names run together.
        if sheet.free(i) && sheet.glued(i) && close(i) && close(i - 1) && sheet.headline(i - 2) && sheet.free(i - 1) {
            (i - 2..=i).for_each(|k| sheet.drop(k));
        }
    }
    for i in from.max(1)..sheet.units.len() {
        // Headline, teaser that was cut.
        if sheet.free(i)
            && sheet.units[i].end == End::Cut
            && sheet.units[i].words >= 8
            && sheet.units[i].blanks == 0
            && sheet.headline(i - 1)
            && sheet.units[i - 1].words >= 3
        {
            sheet.drop(i - 1);
            sheet.drop(i);
            if i + 1 < sheet.units.len()
                && sheet.units[i + 1].blanks == 0
                && sheet.headline(i + 1)
                && sheet.units[i + 1].words <= 8
            {
                sheet.drop(i + 1);
            }
        }
    }
}

/// Marks what stands behind the end of the article, which starts at unit `start`: a line such as "related topics", or a closing
/// credit of a page.
pub fn mark_after_end(sheet: &mut Sheet<'_>, start: usize) {
    let count = sheet.units.len();
    let (mut prose, mut before) = (false, 0);
    let all: usize = (start..count).filter(|&k| sheet.prose(k)).map(|k| sheet.units[k].words).sum();
    let mut i = start;
    while i < count {
        // A heading of the same words with far more prose behind it than before is one of the article's own.
        if prose && sheet.phrase(i, Phrase::Ends) && all - before <= before * 2 {
            for k in i..count {
                sheet.kinds[k] = Some(BlockKind::Boilerplate);
            }
            return;
        }
        if sheet.free(i) && sheet.phrase(i, Phrase::Credit) {
            sheet.set(i, BlockKind::Credit);
            let next = (i + 1..count).find(|&k| sheet.free(k) && !sheet.phrase(k, Phrase::Credit));
            let feed = next.is_some_and(|k| sheet.page || sheet.headline(k));
            if prose && feed {
                for k in i + 1..count {
                    if sheet.phrase(k, Phrase::Credit) {
                        sheet.set(k, BlockKind::Credit);
                    } else if sheet.free(k) {
                        sheet.drop(k);
                    }
                }
                return;
            }
        }
        if sheet.prose(i) {
            prose = true;
            before += sheet.units[i].words;
        }
        i += 1;
    }
}

/// Marks lists of headlines behind the last prose of the article, and inside it where the text is a page.
pub fn mark_lists(sheet: &mut Sheet<'_>, start: usize) {
    let count = sheet.units.len();
    let near = |sheet: &Sheet<'_>, i: usize| (i > start && sheet.prose(i - 1)) || (i + 1 < count && sheet.prose(i + 1));
    // Headlines of other stories may be questions; a statement with its stop is kept.
    let asks =
        |sheet: &Sheet<'_>, i: usize| !sheet.words(i).contains(['.', '\u{3002}', '\u{589}', '\u{6d4}', '\u{964}']);
    let solid = |sheet: &Sheet<'_>, i: usize| {
        sheet.prose(i) && (sheet.units[i].words >= SOLID || near(sheet, i) || !asks(sheet, i))
    };
    let Some(last) = (start..count).rev().find(|&i| solid(sheet, i)) else { return };
    mark_tail(sheet, last);
    if sheet.page {
        mark_repeats(sheet, start, last);
        mark_runs(sheet, start, last);
    }
}

fn mark_tail(sheet: &mut Sheet<'_>, last: usize) {
    let count = sheet.units.len();
    let mut from = last + 1;
    // A label right behind the last paragraph ("Source: …") belongs to the article.
    while from < count && sheet.free(from) && (sheet.labelled(from) || sheet.units[from].item) {
        from += 1;
    }
    if from < count && sheet.free(from) && is_agency_line(sheet.words(from), sheet.units[from].words) {
        sheet.set(from, BlockKind::Credit);
    }
    let trailing: Vec<usize> = (from..count).filter(|&i| sheet.free(i)).collect();
    let headlines = trailing.iter().filter(|&&i| sheet.headline(i)).count();
    for i in trailing {
        let alone = sheet.page && sheet.headline(i) && sheet.units[i].words < SOLID && !sheet.labelled(i);
        if headlines >= RUN || alone {
            sheet.drop(i);
        }
    }
}

/// A few words in brackets or behind a dash, as agencies sign: `(Norwire)`, `— Norwire`.
fn is_agency_line(words: &str, count: usize) -> bool {
    let bracketed = words.starts_with(['(', '[']) && words.ends_with([')', ']']);
    (1..=4).contains(&count) && (bracketed || words.starts_with(['\u{2013}', '\u{2014}', '-']))
}

/// A headline that stands twice on a page is a link, and no heading.
fn mark_repeats(sheet: &mut Sheet<'_>, start: usize, last: usize) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for i in start..last {
        if sheet.headline(i) && sheet.units[i].words >= 4 {
            let words = sheet.normal(i).to_owned();
            if let Some(&first) = seen.get(&words) {
                sheet.drop(first);
                sheet.drop(i);
            } else {
                seen.insert(words, i);
            }
        }
    }
}

fn mark_runs(sheet: &mut Sheet<'_>, start: usize, last: usize) {
    let mut i = start;
    while i < last {
        let mut end = i;
        while end < last && sheet.headline(end) && sheet.units[end].words >= 4 {
            end += 1;
        }
        let labels = (i..end).filter(|&k| sheet.labelled(k)).count();
        if end - i >= RUN && labels * 2 < end - i {
            (i..end).for_each(|k| sheet.drop(k));
        }
        i = end.max(i + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_signs_in_brackets_or_behind_a_dash() {
        assert!(is_agency_line("(Norwire)", 1));
        assert!(is_agency_line("-- Norwire", 1));
        assert!(!is_agency_line("Norwire", 1));
        assert!(!is_agency_line("(this is an aside of the author)", 7));
    }

    #[test]
    fn a_clock_is_a_time_and_nothing_else() {
        assert!(is_clock("19:05"));
        assert!(!is_clock("19:05 Kyiv"));
        assert!(!is_clock("2:1"));
        assert!(!is_clock("2024"));
    }
}
