//! Patterns: from tables as written to clean ones, with everything about them checked.

use std::collections::BTreeSet;

use crate::rules::check_lexicon::Vocabulary;
use crate::rules::clean::{check_id, one_of, sentences, templates};
use crate::rules::files::{Faults, Text};
use crate::rules::labelled::Braces;
use crate::rules::near_miss::WordSets;
use crate::rules::pack::{Means, Pattern, Place, RuleStatus, Side, Unit};
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
    let status = raw.status.as_ref().map(|status| one_of(status, "status", &RuleStatus::NAMES, faults));
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
            faults.error(text.at, "near-miss-too-far", message, hint);
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
        status: status.flatten().unwrap_or_default(),
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
/// what stands in few places, or at an edge of its block.
fn check_anchored(template: &Template, text: &Text, means: Option<Means>, places_given: bool, faults: &mut Faults<'_>) {
    let at_edge = |element: &Element| matches!(element, Element::Anchor(Anchor::BlockStart | Anchor::BlockEnd));
    let by_mark = places_given
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
