//! Inputs, opened and read as a session asks for.

use std::path::PathBuf;

use secondhand::article::{Article, Publisher};
use secondhand::ingest::document::Document;
use secondhand::ingest::error::InputError;
use secondhand::ingest::form::InputForm;
use secondhand::ingest::read::{MOST_BYTES, ReadOptions, Reader};
use secondhand::ingest::record::FieldMap;
use secondhand::sources::lookup::RegistryLookup;

use crate::args::ReadingArgs;
use crate::failure::Failure;
use crate::setup::Session;

/// A document, or why there is none.
pub type Opened = Result<Document, InputError>;

/// Most documents of a batch, and the bytes after which it is full. With two batches waiting and one at work, this bounds
/// what is in memory.
const BATCH: (usize, usize) = (256, 4 << 20);

/// Reads documents as a session asks for.
pub struct Inputs<'a> {
    reader: Reader<'a>,
    newsroom: Option<Publisher>,
}

/// The registry as inputs need it; it must outlive them.
pub fn lookup(session: &Session) -> RegistryLookup<'_> {
    RegistryLookup::new(session.auditor.registry(), session.auditor.rules())
}

impl<'a> Inputs<'a> {
    /// Inputs with these options.
    ///
    /// # Errors
    /// Where `--map` names a field that records don't have.
    pub fn new(args: &ReadingArgs, session: &'a Session, lookup: &'a RegistryLookup<'a>) -> Result<Inputs<'a>, Failure> {
        let fields = FieldMap::parse(&args.map.join(","))
            .map_err(|why| Failure::usage(format!("--map: {why}"), "write it as text=body,published=date"))?;
        let options = ReadOptions {
            form: args.input_format.as_deref().and_then(InputForm::named),
            fields,
            publisher: args.publisher.clone(),
            language: args.language.clone(),
            most_bytes: args.max_bytes.unwrap_or(MOST_BYTES),
        };
        let newsroom = session.newsroom.as_ref().map(|id| {
            let registry = session.auditor.registry();
            let known = registry.by_id(id).and_then(|i| registry.source(i));
            Publisher { id: id.clone(), name: known.map_or_else(|| id.clone(), |s| s.name.clone()), evidence: None }
        });
        Ok(Inputs { reader: Reader::new(options, &session.rules().languages, lookup), newsroom })
    }

    /// Opens everything behind `paths` and hands out batches, in input order, until `sink` says `false`.
    pub fn batches(&self, paths: &[PathBuf], sink: &mut dyn FnMut(Vec<Opened>) -> bool) {
        let paths: Vec<String> = paths.iter().map(|p| p.to_string_lossy().into_owned()).collect();
        let (mut batch, mut bytes, mut wanted) = (Vec::new(), 0, true);
        self.reader.documents(&paths, &mut |opened| {
            if !wanted {
                return;
            }
            bytes += opened.as_ref().map_or(0, |document| document.bytes.len());
            batch.push(opened);
            if batch.len() >= BATCH.0 || bytes >= BATCH.1 {
                bytes = 0;
                wanted = sink(std::mem::take(&mut batch));
            }
        });
        if wanted {
            sink(batch);
        }
    }

    /// The article in a document; the house's own where nothing says whose it is.
    ///
    /// # Errors
    /// What stands in the document can't be used.
    pub fn article(&self, document: &Document) -> Result<Article, InputError> {
        let mut article = self.reader.article(document)?;
        if article.publisher.is_none() && self.newsroom.is_some() {
            article.publisher.clone_from(&self.newsroom);
            article.limits.retain(|limit| limit.code != "publisher-unknown");
        }
        Ok(article)
    }
}
