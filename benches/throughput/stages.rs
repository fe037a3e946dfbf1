//! What share of the time each stage takes: the stages of the library called one by one on the same articles.

use std::time::{Duration, Instant};

use secondhand::article::Article;
use secondhand::attribution::pipeline::{Tongues, read_blocks, sourcing};
use secondhand::compiled::language::Language;
use secondhand::ingest::document::Document;
use secondhand::ingest::form::InputForm;
use secondhand::ingest::read::{ReadOptions, Reader};
use secondhand::language::otherwise;
use secondhand::policy::evaluate::findings;
use secondhand::policy::lexicons::Lexicons;
use secondhand::policy::page::Page;
use secondhand::policy::profile::Profile;
use secondhand::record::{ArticleRecord, Status};
use secondhand::report::form::Form;
use secondhand::report::jsonl::{Jsonl, Rows};
use secondhand::rules::outline::Outline;
use secondhand::rules::rule_set::RuleSet;
use secondhand::scan::View;
use secondhand::sources::lookup::RegistryLookup;
use secondhand::sources::registry::Registry;

/// The stages, as the table names them.
pub const STAGES: [&str; 6] = [
    "reading: record, language, blocks, metadata",
    "scan: words, names, cues, marks, sentences, quotations",
    "patterns",
    "resolution, scopes, chains",
    "policies",
    "output",
];

/// The share of each stage, of 1, over these records.
pub fn shares(rules: &RuleSet, lines: &[String]) -> [f64; STAGES.len()] {
    let registry = Registry::new(rules);
    let outlines = rules.outlines();
    let compiled = rules.languages.iter().cloned().map(Language::new);
    let languages: Vec<(Language, Lexicons)> = compiled.map(with_lexicons).collect();
    let lookup = RegistryLookup::new(&registry);
    let bench = Bench {
        rules,
        registry: &registry,
        languages: &languages,
        reader: Reader::new(ReadOptions::default(), &outlines, &lookup),
        outlines: &outlines,
        form: Jsonl::new(&rules.edition(), Rows::Articles, false),
        profile: Profile::default(),
    };
    let mut spent = [Duration::ZERO; STAGES.len()];
    for (line, number) in lines.iter().zip(1..) {
        bench.article(line, number, &mut spent);
    }
    let all: Duration = spent.iter().sum();
    spent.map(|one| one.as_secs_f64() / all.as_secs_f64())
}

fn with_lexicons(language: Language) -> (Language, Lexicons) {
    let lexicons = Lexicons::new(&language);
    (language, lexicons)
}

struct Bench<'b> {
    rules: &'b RuleSet,
    outlines: &'b [Outline],
    registry: &'b Registry,
    languages: &'b [(Language, Lexicons)],
    reader: Reader<'b>,
    form: Jsonl,
    profile: Profile,
}

impl Bench<'_> {
    /// Takes one record through all stages, adding the time of each.
    fn article(&self, line: &str, number: u64, spent: &mut [Duration; STAGES.len()]) {
        let document = Document {
            input: "bench.jsonl".to_owned(),
            form: InputForm::Jsonl,
            record: Some(number),
            line: number,
            offset: 0,
            bytes: line.as_bytes().to_vec(),
            truncated: false,
            alone: false,
        };
        let start = Instant::now();
        let article = self.reader.article(&document).expect("generated records are sound");
        spent[0] += start.elapsed();
        let known = self.languages.iter().find(|(language, _)| language.pack.tag == article.language.tag);
        let Some((language, lexicons)) = known else {
            self.output(article, Vec::new(), Vec::new(), Status::NotAudited, spent);
            return;
        };
        let publisher = article.publisher.as_ref().map_or("unknown", |p| p.id.as_str());
        let start = Instant::now();
        let other = |text: &str, unfamiliar: bool| {
            let pack = otherwise(text, &language.pack.tag, self.outlines, unfamiliar)?;
            self.languages.iter().map(|(language, _)| language).find(|language| language.pack.tag == pack.tag)
        };
        let read = read_blocks(&article, &Tongues { own: language, other: &other }, self.registry, None);
        let both = start.elapsed();
        // Scanning is a part of that; done once more on its own, it tells how large a part.
        let mut scan = Duration::ZERO;
        for (at, block) in read.blocks.iter().enumerate() {
            if at > 0 && read.blocks[at - 1].block == block.block {
                continue;
            }
            let span = article.blocks[block.block].span;
            let start = Instant::now();
            let view = View::new(&article.buffer, span, language, self.registry, false);
            scan += start.elapsed();
            drop(view);
        }
        spent[1] += scan;
        spent[2] += both.saturating_sub(scan);
        let start = Instant::now();
        let (found, scopes) = sourcing(&read, self.registry, publisher);
        spent[3] += start.elapsed();
        let start = Instant::now();
        let page = Page::new(&article, &read, (&found, &scopes), self.registry, (language, lexicons));
        let flagged = findings(&page, &self.rules.policies, &self.profile);
        drop(page);
        spent[4] += start.elapsed();
        drop(read);
        self.output(article, found, flagged, Status::Audited, spent);
    }

    fn output(
        &self,
        article: Article,
        attributions: Vec<secondhand::attribution::model::Attribution>,
        findings: Vec<secondhand::record::Finding>,
        status: Status,
        spent: &mut [Duration; STAGES.len()],
    ) {
        let record = ArticleRecord { article, attributions, findings, status };
        let start = Instant::now();
        let rendered = self.form.article(&record).expect("a record can be written to memory");
        spent[5] += start.elapsed();
        drop(rendered);
    }
}
