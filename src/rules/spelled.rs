//! Elements of a template put as a template again: to name a variant of one to its writer.

use crate::rules::template::{Anchor, Element, SlotKind};
use crate::text::token::Mark;

/// Most forms of one word that are written out.
const MOST_FORMS: usize = 4;

/// The elements as a writer would put them; of words with many forms the first few stand for all.
pub fn spelled(elements: &[Element]) -> String {
    let mut out = String::new();
    let mut open = true;
    for element in elements {
        let glued = match element {
            Element::Mark(Mark::Close | Mark::Comma | Mark::Colon | Mark::Semicolon | Mark::Stop, _) => true,
            Element::Mark(_, glued) => *glued,
            _ => false,
        };
        if !open && !glued {
            out.push(' ');
        }
        out.push_str(&piece(element));
        open = matches!(element, Element::Mark(Mark::Open | Mark::Hyphen | Mark::Apostrophe, _));
    }
    out
}

fn piece(element: &Element) -> String {
    match element {
        Element::Word(forms) => match forms.as_slice() {
            [only] => only.clone(),
            many if many.len() > MOST_FORMS => format!("({}|…)", many[..MOST_FORMS].join("|")),
            many => format!("({})", many.join("|")),
        },
        Element::Mark(mark, _) => sign(*mark).to_owned(),
        Element::Lexicon { name, form: Some(form) } => format!("{{{name}.{form}}}"),
        Element::Lexicon { name, form: None } => format!("{{{name}}}"),
        Element::Number => "{number}".to_owned(),
        Element::Slot(slot) => {
            let name = SlotKind::NAMES.iter().find(|(_, kind)| *kind == slot.kind).map_or("slot", |(name, _)| name);
            let narrowed: String = slot.narrowings().map(|word| format!(":{word}")).collect();
            let one_of = |list: &[String]| match list {
                [] => String::new(),
                [only] => only.clone(),
                many => format!("({})", many.join("|")),
            };
            format!("{}{{{name}{narrowed}}}{}", one_of(&slot.prefix), one_of(&slot.suffix))
        }
        Element::Gap => "…".to_owned(),
        Element::Optional(inner) => format!("[{}]", spelled(inner)),
        Element::Choice(branches) => {
            format!("({})", branches.iter().map(|branch| spelled(branch)).collect::<Vec<_>>().join("|"))
        }
        Element::Anchor(Anchor::ClauseStart) => "^".to_owned(),
        Element::Anchor(Anchor::ClauseEnd) => "$".to_owned(),
        Element::Anchor(Anchor::BlockStart) => "^^".to_owned(),
        Element::Anchor(Anchor::BlockEnd) => "$$".to_owned(),
    }
}

/// A sign that stands for its class.
fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Comma => ",",
        Mark::Stop => ".",
        Mark::Question => "?",
        Mark::Exclamation => "!",
        Mark::Ellipsis => "\\…",
        Mark::Colon => ":",
        Mark::Semicolon => ";",
        Mark::Dash | Mark::Hyphen => "-",
        Mark::Slash => "/",
        Mark::Apostrophe => "'",
        Mark::Quote => "\"",
        Mark::Open => "\\(",
        Mark::Close => "\\)",
        Mark::Bar => "\\|",
        Mark::Markup | Mark::Other => "*",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse_template::{Allowed, parse_template};

    #[test]
    fn what_is_spelled_reads_as_the_same_template() {
        for written in [
            "{content}, {source} {say} $",
            "as (cited|quoted) by {source:gen}",
            "^^ {via}: {content:quoted}",
            "{say} … {say.particle}",
        ] {
            let template = parse_template(written, Allowed::Pattern).unwrap();
            assert_eq!(spelled(&template.elements), written);
        }
    }

    #[test]
    fn words_with_many_forms_are_cut() {
        let template = parse_template("report(s|ed|ing|er|ers)", Allowed::Pattern).unwrap();
        assert_eq!(spelled(&template.elements), "(reports|reported|reporting|reporter|…)");
    }
}
