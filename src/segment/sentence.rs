//! Where sentences end inside a block.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::token::{Kind, Mark, Token, is_small};

/// What a language adds to the Unicode rules.
pub struct SentenceRules<'a> {
    /// True for a chunk of text that ends in a stop without ending a sentence (`Sept.`).
    pub is_abbreviation: &'a dyn Fn(&str) -> bool,
    /// Marks that end a sentence in this language and not elsewhere.
    pub terminators: &'a [String],
    /// True where the word at this token can only start a sentence when it is capitalised (a determiner, a pronoun).
    pub is_opener: &'a dyn Fn(usize) -> bool,
}

/// Token indexes at which a sentence of the block `text[range]` starts, the first token included, in order.
///
/// The boundaries are those of UAX #29, less the ones behind abbreviations, initials and line ends of wrapped text, plus
/// those behind the language's own terminators and before a sentence that starts with a digit.
pub fn starts(text: &str, tokens: &[Token], rules: &SentenceRules<'_>) -> Vec<usize> {
    let Some((first, last)) = tokens.first().zip(tokens.last()) else { return Vec::new() };
    let mut out = vec![0];
    // Most blocks hold one sentence: without an inner terminator there is nothing to ask.
    let inner = tokens[..tokens.len() - 1].iter().any(|t| terminates(text, t, rules.terminators));
    if !inner {
        return out;
    }
    let begin = first.span.start as usize;
    let Some(block) = text.get(begin..last.span.end as usize) else { return out };
    let mut at = 0;
    let mut bounds: Vec<usize> = block.split_sentence_bound_indices().map(|(i, _)| begin + i).collect();
    for pair in tokens.windows(2) {
        if let [a, b] = pair
            && b.spaced
            && (a.mark().is_some() && own_boundary(text, a, b, rules.terminators))
        {
            bounds.push(b.span.start as usize);
        }
    }
    bounds.sort_unstable();
    bounds.dedup();
    for bound in bounds {
        while at < tokens.len() && (tokens[at].span.start as usize) < bound {
            at += 1;
        }
        if at > 0 && at < tokens.len() && out.last() != Some(&at) && is_boundary(text, tokens, at, rules) {
            out.push(at);
        }
    }
    out
}

fn own_boundary(text: &str, a: &Token, b: &Token, terminators: &[String]) -> bool {
    let own = terminators.iter().any(|t| t == a.span.of(text));
    let digit_after = matches!(a.mark(), Some(Mark::Stop | Mark::Ellipsis)) && b.kind == Kind::Number;
    own || digit_after || (a.is(Mark::Ellipsis) && b.capital)
}

fn terminates(text: &str, token: &Token, terminators: &[String]) -> bool {
    match token.mark() {
        Some(Mark::Stop | Mark::Question | Mark::Exclamation | Mark::Ellipsis) => true,
        Some(_) => terminators.iter().any(|t| t == token.span.of(text)),
        None => false,
    }
}

/// Most tokens that an abbreviation may have (`D.D.S.`), with room for marks around it.
const LONGEST_CHUNK: usize = 16;

/// True where the Unicode boundary before token `at` is one in news text.
fn is_boundary(text: &str, tokens: &[Token], at: usize, rules: &SentenceRules<'_>) -> bool {
    let closers = |t: &Token| matches!(t.mark(), Some(Mark::Quote | Mark::Apostrophe | Mark::Close | Mark::Markup));
    let Some(end) = (0..at).rev().find(|&i| !closers(&tokens[i])) else { return false };
    let token = &tokens[end];
    if !terminates(text, token, rules.terminators) {
        return false;
    }
    let next = &tokens[at];
    // A sentence does not start with a small letter where the script has capitals, unless the mark before it ends
    // sentences in this language and does nothing else.
    let own = token.is(Mark::Stop) && rules.terminators.iter().any(|t| t == token.span.of(text));
    if !own && next.kind == Kind::Word && next.span.of(text).chars().next().is_some_and(is_small) {
        return false;
    }
    if !token.is(Mark::Stop) || token.spaced {
        return true;
    }
    let from = (end.saturating_sub(LONGEST_CHUNK)..end).rev().find(|&i| tokens[i].spaced).unwrap_or(end);
    let chunk = text.get(tokens[from].span.start as usize..token.span.end as usize).unwrap_or("");
    let chunk = chunk.trim_start_matches(|c: char| !c.is_alphanumeric());
    let initial = chunk.chars().count() == 2 && tokens[end - end.min(1)].capital;
    let dotted = chunk.chars().filter(|&c| c == '.').count() >= 2 && chunk.chars().count() <= 8;
    if initial && next.kind != Kind::Number {
        return false;
    }
    if dotted || (rules.is_abbreviation)(chunk) {
        return (rules.is_opener)(at);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    fn split(text: &str, terminators: &[&str]) -> Vec<String> {
        let all = tokens(text, 0..text.len());
        let terminators: Vec<String> = terminators.iter().map(|t| t.to_string()).collect();
        let rules = SentenceRules {
            is_abbreviation: &|chunk| matches!(chunk, "Sept." | "Gen." | "U.S."),
            terminators: &terminators,
            is_opener: &|at| all[at].span.of(text) == "The",
        };
        let mut found = starts(text, &all, &rules);
        found.push(all.len());
        found
            .windows(2)
            .map(|w| text[all[w[0]].span.start as usize..all[w[1] - 1].span.end as usize].to_owned())
            .collect()
    }

    #[test]
    fn abbreviations_and_initials_end_no_sentence() {
        assert_eq!(split("Gen. Ivan A. Petrov left on Sept. 19. He was ill.", &[]).len(), 2);
        assert_eq!(split("It left the U.S. Senate cold. The U.S. The end.", &[]).len(), 3);
    }

    #[test]
    fn a_line_end_inside_a_sentence_is_none() {
        assert_eq!(split("a Moscow-\n\nbrokered deal. It held.", &[]).len(), 2);
        assert_eq!(split("wrapped at\nNew York. It held.", &[]).len(), 2);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_before_them() {
        assert_eq!(split("“We left.” Nobody stayed.", &[])[0], "“We left.”");
        assert_eq!(split("“Really?” he asked. No.", &[])[0], "“Really?” he asked.");
    }

    #[test]
    fn the_languages_own_terminator_counts() {
        assert_eq!(split("Նա գնաց: Մենք մնացինք:", &[":"]).len(), 2);
        assert_eq!(split("Three things: We left.", &[]).len(), 1);
    }

    #[test]
    fn a_sentence_may_start_with_a_number() {
        assert_eq!(split("They left. 40 stayed.", &[]).len(), 2);
    }
}
