//! The end of a report for people: counts, what was not read, and what is not claimed.

use std::io;

use super::form::Closing;
use super::terminal::{QUIET, plain, wrapped};

/// What every report for people ends with.
pub const DISCLAIMER: &str = "Shows what the text declares, not what is true. No finding is not a mark of quality.";

/// The whole end of an audit, for `width` columns.
///
/// # Errors
/// Where `out` can't be written.
pub fn write(out: &mut dyn io::Write, closing: &Closing, width: usize) -> io::Result<()> {
    counts(closing).iter().try_for_each(|text| paragraph(out, text, width))?;
    trouble(out, closing, width)?;
    comparison(closing).iter().try_for_each(|text| paragraph(out, text, width))?;
    disclaimer(out, width)
}

/// What was found in how many articles, and what was not read of them; a sentence each.
pub fn counts(closing: &Closing) -> Vec<String> {
    let limit = |(message, articles): &(String, usize)| {
        let place =
            if closing.tally.articles == 1 { String::new() } else { format!(" ({})", counted(*articles, "article")) };
        format!("Not read: {}{place}", message.trim_end_matches('.'))
    };
    std::iter::once(found(closing)).chain(closing.tally.limits.values().map(limit)).collect()
}

/// What comparing the articles came to, or why they were not compared; a sentence each.
pub fn comparison(closing: &Closing) -> Vec<String> {
    let mut out = Vec::new();
    if closing.tally.stories > 0 {
        let [errors, warnings, notes] = closing.tally.in_stories;
        let notes = if notes > 0 { format!(", {}", counted(notes, "note")) } else { String::new() };
        let stories = if closing.tally.stories == 1 {
            "1 story".to_string()
        } else {
            format!("{} stories", closing.tally.stories)
        };
        out.push(format!("{stories}: {} to settle{notes}", errors + warnings));
    }
    if closing.tally.articles > 1 && !closing.compared && !closing.stories_reason.is_empty() {
        out.push(format!("Articles were not compared with each other: {}.", closing.stories_reason));
    }
    out
}

/// What a report says where the run did not go through all inputs.
pub const STOPPED: &str = "Stopped before the last input; what follows it was not read.";

/// What could not be used at all.
///
/// # Errors
/// Where `out` can't be written.
pub fn trouble(out: &mut dyn io::Write, closing: &Closing, width: usize) -> io::Result<()> {
    let counts = [
        (closing.errors.len(), "Not read at all (inputs or records)"),
        (closing.broken_rules.len(), "Faults for which rules were left out"),
    ];
    for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
        paragraph(out, &format!("{what}: {count}; standard error says which and why."), width)?;
    }
    if !closing.complete {
        paragraph(out, STOPPED, width)?;
    }
    Ok(())
}

/// What the program does not claim.
///
/// # Errors
/// Where `out` can't be written.
pub fn disclaimer(out: &mut dyn io::Write, width: usize) -> io::Result<()> {
    for line in wrapped(DISCLAIMER, width) {
        writeln!(out, "{QUIET}{}{QUIET:#}", &DISCLAIMER[line])?;
    }
    Ok(())
}

fn found(closing: &Closing) -> String {
    let tally = &closing.tally;
    let mut parts = vec![counted(tally.articles, "article")];
    let flagged =
        if tally.articles > 1 && tally.flagged > 0 { format!(" in {}", tally.flagged) } else { String::new() };
    match tally.to_look_at() {
        0 => parts.push("nothing to look at".to_string()),
        count => parts.push(format!("{count} to look at{flagged}")),
    }
    if tally.notes > 0 {
        parts.push(counted(tally.notes, "note"));
    }
    if tally.known > 0 {
        parts.push(format!("{} known before", tally.known));
    }
    if tally.not_audited > 0 {
        parts.push(format!("{} not audited", tally.not_audited));
    }
    parts.join(" · ")
}

/// `1 note`, `2 notes`.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn paragraph(out: &mut dyn io::Write, text: &str, width: usize) -> io::Result<()> {
    let text = plain(text);
    for (index, line) in wrapped(&text, width - 2).into_iter().enumerate() {
        writeln!(out, "{}{}", if index == 0 { "" } else { "  " }, &text[line])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::report::tally::Tally;

    fn footer(closing: &Closing) -> String {
        let mut out = Vec::new();
        write(&mut out, closing, 100).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    #[test]
    fn the_end_tells_what_was_counted_what_was_not_read_and_what_is_not_claimed() {
        let mut tally = Tally::of(&sample::flagged());
        tally.add(Tally::of(&sample::record()));
        let reason = "switched off".to_string();
        let closing = Closing { tally, stories_reason: reason, complete: true, ..Closing::default() };
        let out = footer(&closing);
        assert!(out.starts_with("2 articles · 3 to look at in 1 · 1 note\n"), "{out}");
        assert!(out.contains("Not read: No native reader has reviewed these rules (2 articles)\n"), "{out}");
        assert!(out.contains("Articles were not compared with each other: switched off.\n"), "{out}");
        assert!(out.ends_with(&format!("{DISCLAIMER}\n")), "{out}");
        assert!(!out.contains("Stopped"), "{out}");
    }

    #[test]
    fn a_run_that_was_stopped_says_so() {
        assert!(footer(&Closing::default()).contains("Stopped before the last input"));
    }
}
