//! The built-in rules as the build left them: checked, compiled and stored, so that a run takes up only what it needs.

use crate::compiled::language::Language;
use crate::in_force::stored::{Foundation, decoded};
use crate::rules::outline::{Outline, Vocabulary};

/// Bytes that the build wrote; all empty where it prepared nothing, as builds for development don't.
struct Files {
    foundation: &'static [u8],
    languages: &'static [LanguageFile],
}

/// A language as the build wrote it.
struct LanguageFile {
    tag: &'static str,
    compiled: &'static [u8],
    vocabulary: &'static [u8],
}

static FILES: Files = include!(concat!(env!("OUT_DIR"), "/prepared.rs"));

/// A built-in language that was prepared, and is taken up when it is met.
#[derive(Debug, Clone, Copy)]
pub struct Prepared(&'static [u8]);

impl Prepared {
    /// A language in the bytes that a build writes.
    pub fn stored(bytes: &'static [u8]) -> Prepared {
        Prepared(bytes)
    }

    /// The compiled language; `None` where the program was built amiss.
    pub fn take_up(self) -> Option<Language> {
        decoded(self.0)
    }
}

/// Everything but the languages themselves, and each of them in outline with what it is taken up from; `None` where the
/// build prepared nothing.
pub fn prepared() -> Option<(Foundation, Vec<Prepared>)> {
    if FILES.foundation.is_empty() {
        return None;
    }
    let mut foundation: Foundation = decoded(FILES.foundation)?;
    let mut languages = Vec::with_capacity(foundation.outlines.len());
    for outline in &mut foundation.outlines {
        let file = of(outline)?;
        outline.vocabulary = Vocabulary::stored(file.vocabulary);
        languages.push(Prepared::stored(file.compiled));
    }
    Some((foundation, languages))
}

fn of(outline: &Outline) -> Option<&'static LanguageFile> {
    FILES.languages.iter().find(|file| file.tag == outline.tag)
}
