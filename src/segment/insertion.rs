//! The writer's own words inside somebody's speech, between dashes, and speech that a dash opens.

use super::quotation::{Quotation, QuotationClass};
use crate::text::token::{Mark, Token};

/// Most words between the dash and the cue.
const BEFORE_CUE: usize = 3;
/// The same where another dash closes the writer's words.
const BEFORE_CUE_BETWEEN_DASHES: usize = 10;
/// Most tokens of the writer's own words before speech goes on.
const LONGEST_INSERTION: usize = 60;

/// What the parting asks of a language and its words.
pub struct Asked<'a> {
    /// True where the token is a word of speech.
    pub is_cue: &'a dyn Fn(usize) -> bool,
    /// True for a word with which the speech goes on behind a dash: and, that, because, he.
    pub goes_on: &'a dyn Fn(usize) -> bool,
    /// True for those of them that join clauses: and, that, because.
    pub joins: &'a dyn Fn(usize) -> bool,
    /// Dashes inside quotation marks enclose the writer's own words.
    pub inserted: bool,
    /// A dash at the start of the block opens speech.
    pub dialogue: bool,
}

/// Parts each speech quotation in which a cue stands between dashes, and finds the speech of a block that a dash opens
/// where such a cue tells that it is speech.
pub fn part(tokens: &[Token], quotations: &mut Vec<Quotation>, asked: &Asked<'_>) {
    let mut out: Vec<Quotation> = Vec::with_capacity(quotations.len() + 2);
    let mut reached = 0;
    if asked.dialogue && tokens.first().is_some_and(|t| t.is(Mark::Dash)) {
        let whole =
            Quotation { open: 1, end: end_of_speech(tokens), closed: false, class: QuotationClass::Speech, bare: true };
        let speech: Vec<Quotation> = quotations.iter().filter(|q| q.class == QuotationClass::Speech).copied().collect();
        if pieces(tokens, whole, &speech, asked, &mut out) {
            reached = tokens.len();
        }
    }
    for quotation in quotations.iter() {
        let own = asked.inserted && quotation.class == QuotationClass::Speech && quotation.open >= reached;
        if own && pieces(tokens, *quotation, &[], asked, &mut out) {
            reached = quotation.end;
        } else {
            out.push(*quotation);
        }
    }
    out.sort_by_key(|q| (q.open, std::cmp::Reverse(q.end)));
    *quotations = out;
}

/// Adds the pieces of a speech between the writer's own words to `out`; false, and nothing added, where there are none.
/// Words inside the quotations `around` are not looked at.
fn pieces(
    tokens: &[Token],
    speech: Quotation,
    around: &[Quotation],
    asked: &Asked<'_>,
    out: &mut Vec<Quotation>,
) -> bool {
    let limit = speech.inside().end;
    let mut piece = speech;
    let mut found = false;
    while let Some((dash, next)) = insertion(tokens, (piece.inside().start, limit), around, asked, speech.bare) {
        found = true;
        let end = if tokens[dash - 1].is(Mark::Comma) { dash - 1 } else { dash };
        let ended = Quotation { end, closed: false, ..piece };
        if !ended.inside().is_empty() {
            out.push(ended);
        }
        let Some(next) = next else { return true };
        piece = Quotation { open: next, bare: true, ..speech };
    }
    if found && !piece.inside().is_empty() {
        out.push(piece);
    }
    found
}

/// The first dash inside `(from, limit)` behind which the writer speaks, and the token with which the speech goes on. Where a
/// dash opened the speech, `dialogue`, no mark need stand before one right behind which the cue stands.
fn insertion(
    tokens: &[Token],
    (from, limit): (usize, usize),
    around: &[Quotation],
    asked: &Asked<'_>,
    dialogue: bool,
) -> Option<(usize, Option<usize>)> {
    let mut at = from + 1;
    while at < limit {
        let i = around.partition_point(|q| q.open <= at);
        if let Some(inside) = i.checked_sub(1).and_then(|i| around.get(i)).filter(|q| q.holds(at)) {
            at = inside.end;
            continue;
        }
        let bare = dialogue && tokens[at].spaced && tokens[at - 1].is_wordlike() && at + 1 < limit;
        if tokens[at].is(Mark::Dash) && (breaks_off(&tokens[at - 1]) || bare && (asked.is_cue)(at + 1)) {
            let next = (at + 2..limit.min(at + LONGEST_INSERTION))
                .find(|&i| tokens[i].is(Mark::Dash) && (breaks_off(&tokens[i - 1]) || resumes(&tokens[i - 1])));
            let most = if next.is_some() { BEFORE_CUE_BETWEEN_DASHES } else { BEFORE_CUE };
            if cue_follows(tokens, at + 1, limit.min(at + 1 + most), asked) {
                return Some((at, next.map(|dash| dash + 1)));
            }
        }
        if asked.inserted
            && tokens[at].is(Mark::Dash)
            && let Some(end) = enclosed(tokens, at, limit, asked)
        {
            return Some((at, Some(end).filter(|&next| next < limit)));
        }
        at += 1;
    }
    None
}

/// Where the speech goes on behind the writer's words that the dash `at` opens and another one closes, with the mark of the
/// sentence or the end of the speech right behind that one: «We wait - said Moss -. Nobody came». No mark need stand before
/// the first.
fn enclosed(tokens: &[Token], at: usize, limit: usize, asked: &Asked<'_>) -> Option<usize> {
    let end = limit.min(at + LONGEST_INSERTION);
    let stops = |t: &Token| breaks_off(t) && !t.is(Mark::Comma) || resumes(t) || t.is(Mark::Dash);
    let close = (at + 2..end).find(|&i| stops(&tokens[i])).filter(|&i| tokens[i].is(Mark::Dash))?;
    let mark = |t: &Token| !t.spaced && (breaks_off(t) && !t.is(Mark::Quote) || t.is(Mark::Stop));
    let next = match tokens.get(close + 1).filter(|_| close + 1 < limit) {
        Some(token) if mark(token) => close + 2,
        Some(_) => return None,
        None => limit,
    };
    let words = (at + 1..close.min(at + 1 + BEFORE_CUE)).take_while(|&i| tokens[i].is_wordlike() && !(asked.joins)(i));
    words.into_iter().any(asked.is_cue).then_some(next)
}

/// True for marks that speech breaks off with before the writer's words.
fn breaks_off(token: &Token) -> bool {
    matches!(token.mark(), Some(Mark::Comma | Mark::Question | Mark::Exclamation | Mark::Ellipsis | Mark::Quote))
}

/// True for further marks that stand between the writer's words and the speech that goes on.
fn resumes(token: &Token) -> bool {
    matches!(token.mark(), Some(Mark::Stop | Mark::Semicolon | Mark::Colon))
}

fn cue_follows(tokens: &[Token], from: usize, limit: usize, asked: &Asked<'_>) -> bool {
    let words = tokens.iter().enumerate().take(limit).skip(from);
    let leads = words.take_while(|(at, token)| token.is_wordlike() && !(asked.goes_on)(*at));
    leads.map(|(at, _)| at).any(asked.is_cue)
}

/// One past the last token of a block without its full stop.
fn end_of_speech(tokens: &[Token]) -> usize {
    tokens.iter().rposition(|t| !t.is(Mark::Stop)).map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::quotation::pair;
    use crate::text::token::tokens;

    /// The speech of a block: words between `said`, `asked` and dashes are the writer's.
    fn speech(text: &str) -> Vec<&str> {
        let cut = tokens(text, 0..text.len());
        let mut quotations = pair(text, &cut, &[("«".to_owned(), "»".to_owned())], false);
        let word = |at: usize| cut[at].span.of(text);
        let asked = Asked {
            is_cue: &|at| matches!(word(at), "said" | "asked"),
            goes_on: &|at| matches!(word(at), "and" | "he"),
            joins: &|at| word(at) == "and",
            inserted: true,
            dialogue: true,
        };
        part(&cut, &mut quotations, &asked);
        quotations.iter().map(|q| cut[q.open].span.join(cut[q.end - 1].span).of(text)).collect()
    }

    #[test]
    fn words_between_dashes_are_the_writers_where_a_cue_stands_there() {
        assert_eq!(
            speech("«We build a bridge, — said Ada Moss. — It will open in May»."),
            ["«We build a bridge", "It will open in May»"]
        );
        assert_eq!(
            speech("«Is it a bridge? — asked Moss, — or a plank?» It is."),
            ["«Is it a bridge?", "or a plank?»"]
        );
        assert_eq!(speech("«It is late, — quietly said Moss»."), ["«It is late"]);
        let long = "— in a talk with reporters after the long meeting said Moss";
        assert_eq!(speech(&format!("«It is late, {long}. — Go home»."),), ["«It is late", "Go home»"]);
        assert_eq!(speech(&format!("«It is late, {long}».")).len(), 1, "no dash closes it");
        assert_eq!(speech("«It is late - he said -. Go home»."), ["«It is late", "Go home»"]);
        assert_eq!(speech("«It is late —said Moss, a clerk—, go home»."), ["«It is late", "go home»"]);
        assert_eq!(speech("«It is late. Go home - said Moss -»."), ["«It is late. Go home"]);
        assert_eq!(speech("«One, — said he. — Two, — said she. — Three»."), ["«One", "Two", "Three»"]);
    }

    #[test]
    fn a_dash_without_a_cue_stays_in_the_speech() {
        for text in [
            "«The bridge, — and he said so, — is closed».",
            "«The bridge — said to be old — is closed».",
            "«The bridge, — a wreck, — is closed».",
            "«The bridge - and he said so -. It is closed».",
            "«The bridge - a wreck -. It is closed».",
            "«The bridge - said to be old - is closed».",
        ] {
            assert_eq!(speech(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_dash_opens_speech_where_a_cue_tells_so() {
        assert_eq!(speech("— We waited, — said Moss. — Nobody came."), ["We waited", "Nobody came"]);
        assert_eq!(speech("— We saw the «Volna», — said Moss."), ["We saw the «Volna»", "«Volna»"]);
        assert_eq!(speech("— We waited — said Moss. — Nobody came."), ["We waited", "Nobody came"]);
        assert!(speech("— We waited — the men said so — and left.").is_empty(), "no cue right behind the dash");
        assert!(speech("— a list of things, — and more").is_empty(), "a list");
        assert!(speech("The end, — said Moss.").is_empty(), "no dash opens it");
    }
}
