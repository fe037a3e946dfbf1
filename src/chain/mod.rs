//! Chains: origin … publisher.
pub mod build;
