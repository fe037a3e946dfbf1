//! Policies: from tables as written to clean ones, with everything about them checked.

use std::collections::BTreeMap;

use crate::policy::facts::{FACTS, Fact, FactType, Marked, PLACEHOLDERS, PLACES, SUBJECTS, SubjectKind, by_name};
use crate::record::Severity;
use crate::rules::check_meta::check_meta;
use crate::rules::clean::{check_id, is_language, one_of, sentences};
use crate::rules::contradiction::never_holds;
use crate::rules::fields::Lists;
use crate::rules::files::{At, Faults, Text};
use crate::rules::labelled::Braces;
use crate::rules::overlay::Merged;
use crate::rules::policy::{BySeverity, Condition, OncePer, Policy, SeverityWhen, Test, stage_of};
use crate::rules::raw_policy::{ANY_OF, NOT, RawCondition, RawPolicy, RawTest};
use crate::rules::suggest::did_you_mean;
use crate::text::span::Span;

/// The language that every policy must speak; the others fall back on it.
pub const FALLBACK: &str = "en";

/// The profiles that policies give a severity for.
const PROFILES: [(&str, bool); 2] = [("newsroom", false), ("strict", true)];

/// Severities with their words in rules; `off` is none.
pub const SEVERITIES: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
    ("off", None),
];

/// The clean policies, ordered by code.
pub fn check_policies(merged: &Merged, faults: &mut Faults<'_>) -> Vec<Policy> {
    let ids = merged.policies.keys().map(String::as_str);
    let check = |stack: &Vec<RawPolicy>| stack.iter().find_map(|raw| check_policy(raw, ids.clone(), faults));
    merged.policies.values().filter_map(check).collect()
}

fn check_policy<'k>(
    raw: &RawPolicy,
    ids: impl Iterator<Item = &'k str> + Clone,
    faults: &mut Faults<'_>,
) -> Option<Policy> {
    let before = faults.errors();
    check_id(&raw.code, &[], faults);
    let subjects = SUBJECTS.map(|(name, kind, _)| (name, kind));
    let flags = raw.flags.as_ref().and_then(|flags| one_of(flags, "flags", &subjects, faults));
    let places = PLACES.map(|(name, place, _)| (name, place));
    let at = raw.marks.as_ref().map(|at| one_of(at, "at", &places, faults));
    if let (Some(flags), Some(text), Some(Some(at))) = (flags, &raw.marks, at) {
        check_place(flags, at, text, faults);
    }
    let once_per = raw.once_per.as_ref().map(|text| one_of(text, "once-per", &OncePer::NAMES, faults));
    let status = check_meta(&raw.meta, &raw.code.value, ids, faults);
    let unknown = raw.unknown.as_ref().map(|text| one_of(text, "unknown", &UNKNOWN, faults));
    let asked = |raw: &RawCondition, faults: &mut Faults<'_>| match flags {
        Some(flags) => condition(raw, flags, faults),
        None => Condition::default(),
    };
    let when = raw.when.as_ref().map(|when| asked(when, faults)).unwrap_or_default();
    let unless = raw.unless.as_ref().map(|unless| asked(unless, faults));
    if let Some(why) = never_holds(&when, unless.as_ref()) {
        let message = format!("this policy can flag nothing: {why}");
        faults.error(raw.code.at, "never-flags", message, Some("change one of the two conditions".to_owned()));
    }
    let mut severity_when = Vec::new();
    for change in &raw.severity_when {
        let Some(when) = &change.when else {
            faults.error(change.at, "missing-key", "a change of severity needs the key `when`", None);
            continue;
        };
        let (newsroom, strict) = by_profile(&change.severity, faults);
        severity_when.push(SeverityWhen { when: asked(when, faults), newsroom, strict });
    }
    let errors = faults.errors();
    let (newsroom, strict) = by_profile(&raw.severity, faults);
    if (newsroom.is_none() || strict.is_none()) && !raw.broken && faults.errors() == errors {
        let hint =
            Some("write `severity = { newsroom = \"note\", strict = \"warning\" }`; `off` is one too".to_owned());
        faults.error(raw.code.at, "missing-key", "a policy needs a severity for each profile", hint);
    }
    let title = spoken(&raw.title, "title", raw, faults);
    let say = spoken(&raw.say, "say", raw, faults);
    let help = spoken(&raw.help, "help", raw, faults);
    for (key, list) in [("flags-in", &raw.flags_in), ("silent-in", &raw.silent_in)] {
        if list.is_empty() && !raw.broken {
            let hint = match key {
                "flags-in" => "add an article that it flags, with the marked words in {braces}",
                _ => "add an article that is much the same and that it must leave alone",
            };
            let message = format!("this policy has no article in `{key}`");
            faults.error(raw.code.at, "rule-without-test", message, Some(hint.to_owned()));
        }
    }
    let flags_in = sentences(&raw.flags_in, Braces::Names, faults);
    if raw.broken || faults.errors() > before {
        return None;
    }
    let value = |text: &Option<Text>| text.as_ref().map_or(String::new(), |text| text.value.clone());
    Some(Policy {
        stage: stage_of(&when, unless.as_ref()),
        code: raw.code.value.clone(),
        title,
        flags: flags?,
        at: at.flatten().unwrap_or(Marked::Whole),
        once_per: once_per.flatten().unwrap_or_default(),
        when,
        unless,
        flag_unknown: unknown.flatten().unwrap_or(false),
        severity: BySeverity { newsroom: newsroom.flatten(), strict: strict.flatten() },
        severity_when,
        say,
        help,
        why: value(&raw.meta.why),
        ignore_when: value(&raw.ignore_when),
        standards: raw.standards.iter().map(|text| text.value.clone()).collect(),
        flags_in,
        silent_in: raw.silent_in.iter().map(|text| (text.value.clone(), faults.location(text.at))).collect(),
        status,
        by_name: false,
        location: faults.location(raw.at),
    })
}

const UNKNOWN: [(&str, bool); 2] = [("silent", false), ("flag", true)];

/// Notes a place that the subject doesn't have.
fn check_place(flags: SubjectKind, at: Marked, text: &Text, faults: &mut Faults<'_>) {
    let voice = matches!(flags, SubjectKind::Claim | SubjectKind::Attribution | SubjectKind::Hop);
    let fits = match at {
        Marked::Whole => true,
        Marked::Source | Marked::Cue | Marked::Content | Marked::Hop => voice,
        Marked::Mark => matches!(flags, SubjectKind::Sentence | SubjectKind::Date | SubjectKind::Headline),
        Marked::Sentence => {
            !matches!(flags, SubjectKind::Article | SubjectKind::Caption | SubjectKind::Credit | SubjectKind::Story)
        }
        Marked::Stake => matches!(flags, SubjectKind::Sentence | SubjectKind::Headline),
    };
    if !fits {
        let message = format!("`{}` is no part of what this policy looks at", text.value);
        faults.error(text.at, "no-such-place", message, Some("`whole` fits everything".to_owned()));
    }
}

/// The severities under `newsroom` and `strict`; outside `None`: not given, inside `None`: off.
type Pair = (Option<Option<Severity>>, Option<Option<Severity>>);

fn by_profile(list: &[(Text, Text)], faults: &mut Faults<'_>) -> Pair {
    let mut pair = (None, None);
    for (profile, word) in list {
        let strict = one_of(profile, "severity", &PROFILES, faults);
        let severity = one_of(word, &profile.value, &SEVERITIES, faults);
        match strict {
            Some(false) => pair.0 = severity,
            Some(true) => pair.1 = severity,
            None => {}
        }
    }
    pair
}

/// Whether `text` names the profile for daily work, and whether it names that for audits; another word is noted.
pub fn both_profiles(text: &Text, faults: &mut Faults<'_>) -> (bool, bool) {
    let strict = one_of(text, "severity", &PROFILES, faults);
    (strict == Some(false), strict == Some(true))
}

/// One string a language; the fallback must be there, placeholders must be known.
fn spoken(lists: &Lists, key: &'static str, raw: &RawPolicy, faults: &mut Faults<'_>) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (language, texts) in lists {
        if !is_language(&language.value) {
            let hint = Some(format!("write `{key}.{FALLBACK} = \"…\"`"));
            faults.error(language.at, "bad-language", format!("`{}` is no language", language.value), hint);
        }
        match texts.as_slice() {
            [text] => {
                placeholders(text, faults);
                out.insert(language.value.clone(), text.value.clone());
            }
            _ => faults.error(language.at, "wrong-type", format!("`{key}` is one string in each language"), None),
        }
    }
    if !out.contains_key(FALLBACK) && !raw.broken {
        let hint = Some(format!("write `{key}.{FALLBACK} = \"…\"`: other languages fall back on it"));
        faults.error(raw.code.at, "missing-key", format!("a policy needs `{key}` in English"), hint);
    }
    out
}

fn placeholders(text: &Text, faults: &mut Faults<'_>) {
    let names = || PLACEHOLDERS.iter().map(|(name, _)| *name);
    let mut from = 0;
    while let Some(open) = text.value.get(from..).and_then(|rest| rest.find('{')).map(|i| from + i) {
        let Some(close) = text.value.get(open..).and_then(|rest| rest.find('}')).map(|i| open + i) else {
            let at = faults.within(text, Span::new(open, open + 1));
            faults.error(
                at,
                "unclosed",
                "`{` is never closed",
                Some("put `}` behind the placeholder's name".to_owned()),
            );
            return;
        };
        let name = text.value.get(open + 1..close).unwrap_or("");
        if !names().any(|known| known == name) {
            let at = faults.within(text, Span::new(open, close + 1));
            faults.error(
                at,
                "unknown-placeholder",
                format!("`{name}` stands for nothing"),
                did_you_mean(name, names()),
            );
        }
        from = close + 1;
    }
}

fn condition(raw: &RawCondition, flags: SubjectKind, faults: &mut Faults<'_>) -> Condition {
    let mut tests = Vec::new();
    for (name, test) in &raw.0 {
        match test {
            RawTest::AnyOf(list) => {
                tests.push(Test::AnyOf(list.iter().map(|one| condition(one, flags, faults)).collect()));
            }
            RawTest::Not(inner) => tests.push(Test::Not(condition(inner, flags, faults))),
            other => {
                if let Some(fact) = known_fact(name, flags, faults) {
                    tests.extend(asked(fact, other, name, faults));
                }
            }
        }
    }
    Condition::of(tests)
}

fn known_fact(name: &Text, flags: SubjectKind, faults: &mut Faults<'_>) -> Option<&'static Fact> {
    let askable = || FACTS.iter().filter(|fact| fact.of.contains(&flags)).map(|fact| fact.name).chain([ANY_OF, NOT]);
    let Some(fact) = by_name(&name.value) else {
        let hint = did_you_mean(&name.value, askable())
            .or_else(|| Some("the handbook lists all facts: \"What a policy may ask\"".to_owned()));
        faults.error(name.at, "unknown-fact", format!("`{}` is no fact", name.value), hint);
        return None;
    };
    if !fact.of.contains(&flags) {
        let of = SUBJECTS.iter().filter(|(_, kind, _)| fact.of.contains(kind)).map(|(word, _, _)| *word);
        let hint = format!("it can be asked of: {}", of.collect::<Vec<_>>().join(", "));
        faults.error(name.at, "fact-of-another", format!("`{}` can't be asked of this", name.value), Some(hint));
        return None;
    }
    Some(fact)
}

fn asked(fact: &'static Fact, test: &RawTest, name: &Text, faults: &mut Faults<'_>) -> Option<Test> {
    let mut wrong = |at: At, must_be: String| {
        faults.error(at, "wrong-type", format!("`{}` must be {must_be}", fact.name), None);
        None
    };
    match (fact.kind, test) {
        (FactType::Flag, RawTest::Flag(flag)) => Some(Test::Flag(fact, *flag)),
        (FactType::Number, RawTest::Bound(least, number)) => {
            Some(if *least { Test::AtLeast(fact, *number) } else { Test::AtMost(fact, *number) })
        }
        (FactType::Open, RawTest::Words(words)) => {
            Some(Test::OneOf(fact, words.iter().map(|word| word.value.clone()).collect()))
        }
        (FactType::Words(known), RawTest::Words(words)) => {
            for word in words.iter().filter(|word| !known.contains(&word.value.as_str())) {
                let hint = did_you_mean(&word.value, known.iter().copied());
                faults.error(word.at, "unknown-value", format!("`{}` never is `{}`", fact.name, word.value), hint);
            }
            Some(Test::OneOf(fact, words.iter().map(|word| word.value.clone()).collect()))
        }
        (FactType::Flag, _) => wrong(name.at, "`true` or `false`".to_owned()),
        (FactType::Number, _) => wrong(name.at, "`{ at-least = N }` or `{ at-most = N }`".to_owned()),
        (FactType::Words(_) | FactType::Open, _) => wrong(name.at, "a word, or a list of words".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::diagnostic::Diagnostic;
    use crate::rules::load::load_from;
    use crate::rules::policy::OncePer;

    const SOUND: &str = r#"[[policy]]
code = "vague-toll"
title.en = "Whose count?"
flags = "claim"
at = "source"
once-per = "source"
when = { about = ["casualties"], outlets = { at-least = 1 } }
unless = { any-of = [{ hedged = true }, { not = { in = "body" } }] }
unknown = "flag"
severity = { newsroom = "note", strict = "error" }
severity-when = [{ when = { origin = "anonymous" }, newsroom = "warning" }]
say.en = "{origin} is the only one."
help.en = "Ask {source}."
flags-in = ["{They} say so."]
silent-in = ["Nobody says so."]
"#;

    fn load(old: &str, new: &str) -> (Vec<Policy>, Vec<Diagnostic>) {
        assert!(SOUND.contains(old));
        let loaded = load_from(vec![("policies/x.toml".to_owned(), SOUND.replacen(old, new, 1))]);
        (loaded.rules.policies, loaded.diagnostics)
    }

    /// Code, line and hint of the one fault that a change makes; the policy must be left out.
    fn fault(old: &str, new: &str) -> (&'static str, u32, String) {
        let (policies, faults) = load(old, new);
        assert_eq!((policies.len(), faults.len()), (0, 1), "{faults:#?}");
        (faults[0].code, faults[0].line, faults[0].hint.clone().unwrap_or_default())
    }

    #[test]
    fn a_sound_policy_is_taken_as_it_is_written() {
        let (policies, faults) = load("", "");
        assert!(faults.is_empty(), "{faults:#?}");
        let policy = &policies[0];
        assert_eq!((policy.flags, policy.at, policy.once_per), (SubjectKind::Claim, Marked::Source, OncePer::Source));
        assert_eq!(policy.severity.newsroom, Some(Severity::Note));
        assert_eq!(
            (policy.severity_when[0].newsroom, policy.severity_when[0].strict),
            (Some(Some(Severity::Warning)), None)
        );
        assert!(policy.flag_unknown && policy.when.0.iter().any(|test| matches!(test, Test::AtLeast(_, 1))));
    }

    #[test]
    fn slips_are_told_with_their_place_and_what_may_be_meant() {
        assert_eq!(fault("about =", "abuot ="), ("unknown-fact", 7, "did you mean `about`?".into()));
        assert_eq!(fault("\"casualties\"", "\"casualtys\""), ("unknown-value", 7, "did you mean `casualties`?".into()));
        assert_eq!(fault("flags = \"claim\"", "flags = \"clam\"").0, "unknown-value");
        assert_eq!(fault("hedged = true", "figure = \"toll\"").0, "fact-of-another");
        assert_eq!(fault("hedged = true", "hedged = \"true\"").0, "wrong-type");
        assert_eq!(fault("{ at-least = 1 }", "{ at-lest = 1 }").0, "unknown-key");
        assert_eq!(fault("{origin} is", "{orign} is"), ("unknown-placeholder", 12, "did you mean `origin`?".into()));
        assert_eq!(fault("strict = \"error\"", "strikt = \"error\"").0, "unknown-value");
        assert_eq!(fault("say.en", "say.de").0, "missing-key");
        assert_eq!(fault("silent-in = [\"Nobody says so.\"]", "").0, "rule-without-test");
        assert_eq!(fault("at = \"source\"", "at = \"stake\"").0, "no-such-place");
        assert_eq!(fault("once-per", "once_per").0, "unknown-key");
    }
}
