//! What the targets have in common: the engine, taken up once.
#![allow(dead_code, reason = "each target uses its part")]

use std::sync::OnceLock;

use secondhand::auditor::Auditor;
use secondhand::in_force::rules::InForce;
use secondhand::ingest::form::InputForm;
use secondhand::ingest::read::{ReadOptions, Reader};
use secondhand::rules::load::{DraftFile, Drafts, RuleSources, load_with};
use secondhand::sources::lookup::RegistryLookup;

fn auditor() -> &'static Auditor {
    static AUDITOR: OnceLock<Auditor> = OnceLock::new();
    AUDITOR.get_or_init(|| Auditor::by(InForce::load(&RuleSources::default()).rules))
}

/// The reader of this process: a target reads in one form, and taking up the page words of all languages takes longer than reading.
fn reader(form: Option<&str>) -> &'static Reader<'static> {
    static LOOKUP: OnceLock<RegistryLookup<'static>> = OnceLock::new();
    static READER: OnceLock<Reader<'static>> = OnceLock::new();
    READER.get_or_init(|| {
        let lookup = LOOKUP.get_or_init(|| RegistryLookup::new(auditor().registry()));
        let form = form.and_then(InputForm::named);
        Reader::new(ReadOptions { form, most_bytes: 1 << 16, ..ReadOptions::default() }, auditor().outlines(), lookup)
    })
}

/// Reads `bytes` in the form of this name, or in the form that they are told to be, into articles.
pub fn read(bytes: &[u8], form: Option<&str>) {
    let reader = reader(form);
    reader.documents_in(bytes, "input", &mut |document| {
        if let Ok(article) = document.and_then(|document| reader.article(&document)) {
            for block in &article.blocks {
                assert!(article.buffer.get(block.span.range()).is_some(), "a block is no slice of the text");
            }
        }
    });
}

/// Reads `text` as a file of rules: the first byte says which kind.
pub fn rules(text: &str) {
    let kinds = ["languages/en/lines.toml", "sources/who.toml", "policies/own.toml", "pack.toml"];
    let kind = kinds[text.bytes().next().map_or(0, usize::from) % kinds.len()];
    let file = DraftFile { path: kind.to_owned(), shown: kind.to_owned(), text: text.to_owned() };
    let sources = RuleSources { builtin: false, dirs: Vec::new() };
    load_with(&sources, &Drafts { without: Vec::new(), files: vec![file] });
}

/// Audits `text`, taken for plain text.
pub fn audit(text: &str) {
    auditor().audit(reader(None).article_from_text(text));
}
