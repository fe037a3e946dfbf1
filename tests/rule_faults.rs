//! Faulty rule files: each folder of `tests/rule-faults` is a folder of rules with something wrong in it, loaded over the
//! sound one in `base`; what is told of it stands in its `expected.txt`.
//!
//! `SECONDHAND_WRITE_EXPECTED=1 cargo test --test rule_faults` writes these files anew: read each of them before it goes in.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const EXPECTED: &str = "expected.txt";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rule-faults")
}

/// Names of the faulty folders, in order.
fn faulty() -> Vec<String> {
    let folders = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "base");
    names.sort();
    names
}

fn program(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_secondhand")).args(arguments).current_dir(root()).env_clear().output().unwrap()
}

/// The exit status and all that is told of a folder.
fn told(name: &str) -> String {
    let output = program(&["rules", "check", "--no-builtin-rules", "--rules", "base", name]);
    let messages = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = messages.trim_end().lines().map(str::trim_end).collect();
    format!("exit status {}\n\n{}\n", output.status.code().unwrap(), lines.join("\n"))
}

#[test]
fn the_base_has_no_fault() {
    assert_eq!(told("base"), "exit status 0\n\n\n");
}

#[test]
fn every_fault_is_told_as_expected() {
    let write = std::env::var_os("SECONDHAND_WRITE_EXPECTED").is_some();
    let mut wrong = String::new();
    for name in faulty() {
        let file = root().join(&name).join(EXPECTED);
        let told = told(&name);
        if write {
            fs::write(&file, &told).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if told != expected {
            wrong.push_str(&format!("== {name}\n-- expected\n{expected}-- told\n{told}\n"));
        }
        // No fault passes in silence, and each says what to do.
        if codes(&told).is_empty() || told.matches("help: ").count() < codes(&told).len() {
            wrong.push_str(&format!("== {name} says too little\n{told}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn there_are_forty_faults_and_more_and_most_kinds_of_them() {
    let codes: BTreeSet<String> = faulty().iter().flat_map(|name| codes(&told(name))).collect();
    assert!(faulty().len() >= 40, "{}", faulty().len());
    assert!(codes.len() >= 40, "{} kinds: {codes:?}", codes.len());
}

fn codes(told: &str) -> Vec<String> {
    let heads = told.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning["));
    heads.filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned())).collect()
}

#[test]
fn none_of_them_stops_an_audit() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("quay.txt");
    fs::write(&article, "The mayor said that the quay was shut. The quay is shut, grumbles the harbour master.\n")
        .unwrap();
    let article = article.to_str().unwrap();
    let audit = |folders: &[String]| {
        let mut arguments =
            vec!["audit", "--format", "json", "--language", "en", "--no-builtin-rules", "--rules", "base"];
        folders.iter().for_each(|folder| arguments.extend(["--rules", folder]));
        arguments.push(article);
        program(&arguments)
    };
    for folders in [faulty()].into_iter().chain(faulty().into_iter().map(|name| vec![name])) {
        let output = audit(&folders);
        let report = String::from_utf8(output.stdout).unwrap();
        let report: serde_json::Value =
            serde_json::from_str(&report).unwrap_or_else(|error| panic!("{folders:?}: {error}"));
        assert_eq!(report["complete"], true, "{folders:?}");
        let attributions = report["articles"][0]["attributions"].as_array().unwrap();
        assert!(attributions.iter().any(|it| it["source"]["text"] == "The mayor"), "{folders:?}: {attributions:?}");
        let messages = String::from_utf8(output.stderr).unwrap();
        // Doubts are told by `rules check` alone; what leaves a rule out is told by every run.
        let faults = messages.contains("error[");
        assert_eq!(output.status.code(), Some(if faults { 2 } else { 0 }), "{folders:?}: {messages}");
    }
}
