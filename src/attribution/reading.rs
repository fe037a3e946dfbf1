//! What a pattern read: its cue, its slots and where it stands.

use crate::rules::pack::Means;
use crate::rules::template::SlotKind;
use crate::scan::{Region, View};
use crate::sources::mention::Mention;
use crate::text::span::Span;

/// A slot of a pattern and the words in it; token indexes of the block.
#[derive(Debug, Clone, PartialEq)]
pub struct Fill {
    /// Which slot.
    pub kind: SlotKind,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Who it names, for slots that are filled by somebody.
    pub mention: Option<Mention>,
}

/// One way to read a stretch: a pattern in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Index of the flat template in the language.
    pub flat: u32,
    /// Index of the pattern in its pack.
    pub pattern: u32,
    /// What the pattern declares.
    pub means: Means,
    /// The cue: first token and one past the last.
    pub cue: (usize, usize),
    /// The words that matching started from, where the cue stands elsewhere.
    pub start: (usize, usize),
    /// Where matching started.
    pub pivot: usize,
    /// The slots, from left to right.
    pub fills: Vec<Fill>,
    /// Number of words in gaps.
    pub gap: usize,
    /// Literal words, then lexicons matched: the more, the surer.
    pub weight: (u8, u8),
    /// Everything that the template took, literal marks included: first token and one past the last.
    pub whole: (usize, usize),
    /// The stretch that was read.
    pub region: Region,
}

impl Fill {
    /// Its words, without letters before a mention that are no part of it.
    pub fn span(&self, view: &View<'_>) -> Span {
        let span = view.span(self.first, self.last);
        let head = self.mention.as_ref().map_or(0, |m| m.affix.head);
        Span { start: (span.start + head).min(span.end), end: span.end }
    }
}

impl Reading {
    /// The first fill of a slot.
    pub fn fill(&self, kind: SlotKind) -> Option<&Fill> {
        self.fills.iter().find(|f| f.kind == kind)
    }

    /// All fills of the content slot.
    pub fn contents(&self) -> impl Iterator<Item = &Fill> {
        self.fills.iter().filter(|f| f.kind == SlotKind::Content)
    }

    /// The mention in a slot.
    pub fn mention(&self, kind: SlotKind) -> Option<&Mention> {
        self.fill(kind).and_then(|f| f.mention.as_ref())
    }

    /// First token and one past the last of everything that was read.
    pub fn extent(&self) -> (usize, usize) {
        let whole = (self.cue.0.min(self.whole.0), self.cue.1.max(self.whole.1));
        self.fills.iter().fold(whole, |(a, b), f| (a.min(f.first), b.max(f.last)))
    }
}

/// How far a pattern that did not match came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Index of the flat template.
    pub flat: u32,
    /// The words that matched.
    pub matched: Span,
    /// Where it stopped: a token.
    pub stopped_at: usize,
    /// What was asked for there: index of the atom.
    pub wanted: usize,
    /// The `but-not` template that kept the pattern away although it matched; `None` where it did not match.
    pub guard: Option<u32>,
}

/// Where the block stands, for patterns that match in some places only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surround {
    /// It is a headline.
    pub title: bool,
    /// It is a caption.
    pub caption: bool,
    /// It is the first block of the body.
    pub lead: bool,
    /// It is the last block of the article, or a closing credit.
    pub article_end: bool,
}
