//! Rules that are sound one by one and yet hardly what their writer means: for those who work on rules, never for a run.

use crate::auditor::Auditor;
use crate::rules::diagnostic::Diagnostic;
use crate::rules::rule_files::RuleFiles;
use crate::workbench::choice::Choice;
use crate::workbench::doubt::Doubts;
use crate::workbench::doubts_sentences::{exceptions, sentences};
use crate::workbench::doubts_wordings::wordings;
use crate::workbench::doubts_words::words;

/// All doubts about the rules that are asked for, in the order of files and lines.
pub fn doubts(auditor: &Auditor, choice: &Choice, files: &RuleFiles) -> Vec<Diagnostic> {
    let mut out = Doubts::new(choice, files);
    let rules = auditor.rules();
    for pack in &rules.languages {
        wordings(pack, &mut out);
        words(pack, &mut out);
        for pattern in &pack.patterns {
            if out.asks(&pattern.id, Some(&pack.tag), &pattern.location) {
                sentences(pattern, pack, rules, &mut out);
                exceptions(auditor, pattern, &pack.tag, &mut out);
            }
        }
    }
    out.finish()
}
