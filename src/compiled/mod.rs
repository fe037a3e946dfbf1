//! A language as the engine runs it: words interned, lexicons one trie, templates flat, each with what it needs around it.
pub mod anchors;
pub mod atoms;
pub mod compounds;
pub mod forms;
pub mod glued;
pub mod language;
pub mod lex_bits;
mod own_marks;
pub mod phrase_hits;
pub mod phrase_trie;
pub mod roles;
pub mod shared_words;
pub mod signature;
pub mod slot;
pub mod word_classes;
pub mod word_lists;
