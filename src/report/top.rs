//! The head of an article in reports for people: its heading, the way of the lead claim, the voices.

use std::fmt::Write as _;

use anstyle::Style;

use super::names::Names;
use super::overview::{Way, head, title};
use super::place::Places;
use super::terminal::{HEAD, NAME, QUIET, columns, isolated, lines, plain, shortened};
use super::voices::Voices;
use crate::article::Article;
use crate::record::ArticleRecord;

/// Width from which labels stand beside their text.
pub const WIDE: usize = 72;

/// Columns before the text that stands beside a label.
const BESIDE: usize = 24;

/// Columns before the text below a label.
const BELOW: usize = 4;

/// Columns of what an article says of itself.
const LONGEST_SAID: usize = 200;

/// Voices that are told before the rest is counted.
const VOICES: usize = 8;

/// Publisher, date, language; and the headline.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn heading(out: &mut String, article: &Article, names: &Names<'_>, width: usize) -> std::fmt::Result {
    for line in lines(&head(article, names), width) {
        writeln!(out, "{HEAD}{line}{HEAD:#}")?;
    }
    for line in lines(&title(article), width) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Through whom the lead claim came, and who speaks.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn sourcing(
    out: &mut String,
    record: &ArticleRecord,
    names: &Names<'_>,
    places: &Places<'_>,
    width: usize,
) -> std::fmt::Result {
    let room = if width >= WIDE { width - BESIDE } else { width - BELOW };
    if let Some(way) = Way::of(record, names, places) {
        let mut told: Vec<String> = chain(&way.names, room);
        told.extend(lines(&way.told, room).iter().map(|line| format!("{QUIET}{line}{QUIET:#}")));
        labelled(out, "REACHED YOU THROUGH", &told, width)?;
    }
    let voices = Voices::of(record, names);
    labelled(out, "VOICES", &lines(&voices_text(&voices), room), width)
}

/// `origin → … → publisher` in lines of at most `room` columns, broken at arrows.
pub fn chain(names: &[String], room: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut taken = 0;
    for (index, name) in names.iter().enumerate() {
        let name = shortened(name, room.saturating_sub(4));
        let arrow = if index == 0 { "" } else { "→ " };
        let wide = columns(&name) + columns(arrow);
        let piece = format!("{arrow}{NAME}{}{NAME:#}", isolated(&name));
        match out.last_mut() {
            Some(line) if taken + 1 + wide <= room => {
                line.push(' ');
                line.push_str(&piece);
                taken += 1 + wide;
            }
            _ => {
                let indent = if index == 0 { "" } else { "  " };
                out.push(format!("{indent}{piece}"));
                taken = columns(indent) + wide;
            }
        }
    }
    out
}

/// `1 named: Peskov · 2 unnamed: "Azerbaijani media", "media reports"`.
fn voices_text(voices: &Voices) -> String {
    let quoted = |phrases: &[String]| {
        phrases.iter().map(|phrase| format!("\"{}\"", isolated(&shortened(phrase, 40)))).collect::<Vec<_>>()
    };
    let named: Vec<String> = voices.named.iter().map(|name| isolated(name).into_owned()).collect();
    let groups =
        [(named, "named"), (quoted(&voices.unnamed), "unnamed"), (quoted(&voices.unresolved), "not clear who")];
    let told: Vec<String> = groups
        .into_iter()
        .filter(|(list, _)| !list.is_empty())
        .map(|(list, what)| {
            let more = list.len().saturating_sub(VOICES);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let first = list.iter().take(VOICES).cloned().collect::<Vec<_>>().join(", ");
            format!("{} {what}: {first}{more}", list.len())
        })
        .collect();
    if told.is_empty() { "none".to_string() } else { told.join(" · ") }
}

/// Lines with their label: beside the first, or above it where that leaves too little room.
fn labelled(out: &mut String, label: &str, text: &[String], width: usize) -> std::fmt::Result {
    let style: Style = HEAD;
    if width < WIDE {
        writeln!(out, "  {style}{label}{style:#}")?;
        return text.iter().try_for_each(|line| writeln!(out, "{:BELOW$}{line}", ""));
    }
    for (index, line) in text.iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        writeln!(out, "  {style}{label}{style:#}{:1$}{line}", "", BESIDE - 2 - columns(label))?;
    }
    Ok(())
}

/// What this article says of itself, and what could not be read of it; the rest of its limits is told in its heading or at the report's end.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn limits(out: &mut String, article: &Article, width: usize) -> std::fmt::Result {
    if let Some(made) = article.machine_made.first() {
        let said = match made.evidence {
            Some(span) => {
                let words: Vec<&str> = article.words(span).split_whitespace().collect();
                format!("\"{}\"", isolated(&shortened(&words.join(" "), LONGEST_SAID)))
            }
            None => "made by a machine, at least in part (in the data of its page)".to_string(),
        };
        for line in lines(&format!("Says of itself: {said}"), width - 2) {
            writeln!(out, "  {line}")?;
        }
    }
    for limit in unread(article) {
        for line in lines(&format!("Not read: {}", plain(limit)), width - 2) {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

/// What could not be read of this article, a sentence each, but for what reports tell in its heading or at their end.
pub fn unread(article: &Article) -> impl Iterator<Item = &str> {
    let elsewhere = ["publisher-unknown", "date-unknown", "language-unreviewed"];
    let own = article.limits.iter().filter(move |limit| !elsewhere.contains(&limit.code));
    own.map(|limit| limit.message.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_break_at_arrows_and_fit() {
        let names = ["Ada Quill", "Coast Wire", "The Harbour Post"].map(String::from);
        let text = |room| -> Vec<String> {
            chain(&names, room).iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect()
        };
        assert_eq!(text(80), ["Ada Quill → Coast Wire → The Harbour Post"]);
        assert_eq!(text(24), ["Ada Quill → Coast Wire", "  → The Harbour Post"]);
        assert!(text(12).iter().all(|line| columns(line) <= 12), "{:?}", text(12));
    }

    #[test]
    fn voices_are_counted_and_a_long_list_is_cut_with_a_count() {
        let named: Vec<String> = (0..10).map(|i| format!("N{i}")).collect();
        let voices = Voices { named, unnamed: vec!["they".into()], unresolved: vec![] };
        let text = voices_text(&voices);
        assert!(text.starts_with("10 named: N0, ") && text.contains("N7 and 2 more · 1 unnamed: \"they\""), "{text}");
        assert_eq!(voices_text(&Voices::default()), "none");
    }
}
