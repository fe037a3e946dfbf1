//! Takes off what pages mark as no part of the article: menus, related stories, sharing, newsletters, comments, adverts.
//!
//! The words here are those of markup, which page builders of all languages share; no text of a page is looked at.

use dom_query::{Document, NodeRef};

/// Parts of a class or id that name something beside the article.
const JUNK: [&str; 66] = [
    "ad",
    "ads",
    "adslot",
    "adunit",
    "advert",
    "advertisement",
    "adsense",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "commentlist",
    "commenting",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "donate",
    "donation",
    "fb",
    "footer",
    "gdpr",
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
    "newsletter",
    "newsletters",
    "onetrust",
    "outbrain",
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
    "recirc",
    "recirculation",
    "recommendation",
    "recommendations",
    "recommended",
    "related",
    "respond",
    "share",
    "sharebar",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "subscribe",
    "taboola",
    "tags",
    "trending",
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
/// Roles that say the same.
const ROLES: [&str; 10] = [
    "navigation",
    "menu",
    "menubar",
    "dialog",
    "alertdialog",
    "search",
    "contentinfo",
    "banner",
    "complementary",
    "toolbar",
];

/// Takes them off, but for an element that holds a good part of the page's text: a name may mean something else.
pub fn prune(document: &Document) {
    let Some(body) = document.body() else { return };
    let total = held(&body, usize::MAX);
    let mut stack: Vec<NodeRef<'_>> = body.children_it(true).collect();
    while let Some(node) = stack.pop() {
        if !node.is_element() {
            continue;
        }
        if is_junk(&node) && held(&node, total / 4) * 4 <= total {
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

fn is_junk(node: &NodeRef<'_>) -> bool {
    let Some(name) = node.node_name() else { return false };
    if NEVER.contains(&&*name) || node.has_attr("hidden") || node.attr("aria-hidden").is_some_and(|v| &*v == "true") {
        return true;
    }
    if node.attr("role").is_some_and(|r| ROLES.contains(&&*r)) || node.attr("aria-modal").is_some_and(|v| &*v == "true")
    {
        return true;
    }
    if matches!(&*name, "body" | "main" | "p" | "h1" | "figcaption" | "article") {
        return false;
    }
    ["class", "id", "data-component", "data-testid"].iter().any(|key| node.attr(key).is_some_and(|v| names_junk(&v)))
}

/// True where a class or id names something beside the article.
pub fn names_junk(names: &str) -> bool {
    names.split_whitespace().any(|name| {
        let parts = parts(name);
        // "has-sidebar", "no-ads", "with-comments" say what stands elsewhere.
        if parts.first().is_some_and(|p| matches!(p.as_str(), "has" | "no" | "with" | "is" | "hide" | "show")) {
            return false;
        }
        parts.iter().any(|p| JUNK.contains(&p.as_str()))
            || parts.windows(2).any(|w| PAIRS.iter().any(|(a, b)| w[0] == *a && w[1] == *b))
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
            assert!(names_junk(names), "{names}");
        }
        for names in ["headline", "has-sidebar", "reading", "shared-lead", "unrelated", "no-comments", "add", "more"] {
            assert!(!names_junk(names), "{names}");
        }
    }

    #[test]
    fn what_holds_the_article_stays_whatever_its_name() {
        let long = "The ferry was taken out of service on Monday, the harbour office said in a note. ".repeat(5);
        let page = format!(
            "<body><div class=share><p>{long}</p></div><div class=share><p>Share this with all your friends and family</p></div></body>"
        );
        let document = Document::from(page);
        prune(&document);
        let text = document.text();
        assert!(text.contains("harbour office") && !text.contains("friends"));
    }
}
