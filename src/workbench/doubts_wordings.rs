//! Wordings that never come to their turn: another rule, another wording or an exception always goes first.

use crate::attribution::choose::is_mark;
use crate::rules::cover::{covers, holds, misplaced_anchor};
use crate::rules::pack::{LanguagePack, Pattern};
use crate::rules::template::{Element, Template};
use crate::workbench::doubt::Doubts;

/// A pattern with the sequences of each of its templates.
struct Spread<'p> {
    pattern: &'p Pattern,
    templates: Vec<(&'p Template, Vec<Vec<Element>>)>,
}

/// Notes wordings of a language that can never read anything, and those that go first by their id alone.
pub fn wordings(pack: &LanguagePack, out: &mut Doubts<'_>) {
    let spread = |pattern| {
        let flats = |template| (template, Template::expanded(template).unwrap_or_default());
        Spread { pattern, templates: pattern.templates.iter().map(flats).collect() }
    };
    let all: Vec<Spread<'_>> = pack.patterns.iter().map(spread).collect();
    for one in &all {
        let pattern = one.pattern;
        if !out.asks(&pattern.id, Some(&pack.tag), &pattern.location) {
            continue;
        }
        let guards: Vec<(&Template, Vec<Vec<Element>>)> =
            pattern.but_not.iter().map(|t| (t, t.expanded().unwrap_or_default())).collect();
        for (index, (template, flats)) in one.templates.iter().enumerate() {
            let place = out.files.words(&pattern.location, &template.written);
            if flats.iter().all(|flat| misplaced_anchor(flat).is_some()) {
                let message = "this wording can never match: something stands before `^^` or behind `$$`".to_owned();
                let hint = "`^^` is the start of a block and stands first, `$$` is its end and stands last";
                out.add(&place, "never-matches", message, Some(hint.to_owned()));
                continue;
            }
            let kept_away = |flat: &Vec<Element>| {
                guards
                    .iter()
                    .find(|(_, guard)| guard.iter().any(|part| worded(part) && holds(flat, part, &pack.lexicons)))
            };
            if let Some(guard) =
                flats.first().and_then(kept_away).filter(|_| flats.iter().all(|f| kept_away(f).is_some()))
            {
                let written = &guard.0.written;
                let message = format!("this wording can never match: the exception `{written}` holds wherever it does");
                let hint = Some(
                    "an exception names more words than the wording: `match` \"according to {source}\", \
                                 `but-not` \"according to plan\""
                        .to_owned(),
                );
                out.add(&place, "never-matches", message, hint);
                continue;
            }
            if let Some(other) = twice(one, index, pack) {
                let message =
                    format!("this wording adds nothing: `{other}` of the same pattern matches all that it matches");
                out.add(&place, "wording-twice", message, Some("take it out".to_owned()));
                continue;
            }
            rivals(one, flats, &all, pack, &place, out);
        }
    }
}

/// True for a sequence with a word of its own.
fn worded(flat: &[Element]) -> bool {
    flat.iter().any(|e| matches!(e, Element::Word(_) | Element::Lexicon { .. }))
}

/// Another template of the same pattern that matches all that the one at `index` matches.
fn twice<'p>(one: &Spread<'p>, index: usize, pack: &LanguagePack) -> Option<&'p str> {
    let (_, flats) = one.templates.get(index)?;
    one.templates.iter().enumerate().filter(|(i, _)| *i != index).find_map(|(i, (template, others))| {
        let covered = |a: &Vec<Vec<Element>>, b: &Vec<Vec<Element>>| {
            a.iter().all(|flat| b.iter().any(|other| covers(other, flat, &pack.lexicons)))
        };
        // Of two that are the same the later one is told.
        let told = covered(flats, others) && (i < index || !covered(others, flats));
        told.then_some(template.written.as_str())
    })
}

/// Notes where other patterns match all that these sequences match, and who goes first.
fn rivals(
    one: &Spread<'_>,
    flats: &[Vec<Element>],
    all: &[Spread<'_>],
    pack: &LanguagePack,
    place: &crate::rules::pack::Location,
    out: &mut Doubts<'_>,
) {
    let own = one.pattern;
    for other in all.iter().filter(|other| other.pattern.id != own.id) {
        let rival = other.pattern;
        let competes = is_mark(own.means) == is_mark(rival.means)
            && (rival.places.is_empty()
                || !own.places.is_empty() && own.places.iter().all(|p| rival.places.contains(p)))
            && rival.but_not.iter().all(|guard| own.but_not.iter().any(|g| g.written == guard.written));
        if !competes {
            continue;
        }
        let wide = |flat: &Vec<Element>| {
            let flats = other.templates.iter().flat_map(|(_, flats)| flats);
            flats.into_iter().find(|other| covers(other, flat, &pack.lexicons))
        };
        if !flats.iter().all(|flat| wide(flat).is_some()) {
            continue;
        }
        let equal = flats.iter().all(|flat| wide(flat) == Some(flat));
        let stands_first = own.instead_of.contains(&rival.id);
        let gives_way = rival.instead_of.contains(&own.id);
        if stands_first {
            continue;
        }
        if gives_way || rival.id > own.id {
            let why = if gives_way { "stands `instead-of` this one" } else { "goes first, as its id comes later" };
            let message =
                format!("this wording never reads anything: `{}` matches all that it matches and {why}", rival.id);
            let hint = if gives_way {
                format!("take the wording out, or this rule's id out of the `instead-of` of `{}`", rival.id)
            } else {
                format!("take the wording out, or write `instead-of = [\"{}\"]` here", rival.id)
            };
            out.add(place, "shadowed", message, Some(hint));
        } else if !equal {
            let message =
                format!("only its id puts this wording before `{}`, which matches all that it matches", rival.id);
            let hint = format!("say so: `instead-of = [\"{}\"]`; or take the wording out", rival.id);
            out.add(place, "tie", message, Some(hint));
        }
    }
}
