//! Whom a pronoun or a role may stand for: who was named in subject position, and who spoke, paragraph by paragraph.

use std::cell::OnceCell;

use super::full_names::FullNames;
use super::subject::subject;
use super::voice::{BlockReading, Node};
use crate::rules::pack::NounKind;
use crate::scan::View;
use crate::text::span::Span;

/// Letters that forms of one role share ("spokesman", "spokeswoman").
const SHARED_STEM: usize = 5;

impl RoleWord {
    /// True where both are words for one role.
    pub fn is_of(&self, other: &RoleWord) -> bool {
        let alike =
            |a: &str, b: &str| a == b || a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count() >= SHARED_STEM;
        // A noun of one word goes by the head of one of several: "ministra" for "ministra Mediului".
        let alone = self.words.0 == self.words.1 || other.words.0 == other.words.1;
        let noun = alike(&self.words.1, &other.words.1) || alone && alike(&self.words.0, &other.words.0);
        self.group == other.group && noun || self.offices & other.offices != 0
    }
}

/// Somebody who was named in subject position: what a later pronoun may stand for.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Index of the block, in the list of [`BlockReading`].
    pub at: usize,
    /// How many quotations enclose it.
    pub depth: u8,
    /// Its words, or those that they stand for.
    pub span: Span,
    /// Its own words in the block, whose role nouns a later "the minister" goes by; `None` where it has none to tell.
    pub phrase: Option<Span>,
    /// Who it is.
    pub node: Node,
}

impl Candidate {
    /// Where it stood last.
    fn stood(&self) -> Span {
        self.phrase.unwrap_or(self.span)
    }
}

/// Most persons of a paragraph that a pronoun may stand for; no paragraph that people write names more.
const MOST_CANDIDATES: usize = 256;

/// A role noun as it stands in a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleWord {
    /// Its group in the lists of nouns.
    pub group: String,
    /// The noun in lower case: its first word and its last one.
    pub words: (String, String),
    /// The offices of the lists `office-…` that it is a word for, one bit each.
    pub offices: u32,
}

/// The candidates of an article up to the block that is read.
pub struct Candidates<'b, 'a> {
    blocks: &'b [BlockReading<'a>],
    names: &'b FullNames<'a>,
    /// By block.
    lists: Vec<List>,
}

#[derive(Default)]
struct List {
    /// Names that open its sentences, worked out when somebody first asks: most paragraphs have no pronoun that does.
    subjects: OnceCell<Vec<Candidate>>,
    /// Who spoke in it.
    speakers: Vec<Candidate>,
}

impl<'b, 'a> Candidates<'b, 'a> {
    /// No block read yet.
    pub fn new(blocks: &'b [BlockReading<'a>], names: &'b FullNames<'a>) -> Candidates<'b, 'a> {
        Candidates { blocks, names, lists: Vec::with_capacity(blocks.len()) }
    }

    /// Notes who spoke in block `at`, which is the last one so far or behind it.
    pub fn push(&mut self, candidate: Candidate) {
        if self.lists.len() <= candidate.at {
            self.lists.resize_with(candidate.at + 1, List::default);
        }
        if let Some(list) = self.lists.get_mut(candidate.at) {
            list.speakers.push(candidate);
        }
    }

    /// Makes room for block `at`, which is read now.
    pub fn open(&mut self, at: usize) {
        self.lists.resize_with(at + 1, List::default);
    }

    /// Those of block `at`, the latest first.
    fn of(&self, at: usize) -> impl Iterator<Item = &Candidate> {
        let list = self.lists.get(at);
        let subjects = move || list.map(|list| list.subjects.get_or_init(|| self.subjects(at)));
        let speakers = list.into_iter().flat_map(|list| list.speakers.iter().rev());
        // The names are worked out only where the speakers don't do.
        speakers.chain(std::iter::once_with(subjects).flatten().flat_map(|list| list.iter().rev()))
    }

    /// Names that open a sentence are what a pronoun of the next one stands for, whether they speak or not.
    fn subjects(&self, at: usize) -> Vec<Candidate> {
        let Some(block) = self.blocks.get(at).filter(|block| !block.place.title && !block.place.caption) else {
            return Vec::new();
        };
        let view = &block.view;
        let outer = view.regions.iter().filter(|r| r.depth == 0);
        let found = outer.filter_map(|region| subject(view, region, self.names));
        found.map(|(span, node)| Candidate { at, depth: 0, span, phrase: Some(span), node }).collect()
    }

    /// The candidates of the paragraph `at` that end before byte `before`, the latest first.
    pub fn in_paragraph(&self, at: usize, before: u32) -> impl Iterator<Item = &Candidate> {
        self.of(at).take(MOST_CANDIDATES).filter(move |c| c.span.end <= before)
    }

    /// Who fits and stands nearest before byte `before` in the paragraph `at`: somebody who spoke there, or whom a sentence is
    /// about that ends before byte `sentence`; failing these, whom the sentence itself is about.
    pub fn nearest(
        &self,
        at: usize,
        (sentence, before): (u32, u32),
        fits: impl Fn(&&Candidate) -> bool,
    ) -> Option<Candidate> {
        let list = self.lists.get(at)?;
        let spoke = list.speakers.iter().rev().take(MOST_CANDIDATES).find(|c| c.span.end <= before && fits(c));
        let meant = |limit: u32| {
            let subjects = list.subjects.get_or_init(|| self.subjects(at)).iter().rev().take(MOST_CANDIDATES);
            let mut behind = subjects.take_while(|c| spoke.is_none_or(|s| s.stood() < c.span));
            behind.find(|c| c.span.end <= limit && fits(c))
        };
        let own = || spoke.is_none().then(|| meant(before)).flatten();
        meant(sentence).or(spoke).or_else(own).cloned()
    }

    /// The candidate of the paragraph before `at`, where one alone fits: who spoke there last, or, where nobody did, whom its
    /// sentences are about. Whom a sentence before that one is about is no rival.
    pub fn alone_above(&self, at: usize, fits: impl Fn(&&Candidate) -> bool) -> Option<Candidate> {
        let above = at.checked_sub(1)?;
        let last = self.of(above).take(MOST_CANDIDATES).find(|c| fits(c))?;
        let list = self.lists.get(above)?;
        let spoke = |c: &Candidate| list.speakers.iter().any(|s| std::ptr::eq(s, c));
        let rivals = |c: &&Candidate| fits(c) && (spoke(c) || !spoke(last) || c.span > last.stood());
        // The phrase that opens the sentence of the last one is the last one itself.
        let same = |c: &Candidate| c.node.id == last.node.id || c.span.overlaps(last.span);
        self.of(above).take(MOST_CANDIDATES).filter(rivals).all(same).then(|| last.clone())
    }

    /// All so far, the latest first.
    pub fn latest(&self) -> impl Iterator<Item = &Candidate> {
        (0..self.lists.len()).rev().flat_map(|at| self.of(at)).take(MOST_CANDIDATES)
    }

    /// The role nouns of a candidate's phrase.
    pub fn roles(&self, candidate: &Candidate) -> Vec<RoleWord> {
        let block = self.blocks.get(candidate.at);
        block.zip(candidate.phrase).map(|(block, phrase)| role_words(&block.view, phrase)).unwrap_or_default()
    }
}

impl Candidates<'_, '_> {
    /// True where a candidate's phrase has all these words, capitals aside.
    pub fn has_words(&self, candidate: &Candidate, words: &[&str]) -> bool {
        let Some((block, phrase)) = self.blocks.get(candidate.at).zip(candidate.phrase) else { return false };
        let view = &block.view;
        words.iter().all(|word| tokens_of(view, phrase).any(|t| view.word(t).to_lowercase() == word.to_lowercase()))
    }

    /// True where a candidate's phrase has several words and the first of them is `noun`, an article before it or not.
    pub fn starts_with(&self, candidate: &Candidate, noun: &str) -> bool {
        let Some((block, phrase)) = self.blocks.get(candidate.at).zip(candidate.phrase) else { return false };
        let view = &block.view;
        let first = view.tokens.partition_point(|t| t.span.start < phrase.start);
        let more = view.tokens.get(first + 1).is_some_and(|t| t.is_wordlike() && t.span.end <= phrase.end);
        more && view.language.pack.morphology.without_article(view.word(first)) == noun
    }
}

/// The role nouns in a stretch of the block.
pub fn role_words(view: &View<'_>, span: Span) -> Vec<RoleWord> {
    tokens_of(view, span)
        .filter_map(|t| {
            let (noun, end) = view.noun_at(t)?;
            let role = matches!(noun.kind, NounKind::Role | NounKind::Anonymous);
            let word = |at: usize| view.language.pack.morphology.without_article(view.word(at)).to_lowercase();
            role.then(|| RoleWord {
                group: noun.name.clone(),
                words: (word(t), word(end - 1)),
                offices: offices(view, t),
            })
        })
        .collect()
}

/// The lists of words for one office in which an entry starts at token `at`, one bit each.
fn offices(view: &View<'_>, at: usize) -> u32 {
    let lists = view.language.roles.offices();
    lists.iter().enumerate().filter(|(_, list)| view.lex_at(at, **list).is_some()).fold(0, |all, (i, _)| all | 1 << i)
}

/// The tokens of a stretch of the block.
fn tokens_of(view: &View<'_>, span: Span) -> std::ops::Range<usize> {
    let first = view.tokens.partition_point(|t| t.span.start < span.start);
    first..view.tokens.partition_point(|t| t.span.start < span.end).max(first)
}
