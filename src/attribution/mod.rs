//! Who said what: readings, resolution and scopes.
pub mod affix;
pub mod attempt;
mod attempt_left;
pub mod boundary;
pub mod choose;
pub mod floating;
pub mod full_names;
pub mod model;
pub mod names;
pub mod patterns;
pub mod pipeline;
pub mod reading;
pub mod resolve;
pub mod scope;
pub mod slots;
pub mod subject;
pub mod voice;
pub mod words;
