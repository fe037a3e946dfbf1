//! The article under audit: its text, its blocks and what is known of it before anything is read.

use std::time::Duration;

use crate::text::span::Span;

/// Which field of the input a part of the buffer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The article's text; spans in it are reported without a field name.
    Text,
    /// The `title` field of a record.
    Title,
    /// The `byline` field of a record.
    Byline,
    /// A field that names whose words an agency's item was made from.
    Source,
    /// The credit line of an agency's item.
    Credit,
    /// The dateline of an agency's item, where it is a field.
    Dateline,
}

/// One field's place in [`Article::buffer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The field.
    pub field: Field,
    /// Its bytes in the buffer.
    pub span: Span,
}

/// What a block of the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The headline once more (image text, caption title).
    TitleRepeat,
    /// The lead-in between headline and body.
    Standfirst,
    /// Authors, date, time.
    Byline,
    /// Place, agency and date at the head of the body.
    Dateline,
    /// The words under a picture, its credit included.
    Caption,
    /// Closing credits: authors, contributions.
    Credit,
    /// Running text; one paragraph a block.
    Body,
    /// Advertising or sponsored text that says so.
    Paid,
    /// Navigation, adverts, other stories; nothing is read from it.
    Boilerplate,
}

/// One block: a paragraph or line of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the buffer. Blocks don't overlap and stand in order.
    pub span: Span,
}

/// A link in the text of a page. Links that Markdown writes stand in the text itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its words, in bytes of the buffer.
    pub span: Span,
    /// Where it leads, as the page writes it; `None` where that is lost.
    pub target: Option<String>,
}

/// The publisher as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// Registry id, or `name:…` where the registry doesn't have it.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// Where the text says so, in bytes of the buffer; `None` where it came from an option, a URL or a field.
    pub evidence: Option<Span>,
}

/// When the article was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// `2024-04-17`, `2024-04-17T15:48` or with an offset where the input gives one. Never completed by guessing.
    pub iso: String,
    /// Where the text says so, in bytes of the buffer.
    pub evidence: Option<Span>,
}

/// What limits the reading of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// A code of the contract, e.g. `publisher-unknown`.
    pub code: &'static str,
    /// The sentence for people.
    pub message: String,
}

impl Limit {
    /// That the time for one article was over after `limit`, and what came of it.
    pub fn time_over(limit: Duration, lost: &str) -> Limit {
        let message =
            format!("The time limit of {} s for one article (--time-limit) was reached; {lost}.", limit.as_secs());
        Limit { code: "time-limit", message }
    }
}

/// That an article says of itself that a machine wrote, translated or made a part of it. Never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MachineMade {
    /// Where its text says so, in bytes of the buffer; `None` where the data of its page do.
    pub evidence: Option<Span>,
}

/// The article's language.
#[derive(Debug, Clone, PartialEq)]
pub struct LanguageTag {
    /// BCP 47, lower case (`en`); `und` where it could not be told.
    pub tag: String,
    /// 0 to 1; 1 where it was declared.
    pub confidence: f64,
}

/// One article, decoded, with its blocks told apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// `path#id`, unique in the run.
    pub key: String,
    /// The record's id, or the path.
    pub id: String,
    /// The file, as given; `-` for standard input.
    pub path: Option<String>,
    /// Number of the record in its file, from 1.
    pub record: Option<u64>,
    /// Where the page was published.
    pub url: Option<String>,
    /// All fields of the article one after another; every span of the engine is in bytes of this buffer.
    pub buffer: String,
    /// Which bytes of the buffer came from which field, in order.
    pub parts: Vec<Part>,
    /// What is what.
    pub blocks: Vec<Block>,
    /// The links of a page, in order.
    pub links: Vec<Link>,
    /// Where it says that a machine made a part of it; empty where it does not.
    pub machine_made: Vec<MachineMade>,
    /// The language of most of it.
    pub language: LanguageTag,
    /// Whose page it is.
    pub publisher: Option<Publisher>,
    /// When it was published.
    pub published: Option<Published>,
    /// Names of the authors, as written.
    pub byline: Vec<String>,
    /// What could not be read, and why.
    pub limits: Vec<Limit>,
    /// True where the input was a page or a page scrape, so that a missing date or byline means something.
    pub page: bool,
}

impl Article {
    /// The words under `span`.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.buffer)
    }

    /// The field that holds `span`, and the span counted from that field's first byte.
    pub fn place(&self, span: Span) -> (Field, Span) {
        for part in &self.parts {
            if part.span.start <= span.start && span.start < part.span.end.max(part.span.start + 1) {
                let shift = part.span.start;
                return (part.field, Span { start: span.start - shift, end: span.end.saturating_sub(shift) });
            }
        }
        (Field::Text, span)
    }

    /// The text of one field, if the article has it.
    pub fn field(&self, field: Field) -> Option<&str> {
        self.parts.iter().find(|p| p.field == field).map(|p| self.words(p.span))
    }

    /// The headline: the title block, wherever it stands.
    pub fn title(&self) -> Option<Span> {
        self.blocks.iter().find(|b| b.kind == BlockKind::Title).map(|b| b.span)
    }
}
