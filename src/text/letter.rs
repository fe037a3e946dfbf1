//! What a character is to the tokeniser, looked up in one step for the alphabets that news is mostly written in.

use std::sync::OnceLock;

/// It starts a word.
pub const LETTER: u8 = 1;
/// It goes on with a word: a letter, a digit, an accent, a mark that is written inside words, an invisible character.
pub const INSIDE: u8 = 2;
/// It starts a number.
pub const NUMERIC: u8 = 4;
/// It is a capital.
pub const UPPER: u8 = 8;
/// It is white space.
pub const SPACE: u8 = 16;
/// It carries no letter and breaks no word.
pub const INVISIBLE: u8 = 32;
/// It is one of several ways to write the same, or changes its neighbour: words are folded before they are compared.
pub const FOLDS: u8 = 64;

/// Characters of a block whose flags are worked out together, when the first of them is met.
const BLOCK: usize = 128;
/// Everything up to the marks of Chinese and Japanese.
const BLOCKS: usize = 0x3100 / BLOCK;

/// The flags of ASCII by byte, ready made: most bytes of most texts. Bytes of other characters have none.
static ASCII: [u8; 256] = {
    let mut flags = [0; 256];
    let mut at = 0;
    while at < BLOCK {
        flags[at] = match at as u8 {
            b'a'..=b'z' => LETTER | INSIDE,
            b'A'..=b'Z' => LETTER | INSIDE | UPPER,
            b'0'..=b'9' => NUMERIC | INSIDE,
            b' ' | b'\t'..=b'\r' => SPACE,
            _ => 0,
        };
        at += 1;
    }
    flags
};

static LISTED: [OnceLock<[u8; BLOCK]>; BLOCKS] = [const { OnceLock::new() }; BLOCKS];

/// What the ASCII character of this byte is; nothing where the byte is a part of another character.
#[inline]
pub fn byte_flags(byte: u8) -> u8 {
    ASCII[usize::from(byte)]
}

/// What `c` is: the flags of this module.
pub fn flags(c: char) -> u8 {
    if (c as usize) < BLOCK {
        return ASCII[c as usize];
    }
    let (block, at) = (c as usize / BLOCK, c as usize % BLOCK);
    match LISTED.get(block) {
        Some(listed) => listed.get_or_init(|| of_block(block))[at],
        None => worked_out(c),
    }
}

/// Looks up letters that stand beside each other in a text: mostly they do so in Unicode, too.
pub struct Lookup {
    /// The number of the block of the last one, and its flags.
    block: usize,
    listed: &'static [u8; BLOCK],
}

impl Default for Lookup {
    /// No block was looked into yet.
    fn default() -> Lookup {
        Lookup { block: 0, listed: &NONE }
    }
}

impl Lookup {
    /// The flags of `c`, a character beyond ASCII.
    #[inline]
    pub fn flags(&mut self, c: char) -> u8 {
        let block = c as usize / BLOCK;
        if block != self.block {
            let Some(listed) = LISTED.get(block) else { return worked_out(c) };
            (self.block, self.listed) = (block, listed.get_or_init(|| of_block(block)));
        }
        self.listed[c as usize % BLOCK]
    }
}

/// What stands for the flags of ASCII in a [`Lookup`], which is not asked for them.
static NONE: [u8; BLOCK] = [0; BLOCK];

#[cold]
fn of_block(block: usize) -> [u8; BLOCK] {
    let at = |i: usize| char::from_u32((block * BLOCK + i) as u32);
    std::array::from_fn(|i| at(i).map_or(0, worked_out))
}

fn worked_out(c: char) -> u8 {
    let letter = c.is_alphabetic() && !is_apostrophe_letter(c);
    let inside = c.is_alphanumeric() && !is_apostrophe_letter(c) || is_combining(c) || is_inner_mark(c);
    let all = [
        (LETTER, letter),
        (INSIDE, inside || is_invisible(c)),
        (NUMERIC, c.is_numeric()),
        (UPPER, c.is_uppercase()),
        (SPACE, c.is_whitespace()),
        (INVISIBLE, is_invisible(c)),
        (FOLDS, folds(c)),
    ];
    all.iter().filter(|(_, holds)| *holds).map(|(flag, _)| flag).sum()
}

/// Characters that carry no letter and break no word: soft hyphen, zero-width marks, bidi controls, byte order mark.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe0f}')
}

fn folds(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{401}'
            | '\u{451}'
            | '\u{587}'
            | '\u{623}'..='\u{626}'
            | '\u{629}'
            | '\u{643}'
            | '\u{649}'
            | '\u{64a}'
            | '\u{660}'..='\u{669}'
            | '\u{671}'
            | '\u{6c0}'
            | '\u{6c1}'
            | '\u{6d2}'
            | '\u{6d5}'
            | '\u{6f0}'..='\u{6f9}'
    ) || is_presentation(c)
        || is_dropped(c)
}

/// True for Arabic letters that stand for themselves as they look at one place of a word.
pub fn is_presentation(c: char) -> bool {
    matches!(c, '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// True for what a word is read without: accents that no letter took up, which mark the stress, vowel signs of Arabic, marks
/// that Armenian sets over a vowel, what nobody sees.
pub fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '\u{300}' | '\u{301}' | '\u{55b}' | '\u{55c}' | '\u{55e}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}'
    ) || is_invisible(c)
}

/// Marks that Armenian writes inside a word, over its stressed vowel.
fn is_inner_mark(c: char) -> bool {
    matches!(c, '\u{55b}' | '\u{55c}' | '\u{55e}')
}

/// Apostrophes that Unicode counts as letters, since they stand for one.
fn is_apostrophe_letter(c: char) -> bool {
    matches!(c, '\u{2b9}' | '\u{2bc}' | '\u{55a}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_listed_as_it_is_worked_out() {
        for c in (0..BLOCK as u8).map(char::from) {
            assert_eq!(flags(c), worked_out(c), "{c:?}");
            assert_eq!(byte_flags(c as u8), flags(c), "{c:?}");
        }
        assert!((BLOCK as u8..=u8::MAX).all(|byte| byte_flags(byte) == 0), "parts of other characters");
    }

    #[test]
    fn letters_beside_each_other_are_looked_up_as_each_alone() {
        let mut lookup = Lookup::default();
        for c in "Жաժ\u{2019}ե\u{301}中عЯ\u{ff21}\u{10330}é—\u{200b}".chars() {
            assert_eq!(lookup.flags(c), flags(c), "{c:?}");
        }
    }

    #[test]
    fn letters_of_every_alphabet_start_words_and_accents_go_on_with_them() {
        for c in ['a', 'Ж', 'ե', 'ე', 'ع', '中'] {
            assert_eq!(flags(c) & (LETTER | INSIDE | NUMERIC), LETTER | INSIDE, "{c}");
        }
        assert_eq!(flags('\u{301}') & (LETTER | INSIDE), INSIDE);
        assert_eq!(flags('՞') & (LETTER | INSIDE), INSIDE);
        assert_eq!(flags('ʼ') & (LETTER | INSIDE), 0, "an apostrophe");
        assert_eq!(flags('Ж') & UPPER, UPPER);
        assert_eq!((flags('7') & NUMERIC, flags('٣') & NUMERIC, flags('\u{a0}') & SPACE), (NUMERIC, NUMERIC, SPACE));
        assert_eq!(flags('\u{ad}') & (SPACE | INVISIBLE), INVISIBLE);
    }
}
