//! Who a mention is: chain ids for names, roles, classes and countries.

use std::collections::BTreeMap;

use super::full_names::{Ending, FullNames, word_end};
use super::model::SourceClass;
use super::voice::Node;
use crate::rules::pack::{NameTest, NounKind, SourceEntry, SourceKind};
use crate::scan::View;
use crate::sources::denote::Denotes;
use crate::sources::mention::Mention;
use crate::sources::names::NameTarget;
use crate::text::span::Span;
use crate::text::token::{Kind, Mark};

/// The node that a mention stands for; `None` for pronouns. With it, the span of the name that a surname stands for.
pub fn node(view: &View<'_>, mention: &Mention, names: &FullNames<'_>) -> Option<(Node, Option<Span>)> {
    let registry = view.registry;
    let bodies = bodies(view, mention);
    let words = |range: (usize, usize)| base_words(view, mention, range);
    let code = |country: &Option<u32>| {
        country.and_then(|i| registry.country(i)).map_or_else(String::new, |c| format!("@{}", c.code))
    };
    let simple = |id: String, class: SourceClass, outlet: bool| {
        Some((Node { bodies: bodies.clone(), ..Node::new(id, class, outlet) }, None))
    };
    if let Some(source) = short_outlet(view, mention, names) {
        return simple(source.id.clone(), class_of(source.kind), true);
    }
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
            if *person && !outlet {
                return person_node(view, mention, *range, names, bodies);
            }
            let text = words(*range);
            let class = match (person, outlet) {
                (_, true) => SourceClass::Outlet,
                _ => SourceClass::Institution,
            };
            simple(format!("name:{text}"), class, *outlet)
        }
        Denotes::Body { words: range, document } => {
            // A document whose issuer the phrase names is that body.
            let issued = *document && range.0 >= mention.core.1;
            let class = if *document && !issued { SourceClass::Document } else { SourceClass::Institution };
            simple(format!("name:{}", words(*range)), class, false)
        }
        Denotes::Role { kind, country, of, body } => {
            if let Some(body) = body {
                return simple(format!("name:{}", words(*body)), SourceClass::Institution, false);
            }
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

/// The outlet that one word behind a determiner stands for, where the article names it in full: "the Post".
fn short_outlet<'a>(view: &View<'a>, mention: &Mention, names: &FullNames<'_>) -> Option<&'a SourceEntry> {
    if !matches!(mention.denotes, Denotes::Name { person: false, .. } | Denotes::Unknown { .. } | Denotes::Source(_)) {
        return None;
    }
    let last = mention.last.checked_sub(1).filter(|&last| last == mention.first + 1)?;
    let alone = view.tokens[last].capital && view.is(mention.first, view.language.roles.determiner);
    names.outlet(view.word(last)).filter(|_| alone).and_then(|i| view.registry.source(i))
}

/// The node of a person by name; a surname alone stands for the full name that the article gives.
fn person_node(
    view: &View<'_>,
    mention: &Mention,
    range: (usize, usize),
    names: &FullNames<'_>,
    bodies: Vec<String>,
) -> Option<(Node, Option<Span>)> {
    let ending = ending(view, mention, range);
    let tail = if mention.affix.at == range.1 { mention.affix.tail_tokens as usize } else { 0 };
    let last = range.1.saturating_sub(tail).max(range.0 + 1);
    let mut words: Vec<&str> = Vec::new();
    let mut at = range.0;
    while at < last {
        let end = word_end(view, at).min(last);
        if view.tokens[at].is_wordlike() {
            words.push(view.span(at, end).of(view.text));
        }
        at = end;
    }
    if let [surname] = words.as_slice() {
        if let Some(source) = names.known(view.language, surname).and_then(|index| view.registry.source(index)) {
            return Some((Node { bodies, ..Node::new(source.id.clone(), SourceClass::Person, false) }, None));
        }
        if let Some((full, span)) = names.full(view.language, surname, ending.as_ref()) {
            let elsewhere = (span != view.span(range.0, range.1)).then_some(span);
            return Some((Node::new(format!("name:{full}"), SourceClass::Person, false), elsewhere));
        }
    }
    // "J. Roe", "J.Roe": the person of that surname whose given name starts so.
    if let [initial, .., surname] = words.as_slice()
        && initial.chars().nth(1).is_none()
        && view.tokens.get(range.0 + 1).is_some_and(|t| t.is(Mark::Stop) && !t.spaced)
    {
        let known = names.known_by_initial(view.language, initial, surname);
        if let Some(source) = known.and_then(|index| view.registry.source(index)) {
            return Some((Node { bodies, ..Node::new(source.id.clone(), SourceClass::Person, false) }, None));
        }
        if let Some((full, span)) = names.full_by_initial(view.language, initial, surname, ending.as_ref()) {
            return Some((Node::new(format!("name:{full}"), SourceClass::Person, false), Some(span)));
        }
    }
    if view.language.pack.name_test == NameTest::GivenNames
        && let Some((full, span)) = names.full_of_last(view.language, &words)
    {
        return Some((Node::new(format!("name:{full}"), SourceClass::Person, false), Some(span)));
    }
    let text = if words.join(" ") == plain_words(view, range.0, last) {
        names.base(view.language, &words, ending.as_ref())
    } else {
        base_words(view, mention, range)
    };
    Some((Node { bodies, ..Node::new(format!("name:{text}"), SourceClass::Person, false) }, None))
}

/// The ending that a slot found at the end of a name.
fn ending<'v>(view: &View<'v>, mention: &Mention, range: (usize, usize)) -> Option<Ending<'v>> {
    let affix = mention.affix;
    if affix.at != range.1 || affix.tail == 0 {
        return None;
    }
    let word = view.word(range.1.checked_sub(1)?);
    let stem = word.get(..word.len().checked_sub(affix.tail as usize)?)?;
    let morphology = &view.language.pack.morphology;
    let list = |of: &'v BTreeMap<String, Vec<String>>| {
        affix.ending.and_then(|(case, _)| of.values().nth(case as usize)).map_or(&[][..], Vec::as_slice)
    };
    let bases = list(&morphology.bases);
    let base = affix.ending.and_then(|(_, i)| bases.get(i as usize)).map_or("", String::as_str);
    Some(Ending { base: format!("{stem}{base}"), endings: list(&morphology.cases), bases })
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
    let base = base.filter(|base| !base.is_empty()).map(str::to_owned).unwrap_or(whole);
    let added = affix.ending.filter(|_| borne && tail > 0).and_then(|(case, i)| {
        let of_case = view.language.pack.morphology.bases.values().nth(case as usize)?;
        of_case.get(i as usize)
    });
    base + added.map_or("", String::as_str)
}

/// The words of a range without marks of quotation and markup, parted by single spaces where the text has white space.
fn plain_words(view: &View<'_>, first: usize, last: usize) -> String {
    let mut out = String::new();
    let mut spaced = false;
    for at in first..last {
        spaced |= view.tokens[at].spaced;
        if view.transparent(at) {
            continue;
        }
        if spaced && !out.is_empty() {
            out.push(' ');
        }
        spaced = false;
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
