//! From the text of rule files to their tables as written: which file holds what, and faults of TOML itself.

use toml::de::DeTable;

use crate::rules::fields::place;
use crate::rules::files::{At, Faults, RuleFile};
use crate::rules::raw_language::{RawLanguage, read_language};
use crate::rules::raw_source::{RawRegistry, read_registry};
use crate::rules::suggest::nearest;

/// All rule files as they are written, in the order of layers and paths.
#[derive(Debug, Clone, Default)]
pub struct Raw {
    /// Files of language folders.
    pub languages: Vec<RawLanguage>,
    /// Files of the source registry.
    pub registries: Vec<RawRegistry>,
}

/// What a file is, by its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role<'p> {
    Language(&'p str),
    Sources,
    Policies,
    Misplaced,
}

/// Reads `files`; every fault is noted, and a file with broken TOML is skipped whole.
pub fn read(files: &[RuleFile], faults: &mut Faults<'_>) -> Raw {
    let mut raw = Raw::default();
    for (index, file) in files.iter().enumerate() {
        let role = role(&file.path);
        match role {
            Role::Policies => continue,
            Role::Misplaced => {
                misplaced(&file.path, place(index, 0..0), faults);
                continue;
            }
            Role::Language(_) | Role::Sources => {}
        }
        let document = match DeTable::parse(&file.text) {
            Ok(document) => document,
            Err(error) => {
                syntax(file, index, &error, faults);
                continue;
            }
        };
        match role {
            Role::Language(folder) => raw.languages.push(read_language(document.get_ref(), index, folder, faults)),
            _ => raw.registries.push(read_registry(document.get_ref(), index, faults)),
        }
    }
    raw
}

fn role(path: &str) -> Role<'_> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["languages", folder, _] => Role::Language(folder),
        ["sources", _] => Role::Sources,
        ["policies", ..] => Role::Policies,
        _ => Role::Misplaced,
    }
}

fn misplaced(path: &str, at: At, faults: &mut Faults<'_>) {
    let folder = path.split_once('/').map_or("", |(folder, _)| folder);
    let hint = match nearest(folder, ["languages", "sources", "policies"]) {
        Some("languages") if folder == "languages" => {
            "patterns and lexicons stand in languages/TAG/, such as languages/en/".to_owned()
        }
        Some(near) if near == folder => format!("files stand directly in {near}/"),
        Some(near) => format!("did you mean the folder {near}/?"),
        None => "rule files stand in languages/TAG/, sources/ or policies/".to_owned(),
    };
    faults.error(at, "misplaced-file", "this file stands in no folder that is read", Some(hint));
}

fn syntax(file: &RuleFile, index: usize, error: &toml::de::Error, faults: &mut Faults<'_>) {
    let span = error.span().unwrap_or(0..0);
    let end = if span.is_empty() {
        // Something to point at: the sign where the fault is.
        span.start + file.text.get(span.start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    } else {
        span.end
    };
    let before = file.text.get(..span.start).unwrap_or("");
    let hint = if before.ends_with('\\') {
        Some("in \"…\" a backslash is written twice; in '…' it stands for itself".to_owned())
    } else if error.message().contains("duplicate key") {
        Some("a key or [table] may stand once; write [[table]] for each rule of a list".to_owned())
    } else {
        None
    };
    faults.error(place(index, span.start..end), "syntax", format!("this is no TOML: {}", error.message()), hint);
}
