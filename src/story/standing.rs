//! Which origins of a claim stand beside each other: those whose own words say the same, and not what another one of them said.

use std::collections::BTreeMap;

use rapidhash::RapidHashMap;

use crate::story::claims::Group;
use crate::story::digest::Digest;
use crate::story::model::At;
use crate::story::origin::Sources;
use crate::story::rarity::Rarity;
use crate::story::terms::{Term, TermKind, id_key, skeleton};
use crate::text::span::Span;
use crate::text::token::tokens;

/// Share of what two places say that they have in common where both say the same.
const SAME: f64 = 0.5;
/// Fewest terms that they share in one language, and in two.
const LEAST: (usize, usize) = (3, 2);
/// Places of an origin that are looked at, the first ones.
const MOST: usize = 24;

/// What ids of states start with.
const STATE: &str = "government:";

/// The places of a claim, by whose words they are.
pub struct Standing<'s> {
    places: Vec<Place<'s>>,
    sources: &'s Sources<'s>,
    rarity: &'s Rarity,
}

/// One place.
struct Place<'s> {
    article: At,
    digest: &'s Digest,
    origin: String,
    /// What is said, without the words that tell who says so.
    said: Vec<Span>,
    /// Term → what it is.
    terms: RapidHashMap<u64, TermKind>,
}

impl<'s> Standing<'s> {
    /// The places of `group`; `one` gives the speaker who stands for others that a quotation is given to, too.
    pub fn new(
        group: &Group,
        digests: &'s [Digest],
        sources: &'s Sources<'s>,
        rarity: &'s Rarity,
        one: &BTreeMap<String, String>,
    ) -> Standing<'s> {
        let place = |article: At, voice: usize| {
            let digest = &digests[article];
            let attribution = digest.attributions.get(voice)?;
            let origin = sources.chain(article, voice, attribution).into_iter().next()?;
            let origin = one.get(&origin).cloned().unwrap_or(origin);
            let named = |t: &&Term| attribution.source.as_ref().is_none_or(|s| !s.span.overlaps(t.span));
            let terms = attribution.content.iter().flat_map(|span| digest.terms_in(*span)).filter(named);
            Some(Place {
                article,
                digest,
                origin,
                said: attribution.content.clone(),
                terms: terms.map(|t| (t.key, t.kind)).collect(),
            })
        };
        let places = group.mentions.iter().filter_map(|m| place(m.article, m.voice?)).collect();
        Standing { places, sources, rarity }
    }

    /// The origins that stand beside each other, and the others, both in order. Of two that tell of each other the first stays.
    pub fn apart(&self, origins: &[String]) -> (Vec<String>, Vec<String>) {
        let mut kept: Vec<String> = origins.to_vec();
        let mut left: Vec<String> = Vec::new();
        // Whom a claim is about doesn't tell it: the name before or behind it was taken for whose words they are.
        let mut without = |tells: &dyn Fn(&str, &[String]) -> bool, kept: &mut Vec<String>| {
            for id in origins.iter().rev() {
                if kept.len() > 1 && kept.contains(id) && tells(id, kept) {
                    kept.retain(|other| other != id);
                    left.push(id.clone());
                }
            }
        };
        without(&|id, _| !id.starts_with(STATE) && self.all(id, |place| self.names(place, id)), &mut kept);
        // Who tells what another one said or did confirms nothing.
        let of_another = |id: &str, kept: &[String]| {
            kept.iter().any(|other| other != id && self.all(id, |place| self.names(place, other)))
        };
        without(&of_another, &mut kept);
        // A family name alone may be anybody's of the family.
        let family = |id: &str| {
            let name = id.strip_prefix("name:").filter(|name| name.contains(' ') && self.sources.is_person(id));
            name.and_then(|name| name.split_whitespace().next_back()).map(skeleton)
        };
        let namesake = |id: &str, kept: &[String]| {
            let before = kept.iter().take_while(|other| *other != id);
            family(id).is_some_and(|own| before.into_iter().any(|other| family(other).as_ref() == Some(&own)))
        };
        without(&namesake, &mut kept);
        // What is only alike in parts is no second word for the same.
        let mut same: Vec<String> = Vec::new();
        for id in &kept {
            if same.is_empty() || same.iter().any(|other| self.say_the_same(id, other)) {
                same.push(id.clone());
            } else {
                left.push(id.clone());
            }
        }
        left.sort_by_key(|id| origins.iter().position(|other| other == id));
        (same, left)
    }

    /// The places of an origin, of those who speak for it, too.
    fn of(&self, id: &str) -> impl Iterator<Item = &Place<'s>> {
        let own = move |place: &&Place<'s>| place.origin == id || self.sources.same_body(&place.origin, id);
        self.places.iter().filter(own).take(MOST)
    }

    /// True where an origin has places, and all of them are so.
    fn all(&self, id: &str, is: impl Fn(&Place<'s>) -> bool) -> bool {
        self.of(id).next().is_some() && self.of(id).all(is)
    }

    /// True where a place names somebody in what it says: a person by the last word of the name, a body as the registry knows
    /// it, a state where it stands first.
    fn names(&self, place: &Place<'s>, id: &str) -> bool {
        let digest = place.digest;
        let source = |at: usize| {
            let all = digest.attributions.iter().filter_map(|a| a.source.as_ref());
            all.map(|s| s.span).any(|span| span.range().contains(&at) && !place.said.iter().any(|s| s.contains(span)))
        };
        if let Some(country) = id.strip_prefix(STATE) {
            let first = place.said.iter().flat_map(|span| digest.terms_in(*span)).next();
            return first.is_some_and(|t| t.key == id_key(country));
        }
        if let Some(name) = id.strip_prefix("name:") {
            if !self.sources.is_person(id) && name.contains(' ') {
                return false;
            }
            let Some(last) = name.split_whitespace().next_back() else { return false };
            let text = &digest.article.buffer;
            let has = |span: &Span| {
                let all = tokens(text, span.range());
                all.iter().any(|t| t.span.of(text) == last && !source(t.span.start as usize))
            };
            return place.said.iter().any(has);
        }
        place.said.iter().flat_map(|span| digest.terms_in(*span)).any(|t| t.key == id_key(id))
    }

    /// True where a place of the one and a place of the other say the same.
    fn say_the_same(&self, one: &str, other: &str) -> bool {
        // What only another article tells of an origin has no place here.
        let unknown = self.of(one).next().is_none() || self.of(other).next().is_none();
        unknown || self.of(one).any(|a| self.of(other).any(|b| self.is_same(a, b)))
    }

    fn is_same(&self, a: &Place<'s>, b: &Place<'s>) -> bool {
        let across = a.article != b.article && a.digest.language() != b.digest.language();
        let counts = |kind: TermKind| !across || kind != TermKind::Word;
        let weigh = |place: &Place<'s>| -> f64 {
            let all = place.terms.iter().filter(|(_, kind)| counts(**kind));
            all.map(|(key, kind)| self.rarity.weight(*key, *kind)).sum()
        };
        let shared: Vec<(&u64, &TermKind)> =
            a.terms.iter().filter(|(key, kind)| counts(**kind) && b.terms.contains_key(*key)).collect();
        let common: f64 = shared.iter().map(|(key, kind)| self.rarity.weight(**key, **kind)).sum();
        let least = if across { LEAST.1 } else { LEAST.0 };
        let all = weigh(a) + weigh(b);
        shared.len() >= least && all > 0.0 && 2.0 * common >= SAME * all
    }
}
