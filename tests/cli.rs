//! Runs the command line on the cases of `tests/cli/*.toml`, each in a temporary folder and an empty environment.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde::Deserialize;

use contents::Contents;

#[path = "common/contents.rs"]
mod contents;

/// One file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    /// Files to make for every case.
    #[serde(default)]
    files: BTreeMap<String, Contents>,
    case: Vec<Case>,
}

/// One run of the program and what must come of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    /// What the case shows, in a sentence.
    name: String,
    /// The arguments.
    command: Vec<String>,
    /// A second command on the same files whose standard output must be the same.
    same_as: Option<Vec<String>>,
    /// Files to make before: path → contents.
    #[serde(default)]
    files: BTreeMap<String, Contents>,
    /// What stands on standard input.
    #[serde(default = "nothing")]
    stdin: Contents,
    /// The exit status; any of several where the readers may decide either way.
    status: Statuses,
    /// Pieces that standard output must hold.
    #[serde(default)]
    stdout: Vec<String>,
    /// Pieces that it must not hold.
    #[serde(default)]
    stdout_not: Vec<String>,
    /// Pieces that standard error must hold.
    #[serde(default)]
    stderr: Vec<String>,
    /// Pieces that it must not hold.
    #[serde(default)]
    stderr_not: Vec<String>,
    /// The schema that standard output must have as one JSON object, or `lines` for one object a line.
    json: Option<String>,
}

fn nothing() -> Contents {
    Contents::Text(String::new())
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Statuses {
    One(i32),
    Any(Vec<i32>),
}

impl Statuses {
    fn allow(&self, code: i32) -> bool {
        match self {
            Statuses::One(one) => *one == code,
            Statuses::Any(any) => any.contains(&code),
        }
    }
}

#[test]
fn bad_input() {
    run_file("bad-input.toml");
}

#[test]
fn pages() {
    run_file("pages.toml");
}

#[test]
fn inputs() {
    run_file("inputs.toml");
}

#[test]
fn archives() {
    run_file("archives.toml");
}

#[test]
fn hostile() {
    run_file("hostile.toml");
}

#[test]
fn forms() {
    run_file("forms.toml");
}

#[test]
fn options() {
    run_file("options.toml");
}

#[test]
fn story() {
    run_file("story.toml");
}

#[test]
fn report() {
    run_file("report.toml");
}

#[test]
fn rules() {
    run_file("rules.toml");
}

#[test]
fn workbench() {
    run_file("workbench.toml");
}

#[test]
fn new() {
    run_file("new.toml");
}

#[test]
fn sources() {
    run_file("sources.toml");
}

#[test]
fn packs() {
    run_file("packs.toml");
}

/// A reader that closes its end early is no error.
#[test]
fn closed_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let article = "The quay was shut on Monday, the harbour master said.\n\n";
    for number in 0..40 {
        std::fs::write(folder.path().join(format!("{number}.txt")), article.repeat(40)).unwrap();
    }
    for form in ["json", "jsonl", "table", "full"] {
        let arguments = ["audit", "--format", form, "."].map(String::from);
        let mut child =
            program(folder.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{form}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty(), "{form}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

fn run_file(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let file: CaseFile = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut faults = Vec::new();
    for case in &file.case {
        let folder = tempfile::tempdir().unwrap();
        if make_files(folder.path(), &file.files) && make_files(folder.path(), &case.files) {
            check(case, folder.path(), &mut faults);
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// False where the system lets the test read what nobody may read (root): the case can't be shown there.
fn make_files(folder: &Path, files: &BTreeMap<String, Contents>) -> bool {
    for (name, contents) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match contents {
            Contents::Locked { locked } => {
                std::fs::create_dir(&path).unwrap();
                if *locked && !lock(&path) {
                    return false;
                }
            }
            contents => std::fs::write(&path, contents.bytes()).unwrap(),
        }
    }
    true
}

#[cfg(unix)]
fn lock(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o000)).unwrap();
    std::fs::read_dir(path).is_err()
}

#[cfg(not(unix))]
fn lock(_path: &Path) -> bool {
    false
}

fn program(folder: &Path, arguments: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_secondhand"));
    command.args(arguments).current_dir(folder).env_clear().stdin(Stdio::piped());
    command
}

fn output(folder: &Path, arguments: &[String], stdin: &Contents) -> Output {
    let mut command = program(folder, arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that does not read it may close it first.
    let _ = child.stdin.take().unwrap().write_all(&stdin.bytes());
    child.wait_with_output().unwrap()
}

fn check(case: &Case, folder: &Path, faults: &mut Vec<String>) {
    let output = output(folder, &case.command, &case.stdin);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let mut found = Vec::new();
    let mut fault = |what: String| found.push(format!("  {what}"));
    if !output.status.code().is_some_and(|code| case.status.allow(code)) {
        fault(format!("exit status {:?}", output.status.code()));
    }
    if err.contains("panicked") {
        fault("a panic".to_string());
    }
    for (name, text, pieces, wanted) in [
        ("stdout", &out, &case.stdout, true),
        ("stdout", &out, &case.stdout_not, false),
        ("stderr", &err, &case.stderr, true),
        ("stderr", &err, &case.stderr_not, false),
    ] {
        for piece in pieces.iter().filter(|piece| text.contains(piece.as_str()) != wanted) {
            fault(format!("{name} {} {piece:?}", if wanted { "lacks" } else { "holds" }));
        }
    }
    if let Some(schema) = &case.json
        && let Err(why) = valid_json(schema, &out)
    {
        fault(why);
    }
    if let Some(other) = &case.same_as {
        let again = self::output(folder, other, &case.stdin);
        if again.stdout != output.stdout {
            fault(format!("{other:?} writes something else:\n{}", String::from_utf8_lossy(&again.stdout)));
        }
    }
    if !found.is_empty() {
        let found = found.join("\n");
        faults.push(format!("{} {:?}\n{found}\n--- stdout\n{out}\n--- stderr\n{err}", case.name, case.command));
    }
}

fn valid_json(schema: &str, out: &str) -> Result<(), String> {
    if schema == "lines" {
        for line in out.lines() {
            let value: serde_json::Value = serde_json::from_str(line).map_err(|error| format!("{error}: {line}"))?;
            if !value.is_object() {
                return Err(format!("no object: {line}"));
            }
        }
        return Ok(());
    }
    let value: serde_json::Value = serde_json::from_str(out).map_err(|error| format!("no JSON: {error}"))?;
    if value["schema"] == schema { Ok(()) } else { Err(format!("the schema is {}", value["schema"])) }
}
