//! What comparing the articles on one event comes to.

use crate::record::Severity;
use crate::story::order::Moment;
use crate::text::span::Span;

/// Index of an article in [`Story::articles`].
pub type At = usize;

/// Articles on one event, and what only their comparison tells.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// Its id, the same for the same articles: `s1:` and a hash of their keys.
    pub id: String,
    /// The articles, in input order.
    pub articles: Vec<Member>,
    /// Who reported it first, as far as the articles tell.
    pub first: Option<First>,
    /// The articles in the order of time, as far as it can be told.
    pub order: Order,
    /// What is said in two articles or more, the widest carried first.
    pub claims: Vec<Claim>,
    /// One answer in several wordings.
    pub utterances: Vec<Utterance>,
    /// Text that articles share.
    pub reuse: Vec<Reuse>,
    /// What can't be so in both.
    pub conflicts: Vec<Conflict>,
    /// Chains that come back to where they were, as ids.
    pub cycles: Vec<Vec<String>>,
    /// Links between sources, outlets and publishers.
    pub edges: Vec<Edge>,
    /// What policies flag.
    pub findings: Vec<StoryFinding>,
    /// Outlets of the story of which no group is recorded.
    pub ungrouped: Vec<String>,
}

impl Story {
    /// True where the comparison found something: articles may share an event, and no claim, answer or words.
    pub fn tells_something(&self) -> bool {
        !(self.claims.is_empty()
            && self.utterances.is_empty()
            && self.reuse.is_empty()
            && self.conflicts.is_empty()
            && self.cycles.is_empty())
    }
}

/// One article of a story.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its key.
    pub key: String,
    /// Publisher's id; `unknown` where nothing tells it.
    pub publisher: String,
    /// Publisher's name to show.
    pub name: String,
    /// BCP 47.
    pub language: String,
    /// Its headline, or its first words.
    pub title: String,
    /// As the article tells it.
    pub published: Option<String>,
    /// When it was published, as exactly as that can be told.
    pub moment: Option<Moment>,
    /// True where there are rules for its language, so that its sources could be read.
    pub read: bool,
    /// True where it is of the archive that drafts are held against.
    pub archive: bool,
}

/// Who was first, by what the articles say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    /// Chain id.
    pub who: String,
    /// The day, or the moment; `None` where it is not told.
    pub when: Option<String>,
    /// How it is known.
    pub basis: FirstBasis,
    /// The articles that say so.
    pub articles: Vec<At>,
}

/// How the first reporter is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstBasis {
    /// Articles name an outlet that reported it, with a day before their own.
    Named,
    /// Articles say so of outlets that they don't name.
    Unnamed,
    /// It is the earliest of the articles that were compared.
    Published,
}

/// The order in time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// True where every article has its place.
    pub told: bool,
    /// The articles from the earliest on, where it is told.
    pub articles: Vec<At>,
    /// Articles without a date.
    pub undated: Vec<At>,
    /// Articles with a time of day but no zone, or no time of day.
    pub unzoned: Vec<At>,
}

/// Something that articles say.
#[derive(Debug, Clone)]
pub struct Claim {
    /// In the words of one of them.
    pub text: String,
    /// Where it stands, the first place of each article first.
    pub mentions: Vec<Mention>,
    /// The articles that carry it, in order.
    pub articles: Vec<At>,
    /// Its origins that somebody could ask, each body once.
    pub origins: Vec<String>,
    /// Origins that nobody could ask: classes and persons without a name.
    pub vague: Vec<String>,
    /// Sources with a name that may have it from one of the origins, and are not counted: outlets whose own source nobody tells,
    /// bodies that only a common noun stands for.
    pub uncounted: Vec<String>,
    /// How many of the origins don't rest on each other, as far as the articles and the registry tell.
    pub independent: usize,
    /// The way of each article, origin first.
    pub paths: Vec<Path>,
    /// Articles that say it without a source.
    pub unsourced: Vec<At>,
}

/// One place where a claim stands.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The article.
    pub article: At,
    /// Its words, in bytes of the article's buffer.
    pub span: Span,
    /// Index of the attribution; `None` where the article says it itself.
    pub voice: Option<usize>,
}

/// The way of a claim to an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Ids, origin first, publisher last.
    pub nodes: Vec<String>,
    /// The articles that it leads to.
    pub articles: Vec<At>,
    /// How many of its first links come from other articles of the story, and not from this one.
    pub inferred: usize,
    /// The words that declare it: of the outermost hop, else of the source.
    pub declared_by: Option<(At, Span)>,
}

/// How the wordings of one utterance go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The same words, as far as each gives them.
    Same,
    /// They differ as translations do.
    Translated,
    /// One language, different words.
    Mismatch,
}

/// One thing somebody said, as outlets give it.
#[derive(Debug, Clone)]
pub struct Utterance {
    /// Chain id of the speaker.
    pub speaker: String,
    /// The language that the speaker speaks, where the registry tells it.
    pub spoken: Option<String>,
    /// How they go together.
    pub verdict: Verdict,
    /// The wordings.
    pub renderings: Vec<Rendering>,
}

/// One outlet's wording of an utterance.
#[derive(Debug, Clone)]
pub struct Rendering {
    /// The article.
    pub article: At,
    /// Its words with their marks, in bytes of the article's buffer.
    pub span: Span,
    /// The outlets that it came through.
    pub via: Vec<String>,
    /// The words in it that another rendering in the same language doesn't have.
    pub different: Vec<Span>,
}

/// What is made of shared text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReuseVerdict {
    /// The later article names where it comes from.
    Credited,
    /// It does not.
    Uncredited,
    /// Both credit one agency.
    Syndicated,
    /// Which is earlier can't be told.
    Undated,
}

/// Text that two articles share.
#[derive(Debug, Clone)]
pub struct Reuse {
    /// The article that is dated earlier; where that can't be told, the first of the two.
    pub from: At,
    /// The other one.
    pub to: At,
    /// The share of the other one's words that stand in shared runs.
    pub containment: f64,
    /// Words of the longest run.
    pub longest_run: usize,
    /// What is made of it.
    pub verdict: ReuseVerdict,
    /// The runs: bytes of the one's buffer, bytes of the other's.
    pub runs: Vec<(Span, Span)>,
}

/// What can't be so in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConflictKind {
    /// Numbers of one thing.
    Figure,
    /// Days of one thing.
    Date,
    /// Places of one thing.
    Place,
    /// Who said or showed one thing.
    Source,
    /// One says what others only give as somebody's words.
    Voice,
    /// One says plainly what others keep a distance to.
    Hedge,
    /// An outlet that is cited gives another origin itself.
    Chain,
}

impl ConflictKind {
    /// Its word in reports.
    pub fn word(self) -> &'static str {
        match self {
            ConflictKind::Figure => "figure",
            ConflictKind::Date => "date",
            ConflictKind::Place => "place",
            ConflictKind::Source => "source",
            ConflictKind::Voice => "voice",
            ConflictKind::Hedge => "hedge",
            ConflictKind::Chain => "chain",
        }
    }
}

/// Places that can't all be so.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// What differs.
    pub kind: ConflictKind,
    /// The places, those that agree next to each other.
    pub members: Vec<Side>,
}

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The article.
    pub article: At,
    /// Its words, in bytes of the article's buffer.
    pub span: Span,
    /// What they come to: a number, a day, an id.
    pub value: String,
}

/// How a link is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EdgeKind {
    /// An article says so.
    Declared,
    /// It follows from another article of the story.
    Inferred,
    /// Shared text shows it, and the later article does not name it.
    Missing,
}

/// One link to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The node nearer the origin.
    pub from: String,
    /// The node nearer the publisher.
    pub to: String,
    /// How it is known.
    pub kind: EdgeKind,
    /// The articles that it rests on.
    pub articles: Vec<At>,
}

/// What a policy flags in a story.
#[derive(Debug, Clone)]
pub struct StoryFinding {
    /// The article whose words are marked.
    pub article: At,
    /// Code of the policy.
    pub code: String,
    /// As the profile in force has it.
    pub severity: Severity,
    /// The question that the editor is asked.
    pub title: String,
    /// What was found.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The marked words, in bytes of the article's buffer.
    pub span: Span,
    /// Index of the attribution it is about.
    pub attribution: Option<usize>,
    /// Other places that it rests on: article, words, what they have to do with it.
    pub related: Vec<(At, Span, String)>,
    /// Id of the policy, with its file.
    pub policy: String,
    /// `f1:` and a hash of code, article and words (contract.md).
    pub fingerprint: String,
}
