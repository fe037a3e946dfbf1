//! Quotation marks of a block, paired by kind, with what each pair holds.

use crate::text::token::{Mark, Token};

/// What stands between the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuotationClass {
    /// A name: «Интерфакс».
    Name,
    /// The title of a work.
    Title,
    /// A few words that the writer keeps at a distance.
    Scare,
    /// Somebody's words.
    Speech,
}

/// A pair of quotation marks; token indexes of its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The opening mark.
    pub open: usize,
    /// One past the closing mark, or past the last word where the mark is missing.
    pub end: usize,
    /// False where the closing mark is missing.
    pub closed: bool,
    /// True where speech starts without a mark of its own, at this very token.
    pub bare: bool,
    /// What it holds; [`QuotationClass::Speech`] until it was classed.
    pub class: QuotationClass,
}

impl Quotation {
    /// The tokens between the marks.
    pub fn inside(&self) -> std::ops::Range<usize> {
        self.open + usize::from(!self.bare)..if self.closed { self.end - 1 } else { self.end }
    }

    /// True where token `at` is one of its marks or stands between them.
    pub fn holds(&self, at: usize) -> bool {
        self.open <= at && at < self.end
    }
}

/// Pairs the marks of one block. `pairs` are the language's, outer ones first; an unclosed mark reaches to the end of the
/// block where `reopened` (the next block starts with an opening mark), else to the end of its sentence.
pub fn pair(text: &str, tokens: &[Token], pairs: &[(String, String)], reopened: bool) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    let mut stack: Vec<(usize, &str)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !matches!(token.mark(), Some(Mark::Quote | Mark::Apostrophe)) {
            continue;
        }
        let mark = token.span.of(text);
        let glued_after = tokens.get(at + 1).is_some_and(|next| !next.spaced);
        let word_after = glued_after && tokens.get(at + 1).is_some_and(Token::is_wordlike);
        let closes = stack.iter().rposition(|(_, close)| *close == mark || same_family(close, mark));
        let opens = pairs.iter().find(|(open, _)| open == mark);
        let ambiguous = pairs.iter().any(|(open, close)| open == mark && close == mark);
        if token.is(Mark::Apostrophe) {
            // An apostrophe closes what an apostrophe-like mark opened, where no letter follows.
            if !word_after && let Some(place) = closes {
                close(&mut out, &mut stack, place, at);
            }
            continue;
        }
        let starts_word = glued_after && (token.spaced || at == 0 || opening_neighbour(&tokens[at - 1]));
        let close_first = match closes {
            Some(_) if ambiguous => !starts_word || single_open(&stack, mark),
            Some(place) => opens.is_none() || place + 1 == stack.len() && !starts_word || opens.is_none(),
            None => false,
        };
        if close_first && let Some(place) = closes {
            close(&mut out, &mut stack, place, at);
        } else if let Some((_, closing)) = opens
            && (glued_after || !ambiguous)
        {
            // Nobody nests so deep: the outermost mark was a slip, and the work stays in proportion to the text.
            if stack.len() >= DEEPEST {
                stack.remove(0);
            }
            stack.push((at, closing.as_str()));
        }
    }
    // What stays open ends with its sentence; only the outermost reaches into the next block.
    for (place, (at, _)) in stack.iter().enumerate() {
        let single = text.get(tokens[*at].span.range()).is_some_and(|m| m == "'" || m == "\u{2018}");
        if single {
            continue;
        }
        let end = if reopened && place == 0 { tokens.len() } else { sentence_end(tokens, *at + 1) };
        // It doesn't end in the middle of a quotation inside it.
        let end = out.iter().filter(|q| q.open > *at && q.open < end).map(|q| q.end).fold(end, usize::max);
        if end > at + 1 {
            out.push(Quotation { open: *at, end, closed: false, bare: false, class: QuotationClass::Speech });
        }
    }
    out.sort_by_key(|q| (q.open, std::cmp::Reverse(q.end)));
    out
}

/// Most marks that may be open at once.
const DEEPEST: usize = 16;

fn close(out: &mut Vec<Quotation>, stack: &mut Vec<(usize, &str)>, place: usize, at: usize) {
    let (open, _) = stack[place];
    stack.truncate(place);
    if at > open + 1 {
        out.push(Quotation { open, end: at + 1, closed: true, bare: false, class: QuotationClass::Speech });
    }
}

/// True where the mark on top of the stack is this very mark: then a second one closes it wherever it stands.
fn single_open(stack: &[(usize, &str)], mark: &str) -> bool {
    stack.last().is_some_and(|(_, close)| *close == mark)
}

/// Typewriter and typographic forms of one mark, mixed by careless editing.
fn same_family(a: &str, b: &str) -> bool {
    const SINGLE: [&str; 3] = ["'", "\u{2019}", "\u{2018}"];
    const DOUBLE: [&str; 5] = ["\"", "\u{201d}", "''", "\u{201f}", "\u{201c}"];
    (SINGLE.contains(&a) && SINGLE.contains(&b)) || (DOUBLE.contains(&a) && DOUBLE.contains(&b))
}

fn opening_neighbour(token: &Token) -> bool {
    matches!(token.mark(), Some(Mark::Open | Mark::Dash | Mark::Quote | Mark::Markup | Mark::Slash))
}

fn sentence_end(tokens: &[Token], from: usize) -> usize {
    (from..tokens.len())
        .find(|&i| {
            matches!(tokens[i].mark(), Some(Mark::Stop | Mark::Question | Mark::Exclamation))
                && tokens.get(i + 1).is_none_or(|next| next.spaced)
        })
        .map_or(tokens.len(), |i| i + 1)
}

/// What the classing needs to know of the words around and inside a quotation.
pub struct Surroundings {
    /// Number of words inside.
    pub words: usize,
    /// True where a registry name covers all words inside.
    pub is_name: bool,
    /// True where that is the name of an outlet or a body: nobody says only that.
    pub is_body: bool,
    /// True where the noun of an organisation or outlet stands next to it.
    pub after_organisation: bool,
    /// True where the noun of a document or work stands before it.
    pub after_document: bool,
    /// True where capitals tell nothing, so that names and titles have none.
    pub caseless: bool,
    /// True where what stands before it makes a name of it: a definite article, another title of a list.
    pub named: bool,
    /// True where the noun of what has a title or an inscription stands before it, so that it may be a clause as well.
    pub inscribed: bool,
    /// True where every longer word inside starts with a capital.
    pub title_case: bool,
    /// True where a verb form or pronoun that rules know stands inside.
    pub has_verb: bool,
    /// True where a cue or a colon stands right before it.
    pub after_cue: bool,
    /// True where the sentence runs on around it without a break.
    pub in_running_clause: bool,
    /// True where a comma or a question or exclamation mark stands inside before the closing mark.
    pub ends_with_break: bool,
}

/// Most words of a scare quotation.
const LONGEST_SCARE: usize = 3;
/// Most words of a name that no capitals tell.
const LONGEST_PLAIN_NAME: usize = 6;
/// Most words of a title or a name.
const LONGEST_NAME: usize = 8;
/// Most words of a name that an article or its noun tells.
const LONGEST_NAMED: usize = 11;

/// Classes a quotation.
pub fn class(s: &Surroundings) -> QuotationClass {
    if s.is_name && (s.is_body || !s.after_cue)
        || s.after_organisation
            && !s.has_verb
            && (s.title_case && s.words <= LONGEST_NAME || s.caseless && s.words <= LONGEST_PLAIN_NAME)
    {
        QuotationClass::Name
    } else if !s.after_cue && (is_title(s) || is_named(s)) {
        QuotationClass::Title
    } else if s.words <= LONGEST_SCARE && s.in_running_clause && !s.ends_with_break && !s.after_cue {
        QuotationClass::Scare
    } else {
        QuotationClass::Speech
    }
}

/// True where its own capitals, or the noun of a document before it, make a title of it.
fn is_title(s: &Surroundings) -> bool {
    let titled = s.after_document || s.title_case && s.words >= 2 && !s.ends_with_break;
    titled && !s.has_verb && s.words <= LONGEST_NAME
}

/// True where what stands before it makes a title of it.
fn is_named(s: &Surroundings) -> bool {
    let named = s.inscribed || s.named && !s.has_verb && !s.ends_with_break;
    named && s.words <= LONGEST_NAMED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    fn paired(text: &str, pairs: &[(&str, &str)]) -> Vec<String> {
        let pairs: Vec<_> = pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        let all = tokens(text, 0..text.len());
        pair(text, &all, &pairs, false)
            .iter()
            .map(|q| text[all[q.open].span.start as usize..all[q.end - 1].span.end as usize].to_owned())
            .collect()
    }

    const ENGLISH: [(&str, &str); 4] = [("“", "”"), ("\"", "\""), ("‘", "’"), ("'", "'")];

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        assert_eq!(paired("The workers' pay isn't what they'd 'hoped' for.", &ENGLISH), ["'hoped'"]);
        assert!(paired("The workers’ pay isn’t good.", &ENGLISH).is_empty());
    }

    #[test]
    fn inner_marks_pair_inside_outer_ones() {
        assert_eq!(paired("“He said ‘no’ twice,” she said.", &ENGLISH), ["“He said ‘no’ twice,”", "‘no’"]);
    }

    #[test]
    fn an_odd_mark_ends_with_its_sentence() {
        assert_eq!(paired("“We stay. They left for good.", &ENGLISH), ["“We stay."]);
        assert_eq!(paired("We \"stay\" here. \"They left.", &ENGLISH), ["\"stay\"", "\"They left."]);
    }

    #[test]
    fn german_marks_close_with_the_english_opening_mark() {
        assert_eq!(paired("„Wir bleiben“, sagte er. „Ja“.", &[("„", "“"), ("“", "”")]), ["„Wir bleiben“", "„Ja“"]);
    }

    #[test]
    fn identical_marks_without_language_data_pair_nothing() {
        assert!(paired("\"Yes\"", &[]).is_empty());
    }
}
