//! What a story comes to in the words of reports for people: sentences and labels, wherever they are laid out.

use super::footer::counted;
use super::names::Names;
use super::story_lines::Teller;
use super::terminal::plain;
use super::when::date_words;
use crate::story::model::{ConflictKind, First, FirstBasis, Reuse, ReuseVerdict, Story, Utterance, Verdict};

/// The headline of the article that came first, as far as the order is told; else of the first one.
pub fn title(story: &Story) -> &str {
    let first = story.order.articles.first().copied().or(Some(0)).and_then(|at| story.articles.get(at));
    first.map_or("", |member| member.title.as_str())
}

/// `5 articles by 4 outlets · English, Ukrainian · 17 Apr 2024`
pub fn covers(story: &Story, names: &Names<'_>) -> String {
    let mut languages: Vec<String> = Vec::new();
    for member in &story.articles {
        let name = match member.language.as_str() {
            "und" => "language not known".to_string(),
            tag => names.language(tag),
        };
        if !languages.contains(&name) {
            languages.push(name);
        }
    }
    let dates: Vec<&str> = story.articles.iter().filter_map(|m| m.published.as_deref()?.get(..10)).collect();
    let dates = match (dates.iter().min(), dates.iter().max()) {
        (Some(first), Some(last)) if first == last => date_words(first),
        (Some(first), Some(last)) => format!("{} to {}", date_words(first), date_words(last)),
        _ => "dates not known".to_string(),
    };
    let outlets = publishers(story);
    let (articles, outlets) = (counted(story.articles.len(), "article"), counted(outlets, "outlet"));
    format!("{articles} by {outlets} · {} · {dates}", languages.join(", "))
}

/// How many publishers a story has; those that are not known are counted one by one.
fn publishers(story: &Story) -> usize {
    let mut known: Vec<&str> = story.articles.iter().map(|m| m.publisher.as_str()).collect();
    let unknown = known.iter().filter(|id| **id == "unknown").count();
    known.retain(|id| *id != "unknown");
    known.sort_unstable();
    known.dedup();
    known.len() + unknown
}

/// Who reported it first: a label, and who says so.
pub fn told_first(first: &First, teller: &Teller<'_>) -> (String, String) {
    let when = first.when.as_deref().map(|when| format!(" ({})", date_words(when))).unwrap_or_default();
    let who = teller.name(&first.who);
    let told = match first.basis {
        FirstBasis::Named => format!("{who}: named by {}", teller.outlets(&first.articles, 3)),
        FirstBasis::Unnamed => format!("{who}, without a name: {}", teller.outlets(&first.articles, 3)),
        FirstBasis::Published => format!("{who} is the earliest of these articles"),
    };
    (format!("Reported first{when}"), told)
}

/// What an answer's wordings, of which there are `wordings`, come to: a label, and the speaker with the verdict.
pub fn answered(utterance: &Utterance, wordings: usize, names: &Names<'_>) -> (String, String) {
    let speaker = plain(&names.brief(&utterance.speaker));
    match utterance.verdict {
        Verdict::Same => (
            format!("One answer, {} times", utterance.renderings.len()),
            format!("{speaker}: the same words, as far as each gives them"),
        ),
        Verdict::Translated => {
            let from = utterance.spoken.as_deref().map(|tag| format!(" from {}", names.language(tag)));
            let told = format!("{speaker}: translated{}, so no misquotation", from.unwrap_or_default());
            (format!("One answer, {wordings} wordings"), told)
        }
        Verdict::Mismatch => {
            (format!("One answer, {wordings} wordings"), format!("{speaker}: one language, different words"))
        }
    }
}

/// The wordings of an utterance, each with who has it. Unless `every` one is asked for, those that are the same letter by
/// letter are told once, the commonest first.
pub fn wordings(utterance: &Utterance, teller: &Teller<'_>, every: bool) -> Vec<(String, String)> {
    let mut found: Vec<(String, String, Vec<usize>)> = Vec::new();
    for rendering in &utterance.renderings {
        let words = teller.words(rendering.article, rendering.span);
        let letters: String = words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match found.iter_mut().find(|(other, ..)| *other == letters && !every) {
            Some((.., articles)) => articles.push(rendering.article),
            None => found.push((letters, words, vec![rendering.article])),
        }
    }
    found.sort_by_key(|(.., articles)| std::cmp::Reverse(articles.len()));
    found.into_iter().map(|(_, words, articles)| (words, teller.outlets(&articles, 1))).collect()
}

/// What an editor asks where articles differ.
pub fn question(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::Figure => "How many?",
        ConflictKind::Date => "When?",
        ConflictKind::Place => "Where?",
        ConflictKind::Source => "Who showed it?",
        ConflictKind::Voice => "Whose word is it?",
        ConflictKind::Hedge => "As sure as that?",
        ConflictKind::Chain => "From whom?",
    }
}

/// Text shared with one article, by one or several that share it the same way: how much, and who.
pub fn shared(row: &[&Reuse], teller: &Teller<'_>) -> (String, String) {
    let [reuse, rest @ ..] = row else { return (String::new(), String::new()) };
    let later: Vec<usize> = row.iter().map(|r| r.to).collect();
    let (from, to) = (teller.outlet(reuse.from), teller.outlets(&later, 3));
    let share = |r: &Reuse| (r.containment * 100.0).round();
    let share = match rest.last() {
        Some(least) if share(least) < share(reuse) => format!("{}-{}", share(least), share(reuse)),
        _ => share(reuse).to_string(),
    };
    let longest = row.iter().map(|r| r.longest_run).max().unwrap_or(0);
    let stands = if rest.is_empty() { "stands" } else { "stand" };
    let what = match reuse.verdict {
        ReuseVerdict::Credited if rest.is_empty() => format!("{to} credits {from}, or the other way round"),
        ReuseVerdict::Credited => format!("{to} credit {from}, or the other way round"),
        ReuseVerdict::Syndicated => format!("{to} and {from} credit one agency"),
        ReuseVerdict::Uncredited => {
            format!("{to} also {stands} in {from}, which is dated earlier and is not named")
        }
        ReuseVerdict::Undated => format!("{to} and {from}; which is earlier can't be told"),
    };
    (format!("{share} % · {longest} words"), what)
}

/// What limits the comparison, a sentence each; at most `most` outlets are named in one.
pub fn limits(story: &Story, teller: &Teller<'_>, most: usize) -> Vec<String> {
    let mut told = vec![teller.order()];
    if !story.ungrouped.is_empty() {
        let outlets = teller.few(&story.ungrouped, most);
        told.push(format!("Ownership not recorded for {outlets}: they may belong together, and are counted apart."));
    }
    let unread = story.articles.iter().filter(|m| !m.read).count();
    if unread > 0 {
        let articles = counted(unread, "article");
        told.push(format!("{articles} in languages without rules: their sources were not read."));
    }
    let all = story.articles.len();
    told.push(format!("Only {all} articles were compared: another origin outside them is possible."));
    told.retain(|text| !text.is_empty());
    told
}
