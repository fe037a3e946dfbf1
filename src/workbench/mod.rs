//! Tools for those who write rules: tests, coverage, drafts held against articles.
pub mod choice;
pub mod coverage;
pub mod entries;
