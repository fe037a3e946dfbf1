//! Tables (CSV, TSV): one article a row, its fields told by the names in the first row.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::document::{Document, DocumentSink};
use super::error::InputError;
use super::form::InputForm;
use super::origin::Origin;
use super::record::FieldMap;
use super::rows::{MOST_COLUMNS, RowFault, Rows};
use super::stream::Stream;
use super::transcode::utf8;

/// Names of columns that are understood without a map, by field; the first that a table has counts.
const GUESSES: [(&str, &[&str]); 9] = [
    ("id", &["id", "article_id", "articleid", "uid", "uuid", "guid", "doc_id", "key"]),
    ("url", &["url", "link", "href", "uri", "source_url", "page_url", "permalink", "article_url", "web_url"]),
    (
        "outlet",
        &[
            "outlet",
            "publisher",
            "publication",
            "source",
            "source_name",
            "site",
            "site_name",
            "newspaper",
            "domain",
            "source_domain",
            "hostname",
            "media",
        ],
    ),
    ("title", &["title", "headline", "head", "heading", "article_title"]),
    ("byline", &["byline", "author", "authors", "writer", "creator"]),
    (
        "published",
        &[
            "published",
            "date",
            "published_at",
            "publish_date",
            "date_publish",
            "date_published",
            "publication_date",
            "pub_date",
            "pubdate",
            "datetime",
            "timestamp",
            "created",
            "created_at",
            "time",
        ],
    ),
    ("language", &["language", "lang", "locale"]),
    (
        "text",
        &[
            "text",
            "body",
            "content",
            "article",
            "article_text",
            "full_text",
            "fulltext",
            "article_body",
            "maintext",
            "plain_text",
            "story",
        ],
    ),
    ("html", &["html", "content_html", "body_html", "raw_html", "markup"]),
];

fn known(name: &str) -> Option<&'static str> {
    let name = plain(name);
    GUESSES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(field, _)| *field)
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-', '.'], "_")
}

/// The form of a table whose first row is `line`: it names a text and one more field.
pub fn is_header(line: &[u8]) -> Option<InputForm> {
    let line = std::str::from_utf8(line).ok()?;
    [b'\t', b',', b';', b'|'].into_iter().find_map(|delimiter| {
        let names: Vec<&str> = line.split(char::from(delimiter)).map(|name| name.trim().trim_matches('"')).collect();
        let fields: Vec<&str> = names.iter().filter_map(|name| known(name)).collect();
        let words = fields.iter().any(|f| matches!(*f, "text" | "html"));
        let form = if delimiter == b'\t' { InputForm::Tsv } else { InputForm::Csv };
        (words && fields.len() >= 2 && names.len() <= MOST_COLUMNS).then_some(form)
    })
}

/// Hands out the rows of the table in `stream`, none longer than `most` bytes.
pub fn table(
    stream: &mut Stream<'_>,
    origin: &Origin<'_>,
    tabs: bool,
    map: &FieldMap,
    most: usize,
    sink: DocumentSink<'_>,
) {
    let mut stream = utf8(stream);
    let delimiter = if tabs { b'\t' } else { delimiter(stream.peek(4096)) };
    let mut rows = Rows::new(&mut stream, delimiter, tabs, most);
    let mut columns: Option<Columns> = None;
    let mut number = 0u64;
    while let Some(row) = rows.row() {
        let line = row.line;
        let found = match row.cells {
            Ok(cells) => cells,
            Err(RowFault::Io(error)) => {
                return sink(Err(InputError::io(origin.name, &error).at(None, Some(line), None)));
            }
            Err(fault) => {
                number += u64::from(columns.is_some());
                let record = columns.is_some().then_some(number);
                sink(Err(fault.error(origin.name, most).at(record, Some(line), None)));
                if fault.ends() {
                    return;
                }
                continue;
            }
        };
        match &columns {
            None => match Columns::new(&found, map) {
                Ok(told) => columns = Some(told),
                Err(message) => {
                    return sink(Err(InputError::new(origin.name, "no-text-column", message)
                        .hint("name the column that holds the text: --map text=COLUMN")
                        .at(None, Some(line), None)));
                }
            },
            Some(_) if found.iter().all(|cell| cell.trim().is_empty()) => {}
            Some(columns) => {
                number += 1;
                let document = columns.document(found, origin, number, line);
                sink(document);
            }
        }
    }
    if number == 0 {
        sink(Err(InputError::new(origin.name, "empty", "there is no row with an article in it")));
    }
}

/// Commas, or what parts the most known names of the first row.
fn delimiter(head: &[u8]) -> u8 {
    let line = String::from_utf8_lossy(head.split(|b| *b == b'\n').next().unwrap_or(head)).into_owned();
    let known_by = |delimiter: &u8| {
        line.split(char::from(*delimiter)).filter(|name| known(name.trim().trim_matches('"')).is_some()).count()
    };
    let parts_by = |delimiter: &u8| line.split(char::from(*delimiter)).count();
    // Of equals the last one is taken.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|d| (known_by(d), parts_by(d))).unwrap_or(b',')
}

/// Which column holds what.
struct Columns {
    names: Vec<String>,
    fields: BTreeMap<usize, String>,
}

impl Columns {
    fn new(row: &[String], map: &FieldMap) -> Result<Columns, String> {
        let names: Vec<String> = row.iter().map(|name| name.trim().to_owned()).collect();
        let mut fields: BTreeMap<usize, String> = BTreeMap::new();
        for (field, guesses) in GUESSES {
            let wanted = map.given(field);
            let at = match wanted {
                Some(wanted) => names.iter().position(|name| name == wanted),
                None => guesses.iter().find_map(|guess| names.iter().position(|name| plain(name) == *guess)),
            };
            // A column that the map gives to one field is not guessed to be another one.
            let taken = |at: usize| wanted.is_none() && map.gives(&names[at]);
            if let Some(at) = at.filter(|at| !taken(*at)) {
                fields.entry(at).or_insert_with(|| field.to_owned());
            }
        }
        if fields.values().any(|field| matches!(field.as_str(), "text" | "html")) {
            return Ok(Columns { names, fields });
        }
        let listed: Vec<&str> = names.iter().take(12).map(String::as_str).filter(|n| !n.is_empty()).collect();
        Err(format!("no column holds a text; the columns are {}", listed.join(", ")))
    }

    /// The row as a record, with its fields under their own names.
    fn document(
        &self,
        cells: Vec<String>,
        origin: &Origin<'_>,
        number: u64,
        line: u64,
    ) -> Result<Document, InputError> {
        if cells.len() > self.names.len().max(1) * 2 {
            let message = format!("the row has {} cells, and the first row names {}", cells.len(), self.names.len());
            return Err(InputError::new(origin.name, "bad-record", message)
                .hint("put texts with the delimiter in them in quotation marks")
                .at(Some(number), Some(line), None));
        }
        let mut fields = Map::new();
        for (at, cell) in cells.into_iter().enumerate() {
            if let Some(field) = self.fields.get(&at) {
                fields.insert(field.clone(), Value::String(cell));
            }
        }
        Ok(Document {
            input: origin.name.to_owned(),
            form: InputForm::Row,
            record: Some(number),
            line,
            offset: 0,
            bytes: serde_json::to_vec(&Value::Object(fields)).unwrap_or_default(),
            truncated: false,
            alone: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, tabs: bool, map: &str) -> Vec<Result<Value, (&'static str, Option<u64>)>> {
        let mut out = Vec::new();
        let origin = Origin::asked("a.csv");
        let map = FieldMap::parse(map).unwrap();
        table(&mut Stream::new(text.as_bytes()), &origin, tabs, &map, 300, &mut |document| {
            out.push(document.map(|d| serde_json::from_slice(&d.bytes).unwrap()).map_err(|e| (e.code, e.line)));
        });
        out
    }

    fn texts(found: &[Result<Value, (&'static str, Option<u64>)>]) -> Vec<Result<String, (&'static str, Option<u64>)>> {
        found.iter().map(|r| r.as_ref().map(|v| v["text"].as_str().unwrap().to_owned()).map_err(|e| *e)).collect()
    }

    #[test]
    fn columns_are_told_by_their_names_or_by_the_map() {
        let found = read("Headline;Date;Body\nQuay shut;2024-05-06;\"The quay; it is\nshut.\"\n", false, "");
        let row = found[0].as_ref().unwrap();
        assert_eq!((row["title"].as_str(), row["published"].as_str()), (Some("Quay shut"), Some("2024-05-06")));
        assert_eq!(row["text"], "The quay; it is\nshut.");
        let found = read("text,words\nnone,The quay\n", false, "text=words");
        assert_eq!(texts(&found), [Ok("The quay".into())]);
        assert_eq!(read("a,b\n1,2\n", false, ""), [Err(("no-text-column", Some(1)))]);
        assert_eq!(read("text,title\n\n", false, ""), [Err(("empty", None))]);
    }

    #[test]
    fn tabs_leave_quotation_marks_alone() {
        let found = read("title\ttext\nA\t\"It is true,\" he said.\nB\t\"The \"\"old\"\" quay\"\n", true, "");
        assert_eq!(texts(&found), [Ok("\"It is true,\" he said.".into()), Ok("The \"old\" quay".into())]);
    }

    #[test]
    fn a_mark_that_is_never_closed_swallows_no_other_row() {
        let rows = "title,text\nA,One\nB,\"Two\nC,Three\nD,Four\n";
        assert_eq!(
            texts(&read(rows, false, "")),
            [Ok("One".into()), Err(("bad-record", Some(3))), Ok("Three".into()), Ok("Four".into())]
        );
        let closed = "title,text\nA,\"One\nB,\"Two\"\nC,\"Three,\nand more\"\n";
        assert_eq!(
            texts(&read(closed, false, "")),
            [Err(("bad-record", Some(2))), Ok("Two".into()), Ok("Three,\nand more".into())]
        );
        let long = format!("title,text\nA,One\nB,\"Two\nC,Three\n{}", "D,Four\n".repeat(60));
        let found = texts(&read(&long, false, ""));
        assert_eq!(found[..3], [Ok("One".into()), Err(("record-too-long", Some(3))), Ok("Three".into())]);
        assert_eq!(found.len(), 63);
    }

    #[test]
    fn a_huge_cell_is_told_and_left_out() {
        let found = read(&format!("title,text\nA,{}\nB,Two\n", "x".repeat(1000)), false, "");
        assert_eq!(texts(&found), [Err(("record-too-long", Some(2))), Ok("Two".into())]);
        let found = read(&format!("title,text\nA,One\nB{}\nC,Three\n", ",".repeat(290)), false, "");
        assert_eq!(texts(&found), [Ok("One".into()), Err(("bad-record", Some(3))), Ok("Three".into())]);
    }

    #[test]
    fn a_header_without_a_name_is_told_from_a_sentence() {
        assert_eq!(is_header(b"id\tbody"), Some(InputForm::Tsv));
        assert_eq!(is_header(b"\"Title\";\"Full text\""), Some(InputForm::Csv));
        assert_eq!(is_header(b"Date, and more"), None);
        assert_eq!(is_header(b"title,date"), None);
    }
}
