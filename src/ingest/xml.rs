//! A small XML tree, read without strictness and without ever resolving entities of a document type.

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Deepest nesting; what lies deeper is taken for text of its parent.
const DEEPEST: usize = 120;

/// Most declarations of prefixes that are kept.
const MOST_PREFIXES: usize = 60;

/// The vocabularies that readers ask for, whatever their prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Space {
    /// No namespace, or that of the form itself (RSS 1.0, NewsML-G2).
    #[default]
    Plain,
    /// Atom.
    Atom,
    /// The full content of RSS items.
    Content,
    /// Dublin Core.
    Dublin,
    /// XHTML.
    Xhtml,
    /// Any other.
    Other,
}

const SPACES: [(&str, &str, Space); 11] = [
    ("", "http://purl.org/rss/1.0/", Space::Plain),
    ("", "http://my.netscape.com/rdf/simple/0.9/", Space::Plain),
    ("", "http://iptc.org/std/nar/2006-10-01/", Space::Plain),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", Space::Plain),
    ("atom", "http://www.w3.org/2005/Atom", Space::Atom),
    ("a10", "http://purl.org/atom/ns#", Space::Atom),
    ("content", "http://purl.org/rss/1.0/modules/content/", Space::Content),
    ("dc", "http://purl.org/dc/elements/1.1/", Space::Dublin),
    ("dcterms", "http://purl.org/dc/terms/", Space::Dublin),
    ("xhtml", "http://www.w3.org/1999/xhtml", Space::Xhtml),
    ("h", "http://www.w3.org/1999/xhtml", Space::Xhtml),
];

/// Which prefix stands for what, as far as was declared; well-known prefixes need no declaration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prefixes(Vec<(String, Space)>);

impl Prefixes {
    fn note(&mut self, start: &BytesStart<'_>) {
        for (name, value) in attributes(start) {
            if self.0.len() >= MOST_PREFIXES {
                return;
            }
            let prefix = match name.as_str() {
                "xmlns" => "",
                other => match other.strip_prefix("xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            let space =
                SPACES.iter().find(|(_, uri, _)| *uri == value.trim()).map_or(Space::Other, |(.., space)| *space);
            self.0.push((prefix.to_owned(), space));
        }
    }

    fn space(&self, prefix: &str) -> Space {
        let declared = self.0.iter().rev().find(|(p, _)| p == prefix).map(|(_, space)| *space);
        declared
            .unwrap_or_else(|| SPACES.iter().find(|(p, ..)| *p == prefix).map_or(Space::Other, |(.., space)| *space))
    }
}

/// One element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its vocabulary.
    pub space: Space,
    /// Its name without prefix.
    pub name: String,
    /// Names as written, and values.
    pub attributes: Vec<(String, String)>,
    /// What is in it, in order.
    pub children: Vec<Child>,
}

/// What can stand in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Child {
    /// An element.
    Element(Element),
    /// Text, its references resolved.
    Text(String),
}

impl Element {
    /// The elements directly in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// Those of them with this name, in this vocabulary.
    pub fn all<'e>(&'e self, space: Space, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |e| e.space == space && e.name == name)
    }

    /// The first of them.
    pub fn one(&self, space: Space, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.space == space && e.name == name)
    }

    /// Every element in it with this name, at any depth, in order.
    pub fn deep<'e>(&'e self, name: &str, out: &mut Vec<&'e Element>) {
        for element in self.elements() {
            if element.name == name {
                out.push(element);
            }
            element.deep(name, out);
        }
    }

    /// The value of an attribute; blank ones are `None`.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(n, _)| n == name || n.ends_with(name) && prefixed(n, name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// All text in it, trimmed; blank is `None`.
    pub fn text(&self) -> Option<String> {
        let mut out = String::new();
        self.gather(&mut out);
        let trimmed = out.trim();
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }

    fn gather(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Element(element) => element.gather(out),
            }
        }
    }

    /// What is in it, written as markup without prefixes.
    pub fn inner_markup(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(&quick_xml::escape::escape(text.as_str())),
                Child::Element(element) => {
                    out.push('<');
                    out.push_str(&element.name);
                    for (name, value) in element.attributes.iter().filter(|(name, _)| !name.contains(':')) {
                        out.push_str(&format!(" {name}=\"{}\"", quick_xml::escape::escape(value.as_str())));
                    }
                    out.push('>');
                    element.write(out);
                    // An end tag of these would be read as one more of them.
                    if !(element.children.is_empty() && matches!(element.name.as_str(), "br" | "hr" | "img" | "wbr")) {
                        out.push_str(&format!("</{}>", element.name));
                    }
                }
            }
        }
    }
}

fn prefixed(whole: &str, name: &str) -> bool {
    whole[..whole.len() - name.len()].ends_with(':')
}

/// The prefixes declared in the head of a file, before its items.
pub fn prefixes(head: &str) -> Prefixes {
    let mut found = Prefixes::default();
    let mut reader = reader(head);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) => found.note(&start),
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// Reads the elements of `text`, under a root without a name. What is not closed is closed at the end.
///
/// # Errors
/// What is wrong, and the byte of `text` at which.
pub fn tree(text: &str, prefixes: &Prefixes) -> Result<Element, (String, usize)> {
    let mut reader = reader(text);
    let mut prefixes = prefixes.clone();
    let mut open: Vec<Element> = vec![Element::default()];
    let mut declared: Vec<usize> = Vec::new();
    let mut below = 0usize;
    loop {
        let event = reader.read_event().map_err(|error| (error.to_string(), reader.error_position() as usize))?;
        match event {
            Event::Eof => break,
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    below += 1;
                } else {
                    // What an element declares holds inside it.
                    declared.push(prefixes.0.len());
                    prefixes.note(&start);
                    open.push(element(&start, &prefixes));
                }
            }
            Event::Empty(start) => {
                let before = prefixes.0.len();
                prefixes.note(&start);
                let element = element(&start, &prefixes);
                prefixes.0.truncate(before);
                push(&mut open, Child::Element(element));
            }
            Event::End(end) => {
                let name = local(end.name().as_ref()).1.to_owned();
                if below > 0 {
                    below -= 1;
                } else if let Some(at) = open.iter().skip(1).rposition(|e| e.name == name) {
                    close(&mut open, at + 1);
                    if let Some(before) = declared.get(at) {
                        prefixes.0.truncate(*before);
                    }
                    declared.truncate(at);
                }
            }
            Event::Text(words) => push_text(&mut open, &words),
            Event::CData(words) => push_text(&mut open, &words),
            Event::GeneralRef(reference) => push_text(&mut open, &resolved(&reference)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    close(&mut open, 1);
    Ok(open.pop().unwrap_or_default())
}

/// Closes elements until `count` are left open.
fn close(open: &mut Vec<Element>, count: usize) {
    while open.len() > count {
        if let Some(done) = open.pop() {
            push(open, Child::Element(done));
        }
    }
}

fn push(open: &mut [Element], child: Child) {
    if let Some(last) = open.last_mut() {
        last.children.push(child);
    }
}

fn push_text(open: &mut [Element], words: &str) {
    let Some(last) = open.last_mut() else { return };
    if let Some(Child::Text(text)) = last.children.last_mut() {
        text.push_str(words);
    } else {
        last.children.push(Child::Text(words.to_owned()));
    }
}

/// A reader that takes markup as it is: ends without a start, ampersands that are none.
pub fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

fn element(start: &BytesStart<'_>, prefixes: &Prefixes) -> Element {
    let whole = start.name().as_ref().to_owned();
    let (prefix, name) = local(&whole);
    let attributes = attributes(start).into_iter().filter(|(name, _)| !name.starts_with("xmlns")).collect();
    Element { space: prefixes.space(prefix), name: name.to_owned(), attributes, children: Vec::new() }
}

fn local(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

fn attributes(start: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut all = start.attributes();
    all.with_checks(false)
        .flatten()
        .map(|a| {
            let name = a.key.as_ref().to_owned();
            let unescaped = quick_xml::escape::unescape_with(&a.value, resolve_html5_entity);
            let value = unescaped.map_or_else(|_| a.value.to_string(), std::borrow::Cow::into_owned);
            (name, value)
        })
        .collect()
}

/// A character reference, or an entity of HTML; any other stays as it is written: those of a document type are never resolved.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    resolve_html5_entity(reference).map_or_else(|| format!("&{};", &**reference), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Element {
        tree(text, &Prefixes::default()).unwrap()
    }

    #[test]
    fn names_are_told_by_vocabulary_and_not_by_prefix() {
        let root = read(
            "<item xmlns:c='http://purl.org/rss/1.0/modules/content/' xmlns:m='http://search.yahoo.com/mrss/'><m:title>X</m:title><title>A &amp; B&nbsp;C</title><c:encoded><![CDATA[<p>D</p>]]></c:encoded><dc:creator>E</dc:creator></item>",
        );
        let item = root.one(Space::Plain, "item").unwrap();
        assert_eq!(item.one(Space::Plain, "title").unwrap().text().as_deref(), Some("A & B\u{a0}C"));
        assert_eq!(item.one(Space::Content, "encoded").unwrap().text().as_deref(), Some("<p>D</p>"));
        assert_eq!(item.one(Space::Dublin, "creator").unwrap().text().as_deref(), Some("E"));
    }

    #[test]
    fn entities_of_a_document_type_are_never_resolved() {
        let root = read(
            "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><a>&y; &f; &#65;&#x42;</a>",
        );
        assert_eq!(root.one(Space::Plain, "a").unwrap().text().as_deref(), Some("&y; &f; AB"));
    }

    #[test]
    fn careless_markup_is_read_as_far_as_it_goes() {
        let root = read("<a><b>one<c>two</b>three & four</a></z>");
        let a = root.one(Space::Plain, "a").unwrap();
        assert_eq!(a.text().as_deref(), Some("onetwothree & four"));
        assert!(tree("<a><![CDATA[never closed", &Prefixes::default()).is_err());
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "<a>".repeat(200_000);
        let root = read(&format!("{deep}text"));
        assert_eq!(root.text().as_deref(), Some("text"));
    }

    #[test]
    fn inner_markup_keeps_elements_and_escapes_text() {
        let root = read("<b><x:p class='y' xml:lang='en'>1 &lt; 2<br/></x:p></b>");
        assert_eq!(root.one(Space::Plain, "b").unwrap().inner_markup(), "<p class=\"y\">1 &lt; 2<br></p>");
    }
}
