//! A small pack that is sound, for tests: each puts one fault into it and asks what is said.

use std::collections::BTreeMap;

use crate::rules::diagnostic::Diagnostic;
use crate::rules::load::{Loaded, load_from};
use crate::rules::pack::{Location, Needs, SourceEntry, SourceKind};
use crate::text::span::Span;

/// The head of a language.
pub const LANGUAGE: &str = r#"[language]
tag = "en"
name = "English"
script = "Latn"
direction = "ltr"
name-test = "capitals"
quotations = [["“", "”"], ["\"", "\""]]
abbreviations = ["Mr.", "(Sept|Oct)."]
months = ["Jan[uary|.]", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
weekdays = ["Mon[day|.]", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

[morphology]
suffixes = ["'s", "’s"]
cases = { gen = ["a", "u"], acc = ["am"] }

[page]
chrome = ["Share [this]"]
"#;

/// Lexicons, nouns and pronouns.
pub const LEXICON: &str = r#"[lexicon.say]
includes = ["claim"]
say = "sa(y|ys|id)"
confirm = { finite = "confirm(s|ed)", ing = "confirming" }

[lexicon.say.set-out]
finite = "set[s]"
particle = "out"

[lexicon.claim]
words = ["claim(s|ed)", "allege(s|d)"]

[nouns.class]
media = ["media [outlets]", "news reports"]

[[pronoun]]
forms = ["he"]
stands-for = ["man", "person"]
"#;

/// Two patterns.
pub const PATTERNS: &str = r#"[[pattern]]
id = "en/according-to"
means = "according-to"
match = ["according to {source:gen}", "as {say} by {source}"]
covers = "before clause"
in = ["title", "lead"]
but-not = ["according to (plan|schedule)"]
reads = ["{content: The bridge closed}, {cue: according to} {source: Lumera}. => lumera > us"]
ignores = ["They played According to the rules."]

[[pattern]]
id = "en/says"
means = "says"
match = ["{source} {say} [that] {content}", "{source} {say} … {say.particle}$"]
instead-of = ["en/according-to"]
status = "experimental"
why = "the plainest of all"
reads = ["{source: She} {cue: said} {content: it was late}."]
ignores = ["You can say that again."]
"#;

/// A registry with a source, a class and a country.
pub const SOURCES: &str = r#"[[source]]
id = "lumera"
name = "Lumera"
kind = "outlet"
country = "lv"
domains = ["lumera.io"]
time-zone = "Europe/Riga"
names.en = ["Lumera"]
names.Cyrl = ["\u041b\u0443\u043c\u0435\u0440(\u0430|\u044b|\u0435|\u0443|\u043e\u0439)"]
names-need = [["Lumera", "cue"]]
speaks-for = "government:latvia"
facts = [{ kind = "seat", says = "edited in Riga", by = "its own site", as-of = "2026-11" }]
reads = ["The bridge closed, {Lumera} reported."]
ignores = ["A lumera is a jellyfish."]

[[class]]
id = "media"
names.en = "media outlets"
carries-news = true

[[country]]
id = "latvia"
code = "lv"
names.en = ["Latvia"]
capitals.en = ["Riga"]
"#;

/// The sound sample as files.
pub fn files() -> Vec<(String, String)> {
    [
        ("languages/en/language.toml", LANGUAGE),
        ("languages/en/lexicon.toml", LEXICON),
        ("languages/en/patterns.toml", PATTERNS),
        ("sources/sources.toml", SOURCES),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .to_vec()
}

/// The sample with every `old` replaced by `new`. Panics where no file has `old`.
pub fn with(old: &str, new: &str) -> Loaded {
    let mut files = files();
    assert!(files.iter().any(|(_, text)| text.contains(old)), "the sample has no {old}");
    files.iter_mut().for_each(|(_, text)| *text = text.replace(old, new));
    load_from(files)
}

/// What is told of a fault: code, line, column, the words it points at, and the hint (or nothing).
pub type Told = (&'static str, u32, u32, String, String);

/// All faults that replacing `old` by `new` makes.
pub fn faults(old: &str, new: &str) -> Vec<Told> {
    with(old, new).diagnostics.into_iter().map(told).collect()
}

/// The only fault that replacing `old` by `new` makes.
pub fn fault(old: &str, new: &str) -> Told {
    let loaded = with(old, new);
    match loaded.diagnostics.as_slice() {
        [only] => told(only.clone()),
        all => panic!("{} faults: {}", all.len(), all.iter().map(Diagnostic::render).collect::<Vec<_>>().join("\n")),
    }
}

/// As `Told`, to compare with.
pub fn is(code: &'static str, line: u32, column: u32, words: &str, hint: &str) -> Told {
    (code, line, column, words.to_owned(), hint.to_owned())
}

fn told(fault: Diagnostic) -> Told {
    let words = fault.span.of(&fault.source).to_owned();
    (fault.code, fault.line, fault.column, words, fault.hint.unwrap_or_default())
}

/// A source of which no more than id, name and kind is known.
pub fn source(id: &str, name: &str, kind: SourceKind) -> SourceEntry {
    SourceEntry {
        id: id.into(),
        name: name.into(),
        kind,
        country: String::new(),
        group: "unknown".into(),
        domains: Vec::new(),
        time_zone: "unknown".into(),
        names: BTreeMap::new(),
        own_names: Vec::new(),
        but_not: Vec::new(),
        needs: Needs::Nothing,
        names_need: Vec::new(),
        speaks_for: None,
        speaks: None,
        metonym: false,
        uncertain: false,
        facts: Vec::new(),
        reads: Vec::new(),
        ignores: Vec::new(),
        location: Location { file: "sources/x.toml".into(), span: Span::default(), line: 1 },
    }
}
