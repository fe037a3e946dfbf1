//! What the quotations of a block hold: names, titles, words kept at a distance, speech.

use crate::rules::pack::{NounKind, SourceKind};
use crate::scan::View;
use crate::segment::quotation::{QuotationClass, Surroundings, class};
use crate::sources::names::NameTarget;
use crate::text::token::{Kind, Mark, Token};

/// Most words of a quotation that its class depends on: longer ones are speech, whatever stands in them.
const MOST_CLASSED: usize = 12;

/// The group of document nouns for what has a title, a motto or an inscription.
const WORK: &str = "work";

impl View<'_> {
    /// True where a hyphen or apostrophe with letters behind it is glued to what stands before token `at`.
    fn ending_behind(&self, at: usize) -> bool {
        let joint = |t: &Token| !t.spaced && matches!(t.mark(), Some(Mark::Hyphen | Mark::Apostrophe));
        self.tokens.get(at).is_some_and(joint) && self.tokens.get(at + 1).is_some_and(|t| t.is_wordlike() && !t.spaced)
    }

    /// Classes the block's quotations by what stands in and around them.
    pub fn class_quotations(&mut self) {
        if self.quotations.is_empty() {
            return;
        }
        let wordlike: Vec<usize> = (0..self.tokens.len()).filter(|&t| self.tokens[t].is_wordlike()).collect();
        for i in 0..self.quotations.len() {
            let q = self.quotations[i];
            // The list of titles that this one goes on with.
            let listed = i.checked_sub(1).map(|i| self.quotations[i]).is_some_and(|p| {
                matches!(p.class, QuotationClass::Title | QuotationClass::Name) && p.closed && self.lists(p.end, q.open)
            });
            let inside = q.inside();
            let from = wordlike.partition_point(|&t| t < inside.start);
            let words = &wordlike[from..];
            let words = &words[..words.partition_point(|&t| t < inside.end).min(MOST_CLASSED)];
            let roles = &self.language.roles;
            let before = q.open.checked_sub(1);
            let after_cue = before.is_none_or(|b| {
                self.tokens[b].is(Mark::Colon)
                    || self.lex_before(b.saturating_sub(4), b + 1, roles.cue).is_some()
                    || self.is(b, roles.complementiser)
            });
            let noun = before.and_then(|b| {
                (b.saturating_sub(2)..=b).find_map(|t| self.noun_at(t).filter(|(_, end)| *end == b + 1).map(|(n, _)| n))
            });
            let organisation = |kind: NounKind| matches!(kind, NounKind::Outlet | NounKind::Institution);
            let (work, noun) = (noun.is_some_and(|n| n.name == WORK), noun.map(|n| n.kind));
            // Where nouns have capitals, so has every quotation that starts with one: its article tells whether it is a name.
            let nouns = self.language.pack.noun_capitals;
            let determined = before.filter(|&b| nouns && self.is(b, roles.determiner));
            let opens_capital = words.first().is_some_and(|&w| self.tokens[w].capital);
            // "a “law on passports”": what is a document or a body by its first noun has that for a name.
            let nominal = |kind: NounKind| organisation(kind) || kind == NounKind::Document;
            let definite = determined.is_some_and(|b| {
                self.is(b, roles.definite)
                    || words.first().is_some_and(|&w| self.noun_at(w).is_some_and(|(n, _)| nominal(n.kind)))
            });
            let all_capitals = words.iter().all(|&w| self.tokens[w].capital || self.tokens[w].kind == Kind::Number);
            let running_before =
                before.is_some_and(|b| self.tokens[b].is_wordlike() || self.tokens[b].is(Mark::Markup));
            // An ending behind a hyphen or apostrophe belongs to the quoted word.
            let running_after = self.tokens.get(q.end).is_some_and(Token::is_wordlike) || self.ending_behind(q.end);
            let named = words.first().and_then(|&w| self.name(w)).and_then(|hit| match hit.target {
                NameTarget::Source(index) if words.last().is_some_and(|&l| l < hit.last as usize) => {
                    self.registry.source(index).map(|source| source.kind)
                }
                _ => None,
            });
            // An elided article or preposition is no word of its own: "l'oubli".
            let elided = |w: usize| {
                let joint = |t: usize| self.tokens.get(t).is_some_and(|t| !t.spaced);
                self.tokens.get(w + 1).is_some_and(|t| t.is(Mark::Apostrophe)) && joint(w + 1) && joint(w + 2)
            };
            let count = words.iter().filter(|&&w| !elided(w)).count();
            let short = |w: usize| {
                let span = self.tokens[w].span;
                span.len() <= 3 || span.len() <= 5 && is_short_latin(span.of(self.text))
            };
            let s = Surroundings {
                words: count,
                is_name: named.is_some(),
                is_body: named.is_some_and(|kind| kind != SourceKind::Person),
                after_organisation: noun.is_some_and(organisation)
                    || q.closed && self.noun_at(q.end).is_some_and(|(noun, _)| organisation(noun.kind)),
                after_document: noun == Some(NounKind::Document)
                    && !before.is_some_and(|b| self.language.ends_phrase(self.word(b))),
                caseless: self.caseless,
                named: opens_capital && !self.title_case && (definite || listed),
                inscribed: opens_capital && nouns && work,
                title_case: !self.title_case
                    && (determined.is_none() || definite || all_capitals)
                    && words.iter().all(|&w| self.tokens[w].capital || short(w) || self.tokens[w].kind == Kind::Number)
                    && words.first().is_some_and(|&w| self.tokens[w].capital),
                has_verb: words.iter().any(|&w| self.verbal(w)),
                after_cue: after_cue && !(before.is_none() && running_after && words.len() <= 3),
                in_running_clause: running_before || running_after,
                ends_with_break: inside.clone().next_back().is_some_and(|l| {
                    matches!(self.tokens[l].mark(), Some(Mark::Question | Mark::Exclamation))
                        || (self.tokens[l].is(Mark::Comma) && !running_before)
                }),
            };
            self.quotations[i].class = class(&s);
        }
    }

    /// True where nothing but a comma or "and" stands between two quotations, the first of which ends before token `from`.
    fn lists(&self, from: usize, to: usize) -> bool {
        let joins = |t: usize| self.tokens[t].is(Mark::Comma) || self.is(t, self.language.roles.coordinator);
        self.language.pack.noun_capitals && from < to && to <= from + 2 && (from..to).all(joins)
    }

    /// True where the pack calls this word a verb form, an auxiliary or a pronoun.
    fn verbal(&self, at: usize) -> bool {
        let roles = &self.language.roles;
        self.is(at, roles.auxiliary) || self.is(at, roles.cue) || self.language.pronoun(self.surfaces[at]).is_some()
    }
}

/// Most letters of a small word inside a title.
const LONGEST_SMALL: usize = 3;
/// The first letter behind those of the Latin alphabet and its accents.
const BEHIND_LATIN: char = '\u{250}';

/// True for three Latin letters at most, accents or not.
fn is_short_latin(word: &str) -> bool {
    word.chars().count() <= LONGEST_SMALL && word.chars().all(|c| c < BEHIND_LATIN)
}
