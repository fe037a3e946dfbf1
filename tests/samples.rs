//! Samples that `rules new` writes are sound and pass their own tests, over the built-in rules.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::fs;
use std::path::Path;

use secondhand::auditor::Auditor;
use secondhand::rules::diagnostic::Diagnostic;
use secondhand::rules::load::{RuleSources, load};
use secondhand::selftest;
use secondhand::workbench::choice::{Choice, Within};
use secondhand::workbench::sample::{Sample, language_pack};

/// How many sentences the rules of these files read as they say; all must.
fn passed(files: &[(String, String)]) -> usize {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let loaded = load(&RuleSources { builtin: true, dirs: vec![root.path().to_owned()] });
    let own = loaded.diagnostics.iter().filter(|fault| !fault.file.starts_with("<built-in>"));
    let shown: Vec<String> = own.map(Diagnostic::render).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
    let choice = Choice { place: Some(Within::LastFolder), ..Choice::default() };
    let tested = selftest::run(&Auditor::new(loaded.rules), &choice, &loaded.files);
    assert!(tested.failures.is_empty(), "{:#?}", tested.failures);
    tested.passed
}

fn sample(sample: Sample, path: &str) -> usize {
    passed(&[(path.to_owned(), sample.text("en", "", "2027-01-02"))])
}

#[test]
fn each_sample_passes_its_own_tests() {
    assert_eq!(sample(Sample::Pattern, "languages/en/new.toml"), 4);
    assert_eq!(sample(Sample::Lexicon, "languages/en/new.toml"), 3);
    assert_eq!(sample(Sample::Source, "sources/new.toml"), 3);
    assert_eq!(sample(Sample::Policy, "policies/new.toml"), 3);
}

#[test]
fn a_new_language_passes_its_own_tests_in_several_files_and_in_one() {
    let several = passed(&language_pack("nl", "Dutch"));
    assert!(several >= 15, "{several}");
    let one = Sample::Language.text("nl", "Dutch", "2027-01-02");
    assert_eq!(passed(&[("languages/nl/all.toml".to_owned(), one)]), several);
}

#[test]
fn every_sample_has_a_note_for_whoever_changes_it() {
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            assert!(fs::read_to_string(&path).unwrap().starts_with("# "), "{}", path.display());
        }
    }
}

#[cfg(feature = "cli")]
#[test]
fn samples_are_laid_out_as_rules_are() {
    let one =
        |sample: Sample| (sample.folder().replace("TAG", "en") + "/new.toml", sample.text("en", "", "2027-01-02"));
    let mut files = language_pack("nl", "Dutch");
    files.extend([Sample::Pattern, Sample::Lexicon, Sample::Source, Sample::Policy].map(one));
    for (path, text) in files {
        let form = secondhand::rules::schema::form_of(&path).unwrap();
        assert_eq!(secondhand::workbench::format::format(&text, form).unwrap(), text, "{path}");
    }
}
