//! Bylines and date lines: whether a line is one, and whom it names.

use super::date::{FoundDate, find_date};
use super::lookup::SourceLookup;
use super::page::{PageRules, key};
use super::paragraph::Unit;
use super::phrase::Cut;
use crate::text::span::Span;
use crate::text::token::{Kind, Mark};

/// What makes a line a byline or date line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    /// Its first full date.
    pub date: Option<FoundDate>,
    /// True where nothing but the date stands in it (a word such as `Published` aside).
    pub only_date: bool,
    /// True where words such as `by` or `Published` say what it is.
    pub said: bool,
}

/// Most words of a byline.
const LONGEST: usize = 30;

/// The signs of a byline or date line in `unit`; `None` where it has none or is prose.
pub fn signs(text: &str, unit: &Unit, rules: &PageRules) -> Option<Signs> {
    if unit.words > LONGEST || unit.code || unit.heading > 0 || (unit.end.is_full() && unit.words > 14) {
        return None;
    }
    let cut = Cut::new(text, unit.span.range());
    let date = find_date(text, unit.span.range(), rules);
    let by = rules.phrases.prefix(&cut, key::BYLINE).is_some_and(|f| {
        let next = cut.wordlike_from(f.to).and_then(|i| cut.tokens.get(i));
        // A sentence may start with the same word; a name follows, and no terminator ends the line.
        (f.colon || !unit.end.is_full()) && next.is_some_and(|t| t.kind == Kind::Word && !starts_lower(t.span.of(text)))
    });
    let Some(found) = &date else {
        return by.then_some(Signs { date: None, only_date: false, said: true });
    };
    let dated = rules.phrases.contained(&cut, key::DATEWORD).iter().any(|f| {
        cut.tokens.get(f.to - 1).is_some_and(|t| t.span.end <= found.span.start && found.span.start - t.span.end <= 4)
    });
    let rest = words_outside(&cut, found.span, rules);
    if unit.end.is_full() && !by && !dated && rest > 0 {
        return None;
    }
    Some(Signs { only_date: rest == 0, said: by || dated, date })
}

/// Words outside the date that are no date words and no zone of a time.
fn words_outside(cut: &Cut<'_>, date: Span, rules: &PageRules) -> usize {
    let mut known = vec![false; cut.tokens.len()];
    for k in [key::DATEWORD, key::CHROME] {
        for found in rules.phrases.contained(cut, k) {
            known[found.from..found.to].fill(true);
        }
    }
    cut.tokens
        .iter()
        .zip(&known)
        .filter(|(t, known)| {
            let word = t.span.of(cut.text);
            let zone = t.span.start >= date.end
                && word.len() <= 4
                && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
            t.is_wordlike() && !**known && !t.span.overlaps(date) && !zone && !rules.weekday(word)
        })
        .count()
}

fn starts_lower(word: &str) -> bool {
    word.starts_with(|c: char| c.is_lowercase() && !('\u{10d0}'..='\u{10ff}').contains(&c))
}

/// True for a short line of capitalised words only: names, if it stands where a byline stands.
pub fn only_names(text: &str, unit: &Unit, rules: &PageRules) -> bool {
    if !(2..=10).contains(&unit.words) || unit.end.is_full() || unit.heading > 0 || unit.code {
        return false;
    }
    let cut = Cut::new(text, unit.span.range());
    let joiners = rules.phrases.contained(&cut, key::JOINER);
    (0..cut.tokens.len()).all(|i| {
        let token = &cut.tokens[i];
        match token.kind {
            Kind::Word => token.capital || joiners.iter().any(|j| j.from == i),
            Kind::Number => false,
            Kind::Mark(mark) => {
                matches!(mark, Mark::Comma | Mark::Hyphen | Mark::Apostrophe | Mark::Stop | Mark::Other)
            }
        }
    })
}

/// The authors named under `span`, as written: without the date, the words around it, and outlets.
pub fn names(text: &str, span: Span, rules: &PageRules, lookup: &dyn SourceLookup) -> Vec<String> {
    let date = find_date(text, span.range(), rules);
    let Some(date) = date else { return names_in(text, span, 1, rules, lookup) };
    let before = names_in(text, Span::new(span.start as usize, date.span.start as usize), 2, rules, lookup);
    if !before.is_empty() {
        return before;
    }
    names_in(text, Span::new(date.span.end as usize, span.end as usize), 2, rules, lookup)
}

fn names_in(text: &str, span: Span, fewest: usize, rules: &PageRules, lookup: &dyn SourceLookup) -> Vec<String> {
    let cut = Cut::new(text, span.range());
    let by = rules.phrases.prefix(&cut, key::BYLINE);
    let fewest = if by.is_some() { 1 } else { fewest };
    let mut skipped = vec![false; cut.tokens.len()];
    let mut parting = vec![false; cut.tokens.len()];
    for k in [key::DATEWORD, key::CHROME, key::JOINER] {
        for found in rules.phrases.contained(&cut, k) {
            skipped[found.from..found.to].fill(true);
            parting[found.from] = true;
        }
    }
    let mut out = Vec::new();
    let mut piece: Option<Span> = None;
    for i in by.map_or(0, |f| f.to)..=cut.tokens.len() {
        let token = cut.tokens.get(i);
        let parts = token.is_none_or(|t| {
            parting[i]
                || matches!(
                    t.mark(),
                    Some(
                        Mark::Comma
                            | Mark::Semicolon
                            | Mark::Bar
                            | Mark::Slash
                            | Mark::Dash
                            | Mark::Colon
                            | Mark::Open
                            | Mark::Close
                    )
                )
                || t.span.of(text) == "&"
        });
        if parts {
            if let Some(name) = piece.take().and_then(|s| checked(text, s, fewest, lookup)) {
                out.push(name);
            }
        } else if let Some(token) = token.filter(|t| !skipped[i] && !t.is(Mark::Markup)) {
            piece = Some(piece.map_or(token.span, |s| s.join(token.span)));
        }
    }
    out
}

fn checked(text: &str, span: Span, fewest: usize, lookup: &dyn SourceLookup) -> Option<String> {
    let words = span.of(text).trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '"'));
    let count = words.split_whitespace().count();
    let fits = (fewest..=6).contains(&count)
        && !starts_lower(words)
        && words.starts_with(char::is_alphabetic)
        && !words.contains(|c: char| c.is_numeric() || matches!(c, '@' | '|'));
    (fits && lookup.by_name(words).is_none() && lookup.own_names_in(words).is_empty()).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::lines::{count_words, end_of};
    use super::super::lookup::NoSources;
    use super::super::page::tests::rules;
    use super::*;

    fn unit(line: &str) -> Unit {
        Unit {
            span: Span::new(0, line.len()),
            blanks: 0,
            words: count_words(line),
            end: end_of(line, &[]),
            item: false,
            heading: 0,
            code: false,
            phrase: None,
        }
    }

    fn named(line: &str) -> Vec<String> {
        names(line, Span::new(0, line.len()), &rules(), &NoSources)
    }

    #[test]
    fn names_lose_the_date_and_the_words_around_it() {
        assert_eq!(named("Lee Elm , Ann OakMonday, 6 May 2024, 09:05"), ["Lee Elm", "Ann Oak"]);
        assert_eq!(named("Ann Oak Published May 6, 2024 | 05:50 PM"), ["Ann Oak"]);
        assert_eq!(named("by Ann Oak and Lee Elm May 6, 2024 3:48 PM 2 min read"), ["Ann Oak", "Lee Elm"]);
        assert_eq!(named("May 6, 2024 By Ann Oak"), ["Ann Oak"]);
        assert_eq!(named("By ANN OAK"), ["ANN OAK"]);
        assert!(named("Politics | May 6, 2024 13:14 EST").is_empty());
    }

    #[test]
    fn a_sentence_with_a_date_is_no_byline() {
        let signs = |line: &str| super::signs(line, &unit(line), &rules());
        assert!(signs("He left the town on May 6, 2024.").is_none());
        assert!(signs("By Monday the ferry had left.").is_none());
        assert!(signs("By the harbour").is_none());
        assert!(signs("By Ann Oak").unwrap().said);
        assert!(signs("Updated: Monday, May 6, 2024 10:00 GMT").unwrap().only_date);
        assert!(!signs("date 2024-05-06 Open the menu").unwrap().only_date);
    }
}
