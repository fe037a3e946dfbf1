//! Accounts of figures behind what somebody says: "he said prices rose, according to figures from the bureau".

use super::reading::Reading;
use crate::rules::pack::Means;
use crate::rules::template::SlotKind;
use crate::scan::View;

/// Lets an account of figures that takes in somebody else's cue and words before it begin with those words.
pub fn narrow(view: &View<'_>, standing: &mut [Reading]) {
    let list = view.language.roles.data_word;
    for at in 0..standing.len() {
        let account = &standing[at];
        if account.means != Means::AccordingTo {
            continue;
        }
        let source_end = account.fill(SlotKind::Source).map_or(0, |f| f.last);
        let names_data = (account.cue.0..account.cue.1.max(source_end)).any(|t| view.is(t, list));
        let Some((first, last)) = account.contents().map(|c| (c.first, c.last)).next() else { continue };
        if !names_data || last > account.cue.0 {
            continue;
        }
        let says = |r: &&Reading| matches!(r.means, Means::Says | Means::Told) && first <= r.cue.0 && r.cue.1 <= last;
        let told = standing.iter().filter(says).flat_map(|r| {
            let cue_end = r.cue.1;
            r.contents().map(|c| (c.first, c.last)).filter(move |&(start, end)| start >= cue_end && end == last)
        });
        let Some(start) = told.map(|(start, _)| start).max() else { continue };
        if let Some(content) = standing[at].fills.iter_mut().find(|f| f.kind == SlotKind::Content && f.first == first) {
            content.first = start;
        }
    }
}
