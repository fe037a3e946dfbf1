//! Text as the engine sees it: spans, lines and tokens.
pub mod digits;
pub mod ending;
pub mod in_order;
pub mod letter;
pub mod lines;
pub mod solar;
pub mod span;
pub mod token;
pub mod word_table;
