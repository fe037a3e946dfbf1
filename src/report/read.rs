//! For people: how one sentence was read, with its parts underlined and named.

use std::fmt::Write as _;

use super::names::Names;
use super::terminal::{HEAD, QUIET, bounded, plain, shortened, wrapped};
use super::underline::{Row, label, underlined};
use crate::inspect::{NearMiss, ReadingView, SentenceReading};

/// Most rules that did not match which are told.
const MOST_NEAR: usize = 3;
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
        underlined(&mut out, &reading.text, &[], INDENT, width)?;
        writeln!(out, "\nNo rule reads this sentence.")?;
    }
    for (index, view) in reading.readings.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{HEAD}{}{HEAD:#}  {QUIET}means {}{QUIET:#}", plain(&view.rule), plain(&view.means))?;
        underlined(&mut out, &reading.text, &[Row { head: "", parts: &view.parts }], INDENT, width)?;
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
        for miss in reading.near.iter().take(MOST_NEAR) {
            near(&mut out, &reading.text, miss, width)?;
        }
    }
    Ok(out)
}

/// The names of a chain; a sentence alone has no publisher.
pub(super) fn chain(nodes: &[String], names: &Names<'_>) -> Vec<String> {
    let last = nodes.len().saturating_sub(1);
    let name = |(index, node): (usize, &String)| match node.as_str() {
        "unknown" if index == last => "the publisher".to_string(),
        id => plain(&names.of(id)),
    };
    nodes.iter().enumerate().map(name).collect()
}

pub(super) fn lost(out: &mut String, text: &str, view: &ReadingView, width: usize) -> std::fmt::Result {
    let why = view.why_lost.as_deref().unwrap_or("no reason recorded");
    paragraph(out, &format!("{} (means {}): {why}", view.rule, view.means), width)?;
    let parts: Vec<String> =
        view.parts.iter().map(|(slot, span)| format!("{} \"{}\"", label(slot), shortened(span.of(text), 40))).collect();
    if !parts.is_empty() {
        paragraph(out, &format!("  {}", parts.join(", ")), width)?;
    }
    Ok(())
}

pub(super) fn near(out: &mut String, text: &str, miss: &NearMiss, width: usize) -> std::fmt::Result {
    let matched = shortened(miss.matched.of(text), 40);
    if miss.exception {
        return paragraph(out, &format!("{}: matched \"{matched}\", but {}", miss.rule, miss.why), width);
    }
    let rest = shortened(text.get(miss.stopped_at..).unwrap_or(""), 24);
    let place = if rest.is_empty() { "at the end".to_string() } else { format!("before \"{rest}\"") };
    paragraph(out, &format!("{}: matched \"{matched}\", stopped {place}: {}", miss.rule, miss.why), width)
}

/// A wrapped paragraph behind the indent; what follows the first line stands further in.
pub(super) fn paragraph(out: &mut String, text: &str, width: usize) -> std::fmt::Result {
    let deeper = text.len() - text.trim_start().len();
    let text = plain(text);
    for (index, line) in wrapped(&text, width - INDENT - deeper - 2).into_iter().enumerate() {
        let indent = INDENT + deeper + if index > 0 { 2 } else { 0 };
        writeln!(out, "{:indent$}{}", "", &text[line])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::terminal::columns;
    use crate::sources::registry::Registry;
    use crate::text::span::Span;

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
            exception: false,
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
