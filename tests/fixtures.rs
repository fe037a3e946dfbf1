//! The fixtures of the default report: nothing is shown on well-sourced articles, and each code has its article.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::path::{Path, PathBuf};
use std::process::Command;

use secondhand::policy::facts::Stage;
use secondhand::rules::load::{RuleSources, load};
use serde_json::Value;

/// Puts every policy in force, as a warning where it is off otherwise.
fn profile(folder: &Path, codes: &[String]) -> PathBuf {
    let file = folder.join("all.toml");
    let severities: Vec<String> = codes.iter().map(|code| format!("{code} = \"warning\"\n")).collect();
    std::fs::write(&file, format!("extends = \"strict\"\n[severity]\n{}", severities.concat())).unwrap();
    file
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The findings of some files: code, severity, file and marked message.
fn findings(arguments: &[&str], paths: &[PathBuf]) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_secondhand"));
    command.env_clear().args(["audit", "--story", "off", "--format", "jsonl", "--only", "findings"]);
    let output = command.args(arguments).args(paths).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).filter(|row: &Value| row["code"].is_string()).collect()
}

fn words(text: &str) -> usize {
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(_, body)| body);
    body.split_whitespace().count()
}

/// Fewest clean articles of a language, and fewest words of each. What is shown by default is tuned on the first language.
fn demanded(tag: &str) -> (usize, usize) {
    match tag {
        "en" => (12, 400),
        // Working packs, not complete ones.
        "be" | "it" | "pt" | "ro" => (2, 50),
        _ => (3, 100),
    }
}

#[test]
fn nothing_is_shown_on_well_sourced_articles() {
    let rules = load(&RuleSources { builtin: true, dirs: Vec::new() }).rules;
    assert!(!rules.languages.is_empty());
    for pack in &rules.languages {
        let files = files(&format!("clean/{}", pack.tag));
        let (fewest, least) = demanded(&pack.tag);
        assert!(files.len() >= fewest, "{}: {} clean articles", pack.tag, files.len());
        for file in &files {
            let words = words(&std::fs::read_to_string(file).unwrap());
            assert!(words >= least, "{}: {words} words", file.display());
        }
        let shown: Vec<String> = findings(&[], &files)
            .iter()
            .filter(|row| row["severity"] != "note")
            .map(|row| format!("{} {} {}", row["article"], row["code"], row["message"]))
            .collect();
        assert!(shown.is_empty(), "\n{}", shown.join("\n"));
    }
}

#[test]
fn every_policy_has_its_article_and_can_be_explained() {
    let rules = load(&RuleSources { builtin: true, dirs: Vec::new() }).rules;
    let articles: Vec<String> =
        files("articles/en/codes").iter().map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert!(rules.policies.len() >= 32);
    for policy in &rules.policies {
        let code = &policy.code;
        assert!(policy.stage == Stage::Story || articles.contains(code), "{code} has no article");
        for (text, what) in [(&policy.why, "why"), (&policy.ignore_when, "ignore-when")] {
            assert!(!text.is_empty(), "{code} has no {what}");
        }
        for by_language in [&policy.title, &policy.say, &policy.help] {
            assert!(by_language.get("en").is_some_and(|text| !text.is_empty()), "{code} has a text without English");
        }
    }
}

#[test]
fn each_code_has_an_article_that_brings_it_out() {
    let folder = tempfile::tempdir().unwrap();
    let files = files("articles/en/codes");
    let code = |file: &PathBuf| file.file_stem().unwrap().to_str().unwrap().to_owned();
    let codes: Vec<String> = files.iter().map(code).collect();
    assert!(codes.len() >= 32);
    let profile = profile(folder.path(), &codes);
    let rows = findings(&["--profile", profile.to_str().unwrap()], &files);
    let missing: Vec<&String> = files
        .iter()
        .zip(&codes)
        .filter(|(file, code)| {
            let name = file.file_name().unwrap().to_str().unwrap();
            let here = |row: &&Value| row["article"].as_str().is_some_and(|key| key.ends_with(name));
            !rows.iter().filter(here).any(|row| row["code"] == code.as_str())
        })
        .map(|(_, code)| code)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
