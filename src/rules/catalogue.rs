//! All rules with where they come from: which pack, which file, what each overrides, what it says of itself.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::rules::files::{At, Faults, RuleFile, Text};
use crate::rules::load::{RuleSources, read_files};
use crate::rules::overlay::{Merged, merge};
use crate::rules::packs::{apply_defaults, disable};
use crate::rules::raw::read;
use crate::rules::raw_language::RawValue;
use crate::rules::raw_meta::RawMeta;
use crate::rules::raw_pack::RawPack;
use crate::rules::written::written;

/// A kind of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A wording of attribution.
    Pattern,
    /// A key of `[language]`, `[morphology]` or `[page]`.
    Setting,
    /// An entry of a list of words.
    Lexicon,
    /// A group of nouns.
    Nouns,
    /// An agency, outlet, institution or person.
    Source,
    /// A kind of unnamed sources.
    Class,
    /// A country.
    Country,
    /// What to flag.
    Policy,
}

impl Kind {
    /// Every kind with its word on the command line.
    pub const NAMES: [(&'static str, Kind); 8] = [
        ("pattern", Kind::Pattern),
        ("setting", Kind::Setting),
        ("lexicon", Kind::Lexicon),
        ("nouns", Kind::Nouns),
        ("source", Kind::Source),
        ("class", Kind::Class),
        ("country", Kind::Country),
        ("policy", Kind::Policy),
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        Kind::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// A folder of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// As `pack.toml` names it; otherwise the folder's name.
    pub name: String,
    /// Its version; empty where it names none.
    pub version: String,
    /// Under which licence it may be used; empty where it names none.
    pub licence: String,
    /// Who answers for it.
    pub maintainers: Vec<String>,
    /// What it needs.
    pub requires: Vec<String>,
    /// Who went through it; empty where it does not say.
    pub review: String,
    /// How many rules of it are in force.
    pub rules: usize,
}

/// Where a rule stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// Index of its pack.
    pub pack: usize,
    /// Its file, as a reader can find it.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
}

/// What a rule says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// `stable`, or as it says.
    pub status: String,
    /// Ids to use in its place.
    pub replaced_by: Vec<String>,
    /// Who wrote it.
    pub author: Vec<String>,
    /// When; empty where it does not say.
    pub added: String,
    /// Why; empty where it does not say.
    pub why: String,
    /// What it rests on.
    pub references: Vec<String>,
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// As `[disable]` names it: `en/says`, `en/lexicon.say.confirm`, `meduza`.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// The language that it belongs to, by tag; empty for those of all languages.
    pub language: String,
    /// What a pattern declares; empty for others.
    pub means: String,
    /// What it is, in a few words: a pattern's first wording, a source's name and kind, a policy's question.
    pub what: String,
    /// Where it stands.
    pub stands: Stands,
    /// Rules of earlier packs with the same id, the latest first, which it overrides.
    pub overrides: Vec<Stands>,
    /// Index of the pack that takes it out of force, and why, as far as it says.
    pub disabled: Option<(usize, String)>,
    /// What it says of itself.
    pub meta: Meta,
    source: Arc<str>,
    start: u32,
}

impl Rule {
    /// As it is written, with the comment above it.
    pub fn text(&self) -> &str {
        written(&self.source, self.start)
    }
}

/// A severity that a pack sets for a policy of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Index of the pack.
    pub pack: usize,
    /// The code of the policy.
    pub code: String,
    /// What is set: `error`, or `newsroom error`.
    pub to: String,
}

/// All rules and packs.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Packs in the order of loading: a later one overrides an earlier one.
    pub packs: Vec<Pack>,
    /// Rules by kind, language and id.
    pub rules: Vec<Rule>,
    /// Severities that packs set for policies of others.
    pub severities: Vec<Changed>,
}

impl Catalogue {
    /// The rules of `sources`. Faults are not told here: loading tells them.
    pub fn new(sources: &RuleSources) -> Catalogue {
        let (files, _) = read_files(sources);
        let mut faults = Faults::new(&files);
        let mut raw = read(&files, &mut faults);
        apply_defaults(&mut raw, &faults);
        let said = std::mem::take(&mut raw.packs);
        let all = merge(raw, &mut faults);
        let mut in_force = all.clone();
        disable(&said, &mut in_force, &mut faults);
        let mut gather = Gather { files: &files, said: &said, out: Vec::new() };
        gather.all(&all, &in_force);
        let mut rules = gather.out;
        rules.sort_by(|a, b| (a.kind, &a.language, &a.id).cmp(&(b.kind, &b.language, &b.id)));
        let layers = sources.dirs.len() + 1;
        let mut packs: Vec<Pack> = (0..layers).map(|layer| pack(layer, sources, &said, &faults)).collect();
        for rule in rules.iter().filter(|rule| rule.disabled.is_none()) {
            packs[rule.stands.pack].rules += 1;
        }
        let severities = said.iter().flat_map(|pack| changes(pack, faults.layer(pack.at))).collect();
        Catalogue { packs, rules, severities }
    }

    /// The rule of this id, or the rules that make it up: the entries of a lexicon. Empty where there is none.
    pub fn find(&self, id: &str) -> Vec<&Rule> {
        let bare = id.split_once(':').filter(|(kind, _)| ["source", "policy"].contains(kind));
        let exact: Vec<&Rule> = self
            .rules
            .iter()
            .filter(|rule| rule.id == id || bare.is_some_and(|(kind, id)| rule.kind.word() == kind && rule.id == id))
            .collect();
        if !exact.is_empty() {
            return exact;
        }
        let within = |rule: &&Rule| rule.id.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'));
        self.rules.iter().filter(within).collect()
    }
}

fn pack(layer: usize, sources: &RuleSources, said: &[RawPack], faults: &Faults<'_>) -> Pack {
    let own = said.iter().find(|pack| faults.layer(pack.at) == layer);
    let folder = match layer.checked_sub(1).and_then(|at| sources.dirs.get(at)) {
        Some(dir) => dir.file_name().map_or_else(|| dir.to_string_lossy(), |name| name.to_string_lossy()).into_owned(),
        None => "built-in".to_owned(),
    };
    let value = |text: Option<&Text>| text.map_or(String::new(), |text| text.value.clone());
    Pack {
        name: own.and_then(|pack| pack.name.as_ref()).map_or(folder, |name| name.value.clone()),
        version: value(own.and_then(|pack| pack.version.as_ref())),
        licence: value(own.and_then(|pack| pack.licence.as_ref())),
        maintainers: own.map(|pack| values(&pack.maintainers)).unwrap_or_default(),
        requires: own.map(|pack| values(&pack.requires)).unwrap_or_default(),
        review: value(own.and_then(|pack| pack.review.as_ref())),
        rules: 0,
    }
}

fn changes(pack: &RawPack, layer: usize) -> impl Iterator<Item = Changed> {
    pack.severity.iter().map(move |(code, set)| {
        let one = |(profile, word): &(Option<Text>, Text)| match profile {
            Some(profile) => format!("{} {}", profile.value, word.value),
            None => word.value.clone(),
        };
        let to = set.iter().map(one).collect::<Vec<_>>().join(", ");
        Changed { pack: layer, code: code.value.clone(), to }
    })
}

fn values(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

/// A setting in a few words.
fn shown(value: &RawValue) -> String {
    match value {
        RawValue::Text(text) => text.value.clone(),
        RawValue::Texts(texts) => values(texts).join(", "),
        RawValue::Flag(flag) => flag.to_string(),
        RawValue::Pairs(pairs) => {
            pairs.iter().map(|(one, two)| format!("{} {}", one.value, two.value)).collect::<Vec<_>>().join(", ")
        }
        RawValue::Lists(lists) => lists.iter().map(|(name, _)| name.value.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// Rules found so far.
struct Gather<'f> {
    files: &'f [RuleFile],
    said: &'f [RawPack],
    out: Vec<Rule>,
}

/// What is asked of a rule of any kind.
struct Found<'m> {
    id: String,
    kind: Kind,
    language: &'m str,
    means: String,
    what: String,
    meta: Option<&'m RawMeta>,
    /// Places of the rules of this id, the latest layer first.
    places: Vec<At>,
    /// How many of them are in force.
    left: BTreeSet<usize>,
}

impl Gather<'_> {
    fn all(&mut self, all: &Merged, left: &Merged) {
        for (tag, language) in &all.languages {
            let left = left.languages.get(tag);
            for (id, stack) in &language.patterns {
                let Some(first) = stack.first() else { continue };
                self.add(Found {
                    id: id.clone(),
                    kind: Kind::Pattern,
                    language: tag,
                    means: first.means.as_ref().map_or(String::new(), |means| means.value.clone()),
                    what: first.templates.first().map_or(String::new(), |template| template.value.clone()),
                    meta: Some(&first.meta),
                    places: stack.iter().map(|it| it.at).collect(),
                    left: files_of(left.and_then(|it| it.patterns.get(id)), |it| it.at),
                });
            }
            for ((table, key), stack) in &language.settings {
                self.add(Found {
                    id: format!("{tag}/{table}.{key}"),
                    kind: Kind::Setting,
                    language: tag,
                    means: String::new(),
                    what: stack.first().map_or(String::new(), |setting| shown(&setting.value)),
                    meta: None,
                    places: stack.iter().map(|it| it.at).collect(),
                    left: files_of(Some(stack), |it| it.at),
                });
            }
            for (name, lexicon) in &language.lexicons {
                let left = left.and_then(|it| it.lexicons.get(name));
                for (key, stack) in &lexicon.entries {
                    let Some(first) = stack.first() else { continue };
                    let forms = first.forms.iter().flat_map(|(_, forms)| values(forms));
                    self.add(Found {
                        id: format!("{tag}/lexicon.{name}.{key}"),
                        kind: Kind::Lexicon,
                        language: tag,
                        means: String::new(),
                        what: forms.collect::<Vec<_>>().join(", "),
                        meta: None,
                        places: stack.iter().map(|it| it.id.at).collect(),
                        left: files_of(left.and_then(|it| it.entries.get(key)), |it| it.id.at),
                    });
                }
            }
            for (key, stack) in &language.nouns {
                let Some(first) = stack.first() else { continue };
                self.add(Found {
                    id: format!("{tag}/nouns.{}.{}", key.0, key.1),
                    kind: Kind::Nouns,
                    language: tag,
                    means: String::new(),
                    what: values(&first.forms).join(", "),
                    meta: None,
                    places: stack.iter().map(|it| it.name.at).collect(),
                    left: files_of(left.and_then(|it| it.nouns.get(key)), |it| it.name.at),
                });
            }
        }
        self.registry(all, left);
        for (code, stack) in &all.policies {
            let Some(first) = stack.first() else { continue };
            let title = first.title.iter().find(|(tag, _)| tag.value == "en").or(first.title.first());
            self.add(Found {
                id: code.clone(),
                kind: Kind::Policy,
                language: "",
                means: String::new(),
                what: title.and_then(|(_, texts)| texts.first()).map_or(String::new(), |text| text.value.clone()),
                meta: Some(&first.meta),
                places: stack.iter().map(|it| it.at).collect(),
                left: files_of(left.policies.get(code), |it| it.at),
            });
        }
    }

    fn registry(&mut self, all: &Merged, left: &Merged) {
        let word = |text: &Option<Text>| text.as_ref().map_or(String::new(), |text| text.value.clone());
        for (id, stack) in &all.sources {
            let Some(first) = stack.first() else { continue };
            self.add(Found {
                id: id.clone(),
                kind: Kind::Source,
                language: "",
                means: String::new(),
                what: format!("{}, {}", word(&first.name), word(&first.kind)),
                meta: Some(&first.meta),
                places: stack.iter().map(|it| it.at).collect(),
                left: files_of(left.sources.get(id), |it| it.at),
            });
        }
        for (id, stack) in &all.classes {
            let Some(first) = stack.first() else { continue };
            let name = first.names.first().and_then(|(_, names)| names.first());
            self.add(Found {
                id: format!("class:{id}"),
                kind: Kind::Class,
                language: "",
                means: String::new(),
                what: name.map_or(String::new(), |name| name.value.clone()),
                meta: None,
                places: stack.iter().map(|it| it.at).collect(),
                left: files_of(left.classes.get(id), |it| it.at),
            });
        }
        for (id, stack) in &all.countries {
            let Some(first) = stack.first() else { continue };
            self.add(Found {
                id: format!("country:{id}"),
                kind: Kind::Country,
                language: "",
                means: String::new(),
                what: word(&first.code),
                meta: None,
                places: stack.iter().map(|it| it.at).collect(),
                left: files_of(left.countries.get(id), |it| it.at),
            });
        }
    }

    fn add(&mut self, found: Found<'_>) {
        // The latest that is in force; where none is, the latest, and who disables it.
        let first = found.places.iter().position(|at| found.left.contains(&at.file));
        let at = found.places[first.unwrap_or(0)];
        let disabled = first.is_none().then(|| self.who_disables(&found.id, found.kind)).flatten();
        let overrides = found.places.iter().skip(first.unwrap_or(0) + 1).map(|at| self.stands(*at)).collect();
        let own = RawMeta::default();
        let meta = found.meta.unwrap_or(&own);
        let word = |text: &Option<Text>| text.as_ref().map_or(String::new(), |text| text.value.clone());
        let file = &self.files[at.file];
        self.out.push(Rule {
            kind: found.kind,
            language: found.language.to_owned(),
            means: found.means,
            what: found.what,
            stands: self.stands(at),
            overrides,
            disabled,
            meta: Meta {
                status: meta.status.as_ref().map_or("stable", |status| &status.value).to_owned(),
                replaced_by: values(&meta.replaced_by),
                author: values(&meta.author),
                added: word(&meta.added),
                why: word(&meta.why),
                references: values(&meta.references),
            },
            source: file.text.clone(),
            start: at.span.start,
            id: found.id,
        });
    }

    fn stands(&self, at: At) -> Stands {
        let file = &self.files[at.file];
        Stands { pack: file.layer, file: file.shown.clone(), line: file.lines.line(at.span.start) }
    }

    /// The last pack that names the rule, or the lexicon that it is an entry of, in `[disable]`.
    fn who_disables(&self, id: &str, kind: Kind) -> Option<(usize, String)> {
        let prefixed = format!("{}:{id}", kind.word());
        let names = |text: &Text| {
            let named = text.value.as_str();
            named == id || named == prefixed || id.strip_prefix(named).is_some_and(|rest| rest.starts_with('.'))
        };
        let pack = self.said.iter().rev().find(|pack| pack.disable.iter().any(names))?;
        let why = pack.disable_why.as_ref().map_or(String::new(), |why| why.value.clone());
        Some((self.files.get(pack.at.file)?.layer, why))
    }
}

/// The files in which rules of this id are in force.
fn files_of<T>(stack: Option<&Vec<T>>, at: impl Fn(&T) -> At) -> BTreeSet<usize> {
    stack.into_iter().flatten().map(|it| at(it).file).collect()
}
