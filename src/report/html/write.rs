//! Text as a page may hold it, and the names of its places.

use xxhash_rust::xxh3::xxh3_64;

use crate::record::{Finding, Severity};
use crate::report::story_links::xml;
use crate::report::terminal::{message_runs_left, plain};

/// Text on one line, its characters as a page may hold them.
pub fn words(text: &str) -> String {
    xml(&plain(text))
}

/// A name, kept apart from the text around it: one may run from right to left in the other.
pub fn name(text: &str) -> String {
    format!("<bdi>{}</bdi>", words(text))
}

/// In which direction a message runs, as an attribute: one that starts with a name runs as the rest of it does.
pub fn direction(message: &str) -> &'static str {
    if message_runs_left(message) { " dir=\"rtl\"" } else { "" }
}

/// The place of an article on the page, by its key.
pub fn article_place(key: &str) -> String {
    format!("a{:x}", xxh3_64(key.as_bytes()))
}

/// The place of the article's block `index`.
pub fn block_place(article: &str, index: usize) -> String {
    format!("{article}-b{index}")
}

/// The place of the finding that bears `label`, in the list and, `marked`, in the text.
pub fn finding_place(article: &str, label: &str, marked: bool) -> String {
    format!("{article}-{}{label}", if marked { 'm' } else { 'f' })
}

/// What each finding bears in the text and in the list: numbers, and letters for notes, which may be hidden.
pub fn labels(findings: &[&Finding]) -> Vec<String> {
    let (mut numbers, mut notes) = (0, 0);
    let label = |finding: &&Finding| {
        if finding.severity == Severity::Note {
            notes += 1;
            letters(notes)
        } else {
            numbers += 1;
            numbers.to_string()
        }
    };
    findings.iter().map(label).collect()
}

/// `a` for 1, `z` for 26, `aa` for 27.
fn letters(mut count: u32) -> String {
    let mut out = String::new();
    while count > 0 {
        count -= 1;
        out.insert(0, char::from(b'a' + (count % 26) as u8));
        count /= 26;
    }
    out
}

/// A picture as an address that holds it: the styles inside it stay its own.
pub fn picture(svg: &str) -> String {
    let mut out = String::from("data:image/svg+xml,");
    for c in svg.chars() {
        match c {
            '%' | '#' | '"' | '<' | '>' | '&' | '\'' | '\\' | '\n' | '\r' | '\t' | '?' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup_or_obeyed() {
        assert_eq!(words("<b>\"A & B\"</b>\n\u{1b}[31m"), "&lt;b&gt;&quot;A &amp; B&quot;&lt;/b&gt; [31m");
        assert_eq!(name("</bdi>"), "<bdi>&lt;/bdi&gt;</bdi>");
    }

    #[test]
    fn places_are_the_same_for_the_same_key_and_have_no_blanks() {
        let place = article_place("my drafts/a \"1\".txt");
        assert_eq!(place, article_place("my drafts/a \"1\".txt"));
        assert_ne!(place, article_place("my drafts/a \"2\".txt"));
        assert!(finding_place(&place, "3", true).chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
        assert_ne!(finding_place(&place, "3", true), finding_place(&place, "3", false));
    }

    #[test]
    fn notes_bear_letters_so_that_no_number_is_missing_where_they_are_hidden() {
        let record = crate::report::sample::flagged();
        assert_eq!(labels(&record.findings.iter().collect::<Vec<_>>()), ["a", "1", "2", "3"]);
        assert_eq!([1, 26, 27, 52, 53].map(letters), ["a", "z", "aa", "az", "ba"]);
    }

    #[test]
    fn a_message_runs_as_most_of_it_does() {
        assert_eq!(direction("مارتا is the only source; nobody else is named."), "");
        assert_eq!(direction("المصدر الوحيد مجهول."), " dir=\"rtl\"");
    }

    #[test]
    fn a_picture_is_one_address() {
        let held = picture("<svg a=\"1\">50 % #x\n</svg>");
        assert_eq!(held, "data:image/svg+xml,%3Csvg a=%221%22%3E50 %25 %23x%0A%3C/svg%3E");
    }
}
