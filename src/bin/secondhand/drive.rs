//! The run itself: articles in, audited on all threads, reported in input order.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel, sync_channel};
use std::time::Duration;

use rayon::prelude::*;
use secondhand::article::{Article, Limit};
use secondhand::auditor::Auditor;
use secondhand::ingest::error::InputError;
use secondhand::ingest::keys::Keys;
use secondhand::record::{self, ArticleRecord};
use secondhand::report::form::{Closing, Form};

use crate::args::InputArgs;
use crate::failure::{Failure, Status};
use crate::inputs::{self, Inputs};
use crate::messages::Messages;
use crate::setup::Session;

/// An article, or why there is none.
type Item = Result<Article, InputError>;

/// What one item came to.
struct Done {
    /// The article in the report's form.
    rendered: Option<Vec<u8>>,
    /// What to tell about an article that was not audited.
    unread: Option<String>,
    /// What could not be used.
    error: Option<InputError>,
}

/// Audits all inputs and writes the report to `out`; `stories_reason` says why articles are not compared.
///
/// # Errors
/// Where the report can't be written or the threads can't be started.
pub fn run(
    session: &Session,
    args: &InputArgs,
    form: &dyn Form,
    stories_reason: &str,
    out: &mut dyn Write,
    messages: &Messages,
) -> Result<Status, Failure> {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, usize::from))
        .build()
        .map_err(|error| Failure::usage(format!("no threads: {error}"), "try --jobs 1"))?;
    let mut status = session.status();
    let mut closing =
        Closing { errors: session.broken.clone(), stories_reason: stories_reason.to_string(), complete: true };
    let mut first = true;
    form.start(out)?;
    let lookup = inputs::lookup(session);
    let inputs = Inputs::new(&args.reading, session, &lookup)?;
    let mut keys = Keys::default();
    let complete = std::thread::scope(|scope| -> Result<bool, Failure> {
        let (sender, batches) = sync_channel(2);
        let opener = {
            let inputs = &inputs;
            // Nobody listens once the run was given up: then the rest stays unopened.
            scope.spawn(move || inputs.batches(&args.paths, &mut |batch| sender.send(batch).is_ok()))
        };
        while let Ok(batch) = batches.recv() {
            let articles: Vec<Item> = threads
                .install(|| batch.into_par_iter().map(|opened| opened.and_then(|d| inputs.article(&d))).collect());
            // Keys are given in input order, so that they are the same for any number of threads.
            let mut items: Vec<Item> = Vec::with_capacity(articles.len());
            for mut item in articles {
                if let Ok(article) = &mut item
                    && let Some(doubled) = keys.claim(article)
                {
                    items.push(Err(doubled));
                }
                items.push(item);
            }
            let results: Vec<Result<Done, Failure>> =
                threads.install(|| items.into_par_iter().map(|item| work(item, session, args, form)).collect());
            for result in results {
                let done = result?;
                if let Some(rendered) = done.rendered.filter(|bytes| !bytes.is_empty()) {
                    if !std::mem::take(&mut first) {
                        out.write_all(form.separator().as_bytes())?;
                    }
                    out.write_all(&rendered)?;
                }
                if let Some(unread) = done.unread {
                    messages.warning(&unread, Some("--allow-unsupported takes languages without rules as they are"));
                    status = Status::Unusable;
                }
                if let Some(error) = done.error {
                    messages.input(&error);
                    closing.errors.push(error);
                    status = Status::Unusable;
                }
            }
            out.flush()?;
        }
        Ok(opener.join().is_ok())
    })?;
    closing.complete = complete;
    if !closing.complete {
        messages.warning("reading stopped before the last input", Some("please report this as a bug"));
        status = Status::Unusable;
    }
    form.finish(out, &closing)?;
    out.flush()?;
    Ok(status)
}

/// One item, audited and put in the report's form.
fn work(item: Item, session: &Session, args: &InputArgs, form: &dyn Form) -> Result<Done, Failure> {
    let (record, error) = match item {
        Ok(article) => audit(&session.auditor, article, args.time_limit),
        Err(error) => return Ok(Done { rendered: None, unread: None, error: Some(error) }),
    };
    let unread = if error.is_none() { unread(&record, args.allow_unsupported) } else { None };
    Ok(Done { rendered: Some(form.article(&record)?), unread, error })
}

/// What to tell about a record that is not audited; `None` where all is well or the language may lack rules.
fn unread(record: &ArticleRecord, allow_unsupported: bool) -> Option<String> {
    if record.status != record::Status::NotAudited {
        return None;
    }
    let limits = &record.article.limits;
    if allow_unsupported && limits.iter().any(|limit| limit.code == "language-unsupported") {
        return None;
    }
    let why: Vec<&str> = limits.iter().map(|limit| limit.message.as_str()).collect();
    Some(format!("{}: not audited: {}", record.article.key, why.join(" ")))
}

/// The article's record. Where the engine fails or takes too long, an empty record that says so, and the error.
fn audit(auditor: &Arc<Auditor>, article: Article, seconds: Option<u32>) -> (ArticleRecord, Option<InputError>) {
    let spare = article.clone();
    let Some(seconds) = seconds else {
        return match catch_unwind(AssertUnwindSafe(|| auditor.audit(article))) {
            Ok(record) => (record, None),
            Err(_) => failed(spare),
        };
    };
    let (sender, receiver) = channel();
    let auditor = Arc::clone(auditor);
    std::thread::spawn(move || {
        let _ = sender.send(auditor.audit(article));
    });
    match receiver.recv_timeout(Duration::from_secs(u64::from(seconds))) {
        Ok(record) => (record, None),
        Err(RecvTimeoutError::Disconnected) => failed(spare),
        Err(RecvTimeoutError::Timeout) => {
            let message = format!("the article took longer than {seconds} s and was given up");
            given_up(spare, "time-limit", message, "raise --time-limit, or look at the article: it may not be one")
        }
    }
}

fn failed(article: Article) -> (ArticleRecord, Option<InputError>) {
    let message = "the program failed on this article".to_string();
    given_up(article, "internal", message, "please report this as a bug, with the article")
}

fn given_up(
    mut article: Article,
    code: &'static str,
    message: String,
    hint: &str,
) -> (ArticleRecord, Option<InputError>) {
    let input = article.path.clone().unwrap_or_else(|| article.key.clone());
    let error = InputError::new(&input, code, message.clone()).hint(hint).at(article.record, None, None);
    article.limits.push(Limit { code, message });
    let record =
        ArticleRecord { article, attributions: Vec::new(), findings: Vec::new(), status: record::Status::NotAudited };
    (record, Some(error))
}
