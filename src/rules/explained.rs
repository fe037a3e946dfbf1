//! The closed lists of words in rule files, each word with its plain sentence: for the handbook, editors and `rules show`.

use crate::policy::facts::{PLACES, SUBJECTS};
use crate::rules::pack::Means;

/// A word and its sentence.
pub type Told = (&'static str, &'static str);

/// What `means` declares; read behind "the wording declares that".
pub const MEANS: [Told; 24] = [
    ("says", "somebody says something"),
    ("according-to", "something is so by somebody's account"),
    ("citing", "an outlet has it from somebody it names"),
    ("quoted-by", "somebody's words are taken from an outlet"),
    ("told", "somebody said it to somebody: an outlet that was told is a hop"),
    ("relay-tag", "a short remark names the outlet that reports it"),
    ("closing-line", "a last line names who reported all above"),
    ("label", "a heading such as *Source:* names whom the whole item comes from"),
    ("ends-label", "what such a label covers ends here"),
    ("dateline", "the line before the text names place and agency"),
    ("credit", "a closing line names the agency or the authors"),
    ("photo-credit", "a picture is somebody's; never a hop"),
    ("contribution", "somebody contributed to the article; never a hop"),
    ("reaction", "somebody acts by words: asks, blames, welcomes"),
    ("belief", "somebody believes, wants or expects something"),
    ("silence", "somebody declined to say, or could not be reached"),
    ("anonymity", "a source asked not to be named, and perhaps why"),
    ("vague", "nobody in particular says it"),
    ("footage", "pictures or recordings show it"),
    ("agentless", "it was said, and the wording hides by whom"),
    ("impersonal", "something is asked, expected or seems so, and nobody is named who asks or expects it"),
    ("hedge", "the article itself keeps its distance: allegedly"),
    ("vague-time", "it was said at a time that is not told"),
    ("desk-note", "the desk speaks about its own text: a correction, an update"),
];

/// Sides and reaches of `covers`.
pub const COVERS: [Told; 10] = [
    ("before", "what stands before the cue"),
    ("after", "what stands after the cue"),
    ("around", "both sides of the cue; so without a side"),
    ("clause", "up to where the clause begins or ends"),
    ("sentence", "the sentence"),
    ("quotation", "the words in quotation marks next to it"),
    ("paragraph", "the paragraph"),
    ("above", "all above it"),
    ("below", "all below it, up to a line that ends it"),
    ("article", "the whole item"),
];

/// Places of `in`.
pub const IN: [Told; 6] = [
    ("title", "headlines"),
    ("line", "a whole line of the body"),
    ("block-end", "the last sentence of a paragraph"),
    ("article-end", "the last paragraph of the article"),
    ("caption", "words under pictures"),
    ("lead", "the head of the first paragraph"),
];

/// Words of `status`.
pub const STATUS: [Told; 3] = [
    ("stable", "in force; so without a word"),
    ("experimental", "in force, and reported as unproven; a policy is off until somebody names it"),
    ("deprecated", "in force, and going away; `replaced-by` says what to use"),
];

/// Kinds of sources.
pub const KINDS: [Told; 9] = [
    ("wire", "a news agency"),
    ("outlet", "a newspaper, magazine or news site"),
    ("broadcaster", "radio or television"),
    ("aggregator", "a site that carries the news of others"),
    ("photo-agency", "an agency for pictures"),
    ("channel", "a channel on a messenger or video site"),
    ("institution", "a ministry, court, company, organisation"),
    ("government", "a government, or a place that stands for one"),
    ("person", "somebody by name"),
];

/// Words of `needs`.
pub const NEEDS: [Told; 3] = [
    ("nothing", "the name alone is enough; so without a word"),
    ("organisation-noun", "a noun such as *agency* next to it, or quotation marks"),
    ("cue", "a word such as *reported* next to it"),
];

/// Kinds of `[nouns.KIND]`.
pub const NOUNS: [Told; 7] = [
    ("class", "nobody in particular: media, experts; the key is the KIND of `class:KIND`"),
    ("anonymous", "a person who is not named: an official, a source"),
    ("institution", "a body: ministry, police, court, company"),
    ("outlet", "what carries news: agency, newspaper, website"),
    ("role", "what a person is: spokesman, minister"),
    ("document", "what is read: report, law, statement"),
    ("footage", "what is seen or heard: video, recording"),
];

/// Words of `stands-for`.
pub const STANDS_FOR: [Told; 6] = [
    ("man", "one man"),
    ("woman", "one woman"),
    ("person", "one person"),
    ("thing", "a body, an outlet, a document"),
    ("many", "several, or a collective"),
    ("nobody", "the writer or the reader: never looked up"),
];

/// Words of `once-per`.
const ONCE_PER: [Told; 7] = [
    ("each", "every one is told; so without a word"),
    ("source", "the same source is told once"),
    ("relay", "the same outlets in between are told once"),
    ("words", "the same marked words are told once"),
    ("sentence", "told once a sentence"),
    ("paragraph", "told once a paragraph"),
    ("article", "told once an article"),
];

/// Slots of templates.
pub const SLOTS: [Told; 8] = [
    ("source", "whoever stands nearest the content: the origin, as far as this wording declares it"),
    ("via", "who carries it"),
    ("via2", "a further carrier, nearer the publisher"),
    ("recipient", "who was told"),
    ("self", "the publisher naming itself"),
    ("content", "what is reported"),
    ("venue", "where it was said: a briefing, a channel of his own. Never a hop"),
    ("reason", "why a source is not named"),
];

/// The sentence of a meaning.
pub fn means(means: Means) -> &'static str {
    MEANS.iter().find(|(word, _)| *word == means.word()).map_or("", |(_, says)| says)
}

/// The words of `means`.
pub fn means_words() -> Vec<Told> {
    MEANS.to_vec()
}
/// The words of `covers`: a side and a reach, or a reach alone.
pub fn covers_words() -> Vec<Told> {
    let (sides, reaches) = COVERS.split_at(3);
    reaches.iter().copied().chain(sides.iter().copied()).collect()
}
/// The words of `in`.
pub fn in_words() -> Vec<Told> {
    IN.to_vec()
}
/// The words of `status`.
pub fn status_words() -> Vec<Told> {
    STATUS.to_vec()
}
/// The words of a source's `kind`.
pub fn kind_words() -> Vec<Told> {
    KINDS.to_vec()
}
/// The words of `needs`.
pub fn needs_words() -> Vec<Told> {
    NEEDS.to_vec()
}
/// The kinds of nouns.
pub fn noun_words() -> Vec<Told> {
    NOUNS.to_vec()
}
/// The words of `stands-for`.
pub fn stands_for_words() -> Vec<Told> {
    STANDS_FOR.to_vec()
}
/// The words of `once-per`.
pub fn once_per_words() -> Vec<Told> {
    ONCE_PER.to_vec()
}
/// The words of a policy's `flags`.
pub fn flags_words() -> Vec<Told> {
    SUBJECTS.iter().map(|(name, _, says)| (*name, *says)).collect()
}
/// The words of a policy's `at`.
pub fn at_words() -> Vec<Told> {
    PLACES.iter().map(|(name, _, says)| (*name, *says)).collect()
}
/// The words of a policy's `unknown`.
pub fn unknown_words() -> Vec<Told> {
    vec![("silent", "it does not flag; so without a word"), ("flag", "it flags")]
}
/// Directions of writing.
pub fn direction_words() -> Vec<Told> {
    vec![("ltr", "from left to right"), ("rtl", "from right to left")]
}
/// Words of `name-test`.
pub fn name_test_words() -> Vec<Told> {
    vec![
        ("capitals", "names have capitals"),
        ("role-noun", "names stand behind a role, in quotation marks or in the registry"),
        ("given-names", "the same, and names of people are told by given names and by endings of surnames"),
    ]
}
/// Words of `head`.
pub fn head_words() -> Vec<Told> {
    vec![("last", "the last noun says what the phrase is: news agency"), ("first", "the first one: agence de presse")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pack::{Needs, NounKind, Place, RuleStatus, Side, SourceKind, StandsFor, Unit};
    use crate::rules::policy::OncePer;
    use crate::rules::template::SlotKind;

    fn words(told: &[Told]) -> Vec<&'static str> {
        told.iter().map(|(word, _)| *word).collect()
    }

    #[test]
    fn every_word_of_the_code_has_a_sentence_and_no_other_has() {
        fn names<T, const N: usize>(names: [(&'static str, T); N]) -> Vec<&'static str> {
            names.into_iter().map(|(name, _)| name).collect()
        }
        assert_eq!(words(&MEANS), names(Means::NAMES));
        assert_eq!(words(&COVERS), [names(Side::NAMES), names(Unit::NAMES)].concat());
        assert_eq!(words(&IN), names(Place::NAMES));
        assert_eq!(words(&STATUS), names(RuleStatus::NAMES));
        assert_eq!(words(&KINDS), names(SourceKind::NAMES));
        assert_eq!(words(&NEEDS), names(Needs::NAMES));
        assert_eq!(words(&NOUNS), names(NounKind::NAMES));
        assert_eq!(words(&STANDS_FOR), names(StandsFor::NAMES));
        assert_eq!(words(&ONCE_PER), names(OncePer::NAMES));
        let mut slots = names(SlotKind::NAMES);
        let mut told = words(&SLOTS);
        slots.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, slots);
    }

    /// The handbook's tables are those of the code, so that neither can say more than the other.
    #[test]
    fn the_handbook_tells_of_every_meaning_and_slot() {
        let book = include_str!("../../rules/README.md");
        for (word, says) in MEANS {
            assert!(book.contains(&format!("| `{word}` | {says}")), "{word}: {says}");
        }
        for (word, says) in SLOTS {
            assert!(book.contains(&format!("| `{{{word}}}` | {says}")), "{word}: {says}");
        }
    }
}
