//! A language that is not built in, made by the handbook alone: found through secondhand.toml, with no change of the program.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::path::Path;
use std::process::Command;

/// Standard output of the program, run in the folder of the pack's project; it must end well.
fn run(arguments: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/nl");
    let run = Command::new(env!("CARGO_BIN_EXE_secondhand")).args(arguments).current_dir(folder).output().unwrap();
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{arguments:?}: {}{told}", String::from_utf8_lossy(&run.stdout));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn the_pack_is_in_force_and_passes_its_own_tests() {
    let packs = run(&["rules", "list", "--packs"]);
    assert!(packs.contains("dutch 0.1") && packs.contains("requires     secondhand 0.1"), "{packs}");
    let tested = run(&["rules", "test", "--language", "nl"]);
    let counted = tested.lines().find(|line| line.starts_with("nl  Dutch")).unwrap_or_default();
    let numbers: Vec<usize> = counted.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    assert!(numbers.len() == 3 && numbers[1] >= 15 && numbers[2] >= 15, "{counted}");
}

#[test]
fn a_sentence_is_read_with_its_chain() {
    let sentence = "Anna Keller vertelde Reuters dat de brug dicht blijft.";
    let read = run(&["read", "--language", "nl", sentence]);
    assert!(read.contains("nl/told"), "{read}");
    assert!(read.contains("Anna Keller → Reuters"), "{read}");
}
