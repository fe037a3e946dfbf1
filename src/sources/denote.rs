//! Whom a phrase denotes: a registry entry, a country, a class, somebody without a name, or a name of its own.

use crate::rules::pack::{NameTest, Needs, NounKind, SourceKind};
use crate::scan::{Region, View};
use crate::sources::morphology::same_script;
use crate::sources::names::NameTarget;
use crate::text::token::{Kind, Mark};

/// Who a phrase denotes; token ranges are of its block.
#[derive(Debug, Clone, PartialEq)]
pub enum Denotes {
    /// A registry entry.
    Source(u32),
    /// The government of a country: index of the country, and whether its capital stands for it.
    Government(u32, bool),
    /// An unnamed collective and its country.
    Class(String, Option<u32>),
    /// A person who is not named, and the country.
    Anonymous(String, Option<u32>),
    /// A name that the registry lacks.
    Name {
        /// The tokens of the name.
        words: (usize, usize),
        /// True for a person.
        person: bool,
        /// True for an outlet.
        outlet: bool,
    },
    /// A body by its description (`the interior ministry`).
    Body {
        /// The tokens that name it, without determiners.
        words: (usize, usize),
        /// True for a report, statement or law.
        document: bool,
    },
    /// Somebody by role alone (`the spokesman`): the tokens of the role, the country, and the body it speaks for.
    Role {
        /// The group of the role noun, for `anonymous:KIND`.
        kind: String,
        /// The country that the phrase names.
        country: Option<u32>,
        /// The registry entry that the phrase names.
        of: Option<u32>,
    },
    /// Footage, and who showed it as far as the phrase tells.
    Footage(Option<String>, Option<u32>),
    /// A pronoun: index into the pack's pronouns.
    Pronoun(u32),
    /// A common noun that no list knows.
    Unknown {
        /// The words of the phrase.
        words: (usize, usize),
        /// True where a determiner stands before it.
        determined: bool,
    },
}

impl Denotes {
    /// True where the registry or a word list knows who it is.
    pub fn is_known(&self) -> bool {
        matches!(
            self,
            Denotes::Source(_)
                | Denotes::Government(..)
                | Denotes::Class(..)
                | Denotes::Anonymous(..)
                | Denotes::Role { .. }
        )
    }

    /// The kind of noun that heads the phrase, where it is one that rules may ask for.
    pub fn kind(&self, view: &View<'_>) -> Option<NounKind> {
        Some(match self {
            Denotes::Source(index) => match view.registry.source(*index)?.kind {
                SourceKind::Person => NounKind::Role,
                kind if kind.carries_news() => NounKind::Outlet,
                _ => NounKind::Institution,
            },
            Denotes::Class(..) => NounKind::Class,
            Denotes::Anonymous(..) => NounKind::Anonymous,
            Denotes::Body { document: true, .. } => NounKind::Document,
            Denotes::Body { .. } => NounKind::Institution,
            Denotes::Name { outlet: true, .. } => NounKind::Outlet,
            Denotes::Name { person: true, .. } => NounKind::Role,
            Denotes::Name { .. } => NounKind::Institution,
            Denotes::Role { .. } => NounKind::Role,
            Denotes::Footage(..) => NounKind::Footage,
            _ => return None,
        })
    }
}

/// The group of institution nouns that mean a country's government.
const GOVERNMENT: &str = "government";

/// The group of anonymous nouns whose outlet, where the phrase names one, is the source itself.
const CORRESPONDENT: &str = "correspondent";

/// Reads the phrase `whole` whose head noun stands in `core`.
pub fn denote(view: &View<'_>, region: &Region, core: (usize, usize), whole: (usize, usize)) -> Option<Denotes> {
    let phrase = Phrase::new(view, core, whole);
    if let Some(person) = phrase.person {
        return Some(Denotes::Source(person));
    }
    let name = capital_run(view, region, core, &phrase);
    if let Some((kind, noun, at)) = &phrase.noun {
        let behind_complement = || name_at_end(view, phrase.core.1, whole.1);
        let named_behind = name.filter(|(first, _)| *first >= *at).or_else(behind_complement);
        match kind {
            NounKind::Role | NounKind::Anonymous if named_behind.is_some() => {
                return named_behind.map(|words| Denotes::Name { words, person: true, outlet: false });
            }
            NounKind::Outlet => {
                if let Some(outlet) = phrase.outlet {
                    return Some(Denotes::Source(outlet));
                }
                let words = name.unwrap_or_else(|| phrase.bare(view));
                return Some(match name {
                    Some(words) => Denotes::Name { words, person: false, outlet: true },
                    None if noun.is_empty() => Denotes::Body { words, document: false },
                    None => Denotes::Class(noun.clone(), phrase.country),
                });
            }
            NounKind::Class => {
                if let Some(outlet) = phrase.outlet {
                    return Some(Denotes::Source(outlet));
                }
                return Some(Denotes::Class(noun.clone(), phrase.country));
            }
            // An outlet's correspondent is its eyes.
            NounKind::Anonymous if noun == CORRESPONDENT && phrase.outlet.is_some() => {
                return phrase.outlet.map(Denotes::Source);
            }
            NounKind::Anonymous => return Some(Denotes::Anonymous(noun.clone(), phrase.country)),
            NounKind::Role => {
                return Some(Denotes::Role {
                    kind: noun.clone(),
                    country: phrase.country,
                    of: phrase.body.or(phrase.outlet),
                });
            }
            NounKind::Institution => {
                if let Some(body) = phrase.body {
                    return Some(Denotes::Source(body));
                }
                // A broadcaster by its name: "the Al Arabiya network".
                if let Some(outlet) = phrase.outlet {
                    return Some(Denotes::Source(outlet));
                }
                // The group `government` with a country is that country's government.
                if let Some(country) = phrase.country.filter(|_| noun == GOVERNMENT) {
                    return Some(Denotes::Government(country, false));
                }
                return Some(Denotes::Body { words: phrase.bare(view), document: false });
            }
            NounKind::Document => {
                if let Some(issuer) = phrase.outlet.or(phrase.body) {
                    return Some(Denotes::Source(issuer));
                }
                return Some(Denotes::Body { words: phrase.bare(view), document: true });
            }
            NounKind::Footage => {
                return Some(Denotes::Footage(phrase.class.clone(), phrase.country));
            }
        }
    }
    // A name behind a possessor is the head: "the agency's Rafael Grossi".
    let owned =
        name.filter(|(first, last)| *last == core.1 && (core.0..*first).any(|t| view.tokens[t].is(Mark::Apostrophe)));
    if let Some(words) = owned {
        return Some(Denotes::Name { words, person: true, outlet: false });
    }
    if let Some(source) = phrase.outlet.or(phrase.body) {
        return Some(Denotes::Source(source));
    }
    if let Some((country, capital)) = phrase.government {
        return Some(Denotes::Government(country, capital));
    }
    if let Some(words) = name {
        // One capitalised word behind a determiner is a body ("the Bundestag"); otherwise a person.
        let determined = view.is(core.0, view.language.roles.determiner);
        return Some(Denotes::Name { words, person: !determined, outlet: false });
    }
    let words = phrase.bare(view);
    // Nothing but a name in marks is a body: a person's has none.
    if view.language.pack.head_first
        && words.0 < words.1
        && (words.0..words.1).all(|t| view.in_other_marks(t) || view.tokens[t].is(Mark::Quote))
        && (words.0..words.1).find(|&t| view.tokens[t].is_wordlike()).is_some_and(|t| view.tokens[t].capital)
    {
        return Some(Denotes::Name { words, person: false, outlet: false });
    }
    (words.0 < words.1).then_some(Denotes::Unknown { words, determined: phrase.determined })
}

/// What the words of a phrase say, one by one.
struct Phrase {
    core: (usize, usize),
    person: Option<u32>,
    outlet: Option<u32>,
    body: Option<u32>,
    government: Option<(u32, bool)>,
    country: Option<u32>,
    /// Kind, name and one past the last token of the head noun.
    noun: Option<(NounKind, String, usize)>,
    class: Option<String>,
    determined: bool,
}

impl Phrase {
    fn new(view: &View<'_>, core: (usize, usize), whole: (usize, usize)) -> Phrase {
        let roles = &view.language.roles;
        let mut phrase = Phrase {
            core,
            person: None,
            outlet: None,
            body: None,
            government: None,
            country: None,
            noun: None,
            class: None,
            determined: view.is(core.0, roles.determiner) || view.is(core.0, roles.quantifier),
        };
        phrase.nouns(view, core);
        // Where the noun that a name needs ends: it is none that the name needs if it is the name itself.
        let outlet_noun = match phrase.noun {
            Some((NounKind::Outlet, _, end)) => Some(end),
            _ => None,
        };
        let mut at = whole.0;
        while at < whole.1 {
            let Some(hit) = view.name(at).filter(|hit| hit.first as usize == at) else {
                at += 1;
                continue;
            };
            let last = hit.last as usize;
            let in_core = last <= core.1;
            let possessive = is_possessive(view, last, whole.1);
            match hit.target {
                NameTarget::Source(index) => {
                    let Some(source) = view.registry.source(index) else {
                        at = last.max(at + 1);
                        continue;
                    };
                    let quoted =
                        at > 0 && last < view.tokens.len() && view.transparent(at - 1) && view.transparent(last);
                    let usable =
                        hit.need != Needs::OrganisationNoun || outlet_noun.is_some_and(|end| end != last) || quoted;
                    if source.kind == SourceKind::Person {
                        if in_core && !possessive {
                            phrase.person = Some(index);
                        }
                    } else if usable && source.kind.carries_news() {
                        phrase.outlet = phrase.outlet.or(Some(index));
                    } else if usable {
                        phrase.body = phrase.body.or(Some(index));
                    }
                }
                NameTarget::Country(index) => {
                    phrase.country = phrase.country.or(Some(index));
                    if in_core && last == core.1 {
                        phrase.government = Some((index, false));
                    }
                }
                NameTarget::Capital(index) => {
                    phrase.country = phrase.country.or(Some(index));
                    if in_core && last == core.1 {
                        phrase.government = Some((index, true));
                    }
                }
                NameTarget::Adjective(index) => phrase.country = phrase.country.or(Some(index)),
            }
            at = last.max(at + 1);
        }
        // A class in what follows the head tells whose footage it is: "footage on social media".
        let mut at = core.1;
        while at < whole.1 {
            if let Some((noun, end)) = view.noun_at(at) {
                if noun.kind == NounKind::Class && phrase.class.is_none() {
                    phrase.class = Some(noun.name.clone());
                }
                at = end;
            } else {
                at += 1;
            }
        }
        phrase
    }

    /// The head noun: the last one of the core that no possessive turns into a modifier, or the first one where the
    /// language puts whose it is behind.
    fn nouns(&mut self, view: &View<'_>, core: (usize, usize)) {
        let mut at = core.0;
        while at < core.1 {
            // The noun of outlets is that noun though an outlet has it for a name.
            let hit = view.name(at);
            let known = view.noun_within(at, core.1).filter(|(noun, _)| match hit {
                Some(hit) => hit.need == Needs::OrganisationNoun && noun.kind == NounKind::Outlet,
                None => true,
            });
            match known {
                Some((noun, end)) if end <= core.1 => {
                    if noun.kind == NounKind::Class {
                        self.class = Some(noun.name.clone());
                    }
                    let possessive = is_possessive(view, end, core.1);
                    // A footage or document noun behind a class keeps the class: "media reports", "user videos".
                    let keeps = matches!((&self.noun, noun.kind), (Some((NounKind::Class, _, _)), NounKind::Document));
                    let weaker = matches!((&self.noun, noun.kind), (Some((NounKind::Role, _, _)), NounKind::Anonymous));
                    let owner = view.language.pack.head_first && self.noun.is_some();
                    if !possessive && !keeps && !weaker && !owner {
                        self.noun = Some((noun.kind, noun.name.clone(), end));
                    }
                    at = end;
                }
                _ => at += 1,
            }
        }
    }

    /// The phrase without determiners in front.
    fn bare(&self, view: &View<'_>) -> (usize, usize) {
        let roles = &view.language.roles;
        let mut first = self.core.0;
        while first < self.core.1 && (view.is(first, roles.determiner) || !view.tokens[first].is_wordlike()) {
            first += 1;
        }
        (first, self.core.1)
    }
}

/// True where an apostrophe with its ending follows, and more of the phrase after that.
fn is_possessive(view: &View<'_>, last: usize, end: usize) -> bool {
    if last >= end || !view.tokens[last].is(Mark::Apostrophe) || view.tokens[last].spaced {
        return false;
    }
    // The letters behind the apostrophe are the ending; without more behind them it may be one of any case.
    let glued = view.tokens.get(last + 1).is_some_and(|t| t.is_wordlike() && !t.spaced);
    // Letters that are no ending belong to the word, as in names and compounds.
    if glued && !view.language.is_possessive_ending(view.word(last + 1)) {
        return false;
    }
    last + 1 + usize::from(glued) < end
}

/// The last run of capitalised words of the core that are no role, honorific or adjective of a country.
fn capital_run(view: &View<'_>, region: &Region, core: (usize, usize), phrase: &Phrase) -> Option<(usize, usize)> {
    if view.language.pack.name_test == NameTest::RoleNoun {
        return quoted_or_behind_noun(view, core, phrase);
    }
    let roles = &view.language.roles;
    let head_first = view.language.pack.head_first;
    let mut best: Option<(usize, usize)> = None;
    let mut start = None;
    let mut at = core.0;
    let flush = |start: &mut Option<usize>, at: usize, best: &mut Option<(usize, usize)>| {
        if let Some(first) = start.take()
            && first < at
            && !is_possessive(view, at, core.1)
        {
            *best = Some((first, at));
        }
    };
    while at < core.1 {
        let token = &view.tokens[at];
        let name = view.name(at);
        let adjective = name.is_some_and(|hit| matches!(hit.target, NameTarget::Adjective(_)));
        let noun = view.noun_at(at).filter(|(n, _)| {
            matches!(n.kind, NounKind::Role | NounKind::Anonymous | NounKind::Outlet | NounKind::Class)
                || head_first && n.kind == NounKind::Institution
        });
        let owner = head_first && (owns(view, at) || view.in_other_marks(at));
        if token.kind == Kind::Word
            && token.capital
            && !adjective
            && !owner
            && noun.is_none()
            && !view.is(at, roles.honorific)
            && !view.is(at, roles.determiner)
        {
            let sentence_start = at == region.first && view.surfaces[at] != 0 && name.is_none();
            if start.is_none() && of_other_noun(view, phrase, at) {
                // The name of the body that a later noun names: it is passed over.
                while at < core.1
                    && view.tokens[at].capital
                    && view.tokens[at].kind == Kind::Word
                    && view.noun_at(at).is_none()
                {
                    at += 1;
                }
                continue;
            }
            if !sentence_start {
                start.get_or_insert(at);
            }
            at += 1;
        } else if start.is_some() && joins_name(view, at, core.1) {
            at += 1;
        } else {
            let end = trim_marks(view, start.unwrap_or(at), at);
            flush(&mut start, end, &mut best);
            at = noun.map_or(at + 1, |(_, end)| end.max(at + 1));
        }
    }
    let end = trim_marks(view, start.unwrap_or(core.1), core.1);
    flush(&mut start, end, &mut best);
    best
}

/// True for a name in another script right behind a noun, where the head stands first: behind the noun of a body or outlet
/// it is that one's name, and one word alone is a firm's behind any noun.
fn of_other_noun(view: &View<'_>, phrase: &Phrase, at: usize) -> bool {
    let Some((kind, _, head_end)) = &phrase.noun else { return false };
    let before = at.checked_sub(1).filter(|&b| view.language.pack.head_first && b + 1 >= *head_end);
    let Some((b, (noun, end))) = before.and_then(|b| Some((b, view.noun_at(b)?))) else { return false };
    let first = |t: usize| view.word(t).chars().next();
    let foreign = first(b).zip(first(at)).is_some_and(|(a, b)| !same_script(a, b));
    let alone = !view.tokens.get(at + 1).is_some_and(|next| next.capital);
    let person = matches!(kind, NounKind::Role | NounKind::Anonymous);
    let body = matches!(noun.kind, NounKind::Institution | NounKind::Outlet | NounKind::Class);
    person && foreign && end == at && (alone || body && end > *head_end)
}

/// The name at the end of a phrase, behind what the head's preposition leads to: two words or more with a capital.
fn name_at_end(view: &View<'_>, from: usize, end: usize) -> Option<(usize, usize)> {
    if !view.language.pack.head_first || from >= end {
        return None;
    }
    let plain = |t: usize| {
        let token = &view.tokens[t];
        token.kind == Kind::Word
            && token.capital
            && !owns(view, t)
            && !view.in_other_marks(t)
            && view.noun_at(t).is_none()
    };
    let first = (from..end).rev().take_while(|&t| plain(t)).last()?;
    let linked = view.is(first.checked_sub(1)?, view.language.roles.linker);
    (end - first >= 2 && !linked).then_some((first, end))
}

/// True for a name of the registry that is no person's: behind a noun it tells whose that is.
fn owns(view: &View<'_>, at: usize) -> bool {
    view.name(at).is_some_and(|hit| match hit.target {
        NameTarget::Source(index) => {
            hit.need != Needs::OrganisationNoun
                && view.registry.source(index).is_some_and(|s| s.kind != SourceKind::Person)
        }
        _ => true,
    })
}

fn trim_marks(view: &View<'_>, first: usize, end: usize) -> usize {
    let mut end = end;
    while end > first
        && (!view.tokens[end - 1].is_wordlike()
            || view.is(end - 1, view.language.roles.name_particle) && !view.tokens[end - 1].capital)
    {
        end -= 1;
    }
    // A possessive ending is no part of the name.
    let letters = view.tokens[end.saturating_sub(2)..end].last();
    let ending = letters.is_some_and(|t| !t.capital)
        && (!view.tokens[end.saturating_sub(2)].is(Mark::Apostrophe)
            || view.language.is_possessive_ending(view.word(end - 1)));
    if end >= first + 2 && ending && view.tokens[end - 2].mark().is_some() {
        end -= 2;
    }
    end.max(first)
}

fn joins_name(view: &View<'_>, at: usize, end: usize) -> bool {
    let token = &view.tokens[at];
    let next_capital = view.tokens.get(at + 1).is_some_and(|t| t.capital) && at + 1 < end;
    match token.kind {
        Kind::Number => true,
        Kind::Word => view.is(at, view.language.roles.name_particle) && next_capital || !token.spaced,
        Kind::Mark(_) => !token.spaced && at + 1 < end && (!view.tokens[at + 1].spaced || next_capital),
    }
}

/// Without capitals a name stands in quotation marks, or behind its noun.
fn quoted_or_behind_noun(view: &View<'_>, core: (usize, usize), phrase: &Phrase) -> Option<(usize, usize)> {
    let quoted = view.quotations.iter().find(|q| q.open >= core.0 && q.end <= core.1);
    if let Some(q) = quoted {
        let inside = q.inside();
        return Some((inside.start, inside.end));
    }
    let (kind, _, end) = phrase.noun.as_ref()?;
    let behind = matches!(kind, NounKind::Role | NounKind::Outlet | NounKind::Anonymous) && *end < core.1;
    behind.then_some((*end, core.1))
}
