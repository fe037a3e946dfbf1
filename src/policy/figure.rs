//! Numbers of the body, and what each counts.

use crate::compiled::language::Language;
use crate::policy::page::{Page, Sentence};
use crate::text::digits::digits;
use crate::text::solar;
use crate::text::span::Span;
use crate::text::token::{Kind, Mark, Token};

/// A number with the words that belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Its bytes in the buffer, with the noun behind it.
    pub span: Span,
    /// What it counts, as the table of facts has it.
    pub kind: &'static str,
    /// True where it is written in digits.
    pub exact: bool,
}

/// The numbers of sentence `i` outside quotation marks.
pub fn figures(page: &Page<'_>, i: usize) -> Vec<Figure> {
    let sentence = &page.sentences[i];
    let view = page.view(sentence);
    // Most sentences have no word for a number.
    let some_vague = page.has(i, page.lexicons.vague_number);
    let mut out: Vec<Figure> = Vec::new();
    let mut at = sentence.first;
    while at < sentence.last {
        let number = view.tokens[at].kind == Kind::Number;
        if !(number || some_vague) || view.depth[at] > 0 {
            at += 1;
            continue;
        }
        let vague = view.lex_at(at, page.lexicons.vague_number).filter(|end| *end <= sentence.last);
        if let Some(end) = vague {
            let last = with_noun(page, sentence, end);
            out.push(Figure {
                span: view.span(at, last),
                kind: kind_behind(page, sentence, end).unwrap_or("count"),
                exact: false,
            });
            at = last;
        } else if number {
            let end = number_end(page, sentence, at);
            let kind = kind(page, sentence, at, end);
            let last = if kind == "count" || kind == "toll" { with_noun(page, sentence, end) } else { end };
            out.push(Figure { span: view.span(at, last), kind, exact: true });
            at = last.max(at + 1);
        } else {
            at += 1;
        }
    }
    out
}

/// One past the number with what is written on to it (`2,000-strong`) and its scale (`million`).
fn number_end(page: &Page<'_>, sentence: &Sentence, at: usize) -> usize {
    let view = page.view(sentence);
    if let Some(end) = ordinal_end(page, sentence, at) {
        return end;
    }
    let mut end = at + 1;
    while end + 1 < sentence.last && view.tokens[end].is(Mark::Hyphen) && view.tokens[end + 1].is_wordlike() {
        end += 2;
    }
    view.lex_at(end, page.lexicons.number_scale).filter(|e| *e <= sentence.last).unwrap_or(end)
}

/// One past a number with its stop and the sign of an ordinal: `11.ª`.
fn ordinal_end(page: &Page<'_>, sentence: &Sentence, at: usize) -> Option<usize> {
    let view = page.view(sentence);
    let glued = |t: usize| t < sentence.last && !view.tokens[t].spaced;
    let sign = at + 1 + usize::from(glued(at + 1) && view.tokens[at + 1].is(Mark::Stop));
    let ordinal = glued(sign) && matches!(view.word(sign), "\u{aa}" | "\u{ba}" | "\u{b0}");
    // A letter behind the sign makes a unit of it: degrees.
    let letter = glued(sign + 1) && view.tokens[sign + 1].mark().is_none();
    (ordinal && !letter).then_some(sign + 1)
}

/// Most letters of an ending that makes an ordinal of a number before its hyphen.
const LONGEST_ORDINAL_ENDING: usize = 3;

/// True for a number with the ending of an ordinal behind a hyphen, and nothing more: `17-a`.
fn has_ordinal_ending(page: &Page<'_>, sentence: &Sentence, at: usize, end: usize) -> bool {
    let view = page.view(sentence);
    let letters = |t: usize| view.word(t).chars().all(char::is_lowercase);
    end == at + 3
        && view.tokens[at + 1].is(Mark::Hyphen)
        && view.tokens[at + 2].kind == Kind::Word
        && view.word(at + 2).chars().count() <= LONGEST_ORDINAL_ENDING
        && letters(at + 2)
}

/// One past the noun behind a number: up to two words that are no small words.
fn with_noun(page: &Page<'_>, sentence: &Sentence, end: usize) -> usize {
    let view = page.view(sentence);
    let roles = &view.language.roles;
    let mut last = end;
    while last < sentence.last && last < end + 2 {
        let small = [roles.linker, roles.auxiliary, roles.coordinator, roles.determiner, roles.subordinator, roles.cue]
            .iter()
            .any(|lex| view.is(last, *lex));
        if small || view.tokens[last].kind != Kind::Word {
            break;
        }
        last += 1;
    }
    last
}

fn kind(page: &Page<'_>, sentence: &Sentence, at: usize, end: usize) -> &'static str {
    let view = page.view(sentence);
    let lex = &page.lexicons;
    let written = view.word(at);
    let before = at.checked_sub(1).filter(|b| *b >= sentence.first);
    let mark_before = before.and_then(|b| view.tokens[b].mark());
    let in_date = (at.saturating_sub(3)..=at)
        .any(|t| t >= sentence.first && (view.lex_at(t, lex.month).is_some() || dated(page, sentence, t, at)))
        || view.lex_at(end, lex.month).is_some();
    let glued_words = (at + 1..end).filter(|&t| view.tokens[t].is_wordlike());
    let mut parts = glued_words.clone().chain([end]);
    let has = |t: usize, of: crate::compiled::atoms::Lex| t < sentence.last && view.lex_at(t, of).is_some();
    if currency(before.map(|b| (&view.tokens[b], view.word(b)))) || parts.clone().any(|t| has(t, lex.unit_money)) {
        return "money";
    }
    if parts.clone().any(|t| has(t, lex.age_word))
        || view.lex_before(sentence.first, at, lex.age_word).is_some()
        || age_between_commas(view.tokens.get(end), mark_before, written)
    {
        return "age";
    }
    if parts.clone().any(|t| has(t, lex.unit_share)) || view.tokens.get(end).is_some_and(|_| view.word(end) == "%") {
        let poll = (sentence.first..sentence.last).any(|t| view.lex_at(t, lex.poll_word).is_some());
        return if poll { "poll" } else { "share" };
    }
    if in_date || year(written, view.language).is_some() {
        return "date";
    }
    if parts.clone().any(|t| has(t, lex.unit_time))
        || view.tokens.get(end).is_some_and(|t| t.is(Mark::Colon) && !t.spaced)
        || mark_before == Some(Mark::Colon) && !view.tokens[at].spaced
    {
        return "time";
    }
    if written.chars().any(char::is_alphabetic) {
        return if written.chars().next().is_some_and(char::is_numeric) && written.len() <= 5 {
            "ordinal"
        } else {
            "label"
        };
    }
    if ordinal_end(page, sentence, at).is_some() || has_ordinal_ending(page, sentence, at, end) {
        return "ordinal";
    }
    if glued_words.clone().any(|t| view.tokens[t].kind == Kind::Number) {
        return "score";
    }
    let label = before.is_some_and(|b| {
        let token = &view.tokens[b];
        let named = token.kind == Kind::Word && token.capital && b > sentence.first;
        let glued = !view.tokens[at].spaced && token.mark().is_some_and(|m| m != Mark::Quote && m != Mark::Open);
        named || glued || view.lex_at(b, lex.label_word).is_some()
    });
    if label || view.tokens.get(end).is_some_and(|t| t.is(Mark::Slash) || t.is(Mark::Apostrophe)) {
        return "label";
    }
    if parts.any(|t| has(t, lex.unit_measure)) {
        return "label";
    }
    if toll_before(page, sentence, at) {
        return "toll";
    }
    kind_behind(page, sentence, end).unwrap_or("count")
}

/// `toll` where the words close behind a number tell of the dead and hurt.
fn kind_behind(page: &Page<'_>, sentence: &Sentence, end: usize) -> Option<&'static str> {
    let view = page.view(sentence);
    (end..(end + 5).min(sentence.last)).any(|t| view.lex_at(t, page.lexicons.unit_toll).is_some()).then_some("toll")
}

fn toll_before(page: &Page<'_>, sentence: &Sentence, at: usize) -> bool {
    let view = page.view(sentence);
    (at.saturating_sub(3).max(sentence.first)..at).any(|t| view.lex_at(t, page.lexicons.unit_toll).is_some())
}

/// True where an expression of time that starts at token `t` reaches over token `at`.
fn dated(page: &Page<'_>, sentence: &Sentence, t: usize, at: usize) -> bool {
    page.view(sentence).lex_at(t, page.lexicons.when).is_some_and(|end| end > at)
}

/// A currency sign in front of the number.
fn currency(before: Option<(&Token, &str)>) -> bool {
    before.is_some_and(|(_, word)| is_currency(word))
}

/// True for the sign of a currency.
pub fn is_currency(word: &str) -> bool {
    word.chars().next().is_some_and(|c| matches!(c, '$' | '£' | '€' | '¥' | '₴' | '₽' | '₺' | '₹'))
}

/// `, 34,`: an age between commas.
fn age_between_commas(after: Option<&Token>, before: Option<Mark>, written: &str) -> bool {
    before == Some(Mark::Comma)
        && after.is_some_and(|t| matches!(t.mark(), Some(Mark::Comma | Mark::Stop)))
        && written.len() <= 2
}

/// The year that four digits without a separator could be, one of the solar calendar where the language counts by it.
pub fn year(written: &str, language: &Language) -> Option<u32> {
    let (value, 4, used) = digits(written)? else { return None };
    match &written[used..] {
        "" if (1500..2100).contains(&value) => Some(value),
        "" if solar::is_year(value) && !language.pack.solar_months.is_empty() => Some(value + SOLAR_YEARS_BEHIND),
        "s" if value >= 1500 => Some(value),
        _ => None,
    }
}

/// How far the years of the solar calendar lie behind for most of their days.
const SOLAR_YEARS_BEHIND: u32 = 621;
