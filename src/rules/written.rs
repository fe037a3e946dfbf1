//! A rule as it is written: its lines in the file, with the comment above them.

use toml::de::{DeTable, DeValue};

/// The lines of `text` that hold the table or key that starts at byte `at`, from the comment right above it to the end of
/// its last value; the line alone where it can't be told.
pub fn written(text: &str, at: u32) -> &str {
    let at = at as usize;
    let start = with_comment(text, line_start(text, at));
    let end = DeTable::parse(text).ok().and_then(|document| end_of(document.get_ref(), at)).unwrap_or(at);
    let end = text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |found| end + found);
    text.get(start..end).unwrap_or("")
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1)
}

/// The start of the comment lines right above the line that starts at `start`.
fn with_comment(text: &str, start: usize) -> usize {
    let mut first = start;
    while first > 0 {
        let above = line_start(text, first - 1);
        if !text.get(above..first).is_some_and(|line| line.trim_start().starts_with('#')) {
            break;
        }
        first = above;
    }
    first
}

/// The end of the value whose key or header starts at `at`.
fn end_of(table: &DeTable<'_>, at: usize) -> Option<usize> {
    for (key, value) in table.iter() {
        let is_header = |span: std::ops::Range<usize>| span.start <= at && at < span.end;
        // The key of a table with a header of its own stands inside that header.
        if key.span().start == at {
            return Some(reach(value.get_ref(), value.span().end));
        }
        match value.get_ref() {
            DeValue::Table(inner) => {
                if is_header(value.span()) && value.span().start == at {
                    return Some(reach(value.get_ref(), value.span().end));
                }
                if let Some(end) = end_of(inner, at) {
                    return Some(end);
                }
            }
            DeValue::Array(list) => {
                for item in list.iter() {
                    if item.span().start == at {
                        return Some(reach(item.get_ref(), item.span().end));
                    }
                    if let DeValue::Table(inner) = item.get_ref()
                        && let Some(end) = end_of(inner, at)
                    {
                        return Some(end);
                    }
                }
            }
            _ => {}
        }
    }
    None
}

/// The end of the last thing in a value.
fn reach(value: &DeValue<'_>, own: usize) -> usize {
    match value {
        DeValue::Table(table) => {
            table.iter().map(|(_, value)| reach(value.get_ref(), value.span().end)).max().unwrap_or(own).max(own)
        }
        _ => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# The file.\n\n# Above.\n[[pattern]]\nid = \"en/a\"\nreads = [\n  \"[x]\",\n] # end\n\n[lexicon.say]\n# plain\nsay = \"said\"\nall = [\"a\"]\n[lexicon.say.set]\nfinite = \"set\"\n\n[[pattern]]\nid = \"en/b\"";

    fn of(words: &str) -> &'static str {
        written(TEXT, TEXT.find(words).unwrap() as u32)
    }

    #[test]
    fn a_rule_is_shown_whole_with_its_comment() {
        assert_eq!(of("[[pattern]]"), "# Above.\n[[pattern]]\nid = \"en/a\"\nreads = [\n  \"[x]\",\n] # end");
        assert_eq!(of("say = "), "# plain\nsay = \"said\"");
        assert_eq!(of("all"), "all = [\"a\"]");
        assert_eq!(of("set]"), "[lexicon.say.set]\nfinite = \"set\"");
        assert_eq!(written(TEXT, TEXT.rfind("[[").unwrap() as u32), "[[pattern]]\nid = \"en/b\"");
    }

    #[test]
    fn what_is_no_rule_is_its_line() {
        assert_eq!(written("a = [", 0), "a = [");
        assert_eq!(written("", 0), "");
        assert_eq!(written("x", 9), "x");
    }
}
