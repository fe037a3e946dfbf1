//! Articles of all inputs, read on a thread of their own and handed on in batches, in order.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;

use secondhand::article::{Article, Publisher};
use secondhand::auditor::Auditor;
use secondhand::ingest::error::InputError;
use secondhand::ingest::form::InputForm;
use secondhand::ingest::read::{ReadOptions, read_path};

use crate::args::ReadingArgs;
use crate::setup::Session;

/// An article, or why there is none.
pub type Item = Result<Article, InputError>;

/// Most articles of a batch, and the bytes of text after which it is full. With two batches waiting and one at work,
/// this bounds what is in memory.
const BATCH: (usize, usize) = (256, 4 << 20);

/// Batches of items, in the order of the inputs.
#[derive(Debug)]
pub struct Inputs {
    batches: Receiver<Vec<Item>>,
    reader: JoinHandle<()>,
}

impl Inputs {
    /// Starts to read `paths`.
    pub fn open(paths: &[PathBuf], args: &ReadingArgs, session: &Session) -> Inputs {
        let (sender, batches) = sync_channel(2);
        let reader = Reader::new(args, session);
        let paths = paths.to_vec();
        let reader = std::thread::spawn(move || {
            let mut batch = Vec::new();
            let mut bytes = 0;
            for path in &paths {
                reader.read(path, &mut |item| {
                    bytes += item.as_ref().map_or(0, |article| article.buffer.len());
                    batch.push(item);
                    if batch.len() >= BATCH.0 || bytes >= BATCH.1 {
                        bytes = 0;
                        // Nobody listens once the run was given up; the process ends then.
                        let _ = sender.send(std::mem::take(&mut batch));
                    }
                });
            }
            let _ = sender.send(batch);
        });
        Inputs { batches, reader }
    }

    /// The next batch; `None` at the end.
    pub fn next(&self) -> Option<Vec<Item>> {
        self.batches.recv().ok()
    }

    /// True where all inputs were read to their end; to be asked after the last batch.
    pub fn complete(self) -> bool {
        self.reader.join().is_ok()
    }
}

/// Reads inputs as a session asks for.
#[derive(Debug)]
pub struct Reader {
    options: ReadOptions,
    auditor: Arc<Auditor>,
    newsroom: Option<Publisher>,
}

impl Reader {
    /// A reader with these options.
    pub fn new(args: &ReadingArgs, session: &Session) -> Reader {
        let options = ReadOptions {
            format: args.input_format.as_deref().and_then(InputForm::named),
            map: args.map.clone(),
            publisher: args.publisher.clone(),
            language: args.language.clone(),
            max_bytes: args.max_bytes,
        };
        let newsroom = session.newsroom.as_ref().map(|id| {
            let known = session.rules().sources.iter().find(|source| source.id == *id);
            Publisher { id: id.clone(), name: known.map_or_else(|| id.clone(), |s| s.name.clone()), evidence: None }
        });
        Reader { options, auditor: Arc::clone(&session.auditor), newsroom }
    }

    /// Hands every article of one input to `sink`, and every error in its place.
    pub fn read(&self, path: &Path, sink: &mut dyn FnMut(Item)) {
        read_path(&path.to_string_lossy(), &self.options, self.auditor.rules(), &mut |item| {
            sink(item.map(|article| self.in_house(article)));
        });
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
