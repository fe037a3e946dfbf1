//! The word lists that facts ask for.

use crate::compiled::atoms::Lex;
use crate::compiled::language::Language;
use crate::policy::facts::STAKES;

/// Word lists that facts ask for, by the names that the handbook gives them.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each is explained in the handbook, by the same name")]
pub struct Lexicons {
    pub stakes: [Lex; STAKES.len()],
    /// The same, one bit a lexicon.
    pub any_stake: Vec<u64>,
    pub document_ground: Lex,
    pub own_voice: Lex,
    pub own_work: Lex,
    pub state_words: Lex,
    pub access: Lex,
    pub points_back: Lex,
    pub asked_about: Lex,
    pub negation: Lex,
    pub speech_word: Lex,
    pub say: Lex,
    pub publish: Lex,
    pub competent_body: Lex,
    pub report: Lex,
    pub vague_number: Lex,
    pub number_scale: Lex,
    pub unit_money: Lex,
    pub unit_time: Lex,
    pub unit_share: Lex,
    pub unit_toll: Lex,
    pub unit_measure: Lex,
    pub age_word: Lex,
    pub poll_word: Lex,
    pub label_word: Lex,
    pub month: Lex,
    pub weekday: Lex,
    pub when: Lex,
    pub source_plural: Lex,
    pub source_singular: Lex,
    pub answer_yes: Lex,
    pub answer_no: Lex,
    pub answer_told: Lex,
    pub about_number: Lex,
    pub over_number: Lex,
    pub under_number: Lex,
    pub further_number: Lex,
    pub out_of_place: Lex,
    pub towards_place: Lex,
    pub earlier: Lex,
}

impl Lexicons {
    /// The lists of a language; one that it lacks holds nothing.
    pub fn new(language: &Language) -> Lexicons {
        let lex = |name: &str| language.lexicon(name);
        let stakes = STAKES.map(|stake| lex(&format!("stake-{stake}")));
        Lexicons {
            stakes,
            any_stake: language.lists.mask(&stakes),
            document_ground: lex("document-ground"),
            own_voice: lex("own-voice"),
            own_work: lex("own-work"),
            state_words: lex("state-words"),
            access: lex("access"),
            points_back: lex("points-back"),
            asked_about: lex("asked-about"),
            negation: lex("negation"),
            speech_word: lex("speech-word"),
            say: lex("say"),
            publish: lex("publish"),
            competent_body: lex("competent-body"),
            report: lex("report"),
            vague_number: lex("vague-number"),
            number_scale: lex("number-scale"),
            unit_money: lex("unit-money"),
            unit_time: lex("unit-time"),
            unit_share: lex("unit-share"),
            unit_toll: lex("unit-toll"),
            unit_measure: lex("unit-measure"),
            age_word: lex("age-word"),
            poll_word: lex("poll-word"),
            label_word: lex("label-word"),
            month: lex("month"),
            weekday: lex("weekday"),
            when: lex("when"),
            source_plural: lex("source-plural"),
            source_singular: lex("source-singular"),
            answer_yes: lex("answer-yes"),
            answer_no: lex("answer-no"),
            answer_told: lex("answer-told"),
            about_number: lex("about-number"),
            over_number: lex("over-number"),
            under_number: lex("under-number"),
            further_number: lex("further-number"),
            out_of_place: lex("out-of-place"),
            towards_place: lex("towards-place"),
            earlier: lex("earlier"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pack::LanguagePack;

    #[test]
    fn a_list_has_one_number_in_all_languages() {
        let english = LanguagePack {
            lexicons: [("aaa".to_owned(), Default::default()), ("zzz".to_owned(), Default::default())].into(),
            ..LanguagePack::default()
        };
        let (one, two) = (Language::new(LanguagePack::default()), Language::new(english));
        let (one, two) = (format!("{:?}", Lexicons::new(&one)), format!("{:?}", Lexicons::new(&two)));
        assert_eq!(one, two);
        assert!(!one.contains(": 0,"), "a list that is not among those with a number: {one}");
    }
}
