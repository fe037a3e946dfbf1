//! When articles were published, as stretches of time: as wide as what is not told of them leaves open.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The stretch of time in which an article was published, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment {
    /// The earliest it can be.
    pub earliest: i64,
    /// The latest it can be.
    pub latest: i64,
    /// True where it is a matter of a minute: time of day and zone are known.
    pub exact: bool,
}

/// Hours that clocks may be ahead of UTC where no zone is told.
const AHEAD: i64 = 14;
/// Hours that they may be behind it.
const BEHIND: i64 = 12;
/// Seconds within which two articles can't be ordered: stamps are of the minute, and are set by hand.
const CLOSE: i64 = 120;

impl Moment {
    /// The moment of a date as records give it, with the publisher's zone where the date has none. `None` for what is no date.
    pub fn new(iso: &str, zone: Option<&str>) -> Option<Moment> {
        if let Some(at) = with_offset(iso) {
            return Some(Moment { earliest: at, latest: at, exact: true });
        }
        let zone = zone.and_then(|name| TimeZone::get(name).ok());
        if let Ok(day) = iso.parse::<Date>()
            && iso.len() <= 10
        {
            let first = stretch(day.to_datetime(jiff::civil::Time::midnight()), zone.as_ref())?;
            let last =
                stretch(day.checked_add(1.days()).ok()?.to_datetime(jiff::civil::Time::midnight()), zone.as_ref())?;
            return Some(Moment { earliest: first.0, latest: last.1 - 1, exact: false });
        }
        let written: DateTime = iso.parse().ok()?;
        let (earliest, latest) = stretch(written, zone.as_ref())?;
        Some(Moment { earliest, latest, exact: zone.is_some() })
    }

    /// True where this one is surely the earlier.
    pub fn is_before(&self, other: &Moment) -> bool {
        // Of days it is told which comes first; stamps of a minute may be set late.
        let close = if self.exact || other.exact { CLOSE } else { 0 };
        self.latest + close < other.earliest
    }

    /// The day that its stretch ends on, in days since 1970.
    pub fn day(&self) -> i64 {
        self.latest.div_euclid(DAY)
    }

    /// Days between the two at least; 0 where they may be of one day.
    pub fn days_apart(&self, other: &Moment) -> i64 {
        let gap =
            if self.earliest > other.latest { self.earliest - other.latest } else { other.earliest - self.latest };
        gap.max(0) / DAY
    }
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// `2024-04-17T15:48+03:00`, `…Z`, seconds or none.
fn with_offset(iso: &str) -> Option<i64> {
    let (_, time) = iso.split_once('T')?;
    if !time.contains(['+', '-', 'Z', 'z']) {
        return None;
    }
    iso.parse::<Timestamp>().ok().map(|at| at.as_second())
}

/// The earliest and the latest second that a time of the calendar can be.
fn stretch(written: DateTime, zone: Option<&TimeZone>) -> Option<(i64, i64)> {
    if let Some(zone) = zone {
        let at = zone.to_timestamp(written).ok()?.as_second();
        return Some((at, at));
    }
    let at = TimeZone::UTC.to_timestamp(written).ok()?.as_second();
    Some((at - AHEAD * 3600, at + BEHIND * 3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(iso: &str, zone: Option<&str>) -> Moment {
        Moment::new(iso, zone).unwrap()
    }

    #[test]
    fn zones_order_what_clocks_alone_do_not() {
        let (kyiv, karachi) = (Some("Europe/Kyiv"), Some("Asia/Karachi"));
        let (first, second) = (moment("2024-04-17T13:14", kyiv), moment("2024-04-17T17:50", karachi));
        assert!(first.is_before(&second) && !second.is_before(&first));
        let (first, second) = (moment("2024-04-17T13:14", None), moment("2024-04-17T17:50", None));
        assert!(!first.is_before(&second) && !second.is_before(&first), "no zone tells which clock it was");
        assert!(
            !moment("2024-04-17T15:48", kyiv).is_before(&moment("2024-04-17T17:49", karachi)),
            "a minute is too close"
        );
    }

    #[test]
    fn a_date_alone_is_a_day_wide_and_an_offset_needs_no_zone() {
        let day = moment("2024-04-17", Some("Europe/Kyiv"));
        assert!(!day.is_before(&moment("2024-04-17T23:00", Some("Europe/Kyiv"))));
        assert!(day.is_before(&moment("2024-04-18T10:00", Some("Europe/Kyiv"))));
        let offset = moment("2024-04-17T15:48+03:00", None);
        assert_eq!((offset.exact, offset.earliest), (true, moment("2024-04-17T12:48Z", None).latest));
        assert_eq!(Moment::new("last week", None), None);
    }

    #[test]
    fn days_between_are_counted_from_what_is_surely_so() {
        assert_eq!(moment("2024-04-17", None).days_apart(&moment("2024-04-18", None)), 0);
        assert!(moment("2024-04-10", None).days_apart(&moment("2024-04-18", None)) >= 5);
    }
}
