//! Sets of lexicons, one bit each: rows of words of 64 bits.

use super::atoms::Lex;

/// The length of a row for `lexes` lexicons, in words of 64 bits.
pub fn stride(lexes: usize) -> usize {
    lexes.div_ceil(64).max(1)
}

/// True where the row has the lexicon.
pub fn has(row: &[u64], lex: Lex) -> bool {
    row.get(usize::from(lex) / 64).is_some_and(|bits| bits >> (lex % 64) & 1 == 1)
}

/// Adds the lexicon to the row; a row that is too short for it stays as it is.
pub fn add(row: &mut [u64], lex: Lex) {
    if let Some(bits) = row.get_mut(usize::from(lex) / 64) {
        *bits |= 1 << (lex % 64);
    }
}

/// True where two rows have a lexicon in common.
pub fn meet(row: &[u64], other: &[u64]) -> bool {
    row.iter().zip(other).any(|(a, b)| a & b != 0)
}
