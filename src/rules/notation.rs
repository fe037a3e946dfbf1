//! The notation for variants, used in words, phrases and names: `report(s|ed)`, `Interfax[a|om]`, `[the] Kremlin`.

use rapidhash::RapidHashSet;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::rules::template::Anchor;
use crate::text::span::Span;

/// Most written forms that one string in notation may stand for.
pub const MOST_FORMS: usize = 1024;

/// How deep groups may stand in each other.
const DEEPEST: usize = 24;

/// A fault in a written template, name or sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NotationError {
    /// The bytes of the written string that are at fault.
    pub at: Span,
    /// Short name of the fault.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to write instead, where that can be told.
    pub hint: Option<String>,
}

impl NotationError {
    /// A fault in the bytes `start..end` of the written string.
    pub fn new(start: usize, end: usize, code: &'static str, message: impl Into<String>) -> NotationError {
        NotationError { at: Span::new(start, end), code, message: message.into(), hint: None }
    }

    /// The same with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> NotationError {
        self.hint = Some(hint.into());
        self
    }
}

/// One piece of a string in notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Literal characters without white space.
    Text(String),
    /// White space of any length.
    Space,
    /// `{…}`: what stands between the braces, and the bytes of the whole.
    Brace(String, Span),
    /// `…`
    Gap(Span),
    /// `^`, `^^`, `$`, `$$`
    Anchor(Anchor, Span),
    /// `(a|b)`, or `[a|b]` where `optional`.
    Group {
        /// The variants, none of them empty.
        branches: Vec<Vec<Node>>,
        /// True for square brackets.
        optional: bool,
    },
}

/// Which signs mean something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Names and words: brackets only; braces are faults, `…`, `^` and `$` stand for themselves.
    Plain,
    /// Templates: braces, gaps and anchors too.
    Template,
}

/// Parses `written`; nothing is expanded yet.
///
/// # Errors
/// Brackets that don't pair, empty or single variants, escapes of what needs none, braces outside templates.
pub fn parse(written: &str, dialect: Dialect) -> Result<Vec<Node>, NotationError> {
    let mut parser = Parser { written, at: 0, dialect };
    let mut branches = parser.branches(None, 0)?;
    Ok(branches.pop().unwrap_or_default())
}

/// All written forms that `written` stands for, in order, each once; white space is single and never at an end.
///
/// # Errors
/// As [`parse`], and where there are more than [`MOST_FORMS`] or one of them is empty.
pub fn expand(written: &str) -> Result<Vec<String>, NotationError> {
    let forms = if written.contains(['(', ')', '[', ']', '{', '}', '|', '\\']) {
        let nodes = parse(written, Dialect::Plain)?;
        let mut forms = written_forms(&nodes, MOST_FORMS).ok_or_else(|| too_many(written, MOST_FORMS))?;
        forms.iter_mut().for_each(tidy);
        unique(forms)
    } else {
        let mut form = written.to_owned();
        tidy(&mut form);
        vec![form]
    };
    if forms.iter().any(String::is_empty) {
        return Err(NotationError::new(
            0,
            written.len(),
            "empty-form",
            "one of the forms that this stands for is empty",
        )
        .hint("at least one letter must stand outside the square brackets"));
    }
    Ok(forms)
}

/// The fault of a string that stands for more than `most` forms.
pub fn too_many(written: &str, most: usize) -> NotationError {
    NotationError::new(0, written.len(), "too-many-variants", format!("this stands for more than {most} variants"))
        .hint("write it as several entries of the list")
}

/// All sequences without groups that `nodes` stand for, options left out first; `None` where there are more than `most`.
pub fn alternatives(nodes: &[Node], most: usize) -> Option<Vec<Vec<Node>>> {
    let mut out: Vec<Vec<Node>> = vec![Vec::new()];
    for node in nodes {
        let Node::Group { branches, optional } = node else {
            out.iter_mut().for_each(|flat| flat.push(node.clone()));
            continue;
        };
        let mut endings: Vec<Vec<Node>> = if *optional { vec![Vec::new()] } else { Vec::new() };
        for branch in branches {
            endings.append(&mut alternatives(branch, most)?);
        }
        if out.len().saturating_mul(endings.len()) > most {
            return None;
        }
        let mut longer = Vec::with_capacity(out.len() * endings.len());
        for flat in &out {
            for ending in &endings {
                let mut with = flat.clone();
                with.extend_from_slice(ending);
                longer.push(with);
            }
        }
        out = longer;
    }
    Some(out)
}

/// `word` in Unicode form NFC, as it is matched.
pub fn composed(word: &str) -> String {
    if word.is_ascii() || is_nfc(word) { word.to_owned() } else { word.nfc().collect() }
}

/// As [`alternatives`], for nodes of [`Dialect::Plain`] and put together to strings: names are many.
fn written_forms(nodes: &[Node], most: usize) -> Option<Vec<String>> {
    let mut out = vec![String::new()];
    for node in nodes {
        match node {
            Node::Text(text) => out.iter_mut().for_each(|form| form.push_str(text)),
            Node::Group { branches, optional } => {
                let mut endings = if *optional { vec![String::new()] } else { Vec::new() };
                for branch in branches {
                    endings.append(&mut written_forms(branch, most)?);
                }
                if out.len().saturating_mul(endings.len()) > most {
                    return None;
                }
                out = out.iter().flat_map(|form| endings.iter().map(move |ending| format!("{form}{ending}"))).collect();
            }
            _ => out.iter_mut().for_each(|form| form.push(' ')),
        }
    }
    Some(out)
}

/// The forms without repetition, each where it stood first.
pub fn unique(mut forms: Vec<String>) -> Vec<String> {
    let mut seen: RapidHashSet<&str> = RapidHashSet::default();
    let first: Vec<bool> = forms.iter().map(|form| seen.insert(form)).collect();
    if first.contains(&false) {
        let mut first = first.into_iter();
        forms.retain(|_| first.next().unwrap_or(true));
    }
    forms
}

/// Leaves single white space, none at the ends, and Unicode form NFC.
fn tidy(form: &mut String) {
    let spaces_are_single = !form.starts_with(char::is_whitespace)
        && !form.ends_with(char::is_whitespace)
        && !form.contains("  ")
        && !form.contains(|c: char| c != ' ' && c.is_whitespace());
    if !spaces_are_single {
        *form = form.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if !form.is_ascii() && !is_nfc(form) {
        *form = form.nfc().collect();
    }
}

/// Signs that a backslash makes literal.
const ESCAPED: [char; 11] = ['(', ')', '[', ']', '{', '}', '|', '\\', '…', '^', '$'];

struct Parser<'w> {
    written: &'w str,
    at: usize,
    dialect: Dialect,
}

/// An opening bracket and the byte where it stands.
type Open = (char, usize);

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.written.get(self.at..).and_then(|rest| rest.chars().next())
    }

    /// The branches up to the bracket that closes `open`, or up to the end.
    fn branches(&mut self, open: Option<Open>, depth: usize) -> Result<Vec<Vec<Node>>, NotationError> {
        let mut branches = Vec::new();
        let mut nodes: Vec<Node> = Vec::new();
        loop {
            let start = self.at;
            let Some(c) = self.peek() else {
                if let Some((bracket, from)) = open {
                    return Err(NotationError::new(from, from + 1, "unclosed", format!("`{bracket}` is never closed"))
                        .hint(format!("a real bracket is written `\\{bracket}`")));
                }
                branches.push(nodes);
                return Ok(branches);
            };
            self.at += c.len_utf8();
            match c {
                '\\' => push_text(&mut nodes, self.escaped(start)?),
                '(' | '[' => nodes.push(self.group((c, start), depth)?),
                ')' | ']' => match open {
                    Some((bracket, _)) if closer(bracket) == c => {
                        branches.push(nodes);
                        return Ok(branches);
                    }
                    Some((bracket, from)) => {
                        let message = format!("`{bracket}` is closed by `{c}`");
                        let fault = NotationError::new(from, self.at, "unclosed", message);
                        return Err(fault.hint(format!("close it with `{}`", closer(bracket))));
                    }
                    None => return Err(stray(start, c)),
                },
                '|' if open.is_some() => branches.push(std::mem::take(&mut nodes)),
                '|' => {
                    return Err(NotationError::new(start, self.at, "stray-bar", "`|` stands outside brackets")
                        .hint("put the variants in brackets: `(a|b)`; a real bar is written `\\|`"));
                }
                '{' => nodes.push(self.brace(start)?),
                '}' => return Err(stray(start, c)),
                '…' if self.dialect == Dialect::Template => nodes.push(Node::Gap(Span::new(start, self.at))),
                '^' | '$' if self.dialect == Dialect::Template => nodes.push(self.anchor(c, start)),
                c if c.is_whitespace() => {
                    if nodes.last() != Some(&Node::Space) {
                        nodes.push(Node::Space);
                    }
                }
                c => push_text(&mut nodes, c),
            }
        }
    }

    fn group(&mut self, open: Open, depth: usize) -> Result<Node, NotationError> {
        if depth >= DEEPEST {
            return Err(NotationError::new(open.1, open.1 + 1, "too-deep", "brackets stand too deep in each other"));
        }
        let mut branches = self.branches(Some(open), depth + 1)?;
        let written = branches.len();
        branches.retain(|branch| !branch.is_empty());
        // An empty variant means the same as square brackets: `(a|)`.
        let optional = open.0 == '[' || branches.len() < written;
        if branches.is_empty() {
            return Err(NotationError::new(open.1, self.at, "empty-variant", "nothing stands in these brackets")
                .hint("write the variants: `(a|b)`, or `[a|b]` where none may stand"));
        }
        if open.0 == '(' && written == 1 {
            return Err(NotationError::new(open.1, self.at, "single-variant", "brackets with a single variant")
                .hint("write `[…]` where it may be missing, `\\(…\\)` for real parentheses, or no brackets"));
        }
        Ok(Node::Group { branches, optional })
    }

    fn escaped(&mut self, start: usize) -> Result<char, NotationError> {
        match self.peek() {
            Some(c) if ESCAPED.contains(&c) => {
                self.at += c.len_utf8();
                Ok(c)
            }
            Some(c) => {
                let end = start + 1 + c.len_utf8();
                Err(NotationError::new(start, end, "bad-escape", format!("`{c}` needs no backslash"))
                    .hint(format!("write `{c}`, or `\\\\` for a real backslash")))
            }
            None => Err(NotationError::new(start, start + 1, "bad-escape", "a backslash at the end")
                .hint("write `\\\\` for a real backslash")),
        }
    }

    fn brace(&mut self, start: usize) -> Result<Node, NotationError> {
        if self.dialect == Dialect::Plain {
            return Err(NotationError::new(start, start + 1, "slot-not-allowed", "no slots can stand here")
                .hint("only words and variants; a real brace is written `\\{`"));
        }
        let rest = self.written.get(self.at..).unwrap_or("");
        match rest.find(['{', '}']) {
            Some(len) if rest[len..].starts_with('}') => {
                let inner = rest[..len].trim().to_owned();
                self.at += len + 1;
                Ok(Node::Brace(inner, Span::new(start, self.at)))
            }
            _ => Err(NotationError::new(start, start + 1, "unclosed", "`{` is never closed")
                .hint("a real brace is written `\\{`")),
        }
    }

    fn anchor(&mut self, c: char, start: usize) -> Node {
        let double = self.peek() == Some(c);
        if double {
            self.at += 1;
        }
        let anchor = match (c, double) {
            ('^', false) => Anchor::ClauseStart,
            ('^', true) => Anchor::BlockStart,
            (_, false) => Anchor::ClauseEnd,
            (_, true) => Anchor::BlockEnd,
        };
        Node::Anchor(anchor, Span::new(start, self.at))
    }
}

fn closer(open: char) -> char {
    if open == '(' { ')' } else { ']' }
}

fn stray(at: usize, c: char) -> NotationError {
    NotationError::new(at, at + 1, "unopened", format!("`{c}` closes nothing"))
        .hint(format!("a real one is written `\\{c}`"))
}

fn push_text(nodes: &mut Vec<Node>, c: char) {
    match nodes.last_mut() {
        Some(Node::Text(text)) => text.push(c),
        _ => nodes.push(Node::Text(c.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn forms(written: &str) -> Vec<String> {
        expand(written).unwrap()
    }

    fn fault(written: &str) -> (&'static str, u32) {
        let fault = expand(written).unwrap_err();
        (fault.code, fault.at.start)
    }

    #[test]
    fn round_brackets_need_a_variant_and_square_ones_do_not() {
        assert_eq!(forms("report(s|ed)"), ["reports", "reported"]);
        assert_eq!(forms("report[s|ed]"), ["report", "reports", "reported"]);
        assert_eq!(forms("Інтерфакс[у|ом]"), ["Інтерфакс", "Інтерфаксу", "Інтерфаксом"]);
    }

    #[test]
    fn an_empty_variant_means_the_same_as_square_brackets() {
        assert_eq!(forms("x(a|)"), forms("x[a]"));
        assert_eq!(forms("x[|a]"), forms("x[a]"));
        assert_eq!(forms("x( |-)y"), ["x y", "x-y"]);
        assert_eq!(forms("x( |)y"), ["xy", "x y"]);
    }

    #[test]
    fn groups_nest_and_span_words() {
        assert_eq!(forms("news (agency|[web ]site)"), ["news agency", "news site", "news web site"]);
        assert_eq!(forms("[the] Kremlin"), ["Kremlin", "the Kremlin"]);
        assert_eq!(forms("a [big] house"), ["a house", "a big house"]);
    }

    #[test]
    fn a_backslash_makes_signs_literal() {
        assert_eq!(forms(r"Press \(AP\)"), ["Press (AP)"]);
        assert_eq!(forms(r"a\|b \\"), [r"a|b \"]);
        assert_eq!(forms("Who^ $5 …"), ["Who^ $5 …"]);
    }

    #[test]
    fn the_same_form_twice_is_kept_once() {
        assert_eq!(forms("(a|b|a)"), ["a", "b"]);
    }

    #[test]
    fn faults_say_where() {
        assert_eq!(fault("Об этом (a|b"), ("unclosed", 14));
        assert_eq!(fault("a)"), ("unopened", 1));
        assert_eq!(fault("(a|b]"), ("unclosed", 0));
        assert_eq!(fault("a|b"), ("stray-bar", 1));
        assert_eq!(fault("x[]"), ("empty-variant", 1));
        assert_eq!(fault("x(|)"), ("empty-variant", 1));
        assert_eq!(fault("news (agency)"), ("single-variant", 5));
        assert_eq!(fault(r"a\b"), ("bad-escape", 1));
        assert_eq!(fault("a\\"), ("bad-escape", 1));
        assert_eq!(fault("by {source}"), ("slot-not-allowed", 3));
        assert_eq!(fault("[the]"), ("empty-form", 0));
        assert_eq!(fault("  "), ("empty-form", 0));
    }

    #[test]
    fn the_number_of_forms_and_the_depth_are_capped() {
        assert_eq!(forms(&"(a|b)".repeat(10)).len(), 1024);
        assert_eq!(fault(&"(a|b)".repeat(40)).0, "too-many-variants");
        assert_eq!(fault(&"(".repeat(100_000)).0, "too-deep");
    }

    #[test]
    fn forms_are_composed() {
        assert_eq!(forms("Me\u{301}dia"), ["M\u{e9}dia"]);
    }

    proptest! {
        #[test]
        fn no_input_panics_and_faults_lie_inside(written in "[a-zж()\\[\\]{}|\\\\ …^$]{0,30}") {
            for dialect in [Dialect::Plain, Dialect::Template] {
                if let Err(fault) = parse(&written, dialect) {
                    prop_assert!(written.get(fault.at.range()).is_some());
                }
            }
            let _ = expand(&written);
        }
    }
}
