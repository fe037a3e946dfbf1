//! What the sentences beside patterns exercise: wordings, their variants, entries of lexicons, word orders, kinds of slots.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::BlockKind;
use crate::attribution::reading::Reading;
use crate::auditor::Auditor;
use crate::compiled::atoms::Atom;
use crate::inspect::slot_name;
use crate::rules::check_lexicon::PLAIN;
use crate::rules::pack::{LanguagePack, Pattern};
use crate::rules::rule_files::RuleFiles;
use crate::rules::spelled::spelled;
use crate::rules::template::Element;
use crate::scan::View;
use crate::selftest::block_kind;
use crate::sources::denote::Denotes;
use crate::workbench::choice::Choice;
use crate::workbench::entries::{Entries, Entry};

/// What the sentences of one language exercise.
#[derive(Debug, Clone, Default)]
pub struct LanguageCoverage {
    /// Its tag.
    pub tag: String,
    /// Its name in English.
    pub name: String,
    /// The patterns that were asked for, in the order of their ids.
    pub patterns: Vec<PatternCoverage>,
    /// Entries of lexicons that these patterns ask for, and whether some sentence has them.
    pub entries: Vec<(Entry, bool)>,
}

/// What the sentences of one pattern exercise.
#[derive(Debug, Clone, Default)]
pub struct PatternCoverage {
    /// Its id.
    pub id: String,
    /// The number of its sentences.
    pub sentences: usize,
    /// Its wordings.
    pub wordings: Vec<WordingCoverage>,
    /// Distinct combinations: sentences that differ in names alone are one.
    pub combinations: BTreeSet<Combination>,
}

/// One template of a pattern.
#[derive(Debug, Clone, Default)]
pub struct WordingCoverage {
    /// As written.
    pub written: String,
    /// How many sequences it stands for: with and without what is optional, one for each choice.
    pub variants: usize,
    /// How many of them some sentence has.
    pub read: usize,
    /// Those that no sentence has, put as templates.
    pub unread: Vec<String>,
}

/// What makes two sentences of a pattern different: all but the names in them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Combination {
    /// The template, as written.
    pub wording: String,
    /// Which of its variants.
    pub variant: usize,
    /// Entries of lexicons, as written, in the order of the template.
    pub entries: Vec<String>,
    /// Slots and the cue in the order of the sentence.
    pub order: Vec<&'static str>,
    /// What kind of thing stands in each slot that somebody fills.
    pub kinds: Vec<(&'static str, &'static str)>,
}

/// What the sentences of the rules that are asked for exercise, by language.
pub fn measure(auditor: &Auditor, choice: &Choice, files: &RuleFiles) -> Vec<LanguageCoverage> {
    let mut out = Vec::new();
    for pack in &auditor.rules().languages {
        let asked = |p: &&Pattern| choice.takes(&p.id, Some(&pack.tag), &p.location, files);
        let patterns: Vec<&Pattern> = pack.patterns.iter().filter(asked).collect();
        if !patterns.is_empty() {
            out.push(language(auditor, pack, &patterns));
        }
    }
    out
}

fn language(auditor: &Auditor, pack: &LanguagePack, patterns: &[&Pattern]) -> LanguageCoverage {
    let entries = Entries::new(pack);
    let mut met: BTreeSet<usize> = BTreeSet::new();
    let mut out = LanguageCoverage { tag: pack.tag.clone(), name: pack.name.clone(), ..LanguageCoverage::default() };
    for pattern in patterns {
        let variants = variants(pattern);
        let mut read: BTreeSet<usize> = BTreeSet::new();
        let mut combinations = BTreeSet::new();
        for sentence in &pattern.reads {
            let kind = block_kind(pattern);
            for (combination, variant, hits) in
                found(auditor, pack, (&sentence.text, kind), pattern, &variants, &entries)
            {
                read.insert(variant);
                met.extend(hits);
                combinations.insert(combination);
            }
        }
        out.patterns.push(PatternCoverage {
            id: pattern.id.clone(),
            sentences: pattern.reads.len(),
            wordings: wordings(pattern, &variants, &read),
            combinations,
        });
    }
    let asked: BTreeSet<usize> = patterns.iter().flat_map(|pattern| entries_of(pattern, &entries)).collect();
    out.entries = asked.iter().filter_map(|i| Some((entries.all().get(*i)?.clone(), met.contains(i)))).collect();
    out.entries.sort();
    out
}

/// One sequence that a pattern stands for.
struct Variant {
    template: usize,
    elements: Vec<Element>,
}

/// The sequences of a pattern, in the order in which the engine numbers them.
fn variants(pattern: &Pattern) -> Vec<Variant> {
    let findable = |e: &Element| matches!(e, Element::Word(_) | Element::Lexicon { .. } | Element::Mark(..));
    let mut out = Vec::new();
    for (template, written) in pattern.templates.iter().enumerate() {
        let flats = written.expanded().unwrap_or_default().into_iter().filter(|flat| flat.iter().any(findable));
        out.extend(flats.map(|elements| Variant { template, elements }));
    }
    out
}

/// Entries that a pattern's templates ask for.
fn entries_of(pattern: &Pattern, entries: &Entries) -> Vec<usize> {
    let all = pattern.templates.iter().flat_map(|t| t.expanded().unwrap_or_default()).flatten();
    let asked: BTreeSet<(String, String)> = all
        .filter_map(|element| match element {
            Element::Lexicon { name, form } => Some((name, form.unwrap_or_else(|| PLAIN.to_owned()))),
            _ => None,
        })
        .collect();
    asked.iter().flat_map(|(name, form)| entries.of(name, form).iter().copied()).collect()
}

fn wordings(pattern: &Pattern, variants: &[Variant], read: &BTreeSet<usize>) -> Vec<WordingCoverage> {
    let of = |(template, written): (usize, &String)| {
        let own = || variants.iter().enumerate().filter(move |(_, v)| v.template == template);
        let unread = own().filter(|(i, _)| !read.contains(i)).map(|(_, v)| spelled(&v.elements)).collect();
        let count = own().count();
        WordingCoverage {
            written: written.clone(),
            variants: count,
            read: own().filter(|(i, _)| read.contains(i)).count(),
            unread,
        }
    };
    pattern.templates.iter().map(|t| &t.written).enumerate().map(of).collect()
}

/// What a pattern's own readings of a text are: each with the number of its variant, and the entries in it.
fn found(
    auditor: &Auditor,
    pack: &LanguagePack,
    (text, kind): (&str, BlockKind),
    pattern: &Pattern,
    variants: &[Variant],
    entries: &Entries,
) -> Vec<(Combination, usize, Vec<usize>)> {
    let each = |read: &crate::attribution::pipeline::Read<'_>, _: &[_]| {
        let mut out = Vec::new();
        for block in read.blocks.iter().filter(|b| b.view.language.pack.tag == pack.tag) {
            let view = &block.view;
            let own = |r: &&Reading| view.language.pack.patterns[r.pattern as usize].id == pattern.id;
            for reading in block.standing.iter().filter(own) {
                // Variants stand one after another, before exceptions: the number within the pattern is the distance.
                let first = view.language.flats.iter().position(|flat| flat.pattern == reading.pattern && !flat.guard);
                let number = first.and_then(|first| (reading.flat as usize).checked_sub(first));
                let Some((number, variant)) = number.and_then(|n| Some((n, variants.get(n)?))) else { continue };
                let hits = entries_in(view, reading, &variant.elements, entries);
                out.push((combination(view, reading, pattern, (number, variant), (&hits, entries)), number, hits));
            }
        }
        out
    };
    auditor.with_text(text, &pack.tag, kind, each).unwrap_or_default()
}

fn combination(
    view: &View<'_>,
    reading: &Reading,
    pattern: &Pattern,
    (number, variant): (usize, &Variant),
    (hits, entries): (&[usize], &Entries),
) -> Combination {
    let mut order: Vec<(usize, &'static str)> = reading.fills.iter().map(|f| (f.first, slot_name(f.kind))).collect();
    order.push((reading.cue.0, "cue"));
    order.sort_unstable();
    let kinds =
        reading.fills.iter().filter_map(|f| Some((slot_name(f.kind), kind_of(view, &f.mention.as_ref()?.denotes))));
    Combination {
        wording: pattern.templates.get(variant.template).map_or(String::new(), |t| t.written.clone()),
        variant: number,
        entries: hits.iter().filter_map(|i| Some(entries.all().get(*i)?.written.clone())).collect(),
        order: order.into_iter().map(|(_, name)| name).collect(),
        kinds: kinds.collect(),
    }
}

/// The entries that stand in a reading: its words outside the slots are gone through in the order of the template.
fn entries_in(view: &View<'_>, reading: &Reading, elements: &[Element], entries: &Entries) -> Vec<usize> {
    let (mut at, last) = reading.extent();
    let filled = |t: usize| reading.fills.iter().any(|f| f.first <= t && t < f.last);
    let atoms = view.language.flats.get(reading.flat as usize).map_or(&[][..], |flat| &flat.atoms);
    let mut out = Vec::new();
    for (element, atom) in elements.iter().zip(atoms) {
        match (element, atom) {
            (Element::Lexicon { name, form }, Atom::Lex(lex)) => {
                let hit = (at..last).filter(|&t| !filled(t)).find_map(|t| Some((t, view.lex_at(t, *lex)?)));
                let Some((first, end)) = hit else { continue };
                let words = view.span(first, end).of(view.text);
                out.extend(entries.find(name, form.as_deref().unwrap_or(PLAIN), words));
                at = end;
            }
            (_, Atom::Word(words)) => {
                let hit = (at..last).find(|&t| !filled(t) && words.contains(&view.surfaces[t]));
                at = hit.map_or(at, |t| t + 1);
            }
            (_, Atom::Slot(slot)) => {
                at = reading.fills.iter().find(|f| f.kind == slot.kind && f.first >= at).map_or(at, |f| f.last);
            }
            _ => {}
        }
    }
    out
}

/// What kind of thing fills a slot.
fn kind_of(view: &View<'_>, denotes: &Denotes) -> &'static str {
    match denotes {
        Denotes::Source(index) => match view.registry.source(*index) {
            Some(source) if source.kind.carries_news() => "outlet of the registry",
            _ => "name of the registry",
        },
        Denotes::Government(..) => "government",
        Denotes::Class(..) => "class",
        Denotes::Anonymous(..) => "person without a name",
        Denotes::Name { outlet: true, .. } => "name of an outlet",
        Denotes::Name { person: true, .. } => "name of a person",
        Denotes::Name { .. } => "name",
        Denotes::Body { document: true, .. } => "document",
        Denotes::Body { .. } => "body",
        Denotes::Role { .. } => "role",
        Denotes::Footage(..) => "footage",
        Denotes::Pronoun(_) => "pronoun",
        Denotes::Unknown { .. } => "noun that no list has",
    }
}

/// Counts over all patterns of a language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Templates, and those that some sentence has.
    pub wordings: (usize, usize),
    /// Their variants, and those that some sentence has.
    pub variants: (usize, usize),
    /// Entries of lexicons, and those that some sentence has.
    pub entries: (usize, usize),
    /// Distinct combinations.
    pub combinations: usize,
    /// Sentences in `reads`.
    pub sentences: usize,
}

impl LanguageCoverage {
    /// All counts of the language.
    pub fn sums(&self) -> Sums {
        let mut sums = Sums {
            entries: (self.entries.len(), self.entries.iter().filter(|(_, met)| *met).count()),
            ..Sums::default()
        };
        for pattern in &self.patterns {
            sums.sentences += pattern.sentences;
            sums.combinations += pattern.combinations.len();
            for wording in &pattern.wordings {
                sums.wordings.0 += 1;
                sums.wordings.1 += usize::from(wording.read > 0);
                sums.variants.0 += wording.variants;
                sums.variants.1 += wording.read;
            }
        }
        sums
    }

    /// Entries that no sentence has, by lexicon.
    pub fn unread_entries(&self) -> BTreeMap<&str, Vec<&Entry>> {
        let mut out: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for (entry, _) in self.entries.iter().filter(|(_, met)| !met) {
            out.entry(&entry.lexicon).or_default().push(entry);
        }
        out
    }
}
