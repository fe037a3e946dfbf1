//! Numbers, days and places of one thing that can't all be so, beyond rounding and exactness.

use jiff::civil::Date as Day;
use rapidhash::{RapidHashMap, RapidHashSet};

use crate::article::BlockKind;
use crate::story::dates::WrittenDate;
use crate::story::digest::{Digest, Sentence};
use crate::story::figures::{Figure, differ};
use crate::story::model::{At, Conflict, ConflictKind, Side};
use crate::story::places::Places;
use crate::story::rarity::Rarity;
use crate::story::terms::{Term, TermKind};
use crate::story::voices::{Pictures, likeness};
use crate::text::span::Span;

/// Least likeness of what stands around two numbers of one thing.
const AROUND: f64 = 0.4;
/// Fewest terms that they share.
const LEAST: usize = 3;
/// The same around two numbers of one unit.
const AROUND_UNIT: f64 = 0.45;
/// Least likeness of what stands around two numbers where no name is the same.
const SURE: f64 = 0.6;
/// One of as many articles has a name that the story is about.
const CORE: usize = 5;
/// Numbers of one thing are at most as many times each other.
const OTHER_SIZE: f64 = 4.0;
/// Most numbers of one noun that are compared with each other.
const MOST: usize = 200;
/// Days between articles whose numbers are compared: later ones may tell of more.
const APART: i32 = 1;
/// Paragraphs from the start in which numbers of the dead and hurt are of all.
const OPENING: u32 = 4;
/// Share of a long story's articles from which on a term does not tell what is counted.
const TOO_COMMON: f64 = 0.6;
/// Least likeness of two sentences that date one thing.
const DATED: f64 = 0.55;
/// Fewest terms that they share.
const LEAST_DATED: usize = 5;

/// One number with where it stands.
#[derive(Debug, Clone, Copy)]
struct Counted<'d> {
    article: At,
    sentence: &'d Sentence,
    figure: &'d Figure,
    /// Where its sentence says who tells it.
    told: &'d [Span],
}

/// Numbers of one thing that differ.
pub fn figures(digests: &[Digest], rarity: &Rarity) -> Vec<Conflict> {
    let all: Vec<Counted<'_>> = digests
        .iter()
        .enumerate()
        .flat_map(|(article, digest)| {
            let told = digest.sentences.iter().filter(|s| s.kind != BlockKind::Caption);
            told.flat_map(move |sentence| {
                sentence.figures.iter().map(move |figure| Counted { article, sentence, figure, told: &sentence.told })
            })
        })
        .collect();
    let core = core_names(digests);
    // What an outlet says today and said yesterday is no conflict.
    let houses: Vec<&str> = digests.iter().map(Digest::publisher).collect();
    let mut by_noun: RapidHashMap<u64, Vec<usize>> = RapidHashMap::default();
    for (i, counted) in all.iter().enumerate() {
        match (counted.figure.unit, toll_act(counted.figure)) {
            (Some(unit), _) => by_noun.entry(unit).or_default().push(i),
            (None, Some(act)) if counted.figure.kind == TOLL => by_noun.entry(act).or_default().push(i),
            _ => {}
        }
        for term in heads(counted.figure).filter(|_| counted.figure.unit.is_none()) {
            by_noun.entry(term.key).or_default().push(i);
        }
    }
    let days: Vec<Option<Day>> = digests.iter().map(|d| d.day).collect();
    let comparable = |i: usize, j: usize| {
        let (a, b) = (all[i].article, all[j].article);
        let one_house = houses[a] == houses[b] && houses[a] != "unknown";
        // What is counted on another day may have grown since.
        let later = days[a].zip(days[b]).is_some_and(|(x, y)| x.since(y).is_ok_and(|s| s.get_days().abs() > APART));
        a != b && !one_house && !later
    };
    let mut differing: Vec<(usize, usize)> = Vec::new();
    let mut alike: RapidHashSet<(usize, usize)> = RapidHashSet::default();
    let mut nouns: Vec<&Vec<usize>> = by_noun.values().collect();
    nouns.sort_unstable();
    for list in nouns {
        for (n, &i) in list.iter().take(MOST).enumerate() {
            for &j in list.iter().take(MOST).skip(n + 1) {
                let pair = (i.min(j), i.max(j));
                if alike.contains(&pair) || !comparable(i, j) || !is_one_thing(&all[i], &all[j], &core, rarity) {
                    continue;
                }
                alike.insert(pair);
                if differ(&all[i].figure.stretch, &all[j].figure.stretch) {
                    differing.push(pair);
                }
            }
        }
    }
    // An article that gives the other's number, too, knows of both.
    differing.retain(|&(i, j)| {
        let knows = |of: usize, number: usize| {
            (0..all.len()).any(|k| {
                all[k].article == all[of].article
                    && k != of
                    && !differ(&all[k].figure.stretch, &all[number].figure.stretch)
                    && all[k].figure.unit == all[number].figure.unit
                    && (all[k].figure.unit.is_some()
                        || heads(all[k].figure).any(|t| heads(all[number].figure).any(|u| u.key == t.key)))
            })
        };
        !knows(i, j) && !knows(j, i)
    });
    let side = |i: usize| Side { article: all[i].article, span: all[i].figure.span, value: value(all[i].figure) };
    let is_alike = |i: usize, j: usize| alike.contains(&(i.min(j), i.max(j)));
    matters(&differing, all.len(), &is_alike)
        .into_iter()
        .map(|mut members| {
            members.sort_by(|&a, &b| {
                all[b]
                    .figure
                    .stretch
                    .low
                    .total_cmp(&all[a].figure.stretch.low)
                    .then(all[a].article.cmp(&all[b].article))
            });
            Conflict { kind: ConflictKind::Figure, members: members.into_iter().map(side).collect() }
        })
        .collect()
}

/// Numbers of one thing each, from pairs that differ: a number joins those that most of it are of one thing with, so that
/// one that is like two different things does not make them one.
fn matters(differing: &[(usize, usize)], all: usize, is_alike: &dyn Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    let fits = |group: &[usize], i: usize| group.iter().filter(|&&k| is_alike(i, k)).count() * 3 >= group.len() * 2;
    for &(i, j) in differing {
        if out.iter().any(|group| group.contains(&i) && group.contains(&j)) {
            continue;
        }
        let mut group = vec![i, j];
        for k in (0..all).filter(|k| *k != i && *k != j) {
            if is_alike(k, i) && is_alike(k, j) && fits(&group, k) {
                group.push(k);
            }
        }
        // Most of these numbers are in one already: the same matter once more.
        if !out.iter().any(|other| group.iter().filter(|k| other.contains(k)).count() * 2 > group.len()) {
            out.push(group);
        }
    }
    out
}

/// The terms that tell what a number counts: its noun, and the name only where there is nothing else.
fn heads(figure: &Figure) -> impl Iterator<Item = &Term> {
    let plain = figure.counted.iter().any(|t| matches!(t.kind, TermKind::Word | TermKind::Idea | TermKind::Act));
    figure.counted.iter().filter(move |t| match t.kind {
        TermKind::Word | TermKind::Idea | TermKind::Act => true,
        TermKind::Name => !plain,
        TermKind::Number => false,
    })
}

/// The names that much of the story has: what happens is about them.
fn core_names(digests: &[Digest]) -> RapidHashSet<u64> {
    let mut articles: RapidHashMap<u64, usize> = RapidHashMap::default();
    for digest in digests {
        let names = digest.sentences.iter().flat_map(|s| &s.terms).filter(|t| t.kind == TermKind::Name);
        let own: RapidHashSet<u64> = names.map(|t| t.key).collect();
        own.into_iter().for_each(|key| *articles.entry(key).or_default() += 1);
    }
    articles.into_iter().filter(|(_, n)| *n > 1 && n * CORE >= digests.len()).map(|(key, _)| key).collect()
}

/// The kind of numbers of the dead and hurt.
const TOLL: &str = "toll";

/// What happened to those that a number counts: the act nearest to it.
fn toll_act(figure: &Figure) -> Option<u64> {
    let acts = figure.counted.iter().chain(&figure.near).filter(|t| t.kind == TermKind::Act);
    let away = |t: &&Term| {
        if t.span.start >= figure.span.end {
            t.span.start - figure.span.end
        } else {
            figure.span.start.saturating_sub(t.span.end)
        }
    };
    acts.min_by_key(away).map(|t| t.key)
}

/// What a number comes to, for people: the number, or its least and most.
fn value(figure: &Figure) -> String {
    let (low, high) = (figure.stretch.low, figure.stretch.high);
    let plain = |n: f64| if n.fract() == 0.0 { format!("{n}") } else { format!("{n:.2}") };
    if low == high { plain(low) } else { format!("{}-{}", plain(low), plain(high)) }
}

/// True where two numbers count the same: one noun or unit, and around it the same act and names.
fn is_one_thing(a: &Counted<'_>, b: &Counted<'_>, core: &RapidHashSet<u64>, rarity: &Rarity) -> bool {
    if a.figure.unit != b.figure.unit || a.figure.kind != b.figure.kind && a.figure.unit.is_some() {
        return false;
    }
    let dated = |s: &Sentence| s.dates.iter().filter(|d| !d.resolved).copied().collect::<Vec<WrittenDate>>();
    let (mine, theirs) = (dated(a.sentence), dated(b.sentence));
    if !is_one_size(a.figure, b.figure) {
        return false;
    }
    if is_one_toll(a, b, core, rarity) && mine.is_empty() && theirs.is_empty() {
        return true;
    }
    let terms = |c: &Counted<'_>| c.figure.counted.iter().chain(&c.figure.near).copied().collect::<Vec<Term>>();
    let (x, y) = (terms(a), terms(b));
    let (near, shared, names) = likeness(&x.iter().collect::<Vec<_>>(), &y.iter().collect::<Vec<_>>(), rarity);
    // A unit tells less of what is measured than a noun.
    let (least_near, least) = if a.figure.unit.is_some() { (AROUND_UNIT, LEAST + 1) } else { (AROUND, LEAST) };
    // Without a name in common, nearly all must agree, and nothing else be named.
    let act = |list: &[Term], key: u64| list.iter().any(|t| t.key == key);
    let acts = x.iter().any(|t| t.kind == TermKind::Act && act(&y, t.key));
    let nameless = near >= SURE && shared > LEAST && [a, b].iter().all(|c| names_only(c, core));
    if near < least_near || shared < least || names == 0 && !nameless || shared == names || !acts {
        return false;
    }
    // Of several words that tell what is counted, most are the same: square feet are no square metres.
    let (mut one, mut other): (Vec<u64>, Vec<u64>) =
        (heads(a.figure).map(|t| t.key).collect(), heads(b.figure).map(|t| t.key).collect());
    one.sort_unstable();
    other.sort_unstable();
    let common = one.iter().filter(|key| other.binary_search(key).is_ok()).count();
    if a.figure.unit.is_none() && common * 2 <= one.len().min(other.len()) {
        return false;
    }
    // What all articles write about does not tell what is counted.
    let tells = |t: &Term| rarity.share(t.key) < TOO_COMMON && y.iter().any(|o| o.key == t.key);
    if rarity.is_known() && near < SURE && !x.iter().any(tells) {
        return false;
    }
    // Each names somebody or something that the other does not.
    let own = |mine: &[Term], theirs: &Sentence| {
        mine.iter().any(|t| t.kind == TermKind::Name && !theirs.terms.iter().any(|o| o.key == t.key))
    };
    if own(&x, b.sentence) && own(&y, a.sentence) {
        return false;
    }
    let toll = a.figure.kind == TOLL || b.figure.kind == TOLL;
    if toll && (a.figure.kind != b.figure.kind || toll_act(a.figure) != toll_act(b.figure)) {
        return false;
    }
    mine.is_empty() || theirs.is_empty() || mine.iter().any(|d| theirs.iter().any(|o| d.agrees(o)))
}

/// True where a number's sentence names nothing but what the story is about; who says it and when does not count.
fn names_only(counted: &Counted<'_>, core: &RapidHashSet<u64>) -> bool {
    let sentence = counted.sentence;
    let told = |span: Span| {
        counted.told.iter().any(|t| t.overlaps(span)) || sentence.dates.iter().any(|d| d.span.overlaps(span))
    };
    let names = sentence.terms.iter().filter(|t| t.kind == TermKind::Name && !told(t.span));
    names.clone().all(|t| core.contains(&t.key))
}

/// True where numbers may be of one thing: those of another size are of another matter, of a day and of a whole war.
fn is_one_size(a: &Figure, b: &Figure) -> bool {
    a.stretch.low <= b.stretch.high * OTHER_SIZE && b.stretch.low <= a.stretch.high * OTHER_SIZE
}

/// True for two numbers of those whom the same befell, in sentences that name nothing but what the story is about.
fn is_one_toll(a: &Counted<'_>, b: &Counted<'_>, core: &RapidHashSet<u64>, rarity: &Rarity) -> bool {
    // How many in all stands in the headline or near the start; further below are those of one place or another.
    let opens = |s: &Sentence| s.kind == BlockKind::Title || (1..=OPENING).contains(&s.paragraph);
    let plain = |c: &Counted<'_>| c.figure.kind == TOLL && opens(c.sentence) && names_only(c, core);
    let act = toll_act(a.figure);
    // "Nine people were killed there": where nothing is named, nobody knows of which it is a part.
    let (mine, theirs): (Vec<&Term>, Vec<&Term>) =
        (a.sentence.terms.iter().collect(), b.sentence.terms.iter().collect());
    let (near, _, names) = likeness(&mine, &theirs, rarity);
    let same = names > 0 || near >= SURE;
    plain(a) && plain(b) && same && act.is_some() && act == toll_act(b.figure)
}

/// Days of one thing that differ: sentences that say nearly the same, each with one date.
pub fn dates(digests: &[Digest], rarity: &Rarity) -> Vec<Conflict> {
    let mut all: Vec<(At, &Sentence, WrittenDate)> = Vec::new();
    for (article, digest) in digests.iter().enumerate() {
        for sentence in digest.sentences.iter().filter(|s| s.kind == BlockKind::Body) {
            if let [date] = sentence.dates.as_slice()
                && !date.resolved
                && date.year.is_some()
            {
                all.push((article, sentence, *date));
            }
        }
    }
    let mut out = Vec::new();
    for (n, (article, sentence, date)) in all.iter().enumerate().take(MOST) {
        for (other, peer, theirs) in all.iter().take(MOST).skip(n + 1) {
            if article == other || date.agrees(theirs) {
                continue;
            }
            let words = |s: &'_ Sentence, d: &WrittenDate| {
                s.terms.iter().filter(|t| !d.span.overlaps(t.span)).copied().collect::<Vec<Term>>()
            };
            let (x, y) = (words(sentence, date), words(peer, theirs));
            let (near, shared, names) = likeness(&x.iter().collect::<Vec<_>>(), &y.iter().collect::<Vec<_>>(), rarity);
            if near >= DATED && shared >= LEAST_DATED && names > 0 {
                let side = |article: At, d: &WrittenDate| Side { article, span: d.span, value: d.iso() };
                let members = vec![side(*article, date), side(*other, theirs)];
                out.push(Conflict { kind: ConflictKind::Date, members });
            }
        }
    }
    out
}

/// Where things in the same pictures come from, or go to, where it can't be one place.
pub fn places(groups: &[Vec<Pictures>], digests: &[Digest], places: &Places) -> Vec<Conflict> {
    let mut out = Vec::new();
    for group in groups {
        for leaves in [true, false] {
            let mut sides: Vec<(Side, u32)> = Vec::new();
            for account in group {
                let digest = &digests[account.article];
                let Some(i) = digest.sentence_at(account.span.start) else { continue };
                for direction in digest.sentences[i].places.iter().filter(|d| d.out == leaves) {
                    if let Some(place) = places.named(digest.article.words(direction.name)) {
                        let value = places.id(place).to_owned();
                        sides.push((Side { article: account.article, span: direction.span, value }, place));
                    }
                }
            }
            let apart = |a: u32, b: u32| !places.within(a, b) && !places.within(b, a);
            let differs = sides.iter().any(|(a, p)| sides.iter().any(|(b, q)| a.article != b.article && apart(*p, *q)));
            if differs {
                sides.sort_by(|a, b| (&a.0.value, a.0.article).cmp(&(&b.0.value, b.0.article)));
                out.push(Conflict { kind: ConflictKind::Place, members: sides.into_iter().map(|(s, _)| s).collect() });
            }
        }
    }
    out
}
