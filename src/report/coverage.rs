//! For people: what the sentences beside patterns exercise, and what none of them does.

use std::fmt::Write as _;

use super::terminal::{HEAD, NAME, QUIET, bounded, plain, wrapped};
use crate::workbench::coverage::{LanguageCoverage, PatternCoverage, WordingCoverage};

/// Most variants of one wording that are listed.
const MOST_VARIANTS: usize = 6;

/// The coverage laid out for `width` columns; `detailed`: with all that no sentence has.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn render(languages: &[LanguageCoverage], detailed: bool, width: usize) -> Result<String, std::fmt::Error> {
    let width = bounded(width);
    let mut out = String::new();
    writeln!(out, "{HEAD}Coverage{HEAD:#}: what the sentences in `reads` exercise")?;
    for language in languages {
        let sums = language.sums();
        let patterns = language.patterns.len();
        writeln!(out, "\n{HEAD}{}{HEAD:#} {QUIET}({}){QUIET:#}", plain(&language.name), language.tag)?;
        let counts = format!(
            "{} with {}, in {}",
            counted(patterns, "pattern"),
            counted(sums.sentences, "sentence"),
            counted(sums.combinations, "distinct combination")
        );
        put(&mut out, &counts, 2, width)?;
        let parts = [
            share(sums.wordings, "wordings"),
            share(sums.variants, "variants of them"),
            share(sums.entries, "entries of lexicons"),
        ];
        put(&mut out, &format!("read by some sentence: {}", parts.join(", ")), 2, width)?;
        if detailed {
            for pattern in &language.patterns {
                one(&mut out, pattern, width)?;
            }
            entries(&mut out, language, width)?;
        }
    }
    if !detailed {
        put(
            &mut out,
            "\nA combination is a wording, its words from lexicons, the order of its parts and what kind of thing fills \
             them; sentences that differ in names alone are one. With -v, or --only and a part of an id, all that no \
             sentence reads is listed.",
            0,
            width,
        )?;
    }
    Ok(out)
}

fn one(out: &mut String, pattern: &PatternCoverage, width: usize) -> std::fmt::Result {
    let read = pattern.wordings.iter().filter(|w| w.read > 0).count();
    writeln!(out, "\n  {NAME}{}{NAME:#}", plain(&pattern.id))?;
    let counts = format!(
        "{}, {}; {}",
        counted(pattern.sentences, "sentence"),
        counted(pattern.combinations.len(), "combination"),
        share((pattern.wordings.len(), read), "wordings")
    );
    put(out, &counts, 4, width)?;
    for wording in &pattern.wordings {
        unread(out, wording, width)?;
    }
    Ok(())
}

fn unread(out: &mut String, wording: &WordingCoverage, width: usize) -> std::fmt::Result {
    if wording.read == 0 {
        return put(out, &format!("no sentence reads: {}", wording.written), 4, width);
    }
    if wording.unread.is_empty() {
        return Ok(());
    }
    put(out, &format!("{} of {} variants read: {}", wording.read, wording.variants, wording.written), 4, width)?;
    for variant in wording.unread.iter().take(MOST_VARIANTS) {
        put(out, &format!("not: {variant}"), 6, width)?;
    }
    let more = wording.unread.len().saturating_sub(MOST_VARIANTS);
    if more > 0 { put(out, &format!("nor {more} more"), 6, width) } else { Ok(()) }
}

fn entries(out: &mut String, language: &LanguageCoverage, width: usize) -> std::fmt::Result {
    let unread = language.unread_entries();
    if unread.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  {HEAD}Entries that no sentence has{HEAD:#}")?;
    for (lexicon, entries) in unread {
        let written: Vec<&str> = entries.iter().map(|entry| entry.written.as_str()).collect();
        put(out, &format!("{lexicon}: {}", written.join(", ")), 4, width)?;
    }
    Ok(())
}

fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

fn share((all, some): (usize, usize), what: &str) -> String {
    format!("{some} of {all} {what}")
}

/// A wrapped paragraph; what follows the first line stands two columns further in.
fn put(out: &mut String, text: &str, indent: usize, width: usize) -> std::fmt::Result {
    if text.starts_with('\n') {
        writeln!(out)?;
    }
    let text = plain(text);
    for (index, line) in wrapped(&text, width - indent - 2).into_iter().enumerate() {
        let indent = indent + if index > 0 && indent > 0 { 2 } else { 0 };
        writeln!(out, "{:indent$}{}", "", &text[line])?;
    }
    Ok(())
}
