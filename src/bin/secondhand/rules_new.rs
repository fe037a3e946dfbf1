//! `secondhand rules new`: a commented sample that passes its own tests.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use jiff::Timestamp;
use secondhand::rules::clean::is_language;
use secondhand::workbench::sample::{Sample, language_pack};

use crate::args_rules::NewArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;

/// The language of samples, where none is asked for.
const USUAL: &str = "en";

/// Prints the sample, or writes it where nothing stands yet.
///
/// # Errors
/// Where the file is there already, is no place for such rules, or can't be written.
pub fn run(args: &NewArgs, messages: &Messages) -> Result<Status, Failure> {
    let sample = Sample::NAMES.iter().find(|(name, _)| *name == args.kind).map(|(_, sample)| *sample);
    let sample = sample.ok_or_else(|| Failure::usage("no such sample", "see secondhand rules new --help"))?;
    if let Some(tag) = args.tag.as_deref().filter(|tag| !is_language(tag)) {
        return Err(Failure::usage(format!("`{tag}` is no language tag"), "write a BCP 47 tag: nl, pt-br"));
    }
    let (tag, name) = language(sample, args)?;
    let files = match &args.to {
        None => {
            let mut out = output::raw();
            out.write_all(sample.text(&tag, &name, &today()).as_bytes())?;
            out.flush()?;
            return Ok(Status::Clean);
        }
        Some(folder) if sample == Sample::Language => {
            let place = |(path, text): (String, String)| (folder.join(path), text);
            language_pack(&tag, &name).into_iter().map(place).collect()
        }
        Some(file) => vec![(file.clone(), sample.text(&tag, &name, &today()))],
    };
    // Nothing is written where anything would be written over.
    if let Some((there, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(exists(there));
    }
    let mut out = output::styled(messages.colour());
    for (path, text) in &files {
        write_new(path, text)?;
        writeln!(out, "written: {}", path.display())?;
    }
    let to = args.to.as_deref().unwrap_or(Path::new("."));
    let root = if sample == Sample::Language { to } else { root_of(to, sample).unwrap_or(to) };
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    writeln!(out, "next:    secondhand rules test {} --own", root.display())?;
    out.flush()?;
    Ok(Status::Clean)
}

/// Tag and name of the sample's language.
fn language(sample: Sample, args: &NewArgs) -> Result<(String, String), Failure> {
    if sample == Sample::Language {
        let hint = "write, for example: secondhand rules new language --tag nl --name Dutch --to house";
        let (Some(tag), Some(name)) = (&args.tag, &args.name) else {
            return Err(Failure::usage("a new language needs --tag and --name", hint));
        };
        return Ok((tag.clone(), name.clone()));
    }
    let Some(to) = &args.to else { return Ok((args.tag.clone().unwrap_or_else(|| USUAL.into()), String::new())) };
    let misplaced = || {
        let hint = format!(
            "a {} stands in {}/ of a folder of rules: --to house/{}/NAME.toml",
            args.kind,
            sample.folder(),
            sample.folder()
        );
        Failure::usage(format!("{}: no place for a {}", to.display(), args.kind), hint)
    };
    if to.extension().is_none_or(|ending| ending != "toml") || root_of(to, sample).is_none() {
        return Err(misplaced());
    }
    let folder = to.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let tag = match sample {
        Sample::Pattern | Sample::Lexicon => folder.filter(|tag| is_language(tag)).ok_or_else(misplaced)?,
        _ => USUAL.to_owned(),
    };
    match &args.tag {
        Some(asked) if *asked != tag => {
            let message = format!("--tag {asked}, but {} is a folder of the language {tag}", to.display());
            Err(Failure::usage(message, "leave --tag out: the folder tells it"))
        }
        _ => Ok((tag, String::new())),
    }
}

/// The folder of rules that a file stands in, by the folders above it; `None` where they are others.
fn root_of(file: &Path, sample: Sample) -> Option<&Path> {
    let above = |levels: usize| file.ancestors().nth(levels);
    let is = |levels: usize, name: &str| above(levels)?.file_name().filter(|found| *found == name).map(|_| ());
    match sample {
        Sample::Source => is(1, "sources").and_then(|()| above(2)),
        Sample::Policy => is(1, "policies").and_then(|()| above(2)),
        _ => is(2, "languages").and_then(|()| above(3)),
    }
}

/// Writes a file that is not there yet, and the folders above it.
///
/// # Errors
/// Where it is there, or can't be written.
pub fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let unwritten = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => Failure::usage(format!("{}: {error}", path.display()), "name a file in a folder that can be written to"),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(unwritten)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(unwritten)?;
    file.write_all(text.as_bytes()).map_err(unwritten)
}

fn exists(path: &Path) -> Failure {
    Failure::usage(format!("{}: this file is there already, and stays as it is", path.display()), "name another file")
}

/// Today's date, UTC.
fn today() -> String {
    Timestamp::now().to_string().chars().take(10).collect()
}
