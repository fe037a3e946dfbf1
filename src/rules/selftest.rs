//! Runs the sentences that rules carry as their tests.
// TEMPORARY: a placeholder until the engine is merged.

use crate::auditor::Auditor;

/// What came of a run.
#[derive(Debug, Clone, Default)]
pub struct SelfTest {
    /// The number of sentences that were read as they say.
    pub passed: usize,
    /// Those that were not.
    pub failures: Vec<Failure>,
}

/// A sentence that was not read as its rule says.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Id of the rule.
    pub rule: String,
    /// Its file.
    pub file: String,
    /// Line of the sentence in the file, from 1.
    pub line: u32,
    /// The sentence.
    pub sentence: String,
    /// What the rule asks for.
    pub expected: String,
    /// What was read.
    pub got: String,
}

/// Reads every sentence of `reads` and `ignores` of all rules in force.
pub fn run(auditor: &Auditor) -> SelfTest {
    let _ = auditor;
    SelfTest::default()
}
