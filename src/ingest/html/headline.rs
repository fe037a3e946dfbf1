//! Which words of a page are its headline.

use super::facts::PageFacts;
use super::json_ld::LinkedData;
use super::words::plain;

/// Longest headline, in bytes.
const LONGEST: usize = 600;

/// The headline: a heading that the page's own data confirm, else what the data say, else the only heading.
pub fn headline(facts: &PageFacts, data: &LinkedData, site: Option<&str>) -> Option<String> {
    let stated: Vec<String> = [data.headline.as_deref(), facts.meta(&["og:title", "twitter:title", "dc.title"])]
        .into_iter()
        .flatten()
        .map(|t| without_site(&plain(t), site))
        .chain(facts.title.iter().map(|t| without_site(t, site)))
        .filter(|t| !t.is_empty() && t.len() <= LONGEST)
        .collect();
    let heading = facts.headings.iter().find(|h| {
        let own = letters(h);
        own.len() >= 4 && h.len() <= LONGEST && stated.iter().any(|s| alike(&own, &letters(s)))
    });
    heading
        .cloned()
        .or_else(|| stated.first().cloned())
        .or_else(|| facts.headings.first().filter(|h| h.len() <= LONGEST).cloned())
}

/// True where one says what the other says, or starts with it.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || (short.len() >= 12 && long.contains(short)) || shared(short, long)
}

/// True where most words are the same.
fn shared(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let same = a.iter().filter(|w| b.contains(w)).count();
    a.len() >= 4 && same * 5 >= a.len().max(b.len()) * 3
}

/// Letters and digits in lower case, words parted by spaces.
fn letters(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') && c.is_whitespace() {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// The words without the name of the site behind (or before) a mark.
pub fn without_site(title: &str, site: Option<&str>) -> String {
    let marks = [" | ", " - ", " \u{2013} ", " \u{2014} ", " :: ", " \u{b7} ", " \u{2022} ", " \u{bb} ", " // "];
    let name = site.map(letters).unwrap_or_default();
    let is_site = |part: &str| {
        let part = letters(part);
        !name.is_empty() && !part.is_empty() && (part.contains(&name) || name.contains(&part))
    };
    for mark in marks {
        if let Some((front, back)) = title.rsplit_once(mark) {
            let words = front.split_whitespace().count();
            if is_site(back) || (mark == " | " && words >= 4 && back.split_whitespace().count() <= 5) {
                return without_site(front.trim(), site);
            }
        }
        if let Some((front, back)) = title.split_once(mark)
            && is_site(front)
            && back.split_whitespace().count() >= 3
        {
            return back.trim().to_owned();
        }
    }
    title.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_goes_and_a_dash_of_the_headline_stays() {
        let cut = |t: &str| without_site(t, Some("Harbour News"));
        assert_eq!(cut("Ferry out of service - Harbour News"), "Ferry out of service");
        assert_eq!(cut("Ferry out of service | World | Harbour News"), "Ferry out of service");
        assert_eq!(cut("Ferry out - mayor says no"), "Ferry out - mayor says no");
        assert_eq!(cut("Harbour News: Ferry out"), "Harbour News: Ferry out");
        assert_eq!(cut("Harbour News | Ferry out of service"), "Ferry out of service");
    }

    #[test]
    fn a_heading_counts_where_the_data_confirm_it() {
        let facts = |headings: &[&str], title: &str| PageFacts {
            headings: headings.iter().map(|h| (*h).to_owned()).collect(),
            title: Some(title.to_owned()),
            ..PageFacts::default()
        };
        let found = |f: &PageFacts| headline(f, &LinkedData::default(), None).unwrap_or_default();
        assert_eq!(
            found(&facts(&["Harbour News", "Ferry “out of service”"], "Ferry out of service - HN")),
            "Ferry “out of service”"
        );
        assert_eq!(found(&facts(&["Harbour News"], "Ferry out of service")), "Ferry out of service");
        assert_eq!(found(&PageFacts { headings: vec!["Ferry out".into()], ..PageFacts::default() }), "Ferry out");
    }
}
