//! A language pack as the engine runs it: words interned, lexicons and templates turned into flat sequences.

use rapidhash::RapidHashMap;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::atoms::{Atom, Builder, Flat, Lex, Surface};
use super::pack::{LanguagePack, Means, PronounEntry};
use super::phrase_trie::Phrase;
use super::roles::Roles;
use super::template::{Element, Template};
use super::word_lists::{LONGEST_PHRASE, NounInfo, WordLists};
use crate::sources::morphology::folded;
use crate::text::token::{Kind, Mark, Token, is_invisible, tokens};

/// A compiled language pack.
#[derive(Debug)]
pub struct Language {
    /// The pack that it was made from.
    pub pack: LanguagePack,
    /// The word lists that the engine asks for.
    pub roles: Roles,
    /// Templates of all patterns.
    pub flats: Vec<Flat>,
    /// Marks of the pack that the tokeniser does not class as the pack does, longest first.
    own_marks: Vec<(String, Mark)>,
    lexicons: BTreeMap<String, Lex>,
    glued: Glued,
    surfaces: RapidHashMap<Box<str>, Surface>,
    /// Its lexicons.
    pub lists: WordLists,
    pronouns: RapidHashMap<Surface, u32>,
    anchors: Vec<Vec<u32>>,
    mark_anchors: BTreeMap<Mark, Vec<u32>>,
    means: RapidHashMap<String, Means>,
}

impl Language {
    /// Compiles a pack. Lexicons that the pack lacks are empty.
    pub fn new(pack: LanguagePack) -> Language {
        let pack = with_slot_affixes(pack);
        let mut builder = Builder {
            surfaces: RapidHashMap::default(),
            lexes: BTreeMap::new(),
            case_pairs: pack.morphology.case_pairs.clone(),
        };
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
        for entry in &pack.nouns {
            let lex = builder.lex(&format!("noun {:?} {}", entry.kind, entry.name), "finite");
            nouns.insert(lex, NounInfo { kind: entry.kind, name: entry.name.clone() });
            for flat in entry.forms.iter().filter_map(Template::expanded).flatten() {
                let atoms = builder.atoms(&flat);
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
        let mut language = Language {
            anchors: vec![Vec::new(); builder.surfaces.len() + 1],
            mark_anchors: BTreeMap::new(),
            own_marks: own_marks(&pack),
            means: pack.patterns.iter().map(|p| (p.id.clone(), p.means)).collect(),
            lexicons,
            glued: Glued::new(&pack),
            surfaces: builder.surfaces,
            pack,
            roles,
            flats,
            lists: WordLists::new(phrases, nouns, surfaces, lexes),
            pronouns,
        };
        language.index_flats();
        language
    }

    fn index_flats(&mut self) {
        for (id, flat) in self.flats.iter().enumerate() {
            let id = id as u32;
            match &flat.atoms[flat.pivot] {
                Atom::Word(words) => words.iter().for_each(|&w| self.anchors[w as usize].push(id)),
                Atom::Mark(mark, _) => self.mark_anchors.entry(*mark).or_default().push(id),
                Atom::Lex(lex) => {
                    for word in 1..self.anchors.len() {
                        if self.lists.starts(word as Surface, *lex) {
                            self.anchors[word].push(id);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Classes the language's own marks: its quotation marks are quotation marks and its terminators stops, where the
    /// tokeniser knows them as nothing in particular. A mark of several characters becomes one token.
    pub fn own_marks(&self, text: &str, tokens: &mut Vec<Token>) {
        if self.own_marks.is_empty() {
            return;
        }
        let mut kept = 0;
        let mut at = 0;
        while at < tokens.len() {
            let mut token = tokens[at];
            let mut next = at + 1;
            let joins = |t: &Token| matches!(t.mark(), Some(m) if m != Mark::Apostrophe);
            if joins(&token) {
                for (written, mark) in &self.own_marks {
                    let end = token.span.start as usize + written.len();
                    if text.get(token.span.start as usize..end) != Some(written.as_str()) {
                        continue;
                    }
                    let last = (at..tokens.len())
                        .take_while(|&i| joins(&tokens[i]) && (i == at || !tokens[i].spaced))
                        .find(|&i| tokens[i].span.end as usize >= end)
                        .filter(|&i| tokens[i].span.end as usize == end);
                    if let Some(last) = last {
                        token.span.end = tokens[last].span.end;
                        token.kind = Kind::Mark(*mark);
                        next = last + 1;
                        break;
                    }
                }
            }
            tokens[kept] = token;
            kept += 1;
            at = next;
        }
        tokens.truncate(kept);
    }

    /// The interned written word of a token; 0 where no rule knows it. A word that is known only without a proclitic of
    /// the language counts as that word, and a noun with an ending as the noun.
    pub fn surface(&self, text: &str, token: &Token) -> Surface {
        let word = token.span.of(text);
        match self.written(word) {
            0 if !self.glued.is_empty() && token.kind == Kind::Word => self.without_affixes(word),
            known => known,
        }
    }

    fn without_affixes(&self, word: &str) -> Surface {
        let mut scratch = String::new();
        let word = folded(word, &mut scratch);
        if let Some(noun) = self.noun_stem(word) {
            return noun;
        }
        let rests = self.glued.proclitics.iter().filter_map(|p| word.strip_prefix(p.as_str()));
        rests
            .filter(|rest| rest.chars().nth(1).is_some())
            .find_map(|rest| Some(self.written(rest)).filter(|&s| s != 0).or_else(|| self.noun_stem(rest)))
            .unwrap_or(0)
    }

    fn noun_stem(&self, word: &str) -> Option<Surface> {
        let stems = self.glued.endings.iter().filter_map(|ending| word.strip_suffix(ending.as_str()));
        stems
            .filter(|stem| stem.chars().nth(2).is_some())
            .map(|stem| self.written(stem))
            .find(|&s| s != 0 && self.lists.is_noun(s))
    }

    fn written(&self, word: &str) -> Surface {
        if let Some(&known) = self.surfaces.get(word) {
            return known;
        }
        if word.is_ascii() {
            return 0;
        }
        if !is_nfc(word) || word.contains(is_invisible) {
            let clean: String = word.chars().filter(|c| !is_invisible(*c)).nfc().collect();
            return self.surfaces.get(clean.as_str()).copied().unwrap_or(0);
        }
        0
    }

    /// The lexicon with this name in its plain form; one without entries where the pack has none.
    pub fn lexicon(&self, name: &str) -> Lex {
        self.lexicons.get(name).copied().unwrap_or(0)
    }

    /// Flats that may match where this word stands.
    pub fn anchored(&self, surface: Surface) -> &[u32] {
        &self.anchors[surface as usize]
    }

    /// Flats that may match where this mark stands.
    pub fn anchored_at_mark(&self, mark: Mark) -> &[u32] {
        self.mark_anchors.get(&mark).map_or(&[], Vec::as_slice)
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

/// Letters that the language writes together with words.
#[derive(Debug)]
struct Glued {
    proclitics: Vec<String>,
    endings: Vec<String>,
}

impl Glued {
    fn new(pack: &LanguagePack) -> Glued {
        let letters = |list: &mut dyn Iterator<Item = &String>| {
            let mut out: Vec<String> =
                list.filter(|s| !s.is_empty() && s.chars().all(char::is_alphabetic)).cloned().collect();
            out.sort_by_key(|s| std::cmp::Reverse(s.len()));
            out.dedup();
            out
        };
        let morphology = &pack.morphology;
        Glued {
            proclitics: letters(&mut morphology.proclitics.iter()),
            endings: letters(&mut morphology.suffixes.iter().chain(morphology.cases.values().flatten())),
        }
    }

    fn is_empty(&self) -> bool {
        self.proclitics.is_empty() && self.endings.is_empty()
    }
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

/// The pack's quotation marks and terminators that the tokeniser classes otherwise. Letters can't be marks; a terminator
/// that is a mark of another class (a colon) keeps it, since it has both uses.
fn own_marks(pack: &LanguagePack) -> Vec<(String, Mark)> {
    let cut = |written: &str| tokens(written, 0..written.len());
    let quotes = pack.quotations.iter().flat_map(|(open, close)| [open, close]).filter_map(|written| {
        let cut = cut(written);
        let known = matches!(cut.as_slice(), [t] if t.is(Mark::Quote) || t.is(Mark::Apostrophe));
        (!known && !cut.is_empty() && cut.iter().all(|t| t.mark().is_some())).then(|| (written.clone(), Mark::Quote))
    });
    let unknown = |written: &&String| matches!(cut(written).as_slice(), [t] if t.is(Mark::Other));
    let stops = pack.terminators.iter().filter(unknown).map(|written| (written.clone(), Mark::Stop));
    let mut out: Vec<(String, Mark)> = quotes.chain(stops).collect();
    out.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    out.dedup();
    out
}

/// All forms of all lexicons, with the entries of the lexicons that each includes.
fn all_forms(pack: &LanguagePack) -> BTreeMap<(String, String), Vec<&Template>> {
    let mut out: BTreeMap<(String, String), Vec<&Template>> = BTreeMap::new();
    for name in pack.lexicons.keys() {
        let mut seen = BTreeSet::from([name.as_str()]);
        let mut todo = vec![name.as_str()];
        while let Some(part) = todo.pop() {
            let Some(lexicon) = pack.lexicons.get(part) else { continue };
            for (form, templates) in lexicon.entries.iter().flat_map(|entry| &entry.forms) {
                out.entry((name.clone(), form.clone())).or_default().extend(templates);
            }
            todo.extend(lexicon.includes.iter().map(String::as_str).filter(|n| seen.insert(n)));
        }
    }
    out
}
