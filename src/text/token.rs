//! Words, numbers and marks of a text, in one pass.
//!
//! A word is a run of letters, digits and combining marks; hyphens and apostrophes inside words are marks that are glued
//! to their neighbours, so that a template and an article are always cut alike.

use super::letter::{FOLDS, INSIDE, INVISIBLE, LETTER, Lookup, NUMERIC, SPACE, UPPER, byte_flags, flags};
use super::span::Span;
use serde::{Deserialize, Serialize};

/// What joins the parts of a word without their letters joining: a non-joiner of no width.
pub const JOINT: char = '\u{200c}';

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A run of letters (digits may follow: `A4`).
    Word,
    /// A run that starts with a digit, with separators inside: `2,000`, `1.5`, `17th`.
    Number,
    /// One mark.
    Mark(Mark),
}

/// Classes of marks; a template's mark matches any mark of its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mark {
    /// `,` and its forms in other scripts.
    Comma,
    /// A full stop, a Devanagari danda, an Armenian or Arabic full stop.
    Stop,
    /// A question mark in any script.
    Question,
    /// An exclamation mark.
    Exclamation,
    /// `…` or three dots.
    Ellipsis,
    /// `:` and its forms.
    Colon,
    /// `;` and its forms.
    Semicolon,
    /// An en or em dash, or a hyphen with white space before or after it.
    Dash,
    /// A hyphen between two written words.
    Hyphen,
    /// `/`
    Slash,
    /// An apostrophe with a letter before it; it may close a quotation as well.
    Apostrophe,
    /// Any quotation mark.
    Quote,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
    /// `|` and bullets.
    Bar,
    /// Markup that the reader of a page doesn't see: `**`, the address of a link.
    Markup,
    /// Any other mark.
    Other,
}

impl Mark {
    /// True for marks that part clauses.
    pub fn parts_clauses(self) -> bool {
        matches!(self, Mark::Comma | Mark::Semicolon | Mark::Colon | Mark::Dash | Mark::Open | Mark::Close | Mark::Bar)
    }
}

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// True where white space, or the start of the text, stands before it.
    pub spaced: bool,
    /// True where its first letter is upper case (or title case).
    pub capital: bool,
    /// True where it may be compared as it stands: nothing in it is written in several ways.
    pub plain: bool,
}

impl Token {
    /// True for a word or a number.
    pub fn is_wordlike(&self) -> bool {
        !matches!(self.kind, Kind::Mark(_))
    }

    /// The class of the mark, if it is one.
    pub fn mark(&self) -> Option<Mark> {
        match self.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// True for a mark of this class.
    #[inline]
    pub fn is(&self, mark: Mark) -> bool {
        matches!(self.kind, Kind::Mark(own) if own as u8 == mark as u8)
    }
}

/// Cuts the part `range` (bytes) of `text` into tokens, in order; spans are offsets into `text`.
pub fn tokens(text: &str, range: std::ops::Range<usize>) -> Vec<Token> {
    let end = range.end.min(text.len());
    let bytes = text.as_bytes().get(..end).unwrap_or_default();
    let mut out = Vec::with_capacity(range.len() / 5 + 4);
    let mut hyphens = false;
    let mut at = range.start;
    let mut spaced = true;
    while let Some(&byte) = bytes.get(at) {
        let (what, c) = if byte.is_ascii() {
            (byte_flags(byte), char::from(byte))
        } else {
            let Some(c) = next_char(text, at, end) else { break };
            (flags(c), c)
        };
        if what & (SPACE | INVISIBLE) != 0 {
            spaced |= what & SPACE != 0;
            at += c.len_utf8();
            continue;
        }
        let (kind, stop, plain) = if what & LETTER != 0 {
            let (stop, plain) = word_end(text, bytes, at);
            (Kind::Word, stop, plain)
        } else if what & NUMERIC != 0 {
            let stop = number_end(text, at, end);
            (Kind::Number, stop, bytes[at..stop].is_ascii())
        } else {
            let (kind, stop) = mark_at(text, at, end, c, spaced, out.last());
            hyphens |= kind == Kind::Mark(Mark::Hyphen);
            (kind, stop, false)
        };
        out.push(Token { span: Span::new(at, stop), kind, spaced, capital: what & UPPER != 0, plain });
        spaced = false;
        at = stop;
    }
    if !hyphens {
        return out;
    }
    // A hyphen with white space on either side is a dash.
    for i in 0..out.len() {
        if out[i].is(Mark::Hyphen) {
            let after = out.get(i + 1).is_none_or(|next| next.spaced);
            if out[i].spaced || after {
                out[i].kind = Kind::Mark(Mark::Dash);
            }
        }
    }
    out
}

/// The character at byte `at`, before byte `end`.
#[inline]
fn next_char(text: &str, at: usize, end: usize) -> Option<char> {
    let bytes = text.as_bytes();
    match *bytes.get(at)? {
        byte if byte.is_ascii() => Some(char::from(byte)),
        // Two bytes, as most letters beyond ASCII have them.
        lead @ 0xc2..=0xdf if at + 1 < end => {
            let next = u32::from(*bytes.get(at + 1)?);
            char::from_u32(u32::from(lead & 0x1f) << 6 | next & 0x3f)
        }
        _ => text.get(at..end).and_then(|rest| rest.chars().next()),
    }
}

/// True for a small letter of a script whose sentences start with a capital. The letters of Georgian have capitals in
/// Unicode, but they are not used so.
pub fn is_small(c: char) -> bool {
    c.is_lowercase() && !matches!(c, '\u{10d0}'..='\u{10ff}')
}

/// Where the word that starts at byte `from` ends, and whether it may be compared as it stands; `bytes` are those of `text` up
/// to where it is cut.
#[inline]
fn word_end(text: &str, bytes: &[u8], from: usize) -> (usize, bool) {
    // Most words have nothing but letters of ASCII.
    let mut at = from + ascii_letters(&bytes[from..]);
    while bytes.get(at).is_some_and(|&byte| byte_flags(byte) & INSIDE != 0) {
        at += 1;
    }
    match bytes.get(at) {
        Some(byte) if !byte.is_ascii() => rest_of_word(text, bytes, at),
        _ => (at, true),
    }
}

/// How many letters of ASCII the first eight bytes start with, told for all at once.
#[inline]
fn ascii_letters(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let Some(head) = bytes.first_chunk::<8>() else { return 0 };
    let head = u64::from_le_bytes(*head);
    // Small letters, and what has no high bit, so that no sum carries into the next byte.
    let small = (head | (0x20 * EACH)) & !HIGH;
    let from_a = small + (0x80 - u64::from(b'a')) * EACH;
    let behind_z = small + (0x7f - u64::from(b'z')) * EACH;
    let others = !(from_a & !behind_z & !head) & HIGH;
    others.trailing_zeros() as usize / 8
}

/// Where a word ends that goes on at byte `at` with a character beyond ASCII, and whether it may be compared as it stands.
fn rest_of_word(text: &str, bytes: &[u8], at: usize) -> (usize, bool) {
    let (mut at, end) = (at, bytes.len());
    // Behind the last character that a reader sees: invisible ones at the end are no part of the word.
    let mut seen = at;
    let mut all = 0;
    let mut lookup = Lookup::default();
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            if byte_flags(byte) & INSIDE == 0 {
                break;
            }
            at += 1;
            seen = at;
            continue;
        }
        let Some(c) = next_char(text, at, end) else { break };
        let what = lookup.flags(c);
        if what & INSIDE == 0 {
            break;
        }
        at += c.len_utf8();
        all |= what;
        if what & INVISIBLE == 0 {
            seen = at;
        }
    }
    (seen, all & FOLDS == 0)
}

/// Digits of a group of a long number.
const GROUP: usize = 3;

/// True for a space at byte `at` between groups of digits of the number that starts at byte `from`: `1 200`.
fn parts_thousands(text: &str, from: usize, at: usize, end: usize) -> bool {
    let Some(space) = text[at..end].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'))
    else {
        return false;
    };
    let before = &text[from..at];
    let head = before.split([' ', '\u{a0}', '\u{202f}', '\u{2009}']).next_back().unwrap_or(before);
    let first = head.len() == before.len();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let behind = &text[at + space.len_utf8()..end];
    let group = behind.bytes().take_while(u8::is_ascii_digit).count();
    let alone = !behind[group..].starts_with(|c: char| c.is_alphanumeric());
    // A plain space parts years from what follows as well ("in 2019 200 people"): four digits before it are no group.
    digits(head) && (if first { head.len() <= GROUP } else { head.len() == GROUP }) && group == GROUP && alone
}

fn number_end(text: &str, from: usize, end: usize) -> usize {
    let mut at = from;
    let mut chars = text[from..end].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let separator =
            matches!(c, '.' | ',' | '\u{66b}' | '\u{66c}') && chars.peek().is_some_and(|(_, next)| next.is_numeric());
        if !(c.is_alphanumeric() || separator || parts_thousands(text, from, from + offset, end)) {
            break;
        }
        at = from + offset + c.len_utf8();
    }
    at
}

fn mark_at(text: &str, at: usize, end: usize, c: char, spaced: bool, before: Option<&Token>) -> (Kind, usize) {
    let one = at + c.len_utf8();
    let rest = &text[at..end];
    let glued_word = !spaced && before.is_some_and(|t| t.is_wordlike());
    let (mark, stop) = match c {
        // Typed for an apostrophe: between two letters they can be nothing else.
        '`' | '\u{b4}' | '\u{2032}' | '\u{2b9}' | '\u{55a}'
            if glued_word && text[one..end].starts_with(char::is_alphabetic) =>
        {
            (Mark::Apostrophe, one)
        }
        '*' if rest.starts_with("**") => (Mark::Markup, at + 2),
        '_' if rest.starts_with("__") => (Mark::Markup, at + 2),
        '`' if rest.starts_with("``") => (Mark::Quote, at + 2),
        '*' | '_' | '`' | '~' => (Mark::Markup, one),
        ']' if rest.starts_with("](") => match link_target(rest) {
            Some(len) => (Mark::Markup, at + len),
            None => (Mark::Close, one),
        },
        '[' if opens_link(rest) => (Mark::Markup, one),
        '.' if rest.starts_with("...") => (Mark::Ellipsis, at + 3),
        '.' if rest.starts_with("..") => (Mark::Ellipsis, at + 2),
        '…' => (Mark::Ellipsis, one),
        '.' | '\u{3002}' | '\u{589}' | '\u{6d4}' | '\u{964}' => (Mark::Stop, one),
        ',' | '\u{60c}' | '\u{3001}' | '\u{55d}' => (Mark::Comma, one),
        ':' | '\u{ff1a}' => (Mark::Colon, one),
        ';' | '\u{61b}' => (Mark::Semicolon, one),
        '?' | '\u{61f}' | '\u{ff1f}' => (Mark::Question, one),
        '!' | '\u{ff01}' => (Mark::Exclamation, one),
        '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{2212}' | '\u{2e3a}' => (Mark::Dash, one),
        '-' if rest.starts_with("--") => (Mark::Dash, at + rest.len() - rest.trim_start_matches('-').len()),
        '-' | '\u{2010}' | '\u{2011}' | '\u{58a}' | '\u{5be}' => (Mark::Hyphen, one),
        '/' => (Mark::Slash, one),
        '\'' if rest.starts_with("''") => (Mark::Quote, at + 2),
        '\'' | '\u{2019}' | '\u{2bc}' | '\u{2018}' if glued_word => (Mark::Apostrophe, one),
        '"' | '\'' | '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›' | '\u{300c}'..='\u{300f}' | '\u{ff02}' => {
            (Mark::Quote, one)
        }
        '(' | '[' | '{' => (Mark::Open, one),
        ')' | ']' | '}' => (Mark::Close, one),
        '|' | '•' | '·' | '►' | '▪' => (Mark::Bar, one),
        _ => (Mark::Other, one),
    };
    (Kind::Mark(mark), stop)
}

/// Longest address of a Markdown link, in bytes: what is longer is text.
const LONGEST_LINK: usize = 2048;

/// The length of `](address)` at the start of `rest`, if it closes on its line.
fn link_target(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut depth = 0usize;
    for (i, &byte) in bytes.iter().enumerate().skip(1).take(LONGEST_LINK) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(i + 1),
            b')' => depth -= 1,
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// True where `[` starts the text of a Markdown link on this line.
fn opens_link(rest: &str) -> bool {
    let head = &rest.as_bytes()[..rest.len().min(LONGEST_LINK)];
    for (i, &byte) in head.iter().enumerate().skip(1) {
        match byte {
            b']' => return head.get(i + 1) == Some(&b'(') && link_target(&rest[i..]).is_some(),
            b'\n' | b'[' => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, 0..text.len()).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn apostrophes_and_hyphens_are_marks_of_their_own() {
        assert_eq!(words("RFE/RL’s so-called"), ["RFE", "/", "RL", "’", "s", "so", "-", "called"]);
        let text = "Moscow - APP";
        assert!(tokens(text, 0..text.len())[1].is(Mark::Dash));
    }

    #[test]
    fn an_apostrophe_is_one_however_it_is_typed() {
        for apostrophe in ["'", "\u{2019}", "\u{2bc}", "`", "\u{b4}", "\u{2032}"] {
            let text = format!("\u{43f}{apostrophe}\u{44f}ть міст");
            let marks: Vec<_> = tokens(&text, 0..text.len()).iter().filter_map(Token::mark).collect();
            assert_eq!(marks, [Mark::Apostrophe], "{apostrophe}");
        }
        let code = tokens("a `b` c", 0..7);
        assert!(code[1].is(Mark::Markup), "behind white space it opens something");
    }

    #[test]
    fn letters_are_told_eight_at_a_time_as_each_alone() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut bytes = *b"azAZmMqQ";
                bytes[at] = byte;
                let expected = if byte.is_ascii_alphabetic() { 8 } else { at };
                assert_eq!(ascii_letters(&bytes), expected, "{byte:#x} at {at}");
            }
        }
        assert_eq!(ascii_letters(b"letters"), 0, "fewer are left to be told one by one");
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(words("about 2,000 on the 17th, 1.5."), ["about", "2,000", "on", "the", "17th", ",", "1.5", "."]);
    }

    #[test]
    fn links_are_markup_and_brackets_are_not() {
        let text = "[reported](https://a.b/c(d)) on [sic] it";
        let marks: Vec<_> = tokens(text, 0..text.len()).iter().filter_map(Token::mark).collect();
        assert_eq!(marks, [Mark::Markup, Mark::Markup, Mark::Open, Mark::Close]);
    }

    #[test]
    fn soft_hyphens_and_zero_width_marks_stay_inside_words() {
        assert_eq!(tokens("Inter\u{ad}fax \u{200b}said", 0..21).len(), 2);
    }

    proptest! {
        #[test]
        fn every_token_is_a_slice_and_they_stand_in_order(text in "\\PC{0,80}|[a-z'’\\-\\[\\]().,“”«» \\n*…]{0,80}") {
            let found = tokens(&text, 0..text.len());
            let mut last = 0;
            for token in &found {
                prop_assert!(text.get(token.span.range()).is_some_and(|w| !w.is_empty()));
                prop_assert!(token.span.start >= last);
                last = token.span.end;
            }
        }
    }
}
