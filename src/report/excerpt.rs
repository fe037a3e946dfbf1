//! A piece of the article with words underlined in it.

use anstyle::Style;

use super::terminal::{columns, isolated, plain, right_to_left, shortened, wrapped};
use crate::article::Article;
use crate::text::span::Span;

/// Columns of context on each side of the marked words, in lines of the excerpt.
const CONTEXT: usize = 2;

/// Words to underline, and how.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// The words, in bytes of the buffer.
    pub span: Span,
    /// The stroke that stands under each column.
    pub stroke: char,
    /// Its style.
    pub style: Style,
}

/// Lines of at most `width` columns: the paragraph around the first mark, cut to what is near it, with a line of strokes
/// under every line that holds marked words. Where letters run from right to left terminals disagree on columns, so there
/// the words are given below instead.
pub fn excerpt(article: &Article, marks: &[Mark], width: usize) -> Vec<String> {
    let Some(first) = marks.first() else { return Vec::new() };
    let around = around(article, first.span, width * CONTEXT);
    let text = around.of(&article.buffer);
    let cut = |at: u32| !article.blocks.iter().any(|block| block.span.start == at || block.span.end == at);
    let shown = Shown::new(text, around, marks, (cut(around.start), cut(around.end)));
    let listed = right_to_left(text);
    let mut out = Vec::new();
    for line in wrapped(&shown.text, width) {
        out.push(isolated(&shown.text[line.clone()]).into_owned());
        if !listed {
            out.extend(underline(&shown, line.start, line.end));
        }
    }
    if listed {
        for (mark, range) in &shown.marks {
            let words = shortened(&shown.text[range.0..range.1], width.saturating_sub(3));
            out.push(format!("{0}{1}{1}{0:#} {2}", mark.style, mark.stroke, isolated(&words)));
        }
    }
    out
}

/// The block that holds `span`, cut to about `columns` on both sides of it; ends stand between words.
fn around(article: &Article, span: Span, columns: usize) -> Span {
    let block = article.blocks.iter().find(|block| block.span.contains(span)).map_or(span, |block| block.span);
    let buffer = &article.buffer;
    let before = Span { start: block.start, end: span.start }.of(buffer);
    let after = Span { start: span.end, end: block.end }.of(buffer);
    let start = before
        .char_indices()
        .rev()
        .filter(|(_, c)| c.is_whitespace())
        .find(|(at, _)| before[*at..].chars().count() >= columns);
    let end =
        after.char_indices().filter(|(_, c)| c.is_whitespace()).find(|(at, _)| after[..*at].chars().count() >= columns);
    let start = start.map_or(block.start as usize, |(at, c)| block.start as usize + at + c.len_utf8());
    let end = end.map_or(block.end as usize, |(at, _)| span.end as usize + at);
    Span::new(start, end)
}

/// The text as it is printed, with the marks as bytes of it.
struct Shown {
    text: String,
    marks: Vec<(Mark, (usize, usize))>,
}

impl Shown {
    /// `cut` says whether text before and behind is left out.
    fn new(text: &str, at: Span, marks: &[Mark], cut: (bool, bool)) -> Shown {
        // White space is made single, so pieces between the ends of marks are printed one after another.
        let mut cuts: Vec<usize> = marks
            .iter()
            .filter(|mark| at.contains(mark.span))
            .flat_map(|mark| [(mark.span.start - at.start) as usize, (mark.span.end - at.start) as usize])
            .chain([0, text.len()])
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut out = String::from(if cut.0 { "… " } else { "" });
        let mut places = vec![(0, out.len())];
        for pair in cuts.windows(2) {
            let piece = text.get(pair[0]..pair[1]).unwrap_or("");
            let printed = plain(piece);
            if piece.starts_with(char::is_whitespace) && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            if let Some(last) = places.last_mut() {
                last.1 = out.len();
            }
            out.push_str(&printed);
            if piece.ends_with(char::is_whitespace) && !out.ends_with(' ') {
                out.push(' ');
            }
            places.push((pair[1], out.len()));
        }
        if cut.1 {
            out.push_str(if out.ends_with(' ') { "…" } else { " …" });
        }
        let place = |at: usize| places.iter().find(|(cut, _)| *cut == at).map_or(0, |(_, place)| *place);
        let marks = marks
            .iter()
            .filter(|mark| at.contains(mark.span))
            .map(|mark| {
                let (start, end) =
                    (place((mark.span.start - at.start) as usize), place((mark.span.end - at.start) as usize));
                (*mark, (start, start + out.get(start..end).map_or(0, |words| words.trim_end().len())))
            })
            .collect();
        Shown { text: out, marks }
    }
}

/// The strokes under the line `start..end` of what is shown; `None` where nothing in it is marked.
fn underline(shown: &Shown, start: usize, end: usize) -> Option<String> {
    let mut marks: Vec<(Mark, usize, usize)> = Vec::new();
    for (mark, range) in &shown.marks {
        let (from, to) = (range.0.max(start), range.1.min(end));
        if from < to {
            let at = columns(shown.text.get(start..from)?);
            marks.push((*mark, at, at + columns(shown.text.get(from..to)?).max(1)));
        }
    }
    marks.sort_by_key(|(_, from, _)| *from);
    let mut out = String::new();
    let mut taken = 0;
    for (mark, from, to) in marks {
        let from = from.max(taken);
        if from < to {
            let strokes = mark.stroke.to_string().repeat(to - from);
            out.push_str(&format!("{:1$}{style}{strokes}{style:#}", "", from - taken, style = mark.style));
            taken = to;
        }
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::auditor::plain as article;

    fn drawn(text: &str, words: &[&str], width: usize) -> Vec<String> {
        let article = article(text, "en", BlockKind::Body);
        let marks: Vec<Mark> = words
            .iter()
            .map(|words| {
                let start = article.buffer.find(words).unwrap();
                Mark { span: Span::new(start, start + words.len()), stroke: '^', style: Style::new() }
            })
            .collect();
        let lines = excerpt(&article, &marks, width);
        lines.iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect()
    }

    #[test]
    fn the_words_are_underlined_on_every_line_that_they_run_over() {
        let lines = drawn("The old quay was shut on Monday, they said.", &["shut on Monday", "they"], 24);
        assert_eq!(
            lines,
            ["The old quay was shut on", "                 ^^^^^^^", "Monday, they said.", "^^^^^^  ^^^^"]
        );
    }

    #[test]
    fn columns_of_wide_letters_are_counted_twice_and_white_space_is_single() {
        let lines = drawn("新聞社\u{a0}  quay shut", &["quay"], 40);
        assert_eq!(lines, ["新聞社 quay shut", "       ^^^^"]);
    }

    #[test]
    fn from_right_to_left_the_words_are_given_below() {
        let lines = drawn("قالت الوزارة إن الرصيف مغلق", &["الرصيف"], 60);
        assert_eq!(lines, ["\u{2067}قالت الوزارة إن الرصيف مغلق\u{2069}", "^^ \u{2067}الرصيف\u{2069}"]);
    }

    #[test]
    fn of_a_long_paragraph_only_what_is_near_is_shown() {
        let text = format!("{}the quay {}", "left ".repeat(200), "right ".repeat(200));
        let lines = drawn(&text, &["quay"], 40);
        let text = lines.join(" ");
        assert!(lines.len() < 12 && text.contains("the quay right"), "{lines:?}");
        assert!(text.starts_with("… left") && text.ends_with("right …"), "{lines:?}");
        assert!(lines.iter().all(|line| columns(line) <= 40));
    }
}
