//! A language pack as the engine runs it: words interned, lexicons and templates turned into flat sequences.

use rapidhash::RapidHashMap;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::pack::{LanguagePack, NounKind, PronounEntry};
use super::template::{Anchor, Element, Slot, Template};
use crate::sources::morphology::folded;
use crate::text::token::{Kind, Mark, Token, is_invisible, tokens};

/// A word as written, interned; 0 is any word that no rule knows.
pub type Surface = u32;
/// A lexicon in one of its forms.
pub type Lex = u16;

/// One place of a flat sequence.
#[derive(Debug, Clone, PartialEq)]
pub enum Atom {
    /// Any of these written words (sorted).
    Word(Box<[Surface]>),
    /// A mark of this class; `true` where it must be glued to what stands before it.
    Mark(Mark, bool),
    /// Any entry of a lexicon form.
    Lex(Lex),
    /// Any number.
    Number,
    /// A slot.
    Slot(Slot),
    /// Any words of the same clause.
    Gap,
    /// A place.
    Anchor(Anchor),
}

/// A template without options, ready to match.
#[derive(Debug, Clone)]
pub struct Flat {
    /// Index of the pattern in the pack.
    pub pattern: u32,
    /// True for a `but-not` template.
    pub guard: bool,
    /// The sequence.
    pub atoms: Vec<Atom>,
    /// Index of the atom that matching starts from.
    pub pivot: usize,
    /// Number of literal words.
    pub literals: u8,
    /// Number of lexicons.
    pub lexicons: u8,
    /// The template, as written.
    pub written: String,
}

#[derive(Debug)]
struct Phrase {
    lex: Lex,
    atoms: Vec<Atom>,
}

/// What a lexicon of nouns makes of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NounInfo {
    /// Kind of source.
    pub kind: NounKind,
    /// Name of the class or group (`media`).
    pub name: String,
}

/// Word lists that the engine itself asks for, by the names that the handbook gives them.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "each is explained in the handbook, by the same name")]
pub struct Roles {
    pub determiner: Lex,
    pub quantifier: Lex,
    pub linker: Lex,
    pub coordinator: Lex,
    pub subordinator: Lex,
    pub complementiser: Lex,
    pub auxiliary: Lex,
    pub never_in_name: Lex,
    pub between: Lex,
    pub cue_part: Lex,
    pub when: Lex,
    pub opens_adverbial: Lex,
    pub content_ends: Lex,
    pub never_starts_content: Lex,
    pub sentence_opener: Lex,
    pub cue: Lex,
    pub honorific: Lex,
    pub no_outlet: Lex,
    pub name_particle: Lex,
    pub asker: Lex,
    pub definite: Lex,
    pub venue: Lex,
    pub participle: Lex,
    pub object: Lex,
}

/// The names of [`Roles`], in its order.
pub const ROLE_NAMES: [&str; 24] = [
    "determiner",
    "quantifier",
    "linker",
    "coordinator",
    "subordinator",
    "complementiser",
    "auxiliary",
    "never-in-name",
    "between",
    "cue-part",
    "when",
    "opens-adverbial",
    "content-ends",
    "never-starts-content",
    "sentence-opener",
    "cue",
    "honorific",
    "no-outlet",
    "name-particle",
    "asker",
    "definite",
    "venue",
    "participle",
    "object",
];

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
    singles: Vec<Vec<Lex>>,
    /// Phrases by the word they start with, each with its lexicon, in the order of lexicons.
    starts: Vec<Vec<(Lex, u32)>>,
    /// Nouns of several words by the word they start with.
    noun_starts: Vec<Vec<u32>>,
    number_starts: Vec<u32>,
    mark_starts: BTreeMap<Mark, Vec<u32>>,
    phrases: Vec<Phrase>,
    longest: Vec<u8>,
    nouns: BTreeMap<Lex, NounInfo>,
    pronouns: RapidHashMap<Surface, u32>,
    anchors: Vec<Vec<u32>>,
    mark_anchors: BTreeMap<Mark, Vec<u32>>,
}

/// Longest phrase of a lexicon, in tokens.
const LONGEST_PHRASE: usize = 12;

struct Builder {
    surfaces: RapidHashMap<Box<str>, Surface>,
    lexes: BTreeMap<(String, String), Lex>,
    case_pairs: Vec<(String, String)>,
}

impl Builder {
    fn surface(&mut self, word: &str) -> Surface {
        let next = self.surfaces.len() as Surface + 1;
        *self.surfaces.entry(word.into()).or_insert(next)
    }

    /// Every written form that a template's word stands for.
    fn word(&mut self, forms: &[String]) -> Box<[Surface]> {
        let mut out = BTreeSet::new();
        for form in forms {
            let form: String = form.nfc().collect();
            out.insert(self.surface(&form));
            if !form.chars().any(char::is_uppercase) {
                let capitalised = self.capitalised(&form);
                out.insert(self.surface(&capitalised));
                let upper = self.upper(&form);
                out.insert(self.surface(&upper));
            }
        }
        out.into_iter().collect()
    }

    fn upper_of(&self, c: char) -> String {
        let mut buffer = [0; 4];
        let as_text: &str = c.encode_utf8(&mut buffer);
        match self.case_pairs.iter().find(|(lower, _)| lower == as_text) {
            Some((_, upper)) => upper.clone(),
            None => c.to_uppercase().collect(),
        }
    }

    fn capitalised(&self, word: &str) -> String {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| self.upper_of(first) + chars.as_str())
    }

    fn upper(&self, word: &str) -> String {
        word.chars().map(|c| self.upper_of(c)).collect()
    }

    fn lex(&mut self, name: &str, form: &str) -> Lex {
        let next = self.lexes.len() as Lex + 1;
        *self.lexes.entry((name.to_owned(), form.to_owned())).or_insert(next)
    }

    fn atoms(&mut self, flat: &[Element]) -> Vec<Atom> {
        flat.iter()
            .filter_map(|element| {
                Some(match element {
                    Element::Word(forms) => Atom::Word(self.word(forms)),
                    Element::Mark(mark, glued) => Atom::Mark(*mark, *glued),
                    Element::Lexicon { name, form } => Atom::Lex(self.lex(name, form.as_deref().unwrap_or("finite"))),
                    Element::Number => Atom::Number,
                    Element::Slot(slot) => Atom::Slot(slot.clone()),
                    Element::Gap => Atom::Gap,
                    Element::Anchor(anchor) => Atom::Anchor(*anchor),
                    Element::Optional(_) | Element::Choice(_) => return None,
                })
            })
            .collect()
    }

    /// A plain string as atoms, for month names and the like.
    fn plain(&mut self, written: &str) -> Vec<Atom> {
        tokens(written, 0..written.len())
            .iter()
            .map(|token| match token.kind {
                Kind::Mark(mark) => Atom::Mark(mark, !token.spaced),
                Kind::Number => Atom::Number,
                Kind::Word => {
                    let word = token.span.of(written).to_owned();
                    Atom::Word(self.word(&[word]))
                }
            })
            .collect()
    }
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
        let roles = roles(&mut builder);
        let lexes = builder.lexes.len() + 1;
        let plain = builder.lexes.iter().filter(|((_, form), _)| form == "finite");
        let lexicons = plain.map(|((name, _), lex)| (name.clone(), *lex)).collect();
        let mut language = Language {
            singles: vec![Vec::new(); builder.surfaces.len() + 1],
            starts: vec![Vec::new(); builder.surfaces.len() + 1],
            noun_starts: vec![Vec::new(); builder.surfaces.len() + 1],
            anchors: vec![Vec::new(); builder.surfaces.len() + 1],
            number_starts: Vec::new(),
            mark_starts: BTreeMap::new(),
            longest: vec![0; lexes],
            mark_anchors: BTreeMap::new(),
            own_marks: own_marks(&pack),
            lexicons,
            glued: Glued::new(&pack),
            surfaces: builder.surfaces,
            phrases: Vec::new(),
            pack,
            roles,
            flats,
            nouns,
            pronouns,
        };
        language.index_phrases(phrases);
        language.sort_starts();
        language.index_flats();
        language
    }

    fn index_phrases(&mut self, phrases: Vec<Phrase>) {
        // Single words first: longer phrases may start with a lexicon, and are then found by its words.
        let (single, mut many): (Vec<_>, Vec<_>) =
            phrases.into_iter().partition(|p| matches!(p.atoms.as_slice(), [Atom::Word(_)]));
        for phrase in single {
            self.longest[phrase.lex as usize] = self.longest[phrase.lex as usize].max(1);
            if let [Atom::Word(words)] = phrase.atoms.as_slice() {
                for &word in words.iter() {
                    if !self.singles[word as usize].contains(&phrase.lex) {
                        self.singles[word as usize].push(phrase.lex);
                    }
                }
            }
        }
        // A phrase that starts with a lexicon of phrases is found by the first words of those: so those come first.
        // Cycles are faults that the check reports; the bound keeps them harmless here.
        for _ in 0..4 {
            let mut rest = Vec::new();
            let waiting: BTreeSet<Lex> = many
                .iter()
                .filter(|p| p.atoms.len() > 1 || matches!(p.atoms[..], [Atom::Lex(_)]))
                .map(|p| p.lex)
                .collect();
            for phrase in many {
                let blocked = matches!(phrase.atoms[0], Atom::Lex(lex) if lex != phrase.lex && waiting.contains(&lex));
                if blocked { rest.push(phrase) } else { self.index_phrase(phrase) }
            }
            many = rest;
            if many.is_empty() {
                return;
            }
            let still: Vec<Phrase> = std::mem::take(&mut many);
            let (now, later): (Vec<_>, Vec<_>) = still.into_iter().partition(|p| match p.atoms[0] {
                Atom::Lex(lex) => self.longest[lex as usize] > 0,
                _ => true,
            });
            many = later;
            now.into_iter().for_each(|phrase| self.index_phrase(phrase));
        }
    }

    fn index_phrase(&mut self, phrase: Phrase) {
        let id = self.phrases.len() as u32;
        let longest: usize = phrase
            .atoms
            .iter()
            .map(|atom| if let Atom::Lex(lex) = atom { self.longest[*lex as usize].max(1) as usize } else { 1 })
            .sum();
        let slot = &mut self.longest[phrase.lex as usize];
        *slot = (*slot).max(longest.min(3 * LONGEST_PHRASE) as u8);
        match &phrase.atoms[0] {
            Atom::Word(words) => words.iter().for_each(|&w| self.starts[w as usize].push((phrase.lex, id))),
            Atom::Number => self.number_starts.push(id),
            Atom::Mark(mark, _) => self.mark_starts.entry(*mark).or_default().push(id),
            Atom::Lex(lex) => {
                let lex = *lex;
                for word in 1..self.starts.len() {
                    let starts =
                        self.singles[word].contains(&lex) || self.starts[word].iter().any(|(other, _)| *other == lex);
                    if starts {
                        self.starts[word].push((phrase.lex, id));
                    }
                }
                if self.number_starts.iter().any(|&p| self.phrases[p as usize].lex == lex) {
                    self.number_starts.push(id);
                }
            }
            _ => {}
        }
        self.phrases.push(phrase);
    }

    /// Groups the phrases behind each word by lexicon, so that asking for one looks at no other.
    fn sort_starts(&mut self) {
        for (word, starts) in self.starts.iter_mut().enumerate() {
            starts.sort_unstable();
            starts.dedup();
            self.noun_starts[word] =
                starts.iter().filter(|(lex, _)| self.nouns.contains_key(lex)).map(|(_, id)| *id).collect();
        }
    }

    fn index_flats(&mut self) {
        for (id, flat) in self.flats.iter().enumerate() {
            let id = id as u32;
            match &flat.atoms[flat.pivot] {
                Atom::Word(words) => words.iter().for_each(|&w| self.anchors[w as usize].push(id)),
                Atom::Mark(mark, _) => self.mark_anchors.entry(*mark).or_default().push(id),
                Atom::Lex(lex) => {
                    for word in 1..self.anchors.len() {
                        let starts =
                            self.singles[word].contains(lex) || self.starts[word].iter().any(|(other, _)| other == lex);
                        if starts {
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
            .find(|&s| s != 0 && self.singles[s as usize].iter().any(|lex| self.nouns.contains_key(lex)))
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
        surface != 0 && self.singles[surface as usize].contains(&lex)
    }

    /// One past the last token of the longest entry of `lex` that starts at token `at`.
    pub fn lex_at(&self, tokens: &[Token], surfaces: &[Surface], at: usize, lex: Lex) -> Option<usize> {
        let surface = *surfaces.get(at)?;
        let mut best = self.is_in(surface, lex).then_some(at + 1);
        let by_kind: &[u32] = match tokens[at].kind {
            Kind::Number => &self.number_starts,
            Kind::Mark(mark) => self.mark_starts.get(&mark).map_or(&[], Vec::as_slice),
            Kind::Word => &[],
        };
        let own = &self.starts[surface as usize];
        let first = own.partition_point(|(other, _)| *other < lex);
        let own = own[first..].iter().take_while(|(other, _)| *other == lex).map(|(_, id)| *id);
        for id in by_kind.iter().copied().chain(own) {
            let phrase = &self.phrases[id as usize];
            if phrase.lex == lex
                && let Some(end) = self.phrase_at(tokens, surfaces, at, &phrase.atoms, 0)
                && best.is_none_or(|b| end > b)
            {
                best = Some(end);
            }
        }
        best
    }

    /// The first token of the longest entry of `lex` that ends before token `end` and starts at `floor` or later.
    pub fn lex_before(
        &self,
        tokens: &[Token],
        surfaces: &[Surface],
        floor: usize,
        end: usize,
        lex: Lex,
    ) -> Option<usize> {
        let reach = self.longest.get(lex as usize).copied().unwrap_or(0) as usize;
        (floor.max(end.saturating_sub(reach))..end).find(|&at| self.lex_at(tokens, surfaces, at, lex) == Some(end))
    }

    fn phrase_at(&self, tokens: &[Token], surfaces: &[Surface], at: usize, atoms: &[Atom], depth: u8) -> Option<usize> {
        let mut at = at;
        for (k, atom) in atoms.iter().enumerate() {
            while k > 0 && tokens.get(at)?.is(Mark::Markup) {
                at += 1;
            }
            let token = tokens.get(at)?;
            match atom {
                Atom::Word(words) if words.contains(&surfaces[at]) => at += 1,
                Atom::Mark(mark, glued) if token.is(*mark) && !(*glued && token.spaced) => at += 1,
                Atom::Number if token.kind == Kind::Number => at += 1,
                Atom::Lex(lex) if depth < 4 => at = self.lex_at(tokens, surfaces, at, *lex)?,
                _ => return None,
            }
        }
        Some(at)
    }

    /// What the noun that starts at token `at` makes of its phrase, and one past its last token; the longest noun wins.
    pub fn noun_at(&self, tokens: &[Token], surfaces: &[Surface], at: usize) -> Option<(&NounInfo, usize)> {
        self.noun_within(tokens, surfaces, at, tokens.len())
    }

    /// The same for the longest noun that ends at token `limit` or before.
    pub fn noun_within(
        &self,
        tokens: &[Token],
        surfaces: &[Surface],
        at: usize,
        limit: usize,
    ) -> Option<(&NounInfo, usize)> {
        let surface = *surfaces.get(at)?;
        if surface == 0 {
            return None;
        }
        let mut best: Option<(&NounInfo, usize)> = None;
        for lex in &self.singles[surface as usize] {
            if let Some(info) = self.nouns.get(lex)
                && best.is_none_or(|(b, _)| info.kind < b.kind)
            {
                best = Some((info, at + 1));
            }
        }
        for &id in &self.noun_starts[surface as usize] {
            let phrase = &self.phrases[id as usize];
            if let Some(info) = self.nouns.get(&phrase.lex)
                && let Some(end) = self.phrase_at(tokens, surfaces, at, &phrase.atoms, 0)
                && end <= limit
                && best.is_none_or(|(_, b)| end > b)
            {
                best = Some((info, end));
            }
        }
        best
    }

    /// The pronoun that this word is.
    pub fn pronoun(&self, surface: Surface) -> Option<&PronounEntry> {
        self.pronouns.get(&surface).and_then(|&i| self.pack.pronouns.get(i as usize))
    }
}

impl Flat {
    fn new(pattern: u32, guard: bool, atoms: Vec<Atom>, written: &str, elements: &[Element]) -> Option<Flat> {
        // Matching starts where the fewest places come into question: a long literal, then a lexicon, then a mark.
        let weight = |i: usize| match (&atoms[i], elements.get(i)) {
            (Atom::Word(_), Some(Element::Word(forms))) => {
                let letters = forms.iter().map(|f| f.chars().count()).min().unwrap_or(0);
                if letters > 4 { 40 + letters.min(20) } else { 10 + letters }
            }
            (Atom::Lex(_), _) => 30,
            (Atom::Mark(..), _) => 1,
            _ => 0,
        };
        let pivot = (0..atoms.len()).rev().max_by_key(|&i| weight(i)).filter(|&i| weight(i) > 0)?;
        let literals = atoms.iter().filter(|a| matches!(a, Atom::Word(_))).count() as u8;
        let lexicons = atoms.iter().filter(|a| matches!(a, Atom::Lex(_))).count() as u8;
        Some(Flat { pattern, guard, atoms, pivot, literals, lexicons, written: written.to_owned() })
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
    let stops = pack.terminators.iter().filter_map(|written| {
        matches!(cut(written).as_slice(), [t] if t.is(Mark::Other)).then(|| (written.clone(), Mark::Stop))
    });
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

fn roles(builder: &mut Builder) -> Roles {
    let mut ids = [0; ROLE_NAMES.len()];
    for (id, name) in ids.iter_mut().zip(ROLE_NAMES) {
        *id = builder.lex(name, "finite");
    }
    let [
        determiner,
        quantifier,
        linker,
        coordinator,
        subordinator,
        complementiser,
        auxiliary,
        never_in_name,
        between,
        cue_part,
        when,
        opens_adverbial,
        content_ends,
        never_starts_content,
        sentence_opener,
        cue,
        honorific,
        no_outlet,
        name_particle,
        asker,
        definite,
        venue,
        participle,
        object,
    ] = ids;
    Roles {
        determiner,
        quantifier,
        linker,
        coordinator,
        subordinator,
        complementiser,
        auxiliary,
        never_in_name,
        between,
        cue_part,
        when,
        opens_adverbial,
        content_ends,
        never_starts_content,
        sentence_opener,
        cue,
        honorific,
        no_outlet,
        name_particle,
        asker,
        definite,
        venue,
        participle,
        object,
    }
}
