//! One template tried at one place: the mentions that a slot behind the pivot may take.

use super::attempt::{Attempt, Way};
use crate::compiled::atoms::Atom;
use crate::compiled::slot::SlotAtom;
use crate::rules::template::SlotKind;
use crate::sources::mention::Mention;
use crate::sources::phrase_end::inflected;
use crate::sources::possessor;
use crate::text::token::Mark;

impl Attempt<'_, '_> {
    /// Whom a slot that asks for no case means: of a role with the name of whom it belongs to, the role.
    pub(super) fn of_subject(&self, slot: &SlotAtom, found: Mention) -> Mention {
        match slot.kind {
            SlotKind::Source if slot.case.is_none() && slot.suffix.is_empty() => {
                possessor::subject(self.view, self.region, found)
            }
            _ => found,
        }
    }

    /// The phrase that starts at token `start`, cut before each word that bears the letters which the next slot wants
    /// before who was told, with one past its last token; the longest first.
    pub(super) fn before_glued_recipient(&self, k: usize, start: usize) -> Vec<(Mention, usize)> {
        let next = self.flat.atoms[k + 1..].iter().find_map(|atom| match atom {
            Atom::Slot(slot) => Some(slot),
            _ => None,
        });
        let recipient = next.filter(|slot| slot.kind == SlotKind::Recipient && !slot.prefix.is_empty());
        let long = recipient.and_then(|_| self.mentions.after(start, true));
        let (Some(recipient), Some(long)) = (recipient, long) else { return Vec::new() };
        let view = self.view;
        let told = |t: usize| {
            // A word that starts with these letters by itself is not parted from them.
            let whole = view.language.is_listed(view.word(t));
            let listed = view.noun_at(t).is_some() || view.lex_at(t, view.language.roles.no_outlet).is_some();
            let quoted = view.tokens.get(t + 1).is_some_and(|next| next.is(Mark::Quote));
            let named = || view.name(t).is_some_and(|hit| hit.first as usize == t && inflected(view, hit));
            listed && !whole || quoted || named()
        };
        let bears = |t: usize| recipient.prefix.iter().any(|letters| view.word(t).starts_with(letters.as_str()));
        let cuts = (start + 1..long.last).rev().filter(|&t| view.tokens[t].spaced && bears(t) && told(t));
        cuts.filter_map(|t| self.mentions.exact(start, t).map(|mention| (mention, t))).collect()
    }

    /// The mention that starts at token `start`, taken in one of several ways; `rest` is what follows the slot.
    pub(super) fn mention_right(&self, slot: &SlotAtom, rest: &[Atom], way: Way, start: usize) -> Option<Mention> {
        match way {
            Way::Long => self.mentions.after(start, true),
            // "According to the mayor, Ana Pell, the river rose": of two appositions the second may be the content.
            Way::First => self.mentions.after_first(start),
            Way::Short => self.mentions.after(start, false),
            // "told reporters pensions were safe": whoever was told may end before the phrase does.
            Way::Told if slot.kind == SlotKind::Recipient => self.shortest_recipient(start),
            // Of two names side by side the first one is enough.
            Way::Told => {
                let name = self.view.name(start).filter(|hit| hit.first as usize == start)?;
                self.mentions.in_marks(start, name.last as usize)
            }
            // "said the mayor to Reuters": the source ends before what ties it to who was told.
            Way::CutLast | Way::Cut => {
                let told = |a: &Atom| matches!(a, Atom::Slot(s) if s.kind == SlotKind::Recipient);
                let short =
                    Some(rest.iter().any(told)).filter(|told| *told).and_then(|_| self.mentions.after(start, false))?;
                let linker = |t: &usize| self.view.is(*t, self.view.language.roles.linker);
                let last = match way {
                    // Only where the wording goes on with that preposition.
                    Way::CutLast if !matches!(rest.first(), Some(Atom::Word(_) | Atom::Lex(_))) => return None,
                    Way::CutLast => (short.core.1 + 1..short.last).rev().find(linker)?,
                    _ => short.core.1,
                };
                let (first, last) = Some((short.first, last)).filter(|(_, last)| *last < short.last)?;
                self.mentions.in_marks(first, last)
            }
        }
    }

    /// The recipient that ends with the list entry, the registry name or the noun that starts at token `start`.
    fn shortest_recipient(&self, start: usize) -> Option<Mention> {
        let view = self.view;
        let roles = &view.language.roles;
        let mut noun = if view.is(start, roles.determiner) { start + 1 } else { start };
        if noun > start && view.tokens.get(noun).is_some_and(|t| t.is(Mark::Apostrophe) && !t.spaced) {
            noun += 1;
        }
        let named = view.name(noun).filter(|hit| hit.first as usize == noun).map(|hit| hit.last as usize);
        // "the Reuters news agency": behind its article a name may go on with its noun.
        let named = named.map(|end| view.noun_at(end).filter(|_| noun > start).map_or(end, |(_, noun_end)| noun_end));
        let end = view.lex_at(start, roles.no_outlet).or(named).or_else(|| view.noun_at(noun).map(|(_, end)| end))?;
        self.mentions.in_marks(start, end)
    }
}
