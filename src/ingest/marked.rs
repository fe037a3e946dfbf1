//! Says what the paragraphs of an HTML page are, from what its markup says and from their words.

use super::blocks::{Layout, mark_paid, mark_repeats};
use super::boilerplate::{mark_after_end, mark_lines, mark_lists};
use super::html::content::HtmlPage;
use super::html::walk::Role;
use super::lines::{count_words, line_end};
use super::page::PageRules;
use super::paragraph::Unit;
use super::sheet::Sheet;
use crate::article::{Block, BlockKind};
use crate::text::span::Span;

/// Fewest words of a line before the lead that is a lead-in and no label.
const STANDFIRST: usize = 6;
/// Of a paragraph, the part that stands in links from which it is a link and no text: three quarters.
const LINKED: (usize, usize) = (3, 4);

/// The blocks of a page.
pub fn html_blocks(page: &HtmlPage, rules: &PageRules, terminators: &[String]) -> Layout {
    let text = page.text.as_str();
    let before = page.title.is_some() as usize + page.byline.is_some() as usize;
    let mut units: Vec<Unit> = Vec::with_capacity(page.paragraphs.len() + before);
    units.extend(page.title.into_iter().chain(page.byline).map(|span| unit(text, span, None, rules, terminators)));
    units.extend(page.paragraphs.iter().map(|p| unit(text, p.span, p.role, rules, terminators)));
    let mut sheet = Sheet::new(text, units, true, rules);
    sheet.page = true;
    if page.title.is_some() {
        sheet.set(0, BlockKind::Title);
    }
    if page.byline.is_some() {
        sheet.set(before - 1, BlockKind::Byline);
    }
    for (n, paragraph) in page.paragraphs.iter().enumerate() {
        let i = before + n;
        let linked = paragraph.linked * LINKED.1 >= paragraph.span.len() * LINKED.0;
        match paragraph.role {
            Some(Role::Caption) => sheet.set(i, BlockKind::Caption),
            Some(Role::Byline) if !sheet.units[i].is_prose() => sheet.set(i, BlockKind::Byline),
            // Other stories are linked whole, and end without a stop.
            Some(_) if linked && !sheet.units[i].end.is_full() => sheet.drop(i),
            _ => {}
        }
    }
    mark_lines(&mut sheet);
    let start = (before..sheet.units.len()).find(|&i| sheet.prose(i)).unwrap_or(before);
    mark_front(&mut sheet, page, before, start);
    mark_after_end(&mut sheet, start);
    mark_lists(&mut sheet, start);
    mark_repeats(&mut sheet, page.title.map(|_| 0), start);
    mark_paid(&mut sheet, start);
    let paid = page.paid || (0..start).any(|i| sheet.kinds[i] == Some(BlockKind::Paid));
    let rest = if paid { BlockKind::Paid } else { BlockKind::Body };
    let kinds = sheet.units.iter().zip(&sheet.kinds);
    let blocks = kinds.map(|(u, kind)| Block { kind: kind.unwrap_or(rest), span: u.span }).collect();
    Layout { blocks, page: true, ..Layout::default() }
}

/// What stands between headline and lead.
fn mark_front(sheet: &mut Sheet<'_>, page: &HtmlPage, before: usize, start: usize) {
    for i in before..start {
        if !sheet.free(i) {
            continue;
        }
        let title = page.title.is_some() && sheet.normal(i) == sheet.normal(0);
        let unit = sheet.units[i];
        let role = page.paragraphs.get(i - before).and_then(|p| p.role);
        let kind = if role == Some(Role::Label) {
            // The words of the pack didn't tell it as one of paid text.
            BlockKind::Boilerplate
        } else if title {
            BlockKind::TitleRepeat
        } else if sheet.signs(i).is_some() {
            BlockKind::Byline
        } else if role == Some(Role::Standfirst) || (unit.words >= STANDFIRST && !sheet.tags(i)) {
            BlockKind::Standfirst
        } else if unit.heading > 0 || unit.item || unit.end.is_full() || sheet.labelled(i) {
            continue;
        } else {
            BlockKind::Boilerplate
        };
        sheet.set(i, kind);
    }
}

fn unit(text: &str, span: Span, role: Option<Role>, rules: &PageRules, terminators: &[String]) -> Unit {
    let words = span.of(text);
    let count = count_words(words);
    Unit {
        span,
        blanks: 1,
        words: count,
        end: line_end(words, terminators),
        item: role == Some(Role::Item),
        heading: if let Some(Role::Heading(level)) = role { level } else { 0 },
        code: false,
        phrase: role.and_then(|_| rules.phrase(text, span, count)),
    }
}
