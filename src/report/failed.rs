//! For people: a sentence that was not read as its rule says, what was expected above what was read.

use std::fmt::Write as _;

use super::names::Names;
use super::read::{chain, near, paragraph};
use super::terminal::{ERROR, QUIET, bounded, plain};
use super::underline::{Row, underlined};
use crate::rules::rule_files::RuleFiles;
use crate::selftest::Failure;

/// Columns before the sentence.
const INDENT: usize = 2;

/// The failure laid out for `width` columns.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn render(failed: &Failure, files: &RuleFiles, names: &Names<'_>, width: usize) -> Result<String, std::fmt::Error> {
    let width = bounded(width);
    let mut out = String::new();
    let place = format!("{}:{}", files.shown(&failed.location), failed.location.line);
    writeln!(out, "{ERROR}{}{ERROR:#} {QUIET}({}, {}){QUIET:#}", plain(&failed.rule), failed.key, plain(&place))?;
    let mut rows = Vec::new();
    if !failed.expected.is_empty() {
        rows.push(Row { head: "expected", parts: &failed.expected });
    }
    let read = failed.read.as_ref();
    rows.extend(read.map(|view| Row { head: "read", parts: &view.parts }));
    underlined(&mut out, &failed.sentence, &rows, INDENT, width)?;
    for why in &failed.why {
        paragraph(&mut out, why, width)?;
    }
    if let Some(view) = read {
        let links = chain(&view.chain, names).join(" → ");
        let links = if links.is_empty() { links } else { format!(", chain: {links}") };
        let means = if view.means.is_empty() { String::new() } else { format!(" (means {})", view.means) };
        let lost = if view.why_lost.is_some() { ", which lost" } else { "" };
        paragraph(&mut out, &format!("read by {}{means}{lost}{links}", view.rule), width)?;
    }
    if let Some(miss) = &failed.near {
        if miss.rule != failed.rule {
            paragraph(&mut out, "the nearest rule that did not match:", width)?;
        }
        near(&mut out, &failed.sentence, miss, width)?;
    }
    writeln!(out)?;
    Ok(out)
}
