//! For people: words with their parts underlined and named, several readings of them one below the other.

use std::fmt::Write as _;
use std::ops::Range;

use anstyle::Style;

use super::terminal::{CONTENT, CUE, HEAD, NAME, columns, plain, right_to_left, shortened, wrapped};
use crate::text::span::Span;

/// One reading of the words.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// What stands in the margin before it; may be empty.
    pub head: &'a str,
    /// Slot (or `cue`) and its bytes in the text.
    pub parts: &'a [(String, Span)],
}

/// `text` behind `indent` columns, wrapped at `width`, and below each of its lines what every row underlines there. Where
/// letters run from right to left, terminals disagree on columns, so the parts are listed below instead.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn underlined(out: &mut String, text: &str, rows: &[Row<'_>], indent: usize, width: usize) -> std::fmt::Result {
    let widest = rows.iter().map(|row| columns(row.head)).max().unwrap_or(0);
    let margin = indent + if widest > 0 { widest + 2 } else { 0 };
    let listed = right_to_left(text);
    for line in wrapped(text, width.saturating_sub(margin).max(LEAST)) {
        writeln!(out, "{:margin$}{}", "", shown(&text[line.clone()]))?;
        if !listed {
            for row in rows {
                let mut head = row.head;
                for layer in layers(text, &line, row.parts) {
                    underline(out, &layer, head, indent, margin)?;
                    head = "";
                }
            }
        }
    }
    if listed {
        for row in rows {
            let mut head = row.head;
            for (slot, span) in row.parts {
                let words = shortened(span.of(text), width.saturating_sub(margin + 12).max(LEAST));
                let style = style(slot);
                write!(out, "{:indent$}{HEAD}{head}{HEAD:#}{:2$}", "", "", margin - indent - columns(head))?;
                writeln!(out, "{style}{:<11}{style:#} {words}", label(slot))?;
                head = "";
            }
        }
    }
    Ok(())
}

/// Fewest columns that words are laid out in.
const LEAST: usize = 20;

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

fn underline(out: &mut String, layer: &[Mark<'_>], head: &str, indent: usize, margin: usize) -> std::fmt::Result {
    let mut at = 0;
    write!(out, "{:indent$}{HEAD}{head}{HEAD:#}{:2$}", "", "", margin - indent - columns(head))?;
    for mark in layer {
        let style = style(mark.slot);
        let line = stroke(mark.slot).repeat(mark.to - mark.from);
        write!(out, "{:1$}{style}{line}{style:#}", "", mark.from - at)?;
        at = mark.to;
    }
    let mut at = 0;
    write!(out, "\n{:margin$}", "")?;
    for mark in layer {
        let style = style(mark.slot);
        write!(out, "{:1$}{style}{2}{style:#}", "", mark.from - at, label(mark.slot))?;
        at = mark.from + label(mark.slot).len();
    }
    writeln!(out)
}

/// What stands under the words for a slot; carriers are hops to a reader.
pub fn label(slot: &str) -> &str {
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

    fn part(text: &str, slot: &str, words: &str) -> (String, Span) {
        let start = text.find(words).unwrap();
        (slot.to_string(), Span::new(start, start + words.len()))
    }

    fn rendered(text: &str, rows: &[Row<'_>], width: usize) -> String {
        let mut out = String::new();
        underlined(&mut out, text, rows, 2, width).unwrap();
        anstream::adapter::strip_str(&out).to_string()
    }

    #[test]
    fn two_readings_stand_below_each_other_under_the_same_words() {
        let text = "The quay is shut, said Ada.";
        let wanted = [part(text, "content", "The quay is shut"), part(text, "source", "Ada")];
        let got = [part(text, "content", "quay is shut")];
        let rows = [Row { head: "expected", parts: &wanted }, Row { head: "read", parts: &got }];
        let lines = [
            "            The quay is shut, said Ada.",
            "  expected  ~~~~~~~~~~~~~~~~       ^^^",
            "            content                source",
            "  read          ~~~~~~~~~~~~",
            "                content",
        ];
        assert_eq!(rendered(text, &rows, 80).lines().map(str::trim_end).collect::<Vec<_>>(), lines);
    }

    #[test]
    fn each_line_of_a_long_sentence_has_its_own_marks() {
        let text = "The harbour and the long new quay on the northern shore are shut, said Ada.";
        let parts = [part(text, "content", &text[..64])];
        let out = rendered(text, &[Row { head: "read", parts: &parts }], 50);
        assert_eq!(out.lines().filter(|line| line.starts_with("  read  ~~~")).count(), 2, "{out}");
        assert!(out.lines().all(|line| columns(line) <= 50), "{out}");
    }

    #[test]
    fn where_letters_run_the_other_way_the_parts_are_listed() {
        let text = "قالت الوزارة إن الميناء مغلق";
        let parts = [part(text, "cue", "قالت"), part(text, "via", "الوزارة")];
        let out = rendered(text, &[Row { head: "read", parts: &parts }], 60);
        assert!(out.contains("  read  cue         قالت\n        hop         الوزارة"), "{out}");
    }
}
