//! The report for a browser: one page that needs nothing else.
mod chain;
mod findings;
pub mod page;
mod story;
mod text;
mod top;
mod write;
