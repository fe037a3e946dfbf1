//! What a page says of itself outside its text: meta tags, links, times and marked-up names.

use dom_query::{Document, NodeRef};

use super::words::{plain, words_of};

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
    /// `datetime` or words of `<time>` and of what is marked up as the date of publication; `true`: marked so.
    pub times: Vec<(String, bool)>,
    /// Words of what is marked up as the author or as a byline.
    pub bylines: Vec<String>,
    /// Links to a page of the author.
    pub authors: Vec<String>,
    /// Name of the publisher in microdata.
    pub publisher: Option<String>,
    /// Number of elements `<article>`.
    pub articles: usize,
}

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
        "link" => {
            if attr("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) && facts.canonical.is_none() {
                facts.canonical = attr("href");
            }
            return;
        }
        "h1" if facts.headings.len() < MOST => {
            let words = words_of(node);
            if !words.is_empty() {
                facts.headings.push(words);
            }
        }
        "article" => facts.articles += 1,
        _ => {}
    }
    let itemprop = attr("itemprop").unwrap_or_default();
    let is_prop = |wanted: &str| itemprop.split_whitespace().any(|p| p.eq_ignore_ascii_case(wanted));
    if &*name == "time" || is_prop("datePublished") {
        let value = attr("datetime").or_else(|| attr("content")).unwrap_or_else(|| words_of(node));
        if !value.is_empty() && value.len() <= 80 && facts.times.len() < MOST {
            facts.times.push((value, is_prop("datePublished") || node.has_attr("pubdate")));
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
        assert_eq!(facts.times, [("2024-05-06".to_owned(), false)]);
        assert_eq!(facts.publisher.as_deref(), Some("The Harbour News"));
    }

    #[test]
    fn a_name_that_only_holds_the_letters_is_no_byline() {
        let facts = page_facts(&Document::from("<p class='authority'>The harbour authority</p>"));
        assert!(facts.bylines.is_empty());
    }
}
