//! A story for people: what most articles carry, from how many origins, through whom, and what to settle before it is used.

use std::fmt::Write as _;
use std::io;

use super::footer;
use super::form::{Closing, Form};
use super::names::Names;
use super::story_lines::{Teller, tree};
use super::terminal::{HEAD, NAME, QUIET, bounded, columns, isolated, lines, plain, shortened, style};
use super::when::date_words;
use crate::record::{ArticleRecord, Severity};
use crate::story::digest::Digest;
use crate::story::model::{Claim, ConflictKind, FirstBasis, Reuse, ReuseVerdict, Story, Utterance, Verdict};

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
        let title = story.order.articles.first().copied().or(Some(0)).and_then(|at| story.articles.get(at));
        let title = title.map_or("", |m| m.title.as_str());
        let mut languages: Vec<String> = Vec::new();
        for member in &story.articles {
            let name = if member.language == "und" {
                "language not known".to_string()
            } else {
                self.names.language(&member.language)
            };
            if !languages.contains(&name) {
                languages.push(name);
            }
        }
        let dates: Vec<&str> = story.articles.iter().filter_map(|m| m.published.as_deref()?.get(..10)).collect();
        let dates = match (dates.iter().min(), dates.iter().max()) {
            (Some(first), Some(last)) if first == last => date_words(first),
            (Some(first), Some(last)) => format!("{} to {}", date_words(first), date_words(last)),
            _ => "dates not known".to_string(),
        };
        let outlets = count(&story.articles.iter().map(|m| m.publisher.as_str()).collect::<Vec<_>>());
        let told = format!(
            "{} by {} · {} · {dates}",
            footer::counted(story.articles.len(), "article"),
            footer::counted(outlets, "outlet"),
            languages.join(", ")
        );
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
        let when = first.when.as_deref().map(|when| format!(" ({})", date_words(when))).unwrap_or_default();
        let who = plain(&self.names.brief(&first.who));
        let told = match first.basis {
            FirstBasis::Named => format!("{who}: named by {}", teller.outlets(&first.articles, 3)),
            FirstBasis::Unnamed => format!("{who}, without a name: {}", teller.outlets(&first.articles, 3)),
            FirstBasis::Published => format!("{who} is the earliest of these articles"),
        };
        self.labelled(out, &format!("Reported first{when}"), &told)
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
        let wordings = self.wordings(utterance, teller);
        let many = if utterance.verdict == Verdict::Same { utterance.renderings.len() } else { wordings.len() };
        let speaker = plain(&self.names.brief(&utterance.speaker));
        let (label, told) = match utterance.verdict {
            Verdict::Same => {
                (format!("One answer, {many} times"), format!("{speaker}: the same words, as far as each gives them"))
            }
            Verdict::Translated => {
                let from = utterance
                    .spoken
                    .as_deref()
                    .map(|tag| format!(" from {}", self.names.language(tag)))
                    .unwrap_or_default();
                (format!("One answer, {many} wordings"), format!("{speaker}: translated{from}, so no misquotation"))
            }
            Verdict::Mismatch => {
                (format!("One answer, {many} wordings"), format!("{speaker}: one language, different words"))
            }
        };
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

    /// The wordings of an utterance, each with who has it; the short form tells those that are the same letter by letter once.
    fn wordings(&self, utterance: &Utterance, teller: &Teller<'_>) -> Vec<(String, String)> {
        let mut found: Vec<(String, String, Vec<usize>)> = Vec::new();
        for rendering in &utterance.renderings {
            let words = teller.words(rendering.article, rendering.span);
            let letters: String = words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            match found.iter_mut().find(|(other, ..)| *other == letters && !self.full) {
                Some((.., articles)) => articles.push(rendering.article),
                None => found.push((letters, words, vec![rendering.article])),
            }
        }
        // The commonest first, else as they stand.
        found.sort_by_key(|(.., articles)| std::cmp::Reverse(articles.len()));
        found.into_iter().map(|(_, words, articles)| (words, teller.outlets(&articles, 1))).collect()
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
            let label = match conflict.kind {
                ConflictKind::Figure => "How many?",
                ConflictKind::Date => "When?",
                ConflictKind::Place => "Where?",
                ConflictKind::Source => "Who showed it?",
                ConflictKind::Voice => "Whose word is it?",
                ConflictKind::Hedge => "As sure as that?",
                ConflictKind::Chain => "From whom?",
            };
            self.row(out, label, &teller.sides(conflict, self.most(SIDES)))?;
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
            let [reuse, rest @ ..] = row.as_slice() else { continue };
            let later: Vec<usize> = row.iter().map(|r| r.to).collect();
            let (from, to) = (teller.outlet(reuse.from), teller.outlets(&later, 3));
            let share = |r: &Reuse| (r.containment * 100.0).round();
            let share = match rest.last() {
                Some(least) if share(least) < share(reuse) => format!("{}-{}", share(least), share(reuse)),
                _ => share(reuse).to_string(),
            };
            let longest = row.iter().map(|r| r.longest_run).max().unwrap_or(0);
            let stands = if rest.is_empty() { "stands" } else { "stand" };
            let what = match reuse.verdict {
                ReuseVerdict::Credited if rest.is_empty() => format!("{to} credits {from}, or the other way round"),
                ReuseVerdict::Credited => format!("{to} credit {from}, or the other way round"),
                ReuseVerdict::Syndicated => format!("{to} and {from} credit one agency"),
                ReuseVerdict::Uncredited => {
                    format!("{to} also {stands} in {from}, which is dated earlier and is not named")
                }
                ReuseVerdict::Undated => format!("{to} and {from}; which is earlier can't be told"),
            };
            self.row(out, &format!("{share} % · {longest} words"), &what)?;
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
        let mut told = vec![teller.order()];
        if !story.ungrouped.is_empty() {
            told.push(format!(
                "Ownership not recorded for {}: they may belong together, and are counted apart.",
                teller.few(&story.ungrouped, if self.full { usize::MAX } else { 4 })
            ));
        }
        let unread = story.articles.iter().filter(|m| !m.read).count();
        if unread > 0 {
            told.push(format!(
                "{} in languages without rules: their sources were not read.",
                footer::counted(unread, "article")
            ));
        }
        told.push(format!(
            "Only {} articles were compared: another origin outside them is possible.",
            story.articles.len()
        ));
        if !self.full && errors + warnings + notes > 0 {
            told.push(format!(
                "{} to look at in single articles, {}: --format full",
                errors + warnings,
                footer::counted(notes, "note")
            ));
        }
        for text in told.iter().filter(|text| !text.is_empty()) {
            for line in lines(text, self.width) {
                writeln!(out, "{QUIET}{line}{QUIET:#}")?;
            }
        }
        writeln!(out)
    }
}

fn count(list: &[&str]) -> usize {
    let mut list: Vec<&str> = list.to_vec();
    let unknown = list.iter().filter(|id| **id == "unknown").count();
    list.retain(|id| *id != "unknown");
    list.sort_unstable();
    list.dedup();
    list.len() + unknown
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
