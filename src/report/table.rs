//! The default report for people: what to look at in each article, in a few rows.

use std::fmt::Write as _;
use std::io;

use super::context::context;
use super::footer;
use super::form::{Closing, Form};
use super::names::Names;
use super::overview;
use super::place::Places;
use super::ranking::{Choice, Ranked};
use super::story_table::StoryTable;
use super::terminal::{HEAD, QUIET, bounded, columns, isolated, isolated_as, lines, plain, prose, shortened, style};
use super::top::{self, WIDE};
use crate::record::{ArticleRecord, Finding, Severity, Status};
use crate::story::digest::Digest;
use crate::story::model::Story;
use crate::text::span::Span;

/// Widest column of questions, in parts of the width.
const QUESTIONS: usize = 4;

/// The form `table`.
#[derive(Debug)]
pub struct Table<'a> {
    names: Names<'a>,
    width: usize,
    choice: Choice,
}

impl<'a> Table<'a> {
    /// Laid out for `width` columns, at least 40 and at most 200.
    pub fn new(names: Names<'a>, width: usize, choice: Choice) -> Table<'a> {
        Table { names, width: bounded(width), choice }
    }

    fn render(&self, record: &ArticleRecord) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        let ranked = Ranked::of(record, self.choice);
        if ranked.shown.is_empty() {
            self.short(&mut out, record, &ranked)?;
            return Ok(out);
        }
        let places = Places::new(&record.article);
        top::heading(&mut out, &record.article, &self.names, self.width)?;
        writeln!(out)?;
        top::sourcing(&mut out, record, &self.names, &places, self.width)?;
        writeln!(out)?;
        self.rows(&mut out, record, &places, &ranked.shown)?;
        self.summary(&mut out, &ranked)?;
        top::limits(&mut out, &record.article, self.width)?;
        Ok(out)
    }

    /// An article with nothing to show: whose it is, its headline, and that there is nothing.
    fn short(&self, out: &mut String, record: &ArticleRecord, ranked: &Ranked<'_>) -> std::fmt::Result {
        let head = shortened(&overview::head(&record.article, &self.names), self.width);
        writeln!(out, "{HEAD}{}{HEAD:#}", isolated(&head))?;
        let told = match record.status {
            Status::NotAudited => "not audited".to_string(),
            Status::Partly => format!("{} in the part that was read", ranked.summary()),
            Status::Audited => ranked.summary(),
        };
        let room = self.width.saturating_sub(columns(&told) + 4).max(self.width / 3);
        let title = shortened(&overview::title(&record.article), room);
        if columns(&title) + columns(&told) + 4 <= self.width {
            writeln!(out, "{}  {QUIET}· {told}{QUIET:#}", isolated(&title))?;
        } else {
            writeln!(out, "{}", isolated(&title))?;
            for line in lines(&told, self.width - 2) {
                writeln!(out, "  {QUIET}{line}{QUIET:#}")?;
            }
        }
        top::limits(out, &record.article, self.width)
    }

    fn rows(
        &self,
        out: &mut String,
        record: &ArticleRecord,
        places: &Places<'_>,
        findings: &[&Finding],
    ) -> std::fmt::Result {
        let place = findings.iter().map(|it| columns(&places.short(it.span))).max().unwrap_or(0);
        let question = findings.iter().map(|it| columns(&plain(&it.title))).max().unwrap_or(0);
        let question = question.min(self.width / QUESTIONS + 2);
        // Place, question and words stand beside each other, two columns between them.
        let before = 2 + place + 2;
        let wide = self.width >= WIDE;
        let from = if wide { before + question + 2 } else { before };
        for (index, finding) in findings.iter().enumerate() {
            let note = |finding: &&Finding| finding.severity == Severity::Note;
            if note(finding) && !index.checked_sub(1).and_then(|last| findings.get(last)).is_some_and(note) {
                writeln!(out, "{}  {HEAD}NOTES{HEAD:#}", if index > 0 { "\n" } else { "" })?;
            }
            let style = style(finding.severity);
            let (left, rest) = if wide { (question, from) } else { (self.width - before, before) };
            let questions = lines(&finding.title, left);
            let words = self.words(record, places, finding, self.width - rest);
            let advice = lines(&format!("{} {}", finding.message, finding.help), self.width - rest);
            let advice = advice.iter().map(|line| format!("{QUIET}{line}{QUIET:#}"));
            let right: Vec<String> = std::iter::once(words).chain(advice).collect();
            let number = places.short(finding.span);
            write!(out, "  {QUIET}{:1$}{number}{QUIET:#}  ", "", place - columns(&number))?;
            if wide {
                for index in 0..questions.len().max(right.len()) {
                    let question = questions.get(index).map_or("", String::as_str);
                    let text = right.get(index).map_or("", String::as_str);
                    let indent = if index == 0 { 0 } else { before };
                    let gap = if text.is_empty() { 0 } else { left.saturating_sub(columns(question)) + 2 };
                    writeln!(out, "{:indent$}{style}{question}{style:#}{:gap$}{text}", "", "")?;
                }
            } else {
                for (index, question) in questions.iter().enumerate() {
                    let indent = if index == 0 { 0 } else { before };
                    writeln!(out, "{:indent$}{style}{question}{style:#}", "")?;
                }
                right.iter().try_for_each(|text| writeln!(out, "{:before$}{text}", ""))?;
            }
        }
        writeln!(out)
    }

    /// The marked words on one line, and where else the same was found.
    fn words(&self, record: &ArticleRecord, places: &Places<'_>, finding: &Finding, room: usize) -> String {
        let again: Vec<Span> = finding.repeats().map(|related| related.span).collect();
        let again = places.all(&again);
        let again = if again.is_empty() { again } else { shortened(&format!("also {again}"), room / 2) };
        let left = if again.is_empty() { room } else { room.saturating_sub(columns(&again) + 2) };
        let words = shortened(&prose(record.article.words(finding.span)), left);
        let (before, after) = context(&record.article, finding.span, left.saturating_sub(columns(&words)));
        let gap = left.saturating_sub(columns(&before) + columns(&words) + columns(&after)) + 2;
        let text = format!("{QUIET}{before}{QUIET:#}{words}{QUIET}{after}{QUIET:#}");
        let text = isolated_as(&text, &format!("{before}{words}{after}")).into_owned();
        if again.is_empty() { text } else { format!("{text}{:gap$}{QUIET}{again}{QUIET:#}", "") }
    }

    /// The last line of an article: what is shown, what is not, and the codes.
    fn summary(&self, out: &mut String, ranked: &Ranked<'_>) -> std::fmt::Result {
        let (told, codes) = (ranked.summary(), format!("codes: {}", ranked.codes()));
        let taken = 2 + columns(&told) + columns(&codes);
        if taken + 4 <= self.width {
            let gap = self.width - taken;
            return writeln!(out, "  {HEAD}{told}{HEAD:#}{:gap$}{QUIET}{codes}{QUIET:#}", "");
        }
        for line in lines(&told, self.width - 2) {
            writeln!(out, "  {HEAD}{line}{HEAD:#}")?;
        }
        for line in lines(&codes, self.width - 2) {
            writeln!(out, "  {QUIET}{line}{QUIET:#}")?;
        }
        Ok(())
    }
}

impl Form for Table<'_> {
    fn article(&self, record: &ArticleRecord) -> io::Result<Vec<u8>> {
        self.render(record).map(String::into_bytes).map_err(io::Error::other)
    }

    fn separator(&self) -> &'static str {
        "\n"
    }

    fn story(&self, story: &Story, digests: &[Digest]) -> io::Result<Vec<u8>> {
        // Articles on one event that share nothing are no news to who asked for an audit.
        if !story.tells_something() {
            return Ok(Vec::new());
        }
        let told = StoryTable::new(self.names, self.width, false).render(story, digests).map_err(io::Error::other)?;
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
    use crate::report::sample;
    use crate::sources::registry::Registry;

    fn table(record: &ArticleRecord, width: usize, choice: Choice) -> String {
        let registry = Registry::new(&sample::rules());
        let out = Table::new(Names::new(&registry, &[]), width, choice).article(record).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    #[test]
    fn a_row_has_line_question_words_and_advice_and_the_last_line_the_codes() {
        let out = table(&sample::flagged(), 100, Choice { most: Some(2), notes: false });
        let row = out.lines().position(|line| line.contains("What of quote?")).unwrap();
        let lines: Vec<&str> = out.lines().collect();
        let cells: Vec<&str> = lines[row].split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        assert_eq!(cells, ["5", "What of quote?", "“Not again,” they heard.", "also line 5"]);
        assert_eq!(lines[row + 1].trim(), "Message of quote. Help for quote.");
        let at = |line: &str, text: &str| columns(&line[..line.find(text).unwrap()]);
        assert_eq!(at(lines[row], "“Not again,”"), at(lines[row + 1], "Message"), "{out}");
        assert!(out.contains("codes: quote, wrong\n"), "{out}");
        assert!(out.contains("REACHED YOU THROUGH   Ada Quill → Coast Wire → The Harbour Post\n"), "{out}");
        assert!(out.contains("VOICES                1 named: Ada Quill"), "{out}");
    }

    #[test]
    fn short_words_are_followed_by_the_rest_of_their_sentence() {
        let mut record = sample::flagged();
        record.findings.truncate(2);
        record.findings[1].span = sample::span(&record.article.buffer, "The quay is shut");
        let out = table(&record, 100, Choice::default());
        assert!(!out.contains("The quay is shut, Ada"), "words before a mark stand alone: {out}");
        record.findings[1].span = sample::span(&record.article.buffer, "Ada Quill");
        let out = table(&record, 100, Choice::default());
        assert!(out.contains("Ada Quill said, according to Coast Wire.\n"), "{out}");
        assert!(!out.contains("Not again"), "{out}");
    }

    #[test]
    fn an_article_with_nothing_to_show_takes_two_lines() {
        let out = table(&sample::record(), 100, Choice { most: Some(3), notes: false });
        assert_eq!(
            out,
            "The Harbour Post · 4 Mar 2026 05:06, zone not stated · en\nQuay «shut»  · nothing to look at\n"
        );
    }

    #[test]
    fn an_article_that_was_not_audited_is_never_silently_clean() {
        let mut record = sample::record();
        record.status = Status::NotAudited;
        let out = table(&record, 100, Choice::default());
        assert!(out.contains("not audited") && !out.contains("nothing to look at"), "{out}");
    }

    #[test]
    fn every_line_fits_in_any_script_and_excerpts_from_right_to_left_are_isolated() {
        let scripts = [
            "Կրեմլը հաստատեց լուրերը զորքերի դուրսբերման մասին",
            "وقالت الوزارة إن القوات بدأت الانسحاب من المنطقة",
            "新聞社によると、部隊はすでに撤退を始めたという。関係者はコメントを控えた。",
            "Міністерство заявило, що війська почали відхід",
        ];
        for text in scripts {
            let mut record = sample::flagged();
            let start = record.article.buffer.len();
            record.article.buffer.push_str(&text.repeat(4));
            let end = record.article.buffer.len();
            record.article.parts[1].span.end = end as u32;
            for finding in &mut record.findings {
                finding.span = Span::new(start, end);
                finding.message = text.repeat(2);
            }
            for width in [40, 60, 72, 100, 160, 200] {
                let out = table(&record, width, Choice { most: None, notes: true });
                assert!(out.lines().all(|line| columns(line) <= width), "{width}\n{out}");
                assert!(!out.contains(['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}']));
                let opens = ['\u{2066}', '\u{2067}'];
                let apart = out.lines().filter(|line| line.contains(opens)).count();
                assert_eq!(apart > 0, text.contains('و'), "{out}");
                for line in out.lines() {
                    assert_eq!(line.matches(opens).count(), line.matches('\u{2069}').count(), "{line:?}");
                }
            }
        }
    }
}
