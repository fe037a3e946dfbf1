//! Policies as the engine runs them: what to flag, when, how severely and in which words.

use std::collections::BTreeMap;

use crate::policy::facts::{Fact, Marked, Stage, SubjectKind};
use crate::record::Severity;
use crate::rules::pack::{LabelledSentence, Location, RuleStatus};

/// One policy.
#[derive(Debug, Clone)]
pub struct Policy {
    /// `vague-source`; what reports and suppressions name.
    pub code: String,
    /// The question that the editor is asked, by language.
    pub title: BTreeMap<String, String>,
    /// What is looked at.
    pub flags: SubjectKind,
    /// Whose words are marked.
    pub at: Marked,
    /// What makes two findings one.
    pub once_per: OncePer,
    /// Holds where the policy flags; an empty condition always holds.
    pub when: Condition,
    /// Where this holds the policy is silent; `None`: nothing silences it.
    pub unless: Option<Condition>,
    /// True where a condition that can't be told is taken for one that holds.
    pub flag_unknown: bool,
    /// How much it matters, by profile.
    pub severity: BySeverity,
    /// Where another severity is due; the first that holds decides.
    pub severity_when: Vec<SeverityWhen>,
    /// What was found, by language, with placeholders.
    pub say: BTreeMap<String, String>,
    /// What to do about it, by language, with placeholders.
    pub help: BTreeMap<String, String>,
    /// Why it matters, for `explain`; empty where nobody wrote it.
    pub why: String,
    /// When to leave it, for `explain`; empty where nobody wrote it.
    pub ignore_when: String,
    /// Ids of newsroom standards that it rests on.
    pub standards: Vec<String>,
    /// Articles that it must flag, the marked words labelled.
    pub flags_in: Vec<LabelledSentence>,
    /// Articles that it must be silent in, and where each stands.
    pub silent_in: Vec<(String, Location)>,
    /// Its state: an experimental policy is on by name only.
    pub status: RuleStatus,
    /// True where a pack sets its severity, which puts an experimental policy in force.
    pub by_name: bool,
    /// Where it stands.
    pub location: Location,
    /// When it can run: as soon as all it asks can be known.
    pub stage: Stage,
}

/// When a policy with these conditions can run.
pub fn stage_of(when: &Condition, unless: Option<&Condition>) -> Stage {
    let mut stage = Stage::Article;
    let mut see = |fact: &Fact| {
        if fact.stage == Stage::Story {
            stage = Stage::Story;
        }
    };
    when.each_fact(&mut see);
    unless.iter().for_each(|unless| unless.each_fact(&mut see));
    stage
}

/// What makes two findings of a policy one; the others become related places of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OncePer {
    /// Nothing: each stands alone.
    #[default]
    Each,
    /// The same source.
    Source,
    /// The same outlets in between.
    Relay,
    /// The same marked words.
    Words,
    /// The same sentence.
    Sentence,
    /// The same paragraph.
    Paragraph,
    /// The article.
    Article,
}

impl OncePer {
    /// Every value with its word in rules.
    pub const NAMES: [(&'static str, OncePer); 7] = [
        ("each", OncePer::Each),
        ("source", OncePer::Source),
        ("relay", OncePer::Relay),
        ("words", OncePer::Words),
        ("sentence", OncePer::Sentence),
        ("paragraph", OncePer::Paragraph),
        ("article", OncePer::Article),
    ];
}

/// A severity for each built-in profile; `None` is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BySeverity {
    /// For daily work.
    pub newsroom: Option<Severity>,
    /// For audits.
    pub strict: Option<Severity>,
}

/// Another severity where a condition holds; what it leaves out stays as it is.
#[derive(Debug, Clone)]
pub struct SeverityWhen {
    /// The condition.
    pub when: Condition,
    /// For daily work; `None`: no change.
    pub newsroom: Option<Option<Severity>>,
    /// For audits; `None`: no change.
    pub strict: Option<Option<Severity>>,
}

/// Tests that must all hold.
#[derive(Debug, Clone, Default)]
pub struct Condition(pub Vec<Test>);

/// One test of a condition.
#[derive(Debug, Clone)]
pub enum Test {
    /// The fact is this.
    Flag(&'static Fact, bool),
    /// The fact is, or holds, one of these words.
    OneOf(&'static Fact, Vec<String>),
    /// The fact is this number or more.
    AtLeast(&'static Fact, u32),
    /// The fact is this number or less.
    AtMost(&'static Fact, u32),
    /// One of these holds.
    AnyOf(Vec<Condition>),
    /// This does not hold.
    Not(Condition),
}

impl Test {
    /// How much work it takes to ask, of what is asked last.
    fn cost(&self) -> u8 {
        let of = |condition: &Condition| condition.0.iter().map(Test::cost).max().unwrap_or(0);
        match self {
            Test::Flag(fact, _) | Test::OneOf(fact, _) | Test::AtLeast(fact, _) | Test::AtMost(fact, _) => fact.cost(),
            Test::AnyOf(conditions) => conditions.iter().map(of).max().unwrap_or(0),
            Test::Not(condition) => of(condition),
        }
    }
}

impl Condition {
    /// A condition of these tests, those that cost least first: one that fails spares the others.
    pub fn of(tests: Vec<Test>) -> Condition {
        let mut tests = tests;
        tests.sort_by_key(Test::cost);
        Condition(tests)
    }

    /// Runs `see` on every fact that the condition asks.
    pub fn each_fact(&self, see: &mut dyn FnMut(&'static Fact)) {
        for test in &self.0 {
            match test {
                Test::Flag(fact, _) | Test::OneOf(fact, _) | Test::AtLeast(fact, _) | Test::AtMost(fact, _) => {
                    see(fact)
                }
                Test::AnyOf(conditions) => conditions.iter().for_each(|condition| condition.each_fact(see)),
                Test::Not(condition) => condition.each_fact(see),
            }
        }
    }
}
