//! Findings as workflow commands, one a line: GitHub shows them beside the lines that they are about.

use std::fmt::Write as _;
use std::io;

use super::form::{Closing, Form};
use super::place::Places;
use super::terminal::prose;
use crate::article::Article;
use crate::record::{ArticleRecord, Severity};
use crate::story::digest::Digest;
use crate::story::model::Story;
use crate::text::span::Span;

/// The form `github`.
#[derive(Debug)]
pub struct Annotations {
    notes: bool,
}

/// What a line tells.
struct Told<'a> {
    severity: Severity,
    title: &'a str,
    message: &'a str,
    help: &'a str,
    code: &'a str,
    span: Span,
}

impl Annotations {
    /// Lines for findings; `notes` has those, too, that are for information only.
    pub fn new(notes: bool) -> Annotations {
        Annotations { notes }
    }

    fn line(&self, article: &Article, told: &Told<'_>) -> String {
        let command = match told.severity {
            _ if !self.notes && told.severity == Severity::Note => return String::new(),
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut out = format!("::{command} ");
        if let Some(file) = &article.path {
            let _ = write!(out, "file={},", property(file.strip_prefix("./").unwrap_or(file)));
        }
        let place = Places::new(article).short(told.span);
        // Lines of a record's text are no lines of its file.
        if article.record.is_none() && place.bytes().all(|byte| byte.is_ascii_digit()) {
            let _ = write!(out, "line={place},");
        }
        let words = prose(article.words(told.span));
        let words = if words.is_empty() { words } else { format!("{words}\n") };
        let body = format!("{words}{} {} ({})", told.message.trim(), told.help.trim(), told.code);
        let _ = writeln!(out, "title={}::{}", property(told.title), data(&body));
        out
    }
}

/// The text of a command: the characters that end it are written in percent.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The same for what stands before the text.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

impl Form for Annotations {
    fn article(&self, record: &ArticleRecord) -> io::Result<Vec<u8>> {
        let lines = record.findings.iter().map(|it| {
            let (title, message, help, code) = (&it.title, &it.message, &it.help, &it.code);
            self.line(&record.article, &Told { severity: it.severity, title, message, help, code, span: it.span })
        });
        Ok(lines.collect::<String>().into_bytes())
    }

    fn for_people(&self) -> bool {
        false
    }

    fn story(&self, story: &Story, digests: &[Digest]) -> io::Result<Vec<u8>> {
        let lines = story.findings.iter().filter_map(|it| {
            let (title, message, help, code) = (&it.title, &it.message, &it.help, &it.code);
            let told = Told { severity: it.severity, title, message, help, code, span: it.span };
            digests.get(it.article).map(|digest| self.line(&digest.article, &told))
        });
        Ok(lines.collect::<String>().into_bytes())
    }

    fn finish(&self, out: &mut dyn io::Write, closing: &Closing) -> io::Result<()> {
        for error in closing.broken_rules.iter().chain(&closing.errors) {
            let line = error.line.map(|line| format!("line={line},")).unwrap_or_default();
            let hint = error.hint.as_deref().map(|hint| format!(" ({hint})")).unwrap_or_default();
            let message = data(&format!("{}{hint}", error.message));
            writeln!(out, "::error file={},{line}title={}::{message}", property(&error.input), property(error.code))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::auditor::plain as article;
    use crate::report::sample;

    fn lines(record: &ArticleRecord, notes: bool) -> Vec<String> {
        let out = Annotations::new(notes).article(record).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_string).collect()
    }

    #[test]
    fn every_finding_is_one_command_with_its_file_line_and_question() {
        let mut record = sample::flagged();
        record.article = article("The quay\n\nis shut: 50 %,\nthey say.", "en", BlockKind::Body);
        record.article.path = Some("./drafts/a,b.txt".into());
        record.findings.retain(|finding| finding.code == "relay");
        record.findings[0].span = sample::span(&record.article.buffer, "50 %,\nthey");
        let expected = "::warning file=drafts/a%2Cb.txt,line=3,title=What of relay?::50 %25, they%0AMessage of relay. Help \
                        for relay. (relay)";
        assert_eq!(lines(&record, false), [expected]);
    }

    #[test]
    fn notes_are_told_where_they_are_asked_for_and_lines_of_records_never() {
        let record = sample::flagged();
        assert_eq!((lines(&record, false).len(), lines(&record, true).len()), (3, 4));
        assert!(lines(&record, true)[0].starts_with("::notice file=in.jsonl,title=What of note?::"));
    }

    #[test]
    fn what_could_not_be_read_is_an_error() {
        use crate::ingest::error::InputError;
        let closing =
            Closing { errors: vec![InputError::new("a.txt", "unreadable", "no such\nfile")], ..Closing::default() };
        let mut out = Vec::new();
        Annotations::new(false).finish(&mut out, &closing).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "::error file=a.txt,title=unreadable::no such%0Afile\n");
    }
}
