//! Cuts the tree under an element into paragraphs as a reader sees them, with their links.

use dom_query::NodeRef;

use super::prune::parts;
use super::words::{is_blank, is_block};

/// What the markup says of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Running text, or nothing said.
    #[default]
    Text,
    /// A heading of this level.
    Heading(u8),
    /// An item of a list.
    Item,
    /// Words under a picture or video.
    Caption,
    /// Authors or the date.
    Byline,
    /// The lead-in below the headline.
    Standfirst,
    /// A label beside the headline, which may say that the text is paid for.
    Label,
}

/// A link: its bytes in the paragraph's text, and where it leads; empty where that is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The address as written.
    pub target: String,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// Its words with single spaces; line ends where the page breaks a line.
    pub text: String,
    /// What the markup says of it.
    pub role: Role,
    /// Its links, in order.
    pub links: Vec<Link>,
    /// Bytes of the text that stand in links.
    pub linked: usize,
    /// True where it stands, with others or whole, in one link: a card that leads to another page.
    pub card: bool,
}

/// Most paragraphs of an article.
const MOST: usize = 20_000;
/// Longest address that is kept.
const LONGEST_TARGET: usize = 500;

/// The paragraphs under `root`, in order.
pub fn paragraphs(root: &NodeRef<'_>) -> Vec<Paragraph> {
    let mut walk = Walk::default();
    walk.inside(root, Role::Text, 0);
    walk.flush();
    walk.out
}

#[derive(Default)]
struct Walk {
    out: Vec<Paragraph>,
    current: Paragraph,
    /// A space or line end that goes before the next word.
    gap: Option<char>,
    /// Line ends since the last word.
    breaks: usize,
    /// Links that are open.
    anchors: usize,
}

/// Deepest nesting that is followed; the tree is shallower.
const DEEPEST: usize = 400;

impl Walk {
    fn inside(&mut self, node: &NodeRef<'_>, role: Role, depth: usize) {
        if depth > DEEPEST || self.out.len() > MOST {
            return;
        }
        for child in node.children_it(false) {
            if child.is_text() {
                self.words(&child.text(), role);
            } else if let Some(name) = child.node_name() {
                self.element(&child, &name, role, depth);
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str, role: Role, depth: usize) {
        match name {
            "br" => {
                self.breaks += 1;
                if self.breaks > 1 {
                    self.flush();
                } else if !self.current.text.is_empty() {
                    self.gap = Some('\n');
                }
            }
            "a" => {
                let from = self.current.text.len();
                let addressed = node.has_attr("href");
                let first = self.out.len();
                self.anchors += usize::from(addressed);
                self.inside(node, role, depth + 1);
                self.anchors -= usize::from(addressed);
                if addressed && self.out.len() > first {
                    self.flush();
                    self.out[first..].iter_mut().for_each(|p| p.card = p.linked * 10 >= p.text.len() * 9);
                } else {
                    self.link(node, from);
                }
            }
            "pre" => {
                self.flush();
                for line in node.text().lines() {
                    self.words(line, role);
                    self.flush();
                }
            }
            "img" | "head" | "title" | "meta" | "link" | "button" | "input" | "option" => {}
            "td" | "th" => {
                if !self.current.text.is_empty() {
                    self.gap = Some(' ');
                }
                let held = node.children_it(false).any(|c| c.node_name().is_some_and(|n| is_block(&n)));
                if held {
                    self.flush();
                }
                self.inside(node, role, depth + 1);
            }
            _ => {
                let own = own_role(node, name, role);
                if is_block(name) || own != role {
                    self.flush();
                    self.inside(node, own, depth + 1);
                    self.flush();
                } else {
                    self.inside(node, own, depth + 1);
                }
            }
        }
    }

    fn words(&mut self, words: &str, role: Role) {
        for c in words.chars() {
            if is_blank(c) {
                if !self.current.text.is_empty() && self.gap.is_none() {
                    self.gap = Some(' ');
                }
                continue;
            }
            if c == '\0' || (c.is_control() && c != '\u{85}') {
                continue;
            }
            if self.current.text.is_empty() {
                self.current.role = role;
            } else if let Some(gap) = self.gap {
                self.current.text.push(gap);
            }
            self.gap = None;
            self.breaks = 0;
            self.current.text.push(c);
            if self.anchors > 0 {
                self.current.linked += c.len_utf8();
            }
        }
    }

    fn link(&mut self, node: &NodeRef<'_>, from: usize) {
        let text = &self.current.text;
        // A paragraph that began inside the link holds the rest of it.
        let from = if from > text.len() { 0 } else { from };
        let start = from + (text[from..].len() - text[from..].trim_start().len());
        if start >= text.len() {
            return;
        }
        let target = node.attr("href").unwrap_or_default();
        let target = target.trim();
        let lost = target.starts_with('#') || target.starts_with("javascript:") || target.len() > LONGEST_TARGET;
        let target = if lost { String::new() } else { target.to_owned() };
        self.current.links.push(Link { start, end: text.len(), target });
    }

    fn flush(&mut self) {
        self.gap = None;
        self.breaks = 0;
        if self.current.text.chars().any(char::is_alphanumeric) {
            self.out.push(std::mem::take(&mut self.current));
        } else {
            self.current = Paragraph::default();
        }
    }
}

/// What an element says of the words in it, inside one that says `outer`.
fn own_role(node: &NodeRef<'_>, name: &str, outer: Role) -> Role {
    match name {
        "figcaption" | "caption" => return Role::Caption,
        "h1" => return Role::Heading(1),
        "h2" => return Role::Heading(2),
        "h3" => return Role::Heading(3),
        "h4" | "h5" | "h6" => return Role::Heading(4),
        _ => {}
    }
    if outer == Role::Caption {
        return outer;
    }
    let marked = ["class", "id", "itemprop"].iter().find_map(|key| role_of(&node.attr(key)?));
    match (marked, name) {
        (Some(role), _) => role,
        (None, "li") if outer == Role::Text => Role::Item,
        _ => outer,
    }
}

/// What a class, id or property says.
fn role_of(names: &str) -> Option<Role> {
    names.split_whitespace().find_map(|name| {
        let parts = parts(name);
        let last = parts.last()?.as_str();
        let any = |wanted: &[&str]| parts.iter().any(|p| wanted.contains(&p.as_str()));
        if any(&["caption", "captions", "figcaption", "cutline", "imagecaption"]) {
            return Some(Role::Caption);
        }
        if any(&["byline", "bylines", "writtenby", "dateline"]) && last != "body" {
            return Some(Role::Byline);
        }
        let lead = ["standfirst", "dek", "deck", "subtitle", "subheadline", "subheading", "sapo", "ingress"];
        lead.contains(&last).then_some(Role::Standfirst)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn cut(html: &str) -> Vec<(String, Role)> {
        let document = Document::from(format!("<body>{html}</body>"));
        paragraphs(&document.body().unwrap()).into_iter().map(|p| (p.text, p.role)).collect()
    }

    fn texts(html: &str) -> Vec<String> {
        cut(html).into_iter().map(|p| p.0).collect()
    }

    #[test]
    fn blocks_part_and_inline_elements_do_not() {
        assert_eq!(
            texts("<p>One <b>two</b>\n three</p>four<div>five<span> six</span></div>"),
            ["One two three", "four", "five six"]
        );
        assert_eq!(texts("<p>Wi<b>de</b></p><p> </p><p>\u{a0}</p>"), ["Wide"]);
    }

    #[test]
    fn one_line_break_stays_in_the_paragraph_and_two_part() {
        assert_eq!(texts("One<br>two <br/> <br/> three<br>"), ["One\ntwo", "three"]);
    }

    #[test]
    fn what_the_markup_says_is_kept() {
        let found = cut(
            "<h2>Head</h2><figure><img><figcaption>The quay <span class=credit>Ann Oak</span></figcaption></figure>
             <ul><li>item</li></ul><p class=article__byline>By Ann Oak</p><p class='c-dek'>Lead in</p>",
        );
        let roles: Vec<Role> = found.iter().map(|p| p.1).collect();
        assert_eq!(roles, [Role::Heading(2), Role::Caption, Role::Item, Role::Byline, Role::Standfirst]);
        assert_eq!(found[1].0, "The quay Ann Oak");
        assert_eq!(cut("<p class=captive>One</p>")[0].1, Role::Text);
    }

    #[test]
    fn links_have_their_words_and_target() {
        let document = Document::from("<body><p>He <a href=' /a?b '> told us </a> so <a href='#x'>here</a></p></body>");
        let found = paragraphs(&document.body().unwrap());
        let links: Vec<(&str, &str)> =
            found[0].links.iter().map(|l| (&found[0].text[l.start..l.end], l.target.as_str())).collect();
        assert_eq!(links, [("told us", "/a?b"), ("here", "")]);
    }
}
