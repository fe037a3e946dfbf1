//! Patterns tried around their cues: every way in which a stretch of text can be read.

use super::attempt::{Attempt, behind_insertions, behind_transparent};
use super::mentions::Mentions;
use super::reading::{Miss, Reading, Surround};
use crate::compiled::anchors::{Candidate, word_bit};
use crate::compiled::atoms::{Atom, Flat};
use crate::compiled::signature::Signature;
use crate::rules::pack::{Means, NameTest};
use crate::scan::{Region, View};
use crate::text::token::{Kind, Mark};

/// All readings of one region, each in its own right; [`super::choose`] tells which of them stand.
pub fn read(view: &View<'_>, region: &Region, place: Surround, misses: Option<&mut Vec<Miss>>) -> Vec<Reading> {
    read_as(view, region, place, None, misses)
}

/// Those readings of one region that declare `means`.
pub fn read_only(view: &View<'_>, region: &Region, place: Surround, means: Means) -> Vec<Reading> {
    read_as(view, region, place, Some(means), None)
}

fn read_as(
    view: &View<'_>,
    region: &Region,
    place: Surround,
    only: Option<Means>,
    misses: Option<&mut Vec<Miss>>,
) -> Vec<Reading> {
    let mut out = Vec::new();
    let mut misses = misses;
    let mentions = Mentions::new(view, region);
    let mut attempt = None;
    // What stands in the region before and behind each token: made when the first cue is met.
    let (mut before, mut known) = (0, region.first);
    let mut around: Vec<Around> = Vec::new();
    for at in region.first..region.last {
        if view.depth[at] != region.depth {
            continue;
        }
        let flats = match view.tokens[at].kind {
            Kind::Mark(mark) => view.language.anchors.of_mark(mark),
            _ => {
                let surface = view.surfaces[at];
                if surface == 0 {
                    continue;
                }
                view.language.anchors.of_word(surface)
            }
        };
        if flats.is_empty() || inside_compound(view, at) || opens_name(view, region, at) {
            continue;
        }
        if around.is_empty() {
            around = signatures(view, region);
        }
        before |= around[known - region.first..at - region.first].iter().fold(0, |all, token| all | token.own);
        known = at;
        let after = around[at - region.first].behind;
        let next = next_to(view, region, at, &around);
        let first_new = out.len();
        for &Candidate { flat: id, needed } in flats {
            let lacks = needed.before & !before != 0 || needed.behind & !after != 0 || needed.next & !next != 0;
            if lacks && misses.is_none() {
                continue;
            }
            let flat = &view.language.flats[id as usize];
            let pattern = &view.language.pack.patterns[flat.pattern as usize];
            if !fits(&pattern.places, place) || only.is_some_and(|means| means != pattern.means) {
                continue;
            }
            let attempt = attempt.get_or_insert_with(|| Attempt::new(&mentions, flat, pattern.means));
            attempt.restart(flat, pattern.means);
            match attempt.run(at) {
                Some(reading) => {
                    let mut guards = guards(&mentions, id, &reading).peekable();
                    if guards.peek().is_none() {
                        drop(guards);
                        out.push(Reading { flat: id, pattern: flat.pattern, ..reading });
                    } else if let Some(misses) = misses.as_deref_mut() {
                        let (first, last) = reading.extent();
                        let matched = view.span(first, last);
                        let miss = |guard| Miss { flat: id, matched, stopped_at: first, wanted: 0, guard: Some(guard) };
                        misses.extend(guards.map(miss));
                    }
                }
                None => {
                    if let Some(misses) = misses.as_deref_mut() {
                        let last = attempt.furthest.max(at + 1).min(view.tokens.len());
                        misses.push(Miss {
                            flat: id,
                            matched: view.span(at, last),
                            stopped_at: last,
                            wanted: attempt.wanted,
                            guard: None,
                        });
                    }
                }
            }
        }
        keep_distinct(&mut out, first_new);
    }
    out
}

/// True for a verb of a cue whose capital makes it the first half of a name: "the clerk Hope Harper".
fn opens_name(view: &View<'_>, region: &Region, at: usize) -> bool {
    let (token, pack) = (&view.tokens[at], &view.language.pack);
    if !token.capital || at <= region.first || view.title_case || token.kind != Kind::Word {
        return false;
    }
    let named = |t: usize| view.tokens.get(t).is_some_and(|t| t.capital && t.spaced && t.kind == Kind::Word);
    pack.name_test == NameTest::Capitals
        && !pack.noun_capitals
        && view.tokens[at - 1].is_wordlike()
        && view.is(at, view.language.roles.cue)
        && named(at + 1)
}

/// What stands at a token, and in its region behind it.
struct Around {
    own: Signature,
    behind: Signature,
}

/// What stands right behind the cue at token `at`, or behind what may stand in between. Of a cue that may be longer than its
/// first word it can't be told: everything may.
fn next_to(view: &View<'_>, region: &Region, at: usize, around: &[Around]) -> Signature {
    if view.phrases.is_longer_start(at) {
        return Signature::MAX;
    }
    let starts = [at + 1, behind_transparent(view, region, at + 1), behind_insertions(view, region, at + 1)];
    let own = starts.iter().filter_map(|start| around.get(start - region.first));
    own.fold(0, |all, token| all | token.own)
}

fn signatures(view: &View<'_>, region: &Region) -> Vec<Around> {
    let tokens = region.first..region.last;
    let mut out: Vec<Around> = tokens.map(|t| Around { own: view.signature(t), behind: 0 }).collect();
    let mut behind = 0;
    for token in out.iter_mut().rev() {
        token.behind = behind;
        behind |= token.own;
    }
    out
}

/// Of two readings of one pattern at one place with the same fills, one is enough.
fn keep_distinct(out: &mut Vec<Reading>, from: usize) {
    let mut i = from;
    while i < out.len() {
        let same = (from..i).any(|k| {
            out[k].pattern == out[i].pattern && out[k].fills == out[i].fills && out[k].weight >= out[i].weight
        });
        if same {
            out.remove(i);
        } else {
            i += 1;
        }
    }
}

fn fits(places: &[crate::rules::pack::Place], place: Surround) -> bool {
    use crate::rules::pack::Place;
    places.is_empty()
        || places.iter().any(|p| match p {
            Place::Title => place.title,
            Place::Caption => place.caption,
            Place::Lead => place.lead,
            Place::ArticleEnd => place.article_end,
            // Anchors in the template itself say where in the block it stands.
            Place::Line | Place::BlockEnd => !place.title,
        })
}

/// True for a word that is a part of a longer one: a hyphenated word, or a noun of several words (`state media`).
fn inside_compound(view: &View<'_>, at: usize) -> bool {
    if !view.tokens[at].is_wordlike() {
        return false;
    }
    if view.noun_at(at).is_some_and(|(_, end)| end > at + 1) {
        return true;
    }
    let before = at > 0 && !view.tokens[at].spaced && view.tokens[at - 1].is(Mark::Hyphen);
    let after = view.tokens.get(at + 1).is_some_and(|t| !t.spaced && t.is(Mark::Hyphen)) && !turned_round(view, at + 1);
    before && !turned_round(view, at - 1) || after
}

/// Most tokens of the letters between a verb and the pronoun behind it, hyphens included: `-t-il`.
const LONGEST_INVERSION: usize = 3;

/// True where the hyphen at the token ties a pronoun to the verb before it: the two are no compound.
fn turned_round(view: &View<'_>, hyphen: usize) -> bool {
    let glued = |t: usize| view.tokens.get(t).is_some_and(|t| !t.spaced);
    (hyphen + 1..=hyphen + LONGEST_INVERSION).take_while(|&t| glued(t)).any(|t| {
        view.tokens[t - 1].is(Mark::Hyphen) && view.tokens[t].is_wordlike() && {
            view.language.pronoun(view.surfaces[t]).is_some_and(|p| !p.relative)
        }
    })
}

/// False where the atom that matching starts from can't stand at the token: most can't.
fn may_match(view: &View<'_>, pivot: &Atom, at: usize) -> bool {
    match pivot {
        Atom::Word(words) => words.contains(&view.surfaces[at]),
        Atom::Lex(lex) => view.lex_at(at, *lex).is_some(),
        _ => true,
    }
}

/// The `but-not` templates of the same pattern that match over words of the reading.
fn guards<'v, 'a>(
    mentions: &'v Mentions<'v, 'a>,
    flat: u32,
    reading: &'v Reading,
) -> impl Iterator<Item = u32> + use<'v, 'a> {
    let (view, region) = (mentions.view, mentions.region);
    let pattern = view.language.flats[flat as usize].pattern;
    let (first, last) = reading.extent();
    let from = first.saturating_sub(3).max(region.first);
    let words = (from..(last + 3).min(region.last)).fold(0, |all, at| all | word_bit(view.surfaces[at]));
    let holds = move |guard: &Flat| {
        let pivot = &guard.atoms[guard.pivot];
        (from..(last + 3).min(region.last)).filter(|&at| may_match(view, pivot, at)).any(|at| {
            let found = Attempt::new(mentions, guard, Means::Hedge).run(at);
            found.is_some_and(|g| {
                let (a, b) = g.extent();
                a < reading.start.1 + 3 && reading.start.0 < b + 3
            })
        })
    };
    let met = view.language.anchors.guards(pattern).filter(move |guard| guard.words & words != 0);
    met.filter(move |guard| holds(&view.language.flats[guard.flat as usize])).map(|guard| guard.flat)
}
