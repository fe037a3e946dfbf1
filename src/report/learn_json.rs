//! Rules that would read a sentence, for programs.

use serde::Serialize;

use super::rules_json::{PartOut, parts};
use crate::workbench::learned::{Elsewhere, Learned};
use crate::workbench::lesson::Lesson;

/// The name of the form.
const SCHEMA: &str = "secondhand/rules-learn/v1";

/// The outcome of `rules learn`.
#[derive(Debug, Serialize)]
pub struct LearnOut<'a> {
    schema: &'static str,
    language: &'a str,
    sentence: &'a str,
    parts: Vec<PartOut<'a>>,
    read_by: Option<&'a str>,
    proposals: Vec<ProposalOut<'a>>,
}

#[derive(Debug, Serialize)]
struct ProposalOut<'a> {
    kind: &'a str,
    says: &'a str,
    file: &'a str,
    toml: &'a str,
    read_by: &'a str,
    sentences: usize,
    breaks: Vec<BrokenOut<'a>>,
    on: Option<ElsewhereOut<'a>>,
}

#[derive(Debug, Serialize)]
struct BrokenOut<'a> {
    rule: &'a str,
    sentence: &'a str,
}

#[derive(Debug, Serialize)]
struct ElsewhereOut<'a> {
    articles: usize,
    new: usize,
    otherwise: usize,
    samples: Vec<SampleOut<'a>>,
}

#[derive(Debug, Serialize)]
struct SampleOut<'a> {
    article: &'a str,
    text: &'a str,
}

impl<'a> LearnOut<'a> {
    /// What reads the lesson's sentence now, and what would.
    pub fn new(lesson: &'a Lesson, read_by: Option<&'a str>, learned: &'a [Learned]) -> LearnOut<'a> {
        LearnOut {
            schema: SCHEMA,
            language: &lesson.tag,
            sentence: &lesson.sentence.text,
            parts: parts(&lesson.sentence.labels, &lesson.sentence.text),
            read_by,
            proposals: learned.iter().map(ProposalOut::from).collect(),
        }
    }
}

impl<'a> From<&'a Learned> for ProposalOut<'a> {
    fn from(it: &'a Learned) -> ProposalOut<'a> {
        ProposalOut {
            kind: it.proposal.kind,
            says: &it.proposal.says,
            file: &it.proposal.file,
            toml: &it.proposal.toml,
            read_by: &it.reader,
            sentences: it.sentences,
            breaks: it.broken.iter().map(|(rule, sentence)| BrokenOut { rule, sentence }).collect(),
            on: it.elsewhere.as_ref().map(ElsewhereOut::from),
        }
    }
}

impl<'a> From<&'a Elsewhere> for ElsewhereOut<'a> {
    fn from(it: &'a Elsewhere) -> ElsewhereOut<'a> {
        ElsewhereOut {
            articles: it.articles,
            new: it.new,
            otherwise: it.other,
            samples: it.samples.iter().map(|(article, text)| SampleOut { article, text }).collect(),
        }
    }
}
