//! The closed lists of words in rule files, and what each stands for.

use crate::rules::pack::{Means, Needs, NounKind, Place, RuleStatus, Side, SourceKind, StandsFor, Unit};

/// `{content:quoted}`: only what stands in quotation marks.
pub const QUOTED: &str = "quoted";
/// `{content:thing}`: a noun phrase, up to dates and places of speech.
pub const THING: &str = "thing";
/// `{content:clause}`: a clause by its looks: a pronoun as subject, or an auxiliary near its start.
pub const CLAUSE: &str = "clause";
/// `{content:nominal}`: a clause that its verb makes a noun of, told by the ending of its last word.
pub const NOMINAL: &str = "nominal";
/// `{content:predicate}`: what is said of somebody who stands before the source: it starts with an auxiliary.
pub const PREDICATE: &str = "predicate";
/// What `{content:…}` may be narrowed to.
pub const CONTENT_WORDS: [&str; 5] = [QUOTED, THING, CLAUSE, NOMINAL, PREDICATE];

/// What `{source:…}` may be narrowed to besides the kinds of nouns: whoever can speak.
pub const SPEAKER: &str = "speaker";

/// `{source:many}`: several people: a class, a pronoun that may stand for many, two that "and" joins.
pub const MANY: &str = "many";

/// `{via:name}`: a registry outlet by its bare name, no phrase around it.
pub const NAME: &str = "name";

/// `{source:person}`: a person that the registry knows or that is named in full.
pub const PERSON: &str = "person";

/// `{source:head}`: a phrase that ends right behind its head, though more words follow without a mark.
pub const HEAD: &str = "head";

/// `{source:object}`: a pronoun that is never a subject will do, too.
pub const OBJECT: &str = "object";

/// `{source:gen:close}`: a phrase in a case that ends where its words stop bearing it, though the clause goes on without a mark.
pub const CLOSE: &str = "close";

/// How the names of lexicons start by which articles are compared: ideas and what is done, numbers written as words, what
/// multiplies them.
pub const IDEA: &str = "idea-";
/// See [`IDEA`].
pub const ACT: &str = "act-";
/// See [`IDEA`].
pub const COUNT: &str = "count-";
/// See [`IDEA`].
pub const TIMES: &str = "times-";

impl Means {
    /// The words of `means`, in the order of the handbook.
    pub const NAMES: [(&'static str, Means); 24] = [
        ("says", Means::Says),
        ("according-to", Means::AccordingTo),
        ("citing", Means::Citing),
        ("quoted-by", Means::QuotedBy),
        ("told", Means::Told),
        ("relay-tag", Means::RelayTag),
        ("closing-line", Means::ClosingLine),
        ("label", Means::Label),
        ("ends-label", Means::EndsLabel),
        ("dateline", Means::Dateline),
        ("credit", Means::Credit),
        ("photo-credit", Means::PhotoCredit),
        ("contribution", Means::Contribution),
        ("reaction", Means::Reaction),
        ("belief", Means::Belief),
        ("silence", Means::Silence),
        ("anonymity", Means::Anonymity),
        ("vague", Means::Vague),
        ("footage", Means::Footage),
        ("agentless", Means::Agentless),
        ("impersonal", Means::Impersonal),
        ("hedge", Means::Hedge),
        ("vague-time", Means::VagueTime),
        ("desk-note", Means::DeskNote),
    ];

    /// The word in rules and reports.
    pub fn word(self) -> &'static str {
        Means::NAMES.iter().find(|(_, means)| *means == self).map_or("", |(word, _)| word)
    }
}

impl Side {
    /// The words of `covers` that tell a side.
    pub const NAMES: [(&'static str, Side); 3] =
        [("before", Side::Before), ("after", Side::After), ("around", Side::Around)];
}

impl Unit {
    /// The words of `covers` that tell how far.
    pub const NAMES: [(&'static str, Unit); 7] = [
        ("clause", Unit::Clause),
        ("sentence", Unit::Sentence),
        ("quotation", Unit::Quotation),
        ("paragraph", Unit::Paragraph),
        ("above", Unit::Above),
        ("below", Unit::Below),
        ("article", Unit::Article),
    ];
}

impl Place {
    /// The words of `in`.
    pub const NAMES: [(&'static str, Place); 6] = [
        ("title", Place::Title),
        ("line", Place::Line),
        ("block-end", Place::BlockEnd),
        ("article-end", Place::ArticleEnd),
        ("caption", Place::Caption),
        ("lead", Place::Lead),
    ];
}

impl RuleStatus {
    /// The words of `status`.
    pub const NAMES: [(&'static str, RuleStatus); 3] = [
        ("stable", RuleStatus::Stable),
        ("experimental", RuleStatus::Experimental),
        ("deprecated", RuleStatus::Deprecated),
    ];
}

impl NounKind {
    /// The kinds of `[nouns.KIND]`.
    pub const NAMES: [(&'static str, NounKind); 7] = [
        ("class", NounKind::Class),
        ("anonymous", NounKind::Anonymous),
        ("institution", NounKind::Institution),
        ("outlet", NounKind::Outlet),
        ("role", NounKind::Role),
        ("document", NounKind::Document),
        ("footage", NounKind::Footage),
    ];
}

impl StandsFor {
    /// The words of `stands-for`.
    pub const NAMES: [(&'static str, StandsFor); 6] = [
        ("man", StandsFor::Man),
        ("woman", StandsFor::Woman),
        ("person", StandsFor::Person),
        ("thing", StandsFor::Thing),
        ("many", StandsFor::Many),
        ("nobody", StandsFor::Nobody),
    ];
}

impl SourceKind {
    /// The words of `kind`.
    pub const NAMES: [(&'static str, SourceKind); 9] = [
        ("wire", SourceKind::Wire),
        ("outlet", SourceKind::Outlet),
        ("broadcaster", SourceKind::Broadcaster),
        ("aggregator", SourceKind::Aggregator),
        ("photo-agency", SourceKind::PhotoAgency),
        ("channel", SourceKind::Channel),
        ("institution", SourceKind::Institution),
        ("government", SourceKind::Government),
        ("person", SourceKind::Person),
    ];
}

impl Needs {
    /// The words of `needs`.
    pub const NAMES: [(&'static str, Needs); 3] =
        [("nothing", Needs::Nothing), ("organisation-noun", Needs::OrganisationNoun), ("cue", Needs::Cue)];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_stands_for_one_thing_and_back() {
        for (word, means) in Means::NAMES {
            assert_eq!(means.word(), word);
        }
        for (word, status) in RuleStatus::NAMES {
            assert_eq!(status.word(), word);
        }
    }
}
