//! Templates: the sentences with slots that patterns and lexicons are written in.

use crate::text::token::Mark;
use serde::{Deserialize, Serialize};

/// What a slot takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SlotKind {
    /// Whoever stands nearest the content: the origin as declared here.
    Source,
    /// Who carries it.
    Via,
    /// A further carrier, nearer the publisher.
    Via2,
    /// Who was told.
    Recipient,
    /// The publisher naming itself.
    Myself,
    /// What is reported.
    Content,
    /// Where it was said; never a hop.
    Venue,
    /// Why a source is not named.
    Reason,
}

impl SlotKind {
    /// The names of slots as templates write them, in the order of the handbook.
    pub const NAMES: [(&'static str, SlotKind); 8] = [
        ("source", SlotKind::Source),
        ("via", SlotKind::Via),
        ("via2", SlotKind::Via2),
        ("recipient", SlotKind::Recipient),
        ("self", SlotKind::Myself),
        ("content", SlotKind::Content),
        ("venue", SlotKind::Venue),
        ("reason", SlotKind::Reason),
    ];

    /// True for slots that are filled by somebody (a mention), not by words at large.
    pub fn is_mention(self) -> bool {
        matches!(self, SlotKind::Source | SlotKind::Via | SlotKind::Via2 | SlotKind::Recipient | SlotKind::Myself)
    }
}

/// A slot of a template.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// What it takes.
    pub kind: SlotKind,
    /// The grammatical case asked for (`gen` in `{source:gen}`), a name of the language's morphology.
    pub case: Option<String>,
    /// Further words that it is narrowed by: a case and a kind of source together.
    pub also: Vec<String>,
    /// Letters written without a space before the slot (`l'` in `l'{source}`); any one of them.
    pub prefix: Vec<String>,
    /// Letters written without a space after the slot (`-ზე` in `{source}-ზე`); any one of them.
    pub suffix: Vec<String>,
}

impl Slot {
    /// What it is narrowed to: a case, a kind of source, or both.
    pub fn narrowings(&self) -> impl Iterator<Item = &str> {
        self.case.iter().chain(&self.also).map(String::as_str)
    }
}

/// Where an anchor holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// `^`
    ClauseStart,
    /// `$`
    ClauseEnd,
    /// `^^`
    BlockStart,
    /// `$$`
    BlockEnd,
}

/// One element of a template.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Element {
    /// One word or number in any of these written forms (no white space, no marks inside). All lower case: also
    /// matched where the text has it capitalised or in capitals. With a capital: matched as written.
    Word(Vec<String>),
    /// A mark of this class. `true`: written without white space before it.
    Mark(Mark, bool),
    /// `{name}` or `{name.form}`: any entry of a lexicon.
    Lexicon {
        /// Name of the lexicon.
        name: String,
        /// Name of the form; `None` takes the plain (finite) form.
        form: Option<String>,
    },
    /// `{number}`: any number token.
    Number,
    /// A slot.
    Slot(Slot),
    /// `…`: any words of the same clause, possibly none.
    Gap,
    /// `[…]`
    Optional(Vec<Element>),
    /// `(a|b c)`
    Choice(Vec<Vec<Element>>),
    /// `^`, `$`, `^^`, `$$`
    Anchor(Anchor),
}

/// A parsed template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its elements in order.
    pub elements: Vec<Element>,
    /// As written.
    pub written: String,
}

/// Most sequences that one template may expand to.
pub const MOST_EXPANSIONS: usize = 256;

impl Template {
    /// The template without options and choices: every flat sequence of elements it stands for, at most
    /// [`MOST_EXPANSIONS`]; `None` where it stands for more.
    pub fn expanded(&self) -> Option<Vec<Vec<Element>>> {
        let mut out = vec![Vec::new()];
        append(&mut out, &self.elements)?;
        let mut seen = Vec::new();
        for flat in out {
            if !flat.is_empty() && !seen.contains(&flat) {
                seen.push(flat);
            }
        }
        Some(seen)
    }
}

fn append(out: &mut Vec<Vec<Element>>, elements: &[Element]) -> Option<()> {
    for element in elements {
        match element {
            Element::Optional(inner) => {
                let mut with = out.clone();
                append(&mut with, inner)?;
                // The longer reading comes first.
                with.append(out);
                *out = with;
            }
            Element::Choice(branches) => {
                let mut all = Vec::new();
                for branch in branches {
                    let mut with = out.clone();
                    append(&mut with, branch)?;
                    all.append(&mut with);
                }
                *out = all;
            }
            other => out.iter_mut().for_each(|flat| flat.push(other.clone())),
        }
        if out.len() > MOST_EXPANSIONS {
            return None;
        }
    }
    Some(())
}
