//! What is at stake in some words, by the lexicons of their language.

use crate::policy::facts::STAKES;
use crate::policy::page::{Page, Sentence};
use crate::text::span::Span;

/// Something at stake: its index in [`STAKES`], and the words that say so.
pub type Stake = (usize, Span);

/// What is at stake in `span`, which lies in the block of `sentence`; `speech` says whether words in quotation marks count.
pub fn stakes(page: &Page<'_>, sentence: &Sentence, span: Span, speech: bool) -> Vec<Stake> {
    let view = page.view(sentence);
    let mut out = Vec::new();
    for t in page.tokens_in(sentence, span) {
        // Most words put nothing at stake.
        if !view.phrases.any(t, &page.lexicons.any_stake) || !speech && view.depth[t] > 0 {
            continue;
        }
        for (stake, lex) in page.lexicons.stakes.iter().enumerate() {
            if let Some(end) = view.lex_at(t, *lex) {
                out.push((stake, view.span(t, end)));
            }
        }
    }
    out
}

/// How much weighs what is at stake, for ranking: 0 nothing, more is worse.
pub fn weight(stakes: &[Stake]) -> u8 {
    let worst = stakes.iter().map(|(stake, _)| *stake).min();
    worst.map_or(0, |stake| u8::try_from(STAKES.len() - stake).unwrap_or(u8::MAX))
}
