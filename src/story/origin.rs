//! Who is who across articles: one id for one source, whom it speaks for, and which sources count once.

use std::collections::{BTreeMap, BTreeSet};

use crate::attribution::model::{Attribution, SourceClass};
use crate::sources::registry::Registry;
use crate::story::definite::Indefinite;
use crate::story::digest::Digest;
use crate::story::model::At;
use crate::story::naming;
use crate::story::persons::full_names;

/// The sources of a story.
#[derive(Debug)]
pub struct Sources<'s> {
    registry: &'s Registry,
    /// Names outside the registry → the fullest name in the story for the same source.
    fuller: BTreeMap<String, String>,
    /// Source → the bodies that articles say it speaks for.
    bodies: BTreeMap<String, Vec<String>>,
    /// Attributions to a role → the person of the same article who has it.
    roles: BTreeMap<(At, usize), String>,
    /// Sources that have no name of their own.
    indefinite: Indefinite,
    /// Bodies outside the registry.
    institutions: BTreeSet<String>,
}

impl<'s> Sources<'s> {
    /// The sources that the articles name.
    pub fn new(registry: &'s Registry, digests: &[Digest]) -> Sources<'s> {
        let voices = || digests.iter().flat_map(|d| &d.attributions).filter_map(|a| a.source.as_ref());
        let mut fuller = full_names(digests);
        fuller.extend(naming::bodies(registry, digests));
        let roles = naming::roles(registry, digests);
        let indefinite = Indefinite::new(registry, digests);
        let institutions = voices().filter(|s| s.class == SourceClass::Institution).map(|s| s.id.clone()).collect();
        let mut out = Sources { registry, fuller, bodies: BTreeMap::new(), roles, indefinite, institutions };
        for source in voices().filter(|s| !s.bodies.is_empty()) {
            let id = out.canonical(&source.id);
            let list = out.bodies.entry(id).or_default();
            for body in &source.bodies {
                if !list.contains(body) {
                    list.push(body.clone());
                }
            }
        }
        out
    }

    /// The id that stands for a source in the whole story.
    pub fn canonical(&self, id: &str) -> String {
        self.fuller.get(id).map_or_else(|| id.to_owned(), Clone::clone)
    }

    /// The chain of an attribution with ids of the whole story: a role is the person who has it.
    pub fn chain(&self, at: At, voice: usize, attribution: &Attribution) -> Vec<String> {
        let mut nodes: Vec<String> = attribution.chain.nodes.iter().map(|id| self.canonical(id)).collect();
        let own = attribution.source.as_ref().map(|s| s.id.as_str());
        if let Some(person) = self.roles.get(&(at, voice))
            && let Some(first) = nodes.first_mut().filter(|first| Some(first.as_str()) == own)
        {
            *first = self.canonical(person);
        }
        nodes.dedup();
        nodes
    }

    /// The id of the source of an attribution in the whole story: a role is the person who has it.
    pub fn speaker(&self, at: At, voice: usize, id: &str) -> String {
        self.canonical(self.roles.get(&(at, voice)).map_or(id, String::as_str))
    }

    /// True where one speaks for the other, by the registry or by what articles say, or both are one.
    pub fn same_body(&self, a: &str, b: &str) -> bool {
        if self.registry.same_body(a, b) {
            return true;
        }
        let speaks = |speaker: &str, body: &str| {
            self.bodies.get(speaker).is_some_and(|bodies| bodies.iter().any(|of| self.registry.same_body(of, body)))
        };
        speaks(a, b) || speaks(b, a)
    }

    /// True where both are publishers of one group.
    pub fn same_group(&self, a: &str, b: &str) -> bool {
        let group = self.registry.group(a);
        group.is_some() && group == self.registry.group(b)
    }

    /// The language that a source speaks: its own, else that of a body it speaks for. `None` where nothing tells it.
    pub fn speaks(&self, id: &str) -> Option<String> {
        let own = |id: &str| {
            let mut at = id.to_owned();
            for _ in 0..8 {
                let entry = self.registry.by_id(&at).and_then(|i| self.registry.source(i))?;
                if let Some(language) = &entry.speaks {
                    return Some(language.clone());
                }
                at.clone_from(entry.speaks_for.as_ref()?);
            }
            None
        };
        own(id).or_else(|| self.bodies.get(id)?.iter().find_map(|body| own(body)))
    }

    /// True where it is a source that somebody could ask.
    pub fn is_named(&self, id: &str) -> bool {
        id != "unknown"
            && !id.starts_with("class:")
            && !id.starts_with("anonymous")
            && !self.indefinite.nameless.contains(id)
    }

    /// True where it is a person: of the registry, or by name.
    pub fn is_person(&self, id: &str) -> bool {
        use crate::rules::pack::SourceKind;
        match self.registry.by_id(id).and_then(|i| self.registry.source(i)) {
            Some(entry) => entry.kind == SourceKind::Person,
            None => {
                let full = id.contains(' ') && !self.institutions.contains(id);
                id.starts_with("name:") && (self.bodies.contains_key(id) || full)
            }
        }
    }

    /// True for what carries news.
    pub fn is_outlet(&self, id: &str) -> bool {
        self.registry.is_outlet(id)
    }

    /// True where it may rest on whoever else is named: a paper, a person of whom only one word is told.
    fn leans(&self, id: &str) -> bool {
        self.indefinite.leaning.contains(id)
    }

    /// The registry.
    pub fn registry(&self) -> &'s Registry {
        self.registry
    }

    /// Sources as few as they may be: a body and who speaks for it once, the outlets of one group once, bodies that only a common
    /// noun tells once, and not beside others; outlets not beside those who could have told them. Each is shown by its most definite id; the order is that of `ids`. What
    /// is left out though it may be somebody else comes second.
    pub fn counted_once(&self, ids: &[String]) -> (Vec<String>, Vec<String>) {
        let described = |id: &&String| self.indefinite.described.contains(*id);
        // "The police" may be whoever else is named, and so may "the ministry".
        let mut order: Vec<&String> = ids.iter().filter(|id| !described(id)).collect();
        if order.is_empty() {
            order = ids.iter().take(1).collect();
        }
        // Papers, and persons of whom only a word is told, may go back to whoever else is named.
        if order.iter().any(|id| !self.is_outlet(id) && !self.leans(id)) {
            order.retain(|id| !self.leans(id));
        }
        // Persons first: two persons of one body are two, but the body is none beside them.
        order.sort_by_key(|id| (!self.is_person(id), !id.contains(' ')));
        // What an outlet reports may come from whoever else is named.
        if order.iter().any(|id| !self.is_outlet(id)) {
            order.retain(|id| !self.is_outlet(id));
        }
        if order.iter().all(|id| self.leans(id)) {
            order.truncate(1);
        }
        let mut out: Vec<&String> = Vec::new();
        for id in order {
            if !out.iter().any(|kept| self.same_body(kept, id) || self.same_group(kept, id) || is_short_for(id, kept)) {
                out.push(id);
            }
        }
        out.sort_by_key(|id| ids.iter().position(|other| other == *id));
        let known = |id: &String| {
            out.iter().any(|kept| self.same_body(kept, id) || self.same_group(kept, id) || is_short_for(id, kept))
        };
        let left = ids.iter().filter(|id| !known(id)).cloned().collect();
        (out.into_iter().cloned().collect(), left)
    }
}

/// True where one name is a word of the other.
fn is_short_for(short: &str, full: &str) -> bool {
    let (Some(short), Some(full)) = (short.strip_prefix("name:"), full.strip_prefix("name:")) else { return false };
    full.contains(' ') && full.split_whitespace().any(|word| word == short)
}
