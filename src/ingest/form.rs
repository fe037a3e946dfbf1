//! Which form an input has, told from its name and its first bytes.

use std::path::Path;

/// The form of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InputForm {
    /// Plain text, clean or scraped from a page.
    Text,
    /// Markdown.
    Markdown,
    /// A page in HTML or XHTML.
    Html,
    /// One JSON object a line, each an article.
    Jsonl,
    /// One JSON value: a JSON feed, an agency's item (ninjs), a record, or a list of them.
    Json,
    /// RSS or Atom; a JSON feed where the content says so.
    Feed,
    /// A news item in XML as agencies send it (NewsML-G2).
    NewsMl,
    /// A web archive: one page a record.
    Warc,
    /// A table with commas, semicolons or bars: one article a row.
    Csv,
    /// A table with tabs.
    Tsv,
    /// A draft of a word processor.
    Docx,
    /// A row of a table as its reader put it; no input has this form.
    Row,
    /// An article as the reader of its container put it; no input has this form.
    Item,
}

impl InputForm {
    /// The names that options use.
    pub const NAMES: [(&'static str, InputForm); 12] = [
        ("text", InputForm::Text),
        ("markdown", InputForm::Markdown),
        ("html", InputForm::Html),
        ("jsonl", InputForm::Jsonl),
        ("json", InputForm::Json),
        ("feed", InputForm::Feed),
        ("newsml", InputForm::NewsMl),
        ("ninjs", InputForm::Json),
        ("warc", InputForm::Warc),
        ("csv", InputForm::Csv),
        ("tsv", InputForm::Tsv),
        ("docx", InputForm::Docx),
    ];

    /// The form with this name.
    pub fn named(name: &str) -> Option<InputForm> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, form)| *form)
    }

    /// The form that the ending of a file's name promises; `None` where it promises none that is read.
    pub fn of_name(path: &Path) -> Option<InputForm> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "txt" | "text" => Some(InputForm::Text),
            "md" | "markdown" => Some(InputForm::Markdown),
            "html" | "htm" | "xhtml" | "xht" => Some(InputForm::Html),
            "jsonl" | "ndjson" => Some(InputForm::Jsonl),
            "json" => Some(InputForm::Json),
            "rss" | "atom" | "rdf" | "xml" => Some(InputForm::Feed),
            "newsml" => Some(InputForm::NewsMl),
            "warc" | "wet" => Some(InputForm::Warc),
            "csv" => Some(InputForm::Csv),
            "tsv" | "tab" => Some(InputForm::Tsv),
            "docx" => Some(InputForm::Docx),
            _ => None,
        }
    }

    /// The form of an input whose name says nothing, from its first line.
    pub fn of_first_line(line: &[u8]) -> InputForm {
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii();
        if line.starts_with(b"{") && (line.ends_with(b"}") || line.starts_with(b"{\"")) {
            return InputForm::Jsonl;
        }
        if is_markup(line) {
            return InputForm::Html;
        }
        let hashes = line.iter().take_while(|&&b| b == b'#').count();
        if (1..=6).contains(&hashes) && line.get(hashes) == Some(&b' ') {
            return InputForm::Markdown;
        }
        InputForm::Text
    }
}

/// True for the first line of a page.
fn is_markup(line: &[u8]) -> bool {
    let starts = |name: &str| line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()));
    ["<!doctype html", "<html", "<head", "<body", "<meta ", "<title>"].iter().any(|name| starts(name))
        || (starts("<?xml")
            && line.windows(5).any(|w| w.eq_ignore_ascii_case(b"<html") || w.eq_ignore_ascii_case(b"xhtml")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_count_whatever_their_case() {
        assert_eq!(InputForm::of_name(Path::new("a/B.TXT")), Some(InputForm::Text));
        assert_eq!(InputForm::of_name(Path::new("a.NdJson")), Some(InputForm::Jsonl));
        assert_eq!(InputForm::of_name(Path::new("jsonl")), None, "a name without an ending promises nothing");
    }

    #[test]
    fn a_json_line_is_told_from_a_sentence_in_braces() {
        assert_eq!(InputForm::of_first_line(br#" {"text": "a"}"#), InputForm::Jsonl);
        assert_eq!(InputForm::of_first_line(b"\xEF\xBB\xBF{\"text\": \"cut"), InputForm::Jsonl);
        assert_eq!(InputForm::of_first_line(b"{Editor's note} The bridge is shut."), InputForm::Text);
        assert_eq!(InputForm::of_first_line(b"# Bridge shut"), InputForm::Markdown);
        assert_eq!(InputForm::of_first_line(b"#bridge is trending"), InputForm::Text);
    }
}
