//! Reading a folder of rules: its files, and what could not be read.

use std::fs;
use std::path::Path;

use crate::rules::diagnostic::{Diagnostic, Severity};
use crate::rules::files::RuleFile;
use crate::text::lines::LineIndex;
use crate::text::span::Span;

/// How deep folders are looked into.
const DEEPEST: usize = 4;

/// The rule files under `root`, sorted by path, as files of `layer`; what could not be read goes to `faults`.
pub fn read_folder(root: &Path, layer: usize, faults: &mut Vec<Diagnostic>) -> Vec<RuleFile> {
    let mut files = Vec::new();
    match fs::metadata(root) {
        Ok(found) if found.is_dir() => walk(root, "", layer, 0, &mut files, faults),
        Ok(_) => {
            let hint = "give the folder that holds languages/ and sources/";
            faults.push(fault(
                Severity::Error,
                root,
                "rules-folder",
                "this is a file, not a folder of rules".into(),
                Some(hint),
            ));
        }
        Err(error) => {
            let message = format!("this folder of rules cannot be read: {}", reason(&error));
            faults.push(fault(Severity::Error, root, "rules-folder", message, None));
        }
    }
    files.sort_by(|a: &RuleFile, b: &RuleFile| a.path.cmp(&b.path));
    files
}

fn walk(
    folder: &Path,
    prefix: &str,
    layer: usize,
    depth: usize,
    files: &mut Vec<RuleFile>,
    faults: &mut Vec<Diagnostic>,
) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("this folder cannot be read: {}", reason(&error));
            faults.push(fault(Severity::Error, folder, "unreadable", message, None));
            return;
        }
    };
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        if name.starts_with('.') {
            continue;
        }
        let relative = format!("{prefix}{name}");
        if path.is_dir() {
            if depth < DEEPEST {
                walk(&path, &format!("{relative}/"), layer, depth + 1, files, faults);
            }
        } else if name.ends_with(".toml") {
            files.extend(read_file(&path, relative, layer, faults));
        } else {
            other_ending(&path, &name, faults);
        }
    }
}

fn read_file(path: &Path, relative: String, layer: usize, faults: &mut Vec<Diagnostic>) -> Option<RuleFile> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("this file cannot be read: {}", reason(&error));
            faults.push(fault(Severity::Error, path, "unreadable", message, None));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(RuleFile::new(relative, shown(path), text, layer)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            // The sound part of the line before the fault gives its column.
            let before = String::from_utf8_lossy(bytes.get(..good).unwrap_or_default()).into_owned();
            let lines = LineIndex::new(&before);
            let at = u32::try_from(good).unwrap_or(u32::MAX);
            let hint = "save the file as UTF-8";
            let fault = fault(Severity::Error, path, "not-utf-8", "this file is not in UTF-8".into(), Some(hint));
            faults.push(Diagnostic { line: lines.line(at), column: lines.column(&before, at), ..fault });
            None
        }
    }
}

/// A file that looks like rules in another format, which would be passed over in silence.
fn other_ending(path: &Path, name: &str, faults: &mut Vec<Diagnostic>) {
    let lower = name.to_lowercase();
    let yaml = lower.ends_with(".yml") || lower.ends_with(".yaml");
    let slip = [".tml", ".tom", ".toml", ".toml.txt"].iter().any(|ending| lower.ends_with(ending));
    if yaml || slip {
        let hint = if yaml { "rules are written in TOML: NAME.toml" } else { "rename it to NAME.toml" };
        let message = "this file is not read: its name does not end in .toml".into();
        faults.push(fault(Severity::Warning, path, "other-ending", message, Some(hint)));
    }
}

fn fault(severity: Severity, path: &Path, code: &'static str, message: String, hint: Option<&str>) -> Diagnostic {
    Diagnostic {
        severity,
        code,
        file: shown(path),
        span: Span::default(),
        line: 1,
        column: 1,
        message,
        hint: hint.map(str::to_owned),
        source: "".into(),
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Why reading failed, in words that are the same on all systems where they can be.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it does not exist".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
