//! What was found, in a form for people or programs.
pub mod article_json;
#[cfg(feature = "cli")]
pub mod excerpt;
#[cfg(feature = "cli")]
pub mod footer;
pub mod form;
#[cfg(feature = "cli")]
pub mod full;
pub mod json;
pub mod jsonl;
#[cfg(feature = "cli")]
pub mod names;
#[cfg(feature = "cli")]
pub mod overview;
#[cfg(feature = "cli")]
pub mod place;
#[cfg(feature = "cli")]
pub mod ranking;
#[cfg(feature = "cli")]
pub mod read;
#[cfg(test)]
mod sample;
#[cfg(feature = "cli")]
pub mod table;
pub mod tally;
#[cfg(feature = "cli")]
pub mod terminal;
#[cfg(feature = "cli")]
pub mod top;
#[cfg(feature = "cli")]
pub mod trace;
#[cfg(feature = "cli")]
pub mod tree;
#[cfg(feature = "cli")]
pub mod voices;
#[cfg(feature = "cli")]
pub mod when;
