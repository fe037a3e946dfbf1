//! Variants of a template put together into as few elements as can stand for them.

use crate::rules::template::Element;

/// One sequence that stands for all of `variants`: single words become one element with several forms.
pub fn combined(variants: Vec<Vec<Element>>, optional: bool) -> Vec<Element> {
    let mut optional = optional;
    let mut kept: Vec<Vec<Element>> = Vec::new();
    for variant in variants {
        if variant.is_empty() {
            optional = true;
            continue;
        }
        if !kept.iter_mut().any(|known| merged(known, &variant)) {
            kept.push(variant);
        }
    }
    let sequence = match kept.len() {
        0 => return Vec::new(),
        1 => kept.remove(0),
        _ => vec![Element::Choice(kept)],
    };
    if optional { vec![Element::Optional(sequence)] } else { sequence }
}

/// Takes `variant` into `known` where one element can stand for both.
fn merged(known: &mut [Element], variant: &[Element]) -> bool {
    match (known, variant) {
        ([Element::Word(forms)], [Element::Word(more)]) => {
            for form in more {
                if !forms.contains(form) {
                    forms.push(form.clone());
                }
            }
            true
        }
        ([Element::Slot(slot)], [Element::Slot(other)]) if slot.kind == other.kind && slot.case == other.case => {
            let union = |some: &mut Vec<String>, more: &[String]| {
                let both = !some.is_empty() && !more.is_empty();
                if both {
                    some.extend(more.iter().filter(|affix| !some.contains(affix)).cloned().collect::<Vec<_>>());
                }
                both
            };
            if slot.prefix == other.prefix {
                slot.suffix == other.suffix || union(&mut slot.suffix, &other.suffix)
            } else {
                slot.suffix == other.suffix && union(&mut slot.prefix, &other.prefix)
            }
        }
        (known, variant) => known == variant,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(form: &str) -> Vec<Element> {
        vec![Element::Word(vec![form.to_owned()])]
    }

    #[test]
    fn single_words_become_one_element_and_an_empty_variant_an_option() {
        let both = Element::Word(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(combined(vec![word("a"), word("b"), word("a")], false), std::slice::from_ref(&both));
        assert_eq!(combined(vec![word("a"), Vec::new(), word("b")], false), [Element::Optional(vec![both])]);
        assert_eq!(combined(vec![Vec::new()], true), []);
    }

    #[test]
    fn longer_variants_stay_apart_and_the_same_one_is_kept_once() {
        let long = || [word("a"), word("b")].concat();
        let choice = Element::Choice(vec![long(), word("c")]);
        assert_eq!(combined(vec![long(), word("c"), long()], false), [choice]);
    }
}
