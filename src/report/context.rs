//! The rest of a sentence around short words: a source alone tells an editor little.

use super::terminal::{columns, prose, shortened};
use crate::article::Article;
use crate::text::span::Span;

/// Columns below which nothing is added.
const ROOM: usize = 12;

/// Marks that end sentences in the scripts of news.
const TERMINATORS: [char; 9] = ['.', '!', '?', '\u{2026}', '\u{589}', '\u{61f}', '\u{6d4}', '\u{964}', '\u{3002}'];

/// What stands before and behind the words under `span`, in at most `room` columns together: what follows, and where that is
/// short what comes before. Words that start with a mark, as quotations do, stand alone.
pub fn context(article: &Article, span: Span, room: usize) -> (String, String) {
    let Some(block) = article.blocks.iter().find(|block| block.span.contains(span)).map(|block| block.span) else {
        return (String::new(), String::new());
    };
    let of = |start, end| Span { start, end }.of(&article.buffer);
    let after = after(of(span.end, block.end), room);
    let left = room.saturating_sub(columns(&after));
    let marked = article.words(span).starts_with(|c: char| !c.is_alphanumeric());
    let before = if marked || left < room / 2 { String::new() } else { before(of(block.start, span.start), left) };
    (before, after)
}

fn after(rest: &str, room: usize) -> String {
    // Where a mark follows, the words end a clause of their own.
    if room < ROOM || !rest.starts_with([' ', '\u{a0}']) {
        return String::new();
    }
    let rest = prose(rest);
    let end = ends(&rest).next().unwrap_or(rest.len());
    if end == 0 { String::new() } else { format!(" {}", shortened(&rest[..end], room - 1)) }
}

fn before(text: &str, room: usize) -> String {
    let text = prose(text);
    let start = ends(&text).last().unwrap_or(0);
    let sentence = text[start..].trim_start();
    if sentence.is_empty() || room < ROOM {
        return String::new();
    }
    // One column for the space behind.
    if columns(sentence) < room {
        return format!("{sentence} ");
    }
    let cut = sentence.char_indices().find(|&(at, c)| c == ' ' && columns(&sentence[at..]) + 1 < room);
    cut.map_or_else(String::new, |(at, _)| format!("…{} ", &sentence[at..]))
}

/// Bytes behind each end of a sentence in `text`, closing marks included.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter(|(_, c)| TERMINATORS.contains(c)).filter_map(|(at, c)| {
        let behind = &text[at + c.len_utf8()..];
        let closing = behind.find(|c: char| c.is_whitespace() || c.is_alphanumeric()).unwrap_or(behind.len());
        let next = behind[closing..].chars().next();
        next.is_none_or(char::is_whitespace).then_some(at + c.len_utf8() + closing)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::auditor::plain;

    fn around(text: &str, words: &str, room: usize) -> (String, String) {
        let article = plain(text, "en", BlockKind::Body);
        let start = text.find(words).unwrap();
        context(&article, Span::new(start, start + words.len()), room)
    }

    #[test]
    fn what_follows_runs_to_the_end_of_the_sentence_with_its_closing_marks() {
        let text = "Local media said “it is over.” The quay is shut.";
        assert_eq!(around(text, "Local media", 60), (String::new(), " said “it is over.”".into()));
        assert_eq!(around("Local media gave 3.5 as the figure. So.", "Local media", 60).1, " gave 3.5 as the figure.");
    }

    #[test]
    fn where_little_follows_what_comes_before_is_told_from_the_sentence_alone() {
        let text = "The quay is shut. The head of the bank took bribes, a source said.";
        assert_eq!(around(text, "a source", 60), ("The head of the bank took bribes, ".into(), " said.".into()));
        assert_eq!(around(text, "a source", 30), ("… the bank took bribes, ".into(), " said.".into()));
        assert_eq!(around(text, "a source", 8), (String::new(), String::new()), "no room");
    }

    #[test]
    fn quotations_stand_alone() {
        assert_eq!(around("It is “the end”, they said.", "“the end”", 60), (String::new(), String::new()));
    }
}
