//! The JSON Schemas of rule files and of stories: copies in the repository are fresh, all rules and stories fit them, and slips
//! don't.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::fs;
use std::path::Path;

use secondhand::rules::schema::{FILE_FORMS, schema};
use serde_json::Value;

fn of(name: &str) -> Value {
    schema(FILE_FORMS.iter().find(|file| file.name == name).unwrap())
}

/// Where `value` does not fit `schema`: as much of JSON Schema as ours uses.
fn misfits(schema: &Value, value: &Value, root: &Value, at: &str, out: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/definitions/").unwrap();
        return misfits(&root["definitions"][name], value, root, at, out);
    }
    if let Some(kinds) = schema["anyOf"].as_array() {
        let fits = |kind: &Value| {
            let mut inner = Vec::new();
            misfits(kind, value, root, at, &mut inner);
            inner.is_empty()
        };
        if !kinds.iter().any(fits) {
            out.push(format!("{at}: fits none"));
        }
        return;
    }
    let fits = match schema["type"].as_str() {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64(),
        Some("number") => value.is_number(),
        Some("null") => value.is_null(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        other => panic!("{at}: {other:?}"),
    };
    if !fits || schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        out.push(format!("{at}: {value}"));
        return;
    }
    if let Some(pattern) = schema["pattern"].as_str()
        && !regex::Regex::new(pattern).unwrap().is_match(value.as_str().unwrap())
    {
        out.push(format!("{at}: {value}"));
    }
    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
        misfits(&schema["items"], item, root, &format!("{at}[{i}]"), out);
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        if value.get(key.as_str().unwrap()).is_none() {
            out.push(format!("{at}: lacks {key}"));
        }
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        let at = format!("{at}.{key}");
        match (schema["properties"].get(key), &schema["additionalProperties"]) {
            (Some(known), _) => misfits(known, inner, root, &at, out),
            (None, other @ Value::Object(_)) => misfits(other, inner, root, &at, out),
            _ => out.push(format!("{at}: unknown")),
        }
    }
}

fn check(name: &str, toml: &str) -> Vec<String> {
    let value: Value = toml::from_str(toml).unwrap();
    let schema = of(name);
    let mut out = Vec::new();
    misfits(&schema, &value, &schema, "", &mut out);
    out
}

fn files(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            out.push(path);
        }
    }
}

#[test]
fn the_copies_in_the_repository_are_fresh() {
    for file in &FILE_FORMS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schema/{}.schema.json", file.name));
        let kept: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        assert!(kept == schema(file), "make it again: secondhand rules schema --to docs/schema");
    }
}

#[test]
fn every_rule_file_fits_its_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["rules", "tests/packs/invented"] {
        let mut all = Vec::new();
        files(&root.join(folder), &mut all);
        for path in all {
            let shown = path.to_string_lossy();
            let name = match path.parent().unwrap().file_name().unwrap().to_str().unwrap() {
                "sources" => "sources",
                "policies" => "policies",
                _ if shown.ends_with("pack.toml") => "pack",
                _ => "language",
            };
            let misfits = check(name, &fs::read_to_string(&path).unwrap());
            assert!(misfits.is_empty(), "{shown}: {misfits:?}");
        }
    }
}

#[test]
fn slips_do_not_fit() {
    let pattern = |lines: &str| {
        check("language", &format!("[[pattern]]\nid = \"en/x\"\nmatch = []\nreads = []\nignores = []\n{lines}"))
    };
    assert!(pattern("means = \"says\"\ncovers = \"clause before\"\nadded = \"2026-11\"").is_empty());
    assert_eq!(pattern("means = \"sayz\""), [".pattern[0].means: \"sayz\""]);
    assert_eq!(pattern("means = \"says\"\nbut_not = []"), [".pattern[0].but_not: unknown"]);
    assert_eq!(pattern(""), [".pattern[0]: lacks \"means\""]);
    assert_eq!(pattern("means = \"says\"\ncovers = \"befor clause\"").len(), 1);
    assert_eq!(pattern("means = \"says\"\nadded = \"22.11.2026\"").len(), 1);
    assert_eq!(check("language", "[nouns.clas]\nmedia = [\"media\"]"), [".nouns.clas: unknown"]);
    assert!(check("language", "[lexicon.say]\nincludes = \"claim\"\na = \"b\"\nc = { finite = [\"d\"] }").is_empty());
    assert_eq!(check("pack", "name = \"x\"\nformat = \"1\"").len(), 1);
    assert!(check("pack", "name = \"x\"\n[severity]\na = \"off\"\nb = { strict = \"note\" }").is_empty());
    let when = |test: &str| {
        let head = "[[policy]]\ncode = \"x\"\ntitle.en = \"X\"\nflags = \"claim\"\nseverity = { newsroom = \"off\", strict = \"note\" }\nsay.en = \"x\"\nhelp.en = \"x\"\nflags-in = []\nsilent-in = []\n";
        check("policies", &format!("{head}when = {{ {test} }}"))
    };
    assert!(when("hedged = true, any-of = [{ outlets = { at-least = 2 } }], not = { in = \"body\" }").is_empty());
    assert_eq!(when("hedgd = true"), [".policy[0].when.hedgd: unknown"]);
    assert_eq!(when("any-of = [{ outlets = 2 }]").len(), 1);
}

#[cfg(feature = "cli")]
#[test]
fn the_stories_of_the_fixtures_fit_their_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("docs/schema/story.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    for folder in ["ventra-bridge", "ferry-fire"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_secondhand"));
        let folder = format!("fixtures/stories/{folder}");
        command.env_clear().current_dir(root).args(["story", "--format", "json", &folder]);
        let told: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
        let stories = told["stories"].as_array().unwrap();
        assert!(!stories.is_empty());
        let mut out = Vec::new();
        stories.iter().for_each(|story| misfits(&schema, story, &schema, "", &mut out));
        assert!(out.is_empty(), "{folder}: {out:?}");
    }
}
