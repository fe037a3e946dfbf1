//! The rules as a run works by them: prepared by the build as far as nobody changed them, read from text otherwise.
pub mod prepared;
pub mod rules;
pub mod stored;
