//! The lines of a text, each with the features that tell prose from the rest.

use memchr::memchr2;

use super::form::InputForm;
use crate::text::letter::{LETTER, NUMERIC, SPACE, flags, is_invisible};
use crate::text::span::Span;

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With a terminator, closing marks aside.
    Full,
    /// With an ellipsis or two dots: often a teaser that was cut.
    Cut,
    /// With a comma, colon, semicolon or dash.
    Open,
    /// With a hyphen glued to a word.
    Hyphen,
    /// With a word, a number or another mark.
    Bare,
}

impl End {
    /// True for a terminator.
    pub fn is_full(self) -> bool {
        self == End::Full
    }
}

/// One line that isn't blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its bytes without white space at the ends, and without the marks of a heading or quotation block.
    pub span: Span,
    /// Blank lines before it.
    pub blanks: u32,
    /// Number of words.
    pub words: usize,
    /// How it ends.
    pub end: End,
    /// True where it starts with a lower-case letter of a script that has capitals in running text.
    pub lower: bool,
    /// True for an item of a list.
    pub item: bool,
    /// Level of a heading; 0 for other lines.
    pub heading: u8,
    /// True for code, tables, pictures and other markup without prose.
    pub code: bool,
}

/// Cuts `text` into lines; `skip` are bytes at the head that are no lines (front matter). `terminators` are further marks that
/// end a sentence in the text's language.
pub fn lines(text: &str, skip: usize, form: InputForm, terminators: &[String]) -> Vec<Line> {
    let bytes = text.as_bytes();
    let (mut out, mut start, mut blanks, mut fenced) = (Vec::<Line>::new(), skip, 0, false);
    while start < bytes.len() {
        let stop = memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |n| start + n);
        let span = trimmed(text, start, stop);
        let words = &text[span.range()];
        if words.is_empty() {
            blanks += 1;
        } else {
            let fence = form == InputForm::Markdown && (words.starts_with("```") || words.starts_with("~~~"));
            if form == InputForm::Markdown
                && words.bytes().all(|b| b == b'=')
                && blanks == 0
                && let Some(last) = out.last_mut()
            {
                last.heading = 1;
            }
            out.push(line(text, span, blanks, form, fence || fenced, terminators));
            fenced ^= fence;
            blanks = 0;
        }
        start = stop + 1;
        if bytes.get(stop) == Some(&b'\r') && bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
    }
    out
}

fn trimmed(text: &str, start: usize, stop: usize) -> Span {
    let blank = |c: char| c.is_whitespace() || is_invisible(c) || c == '\0';
    let words = &text[start..stop];
    let from = start + (words.len() - words.trim_start_matches(blank).len());
    let to = stop - (words.len() - words.trim_end_matches(blank).len());
    Span::new(from, to.max(from))
}

fn line(text: &str, span: Span, blanks: u32, form: InputForm, fenced: bool, terminators: &[String]) -> Line {
    let mut words = &text[span.range()];
    let mut heading = 0;
    if !fenced {
        let hashes = words.bytes().take_while(|&b| b == b'#').count();
        if (1..=6).contains(&hashes) && words[hashes..].starts_with([' ', '\t']) {
            heading = hashes as u8;
            words = words[hashes..].trim_start();
        }
        if form == InputForm::Markdown && heading > 0 {
            words = words.trim_end_matches('#').trim_end();
        }
        while form == InputForm::Markdown && words.starts_with("> ") {
            words = words[2..].trim_start();
        }
    }
    let from = words.as_ptr() as usize - text.as_ptr() as usize;
    let span = if words.is_empty() { span } else { Span::new(from, from + words.len()) };
    let code = fenced
        || !words.chars().any(char::is_alphanumeric)
        || (words.starts_with("<!--") && words.ends_with("-->"))
        || (form == InputForm::Markdown
            && (words.starts_with("![") || words.starts_with('|') || words.starts_with("```")));
    // A picture's own words are what its line says.
    let picture = if code { picture_words(words) } else { None };
    let span = picture.map_or(span, |(from, to)| Span::new(span.start as usize + from, span.start as usize + to));
    Line {
        span,
        blanks,
        words: count_words(words),
        end: line_end(words, terminators),
        lower: starts_lower(words),
        item: is_item(words),
        heading,
        code,
    }
}

/// How `words` end.
pub fn end_of(words: &str, terminators: &[String]) -> End {
    let mut rest = words;
    loop {
        rest = rest.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c) || is_closing(c));
        // The address of a link is no part of what the reader sees.
        let address = if words[rest.len()..].starts_with(')') { rest.rfind("](") } else { None };
        match address {
            Some(at) if !rest[at..].contains(char::is_whitespace) => rest = &rest[..at],
            _ => break,
        }
    }
    if rest.ends_with('…') || rest.ends_with("..") {
        return End::Cut;
    }
    if terminators.iter().any(|t| !t.is_empty() && rest.ends_with(t.as_str())) {
        return End::Full;
    }
    match rest.chars().next_back() {
        Some(
            '.' | '!' | '?' | '\u{3002}' | '\u{589}' | '\u{6d4}' | '\u{964}' | '\u{61f}' | '\u{ff1f}' | '\u{ff01}'
            | '\u{203d}' | '\u{2049}',
        ) => End::Full,
        Some(',' | ':' | ';' | '\u{60c}' | '\u{61b}' | '\u{3001}' | '\u{ff1a}' | '\u{2013}' | '\u{2014}') => End::Open,
        Some('-' | '\u{2010}' | '\u{2011}' | '\u{58a}') => {
            let before = rest.chars().rev().nth(1);
            if before.is_some_and(char::is_alphanumeric) { End::Hyphen } else { End::Open }
        }
        _ => End::Bare,
    }
}

/// Most bytes of a credit behind the last sentence of a line.
const CREDIT: usize = 40;

/// How a line ends, a credit behind its last sentence aside: `… he said. (Norwire)`, `… he said. — Norwire`.
pub fn line_end(words: &str, terminators: &[String]) -> End {
    let end = end_of(words, terminators);
    if end != End::Bare {
        return end;
    }
    let open =
        if words.ends_with([')', ']']) { words.rfind(['(', '[']) } else { words.rfind(['-', '\u{2013}', '\u{2014}']) };
    match open {
        Some(at) if words.len() - at <= CREDIT && words[..at].ends_with(char::is_whitespace) => {
            let before = end_of(&words[..at], terminators);
            if before.is_full() { before } else { end }
        }
        _ => end,
    }
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '\u{2019}'
            | '\u{201d}'
            | '\u{201c}'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '*'
            | '_'
            | '`'
            | '~'
            | '\u{300d}'
            | '\u{300f}'
    )
}

/// Number of words; what is written without spaces is counted by its length.
pub fn count_words(words: &str) -> usize {
    // A word counts where its first letter or digit stands.
    let (mut spaced, mut counted) = (0, false);
    let mut note = |what: u8| {
        let letter = what & (LETTER | NUMERIC) != 0;
        spaced += usize::from(letter & !counted);
        counted = (counted | letter) & (what & SPACE == 0);
    };
    if words.is_ascii() {
        words.bytes().for_each(|byte| note(flags(char::from(byte))));
    } else {
        words.chars().for_each(|c| note(flags(c)));
    }
    if spaced <= words.len() / 40 && !has_url(words) { spaced.max(words.chars().count() / 4) } else { spaced }
}

fn starts_lower(words: &str) -> bool {
    let first = words.chars().find(|c| c.is_alphanumeric());
    // Georgian has capitals for display only, so that its letters say nothing here.
    first.is_some_and(|c| c.is_lowercase() && !('\u{10d0}'..='\u{10ff}').contains(&c))
}

fn is_item(words: &str) -> bool {
    let mut chars = words.chars();
    match chars.next() {
        Some('-' | '*' | '+' | '•' | '·' | '▪' | '►' | '–' | '—') => {
            chars.next().is_some_and(char::is_whitespace)
        }
        Some(c) if c.is_ascii_digit() => {
            let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with(". ") || rest.starts_with(") ")
        }
        _ => false,
    }
}

/// True where a web address stands in `words`.
pub fn has_url(words: &str) -> bool {
    words.contains("://") || words.contains("www.")
}

/// The web address that is the whole line, brackets aside.
pub fn url_line(words: &str) -> Option<&str> {
    let inner = words.trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '[' | ']') || c.is_whitespace());
    let rest = inner
        .strip_prefix("https://")
        .or_else(|| inner.strip_prefix("http://"))
        .or_else(|| inner.strip_prefix("www."))?;
    (rest.contains('.') && !inner.contains(char::is_whitespace)).then_some(inner)
}

/// The first web address in `words`.
pub fn find_url(words: &str) -> Option<&str> {
    words
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"'))
        .find(|w| w.starts_with("https://") || w.starts_with("http://") || w.starts_with("www."))
        .and_then(url_line)
}

/// Fewest words that make a caption of a picture's text; fewer name a logo or an icon.
const SHORTEST_CAPTION: usize = 4;

/// Where the describing words of a Markdown picture stand in its line, in bytes: `![The quay in the morning](quay.jpg)`.
fn picture_words(line: &str) -> Option<(usize, usize)> {
    let (words, _) = line.strip_prefix("![")?.split_once("](")?;
    (words.split_whitespace().count() >= SHORTEST_CAPTION).then(|| (2, 2 + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text_lines(text: &str) -> Vec<Line> {
        lines(text, 0, InputForm::Text, &[])
    }

    #[test]
    fn ends_look_through_closing_marks() {
        for (words, end) in [
            ("He left.”", End::Full),
            ("He left (on foot).", End::Full),
            ("a [report](#).", End::Full),
            ("a [report.](https://a.b/c)", End::Full),
            ("Bridge shut (Ann Oak/XYZ)", End::Bare),
            ("was launched by the min ..", End::Cut),
            ("the Oslo-", End::Hyphen),
            ("He said:", End::Open),
            ("Նա հեռացավ։", End::Full),
        ] {
            assert_eq!(end_of(words, &[]), end, "{words}");
        }
        assert_eq!(end_of("Նա հեռացավ:", &[":".to_owned()]), End::Full);
    }

    #[test]
    fn a_credit_behind_the_last_sentence_does_not_open_it() {
        let end = |words| line_end(words, &[]);
        assert_eq!(end("He left the town. (Norwire)"), End::Full);
        assert_eq!(end("He left the town. — Norwire"), End::Full);
        assert_eq!(end("He left the town (on foot)"), End::Bare);
        assert_eq!(end("Harbour town - Norwire"), End::Bare);
    }

    #[test]
    fn every_kind_of_line_end_and_blank_lines_count() {
        let found = text_lines("a b\r\n\r\n \u{a0}\rc\nd");
        assert_eq!(found.iter().map(|l| (l.span.start, l.blanks)).collect::<Vec<_>>(), [(0, 0), (11, 2), (13, 0)]);
    }

    #[test]
    fn headings_lose_their_marks_and_hashtags_do_not() {
        let text = "## Shut down\n#strike now";
        let found = text_lines(text);
        assert_eq!((found[0].heading, found[0].span.of(text)), (2, "Shut down"));
        assert_eq!((found[1].heading, found[1].span.of(text)), (0, "#strike now"));
    }

    #[test]
    fn georgian_letters_are_not_taken_for_a_lower_case_start() {
        assert!(!text_lines("მინისტრმა თქვა")[0].lower);
        assert!(text_lines("brokered deal")[0].lower);
        assert!(text_lines("посередництва")[0].lower);
    }

    proptest! {
        #[test]
        fn spans_are_slices(text in "(\\PC|[\\r\\n# >*-]){0,60}") {
            let mut last = 0;
            for form in [InputForm::Text, InputForm::Markdown] {
                for line in lines(&text, 0, form, &[]) {
                    prop_assert!(text.get(line.span.range()).is_some_and(|w| !w.is_empty()));
                    prop_assert!(line.span.start >= last);
                    last = line.span.end;
                }
                last = 0;
            }
        }
    }
}
