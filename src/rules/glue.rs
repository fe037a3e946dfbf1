//! Where a template may be cut without cutting a written word.

use crate::rules::notation::Node;

/// True where the template may be cut between `before` and `after` without cutting a written word: white space, or a
/// mark that joins nothing.
pub fn parts(before: &[Node], after: &[Node]) -> bool {
    edge(after.iter(), Edge::First) != Touch::Joins || edge(before.iter().rev(), Edge::Last) != Touch::Joins
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Touch {
    /// Every variant parts here.
    Parts,
    /// Some variant joins.
    Joins,
    /// Nothing may stand here at all.
    Nothing,
}

fn edge<'n>(nodes: impl Iterator<Item = &'n Node>, side: Edge) -> Touch {
    for node in nodes {
        match node {
            Node::Space | Node::Gap(_) | Node::Anchor(..) => return Touch::Parts,
            Node::Brace(..) => return Touch::Joins,
            Node::Text(text) => {
                // Only what follows can part by a mark: `"` before a word stays with it, so that both are cut together.
                let parts = side == Edge::First && text.chars().next().is_some_and(parts_words);
                return if parts { Touch::Parts } else { Touch::Joins };
            }
            Node::Group { branches, optional } => {
                let mut may_be_nothing = *optional;
                for branch in branches {
                    let touch = match side {
                        Edge::First => edge(branch.iter(), side),
                        Edge::Last => edge(branch.iter().rev(), side),
                    };
                    match touch {
                        Touch::Joins => return Touch::Joins,
                        Touch::Nothing => may_be_nothing = true,
                        Touch::Parts => {}
                    }
                }
                if !may_be_nothing {
                    return Touch::Parts;
                }
            }
        }
    }
    Touch::Nothing
}

/// Marks that never join letters to one written word, whatever stands before them.
fn parts_words(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '!' | '?' | '"' | '(' | ')' | '/' | '«' | '»' | '“' | '”' | '„' | '\u{2013}' | '\u{2014}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::notation::{Dialect, parse};

    /// True where `written` may be cut behind its first `count` nodes.
    fn cuts(written: &str, count: usize) -> bool {
        let nodes = parse(written, Dialect::Template).unwrap();
        parts(&nodes[..count], &nodes[count..])
    }

    #[test]
    fn words_are_cut_at_white_space_and_at_marks_that_join_nothing() {
        assert!(cuts("say[ on]", 1));
        assert!(cuts("{source}, said", 1));
        assert!(cuts("[the ]Kremlin", 1));
        assert!(cuts("{source}[, (the|an) agency]", 1));
    }

    #[test]
    fn letters_hyphens_and_apostrophes_join() {
        assert!(!cuts("say[s]", 1));
        assert!(!cuts("{source}['s]", 1));
        assert!(!cuts("so[-]called", 1));
        assert!(!cuts("[the]Kremlin", 1));
        // The option may be missing, and then the letters meet.
        assert!(!cuts("say[, then]s", 1));
    }
}
