//! Where words stand, in the words of reports: a line of the text, or the field that holds them.

use crate::article::{Article, Field};
use crate::text::lines::LineIndex;
use crate::text::span::Span;

/// Tells the places of one article.
#[derive(Debug)]
pub struct Places<'a> {
    article: &'a Article,
    lines: LineIndex,
}

impl<'a> Places<'a> {
    /// Indexes the article's text.
    pub fn new(article: &'a Article) -> Places<'a> {
        Places { article, lines: LineIndex::new(article.field(Field::Text).unwrap_or("")) }
    }

    /// `15`, `title` or `byline`.
    pub fn short(&self, span: Span) -> String {
        match self.article.place(span) {
            (Field::Text, span) => self.lines.line(span.start).to_string(),
            (Field::Title, _) => "title".to_string(),
            (Field::Byline, _) => "byline".to_string(),
            (Field::Source, _) => "source".to_string(),
            (Field::Credit, _) => "credit".to_string(),
            (Field::Dateline, _) => "dateline".to_string(),
        }
    }

    /// `line 15`, `the title` or `the byline`.
    pub fn long(&self, span: Span) -> String {
        match self.article.place(span).0 {
            Field::Text => format!("line {}", self.short(span)),
            _ => format!("the {}", self.short(span)),
        }
    }

    /// `line 15`, `lines 15, 17`, `title, line 15`; empty where there are no spans. Each place is told once.
    pub fn all(&self, spans: &[Span]) -> String {
        let (mut fields, mut lines): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for &span in spans {
            let list = if self.article.place(span).0 == Field::Text { &mut lines } else { &mut fields };
            let place = self.short(span);
            if !list.contains(&place) {
                list.push(place);
            }
        }
        match lines.len() {
            0 => {}
            1 => fields.push(format!("line {}", lines[0])),
            _ => fields.push(format!("lines {}", lines.join(", "))),
        }
        fields.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn places_are_lines_of_the_text_or_names_of_fields() {
        let record = sample::record();
        let places = Places::new(&record.article);
        let at = |words| sample::span(&record.article.buffer, words);
        assert_eq!(places.short(at("Ada Quill")), "3");
        assert_eq!(places.long(Span::new(0, 4)), "the title");
        assert_eq!(places.all(&[at("Ada Quill"), at("said"), at("Not again"), Span::new(0, 4)]), "title, lines 3, 5");
        assert_eq!(places.all(&[]), "");
    }
}
