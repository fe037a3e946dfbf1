//! Articles of which each is in many outlets, never quite the same: paragraphs left out, other outlets, other hours.

use std::io::{BufWriter, Write};

use serde_json::{Value, json};

use crate::generator::article;
use crate::stock::Stock;

/// How many outlets have each article.
pub const COPIES: u64 = 10;
/// Outlets that take an article over.
const OUTLETS: [&str; 10] = [
    "themoscowtimes.com",
    "kyivindependent.com",
    "theguardian.com",
    "nytimes.com",
    "bbc.com",
    "meduza.io",
    "reuters.com",
    "apnews.com",
    "armenpress.am",
    "report.az",
];

/// Writes so many articles, the copies of one far apart; tells the bytes.
pub fn write(out: &mut impl Write, articles: u64) -> u64 {
    let stock = Stock::read(include_str!("../throughput/stock/en.toml"));
    let mut out = BufWriter::new(out);
    let distinct = (articles / COPIES).max(1);
    let mut bytes = 0;
    for number in 0..articles {
        let line = noisy(&article(&stock, number % distinct).line, number / distinct, number);
        bytes += line.len() as u64 + 1;
        writeln!(out, "{line}").expect("the articles can be written");
    }
    out.flush().expect("the articles can be written");
    bytes
}

/// One copy of a record.
fn noisy(line: &str, copy: u64, number: u64) -> String {
    let mut record: Value = serde_json::from_str(line).expect("the generator writes JSON");
    let text = record["text"].as_str().unwrap_or_default().to_owned();
    // Another tenth of the paragraphs is left out of each copy.
    let left = |at: usize| !(at as u64 * 7 + copy * 3 + number).is_multiple_of(10);
    let kept: Vec<&str> =
        text.split("\n\n").enumerate().filter(|(at, _)| *at == 0 || left(*at)).map(|(_, p)| p).collect();
    record["text"] = json!(kept.join("\n\n"));
    record["id"] = json!(number.to_string());
    record["outlet"] = json!(OUTLETS[(copy % COPIES) as usize]);
    if let Some(object) = record.as_object_mut() {
        object.remove("url");
    }
    let day = record["published"].as_str().and_then(|p| p.get(..10)).unwrap_or("2026-01-15").to_owned();
    record["published"] = json!(format!("{day}T{:02}:30:00Z", 6 + copy));
    record.to_string()
}
