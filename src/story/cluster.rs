//! Articles grouped by event, from their sketches alone: one pass in the order of time, each article held against the groups
//! that share its rarest features.

use rapidhash::RapidHashMap;

use crate::story::order::Moment;
use crate::story::sketch::{Feature, Sketch};
use crate::story::terms::TermKind;

/// Articles that are thought to stand behind every run: with them, what is in all of few articles is no common word yet.
const BEHIND: f64 = 400.0;
/// Least likeness of an article and a group in one language.
const LIKE: f64 = 0.30;
/// Least likeness where only names, numbers and ideas can be compared.
const LIKE_ACROSS: f64 = 0.36;
/// Least likeness of two groups that are one.
const LIKE_GROUPS: f64 = 0.42;
/// Fewest names and ideas that an article shares with a group.
const LEAST_SHARED: usize = 3;
/// The same where nothing else can be compared.
const LEAST_ACROSS: usize = 5;
/// Fewest names that articles in two languages share: what happens in one town happens in another, too.
const LEAST_NAMES: usize = 2;
/// The rarest features of an article, by which groups are looked up.
const LOOKED_UP: usize = 48;
/// Groups that a feature leads to at most; one that leads to more tells nothing.
const MOST_GROUPS: usize = 200;
/// Groups that an article is held against at most, those with most features in common first.
const MOST_TRIED: usize = 24;
/// Most features that are kept of a group.
const MOST_OF_GROUP: usize = 600;
/// How many windows long a story may be.
const LONGEST: i64 = 4;
/// Fewest articles of a group of which it can be told what all of them open with.
const OPENED: usize = 3;
/// Of five headlines or leads of a group, in how many stands what it opens with.
const CORE: (usize, usize) = (3, 5);
/// Share of what a group opens with that an article of the next day must open with, too, and one of a later day: the same persons
/// do something else the day after, and what comes of an event names it.
const NEXT_DAY: f64 = 0.25;
const LATER: f64 = 0.5;

/// What each kind of feature weighs.
fn weight(kind: TermKind) -> f64 {
    match kind {
        TermKind::Name => 1.0,
        TermKind::Idea | TermKind::Act => 0.9,
        TermKind::Number => 0.8,
        TermKind::Word => 0.7,
    }
}

/// The groups of two articles or more: indexes into `sketches`, in order; groups in the order of their first articles.
/// Articles further apart than `window` days are of different events.
pub fn cluster(sketches: &[&Sketch], window: u32) -> Vec<Vec<usize>> {
    let mut df: RapidHashMap<u32, u32> = RapidHashMap::default();
    sketches.iter().flat_map(|s| &s.features).for_each(|f| *df.entry(f.key).or_default() += 1);
    let all = sketches.len() as f64 + BEHIND;
    let rarity = |key: u32| (all / (f64::from(df.get(&key).copied().unwrap_or(0)) + 1.0)).ln().max(0.0);
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    order.sort_by_key(|&i| (sketches[i].moment.is_none(), sketches[i].moment, i));
    let mut groups = Groups { window: i64::from(window), ..Groups::default() };
    for i in order {
        let vector = vector(&sketches[i].features, &rarity);
        if vector.is_empty() {
            continue;
        }
        match groups.best(&vector, sketches[i], LIKE, LIKE_ACROSS, None) {
            Some(group) => groups.join(group, i, &vector, sketches[i]),
            None => groups.open(i, &vector, sketches[i]),
        }
    }
    groups.merge();
    let mut out: Vec<Vec<usize>> = groups.list.into_iter().map(|g| g.members).filter(|m| m.len() > 1).collect();
    out.iter_mut().for_each(|members| members.sort_unstable());
    out.sort_unstable();
    out
}

/// One weighed feature.
#[derive(Debug, Clone, Copy)]
struct Weighed {
    key: u32,
    kind: TermKind,
    /// How many headlines or leads it stands in.
    heads: u16,
    weight: f64,
}

fn vector(features: &[Feature], rarity: &dyn Fn(u32) -> f64) -> Vec<Weighed> {
    let weighed = features.iter().map(|f| {
        let often = 1.0 + f64::from(f.count).ln();
        Weighed { key: f.key, kind: f.kind, heads: u16::from(f.head), weight: often * rarity(f.key) * weight(f.kind) }
    });
    weighed.filter(|w| w.weight > 0.0).collect()
}

#[derive(Debug, Default)]
struct Group {
    members: Vec<usize>,
    /// Features, in the order of their keys, added up.
    sum: Vec<Weighed>,
    languages: Vec<[u8; 8]>,
    first: Option<Moment>,
    last: Option<Moment>,
}

#[derive(Debug, Default)]
struct Groups {
    list: Vec<Group>,
    /// Feature → groups that have it.
    index: RapidHashMap<u32, Vec<u32>>,
    window: i64,
}

impl Groups {
    fn open(&mut self, i: usize, vector: &[Weighed], sketch: &Sketch) {
        let at = self.list.len() as u32;
        self.list.push(Group {
            members: vec![i],
            sum: vector.to_vec(),
            languages: vec![sketch.language],
            first: sketch.moment,
            last: sketch.moment,
        });
        self.point(at, vector);
    }

    fn join(&mut self, at: usize, i: usize, vector: &[Weighed], sketch: &Sketch) {
        let group = &mut self.list[at];
        group.members.push(i);
        group.sum = added(&group.sum, vector);
        if !group.languages.contains(&sketch.language) {
            group.languages.push(sketch.language);
        }
        if let Some(moment) = sketch.moment {
            group.first = Some(group.first.map_or(moment, |first| first.min(moment)));
            group.last = Some(group.last.map_or(moment, |last| last.max(moment)));
        }
        self.point(at as u32, vector);
    }

    /// Notes that a group has the rarest features of `vector`.
    fn point(&mut self, at: u32, vector: &[Weighed]) {
        for feature in rarest(vector) {
            let list = self.index.entry(feature.key).or_default();
            if list.len() <= MOST_GROUPS && list.last() != Some(&at) && !list.contains(&at) {
                list.push(at);
            }
        }
    }

    /// The group most like an article, if one is like it enough. `own` is left out.
    fn best(&self, vector: &[Weighed], sketch: &Sketch, like: f64, across: f64, own: Option<usize>) -> Option<usize> {
        let mut shared: RapidHashMap<u32, u32> = RapidHashMap::default();
        for feature in rarest(vector) {
            let groups = self.index.get(&feature.key).map_or(&[][..], Vec::as_slice);
            if groups.len() <= MOST_GROUPS {
                groups.iter().for_each(|group| *shared.entry(*group).or_default() += 1);
            }
        }
        let mut tried: Vec<(u32, u32)> = shared.into_iter().filter(|(_, count)| *count > 1).collect();
        tried.sort_unstable_by_key(|(group, count)| (std::cmp::Reverse(*count), *group));
        tried.truncate(MOST_TRIED);
        let mut best: Option<(f64, usize)> = None;
        for (at, _) in tried {
            let at = at as usize;
            let group = &self.list[at];
            if own == Some(at) || group.members.is_empty() || !self.in_time(group, sketch) {
                continue;
            }
            let one_language = group.languages.contains(&sketch.language);
            let (likeness, common, names) = likeness(vector, &group.sum, !one_language);
            let (least, fewest) = if one_language { (like, LEAST_SHARED) } else { (across, LEAST_ACROSS) };
            let named = one_language || names >= LEAST_NAMES;
            if named
                && common >= fewest
                && likeness >= least
                && best.is_none_or(|(other, _)| likeness > other)
                && self.is_one_event(vector, sketch, group, own, one_language)
            {
                best = Some((likeness, at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// True where an article, or the group `own`, opens with enough of what a group of an earlier or a later day opens with.
    fn is_one_event(
        &self,
        vector: &[Weighed],
        sketch: &Sketch,
        group: &Group,
        own: Option<usize>,
        one_language: bool,
    ) -> bool {
        let own = own.map(|at| &self.list[at]);
        let (Some(first), Some(last)) = (sketch.moment, own.map_or(sketch.moment, |g| g.last)) else { return true };
        let (Some(from), Some(to)) = (group.first, group.last) else { return true };
        let gap = if first > to {
            first.day() - to.day()
        } else if last < from {
            from.day() - last.day()
        } else {
            0
        };
        let least = match gap {
            i64::MIN..=0 => return true,
            1 => NEXT_DAY,
            _ => LATER,
        };
        let members = own.map_or(1, |g| g.members.len());
        let (mine, theirs) =
            (Opening { list: vector, members }, Opening { list: &group.sum, members: group.members.len() });
        let shared = [theirs.share_in(&mine, one_language), mine.share_in(&theirs, one_language)];
        // What one of them opens with stands at the head of the other.
        shared.into_iter().flatten().reduce(f64::max).is_none_or(|share| share >= least)
    }

    fn in_time(&self, group: &Group, sketch: &Sketch) -> bool {
        let (Some(moment), Some(first), Some(last)) = (sketch.moment, group.first, group.last) else { return true };
        moment.days_apart(&last) <= self.window && moment.days_apart(&first) <= self.window * LONGEST
    }

    /// Makes one of groups that grew alike: an event's first articles in two languages may have little in common.
    fn merge(&mut self) {
        for at in 0..self.list.len() {
            let group = &self.list[at];
            let sketch = Sketch {
                features: Vec::new(),
                moment: group.first,
                language: group.languages.first().copied().unwrap_or_default(),
            };
            let vector = group.sum.clone();
            let Some(other) = self.best(&vector, &sketch, LIKE_GROUPS, LIKE_GROUPS, Some(at)) else { continue };
            let group = std::mem::take(&mut self.list[at]);
            let into = &mut self.list[other];
            into.members.extend(group.members);
            into.sum = added(&into.sum, &group.sum);
            for language in group.languages {
                if !into.languages.contains(&language) {
                    into.languages.push(language);
                }
            }
            into.first = [into.first, group.first].into_iter().flatten().min();
            into.last = [into.last, group.last].into_iter().flatten().max();
            self.point(other as u32, &vector);
        }
    }
}

/// What the headlines and leads of some articles have.
struct Opening<'g> {
    list: &'g [Weighed],
    members: usize,
}

impl Opening<'_> {
    fn is_core(&self, it: &Weighed) -> bool {
        usize::from(it.heads) * CORE.1 >= self.members * CORE.0
    }

    /// The share of what most of these open with that the others open with, too. `None` where it can't be told.
    fn share_in(&self, other: &Opening<'_>, words: bool) -> Option<f64> {
        if self.members < OPENED {
            return None;
        }
        let (mut all, mut shared) = (0.0, 0.0);
        for it in self.list.iter().filter(|it| self.is_core(it) && (words || it.kind != TermKind::Word)) {
            all += it.weight;
            let found = other.list.binary_search_by_key(&it.key, |w| w.key).ok().map(|i| &other.list[i]);
            shared += if found.is_some_and(|w| other.is_core(w)) { it.weight } else { 0.0 };
        }
        (all > 0.0).then(|| shared / all)
    }
}

/// The features that part an article most from others.
fn rarest(vector: &[Weighed]) -> Vec<Weighed> {
    let mut out = vector.to_vec();
    out.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.key.cmp(&b.key)));
    out.truncate(LOOKED_UP);
    out
}

/// Two lists of features, added up; the least of many are dropped.
fn added(a: &[Weighed], b: &[Weighed]) -> Vec<Weighed> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x.key == y.key => {
                out.push(Weighed { weight: x.weight + y.weight, heads: x.heads.saturating_add(y.heads), ..*x });
                (i, j) = (i + 1, j + 1);
            }
            (Some(x), y) if y.is_none_or(|y| x.key < y.key) => {
                out.push(*x);
                i += 1;
            }
            (_, Some(y)) => {
                out.push(*y);
                j += 1;
            }
            _ => break,
        }
    }
    if out.len() > MOST_OF_GROUP {
        out.sort_by(|x, y| y.weight.total_cmp(&x.weight).then(x.key.cmp(&y.key)));
        out.truncate(MOST_OF_GROUP);
        out.sort_by_key(|w| w.key);
    }
    out
}

/// The cosine of two lists of features, how many names, numbers and ideas they share, and how many of these are names.
/// `across`: common words don't count.
fn likeness(a: &[Weighed], b: &[Weighed], across: bool) -> (f64, usize, usize) {
    let counts = |w: &&Weighed| !across || w.kind != TermKind::Word;
    let norm = |list: &[Weighed]| list.iter().filter(counts).map(|w| w.weight * w.weight).sum::<f64>().sqrt();
    let (mut i, mut j, mut dot, mut shared, mut names) = (0, 0, 0.0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.key.cmp(&y.key) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                if counts(&x) {
                    dot += x.weight * y.weight;
                    shared += usize::from(x.kind != TermKind::Word);
                    names += usize::from(x.kind == TermKind::Name);
                }
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    let norms = norm(a) * norm(b);
    if norms > 0.0 { (dot / norms, shared, names) } else { (0.0, 0, 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(names: std::ops::Range<u32>, words: std::ops::Range<u32>, day: &str, language: &[u8; 8]) -> Sketch {
        let name = names.map(|key| Feature { key, count: 3, kind: TermKind::Name, head: key % 3 == 0 });
        let word = words.map(|key| Feature { key: 10_000 + key, count: 2, kind: TermKind::Word, head: key % 8 == 0 });
        Sketch { features: name.chain(word).collect(), moment: Moment::new(day, None), language: *language }
    }

    const EN: &[u8; 8] = b"en\0\0\0\0\0\0";
    const HY: &[u8; 8] = b"hy\0\0\0\0\0\0";

    #[test]
    fn one_event_is_one_group_whatever_the_language_and_another_day_or_matter_is_another() {
        let sketches = [
            sketch(0..12, 0..40, "2024-04-17", EN),
            sketch(2..14, 5..45, "2024-04-17", EN),
            sketch(1..13, 500..540, "2024-04-18", HY),
            sketch(200..212, 200..240, "2024-04-17", EN),
            sketch(0..12, 25..65, "2024-05-30", EN),
            sketch(0..12, 2..42, "", EN),
        ];
        assert_eq!(cluster(&sketches.each_ref(), 3), [[0, 1, 2, 5]]);
    }

    #[test]
    fn a_few_common_names_make_no_event() {
        let sketches = [sketch(0..12, 0..40, "2024-04-17", EN), sketch(9..30, 30..80, "2024-04-17", EN)];
        assert!(cluster(&sketches.each_ref(), 3).is_empty());
    }

    #[test]
    fn what_the_same_persons_do_days_later_is_another_event_and_what_comes_of_one_is_none() {
        // Names 0 to 5 are persons and places; at the head of each day's articles stand others beside them.
        let opens = |head: std::ops::Range<u32>, day: &str| {
            let mut out = sketch(0..24, 0..10, day, EN);
            out.features.iter_mut().for_each(|f| f.head = f.key < 3 || head.contains(&f.key));
            out
        };
        let first = || (0..3).map(|_| opens(6..14, "2024-04-17"));
        let other: Vec<Sketch> = first().chain((0..2).map(|_| opens(14..22, "2024-04-20"))).collect();
        assert_eq!(cluster(&other.iter().collect::<Vec<_>>(), 3), [vec![0, 1, 2], vec![3, 4]]);
        let follow: Vec<Sketch> = first().chain((0..2).map(|_| opens(6..18, "2024-04-20"))).collect();
        assert_eq!(cluster(&follow.iter().collect::<Vec<_>>(), 3), [vec![0, 1, 2, 3, 4]]);
    }

    #[test]
    fn a_sketch_stays_under_four_kilobytes() {
        let full = sketch(0..super::super::sketch::MOST_FEATURES as u32, 0..0, "2024-04-17", EN);
        assert!(full.size() <= 4096, "{}", full.size());
    }
}
