//! What a policy looks at: every subject of a kind that an article has, with its words.

use crate::article::BlockKind;
use crate::attribution::model::AttributionKind;
use crate::policy::facts::{Marked, SubjectKind};
use crate::policy::figure::{Figure, figures};
use crate::policy::page::{Page, Sentence, says_something};
use crate::policy::stakes::stakes;
use crate::rules::pack::Means;
use crate::segment::quotation::QuotationClass;
use crate::text::span::Span;
use crate::text::token::Mark;

/// One thing that is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Subject {
    /// What it is.
    pub kind: SubjectKind,
    /// All of its words, in bytes of the buffer.
    pub span: Span,
    /// Index of the sentence it stands in; `None` for what stands in none.
    pub sentence: Option<usize>,
    /// Index of the attribution it is, or belongs to.
    pub voice: Option<usize>,
    /// Index of the hop in that attribution's chain.
    pub hop: Option<usize>,
    /// The words of the pattern that it rests on.
    pub mark: Option<Span>,
    /// The number, where it is one.
    pub figure: Option<Figure>,
    /// Whether a link leads somewhere.
    pub target: bool,
}

impl Subject {
    fn new(kind: SubjectKind, span: Span, sentence: Option<usize>) -> Subject {
        Subject { kind, span, sentence, voice: None, hop: None, mark: None, figure: None, target: false }
    }
}

/// All subjects of a kind, in the order of the text.
pub fn subjects(page: &Page<'_>, kind: SubjectKind) -> Vec<Subject> {
    match kind {
        SubjectKind::Article => vec![Subject::new(kind, article_span(page), None)],
        SubjectKind::Headline => headline(page).into_iter().collect(),
        SubjectKind::Lead => lead(page).into_iter().collect(),
        SubjectKind::Sentence => page
            .body()
            .filter(|(_, s)| starts_a_sentence(page, s))
            .map(|(i, s)| Subject::new(kind, s.span, Some(i)))
            .collect(),
        SubjectKind::Claim | SubjectKind::Attribution | SubjectKind::Hop => voices(page, kind),
        SubjectKind::Quotation => quotations(page),
        SubjectKind::Figure => page
            .body()
            .flat_map(|(i, _)| {
                let found = figures(page, i);
                found.into_iter().map(move |f| Subject { figure: Some(f), ..Subject::new(kind, f.span, Some(i)) })
            })
            .collect(),
        SubjectKind::Date => page
            .marks
            .iter()
            .filter(|m| m.means == Means::VagueTime && page.sentences[m.sentence].kind == BlockKind::Body)
            .map(|m| Subject { mark: Some(m.span), ..Subject::new(kind, m.span, Some(m.sentence)) })
            .collect(),
        SubjectKind::Caption => {
            let captions = page.article.blocks.iter().filter(|b| b.kind == BlockKind::Caption);
            captions.map(|b| Subject::new(kind, b.span, page.sentence_at(b.span.start))).collect()
        }
        SubjectKind::Link => links(page),
        // Comparisons are looked at in the story stage.
        SubjectKind::Story => Vec::new(),
        SubjectKind::Credit => page
            .attributions
            .iter()
            .enumerate()
            .filter(|(_, a)| a.kind == AttributionKind::Contribution)
            .map(|(i, a)| {
                let span = page.sentence_of[i].map_or_else(|| extent(a), |s| page.sentences[s].span);
                Subject { voice: Some(i), ..Subject::new(kind, span, page.sentence_of[i]) }
            })
            .collect(),
    }
}

/// A line that ends in no mark, has no verb known and few words is a crosshead or a name, not a sentence.
fn starts_a_sentence(page: &Page<'_>, sentence: &Sentence) -> bool {
    let view = page.view(sentence);
    let ends = (sentence.first..sentence.last)
        .rev()
        .find(|&t| !matches!(view.tokens[t].mark(), Some(Mark::Quote | Mark::Close | Mark::Markup)));
    let closed = ends.is_some_and(|t| {
        matches!(
            view.tokens[t].mark(),
            Some(Mark::Stop | Mark::Question | Mark::Exclamation | Mark::Ellipsis | Mark::Colon)
        ) || view.language.pack.terminators.iter().any(|mark| mark == view.word(t))
    });
    closed || sentence.last - sentence.first > SHORT_LINE
}

/// Most tokens of a line without a closing mark that is taken for a crosshead.
const SHORT_LINE: usize = 14;

fn headline(page: &Page<'_>) -> Option<Subject> {
    let span = page.article.title()?;
    Some(Subject::new(SubjectKind::Headline, span, page.sentence_at(span.start)))
}

fn lead(page: &Page<'_>) -> Option<Subject> {
    let (i, first) = page.body().find(|(_, s)| s.paragraph == 1)?;
    let block = page.article.blocks.get(page.read.blocks[first.at].block)?;
    Some(Subject::new(SubjectKind::Lead, block.span, Some(i)))
}

/// The words for findings on the article as a whole: its headline, else its first line.
fn article_span(page: &Page<'_>) -> Span {
    let first = page.article.blocks.iter().find(|b| b.kind == BlockKind::Body).map(|b| b.span);
    page.article.title().or(page.sentences.first().map(|s| s.span)).or(first).unwrap_or_default()
}

fn voices(page: &Page<'_>, kind: SubjectKind) -> Vec<Subject> {
    let mut out = Vec::new();
    for (i, a) in page.attributions.iter().enumerate() {
        if kind == SubjectKind::Claim && !says_something(a) {
            continue;
        }
        let voice = Subject { voice: Some(i), ..Subject::new(kind, extent(a), page.sentence_of[i]) };
        if kind == SubjectKind::Hop {
            let hops = a.chain.hops.iter().enumerate();
            out.extend(hops.map(|(h, hop)| Subject {
                hop: Some(h),
                span: hop.span,
                sentence: page.sentence_at(hop.span.start),
                ..voice
            }));
        } else {
            out.push(voice);
        }
    }
    out
}

/// Everything that an attribution rests on.
pub fn extent(a: &crate::attribution::model::Attribution) -> Span {
    let spans = a.source.iter().map(|s| s.span).chain(a.cue).chain(a.content.iter().copied());
    spans.reduce(Span::join).unwrap_or_default()
}

fn quotations(page: &Page<'_>) -> Vec<Subject> {
    let mut out = Vec::new();
    for (i, sentence) in page.body() {
        let view = page.view(sentence);
        for q in &view.quotations {
            let own = sentence.first <= q.open && q.open < sentence.last && view.depth_around(q) == 0;
            if own && q.closed && q.class == QuotationClass::Speech {
                out.push(Subject::new(SubjectKind::Quotation, view.span(q.open, q.end), Some(i)));
            }
        }
    }
    out
}

/// Links: those of a page, and as Markdown writes them: `[words](address)`.
fn links(page: &Page<'_>) -> Vec<Subject> {
    let mut out = Vec::new();
    let mut rest = page.article.links.as_slice();
    for (i, sentence) in page.body() {
        let before = rest.iter().take_while(|l| l.span.start < sentence.span.start).count();
        rest = &rest[before..];
        for link in rest.iter().take_while(|l| l.span.start < sentence.span.end) {
            let target = link.target.is_some();
            out.push(Subject { target, ..Subject::new(SubjectKind::Link, link.span, Some(i)) });
        }
    }
    for (i, sentence) in page.body() {
        let view = page.view(sentence);
        let mut open = None;
        for t in (sentence.first..sentence.last).filter(|&t| view.tokens[t].is(Mark::Markup)) {
            match view.word(t) {
                "[" => open = Some(t),
                close if close.starts_with("](") => {
                    if let Some(from) = open.take() {
                        let address = close.trim_start_matches("](").trim_end_matches(')').trim();
                        let target = !address.is_empty() && address != "#";
                        out.push(Subject {
                            target,
                            ..Subject::new(SubjectKind::Link, view.span(from, t + 1), Some(i))
                        });
                    }
                }
                _ => {}
            }
        }
    }
    out
}

/// The words of `subject` that a finding marks; what the subject lacks is marked whole.
pub fn marked(page: &Page<'_>, subject: &Subject, at: Marked) -> Span {
    let voice = subject.voice.map(|i| &page.attributions[i]);
    let source = voice.and_then(|a| a.source.as_ref()).map(|s| s.span);
    let sentence = subject.sentence.map(|i| &page.sentences[i]);
    let found = match at {
        Marked::Whole => None,
        Marked::Sentence => sentence.map(|s| s.span),
        Marked::Source => source.or_else(|| voice.and_then(|a| a.cue)),
        Marked::Cue => match (source, voice.and_then(|a| a.cue)) {
            (Some(source), Some(cue)) if beside(source, cue) => Some(source.join(cue)),
            (_, Some(cue)) => Some(cue),
            (source, None) => source,
        },
        Marked::Content => voice.and_then(|a| a.content.iter().copied().reduce(Span::join)),
        Marked::Hop => voice.and_then(|a| a.chain.hops.last()).map(|hop| hop.span),
        Marked::Mark => subject.mark.or_else(|| {
            let own = |m: &&crate::policy::page::Mark| {
                Some(m.sentence) == subject.sentence && matches!(m.means, Means::Agentless | Means::DeskNote)
            };
            page.marks.iter().find(own).map(|m| m.span)
        }),
        Marked::Stake => sentence.and_then(|s| {
            stakes(page, s, subject.span, false)
                .into_iter()
                .min_by_key(|(stake, span)| (*stake, span.start))
                .map(|(_, span)| span)
        }),
    };
    found.filter(|span| !span.is_empty()).unwrap_or(subject.span)
}

/// Most bytes between a source and a cue that are marked together.
const BESIDE: u32 = 30;

fn beside(a: Span, b: Span) -> bool {
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    second.start.saturating_sub(first.end) <= BESIDE
}
