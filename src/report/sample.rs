//! An invented record for the tests of reports: a title field, a relayed statement, a quotation without a speaker.

use crate::article::{Article, Block, BlockKind, Field, LanguageTag, Limit, Part, Published, Publisher};
use crate::attribution::model::{
    Attribution, AttributionKind, Basis, Chain, Form, Hand, Hop, How, SourceClass, SourceRef,
};
use crate::record::{ArticleRecord, Finding, Related, Severity, Status};
use crate::rules::pack::SourceKind;
use crate::rules::rule_set::RuleSet;
use crate::rules::sample::source;
use crate::text::span::Span;

/// The record's fields: the title stands before the text in the buffer, as in a JSONL record.
pub const TITLE: &str = "Quay «shut»";
/// The text field.
pub const TEXT: &str =
    "Łódź quay\n\nThe quay is shut, Ada Quill said, according to Coast Wire.\n\n“Not again,” they heard.";

/// Where `words` stand in the buffer, behind the title.
pub fn span(buffer: &str, words: &str) -> Span {
    let start = buffer.rfind(words).unwrap();
    Span::new(start, start + words.len())
}

pub fn record() -> ArticleRecord {
    let buffer = format!("{TITLE}{TEXT}");
    let at = |words: &str| span(&buffer, words);
    let title = Span::new(0, TITLE.len());
    let text = Span::new(TITLE.len(), buffer.len());
    let hop = Hop {
        from: "name:Ada Quill".into(),
        to: "coast-wire".into(),
        how: How::Declared,
        rule: "en/according-to".into(),
        span: at("according to Coast Wire"),
    };
    let relayed = Attribution {
        kind: AttributionKind::Statement,
        form: Form::Indirect,
        source: Some(SourceRef {
            span: at("Ada Quill"),
            id: "name:Ada Quill".into(),
            class: SourceClass::Person,
            bodies: Vec::new(),
        }),
        cue: Some(at("said")),
        content: vec![at("The quay is shut")],
        antecedent: None,
        basis: Basis::Pattern,
        rule: "en/says".into(),
        block: 1,
        chain: Chain {
            nodes: vec!["name:Ada Quill".into(), "coast-wire".into(), "harbour-post".into()],
            hops: vec![hop],
            hand: Hand::Secondhand,
            hand_by_group: Hand::Secondhand,
            outlets: 1,
        },
    };
    let headline = Attribution { content: vec![title], cue: None, rule: "engine/title".into(), ..relayed.clone() };
    let floating = Attribution {
        form: Form::Direct,
        source: None,
        cue: None,
        content: vec![at("“Not again,”")],
        basis: Basis::Inferred,
        rule: "engine/floating-quotation".into(),
        block: 2,
        chain: Chain { nodes: vec!["unknown".into(), "harbour-post".into()], ..Chain::default() },
        ..relayed.clone()
    };
    let block = |kind, span| Block { kind, span };
    let article = Article {
        key: "in.jsonl#7".into(),
        id: "7".into(),
        path: Some("in.jsonl".into()),
        record: Some(7),
        url: None,
        parts: vec![Part { field: Field::Title, span: title }, Part { field: Field::Text, span: text }],
        blocks: vec![
            block(BlockKind::Title, title),
            block(BlockKind::Body, at("The quay is shut, Ada Quill said, according to Coast Wire.")),
            block(BlockKind::Body, at("“Not again,” they heard.")),
        ],
        links: Vec::new(),
        machine_made: Vec::new(),
        language: LanguageTag { tag: "en".into(), confidence: 1.0 },
        publisher: Some(Publisher { id: "harbour-post".into(), name: "The Harbour Post".into(), evidence: None }),
        published: Some(Published { iso: "2026-03-04T05:06".into(), evidence: None }),
        byline: vec!["Bo Reed".into()],
        limits: vec![Limit {
            code: "language-unreviewed",
            message: "No native reader has reviewed these rules.".into(),
        }],
        page: false,
        buffer,
    };
    ArticleRecord {
        article,
        attributions: vec![headline, relayed, floating],
        findings: Vec::new(),
        status: Status::Audited,
    }
}

/// The record with findings of every severity, the worst last in the list; one has a repeat.
pub fn flagged() -> ArticleRecord {
    let record = record();
    let at = |words: &str| span(&record.article.buffer, words);
    let finding = |code: &str, severity, stakes, span| Finding {
        code: code.into(),
        severity,
        title: format!("What of {code}?"),
        message: format!("Message of {code}."),
        help: format!("Help for {code}."),
        span,
        attribution: None,
        related: Vec::new(),
        stakes,
        policy: format!("policies/x.toml#{code}"),
        fingerprint: "f1:0".into(),
    };
    let mut relay = finding("relay", Severity::Warning, 0, at("according to Coast Wire"));
    relay.attribution = Some(1);
    let mut quote = finding("quote", Severity::Warning, 2, at("“Not again,”"));
    quote.related.push(Related { span: at("they heard"), message: String::new() });
    let findings = vec![
        finding("note", Severity::Note, 9, at("The quay")),
        relay,
        quote,
        finding("wrong", Severity::Error, 0, at("they heard")),
    ];
    ArticleRecord { findings, ..record }
}

/// Rules that know the two outlets by name.
pub fn rules() -> RuleSet {
    RuleSet {
        sources: vec![
            source("coast-wire", "Coast Wire", SourceKind::Outlet),
            source("harbour-post", "The Harbour Post", SourceKind::Outlet),
        ],
        hash: "abc".into(),
        ..RuleSet::default()
    }
}
