//! One template tried at one place: which of its own words are the cue.

use super::attempt::{Attempt, Own};
use crate::compiled::atoms::Atom;
use crate::rules::pack::Means;
use crate::rules::template::SlotKind;

/// Most auxiliaries and negations before a verb.
const MOST_CUE_PARTS: usize = 3;

impl Attempt<'_, '_> {
    /// The words of the template that attribute. Where matching started from others than a verb of saying ("in an interview
    /// with", a date), that verb is the cue; and dates, places and those who listen are no part of it.
    pub(super) fn cue_words(&self) -> (usize, usize) {
        let (first, last) = self.cue;
        if self.flat.guard || !attributes_by_verb(self.means) {
            return self.cue;
        }
        let within = |own: &&Own| first <= own.first && own.last <= last;
        let mut beside: Vec<&Own> = self.own.iter().filter(within).filter(|own| self.is_beside(own)).collect();
        if beside.is_empty() && self.speaks(first, last) {
            return self.cue;
        }
        let cue = self.view.language.roles.cue;
        let is_verb = |own: &&Own| {
            matches!(self.flat.atoms[own.atom], Atom::Lex(_))
                && !self.is_beside(own)
                && self.view.name(own.first).is_none()
                && self.view.lex_at(own.first, cue).is_some_and(|end| end <= own.last)
        };
        // What introduces the content itself is the cue: "with the words that".
        let introduces = last > first && self.view.is(last - 1, self.view.language.roles.complementiser);
        let verb = self.own.iter().filter(|_| !introduces).filter(is_verb).min_by_key(|own| own.first);
        if let Some(verb) = verb.filter(|verb| !within(verb) && !self.speaks(first, last)) {
            return self.around(verb);
        }
        // The stretch between dates that holds the verb.
        beside.sort_by_key(|own| own.first);
        let mut stretches = Vec::new();
        let mut start = first;
        for own in beside {
            stretches.push((start, own.first));
            start = own.last;
        }
        stretches.push((start, last));
        stretches.retain(|(a, b)| a < b);
        stretches.into_iter().find(|(a, b)| self.speaks(*a, *b)).unwrap_or(self.cue)
    }

    /// Keeps in mind where words of the template stand.
    pub(super) fn note_own(&mut self, atom: &Atom, k: usize, first: usize, last: usize) {
        if matches!(atom, Atom::Word(_) | Atom::Lex(_)) && !self.introduces(atom) {
            self.own.push(Own { atom: k, first, last });
        }
    }

    /// The verb with the template's words next to it, auxiliaries and negation.
    fn around(&self, verb: &Own) -> (usize, usize) {
        let (mut first, mut last) = (verb.first, verb.last);
        let near = |own: &&Own| !self.is_beside(own);
        while let Some(own) = self.own.iter().filter(near).find(|own| own.first == last && !self.leads_to_told(own)) {
            last = own.last;
        }
        // Before it only what the template itself says: "as", "this"; a list there is another matter.
        let word = |own: &&Own| own.last == first && matches!(self.flat.atoms[own.atom], Atom::Word(_));
        if let Some(own) = self.own.iter().filter(word).find(|own| !self.leads_to_told(own)) {
            first = own.first;
        }
        for _ in 0..MOST_CUE_PARTS {
            let part = self.view.lex_before(self.region.first, first, self.view.language.roles.cue_part);
            match part.filter(|_| self.fills.iter().all(|fill| fill.last <= first || fill.first > first)) {
                Some(start) => first = start,
                None => break,
            }
        }
        (first, last)
    }

    /// True for a date, a place of speech, an adverb or those who listen.
    fn is_beside(&self, own: &Own) -> bool {
        let roles = &self.view.language.roles;
        let lists = [roles.when, roles.venue, roles.between, roles.no_outlet];
        matches!(self.flat.atoms[own.atom], Atom::Lex(_))
            && lists.iter().any(|&list| self.view.lex_at(own.first, list) == Some(own.last))
            && self.view.lex_at(own.first, roles.cue_part) != Some(own.last)
    }

    /// True where a verb of saying stands among the tokens.
    fn speaks(&self, first: usize, last: usize) -> bool {
        let cue = self.view.language.roles.cue;
        (first..last).any(|t| self.view.lex_at(t, cue).is_some_and(|end| end <= last) && self.view.name(t).is_none())
    }

    /// True for what ties the verb to who was told.
    fn leads_to_told(&self, own: &Own) -> bool {
        let next = self.flat.atoms[own.atom + 1..].iter().find(|a| !matches!(a, Atom::Word(_) | Atom::Lex(_)));
        matches!(next, Some(Atom::Slot(slot)) if slot.kind == SlotKind::Recipient)
    }
}

/// True where a verb says who said it.
fn attributes_by_verb(means: Means) -> bool {
    matches!(
        means,
        Means::Says | Means::Told | Means::Citing | Means::QuotedBy | Means::RelayTag | Means::Reaction | Means::Belief
    )
}
