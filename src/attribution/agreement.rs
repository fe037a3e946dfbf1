//! Phrases that a clause follows without a mark: they end where their words no longer bear the case that is asked for.

use super::affix::Asked;
use super::mentions::Mentions;
use crate::rules::pack::{NameTest, NounKind};
use crate::scan::{Region, View};
use crate::sources::denote::{Denotes, PERSON};
use crate::sources::mention::Mention;
use crate::sources::names::NameTarget;
use crate::sources::part::{Part, part};
use crate::sources::phrase::LONGEST_PHRASE;
use crate::sources::phrase_end::inflected;
use crate::text::token::{Kind, Mark};

/// How much of a phrase has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    /// Nothing that could be its head.
    Nothing,
    /// A role: whose it is and who has it may follow.
    Role,
    /// A body, an outlet, a group, a document: its name may follow.
    Body,
    /// A name: what ties to it with a preposition may follow, and nothing else.
    Name,
}

/// The mention that starts at token `at` and goes on as long as its words bear the case, with one past its last token.
///
/// Without a case it goes on as far as lists, the registry and names know its words.
pub fn mention(asked: Option<&Asked<'_>>, mentions: &Mentions<'_, '_>, at: usize) -> Option<(Mention, usize)> {
    let (view, region) = (mentions.view, mentions.region);
    mentions.after(at, false)?;
    let reach = region.last.min(at + LONGEST_PHRASE);
    let end = end(view, region, asked, at, reach)?;
    let found = mentions.in_marks(at, end)?;
    // What ties to a name behind it bears an ending of its own.
    let named = match found.denotes {
        Denotes::Name { words: (first, last), .. } => asked.and_then(|asked| asked.ending(view, first, last)),
        _ => None,
    };
    let affix = named.or_else(|| asked.and_then(|asked| asked.ending_of(view, &found))).unwrap_or_default();
    Some((Mention { affix, ..found }, end))
}

/// One past the last token of the phrase that starts at token `start` and ends before token `reach`, as far as its words
/// bear the case of `asked`; `None` where not even its first words do.
fn end(view: &View<'_>, region: &Region, asked: Option<&Asked<'_>>, start: usize, reach: usize) -> Option<usize> {
    let run = Run { view, region, asked, reach };
    let (mut at, mut last, mut read) = (start, start, Read::Nothing);
    let mut tied = false;
    while at < reach {
        let Some((next, found)) = run.step(at, read, tied) else { break };
        tied |= run.is_tie(at, read);
        at = next;
        if found != Read::Nothing {
            last = next;
            read = found;
        }
    }
    // The closing mark of a quoted name belongs to it.
    if last > start && last < reach && view.tokens[last].is(Mark::Quote) && view.quotation_to(last).is_some() {
        last += 1;
    }
    (last > start).then_some(last)
}

/// A walk over one phrase.
struct Run<'v, 'a, 's> {
    view: &'v View<'a>,
    region: &'v Region,
    asked: Option<&'v Asked<'s>>,
    reach: usize,
}

impl Run<'_, '_, '_> {
    /// The token behind what stands at token `at`, where that belongs to the phrase, and what has been read with it:
    /// `Nothing` where the phrase can't end there.
    fn step(&self, at: usize, read: Read, tied: bool) -> Option<(usize, Read)> {
        let view = self.view;
        let token = &view.tokens[at];
        let glued = read != Read::Nothing && !token.spaced;
        if view.transparent(at) || !token.is_wordlike() || glued {
            // Marks inside a name, and what is glued behind them.
            let inside = view.transparent(at) || part(view, self.region, at) == Part::Glue || token.is_wordlike();
            return inside.then_some((at + 1, if token.is_wordlike() { read } else { Read::Nothing }));
        }
        if let Some(hit) = view.name(at).filter(|hit| hit.first as usize == at) {
            let end = (hit.last as usize).max(at + 1).min(self.reach);
            let goes_on = match hit.target {
                NameTarget::Adjective(_) => read != Read::Name,
                // A country in its first form behind a name is what the clause is about.
                NameTarget::Country(_) | NameTarget::Capital(_) => {
                    // Behind a word with the article, which governs nothing more, it opens what follows.
                    let definite = at > 0 && view.language.is_definite(view.word(at - 1));
                    let head = self.asked.is_none() && view.language.pack.head_first && !definite;
                    let whose = head && read != Read::Name;
                    read == Read::Nothing || whose || inflected(view, hit)
                }
                NameTarget::Source(_) => read != Read::Name,
            };
            let found = match (&hit.target, read) {
                // Behind a head that bears no case, a country's adjective belongs to it, and a body goes on no further.
                (NameTarget::Adjective(_), Read::Role) if self.asked.is_none() => Read::Role,
                (NameTarget::Adjective(_), Read::Body) if self.asked.is_none() => Read::Name,
                (NameTarget::Adjective(_), _) => Read::Nothing,
                _ => Read::Name,
            };
            let role = read == Read::Role && found == Read::Name;
            return goes_on.then_some((end, if role { self.behind_role(end) } else { found }));
        }
        if part(view, self.region, at) == Part::Stop {
            return None;
        }
        if let Some((noun, end)) = view.noun_within(at, self.reach) {
            // Where names have no capitals a person without an office may have one behind, too.
            let unnamed = noun.kind == NounKind::Anonymous
                && noun.name == PERSON
                && self.asked.is_none()
                && view.language.pack.name_test == NameTest::GivenNames;
            let found = if noun.kind == NounKind::Role || unnamed { Read::Role } else { Read::Body };
            let belongs = match read {
                // Both with the article: another body or group is what the verb is about.
                Read::Body if self.asked.is_none() && at > 0 && self.stand_apart(noun.kind, at) => false,
                Read::Nothing => true,
                Read::Role => {
                    is_abbreviation(view.word(at))
                        || self.depends(end - 1)
                        || self.bears(end - 1) && !self.is_first_form(end - 1)
                }
                Read::Body => (token.capital && self.bears(end - 1)) || self.asked.is_none() && self.describes(at),
                // The body that a preposition ties to it may be named before its noun.
                Read::Name => tied && self.bears(end - 1) && !self.is_first_form(end - 1),
            };
            return belongs.then_some((end, if read == Read::Role { Read::Role } else { found }));
        }
        if self.is_tie(at, read) {
            let next = view.lex_at(at, view.language.roles.linker).unwrap_or(at + 1);
            let named = next < self.reach
                && view.lex_at(at, view.language.roles.when).is_none()
                && (view.tokens[next].capital || view.name(next).is_some() || view.noun_at(next).is_some());
            return named.then_some((next, Read::Nothing));
        }
        if token.capital && token.kind == Kind::Word {
            return self.capitals(at, read);
        }
        if let Some((first, last)) = view.person_at(at).filter(|_| matches!(read, Read::Nothing | Read::Role)) {
            return (first == at).then_some((last.min(self.reach), Read::Name));
        }
        match read {
            // Without cases a word that no list knows is a head as good as any.
            Read::Nothing if self.asked.is_none() => Some((at + 1, Read::Body)),
            Read::Body if self.asked.is_none() => self.describes(at).then_some((at + 1, Read::Body)),
            Read::Nothing => Some((at + 1, Read::Nothing)),
            // Whatever stands between a role and who has it belongs to the role.
            Read::Role => (self.depends(at) || self.names_from(at + 1)).then_some((at + 1, Read::Role)),
            Read::Body | Read::Name => None,
        }
    }

    /// True for a preposition that ties what follows to what has been read.
    fn is_tie(&self, at: usize, read: Read) -> bool {
        read != Read::Nothing && self.view.lex_at(at, self.view.language.roles.linker).is_some()
    }

    /// True for a listed noun of bodies or people that has the article, as the word before it has.
    fn stand_apart(&self, kind: NounKind, at: usize) -> bool {
        let definite = |t: usize| self.view.language.is_definite(self.view.word(t));
        matches!(kind, NounKind::Class | NounKind::Institution | NounKind::Role | NounKind::Anonymous)
            && definite(at)
            && definite(at - 1)
    }

    /// A name behind a role says whose it is; who has the role may still follow.
    fn behind_role(&self, end: usize) -> Read {
        let person = || self.asked.is_none() && self.view.person_at(end).is_some_and(|(first, _)| first == end);
        if self.names_from(end) || person() { Read::Role } else { Read::Name }
    }

    /// True where a word with a capital that bears the case stands at token `at`.
    fn names_from(&self, at: usize) -> bool {
        at < self.reach && self.view.tokens[at].capital && self.bears(at)
    }

    /// A run of words with capitals, up to its last that bears the case.
    fn capitals(&self, at: usize, read: Read) -> Option<(usize, Read)> {
        let view = self.view;
        let named = |t: usize| {
            let first_form = view.name(t).is_some_and(|hit| {
                matches!(hit.target, NameTarget::Country(_) | NameTarget::Capital(_)) && !inflected(view, hit)
            });
            view.tokens[t].capital && view.tokens[t].kind == Kind::Word && !first_form
        };
        let joint = |t: usize| part(view, self.region, t) == Part::Glue || !view.tokens[t].spaced;
        let roles = &view.language.roles;
        // What ties phrases as well opens no second half of a name.
        let particle = |t: usize| {
            view.is(t, roles.name_particle) && !view.is(t, roles.linker) && t + 1 < self.reach && named(t + 1)
        };
        let mut end = at + 1;
        while end < self.reach && (named(end) || joint(end) || particle(end)) {
            end += 1;
        }
        let last = (at..end).rev().find(|&t| view.tokens[t].is_wordlike() && self.bears(t));
        // A surname that takes no ending behind a given name that does: "according to *Anny Nowak*".
        let surname = at + 1;
        let last = match last {
            Some(last) if last == at && surname + 1 == end && named(surname) && self.is_given(at) => Some(surname),
            other => other,
        };
        let foreign = || (read == Read::Nothing || read == Read::Body).then_some(end);
        let end = match last {
            // Behind a particle a name goes on as it stands.
            Some(last) if (last + 1..end).any(particle) => end,
            Some(last) => last + 1,
            None => foreign()?,
        };
        Some((end, Read::Name))
    }

    /// True for a given name of the lists in another than its first form.
    fn is_given(&self, at: usize) -> bool {
        let language = self.view.language;
        let bases = language.bases(self.view.word(at));
        bases.iter().skip(1).any(|base| language.has(base, language.roles.given_name))
    }

    /// True for a word that bears the case.
    fn bears(&self, at: usize) -> bool {
        match self.asked {
            Some(asked) => asked.is_borne(self.view, at),
            // Where there are no cases, a body behind a role is whose it is.
            None => {
                self.view.noun_at(at).is_some_and(|(n, _)| matches!(n.kind, NounKind::Institution | NounKind::Outlet))
            }
        }
    }

    /// True for a word whose ending tells that it belongs to the noun before it.
    fn depends(&self, at: usize) -> bool {
        let (language, word) = (self.view.language, self.view.word(at));
        language.depends(word) || self.view.is(at, language.roles.adjective) || language.is_definite(word)
    }

    /// True for a word that belongs to the body or group before it: an adjective, a word with an article behind a noun that is
    /// not complete without one, and whatever stands behind the noun of a body that needs another to be told.
    fn describes(&self, at: usize) -> bool {
        let (view, before) = (self.view, at - 1);
        let language = view.language;
        let morphology = &language.pack.morphology;
        let (word, definite) = (view.word(at), language.is_definite(view.word(before)));
        let complete = !definite && morphology.is_complete(view.word(before));
        if language.is_definite(word) {
            return !complete;
        }
        if morphology.articles.is_empty() || view.is(at, language.roles.adjective) {
            return self.depends(at);
        }
        let governs = view
            .noun_at(before)
            .is_some_and(|(noun, end)| end == at && matches!(noun.kind, NounKind::Institution | NounKind::Class));
        governs && !definite && !complete && view.surfaces[at] == 0
    }

    /// True for a listed noun whose ending belongs to the first form: with another ending of the case it is listed, too.
    fn is_first_form(&self, at: usize) -> bool {
        let word = self.view.word(at);
        self.asked.is_some_and(|asked| {
            !asked.is_borne_by_first_form(word)
                && asked.others_of(word).any(|form| self.view.language.is_written(&form))
        })
    }
}

/// True for letters that are all capitals: such words take no ending.
fn is_abbreviation(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase)
}
