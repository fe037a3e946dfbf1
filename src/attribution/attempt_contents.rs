//! One template tried at one place: what kinds of content there are to the right of the cue.

use super::attempt::Attempt;
use super::boundary::{clause_comma, content_after, end_of_thing, follows_opening_subordinator, opens_adverbial};
use super::reading::Fill;
use crate::compiled::atoms::Atom;
use crate::rules::pack::{Means, NameTest};
use crate::rules::template::SlotKind;
use crate::sources::denote::Denotes;
use crate::text::token::{Kind, Mark};

/// Most tokens from the comma that opens an incise to its verb.
const LONGEST_INCISE: usize = 14;

/// Most tokens from the verb of a relay's tag to the end of its sentence.
const LONGEST_TAG_END: usize = 4;

impl Attempt<'_, '_> {
    /// [`content_after`], remembered: templates of one cue ask for the same.
    pub(super) fn content_from(&self, at: usize, clause_like: bool) -> Option<(usize, usize)> {
        let last = &self.contents[usize::from(clause_like)];
        let (asked, known) = last.get();
        if asked == at {
            return known;
        }
        let found = content_after(self.view, self.region, at, clause_like);
        last.set((at, found));
        found
    }

    /// A content that is a thing, not a clause: no complementiser, no quotation, nothing that tells when or where.
    pub(super) fn thing_right(&mut self, k: usize, at: usize) -> bool {
        let roles = &self.view.language.roles;
        if self.view.lex_at(at, roles.complementiser).is_some() || self.view.speech_from(at).is_some() {
            return false;
        }
        let found = self.content_from(at, true).or_else(|| self.one_word(at));
        let Some((first, last)) = found else { return false };
        let last = end_of_thing(self.view, self.region, first, last);
        self.keep(SlotKind::Content, first, last, None, |this| this.right(k + 1, last))
    }

    /// Somebody by one word whom an act is about: "backed Keller", "opposed them".
    fn one_object(&self, at: usize) -> Option<(usize, usize)> {
        let (view, roles) = (self.view, &self.view.language.roles);
        let pack = &view.language.pack;
        if pack.name_test != NameTest::Capitals {
            return None;
        }
        let (first, last) = self.content_from(at, false).filter(|(first, last)| first + 1 == *last)?;
        if view.is(first, roles.mass_noun) {
            return Some((first, last));
        }
        if !matches!(self.means, Means::Reaction | Means::Belief) {
            return None;
        }
        let token = &view.tokens[first];
        let other = [roles.when, roles.venue, roles.cue, roles.auxiliary, roles.determiner, roles.opens_adverbial];
        let plain = token.capital && !pack.noun_capitals && !view.title_case;
        let named = view.name(first).is_some() || plain && other.iter().all(|&l| view.lex_at(first, l).is_none());
        let object = view.is(first, roles.object);
        (token.kind == Kind::Word && (named || object)).then_some((first, last))
    }

    /// A thing of one word, where nouns have no article and the endings of adverbs are known: a small word that no list has
    /// as anything else.
    fn one_word(&self, at: usize) -> Option<(usize, usize)> {
        let (language, roles) = (self.view.language, &self.view.language.roles);
        if let Some(found) = self.one_object(at) {
            return Some(found);
        }
        let pack = &language.pack;
        if !pack.no_articles || pack.morphology.adverb_endings.is_empty() {
            return None;
        }
        let (first, last) = self.content_from(at, false).filter(|(first, last)| first + 1 == *last)?;
        let token = &self.view.tokens[first];
        let lists = [
            roles.between,
            roles.cue_part,
            roles.when,
            roles.venue,
            roles.cue,
            roles.auxiliary,
            roles.never_in_name,
            roles.opens_adverbial,
            roles.never_starts_content,
            roles.no_outlet,
            roles.sentence_opener,
            roles.participle,
        ];
        let noun = token.kind == Kind::Word
            && !token.capital
            && language.pronoun(self.view.surfaces[first]).is_none()
            && !language.ends_adverb(self.view.word(first))
            && lists.iter().all(|&list| self.view.lex_at(first, list).is_none());
        noun.then_some((first, last))
    }

    /// What is said of somebody who stands before the source: it starts with an auxiliary, dates and adverbs aside.
    pub(super) fn predicate_right(&mut self, k: usize, at: usize) -> bool {
        let start = self.insertions_right(at);
        if !self.view.is(start, self.view.language.roles.auxiliary) {
            return false;
        }
        let Some((first, last)) = self.content_from(start, false) else { return false };
        // Behind a comma the clause goes on that the relative clause stands in.
        let last = clause_comma(self.view, self.region, first, last).unwrap_or(last);
        self.keep(SlotKind::Content, first, last, None, |this| this.right(k + 1, last))
    }

    /// What seems so ends before a colon: what follows tells why.
    pub(super) fn before_colon(&self, first: usize, last: usize) -> usize {
        let colon = || (first..last).find(|&t| self.view.tokens[t].is(Mark::Colon));
        (self.means == Means::Impersonal).then(colon).flatten().unwrap_or(last)
    }

    /// True where a clause that a cue interrupted can go on at token `at`: no new adverbial, no clause joined to it.
    pub(super) fn rest_of_clause(&self, at: usize) -> bool {
        let roles = &self.view.language.roles;
        let comma = at.saturating_sub(1);
        let relative =
            self.view.surfaces.get(at).is_some_and(|&s| self.view.language.pronoun(s).is_some_and(|p| p.relative));
        // Another cue at the end of the rest makes a relay of it: "…, he said, the agency reported".
        let another = (at.max(self.region.last.saturating_sub(LONGEST_TAG_END))..self.region.last).any(|t| {
            self.view.depth[t] == self.region.depth && self.view.is(t, roles.cue) && self.view.name(t).is_none()
        });
        // An account inside the clause, no comma beside it, parts nothing: "lies by police accounts at a million".
        let inside = self.means == Means::AccordingTo && self.view.tokens[comma].is_wordlike();
        (inside || !opens_adverbial(self.view, at) || self.breaks_off())
            && !another
            && !relative
            && !self.view.is(at, roles.coordinator)
            && self.view.lex_at(comma, roles.content_ends).is_none()
    }

    /// True where the clause before the cue breaks off behind an auxiliary: "The dam is, he said, in a good state".
    fn breaks_off(&self) -> bool {
        let floor = self.region.first.max(self.cue.0.saturating_sub(LONGEST_INCISE));
        let comma = (floor..self.cue.0).rev().find(|&t| self.view.tokens[t].is(Mark::Comma));
        comma.is_some_and(|comma| comma > floor && self.view.is(comma - 1, self.view.language.roles.auxiliary))
    }

    /// What is told in a clause before the main one ends with that clause: "When the mayor criticised them, they left".
    pub(super) fn end_before_main_clause(&self, fills: &mut [Fill]) {
        let Some(first) = fills.first().map(|f| f.first) else { return };
        if !follows_opening_subordinator(self.view, self.region, first) {
            return;
        }
        for fill in fills.iter_mut().filter(|f| f.kind == SlotKind::Content && f.first >= self.cue.1) {
            if let Some(comma) = clause_comma(self.view, self.region, fill.first, fill.last) {
                fill.last = comma;
            }
        }
    }

    /// What somebody wants or does in a relative clause ends with it: "Keller, who backed the plan, left".
    pub(super) fn end_with_relative_clause(&self, fills: &mut [Fill]) {
        let relative = |f: &Fill| match f.mention.as_ref().map(|m| &m.denotes) {
            Some(Denotes::Pronoun(index)) => {
                self.view.language.pack.pronouns.get(*index as usize).is_some_and(|p| p.relative)
            }
            _ => false,
        };
        let Some(who) = fills.iter().find(|f| relative(f)).map(|f| f.first) else { return };
        let attitude = matches!(self.means, Means::Belief | Means::Reaction);
        // What is said there ends with the last comma behind which the clause it is put into goes on.
        if !attitude {
            let inserted = who > self.region.first && self.view.tokens[who - 1].is(Mark::Comma);
            for fill in fills.iter_mut().filter(|f| inserted && f.kind == SlotKind::Content && f.first >= self.cue.1) {
                if let Some(comma) = self.main_verb_comma(fill.first, fill.last) {
                    fill.last = comma;
                }
            }
            return;
        }
        for fill in fills.iter_mut().filter(|f| f.kind == SlotKind::Content && f.first >= self.cue.1) {
            if let Some(comma) = clause_comma(self.view, self.region, fill.first, fill.last) {
                fill.last = comma;
            }
        }
    }

    /// The last comma of a content behind which a verb that the lists know stands at once: "…, has left the meeting".
    fn main_verb_comma(&self, first: usize, last: usize) -> Option<usize> {
        let roles = &self.view.language.roles;
        let verb = |t: usize| {
            self.view.depth[t] == self.region.depth && (self.view.is(t, roles.auxiliary) || self.view.is(t, roles.cue))
        };
        let comma = |t: &usize| self.view.tokens[*t].is(Mark::Comma) && self.view.depth[*t] == self.region.depth;
        (first + 1..last.saturating_sub(1)).rev().find(comma).filter(|&t| verb(t + 1))
    }

    /// True where the colon that ends the block announces the quotation with which the next one starts: the colon stands
    /// for the content until the blocks are put together.
    pub(super) fn announces(&self, at: usize) -> bool {
        self.view.opens_next
            && at == self.view.tokens.len()
            && at == self.region.last
            && self.region.depth == 0
            && self.view.tokens[at - 1].is(Mark::Colon)
    }

    /// True where a literal stands between the cue and the content, which then need not look like a clause.
    pub(super) fn introduced(&self, k: usize) -> bool {
        // A comma introduces nothing: what follows must still look like a clause.
        k.checked_sub(1).map(|before| &self.flat.atoms[before]).is_some_and(|before| {
            matches!(before, Atom::Word(_) | Atom::Mark(Mark::Colon | Mark::Dash | Mark::Hyphen, _))
                || matches!(before, Atom::Lex(_)) && self.introduces(before)
        })
    }
}
