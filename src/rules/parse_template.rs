//! From a written template to its elements.

use crate::rules::combine::combined;
use crate::rules::glue::parts;
use crate::rules::notation::{self, Dialect, Node, NotationError, alternatives, composed, too_many};
use crate::rules::plain_words::plain_words;
use crate::rules::shape::{count, most_slots};
use crate::rules::suggest::did_you_mean;
use crate::rules::template::{Element, MOST_EXPANSIONS, Slot, SlotKind, Template};
use crate::text::letter::is_invisible;
use crate::text::span::Span;
use crate::text::token::{Mark, Token, tokens};

/// What may stand in a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Everything: the template of a pattern.
    Pattern,
    /// Words, marks, variants, numbers and lexicons: a form of a lexicon, a noun, words of a page.
    Words,
}

/// Parses `written`.
///
/// # Errors
/// Faults of the notation; unknown, misplaced or repeated slots; letters glued to a lexicon; templates that may match
/// nothing at all, and those that stand for more than [`MOST_EXPANSIONS`] sequences.
pub fn parse_template(written: &str, allowed: Allowed) -> Result<Template, NotationError> {
    match plain_words(written) {
        Some(elements) => Ok(Template { elements, written: written.to_owned() }),
        None => parsed(written, allowed),
    }
}

/// The same without the short way for plain words.
pub(super) fn parsed(written: &str, allowed: Allowed) -> Result<Template, NotationError> {
    let nodes = notation::parse(written, Dialect::Template)?;
    let elements = Lowering { written, allowed }.sequence(&nodes, false)?;
    let whole = |code, message: &str| NotationError::new(0, written.len(), code, message);
    if elements.iter().all(may_be_nothing) {
        return Err(whole("empty-template", "this template may match no word at all")
            .hint("at least one word, mark, slot or lexicon must stand outside the square brackets"));
    }
    let template = Template { elements, written: written.to_owned() };
    if count(&template.elements) > MOST_EXPANSIONS {
        return Err(too_many(written, MOST_EXPANSIONS));
    }
    for (name, kind) in SlotKind::NAMES {
        // A content may be split: "{content}, {source} said, {content}".
        if kind != SlotKind::Content && most_slots(&template.elements, kind) > 1 {
            return Err(whole("slot-twice", &format!("`{{{name}}}` stands twice in this template"))
                .hint("a further carrier is `{via2}`; otherwise write two templates"));
        }
    }
    Ok(template)
}

/// The name of a slot as templates write it.
pub fn slot_name(kind: SlotKind) -> &'static str {
    SlotKind::NAMES.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name)
}

fn may_be_nothing(element: &Element) -> bool {
    match element {
        Element::Optional(_) | Element::Anchor(_) | Element::Gap => true,
        Element::Choice(branches) => branches.iter().any(|branch| branch.iter().all(may_be_nothing)),
        _ => false,
    }
}

struct Lowering<'w> {
    written: &'w str,
    allowed: Allowed,
}

impl Lowering<'_> {
    /// The elements of `nodes`; `glued` where no white space stands before the first.
    fn sequence(&self, nodes: &[Node], mut glued: bool) -> Result<Vec<Element>, NotationError> {
        let mut out = Vec::new();
        let mut from = 0;
        while let Some(node) = nodes.get(from) {
            match node {
                Node::Space => glued = false,
                Node::Gap(span) => {
                    self.only_in_patterns(*span, "a gap")?;
                    if out.last() != Some(&Element::Gap) {
                        out.push(Element::Gap);
                    }
                    glued = true;
                }
                Node::Anchor(anchor, span) => {
                    self.only_in_patterns(*span, "an anchor")?;
                    out.push(Element::Anchor(*anchor));
                }
                _ => {
                    let mut end = from + 1;
                    while end < nodes.len() && !parts(&nodes[from..end], &nodes[end..]) {
                        end += 1;
                    }
                    out.append(&mut self.run(&nodes[from..end], glued)?);
                    glued = true;
                    from = end;
                    continue;
                }
            }
            from += 1;
        }
        Ok(out)
    }

    /// The elements of a run of nodes that are written together.
    fn run(&self, run: &[Node], glued: bool) -> Result<Vec<Element>, NotationError> {
        if let [Node::Group { branches, optional }] = run {
            let lowered = branches.iter().map(|branch| self.sequence(branch, glued)).collect::<Result<Vec<_>, _>>()?;
            return Ok(combined(lowered, *optional));
        }
        if !run.iter().any(|node| matches!(node, Node::Group { .. })) {
            return self.written_word(run, glued);
        }
        let flat =
            alternatives(run, notation::MOST_FORMS).ok_or_else(|| too_many(self.written, notation::MOST_FORMS))?;
        let mut lowered = flat.iter().map(|nodes| self.sequence(nodes, glued)).collect::<Result<Vec<_>, _>>()?;
        // Longer variants first, as in `Template::expanded`.
        lowered.sort_by_key(|elements| std::cmp::Reverse(elements.len()));
        Ok(combined(lowered, false))
    }

    /// Literals, slots and lexicons with no white space between them, cut as an article is.
    fn written_word(&self, run: &[Node], glued: bool) -> Result<Vec<Element>, NotationError> {
        let mut text = String::new();
        let mut atoms: Vec<(usize, Element, Span)> = Vec::new();
        for node in run {
            match node {
                Node::Text(literal) => text.push_str(literal),
                Node::Brace(inner, span) => {
                    atoms.push((text.len(), self.atom(inner, *span)?, *span));
                    // A letter stands in for the slot, so that marks next to it are classed as next to a word.
                    text.push('x');
                }
                _ => {}
            }
        }
        let cut = tokens(&text, 0..text.len());
        let mut out = Vec::new();
        let mut next = 0;
        while let Some(token) = cut.get(next) {
            let last = affixes_end(&cut, next, &atoms);
            let written = Span { start: token.span.start, end: cut[last].span.end };
            let inside: Vec<&(usize, Element, Span)> = atoms_in(&atoms, written).collect();
            match inside.as_slice() {
                [] => out.push(match token.mark() {
                    Some(mark) => Element::Mark(mark, if next == 0 { glued } else { !token.spaced }),
                    None => Element::Word(vec![matched(token.span.of(&text))]),
                }),
                [(at, atom, span)] => {
                    let prefix = text.get(written.start as usize..*at).unwrap_or("");
                    let suffix = text.get(at + 1..written.end as usize).unwrap_or("");
                    out.push(with_affixes(atom.clone(), prefix, suffix, *span)?);
                }
                [.., (_, _, span)] => {
                    let (start, end) = (span.start as usize, span.end as usize);
                    return Err(NotationError::new(
                        start,
                        end,
                        "glued-slots",
                        "two slots without a space between them",
                    )
                    .hint("put a space or a mark between them"));
                }
            }
            next = last + 1;
        }
        Ok(out)
    }

    fn atom(&self, inner: &str, span: Span) -> Result<Element, NotationError> {
        let fault = |code, message: String| NotationError::new(span.start as usize, span.end as usize, code, message);
        let (name, case) = match inner.split_once(':') {
            Some((name, case)) => (name.trim(), Some(case.trim())),
            None => (inner, None),
        };
        let slots = || SlotKind::NAMES.iter().map(|(name, _)| *name);
        if let Some((_, kind)) = SlotKind::NAMES.iter().find(|(known, _)| *known == name) {
            if self.allowed == Allowed::Words {
                return Err(fault(
                    "slot-not-allowed",
                    format!("the slot `{{{name}}}` cannot stand in a lexicon or word list"),
                )
                .hint("only words, marks, variants, `{number}` and lexicons"));
            }
            let mut words = case.into_iter().flat_map(|case| case.split(':')).map(str::trim);
            if let Some(bad) = words.clone().find(|word| !is_name(word)) {
                return Err(fault("bad-name", format!("`{bad}` is no name of a case")));
            }
            let (case, also) = (words.next().map(str::to_owned), words.map(str::to_owned).collect());
            return Ok(Element::Slot(Slot { kind: *kind, case, also, prefix: Vec::new(), suffix: Vec::new() }));
        }
        if case.is_some() {
            let fault = fault("unknown-slot", format!("`{name}` is no slot, and only slots have a case"));
            return Err(NotationError { hint: did_you_mean(name, slots()), ..fault });
        }
        if name == "number" {
            return Ok(Element::Number);
        }
        let (lexicon, form) = match name.split_once('.') {
            Some((lexicon, form)) => (lexicon, Some(form)),
            None => (name, None),
        };
        if slots().any(|slot| slot == lexicon) {
            return Err(fault("unknown-slot", format!("`{lexicon}` is a slot and has no forms"))
                .hint(format!("a case is written `{{{lexicon}:{}}}`", form.unwrap_or(""))));
        }
        if !is_name(lexicon) || form.is_some_and(|form| !is_name(form)) {
            return Err(fault("bad-name", format!("`{name}` is no name of a slot or lexicon"))
                .hint("names have letters a to z, digits and hyphens: `{say}`, `{say.particle}`"));
        }
        Ok(Element::Lexicon { name: lexicon.to_owned(), form: form.map(str::to_owned) })
    }

    fn only_in_patterns(&self, span: Span, what: &str) -> Result<(), NotationError> {
        if self.allowed == Allowed::Pattern {
            return Ok(());
        }
        let message = format!("{what} cannot stand in a lexicon or word list");
        let literal = span.of(self.written);
        Err(NotationError::new(span.start as usize, span.end as usize, "gap-not-allowed", message)
            .hint(format!("a real `{literal}` is written `\\{literal}`")))
    }
}

/// True for names of lexicons, forms and cases: letters a to z, digits and hyphens.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A written word as the engine compares it: composed, and without invisible characters.
fn matched(word: &str) -> String {
    let composed = composed(word);
    if composed.contains(is_invisible) { composed.chars().filter(|c| !is_invisible(*c)).collect() } else { composed }
}

fn atoms_in<'a>(
    atoms: &'a [(usize, Element, Span)],
    span: Span,
) -> impl Iterator<Item = &'a (usize, Element, Span)> + use<'a> {
    atoms.iter().filter(move |(at, ..)| (span.start as usize..span.end as usize).contains(at))
}

/// The last token that is written together with token `first`: the parts of `l'{source}` and `{source}-ze` are joined
/// by an apostrophe or a hyphen; words without a slot are joined by nothing.
fn affixes_end(cut: &[Token], first: usize, atoms: &[(usize, Element, Span)]) -> usize {
    let slots = |i: usize| {
        atoms_in(atoms, cut[i].span).map(|(_, atom, _)| usize::from(matches!(atom, Element::Slot(_)))).sum::<usize>()
    };
    let others = |i: usize| atoms_in(atoms, cut[i].span).any(|(_, atom, _)| !matches!(atom, Element::Slot(_)));
    if !cut[first].is_wordlike() || others(first) {
        return first;
    }
    let mut found = slots(first);
    let (mut last, mut at) = (first, first);
    // Over a joining mark to the next word, as long as there is one slot in all.
    while at + 2 < cut.len()
        && matches!(cut[at + 1].mark(), Some(Mark::Hyphen | Mark::Apostrophe))
        && !cut[at + 1].spaced
        && cut[at + 2].is_wordlike()
        && !cut[at + 2].spaced
        && !others(at + 2)
        && found + slots(at + 2) <= 1
    {
        at += 2;
        found += slots(at);
        if found == 1 {
            last = at;
        }
    }
    last
}

fn with_affixes(atom: Element, prefix: &str, suffix: &str, span: Span) -> Result<Element, NotationError> {
    let list = |affix: &str| if affix.is_empty() { Vec::new() } else { vec![composed(affix)] };
    match atom {
        Element::Slot(slot) => Ok(Element::Slot(Slot { prefix: list(prefix), suffix: list(suffix), ..slot })),
        other if prefix.is_empty() && suffix.is_empty() => Ok(other),
        _ => {
            let (start, end) = (span.start as usize, span.end as usize);
            Err(NotationError::new(
                start,
                end,
                "glued-lexicon",
                "letters are written together with a lexicon or number",
            )
            .hint("put a space between them, or write the whole words as an entry of the lexicon"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::template::Anchor;
    use proptest::prelude::*;

    fn elements(written: &str) -> Vec<Element> {
        parse_template(written, Allowed::Pattern).unwrap().elements
    }

    fn fault(written: &str) -> NotationError {
        parse_template(written, Allowed::Pattern).unwrap_err()
    }

    fn word(forms: &[&str]) -> Element {
        Element::Word(forms.iter().map(|form| (*form).to_owned()).collect())
    }

    fn slot(kind: SlotKind) -> Element {
        Element::Slot(Slot { kind, case: None, also: Vec::new(), prefix: Vec::new(), suffix: Vec::new() })
    }

    fn lexicon(name: &str, form: Option<&str>) -> Element {
        Element::Lexicon { name: name.to_owned(), form: form.map(str::to_owned) }
    }

    #[test]
    fn words_slots_lexicons_gaps_and_anchors_stand_in_order() {
        assert_eq!(
            elements("^{say} {source} … {say.particle}$"),
            [
                Element::Anchor(Anchor::ClauseStart),
                lexicon("say", None),
                slot(SlotKind::Source),
                Element::Gap,
                lexicon("say", Some("particle")),
                Element::Anchor(Anchor::ClauseEnd),
            ]
        );
        assert_eq!(elements("^^{number} $$").len(), 3);
    }

    #[test]
    fn variants_inside_a_word_are_one_word() {
        assert_eq!(elements("as report(s|ed) by {source}")[1], word(&["reports", "reported"]));
        assert_eq!(elements("(cited|quoted) by")[0], word(&["cited", "quoted"]));
        assert_eq!(elements("می\u{200c}گوید"), [word(&["میگوید"])]);
        assert_eq!(elements("un(told|said)[s]"), [word(&["untold", "untolds", "unsaid", "unsaids"])]);
    }

    #[test]
    fn variants_with_marks_or_spaces_are_sequences() {
        assert_eq!(
            elements("so[-]called"),
            [Element::Choice(vec![
                vec![word(&["so"]), Element::Mark(Mark::Hyphen, true), word(&["called"])],
                vec![word(&["socalled"])],
            ])]
        );
        assert_eq!(
            elements("Sept[ember|.] 3"),
            [
                Element::Choice(vec![
                    vec![word(&["Sept"]), Element::Mark(Mark::Stop, true)],
                    vec![word(&["Sept", "September"])]
                ]),
                word(&["3"])
            ]
        );
        assert_eq!(
            elements("(agency|web site|paper)"),
            [Element::Choice(vec![vec![word(&["agency", "paper"])], vec![word(&["web"]), word(&["site"])]])]
        );
    }

    #[test]
    fn an_option_that_starts_with_a_space_or_a_mark_leaves_the_word_alone() {
        assert_eq!(
            elements("sa(y|id)[ on {weekday}]"),
            [word(&["say", "said"]), Element::Optional(vec![word(&["on"]), lexicon("weekday", None)])]
        );
        assert_eq!(
            elements("{source}[, the agency], said"),
            [
                slot(SlotKind::Source),
                Element::Optional(vec![Element::Mark(Mark::Comma, true), word(&["the"]), word(&["agency"])]),
                Element::Mark(Mark::Comma, true),
                word(&["said"]),
            ]
        );
        assert_eq!(elements("[the ]Kremlin"), [Element::Optional(vec![word(&["the"])]), word(&["Kremlin"])]);
        assert_eq!(elements("RFE[/RL]").len(), 2);
    }

    #[test]
    fn a_mark_is_glued_where_no_white_space_stands_before_it() {
        assert_eq!(
            elements(r#""{content}", - {say}"#),
            [
                Element::Mark(Mark::Quote, false),
                slot(SlotKind::Content),
                Element::Mark(Mark::Quote, true),
                Element::Mark(Mark::Comma, true),
                Element::Mark(Mark::Dash, false),
                lexicon("say", None),
            ]
        );
        assert_eq!(elements(r"\({source}\)")[0], Element::Mark(Mark::Open, false));
        assert_eq!(elements(r"\({source}\)")[2], Element::Mark(Mark::Close, true));
    }

    #[test]
    fn literals_written_together_with_a_slot_are_its_affixes() {
        let affixes = |written: &str| match elements(written).as_slice() {
            [Element::Slot(slot)] => (slot.prefix.join("|"), slot.suffix.join("|")),
            other => panic!("{other:?}"),
        };
        assert_eq!(affixes("l'{source}"), ("l'".into(), String::new()));
        assert_eq!(affixes("ل{source}"), ("ل".into(), String::new()));
        assert_eq!(affixes("{source}-ზე"), (String::new(), "-ზე".into()));
        assert_eq!(affixes("{source}(-ზე|-ში)"), (String::new(), "-ზე|-ში".into()));
        assert_eq!(affixes("pro-{source}'s"), ("pro-".into(), "'s".into()));
        assert_eq!(affixes("{source:gen}"), (String::new(), String::new()));
    }

    #[test]
    fn an_affix_that_may_be_missing_is_a_choice() {
        let Element::Choice(branches) = &elements("{source}['s]")[0] else { panic!() };
        assert_eq!(branches.len(), 2);
    }

    #[test]
    fn marks_next_to_a_slot_are_no_affixes() {
        assert_eq!(
            elements("Source:{source}"),
            [word(&["Source"]), Element::Mark(Mark::Colon, true), slot(SlotKind::Source)]
        );
        assert_eq!(elements("{source}' word")[1], Element::Mark(Mark::Apostrophe, true));
        assert_eq!(elements("{via}/{source}").len(), 3);
        assert_eq!(elements("{via}-{source}")[1], Element::Mark(Mark::Hyphen, true));
        assert_eq!(elements("{number}-day")[1], Element::Mark(Mark::Hyphen, true));
    }

    #[test]
    fn a_case_belongs_to_a_slot() {
        let Element::Slot(slot) = &elements("со ссылкой на {source:acc}")[3] else { panic!() };
        assert_eq!(slot.case.as_deref(), Some("acc"));
        assert_eq!(fault("{say:acc} x").code, "unknown-slot");
    }

    #[test]
    fn faults_point_at_the_place_and_tell_what_to_write() {
        let slip = fault("по данным {sorce:gen}");
        assert_eq!((slip.code, slip.at), ("unknown-slot", Span::new(18, 29)));
        assert_eq!(slip.hint.as_deref(), Some("did you mean `source`?"));
        assert_eq!(fault("x {source.gen}").hint.as_deref(), Some("a case is written `{source:gen}`"));
        assert_eq!(fault("x {Say}").code, "bad-name");
        assert_eq!(fault("x {}").code, "bad-name");
        assert_eq!(fault("un{say} x").code, "glued-lexicon");
        assert_eq!(fault("x {source}{via}").code, "glued-slots");
        assert_eq!(fault("{source} told {source}").code, "slot-twice");
        assert_eq!(fault("").code, "empty-template");
        assert_eq!(fault("[the] [agency]").code, "empty-template");
        assert_eq!(fault("^ … $").code, "empty-template");
        assert_eq!(fault(&"a[ x y] ".repeat(9)).code, "too-many-variants");
        assert_eq!(fault(&"a (b c|d e) ".repeat(9)).code, "too-many-variants");
    }

    #[test]
    fn the_same_slot_in_two_variants_and_a_split_content_are_no_faults() {
        assert_eq!(elements("{content}, {source} said, {content}").len(), 6);
        assert_eq!(elements("({source} said|said {source})").len(), 1);
    }

    #[test]
    fn word_lists_take_no_slots_gaps_or_anchors() {
        let fault = |written| parse_template(written, Allowed::Words).unwrap_err().code;
        assert_eq!(fault("by {source}"), "slot-not-allowed");
        assert_eq!(fault("a … b"), "gap-not-allowed");
        assert_eq!(fault("^by"), "gap-not-allowed");
        assert!(parse_template("{number} [more] days", Allowed::Words).is_ok());
        assert_eq!(
            parse_template(r"more \…", Allowed::Words).unwrap().elements[1],
            Element::Mark(Mark::Ellipsis, false)
        );
    }

    proptest! {
        #[test]
        fn no_template_panics_and_faults_lie_inside(written in "([a-bЖ'\", .-]|\\[()|]|\\{source\\}|\\{say\\}|\\(a\\||\\)|\\[|\\]|…|\\$){0,14}") {
            match parse_template(&written, Allowed::Pattern) {
                Err(fault) => prop_assert!(written.get(fault.at.range()).is_some()),
                Ok(template) => prop_assert!(template.expanded().is_some()),
            }
        }
    }
}
