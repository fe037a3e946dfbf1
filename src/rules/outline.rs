//! A language in outline: what is asked of every language before an article in one of them is met.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::pack::{LanguagePack, LexiconEntry};
use super::template::{Element, Template};

/// Lexicons of words that no text of their language does without.
const CLOSED: [&str; 7] =
    ["determiner", "quantifier", "linker", "coordinator", "subordinator", "complementiser", "auxiliary"];

/// What is asked of a language to tell which one a text is in and which lines of a page belong to it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Outline {
    /// BCP 47, lower case.
    pub tag: String,
    /// English name.
    pub name: String,
    /// `none`, or who reviewed the pack and when.
    pub review: String,
    /// A letter of its script; `None` where no month has a name.
    pub letter: Option<char>,
    /// Marks that end a sentence here and not elsewhere.
    pub terminators: Vec<String>,
    /// Names of the months, January first.
    pub months: Vec<Vec<String>>,
    /// Names of the months of the solar calendar of Iran and Afghanistan.
    pub solar_months: Vec<Vec<String>>,
    /// Names of the days, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// Words of web pages around the article.
    pub page: FlatPage,
    /// Its small words and pronouns.
    pub small_words: Vec<String>,
    /// All its words that stand alone in a lexicon, and its pronouns.
    #[serde(skip)]
    pub vocabulary: Vocabulary,
}

impl Outline {
    /// The outline of a pack.
    pub fn new(pack: &LanguagePack) -> Outline {
        let entries = |name: &str| pack.lexicons.get(name).map_or(&[][..], |lexicon| lexicon.entries.as_slice());
        let noon = |after: bool| {
            let meridiem = entries("meridiem").iter().filter(move |entry| (entry.id == "pm") == after);
            flat(meridiem.flat_map(|entry| entry.forms.values()).flatten())
        };
        let page = &pack.page;
        let pronouns = || pack.pronouns.iter().flat_map(|pronoun| &pronoun.forms);
        let closed = CLOSED.iter().flat_map(|name| entries(name)).flat_map(single_words);
        let all = pack.lexicons.values().flat_map(|lexicon| &lexicon.entries).flat_map(single_words);
        Outline {
            tag: pack.tag.clone(),
            name: pack.name.clone(),
            review: pack.review.clone(),
            letter: pack.months.iter().flatten().flat_map(|month| month.chars()).find(|c| c.is_alphabetic()),
            terminators: pack.terminators.clone(),
            months: pack.months.clone(),
            solar_months: pack.solar_months.clone(),
            weekdays: pack.weekdays.clone(),
            page: FlatPage {
                chrome: flat(&page.chrome),
                ends_article: flat(&page.ends_article),
                byline: flat(&page.byline),
                dateword: flat(&page.dateword),
                photo_credit: flat(&page.photo_credit),
                paid: flat(&page.paid),
                machine: flat(&page.machine),
                credit: flat(&page.credit),
                address: flat(&page.address),
                before_noon: noon(false),
                after_noon: noon(true),
                joiners: flat(entries("joiner").iter().flat_map(|entry| entry.forms.values()).flatten()),
            },
            small_words: closed.chain(pronouns()).cloned().collect(),
            vocabulary: Vocabulary::new(all.chain(pronouns()).map(String::as_str)),
        }
    }
}

/// Sequences of elements without options and choices.
pub type Flats = Vec<Arc<[Element]>>;

/// Words that tell the parts of a page, as they are matched.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named and explained as in the handbook and in `PageWords`")]
pub struct FlatPage {
    pub chrome: Flats,
    pub ends_article: Flats,
    pub byline: Flats,
    pub dateword: Flats,
    pub photo_credit: Flats,
    pub paid: Flats,
    pub machine: Flats,
    pub credit: Flats,
    pub address: Flats,
    /// Words for the half of the day before noon.
    pub before_noon: Flats,
    /// Words for the half of the day after noon.
    pub after_noon: Flats,
    /// Words that join the names of a byline.
    pub joiners: Flats,
}

/// All sequences that the templates stand for.
pub fn flat<'t>(templates: impl IntoIterator<Item = &'t Template>) -> Flats {
    templates.into_iter().filter_map(Template::expanded).flatten().map(Into::into).collect()
}

/// The written forms of an entry that are one word.
fn single_words(entry: &LexiconEntry) -> impl Iterator<Item = &String> {
    let words = entry.forms.values().flatten().filter_map(|template| match template.elements.as_slice() {
        [Element::Word(forms)] => Some(forms),
        _ => None,
    });
    words.flatten()
}

/// A set of words as hashes of four bytes, sorted: of the thousands of words of a pack one in a million others is taken
/// for one of them, which is all the same where words are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary(Cow<'static, [u8]>);

/// Bytes of a hash.
const WIDTH: usize = 4;

impl Vocabulary {
    /// The set of these words.
    pub fn new<'w>(words: impl Iterator<Item = &'w str>) -> Vocabulary {
        let mut hashes: Vec<[u8; WIDTH]> = words.map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Vocabulary(Cow::Owned(hashes.concat()))
    }

    /// A set as [`Vocabulary::bytes`] gave it.
    pub fn stored(bytes: &'static [u8]) -> Vocabulary {
        Vocabulary(Cow::Borrowed(bytes))
    }

    /// The set in bytes, to be stored.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// True where the word is in the set.
    pub fn has(&self, word: &str) -> bool {
        let (hashes, _) = self.0.as_chunks::<WIDTH>();
        hashes.binary_search(&hash(word)).is_ok()
    }
}

/// Bytes in the order of the number, so that they sort alike.
fn hash(word: &str) -> [u8; WIDTH] {
    (xxh3_64(word.as_bytes()) as u32).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vocabulary_has_its_words_and_no_others_stored_or_not() {
        let made = Vocabulary::new(["quay", "ferry", "quay", "порт"].into_iter());
        assert_eq!(made.bytes().len(), 3 * WIDTH);
        let stored = Vocabulary::stored(made.bytes().to_vec().leak());
        for words in [&made, &stored] {
            assert!(["quay", "ferry", "порт"].iter().all(|word| words.has(word)));
            assert!(["key", "Quay", "", "port"].iter().all(|word| !words.has(word)));
        }
        assert!(!Vocabulary::default().has("quay"));
    }
}
