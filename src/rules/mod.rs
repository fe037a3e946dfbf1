//! The rule language: what fact-checkers write, checked and turned into clean values.
pub mod compile;
pub mod pack;
pub mod template;
