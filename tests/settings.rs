//! What a language can say of itself, each setting shown by a text that is read otherwise without it.
#![allow(clippy::unwrap_used, reason = "a test that can't be set up must fail")]

use std::fs;

use secondhand::article::BlockKind;
use secondhand::auditor::{Auditor, plain};
use secondhand::rules::load::{RuleSources, load};

/// A language with the nouns' owners behind them, cases that agree, and its verbs where they like; `settings` and
/// `morphology` are lines of those tables.
fn auditor(settings: &str, morphology: &str) -> Auditor {
    let pack = format!(
        r#"
[language]
tag = "xx"
name = "Trial"
script = "Latn"
direction = "ltr"
quotations = [["«", "»"]]
months = ["unem", "duem", "triem", "kvarem", "kvinem", "sesem", "sepem", "okem", "naem", "dekem", "undem", "dudem"]
{settings}
[morphology]
cases = {{ gen = ["o", "ego>y"] }}
{morphology}
[lexicon.say]
say = ["said", "added"]
[lexicon.cue]
includes = ["say"]
[lexicon.linker]
words = ["in"]
[lexicon.complementiser]
that = ["that"]
[nouns.role]
official = ["minister[o]"]
[nouns.institution]
office = ["ofis[o]"]
[[pattern]]
id = "xx/says"
means = "says"
match = ["{{source}} {{say}} that {{content}}"]
reads = ["{{source: Minister}} {{cue: said}} that {{content: the bridge is shut}}."]
ignores = ["Nobody said that."]
[[pattern]]
id = "xx/quote"
means = "says"
match = ["{{content:quoted}}, - {{say}} {{source}} $", "{{content:quoted}} - {{say}} {{source}} $", "{{source}} {{say}}: {{content:quoted}}"]
reads = ["{{content: «The bridge is shut»}}, - {{cue: said}} {{source: minister}}."]
ignores = ["«Said», - said."]
[[pattern]]
id = "xx/by"
means = "according-to"
match = ["laut {{source:gen}}, {{content}}"]
reads = ["{{cue: Laut}} {{source: ministero}}, {{content: the bridge is shut}}."]
ignores = ["Laut and clear."]
[[pattern]]
id = "xx/verb-last"
means = "says"
match = ["^ {{source:head}} {{content}} {{say}} $"]
reads = ["{{source: Minister}} {{content: the bridge shut}} {{cue: said}}."]
ignores = ["Said the minister."]
[[pattern]]
id = "xx/this-said"
means = "says"
covers = "before sentence"
match = ["of this {{say}} {{source}} $"]
reads = ["Of this {{cue: said}} {{source: minister}}."]
ignores = ["Of this nothing was said."]
"#
    );
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("languages/xx")).unwrap();
    fs::write(folder.path().join("languages/xx/language.toml"), pack).unwrap();
    let loaded = load(&RuleSources { builtin: false, dirs: vec![folder.path().to_owned()] });
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    Auditor::new(loaded.rules)
}

/// Origin and contents of each attribution, in order.
fn read(auditor: &Auditor, text: &str) -> Vec<String> {
    let record = auditor.audit(plain(text, "xx", BlockKind::Body));
    let text = &record.article.buffer;
    let told = |a: &secondhand::attribution::model::Attribution| {
        let contents: Vec<&str> = a.content.iter().map(|c| c.of(text)).collect();
        format!("{}: {}", a.chain.nodes.first().map_or("", String::as_str), contents.join(" + "))
    };
    record.attributions.iter().map(told).collect()
}

#[test]
fn the_first_noun_heads_the_phrase_where_the_language_says_so() {
    let text = "Minister ofiso Adam Moss said that the bridge is shut.";
    assert_eq!(read(&auditor("head = \"first\"", ""), text), ["name:Adam Moss: the bridge is shut"]);
    assert_ne!(read(&auditor("", ""), text), ["name:Adam Moss: the bridge is shut"]);
}

#[test]
fn a_surname_in_a_case_is_the_person_named_before() {
    let text = "Adam Moss said that it rains. Laut Mosso, the bridge is shut.";
    let both = ["name:Adam Moss: it rains", "name:Adam Moss: the bridge is shut"];
    assert_eq!(read(&auditor("", ""), text), both);
    let first = "Laut Adamo Mosso, the bridge is shut. Moss added that it rains.";
    let agreeing = auditor("", "names-agree = true");
    assert_eq!(read(&agreeing, first), ["name:Adam Moss: the bridge is shut", "name:Adam Moss: it rains"]);
}

#[test]
fn an_ending_may_take_the_place_of_letters() {
    let agreeing = auditor("", "names-agree = true");
    assert_eq!(read(&agreeing, "Laut Adamo Belskego, the bridge is shut."), ["name:Adam Belsky: the bridge is shut"]);
}

#[test]
fn the_writers_words_inside_quotation_marks_are_told_by_their_cue() {
    let text = "«The bridge is shut, — said Adam Moss. — It opens in May».";
    let inserted = auditor("inserted-cue = true", "");
    assert_eq!(read(&inserted, text), ["name:Adam Moss: «The bridge is shut + It opens in May»"]);
    assert_ne!(read(&auditor("", ""), text), read(&inserted, text));
    let plain = "«The bridge, — a wreck, — is shut», — said Adam Moss.";
    assert_eq!(read(&inserted, plain), ["name:Adam Moss: «The bridge, — a wreck, — is shut»"]);
}

#[test]
fn a_dash_opens_speech_where_the_language_says_so() {
    let text = "— The bridge is shut, — said Adam Moss. — It opens in May.";
    let dialogue = auditor("dialogue-dash = true", "");
    assert_eq!(read(&dialogue, text), ["name:Adam Moss: The bridge is shut + It opens in May"]);
    assert!(read(&dialogue, "— a list of bridges,\n— and of roads.").is_empty());
}

#[test]
fn another_mark_introduces_a_quotation() {
    let text = "Minister Adam Moss said. «The bridge is shut for a year».";
    let told = ["name:Adam Moss: «The bridge is shut for a year»"];
    assert_eq!(read(&auditor("colons = [\".\"]", ""), text), told);
    assert_ne!(read(&auditor("", ""), text), told);
}

#[test]
fn a_phrase_may_end_with_its_head() {
    let text = "Minister Adam Moss the bridge shut for a year said.";
    assert_eq!(read(&auditor("", ""), text), ["name:Adam Moss: the bridge shut for a year"]);
}

#[test]
fn a_word_in_another_case_is_no_part_of_a_subject() {
    let text = "Morlinda minister said that the bridge is shut.";
    assert_eq!(source(&auditor("", "phrase-ends = [\"inda\"]"), text).as_deref(), Some("minister"));
    assert_eq!(source(&auditor("", ""), text).as_deref(), Some("Morlinda minister"));
}

#[test]
fn what_points_back_reports_the_sentence_before() {
    let auditor = auditor("", "");
    assert_eq!(read(&auditor, "The bridge is shut. Of this said Adam Moss."), ["name:Adam Moss: The bridge is shut"]);
    let taken = "Ada Hill said that the bridge is shut. Of this said Adam Moss.";
    assert_eq!(read(&auditor, taken), ["name:Ada Hill: the bridge is shut", "name:Adam Moss: "]);
}

#[test]
fn a_bare_noun_points_back_where_there_are_no_articles() {
    let text = "Minister Adam Moss said that it rains. Minister added that the bridge is shut.";
    let both = ["name:Adam Moss: it rains", "name:Adam Moss: the bridge is shut"];
    assert_eq!(read(&auditor("no-articles = true", ""), text), both);
    assert_ne!(read(&auditor("", ""), text), both);
}

/// The words of the first source.
fn source(auditor: &Auditor, text: &str) -> Option<String> {
    let record = auditor.audit(plain(text, "xx", BlockKind::Body));
    record.attributions.first().and_then(|a| a.source.as_ref()).map(|s| s.span.of(text).to_owned())
}

#[test]
fn an_adverb_stands_beside_its_verb_and_names_nobody() {
    let text = "Adam Moss swiftly said that the bridge is shut.";
    let adverbs = auditor("", "adverb-endings = [\"ly\"]");
    assert_eq!(source(&adverbs, text).as_deref(), Some("Adam Moss"));
    assert_eq!(source(&auditor("", ""), text).as_deref(), Some("Adam Moss swiftly"));
    // A name with those letters is none.
    assert_eq!(source(&adverbs, "Adam Morly said that the bridge is shut.").as_deref(), Some("Adam Morly"));
}

#[test]
fn a_bare_word_names_somebody_only_with_an_ending_where_the_language_says_so() {
    let bare = auditor("", "bare-endings = [\"s\"]");
    assert_eq!(source(&bare, "«The mill is shut», - said bakers.").as_deref(), Some("bakers"));
    assert_eq!(source(&bare, "«The mill is shut», - said better."), None);
    assert_eq!(source(&auditor("", ""), "«The mill is shut», - said better.").as_deref(), Some("better"));
}

#[test]
fn of_two_rules_that_name_each_other_the_better_one_stays() {
    let rules = r#"
[language]
tag = "xx"
name = "Trial"
script = "Latn"
direction = "ltr"
[lexicon.say]
say = ["said"]
[lexicon.cue]
includes = ["say"]
[[pattern]]
id = "xx/says"
means = "says"
match = ["{source} {say} that {content}"]
instead-of = ["xx/says-so"]
reads = ["{source: Adam Moss} {cue: said} that {content: the bridge is shut}."]
ignores = ["Nobody said that."]
[[pattern]]
id = "xx/says-so"
means = "says"
match = ["{source} {say} {content}"]
instead-of = ["xx/says"]
reads = ["{source: Adam Moss} {cue: said} {content: the bridge is shut}."]
ignores = ["Nobody said."]
"#;
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("languages/xx")).unwrap();
    fs::write(folder.path().join("languages/xx/language.toml"), rules).unwrap();
    let auditor = Auditor::new(load(&RuleSources { builtin: false, dirs: vec![folder.path().to_owned()] }).rules);
    let record = auditor.audit(plain("Adam Moss said that the bridge is shut.", "xx", BlockKind::Body));
    let rules: Vec<&str> = record.attributions.iter().map(|a| a.rule.as_str()).collect();
    assert_eq!(rules, ["xx/says"], "more of its words are written");
}
