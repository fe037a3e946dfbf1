//! The words of an element as a reader sees them.

use dom_query::NodeRef;

/// Elements that stand in a line of their own.
const BLOCKS: [&str; 44] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "caption",
];

/// True for an element that stands in a line of its own.
pub fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// White space as HTML has it: what a page shows as one space. A no-break space is none.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// `words` with one space between them.
pub fn plain(words: &str) -> String {
    words.split(is_blank).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Most bytes of an element that is looked at for a name, a date or a headline.
const MOST: usize = 2000;

/// The words under `node` in one line; of a long text only its head.
pub fn words_of(node: &NodeRef<'_>) -> String {
    let mut out = String::new();
    for inner in node.descendants_it() {
        if out.len() > MOST {
            break;
        }
        if inner.is_text() {
            out.push_str(&inner.text());
        } else if inner.node_name().is_some_and(|name| is_block(&name) || &*name == "br" || &*name == "td") {
            out.push(' ');
        }
    }
    plain(&out)
}
