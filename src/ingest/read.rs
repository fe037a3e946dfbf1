//! The front door of ingest: paths and texts in, articles out, in input order.

use std::fs::File;
use std::io::stdin;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use super::blocks::{Layout, page_blocks, record_blocks};
use super::decode::{Decoded, decode};
use super::decode_page::decode_page;
use super::document::{Document, DocumentSink};
use super::error::InputError;
use super::form::InputForm;
use super::keys::Keys;
use super::limits::{Ledger, Limits};
use super::lookup::SourceLookup;
use super::markdown::{FrontMatter, front_matter};
use super::metadata::{authors, authors_field, published, published_field};
use super::open::Opening;
use super::origin::Origin;
use super::page::PageRules;
use super::parted::parted;
use super::publisher::{Outside, publisher};
use super::record::{FieldMap, Record, parse};
use super::sheet::normal;
use super::stream::Stream;
use super::walk::walk;
use crate::article::{Article, Block, BlockKind, Field, LanguageTag, Limit, MachineMade, Part, Published};
use crate::function_words::FunctionWords;
use crate::language::{declared, detect_by, packed};
use crate::rules::outline::Outline;
use crate::text::span::Span;
use html::Known;

/// Size limit of one article in bytes, where none is given.
pub const MOST_BYTES: usize = 8 << 20;
/// Spans hold 32 bits; decoding may make a text longer.
const MOST_EVER: usize = 1 << 30;
/// Blocks at the head and at the end of a text in which it may say of itself who made it.
const HEAD_BLOCKS: usize = 6;
const END_BLOCKS: usize = 12;

/// How inputs are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// The form of all inputs; `None`: told from name and content.
    pub form: Option<InputForm>,
    /// Size limit of one article in bytes: what is longer is cut, and said to be.
    pub most_bytes: usize,
    /// Whose articles they are: a registry id or a name; `None`: told for each article.
    pub publisher: Option<String>,
    /// The language of all articles, BCP 47; `None`: told for each article.
    pub language: Option<String>,
    /// Names of the fields of records.
    pub fields: FieldMap,
    /// What may be unpacked of one input.
    pub limits: Limits,
    /// Time for making one page an article, after which it is done with lesser means; `None`: no limit.
    pub time_limit: Option<Duration>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            form: None,
            most_bytes: MOST_BYTES,
            publisher: None,
            language: None,
            fields: FieldMap::default(),
            limits: Limits::default(),
            time_limit: None,
        }
    }
}

/// Reads articles with the rules in force. Cheap to share between threads: [`Reader::article`] changes nothing.
pub struct Reader<'a> {
    options: ReadOptions,
    packs: &'a [Outline],
    page: PageRules,
    words: FunctionWords,
    lookup: &'a dyn SourceLookup,
}

impl<'a> Reader<'a> {
    /// A reader with the page words and calendars of `packs`.
    pub fn new(options: ReadOptions, packs: &'a [Outline], lookup: &'a dyn SourceLookup) -> Reader<'a> {
        Reader { options, packs, page: PageRules::new(packs), words: FunctionWords::new(packs), lookup }
    }

    /// Reads all articles behind `paths` (files, folders, `-`) and hands them out in input order, errors between them, each
    /// with a key of its own. To read in threads, use [`Reader::documents`], [`Reader::article`] and [`Keys`].
    pub fn read(&self, paths: &[String], sink: &mut dyn FnMut(Result<Article, InputError>)) {
        let mut keys = Keys::default();
        self.documents(paths, &mut |document| match document.and_then(|d| self.article(&d)) {
            Ok(mut article) => {
                if let Some(doubled) = keys.claim(&mut article) {
                    sink(Err(doubled));
                }
                sink(Ok(article));
            }
            Err(error) => sink(Err(error)),
        });
    }

    /// Opens everything behind `paths`, archives included, and hands out the bytes of each article, in input order. Only reads;
    /// memory is bounded by the size limit.
    pub fn documents(&self, paths: &[String], sink: DocumentSink<'_>) {
        walk(paths, &mut |input| {
            let input = match input {
                Ok(input) => input,
                Err(error) => return sink(Err(error)),
            };
            let ledger = Ledger::new(self.options.limits);
            let opening = Opening {
                form: self.options.form,
                fields: &self.options.fields,
                most: self.options.most_bytes.clamp(1, MOST_EVER),
                ledger: &ledger,
            };
            let alone = input.path.is_some();
            let origin = Origin { name: &input.name, file: &input.name, asked: input.asked, alone };
            // A fault of the program in one input is an error of that input alone.
            let opened = catch_unwind(AssertUnwindSafe(|| match &input.path {
                None => opening.stream(Stream::new(stdin().lock()), &origin, 0, sink),
                Some(path) => match File::open(path) {
                    Ok(file) => opening.file(file, &origin, sink),
                    Err(error) => sink(Err(InputError::io(&input.name, &error))),
                },
            }));
            if opened.is_err() {
                let error = InputError::new(&input.name, "internal", "the program failed on this input");
                sink(Err(error.hint("please report this as a bug, with the input")));
            }
        });
    }

    /// All articles in `bytes`, which stand for an input called `name`.
    pub fn documents_in(&self, bytes: &[u8], name: &str, sink: DocumentSink<'_>) {
        let ledger = Ledger::new(self.options.limits);
        let most = self.options.most_bytes.clamp(1, MOST_EVER);
        let opening = Opening { form: self.options.form, fields: &self.options.fields, most, ledger: &ledger };
        opening.stream(Stream::new(bytes), &Origin { alone: false, ..Origin::asked(name) }, 0, sink);
    }

    /// The article in `document`.
    ///
    /// # Errors
    /// What stands in the bytes can't be used: no text, a broken record.
    pub fn article(&self, document: &Document) -> Result<Article, InputError> {
        match document.form {
            InputForm::Jsonl => return self.any_record(document, parse(document, &self.options.fields)?),
            InputForm::Row => return self.any_record(document, parse(document, &FieldMap::default())?),
            InputForm::Item => return self.item(document),
            InputForm::Warc => return self.warc_page(document),
            InputForm::Html => return self.html_file(document),
            _ => {}
        }
        let decoded = decode(&document.bytes, &document.input, !document.truncated)?;
        let mut limits = decoding_limits(&decoded);
        if document.truncated {
            limits.push(truncated(document.bytes.len()));
        }
        let mut article = self.page(decoded.text, document.form, limits);
        article.id.clone_from(&document.input);
        article.key.clone_from(&document.input);
        article.path = Some(document.input.clone());
        Ok(article)
    }

    fn any_record(&self, document: &Document, record: Record) -> Result<Article, InputError> {
        if record.html.is_some() { self.html_record(document, record) } else { Ok(self.record(document, record)) }
    }

    /// The article of a record that has a page instead of a text.
    fn html_record(&self, document: &Document, record: Record) -> Result<Article, InputError> {
        let byline = if record.byline_is_text {
            authors_field(&record.byline.join(", "), &self.page, self.lookup)
        } else {
            record.byline
        };
        let known = Known {
            url: record.url.as_deref(),
            outlet: record.outlet.as_deref(),
            title: record.title.as_deref(),
            byline: &byline,
            published: record.published.as_deref(),
            language: record.language.as_deref(),
        };
        let mut html = record.html.as_deref().unwrap_or_default();
        let most = self.options.most_bytes.clamp(1, MOST_EVER);
        let mut limits: Vec<Limit> = record.broken.map(|(count, at)| undecodable(count, at)).into_iter().collect();
        if html.len() > most {
            let cut = (0..=most).rev().find(|&i| html.is_char_boundary(i)).unwrap_or(0);
            html = &html[..cut];
            limits.push(truncated(cut));
        }
        let article = self.html_article(html, &known, &document.input);
        let mut article = article.map_err(|e| e.at(document.record, Some(document.line), None))?;
        article.id = record.id.unwrap_or_else(|| document.line.to_string());
        article.key = format!("{}#{}", document.input, article.id);
        article.path = Some(document.input.clone());
        article.record = document.record;
        article.limits.splice(0..0, limits);
        Ok(article)
    }

    fn html_file(&self, document: &Document) -> Result<Article, InputError> {
        let decoded = decode_page(&document.bytes, None, &document.input, !document.truncated)?;
        let mut limits = decoding_limits(&decoded);
        if document.truncated {
            limits.push(truncated(document.bytes.len()));
        }
        let mut article = self.html_article(&decoded.text, &Known::default(), &document.input)?;
        article.id.clone_from(&document.input);
        article.key.clone_from(&document.input);
        article.path = Some(document.input.clone());
        article.limits.splice(0..0, limits);
        Ok(article)
    }

    /// An article of plain text or a page scrape. Key, id and path are empty or `None`.
    pub fn article_from_text(&self, text: &str) -> Article {
        self.page(text.to_owned(), InputForm::Text, Vec::new())
    }

    /// Running text without anything of a page around it: every paragraph is body.
    pub fn article_from_sentences(&self, text: &str) -> Article {
        let language = self.language(None, text);
        let layout = record_blocks(text, 0..text.len(), None, &PageRules::default(), self.terminators(&language));
        self.finish(text.to_owned(), vec![part(Field::Text, 0, text.len())], layout, language)
    }

    fn page(&self, text: String, form: InputForm, limits: Vec<Limit>) -> Article {
        let front = if form == InputForm::Markdown { front_matter(&text) } else { FrontMatter::default() };
        self.text_page(text, form, &front, limits)
    }

    /// A page whose head is known as far as `front` says.
    fn text_page(&self, text: String, form: InputForm, front: &FrontMatter, limits: Vec<Limit>) -> Article {
        let stated = front.language.map(|s| s.of(&text));
        let language = self.language(stated, &text[front.length..]);
        let mut layout = page_blocks(&text, front.length, form, &self.page, self.terminators(&language));
        add_front_matter(&mut layout, front, &text);
        self.mark_agency(&mut layout, &text);
        let url = front.url.or(layout.address).map(|s| s.of(&text).to_owned());
        let house =
            Outside { option: self.options.publisher.as_deref(), url: front.url.map(|s| s.of(&text)), outlet: None };
        let parts = vec![part(Field::Text, 0, text.len())];
        let dated =
            front.date.and_then(|s| Some(Published { evidence: Some(s), ..published_field(s.of(&text), &self.page)? }));
        let published = dated.or_else(|| published(&text, &layout, &self.page));
        let found = publisher(&text, &layout, house, self.lookup);
        let byline = authors(&text, &layout, &self.page, self.lookup);
        let mut article = self.finish(text, parts, layout, language);
        (article.url, article.publisher, article.published, article.byline) = (url, found, published, byline);
        article.limits.splice(0..0, limits);
        self.tell_unknown(&mut article, None);
        article
    }

    /// The name of an agency alone in the line behind the body is its closing credit.
    fn mark_agency(&self, layout: &mut Layout, text: &str) {
        let Some(last) = layout.blocks.iter().rposition(|b| b.kind == BlockKind::Body) else { return };
        // Where nothing of a page was seen, the line itself was taken for the last paragraph.
        for block in layout.blocks.iter_mut().skip(last.max(1)).take(2) {
            let words = block.span.of(text);
            let name = words.trim_matches(|c: char| !c.is_alphanumeric());
            if words.len() <= 60 && self.lookup.by_name(name).is_some_and(|(id, _)| self.lookup.is_agency(&id)) {
                block.kind = BlockKind::Credit;
            }
        }
    }

    fn record(&self, document: &Document, record: Record) -> Article {
        let mut text = record.text;
        let mut limits = Vec::new();
        if let Some((count, at)) = record.broken {
            limits.push(undecodable(count, at));
        }
        let most = self.options.most_bytes.clamp(1, MOST_EVER);
        if text.len() > most {
            let cut = (0..=most).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
            text.truncate(cut);
            limits.push(truncated(cut));
        }
        let language = self.language(record.language.as_deref(), &text);
        let byline_text = record.byline.join(", ");
        let mut buffer = String::with_capacity(text.len() + 200);
        let (mut parts, mut heads) = (Vec::new(), Vec::new());
        for (field, kind, words) in [
            (Field::Title, BlockKind::Title, record.title.as_deref()),
            (Field::Byline, BlockKind::Byline, Some(byline_text.as_str())),
        ] {
            if let Some(words) = words.filter(|w| !w.trim().is_empty()) {
                let start = buffer.len();
                buffer.push_str(words);
                parts.push(part(field, start, buffer.len()));
                heads.push(Block { kind, span: Span::new(start, buffer.len()).trimmed(&buffer) });
                buffer.push_str("\n\n");
            }
        }
        let start = buffer.len();
        buffer.push_str(&text);
        parts.push(part(Field::Text, start, buffer.len()));
        let mut layout = record_blocks(
            &buffer,
            start..buffer.len(),
            record.title.as_deref(),
            &self.page,
            self.terminators(&language),
        );
        layout.blocks.splice(0..0, heads);
        let outside = Outside {
            option: self.options.publisher.as_deref(),
            url: record.url.as_deref(),
            outlet: record.outlet.as_deref(),
        };
        let house = publisher(&buffer, &layout, outside, self.lookup);
        let dated = match record.published.as_deref() {
            Some(value) => published_field(value, &self.page),
            None => published(&buffer, &layout, &self.page),
        };
        let byline =
            if record.byline_is_text { authors_field(&byline_text, &self.page, self.lookup) } else { record.byline };
        let mut article = self.finish(buffer, parts, layout, language);
        article.id = record.id.unwrap_or_else(|| document.line.to_string());
        article.key = format!("{}#{}", document.input, article.id);
        article.path = Some(document.input.clone());
        article.record = document.record;
        article.page = record.url.is_some();
        (article.url, article.publisher, article.published, article.byline) = (record.url, house, dated, byline);
        article.limits.splice(0..0, limits);
        self.tell_unknown(&mut article, record.published.as_deref());
        article
    }

    /// Lines at the head and the end of a text that say that a machine made a part of it.
    fn machine_made(&self, layout: &Layout, text: &str) -> Vec<MachineMade> {
        let count = layout.blocks.len();
        let outer = layout.blocks.iter().enumerate().filter(|(n, _)| *n < HEAD_BLOCKS || *n + END_BLOCKS >= count);
        let said = outer.filter(|(_, block)| self.page.says_machine(text, block.span));
        said.map(|(_, block)| MachineMade { evidence: Some(block.span) }).collect()
    }

    /// An article with what its text alone tells.
    fn finish(&self, buffer: String, parts: Vec<Part>, layout: Layout, language: LanguageTag) -> Article {
        let limits = self.language_limits(&language);
        let machine_made = self.machine_made(&layout, &buffer);
        let blocks = parted(layout.blocks, &buffer, self.terminators(&language));
        Article {
            key: String::new(),
            id: String::new(),
            path: None,
            record: None,
            url: None,
            buffer,
            parts,
            page: layout.page,
            blocks,
            links: Vec::new(),
            machine_made,
            language,
            publisher: None,
            published: None,
            byline: Vec::new(),
            limits,
        }
    }

    fn language(&self, stated: Option<&str>, text: &str) -> LanguageTag {
        match self.options.language.as_deref().or(stated).filter(|tag| !tag.trim().is_empty()) {
            Some(tag) => declared(tag, self.packs),
            None => detect_by(&self.words, text, self.packs),
        }
    }

    fn terminators(&self, language: &LanguageTag) -> &'a [String] {
        self.packs.iter().find(|p| p.tag == language.tag).map_or(&[], |p| p.terminators.as_slice())
    }

    fn language_limits(&self, language: &LanguageTag) -> Vec<Limit> {
        if !packed(&language.tag, self.packs) {
            let message = match language.tag.as_str() {
                "und" => "The language could not be told.".to_owned(),
                tag => format!("There are no rules for the language of this article ({tag})."),
            };
            return vec![Limit { code: "language-unsupported", message }];
        }
        let pack = self.packs.iter().find(|p| p.tag == language.tag && p.review == "none");
        pack.map(|p| Limit {
            code: "language-unreviewed",
            message: format!("No native reader has reviewed the rules for {} yet.", p.name),
        })
        .into_iter()
        .collect()
    }

    fn tell_unknown(&self, article: &mut Article, date_field: Option<&str>) {
        if article.publisher.is_none() {
            let message = "Nothing tells whose article this is; name it with --publisher.".to_owned();
            article.limits.push(Limit { code: "publisher-unknown", message });
        }
        if article.published.is_none() {
            let message = match date_field {
                Some(value) => {
                    format!("\"{}\" is no date that can be read.", value.chars().take(60).collect::<String>())
                }
                None => "Nothing tells when this was published.".to_owned(),
            };
            article.limits.push(Limit { code: "date-unknown", message });
        }
    }
}

fn part(field: Field, start: usize, end: usize) -> Part {
    Part { field, span: Span::new(start, end) }
}

fn decoding_limits(decoded: &Decoded) -> Vec<Limit> {
    let mut limits = Vec::new();
    if decoded.guessed {
        let message = format!("This is not UTF-8; it was read as {}, which is a guess.", decoded.encoding);
        limits.push(Limit { code: "encoding-guessed", message });
    }
    if let Some((count, at)) = decoded.broken {
        limits.push(undecodable(count, at));
    }
    limits
}

fn undecodable(count: usize, at: usize) -> Limit {
    let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
    let message = format!("{places} could not be decoded, the first at byte {at}; U+FFFD stands there.");
    Limit { code: "undecodable-bytes", message }
}

fn truncated(bytes: usize) -> Limit {
    Limit {
        code: "truncated",
        message: format!("Only the first {bytes} bytes were read; the rest is over the size limit (--max-bytes)."),
    }
}

/// Title and byline of front matter stand before the blocks of the text; a heading that repeats the title is a repeat.
fn add_front_matter(layout: &mut Layout, front: &FrontMatter, text: &str) {
    if let Some(title) = front.title {
        let words = normal(title.of(text));
        for block in layout.blocks.iter_mut().filter(|b| b.kind == BlockKind::Title) {
            block.kind = if normal(block.span.of(text)) == words { BlockKind::TitleRepeat } else { BlockKind::Body };
        }
    }
    let mut heads: Vec<Block> =
        [(front.title, BlockKind::Title), (front.author, BlockKind::Byline), (front.date, BlockKind::Byline)]
            .into_iter()
            .filter_map(|(span, kind)| span.map(|span| Block { kind, span }))
            .collect();
    layout.page |= !heads.is_empty();
    heads.sort_by_key(|b| b.span.start);
    layout.blocks.splice(0..0, heads);
}

pub mod html;
mod item;
#[cfg(test)]
mod tests;
