//! `secondhand` reads news articles, works out who said what and through whom it reached the page.
pub mod article;
pub mod attribution;
pub mod rules;
pub mod sources;
pub mod text;
