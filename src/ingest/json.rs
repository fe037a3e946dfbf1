//! Whole JSON files: a JSON feed, an agency's item (ninjs), a record, or a list of them.

use std::io::Read;

use serde_json::{Map, Value};

use super::document::{Document, DocumentSink};
use super::error::InputError;
use super::form::InputForm;
use super::item::{Item, Words};
use super::ninjs;
use super::origin::Origin;
use super::stream::Stream;
use super::transcode::utf8;

type Fields = Map<String, Value>;

/// A file may be this many times as long as the longest article: its items are held in memory together.
const FILE: usize = 8;
/// Objects that are tried behind damage may hold this many times the bytes of the file together.
const TRIES: usize = 8;

/// Hands out the articles of the JSON value in `stream`, none longer than `most` bytes.
pub fn json(stream: &mut Stream<'_>, origin: &Origin<'_>, most: usize, sink: DocumentSink<'_>) {
    let limit = most.saturating_mul(FILE);
    let mut bytes = Vec::new();
    if let Err(error) = utf8(stream).take(limit as u64 + 1).read_to_end(&mut bytes) {
        return sink(Err(InputError::io(origin.name, &error)));
    }
    if bytes.len() > limit {
        let message = format!("the JSON file is longer than {limit} bytes, {FILE} times the limit of one article");
        return sink(Err(InputError::new(origin.name, "file-too-long", message)
            .hint("write one article a line (JSONL), or raise --max-bytes")));
    }
    let text = String::from_utf8_lossy(&bytes);
    let mut number = 0;
    match serde_json::from_str::<Value>(&text) {
        Ok(value) => whole(value, origin, &mut number, sink),
        Err(error) => {
            let place = (Some(error.line() as u64), Some(error.column().max(1) as u64));
            let why = error.to_string();
            let why = why.split(" at line ").next().unwrap_or(&why).to_owned();
            let told = InputError::new(origin.name, "bad-json", format!("this is no valid JSON: {why}"));
            sink(Err(told.at(None, place.0, place.1)));
            recover(&text, origin, &mut number, sink);
        }
    }
}

fn whole(value: Value, origin: &Origin<'_>, number: &mut u64, sink: DocumentSink<'_>) {
    let list = match value {
        Value::Array(list) => list,
        Value::Object(mut fields) => {
            let feed = fields.get("version").and_then(Value::as_str).is_some_and(|v| v.contains("jsonfeed.org"));
            match fields.get_mut("items").map(Value::take) {
                Some(Value::Array(list)) if feed => {
                    if list.is_empty() {
                        sink(Err(InputError::new(origin.name, "empty", "there is no item in this feed")));
                    }
                    return list.into_iter().for_each(|item| one(item, Some(&fields), origin, number, 1, sink));
                }
                Some(other) => {
                    fields.insert("items".to_owned(), other);
                    vec![Value::Object(fields)]
                }
                None => vec![Value::Object(fields)],
            }
        }
        other => vec![other],
    };
    if list.is_empty() {
        sink(Err(InputError::new(origin.name, "empty", "there is no article in it")));
    }
    list.into_iter().for_each(|value| one(value, None, origin, number, 1, sink));
}

/// Hands out one value: an item of `feed`, an agency's item, or a record.
fn one(value: Value, feed: Option<&Fields>, origin: &Origin<'_>, number: &mut u64, line: u64, sink: DocumentSink<'_>) {
    *number += 1;
    let fault = |code, message: &str| sink_error(origin, code, message, *number);
    let Value::Object(fields) = value else {
        return sink(Err(fault("bad-record", "this is no JSON object, and no article")));
    };
    if let Some(feed) = feed {
        return sink(match feed_item(&fields, feed) {
            Some(item) => Ok(item.record(origin, *number, line)),
            None => Err(fault("no-text", "the item has no text")),
        });
    }
    if ninjs::is_ninjs(&fields) {
        return sink(match ninjs::article(&fields) {
            Some(item) => Ok(item.record(origin, *number, line)),
            None => Err(fault("no-text", "the item has no text")),
        });
    }
    // What is left is a record, or says what it lacks when it is read as one.
    sink(Ok(Document {
        input: origin.name.to_owned(),
        form: InputForm::Jsonl,
        record: Some(*number),
        line,
        offset: 0,
        bytes: serde_json::to_vec(&Value::Object(fields)).unwrap_or_default(),
        truncated: false,
        alone: false,
    }));
}

fn sink_error(origin: &Origin<'_>, code: &'static str, message: &str, number: u64) -> InputError {
    InputError::new(origin.name, code, message).at(Some(number), None, None)
}

fn feed_item(fields: &Fields, feed: &Fields) -> Option<Item> {
    let text = |from: &Fields, name: &str| {
        from.get(name).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned)
    };
    let (words, summary) = if let Some(markup) = text(fields, "content_html") {
        (Words::Markup(markup), false)
    } else if let Some(plain) = text(fields, "content_text") {
        (Words::Plain(plain), false)
    } else {
        (Words::Plain(text(fields, "summary")?), true)
    };
    let names = |from: &Fields| -> Vec<String> {
        let many = from.get("authors").and_then(Value::as_array).into_iter().flatten();
        let all = many.chain(from.get("author"));
        let mut names: Vec<String> = all.filter_map(|a| a.get("name")?.as_str().map(str::to_owned)).collect();
        names.dedup();
        names
    };
    let own = names(fields);
    Some(Item {
        id: text(fields, "id").or_else(|| fields.get("id").filter(|id| id.is_number()).map(Value::to_string)),
        url: text(fields, "url").or_else(|| text(fields, "external_url")),
        home: text(fields, "url").is_none().then(|| text(feed, "home_page_url")).flatten(),
        perhaps: text(feed, "title"),
        title: text(fields, "title"),
        byline: if own.is_empty() { names(feed) } else { own },
        published: text(fields, "date_published").or_else(|| text(fields, "date_modified")),
        language: text(fields, "language").or_else(|| text(feed, "language")),
        words,
        summary,
        ..Item::default()
    })
}

/// Reads the objects of a damaged file that are whole: items of a feed, agencies' items, records.
fn recover(text: &str, origin: &Origin<'_>, number: &mut u64, sink: DocumentSink<'_>) {
    let mut feed = Fields::new();
    let is_feed = text.contains("jsonfeed.org/version");
    if is_feed {
        feed.insert("version".to_owned(), Value::Null);
    }
    let mut budget = text.len().saturating_mul(TRIES);
    let (mut at, mut line, mut counted) = (0, 1u64, 0);
    while let Some(next) = text.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + next;
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
        match values.next() {
            Some(Ok(Value::Object(fields))) => {
                let end = start + values.byte_offset().max(1);
                let article =
                    ["text", "html", "content_html", "content_text", "summary"].iter().any(|n| fields.contains_key(*n))
                        || ninjs::is_ninjs(&fields);
                if article {
                    line += text[counted..start].matches('\n').count() as u64;
                    counted = start;
                    one(Value::Object(fields), is_feed.then_some(&feed), origin, number, line, sink);
                    at = end;
                } else {
                    at = start + 1;
                }
                budget = budget.saturating_sub(end - start);
            }
            failed => {
                // How far it came before it failed is not told when the end of the text was reached.
                let far = match failed {
                    Some(Err(error)) if !error.is_eof() => error.column(),
                    _ => text.len() - start,
                };
                budget = budget.saturating_sub(far.min(text.len() - start));
                at = start + 1;
            }
        }
        if budget == 0 {
            let message = "it is damaged in too many places; the rest was left out";
            return sink(Err(InputError::new(origin.name, "bad-json", message)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<Value, InputError>> {
        let mut out = Vec::new();
        let origin = Origin::asked("a.json");
        json(&mut Stream::new(text.as_bytes()), &origin, 2000, &mut |document| {
            out.push(document.map(|d| serde_json::from_slice(&d.bytes).unwrap()));
        });
        out
    }

    #[test]
    fn a_json_feed_gives_its_items() {
        let found = read(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Bay", "home_page_url": "https://bay.example", "language": "en", "authors": [{"name": "Ann Oak"}],
            "items": [{"id": 1, "url": "https://bay.example/1", "title": "Quay shut", "content_html": "<p>A</p>", "date_published": "2024-05-06T10:00:00Z"}, {"id": "b", "summary": "Short."}, {"id": "c"}]}"#,
        );
        let first: Item = serde_json::from_value(found[0].clone().unwrap()).unwrap();
        assert_eq!((first.id.as_deref(), first.language.as_deref(), first.summary), (Some("1"), Some("en"), false));
        assert_eq!(
            (first.byline.as_slice(), first.words),
            (&["Ann Oak".to_owned()][..], Words::Markup("<p>A</p>".into()))
        );
        assert_eq!(found[1].as_ref().unwrap()["summary"], true);
        assert_eq!((found[2].as_ref().unwrap_err().code, found[2].as_ref().unwrap_err().record), ("no-text", Some(3)));
    }

    #[test]
    fn records_and_agencies_items_may_stand_in_a_list() {
        let found = read(r#"[{"text": "The quay is shut."}, {"uri": "u", "body_text": "The dock is dry."}, 7]"#);
        assert_eq!(found[0].as_ref().unwrap()["text"], "The quay is shut.");
        assert_eq!(found[1].as_ref().unwrap()["words"]["plain"], "The dock is dry.");
        assert_eq!(found[2].as_ref().unwrap_err().code, "bad-record");
    }

    #[test]
    fn damage_in_one_item_costs_no_other() {
        let found = read(
            "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [\n{\"id\": \"a\", \"content_text\": \"A\"},\n{\"id\": \"b, \"content_text\": \"B\"},\n{\"id\": \"c\", \"content_text\": \"C\"}]}",
        );
        let ids: Vec<_> = found
            .iter()
            .map(|r| r.as_ref().map(|v| v["id"].as_str().unwrap().to_owned()).map_err(|e| (e.code, e.line)))
            .collect();
        assert_eq!(ids, [Err(("bad-json", Some(3))), Ok("a".into()), Ok("c".into())]);
        assert_eq!(read(&"[".repeat(1900))[0].as_ref().unwrap_err().code, "bad-json");
        assert_eq!(read(&"{\"a\":".repeat(3000)).len(), 2, "no endless search");
    }

    #[test]
    fn a_file_that_is_too_long_is_told() {
        assert_eq!(read(&format!("[{}]", " ".repeat(20_000)))[0].as_ref().unwrap_err().code, "file-too-long");
    }
}
