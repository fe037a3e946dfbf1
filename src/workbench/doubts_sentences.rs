//! Sentences beside patterns that test nothing, or can't pass; exceptions that no sentence needs.

use std::collections::BTreeSet;

use crate::auditor::Auditor;
use crate::rules::labelled::{CUE, US};
use crate::rules::near_miss::WordSets;
use crate::rules::pack::{LabelledSentence, LanguagePack, Pattern};
use crate::rules::parse_template::slot_name;
use crate::rules::rule_set::RuleSet;
use crate::rules::shape::{each, may_lack};
use crate::rules::suggest::nearest;
use crate::rules::template::{Element, Template};
use crate::selftest::block_kind;
use crate::workbench::doubt::{Doubts, TO_WRITE};
use crate::workbench::entries::plain;

/// Notes sentences of a pattern that can't pass or prove nothing.
pub fn sentences(pattern: &Pattern, pack: &LanguagePack, rules: &RuleSet, out: &mut Doubts<'_>) {
    let mut slots: BTreeSet<&'static str> = BTreeSet::from([CUE]);
    for template in &pattern.templates {
        each(&template.elements, &mut |element| {
            if let Element::Slot(slot) = element {
                slots.insert(slot_name(slot.kind));
            }
        });
    }
    let templates: Vec<&Template> = pattern.templates.iter().collect();
    let mut words = WordSets::new(&pack.lexicons);
    // A wording of marks alone has no words to be missed.
    let is_word = |e: &Element| matches!(e, Element::Word(_) | Element::Lexicon { .. } | Element::Number);
    let worded = !templates.iter().any(|template| may_lack(&template.elements, &is_word));
    for sentence in &pattern.reads {
        let at = &sentence.location;
        if let Some((label, _)) = sentence.labels.iter().find(|(label, _)| !slots.contains(label.as_str())) {
            let known: Vec<String> = slots.iter().map(|slot| format!("`{slot}`")).collect();
            let message = format!("no wording of this pattern has the slot `{label}`, so this sentence can't pass");
            out.add(at, "label-not-in-rule", message, Some(format!("its labels are {}", known.join(", "))));
        } else if worded && !words.near(&templates, &sentence.text) {
            let message = "this sentence has none of the words that the pattern looks for, so it can't pass".to_owned();
            out.add(at, "reads-too-far", message, Some("write a sentence with the wording of `match`".to_owned()));
        }
        chain(sentence, rules, out);
    }
    let mut seen: Vec<(String, &str)> = Vec::new();
    let reads = pattern.reads.iter().map(|s| (&s.text, &s.location, "reads"));
    for (text, at, key) in reads.chain(pattern.ignores.iter().map(|(text, at)| (text, at, "ignores"))) {
        if text.contains(TO_WRITE) {
            let message = format!("this sentence is still to be written (`{TO_WRITE}`)");
            out.add(at, "to-be-written", message, Some("write a sentence of your own in its place".to_owned()));
        }
        let same = plain(text);
        match seen.iter().find(|(other, _)| *other == same) {
            Some((_, other)) if *other != key => {
                let message = "the same sentence must be read and must be left alone".to_owned();
                out.add(at, "both-ways", message, Some("keep it in one of `reads` and `ignores`".to_owned()));
            }
            Some(_) => {
                out.add(
                    at,
                    "sentence-twice",
                    format!("this sentence stands in `{key}` already"),
                    Some("take it out".to_owned()),
                );
            }
            None => seen.push((same, key)),
        }
    }
}

/// Words that stand for all chain ids of a kind, and what is no id.
const KINDS: [&str; 6] = [US, "unknown", "anonymous", "class", "government", "name"];

/// Notes links of an expected chain that no rule knows.
fn chain(sentence: &LabelledSentence, rules: &RuleSet, out: &mut Doubts<'_>) {
    let known = |id: &str| rules.sources.iter().any(|source| source.id == id);
    for link in &sentence.chain {
        let unknown = match link.split_once(':') {
            None => !KINDS.contains(&link.as_str()) && !known(link),
            Some(("class", kind)) => {
                let kind = kind.split('@').next().unwrap_or(kind);
                !rules.classes.iter().any(|class| class.id == kind)
            }
            Some(("government", country)) => !rules.countries.iter().any(|c| c.id == country) && !known(link),
            Some(("name" | "anonymous", _)) => false,
            Some(_) => !known(link),
        };
        if unknown {
            let ids = rules.sources.iter().map(|source| source.id.as_str());
            let classes: Vec<String> = rules.classes.iter().map(|class| format!("class:{}", class.id)).collect();
            let hint = nearest(link, ids.chain(classes.iter().map(String::as_str)));
            let hint = hint.map(|near| format!("did you mean `{near}`?"));
            let hint = hint.unwrap_or_else(|| "write `name:NAME` for somebody whom no list has".to_owned());
            out.add(
                &sentence.location,
                "unknown-link",
                format!("nobody has the id `{link}` of this chain"),
                Some(hint),
            );
        }
    }
}

/// Notes exceptions of a pattern that keep it away from none of its sentences.
pub fn exceptions(auditor: &Auditor, pattern: &Pattern, tag: &str, out: &mut Doubts<'_>) {
    if pattern.but_not.is_empty() {
        return;
    }
    let texts = pattern.ignores.iter().map(|(text, _)| text).chain(pattern.reads.iter().map(|s| &s.text));
    let mut needed: BTreeSet<String> = BTreeSet::new();
    for text in texts {
        needed.append(&mut auditor.exceptions_met(text, tag, block_kind(pattern), &pattern.id));
    }
    for exception in pattern.but_not.iter().filter(|exception| !needed.contains(&exception.written)) {
        let at = out.files.words(&pattern.location, &exception.written);
        let words = |e: &Element| matches!(e, Element::Word(_) | Element::Lexicon { .. } | Element::Mark(..));
        let findable = exception.expanded().unwrap_or_default().iter().all(|flat| flat.iter().any(words));
        if findable {
            let message = "no sentence of this rule needs this exception".to_owned();
            let hint = "add a near miss to `ignores` that would be read without it, or take it out";
            out.add(&at, "unused-exception", message, Some(hint.to_owned()));
        } else {
            let message = "this exception has no word by which it could be found, so it never holds".to_owned();
            let hint = "a word or a lexicon must stand outside the square brackets";
            out.add(&at, "no-word", message, Some(hint.to_owned()));
        }
    }
}
