//! The page words and calendars of all packs, compiled once for all articles.

use rapidhash::RapidHashMap;

use super::lines::{end_of, has_url};
use super::phrase::{Cut, Found, PhraseIndex, Sieve};
use crate::rules::outline::Outline;
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
    /// `page.machine`
    pub const MACHINE: usize = 11;
}

/// Lines with more words than this are text, whatever they start with.
const LONGEST_CREDIT: usize = 45;
/// Most words of a line that the words of a credit close.
const LONGEST_CLOSING: usize = 30;
/// Bytes of a line that is looked at as a whole.
const LONGEST_SHORT: usize = 160;
/// Bytes of a paragraph that only says who made the text.
const LONGEST_DISCLOSURE: usize = 400;
/// Bytes at either end of a longer line.
const HEAD_OF_LINE: usize = 100;
/// Chrome that is found inside a line must make up a good part of it.
const LONGEST_CHROME: usize = 12;

/// Page words, months and weekdays of every pack.
#[derive(Debug, Clone, Default)]
pub struct PageRules {
    /// All phrases, under the keys of [`key`].
    pub phrases: PhraseIndex,
    /// Words by which a text says that a machine made a part of it.
    machine: PhraseIndex,
    machine_words: Sieve,
    /// Those of credits alone: every paragraph is asked for them.
    credits: PhraseIndex,
    credit_words: Sieve,
    months: RapidHashMap<String, u8>,
    solar_months: RapidHashMap<String, u8>,
    weekdays: Vec<String>,
}

impl PageRules {
    /// Compiles the words of `languages`.
    pub fn new(languages: &[Outline]) -> PageRules {
        let mut rules = PageRules::default();
        for pack in languages {
            let page = &pack.page;
            for (key, flats) in [
                (key::CHROME, &page.chrome),
                (key::ENDS, &page.ends_article),
                (key::BYLINE, &page.byline),
                (key::DATEWORD, &page.dateword),
                (key::PHOTO, &page.photo_credit),
                (key::PAID, &page.paid),
                (key::CREDIT, &page.credit),
                (key::ADDRESS, &page.address),
                (key::AM, &page.before_noon),
                (key::PM, &page.after_noon),
                (key::JOINER, &page.joiners),
            ] {
                rules.phrases.add(key, flats);
            }
            rules.credits.add(key::CREDIT, &page.credit);
            rules.machine.add(key::MACHINE, &page.machine);
            for (of, months) in [(&pack.months, &mut rules.months), (&pack.solar_months, &mut rules.solar_months)] {
                for (n, forms) in of.iter().enumerate() {
                    for form in forms {
                        months.entry(calendar(form)).or_insert(n as u8 + 1);
                    }
                }
            }
            rules.weekdays.extend(pack.weekdays.iter().flatten().map(|form| calendar(form)));
        }
        (rules.machine_words, rules.credit_words) = (rules.machine.sieve(), rules.credits.sieve());
        rules
    }

    /// The month (1 to 12) that `word` names.
    pub fn month(&self, word: &str) -> Option<u8> {
        self.months.get(calendar(word).as_str()).copied()
    }

    /// The month (1 to 12) of the solar calendar that `word` names.
    pub fn solar_month(&self, word: &str) -> Option<u8> {
        self.solar_months.get(calendar(word).as_str()).copied()
    }

    /// True where some language counts by the solar calendar.
    pub fn knows_solar(&self) -> bool {
        !self.solar_months.is_empty()
    }

    /// True for the name of a day.
    pub fn weekday(&self, word: &str) -> bool {
        let word = calendar(word);
        self.weekdays.contains(&word)
    }

    /// True where the short paragraph under `span` says that a machine made a part of the text.
    pub fn says_machine(&self, text: &str, span: Span) -> bool {
        span.len() <= LONGEST_DISCLOSURE
            && self.machine_words.may_hold(span.of(text))
            && !self.machine.contained(&Cut::new(text, span.range()), key::MACHINE).is_empty()
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
        let line = span.of(text);
        let ended = end_of(line, &[]).is_full();
        if line.len() > LONGEST_SHORT || (ended && words > LONGEST_CHROME) {
            return self.long_credit(text, span, words);
        }
        let cut = Cut::new(text, span.range());
        let found = self.phrases.all(&cut);
        let first = cut.wordlike_from(0)?;
        let full = |f: &Found| cut.wordlike_from(f.to).is_none();
        let prefix =
            |key: usize| found.iter().filter(move |f| f.key == key && f.from <= first).max_by_key(|f| (f.words, f.to));
        let whole = |key: usize| found.iter().filter(move |f| f.key == key && f.from <= first).find(|f| full(f));
        // A single word with a terminator is a very short sentence.
        if let Some(found) = whole(key::CHROME).filter(|f| !(ended && f.words == 1)) {
            return Some(Phrase::Chrome(found.colon));
        }
        if whole(key::ENDS).is_some() {
            return Some(Phrase::Ends);
        }
        if whole(key::PAID).is_some() {
            return Some(Phrase::Paid);
        }
        if prefix(key::ADDRESS).is_some_and(|f| full(f) || has_url(line)) {
            return Some(Phrase::Address);
        }
        if prefix(key::CREDIT).is_some_and(|f| opens_credit(&cut, f))
            || (words <= LONGEST_CLOSING
                && found.iter().any(|f| f.key == key::CREDIT && full(f) && f.words >= 2 && !f.colon))
        {
            return Some(Phrase::Credit);
        }
        if words <= 8 && !ended {
            if prefix(key::ENDS).is_some_and(|f| f.words >= 2) {
                return Some(Phrase::Ends);
            }
            if prefix(key::PAID).is_some_and(|f| f.words >= 2) {
                return Some(Phrase::Paid);
            }
        }
        if !ended && prefix(key::CHROME).is_some_and(|f| f.colon) {
            return Some(Phrase::Teaser);
        }
        let inside = found.iter().any(|f| f.key == key::CHROME && f.words >= 3 && f.words * 3 >= words);
        (words <= LONGEST_CHROME && inside).then_some(Phrase::Chrome(false))
    }

    /// Of a long line only its two ends can tell that it is a credit.
    fn long_credit(&self, text: &str, span: Span, words: usize) -> Option<Phrase> {
        let line = span.of(text);
        let opens = self.credits.may_open(line);
        if !opens && words > LONGEST_CLOSING {
            return None;
        }
        let mut stop = HEAD_OF_LINE.min(line.len());
        while !line.is_char_boundary(stop) {
            stop -= 1;
        }
        if opens {
            let head = Cut::new(text, span.start as usize..span.start as usize + stop);
            if self.credits.prefix(&head, key::CREDIT).is_some_and(|f| opens_credit(&head, &f)) {
                return Some(Phrase::Credit);
            }
        }
        if words > LONGEST_CLOSING {
            return None;
        }
        let mut from = line.len() - stop;
        while !line.is_char_boundary(from) {
            from += 1;
        }
        if !self.credit_words.may_hold(&line[from..]) {
            return None;
        }
        let tail = Cut::new(text, span.start as usize + from..span.end as usize);
        let closes = |f: &Found| f.words >= 2 && !f.colon && tail.wordlike_from(f.to).is_none();
        self.credits.contained(&tail, key::CREDIT).iter().any(closes).then_some(Phrase::Credit)
    }
}

/// True where a name follows the words of a credit at once, or nothing does.
fn opens_credit(cut: &Cut<'_>, found: &Found) -> bool {
    found.colon || cut.wordlike_from(found.to).is_none() || cut.tokens.get(found.to).is_some_and(|t| t.capital)
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
    use crate::rules::pack::LanguagePack;
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
        let solar = "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand";
        pack.solar_months = solar.split(' ').map(|month| vec![month.to_owned()]).collect();
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
        PageRules::new(&[Outline::new(&english())])
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
