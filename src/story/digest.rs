//! What the story keeps of one article while it is compared: its sentences as terms, figures, dates, quotations and marks.

use jiff::civil::Date as Day;
use rapidhash::RapidHashSet;

use crate::article::{Article, BlockKind};
use crate::attribution::model::Attribution;
use crate::policy::facts::STAKES;
use crate::policy::page::{Page, Sentence as PageSentence};
use crate::policy::pending::Pending;
use crate::rules::pack::{Means, NounKind};
use crate::segment::quotation::QuotationClass;
use crate::story::dates::{WrittenDate, dates, day_of};
use crate::story::figures::{Figure, figures};
use crate::story::terms::{Term, TermKind, is_small, names_inside, terms};
use crate::story::words::Words;
use crate::text::span::Span;
use crate::text::token::Kind;

/// One article, ready to be compared.
#[derive(Debug, Clone)]
pub struct Digest {
    /// The article.
    pub article: Article,
    /// Who said what.
    pub attributions: Vec<Attribution>,
    /// What words for sources stand in the phrase of each attribution's source.
    pub nouns: Vec<Nouns>,
    /// Its sentences in order, headline first where it stands first.
    pub sentences: Vec<Sentence>,
    /// Speech in quotation marks.
    pub quotes: Vec<Quote>,
    /// The day it was published.
    pub day: Option<Day>,
    /// True where it speaks as I or we.
    pub opinion: bool,
    /// What policies that ask the story may flag in it.
    pub pending: Vec<Pending>,
}

/// Words for sources in a phrase.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Nouns {
    /// A body or an outlet: ministry, company, newspaper.
    pub body: bool,
    /// A person: president, Mr.
    pub person: bool,
}

/// How much of an article is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What tells which event it is on: terms and dates.
    Sketch,
    /// All that articles are compared by.
    Whole,
}

/// One sentence.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its bytes in the buffer.
    pub span: Span,
    /// What its block is.
    pub kind: BlockKind,
    /// The paragraph of the body, from 1; 0 outside the body.
    pub paragraph: u32,
    /// Its terms, in order.
    pub terms: Vec<Term>,
    /// Its numbers.
    pub figures: Vec<Figure>,
    /// Its dates.
    pub dates: Vec<WrittenDate>,
    /// Where it keeps its distance.
    pub hedge: Option<Span>,
    /// What blames somebody.
    pub blame: Option<Span>,
    /// Blame without who.
    pub agentless: bool,
    /// A word of negation stands in it outside quotation marks.
    pub negated: bool,
    /// The words of negation in it, inside quotation marks, too.
    pub negations: Vec<Span>,
    /// The words in it, outside quotation marks, that somebody was the first to report something.
    pub firsts: Vec<Span>,
    /// Indexes of its attributions.
    pub voices: Vec<usize>,
    /// The words in it that tell who says so: sources, cues and relays.
    pub told: Vec<Span>,
    /// True where a relay or a speaker covers it.
    pub sourced: bool,
    /// Where things come out of, and where they go: the names behind such words.
    pub places: Vec<Direction>,
}

impl Sentence {
    /// A sentence of which nothing else is known.
    fn bare(it: &PageSentence, terms: Vec<Term>, dates: Vec<WrittenDate>) -> Sentence {
        Sentence {
            span: it.span,
            kind: it.kind,
            paragraph: it.paragraph,
            terms,
            figures: Vec::new(),
            dates,
            hedge: None,
            blame: None,
            agentless: false,
            negated: false,
            negations: Vec::new(),
            firsts: Vec::new(),
            voices: Vec::new(),
            told: Vec::new(),
            sourced: false,
            places: Vec::new(),
        }
    }
}

/// A name behind a word of direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Direction {
    /// True for out of, false for towards.
    pub out: bool,
    /// The words, from that of direction to the end of the name.
    pub span: Span,
    /// The name.
    pub name: Span,
}

/// Words in quotation marks with who said them.
#[derive(Debug, Clone)]
pub struct Quote {
    /// Its bytes in the buffer, marks included.
    pub span: Span,
    /// Index of the attribution it belongs to.
    pub voice: usize,
    /// Its words in lower case, marks left out.
    pub words: Vec<String>,
    /// The terms of its words that mean something: no small words.
    pub meaning: Vec<Term>,
    /// Words that a wording can't exchange: all but articles, auxiliaries and the like; stem and place.
    pub weighty: Vec<(String, Span)>,
    /// What it is where it only answers yes or no.
    pub answer: Option<Answer>,
    /// True where the sentences around it tell of a question or of a report that it answers.
    pub asked: bool,
}

/// An answer that says nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is so.
    Yes,
    /// It is not.
    No,
}

/// Bytes that a word of a quotation takes, and the chain of an attribution, about.
const WORD: usize = 64;
const CHAIN: usize = 256;
/// Most words of an answer that only says yes or no.
const LONGEST_ANSWER: usize = 8;
/// Sentences around a quotation that may tell what it answers.
const AROUND: usize = 2;

impl Digest {
    /// The digest of a page, in as much detail as is wanted.
    pub fn new(page: &Page<'_>, detail: Detail) -> Digest {
        let day = page.article.published.as_ref().and_then(|p| day_of(&p.iso));
        let mut names = RapidHashSet::default();
        page.read.blocks.iter().for_each(|block| names_inside(&block.view, &mut names));
        let words: Vec<Words<'_, '_>> = page.read.blocks.iter().map(|block| Words::new(&block.view)).collect();
        let sentence = |i: usize| {
            let it = &page.sentences[i];
            let (words, mut found, mut written) = (&words[it.at], Vec::new(), Vec::new());
            terms(words, it.first, it.last, &names, &mut found);
            dates(words, it.first, it.last, day, &mut written);
            match detail {
                Detail::Sketch => Sentence::bare(it, found, written),
                Detail::Whole => sentence(page, words, i, found, written),
            }
        };
        Digest {
            sentences: (0..page.sentences.len()).map(sentence).collect(),
            quotes: if detail == Detail::Whole { quotes(page, &words, &names) } else { Vec::new() },
            article: page.article.clone(),
            attributions: if detail == Detail::Whole { page.attributions.to_vec() } else { Vec::new() },
            nouns: if detail == Detail::Whole {
                page.attributions.iter().map(|a| nouns(page, a)).collect()
            } else {
                Vec::new()
            },
            day,
            opinion: page.opinion,
            pending: Vec::new(),
        }
    }

    /// Index of the sentence that holds byte `at`.
    pub fn sentence_at(&self, at: u32) -> Option<usize> {
        let i = self.sentences.partition_point(|s| s.span.end <= at);
        self.sentences.get(i).filter(|s| s.span.start <= at).map(|_| i)
    }

    /// Id of the publisher; `unknown` where nothing tells it.
    pub fn publisher(&self) -> &str {
        self.article.publisher.as_ref().map_or("unknown", |p| p.id.as_str())
    }

    /// The article's language, without region.
    pub fn language(&self) -> &str {
        let tag = self.article.language.tag.as_str();
        tag.split('-').next().unwrap_or(tag)
    }

    /// Bytes that it takes in memory, about.
    pub fn size(&self) -> usize {
        let terms = |list: usize| list * size_of::<Term>();
        let sentence = |s: &Sentence| {
            let figures = s.figures.iter().map(|f| size_of_val(f) + terms(f.counted.len() + f.near.len()));
            size_of_val(s) + terms(s.terms.capacity()) + figures.sum::<usize>()
        };
        let quote = |q: &Quote| size_of_val(q) + terms(q.meaning.len()) + (q.words.len() + q.weighty.len()) * WORD;
        let spoken = self.attributions.len() * (size_of::<Attribution>() + CHAIN);
        self.article.buffer.len()
            + self.article.blocks.len() * size_of::<crate::article::Block>()
            + self.sentences.iter().map(sentence).sum::<usize>()
            + self.quotes.iter().map(quote).sum::<usize>()
            + spoken
    }

    /// The terms of `span`.
    pub fn terms_in(&self, span: Span) -> impl Iterator<Item = &Term> {
        self.sentences
            .iter()
            .filter(move |s| s.span.overlaps(span))
            .flat_map(|s| &s.terms)
            .filter(move |t| span.contains(t.span))
    }
}

fn sentence(page: &Page<'_>, words: &Words<'_, '_>, i: usize, found: Vec<Term>, written: Vec<WrittenDate>) -> Sentence {
    let it = &page.sentences[i];
    let view = words.view;
    let lexicons = page.lexicons;
    let first = |lex| (it.first..it.last).find_map(|t| view.lex_at(t, lex).map(|end| view.span(t, end)));
    let stake = |name: &str| {
        let at = STAKES.iter().position(|stake| *stake == name)?;
        first(*lexicons.stakes.get(at)?)
    };
    Sentence {
        figures: figures(page, words, i, &found),
        hedge: page.marked(i, Means::Hedge).map(|mark| mark.span),
        blame: stake("blame").or_else(|| stake("wrong")),
        agentless: page.marked(i, Means::Agentless).is_some(),
        negated: page.has(i, lexicons.negation),
        firsts: firsts(page, it),
        negations: (it.first..it.last)
            .filter(|&t| view.lex_at(t, lexicons.negation).is_some())
            .map(|t| view.tokens[t].span)
            .collect(),
        voices: page.voices(i).map(|(voice, _)| voice).collect(),
        told: page.voices(i).flat_map(|(_, a)| told(a)).collect(),
        sourced: page.sourced(i),
        places: places(page, it, &found),
        ..Sentence::bare(it, found, written)
    }
}

/// The words in a sentence, outside quotation marks, that somebody was the first to report something.
fn firsts(page: &Page<'_>, it: &PageSentence) -> Vec<Span> {
    let view = page.view(it);
    let Some(lex) = STAKES.iter().position(|stake| *stake == "first").map(|at| page.lexicons.stakes[at]) else {
        return Vec::new();
    };
    let plain = (it.first..it.last).filter(|&t| view.depth.get(t).is_none_or(|depth| *depth == 0));
    plain.filter_map(|t| view.lex_at(t, lex).map(|end| view.span(t, end))).collect()
}

/// Letters that two forms of one word begin with.
const BEGIN: usize = 4;

/// The words for sources in the phrase of a source, or in that of the name that it stands for.
fn nouns(page: &Page<'_>, attribution: &Attribution) -> Nouns {
    let phrases = attribution.source.iter().map(|s| s.span).chain(attribution.antecedent);
    let mut out = Nouns::default();
    let name = attribution.source.as_ref().map_or("", |s| s.id.as_str()).trim_start_matches("name:").to_lowercase();
    let begins: Vec<String> = name.split([' ', '-']).map(|word| word.chars().take(BEGIN).collect()).collect();
    for span in phrases {
        let Some(sentence) = page.sentence_at(span.start).map(|i| &page.sentences[i]) else { continue };
        let view = page.view(sentence);
        for t in page.tokens_in(sentence, span) {
            out.person |= view.is(t, view.language.roles.honorific);
            // Of "excerpts provided by the ministry" the name is what comes before.
            let own = || begins.iter().any(|begin| view.word(t).to_lowercase().starts_with(begin.as_str()));
            match view.noun_at(t).map(|(noun, _)| noun.kind) {
                Some(NounKind::Institution | NounKind::Outlet) => out.body |= own(),
                Some(NounKind::Role) => out.person = true,
                _ => {}
            }
        }
    }
    out
}

/// The words that tell who says what an attribution holds.
fn told(attribution: &Attribution) -> impl Iterator<Item = Span> {
    let hops = attribution.chain.hops.iter().map(|hop| hop.span);
    attribution.source.iter().map(|s| s.span).chain(attribution.cue).chain(hops)
}

/// Words between one of direction and the name.
const TO_NAME: usize = 6;

fn places(page: &Page<'_>, sentence: &PageSentence, terms: &[Term]) -> Vec<Direction> {
    let view = page.view(sentence);
    let mut out = Vec::new();
    for t in sentence.first..sentence.last {
        for (lex, leaves) in [(page.lexicons.out_of_place, true), (page.lexicons.towards_place, false)] {
            let Some(end) = view.lex_at(t, lex) else { continue };
            let limit = (end + TO_NAME).min(sentence.last);
            // Up to the next mark.
            let limit =
                (end..limit).find(|&at| view.tokens[at].mark().is_some_and(|m| m.parts_clauses())).unwrap_or(limit);
            let reach = view.span(end, limit);
            let mut names = terms.iter().filter(|term| term.kind == TermKind::Name && reach.contains(term.span));
            if let Some(first) = names.next() {
                // A name of several words: nothing but a space or a hyphen between them.
                let name =
                    names.fold(
                        first.span,
                        |name, next| {
                            if next.span.start <= name.end + 1 { name.join(next.span) } else { name }
                        },
                    );
                out.push(Direction { out: leaves, span: view.tokens[t].span.join(name), name });
            }
        }
    }
    out
}

fn quotes(page: &Page<'_>, words: &[Words<'_, '_>], names: &RapidHashSet<u64>) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    for (voice, attribution) in page.attributions.iter().enumerate() {
        let Some(i) = page.sentence_of.get(voice).copied().flatten() else { continue };
        if attribution.source.is_none() {
            continue;
        }
        for (block, words) in page.read.blocks.iter().zip(words).filter(|(b, _)| !b.quoted) {
            let view = &block.view;
            // Who is quoted inside somebody's words is not who says them all.
            let inside = |span: Span| attribution.cue.is_some_and(|cue| span.contains(cue));
            let holds = |span: Span| {
                let has = |c: &Span| c.contains(span) || span.contains(*c) && !c.is_empty();
                !inside(span) && attribution.content.iter().any(has)
            };
            for q in view.quotations.iter().filter(|q| q.class == QuotationClass::Speech) {
                let span = view.span(q.open, q.end);
                let inside = q.inside();
                let words_span = view.span(inside.start, inside.end);
                if !holds(words_span) || out.iter().any(|other| other.span == span) {
                    continue;
                }
                out.push(Quote { voice, asked: asked(page, i), ..quote(page, words, inside, span, names) });
            }
        }
    }
    out.sort_by_key(|q| q.span);
    out
}

fn quote(
    page: &Page<'_>,
    all: &Words<'_, '_>,
    inside: std::ops::Range<usize>,
    span: Span,
    names: &RapidHashSet<u64>,
) -> Quote {
    let view = all.view;
    let wordlike: Vec<usize> = inside.clone().filter(|&t| view.tokens[t].is_wordlike()).collect();
    let words: Vec<String> = wordlike.iter().map(|&t| all.lower(t).to_owned()).collect();
    let mut meaning = Vec::new();
    terms(all, inside.start, inside.end, names, &mut meaning);
    let says = |lex| wordlike.iter().any(|&t| view.lex_at(t, lex).is_some());
    // All that it says is yes or no: what is neither means nothing by itself.
    let plain = |lex| {
        let mut covered = inside.start;
        wordlike.iter().all(|&t| {
            covered = covered.max(view.lex_at(t, lex).unwrap_or(0));
            t < covered || !view.tokens[t].is_wordlike() || is_small(view, t) || all.stem(t).chars().nth(2).is_none()
        })
    };
    let short = words.len() <= LONGEST_ANSWER;
    let (yes, no) = (page.lexicons.answer_yes, page.lexicons.answer_no);
    let answer = if short && says(no) && plain(no) {
        Some(Answer::No)
    } else if short && says(yes) && plain(yes) {
        Some(Answer::Yes)
    } else {
        None
    };
    let roles = &view.language.roles;
    let light = [roles.determiner, roles.linker, roles.coordinator, roles.complementiser, roles.auxiliary];
    let weighs = |t: usize| {
        let negated = view.lex_at(t, page.lexicons.negation).is_some();
        let light = light.iter().any(|lex| view.is(t, *lex)) || view.language.pronoun(view.surfaces[t]).is_some();
        negated || !light && view.word(t).chars().nth(2).is_some()
    };
    let weighty = wordlike.iter().filter(|&&t| weighs(t));
    let weighty = weighty.map(|&t| (all.stem(t).to_owned(), view.tokens[t].span)).collect();
    Quote { span, voice: 0, words, meaning, weighty, answer, asked: false }
}

/// True where the sentences around sentence `i` tell of a question, or of a report that is confirmed.
fn asked(page: &Page<'_>, i: usize) -> bool {
    let from = i.saturating_sub(AROUND);
    let to = (i + AROUND + 1).min(page.sentences.len());
    (from..to).any(|s| {
        [page.lexicons.asked_about, page.lexicons.answer_told, page.lexicons.report].iter().any(|lex| page.has(s, *lex))
    })
}

/// The number of words that a span of an article holds.
pub fn word_count(article: &Article, span: Span) -> usize {
    crate::text::token::tokens(&article.buffer, span.range())
        .iter()
        .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
        .count()
}
