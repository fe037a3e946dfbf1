//! The word lists that the engine itself asks for, by the names that the handbook gives them.

use serde::{Deserialize, Serialize};

use super::atoms::{Builder, Lex};

macro_rules! roles {
    ($($field:ident = $name:literal,)*) => {
        /// Word lists that the engine itself asks for, by the names that the handbook gives them.
        #[derive(Debug, Clone, Copy, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "each is explained in the handbook, by the same name")]
        pub struct Roles {
            $(pub $field: Lex,)*
        }

        /// The names of [`Roles`], in its order.
        pub const ROLE_NAMES: &[&str] = &[$($name,)*];

        impl Roles {
            /// The numbers of the lists; one that the pack lacks is empty.
            pub fn new(builder: &mut Builder) -> Roles {
                Roles { $($field: builder.lex($name, "finite"),)* }
            }
        }
    };
}

roles! {
    determiner = "determiner",
    quantifier = "quantifier",
    linker = "linker",
    coordinator = "coordinator",
    subordinator = "subordinator",
    complementiser = "complementiser",
    auxiliary = "auxiliary",
    never_in_name = "never-in-name",
    between = "between",
    cue_part = "cue-part",
    when = "when",
    opens_adverbial = "opens-adverbial",
    content_ends = "content-ends",
    thing_ends = "thing-ends",
    never_starts_content = "never-starts-content",
    sentence_opener = "sentence-opener",
    cue = "cue",
    honorific = "honorific",
    no_outlet = "no-outlet",
    name_particle = "name-particle",
    given_name = "given-name",
    adjective = "adjective",
    definite = "definite",
    venue = "venue",
    participle = "participle",
    object = "object",
    aside = "aside",
    place_linker = "place-linker",
    posted = "posted",
    reported_mood = "reported-mood",
    surely_reported = "surely-reported",
    contrast = "contrast",
    points_back_account = "points-back-account",
    focus = "focus",
    mass_noun = "mass-noun",
    relational = "relational",
    issued_by = "issued-by",
    data_word = "data-word",
    office_state = "office-state",
    office_government = "office-government",
    office_town = "office-town",
    office_body = "office-body",
    office_team = "office-team",
    office_speaker = "office-speaker",
}

impl Roles {
    /// The lists each of which holds the words for one office.
    pub fn offices(&self) -> [Lex; 6] {
        [
            self.office_state,
            self.office_government,
            self.office_town,
            self.office_body,
            self.office_team,
            self.office_speaker,
        ]
    }
}

/// Further lists that facts ask for. These and [`ROLE_NAMES`] have one number in every language, so that what is asked of an
/// article can be asked of a paragraph in another language.
pub const FACT_LISTS: &[&str] = &[
    "stake-casualties",
    "stake-allegation",
    "stake-wrong",
    "stake-blame",
    "stake-outcome",
    "stake-forecast",
    "stake-plan",
    "stake-intent",
    "stake-first",
    "document-ground",
    "own-voice",
    "own-work",
    "state-words",
    "access",
    "points-back",
    "asked-about",
    "negation",
    "speech-word",
    "say",
    "publish",
    "competent-body",
    "report",
    "vague-number",
    "number-scale",
    "unit-money",
    "unit-time",
    "unit-share",
    "unit-toll",
    "unit-measure",
    "age-word",
    "poll-word",
    "label-word",
    "month",
    "weekday",
    "source-plural",
    "source-singular",
    "answer-yes",
    "answer-no",
    "answer-told",
    "about-number",
    "over-number",
    "under-number",
    "further-number",
    "out-of-place",
    "towards-place",
    "earlier",
];

/// Lists that the reader of pages asks for: words of the time of day, and what joins names in a byline.
pub const PAGE_LISTS: &[&str] = &["meridiem", "joiner"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handbook_tells_of_every_word_list() {
        let handbook = include_str!("../../rules/README.md");
        let missing: Vec<_> = ROLE_NAMES.iter().filter(|name| !handbook.contains(&format!("| `{name}` |"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
