//! Where documents come from.

/// An input, or a file inside one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'n> {
    /// The name to show: the path as given, and what is in archives behind it.
    pub name: &'n str,
    /// The name that tells its form: without the endings of packings.
    pub file: &'n str,
    /// True where the name was given, false where it was come upon in a folder or an archive: what holds no article is left out
    /// there.
    pub asked: bool,
    /// True where a file holds these very bytes from its start.
    pub alone: bool,
}

impl Origin<'_> {
    /// An input that was asked for by this name.
    pub fn asked(name: &str) -> Origin<'_> {
        Origin { name, file: name, asked: true, alone: true }
    }
}
