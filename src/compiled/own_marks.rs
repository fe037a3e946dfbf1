//! Marks that one language classes otherwise than the tokeniser: its quotation marks, full stops and colons.

use crate::rules::pack::LanguagePack;
use crate::text::token::{Kind, Mark, Token, is_small, tokens};
use serde::{Deserialize, Serialize};

/// Most words before a colon that keeps its class at the head of a block, though the language ends sentences with it.
const LONGEST_HEADING: usize = 2;
/// Most tokens that an abbreviation may have before its stop.
const LONGEST_ABBREVIATION: usize = 8;

/// A language's own marks, ready to be found among tokens.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct OwnMarks {
    /// Marks that the tokeniser knows as nothing in particular, or cuts in pieces; longest first.
    written: Vec<(String, Mark)>,
    /// Marks of another class that end sentences here where white space follows.
    stops: Vec<String>,
    /// Marks that introduce what follows, as a colon does elsewhere.
    colons: Vec<String>,
    /// Words with a stop that is neither.
    abbreviations: Vec<String>,
}

impl OwnMarks {
    /// The marks of a pack.
    pub fn new(pack: &LanguagePack) -> OwnMarks {
        let class = |written: &str| match tokens(written, 0..written.len()).as_slice() {
            [token] => token.mark(),
            _ => None,
        };
        let stops = pack.terminators.iter().filter(|t| !matches!(class(t), Some(Mark::Stop | Mark::Other) | None));
        OwnMarks {
            written: reclassed(pack),
            stops: stops.cloned().collect(),
            colons: pack.colons.clone(),
            abbreviations: if pack.colons.is_empty() { Vec::new() } else { pack.abbreviations.clone() },
        }
    }

    /// Classes the language's own marks among the tokens of one block. A mark of several characters becomes one token.
    pub fn class(&self, text: &str, tokens: &mut Vec<Token>) {
        if !self.written.is_empty() {
            self.join(text, tokens);
        }
        if self.stops.is_empty() && self.colons.is_empty() {
            return;
        }
        let line = Line::new(text, tokens, self);
        let mut words = 0;
        for at in 0..tokens.len() {
            if tokens[at].is_wordlike() {
                words += 1;
                continue;
            }
            let written = tokens[at].span.of(text);
            if self.stops.iter().any(|s| s == written) {
                // A heading of a line (`Source: …`) and a clause that goes on with a small letter keep their colon.
                if words > LONGEST_HEADING && ends_sentence(text, tokens, at) {
                    tokens[at].kind = Kind::Mark(Mark::Stop);
                }
            } else if self.colons.iter().any(|c| c == written) && self.follows_word(text, tokens, at) {
                let introduces = tokens.get(at + 1).is_some_and(|next| {
                    next.spaced && (next.is(Mark::Quote) || !next.capital && next.is_wordlike() || line.is_heading(at))
                });
                tokens[at].kind = Kind::Mark(if introduces { Mark::Colon } else { Mark::Stop });
            }
        }
    }

    /// True behind a word that is no abbreviation, initial or number.
    fn follows_word(&self, text: &str, tokens: &[Token], at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|i| tokens.get(i)).filter(|_| !tokens[at].spaced) else {
            return false;
        };
        if before.mark().is_some() {
            return matches!(before.mark(), Some(Mark::Quote | Mark::Close));
        }
        let from = (at.saturating_sub(LONGEST_ABBREVIATION)..at).rev().find(|&i| tokens[i].spaced).unwrap_or(at - 1);
        let chunk = text.get(tokens[from].span.start as usize..tokens[at].span.end as usize).unwrap_or("");
        before.kind == Kind::Word
            && (!before.capital || before.span.of(text).chars().nth(1).is_some())
            && !self.abbreviations.iter().any(|a| a == chunk)
    }

    fn join(&self, text: &str, tokens: &mut Vec<Token>) {
        let mut kept = 0;
        let mut at = 0;
        while at < tokens.len() {
            let mut token = tokens[at];
            let mut next = at + 1;
            let joins = |t: &Token| matches!(t.mark(), Some(m) if m != Mark::Apostrophe);
            if joins(&token) {
                for (written, mark) in &self.written {
                    let end = token.span.start as usize + written.len();
                    if text.get(token.span.start as usize..end) != Some(written.as_str()) {
                        continue;
                    }
                    let last = (at..tokens.len())
                        .take_while(|&i| joins(&tokens[i]) && (i == at || !tokens[i].spaced))
                        .find(|&i| tokens[i].span.end as usize >= end)
                        .filter(|&i| tokens[i].span.end as usize == end);
                    if let Some(last) = last {
                        token.span.end = tokens[last].span.end;
                        token.kind = Kind::Mark(*mark);
                        next = last + 1;
                        break;
                    }
                }
            }
            tokens[kept] = token;
            kept += 1;
            at = next;
        }
        tokens.truncate(kept);
    }
}

/// What is asked of a block as a whole.
struct Line {
    /// The first mark of the language's colons.
    first: Option<usize>,
    /// True where no mark ends the block's last sentence.
    open: bool,
}

impl Line {
    fn new(text: &str, tokens: &[Token], own: &OwnMarks) -> Line {
        let colon = |t: &Token| t.mark().is_some() && own.colons.iter().any(|c| c == t.span.of(text));
        let closer = |t: &&Token| matches!(t.mark(), Some(Mark::Quote | Mark::Close | Mark::Markup));
        let last = tokens.iter().rev().find(|t| !closer(t));
        let stop = |t: &Token| {
            matches!(t.mark(), Some(Mark::Stop | Mark::Question | Mark::Exclamation | Mark::Ellipsis))
                || own.stops.iter().any(|s| s == t.span.of(text))
        };
        Line { first: tokens.iter().position(colon), open: last.is_none_or(|t| !stop(t)) }
    }

    /// True for the first such mark of a line that ends without a full stop, as headlines do.
    fn is_heading(&self, at: usize) -> bool {
        self.open && self.first == Some(at)
    }
}

/// True where white space, a closing mark or nothing follows, and no small letter.
fn ends_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(next) = tokens.get(at + 1) else { return true };
    if !next.spaced {
        return matches!(next.mark(), Some(Mark::Quote | Mark::Close | Mark::Markup));
    }
    !next.span.of(text).chars().next().is_some_and(is_small)
}

/// The pack's quotation marks and terminators that the tokeniser knows as nothing in particular. Letters can't be marks; a
/// terminator that is a mark of another class (a colon) depends on what stands around it.
fn reclassed(pack: &LanguagePack) -> Vec<(String, Mark)> {
    let cut = |written: &str| tokens(written, 0..written.len());
    let quotes = pack.quotations.iter().flat_map(|(open, close)| [open, close]).filter_map(|written| {
        let cut = cut(written);
        let known = matches!(cut.as_slice(), [t] if t.is(Mark::Quote) || t.is(Mark::Apostrophe));
        (!known && !cut.is_empty() && cut.iter().all(|t| t.mark().is_some())).then(|| (written.clone(), Mark::Quote))
    });
    let unknown = |written: &&String| matches!(cut(written).as_slice(), [t] if t.is(Mark::Other));
    let stops = pack.terminators.iter().filter(unknown).map(|written| (written.clone(), Mark::Stop));
    let mut out: Vec<(String, Mark)> = quotes.chain(stops).collect();
    out.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The classes of the marks of `text` in a language that writes `:` for a full stop and `.` for a colon.
    fn marks(text: &str) -> Vec<Mark> {
        let pack = LanguagePack {
            terminators: vec![":".to_owned(), "\u{589}".to_owned()],
            colons: vec![".".to_owned(), "\u{2024}".to_owned()],
            abbreviations: vec!["թթ.".to_owned()],
            ..LanguagePack::default()
        };
        let mut cut = tokens(text, 0..text.len());
        OwnMarks::new(&pack).class(text, &mut cut);
        cut.iter().filter_map(Token::mark).collect()
    }

    #[test]
    fn a_mark_that_ends_sentences_here_is_a_full_stop() {
        assert_eq!(marks("Կամուրջը փակ է: Մենք սպասում ենք:"), [Mark::Stop, Mark::Stop]);
        assert_eq!(marks("Ժամը 10:30 փակ է:"), [Mark::Colon, Mark::Stop], "a time is none");
        assert_eq!(marks("Աղբյուր: Ինտերֆաքս"), [Mark::Colon], "a heading of a line");
        assert_eq!(marks("Կան երեք պատճառներ: մեկը հայտնի"), [Mark::Colon], "the clause goes on");
        assert_eq!(marks("Կամուրջը փակ կմնա\u{589} Մենք սպասում ենք\u{589}"), [Mark::Stop, Mark::Stop]);
    }

    #[test]
    fn a_mark_that_introduces_is_a_colon() {
        for stop in [".", "\u{2024}"] {
            let text = format!("Նա հայտարարել է{stop} «Մենք կբացենք»:");
            assert_eq!(marks(&text), [Mark::Colon, Mark::Quote, Mark::Quote, Mark::Stop], "{text}");
            let text = format!("Կամուրջը կբացվի{stop} Նախարար");
            assert_eq!(marks(&text), [Mark::Colon], "a headline");
        }
        assert_eq!(marks("Նա մեկնել է. Մենք սպասում ենք:"), [Mark::Stop, Mark::Stop], "two sentences");
        assert_eq!(marks("2020-2024 թթ. «Վարդան»"), [Mark::Hyphen, Mark::Stop, Mark::Quote, Mark::Quote]);
        assert_eq!(marks("Ա. «Վարդան»"), [Mark::Stop, Mark::Quote, Mark::Quote], "an initial");
    }
}
