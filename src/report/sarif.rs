//! Findings as SARIF 2.1.0, for services that show results beside the text: a run for articles, and one for stories.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use serde_json::{Value, json};

use super::explain::named;
use super::form::{Closing, Form};
use super::names::Names;
use super::overview::node_names;
use crate::article::{Article, Field};
use crate::attribution::model::{Attribution, How};
use crate::record::{ArticleRecord, Finding, Severity};
use crate::rules::check_policy::FALLBACK;
use crate::rules::policy::Policy;
use crate::rules::rule_set::Edition;
use crate::story::digest::Digest;
use crate::story::model::Story;
use crate::text::lines::LineIndex;
use crate::text::span::Span;

/// Where the form is described.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The form `sarif`.
#[derive(Debug)]
pub struct Sarif<'a> {
    names: Names<'a>,
    /// The program and its rules, as both runs tell them.
    tool: Value,
    /// Notes too.
    notes: bool,
}

/// One result; field order is the order of the keys.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultOut {
    rule_id: String,
    level: &'static str,
    message: Value,
    locations: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    code_flows: Vec<Value>,
    partial_fingerprints: Value,
}

impl<'a> Sarif<'a> {
    /// Findings of `policies`; `notes` has those, too, that are for information only.
    pub fn new(edition: &Edition, policies: &[Policy], names: Names<'a>, notes: bool) -> Sarif<'a> {
        let tool = json!({ "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "properties": { "rulesEdition": edition.hash },
            "rules": policies.iter().map(rule).collect::<Vec<_>>(),
        }});
        Sarif { names, tool, notes }
    }

    fn opened(&self, of: &str) -> io::Result<String> {
        let tool = serde_json::to_string(&self.tool)?;
        Ok(format!(
            "{{\"tool\":{tool},\"columnKind\":\"unicodeCodePoints\",\"automationDetails\":{{\"id\":\"{of}/\"}},\"results\":[\n"
        ))
    }

    fn of_article(&self, record: &ArticleRecord, finding: &Finding) -> ResultOut {
        let page = Page::new(&record.article);
        let related = finding.related.iter().map(|related| page.location(related.span, &related.message)).collect();
        let voice = finding.attribution.and_then(|index| record.attributions.get(index));
        ResultOut {
            rule_id: finding.code.clone(),
            level: finding.severity.word(),
            message: message([&finding.title, &finding.message, &finding.help]),
            locations: vec![page.location(finding.span, "")],
            related_locations: related,
            code_flows: voice.into_iter().filter_map(|it| self.flow(&page, it)).collect(),
            partial_fingerprints: json!({ "secondhand/v1": finding.fingerprint }),
        }
    }

    /// The chain as a flow: the source, then each hop. None where nothing lies between source and publisher.
    fn flow(&self, page: &Page<'_>, it: &Attribution) -> Option<Value> {
        let names = node_names(&it.chain.nodes, &self.names);
        let source = it.source.as_ref().filter(|_| !it.chain.hops.is_empty())?;
        let mut steps = vec![page.location(source.span, names.first().map_or("", String::as_str))];
        for (hop, name) in it.chain.hops.iter().zip(names.iter().skip(1)) {
            let how = if hop.how == How::Inferred { " (inferred)" } else { "" };
            steps.push(page.location(hop.span, &format!("{name}{how}")));
        }
        let steps: Vec<Value> = steps.into_iter().map(|step| json!({ "location": step })).collect();
        Some(json!({ "threadFlows": [{ "locations": steps }] }))
    }
}

impl Form for Sarif<'_> {
    fn start(&self, out: &mut dyn io::Write) -> io::Result<()> {
        write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{}", self.opened("articles")?)
    }

    fn article(&self, record: &ArticleRecord) -> io::Result<Vec<u8>> {
        let shown = record.findings.iter().filter(|it| self.notes || it.severity > Severity::Note);
        joined(shown.map(|finding| self.of_article(record, finding)))
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn for_people(&self) -> bool {
        false
    }

    fn stories(&self, out: &mut dyn io::Write, _: bool) -> io::Result<()> {
        write!(out, "\n]}},\n{}", self.opened("stories")?)
    }

    fn story(&self, story: &Story, digests: &[Digest]) -> io::Result<Vec<u8>> {
        let pages: Vec<Page<'_>> = digests.iter().map(|digest| Page::new(&digest.article)).collect();
        let at = |at: usize, span, message: &str| pages.get(at).map(|page| page.location(span, message));
        let shown = story.findings.iter().filter(|it| self.notes || it.severity > Severity::Note);
        joined(shown.map(|finding| {
            let related =
                finding.related.iter().filter_map(|(article, span, told)| at(*article, *span, told)).collect();
            ResultOut {
                rule_id: finding.code.clone(),
                level: finding.severity.word(),
                message: message([&finding.title, &finding.message, &finding.help]),
                locations: at(finding.article, finding.span, "").into_iter().collect(),
                related_locations: related,
                code_flows: Vec::new(),
                partial_fingerprints: json!({ "secondhand/v1": finding.fingerprint }),
            }
        }))
    }

    fn between_stories(&self) -> &'static str {
        ",\n"
    }

    fn finish(&self, out: &mut dyn io::Write, closing: &Closing) -> io::Result<()> {
        let lost = closing.broken_rules.iter().chain(&closing.errors).map(|error| {
            let region = error.line.map(|line| json!({ "startLine": line }));
            let place = match region {
                Some(region) => json!({ "artifactLocation": { "uri": uri(&error.input) }, "region": region }),
                None => json!({ "artifactLocation": { "uri": uri(&error.input) } }),
            };
            json!({
                "level": "error",
                "message": message([&error.message, error.hint.as_deref().unwrap_or_default(), ""]),
                "locations": [{ "physicalLocation": place }],
            })
        });
        let invocation = json!([{
            "executionSuccessful": closing.complete && closing.errors.is_empty(),
            "toolExecutionNotifications": lost.collect::<Vec<_>>(),
        }]);
        writeln!(out, "\n],\"invocations\":{invocation}}}]}}")
    }
}

fn joined(results: impl Iterator<Item = ResultOut>) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for result in results {
        if !out.is_empty() {
            out.extend(b",\n");
        }
        serde_json::to_writer(&mut out, &result)?;
    }
    Ok(out)
}

fn message(parts: [&str; 3]) -> Value {
    let told: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    json!({ "text": told.join(" ") })
}

/// A policy as a rule of SARIF.
fn rule(policy: &Policy) -> Value {
    let text = |by_language: &BTreeMap<String, String>| {
        let text = by_language.get(FALLBACK).or_else(|| by_language.values().next());
        text.map_or_else(String::new, |text| named(text))
    };
    let level = policy.severity.newsroom.map_or("none", Severity::word);
    let help = [text(&policy.help), policy.ignore_when.clone()].join(" ");
    json!({
        "id": policy.code,
        "shortDescription": { "text": text(&policy.title) },
        "fullDescription": { "text": if policy.why.is_empty() { text(&policy.say) } else { policy.why.clone() } },
        "help": { "text": help.trim() },
        "defaultConfiguration": { "level": level, "enabled": policy.severity.newsroom.is_some() },
    })
}

/// An article, to tell places in its file.
struct Page<'a> {
    article: &'a Article,
    lines: LineIndex,
}

impl<'a> Page<'a> {
    fn new(article: &'a Article) -> Page<'a> {
        Page { article, lines: LineIndex::new(article.field(Field::Text).unwrap_or("")) }
    }

    /// The words as a place: of the file where its text is the article's, else of the article by its key.
    fn location(&self, span: Span, told: &str) -> Value {
        let article = self.article;
        let words = json!({ "text": article.words(span) });
        let file = article.path.as_deref().unwrap_or(&article.key);
        // Lines of a record's text, or of what was taken out of a page, are no lines of its file.
        let whole = article.record.is_none() && matches!(article.parts.as_slice(), [part] if part.field == Field::Text);
        let (_, at) = article.place(span);
        let text = article.field(Field::Text).unwrap_or("");
        let region = json!({
            "startLine": self.lines.line(at.start),
            "startColumn": self.lines.column(text, at.start),
            "endLine": self.lines.line(at.end),
            "endColumn": self.lines.column(text, at.end),
            "snippet": words,
        });
        let physical = match whole {
            true => json!({ "artifactLocation": { "uri": uri(file) }, "region": region }),
            false => json!({ "artifactLocation": { "uri": uri(file) } }),
        };
        let mut out = json!({
            "physicalLocation": physical,
            "logicalLocations": [{ "fullyQualifiedName": article.key }],
        });
        if !whole {
            out["properties"] = json!({ "words": article.words(span) });
        }
        if !told.is_empty() {
            out["message"] = json!({ "text": told });
        }
        out
    }
}

/// A path as a relative reference: `/` between folders, and what an address may not hold in percent.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let path = path.strip_prefix("./").unwrap_or(path);
    for byte in path.bytes() {
        match byte {
            b'\\' if cfg!(windows) => out.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::auditor::plain as article;
    use crate::report::sample;
    use crate::sources::registry::Registry;

    fn report(records: &[ArticleRecord], notes: bool) -> Value {
        let registry = Registry::new(&sample::rules());
        let rules = sample::rules();
        let form = Sarif::new(&rules.edition(), &rules.policies, Names::new(&registry, &[]), notes);
        let mut out = Vec::new();
        form.start(&mut out).unwrap();
        let mut separator = "";
        for rendered in records.iter().map(|record| form.article(record).unwrap()).filter(|it| !it.is_empty()) {
            out.extend(separator.bytes());
            out.extend(rendered);
            separator = form.separator();
        }
        form.stories(&mut out, true).unwrap();
        form.finish(&mut out, &Closing { complete: true, ..Closing::default() }).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn findings_are_results_with_their_severity_place_and_fingerprint() {
        let report = report(&[sample::record(), sample::flagged(), sample::flagged()], false);
        let results = report["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), 6, "two warnings and an error of each, no note");
        let relay = results.iter().find(|it| it["ruleId"] == "relay").unwrap();
        assert_eq!(relay["level"], "warning");
        assert_eq!(relay["message"]["text"], "What of relay? Message of relay. Help for relay.");
        assert_eq!(relay["partialFingerprints"]["secondhand/v1"], "f1:0");
        let steps = relay["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
        let told: Vec<&str> = steps.iter().filter_map(|step| step["location"]["message"]["text"].as_str()).collect();
        assert_eq!(told, ["Ada Quill", "Coast Wire"]);
    }

    #[test]
    fn lines_are_told_where_they_are_those_of_the_file() {
        let mut record = sample::flagged();
        let of_record = &report(&[record.clone()], true)["runs"][0]["results"][0]["locations"][0];
        assert!(of_record["physicalLocation"]["region"].is_null(), "{of_record}");
        assert_eq!(of_record["logicalLocations"][0]["fullyQualifiedName"], "in.jsonl#7");
        record.article = article("Łódź quay\n\nThe quay is shut.", "en", BlockKind::Body);
        record.article.path = Some("./my drafts/a.txt".into());
        record.findings.truncate(1);
        record.findings[0].span = sample::span(&record.article.buffer, "quay is");
        let place = &report(&[record], true)["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20drafts/a.txt");
        let region = &place["region"];
        assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(3), Some(5)));
        assert_eq!((region["endLine"].as_u64(), region["endColumn"].as_u64()), (Some(3), Some(12)));
        assert_eq!(region["snippet"]["text"], "quay is");
    }

    #[test]
    fn a_run_without_findings_is_a_whole_report() {
        let report = report(&[], true);
        assert_eq!(report["version"], "2.1.0");
        assert_eq!(report["runs"].as_array().map(Vec::len), Some(2));
        assert_eq!(report["runs"][1]["invocations"][0]["executionSuccessful"], true);
    }
}
