//! A story's links as pictures that stay readable: all in one where they are few, else one picture for each of the claims that
//! most outlets carry, publishers that have a claim the same way as one.

use std::collections::BTreeMap;

use super::names::Names;
use super::story_links::{Graph, Link, Node, NodeKind};
use crate::story::chains::edges;
use crate::story::model::{Claim, Edge, EdgeKind, Story};

/// Most nodes of one picture of all links.
const WHOLE: usize = 24;
/// Most pictures of claims.
const CLAIMS: usize = 8;
/// Fewest publishers that are drawn as one.
const CROWD: usize = 4;
/// Most of them that are named.
const NAMED: usize = 2;
/// What the picture of shared text is called.
const SHARED: &str = "Shared text, not named";

/// The pictures of a story, and how many claims none of them shows.
pub fn panels(story: &Story, names: &Names<'_>) -> (Vec<Graph>, usize) {
    let whole = Graph::new(story, names);
    if whole.nodes.len() <= WHOLE {
        return (vec![whole], 0);
    }
    let drawn = |claim: &&Claim| claim.paths.iter().any(|p| p.nodes.len() > 1);
    let claims: Vec<&Claim> = story.claims.iter().filter(drawn).collect();
    let shown = claims.len().min(CLAIMS);
    let mut out: Vec<Graph> = claims[..shown]
        .iter()
        .map(|claim| crowded(Graph::of(story, &edges(std::slice::from_ref(*claim)), &claim.text, names)))
        .collect();
    let missing: Vec<Edge> = story.edges.iter().filter(|e| e.kind == EdgeKind::Missing).cloned().collect();
    if !missing.is_empty() {
        out.push(crowded(Graph::of(story, &missing, SHARED, names)));
    }
    (out, claims.len() - shown)
}

/// A graph with the publishers as one node that have all from the same nodes in the same way, and that nobody cites.
fn crowded(graph: Graph) -> Graph {
    type From = Vec<(usize, EdgeKind)>;
    let mut alike: BTreeMap<From, Vec<usize>> = BTreeMap::new();
    for (i, node) in graph.nodes.iter().enumerate() {
        let cited = graph.links.iter().any(|l| l.from == i);
        if node.kind == NodeKind::Publisher && !cited {
            let mut from: From = graph.links.iter().filter(|l| l.to == i).map(|l| (l.from, l.kind)).collect();
            from.sort_unstable();
            alike.entry(from).or_default().push(i);
        }
    }
    alike.retain(|_, list| list.len() >= CROWD);
    // Each node → the one that is drawn for it.
    let mut stands: Vec<usize> = (0..graph.nodes.len()).collect();
    let mut nodes = graph.nodes;
    for list in alike.values() {
        let Some((&first, rest)) = list.split_first() else { continue };
        let named: Vec<&str> = list.iter().take(NAMED).map(|&i| nodes[i].name.as_str()).collect();
        let name = format!("{} and {} more", named.join(", "), list.len() - NAMED);
        nodes[first].name = name;
        rest.iter().for_each(|&i| stands[i] = first);
    }
    let mut kept: Vec<Node> = Vec::new();
    let mut places: Vec<usize> = vec![0; nodes.len()];
    for (i, node) in nodes.into_iter().enumerate() {
        if stands[i] == i {
            places[i] = kept.len();
            kept.push(node);
        }
    }
    let mut links: Vec<Link> = Vec::new();
    for link in graph.links {
        let (from, to) = (places[stands[link.from]], places[stands[link.to]]);
        match links.iter_mut().find(|l| (l.from, l.to, l.kind) == (from, to, link.kind)) {
            Some(one) => one.articles += link.articles,
            None => links.push(Link { from, to, ..link }),
        }
    }
    Graph { id: graph.id, title: graph.title, nodes: kept, links }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publishers_with_the_same_way_are_one_node_and_others_stay() {
        let node = |id: &str, kind| Node { id: id.into(), name: id.into(), kind };
        let mut nodes = vec![node("ada", NodeKind::Origin), node("wire", NodeKind::Relay)];
        nodes.extend((0..6).map(|i| node(&format!("paper-{i}"), NodeKind::Publisher)));
        nodes.push(node("herald", NodeKind::Publisher));
        let link = |from: usize, to: usize| Link { from, to, kind: EdgeKind::Declared, articles: 1 };
        let mut links = vec![link(0, 1), link(0, 8)];
        links.extend((2..8).map(|to| link(1, to)));
        let graph = crowded(Graph { id: "s".into(), title: "t".into(), nodes, links });
        let names: Vec<&str> = graph.nodes.iter().map(|n| n.name.as_str()).collect();
        assert_eq!(names, ["ada", "wire", "paper-0, paper-1 and 4 more", "herald"]);
        assert_eq!(graph.links, [link(0, 1), link(0, 3), Link { articles: 6, ..link(1, 2) }]);
    }
}
