//! Questions about the whole article that many facts ask: worked out once.

use rapidhash::RapidHashSet;

use super::figure::year;
use super::page::{Page, is_somebody, says_something};
use super::voice_facts::named;
use crate::attribution::voice::{Level, Reach};
use crate::rules::pack::SourceKind;
use crate::sources::names::NameTarget;
use crate::text::span::Span;
use crate::text::token::Kind;

impl Page<'_> {
    fn years(&self) -> &(Vec<Option<u32>>, Option<u32>) {
        self.worked_out.years.get_or_init(|| {
            let of = |s: &super::page::Sentence| {
                let view = self.view(s);
                let numbers = (s.first..s.last).filter(|&t| view.tokens[t].kind == Kind::Number);
                numbers.filter_map(|t| year(view.word(t), view.language)).max()
            };
            let each: Vec<Option<u32>> = self.sentences.iter().map(of).collect();
            let body = self.body().filter_map(|(i, _)| each[i]).max();
            let published =
                self.article.published.as_ref().and_then(|p| p.iso.get(..4)).and_then(|year| year.parse().ok());
            (each, published.or(body))
        })
    }

    /// The latest year that sentence `i` names.
    pub fn year_of(&self, i: usize) -> Option<u32> {
        self.years().0.get(i).copied().flatten()
    }

    /// The year of the article, else the latest that its body names.
    pub fn latest_year(&self) -> Option<u32> {
        self.years().1
    }

    /// True where `span` lies in what somebody who is told is reported to say.
    pub fn attributed(&self, span: Span) -> bool {
        let contents = self.worked_out.attributed.get_or_init(|| {
            let told = self.attributions.iter().filter(|a| {
                is_somebody(a) && says_something(a) && a.source.as_ref().is_some_and(|s| s.id != "unknown")
            });
            let mut spans: Vec<Span> = told.flat_map(|a| a.content.iter().copied()).collect();
            spans.retain(|s| !s.is_empty());
            spans.sort_unstable();
            // Overlapping ones become one, so that their ends are in order, too.
            spans.dedup_by(|later, kept| {
                let joins = later.start < kept.end;
                if joins {
                    kept.end = kept.end.max(later.end);
                }
                joins
            });
            spans
        });
        let i = contents.partition_point(|content| content.end <= span.start);
        contents.get(i).is_some_and(|content| content.overlaps(span))
    }

    /// The article's text in lower case.
    pub fn lower(&self) -> &str {
        self.worked_out.lower.get_or_init(|| self.article.buffer.to_lowercase())
    }

    /// The persons of the registry that the body names: indexes into it.
    pub fn persons(&self) -> &[u32] {
        self.worked_out.persons.get_or_init(|| {
            let mut blocks: Vec<usize> = self.sentences.iter().filter(|s| s.paragraph > 0).map(|s| s.at).collect();
            blocks.dedup();
            let names = blocks.into_iter().flat_map(|at| &self.read.blocks[at].view.names);
            let sources = names.filter_map(|hit| match hit.target {
                NameTarget::Source(i) => Some(i),
                _ => None,
            });
            let mut out: Vec<u32> = sources.collect();
            out.sort_unstable();
            out.dedup();
            out.retain(|&i| self.registry.source(i).is_some_and(|e| e.kind == SourceKind::Person));
            out
        })
    }

    /// Where the article first names anything, or writes a capital inside a sentence: a byte of the buffer.
    pub fn first_name(&self) -> u32 {
        *self.worked_out.first_name.get_or_init(|| {
            let of = |s: &super::page::Sentence| {
                let view = self.view(s);
                (s.first..s.last)
                    .find(|&t| {
                        view.name(t).is_some() || t > s.first && view.tokens[t].capital && view.tokens[t].is_wordlike()
                    })
                    .map(|t| view.tokens[t].span.end)
            };
            self.sentences.iter().find_map(of).unwrap_or(u32::MAX)
        })
    }

    /// True where a named source other than that of attribution `voice` stands before byte `start`.
    pub fn named_source_before(&self, voice: usize, start: u32) -> bool {
        let first = self.worked_out.first_sources.get_or_init(|| {
            let mut starts: Vec<(u32, usize)> = self
                .attributions
                .iter()
                .enumerate()
                .filter(|(_, a)| named(a))
                .filter_map(|(i, a)| a.source.as_ref().map(|s| (s.span.start, i)))
                .collect();
            starts.sort_unstable();
            let at = |n: usize| starts.get(n).map(|&(start, i)| (i, start));
            [at(0), at(1)]
        });
        first.iter().flatten().any(|&(i, other)| i != voice && other < start)
    }

    /// True where the word stands inside a sentence, behind another word, anywhere.
    pub fn stands_inside(&self, word: &str) -> bool {
        let words = self.worked_out.inner_words.get_or_init(|| {
            let mut out = RapidHashSet::default();
            for s in &self.sentences {
                let view = self.view(s);
                let inner =
                    (s.first + 1..s.last).filter(|&t| view.tokens[t].capital && view.tokens[t - 1].is_wordlike());
                out.extend(inner.map(|t| view.word(t).to_owned()));
            }
            out
        });
        words.contains(word)
    }

    /// True where a relay tag was read whose words are `span`.
    pub fn is_tag(&self, span: Span) -> bool {
        let tags = self.worked_out.tags.get_or_init(|| {
            let tags =
                self.scopes.iter().filter(|s| s.level == Level::Tag && matches!(s.reach, Reach::Paragraph { .. }));
            let mut spans: Vec<Span> = tags.flat_map(|s| s.links.iter().map(|l| l.span)).collect();
            spans.sort_unstable();
            spans
        });
        tags.binary_search(&span).is_ok()
    }
}
