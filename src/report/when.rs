//! Dates as people read them.

use jiff::civil::Date;

/// `17 Apr 2024 13:14, zone not stated` for an ISO date with or without time and offset; a text that is no date as it is.
pub fn date_words(iso: &str) -> String {
    let (day, time) = iso.split_once('T').map_or((iso, None), |(day, time)| (day, Some(time)));
    let day = day.parse::<Date>().map_or_else(|_| day.to_string(), |date| date.strftime("%-d %b %Y").to_string());
    match time {
        None => day,
        Some(time) if time.contains(['Z', 'z', '+', '-']) => format!("{day} {time}"),
        Some(time) => format!("{day} {time}, zone not stated"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_told_and_never_supplied() {
        assert_eq!(date_words("2024-04-07"), "7 Apr 2024");
        assert_eq!(date_words("2026-03-04T05:06"), "4 Mar 2026 05:06, zone not stated");
        assert_eq!(date_words("2026-03-04T05:06+04:00"), "4 Mar 2026 05:06+04:00");
        assert_eq!(date_words("last week"), "last week");
    }
}
