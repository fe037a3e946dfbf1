//! Dates of the solar calendar of Iran and Afghanistan: day, month and year to the civil date.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Years that are converted: 1921 to 2122. In them the calendar's leap years follow a cycle of 33 years.
const YEARS: std::ops::RangeInclusive<i16> = 1300..=1500;

/// True for a number that may be a year of this calendar.
pub fn is_year(year: u32) -> bool {
    i16::try_from(year).is_ok_and(|year| YEARS.contains(&year))
}

/// Year, month and day of the civil calendar; `None` where there is no such day, or its year is none of 1300 to 1500.
pub fn civil(year: i16, month: u32, day: u32) -> Option<(i16, u32, u32)> {
    if !YEARS.contains(&year) || day == 0 || day > days(year, month)? {
        return None;
    }
    let before = (1..month).filter_map(|month| days(year, month)).sum::<u32>();
    let found = new_year(year)?.checked_add(i64::from(before + day - 1).days()).ok()?;
    Some((found.year(), u32::try_from(found.month()).ok()?, u32::try_from(found.day()).ok()?))
}

/// The civil date of the first day of a year.
fn new_year(year: i16) -> Option<Date> {
    // 1 of the first month of 1300 was 21 March 1921.
    let leaps = (*YEARS.start()..year).filter(|&year| is_leap(year)).count() as i64;
    let years = i64::from(year - YEARS.start());
    date(1921, 3, 21).checked_add((years * 365 + leaps).days()).ok()
}

fn is_leap(year: i16) -> bool {
    (25 * i32::from(year) + 11) % 33 < 8
}

/// How many days a month has; `None` where there is no such month.
fn days(year: i16, month: u32) -> Option<u32> {
    match month {
        1..=6 => Some(31),
        7..=11 => Some(30),
        12 => Some(if is_leap(year) { 30 } else { 29 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_start_at_the_equinox() {
        for (year, day) in [
            (1300, 21),
            (1342, 21),
            (1358, 21),
            (1375, 20),
            (1376, 21),
            (1387, 20),
            (1388, 21),
            (1391, 20),
            (1392, 21),
            (1395, 20),
            (1396, 21),
            (1399, 20),
            (1400, 21),
            (1403, 20),
            (1404, 21),
            (1405, 21),
            (1408, 20),
            (1409, 21),
            (1412, 20),
            (1413, 21),
        ] {
            assert_eq!(civil(year, 1, 1), Some((year + 621, 3, day)), "{year}");
        }
    }

    #[test]
    fn the_last_day_of_a_year_comes_before_the_first_of_the_next() {
        assert_eq!(civil(1403, 12, 30), Some((2025, 3, 20)), "a leap year");
        assert_eq!(civil(1404, 12, 29), Some((2026, 3, 20)));
        assert_eq!(civil(1404, 12, 30), None, "it has no such day");
        assert_eq!(civil(1399, 12, 30), Some((2021, 3, 20)), "a leap year");
        assert_eq!(civil(1405, 9, 1), Some((2026, 11, 22)));
        assert_eq!(civil(1405, 10, 10), Some((2026, 12, 31)));
        assert_eq!(civil(1405, 10, 11), Some((2027, 1, 1)));
        assert_eq!(civil(1357, 11, 22), Some((1979, 2, 11)));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for (year, month, day) in [(1405, 13, 1), (1405, 0, 1), (1405, 7, 31), (1405, 1, 0), (2026, 1, 1), (1299, 1, 1)]
        {
            assert_eq!(civil(year, month, day), None, "{year} {month} {day}");
        }
    }
}
