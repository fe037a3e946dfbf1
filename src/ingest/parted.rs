//! Parts paragraphs that are too long to be one: a text without line ends must not cost more than one with them.

use super::lines::end_of;
use crate::article::Block;
use crate::text::span::Span;

/// Longest paragraph in bytes that is read as one.
const LONGEST: usize = 32 << 10;
/// Bytes before that in which the end of a sentence is looked for.
const WINDOW: usize = 4 << 10;

/// `blocks` with those over 32 KiB parted: behind the last sentence that fits, else at a space, else between two code points.
/// `terminators` are further marks that end a sentence.
pub fn parted(blocks: Vec<Block>, text: &str, terminators: &[String]) -> Vec<Block> {
    if blocks.iter().all(|block| block.span.len() <= LONGEST) {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let mut rest = block.span;
        while rest.len() > LONGEST {
            let at = rest.start as usize + cut(rest.of(text), terminators);
            out.push(Block { kind: block.kind, span: Span::new(rest.start as usize, at).trimmed(text) });
            rest = Span::new(at, rest.end as usize).trimmed(text);
        }
        out.push(Block { kind: block.kind, span: rest });
    }
    out.retain(|block| !block.span.is_empty());
    out
}

/// Where to cut `words`, which are too long.
fn cut(words: &str, terminators: &[String]) -> usize {
    let boundary = |at: usize| (0..=at).rev().find(|&i| words.is_char_boundary(i)).unwrap_or(0);
    let (from, to) = (boundary(LONGEST - WINDOW), boundary(LONGEST));
    let window = &words[from..to];
    let spaces = || window.rmatch_indices(char::is_whitespace).map(|(at, _)| at);
    let sentence = spaces().find(|&at| end_of(&window[..at], terminators).is_full());
    sentence.or_else(|| spaces().next()).map_or(to, |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;

    fn parts(text: &str) -> Vec<&str> {
        let whole = Block { kind: BlockKind::Body, span: Span::new(0, text.len()) };
        parted(vec![whole], text, &[]).iter().map(|block| block.span.of(text)).collect()
    }

    #[test]
    fn a_long_paragraph_is_parted_between_sentences() {
        let sentence = "The quay is shut, the port said. ";
        let text = sentence.repeat(2 * LONGEST / sentence.len()).trim_end().to_owned();
        let found = parts(&text);
        assert!(found.len() > 1 && found.iter().all(|part| part.len() <= LONGEST && part.ends_with("said.")));
        assert_eq!(found.join(" "), text, "no word is lost");
        assert_eq!(parts(sentence), [sentence], "a short one stays as it is");
    }

    #[test]
    fn what_has_no_sentences_is_parted_all_the_same() {
        let words = "quay ".repeat(LONGEST / 4);
        assert!(parts(&words).iter().all(|part| part.len() <= LONGEST && part.starts_with("quay")));
        let letters = "\u{44f}".repeat(LONGEST);
        assert_eq!(parts(&letters).concat(), letters);
        assert_eq!(parts(&letters).len(), 2);
    }
}
