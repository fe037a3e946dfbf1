//! Text for a terminal: widths of any script, shortening, wrapping, and the few styles in use.

use std::borrow::Cow;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::record::Severity;

/// Headings.
pub const HEAD: Style = Style::new().bold();
/// Names in chains, and sources in sentences.
pub const NAME: Style = AnsiColor::Cyan.on_default();
/// Cues.
pub const CUE: Style = AnsiColor::Yellow.on_default();
/// Contents.
pub const CONTENT: Style = AnsiColor::Green.on_default();
/// Errors.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
/// Warnings.
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What stands back.
pub const QUIET: Style = Style::new().dimmed();

/// How a severity looks.
pub fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Note => Style::new(),
    }
}

/// Narrowest and widest layout, in columns.
pub const WIDTHS: (usize, usize) = (40, 200);

/// `width` within [`WIDTHS`].
pub fn bounded(width: usize) -> usize {
    width.clamp(WIDTHS.0, WIDTHS.1)
}

/// Columns that `text` takes on a terminal.
pub fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` on one line: white space as single spaces, and nothing in it that a terminal would obey.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !obeyed(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// `text` as [`plain`] makes it, with the words of Markdown links and without their targets.
pub fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, words, after)) = link(rest) {
        out.push_str(before);
        out.push_str(words);
        rest = after;
    }
    out.push_str(rest);
    plain(&out)
}

/// What stands before the first link of `text`, as Markdown writes links, its words, and what stands behind it.
pub fn link(text: &str) -> Option<(&str, &str, &str)> {
    let middle = text.find("](")?;
    let open = text[..middle].rfind('[')?;
    let close = middle + text[middle..].find(')')?;
    Some((&text[..open], &text[open + 1..middle], &text[close + 1..]))
}

/// Control characters, and those that turn the direction of what follows.
fn obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// `text` as [`plain`] makes it, cut to `width` columns with `…` at the end.
pub fn shortened(text: &str, width: usize) -> String {
    let text = plain(text);
    if columns(&text) <= width {
        return text;
    }
    let mut taken = 0;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        taken += columns(cluster);
        if taken + 1 > width {
            break;
        }
        end = at + cluster.len();
    }
    format!("{}…", text[..end].trim_end())
}

/// True where a line that the report words itself runs from right to left: names in it turn nothing, only a message in such a
/// script does.
pub fn message_runs_left(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let turned = letters().filter(|&c| runs_left(c)).count();
    turned * 10 > letters().count() * 9
}

/// Breaks `text` into lines of at most `width` columns, at spaces where there are some; as bytes of `text`, without the
/// spaces at the ends of lines.
pub fn wrapped(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut taken = 0;
    let mut space: Option<usize> = None;
    for (at, cluster) in text.grapheme_indices(true) {
        let wide = columns(cluster);
        if cluster.chars().all(char::is_whitespace) {
            space = (at > start).then_some(at).or(space);
            taken += wide;
            continue;
        }
        // What stands behind the last space moves to the next line, and is cut where even that is too long for it.
        while taken + wide > width && at > start {
            let stop = space.take().filter(|&stop| stop > start).unwrap_or(at);
            lines.push(start..start + text[start..stop].trim_end().len());
            start = at - text[stop..at].trim_start().len();
            taken = columns(&text[start..at]);
        }
        taken += wide;
    }
    if start < text.len() || lines.is_empty() {
        lines.push(start..start + text[start..].trim_end().len());
    }
    lines
}

/// `text` set apart where letters in it run from right to left, so that they don't reorder what stands beside it. It runs as
/// most of its letters do, whatever it starts with.
pub fn isolated(text: &str) -> Cow<'_, str> {
    set_apart(text, direction(text))
}

/// `text`, styles and all, set apart so that it runs as most letters of `words` do, which are its own.
pub fn isolated_as<'t>(text: &'t str, words: &str) -> Cow<'t, str> {
    set_apart(text, direction(words))
}

fn set_apart(text: &str, direction: char) -> Cow<'_, str> {
    if right_to_left(text) { Cow::Owned(format!("{direction}{text}\u{2069}")) } else { Cow::Borrowed(text) }
}

/// The mark before text that runs as most letters of `text` do.
fn direction(text: &str) -> char {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let turned = letters().filter(|&c| runs_left(c)).count();
    if turned * 2 > letters().count() { '\u{2067}' } else { '\u{2066}' }
}

/// `text` as [`plain`] makes it, wrapped at `width` columns, each line set apart as [`isolated`] does.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    let text = plain(text);
    let runs = if message_runs_left(&text) { '\u{2067}' } else { '\u{2066}' };
    wrapped(&text, width).into_iter().map(|line| set_apart(&text[line], runs).into_owned()).collect()
}

/// True where the text holds letters written from right to left.
pub fn right_to_left(text: &str) -> bool {
    text.chars().any(runs_left)
}

fn runs_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shortening_counts_columns_and_keeps_letters_whole() {
        assert_eq!(shortened("Երևանում ասացին", 9), "Երևանում…");
        assert_eq!(shortened("新聞の記事", 5), "新聞…");
        assert_eq!(shortened("kept  as\nit is", 40), "kept as it is");
    }

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mred\u{202e}b\u{7}"), "a[31mredb");
    }

    #[test]
    fn links_are_their_words() {
        assert_eq!(
            prose("It [reported](https://a.example/b) and [shared](#) it [sic]"),
            "It reported and shared it [sic]"
        );
        assert_eq!(prose("cut [here](https://a.ex"), "cut [here](https://a.ex");
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_are_cut() {
        let text = "one two three abcdefghijkl end";
        let lines: Vec<&str> = wrapped(text, 7).into_iter().map(|r| &text[r]).collect();
        assert_eq!(lines, ["one two", "three", "abcdefg", "hijkl", "end"]);
    }

    #[test]
    fn scripts_from_right_to_left_are_told() {
        assert!(right_to_left("قال"));
        assert!(!right_to_left("сказал"));
        assert_eq!(isolated("قال"), "\u{2067}قال\u{2069}");
        assert_eq!(
            isolated("“قال” names nobody"),
            "\u{2066}“قال” names nobody\u{2069}",
            "an English line about a word"
        );
        assert_eq!(isolated("AFP نقلت عن الوزير"), "\u{2067}AFP نقلت عن الوزير\u{2069}");
        let voices = lines("2 named: عبد الله رحيمي, ليلى مرادي", 60);
        assert!(voices[0].starts_with('\u{2066}'), "names in a line of the report: {voices:?}");
        assert!(lines("قال الوزير إن الجسر سيفتح", 60)[0].starts_with('\u{2067}'));
        let wrapped = lines("“عبد الله رحيمي” is the only one who says so", 20);
        assert!(wrapped[0].starts_with('\u{2066}'), "a line of names runs as the whole does: {wrapped:?}");
        assert_eq!(columns(&isolated("قال")), 3, "isolation takes no column");
        assert_eq!(isolated("сказал"), "сказал");
    }

    proptest! {
        #[test]
        fn wrapping_loses_no_letter_and_keeps_the_width(text in "\\PC{0,60}|[a-zа-я新 ]{0,60}", width in 4usize..20) {
            let lines = wrapped(&text, width);
            let kept: String = lines.iter().map(|r| &text[r.clone()]).collect();
            let strip = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(strip(&kept), strip(&text));
            for line in lines {
                let line = &text[line];
                prop_assert!(columns(line) <= width || line.graphemes(true).count() == 1, "{line:?}");
            }
        }

        #[test]
        fn shortened_text_fits(text in "\\PC{0,60}", width in 1usize..30) {
            prop_assert!(columns(&shortened(&text, width)) <= width);
        }
    }
}
