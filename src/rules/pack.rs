//! Clean rules: what the engine runs on, after every fault was reported and every broken rule left out.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::template::Template;
use super::word_forms::Morphology;
use crate::text::span::Span;

/// Where a rule stands: to point at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// The file's path, relative to its rules folder (`languages/en/says.toml`).
    pub file: Arc<str>,
    /// The rule's bytes in the file.
    pub span: Span,
    /// Line, from 1.
    pub line: u32,
}

/// How names are told from other words in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum NameTest {
    /// A capital letter.
    #[default]
    Capitals,
    /// No capitals, or all nouns have them: a name stands behind a role noun, in quotation marks or in the registry.
    RoleNoun,
    /// No capitals: the same, and names are told by given names and by endings of surnames.
    GivenNames,
}

/// Everything known of one language.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LanguagePack {
    /// BCP 47, lower case.
    pub tag: String,
    /// English name.
    pub name: String,
    /// ISO 15924 code of its script (`Latn`).
    pub script: String,
    /// True where it is written right to left.
    pub right_to_left: bool,
    /// `none`, or who reviewed it and when.
    pub review: String,
    /// How names are told.
    pub name_test: NameTest,
    /// Pairs of quotation marks, outer ones first.
    pub quotations: Vec<(String, String)>,
    /// True where a phrase is headed by its first noun, and the later ones tell whose it is.
    pub head_first: bool,
    /// True where a noun without any determiner may point back at somebody known.
    pub no_articles: bool,
    /// True where a verb without a subject goes on with the last one.
    pub drops_subject: bool,
    /// True where all nouns have capitals, so that a capital alone tells no name.
    pub noun_capitals: bool,
    /// True where a dash at the start of a paragraph opens speech.
    pub dialogue_dash: bool,
    /// True where dashes inside quotation marks enclose words of the writer's own.
    pub inserted_cue: bool,
    /// Words that end in a full stop without ending a sentence, with the stop.
    pub abbreviations: Vec<String>,
    /// Marks that end a sentence here and not elsewhere (`:` in Armenian).
    pub terminators: Vec<String>,
    /// Marks that introduce what follows, as a colon does elsewhere.
    pub colons: Vec<String>,
    /// Word lists by name; the engine asks for those that the handbook lists.
    pub lexicons: BTreeMap<String, Lexicon>,
    /// Nouns that stand for a source without a name.
    pub nouns: Vec<NounEntry>,
    /// Pronouns and whom they may stand for.
    pub pronouns: Vec<PronounEntry>,
    /// Patterns, in the order of their ids.
    pub patterns: Vec<Pattern>,
    /// Names of the months, January first: forms in notation, expanded.
    pub months: Vec<Vec<String>>,
    /// Names of the months of the solar calendar of Iran and Afghanistan, from the equinox on; empty where it is not in use.
    pub solar_months: Vec<Vec<String>>,
    /// Names of the days, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// Changes of written words.
    pub morphology: Morphology,
    /// Words of web pages around the article.
    pub page: PageWords,
}

/// A named list of words and phrases.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Lexicon {
    /// Names of lexicons whose entries belong to this one, too.
    pub includes: Vec<String>,
    /// The entries.
    pub entries: Vec<LexiconEntry>,
}

/// One entry of a lexicon.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LexiconEntry {
    /// Its key in the file.
    pub id: String,
    /// Form name → templates without slots. The plain form has the name `finite`.
    pub forms: BTreeMap<String, Vec<Template>>,
    /// Where it stands.
    pub location: Location,
}

/// What a noun makes of a phrase that it heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NounKind {
    /// An unnamed collective: `class:…`.
    Class,
    /// A person who is not named: `anonymous:…`.
    Anonymous,
    /// A body: ministry, police, court, company.
    Institution,
    /// An outlet: agency, newspaper, website.
    Outlet,
    /// A part or function of a person: spokesman, minister, president.
    Role,
    /// A report, statement, law, poll.
    Document,
    /// Video, pictures, recordings.
    Footage,
}

/// Nouns of one kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NounEntry {
    /// What they make of a phrase.
    pub kind: NounKind,
    /// The class or kind named in chain ids (`media`, `official`); the entry's key.
    pub name: String,
    /// The nouns: templates without slots.
    pub forms: Vec<Template>,
    /// Where it stands.
    pub location: Location,
}

/// Whom a pronoun may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StandsFor {
    /// One man.
    Man,
    /// One woman.
    Woman,
    /// One person.
    Person,
    /// A body, an outlet, a document.
    Thing,
    /// Several people or things, or a collective.
    Many,
    /// The speaker of the text himself, or readers: never resolved.
    Nobody,
}

/// One pronoun.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PronounEntry {
    /// Written forms, expanded.
    pub forms: Vec<String>,
    /// Whom it may stand for.
    pub stands_for: Vec<StandsFor>,
    /// True for pronouns that join a relative clause to the noun before it (`who`).
    pub relative: bool,
}

/// Words that tell the parts of a page, as templates without slots.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PageWords {
    /// Lines that are chrome whole: `Advertisement:`, `Share this article`.
    pub chrome: Vec<Template>,
    /// Lines that start a list of other stories; what follows is boilerplate: `Related Topics`, `All News`.
    pub ends_article: Vec<Template>,
    /// Words before an author's name: `by`.
    pub byline: Vec<Template>,
    /// Words before a date: `Published`, `Updated`.
    pub dateword: Vec<Template>,
    /// Words that tell a photo credit: `Photo:`, `via`.
    pub photo_credit: Vec<Template>,
    /// Words that mark paid text: `Sponsored content`.
    pub paid: Vec<Template>,
    /// Words by which a text says that a machine made a part of it: `written by AI`.
    pub machine: Vec<Template>,
    /// Words that tell a closing credit line: `contributed`, `Authors:`.
    pub credit: Vec<Template>,
    /// Words before the address of the page itself: `Original url:`.
    pub address: Vec<Template>,
}

/// What a pattern declares. The list is closed; the handbook has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each is explained in the handbook, by the name that rules use")]
pub enum Means {
    Says,
    AccordingTo,
    Citing,
    QuotedBy,
    Told,
    RelayTag,
    ClosingLine,
    Label,
    EndsLabel,
    Dateline,
    Credit,
    PhotoCredit,
    Contribution,
    Reaction,
    Belief,
    Silence,
    Anonymity,
    Vague,
    Footage,
    Agentless,
    Impersonal,
    Hedge,
    VagueTime,
    DeskNote,
}

/// On which side of its cue a pattern reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named as in the handbook")]
pub enum Side {
    Before,
    After,
    Around,
}

/// How far a pattern reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named as in the handbook")]
pub enum Unit {
    Clause,
    Sentence,
    Quotation,
    Paragraph,
    Above,
    Below,
    Article,
}

/// Where a pattern may match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// Headlines.
    Title,
    /// A whole line of the body.
    Line,
    /// The last sentence of a block.
    BlockEnd,
    /// The last block of the article.
    ArticleEnd,
    /// Captions.
    Caption,
    /// The head of the first body block.
    Lead,
}

/// The state of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum RuleStatus {
    /// In force.
    #[default]
    Stable,
    /// In force, and reported as unproven.
    Experimental,
    /// In force, and reported as going away.
    Deprecated,
}

impl RuleStatus {
    /// The word in rules and reports.
    pub fn word(self) -> &'static str {
        match self {
            RuleStatus::Stable => "stable",
            RuleStatus::Experimental => "experimental",
            RuleStatus::Deprecated => "deprecated",
        }
    }
}

/// One pattern.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pattern {
    /// `en/according-to`.
    pub id: String,
    /// What it declares.
    pub means: Means,
    /// Any of these matches.
    pub templates: Vec<Template>,
    /// Its reach, where the file gives one.
    pub covers: Option<(Side, Unit)>,
    /// Where it may match; empty: anywhere in title, standfirst, caption and body.
    pub places: Vec<Place>,
    /// Where one of these matches over the same words, the pattern does not.
    pub but_not: Vec<Template>,
    /// Ids of patterns that lose against this one on the same cue.
    pub instead_of: Vec<String>,
    /// Sentences that it must read.
    pub reads: Vec<LabelledSentence>,
    /// Near misses that it must not read, and where each stands.
    pub ignores: Vec<(String, Location)>,
    /// Its state.
    pub status: RuleStatus,
    /// Where it stands.
    pub location: Location,
}

/// A sentence of `reads`, with its labels taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelledSentence {
    /// The sentence without braces and labels.
    pub text: String,
    /// Label → bytes of `text`, in order of appearance. A label is a slot's name, or `cue`.
    pub labels: Vec<(String, Span)>,
    /// The expected chain after `=>`, origin first; `us` is the publisher. Empty where none was written.
    pub chain: Vec<String>,
    /// Where it stands.
    pub location: Location,
}

/// What kind of source an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named as in the handbook")]
pub enum SourceKind {
    Wire,
    Outlet,
    Broadcaster,
    Aggregator,
    PhotoAgency,
    Channel,
    Institution,
    Government,
    Person,
}

impl SourceKind {
    /// True for what carries news: a hop when it stands in a chain.
    pub fn carries_news(self) -> bool {
        matches!(
            self,
            SourceKind::Wire
                | SourceKind::Outlet
                | SourceKind::Broadcaster
                | SourceKind::Aggregator
                | SourceKind::Channel
                | SourceKind::PhotoAgency
        )
    }
}

/// What must stand near a name before it counts: for names that are words or abbreviations of other things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Needs {
    /// The name alone is enough.
    #[default]
    Nothing,
    /// A noun of kind `outlet` (agency, newspaper) in the same phrase, or quotation marks around the name.
    OrganisationNoun,
    /// A cue next to it, or a place where only sources stand (dateline, label, credit).
    Cue,
}

/// A fact about a source, with who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// `funding`, `ownership`, `affiliation`, …
    pub kind: String,
    /// The fact.
    pub says: String,
    /// Who says so.
    pub by: String,
    /// When it held.
    pub as_of: String,
    /// When it was checked; empty where nobody did.
    pub checked: String,
}

/// One source of the registry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SourceEntry {
    /// `interfax`, `dmitry-peskov`, `government:armenia`.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// ISO 3166 code, lower case; empty where none fits.
    pub country: String,
    /// Id of the group of publishers it belongs to, or `unknown`.
    pub group: String,
    /// Hosts of its pages, without `www.`.
    pub domains: Vec<String>,
    /// IANA time zone, or `unknown`.
    pub time_zone: String,
    /// Language or script → written names, expanded from the notation.
    pub names: BTreeMap<String, Vec<String>>,
    /// Names that count only as the publisher's own (`UP` in `Support UP`), never as a source.
    pub own_names: Vec<String>,
    /// Phrases in which its names mean something else (`presidente della Repubblica`), expanded.
    pub but_not: Vec<String>,
    /// What must stand near a name.
    pub needs: Needs,
    /// Names that need something although the entry as a whole doesn't (`AP`): name → need.
    pub names_need: Vec<(String, Needs)>,
    /// Who the entry speaks for (a person or a body): an id.
    pub speaks_for: Option<String>,
    /// The language that the entry speaks, BCP 47.
    pub speaks: Option<String>,
    /// True for a place or building that stands for a government.
    pub metonym: bool,
    /// True where a fact-checker has yet to confirm the entry.
    pub uncertain: bool,
    /// Facts about it.
    pub facts: Vec<Fact>,
    /// Sentences in which the name is found; the name stands in braces.
    pub reads: Vec<LabelledSentence>,
    /// Near misses.
    pub ignores: Vec<(String, Location)>,
    /// Where it stands.
    pub location: Location,
}

/// A kind of unnamed source.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClassEntry {
    /// `media`, `experts`; the KIND of `class:KIND`.
    pub id: String,
    /// Name to show, by language.
    pub names: BTreeMap<String, String>,
    /// True where the class carries news (media, state media, channels), so that it can be a hop.
    pub carries_news: bool,
    /// True for believers without number: critics, observers, experts.
    pub weasel: bool,
    /// True where anybody can publish: social media, channels, users.
    pub public: bool,
}

/// A country: for `government:…`, capitals that stand for it, and the country of a class.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CountryEntry {
    /// `armenia`.
    pub id: String,
    /// ISO 3166 alpha-2, lower case.
    pub code: String,
    /// Language → names, expanded.
    pub names: BTreeMap<String, Vec<String>>,
    /// Language → names of the capital, expanded.
    pub capitals: BTreeMap<String, Vec<String>>,
    /// Language → adjectives and words for its people, expanded.
    pub adjectives: BTreeMap<String, Vec<String>>,
}

/// A region or a city, and where it lies: to tell a difference from a closer look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceEntry {
    /// `north-caucasus`.
    pub id: String,
    /// Language → names, expanded.
    pub names: BTreeMap<String, Vec<String>>,
    /// Ids of the places and countries that it lies in.
    pub within: Vec<String>,
}
