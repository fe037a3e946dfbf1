//! Sentences with their slots labelled in place: the tests of rules.

use crate::rules::notation::NotationError;
use crate::rules::pack::{LabelledSentence, Location};
use crate::rules::suggest::did_you_mean;
use crate::rules::template::SlotKind;
use crate::text::span::Span;

/// The label of the words that make a template match.
pub const CUE: &str = "cue";
/// The label of the name in a source's sentences.
pub const NAME: &str = "name";
/// The publisher, at the end of a chain.
pub const US: &str = "us";

/// What the braces of a sentence hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Braces {
    /// A label, a colon and words: `{source: Meduza}`.
    Labels,
    /// A name alone: `{Meduza}`.
    Names,
}

/// How deep labels may stand in each other.
const DEEPEST: usize = 16;

/// Parses a sentence of `reads`.
///
/// # Errors
/// Braces that don't pair, labels that are none, a sentence without any label, a chain that does not end in `us`.
pub fn parse_labelled(written: &str, braces: Braces, location: Location) -> Result<LabelledSentence, NotationError> {
    let (sentence, chain) = match braces {
        Braces::Labels => split_chain(written)?,
        Braces::Names => (written, Vec::new()),
    };
    let mut text = String::with_capacity(sentence.len());
    let mut labels: Vec<(String, Span)> = Vec::new();
    // Labels that are open: where the brace stands in `written`, and which label it is.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut chars = sentence.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(|(_, next)| matches!(next, '{' | '}' | '\\')) => {
                text.extend(chars.next().map(|(_, next)| next));
            }
            '{' => {
                if open.len() >= DEEPEST {
                    return Err(NotationError::new(at, at + 1, "too-deep", "labels stand too deep in each other"));
                }
                let label = match braces {
                    Braces::Names => NAME.to_owned(),
                    Braces::Labels => {
                        let (label, words_at) = label_at(sentence, at)?;
                        while chars.next_if(|(next, _)| *next < words_at).is_some() {}
                        label
                    }
                };
                open.push((at, labels.len()));
                labels.push((label, Span::new(text.len(), text.len())));
            }
            '}' => {
                let Some((from, label)) = open.pop() else {
                    return Err(NotationError::new(at, at + 1, "unopened", "`}` closes nothing")
                        .hint("a real brace is written `\\}`"));
                };
                if let Some((_, span)) = labels.get_mut(label) {
                    *span = Span::new(span.start as usize, text.len()).trimmed(&text);
                    if span.is_empty() {
                        return Err(NotationError::new(from, at + 1, "empty-label", "a label without words")
                            .hint("put the label around words of the sentence: `{source: NAME}`"));
                    }
                }
            }
            c => text.push(c),
        }
    }
    if let Some((from, _)) = open.pop() {
        return Err(NotationError::new(from, from + 1, "unclosed", "`{` is never closed")
            .hint("put `}` behind the words that the label is for; a real brace is written `\\{`"));
    }
    if labels.is_empty() {
        let hint = match braces {
            Braces::Labels => "write the label into the sentence: `{source: NAME}`",
            Braces::Names => "put the name in braces: `{NAME}`",
        };
        return Err(
            NotationError::new(0, written.len(), "unlabelled", "nothing is labelled in this sentence").hint(hint)
        );
    }
    Ok(LabelledSentence { text, labels, chain, location })
}

/// The label behind the brace at byte `at`, and the byte where its words start.
fn label_at(sentence: &str, at: usize) -> Result<(String, usize), NotationError> {
    let rest = sentence.get(at + 1..).unwrap_or("");
    let Some(colon) = rest.find([':', '{', '}']).filter(|&i| rest[i..].starts_with(':')) else {
        return Err(NotationError::new(at, at + 1, "unlabelled", "braces without a label")
            .hint("write the slot and a colon first: `{source: NAME}`"));
    };
    let label = rest[..colon].trim();
    let known = || SlotKind::NAMES.iter().map(|(name, _)| *name).chain([CUE]);
    if !known().any(|name| name == label) {
        let fault = NotationError::new(at + 1, at + 1 + colon, "unknown-label", format!("`{label}` is no label"));
        return Err(NotationError { hint: did_you_mean(label, known()), ..fault });
    }
    let words = &rest[colon + 1..];
    Ok((label.to_owned(), at + 1 + colon + 1 + (words.len() - words.trim_start().len())))
}

/// The sentence before `=>`, and the chain behind it.
fn split_chain(written: &str) -> Result<(&str, Vec<String>), NotationError> {
    let Some((sentence, chain)) = written.rsplit_once("=>") else {
        return Ok((written.trim_end(), Vec::new()));
    };
    let from = sentence.len() + 2;
    let links: Vec<String> = chain.split('>').map(|link| link.trim().to_owned()).collect();
    let fault = |message: &str| NotationError::new(from, written.len(), "bad-chain", message);
    if links.iter().any(String::is_empty) {
        return Err(fault("a link of this chain is empty").hint("write the origin first: `=> ORIGIN > OUTLET > us`"));
    }
    if links.last().is_none_or(|last| last != US) {
        return Err(fault("this chain does not end with the publisher").hint("end it with `> us`"));
    }
    Ok((sentence.trim_end(), links))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location() -> Location {
        Location { file: "x.toml".into(), span: Span::default(), line: 1 }
    }

    fn read(written: &str) -> LabelledSentence {
        parse_labelled(written, Braces::Labels, location()).unwrap()
    }

    fn labels(sentence: &LabelledSentence) -> Vec<(&str, &str)> {
        sentence.labels.iter().map(|(label, span)| (label.as_str(), span.of(&sentence.text))).collect()
    }

    fn fault(written: &str) -> (&'static str, u32) {
        let fault = parse_labelled(written, Braces::Labels, location()).unwrap_err();
        (fault.code, fault.at.start)
    }

    #[test]
    fn labels_leave_the_sentence_and_keep_their_words() {
        let sentence = read("{content: Troops left}, {cue: according to} {source: Meduza}. => meduza > us");
        assert_eq!(sentence.text, "Troops left, according to Meduza.");
        assert_eq!(labels(&sentence), [("content", "Troops left"), ("cue", "according to"), ("source", "Meduza")]);
        assert_eq!(sentence.chain, ["meduza", "us"]);
    }

    #[test]
    fn labels_nest_and_the_outer_one_holds_the_inner() {
        let sentence = read("{source: Հայկական {via: ԱԱԾ}} {cue:ասաց}.");
        assert_eq!(sentence.text, "Հայկական ԱԱԾ ասաց.");
        assert_eq!(labels(&sentence), [("source", "Հայկական ԱԱԾ"), ("via", "ԱԱԾ"), ("cue", "ասաց")]);
        assert!(sentence.chain.is_empty());
    }

    #[test]
    fn a_colon_in_the_words_is_theirs() {
        assert_eq!(labels(&read("{content: At 10:15 it began}, {source: she} said."))[0].1, "At 10:15 it began");
    }

    #[test]
    fn braces_of_a_source_hold_the_name_alone() {
        let sentence = parse_labelled("Troops left, {Agency: East} said.", Braces::Names, location()).unwrap();
        assert_eq!(labels(&sentence), [("name", "Agency: East")]);
        assert!(parse_labelled("Troops left.", Braces::Names, location()).is_err());
    }

    #[test]
    fn real_braces_are_escaped() {
        assert_eq!(read(r"\{sic\} {source: he} said").text, "{sic} he said");
    }

    #[test]
    fn faults_say_where() {
        assert_eq!(fault("{sorce: he} said"), ("unknown-label", 1));
        assert_eq!(fault("Բա {source: he said"), ("unclosed", 5));
        assert_eq!(fault("he} said"), ("unopened", 2));
        assert_eq!(fault("{Meduza} said"), ("unlabelled", 0));
        assert_eq!(fault("Meduza said"), ("unlabelled", 0));
        assert_eq!(fault("{source: } said"), ("empty-label", 0));
        assert_eq!(fault("{source: he} said => he"), ("bad-chain", 20));
        assert_eq!(fault("{source: he} said => he > > us"), ("bad-chain", 20));
        assert_eq!(fault(&"{source: ".repeat(50)).0, "too-deep");
    }
}
