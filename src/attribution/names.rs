//! Who a mention is: chain ids for names, roles, classes and countries, and full names for surnames.

use std::collections::BTreeMap;

use super::model::SourceClass;
use super::voice::Node;
use crate::rules::pack::{NameTest, NounKind, SourceKind};
use crate::scan::View;
use crate::sources::denote::Denotes;
use crate::sources::mention::Mention;
use crate::sources::names::NameTarget;
use crate::text::span::Span;
use crate::text::token::Kind;

/// Full names of people that an article gives, by their last word.
#[derive(Debug, Default)]
pub struct FullNames {
    by_last: BTreeMap<String, (String, Span)>,
    /// Registry persons that the article names: last word → registry index.
    known: BTreeMap<String, u32>,
}

impl FullNames {
    /// Notes the names of one block; the first full form of a name counts.
    pub fn note(&mut self, view: &View<'_>) {
        for hit in &view.names {
            if let NameTarget::Source(index) = hit.target
                && view.registry.source(index).is_some_and(|s| s.kind == SourceKind::Person)
            {
                let last = view.word(hit.last as usize - 1);
                self.known.entry(last.to_owned()).or_insert(index);
            }
        }
        if view.language.pack.name_test == NameTest::RoleNoun || view.title_case {
            return;
        }
        let roles = &view.language.roles;
        let plain = |t: usize| {
            let token = &view.tokens[t];
            token.kind == Kind::Word
                && token.capital
                && token.span.len() > 1
                && view.name(t).is_none()
                && !view.is(t, roles.honorific)
                && !view.is(t, roles.determiner)
                && view.language.pronoun(view.surfaces[t]).is_none()
                && view.noun_at(t).is_none()
        };
        let mut starts: Vec<usize> = view.regions.iter().map(|r| r.first).collect();
        starts.sort_unstable();
        let mut at = 0;
        while at < view.tokens.len() {
            let first = at;
            while at < view.tokens.len() && plain(at) && (at == first || view.tokens[at].spaced) {
                at += 1;
            }
            // A word that only opens its sentence is no given name.
            let from =
                if starts.binary_search(&first).is_ok() && view.surfaces[first] != 0 { first + 1 } else { first };
            if at >= from + 2 && at - from <= 3 {
                let span = view.span(from, at);
                self.by_last.entry(view.word(at - 1).to_owned()).or_insert((span.of(view.text).to_owned(), span));
            }
            at = at.max(first + 1);
        }
    }
}

/// The node that a mention stands for; `None` for pronouns. With it, the span of the name that a surname stands for.
pub fn node(view: &View<'_>, mention: &Mention, names: &FullNames) -> Option<(Node, Option<Span>)> {
    let registry = view.registry;
    let bodies = bodies(view, mention);
    let words = |range: (usize, usize)| base_words(view, mention, range);
    let code = |country: &Option<u32>| {
        country.and_then(|i| registry.country(i)).map_or_else(String::new, |c| format!("@{}", c.code))
    };
    let simple = |id: String, class: SourceClass, outlet: bool| {
        Some((Node { bodies: bodies.clone(), ..Node::new(id, class, outlet) }, None))
    };
    match &mention.denotes {
        Denotes::Pronoun(_) => None,
        Denotes::Source(index) => {
            let source = registry.source(*index)?;
            simple(source.id.clone(), class_of(source.kind), source.kind.carries_news())
        }
        Denotes::Government(index, _) => {
            let id = registry.country(*index).map_or("unknown", |c| c.id.as_str());
            simple(format!("government:{id}"), SourceClass::Metonym, false)
        }
        Denotes::Class(kind, country) => {
            let outlet = registry.class(kind).is_some_and(|c| c.carries_news);
            simple(format!("class:{kind}{}", code(country)), SourceClass::Collective, outlet)
        }
        Denotes::Anonymous(kind, country) => {
            simple(format!("anonymous:{kind}{}", code(country)), SourceClass::Anonymous, false)
        }
        Denotes::Footage(class, country) => {
            let kind = class.as_deref().unwrap_or("footage");
            simple(format!("class:{kind}{}", code(country)), SourceClass::Collective, false)
        }
        Denotes::Name { words: range, person, outlet } => {
            let text = words(*range);
            if *person && !outlet {
                let last = text.rsplit(' ').next().unwrap_or(&text);
                if let Some(index) = names.known.get(last).filter(|_| range.1 - range.0 == 1) {
                    let source = registry.source(*index)?;
                    return simple(source.id.clone(), SourceClass::Person, false);
                }
                if range.1 - range.0 == 1
                    && let Some((full, span)) = names.by_last.get(last)
                {
                    let elsewhere = (*span != view.span(range.0, range.1)).then_some(*span);
                    return Some((Node::new(format!("name:{full}"), SourceClass::Person, false), elsewhere));
                }
            }
            let class = match (person, outlet) {
                (_, true) => SourceClass::Outlet,
                (true, _) => SourceClass::Person,
                _ => SourceClass::Institution,
            };
            simple(format!("name:{text}"), class, *outlet)
        }
        Denotes::Body { words: range, document } => simple(
            format!("name:{}", words(*range)),
            if *document { SourceClass::Document } else { SourceClass::Institution },
            false,
        ),
        Denotes::Role { kind, country, of } => {
            if let Some(body) = of {
                let source = registry.source(*body)?;
                return simple(source.id.clone(), class_of(source.kind), source.kind.carries_news());
            }
            match country.and_then(|i| registry.country(i)) {
                Some(country) => simple(format!("government:{}", country.id), SourceClass::Institution, false),
                None => simple(format!("anonymous:{kind}"), SourceClass::Anonymous, false),
            }
        }
        Denotes::Unknown { words: range, .. } => {
            simple(format!("name:{}", words(*range)), SourceClass::Institution, false)
        }
    }
}

/// The bodies that the phrase of a mention names besides the name itself.
fn bodies(view: &View<'_>, mention: &Mention) -> Vec<String> {
    let role = |t: usize| view.noun_at(t).is_some_and(|(n, _)| n.kind == NounKind::Role);
    if !(mention.first..mention.last).any(role) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut at = mention.first;
    while at < mention.last {
        let Some(hit) = view.name(at) else {
            // A name of its own behind the role: "a spokesman for the Byurakan Observatory".
            let first = at;
            let plain = |t: usize| {
                view.tokens[t].capital && view.name(t).is_none() && !role(t) && view.tokens[t].kind == Kind::Word
            };
            while at < mention.last && plain(at) {
                at += 1;
            }
            if at > first {
                out.push(format!("name:{}", plain_words(view, first, at)));
            }
            at = at.max(first + 1);
            continue;
        };
        let id = match hit.target {
            NameTarget::Source(i) => {
                view.registry.source(i).filter(|s| s.kind != SourceKind::Person).map(|s| s.id.clone())
            }
            NameTarget::Country(i) | NameTarget::Capital(i) | NameTarget::Adjective(i) => {
                view.registry.country(i).map(|c| format!("government:{}", c.id))
            }
        };
        out.extend(id);
        at = (hit.last as usize).max(at + 1);
    }
    out
}

/// The words of a range in their base form: without the letters that a slot found glued to the mention.
fn base_words(view: &View<'_>, mention: &Mention, range: (usize, usize)) -> String {
    let affix = mention.affix;
    let borne = affix.at == range.1;
    let last = if borne { range.1.saturating_sub(affix.tail_tokens as usize) } else { range.1 };
    let whole = plain_words(view, range.0, last);
    let whole = if whole.is_empty() { plain_words(view, range.0, range.1) } else { whole };
    let head = if range.0 == mention.first { affix.head as usize } else { 0 };
    let tail = if borne { affix.tail as usize } else { 0 };
    let base = whole.len().checked_sub(tail).and_then(|end| whole.get(head..end));
    base.filter(|base| !base.is_empty()).map(str::to_owned).unwrap_or(whole)
}

/// The words of a range without marks of quotation and markup, parted by single spaces where the text has white space.
fn plain_words(view: &View<'_>, first: usize, last: usize) -> String {
    let mut out = String::new();
    for at in first..last {
        if view.transparent(at) {
            continue;
        }
        if view.tokens[at].spaced && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(view.word(at));
    }
    out
}

/// The class of a registry kind.
pub fn class_of(kind: SourceKind) -> SourceClass {
    match kind {
        SourceKind::Wire | SourceKind::PhotoAgency => SourceClass::Wire,
        SourceKind::Outlet | SourceKind::Broadcaster | SourceKind::Aggregator | SourceKind::Channel => {
            SourceClass::Outlet
        }
        SourceKind::Institution | SourceKind::Government => SourceClass::Institution,
        SourceKind::Person => SourceClass::Person,
    }
}

/// True where the registry adjective or country at token `at` says whose somebody is.
pub fn is_country_word(view: &View<'_>, at: usize) -> bool {
    view.name(at).is_some_and(|h| !matches!(h.target, NameTarget::Source(_)))
}
