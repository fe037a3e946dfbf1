//! `secondhand` reads news articles, works out who said what and through whom it reached the page.
pub mod article;
pub mod attribution;
pub mod auditor;
pub mod ingest;
pub mod record;
pub mod report;
pub mod rules;
pub mod text;
