//! From bytes to articles: inputs found, decoded, cut into blocks, with what is known of each.
pub mod blocks;
pub mod boilerplate;
pub mod byline;
pub mod caption;
pub mod date;
pub mod decode;
pub mod document;
pub mod error;
pub mod form;
pub mod head;
pub mod keys;
pub mod lines;
pub mod lookup;
pub mod markdown;
pub mod metadata;
pub mod page;
pub mod paragraph;
pub mod phrase;
pub mod publisher;
pub mod read;
pub mod record;
pub mod sheet;
#[cfg(test)]
pub mod walk;
