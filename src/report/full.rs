//! The long report for people: every finding with its words underlined in the text, and the chain drawn beneath.

use std::fmt::Write as _;
use std::io;

use super::excerpt::{Mark, excerpt};
use super::footer;
use super::form::{Closing, Form};
use super::names::Names;
use super::place::Places;
use super::ranking::{Choice, Ranked};
use super::story_table::StoryTable;
use super::terminal::{HEAD, QUIET, bounded, lines, plain, shortened, style};
use super::{top, tree};
use crate::record::{ArticleRecord, Finding, Status};
use crate::story::digest::Digest;
use crate::story::model::Story;
use crate::text::span::Span;

/// Columns before what belongs to a finding.
const INDENT: usize = 6;

/// The form `full`.
#[derive(Debug)]
pub struct Full<'a> {
    names: Names<'a>,
    width: usize,
    choice: Choice,
}

impl<'a> Full<'a> {
    /// Laid out for `width` columns, at least 40 and at most 200.
    pub fn new(names: Names<'a>, width: usize, choice: Choice) -> Full<'a> {
        Full { names, width: bounded(width), choice }
    }

    fn render(&self, record: &ArticleRecord) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        let ranked = Ranked::of(record, self.choice);
        let places = Places::new(&record.article);
        top::heading(&mut out, &record.article, &self.names, self.width)?;
        if record.status == Status::NotAudited {
            writeln!(out, "  Not audited.")?;
            top::limits(&mut out, &record.article, self.width)?;
            return Ok(out);
        }
        writeln!(out)?;
        top::sourcing(&mut out, record, &self.names, &places, self.width)?;
        for finding in &ranked.shown {
            writeln!(out)?;
            self.finding(&mut out, record, &places, finding)?;
        }
        writeln!(out)?;
        for line in lines(&ranked.summary(), self.width - 2) {
            writeln!(out, "  {HEAD}{line}{HEAD:#}")?;
        }
        top::limits(&mut out, &record.article, self.width)?;
        Ok(out)
    }

    fn finding(
        &self,
        out: &mut String,
        record: &ArticleRecord,
        places: &Places<'_>,
        finding: &Finding,
    ) -> std::fmt::Result {
        let style = style(finding.severity);
        let severity = finding.severity.word();
        let title = lines(&finding.title, self.width - INDENT);
        for (index, line) in title.iter().enumerate() {
            let indent = if index == 0 { 2 } else { INDENT };
            writeln!(out, "{:indent$}{style}{line}{style:#}", "")?;
        }
        let place = places.long(finding.span);
        self.quiet(out, &format!("{severity} · {} · {place}", plain(&finding.code)), INDENT)?;
        let room = self.width - INDENT;
        let mut marks = vec![Mark { span: finding.span, stroke: '^', style }];
        marks.extend(finding.related.iter().map(|related| Mark { span: related.span, stroke: '-', style: QUIET }));
        for line in excerpt(&record.article, &marks, room) {
            writeln!(out, "{:INDENT$}{line}", "")?;
        }
        for text in [&finding.message, &finding.help] {
            for line in lines(text, room).into_iter().filter(|line| !line.is_empty()) {
                writeln!(out, "{:INDENT$}{line}", "")?;
            }
        }
        let again: Vec<Span> = finding.repeats().map(|related| related.span).collect();
        let again = places.all(&again);
        if !again.is_empty() {
            self.quiet(out, &format!("also {again}"), INDENT)?;
        }
        for related in finding.related.iter().filter(|related| !finding.is_repeat(related)) {
            let words = shortened(record.article.words(related.span), room);
            self.quiet(out, &format!("{}: {} \"{words}\"", places.long(related.span), related.message), INDENT)?;
        }
        let chain = finding.attribution.and_then(|index| record.attributions.get(index)).map(|it| &it.chain);
        for line in chain.into_iter().flat_map(|it| tree::draw(&record.article, it, &self.names, places, room - 2)) {
            writeln!(out, "{:1$}{line}", "", INDENT + 2)?;
        }
        Ok(())
    }

    fn quiet(&self, out: &mut String, text: &str, indent: usize) -> std::fmt::Result {
        for line in lines(text, self.width - indent) {
            writeln!(out, "{:indent$}{QUIET}{line}{QUIET:#}", "")?;
        }
        Ok(())
    }
}

impl Form for Full<'_> {
    fn article(&self, record: &ArticleRecord) -> io::Result<Vec<u8>> {
        self.render(record).map(String::into_bytes).map_err(io::Error::other)
    }

    fn separator(&self) -> &'static str {
        "\n"
    }

    fn story(&self, story: &Story, digests: &[Digest]) -> io::Result<Vec<u8>> {
        let told = StoryTable::new(self.names, self.width, true).render(story, digests).map_err(io::Error::other)?;
        Ok(format!("\n{told}").into_bytes())
    }

    fn finish(&self, out: &mut dyn io::Write, closing: &Closing) -> io::Result<()> {
        writeln!(out)?;
        footer::write(out, closing, self.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::auditor::plain as article;
    use crate::report::sample;
    use crate::report::table::Table;
    use crate::report::terminal::columns;
    use crate::sources::registry::Registry;
    use proptest::prelude::*;

    fn full(record: &ArticleRecord, width: usize, choice: Choice) -> String {
        let registry = Registry::new(&sample::rules());
        let out = Full::new(Names::new(&registry, &[]), width, choice).article(record).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    #[test]
    fn a_finding_has_its_words_underlined_and_its_chain_beneath() {
        let out = full(&sample::flagged(), 100, Choice::default());
        let lines: Vec<&str> = out.lines().collect();
        let at = lines.iter().position(|line| line.trim() == "What of relay?").unwrap();
        assert_eq!(lines[at + 1].trim(), "warning · relay · line 3");
        let words = lines[at + 2].find("according to Coast Wire").unwrap();
        assert_eq!(lines[at + 3], format!("{:words$}{}", "", "^".repeat("according to Coast Wire".len())));
        assert_eq!(lines[at + 4].trim(), "Message of relay.");
        assert_eq!(lines[at + 5].trim(), "Help for relay.");
        assert_eq!(lines[at + 6].trim(), "Ada Quill");
        assert!(lines[at + 7].contains("└─ Coast Wire") && lines[at + 8].contains("└─ The Harbour Post"), "{out}");
        assert!(!out.contains("What of note?") && out.contains("1 note hidden (-v)"), "{out}");
    }

    #[test]
    fn every_line_fits_whatever_the_width() {
        for width in [10, 40, 60, 100, 200, 999] {
            let out = full(&sample::flagged(), width, Choice { most: None, notes: true });
            assert!(out.lines().all(|line| columns(line) <= bounded(width)), "{width}\n{out}");
            assert!(out.contains("What of note?"));
        }
    }

    proptest! {
        #[test]
        fn any_words_can_be_marked_in_any_text(
            text in "(\\PC|[ \\n]|[а-яا-ي新]|\\]\\(|\\[){0,120}", from in 0usize..400, long in 0usize..200, width in 0usize..220
        ) {
            let mut record = sample::flagged();
            record.article = article(&text, "en", BlockKind::Body);
            record.attributions.clear();
            let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let (start, end) = (boundary(from), boundary(from + long));
            for finding in &mut record.findings {
                finding.span = Span::new(start, end);
                finding.attribution = None;
                for related in &mut finding.related {
                    related.span = Span::new(boundary(from / 2), end);
                }
            }
            let choice = Choice { most: None, notes: true };
            // A letter that is wider than all the room there is stands alone.
            for line in full(&record, width, choice).lines().chain(table(&record, width, choice).lines()) {
                prop_assert!(columns(line) <= bounded(width) + 1, "{line:?}");
            }
        }
    }

    fn table(record: &ArticleRecord, width: usize, choice: Choice) -> String {
        let registry = Registry::new(&sample::rules());
        let out = Table::new(Names::new(&registry, &[]), width, choice).article(record).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    #[test]
    fn an_article_that_was_not_audited_says_so() {
        let mut record = sample::record();
        record.status = Status::NotAudited;
        assert!(full(&record, 80, Choice::default()).contains("Not audited."));
    }
}
