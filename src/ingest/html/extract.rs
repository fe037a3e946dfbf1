//! Finds the article on a page: with a reader's engine, and by the run of its paragraphs where that finds none.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::prune::prune;
use super::walk::{Paragraph, Role, paragraphs};

/// Most elements of a page that the engine is asked about: its time grows faster than a page does.
const MOST_ELEMENTS: usize = 30_000;
/// Where the engine puts the article.
const CONTENT: &str = "#readability-page-1";
/// Fewest bytes of a paragraph that is surely running text.
const RUNNING: usize = 80;

/// The paragraphs of the article on a page.
pub fn article_paragraphs(document: Document, elements: usize) -> Vec<Paragraph> {
    prune(&document);
    if elements > MOST_ELEMENTS {
        return by_run(&document);
    }
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let Ok(mut reader) = Readability::with_document(document.clone(), None, Some(config)) else {
        return by_run(&document);
    };
    let found = match reader.parse() {
        Ok(_) => reader.doc.select_single(CONTENT).nodes().first().map(paragraphs).unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    let run = by_run(&document);
    if running(&found) * 2 < running(&run) { run } else { found }
}

/// Bytes of running text.
pub fn running(found: &[Paragraph]) -> usize {
    found.iter().filter(|p| is_running(p)).map(|p| p.text.len()).sum()
}

/// True for a paragraph of some length that is no list of links.
fn is_running(paragraph: &Paragraph) -> bool {
    matches!(paragraph.role, Role::Text | Role::Item | Role::Standfirst)
        && paragraph.text.len() >= RUNNING
        && paragraph.linked() * 3 <= paragraph.text.len()
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
    all.into_iter().take(last + 1).skip(from).filter(|p| p.linked() * 2 <= p.text.len()).collect()
}

/// The paragraphs of a piece of markup that is the article and nothing else.
pub fn all_paragraphs(document: &Document) -> Vec<Paragraph> {
    let root: NodeRef<'_> = document.body().unwrap_or_else(|| document.root());
    paragraphs(&root)
}
