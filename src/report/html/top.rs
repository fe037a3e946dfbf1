//! The head of an article on the page, and the list of who says what in it.

use std::fmt::Write as _;

use super::chain::{line, line_link};
use super::write::{name, words};
use crate::article::Article;
use crate::record::ArticleRecord;
use crate::report::names::Names;
use crate::report::overview::{Way, hand, head, node_names};
use crate::report::place::Places;
use crate::report::terminal::{prose, shortened};
use crate::report::top::unread;
use crate::report::voices::Voices;

/// Columns of a content in the list of who says what.
const CONTENT: usize = 140;

/// Publisher, date and language.
pub fn origin(article: &Article, names: &Names<'_>) -> String {
    format!("<span class=\"origin\">{}</span>\n", words(&head(article, names)))
}

/// The page's address as a link; empty where it has none.
pub fn address(article: &Article) -> String {
    let url = article.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    let link = |url| format!("<p class=\"origin\"><a href=\"{0}\" rel=\"noreferrer\">{0}</a></p>\n", words(url));
    url.map(link).unwrap_or_default()
}

/// Through whom the lead claim came, and who speaks.
pub fn sourcing(record: &ArticleRecord, names: &Names<'_>, places: &Places<'_>) -> String {
    let mut out = String::from("<dl class=\"sourcing\">\n");
    if let Some(way) = Way::of(record, names, places) {
        let (chain, told) = (line(&way.names), words(&way.told));
        let _ = writeln!(out, "<dt>Reached you through</dt><dd>{chain}<br><span class=\"quiet\">{told}</span></dd>");
    }
    let voices = Voices::of(record, names);
    let quoted = |phrase: &String| format!("“{}”", name(phrase));
    let groups: [(Vec<String>, &str); 3] = [
        (voices.named.iter().map(|voice| name(voice)).collect(), "named"),
        (voices.unnamed.iter().map(quoted).collect(), "unnamed"),
        (voices.unresolved.iter().map(quoted).collect(), "not clear who"),
    ];
    let told: Vec<String> = groups
        .iter()
        .filter(|(list, _)| !list.is_empty())
        .map(|(list, what)| format!("{} {what}: {}", list.len(), list.join(", ")))
        .collect();
    let told = if told.is_empty() { "none".to_string() } else { told.join("<br>") };
    let _ = writeln!(out, "<dt>Voices</dt><dd>{told}</dd>\n</dl>");
    out
}

/// What could not be read of the article, and what it says of itself.
pub fn limits(article: &Article) -> String {
    let said = article.machine_made.first().map(|made| match made.evidence {
        Some(span) => format!("Says of itself: “{}”", words(article.words(span))),
        None => "Says of itself, in the data of its page: made by a machine, at least in part".to_string(),
    });
    let unread = unread(article).map(|limit| format!("Not read: {}", words(limit)));
    let lines: Vec<String> = said.into_iter().chain(unread).map(|told| format!("<li>{told}</li>")).collect();
    if lines.is_empty() { String::new() } else { format!("<ul class=\"limits\">{}</ul>\n", lines.join("")) }
}

/// Every attribution in a row: where, who, what, through whom.
pub fn attributions(record: &ArticleRecord, place: &str, names: &Names<'_>, places: &Places<'_>) -> String {
    let article = &record.article;
    let all = record.attributions.len();
    if all == 0 {
        return String::new();
    }
    let mut out = format!("<details class=\"who\"><summary>Who says what: {all}</summary>\n<table>\n");
    out.push_str("<tr><th>where</th><th>source</th><th>words</th><th>way</th></tr>\n");
    for it in &record.attributions {
        let first = it.source.as_ref().map(|s| s.span).or(it.cue).or(it.content.first().copied());
        let Some(span) = first else { continue };
        let at = line_link(article, place, span, places);
        let source = it.source.as_ref().map_or_else(|| "nobody".to_string(), |s| name(&prose(article.words(s.span))));
        // Who says nothing is told with the words that say so.
        let spoken = if it.content.is_empty() { it.cue.as_slice() } else { &it.content };
        let said: Vec<&str> = spoken.iter().map(|&span| article.words(span)).collect();
        let said = words(&shortened(&prose(&said.join(" … ")), CONTENT));
        let way = line(&node_names(&it.chain.nodes, names));
        let hand = hand(&it.chain);
        let _ = writeln!(
            out,
            "<tr><td>{at}</td><td>{source}</td><td dir=\"auto\">{said}</td><td>{way}<br><span class=\"quiet\">{hand} · \
             <code>{}</code></span></td></tr>",
            words(&it.rule)
        );
    }
    out.push_str("</table>\n</details>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::sources::registry::Registry;

    #[test]
    fn the_head_tells_the_way_of_the_lead_and_the_voices() {
        let record = sample::record();
        let registry = Registry::new(&sample::rules());
        let told = sourcing(&record, &Names::new(&registry, &[]), &Places::new(&record.article));
        let way =
            "<bdi>Ada Quill</bdi></span> <span class=\"arrow\">→</span> <span class=\"link\"><bdi>Coast Wire</bdi>";
        assert!(told.contains(way), "{told}");
        assert!(told.contains("1 named: <bdi>Ada Quill</bdi>"), "{told}");
    }

    #[test]
    fn only_addresses_of_pages_are_links() {
        let mut record = sample::record();
        record.article.url = Some("javascript:alert(1)".into());
        assert!(address(&record.article).is_empty());
        record.article.url = Some("https://example.org/?a=1&b=\"2\"".into());
        assert!(address(&record.article).contains("href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\""));
    }

    #[test]
    fn every_attribution_has_a_row_and_who_is_missing_is_said_to_be() {
        let record = sample::record();
        let registry = Registry::new(&sample::rules());
        let out = attributions(&record, "a1", &Names::new(&registry, &[]), &Places::new(&record.article));
        assert_eq!(out.matches("<tr>").count(), 1 + record.attributions.len());
        assert!(out.contains("<td>nobody</td><td dir=\"auto\">“Not again,”</td>"), "{out}");
    }
}
