//! Whether a sequence matches all that another one matches: the ground of finding wordings that never come to their turn.

use std::collections::BTreeMap;

use crate::rules::pack::Lexicon;
use crate::rules::template::{Anchor, Element};

/// True where everything that `narrow` matches is matched by `wide` as well, element by element.
pub fn covers(wide: &[Element], narrow: &[Element], lexicons: &BTreeMap<String, Lexicon>) -> bool {
    wide.len() == narrow.len() && wide.iter().zip(narrow).all(|(w, n)| element_covers(w, n, lexicons))
}

/// True where `part` stands in `whole`: wherever `whole` matches, `part` matches in it.
pub fn holds(whole: &[Element], part: &[Element], lexicons: &BTreeMap<String, Lexicon>) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| covers(part, window, lexicons))
}

fn element_covers(wide: &Element, narrow: &Element, lexicons: &BTreeMap<String, Lexicon>) -> bool {
    match (wide, narrow) {
        (Element::Word(wide), Element::Word(narrow)) => {
            // A form without capitals also matches the text's capitals.
            narrow.iter().all(|form| wide.iter().any(|w| w == form || *w == form.to_lowercase()))
        }
        (Element::Lexicon { name: w, form: wf }, Element::Lexicon { name: n, form: nf }) => {
            wf == nf && (w == n || includes(w, n, lexicons))
        }
        (Element::Mark(w, glued), Element::Mark(n, also)) => w == n && (!glued || *also),
        // A slot that is narrowed ends elsewhere than one that is not: only the same slot takes the same words.
        (wide, narrow) => wide == narrow,
    }
}

/// True where the lexicon `outer` includes `inner`, directly or through others.
fn includes(outer: &str, inner: &str, lexicons: &BTreeMap<String, Lexicon>) -> bool {
    let mut seen = vec![outer];
    let mut next = 0;
    while let Some(lexicon) = seen.get(next).map(|name| lexicons.get(*name)) {
        for include in lexicon.into_iter().flat_map(|lexicon| &lexicon.includes) {
            if include == inner {
                return true;
            }
            if !seen.contains(&include.as_str()) {
                seen.push(include);
            }
        }
        next += 1;
    }
    false
}

/// An anchor at the start of a block with something before it, or at its end with something behind it: nothing can stand
/// there.
pub fn misplaced_anchor(flat: &[Element]) -> Option<Anchor> {
    let takes = |e: &Element| !matches!(e, Element::Anchor(_) | Element::Gap);
    flat.iter().enumerate().find_map(|(at, element)| match element {
        Element::Anchor(anchor @ Anchor::BlockStart) if flat[..at].iter().any(takes) => Some(*anchor),
        Element::Anchor(anchor @ Anchor::BlockEnd) if flat[at + 1..].iter().any(takes) => Some(*anchor),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::load::load_from;
    use crate::rules::parse_template::{Allowed, parse_template};
    use crate::rules::sample::files;

    fn elements(written: &str) -> Vec<Element> {
        parse_template(written, Allowed::Pattern).unwrap().elements
    }

    fn covered(wide: &str, narrow: &str) -> bool {
        covers(&elements(wide), &elements(narrow), &load_from(files()).rules.languages[0].lexicons)
    }

    #[test]
    fn fewer_forms_and_included_lexicons_are_covered_and_other_slots_are_not() {
        assert!(
            covered("report(s|ed) {source}", "reports {source}")
                && !covered("reports {source}", "report(s|ed) {source}")
        );
        assert!(!covered("{source} {say}", "{source:gen} {say}") && !covered("{source:gen} {say}", "{source} {say}"));
        assert!(covered("{source} {say}", "{source} {claim}") && !covered("{source} {claim}", "{source} {say}"));
        assert!(covered("by {source}", "By {source}") && !covered("By {source}", "by {source}"));
        assert!(!covered("by {source}", "by {via}") && !covered("{source} {say}", "{source} {say.particle}"));
    }

    #[test]
    fn a_part_stands_in_the_whole() {
        let rules = load_from(files()).rules;
        let holds = |whole: &str, part: &str| holds(&elements(whole), &elements(part), &rules.languages[0].lexicons);
        assert!(holds("according to {source}", "according to") && !holds("according to {source}", "according to plan"));
    }

    #[test]
    fn nothing_stands_before_the_start_or_behind_the_end() {
        assert!(misplaced_anchor(&elements("{source} ^^ says")).is_some());
        assert!(misplaced_anchor(&elements("says $$ {source}")).is_some());
        assert!(misplaced_anchor(&elements("^^ {source} says $$")).is_none());
    }
}
