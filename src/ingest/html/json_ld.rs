//! What a page says of its article in JSON-LD: in a graph, a list, nested, or broken.

use serde_json::{Map, Value};

/// What the data of a page says of the article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinkedData {
    /// `headline`
    pub headline: Option<String>,
    /// `datePublished`, else `dateCreated`, as written.
    pub published: Option<String>,
    /// Names of the authors, people and organisations.
    pub authors: Vec<String>,
    /// Name of the publisher.
    pub publisher: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
    /// `inLanguage`
    pub language: Option<String>,
    /// `articleBody`
    pub body: Option<String>,
    /// True where the type says that an advertiser provides it.
    pub paid: bool,
    /// True where the article is declared to be made by a machine, in whole or in part.
    pub machine: bool,
    /// True where the data describes an article.
    pub article: bool,
    /// True where the data describes a list of articles or a page of a section.
    pub listing: bool,
}

/// Most bytes of one script that are read.
const MOST: usize = 2 << 20;
/// Deepest nesting of objects that is searched.
const DEEPEST: usize = 24;
/// Most objects that are looked at.
const MOST_OBJECTS: usize = 20_000;

/// Reads the scripts of a page. `title` are headlines that the page gives elsewhere: of several articles, the one with such a
/// headline is meant.
pub fn linked_data(scripts: &[String], titles: &[&str]) -> LinkedData {
    let values: Vec<Value> = scripts.iter().filter(|s| s.len() <= MOST).flat_map(|s| parse(s)).collect();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, 0, &mut objects);
    }
    let mut out = LinkedData { listing: objects.iter().any(|(o, _)| is_listing(o)), ..LinkedData::default() };
    let articles: Vec<&(&Map<String, Value>, usize)> = objects.iter().filter(|(o, _)| is_article(o)).collect();
    let wanted: Vec<String> = titles.iter().map(|t| plain(t)).filter(|t| !t.is_empty()).collect();
    let named = articles.iter().find(|(o, _)| {
        text(o, &["headline", "name"]).is_some_and(|h| {
            let h = plain(&h);
            !h.is_empty() && wanted.iter().any(|t| t.contains(&h) || h.contains(t.as_str()))
        })
    });
    let shallow = articles.iter().min_by_key(|(_, depth)| *depth);
    // Several articles of one level without a headline of the page are other stories.
    let chosen = named.or(shallow.filter(|_| articles.len() == 1 || !out.listing));
    if let Some((object, _)) = chosen {
        fill(&mut out, object, &objects);
    }
    if out.published.is_none() && articles.is_empty() && !out.listing {
        let page = objects.iter().find(|(o, _)| {
            o.contains_key("datePublished")
                && has_type(o, |t| t == "WebPage" || t.ends_with("Review") || t == "CreativeWork" || t == "ItemPage")
        });
        out.published = page.and_then(|(o, _)| text(o, &["datePublished"]));
    }
    if out.published.is_none() && values.is_empty() {
        for script in scripts.iter().filter(|s| s.len() <= MOST) {
            salvage(&mut out, script);
        }
    }
    if out.publisher.is_none() {
        let house = objects.iter().find(|(o, _)| has_type(o, |t| t == "NewsMediaOrganization"));
        out.publisher = house.and_then(|(o, _)| text(o, &["name"]));
    }
    out
}

fn fill(out: &mut LinkedData, object: &Map<String, Value>, all: &[(&Map<String, Value>, usize)]) {
    out.article = true;
    out.headline = text(object, &["headline", "name", "alternativeHeadline"]);
    out.published = text(object, &["datePublished", "dateCreated", "uploadDate"]);
    out.language = text(object, &["inLanguage"]);
    out.body = text(object, &["articleBody"]).filter(|b| b.len() >= 200);
    out.url = text(object, &["url"]).or_else(|| {
        let page = object.get("mainEntityOfPage")?;
        page.as_str().map(str::to_owned).or_else(|| text(page.as_object()?, &["@id", "url"]))
    });
    // The sources of digital media that the press (IPTC) and schema.org have words for.
    out.machine =
        text(object, &["digitalSourceType"]).is_some_and(|t| t.to_ascii_lowercase().contains("algorithmicmedia"));
    out.paid = has_type(object, |t| t == "AdvertiserContentArticle");
    for key in ["author", "creator", "contributor"] {
        if out.authors.is_empty()
            && let Some(value) = object.get(key)
        {
            names(value, all, 0, &mut out.authors);
        }
    }
    let mut houses = Vec::new();
    for key in ["publisher", "sourceOrganization", "provider"] {
        if houses.is_empty()
            && let Some(value) = object.get(key)
        {
            names(value, all, 0, &mut houses);
        }
    }
    out.publisher = houses.into_iter().next();
}

/// The JSON values in a script; comments around them and small faults are forgiven.
fn parse(script: &str) -> Vec<Value> {
    let plain = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let plain = plain.trim().trim_start_matches("//").trim_start_matches("<![CDATA[").trim();
    let plain = plain.trim_end_matches("]]>").trim_end().trim_end_matches("//").trim_end().trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(plain) {
        return vec![value];
    }
    let mended = mended(plain);
    let mut out = Vec::new();
    for value in serde_json::Deserializer::from_str(&mended).into_iter::<Value>() {
        match value {
            Ok(value) => out.push(value),
            Err(_) => break,
        }
    }
    out
}

/// Line ends inside texts become spaces, commas before a closing bracket go.
fn mended(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in json.char_indices() {
        if quoted {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = false,
                _ => {}
            }
            out.push(if c < ' ' { ' ' } else { c });
            continue;
        }
        quoted = c == '"';
        let next = json[at + c.len_utf8()..].trim_start().chars().next();
        if c == ',' && matches!(next, Some(']' | '}' | ',')) {
            continue;
        }
        out.push(c);
    }
    out
}

fn collect<'v>(value: &'v Value, depth: usize, out: &mut Vec<(&'v Map<String, Value>, usize)>) {
    if depth > DEEPEST || out.len() >= MOST_OBJECTS {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|v| collect(v, depth + 1, out)),
        Value::Object(object) => {
            out.push((object, depth));
            // What an article mentions is another one.
            let skipped = ["mentions", "citation", "itemListElement", "hasPart", "comment", "relatedLink", "review"];
            for (key, inner) in object.iter().filter(|(key, _)| !skipped.contains(&key.as_str())) {
                let step = if key == "@graph" { 1 } else { 2 };
                collect(inner, depth + step, out);
            }
        }
        _ => {}
    }
}

fn has_type(object: &Map<String, Value>, is: impl Fn(&str) -> bool) -> bool {
    let plain = |t: &str| is(t.rsplit(['/', '#', ':']).next().unwrap_or(t).trim());
    match object.get("@type") {
        Some(Value::String(one)) => plain(one),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).any(plain),
        _ => false,
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    has_type(object, |t| {
        t.ends_with("Article") || matches!(t, "Report" | "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting")
    })
}

fn is_listing(object: &Map<String, Value>) -> bool {
    has_type(object, |t| matches!(t, "CollectionPage" | "SearchResultsPage"))
}

/// The first of `keys` that holds a text; of a list, its first text.
fn text(object: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| {
        let value = match object.get(*key)? {
            Value::Array(list) => list.first()?,
            Value::Object(inner) => inner.get("@value").or_else(|| inner.get("name"))?,
            value => value,
        };
        let words = value.as_str()?.trim();
        (!words.is_empty()).then(|| unescaped(words))
    })
}

/// Names of people and organisations: texts, objects with a name, references to such objects, lists of these.
fn names(value: &Value, all: &[(&Map<String, Value>, usize)], depth: usize, out: &mut Vec<String>) {
    if depth > 3 || out.len() >= 20 {
        return;
    }
    match value {
        Value::String(name) => add(name, out),
        Value::Array(list) => list.iter().for_each(|v| names(v, all, depth + 1, out)),
        Value::Object(object) => {
            if let Some(name) = object.get("name") {
                return names(name, all, depth + 1, out);
            }
            let id = object.get("@id").and_then(Value::as_str);
            let meant = id.and_then(|id| {
                all.iter().find(|(o, _)| o.contains_key("name") && o.get("@id").and_then(Value::as_str) == Some(id))
            });
            if let Some(name) = meant.and_then(|(o, _)| o.get("name")) {
                names(name, all, depth + 1, out);
            }
        }
        _ => {}
    }
}

fn add(name: &str, out: &mut Vec<String>) {
    let name = unescaped(name.trim());
    let address = name.contains("://") || name.starts_with("www.");
    if !name.is_empty() && name.len() <= 200 && !address && !out.contains(&name) {
        out.push(name);
    }
}

/// Entities that a page wrote into its data.
fn unescaped(words: &str) -> String {
    if !words.contains('&') {
        return words.to_owned();
    }
    let pairs = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&#x27;", "'"),
        ("&rsquo;", "\u{2019}"),
        ("&lsquo;", "\u{2018}"),
        ("&#8217;", "\u{2019}"),
        ("&#8216;", "\u{2018}"),
        ("&#8220;", "\u{201c}"),
        ("&#8221;", "\u{201d}"),
        ("&nbsp;", "\u{a0}"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(words.to_owned(), |words, (from, to)| words.replace(from, to))
}

/// The few fields that can be told in data that is no JSON.
fn salvage(out: &mut LinkedData, script: &str) {
    let field = |key: &str| {
        let at = script.find(&format!("\"{key}\""))? + key.len() + 2;
        let rest = script[at..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let mut end = None;
        let mut escaped = false;
        for (n, c) in rest.char_indices().take(600) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    end = Some(n);
                    break;
                }
                _ => {}
            }
        }
        let raw = &rest[..end?];
        let words = serde_json::from_str::<String>(&format!("\"{raw}\"")).unwrap_or_else(|_| raw.to_owned());
        Some(unescaped(words.trim())).filter(|w| !w.is_empty())
    };
    out.article |= script.contains("Article\"");
    out.headline = out.headline.take().or_else(|| field("headline"));
    out.published = out.published.take().or_else(|| field("datePublished"));
}

fn plain(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> LinkedData {
        linked_data(&[script.to_owned()], &["Ferry out of service"])
    }

    #[test]
    fn an_article_is_found_in_a_graph_with_its_references() {
        let found = read(
            r##"{"@graph": [
            {"@type": "WebPage", "@id": "#page", "name": "Ferry out of service"},
            {"@type": "Organization", "@id": "#house", "name": "The Harbour News"},
            {"@type": ["NewsArticle"], "headline": "Ferry out of service", "datePublished": "2024-05-06T10:00:00+02:00",
             "author": [{"@type": "Person", "name": "Ann Oak"}, {"@id": "#lee"}], "publisher": {"@id": "#house"},
             "mainEntityOfPage": {"@id": "https://harbour.example/ferry"}},
            {"@type": "Person", "@id": "#lee", "name": ["Lee Elm"]}]}"##,
        );
        assert_eq!(found.headline.as_deref(), Some("Ferry out of service"));
        assert_eq!(found.authors, ["Ann Oak", "Lee Elm"]);
        assert_eq!(found.publisher.as_deref(), Some("The Harbour News"));
        assert_eq!(found.url.as_deref(), Some("https://harbour.example/ferry"));
        assert!(found.article && !found.listing && !found.paid);
    }

    #[test]
    fn of_several_articles_the_one_with_the_headline_of_the_page_is_meant() {
        let found = read(
            r#"[{"@type": "NewsArticle", "headline": "Mayor resigns", "datePublished": "2020-01-01"},
            {"@type": "NewsArticle", "headline": "Ferry out of service - Harbour News", "datePublished": "2024-05-06"}]"#,
        );
        assert_eq!(found.published.as_deref(), Some("2024-05-06"));
        let found = read(
            r#"{"@type": "NewsArticle", "headline": "Ferry out of service", "datePublished": "2024-05-06",
            "citation": {"@type": "NewsArticle", "headline": "Ferry out", "datePublished": "2020-01-01"}}"#,
        );
        assert_eq!(found.published.as_deref(), Some("2024-05-06"));
    }

    #[test]
    fn small_faults_are_forgiven() {
        for script in [
            "<!-- {\"@type\": \"NewsArticle\", \"datePublished\": \"2024-05-06\",} -->",
            "//<![CDATA[\n{\"@type\": \"NewsArticle\", \"description\": \"one\ntwo\", \"datePublished\": \"2024-05-06\"};\n//]]>",
            "{\"@type\": \"WebSite\"} {\"@type\": \"NewsArticle\", \"datePublished\": \"2024-05-06\"}",
            "{\"@type\": \"NewsArticle\", \"headline\": \"a \"quoted\" word\", \"datePublished\" : \"2024-05-06\"}",
            "{\"@type\": \"NewsArticle\", \"datePublished\": \"2024-05-06\", \"headline\": \"cut o",
        ] {
            let found = read(script);
            assert_eq!(found.published.as_deref(), Some("2024-05-06"), "{script}");
            assert!(found.article, "{script}");
        }
    }

    #[test]
    fn other_things_are_no_article() {
        let found = read(r#"{"@type": "Product", "name": "Anchor", "datePublished": "2020-01-01"}"#);
        assert!(!found.article && found.published.is_none());
        assert_eq!(read("not json"), LinkedData::default());
        assert_eq!(read(&"[".repeat(100_000)), LinkedData::default());
        let list = r#"{"@type": "CollectionPage", "mainEntity": [{"@type": "NewsArticle", "headline": "A"}, {"@type": "NewsArticle", "headline": "B"}]}"#;
        assert!(read(list).listing && !read(list).article);
    }
}
