//! What holds for the variants of a template, told without writing them out.

use crate::rules::template::{Element, SlotKind};

/// How many sequences the elements stand for.
pub fn count(elements: &[Element]) -> usize {
    elements.iter().fold(1, |before: usize, element| {
        before.saturating_mul(match element {
            Element::Optional(inner) => count(inner).saturating_add(1),
            Element::Choice(branches) => {
                branches.iter().fold(0, |sum: usize, branch| sum.saturating_add(count(branch)))
            }
            _ => 1,
        })
    })
}

/// True where one of the variants has no element for which `is` holds.
pub fn may_lack(elements: &[Element], is: &impl Fn(&Element) -> bool) -> bool {
    elements.iter().all(|element| match element {
        Element::Optional(_) => true,
        Element::Choice(branches) => branches.iter().any(|branch| may_lack(branch, is)),
        other => !is(other),
    })
}

/// How often a slot of this kind stands in the variant that has it most.
pub fn most_slots(elements: &[Element], kind: SlotKind) -> usize {
    let of = |element: &Element| match element {
        Element::Slot(slot) => usize::from(slot.kind == kind),
        Element::Optional(inner) => most_slots(inner, kind),
        Element::Choice(branches) => branches.iter().map(|branch| most_slots(branch, kind)).max().unwrap_or(0),
        _ => 0,
    };
    elements.iter().map(of).sum()
}

/// Runs `see` on all elements, those in options and variants included.
pub fn each<'e>(elements: &'e [Element], see: &mut dyn FnMut(&'e Element)) {
    for element in elements {
        see(element);
        match element {
            Element::Optional(inner) => each(inner, see),
            Element::Choice(branches) => branches.iter().for_each(|branch| each(branch, see)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse_template::{Allowed, parse_template};
    use proptest::prelude::*;

    fn is_word(element: &Element) -> bool {
        matches!(element, Element::Word(_))
    }

    proptest! {
        #[test]
        fn what_is_told_is_what_writing_the_variants_out_shows(
            written in "a (\\{source\\} |b |\\[c d\\] |\\[e\\] |\\(f g\\|\\{source\\}\\) |\\(\\{via\\}\\|h \\[i j\\]\\) |: ){1,5}"
        ) {
            // Without the word that every variant has.
            let Ok(template) = parse_template(&written, Allowed::Pattern) else { return Ok(()) };
            let elements = &template.elements[1..];
            let whole = crate::rules::template::Template { elements: elements.to_vec(), written: String::new() };
            let all = whole.expanded().unwrap_or_default();
            prop_assert!(all.len() <= count(elements));
            if !elements.iter().all(|element| matches!(element, Element::Optional(_))) {
                prop_assert_eq!(all.iter().any(|flat| !flat.iter().any(is_word)), may_lack(elements, &is_word));
            }
            let slots = |flat: &Vec<Element>| {
                flat.iter().filter(|e| matches!(e, Element::Slot(slot) if slot.kind == SlotKind::Source)).count()
            };
            prop_assert_eq!(all.iter().map(slots).max().unwrap_or(0), most_slots(elements, SlotKind::Source));
        }
    }

    #[test]
    fn variants_multiply() {
        let count = |written| count(&parse_template(written, Allowed::Pattern).unwrap().elements);
        assert_eq!(count("a b"), 1);
        assert_eq!(count("a [b] (c d|e f|g h)"), 6);
        assert_eq!(count("a [b [c]]"), 3);
    }
}
