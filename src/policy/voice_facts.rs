//! Facts of attributions and their hops: who speaks, how well named, through whom.

use crate::attribution::model::{Attribution, AttributionKind, Basis, Form, SourceClass};
use crate::attribution::voice::{Level, Reach, Scope};
use crate::attribution::words::{class_word, form_word, hand_word, kind_word};
use crate::compiled::atoms::Lex;
use crate::policy::condition::Value;
use crate::policy::facts::FactId;
use crate::policy::page::{Page, says_something};
use crate::policy::subject::Subject;
use crate::rules::pack::{Means, SourceKind, StandsFor};
use crate::segment::quotation::QuotationClass;
use crate::sources::names::NameTarget;
use crate::text::span::Span;

/// How many sentences ahead a vague source may be named.
const AHEAD: usize = 3;
/// Words of a quotation that make it more than a word in marks.
const QUOTED_WORDS: u32 = 4;
/// Paragraphs behind a relay tag that make its reach a question.
const UNCOVERED: usize = 3;
/// Paragraphs from the top in which a relay tag may stand for all.
const TOP: u32 = 3;

/// What a fact is of attribution `voice`.
pub fn ask<'p>(page: &'p Page<'p>, subject: &'p Subject, voice: usize, id: FactId) -> Value<'p> {
    let a = &page.attributions[voice];
    let it = Voice { page, subject, a, voice };
    match id {
        FactId::Kind => Value::Word(kind_word(a.kind)),
        FactId::Form => Value::Word(form_word(a.form)),
        FactId::Hand => Value::Word(hand_word(a.chain.hand)),
        FactId::HandByGroup => Value::Word(hand_word(a.chain.hand_by_group)),
        FactId::Outlets => Value::Number(a.chain.outlets),
        FactId::Class if it.is_plural_pronoun() => Value::Word("collective"),
        FactId::Class => a.source.as_ref().map_or(Value::Unknown, |s| Value::Word(class_word(s.class))),
        FactId::Origin => Value::Word(it.origin()),
        FactId::OriginKind => Value::perhaps(it.kind_of_class().map(|(kind, _)| kind)),
        FactId::SourceId => Value::Word(it.id()),
        FactId::Weasel => {
            Value::Flag(it.kind_of_class().and_then(|(kind, _)| page.registry.class(kind)).is_some_and(|c| c.weasel))
        }
        FactId::CarriesNews => Value::Flag(page.registry.is_outlet(it.id())),
        FactId::HasContent => Value::Flag(!a.content.is_empty()),
        FactId::Quoted => Value::Flag(it.quoted()),
        FactId::Resolved => {
            Value::Flag(a.basis != Basis::Inferred && a.source.as_ref().is_some_and(|s| s.id != "unknown"))
        }
        FactId::Circular => Value::Flag(it.circular()),
        FactId::DescribedAsState => Value::Flag(it.source_has(page.lexicons.state_words)),
        FactId::AccessDescribed => Value::Flag(it.access()),
        FactId::Described => Value::Flag(it.described()),
        FactId::Definite => Value::Flag(it.definite()),
        FactId::ReasonGiven => Value::Flag(page.marks.iter().any(|m| m.means == Means::Anonymity)),
        FactId::Uncertain => it.entry().map_or(Value::Unknown, |entry| Value::Flag(entry.uncertain)),
        FactId::SourceFact => it
            .entry()
            .map_or(Value::Unknown, |entry| Value::Words(entry.facts.iter().map(|f| f.kind.as_str()).collect())),
        FactId::OwnWork => Value::Flag(it.sentence_has(page.lexicons.own_work)),
        FactId::AskedOnly => Value::Flag(it.asked_only()),
        FactId::OtherVoice => Value::Flag(it.other_voice()),
        FactId::NamedNearby => Value::Flag(it.named_nearby()),
        FactId::NamedFollow => Value::Flag(it.named_follow()),
        FactId::NamedBefore => Value::Flag(it.named_before()),
        FactId::NamesBody => Value::Flag(it.names_a_body()),
        FactId::Sound => Value::Flag(it.sound()),
        FactId::HoldsName => Value::Flag(it.holds_name()),
        FactId::BodyNamed => Value::Flag(it.body_named()),
        FactId::OnlySource => Value::Flag(it.only_source()),
        FactId::Recipient => Value::Word(it.recipient()),
        FactId::Declared => it.declared(),
        FactId::ScopeClear => it.scope_clear(),
        FactId::PluralForOne => Value::Flag(it.plural_for_one()),
        _ => Value::Unknown,
    }
}

/// True where a named person, body or outlet says something.
pub fn named(a: &Attribution) -> bool {
    says_something(a)
        && a.source
            .as_ref()
            .is_some_and(|s| s.id != "unknown" && !matches!(s.class, SourceClass::Collective | SourceClass::Anonymous))
}

struct Voice<'p> {
    page: &'p Page<'p>,
    subject: &'p Subject,
    a: &'p Attribution,
    voice: usize,
}

impl<'p> Voice<'p> {
    fn id(&self) -> &'p str {
        self.a.chain.nodes.first().map_or("unknown", String::as_str)
    }

    fn entry(&self) -> Option<&'p crate::rules::pack::SourceEntry> {
        self.page.registry.by_id(self.id()).and_then(|i| self.page.registry.source(i))
    }

    fn origin(&self) -> &'static str {
        let id = self.id();
        match id.split_once(':').map_or(id, |(head, _)| head) {
            _ if self.a.source.is_none() => "unknown",
            "unknown" => "unknown",
            "name" => "name",
            "class" => "class",
            "anonymous" => "anonymous",
            "government" => "government",
            _ => "registry",
        }
    }

    /// KIND and country of `class:KIND@cc`.
    fn kind_of_class(&self) -> Option<(&'p str, Option<&'p str>)> {
        let (head, rest) = self.id().split_once(':').unwrap_or((self.id(), ""));
        if head != "class" && head != "anonymous" {
            return None;
        }
        Some(rest.split_once('@').map_or((rest, None), |(kind, code)| (kind, Some(code))))
    }

    fn source(&self) -> Span {
        self.a.source.as_ref().map(|s| s.span).unwrap_or_default()
    }

    fn sentence(&self) -> Option<usize> {
        self.subject.sentence
    }

    fn source_has(&self, lex: Lex) -> bool {
        let at = self.page.sentence_at(self.source().start);
        at.is_some_and(|i| self.page.has_in(&self.page.sentences[i], self.source(), lex))
    }

    fn sentence_has(&self, lex: Lex) -> bool {
        self.sentence().is_some_and(|i| self.page.has_in(&self.page.sentences[i], self.page.sentences[i].span, lex))
    }

    fn quoted(&self) -> bool {
        let Some(i) = self.sentence() else { return false };
        let sentence = &self.page.sentences[i];
        let view = self.page.view(sentence);
        view.quotations.iter().filter(|q| q.class == QuotationClass::Speech).any(|q| {
            let span = view.span(q.open, q.end);
            let own = self.a.content.iter().any(|content| content.overlaps(span));
            own && self.page.words_in(sentence, span) >= QUOTED_WORDS
        })
    }

    fn circular(&self) -> bool {
        let nodes = &self.a.chain.nodes;
        nodes.iter().enumerate().any(|(i, node)| node != "unknown" && nodes[..i].contains(node))
    }

    fn access(&self) -> bool {
        self.source_has(self.page.lexicons.access) || self.sentence_has(self.page.lexicons.access)
    }

    /// Two words with capitals side by side that the registry doesn't know as a body or place.
    fn holds_name(&self) -> bool {
        let Some(i) = self.page.sentence_at(self.source().start) else { return false };
        let sentence = &self.page.sentences[i];
        let view = self.page.view(sentence);
        let name = |t: usize| {
            view.tokens[t].capital && view.tokens[t].is_wordlike() && view.name(t).is_none() && t > sentence.first
        };
        let person = |t: usize| {
            view.name(t).is_some_and(|hit| match hit.target {
                NameTarget::Source(i) => self.page.registry.source(i).is_some_and(|e| e.kind == SourceKind::Person),
                _ => false,
            })
        };
        let words = self.page.tokens_in(sentence, self.source());
        words.clone().any(|t| person(t) || name(t) && words.contains(&(t + 1)) && name(t + 1))
    }

    fn names_a_body(&self) -> bool {
        let Some(i) = self.page.sentence_at(self.source().start) else { return false };
        let sentence = &self.page.sentences[i];
        let view = self.page.view(sentence);
        let mut words = self.page.tokens_in(sentence, self.source());
        words.any(|t| {
            let place = view.name(t).is_some_and(|hit| !matches!(hit.target, NameTarget::Source(_)));
            let name = view.tokens[t].capital && view.tokens[t].is_wordlike() && !place;
            name && (t > sentence.first || self.is_name(view.word(t)))
                || view.lex_at(t, self.page.lexicons.competent_body).is_some()
        })
    }

    /// A word that opens a sentence is a name where it is written in capitals, or with one inside a sentence elsewhere.
    fn is_name(&self, word: &str) -> bool {
        let capitals = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
        capitals || self.page.stands_inside(word)
    }

    fn sound(&self) -> bool {
        let Some(i) = self.page.sentence_at(self.source().start) else { return true };
        let sentence = &self.page.sentences[i];
        let view = self.page.view(sentence);
        let roles = &view.language.roles;
        let words: Vec<usize> =
            self.page.tokens_in(sentence, self.source()).filter(|&t| view.tokens[t].is_wordlike()).collect();
        let small =
            |t: usize| view.is(t, roles.determiner) || view.is(t, roles.linker) || view.is(t, roles.coordinator);
        let verb = |t: usize| {
            let noun = view.noun_at(t).is_some();
            !noun && (view.is(t, self.page.lexicons.say) || view.is(t, self.page.lexicons.publish))
        };
        words.last().is_none_or(|&t| !small(t)) && !words.into_iter().any(verb)
    }

    /// A pronoun for several, which stands for nobody that is known.
    fn is_plural_pronoun(&self) -> bool {
        let Some(i) = self.page.sentence_at(self.source().start).filter(|_| self.id() == "unknown") else {
            return false;
        };
        let view = self.page.view(&self.page.sentences[i]);
        let first = self.page.tokens_in(&self.page.sentences[i], self.source()).start;
        let pronoun = view.surfaces.get(first).and_then(|s| view.language.pronoun(*s));
        pronoun.is_some_and(|p| p.stands_for.iter().all(|s| *s == StandsFor::Many))
    }

    /// More words than the noun, its article and its number.
    fn described(&self) -> bool {
        let Some(i) = self.page.sentence_at(self.source().start) else { return true };
        let sentence = &self.page.sentences[i];
        let view = self.page.view(sentence);
        let roles = &view.language.roles;
        let words = self.page.tokens_in(sentence, self.source()).filter(|&t| {
            view.tokens[t].is_wordlike() && !view.is(t, roles.determiner) && !view.is(t, roles.quantifier)
        });
        words.count() > 1
    }

    fn definite(&self) -> bool {
        let Some(i) = self.page.sentence_at(self.source().start) else { return false };
        let sentence = &self.page.sentences[i];
        let view = self.page.view(sentence);
        let first = self.page.tokens_in(sentence, self.source()).start;
        view.lex_at(first, self.page.lexicons.points_back).is_some()
            || view.language.pronoun(view.surfaces.get(first).copied().unwrap_or(0)).is_some()
    }

    /// The words of a hop point back to an outlet named before: "told the newspaper".
    fn points_back(&self, span: Span) -> bool {
        let at = self.page.sentence_at(span.start);
        at.is_some_and(|i| self.page.has_in(&self.page.sentences[i], span, self.page.lexicons.points_back))
    }

    /// What is reported stands right behind words such as "asked about".
    fn asked_only(&self) -> bool {
        let Some(i) = self.sentence() else { return false };
        let sentence = &self.page.sentences[i];
        let view = self.page.view(sentence);
        let start = self.page.tokens_in(sentence, self.source()).start;
        (sentence.first..start)
            .any(|t| view.lex_at(t, self.page.lexicons.asked_about).is_some_and(|end| end + 3 >= start && end <= start))
    }

    fn other_voice(&self) -> bool {
        let Some(i) = self.sentence() else { return false };
        self.page.voices(i).any(|(k, other)| {
            k != self.voice && named(other) && other.chain.nodes.first() != self.a.chain.nodes.first()
        })
    }

    /// An outlet that the class may stand for is named soon after.
    fn named_nearby(&self) -> bool {
        let page = self.page;
        let (Some(i), Some((kind, country))) = (self.sentence(), self.kind_of_class()) else { return false };
        if !page.registry.is_outlet(self.id()) && page.registry.class(kind).is_none_or(|c| !c.carries_news) {
            return false;
        }
        let publisher = page.article.publisher.as_ref().map(|p| p.id.as_str());
        let last = (i + AHEAD).min(page.sentences.len().saturating_sub(1));
        page.sentences[i..=last].iter().filter(|s| s.paragraph > 0).any(|sentence| {
            let view = page.view(sentence);
            view.names.iter().any(|hit| {
                let inside = sentence.first <= hit.first as usize && (hit.first as usize) < sentence.last;
                let NameTarget::Source(source) = hit.target else { return false };
                let entry = page.registry.source(source);
                inside
                    && entry.is_some_and(|entry| {
                        let fits = country.is_none_or(|code| entry.country == code);
                        let behind = view.span(hit.first as usize, hit.last as usize).start > self.source().end;
                        entry.kind.carries_news()
                            && entry.kind != SourceKind::PhotoAgency
                            && fits
                            && behind
                            && Some(entry.id.as_str()) != publisher
                    })
            })
        })
    }

    fn named_follow(&self) -> bool {
        let Some(i) = self.sentence() else { return false };
        let after = self.source().end;
        let sentence = &self.page.sentences[i];
        let view = self.page.view(sentence);
        let start = self.page.tokens_in(sentence, self.source()).start;
        // "The union and some experts": somebody named stands beside them.
        if start > sentence.first && view.is(start - 1, view.language.roles.coordinator) {
            return true;
        }
        let same = |k: usize| self.page.sentences.get(k).is_some_and(|s| s.at == sentence.at);
        (i..=i + 1).any(|k| {
            self.page.voices(k).any(|(v, other)| {
                let Some(source) = other.source.as_ref().map(|s| s.span).filter(|s| s.start >= after) else {
                    return false;
                };
                // Who spoke or stood in the text before is another side, and none of them.
                v != self.voice && named(other) && (same(k) || !self.stands_before(source))
            })
        })
    }

    /// The last word of a name stands in the text before this source.
    fn stands_before(&self, name: Span) -> bool {
        let text = &self.page.article.buffer;
        let words = name.of(text).trim_end_matches(|c: char| !c.is_alphanumeric());
        let last = words.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let before = text.get(..self.source().start as usize).unwrap_or("");
        !last.is_empty() && before.contains(last)
    }

    fn named_before(&self) -> bool {
        let start = self.source().start;
        self.page.first_name() <= start || self.page.named_source_before(self.voice, start)
    }

    /// Somebody who is named speaks for the same body.
    fn body_named(&self) -> bool {
        let id = self.id();
        let registry = self.page.registry;
        let same = |other: &str| other != id && registry.same_body(id, other);
        let speaks = self.page.attributions.iter().any(|other| {
            let Some(source) = other.source.as_ref().filter(|s| s.class == SourceClass::Person) else { return false };
            same(&source.id) || self.names_body(source.span, &same)
        });
        speaks || self.page.persons().iter().any(|&i| registry.source(i).is_some_and(|e| same(&e.id)))
    }

    /// The words of a person's source name the body: "Kremlin spokesman N".
    fn names_body(&self, span: Span, same: &dyn Fn(&str) -> bool) -> bool {
        let page = self.page;
        let Some(i) = page.sentence_at(span.start) else { return false };
        let sentence = &page.sentences[i];
        let view = page.view(sentence);
        page.tokens_in(sentence, span).any(|t| {
            let Some(hit) = view.name(t) else { return false };
            match hit.target {
                NameTarget::Source(source) => {
                    page.registry.source(source).is_some_and(|e| e.id == self.id() || same(&e.id))
                }
                NameTarget::Country(c) | NameTarget::Capital(c) | NameTarget::Adjective(c) => {
                    page.registry.country(c).is_some_and(|c| {
                        let government = format!("government:{}", c.id);
                        government == self.id() || same(&government)
                    })
                }
            }
        })
    }

    fn only_source(&self) -> bool {
        let id = self.id();
        let early =
            |i: usize| self.page.sentence_of[i].is_some_and(|s| (1..=2).contains(&self.page.sentences[s].paragraph));
        early(self.voice)
            && !self.page.attributions.iter().enumerate().any(|(i, other)| {
                i != self.voice
                    && early(i)
                    && says_something(other)
                    && other.chain.nodes.first().is_some_and(|o| o != id && o != "unknown")
            })
    }

    fn means_of(&self, rule: &str) -> Option<Means> {
        self.page.language.means_of(rule)
    }

    fn recipient(&self) -> &'static str {
        let told = self.a.chain.hops.iter().find(|hop| self.means_of(&hop.rule) == Some(Means::Told));
        match told {
            Some(hop) if hop.to.starts_with("class:") && !self.points_back(hop.span) => "unnamed",
            Some(_) => "named",
            None => "none",
        }
    }

    fn hop(&self) -> Option<&'p crate::attribution::model::Hop> {
        self.subject.hop.and_then(|h| self.a.chain.hops.get(h)).or(self.a.chain.hops.last())
    }

    fn declared(&self) -> Value<'p> {
        let Some(hop) = self.hop() else { return Value::Words(Vec::new()) };
        if self.page.is_tag(hop.span) {
            return Value::Word("relay-tag");
        }
        let word = match self.means_of(&hop.rule) {
            Some(Means::Told) => "told",
            Some(Means::Says) => "says",
            Some(Means::AccordingTo) => "according-to",
            Some(Means::Citing) => "citing",
            Some(Means::QuotedBy) => "quoted-by",
            Some(Means::RelayTag) => "relay-tag",
            Some(Means::Label) => "label",
            Some(Means::ClosingLine) => "closing-line",
            Some(Means::Dateline) => "dateline",
            Some(Means::Credit) => "credit",
            _ => "other",
        };
        Value::Word(word)
    }

    /// Only of a relay tag near the top: is it clear how much of the article is the relay's?
    fn scope_clear(&self) -> Value<'p> {
        let page = self.page;
        let Some(hop) = self.hop().filter(|hop| page.is_tag(hop.span)) else { return Value::Unknown };
        let Some(at) = page.sentence_at(hop.span.start).map(|i| page.sentences[i].paragraph) else {
            return Value::Unknown;
        };
        if !(1..=TOP).contains(&at) {
            return Value::Flag(true);
        }
        let whole =
            |level: Level, reach: &Reach| level >= Level::Label || matches!(reach, Reach::Article | Reach::Item(..));
        // The page's own name before the text says nothing of others.
        let publisher = page.article.publisher.as_ref().map(|p| p.id.as_str());
        let others = |s: &&Scope| s.links.iter().any(|l| Some(l.node.id.as_str()) != publisher);
        if page.scopes.iter().filter(others).any(|s| whole(s.level, &s.reach)) {
            return Value::Flag(true);
        }
        let again = page.body().filter(|(_, s)| s.paragraph > at).any(|(_, s)| {
            page.view(s).names.iter().any(|hit| match hit.target {
                NameTarget::Source(i) => page.registry.source(i).is_some_and(|e| e.id == hop.to),
                _ => false,
            })
        });
        let own = page.attributions.iter().enumerate().filter(|(i, a)| {
            let behind = page.sentence_of[*i].is_some_and(|s| page.sentences[s].paragraph > at);
            let person =
                a.source.as_ref().is_some_and(|s| s.class == SourceClass::Person && a.basis != Basis::Inferred);
            behind
                && person
                && a.chain.hops.is_empty()
                && matches!(a.kind, AttributionKind::Statement)
                && a.form != Form::None
        });
        // An outlet that speaks further down shows where the relay's words are.
        let outlets = page.attributions.iter().enumerate().any(|(i, a)| {
            let behind = page.sentence_of[i].is_some_and(|s| page.sentences[s].paragraph > at);
            behind
                && a.kind != AttributionKind::Contribution
                && a.source.as_ref().is_some_and(|s| matches!(s.class, SourceClass::Outlet | SourceClass::Wire))
        });
        let later = page.paragraphs.saturating_sub(at) as usize;
        Value::Flag(again || outlets || later < UNCOVERED || own.count() * UNCOVERED > later)
    }

    fn plural_for_one(&self) -> bool {
        let plural = self.source_has(self.page.lexicons.source_plural);
        plural
            && self.page.attributions.iter().enumerate().any(|(i, other)| {
                let Some(source) =
                    other.source.as_ref().filter(|s| i != self.voice && s.class == SourceClass::Anonymous)
                else {
                    return false;
                };
                let at = self.page.sentence_at(source.span.start);
                at.is_some_and(|k| {
                    self.page.has_in(&self.page.sentences[k], source.span, self.page.lexicons.source_singular)
                })
            })
    }
}
