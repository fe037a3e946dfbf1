//! Quotations and sentences of a block.
pub mod insertion;
pub mod joined;
pub mod places;
pub mod quotation;
pub mod sentence;
