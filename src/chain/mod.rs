//! Chains: origin … publisher.
pub mod build;
pub mod reach;
