//! Which findings of an article are shown, in which order, and how those that are not are counted.

use std::collections::BTreeMap;

use crate::record::{ArticleRecord, Finding, Severity};

/// What a report for people shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice {
    /// Most findings of an article; `None` for all.
    pub most: Option<usize>,
    /// Notes too.
    pub notes: bool,
}

/// The findings of one article as they are shown.
#[derive(Debug)]
pub struct Ranked<'a> {
    /// Those shown, the worst first.
    pub shown: Vec<&'a Finding>,
    /// Errors and warnings, shown or not.
    pub to_look_at: usize,
    /// Errors among them.
    pub errors: usize,
    /// Errors, warnings and wanted notes that are over the limit.
    pub over: usize,
    /// Notes that are not wanted.
    pub hidden_notes: usize,
    /// Notes that are shown or over the limit.
    pub notes: usize,
}

impl<'a> Ranked<'a> {
    /// By severity, then stakes, then position.
    pub fn of(record: &'a ArticleRecord, choice: Choice) -> Ranked<'a> {
        let count = |severity| record.findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, notes) = (count(Severity::Error), count(Severity::Note));
        let mut shown: Vec<&Finding> =
            record.findings.iter().filter(|finding| choice.notes || finding.severity > Severity::Note).collect();
        shown.sort_by_key(|it| (std::cmp::Reverse(it.severity), std::cmp::Reverse(it.stakes), it.span, &it.code));
        let all = shown.len();
        shown.truncate(choice.most.unwrap_or(usize::MAX));
        Ranked {
            to_look_at: errors + count(Severity::Warning),
            errors,
            over: all - shown.len(),
            hidden_notes: if choice.notes { 0 } else { notes },
            notes: if choice.notes { notes } else { 0 },
            shown,
        }
    }

    /// `3 to look at, 1 of them an error · 2 more with --max 5 · 2 notes hidden (-v)`.
    pub fn summary(&self) -> String {
        let mut parts = vec![match (self.to_look_at, self.errors) {
            (0, _) => "nothing to look at".to_string(),
            (count, 0) => format!("{count} to look at"),
            (1, _) => "1 to look at, an error".to_string(),
            (count, 1) => format!("{count} to look at, 1 of them an error"),
            (count, errors) => format!("{count} to look at, {errors} of them errors"),
        }];
        match self.notes {
            0 => {}
            1 => parts.push("1 note".to_string()),
            count => parts.push(format!("{count} notes")),
        }
        if self.over > 0 {
            parts.push(format!("{} more with --max {}", self.over, self.over + self.shown.len()));
        }
        match self.hidden_notes {
            0 => {}
            1 => parts.push("1 note hidden (-v)".to_string()),
            count => parts.push(format!("{count} notes hidden (-v)")),
        }
        parts.join(" · ")
    }

    /// The codes of what is shown, each once: `unattributed-quote, vague-source ×2`.
    pub fn codes(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &self.shown {
            *counts.entry(finding.code.as_str()).or_default() += 1;
        }
        let told = counts.into_iter().map(|(code, count)| match count {
            1 => code.to_string(),
            _ => format!("{code} ×{count}"),
        });
        told.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn codes(choice: Choice) -> (Vec<String>, String) {
        let record = sample::flagged();
        let ranked = Ranked::of(&record, choice);
        (ranked.shown.iter().map(|finding| finding.code.clone()).collect(), ranked.summary())
    }

    #[test]
    fn the_worst_comes_first_and_what_is_not_shown_is_counted() {
        let (shown, summary) = codes(Choice { most: Some(2), notes: false });
        assert_eq!(shown, ["wrong", "quote"], "errors, then the warning with more at stake");
        assert_eq!(summary, "3 to look at, 1 of them an error · 1 more with --max 3 · 1 note hidden (-v)");
    }

    #[test]
    fn notes_come_last_however_much_is_at_stake() {
        let (shown, summary) = codes(Choice { most: None, notes: true });
        assert_eq!(shown, ["wrong", "quote", "relay", "note"]);
        assert_eq!(summary, "3 to look at, 1 of them an error · 1 note");
    }

    #[test]
    fn codes_are_told_once_with_their_number() {
        let mut record = sample::flagged();
        record.findings[1].code = "quote".into();
        assert_eq!(Ranked::of(&record, Choice::default()).codes(), "quote ×2, wrong");
        record.findings.clear();
        assert_eq!(Ranked::of(&record, Choice::default()).summary(), "nothing to look at");
    }
}
