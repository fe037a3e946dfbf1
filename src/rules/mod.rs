//! The rule language: what fact-checkers write, checked and turned into clean values.
pub mod diagnostic;
pub mod load;
pub mod pack;
pub mod selftest;
pub mod template;
