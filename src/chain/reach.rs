//! Which scopes reach which voices, worked out once for an article.

use rapidhash::RapidHashMap;
use std::cmp::Reverse;

use crate::attribution::scope::Origin;
use crate::attribution::voice::{BlockReading, Node, Reach, Scope, Voice};
use crate::sources::registry::Registry;
use crate::text::span::Span;

/// Most voices on either side of a relay tag that it may reach in its paragraph, and in title and lead.
const MOST_IN_PARAGRAPH: usize = 64;
/// Most labels or datelines on either side of a voice that are asked whether they cover it; the nearest one wins.
const MOST_ITEMS: usize = 32;

/// The scopes over each voice.
#[derive(Debug, Default)]
pub struct Reached {
    by_voice: Vec<Vec<u32>>,
}

impl Reached {
    /// Works out who is reached.
    pub fn new(
        blocks: &[BlockReading<'_>],
        voices: &[(Voice, Origin)],
        scopes: &[Scope],
        registry: &Registry,
    ) -> Reached {
        if scopes.is_empty() {
            return Reached { by_voice: vec![Vec::new(); voices.len()] };
        }
        let world = World { blocks, voices, scopes, registry };
        let mut by_voice = world.by_sentence();
        world.by_paragraph(&mut by_voice);
        world.by_item(&mut by_voice);
        for (i, reached) in by_voice.iter_mut().enumerate() {
            let caption = blocks.get(voices[i].0.at).is_none_or(|b| b.place.caption);
            reached.retain(|&s| !caption && scopes[s as usize].from != Some(i));
            reached.sort_unstable();
            reached.dedup();
        }
        Reached { by_voice }
    }

    /// Indexes of the scopes over voice `i`, in their order.
    pub fn scopes(&self, i: usize) -> &[u32] {
        self.by_voice.get(i).map_or(&[], Vec::as_slice)
    }
}

struct World<'b, 'a> {
    blocks: &'b [BlockReading<'a>],
    voices: &'b [(Voice, Origin)],
    scopes: &'b [Scope],
    registry: &'b Registry,
}

impl World<'_, '_> {
    fn voice(&self, i: usize) -> &Voice {
        &self.voices[i].0
    }

    /// Scopes of a sentence cover it and the sentences quoted in it. Sentences nest or lie apart, so each has one next
    /// larger one at most, and a voice climbs from its own to the outermost.
    fn by_sentence(&self) -> Vec<Vec<u32>> {
        let mut own: RapidHashMap<Span, Vec<u32>> = RapidHashMap::default();
        for (s, scope) in self.scopes.iter().enumerate() {
            if let Reach::Stretch(span) | Reach::Paragraph { sentence: span, .. } = &scope.reach {
                own.entry(*span).or_default().push(s as u32);
            }
        }
        if own.is_empty() {
            return vec![Vec::new(); self.voices.len()];
        }
        let mut spans: Vec<Span> = own.keys().copied().chain(self.voices.iter().map(|(v, _)| v.sentence)).collect();
        spans.sort_unstable_by_key(|s| (s.start, Reverse(s.end)));
        spans.dedup();
        let mut outer: RapidHashMap<Span, Span> = RapidHashMap::default();
        let mut open: Vec<Span> = Vec::new();
        for span in spans {
            while open.last().is_some_and(|top| !top.contains(span)) {
                open.pop();
            }
            if let Some(top) = open.last() {
                outer.insert(span, *top);
            }
            open.push(span);
        }
        let climb = |(voice, _): &(Voice, Origin)| {
            let mut found = Vec::new();
            let mut at = Some(voice.sentence);
            while let Some(span) = at {
                found.extend(own.get(&span).into_iter().flatten());
                at = outer.get(&span).copied();
            }
            found
        };
        self.voices.iter().map(climb).collect()
    }

    /// A relay tag reaches its paragraph while the speaker stays the same, and title and lead of the same body.
    fn by_paragraph(&self, out: &mut [Vec<u32>]) {
        let leading: Vec<usize> = (0..self.voices.len())
            .filter(|&i| {
                let place = self.blocks.get(self.voice(i).at).map(|b| b.place).unwrap_or_default();
                (place.lead || place.title) && self.voice(i).source.is_some()
            })
            .collect();
        for (s, scope) in self.scopes.iter().enumerate() {
            let Reach::Paragraph { at, sentence } = scope.reach else { continue };
            let first = self.voices.partition_point(|(v, _)| v.at < at);
            let last = self.voices.partition_point(|(v, _)| v.at <= at);
            let here = first + self.voices[first..last].partition_point(|(v, _)| v.start() < sentence.start);
            let behind = first + self.voices[first..last].partition_point(|(v, _)| v.start() < sentence.end);
            let carrier = scope.links.first().map(|l| l.node.id.as_str());
            let tagged = (here..behind)
                .filter(|&k| self.voice(k).stands && sentence.contains(self.voice(k).sentence))
                .find_map(|k| node(self.voice(k)).filter(|n| Some(n.id.as_str()) != carrier));
            let same = |v: &Voice| match (tagged, node(v)) {
                (Some(a), Some(b)) => self.same_body(a, b),
                _ => true,
            };
            // Voices that start at one place stand or fall together; those that only carry others don't count.
            let fits = |k: &usize| !self.voice(*k).stands || same(self.voice(*k));
            let start = |k: usize| self.voice(k).start();
            let group_end = |k: usize| (k..last).find(|&m| start(m) != start(k)).unwrap_or(last);
            let mut k = here;
            while k < last && k - here < MOST_IN_PARAGRAPH {
                let end = group_end(k);
                if !(k..end).all(|m| fits(&m)) {
                    break;
                }
                (k..end).for_each(|m| out[m].push(s as u32));
                k = end;
            }
            let level = here < last && start(here) == sentence.start;
            let blocked = level && !(here..group_end(here)).all(|m| fits(&m));
            let mut k = here;
            while !blocked && k > first && here - k < MOST_IN_PARAGRAPH {
                let from = (first..k).rev().take_while(|&m| start(m) == start(k - 1)).last().unwrap_or(k - 1);
                if !(from..k).all(|m| fits(&m)) {
                    break;
                }
                (from..k).for_each(|m| out[m].push(s as u32));
                k = from;
            }
            if tagged.is_some() {
                let others = leading.iter().copied().filter(|&i| self.voice(i).at != at).take(MOST_IN_PARAGRAPH);
                others.filter(|&i| same(self.voice(i))).for_each(|i| out[i].push(s as u32));
            }
        }
    }

    /// True where both are one, or one speaks for the other.
    fn same_body(&self, a: &Node, b: &Node) -> bool {
        let own = |n: &'_ Node| std::iter::once(n.id.clone()).chain(n.bodies.iter().cloned()).collect::<Vec<String>>();
        let (of_a, of_b) = (own(a), own(b));
        of_a.iter().any(|x| of_b.iter().any(|y| self.registry.same_body(x, y)))
    }

    /// Labels, closing lines, datelines and credits: the nearest ones that cover a voice.
    fn by_item(&self, out: &mut [Vec<u32>]) {
        let mut items: [Vec<(u32, u32)>; 2] = [Vec::new(), Vec::new()];
        for (s, scope) in self.scopes.iter().enumerate() {
            let place = scope.links.first().map_or(u32::MAX, |l| l.span.start);
            match scope.reach {
                Reach::Item(..) => items[0].push((place, s as u32)),
                Reach::Article => items[1].push((place, s as u32)),
                _ => {}
            }
        }
        for list in items.iter_mut().filter(|list| !list.is_empty()) {
            list.sort_unstable();
            for (i, reached) in out.iter_mut().enumerate() {
                let voice = self.voice(i);
                let near = list.partition_point(|(place, _)| *place < voice.start());
                let (from, to) = (near.saturating_sub(MOST_ITEMS), (near + MOST_ITEMS).min(list.len()));
                let covering = list[from..to].iter().map(|(_, s)| *s).filter(|&s| {
                    let title = self.blocks.get(voice.at).is_some_and(|b| b.place.title);
                    match self.scopes[s as usize].reach {
                        Reach::Item(first, last) => title || (first..last).contains(&voice.at),
                        _ => true,
                    }
                });
                reached.extend(covering);
            }
        }
    }
}

fn node(voice: &Voice) -> Option<&Node> {
    voice.source.as_ref().map(|(_, node)| node)
}
