//! One block as the engine sees it: tokens, interned words, names, quotations and the stretches to read.

use crate::block_words::Words;
use crate::compiled::atoms::{Lex, Surface};
use crate::compiled::language::Language;
use crate::compiled::phrase_hits::PhraseHits;
use crate::compiled::signature::{SPEECH_CLOSES, SPEECH_OPENS, Signature};
use crate::compiled::word_lists::{FIRST, NounInfo};
use crate::rules::pack::NameTest;
use crate::segment::insertion::{Asked, part};
use crate::segment::joined::part_joined;
use crate::segment::places;
use crate::segment::quotation::{Quotation, QuotationClass, pair};
use crate::segment::sentence::{SentenceRules, starts};
use crate::sources::find::hits_of_words;
use crate::sources::names::NameHit;
use crate::sources::registry::Registry;
use crate::sources::surnames;
use crate::text::span::Span;
use crate::text::token::{Kind, Mark, Token, tokens};

/// A stretch of tokens that is read on its own: a sentence, or a sentence inside a speech quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// How many speech quotations enclose it.
    pub depth: u8,
    /// The innermost speech quotation that encloses it: index into [`View::quotations`].
    pub quotation: Option<usize>,
}

/// One block, scanned.
pub struct View<'a> {
    /// The article's buffer.
    pub text: &'a str,
    /// The language that the block is read in.
    pub language: &'a Language,
    /// Who is who.
    pub registry: &'a Registry,
    /// The block's tokens; spans are in bytes of the buffer.
    pub tokens: Vec<Token>,
    /// The interned word of each token.
    pub surfaces: Vec<Surface>,
    /// The lists that the engine asks for, of which each token is an entry alone: [`WordLists::first_of`](crate::compiled::word_lists::WordLists::first_of).
    own: Vec<u64>,
    /// Registry names, in order.
    pub names: Vec<NameHit>,
    name_at: Vec<u32>,
    /// Words of people's names at which no noun for people stands, in order.
    surnames: Vec<usize>,
    /// Entries of the language's lexicons, at every token.
    pub phrases: PhraseHits<'a>,
    /// Quotations, in order of their opening marks.
    pub quotations: Vec<Quotation>,
    /// How many speech quotations enclose each token (their marks not counted).
    pub depth: Vec<u8>,
    /// What is read, outer stretches first.
    pub regions: Vec<Region>,
    /// True where nearly every word has a capital, so that capitals tell nothing.
    pub title_case: bool,
    /// True where the language tells names without capitals and the block has next to none.
    pub caseless: bool,
    /// Names of people that the language tells without capitals, in order: first token and one past the last.
    pub persons: Vec<(usize, usize)>,
    /// What is known of each token's place among quotations: bits of [`places`].
    places: Vec<u8>,
    /// Closed quotations by their last token, outer ones first: (one past the last token, index).
    closing: Vec<(usize, u32)>,
    /// Speech quotations by their last token, outer ones first: (one past the last token, index).
    speech_ends: Vec<(usize, u32)>,
    /// For each token, how many words stand before it in the block, and how many of those are quoted.
    words_before: Vec<(u32, u32)>,
    /// For each token, one past the furthest noun of several words that starts before it; 0 where there is none.
    noun_reach: Vec<u32>,
    /// The number of regions at depth 0, which come first.
    outer: usize,
    /// True where the next block starts with an opening quotation mark.
    pub opens_next: bool,
}

const NO_NAME: u32 = u32::MAX;

/// Most tokens between a quotation and its cue.
const LONGEST_SPEAKER: usize = 12;
/// Longest stretch, in tokens at its own depth, that is read as one sentence. Longer ones are lists or lack their stops;
/// they are cut, so that reading takes time in proportion to the text.
const LONGEST_SENTENCE: usize = 600;

impl<'a> View<'a> {
    /// Scans the block `span` of `text`. `reopened`: the next block starts with an opening quotation mark.
    pub fn new(text: &'a str, span: Span, language: &'a Language, registry: &'a Registry, reopened: bool) -> View<'a> {
        let mut tokens = tokens(text, span.range());
        language.own_marks(text, &mut tokens);
        part_joined(
            text,
            &mut tokens,
            |word| language.is_known(word),
            |word| registry.is_name_written_apart(word),
            |part| {
                let name = || registry.target_by_name(part).is_some();
                !language.pack.morphology.is_ending(part) && (language.is_word(part) || name())
            },
        );
        let (table, bit) = registry.names_in(&language.pack.tag);
        let Words { surfaces, classes, own, numbers, all, capital } = Words::new(text, &tokens, language, table);
        let phrases = language.lists.find(&tokens, &surfaces, &classes);
        let mut names = hits_of_words(table, text, &tokens, &numbers, &language.affixes, bit);
        let title_case = all >= 3 && capital * 5 >= all * 4;
        let caseless = language.pack.name_test != NameTest::Capitals && capital * 5 <= all;
        let surnames = surnames::tell(&tokens, &surfaces, &own, language, title_case, &mut names);
        let mut name_at = vec![NO_NAME; tokens.len()];
        for (i, hit) in names.iter().enumerate() {
            name_at[hit.first as usize..hit.last as usize].fill(i as u32);
        }
        let quotations = pair(text, &tokens, &language.pack.quotations, reopened);
        let depth = vec![0; tokens.len()];
        let mut view = View {
            text,
            language,
            registry,
            tokens,
            surfaces,
            own,
            names,
            name_at,
            surnames,
            phrases,
            quotations,
            depth,
            regions: Vec::new(),
            title_case,
            caseless,
            persons: Vec::new(),
            places: Vec::new(),
            closing: Vec::new(),
            speech_ends: Vec::new(),
            words_before: Vec::new(),
            noun_reach: Vec::new(),
            outer: 0,
            opens_next: reopened,
        };
        view.note_long_nouns();
        view.class_quotations();
        view.part_speech();
        view.index_quotations();
        view.cut_regions();
        view
    }

    /// The words from token `first` to before token `last`.
    pub fn span(&self, first: usize, last: usize) -> Span {
        match (self.tokens.get(first), last.checked_sub(1).and_then(|l| self.tokens.get(l))) {
            (Some(a), Some(b)) if first < last => Span { start: a.span.start, end: b.span.end },
            (Some(a), _) => Span { start: a.span.start, end: a.span.start },
            _ => Span::default(),
        }
    }

    /// The word of token `at`, as written.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.span.of(self.text))
    }

    /// The registry name that covers token `at`.
    pub fn name(&self, at: usize) -> Option<&NameHit> {
        self.name_at.get(at).filter(|&&i| i != NO_NAME).and_then(|&i| self.names.get(i as usize))
    }

    /// The name of a person, told without capitals, that covers token `at`.
    pub fn person_at(&self, at: usize) -> Option<(usize, usize)> {
        let i = self.persons.partition_point(|(_, last)| *last <= at);
        self.persons.get(i).copied().filter(|(first, _)| *first <= at)
    }

    /// True where the word at `at` is an entry of the lexicon.
    pub fn is(&self, at: usize, lex: Lex) -> bool {
        if lex < FIRST {
            return self.own_lists(at) >> lex & 1 == 1;
        }
        self.surfaces.get(at).is_some_and(|&s| self.language.is_in(s, lex))
    }

    /// One bit for each list with a number below [`FIRST`] of which the word at `at` is an entry: the engine's own lists are
    /// among them.
    pub fn own_lists(&self, at: usize) -> u64 {
        self.own.get(at).copied().unwrap_or(0)
    }

    /// One past the longest entry of `lex` that starts at token `at`.
    pub fn lex_at(&self, at: usize, lex: Lex) -> Option<usize> {
        self.phrases.longest(at, lex)
    }

    /// The start of the longest entry of `lex` that ends before token `end`.
    pub fn lex_before(&self, floor: usize, end: usize, lex: Lex) -> Option<usize> {
        self.phrases.longest_before(floor, end, lex)
    }

    /// What the noun that starts at token `at` makes of its phrase, and one past its last token; the longest noun wins.
    pub fn noun_at(&self, at: usize) -> Option<(&'a NounInfo, usize)> {
        self.noun_within(at, self.tokens.len())
    }

    /// The same for the longest noun that ends at token `limit` or before.
    pub fn noun_within(&self, at: usize, limit: usize) -> Option<(&'a NounInfo, usize)> {
        let noun = self.language.lists.noun_within(&self.phrases, at, limit);
        noun.filter(|(noun, end)| *end > at + 1 || !surnames::holds(&self.surnames, at, noun.kind))
    }

    /// One past the furthest noun of several words that starts before token `at`, where one does.
    pub fn noun_reach(&self, at: usize) -> Option<usize> {
        self.noun_reach.get(at).filter(|&&end| end > 0).map(|&end| end as usize)
    }

    fn note_long_nouns(&mut self) {
        let mut reach = Vec::new();
        for first in self.phrases.longer_starts() {
            let Some((_, end)) = self.noun_at(first) else { continue };
            if reach.is_empty() {
                reach.resize(self.tokens.len(), 0);
            }
            reach[first + 1..end].iter_mut().for_each(|known: &mut u32| *known = (*known).max(end as u32));
        }
        self.noun_reach = reach;
    }

    /// The speech quotation whose opening mark is token `at`.
    pub fn speech_from(&self, at: usize) -> Option<&Quotation> {
        if !self.has_place(at, places::SPEECH_OPENS) {
            return None;
        }
        let i = self.quotations.partition_point(|q| q.open < at);
        self.quotations[i..].iter().take_while(|q| q.open == at).find(|q| q.class == QuotationClass::Speech)
    }

    /// The speech quotation whose last token is `at`.
    pub fn speech_to(&self, at: usize) -> Option<&Quotation> {
        self.ending(&self.speech_ends, at)
    }

    /// The quotation of any class whose last token is `at`, the outermost one.
    pub fn quotation_to(&self, at: usize) -> Option<&Quotation> {
        self.ending(&self.closing, at)
    }

    fn ending(&self, by_end: &[(usize, u32)], at: usize) -> Option<&Quotation> {
        let i = by_end.partition_point(|(end, _)| *end < at + 1);
        by_end.get(i).filter(|(end, _)| *end == at + 1).and_then(|(_, q)| self.quotations.get(*q as usize))
    }

    fn has_place(&self, at: usize, bit: u8) -> bool {
        self.places.get(at).is_some_and(|p| p & bit != 0)
    }

    /// True inside a quotation that holds no speech: a name, a title, a few words.
    pub fn in_other_marks(&self, at: usize) -> bool {
        self.has_place(at, places::IN_OTHER)
    }

    /// What of a template could stand at token `at`.
    pub fn signature(&self, at: usize) -> Signature {
        let hits = self.phrases.further(at);
        let own = match self.tokens[at].kind {
            Kind::Mark(mark) => self.language.signatures.of_mark(mark, hits),
            _ => self.language.signatures.of_word(self.surfaces[at], hits),
        };
        let opens = if self.has_place(at, places::SPEECH_OPENS) { SPEECH_OPENS } else { 0 };
        let ends = places::SPEECH_CLOSES | places::SPEECH_BREAKS_OFF;
        let closes = if self.has_place(at, ends) { SPEECH_CLOSES } else { 0 };
        own | opens | closes
    }

    /// True for a mark that matching passes over: markup and the marks of quotations that hold no speech.
    pub fn transparent(&self, at: usize) -> bool {
        match self.tokens.get(at).and_then(Token::mark) {
            Some(Mark::Markup) => true,
            Some(Mark::Quote) => !self.has_place(at, places::SPEECH_OPENS | places::SPEECH_CLOSES),
            _ => false,
        }
    }

    /// How many words (numbers too) of `span` stand in quotations that quote somebody's words, and how many do not.
    pub fn quoted_words(&self, span: Span) -> (usize, usize) {
        let first = self.tokens.partition_point(|t| t.span.start < span.start);
        let last = self.tokens.partition_point(|t| t.span.end <= span.end).max(first);
        let zero = (0, 0);
        let (from, to) = (self.words_before.get(first).unwrap_or(&zero), self.words_before.get(last).unwrap_or(&zero));
        let (all, quoted) = (to.0.saturating_sub(from.0) as usize, to.1.saturating_sub(from.1) as usize);
        (quoted, all - quoted.min(all))
    }

    /// Index of the region at depth 0 that token `at` stands in.
    pub fn sentence_index(&self, at: usize) -> Option<usize> {
        let outer = self.regions.get(..self.outer)?;
        let i = outer.partition_point(|r| r.last <= at);
        outer.get(i).filter(|r| r.first <= at).map(|_| i)
    }

    /// Takes the writer's own words out of speech, where the language encloses them in dashes.
    fn part_speech(&mut self) {
        let pack = &self.language.pack;
        let dialogue = pack.dialogue_dash && self.tokens.first().is_some_and(|t| t.is(Mark::Dash));
        if !dialogue && (!pack.inserted_cue || self.quotations.is_empty()) {
            return;
        }
        let roles = &self.language.roles;
        let mut quotations = std::mem::take(&mut self.quotations);
        let joints = [roles.coordinator, roles.complementiser, roles.subordinator];
        let joins = |at| joints.iter().any(|&lex| self.is(at, lex));
        let asked = Asked {
            is_cue: &|at| self.lex_at(at, roles.cue).is_some() && self.name(at).is_none(),
            goes_on: &|at| {
                joins(at) || self.is(at, roles.auxiliary) || self.language.pronoun(self.surfaces[at]).is_some()
            },
            joins: &joins,
            inserted: pack.inserted_cue,
            dialogue,
        };
        part(&self.tokens, &mut quotations, &asked);
        self.quotations = quotations;
    }

    /// Takes the whole for words inside a quotation that stands elsewhere.
    pub fn stand_in_speech(&mut self) {
        self.depth.iter_mut().for_each(|depth| *depth = depth.saturating_add(1));
        self.regions.iter_mut().for_each(|region| region.depth = region.depth.saturating_add(1));
        self.outer = 0;
    }

    /// How many speech quotations stand around one.
    pub fn depth_around(&self, quotation: &Quotation) -> u8 {
        let inside = self.depth.get(quotation.open).copied().unwrap_or(0);
        inside.saturating_sub(u8::from(quotation.bare))
    }

    /// Notes for each token what quotations it stands in, so that no later question walks over all of them.
    fn index_quotations(&mut self) {
        let n = self.tokens.len();
        self.words_before.reserve_exact(n + 1);
        if self.quotations.is_empty() {
            let mut words = 0;
            for token in &self.tokens {
                self.words_before.push((words, 0));
                words += u32::from(token.is_wordlike());
            }
            self.words_before.push((words, 0));
            return;
        }
        let mut speech = vec![0i32; n + 1];
        let mut other = vec![0i32; n + 1];
        let mut scare = vec![0i32; n + 1];
        self.places = vec![0; n];
        for (i, q) in self.quotations.iter().enumerate() {
            let inside = q.inside();
            if q.closed {
                self.closing.push((q.end, i as u32));
            }
            if q.class == QuotationClass::Speech {
                speech[inside.start] += 1;
                speech[inside.end] -= 1;
                self.places[q.open] |= places::SPEECH_OPENS;
                let end = if q.closed { places::SPEECH_CLOSES } else { places::SPEECH_BREAKS_OFF };
                self.places[q.end - 1] |= end;
                self.speech_ends.push((q.end, i as u32));
            } else {
                other[q.open + 1] += 1;
                other[q.end] -= 1;
                if q.class == QuotationClass::Scare {
                    scare[q.open] += 1;
                    scare[q.end] -= 1;
                }
            }
        }
        self.closing.sort_unstable();
        self.speech_ends.sort_unstable();
        let (mut deep, mut others, mut scares) = (0, 0, 0);
        let (mut words, mut quoted) = (0u32, 0u32);
        for t in 0..n {
            deep += speech[t];
            others += other[t];
            scares += scare[t];
            self.depth[t] = deep.clamp(0, i32::from(u8::MAX)) as u8;
            if others > 0 {
                self.places[t] |= places::IN_OTHER;
            }
            self.words_before.push((words, quoted));
            if self.tokens[t].is_wordlike() {
                words += 1;
                quoted += u32::from(deep > 0 || scares > 0);
            }
        }
        self.words_before.push((words, quoted));
    }

    /// True where a quotation that asks or exclaims ends before token `at`, and its cue follows: `"Why?" Keller asked.`
    fn cue_follows_question(&self, at: usize) -> bool {
        let Some(close) = at.checked_sub(1).filter(|&t| self.speech_to(t).is_some()) else { return false };
        let asks = (close.saturating_sub(2)..close)
            .any(|t| matches!(self.tokens[t].mark(), Some(Mark::Question | Mark::Exclamation)));
        let roles = &self.language.roles;
        // "Mrs. Keller asked": that stop ends nothing.
        let abbreviates = |t: usize| {
            t > at && self.tokens[t].is(Mark::Stop) && {
                let chunk = self.tokens[t - 1].span.join(self.tokens[t].span).of(self.text);
                self.language.is_abbreviation(chunk)
            }
        };
        asks && (at..self.tokens.len().min(at + LONGEST_SPEAKER))
            .take_while(|&t| {
                let stops = matches!(
                    self.tokens[t].mark(),
                    Some(Mark::Stop | Mark::Question | Mark::Exclamation | Mark::Quote | Mark::Colon | Mark::Semicolon)
                );
                (!stops || abbreviates(t)) && !self.is(t, roles.auxiliary)
            })
            .any(|t| self.is(t, roles.cue) && self.name(t).is_none())
    }

    fn cut_regions(&mut self) {
        let pack = &self.language.pack;
        let roles = &self.language.roles;
        let is_abbreviation = |chunk: &str| self.language.is_abbreviation(chunk);
        let is_opener = |at: usize| {
            let s = self.surfaces[at];
            self.language.is_in(s, roles.determiner)
                || self.language.is_in(s, roles.sentence_opener)
                || self.language.is_in(s, roles.opens_adverbial)
                || self.language.pronoun(s).is_some()
        };
        let is_place = |at: usize| self.lex_before(0, at + 1, roles.venue).is_some_and(|start| start < at);
        let rules = SentenceRules {
            is_abbreviation: &is_abbreviation,
            terminators: &pack.terminators,
            is_opener: &is_opener,
            is_place: &is_place,
        };
        let mut starts = starts(self.text, &self.tokens, &rules);
        starts.retain(|&at| !self.cue_follows_question(at));
        let mut regions = Vec::new();
        let mut cut = |first: usize, last: usize, depth: u8, quotation: Option<usize>| {
            let mut from = first;
            let low = starts.partition_point(|&at| at <= first);
            for &at in starts[low..].iter().take_while(|&&at| at < last) {
                // No sentence starts inside a quotation that is no speech, nor with a closing mark.
                if self.depth[at] == depth && at > from && !self.has_place(at, places::IN_OTHER | places::SPEECH_CLOSES)
                {
                    self.cut_long(from, at, depth, quotation, &mut regions);
                    from = at;
                }
            }
            if from < last {
                self.cut_long(from, last, depth, quotation, &mut regions);
            }
        };
        cut(0, self.tokens.len(), 0, None);
        let mut outer = 0;
        for (i, q) in self.quotations.iter().enumerate().filter(|(_, q)| q.class == QuotationClass::Speech) {
            let inside = q.inside();
            if !inside.is_empty() {
                cut(inside.start, inside.end, self.depth[inside.start.min(self.depth.len() - 1)].max(1), Some(i));
            }
        }
        while regions.get(outer).is_some_and(|r: &Region| r.depth == 0) {
            outer += 1;
        }
        self.outer = outer;
        self.regions = regions;
    }

    /// One stretch, or several where it is too long for a sentence: cut behind the last clause mark, or anywhere.
    fn cut_long(&self, first: usize, last: usize, depth: u8, quotation: Option<usize>, regions: &mut Vec<Region>) {
        let mut from = first;
        if last - first > LONGEST_SENTENCE {
            let (mut own, mut mark) = (0, None);
            for at in first..last {
                if self.depth[at] != depth {
                    continue;
                }
                own += 1;
                if own > LONGEST_SENTENCE {
                    let cut: usize = mark.take().unwrap_or(at);
                    regions.push(Region { first: from, last: cut, depth, quotation });
                    from = cut;
                    own = 1 + (cut..at).filter(|&t| self.depth[t] == depth).count();
                }
                let parts = matches!(self.tokens[at].mark(), Some(Mark::Comma | Mark::Semicolon | Mark::Dash));
                if parts && own > LONGEST_SENTENCE / 2 && !self.has_place(at, places::IN_OTHER) {
                    mark = Some(at + 1);
                }
            }
        }
        if from < last {
            regions.push(Region { first: from, last, depth, quotation });
        }
    }
}
