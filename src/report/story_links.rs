//! The links of a story as nodes and links, each once, for all forms of graphs.

use std::collections::BTreeMap;

use super::names::Names;
use super::terminal::plain;
use crate::story::model::{Edge, EdgeKind, Story};

/// What a node of a graph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// Where a claim comes from.
    Origin,
    /// An outlet in between.
    Relay,
    /// Whose article it is.
    Publisher,
}

impl NodeKind {
    /// Its word in graphs.
    pub fn word(self) -> &'static str {
        match self {
            NodeKind::Origin => "origin",
            NodeKind::Relay => "relay",
            NodeKind::Publisher => "publisher",
        }
    }
}

/// One node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Chain id.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
}

/// One link: indexes of its nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The node nearer the origin.
    pub from: usize,
    /// The node nearer the publisher.
    pub to: usize,
    /// How it is known.
    pub kind: EdgeKind,
    /// How many articles it rests on.
    pub articles: usize,
}

/// A story as a graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// The story's id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Its nodes, in the order of their ids.
    pub nodes: Vec<Node>,
    /// Its links.
    pub links: Vec<Link>,
}

impl Graph {
    /// The links of a story.
    pub fn new(story: &Story, names: &Names<'_>) -> Graph {
        let title = story.claims.first().map_or("", |c| c.text.as_str());
        Graph::of(story, &story.edges, title, names)
    }

    /// Some of its links, under a title of their own.
    pub fn of(story: &Story, edges: &[Edge], title: &str, names: &Names<'_>) -> Graph {
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        for edge in edges {
            for id in [edge.from.as_str(), edge.to.as_str()] {
                let next = ids.len();
                ids.entry(id).or_insert(next);
            }
        }
        for (i, index) in ids.values_mut().enumerate() {
            *index = i;
        }
        let publisher = |id: &str| story.articles.iter().any(|m| m.publisher == id || m.key == id);
        let node = |(id, _): (&&str, &usize)| {
            let reached = edges.iter().any(|e| e.to == **id);
            let kind = match (reached, publisher(id)) {
                (false, _) => NodeKind::Origin,
                (true, true) => NodeKind::Publisher,
                (true, false) => NodeKind::Relay,
            };
            let name = if **id == *"unknown" { "not known".to_string() } else { plain(&names.brief(id)) };
            Node { id: (*id).to_string(), name, kind }
        };
        let links = edges.iter().map(|edge| Link {
            from: ids[edge.from.as_str()],
            to: ids[edge.to.as_str()],
            kind: edge.kind,
            articles: edge.articles.len(),
        });
        Graph {
            id: story.id.clone(),
            title: plain(title),
            nodes: ids.iter().map(node).collect(),
            links: links.collect(),
        }
    }
}

/// Text for XML: its own characters as entities, and none that it forbids.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&apos;",
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
