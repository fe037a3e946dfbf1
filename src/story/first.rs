//! The order of a story's articles in time, and who reported it first as far as they tell.

use jiff::civil::Date as Day;
use rapidhash::{RapidHashMap, RapidHashSet};

use crate::article::BlockKind;
use crate::attribution::model::{Attribution, AttributionKind};
use crate::story::digest::Digest;
use crate::story::model::{At, Claim, First, FirstBasis, Member, Order};
use crate::story::origin::Sources;
use crate::story::terms::TermKind;
use crate::text::span::Span;

/// The articles in the order of time, as far as it can be told.
pub fn order(members: &[Member]) -> Order {
    let undated: Vec<At> = (0..members.len()).filter(|&i| members[i].moment.is_none()).collect();
    let unzoned = (0..members.len()).filter(|&i| members[i].moment.is_some_and(|m| !m.exact)).collect();
    let mut dated: Vec<At> = (0..members.len()).filter(|&i| members[i].moment.is_some()).collect();
    dated.sort_by_key(|&i| (members[i].moment, i));
    let told = dated.windows(2).all(|pair| match (members[pair[0]].moment, members[pair[1]].moment) {
        (Some(a), Some(b)) => a.is_before(&b),
        _ => false,
    });
    Order { told: told && undated.is_empty() && members.len() > 1, articles: dated, undated, unzoned }
}

/// Who was first: an outlet that articles say was; else one that they name with a day before their own, else outlets that they don't name, else the
/// earliest article where that can be told. What was reported must be one of the claims that many of the articles carry.
pub fn first(
    digests: &[Digest],
    members: &[Member],
    order: &Order,
    claims: &[Claim],
    sources: &Sources<'_>,
) -> Option<First> {
    let widely = claims.iter().filter(|c| c.articles.len() >= 2 && c.articles.len() * WIDELY >= members.len());
    let about: Vec<(At, Span)> = widely.flat_map(|c| &c.mentions).map(|m| (m.article, m.span)).collect();
    let told_first = openings(digests);
    let earliest_day = digests.iter().filter_map(|d| d.day).min();
    let mut named: Vec<(Day, String, At)> = Vec::new();
    let mut praised: Vec<(String, At)> = Vec::new();
    for (at, digest) in digests.iter().enumerate() {
        for attribution in digest.attributions.iter().filter(|a| a.kind == AttributionKind::Report) {
            let told = |span: &Span| about.iter().any(|(other, place)| *other == at && place.overlaps(*span));
            if !attribution.content.iter().any(told) && !is_of(attribution, digest, &told_first) {
                continue;
            }
            let Some(source) = attribution.source.as_ref() else { continue };
            let id = sources.canonical(&source.id);
            let carrier = attribution.chain.nodes.first().is_some_and(|node| *node == source.id);
            if !sources.is_outlet(&id) || !carrier || id == digest.publisher() {
                continue;
            }
            let Some(sentence) = digest.sentence_at(source.span.start).map(|i| &digest.sentences[i]) else { continue };
            // "First reported by": its own words, before or behind who is meant.
            let beside = |span: &Span| span.end + NEAR >= source.span.start && source.span.end + NEAR >= span.start;
            if sentence.firsts.iter().any(beside) && sources.is_named(&id) {
                praised.push((id.clone(), at));
            }
            // A day of the report itself, not of what it tells, before the article's.
            let own_day = |span: Span| !attribution.content.iter().any(|c| c.contains(span));
            let day = sentence.dates.iter().filter(|d| own_day(d.span)).filter_map(|d| d.full()).min();
            if let (Some(day), Some(own)) = (day, digest.day)
                && day < own
                && earliest_day
                    .is_some_and(|first| first.since(day).is_ok_and(|s| (0..=LONGEST).contains(&s.get_days())))
            {
                named.push((day, id, at));
            }
        }
    }
    let earliest = |of: &dyn Fn(&str) -> bool| {
        let (day, id, _) = named.iter().filter(|(_, id, _)| of(id)).min()?.clone();
        let mut articles: Vec<At> =
            named.iter().filter(|(d, i, _)| *d == day && *i == id).map(|(.., at)| *at).collect();
        articles.dedup();
        Some((day, id, articles))
    };
    let found = earliest(&|id| sources.is_named(id)).map(|found| (found, FirstBasis::Named));
    let unnamed = earliest(&|id| !sources.is_named(id)).map(|found| (found, FirstBasis::Unnamed));
    // An outlet without a name that was earlier than the one with a name is another one.
    let best = match (found, unnamed) {
        (Some(a), Some(b)) if b.0.0 < a.0.0 => Some(b),
        (a, b) => a.or(b),
    };
    // An outlet that is said to have been the first goes before one that only has an early day.
    if let Some((who, articles)) = most_praised(&praised) {
        let day = named.iter().filter(|(_, id, _)| *id == who).map(|(day, ..)| day.to_string()).min();
        return Some(First { who, when: day, basis: FirstBasis::Named, articles });
    }
    if let Some(((day, who, articles), basis)) = best {
        return Some(First { who, when: Some(day.to_string()), basis, articles });
    }
    let &at = order.articles.first()?;
    let next = order.articles.get(1)?;
    let surely = match (members[at].moment, members[*next].moment) {
        (Some(a), Some(b)) => a.is_before(&b) && order.undated.is_empty(),
        _ => false,
    };
    surely.then(|| First {
        who: members[at].publisher.clone(),
        when: members[at].published.clone(),
        basis: FirstBasis::Published,
        articles: vec![at],
    })
}

/// The one outlet that articles say was the first, where they don't name several.
fn most_praised(praised: &[(String, At)]) -> Option<(String, Vec<At>)> {
    let (who, _) = praised.first()?;
    if praised.iter().any(|(other, _)| other != who) {
        return None;
    }
    let mut articles: Vec<At> = praised.iter().map(|(_, at)| *at).collect();
    articles.dedup();
    Some((who.clone(), articles))
}

/// In how many articles each term of a headline or lead stands there.
fn openings(digests: &[Digest]) -> RapidHashMap<u64, usize> {
    let mut out: RapidHashMap<u64, usize> = RapidHashMap::default();
    for digest in digests {
        let opens = digest.sentences.iter().filter(|s| s.kind == BlockKind::Title || s.paragraph == 1);
        let keys: RapidHashSet<u64> = opens.flat_map(|s| &s.terms).map(|t| t.key).collect();
        keys.into_iter().for_each(|key| *out.entry(key).or_default() += 1);
    }
    out.retain(|_, n| *n > 1 && *n * OPENS >= digests.len());
    out
}

/// True where what an attribution gives is what the articles open with: the same act, and most of its names and ideas; or, with
/// common words, many of its terms, a name among them.
fn is_of(attribution: &Attribution, digest: &Digest, openings: &RapidHashMap<u64, usize>) -> bool {
    let terms = attribution.content.iter().flat_map(|span| digest.terms_in(*span));
    let mut keys: Vec<(u64, TermKind)> = terms.map(|t| (t.key, t.kind)).collect();
    keys.sort_unstable();
    keys.dedup();
    let shared = |of: &dyn Fn(TermKind) -> bool| {
        let own: Vec<&(u64, TermKind)> = keys.iter().filter(|(_, kind)| of(*kind)).collect();
        let found = own.iter().filter(|(key, _)| openings.contains_key(key));
        (found.map(|(_, kind)| *kind).collect::<Vec<TermKind>>(), own.len())
    };
    let (told, all) = shared(&|kind| kind != TermKind::Word);
    let (any, words) = shared(&|_| true);
    told.contains(&TermKind::Act) && told.len() >= SHARED && told.len() * 2 >= all
        || told.contains(&TermKind::Name) && any.len() >= MANY && any.len() * 3 >= words
}

/// One of as many articles opens with what the story is about.
const OPENS: usize = 8;
/// Fewest names, acts and ideas that a report shares with what the articles open with.
const SHARED: usize = 2;
/// The same where words of one language are counted, too.
const MANY: usize = 3;
/// Bytes between an outlet and the words that it was the first.
const NEAR: u32 = 40;
/// Days before the earliest article beyond which a report is of something else.
const LONGEST: i32 = 5;
/// One of as many articles carries what the story is about.
const WIDELY: usize = 8;
