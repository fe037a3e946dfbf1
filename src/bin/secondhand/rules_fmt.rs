//! `secondhand rules fmt`: one layout for all rule files.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use secondhand::rules::schema::form_of;
use secondhand::workbench::format::format;

use crate::args_rules::FmtArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::project::Project;

/// How deep folders are looked into.
const DEEPEST: usize = 4;

/// Lays out the files, or tells which are not laid out.
///
/// # Errors
/// Where there is nothing to work on or the output can't be written.
pub fn run(args: &FmtArgs, messages: &Messages) -> Result<Status, Failure> {
    let mut paths = args.paths.clone();
    if paths.is_empty() {
        paths = Project::find()?.rules;
    }
    if paths.is_empty() {
        return Err(Failure::usage(
            "no folder of rules is named",
            "give one, or name it in secondhand.toml: rules = [\"house\"]",
        ));
    }
    let mut files = Vec::new();
    for path in &paths {
        if !path.exists() {
            return Err(Failure::usage(
                format!("{}: there is no such file or folder", path.display()),
                "give a folder of rules",
            ));
        }
        gather(path, 0, &mut files);
    }
    let mut out = output::styled(messages.colour());
    let mut status = Status::Clean;
    let (mut changed, mut sound) = (0usize, 0usize);
    for file in &files {
        let Some(form) = form_of(&file.to_string_lossy().replace('\\', "/")) else { continue };
        let outcome = fs::read_to_string(file).map_err(|error| error.to_string()).and_then(|text| {
            let laid = format(&text, form).map_err(|error| error.to_string())?;
            let differs = laid != text;
            if differs && !args.check {
                fs::write(file, laid).map_err(|error| error.to_string())?;
            }
            Ok(differs)
        });
        match outcome {
            Ok(true) => {
                writeln!(out, "{}{}", if args.check { "not laid out: " } else { "laid out: " }, file.display())?;
                changed += 1;
            }
            Ok(false) => sound += 1,
            Err(why) => {
                out.flush()?;
                messages.warning(
                    &format!("{}: {why}; it stays as it is", file.display()),
                    Some("secondhand rules check tells more"),
                );
                status = Status::Unusable;
            }
        }
    }
    let all = changed + sound;
    let are = if args.check { "not laid out" } else { "laid out" };
    writeln!(out, "{changed} of {all} {} {are}", if all == 1 { "file" } else { "files" })?;
    out.flush()?;
    Ok(if args.check && changed > 0 { status.max(Status::Found) } else { status })
}

/// The rule files at or below `path`, in order.
fn gather(path: &Path, depth: usize, out: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        out.push(path.to_owned());
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    let mut inner: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    inner.sort();
    for path in inner {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let rule_file = path.extension().is_some_and(|ending| ending == "toml");
        if !name.starts_with('.') && (rule_file || (path.is_dir() && depth < DEEPEST)) {
            gather(&path, depth + 1, out);
        }
    }
}
