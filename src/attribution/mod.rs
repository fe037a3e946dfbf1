//! Who said what: readings, resolution and scopes.
pub mod model;
