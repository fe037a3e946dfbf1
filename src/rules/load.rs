//! Loading rules from text: built-in ones and folders of a project.

use std::path::PathBuf;

use crate::rules::assemble::{assemble, in_memory};
use crate::rules::diagnostic::Diagnostic;
use crate::rules::embedded;
use crate::rules::files::RuleFile;
use crate::rules::folder::read_folder;
use crate::rules::rule_files::RuleFiles;
use crate::rules::rule_set::{Beyond, RuleSet};

/// Where rules come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSources {
    /// True for the rules that come with the program.
    pub builtin: bool,
    /// Folders that extend or override them, and each other, in this order.
    pub dirs: Vec<PathBuf>,
}

impl Default for RuleSources {
    fn default() -> RuleSources {
        RuleSources { builtin: true, dirs: Vec::new() }
    }
}

/// Rules, and what was wrong with them.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The sound rules.
    pub rules: RuleSet,
    /// All faults, files in the order of folders and paths.
    pub diagnostics: Vec<Diagnostic>,
    /// What was read.
    pub files: RuleFiles,
}

/// Loads the rules. Never fails: what could not be read or is broken is left out and stands in the diagnostics.
pub fn load(sources: &RuleSources) -> Loaded {
    let (files, unread) = read_files(sources);
    load_files(files, unread)
}

/// A rule file that is read over all folders, as if it stood in one of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Its path in a folder of rules, with `/`: `languages/en/draft.toml`.
    pub path: String,
    /// As a reader can find it.
    pub shown: String,
    /// Its contents.
    pub text: String,
}

/// What drafts change about the rules that are loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts {
    /// Files that are left out of the folders: themselves, or the folders they stand in.
    pub without: Vec<PathBuf>,
    /// Files that are read over all others.
    pub files: Vec<DraftFile>,
}

/// The same as [`load`] with drafts.
pub fn load_with(sources: &RuleSources, drafts: &Drafts) -> Loaded {
    let (mut files, unread) = read_files(sources);
    let left_out: Vec<PathBuf> = drafts.without.iter().filter_map(|path| path.canonicalize().ok()).collect();
    if !left_out.is_empty() {
        files.retain(|file| {
            let place = PathBuf::from(&file.shown).canonicalize().ok();
            place.is_none_or(|place| !left_out.iter().any(|out| place.starts_with(out)))
        });
    }
    let layer = sources.dirs.len() + 1;
    let own = |file: &DraftFile| RuleFile::new(file.path.clone(), file.shown.clone(), file.text.clone(), layer);
    files.extend(drafts.files.iter().map(own));
    load_files(files, unread)
}

/// The files of all layers, and what could not be read.
pub(super) fn read_files(sources: &RuleSources) -> (Vec<RuleFile>, Vec<Diagnostic>) {
    let mut unread = Vec::new();
    let mut files = if sources.builtin { built_in(|_| true) } else { Vec::new() };
    files.append(&mut folders(sources, &mut unread));
    (files, unread)
}

/// Loads one layer of rules from memory: paths relative to a rules folder, with `/`, and texts.
pub fn load_from(files: Vec<(String, String)>) -> Loaded {
    load_files(in_memory(files), Vec::new())
}

fn load_files(files: Vec<RuleFile>, mut diagnostics: Vec<Diagnostic>) -> Loaded {
    let (rules, mut faults) = assemble(&files, &Beyond::default());
    diagnostics.append(&mut faults);
    Loaded { rules, diagnostics, files: RuleFiles::new(files) }
}

/// The built-in files whose paths `wanted` takes, in the order of paths.
pub fn built_in(wanted: impl Fn(&str) -> bool) -> Vec<RuleFile> {
    let files = embedded::files(wanted).into_iter();
    files
        .map(|(path, text)| {
            let shown = format!("<built-in>/{path}");
            RuleFile::new(path, shown, text.to_owned(), 0)
        })
        .collect()
}

/// The files of the folders, in the order of folders and paths; what can't be read goes to `unread`.
pub fn folders(sources: &RuleSources, unread: &mut Vec<Diagnostic>) -> Vec<RuleFile> {
    let layers = sources.dirs.iter().zip(1..);
    layers.flat_map(|(dir, layer)| read_folder(dir, layer, unread)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::diagnostic::Severity;
    use crate::rules::pack::{Means, Needs, Place, RuleStatus, Side, Unit};
    use crate::rules::sample::{PATTERNS, SOURCES, files, with};
    use proptest::prelude::*;
    use std::fs;

    fn codes(loaded: &Loaded) -> Vec<&'static str> {
        loaded.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    #[test]
    fn a_sound_pack_loads_without_a_word() {
        let Loaded { rules, diagnostics, .. } = load_from(files());
        assert!(diagnostics.is_empty(), "{}", diagnostics.iter().map(Diagnostic::render).collect::<String>());
        let english = &rules.languages[0];
        assert_eq!((english.tag.as_str(), english.review.as_str()), ("en", "none"));
        assert_eq!(english.months[0], ["Jan", "January", "Jan."]);
        assert_eq!(english.abbreviations, ["Mr.", "Sept.", "Oct."]);
        assert_eq!(english.morphology.cases["gen"], ["a", "u"]);
        assert_eq!(english.lexicons["say"].includes, ["claim"]);
        assert_eq!(english.lexicons["say"].entries.len(), 3);
        let ids: Vec<&str> = english.patterns.iter().map(|pattern| pattern.id.as_str()).collect();
        assert_eq!(ids, ["en/according-to", "en/says"]);
        let pattern = &english.patterns[0];
        assert_eq!((pattern.means, pattern.covers), (Means::AccordingTo, Some((Side::Before, Unit::Clause))));
        assert_eq!(pattern.places, [Place::Title, Place::Lead]);
        assert_eq!(pattern.reads[0].chain, ["lumera", "us"]);
        assert_eq!(english.patterns[1].status, RuleStatus::Experimental);
        assert_eq!(english.patterns[1].location.line, 11);
        let source = &rules.sources[0];
        assert_eq!(source.names["Cyrl"], ["Лумера", "Лумеры", "Лумере", "Лумеру", "Лумерой"]);
        assert_eq!(source.names_need, [("Lumera".to_owned(), Needs::Cue)]);
        assert_eq!((source.group.as_str(), source.speaks_for.as_deref()), ("unknown", Some("government:latvia")));
        assert_eq!(source.reads[0].labels[0].1.of(&source.reads[0].text), "Lumera");
        assert_eq!(rules.countries[0].capitals["en"], ["Riga"]);
    }

    #[test]
    fn no_rules_at_all_are_an_empty_set() {
        let loaded = load(&RuleSources { builtin: false, dirs: Vec::new() });
        assert!(loaded.rules.languages.is_empty() && loaded.diagnostics.is_empty());
        assert_eq!(loaded.rules.hash.len(), 32);
        let empty = tempfile::tempdir().unwrap();
        let of_folder = load(&RuleSources { builtin: false, dirs: vec![empty.path().to_owned()] });
        assert!(of_folder.rules.sources.is_empty() && of_folder.diagnostics.is_empty());
        assert_eq!(of_folder.rules.hash, loaded.rules.hash);
    }

    #[test]
    fn built_in_rules_load_without_panic() {
        let loaded = load(&RuleSources::default());
        assert!(loaded.diagnostics.iter().all(|diagnostic| diagnostic.file.starts_with("<built-in>/")));
    }

    #[test]
    fn the_hash_is_of_paths_and_contents() {
        let hash = |files| load_from(files).rules.hash;
        let same = hash(files());
        let mut turned = files();
        turned.reverse();
        assert_eq!(hash(turned), same);
        assert_ne!(with("Riga", "Rīga").rules.hash, same);
        let mut renamed = files();
        renamed[3].0 = "sources/more.toml".to_owned();
        assert_ne!(hash(renamed), same);
    }

    #[test]
    fn a_syntax_fault_skips_its_file_and_no_other() {
        let loaded = with("code = \"lv\"", "code = \"lv");
        assert_eq!(codes(&loaded), ["unknown-class", "syntax"]);
        assert!(loaded.rules.sources.is_empty());
        assert_eq!(loaded.rules.languages[0].patterns.len(), 2);
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    fn layers(roots: &[&tempfile::TempDir]) -> Loaded {
        load(&RuleSources { builtin: false, dirs: roots.iter().map(|root| root.path().to_owned()).collect() })
    }

    fn sample_folder() -> tempfile::TempDir {
        let files = files();
        folder(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
    }

    #[test]
    fn a_later_folder_overrides_and_extends_by_id() {
        let base = sample_folder();
        let house = folder(&[
            (
                "languages/en/house.toml",
                "[language]\ntag = \"en\"\nname = \"House English\"\nscript = \"Latn\"\ndirection = \"ltr\"\n[lexicon.say]\nsay = \"utter(s|ed)\"\nadd = \"add(s|ed)\"\n[nouns.class]\nmedia = [\"press\"]\n",
            ),
            (
                "languages/en/says.toml",
                &PATTERNS.replace("\"experimental\"", "\"deprecated\"\nreplaced-by = \"en/according-to\""),
            ),
            ("sources/mine.toml", &SOURCES.replace("Europe/Riga", "UTC")),
        ]);
        let Loaded { rules, diagnostics, .. } = layers(&[&base, &house]);
        assert!(diagnostics.is_empty(), "{}", diagnostics.iter().map(Diagnostic::render).collect::<String>());
        let english = &rules.languages[0];
        assert_eq!((english.name.as_str(), english.months.len()), ("House English", 12));
        let say = &english.lexicons["say"];
        assert_eq!(
            say.entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(),
            ["add", "confirm", "say", "set-out"]
        );
        assert_eq!(say.entries[2].forms["finite"][0].written, "utter(s|ed)");
        assert_eq!(english.nouns[0].forms.len(), 1);
        assert_eq!((english.patterns.len(), english.patterns[1].status), (2, RuleStatus::Deprecated));
        assert_eq!((rules.sources.len(), rules.sources[0].time_zone.as_str()), (1, "UTC"));
    }

    #[test]
    fn a_broken_override_leaves_the_earlier_rule_in_force() {
        let base = sample_folder();
        let house = folder(&[(
            "sources/mine.toml",
            &SOURCES.replace("\"outlet\"", "\"oulet\"").replace("lumera.io", "example.org"),
        )]);
        let loaded = layers(&[&base, &house]);
        assert_eq!(codes(&loaded), ["unknown-value"]);
        assert_eq!(loaded.rules.sources[0].domains, ["lumera.io"]);
    }

    #[test]
    fn the_same_rules_in_another_folder_have_the_same_hash() {
        assert_eq!(layers(&[&sample_folder()]).rules.hash, layers(&[&sample_folder()]).rules.hash);
    }

    #[test]
    fn folders_and_files_that_cannot_be_read_are_told() {
        let missing = load(&RuleSources { builtin: false, dirs: vec!["no/such/folder".into()] });
        assert_eq!(codes(&missing), ["rules-folder"]);
        assert!(missing.diagnostics[0].message.contains("does not exist"));
        let root = folder(&[
            ("sources/list.yml", "a: no"),
            ("sources/other.tml", ""),
            ("sources/README.md", "read me"),
            ("stray.toml", ""),
            ("policies/deep/newsroom.toml", "[[policy"),
            ("langauges/en/x.toml", ""),
            (".git/config.toml", ""),
        ]);
        fs::write(root.path().join("sources/latin.toml"), b"id = 'a'\nname = 'Jos\xe9'\n").unwrap();
        let loaded = layers(&[&root]);
        assert_eq!(
            codes(&loaded),
            ["not-utf-8", "other-ending", "other-ending", "misplaced-file", "misplaced-file", "misplaced-file"]
        );
        let bad = &loaded.diagnostics[0];
        assert_eq!((bad.severity, bad.line, bad.column), (Severity::Error, 2, 12));
        assert_eq!(loaded.diagnostics[1].hint.as_deref(), Some("rules are written in TOML: NAME.toml"));
        assert_eq!(loaded.diagnostics[1].severity, Severity::Warning);
        assert_eq!(loaded.diagnostics[3].hint.as_deref(), Some("did you mean the folder languages/?"));
        let file = root.path().join("stray.toml");
        assert_eq!(codes(&load(&RuleSources { builtin: false, dirs: vec![file] })), ["rules-folder"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn no_damage_to_a_file_panics_and_every_fault_can_be_shown(
            file in 0usize..4, from in 0.0f64..1.0, len in 0usize..40, put in "[\\[\\]{}()\"'=|…\\\\\n a-cж.:^$>-]{0,6}"
        ) {
            let mut files = files();
            let text = &mut files[file].1;
            let boundary = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            let start = boundary((text.len() as f64 * from) as usize);
            let end = boundary((start + len).min(text.len()));
            text.replace_range(start..end, &put);
            for fault in load_from(files).diagnostics {
                prop_assert!(fault.source.get(fault.span.range()).is_some(), "{}", fault.message);
                prop_assert!(fault.render().contains(fault.code));
            }
        }
    }
}
