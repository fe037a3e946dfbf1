//! Proposals that were tried: who reads the sentence with each, what it breaks, what it reads elsewhere.

use std::collections::BTreeSet;

use crate::auditor::Auditor;
use crate::rules::rule_files::RuleFiles;
use crate::selftest::{self, SelfTest};
use crate::workbench::choice::Choice;
use crate::workbench::compare::{Change, Compared};
use crate::workbench::doubt::TO_WRITE;
use crate::workbench::lesson::Lesson;
use crate::workbench::propose::{Proposal, reader};

/// A proposal that reads its sentence.
#[derive(Debug, Clone)]
pub struct Learned {
    /// The proposal.
    pub proposal: Proposal,
    /// The rule that reads the sentence with it.
    pub reader: String,
    /// How many sentences beside the language's rules were read as before.
    pub sentences: usize,
    /// Rules and sentences that were read as they say before, and are not with it.
    pub broken: Vec<(String, String)>,
    /// What it does to articles; `None` where none were given.
    pub elsewhere: Option<Elsewhere>,
}

/// What a proposal does to articles.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    /// How many articles were read.
    pub articles: usize,
    /// Attributions that it newly reads.
    pub new: usize,
    /// Attributions that are read otherwise with it.
    pub other: usize,
    /// Some of them: where, and in which words.
    pub samples: Vec<(String, String)>,
}

/// Most places in articles that are shown of one proposal.
const SAMPLES: usize = 3;

/// The tests of the language that is learnt in, by the rules in force.
pub fn tested(auditor: &Auditor, lesson: &Lesson, files: &RuleFiles) -> SelfTest {
    let choice = Choice { languages: vec![lesson.tag.clone()], ..Choice::default() };
    selftest::run(auditor, &choice, files)
}

/// Tries a proposal: `with` are the rules with it in force, `before` the tests without it. `None` where the sentence is still
/// not read as it is labelled.
pub fn tried(
    proposal: Proposal,
    lesson: &Lesson,
    (with, files): (&Auditor, &RuleFiles),
    before: &SelfTest,
) -> Option<Learned> {
    let reader = reader(with, &lesson.sentence, &lesson.tag)?;
    let after = tested(with, lesson, files);
    let known: BTreeSet<(&str, &str)> =
        before.failures.iter().map(|f| (f.rule.as_str(), f.sentence.as_str())).collect();
    let fresh = |f: &&selftest::Failure| {
        !known.contains(&(f.rule.as_str(), f.sentence.as_str())) && !f.sentence.contains(TO_WRITE)
    };
    let broken = after.failures.iter().filter(fresh).map(|f| (f.rule.clone(), f.sentence.clone())).collect();
    Some(Learned { proposal, reader, sentences: before.passed, broken, elsewhere: None })
}

impl Elsewhere {
    /// Adds what the proposal does to one article.
    pub fn add(&mut self, compared: &Compared) {
        self.articles += 1;
        for difference in compared.differences.iter().filter(|difference| !difference.finding) {
            match difference.change {
                Change::New => self.new += 1,
                Change::Other => self.other += 1,
                Change::Gone => continue,
            }
            let Some(whole) = difference.spans().reduce(crate::text::span::Span::join) else { continue };
            if self.samples.len() < SAMPLES {
                self.samples.push((compared.article.key.clone(), whole.of(&compared.article.buffer).to_owned()));
            }
        }
    }
}
