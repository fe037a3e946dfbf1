//! The registry as ingest asks it: outlets by host and by name.

use crate::ingest::lookup::SourceLookup;
use crate::rules::pack::{Needs, SourceKind};
use crate::sources::find;
use crate::sources::morphology::Affixes;
use crate::sources::names::{NameHit, NameTable, NameTarget};
use crate::sources::registry::Registry;
use crate::text::span::Span;
use crate::text::token::tokens;

/// Answers ingest's questions from a registry.
pub struct RegistryLookup<'a> {
    registry: &'a Registry,
    /// Names that count as the publisher's own only (`UP` in a support line).
    own: NameTable,
}

impl<'a> RegistryLookup<'a> {
    /// A lookup in `registry`.
    pub fn new(registry: &'a Registry) -> RegistryLookup<'a> {
        let mut own = NameTable::default();
        for (i, source) in registry.sources().iter().enumerate().filter(|(_, s)| s.kind.carries_news()) {
            for name in &source.own_names {
                own.insert(name, NameTarget::Source(i as u32), Needs::Nothing);
            }
        }
        RegistryLookup { registry, own }
    }

    fn outlet(&self, index: u32) -> Option<(String, String)> {
        let source = self.registry.source(index).filter(|s| s.kind.carries_news())?;
        Some((source.id.clone(), source.name.clone()))
    }

    fn is_kind(&self, id: &str, kinds: &[SourceKind]) -> bool {
        self.registry.by_id(id).and_then(|i| self.registry.source(i)).is_some_and(|s| kinds.contains(&s.kind))
    }
}

impl SourceLookup for RegistryLookup<'_> {
    fn by_domain(&self, host: &str) -> Option<(String, String)> {
        self.registry.by_domain(host).and_then(|i| self.outlet(i))
    }

    fn by_name(&self, phrase: &str) -> Option<(String, String)> {
        self.registry.by_id(phrase).or_else(|| self.registry.by_name(phrase)).and_then(|i| self.outlet(i))
    }

    fn own_names_in(&self, text: &str) -> Vec<(String, String, Span)> {
        let cut = tokens(text, 0..text.len());
        let named = self.registry.hits(text, &cut, &Affixes::default(), "");
        let own = find::hits(&self.own, text, &cut, &Affixes::default(), 0);
        let mut found: Vec<(u32, String, String, Span)> = Vec::new();
        for hit in named.iter().chain(&own) {
            let NameHit { target: NameTarget::Source(index), first, last, .. } = *hit else { continue };
            let Some((id, name)) = self.outlet(index) else { continue };
            let span = cut[first as usize].span.join(cut[last as usize - 1].span);
            if !found.iter().any(|(_, _, _, other)| other.overlaps(span)) {
                found.push((span.start, id, name, span));
            }
        }
        found.sort_by_key(|(start, ..)| *start);
        found.into_iter().map(|(_, id, name, span)| (id, name, span)).collect()
    }

    fn is_agency(&self, id: &str) -> bool {
        self.is_kind(id, &[SourceKind::Wire, SourceKind::PhotoAgency])
    }

    fn is_platform(&self, id: &str) -> bool {
        self.is_kind(id, &[SourceKind::Aggregator])
    }
}
