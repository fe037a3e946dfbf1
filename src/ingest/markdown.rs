//! The front matter of Markdown files.

use crate::text::span::Span;

/// What the front matter of a file says. All spans are bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrontMatter {
    /// Bytes from the start of the text that it takes.
    pub length: usize,
    /// `title`
    pub title: Option<Span>,
    /// `date` or `published`
    pub date: Option<Span>,
    /// `author`, `authors` or `byline`
    pub author: Option<Span>,
    /// `url` or `canonical`
    pub url: Option<Span>,
    /// `lang` or `language`
    pub language: Option<Span>,
}

/// Most lines that front matter may have; a rule at the head of a longer text is no front matter.
const MOST_LINES: usize = 100;

/// Reads the front matter at the start of `text`; empty where there is none.
pub fn front_matter(text: &str) -> FrontMatter {
    let mut found = FrontMatter::default();
    let mut at = 0;
    for (n, line) in text.split_inclusive('\n').take(MOST_LINES).enumerate() {
        let words = line.trim_end();
        if n == 0 {
            if words != "---" {
                return FrontMatter::default();
            }
        } else if words == "---" || words == "..." {
            found.length = at + line.len();
            return found;
        } else if let Some((key, value)) = words.split_once(':') {
            let from = at + key.len() + 1;
            let value = Span::new(from, from + value.len()).trimmed(text);
            let value = unquoted(text, value);
            if !value.is_empty() {
                match key.trim() {
                    "title" => found.title = Some(value),
                    "date" | "published" => found.date = Some(value),
                    "author" | "authors" | "byline" => found.author = Some(value),
                    "url" | "canonical" => found.url = Some(value),
                    "lang" | "language" => found.language = Some(value),
                    _ => {}
                }
            }
        }
        at += line.len();
    }
    FrontMatter::default()
}

fn unquoted(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let pairs = [('"', '"'), ('\'', '\''), ('[', ']')];
    let quoted =
        words.len() >= 2 && pairs.iter().any(|(open, close)| words.starts_with(*open) && words.ends_with(*close));
    if quoted { Span::new(span.start as usize + 1, span.end as usize - 1).trimmed(text) } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_with_their_places() {
        let text = "---\ntitle: \"Ferry: out\"\ndate: 2024-05-06\nauthors: [Ann Oak, Lee Elm]\n---\nThe ferry is out.";
        let found = front_matter(text);
        assert_eq!(found.title.unwrap().of(text), "Ferry: out");
        assert_eq!(found.author.unwrap().of(text), "Ann Oak, Lee Elm");
        assert_eq!(&text[found.length..], "The ferry is out.");
    }

    #[test]
    fn a_rule_at_the_head_is_no_front_matter() {
        assert_eq!(front_matter("---\nThe ferry is out.\n"), FrontMatter::default());
        assert_eq!(front_matter("The ferry\n---\ntitle: x\n---\n"), FrontMatter::default());
    }
}
