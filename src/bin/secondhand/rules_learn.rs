//! `secondhand rules learn`: rules that would read a sentence which none reads yet.

use std::io::Write;

use secondhand::language::{declared, detect, packed};
use secondhand::report::{learn_json, learned as report};
use secondhand::rules::labelled::{Braces, parse_labelled};
use secondhand::rules::load::{DraftFile, Drafts};
use secondhand::rules::pack::{LabelledSentence, Location};
use secondhand::text::span::Span;
use secondhand::workbench::learned::{Elsewhere, Learned, tested, tried};
use secondhand::workbench::lesson::Lesson;
use secondhand::workbench::propose::{Proposal, proposals, reader};

use crate::args_rules::{LearnArgs, ReportForm};
use crate::failure::{Failure, Status};
use crate::held::held;
use crate::messages::Messages;
use crate::output;
use crate::setup::Session;

/// Proposes rules. Each that is shown was tried: it reads the sentence.
///
/// # Errors
/// Where the sentence has no labels, its language no rules, or the output can't be written.
pub fn run(args: &LearnArgs, messages: &Messages) -> Result<Status, Failure> {
    let sentence = labelled(&args.sentence)?;
    let session = Session::open_checked(&args.rules, None, messages)?;
    let packs = session.auditor.outlines();
    let language = match &args.reading.language {
        Some(tag) => declared(tag, packs),
        None => detect(&sentence.text, packs),
    };
    if !packed(&language.tag, packs) {
        let message = format!("there are no rules for the language of this sentence ({})", language.tag);
        return Err(Failure::usage(message, "name a language that has rules with --language"));
    }
    let lesson = Lesson { sentence, tag: language.tag };
    let known = reader(&session.auditor, &lesson.sentence, &lesson.tag);
    let mut learned = Vec::new();
    let mut sound = true;
    if known.is_none() {
        let before = tested(&session.auditor, &lesson, &session.files);
        for proposal in proposals(&session.auditor, &lesson, means(args, &lesson)) {
            let Some(with) = in_force(args, &proposal)? else { continue };
            let Some(mut found) = tried(proposal, &lesson, (&with.auditor, &with.files), &before) else { continue };
            if !args.on.is_empty() {
                let mut elsewhere = Elsewhere::default();
                let mut add = |compared| {
                    elsewhere.add(&compared);
                    Ok(())
                };
                // Inputs that can't be used are told once, not for each proposal.
                let told = if learned.is_empty() { *messages } else { Messages::quiet() };
                sound &= held(&session, &with, &args.on, &args.reading, &told, &mut add)?;
                found.elsewhere = Some(elsewhere);
            }
            learned.push(found);
        }
        // What breaks other rules comes last, however small a change it is.
        learned.sort_by_key(|found| found.broken.len());
    }
    match args.format {
        ReportForm::Table => table(args, &lesson, known.as_deref(), &learned, messages)?,
        ReportForm::Json => {
            let mut out = output::raw();
            serde_json::to_writer(&mut out, &learn_json::LearnOut::new(&lesson, known.as_deref(), &learned))?;
            writeln!(out)?;
            out.flush()?;
        }
    }
    let nothing = known.is_none() && learned.is_empty();
    let status = if nothing { Status::Found } else { Status::Clean };
    Ok(status.max(session.status()).max(if sound { Status::Clean } else { Status::Unusable }))
}

fn labelled(written: &str) -> Result<LabelledSentence, Failure> {
    let place = Location { file: "SENTENCE".into(), span: Span::default(), line: 1 };
    parse_labelled(written, Braces::Labels, place).map_err(|fault| {
        let hint = fault.hint.clone().unwrap_or_default();
        let example = "as in \"{content: The quay is shut}, {source: the mayor} let it be known.\"";
        let hint = if hint.is_empty() { example.to_owned() } else { format!("{hint}, {example}") };
        Failure::usage(format!("{}: “{}”", fault.message, fault.at.of(written)), hint)
    })
}

/// What the wording declares: as asked for, else by its slots.
fn means<'a>(args: &'a LearnArgs, lesson: &Lesson) -> &'a str {
    let has = |slot| lesson.slot(slot).is_some();
    match &args.means {
        Some(means) => means,
        None if has("recipient") => "told",
        None if has("via") && has("source") => "citing",
        None if has("via") => "relay-tag",
        None => "says",
    }
}

/// The rules with the proposal over them; `None` where it is faulty.
fn in_force(args: &LearnArgs, proposal: &Proposal) -> Result<Option<Session>, Failure> {
    let shown = format!("<proposal>/{}", proposal.file);
    let file = DraftFile { path: proposal.file.clone(), shown: shown.clone(), text: proposal.toml.clone() };
    let drafts = Drafts { without: Vec::new(), files: vec![file] };
    let session = Session::open_with(&args.rules, None, &drafts, &Messages::quiet())?;
    let faulty = session.faulty.iter().any(|fault| fault.file == shown);
    Ok((!faulty).then_some(session))
}

fn table(
    args: &LearnArgs,
    lesson: &Lesson,
    known: Option<&str>,
    learned: &[Learned],
    messages: &Messages,
) -> Result<(), Failure> {
    let width = output::width(args.width);
    let mut out = output::styled(messages.colour());
    out.write_all(report::heading(&lesson.sentence, known, width)?.as_bytes())?;
    if known.is_none() {
        writeln!(out)?;
        for (index, found) in learned.iter().take(args.max).enumerate() {
            out.write_all(report::proposal(found, index + 1, width)?.as_bytes())?;
        }
        let more = learned.len().saturating_sub(args.max);
        if learned.is_empty() {
            writeln!(
                out,
                "No proposal reads it either. Are the labels whole phrases? `secondhand read` shows what is read now."
            )?;
        } else if more > 0 {
            writeln!(out, "{more} more with --max {}.", learned.len())?;
        }
    }
    out.flush()?;
    Ok(())
}
