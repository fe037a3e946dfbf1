//! For people: what a draft of rules would newly read and flag, no longer, and otherwise, each in its sentence.

use std::fmt::Write as _;

use super::names::Names;
use super::place::Places;
use super::read::chain;
use super::terminal::{ERROR, HEAD, NAME, QUIET, WARNING, bounded, plain, wrapped};
use super::underline::{Row, underlined};
use crate::article::Article;
use crate::text::span::Span;
use crate::workbench::compare::{Change, Compared, Counts, Difference, Seen};

/// Most bytes of an article that are shown around a difference, on either side of it.
const AROUND: usize = 160;
/// Columns before the words.
const INDENT: usize = 4;

/// The first `most` differences of an article laid out for `width` columns.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn render(compared: &Compared, names: &Names<'_>, most: usize, width: usize) -> Result<String, std::fmt::Error> {
    let width = bounded(width);
    let mut out = String::new();
    let places = Places::new(&compared.article);
    writeln!(out, "{HEAD}{}{HEAD:#}", plain(&compared.article.key))?;
    for difference in compared.differences.iter().take(most) {
        one(&mut out, difference, &compared.article, &places, names, width)?;
    }
    Ok(out)
}

fn one(
    out: &mut String,
    difference: &Difference,
    article: &Article,
    places: &Places<'_>,
    names: &Names<'_>,
    width: usize,
) -> std::fmt::Result {
    let spans: Vec<Span> = difference.spans().collect();
    let Some(whole) = spans.iter().copied().reduce(Span::join) else { return Ok(()) };
    let (sign, style, what) = match (difference.change, difference.finding) {
        (Change::New, false) => ("+", NAME, "newly read"),
        (Change::Gone, false) => ("-", ERROR, "no longer read"),
        (Change::Other, false) => ("~", WARNING, "read otherwise"),
        (Change::New, true) => ("+", NAME, "newly flagged"),
        (Change::Gone, true) => ("-", ERROR, "no longer flagged"),
        (Change::Other, true) => ("~", WARNING, "flagged otherwise"),
    };
    let rule = difference.after.as_ref().or(difference.before.as_ref()).map_or("", |seen| seen.rule.as_str());
    writeln!(out, "  {style}{sign} {what}{style:#}, {}: {}", places.long(whole), plain(rule))?;
    let (text, shift) = excerpt(article, whole);
    let moved = |seen: &Seen| -> Vec<(String, Span)> {
        let part = |(name, span): &(String, Span)| {
            let start = (span.start as usize).saturating_sub(shift).min(text.len());
            let end = (span.end as usize).saturating_sub(shift).min(text.len());
            (name.clone(), Span::new(start, end.max(start)))
        };
        seen.parts.iter().map(part).filter(|(_, span)| !span.is_empty()).collect()
    };
    let (before, after) = (difference.before.as_ref().map(moved), difference.after.as_ref().map(moved));
    let rows: Vec<Row<'_>> = match (&before, &after) {
        (Some(before), Some(after)) if before == after => vec![Row { head: "", parts: after }],
        (Some(before), Some(after)) => {
            vec![Row { head: "before", parts: before }, Row { head: "now", parts: after }]
        }
        (Some(only), None) | (None, Some(only)) => vec![Row { head: "", parts: only }],
        (None, None) => Vec::new(),
    };
    underlined(out, text, &rows, INDENT, width)?;
    let told = |seen: &Seen| {
        let links = chain(&seen.chain, names).join(" → ");
        if seen.message.is_empty() { links } else { format!("{}: {}", seen.severity, seen.message) }
    };
    match (difference.before.as_ref().map(told), difference.after.as_ref().map(told)) {
        (Some(before), Some(now)) if before != now => {
            put(out, &format!("before  {before}"), width)?;
            put(out, &format!("now     {now}"), width)?;
        }
        (before, now) => put(out, &now.or(before).unwrap_or_default(), width)?,
    }
    writeln!(out)
}

/// The words around a difference, and the byte of the buffer where they start: its block, or as much of it as there is room
/// for, cut between words.
fn excerpt(article: &Article, whole: Span) -> (&str, usize) {
    let block = article.blocks.iter().map(|block| block.span).find(|span| span.contains(whole)).unwrap_or(whole);
    let (start, end) = (whole.start as usize, whole.end as usize);
    let buffer = article.buffer.as_str();
    let from = start.saturating_sub(AROUND).max(block.start as usize);
    let to = (end + AROUND).min(block.end as usize).min(buffer.len());
    let from = if from == block.start as usize {
        from
    } else {
        let head = (from..=start).find(|&at| buffer.is_char_boundary(at)).unwrap_or(start);
        buffer[head..start].find(' ').map_or(start, |space| head + space + 1)
    };
    let to = if to == block.end as usize {
        to
    } else {
        let tail = (end..=to).rev().find(|&at| buffer.is_char_boundary(at)).unwrap_or(end);
        buffer[end..tail].rfind(' ').map_or(end, |space| end + space)
    };
    (buffer.get(from..to.max(end)).unwrap_or(""), from)
}

fn put(out: &mut String, text: &str, width: usize) -> std::fmt::Result {
    if text.is_empty() {
        return Ok(());
    }
    let text = plain(text);
    for (index, line) in wrapped(&text, width - INDENT - 8).into_iter().enumerate() {
        let indent = INDENT + if index > 0 { 8 } else { 0 };
        writeln!(out, "{:indent$}{QUIET}{}{QUIET:#}", "", &text[line])?;
    }
    Ok(())
}

/// What all articles together come to, of which `hidden` differences are not shown.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn closing(counts: &Counts, hidden: usize, width: usize) -> Result<String, std::fmt::Error> {
    let width = bounded(width);
    let mut out = String::new();
    let articles = if counts.articles == 1 { "1 article".to_owned() } else { format!("{} articles", counts.articles) };
    writeln!(out, "{HEAD}{articles}, {} with a difference{HEAD:#}", counts.touched)?;
    let row = |out: &mut String, what: &str, [new, gone, other]: [usize; 3]| {
        writeln!(
            out,
            "  {what:<13}{NAME}{new:>6} new{NAME:#}{ERROR}{gone:>6} gone{ERROR:#}{WARNING}{other:>6} otherwise{WARNING:#}"
        )
    };
    row(&mut out, "attributions", counts.attributions)?;
    row(&mut out, "findings", counts.findings)?;
    let (same, other_rule) = counts.same;
    let by = if other_rule == 0 { String::new() } else { format!(", {other_rule} of them by another rule") };
    let mut lines = vec![format!("{same} attributions are read as before{by}.")];
    if hidden > 0 {
        lines.push(format!("{hidden} differences are not shown; --max N shows more, --format json all."));
    }
    for line in lines {
        for part in wrapped(&line, width - 2) {
            writeln!(out, "  {}", &line[part])?;
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::auditor::plain as article;

    #[test]
    fn words_around_a_difference_are_cut_between_words_and_within_the_block() {
        let filler = "далеко біля берега ".repeat(30);
        let text = format!("{filler}каже мер {filler}\nІнший абзац.");
        let article = article(&text, "uk", BlockKind::Body);
        let at = text.find("каже").unwrap();
        let (shown, from) = excerpt(&article, Span::new(at, at + "каже мер".len()));
        assert!(shown.contains("каже мер") && shown.len() < 420, "{shown}");
        assert!(shown.starts_with(['д', 'б']) && !shown.contains("Інший"), "{shown}");
        assert_eq!(&text[from..from + shown.len()], shown);
    }
}
