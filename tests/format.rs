//! `rules fmt`: one layout, whatever came in; no value, no order of rules and no comment is lost.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use secondhand::rules::load::load_from;
use secondhand::rules::schema::{FILE_FORMS, form_of};
use secondhand::workbench::format::{FormatError, format};

fn pattern(text: &str) -> String {
    format(text, form_of("languages/en/x.toml").unwrap()).unwrap()
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            out.push(path);
        }
    }
}

/// Comments of a text in which no string holds `#`, in order.
fn comments(text: &str) -> Vec<String> {
    let mut all: Vec<String> =
        text.lines().filter_map(|line| line.split_once('#')).map(|(_, words)| words.trim().to_owned()).collect();
    all.sort();
    all
}

#[test]
fn keys_stand_in_one_order_and_comments_stay_with_them() {
    let before = "\n\n# The file.\n\n\n[[pattern]]\n  # What it must leave alone.\nignores = ['a' ,  'b',]   # two\nmeans=\"says\"\nid    =   \"en/x\"   \n\n# Its words.\nmatch = [ \"{source} said\"]\n[[pattern]]\nid=\"en/y\"\n\n\n";
    let after = "# The file.\n\n[[pattern]]\nid = \"en/x\"\nmeans = \"says\"\n\n# Its words.\nmatch = [\"{source} said\"]\n# What it must leave alone.\nignores = ['a', 'b'] # two\n\n[[pattern]]\nid = \"en/y\"\n";
    assert_eq!(pattern(before), after);
    assert_eq!(pattern(after), after);
}

#[test]
fn lists_keep_their_lines_and_get_one_indent() {
    let before = "[language]\nabbreviations = [\"a.\", \"b.\",\n      # c\n   \"c.\" # see\n  , \"d.\"]\nquotations = [\n[\"“\",\"”\"]\n]\n";
    let after = "[language]\nquotations = [\n  [\"“\", \"”\"],\n]\nabbreviations = [\n  \"a.\", \"b.\",\n  # c\n  \"c.\" # see\n  , \"d.\",\n]\n";
    assert_eq!(pattern(before), after);
    assert_eq!(pattern(after), after);
}

#[test]
fn long_lists_of_wordings_and_sentences_stand_one_a_line() {
    let long = "x".repeat(70);
    let text = format!(
        "[[pattern]]\nmatch = [\"{long}\", \"{long}\"]\nreads = [\"{long}\", \"{long}\"]\nignores = [\"{long}{long}\"]\n"
    );
    let after = format!(
        "[[pattern]]\nmatch = [\n  \"{long}\",\n  \"{long}\",\n]\nreads = [\n  \"{long}\",\n  \"{long}\",\n]\nignores = [\"{long}{long}\"]\n"
    );
    assert_eq!(pattern(&text), after);
    assert_eq!(pattern(&after), after);
}

#[test]
fn long_lists_of_words_are_filled_and_keep_the_breaks_of_their_author() {
    let words: Vec<String> = (10..40).map(|n| format!("\"word{n}\"")).collect();
    let text = format!("[lexicon.x]\nwords = [{}, # the first\n{}]\n", words[0], words[1..].join(", "));
    let laid = pattern(&text);
    assert!(laid.lines().all(|line| line.chars().count() <= 121), "{laid}");
    assert!(laid.contains("[\n  \"word10\", # the first\n  \"word11\", "), "{laid}");
    assert_eq!(laid.lines().count(), 7, "{laid}");
    assert_eq!(pattern(&laid), laid);
    // What fits in its line stays there.
    let short = "[lexicon.x]\nwords = [\"one\", \"two\"]\n";
    assert_eq!(pattern(short), short);
}

#[test]
fn tables_in_one_line_are_spaced_alike() {
    let policies = form_of("policies/x.toml").unwrap();
    let text = "[[policy]]\nwhen={about=\"blame\",any-of=[{hedged=true},{ in = [\"title\",\"lead\"] }]}\ntitle.uk = \"Б\"\ntitle.en=\"A\"\n";
    let after = "[[policy]]\ntitle.uk = \"Б\"\ntitle.en = \"A\"\nwhen = { about = \"blame\", any-of = [{ hedged = true }, { in = [\"title\", \"lead\"] }] }\n";
    assert_eq!(format(text, policies).unwrap(), after);
}

#[test]
fn what_is_no_toml_is_refused() {
    let form = form_of("sources/x.toml").unwrap();
    assert!(matches!(format("[[source]\n", form), Err(FormatError::Syntax(_))));
    assert_eq!(format("", form).unwrap(), "");
    assert_eq!(format("# only\n", form).unwrap(), "# only\n");
    assert_eq!(format("a = 1\r\n\r\nb = 2\r\n", form).unwrap(), "a = 1\n\nb = 2\n");
}

#[test]
fn the_built_in_rules_mean_the_same_in_their_layout() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut all = Vec::new();
    files(&root, &mut all);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for path in all {
        let text = fs::read_to_string(&path).unwrap();
        let relative = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        let laid = format(&text, form_of(&path.to_string_lossy()).unwrap())
            .unwrap_or_else(|error| panic!("{relative}: {error}"));
        assert_eq!(
            format(&laid, form_of(&relative.replace("pack.toml", "x/pack.toml")).unwrap()).unwrap(),
            laid,
            "{relative}"
        );
        before.push((relative.clone(), text));
        after.push((relative, laid));
    }
    let ids = |files: Vec<(String, String)>| {
        let loaded = load_from(files);
        let patterns = loaded.rules.languages.iter().flat_map(|language| &language.patterns);
        let patterns: Vec<String> =
            patterns.map(|it| format!("{}{:?}{:?}{:?}", it.id, it.templates, it.covers, it.but_not)).collect();
        let sources: Vec<String> =
            loaded.rules.sources.iter().map(|it| format!("{}{:?}{:?}", it.id, it.names, it.domains)).collect();
        let faults: Vec<String> = loaded.diagnostics.iter().map(|it| format!("{}{}", it.code, it.message)).collect();
        (patterns, sources, faults)
    };
    assert!(ids(before) == ids(after));
}

/// White space and comments, as writers leave them.
fn gap() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just(" ".to_owned()), Just("\t ".to_owned())]
}

fn between() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("  ".to_owned()),
        Just("\n".to_owned()),
        Just(" # said\n".to_owned()),
        Just("\n\n   # above\n \n    ".to_owned()),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\"says\"".to_owned()),
        Just("'a \\ b'".to_owned()),
        Just("\"[x] {source: “y”}, \\\"z\\\"\"".to_owned()),
        Just("\"\"\"\nlong\n  text\"\"\"".to_owned()),
    ]
}

fn list() -> impl Strategy<Value = String> {
    (prop::collection::vec((between(), text(), between()), 0..4), any::<bool>(), between()).prop_map(
        |(items, comma, end)| {
            let comma = if comma && !items.is_empty() { "," } else { "" };
            let items: Vec<String> = items.into_iter().map(|(a, item, b)| format!("{a}{item}{b}")).collect();
            format!("[{}{comma}{end}]", items.join(","))
        },
    )
}

fn table() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        text(),
        list(),
        list().prop_map(|list| format!("{{a={list} , b = true}}")),
        Just("[[\"a\",\"b\"] ,[ \"c\", \"d\"]]".to_owned()),
    ];
    let keys = ["id", "means", "match", "reads", "ignores", "names.en", "names.uk", "other", "\"quoted key\""];
    let lines = prop::sample::subsequence(keys.to_vec(), 0..=keys.len()).prop_shuffle();
    let head = prop_oneof![Just("[[pattern]]"), Just("[[source]]"), Just("[[policy]]")];
    (between(), head, lines, prop::collection::vec((value, gap(), gap(), between()), 9)).prop_map(
        |(above, head, keys, values)| {
            let mut out = format!("{above}\n{head}\n");
            for (key, (value, a, b, end)) in keys.iter().zip(values) {
                out += &format!("{a}{key}{b}={a}{value}{end}\n");
            }
            out
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn any_layout_becomes_one_and_nothing_is_lost(tables in prop::collection::vec(table(), 0..5), file in 0usize..3) {
        let text = tables.concat();
        let form = FILE_FORMS[file].form;
        prop_assume!(toml::from_str::<toml::Table>(&text).is_ok());
        let laid = format(&text, form);
        prop_assert!(laid.is_ok(), "{:?}\n{}", laid, text);
        let laid = laid.unwrap();
        prop_assert_eq!(toml::from_str::<toml::Table>(&text).unwrap(), toml::from_str::<toml::Table>(&laid).unwrap());
        prop_assert_eq!(format(&laid, form).unwrap(), laid.clone(), "{}", text);
        prop_assert_eq!(comments(&text), comments(&laid));
    }

    #[test]
    fn no_text_panics(text in "[\\[\\]{}\"'=#a-b.,\n \\\\]{0,60}") {
        if let Ok(laid) = format(&text, FILE_FORMS[0].form) {
            prop_assert_eq!(format(&laid, FILE_FORMS[0].form).unwrap(), laid);
        }
    }
}
