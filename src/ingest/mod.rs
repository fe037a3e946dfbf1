//! From files to articles.
pub mod read;
