//! A corpus of generated articles, written as JSONL and held to what it promises.

use std::collections::HashSet;
use std::fmt;
use std::io::{BufWriter, Write};

use crate::generator::article;
use crate::stock::Stock;

/// The stocks, in the order in which mixed corpora take them.
const STOCKS: [&str; 5] = [
    include_str!("stock/en.toml"),
    include_str!("stock/uk.toml"),
    include_str!("stock/ru.toml"),
    include_str!("stock/hy.toml"),
    include_str!("stock/az.toml"),
];

/// Which articles there are.
#[derive(Debug)]
pub struct Corpus {
    stocks: Vec<Stock>,
}

/// Where a corpus ends.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    /// After so many articles.
    Articles(u64),
    /// After so many bytes of JSONL.
    Bytes(u64),
}

/// What a corpus holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Totals {
    /// Articles.
    pub articles: u64,
    /// Bytes of their texts.
    pub text: u64,
    /// Bytes of the JSONL.
    pub file: u64,
    words: u64,
    cues: u64,
    names: u64,
    boilerplate: u64,
}

impl Corpus {
    /// The corpus of a language, or of all in turn (`mixed`).
    pub fn of(language: &str) -> Corpus {
        let all = STOCKS.map(Stock::read);
        let stocks: Vec<Stock> = all.into_iter().filter(|s| language == "mixed" || s.language == language).collect();
        assert!(!stocks.is_empty(), "there is no stock for {language:?}");
        Corpus { stocks }
    }

    /// Its languages, and which of them `audited` says can be audited.
    pub fn languages(&self, audited: impl Fn(&str) -> bool) -> String {
        let tags: Vec<&str> = self.stocks.iter().map(|stock| stock.language.as_str()).collect();
        let read: Vec<&str> = tags.iter().copied().filter(|tag| audited(tag)).collect();
        if read.len() == tags.len() {
            return tags.join(", ");
        }
        format!("{}; rules there are for {} alone", tags.join(", "), read.join(", "))
    }

    /// How many languages there are in it.
    pub fn stocks(&self) -> u64 {
        self.stocks.len() as u64
    }

    /// The first records.
    pub fn lines(&self, count: usize) -> Vec<String> {
        (0..count as u64).map(|number| article(self.stock(number), number).line).collect()
    }

    fn stock(&self, number: u64) -> &Stock {
        &self.stocks[(number % self.stocks.len() as u64) as usize]
    }

    /// Writes articles until there are enough. No two are the same, and each is as dense in cues and names as promised.
    pub fn write(&self, out: &mut impl Write, until: Until) -> Totals {
        let mut out = BufWriter::new(out);
        let mut totals = Totals::default();
        let mut seen = HashSet::new();
        while !totals.reached(until) {
            let made = article(self.stock(totals.articles), totals.articles);
            assert!(seen.insert(made.hash), "an article came twice:\n{}", made.text);
            assert!(made.cues * 40 >= made.words, "{} cues in {} words", made.cues, made.words);
            assert!(made.names * 25 >= made.words, "{} names in {} words:\n{}", made.names, made.words, made.text);
            assert!(made.boilerplate * 5 < made.text.len(), "{} bytes of boilerplate", made.boilerplate);
            out.write_all(made.line.as_bytes()).expect("the articles can be written");
            totals.articles += 1;
            totals.text += made.text.len() as u64;
            totals.file += made.line.len() as u64;
            totals.words += made.words as u64;
            totals.cues += made.cues as u64;
            totals.names += made.names as u64;
            totals.boilerplate += made.boilerplate as u64;
        }
        out.flush().expect("the articles can be written");
        totals
    }
}

impl Totals {
    fn reached(&self, until: Until) -> bool {
        match until {
            Until::Articles(count) => self.articles >= count,
            Until::Bytes(count) => self.file >= count,
        }
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = |a: u64, b: u64| a as f64 / b as f64;
        write!(
            f,
            "{} articles, no two the same, {:.1} KB of text each; a cue in {:.0} words, a name in {:.0}; {:.0} % boilerplate",
            self.articles,
            ratio(self.text, self.articles) / 1000.0,
            ratio(self.words, self.cues),
            ratio(self.words, self.names),
            ratio(self.boilerplate, self.text) * 100.0,
        )
    }
}
