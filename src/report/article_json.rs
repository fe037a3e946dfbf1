//! One article's record as the contract's JSON (`secondhand/article/v1`).

use serde::Serialize;

use crate::article::{Article, BlockKind, Field};
use crate::attribution::model::{Attribution, Hop, How, SourceRef};
use crate::attribution::words::{basis_word, class_word, form_word, hand_word, kind_word};
use crate::record::{ArticleRecord, Finding, Status};
use crate::rules::rule_set::Edition;
use crate::text::lines::LineIndex;
use crate::text::span::Span;

/// The schema's name.
pub const SCHEMA: &str = "secondhand/article/v1";

/// Turns records into JSON structs; keeps what all of them need.
#[derive(Debug)]
pub struct ArticleJson {
    edition: Edition,
    with_text: bool,
}

/// One article; field order is the order of the keys.
#[derive(Debug, Serialize)]
pub struct ArticleOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    key: &'a str,
    id: &'a str,
    path: Option<&'a str>,
    record: Option<u64>,
    url: Option<&'a str>,
    status: &'static str,
    limits: Vec<LimitOut<'a>>,
    language: &'a str,
    publisher: Option<PublisherOut<'a>>,
    title: Option<&'a str>,
    byline: &'a [String],
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    blocks: Vec<BlockOut>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    disclosures: Vec<DisclosureOut>,
    attributions: Vec<AttributionOut<'a>>,
    findings: Vec<FindingOut<'a>>,
}

/// What an article says of itself: that a machine made a part of it. Where, in bytes of the text, unless only its data do.
#[derive(Debug, Serialize)]
struct DisclosureOut {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
}

/// A link of a page, in bytes of the text.
#[derive(Debug, Serialize)]
struct LinkOut<'a> {
    start: u32,
    end: u32,
    target: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct LimitOut<'a> {
    code: &'a str,
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct PublisherOut<'a> {
    id: &'a str,
    name: &'a str,
}

/// Bytes of the field `in`, or of the article's text where no field is named. The structs that have a place spell its keys
/// out: to flatten it into them would cost a third of the time of writing.
pub(super) type Place = (u32, u32, Option<&'static str>);

#[derive(Debug, Serialize)]
struct BlockOut {
    kind: &'static str,
    start: u32,
    end: u32,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub(super) struct WordsOut<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct SourceOut<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    id: &'a str,
    class: &'static str,
}

/// One attribution.
#[derive(Debug, Serialize)]
pub struct AttributionOut<'a> {
    kind: &'static str,
    form: &'static str,
    source: Option<SourceOut<'a>>,
    cue: Option<WordsOut<'a>>,
    content: Vec<WordsOut<'a>>,
    antecedent: Option<WordsOut<'a>>,
    chain: &'a [String],
    /// The chain's hops.
    pub hops: Vec<HopOut<'a>>,
    hand: &'static str,
    hand_by_group: &'static str,
    outlets: u32,
    basis: &'static str,
    rule: &'a str,
    rule_status: &'static str,
}

/// One hop.
#[derive(Debug, Serialize)]
pub struct HopOut<'a> {
    from: &'a str,
    to: &'a str,
    how: &'static str,
    rule: &'a str,
    start: u32,
    end: u32,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

/// One finding.
#[derive(Debug, Serialize)]
pub struct FindingOut<'a> {
    code: &'a str,
    severity: &'static str,
    title: &'a str,
    message: &'a str,
    help: &'a str,
    span: LineOut,
    attribution: Option<usize>,
    related: Vec<RelatedOut<'a>>,
    policy: &'a str,
    fingerprint: &'a str,
}

/// A place with its line and column, from 1; a column is a code point.
#[derive(Debug, Serialize)]
pub(super) struct LineOut {
    start: u32,
    end: u32,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    line: u32,
    column: u32,
}

#[derive(Debug, Serialize)]
struct RelatedOut<'a> {
    article: &'a str,
    #[serde(flatten)]
    span: LineOut,
    message: &'a str,
}

/// Where the lines of each field start.
pub(super) struct Lines<'a> {
    article: &'a Article,
    fields: Vec<(Field, LineIndex)>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(article: &'a Article) -> Lines<'a> {
        let fields = article.parts.iter().map(|part| (part.field, LineIndex::new(article.words(part.span)))).collect();
        Lines { article, fields }
    }

    pub(super) fn place(&self, span: Span) -> LineOut {
        let (field, inner) = self.article.place(span);
        let index = self.fields.iter().find(|(of, _)| *of == field).map(|(_, index)| index);
        let (line, column) = index.map_or((1, 1), |index| {
            let text = self.article.field(field).unwrap_or("");
            (index.line(inner.start), index.column(text, inner.start))
        });
        let (start, end, field) = place(self.article, span);
        LineOut { start, end, field, line, column }
    }
}

fn finding_out<'a>(article: &'a Article, lines: &Lines<'_>, finding: &'a Finding) -> FindingOut<'a> {
    let related = finding.related.iter();
    FindingOut {
        code: &finding.code,
        severity: finding.severity.word(),
        title: &finding.title,
        message: &finding.message,
        help: &finding.help,
        span: lines.place(finding.span),
        attribution: finding.attribution,
        related: related
            .map(|it| RelatedOut { article: &article.key, span: lines.place(it.span), message: &it.message })
            .collect(),
        policy: &finding.policy,
        fingerprint: &finding.fingerprint,
    }
}

impl ArticleJson {
    /// `with_text` adds each article's text, which spans count in.
    pub fn new(edition: &Edition, with_text: bool) -> ArticleJson {
        ArticleJson { edition: edition.clone(), with_text }
    }

    /// The whole record; `schema` where the object stands alone.
    pub fn article<'a>(&self, record: &'a ArticleRecord, schema: Option<&'static str>) -> ArticleOut<'a> {
        let article = &record.article;
        ArticleOut {
            schema,
            key: &article.key,
            id: &article.id,
            path: article.path.as_deref(),
            record: article.record,
            url: article.url.as_deref(),
            status: status_word(record.status),
            limits: article.limits.iter().map(|l| LimitOut { code: l.code, message: &l.message }).collect(),
            language: &article.language.tag,
            publisher: article.publisher.as_ref().map(|p| PublisherOut { id: &p.id, name: &p.name }),
            title: article.title().map(|span| article.words(span)),
            byline: &article.byline,
            published: article.published.as_ref().map(|p| p.iso.as_str()),
            text: self.with_text.then(|| article.field(Field::Text).unwrap_or("")),
            blocks: article
                .blocks
                .iter()
                .map(|b| {
                    let (start, end, field) = place(article, b.span);
                    BlockOut { kind: block_word(b.kind), start, end, field }
                })
                .collect(),
            links: article
                .links
                .iter()
                .map(|l| {
                    let (start, end, _) = place(article, l.span);
                    LinkOut { start, end, target: l.target.as_deref() }
                })
                .collect(),
            disclosures: article
                .machine_made
                .iter()
                .map(|made| {
                    let at = made.evidence.map(|span| place(article, span));
                    DisclosureOut { kind: "machine", start: at.map(|at| at.0), end: at.map(|at| at.1) }
                })
                .collect(),
            attributions: record.attributions.iter().map(|a| self.attribution(article, a)).collect(),
            findings: self.findings(record),
        }
    }

    /// The record's findings, in the order of the text.
    pub fn findings<'a>(&self, record: &'a ArticleRecord) -> Vec<FindingOut<'a>> {
        let lines = (!record.findings.is_empty()).then(|| Lines::new(&record.article));
        let out = |finding: &'a Finding| Some(finding_out(&record.article, lines.as_ref()?, finding));
        record.findings.iter().filter_map(out).collect()
    }

    /// One attribution of `article`.
    pub fn attribution<'a>(&self, article: &'a Article, it: &'a Attribution) -> AttributionOut<'a> {
        AttributionOut {
            kind: kind_word(it.kind),
            form: form_word(it.form),
            source: it.source.as_ref().map(|source| source_out(article, source)),
            cue: it.cue.map(|span| words(article, span)),
            content: it.content.iter().map(|&span| words(article, span)).collect(),
            antecedent: it.antecedent.map(|span| words(article, span)),
            chain: &it.chain.nodes,
            hops: it.chain.hops.iter().map(|hop| hop_out(article, hop)).collect(),
            hand: hand_word(it.chain.hand),
            hand_by_group: hand_word(it.chain.hand_by_group),
            outlets: it.chain.outlets,
            basis: basis_word(it.basis),
            rule: &it.rule,
            rule_status: self.edition.status(&it.rule).word(),
        }
    }
}

fn source_out<'a>(article: &'a Article, source: &'a SourceRef) -> SourceOut<'a> {
    let (start, end, field) = place(article, source.span);
    SourceOut { text: article.words(source.span), start, end, field, id: &source.id, class: class_word(source.class) }
}

fn hop_out<'a>(article: &Article, hop: &'a Hop) -> HopOut<'a> {
    let (start, end, field) = place(article, hop.span);
    HopOut {
        from: &hop.from,
        to: &hop.to,
        how: match hop.how {
            How::Declared => "declared",
            How::Inferred => "inferred",
        },
        rule: &hop.rule,
        start,
        end,
        field,
    }
}

pub(super) fn words(article: &Article, span: Span) -> WordsOut<'_> {
    let (start, end, field) = place(article, span);
    WordsOut { text: article.words(span), start, end, field }
}

pub(super) fn place(article: &Article, span: Span) -> Place {
    let (field, span) = article.place(span);
    let field = match field {
        Field::Text => None,
        Field::Title => Some("title"),
        Field::Byline => Some("byline"),
        Field::Source => Some("source"),
        Field::Credit => Some("credit"),
        Field::Dateline => Some("dateline"),
    };
    (span.start, span.end, field)
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Audited => "audited",
        Status::Partly => "partly",
        Status::NotAudited => "not-audited",
    }
}

fn block_word(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::TitleRepeat => "title-repeat",
        BlockKind::Standfirst => "standfirst",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Caption => "caption",
        BlockKind::Credit => "credit",
        BlockKind::Body => "body",
        BlockKind::Paid => "paid",
        BlockKind::Boilerplate => "boilerplate",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Severity;
    use crate::report::sample::{self, TEXT, TITLE};
    use serde_json::Value;

    fn json(with_text: bool) -> Value {
        let record = sample::record();
        serde_json::to_value(ArticleJson::new(&sample::rules().edition(), with_text).article(&record, None)).unwrap()
    }

    fn slice<'a>(of: &'a str, place: &Value) -> &'a str {
        &of[place["start"].as_u64().unwrap() as usize..place["end"].as_u64().unwrap() as usize]
    }

    #[test]
    fn spans_count_in_the_text_field_and_carry_their_words() {
        let article = json(false);
        let it = &article["attributions"][1];
        for (place, words) in
            [(&it["source"], "Ada Quill"), (&it["cue"], "said"), (&it["content"][0], "The quay is shut")]
        {
            assert_eq!(slice(TEXT, place), words);
            assert_eq!(place["text"], words);
            assert!(place.get("in").is_none());
        }
        assert_eq!(slice(TEXT, &it["hops"][0]), "according to Coast Wire");
        assert_eq!(slice(TEXT, &article["blocks"][1]).split(' ').next(), Some("The"));
    }

    #[test]
    fn spans_in_the_title_field_say_so() {
        let article = json(false);
        let place = &article["attributions"][0]["content"][0];
        assert_eq!((place["in"].as_str(), slice(TITLE, place)), (Some("title"), TITLE));
        assert_eq!(article["blocks"][0]["in"], "title");
    }

    #[test]
    fn keys_stand_in_the_order_of_the_contract() {
        let record = sample::record();
        let out =
            serde_json::to_string(&ArticleJson::new(&sample::rules().edition(), false).article(&record, None)).unwrap();
        let keys = [
            "key",
            "id",
            "path",
            "record",
            "url",
            "status",
            "limits",
            "language",
            "publisher",
            "title",
            "byline",
            "published",
            "blocks",
            "attributions",
            "kind",
            "form",
            "source",
            "cue",
            "content",
            "antecedent",
            "chain",
            "hops",
            "hand",
            "hand_by_group",
            "outlets",
            "basis",
            "rule",
            "rule_status",
            "findings",
        ];
        let mut at = 0;
        for key in keys {
            let found = out[at..].find(&format!("\"{key}\":"));
            assert!(found.is_some(), "{key} is missing or too early in {out}");
            at += found.unwrap();
        }
        assert!(!out.contains("\"text\":\"Łódź quay"), "no text unless asked for");
    }

    #[test]
    fn what_is_not_known_is_null_and_empty_lists_are_lists() {
        let article = json(true);
        assert_eq!(article["text"], TEXT);
        assert!(article["url"].is_null());
        let floating = &article["attributions"][2];
        assert!(floating["source"].is_null() && floating["cue"].is_null() && floating["antecedent"].is_null());
        assert_eq!(floating["hops"], serde_json::json!([]));
        assert_eq!((floating["hand"].as_str(), floating["basis"].as_str()), (Some("unattributed"), Some("inferred")));
        assert_eq!(floating["rule_status"], "stable");
        assert_eq!(article["findings"], serde_json::json!([]));
    }

    #[test]
    fn a_finding_has_its_line_and_column_in_its_field() {
        let mut record = sample::record();
        let span = sample::span(&record.article.buffer, "Not again");
        record.findings = vec![Finding {
            code: "unattributed-quote".into(),
            severity: Severity::Warning,
            title: "Who said these words?".into(),
            message: "Quotation marks, but no speaker.".into(),
            help: String::new(),
            span,
            attribution: Some(2),
            related: Vec::new(),
            stakes: 0,
            policy: "policies/x.toml:unattributed-quote".into(),
            fingerprint: "f1:0".into(),
        }];
        let article =
            serde_json::to_value(ArticleJson::new(&sample::rules().edition(), false).article(&record, None)).unwrap();
        let finding = &article["findings"][0];
        assert_eq!(slice(TEXT, &finding["span"]), "Not again");
        assert_eq!((finding["span"]["line"].as_u64(), finding["span"]["column"].as_u64()), (Some(5), Some(2)));
    }
}
