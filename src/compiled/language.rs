//! A language pack as the engine runs it: words interned, lexicons and templates turned into flat sequences.

use rapidhash::RapidHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::anchors::Anchors;
use super::atoms::{Atom, Builder, Flat, Lex, Surface};
use super::compounds::{Compounds, last_part};
use super::forms::all_forms;
use super::glued::{Glued, Hidden};
use super::own_marks::OwnMarks;
use super::phrase_trie::Phrase;
use super::roles::{FACT_LISTS, ROLE_NAMES, Roles};
use super::shared_words::SharedWords;
use super::signature::Signatures;
use super::slot::{Case, cases};
use super::word_lists::{LONGEST_PHRASE, NounInfo, WordLists};
use crate::rules::pack::{LanguagePack, Means, PageWords, PronounEntry};
use crate::rules::template::{Element, Template};
use crate::sources::morphology::{Affixes, folded, same_script};
use crate::text::ending::Endings;
use crate::text::in_order::in_order;
use crate::text::token::{Kind, Token};
use crate::text::word_table::{WordKey, WordTable};

/// A compiled language pack.
#[derive(Debug, Serialize, Deserialize)]
pub struct Language {
    /// The pack that it was made from, without what was compiled and what is for tests.
    pub pack: LanguagePack,
    /// The word lists that the engine asks for.
    pub roles: Roles,
    /// Templates of all patterns.
    pub flats: Vec<Flat>,
    /// Marks of the pack that the tokeniser does not class as the pack does.
    own_marks: OwnMarks,
    lexicons: BTreeMap<String, Lex>,
    glued: Glued,
    /// The endings and proclitics that names may carry.
    pub affixes: Affixes,
    /// The endings of all cases, each with the name of its case.
    pub case_endings: Endings,
    /// Its cases, sorted by their names.
    pub cases: Vec<Case>,
    /// Endings of words that end a noun phrase, unless they end the phrase of a source.
    phrase_ends: Endings,
    dependents: Endings,
    /// Endings of words that are the last of their phrase.
    phrase_last: Endings,
    /// Endings of adjectives that may have a phrase of their own before them.
    attributes: Endings,
    adverbs: Endings,
    bare: Endings,
    /// Endings of words that end a clause made a noun.
    clause_ends: Endings,
    surfaces: WordTable,
    /// Words with a stop that ends no sentence.
    abbreviations: WordTable,
    /// Nouns by the last part of compounds.
    compounds: Compounds,
    /// Words that no list has alone, where names have no capitals; sorted.
    inside_entries: Vec<Surface>,
    /// Its lexicons.
    pub lists: WordLists,
    #[serde(serialize_with = "in_order")]
    pronouns: RapidHashMap<Surface, u32>,
    /// Which templates are worth trying where.
    pub anchors: Anchors,
    /// One bit for each lexicon of what may stand between a cue and what belongs to it.
    pub insertions: Vec<u64>,
    /// What must stand in a stretch before its templates can match.
    pub signatures: Signatures,
    #[serde(serialize_with = "in_order")]
    means: RapidHashMap<String, Means>,
    /// What can be compared with other languages: ideas and numbers written as words.
    pub shared: SharedWords,
}

impl Language {
    /// Compiles a pack. Lexicons that the pack lacks are empty.
    pub fn new(pack: LanguagePack) -> Language {
        let pack = with_slot_affixes(pack);
        let mut builder = Builder {
            surfaces: WordTable::default(),
            lexes: BTreeMap::new(),
            case_pairs: pack.morphology.case_pairs.clone(),
            spelled_apart: pack.morphology.spelled_apart.clone(),
            cases: pack.morphology.cases.keys().cloned().collect(),
        };
        for name in ROLE_NAMES.iter().chain(FACT_LISTS) {
            builder.lex(name, "finite");
        }
        let mut phrases: Vec<Phrase> = Vec::new();
        for (name, templates) in all_forms(&pack) {
            let lex = builder.lex(&name.0, &name.1);
            for template in templates {
                for flat in template.expanded().unwrap_or_default() {
                    let atoms = builder.atoms(&flat);
                    if !atoms.is_empty() && atoms.len() <= LONGEST_PHRASE {
                        phrases.push(Phrase { lex, atoms });
                    }
                }
            }
        }
        for (name, lists) in [("month", &pack.months), ("weekday", &pack.weekdays)] {
            let lex = builder.lex(name, "finite");
            for written in lists.iter().flatten() {
                let atoms = builder.plain(written);
                phrases.push(Phrase { lex, atoms });
            }
        }
        let mut nouns = BTreeMap::new();
        let mut compounds = Compounds::default();
        for entry in &pack.nouns {
            let lex = builder.lex(&format!("noun {:?} {}", entry.kind, entry.name), "finite");
            nouns.insert(lex, NounInfo { kind: entry.kind, name: entry.name.clone() });
            for flat in entry.forms.iter().filter_map(Template::expanded).flatten() {
                let atoms = match last_part(&flat) {
                    Some(words) => vec![Atom::Word(compounds.add(words, &mut builder))],
                    None => builder.atoms(&flat),
                };
                phrases.push(Phrase { lex, atoms });
            }
        }
        let mut pronouns = RapidHashMap::default();
        for (i, entry) in pack.pronouns.iter().enumerate() {
            for form in builder.word(&entry.forms) {
                pronouns.entry(form).or_insert(i as u32);
            }
        }
        let mut flats = Vec::new();
        for (i, pattern) in pack.patterns.iter().enumerate() {
            let guards = pattern.but_not.iter().map(|t| (t, true));
            for (template, guard) in pattern.templates.iter().map(|t| (t, false)).chain(guards) {
                for flat in template.expanded().unwrap_or_default() {
                    let atoms = builder.atoms(&flat);
                    if let Some(flat) = Flat::new(i as u32, guard, atoms, &template.written, &flat) {
                        flats.push(flat);
                    }
                }
            }
        }
        let roles = Roles::new(&mut builder);
        let (lexes, surfaces) = (builder.lexes.len() + 1, builder.surfaces.len());
        let plain = builder.lexes.iter().filter(|((_, form), _)| form == "finite");
        let lexicons = plain.map(|((name, _), lex)| (name.clone(), *lex)).collect();
        let (signatures, needed) = Signatures::new(&flats, surfaces, lexes);
        let mut abbreviations = WordTable::default();
        pack.abbreviations.iter().for_each(|written| {
            abbreviations.intern(written);
        });
        let glued = Glued::new(&pack);
        let hidden = Hidden::new(&pack, &glued, &builder.surfaces, &phrases, |lex| nouns.contains_key(lex));
        phrases.extend(hidden.nouns);
        let mut language = Language {
            inside_entries: hidden.words,
            insertions: Vec::new(),
            abbreviations,
            signatures,
            anchors: Anchors::default(),
            own_marks: OwnMarks::new(&pack),
            means: pack.patterns.iter().map(|p| (p.id.clone(), p.means)).collect(),
            shared: SharedWords::new(&pack),
            lexicons,
            glued,
            affixes: Affixes::new(Some(&pack.morphology)),
            case_endings: case_endings(&pack),
            cases: cases(&pack.morphology),
            phrase_ends: Endings::alone(&pack.morphology.phrase_ends),
            dependents: Endings::alone(&pack.morphology.dependents),
            phrase_last: Endings::alone(&pack.morphology.phrase_last),
            attributes: Endings::alone(&pack.morphology.attribute_endings),
            adverbs: Endings::alone(&pack.morphology.adverb_endings),
            bare: Endings::alone(&pack.morphology.bare_endings),
            clause_ends: Endings::alone(&pack.morphology.clause_ends),
            surfaces: builder.surfaces,
            compounds,
            pack,
            roles,
            flats,
            lists: WordLists::new(&phrases, nouns, surfaces, lexes),
            pronouns,
        };
        language.signatures.add_alone(|word| language.lists.alone(word));
        let (words, patterns) = (language.surfaces.len() + 1, language.pack.patterns.len());
        language.anchors = Anchors::new(&language.flats, &needed, &language.lists, words, patterns);
        language.insertions = language.lists.mask(&[language.roles.between, language.roles.when]);
        trim(&mut language.pack);
        language
    }

    /// Classes the language's own marks among the tokens of a block.
    pub fn own_marks(&self, text: &str, tokens: &mut Vec<Token>) {
        self.own_marks.class(text, tokens);
    }

    /// The interned word of a token, as it is written; 0 where no rule knows it. A word that is known only without a proclitic
    /// of the language counts as that word, and a noun with an ending as the noun. `key`: the word's.
    #[inline]
    pub fn surface(&self, word: &str, key: WordKey, token: &Token) -> Surface {
        let written = match token.plain {
            true => self.surfaces.get_by(key, word).map_or(0, |known| known + 1),
            false => self.written(word),
        };
        if written == 0 && token.kind == Kind::Word && !(self.glued.is_empty() && self.compounds.is_empty()) {
            return self.unlisted(word, token.plain);
        }
        written
    }

    /// What a word that no list has as it stands is known as. `plain`: nothing in it is written in several ways.
    fn unlisted(&self, word: &str, plain: bool) -> Surface {
        let stem = if self.glued.is_empty() { 0 } else { self.without_affixes(word, plain) };
        if stem == 0 { self.compounds.of(word) } else { stem }
    }

    fn without_affixes(&self, word: &str, plain: bool) -> Surface {
        let mut scratch = String::new();
        let written = word;
        let word = if plain { word } else { folded(word, &mut scratch) };
        if let Some(noun) = self.noun_stem(word) {
            return noun;
        }
        let known = |rest: &str| Some(self.written(rest)).filter(|&s| s != 0).or_else(|| self.noun_stem(rest));
        let mut room = String::new();
        let apart = |rest: &str| self.pack.morphology.spelled_apart.iter().any(|word| word == rest);
        let as_written = || {
            let rest = self.glued.rests(written).map(|(_, rest)| rest).find(|rest| apart(rest))?;
            self.surfaces.get(rest).map(|known| known + 1)
        };
        let rest = || {
            self.glued.rests(word).find_map(|(proclitic, rest)| {
                known(rest)
                    .filter(|&found| !self.glued.is_before_nouns(proclitic) || self.may_follow_preposition(found))
            })
        };
        let merged = self.affixes.parted(word, &mut room, known);
        merged.or_else(as_written).or_else(rest).unwrap_or(0)
    }

    /// False for a word that is a cue and nothing that a preposition may stand before.
    fn may_follow_preposition(&self, word: Surface) -> bool {
        !self.is_in(word, self.roles.cue) || self.lists.is_noun(word)
    }

    /// The noun that a folded word is without one ending.
    fn noun_stem(&self, word: &str) -> Option<Surface> {
        // What is left of a folded word is folded.
        let known = |base: &str, rebuilt| {
            let known = if rebuilt { self.written(base) } else { self.surfaces.get(base).map_or(0, |known| known + 1) };
            Some(known).filter(|&s| s != 0 && self.lists.is_noun(s))
        };
        self.glued.stem(word, known)
    }

    /// What a name may be in its base form: itself, then without one ending of the language, the shortest ending first.
    pub fn bases(&self, word: &str) -> Vec<String> {
        let mut scratch = String::new();
        let word = folded(word, &mut scratch);
        let mut out = vec![word.to_owned()];
        let longest_first: Vec<_> = self.glued.endings.of(word).collect();
        for (stem, ending, base) in longest_first.into_iter().rev() {
            if stem.chars().nth(2).is_none() {
                continue;
            }
            let joined = stem.chars().next_back().zip(ending.chars().next()).is_some_and(|(a, b)| same_script(a, b));
            let base = format!("{stem}{base}");
            if joined && !out.contains(&base) {
                out.push(base);
            }
        }
        out
    }

    /// True where the language writes endings onto names.
    pub fn inflects(&self) -> bool {
        !self.glued.endings.is_empty()
    }

    /// True where rules have the word as it stands, alone or beside others.
    pub fn is_written(&self, word: &str) -> bool {
        self.written(word) != 0
    }

    /// True where a list has the word as it stands, no ending taken off, and not only inside a longer entry.
    pub fn is_listed(&self, word: &str) -> bool {
        let known = self.written(word);
        known != 0 && (self.inside_entries.binary_search(&known).is_err() || self.pronouns.contains_key(&known))
    }

    /// True where the word as it stands is an entry of the lexicon.
    pub fn has(&self, word: &str, lex: Lex) -> bool {
        let known = self.written(word);
        known != 0 && self.is_in(known, lex)
    }

    /// True where rules know the word, with endings and proclitics too.
    pub fn is_known(&self, word: &str) -> bool {
        self.written(word) != 0 || self.unlisted(word, false) != 0
    }

    /// True where a list has the word, an ending taken off or not, as an entry by itself.
    pub fn is_word(&self, word: &str) -> bool {
        let known = self.written(word);
        known != 0 && !self.lists.is_none(known)
    }

    /// True where nouns list the word.
    pub fn is_noun(&self, word: &str) -> bool {
        let known = self.written(word);
        known != 0 && self.lists.is_noun(known)
    }

    /// True for a written word with a stop that ends no sentence.
    pub fn is_abbreviation(&self, written: &str) -> bool {
        self.abbreviations.get(written).is_some()
    }

    /// True where these letters behind an apostrophe are an ending of the language, and no part of the word.
    pub fn is_possessive_ending(&self, letters: &str) -> bool {
        self.glued.possessives.iter().any(|ending| ending == letters)
    }

    /// True where these letters are an ending of the language.
    pub fn is_ending(&self, letters: &str) -> bool {
        let joint = ['-', '\'', '\u{2019}', '\u{58a}'];
        let suffixes = || self.pack.morphology.suffixes.iter().map(|suffix| suffix.trim_start_matches(joint));
        self.glued.endings.contains(letters) || suffixes().any(|suffix| suffix == letters)
    }

    /// True where a word has an ending behind which no subject goes on.
    pub fn ends_phrase(&self, word: &str) -> bool {
        self.phrase_ends.has(word)
    }

    /// True where an adjective may have a phrase of its own before it.
    pub fn has_attributes(&self) -> bool {
        !self.pack.morphology.attribute_endings.is_empty()
    }

    /// True where a word has the ending of an adjective that may have a phrase of its own before it.
    pub fn is_attribute(&self, word: &str) -> bool {
        self.attributes.has(word)
    }

    /// True where a word has an ending that ties it to the role before it.
    pub fn depends(&self, word: &str) -> bool {
        self.dependents.has(word)
    }

    /// True for a word that starts with an article, which makes it definite.
    pub fn is_definite(&self, word: &str) -> bool {
        self.pack.morphology.articles.iter().any(|article| word.starts_with(article.as_str()))
    }

    /// True where a word has an ending that makes a noun of its clause.
    pub fn ends_clause(&self, word: &str) -> bool {
        self.clause_ends.has(word)
    }

    /// True where a word has the ending of an adverb.
    pub fn ends_adverb(&self, word: &str) -> bool {
        self.adverbs.has(word)
    }

    /// True where a common word may name somebody without a determiner before it.
    pub fn may_stand_bare(&self, word: &str) -> bool {
        self.bare.is_empty() || self.bare.has(word)
    }

    /// True where a word has an ending behind which no phrase goes on.
    pub fn is_last_of_phrase(&self, word: &str) -> bool {
        self.phrase_last.has(word)
    }

    fn written(&self, word: &str) -> Surface {
        if let Some(known) = self.surfaces.get(word) {
            return known + 1;
        }
        if word.is_ascii() {
            return 0;
        }
        let mut scratch = String::new();
        let plain = folded(word, &mut scratch);
        if std::ptr::eq(plain, word) { 0 } else { self.surfaces.get(plain).map_or(0, |known| known + 1) }
    }

    /// The lexicon with this name in its plain form; one without entries where the pack has none.
    pub fn lexicon(&self, name: &str) -> Lex {
        self.lexicons.get(name).copied().unwrap_or(0)
    }

    /// True where this one word is an entry of the lexicon.
    pub fn is_in(&self, surface: Surface, lex: Lex) -> bool {
        self.lists.is_in(surface, lex)
    }

    /// What the pattern with this id declares.
    pub fn means_of(&self, pattern: &str) -> Option<Means> {
        self.means.get(pattern).copied()
    }

    /// The pronoun that this word is.
    pub fn pronoun(&self, surface: Surface) -> Option<&PronounEntry> {
        self.pronouns.get(&surface).and_then(|&i| self.pack.pronouns.get(i as usize))
    }
}

/// The endings of all cases, each with the name of its case.
fn case_endings(pack: &LanguagePack) -> Endings {
    let cases = pack.morphology.cases.iter();
    Endings::new(cases.flat_map(|(case, endings)| endings.iter().map(|ending| (ending.clone(), case.clone()))))
}

/// The pack with the letters that its templates write together with a slot among those that names may carry.
fn with_slot_affixes(mut pack: LanguagePack) -> LanguagePack {
    let (mut before, mut behind) = (Vec::new(), Vec::new());
    for template in pack.patterns.iter().flat_map(|p| &p.templates) {
        for element in template.expanded().unwrap_or_default().iter().flatten() {
            if let Element::Slot(slot) = element {
                before.extend(slot.prefix.iter().cloned());
                behind.extend(slot.suffix.iter().cloned());
            }
        }
    }
    for (list, found) in [(&mut pack.morphology.proclitics, before), (&mut pack.morphology.suffixes, behind)] {
        list.extend(found);
        list.sort();
        list.dedup();
    }
    pack
}

/// Leaves out what nobody asks of a compiled pack.
fn trim(pack: &mut LanguagePack) {
    pack.lexicons.clear();
    pack.nouns.clear();
    pack.page = PageWords::default();
    for pattern in &mut pack.patterns {
        (pattern.templates, pattern.but_not) = (Vec::new(), Vec::new());
        (pattern.reads, pattern.ignores) = (Vec::new(), Vec::new());
    }
}
