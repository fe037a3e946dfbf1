//! What one article's readings amount to, before chains are built: voices, and the scopes that carry them.

use super::choose::Why;
use super::model::{AttributionKind, Basis, Form, SourceClass};
use super::reading::{Reading, Surround};
use crate::rules::pack::Means;
use crate::scan::View;
use crate::text::span::Span;

/// A block that was read.
pub struct BlockReading<'a> {
    /// Its index in the article.
    pub block: usize,
    /// The block, scanned.
    pub view: View<'a>,
    /// Where it stands.
    pub place: Surround,
    /// True for a quotation in another language than its block, which is read by itself behind all blocks.
    pub quoted: bool,
    /// The readings that stand.
    pub standing: Vec<Reading>,
    /// The readings that fell, and why.
    pub lost: Vec<(Reading, Why)>,
}

/// Who somebody is, as a node of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Chain id.
    pub id: String,
    /// What kind of source it is.
    pub class: SourceClass,
    /// True where it carries news: it can be a hop.
    pub outlet: bool,
    /// Ids of the bodies that its phrase says it speaks for ("a spokesman for the …").
    pub bodies: Vec<String>,
}

impl Node {
    /// A node whose phrase names no body that it speaks for.
    pub fn new(id: String, class: SourceClass, outlet: bool) -> Node {
        Node { id, class, outlet, bodies: Vec::new() }
    }

    /// Nobody that can be told.
    pub fn unknown() -> Node {
        Node::new(UNKNOWN.to_owned(), SourceClass::Person, false)
    }

    /// True where nothing tells who it is.
    pub fn is_unknown(&self) -> bool {
        self.id == UNKNOWN
    }
}

/// The chain id of nobody that can be told.
pub const UNKNOWN: &str = "unknown";

/// A link that a text declares: an outlet, the words and the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The outlet.
    pub node: Node,
    /// The words that declare it.
    pub span: Span,
    /// The rule that read it.
    pub rule: String,
}

/// Somebody speaking, not yet in a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// Index into the list of [`BlockReading`].
    pub at: usize,
    /// The same of the block in which its content ends: a quotation may go on over paragraphs.
    pub ends_at: usize,
    /// True while its content is the colon at the end of its block, and stands in the next one.
    pub announces: bool,
    /// True where it speaks in the last sentence of its block.
    pub closes: bool,
    /// The sentence it was read in: bytes of the buffer.
    pub sentence: Span,
    /// What kind of speech it is.
    pub kind: AttributionKind,
    /// How much is quoted.
    pub form: Form,
    /// The source's words and node.
    pub source: Option<(Span, Node)>,
    /// The cue.
    pub cue: Option<Span>,
    /// The content.
    pub content: Vec<Span>,
    /// What a pronoun or role stands for.
    pub antecedent: Option<Span>,
    /// How it was read.
    pub basis: Basis,
    /// The rule that read it.
    pub rule: String,
    /// What the rule declares.
    pub means: Option<Means>,
    /// How many quotations enclose it.
    pub depth: u8,
    /// Links that belong to this voice alone (`told X`, `X, citing`), inner first.
    pub links: Vec<Link>,
    /// False where the voice only carries another one: it became a scope.
    pub stands: bool,
}

impl Voice {
    /// The first byte of anything it rests on.
    pub fn start(&self) -> u32 {
        let spans = self.source.iter().map(|(s, _)| s).chain(&self.cue).chain(&self.content);
        spans.map(|s| s.start).min().unwrap_or(self.sentence.start)
    }
}

/// How far a scope reaches from the innermost outwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// `told X`
    Recipient,
    /// `according to X`
    Clause,
    /// `, X reports`
    Tag,
    /// `Source: X`, a closing line.
    Label,
    /// `(X) —`, a closing credit.
    Dateline,
}

/// What a scope covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Voices whose words lie in this stretch.
    Stretch(Span),
    /// The paragraph around the stretch, while the speaker stays the same; title and lead where they report the same body.
    Paragraph {
        /// Index into the list of [`BlockReading`].
        at: usize,
        /// The sentence of the tag.
        sentence: Span,
    },
    /// From the first of these blocks (indexes into the list of [`BlockReading`]) to before the second, title included.
    Item(usize, usize),
    /// Everything but captions.
    Article,
}

/// Outlets that carry what lies in reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Its place from inside out.
    pub level: Level,
    /// The outlets, inner first.
    pub links: Vec<Link>,
    /// What it covers.
    pub reach: Reach,
    /// Index of the voice that it was made from, which it does not cover.
    pub from: Option<usize>,
}
