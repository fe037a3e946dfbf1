//! Who is who: the registry of sources and the names by which texts mention them.
pub mod find;
pub mod morphology;
pub mod names;
pub mod registry;
