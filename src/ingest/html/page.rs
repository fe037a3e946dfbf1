//! A page in HTML as a text with marks: headline, byline, paragraphs, and what the page says of itself.

use std::time::Instant;

use dom_query::Document;

use super::content::{HtmlPage, Marked, PageLink};
use super::extract::{all_paragraphs, article_paragraphs};
use super::facts::{PageFacts, TimeMark, page_facts};
use super::headline::headline;
use super::json_ld::{LinkedData, linked_data};
use super::prune::prune;
use super::tidy::tidy;
use super::verdict::{are_teasers, is_front, says_not_found};
use super::walk::{Paragraph, Role};
use super::words::plain;
use crate::ingest::publisher::host;
use crate::text::span::Span;

/// Reads a page, or a piece of one. `known_title` is its headline where that is known from elsewhere. What takes longest is not
/// begun after `until`.
pub fn html_page(html: &str, known_title: Option<&str>, until: Option<Instant>) -> HtmlPage {
    let small = tidy(html);
    let document = Document::from(small.html.as_str());
    let facts = page_facts(&document);
    let named: Vec<&str> = facts.headings.iter().map(String::as_str).chain(facts.meta(&["og:title"])).collect();
    let data = linked_data(&small.data, &named);
    let mut page = HtmlPage {
        cut: small.cut,
        scripted: small.scripts > 0,
        url: address(&facts, &data),
        host: facts.host().map(str::to_owned),
        site: site(&facts, &data),
        language: facts.language.clone().or_else(|| facts.meta(&["og:locale"]).map(|l| l.replace('_', "-"))),
        dates: dates(&facts, &data),
        article: data.article || facts.meta(&["og:type"]).is_some_and(|t| t.eq_ignore_ascii_case("article")),
        front: address(&facts, &data).is_some_and(|url| is_front(&url)),
        not_found: facts.title.iter().chain(&facts.headings).any(|t| says_not_found(t))
            || facts.meta(&["prerender-status-code"]) == Some("404"),
        paid: data.paid,
        machine: data.machine,
        ..HtmlPage::default()
    };
    (page.authors, page.parted) = authors(&facts, &data);
    let shown = headline(&facts, &data, page.site.as_deref());
    let found = match is_page(html) {
        true => {
            page.consent = prune(&document, shown.as_deref());
            page.late = until.is_some_and(|until| Instant::now() >= until);
            article_paragraphs(document, small.elements, shown.as_deref(), page.late)
        }
        false => all_paragraphs(&document),
    };
    page.listed = !page.article && (data.listing || are_teasers(&found));
    let stated = known_title.map(plain).filter(|t| !t.is_empty());
    let title = stated.or(shown);
    // Engines drop the label of paid text with the adverts.
    let labels = facts.labels().filter(|label| !found.iter().any(|p| p.text == *label)).map(str::to_owned).collect();
    page.compose(title, labels, found);
    page
}

/// True for a whole page; a field of a record or feed may hold a piece.
fn is_page(html: &str) -> bool {
    let mut from = 0;
    // The head of a page may be long, but its first element comes soon.
    while let Some(n) = html[from..].find('<').filter(|n| from + n < 20_000) {
        let rest = &html.as_bytes()[from + n + 1..];
        let starts = |name: &[u8]| rest.get(..name.len()).is_some_and(|r| r.eq_ignore_ascii_case(name));
        if starts(b"html") || starts(b"head") || starts(b"body") || starts(b"!doctype") || starts(b"meta") {
            return true;
        }
        from += n + 1;
    }
    false
}

impl HtmlPage {
    fn compose(&mut self, title: Option<String>, labels: Vec<String>, found: Vec<Paragraph>) {
        let push = |text: &mut String, words: &str| {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(words);
            Span::new(start, text.len())
        };
        self.title = title.map(|title| push(&mut self.text, &title));
        let line = self.authors.join(", ");
        // A line of authors that the article starts with anyway is not written twice.
        let there = found.iter().take(6).any(|p| p.text.len() <= line.len() + 120 && p.text.contains(&line));
        if !line.is_empty() && !there {
            self.byline = Some(push(&mut self.text, &line));
        }
        for label in labels {
            let span = push(&mut self.text, &label);
            self.paragraphs.push(Marked { span, role: Some(Role::Label), linked: 0 });
        }
        for paragraph in found {
            let span = push(&mut self.text, &paragraph.text);
            let start = span.start as usize;
            self.paragraphs.push(Marked { span, role: Some(paragraph.role), linked: paragraph.linked });
            self.links.extend(
                paragraph
                    .links
                    .into_iter()
                    .map(|l| PageLink { span: Span::new(start + l.start, start + l.end), target: l.target }),
            );
        }
    }
}

fn address(facts: &PageFacts, data: &LinkedData) -> Option<String> {
    let absolute = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
    let own = facts.meta(&["og:url"]).filter(absolute).filter(|url| url.trim_end_matches('/').matches('/').count() > 2);
    // A page that another house took over names the first one as canonical, and itself in its own data.
    let other = facts.canonical.as_deref().and_then(host).zip(own.and_then(host)).is_some_and(|(a, b)| a != b);
    if other {
        return own.map(str::to_owned);
    }
    facts
        .canonical
        .as_deref()
        .filter(absolute)
        .or_else(|| facts.meta(&["og:url"]).filter(absolute))
        .or_else(|| data.url.as_deref().filter(absolute))
        .map(str::to_owned)
}

fn site(facts: &PageFacts, data: &LinkedData) -> Option<String> {
    let keys = [
        "og:site_name",
        "application-name",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "apple-mobile-web-app-title",
    ];
    let named = facts
        .meta(&keys[..1])
        .or(data.publisher.as_deref())
        .or(facts.publisher.as_deref())
        .or_else(|| facts.meta(&keys[1..]));
    let first = |name: &str| name.split(" | ").next().and_then(|n| n.split(" - ").next()).map(str::to_owned);
    named
        .filter(|name| name.len() <= 80 && !name.contains("://") && !name.starts_with('@'))
        .and_then(first)
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
}

/// Meta tags that hold the date of publication.
const DATES: [&str; 22] = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "published_time",
    "article_date_original",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "dcterms.date",
    "date",
];

fn dates(facts: &PageFacts, data: &LinkedData) -> Vec<String> {
    let mut out: Vec<String> = data.published.clone().into_iter().collect();
    out.extend(DATES.iter().filter_map(|key| facts.meta(&[key])).map(str::to_owned));
    out.extend(facts.dates().map(str::to_owned));
    let mut times: Vec<&(String, TimeMark)> = facts.times.iter().collect();
    times.sort_by_key(|t| t.1);
    let behind = times.iter().any(|t| t.1 < TimeMark::Before);
    // Of the dates before the headline the nearest one may be the article's; the first ones are the day's.
    let before = times.iter().rev().filter(|t| t.1 == TimeMark::Before).take(usize::from(!behind));
    out.extend(times.iter().filter(|t| t.1 < TimeMark::Before).chain(before).map(|t| t.0.clone()));
    let mut seen = std::collections::HashSet::new();
    out.retain(|date| seen.insert(date.clone()));
    out
}

/// The authors, and whether they are names one by one.
fn authors(facts: &PageFacts, data: &LinkedData) -> (Vec<String>, bool) {
    if !data.authors.is_empty() {
        return (data.authors.clone(), true);
    }
    let name =
        |words: &&str| words.len() <= 120 && !words.contains("://") && !words.contains('@') && !words.contains("www.");
    let mut metas: Vec<String> = Vec::new();
    for key in ["author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl"]
    {
        for words in facts.all(key).filter(name) {
            if !metas.iter().any(|m| m == words) {
                metas.push(words.to_owned());
            }
        }
        if !metas.is_empty() {
            return (metas, false);
        }
    }
    if !facts.authors.is_empty() && facts.authors.len() <= 6 {
        return (facts.authors.clone(), true);
    }
    let line = facts.bylines.iter().find(|line| line.len() <= 120);
    (line.cloned().into_iter().collect(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_a_page_is_read_whole() {
        let page = html_page("<p>The ferry is out.</p><p>So is <a href='/b'>the boat</a>.</p>", None, None);
        assert_eq!(page.text, "The ferry is out.\n\nSo is the boat.");
        assert_eq!(page.links[0].span.of(&page.text), "the boat");
        assert!(page.title.is_none() && !page.article);
    }

    #[test]
    fn hostile_pages_come_to_an_end() {
        let words = "The ferry was taken out of service on Monday, the harbour office said in a long note to all.";
        let article = format!("<h1>Ferry out</h1><p>{words}</p><p>{words}</p><p>{words}</p>");
        let deep = format!("<html><body>{}{article}{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(html_page(&deep, None, None).text.matches("harbour office").count(), 3);
        let attributes = format!("<html><body><div {}>{article}</div>", "data-a=\"x y\" class='lead' ".repeat(100_000));
        assert_eq!(html_page(&attributes, None, None).text.matches("harbour office").count(), 3);
        let long = format!("<html><body><div class=\"{}\">{article}</div>", "lead ".repeat(400_000));
        assert_eq!(html_page(&long, None, None).text.matches("harbour office").count(), 3);
        let unclosed = format!("<html><body>{article}{}", "<b><i class=x><a href=y><span>word".repeat(20_000));
        assert!(html_page(&unclosed, None, None).text.contains("harbour office"));
        let entities = format!(
            "<html><body>{article}<p>{}",
            "&amp;&#x41;&nosuch;&CounterClockwiseContourIntegral;".repeat(20_000)
        );
        assert!(html_page(&entities, None, None).text.contains("harbour office"));
        let tables = format!("<html><body>{article}{}", "<table><tr><td>".repeat(20_000));
        assert!(html_page(&tables, None, None).text.contains("harbour office"));
        for piece in
            ["<a href=\"", "<!--", "<svg>", "<p class=related>", "</p>", "<select><option>", "<noscript>", "&", "<"]
        {
            let page = format!("<html><body>{article}{}", piece.repeat(30_000));
            assert!(html_page(&page, None, None).text.contains("harbour office"), "{piece}");
        }
    }

    #[test]
    fn a_label_of_paid_text_is_kept() {
        let lead = "The ferry was taken out of service on Monday, the harbour office said in a long note to all.";
        let html = format!(
            "<html><body><div class=sponsored-label>Sponsored content</div><h1>Ferry</h1><p>{lead}</p><p>{lead}</p><div class=sponsor>Sponsored links</div>"
        );
        let page = html_page(&html, None, None);
        let labels: Vec<&str> =
            page.paragraphs.iter().filter(|p| p.role == Some(Role::Label)).map(|p| p.span.of(&page.text)).collect();
        assert_eq!(labels, ["Sponsored content"], "a label of other links, behind the text, is none of the article");
    }

    #[test]
    fn a_page_is_headline_byline_and_paragraphs() {
        let lead = "The ferry was taken out of service on Monday, the harbour office said in a long note to all.";
        let html = format!(
            "<!doctype html><html lang=en><head><title>Ferry out of service | Harbour News</title>
             <meta property=og:site_name content='Harbour News'><meta name=author content='Ann Oak'>
             <meta property=article:published_time content=2024-05-06T10:00:00Z></head><body><nav>Menu</nav>
             <article><h1>Ferry out of service</h1><p>{lead}</p><p>{lead}</p><p>{lead}</p></article></body></html>"
        );
        let page = html_page(&html, None, None);
        assert_eq!(page.title.map(|t| t.of(&page.text)), Some("Ferry out of service"));
        assert_eq!(page.byline.map(|t| t.of(&page.text)), Some("Ann Oak"));
        assert_eq!(page.paragraphs.len(), 3);
        assert_eq!((page.site.as_deref(), page.language.as_deref()), (Some("Harbour News"), Some("en")));
        assert_eq!(page.dates, ["2024-05-06T10:00:00Z"]);
    }
}
