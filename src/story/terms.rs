//! What words of different articles are compared by: names, numbers and ideas in any language, stems within one.

use any_ascii::any_ascii_char;
use rapidhash::RapidHashSet;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::compiled::language::Language;
use crate::compiled::shared_words::Meaning;
use crate::scan::View;
use crate::sources::names::NameTarget;
use crate::story::words::Words;
use crate::text::span::Span;
use crate::text::token::Kind;

/// What a term is. All but words can be compared across languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermKind {
    /// A common word of one language, by its stem.
    Word,
    /// A name, by its registry id or the consonants of its Latin form.
    Name,
    /// A number written in digits.
    Number,
    /// An idea: a word of a lexicon `idea-…`.
    Idea,
    /// An act: a word of a lexicon `act-…`.
    Act,
}

/// One term of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// What it is compared by.
    pub key: u64,
    /// What it is.
    pub kind: TermKind,
    /// Its bytes in the buffer.
    pub span: Span,
    /// True inside a speech quotation.
    pub quoted: bool,
}

/// Fewest letters of a common word that says something.
const LEAST_WORD: usize = 3;
/// Fewest consonants of a name that is told by them alone; shorter ones are compared as they are written.
const LEAST_SKELETON: usize = 3;

/// Seeds that keep keys of different kinds apart.
const NAME: u64 = 1;
const NUMBER: u64 = 2;
const WORD: u64 = 3;

/// The terms of tokens `first` to before `last`, in order. `names` are the keys of names that the article writes inside sentences:
/// where every word has a capital, they tell names from words.
pub fn terms(words: &Words<'_, '_>, first: usize, last: usize, names: &RapidHashSet<u64>, out: &mut Vec<Term>) {
    let view = words.view;
    let language = view.language;
    let seed = word_seed(language);
    let mut at = first;
    while at < last.min(view.tokens.len()) {
        let token = &view.tokens[at];
        let quoted = view.depth.get(at).is_some_and(|d| *d > 0);
        let mut next = at + 1;
        if token.kind == Kind::Word
            && view.name(at).is_none()
            && let Some((meaning, end)) = idea(words, at, last)
        {
            let (key, kind) = match meaning {
                Meaning::Act(key) => (key, TermKind::Act),
                Meaning::Idea(key) => (key, TermKind::Idea),
                Meaning::Count(_) | Meaning::Times(_) => {
                    at += 1;
                    continue;
                }
            };
            out.push(Term { key, kind, span: view.span(at, end), quoted });
            at = end.max(at + 1);
            continue;
        }
        let mut push = |key: u64, kind: TermKind, span: Span| out.push(Term { key, kind, span, quoted });
        if let Some(hit) = view.name(at) {
            let (from, to) = (hit.first as usize, hit.last as usize);
            if let Some(key) = registry_key(view, hit.target) {
                push(key, TermKind::Name, view.span(from, to));
            }
            next = to.max(at + 1);
        } else if token.kind == Kind::Number {
            if let Some(value) = number(view.word(at)) {
                push(xxh3_64_with_seed(&value.to_le_bytes(), NUMBER), TermKind::Number, token.span);
            }
        } else if token.kind == Kind::Word {
            let stem = words.stem(at);
            let says = stem.chars().nth(LEAST_WORD - 1).is_some();
            if (token.capital || says) && !is_small(view, at) {
                let name = token.capital.then(|| name_key(language, view.word(at)));
                if let Some(name) = name.filter(|name| is_name(view, at) || names.contains(name)) {
                    push(name, TermKind::Name, token.span);
                } else if says {
                    push(xxh3_64_with_seed(stem.as_bytes(), seed), TermKind::Word, token.span);
                }
            }
        }
        at = next;
    }
}

/// The act or idea that the word at token `at` names, perhaps with the next ones, and one past its last token.
fn idea(words: &Words<'_, '_>, at: usize, last: usize) -> Option<(Meaning, usize)> {
    let view = words.view;
    let wordlike = |n: usize| {
        let tokens = at..last.min(view.tokens.len()).min(at + FAR);
        tokens.filter(|&t| view.tokens[t].is_wordlike()).nth(n)
    };
    let (meaning, count) = view.language.shared.idea(|n| wordlike(n).map(|t| words.stem(t)))?;
    wordlike(count - 1).map(|t| (meaning, t + 1))
}

/// Words and marks that one idea may take.
const FAR: usize = 8;

/// The key of a registry name: a source's id; a country, however it is named.
fn registry_key(view: &View<'_>, target: NameTarget) -> Option<u64> {
    match target {
        NameTarget::Source(i) => view.registry.source(i).map(|source| id_key(&source.id)),
        NameTarget::Country(i) | NameTarget::Capital(i) | NameTarget::Adjective(i) => {
            view.registry.country(i).map(|country| id_key(&country.id))
        }
    }
}

/// The key of a registry id.
pub fn id_key(id: &str) -> u64 {
    xxh3_64_with_seed(id.as_bytes(), NAME)
}

/// The keys of the names that a block writes inside its sentences.
pub fn names_inside(view: &View<'_>, out: &mut RapidHashSet<u64>) {
    for at in 0..view.tokens.len() {
        let plain = view.tokens[at].kind == Kind::Word && view.name(at).is_none() && !is_small(view, at);
        if plain && is_name(view, at) {
            out.insert(name_key(view.language, view.word(at)));
        }
    }
}

/// The key of a name that the registry doesn't have.
pub fn name_key(language: &Language, word: &str) -> u64 {
    xxh3_64_with_seed(skeleton(&base(language, word)).as_bytes(), NAME)
}

/// What keeps the common words of languages apart.
fn word_seed(language: &Language) -> u64 {
    xxh3_64_with_seed(language.pack.tag.as_bytes(), WORD)
}

/// A name in its base form, as far as the language tells it.
fn base(language: &Language, word: &str) -> String {
    if !language.inflects() {
        return word.to_owned();
    }
    language.bases(word).pop().unwrap_or_else(|| word.to_owned())
}

/// The consonants of a name in Latin letters, alike ones made one: what its spellings in many scripts have in common.
pub fn skeleton(name: &str) -> String {
    let (consonants, latin) = consonants(name);
    if consonants.len() < LEAST_SKELETON { latin } else { consonants }
}

/// Spellings of one sound in several letters that languages transliterate by, the longer ones first, and what they come to.
const SOUNDS: &[(&str, &str)] =
    &[("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("sz", "sh"), ("cz", "ch"), ("ph", "f"), ("ck", "k"), ("x", "ks")];

/// The consonants of a name, however few, and its letters in lower case; both in Latin letters.
pub fn consonants(name: &str) -> (String, String) {
    let mut latin = String::new();
    name.chars().for_each(|c| latin.push_str(any_ascii_char(c)));
    let latin = latin.to_lowercase();
    let mut out = String::new();
    let mut plain: String = latin.chars().filter(char::is_ascii_alphanumeric).collect();
    if plain.contains(['c', 'p', 'x', 'z']) {
        for (written, sound) in SOUNDS.iter().filter(|(written, _)| name.len() >= written.len()) {
            if plain.contains(written) {
                plain = plain.replace(written, sound);
            }
        }
    }
    let letters: Vec<char> = plain.chars().collect();
    for (i, &c) in letters.iter().enumerate() {
        let plain = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' => {
                // The first letter parts more names than vowels join.
                if i == 0 { Some('a') } else { None }
            }
            // `kh`, `sh`, `zh`, `ch`: the letter before tells enough.
            'h' if i > 0 => None,
            // `ow` before a consonant is a vowel that some scripts write with two letters.
            'w' if i > 0
                && letters[i - 1] == 'o'
                && letters.get(i + 1).is_some_and(|next| !"aeiouy".contains(*next)) =>
            {
                None
            }
            'w' => Some('v'),
            'q' | 'c' | 'g' => Some('k'),
            'z' => Some('s'),
            other => Some(other),
        };
        if let Some(plain) = plain
            && !out.ends_with(plain)
        {
            out.push(plain);
        }
    }
    (out, latin)
}

/// The number that digits with separators write; `None` for what is no plain number (`17th`, `3:2`).
pub fn number(written: &str) -> Option<u64> {
    let digits: String = written.chars().filter_map(|c| c.to_digit(10).and_then(|d| char::from_digit(d, 10))).collect();
    let plain =
        written.chars().all(|c| c.is_numeric() || matches!(c, ',' | '.' | '\u{a0}' | '\u{202f}' | '\'' | '\u{2019}'));
    let parts: Vec<&str> = written.split(|c: char| !c.is_numeric()).collect();
    // Behind a separator of thousands stand three digits.
    let grouped = parts.len() < 2 || parts[1..].iter().all(|part| part.chars().count() == 3);
    (plain && grouped && !digits.is_empty() && digits.len() < 16).then(|| digits.parse().ok()).flatten()
}

/// A word that says nothing by itself.
pub fn is_small(view: &View<'_>, at: usize) -> bool {
    let roles = &view.language.roles;
    let lists = [
        roles.determiner,
        roles.quantifier,
        roles.linker,
        roles.coordinator,
        roles.subordinator,
        roles.complementiser,
        roles.auxiliary,
        roles.between,
        roles.cue_part,
        roles.cue,
    ];
    view.language.pronoun(view.surfaces[at]).is_some() || lists.iter().any(|lex| view.is(at, *lex))
}

/// True for a capital inside a sentence; in a headline in title case, and in a language where capitals tell nothing, no word is
/// taken for a name.
fn is_name(view: &View<'_>, at: usize) -> bool {
    let token = &view.tokens[at];
    let opens = view.regions.iter().any(|r| r.first == at);
    token.capital && !view.title_case && !view.caseless && !opens && token.span.len() > 1
}

/// The key of any words, lower case and bare of marks, for what must be the same letter by letter.
pub fn letters_key(words: &str) -> u64 {
    xxh3_64(words.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_in_many_scripts_have_one_skeleton() {
        let same = [
            ["Pashinyan", "\u{41f}\u{430}\u{448}\u{438}\u{43d}\u{44f}\u{43d}", "Pa\u{15f}inyan"],
            ["Peskov", "\u{41f}\u{435}\u{441}\u{43a}\u{43e}\u{432}", "Peskow"],
            [
                "Marchuk",
                "\u{41c}\u{430}\u{440}\u{447}\u{443}\u{43a}",
                "\u{544}\u{561}\u{580}\u{579}\u{578}\u{582}\u{56f}",
            ],
            ["Zelensky", "\u{417}\u{435}\u{43b}\u{435}\u{43d}\u{441}\u{43a}\u{438}\u{439}", "Selenskyj"],
            ["Gaddafi", "Qaddafi", "Kadhafi"],
            ["Netanyahu", "Netanjahu", "Netanyahou"],
            ["Shevchenko", "Schewtschenko", "Szewczenko"],
        ];
        for names in same {
            let all: Vec<String> = names.iter().map(|name| skeleton(name)).collect();
            assert!(all.iter().all(|s| *s == all[0]), "{names:?} {all:?}");
        }
        assert_ne!(skeleton("Pashinyan"), skeleton("Aliyev"));
        assert_ne!(skeleton("Ani"), skeleton("Una"), "too few consonants to tell names by");
    }

    #[test]
    fn separators_of_thousands_are_no_part_of_a_number_and_other_marks_make_it_none() {
        assert_eq!(number("2,000"), Some(2000));
        assert_eq!(number("100.000"), Some(100_000));
        assert_eq!(number("1960"), Some(1960));
        assert_eq!((number("1.5"), number("17th"), number("3:2")), (None, None, None));
    }
}
