//! Tells the parts of an article's head: title, its repeats, byline, standfirst.

use super::byline::only_names;
use super::lines::End;
use super::page::Phrase;
use super::sheet::Sheet;
use crate::article::BlockKind;

/// Most words of a title.
const LONGEST_TITLE: usize = 40;
/// Fewest words of a line that is surely no menu entry.
const NO_MENU: usize = 4;
/// Fewest words of a standfirst that has no terminator.
const STANDFIRST: usize = 6;
/// Most words of one paragraph of a standfirst that stands before the byline.
const LONGEST_STANDFIRST: usize = 60;

/// What was told of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Index of the title; `None` where the text has none.
    pub title: Option<usize>,
    /// Index of the first unit of the body.
    pub start: usize,
    /// True where the head says that the text is paid for.
    pub paid: bool,
}

/// Tells the head of the article and marks its units. Where nothing speaks for a head, all is body.
pub fn mark_head(sheet: &mut Sheet<'_>) -> Head {
    let open: Vec<usize> = (0..sheet.units.len()).filter(|&i| sheet.free(i)).collect();
    let Some(&first_open) = open.first() else { return Head { title: None, start: 0, paid: false } };
    if open.len() == 1 && sheet.units[first_open].heading == 0 {
        return Head { title: None, start: first_open, paid: false };
    }
    let first = open.iter().copied().find(|&i| sheet.prose(i)).or_else(|| {
        // No prose anywhere: a line by itself on top is the title, the rest stays text.
        open.get(1).copied().filter(|_| sheet.units[first_open].end == End::Bare || sheet.units[first_open].heading > 0)
    });
    let Some(first) = first else { return Head { title: None, start: first_open, paid: false } };
    let (start, title_is_prose) = body_start(sheet, first);
    let title = if title_is_prose { Some(first) } else { title_of(sheet, start) };
    mark(sheet, title, start);
    let paid = title.is_some_and(|t| (0..start).any(|i| sheet.kinds[i] == Some(BlockKind::Paid) && i.abs_diff(t) <= 2));
    Head { title, start, paid }
}

/// Where the body starts, and whether the prose unit `first` is the title: a byline right behind one or two short paragraphs
/// makes them the head.
fn body_start(sheet: &Sheet<'_>, first: usize) -> (usize, bool) {
    let count = sheet.units.len();
    let mut at = first;
    let mut before = 0;
    while at < count
        && at < first + 2
        && sheet.prose(at)
        && sheet.units[at].words <= LONGEST_STANDFIRST
        && sheet.signs(at).is_none()
    {
        before += sheet.units[at].words;
        at += 1;
    }
    if at == first || at >= count || !sheet.free(at) {
        return (first, false);
    }
    let signs = sheet.signs(at);
    let strong = signs.is_some_and(|s| s.said || s.only_date || s.date.is_some_and(|d| d.time.is_some()));
    let next = (at + 1..count).find(|&i| sheet.prose(i));
    let after: usize = (at + 1..count).filter(|&i| sheet.prose(i)).map(|i| sheet.units[i].words).sum();
    match next {
        Some(next) if strong && after >= before => {
            let candidate =
                (0..first).any(|i| sheet.free(i) && sheet.units[i].words >= NO_MENU && sheet.signs(i).is_none());
            (next, !candidate && sheet.units[first].words < 25)
        }
        _ => (first, false),
    }
}

fn title_of(sheet: &Sheet<'_>, start: usize) -> Option<usize> {
    let may = |i: usize| {
        let unit = &sheet.units[i];
        sheet.free(i) && unit.words <= LONGEST_TITLE && !unit.item && unit.phrase.is_none() && !unit.is_prose()
    };
    let all: Vec<usize> = (0..start).filter(|&i| may(i)).collect();
    if let Some(&heading) =
        all.iter().find(|&&i| sheet.units[i].heading == 1).or_else(|| all.iter().find(|&&i| sheet.units[i].heading > 0))
    {
        return Some(heading);
    }
    let signs: Vec<(usize, bool)> = (0..start)
        .filter(|&i| sheet.free(i))
        .filter_map(|i| sheet.signs(i).map(|s| (i, s.said || s.only_date)))
        .collect();
    let plain: Vec<usize> = all.iter().copied().filter(|i| signs.iter().all(|(k, _)| k != i)).collect();
    let good = |i: &&usize| sheet.units[**i].words >= NO_MENU && !sheet.tags(**i);
    // The line above the byline; lines that look like a standfirst are passed over.
    for (anchor, _) in &signs {
        let above: Vec<&usize> = plain.iter().take_while(|i| *i < anchor).collect();
        if let Some(&&near) = above.iter().rev().find(|i| good(i)) {
            let higher = above.iter().rev().find(|i| ***i < near && good(i) && ***i + 1 == near);
            if let Some(&&higher) = higher
                && (sheet.units[near].words > 20
                    || is_subtitle(sheet, higher, near)
                    || is_place_line(sheet, higher, near))
            {
                return Some(higher);
            }
            return Some(near);
        }
        if let Some(&&near) = above.last() {
            return Some(near);
        }
    }
    // A line that stands twice.
    let twice =
        plain.iter().filter(good).find(|i| plain.iter().any(|k| k > i && sheet.normal(*k) == sheet.normal(**i)));
    if let Some(&title) = twice {
        return Some(title);
    }
    if let Some(&title) = plain.iter().find(good) {
        return Some(title);
    }
    if let Some(&title) = plain.iter().max_by_key(|i| (sheet.units[**i].words, usize::MAX - **i)) {
        return Some(title);
    }
    // A headline may hold a date itself; it is one where nothing else can be.
    signs.iter().find(|(i, said)| !said && all.contains(i)).map(|(i, _)| *i)
}

/// Fewest words with a small letter that make a sentence of a headline: a menu or a title in capitals has fewer.
const FEWEST_SMALL: usize = 3;
/// Most words of a line that tells a place and an agency.
const LONGEST_PLACE_LINE: usize = 6;

/// True where line `near`, above the byline, says more than the line `higher` above it, which reads as a headline.
fn is_subtitle(sheet: &Sheet<'_>, higher: usize, near: usize) -> bool {
    let small = |i: usize| sheet.words(i).split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count();
    let (title, rest) = (&sheet.units[higher], &sheet.units[near]);
    title.heading == rest.heading
        && title.words > NO_MENU
        && rest.words > title.words
        && small(higher) >= FEWEST_SMALL
        && small(near) >= FEWEST_SMALL
}

/// True where line `near` is no more than places and an agency parted by a dash, below a longer one.
fn is_place_line(sheet: &Sheet<'_>, higher: usize, near: usize) -> bool {
    let dashed = [" - ", " \u{2013} ", " \u{2014} "].iter().any(|dash| sheet.words(near).contains(dash));
    dashed && sheet.units[near].words <= LONGEST_PLACE_LINE && sheet.units[higher].words > sheet.units[near].words
}

fn mark(sheet: &mut Sheet<'_>, title: Option<usize>, start: usize) {
    let mut captioned = false;
    sheet.page |= title.is_some_and(|t| (t + 1..start).any(|i| sheet.free(i) && sheet.signs(i).is_some()));
    let top = title.unwrap_or(0);
    for i in 0..start {
        captioned |= sheet.kinds[i] == Some(BlockKind::Caption) && i > top;
        if !sheet.free(i) {
            continue;
        }
        if Some(i) == title {
            sheet.set(i, BlockKind::Title);
            continue;
        }
        let kind = if title.is_some_and(|t| i < t) {
            Some(above_title(sheet, i))
        } else {
            below_title(sheet, title, start, i, captioned)
        };
        if let Some(kind) = kind {
            sheet.page |= matches!(kind, BlockKind::Byline | BlockKind::TitleRepeat | BlockKind::Boilerplate);
            sheet.set(i, kind);
        }
    }
}

fn above_title(sheet: &Sheet<'_>, i: usize) -> BlockKind {
    let Some(signs) = sheet.signs(i) else { return BlockKind::Boilerplate };
    let stamp = !signs.only_date && signs.date.as_ref().is_some_and(|d| d.year_first && d.time.is_none());
    if (signs.only_date || signs.said) && !stamp { BlockKind::Byline } else { BlockKind::Boilerplate }
}

/// What unit `i` of the head is below the title; `None`: text.
fn below_title(sheet: &Sheet<'_>, title: Option<usize>, start: usize, i: usize, captioned: bool) -> Option<BlockKind> {
    let unit = &sheet.units[i];
    if let Some(title) = title
        && sheet.normal(i) == sheet.normal(title)
    {
        return Some(BlockKind::TitleRepeat);
    }
    if sheet.phrase(i, Phrase::Credit) || sheet.signs(i).is_some() {
        return Some(BlockKind::Byline);
    }
    // Without a title there is no head to speak of.
    title?;
    if is_echo(sheet, i, start, true) {
        return Some(BlockKind::Standfirst);
    }
    let beside = |k: Option<usize>| {
        k.is_some_and(|k| matches!(sheet.kinds[k], Some(BlockKind::Title | BlockKind::TitleRepeat | BlockKind::Byline)))
            || k.is_some_and(|k| k < start && sheet.free(k) && sheet.signs(k).is_some())
    };
    if only_names(sheet.text, unit, sheet.rules) && (beside(i.checked_sub(1)) || beside(Some(i + 1))) {
        return Some(BlockKind::Byline);
    }
    if unit.is_prose() {
        return Some(BlockKind::Standfirst);
    }
    let dash = sheet.words(i).ends_with(['-', '\u{2013}', '\u{2014}']);
    if dash && unit.words <= 12 {
        return Some(BlockKind::Dateline);
    }
    if unit.heading > 0 || unit.item || unit.end.is_full() || sheet.labelled(i) {
        return None;
    }
    if unit.words >= STANDFIRST && !captioned && !sheet.tags(i) {
        return Some(BlockKind::Standfirst);
    }
    sheet.page.then_some(BlockKind::Boilerplate)
}

/// True where unit `i` says the same as one of the first paragraphs of the body, a dateline and the terminator aside.
/// `start_too`: the beginning of a paragraph counts as well as its end.
pub fn is_echo(sheet: &Sheet<'_>, i: usize, start: usize, start_too: bool) -> bool {
    if sheet.units[i].words < STANDFIRST {
        return false;
    }
    let own = sheet.normal(i);
    (start.max(i + 1)..sheet.units.len()).filter(|&k| sheet.prose(k)).take(3).any(|k| {
        let other = sheet.normal(k);
        let behind = other.strip_suffix(own).is_some_and(|before| before.is_empty() || before.ends_with(' '));
        let front = start_too && other.strip_prefix(own).is_some_and(|after| after.starts_with(' '));
        behind || front
    })
}
