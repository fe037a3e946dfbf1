//! The run itself: inputs in, articles read and audited on all threads, reported in input order.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use secondhand::article::{Article, Limit};
use secondhand::ingest::error::InputError;
use secondhand::ingest::keys::Keys;
use secondhand::record::{self, ArticleRecord};
use secondhand::report::form::{Closing, Form};
use secondhand::report::tally::Tally;
use secondhand::sources::lookup::RegistryLookup;

use crate::args::InputArgs;
use crate::failure::{Failure, Status};
use crate::inputs::{Articles, Inputs, Item};
use crate::interrupt::Interrupt;
use crate::messages::Messages;
use crate::progress::Progress;
use crate::setup::Session;
use crate::stories::{Comparing, Kept, Stories};

/// Limits of an article that is audited in part only.
const CUT: [&str; 3] = ["time-limit", "truncated", "summary-only"];

/// Most errors that are told one by one: an input may be damaged on every line.
const MOST_ERRORS: usize = 10_000;

/// What one article came to.
struct Done {
    /// The article in the report's form.
    rendered: Vec<u8>,
    /// What to tell about an article that was not audited, or only in part.
    notice: Option<Notice>,
    /// True where it has a finding that the exit status tells of.
    found: bool,
    /// Why it could not be used.
    error: Option<InputError>,
    /// What the report's end counts.
    tally: Tally,
    /// Its key, and what is kept to compare it with others.
    kept: Option<(String, Kept)>,
}

enum Notice {
    Unread(String),
    Partly(String),
}

/// Audits all inputs, compares the articles as `comparing` says, and writes the report to `out`. Where they are not compared it
/// says why.
///
/// # Errors
/// Where the report can't be written or the threads can't be started.
pub fn run(
    session: &Session,
    args: &InputArgs,
    form: &dyn Form,
    comparing: Result<Comparing, &str>,
    out: &mut dyn Write,
    messages: &Messages,
) -> Result<Status, Failure> {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, usize::from))
        .build()
        .map_err(|error| Failure::usage(format!("no threads: {error}"), "try --jobs 1"))?;
    let lookup = RegistryLookup::new(session.auditor.registry());
    let articles = Articles::new(&args.reading, session, &lookup);
    let inputs = Inputs::open(&args.paths, &args.reading, session);
    let mut telling = Telling { messages, status: session.status(), errors: Vec::new(), untold: 0, first_untold: None };
    let mut keys = Keys::default();
    let mut separator = "";
    let mut tally = Tally::default();
    let (mut stories, mut reason) = match comparing {
        Ok(how) => (Some(Stories::new(how, session)), String::new()),
        Err(reason) => (None, reason.to_string()),
    };
    let stop = Interrupt::listen();
    let mut progress = Progress::new(&args.paths, form.for_people());
    form.start(out)?;
    if let Some(stories) = &mut stories {
        archive(stories, session, args, &articles, (&threads, &stop), &mut keys, &mut telling);
    }
    while let Some(batch) = inputs.next(&stop) {
        progress.draw();
        let count = batch.len();
        let bytes: usize = batch.iter().flatten().map(|document| document.bytes.len()).sum();
        let places: Vec<_> =
            batch.iter().map(|item| stories.as_mut().and_then(|stories| stories.place(item))).collect();
        let read: Vec<_> = threads.install(|| batch.into_par_iter().map(|item| read(&articles, item)).collect());
        // Keys are given out in input order, so that they are the same for any number of threads.
        let keyed: Vec<_> = read.into_iter().map(|article| with_key(article, &mut keys)).collect();
        let done: Vec<_> = threads.install(|| {
            let compared = stories.as_ref();
            keyed
                .into_par_iter()
                .map(|(article, error)| (work(article, session, args, form, compared), error))
                .collect()
        });
        progress.clear();
        for ((done, doubled), place) in done.into_iter().zip(places) {
            doubled.into_iter().for_each(|error| telling.error(error));
            let Some(done) = done? else { continue };
            if let (Some(stories), Some(place), Some((key, kept))) = (&mut stories, place, done.kept) {
                stories.keep(key, place, kept, false);
            }
            tally.add(done.tally);
            if !done.rendered.is_empty() {
                out.write_all(separator.as_bytes())?;
                out.write_all(&done.rendered)?;
                separator = form.separator();
            }
            if done.found {
                telling.status = telling.status.max(Status::Found);
            }
            done.notice.into_iter().for_each(|notice| telling.notice(&notice));
            done.error.into_iter().for_each(|error| telling.error(error));
        }
        out.flush()?;
        progress.add(count, bytes);
        progress.draw();
    }
    progress.clear();
    // Whoever is asked to stop does not wait for inputs.
    let complete = !stop.asked() && inputs.complete();
    if stop.asked() {
        messages.warning("stopped; the report holds what was read before", None);
        telling.status = Status::Unusable;
    } else if !complete {
        messages.warning("reading stopped before the last input", Some("please report this as a bug"));
        telling.status = Status::Unusable;
    }
    let mut stories = stories.filter(|stories| match stories.reason() {
        Some(given_up) => {
            reason = given_up.to_string();
            false
        }
        None => true,
    });
    form.stories(out, stories.is_some())?;
    if let Some(stories) = &mut stories {
        let told = stories.tell(session, &articles, form, &threads, out)?;
        told.warnings.iter().for_each(|warning| messages.warning(warning, None));
        if !told.warnings.is_empty() {
            telling.status = Status::Unusable;
        }
        if told.found {
            telling.status = telling.status.max(Status::Found);
        }
        tally.stories = told.stories;
        tally.in_stories = told.counts;
        tally.known += told.known;
    }
    telling.rest();
    let closing = Closing {
        broken_rules: session.broken.clone(),
        errors: telling.errors,
        compared: stories.is_some(),
        stories_reason: reason,
        complete,
        tally,
    };
    form.finish(out, &closing)?;
    out.flush()?;
    Ok(telling.status)
}

/// Takes in the archive that articles are held against: its articles are read and sketched, and not reported.
fn archive(
    stories: &mut Stories<'_>,
    session: &Session,
    args: &InputArgs,
    articles: &Articles<'_>,
    (threads, stop): (&rayon::ThreadPool, &Interrupt),
    keys: &mut Keys,
    telling: &mut Telling<'_>,
) {
    let paths = stories.against().to_vec();
    if paths.is_empty() {
        return;
    }
    let inputs = Inputs::open(&paths, &args.reading, session);
    while let Some(batch) = inputs.next(stop) {
        let places: Vec<_> = batch.iter().map(|item| stories.place(item)).collect();
        let read: Vec<_> = threads.install(|| batch.into_par_iter().map(|item| read(articles, item)).collect());
        let keyed: Vec<_> = read.into_iter().map(|article| with_key(article, keys)).collect();
        let detail = stories.detail();
        let sketched: Vec<_> = threads.install(|| {
            let one = |(article, error): (Option<Article>, Option<InputError>)| {
                let kept = article.and_then(|article| {
                    let digest = catch_unwind(AssertUnwindSafe(|| session.auditor.digest(&article, detail))).ok()?;
                    Some((article.key, stories.kept(digest, detail)))
                });
                (kept, error)
            };
            keyed.into_par_iter().map(one).collect()
        });
        for ((kept, error), place) in sketched.into_iter().zip(places) {
            error.into_iter().for_each(|error| telling.error(error));
            if let (Some((key, kept)), Some(place)) = (kept, place) {
                stories.keep(key, place, kept, true);
            }
        }
    }
    if !stop.asked() && !inputs.complete() {
        telling
            .messages
            .warning("reading the archive stopped before its last input", Some("please report this as a bug"));
        telling.status = Status::Unusable;
    }
}

/// What is told on standard error, and what it does to the exit status.
struct Telling<'a> {
    messages: &'a Messages,
    status: Status,
    errors: Vec<InputError>,
    /// How many more there were, and the first of them.
    untold: u64,
    first_untold: Option<Box<str>>,
}

impl Telling<'_> {
    fn error(&mut self, error: InputError) {
        self.status = Status::Unusable;
        if self.errors.len() >= MOST_ERRORS {
            self.untold += 1;
            self.first_untold.get_or_insert(error.input);
            return;
        }
        self.messages.input(&error);
        self.errors.push(error);
    }

    /// Tells how many errors were not told.
    fn rest(&mut self) {
        if let Some(input) = self.first_untold.take() {
            let message = format!("and {} more errors from here on, which are not told one by one", self.untold);
            let error = InputError::new(&input, "too-many-errors", message);
            self.messages.input(&error);
            self.errors.push(error);
        }
    }

    fn notice(&mut self, notice: &Notice) {
        match notice {
            Notice::Unread(message) => {
                self.messages.warning(message, Some("--allow-unsupported takes languages without rules as they are"));
                self.status = Status::Unusable;
            }
            Notice::Partly(message) => self.messages.warning(message, None),
        }
    }
}

/// The article in an item; a fault of the program in one is an error of that input alone.
fn read(articles: &Articles<'_>, item: Item) -> Result<Article, InputError> {
    let place = item.as_ref().ok().map(|document| (document.input.clone(), document.record, document.line));
    catch_unwind(AssertUnwindSafe(|| articles.article(item))).unwrap_or_else(|_| {
        let (input, record, line) = place.unwrap_or_default();
        Err(InputError::new(&input, "internal", FAILED).hint(BUG).at(record, Some(line), None))
    })
}

const FAILED: &str = "the program failed on this article";
const BUG: &str = "please report this as a bug, with the article";

/// The article with a key of its own, or nothing; and the error of a doubled id, or of what is no article.
fn with_key(article: Result<Article, InputError>, keys: &mut Keys) -> (Option<Article>, Option<InputError>) {
    match article {
        Ok(mut article) => {
            let doubled = keys.claim(&mut article);
            (Some(article), doubled)
        }
        Err(error) => (None, Some(error)),
    }
}

/// One article, audited and put in the report's form.
fn work(
    article: Option<Article>,
    session: &Session,
    args: &InputArgs,
    form: &dyn Form,
    stories: Option<&Stories<'_>>,
) -> Result<Option<Done>, Failure> {
    let Some(article) = article else { return Ok(None) };
    let spare = article.clone();
    let audit = AssertUnwindSafe(|| match stories {
        None => (session.auditor.audit(article), None),
        Some(stories) => {
            let detail = stories.detail();
            let (record, digest) = if stories.only() {
                session.auditor.read_to_compare(article, detail)
            } else {
                session.auditor.audit_to_compare(article, detail)
            };
            (record, Some(stories.kept(digest, detail)))
        }
    });
    let ((mut record, kept), error) = match catch_unwind(audit) {
        Ok(read) => (read, None),
        Err(_) => {
            let (record, error) = failed(spare);
            ((record, None), error)
        }
    };
    let known = session.baseline.take_out(&mut record.findings, |finding| &finding.fingerprint);
    let notice = if error.is_none() { notice(&record, args.allow_unsupported) } else { None };
    let counts = session.fail_on.filter(|_| !stories.is_some_and(Stories::only));
    let found = counts.is_some_and(|least| record.findings.iter().any(|finding| finding.severity >= least));
    let kept = kept.map(|kept| (record.article.key.clone(), kept));
    let tally = Tally { known, ..Tally::of(&record) };
    Ok(Some(Done { rendered: form.article(&record)?, notice, found, error, tally, kept }))
}

/// An empty record that says that the engine failed, and the error.
fn failed(mut article: Article) -> (ArticleRecord, Option<InputError>) {
    let input = article.path.clone().unwrap_or_else(|| article.key.clone());
    let error = InputError::new(&input, "internal", FAILED).hint(BUG).at(article.record, None, None);
    article.limits.push(Limit { code: "internal", message: "The program failed on this article.".to_string() });
    let record =
        ArticleRecord { article, attributions: Vec::new(), findings: Vec::new(), status: record::Status::NotAudited };
    (record, Some(error))
}

/// What to tell about a record that is not audited, or only in part; `None` where all is well or the language may lack rules.
fn notice(record: &ArticleRecord, allow_unsupported: bool) -> Option<Notice> {
    let limits = &record.article.limits;
    let told = |codes: &[&str]| {
        let why = limits.iter().filter(|limit| codes.contains(&limit.code)).map(|limit| limit.message.as_str());
        why.collect::<Vec<_>>().join(" ")
    };
    let key = &record.article.key;
    match record.status {
        record::Status::Audited => None,
        record::Status::Partly => Some(Notice::Partly(format!("{key}: audited in part: {}", told(&CUT)))),
        record::Status::NotAudited if allow_unsupported && limits.iter().any(|l| l.code == UNSUPPORTED) => None,
        record::Status::NotAudited => Some(Notice::Unread(format!("{key}: not audited: {}", told(&[UNSUPPORTED])))),
    }
}

const UNSUPPORTED: &str = "language-unsupported";
