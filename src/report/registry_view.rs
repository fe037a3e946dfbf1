//! For people: who is known, whom a name leads to and why, and what a fact-checker should look at.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::terminal::{HEAD, NAME, QUIET, bounded, columns, lines, plain, shortened};
use crate::rules::pack::{Needs, SourceEntry, SourceKind};
use crate::rules::rule_set::RuleSet;
use crate::rules::suggest::nearest;
use crate::sources::registry::Registry;
use crate::workbench::who::{Doubt, DoubtKind, How, Way, need, ways, wins};

/// Which sources are listed; what is `None` is not asked for.
#[derive(Debug, Clone, Default)]
pub struct Which {
    /// A part of the id or name.
    pub part: Option<String>,
    /// The kind's word.
    pub kind: Option<String>,
    /// The country's code.
    pub country: Option<String>,
    /// The group's id.
    pub group: Option<String>,
    /// Only entries that nobody has confirmed.
    pub uncertain: bool,
}

/// Doubts of a kind that are told without being asked for all.
const FEW: usize = 5;

/// Shows the registry for one width.
#[derive(Debug)]
pub struct RegistryView<'r> {
    rules: &'r RuleSet,
    width: usize,
}

impl<'r> RegistryView<'r> {
    /// Laid out for `width` columns, at least 40 and at most 200.
    pub fn new(rules: &'r RuleSet, width: usize) -> RegistryView<'r> {
        RegistryView { rules, width: bounded(width) }
    }

    /// Sources in rows: id, kind and country, name, in how many languages and scripts it has names.
    ///
    /// # Errors
    /// None in practice: writing to a string does not fail.
    pub fn list(&self, which: &Which) -> Result<String, std::fmt::Error> {
        let is = |asked: &Option<String>, value: &str| asked.as_ref().is_none_or(|asked| asked == value);
        let part = which.part.as_ref().map(|part| part.to_lowercase());
        let takes = |source: &&SourceEntry| {
            part.as_ref().is_none_or(|part| source.id.contains(part) || source.name.to_lowercase().contains(part))
                && is(&which.kind, kind(source))
                && is(&which.country, &source.country)
                && is(&which.group, &source.group)
                && (!which.uncertain || source.uncertain)
        };
        let found: Vec<&SourceEntry> = self.rules.sources.iter().filter(takes).collect();
        let widest = |of: &dyn Fn(&SourceEntry) -> usize| found.iter().map(|it| of(it)).max().unwrap_or(0);
        let id = widest(&|it| columns(&it.id)).min(self.width * 2 / 5);
        let kinds = widest(&|it| columns(kind(it)));
        let left = self.width.saturating_sub(id + kinds + 8);
        let name = widest(&|it| columns(&it.name)).min(left);
        let mut out = String::new();
        for source in &found {
            let text = padded(&source.id, id);
            write!(out, "{NAME}{text}{NAME:#}  {}  {:<2}  ", padded(kind(source), kinds), source.country)?;
            let mut more = vec![source.names.keys().cloned().collect::<Vec<_>>().join(" ")];
            if source.group != "unknown" {
                more.push(format!("of {}", source.group));
            }
            if source.uncertain {
                more.push("not confirmed".to_owned());
            }
            let room = left.saturating_sub(name + 2);
            if room >= 12 {
                writeln!(out, "{}  {QUIET}{}{QUIET:#}", padded(&source.name, name), shortened(&more.join(", "), room))?;
            } else {
                writeln!(out, "{}", shortened(&source.name, name))?;
            }
        }
        if !found.is_empty() {
            writeln!(out)?;
        }
        let count = found.len();
        writeln!(out, "{count} {}", if count == 1 { "source" } else { "sources" })?;
        Ok(out)
    }

    /// Whom `phrase` leads to, and why; `None` where it leads to nobody.
    ///
    /// # Errors
    /// None in practice: writing to a string does not fail.
    pub fn show(&self, phrase: &str, registry: &Registry) -> Result<Option<String>, std::fmt::Error> {
        let ways = ways(phrase, self.rules);
        let winner = wins(phrase, registry);
        if ways.is_empty() && winner.is_none() {
            return Ok(None);
        }
        let mut out = String::new();
        match &winner {
            Some(Ok(index)) => {
                let way = ways.iter().find(|way| way.source == *index && way.how <= How::Name);
                let needs = way.map_or(Needs::Nothing, |way| need(&self.rules.sources[way.source], phrase));
                self.tell(&mut out, &format!("In a text, “{phrase}” means {}{}.", self.id(*index), beside(needs)))?;
            }
            Some(Err(country)) => {
                self.tell(&mut out, &format!("In a text, “{phrase}” is {country}."))?;
            }
            None => self.tell(&mut out, &format!("In a text, “{phrase}” as it is written here means nobody."))?,
        }
        for (place, way) in ways.iter().enumerate() {
            self.tell(&mut out, &format!("- {}", self.why(way, place, &ways)))?;
        }
        if let Some(first) = ways.first().filter(|way| way.how < How::OtherScript) {
            writeln!(out)?;
            let source = match &winner {
                Some(Ok(index)) => *index,
                _ => first.source,
            };
            self.entry(&mut out, &self.rules.sources[source])?;
        }
        Ok(Some(out))
    }

    fn id(&self, index: usize) -> &str {
        self.rules.sources.get(index).map_or("", |source| &source.id)
    }

    /// Why a way leads where it does.
    fn why(&self, way: &Way, place: usize, all: &[Way]) -> String {
        let id = self.id(way.source);
        let under = if way.under.is_empty() { String::new() } else { format!(" under names.{}", way.under) };
        let by = match way.how {
            How::Id => "it is its id".to_owned(),
            How::Name => format!("it is a name{under}"),
            How::Host => format!("its pages are at {}", way.name),
            How::OwnName => "it is a name that counts on its own page only (own-names)".to_owned(),
            How::Alike => format!(
                "`{}`{under} differs in capitals or marks: enough for `outlet` of a record, not in a text",
                way.name
            ),
            How::OtherScript => {
                format!("`{}`{under} sounds alike in another script; nothing follows from it", way.name)
            }
        };
        let lost = match all.get(place.wrapping_sub(1)) {
            Some(before) if way.how == How::Name && before.how == How::Name => {
                if before.needs == way.needs {
                    format!(
                        "; it loses to {}, whose id comes first: nothing else tells them apart",
                        self.id(before.source)
                    )
                } else {
                    format!("; it loses to {}, whose name needs less beside it", self.id(before.source))
                }
            }
            _ => String::new(),
        };
        format!("{id}: {by}{lost}")
    }

    /// All that the registry has of a source.
    fn entry(&self, out: &mut String, source: &SourceEntry) -> std::fmt::Result {
        writeln!(out, "{NAME}{}{NAME:#}  {HEAD}{}{HEAD:#}", source.id, plain(&source.name))?;
        let known = |text: &str| if text == "unknown" { "not recorded".to_owned() } else { text.to_owned() };
        let mut rows = vec![
            ("kind", kind(source).to_owned()),
            ("country", source.country.clone()),
            ("group", known(&source.group)),
            ("domains", source.domains.join(", ")),
            ("time zone", known(&source.time_zone)),
            ("speaks for", source.speaks_for.clone().unwrap_or_default()),
            ("needs", beside(source.needs).trim_start_matches(", ").to_owned()),
        ];
        if source.uncertain {
            rows.push(("state", "nobody has confirmed the entry yet".to_owned()));
        }
        for (label, text) in rows.iter().filter(|(_, text)| !text.is_empty()) {
            self.labelled(out, label, text)?;
        }
        for (under, names) in &source.names {
            let told: Vec<String> = names
                .iter()
                .map(|name| match source.names_need.iter().find(|(named, _)| named == name) {
                    Some((_, need)) => format!("{name}{}", sign(*need)),
                    None => name.clone(),
                })
                .collect();
            self.labelled(out, under, &told.join(", "))?;
        }
        for needs in [Needs::Cue, Needs::OrganisationNoun] {
            if source.names_need.iter().any(|(_, need)| *need == needs) {
                self.labelled(out, sign(needs), &format!("only{}", beside(needs).trim_start_matches(',')))?;
            }
        }
        for fact in &source.facts {
            let checked =
                if fact.checked.is_empty() { "nobody checked".to_owned() } else { format!("checked {}", fact.checked) };
            self.labelled(
                out,
                &fact.kind,
                &format!("{} (by {}, as of {}, {checked})", fact.says, fact.by, fact.as_of),
            )?;
        }
        self.labelled(out, "stands at", &format!("{}, line {}", source.location.file, source.location.line))
    }

    /// What should be looked at, by kind; the first few of each, or `all`.
    ///
    /// # Errors
    /// None in practice: writing to a string does not fail.
    pub fn doubts(&self, found: &[Doubt], all: bool) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        let mut by_kind: BTreeMap<DoubtKind, Vec<&Doubt>> = BTreeMap::new();
        for doubt in found {
            by_kind.entry(doubt.kind).or_default().push(doubt);
        }
        for (kind, heading, advice) in DoubtKind::NAMES {
            let Some(these) = by_kind.get(&kind) else { continue };
            writeln!(out, "{HEAD}{heading}{HEAD:#}: {}", these.len())?;
            let few = if all { these.len() } else { FEW };
            for doubt in these.iter().take(few) {
                let text = format!("{}: {}", doubt.sources.join(", "), doubt.says);
                for line in lines(&plain(&text), self.width - 2) {
                    writeln!(out, "  {line}")?;
                }
            }
            if these.len() > few {
                writeln!(out, "  … and {} more: --all shows them", these.len() - few)?;
            }
            for line in lines(&format!("→ {advice}"), self.width - 2) {
                writeln!(out, "  {QUIET}{line}{QUIET:#}")?;
            }
            writeln!(out)?;
        }
        let unknown = self.rules.sources.iter().filter(|source| source.group == "unknown").count();
        let unconfirmed = self.rules.sources.iter().filter(|source| source.uncertain).count();
        writeln!(
            out,
            "{} sources: {} to look at, {unconfirmed} not confirmed, {unknown} whose owner is not recorded",
            self.rules.sources.len(),
            found.len()
        )?;
        Ok(out)
    }

    /// The name or id nearest to `phrase`, where one is near.
    pub fn nearest(&self, phrase: &str) -> Option<&'r str> {
        let names = self.rules.sources.iter().flat_map(|it| it.names.values().flatten().chain([&it.id, &it.name]));
        nearest(phrase, names.map(String::as_str))
    }

    fn tell(&self, out: &mut String, text: &str) -> std::fmt::Result {
        let hang = if text.starts_with("- ") { 2 } else { 0 };
        for (index, line) in lines(&plain(text), self.width - 2).iter().enumerate() {
            let pad = if index == 0 { 0 } else { hang };
            writeln!(out, "{:pad$}{line}", "")?;
        }
        Ok(())
    }

    fn labelled(&self, out: &mut String, label: &str, text: &str) -> std::fmt::Result {
        const BESIDE: usize = 13;
        for (index, line) in lines(&plain(text), self.width - BESIDE - 2).iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let pad = BESIDE.saturating_sub(columns(label)).max(1);
            writeln!(out, "  {HEAD}{label}{HEAD:#}{:pad$}{line}", "")?;
        }
        Ok(())
    }
}

fn kind(source: &SourceEntry) -> &'static str {
    SourceKind::NAMES.iter().find(|(_, kind)| *kind == source.kind).map_or("", |(word, _)| word)
}

/// What must stand near a name, as the end of a sentence.
fn beside(needs: Needs) -> &'static str {
    match needs {
        Needs::Nothing => "",
        Needs::OrganisationNoun => ", with a noun such as agency or in quotation marks",
        Needs::Cue => ", where a word such as reported stands next to it",
    }
}

/// Marks a name that needs something beside it.
fn sign(needs: Needs) -> &'static str {
    match needs {
        Needs::Nothing => "",
        Needs::OrganisationNoun => "†",
        Needs::Cue => "*",
    }
}

fn padded(text: &str, width: usize) -> String {
    let text = shortened(text, width);
    let pad = width.saturating_sub(columns(&text));
    format!("{text}{:pad$}", "")
}
