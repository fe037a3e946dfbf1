//! Tools for those who write rules: tests, coverage, drafts held against articles.
pub mod choice;
pub mod compare;
pub mod coverage;
pub mod doubt;
pub mod doubts;
mod doubts_sentences;
mod doubts_wordings;
mod doubts_words;
pub mod entries;
#[cfg(feature = "cli")]
pub mod format;
#[cfg(feature = "cli")]
pub mod import;
pub mod learned;
pub mod lesson;
pub mod propose;
pub mod sample;
#[cfg(feature = "cli")]
pub mod who;
mod wording;
