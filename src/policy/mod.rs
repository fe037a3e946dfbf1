//! Policies: what they may ask of an article, and the findings that come of them.
pub mod ask;
pub mod baseline;
pub mod condition;
pub mod evaluate;
pub mod facts;
pub mod figure;
pub mod finding;
pub mod gathered;
pub mod headline;
pub mod lexicons;
pub mod page;
pub mod pending;
pub mod profile;
pub mod stakes;
pub mod subject;
pub mod voice_facts;
pub mod worked_out;
