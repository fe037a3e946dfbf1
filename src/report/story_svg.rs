//! A story's links as a picture: origins on the left, publishers on the right, every link drawn as it is known.

use std::fmt::Write as _;

use super::story_links::{Graph, NodeKind, xml};
use super::terminal::{columns, shortened};
use crate::story::model::EdgeKind;

/// Width of a letter, in pixels, at the size that names are written in.
const LETTER: usize = 8;
/// Height of a node.
const HIGH: usize = 28;
/// Space between rows, and between columns.
const GAPS: (usize, usize) = (16, 72);
/// Space around everything.
const EDGE: usize = 24;
/// Room for the title and for the words that say what lines mean.
const TOP: usize = 64;
/// Longest name, in letters.
const NAME: usize = 34;
/// Times that rows are put in the order of what they are linked to.
const TURNS: usize = 4;

/// The picture, with a note in its last line where there is one.
///
/// # Errors
/// Where text can't be written.
pub fn svg(graph: &Graph, note: &str) -> Result<String, std::fmt::Error> {
    let mut columns_of = layers(graph);
    // Behind the nodes come the places where links over several columns pass by the nodes in between.
    let ways = passing(graph, &mut columns_of);
    let rows = ordered(&ways, &columns_of);
    let names: Vec<String> = graph.nodes.iter().map(|n| shortened(&n.name, NAME)).collect();
    let name_width = |i: &usize| names.get(*i).map_or(0, |name| columns(name) * LETTER + 20);
    let wide: Vec<usize> = rows.iter().map(|list| list.iter().map(name_width).max().unwrap_or(40)).collect();
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    let noted = if note.is_empty() { 0 } else { HIGH };
    let height = TOP + most * (HIGH + GAPS.0) + EDGE + noted;
    let title = shortened(&graph.title, 110);
    let drawn: usize = wide.iter().sum::<usize>() + wide.len().saturating_sub(1) * GAPS.1;
    let width = (drawn + 2 * EDGE).max(columns(&title) * 9 + 2 * EDGE).max(LEGEND);
    // The middle of each node, and the half of its width.
    let mut places = vec![(0usize, 0usize, 0usize); columns_of.len()];
    let mut left = EDGE;
    for (column, list) in rows.iter().enumerate() {
        let above = (most - list.len()) * (HIGH + GAPS.0) / 2;
        for (row, &i) in list.iter().enumerate() {
            let y = TOP + above + row * (HIGH + GAPS.0) + HIGH / 2;
            places[i] = (left + wide[column] / 2, y, wide[column] / 2);
        }
        left += wide[column] + GAPS.1;
    }
    let mut out = String::new();
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"13\" role=\"img\">"
    )?;
    writeln!(out, "<title>{}</title>", xml(&graph.title))?;
    writeln!(out, "{STYLE}")?;
    writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>")?;
    writeln!(out, "<text x=\"{EDGE}\" y=\"26\" font-size=\"15\" font-weight=\"bold\">{}</text>", xml(&title))?;
    legend(&mut out)?;
    for (link, way) in graph.links.iter().zip(&ways) {
        let (a, b) = (places[link.from], places[link.to]);
        let ((x1, y1), (x2, y2)) = ((a.0 + a.2, a.1), (b.0.saturating_sub(b.2), b.1));
        let middle = usize::midpoint(x1, x2);
        let class = class(link.kind);
        // A link that leads back goes round below.
        if x2 <= x1 {
            let low = y1.max(y2) + HIGH;
            let (x1, x2) = (a.0, b.0);
            writeln!(
                out,
                "<path class=\"{class}\" d=\"M{x1} {} C{x1} {low} {x2} {low} {x2} {}\" marker-end=\"url(#{class})\"/>",
                y1 + HIGH / 2,
                y2 + HIGH / 2
            )?;
        } else {
            let mut path = format!("M{x1} {y1}");
            let mut at = (x1, y1);
            for &passed in &way[1..way.len() - 1] {
                let (x, y, half) = places[passed];
                let middle = usize::midpoint(at.0, x.saturating_sub(half));
                write!(path, " C{middle} {} {middle} {y} {} {y} H{}", at.1, x.saturating_sub(half), x + half)?;
                at = (x + half, y);
            }
            let middle = usize::midpoint(at.0, x2);
            write!(path, " C{middle} {} {middle} {y2} {x2} {y2}", at.1)?;
            writeln!(out, "<path class=\"{class}\" d=\"{path}\" marker-end=\"url(#{class})\"/>")?;
        }
        if link.articles > 1 {
            let y = usize::midpoint(y1, y2).saturating_sub(4);
            writeln!(out, "<text class=\"count\" x=\"{middle}\" y=\"{y}\">{}</text>", link.articles)?;
        }
    }
    for (i, node) in graph.nodes.iter().enumerate() {
        let (x, y, half) = places[i];
        let round = match node.kind {
            NodeKind::Origin => HIGH / 2,
            NodeKind::Relay => 6,
            NodeKind::Publisher => 0,
        };
        writeln!(
            out,
            "<g class=\"{}\"><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{HIGH}\" rx=\"{round}\"/>\
             <text x=\"{x}\" y=\"{}\">{}</text></g>",
            node.kind.word(),
            xml(&node.name),
            x.saturating_sub(half),
            y - HIGH / 2,
            half * 2,
            y + 5,
            xml(&names[i])
        )?;
    }
    if !note.is_empty() {
        writeln!(out, "<text class=\"legend\" x=\"{EDGE}\" y=\"{}\">{}</text>", height - EDGE, xml(note))?;
    }
    writeln!(out, "</svg>")?;
    Ok(out)
}

/// Pictures, one below the other, as one; a single one as it is.
pub fn together(pictures: &str) -> String {
    let starts: Vec<usize> = pictures.match_indices(OPENS).map(|(at, _)| at).collect();
    if starts.len() < 2 {
        return pictures.to_owned();
    }
    let size = |picture: &str, name: &str| -> usize {
        let value = picture.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.and_then(|(number, _)| number.parse().ok()).unwrap_or(0)
    };
    let (mut width, mut height, mut inner) = (0, 0, String::new());
    for (n, &start) in starts.iter().enumerate() {
        let picture = &pictures[start..starts.get(n + 1).copied().unwrap_or(pictures.len())];
        inner += &picture.replacen("<svg ", &format!("<svg y=\"{height}\" "), 1);
        width = width.max(size(picture, "width"));
        height += size(picture, "height");
    }
    format!("{OPENS} width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n{inner}</svg>\n")
}

/// How a picture begins.
const OPENS: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"";

/// Room that the words under the title take.
const LEGEND: usize = 640;

const STYLE: &str = "<style>\
path{fill:none;stroke-width:1.5}\
.declared{stroke:#345}.inferred{stroke:#345;stroke-dasharray:6 4}.missing{stroke:#b00;stroke-dasharray:2 4}\
g rect{fill:#fff;stroke:#345;stroke-width:1.2}g.origin rect{fill:#e8eef8}g.relay rect{fill:#f4f4f4}\
g text{text-anchor:middle}.count{font-size:11px;text-anchor:middle;fill:#345}.legend{font-size:12px;fill:#444}\
</style>\
<defs>\
<marker id=\"declared\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" style=\"fill:#345;stroke:none\"/></marker>\
<marker id=\"inferred\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" style=\"fill:#345;stroke:none\"/></marker>\
<marker id=\"missing\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" style=\"fill:#b00;stroke:none\"/></marker>\
</defs>";

fn class(kind: EdgeKind) -> &'static str {
    super::story_json::edge_word(kind)
}

/// What the lines mean.
fn legend(out: &mut String) -> std::fmt::Result {
    let all = [("declared", "declared"), ("inferred", "from another article"), ("missing", "shared text, not named")];
    let mut x = EDGE;
    for (class, words) in all {
        writeln!(out, "<path class=\"{class}\" d=\"M{x} 46 H{}\"/>", x + 32)?;
        writeln!(out, "<text class=\"legend\" x=\"{}\" y=\"50\">{words}</text>", x + 40)?;
        x += 60 + words.len() * LETTER;
    }
    Ok(())
}

/// The column of each node: one behind the last that leads to it; circles are cut where they close.
fn layers(graph: &Graph) -> Vec<usize> {
    let mut layer = vec![0usize; graph.nodes.len()];
    // No way without a circle is longer than there are nodes.
    for _ in 0..graph.nodes.len() {
        let mut moved = false;
        for link in &graph.links {
            let next = layer[link.from] + 1;
            if next > layer[link.to] && next < graph.nodes.len() && !leads_back(graph, &layer, link.to, link.from) {
                layer[link.to] = next;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    // Who only publishes stands at the right edge.
    let last = layer.iter().copied().max().unwrap_or(0);
    for (i, node) in graph.nodes.iter().enumerate() {
        if node.kind == NodeKind::Publisher && graph.links.iter().all(|l| l.from != i) {
            layer[i] = last;
        }
    }
    layer
}

/// True where links lead from one node to the other.
fn leads_back(graph: &Graph, _: &[usize], from: usize, to: usize) -> bool {
    let mut open = vec![from];
    let mut seen = vec![false; graph.nodes.len()];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        open.extend(graph.links.iter().filter(|l| l.from == at).map(|l| l.to));
    }
    false
}

/// The nodes that each link goes through: its own, and between them one place in every column that it crosses, added to `layer`.
fn passing(graph: &Graph, layer: &mut Vec<usize>) -> Vec<Vec<usize>> {
    let way = |link: &super::story_links::Link| {
        let mut way = vec![link.from];
        for column in layer[link.from] + 1..layer[link.to] {
            way.push(layer.len());
            layer.push(column);
        }
        way.push(link.to);
        way
    };
    graph.links.iter().map(way).collect()
}

/// What stands in each column from top to bottom, near to what it is linked to.
fn ordered(ways: &[Vec<usize>], layer: &[usize]) -> Vec<Vec<usize>> {
    let last = layer.iter().copied().max().unwrap_or(0);
    let mut rows: Vec<Vec<usize>> =
        (0..=last).map(|column| (0..layer.len()).filter(|&i| layer[i] == column).collect()).collect();
    let mut place: Vec<f64> = vec![0.0; layer.len()];
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); layer.len()];
    for pair in ways.iter().flat_map(|way| way.windows(2)) {
        near[pair[0]].push(pair[1]);
        near[pair[1]].push(pair[0]);
    }
    let put = |list: &[usize], place: &mut Vec<f64>| {
        // Around the middle: columns are centred.
        let half = list.len() as f64 / 2.0;
        list.iter().enumerate().for_each(|(row, &i)| place[i] = row as f64 + 0.5 - half);
    };
    rows.iter().for_each(|list| put(list, &mut place));
    // To the right and back, each column by the one before: both at once would only trade places.
    for turn in 0..TURNS {
        let columns: Vec<usize> =
            if turn % 2 == 0 { (0..rows.len()).collect() } else { (0..rows.len()).rev().collect() };
        for column in columns {
            let before = |other: usize| if turn % 2 == 0 { layer[other] < column } else { layer[other] > column };
            let middle = |i: usize| {
                let places: Vec<f64> = near[i].iter().filter(|o| before(**o)).map(|&o| place[o]).collect();
                if places.is_empty() { place[i] } else { places.iter().sum::<f64>() / places.len() as f64 }
            };
            let mut keys: Vec<(f64, usize)> = rows[column].iter().map(|&i| (middle(i), i)).collect();
            // What has one middle stays as it stood.
            keys.sort_by(|a, b| a.0.total_cmp(&b.0));
            rows[column] = keys.into_iter().map(|(_, i)| i).collect();
            put(&rows[column], &mut place);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_stand_over_against_what_they_are_linked_to() {
        // 0 and 1 on the left, 2 and 3 on the right, crosswise; 4 in the third column has a link from 0 past the second.
        let ways = vec![vec![0, 3], vec![1, 2], vec![2, 4], vec![0, 5, 4]];
        let rows = ordered(&ways, &[0, 0, 1, 1, 2, 1]);
        let row = |i: usize| rows.iter().find_map(|list| list.iter().position(|&o| o == i)).unwrap();
        assert_eq!(row(0) < row(1), row(3) < row(2), "no crossing");
        assert_eq!(row(0) < row(1), row(5) < row(2), "nor by what passes");
    }
}
