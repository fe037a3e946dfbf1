//! Who is who: the registry of sources, and where a text names one.
pub mod apposition;
pub mod bare;
pub mod denote;
pub mod find;
pub mod lookup;
pub mod mention;
pub mod morphology;
pub mod name_words;
pub mod names;
pub mod part;
pub mod phrase;
pub mod phrase_end;
pub mod plain_names;
pub mod registry;
pub mod subject_form;
pub mod tie;
