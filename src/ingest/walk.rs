//! Finds the inputs behind the paths of a command line: files as named, folders walked, standard input.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::error::InputError;
use super::form::InputForm;
use super::sniff::is_packed_name;

/// One input to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The path to show; `-` for standard input.
    pub name: String,
    /// The file; `None` for standard input.
    pub path: Option<PathBuf>,
    /// True where the path was given, false where it was come upon in a folder.
    pub asked: bool,
}

/// Hands out the inputs behind `paths` in their order; files of a folder come sorted by name, those that `.gitignore` names
/// are left out, and so is what has no ending that is read. A path that can't be used is an error, and the rest goes on.
pub fn walk(paths: &[String], sink: &mut dyn FnMut(Result<Input, InputError>)) {
    for path in paths {
        if path == "-" {
            sink(Ok(Input { name: "-".to_owned(), path: None, asked: true }));
            continue;
        }
        match std::fs::metadata(path) {
            Ok(data) if data.is_dir() => folder(path, sink),
            Ok(_) => sink(Ok(file(Path::new(path), true))),
            Err(_) if is_url(path) => {
                sink(Err(InputError::new(path, "url", "this is an address, and the program never goes online")
                    .hint("save the page, or paste its text into `secondhand audit -`")))
            }
            Err(error) => sink(Err(InputError::io(path, &error))),
        }
    }
}

fn file(path: &Path, asked: bool) -> Input {
    Input { name: path.to_string_lossy().into_owned(), path: Some(path.to_owned()), asked }
}

fn is_url(path: &str) -> bool {
    let scheme = path.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.len() >= 3 && s.bytes().all(|b| b.is_ascii_alphabetic())) || path.starts_with("www.")
}

fn folder(root: &str, sink: &mut dyn FnMut(Result<Input, InputError>)) {
    let mut found = 0usize;
    // The user's own settings of git must not change what is read.
    let walker = WalkBuilder::new(root)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .build();
    for entry in walker {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|t| t.is_file() || t.is_symlink());
                let is_file = is_file && entry.path().metadata().map_or(true, |m| m.is_file());
                if is_file && (InputForm::of_name(entry.path()).is_some() || is_packed_name(entry.path())) {
                    found += 1;
                    sink(Ok(file(entry.path(), false)));
                }
            }
            Err(error) => {
                found += 1;
                sink(Err(walk_error(root, &error)));
            }
        }
    }
    if found == 0 {
        sink(Err(InputError::new(root, "no-articles", "there is no article in this folder")
            .hint("files are told by their endings (.txt, .md, .html, .docx, .jsonl, .csv, .xml, .warc, .zip, .gz and others); name others one by one")));
    }
}

fn walk_error(root: &str, error: &ignore::Error) -> InputError {
    let place = place_of(error).unwrap_or_else(|| root.to_owned());
    match error.io_error() {
        Some(io) => InputError::io(&place, io),
        None => InputError::new(&place, "unreadable", format!("it could not be read: {error}")),
    }
}

fn place_of(error: &ignore::Error) -> Option<String> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.to_string_lossy().into_owned()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place_of(err),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paths: &[String]) -> Vec<Result<String, &'static str>> {
        let mut out = Vec::new();
        walk(paths, &mut |i| out.push(i.map(|i| i.name).map_err(|e| e.code)));
        out
    }

    #[test]
    fn folders_are_sorted_and_only_articles_are_taken_from_them() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b.TXT", "a.md", "c.jsonl", "d.png", "skipped.txt", ".gitignore"] {
            std::fs::write(dir.path().join(name), if name == ".gitignore" { "skipped.txt\n" } else { "x" }).unwrap();
        }
        let root = dir.path().to_string_lossy().into_owned();
        let names: Vec<String> =
            found(std::slice::from_ref(&root)).into_iter().map(|n| n.unwrap().replace(&root, "")).collect();
        assert_eq!(names, ["/a.md", "/b.TXT", "/c.jsonl"]);
        assert_eq!(found(&[format!("{root}/d.png")]).len(), 1, "a file that is named is taken whatever its name");
    }

    #[test]
    fn what_cannot_be_used_is_told_and_the_rest_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().to_string_lossy().into_owned();
        let paths = ["https://harbour.example/a".to_owned(), "/no/such/file.txt".to_owned(), root, "-".to_owned()];
        assert_eq!(found(&paths), [Err("url"), Err("not-found"), Err("no-articles"), Ok("-".to_owned())]);
    }
}
