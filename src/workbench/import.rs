//! A registry file out of a spreadsheet of outlets: each row is checked as `rules check` would, and the rest goes on.

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord, Trim};
use toml_edit::{Array, InlineTable, Value};

use crate::rules::load::load_from;
use crate::rules::notation::expand;
use crate::rules::rule_set::RuleSet;
use crate::rules::suggest::did_you_mean;
use crate::workbench::who::sound;

/// The columns of the sheet, each with a sentence. `names.TAG` stands for one column a language or script.
pub const COLUMNS: [(&str, &str); 18] = [
    ("name", "the name to show; must be there"),
    ("id", "letters a to z, digits and hyphens; made from the name where it is empty"),
    (
        "kind",
        "wire, outlet, broadcaster, aggregator, photo-agency, channel, institution, government or person; outlet where it is empty",
    ),
    ("country", "two letters: lv"),
    ("group", "the id of its owner; unknown where it is empty"),
    ("domains", "hosts of its pages, parted by spaces or semicolons"),
    ("time-zone", "Europe/Riga"),
    (
        "names.TAG",
        "its names in a language (names.uk) or script (names.Cyrl), in notation, parted by semicolons; names.en is the name where there is none",
    ),
    ("needs", "nothing, organisation-noun or cue"),
    ("speaks-for", "the id of the body that it speaks for"),
    ("uncertain", "no where somebody has confirmed the row; else yes"),
    ("reads", "a sentence with the name in braces; made up where it is empty"),
    ("ignores", "a sentence with a word like the name in which it is not meant"),
    ("fact-kind", "what a fact is about: ownership, funding"),
    ("fact-says", "the fact"),
    ("fact-by", "who says so"),
    ("fact-as-of", "when it held: 2026-11"),
    ("fact-checked", "when somebody looked it up"),
];

/// Something wrong in the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Line of the sheet, from 1.
    pub line: u64,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// True where the row is left out.
    pub left_out: bool,
}

/// What came of a sheet.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// The registry file.
    pub toml: String,
    /// How many sources are in it.
    pub sources: usize,
    /// Rows and columns that could not be used.
    pub bad: Vec<BadRow>,
}

/// Turns a sheet (CSV with commas, semicolons or tabs, its first line the names of the columns) into a registry file. `rules`
/// are those in force, so that what is known already is told.
pub fn import(sheet: &str, rules: &RuleSet) -> Imported {
    let sheet = sheet.strip_prefix('\u{feff}').unwrap_or(sheet);
    let head = sheet.lines().next().unwrap_or("");
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count());
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(sheet.as_bytes());
    let mut out = Imported { toml: "# Made from a spreadsheet.\n".to_owned(), ..Imported::default() };
    let columns = match reader.headers() {
        Ok(head) => columns(head, &mut out.bad),
        Err(error) => {
            out.bad.push(BadRow { line: 1, message: error.to_string(), hint: None, left_out: true });
            return out;
        }
    };
    let mut seen = Seen::default();
    for row in reader.records() {
        match row {
            Ok(row) if row.iter().all(str::is_empty) => {}
            Ok(row) => {
                let line = row.position().map_or(0, csv::Position::line);
                let cell = |name: &str| {
                    let at = columns.iter().position(|column| column == name)?;
                    row.get(at).filter(|text| !text.is_empty())
                };
                one(line, &columns, &row, &cell, rules, &mut seen, &mut out);
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let hint = Some("save the sheet as CSV in UTF-8".to_owned());
                out.bad.push(BadRow { line, message: "this row can't be read".to_owned(), hint, left_out: true });
            }
        }
    }
    out
}

/// What rows before had.
#[derive(Default)]
struct Seen {
    ids: BTreeSet<String>,
    domains: BTreeSet<String>,
}

/// The names of the columns; unknown ones are told and passed over.
fn columns(head: &StringRecord, bad: &mut Vec<BadRow>) -> Vec<String> {
    let columns: Vec<String> = head.iter().map(|name| name.trim().replace([' ', '_'], "-")).collect();
    let columns: Vec<String> =
        columns.into_iter().map(|name| if name.starts_with("names.") { name } else { name.to_lowercase() }).collect();
    for name in columns.iter().filter(|name| !name.is_empty() && !name.starts_with("names.")) {
        if !COLUMNS.iter().any(|(known, _)| known == name) {
            let hint = did_you_mean(name, COLUMNS.iter().map(|(known, _)| *known));
            bad.push(BadRow {
                line: 1,
                message: format!("no column is called `{name}`; it is passed over"),
                hint,
                left_out: false,
            });
        }
    }
    if !columns.iter().any(|name| name == "name") {
        let hint =
            Some("the first line of the sheet names the columns: name, kind, country, domains, names.en …".to_owned());
        bad.push(BadRow { line: 1, message: "there is no column `name`".to_owned(), hint, left_out: true });
    }
    columns
}

fn one<'r>(
    line: u64,
    columns: &[String],
    row: &'r StringRecord,
    cell: &impl Fn(&str) -> Option<&'r str>,
    rules: &RuleSet,
    seen: &mut Seen,
    out: &mut Imported,
) {
    let mut bad = |message: String, hint: Option<String>, left_out: bool| {
        out.bad.push(BadRow { line, message, hint, left_out });
    };
    let Some(name) = cell("name") else {
        return bad("this row has no name".to_owned(), Some("fill in the column `name`".to_owned()), true);
    };
    let id = cell("id").map_or_else(|| slug(name), str::to_owned);
    if !seen.ids.insert(id.clone()) {
        return bad(
            format!("the id `{id}` stands in a row before"),
            Some("give this row another `id`".to_owned()),
            true,
        );
    }
    if rules.sources.iter().any(|source| source.id == id) {
        let hint = Some("take the row out, or give it another `id`, unless it is meant to".to_owned());
        bad(format!("the source `{id}` is known already; this row takes its place"), hint, false);
    }
    let mut domains = Vec::new();
    for host in cell("domains").unwrap_or("").split([' ', ';', ',']).filter(|host| !host.is_empty()) {
        let host = bare_host(host);
        let other = rules.sources.iter().find(|source| source.id != id && source.domains.contains(&host));
        if let Some(other) = other {
            return bad(
                format!("`{host}` belongs to `{}` already", other.id),
                Some("keep it for one of them".to_owned()),
                true,
            );
        }
        if !seen.domains.insert(host.clone()) {
            return bad(format!("`{host}` stands in a row before"), Some("keep it for one of them".to_owned()), true);
        }
        domains.push(host);
    }
    let toml = table(name, &id, &domains, columns, row, cell);
    let loaded = load_from(vec![("sources/sheet.toml".to_owned(), toml.clone())]);
    // Whom it speaks for may stand in another file.
    let faults: Vec<_> = loaded.diagnostics.iter().filter(|fault| fault.code != "unknown-source").collect();
    match faults.first() {
        Some(fault) => bad(fault.message.clone(), fault.hint.clone(), true),
        None => {
            out.toml.push('\n');
            out.toml.push_str(&toml);
            out.sources += 1;
        }
    }
}

/// The row as a table of a registry file.
fn table<'r>(
    name: &str,
    id: &str,
    domains: &[String],
    columns: &[String],
    row: &'r StringRecord,
    cell: &impl Fn(&str) -> Option<&'r str>,
) -> String {
    let mut toml = String::from("[[source]]\n");
    let mut write = |key: &str, value: Value| toml.push_str(&format!("{key} = {value}\n"));
    write("id", id.into());
    write("name", name.into());
    write("kind", cell("kind").unwrap_or("outlet").to_lowercase().into());
    if let Some(country) = cell("country") {
        write("country", country.to_lowercase().into());
    }
    write("group", cell("group").unwrap_or("unknown").into());
    if !domains.is_empty() {
        write("domains", domains.iter().map(String::as_str).collect::<Array>().into());
    }
    for key in ["time-zone", "speaks-for"] {
        if let Some(value) = cell(key) {
            write(key, value.into());
        }
    }
    let mut names: Vec<(String, Vec<&str>)> = Vec::new();
    for (at, column) in columns.iter().enumerate().filter(|(_, column)| column.starts_with("names.")) {
        let list = row.get(at).unwrap_or("").split(';').map(str::trim).filter(|name| !name.is_empty());
        let list: Vec<&str> = list.collect();
        if !list.is_empty() {
            names.push((column.clone(), list));
        }
    }
    let escaped = escaped(name);
    if names.is_empty() {
        names.push(("names.en".to_owned(), vec![&escaped]));
    }
    for (key, list) in &names {
        write(key, list.iter().copied().collect::<Array>().into());
    }
    if let Some(needs) = cell("needs") {
        write("needs", needs.into());
    }
    if !cell("uncertain").is_some_and(|word| ["no", "false", "0"].contains(&word.to_lowercase().as_str())) {
        write("uncertain", true.into());
    }
    if cell("fact-says").is_some() || cell("fact-kind").is_some() {
        let mut fact = InlineTable::new();
        for key in ["kind", "says", "by", "as-of", "checked"] {
            if let Some(value) = cell(&format!("fact-{key}")) {
                fact.insert(key, value.into());
            }
        }
        write("facts", Array::from_iter([Value::from(fact)]).into());
    }
    let first = names.iter().find(|(key, _)| key == "names.en").or(names.first()).and_then(|(_, list)| list.first());
    let form = first.and_then(|name| expand(name).ok()?.into_iter().next()).unwrap_or_else(|| name.to_owned());
    let made = format!("The quay is shut, {{{form}}} reported.");
    write("reads", Array::from_iter([cell("reads").unwrap_or(&made)]).into());
    if let Some(ignores) = cell("ignores") {
        write("ignores", Array::from_iter([ignores]).into());
    }
    toml
}

/// A name without the marks that notation would read.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '|' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An id out of a name in any script: `The Quay Post` → `the-quay-post`.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').map(sound);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

fn bare_host(host: &str) -> String {
    let host = host.to_lowercase();
    let host = host.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    host.split('/').next().unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bad(imported: &Imported) -> Vec<(u64, &str)> {
        imported.bad.iter().map(|bad| (bad.line, bad.message.as_str())).collect()
    }

    #[test]
    fn the_handbook_tells_of_every_column() {
        let book = include_str!("../../rules/README.md");
        for (name, says) in COLUMNS {
            assert!(book.contains(&format!("| `{name}` | {says} |")), "{name}");
        }
    }

    #[test]
    fn rows_become_sources_whatever_parts_the_cells() {
        let sheet = "\u{feff}Name;kind;Domains;names.Cyrl;country\nQuay Post;outlet;https://www.Quay.example/a b.example;Квай Пост;LV\n;;;;\nNight News (TV);broadcaster;;;\n";
        let out = import(sheet, &RuleSet::default());
        assert!(out.bad.is_empty(), "{:?}", out.bad);
        assert_eq!(out.sources, 2);
        let rules = load_from(vec![("sources/s.toml".into(), out.toml)]);
        assert!(rules.diagnostics.is_empty());
        let (night, quay) = (&rules.rules.sources[0], &rules.rules.sources[1]);
        assert_eq!((quay.id.as_str(), quay.country.as_str()), ("quay-post", "lv"));
        assert_eq!(quay.domains, ["quay.example", "b.example"]);
        assert_eq!(quay.names["Cyrl"], ["Квай Пост"]);
        assert_eq!(night.names["en"], ["Night News (TV)"]);
        assert!(quay.uncertain);
    }

    #[test]
    fn bad_rows_are_told_with_their_line_and_the_rest_goes_on() {
        let sheet = "name,kind,domains,colour\nA Post,oulet,,\n,outlet,,\nB Post,outlet,b.example,\nC Post,outlet,b.example,\nB Post,outlet,,\nD Post,outlet,,\n";
        let out = import(sheet, &RuleSet::default());
        assert_eq!(out.sources, 2);
        assert_eq!(
            bad(&out),
            [
                (1, "no column is called `colour`; it is passed over"),
                (2, "`oulet` is no word for `kind`"),
                (3, "this row has no name"),
                (5, "`b.example` stands in a row before"),
                (6, "the id `b-post` stands in a row before"),
            ]
        );
        assert_eq!(out.bad[1].hint.as_deref(), Some("did you mean `outlet`?"));
    }

    #[test]
    fn a_fact_needs_its_date_and_a_sheet_its_names() {
        let fact =
            import("name,fact-kind,fact-says,fact-by\nA Post,ownership,its readers,its site\n", &RuleSet::default());
        assert_eq!(bad(&fact), [(2, "a fact needs the key `as-of`")]);
        let none = import("title\nA\n", &RuleSet::default());
        assert!(none.bad.iter().any(|bad| bad.message == "there is no column `name`"));
        assert_eq!(import("", &RuleSet::default()).sources, 0);
    }
}
