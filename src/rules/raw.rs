//! From the text of rule files to their tables as written: which file holds what, and faults of TOML itself.

use toml::de::DeTable;

use crate::rules::fields::place;
use crate::rules::files::{At, Faults, RuleFile};
use crate::rules::raw_language::{RawLanguage, read_language};
use crate::rules::raw_pack::{PACK, RawPack, read_pack, unreadable};
use crate::rules::raw_policy::{RawPolicy, read_policies};
use crate::rules::raw_source::{RawRegistry, read_registry};
use crate::rules::suggest::nearest;

/// All rule files as they are written, in the order of layers and paths.
#[derive(Debug, Clone, Default)]
pub struct Raw {
    /// What packs say of themselves, in the order of their layers.
    pub packs: Vec<RawPack>,
    /// Files of language folders.
    pub languages: Vec<RawLanguage>,
    /// Files of the source registry.
    pub registries: Vec<RawRegistry>,
    /// Policies.
    pub policies: Vec<RawPolicy>,
}

/// What a file is, by its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role<'p> {
    /// A part of the language in this folder.
    Language(&'p str),
    /// Sources, classes and countries.
    Sources,
    /// Policies.
    Policies,
    /// What the folder says of itself.
    Pack,
    /// Nothing that is read.
    Misplaced,
}

/// Reads `files`; every fault is noted, a file with broken TOML is skipped whole, and so is a pack in a format that is not
/// known.
pub fn read(files: &[RuleFile], faults: &mut Faults<'_>) -> Raw {
    let mut raw = Raw::default();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| role(&file.path) == Role::Pack) {
        raw.packs.extend(read_file(file, index, faults, |document, faults| read_pack(document, index, faults)));
    }
    let unreadable = unreadable(&raw.packs, faults);
    for (index, file) in files.iter().enumerate().filter(|(_, file)| !unreadable.contains(&file.layer)) {
        match role(&file.path) {
            Role::Misplaced => misplaced(&file.path, place(index, 0..0), faults),
            Role::Pack => {}
            Role::Language(folder) => raw.languages.extend(read_file(file, index, faults, |document, faults| {
                read_language(document, index, folder, faults)
            })),
            Role::Policies => {
                let read = read_file(file, index, faults, |document, faults| read_policies(document, index, faults));
                raw.policies.extend(read.into_iter().flatten());
            }
            Role::Sources => raw
                .registries
                .extend(read_file(file, index, faults, |document, faults| read_registry(document, index, faults))),
        }
    }
    raw
}

/// What `then` makes of the file's tables; `None` where it is no TOML, which is noted.
fn read_file<T>(
    file: &RuleFile,
    index: usize,
    faults: &mut Faults<'_>,
    then: impl FnOnce(&DeTable<'_>, &mut Faults<'_>) -> T,
) -> Option<T> {
    match DeTable::parse(&file.text) {
        Ok(document) => Some(then(document.get_ref(), faults)),
        Err(error) => {
            syntax(file, index, &error, faults);
            None
        }
    }
}

/// What the file at this path holds; the path is relative to a rules folder.
pub fn role(path: &str) -> Role<'_> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["languages", folder, _] => Role::Language(folder),
        ["sources", _] => Role::Sources,
        ["policies", _] => Role::Policies,
        [PACK] => Role::Pack,
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
    let hint = syntax_hint(before, file.text.get(span.start..).unwrap_or(""), error.message());
    let hint = hint.map(str::to_owned);
    faults.error(place(index, span.start..end), "syntax", format!("this is no TOML: {}", error.message()), hint);
}

/// What a writer who knows other forms, or a word processor, does to TOML.
fn syntax_hint(before: &str, rest: &str, message: &str) -> Option<&'static str> {
    let line = before.rsplit('\n').next().unwrap_or("");
    let whole = format!("{line}{}", rest.lines().next().unwrap_or(""));
    let curly = |text: &str| text.trim_start_matches(['[', ' ']).starts_with(['“', '”', '„', '«', '‘', '’']);
    let value = whole.split_once('=').map_or("", |(_, value)| value);
    if before.ends_with('\\') {
        Some("in \"…\" a backslash is written twice; in '…' it stands for itself")
    } else if message.contains("duplicate key") {
        Some("a key or [table] may stand once; write [[table]] for each rule of a list")
    } else if curly(value) || curly(rest) {
        Some("strings stand between straight quotation marks: \"…\"; word processors turn them into curly ones")
    } else if !whole.contains('=') && whole.contains(": ") && !whole.trim_start().starts_with(['"', '[']) {
        Some("a key and its value are written with an equals sign: key = \"value\"")
    } else if rest.starts_with('\n') && line.matches('"').count() % 2 == 1 {
        Some("a closing quotation mark is missing in this line")
    } else if !value.trim().is_empty() && !value.trim_start().starts_with(['"', '\'', '[', '{']) && line.contains('=') {
        Some("a value of letters stands between quotation marks: key = \"value\"")
    } else if message.contains("array") || message.contains("`,`") {
        Some("the items of a list stand between [ and ], with a comma behind each")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::{fault, faults, is};

    #[test]
    fn files_are_told_by_their_folder() {
        assert_eq!(role("languages/en/says.toml"), Role::Language("en"));
        assert_eq!(role("sources/wires.toml"), Role::Sources);
        assert_eq!(role("policies/newsroom.toml"), Role::Policies);
        for path in [
            "languages/en.toml",
            "languages/en/a/b.toml",
            "sources/a/b.toml",
            "x.toml",
            "source/x.toml",
            "policies/a/b.toml",
        ] {
            assert_eq!(role(path), Role::Misplaced, "{path}");
        }
    }

    #[test]
    fn broken_toml_is_one_fault_with_its_place() {
        let escape = faults("sa(y|ys|id)", "say \\(s\\)");
        assert_eq!(
            escape[0],
            is("syntax", 3, 13, "(", "in \"…\" a backslash is written twice; in '…' it stands for itself")
        );
        let twice = faults("name = \"Lumera\"", "id = \"other\"");
        assert_eq!(
            twice[twice.len() - 1],
            is("syntax", 3, 1, "id", "a key or [table] may stand once; write [[table]] for each rule of a list")
        );
    }

    #[test]
    fn unknown_keys_are_faults_with_the_nearest_one() {
        assert_eq!(fault("but-not", "but_not"), is("unknown-key", 7, 1, "but_not", "did you mean `but-not`?"));
        assert_eq!(fault("[page]", "[pages]"), is("unknown-key", 16, 2, "pages", "did you mean `page`?"));
    }

    #[test]
    fn values_have_their_type() {
        assert_eq!(fault("means = \"says\"", "means = 5"), is("wrong-type", 13, 9, "5", "put it in quotation marks"));
        assert_eq!(
            fault("carries-news = true", "carries-news = \"true\""),
            is("wrong-type", 19, 16, "\"true\"", "write true without quotation marks")
        );
        assert_eq!(
            fault("[[pronoun]]", "[pronoun]"),
            is("wrong-type", 16, 1, "[pronoun]", "double the brackets: `[[…]]` starts one rule of many")
        );
        assert_eq!(faults("[[\"Lumera\", \"cue\"]]", "[\"Lumera\", \"cue\"]")[0].0, "wrong-type");
    }
}
