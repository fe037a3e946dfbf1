//! Articles compared with each other: a sketch of each is kept while they stream by; the texts of those on one event are read
//! again afterwards.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use secondhand::ingest::document::Document;
use secondhand::ingest::form::InputForm;
use secondhand::report::form::Form;
use secondhand::story::build::Comparer;
use secondhand::story::cluster::cluster;
use secondhand::story::digest::{Detail, Digest};
use secondhand::story::model::Story;
use secondhand::story::sketch::Sketch;

use xxhash_rust::xxh3::xxh3_64;

use crate::inputs::{Articles, Item};
use crate::setup::Session;

/// Articles of stories that are compared at one time: what is in memory of them is bounded.
const AT_ONCE: usize = 600;
/// Bytes of articles that are kept whole, so that they needn't be read again: a run of some thousand articles reads each once.
const KEPT: usize = 96 << 20;
/// Most articles of one story that are compared with each other; an event with more is compared in parts.
const MOST_OF_STORY: usize = 2000;

/// How articles are compared.
#[derive(Debug, Clone)]
pub struct Comparing {
    /// All articles are on one event.
    pub one: bool,
    /// Days between articles on one event.
    pub window: u32,
    /// Most articles that are compared in one run.
    pub most: u64,
    /// Files and folders that the articles are held against.
    pub against: Vec<String>,
    /// Only stories are reported, and no articles.
    pub only: bool,
}

/// Where the bytes of an article can be read again.
#[derive(Debug, Clone)]
pub struct Place {
    input: Arc<str>,
    form: InputForm,
    record: Option<u64>,
    line: u64,
    length: usize,
    truncated: bool,
    /// Where the bytes start, in the input or in the spool.
    offset: u64,
    /// True where they were put aside, because the input can't be read twice.
    spooled: bool,
    /// What the bytes come to: a file may have changed since.
    hash: u64,
}

/// One article of the run.
struct Entry {
    key: String,
    place: Place,
    sketch: Sketch,
    archive: bool,
    digest: Option<Digest>,
}

/// What is kept of an article when it is read first.
pub struct Kept {
    sketch: Sketch,
    digest: Option<Digest>,
}

/// The articles of a run, as little of each as is needed.
pub struct Stories<'a> {
    how: Comparing,
    comparer: Comparer<'a>,
    entries: Vec<Entry>,
    spool: Option<Mutex<File>>,
    spooled: u64,
    /// The input that was met last, and whether it is a file that can be read again.
    input: (Arc<str>, bool),
    /// Bytes of the digests that are kept.
    kept: usize,
    /// Why articles are not compared after all.
    given_up: Option<String>,
}

/// What comparing came to.
#[derive(Debug, Default)]
pub struct Compared {
    /// Stories that were told.
    pub stories: usize,
    /// True where a story has a finding that the exit status tells of.
    pub found: bool,
    /// Counts of errors, warnings and notes in stories.
    pub counts: [usize; 3],
    /// Findings in stories that are known, and left out.
    pub known: usize,
    /// What to tell on standard error.
    pub warnings: Vec<String>,
}

impl<'a> Stories<'a> {
    /// Nothing kept yet.
    pub fn new(how: Comparing, session: &'a Session) -> Stories<'a> {
        let comparer = session.auditor.comparer(session.zone.clone());
        Stories {
            how,
            comparer,
            entries: Vec::new(),
            spool: None,
            spooled: 0,
            input: ("-".into(), false),
            kept: 0,
            given_up: None,
        }
    }

    /// Notes where an item can be read again; what can't be read there is put aside.
    pub fn place(&mut self, item: &Item) -> Option<Place> {
        let document = item.as_ref().ok().filter(|_| self.given_up.is_none())?;
        if *self.input.0 != *document.input {
            // A pipe has a name, too, and can be read once.
            let file = document.input != "-" && std::fs::metadata(&document.input).is_ok_and(|data| data.is_file());
            self.input = (document.input.as_str().into(), file);
        }
        let mut place = Place {
            input: self.input.0.clone(),
            form: document.form,
            record: document.record,
            line: document.line,
            length: document.bytes.len(),
            truncated: document.truncated,
            offset: document.offset,
            spooled: !(document.alone && self.input.1),
            hash: xxh3_64(&document.bytes),
        };
        if place.spooled {
            match self.spool(&document.bytes) {
                Ok(at) => place.offset = at,
                Err(error) => {
                    self.give_up(format!("articles can't be kept for the comparison: {error}"));
                    return None;
                }
            }
        }
        Some(place)
    }

    fn spool(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let spool = match &self.spool {
            Some(spool) => spool,
            None => self.spool.insert(Mutex::new(tempfile::tempfile()?)),
        };
        let at = self.spooled;
        let mut file = spool.lock().map_err(|_| io::Error::other("the spool can't be used"))?;
        file.write_all(bytes)?;
        self.spooled += bytes.len() as u64;
        Ok(at)
    }

    fn give_up(&mut self, reason: String) {
        self.given_up = Some(reason);
        self.entries = Vec::new();
        self.spool = None;
    }

    /// In how much detail articles are read now.
    pub fn detail(&self) -> Detail {
        if self.kept < KEPT { Detail::Whole } else { Detail::Sketch }
    }

    /// What is kept of an article that was read in such detail.
    pub fn kept(&self, digest: Digest, detail: Detail) -> Kept {
        let sketch = Sketch::new(&digest, self.comparer.zone(&digest));
        Kept { sketch, digest: (detail == Detail::Whole).then_some(digest) }
    }

    /// Keeps an article.
    pub fn keep(&mut self, key: String, place: Place, kept: Kept, archive: bool) {
        if self.given_up.is_some() {
            return;
        }
        self.kept += kept.digest.as_ref().map_or(0, Digest::size);
        self.entries.push(Entry { key, place, sketch: kept.sketch, archive, digest: kept.digest });
        if self.entries.len() as u64 > self.how.most {
            let most = self.how.most;
            self.give_up(format!("there are more than {most} articles (--story-limit)"));
        }
    }

    /// What articles are held against.
    pub fn against(&self) -> &[String] {
        &self.how.against
    }

    /// True where no articles are reported.
    pub fn only(&self) -> bool {
        self.how.only
    }

    /// Why articles are not compared; `None` where they are.
    pub fn reason(&self) -> Option<&str> {
        self.given_up.as_deref()
    }

    /// Compares the articles of each event and writes the stories.
    ///
    /// # Errors
    /// Where the report can't be written.
    pub fn tell(
        &mut self,
        session: &Session,
        articles: &Articles<'_>,
        form: &dyn Form,
        threads: &rayon::ThreadPool,
        out: &mut dyn Write,
    ) -> io::Result<Compared> {
        let mut told = Compared::default();
        let groups = self.groups();
        let mut separator = "";
        let mut from = 0;
        while from < groups.len() {
            let mut to = from;
            let mut taken = 0;
            while to < groups.len() && (to == from || taken + groups[to].len() <= AT_ONCE) {
                taken += groups[to].len();
                to += 1;
            }
            // No article is in two groups.
            let kept = groups[from..to].iter().map(|group| {
                group.iter().map(|&i| (i, self.entries[i].digest.take())).collect::<Vec<(usize, Option<Digest>)>>()
            });
            let kept: Vec<_> = kept.collect();
            let stories = &*self;
            let one: Vec<io::Result<Rendered>> = threads.install(|| {
                kept.into_par_iter().map(|group| stories.compare(group, session, articles, form)).collect()
            });
            for rendered in one {
                let rendered = rendered?;
                told.warnings.extend(rendered.warnings);
                let Some(bytes) = rendered.bytes else { continue };
                if !bytes.is_empty() {
                    out.write_all(separator.as_bytes())?;
                    out.write_all(&bytes)?;
                    separator = form.between_stories();
                    told.stories += 1;
                }
                told.found |= rendered.found;
                told.known += rendered.known;
                told.counts.iter_mut().zip(rendered.counts).for_each(|(all, own)| *all += own);
            }
            from = to;
        }
        Ok(told)
    }

    /// The articles of each event, as indexes. An event that is only in the archive is no story.
    fn groups(&self) -> Vec<Vec<usize>> {
        let own = |group: &Vec<usize>| group.iter().any(|&i| !self.entries[i].archive);
        let groups = if self.how.one {
            let all: Vec<usize> = (0..self.entries.len()).collect();
            if all.len() > 1 { vec![all] } else { Vec::new() }
        } else {
            let sketches: Vec<&Sketch> = self.entries.iter().map(|e| &e.sketch).collect();
            cluster(&sketches, self.how.window)
        };
        let parts = groups.into_iter().flat_map(|g| g.chunks(MOST_OF_STORY).map(<[usize]>::to_vec).collect::<Vec<_>>());
        parts.filter(own).collect()
    }

    fn compare(
        &self,
        group: Vec<(usize, Option<Digest>)>,
        session: &Session,
        articles: &Articles<'_>,
        form: &dyn Form,
    ) -> io::Result<Rendered> {
        let mut rendered = Rendered::default();
        let mut digests = Vec::with_capacity(group.len());
        let mut archive = Vec::with_capacity(group.len());
        for (i, kept) in group {
            let entry = &self.entries[i];
            match kept.map_or_else(|| self.again(entry, session, articles), Ok) {
                Ok(digest) => {
                    digests.push(digest);
                    archive.push(entry.archive);
                }
                Err(why) => rendered.warnings.push(format!("{}: left out of its story: {why}", entry.key)),
            }
        }
        if digests.len() < 2 {
            return Ok(rendered);
        }
        let mut story = match catch_unwind(AssertUnwindSafe(|| self.comparer.story(&digests, &archive))) {
            Ok(story) => story,
            Err(_) => {
                let first = digests.first().map_or("", |d| d.article.key.as_str());
                rendered
                    .warnings
                    .push(format!("{first}: the program failed on its story; please report this as a bug"));
                return Ok(rendered);
            }
        };
        rendered.known = session.baseline.take_out(&mut story.findings, |finding| &finding.fingerprint);
        rendered.count(&story, session);
        rendered.bytes = Some(form.story(&story, &digests)?);
        Ok(rendered)
    }

    /// The digest of an article, read once more.
    fn again(&self, entry: &Entry, session: &Session, articles: &Articles<'_>) -> Result<Digest, String> {
        let place = &entry.place;
        let bytes = self.bytes(place).map_err(|error| error.to_string())?;
        let document = Document {
            input: place.input.to_string(),
            form: place.form,
            record: place.record,
            line: place.line,
            offset: place.offset,
            bytes,
            truncated: place.truncated,
            alone: !place.spooled,
        };
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut article = articles.article(Ok(document)).map_err(|error| error.message)?;
            article.key.clone_from(&entry.key);
            Ok(session.auditor.digest(&article, Detail::Whole))
        }));
        read.unwrap_or_else(|_| Err("the program failed on it".to_string()))
    }

    fn bytes(&self, place: &Place) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; place.length];
        let read = |mut file: &File, bytes: &mut [u8]| {
            file.seek(SeekFrom::Start(place.offset))?;
            file.read_exact(bytes)
        };
        match &self.spool {
            Some(spool) if place.spooled => {
                let file = spool.lock().map_err(|_| io::Error::other("the spool can't be used"))?;
                read(&file, &mut bytes)?;
            }
            _ => read(&File::open(&*place.input)?, &mut bytes)?,
        }
        if xxh3_64(&bytes) == place.hash { Ok(bytes) } else { Err(io::Error::other("the file has changed since")) }
    }
}

/// One story in the report's form.
#[derive(Debug, Default)]
struct Rendered {
    bytes: Option<Vec<u8>>,
    found: bool,
    known: usize,
    counts: [usize; 3],
    warnings: Vec<String>,
}

impl Rendered {
    fn count(&mut self, story: &Story, session: &Session) {
        use secondhand::record::Severity;
        for (count, of) in self.counts.iter_mut().zip([Severity::Error, Severity::Warning, Severity::Note]) {
            *count = story.findings.iter().filter(|f| f.severity == of).count();
        }
        self.found = session.fail_on.is_some_and(|least| story.findings.iter().any(|f| f.severity >= least));
    }
}
