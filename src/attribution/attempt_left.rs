//! One template tried at one place: everything to the left of the pivot.

use super::affix::Asked;
use super::attempt::{Attempt, LONGEST_GAP, MOST_STEPS};
use super::boundary::{
    LONGEST_DATE, block_starts, clause_starts, content_before, follows_subordinator, is_description, opens_clause,
};
use super::reading::Fill;
use super::slots::{by_slot, by_slot_alone, kind_fits};
use super::subject::subject_place;
use crate::compiled::atoms::{Atom, Lex};
use crate::compiled::slot::{Narrowing, SlotAtom};
use crate::rules::pack::{Means, NounKind};
use crate::rules::template::{Anchor, SlotKind};
use crate::segment::quotation::Quotation;
use crate::sources::apposition::named_in_apposition;
use crate::sources::bare::is_adverb;
use crate::sources::denote::Denotes;
use crate::sources::mention::Mention;
use crate::text::token::{Kind, Mark};

impl Attempt<'_, '_> {
    pub(super) fn left(&mut self, k: usize, at: usize) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        if k == 0 {
            self.whole.0 = at;
            return true;
        }
        let flat = self.flat;
        match &flat.atoms[k - 1] {
            Atom::Anchor(Anchor::ClauseStart) => {
                // A source may be the subject of a clause that a small word opens; a bare verb is none of its own.
                // An exception is not read into a clause that another verb rules.
                let opened = opens_clause(self.view, self.region, at)
                    || !self.flat.guard && follows_subordinator(self.view, self.region, at);
                let subject = at < self.cue.0 && opened;
                (subject || clause_starts(self.view, self.region, at)) && self.left(k - 1, at)
            }
            Atom::Anchor(Anchor::BlockStart) => block_starts(self.view, at) && self.left(k - 1, at),
            Atom::Anchor(Anchor::ClauseEnd) => self.left(k - 1, at),
            Atom::Anchor(Anchor::BlockEnd) => false,
            Atom::Gap => self.gap_left(k, at),
            Atom::Slot(slot) => self.slot_left(slot, k, at),
            literal => {
                let mut tried = usize::MAX;
                for end in [at, self.transparent_left(at), self.insertions_left(at)] {
                    if end == tried {
                        continue;
                    }
                    tried = end;
                    if let Some(start) = self.one_left(literal, end) {
                        let (cue, known) = (self.cue, self.own.len());
                        // "and said": what joins the verb to the one before it.
                        let joins = k == 1 && self.joins(literal);
                        let apart = matches!(literal, Atom::Mark(..)) || self.introduces(literal) || joins;
                        if end == self.cue.0 && !apart {
                            self.cue.0 = start;
                        }
                        if !joins {
                            self.note_own(literal, k - 1, start, end);
                        }
                        if self.left(k - 1, start) {
                            return true;
                        }
                        self.cue = cue;
                        self.own.truncate(known);
                    }
                }
                // Auxiliaries and adverbs may stand between the verb and what closes the content before it, or what joins it to
                // another verb: "but has since said".
                let joins = k == 1 && self.joins(literal) && !self.view.language.pack.head_first;
                if at == self.cue.0 && (self.introduces(literal) || joins) {
                    let cue = self.cue;
                    let end = self.cue_parts(at);
                    if end < at
                        && let Some(start) = self.one_left(literal, end)
                        && self.left(k - 1, start)
                    {
                        return true;
                    }
                    self.cue = cue;
                }
                false
            }
        }
    }

    fn one_left(&self, atom: &Atom, end: usize) -> Option<usize> {
        if end <= self.region.first {
            return None;
        }
        match atom {
            Atom::Lex(lex) => self.view.lex_before(self.region.first, end, *lex),
            Atom::Mark(Mark::Comma, _) => {
                if self.view.tokens[end - 1].is(Mark::Comma) {
                    return Some(end - 1);
                }
                // Inside the closing mark, as American English has it.
                let q = self.view.speech_to(end - 1).filter(|q| q.closed)?;
                // Past the closing mark, and that of a quotation inside it.
                let last = (q.open + 1..q.end - 1)
                    .rev()
                    .find(|&t| !self.view.tokens[t].is(Mark::Quote) && !self.view.tokens[t].is(Mark::Apostrophe))?;
                let inner = matches!(
                    self.view.tokens[last].mark(),
                    Some(Mark::Comma | Mark::Question | Mark::Exclamation | Mark::Ellipsis | Mark::Dash | Mark::Stop)
                );
                inner.then_some(end)
            }
            other => self.one(other, end - 1).map(|_| end - 1),
        }
    }

    fn transparent_left(&self, at: usize) -> usize {
        let mut at = at;
        while at > self.region.first && self.view.transparent(at - 1) {
            at -= 1;
        }
        at
    }

    fn insertions_left(&self, at: usize) -> usize {
        let roles = &self.view.language.roles;
        let mut at = self.transparent_left(at);
        for _ in 0..4 {
            let floor = self.region.first;
            let part = |lex: Lex| self.view.lex_before(floor, at, lex);
            match part(roles.between).or_else(|| part(roles.when)) {
                Some(start) if start < at && self.view.name(start).is_none() => at = self.transparent_left(start),
                _ => break,
            }
        }
        at
    }

    fn gap_left(&mut self, k: usize, at: usize) -> bool {
        let roles = &self.view.language.roles;
        let mut start = at;
        loop {
            let words = at - start;
            let before = self.gap;
            self.gap += words;
            if self.left(k - 1, start) {
                return true;
            }
            self.gap = before;
            if start <= self.region.first || words >= LONGEST_GAP {
                return false;
            }
            let mark = self.view.tokens[start - 1].mark();
            let stop = matches!(mark, Some(Mark::Semicolon | Mark::Colon | Mark::Question | Mark::Exclamation))
                || self.view.speech_to(start - 1).is_some()
                || self.view.is(start - 1, roles.cue) && self.view.name(start - 1).is_none();
            if stop {
                return false;
            }
            start -= 1;
        }
    }

    /// Auxiliaries, negation and adverbs before the verb belong to the cue.
    fn cue_parts(&mut self, at: usize) -> usize {
        let roles = &self.view.language.roles;
        let mut at = at;
        for _ in 0..6 {
            let end = self.transparent_left(at);
            let floor = self.region.first;
            if let Some(start) = self.view.lex_before(floor, end, roles.cue_part) {
                self.cue.0 = start;
                at = start;
            } else if let Some(start) = self.view.lex_before(floor, end, roles.between) {
                at = start;
            } else if let Some(start) =
                self.view.lex_before(floor, end, roles.when).filter(|&s| self.view.name(s).is_none())
            {
                at = start;
            } else if self.is_contracted(end) {
                self.cue.0 = end - 2;
                at = end - 2;
            } else if end > floor && is_adverb(self.view, end - 1) {
                at = end - 1;
            } else {
                break;
            }
        }
        at
    }

    /// True where a verb glued to a pronoun by an apostrophe ends before token `end`: "they've".
    fn is_contracted(&self, end: usize) -> bool {
        let view = self.view;
        let Some(pronoun) = end.checked_sub(3).filter(|&t| t >= self.region.first) else { return false };
        let glued = |t: usize| !view.tokens[t].spaced;
        let is_pronoun = |t: usize| view.language.pronoun(view.surfaces[t]).is_some();
        view.tokens[end - 2].is(Mark::Apostrophe)
            && glued(end - 2)
            && glued(end - 1)
            && view.tokens[end - 1].kind == Kind::Word
            && is_pronoun(pronoun)
            && !is_pronoun(end - 1)
    }

    /// A mention that ends before token `end` in the slot, and everything further left.
    fn mention_left(&mut self, slot: &SlotAtom, k: usize, end: usize) -> bool {
        if let Some(asked) = Asked::new(self.view, slot) {
            let found = asked.to(self.mentions, end);
            for (found, next) in found.iter().cloned() {
                let found = by_slot_alone(self.view, slot, found);
                if !kind_fits(self.view, slot, &found) {
                    continue;
                }
                let (first, last) = (found.first, found.last);
                if self.keep(slot.kind, first, last, Some(found), |this| this.left(k - 1, next)) {
                    return true;
                }
            }
        } else {
            if let Some((subject, last)) = self.described_left(end).filter(|(m, _)| kind_fits(self.view, slot, m)) {
                let first = subject.first;
                let found = Mention { last, ..subject };
                if self.keep(slot.kind, first, last, Some(found), |this| this.left(k - 1, first)) {
                    return true;
                }
            }
            let object = slot.asks(Narrowing::Object) && self.view.is(end - 1, self.view.language.roles.object);
            let found = if object { self.mentions.exact(end - 1, end) } else { self.mentions.before(end) };
            let found = found.map(|m| self.of_subject(slot, by_slot(self.view, slot, m)));
            let Some(found) = found.filter(|m| kind_fits(self.view, slot, m)) else { return false };
            let (first, last) = (found.first, found.last);
            if self.keep(slot.kind, first, last, Some(found.clone()), |this| this.left(k - 1, first)) {
                return true;
            }
            // Without what was taken for an apposition.
            if found.core.0 > first
                && self.keep(slot.kind, found.core.0, last, Some(found.clone()), |this| this.left(k - 1, found.core.0))
            {
                return true;
            }
        }
        false
    }

    /// The subject of the sentence, or of what follows its quotation, where all that stands between commas behind it up to
    /// token `end` describes it, and where that ends: "Paul Berg, an aide to the mayor and a friend of hers, said".
    fn described_left(&self, end: usize) -> Option<(Mention, usize)> {
        let (view, region) = (self.view, self.region);
        let end = self.transparent_left(end);
        let close = end.checked_sub(1).filter(|&t| t > region.first && view.tokens[t].is(Mark::Comma))?;
        let quoted = (region.first..close).rev().find_map(|t| view.speech_to(t).map(|q| q.end));
        let place = match quoted {
            Some(behind) => behind + usize::from(view.tokens[behind].is(Mark::Comma)),
            None => subject_place(view, region)?,
        };
        let subject = self.mentions.after(place, false).filter(|_| place < close)?;
        let mut open = subject.last;
        // "Ana Bell Jr., who won in May, said"
        if open + 1 < close && view.tokens[open].is(Mark::Stop) && !view.tokens[open].spaced {
            open += 1;
        }
        if open >= close || !view.tokens[open].is(Mark::Comma) || !is_description(view, region, open, close) {
            return None;
        }
        // What its words describe already needs no more.
        let further = self.mentions.before(end).is_none_or(|nearest| nearest.first > subject.first);
        let somebody = match subject.denotes {
            Denotes::Pronoun(_) | Denotes::Footage(..) => false,
            Denotes::Unknown { determined, .. } => determined,
            _ => true,
        };
        // "The mayor, Ana Pell, who won in May, said": the description starts with the name.
        let denotes = named_in_apposition(view, region, &subject.denotes, open, close).unwrap_or(subject.denotes);
        (somebody && further).then_some((Mention { denotes, ..subject }, close))
    }

    fn slot_left(&mut self, slot: &SlotAtom, k: usize, at: usize) -> bool {
        match slot.kind {
            // Who is expected to do something, or what something is done to: the phrase before the verb, and no more of the
            // sentence.
            SlotKind::Content if self.means == Means::Impersonal || k == 1 && slot.asks(Narrowing::Thing) => {
                let end = if at == self.cue.0 { self.cue_parts(at) } else { self.transparent_left(at) };
                let Some(found) = self.mentions.before(end) else { return false };
                self.keep(SlotKind::Content, found.first, end, None, |this| this.left(k - 1, found.first))
            }
            SlotKind::Content => {
                let quoted = !slot.asks(Narrowing::Quoted) || self.ends_quoted(at);
                let nominal = !slot.asks(Narrowing::Nominal) || self.ends_nominal(at);
                quoted && nominal && self.content_left(k, at)
            }
            SlotKind::Venue | SlotKind::Reason => {
                let start = (self.region.first..at)
                    .rev()
                    .find(|&t| self.view.tokens[t].mark().is_some())
                    .map_or(self.region.first, |t| t + 1);
                self.keep(slot.kind, start, at, None, |this| this.left(k - 1, start))
            }
            _ => {
                let cue = self.cue;
                let near = self.transparent_left(at);
                let far = if at == self.cue.0 { self.cue_parts(at) } else { near };
                if self.mention_left(slot, k, far) {
                    return true;
                }
                self.cue = cue;
                // What looked like an adverbial may belong to the name: "footage posted on …".
                if near != far && self.mention_left(slot, k, near) {
                    return true;
                }
                self.cue = cue;
                false
            }
        }
    }

    /// The speech quotation that ends before token `at`, commas aside.
    fn quotation_left(&self, at: usize) -> Option<&Quotation> {
        let last = (self.region.first..at).rev().find(|&t| !self.view.tokens[t].is(Mark::Comma))?;
        self.view.speech_to(last)
    }

    /// True where a speech quotation closes before token `at`, commas aside.
    fn ends_quoted(&self, at: usize) -> bool {
        self.quotation_left(at).is_some()
    }

    /// True where the word before token `at` makes a noun of its clause, and is not all there is.
    pub(super) fn ends_nominal(&self, at: usize) -> bool {
        let last = (self.region.first..at).rev().find(|&t| self.view.tokens[t].is_wordlike());
        last.is_some_and(|t| {
            let wordlike = |t: &usize| self.view.tokens[*t].is_wordlike();
            self.view.language.ends_clause(self.view.word(t)) && (self.region.first..t).any(|t| wordlike(&t))
        })
    }

    /// The quotation that ends before token `at`, where a colon or a dash parts it from the words before it: those introduce
    /// it and are no part of what is said.
    fn introduced_quotation(&self, at: usize) -> Option<(usize, usize)> {
        let q = self.quotation_left(at)?;
        let before = q.open.checked_sub(1).filter(|&t| t > self.region.first)?;
        matches!(self.view.tokens[before].mark(), Some(Mark::Colon | Mark::Dash)).then_some((q.open, q.end))
    }

    /// The quotation that ends before token `at` and stands behind a colon, where a speaker and no outlet says it: the words
    /// before the colon are the writer's.
    fn spoken_behind_colon(&self, at: usize) -> Option<(usize, usize)> {
        let outlet = |f: &Fill| {
            let kind = f.mention.as_ref().and_then(|m| m.denotes.kind(self.view));
            f.kind != SlotKind::Content && matches!(kind, Some(NounKind::Outlet | NounKind::Class))
        };
        if !matches!(self.means, Means::Says | Means::Told) || self.fills.iter().any(outlet) {
            return None;
        }
        let found = self.introduced_quotation(at)?;
        self.view.tokens[found.0 - 1].is(Mark::Colon).then_some(found)
    }

    fn content_left(&mut self, k: usize, at: usize) -> bool {
        if matches!(&self.flat.atoms[k - 1], Atom::Slot(slot) if slot.asks(Narrowing::Quoted))
            && let Some((first, last)) = self.introduced_quotation(at)
        {
            return self.keep(SlotKind::Content, first, last, None, |this| this.left(k - 1, first));
        }
        let outermost = self.flat.atoms[..k - 1].iter().all(|a| matches!(a, Atom::Anchor(_)));
        if outermost {
            if let Some((first, last)) = self.spoken_behind_colon(at) {
                return self.keep(SlotKind::Content, first, last, None, |this| this.left(k - 1, first));
            }
            // A content that goes on behind the cue may start with an adverbial: "In June, he said, the bridge …".
            // Where the source stands behind the cue, what stands before it is no adverbial of its clause.
            let words = || (self.region.first..at).filter(|&t| self.view.tokens[t].is_wordlike()).count();
            let inverted = self.fills.iter().any(|f| f.kind == SlotKind::Source && f.first >= self.cue.1)
                && words() > LONGEST_DATE;
            let clause_like = matches!(self.means, Means::Says | Means::AccordingTo | Means::RelayTag | Means::Told)
                && !inverted
                && self.fills.iter().all(|f| f.kind != SlotKind::Content);
            return match content_before(self.view, self.region, at, clause_like) {
                Some((first, last)) => self.keep(SlotKind::Content, first, last, None, |this| this.left(k - 1, first)),
                None => false,
            };
        }
        // A quotation between its speaker and the verb: it, and nothing less.
        if matches!(&self.flat.atoms[k - 1], Atom::Slot(slot) if slot.asks(Narrowing::Quoted)) {
            let Some(q) = self.quotation_left(at) else { return false };
            let (first, end) = (q.open, q.end);
            return self.keep(SlotKind::Content, first, end, None, |this| this.left(k - 1, first));
        }
        // One word before its verb is an object or a place, and no clause.
        let clause = matches!(&self.flat.atoms[k - 1], Atom::Slot(slot) if slot.asks(Narrowing::Clause));
        let mut start = if clause { at.saturating_sub(1).max(self.region.first) } else { at };
        while start > self.region.first {
            start -= 1;
            let parts = self.view.tokens[start].mark().is_some_and(Mark::parts_clauses);
            if self.view.depth[start] == self.region.depth
                && !parts
                && self.keep(SlotKind::Content, start, at, None, |this| this.left(k - 1, start))
            {
                return true;
            }
            if self.steps > MOST_STEPS {
                return false;
            }
        }
        false
    }
}
