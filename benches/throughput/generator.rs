//! Makes news articles that never were: as many distinct ones as are wanted, the same ones in every run.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

use crate::stock::{Letters, List, Piece, Stock, Template};

/// Bytes of an article's text, about: from the first, and up to the second more.
const BYTES: (usize, usize) = (3500, 900);
/// A sentence with a cue is due where there is less than one in so many words.
const WORDS_A_CUE: usize = 31;
/// A sentence with a name is due where there is less than one in so many words.
const WORDS_A_NAME: usize = 19;
/// Fewest letters of a name.
const SHORTEST_NAME: usize = 3;

/// An article and what is in it.
#[derive(Debug)]
pub struct Article {
    /// The JSONL record, with its line end.
    pub line: String,
    /// The text in it.
    pub text: String,
    /// Words of the text.
    pub words: usize,
    /// Sentences of it with a cue.
    pub cues: usize,
    /// Names in it of sources.
    pub names: usize,
    /// Bytes of it that are no words of the article: invitations, captions' credits.
    pub boilerplate: usize,
    /// Tells texts apart.
    pub hash: u64,
}

#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    title: &'a str,
    published: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    text: &'a str,
}

/// The article of that number; it depends on nothing but the stock and the number.
pub fn article(stock: &Stock, number: u64) -> Article {
    let mut writer = Writer::new(stock, number);
    let title = writer.one("title");
    let (text, boilerplate) = writer.text();
    // Half of all desks set straight marks.
    let straight = writer.chance(50);
    let set = |words: &str| match straight {
        true => words.replace(['“', '”'], "\"").replace('’', "'"),
        false => words.to_owned(),
    };
    let (title, text) = (set(&title), set(&text));
    let boilerplate = boilerplate.iter().map(|line| set(line).len() + 1).sum();
    let publisher = writer.one("publisher");
    let url = format!("https://www.{publisher}/news/{number}");
    let at = writer.below(28) + 1;
    let published = format!("2026-{:02}-{at:02}T{:02}:{:02}:00Z", number % 12 + 1, number % 24, number % 60);
    let id = format!("{}-{number}", stock.language);
    // A third of the records name their outlet instead of an address, half of them their language.
    let (by_url, tagged) = (!number.is_multiple_of(3), writer.chance(50));
    let record = Record {
        id: &id,
        url: by_url.then_some(&url),
        outlet: (!by_url).then_some(&publisher),
        title: &title,
        published: &published,
        language: tagged.then_some(&stock.language),
        text: &text,
    };
    let mut line = serde_json::to_string(&record).expect("a record of strings");
    line.push('\n');
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let words = text.split_whitespace().count();
    Article { line, words, cues: writer.cues, names: writer.names, boilerplate, hash: hasher.finish(), text }
}

/// Writes one article.
struct Writer<'s> {
    stock: &'s Stock,
    random: u64,
    /// For each list with a cast: the entries that this article uses, with their forms.
    casts: Vec<Vec<Vec<String>>>,
    /// For each list: the entry that was taken last.
    last: Vec<usize>,
    /// For each list: the entries that were taken, as bits.
    taken: Vec<u128>,
    words: usize,
    cues: usize,
    names: usize,
}

impl<'s> Writer<'s> {
    fn new(stock: &'s Stock, number: u64) -> Writer<'s> {
        let count = stock.lists.len();
        let mut writer = Writer {
            stock,
            random: number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5ec0_4d4a_4d00_0001,
            casts: vec![Vec::new(); count],
            last: vec![0; count],
            taken: vec![0; count],
            words: 0,
            cues: 0,
            names: 0,
        };
        for (place, list) in stock.lists.iter().enumerate() {
            while writer.casts[place].len() < list.cast {
                let entry = writer.below(list.entries.len());
                let forms: Vec<String> = list.entries[entry].iter().map(|form| writer.filled(form)).collect();
                if !writer.casts[place].contains(&forms) {
                    writer.casts[place].push(forms);
                }
            }
        }
        (writer.names, writer.taken) = (0, vec![0; count]);
        writer
    }

    /// The text, and which lines of it are boilerplate.
    fn text(&mut self) -> (String, Vec<String>) {
        let length = BYTES.0 + self.below(BYTES.1);
        let gap = if self.chance(50) { "\n\n" } else { "\n" };
        let mut boilerplate = Vec::new();
        let mut out = if self.chance(40) { self.one("dateline") } else { String::new() };
        let mut paragraphs = 0;
        while out.len() < length {
            if paragraphs > 0 {
                out.push_str(gap);
            }
            paragraphs += 1;
            if paragraphs == 3 && self.chance(30) {
                out += &self.one("caption");
                out.push_str(gap);
            }
            if paragraphs == 5 && self.chance(50) {
                let line = self.one("boilerplate");
                out += &line;
                out.push_str(gap);
                boilerplate.push(line);
            }
            for turn in 0..=self.below(4) {
                if turn > 0 {
                    out.push(' ');
                }
                let sentence = self.sentence();
                self.words += sentence.split_whitespace().count();
                out += &sentence;
            }
        }
        if self.chance(30) {
            let line = self.one("closing");
            self.cues += 1;
            write!(out, "{gap}{line}").expect("a string takes all");
        }
        for _ in 0..2 + self.below(3) {
            let line = self.one("boilerplate");
            write!(out, "{gap}{line}").expect("a string takes all");
            boilerplate.push(line);
        }
        (out, boilerplate)
    }

    /// The next sentence of the body: with a cue or a name where one is due.
    fn sentence(&mut self) -> String {
        if self.cues * WORDS_A_CUE <= self.words || self.chance(40) {
            self.cues += 1;
            return self.one("cue");
        }
        let place = self.stock.place("filler");
        let list = &self.stock.lists[place];
        let named = self.names * WORDS_A_NAME <= self.words;
        let entry = loop {
            let entry = self.fresh(place, list);
            if !named || list.gives_names(entry, &self.stock.lists) {
                break entry;
            }
        };
        self.filled(&list.entries[entry][0])
    }

    /// An entry of a list that every stock has.
    fn one(&mut self, name: &str) -> String {
        let place = self.stock.place(name);
        let list = &self.stock.lists[place];
        let entry = self.fresh(place, list);
        self.filled(&list.entries[entry][0])
    }

    /// An entry that this article has not used, if one is found soon; in any case not the last one.
    fn fresh(&mut self, place: usize, list: &List) -> usize {
        let count = list.entries.len();
        let mut entry = self.below(count);
        for _ in 0..4 {
            if self.taken[place] >> (entry % 128) & 1 == 0 {
                break;
            }
            entry = self.below(count);
        }
        if entry == self.last[place] {
            entry = (entry + 1) % count;
        }
        self.taken[place] |= 1 << (entry % 128);
        self.last[place] = entry;
        entry
    }

    fn filled(&mut self, template: &'s Template) -> String {
        let mut out = String::new();
        self.fill(template, &mut out);
        out
    }

    fn fill(&mut self, template: &'s Template, out: &mut String) {
        for piece in template {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Number(from, to) => {
                    let number = from + self.next() % (to - from + 1);
                    write!(out, "{number}").expect("a string takes all");
                }
                Piece::Slot { list, form, same, letters } => {
                    let start = out.len();
                    self.slot(*list, *form, *same, out);
                    // Forms of a name may be endings that go with it.
                    let named = self.stock.lists[*list].named && out[start..].chars().nth(SHORTEST_NAME - 1).is_some();
                    self.names += usize::from(named);
                    let end = match letters {
                        Letters::AsTheyAre => start,
                        Letters::Capital => start + out[start..].chars().next().map_or(0, char::len_utf8),
                        Letters::Capitals => out.len(),
                    };
                    let i = self.stock.capital_i.to_string();
                    let capitals = out[start..end].replace('i', &i).to_uppercase();
                    out.replace_range(start..end, &capitals);
                }
            }
        }
    }

    fn slot(&mut self, place: usize, form: usize, same: bool, out: &mut String) {
        let list = &self.stock.lists[place];
        if list.cast > 0 {
            let count = self.casts[place].len();
            if !same {
                let other = self.below(count);
                self.last[place] = if other == self.last[place] { (other + 1) % count } else { other };
            }
            let forms = &self.casts[place][self.last[place]];
            out.push_str(forms.get(form).unwrap_or(&forms[0]));
            return;
        }
        let entry = if same { self.last[place] } else { self.fresh(place, list) };
        let forms = &list.entries[entry];
        self.fill(forms.get(form).unwrap_or(&forms[0]), out);
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    /// The next number of splitmix64.
    fn next(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
