//! Faults of rule files, and how they are shown.

use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::text::span::Span;

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The rule is left out.
    Error,
    /// The rule is in force, but hardly as it is meant.
    Warning,
}

/// A fault in a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Short name of the fault: `unknown-lexicon`.
    pub code: &'static str,
    /// The file, as a reader can find it.
    pub file: String,
    /// The bytes at fault; empty where the whole file is meant.
    pub span: Span,
    /// Line of the first byte, from 1.
    pub line: u32,
    /// Column of the first byte, from 1, in code points.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do, where that can be told.
    pub hint: Option<String>,
    /// The file's text; empty where it could not be read.
    pub source: Arc<str>,
}

/// Columns of a fault where nothing else is said.
const WIDTH: usize = 140;
/// Fewest columns in which a line of a file can be shown.
const NARROWEST: usize = 40;

impl Diagnostic {
    /// The fault with the lines it stands on, without colour.
    pub fn render(&self) -> String {
        self.render_with(false, WIDTH)
    }

    /// The fault with the lines it stands on, long ones cut to about `width` columns around the words at fault; ANSI colours
    /// where `colour`.
    pub fn render_with(&self, colour: bool, width: usize) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.message.as_str()).id(self.code);
        let group = if self.source.is_empty() {
            let path = Origin::path(self.file.as_str());
            // Where the text can't be shown, the place is all there is.
            let place = (self.line > 1 || self.column > 1).then_some((self.line as usize, self.column as usize));
            let path = place.map_or(path.clone(), |(line, column)| path.line(line).char_column(column));
            Group::with_title(title).element(path)
        } else {
            let words = AnnotationKind::Primary.span(self.shown());
            title.element(Snippet::source(&*self.source).path(self.file.as_str()).annotation(words))
        };
        let mut groups = vec![group];
        if let Some(hint) = &self.hint {
            groups.push(Group::with_title(Level::HELP.secondary_title(hint.as_str())));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(width.max(NARROWEST)).render(&groups)
    }

    /// The span, cut to what fits the text.
    fn shown(&self) -> std::ops::Range<usize> {
        let range = self.span.range();
        if self.source.get(range.clone()).is_some() { range } else { 0..0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Diagnostic {
        let source = "[[pattern]]\nmatch = [\"по {sorce}\"]\n";
        let at = source.find("{sorce}").unwrap();
        Diagnostic {
            severity: Severity::Error,
            code: "unknown-lexicon",
            file: "languages/ru/x.toml".into(),
            span: Span::new(at, at + 7),
            line: 2,
            column: 14,
            message: "no lexicon has the name `sorce`".into(),
            hint: Some("did you mean `source`?".into()),
            source: source.into(),
        }
    }

    #[test]
    fn a_fault_is_shown_with_its_line_and_hint() {
        let shown = sample().render();
        assert!(shown.starts_with("error[unknown-lexicon]: no lexicon has the name `sorce`"), "{shown}");
        assert!(shown.contains("languages/ru/x.toml:2:14"), "{shown}");
        assert!(shown.contains("2 | match = [\"по {sorce}\"]"), "{shown}");
        assert!(shown.contains("|              ^^^^^^^\n"), "{shown}");
        assert!(shown.contains("help: did you mean `source`?"), "{shown}");
    }

    #[test]
    fn colour_is_asked_for() {
        assert!(!sample().render().contains('\u{1b}'));
        assert!(sample().render_with(true, 80).contains('\u{1b}'));
    }

    #[test]
    fn a_fault_without_a_text_or_with_a_wrong_span_is_still_shown() {
        let unread = Diagnostic { source: "".into(), span: Span::default(), ..sample() };
        assert!(unread.render().contains("languages/ru/x.toml"));
        let wrong = Diagnostic { span: Span::new(4000, 4001), ..sample() };
        assert!(wrong.render().contains("unknown-lexicon"));
    }
}
