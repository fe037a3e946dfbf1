//! One answer in several wordings: quotations of one speaker in many articles that are one utterance.

use rapidhash::RapidHashSet;

use crate::story::abroad::Abroad;
use crate::story::digest::{Digest, Quote};
use crate::story::model::{At, Rendering, Utterance, Verdict};
use crate::story::origin::Sources;
use crate::story::terms::{TermKind, skeleton};
use crate::text::span::Span;

/// Share of the meaning of the shorter of two quotations that the other has too.
const SHARED: f64 = 0.66;
/// The same of both together.
const LIKE: f64 = 0.5;
/// The same where only names, numbers and ideas can be compared.
const LIKE_ACROSS: f64 = 0.6;
/// Fewest words with meaning that two quotations share.
const LEAST: usize = 3;
/// Fewest words of a piece of a quotation that is told by its letters.
const PIECE: usize = 4;
/// Days between articles that may quote one answer.
const DAYS: i32 = 2;
/// Most quotations of one speaker that are compared.
const MOST: usize = 400;
/// Share of the words, in order, that two wordings in a language that the speaker may not have spoken must share before they
/// are told to differ: translations seldom come so close.
const NEARLY_SAME: f64 = 0.75;

/// One quotation with its article and its speaker's place in the list.
#[derive(Debug, Clone, Copy)]
struct Said<'d> {
    article: At,
    digest: &'d Digest,
    quote: &'d Quote,
}

/// The utterances that two articles or more give, in the order of the articles.
pub fn utterances(digests: &[Digest], sources: &Sources<'_>) -> Vec<Utterance> {
    let mut speakers: Vec<(String, Vec<Said<'_>>)> = Vec::new();
    for (article, digest) in digests.iter().enumerate() {
        for quote in &digest.quotes {
            let Some(source) = digest.attributions[quote.voice].source.as_ref() else { continue };
            let id = sources.speaker(article, quote.voice, &source.id);
            if !sources.is_named(&id) || quote.words.len() < 2 && quote.answer.is_none() {
                continue;
            }
            let said = Said { article, digest, quote };
            match speakers.iter_mut().find(|(other, _)| *other == id) {
                Some((_, list)) => list.push(said),
                None => speakers.push((id, vec![said])),
            }
        }
    }
    let abroad = Abroad::new(sources.registry(), digests, &|id| sources.canonical(id));
    let mut out: Vec<Utterance> = Vec::new();
    for (speaker, list) in &speakers {
        for group in groups(&list[..list.len().min(MOST)]) {
            out.extend(utterance(speaker, &group, sources, &abroad));
        }
    }
    out.sort_by_key(|u| {
        let first = u.renderings.first().map(|r| (r.article, r.span));
        (std::cmp::Reverse(u.renderings.len()), first)
    });
    out
}

/// Quotations that are one utterance: each is like the first of its group, or like most of it.
fn groups<'d>(list: &[Said<'d>]) -> Vec<Vec<Said<'d>>> {
    let mut out: Vec<Vec<Said<'d>>> = Vec::new();
    for said in list {
        let fits = |group: &&mut Vec<Said<'d>>| {
            let like = group.iter().filter(|other| is_same(other, said)).count();
            like * 2 >= group.len() && like > 0
        };
        match out.iter_mut().find(fits) {
            Some(group) => group.push(*said),
            None => out.push(vec![*said]),
        }
    }
    one_wording(&mut out);
    let articles = |group: &Vec<Said<'_>>| group.iter().map(|s| s.article).collect::<RapidHashSet<At>>().len();
    out.retain(|group| articles(group) > 1);
    out
}

/// Makes one of groups that have a quotation of some words letter by letter alike, on days that one answer may be quoted.
fn one_wording(groups: &mut Vec<Vec<Said<'_>>>) {
    let alike = |a: &Said<'_>, b: &Said<'_>| {
        let enough = a.quote.words.len() >= PIECE || a.quote.answer.is_some() && a.quote.words.len() >= LEAST;
        enough && a.quote.words == b.quote.words && a.digest.language() == b.digest.language() && are_near(a, b)
    };
    for later in (1..groups.len()).rev() {
        let one = |group: &Vec<Said<'_>>| group.iter().any(|a| groups[later].iter().any(|b| alike(a, b)));
        if let Some(into) = groups[..later].iter().position(one) {
            let moved = groups.remove(later);
            groups[into].extend(moved);
            groups[into].sort_by_key(|s| (s.article, s.quote.span));
        }
    }
}

/// True for articles of days on which one answer may be quoted.
fn are_near(a: &Said<'_>, b: &Said<'_>) -> bool {
    let days = a.digest.day.zip(b.digest.day);
    days.is_none_or(|(one, other)| one.since(other).is_ok_and(|span| span.get_days().abs() <= DAYS))
}

/// True where two quotations of one speaker are one utterance.
fn is_same(a: &Said<'_>, b: &Said<'_>) -> bool {
    if !are_near(a, b) {
        return false;
    }
    if let (Some(one), Some(other)) = (a.quote.answer, b.quote.answer) {
        // Yes to a question that one of them tells of.
        return one == other && (a.quote.asked || b.quote.asked);
    }
    if a.digest.language() == b.digest.language() {
        if holds_piece(&a.quote.words, &b.quote.words) {
            return true;
        }
        let (one, other) = (keys(a.quote, false), keys(b.quote, false));
        let shared = one.intersection(&other).count();
        let shorter = one.len().min(other.len());
        return shared >= LEAST
            && shared as f64 >= SHARED * shorter as f64
            && 2.0 * shared as f64 >= LIKE * (one.len() + other.len()) as f64;
    }
    let (one, other) = (keys(a.quote, true), keys(b.quote, true));
    let shared = one.intersection(&other).count();
    shared >= LEAST && 2.0 * shared as f64 >= LIKE_ACROSS * (one.len() + other.len()) as f64
}

/// What a quotation means: the keys of its terms; `across` leaves out what only one language has.
fn keys(quote: &Quote, across: bool) -> RapidHashSet<u64> {
    quote.meaning.iter().filter(|t| !across || t.kind != TermKind::Word).map(|t| t.key).collect()
}

/// True where the shorter one, of some words at least, stands in the longer one as it is.
fn holds_piece(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= PIECE && long.windows(short.len()).any(|window| window == short)
}

fn utterance(speaker: &str, group: &[Said<'_>], sources: &Sources<'_>, abroad: &Abroad) -> Option<Utterance> {
    let spoken = sources.speaks(speaker);
    let differ: Vec<(usize, usize)> = (0..group.len())
        .flat_map(|i| (i + 1..group.len()).map(move |j| (i, j)))
        // Parts that one article gives are no two wordings.
        .filter(|&(i, j)| group[i].article != group[j].article && !is_one_wording(&group[i], &group[j]))
        .collect();
    let foreign = |said: &Said<'_>| spoken.as_deref().is_some_and(|spoken| spoken != said.digest.language());
    let languages = group.iter().any(|s| s.digest.language() != group[0].digest.language());
    let mut different: Vec<Vec<Span>> = vec![Vec::new(); group.len()];
    // Of what was said in another language, wordings that are only alike are two translations.
    let exact = |(i, j): (usize, usize)| holds_other(&group[i].quote.words, &group[j].quote.words);
    let pairs = || {
        let all = (0..group.len()).flat_map(|i| (i + 1..group.len()).map(move |j| (i, j)));
        all.filter(|&(i, j)| group[i].article != group[j].article)
    };
    let verdict = if differ.is_empty() && !languages && (!group.iter().any(foreign) || pairs().all(exact)) {
        Verdict::Same
    } else {
        // Pairs in the language that was spoken, as far as that is known, must agree.
        let pairs: Vec<(usize, usize)> = differ
            .iter()
            .copied()
            .filter(|&(i, j)| {
                let (a, b) = (&group[i], &group[j]);
                let one = a.digest.language() == b.digest.language();
                let known = spoken.is_some() && !foreign(a);
                let translated = [a, b].iter().any(|said| abroad.may_translate(speaker, said.article));
                let unknown = spoken.is_none() && !languages && !translated && nearness(a, b) >= NEARLY_SAME;
                one && (known || unknown) && a.quote.answer.is_none()
            })
            .collect();
        let pairs: Vec<(usize, usize)> = pairs
            .into_iter()
            .filter(|&(i, j)| {
                let (a, b) = (&group[i], &group[j]);
                !unshared(a, b).is_empty() || !unshared(b, a).is_empty()
            })
            .collect();
        for &(i, j) in &pairs {
            let (mine, theirs) = (unshared(&group[i], &group[j]), unshared(&group[j], &group[i]));
            different[i].extend(mine);
            different[j].extend(theirs);
        }
        if !pairs.is_empty() {
            Verdict::Mismatch
        } else if languages || group.iter().any(foreign) {
            Verdict::Translated
        } else if differ
            .iter()
            .all(|&(i, j)| unshared(&group[i], &group[j]).is_empty() && unshared(&group[j], &group[i]).is_empty())
        {
            Verdict::Same
        } else {
            // Wordings that differ, of somebody whose language nobody tells: nothing is claimed.
            return None;
        }
    };
    let renderings = group
        .iter()
        .zip(different)
        .map(|(said, mut different)| {
            different.sort_unstable();
            different.dedup();
            let chain = &said.digest.attributions[said.quote.voice].chain.nodes;
            let via = chain.get(1..chain.len().saturating_sub(1)).unwrap_or_default();
            Rendering {
                article: said.article,
                span: said.quote.span,
                via: via.iter().map(|id| sources.canonical(id)).collect(),
                different,
            }
        })
        .collect();
    Some(Utterance { speaker: speaker.to_owned(), spoken, verdict, renderings })
}

/// True where the shorter one stands in the longer one as it is.
fn holds_other(x: &[String], y: &[String]) -> bool {
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    short.is_empty() || long.windows(short.len()).any(|window| window == short)
}

/// True where two wordings in one language are one as far as both give it: one holds the other, or what means something in
/// them is the same in the same order.
fn is_one_wording(a: &Said<'_>, b: &Said<'_>) -> bool {
    if a.digest.language() != b.digest.language() {
        return false;
    }
    if holds_other(&a.quote.words, &b.quote.words) {
        return true;
    }
    let order = |quote: &'_ Quote| quote.weighty.iter().map(|(stem, _)| stem.clone()).collect::<Vec<String>>();
    let (one, other) = (order(a.quote), order(b.quote));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    // A quotation cut short goes on in the other, or leaves out its middle: what stands must stand there in order.
    let mut rest = long.iter();
    a.quote.answer.is_none() && short.len() >= LEAST && short.iter().all(|stem| rest.any(|other| other == stem))
}

/// The share of the words that two wordings have in common in order.
fn nearness(a: &Said<'_>, b: &Said<'_>) -> f64 {
    let (x, y) = (&a.quote.words, &b.quote.words);
    let common = common_in_order(x, y);
    2.0 * common as f64 / (x.len() + y.len()).max(1) as f64
}

/// The length of the longest list of words that stands in both in order.
fn common_in_order(x: &[String], y: &[String]) -> usize {
    let mut row = vec![0usize; y.len() + 1];
    for a in x {
        let mut diagonal = 0;
        for (j, b) in y.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if a == b { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Fewest letters of a word that may be written as two, or as a part of one.
const LEAST_LETTERS: usize = 4;

/// The letters and digits of some words, in lower case.
fn bare(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of one wording that the other doesn't have, but for those that it only spells otherwise and those before its
/// start and behind its end.
fn unshared(a: &Said<'_>, b: &Said<'_>) -> Vec<Span> {
    let stems = |said: &Said<'_>| said.quote.weighty.iter().map(|(stem, _)| stem.clone()).collect::<Vec<String>>();
    let (mine, theirs) = (stems(a), stems(b));
    let written = |said: &Said<'_>, span: Span| said.digest.article.words(span).to_owned();
    let is_name = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let names: RapidHashSet<String> = b
        .quote
        .weighty
        .iter()
        .map(|(_, span)| written(b, *span))
        .filter(|w| is_name(w))
        .map(|w| skeleton(&w))
        .collect();
    let letters = bare(&b.quote.words.concat());
    let within = covered(&mine, &theirs);
    let own = a.quote.weighty[within].iter().filter(|(stem, span)| {
        let word = written(a, *span);
        let lower = bare(&word);
        let short = word.chars().filter(|c| c.is_uppercase()).count() > 1;
        let respelled = is_name(&word) && names.contains(&skeleton(&word))
            || (short || lower.chars().count() >= LEAST_LETTERS) && letters.contains(&lower);
        !respelled && !theirs.contains(stem)
    });
    own.map(|(_, span)| *span).collect()
}

/// The part of some words that the others reach over: where these start or end with a word of theirs, what stands before or
/// behind it was not said otherwise, but left out.
fn covered(mine: &[String], theirs: &[String]) -> std::ops::Range<usize> {
    let shared = |word: &String| theirs.contains(word);
    let reaches = |word: Option<&String>| word.is_some_and(|word| mine.contains(word));
    let first = mine.iter().position(shared).filter(|_| reaches(theirs.first())).unwrap_or(0);
    let last = mine.iter().rposition(shared).filter(|_| reaches(theirs.last())).map_or(mine.len(), |at| at + 1);
    first..last.max(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_common_are_counted_in_their_order() {
        let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(common_in_order(&words("we will not pay"), &words("We will never pay")), 3);
        assert_eq!(common_in_order(&words("a b c"), &words("c b a")), 1);
        assert!(holds_piece(&words("we will not pay now"), &words("they said we will not pay now or ever")));
        assert!(!holds_piece(&words("will not pay"), &words("we will not pay")), "three words are in many sentences");
    }

    #[test]
    fn words_before_the_start_of_the_other_wording_are_left_out_and_not_said_otherwise() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let long = words("bad trade policy hope minister joins council");
        assert_eq!(covered(&long, &words("hope minister joins council")), 3..7);
        assert_eq!(covered(&long, &words("bad trade policy hope")), 0..4);
        assert_eq!(covered(&long, &words("good trade policy hope mayor joins council")), 0..7, "its start is another");
    }
}
