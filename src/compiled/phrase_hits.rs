//! What all lexicons have at each token of a block.

use super::atoms::Lex;
use super::lex_bits;
use super::word_classes::WordClasses;

/// An entry of a lexicon found at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its lexicon.
    pub lex: Lex,
    /// One past its last token.
    pub end: u32,
}

/// What all lexicons have at each token of a block. What a token's word is alone is told by its class; other entries, which few
/// tokens start, are noted beside it.
#[derive(Debug)]
pub struct PhraseHits<'t> {
    classes: &'t WordClasses,
    places: Vec<Place>,
    /// Further entries, by token.
    hits: Vec<Hit>,
    /// For each token that starts further entries: where these end in `hits`.
    ends: Vec<u32>,
    /// For the same tokens one bit a lexicon, those of the word's class among them.
    rows: Vec<u64>,
    /// The longest entries of more than one token: one past their last token, their first one, and their lexicon; sorted.
    longer: Vec<(u32, u32, Lex)>,
    /// One bit a token: such an entry ends before it.
    closes: Vec<u64>,
}

/// What starts at one token.
#[derive(Debug, Default, Clone, Copy)]
struct Place {
    /// The class of its word.
    class: u32,
    /// The place of its further entries in `ends`, plus 1; 0 where there are none.
    noted: u32,
}

impl<'t> PhraseHits<'t> {
    /// Of each token what its word is alone: `own` are their classes.
    pub(super) fn new(classes: &'t WordClasses, own: &[u32]) -> PhraseHits<'t> {
        PhraseHits {
            classes,
            places: own.iter().map(|&class| Place { class, noted: 0 }).collect(),
            hits: Vec::new(),
            ends: Vec::new(),
            rows: Vec::new(),
            longer: Vec::new(),
            closes: Vec::new(),
        }
    }

    /// Notes an entry of `lex` from token `at` to before token `end`; entries of one token are noted together. `every`: of this
    /// lexicon every length counts and not only the longest.
    pub(super) fn note(&mut self, at: usize, lex: Lex, end: usize, every: bool) {
        let Some(place) = self.places.get_mut(at) else { return };
        let stride = self.classes.stride();
        if place.noted == 0 {
            self.rows.extend_from_slice(self.classes.row(place.class));
            self.ends.push(self.hits.len() as u32);
            place.noted = self.ends.len() as u32;
        }
        let class = place.class;
        let number = place.noted as usize - 1;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let row = &mut self.rows[number * stride..];
        let new = Hit { lex, end: end as u32 };
        if lex_bits::has(row, lex) {
            let alone = end == at + 1 && self.classes.has(class, lex);
            let mut known = self.hits[start..].iter_mut();
            if let Some(hit) = known.find(|h| h.lex == lex && (!every || h.end == new.end)) {
                hit.end = hit.end.max(new.end);
                return;
            }
            if alone {
                return;
            }
        } else {
            lex_bits::add(row, lex);
        }
        self.hits.push(new);
        self.ends[number] = self.hits.len() as u32;
    }

    /// Indexes what was noted.
    pub(super) fn close(&mut self) {
        if self.hits.is_empty() {
            return;
        }
        self.closes.resize(self.places.len() / 64 + 1, 0);
        for (at, place) in self.places.iter().enumerate().filter(|(_, place)| place.noted != 0) {
            for hit in further(&self.hits, &self.ends, place.noted).iter().filter(|hit| hit.end as usize > at + 1) {
                self.longer.push((hit.end, at as u32, hit.lex));
                self.closes[hit.end as usize / 64] |= 1 << (hit.end % 64);
            }
        }
        self.longer.sort_unstable();
    }

    #[inline]
    fn place(&self, at: usize) -> Place {
        self.places.get(at).copied().unwrap_or_default()
    }

    /// The class of the word of token `at`, and what [`PhraseHits::further`] gives.
    #[inline]
    pub fn at(&self, at: usize) -> (u32, &[Hit]) {
        let place = self.place(at);
        let hits = if place.noted == 0 { &[] } else { further(&self.hits, &self.ends, place.noted) };
        (place.class, hits)
    }

    /// True where no entry of any lexicon starts at token `at`.
    #[inline]
    pub fn is_none(&self, at: usize) -> bool {
        let place = self.place(at);
        place.noted == 0 && place.class == super::word_classes::NO_ENTRY
    }

    /// The lexicons of which the word of token `at` is an entry alone.
    pub fn alone(&self, at: usize) -> &'t [Lex] {
        self.classes.lexes(self.place(at).class)
    }

    /// The entries that start at token `at` and that its word is not alone. One of several words may be of a lexicon that
    /// [`PhraseHits::alone`] has as well: then the longer one counts, but for nouns.
    #[inline]
    pub fn further(&self, at: usize) -> &[Hit] {
        self.at(at).1
    }

    /// True where an entry of several tokens starts at token `at`.
    pub fn is_longer_start(&self, at: usize) -> bool {
        self.further(at).iter().any(|hit| hit.end as usize > at + 1)
    }

    /// One bit a lexicon of which an entry starts at token `at`.
    #[inline]
    pub fn row(&self, at: usize) -> &[u64] {
        let place = self.place(at);
        if place.noted == 0 {
            return self.classes.row(place.class);
        }
        let stride = self.classes.stride();
        let start = (place.noted as usize - 1) * stride;
        self.rows.get(start..start + stride).unwrap_or_default()
    }

    /// The length of a row, in words of 64 bits.
    pub fn stride(&self) -> usize {
        self.classes.stride()
    }

    /// The first token of the longest entry of `lex` that ends before token `end` and starts at `floor` or later; of those
    /// that start at one token only the longest counts.
    pub fn longest_before(&self, floor: usize, end: usize, lex: Lex) -> Option<usize> {
        let fits = |start: usize| start >= floor && self.longest(start, lex) == Some(end);
        if self.closes.get(end / 64).is_some_and(|bits| bits >> (end % 64) & 1 == 1) {
            let from = self.longer.partition_point(|(other, ..)| (*other as usize) < end);
            let ending = self.longer[from..].iter().take_while(|(other, ..)| *other as usize == end);
            let mut starts = ending.filter(|(.., of)| *of == lex).map(|(_, start, _)| *start as usize);
            if let Some(start) = starts.find(|&start| fits(start)) {
                return Some(start);
            }
        }
        end.checked_sub(1).filter(|&start| fits(start))
    }

    /// The tokens that entries of several tokens start at, some more than once.
    pub fn longer_starts(&self) -> impl Iterator<Item = usize> {
        self.longer.iter().map(|(_, first, _)| *first as usize)
    }

    /// True where an entry of one of the lexicons of `mask` starts at token `at`.
    #[inline]
    pub fn any(&self, at: usize, mask: &[u64]) -> bool {
        !self.is_none(at) && lex_bits::meet(self.row(at), mask)
    }

    /// One past the last token of the longest entry of `lex` that starts at token `at`.
    #[inline]
    pub fn longest(&self, at: usize, lex: Lex) -> Option<usize> {
        let place = self.places.get(at)?;
        if place.noted == 0 {
            return self.classes.has(place.class, lex).then_some(at + 1);
        }
        self.longest_noted(at, lex)
    }

    fn longest_noted(&self, at: usize, lex: Lex) -> Option<usize> {
        if !lex_bits::has(self.row(at), lex) {
            return None;
        }
        let noted = self.further(at).iter().filter(|hit| hit.lex == lex).map(|hit| hit.end as usize).max();
        noted.or(Some(at + 1))
    }
}

/// The further entries of the token that they are noted for at the place `noted` - 1.
fn further<'h>(hits: &'h [Hit], ends: &[u32], noted: u32) -> &'h [Hit] {
    let place = noted as usize - 1;
    let start = place.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |&end| end as usize);
    let end = ends.get(place).map_or(start, |&end| end as usize);
    hits.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of class 1 are entries of the lexicons 1 and 2 alone, those of class 0 of none.
    fn classes() -> WordClasses {
        WordClasses::new([vec![], vec![1, 2]].into_iter(), lex_bits::stride(3))
    }

    #[test]
    fn what_a_word_is_alone_needs_no_note() {
        let classes = classes();
        let mut hits = PhraseHits::new(&classes, &[1, 0, 1]);
        hits.close();
        assert_eq!(
            (hits.longest(0, 1), hits.longest(1, 1), hits.longest(2, 2), hits.longest(3, 1)),
            (Some(1), None, Some(3), None)
        );
        assert_eq!(
            (hits.longest_before(0, 3, 1), hits.longest_before(3, 3, 1), hits.longest_before(0, 0, 1)),
            (Some(2), None, None)
        );
        assert!(hits.any(0, &[1 << 2]) && !hits.any(1, &[1 << 2]) && hits.is_none(1) && hits.further(0).is_empty());
    }

    #[test]
    fn a_longer_entry_takes_the_place_of_the_word_alone() {
        let classes = classes();
        let mut hits = PhraseHits::new(&classes, &[1, 0, 1]);
        hits.note(1, 0, 2, false);
        hits.note(0, 1, 2, false);
        hits.note(0, 1, 3, false);
        hits.note(0, 2, 1, false);
        hits.close();
        assert_eq!(
            hits.further(0),
            [Hit { lex: 1, end: 3 }],
            "of one lexicon the longest counts; what is told is not noted"
        );
        assert_eq!((hits.longest(0, 1), hits.longest(0, 2), hits.longest(1, 0)), (Some(3), Some(1), Some(2)));
        assert_eq!((hits.longest_before(0, 3, 1), hits.longest_before(1, 3, 1)), (Some(0), Some(2)));
        assert_eq!(hits.longest_before(0, 1, 1), None, "it is longer than the word");
        assert_eq!(hits.longest_before(0, 1, 2), Some(0));
        assert!(hits.is_longer_start(0) && !hits.is_longer_start(1), "one token is no longer entry");
        assert_eq!(hits.longer_starts().collect::<Vec<_>>(), [0]);
        assert!(hits.any(1, &[1]) && !hits.any(2, &[1]) && hits.any(0, &[1 << 2]));
    }

    #[test]
    fn of_nouns_every_length_counts() {
        let classes = classes();
        let mut hits = PhraseHits::new(&classes, &[1, 0, 1]);
        [1, 2, 3, 2].into_iter().for_each(|end| hits.note(0, 1, end, true));
        hits.close();
        assert_eq!(hits.further(0), [Hit { lex: 1, end: 2 }, Hit { lex: 1, end: 3 }], "the first is the word alone");
        assert_eq!(hits.longest(0, 1), Some(3));
    }
}
