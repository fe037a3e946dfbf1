//! Where a part of a TOML string's value stands in the file: escapes make the two differ.

use crate::text::span::Span;

/// The bytes, in the file, of the part `inner` (bytes of the string's value) of the string that is written as
/// `raw` (quotation marks included) at byte `start` of the file. Never wider than the string.
pub fn inner_span(raw: &str, start: usize, inner: Span) -> Span {
    let (from, to) = (offset(raw, inner.start as usize), offset(raw, inner.end as usize));
    Span::new(start + from, start + to.max(from))
}

/// The offset in `raw` of byte `at` of the value that `raw` stands for.
fn offset(raw: &str, at: usize) -> usize {
    let mark = if raw.starts_with('\'') { '\'' } else { '"' };
    let triple = raw.len() >= 6 && raw.chars().take(3).all(|c| c == mark);
    let open = if triple { 3 } else { 1 };
    let close = raw.len().saturating_sub(open).max(open);
    let mut place = open;
    if triple {
        // A line end right behind the opening marks is no part of the value.
        let rest = raw.get(place..).unwrap_or("");
        place += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
    }
    let mut value = 0;
    while value < at && place < close {
        let rest = raw.get(place..close).unwrap_or("");
        let Some(c) = rest.chars().next() else { break };
        let (written, meant) = if c == '\\' && mark == '"' { escape(rest) } else { (c.len_utf8(), c.len_utf8()) };
        place += written;
        value += meant;
    }
    // Only what TOML itself refuses could end inside a character.
    let mut place = place.min(close).min(raw.len());
    while !raw.is_char_boundary(place) {
        place -= 1;
    }
    place
}

/// Bytes of the escape at the start of `rest`, as written and in the value.
fn escape(rest: &str) -> (usize, usize) {
    let digits = match rest.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(b'\\' | b'"' | b'b' | b't' | b'n' | b'f' | b'r' | b'e') => return (2, 1),
        // A backslash at the end of a line swallows all white space up to the next sign.
        _ => return (1 + rest[1..].len() - rest[1..].trim_start().len(), 0),
    };
    let meant = rest.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
    (2 + digits, meant.map_or(1, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The words of `raw` that stand for `part` of its value.
    fn place<'r>(raw: &'r str, part: &str) -> &'r str {
        let document = format!("x = {raw}");
        let table: toml::Table = toml::from_str(&document).unwrap();
        let value = table["x"].as_str().unwrap();
        let at = value.find(part).unwrap();
        inner_span(raw, 0, Span::new(at, at + part.len())).of(raw)
    }

    #[test]
    fn plain_and_literal_strings_shift_by_their_quotation_marks() {
        assert_eq!(place(r#""by {source}""#, "{source}"), "{source}");
        assert_eq!(place(r"'by \({source}'", r"\({"), r"\({");
        assert_eq!(place("'''\nby {via}'''", "{via}"), "{via}");
    }

    #[test]
    fn escapes_take_more_room_in_the_file() {
        assert_eq!(place(r#""a \"\u00e9\U0001F600\\ {via}""#, "{via}"), "{via}");
        assert_eq!(place(r#""a \"b\" c""#, "\"b\""), r#"\"b\""#);
        assert_eq!(place("\"\"\"\na \\\n   b {via}\"\"\"", "{via}"), "{via}");
    }

    proptest! {
        #[test]
        fn any_offsets_give_a_slice_of_the_file(raw in "[\"'](\\\\[\"nux]|[a-fж0-9]){0,12}[\"']", from in 0usize..20, len in 0usize..20) {
            prop_assert!(raw.get(inner_span(&raw, 0, Span::new(from, from + len)).range()).is_some());
        }
    }
}
