//! News items in XML as agencies send them (NewsML-G2).

use super::document::DocumentSink;
use super::error::InputError;
use super::feed::fault;
use super::frame::{Piece, items};
use super::item::{Item, Words};
use super::origin::Origin;
use super::stream::Stream;
use super::transcode::utf8;
use super::xml::{Element, Prefixes, prefixes, tree};

/// Hands out the articles in `stream`, none longer than `most` bytes.
pub fn newsml(stream: &mut Stream<'_>, origin: &Origin<'_>, most: usize, sink: DocumentSink<'_>) {
    let mut stream = utf8(stream);
    let mut known = Prefixes::default();
    let mut number = 0u64;
    let ended = items(&mut stream, &["newsItem"], most, &mut |piece| {
        let (result, line) = match piece {
            Piece::Head(bytes) => return known = prefixes(&String::from_utf8_lossy(&bytes)),
            Piece::Fault { why, line } => (Err(fault(why, most)), line),
            Piece::Item { bytes, line } => (article(&bytes, &known), line),
        };
        number += 1;
        sink(match result {
            Ok(item) => Ok(item.record(origin, number, line)),
            Err((code, message)) => Err(InputError::new(origin.name, code, message).at(Some(number), Some(line), None)),
        });
    });
    if let Err(error) = ended {
        sink(Err(InputError::io(origin.name, &error)));
    } else if number == 0 {
        sink(Err(InputError::new(origin.name, "empty", "there is no news item in it")));
    }
}

fn article(bytes: &[u8], known: &Prefixes) -> Result<Item, (&'static str, String)> {
    let text = String::from_utf8_lossy(bytes);
    let root = tree(&text, known).map_err(|(why, _)| ("bad-item", format!("the item can't be read: {why}")))?;
    let item = root.elements().next().ok_or_else(|| ("bad-item", "the item is empty".to_owned()))?;
    let none = Element::default();
    let part = |name: &str| item.elements().find(|e| e.name == name).unwrap_or(&none);
    let (management, content, set) = (part("itemMeta"), part("contentMeta"), part("contentSet"));
    let one = |element: &Element, name: &str| element.elements().filter(|e| e.name == name).find_map(words);
    let id = item.attribute("guid").map(str::to_owned);
    let (body, page) = body(set).ok_or_else(|| {
        let kind = management
            .elements()
            .find(|e| e.name == "itemClass")
            .and_then(|c| c.attribute("qcode"))
            .unwrap_or("unknown");
        ("no-text", format!("the item {} has no text (its class is {kind})", id.as_deref().unwrap_or("")))
    })?;
    let head = page.map(head_of).unwrap_or_default();
    let title = one(content, "headline").or(head.title).or_else(|| one(management, "title"));
    let sources: Vec<String> =
        content.elements().filter(|e| e.name == "infoSource").filter_map(party).chain(head.source).collect();
    let credit = one(content, "creditline");
    let provider = management.elements().filter(|e| e.name == "provider").find_map(party);
    let date = ["versionCreated", "firstCreated"].iter().find_map(|name| one(management, name));
    let byline = one(content, "by").or(head.byline);
    let creators = || content.elements().filter(|e| e.name == "creator").filter_map(party).collect();
    Ok(Item {
        url: id.clone().filter(|id| id.starts_with("http")),
        id,
        title,
        byline: byline.map_or_else(creators, |byline| vec![byline]),
        published: date.or_else(|| one(content, "contentCreated")),
        language: content
            .elements()
            .find(|e| e.name == "language")
            .and_then(|l| l.attribute("tag"))
            .or_else(|| item.attribute("lang"))
            .map(str::to_owned),
        // Who sends it publishes it.
        outlet: provider.or_else(|| credit.clone()),
        sources,
        credit,
        dateline: one(content, "dateline").or(head.dateline),
        words: body,
        ..Item::default()
    })
}

/// The text of the item, and the element that holds it where it is inline.
fn body(set: &Element) -> Option<(Words, Option<&Element>)> {
    let mut best: Option<(Words, Option<&Element>)> = None;
    for part in set.elements() {
        match part.name.as_str() {
            "inlineXML" if part.text().is_some() => {
                let mut bodies = Vec::new();
                part.deep("body.content", &mut bodies);
                if bodies.is_empty() {
                    part.deep("body", &mut bodies);
                }
                let held = bodies.first().copied().unwrap_or(part);
                return held.text().is_some().then(|| (Words::Markup(held.inner_markup()), Some(part)));
            }
            "inlineData" => {
                let markup = part.attribute("contenttype").is_some_and(|kind| kind.contains("html"));
                let words = part.text().map(|text| if markup { Words::Markup(text) } else { Words::Plain(text) });
                best = best.or_else(|| words.map(|words| (words, None)));
            }
            _ => {}
        }
    }
    best
}

/// What the text itself says in elements of its own (NITF inside NewsML).
#[derive(Default)]
struct Head {
    title: Option<String>,
    byline: Option<String>,
    dateline: Option<String>,
    source: Option<String>,
}

fn head_of(page: &Element) -> Head {
    let first = |name: &str| {
        let mut found = Vec::new();
        page.deep(name, &mut found);
        found.into_iter().find_map(words)
    };
    Head {
        title: first("hl1").or_else(|| first("title")),
        byline: first("byline"),
        dateline: first("dateline"),
        source: first("distributor"),
    }
}

/// The words of an element with single spaces.
fn words(element: &Element) -> Option<String> {
    let text = element.text()?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whom an element names: by a name in it, or by its code.
fn party(element: &Element) -> Option<String> {
    let named = element.elements().filter(|e| e.name == "name").find_map(words);
    let literal = element.attribute("literal").map(str::to_owned);
    let coded = || {
        let code = element.attribute("qcode")?;
        Some(code.rsplit(':').next().unwrap_or(code).to_owned())
    };
    named.or(literal).or_else(coded).or_else(|| words(element)).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<Item, InputError>> {
        let mut out = Vec::new();
        let origin = Origin::asked("item.xml");
        newsml(&mut Stream::new(text.as_bytes()), &origin, 5000, &mut |document| {
            out.push(document.map(|d| serde_json::from_slice(&d.bytes).unwrap()));
        });
        out
    }

    const META: &str = "<itemMeta><itemClass qcode='ninat:text'/><provider qcode='nprov:NW'><name>Norwire</name></provider><versionCreated>2024-05-06T10:00:00+02:00</versionCreated></itemMeta><contentMeta><language tag='en'/><infoSource literal='Isle Post'/><headline>Quay\n shut</headline><dateline>OSLO</dateline><by>Ann Oak</by><creditline>Norwire/Isle Post</creditline></contentMeta>";

    #[test]
    fn an_item_is_read_with_its_fields() {
        let found = read(&format!(
            "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet><newsItem guid='urn:n:1' xml:lang='en'>{META}<contentSet><inlineXML contenttype='application/xhtml+xml'><html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title></head><body><p>The quay is shut.</p></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>"
        ));
        let item = found[0].as_ref().unwrap();
        assert_eq!((item.id.as_deref(), item.title.as_deref()), (Some("urn:n:1"), Some("Quay shut")));
        assert_eq!((item.outlet.as_deref(), item.credit.as_deref()), (Some("Norwire"), Some("Norwire/Isle Post")));
        assert_eq!((item.sources.as_slice(), item.dateline.as_deref()), (&["Isle Post".to_owned()][..], Some("OSLO")));
        assert_eq!(item.published.as_deref(), Some("2024-05-06T10:00:00+02:00"));
        assert_eq!(item.words, Words::Markup("<p>The quay is shut.</p>".into()));
    }

    #[test]
    fn an_item_without_text_or_end_is_told_and_the_next_one_is_read() {
        let text = "<contentSet><inlineData>The quay is shut.</inlineData></contentSet>";
        let found = read(&format!(
            "<newsMessage><newsItem guid='a'>{META}<contentSet><remoteContent href='a.jpg'/></contentSet></newsItem>\n<newsItem>{META}{text}\n<newsItem guid='c'>{META}{text}</newsItem></newsMessage>"
        ));
        let told: Vec<_> =
            found.iter().map(|r| r.as_ref().map(|i| i.words.as_str()).map_err(|e| (e.code, e.line))).collect();
        assert_eq!(told[0], Err(("no-text", Some(1))));
        assert_eq!((told[1], told[2]), (Err(("bad-item", Some(3))), Ok("The quay is shut.")));
    }
}
