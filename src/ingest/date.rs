//! Dates and times of day in byline and date lines. Nothing is completed: a date has its year, a time its hour and minute.

use super::page::{PageRules, key};
use super::phrase::Cut;
use crate::text::digits::digits;
use crate::text::solar;
use crate::text::span::Span;
use crate::text::token::{Kind, Mark, tokens};

/// A full date in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    /// Its bytes, with the weekday and the time of day where they stand next to it.
    pub span: Span,
    /// `2024-04-17`
    pub day: String,
    /// `13:14`, on the 24-hour clock.
    pub time: Option<String>,
    /// True where it is written in figures alone, year first.
    pub year_first: bool,
}

impl FoundDate {
    /// `2024-04-17` or `2024-04-17T13:14`.
    pub fn iso(&self) -> String {
        self.time.as_ref().map_or_else(|| self.day.clone(), |time| format!("{}T{time}", self.day))
    }
}

/// A word, number or mark; words are cut where a date was glued to them (`OakMonday`, `Oak17`).
#[derive(Debug, Clone, Copy)]
struct Piece {
    span: Span,
    kind: Kind,
}

/// The first full date in the bytes `range` of `text`.
pub fn find_date(text: &str, range: std::ops::Range<usize>, rules: &PageRules) -> Option<FoundDate> {
    let pieces = pieces(text, range.clone(), rules);
    for i in 0..pieces.len() {
        let found = match pieces[i].kind {
            Kind::Word => written(text, &pieces, i, rules),
            Kind::Number => figures(text, &pieces, i, rules),
            Kind::Mark(_) => None,
        };
        if let Some((first, last, day, year_first)) = found {
            return Some(with_time(text, &pieces, range.end, (first, last), day, year_first, rules));
        }
    }
    None
}

/// `2024-04-17`, or RFC 3339 with a time, as a record gives it; seconds are dropped, the offset is kept.
pub fn machine_date(value: &str) -> Option<String> {
    let value = value.trim();
    let (year, month, day, used) = numeric(value)?;
    if !value.starts_with(|c: char| c.is_ascii_digit()) || value.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    let day = iso_day(year, month, day)?;
    let rest = &value[used..];
    if rest.is_empty() {
        return Some(day);
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (hour, minute, used) = clock(rest)?;
    let mut rest = &rest[used..];
    if let Some(seconds) = rest.strip_prefix(':') {
        rest = seconds.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    }
    let rest = rest.trim();
    let zone = match rest {
        "" => String::new(),
        "Z" | "z" => "Z".to_owned(),
        _ => {
            let sign = rest.chars().next().filter(|c| matches!(c, '+' | '-'))?;
            let digits: String = rest[1..].chars().filter(char::is_ascii_digit).collect();
            let plain = rest[1..].chars().all(|c| c.is_ascii_digit() || c == ':');
            if !plain || digits.len() != 4 {
                return None;
            }
            format!("{sign}{}:{}", &digits[..2], &digits[2..])
        }
    };
    Some(format!("{day}T{hour:02}:{minute:02}{zone}"))
}

fn pieces(text: &str, range: std::ops::Range<usize>, rules: &PageRules) -> Vec<Piece> {
    let mut out = Vec::new();
    for token in tokens(text, range) {
        let word = token.span.of(text);
        let start = token.span.start as usize;
        let cut = if token.kind == Kind::Word { glued_date(word, rules) } else { None };
        match cut {
            Some((at, kind)) => {
                out.push(Piece { span: Span::new(start, start + at), kind: Kind::Word });
                out.push(Piece { span: Span::new(start + at, token.span.end as usize), kind });
            }
            None => out.push(Piece { span: token.span, kind: token.kind }),
        }
    }
    out
}

/// Where a weekday, a month or a day's number starts inside a word.
fn glued_date(word: &str, rules: &PageRules) -> Option<(usize, Kind)> {
    let digits = word.len() - word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=2).contains(&digits) && digits + 1 < word.len() {
        return Some((word.len() - digits, Kind::Number));
    }
    let mut last_lower = false;
    for (at, c) in word.char_indices() {
        if at > 0
            && last_lower
            && c.is_uppercase()
            && (rules.month(&word[at..]).is_some() || rules.weekday(&word[at..]))
        {
            return Some((at, Kind::Word));
        }
        last_lower = c.is_lowercase();
    }
    None
}

type Dated = (usize, usize, String, bool);

/// A date whose month is the word `k`: day month year, month day year, or year month day.
fn written(text: &str, pieces: &[Piece], k: usize, rules: &PageRules) -> Option<Dated> {
    let word = pieces[k].span.of(text);
    let (month, solar) = match rules.month(word) {
        Some(month) => (month, false),
        None => (rules.solar_month(word)?, true),
    };
    let before = number_near(text, pieces, k, false);
    let after = number_near(text, pieces, k, true);
    let year = |word: &str| if solar { solar_year(word) } else { year(word) };
    let iso_day = |y: i16, m: u32, d: u32| match solar {
        true => solar::civil(y, m, d).and_then(|(y, m, d)| iso_day(y, m, d)),
        false => iso_day(y, m, d),
    };
    if let (Some((i, d)), Some((j, y))) = (before, after)
        && let (Some(d), Some(y)) = (day(d), year(y))
    {
        return Some((i, j, iso_day(y, u32::from(month), d)?, false));
    }
    if let Some((i, d)) = after
        && let Some(d) = day(d)
    {
        if let Some((j, y)) = number_near(text, pieces, i, true)
            && let Some(y) = year(y)
        {
            return Some((k, j, iso_day(y, u32::from(month), d)?, false));
        }
        if let Some((h, y)) = before
            && let Some(y) = year(y)
        {
            return Some((h, i, iso_day(y, u32::from(month), d)?, false));
        }
    }
    None
}

/// The number next to piece `k`, over marks and at most one little word (`de`, `of`).
fn number_near<'t>(text: &'t str, pieces: &[Piece], k: usize, forward: bool) -> Option<(usize, &'t str)> {
    let (mut fillers, mut steps, mut i) = (0, 0, k);
    loop {
        i = if forward { i + 1 } else { i.checked_sub(1)? };
        steps += 1;
        let piece = pieces.get(i)?;
        let word = piece.span.of(text);
        match piece.kind {
            Kind::Number => return Some((i, word)),
            Kind::Mark(Mark::Comma | Mark::Stop | Mark::Hyphen | Mark::Dash | Mark::Slash | Mark::Apostrophe)
                if steps <= 4 => {}
            Kind::Word if fillers == 0 && word.chars().count() <= 3 && !word.starts_with(char::is_uppercase) => {
                fillers += 1
            }
            _ => return None,
        }
    }
}

/// A day of the month with an ending such as `17th`.
fn day(word: &str) -> Option<u32> {
    let (value, count, used) = digits(word)?;
    let ending = &word[used..];
    (count <= 2 && (1..=31).contains(&value) && ending.chars().count() <= 3 && ending.chars().all(char::is_alphabetic))
        .then_some(value)
}

/// A year, with a letter or two glued to it in some languages.
fn year(word: &str) -> Option<i16> {
    let (value, count, used) = digits(word)?;
    let ending = &word[used..];
    let fits = count == 4
        && (1900..=2100).contains(&value)
        && ending.chars().count() <= 2
        && ending.chars().all(char::is_alphabetic);
    if fits { i16::try_from(value).ok() } else { None }
}

/// A year of the solar calendar, a letter or two glued to it.
fn solar_year(word: &str) -> Option<i16> {
    let (value, count, used) = digits(word)?;
    let ending = &word[used..];
    let fits = count == 4 && solar::is_year(value) && ending.chars().count() <= 2;
    if fits { i16::try_from(value).ok() } else { None }
}

/// A date in figures that starts with piece `i`.
fn figures(text: &str, pieces: &[Piece], i: usize, rules: &PageRules) -> Option<Dated> {
    let start = pieces[i].span.start as usize;
    if text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '.')) {
        return None;
    }
    let chunk = text[start..].split(char::is_whitespace).next()?;
    let (year, month, day, used) = numeric(chunk).or_else(|| spaced(&text[start..]))?;
    let solar = rules.knows_solar().then(|| solar::civil(year, month, day)).flatten();
    let (year, month, day) = solar.unwrap_or((year, month, day));
    let rest = text.get(start + used..)?;
    let mut behind = rest.chars();
    let next = behind.next();
    if next.is_some_and(|c| c.is_numeric() || matches!(c, '/' | '-') && behind.as_str().starts_with(char::is_numeric)) {
        return None;
    }
    let end = (start + used) as u32;
    let last = (i..pieces.len()).take_while(|&k| pieces[k].span.start < end).last()?;
    let (_, first_count, _) = digits(chunk)?;
    Some((i, last, iso_day(year, month, day)?, first_count == 4))
}

/// Day, month and year with a stop and a space behind the first two (`3. 11. 2025`), as [`numeric`] has them.
fn spaced(text: &str) -> Option<(i16, u32, u32, usize)> {
    let stop = |rest: &str| {
        let behind = rest.strip_prefix('.')?;
        let plain = behind.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let gap = behind.len() - plain.len();
        (1..=3).contains(&gap).then_some(1 + gap)
    };
    let (day, days, at) = digits(text)?;
    let from = at + stop(&text[at..])?;
    let (month, months, used) = digits(&text[from..])?;
    let from = from + used;
    let from = from + stop(&text[from..])?;
    let (year, years, used) = digits(&text[from..])?;
    (days <= 2 && months <= 2 && years == 4).then_some((i16::try_from(year).ok()?, month, day, from + used))
}

/// Year, month and day in figures at the start of `chunk`, and the bytes they take; `None` where the order of day and
/// month can't be told: dates with stops have the day first everywhere, those with slashes have not.
fn numeric(chunk: &str) -> Option<(i16, u32, u32, usize)> {
    let (a, a_count, at) = digits(chunk)?;
    let separator = chunk[at..].chars().next().filter(|c| matches!(c, '-' | '.' | '/'))?;
    let from = at + 1;
    let (b, b_count, used) = digits(&chunk[from..])?;
    let rest = chunk[from + used..].strip_prefix(separator)?;
    let (c, c_count, last) = digits(rest)?;
    let used = from + used + 1 + last;
    if a_count == 4 && b_count <= 2 && c_count <= 2 {
        return Some((i16::try_from(a).ok()?, b, c, used));
    }
    if a_count > 2 || b_count > 2 || c_count != 4 {
        return None;
    }
    let year = i16::try_from(c).ok()?;
    match (a, b) {
        (1..=31, 1..=12) if separator == '.' => Some((year, b, a, used)),
        (13..=31, 1..=12) => Some((year, b, a, used)),
        (1..=12, 13..=31) => Some((year, a, b, used)),
        (1..=12, _) if a == b => Some((year, a, b, used)),
        _ => None,
    }
}

fn iso_day(year: i16, month: u32, day: u32) -> Option<String> {
    let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1900..=2100).contains(&year).then(|| format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
}

/// Hour and minute at the start of `words`, and the bytes they take.
fn clock(words: &str) -> Option<(u32, u32, usize)> {
    let (hour, hours, at) = digits(words)?;
    let rest = words[at..].strip_prefix([':', '.'])?;
    let (minute, minutes, used) = digits(rest)?;
    (hours <= 2 && minutes == 2 && hour < 24 && minute < 60).then_some((hour, minute, at + 1 + used))
}

/// Furthest that a time of day stands from its date, in words and marks.
const REACH: usize = 6;

fn with_time(
    text: &str,
    pieces: &[Piece],
    end: usize,
    (first, last): (usize, usize),
    day: String,
    year_first: bool,
    rules: &PageRules,
) -> FoundDate {
    let mut span = pieces[first].span.join(pieces[last].span);
    let mut time = None;
    // Behind the date: `2024, 13:14`, `2024 | 05:50 PM`, `2024T13:14`, `2024 at 3 p.m.`
    let glued = year_first.then(|| text[pieces[last].span.start as usize..].find(['T', 't'])).flatten();
    if let Some(at) = glued.map(|n| pieces[last].span.start as usize + n + 1)
        && at < end
        && let Some((hour, minute, used)) = text.get(at..end).and_then(clock)
    {
        time = Some((hour, minute));
        span = span.join(Span::new(at, at + used));
    } else {
        for piece in pieces.iter().skip(last + 1).take(REACH) {
            let word = piece.span.of(text);
            match piece.kind {
                Kind::Number => {
                    if let Some((hour, minute, stop)) = time_at(text, piece.span.start as usize, end, rules) {
                        time = Some((hour, minute));
                        span = span.join(Span::new(piece.span.start as usize, stop));
                    }
                    break;
                }
                Kind::Word if word.chars().count() > 3 && !rules.weekday(word) => break,
                _ => {}
            }
        }
    }
    // Before it: `13:14, 17 April 2024`; the name of the day goes with the date.
    let mut i = first;
    let mut steps = 0;
    while let Some(k) = i.checked_sub(1).filter(|_| steps < REACH) {
        let word = pieces[k].span.of(text);
        match pieces[k].kind {
            Kind::Mark(Mark::Comma | Mark::Bar | Mark::Dash | Mark::Stop | Mark::Colon) | Kind::Number => {}
            Kind::Word if rules.weekday(word) => span = span.join(pieces[k].span),
            _ => break,
        }
        if pieces[k].kind == Kind::Number
            && time.is_none()
            && let Some((hour, minute, stop)) = time_at(text, pieces[k].span.start as usize, end, rules)
        {
            time = Some((hour, minute));
            span = span.join(Span::new(pieces[k].span.start as usize, stop));
        }
        i = k;
        steps += 1;
    }
    FoundDate { span, day, time: time.map(|(hour, minute)| format!("{hour:02}:{minute:02}")), year_first }
}

/// The time of day at byte `at`, half of the day included, and where it ends.
fn time_at(text: &str, at: usize, end: usize, rules: &PageRules) -> Option<(u32, u32, usize)> {
    let words = text.get(at..end)?;
    let (hour, minute, used, bare) = match clock(words) {
        Some((hour, minute, used)) => (hour, minute, used, false),
        None => {
            let (hour, count, used) = digits(words)?;
            ((count <= 2).then_some(hour)?, 0, used, true)
        }
    };
    let stop = at + used;
    let cut = Cut::new(text, stop..end);
    let half = rules.phrases.at(&cut, 0).into_iter().find(|f| f.key == key::AM || f.key == key::PM);
    match half {
        Some(found) if (1..=12).contains(&hour) => {
            let hour = hour % 12 + if found.key == key::PM { 12 } else { 0 };
            let stop = cut.tokens.get(found.to - 1).map_or(stop, |t| t.span.end as usize);
            Some((hour, minute, stop))
        }
        _ if bare => None,
        _ => Some((hour, minute, stop)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::rules;
    use super::*;
    use proptest::prelude::*;

    fn iso(line: &str) -> Option<String> {
        find_date(line, 0..line.len(), &rules()).map(|d| d.iso())
    }

    #[test]
    fn written_dates_in_any_order() {
        for (line, want) in [
            ("Monday, 6 May 2024, 09:05", "2024-05-06T09:05"),
            ("Ann Oak Published May 6, 2024 | 05:50 PM", "2024-05-06T17:50"),
            ("by Ann Oak May 6, 2024 12:07 AM 2 min read", "2024-05-06T00:07"),
            ("6th May, 2024", "2024-05-06"),
            ("6 de May de 2024 at 3 p.m.", "2024-05-06T15:00"),
            ("13:14, 6 May 2024", "2024-05-06T13:14"),
            ("2024 May 6", "2024-05-06"),
            ("Mon 6 May 2024 13.14 BST", "2024-05-06T13:14"),
            ("Sept. 1, 2024", ""),
        ] {
            assert_eq!(iso(line).unwrap_or_default(), want, "{line}");
        }
    }

    #[test]
    fn figures_count_only_where_day_and_month_can_be_told() {
        assert_eq!(iso("17.04.2024 10:00").as_deref(), Some("2024-04-17T10:00"));
        assert_eq!(iso("04/17/2024").as_deref(), Some("2024-04-17"));
        assert_eq!(iso("2024-05-04T22:30:00+03:00").as_deref(), Some("2024-05-04T22:30"));
        // With stops the day stands first everywhere; slashes leave it open.
        assert_eq!(iso("04.05.2024 13:05").as_deref(), Some("2024-05-04T13:05"));
        assert_eq!(iso("04/05/2024"), None);
        assert_eq!(iso("3. 11. 2025 15:20").as_deref(), Some("2025-11-03T15:20"));
        assert_eq!(iso("3.\u{a0}11. 2025").as_deref(), Some("2025-11-03"));
        assert_eq!(iso("Chapter 3. 11. 202"), None);
        assert_eq!(iso("3.  \n11. 2025"), None);
        assert_eq!(iso("2024-13-01"), None);
        assert_eq!(iso("call 2024-05-04-17"), None);
    }

    #[test]
    fn the_solar_calendar_is_told_by_its_months_and_its_years() {
        for (line, want) in [
            ("Published 1 Azar 1405 - 11:24", "2026-11-22T11:24"),
            ("\u{6f3}\u{6f0} Esfand \u{6f1}\u{6f4}\u{6f0}\u{6f3}", "2025-03-20"),
            ("1 Farvardin 1404", "2025-03-21"),
            ("30 Esfand 1404", ""),
            ("1 Azar 2026", ""),
            ("6 May 1405", ""),
            ("1405/09/01", "2026-11-22"),
            ("01/09/1405", ""),
        ] {
            assert_eq!(iso(line).unwrap_or_default(), want, "{line}");
        }
    }

    #[test]
    fn nothing_is_completed_by_guessing() {
        assert_eq!(iso("April 17"), None);
        assert_eq!(iso("Wednesday, 13:14"), None);
        assert_eq!(iso("In May 2024 he left"), None);
        assert_eq!(iso("31 February 2024"), None);
        assert_eq!(iso("May 6, 2024, 25:10").as_deref(), Some("2024-05-06"));
    }

    #[test]
    fn a_date_glued_to_a_name_is_cut_off() {
        let line = "Lee Elm, Ann OakMonday, 6 May 2024, 09:05";
        let found = find_date(line, 0..line.len(), &rules()).unwrap();
        assert_eq!(found.span.of(line), "Monday, 6 May 2024, 09:05");
        let line = "Ann Oak6 May 2024";
        assert_eq!(find_date(line, 0..line.len(), &rules()).unwrap().span.of(line), "6 May 2024");
    }

    #[test]
    fn records_give_dates_in_machine_form() {
        for (value, want) in [
            ("2024-04-17", Some("2024-04-17")),
            ("2024-04-17T15:48:09.5Z", Some("2024-04-17T15:48Z")),
            ("2024-04-17 15:48:00+0300", Some("2024-04-17T15:48+03:00")),
            ("2024-04-17T15:48", Some("2024-04-17T15:48")),
            ("2024-04-31", None),
            ("17 April 2024", None),
            ("2024-04-17T99:00", None),
            ("2024-04-17T10:00+3", None),
        ] {
            assert_eq!(machine_date(value).as_deref(), want, "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_survived(line in "([0-9٠-٩۰-۹]{1,5}|[.:/ T,+-]|May|Monday|PM|\\PC){0,24}") {
            let _ = machine_date(&line);
            if let Some(found) = find_date(&line, 0..line.len(), &rules()) {
                prop_assert!(line.get(found.span.range()).is_some());
            }
        }
    }
}
