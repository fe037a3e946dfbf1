//! Cuts a text into blocks and says what each is.

use super::boilerplate::{mark_after_end, mark_cards, mark_lines, mark_lists};
use super::caption::photo_credit;
use super::form::InputForm;
use super::head::{is_echo, mark_head};
use super::lines::{count_words, find_url, lines};
use super::page::{PageRules, Phrase};
use super::paragraph::{Unit, is_spaced, paragraphs};
use super::sheet::{Sheet, normal};
use crate::article::{Block, BlockKind};
use crate::text::span::Span;

/// The blocks of a text, and the places that tell whose page it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// All that isn't blank, in order.
    pub blocks: Vec<Block>,
    /// True where the text is a page or a scrape of one.
    pub page: bool,
    /// Short lines of chrome and copyright lines, which may name the outlet.
    pub chrome: Vec<Span>,
    /// The web address that the text gives as its own.
    pub address: Option<Span>,
    /// Web addresses that stand alone in a line.
    pub links: Vec<Span>,
}

/// Cuts a text file. `skip` are bytes at the head that are no text (front matter), `terminators` marks that end a sentence in
/// the text's language.
pub fn page_blocks(text: &str, skip: usize, form: InputForm, rules: &PageRules, terminators: &[String]) -> Layout {
    let found = lines(text, skip, form, terminators);
    let units = paragraphs(text, &found, form, rules);
    let mut sheet = Sheet::new(text, units, is_spaced(&found), rules);
    mark_lines(&mut sheet);
    mark_cards(&mut sheet, 0);
    let head = mark_head(&mut sheet);
    mark_after_end(&mut sheet, head.start);
    mark_lists(&mut sheet, head.start);
    mark_repeats(&mut sheet, head.title, head.start);
    mark_paid(&mut sheet, head.start);
    let rest = if head.paid { BlockKind::Paid } else { BlockKind::Body };
    let blocks = sheet
        .units
        .iter()
        .zip(&sheet.kinds)
        .map(|(u, kind)| Block { kind: kind.unwrap_or(rest), span: u.span })
        .collect();
    let (address, links) = addresses(&sheet);
    Layout { blocks, page: sheet.page, chrome: chrome(&sheet), address, links }
}

/// Cuts the body text of a record, whose first byte in `text` is `range.start`: paragraphs, with captions and credits told only
/// at the end; nothing else is dropped but lines that are chrome word for word.
pub fn record_blocks(
    text: &str,
    range: std::ops::Range<usize>,
    title: Option<&str>,
    rules: &PageRules,
    terminators: &[String],
) -> Layout {
    let found = lines(&text[..range.end], range.start, InputForm::Text, terminators);
    let units = paragraphs(text, &found, InputForm::Text, rules);
    let title = title.map(|words| (normal(words), count_words(words)));
    let last =
        units.iter().rposition(|u| u.is_prose() && u.phrase.is_none() && photo_credit(text, u.span, rules).is_none());
    let kind = |i: usize, u: &Unit| {
        let closing = last.is_none_or(|last| i > last);
        match u.phrase {
            Some(Phrase::Chrome(_) | Phrase::Ends) if rules.is_exact_chrome(text, u.span) => BlockKind::Boilerplate,
            Some(Phrase::Credit) if closing && last.is_some() => BlockKind::Credit,
            _ if title.as_ref().is_some_and(|(title, words)| {
                let alike = u.words <= 40 && u.words.abs_diff(*words) <= 2 && !title.is_empty();
                alike && normal(u.span.of(text)) == *title
            }) =>
            {
                BlockKind::TitleRepeat
            }
            _ if closing && last.is_some() && photo_credit(text, u.span, rules).is_some() => BlockKind::Caption,
            _ => BlockKind::Body,
        }
    };
    let blocks = units.iter().enumerate().map(|(i, u)| Block { kind: kind(i, u), span: u.span }).collect();
    Layout { blocks, ..Layout::default() }
}

/// A title that stands again further down, and a lead that stands again with its dateline.
pub fn mark_repeats(sheet: &mut Sheet<'_>, title: Option<usize>, start: usize) {
    if let Some(title) = title {
        for i in start..sheet.units.len() {
            if sheet.free(i) && sheet.units[i].words <= 40 && !sheet.prose(i) && sheet.normal(i) == sheet.normal(title)
            {
                sheet.set(i, BlockKind::TitleRepeat);
            }
        }
    }
    if start < sheet.units.len() && sheet.prose(start) && is_echo(sheet, start, start + 1, false) {
        sheet.set(start, BlockKind::Standfirst);
    }
}

/// What stands right below a label of paid text, in its group of lines or as its headline, is paid for.
pub fn mark_paid(sheet: &mut Sheet<'_>, start: usize) {
    for i in start.max(1)..sheet.units.len() {
        let below = sheet.kinds[i - 1] == Some(BlockKind::Paid);
        if below && (sheet.units[i].blanks == 0 || sheet.headline(i)) {
            sheet.set(i, BlockKind::Paid);
        }
    }
}

fn chrome(sheet: &Sheet<'_>) -> Vec<Span> {
    let told = |i: &usize| {
        let words = sheet.words(*i);
        let copyright = words.contains('©') && words.bytes().any(|b| b.is_ascii_digit()) && sheet.units[*i].words <= 25;
        matches!(sheet.units[*i].phrase, Some(Phrase::Chrome(_)))
            || (copyright && sheet.kinds[*i] != Some(BlockKind::Caption))
    };
    (0..sheet.units.len()).filter(told).map(|i| sheet.units[i].span).collect()
}

/// The address that the text gives as its own, and addresses that stand alone in a line.
fn addresses(sheet: &Sheet<'_>) -> (Option<Span>, Vec<Span>) {
    let place = |i: usize| {
        let unit = sheet.units[i].span;
        find_url(unit.of(sheet.text)).map(|url| {
            let at = url.as_ptr() as usize - sheet.text.as_ptr() as usize;
            Span::new(at, at + url.len())
        })
    };
    let mut own = None;
    let mut links = Vec::new();
    for i in 0..sheet.units.len() {
        if sheet.phrase(i, Phrase::Address) {
            own = own.or_else(|| place(i)).or_else(|| if i + 1 < sheet.units.len() { place(i + 1) } else { None });
        } else if sheet.units[i].words <= 1 && sheet.kinds[i] == Some(BlockKind::Boilerplate) {
            links.extend(place(i));
        }
    }
    (own, links)
}

#[cfg(test)]
mod tests;
