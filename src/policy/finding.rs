//! Findings put into words: what is said about a subject, and the fingerprint it is known by.

use std::collections::BTreeMap;

use rapidhash::RapidHashMap;

use xxhash_rust::xxh3::xxh3_128;

use crate::policy::ask::at_stake;
use crate::policy::page::Page;
use crate::policy::subject::Subject;
use crate::record::Finding;
use crate::rules::check_policy::FALLBACK;
use crate::text::span::Span;
use crate::text::token::tokens;

/// The text of `by_language` for the article's language, its placeholders filled.
pub fn spoken(by_language: &BTreeMap<String, String>, page: &Page<'_>, subject: &Subject, span: Span) -> String {
    let tag = page.article.language.tag.as_str();
    let primary = tag.split('-').next().unwrap_or(tag);
    let text = [tag, primary, FALLBACK].iter().find_map(|tag| by_language.get(*tag)).or(by_language.values().next());
    text.map_or_else(String::new, |text| filled(text, page, subject, span))
}

fn filled(text: &str, page: &Page<'_>, subject: &Subject, span: Span) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        match behind.split_once('}') {
            Some((name, after)) => {
                out.push_str(&value(name, page, subject, span));
                rest = after;
            }
            None => rest = behind,
        }
    }
    out.push_str(rest);
    out
}

fn value(name: &str, page: &Page<'_>, subject: &Subject, span: Span) -> String {
    let voice = subject.voice.map(|i| &page.attributions[i]);
    let names = |ids: &[String]| ids.iter().map(|id| page.registry.display_name(id)).collect::<Vec<_>>().join(" → ");
    match name {
        "words" => page.article.words(span).split_whitespace().collect::<Vec<_>>().join(" "),
        "source" => {
            voice.and_then(|a| a.source.as_ref()).map_or(String::new(), |s| page.article.words(s.span).to_owned())
        }
        "origin" => {
            voice.and_then(|a| a.chain.nodes.first()).map_or(String::new(), |id| page.registry.display_name(id))
        }
        "relays" => voice.map_or(String::new(), |a| {
            names(a.chain.nodes.get(1..a.chain.nodes.len().saturating_sub(1)).unwrap_or(&[]))
        }),
        "publisher" => page.article.publisher.as_ref().map_or(String::new(), |p| p.name.clone()),
        "missing" => lacking(page).join(", "),
        "paragraph" => subject.sentence.map_or(String::new(), |i| page.sentences[i].paragraph.to_string()),
        "stakes" => {
            let mut told: Vec<Span> = Vec::new();
            for (_, span) in at_stake(page, subject) {
                // "is considering" holds "considering", which is at stake for itself, too.
                if !told.iter().any(|known| known.contains(span)) {
                    told.retain(|known| !span.contains(*known));
                    told.push(span);
                }
            }
            let mut words: Vec<&str> = told.iter().map(|span| page.article.words(*span)).collect();
            words.dedup();
            words.join(", ")
        }
        _ => String::new(),
    }
}

fn lacking(page: &Page<'_>) -> Vec<&'static str> {
    let article = page.article;
    let all = [
        ("date", article.published.is_none()),
        ("byline", article.byline.is_empty()),
        ("outlet", article.publisher.is_none()),
    ];
    all.into_iter().filter(|(_, lacks)| *lacks).map(|(word, _)| word).collect()
}

/// Words in lower case, parted by single spaces, without marks: what stays the same when a desk edits around it.
pub fn normalised(text: &str, span: Span) -> String {
    let mut out = String::new();
    for token in tokens(text, span.range()).iter().filter(|t| t.is_wordlike()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&token.span.of(text).to_lowercase());
    }
    out
}

/// Gives every finding its fingerprint: code, article, normalised words, and a number among those that are the same.
pub fn fingerprint(findings: &mut [Finding], id: &str, text: &str) {
    let mut seen: RapidHashMap<(String, String), u32> = RapidHashMap::default();
    for finding in findings {
        let words = normalised(text, finding.span);
        let ordinal = seen.entry((finding.code.clone(), words.clone())).or_insert(0);
        let key = format!("{}\u{0}{id}\u{0}{words}\u{0}{ordinal}", finding.code);
        *ordinal += 1;
        finding.fingerprint = hexadecimal(xxh3_128(key.as_bytes()));
    }
}

/// `f1:` and all 32 digits of a hash.
fn hexadecimal(hash: u128) -> String {
    let mut out = String::with_capacity(35);
    out.push_str("f1:");
    let digits = hash.to_be_bytes().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    out.extend(digits.map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Severity;

    fn finding(code: &str, span: Span) -> Finding {
        Finding {
            code: code.into(),
            severity: Severity::Note,
            title: String::new(),
            message: String::new(),
            help: String::new(),
            span,
            attribution: None,
            related: Vec::new(),
            stakes: 0,
            policy: String::new(),
            fingerprint: String::new(),
        }
    }

    #[test]
    fn a_fingerprint_outlives_edits_around_the_words_but_not_other_words() {
        let mark = |text: &str, words: &str, code: &str| {
            let at = text.find(words).unwrap();
            let mut list = [finding(code, Span::new(at, at + words.len()))];
            fingerprint(&mut list, "a.txt", text);
            list[0].fingerprint.clone()
        };
        let first = mark("Some media said so.", "Some media", "vague-source");
        assert!(first.starts_with("f1:") && first.len() == 3 + 32);
        assert_eq!(first, mark("New lead.\n\n“Some  media” said so.", "Some  media", "vague-source"));
        assert_ne!(first, mark("Some papers said so.", "Some papers", "vague-source"));
        assert_ne!(first, mark("Some media said so.", "Some media", "secondhand"));
    }

    #[test]
    fn a_hash_is_written_with_all_its_digits() {
        for hash in [0, 1, u128::MAX, 0x0123_4567_89ab_cdef << 60] {
            assert_eq!(hexadecimal(hash), format!("f1:{hash:032x}"));
        }
    }

    #[test]
    fn the_same_words_twice_are_two_findings() {
        let text = "media and media";
        let mut list = [finding("vague-source", Span::new(0, 5)), finding("vague-source", Span::new(10, 15))];
        fingerprint(&mut list, "a", text);
        assert_ne!(list[0].fingerprint, list[1].fingerprint);
    }
}
