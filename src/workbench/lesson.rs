//! A labelled sentence that some rule should read: what stands outside its labels, and the sentence with other words in it.

use crate::rules::labelled::CUE;
use crate::rules::pack::LabelledSentence;
use crate::text::span::Span;
use crate::text::token::{Kind, Mark, tokens};

/// A sentence to learn from.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The sentence with its labels.
    pub sentence: LabelledSentence,
    /// The language, as the tag of its pack.
    pub tag: String,
}

impl Lesson {
    /// Slots in the order of the sentence, the cue aside; of labels inside each other the outer one.
    pub fn slots(&self) -> Vec<(&str, Span)> {
        let mut out: Vec<(&str, Span)> = Vec::new();
        let mut labels: Vec<&(String, Span)> = self.sentence.labels.iter().filter(|(name, _)| name != CUE).collect();
        labels.sort_by_key(|(_, span)| (span.start, std::cmp::Reverse(span.end)));
        for (name, span) in labels {
            if out.last().is_none_or(|(_, last)| last.end <= span.start) {
                out.push((name, *span));
            }
        }
        out
    }

    /// The span of a slot.
    pub fn slot(&self, name: &str) -> Option<Span> {
        self.sentence.labels.iter().find(|(label, _)| label == name).map(|(_, span)| *span)
    }

    /// The words that attribute: those of the label `cue`, else what stands outside all slots where that is one run of words.
    pub fn cue(&self) -> Option<Span> {
        let labelled = self.slot(CUE);
        if labelled.is_some() {
            return labelled;
        }
        let text = &self.sentence.text;
        let mut runs: Vec<Span> = Vec::new();
        let slots = self.slots();
        let mut joined = false;
        for token in tokens(text, 0..text.len()) {
            let inside = slots.iter().any(|(_, slot)| slot.contains(token.span));
            if inside || matches!(token.kind, Kind::Mark(mark) if mark.parts_clauses() || mark == Mark::Quote) {
                joined = false;
            } else if token.is_wordlike() {
                match runs.last_mut().filter(|_| joined) {
                    Some(run) => *run = run.join(token.span),
                    None => runs.push(token.span),
                }
                joined = true;
            }
        }
        match runs.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The same sentence with `words` in place of what stands under `at`; labels move along.
    pub fn with(&self, at: Span, words: &str) -> LabelledSentence {
        let text = &self.sentence.text;
        let (start, end) = (at.start as usize, at.end as usize);
        let whole = format!("{}{words}{}", &text[..start], &text[end..]);
        let moved = |place: u32, is_end: bool| {
            let place = place as usize;
            if place < end || (place == end && !is_end && place > start && start == end) {
                place.min(start)
            } else {
                place - (end - start) + words.len()
            }
        };
        let labels = self.sentence.labels.iter().map(|(name, span)| {
            let from = moved(span.start, false);
            let to = moved(span.end, true);
            (name.clone(), Span::new(from, to.max(from)))
        });
        LabelledSentence {
            labels: labels.collect(),
            text: whole,
            // Whom the words stand for changes with them.
            chain: Vec::new(),
            location: self.sentence.location.clone(),
        }
    }

    /// The sentence with its labels written in it, as `reads` has it.
    pub fn written(&self, cue: Option<Span>) -> String {
        let mut marks: Vec<(u32, bool, String)> = Vec::new();
        let mut labels: Vec<(String, Span)> = self.sentence.labels.clone();
        if let Some(cue) = cue.filter(|_| self.slot(CUE).is_none()) {
            labels.push((CUE.to_owned(), cue));
        }
        for (name, span) in labels {
            marks.push((span.start, true, format!("{{{name}: ")));
            marks.push((span.end, false, "}".to_owned()));
        }
        // At one place what ends goes before what starts.
        marks.sort_by_key(|(at, opens, _)| (*at, *opens));
        let text = &self.sentence.text;
        let mut out = String::new();
        let mut from = 0;
        for (at, _, sign) in marks {
            out.push_str(text.get(from..at as usize).unwrap_or(""));
            out.push_str(&sign);
            from = at as usize;
        }
        out.push_str(text.get(from..).unwrap_or(""));
        if !self.sentence.chain.is_empty() {
            out.push_str(&format!(" => {}", self.sentence.chain.join(" > ")));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::labelled::{Braces, parse_labelled};
    use crate::rules::pack::Location;

    fn lesson(written: &str) -> Lesson {
        let location = Location { file: "x".into(), span: Span::default(), line: 1 };
        Lesson { sentence: parse_labelled(written, Braces::Labels, location).unwrap(), tag: "xx".into() }
    }

    #[test]
    fn the_cue_is_the_one_run_of_words_outside_the_slots() {
        let one = lesson("{content: The quay is shut}, {source: the mayor} let it be known.");
        assert_eq!(one.cue().unwrap().of(&one.sentence.text), "let it be known");
        assert_eq!(lesson("In May {source: the mayor} teilte {content: it} mit.").cue(), None);
        assert_eq!(one.written(one.cue()), "{content: The quay is shut}, {source: the mayor} {cue: let it be known}.");
    }

    #[test]
    fn other_words_move_the_labels_behind_them() {
        let one = lesson("{content: The quay is shut}, {source: the mayor} murmurs.");
        let other = one.with(one.slot("source").unwrap(), "Anna Keller");
        assert_eq!(other.text, "The quay is shut, Anna Keller murmurs.");
        let words: Vec<&str> = other.labels.iter().map(|(_, span)| span.of(&other.text)).collect();
        assert_eq!(words, ["The quay is shut", "Anna Keller"]);
        let other = one.with(one.cue().unwrap(), "said");
        assert_eq!(other.labels[1].1.of(&other.text), "the mayor");
    }
}
