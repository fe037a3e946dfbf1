//! Opens an input: unpacks what is packed, goes through archives, and hands the rest to the reader of its form.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufRead, Read, Seek};
use std::path::Path;
use std::rc::Rc;

use tempfile::SpooledTempFile;

use super::document::{Document, DocumentSink, documents};
use super::docx::{self, Parts};
use super::error::InputError;
use super::feed::feed;
use super::form::InputForm;
use super::gzip::Gunzip;
use super::json::json;
use super::limits::{Ledger, LimitReached, damage_of};
use super::newsml::newsml;
use super::origin::Origin;
use super::record::FieldMap;
use super::sniff::{HEAD, Told, is_packed_name, packing_of_name, sniff, unnamed, unpacked_name};
use super::stream::{Counted, Metered, Stream};
use super::table::table;
use super::tar;
use super::warc::warc;
use super::zip::{Seekable, Zip, ZipFault, salvage, text_part};
use super::zstd::Unzstd;

/// Bytes of an archive that are held in memory where it can't be read from its place; above that a temporary file is used.
const IN_MEMORY: usize = 16 << 20;
/// A part of a draft may be this many times as long as the longest article: markup takes most of it.
const DRAFT: usize = 8;

/// How one input is opened.
pub struct Opening<'o> {
    /// The form that was asked for; `None`: told from name and content.
    pub form: Option<InputForm>,
    /// Columns and fields under other names.
    pub fields: &'o FieldMap,
    /// Size limit of one article in bytes.
    pub most: usize,
    /// What may be unpacked.
    pub ledger: &'o Ledger,
}

impl Opening<'_> {
    /// Opens a file.
    pub fn file(&self, file: File, origin: &Origin<'_>, sink: DocumentSink<'_>) {
        let mut stream = Stream::new(&file);
        // A zip archive is read from its end, so the file itself is needed; a pipe has none.
        if sniff(stream.peek(HEAD)) == Told::Zip && (&file).rewind().is_ok() {
            return self.zip(Box::new(&file), origin, 0, sink);
        }
        self.stream(stream, origin, 0, sink);
    }

    /// Opens a stream, `depth` packings down.
    pub fn stream(&self, mut stream: Stream<'_>, origin: &Origin<'_>, depth: u32, sink: DocumentSink<'_>) {
        let mut damaged = false;
        let head = loop {
            let head = stream.peek(HEAD).to_vec();
            if !head.is_empty() {
                break head;
            }
            match stream.fill_buf() {
                Ok([]) if damaged => return,
                Ok([]) => return sink(Err(InputError::new(origin.name, "empty", "there is no text in it"))),
                Ok(_) => {}
                // The next read goes on behind the damage.
                Err(error) if damage_of(&error).is_some() => {
                    damaged = true;
                    sink(Err(InputError::io(origin.name, &error)));
                }
                Err(error) => return sink(Err(InputError::io(origin.name, &error))),
            }
        };
        let told = match sniff(&head) {
            Told::Open => packing_of_name(origin.file).unwrap_or(Told::Open),
            told => told,
        };
        if matches!(told, Told::Gzip | Told::Zstd | Told::Tar | Told::Zip)
            && let Err(limit) = self.ledger.descend(depth)
        {
            return sink(Err(reached(origin, &limit)));
        }
        match told {
            Told::Gzip | Told::Zstd => {
                let (packed, place) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
                let stream = Stream::new(Counted::new(stream, Rc::clone(&packed)));
                let inner = if told == Told::Gzip {
                    let unpacking = Gunzip::new(stream, Rc::clone(&place));
                    Stream::unpacked(Metered::new(unpacking, packed, self.ledger), place)
                } else {
                    let unpacking = Unzstd::new(stream, Rc::clone(&place));
                    Stream::unpacked(Metered::new(unpacking, packed, self.ledger), place)
                };
                let file = unpacked_name(origin.file);
                self.stream(inner, &Origin { file: &file, alone: false, ..*origin }, depth + 1, sink);
            }
            Told::Tar => self.tar(stream, origin, depth, sink),
            Told::Zip => match spooled(stream) {
                Ok(file) => self.zip(file, origin, depth, sink),
                Err(error) => sink(Err(InputError::io(origin.name, &error))),
            },
            Told::Refused(message, hint) => {
                if !self.is_other(origin) {
                    sink(Err(InputError::new(origin.name, "binary", message).hint(hint)));
                }
            }
            Told::Form(_) | Told::Open => self.read(stream, origin, &head, told, sink),
        }
    }

    /// True for files that a folder holds for other purposes: settings, lists of addresses.
    fn is_other(&self, origin: &Origin<'_>) -> bool {
        let named = InputForm::of_name(Path::new(origin.file));
        !origin.asked && matches!(named, Some(InputForm::Feed | InputForm::Json))
    }

    /// Reads a stream that is not packed.
    fn read(&self, mut stream: Stream<'_>, origin: &Origin<'_>, head: &[u8], told: Told, sink: DocumentSink<'_>) {
        let named = InputForm::of_name(Path::new(origin.file));
        let by_content = match told {
            // A line of JSONL may say anything.
            Told::Form(InputForm::Json) if named == Some(InputForm::Jsonl) => None,
            Told::Form(form) => Some(form),
            _ => None,
        };
        let form = match self.form.or(by_content) {
            Some(form) => Some(form),
            None => match named {
                Some(InputForm::Json) => match json_form(head, origin.asked) {
                    Some(form) => Some(form),
                    None => return,
                },
                Some(InputForm::Feed) if InputForm::of_first_line(first_line(head)) == InputForm::Html => {
                    Some(InputForm::Html)
                }
                Some(InputForm::Feed) if !origin.asked => return,
                Some(form) => Some(form),
                None => unnamed(head),
            },
        };
        let (stream, most) = (&mut stream, self.most);
        match form {
            Some(InputForm::Json) => json(stream, origin, most, sink),
            Some(InputForm::Feed | InputForm::NewsMl) if starts_with(head, b"{") => json(stream, origin, most, sink),
            Some(InputForm::Feed) if told == Told::Form(InputForm::NewsMl) => newsml(stream, origin, most, sink),
            Some(InputForm::Feed) => feed(stream, origin, most, sink),
            Some(InputForm::NewsMl) => newsml(stream, origin, most, sink),
            Some(InputForm::Warc) => warc(stream, origin, most, sink),
            Some(InputForm::Csv) => table(stream, origin, false, self.fields, most, sink),
            Some(InputForm::Tsv) => table(stream, origin, true, self.fields, most, sink),
            Some(InputForm::Docx) => {
                sink(Err(InputError::new(origin.name, "bad-draft", "this is no DOCX: it is no zip archive")
                    .hint("save it again as .docx, or as plain text")))
            }
            form => documents(stream, origin, form, most, sink),
        }
    }

    fn tar(&self, mut stream: Stream<'_>, origin: &Origin<'_>, depth: u32, sink: DocumentSink<'_>) {
        let told = Handed::new(sink);
        let mut file = |name: &str, part: &mut dyn Read| {
            self.ledger.entry()?;
            let name = name.trim_start_matches("./");
            if self.is_wanted(name) {
                let inner = format!("{}/{name}", origin.name);
                let origin = Origin { name: &inner, file: name, asked: false, alone: false };
                self.stream(Stream::new(part), &origin, depth + 1, &mut |document| told.give(document));
            }
            Ok(())
        };
        let ended = tar::files(&mut stream, &mut file, &mut |error| {
            told.give(Err(InputError::io(origin.name, &error)));
        });
        match ended {
            Err(error) => told.give(Err(InputError::io(origin.name, &error))),
            Ok(()) => told.end(origin),
        }
    }

    /// True for a file of an archive that promises articles.
    fn is_wanted(&self, name: &str) -> bool {
        let path = Path::new(name);
        let hidden = path.components().any(|part| {
            let part = part.as_os_str().to_string_lossy();
            part == "__MACOSX" || (part.starts_with('.') && part.len() > 1 && part != "..")
        });
        !hidden && (InputForm::of_name(path).is_some() || is_packed_name(path) || self.form.is_some())
    }

    fn zip(&self, file: Box<dyn Seekable + '_>, origin: &Origin<'_>, depth: u32, sink: DocumentSink<'_>) {
        if let Err(limit) = self.ledger.descend(depth) {
            return sink(Err(reached(origin, &limit)));
        }
        let file = Shared(Rc::new(RefCell::new(file)));
        let told = Handed::new(sink);
        let mut take = |name: &str, part: &mut dyn Read, packed: u64| {
            if self.is_wanted(name) {
                let inner = format!("{}/{name}", origin.name);
                let origin = Origin { name: &inner, file: name, asked: false, alone: false };
                let metered = Metered::new(part, Rc::new(Cell::new(packed)), self.ledger);
                self.stream(Stream::new(metered), &origin, depth + 1, &mut |document| told.give(document));
            }
        };
        match Zip::open(Box::new(file.clone()), self.ledger) {
            Ok(mut zip) => {
                if self.form == Some(InputForm::Docx) || (self.form.is_none() && zip.has(docx::DOCUMENT)) {
                    return told.give(self.draft(&mut zip, origin));
                }
                if let Some((message, hint)) = other_document(&mut zip) {
                    return told.give(Err(InputError::new(origin.name, "binary", message).hint(hint)));
                }
                zip.files(self.ledger, &mut take, &mut |fault| told.give(Err(zip_error(origin, fault))));
            }
            Err(fault @ ZipFault::Limit(_)) => return told.give(Err(zip_error(origin, fault))),
            Err(fault) => {
                told.give(Err(zip_error(origin, fault)));
                let mut take =
                    |name: &str, part: &mut dyn Read, packed: u64| match self.form {
                        None | Some(InputForm::Docx) if name == docx::DOCUMENT => {
                            let mut metered = Metered::new(part, Rc::new(Cell::new(packed)), self.ledger);
                            let document = text_part(&mut metered, name, self.most.saturating_mul(DRAFT));
                            told.give(document.map_err(|why| bad_draft(origin, &why)).and_then(|document| {
                                drafted(Parts { document: &document, ..Parts::default() }, origin)
                            }));
                        }
                        Some(InputForm::Docx) => {}
                        _ => take(name, part, packed),
                    };
                if let Err(error) = salvage(&mut file.clone(), self.ledger, &mut take) {
                    told.give(Err(InputError::io(origin.name, &error)));
                }
            }
        }
        told.end(origin);
    }

    fn draft(&self, zip: &mut Zip<'_>, origin: &Origin<'_>) -> Result<Document, InputError> {
        let most = self.most.saturating_mul(DRAFT);
        let document = zip.part(docx::DOCUMENT, most).map_err(|why| bad_draft(origin, &why))?;
        let document = document.ok_or_else(|| bad_draft(origin, &format!("it has no {}", docx::DOCUMENT)))?;
        // Without the others only the title and the targets of links can't be told.
        let mut other = |name: &str| zip.part(name, most).ok().flatten().unwrap_or_default();
        let (styles, relations) = (other(docx::STYLES), other(docx::RELATIONS));
        drafted(Parts { document: &document, styles: &styles, relations: &relations }, origin)
    }
}

fn drafted(parts: Parts<'_>, origin: &Origin<'_>) -> Result<Document, InputError> {
    match docx::article(parts).map_err(|why| bad_draft(origin, &why))? {
        Some(item) => Ok(item.document(origin)),
        None => Err(InputError::new(origin.name, "empty", "there is no text in it")),
    }
}

fn bad_draft(origin: &Origin<'_>, why: &str) -> InputError {
    InputError::new(origin.name, "bad-draft", format!("the draft can't be read: {why}"))
        .hint("save it again as .docx, or as plain text")
}

/// Counts what is handed on of an archive, so that none is passed over in silence.
struct Handed<'s> {
    sink: RefCell<DocumentSink<'s>>,
    count: Cell<u64>,
}

impl<'s> Handed<'s> {
    fn new(sink: DocumentSink<'s>) -> Handed<'s> {
        Handed { sink: RefCell::new(sink), count: Cell::new(0) }
    }

    fn give(&self, document: Result<Document, InputError>) {
        self.count.set(self.count.get() + 1);
        (self.sink.borrow_mut())(document);
    }

    fn end(self, origin: &Origin<'_>) {
        if self.count.get() == 0 {
            self.give(Err(InputError::new(origin.name, "no-articles", "there is no article in this archive")
                .hint("files are told by their endings; --input-format takes all for one form")));
        }
    }
}

fn starts_with(head: &[u8], start: &[u8]) -> bool {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().starts_with(start)
}

fn first_line(head: &[u8]) -> &[u8] {
    head.split(|b| *b == b'\n').next().unwrap_or(head)
}

/// The form of a file that is called JSON: objects line by line, or one value. `None` for one that was come upon and holds no
/// article.
fn json_form(head: &[u8], asked: bool) -> Option<InputForm> {
    let names: [&[u8]; 6] =
        [b"\"text\"", b"\"html\"", b"\"body_text\"", b"\"body_html\"", b"\"body_xhtml\"", b"\"bodies\""];
    if !asked && !names.iter().any(|name| memchr::memmem::find(head, name).is_some()) {
        return None;
    }
    let mut lines = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let object = |line: Option<&[u8]>| line.is_some_and(|line| line.starts_with(b"{\"") || line.starts_with(b"{ \""));
    let first = lines.next();
    let whole = first.is_some_and(|line| line.ends_with(b"}"));
    Some(if object(first) && whole && object(lines.next()) { InputForm::Jsonl } else { InputForm::Json })
}

fn reached(origin: &Origin<'_>, limit: &LimitReached) -> InputError {
    InputError::new(origin.name, limit.code, limit.message.clone()).hint(limit.hint.clone())
}

fn zip_error(origin: &Origin<'_>, fault: ZipFault) -> InputError {
    match fault {
        ZipFault::Directory(why) => {
            InputError::new(origin.name, "damaged", format!("the directory of this zip archive is damaged: {why}"))
                .hint("what can still be found in it is read")
        }
        ZipFault::File(name, why) => InputError::new(&format!("{}/{name}", origin.name), "damaged", why),
        ZipFault::Limit(limit) => reached(origin, &limit),
    }
}

/// What a zip archive is that is a document and not read, and what to do.
fn other_document(zip: &mut Zip<'_>) -> Option<(&'static str, &'static str)> {
    const SAVE: &str = "save it as .docx or as plain text, or paste its text into `secondhand audit -`";
    if let Some(kind) = zip.kind() {
        if kind.contains("epub") {
            return Some(("this is an e-book (EPUB), which is not read", SAVE));
        }
        if kind.contains("opendocument") {
            return Some(("this is an OpenDocument file (.odt, .ods), which is not read", SAVE));
        }
    }
    if zip.has("xl/workbook.xml") {
        return Some(("this is a spreadsheet, which is not read", "save it as CSV"));
    }
    zip.has("ppt/presentation.xml").then_some(("this is a slide show, which is not read", SAVE))
}

/// The stream in a place that can be read from its end.
fn spooled<'a>(mut stream: Stream<'_>) -> io::Result<Box<dyn Seekable + 'a>> {
    let mut file = SpooledTempFile::new(IN_MEMORY);
    io::copy(&mut stream, &mut file)?;
    file.rewind()?;
    Ok(Box::new(file))
}

/// A file that is read from two places in turn.
#[derive(Clone)]
struct Shared<'a>(Rc<RefCell<Box<dyn Seekable + 'a>>>);

impl Read for Shared<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(into)
    }
}

impl Seek for Shared<'_> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.0.borrow_mut().seek(to)
    }
}
