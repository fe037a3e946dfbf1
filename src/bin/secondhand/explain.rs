//! `secondhand explain`: what a code means.

use std::io::Write;

use secondhand::report::explain::Explain;
use secondhand::rules::check_policy::FALLBACK;
use secondhand::rules::suggest::did_you_mean;

use crate::args::ExplainArgs;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::output;
use crate::setup::Session;

/// Explains the code, or lists all codes.
///
/// # Errors
/// Where the rules as a whole can't be used, no policy has the code, or the output can't be written.
pub fn run(args: &ExplainArgs, messages: &Messages) -> Result<Status, Failure> {
    let session = Session::open(&args.rules, None, None, messages)?;
    let policies = session.auditor.policies();
    let explain = Explain::new(&args.language, FALLBACK, output::width(args.width));
    let text = match &args.code {
        None => explain.all(policies)?,
        Some(code) => {
            let policy = policies.iter().find(|policy| policy.code == *code);
            let policy = policy.ok_or_else(|| unknown(code, policies.iter().map(|policy| policy.code.as_str())))?;
            explain.one(policy)?
        }
    };
    let mut out = output::styled(messages.colour());
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(session.status())
}

fn unknown<'c>(code: &str, codes: impl Iterator<Item = &'c str>) -> Failure {
    let hint = did_you_mean(code, codes).unwrap_or_else(|| "`secondhand explain` lists all codes".to_string());
    Failure::usage(format!("no policy has the code `{code}`"), hint)
}
