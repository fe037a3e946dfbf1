//! Finds the article on a page: with a reader's engine, and by the run of its paragraphs where that finds none.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::prune::parts;
use super::walk::{Paragraph, Role, paragraphs};

/// Most elements of a page that the engine is asked about: its time grows faster than a page does.
const MOST_ELEMENTS: usize = 30_000;
/// Where the engine puts the article.
const CONTENT: &str = "#readability-page-1";
/// Fewest bytes of running text in the element that is named as the article's text.
const FEWEST_BYTES: usize = 400;
/// Fewest bytes of a paragraph that is surely running text.
const RUNNING: usize = 80;

/// Ends of the names that page builders give the element with an article's text, without their marks.
const BODIES: [&str; 14] = [
    "articlebody",
    "articlebodycontent",
    "articlecontent",
    "articletext",
    "bodytext",
    "entrycontent",
    "postcontent",
    "postbody",
    "storybody",
    "storycontent",
    "storytext",
    "newsbody",
    "newstext",
    "singlecontent",
];
/// Parts of a name that place it beside such an element.
const BESIDE: [&str; 12] =
    ["below", "after", "before", "above", "under", "more", "teaser", "has", "no", "top", "without", "bottom"];

/// The paragraphs of the article on a page with the headline `title`, from which was taken off what is no part of it. `late`: in
/// one go, without the engine.
pub fn article_paragraphs(document: Document, elements: usize, title: Option<&str>, late: bool) -> Vec<Paragraph> {
    let run = by_run(&document);
    if late || elements > MOST_ELEMENTS {
        return run;
    }
    let most = running(&run);
    if let Some(body) = named_body(&document, most)
        && let Some(around) = document.body()
    {
        around.remove_children();
        around.append_child(&body);
    }
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let found = match Readability::with_document(document, None, Some(config)) {
        Ok(mut reader) => match reader.parse() {
            Ok(_) => reader.doc.select_single(CONTENT).nodes().first().map(paragraphs).unwrap_or_default(),
            Err(_) => Vec::new(),
        },
        Err(_) => Vec::new(),
    };
    let found: Vec<Paragraph> = found.into_iter().filter(|p| !p.card && !is_markup(&p.text)).collect();
    behind_title(if running(&found) * 2 < most { run } else { found }, title)
}

/// The element that is named as the article's text and holds most of what the page has. Where several pieces of one article
/// are named so, what holds them all.
fn named_body(document: &Document, most: usize) -> Option<NodeRef<'_>> {
    let mut pieces: Vec<(NodeRef<'_>, usize, usize)> = Vec::new();
    for node in document.body()?.descendants_it().filter(|n| n.is_element() && is_body(n)).take(40) {
        let held = paragraphs(&node);
        pieces.push((node, running(&held), held.len()));
    }
    // Of two that hold about the same, the one with its paragraphs.
    let (best, size, _) = *pieces.iter().max_by_key(|(_, size, count)| (size / FEWEST_BYTES, *count, *size))?;
    let class = best.attr("class").filter(|c| !c.is_empty());
    let alike: Vec<&(NodeRef<'_>, usize, usize)> = pieces
        .iter()
        .filter(|(n, size, _)| *size >= FEWEST_BYTES / 2 && class.is_some() && n.attr("class") == class)
        .filter(|(n, ..)| n.id == best.id || !n.ancestors_it(None).any(|a| a.id == best.id))
        .collect();
    if alike.len() > 1 {
        let whole = best
            .ancestors_it(None)
            .find(|a| alike.iter().all(|(n, ..)| n.id == a.id || n.ancestors_it(None).any(|up| up.id == a.id)))?;
        let titles = whole.descendants_it().filter(|n| n.has_name("h1") || n.has_name("article")).take(2).count();
        if titles <= 1 && !whole.has_name("body") {
            return Some(whole);
        }
    }
    (size >= FEWEST_BYTES && size * 5 >= most * 2).then_some(best)
}

fn is_body(node: &NodeRef<'_>) -> bool {
    let is = |names: &str| {
        names.split_whitespace().any(|name| {
            let parts = parts(name);
            let whole = parts.concat();
            !parts.iter().any(|p| BESIDE.contains(&p.as_str())) && BODIES.iter().any(|end| whole.ends_with(end))
        })
    };
    node.attr("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("articleBody"))
        || ["class", "id"].iter().any(|key| node.attr(key).is_some_and(|names| is(&names)))
}

/// Where the headline is met again among the paragraphs, the article is what stands behind it.
fn behind_title(found: Vec<Paragraph>, title: Option<&str>) -> Vec<Paragraph> {
    let at = title.and_then(|title| found.iter().position(|p| p.text == title && matches!(p.role, Role::Heading(_))));
    match at {
        Some(at) if running(&found[at..]) >= running(&found[..at]) / 2 => found.into_iter().skip(at + 1).collect(),
        _ => found,
    }
}

/// True for markup that stands on the page as text.
fn is_markup(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('<') && chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '/') && text.contains('>')
}

/// Bytes of running text.
pub fn running(found: &[Paragraph]) -> usize {
    found.iter().filter(|p| is_running(p)).map(|p| p.text.len()).sum()
}

/// True for a paragraph of some length that is no list of links.
fn is_running(paragraph: &Paragraph) -> bool {
    matches!(paragraph.role, Role::Text | Role::Item | Role::Standfirst)
        && paragraph.text.len() >= RUNNING
        && paragraph.linked * 3 <= paragraph.text.len()
}

/// Furthest that two paragraphs of one article stand apart, in paragraphs that are none.
const APART: usize = 12;

/// The longest run of running text on the page, with what stands in between.
fn by_run(document: &Document) -> Vec<Paragraph> {
    let Some(body) = document.body() else { return Vec::new() };
    let all = paragraphs(&body);
    let mut best: Option<(usize, usize, usize)> = None;
    let mut run: Option<(usize, usize, usize)> = None;
    for (i, paragraph) in all.iter().enumerate() {
        if !is_running(paragraph) {
            continue;
        }
        run = match run {
            Some((from, last, size)) if i - last <= APART => Some((from, i, size + paragraph.text.len())),
            _ => Some((i, i, paragraph.text.len())),
        };
        if run.map(|r| r.2) > best.map(|b| b.2) {
            best = run;
        }
    }
    let Some((from, last, _)) = best else { return Vec::new() };
    all.into_iter().take(last + 1).skip(from).filter(|p| !p.card && p.linked * 2 <= p.text.len()).collect()
}

/// The paragraphs of a piece of markup that is the article and nothing else.
pub fn all_paragraphs(document: &Document) -> Vec<Paragraph> {
    let root: NodeRef<'_> = document.body().unwrap_or_else(|| document.root());
    paragraphs(&root)
}
