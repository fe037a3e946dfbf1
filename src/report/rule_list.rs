//! For people: rules and packs in rows, and what overrides what.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::terminal::{HEAD, NAME, QUIET, WARNING, bounded, columns, plain, shortened};
use crate::rules::catalogue::{Catalogue, Kind, Rule, Stands};

/// Which rules are listed; what is `None` or empty is not asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A part of the id.
    pub id: Option<String>,
    /// The language, by tag.
    pub language: Option<String>,
    /// What patterns declare.
    pub means: Option<String>,
    /// Kinds of rules; empty: all.
    pub kinds: Vec<Kind>,
    /// The state.
    pub status: Option<String>,
    /// The pack, by name.
    pub pack: Option<String>,
}

impl Filter {
    fn takes(&self, rule: &Rule, catalogue: &Catalogue) -> bool {
        let is = |asked: &Option<String>, value: &str| asked.as_ref().is_none_or(|asked| asked == value);
        self.id.as_ref().is_none_or(|part| rule.id.contains(part.as_str()))
            && is(&self.language, &rule.language)
            && is(&self.means, &rule.means)
            && (self.kinds.is_empty() || self.kinds.contains(&rule.kind))
            && is(&self.status, &rule.meta.status)
            && catalogue.packs.get(rule.stands.pack).is_some_and(|pack| is(&self.pack, &pack.name))
    }
}

/// One row.
struct Row {
    id: String,
    kind: &'static str,
    what: String,
    place: String,
    /// A word that must not be overlooked: `deprecated`, `off`.
    word: String,
}

/// Lists rules for one width.
#[derive(Debug)]
pub struct RuleList<'c> {
    catalogue: &'c Catalogue,
    width: usize,
}

impl<'c> RuleList<'c> {
    /// Laid out for `width` columns, at least 40 and at most 200.
    pub fn new(catalogue: &'c Catalogue, width: usize) -> RuleList<'c> {
        RuleList { catalogue, width: bounded(width) }
    }

    /// Rules in rows; entries of a lexicon in one row, unless a part of the id is asked for.
    ///
    /// # Errors
    /// None in practice: writing to a string does not fail.
    pub fn rules(&self, filter: &Filter) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        let found: Vec<&Rule> = self.catalogue.rules.iter().filter(|rule| filter.takes(rule, self.catalogue)).collect();
        let mut rows: Vec<Row> = Vec::new();
        let mut entries: BTreeMap<&str, usize> = BTreeMap::new();
        for rule in &found {
            let lexicon = lexicon_of(rule).filter(|_| filter.id.is_none());
            if let Some(lexicon) = lexicon {
                let count = entries.entry(lexicon).or_default();
                *count += 1;
                if *count > 1 {
                    continue;
                }
            }
            rows.push(self.row(rule, lexicon));
        }
        for row in &mut rows {
            if let Some(count) = entries.get(row.id.as_str()) {
                row.what = format!("{count} {}", if *count == 1 { "entry" } else { "entries" });
            }
        }
        self.write_rows(&mut out, &rows)?;
        if !rows.is_empty() {
            writeln!(out)?;
        }
        writeln!(out, "{}", summary(&found))?;
        Ok(out)
    }

    fn row(&self, rule: &Rule, lexicon: Option<&str>) -> Row {
        let word = match &rule.disabled {
            Some(_) => "off".to_owned(),
            None if rule.meta.status == "stable" => String::new(),
            None => rule.meta.status.clone(),
        };
        Row {
            id: lexicon.unwrap_or(&rule.id).to_owned(),
            kind: rule.kind.word(),
            what: if rule.means.is_empty() { rule.what.clone() } else { format!("{}: {}", rule.means, rule.what) },
            place: if lexicon.is_some() { self.file(&rule.stands) } else { self.place(&rule.stands) },
            word,
        }
    }

    /// The widest rows lose what can be had with `rules show` first: the place, then the kind.
    fn write_rows(&self, out: &mut String, rows: &[Row]) -> std::fmt::Result {
        let widest = |of: &dyn Fn(&Row) -> &str| rows.iter().map(|row| columns(of(row))).max().unwrap_or(0);
        let id = widest(&|row| &row.id).min(self.width * 2 / 5);
        let (kind, word, place) = (widest(&|row| row.kind), widest(&|row| &row.word), widest(&|row| &row.place));
        let one_kind = rows.iter().all(|row| row.kind == rows[0].kind);
        let mut left = self.width.saturating_sub(id + if word > 0 { word + 2 } else { 0 });
        let kind = Some(kind).filter(|kind| !one_kind && left >= kind + 2 + LEAST);
        left -= kind.map_or(0, |kind| kind + 2);
        let place = Some(place).filter(|place| left >= place + 4 + LEAST);
        left -= place.map_or(0, |place| place + 2);
        let what = left.saturating_sub(2);
        let used = widest(&|row| &row.what).min(what);
        for row in rows {
            write!(out, "{NAME}{}{NAME:#}", padded(&row.id, id))?;
            if let Some(kind) = kind {
                write!(out, "  {}", padded(row.kind, kind))?;
            }
            if word > 0 {
                write!(out, "  {WARNING}{}{WARNING:#}", padded(&row.word, word))?;
            }
            let text = padded(&row.what, used);
            match place {
                Some(_) => writeln!(out, "  {text}  {QUIET}{}{QUIET:#}", row.place)?,
                None => writeln!(out, "  {}", text.trim_end())?,
            }
        }
        Ok(())
    }

    /// What overrides what, what is out of force, and whose severities are changed.
    ///
    /// # Errors
    /// None in practice: writing to a string does not fail.
    pub fn overrides(&self, filter: &Filter) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        let mut none = true;
        for rule in self.catalogue.rules.iter().filter(|rule| filter.takes(rule, self.catalogue)) {
            if rule.overrides.is_empty() && rule.disabled.is_none() {
                continue;
            }
            none = false;
            writeln!(out, "{NAME}{}{NAME:#}", plain(&rule.id))?;
            match &rule.disabled {
                Some((pack, why)) => {
                    let why = if why.is_empty() { String::new() } else { format!(": {}", plain(why)) };
                    writeln!(out, "  out of force by {}{why}", self.pack(*pack))?;
                    writeln!(out, "  stands at    {QUIET}{}{QUIET:#}", self.place(&rule.stands))?;
                }
                None => writeln!(out, "  in force     {QUIET}{}{QUIET:#}", self.place(&rule.stands))?,
            }
            for stands in &rule.overrides {
                writeln!(out, "  in place of  {QUIET}{}{QUIET:#}", self.place(stands))?;
            }
        }
        for changed in &self.catalogue.severities {
            none = false;
            writeln!(out, "{NAME}{}{NAME:#}", plain(&changed.code))?;
            writeln!(out, "  severity     {} by {}", plain(&changed.to), self.pack(changed.pack))?;
        }
        if none {
            writeln!(out, "Nothing overrides anything.")?;
        }
        Ok(out)
    }

    /// The packs in the order of loading.
    ///
    /// # Errors
    /// None in practice: writing to a string does not fail.
    pub fn packs(&self) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        for (order, pack) in self.catalogue.packs.iter().enumerate().filter(|(at, pack)| *at > 0 || pack.rules > 0) {
            let version = if pack.version.is_empty() { String::new() } else { format!(" {}", pack.version) };
            writeln!(
                out,
                "{HEAD}{}{version}{HEAD:#}  {} {} in force",
                plain(&pack.name),
                pack.rules,
                if pack.rules == 1 { "rule" } else { "rules" }
            )?;
            let order =
                if order == 0 { "first: all others may override it".to_owned() } else { format!("{}", order + 1) };
            let lists = [
                ("loaded", order),
                ("licence", pack.licence.clone()),
                ("maintainers", pack.maintainers.join(", ")),
                ("requires", pack.requires.join(", ")),
                ("review", pack.review.clone()),
            ];
            for (label, text) in lists.iter().filter(|(_, text)| !text.is_empty()) {
                writeln!(out, "  {label:<12} {}", plain(text))?;
            }
        }
        Ok(out)
    }

    fn pack(&self, at: usize) -> String {
        self.catalogue.packs.get(at).map_or(String::new(), |pack| plain(&pack.name))
    }

    fn file(&self, stands: &Stands) -> String {
        plain(&stands.file)
    }

    fn place(&self, stands: &Stands) -> String {
        format!("{}:{}", self.file(stands), stands.line)
    }
}

/// Columns below which a row does not tell what its rule is.
const LEAST: usize = 16;

/// The lexicon that an entry belongs to: `en/lexicon.say` of `en/lexicon.say.add`.
fn lexicon_of(rule: &Rule) -> Option<&str> {
    let (head, _) = rule.id.split_once("/lexicon.").filter(|_| rule.kind == Kind::Lexicon)?;
    let name = rule.id[head.len() + "/lexicon.".len()..].find('.')?;
    rule.id.get(..head.len() + "/lexicon.".len() + name)
}

fn padded(text: &str, width: usize) -> String {
    let text = shortened(text, width);
    let pad = width.saturating_sub(columns(&text));
    format!("{text}{:pad$}", "")
}

/// How many there are of each kind.
fn summary(found: &[&Rule]) -> String {
    if found.is_empty() {
        return "No rule is like that.".to_owned();
    }
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for rule in found {
        *kinds.entry(rule.kind).or_default() += 1;
    }
    let counted = kinds.iter().map(|(kind, count)| {
        let (one, many) = match kind {
            Kind::Pattern => ("pattern", "patterns"),
            Kind::Setting => ("setting", "settings"),
            Kind::Lexicon => ("entry of a lexicon", "entries of lexicons"),
            Kind::Nouns => ("group of nouns", "groups of nouns"),
            Kind::Source => ("source", "sources"),
            Kind::Class => ("class", "classes"),
            Kind::Country => ("country", "countries"),
            Kind::Policy => ("policy", "policies"),
        };
        format!("{count} {}", if *count == 1 { one } else { many })
    });
    counted.collect::<Vec<_>>().join(", ")
}
