//! Records of JSONL: one JSON object a line, each an article.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::document::Document;
use super::error::InputError;

/// The fields of a record that are read.
pub const FIELDS: [&str; 9] = ["id", "url", "outlet", "title", "byline", "published", "language", "text", "html"];

/// Under which names a file has the fields: `text` → `body`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldMap {
    renamed: BTreeMap<String, String>,
}

impl FieldMap {
    /// Reads `text=body,published=date`.
    ///
    /// # Errors
    /// A sentence that says which part is wrong.
    pub fn parse(written: &str) -> Result<FieldMap, String> {
        let mut renamed = BTreeMap::new();
        for part in written.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let Some((field, name)) = part.split_once('=').map(|(f, n)| (f.trim(), n.trim())) else {
                return Err(format!("\"{part}\" is no FIELD=NAME"));
            };
            if !FIELDS.contains(&field) {
                return Err(format!("there is no field \"{field}\"; the fields are {}", FIELDS.join(", ")));
            }
            if name.is_empty() {
                return Err(format!("\"{part}\" gives no name"));
            }
            renamed.insert(field.to_owned(), name.to_owned());
        }
        Ok(FieldMap { renamed })
    }

    /// The name that is given to a field; `None` where it keeps its own.
    pub fn given(&self, field: &str) -> Option<&str> {
        self.renamed.get(field).map(String::as_str)
    }

    /// True where some field is given this name.
    pub fn gives(&self, name: &str) -> bool {
        self.renamed.values().any(|given| given == name)
    }

    fn name<'a>(&'a self, field: &'a str) -> &'a str {
        self.renamed.get(field).map_or(field, String::as_str)
    }
}

/// A record as read; fields that are absent, null or blank are `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the fields of the contract, by their names")]
pub struct Record {
    pub id: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub byline: Vec<String>,
    /// True where the byline was one string, which may hold several names.
    pub byline_is_text: bool,
    pub published: Option<String>,
    pub language: Option<String>,
    pub text: String,
    /// The page, where there is no text.
    pub html: Option<String>,
    /// Number of bytes that were not UTF-8, and the offset of the first in the line.
    pub broken: Option<(usize, usize)>,
}

/// Reads the record in `document`.
///
/// # Errors
/// `bad-record` where the line is no JSON object, `wrong-type` where a field holds something else than text, `no-text` where
/// there is neither text nor HTML.
pub fn parse(document: &Document, map: &FieldMap) -> Result<Record, InputError> {
    let error = |code, message: String| {
        InputError::new(&document.input, code, message).at(document.record, Some(document.line), Some(1))
    };
    let lossy = String::from_utf8_lossy(&document.bytes);
    let broken =
        std::str::from_utf8(&document.bytes).err().map(|e| (lossy.matches('\u{fffd}').count(), e.valid_up_to()));
    let line = lossy.trim_end_matches(['\n', '\r']);
    let value: Value = serde_json::from_str(line).map_err(|e| {
        let (message, column) = json_fault(&e, line);
        error("bad-record", format!("the record is no valid JSON: {message}"))
            .hint("each line must be one JSON object; line breaks inside a text are written \\n")
            .at(document.record, Some(document.line), Some(column))
    })?;
    let Value::Object(fields) = value else {
        return Err(error("bad-record", format!("the record is {}, and no JSON object", kind(&value)))
            .hint("write one object a line: {\"id\": \"…\", \"text\": \"…\"}"));
    };
    let text_of = |field: &str| match text_field(&fields, map.name(field)) {
        Ok(value) => Ok(value),
        Err(found) => Err(error("wrong-type", format!("the field \"{}\" is {found}, and no text", map.name(field)))),
    };
    let (byline, byline_is_text) = byline(&fields, map.name("byline")).map_err(|found| {
        error(
            "wrong-type",
            format!("the field \"{}\" is {found}; it takes a name or a list of names", map.name("byline")),
        )
    })?;
    let text = text_of("text")?;
    let html = if text.is_none() { text_of("html")? } else { None };
    if text.is_none() && html.is_none() {
        let name = map.name("text");
        return Err(error("no-text", format!("the record has no text in the field \"{name}\""))
            .hint(format!("name the field that holds it: --map text=FIELD (the record has {})", listed(&fields))));
    }
    Ok(Record {
        id: match fields.get(map.name("id")) {
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => text_of("id")?,
        },
        url: text_of("url")?,
        outlet: text_of("outlet")?,
        title: text_of("title")?,
        byline,
        byline_is_text,
        published: text_of("published")?,
        language: text_of("language")?,
        text: text.unwrap_or_default(),
        html,
        broken,
    })
}

fn text_field(fields: &Map<String, Value>, name: &str) -> Result<Option<String>, &'static str> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(kind(other)),
    }
}

fn byline(fields: &Map<String, Value>, name: &str) -> Result<(Vec<String>, bool), &'static str> {
    let Some(Value::Array(list)) = fields.get(name) else {
        return text_field(fields, name).map(|text| (text.into_iter().collect(), true));
    };
    let mut out = Vec::new();
    for value in list {
        match value {
            Value::String(name) if name.trim().is_empty() => {}
            Value::String(name) => out.push(name.trim().to_owned()),
            other => return Err(kind(other)),
        }
    }
    Ok((out, false))
}

fn listed(fields: &Map<String, Value>) -> String {
    let names: Vec<&str> = fields.keys().take(12).map(String::as_str).collect();
    if names.is_empty() { "no fields".to_owned() } else { names.join(", ") }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The fault without its place, and the column in code points.
fn json_fault(error: &serde_json::Error, line: &str) -> (String, u64) {
    let whole = error.to_string();
    let message = whole.split(" at line ").next().unwrap_or(&whole).to_owned();
    let mut byte = error.column().saturating_sub(1).min(line.len());
    while !line.is_char_boundary(byte) {
        byte -= 1;
    }
    (message, line[..byte].chars().count() as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::super::form::InputForm;
    use super::*;

    fn read(line: &str, map: &str) -> Result<Record, InputError> {
        let document = Document {
            input: "a.jsonl".into(),
            form: InputForm::Jsonl,
            record: Some(3),
            line: 4,
            offset: 0,
            bytes: line.as_bytes().to_vec(),
            truncated: false,
            alone: false,
        };
        parse(&document, &FieldMap::parse(map).unwrap())
    }

    #[test]
    fn fields_may_have_other_names_and_bylines_be_lists() {
        let record = read(r#"{"body": "The ferry is out.", "id": 7, "byline": ["Ann Oak", "Lee Elm"], "date": "2024-05-06", "extra": {}}"#, "text=body,published=date").unwrap();
        assert_eq!((record.text.as_str(), record.id.as_deref()), ("The ferry is out.", Some("7")));
        assert_eq!((record.byline.len(), record.published.as_deref()), (2, Some("2024-05-06")));
    }

    #[test]
    fn a_broken_record_tells_where() {
        let error = read(r#"{"text": "Պարոն" oops}"#, "").unwrap_err();
        assert_eq!((error.code, error.record, error.line, error.column), ("bad-record", Some(3), Some(4), Some(18)));
        assert_eq!(read("[1]", "").unwrap_err().code, "bad-record");
        assert_eq!(read(&"[".repeat(100_000), "").unwrap_err().code, "bad-record");
    }

    #[test]
    fn what_cannot_be_audited_is_never_silent() {
        assert!(read(r#"{"html": "<p>The ferry is out.</p>"}"#, "").unwrap().html.is_some());
        assert!(read(r#"{"text": "The ferry is out.", "html": "<p>Menu</p>"}"#, "").unwrap().html.is_none());
        assert_eq!(read(r#"{"text": "  ", "id": "x"}"#, "").unwrap_err().code, "no-text");
        let error = read(r#"{"text": ["a"]}"#, "").unwrap_err();
        assert_eq!((error.code, error.message.as_str()), ("wrong-type", "the field \"text\" is a list, and no text"));
        assert!(read(r#"{"body": "a"}"#, "").unwrap_err().hint.unwrap().contains("body"));
    }

    #[test]
    fn a_wrong_map_says_what_is_wrong() {
        assert!(FieldMap::parse("body=text").unwrap_err().contains("no field \"body\""));
        assert!(FieldMap::parse("text").is_err());
        assert!(FieldMap::parse("").is_ok());
    }
}
