//! Lexicons: from tables as written to clean entries, and what templates may refer to.

use std::collections::{BTreeMap, BTreeSet};

use crate::rules::clean::templates;
use crate::rules::files::{At, Faults, Text};
use crate::rules::overlay::MergedLexicon;
use crate::rules::pack::{Lexicon, LexiconEntry, NounKind};
use crate::rules::parse_template::{Allowed, is_name, slot_name};
use crate::rules::raw_language::RawEntry;
use crate::rules::shape::each;
use crate::rules::suggest::did_you_mean;
use crate::rules::template::{Element, SlotKind, Template};
use crate::rules::words::{ACT, CLOSE, CONTENT_WORDS, COUNT, HEAD, IDEA, MANY, NAME, OBJECT, PERSON, SPEAKER, TIMES};
use crate::text::span::Span;

/// The form that `{name}` takes.
pub const PLAIN: &str = "finite";

/// Names that templates may use for lists of `[language]`, and the keys of these.
pub const LISTS: [(&str, &str); 2] = [("month", "months"), ("weekday", "weekdays")];

/// What templates of a language may refer to.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Lexicon → its forms and those of the lexicons that it includes.
    forms: BTreeMap<String, BTreeSet<String>>,
    /// Names of the language's cases.
    cases: BTreeSet<String>,
}

impl Vocabulary {
    /// What the merged lexicons and the cases of a language give; broken entries count, so that one fault isn't told twice.
    /// `lists` are names that stand for a list of the language itself: `month`.
    pub fn new(
        lexicons: &BTreeMap<String, MergedLexicon>,
        lists: &[&'static str],
        cases: BTreeSet<String>,
    ) -> Vocabulary {
        let plain = || BTreeSet::from([PLAIN.to_owned()]);
        let mut forms: BTreeMap<String, BTreeSet<String>> =
            lists.iter().map(|name| ((*name).to_owned(), plain())).collect();
        for name in lexicons.keys() {
            let mut found = BTreeSet::new();
            for part in closure(name, lexicons) {
                for entry in lexicons.get(part).into_iter().flat_map(|lexicon| lexicon.entries.values().flatten()) {
                    found.extend(entry.forms.iter().map(|(form, _)| form.value.clone()));
                }
            }
            forms.entry(name.clone()).or_default().append(&mut found);
        }
        Vocabulary { forms, cases }
    }

    /// Notes lexicons, forms and cases in `template` (written as `text`) that the language does not have.
    pub fn check(&self, template: &Template, text: &Text, faults: &mut Faults<'_>) {
        each(&template.elements, &mut |element| match element {
            Element::Lexicon { name, form } => self.check_lexicon(name, form.as_deref(), text, faults),
            Element::Slot(slot) => {
                for case in slot.narrowings() {
                    self.check_case(slot.kind, case, text, faults);
                }
            }
            _ => {}
        });
    }

    /// A case of the language, or what a slot of this kind can be narrowed to in every language.
    fn check_case(&self, kind: SlotKind, case: &str, text: &Text, faults: &mut Faults<'_>) {
        let narrowed = || narrowings(kind).into_iter();
        if self.cases.contains(case) || narrowed().any(|word| word == case) {
            return;
        }
        let at = part(text, &[&format!("{{{}:{case}", slot_name(kind)), &format!("{{{}:", slot_name(kind))], faults);
        let hint = did_you_mean(case, self.cases.iter().map(String::as_str).chain(narrowed()));
        let hint = hint.unwrap_or_else(|| "list the cases in [morphology], `cases = { … }`".to_owned());
        faults.error(at, "unknown-case", format!("this language has no case `{case}`"), Some(hint));
    }

    fn check_lexicon(&self, name: &str, form: Option<&str>, text: &Text, faults: &mut Faults<'_>) {
        let Some(known) = self.forms.get(name) else {
            let slots = SlotKind::NAMES.iter().map(|(slot, _)| *slot);
            let candidates = self.forms.keys().map(String::as_str).chain(slots).chain(["number"]);
            let at = part(text, &[&format!("{{{name}}}"), &format!("{{{name}."), "{"], faults);
            let hint = match LISTS.iter().find(|(list, _)| *list == name) {
                Some((_, key)) => Some(format!("list the names in [language], `{key} = […]`")),
                None => did_you_mean(name, candidates),
            };
            faults.error(at, "unknown-lexicon", format!("there is no slot or lexicon `{name}`"), hint);
            return;
        };
        // Such lexicons are for comparing articles, and patterns are compiled without them.
        if let Some(start) = [IDEA, ACT, COUNT, TIMES].into_iter().find(|start| name.starts_with(start)) {
            let at = part(text, &[&format!("{{{name}}}"), &format!("{{{name}."), "{"], faults);
            let message = format!(
                "lexicons whose names start with `{start}` are for comparing articles, and no pattern can ask for one"
            );
            faults.error(at, "reserved-lexicon", message, Some("give the lexicon another name".to_owned()));
            return;
        }
        let wanted = form.unwrap_or(PLAIN);
        if !known.contains(wanted) {
            let written = form.map_or_else(|| format!("{{{name}}}"), |form| format!("{{{name}.{form}}}"));
            let at = part(text, &[&written], faults);
            let hint = did_you_mean(wanted, known.iter().map(String::as_str));
            faults.error(at, "unknown-form", format!("no entry of the lexicon `{name}` has the form `{wanted}`"), hint);
        }
    }
}

/// What may stand behind the colon of a slot besides cases: a kind of noun (`{source:outlet}`), or how content is
/// written (`{content:quoted}`).
fn narrowings(kind: SlotKind) -> Vec<&'static str> {
    match kind {
        SlotKind::Content => CONTENT_WORDS.to_vec(),
        _ if kind.is_mention() => NounKind::NAMES
            .iter()
            .map(|(name, _)| *name)
            .chain([SPEAKER, MANY, NAME, PERSON, HEAD, CLOSE, OBJECT])
            .collect(),
        _ => Vec::new(),
    }
}

/// The place of the first of `wanted` that stands in `text`; the whole string where none does.
fn part(text: &Text, wanted: &[&str], faults: &Faults<'_>) -> At {
    let found = wanted.iter().find_map(|wanted| text.value.find(wanted));
    let Some(start) = found else { return text.at };
    let end = text.value[start..].find('}').map_or(text.value.len(), |len| start + len + 1);
    faults.within(text, Span::new(start, end))
}

/// The lexicon `name` and all that it includes, each once.
fn closure<'l>(name: &'l str, lexicons: &'l BTreeMap<String, MergedLexicon>) -> Vec<&'l str> {
    let mut found = vec![name];
    let mut next = 0;
    while let Some(lexicon) = found.get(next).copied().map(|name| lexicons.get(name)) {
        for include in lexicon.into_iter().flat_map(|lexicon| &lexicon.includes) {
            if !found.contains(&include.value.as_str()) {
                found.push(&include.value);
            }
        }
        next += 1;
    }
    found
}

/// The clean lexicons of a language.
pub fn check_lexicons(
    merged: &BTreeMap<String, MergedLexicon>,
    vocabulary: &Vocabulary,
    faults: &mut Faults<'_>,
) -> BTreeMap<String, Lexicon> {
    let mut lexicons: BTreeMap<String, Lexicon> = BTreeMap::new();
    for (name, raw) in merged {
        let mut lexicon = Lexicon::default();
        for include in &raw.includes {
            if !merged.contains_key(&include.value) {
                let hint = did_you_mean(&include.value, merged.keys().map(String::as_str));
                faults.error(include.at, "unknown-lexicon", format!("there is no lexicon `{}`", include.value), hint);
            } else if closure(&include.value, merged).contains(&name.as_str()) {
                let message = format!("`{name}` includes `{}`, which includes `{name}`", include.value);
                let hint = Some("take one of the two out".to_owned());
                faults.error(include.at, "includes-cycle", message, hint);
            } else if !lexicon.includes.contains(&include.value) {
                lexicon.includes.push(include.value.clone());
            }
        }
        for stack in raw.entries.values() {
            lexicon.entries.extend(stack.iter().find_map(|entry| check_entry(entry, vocabulary, faults)));
        }
        lexicons.insert(name.clone(), lexicon);
    }
    cut_rings(&mut lexicons, merged, faults);
    lexicons
}

fn check_entry(raw: &RawEntry, vocabulary: &Vocabulary, faults: &mut Faults<'_>) -> Option<LexiconEntry> {
    if raw.broken {
        return None;
    }
    let before = faults.errors();
    let mut forms = BTreeMap::new();
    if !is_name(&raw.lexicon.value) {
        let hint = Some("names have letters a to z, digits and hyphens".to_owned());
        faults.error(raw.lexicon.at, "bad-name", format!("`{}` is no name of a lexicon", raw.lexicon.value), hint);
    }
    for (form, list) in &raw.forms {
        if !is_name(&form.value) {
            let hint = Some("names have letters a to z, digits and hyphens".to_owned());
            faults.error(form.at, "bad-name", format!("`{}` is no name of a form", form.value), hint);
        }
        let mut all = Vec::with_capacity(list.len());
        for text in list {
            for template in templates(std::slice::from_ref(text), Allowed::Words, faults) {
                vocabulary.check(&template, text, faults);
                all.push(template);
            }
        }
        forms.insert(form.value.clone(), all);
    }
    let location = faults.location(raw.id.at);
    (faults.errors() == before).then(|| LexiconEntry { id: raw.id.value.clone(), forms, location })
}

/// Leaves out entries through which a lexicon would stand for words of itself without end.
fn cut_rings(
    lexicons: &mut BTreeMap<String, Lexicon>,
    merged: &BTreeMap<String, MergedLexicon>,
    faults: &mut Faults<'_>,
) {
    // Lexicon → lexicons that it takes words from.
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, lexicon) in lexicons.iter() {
        let from = uses.entry(name.clone()).or_default();
        from.extend(lexicon.includes.iter().cloned());
        lexicon.entries.iter().for_each(|entry| from.append(&mut used_by(entry)));
    }
    for (name, lexicon) in lexicons.iter_mut() {
        lexicon.entries.retain(|entry| {
            let ring = used_by(entry).into_iter().find(|used| reaches(used, name, &uses));
            if let Some(used) = &ring {
                let stacks = merged.get(name).and_then(|lexicon| lexicon.entries.get(&entry.id));
                if let Some(raw) =
                    stacks.and_then(|stack| stack.iter().find(|raw| faults.location(raw.id.at) == entry.location))
                {
                    let message =
                        format!("this entry of `{name}` takes words from `{used}`, which takes words from `{name}`");
                    faults.error(raw.id.at, "includes-cycle", message, Some("write the words out".to_owned()));
                }
            }
            ring.is_none()
        });
    }
}

fn used_by(entry: &LexiconEntry) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for template in entry.forms.values().flatten() {
        each(&template.elements, &mut |element| {
            if let Element::Lexicon { name, .. } = element {
                used.insert(name.clone());
            }
        });
    }
    used
}

fn reaches(from: &str, to: &str, uses: &BTreeMap<String, BTreeSet<String>>) -> bool {
    let mut seen: Vec<&str> = vec![from];
    let mut next = 0;
    while let Some(name) = seen.get(next).copied() {
        if name == to {
            return true;
        }
        for used in uses.get(name).into_iter().flatten() {
            if !seen.contains(&used.as_str()) {
                seen.push(used);
            }
        }
        next += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::rules::sample::{LEXICON, fault, faults, files, is, with};

    #[test]
    fn included_lexicons_must_exist_and_not_include_each_other() {
        assert_eq!(
            faults("[\"claim\"]", "[\"clam\"]")[0],
            is("unknown-lexicon", 2, 13, "\"clam\"", "did you mean `claim`?")
        );
        let ring = faults("[lexicon.claim]\n", "[lexicon.claim]\nincludes = [\"say\"]\n");
        let hint = "take one of the two out";
        assert_eq!(
            ring,
            [is("includes-cycle", 2, 13, "\"claim\"", hint), is("includes-cycle", 11, 13, "\"say\"", hint)]
        );
        assert_eq!(fault("[\"claim\"]", "[\"claim\", \"say\"]").0, "includes-cycle");
    }

    #[test]
    fn an_entry_may_take_words_of_another_lexicon_but_not_of_its_own() {
        assert!(faults("\"allege(s|d)\"", "\"{say.particle} loud\"").len() == 1);
        let own = fault("\"allege(s|d)\"", "\"{claim} loud\"");
        assert_eq!((own.0, own.1, own.4.as_str()), ("includes-cycle", 11, "write the words out"));
        assert!(faults("finite = \"set[s]\"", "finite = [\"set[s]\", \"{claim} loud\"]").is_empty());
    }

    #[test]
    fn forms_have_no_slots_and_their_faults_point_into_the_string() {
        assert_eq!(
            fault("sa(y|ys|id)", "say {source}"),
            is("slot-not-allowed", 3, 12, "{source}", "only words, marks, variants, `{number}` and lexicons")
        );
        assert_eq!(fault("confirm(s|ed)", "confirm(s|ed").1, 4);
        assert_eq!(faults("particle = ", "Particle = ")[0].0, "bad-name");
    }

    #[test]
    fn a_broken_entry_leaves_the_others_and_is_told_once() {
        let loaded = with("finite = \"set[s]\"\nparticle = \"out\"", "finite = \"set[s\"\nparticle = \"out\"");
        assert_eq!(loaded.diagnostics.len(), 1);
        let ids: Vec<&str> =
            loaded.rules.languages[0].lexicons["say"].entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["confirm", "say"]);
        // The pattern that asks for its particle is no further fault.
        assert_eq!(loaded.rules.languages[0].patterns.len(), 2);
    }

    #[test]
    fn an_entry_stands_once_in_a_folder() {
        let mut files = files();
        files.push(("languages/en/more.toml".to_owned(), "[lexicon.say]\nsay = \"utter\"\nadd = \"add\"\n".to_owned()));
        let loaded = crate::rules::load::load_from(files);
        assert_eq!(loaded.diagnostics.len(), 1);
        assert_eq!((loaded.diagnostics[0].code, loaded.diagnostics[0].line), ("duplicate-id", 2));
        assert_eq!(loaded.rules.languages[0].lexicons["say"].entries.len(), LEXICON.matches("finite").count() + 2);
    }
}
