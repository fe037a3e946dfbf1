//! Whose page an article is: from an option, an address, a field, or the page's own words; never from running text.

use super::blocks::Layout;
use super::lookup::SourceLookup;
use crate::article::{BlockKind, Publisher};
use crate::text::span::Span;
use crate::text::token::{Mark, is_small, tokens};

/// What is known of the publisher from outside the text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outside<'a> {
    /// The publisher that the user named: a registry id or a name.
    pub option: Option<&'a str>,
    /// Address of the page, from a field.
    pub url: Option<&'a str>,
    /// Publisher from a field: a registry id or a name.
    pub outlet: Option<&'a str>,
}

/// Bytes of the lead in which a dateline stands.
const DATELINE: usize = 200;
/// Most words before the bracket of a dateline.
const PLACE: usize = 6;

/// The publisher of the article in `text`; `None` where nothing names it.
pub fn publisher(text: &str, layout: &Layout, outside: Outside<'_>, lookup: &dyn SourceLookup) -> Option<Publisher> {
    if let Some(name) = outside.option {
        return Some(named(name, lookup));
    }
    let by_url = |url: &str| lookup.by_domain(&host(url)?);
    if let Some((id, name)) = outside.url.and_then(by_url) {
        return Some(Publisher { id, name, evidence: None });
    }
    if let Some(span) = layout.address
        && let Some((id, name)) = by_url(span.of(text))
    {
        return Some(Publisher { id, name, evidence: Some(span) });
    }
    if let Some(found) = one_house(text, &layout.links, by_url) {
        return Some(found);
    }
    if let Some(name) = outside.outlet.filter(|n| !n.trim().is_empty()) {
        return Some(named(name, lookup));
    }
    from_text(text, layout, lookup).or_else(|| {
        // An address is the publisher's own even where the registry doesn't know its host.
        let host = outside.url.and_then(host)?;
        Some(Publisher { id: format!("name:{host}"), name: host, evidence: None })
    })
}

fn named(name: &str, lookup: &dyn SourceLookup) -> Publisher {
    let name = name.trim();
    let known = lookup.by_name(name).or_else(|| lookup.by_domain(&host(name)?));
    let (id, name) = known.unwrap_or_else(|| (format!("name:{name}"), name.to_owned()));
    Publisher { id, name, evidence: None }
}

/// The host of an address, lower case, without `www.`; `None` where there is none.
pub fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.') && !host.contains(char::is_whitespace)).then(|| host.to_owned())
}

/// Links of one outlet only: they are the page's own. Links of several tell nothing.
fn one_house(text: &str, links: &[Span], by_url: impl Fn(&str) -> Option<(String, String)>) -> Option<Publisher> {
    let mut found: Option<Publisher> = None;
    for span in links {
        let Some((id, name)) = by_url(span.of(text)) else { continue };
        match &found {
            Some(first) if first.id != id => return None,
            Some(_) => {}
            None => found = Some(Publisher { id, name, evidence: Some(*span) }),
        }
    }
    found
}

fn from_text(text: &str, layout: &Layout, lookup: &dyn SourceLookup) -> Option<Publisher> {
    let of_kind = |kind: BlockKind| layout.blocks.iter().filter(move |b| b.kind == kind).map(|b| b.span);
    for span in of_kind(BlockKind::Byline) {
        if let Some(found) = house_in(text, span, lookup) {
            return Some(found);
        }
    }
    if let Some(found) = in_dateline(text, layout, lookup) {
        return Some(found);
    }
    for &span in &layout.chrome {
        // "Follow us on …" names a platform that the page points at.
        if let Some(found) = house_in(text, span, lookup).filter(|found| !lookup.is_platform(&found.id)) {
            return Some(found);
        }
    }
    // "Authors: …, news desk of the house"; a line without a label is a credit to others.
    for span in of_kind(BlockKind::Credit) {
        let label = tokens(text, span.range()).iter().take(4).any(|t| t.is(Mark::Colon));
        if let Some(found) = house_in(text, span, lookup).filter(|_| label) {
            return Some(found);
        }
    }
    in_title(text, layout, lookup)
}

/// The first outlet that is no agency.
fn house_in(text: &str, span: Span, lookup: &dyn SourceLookup) -> Option<Publisher> {
    let found = lookup.own_names_in(span.of(text)).into_iter().find(|(id, _, _)| !lookup.is_agency(id));
    found.map(|(id, name, at)| Publisher { id, name, evidence: Some(shifted(at, span.start)) })
}

fn shifted(span: Span, by: u32) -> Span {
    Span { start: span.start + by, end: span.end + by }
}

/// The bytes of the lead, or of the dateline above it, in which a dateline can stand.
fn lead(text: &str, layout: &Layout) -> Option<Span> {
    let block =
        layout.blocks.iter().find(|b| matches!(b.kind, BlockKind::Dateline | BlockKind::Body | BlockKind::Paid))?;
    let mut end = block.span.range().end.min(block.span.start as usize + DATELINE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some(Span::new(block.span.start as usize, end))
}

/// The bracket of a dateline at the head of the lead, in bytes of `text`, without its marks.
pub fn dateline_bracket(text: &str, layout: &Layout) -> Option<Span> {
    let span = lead(text, layout)?;
    let found = tokens(text, span.range());
    let open = found.iter().position(|t| t.is(Mark::Open))?;
    if found[..open].iter().filter(|t| t.is_wordlike()).count() > PLACE
        || found[..open].iter().any(|t| t.is(Mark::Quote))
    {
        return None;
    }
    // A place stands before it, with capitals where the script has them.
    if found[..open].iter().filter(|t| t.is_wordlike()).any(|t| t.span.of(text).starts_with(is_small)) {
        return None;
    }
    let close = open + found[open..].iter().position(|t| t.is(Mark::Close))?;
    Some(Span { start: found[open].span.end, end: found[close].span.start })
}

/// A slug (`Harbour News - The ferry …`), or the last of several names in a dateline's bracket: agencies stand before the house.
fn in_dateline(text: &str, layout: &Layout, lookup: &dyn SourceLookup) -> Option<Publisher> {
    let span = lead(text, layout)?;
    let names = lookup.own_names_in(span.of(text));
    if let Some((id, name, at)) = names.iter().find(|(_, _, at)| at.start == 0) {
        let next = tokens(text, (span.start + at.end) as usize..span.end as usize);
        let dash = next.first().is_some_and(|t| t.is(Mark::Dash) && t.spaced);
        if dash && !lookup.is_agency(id) {
            return Some(Publisher { id: id.clone(), name: name.clone(), evidence: Some(shifted(*at, span.start)) });
        }
    }
    let bracket = dateline_bracket(text, layout)?;
    let inside = lookup.own_names_in(bracket.of(text));
    let (id, name, at) = inside.last()?;
    let several = inside.iter().any(|(other, _, _)| other != id);
    (several && !lookup.is_agency(id)).then(|| Publisher {
        id: id.clone(),
        name: name.clone(),
        evidence: Some(shifted(*at, bracket.start)),
    })
}

/// `Headline | Outlet`.
fn in_title(text: &str, layout: &Layout, lookup: &dyn SourceLookup) -> Option<Publisher> {
    let title = layout.blocks.iter().find(|b| b.kind == BlockKind::Title)?.span;
    let words = title.of(text);
    let (_, last) = words.rsplit_once('|')?;
    let at = title.end as usize - last.len();
    let (id, name) = lookup.by_name(last.trim())?;
    Some(Publisher { id, name, evidence: Some(Span::new(at, title.end as usize).trimmed(text)) })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::blocks::page_blocks;
    use super::super::form::InputForm;
    use super::super::page::tests::rules;
    use super::*;

    /// A registry of invented outlets.
    pub(crate) struct Invented;

    const NAMES: [(&str, &str, &str); 8] = [
        ("harbour-news", "Harbour News", "harbour.example"),
        ("harbour-news", "The Harbour News", "harbour.example"),
        ("harbour-news", "HN", "harbour.example"),
        ("norwire", "Norwire", "norwire.example"),
        ("isle-post", "Isle Post", "islepost.example"),
        ("isle-post", "IslePost.Net", "islepost.example"),
        ("point", "Point", "point.example"),
        ("gathered", "Gathered News", "gathered.example"),
    ];

    impl SourceLookup for Invented {
        fn by_domain(&self, host: &str) -> Option<(String, String)> {
            NAMES
                .iter()
                .find(|(_, _, d)| host == *d || host.ends_with(&format!(".{d}")))
                .map(|(i, n, _)| ((*i).into(), (*n).into()))
        }

        fn by_name(&self, phrase: &str) -> Option<(String, String)> {
            NAMES.iter().find(|(i, n, _)| *n == phrase || *i == phrase).map(|(i, n, _)| ((*i).into(), (*n).into()))
        }

        fn own_names_in(&self, text: &str) -> Vec<(String, String, Span)> {
            let mut found: Vec<(String, String, Span)> = Vec::new();
            for (id, name, _) in NAMES {
                for (at, _) in text.match_indices(name) {
                    let end = at + name.len();
                    let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    let span = Span::new(at, end);
                    if !inner(text[..at].chars().next_back()) && !inner(text[end..].chars().next()) {
                        found.retain(|(_, _, s)| !span.contains(*s));
                        if !found.iter().any(|(_, _, s)| s.contains(span)) {
                            found.push((id.into(), name.into(), span));
                        }
                    }
                }
            }
            found.sort_by_key(|(_, _, s)| s.start);
            found
        }

        fn is_agency(&self, id: &str) -> bool {
            id == "norwire"
        }

        fn is_platform(&self, id: &str) -> bool {
            id == "gathered"
        }
    }

    fn found_in(text: &str) -> Option<(String, String)> {
        let rules = rules();
        let layout = page_blocks(text, 0, InputForm::Text, &rules, &[]);
        publisher(text, &layout, Outside::default(), &Invented)
            .map(|p| (p.id, p.evidence.map_or(String::new(), |s| s.of(text).to_owned())))
    }

    const BODY: &str = "The ferry was taken out of service on Monday, the harbour office said.\n\nIts engines were worn, Isle Post reported.\n";

    fn id(head: &str, tail: &str) -> String {
        found_in(&format!("{head}{BODY}{tail}")).map_or("none".to_owned(), |f| f.0)
    }

    #[test]
    fn an_outlet_named_in_running_text_or_a_photo_credit_is_not_the_publisher() {
        assert_eq!(id("Ferry out of service\n\n", ""), "none");
        assert_eq!(id("Ferry out of service\n\nThe old dock. Photo: Harbour News\n\n", ""), "none");
        assert_eq!(id("Ferry out of service\n\n", "\nHarbour News contributed reporting.\n"), "none");
    }

    #[test]
    fn bylines_datelines_and_chrome_tell_it() {
        assert_eq!(
            id("Ferry out of service\n\nby Ann Oak and The Harbour News desk May 6, 2024\n\n", ""),
            "harbour-news"
        );
        assert_eq!(id("IslePost.Net - ", ""), "isle-post");
        assert_eq!(id("Oslo, (Norwire - Harbour News - 6th May, 2024) ", ""), "harbour-news");
        assert_eq!(id("Ferry out of service\n\n", "\nSupport HN or become our patron!\n"), "harbour-news");
        assert_eq!(id("Ferry out of service\n\n", "\n© 2024 Harbour News. All rights reserved\n"), "harbour-news");
        assert_eq!(id("Ferry out of service | Harbour News\n\n", ""), "harbour-news");
    }

    #[test]
    fn a_platform_that_the_page_points_at_is_not_its_publisher() {
        assert_eq!(id("Ferry out of service\n\n", "\nSupport Gathered News or become our patron!\n"), "none");
        assert_eq!(id("", "\nhttps://gathered.example/a\n"), "gathered");
    }

    #[test]
    fn an_agency_in_a_dateline_or_byline_does_not() {
        assert_eq!(id("OSLO, May 6 (Norwire) - ", ""), "none");
        assert_eq!(id("Norwire - ", ""), "none");
        assert_eq!(id("Ferry out of service\n\nBy Ann Oak, Norwire\n\n", ""), "none");
        assert_eq!(id("Norwire-led talks failed. ", ""), "none");
    }

    #[test]
    fn addresses_win_and_links_of_several_houses_tell_nothing() {
        assert_eq!(
            id("Ferry out\n\nby Ann Oak, Isle Post\n\n", "\nOriginal url:\n\n<https://www.harbour.example/a?b>\n"),
            "harbour-news"
        );
        assert_eq!(id("", "\nhttps://islepost.example/a\n"), "isle-post");
        assert_eq!(id("", "\nhttps://islepost.example/a\nhttps://harbour.example/b\n"), "none");
    }

    #[test]
    fn outside_knowledge_goes_first() {
        let rules = rules();
        let text = format!("IslePost.Net - {BODY}");
        let layout = page_blocks(&text, 0, InputForm::Text, &rules, &[]);
        let told = |outside| publisher(&text, &layout, outside, &Invented).unwrap().id;
        assert_eq!(
            told(Outside { option: Some("point"), url: Some("https://harbour.example"), outlet: None }),
            "point"
        );
        assert_eq!(told(Outside { url: Some("https://eng.harbour.example/x"), ..Default::default() }), "harbour-news");
        assert_eq!(told(Outside { outlet: Some("The Bay Gazette"), ..Default::default() }), "name:The Bay Gazette");
        assert_eq!(told(Outside { outlet: Some("harbour.example"), ..Default::default() }), "harbour-news");
        assert_eq!(told(Outside { url: Some("https://bay.example/x"), ..Default::default() }), "isle-post");
    }

    #[test]
    fn hosts_are_cut_out_of_addresses() {
        assert_eq!(host("https://www.Harbour.example:8080/a?b#c").as_deref(), Some("harbour.example"));
        assert_eq!(host("harbour.example/a").as_deref(), Some("harbour.example"));
        assert_eq!(host("https://user@bay.example").as_deref(), Some("bay.example"));
        assert_eq!(host("https://localhost/"), None);
    }
}
