//! The headline against the body: does somebody say below what it asserts?

use std::collections::BTreeSet;

use crate::article::BlockKind;
use crate::policy::condition::Value;
use crate::policy::facts::FactId;
use crate::policy::page::{Page, says_something};
use crate::policy::subject::Subject;
use crate::rules::pack::Means;
use crate::text::span::Span;
use crate::text::token::{Kind, Mark, tokens};

/// Paragraphs of the body that a headline is held against.
const NEAR: u32 = 3;
/// Letters of a word that are compared, so that endings don't count.
const STEM: usize = 5;

/// What a fact about the headline is.
pub fn ask(page: &Page<'_>, subject: &Subject, id: FactId) -> Value<'static> {
    match id {
        FactId::HeadlineMarked => Value::Flag(is_marked(page, subject)),
        FactId::LeadAttributes => Value::Flag(attributes(page, subject)),
        FactId::LeadAsserts => Value::Flag(asserts(page, subject)),
        _ => Value::Flag(hedges(page, subject)),
    }
}

fn is_marked(page: &Page<'_>, subject: &Subject) -> bool {
    let words = &page.article.buffer;
    tokens(words, subject.span.range())
        .iter()
        .any(|t| matches!(t.mark(), Some(Mark::Colon | Mark::Dash | Mark::Quote | Mark::Question | Mark::Bar)))
}

/// The long words of a stretch, cut to their beginnings.
fn stems(page: &Page<'_>, span: Span) -> BTreeSet<String> {
    let text = &page.article.buffer;
    let long = tokens(text, span.range()).into_iter().filter(|t| t.kind == Kind::Word && t.span.len() > 3);
    long.map(|t| t.span.of(text).to_lowercase().chars().take(STEM).collect()).collect()
}

/// True where `span` has three fifths of the headline's long words.
fn same(headline: &BTreeSet<String>, span: &BTreeSet<String>) -> bool {
    headline.len() >= 3 && headline.intersection(span).count() * 5 >= headline.len() * 3
}

fn attributes(page: &Page<'_>, subject: &Subject) -> bool {
    let headline = stems(page, subject.span);
    page.attributions.iter().enumerate().any(|(i, a)| {
        let near = page.sentence_of[i].is_some_and(|s| (1..=NEAR).contains(&page.sentences[s].paragraph));
        near && a.source.is_some()
            && says_something(a)
            && a.content.iter().any(|content| same(&headline, &stems(page, *content)))
    })
}

fn asserts(page: &Page<'_>, subject: &Subject) -> bool {
    let headline = stems(page, subject.span);
    page.sentences.iter().enumerate().any(|(i, s)| {
        let own = matches!(s.kind, BlockKind::Body | BlockKind::Standfirst) && page.voices(i).next().is_none();
        own && page.marked(i, Means::Hedge).is_none() && same(&headline, &stems(page, s.span))
    })
}

fn hedges(page: &Page<'_>, subject: &Subject) -> bool {
    let headline = stems(page, subject.span);
    page.sentences.iter().enumerate().any(|(i, s)| {
        s.paragraph == 1 && page.marked(i, Means::Hedge).is_some() && same(&headline, &stems(page, s.span))
    })
}
