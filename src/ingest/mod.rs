//! From files to articles.
pub mod error;
pub mod form;
pub mod read;
