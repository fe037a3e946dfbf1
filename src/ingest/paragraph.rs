//! Lines put together into paragraphs: hard-wrapped text, words split at a page break, sentences cut by a line end.

use super::form::InputForm;
use super::lines::{End, Line};
use super::page::{PageRules, Phrase};
use crate::text::span::Span;

/// A paragraph, or a line that stands for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Its bytes.
    pub span: Span,
    /// Blank lines before it.
    pub blanks: u32,
    /// Number of words.
    pub words: usize,
    /// How it ends.
    pub end: End,
    /// True for an item of a list.
    pub item: bool,
    /// Level of a heading; 0 for other units.
    pub heading: u8,
    /// True for markup without prose.
    pub code: bool,
    /// What it is by its words alone.
    pub phrase: Option<Phrase>,
}

/// Fewest words of a sentence.
const SENTENCE: usize = 4;
/// From this many words on, text is prose even without a terminator.
const LONG: usize = 25;

impl Unit {
    /// True for a sentence or more.
    pub fn is_prose(&self) -> bool {
        self.heading == 0
            && !self.code
            && ((matches!(self.end, End::Full) && self.words >= SENTENCE)
                || self.words >= LONG
                || (self.end == End::Open && self.words >= 8))
    }

    /// True for a line like a headline: words without a terminator, and not many.
    pub fn is_headline(&self) -> bool {
        !self.code && self.heading == 0 && !self.item && self.words < LONG && matches!(self.end, End::Bare | End::Cut)
    }
}

/// Puts lines together.
pub fn paragraphs(text: &str, lines: &[Line], form: InputForm, rules: &PageRules) -> Vec<Unit> {
    let width = wrap_width(text, lines);
    let spaced = is_spaced(lines);
    let mut out: Vec<Unit> = Vec::with_capacity(lines.len());
    for (n, line) in lines.iter().enumerate() {
        let phrase = if line.code { None } else { rules.phrase(text, line.span, line.words) };
        let plain = phrase.is_none() && !line.code && line.heading == 0;
        let last = n.checked_sub(1).and_then(|k| lines.get(k));
        if let (Some(unit), Some(last), true) = (out.last_mut(), last, plain)
            && unit.phrase.is_none()
            && !unit.code
            && unit.heading == 0
            && joins(text, last, line, form, width, spaced)
        {
            unit.span = unit.span.join(line.span);
            unit.words += line.words;
            unit.end = line.end;
            continue;
        }
        out.push(Unit {
            span: line.span,
            blanks: line.blanks,
            words: line.words,
            end: line.end,
            item: line.item,
            heading: line.heading,
            code: line.code,
            phrase,
        });
    }
    out
}

/// True where most paragraphs are parted by blank lines.
pub fn is_spaced(lines: &[Line]) -> bool {
    let prose = lines.iter().skip(1).filter(|l| l.words >= LONG / 2);
    let (mut apart, mut all) = (0, 0);
    for line in prose {
        all += 1;
        apart += usize::from(line.blanks > 0);
    }
    all > 0 && apart * 2 >= all
}

fn joins(text: &str, last: &Line, line: &Line, form: InputForm, width: Option<usize>, spaced: bool) -> bool {
    if last.end == End::Hyphen && line.lower && last.words >= 3 && line.blanks <= 3 {
        return true;
    }
    // A dateline in a line of its own goes on in the lead: "Gao (Mali), 3 Nov (AFP) –".
    if line.blanks <= 1 && line.words >= LONG / 2 && is_dateline(last.span.of(text), last.words) {
        return true;
    }
    if line.blanks > 0 || line.item {
        return false;
    }
    if line.lower && !last.end.is_full() && last.end != End::Cut && last.words >= SENTENCE {
        return true;
    }
    if let Some(width) = width
        && no_room(text, last, line, width)
    {
        return true;
    }
    // In Markdown a line end is a space; sentences may stand one a line.
    form == InputForm::Markdown
        && spaced
        && last.end.is_full()
        && line.end.is_full()
        && last.words.min(line.words) >= SENTENCE
}

/// Most words of a dateline.
const LONGEST_DATELINE: usize = 12;

/// True for a short line that ends in a bracket and a dash.
fn is_dateline(line: &str, words: usize) -> bool {
    let before = line.trim_end().strip_suffix(['\u{2013}', '\u{2014}', '-']);
    let agency =
        before.map(|rest| rest.trim_end().trim_end_matches('.')).is_some_and(|rest| rest.ends_with([')', '/']));
    agency && (1..=LONGEST_DATELINE).contains(&words)
}

/// True where the first word of `line` would not have fitted into `last`: the mark of a hard wrap.
fn no_room(text: &str, last: &Line, line: &Line, width: usize) -> bool {
    let first = line.span.of(text).split_whitespace().next().map_or(0, |w| w.chars().count());
    last.span.of(text).chars().count() + 1 + first > width
}

/// The width to which a text is hard-wrapped, in code points; `None` where lines are paragraphs.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let pairs: Vec<(&Line, &Line)> =
        lines.windows(2).filter(|p| p[1].blanks == 0 && !p[0].code && !p[1].code).map(|p| (&p[0], &p[1])).collect();
    if pairs.len() < 3 {
        return None;
    }
    // Bytes bound code points from above, so that long lines needn't be counted.
    let long = pairs.iter().map(|(line, _)| line.span.len()).max().unwrap_or(0);
    let width = pairs
        .iter()
        .map(|(line, _)| if line.span.len() > 800 { usize::MAX } else { line.span.of(text).chars().count() })
        .max()?;
    if long > 800 || !(30..=120).contains(&width) {
        return None;
    }
    let wrapped = pairs.iter().filter(|(last, line)| no_room(text, last, line, width.saturating_sub(2))).count();
    let open = pairs.iter().filter(|(last, _)| !last.end.is_full()).count();
    (wrapped * 10 >= pairs.len() * 7 && open * 2 >= pairs.len()).then(|| width.saturating_sub(2))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::super::page::tests::rules;
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let found = lines(text, 0, InputForm::Text, &[]);
        paragraphs(text, &found, InputForm::Text, &rules()).iter().map(|u| u.span.of(text)).collect()
    }

    #[test]
    fn a_word_split_at_a_hyphen_is_put_together_over_a_blank_line() {
        let text = "The two sides met under an Oslo-\n\nled plan last week.\n\nThey left.";
        assert_eq!(cut(text).len(), 2);
        assert_eq!(cut("The two sides signed the plan -\n\nthen they left.").len(), 2, "a dash splits no word");
        assert_eq!(
            cut("The two sides met under an Oslo-\n\nStockholm plan last week.").len(),
            2,
            "no lower-case start"
        );
    }

    #[test]
    fn a_dateline_in_a_line_of_its_own_belongs_to_the_lead() {
        let lead = "The bridge is open to lorries again after two years of work, the mayor said on Monday.";
        assert_eq!(cut(&format!("Bridge opens\n\nGAO (Mali), Nov 3 (Reuters) –\n\n{lead}")).len(), 2);
        assert_eq!(cut(&format!("Bridge opens\n\nMore on this (and that)\n\n{lead}")).len(), 3, "no dash");
    }

    #[test]
    fn hard_wrapped_lines_are_one_paragraph() {
        let text = "The harbour office said on Monday that the ferry had been taken out of\nservice because its engines were worn. Passengers were told to travel\nby bus. Nobody could say when it would return to the line.\n\nThe company that owns it declined to answer questions about its state\nand about the cost of the repairs that were carried out last summer.";
        assert_eq!(cut(text).len(), 2);
    }

    #[test]
    fn one_paragraph_a_line_stays_apart() {
        let text = "The harbour office said the ferry was out of service.\nIts engines are worn.\nNobody could say when it would return to the line that it had served since the war.\nThe owner was silent.";
        assert_eq!(cut(text).len(), 4);
    }

    #[test]
    fn headlines_of_a_list_stay_apart() {
        let text = "Ferry out of service\nMayor resigns over budget\nTwo held after fire\nSchool roof falls in\nSnow expected in the hills";
        assert_eq!(cut(text).len(), 5);
    }
}
