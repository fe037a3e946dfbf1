//! The links of stories as graphs: nodes and links once, and the text forms that other programs draw and count.

use std::fmt::Write as _;
use std::io;

use super::form::{Closing, Form};
use super::names::Names;
use super::story_json::edge_word;
use super::story_links::{Graph, NodeKind, xml};
use super::story_panels::panels;
use super::story_svg;
use crate::record::ArticleRecord;
use crate::story::digest::Digest;
use crate::story::model::{EdgeKind, Story};

/// In which form graphs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphForm {
    /// For Graphviz.
    Dot,
    /// For Mermaid.
    Mermaid,
    /// As a picture.
    Svg,
    /// For programs that draw and count graphs.
    Graphml,
}

/// The forms of graphs.
#[derive(Debug)]
pub struct StoryGraph<'a> {
    names: Names<'a>,
    form: GraphForm,
}

impl<'a> StoryGraph<'a> {
    /// Graphs in this form.
    pub fn new(names: Names<'a>, form: GraphForm) -> StoryGraph<'a> {
        StoryGraph { names, form }
    }
}

impl Form for StoryGraph<'_> {
    fn start(&self, out: &mut dyn io::Write) -> io::Result<()> {
        match self.form {
            GraphForm::Graphml => out.write_all(GRAPHML_HEAD.as_bytes()),
            GraphForm::Mermaid => out.write_all(b"flowchart LR\n"),
            GraphForm::Dot | GraphForm::Svg => Ok(()),
        }
    }

    fn article(&self, _: &ArticleRecord) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn for_people(&self) -> bool {
        false
    }

    fn story(&self, story: &Story, _: &[Digest]) -> io::Result<Vec<u8>> {
        if self.form == GraphForm::Svg {
            return pictures(story, &self.names).map(String::into_bytes).map_err(io::Error::other);
        }
        let graph = Graph::new(story, &self.names);
        let text = match self.form {
            GraphForm::Dot => dot(&graph),
            GraphForm::Mermaid => mermaid(&graph),
            GraphForm::Graphml => graphml(&graph),
            GraphForm::Svg => story_svg::svg(&graph, ""),
        };
        text.map(String::into_bytes).map_err(io::Error::other)
    }

    fn finish(&self, out: &mut dyn io::Write, _: &Closing) -> io::Result<()> {
        match self.form {
            GraphForm::Graphml => out.write_all(b"</graphml>\n"),
            _ => Ok(()),
        }
    }
}

/// The pictures of a story as one.
///
/// # Errors
/// None in practice: writing to a string does not fail.
pub fn pictures(story: &Story, names: &Names<'_>) -> Result<String, std::fmt::Error> {
    let (graphs, left_out) = panels(story, names);
    let mut out = String::new();
    for (i, graph) in graphs.iter().enumerate() {
        let note = match left_out {
            n if n > 0 && i + 1 == graphs.len() => format!("{n} more claims: --format dot"),
            _ => String::new(),
        };
        out += &story_svg::svg(graph, &note)?;
    }
    Ok(story_svg::together(&out))
}

/// A quoted string of Graphviz.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn dot(graph: &Graph) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    writeln!(out, "digraph {} {{", quoted(&graph.id))?;
    writeln!(out, "  label={};\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];", quoted(&graph.title))?;
    for (i, node) in graph.nodes.iter().enumerate() {
        let shape = match node.kind {
            NodeKind::Origin => "ellipse",
            NodeKind::Relay => "box, style=rounded",
            NodeKind::Publisher => "box",
        };
        writeln!(out, "  n{i} [label={}, shape={shape}, id={}];", quoted(&node.name), quoted(&node.id))?;
    }
    for link in &graph.links {
        let style = match link.kind {
            EdgeKind::Declared => "solid",
            EdgeKind::Inferred => "dashed",
            EdgeKind::Missing => "dotted, color=red",
        };
        let label = if link.articles > 1 { format!(", label=\"{}\"", link.articles) } else { String::new() };
        writeln!(out, "  n{} -> n{} [style={style}{label}, class=\"{}\"];", link.from, link.to, edge_word(link.kind))?;
    }
    writeln!(out, "}}")?;
    Ok(out)
}

fn mermaid(graph: &Graph) -> Result<String, std::fmt::Error> {
    // Entities stand for what Mermaid would read as its own.
    let text = |text: &str| {
        let mut out = String::new();
        for c in text.chars() {
            match c {
                '"' | '#' | '<' | '>' | '&' | ';' | '`' | '[' | ']' | '{' | '}' | '|' => {
                    out += &format!("#{};", u32::from(c));
                }
                c => out.push(c),
            }
        }
        out
    };
    // Ids are of the whole diagram: those of nodes carry the story's.
    let own: String = graph.id.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut out = String::new();
    writeln!(out, "  subgraph {own}[\"{}\"]", text(&graph.title))?;
    for (i, node) in graph.nodes.iter().enumerate() {
        let (open, close) = match node.kind {
            NodeKind::Origin => ("([", "])"),
            NodeKind::Relay => ("(", ")"),
            NodeKind::Publisher => ("[", "]"),
        };
        writeln!(out, "    {own}n{i}{open}\"{}\"{close}", text(&node.name))?;
    }
    for link in &graph.links {
        let count = if link.articles > 1 { link.articles.to_string() } else { String::new() };
        let arrow = match (link.kind, count.as_str()) {
            (EdgeKind::Declared, "") => "-->".to_string(),
            (EdgeKind::Declared, count) => format!("-->|{count}|"),
            (EdgeKind::Inferred, _) => "-.->|inferred|".to_string(),
            (EdgeKind::Missing, _) => "-.->|missing|".to_string(),
        };
        writeln!(out, "    {own}n{} {arrow} {own}n{}", link.from, link.to)?;
    }
    writeln!(out, "  end")?;
    Ok(out)
}

const GRAPHML_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
  <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n\
  <key id=\"what\" for=\"node\" attr.name=\"what\" attr.type=\"string\"/>\n\
  <key id=\"kind\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n\
  <key id=\"articles\" for=\"edge\" attr.name=\"articles\" attr.type=\"int\"/>\n";

fn graphml(graph: &Graph) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    writeln!(out, "  <graph id=\"{}\" edgedefault=\"directed\">", xml(&graph.id))?;
    writeln!(out, "    <desc>{}</desc>", xml(&graph.title))?;
    // Ids are of the whole file: those of nodes carry the story's.
    for node in &graph.nodes {
        writeln!(
            out,
            "    <node id=\"{0}/{1}\"><data key=\"name\">{2}</data><data key=\"what\">{3}</data></node>",
            xml(&graph.id),
            xml(&node.id),
            xml(&node.name),
            node.kind.word()
        )?;
    }
    for link in &graph.links {
        let id = |at: usize| graph.nodes.get(at).map_or(String::new(), |n| xml(&n.id));
        writeln!(
            out,
            "    <edge source=\"{0}/{1}\" target=\"{0}/{2}\"><data key=\"kind\">{3}</data><data key=\"articles\">{4}</data></edge>",
            xml(&graph.id),
            id(link.from),
            id(link.to),
            edge_word(link.kind),
            link.articles
        )?;
    }
    writeln!(out, "  </graph>")?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::story_links::{Link, Node};

    fn graph() -> Graph {
        let node = |id: &str, name: &str, kind| Node { id: id.into(), name: name.into(), kind };
        Graph {
            id: "s1:0".into(),
            title: "“Quay” & <shut>".into(),
            nodes: vec![
                node("name:Ada", "Ada \"Oak\" <Q>", NodeKind::Origin),
                node("wire", "Wire", NodeKind::Relay),
                node("post", "Post", NodeKind::Publisher),
            ],
            links: vec![
                Link { from: 0, to: 1, kind: EdgeKind::Declared, articles: 2 },
                Link { from: 1, to: 2, kind: EdgeKind::Missing, articles: 1 },
            ],
        }
    }

    #[test]
    fn every_form_tells_links_apart_and_keeps_names_whole() {
        let dot = dot(&graph()).unwrap();
        assert!(dot.contains("label=\"Ada \\\"Oak\\\" <Q>\"") && dot.contains("n1 -> n2 [style=dotted, color=red"));
        let mermaid = mermaid(&graph()).unwrap();
        assert!(mermaid.contains("s10n0([\"Ada #34;Oak#34; #60;Q#62;\"])") && mermaid.contains("s10n0 -->|2| s10n1"));
        assert!(mermaid.contains("s10n1 -.->|missing| s10n2"));
        let graphml = graphml(&graph()).unwrap();
        assert!(
            graphml.contains("Ada &quot;Oak&quot; &lt;Q&gt;") && graphml.contains("<data key=\"kind\">missing</data>")
        );
    }

    #[test]
    fn the_picture_holds_every_node_and_says_what_its_lines_mean() {
        let svg = story_svg::svg(&graph(), "").unwrap();
        assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
        let both = story_svg::together(&format!("{svg}{svg}"));
        assert_eq!((both.matches("<svg ").count(), both.matches("</svg>").count()), (3, 3), "one picture around two");
        assert!(both.contains("<svg y=\"0\"") && story_svg::together(&svg) == svg);
        assert!(svg.contains("Ada &quot;Oak&quot; &lt;Q&gt;") && svg.contains(">Post<") && svg.contains("missing"));
    }
}
