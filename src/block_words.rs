//! The words of a block, looked up once in the tables of the language and of the registry.

use crate::compiled::atoms::Surface;
use crate::compiled::language::Language;
use crate::compiled::word_classes::NO_ENTRY;
use crate::segment::joined::is_inside_abbreviation;
use crate::sources::names::{NO_WORD, NameTable};
use crate::text::token::{Kind, Token};
use crate::text::word_table::WordKey;

/// The words of a block, looked up.
pub struct Words {
    /// The interned word of each token; 0 for marks and what no rule knows.
    pub surfaces: Vec<Surface>,
    /// The class of each of these.
    pub classes: Vec<u32>,
    /// The lists that the engine asks for, of which each token is an entry alone.
    pub own: Vec<u64>,
    /// The number of each token's word among those of names.
    pub numbers: Vec<u32>,
    /// How many words of more than three bytes there are.
    pub all: usize,
    /// How many of these have a capital.
    pub capital: usize,
}

impl Words {
    /// Looks up the words of `tokens`, each read once for all tables.
    pub fn new(text: &str, tokens: &[Token], language: &Language, names: &NameTable) -> Words {
        let n = tokens.len();
        let (mut surfaces, mut classes, mut own) = (vec![0; n], vec![NO_ENTRY; n], vec![0; n]);
        let mut numbers = vec![NO_WORD; n];
        let (mut all, mut capital) = (0, 0);
        let places = surfaces.iter_mut().zip(&mut classes).zip(&mut own).zip(&mut numbers);
        for ((at, token), (((surface, class), own), number)) in tokens.iter().enumerate().zip(places) {
            if !token.is_wordlike() {
                continue;
            }
            let word = token.span.of(text);
            let key = WordKey::of(word);
            *number = names.number_of(word, key, token.plain);
            if !is_inside_abbreviation(tokens, at) {
                *surface = language.surface(word, key, token);
            }
            if *surface != 0 {
                *class = language.lists.class(*surface);
                *own = language.lists.first_of_class(*class);
            }
            let long = token.kind == Kind::Word && word.len() > 3;
            all += usize::from(long);
            capital += usize::from(long && token.capital);
        }
        Words { surfaces, classes, own, numbers, all, capital }
    }
}
