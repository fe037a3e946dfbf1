//! `secondhand sources`: who is known, how a name resolves, what to look at, and a registry out of a spreadsheet.

use std::io::Write;
use std::path::Path;

use secondhand::report::registry_view::{RegistryView, Which};
use secondhand::rules::catalogue::{Catalogue, Kind};
use secondhand::workbench::import::import;
use secondhand::workbench::who::doubts;

use crate::args_sources::{ImportArgs, SourcesCheckArgs, SourcesCommand, SourcesListArgs, SourcesShowArgs};
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::rules_new::write_new;
use crate::setup::{Session, sources};

/// Does what `command` asks for.
///
/// # Errors
/// Where the rules as a whole or the sheet can't be used, or the output can't be written.
pub fn run(command: &SourcesCommand, messages: &Messages) -> Result<Status, Failure> {
    match command {
        SourcesCommand::List(args) => list(args, messages),
        SourcesCommand::Show(args) => show(args, messages),
        SourcesCommand::Check(args) => check(args, messages),
        SourcesCommand::Import(args) => from_sheet(args, messages),
    }
}

fn print(text: &str, messages: &Messages) -> Result<(), Failure> {
    let mut out = output::styled(messages.colour());
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn list(args: &SourcesListArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, None, None, messages)?;
    let which = Which {
        part: args.part.clone(),
        kind: args.kind.clone(),
        country: args.country.clone(),
        group: args.group.clone(),
        uncertain: args.uncertain,
    };
    print(&RegistryView::new(session.rules(), output::width(args.width)).list(&which)?, messages)?;
    Ok(session.status())
}

fn show(args: &SourcesShowArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, None, None, messages)?;
    let view = RegistryView::new(session.rules(), output::width(args.width));
    match view.show(&args.name, session.auditor.registry())? {
        Some(text) => print(&text, messages)?,
        None => {
            let hint = view.nearest(&args.name).map_or_else(
                || "add it: secondhand rules new source --to house/sources/NAME.toml".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Failure::usage(format!("the registry knows nobody by `{}`", args.name), hint));
        }
    }
    Ok(session.status())
}

fn check(args: &SourcesCheckArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, args.path.as_deref(), None, messages)?;
    let mut found = doubts(session.rules());
    if args.path.is_some() {
        let catalogue = Catalogue::new(&sources(&args.rules, args.path.as_deref())?);
        let last = catalogue.packs.len().saturating_sub(1);
        let own = |id: &String| {
            catalogue.rules.iter().any(|rule| rule.kind == Kind::Source && rule.id == *id && rule.stands.pack == last)
        };
        found.retain(|doubt| doubt.sources.iter().any(own));
    }
    print(&RegistryView::new(session.rules(), output::width(args.width)).doubts(&found, args.all)?, messages)?;
    Ok(if found.is_empty() { session.status() } else { session.status().max(Status::Found) })
}

fn from_sheet(args: &ImportArgs, messages: &Messages) -> Result<Status, Failure> {
    let shown = args.sheet.display();
    let read = std::fs::read_to_string(&args.sheet);
    let sheet = read.map_err(|error| Failure::usage(format!("{shown}: {error}"), "save the sheet as CSV in UTF-8"))?;
    let session = Session::open(&args.rules, None, None, messages)?;
    let made = import(&sheet, session.rules());
    for bad in &made.bad {
        let left_out = if bad.left_out && bad.line > 1 { "; the row is left out" } else { "" };
        messages.warning(&format!("{shown}, line {}: {}{left_out}", bad.line, bad.message), bad.hint.as_deref());
    }
    match &args.to {
        Some(file) => {
            write_new(file, &made.toml)?;
            let next = file.parent().and_then(Path::parent).filter(|root| !root.as_os_str().is_empty());
            let next = next.unwrap_or(Path::new("."));
            print(
                &format!(
                    "written: {} (sources: {})\nnext:    secondhand sources check {}\n",
                    file.display(),
                    made.sources,
                    next.display()
                ),
                messages,
            )?;
        }
        None => print(&made.toml, messages)?,
    }
    Ok(if made.bad.iter().any(|bad| bad.left_out) { Status::Unusable } else { session.status() })
}
