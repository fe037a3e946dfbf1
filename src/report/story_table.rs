//! A story for people: what most articles carry, from how many origins, through whom, and what to settle before it is used.

use std::fmt::Write as _;
use std::io;

use super::footer;
use super::form::{Closing, Form};
use super::names::Names;
use super::story_lines::{Teller, tree};
use super::story_told::{answered, covers, limits, question, shared, title, told_first, wordings};
use super::terminal::{HEAD, NAME, QUIET, bounded, columns, isolated, lines, plain, shortened, style};
use crate::record::{ArticleRecord, Severity};
use crate::story::digest::Digest;
use crate::story::model::{Claim, Reuse, ReuseVerdict, Story, Utterance, Verdict};

/// Claims that the short form tells in full.
const CLAIMS: usize = 3;
/// Further claims that it names.
const NAMED: usize = 5;
/// Ways of a claim that the short form draws.
const WAYS: usize = 12;
/// Places of one side of a conflict in the short form.
const SIDES: usize = 3;
/// Rows of each other kind in the short form.
const ROWS: usize = 6;

/// The forms `table` and `full` of stories.
#[derive(Debug)]
pub struct StoryTable<'a> {
    names: Names<'a>,
    width: usize,
    full: bool,
}

impl<'a> StoryTable<'a> {
    /// Laid out for `width` columns; `full` leaves nothing out.
    pub fn new(names: Names<'a>, width: usize, full: bool) -> StoryTable<'a> {
        StoryTable { names, width: bounded(width), full }
    }

    fn most(&self, usual: usize) -> usize {
        if self.full { usize::MAX } else { usual }
    }

    /// The story, without what stands around it.
    pub fn render(&self, story: &Story, digests: &[Digest]) -> Result<String, std::fmt::Error> {
        let teller = Teller::new(story, digests, self.names);
        let mut out = String::new();
        self.heading(&mut out, story)?;
        if !story.tells_something() {
            return self.nothing(&mut out, story, &teller).map(|()| out);
        }
        // What few carry is drawn where it is asked for.
        let wide = |claim: &Claim| self.full || claim.articles.len() * 4 >= story.articles.len();
        let outlets = |claim: &&Claim| self.is_wide(&mut claim.articles.iter().copied(), story);
        let claims: Vec<&Claim> = story.claims.iter().filter(outlets).collect();
        let shown = claims.iter().take(self.most(CLAIMS)).take_while(|claim| wide(claim)).count();
        let shown = shown.max(1).min(claims.len());
        for claim in &claims[..shown] {
            self.claim(&mut out, claim, &teller)?;
        }
        self.further(&mut out, &claims[shown..])?;
        self.first(&mut out, story, &teller)?;
        let wide = |u: &&Utterance| self.is_wide(&mut u.renderings.iter().map(|r| r.article), story);
        // What differs is looked at first.
        let mut utterances: Vec<&Utterance> = story.utterances.iter().filter(wide).collect();
        utterances.sort_by_key(|u| std::cmp::Reverse(u.verdict == Verdict::Mismatch));
        for utterance in utterances.iter().take(self.most(ROWS)) {
            self.utterance(&mut out, utterance, &teller)?;
        }
        let rest = utterances.len().saturating_sub(self.most(ROWS));
        if rest > 0 {
            writeln!(out, "{QUIET}{} more: --format full{QUIET:#}", footer::counted(rest, "answer"))?;
        }
        self.settle(&mut out, story, &teller)?;
        self.reuse(&mut out, story, &teller)?;
        if self.full {
            self.findings(&mut out, story, &teller)?;
        }
        self.closing(&mut out, story, &teller)?;
        Ok(out)
    }

    /// A story whose articles have nothing in common that could be told.
    fn nothing(&self, out: &mut String, story: &Story, teller: &Teller<'_>) -> std::fmt::Result {
        let all: Vec<usize> = (0..story.articles.len()).collect();
        let told = format!("{}: no claim, answer or text in common was found.", teller.outlets(&all, self.most(ROWS)));
        for line in lines(&told, self.width) {
            writeln!(out, "{QUIET}{line}{QUIET:#}")?;
        }
        writeln!(out)
    }

    /// True for what more than one outlet carries; of a story in one outlet's pages alone, for all.
    fn is_wide(&self, articles: &mut dyn Iterator<Item = usize>, story: &Story) -> bool {
        let mut publishers: Vec<&str> = articles.map(|at| story.articles[at].publisher.as_str()).collect();
        publishers.sort_unstable();
        let unknown = publishers.iter().filter(|id| **id == "unknown").count();
        publishers.dedup();
        self.full || publishers.len() > 1 || unknown > 1
    }

    fn heading(&self, out: &mut String, story: &Story) -> std::fmt::Result {
        let (title, told) = (title(story), covers(story, &self.names));
        for line in lines(&format!("STORY · {title}"), self.width) {
            writeln!(out, "{HEAD}{line}{HEAD:#}")?;
        }
        for line in lines(&told, self.width) {
            writeln!(out, "{QUIET}{line}{QUIET:#}")?;
        }
        writeln!(out)
    }

    fn claim(&self, out: &mut String, claim: &Claim, teller: &Teller<'_>) -> std::fmt::Result {
        let verdict = plain(&teller.origins(claim));
        let words = plain(&claim.text);
        let room = self.width.saturating_sub(columns(&verdict) + 3);
        if columns(&words) + 2 <= room {
            let gap = self.width - columns(&verdict) - columns(&words) - 2;
            writeln!(out, "{HEAD}“{}”{HEAD:#}{:gap$}{verdict}", isolated(&words), "")?;
        } else {
            let words = if self.full { words } else { shortened(&words, self.width * 2 - 8) };
            for line in lines(&format!("“{words}”"), self.width) {
                writeln!(out, "{HEAD}{line}{HEAD:#}")?;
            }
            for line in lines(&verdict, self.width - 2) {
                writeln!(out, "  {line}")?;
            }
        }
        for row in tree(claim, teller, self.width - 2, self.most(WAYS)) {
            writeln!(out, "  {row}")?;
        }
        writeln!(out)
    }

    fn further(&self, out: &mut String, rest: &[&Claim]) -> std::fmt::Result {
        if rest.is_empty() {
            return Ok(());
        }
        writeln!(out, "{HEAD}Said in two articles or more, too{HEAD:#}")?;
        for claim in rest.iter().take(NAMED) {
            let told = format!(
                "{} · {}",
                footer::counted(claim.articles.len(), "article"),
                footer::counted(claim.independent, "origin")
            );
            let words = shortened(&claim.text, self.width.saturating_sub(columns(&told) + 6));
            let gap = self.width.saturating_sub(columns(&words) + columns(&told) + 4);
            writeln!(out, "  “{}”{:gap$}{QUIET}{told}{QUIET:#}", isolated(&words), "")?;
        }
        if rest.len() > NAMED {
            writeln!(out, "  {QUIET}{} more: --format full{QUIET:#}", rest.len() - NAMED)?;
        }
        writeln!(out)
    }

    fn first(&self, out: &mut String, story: &Story, teller: &Teller<'_>) -> std::fmt::Result {
        let Some(first) = &story.first else { return Ok(()) };
        let (label, told) = told_first(first, teller);
        self.labelled(out, &label, &told)
    }

    fn labelled(&self, out: &mut String, label: &str, told: &str) -> std::fmt::Result {
        let label = plain(label);
        let from = (columns(&label) + 3).max(30).min(self.width / 2);
        for (i, line) in lines(told, self.width.saturating_sub(from)).iter().enumerate() {
            let gap = if i == 0 { from.saturating_sub(columns(&label)) } else { from };
            let label = if i == 0 { label.as_str() } else { "" };
            writeln!(out, "{HEAD}{label}{HEAD:#}{:gap$}{line}", "")?;
        }
        Ok(())
    }

    fn utterance(&self, out: &mut String, utterance: &Utterance, teller: &Teller<'_>) -> std::fmt::Result {
        let wordings = wordings(utterance, teller, self.full);
        let (label, told) = answered(utterance, wordings.len(), &self.names);
        self.labelled(out, &label, &told)?;
        let most = if utterance.verdict == Verdict::Same && !self.full { 2 } else { self.most(ROWS) };
        let cells = &wordings[..wordings.len().min(most)];
        let name = cells.iter().map(|(_, name)| columns(name)).max().unwrap_or(0).min(self.width / 3);
        for (words, outlet) in cells {
            let outlet = shortened(outlet, name);
            let room = self.width.saturating_sub(name + 4);
            let words =
                if self.full { lines(words, room) } else { vec![isolated(&shortened(words, room)).into_owned()] };
            for (i, line) in words.iter().enumerate() {
                let outlet = if i == 0 { outlet.as_str() } else { "" };
                let gap = name.saturating_sub(columns(outlet)) + 2;
                writeln!(out, "  {NAME}{outlet}{NAME:#}{:gap$}{line}", "")?;
            }
        }
        if wordings.len() > most {
            writeln!(out, "  {QUIET}and {} more{QUIET:#}", wordings.len() - most)?;
        }
        Ok(())
    }

    fn settle(&self, out: &mut String, story: &Story, teller: &Teller<'_>) -> std::fmt::Result {
        if story.conflicts.is_empty() && story.cycles.is_empty() {
            return writeln!(out);
        }
        writeln!(out, "\n{HEAD}To settle before you use it{HEAD:#}")?;
        for cycle in &story.cycles {
            let path = cycle.iter().map(|id| self.names.brief(id)).collect::<Vec<_>>().join(" → ");
            self.row(out, "Back where it began", &path)?;
        }
        for conflict in story.conflicts.iter().take(self.most(ROWS + 2)) {
            self.row(out, question(conflict.kind), &teller.sides(conflict, self.most(SIDES)))?;
        }
        let rest = story.conflicts.len().saturating_sub(self.most(ROWS + 2));
        if rest > 0 {
            writeln!(out, "  {QUIET}{rest} more: --format full{QUIET:#}")?;
        }
        writeln!(out)
    }

    fn row(&self, out: &mut String, label: &str, told: &str) -> std::fmt::Result {
        let from = 22.min(self.width / 3);
        for (i, line) in lines(told, self.width.saturating_sub(from + 2)).iter().enumerate() {
            let label = if i == 0 { shortened(label, from - 1) } else { String::new() };
            let gap = from.saturating_sub(columns(&label));
            writeln!(out, "  {label}{:gap$}{line}", "")?;
        }
        Ok(())
    }

    fn reuse(&self, out: &mut String, story: &Story, teller: &Teller<'_>) -> std::fmt::Result {
        if story.reuse.is_empty() {
            return writeln!(out, "No shared text found.");
        }
        writeln!(out, "{HEAD}Shared text{HEAD:#}")?;
        let mut rows: Vec<Vec<&Reuse>> = Vec::new();
        for reuse in &story.reuse {
            // The short form tells of all that share with one text the same way at once.
            let same =
                |row: &&mut Vec<&Reuse>| row[0].from == reuse.from && row[0].verdict == reuse.verdict && !self.full;
            match rows.iter_mut().find(same) {
                Some(row) => row.push(reuse),
                None => rows.push(vec![reuse]),
            }
        }
        // What nobody is told of comes first, then what most share.
        if !self.full {
            rows.sort_by_key(|row| (row[0].verdict != ReuseVerdict::Uncredited, std::cmp::Reverse(row.len())));
        }
        for row in rows.iter().take(self.most(ROWS)) {
            let (label, what) = shared(row, teller);
            self.row(out, &label, &what)?;
        }
        let rest: usize = rows.iter().skip(self.most(ROWS)).map(Vec::len).sum();
        if rest > 0 {
            writeln!(out, "  {QUIET}{rest} more: --format full{QUIET:#}")?;
        }
        writeln!(out)
    }

    fn findings(&self, out: &mut String, story: &Story, teller: &Teller<'_>) -> std::fmt::Result {
        writeln!(out, "\n{HEAD}Findings{HEAD:#}")?;
        for finding in &story.findings {
            let style = style(finding.severity);
            let head =
                format!("{} · {} · {}", teller.place(finding.article, finding.span), finding.title, finding.code);
            for line in lines(&head, self.width - 2) {
                writeln!(out, "  {style}{line}{style:#}")?;
            }
            for line in lines(&format!("{} {}", finding.message, finding.help), self.width - 4) {
                writeln!(out, "    {QUIET}{line}{QUIET:#}")?;
            }
        }
        Ok(())
    }

    fn closing(&self, out: &mut String, story: &Story, teller: &Teller<'_>) -> std::fmt::Result {
        let count = |severity| story.findings.iter().filter(|f| f.severity == severity).count();
        let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        let mut told = limits(story, teller, if self.full { usize::MAX } else { 4 });
        if !self.full && errors + warnings + notes > 0 {
            told.push(format!(
                "{} to look at in single articles, {}: --format full",
                errors + warnings,
                footer::counted(notes, "note")
            ));
        }
        for text in &told {
            for line in lines(text, self.width) {
                writeln!(out, "{QUIET}{line}{QUIET:#}")?;
            }
        }
        writeln!(out)
    }
}

impl Form for StoryTable<'_> {
    fn article(&self, _: &ArticleRecord) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn story(&self, story: &Story, digests: &[Digest]) -> io::Result<Vec<u8>> {
        self.render(story, digests).map(String::into_bytes).map_err(io::Error::other)
    }

    fn finish(&self, out: &mut dyn io::Write, closing: &Closing) -> io::Result<()> {
        if !closing.compared && !closing.stories_reason.is_empty() {
            writeln!(out, "Articles were not compared with each other: {}.", closing.stories_reason)?;
        } else if closing.tally.stories == 0 {
            writeln!(
                out,
                "No two of these {} articles are on one event, as far as can be told; --one takes them for one.",
                closing.tally.articles
            )?;
        }
        footer::trouble(out, closing, self.width)?;
        footer::disclaimer(out, self.width)
    }
}
