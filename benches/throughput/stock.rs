//! The word stocks that articles are made of: one TOML file a language, lists of templates.
//!
//! A list entry is text with slots; parts of it that stand for its forms (cases, short forms) are parted by `|`:
//! - `{list}` an entry of that list, `{list:form}` in that form,
//! - `{=list}` the one that was taken last,
//! - `{^list}` with a capital at its start, `{!list}` all in capitals,
//! - `{n:2-40}` a number.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What a language's articles are made of.
#[derive(Debug)]
pub struct Stock {
    /// BCP 47 tag of the language.
    pub language: String,
    /// What a small `i` becomes where it is written large.
    pub capital_i: char,
    /// All lists; slots refer to them by their place here.
    pub lists: Vec<List>,
    places: BTreeMap<String, usize>,
}

/// A list of things that can fill a slot.
#[derive(Debug)]
pub struct List {
    /// Each with its forms.
    pub entries: Vec<Vec<Template>>,
    /// How many of them one article uses; 0: as many as it likes.
    pub cast: usize,
    /// True where its entries are names of sources.
    pub named: bool,
}

/// Text and slots in order.
pub type Template = Vec<Piece>;

/// A part of a template.
#[derive(Debug)]
pub enum Piece {
    /// As it stands.
    Text(String),
    /// A number from the first to the second.
    Number(u64, u64),
    /// An entry of a list.
    Slot {
        /// The list's place in the stock.
        list: usize,
        /// Which of the entry's forms.
        form: usize,
        /// True for the entry that was taken last.
        same: bool,
        /// How its letters are written.
        letters: Letters,
    },
}

/// How the letters of a filling are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// As in the list.
    AsTheyAre,
    /// The first one large.
    Capital,
    /// All large.
    Capitals,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    language: String,
    names: Vec<String>,
    #[serde(rename = "capital-i", default = "latin_i")]
    capital_i: char,
    cast: BTreeMap<String, usize>,
    forms: BTreeMap<String, Vec<String>>,
    lists: BTreeMap<String, Vec<String>>,
}

fn latin_i() -> char {
    'I'
}

impl Stock {
    /// Reads a stock; a slot that names no list or form is a fault of the file and ends the benchmark.
    pub fn read(toml: &str) -> Stock {
        let raw: Raw = toml::from_str(toml).expect("a stock is valid TOML");
        let places: BTreeMap<String, usize> = raw.lists.keys().cloned().zip(0..).collect();
        let parse = |part: &str| template(part, &places, &raw.forms);
        let lists = raw.lists.iter().map(|(name, entries)| List {
            entries: entries.iter().map(|entry| entry.split('|').map(parse).collect()).collect(),
            cast: raw.cast.get(name).copied().unwrap_or(0),
            named: raw.names.contains(name),
        });
        Stock { language: raw.language, capital_i: raw.capital_i, lists: lists.collect(), places }
    }

    /// The place of a list that every stock has.
    pub fn place(&self, name: &str) -> usize {
        *self.places.get(name).unwrap_or_else(|| panic!("the stock of {} has no list {name}", self.language))
    }
}

impl List {
    /// True where filling the first form of `entry` gives at least one name.
    pub fn gives_names(&self, entry: usize, lists: &[List]) -> bool {
        let slots = |piece: &Piece| matches!(piece, Piece::Slot { list, .. } if lists[*list].named);
        self.entries[entry][0].iter().any(slots)
    }
}

fn template(written: &str, places: &BTreeMap<String, usize>, forms: &BTreeMap<String, Vec<String>>) -> Template {
    let mut pieces = Vec::new();
    let mut rest = written;
    while let Some((text, behind)) = rest.split_once('{') {
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        let (slot, after) = behind.split_once('}').unwrap_or_else(|| panic!("an open slot in {written:?}"));
        pieces.push(piece(slot, places, forms).unwrap_or_else(|| panic!("unknown slot {{{slot}}} in {written:?}")));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

fn piece(slot: &str, places: &BTreeMap<String, usize>, forms: &BTreeMap<String, Vec<String>>) -> Option<Piece> {
    if let Some(range) = slot.strip_prefix("n:") {
        let (from, to) = range.split_once('-')?;
        return Some(Piece::Number(from.parse().ok()?, to.parse().ok()?));
    }
    let (letters, slot) = match slot.strip_prefix('^') {
        Some(rest) => (Letters::Capital, rest),
        None => slot.strip_prefix('!').map_or((Letters::AsTheyAre, slot), |rest| (Letters::Capitals, rest)),
    };
    let (same, slot) = slot.strip_prefix('=').map_or((false, slot), |rest| (true, rest));
    let (name, form) = match slot.split_once(':') {
        None => (slot, 0),
        Some((name, form)) => (name, forms.get(name)?.iter().position(|f| f == form)?),
    };
    Some(Piece::Slot { list: *places.get(name)?, form, same, letters })
}
