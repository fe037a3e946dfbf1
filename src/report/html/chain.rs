//! Chains on the page: origin → … → publisher, each link with the words that declare it.

use std::fmt::Write as _;

use super::write::{block_place, name, words};
use crate::article::Article;
use crate::attribution::model::{Chain, How};
use crate::report::names::Names;
use crate::report::overview::node_names;
use crate::report::place::Places;
use crate::report::terminal::prose;
use crate::text::span::Span;

/// The names of a chain in one line.
pub fn line(names: &[String]) -> String {
    let links: Vec<String> = names.iter().map(|link| format!("<span class=\"link\">{}</span>", name(link))).collect();
    format!("<span class=\"chain\">{}</span>", links.join(" <span class=\"arrow\">→</span> "))
}

/// The chain as a list, a link a row, with where each is declared.
pub fn list(article: &Article, place: &str, chain: &Chain, names: &Names<'_>, places: &Places<'_>) -> String {
    let mut out = String::from("<ol class=\"links\">");
    for (index, link) in node_names(&chain.nodes, names).iter().enumerate() {
        let _ = write!(out, "<li>{}", name(link));
        if let Some(hop) = index.checked_sub(1).and_then(|index| chain.hops.get(index)) {
            let how = if hop.how == How::Inferred { "inferred from " } else { "" };
            let at = line_link(article, place, hop.span, places);
            let _ = write!(
                out,
                " <span class=\"quiet\">{how}{at} <q>{}</q></span>",
                words(&prose(article.words(hop.span)))
            );
        }
        out.push_str("</li>");
    }
    out.push_str("</ol>");
    out
}

/// `line 15`, as a link to the paragraph.
pub fn line_link(article: &Article, place: &str, span: Span, places: &Places<'_>) -> String {
    let told = words(&places.long(span));
    match article.blocks.iter().position(|block| block.span.contains(span)) {
        Some(block) => format!("<a href=\"#{}\">{told}</a>", block_place(place, block)),
        None => told,
    }
}
