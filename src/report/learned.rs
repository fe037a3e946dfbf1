//! For people: rules that would read a sentence, what speaks for each and against it, ready to paste.

use std::fmt::Write as _;

use super::terminal::{CONTENT, HEAD, QUIET, WARNING, bounded, plain, shortened, wrapped};
use super::underline::{Row, underlined};
use crate::rules::pack::LabelledSentence;
use crate::workbench::learned::{Elsewhere, Learned};

/// The labelled sentence, and who reads it so.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn heading(sentence: &LabelledSentence, reader: Option<&str>, width: usize) -> Result<String, std::fmt::Error> {
    let width = bounded(width);
    let mut out = String::new();
    underlined(&mut out, &sentence.text, &[Row { head: "", parts: &sentence.labels }], 2, width)?;
    let told = match reader {
        Some(rule) => format!("{rule} reads this sentence as it is labelled: there is nothing to learn."),
        None => "No rule reads this sentence as it is labelled.".to_owned(),
    };
    put(&mut out, &told, 0, width)?;
    Ok(out)
}

/// One proposal, the `number`th, from 1.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn proposal(learned: &Learned, number: usize, width: usize) -> Result<String, std::fmt::Error> {
    let width = bounded(width);
    let mut out = String::new();
    for (index, line) in wrapped(&plain(&learned.proposal.says), width - 3).into_iter().enumerate() {
        let says = plain(&learned.proposal.says);
        let lead = if index == 0 { format!("{number}.") } else { String::new() };
        writeln!(out, "{HEAD}{lead:<3}{}{HEAD:#}", &says[line])?;
    }
    let reads = if learned.proposal.id.as_deref() == Some(learned.reader.as_str()) {
        "It reads the sentence".to_owned()
    } else {
        format!("With it {} reads the sentence", learned.reader)
    };
    if learned.broken.is_empty() {
        put(
            &mut out,
            &format!("{reads}, and all {} sentences of the language's rules are read as before.", learned.sentences),
            3,
            width,
        )?;
    } else {
        writeln!(
            out,
            "   {WARNING}{reads}, but {} sentences of other rules fail with it:{WARNING:#}",
            learned.broken.len()
        )?;
        for (rule, sentence) in learned.broken.iter().take(MOST_BROKEN) {
            put(&mut out, &format!("{rule}: {}", shortened(sentence, width.saturating_sub(rule.len() + 9))), 5, width)?;
        }
    }
    if let Some(elsewhere) = &learned.elsewhere {
        places(&mut out, elsewhere, width)?;
    }
    writeln!(out, "   {QUIET}To paste into {}:{QUIET:#}\n", learned.proposal.file)?;
    for line in learned.proposal.toml.lines() {
        writeln!(out, "{CONTENT}{line}{CONTENT:#}")?;
    }
    writeln!(out)?;
    Ok(out)
}

/// Most sentences of other rules that are named.
const MOST_BROKEN: usize = 3;

fn places(out: &mut String, elsewhere: &Elsewhere, width: usize) -> std::fmt::Result {
    let articles =
        if elsewhere.articles == 1 { "1 article".to_owned() } else { format!("{} articles", elsewhere.articles) };
    if elsewhere.new + elsewhere.other == 0 {
        return put(out, &format!("In {articles} it changes nothing."), 3, width);
    }
    let told = format!(
        "In {articles} it would newly read {} and otherwise {}. Look at each: what is wrong belongs into `ignores`, as a \
         sentence of your own.",
        elsewhere.new, elsewhere.other
    );
    put(out, &told, 3, width)?;
    for (place, words) in &elsewhere.samples {
        let room = width.saturating_sub(5);
        writeln!(out, "     {QUIET}{}{QUIET:#}", shortened(place, room))?;
        for line in wrapped(&plain(words), room) {
            writeln!(out, "     {}", &plain(words)[line])?;
        }
    }
    Ok(())
}

fn put(out: &mut String, text: &str, indent: usize, width: usize) -> std::fmt::Result {
    let text = plain(text);
    for line in wrapped(&text, width - indent) {
        writeln!(out, "{:indent$}{}", "", &text[line])?;
    }
    Ok(())
}
