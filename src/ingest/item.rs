//! An article as the reader of its container gives it: a feed's item, a row of a table, an agency's item, a draft.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::form::InputForm;
use super::origin::Origin;

/// One article, not yet cut into blocks. What is unknown is `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// Its id in the container.
    pub id: Option<String>,
    /// Its own address.
    pub url: Option<String>,
    /// The address of whoever published it, where that is somebody else than `url` tells.
    pub home: Option<String>,
    /// Who published it: a registry id or a name.
    pub outlet: Option<String>,
    /// A name that may be the publisher's: it counts where the registry has it (the title of a feed).
    pub perhaps: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Authors; one string may hold several names.
    pub byline: Vec<String>,
    /// When it was published, as written.
    pub published: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// The text.
    pub words: Words,
    /// True where the words are no article, but a summary of one.
    pub summary: bool,
    /// True where the words are a page with its own byline and date lines, as in a draft.
    pub page: bool,
    /// True where the words were longer than the limit and were cut.
    pub cut: bool,
    /// Links in plain words.
    pub links: Vec<ItemLink>,
    /// Whose words it was made from, where a field says so; the nearest to the origin first.
    pub sources: Vec<String>,
    /// The credit line of a field.
    pub credit: Option<String>,
    /// The dateline of a field.
    pub dateline: Option<String>,
}

/// A link in the words of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemLink {
    /// Where its text starts, in bytes of the words.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Where it leads, as written.
    pub target: String,
}

/// The text of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Words {
    /// Text, paragraphs parted by line ends.
    Plain(String),
    /// HTML.
    Markup(String),
}

impl Default for Words {
    fn default() -> Self {
        Words::Plain(String::new())
    }
}

impl Words {
    /// The words as written.
    pub fn as_str(&self) -> &str {
        match self {
            Words::Plain(text) | Words::Markup(text) => text,
        }
    }
}

impl Item {
    /// The document of the only article of an input.
    pub fn document(&self, origin: &Origin<'_>) -> Document {
        Document { record: None, ..self.record(origin, 1, 1) }
    }

    /// The document of article `number` of an input, from line `line` on.
    pub fn record(&self, origin: &Origin<'_>, number: u64, line: u64) -> Document {
        Document {
            input: origin.name.to_owned(),
            form: InputForm::Item,
            record: Some(number),
            line,
            offset: 0,
            // Strings and lists of them always have a JSON form.
            bytes: serde_json::to_vec(self).unwrap_or_default(),
            truncated: false,
            alone: false,
        }
    }
}
