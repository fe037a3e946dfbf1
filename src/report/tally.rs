//! What a run came to: counts of articles and findings, and what could not be read.

use std::collections::BTreeMap;

use crate::record::{ArticleRecord, Severity, Status};

/// Limits that a report tells beside the article and not again at its end.
const TOLD_AT_THE_ARTICLE: [&str; 5] =
    ["publisher-unknown", "date-unknown", "encoding-guessed", "undecodable-bytes", "internal"];

/// Counts of a run, or of a part of it. Bounded: one entry for each kind of limit and language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles that were read.
    pub articles: usize,
    /// Articles with an error or a warning.
    pub flagged: usize,
    /// Articles that were not audited.
    pub not_audited: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Findings that a report of before has, and this one leaves out.
    pub known: usize,
    /// Stories: articles on one event that were compared.
    pub stories: usize,
    /// Errors, warnings and notes in stories.
    pub in_stories: [usize; 3],
    /// What limits the reading of articles: by code and language, the sentence for people and the number of articles.
    pub limits: BTreeMap<(&'static str, String), (String, usize)>,
}

impl Tally {
    /// The counts of one article.
    pub fn of(record: &ArticleRecord) -> Tally {
        let count = |severity| record.findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let limits = record.article.limits.iter().filter(|limit| !TOLD_AT_THE_ARTICLE.contains(&limit.code));
        let tag = &record.article.language.tag;
        Tally {
            articles: 1,
            flagged: usize::from(errors + warnings > 0),
            not_audited: usize::from(record.status == Status::NotAudited),
            errors,
            warnings,
            notes: count(Severity::Note),
            known: 0,
            stories: 0,
            in_stories: [0; 3],
            limits: limits.map(|limit| ((limit.code, tag.clone()), (limit.message.clone(), 1))).collect(),
        }
    }

    /// Adds the counts of a further part of the run.
    pub fn add(&mut self, other: Tally) {
        self.articles += other.articles;
        self.flagged += other.flagged;
        self.not_audited += other.not_audited;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.known += other.known;
        for (key, (message, count)) in other.limits {
            self.limits.entry(key).or_insert((message, 0)).1 += count;
        }
    }

    /// The number of errors and warnings.
    pub fn to_look_at(&self) -> usize {
        self.errors + self.warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn counts_add_up_and_limits_are_told_once_with_the_number_of_their_articles() {
        let mut tally = Tally::of(&sample::flagged());
        let mut other = sample::record();
        other.status = Status::NotAudited;
        tally.add(Tally::of(&other));
        assert_eq!((tally.articles, tally.flagged, tally.not_audited), (2, 1, 1));
        assert_eq!((tally.errors, tally.warnings, tally.notes), (1, 2, 1));
        let limits: Vec<_> = tally.limits.values().collect();
        assert_eq!(limits, [&("No native reader has reviewed these rules.".to_string(), 2)]);
    }
}
