//! Carriers that an agency's item names in fields of its own: whose words it was made from, its credit line, its dateline.
//!
//! They stand for the whole article, as a dateline or a closing credit in the text does.

use super::model::SourceClass;
use super::names::class_of;
use super::voice::{Level, Link, Node, Reach, Scope};
use crate::article::{Article, Field};
use crate::sources::morphology::Affixes;
use crate::sources::names::NameTarget;
use crate::sources::registry::Registry;
use crate::text::span::Span;
use crate::text::token::tokens;

/// Longest name that is taken from a field where the registry doesn't have it.
const LONGEST: usize = 60;

/// The carriers that the fields of `article` name, the nearest to the origin first, each once.
pub fn carried_by_fields(article: &Article, registry: &Registry) -> Vec<Link> {
    let mut out: Vec<Link> = Vec::new();
    for (field, rule) in
        [(Field::Source, "field/source"), (Field::Credit, "field/credit"), (Field::Dateline, "field/dateline")]
    {
        for part in article.parts.iter().filter(|part| part.field == field) {
            for span in pieces(&article.buffer, part.span) {
                for (node, span) in named(&article.buffer, span, registry, field != Field::Dateline) {
                    if out.iter().all(|link| link.node.id != node.id) {
                        out.push(Link { node, span, rule: rule.to_owned() });
                    }
                }
            }
        }
    }
    out
}

/// The names of a field one by one: `Alpha/Beta`, `Alpha; Beta`.
fn pieces(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    let start = span.start as usize;
    let cut = words.split(['/', ';', '|']).map(|piece| {
        let at = start + (piece.as_ptr() as usize - words.as_ptr() as usize);
        Span::new(at, at + piece.len()).trimmed(text)
    });
    cut.filter(|piece| !piece.is_empty()).collect()
}

/// The outlets of the registry in one piece of a field; where it has nobody in it, the piece itself, if that may be a name.
fn named(text: &str, span: Span, registry: &Registry, any: bool) -> Vec<(Node, Span)> {
    let cut = tokens(text, span.range());
    let hits = registry.hits(text, &cut, &Affixes::default(), "");
    let mut known = false;
    let mut out = Vec::new();
    for hit in &hits {
        let NameTarget::Source(index) = hit.target else { continue };
        let Some(source) = registry.source(index) else { continue };
        known = true;
        let (Some(first), Some(last)) = (cut.get(hit.first as usize), cut.get((hit.last as usize).saturating_sub(1)))
        else {
            continue;
        };
        if source.kind.carries_news() {
            out.push((Node::new(source.id.clone(), class_of(source.kind), true), first.span.join(last.span)));
        }
    }
    // Codes and names that no text would be read by: `AP`, `Report`.
    let whole = span.of(text);
    if !known && let Some(source) = registry.by_id(&whole.to_lowercase()).or_else(|| registry.by_name(whole)) {
        known = true;
        if let Some(source) = registry.source(source).filter(|source| source.kind.carries_news()) {
            out.push((Node::new(source.id.clone(), class_of(source.kind), true), span));
        }
    }
    let name = any && whole.len() <= LONGEST && whole.chars().any(char::is_alphabetic) && !whole.contains("://");
    if !known && name {
        out.push((Node::new(format!("name:{whole}"), SourceClass::Outlet, true), span));
    }
    out
}

/// The scopes of the text with what the fields add: datelines and credits of the text are nearer, and keep their order. The
/// publisher naming itself carries nothing.
pub fn with_fields(mut scopes: Vec<Scope>, fields: &[Link], publisher: &str) -> Vec<Scope> {
    let fields: Vec<&Link> = fields.iter().filter(|link| link.node.id != publisher).collect();
    if fields.is_empty() {
        return scopes;
    }
    let mut there = false;
    for scope in scopes.iter_mut().filter(|scope| scope.level == Level::Dateline) {
        there = true;
        for link in &fields {
            if scope.links.iter().all(|own| own.node.id != link.node.id) {
                scope.links.push((*link).clone());
            }
        }
    }
    if !there {
        let links = fields.into_iter().cloned().collect();
        scopes.push(Scope { level: Level::Dateline, links, reach: Reach::Article, from: None });
    }
    scopes
}
