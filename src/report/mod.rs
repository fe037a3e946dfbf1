//! What was found, in a form for people or programs.
pub mod article_json;
pub mod form;
pub mod json;
pub mod jsonl;
#[cfg(feature = "cli")]
pub mod names;
#[cfg(feature = "cli")]
pub mod read;
#[cfg(test)]
mod sample;
#[cfg(feature = "cli")]
pub mod terminal;
#[cfg(feature = "cli")]
pub mod trace;
