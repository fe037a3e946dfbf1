//! JSON Schema of the forms of rule files, so that editors complete and underline what the checker would tell.

use serde_json::{Map, Value, json};

use crate::policy::facts::{FACTS, FactType};
use crate::rules::check_policy::SEVERITIES;
use crate::rules::explained::{COVERS, Told};
use crate::rules::form::{Form, Key, Shape};
use crate::rules::forms::{LANGUAGE_FILE, PACK_FILE, POLICIES_FILE, SOURCES_FILE};
use crate::rules::raw_policy::{ANY_OF, AT_LEAST, AT_MOST, NOT};

/// One kind of rule file.
#[derive(Debug, Clone, Copy)]
pub struct FileForm {
    /// Its name on the command line; the schema's file is `NAME.schema.json`.
    pub name: &'static str,
    /// Which files have this form, below a folder of rules.
    pub files: &'static str,
    /// Its keys.
    pub form: &'static Form,
}

/// All kinds of rule files.
pub const FILE_FORMS: [FileForm; 4] = [
    FileForm { name: "language", files: "languages/*/*.toml", form: &LANGUAGE_FILE },
    FileForm { name: "sources", files: "sources/*.toml", form: &SOURCES_FILE },
    FileForm { name: "policies", files: "policies/*.toml", form: &POLICIES_FILE },
    FileForm { name: "pack", files: "pack.toml", form: &PACK_FILE },
];

/// The form of a file, by the folders above it: `house/languages/en/says.toml`; `None` where no rules stand there.
pub fn form_of(path: &str) -> Option<&'static Form> {
    let parts: Vec<&str> = path.rsplit('/').take(3).collect();
    let name = match parts.as_slice() {
        [_, _, "languages"] => "language",
        [_, folder @ ("sources" | "policies"), ..] => folder,
        ["pack.toml", ..] => "pack",
        _ => return None,
    };
    FILE_FORMS.iter().find(|file| file.name == name).map(|file| file.form)
}

/// The schema (draft 7) of a kind of files.
pub fn schema(file: &FileForm) -> Value {
    let mut schema = table(file.form);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(format!("secondhand: {}", file.files));
    if file.form.keys().any(|key| uses_conditions(&key.shape)) {
        schema["definitions"] = json!({ "condition": condition() });
    }
    schema
}

fn uses_conditions(shape: &Shape) -> bool {
    match shape {
        Shape::Condition | Shape::SeverityWhen => true,
        Shape::Table(form) | Shape::Tables(form) => form.keys().any(|key| uses_conditions(&key.shape)),
        _ => false,
    }
}

fn table(form: &Form) -> Value {
    let properties: Map<String, Value> = form.keys().map(|key| (key.name.to_owned(), of_key(key))).collect();
    let required: Vec<&str> = form.keys().filter(|key| key.needed).map(|key| key.name).collect();
    let mut out = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        out["required"] = json!(required);
    }
    out
}

fn of_key(key: &Key) -> Value {
    let mut value = of_shape(&key.shape);
    value["description"] = json!(key.says);
    value
}

fn of_shape(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Texts => texts(),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Number => json!({ "type": "integer", "minimum": 1 }),
        Shape::Date => json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" }),
        Shape::Word(choice) => words(&choice()),
        Shape::Words(choice) => {
            let one = words(&choice());
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        Shape::Covers => covers(),
        Shape::Pairs => {
            let pair = json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 });
            json!({ "type": "array", "items": pair })
        }
        Shape::Lists => json!({ "type": "object", "additionalProperties": texts() }),
        Shape::Spoken => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Shape::Table(form) => table(form),
        Shape::Tables(form) => json!({ "type": "array", "items": table(form) }),
        Shape::Lexicons => {
            let forms = json!({ "type": "object", "additionalProperties": texts() });
            let entry = json!({ "anyOf": [{ "type": "string" }, texts()["anyOf"][1], forms] });
            let mut includes = texts();
            includes["description"] = json!("names of lexicons whose entries belong to this one, too");
            let lexicon =
                json!({ "type": "object", "properties": { "includes": includes }, "additionalProperties": entry });
            json!({ "type": "object", "additionalProperties": lexicon })
        }
        Shape::Nouns(choice) => {
            let of = |(word, says): &Told| {
                let groups = json!({ "type": "object", "additionalProperties": texts(), "description": says });
                ((*word).to_owned(), groups)
            };
            let kinds: Map<String, Value> = choice().iter().map(of).collect();
            json!({ "type": "object", "additionalProperties": false, "properties": kinds })
        }
        Shape::Condition => json!({ "$ref": "#/definitions/condition" }),
        Shape::Severity => severity(&[], true),
        Shape::SeverityWhen => {
            let when = [("when", json!({ "$ref": "#/definitions/condition" }))];
            let mut change = severity(&when, false);
            change["required"] = json!(["when"]);
            json!({ "type": "array", "items": change })
        }
        Shape::Severities => {
            let one = json!({ "anyOf": [severity_word(), severity(&[], false)] });
            json!({ "type": "object", "additionalProperties": one })
        }
    }
}

fn texts() -> Value {
    json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
}

/// One of `words`; their sentences are where the TOML editors look for them.
fn words(words: &[Told]) -> Value {
    let (names, told): (Vec<&str>, Vec<&str>) = words.iter().copied().unzip();
    json!({ "type": "string", "enum": names, "x-taplo": { "docs": { "enumValues": told } } })
}

/// A reach, or a side and a reach in either order.
fn covers() -> Value {
    let (sides, reaches) = COVERS.split_at(3);
    let mut all: Vec<String> = reaches.iter().map(|(reach, _)| (*reach).to_owned()).collect();
    for (reach, _) in reaches {
        all.extend(sides.iter().map(|(side, _)| format!("{reach} {side}")));
    }
    for (side, _) in sides {
        all.extend(reaches.iter().map(|(reach, _)| format!("{side} {reach}")));
    }
    json!({ "type": "string", "enum": all })
}

fn severity_word() -> Value {
    json!({ "type": "string", "enum": SEVERITIES.map(|(word, _)| word) })
}

fn severity(more: &[(&str, Value)], needed: bool) -> Value {
    let mut properties: Map<String, Value> =
        more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    for profile in ["newsroom", "strict"] {
        properties.insert(profile.to_owned(), severity_word());
    }
    let mut out = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if needed {
        out["required"] = json!(["newsroom", "strict"]);
    }
    out
}

/// All facts with what each may be.
fn condition() -> Value {
    let mut properties = Map::new();
    for fact in FACTS {
        let mut value = match fact.kind {
            FactType::Flag => json!({ "type": "boolean" }),
            FactType::Number => {
                let number = json!({ "type": "integer", "minimum": 0 });
                let bounds = json!({ AT_LEAST: number, AT_MOST: number });
                json!({ "type": "object", "additionalProperties": false, "properties": bounds, "minProperties": 1, "maxProperties": 1 })
            }
            FactType::Words(words) => {
                let one = json!({ "type": "string", "enum": words });
                json!({ "anyOf": [one, { "type": "array", "items": one }] })
            }
            FactType::Open => texts(),
        };
        value["description"] = json!(fact.says);
        properties.insert(fact.name.to_owned(), value);
    }
    let own = json!({ "$ref": "#/definitions/condition" });
    properties.insert(ANY_OF.to_owned(), json!({ "type": "array", "items": own, "description": "one of these holds" }));
    properties.insert(NOT.to_owned(), own);
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}
