//! Places of a claim that are no further source of it: told inside somebody else's words, or the same quotation under another
//! name.

use std::collections::BTreeMap;

use crate::attribution::model::{Attribution, Basis};
use crate::story::claims::Group;
use crate::story::digest::{Digest, Quote};
use crate::story::model::{At, Mention};
use crate::story::origin::Sources;
use crate::story::runs::{quotes, share_run};
use crate::text::span::Span;

/// The claim with its places by whose words they are: where somebody tells what another one said ("she said he had said
/// so"), that other one is the source, if it has a name. Who is quoted without a name is none beside who tells it.
pub fn by_innermost(group: &Group, digests: &[Digest], sources: &Sources<'_>) -> Group {
    let mut out: Vec<Mention> = group.mentions.clone();
    for mention in &mut out {
        // Told over and over: as often as words stand in each other's words, and no more.
        for _ in 0..DEEPEST {
            match inner(mention, digests, sources) {
                Some(voice) => mention.voice = Some(voice),
                None => break,
            }
        }
    }
    let tells = |outer: &Mention, m: &Mention| {
        let found = attribution(outer, digests).zip(attribution(m, digests));
        outer.article == m.article && found.is_some_and(|(outer, own)| is_inside(own, outer))
    };
    let all = out.clone();
    let named = |m: &Mention| {
        let found = m.voice.zip(attribution(m, digests));
        found.is_some_and(|(voice, own)| is_named(m.article, voice, own, sources))
    };
    out.retain(|m| named(m) || !all.iter().any(|outer| tells(outer, m)));
    Group { mentions: out, titles: group.titles }
}

/// Most times that what somebody said is followed to whom it is from.
const DEEPEST: usize = 3;

/// The attribution to somebody with a name, inside the content of a place's own one, that holds most of that content.
fn inner(mention: &Mention, digests: &[Digest], sources: &Sources<'_>) -> Option<usize> {
    let own = attribution(mention, digests)?;
    let length = |a: &Attribution| a.content.iter().map(|c| c.len()).sum::<usize>();
    let holds = |(voice, told): &(usize, &Attribution)| {
        Some(*voice) != mention.voice
            && is_inside(told, own)
            && length(told) * 2 >= length(own)
            && is_named(mention.article, *voice, told, sources)
    };
    digests[mention.article].attributions.iter().enumerate().find(holds).map(|(voice, _)| voice)
}

/// True where the origin of an attribution is somebody whom one could ask.
fn is_named(at: At, voice: usize, attribution: &Attribution, sources: &Sources<'_>) -> bool {
    sources.chain(at, voice, attribution).first().is_some_and(|origin| sources.is_named(origin))
}

/// True where one attribution says who speaks inside the content of the other.
fn is_inside(inner: &Attribution, outer: &Attribution) -> bool {
    place(inner).is_some_and(|inner| outer.content.iter().any(|c| c.contains(inner)))
}

fn attribution<'d>(mention: &Mention, digests: &'d [Digest]) -> Option<&'d Attribution> {
    digests[mention.article].attributions.get(mention.voice?)
}

/// Where an attribution says who speaks.
fn place(attribution: &Attribution) -> Option<Span> {
    attribution.cue.or(attribution.source.as_ref().map(|s| s.span))
}

/// Speakers whom articles give for one quotation → the one of them that most say: nobody confirms it by saying the very same.
pub fn one_speaker(group: &Group, digests: &[Digest], sources: &Sources<'_>) -> BTreeMap<String, String> {
    let said: Vec<Said<'_>> = group.mentions.iter().filter_map(|m| Said::new(m, digests, sources)).collect();
    let mut out = BTreeMap::new();
    for one in &said {
        let same: Vec<&Said<'_>> = said.iter().filter(|o| o.origin == one.origin || o.shares(one)).collect();
        if same.iter().all(|o| o.origin == one.origin) {
            continue;
        }
        let count = |id: &str| {
            let own = || same.iter().filter(|o| o.origin == id);
            (own().filter(|o| o.declared).count(), own().count())
        };
        let most = same.iter().map(|o| o.origin.as_str()).max_by(|a, b| count(a).cmp(&count(b)).then_with(|| b.cmp(a)));
        if let Some(most) = most.filter(|most| *most != one.origin) {
            out.insert(one.origin.clone(), most.to_owned());
        }
    }
    // Nobody stands for somebody who is another one in turn.
    let kept: Vec<String> = out.values().cloned().collect();
    out.retain(|id, _| !kept.contains(id));
    out
}

/// Words in quotation marks with who said them.
struct Said<'d> {
    article: At,
    origin: String,
    quotes: Vec<&'d Quote>,
    /// True where a wording of the text says who spoke.
    declared: bool,
}

impl<'d> Said<'d> {
    fn new(mention: &Mention, digests: &'d [Digest], sources: &Sources<'_>) -> Option<Said<'d>> {
        let voice = mention.voice?;
        let digest = &digests[mention.article];
        let attribution = digest.attributions.get(voice)?;
        let origin = sources.chain(mention.article, voice, attribution).into_iter().next()?;
        let quotes: Vec<&Quote> = quotes(mention, digests).collect();
        let declared = attribution.basis == Basis::Pattern;
        (sources.is_named(&origin) && !quotes.is_empty()).then_some(Said {
            article: mention.article,
            origin,
            quotes,
            declared,
        })
    }

    /// True where another article has the same words in marks.
    fn shares(&self, other: &Said<'_>) -> bool {
        self.article != other.article
            && self.quotes.iter().any(|a| other.quotes.iter().any(|b| share_run(&a.words, &b.words)))
    }
}
