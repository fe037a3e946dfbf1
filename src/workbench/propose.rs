//! Rules that might read a sentence which none reads: a name, a noun, an entry of a lexicon, a pattern.

use std::collections::BTreeMap;

use crate::article::BlockKind;
use crate::auditor::Auditor;
use crate::compiled::roles::{FACT_LISTS, ROLE_NAMES};
use crate::rules::check_lexicon::PLAIN;
use crate::rules::pack::{LabelledSentence, LanguagePack, SourceKind};
use crate::rules::shape::each;
use crate::rules::template::Element;
use crate::selftest::is_read_so;
use crate::workbench::doubt::TO_WRITE;
use crate::workbench::entries::{Asked, Entries};
use crate::workbench::lesson::Lesson;
use crate::workbench::wording::{Wording, wordings};

/// A rule that might read a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// `name`, `noun`, `entry` or `pattern`.
    pub kind: &'static str,
    /// What it adds, in a sentence.
    pub says: String,
    /// The file that it would stand in, relative to a folder of rules.
    pub file: String,
    /// The rule, to paste.
    pub toml: String,
    /// Id of the rule, where it has one.
    pub id: Option<String>,
}

/// Most entries of a lexicon that stand in for the words of a sentence, to see whether it would be read with them.
const SAMPLES: usize = 3;
/// Most lexicons that are proposed.
const LEXICONS: usize = 2;

/// The rule that reads the sentence as its labels say; `None` where none does.
pub fn reader(auditor: &Auditor, sentence: &LabelledSentence, tag: &str) -> Option<String> {
    let found = auditor.explain_as(&sentence.text, tag, BlockKind::Body);
    found.readings.into_iter().find(|read| is_read_so(sentence, read)).map(|read| read.rule)
}

/// Rules that might read the sentence, the smallest change first; none of them is tried yet.
pub fn proposals(auditor: &Auditor, lesson: &Lesson, means: &str) -> Vec<Proposal> {
    let Some(pack) = auditor.rules().languages.iter().find(|pack| pack.tag == lesson.tag) else { return Vec::new() };
    let entries = Entries::new(pack);
    let mut out = names(auditor, lesson);
    out.extend(lexicon_entries(auditor, lesson, pack, &entries));
    out.extend(wordings(auditor, lesson, &entries).into_iter().map(|wording| pattern(lesson, means, wording)));
    out
}

/// A name or noun, where the sentence would be read with somebody known in the place of its source.
fn names(auditor: &Auditor, lesson: &Lesson) -> Vec<Proposal> {
    let mut out = Vec::new();
    for (slot, span) in lesson.slots() {
        if !matches!(slot, "source" | "via" | "via2" | "recipient") {
            continue;
        }
        let words = span.of(&lesson.sentence.text);
        let known = [SourceKind::Person, SourceKind::Institution, SourceKind::Wire, SourceKind::Outlet];
        let fits = |kind: SourceKind| {
            let tongue = lesson.tag.as_str();
            let of_kind =
                auditor.rules().sources.iter().filter(|source| source.kind == kind && source.names_need.is_empty());
            let samples = of_kind.filter_map(|source| source.names.get(tongue)?.first()).take(SAMPLES);
            samples.into_iter().any(|sample| reader(auditor, &lesson.with(span, sample), tongue).is_some())
        };
        let Some(kind) = known.into_iter().find(|kind| fits(*kind)) else { continue };
        let capital = words.split_whitespace().any(|word| word.starts_with(char::is_uppercase));
        out.push(if capital { source(lesson, slot, words, kind) } else { noun(lesson, words) });
    }
    out
}

fn source(lesson: &Lesson, slot: &str, words: &str, kind: SourceKind) -> Proposal {
    let id = slug(words, "new-source");
    let carrier = matches!(slot, "via" | "via2" | "recipient");
    let kind = if carrier { SourceKind::Outlet } else { kind };
    let kind = SourceKind::NAMES.iter().find(|(_, k)| *k == kind).map_or("institution", |(name, _)| *name);
    let reads = lesson.sentence.text.replacen(words, &format!("{{{words}}}"), 1);
    let toml = format!(
        "[[source]]\nid = {}\nname = {}\nkind = {}   # or: {}\nnames.{} = [{}]\nreads = [{}]\n",
        quoted(&id),
        quoted(words),
        quoted(kind),
        SourceKind::NAMES.map(|(name, _)| name).join(", "),
        lesson.tag,
        quoted(words),
        quoted(&reads)
    );
    let says = format!("the name “{words}”: a rule would read the sentence if it were known who that is");
    Proposal { kind: "name", says, file: "sources/house.toml".to_owned(), toml, id: Some(id) }
}

fn noun(lesson: &Lesson, words: &str) -> Proposal {
    // The noun that a phrase ends with; its writer may take more of it, or another word.
    let head = words.split_whitespace().last().unwrap_or(words);
    let toml = format!(
        "[nouns.role]   # or: anonymous, institution, outlet, class, document, footage\nhouse = [{}]\n",
        quoted(head)
    );
    let says = format!("the noun “{head}”: a rule would read the sentence if it were known what that stands for");
    Proposal { kind: "noun", says, file: format!("languages/{}/house.toml", lesson.tag), toml, id: None }
}

/// The words of the sentence's cue as an entry of a lexicon, where it would be read with another entry of it.
fn lexicon_entries(auditor: &Auditor, lesson: &Lesson, pack: &LanguagePack, entries: &Entries) -> Vec<Proposal> {
    let Some(cue) = lesson.cue() else { return Vec::new() };
    let words = cue.of(&lesson.sentence.text);
    let mut found: Vec<(usize, &Asked, String)> = Vec::new();
    let uses = uses(pack);
    for asked in entries.asked() {
        let (name, form) = asked;
        let by_engine = ROLE_NAMES.contains(&name.as_str()) || FACT_LISTS.contains(&name.as_str()) && form != PLAIN;
        if by_engine || entries.find(name, form, words).is_some() {
            continue;
        }
        let samples = entries.of(name, form).iter().filter_map(|i| entries.sample(*i)).take(SAMPLES);
        let rule = samples.into_iter().find_map(|sample| reader(auditor, &lesson.with(cue, sample), &lesson.tag));
        found.extend(rule.map(|rule| (uses.get(asked).copied().unwrap_or(0), asked, rule)));
    }
    // The lexicon that most patterns ask for makes the sentence's kin readable, too.
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    found.into_iter().take(LEXICONS).map(|(_, asked, rule)| entry(lesson, pack, asked, &rule, words)).collect()
}

fn entry(lesson: &Lesson, pack: &LanguagePack, (name, form): &Asked, rule: &str, words: &str) -> Proposal {
    let lower = words.to_lowercase();
    let taken = |key: &str| pack.lexicons.get(name).is_some_and(|lexicon| lexicon.entries.iter().any(|e| e.id == key));
    // A key that is there already would take the place of its entry.
    let key = slug(words, "new-entry");
    let key = if taken(&key) { format!("house-{key}") } else { key };
    let table = if form == PLAIN {
        format!("[lexicon.{name}]\n{key} = {}\n", quoted(&lower))
    } else {
        format!("[lexicon.{name}.{key}]\n{form} = {}\n", quoted(&lower))
    };
    let toml =
        format!("{table}# An entry has no tests of its own: {rule} now reads\n#   {}\n", lesson.written(lesson.cue()));
    let form = if form == PLAIN { String::new() } else { format!(", form `{form}`") };
    let says =
        format!("“{lower}” in the lexicon `{name}`{form}: {rule} would read the sentence, and other rules its kin");
    Proposal { kind: "entry", says, file: format!("languages/{}/house.toml", lesson.tag), toml, id: None }
}

/// How many patterns ask for each lexicon and form.
fn uses(pack: &LanguagePack) -> BTreeMap<Asked, usize> {
    let mut out: BTreeMap<Asked, usize> = BTreeMap::new();
    for template in pack.patterns.iter().flat_map(|pattern| &pattern.templates) {
        each(&template.elements, &mut |element| {
            if let Element::Lexicon { name, form } = element {
                *out.entry((name.clone(), form.as_deref().unwrap_or(PLAIN).to_owned())).or_default() += 1;
            }
        });
    }
    out
}

fn pattern(lesson: &Lesson, means: &str, wording: Wording) -> Proposal {
    let id = format!("{}/house-{}", lesson.tag, slug(&wording.words, "new-wording"));
    let ignores = format!("{TO_WRITE}: a sentence with “{}” that reports nothing", wording.words);
    let toml = format!(
        "[[pattern]]\nid = {}\nmeans = {}\nmatch = [{}]\nreads = [{}]\nignores = [{}]\n",
        quoted(&id),
        quoted(means),
        quoted(&wording.template),
        quoted(&lesson.written(lesson.cue())),
        quoted(&ignores)
    );
    let what = if wording.general { "a pattern for all verbs of its kind" } else { "a pattern for these very words" };
    let says = format!("{what}: {}", wording.template);
    Proposal { kind: "pattern", says, file: format!("languages/{}/house.toml", lesson.tag), toml, id: Some(id) }
}

/// `text` as a string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// An id of the letters and digits of `words`; `other` where they have none that ids may have.
fn slug(words: &str, other: &str) -> String {
    let lower = words.to_lowercase();
    let parts: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .map(|part| part.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        .filter(|part| !part.is_empty())
        .collect();
    let whole = lower.chars().filter(|c| c.is_alphanumeric()).all(|c| c.is_ascii());
    if parts.is_empty() || !whole { other.to_owned() } else { parts.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_plain_letters() {
        assert_eq!(slug("Let it be known", "x"), "let-it-be-known");
        assert_eq!((slug("дав зрозуміти", "new-wording").as_str(), slug("…", "x").as_str()), ("new-wording", "x"));
        assert_eq!(quoted("a “b” \"c\""), "'a “b” \"c\"'");
    }
}
