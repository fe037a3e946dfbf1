//! The findings of an article beside its text: a question, the words, what to do, and the chain.

use std::fmt::Write as _;

use super::chain::{line_link, list};
use super::text::is_marked;
use super::write::{direction, finding_place, labels, words};
use crate::record::{ArticleRecord, Finding};
use crate::report::names::Names;
use crate::report::place::Places;
use crate::report::terminal::{prose, shortened};

/// Columns of the marked words that a card repeats.
const WORDS: usize = 160;

/// The cards of `findings`, each with what it bears in the text.
pub fn cards(
    record: &ArticleRecord,
    place: &str,
    findings: &[&Finding],
    names: &Names<'_>,
    places: &Places<'_>,
) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut out = String::from("<ol class=\"findings\">\n");
    for (finding, label) in findings.iter().zip(labels(findings)) {
        card(&mut out, record, place, (&label, finding), names, places);
    }
    out.push_str("</ol>\n");
    out
}

fn card(
    out: &mut String,
    record: &ArticleRecord,
    place: &str,
    (label, finding): (&str, &Finding),
    names: &Names<'_>,
    places: &Places<'_>,
) {
    let article = &record.article;
    let class = finding.severity.word();
    let own = finding_place(place, label, false);
    let _ = write!(out, "<li class=\"finding {class}\" id=\"{own}\"><h4>");
    if is_marked(article, finding) {
        let mark = finding_place(place, label, true);
        let _ = write!(out, "<a class=\"number\" href=\"#{mark}\">{label}</a> ");
    }
    let _ = writeln!(out, "{}</h4>", words(&finding.title));
    let marked = shortened(&prose(article.words(finding.span)), WORDS);
    if !marked.is_empty() {
        let _ = writeln!(out, "<blockquote dir=\"auto\">{}</blockquote>", words(&marked));
    }
    for (class, text) in [("message", &finding.message), ("help", &finding.help)] {
        if !text.is_empty() {
            let _ = writeln!(out, "<p class=\"{class}\"{}>{}</p>", direction(text), words(text));
        }
    }
    for related in finding.related.iter().filter(|related| !finding.is_repeat(related)) {
        let at = line_link(article, place, related.span, places);
        let rest = shortened(&prose(article.words(related.span)), WORDS);
        let _ = writeln!(out, "<p class=\"quiet\">{at}: {} <q>{}</q></p>", words(&related.message), words(&rest));
    }
    if let Some(it) = finding.attribution.and_then(|index| record.attributions.get(index)) {
        out.push_str(&list(article, place, &it.chain, names, places));
    }
    let again: Vec<String> = finding.repeats().map(|related| line_link(article, place, related.span, places)).collect();
    let again = if again.is_empty() { String::new() } else { format!(" · also {}", again.join(", ")) };
    let at = line_link(article, place, finding.span, places);
    let _ = writeln!(out, "<p class=\"quiet\">{class} · <code>{}</code> · {at}{again}</p></li>", words(&finding.code));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::sources::registry::Registry;

    #[test]
    fn a_card_asks_quotes_helps_and_draws_the_chain() {
        let record = sample::flagged();
        let registry = Registry::new(&sample::rules());
        let names = Names::new(&registry, &[]);
        let findings: Vec<&Finding> = record.findings.iter().collect();
        let cards = cards(&record, "a1", &findings, &names, &Places::new(&record.article));
        assert_eq!(cards.matches("<li class=\"finding").count(), findings.len());
        let relay = cards.split("<li class=\"finding").find(|card| card.contains("What of relay?")).unwrap();
        assert!(relay.contains("<blockquote dir=\"auto\">according to Coast Wire</blockquote>"), "{relay}");
        assert!(relay.contains("Message of relay.") && relay.contains("Help for relay."), "{relay}");
        assert!(relay.contains("<bdi>Ada Quill</bdi>") && relay.contains("<bdi>The Harbour Post</bdi>"), "{relay}");
        assert!(relay.contains("warning · <code>relay</code> · <a href=\"#a1-b"), "{relay}");
    }

    #[test]
    fn nothing_is_said_where_nothing_was_found() {
        let record = sample::record();
        let registry = Registry::new(&sample::rules());
        let out = cards(&record, "a1", &[], &Names::new(&registry, &[]), &Places::new(&record.article));
        assert!(out.is_empty());
    }
}
