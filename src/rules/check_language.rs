//! A language: its settings, morphology, page words, nouns and pronouns, checked and put together.

use std::collections::{BTreeMap, BTreeSet};

use crate::rules::check_lexicon::{LISTS, Vocabulary, check_lexicons};
use crate::rules::check_pattern::{Setting, check_pattern};
use crate::rules::clean::{expanded, forms, is_language, is_script, one_of, templates};
use crate::rules::fields::place;
use crate::rules::files::{At, Faults, Text};
use crate::rules::near_miss::WordSets;
use crate::rules::overlay::MergedLanguage;
use crate::rules::pack::{LanguagePack, NameTest, NounEntry, NounKind, PageWords, PronounEntry, StandsFor};
use crate::rules::parse_template::Allowed;
use crate::rules::raw_language::{RawNouns, RawPronoun, RawSetting, RawValue};
use crate::rules::suggest::did_you_mean;
use crate::rules::template::Template;
use crate::rules::word_forms::Morphology;

/// What the check of a language asks of all rules.
pub struct Known<'k> {
    /// Ids of all patterns of all languages.
    pub patterns: BTreeSet<&'k str>,
    /// Ids of all classes.
    pub classes: BTreeSet<&'k str>,
}

/// The clean pack of the language in the folder `folder`.
pub fn check_language(
    folder: &str,
    merged: &MergedLanguage,
    known: &Known<'_>,
    faults: &mut Faults<'_>,
) -> LanguagePack {
    let settings = Settings { of: merged };
    let mut pack = head(folder, &settings, faults);
    pack.morphology = morphology(&settings, faults);
    let cases = merged.settings.get(&("morphology", "cases")).and_then(|stack| stack.first());
    let cases = match cases.map(|setting| &setting.value) {
        Some(RawValue::Lists(cases)) => cases.iter().map(|(name, _)| name.value.clone()).collect(),
        _ => BTreeSet::new(),
    };
    // Where `[language]` is missing, that is told once, not again for each template that names a month.
    let given = |key| merged.heads.is_empty() || !settings.texts("language", key).is_empty();
    let lists: Vec<&str> = LISTS.iter().filter(|(_, key)| given(key)).map(|(name, _)| *name).collect();
    let vocabulary = Vocabulary::new(&merged.lexicons, &lists, cases);
    pack.lexicons = check_lexicons(&merged.lexicons, &vocabulary, faults);
    pack.page = page(&settings, &vocabulary, faults);
    for stack in merged.nouns.values() {
        pack.nouns.extend(stack.iter().find_map(|nouns| check_nouns(nouns, &vocabulary, known, faults)));
    }
    pack.pronouns = merged.pronouns.iter().filter_map(|pronoun| check_pronoun(pronoun, faults)).collect();
    let setting = Setting { tag: folder, vocabulary: &vocabulary, ids: &known.patterns };
    let mut words = WordSets::new(&pack.lexicons);
    let mut patterns = Vec::with_capacity(merged.patterns.len());
    for stack in merged.patterns.values() {
        patterns.extend(stack.iter().find_map(|pattern| check_pattern(pattern, &setting, &mut words, faults)));
    }
    pack.patterns = patterns;
    pack
}

/// The settings of a language, those of the latest layer.
struct Settings<'m> {
    of: &'m MergedLanguage,
}

impl<'m> Settings<'m> {
    fn get(&self, table: &'static str, key: &'static str) -> Option<&'m RawSetting> {
        self.of.settings.get(&(table, key)).and_then(|stack| stack.first())
    }

    fn text(&self, table: &'static str, key: &'static str) -> Option<&'m Text> {
        match self.get(table, key).map(|setting| &setting.value) {
            Some(RawValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn texts(&self, table: &'static str, key: &'static str) -> &'m [Text] {
        match self.get(table, key).map(|setting| &setting.value) {
            Some(RawValue::Texts(texts)) => texts,
            _ => &[],
        }
    }

    fn pairs(&self, table: &'static str, key: &'static str) -> Vec<(String, String)> {
        match self.get(table, key).map(|setting| &setting.value) {
            Some(RawValue::Pairs(pairs)) => {
                pairs.iter().map(|(one, two)| (one.value.clone(), two.value.clone())).collect()
            }
            _ => Vec::new(),
        }
    }

    fn flag(&self, table: &'static str, key: &'static str) -> bool {
        matches!(self.get(table, key).map(|setting| &setting.value), Some(RawValue::Flag(true)))
    }

    /// Where the language is described, or its first file.
    fn at(&self) -> At {
        self.of.heads.first().copied().unwrap_or_else(|| place(self.of.file, 0..0))
    }
}

fn head(folder: &str, settings: &Settings<'_>, faults: &mut Faults<'_>) -> LanguagePack {
    if settings.of.heads.is_empty() {
        let hint = Some("add `[language]` with tag, name, script and direction to language.toml".to_owned());
        faults.error(
            settings.at(),
            "missing-language",
            format!("the folder languages/{folder} has no `[language]`"),
            hint,
        );
    }
    for key in ["tag", "name", "script", "direction"] {
        if !settings.of.heads.is_empty() && settings.text("language", key).is_none() {
            faults.error(settings.at(), "missing-key", format!("`[language]` needs the key `{key}`"), None);
        }
    }
    if !is_language(folder) {
        let hint = Some("name the folder like the language's tag: `en`, `pt-br`".to_owned());
        faults.error(settings.at(), "bad-language", format!("the folder's name `{folder}` is no language tag"), hint);
    }
    if let Some(tag) = settings.text("language", "tag").filter(|tag| tag.value != folder) {
        let hint = Some(format!("write `{folder}`, or rename the folder"));
        faults.error(tag.at, "bad-language", "the tag is not the name of the folder", hint);
    }
    if let Some(script) = settings.text("language", "script").filter(|script| !is_script(&script.value)) {
        let hint = Some("write an ISO 15924 code: `Latn`, `Cyrl`, `Armn`".to_owned());
        faults.error(script.at, "unknown-value", format!("`{}` is no script", script.value), hint);
    }
    let direction = settings.text("language", "direction");
    let right_to_left = direction.and_then(|text| one_of(text, "direction", &[("ltr", false), ("rtl", true)], faults));
    let name_tests =
        [("capitals", NameTest::Capitals), ("role-noun", NameTest::RoleNoun), ("given-names", NameTest::GivenNames)];
    let name_test =
        settings.text("language", "name-test").and_then(|text| one_of(text, "name-test", &name_tests, faults));
    let head_first = settings
        .text("language", "head")
        .and_then(|text| one_of(text, "head", &[("first", true), ("last", false)], faults));
    let word = |key: &'static str, default: &str| {
        settings.text("language", key).map_or(default, |text| &text.value).to_owned()
    };
    LanguagePack {
        tag: folder.to_owned(),
        name: word("name", folder),
        script: word("script", ""),
        right_to_left: right_to_left.unwrap_or(false),
        review: word("review", "none"),
        name_test: name_test.unwrap_or_default(),
        quotations: settings.pairs("language", "quotations"),
        head_first: head_first.unwrap_or(false),
        no_articles: settings.flag("language", "no-articles"),
        drops_subject: settings.flag("language", "drops-subject"),
        noun_capitals: settings.flag("language", "noun-capitals"),
        dialogue_dash: settings.flag("language", "dialogue-dash"),
        inserted_cue: settings.flag("language", "inserted-cue"),
        abbreviations: forms(settings.texts("language", "abbreviations"), faults),
        terminators: settings.texts("language", "terminators").iter().map(|text| text.value.clone()).collect(),
        colons: settings.texts("language", "colons").iter().map(|text| text.value.clone()).collect(),
        months: names_in_order(settings, "months", 12, faults),
        solar_months: names_in_order(settings, "solar-months", 12, faults),
        weekdays: names_in_order(settings, "weekdays", 7, faults),
        ..LanguagePack::default()
    }
}

/// Names whose place in the list counts: none of them may be missing, so a faulty one leaves the list out.
fn names_in_order(
    settings: &Settings<'_>,
    key: &'static str,
    count: usize,
    faults: &mut Faults<'_>,
) -> Vec<Vec<String>> {
    let list = settings.texts("language", key);
    let Some(setting) = settings.get("language", key).filter(|_| !list.is_empty()) else { return Vec::new() };
    if list.len() != count {
        faults.error(
            setting.at,
            "wrong-length",
            format!("`{key}` has {} names, not {count}", list.len()),
            Some(format!(
                "write all {count} in their order; other forms of a name go into its brackets: `Jan[uary|.]`"
            )),
        );
        return Vec::new();
    }
    let names: Vec<Vec<String>> = list.iter().map(|text| expanded(text, faults)).collect();
    if names.iter().any(Vec::is_empty) { Vec::new() } else { names }
}

fn morphology(settings: &Settings<'_>, faults: &mut Faults<'_>) -> Morphology {
    let (mut cases, mut bases) = (BTreeMap::new(), BTreeMap::new());
    if let Some(RawValue::Lists(lists)) = settings.get("morphology", "cases").map(|setting| &setting.value) {
        for (name, endings) in lists {
            let written = forms(endings, faults);
            let parted = written.iter().map(|ending| ending.split_once(BASE).unwrap_or((ending, "")));
            let (ending, base): (Vec<String>, Vec<String>) =
                parted.map(|(ending, base)| (ending.to_owned(), base.to_owned())).unzip();
            cases.insert(name.value.clone(), ending);
            bases.insert(name.value.clone(), base);
        }
    }
    Morphology {
        proclitics: forms(settings.texts("morphology", "proclitics"), faults),
        phrase_ends: phrase_ends(settings, "phrase-ends", &cases, faults),
        phrase_last: phrase_ends(settings, "phrase-last", &cases, faults),
        attribute_endings: forms(settings.texts("morphology", "attribute-endings"), faults),
        adverb_endings: forms(settings.texts("morphology", "adverb-endings"), faults),
        bare_endings: forms(settings.texts("morphology", "bare-endings"), faults),
        articles: forms(settings.texts("morphology", "articles"), faults),
        before_nouns: forms(settings.texts("morphology", "before-nouns"), faults),
        spelled_apart: forms(settings.texts("morphology", "spelled-apart"), faults),
        complete_endings: forms(settings.texts("morphology", "complete-endings"), faults),
        surname_endings: forms(settings.texts("morphology", "surname-endings"), faults),
        dependents: forms(settings.texts("morphology", "dependents"), faults),
        clause_ends: forms(settings.texts("morphology", "clause-ends"), faults),
        cases,
        bases,
        suffixes: forms(settings.texts("morphology", "suffixes"), faults),
        case_pairs: settings.pairs("morphology", "case-pairs"),
        names_agree: settings.flag("morphology", "names-agree"),
        word_endings: forms(settings.texts("morphology", "word-endings"), faults),
    }
}

/// Parts an ending from what the base form has in its place.
const BASE: char = '>';

/// Endings, and those of cases that stand there by name.
fn phrase_ends(
    settings: &Settings<'_>,
    key: &'static str,
    cases: &BTreeMap<String, Vec<String>>,
    faults: &mut Faults<'_>,
) -> Vec<String> {
    let mut out = Vec::new();
    for ending in forms(settings.texts("morphology", key), faults) {
        match cases.get(&ending) {
            Some(of_case) => out.extend(of_case.iter().filter(|ending| !ending.is_empty()).cloned()),
            None => out.push(ending),
        }
    }
    out
}

fn page(settings: &Settings<'_>, vocabulary: &Vocabulary, faults: &mut Faults<'_>) -> PageWords {
    let mut list = |key| checked(settings.texts("page", key), vocabulary, faults);
    PageWords {
        chrome: list("chrome"),
        ends_article: list("ends-article"),
        byline: list("byline"),
        dateword: list("dateword"),
        photo_credit: list("photo-credit"),
        paid: list("paid"),
        machine: list("machine"),
        credit: list("credit"),
        address: list("address"),
    }
}

/// The sound ones of a list of templates without slots.
fn checked(list: &[Text], vocabulary: &Vocabulary, faults: &mut Faults<'_>) -> Vec<Template> {
    let mut all = Vec::with_capacity(list.len());
    for text in list {
        let before = faults.errors();
        for template in templates(std::slice::from_ref(text), Allowed::Words, faults) {
            vocabulary.check(&template, text, faults);
            if faults.errors() == before {
                all.push(template);
            }
        }
    }
    all
}

fn check_nouns(
    raw: &RawNouns,
    vocabulary: &Vocabulary,
    known: &Known<'_>,
    faults: &mut Faults<'_>,
) -> Option<NounEntry> {
    if raw.broken {
        return None;
    }
    let before = faults.errors();
    let kind = one_of(&raw.kind, "nouns", &NounKind::NAMES, faults);
    let forms = checked(&raw.forms, vocabulary, faults);
    if kind == Some(NounKind::Class) && !known.classes.contains(raw.name.value.as_str()) {
        let hint = did_you_mean(&raw.name.value, known.classes.iter().copied())
            .unwrap_or_else(|| "add it to sources/classes.toml".to_owned());
        faults.warn(raw.name.at, "unknown-class", format!("there is no class `{}`", raw.name.value), Some(hint));
    }
    let location = faults.location(raw.name.at);
    if faults.errors() > before {
        return None;
    }
    Some(NounEntry { kind: kind?, name: raw.name.value.clone(), forms, location })
}

fn check_pronoun(raw: &RawPronoun, faults: &mut Faults<'_>) -> Option<PronounEntry> {
    if raw.broken {
        return None;
    }
    let before = faults.errors();
    let forms = forms(&raw.forms, faults);
    let stands_for: Vec<StandsFor> =
        raw.stands_for.iter().filter_map(|text| one_of(text, "stands-for", &StandsFor::NAMES, faults)).collect();
    for (key, empty) in [("forms", raw.forms.is_empty()), ("stands-for", raw.stands_for.is_empty())] {
        if empty {
            faults.error(raw.at, "missing-key", format!("a pronoun needs the key `{key}`"), None);
        }
    }
    (faults.errors() == before).then_some(PronounEntry { forms, stands_for, relative: raw.relative })
}

#[cfg(test)]
mod tests {
    use crate::rules::sample::{fault, faults, files, is, with};

    #[test]
    fn the_head_of_a_language_is_whole() {
        assert_eq!(fault("script = \"Latn\"\n", ""), is("missing-key", 1, 1, "[language]", ""));
        assert_eq!(fault("\"ltr\"", "\"lrt\""), is("unknown-value", 5, 13, "\"lrt\"", "did you mean `ltr`?"));
        assert_eq!(
            fault("\"Latn\"", "\"Latin\""),
            is("unknown-value", 4, 10, "\"Latin\"", "write an ISO 15924 code: `Latn`, `Cyrl`, `Armn`")
        );
        assert_eq!(
            fault("tag = \"en\"", "tag = \"eng\""),
            is("bad-language", 2, 7, "\"eng\"", "write `en`, or rename the folder")
        );
        assert_eq!(fault("\"capitals\"", "\"capital\"").4, "did you mean `capitals`?");
    }

    #[test]
    fn a_folder_without_a_head_is_told_once() {
        let mut files = files();
        files.remove(0);
        let loaded = crate::rules::load::load_from(files);
        let codes: Vec<&str> = loaded.diagnostics.iter().map(|fault| fault.code).collect();
        // The cases of the language were in that file as well.
        assert_eq!(codes, ["missing-language", "unknown-case"]);
        assert_eq!((loaded.rules.languages[0].tag.as_str(), loaded.rules.languages[0].patterns.len()), ("en", 1));
    }

    #[test]
    fn there_are_twelve_months_and_seven_days() {
        let (code, line, column, ..) = fault("\"Nov\", \"Dec\"]", "\"Nov\"]");
        assert_eq!((code, line, column), ("wrong-length", 9, 10));
        let broken = with("\"Tue\"", "\"Tu(e\"");
        assert_eq!((broken.diagnostics[0].code, broken.diagnostics[0].line), ("unclosed", 10));
        assert!(broken.rules.languages[0].weekdays.is_empty() && broken.rules.languages[0].months.len() == 12);
    }

    #[test]
    fn words_of_pages_and_nouns_have_no_slots() {
        assert_eq!(fault("Share [this]", "Share {source}").0, "slot-not-allowed");
        assert_eq!(fault("media [outlets]", "media …").0, "gap-not-allowed");
        assert_eq!(fault("[nouns.class]", "[nouns.clas]").4, "did you mean `class`?");
    }

    #[test]
    fn a_class_that_no_list_has_is_a_warning() {
        let loaded = with("media = [", "medias = [");
        assert_eq!(loaded.diagnostics[0].code, "unknown-class");
        assert_eq!(loaded.diagnostics[0].hint.as_deref(), Some("did you mean `media`?"));
        assert_eq!(loaded.rules.languages[0].nouns.len(), 1);
    }

    #[test]
    fn a_pronoun_stands_for_somebody() {
        assert_eq!(fault("\"man\"", "\"men\""), is("unknown-value", 18, 15, "\"men\"", "did you mean `man`?"));
        assert_eq!(fault("stands-for = [\"man\", \"person\"]\n", ""), is("missing-key", 16, 1, "[[pronoun]]", ""));
    }

    #[test]
    fn a_head_stands_once_in_a_folder() {
        let told = faults("[lexicon.say]\n", "[language]\ntag = \"en\"\n[lexicon.say]\n");
        assert_eq!(
            told[0],
            is("duplicate-table", 1, 1, "[language]", "the first stands at languages/en/language.toml:1")
        );
        assert_eq!(told[1].0, "duplicate-id");
    }
}
