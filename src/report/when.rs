//! Dates as people read them.

use jiff::civil::Date;

/// `17 Apr 2024 13:14, zone not stated` for an ISO date with or without time and offset; a text that is no date as it is.
pub fn date_words(iso: &str) -> String {
    let (day, time) = iso.split_once('T').map_or((iso, None), |(day, time)| (day, Some(time)));
    let day = day.parse::<Date>().map_or_else(|_| day.to_string(), |date| date.strftime("%-d %b %Y").to_string());
    match time {
        None => day,
        Some(time) => match time.find(['Z', 'z', '+', '-']) {
            Some(at) => format!("{day} {} UTC{}", minutes(&time[..at]), offset(&time[at..])),
            None => format!("{day} {}, zone not stated", minutes(time)),
        },
    }
}

/// Hours and minutes.
fn minutes(time: &str) -> &str {
    time.match_indices(':').nth(1).map_or(time, |(at, _)| &time[..at])
}

/// `+4` for `+04:00`; nothing for UTC itself.
fn offset(written: &str) -> String {
    let (sign, rest) = written.split_at(1);
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "00"));
    let hours = hours.trim_start_matches('0');
    match (hours, minutes) {
        ("", "00" | "") => String::new(),
        (hours, "00" | "") => format!("{sign}{hours}"),
        (hours, minutes) => format!("{sign}{}:{minutes}", if hours.is_empty() { "0" } else { hours }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_told_and_never_supplied() {
        assert_eq!(date_words("2024-04-07"), "7 Apr 2024");
        assert_eq!(date_words("2026-03-04T05:06"), "4 Mar 2026 05:06, zone not stated");
        assert_eq!(date_words("2026-03-04T05:06+04:00"), "4 Mar 2026 05:06 UTC+4");
        assert_eq!(date_words("2026-03-04T05:06:59Z"), "4 Mar 2026 05:06 UTC");
        assert_eq!(date_words("2026-03-04T05:06-03:30"), "4 Mar 2026 05:06 UTC-3:30");
        assert_eq!(date_words("last week"), "last week");
    }
}
