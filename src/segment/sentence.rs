//! Where sentences end inside a block.

use unicode_normalization::char::is_combining_mark;
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
    /// True where the letter at this token ends the name of a place of speech (`on X`), so that it is no initial.
    pub is_place: &'a dyn Fn(usize) -> bool,
}

/// Token indexes at which a sentence of the block `text[range]` starts, the first token included, in order.
///
/// The boundaries are those of UAX #29, less the ones behind abbreviations, initials and line ends of wrapped text, plus
/// those behind the language's own terminators and before a sentence that starts with a digit.
pub fn starts(text: &str, tokens: &[Token], rules: &SentenceRules<'_>) -> Vec<usize> {
    if tokens.is_empty() {
        return Vec::new();
    }
    let mut out = vec![0];
    let marks = tokens.iter().enumerate().filter(|(_, t)| terminates(text, t, rules.terminators));
    let ends: Vec<usize> = marks.map(|(at, _)| at).collect();
    // Most blocks hold one sentence: without an inner terminator there is nothing to ask.
    if ends.first().is_none_or(|&at| at + 1 == tokens.len()) {
        return out;
    }
    let mut at = 0;
    for bound in bounds(text, tokens, &ends, rules.terminators) {
        at += tokens[at..].partition_point(|t| (t.span.start as usize) < bound);
        let start = behind_close(text, tokens, at);
        if start > 0 && start < tokens.len() && out.last() != Some(&start) && is_boundary(text, tokens, start, rules) {
            out.push(start);
        }
    }
    out
}

/// Most tokens between the two marks of a quotation that are looked at.
const LONGEST_QUOTATION: usize = 400;

/// The token behind a closing guillemet that stands apart, as French sets it: it belongs to the sentence before it.
fn behind_close(text: &str, tokens: &[Token], at: usize) -> usize {
    let is = |t: usize, mark: &str| tokens[t].span.of(text) == mark;
    let apart = tokens.get(at).is_some_and(|t| t.spaced && t.is(Mark::Quote)) && is(at, "\u{bb}");
    let before = || (at.saturating_sub(LONGEST_QUOTATION)..at).rev().find(|&t| is(t, "\u{ab}") || is(t, "\u{bb}"));
    if apart && before().is_some_and(|t| is(t, "\u{ab}")) { at + 1 } else { at }
}

/// Places behind the terminators `ends` where the Unicode rules, or the language's own, part sentences; in order.
///
/// Whether a sentence ends depends on the terminator and on what follows up to the next letter, so the Unicode rules are asked
/// about that stretch alone and not about the whole block.
fn bounds(text: &str, tokens: &[Token], ends: &[usize], terminators: &[String]) -> Vec<usize> {
    let mut out = Vec::with_capacity(ends.len());
    for &at in ends {
        let token = &tokens[at];
        if let Some(next) = tokens.get(at + 1)
            && next.spaced
            && own_boundary(text, token, next, terminators)
        {
            out.push(next.span.start as usize);
        }
        if !ends_by_unicode(text, token) {
            out.extend(line_starts_behind(text, tokens, at));
            continue;
        }
        if let Some(next) = plain_start(text, tokens, at) {
            out.push(next);
            continue;
        }
        // Behind the last token no sentence starts.
        if at + 1 == tokens.len() {
            continue;
        }
        // The letter before the mark, accents of its own between them.
        let before =
            (at.saturating_sub(MOST_ACCENTS)..=at).rev().find(|&t| tokens[t].spaced || tokens[t].is_wordlike());
        let from = tokens[before.unwrap_or(at.saturating_sub(1))].span.start as usize;
        let (to, end) = (deciding(text, tokens, at), token.span.end as usize);
        let Some(stretch) = text.get(from..to) else { continue };
        let found = stretch.split_sentence_bound_indices().map(|(i, _)| from + i);
        out.extend(found.filter(|&bound| bound >= end));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The start of the next sentence in the commonest case, in which the Unicode rules leave no doubt: a terminator, perhaps
/// closing marks, spaces, and a word with a capital.
fn plain_start(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let mark = tokens[at].span.of(text);
    let close =
        |t: &Token| !t.spaced && matches!(t.span.of(text), "\"" | "'" | "\u{2019}" | "\u{201d}" | "\u{bb}" | ")" | "]");
    let closing = tokens[at + 1..].iter().take_while(|t| close(t)).count();
    let next = tokens.get(at + 1 + closing)?;
    let gap = text.get(tokens[at + closing].span.end as usize..next.span.start as usize)?;
    let spaces = !gap.is_empty() && gap.bytes().all(|byte| byte == b' ');
    let plain = matches!(mark, "." | "?" | "!") && spaces && next.kind == Kind::Word && next.capital;
    plain.then_some(next.span.start as usize)
}

/// Most marks between a letter and a terminator that are looked past.
const MOST_ACCENTS: usize = 8;

/// Where lines start behind the mark at token `at`, up to the first word: to the Unicode rules a line is a paragraph.
fn line_starts_behind<'a>(text: &'a str, tokens: &'a [Token], at: usize) -> impl Iterator<Item = usize> + 'a {
    let pairs = tokens[at..].windows(2).take_while(move |pair| pair[0] == tokens[at] || closes(&pair[0]));
    pairs.filter_map(|pair| {
        let gap = text.get(pair[0].span.end as usize..pair[1].span.start as usize)?;
        gap.contains(is_line_end).then_some(pair[1].span.start as usize)
    })
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// True for marks that may stand between a terminator and the end of its sentence.
fn closes(token: &Token) -> bool {
    matches!(token.mark(), Some(Mark::Quote | Mark::Apostrophe | Mark::Close | Mark::Markup))
}

/// The byte behind what decides whether a sentence ends at token `at`: the next letter or the next terminator.
fn deciding(text: &str, tokens: &[Token], at: usize) -> usize {
    let decides = |t: &&Token| match t.kind {
        // A vowel sign is no letter to them.
        Kind::Word | Kind::Number => {
            t.span.of(text).contains(|c: char| c.is_ascii_alphabetic() || c.is_alphabetic() && !is_combining_mark(c))
        }
        Kind::Mark(_) => ends_by_unicode(text, t),
    };
    let rest = tokens.get(at + 1..).unwrap_or_default();
    rest.iter().find(decides).or(rest.last()).unwrap_or(&tokens[at]).span.end as usize
}

/// True for marks that may end a sentence by the Unicode rules; the character of three dots may not.
fn ends_by_unicode(text: &str, token: &Token) -> bool {
    match token.mark() {
        Some(Mark::Stop | Mark::Question | Mark::Exclamation) => true,
        Some(Mark::Ellipsis) => token.span.of(text).starts_with('.'),
        _ => false,
    }
}

fn own_boundary(text: &str, a: &Token, b: &Token, terminators: &[String]) -> bool {
    let own = terminators.iter().any(|t| t == a.span.of(text));
    let digit_after = matches!(a.mark(), Some(Mark::Stop | Mark::Ellipsis)) && b.kind == Kind::Number;
    own || digit_after || (a.is(Mark::Ellipsis) && b.capital)
}

#[inline]
fn terminates(text: &str, token: &Token, terminators: &[String]) -> bool {
    let Kind::Mark(mark) = token.kind else { return false };
    matches!(mark, Mark::Stop | Mark::Question | Mark::Exclamation | Mark::Ellipsis)
        || terminators.iter().any(|t| t == token.span.of(text))
}

/// Most tokens that an abbreviation may have (`D.D.S.`), with room for marks around it.
const LONGEST_CHUNK: usize = 16;

/// Most letters of a part of an abbreviation that is spelled by the names of its letters.
const LONGEST_LETTER_NAME: usize = 3;

/// True where the stop before token `at` stands between two short words without white space, in a script without capitals:
/// it spells an abbreviation.
fn joins_abbreviation(text: &str, tokens: &[Token], at: usize) -> bool {
    let short = |t: &Token| t.kind == Kind::Word && t.span.of(text).chars().count() <= LONGEST_LETTER_NAME;
    let caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
    let Some(before) = at.checked_sub(2) else { return false };
    let (word, stop, next) = (&tokens[before], &tokens[before + 1], &tokens[at]);
    stop.is(Mark::Stop)
        && !stop.spaced
        && !next.spaced
        && short(word)
        && short(next)
        && next.span.of(text).starts_with(caseless)
}

/// True where the Unicode boundary before token `at` is one in news text.
fn is_boundary(text: &str, tokens: &[Token], at: usize, rules: &SentenceRules<'_>) -> bool {
    let Some(end) = (0..at).rev().find(|&i| !closes(&tokens[i])) else { return false };
    if joins_abbreviation(text, tokens, at) {
        return false;
    }
    let token = &tokens[end];
    if !terminates(text, token, rules.terminators) {
        return false;
    }
    let next = &tokens[at];
    if next.is(Mark::Comma) {
        return false;
    }
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
    // Letters with stops between them; a number with a decimal point is none.
    let dotted = chunk.chars().filter(|&c| c == '.').count() >= 2
        && chunk.chars().count() <= 8
        && chunk.contains(char::is_alphabetic);
    // No name goes on with a quotation: "she wrote on X. “We stay.”"
    let quotes = next.is(Mark::Quote) && next.spaced && from.checked_sub(1).is_some_and(|t| !tokens[t].capital);
    if initial && next.kind != Kind::Number && !quotes {
        return end > 0 && (rules.is_place)(end - 1);
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
    use proptest::prelude::*;

    fn split(text: &str, terminators: &[&str]) -> Vec<String> {
        let all = tokens(text, 0..text.len());
        let terminators: Vec<String> = terminators.iter().map(|t| t.to_string()).collect();
        let rules = SentenceRules {
            is_abbreviation: &|chunk| matches!(chunk, "Sept." | "Gen." | "U.S."),
            terminators: &terminators,
            is_opener: &|at| all[at].span.of(text) == "The",
            is_place: &|at| at > 0 && all[at - 1].span.of(text) == "network",
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
        assert_eq!(split("It closed at 18.60. Brokers left.", &[]).len(), 2);
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

    /// The same with the Unicode rules asked about the whole block.
    fn starts_of_whole(text: &str, tokens: &[Token], rules: &SentenceRules<'_>) -> Vec<usize> {
        let own = tokens.windows(2).filter(|w| w[1].spaced && w[0].mark().is_some());
        let own = own.filter(|w| own_boundary(text, &w[0], &w[1], rules.terminators)).map(|w| w[1].span.start as usize);
        let mut bounds: Vec<usize> = text.split_sentence_bound_indices().map(|(i, _)| i).chain(own).collect();
        bounds.sort_unstable();
        let starts = bounds.iter().map(|&bound| tokens.partition_point(|t| (t.span.start as usize) < bound));
        let mut out = vec![0];
        let starts = starts.map(|at| behind_close(text, tokens, at));
        out.extend(starts.filter(|&at| at > 0 && at < tokens.len() && is_boundary(text, tokens, at, rules)));
        out.dedup();
        out
    }

    proptest! {
        #[test]
        fn asking_about_terminators_alone_gives_the_same_sentences(
            text in "([A-Za-zÄßЖжԱաგع中0-9]{0,3}[ .!?…։:,;\\-–—'\"“”«»)(\n\u{ad}\u{a0}\u{301}]{1,4}){1,24}|\\PC{0,60}"
        ) {
            let all = tokens(&text, 0..text.len());
            let terminators = vec![":".to_owned()];
            let rules = SentenceRules {
                is_abbreviation: &|chunk| chunk.len() < 4,
                terminators: &terminators,
                is_opener: &|at| at % 2 == 0,
                is_place: &|at| at % 3 == 0,
            };
            if !all.is_empty() {
                prop_assert_eq!(starts(&text, &all, &rules), starts_of_whole(&text, &all, &rules));
            }
        }
    }

    #[test]
    fn a_closing_guillemet_apart_belongs_to_the_sentence_before_it() {
        assert_eq!(split("Il dit : « Rien de plus. » Le maire se tait.", &[])[0], "Il dit : « Rien de plus. »");
        assert_eq!(split("« C'est fini ! » a dit le maire. Il sort.", &[])[0], "« C'est fini ! » a dit le maire.");
        assert_eq!(split("Er ging. »Wir bleiben.« Sie blieb.", &[]).len(), 3);
    }

    #[test]
    fn a_letter_before_a_quotation_is_no_initial() {
        assert_eq!(split("She said so on X. “We stay.”", &[]).len(), 2);
        assert_eq!(split("It was J. “Bobby” Kerr, Ivan A. “Vanya” Kerr.", &[]).len(), 2);
    }

    #[test]
    fn a_letter_that_names_a_place_of_speech_is_no_initial() {
        assert_eq!(split("She said so on the network X. Kern left.", &[]).len(), 2);
        assert_eq!(split("She said so to Ivan X. Kern left.", &[]).len(), 1);
    }

    #[test]
    fn a_sentence_may_start_with_a_number() {
        assert_eq!(split("They left. 40 stayed.", &[]).len(), 2);
    }

    #[test]
    fn stops_inside_an_abbreviation_end_nothing_where_letters_have_no_capitals() {
        assert_eq!(split("قال بنك آي.إن.جي ذلك. وقال غيره.", &[]).len(), 2);
        assert_eq!(split("قال المدير.قالت المديرة.", &[]).len(), 2, "a space that was forgotten");
    }
}
