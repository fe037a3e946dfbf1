//! Folders of rules as packs: what `pack.toml` says is checked, and what it changes is changed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::fs;

use secondhand::policy::profile::{Base, Profile};
use secondhand::record::Severity;
use secondhand::rules::load::{Loaded, RuleSources, load};
use secondhand::rules::pack::RuleStatus;
use tempfile::TempDir;

const LANGUAGE: &str = r#"[language]
tag = "xx"
name = "Trial"
script = "Latn"
direction = "ltr"
[lexicon.say]
say = "said"
add = "added"
[nouns.institution]
body = ["ministry"]
[[pattern]]
id = "xx/says"
means = "says"
match = ["{source} {say} {content}"]
reads = ["{source: Ann Oak} {cue: said} {content: it rained}."]
ignores = ["He said nothing."]
[[pattern]]
id = "xx/loud"
means = "says"
match = ["{source} shouted {content}"]
reads = ["{source: Ann Oak} shouted {content: it rained}."]
ignores = ["The wind shouted."]
"#;

const POLICY: &str = r#"[[policy]]
code = "vague"
title.en = "Who?"
flags = "claim"
severity = { newsroom = "note", strict = "warning" }
severity-when = [{ when = { in = "lead" }, newsroom = "warning", strict = "error" }]
say.en = "Nobody."
help.en = "Ask."
flags-in = ["{Some} said it rained."]
silent-in = ["It rained."]
"#;

const SOURCE: &str = r#"[[source]]
id = "quay-post"
name = "Quay Post"
kind = "outlet"
names.en = ["Quay Post"]
reads = ["{Quay Post} said it rained."]
"#;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

/// The pack that others build on, with this `pack.toml`.
fn base(pack: &str) -> TempDir {
    folder(&[
        ("pack.toml", pack),
        ("languages/xx/all.toml", LANGUAGE),
        ("policies/p.toml", POLICY),
        ("sources/s.toml", SOURCE),
    ])
}

fn layers(roots: &[&TempDir]) -> Loaded {
    load(&RuleSources { builtin: false, dirs: roots.iter().map(|root| root.path().to_owned()).collect() })
}

/// Code and hint of each fault.
fn told(loaded: &Loaded) -> Vec<(&'static str, String)> {
    loaded.diagnostics.iter().map(|fault| (fault.code, fault.hint.clone().unwrap_or_default())).collect()
}

fn codes(loaded: &Loaded) -> Vec<&'static str> {
    loaded.diagnostics.iter().map(|fault| fault.code).collect()
}

/// With a house pack of this `pack.toml` over the base.
fn house(pack: &str) -> Loaded {
    layers(&[&base("name = \"base\"\nversion = \"1.2\"\n"), &folder(&[("pack.toml", pack)])])
}

fn ids(loaded: &Loaded) -> Vec<&str> {
    loaded.rules.languages[0].patterns.iter().map(|pattern| pattern.id.as_str()).collect()
}

#[test]
fn a_pack_without_a_word_about_itself_is_sound() {
    let plain = folder(&[("languages/xx/all.toml", LANGUAGE)]);
    assert!(layers(&[&plain]).diagnostics.is_empty());
    let named = base("name = \"base\"\nlanguages = [\"xx\"]\nlicence = \"CC0-1.0\"\nmaintainers = [\"Ann Oak\"]\n");
    assert!(codes(&layers(&[&named])).is_empty());
}

#[test]
fn a_pack_needs_a_name_and_no_unknown_key() {
    assert_eq!(codes(&layers(&[&base("version = \"1\"\n")])), ["missing-key"]);
    let slip = layers(&[&base("name = \"base\"\nlicense = \"CC0-1.0\"\n")]);
    assert_eq!(told(&slip), [("unknown-key", "did you mean `licence`?".to_owned())]);
    assert_eq!(codes(&layers(&[&base("name = \"The Base\"\n")])), ["bad-id"]);
    assert_eq!(codes(&layers(&[&base("name = \"base\"\nversion = \"one\"\n")])), ["bad-version"]);
}

#[test]
fn a_format_that_is_not_named_is_the_first_and_a_newer_one_is_not_read() {
    assert!(layers(&[&base("name = \"base\"\nformat = 1\n")]).diagnostics.is_empty());
    let newer = layers(&[&base("name = \"base\"\nformat = 2\n")]);
    assert_eq!(codes(&newer), ["unknown-format"]);
    assert!(newer.diagnostics[0].message.contains("reads format 1"), "{}", newer.diagnostics[0].message);
    assert!(newer.rules.languages.is_empty() && newer.rules.sources.is_empty());
    assert_eq!(codes(&layers(&[&base("name = \"base\"\nformat = \"1\"\n")])), ["wrong-type"]);
}

#[test]
fn what_a_pack_needs_must_be_there_in_time_and_new_enough() {
    assert!(
        house("name = \"house\"\nrequires = [\"base\", \"base 1.2\", \"base 1.1.9\", \"secondhand 0.1\"]\n")
            .diagnostics
            .is_empty()
    );
    let missing = house("name = \"house\"\nrequires = [\"bass\"]\n");
    assert_eq!(told(&missing), [("missing-pack", "did you mean `base`?".to_owned())]);
    let old = house("name = \"house\"\nrequires = [\"base 1.10\"]\n");
    assert_eq!(codes(&old), ["old-pack"]);
    assert!(old.diagnostics[0].message.ends_with("it is 1.2"));
    assert_eq!(codes(&house("name = \"house\"\nrequires = [\"base >= 1\"]\n")), ["bad-requirement"]);
    let first = folder(&[("pack.toml", "name = \"house\"\nrequires = [\"base\"]\n")]);
    let late = layers(&[&first, &base("name = \"base\"\n")]);
    assert_eq!(told(&late), [("missing-pack", "it is loaded after this one: name its folder first".to_owned())]);
}

#[test]
fn two_packs_of_one_name_are_told() {
    let twice = house("name = \"base\"\n");
    assert_eq!(codes(&twice), ["duplicate-pack"]);
    assert!(twice.diagnostics[0].hint.as_deref().unwrap().starts_with("the first stands at "));
}

#[test]
fn languages_are_those_that_have_a_folder() {
    let wrong = layers(&[&base("name = \"base\"\nlanguages = [\"xy\"]\n")]);
    assert_eq!(codes(&wrong), ["no-such-language", "language-not-named"]);
}

#[test]
fn rules_of_earlier_packs_are_taken_out_by_id() {
    let out = house(
        "name = \"house\"\n[disable]\nids = [\"xx/loud\", \"xx/lexicon.say.add\", \"quay-post\", \"vague\", \"xx/nouns.institution.body\"]\nwhy = \"not here\"\n",
    );
    assert!(out.diagnostics.is_empty(), "{:?}", codes(&out));
    assert_eq!(ids(&out), ["xx/says"]);
    let say: Vec<&str> = out.rules.languages[0].lexicons["say"].entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(say, ["say"]);
    assert!(out.rules.sources.is_empty() && out.rules.policies.is_empty() && out.rules.languages[0].nouns.is_empty());
}

#[test]
fn what_a_pack_takes_away_takes_no_other_rule_with_it() {
    let pattern = "[[pattern]]\nid = \"xx/adds\"\nmeans = \"says\"\nmatch = [\"{source} {say} more {content}\"]\nreads = [\"{source: Ann Oak} {cue: said} more {content: it rained}.\"]\nignores = [\"It added up.\"]\n";
    let base = folder(&[("languages/xx/all.toml", LANGUAGE), ("languages/xx/more.toml", pattern)]);
    let out = folder(&[("pack.toml", "name = \"house\"\n[disable]\nids = [\"xx/lexicon.say.add\"]\n")]);
    let loaded = layers(&[&base, &out]);
    assert_eq!(codes(&loaded), ["near-miss-too-far"]);
    assert_eq!(loaded.diagnostics[0].severity, secondhand::rules::diagnostic::Severity::Warning);
    assert_eq!(ids(&loaded).len(), 3);
}

#[test]
fn an_id_that_names_nothing_is_told_with_the_nearest() {
    let out = house("name = \"house\"\n[disable]\nids = [\"xx/sayss\", \"xx/lexicon.sya\"]\n");
    let hints = ["did you mean `xx/says`?", "did you mean `xx/lexicon.say`?"];
    assert_eq!(told(&out), hints.map(|hint| ("unknown-id", hint.to_owned())));
    assert_eq!(ids(&out).len(), 2);
    // Its own rule is not another pack's.
    let own = base("name = \"base\"\n[disable]\nids = [\"xx/says\"]\n");
    assert_eq!(codes(&layers(&[&own])), ["unknown-id"]);
}

#[test]
fn a_later_pack_may_put_a_rule_back() {
    let off = folder(&[("pack.toml", "name = \"off\"\n[disable]\nids = [\"xx/loud\"]\n")]);
    let again = folder(&[(
        "languages/xx/again.toml",
        &LANGUAGE.split("[[pattern]]").nth(2).map(|it| format!("[[pattern]]{it}")).unwrap(),
    )]);
    let loaded = layers(&[&base("name = \"base\"\n"), &off, &again]);
    assert!(loaded.diagnostics.is_empty());
    assert_eq!(ids(&loaded), ["xx/loud", "xx/says"]);
}

#[test]
fn severities_of_other_packs_are_changed_without_a_copy() {
    let severity = |loaded: &Loaded, base: Base| Profile::built_in(base).severity(&loaded.rules.policies[0], |_| true);
    let plain = house("name = \"house\"\n");
    assert_eq!(severity(&plain, Base::Newsroom), Some(Severity::Warning));
    let both = house("name = \"house\"\n[severity]\nvague = \"error\"\n");
    assert_eq!([Base::Newsroom, Base::Strict].map(|base| severity(&both, base)), [Some(Severity::Error); 2]);
    let one = house("name = \"house\"\n[severity]\nvague = { newsroom = \"off\" }\n");
    assert_eq!([Base::Newsroom, Base::Strict].map(|base| severity(&one, base)), [None, Some(Severity::Error)]);
    let slip = house("name = \"house\"\n[severity]\nvagu = \"off\"\n");
    assert_eq!(told(&slip), [("unknown-code", "did you mean `vague`?".to_owned())]);
    assert_eq!(codes(&house("name = \"house\"\n[severity]\nvague = \"loud\"\n")), ["unknown-value"]);
}

#[test]
fn a_status_of_the_pack_holds_for_rules_without_their_own() {
    let pack =
        base("name = \"base\"\n[defaults]\nstatus = \"experimental\"\nauthor = \"Ann Oak\"\nadded = \"2026-11\"\n");
    let loaded = layers(&[&pack]);
    assert!(loaded.diagnostics.is_empty(), "{:?}", codes(&loaded));
    assert!(loaded.rules.languages[0].patterns.iter().all(|pattern| pattern.status == RuleStatus::Experimental));
    // Off until somebody names it: a pack that gives it a severity does.
    assert_eq!(Profile::built_in(Base::Strict).severity(&loaded.rules.policies[0], |_| false), None);
    let named = layers(&[&pack, &folder(&[("pack.toml", "name = \"house\"\n[severity]\nvague = \"note\"\n")])]);
    assert_eq!(Profile::built_in(Base::Strict).severity(&named.rules.policies[0], |_| false), Some(Severity::Note));
    let wrong = base("name = \"base\"\n[defaults]\nstatus = \"fresh\"\nadded = \"1.11.2026\"\n");
    assert!(codes(&layers(&[&wrong])).contains(&"bad-date"));
}

#[test]
fn what_a_rule_says_of_itself_is_checked() {
    let with = |line: &str| {
        let text = LANGUAGE.replacen("means = \"says\"\n", &format!("means = \"says\"\n{line}\n"), 1);
        let loaded = layers(&[&folder(&[("languages/xx/all.toml", &text)])]);
        told(&loaded)
    };
    assert!(with("author = [\"Ann Oak\"]\nadded = \"2026-11-22\"\nwhy = \"seen often\"\nreferences = [\"https://example.org\"]").is_empty());
    assert_eq!(with("added = \"yesterday\"")[0].0, "bad-date");
    assert_eq!(with("status = \"deprecated\"")[0].0, "deprecated-without-successor");
    assert!(with("status = \"deprecated\"\nreplaced-by = \"xx/loud\"").is_empty());
    assert_eq!(
        with("status = \"deprecated\"\nreplaced-by = [\"xx/lout\"]"),
        [("unknown-id", "did you mean `xx/loud`?".to_owned())]
    );
    assert_eq!(with("status = \"deprecated\"\nreplaced-by = \"xx/says\"")[0].0, "unknown-id");
    assert_eq!(with("replaced-by = \"xx/loud\"")[0].0, "replaced-but-in-force");
}
