//! For people: how one sentence was read, with its parts underlined and named.

use std::fmt::Write as _;
use std::ops::Range;

use anstyle::Style;

use super::names::Names;
use super::terminal::{CONTENT, CUE, HEAD, NAME, QUIET, bounded, columns, plain, right_to_left, shortened, wrapped};
use crate::inspect::{NearMiss, ReadingView, SentenceReading};
use crate::text::span::Span;

/// Columns before the sentence.
const INDENT: usize = 2;

/// The reading of a sentence laid out for `width` columns.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn render(reading: &SentenceReading, names: &Names<'_>, width: usize) -> Result<String, std::fmt::Error> {
    let width = bounded(width);
    let mut out = String::new();
    if reading.readings.is_empty() {
        sentence(&mut out, &reading.text, &[], width)?;
        writeln!(out, "\nNo rule reads this sentence.")?;
    }
    for (index, view) in reading.readings.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{HEAD}{}{HEAD:#}  {QUIET}means {}{QUIET:#}", plain(&view.rule), plain(&view.means))?;
        sentence(&mut out, &reading.text, &view.parts, width)?;
        let chain = chain(&view.chain, names);
        if !chain.is_empty() {
            paragraph(&mut out, &format!("chain: {}", chain.join(" → ")), width)?;
        }
    }
    if !reading.lost.is_empty() {
        writeln!(out, "\n{HEAD}Readings that lost{HEAD:#}")?;
        for view in &reading.lost {
            lost(&mut out, &reading.text, view, width)?;
        }
    }
    if !reading.near.is_empty() {
        writeln!(out, "\n{HEAD}Nearest rules that did not match{HEAD:#}")?;
        for miss in &reading.near {
            near(&mut out, &reading.text, miss, width)?;
        }
    }
    Ok(out)
}

/// The names of a chain; a sentence alone has no publisher.
fn chain(nodes: &[String], names: &Names<'_>) -> Vec<String> {
    let last = nodes.len().saturating_sub(1);
    let name = |(index, node): (usize, &String)| match node.as_str() {
        "unknown" if index == last => "the publisher".to_string(),
        id => plain(&names.of(id)),
    };
    nodes.iter().enumerate().map(name).collect()
}

/// The sentence with its parts underlined; where letters run from right to left, terminals disagree on columns, so the
/// parts are listed below instead.
fn sentence(out: &mut String, text: &str, parts: &[(String, Span)], width: usize) -> std::fmt::Result {
    let listed = right_to_left(text);
    for line in wrapped(text, width - INDENT) {
        writeln!(out, "{:INDENT$}{}", "", shown(&text[line.clone()]))?;
        if !listed {
            for layer in layers(text, &line, parts) {
                underline(out, &layer)?;
            }
        }
    }
    if listed {
        for (slot, span) in parts {
            let words = shortened(span.of(text), width.saturating_sub(INDENT + 14));
            let style = style(slot);
            writeln!(out, "{:INDENT$}{style}{:<11}{style:#} {words}", "", label(slot))?;
        }
    }
    Ok(())
}

/// One underline: where it starts and ends, in columns of its line, and what it is.
struct Mark<'a> {
    from: usize,
    to: usize,
    slot: &'a str,
}

/// The parts on one line of the sentence, in as many layers as it takes for none to run into another.
fn layers<'a>(text: &str, line: &Range<usize>, parts: &'a [(String, Span)]) -> Vec<Vec<Mark<'a>>> {
    let mut layers: Vec<Vec<Mark<'a>>> = Vec::new();
    let mut marks: Vec<Mark<'a>> = parts.iter().filter_map(|(slot, span)| mark(text, line, slot, *span)).collect();
    marks.sort_by_key(|mark| (mark.from, std::cmp::Reverse(mark.to)));
    for mark in marks {
        let free = layers.iter_mut().find(|layer| layer.last().is_none_or(|last| last.reach() < mark.from));
        match free {
            Some(layer) => layer.push(mark),
            None => layers.push(vec![mark]),
        }
    }
    layers
}

fn mark<'a>(text: &str, line: &Range<usize>, slot: &'a str, span: Span) -> Option<Mark<'a>> {
    let start = (span.start as usize).max(line.start);
    let end = (span.end as usize).min(line.end);
    if start >= end {
        return None;
    }
    let from = columns(&shown(text.get(line.start..start)?));
    let to = from + columns(&shown(text.get(start..end)?)).max(1);
    Some(Mark { from, to, slot })
}

impl Mark<'_> {
    /// The last column that the mark or its label takes.
    fn reach(&self) -> usize {
        self.to.max(self.from + label(self.slot).len())
    }
}

fn underline(out: &mut String, layer: &[Mark<'_>]) -> std::fmt::Result {
    let mut at = 0;
    write!(out, "{:INDENT$}", "")?;
    for mark in layer {
        let style = style(mark.slot);
        let line = stroke(mark.slot).repeat(mark.to - mark.from);
        write!(out, "{:1$}{style}{line}{style:#}", "", mark.from - at)?;
        at = mark.to;
    }
    let mut at = 0;
    write!(out, "\n{:INDENT$}", "")?;
    for mark in layer {
        let style = style(mark.slot);
        write!(out, "{:1$}{style}{2}{style:#}", "", mark.from - at, label(mark.slot))?;
        at = mark.from + label(mark.slot).len();
    }
    writeln!(out)
}

/// What stands under the words for a slot; carriers are hops to a reader.
fn label(slot: &str) -> &str {
    if is_carrier(slot) { "hop" } else { slot }
}

fn is_carrier(slot: &str) -> bool {
    slot.strip_prefix("via").is_some_and(|rest| rest.is_empty() || rest == "2")
}

fn stroke(slot: &str) -> &'static str {
    match slot {
        "source" => "^",
        "cue" => "=",
        "content" => "~",
        _ => "-",
    }
}

fn style(slot: &str) -> Style {
    match slot {
        "cue" => CUE,
        "content" => CONTENT,
        _ => NAME,
    }
}

fn lost(out: &mut String, text: &str, view: &ReadingView, width: usize) -> std::fmt::Result {
    let why = view.why_lost.as_deref().unwrap_or("no reason recorded");
    paragraph(out, &format!("{} (means {}): {why}", view.rule, view.means), width)?;
    let parts: Vec<String> =
        view.parts.iter().map(|(slot, span)| format!("{} \"{}\"", label(slot), shortened(span.of(text), 40))).collect();
    if !parts.is_empty() {
        paragraph(out, &format!("  {}", parts.join(", ")), width)?;
    }
    Ok(())
}

fn near(out: &mut String, text: &str, miss: &NearMiss, width: usize) -> std::fmt::Result {
    let matched = shortened(miss.matched.of(text), 40);
    let rest = shortened(text.get(miss.stopped_at..).unwrap_or(""), 24);
    let place = if rest.is_empty() { "at the end".to_string() } else { format!("before \"{rest}\"") };
    paragraph(out, &format!("{}: matched \"{matched}\", stopped {place}: {}", miss.rule, miss.why), width)
}

/// A wrapped paragraph behind the indent; what follows the first line stands further in.
fn paragraph(out: &mut String, text: &str, width: usize) -> std::fmt::Result {
    let deeper = text.len() - text.trim_start().len();
    let text = plain(text);
    for (index, line) in wrapped(&text, width - INDENT - deeper - 2).into_iter().enumerate() {
        let indent = INDENT + deeper + if index > 0 { 2 } else { 0 };
        writeln!(out, "{:indent$}{}", "", &text[line])?;
    }
    Ok(())
}

/// A piece of the sentence as it is printed: what a terminal would obey is left out, each white space is one space.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => out.push(' '),
            c => out.push_str(&plain(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::registry::Registry;

    fn part(text: &str, slot: &str, words: &str) -> (String, Span) {
        let start = text.find(words).unwrap();
        (slot.to_string(), Span::new(start, start + words.len()))
    }

    fn rendered(reading: &SentenceReading, width: usize) -> String {
        let registry = Registry::default();
        let text = render(reading, &Names::new(&registry, &[]), width).unwrap();
        anstream::adapter::strip_str(&text).to_string()
    }

    fn reading(text: &str, parts: Vec<(String, Span)>) -> SentenceReading {
        let chain = vec!["name:Ada Quill".to_string(), "unknown".to_string()];
        let view = ReadingView { rule: "xx/says".into(), means: "says".into(), parts, chain, why_lost: None };
        SentenceReading { text: text.to_string(), readings: vec![view], lost: Vec::new(), near: Vec::new() }
    }

    #[test]
    fn labels_stand_under_their_words() {
        let text = "The quay is shut, said Ada Quill.";
        let parts = vec![
            part(text, "content", "The quay is shut"),
            part(text, "cue", "said"),
            part(text, "source", "Ada Quill"),
        ];
        let out = rendered(&reading(text, parts), 80);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[1], "  The quay is shut, said Ada Quill.");
        assert_eq!(lines[2], "  ~~~~~~~~~~~~~~~~  ==== ^^^^^^^^^");
        assert_eq!(lines[3], "  content           cue  source");
        assert_eq!(lines[4], "  chain: Ada Quill → the publisher");
    }

    #[test]
    fn labels_that_would_collide_and_nested_parts_take_a_line_of_their_own() {
        let text = "AP said it of X.";
        let parts = vec![part(text, "source", "AP"), part(text, "cue", "said"), part(text, "via", "AP said")];
        let out = rendered(&reading(text, parts), 80);
        let labels: Vec<&str> = out.lines().filter(|l| ["hop", "source", "cue"].contains(&l.trim())).collect();
        assert_eq!(labels, ["  hop", "  source", "     cue"]);
    }

    #[test]
    fn wide_letters_and_combining_marks_keep_the_columns() {
        let text = "新聞 cafe\u{301} said so";
        let parts = vec![part(text, "cue", "said")];
        let out = rendered(&reading(text, parts), 80);
        assert_eq!(out.lines().nth(2).unwrap(), "            ====");
    }

    #[test]
    fn a_part_over_a_line_break_is_underlined_on_both_lines() {
        let text = "The harbour and the long new quay on the northern shore are shut, said Ada.";
        let parts = vec![part(text, "content", &text[..64])];
        let out = rendered(&reading(text, parts), 40);
        assert_eq!(out.lines().filter(|l| l.trim_start().starts_with("~~~")).count(), 2);
        assert!(out.lines().all(|l| columns(l) <= 40), "{out}");
    }

    #[test]
    fn letters_from_right_to_left_are_listed() {
        let text = "قالت الوزارة إن الميناء مغلق";
        let parts = vec![part(text, "cue", "قالت"), part(text, "via", "الوزارة")];
        let out = rendered(&reading(text, parts), 60);
        assert!(
            out.contains("cue         قالت") && out.contains("hop         الوزارة") && !out.contains("==="),
            "{out}"
        );
    }

    #[test]
    fn losers_and_near_misses_say_why() {
        let text = "They told the tale.";
        let view = ReadingView {
            rule: "xx/says".into(),
            means: "says".into(),
            parts: vec![part(text, "cue", "told")],
            chain: Vec::new(),
            why_lost: Some("xx/told has more literal words".into()),
        };
        let miss = NearMiss {
            rule: "xx/told".into(),
            matched: Span::new(5, 9),
            stopped_at: 10,
            why: "no recipient here".into(),
        };
        let reading =
            SentenceReading { text: text.to_string(), readings: Vec::new(), lost: vec![view], near: vec![miss] };
        let out = rendered(&reading, 100);
        assert!(out.contains("No rule reads this sentence."));
        assert!(out.contains("xx/says (means says): xx/told has more literal words"));
        assert!(out.contains("xx/told: matched \"told\", stopped before \"the tale.\": no recipient here"), "{out}");
    }

    #[test]
    fn spans_that_do_not_fit_the_sentence_do_no_harm() {
        let parts = vec![("cue".to_string(), Span::new(1, 90)), ("source".to_string(), Span::new(50, 60))];
        assert!(rendered(&reading("ßß", parts), 10).contains("ßß"));
    }
}
