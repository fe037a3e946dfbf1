//! One article as policies see it: its sentences in order, its marks, and what reaches over them.

use crate::article::{Article, BlockKind};
use crate::attribution::model::{Attribution, AttributionKind, SourceClass};
use crate::attribution::pipeline::{Read, marks};
use crate::attribution::voice::{Level, Reach, Scope};
use crate::compiled::atoms::Lex;
use crate::compiled::language::Language;
use crate::compiled::lex_bits;
use crate::policy::lexicons::Lexicons;
use crate::policy::worked_out::WorkedOut;
use crate::rules::pack::Means;
use crate::scan::View;
use crate::sources::registry::Registry;
use crate::text::span::Span;
use crate::text::token::{Kind, is_small};

/// A sentence outside quotation marks, of any block that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Index of its block in [`Read::blocks`].
    pub at: usize,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Its bytes in the buffer.
    pub span: Span,
    /// The paragraph of the body, from 1; 0 outside the body.
    pub paragraph: u32,
    /// What its block is.
    pub kind: BlockKind,
}

/// Words that a pattern for policies reads: a hedge, a vague time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// What they declare.
    pub means: Means,
    /// Their bytes in the buffer.
    pub span: Span,
    /// Index of their sentence in [`Page::sentences`].
    pub sentence: usize,
}

/// All that the facts are read from.
pub struct Page<'p> {
    /// The article.
    pub article: &'p Article,
    /// How its blocks were read.
    pub read: &'p Read<'p>,
    /// Who said what.
    pub attributions: &'p [Attribution],
    /// Which relays reach where.
    pub scopes: &'p [Scope],
    /// Who is who.
    pub registry: &'p Registry,
    /// The language it is read in.
    pub language: &'p Language,
    /// The word lists that facts ask for.
    pub lexicons: &'p Lexicons,
    /// The sentences, in order.
    pub sentences: Vec<Sentence>,
    /// The marks, in order.
    pub marks: Vec<Mark>,
    /// For each attribution, the index of its sentence.
    pub sentence_of: Vec<Option<usize>>,
    /// For each sentence, its attributions in order.
    by_sentence: Vec<Vec<usize>>,
    /// For each sentence, its marks in order: indexes into `marks`.
    marks_of: Vec<Vec<usize>>,
    /// Number of paragraphs of the body.
    pub paragraphs: u32,
    /// True where the article speaks as I or we, or calls itself opinion.
    pub opinion: bool,
    /// For each sentence, one bit a lexicon: an entry of it starts outside quotation marks.
    plain: Vec<u64>,
    /// What was asked of the whole article so far.
    pub worked_out: WorkedOut,
}

impl<'p> Page<'p> {
    /// The page of an article that was read.
    pub fn new(
        article: &'p Article,
        read: &'p Read<'p>,
        found: (&'p [Attribution], &'p [Scope]),
        registry: &'p Registry,
        (language, lexicons): (&'p Language, &'p Lexicons),
    ) -> Page<'p> {
        let (attributions, scopes) = found;
        let (sentences, paragraphs) = sentences(article, read);
        let mut page = Page {
            article,
            read,
            attributions,
            scopes,
            registry,
            language,
            lexicons,
            sentences,
            marks: Vec::new(),
            sentence_of: Vec::new(),
            by_sentence: Vec::new(),
            marks_of: Vec::new(),
            paragraphs,
            opinion: false,
            plain: Vec::new(),
            worked_out: WorkedOut::default(),
        };
        // Paragraphs may be in other languages, which have other numbers of lists.
        let stride = read.blocks.iter().map(|b| b.view.phrases.stride()).max().unwrap_or(0);
        page.plain = vec![0; page.sentences.len() * stride];
        for (sentence, row) in page.sentences.iter().zip(page.plain.chunks_mut(stride.max(1))) {
            entries_outside(&read.blocks[sentence.at].view, sentence, row);
        }
        page.sentence_of = attributions.iter().map(|a| page.sentence_at(anchor(a))).collect();
        page.marks = marks(read)
            .filter_map(|(at, reading)| {
                let (first, last) = reading.extent();
                let span = read.blocks[at].view.span(first, last);
                let sentence = page.sentence_at(span.start)?;
                Some(Mark { means: reading.means, span, sentence })
            })
            .collect();
        let gather = |of: &mut dyn Iterator<Item = Option<usize>>| {
            let mut lists = vec![Vec::new(); page.sentences.len()];
            of.enumerate().for_each(|(i, at)| {
                if let Some(list) = at.and_then(|at| lists.get_mut(at)) {
                    list.push(i);
                }
            });
            lists
        };
        let by_sentence = gather(&mut page.sentence_of.iter().copied());
        let marks_of = gather(&mut page.marks.iter().map(|m| Some(m.sentence)));
        (page.by_sentence, page.marks_of) = (by_sentence, marks_of);
        page.opinion = page.is_opinion();
        page
    }

    /// The scanned block of a sentence.
    pub fn view(&self, sentence: &Sentence) -> &View<'p> {
        &self.read.blocks[sentence.at].view
    }

    /// Index of the sentence that byte `at` of the buffer stands in.
    pub fn sentence_at(&self, at: u32) -> Option<usize> {
        let i = self.sentences.partition_point(|s| s.span.end <= at);
        self.sentences.get(i).filter(|s| s.span.start <= at).map(|_| i)
    }

    /// The tokens of a sentence's block that lie in `span`.
    pub fn tokens_in(&self, sentence: &Sentence, span: Span) -> std::ops::Range<usize> {
        let tokens = &self.view(sentence).tokens;
        let first = tokens.partition_point(|t| t.span.start < span.start);
        let last = tokens.partition_point(|t| t.span.end <= span.end);
        first..last.max(first)
    }

    /// Indexes of the attributions of sentence `i`.
    pub fn voices(&self, i: usize) -> impl Iterator<Item = (usize, &'p Attribution)> {
        let attributions = self.attributions;
        self.by_sentence.get(i).into_iter().flatten().map(move |&a| (a, &attributions[a]))
    }

    /// True where a mark of this kind stands in sentence `i`.
    pub fn marked(&self, i: usize, means: Means) -> Option<Mark> {
        self.marks_of.get(i)?.iter().map(|&m| self.marks[m]).find(|m| m.means == means)
    }

    /// How far relays reach over sentence `i`.
    pub fn covered(&self, i: usize) -> impl Iterator<Item = Level> {
        let sentence = &self.sentences[i];
        let caption = sentence.kind == BlockKind::Caption;
        let reaches = move |scope: &&Scope| match &scope.reach {
            Reach::Stretch(span) => !caption && (span.contains(sentence.span) || sentence.span.contains(*span)),
            Reach::Paragraph { at, .. } => !caption && *at == sentence.at,
            Reach::Item(from, to) => {
                !caption && (sentence.kind == BlockKind::Title || (*from..*to).contains(&sentence.at))
            }
            Reach::Article => !caption,
        };
        self.scopes.iter().filter(reaches).map(|scope| scope.level)
    }

    /// True where somebody who is told speaks in sentence `i`.
    pub fn sourced(&self, i: usize) -> bool {
        self.voices(i).any(|(_, a)| is_somebody(a))
    }

    /// The sentences of the body.
    pub fn body(&self) -> impl Iterator<Item = (usize, &Sentence)> {
        self.sentences.iter().enumerate().filter(|(_, s)| s.kind == BlockKind::Body)
    }

    /// True where one of the words of sentence `i` outside speech is an entry of `lex`.
    pub fn has(&self, i: usize, lex: Lex) -> bool {
        let stride = self.plain.len() / self.sentences.len().max(1);
        self.plain.get(i * stride..(i + 1) * stride).is_some_and(|row| lex_bits::has(row, lex))
    }

    /// The same anywhere in `span`, which lies in the sentence's block.
    pub fn has_in(&self, sentence: &Sentence, span: Span, lex: Lex) -> bool {
        let view = self.view(sentence);
        self.tokens_in(sentence, span).any(|t| view.lex_at(t, lex).is_some())
    }

    /// How many words stand in `span`, in the block of `sentence`.
    pub fn words_in(&self, sentence: &Sentence, span: Span) -> u32 {
        let tokens = &self.view(sentence).tokens;
        let words = self.tokens_in(sentence, span).filter(|&t| matches!(tokens[t].kind, Kind::Word | Kind::Number));
        u32::try_from(words.count()).unwrap_or(u32::MAX)
    }

    fn is_opinion(&self) -> bool {
        let speaks = |kind: BlockKind| {
            let own = |i: &usize| self.sentences[*i].kind == kind && self.has(*i, self.lexicons.own_voice);
            (0..self.sentences.len()).filter(own).count()
        };
        speaks(BlockKind::Title) > 0 || speaks(BlockKind::Body) >= MOST_OWN_VOICE
    }
}

/// From this many sentences in the first person outside quotation marks an article is taken for somebody's own view.
const MOST_OWN_VOICE: usize = 2;

/// True where the source is somebody: a person's name that starts with a small letter was read by mistake.
pub fn is_somebody(a: &Attribution) -> bool {
    let small = |id: &str| id.strip_prefix("name:").is_some_and(|name| name.starts_with(is_small));
    a.source.as_ref().is_some_and(|s| s.class != SourceClass::Person || !small(&s.id))
}

/// Adds to `row` one bit for each lexicon of which an entry starts in the sentence outside speech.
fn entries_outside(view: &View<'_>, sentence: &Sentence, row: &mut [u64]) {
    for t in (sentence.first..sentence.last).filter(|&t| view.depth[t] == 0) {
        row.iter_mut().zip(view.phrases.row(t)).for_each(|(all, bits)| *all |= bits);
    }
}

/// True for what reports something: no silence, no credit, no label.
pub fn says_something(a: &Attribution) -> bool {
    !matches!(a.kind, AttributionKind::Silence | AttributionKind::RelayLine | AttributionKind::Contribution)
}

/// The byte that tells in which sentence an attribution stands: its cue's, else its source's, else its content's.
fn anchor(a: &Attribution) -> u32 {
    let source = a.source.as_ref().map(|s| s.span.start);
    a.cue.map(|c| c.start).or(source).or_else(|| a.content.first().map(|c| c.start)).unwrap_or(u32::MAX)
}

fn sentences(article: &Article, read: &Read<'_>) -> (Vec<Sentence>, u32) {
    let mut out = Vec::new();
    let mut paragraph = 0;
    let mut last_block = None;
    for (at, block) in read.blocks.iter().enumerate().filter(|(_, block)| !block.quoted) {
        let Some(kind) = article.blocks.get(block.block).map(|b| b.kind) else { continue };
        if kind == BlockKind::Body && last_block != Some(block.block) {
            paragraph += 1;
            last_block = Some(block.block);
        }
        let body = if kind == BlockKind::Body { paragraph } else { 0 };
        for region in block.view.regions.iter().filter(|r| r.depth == 0) {
            let span = block.view.span(region.first, region.last);
            out.push(Sentence { at, first: region.first, last: region.last, span, paragraph: body, kind });
        }
    }
    out.sort_by_key(|s| s.span.start);
    (out, paragraph)
}
