//! One template tried at one place: the pivot, then everything to its right.

use std::cell::Cell;

use super::affix::Asked;
use super::agreement;
use super::boundary::{block_ends, block_starts, clause_ends, clause_starts, end_of_thing, looks_like_clause};
use super::mentions::{Found, Mentions};
use super::reading::{Fill, Reading};
use super::slots::{by_slot, by_slot_alone, kind_fits, mark_fits};
use crate::compiled::atoms::{Atom, Flat, Lex};
use crate::compiled::slot::{Narrowing, SlotAtom};
use crate::rules::pack::Means;
use crate::rules::template::{Anchor, SlotKind};
use crate::scan::{Region, View};
use crate::sources::mention::Mention;
use crate::text::token::{Kind, Mark};

/// Most words that a gap may take.
pub(super) const LONGEST_GAP: usize = 14;
/// Most words of a gap before the conjunction that introduces the content.
const LONGEST_GAP_BEFORE_CONJUNCTION: usize = 25;
/// Most steps of one attempt, so that a stretch without stops costs no more than its length.
pub(super) const MOST_STEPS: usize = 400;

/// How a mention behind a cue may be taken.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// With its appositions.
    Long,
    /// With the first of several of them.
    First,
    /// Without them.
    Short,
    /// Its shortest part that is somebody.
    Told,
    /// Up to the last preposition, which ties it to who was told.
    CutLast,
    /// Up to the first one.
    Cut,
}

impl Way {
    /// In the order in which they are tried.
    pub(super) const ALL: [Way; 6] = [Way::Long, Way::First, Way::Short, Way::Told, Way::CutLast, Way::Cut];
}

/// Where a content was asked to start, and its tokens if there is one.
type AskedContent = (usize, Option<(usize, usize)>);

/// Words of the template where they matched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own {
    /// Which atom of the template.
    pub atom: usize,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
}

/// A template being tried.
pub struct Attempt<'v, 'a> {
    pub(super) mentions: &'v Mentions<'v, 'a>,
    pub(super) view: &'v View<'a>,
    pub(super) region: &'v Region,
    pub(super) flat: &'v Flat,
    pub(super) means: Means,
    pub(super) fills: Vec<Fill>,
    pub(super) gap: usize,
    pub(super) cue: (usize, usize),
    /// The template's own words but for those that introduce the content.
    pub(super) own: Vec<Own>,
    pub(super) whole: (usize, usize),
    pub(super) steps: usize,
    pub(super) furthest: usize,
    pub(super) wanted: usize,
    /// The last place that was asked for insertions, and what stands behind them: templates of one cue ask for the same.
    insertions: Cell<(usize, usize)>,
    /// The last contents that were asked for, any ones and those that look like clauses: where each starts and stands.
    pub(super) contents: [Cell<AskedContent>; 2],
}

/// Passes over markup and marks that matching ignores.
pub(super) fn behind_transparent(view: &View<'_>, region: &Region, at: usize) -> usize {
    let mut at = at;
    while at < region.last && view.transparent(at) {
        at += 1;
    }
    at
}

/// Passes over dates and adverbs that may stand between a cue and what belongs to it.
pub(super) fn behind_insertions(view: &View<'_>, region: &Region, at: usize) -> usize {
    let roles = &view.language.roles;
    let mut at = behind_transparent(view, region, at);
    for _ in 0..4 {
        if !view.phrases.any(at, &view.language.insertions) {
            break;
        }
        let next = view.lex_at(at, roles.between).or_else(|| view.lex_at(at, roles.when));
        // "Monday's decision" is no date.
        let owns = |end: usize| view.tokens.get(end).is_some_and(|t| t.is(Mark::Apostrophe) && !t.spaced);
        match next.filter(|&end| end <= region.last && view.name(at).is_none() && !owns(end)) {
            Some(end) => at = behind_transparent(view, region, end),
            None => break,
        }
    }
    at
}

impl<'v, 'a> Attempt<'v, 'a> {
    pub(super) fn new(mentions: &'v Mentions<'v, 'a>, flat: &'v Flat, means: Means) -> Self {
        Attempt {
            mentions,
            view: mentions.view,
            region: mentions.region,
            flat,
            means,
            fills: Vec::new(),
            gap: 0,
            cue: (0, 0),
            own: Vec::new(),
            whole: (0, 0),
            steps: 0,
            furthest: 0,
            wanted: 0,
            insertions: Cell::new((usize::MAX, 0)),
            contents: [const { Cell::new((usize::MAX, None)) }; 2],
        }
    }

    /// The same room for another template.
    pub(super) fn restart(&mut self, flat: &'v Flat, means: Means) {
        self.fills.clear();
        self.own.clear();
        (self.flat, self.means) = (flat, means);
        (self.gap, self.steps, self.furthest, self.wanted) = (0, 0, 0, 0);
        (self.cue, self.whole) = ((0, 0), (0, 0));
    }

    pub(super) fn run(&mut self, at: usize) -> Option<Reading> {
        let end = self.one(&self.flat.atoms[self.flat.pivot], at)?;
        self.cue = (at, end);
        self.own.push(Own { atom: self.flat.pivot, first: at, last: end });
        self.furthest = end;
        // The right side first: it holds the words that tell patterns of one verb apart.
        if !self.right(self.flat.pivot + 1, end) {
            return None;
        }
        if !self.left(self.flat.pivot, at) {
            return None;
        }
        let mut fills = std::mem::take(&mut self.fills);
        fills.sort_by_key(|f| f.first);
        self.end_before_main_clause(&mut fills);
        self.end_with_relative_clause(&mut fills);
        Some(Reading {
            flat: 0,
            pattern: self.flat.pattern,
            means: self.means,
            cue: self.cue_words(),
            start: self.cue,
            pivot: at,
            fills,
            gap: self.gap,
            weight: (self.flat.literals, self.flat.lexicons),
            whole: self.whole,
            region: *self.region,
        })
    }

    /// Matches an atom that is no slot, gap or anchor at token `at`: one past its last token.
    pub(super) fn one(&self, atom: &Atom, at: usize) -> Option<usize> {
        if at >= self.region.last {
            return None;
        }
        let token = &self.view.tokens[at];
        match atom {
            Atom::Word(words) => {
                words.contains(&self.view.surfaces[at]).then_some(at + 1).filter(|_| self.view.surfaces[at] != 0)
            }
            Atom::Lex(lex) => self.view.lex_at(at, *lex).filter(|end| *end <= self.region.last),
            Atom::Number => (token.kind == Kind::Number).then_some(at + 1),
            Atom::Mark(mark, glued) => (mark_fits(self.view, at, *mark) && !(*glued && token.spaced)).then_some(at + 1),
            _ => None,
        }
    }

    fn transparent_right(&self, at: usize) -> usize {
        behind_transparent(self.view, self.region, at)
    }

    /// [`behind_insertions`], remembered.
    pub(super) fn insertions_right(&self, at: usize) -> usize {
        let (asked, known) = self.insertions.get();
        if asked == at {
            return known;
        }
        let behind = behind_insertions(self.view, self.region, at);
        self.insertions.set((at, behind));
        behind
    }

    pub(super) fn right(&mut self, k: usize, at: usize) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        if at > self.furthest {
            self.furthest = at;
            self.wanted = k;
        }
        let flat = self.flat;
        let Some(atom) = flat.atoms.get(k) else {
            self.whole.1 = at;
            return true;
        };
        match atom {
            Atom::Anchor(anchor) => self.anchored(*anchor, at, k),
            Atom::Gap => self.gap_right(k, at),
            Atom::Slot(slot) => self.slot_right(slot, k, at),
            literal => {
                let mut tried = usize::MAX;
                for start in [at, self.transparent_right(at), self.insertions_right(at)] {
                    if start == tried {
                        continue;
                    }
                    tried = start;
                    if let Some(end) = self.one(literal, start) {
                        let (cue, known) = (self.cue, self.own.len());
                        if start == self.cue.1 && !matches!(literal, Atom::Mark(..)) && self.extends_cue(k) {
                            self.cue.1 = end;
                        }
                        self.note_own(literal, k, start, end);
                        if self.right(k + 1, end) {
                            return true;
                        }
                        self.cue = cue;
                        self.own.truncate(known);
                    }
                }
                false
            }
        }
    }

    /// A literal right behind the cue belongs to it, unless it introduces the content.
    fn extends_cue(&self, k: usize) -> bool {
        // What leads to who was told belongs to neither.
        let next = self.flat.atoms[k + 1..].iter().find(|a| !matches!(a, Atom::Word(_) | Atom::Lex(_)));
        if matches!(next, Some(Atom::Slot(slot)) if slot.kind == SlotKind::Recipient) {
            return false;
        }
        matches!(self.flat.atoms[k], Atom::Word(_) | Atom::Lex(_)) && !self.introduces(&self.flat.atoms[k])
    }

    /// True for the words that introduce a content, or close it: they belong neither to it nor to the cue.
    pub(super) fn introduces(&self, atom: &Atom) -> bool {
        self.holds(atom, self.view.language.roles.complementiser)
    }

    /// True for the words that join the cue to what stands before it.
    pub(super) fn joins(&self, atom: &Atom) -> bool {
        self.holds(atom, self.view.language.roles.coordinator)
    }

    fn holds(&self, atom: &Atom, lexicon: Lex) -> bool {
        match atom {
            Atom::Word(words) => words.iter().any(|&w| self.view.language.is_in(w, lexicon)),
            Atom::Lex(lex) => *lex == lexicon,
            _ => false,
        }
    }

    fn anchored(&mut self, anchor: Anchor, at: usize, k: usize) -> bool {
        let at = if matches!(anchor, Anchor::ClauseEnd | Anchor::BlockEnd) { self.insertions_right(at) } else { at };
        let holds = match anchor {
            Anchor::ClauseEnd => clause_ends(self.view, self.region, at),
            Anchor::BlockEnd => block_ends(self.view, at),
            Anchor::ClauseStart => clause_starts(self.view, self.region, at),
            Anchor::BlockStart => block_starts(self.view, at),
        };
        holds && self.right(k + 1, at)
    }

    fn gap_right(&mut self, k: usize, at: usize) -> bool {
        let roles = &self.view.language.roles;
        // Behind its verb and its subject a clause that a conjunction announces may be far.
        let announced = self.flat.atoms.get(k + 1).is_some_and(|next| self.introduces(next));
        let longest = if announced { LONGEST_GAP_BEFORE_CONJUNCTION } else { LONGEST_GAP };
        let mut end = at;
        loop {
            let words = end - at;
            let before = self.gap;
            self.gap += words;
            if self.right(k + 1, end) {
                return true;
            }
            self.gap = before;
            if end >= self.region.last || words >= longest {
                return false;
            }
            let stop = matches!(
                self.view.tokens[end].mark(),
                Some(Mark::Semicolon | Mark::Colon | Mark::Question | Mark::Exclamation)
            ) || self.view.speech_from(end).is_some()
                || self.view.is(end, roles.cue) && self.view.name(end).is_none();
            if stop {
                return false;
            }
            end += 1;
        }
    }

    fn slot_right(&mut self, slot: &SlotAtom, k: usize, at: usize) -> bool {
        match slot.kind {
            SlotKind::Content => {
                if self.announces(at) {
                    return self.keep(slot.kind, at - 1, at, None, |this| this.right(k + 1, at));
                }
                // `{content:quoted}`: only a quotation will do.
                let start = self.transparent_or_markup(at);
                let asks = |narrowing| slot.asks(narrowing);
                match () {
                    () if asks(Narrowing::Quoted) && self.view.speech_from(start).is_none() => false,
                    () if asks(Narrowing::Thing) => {
                        let far = self.insertions_right(at);
                        self.thing_right(k, start) || far != start && self.thing_right(k, far)
                    }
                    () if asks(Narrowing::Predicate) => self.predicate_right(k, at),
                    () if asks(Narrowing::Clause) && !looks_like_clause(self.view, self.region, start) => false,
                    () => self.content_right(k, at),
                }
            }
            SlotKind::Venue | SlotKind::Reason => {
                let start = self.transparent_right(at);
                let end = (start..self.region.last)
                    .find(|&t| {
                        clause_ends(self.view, self.region, t) && t > start && self.view.tokens[t].mark().is_some()
                    })
                    .unwrap_or(self.region.last);
                self.keep(slot.kind, start, end, None, |this| this.right(k + 1, end))
            }
            _ => {
                let mut tried = usize::MAX;
                let (near, far) = (self.transparent_right(at), self.insertions_right(at));
                // A date between the cue and its source is no part of it.
                let dated = self.view.lex_at(near, self.view.language.roles.when).is_some();
                for start in if dated { [far, near] } else { [near, far] } {
                    if start == tried || start >= self.region.last {
                        continue;
                    }
                    tried = start;
                    let asked = Asked::new(self.view, slot);
                    if asked.is_some() || slot.asks(Narrowing::Close) {
                        let found = match &asked {
                            Some(asked) if !slot.asks(Narrowing::Close) => asked.from(self.mentions, start),
                            asked => {
                                agreement::mention(asked.as_ref(), self.mentions, start).into_iter().collect::<Found>()
                            }
                        };
                        for (found, end) in found.iter().cloned() {
                            let found = by_slot_alone(self.view, slot, found);
                            if !kind_fits(self.view, slot, &found) {
                                continue;
                            }
                            let (first, last) = (found.first, found.last);
                            if self.keep(slot.kind, first, last, Some(found), |this| this.right(k + 1, end)) {
                                return true;
                            }
                        }
                        continue;
                    }
                    // A preposition glued to who was told parts the two.
                    for (found, end) in self.before_glued_recipient(k, start) {
                        let found = self.of_subject(slot, by_slot(self.view, slot, found));
                        if kind_fits(self.view, slot, &found)
                            && self.keep(slot.kind, start, end, Some(found), |this| this.right(k + 1, end))
                        {
                            return true;
                        }
                    }
                    let rest = &self.flat.atoms[k + 1..];
                    for way in Way::ALL {
                        let Some(found) = self.mention_right(slot, rest, way, start) else { continue };
                        let found = self.of_subject(slot, by_slot(self.view, slot, found));
                        if !kind_fits(self.view, slot, &found) {
                            continue;
                        }
                        let (first, last) = (found.first, found.last);
                        if self.keep(slot.kind, first, last, Some(found), |this| this.right(k + 1, last)) {
                            return true;
                        }
                    }
                }
                false
            }
        }
    }

    pub(super) fn keep(
        &mut self,
        kind: SlotKind,
        first: usize,
        last: usize,
        mention: Option<Mention>,
        rest: impl FnOnce(&mut Self) -> bool,
    ) -> bool {
        if first >= last {
            return false;
        }
        let depth = self.fills.len();
        self.fills.push(Fill { kind, first, last, mention });
        if rest(self) {
            return true;
        }
        self.fills.truncate(depth);
        false
    }

    fn content_right(&mut self, k: usize, at: usize) -> bool {
        let rest = &self.flat.atoms[k + 1..];
        if rest.iter().all(|a| matches!(a, Atom::Anchor(_))) {
            // What goes on behind an interrupting cue may be the rest of a clause: "…, he said, is a second flood".
            let goes_on = self.means != Means::Impersonal
                && self.flat.atoms[..k].iter().any(|a| matches!(a, Atom::Slot(s) if s.kind == SlotKind::Content));
            if goes_on && !self.rest_of_clause(at) {
                return false;
            }
            let clause_like =
                matches!(self.means, Means::Says | Means::AccordingTo | Means::Told) && !self.introduced(k) && !goes_on;
            let mut tried = usize::MAX;
            let roles = &self.view.language.roles;
            let (near, far) = (self.transparent_or_markup(at), self.insertions_right(at));
            for start in [near, far] {
                if start == tried {
                    continue;
                }
                tried = start;
                // What an act is about is a thing, unless a conjunction opens a clause; a date alone is none.
                let thing = matches!(self.means, Means::Reaction | Means::Impersonal)
                    && !self.introduced(k)
                    && self.view.lex_at(start, roles.complementiser).is_none();
                let found = self.content_from(start, clause_like);
                let found = found.map(|(first, last)| {
                    (first, if thing { end_of_thing(self.view, self.region, first, last) } else { last })
                });
                let found = found.map(|(first, last)| (first, self.before_colon(first, last)));
                let dated =
                    |(first, last): (usize, usize)| self.view.lex_at(first, roles.when).is_some_and(|end| last <= end);
                if let Some((first, last)) = found.filter(|&f| !(thing && start != far && dated(f)))
                    && self.keep(SlotKind::Content, first, last, None, |this| this.right(k + 1, last))
                {
                    return true;
                }
            }
            return false;
        }
        // Something follows: the content runs up to the first place where it matches.
        let start = self.transparent_or_markup(at);
        let nominal = matches!(&self.flat.atoms[k], Atom::Slot(s) if s.asks(Narrowing::Nominal));
        let mut end = start + 1;
        while end < self.region.last {
            // A date or place of speech alone is no content.
            if self.view.depth[end] == self.region.depth
                && (!nominal || self.ends_nominal(end))
                && self.insertions_right(start) < end
                && self.keep(SlotKind::Content, start, end, None, |this| this.right(k + 1, end))
            {
                return true;
            }
            if self.steps > MOST_STEPS {
                return false;
            }
            end = self.view.speech_from(end).map_or(end + 1, |q| q.end.max(end + 1));
        }
        false
    }

    /// Markup is passed over; the marks of a name at the start of a content belong to it.
    fn transparent_or_markup(&self, at: usize) -> usize {
        let mut at = at;
        while at < self.region.last && self.view.tokens[at].is(Mark::Markup) {
            at += 1;
        }
        at
    }
}
