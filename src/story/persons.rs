//! Persons that articles name in full, in short, in several spellings or in another script: one name for one person.

use std::collections::{BTreeMap, BTreeSet};

use crate::story::digest::Digest;
use crate::story::model::At;
use crate::story::terms::{consonants, skeleton};
use crate::text::token::is_small;

/// Shortest family name that names of several scripts are joined by.
const SHORTEST: usize = 4;
/// Fewest consonants of a given name that persons with different titles are joined by.
const SHORTEST_GIVEN: usize = 3;
/// Fewest consonants of a whole name that is told by them alone, however its words are parted or ordered.
const SHORTEST_WHOLE: usize = 5;
/// Letters that forms of one given name begin with.
const BEGIN: usize = 4;
/// Most letters of a word behind a family name: `Jr`, `III`.
const SUFFIX: usize = 3;
/// Most letters of an article before a family name, with a hyphen behind it: `al-`.
const ARTICLE: usize = 3;

/// Names outside the registry, by their ids → the name in the story that stands for the same person: of those in full the
/// commonest.
pub fn full_names(digests: &[Digest]) -> BTreeMap<String, String> {
    let mut places: BTreeMap<&str, BTreeSet<At>> = BTreeMap::new();
    for (at, digest) in digests.iter().enumerate() {
        for source in digest.attributions.iter().filter_map(|a| a.source.as_ref()) {
            if let Some(name) = source.id.strip_prefix("name:") {
                places.entry(name).or_default().insert(at);
            }
        }
    }
    let written = |forms: &[&str], name: &str| {
        let in_text = |at: &At| forms.iter().any(|form| digests[*at].article.buffer.contains(form));
        places[name].iter().all(in_text)
    };
    let joined = joined(&places, &written);
    let mut forms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    joined.iter().for_each(|(name, full)| forms.entry(full).or_default().push(name));
    let mut out = BTreeMap::new();
    for (full, names) in &forms {
        // The commonest form of several words, one in Latin letters before others, and none that goes on behind the name.
        let all = || names.iter().chain([full]).copied();
        let mut several: Vec<&str> = all().filter(|name| name.contains(' ')).collect();
        several.sort_by_key(|name| {
            let cut = name.split_whitespace().next_back().is_some_and(|word| word.starts_with(is_small));
            let words = name.split_whitespace().count();
            (cut, !is_latin(name), std::cmp::Reverse(places[*name].len()), words, *name)
        });
        let best = several.first().copied().unwrap_or(full);
        for name in all().filter(|name| *name != best) {
            out.insert(format!("name:{name}"), format!("name:{best}"));
        }
    }
    out
}

/// Names → the fullest one for the same person. `written` tells whether every article that names a source by the second one
/// has one of the first ones in its text.
fn joined<'n>(
    places: &BTreeMap<&'n str, BTreeSet<At>>,
    written: &dyn Fn(&[&str], &str) -> bool,
) -> BTreeMap<&'n str, &'n str> {
    let mut names: Vec<&'n str> = places.keys().copied().collect();
    // The fullest names first, so that shorter ones find them.
    names.sort_by_key(|name| {
        let words = name.split_whitespace().count();
        (std::cmp::Reverse(words), !is_latin(name), std::cmp::Reverse(places[name].len()), *name)
    });
    let mut fuller: BTreeMap<&'n str, &'n str> = BTreeMap::new();
    let mut known: Vec<(Parts, &'n str)> = Vec::new();
    for name in names {
        let parts = Parts::new(name);
        // Persons of one family whom an article names both are two.
        let apart = |full: &str| parts.given.is_empty() || places[full].is_disjoint(&places[name]);
        let fits = |full: &Parts, other: &str| match full.fit(&parts) {
            Fit::One => true,
            Fit::Maybe => apart(other),
            Fit::Other => false,
        };
        let mut found: Vec<&'n str> = known.iter().filter(|(full, other)| fits(full, other)).map(|(_, o)| *o).collect();
        if found.is_empty() {
            // Behind the family name may stand what parts a son from his father.
            let all = known
                .iter()
                .filter(|(full, other)| full.without_suffix().is_some_and(|f| fits(&f, other)) && apart(other));
            found = all.map(|(_, other)| *other).collect();
        }
        if !name.contains(' ') && found.is_empty() {
            // One word alone is the one person of that name whom every article with it names in full, in any form.
            let bears = |full: &str| full.contains(' ') && full.split_whitespace().any(|word| word == name);
            let forms = |full: &'n str| {
                let others = fuller.iter().filter(move |(_, of)| **of == full).map(|(form, _)| *form);
                others.chain([full]).filter(|form| bears(form)).collect::<Vec<&str>>()
            };
            let all = known.iter().map(|(_, full)| *full);
            found = all.filter(|full| !forms(full).is_empty() && written(&forms(full), name)).collect();
        }
        match found.as_slice() {
            [full] => {
                fuller.insert(name, *full);
            }
            _ => known.push((parts, name)),
        }
    }
    fuller
}

/// True for a name in Latin letters.
fn is_latin(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).all(|c| c < '\u{300}')
}

/// How two names go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// They are of one person.
    One,
    /// They are, if no article names both.
    Maybe,
    /// They are of two persons.
    Other,
}

/// A word before the family name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Given {
    /// Its first letter, in Latin.
    initial: char,
    /// Its consonants, and all its letters, in Latin.
    consonants: String,
    latin: String,
}

impl Given {
    fn new(word: &str) -> Option<Given> {
        let (consonants, latin) = consonants(word);
        Some(Given { initial: latin.chars().find(char::is_ascii_alphabetic)?, consonants, latin })
    }

    /// Its letters without a stop behind.
    fn letters(&self) -> &str {
        self.latin.trim_end_matches('.')
    }

    /// True for a first letter alone.
    fn is_initial(&self) -> bool {
        self.letters().len() < 2
    }

    /// True for two spellings of one name.
    fn is_one_spelling(&self, other: &Given) -> bool {
        let alike = self.consonants == other.consonants && self.consonants.len() >= SHORTEST_GIVEN;
        alike || self.letters() == other.letters()
    }

    /// True for two forms of one name: an initial, a short form that the other begins with, another spelling.
    fn is_form_of(&self, other: &Given) -> bool {
        let (a, b) = (self.letters(), other.letters());
        let begin = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
        begin >= BEGIN || a.starts_with(b) || b.starts_with(a) || self.is_one_spelling(other)
    }
}

/// What a name is told by in any script.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    /// The words before the family name.
    given: Vec<Given>,
    /// The family name, told by its consonants.
    family: String,
    /// Letters of the last word.
    letters: usize,
    /// The consonants of all words in one.
    whole: String,
    /// The words, told by their consonants, in the order of these.
    words: Vec<String>,
}

impl Parts {
    fn new(name: &str) -> Parts {
        let words: Vec<&str> = name.split_whitespace().collect();
        let (family, given) = words.split_last().map_or(("", &[][..]), |(family, given)| (*family, given));
        let particle = |word: &str| word.starts_with(char::is_lowercase);
        let mut sorted: Vec<String> = words.iter().filter(|w| !particle(w)).map(|word| skeleton(word)).collect();
        sorted.sort();
        Parts {
            given: given.iter().filter_map(|word| Given::new(word)).collect(),
            family: skeleton(without_article(family)),
            letters: family.chars().count(),
            whole: consonants(&words.concat()).0,
            words: sorted,
        }
    }

    /// The same without what stands behind the family name, where something may.
    fn without_suffix(&self) -> Option<Parts> {
        let (last, given) = self.given.split_last()?;
        let suffix = self.letters <= SUFFIX && !given.is_empty();
        suffix.then(|| Parts {
            given: given.to_vec(),
            family: if last.consonants.len() < SHORTEST_GIVEN { last.latin.clone() } else { last.consonants.clone() },
            letters: self.letters,
            whole: String::new(),
            words: Vec::new(),
        })
    }

    /// Whether a shorter or equal name may be that of this one: the family names agree, and a given name where both have them;
    /// or all words do, parted or ordered otherwise. Given names have many forms: the first letter parts those that a story
    /// names, and no article names both.
    fn fit(&self, name: &Parts) -> Fit {
        let several = !self.given.is_empty() && !name.given.is_empty();
        let initials = || self.given.iter().chain(&name.given).any(Given::is_initial);
        if several
            && !initials()
            && name.whole.len() >= SHORTEST_WHOLE
            && (self.whole == name.whole || self.words.len() > 1 && self.words == name.words)
        {
            return Fit::One;
        }
        if self.family != name.family
            || name.family.chars().count() < SHORTEST && name.given.is_empty() && self.given.is_empty()
        {
            return Fit::Other;
        }
        let Some(first) = name.given.first().filter(|_| !self.given.is_empty()) else { return Fit::One };
        // Titles may stand before both: what tells is the name right before the family name.
        let nearest = self.given.last().zip(name.given.last());
        if nearest.is_some_and(|(a, b)| !a.is_initial() && a.is_one_spelling(b)) {
            return Fit::One;
        }
        let Some(at) = self.given.iter().position(|given| given.initial == first.initial) else { return Fit::Other };
        // A father's second name is not his son's.
        let (mine, theirs) = (&self.given[at + 1..], &name.given[1..]);
        let others = mine.len() != theirs.len() || mine.iter().zip(theirs).any(|(a, b)| !a.is_form_of(b));
        if !mine.is_empty() && !theirs.is_empty() && others {
            return Fit::Other;
        }
        if self.given[at].is_form_of(first) { Fit::One } else { Fit::Maybe }
    }
}

/// A family name without the article that is written before it with a hyphen.
fn without_article(family: &str) -> &str {
    match family.split_once('-') {
        Some((article, rest))
            if article.chars().count() <= ARTICLE && article.starts_with(char::is_lowercase) && !rest.is_empty() =>
        {
            rest
        }
        _ => family,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(full: &str, name: &str) -> Fit {
        Parts::new(full).fit(&Parts::new(name))
    }

    /// What names come to, each in an article of its own, or all in one.
    fn told<'n>(names: &[&'n str], together: bool) -> BTreeMap<&'n str, &'n str> {
        let at = |i: usize| BTreeSet::from([if together { 0 } else { i }]);
        let places: BTreeMap<&str, BTreeSet<At>> = names.iter().enumerate().map(|(i, name)| (*name, at(i))).collect();
        joined(&places, &|_, _| false)
    }

    #[test]
    fn a_family_name_is_the_full_name_and_another_given_name_is_another_person() {
        let full = "Viktor Lebedenko";
        assert_eq!(fit(full, "Lebedenko"), Fit::One);
        let cyrillic = "\u{412}\u{456}\u{43a}\u{442}\u{43e}\u{440} \u{41b}\u{435}\u{431}\u{435}\u{434}\u{435}\u{43d}\u{43a}\u{43e}";
        assert_eq!(fit(full, cyrillic), Fit::One);
        assert_eq!(fit(full, "Olga Lebedenko"), Fit::Other);
        assert_eq!(fit(full, "Petrenko"), Fit::Other);
    }

    #[test]
    fn a_title_before_the_given_name_makes_no_other_person() {
        assert_eq!(fit("Warden Ada Quill", "Ada Quill"), Fit::One);
        assert_eq!(fit("Warden Ada Quill", "Otto Quill"), Fit::Other);
        assert_eq!(fit("Harbour Warden Martin Quill", "Sir Martin Quill"), Fit::One, "a title before both");
        assert_eq!(fit("Harbour Warden Martin Quill", "Sir Otto Quill"), Fit::Other);
    }

    #[test]
    fn what_parts_a_son_from_his_father_stands_behind_the_family_name() {
        let son = Parts::new("Theo K. Marsh Jr");
        assert_eq!(son.fit(&Parts::new("Theo Marsh")), Fit::Other, "not by its last word");
        let plain = son.without_suffix().unwrap();
        assert_eq!((plain.fit(&Parts::new("Theo Marsh")), plain.fit(&Parts::new("Marsh"))), (Fit::One, Fit::One));
        assert_eq!(plain.fit(&Parts::new("Ida Marsh")), Fit::Other);
        assert_eq!(Parts::new("Theo Marsh").without_suffix(), None);
        assert_eq!(Parts::new("Ma Li").without_suffix(), None, "two words are a name");
    }

    #[test]
    fn spellings_of_one_person_are_one_and_those_of_a_family_are_several() {
        let same = [
            ["Muammar Gaddafi", "Moammar Qaddafi", "Mouammar Kadhafi"],
            ["Volodymyr Zelensky", "Wolodymyr Selenskyj", "Vladimir Zelenskyy"],
            ["Benjamin Netanyahu", "Binyamin Netanjahu", "Benyamin Netanyahou"],
            ["Kim Jong Un", "Kim Jong-un", "Kim Jong-Un"],
            ["Bashar al-Assad", "Baschar al-Assad", "Bachar Assad"],
            ["Yevgeny Prigozhin", "Evgeny Prigozhin", "Jewgeni Prigozhin"],
        ];
        for names in same {
            let told = told(&names, false);
            assert_eq!(told.len(), 2, "{names:?} {told:?}");
        }
        let others = [
            ["David Miliband", "Ed Miliband"],
            ["Kim Jong Un", "Kim Jong Il"],
            ["Kim Jong-un", "Kim Jong-il"],
            ["George Bush", "Jeb Bush"],
            ["George H. W. Bush", "George W. Bush"],
            ["Raul Castro", "Fidel Castro"],
            ["Vitali Klitschko", "Wladimir Klitschko"],
        ];
        for names in others {
            assert!(told(&names, false).is_empty(), "{names:?}");
        }
        assert!(told(&["Rolf Ostrem", "Rune Ostrem"], true).is_empty(), "an article names both");
    }
}
