//! Quotations and sentences of a block.
pub mod insertion;
pub mod quotation;
pub mod sentence;
