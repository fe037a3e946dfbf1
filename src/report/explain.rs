//! For people: what a policy flags, why, and what to do about it; and the list of all policies.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;
use comfy_table::{Table, presets};

use super::excerpt::{Mark, excerpt};
use super::terminal::{HEAD, NAME, WARNING, bounded, columns, lines, shortened};
use crate::article::BlockKind;
use crate::auditor::plain as article;
use crate::policy::facts::SUBJECTS;
use crate::record::Severity;
use crate::rules::pack::{LabelledSentence, RuleStatus};
use crate::rules::policy::{BySeverity, Condition, Policy, Test};

/// Columns before the text that stands beside a label.
const BESIDE: usize = 16;

/// Width from which labels stand beside their text.
const WIDE: usize = 72;

/// Explains policies in one language, for one width.
#[derive(Debug)]
pub struct Explain<'a> {
    /// The language of texts, by tag; a policy that lacks it is told in `otherwise`.
    pub language: &'a str,
    /// The language that every built-in policy has.
    pub otherwise: &'a str,
    width: usize,
}

impl<'a> Explain<'a> {
    /// Laid out for `width` columns, at least 40 and at most 200.
    pub fn new(language: &'a str, otherwise: &'a str, width: usize) -> Explain<'a> {
        Explain { language, otherwise, width: bounded(width) }
    }

    /// One policy.
    ///
    /// # Errors
    /// None in practice: writing to a string does not fail.
    pub fn one(&self, policy: &Policy) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        writeln!(out, "{NAME}{}{NAME:#}", policy.code)?;
        for line in lines(&named(self.text(&policy.title)), self.width) {
            writeln!(out, "{HEAD}{line}{HEAD:#}")?;
        }
        writeln!(out)?;
        self.section(&mut out, "WHAT", &named(self.text(&policy.say)))?;
        self.section(&mut out, "WHY", &policy.why)?;
        self.section(&mut out, "TO MEND", &named(self.text(&policy.help)))?;
        self.section(&mut out, "LEAVE IT", &policy.ignore_when)?;
        let unless = policy.unless.as_ref().map(told).filter(|told| !told.is_empty());
        let unless = unless.map_or_else(String::new, |told| format!("; not where {told}"));
        let when = Some(told(&policy.when)).filter(|told| !told.is_empty());
        let when = when.map_or_else(String::new, |told| format!(" where {told}"));
        self.section(&mut out, "FLAGS", &format!("{}{when}{unless}", subject(policy)))?;
        self.section(&mut out, "SEVERITY", &severities(policy))?;
        self.section(&mut out, "RULE", &format!("{}, line {}", policy.location.file, policy.location.line))?;
        if let Some(example) = policy.flags_in.first() {
            self.labelled(&mut out, "EXAMPLE", &self.example(example))?;
        }
        if let Some((text, _)) = policy.silent_in.first() {
            self.labelled(&mut out, "NOT FLAGGED", &self.piece(text, &[]))?;
        }
        Ok(out)
    }

    /// All policies, each in a row: code, severities, question.
    ///
    /// # Errors
    /// None in practice: writing to a string does not fail.
    pub fn all(&self, policies: &[Policy]) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        let code = policies.iter().map(|policy| columns(&policy.code)).max().unwrap_or(0);
        let severities = |policy: &Policy| [policy.severity.newsroom, policy.severity.strict].map(severity_word);
        // Columns of code and severities, each with two behind it.
        let room = self.width.saturating_sub(code + 2 + 2 * (NAMES + 2));
        let beside = room >= LEAST;
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        let mut head = vec!["code", PROFILES[0], PROFILES[1]];
        if beside {
            head.push("question");
        }
        table.add_row(head);
        for policy in policies {
            let [newsroom, strict] = severities(policy);
            let mut cells = vec![policy.code.clone(), newsroom.to_string(), strict.to_string()];
            if beside {
                cells.push(shortened(&named(self.text(&policy.title)), room));
            }
            table.add_row(cells);
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        for (index, line) in table.lines().enumerate() {
            let style = if index == 0 { HEAD } else { Style::new() };
            writeln!(out, "{style}{}{style:#}", line.trim_end())?;
        }
        Ok(out)
    }

    fn text<'t>(&self, by_language: &'t BTreeMap<String, String>) -> &'t str {
        let found = [self.language, self.otherwise].iter().find_map(|tag| by_language.get(*tag));
        found.or_else(|| by_language.values().next()).map_or("", String::as_str)
    }

    fn section(&self, out: &mut String, label: &str, text: &str) -> std::fmt::Result {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.labelled(out, label, &lines(text, self.room()))
    }

    fn labelled(&self, out: &mut String, label: &str, text: &[String]) -> std::fmt::Result {
        let beside = self.width >= WIDE;
        if !beside {
            writeln!(out, "  {HEAD}{label}{HEAD:#}")?;
        }
        for (index, line) in text.iter().enumerate() {
            let label = if beside && index == 0 { label } else { "" };
            let indent = if beside { BESIDE.saturating_sub(2 + columns(label)) } else { 2 };
            writeln!(out, "  {HEAD}{label}{HEAD:#}{:indent$}{line}", "")?;
        }
        Ok(())
    }

    fn room(&self) -> usize {
        self.width - if self.width >= WIDE { BESIDE } else { 4 }
    }

    fn example(&self, example: &LabelledSentence) -> Vec<String> {
        let marks: Vec<Mark> =
            example.labels.iter().map(|(_, span)| Mark { span: *span, stroke: '^', style: WARNING }).collect();
        self.piece(&example.text, &marks)
    }

    /// A text line by line, the marked words underlined.
    fn piece(&self, text: &str, marks: &[Mark]) -> Vec<String> {
        let article = article(text, self.otherwise, BlockKind::Body);
        let mut out = Vec::new();
        for block in &article.blocks {
            let inside: Vec<Mark> = marks.iter().filter(|mark| block.span.contains(mark.span)).copied().collect();
            if inside.is_empty() {
                out.extend(lines(block.span.of(text), self.room()));
            } else {
                out.extend(excerpt(&article, &inside, self.room()));
            }
        }
        out
    }
}

/// What a policy looks at, in words.
fn subject(policy: &Policy) -> String {
    let known = SUBJECTS.iter().find(|(_, kind, _)| *kind == policy.flags);
    known.map_or_else(String::new, |(word, _, says)| format!("{word} ({says})"))
}

/// The profiles that the program brings along.
const PROFILES: [&str; 2] = ["newsroom", "strict"];

/// Columns of the longest of their names.
const NAMES: usize = 8;

/// Columns below which questions are left out.
const LEAST: usize = 20;

fn severity_word(severity: Option<Severity>) -> &'static str {
    match severity {
        None => "off",
        Some(Severity::Note) => "note",
        Some(Severity::Warning) => "warning",
        Some(Severity::Error) => "error",
    }
}

/// A text of a policy with the names of its placeholders in angle brackets.
pub fn named(text: &str) -> String {
    text.replace('{', "<").replace('}', ">")
}

fn severities(policy: &Policy) -> String {
    let BySeverity { newsroom, strict } = policy.severity;
    let mut out = format!("{} {}, {} {}", PROFILES[0], severity_word(newsroom), PROFILES[1], severity_word(strict));
    for change in &policy.severity_when {
        let changed = [(PROFILES[0], change.newsroom), (PROFILES[1], change.strict)];
        let changed: Vec<String> = changed
            .into_iter()
            .filter_map(|(profile, severity)| Some(format!("{profile} {}", severity_word(severity?))))
            .collect();
        out.push_str(&format!("; {} where {}", changed.join(", "), told(&change.when)));
    }
    if policy.status == RuleStatus::Experimental {
        out.push_str("; experimental: on by name only");
    }
    out
}

/// A condition in words.
fn told(condition: &Condition) -> String {
    let tests = condition.0.iter().map(|test| match test {
        Test::Flag(fact, true) => fact.name.to_string(),
        Test::Flag(fact, false) => format!("not {}", fact.name),
        Test::OneOf(fact, words) => format!("{} is {}", fact.name, words.join(" or ")),
        Test::AtLeast(fact, number) => format!("{} is {number} or more", fact.name),
        Test::AtMost(fact, number) => format!("{} is {number} or less", fact.name),
        Test::AnyOf(conditions) => {
            let any: Vec<String> = conditions.iter().map(told).collect();
            format!("({})", any.join(", or "))
        }
        Test::Not(inner) => format!("not ({})", told(inner)),
    });
    tests.collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::facts::{Marked, SubjectKind, by_name};
    use crate::rules::pack::Location;
    use crate::rules::policy::{OncePer, SeverityWhen};
    use crate::text::span::Span;

    fn policy() -> Policy {
        let location = Location { file: "policies/x.toml".into(), span: Span::default(), line: 7 };
        let about = |word: &str| Test::OneOf(by_name("about").unwrap(), vec![word.into()]);
        let text = |text: &str| BTreeMap::from([("en".to_string(), text.to_string())]);
        Policy {
            stage: crate::policy::facts::Stage::Article,
            code: "crowd".into(),
            title: text("Which ones?"),
            flags: SubjectKind::Claim,
            at: Marked::Source,
            once_per: OncePer::Each,
            when: Condition(vec![Test::AtLeast(by_name("outlets").unwrap(), 2), about("blame")]),
            unless: Some(Condition(vec![Test::Flag(by_name("hedged").unwrap(), true)])),
            flag_unknown: false,
            severity: BySeverity { newsroom: None, strict: Some(Severity::Warning) },
            severity_when: vec![SeverityWhen {
                when: Condition(vec![Test::Not(Condition(vec![about("first")]))]),
                newsroom: Some(Some(Severity::Note)),
                strict: None,
            }],
            say: text("{source} can't be asked."),
            help: text("Name one."),
            why: String::new(),
            ignore_when: String::new(),
            standards: Vec::new(),
            flags_in: Vec::new(),
            silent_in: vec![("Ada Quill said so.".into(), location.clone())],
            status: RuleStatus::Experimental,
            by_name: false,
            location,
        }
    }

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn conditions_and_severities_are_told_in_words_and_what_is_not_written_is_left_out() {
        let out = plain(&Explain::new("en", "en", 200).one(&policy()).unwrap());
        assert!(out.contains("where outlets is 2 or more and about is blame; not where hedged\n"), "{out}");
        let severity = "newsroom off, strict warning; newsroom note where not (about is first); experimental";
        assert!(out.contains(severity), "{out}");
        assert!(out.contains("<source> can't be asked.") && out.contains("policies/x.toml, line 7"), "{out}");
        assert!(!out.contains("WHY") && !out.contains("EXAMPLE") && out.contains("NOT FLAGGED"), "{out}");
    }

    #[test]
    fn a_language_that_a_policy_lacks_falls_back_and_every_line_fits() {
        for width in [40, 72, 200] {
            let explain = Explain::new("uk", "en", width);
            let out = plain(&explain.one(&policy()).unwrap()) + &plain(&explain.all(&[policy()]).unwrap());
            assert!(out.contains("Which ones?"), "{out}");
            assert!(out.lines().all(|line| columns(line) <= width), "{width}\n{out}");
        }
    }
}
