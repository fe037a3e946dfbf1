//! `secondhand story`: articles on one event, compared with each other.

use std::io::Write;

use secondhand::report::story_forms::StoryJson;
use secondhand::report::story_graph::{GraphForm, StoryGraph};
use secondhand::report::story_svg::together;
use secondhand::report::story_table::StoryTable;

use crate::args::{StoryArgs, StoryForm};
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::setup::Session;
use crate::stories::Comparing;
use crate::{drive, output};

/// Compares the articles that `args` names.
///
/// # Errors
/// Where the rules as a whole can't be used or the report can't be written.
pub fn run(args: &StoryArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, None, args.input.time_limit, messages)?.with_profile(&args.profile)?;
    let mut session = session.with_baseline(args.baseline.as_deref())?;
    session.fail_on = Some(args.fail_on.into());
    let comparing = Comparing {
        one: args.one,
        window: args.window,
        most: args.story_limit,
        against: args.against.clone(),
        only: true,
    };
    match args.format {
        StoryForm::Json => {
            let form = StoryJson::new(session.auditor.edition())?;
            drive::run(&session, &args.input, &form, Ok(comparing), &mut output::raw(), messages)
        }
        StoryForm::Dot | StoryForm::Mermaid | StoryForm::Svg | StoryForm::Graphml => {
            let form = match args.format {
                StoryForm::Dot => GraphForm::Dot,
                StoryForm::Mermaid => GraphForm::Mermaid,
                StoryForm::Svg => GraphForm::Svg,
                _ => GraphForm::Graphml,
            };
            let svg = form == GraphForm::Svg;
            let form = StoryGraph::new(session.names(), form);
            if !svg {
                return drive::run(&session, &args.input, &form, Ok(comparing), &mut output::raw(), messages);
            }
            // One picture of all stories: its height is known at the end.
            let mut pictures = Vec::new();
            let status = drive::run(&session, &args.input, &form, Ok(comparing), &mut pictures, messages)?;
            output::raw().write_all(together(&String::from_utf8_lossy(&pictures)).as_bytes())?;
            Ok(status)
        }
        StoryForm::Table | StoryForm::Full => {
            let full = args.verbose || args.format == StoryForm::Full;
            let form = StoryTable::new(session.names(), output::width(args.width), full);
            drive::run(&session, &args.input, &form, Ok(comparing), &mut output::styled(messages.colour()), messages)
        }
    }
}
