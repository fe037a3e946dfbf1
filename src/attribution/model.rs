//! What the engine reads in an article: attributions, and the hops that carry them.

use crate::text::span::Span;

/// What kind of speech or relay it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttributionKind {
    /// A person or body says something.
    Statement,
    /// An outlet, or a class of outlets, reports something.
    Report,
    /// Footage or pictures as evidence.
    Media,
    /// A refusal or failure to say anything.
    Silence,
    /// A reported act of a state, body or person: asked, blamed.
    Reaction,
    /// What somebody believes, wants or expects.
    Belief,
    /// A line that names whom the whole item comes from.
    RelayLine,
    /// A line that names who contributed.
    Contribution,
}

/// How much of the content is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// All of it.
    Direct,
    /// Some of it.
    Mixed,
    /// Nothing of it.
    Indirect,
    /// There is no content.
    None,
}

/// What kind of source it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceClass {
    /// A named person.
    Person,
    /// A body, company or authority.
    Institution,
    /// A newspaper, site or broadcaster.
    Outlet,
    /// A news agency.
    Wire,
    /// A report, statement, study or law.
    Document,
    /// People or outlets that are not told one by one.
    Collective,
    /// A person who exists but is not named.
    Anonymous,
    /// A place that stands for its government.
    Metonym,
}

/// Who an attribution's words come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRef {
    /// The phrase in the article, in bytes of the buffer.
    pub span: Span,
    /// Chain id (contract.md): a registry id, `name:…`, `class:…`, `anonymous:…`, `government:…` or `unknown`.
    pub id: String,
    /// What it is.
    pub class: SourceClass,
    /// Ids of the bodies that its phrase says it speaks for ("a spokesman for the …").
    pub bodies: Vec<String>,
}

/// How an attribution was read, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// A pattern matched with its source in place.
    Pattern,
    /// Quotation marks next to a source.
    Quotation,
    /// A pronoun, a role or a floating quotation was resolved.
    Carried,
    /// Only a scope (label, dateline) says so.
    Scope,
    /// The source could not be resolved.
    Inferred,
}

/// One attribution: source, cue and content, with the chain that the text declares for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// What kind of speech it is.
    pub kind: AttributionKind,
    /// How much is quoted.
    pub form: Form,
    /// Who said it; `None` for a quotation without a speaker.
    pub source: Option<SourceRef>,
    /// The verb or phrase that attributes, in bytes of the buffer.
    pub cue: Option<Span>,
    /// What is reported; may be empty, may be split.
    pub content: Vec<Span>,
    /// The name that a pronoun or role stands for.
    pub antecedent: Option<Span>,
    /// How it was read.
    pub basis: Basis,
    /// Id of the pattern that read it, or of the engine's own step (`engine/floating-quotation`).
    pub rule: String,
    /// Index of its block in the article.
    pub block: usize,
    /// Origin, hops and hand.
    pub chain: Chain,
}

/// How a hop is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// The text says so.
    Declared,
    /// It was worked out.
    Inferred,
}

/// One link of a chain to the next, with the words that declare it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The node nearer the origin.
    pub from: String,
    /// The node nearer the publisher.
    pub to: String,
    /// Declared or inferred.
    pub how: How,
    /// Id of the rule that read it.
    pub rule: String,
    /// The words that declare it, in bytes of the buffer.
    pub span: Span,
}

/// How far the claim travelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Hand {
    /// No outlet is declared between origin and publisher.
    Firsthand,
    /// One outlet.
    Secondhand,
    /// Two outlets or more.
    Thirdhand,
    /// The origin is a class.
    Vague,
    /// The origin is a person who is not named.
    Anonymous,
    /// There is no source.
    #[default]
    Unattributed,
}

/// Origin … publisher.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chain {
    /// Ids, origin first, publisher last.
    pub nodes: Vec<String>,
    /// `hops[i]` joins `nodes[i]` to `nodes[i + 1]`, but for the last link, which is the page itself.
    pub hops: Vec<Hop>,
    /// How far it travelled, each outlet counted.
    pub hand: Hand,
    /// The same with the outlets of one group counted once.
    pub hand_by_group: Hand,
    /// The number of outlets between origin and publisher, an origin that is an outlet included.
    pub outlets: u32,
}
