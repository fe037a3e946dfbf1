//! The bytes of all inputs, read on a thread of their own and handed on in batches, in order; and how they become articles.

use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use secondhand::article::{Article, Publisher};
use secondhand::ingest::document::Document;
use secondhand::ingest::error::InputError;
use secondhand::ingest::form::InputForm;
use secondhand::ingest::limits::Limits;
use secondhand::ingest::lookup::{NoSources, SourceLookup};
use secondhand::ingest::read::{MOST_BYTES, ReadOptions, Reader};

use crate::args::ReadingArgs;
use crate::interrupt::Interrupt;
use crate::setup::Session;

/// The bytes of an article, or why there are none.
pub type Item = Result<Document, InputError>;

/// Most items of a batch, and the bytes after which it is full. With two batches waiting and one at work, this bounds what
/// is in memory.
const BATCH: (usize, usize) = (256, 4 << 20);

/// Packings inside each other are never followed deeper.
const DEEPEST: u32 = 30;

/// Time after which a waiting run looks whether it is to stop.
const WAIT: Duration = Duration::from_millis(50);

/// Batches of items, in the order of the inputs.
#[derive(Debug)]
pub struct Inputs {
    batches: Receiver<Vec<Item>>,
    reader: JoinHandle<()>,
}

impl Inputs {
    /// Starts to read `paths`.
    pub fn open(paths: &[String], args: &ReadingArgs, session: &Session) -> Inputs {
        let (sender, batches) = sync_channel(2);
        let paths = paths.to_vec();
        let options = options(args, session);
        // On its own and not scoped: when the report's reader has had enough, the process ends without waiting for inputs.
        let reader = std::thread::spawn(move || {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            // To fetch bytes takes no rules.
            Reader::new(options, &[], &NoSources).documents(&paths, &mut |item| {
                bytes += item.as_ref().map_or(0, |document| document.bytes.len());
                batch.push(item);
                if batch.len() >= BATCH.0 || bytes >= BATCH.1 {
                    bytes = 0;
                    // Nobody listens once the run was given up.
                    let _ = sender.send(std::mem::take(&mut batch));
                }
            });
            let _ = sender.send(batch);
        });
        Inputs { batches, reader }
    }

    /// The next batch; `None` at the end, or once `stop` is asked for.
    pub fn next(&self, stop: &Interrupt) -> Option<Vec<Item>> {
        loop {
            if stop.asked() {
                return None;
            }
            match self.batches.recv_timeout(WAIT) {
                Ok(batch) => return Some(batch),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// True where all inputs were read to their end; to be asked after the last batch.
    pub fn complete(self) -> bool {
        self.reader.join().is_ok()
    }
}

/// Makes articles of bytes, by the session's rules.
pub struct Articles<'a> {
    reader: Reader<'a>,
    newsroom: Option<Publisher>,
}

impl<'a> Articles<'a> {
    /// Articles read as `args` asks for; `lookup` knows the publishers.
    pub fn new(args: &ReadingArgs, session: &'a Session, lookup: &'a dyn SourceLookup) -> Articles<'a> {
        let newsroom = session.newsroom.as_ref().map(|id| {
            let (id, name) = lookup.by_name(id).unwrap_or_else(|| (format!("name:{id}"), id.clone()));
            Publisher { id, name, evidence: None }
        });
        Articles { reader: Reader::new(options(args, session), session.auditor.outlines(), lookup), newsroom }
    }

    /// The article in an item.
    ///
    /// # Errors
    /// Where there are no bytes, or they hold no article.
    pub fn article(&self, item: Item) -> Result<Article, InputError> {
        self.reader.article(&item?).map(|article| self.in_house(article))
    }

    /// Hands every article of one input to `sink`, and every error in its place.
    pub fn each(&self, path: &str, sink: &mut dyn FnMut(Result<Article, InputError>)) {
        self.reader.read(&[path.to_string()], &mut |item| sink(item.map(|article| self.in_house(article))));
    }

    /// The article as the house's own where nothing says whose it is.
    fn in_house(&self, mut article: Article) -> Article {
        if article.publisher.is_none() && self.newsroom.is_some() {
            article.publisher.clone_from(&self.newsroom);
            article.limits.retain(|limit| limit.code != "publisher-unknown");
        }
        article
    }
}

/// What the command line says goes before what the project's file says.
fn options(args: &ReadingArgs, session: &Session) -> ReadOptions {
    let (own, usual) = (&session.limits, Limits::default());
    ReadOptions {
        form: args.input_format.as_deref().and_then(InputForm::named),
        most_bytes: args.max_bytes.or(own.max_bytes).unwrap_or(MOST_BYTES),
        publisher: args.publisher.clone(),
        language: args.language.clone(),
        fields: args.map.clone().unwrap_or_default(),
        time_limit: session.time_limit,
        limits: Limits {
            most_depth: args.max_depth.or(own.max_depth).unwrap_or(usual.most_depth).min(DEEPEST),
            most_ratio: args.max_ratio.or(own.max_ratio).unwrap_or(usual.most_ratio),
            most_unpacked: args.max_unpacked.or(own.max_unpacked).unwrap_or(usual.most_unpacked),
            most_entries: args.max_entries.or(own.max_entries).unwrap_or(usual.most_entries),
        },
    }
}
