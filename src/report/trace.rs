//! For people: each article's chains from origin to publisher, with the words that declare every hop.

use std::fmt::Write as _;
use std::io;

use comfy_table::{CellAlignment, Table, presets};

use super::form::{Closing, Form};
use super::names::Names;
use super::place::Places;
use super::terminal::{NAME, QUIET, bounded, columns, plain, shortened, wrapped};
use super::{footer, top};
use crate::article::Article;
use crate::attribution::model::{Attribution, Basis, Hand, Hop, How};
use crate::attribution::words::{hand_word, kind_word};
use crate::record::{ArticleRecord, Status};
use crate::text::span::Span;

/// Columns kept for words in the table before the rule moves below them.
const LEAST_WORDS: usize = 36;

/// The form of `trace`.
#[derive(Debug)]
pub struct Trace<'a> {
    names: Names<'a>,
    width: usize,
}

/// Attributions that came the same way.
struct Group<'a> {
    nodes: &'a [String],
    members: Vec<&'a Attribution>,
}

/// One row of a group's table.
#[derive(PartialEq, Eq)]
struct Row {
    at: Span,
    what: String,
    words: String,
    rule: String,
}

impl<'a> Trace<'a> {
    /// Laid out for `width` columns, at least 40 and at most 200.
    pub fn new(names: Names<'a>, width: usize) -> Trace<'a> {
        Trace { names, width: bounded(width) }
    }

    fn render(&self, record: &ArticleRecord) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        top::heading(&mut out, &record.article, &self.names, self.width)?;
        let places = Places::new(&record.article);
        for group in groups(&record.attributions) {
            writeln!(out)?;
            self.group(&mut out, &record.article, &places, &group)?;
        }
        match record.status {
            Status::NotAudited => writeln!(out, "\n  Not audited.")?,
            _ if record.attributions.is_empty() => writeln!(out, "\n  No attribution was found.")?,
            _ => {}
        }
        self.limits(&mut out, &record.article)?;
        writeln!(out)?;
        Ok(out)
    }

    fn group(&self, out: &mut String, article: &Article, places: &Places<'_>, group: &Group<'_>) -> std::fmt::Result {
        self.chain(out, group.nodes)?;
        if let Some(first) = group.members.first() {
            let text = hand_text(first.chain.hand, first.chain.hand_by_group);
            for line in wrapped(&text, self.width - 2) {
                writeln!(out, "  {QUIET}{}{QUIET:#}", &text[line])?;
            }
        }
        let mut rows: Vec<Row> = Vec::new();
        for member in &group.members {
            rows.push(said(article, member));
            for hop in &member.chain.hops {
                let row = self.hop(article, hop);
                // One label or dateline carries many attributions; it is told once.
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
        rows.sort_by_key(|row| (row.at.start, row.at.end));
        self.table(out, places, &rows)
    }

    /// `origin → … → publisher`, broken at arrows where it is too long for one line.
    fn chain(&self, out: &mut String, nodes: &[String]) -> std::fmt::Result {
        let mut taken = 2;
        write!(out, "  ")?;
        for (index, node) in nodes.iter().enumerate() {
            let name = match node.as_str() {
                "unknown" if index == 0 => "source not known".to_string(),
                "unknown" => "publisher not known".to_string(),
                id => shortened(&self.names.of(id), self.width - 6),
            };
            let wide = columns(&name);
            if index > 0 {
                if taken + 3 + wide > self.width {
                    write!(out, "\n    → ")?;
                    taken = 6;
                } else {
                    write!(out, " → ")?;
                    taken += 3;
                }
            }
            write!(out, "{NAME}{name}{NAME:#}")?;
            taken += wide;
        }
        writeln!(out)
    }

    fn hop(&self, article: &Article, hop: &Hop) -> Row {
        let inferred = if hop.how == How::Inferred { ", inferred" } else { "" };
        Row {
            at: hop.span,
            what: format!("through {}", self.names.of(&hop.to)),
            words: article.words(hop.span).to_string(),
            rule: format!("{}{inferred}", hop.rule),
        }
    }

    fn table(&self, out: &mut String, places: &Places<'_>, rows: &[Row]) -> std::fmt::Result {
        let places: Vec<String> = rows.iter().map(|row| places.short(row.at)).collect();
        let widest = |cells: &mut dyn Iterator<Item = usize>| cells.max().unwrap_or(0);
        let place = widest(&mut places.iter().map(|p| columns(p)));
        let rule = widest(&mut rows.iter().map(|row| columns(&row.rule)));
        let what = widest(&mut rows.iter().map(|row| columns(&row.what))).min(self.width / 4);
        // Two columns between neighbours, four before the first.
        let beside = self.width.saturating_sub(4 + place + 2 + what + 2 + 2 + rule);
        let apart = self.width.saturating_sub(4 + place + 2 + what + 2);
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        for (row, place) in rows.iter().zip(places) {
            let mut cells = vec![place, shortened(&row.what, what)];
            if beside >= LEAST_WORDS {
                cells.extend([shortened(&row.words, beside), row.rule.clone()]);
            } else {
                cells.push(format!("{}\n{}", shortened(&row.words, apart), shortened(&row.rule, apart)));
            }
            table.add_row(cells);
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        if let Some(column) = table.column_mut(0) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        for line in table.lines() {
            writeln!(out, "    {}", line.trim_end())?;
        }
        Ok(())
    }

    fn limits(&self, out: &mut String, article: &Article) -> std::fmt::Result {
        for (index, limit) in article.limits.iter().enumerate() {
            let text = plain(&limit.message);
            for (number, line) in wrapped(&text, self.width - 14).into_iter().enumerate() {
                let lead = if index == 0 && number == 0 { "\n  Not read:   " } else { "              " };
                writeln!(out, "{}{}", lead, &text[line])?;
            }
        }
        Ok(())
    }
}

impl Form for Trace<'_> {
    fn article(&self, record: &ArticleRecord) -> io::Result<Vec<u8>> {
        self.render(record).map(String::into_bytes).map_err(io::Error::other)
    }

    fn separator(&self) -> &'static str {
        "\n"
    }

    fn finish(&self, out: &mut dyn io::Write, closing: &Closing) -> io::Result<()> {
        footer::trouble(out, closing, self.width)?;
        footer::disclaimer(out, self.width)
    }
}

/// Attributions by chain, in the order in which each chain is first met.
fn groups(attributions: &[Attribution]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for attribution in attributions {
        match groups.iter_mut().find(|group| group.nodes == attribution.chain.nodes) {
            Some(group) => group.members.push(attribution),
            None => groups.push(Group { nodes: &attribution.chain.nodes, members: vec![attribution] }),
        }
    }
    groups
}

/// The row for what was said; for what has no content, the words that stand for it.
fn said(article: &Article, it: &Attribution) -> Row {
    let fallback = || it.source.as_ref().map(|s| s.span).into_iter().chain(it.cue).reduce(Span::join);
    let spans: Vec<Span> = if it.content.is_empty() { fallback().into_iter().collect() } else { it.content.clone() };
    let words: Vec<&str> = spans.iter().map(|&span| article.words(span)).collect();
    let inferred = if it.basis == Basis::Inferred { ", inferred" } else { "" };
    Row {
        at: spans.first().copied().unwrap_or_default(),
        what: kind_word(it.kind).to_string(),
        words: words.join(" … "),
        rule: format!("{}{inferred}", it.rule),
    }
}

fn hand_text(hand: Hand, by_group: Hand) -> String {
    let text = |hand| if hand == Hand::Firsthand { "no relay declared" } else { hand_word(hand) };
    if hand == by_group {
        text(hand).to_string()
    } else {
        format!("{}; {} where the outlets of one group count once", text(hand), text(by_group))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::footer::DISCLAIMER;
    use crate::report::sample;
    use crate::sources::registry::Registry;

    fn trace(record: &ArticleRecord, width: usize) -> String {
        let registry = Registry::new(&sample::rules());
        let form = Trace::new(Names::new(&registry, &[]), width);
        let mut out = form.article(record).unwrap();
        form.finish(&mut out, &Closing::default()).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    #[test]
    fn a_chain_is_told_once_with_its_hops_lines_and_rules() {
        let out = trace(&sample::record(), 100);
        assert_eq!(out.matches("Ada Quill → Coast Wire → The Harbour Post\n").count(), 1, "{out}");
        let hop: Vec<&str> = out.lines().filter(|line| line.contains("through Coast Wire")).collect();
        assert_eq!(hop.len(), 1, "{out}");
        let cells: Vec<&str> = hop[0].split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        assert_eq!(cells, ["3", "through Coast Wire", "according to Coast Wire", "en/according-to"]);
        assert!(out.contains("title  statement"), "{out}");
        assert!(out.contains("engine/floating-quotation, inferred"), "{out}");
        assert!(out.starts_with("The Harbour Post · 4 Mar 2026 05:06, zone not stated · en\nQuay «shut»\n"), "{out}");
        assert!(out.contains("Not read:   No native reader has reviewed these rules."));
        assert!(out.ends_with(&format!("{DISCLAIMER}\n")));
    }

    #[test]
    fn firsthand_is_shown_as_no_relay_declared() {
        let mut record = sample::record();
        record.attributions.truncate(2);
        for it in &mut record.attributions {
            it.chain.hand = Hand::Firsthand;
            it.chain.hand_by_group = Hand::Firsthand;
        }
        let out = trace(&record, 100);
        assert!(out.contains("  no relay declared\n") && !out.contains("firsthand"), "{out}");
    }

    #[test]
    fn every_line_fits_and_the_rule_is_kept_whatever_the_width() {
        for width in [10, 40, 57, 80, 200, 1000] {
            let out = trace(&sample::record(), width);
            assert!(out.lines().all(|line| columns(line) <= bounded(width)), "{width}\n{out}");
            assert!(out.contains("en/according-to"), "{width}\n{out}");
        }
    }

    #[test]
    fn an_article_that_was_not_audited_says_so_and_is_never_silently_clean() {
        let mut record = sample::record();
        record.attributions.clear();
        record.status = Status::NotAudited;
        let out = trace(&record, 100);
        assert!(out.contains("Not audited.") && !out.contains("No attribution was found."), "{out}");
    }

    #[test]
    fn two_words_for_the_hand_where_groups_make_a_difference() {
        assert_eq!(
            hand_text(Hand::Thirdhand, Hand::Secondhand),
            "thirdhand; secondhand where the outlets of one group count once"
        );
    }
}
