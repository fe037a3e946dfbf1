//! Parts of a story for people: ways drawn as trees, sides of conflicts, names of outlets.

use super::names::Names;
use super::place::Places;
use super::terminal::{NAME, QUIET, columns, plain, prose, shortened};
use super::top;
use crate::story::digest::Digest;
use crate::story::model::{At, Claim, Conflict, ConflictKind, Path, Story};
use crate::text::span::Span;

/// Longest words of one side.
const SIDE: usize = 60;

/// Words the parts of one story.
#[derive(Debug)]
pub struct Teller<'a> {
    story: &'a Story,
    digests: &'a [Digest],
    names: Names<'a>,
    places: Vec<Places<'a>>,
}

impl<'a> Teller<'a> {
    /// For a story and the digests of its articles.
    pub fn new(story: &'a Story, digests: &'a [Digest], names: Names<'a>) -> Teller<'a> {
        Teller { story, digests, names, places: digests.iter().map(|d| Places::new(&d.article)).collect() }
    }

    /// The name of a chain's node on one line.
    pub fn name(&self, id: &str) -> String {
        plain(&self.names.brief(id))
    }

    /// The publisher of an article, its file where nothing tells it.
    pub fn outlet(&self, at: At) -> String {
        let Some(member) = self.story.articles.get(at) else { return String::new() };
        plain(if member.publisher == "unknown" { &member.key } else { &member.name })
    }

    /// Some publishers, each once, the first few by name.
    pub fn outlets(&self, articles: &[At], most: usize) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in articles.iter().map(|&at| self.outlet(at)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let more = names.len().saturating_sub(most);
        names.truncate(most);
        let listed = names.join(", ");
        if more > 0 { format!("{listed} and {more} more") } else { listed }
    }

    /// Some ids by name.
    pub fn few(&self, ids: &[String], most: usize) -> String {
        let names: Vec<String> = ids.iter().take(most).map(|id| self.names.brief(id)).collect();
        let more = ids.len().saturating_sub(most);
        let listed = names.join(", ");
        if more > 0 { format!("{listed} and {more} more") } else { listed }
    }

    /// `The Moscow Times 13`
    pub fn place(&self, at: At, span: Span) -> String {
        let place = self.places.get(at).map_or(String::new(), |p| p.short(span));
        format!("{} {place}", self.outlet(at))
    }

    /// Words of an article on one line.
    pub fn words(&self, at: At, span: Span) -> String {
        self.digests.get(at).map_or(String::new(), |d| prose(d.article.words(span)))
    }

    /// `5 outlets · 1 origin, not 5 confirmations`
    pub fn origins(&self, claim: &Claim) -> String {
        let mut outlets: Vec<String> = claim.articles.iter().map(|&at| self.outlet(at)).collect();
        outlets.sort();
        outlets.dedup();
        let many = outlets.len();
        let carried = if many == 1 { "1 outlet".to_string() } else { format!("{many} outlets") };
        match claim.independent {
            0 if claim.vague.is_empty() => format!("{carried} · no origin is named"),
            0 => format!("{carried} · no origin that could be asked: {}", self.few(&claim.vague, 3)),
            n if claim.uncounted.iter().any(|id| self.names.is_outlet(id)) => {
                let others: Vec<String> =
                    claim.uncounted.iter().filter(|id| self.names.is_outlet(id)).cloned().collect();
                let origins = if n == 1 { "1 origin".to_string() } else { format!("{n} origins") };
                format!("{carried} · {origins} named; not told where {} got it", self.few(&others, 2))
            }
            1 if many > 1 => format!("{carried} · 1 origin, not {many} confirmations"),
            1 => format!("{carried} · 1 origin"),
            n => format!("{carried} · {n} origins named"),
        }
    }

    /// The sides of a conflict: those that agree together, `≠` between, at most `most` places of each.
    pub fn sides(&self, conflict: &Conflict, most: usize) -> String {
        let at = |side: &crate::story::model::Side| self.place(side.article, side.span);
        let words = |side: &crate::story::model::Side| shortened(&self.words(side.article, side.span), SIDE);
        match conflict.kind {
            ConflictKind::Hedge => {
                let (bare, hedged): (Vec<_>, Vec<_>) = conflict.members.iter().partition(|s| s.value.is_empty());
                let bare: Vec<String> = bare.into_iter().map(|s| format!("told plainly in {}", at(s))).collect();
                let hedged: Vec<String> = hedged.into_iter().map(|s| format!("“{}” {}", words(s), at(s))).collect();
                format!("{}; {}", bare.join(", "), hedged.join(", "))
            }
            ConflictKind::Voice => {
                let mut sides = conflict.members.iter();
                let own = sides.next().map_or(String::new(), |s| format!("{} alone says “{}”", at(s), words(s)));
                let told: Vec<String> = sides.map(|s| format!("“{}” {}", words(s), at(s))).collect();
                format!("{own}; {}", told.join(", "))
            }
            ConflictKind::Source | ConflictKind::Chain => {
                let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
                for side in &conflict.members {
                    match groups.iter_mut().find(|(value, _)| *value == side.value) {
                        Some((_, list)) => list.push(at(side)),
                        None => groups.push((&side.value, vec![at(side)])),
                    }
                }
                let told =
                    groups.into_iter().map(|(id, list)| format!("{} {}", self.names.brief(id), few(&list, most)));
                told.collect::<Vec<_>>().join(" ≠ ")
            }
            ConflictKind::Figure | ConflictKind::Date | ConflictKind::Place => {
                let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
                for side in &conflict.members {
                    match groups.iter_mut().find(|(value, _)| *value == side.value) {
                        Some((_, list)) => list.push(at(side)),
                        None => groups.push((&side.value, vec![format!("“{}” {}", words(side), at(side))])),
                    }
                }
                groups.into_iter().map(|(_, list)| few(&list, most)).collect::<Vec<_>>().join(" ≠ ")
            }
        }
    }

    /// In which order the articles appeared, or why that can't be told.
    pub fn order(&self) -> String {
        let order = &self.story.order;
        let first = self.story.articles.first().map(|m| m.publisher.as_str()).filter(|id| *id != "unknown");
        if self.story.articles.iter().all(|m| first == Some(m.publisher.as_str())) {
            return String::new();
        }
        if order.told {
            let names: Vec<String> = order.articles.iter().take(6).map(|&at| self.outlet(at)).collect();
            let more = order.articles.len().saturating_sub(6);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            return format!("Publication order: {}{rest}.", names.join(", "));
        }
        let mut why = Vec::new();
        if !order.undated.is_empty() {
            why.push(format!("{} undated", self.outlets(&order.undated, 2)));
        }
        if !order.unzoned.is_empty() {
            why.push(format!("no time of day or no time zone for {}", self.outlets(&order.unzoned, 2)));
        }
        let why = if why.is_empty() { "some appeared at the same minute".to_string() } else { why.join("; ") };
        format!("Publication order of all: can't be told ({why}).")
    }
}

/// The first few of a list, and how many there are besides.
fn few(list: &[String], most: usize) -> String {
    let shown = if list.len() <= most.saturating_add(1) { list.len() } else { most };
    let listed = list[..shown].join(", ");
    if shown < list.len() { format!("{listed} and {} more", list.len() - shown) } else { listed }
}

/// The ways of a claim as trees, one for each origin: those that share their first links share a branch.
pub fn tree(claim: &Claim, teller: &Teller<'_>, room: usize, most: usize) -> Vec<String> {
    let mut origins: Vec<&str> = Vec::new();
    for path in &claim.paths {
        if let Some(origin) = path.nodes.first().filter(|o| !origins.contains(&o.as_str())) {
            origins.push(origin);
        }
    }
    let carried = |origin: &str| -> usize {
        claim.paths.iter().filter(|p| p.nodes.first().is_some_and(|o| o == origin)).map(|p| p.articles.len()).sum()
    };
    // Origins that could be asked come first, then the widest carried.
    origins.sort_by_key(|o| (!claim.origins.iter().any(|own| own == o), std::cmp::Reverse(carried(o))));
    let mut rows = Vec::new();
    let mut left = most;
    for origin in origins {
        if left == 0 {
            break;
        }
        let name = match origin {
            "unknown" => "source not known".to_string(),
            id => teller.name(id),
        };
        rows.push(format!("{NAME}{}{NAME:#}", shortened(&name, room)));
        let paths: Vec<&Path> = claim.paths.iter().filter(|p| p.nodes.first().is_some_and(|o| o == origin)).collect();
        let mut ways: Vec<(Vec<String>, Vec<At>, &Path)> = Vec::new();
        for path in paths {
            let inner = path.nodes[1..].iter().map(|id| match id.as_str() {
                "unknown" => teller.outlets(&path.articles, 2),
                id => teller.name(id),
            });
            ways.push((inner.collect(), path.articles.clone(), path));
        }
        ways.sort_by_key(|(nodes, articles, _)| {
            (std::cmp::Reverse(nodes.len()), std::cmp::Reverse(articles.len()), nodes.clone())
        });
        let together = if most == usize::MAX { Vec::new() } else { crowds(&mut ways) };
        let shown = ways.len().min(left);
        left -= shown;
        for (i, (nodes, articles, path)) in ways.iter().take(shown).enumerate() {
            let bend = if i + 1 == ways.len() && together.is_empty() { "└─ " } else { "├─ " };
            let way = if nodes.is_empty() { vec![teller.outlets(articles, 2)] } else { nodes.clone() };
            let declared = declared(path, teller, way.len());
            let joined = way.join(" ─ ");
            let wide = columns(&joined) + 3;
            let mut text = format!(" {QUIET}{bend}{QUIET:#}");
            if wide + columns(&declared) + 3 <= room {
                let gap = room - wide - columns(&declared) - 1;
                text += &format!("{joined}{:gap$}{QUIET}{declared}{QUIET:#}", "");
                rows.push(text);
            } else {
                for (n, line) in top::chain(&way, room.saturating_sub(4)).iter().enumerate() {
                    let lead = if n == 0 { bend } else { "   " };
                    rows.push(format!(" {QUIET}{lead}{QUIET:#}{line}"));
                }
                if !declared.is_empty() && room > 40 {
                    rows.push(format!("      {QUIET}{}{QUIET:#}", shortened(&declared, room - 6)));
                }
            }
        }
        let crowds = together.len();
        for (n, (before, names, sources)) in together.into_iter().enumerate() {
            let bend = if n + 1 == crowds && ways.len() == shown { "└─ " } else { "├─ " };
            let lead = before.iter().map(|name| format!("{name} ─ ")).collect::<String>();
            let told = if sources { "no relay declared" } else { "" };
            let more = columns(&lead) + columns(told) + 5;
            let listed = listed(&names, room.saturating_sub(more));
            let gap = room.saturating_sub(columns(&lead) + columns(&listed) + columns(told) + 4);
            let told = if told.is_empty() { String::new() } else { format!("{:gap$}{QUIET}{told}{QUIET:#}", "") };
            rows.push(format!(" {QUIET}{bend}{QUIET:#}{lead}{listed}{told}"));
        }
        if ways.len() > shown {
            rows.push(format!(" {QUIET}└─ and {} more ways: --format full{QUIET:#}", ways.len() - shown));
        }
    }
    if !claim.unsourced.is_empty() {
        rows.push(format!(
            "{QUIET}without a source:{QUIET:#} {}",
            shortened(&teller.outlets(&claim.unsourced, 4), room.saturating_sub(18))
        ));
    }
    rows
}

/// Outlets that have a claim the same way, as one row: the links before them, their names, whether no relay is declared.
type Crowd = (Vec<String>, Vec<String>, bool);

/// Fewest outlets that are put on one row.
const CROWD: usize = 4;

/// Takes out the ways that many outlets share but for the last link.
fn crowds(ways: &mut Vec<(Vec<String>, Vec<At>, &Path)>) -> Vec<Crowd> {
    let mut found: Vec<Crowd> = Vec::new();
    for (nodes, _, path) in ways.iter().filter(|(nodes, _, path)| !nodes.is_empty() && path.inferred == 0) {
        let (last, before) =
            nodes.split_last().map_or((String::new(), &[][..]), |(last, before)| (last.clone(), before));
        match found.iter_mut().find(|(other, ..)| *other == before) {
            Some((_, names, _)) => names.push(last),
            None => found.push((before.to_vec(), vec![last], path.nodes.len() == 2)),
        }
    }
    found.retain(|(_, names, _)| names.len() >= CROWD);
    ways.retain(|(nodes, _, path)| {
        let before = nodes.split_last().map_or(&[][..], |(_, before)| before);
        nodes.is_empty() || path.inferred > 0 || !found.iter().any(|(other, ..)| other == before)
    });
    found
}

/// As many names as there is room for.
fn listed(names: &[String], room: usize) -> String {
    for shown in (1..=names.len()).rev() {
        let more = names.len() - shown;
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        let text = format!("{}{rest}", names[..shown].join(", "));
        if columns(&text) <= room {
            return text;
        }
    }
    format!("{} outlets", names.len())
}

/// The words that declare a way of `links` links, and where they stand.
pub fn declared(path: &Path, teller: &Teller<'_>, links: usize) -> String {
    let Some((at, span)) = path.declared_by else { return String::new() };
    let place = teller.places.get(at).map_or(String::new(), |p| p.short(span));
    let more = if path.articles.len() > 1 { format!(" +{}", path.articles.len() - 1) } else { String::new() };
    let through = if path.inferred > 0 { "through its own article; " } else { "" };
    let outlet = path.nodes.first().is_some_and(|origin| teller.names.is_outlet(origin));
    if links < 2 && path.inferred == 0 && !outlet {
        return format!("no relay declared  {place}{more}");
    }
    format!("{through}“{}”  {place}{more}", shortened(&whole(&teller.words(at, span)), 34))
}

/// Words with both brackets or none: of "(APP - Dawn)" the agency alone was taken.
fn whole(words: &str) -> String {
    let (open, shut) = (words.matches('(').count(), words.matches(')').count());
    match open.cmp(&shut) {
        std::cmp::Ordering::Equal => words.to_owned(),
        std::cmp::Ordering::Greater => match words.strip_prefix('(') {
            Some(rest) => rest.to_owned(),
            None => format!("{words})"),
        },
        std::cmp::Ordering::Less => match words.strip_suffix(')') {
            Some(rest) => rest.to_owned(),
            None => format!("({words}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_both_brackets_or_none() {
        assert_eq!(whole("(APP"), "APP");
        assert_eq!(whole("May 5 (AFP"), "May 5 (AFP)");
        assert_eq!(whole("(Reuters)"), "(Reuters)");
        assert_eq!(whole("Reuters)"), "Reuters");
    }
}
