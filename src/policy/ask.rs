//! What the facts of the table are of one subject.

use crate::article::BlockKind;
use crate::attribution::model::{Attribution, AttributionKind, Basis, Form, SourceClass};
use crate::attribution::voice::Level;
use crate::policy::condition::Value;
use crate::policy::facts::{Fact, FactId, STAKES, SubjectKind};
use crate::policy::headline;
use crate::policy::page::{Page, Sentence};
use crate::policy::stakes::{Stake, stakes};
use crate::policy::subject::Subject;
use crate::policy::voice_facts;
use crate::rules::pack::{Means, StandsFor};
use crate::sources::names::NameTarget;
use crate::text::span::Span;
use crate::text::token::Mark;

/// What `fact` is of `subject`.
pub fn ask<'p>(page: &'p Page<'p>, subject: &'p Subject, fact: &Fact) -> Value<'p> {
    let asked = Asked { page, subject };
    match fact.id {
        FactId::Opinion => Value::Flag(page.opinion),
        FactId::Page => Value::Flag(page.article.page),
        FactId::IndependentOrigins => page.worked_out.origins.get().map_or(Value::Unknown, Value::Number),
        FactId::Lacks | FactId::FirstSource | FactId::Origins => asked.of_article(fact.id),
        FactId::HeadlineMarked | FactId::LeadAttributes | FactId::LeadAsserts | FactId::LeadHedges => {
            headline::ask(page, subject, fact.id)
        }
        FactId::Figure => subject.figure.map_or(Value::Unknown, |figure| Value::Word(figure.kind)),
        FactId::Exact => subject.figure.map_or(Value::Unknown, |figure| Value::Flag(figure.exact)),
        FactId::Target => Value::Flag(subject.target),
        FactId::Credited => asked.credited(),
        FactId::ShareTold => asked.share_told(),
        FactId::Repeated => asked.repeated(),
        FactId::Introduced => asked.introduced(),
        _ => asked.of_words(fact.id),
    }
}

/// What is at stake in the words of a subject: of an attribution, in its content and its cue.
pub fn at_stake(page: &Page<'_>, subject: &Subject) -> Vec<Stake> {
    let Some(sentence) = subject.sentence.map(|i| &page.sentences[i]) else { return Vec::new() };
    let Some(voice) = subject.voice.map(|i| &page.attributions[i]) else {
        let span = if subject.kind == SubjectKind::Figure { sentence.span } else { subject.span };
        let speech = matches!(subject.kind, SubjectKind::Headline | SubjectKind::Quotation);
        return stakes(page, sentence, span, speech);
    };
    voice.content.iter().chain(voice.cue.iter()).flat_map(|span| stakes(page, sentence, *span, true)).collect()
}

/// Years after which something counts as history.
const LONG_AGO: u32 = 5;

/// Words next to a quotation in which somebody may be given as its speaker.
const NEXT_TO: usize = 8;

struct Asked<'p> {
    page: &'p Page<'p>,
    subject: &'p Subject,
}

impl<'p> Asked<'p> {
    /// Facts of words: of the subject itself and of the sentence it stands in.
    fn of_words(&self, id: FactId) -> Value<'p> {
        let (page, subject) = (self.page, self.subject);
        let Some(i) = subject.sentence else { return Value::Unknown };
        let sentence = &page.sentences[i];
        let marked = |means: Means| Value::Flag(page.marked(i, means).is_some());
        match id {
            FactId::About => {
                let mut stakes: Vec<&str> = at_stake(page, subject).iter().map(|(stake, _)| STAKES[*stake]).collect();
                stakes.dedup();
                Value::Words(stakes)
            }
            // A line in title case is a headline wherever it stands.
            FactId::Where if page.view(sentence).title_case => Value::Word("title"),
            FactId::Where => Value::Word(place(sentence)),
            FactId::Paragraph => Value::Number(sentence.paragraph),
            FactId::Hedged => marked(Means::Hedge),
            FactId::Agentless => marked(Means::Agentless),
            FactId::DeskNote => marked(Means::DeskNote),
            FactId::VagueTime => marked(Means::VagueTime),
            FactId::Covered => Value::Words(page.covered(i).map(level_word).collect()),
            FactId::Attributed => Value::Flag(self.attributed(i)),
            FactId::NamesDocument => Value::Flag(page.has(i, page.lexicons.document_ground)),
            FactId::Background => Value::Flag(self.background(sentence, i)),
            FactId::SentenceSourced => Value::Flag(page.sourced(i)),
            FactId::NextSourced => Value::Flag(self.next_sourced(i)),
            FactId::HasSpeech => {
                let lex = &page.lexicons;
                Value::Flag([lex.report, lex.speech_word].into_iter().any(|lex| page.has(i, lex)))
            }
            FactId::PersonNear => Value::Flag(self.person_near(sentence)),
            FactId::History => Value::Flag(self.history(i)),
            FactId::HasCue => Value::Flag(page.has(i, page.language.roles.cue)),
            FactId::Negated => {
                Value::Flag(page.has_in(sentence, self.content().unwrap_or(subject.span), page.lexicons.negation))
            }
            FactId::Question => Value::Flag(self.question(sentence)),
            // A quotation without spaces is an address or a code.
            FactId::Words if subject.kind == SubjectKind::Quotation => {
                let words = page.article.words(subject.span).split_whitespace().count();
                Value::Number(u32::try_from(words).unwrap_or(u32::MAX))
            }
            FactId::Words => Value::Number(page.words_in(sentence, self.content().unwrap_or(subject.span))),
            FactId::Resolvable => Value::Flag(self.resolvable(sentence, i)),
            _ => match subject.voice {
                Some(voice) => voice_facts::ask(page, subject, voice, id),
                // Of a sentence, a figure or a link: of whoever speaks in it.
                None if id == FactId::OtherVoice => Value::Flag(page.voices(i).any(|(_, a)| voice_facts::named(a))),
                None => Value::Unknown,
            },
        }
    }

    fn voice(&self) -> Option<&Attribution> {
        self.subject.voice.map(|i| &self.page.attributions[i])
    }

    /// What an attribution reports, from end to end.
    fn content(&self) -> Option<Span> {
        self.voice().map(|a| a.content.iter().copied().reduce(Span::join).unwrap_or_default())
    }

    fn attributed(&self, i: usize) -> bool {
        match self.subject.kind {
            SubjectKind::Headline => self.page.voices(i).next().is_some(),
            _ => match self.voice() {
                Some(own) => self.within_another(own),
                None => self.page.attributed(self.subject.span),
            },
        }
    }

    /// The source stands in what another who is named is reported to say.
    fn within_another(&self, own: &Attribution) -> bool {
        let Some(source) = own.source.as_ref().map(|s| s.span) else { return self.page.attributed(self.subject.span) };
        self.page.attributions.iter().any(|other| {
            other != own && voice_facts::named(other) && other.content.iter().any(|content| content.contains(source))
        })
    }

    /// A year or a full date in the sentence, or a named document, and nothing at stake.
    fn background(&self, sentence: &Sentence, i: usize) -> bool {
        let page = self.page;
        (page.year_of(i).is_some() || page.has(i, page.lexicons.document_ground))
            && stakes(page, sentence, sentence.span, false).is_empty()
    }

    /// Somebody who could be the speaker stands in the paragraph, or nothing but the quotation in the sentence.
    fn person_near(&self, sentence: &Sentence) -> bool {
        let page = self.page;
        let view = page.view(sentence);
        let outside = |t: &usize| {
            let token = &view.tokens[*t];
            view.depth[*t] == 0 && token.is_wordlike() && !self.subject.span.contains(token.span)
        };
        if !(sentence.first..sentence.last).any(|t| outside(&t)) {
            return true;
        }
        (0..view.tokens.len()).filter(outside).any(|t| {
            let place = view.name(t).is_some_and(|hit| !matches!(hit.target, NameTarget::Source(_)));
            let date = view.lex_at(t, page.lexicons.month).is_some() || view.lex_at(t, page.lexicons.weekday).is_some();
            let opens = t == 0
                || view.tokens[t - 1]
                    .mark()
                    .is_some_and(|m| matches!(m, Mark::Stop | Mark::Question | Mark::Exclamation | Mark::Quote));
            let name = view.tokens[t].capital && !opens && view.tokens[t].span.len() > 1 && !place && !date;
            name || view
                .language
                .pronoun(view.surfaces[t])
                .is_some_and(|p| !p.relative && p.stands_for.iter().any(|s| *s != StandsFor::Thing))
        })
    }

    /// Every year of the sentence lies well before the latest of the article.
    fn history(&self, i: usize) -> bool {
        let years = (self.page.year_of(i), self.page.latest_year());
        matches!(years, (Some(own), Some(latest)) if own + LONG_AGO <= latest)
    }

    fn next_sourced(&self, i: usize) -> bool {
        let page = self.page;
        let at = page.sentences[i].paragraph;
        let same = |k: usize| page.sentences.get(k).is_some_and(|s| s.paragraph == at);
        let before = i.checked_sub(1).is_some_and(|k| same(k) && page.sourced(k));
        let next = page.sentences.get(i + 1).is_some_and(|s| s.paragraph == at || s.paragraph == at + 1);
        before || next && page.sourced(i + 1)
    }

    fn question(&self, sentence: &Sentence) -> bool {
        let view = self.page.view(sentence);
        let last = (sentence.first..sentence.last)
            .rev()
            .find(|&t| !matches!(view.tokens[t].mark(), Some(Mark::Quote | Mark::Close | Mark::Markup)));
        last.is_some_and(|t| view.tokens[t].is(Mark::Question))
    }

    /// True where a date or a day in the sentence tells the time, and the article's own date is known for a mere day.
    fn resolvable(&self, sentence: &Sentence, _: usize) -> bool {
        let page = self.page;
        let view = page.view(sentence);
        let lex = &page.lexicons;
        let published = page.article.published.is_some();
        (sentence.first..sentence.last).any(|t| {
            let inside = self.subject.span.contains(view.tokens[t].span);
            let month = view.lex_at(t, lex.month).is_some();
            let year = crate::policy::figure::year(view.word(t), view.language).is_some();
            !inside && (month || year || published && view.lex_at(t, lex.weekday).is_some())
        })
    }

    fn of_article(&self, id: FactId) -> Value<'p> {
        let page = self.page;
        match id {
            FactId::Lacks => {
                let article = page.article;
                let lacks = [
                    ("date", article.published.is_none()),
                    ("byline", article.byline.is_empty()),
                    ("outlet", article.publisher.is_none()),
                ];
                Value::Words(lacks.iter().filter(|(_, lacks)| *lacks).map(|(word, _)| *word).collect())
            }
            FactId::FirstSource => {
                let speaks = |i: &usize| {
                    page.voices(*i).any(|(_, a)| a.source.is_some() && a.kind != AttributionKind::Contribution)
                };
                let first =
                    (0..page.sentences.len()).filter(|i| page.sentences[*i].kind != BlockKind::Caption).find(speaks);
                let labelled = page.scopes.iter().any(|s| matches!(s.level, Level::Label | Level::Dateline));
                match first {
                    _ if labelled => Value::Number(0),
                    Some(i) => Value::Number(page.sentences[i].paragraph),
                    None => Value::Unknown,
                }
            }
            _ => {
                let mut origins: Vec<&str> = page
                    .attributions
                    .iter()
                    .filter(|a| crate::policy::page::says_something(a))
                    .filter_map(|a| a.chain.nodes.first().map(String::as_str))
                    .filter(|id| *id != "unknown")
                    .collect();
                origins.sort_unstable();
                origins.dedup();
                Value::Number(u32::try_from(origins.len()).unwrap_or(u32::MAX))
            }
        }
    }

    fn credited(&self) -> Value<'p> {
        let page = self.page;
        let span = self.subject.span;
        let own = page.marks.iter().any(|m| m.means == Means::PhotoCredit && span.contains(m.span));
        let agency = page.sentences.iter().filter(|s| span.contains(s.span)).any(|s| {
            let view = page.view(s);
            view.names.iter().any(|hit| match hit.target {
                NameTarget::Source(source) => page.registry.source(source).is_some_and(|s| s.kind.carries_news()),
                _ => false,
            })
        });
        let words = page.article.words(span);
        let bracketed = words.trim_end().ends_with(')') || words.contains(" / ");
        let beside =
            page.article.blocks.iter().any(|b| b.kind == BlockKind::Credit && b.span.start.abs_diff(span.end) < 8);
        Value::Flag(own || agency || bracketed || beside || Self::credit_mark(words))
    }

    /// A copyright sign, or a colon with a name behind it at the end.
    fn credit_mark(words: &str) -> bool {
        words.contains('©')
            || words.rsplit_once(':').is_some_and(|(_, name)| {
                (1..=5).contains(&name.split_whitespace().count()) && name.trim().starts_with(char::is_uppercase)
            })
    }

    fn share_told(&self) -> Value<'p> {
        let outlet = |a: &Attribution| {
            let source = a.source.as_ref();
            source.is_some_and(|s| matches!(s.class, SourceClass::Outlet | SourceClass::Wire))
        };
        self.voice().map_or(Value::Unknown, |a| Value::Flag(!outlet(a)))
    }

    /// Words of speech stand next to the quotation, in its paragraph.
    fn introduced(&self) -> Value<'p> {
        let page = self.page;
        let Some(sentence) = self.subject.sentence.map(|i| &page.sentences[i]) else { return Value::Unknown };
        let view = page.view(sentence);
        let own = page.tokens_in(sentence, self.subject.span);
        let colon =
            own.start.checked_sub(1).is_some_and(|b| view.tokens[b].is(Mark::Colon) || view.tokens[b].is(Mark::Dash));
        let opens = (0..own.start).all(|t| view.tokens[t].mark().is_some());
        let outside = |range: &mut dyn Iterator<Item = usize>| {
            let words = range.filter(|&t| view.depth[t] == 0 && view.tokens[t].is_wordlike());
            let near: Vec<usize> = words.take(NEXT_TO).collect();
            near.into_iter().any(|t| {
                view.lex_at(t, page.language.roles.cue).is_some() || view.lex_at(t, page.lexicons.speech_word).is_some()
            })
        };
        let before = outside(&mut (0..own.start).rev());
        let behind = outside(&mut (own.end..view.tokens.len()));
        Value::Flag(colon || opens || before || behind)
    }

    fn repeated(&self) -> Value<'p> {
        let words =
            self.page.article.words(self.subject.span).trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        Value::Flag(!words.is_empty() && self.page.lower().matches(words.as_str()).nth(1).is_some())
    }
}

/// The word for where a sentence stands.
fn place(sentence: &Sentence) -> &'static str {
    match sentence.kind {
        BlockKind::Title => "title",
        BlockKind::Standfirst => "standfirst",
        BlockKind::Caption => "caption",
        BlockKind::Credit => "credit",
        _ if sentence.paragraph == 1 => "lead",
        _ => "body",
    }
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Recipient | Level::Clause => "clause",
        Level::Tag => "tag",
        Level::Label => "label",
        Level::Dateline => "dateline",
    }
}

/// How an attribution was read leaves no doubt about who speaks.
pub fn is_sure(a: &Attribution) -> bool {
    a.basis != Basis::Inferred && a.form != Form::None
}
