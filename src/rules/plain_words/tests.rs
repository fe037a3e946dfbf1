//! Held against the parser.

use super::*;
use crate::rules::parse_template::{Allowed, parsed};

#[test]
fn plain_words_are_what_the_parser_makes_of_them() {
    for written in
        ["said", "news agency", "report(s|ed)", "word[s|ed]", "Інтерфакс[у|ом|і]", "(a|b)", "x(a|)", "ё[ж]ик"]
    {
        let parsed = parsed(written, Allowed::Words).unwrap().elements;
        assert_eq!(plain_words(written), Some(parsed), "{written}");
    }
    for written in
        ["", " ", "so-called", "{say}", "a(b(c|d))", "[maybe]", "2,000", "don't", "a(b c|d)", "end.", "a\\(b", "x(a"]
    {
        assert_eq!(plain_words(written), None, "{written}");
    }
}

#[test]
fn the_built_in_word_lists_hold_mostly_such_words_and_none_is_read_otherwise() {
    let (mut all, mut plain) = (0, 0);
    for (_, text) in crate::rules::embedded::files(|_| true) {
        for written in text.split('"').skip(1).step_by(2) {
            let Ok(template) = parsed(written, Allowed::Words) else { continue };
            all += 1;
            if let Some(elements) = plain_words(written) {
                plain += 1;
                assert_eq!(elements, template.elements, "{written}");
            }
        }
    }
    assert!(all > 1000 && plain * 2 > all, "{plain} of {all}");
}
