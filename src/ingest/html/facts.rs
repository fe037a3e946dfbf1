//! What a page says of itself outside its text: meta tags, links, times and marked-up names.

use dom_query::{Document, NodeRef};

use super::prune::parts;
use super::words::{plain, words_of};
use crate::ingest::publisher::host;

/// What was found, each in the order of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageFacts {
    /// `lang` of the page.
    pub language: Option<String>,
    /// The `<title>`.
    pub title: Option<String>,
    /// Names (lower case) and values of meta tags.
    pub metas: Vec<(String, String)>,
    /// `rel=canonical`
    pub canonical: Option<String>,
    /// Headings of the first level.
    pub headings: Vec<String>,
    /// `datetime` or words of `<time>` and of what is named as a date, and what speaks for each.
    pub times: Vec<(String, TimeMark)>,
    /// Words of what is marked up as the author or as a byline.
    pub bylines: Vec<String>,
    /// Links to a page of the author.
    pub authors: Vec<String>,
    /// Name of the publisher in microdata.
    pub publisher: Option<String>,
    /// Short words that are named as a label of paid text, and how many elements stood before each.
    pub marks: Vec<(String, usize)>,
    /// Number of elements before the headline.
    pub headline: Option<usize>,
    /// Number of elements before the first running text behind it.
    pub lead: Option<usize>,
    /// Number of elements.
    pub elements: usize,
    /// Hosts of the site's own addresses, as links in its head give them.
    pub hosts: Vec<String>,
}

/// What speaks for a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeMark {
    /// It is marked as the date of publication.
    Published,
    /// It stands behind the headline.
    Behind,
    /// It stands before the headline.
    Before,
}

/// Fewest bytes of the first paragraph.
const LEAD: usize = 80;
/// Furthest that a label stands before the headline, in elements.
const NEAR: usize = 12;
/// Longest byline, in bytes.
const LONGEST_BYLINE: usize = 300;
/// Most values of a kind that are kept.
const MOST: usize = 40;

/// Reads the facts of a page.
pub fn page_facts(document: &Document) -> PageFacts {
    let mut facts = PageFacts::default();
    for node in document.root().descendants_it() {
        if node.is_element() {
            note(&node, &mut facts);
        }
    }
    facts
}

fn note(node: &NodeRef<'_>, facts: &mut PageFacts) {
    let Some(name) = node.node_name() else { return };
    facts.elements += 1;
    let attr = |key: &str| node.attr(key).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
    match &*name {
        "html" => facts.language = attr("lang").or_else(|| attr("xml:lang")),
        "title" if facts.title.is_none() => facts.title = Some(words_of(node)).filter(|w| !w.is_empty()),
        "meta" => {
            let key =
                attr("property").or_else(|| attr("name")).or_else(|| attr("itemprop")).or_else(|| attr("http-equiv"));
            if let (Some(key), Some(value)) = (key, attr("content"))
                && facts.metas.len() < 400
            {
                facts.metas.push((key.to_ascii_lowercase(), value));
            }
            return;
        }
        "link" | "base" => {
            let own = attr("rel").is_none_or(|r| {
                matches!(
                    r.to_ascii_lowercase().as_str(),
                    "alternate" | "shortlink" | "edituri" | "home" | "index" | "search"
                )
            });
            if let Some(host) = attr("href").filter(|_| own).and_then(|href| host(&href))
                && facts.hosts.len() < MOST
            {
                facts.hosts.push(host);
            }
            if attr("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) && facts.canonical.is_none() {
                facts.canonical = attr("href");
            }
            return;
        }
        "h1" if facts.headings.len() < MOST => {
            let words = words_of(node);
            if !words.is_empty() {
                facts.headline.get_or_insert(facts.elements);
                facts.headings.push(words);
            }
        }
        "p" if facts.headline.is_some() && facts.lead.is_none() && words_of(node).len() >= LEAD => {
            facts.lead = Some(facts.elements);
        }
        _ => {}
    }
    if facts.lead.is_none() && facts.marks.len() < MOST && is_label(node) {
        let words = words_of(node);
        if (3..=80).contains(&words.len()) {
            facts.marks.push((words, facts.elements));
        }
    }
    let itemprop = attr("itemprop").unwrap_or_default();
    let is_prop = |wanted: &str| itemprop.split_whitespace().any(|p| p.eq_ignore_ascii_case(wanted));
    let published = is_prop("datePublished") || node.has_attr("pubdate");
    if (&*name == "time" || published || is_dated(node)) && facts.times.len() < MOST && !is_prop("dateModified") {
        let value =
            attr("datetime").or_else(|| attr("content").filter(|_| published)).unwrap_or_else(|| words_of(node));
        if value.len() <= 80 && value.chars().filter(|c| c.is_numeric()).count() >= 5 {
            let mark = match (published, facts.headings.is_empty()) {
                (true, _) => TimeMark::Published,
                (false, false) => TimeMark::Behind,
                (false, true) => TimeMark::Before,
            };
            facts.times.push((value, mark));
        }
    }
    if is_prop("publisher") && facts.publisher.is_none() {
        facts.publisher =
            node.descendants_it().find(|n| n.attr("itemprop").is_some_and(|p| &*p == "name")).and_then(|n| {
                let name = n.attr("content").map_or_else(|| words_of(&n), |c| plain(&c));
                (!name.is_empty() && name.len() <= 80).then_some(name)
            });
    }
    let author = attr("rel").is_some_and(|r| r.eq_ignore_ascii_case("author"));
    if author && facts.authors.len() < MOST {
        let words = words_of(node);
        if !words.is_empty() && words.len() <= 80 && !facts.authors.contains(&words) {
            facts.authors.push(words);
        }
    }
    if (is_prop("author") || is_byline(node)) && facts.bylines.len() < MOST {
        let words = attr("content").filter(|_| is_prop("author")).unwrap_or_else(|| words_of(node));
        if !words.is_empty() && words.len() <= LONGEST_BYLINE && !facts.bylines.contains(&words) {
            facts.bylines.push(words);
        }
    }
}

/// True where the name that a page gives an element says that the text is paid for.
fn is_label(node: &NodeRef<'_>) -> bool {
    let is = |names: &str| {
        parts(names).iter().any(|p| {
            matches!(
                p.as_str(),
                "sponsored" | "sponsor" | "paid" | "advertorial" | "branded" | "partner" | "brandvoice"
            )
        })
    };
    ["class", "id"].iter().any(|key| node.attr(key).is_some_and(|names| is(&names)))
}

/// True where the name that a page gives an element says date, and not that of a change.
fn is_dated(node: &NodeRef<'_>) -> bool {
    let is = |names: &str| {
        let parts = parts(names);
        let any = |wanted: &[&str]| parts.iter().any(|p| wanted.contains(&p.as_str()));
        any(&["date", "published", "pubdate", "pub", "timestamp", "posted", "datetime", "dateline"])
            && !any(&["modified", "updated", "update", "edited", "expire", "event"])
    };
    node.attr("class").is_some_and(|c| is(&c))
}

/// True where the name that a page gives an element says byline.
fn is_byline(node: &NodeRef<'_>) -> bool {
    let is = |names: &str| {
        names.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| {
            matches!(
                part.to_ascii_lowercase().as_str(),
                "byline" | "bylines" | "author" | "authors" | "byauthor" | "writtenby" | "dateline"
            )
        })
    };
    node.attr("class").is_some_and(|c| is(&c)) || node.attr("id").is_some_and(|c| is(&c))
}

impl PageFacts {
    /// The first value of the first of `keys` that the page has.
    pub fn meta(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.metas.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str()))
    }

    /// All values of a key.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// Labels of paid text that stand beside the headline.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        let from = self.headline.map_or(usize::MAX, |at| at.saturating_sub(NEAR));
        let to = self.lead.unwrap_or(usize::MAX);
        self.marks.iter().filter(move |(_, at)| (from..to).contains(at)).map(|(words, _)| words.as_str())
    }

    /// The host that all links in the head share.
    pub fn host(&self) -> Option<&str> {
        let first = self.hosts.first()?;
        self.hosts.iter().all(|h| h == first).then_some(first.as_str())
    }

    /// Meta tags whose name says that they hold the date of publication.
    pub fn dates(&self) -> impl Iterator<Item = &str> {
        let says = |key: &str| {
            let parts = parts(key);
            let any = |wanted: &[&str]| parts.iter().any(|p| wanted.contains(&p.as_str()));
            any(&["date", "time", "pubdate", "publishdate", "publishtime"])
                && any(&[
                    "pub",
                    "publish",
                    "published",
                    "publication",
                    "post",
                    "posted",
                    "issued",
                    "release",
                    "article",
                ])
                && !any(&["modified", "modification", "update", "updated", "expires", "expiration"])
        };
        self.metas.iter().filter(move |(k, _)| says(k)).map(|(_, v)| v.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meta_tags_links_and_marked_up_names_are_found() {
        let page = "<html lang=uk><title> Ferry &amp; co </title><meta property='og:title' content='Ferry'>
            <link rel=canonical href='https://harbour.example/a'><h1>Ferry <b>out</b></h1>
            <div class='article-byline'>By <a rel=author href=/x>Ann Oak</a></div>
            <time datetime='2024-05-06'>6 May</time>
            <div itemprop=publisher><meta itemprop=name content='The Harbour News'></div>";
        let facts = page_facts(&Document::from(page));
        assert_eq!(facts.language.as_deref(), Some("uk"));
        assert_eq!(facts.title.as_deref(), Some("Ferry & co"));
        assert_eq!(facts.meta(&["title", "og:title"]), Some("Ferry"));
        assert_eq!(facts.canonical.as_deref(), Some("https://harbour.example/a"));
        assert_eq!(facts.headings, ["Ferry out"]);
        assert_eq!(facts.bylines, ["By Ann Oak"]);
        assert_eq!(facts.authors, ["Ann Oak"]);
        assert_eq!(facts.times, [("2024-05-06".to_owned(), TimeMark::Behind)]);
        assert_eq!(facts.publisher.as_deref(), Some("The Harbour News"));
    }

    #[test]
    fn a_name_that_only_holds_the_letters_is_no_byline() {
        let facts = page_facts(&Document::from("<p class='authority'>The harbour authority</p>"));
        assert!(facts.bylines.is_empty());
    }
}
