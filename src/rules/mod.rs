//! The rule language: what fact-checkers write, checked and turned into clean values.
mod check;
mod check_language;
mod check_lexicon;
mod check_pattern;
mod check_source;
mod clean;
pub mod compile;
pub mod diagnostic;
mod embedded;
mod fields;
mod files;
mod folder;
pub mod labelled;
pub mod load;
pub mod notation;
mod overlay;
pub mod pack;
pub mod parse_template;
mod quoted;
mod raw;
mod raw_language;
mod raw_source;
#[cfg(test)]
mod sample;
mod suggest;
pub mod template;
mod words;
