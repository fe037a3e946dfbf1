//! Whom a phrase denotes: a registry entry, a country, a class, somebody without a name, or a name of its own.

use crate::rules::pack::{NameTest, Needs, NounKind, SourceKind};
use crate::scan::{Region, View};
use crate::sources::bare::names_nobody;
use crate::sources::name_words::{body_end, capital_run, is_possessive, name_at_end, person_start};
use crate::sources::names::NameTarget;
use crate::sources::phrase::Noun;
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
        /// The tokens that name it, without determiners; of a document the body that issued it, where the phrase names one.
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
        /// The words of the body that no list of sources has and that somebody speaks for.
        body: Option<(usize, usize)>,
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
pub const GOVERNMENT: &str = "government";

/// The group of anonymous nouns whose outlet, where the phrase names one, is the source itself.
pub const CORRESPONDENT: &str = "correspondent";

/// The group of anonymous nouns that any person belongs to; a role of this group is no office of a state.
pub const PERSON: &str = "person";

/// The group of role nouns of those who speak for a body.
const SPOKESMAN: &str = "spokesman";

/// Reads the phrase `whole` whose head noun stands in `core`.
pub fn denote(view: &View<'_>, region: &Region, core: (usize, usize), whole: (usize, usize)) -> Option<Denotes> {
    let phrase = Phrase::new(view, core, whole);
    if let Some(person) = phrase.person {
        return Some(Denotes::Source(person));
    }
    let name = capital_run(view, region, core, phrase.noun.as_ref());
    if let Some((kind, noun, at)) = &phrase.noun {
        let behind_complement = || name_at_end(view, phrase.core.1, whole.1);
        // Where names have no capitals, only what is one is found; it may stand before the role.
        let plain = view.language.pack.name_test == NameTest::GivenNames;
        let named_behind = name.filter(|(first, _)| *first >= *at || plain).or_else(behind_complement);
        match kind {
            // Somebody whom the registry knows, behind what the preposition of the role leads to.
            NounKind::Role | NounKind::Anonymous if phrase.person_at_end(view, whole.1).is_some() => {
                return phrase.person_at_end(view, whole.1).map(Denotes::Source);
            }
            NounKind::Role | NounKind::Anonymous if named_behind.is_some() && !phrase.relational(view, *at) => {
                return named_behind.map(|(first, end)| {
                    let first = if plain { first } else { person_start(view, first, end) };
                    Denotes::Name { words: (first, end), person: true, outlet: false }
                });
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
            NounKind::Role => return Some(phrase.role(view, noun, *at, whole)),
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
                let words = phrase.bare(view);
                return Some(Denotes::Body { words: (words.0, body_end(view, words.1, whole.1)), document: false });
            }
            NounKind::Document => {
                if let Some(issuer) = phrase.outlet.or(phrase.body) {
                    return Some(Denotes::Source(issuer));
                }
                let words = phrase.issuer(view, whole.1).unwrap_or_else(|| phrase.bare(view));
                return Some(Denotes::Body { words, document: true });
            }
            NounKind::Footage => {
                return Some(Denotes::Footage(phrase.class.clone(), phrase.country));
            }
        }
    }
    // A name behind a possessor is the head: "the agency's Rafael Grossi".
    let owned = name.filter(|(first, last)| {
        *last == core.1
            && (core.0..*first).any(|t| view.tokens[t].is(Mark::Apostrophe))
            && (*first..*last).all(|t| view.name(t).is_none())
    });
    if let Some(words) = owned {
        return Some(Denotes::Name { words, person: words.1 > words.0 + 1, outlet: false });
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
    if names_nobody(view, words, phrase.determined) {
        return None;
    }
    // "one of the engineers": whoever it is, nobody names him.
    let several = view.lex_at(whole.0, view.language.roles.quantifier).filter(|end| *end > whole.0 + 1);
    if several.is_some_and(|end| end <= words.0) && words.0 < words.1 {
        return Some(Denotes::Anonymous(PERSON.to_owned(), None));
    }
    (words.0 < words.1).then_some(Denotes::Unknown { words, determined: phrase.determined })
}

/// True for a noun of papers or pictures that a capital makes the first half of a name: "Bill Harper".
fn is_given_name(view: &View<'_>, kind: NounKind, at: usize, end: usize) -> bool {
    let pack = &view.language.pack;
    let capitals = pack.name_test == NameTest::Capitals && !pack.noun_capitals && !pack.head_first;
    let next = at + 1;
    capitals
        && !view.title_case
        && matches!(kind, NounKind::Document | NounKind::Footage)
        && next < end
        && view.tokens[at].capital
        && view.tokens[next].capital
        && view.tokens[next].spaced
        && view.tokens[next].kind == Kind::Word
        && view.noun_at(next).is_none()
        && view.name(next).is_none()
}

/// What the words of a phrase say, one by one.
struct Phrase {
    core: (usize, usize),
    person: Option<u32>,
    outlet: Option<u32>,
    body: Option<u32>,
    government: Option<(u32, bool)>,
    country: Option<u32>,
    /// True where nothing but its capital names the country.
    town: bool,
    /// Kind, name and one past the last token of the head noun.
    noun: Option<Noun>,
    class: Option<String>,
    determined: bool,
}

impl Phrase {
    /// The person of the registry whose name ends the phrase behind its core, right behind another name of the registry.
    fn person_at_end(&self, view: &View<'_>, end: usize) -> Option<u32> {
        let hit = view.name(end.checked_sub(1)?).filter(|hit| hit.last as usize == end)?;
        let NameTarget::Source(index) = hit.target else { return None };
        let first = hit.first as usize;
        let behind = first > self.core.1 && view.name(first - 1).is_some();
        let person = view.registry.source(index).is_some_and(|s| s.kind == SourceKind::Person);
        (view.language.pack.head_first && behind && person).then_some(index)
    }

    fn new(view: &View<'_>, core: (usize, usize), whole: (usize, usize)) -> Phrase {
        let roles = &view.language.roles;
        let mut phrase = Phrase {
            core,
            person: None,
            outlet: None,
            body: None,
            government: None,
            country: None,
            town: false,
            noun: None,
            class: None,
            determined: view.is(core.0, roles.determiner)
                || view.is(core.0, roles.quantifier)
                || view.language.has_attributes() && view.is(whole.0, roles.determiner),
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
                    phrase.of_country(index);
                    if in_core && last == core.1 {
                        phrase.government = Some((index, false));
                    }
                }
                NameTarget::Capital(index) => {
                    phrase.town |= phrase.country.is_none();
                    phrase.country = phrase.country.or(Some(index));
                    if in_core && last == core.1 {
                        phrase.government = Some((index, true));
                    }
                }
                NameTarget::Adjective(index) => phrase.of_country(index),
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

    /// Notes a country that is named itself: a capital beside it is a town.
    fn of_country(&mut self, index: u32) {
        if self.country.is_none() || self.town {
            self.country = Some(index);
        }
        self.town = false;
    }

    /// Who a role without a name is: an office of a state speaks for its government, a spokesman for the body that the phrase
    /// names. Somebody who is one of several, whose role is no office, or who holds one in a town, is a person.
    fn role(&self, view: &View<'_>, kind: &str, noun_end: usize, whole: (usize, usize)) -> Denotes {
        let of = self.body.or(self.outlet);
        let speaks = kind == SPOKESMAN;
        let roles = &view.language.roles;
        let one_of_several =
            !view.language.pack.no_articles && view.is(whole.0, roles.determiner) && !view.is(whole.0, roles.definite);
        if kind == PERSON || one_of_several && self.country.is_some() && of.is_none() && !speaks {
            return Denotes::Anonymous(kind.to_owned(), self.country);
        }
        let country = self.country.filter(|_| !self.town || speaks);
        let unlisted = speaks && of.is_none() && country.is_none();
        let body = Some(noun_end).filter(|_| unlisted).and_then(|from| self.body_of(view, from, whole.1));
        Denotes::Role { kind: kind.to_owned(), country, of, body }
    }

    /// The body that no list of sources has and that a phrase names beside its head: where words bear cases, its first form
    /// would not be known.
    fn body_of(&self, view: &View<'_>, noun_end: usize, end: usize) -> Option<(usize, usize)> {
        let pack = &view.language.pack;
        if !pack.morphology.cases.is_empty() || pack.noun_capitals {
            return None;
        }
        let body = |t: &usize| view.noun_within(*t, end).is_some_and(|(noun, _)| noun.kind == NounKind::Institution);
        let Some(first) = (noun_end..end).find(body) else { return self.named_body(view, noun_end, end) };
        // A noun alone, "the company", names none.
        let words =
            (first..end).filter(|&t| view.tokens[t].is_wordlike() && !view.is(t, view.language.roles.determiner));
        (words.count() >= 2).then_some((first, end))
    }

    /// True where the head says whose somebody is, so that the name behind it is another's: "the lawyer of …", in a language that
    /// ties the two without a word and writes no capitals.
    fn relational(&self, view: &View<'_>, noun_end: usize) -> bool {
        let list = view.language.roles.relational;
        (self.core.0..noun_end).any(|t| view.lex_at(t, list) == Some(noun_end))
    }

    /// The name in capitals, known to no list, that a preposition behind the head leads to and that ends the phrase: "a spokesman
    /// for Apple".
    fn named_body(&self, view: &View<'_>, noun_end: usize, end: usize) -> Option<(usize, usize)> {
        let roles = &view.language.roles;
        if view.language.pack.name_test != NameTest::Capitals || view.title_case || noun_end >= end {
            return None;
        }
        let led = view.is(noun_end, roles.linker);
        let small = |t: usize| !view.tokens[t].is_wordlike() || view.is(t, roles.determiner) && !view.tokens[t].capital;
        let first = (noun_end + 1..end).find(|&t| !small(t)).filter(|_| led)?;
        let name = |t: usize| {
            let token = &view.tokens[t];
            token.kind == Kind::Word && token.capital && view.name(t).is_none() && view.noun_at(t).is_none()
        };
        (first..end).all(name).then_some((first, end))
    }

    /// The body that issued a document and that no list of sources has, behind the preposition that says so: a listed noun with
    /// its name, or an abbreviation in capitals.
    fn issuer(&self, view: &View<'_>, end: usize) -> Option<(usize, usize)> {
        let roles = &view.language.roles;
        let from = self.core.1;
        if from >= end || !view.is(from, roles.issued_by) || view.language.pack.name_test != NameTest::Capitals {
            return None;
        }
        let small = |t: usize| !view.tokens[t].is_wordlike() || view.is(t, roles.determiner);
        let first = (from + 1..end).find(|&t| !small(t))?;
        let until = (first..end).find(|&t| view.is(t, roles.linker) && view.name(t).is_none()).unwrap_or(end);
        let body = |t: usize| view.noun_within(t, end).filter(|(noun, _)| noun.kind == NounKind::Institution);
        if view.language.pack.head_first {
            if let Some((_, noun_end)) = body(first) {
                let name_end = (noun_end..until).take_while(|&t| view.tokens[t].capital).count() + noun_end;
                return Some((first, body_end(view, name_end, end)));
            }
        } else if let Some(noun_end) = (first..until).filter_map(|t| body(t).map(|(_, end)| end)).next_back() {
            return (noun_end == until).then_some((first, until));
        }
        let letters = view.word(first);
        let abbreviation = letters.chars().nth(1).is_some() && letters.chars().all(char::is_uppercase);
        (abbreviation && first + 1 == until && view.name(first).is_none()).then_some((first, until))
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
                None => !is_given_name(view, noun.kind, at, core.1),
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
