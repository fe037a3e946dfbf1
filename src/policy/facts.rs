//! The closed table of what a policy may look at and ask: subjects, places, facts, each with a sentence for the handbook.

/// What a policy looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is explained in SUBJECTS")]
pub enum SubjectKind {
    Article,
    Headline,
    Lead,
    Sentence,
    Claim,
    Attribution,
    Hop,
    Quotation,
    Figure,
    Date,
    Caption,
    Link,
    Credit,
    Story,
}

use SubjectKind::{
    Article, Attribution, Caption, Claim, Credit, Date, Figure, Headline, Hop, Lead, Link, Quotation, Sentence, Story,
};

/// Every subject: its word in rules, and what it is.
pub const SUBJECTS: [(&str, SubjectKind, &str); 14] = [
    ("article", Article, "the article as a whole"),
    ("headline", Headline, "its headline"),
    ("lead", Lead, "the first paragraph of the body"),
    ("sentence", Sentence, "a sentence of the body"),
    ("claim", Claim, "an attribution that reports something: not a silence, not a credit, not a label"),
    ("attribution", Attribution, "anything that the engine reads as somebody saying something"),
    ("hop", Hop, "one outlet handing on to the next"),
    ("quotation", Quotation, "words in quotation marks that are somebody's speech"),
    ("figure", Figure, "a number in the body"),
    ("date", Date, "an expression of time that a pattern of `vague-time` reads"),
    ("caption", Caption, "the words under a picture"),
    ("link", Link, "the text of a link"),
    ("credit", Credit, "a line that names who contributed"),
    ("story", Story, "something that only the comparison of articles on one event shows, in one of them"),
];

/// Whose words a finding marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is explained in PLACES")]
pub enum Marked {
    Whole,
    Sentence,
    Source,
    Cue,
    Content,
    Hop,
    Mark,
    Stake,
}

/// Every place: its word in rules, and which words it means.
pub const PLACES: [(&str, Marked, &str); 8] = [
    ("whole", Marked::Whole, "all of what is looked at"),
    ("sentence", Marked::Sentence, "the sentence that it stands in"),
    ("source", Marked::Source, "the words that name the source"),
    ("cue", Marked::Cue, "source and cue, where they stand together"),
    ("content", Marked::Content, "what is reported"),
    ("hop", Marked::Hop, "the words that declare the outermost relay"),
    ("mark", Marked::Mark, "the words of the pattern that the policy rests on"),
    ("stake", Marked::Stake, "the words that put something at stake"),
];

/// When a fact can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// From one article alone.
    Article,
    /// Only when articles are compared; unknown before.
    Story,
}

/// What kind of value a fact has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactType {
    /// `true` or `false`.
    Flag,
    /// A whole number, from 0.
    Number,
    /// One or several words of this list.
    Words(&'static [&'static str]),
    /// One or several words that rules or the registry give (ids).
    Open,
}

/// Which fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is explained in FACTS")]
pub enum FactId {
    About,
    Where,
    Paragraph,
    Hedged,
    Covered,
    Attributed,
    Background,
    NamesDocument,
    SentenceSourced,
    NextSourced,
    HasCue,
    HasSpeech,
    PersonNear,
    History,
    Agentless,
    DeskNote,
    VagueTime,
    Negated,
    Question,
    Opinion,
    Kind,
    Form,
    Quoted,
    Hand,
    HandByGroup,
    Outlets,
    Class,
    Origin,
    OriginKind,
    SourceId,
    Weasel,
    CarriesNews,
    NamedNearby,
    NamedFollow,
    BodyNamed,
    DescribedAsState,
    SourceFact,
    Uncertain,
    ReasonGiven,
    AccessDescribed,
    Described,
    Definite,
    Resolved,
    NamedBefore,
    HoldsName,
    NamesBody,
    Sound,
    Circular,
    OwnWork,
    OnlySource,
    OtherVoice,
    AskedOnly,
    Recipient,
    Declared,
    ScopeClear,
    HasContent,
    Words,
    Repeated,
    Introduced,
    Figure,
    Exact,
    Resolvable,
    Credited,
    Target,
    ShareTold,
    Page,
    Lacks,
    FirstSource,
    Origins,
    HeadlineMarked,
    LeadAttributes,
    LeadAsserts,
    LeadHedges,
    PluralForOne,
    IndependentOrigins,
    Found,
    Verdict,
    Articles,
    Ordered,
    Foreign,
    SharedPercent,
    LongestRun,
    Competent,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Fact {
    /// Its word in rules.
    pub name: &'static str,
    /// Which it is.
    pub id: FactId,
    /// Of what it can be asked.
    pub of: &'static [SubjectKind],
    /// What its values are.
    pub kind: FactType,
    /// When it can be known.
    pub stage: Stage,
    /// What it says, for the handbook.
    pub says: &'static str,
}

impl Fact {
    /// How much work it takes to tell, from 0: what is written down already, what takes a look at the sentence, at the
    /// article.
    pub fn cost(&self) -> u8 {
        use FactId::*;
        match self.id {
            Where | Paragraph | Opinion | Page | Kind | Form | Hand | HandByGroup | Outlets | Class | Origin
            | HasContent | Resolved | Figure | Exact | Target | HeadlineMarked => 0,
            Hedged | Agentless | DeskNote | VagueTime | NamesDocument | HasCue | HasSpeech | SentenceSourced
            | NextSourced | OriginKind | SourceId | Weasel | CarriesNews | Circular | Uncertain | SourceFact
            | ReasonGiven => 1,
            Words | Question | Negated | Quoted | Definite | Described | Recipient | Declared | History | Covered
            | Attributed | OtherVoice | DescribedAsState | Lacks => 2,
            Repeated | BodyNamed | NamedBefore | NamedNearby | LeadAttributes | LeadAsserts | LeadHedges
            | ScopeClear | OnlySource | PluralForOne | IndependentOrigins => 5,
            About | Background => 3,
            _ => 4,
        }
    }
}

/// What is at stake in some words, worst first.
pub const STAKES: [&str; 9] =
    ["casualties", "allegation", "wrong", "blame", "outcome", "forecast", "plan", "intent", "first"];

const ALL: &[SubjectKind] = &[
    Article,
    Headline,
    Lead,
    Sentence,
    Claim,
    Attribution,
    Hop,
    Quotation,
    Figure,
    Date,
    Caption,
    Link,
    Credit,
    Story,
];
const WORDED: &[SubjectKind] = &[Headline, Lead, Sentence, Claim, Attribution, Hop, Quotation, Figure, Date, Link];
const PROSE: &[SubjectKind] = &[Sentence, Claim, Attribution, Hop, Quotation, Figure, Date, Link];
const VOICES: &[SubjectKind] = &[Claim, Attribution, Hop];

const fn fact(name: &'static str, id: FactId, of: &'static [SubjectKind], kind: FactType, says: &'static str) -> Fact {
    Fact { name, id, of, kind, stage: Stage::Article, says }
}

const fn story(name: &'static str, id: FactId, kind: FactType, says: &'static str) -> Fact {
    Fact { name, id, of: &[Story], kind, stage: Stage::Story, says }
}

use FactType::{Flag, Number, Open, Words};

/// Every fact that a policy may ask.
#[rustfmt::skip]
pub const FACTS: &[Fact] = &[
    fact("about", FactId::About, WORDED, Words(&STAKES), "what is at stake in the words (of an attribution: in what is reported)"),
    fact("in", FactId::Where, WORDED, Words(&["title", "standfirst", "lead", "body", "caption", "credit"]), "where it stands"),
    fact("paragraph", FactId::Paragraph, PROSE, Number, "which paragraph of the body, from 1; 0 outside the body"),
    fact("hedged", FactId::Hedged, WORDED, Flag, "the sentence itself keeps its distance (a pattern of `hedge`)"),
    fact("covered", FactId::Covered, PROSE, Words(&["clause", "tag", "label", "dateline"]), "which relays reach over the sentence"),
    fact("attributed", FactId::Attributed, WORDED, Flag, "it lies in what somebody (of an attribution: somebody else) who is told is reported to say; of a headline: somebody speaks in it"),
    fact("background", FactId::Background, PROSE, Flag, "settled background: a dated public record or a named document, and nothing at stake"),
    fact("names-document", FactId::NamesDocument, PROSE, Flag, "the sentence names a document as its ground (lexicon `document-ground`)"),
    fact("sentence-sourced", FactId::SentenceSourced, PROSE, Flag, "somebody speaks in the sentence"),
    fact("next-sourced", FactId::NextSourced, PROSE, Flag, "somebody speaks in the sentence before or the sentence behind, of the same paragraph, or in the first of the next"),
    fact("has-cue", FactId::HasCue, WORDED, Flag, "a word of the lexicon `cue` stands in the sentence"),
    fact("has-speech", FactId::HasSpeech, WORDED, Flag, "a word of the lexicons `report` or `speech-word` stands in the sentence outside quotation marks"),
    fact("person-near", FactId::PersonNear, PROSE, Flag, "a personal pronoun, or a name that is no country, stands in the paragraph outside quotation marks, or no other word in the sentence"),
    fact("history", FactId::History, PROSE, Flag, "all years that the sentence names lie five years or more before the latest that the article or its date names"),
    fact("agentless", FactId::Agentless, &[Sentence], Flag, "speech, blame or belief without who (a pattern of `agentless`)"),
    fact("desk-note", FactId::DeskNote, &[Sentence, Headline], Flag, "a note to the desk (a pattern of `desk-note`)"),
    fact("vague-time", FactId::VagueTime, PROSE, Flag, "a time that is not told (a pattern of `vague-time`) stands in the sentence"),
    fact("negated", FactId::Negated, PROSE, Flag, "a word of the lexicon `negation` stands in the words"),
    fact("question", FactId::Question, WORDED, Flag, "the sentence is a question"),
    fact("opinion", FactId::Opinion, ALL, Flag, "the article speaks as I or we outside quotation marks, or calls itself opinion (lexicon `own-voice`)"),
    fact("kind", FactId::Kind, VOICES, Words(&["statement", "report", "media", "silence", "reaction", "belief", "relay-line", "contribution"]), "what kind of speech it is"),
    fact("form", FactId::Form, VOICES, Words(&["direct", "mixed", "indirect", "none"]), "how much of the content is quoted"),
    fact("quoted", FactId::Quoted, VOICES, Flag, "a speech of four words or more in quotation marks stands in the content"),
    fact("hand", FactId::Hand, VOICES, Words(&["firsthand", "secondhand", "thirdhand", "vague", "anonymous", "unattributed"]), "how far it travelled"),
    fact("hand-by-group", FactId::HandByGroup, VOICES, Words(&["firsthand", "secondhand", "thirdhand", "vague", "anonymous", "unattributed"]), "the same with the outlets of one group counted once"),
    fact("outlets", FactId::Outlets, VOICES, Number, "how many outlets stand between origin and publisher"),
    fact("class", FactId::Class, VOICES, Words(&["person", "institution", "outlet", "wire", "document", "collective", "anonymous", "metonym"]), "what the source is"),
    fact("origin", FactId::Origin, VOICES, Words(&["registry", "name", "class", "anonymous", "government", "unknown"]), "how the chain's first link is known"),
    fact("origin-kind", FactId::OriginKind, VOICES, Open, "the KIND of `class:KIND` or `anonymous:KIND`: media, officials, source, …"),
    fact("source-id", FactId::SourceId, VOICES, Open, "the id of the chain's first link"),
    fact("weasel", FactId::Weasel, VOICES, Flag, "a class of believers without number: critics, observers, experts (of a place or field: no)"),
    fact("carries-news", FactId::CarriesNews, VOICES, Flag, "the origin is an outlet or a class of outlets"),
    fact("named-nearby", FactId::NamedNearby, VOICES, Flag, "an outlet of the country that the class names, or one as good, is named within the next three sentences"),
    fact("named-follow", FactId::NamedFollow, VOICES, Flag, "a named person or body speaks behind it in the same sentence or the next of the paragraph, or opens the next paragraph without having been named before"),
    fact("body-named", FactId::BodyNamed, VOICES, Flag, "somebody who speaks for the same body is named anywhere in the article"),
    fact("described-as-state", FactId::DescribedAsState, VOICES, Flag, "the source's own words say whose it is (lexicon `state-words`)"),
    fact("source-fact", FactId::SourceFact, VOICES, Open, "kinds of facts that the registry has about the source: affiliation, funding, …"),
    fact("uncertain", FactId::Uncertain, VOICES, Flag, "the registry's entry of the source is not confirmed"),
    fact("reason-given", FactId::ReasonGiven, VOICES, Flag, "the article says why a source is not named (a pattern of `anonymity`)"),
    fact("access-described", FactId::AccessDescribed, VOICES, Flag, "the source's words, or those next to them, say how it knows (lexicon `access`)"),
    fact("described", FactId::Described, VOICES, Flag, "the source's words say more than that there is one"),
    fact("definite", FactId::Definite, VOICES, Flag, "the source's words point back to somebody: the, this, his"),
    fact("resolved", FactId::Resolved, VOICES, Flag, "it is known whom a pronoun or role stands for"),
    fact("named-before", FactId::NamedBefore, VOICES, Flag, "somebody is named, or spoken of, in the article before"),
    fact("holds-name", FactId::HoldsName, VOICES, Flag, "a name of two words or more, which is no body of the registry, stands in the source's words"),
    fact("names-body", FactId::NamesBody, VOICES, Flag, "the source's words say which body it belongs to: a name that is no country, or a noun of the lexicon `competent-body`"),
    fact("sound", FactId::Sound, VOICES, Flag, "the source's words are a whole phrase: no verb of speech in them, no small word at their end"),
    fact("circular", FactId::Circular, VOICES, Flag, "one link stands twice in the chain"),
    fact("own-work", FactId::OwnWork, VOICES, Flag, "the outlet speaks of what it found, asked, counted or saw itself (lexicon `own-work`)"),
    fact("only-source", FactId::OnlySource, VOICES, Flag, "nobody else speaks in the first two paragraphs of the body"),
    fact("other-voice", FactId::OtherVoice, PROSE, Flag, "a named person or body says something in the same sentence, too"),
    fact("asked-only", FactId::AskedOnly, VOICES, Flag, "what is reported is only what another was asked about or answered (lexicon `asked-about`)"),
    fact("recipient", FactId::Recipient, VOICES, Words(&["named", "unnamed", "none"]), "whether the outlet that was told is named"),
    fact("declared", FactId::Declared, VOICES, Words(&[ "told", "says", "according-to", "citing", "quoted-by", "relay-tag", "label", "closing-line", "dateline", "credit", "other", ]), "how the outermost relay is declared"),
    fact("scope-clear", FactId::ScopeClear, VOICES, Flag, "a relay tag leaves no doubt about what it covers: a label, a dateline, the outlet named again, or other voices behind it"),
    fact("has-content", FactId::HasContent, VOICES, Flag, "it is told what was said"),
    fact("words", FactId::Words, &[Sentence, Quotation, Claim, Attribution, Figure, Headline], Number, "how many words it has (of an attribution: what is reported)"),
    fact("repeated", FactId::Repeated, &[Quotation], Flag, "the same words stand in quotation marks elsewhere in the article"),
    fact("introduced", FactId::Introduced, &[Quotation], Flag, "a colon, a dash, or words of speech within eight words, stand next to it, or it opens its paragraph"),
    fact("figure", FactId::Figure, &[Figure], Words(&["date", "age", "time", "money", "toll", "poll", "share", "score", "label", "ordinal", "count"]), "what the number counts"),
    fact("exact", FactId::Exact, &[Figure], Flag, "written in digits"),
    fact("resolvable", FactId::Resolvable, &[Date], Flag, "a day or date in the sentence, with the article's own date, tells the time"),
    fact("credited", FactId::Credited, &[Caption], Flag, "the caption, or a credit next to it, says whose picture it is"),
    fact("target", FactId::Target, &[Link], Flag, "the link leads somewhere"),
    fact("share-told", FactId::ShareTold, &[Credit], Flag, "the line says who, or from where, and not only an outlet"),
    fact("page", FactId::Page, ALL, Flag, "the input was a page, so that what is missing means something"),
    fact("lacks", FactId::Lacks, &[Article], Words(&["date", "byline", "outlet"]), "what the page does not tell about itself"),
    fact("first-source", FactId::FirstSource, &[Article, Lead], Number, "the paragraph of the body in which somebody first speaks; 0 for headline or lead-in; unknown where nobody does"),
    fact("origins", FactId::Origins, &[Article], Number, "how many origins say something in the article"),
    fact("headline-marked", FactId::HeadlineMarked, &[Headline], Flag, "a colon, a dash, quotation marks or a question mark stand in it"),
    fact("lead-attributes", FactId::LeadAttributes, &[Headline], Flag, "the first two paragraphs give somebody as the source of the same"),
    fact("lead-asserts", FactId::LeadAsserts, &[Headline], Flag, "the first paragraphs, or other sentences of the body, say the same in the article's own voice"),
    fact("lead-hedges", FactId::LeadHedges, &[Headline], Flag, "the first paragraph keeps its distance from the same"),
    fact("plural-for-one", FactId::PluralForOne, VOICES, Flag, "sources in the plural here, one source elsewhere in the article"),
    Fact { name: "independent-origins", id: FactId::IndependentOrigins, of: ALL, kind: Number, stage: Stage::Story, says: "of what several articles say: how many origins that don't rest on each other it has, as far as the articles and the registry tell" },
    story("found", FactId::Found, Words(&["claim", "utterance", "shared-text", "figure", "date", "place", "source", "voice", "hedge", "chain", "circle", "sister-title", "name", "link"]), "what the comparison shows: a claim of several articles; wordings of one utterance; shared text; numbers, days or places that can't all be so; who said or showed it; what others attribute; a distance that others keep; an outlet that gives another origin than its citer; a chain that comes back; a title of the own house as the only origin; a name for a source that has none; a credit that one of two articles with the same text has"),
    story("verdict", FactId::Verdict, Words(&["same", "translated", "mismatch", "credited", "uncredited", "syndicated", "undated"]), "of an utterance or shared text: what is made of it"),
    story("articles", FactId::Articles, Number, "how many articles it rests on"),
    story("ordered", FactId::Ordered, Flag, "it is told which of the articles is the earlier one"),
    story("foreign", FactId::Foreign, Flag, "of an utterance: the speaker speaks another language than the article's"),
    story("shared-percent", FactId::SharedPercent, Number, "of shared text: how much of the later article's own text stands in it"),
    story("longest-run", FactId::LongestRun, Number, "of shared text: the words of the longest run"),
    story("competent", FactId::Competent, Flag, "of a claim: its one origin is a person or body with a name, and no outlet"),
];

/// The fact with this name.
pub fn by_name(name: &str) -> Option<&'static Fact> {
    FACTS.iter().find(|fact| fact.name == name)
}

/// Placeholders of `say` and `help`, and what they stand for.
pub const PLACEHOLDERS: [(&str, &str); 15] = [
    ("words", "the marked words"),
    ("source", "the words that name the source"),
    ("origin", "the chain's first link, by name"),
    ("relays", "the outlets in between, by name, from the origin outwards"),
    ("publisher", "whose page it is"),
    ("missing", "what the page lacks"),
    ("paragraph", "the number of the paragraph"),
    ("stakes", "the words that put something at stake"),
    ("peer", "in a story: the other article's publisher, or the publishers"),
    ("other", "in a story: the other article's words"),
    ("speaker", "in a story: who said it"),
    ("count", "in a story: how many articles it rests on"),
    ("origins", "in a story: the origins, by name"),
    ("path", "in a story: the chain that comes back"),
    ("share", "in a story: how much of the text is shared, in percent"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_given_once_and_every_fact_can_be_asked_of_something() {
        for (i, fact) in FACTS.iter().enumerate() {
            assert!(FACTS[..i].iter().all(|other| other.name != fact.name && other.id != fact.id), "{}", fact.name);
            assert!(!fact.of.is_empty() && !fact.says.is_empty(), "{}", fact.name);
        }
    }

    /// The handbook's tables are those of the code, so that neither can say more than the other.
    #[test]
    fn the_handbook_tells_of_every_subject_place_and_fact() {
        let book = include_str!("../../rules/README.md");
        let (_, tables) = book.split_once("<!-- facts -->").expect("the handbook marks the start of its tables");
        let (tables, _) = tables.split_once("<!-- /facts -->").expect("the handbook marks the end of its tables");
        assert_eq!(tables.trim(), handbook().trim(), "regenerate: the text above is what the handbook must hold");
    }

    #[test]
    fn the_handbook_has_an_example_of_every_fact() {
        let book = include_str!("../../rules/README.md");
        let (_, examples) = book.split_once("### Facts by example").expect("the handbook has a table of examples");
        for fact in FACTS {
            assert!(examples.contains(&format!("\n| `{} = ", fact.name)), "no example of `{}`", fact.name);
        }
    }

    fn handbook() -> String {
        let mut out = String::from("| `flags` | what is looked at |\n|---|---|\n");
        for (name, _, says) in SUBJECTS {
            out += &format!("| `{name}` | {says} |\n");
        }
        out += "\n| `at` | which words are marked |\n|---|---|\n";
        for (name, _, says) in PLACES {
            out += &format!("| `{name}` | {says} |\n");
        }
        out += "\n| fact | of | values | it is so where |\n|---|---|---|---|\n";
        for fact in FACTS {
            let of = if fact.of.len() == ALL.len() { "anything".to_owned() } else { subjects(fact.of) };
            let values = match fact.kind {
                FactType::Flag => "true, false".to_owned(),
                FactType::Number => "a number".to_owned(),
                FactType::Words(words) => words.join(", "),
                FactType::Open => "words of the rules".to_owned(),
            };
            let story = if fact.stage == Stage::Story { " (only when articles are compared)" } else { "" };
            out += &format!("| `{}` | {of} | {values} | {}{story} |\n", fact.name, fact.says);
        }
        out += "\n| placeholder | stands for |\n|---|---|\n";
        for (name, says) in PLACEHOLDERS {
            out += &format!("| `{{{name}}}` | {says} |\n");
        }
        out
    }

    fn subjects(of: &[SubjectKind]) -> String {
        let names = SUBJECTS.iter().filter(|(_, kind, _)| of.contains(kind)).map(|(name, _, _)| *name);
        names.collect::<Vec<_>>().join(", ")
    }
}
