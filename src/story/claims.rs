//! What the articles of a story say, each thing once: places in many articles and languages that say the same.

use rapidhash::{RapidHashMap, RapidHashSet};

use crate::article::BlockKind;
use crate::attribution::model::AttributionKind;
use crate::story::digest::Digest;
use crate::story::model::{At, Mention};
use crate::story::rarity::Rarity;
use crate::story::runs::sharing;
use crate::story::terms::{Term, TermKind};
use crate::text::span::Span;

/// Least likeness of a place and a claim in one language.
const LIKE: f64 = 0.52;
/// Least likeness where only names, numbers and ideas can be compared.
const LIKE_ACROSS: f64 = 0.6;
/// Least likeness of two claims that grew to be one.
const LIKE_GROWN: f64 = 0.62;
/// Acts and ideas that claims in several languages have in common: how many at least, and what share of the shorter one's.
const LEAST_TOLD: usize = 2;
const TOLD: f64 = 0.75;
/// Fewest terms that a place shares with a claim.
const LEAST_SHARED: usize = 3;
/// Share of a place that the claim must have, too.
const OWN: f64 = 0.5;
/// Share of a short place that the claim has where it says nothing else.
const WITHIN: f64 = 0.95;
/// Articles of a claim that is what the story is about, and the likeness of a short place that says nothing else.
const MANY: usize = 3;
const SURE: f64 = 0.75;
/// Share of its articles that a term of a claim stands in.
const CORE: f64 = 0.34;
/// Fewest and most terms of a place that says one thing.
const WORDS: (usize, usize) = (3, 40);
/// Most claims that a place is held against; later ones are of a single article mostly.
const MOST_TRIED: usize = 64;

/// A claim, its origins not worked out yet.
#[derive(Debug, Clone)]
pub struct Group {
    /// Where it stands, in the order of articles.
    pub mentions: Vec<Mention>,
    /// How many of its places are headlines.
    pub titles: usize,
}

/// One place that says something.
#[derive(Debug)]
struct Place {
    mention: Mention,
    rank: (u32, At, Span),
    language: usize,
    terms: Vec<Said>,
    negated: bool,
    title: bool,
}

/// A term that a place or a claim says: key, kind, language of a word.
type Said = (u64, TermKind, usize);

/// What is said in two articles or more, the widest carried first.
pub fn claims(digests: &[Digest], rarity: &Rarity) -> Vec<Group> {
    let mut languages: Vec<&str> = digests.iter().map(Digest::language).collect();
    languages.sort_unstable();
    languages.dedup();
    let language = |d: &Digest| languages.binary_search(&d.language()).unwrap_or(0);
    let mut places: Vec<Place> = digests.iter().enumerate().flat_map(|(at, d)| places(at, d, language(d))).collect();
    places.sort_by_key(|p| p.rank);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut index: RapidHashMap<u64, Vec<u32>> = RapidHashMap::default();
    for place in &places {
        let at = match best(place, &drafts, &index, rarity) {
            Some(at) => at,
            None => {
                drafts.push(Draft::default());
                drafts.len() - 1
            }
        };
        drafts[at].add(place);
        for (key, ..) in &place.terms {
            let list = index.entry(*key).or_default();
            if list.last() != Some(&(at as u32)) && !list.contains(&(at as u32)) {
                list.push(at as u32);
            }
        }
    }
    grown_alike(&mut drafts, rarity);
    one_of_quotations(&mut drafts, digests);
    one_of_titles(&mut drafts);
    let mut out: Vec<Group> = drafts
        .into_iter()
        .filter(|d| d.articles.len() > 1)
        .map(|mut d| {
            d.mentions.sort_by_key(|m| (m.article, m.span));
            Group { mentions: d.mentions, titles: d.titles }
        })
        .collect();
    let articles = |g: &Group| g.mentions.iter().map(|m| m.article).collect::<RapidHashSet<At>>().len();
    out.sort_by_key(|g| {
        (std::cmp::Reverse(articles(g)), std::cmp::Reverse(g.titles), g.mentions.first().map(|m| (m.article, m.span)))
    });
    out
}

/// Makes one of claims that quote the very same words.
fn one_of_quotations(drafts: &mut [Draft], digests: &[Digest]) {
    let lists = drafts.iter().enumerate().map(|(at, draft)| (at, draft.mentions.as_slice()));
    for (later, earlier) in sharing(lists, digests) {
        // What was one with another already has no place left.
        if !drafts[later].mentions.is_empty() && !drafts[earlier].mentions.is_empty() {
            let moved = std::mem::take(&mut drafts[later]);
            drafts[earlier].absorb(moved);
        }
    }
}

/// Makes one of what headlines say and what the texts below them say: of claims that the same articles carry, one in headlines.
fn one_of_titles(drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        if drafts[i].titles * 2 < drafts[i].mentions.len() || drafts[i].articles.len() < 2 {
            continue;
        }
        let (titles, key) = (&drafts[i], |draft: &Draft| draft.core());
        let mut own = key(titles);
        // Words of one language are few of what headlines in many have in common.
        own.retain(|_, kind| *kind != TermKind::Word);
        let same = |draft: &Draft| {
            let carried = titles.articles.intersection(&draft.articles).count();
            let theirs = key(draft);
            let shared: Vec<TermKind> =
                own.iter().filter(|(k, _)| theirs.contains_key(*k)).map(|(_, kind)| *kind).collect();
            draft.negated == titles.negated
                && carried >= 2
                && carried * 2 >= draft.articles.len().min(titles.articles.len())
                && shared.contains(&TermKind::Act)
                && shared.contains(&TermKind::Name)
                && shared.len() * 2 >= own.len()
        };
        let Some(other) =
            (0..drafts.len()).find(|&j| j != i && drafts[j].titles * 2 < drafts[j].mentions.len() && same(&drafts[j]))
        else {
            continue;
        };
        let moved = std::mem::take(&mut drafts[i]);
        drafts[other].absorb(moved);
    }
}

/// The places of an article: its headline, what somebody is reported to say, and its first sentences.
fn places(at: At, digest: &Digest, language: usize) -> Vec<Place> {
    let mut out = Vec::new();
    let place = |span: Span, voice: Option<usize>, terms: Vec<Term>, sentence: usize| {
        let it = &digest.sentences[sentence];
        // A dateline or a day by itself says nothing.
        let dated = |t: &Term| it.dates.iter().any(|d| d.span.overlaps(t.span));
        let telling = |t: &Term| !matches!(t.kind, TermKind::Name | TermKind::Number) && !dated(t);
        if it.kind != BlockKind::Title && !terms.iter().any(telling) {
            return None;
        }
        let terms = distinct(&terms, language);
        let rank = match it.kind {
            BlockKind::Title => 0,
            _ if it.paragraph == 0 => 1,
            _ => it.paragraph,
        };
        (WORDS.0..=WORDS.1).contains(&terms.len()).then(|| Place {
            mention: Mention { article: at, span, voice },
            rank: (rank, at, span),
            language,
            terms,
            negated: it.negated || it.negations.iter().any(|n| span.contains(*n)),
            title: it.kind == BlockKind::Title,
        })
    };
    for (voice, attribution) in digest.attributions.iter().enumerate() {
        let says = matches!(
            attribution.kind,
            AttributionKind::Statement | AttributionKind::Report | AttributionKind::Media | AttributionKind::Reaction
        );
        let Some(span) = attribution.content.iter().copied().reduce(Span::join).filter(|s| says && !s.is_empty())
        else {
            continue;
        };
        let Some(sentence) = digest.sentence_at(span.start) else { continue };
        let terms = digest.terms_in(span).copied().collect();
        out.extend(place(span, Some(voice), terms, sentence));
    }
    for (i, sentence) in digest.sentences.iter().enumerate() {
        let opens = sentence.kind == BlockKind::Title || (1..=LEAD).contains(&sentence.paragraph);
        let told = sentence.voices.iter().any(|&v| !digest.attributions[v].content.is_empty());
        if opens && !told && !digest.opinion {
            out.extend(place(sentence.span, None, sentence.terms.clone(), i));
        }
    }
    out
}

/// Paragraphs whose sentences count without a source, too.
const LEAD: u32 = 1;

fn distinct(terms: &[Term], language: usize) -> Vec<Said> {
    let mut out: Vec<Said> = terms.iter().map(|t| (t.key, t.kind, language)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A claim that grows.
#[derive(Debug, Default)]
struct Draft {
    mentions: Vec<Mention>,
    articles: RapidHashSet<At>,
    /// Articles by language.
    languages: RapidHashMap<usize, u32>,
    /// Term → kind, language of a word, articles that have it.
    terms: RapidHashMap<u64, (TermKind, usize, u32)>,
    counted: RapidHashSet<(At, u64)>,
    negated: bool,
    titles: usize,
}

impl Draft {
    fn add(&mut self, place: &Place) {
        if self.articles.insert(place.mention.article) {
            *self.languages.entry(place.language).or_default() += 1;
        }
        if self.mentions.is_empty() {
            self.negated = place.negated;
        }
        self.titles += usize::from(place.title);
        for (key, kind, _) in &place.terms {
            if self.counted.insert((place.mention.article, *key)) {
                self.terms.entry(*key).or_insert((*kind, place.language, 0)).2 += 1;
            }
        }
        self.mentions.push(place.mention.clone());
    }

    /// Whether a term belongs to what most of the articles say.
    fn is_core(&self, key: u64) -> Option<TermKind> {
        let (kind, language, count) = self.terms.get(&key)?;
        let all = match kind {
            TermKind::Word => self.languages.get(language).copied().unwrap_or(0),
            _ => self.articles.len() as u32,
        };
        (f64::from(*count) >= CORE * f64::from(all)).then_some(*kind)
    }

    /// The terms that belong to what most of the articles say.
    fn core(&self) -> RapidHashMap<u64, TermKind> {
        self.terms.keys().filter_map(|key| Some((*key, self.is_core(*key)?))).collect()
    }

    /// How much what is said in some languages is like the claim, from 0 to 1; `None` where it has too little in common.
    fn likeness(&self, said: &[Said], languages: &dyn Fn(usize) -> bool, rarity: &Rarity) -> Option<f64> {
        let across = !self.languages.keys().any(|language| languages(*language));
        // A word counts where the other side has its language, too.
        let counts = |(_, kind, language): &&Said| *kind != TermKind::Word || self.languages.contains_key(language);
        let own: f64 = said.iter().filter(counts).map(|(key, kind, _)| rarity.weight(*key, *kind)).sum();
        let core = self.terms.iter().filter(|(key, (kind, language, _))| {
            (*kind != TermKind::Word || languages(*language)) && self.is_core(**key).is_some()
        });
        let core: f64 = core.map(|(key, (kind, ..))| rarity.weight(*key, *kind)).sum();
        let shared: Vec<(u64, TermKind)> =
            said.iter().filter(counts).filter_map(|(key, ..)| Some((*key, self.is_core(*key)?))).collect();
        let has = |of: &[TermKind]| shared.iter().any(|(_, kind)| of.contains(kind));
        let act = self.terms.iter().any(|(key, (kind, ..))| *kind == TermKind::Act && self.is_core(*key).is_some());
        let named = has(&[TermKind::Name, TermKind::Number, TermKind::Idea, TermKind::Act]);
        // What is done must be the same, where the claim says that something is done.
        let wordy = shared.len() > LEAST_SHARED;
        if shared.len() < LEAST_SHARED || !named && !wordy || act && !has(&[TermKind::Act]) || own + core == 0.0 {
            return None;
        }
        if across && !has(&[TermKind::Act, TermKind::Idea]) {
            return None;
        }
        let common = shared.iter().map(|(key, kind)| rarity.weight(*key, *kind)).sum::<f64>();
        if common < OWN * own {
            return None;
        }
        // A short note of what others tell at length says nothing else.
        let within = self.articles.len() >= MANY && act && has(&[TermKind::Name]) && common >= WITHIN * own;
        let likeness = (2.0 * common / (own + core)).max(if within { SURE } else { 0.0 });
        // Common words alone must be nearly the same ones.
        let least = match (across, named) {
            (true, _) => LIKE_ACROSS,
            (_, true) => LIKE,
            (_, false) => SURE,
        };
        (likeness >= least).then_some(likeness)
    }

    /// How much two claims are alike in what can be compared across languages; `None` where most acts and ideas of the shorter
    /// one are others.
    fn across(&self, said: &[Said], rarity: &Rarity) -> Option<f64> {
        let cross = |list: &mut dyn Iterator<Item = (u64, TermKind)>| {
            list.filter(|(_, kind)| *kind != TermKind::Word).collect::<RapidHashMap<u64, TermKind>>()
        };
        let one = cross(&mut said.iter().map(|(key, kind, _)| (*key, *kind)));
        let other = cross(&mut self.core().into_iter());
        let done = |kind: TermKind| matches!(kind, TermKind::Act | TermKind::Idea);
        let told = |list: &RapidHashMap<u64, TermKind>| list.values().filter(|kind| done(**kind)).count();
        let shared: Vec<(u64, TermKind)> =
            one.iter().filter(|(key, _)| other.contains_key(*key)).map(|(key, kind)| (*key, *kind)).collect();
        let told_by_both = shared.iter().filter(|(_, kind)| done(*kind)).count();
        let enough = shared.iter().any(|(_, kind)| *kind == TermKind::Act)
            && told_by_both >= LEAST_TOLD
            && told_by_both as f64 >= TOLD * told(&one).min(told(&other)) as f64;
        let sum = |terms: &mut dyn Iterator<Item = (u64, TermKind)>| {
            terms.map(|(key, kind)| rarity.weight(key, kind)).sum::<f64>()
        };
        let of = |list: &RapidHashMap<u64, TermKind>| sum(&mut list.iter().map(|(key, kind)| (*key, *kind)));
        let all = of(&one) + of(&other);
        (enough && all > 0.0).then(|| 2.0 * sum(&mut shared.iter().copied()) / all)
    }

    /// Takes over all that another claim has.
    fn absorb(&mut self, other: Draft) {
        for (key, (kind, language, count)) in other.terms {
            self.terms.entry(key).or_insert((kind, language, 0)).2 += count;
        }
        // Counted twice where both have the article; that weighs little.
        for (language, count) in other.languages {
            *self.languages.entry(language).or_default() += count;
        }
        self.counted.extend(other.counted);
        self.articles.extend(other.articles);
        self.titles += other.titles;
        self.mentions.extend(other.mentions);
    }
}

/// Makes one of claims that grew alike: the first places of a claim in two languages may have little in common.
fn grown_alike(drafts: &mut [Draft], rarity: &Rarity) {
    let mut order: Vec<usize> = (0..drafts.len()).filter(|&i| !drafts[i].mentions.is_empty()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(drafts[i].articles.len()), i));
    // Claims by their core's terms, the widest carried first.
    let mut index: RapidHashMap<u64, Vec<usize>> = RapidHashMap::default();
    for at in order {
        let core: Vec<Said> = {
            let draft = &drafts[at];
            let core = draft.core();
            let mut core: Vec<Said> = core.into_iter().map(|(key, kind)| (key, kind, draft.terms[&key].1)).collect();
            core.sort_unstable();
            core
        };
        let mut shared: RapidHashMap<usize, usize> = RapidHashMap::default();
        for list in core.iter().filter_map(|(key, ..)| index.get(key)) {
            list.iter().for_each(|other| *shared.entry(*other).or_default() += 1);
        }
        let mut tried: Vec<(usize, usize)> = shared.into_iter().filter(|(_, n)| *n >= LEAST_SHARED).collect();
        tried.sort_unstable_by_key(|(other, count)| (std::cmp::Reverse(*count), *other));
        tried.truncate(MOST_TRIED);
        let languages = |language: usize| drafts[at].languages.contains_key(&language);
        let like = tried.into_iter().filter_map(|(other, _)| {
            let into = &drafts[other];
            if into.negated != drafts[at].negated {
                return None;
            }
            let several = into.languages.len() > 1 || drafts[at].languages.len() > 1;
            let across = if several { into.across(&core, rarity) } else { None };
            let likeness = into.likeness(&core, &languages, rarity).into_iter().chain(across).reduce(f64::max)?;
            (likeness >= LIKE_GROWN).then_some((likeness, other))
        });
        match like.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) {
            Some((_, into)) => {
                let moved = std::mem::take(&mut drafts[at]);
                drafts[into].absorb(moved);
            }
            None => core.iter().for_each(|(key, ..)| {
                let list = index.entry(*key).or_default();
                if list.len() < MOST_TRIED {
                    list.push(at);
                }
            }),
        }
    }
}

/// The claim most like a place.
fn best(place: &Place, drafts: &[Draft], index: &RapidHashMap<u64, Vec<u32>>, rarity: &Rarity) -> Option<usize> {
    let mut shared: RapidHashMap<u32, u32> = RapidHashMap::default();
    for list in place.terms.iter().filter_map(|(key, ..)| index.get(key)) {
        list.iter().for_each(|draft| *shared.entry(*draft).or_default() += 1);
    }
    let mut tried: Vec<(u32, u32)> = shared.into_iter().filter(|(_, n)| *n as usize >= LEAST_SHARED).collect();
    tried.sort_unstable_by_key(|(draft, count)| (std::cmp::Reverse(*count), *draft));
    tried.truncate(MOST_TRIED);
    let mut best: Option<(f64, usize)> = None;
    for (at, _) in tried {
        let draft = &drafts[at as usize];
        if draft.negated != place.negated {
            continue;
        }
        if let Some(likeness) = draft.likeness(&place.terms, &|language| language == place.language, rarity)
            && best.is_none_or(|(other, _)| likeness > other)
        {
            best = Some((likeness, at as usize));
        }
    }
    best.map(|(_, at)| at)
}
