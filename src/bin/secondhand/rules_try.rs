//! `secondhand rules try`: what a draft of rules would change in articles.

use std::io::Write;
use std::path::{Path, PathBuf};

use secondhand::report::{compared, try_json};
use secondhand::rules::load::{DraftFile, Drafts};
use secondhand::workbench::choice::Within;
use secondhand::workbench::compare::{Compared, Counts};

use crate::args_rules::{ReportForm, TryArgs};
use crate::failure::{Failure, Status};
use crate::held::held;
use crate::messages::Messages;
use crate::output;
use crate::rules_path::asked;
use crate::setup::Session;

/// Differences that are shown where nothing else is asked for.
const SHOWN: usize = 20;

/// Holds the draft against articles.
///
/// # Errors
/// Where the draft or the rules as a whole can't be used, or the output can't be written.
pub fn run(args: &TryArgs, messages: &Messages) -> Result<Status, Failure> {
    let draft = draft(&args.draft)?;
    let without = Drafts { without: vec![args.draft.clone()], files: Vec::new() };
    let before = Session::open_with(&args.rules, None, &without, &Messages::quiet())?;
    // A folder is loaded as the last one, whether it is in force already or not.
    let with = if draft.folder.is_some() { Drafts::default() } else { Drafts { files: draft.files, ..without } };
    let after = Session::open_with(&args.rules, draft.folder.as_deref(), &with, messages)?;
    let (before, after) = (before.with_profile(&args.profile)?, after.with_profile(&args.profile)?);
    let mut counts = Counts::default();
    let (mut shown, mut hidden) = (0, 0);
    let most = args.max.unwrap_or(SHOWN);
    let mut all: Vec<Compared> = Vec::new();
    let (names, width) = (after.names(), output::width(args.width));
    let mut out = output::styled(messages.colour());
    let mut telling = |article: Compared| -> Result<(), Failure> {
        counts.add(&article);
        if article.differences.is_empty() {
            return Ok(());
        }
        if args.format == ReportForm::Json {
            all.push(article);
            return Ok(());
        }
        let room = most.saturating_sub(shown);
        let here = article.differences.len();
        shown += here.min(room);
        hidden += here.saturating_sub(room);
        if room > 0 {
            out.write_all(compared::render(&article, &names, room, width)?.as_bytes())?;
        }
        Ok(())
    };
    let complete = held(&before, &after, &args.on, &args.reading, messages, &mut telling)?;
    if args.format == ReportForm::Json {
        let mut out = output::raw();
        let hashes = (before.rules().hash.as_str(), after.rules().hash.as_str());
        serde_json::to_writer(&mut out, &try_json::TryOut::new(hashes, &counts, &all))?;
        writeln!(out)?;
        out.flush()?;
    } else {
        out.write_all(compared::closing(&counts, hidden, width)?.as_bytes())?;
        out.flush()?;
    }
    Ok(if complete { after.status() } else { Status::Unusable })
}

/// The draft as rules to load: a folder, or files.
struct Draft {
    folder: Option<PathBuf>,
    files: Vec<DraftFile>,
}

/// A folder of rules, a file in one, or a file that stands alone: its tables then tell where it would stand.
fn draft(path: &Path) -> Result<Draft, Failure> {
    if path.is_dir() {
        return Ok(Draft { folder: Some(path.to_owned()), files: Vec::new() });
    }
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("{}: {error}", path.display()), "give a file or a folder of rules"))?;
    let place = match asked(Some(path)).map(|asked| asked.within) {
        Ok(Some(Within::File(place))) => place,
        _ => place_of(&text).ok_or_else(|| {
            let message = format!("{}: it can't be told where this file would stand", path.display());
            Failure::usage(message, "put it in languages/TAG/, sources/ or policies/ of a folder of rules")
        })?,
    };
    let file = DraftFile { path: place, shown: path.to_string_lossy().replace('\\', "/"), text };
    Ok(Draft { folder: None, files: vec![file] })
}

/// Where a file with these tables would stand; `None` where they don't tell.
fn place_of(text: &str) -> Option<String> {
    let heads: Vec<&str> = text.lines().map(str::trim).filter(|line| line.starts_with('[')).collect();
    let has = |names: &[&str]| heads.iter().any(|head| names.contains(head));
    if has(&["[[policy]]"]) {
        return Some("policies/draft.toml".to_owned());
    }
    if has(&["[[source]]", "[[class]]", "[[country]]"]) {
        return Some("sources/draft.toml".to_owned());
    }
    let id = text.lines().find_map(|line| line.trim().strip_prefix("id")?.trim_start().strip_prefix('='))?;
    let tag = id.trim().trim_start_matches(['"', '\'']).split_once('/')?.0;
    Some(format!("languages/{tag}/draft.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_tell_where_a_file_would_stand() {
        assert_eq!(place_of("[[pattern]]\nid = \"uk/a\"\n").as_deref(), Some("languages/uk/draft.toml"));
        assert_eq!(place_of("# x\n[[source]]\nid = \"a\"\n").as_deref(), Some("sources/draft.toml"));
        assert_eq!(place_of("[[policy]]\ncode = \"a\"\n").as_deref(), Some("policies/draft.toml"));
        assert_eq!(place_of("[lexicon.say]\n"), None);
    }
}
