//! Quotations and sentences of a block.
pub mod quotation;
pub mod sentence;
