//! Dates in running text, as exact as they are written, and those of weekdays as far as the article's own date tells them.

use jiff::ToSpan;
use jiff::civil::{Date as Day, Weekday};

use crate::scan::View;
use crate::story::words::Words;
use crate::text::span::Span;
use crate::text::token::Mark;

/// A date as exact as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WrittenDate {
    /// The year, where it is written or the article's date tells it.
    pub year: Option<i16>,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day of the month, from 1.
    pub day: Option<i8>,
    /// Its words, in bytes of the buffer.
    pub span: Span,
    /// True where the article's own date was needed.
    pub resolved: bool,
}

impl WrittenDate {
    /// True where both may be the same day: no part that both give differs.
    pub fn agrees(&self, other: &WrittenDate) -> bool {
        let same = |a: Option<i16>, b: Option<i16>| a.is_none() || b.is_none() || a == b;
        same(self.year, other.year)
            && same(self.month.map(i16::from), other.month.map(i16::from))
            && same(self.day.map(i16::from), other.day.map(i16::from))
    }

    /// The day, where all of it is known.
    pub fn full(&self) -> Option<Day> {
        Day::new(self.year?, self.month?, self.day?).ok()
    }

    /// As exact as it is known: `2020`, `2020-11`, `2020-11-10`, `11-10`.
    pub fn iso(&self) -> String {
        match (self.year, self.month, self.day) {
            (Some(y), Some(m), Some(d)) => format!("{y:04}-{m:02}-{d:02}"),
            (Some(y), Some(m), None) => format!("{y:04}-{m:02}"),
            (Some(y), None, _) => format!("{y:04}"),
            (None, Some(m), Some(d)) => format!("{m:02}-{d:02}"),
            (None, Some(m), None) => format!("{m:02}"),
            _ => String::new(),
        }
    }
}

/// The dates of tokens `first` to before `last`; `published` is the article's own day.
pub fn dates(words: &Words<'_, '_>, first: usize, last: usize, published: Option<Day>, out: &mut Vec<WrittenDate>) {
    let view = words.view;
    let mut at = first;
    while at < last.min(view.tokens.len()) {
        let found = written(words, at, last).or_else(|| year_alone(view, at)).or_else(|| weekday(words, at, published));
        match found {
            Some((date, end)) => {
                out.push(completed(date, published));
                at = end;
            }
            None => at += 1,
        }
    }
}

/// `10 November 2020`, `November 10, 2020`, `November 2020`, `November 10`.
fn written(words: &Words<'_, '_>, at: usize, last: usize) -> Option<(WrittenDate, usize)> {
    let view = words.view;
    let month_of = |at: usize| view.language.shared.month(words.lower(at));
    let day_first = day(view, at).filter(|_| month_of(at + 1).is_some());
    let month_at = if day_first.is_some() { at + 1 } else { at };
    if month_at >= last {
        return None;
    }
    let month = month_of(month_at)
        .filter(|_| view.tokens[month_at].capital || day_first.is_some() || year(view, month_at + 1).is_some())?;
    let mut end = month_at + 1;
    if view.tokens.get(end).is_some_and(|t| t.is(Mark::Stop) && !t.spaced) {
        end += 1;
    }
    let mut day_of = day_first;
    if day_of.is_none()
        && let Some(found) = day(view, end).filter(|_| end < last)
    {
        day_of = Some(found);
        end += 1;
    }
    let comma = view.tokens.get(end).is_some_and(|t| t.is(Mark::Comma) || t.is(Mark::Apostrophe));
    let year_at = if comma { end + 1 } else { end };
    let year = year(view, year_at).filter(|_| year_at < last);
    if year.is_some() {
        end = year_at + 1;
    }
    // A month alone is as often a name or a verb.
    if day_of.is_none() && year.is_none() {
        return None;
    }
    Some((WrittenDate { year, month: Some(month), day: day_of, span: view.span(at, end), resolved: false }, end))
}

fn year_alone(view: &View<'_>, at: usize) -> Option<(WrittenDate, usize)> {
    let year = year(view, at)?;
    Some((
        WrittenDate { year: Some(year), month: None, day: None, span: view.span(at, at + 1), resolved: false },
        at + 1,
    ))
}

/// The last such day before the article, or its own.
fn weekday(words: &Words<'_, '_>, at: usize, published: Option<Day>) -> Option<(WrittenDate, usize)> {
    let view = words.view;
    if !view.tokens[at].capital && !view.language.pack.months.is_empty() && view.word(at).chars().count() < 4 {
        return None;
    }
    let weekday = Weekday::from_monday_one_offset(view.language.shared.weekday(words.lower(at))?).ok()?;
    let published = published?;
    let back = published.weekday().since(weekday);
    let day = published.checked_sub(i64::from(back).days()).ok()?;
    let date = WrittenDate {
        year: Some(day.year()),
        month: Some(day.month()),
        day: Some(day.day()),
        span: view.span(at, at + 1),
        resolved: true,
    };
    Some((date, at + 1))
}

/// A day and a month without a year are of the article's year, or of the one before where they would lie ahead.
fn completed(date: WrittenDate, published: Option<Day>) -> WrittenDate {
    let (None, Some(month), Some(day), Some(published)) = (date.year, date.month, date.day, published) else {
        return date;
    };
    let ahead = |year: i16| Day::new(year, month, day).is_ok_and(|d| d > published.saturating_add(AHEAD.days()));
    let year = if ahead(published.year()) { published.year() - 1 } else { published.year() };
    WrittenDate { year: Some(year), resolved: true, ..date }
}

/// Days that a date without a year may lie ahead.
const AHEAD: i64 = 92;

fn year(view: &View<'_>, at: usize) -> Option<i16> {
    let word = view.word(at);
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1500..2100).contains(year))
}

fn day(view: &View<'_>, at: usize) -> Option<i8> {
    let word = view.word(at);
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let rest = word.len() - digits.len();
    (rest <= 2 && digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

/// The day of `2024-04-17` or `2024-04-17T15:48`.
pub fn day_of(iso: &str) -> Option<Day> {
    iso.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> WrittenDate {
        WrittenDate { year, month, day, span: Span::default(), resolved: false }
    }

    #[test]
    fn dates_of_another_exactness_agree_and_others_do_not() {
        let (autumn, day) = (date(Some(2020), Some(11), None), date(Some(2020), Some(11), Some(10)));
        assert!(autumn.agrees(&day) && day.agrees(&date(Some(2020), None, None)));
        assert!(!day.agrees(&date(Some(2020), Some(11), Some(9))));
        assert!(!autumn.agrees(&date(Some(2021), None, None)));
    }

    #[test]
    fn a_day_without_a_year_is_of_the_articles_year_or_of_the_one_before() {
        let published = day_of("2024-01-10T10:00");
        assert_eq!(completed(date(None, Some(12), Some(30)), published).iso(), "2023-12-30");
        assert_eq!(completed(date(None, Some(1), Some(9)), published).iso(), "2024-01-09");
        assert_eq!(completed(date(None, Some(1), Some(9)), None).iso(), "01-09");
    }
}
