//! The page words and calendars of all packs, compiled once for all articles.

use std::collections::HashMap;

use super::phrase::{Cut, PhraseIndex};
use crate::rules::pack::LanguagePack;
use crate::text::span::Span;

/// What a line of the page is by its words alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase {
    /// Chrome of the page. `true`: a label, so that a headline below it belongs to it.
    Chrome(bool),
    /// Chrome with a headline behind it on the same line (`Read also: …`).
    Teaser,
    /// The line after which other stories start.
    Ends,
    /// Marks paid text.
    Paid,
    /// Words before the address of the page.
    Address,
    /// A closing credit line.
    Credit,
}

/// Keys of the phrase index.
pub mod key {
    /// `page.chrome`
    pub const CHROME: usize = 0;
    /// `page.ends-article`
    pub const ENDS: usize = 1;
    /// `page.byline`
    pub const BYLINE: usize = 2;
    /// `page.dateword`
    pub const DATEWORD: usize = 3;
    /// `page.photo-credit`
    pub const PHOTO: usize = 4;
    /// `page.paid`
    pub const PAID: usize = 5;
    /// `page.credit`
    pub const CREDIT: usize = 6;
    /// `page.address`
    pub const ADDRESS: usize = 7;
    /// `lexicon.meridiem`, entry `am`
    pub const AM: usize = 8;
    /// `lexicon.meridiem`, entry `pm`
    pub const PM: usize = 9;
    /// `lexicon.joiner`
    pub const JOINER: usize = 10;
}

/// Lines with more words than this are text, whatever they start with.
const LONGEST_CREDIT: usize = 45;
/// Chrome that is found inside a line must make up a good part of it.
const LONGEST_CHROME: usize = 12;

/// Page words, months and weekdays of every pack.
#[derive(Debug, Clone, Default)]
pub struct PageRules {
    /// All phrases, under the keys of [`key`].
    pub phrases: PhraseIndex,
    months: HashMap<String, u8>,
    weekdays: Vec<String>,
}

impl PageRules {
    /// Compiles the words of `packs`.
    pub fn new(packs: &[LanguagePack]) -> PageRules {
        let mut rules = PageRules::default();
        for pack in packs {
            let page = &pack.page;
            for (key, templates) in [
                (key::CHROME, &page.chrome),
                (key::ENDS, &page.ends_article),
                (key::BYLINE, &page.byline),
                (key::DATEWORD, &page.dateword),
                (key::PHOTO, &page.photo_credit),
                (key::PAID, &page.paid),
                (key::CREDIT, &page.credit),
                (key::ADDRESS, &page.address),
            ] {
                rules.phrases.add(key, templates);
            }
            for entry in pack.lexicons.get("meridiem").map_or(&[][..], |l| &l.entries) {
                let key = if entry.id == "pm" { key::PM } else { key::AM };
                entry.forms.values().for_each(|forms| rules.phrases.add(key, forms));
            }
            for entry in pack.lexicons.get("joiner").map_or(&[][..], |l| &l.entries) {
                entry.forms.values().for_each(|forms| rules.phrases.add(key::JOINER, forms));
            }
            for (n, forms) in pack.months.iter().enumerate() {
                for form in forms {
                    rules.months.entry(calendar(form)).or_insert(n as u8 + 1);
                }
            }
            rules.weekdays.extend(pack.weekdays.iter().flatten().map(|form| calendar(form)));
        }
        rules
    }

    /// The month (1 to 12) that `word` names.
    pub fn month(&self, word: &str) -> Option<u8> {
        self.months.get(calendar(word).as_str()).copied()
    }

    /// True for the name of a day.
    pub fn weekday(&self, word: &str) -> bool {
        let word = calendar(word);
        self.weekdays.contains(&word)
    }

    /// True where the whole line under `span` is a line of `page.chrome`.
    pub fn is_exact_chrome(&self, text: &str, span: Span) -> bool {
        self.phrases.whole(&Cut::new(text, span.range()), key::CHROME).is_some()
    }

    /// What the line under `span`, of `words` words, is by its words alone.
    pub fn phrase(&self, text: &str, span: Span, words: usize) -> Option<Phrase> {
        if words == 0 || words > LONGEST_CREDIT {
            return None;
        }
        let cut = Cut::new(text, span.range());
        let full = |at: usize| cut.wordlike_from(at).is_none();
        let p = &self.phrases;
        if let Some(found) = p.whole(&cut, key::CHROME) {
            return Some(Phrase::Chrome(found.colon));
        }
        if p.whole(&cut, key::ENDS).is_some() {
            return Some(Phrase::Ends);
        }
        if p.whole(&cut, key::PAID).is_some() {
            return Some(Phrase::Paid);
        }
        if let Some(found) = p.prefix(&cut, key::ADDRESS)
            && (full(found.to) || super::lines::has_url(&text[span.range()]))
        {
            return Some(Phrase::Address);
        }
        // A credit's name follows at once, or its words close the line.
        let credit = p.prefix(&cut, key::CREDIT);
        if credit.is_some_and(|f| f.colon || full(f.to) || cut.tokens.get(f.to).is_some_and(|t| t.capital))
            || (words <= 30 && p.contained(&cut, key::CREDIT).iter().any(|f| full(f.to) && f.words >= 2 && !f.colon))
        {
            return Some(Phrase::Credit);
        }
        let ended = super::lines::end_of(&text[span.range()], &[]).is_full();
        if words <= 8 && !ended {
            if p.prefix(&cut, key::ENDS).is_some_and(|f| f.words >= 2) {
                return Some(Phrase::Ends);
            }
            if p.prefix(&cut, key::PAID).is_some_and(|f| f.words >= 2) {
                return Some(Phrase::Paid);
            }
        }
        if !ended && p.prefix(&cut, key::CHROME).is_some_and(|f| f.colon) {
            return Some(Phrase::Teaser);
        }
        let inside = p.contained(&cut, key::CHROME).iter().any(|f| f.words >= 3 && f.words * 3 >= words);
        (words <= LONGEST_CHROME && inside).then_some(Phrase::Chrome(false))
    }
}

/// A name of the calendar without case and without the stop of its abbreviation.
fn calendar(word: &str) -> String {
    word.trim_end_matches('.').to_lowercase()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::super::phrase::tests::plains;
    use super::*;
    use crate::rules::pack::{Lexicon, LexiconEntry, Location};

    fn entry(id: &str, words: &[&str]) -> LexiconEntry {
        let location = Location { file: Arc::from("test"), span: Span::default(), line: 1 };
        LexiconEntry { id: id.to_owned(), forms: BTreeMap::from([("finite".to_owned(), plains(words))]), location }
    }

    /// A small English pack, by hand.
    pub(crate) fn english() -> LanguagePack {
        let mut pack =
            LanguagePack { tag: "en".into(), script: "Latn".into(), review: "none".into(), ..Default::default() };
        let page = &mut pack.page;
        page.chrome = plains(&[
            "advertisement",
            "open menu",
            "support us",
            "all sections",
            "edit post",
            "tags:",
            "subjects:",
            "read also:",
            "# min read",
            "# minutes ago",
            "become our patron",
            "this audio is created with AI assistance",
            "all rights reserved",
            "share this article",
            "# hour ago",
            "# hours ago",
        ]);
        page.ends_article = plains(&[
            "related topics",
            "recent stories",
            "top stories",
            "all news",
            "more stories from",
            "recent news",
            "partner news",
        ]);
        page.byline = plains(&["by", "written by", "authors:"]);
        page.dateword = plains(&["published", "updated", "last updated"]);
        page.photo_credit = plains(&["photo:", "photo by", "file photo", "image:", "handout via", "via"]);
        page.paid = plains(&["sponsored content", "sponsored by", "paid post"]);
        page.credit =
            plains(&["contributed reporting", "contributed to this report", "authors:", "reporting by", "editing by"]);
        page.address = plains(&["original url:", "url:"]);
        let months = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        pack.months =
            months.iter().map(|m| vec![(*m).to_owned(), format!("{}.", &m[..3]), m[..3].to_owned()]).collect();
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        pack.weekdays = days.iter().map(|d| vec![(*d).to_owned(), d[..3].to_owned()]).collect();
        pack.lexicons.insert(
            "meridiem".into(),
            Lexicon { includes: vec![], entries: vec![entry("am", &["am", "a.m."]), entry("pm", &["pm", "p.m."])] },
        );
        pack.lexicons.insert("joiner".into(), Lexicon { includes: vec![], entries: vec![entry("words", &["and"])] });
        pack
    }

    /// The rules of that pack.
    pub(crate) fn rules() -> PageRules {
        PageRules::new(&[english()])
    }

    fn phrase(line: &str) -> Option<Phrase> {
        rules().phrase(line, Span::new(0, line.len()), line.split_whitespace().count())
    }

    #[test]
    fn chrome_is_a_whole_line_or_a_good_part_of_a_short_one() {
        assert_eq!(phrase("ADVERTISEMENT:"), Some(Phrase::Chrome(false)));
        assert_eq!(phrase("The advertisement ran twice on Sunday."), None);
        assert_eq!(phrase("Support DB or become our patron!"), Some(Phrase::Chrome(false)));
        assert_eq!(
            phrase(
                "She wrote to every saint in the calendar and begged each to become our patron in these hard years."
            ),
            None
        );
        assert_eq!(phrase("Read also: Ferry sinks off the coast"), Some(Phrase::Teaser));
        assert_eq!(phrase("Read also:"), Some(Phrase::Chrome(true)));
    }

    #[test]
    fn credits_name_somebody_or_close_their_line() {
        assert_eq!(phrase("Reporting by Ann Oak; Editing by Lee Elm"), Some(Phrase::Credit));
        assert_eq!(phrase("Reporting by night is hard, he said."), None);
        assert_eq!(phrase("Ann Oak in Oslo contributed reporting."), Some(Phrase::Credit));
        assert_eq!(phrase("He contributed reporting to the magazine for years."), None);
    }

    #[test]
    fn an_address_line_has_an_address_or_nothing_behind_it() {
        assert_eq!(phrase("Original URL:"), Some(Phrase::Address));
        assert_eq!(phrase("URL: https://example.org/a"), Some(Phrase::Address));
        assert_eq!(phrase("URL: what the letters stand for"), None);
    }
}
