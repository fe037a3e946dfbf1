//! Articles held against two sets of rules, one after the other.

use rayon::prelude::*;
use secondhand::article::Article;
use secondhand::ingest::error::InputError;
use secondhand::sources::lookup::RegistryLookup;
use secondhand::workbench::compare::{Compared, compare};

use crate::args::ReadingArgs;
use crate::failure::Failure;
use crate::inputs::{Articles, Inputs, Item};
use crate::interrupt::Interrupt;
use crate::messages::Messages;
use crate::setup::Session;

/// Reads all articles under `paths` by both sets of rules and hands what differs to `tell`, in input order. False where some
/// input could not be used.
///
/// # Errors
/// Where `tell` fails.
pub fn held(
    before: &Session,
    after: &Session,
    paths: &[String],
    args: &ReadingArgs,
    messages: &Messages,
    tell: &mut dyn FnMut(Compared) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let lookups = [before, after].map(|session| RegistryLookup::new(session.auditor.registry()));
    let old = Articles::new(args, before, &lookups[0]);
    let new = Articles::new(args, after, &lookups[1]);
    let inputs = Inputs::open(paths, args, before);
    let stop = Interrupt::listen();
    let mut sound = true;
    let both = |item: Item| -> Result<Compared, InputError> {
        let document = item?;
        let earlier: Article = old.article(Ok(document.clone()))?;
        let later: Article = new.article(Ok(document))?;
        Ok(compare(&before.auditor.audit(earlier), after.auditor.audit(later)))
    };
    while let Some(batch) = inputs.next(&stop) {
        let done: Vec<Result<Compared, InputError>> = batch.into_par_iter().map(&both).collect();
        for compared in done {
            match compared {
                Ok(compared) => tell(compared)?,
                Err(error) => {
                    messages.input(&error);
                    sound = false;
                }
            }
        }
    }
    Ok(sound && !stop.asked() && inputs.complete())
}
