//! Templates of plain words, read without the parser: nine in ten entries of word lists are such, and every run reads them.

use crate::rules::notation::composed;
use crate::rules::template::Element;
use crate::text::letter::{INSIDE, INVISIBLE, LETTER, NUMERIC, flags};

/// The elements of words of letters alone, each with one group of endings or variants at most (`report(s|ed)`, `word[s]`);
/// `None` for anything else, which is for the parser.
pub fn plain_words(written: &str) -> Option<Vec<Element>> {
    let words = written.split(' ').filter(|word| !word.is_empty());
    let elements: Option<Vec<Element>> = words.map(|word| Some(Element::Word(forms(word)?))).collect();
    elements.filter(|elements| !elements.is_empty())
}

/// All forms of one written word, in the order of the notation.
fn forms(word: &str) -> Option<Vec<String>> {
    let Some(open) = word.find(['(', '[']) else {
        return is_letters(word).then(|| vec![composed(word)]);
    };
    let optional = word[open..].starts_with('[');
    let (inside, behind) = word[open + 1..].split_once(if optional { ']' } else { ')' })?;
    let before = &word[..open];
    let letters = |part: &str| part.is_empty() || is_letters(part);
    if !letters(before) || !letters(behind) || !inside.split('|').all(letters) {
        return None;
    }
    let mut out = Vec::new();
    // An empty variant comes first, as the notation has it.
    let optional = optional || inside.split('|').any(str::is_empty);
    let variants = inside.split('|').filter(|variant| !variant.is_empty());
    for variant in optional.then_some("").into_iter().chain(variants) {
        let form = composed(&[before, variant, behind].concat());
        // A part may end in an accent that no word starts with.
        if !is_letters(&form) {
            return None;
        }
        if !out.contains(&form) {
            out.push(form);
        }
    }
    Some(out)
}

/// True for what the tokeniser takes for one word and the notation for no mark of its own.
fn is_letters(part: &str) -> bool {
    let starts = part.chars().next().is_some_and(|c| flags(c) & LETTER != 0);
    starts && part.chars().all(|c| flags(c) & (INSIDE | INVISIBLE | NUMERIC) == INSIDE)
}

#[cfg(test)]
mod tests;
