//! Patterns: from tables as written to clean ones, with everything about them checked.

use std::collections::BTreeSet;

use crate::rules::check_lexicon::Vocabulary;
use crate::rules::check_meta::check_meta;
use crate::rules::clean::{check_id, one_of, sentences, templates};
use crate::rules::files::{Faults, Text};
use crate::rules::labelled::Braces;
use crate::rules::near_miss::WordSets;
use crate::rules::pack::{Means, Pattern, Place, Side, Unit};
use crate::rules::parse_template::Allowed;
use crate::rules::raw_language::RawPattern;
use crate::rules::shape::may_lack;
use crate::rules::suggest::did_you_mean;
use crate::rules::template::{Anchor, Element, Template};

/// What the check of a pattern asks of its language.
pub struct Setting<'l> {
    /// The language's tag, the first part of ids.
    pub tag: &'l str,
    /// What templates may refer to.
    pub vocabulary: &'l Vocabulary,
    /// Ids of all patterns of all languages, broken ones too.
    pub ids: &'l BTreeSet<&'l str>,
}

/// The clean pattern; `None` where something is wrong with it, which is noted.
pub fn check_pattern(
    raw: &RawPattern,
    setting: &Setting<'_>,
    words: &mut WordSets<'_>,
    faults: &mut Faults<'_>,
) -> Option<Pattern> {
    let before = faults.errors();
    check_id(&raw.id, &['/'], faults);
    let prefix = format!("{}/", setting.tag);
    if !raw.id.value.starts_with(&prefix) {
        let name = raw.id.value.rsplit('/').next().unwrap_or("");
        let hint = Some(format!("write `{prefix}{name}`"));
        faults.error(raw.id.at, "bad-id", format!("ids of patterns of this language start with `{prefix}`"), hint);
    }
    let means = raw.means.as_ref().and_then(|means| one_of(means, "means", &Means::NAMES, faults));
    let status = check_meta(&raw.meta, &raw.id.value, setting.ids.iter().copied(), faults);
    let covers = raw.covers.as_ref().map(|covers| check_covers(covers, faults));
    let places = raw.places.iter().filter_map(|place| one_of(place, "in", &Place::NAMES, faults)).collect();
    if raw.templates.is_empty() && !raw.broken {
        faults.error(raw.at, "missing-key", "a pattern needs a template in `match`", None);
    }
    let matches = checked_templates(&raw.templates, setting, faults);
    let places_given = !raw.places.is_empty();
    for (template, text) in &matches {
        check_anchored(template, text, means, places_given, faults);
    }
    let but_not = checked_templates(&raw.but_not, setting, faults).into_iter().map(|(template, _)| template).collect();
    for other in &raw.instead_of {
        check_instead_of(other, &raw.id.value, setting.ids, faults);
    }
    let reads = sentences(&raw.reads, Braces::Labels, faults);
    let ignores = raw.ignores.iter().map(|text| (text.value.clone(), faults.location(text.at))).collect();
    for (key, list) in [("reads", &raw.reads), ("ignores", &raw.ignores)] {
        if list.is_empty() && !raw.broken {
            let hint = match key {
                "reads" => {
                    "add a sentence that it reads, with its slots labelled: `reads = [\"…, {cue: …} {source: …}.\"]`"
                }
                _ => "add a near miss: a sentence with the same words that means something else",
            };
            let message = format!("this pattern has no sentence in `{key}`");
            faults.error(raw.id.at, "rule-without-test", message, Some(hint.to_owned()));
        }
    }
    let whole = !raw.broken && matches.len() == raw.templates.len();
    let all: Vec<&Template> = matches.iter().map(|(template, _)| template).collect();
    for text in raw.ignores.iter().filter(|_| whole) {
        if !words.near(&all, &text.value) {
            let hint = Some("a near miss has the rule's own words, and means something else".to_owned());
            let message = "this sentence has none of the words that the pattern looks for";
            // What a later folder took away must not take this rule away, too.
            if faults.is_built_upon(text.at) {
                faults.warn(text.at, "near-miss-too-far", message, hint);
            } else {
                faults.error(text.at, "near-miss-too-far", message, hint);
            }
        }
    }
    let location = faults.location(raw.at);
    if raw.broken || faults.errors() > before {
        return None;
    }
    Some(Pattern {
        id: raw.id.value.clone(),
        means: means?,
        templates: matches.into_iter().map(|(template, _)| template).collect(),
        covers: covers.flatten(),
        places,
        but_not,
        instead_of: raw.instead_of.iter().map(|id| id.value.clone()).collect(),
        reads,
        ignores,
        status,
        location,
    })
}

fn checked_templates<'r>(
    list: &'r [Text],
    setting: &Setting<'_>,
    faults: &mut Faults<'_>,
) -> Vec<(Template, &'r Text)> {
    let mut all = Vec::with_capacity(list.len());
    for text in list {
        for template in templates(std::slice::from_ref(text), Allowed::Pattern, faults) {
            setting.vocabulary.check(&template, text, faults);
            all.push((template, text));
        }
    }
    all
}

/// A side and a unit in either order, or a unit alone, which then lies around.
fn check_covers(text: &Text, faults: &mut Faults<'_>) -> Option<(Side, Unit)> {
    let mut side = None;
    let mut unit = None;
    for word in text.value.split_whitespace() {
        let known_side = Side::NAMES.iter().find(|(name, _)| *name == word).map(|(_, side)| *side);
        let known_unit = Unit::NAMES.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit);
        let free = match (known_side, known_unit) {
            (Some(known), _) => side.replace(known).is_none(),
            (_, Some(known)) => unit.replace(known).is_none(),
            (None, None) => {
                let names = Side::NAMES.iter().map(|(name, _)| *name).chain(Unit::NAMES.iter().map(|(name, _)| *name));
                let hint = did_you_mean(word, names);
                faults.error(text.at, "unknown-value", format!("`{word}` is no word for `covers`"), hint);
                return None;
            }
        };
        if !free {
            let hint = Some("write one side and one unit: `clause before`".to_owned());
            faults.error(text.at, "unknown-value", "`covers` has two sides or two units", hint);
            return None;
        }
    }
    match unit {
        Some(unit) => Some((side.unwrap_or(Side::Around), unit)),
        None => {
            let hint = Some("write a unit: `clause before`, `above`".to_owned());
            faults.error(text.at, "unknown-value", "`covers` tells no unit", hint);
            None
        }
    }
}

/// Notes a template that nothing in a text could lead to: a mark alone stands everywhere, so it is enough only for
/// what stands in few places, at an edge of its block, or between slots that are both narrowed.
fn check_anchored(template: &Template, text: &Text, means: Option<Means>, places_given: bool, faults: &mut Faults<'_>) {
    let at_edge = |element: &Element| matches!(element, Element::Anchor(Anchor::BlockStart | Anchor::BlockEnd));
    let narrowed = |element: &Element| matches!(element, Element::Slot(slot) if slot.case.is_some());
    let by_mark = places_given
        || template.elements.iter().filter(|e| narrowed(e)).count() >= 2
        || template.elements.iter().any(at_edge)
        || matches!(means, Some(Means::Label | Means::Dateline | Means::Credit | Means::PhotoCredit));
    let anchors = |element: &Element| match element {
        Element::Word(_) | Element::Lexicon { .. } => true,
        Element::Mark(..) => by_mark,
        _ => false,
    };
    if may_lack(&template.elements, &anchors) {
        let hint = if by_mark {
            "a word, a lexicon or a mark must stand outside the square brackets"
        } else {
            "a word or a lexicon must stand outside the square brackets; a mark is enough at `^^`, `$$` or with `in = […]`"
        };
        let message = "this template has no word by which it could be found";
        faults.error(text.at, "no-word", message, Some(hint.to_owned()));
    }
}

fn check_instead_of(other: &Text, own: &str, ids: &BTreeSet<&str>, faults: &mut Faults<'_>) {
    if other.value == own {
        faults.error(other.at, "unknown-pattern", "a pattern cannot stand instead of itself", None);
    } else if !ids.contains(other.value.as_str()) {
        let hint = did_you_mean(&other.value, ids.iter().copied());
        faults.error(other.at, "unknown-pattern", format!("there is no pattern `{}`", other.value), hint);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::sample::{PATTERNS, fault, faults, files, is, with};

    #[test]
    fn words_of_closed_lists_are_told_from_slips() {
        let slip = |new, words: &str, hint| (fault(&format!("\"{words}\""), new), hint);
        let (told, hint) = slip("\"acording-to\"", "according-to", "did you mean `according-to`?");
        assert_eq!(told, is("unknown-value", 3, 9, "\"acording-to\"", hint));
        assert_eq!(
            fault("before clause", "befor clause"),
            is("unknown-value", 5, 10, "\"befor clause\"", "did you mean `before`?")
        );
        assert_eq!(
            fault("\"before clause\"", "\"before\""),
            is("unknown-value", 5, 10, "\"before\"", "write a unit: `clause before`, `above`")
        );
        assert_eq!(
            fault("\"before clause\"", "\"clause sentence\""),
            is("unknown-value", 5, 10, "\"clause sentence\"", "write one side and one unit: `clause before`")
        );
        assert_eq!(fault("\"lead\"]", "\"led\"]"), is("unknown-value", 6, 16, "\"led\"", "did you mean `lead`?"));
        assert_eq!(
            fault("\"experimental\"", "\"beta\""),
            is("unknown-value", 16, 10, "\"beta\"", "one of: stable, experimental, deprecated")
        );
    }

    #[test]
    fn a_unit_alone_lies_around_and_the_order_is_free() {
        let covers = |new| with("\"before clause\"", new).rules.languages[0].patterns[0].covers;
        assert_eq!(covers("\"clause before\""), covers("\"before clause\""));
        assert_eq!(covers("\"above\""), Some((crate::rules::pack::Side::Around, crate::rules::pack::Unit::Above)));
    }

    #[test]
    fn lexicons_forms_and_cases_must_be_there() {
        assert_eq!(fault("as {say} by", "as {sya} by"), is("unknown-lexicon", 4, 43, "{sya}", "did you mean `say`?"));
        assert_eq!(
            fault("{say.particle}$", "{say.partikle}$"),
            is("unknown-form", 14, 63, "{say.partikle}", "did you mean `particle`?")
        );
        assert_eq!(
            fault("according to {source:gen}", "according to {source:gne}"),
            is("unknown-case", 4, 24, "{source:gne}", "did you mean `gen`?")
        );
        // What needs no list: months, numbers, kinds of nouns.
        assert!(faults("{source:gen}", "{source:outlet} [on {month} {number}]").is_empty());
        assert_eq!(fault("{source:gen}", "{source:quoted}").0, "unknown-case");
        assert!(faults("[that] {content}", "[that] {content:quoted}").is_empty());
    }

    #[test]
    fn a_month_is_known_where_the_language_lists_its_months() {
        let mut files = files();
        files[0].1 = files[0].1.lines().filter(|line| !line.starts_with("months")).collect::<Vec<_>>().join("\n");
        files[2].1 = files[2].1.replace("[that] {content}", "in {month} {content}");
        let loaded = crate::rules::load::load_from(files);
        assert_eq!(loaded.diagnostics[0].code, "unknown-lexicon");
        assert_eq!(loaded.diagnostics[0].hint.as_deref(), Some("list the names in [language], `months = […]`"));
    }

    #[test]
    fn a_pattern_needs_its_tests() {
        assert_eq!(
            fault("reads = [\"{source: She} {cue: said} {content: it was late}.\"]\n", ""),
            is(
                "rule-without-test",
                12,
                6,
                "\"en/says\"",
                "add a sentence that it reads, with its slots labelled: `reads = [\"…, {cue: …} {source: …}.\"]`"
            )
        );
        assert_eq!(
            fault("\"You can say that again.\"", ""),
            is(
                "rule-without-test",
                12,
                6,
                "\"en/says\"",
                "add a near miss: a sentence with the same words that means something else"
            )
        );
    }

    #[test]
    fn a_near_miss_has_the_words_of_the_pattern() {
        assert_eq!(
            fault("They played According to the rules.", "They played on."),
            is(
                "near-miss-too-far",
                9,
                12,
                "\"They played on.\"",
                "a near miss has the rule's own words, and means something else"
            )
        );
        // By a word of a lexicon that the template's lexicon includes.
        assert!(faults("You can say that again.", "It is alleged again.").is_empty());
    }

    #[test]
    fn a_template_must_be_found_by_something() {
        let hint = "a word or a lexicon must stand outside the square brackets; a mark is enough at `^^`, `$$` or with `in = […]`";
        assert_eq!(
            fault("\"{source} {say} [that] {content}\"", "\"{source}: {content}\""),
            is("no-word", 14, 10, "\"{source}: {content}\"", hint)
        );
        assert_eq!(fault("{source} {say} [that] {content}", "{source} [{say}] {content}").0, "no-word");
        // A mark is enough in few places, and where the block begins.
        assert!(faults("\"according to {source:gen}\"", "\"{source}: {content}\", \"according to\"").is_empty());
        assert!(faults("\"{source} {say} [that] {content}\"", "\"^^ {source}: {content}\"").is_empty());
        assert_eq!(faults("\"according to {source:gen}\"", "\"{source} {content}\"")[0].0, "no-word");
        let label = with("means = \"says\"", "means = \"label\"");
        assert!(label.diagnostics.is_empty());
    }

    #[test]
    fn other_patterns_must_exist() {
        assert_eq!(
            fault("[\"en/according-to\"]", "[\"en/acording-to\"]"),
            is("unknown-pattern", 15, 15, "\"en/acording-to\"", "did you mean `en/according-to`?")
        );
        assert_eq!(fault("[\"en/according-to\"]", "[\"en/says\"]").0, "unknown-pattern");
    }

    #[test]
    fn ids_start_with_the_language_and_stand_once() {
        assert_eq!(fault("id = \"en/says\"", "id = \"says\""), is("bad-id", 12, 6, "\"says\"", "write `en/says`"));
        assert_eq!(fault("id = \"en/says\"", "id = \"en/Says\"").0, "bad-id");
        let twice = with("id = \"en/says\"", "id = \"en/according-to\"");
        assert_eq!(twice.diagnostics.len(), 1);
        assert_eq!((twice.diagnostics[0].code, twice.diagnostics[0].line), ("duplicate-id", 12));
        let hint = twice.diagnostics[0].hint.as_deref();
        assert_eq!(hint, Some("the first stands at languages/en/patterns.toml:2; give this one another id"));
        assert_eq!(twice.rules.languages[0].patterns.len(), 1);
    }

    #[test]
    fn faults_in_templates_and_sentences_point_into_the_string() {
        assert_eq!(
            fault("as {say} by {source}", "as (say by {source}"),
            is("unclosed", 4, 43, "(", "a real bracket is written `\\(`")
        );
        assert_eq!(fault("(plan|schedule)", "{nothing"), is("unclosed", 7, 26, "{", "a real brace is written `\\{`"));
        assert_eq!(fault("{cue: said}", "{cues: said}"), is("unknown-label", 18, 26, "cues", "did you mean `cue`?"));
        assert_eq!(fault("lumera > us", "lumera"), is("bad-chain", 8, 81, " lumera", "end it with `> us`"));
    }

    #[test]
    fn a_broken_pattern_is_left_out_and_all_faults_of_a_file_are_told() {
        let loaded = with("means = \"", "means = \"x");
        assert_eq!(loaded.diagnostics.len(), 2);
        assert!(loaded.rules.languages[0].patterns.is_empty());
        assert_eq!(loaded.rules.languages[0].lexicons.len(), 2);
        assert_eq!(loaded.rules.sources.len(), 1);
        assert_eq!(PATTERNS.matches("[[pattern]]").count(), 2);
    }
}
