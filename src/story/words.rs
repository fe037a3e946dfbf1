//! The words of one block in lower case and by their stems, each worked out once.

use crate::scan::View;

/// The words of a block.
pub struct Words<'v, 'a> {
    /// The block.
    pub view: &'v View<'a>,
    /// All words in lower case, one behind the other.
    letters: String,
    /// For each token, where its word starts, where its stem ends, where it ends itself.
    places: Vec<[u32; 3]>,
}

impl<'v, 'a> Words<'v, 'a> {
    /// The words of `view`.
    pub fn new(view: &'v View<'a>) -> Words<'v, 'a> {
        let mut letters = String::new();
        let mut places = Vec::with_capacity(view.tokens.len());
        for (at, token) in view.tokens.iter().enumerate() {
            let start = letters.len();
            let mut stem = start;
            if token.is_wordlike() {
                let word = view.word(at);
                if word.is_ascii() {
                    letters.push_str(word);
                    letters[start..].make_ascii_lowercase();
                } else {
                    letters += &word.to_lowercase();
                }
                stem += view.language.shared.stem(&letters[start..]).len();
            }
            places.push([start as u32, stem as u32, letters.len() as u32]);
        }
        Words { view, letters, places }
    }

    /// The word at a token in lower case; empty for a mark, and outside the block.
    pub fn lower(&self, at: usize) -> &str {
        self.places.get(at).map_or("", |&[start, _, end]| &self.letters[start as usize..end as usize])
    }

    /// The word's stem; empty for a mark, and outside the block.
    pub fn stem(&self, at: usize) -> &str {
        self.places.get(at).map_or("", |&[start, stem, _]| &self.letters[start as usize..stem as usize])
    }
}
