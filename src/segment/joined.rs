//! Words that are cut otherwise than they are written: parted at a mark that joins without showing, or letters of one
//! abbreviation.

use crate::text::span::Span;
use crate::text::token::{JOINT, Kind, Mark, Token};

/// Parts the words at [`JOINT`] that `is_whole` doesn't know, where they are a name by `is_name`, or `is_known` knows every
/// part: names and nouns are typed so where others leave a space.
pub fn part_joined(
    text: &str,
    tokens: &mut Vec<Token>,
    is_whole: impl Fn(&str) -> bool,
    is_name: impl Fn(&str) -> bool,
    is_known: impl Fn(&str) -> bool,
) {
    let parted = |token: &Token| {
        if token.plain || token.kind != Kind::Word {
            return false;
        }
        let word = token.span.of(text);
        let holds = word.contains(JOINT);
        // Two letters behind the joint are an ending, as often as not.
        let long = |part: &str| part.chars().nth(2).is_some();
        let mut parts = word.split(JOINT).enumerate();
        holds
            && !is_whole(word)
            && !(word.starts_with(JOINT) || word.ends_with(JOINT))
            && (is_name(word) || parts.all(|(i, part)| (i == 0 || long(part)) && is_known(part)))
    };
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    if !first.span.join(last.span).of(text).contains(JOINT) || !tokens.iter().any(parted) {
        return;
    }
    let mut out = Vec::with_capacity(tokens.len() + 4);
    for token in tokens.iter() {
        if !parted(token) {
            out.push(*token);
            continue;
        }
        let mut at = token.span.start as usize;
        for (i, part) in token.span.of(text).split(JOINT).enumerate() {
            out.push(Token { span: Span::new(at, at + part.len()), spaced: token.spaced || i > 0, ..*token });
            at += part.len() + JOINT.len_utf8();
        }
    }
    *tokens = out;
}

/// True for letters between two stops without white space, as abbreviations are spelled: they are no word of their own.
#[inline]
pub fn is_inside_abbreviation(tokens: &[Token], at: usize) -> bool {
    let glued_stop = |t: &Token| t.is(Mark::Stop) && !t.spaced;
    if tokens[at].spaced {
        return false;
    }
    let Some(before) = at.checked_sub(1) else { return false };
    glued_stop(&tokens[before])
        && tokens[at].kind == Kind::Word
        && tokens.get(at + 1).is_some_and(glued_stop)
        && tokens.get(at + 2).is_some_and(|t| t.is_wordlike() && !t.spaced)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    fn words(text: &str) -> Vec<&str> {
        let mut cut = tokens(text, 0..text.len());
        let is_name = |word: &str| word == "عباس\u{200c}عراقچی";
        part_joined(
            text,
            &mut cut,
            |word| word.starts_with("می"),
            is_name,
            |part| ["خبرگزاری", "مهر", "گزارش"].contains(&part),
        );
        cut.iter().map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn a_word_is_parted_where_all_its_parts_are_known() {
        assert_eq!(words("خبرگزاری\u{200c}مهر"), ["خبرگزاری", "مهر"]);
        assert_eq!(words("عباس\u{200c}عراقچی"), ["عباس", "عراقچی"], "a name, whatever its parts are");
        assert_eq!(words("گزارش\u{200c}ها"), ["گزارش\u{200c}ها"], "an ending is no word");
        assert_eq!(words("می\u{200c}گزارش"), ["می\u{200c}گزارش"], "known as a whole");
    }

    #[test]
    fn letters_between_stops_are_no_words() {
        fn inside(text: &str) -> Vec<&str> {
            let cut = tokens(text, 0..text.len());
            let letters = (0..cut.len()).filter(|&at| is_inside_abbreviation(&cut, at));
            letters.map(|at| cut[at].span.of(text)).collect()
        }
        assert_eq!(inside("بنك آي.إن.جي في"), ["إن"]);
        assert!(inside("He left.Then it rained.").is_empty());
        assert!(inside("at 5 p.m. on Monday").is_empty());
    }
}
