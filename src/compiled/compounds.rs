//! Words whose last part a list of nouns knows, as languages write them that join nouns into one: `-sprecher`.

use rapidhash::RapidHashMap;
use serde::{Deserialize, Serialize};

use super::atoms::{Builder, Surface};
use crate::rules::template::Element;
use crate::text::in_order::in_order;
use crate::text::token::Mark;

/// Fewest letters before the part that is known.
const SHORTEST_FIRST_PART: usize = 3;

/// The last parts of compounds, each with the word that stands for all that end so.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Compounds {
    #[serde(serialize_with = "in_order")]
    last_parts: RapidHashMap<Box<str>, Surface>,
}

impl Compounds {
    /// Notes last parts, in small letters; returns the words that stand for them.
    pub fn add(&mut self, parts: &[String], builder: &mut Builder) -> Box<[Surface]> {
        let mut out = Vec::with_capacity(parts.len());
        for part in parts {
            // No written word has this form, so that the part alone stays a word of its own.
            let surface = builder.surface(&format!("-{part}"));
            self.last_parts.insert(part.as_str().into(), surface);
            out.push(surface);
        }
        out.into()
    }

    /// True where no last part is known.
    pub fn is_empty(&self) -> bool {
        self.last_parts.is_empty()
    }

    /// What a word ends in that is known, the longest such part; 0 where nothing is.
    pub fn of(&self, word: &str) -> Surface {
        if self.last_parts.is_empty() {
            return 0;
        }
        let rests = word.char_indices().skip(SHORTEST_FIRST_PART).map(|(at, _)| &word[at..]);
        rests.filter_map(|rest| self.last_parts.get(rest)).next().copied().unwrap_or(0)
    }
}

/// The forms of a noun that is written as the last part of compounds: `-sprecher[in]`.
pub fn last_part(template: &[Element]) -> Option<&[String]> {
    match template {
        [Element::Mark(Mark::Hyphen | Mark::Dash, _), Element::Word(forms)] => Some(forms),
        _ => None,
    }
}
