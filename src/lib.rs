//! `secondhand` reads news articles, works out who said what and through whom it reached the page.
pub mod article;
pub mod attribution;
pub mod auditor;
pub mod chain;
pub mod function_words;
pub mod ingest;
pub mod inspect;
pub mod language;
pub mod policy;
pub mod record;
pub mod report;
pub mod rules;
pub mod scan;
pub mod segment;
pub mod selftest;
pub mod sources;
pub mod text;
