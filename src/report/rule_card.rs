//! For people: one rule as it is written, with where it stands and what it means in plain sentences.

use std::fmt::Write as _;

use super::terminal::{HEAD, NAME, QUIET, WARNING, bounded, columns, lines, plain};
use crate::policy::facts::SUBJECTS;
use crate::rules::catalogue::{Catalogue, Kind, Rule, Stands};
use crate::rules::explained::{COVERS, IN, KINDS, NEEDS, NOUNS, SLOTS, Told, means};
use crate::rules::pack::{Needs, Pattern, Place, Side, SourceEntry, SourceKind, Unit};
use crate::rules::rule_set::RuleSet;

/// Columns before the text that stands beside a label.
const BESIDE: usize = 14;

/// Shows rules for one width.
#[derive(Debug)]
pub struct RuleCard<'c> {
    catalogue: &'c Catalogue,
    rules: &'c RuleSet,
    width: usize,
}

impl<'c> RuleCard<'c> {
    /// Laid out for `width` columns, at least 40 and at most 200; `rules` are those in force.
    pub fn new(catalogue: &'c Catalogue, rules: &'c RuleSet, width: usize) -> RuleCard<'c> {
        RuleCard { catalogue, rules, width: bounded(width) }
    }

    /// The rules of one id, such as the entries of a lexicon.
    ///
    /// # Errors
    /// None in practice: writing to a string does not fail.
    pub fn show(&self, found: &[&Rule]) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        for (index, rule) in found.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            self.one(&mut out, rule)?;
        }
        Ok(out)
    }

    fn one(&self, out: &mut String, rule: &Rule) -> std::fmt::Result {
        let pack = self.pack(rule.stands.pack);
        writeln!(out, "{NAME}{}{NAME:#}  {}", plain(&rule.id), rule.kind.word())?;
        writeln!(out, "{QUIET}{}:{}, of the pack {pack}{QUIET:#}", plain(&rule.stands.file), rule.stands.line)?;
        writeln!(out)?;
        if let Some((by, why)) = &rule.disabled {
            let why = if why.is_empty() { String::new() } else { format!(": {why}") };
            writeln!(out, "{WARNING}Out of force{WARNING:#} by the pack {}{}\n", self.pack(*by), plain(&why))?;
        }
        let told = self.told(rule);
        for sentence in &told {
            self.labelled(out, "", sentence)?;
        }
        if !told.is_empty() {
            writeln!(out)?;
        }
        for line in rule.text().lines() {
            writeln!(out, "  {}", plain_line(line))?;
        }
        writeln!(out)?;
        self.said(out, rule)
    }

    /// What it says of itself, and what it overrides.
    fn said(&self, out: &mut String, rule: &Rule) -> std::fmt::Result {
        let place = |stands: &Stands| format!("{}:{}, of {}", stands.file, stands.line, self.pack(stands.pack));
        for stands in &rule.overrides {
            self.labelled(out, "in place of", &place(stands))?;
        }
        for changed in self.catalogue.severities.iter().filter(|it| rule.kind == Kind::Policy && it.code == rule.id) {
            self.labelled(out, "severity", &format!("{}, by the pack {}", changed.to, self.pack(changed.pack)))?;
        }
        let meta = &rule.meta;
        let status = match rule.kind {
            Kind::Pattern | Kind::Source | Kind::Policy => meta.status.as_str(),
            _ => "",
        };
        let rows = [
            ("status", status.to_owned()),
            ("replaced by", meta.replaced_by.join(", ")),
            ("author", meta.author.join(", ")),
            ("added", meta.added.clone()),
            ("why", meta.why.clone()),
            ("references", meta.references.join(", ")),
            ("tests", self.tests(rule)),
        ];
        for (label, text) in rows.iter().filter(|(_, text)| !text.is_empty()) {
            self.labelled(out, label, text)?;
        }
        Ok(())
    }

    fn tests(&self, rule: &Rule) -> String {
        let (first, second, numbers) = match rule.kind {
            Kind::Pattern => {
                let Some(pattern) = self.pattern(rule) else { return String::new() };
                ("to read", "near miss", (pattern.reads.len(), pattern.ignores.len()))
            }
            Kind::Source => {
                let Some(source) = self.source(rule) else { return String::new() };
                ("that name it", "near miss", (source.reads.len(), source.ignores.len()))
            }
            Kind::Policy => {
                let Some(policy) = self.rules.policies.iter().find(|it| it.code == rule.id) else {
                    return String::new();
                };
                return format!("{} to flag, {} to be silent in", policy.flags_in.len(), policy.silent_in.len());
            }
            _ => return String::new(),
        };
        let misses = if numbers.1 == 1 { second.to_owned() } else { "near misses".to_owned() };
        let sentences = if numbers.0 == 1 { "sentence" } else { "sentences" };
        format!("{} {sentences} {first}, {} {misses}", numbers.0, numbers.1)
    }

    fn pattern(&self, rule: &Rule) -> Option<&Pattern> {
        let pack = self.rules.languages.iter().find(|pack| pack.tag == rule.language)?;
        pack.patterns.iter().find(|pattern| pattern.id == rule.id)
    }

    fn source(&self, rule: &Rule) -> Option<&SourceEntry> {
        self.rules.sources.iter().find(|source| source.id == rule.id)
    }

    /// What the rule means, a sentence each.
    fn told(&self, rule: &Rule) -> Vec<String> {
        match rule.kind {
            Kind::Pattern => self.pattern(rule).map_or_else(|| left_out(rule), |it| pattern_told(it, rule)),
            Kind::Source => self.source(rule).map_or_else(|| left_out(rule), source_told),
            Kind::Lexicon => self.lexicon_told(rule),
            Kind::Nouns => {
                let kind = rule.id.split('.').nth(1).unwrap_or("");
                vec![format!(
                    "A phrase about one of these nouns, without a name, stands for {}.",
                    clause(says(&NOUNS, kind))
                )]
            }
            Kind::Class => vec![format!("A kind of unnamed sources: “{}”.", rule.what)],
            Kind::Country => vec!["A country: its capital and its adjectives lead to its government.".to_owned()],
            Kind::Setting => Vec::new(),
            Kind::Policy => {
                let Some(policy) = self.rules.policies.iter().find(|it| it.code == rule.id) else {
                    return left_out(rule);
                };
                let subject =
                    SUBJECTS.iter().find(|(_, kind, _)| *kind == policy.flags).map_or("", |(_, _, says)| *says);
                vec![
                    format!("It looks at {subject}, and asks: {}", rule.what),
                    format!("`secondhand explain {}` tells why, and what to do about it.", rule.id),
                ]
            }
        }
    }

    fn lexicon_told(&self, rule: &Rule) -> Vec<String> {
        let name = rule.id.split('.').nth(1).unwrap_or("");
        let plain_use = format!("{{{name}}}");
        let form_use = format!("{{{name}.");
        let users: Vec<&str> = self
            .catalogue
            .rules
            .iter()
            .filter(|it| it.kind == Kind::Pattern && it.language == rule.language)
            .filter(|it| it.text().contains(&plain_use) || it.text().contains(&form_use))
            .map(|it| it.id.as_str())
            .collect();
        let used = match users.len() {
            0 => format!("No pattern names the lexicon `{name}`; the engine or another lexicon may."),
            1..=MOST => format!("Patterns write it {plain_use}: {}.", users.join(", ")),
            more => format!("Patterns write it {plain_use}: {} and {} more.", users[..MOST].join(", "), more - MOST),
        };
        vec![format!("An entry of the list of words `{name}`."), used]
    }

    fn pack(&self, at: usize) -> String {
        self.catalogue.packs.get(at).map_or(String::new(), |pack| plain(&pack.name))
    }

    fn labelled(&self, out: &mut String, label: &str, text: &str) -> std::fmt::Result {
        let indent = if label.is_empty() { 2 } else { BESIDE };
        for (index, line) in lines(&plain(text), self.width.saturating_sub(indent)).iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let pad = indent.saturating_sub(if label.is_empty() { 0 } else { 2 + columns(label) });
            let lead = if label.is_empty() { "" } else { "  " };
            writeln!(out, "{lead}{HEAD}{label}{HEAD:#}{:pad$}{line}", "")?;
        }
        Ok(())
    }
}

/// Most patterns that are named as users of a lexicon.
const MOST: usize = 6;

fn left_out(rule: &Rule) -> Vec<String> {
    match rule.disabled {
        Some(_) => Vec::new(),
        None => vec!["It is faulty, and left out: `secondhand rules check` tells why.".to_owned()],
    }
}

/// A sentence without what it adds behind a semicolon.
fn clause(says: &str) -> &str {
    says.split(';').next().unwrap_or(says)
}

fn says(words: &[Told], word: &str) -> &'static str {
    words.iter().find(|(known, _)| *known == word).map_or("", |(_, says)| says)
}

fn pattern_told(pattern: &Pattern, rule: &Rule) -> Vec<String> {
    let mut told = vec![format!("The wording declares that {}.", means(pattern.means))];
    if let Some((side, unit)) = pattern.covers {
        let word = |names: &[(&'static str, bool)]| names.iter().find(|(_, is)| *is).map_or("", |(name, _)| *name);
        let side = word(&Side::NAMES.map(|(name, it)| (name, it == side)));
        let unit = word(&Unit::NAMES.map(|(name, it)| (name, it == unit)));
        told.push(format!("It reaches {}, {}.", clause(says(&COVERS, side)), says(&COVERS, unit)));
    }
    if !pattern.places.is_empty() {
        let names = Place::NAMES;
        let places = names.iter().filter(|(_, place)| pattern.places.contains(place)).map(|(name, _)| says(&IN, name));
        told.push(format!("It is looked for in {} alone.", places.collect::<Vec<_>>().join(", ")));
    }
    if !pattern.but_not.is_empty() {
        told.push("It does not hold where a wording of `but-not` stands on the same words.".to_owned());
    }
    if !pattern.instead_of.is_empty() {
        told.push(format!("Where both fit, it is taken instead of {}.", pattern.instead_of.join(", ")));
    }
    let text = rule.text();
    for (slot, says) in SLOTS.iter().filter(|(slot, _)| {
        [format!("{{{slot}}}"), format!("{{{slot}:")].iter().any(|written| matches_in(text, written))
    }) {
        told.push(format!("{{{slot}}} stands for {says}."));
    }
    told
}

/// True where the wording, and not only a test beside it, has the slot.
fn matches_in(text: &str, slot: &str) -> bool {
    let wording = text.find("match").and_then(|from| text.get(from..)).unwrap_or("");
    wording.find("\nreads").map_or(wording, |end| &wording[..end]).contains(slot)
}

fn source_told(source: &SourceEntry) -> Vec<String> {
    let kind = SourceKind::NAMES.iter().find(|(_, kind)| *kind == source.kind);
    let kind = kind.map_or("", |(word, _)| says(&KINDS, word));
    let country = if source.country.is_empty() { String::new() } else { format!(" ({})", source.country) };
    let mut told = vec![format!("{} is {kind}{country}.", source.name)];
    if source.needs != Needs::Nothing {
        let word = Needs::NAMES.iter().find(|(_, needs)| *needs == source.needs).map_or("", |(word, _)| word);
        told.push(format!("Its name counts only with {}.", clause(says(&NEEDS, word))));
    }
    if source.group == "unknown" {
        told.push("Whose it is, is not recorded.".to_owned());
    } else {
        told.push(format!("It belongs to {}.", source.group));
    }
    if source.uncertain {
        told.push("Nobody has confirmed the entry yet.".to_owned());
    }
    told.push(format!("`secondhand sources show {}` tells how its names are found.", source.id));
    told
}

/// A line as it is written, without what a terminal would obey; its spaces stay.
fn plain_line(line: &str) -> String {
    line.split(' ').map(plain).collect::<Vec<_>>().join(" ")
}
