//! The way from an article's blocks to its attributions.

use std::time::{Duration, Instant};

use super::choose::{choose, is_mark};
use super::data_account;
use super::fields::{carried_by_fields, with_fields};
use super::full_names::FullNames;
use super::model::{Attribution, Chain, SourceRef};
use super::patterns::{read, read_only};
use super::reading::{Reading, Surround};
use super::resolve::voices;
use super::scope::scopes;
use super::voice::{BlockReading, Link, Scope};
use crate::article::{Article, Block, BlockKind};
use crate::chain::build::Builder;
use crate::chain::reach::Reached;
use crate::compiled::language::Language;
use crate::rules::pack::Means;
use crate::scan::{Region, View};
use crate::segment::quotation::{Quotation, QuotationClass};
use crate::sources::plain_names::Introduced;
use crate::sources::registry::Registry;
use crate::text::span::Span;
use crate::text::token::{Kind, Mark};

/// What reading an article's blocks gave.
pub struct Read<'a> {
    /// The blocks that were read, in order.
    pub blocks: Vec<BlockReading<'a>>,
    /// Where the dateline ends, if there is one: index of the block and the byte.
    pub dateline: Option<(usize, u32)>,
    /// The carriers that fields of an agency's item name, the nearest to the origin first.
    pub fields: Vec<Link>,
    /// True where the time limit cut the reading short.
    pub cut: bool,
}

/// The language of an article, and of what in it is in another one.
pub struct Tongues<'a, 'f> {
    /// The article's own.
    pub own: &'a Language,
    /// The language of some words where it is surely another one; `true` where the article's own knows few of them.
    pub other: &'f dyn Fn(&str, bool) -> Option<&'a Language>,
}

impl<'a> Tongues<'a, '_> {
    /// Scans a block in its own language.
    fn scan(&self, text: &'a str, span: Span, registry: &'a Registry, reopened: bool) -> View<'a> {
        if let Some(other) = (self.other)(span.of(text), false) {
            return View::new(text, span, other, registry, reopened);
        }
        let view = View::new(text, span, self.own, registry, reopened);
        match is_unfamiliar(&view, 0, view.tokens.len()).then(|| (self.other)(span.of(text), true)).flatten() {
            Some(other) => View::new(text, span, other, registry, reopened),
            None => view,
        }
    }

    /// Reads the quotations of a block that are in another language than the block.
    fn quotations(
        &self,
        block: &BlockReading<'a>,
        registry: &'a Registry,
        people: &mut Introduced,
        out: &mut Vec<BlockReading<'a>>,
    ) {
        let view = &block.view;
        let outer = |q: &&Quotation| q.class == QuotationClass::Speech && view.depth_around(q) == 0;
        for quotation in view.quotations.iter().filter(outer) {
            let inside = quotation.inside();
            let span = view.span(inside.start, inside.end);
            let unfamiliar = is_unfamiliar(view, inside.start, inside.end);
            let other = (self.other)(span.of(view.text), unfamiliar);
            let Some(other) = other.filter(|other| !std::ptr::eq(*other, view.language)) else { continue };
            let mut inner = View::new(view.text, span, other, registry, false);
            inner.stand_in_speech();
            out.push(BlockReading { quoted: true, ..read_block(block.block, inner, block.place, people) });
        }
    }
}

/// Fewest words by which a language is told to be another one.
const FEWEST_WORDS: usize = 6;
/// Of a hundred words of a text in its own language, as many at least are in some list.
const FAMILIAR: usize = 30;

/// True where there are words enough from token `first` to before token `last`, and the view's language knows few of them.
fn is_unfamiliar(view: &View<'_>, first: usize, last: usize) -> bool {
    let words = (first..last).filter(|&t| view.tokens[t].kind == Kind::Word && view.name(t).is_none());
    let (all, known) = words.fold((0, 0), |(all, known), t| (all + 1, known + usize::from(view.surfaces[t] != 0)));
    all >= FEWEST_WORDS && known * 100 < all * FAMILIAR
}

/// Reads all blocks of an article that carry its words.
pub fn read_blocks<'a>(
    article: &'a Article,
    tongues: &Tongues<'a, '_>,
    registry: &'a Registry,
    limit: Option<Duration>,
) -> Read<'a> {
    let mut quoted = Vec::new();
    let mut people = Introduced::default();
    let started = Instant::now();
    let fields = carried_by_fields(article, registry);
    let mut out = Read { blocks: Vec::new(), dateline: None, fields, cut: false };
    let lead = article.blocks.iter().position(|b| b.kind == BlockKind::Body);
    let last = article.blocks.iter().rposition(|b| matches!(b.kind, BlockKind::Body | BlockKind::Credit));
    for (index, block) in article.blocks.iter().enumerate() {
        if !is_read(block.kind) {
            continue;
        }
        if limit.is_some_and(|limit| started.elapsed() > limit) {
            out.cut = true;
            break;
        }
        let place = Surround {
            title: block.kind == BlockKind::Title,
            caption: block.kind == BlockKind::Caption,
            lead: Some(index) == lead,
            article_end: block.kind == BlockKind::Credit || Some(index) == last,
        };
        let reopened = reopens(article, index, tongues.own);
        let view = tongues.scan(&article.buffer, block.span, registry, reopened);
        let language = view.language;
        let mut found = read_block(index, view, place, &mut people);
        if place.lead {
            read_dateline(&mut found);
        }
        if place.lead
            && let Some(end) = dateline_end(&found).or_else(|| place_line_end(&found.view))
        {
            out.dateline = Some((index, end));
            let datelines: Vec<Reading> =
                found.standing.iter().filter(|r| r.means == Means::Dateline).cloned().collect();
            let rest = Span { start: end, end: block.span.end }.trimmed(&article.buffer);
            // The dateline is read on its own words; the body starts behind it.
            let own = View::new(&article.buffer, Span { start: block.span.start, end }, language, registry, false);
            out.blocks.push(BlockReading {
                block: index,
                view: own,
                place: Surround { lead: false, ..place },
                quoted: false,
                standing: datelines,
                lost: Vec::new(),
            });
            found =
                read_block(index, View::new(&article.buffer, rest, language, registry, reopened), place, &mut people);
            found.standing.retain(|r| r.means != Means::Dateline);
        }
        tongues.quotations(&found, registry, &mut people, &mut quoted);
        out.blocks.push(found);
    }
    out.blocks.append(&mut quoted);
    out
}

/// The same blocks with their words and names only: no pattern is read. For sketches.
pub fn scan_blocks<'a>(article: &'a Article, tongues: &Tongues<'a, '_>, registry: &'a Registry) -> Read<'a> {
    let read = article.blocks.iter().enumerate().filter(|(_, block)| is_read(block.kind));
    let scanned = read.map(|(index, block)| BlockReading {
        block: index,
        view: tongues.scan(&article.buffer, block.span, registry, false),
        place: Surround::default(),
        quoted: false,
        standing: Vec::new(),
        lost: Vec::new(),
    });
    Read { blocks: scanned.collect(), dateline: None, fields: Vec::new(), cut: false }
}

fn is_read(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Title | BlockKind::Standfirst | BlockKind::Caption | BlockKind::Body | BlockKind::Credit)
}

/// True where the next body block starts with an opening quotation mark, so that an open quotation goes on there.
fn reopens(article: &Article, index: usize, language: &Language) -> bool {
    let next = article.blocks[index + 1..].iter().find(|b| b.kind == BlockKind::Body);
    next.is_some_and(|b| {
        let words = article.words(b.span).trim_start();
        language.pack.quotations.iter().any(|(open, _)| words.starts_with(open.as_str()))
    })
}

fn read_block<'a>(block: usize, mut view: View<'a>, place: Surround, people: &mut Introduced) -> BlockReading<'a> {
    people.tell(&mut view);
    let (mut standing, mut lost) = (Vec::new(), Vec::new());
    for region in &view.regions {
        let mut choice = choose(read(&view, region, place, None), &view.language.pack);
        data_account::narrow(&view, &mut choice.standing);
        standing.extend(choice.standing);
        lost.extend(choice.lost);
    }
    BlockReading { block, view, place, quoted: false, standing, lost }
}

/// Most tokens of a place and a date before the mark that ends them.
const LONGEST_PLACE_LINE: usize = 9;
/// Fewest letters of a place in capitals: shorter ones are abbreviations.
const SHORTEST_PLACE: usize = 4;

/// Where a dateline without an agency ends: a place in capitals, perhaps a date, then a dash or a colon.
fn place_line_end(view: &View<'_>) -> Option<u32> {
    let capitals = |t: usize| {
        let word = view.word(t);
        view.tokens[t].kind == Kind::Word
            && word.chars().count() >= SHORTEST_PLACE
            && word.chars().all(char::is_uppercase)
    };
    if view.title_case || view.tokens.is_empty() || !capitals(0) {
        return None;
    }
    let end = (1..view.tokens.len().min(LONGEST_PLACE_LINE))
        .find(|&t| matches!(view.tokens[t].mark(), Some(Mark::Dash | Mark::Colon)))?;
    // Up to a comma all is in capitals; behind it stands a date or a region.
    let head = (0..end).take_while(|&t| !view.tokens[t].is(Mark::Comma));
    let place = head.clone().all(|t| capitals(t) || !view.tokens[t].is_wordlike());
    let follows = view.tokens.get(end + 1).filter(|t| t.capital || t.mark().is_some());
    follows.filter(|_| place).map(|t| t.span.start)
}

/// Most tokens of a dateline.
const LONGEST_DATELINE: usize = 30;

/// A dateline may hold stops (`KYIV, June 1. /Agency/.`): it is read on the head of the block, sentences aside.
fn read_dateline(block: &mut BlockReading<'_>) {
    let last = block.view.tokens.len().min(LONGEST_DATELINE);
    let head = Region { first: 0, last, depth: 0, quotation: None };
    let readings = read_only(&block.view, &head, block.place, Means::Dateline);
    let known = block.standing.iter().filter(|r| r.means == Means::Dateline).map(|r| r.extent().1).max();
    if let Some(best) = readings.into_iter().max_by_key(|r| (r.fills.len(), r.extent().1))
        && known.is_none_or(|end| best.extent().1 > end)
    {
        block.standing.retain(|r| r.means != Means::Dateline);
        block.standing.push(best);
    }
}

fn dateline_end(block: &BlockReading<'_>) -> Option<u32> {
    let reading = block.standing.iter().filter(|r| r.means == Means::Dateline).max_by_key(|r| r.extent().1)?;
    let mut end = reading.extent().1;
    // The dash and brackets behind it belong to it.
    while block.view.tokens.get(end).is_some_and(|t| {
        t.mark().is_some_and(|m| {
            matches!(m, Mark::Dash | Mark::Hyphen | Mark::Close | Mark::Colon | Mark::Bar | Mark::Markup)
        })
    }) {
        end += 1;
    }
    block.view.tokens.get(end).map(|t| t.span.start)
}

/// The attributions that the blocks yield, with their chains.
pub fn attributions(read: &Read<'_>, registry: &Registry, publisher: &str) -> Vec<Attribution> {
    sourcing(read, registry, publisher).0
}

/// The attributions that the blocks yield, with their chains, and the scopes that carry them.
pub fn sourcing(read: &Read<'_>, registry: &Registry, publisher: &str) -> (Vec<Attribution>, Vec<Scope>) {
    let mut names = FullNames::default();
    for block in &read.blocks {
        names.note(&block.view);
    }
    let mut voices = voices(&read.blocks, &names);
    let scopes = with_fields(scopes(&read.blocks, &mut voices, &names), &read.fields, publisher);
    let reached = Reached::new(&read.blocks, &voices, &scopes, registry);
    let builder = Builder { voices: &voices, scopes: &scopes, reached: &reached, registry, publisher };
    let chains: Vec<Option<Chain>> =
        voices.iter().enumerate().map(|(i, (voice, _))| voice.stands.then(|| builder.chain(i))).collect();
    let mut out = Vec::with_capacity(voices.len());
    for ((voice, _), chain) in voices.into_iter().zip(chains) {
        let Some(chain) = chain else { continue };
        let source =
            voice.source.map(|(span, node)| SourceRef { span, id: node.id, class: node.class, bodies: node.bodies });
        out.push(Attribution {
            kind: voice.kind,
            form: voice.form,
            source,
            cue: voice.cue,
            content: voice.content,
            antecedent: voice.antecedent,
            basis: voice.basis,
            rule: voice.rule,
            block: read.blocks[voice.at].block,
            chain,
        });
    }
    out.sort_by_key(|a| (first_byte(a), a.cue));
    (out, scopes)
}

fn first_byte(a: &Attribution) -> u32 {
    let spans = a.source.iter().map(|s| s.span).chain(a.cue).chain(a.content.iter().copied());
    spans.map(|s| s.start).min().unwrap_or(0)
}

/// The article's blocks with its dateline as a block of its own.
pub fn with_dateline(blocks: &[Block], dateline: Option<(usize, u32)>, text: &str) -> Vec<Block> {
    let Some((index, end)) = dateline else { return blocks.to_vec() };
    let mut out = Vec::with_capacity(blocks.len() + 1);
    for (i, block) in blocks.iter().enumerate() {
        if i == index {
            let line = Span { start: block.span.start, end }.trimmed(text);
            out.push(Block { kind: BlockKind::Dateline, span: line });
            out.push(Block { kind: block.kind, span: Span { start: end, end: block.span.end } });
        } else {
            out.push(*block);
        }
    }
    out
}

/// Numbers the blocks of attributions as [`with_dateline`] numbers them.
pub fn behind_dateline(attributions: &mut [Attribution], dateline: Option<(usize, u32)>) {
    let Some((index, end)) = dateline else { return };
    for attribution in attributions {
        let behind = attribution.block == index && first_byte(attribution) >= end;
        attribution.block += usize::from(attribution.block > index || behind);
    }
}

/// Readings that are no attribution but that policies ask for: hedges, vague times, notes to the desk.
pub fn marks<'r>(read: &'r Read<'_>) -> impl Iterator<Item = (usize, &'r Reading)> {
    read.blocks
        .iter()
        .enumerate()
        .flat_map(|(at, b)| b.standing.iter().filter(|r| is_mark(r.means)).map(move |r| (at, r)))
}
