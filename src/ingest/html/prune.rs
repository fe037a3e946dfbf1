//! Takes off what pages mark as no part of the article: menus, related stories, sharing, newsletters, comments, adverts.
//!
//! The words here are those of markup, which page builders of all languages share; no text of a page is looked at.

use dom_query::{Document, NodeRef};

use super::words::words_of;

/// Parts of a class or id that name something beside the article.
const JUNK: [&str; 46] = [
    "ad",
    "ads",
    "adslot",
    "adunit",
    "advert",
    "advertisement",
    "adsense",
    "banner",
    "breadcrumb",
    "copyright",
    "breadcrumbs",
    "donate",
    "donation",
    "fb",
    "footer",
    "jobs",
    "login",
    "mailinglist",
    "masthead",
    "menu",
    "modal",
    "mostread",
    "mostpopular",
    "nav",
    "navbar",
    "navigation",
    "pagination",
    "paywall",
    "popup",
    "popular",
    "print",
    "promo",
    "promos",
    "promobox",
    "promotion",
    "ratings",
    "readmore",
    "share",
    "sharebar",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "subscribe",
    "tags",
];
/// Two parts that say it only together.
const PAIRS: [(&str, &str); 22] = [
    ("more", "stories"),
    ("more", "news"),
    ("more", "from"),
    ("more", "on"),
    ("most", "read"),
    ("most", "popular"),
    ("read", "more"),
    ("read", "also"),
    ("read", "next"),
    ("also", "read"),
    ("also", "like"),
    ("see", "also"),
    ("up", "next"),
    ("sign", "up"),
    ("author", "bio"),
    ("author", "box"),
    ("about", "author"),
    ("site", "header"),
    ("tag", "list"),
    ("latest", "news"),
    ("next", "article"),
    ("follow", "us"),
];
/// Elements that are never part of an article's text.
const NEVER: [&str; 9] = ["nav", "button", "form", "dialog", "menu", "input", "option", "label", "progress"];
/// Properties whose words are values for machines.
const VALUES: [&str; 9] =
    ["publisher", "dateModified", "image", "logo", "width", "height", "keywords", "mainEntityOfPage", "thumbnailUrl"];
/// Roles that say the same.
const ROLES: [&str; 8] = ["navigation", "menu", "menubar", "dialog", "alertdialog", "search", "banner", "toolbar"];

/// Parts of a name that speak of what readers or other articles say, which may be longer than the article itself.
const OTHERS: [&str; 24] = [
    "comments",
    "commentlist",
    "commentthread",
    "disqus",
    "livefyre",
    "respond",
    "replies",
    "related",
    "recommended",
    "recommendations",
    "recommendation",
    "recirc",
    "recirculation",
    "outbrain",
    "taboola",
    "trending",
    "newsletter",
    "newsletters",
    "cookie",
    "cookies",
    "commenting",
    "consent",
    "gdpr",
    "onetrust",
];
/// Bytes of running text that must be left where something is taken off for such a name.
const LEFT: usize = 300;

/// Takes them off, but for an element that holds a good part of the page's text: a name may mean something else. `title` is the
/// headline: where it stands in an element `<article>`, the other ones are other stories. True where most of the text asks for consent.
pub fn prune(document: &Document, title: Option<&str>) -> bool {
    let Some(body) = document.body() else { return false };
    if let Some(main) = title.and_then(|title| main_article(&body, title)) {
        other_articles(&body, &main);
    }
    let total = held(&body, usize::MAX);
    let mut left = total;
    let mut asked = 0;
    let mut stack: Vec<(NodeRef<'_>, bool)> = body.children_it(true).map(|n| (n, false)).collect();
    while let Some((node, counted)) = stack.pop() {
        if !node.is_element() {
            continue;
        }
        let most = match junk(&node) {
            None => None,
            Some(Junk::Beside) => Some(total / 4),
            Some(Junk::Hidden) => Some(total / 2),
            Some(Junk::Others) => Some(left.saturating_sub(LEFT).max(total / 4)),
        };
        let asks = !counted && asks_consent(&node);
        if asks {
            asked += held(&node, total);
        }
        if let Some(most) = most {
            let size = held(&node, most);
            if size <= most && (size * 4 <= total || !has_headline(&node)) {
                left = left.saturating_sub(size);
                node.remove_from_parent();
                continue;
            }
        }
        stack.extend(node.children_it(true).map(|n| (n, counted || asks)));
    }
    asked * 2 > total
}

/// True for an element that is named for a question of consent.
fn asks_consent(node: &NodeRef<'_>) -> bool {
    let is = |names: &str| parts(names).iter().any(|p| matches!(p.as_str(), "consent" | "gdpr" | "cookie" | "cookies"));
    ["class", "id", "action"].iter().any(|key| node.attr(key).is_some_and(|names| is(&names)))
}

fn has_headline(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|n| n.has_name("h1") || n.attr("itemprop").is_some_and(|p| &*p == "articleBody"))
}

/// The element `<article>` that holds the headline and some text.
fn main_article<'a>(body: &NodeRef<'a>, title: &str) -> Option<NodeRef<'a>> {
    let heading =
        body.descendants_it().filter(|n| n.has_name("h1") || n.has_name("h2")).find(|n| words_of(n) == title)?;
    let main = heading.ancestors_it(None).find(|n| n.has_name("article"))?;
    (held(&main, LEFT) > LEFT).then_some(main)
}

fn other_articles(body: &NodeRef<'_>, main: &NodeRef<'_>) {
    let around: Vec<_> = main.ancestors_it(None).map(|n| n.id).collect();
    let mut stack: Vec<NodeRef<'_>> = body.children_it(true).collect();
    while let Some(node) = stack.pop() {
        if node.id == main.id || !node.is_element() {
            continue;
        }
        if node.has_name("article") && !around.contains(&node.id) {
            node.remove_from_parent();
            continue;
        }
        stack.extend(node.children_it(true));
    }
}

/// Bytes of running text in an element; counting ends above `enough`.
fn held(node: &NodeRef<'_>, enough: usize) -> usize {
    let mut sum = 0;
    for inner in node.descendants_it().filter(NodeRef::is_text) {
        sum += running(&inner);
        if sum > enough {
            break;
        }
    }
    sum
}

/// Bytes of a text that is no label and no link.
fn running(node: &NodeRef<'_>) -> usize {
    let words = node.text();
    let length = words.trim().len();
    let linked = node.parent().is_some_and(|p| p.has_name("a"));
    if length < 20 || linked { 0 } else { length }
}

/// Why an element is no part of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Junk {
    /// It stands beside the article.
    Beside,
    /// It isn't shown.
    Hidden,
    /// Others speak in it.
    Others,
}

fn junk(node: &NodeRef<'_>) -> Option<Junk> {
    let name = node.node_name()?;
    if node.has_attr("hidden") || node.attr("aria-hidden").is_some_and(|v| &*v == "true") {
        return Some(Junk::Hidden);
    }
    if NEVER.contains(&&*name)
        || node.attr("role").is_some_and(|r| ROLES.contains(&&*r))
        || node.attr("aria-modal").is_some_and(|v| &*v == "true")
    {
        return Some(Junk::Beside);
    }
    if &*name == "aside" || node.attr("role").is_some_and(|r| matches!(&*r, "complementary" | "contentinfo")) {
        return Some(Junk::Others);
    }
    if node.attr("itemprop").is_some_and(|p| VALUES.contains(&&*p)) {
        return Some(Junk::Beside);
    }
    if matches!(&*name, "body" | "main" | "p" | "h1" | "figcaption" | "article") {
        return None;
    }
    ["class", "id", "data-component", "data-testid"].iter().find_map(|key| names_junk(&node.attr(key)?))
}

/// What a class or id says that names something beside the article.
fn names_junk(names: &str) -> Option<Junk> {
    names.split_whitespace().find_map(|name| {
        let parts = parts(name);
        // "has-sidebar", "and-w-sidebar", "no-comments" say what stands elsewhere.
        let elsewhere = ["has", "no", "with", "w", "without", "is", "hide", "show", "and", "use"];
        if parts.iter().any(|p| elsewhere.contains(&p.as_str())) {
            return None;
        }
        if parts.iter().any(|p| OTHERS.contains(&p.as_str())) {
            return Some(Junk::Others);
        }
        let told = parts.iter().any(|p| JUNK.contains(&p.as_str()))
            || parts.windows(2).any(|w| PAIRS.iter().any(|(a, b)| w[0] == *a && w[1] == *b));
        told.then_some(Junk::Beside)
    })
}

/// The parts of a name, in lower case: `relatedLinks__box` has four.
pub fn parts(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let (mut part, mut last_lower) = (String::new(), false);
    for c in name.chars().take(200) {
        let parts = !c.is_alphanumeric() || (c.is_uppercase() && last_lower);
        if parts && !part.is_empty() {
            out.push(std::mem::take(&mut part));
        }
        if c.is_alphanumeric() {
            part.extend(c.to_lowercase());
        }
        last_lower = c.is_lowercase();
    }
    if !part.is_empty() {
        out.push(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_by_whole_parts() {
        for names in ["related-links", "articleShare", "c-newsletter__box", "read-more", "lead ad-slot"] {
            assert!(names_junk(names).is_some(), "{names}");
        }
        for names in ["headline", "has-sidebar", "reading", "shared-lead", "unrelated", "no-comments", "add", "more"] {
            assert!(names_junk(names).is_none(), "{names}");
        }
    }

    #[test]
    fn what_holds_the_article_stays_whatever_its_name() {
        let long = "The ferry was taken out of service on Monday, the harbour office said in a note. ".repeat(5);
        let page = format!(
            "<body><div class=share><p>{long}</p></div><div class=share><p>Share this with all your friends and family</p></div></body>"
        );
        let document = Document::from(page);
        prune(&document, None);
        let text = document.text();
        assert!(text.contains("harbour office") && !text.contains("friends"));
    }
}
