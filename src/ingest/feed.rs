//! Items of RSS and Atom feeds.

use super::document::DocumentSink;
use super::error::InputError;
use super::frame::{ItemFault, Piece, items};
use super::html::page::html_page;
use super::item::{Item, Words};
use super::origin::Origin;
use super::stream::Stream;
use super::transcode::utf8;
use super::xml::{Element, Prefixes, Space, prefixes, tree};

/// A description with fewer letters is a summary of the article.
const SHORT: usize = 1000;

/// What the head of a feed says of all items.
#[derive(Debug, Default)]
struct Head {
    prefixes: Prefixes,
    title: Option<String>,
    language: Option<String>,
    author: Option<String>,
}

/// Hands out the articles of the feed in `stream`, none longer than `most` bytes.
pub fn feed(stream: &mut Stream<'_>, origin: &Origin<'_>, most: usize, sink: DocumentSink<'_>) {
    let mut stream = utf8(stream);
    let mut head = Head::default();
    let mut number = 0u64;
    let mut count = 0u64;
    let ended = items(&mut stream, &["item", "entry"], most, &mut |piece| {
        let (result, line) = match piece {
            Piece::Head(bytes) => return head = read_head(&String::from_utf8_lossy(&bytes)),
            Piece::Fault { why, line } => (Err(fault(why, most)), line),
            Piece::Item { bytes, line } => (article(&bytes, &head), line),
        };
        number += 1;
        count += 1;
        sink(match result {
            Ok(item) => Ok(item.record(origin, number, line)),
            Err((code, message)) => Err(InputError::new(origin.name, code, message).at(Some(number), Some(line), None)),
        });
    });
    if let Err(error) = ended {
        sink(Err(InputError::io(origin.name, &error)));
    } else if count == 0 {
        sink(Err(InputError::new(origin.name, "empty", "there is no item in this feed")));
    }
}

/// What is wrong with an item as a whole, as code and sentence.
pub fn fault(why: ItemFault, most: usize) -> (&'static str, String) {
    match why {
        ItemFault::Open => ("bad-item", "the item has no end: its end tag is missing or damaged".to_owned()),
        ItemFault::Headless => ("bad-item", "an item ends here whose start tag is missing or damaged".to_owned()),
        ItemFault::Long => {
            ("record-too-long", format!("the item is longer than the limit of {most} bytes (--max-bytes)"))
        }
    }
}

fn read_head(text: &str) -> Head {
    let prefixes = prefixes(text);
    let Ok(root) = tree(text, &prefixes) else { return Head { prefixes, ..Head::default() } };
    let own = |e: &&Element| matches!(e.space, Space::Plain | Space::Atom | Space::Dublin);
    // The channel's own words, or those right under the root of an Atom feed; pictures have a title too.
    let top = root.elements().next();
    let channel = top.and_then(|t| t.elements().find(|e| e.name == "channel")).or(top);
    let first =
        |name: &str| channel.and_then(|c| c.elements().filter(own).find(|e| e.name == name)).and_then(Element::text);
    let language = first("language").or_else(|| top?.attribute("lang").map(str::to_owned));
    let author = channel
        .and_then(|c| c.one(Space::Atom, "author"))
        .and_then(|a| a.one(Space::Atom, "name"))
        .and_then(Element::text);
    Head { title: first("title"), language, author, prefixes }
}

fn article(bytes: &[u8], head: &Head) -> Result<Item, (&'static str, String)> {
    let text = String::from_utf8_lossy(bytes);
    let root =
        tree(&text, &head.prefixes).map_err(|(why, _)| ("bad-item", format!("the item can't be read: {why}")))?;
    let item = root.elements().next().ok_or_else(|| ("bad-item", "the item is empty".to_owned()))?;
    let atom = item.name == "entry";
    let own = if atom { Space::Atom } else { Space::Plain };
    // Some Atom feeds declare no namespace.
    let all = |name: &'static str| {
        item.elements().filter(move |e| e.name == name && (e.space == own || atom && e.space == Space::Plain))
    };
    let one = |name: &'static str| all(name).find_map(Element::text);
    let dublin = |name: &str| item.one(Space::Dublin, name).and_then(Element::text);
    let (words, summary) = body(item, &|name| all(name).next());
    let words = words.ok_or_else(|| {
        let title = all("title").find_map(plain_title).unwrap_or_default();
        ("no-text", format!("the item \"{}\" has no text", title.chars().take(60).collect::<String>()))
    })?;
    let source = source(item, atom);
    let byline: Vec<String> = if atom {
        let names = all("author").filter_map(|a| a.elements().find(|e| e.name == "name")).filter_map(Element::text);
        let names: Vec<String> = names.collect();
        if names.is_empty() { head.author.iter().cloned().collect() } else { names }
    } else {
        let creators: Vec<String> = item.all(Space::Dublin, "creator").filter_map(Element::text).collect();
        if creators.is_empty() { one("author").map(|a| person(&a)).into_iter().collect() } else { creators }
    };
    Ok(Item {
        id: one(if atom { "id" } else { "guid" }).or_else(|| item.attribute("about").map(str::to_owned)),
        url: link(item, atom).or_else(|| permalink(item)),
        home: source.as_ref().and_then(|s| s.1.clone()),
        outlet: source.and_then(|s| s.0).or_else(|| dublin("publisher")),
        perhaps: head.title.clone(),
        title: all("title").find_map(plain_title),
        byline,
        published: ["published", "pubDate", "issued"]
            .into_iter()
            .find_map(|name| item.elements().find(|e| e.name == name).and_then(Element::text))
            .or_else(|| dublin("date"))
            .or_else(|| one("updated"))
            .map(|date| rfc2822(&date)),
        language: dublin("language")
            .or_else(|| item.attribute("lang").map(str::to_owned))
            .or_else(|| head.language.clone()),
        words,
        summary,
        ..Item::default()
    })
}

fn text_of(html: &str) -> String {
    html_page(html, None, None).text
}

/// The words of an item, and whether they are only a summary of the article.
fn body<'i>(item: &'i Element, one: &dyn Fn(&'static str) -> Option<&'i Element>) -> (Option<Words>, bool) {
    if let Some(full) = item.one(Space::Content, "encoded").and_then(Element::text) {
        return (Some(Words::Markup(full)), false);
    }
    // Where it stands elsewhere there is only an address.
    if let Some(words) = one("content").filter(|c| c.attribute("src").is_none()).and_then(atom_text) {
        return (Some(words), false);
    }
    if let Some(words) = one("summary").and_then(atom_text) {
        return (Some(words), true);
    }
    let Some(words) = one("description").and_then(Element::text).map(Words::Markup) else { return (None, false) };
    let plain = text_of(words.as_str());
    let end = plain.trim_end();
    let cut =
        end.ends_with('\u{2026}') || end.ends_with("...") || end.ends_with("[\u{2026}]") || end.ends_with("[...]");
    let short = plain.chars().count() < SHORT;
    (Some(words).filter(|_| !end.is_empty()), cut || short)
}

/// A text construct of Atom: text, escaped markup or XHTML.
fn atom_text(element: &Element) -> Option<Words> {
    match element.attribute("type") {
        Some("xhtml") => Some(Words::Markup(element.inner_markup())).filter(|_| element.text().is_some()),
        Some("html" | "text/html") => element.text().map(Words::Markup),
        None | Some("text" | "text/plain") => element.text().map(Words::Plain),
        Some(_) => None,
    }
}

/// A title may hold markup, escaped or not.
fn plain_title(element: &Element) -> Option<String> {
    let text = element.text()?;
    let plain = if text.contains(['<', '&']) { text_of(&text) } else { text };
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(plain).filter(|title| !title.is_empty())
}

/// Name and address of whoever an item was taken over from.
fn source(item: &Element, atom: bool) -> Option<(Option<String>, Option<String>)> {
    let source = item.elements().find(|e| e.name == "source" && matches!(e.space, Space::Plain | Space::Atom))?;
    if atom {
        let title = source.elements().find(|e| e.name == "title").and_then(plain_title);
        return Some((title, link(source, true)));
    }
    Some((plain_title(source), source.attribute("url").map(str::to_owned)))
}

fn link(element: &Element, atom: bool) -> Option<String> {
    if !atom && let Some(address) = element.one(Space::Plain, "link").and_then(Element::text) {
        return Some(address);
    }
    let mut links = element.elements().filter(|e| e.name == "link" && e.attribute("href").is_some());
    let own = links.find(|l| l.attribute("rel").is_none_or(|rel| rel == "alternate"));
    own.and_then(|l| l.attribute("href")).map(str::to_owned)
}

/// A guid is an address unless it says that it is none.
fn permalink(item: &Element) -> Option<String> {
    let guid = item.one(Space::Plain, "guid").filter(|g| g.attribute("isPermaLink") != Some("false"))?;
    guid.text().filter(|g| g.starts_with("http"))
}

/// RSS writes authors as `address (Name)`.
fn person(author: &str) -> String {
    let name = author.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name.trim());
    name.filter(|name| !name.is_empty()).unwrap_or(author).to_owned()
}

/// A date of RSS as RFC 3339, with its zone; any other as it is.
pub fn rfc2822(date: &str) -> String {
    let Ok(parsed) = jiff::fmt::rfc2822::parse(date.trim()) else { return date.to_owned() };
    let words = date.split('(').next().unwrap_or(date).trim_end();
    let zone = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    let told = zone.starts_with(['+', '-']) || ZONES.iter().any(|known| known.eq_ignore_ascii_case(zone));
    // The standard takes any other zone for none.
    parsed.strftime(if told { "%Y-%m-%dT%H:%M:%S%:z" } else { "%Y-%m-%dT%H:%M:%S" }).to_string()
}

/// Zones that dates of feeds may name by letters.
const ZONES: [&str; 12] = ["UT", "UTC", "GMT", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<Item, InputError>> {
        let mut out = Vec::new();
        let origin = Origin::asked("feed.xml");
        feed(&mut Stream::new(text.as_bytes()), &origin, 5000, &mut |document| {
            out.push(document.map(|d| serde_json::from_slice(&d.bytes).unwrap()));
        });
        out
    }

    #[test]
    fn a_zone_that_is_not_known_is_not_taken_for_another() {
        assert_eq!(rfc2822("Mon, 06 May 2024 10:00:00 +0300"), "2024-05-06T10:00:00+03:00");
        assert_eq!(rfc2822("Mon, 06 May 2024 10:00:00 GMT"), "2024-05-06T10:00:00+00:00");
        assert_eq!(rfc2822("Mon, 06 May 2024 10:00:00 EDT"), "2024-05-06T10:00:00-04:00");
        assert_eq!(rfc2822("Mon, 06 May 2024 10:00:00 EEST"), "2024-05-06T10:00:00");
        assert_eq!(rfc2822("6.5.2024"), "6.5.2024");
    }

    const LONG: &str = "The quay was shut on Monday, the harbour master said. ";

    #[test]
    fn rss_items_have_their_true_publisher() {
        let text = format!(
            "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Bay Watch</title><language>en</language><image><title>Logo</title></image><item><title>Quay &amp;amp; dock shut</title><link>https://bay.example/1</link><guid isPermaLink='false'>n1</guid><author>ann@bay.example (Ann Oak)</author><pubDate>Mon, 06 May 2024 10:00:00 +0200</pubDate><source url='https://harbour.example/rss'>Harbour News</source><description>Short.</description><content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded></item></channel></rss>"
        );
        let found = read(&text);
        let record = found[0].as_ref().unwrap();
        assert_eq!((record.id.as_deref(), record.title.as_deref()), (Some("n1"), Some("Quay & dock shut")));
        assert_eq!(
            (record.url.as_deref(), record.home.as_deref()),
            (Some("https://bay.example/1"), Some("https://harbour.example/rss"))
        );
        assert_eq!((record.outlet.as_deref(), record.perhaps.as_deref()), (Some("Harbour News"), Some("Bay Watch")));
        assert_eq!(
            (record.published.as_deref(), record.language.as_deref()),
            (Some("2024-05-06T10:00:00+02:00"), Some("en"))
        );
        assert_eq!(record.byline, ["Ann Oak"]);
        assert!(!record.summary && record.words.as_str().starts_with("<p>The quay"));
    }

    #[test]
    fn a_description_is_a_summary_unless_it_is_long_and_whole() {
        let item = |description: &str| {
            let text = format!(
                "<rss><channel><item><title>A</title><description>{description}</description></item></channel></rss>"
            );
            read(&text).remove(0).map(|record| record.summary).map_err(|error| error.code)
        };
        assert_eq!(item(LONG), Ok(true));
        assert_eq!(item(&LONG.repeat(30)), Ok(false));
        assert_eq!(item(&format!("{}\u{2026}", LONG.repeat(30))), Ok(true));
        assert_eq!(item(" "), Err("no-text"));
        assert_eq!(item("&lt;p&gt;&lt;/p&gt;"), Err("no-text"));
    }

    #[test]
    fn atom_entries_are_read_in_every_kind_of_content() {
        let entry = |content: &str| {
            let text = format!(
                "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Bay</title><author><name>Lee Elm</name></author><entry><title type='html'>A &lt;i>b&lt;/i></title><id>tag:1</id><link rel='self' href='https://bay.example/s'/><link href='https://bay.example/1'/><published>2024-05-06T10:00:00Z</published>{content}</entry></feed>"
            );
            read(&text).remove(0)
        };
        let record = entry("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Eins</p></div></content><source><title>Harbour News</title><link href='https://harbour.example/'/></source>").unwrap();
        assert_eq!(record.words, Words::Markup("<div><p>Eins</p></div>".into()));
        assert_eq!((record.title.as_deref(), record.url.as_deref()), (Some("A b"), Some("https://bay.example/1")));
        assert_eq!(
            (record.outlet.as_deref(), record.home.as_deref()),
            (Some("Harbour News"), Some("https://harbour.example/"))
        );
        assert_eq!((record.byline.as_slice(), record.language.as_deref()), (&["Lee Elm".to_owned()][..], Some("de")));
        assert_eq!(entry("<content>a &lt; b</content>").unwrap().words, Words::Plain("a < b".into()));
        assert!(entry("<summary>Kurz</summary>").unwrap().summary);
        assert_eq!(entry("<content src='https://bay.example/x'/>").unwrap_err().code, "no-text");
    }

    #[test]
    fn a_broken_item_is_told_with_its_line_and_the_others_are_read() {
        let item = format!("<item><title>A</title><description>{LONG}</description></item>\n");
        let found =
            read(&format!("<rss><channel>\n{item}<item><title>B</title>\n{item}<item><![CDATA[x</item>\n{item}"));
        let told: Vec<_> = found.iter().map(|r| r.as_ref().map(|_| ()).map_err(|e| (e.code, e.line))).collect();
        assert_eq!(told, [Ok(()), Err(("bad-item", Some(3))), Ok(()), Err(("bad-item", Some(5))), Ok(())]);
        assert_eq!(read("<rss><channel></channel></rss>")[0].as_ref().unwrap_err().code, "empty");
    }

    #[test]
    fn dates_keep_their_zone() {
        assert_eq!(rfc2822("Mon, 06 May 2024 10:00:00 GMT"), "2024-05-06T10:00:00+00:00");
        assert_eq!(rfc2822("06 May 2024 10:00 EST"), "2024-05-06T10:00:00-05:00");
        assert_eq!(rfc2822("6 May 2024"), "6 May 2024");
    }
}
