//! One block as the engine sees it: tokens, interned words, names, quotations and the stretches to read.

use crate::rules::compile::{Language, Surface};
use crate::rules::pack::NounKind;
use crate::segment::quotation::{Quotation, QuotationClass, Surroundings, class, pair};
use crate::segment::sentence::{SentenceRules, starts};
use crate::sources::names::{NameHit, NameTarget};
use crate::sources::registry::Registry;
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
    /// Registry names, in order.
    pub names: Vec<NameHit>,
    name_at: Vec<u32>,
    /// Quotations, in order of their opening marks.
    pub quotations: Vec<Quotation>,
    /// How many speech quotations enclose each token (their marks not counted).
    pub depth: Vec<u8>,
    /// What is read, outer stretches first.
    pub regions: Vec<Region>,
    /// True where nearly every word has a capital, so that capitals tell nothing.
    pub title_case: bool,
}

const NO_NAME: u32 = u32::MAX;

impl<'a> View<'a> {
    /// Scans the block `span` of `text`. `reopened`: the next block starts with an opening quotation mark.
    pub fn new(text: &'a str, span: Span, language: &'a Language, registry: &'a Registry, reopened: bool) -> View<'a> {
        let tokens = tokens(text, span.range());
        let surfaces: Vec<Surface> =
            tokens.iter().map(|t| if t.is_wordlike() { language.surface(text, t) } else { 0 }).collect();
        let names = registry.hits(text, &tokens, Some(&language.pack.morphology));
        let mut name_at = vec![NO_NAME; tokens.len()];
        for (i, hit) in names.iter().enumerate() {
            name_at[hit.first as usize..hit.last as usize].fill(i as u32);
        }
        let quotations = pair(text, &tokens, &language.pack.quotations, reopened);
        let depth = vec![0; tokens.len()];
        let words = tokens.iter().filter(|t| t.kind == Kind::Word && t.span.len() > 3);
        let (all, capital) = words.fold((0, 0), |(n, c), t| (n + 1, c + usize::from(t.capital)));
        let title_case = all >= 3 && capital * 5 >= all * 4;
        let mut view = View {
            text,
            language,
            registry,
            tokens,
            surfaces,
            names,
            name_at,
            quotations,
            depth,
            regions: Vec::new(),
            title_case,
        };
        view.class_quotations();
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

    /// True where the word at `at` is an entry of the lexicon.
    pub fn is(&self, at: usize, lex: crate::rules::compile::Lex) -> bool {
        self.surfaces.get(at).is_some_and(|&s| self.language.is_in(s, lex))
    }

    /// One past the longest entry of `lex` that starts at token `at`.
    pub fn lex_at(&self, at: usize, lex: crate::rules::compile::Lex) -> Option<usize> {
        self.language.lex_at(&self.tokens, &self.surfaces, at, lex)
    }

    /// The start of the longest entry of `lex` that ends before token `end`.
    pub fn lex_before(&self, floor: usize, end: usize, lex: crate::rules::compile::Lex) -> Option<usize> {
        self.language.lex_before(&self.tokens, &self.surfaces, floor, end, lex)
    }

    /// The speech quotation whose opening mark is token `at`.
    pub fn speech_from(&self, at: usize) -> Option<&Quotation> {
        self.quotations.iter().find(|q| q.open == at && q.class == QuotationClass::Speech)
    }

    /// The speech quotation whose last token is `at`.
    pub fn speech_to(&self, at: usize) -> Option<&Quotation> {
        self.quotations.iter().find(|q| q.end == at + 1 && q.class == QuotationClass::Speech)
    }

    /// The quotation of any class whose last token is `at`, the outermost one.
    pub fn quotation_to(&self, at: usize) -> Option<&Quotation> {
        self.quotations.iter().find(|q| q.closed && q.end == at + 1)
    }

    /// True for a mark that matching passes over: markup and the marks of quotations that hold no speech.
    pub fn transparent(&self, at: usize) -> bool {
        match self.tokens.get(at).and_then(Token::mark) {
            Some(Mark::Markup) => true,
            Some(Mark::Quote) => !self
                .quotations
                .iter()
                .any(|q| q.class == QuotationClass::Speech && (q.open == at || (q.closed && q.end == at + 1))),
            _ => false,
        }
    }

    /// True where the pack calls this word a verb form, an auxiliary or a pronoun.
    fn verbal(&self, at: usize) -> bool {
        let roles = &self.language.roles;
        self.is(at, roles.auxiliary) || self.is(at, roles.cue) || self.language.pronoun(self.surfaces[at]).is_some()
    }

    fn class_quotations(&mut self) {
        for i in 0..self.quotations.len() {
            let q = self.quotations[i];
            let inside = q.inside();
            let words: Vec<usize> = inside.clone().filter(|&t| self.tokens[t].is_wordlike()).collect();
            let roles = &self.language.roles;
            let before = q.open.checked_sub(1);
            let after_cue = before.is_none_or(|b| {
                self.tokens[b].is(Mark::Colon)
                    || self.lex_before(b.saturating_sub(4), b + 1, roles.cue).is_some()
                    || self.is(b, roles.complementiser)
            });
            let noun = before.and_then(|b| {
                (b.saturating_sub(2)..=b).find_map(|t| {
                    self.language
                        .noun_at(&self.tokens, &self.surfaces, t)
                        .filter(|(_, end)| *end == b + 1)
                        .map(|(n, _)| n.kind)
                })
            });
            let running_before =
                before.is_some_and(|b| self.tokens[b].is_wordlike() || self.tokens[b].is(Mark::Markup));
            let running_after = self.tokens.get(q.end).is_some_and(Token::is_wordlike);
            let s = Surroundings {
                words: words.len(),
                is_name: words.first().and_then(|&w| self.name(w)).is_some_and(|hit| {
                    matches!(hit.target, NameTarget::Source(_)) && words.last().is_some_and(|&l| l < hit.last as usize)
                }),
                after_organisation: matches!(noun, Some(NounKind::Outlet | NounKind::Institution)),
                after_document: noun == Some(NounKind::Document),
                title_case: !self.title_case
                    && words.iter().all(|&w| {
                        self.tokens[w].capital || self.tokens[w].span.len() <= 3 || self.tokens[w].kind == Kind::Number
                    })
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
        for i in 0..self.quotations.len() {
            let q = self.quotations[i];
            if q.class == QuotationClass::Speech {
                for t in q.inside() {
                    self.depth[t] = self.depth[t].saturating_add(1);
                }
            }
        }
    }

    fn cut_regions(&mut self) {
        let pack = &self.language.pack;
        let roles = &self.language.roles;
        let is_abbreviation = |chunk: &str| pack.abbreviations.iter().any(|a| a == chunk);
        let is_opener = |at: usize| {
            let s = self.surfaces[at];
            self.language.is_in(s, roles.determiner)
                || self.language.is_in(s, roles.sentence_opener)
                || self.language.is_in(s, roles.opens_adverbial)
                || self.language.pronoun(s).is_some()
        };
        let rules =
            SentenceRules { is_abbreviation: &is_abbreviation, terminators: &pack.terminators, is_opener: &is_opener };
        let starts = starts(self.text, &self.tokens, &rules);
        let mut regions = Vec::new();
        let mut cut = |first: usize, last: usize, depth: u8, quotation: Option<usize>| {
            let mut from = first;
            for &at in starts.iter().filter(|&&at| at > first && at < last) {
                if self.depth[at] == depth && at > from && !self.splits_quotation(at, depth) {
                    regions.push(Region { first: from, last: at, depth, quotation });
                    from = at;
                }
            }
            if from < last {
                regions.push(Region { first: from, last, depth, quotation });
            }
        };
        cut(0, self.tokens.len(), 0, None);
        for (i, q) in self.quotations.iter().enumerate().filter(|(_, q)| q.class == QuotationClass::Speech) {
            let inside = q.inside();
            if !inside.is_empty() {
                cut(inside.start, inside.end, self.depth[inside.start.min(self.depth.len() - 1)].max(1), Some(i));
            }
        }
        self.regions = regions;
    }

    /// True where token `at` stands inside a quotation that is no speech: no sentence starts there.
    fn splits_quotation(&self, at: usize, _depth: u8) -> bool {
        self.quotations.iter().any(|q| q.class != QuotationClass::Speech && q.open < at && at < q.end)
    }
}
