//! A story on the page: what its articles carry, from how many origins, through whom, and what to settle.

use std::fmt::Write as _;

use super::write::{article_place, name, picture, words};
use crate::report::names::Names;
use crate::report::story_graph::pictures;
use crate::report::story_lines::{Teller, declared};
use crate::report::story_told::{answered, covers, limits, question, shared, title, told_first, wordings};
use crate::story::digest::Digest;
use crate::story::model::{Claim, Path, Story};

/// Claims that are told in full; further ones are opened by who wants them.
const CLAIMS: usize = 3;

/// The story, with the digests of its articles in its order.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn story(story: &Story, digests: &[Digest], names: Names<'_>) -> Result<String, std::fmt::Error> {
    let teller = Teller::new(story, digests, names);
    let mut out = String::new();
    writeln!(
        out,
        "<section class=\"story\">\n<p class=\"kicker\">Story</p>\n<h2 dir=\"auto\">{}</h2>",
        words(title(story))
    )?;
    writeln!(out, "<p class=\"origin\">{}</p>", words(&covers(story, &names)))?;
    let members = story.articles.iter().enumerate().map(|(at, member)| {
        let place = article_place(&member.key);
        format!("<li><a href=\"#{place}\">{}</a>: {}</li>", name(&teller.outlet(at)), name(&member.title))
    });
    writeln!(out, "<ul class=\"members\">{}</ul>", members.collect::<String>())?;
    let (first, rest) = story.claims.split_at(story.claims.len().min(CLAIMS));
    first.iter().try_for_each(|it| claim(&mut out, it, &teller))?;
    if !rest.is_empty() {
        writeln!(out, "<details><summary>{} more that two articles or more say</summary>", rest.len())?;
        rest.iter().try_for_each(|it| claim(&mut out, it, &teller))?;
        writeln!(out, "</details>")?;
    }
    if !story.edges.is_empty() {
        let address = picture(&pictures(story, &names)?);
        writeln!(out, "<details><summary>The links as a picture</summary><img alt=\"\" src=\"{address}\"></details>")?;
    }
    if let Some(first) = &story.first {
        let (label, told) = told_first(first, &teller);
        writeln!(out, "<p><b>{}</b>: {}</p>", words(&label), words(&told))?;
    }
    for utterance in &story.utterances {
        let wordings = wordings(utterance, &teller, false);
        let (label, told) = answered(utterance, wordings.len(), &names);
        writeln!(out, "<h4>{}: {}</h4>\n<table class=\"pairs\">", words(&label), words(&told))?;
        for (said, outlet) in wordings {
            writeln!(out, "<tr><td>{}</td><td dir=\"auto\">{}</td></tr>", name(&outlet), words(&said))?;
        }
        writeln!(out, "</table>")?;
    }
    settle(&mut out, story, &teller)?;
    if !story.reuse.is_empty() {
        writeln!(out, "<h4>Shared text</h4>\n<table class=\"pairs\">")?;
        for reuse in &story.reuse {
            let (label, what) = shared(&[reuse], &teller);
            writeln!(out, "<tr><td>{}</td><td>{}</td></tr>", words(&label), words(&what))?;
        }
        writeln!(out, "</table>")?;
    }
    for told in limits(story, &teller, usize::MAX) {
        writeln!(out, "<p class=\"quiet\">{}</p>", words(&told))?;
    }
    writeln!(out, "</section>")?;
    Ok(out)
}

fn claim(out: &mut String, claim: &Claim, teller: &Teller<'_>) -> std::fmt::Result {
    writeln!(out, "<div class=\"claim\">\n<h3 dir=\"auto\">“{}”</h3>", words(&claim.text))?;
    writeln!(out, "<p class=\"verdict\">{}</p>", words(&teller.origins(claim)))?;
    let mut origins: Vec<(&str, Vec<&Path>)> = Vec::new();
    for path in &claim.paths {
        let origin = path.nodes.first().map_or("unknown", String::as_str);
        match origins.iter_mut().find(|(known, _)| *known == origin) {
            Some((_, ways)) => ways.push(path),
            None => origins.push((origin, vec![path])),
        }
    }
    // Those who could be asked come first.
    origins.sort_by_key(|(origin, _)| !claim.origins.iter().any(|own| own == origin));
    for (origin, ways) in origins {
        let who = if origin == "unknown" { "source not known".to_string() } else { teller.name(origin) };
        writeln!(out, "<ul class=\"ways\"><li>{}<ul>", name(&who))?;
        for way in ways {
            let inner = way.nodes.get(1..).unwrap_or_default().iter();
            let links: Vec<String> = inner
                .map(|id| if id == "unknown" { teller.outlets(&way.articles, 2) } else { teller.name(id) })
                .map(|link| name(&link))
                .collect();
            let told = declared(way, teller, links.len());
            let links = links.join(" <span class=\"arrow\">→</span> ");
            writeln!(out, "<li>{links} <span class=\"quiet\">{}</span></li>", words(&told))?;
        }
        writeln!(out, "</ul></li></ul>")?;
    }
    if !claim.unsourced.is_empty() {
        let outlets = words(&teller.outlets(&claim.unsourced, usize::MAX));
        writeln!(out, "<p class=\"quiet\">without a source: {outlets}</p>")?;
    }
    writeln!(out, "</div>")
}

fn settle(out: &mut String, story: &Story, teller: &Teller<'_>) -> std::fmt::Result {
    if story.conflicts.is_empty() && story.cycles.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h4>To settle before you use it</h4>\n<table class=\"pairs\">")?;
    for cycle in &story.cycles {
        let path: Vec<String> = cycle.iter().map(|id| teller.name(id)).collect();
        writeln!(out, "<tr><td>Back where it began</td><td>{}</td></tr>", words(&path.join(" → ")))?;
    }
    for conflict in &story.conflicts {
        let sides = teller.sides(conflict, usize::MAX);
        writeln!(out, "<tr><td>{}</td><td>{}</td></tr>", question(conflict.kind), words(&sides))?;
    }
    writeln!(out, "</table>")
}
