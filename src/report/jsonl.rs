//! One JSON object a line: articles, or their rows, then the closing object.

use std::io;

use serde::Serialize;

use super::article_json::{ArticleJson, AttributionOut, FindingOut, HopOut, SCHEMA};
use super::form::{Closing, Form, close_stories, open_stories};
use super::json_writer::write;
use super::story_json::StoryOut;
use crate::record::ArticleRecord;
use crate::rules::rule_set::Edition;
use crate::story::digest::Digest;
use crate::story::model::Story;

/// Bytes that most lines take.
const ROOM: usize = 16 << 10;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// A whole article.
    Articles,
    /// One attribution, with its article's key.
    Attributions,
    /// One hop, with its article's key and the number of its attribution there (from 0).
    Hops,
    /// One finding, with its article's key.
    Findings,
}

/// The form `jsonl`.
#[derive(Debug)]
pub struct Jsonl {
    json: ArticleJson,
    rows: Rows,
}

#[derive(Serialize)]
struct AttributionRow<'a> {
    article: &'a str,
    #[serde(flatten)]
    attribution: AttributionOut<'a>,
}

#[derive(Serialize)]
struct HopRow<'a> {
    article: &'a str,
    attribution: usize,
    #[serde(flatten)]
    hop: HopOut<'a>,
}

#[derive(Serialize)]
struct FindingRow<'a> {
    article: &'a str,
    #[serde(flatten)]
    finding: FindingOut<'a>,
}

impl Jsonl {
    /// Lines of this kind; `with_text` adds the text to whole articles.
    pub fn new(edition: &Edition, rows: Rows, with_text: bool) -> Jsonl {
        Jsonl { json: ArticleJson::new(edition, with_text), rows }
    }
}

impl Form for Jsonl {
    fn article(&self, record: &ArticleRecord) -> io::Result<Vec<u8>> {
        let mut out = Vec::with_capacity(ROOM);
        let article = &record.article;
        match self.rows {
            Rows::Articles => line(&mut out, &self.json.article(record, Some(SCHEMA)))?,
            Rows::Attributions => {
                for it in &record.attributions {
                    let attribution = self.json.attribution(article, it);
                    line(&mut out, &AttributionRow { article: &article.key, attribution })?;
                }
            }
            Rows::Hops => {
                for (index, it) in record.attributions.iter().enumerate() {
                    for hop in self.json.attribution(article, it).hops {
                        line(&mut out, &HopRow { article: &article.key, attribution: index, hop })?;
                    }
                }
            }
            Rows::Findings => {
                for finding in self.json.findings(record) {
                    line(&mut out, &FindingRow { article: &article.key, finding })?;
                }
            }
        }
        Ok(out)
    }

    fn for_people(&self) -> bool {
        false
    }

    fn stories(&self, out: &mut dyn io::Write, compared: bool) -> io::Result<()> {
        write!(out, "{{")?;
        open_stories(out, compared)
    }

    fn story(&self, story: &Story, digests: &[Digest]) -> io::Result<Vec<u8>> {
        Ok(serde_json::to_vec(&StoryOut::new(story, digests))?)
    }

    fn between_stories(&self) -> &'static str {
        ","
    }

    fn finish(&self, out: &mut dyn io::Write, closing: &Closing) -> io::Result<()> {
        close_stories(out, closing)
    }
}

fn line(out: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
    write(out, value)?;
    out.push(b'\n');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::json::Json;
    use crate::report::sample;
    use serde_json::Value;

    fn lines(rows: Rows) -> Vec<Value> {
        let form = Jsonl::new(&sample::rules().edition(), rows, false);
        let mut out = form.article(&sample::record()).unwrap();
        let closing = Closing { stories_reason: "off".into(), complete: true, ..Closing::default() };
        form.stories(&mut out, closing.compared).unwrap();
        form.finish(&mut out, &closing).unwrap();
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn every_kind_of_row_names_its_article_and_the_closing_object_comes_last() {
        let articles = lines(Rows::Articles);
        assert_eq!((articles.len(), articles[0]["schema"].as_str()), (2, Some(SCHEMA)));
        assert_eq!(lines(Rows::Attributions).iter().filter(|row| row["article"] == "in.jsonl#7").count(), 3);
        let hops = lines(Rows::Hops);
        assert_eq!(hops.len(), 3, "two attributions have one hop each");
        assert_eq!((hops[1]["attribution"].as_u64(), hops[1]["to"].as_str()), (Some(1), Some("coast-wire")));
        assert_eq!(lines(Rows::Findings).len(), 1);
        for rows in [Rows::Articles, Rows::Attributions, Rows::Hops, Rows::Findings] {
            let last = lines(rows).pop().unwrap();
            assert!(last["stories"].is_null() && last["complete"] == true && last["errors"] == serde_json::json!([]));
        }
    }

    #[test]
    fn the_one_object_holds_the_same_articles() {
        let form = Json::new(&sample::rules().edition(), false).unwrap();
        let mut out = Vec::new();
        form.start(&mut out).unwrap();
        for turn in 0..2 {
            if turn > 0 {
                out.extend(form.separator().bytes());
            }
            out.extend(form.article(&sample::record()).unwrap());
        }
        form.stories(&mut out, false).unwrap();
        form.finish(&mut out, &Closing::default()).unwrap();
        let report: Value = serde_json::from_slice(&out).unwrap();
        let mut alone = lines(Rows::Articles).remove(0);
        alone.as_object_mut().unwrap().remove("schema");
        assert_eq!(report["articles"], serde_json::json!([alone, alone]));
        assert_eq!((report["tool"]["rules"].as_str(), report["complete"].as_bool()), (Some("abc"), Some(false)));
    }
}
