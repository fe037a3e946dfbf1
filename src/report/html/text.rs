//! The article's text on the page: what somebody says, who, and what was found, marked where it stands.

use std::fmt::Write as _;

use super::write::{block_place, finding_place, labels};
use crate::article::{Article, Block, BlockKind};
use crate::record::{ArticleRecord, Finding, Severity};
use crate::report::place::Places;
use crate::report::story_links::xml;
use crate::report::terminal::link;
use crate::text::span::Span;

/// Words with the class that shows them.
struct Mark {
    span: Span,
    class: &'static str,
    /// Of a finding: what it bears, and whether it is a note.
    label: Option<(String, bool)>,
}

/// The text of an article with `findings` marked by what they bear; `place` is the article's on the page.
pub fn marked(record: &ArticleRecord, place: &str, findings: &[&Finding], places: &Places<'_>) -> String {
    let article = &record.article;
    let marks = marks(record, findings);
    let mut out = String::from("<div class=\"text\">\n");
    let mut blocks = article.blocks.iter().enumerate().peekable();
    while let Some((index, block)) = blocks.next() {
        if block.kind != BlockKind::Boilerplate {
            paragraph(&mut out, article, (index, block), place, &marks, places);
            continue;
        }
        let mut lines = vec![(index, block)];
        while let Some(next) = blocks.next_if(|(_, next)| next.kind == BlockKind::Boilerplate) {
            lines.push(next);
        }
        let what = if lines.len() == 1 {
            "1 line of the page".to_string()
        } else {
            format!("{} lines of the page", lines.len())
        };
        let _ = writeln!(out, "<details class=\"page\"><summary>{what}, no part of the article</summary>");
        lines.into_iter().for_each(|line| paragraph(&mut out, article, line, place, &marks, places));
        out.push_str("</details>\n");
    }
    out.push_str("</div>\n");
    out
}

/// True where the finding's words stand in the text, so that what it bears does, too.
pub fn is_marked(article: &Article, finding: &Finding) -> bool {
    let span = finding.span;
    span.start < span.end && article.blocks.iter().any(|block| block.span.overlaps(span))
}

fn marks(record: &ArticleRecord, findings: &[&Finding]) -> Vec<Mark> {
    let mark = |span: Span, class| Mark { span, class, label: None };
    let mut out = Vec::new();
    for it in &record.attributions {
        out.extend(it.content.iter().map(|&span| mark(span, "said")));
        out.extend(it.source.as_ref().map(|source| mark(source.span, "source")));
        out.extend(it.cue.map(|span| mark(span, "cue")));
        out.extend(it.chain.hops.iter().map(|hop| mark(hop.span, "hop")));
    }
    for (finding, label) in findings.iter().zip(labels(findings)) {
        let note = finding.severity == Severity::Note;
        let again = finding.repeats().map(|related| mark(related.span, finding.severity.word()));
        out.extend(again);
        out.push(Mark { span: finding.span, class: finding.severity.word(), label: Some((label, note)) });
    }
    out.retain(|mark| mark.span.start < mark.span.end);
    out
}

fn paragraph(
    out: &mut String,
    article: &Article,
    (index, block): (usize, &Block),
    place: &str,
    marks: &[Mark],
    places: &Places<'_>,
) {
    let kind = kind(block.kind);
    let line = xml(&places.short(block.span));
    let syntax = link_marks(article, block.span);
    let _ = write!(out, "<p class=\"{kind}\" id=\"{}\" dir=\"auto\">", block_place(place, index));
    let _ = write!(out, "<span class=\"line\">{line}</span>");
    let here: Vec<&Mark> = marks.iter().chain(&syntax).filter(|mark| mark.span.overlaps(block.span)).collect();
    let ends = here.iter().flat_map(|mark| [mark.span.start.max(block.span.start), mark.span.end.min(block.span.end)]);
    let mut cuts: Vec<u32> = ends.chain([block.span.start, block.span.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    for pair in cuts.windows(2) {
        let piece = Span { start: pair[0], end: pair[1] };
        let mut classes: Vec<&str> =
            here.iter().filter(|mark| mark.span.contains(piece)).map(|mark| mark.class).collect();
        classes.sort_unstable();
        classes.dedup();
        let words = xml(article.words(piece));
        if classes.is_empty() {
            out.push_str(&words);
        } else {
            let _ = write!(out, "<span class=\"{}\">{words}</span>", classes.join(" "));
        }
        let ending = here.iter().filter(|mark| mark.span.end.min(block.span.end) == piece.end);
        // Words that go on in the next paragraph bear it there.
        let ending = ending.filter(|mark| mark.span.end <= block.span.end);
        for (label, note) in ending.filter_map(|mark| mark.label.as_ref()) {
            let class = if *note { "number note" } else { "number" };
            let (own, card) = (finding_place(place, label, true), finding_place(place, label, false));
            let _ = write!(out, "<a class=\"{class}\" id=\"{own}\" href=\"#{card}\">{label}</a>");
        }
    }
    out.push_str("</p>\n");
}

/// What Markdown writes around the words of links in a block: nobody reads it.
fn link_marks(article: &Article, span: Span) -> Vec<Mark> {
    let mut out = Vec::new();
    let mark = |start: usize, end: usize| Mark { span: Span::new(start, end), class: "syntax", label: None };
    let (mut at, mut rest) = (span.start as usize, article.words(span));
    while let Some((before, words, after)) = link(rest) {
        let open = at + before.len();
        let close = open + 1 + words.len();
        let end = at + rest.len() - after.len();
        out.extend([mark(open, open + 1), mark(close, end)]);
        (at, rest) = (end, after);
    }
    out
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::TitleRepeat | BlockKind::Boilerplate => "chrome",
        BlockKind::Standfirst => "standfirst",
        BlockKind::Byline | BlockKind::Dateline | BlockKind::Credit => "byline",
        BlockKind::Caption => "caption",
        BlockKind::Body => "body",
        BlockKind::Paid => "paid",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn page(record: &ArticleRecord) -> String {
        let findings: Vec<&Finding> = record.findings.iter().collect();
        marked(record, "a1", &findings, &Places::new(&record.article))
    }

    /// The words of a page without its markup.
    fn words(page: &str) -> String {
        let mut out = String::new();
        let mut inside = false;
        for c in page.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => out.push(c),
                _ => {}
            }
        }
        out
    }

    #[test]
    fn who_says_what_through_whom_is_marked_where_it_stands() {
        let page = page(&sample::record());
        assert!(
            page.contains("<span class=\"said\">The quay is shut</span>, <span class=\"source\">Ada Quill</span>"),
            "{page}"
        );
        assert!(
            page.contains("<span class=\"cue\">said</span>, <span class=\"hop\">according to Coast Wire</span>."),
            "{page}"
        );
    }

    #[test]
    fn a_finding_bears_its_number_behind_its_words_and_leads_to_the_list() {
        let record = sample::flagged();
        let page = page(&record);
        let numbers = page.matches("class=\"number").count();
        assert_eq!(numbers, record.findings.iter().filter(|it| is_marked(&record.article, it)).count());
        assert!(page.contains("id=\"a1-m1\" href=\"#a1-f1\">1</a>"), "{page}");
    }

    #[test]
    fn what_writes_a_link_is_told_apart_from_its_words() {
        let mut record = sample::record();
        record.attributions.clear();
        record.article = crate::auditor::plain("He [said so](https://example.org/a) twice.", "en", BlockKind::Body);
        let page = page(&record);
        let link =
            "He <span class=\"syntax\">[</span>said so<span class=\"syntax\">](https://example.org/a)</span> twice.";
        assert!(page.contains(link), "{page}");
    }

    #[test]
    fn spans_that_cross_lose_no_word() {
        let mut record = sample::flagged();
        let all = Span::new(0, record.article.buffer.len());
        record.findings[0].span = all;
        record.attributions[0].content = vec![Span::new(3, record.article.buffer.len() - 4)];
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect::<String>();
        let kept = plain(&words(&page(&record)));
        for block in &record.article.blocks {
            let words = plain(&xml(record.article.words(block.span)));
            assert!(kept.contains(&words), "{words} in {kept}");
        }
    }
}
