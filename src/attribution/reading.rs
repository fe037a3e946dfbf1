//! Patterns tried around their cues: every way in which a stretch of text can be read.

use super::affix::Asked;
use super::boundary::{
    block_ends, block_starts, clause_ends, clause_starts, content_after, content_before, looks_like_clause,
    opens_adverbial,
};
use crate::rules::compile::{Atom, Flat, Lex};
use crate::rules::pack::{Means, NounKind, SourceKind};
use crate::rules::template::{Anchor, Slot, SlotKind};
use crate::rules::words::{CLAUSE, NAME, PERSON, QUOTED, SPEAKER, THING};
use crate::scan::{Region, View};
use crate::sources::denote::Denotes;
use crate::sources::names::NameTarget;
use crate::sources::mention::{self, Mention};
use crate::text::span::Span;
use crate::text::token::{Kind, Mark};

/// A slot of a pattern and the words in it; token indexes of the block.
#[derive(Debug, Clone, PartialEq)]
pub struct Fill {
    /// Which slot.
    pub kind: SlotKind,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Who it names, for slots that are filled by somebody.
    pub mention: Option<Mention>,
}

/// One way to read a stretch: a pattern in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Index of the flat template in the language.
    pub flat: u32,
    /// Index of the pattern in its pack.
    pub pattern: u32,
    /// What the pattern declares.
    pub means: Means,
    /// The cue: first token and one past the last.
    pub cue: (usize, usize),
    /// Where matching started.
    pub pivot: usize,
    /// The slots, from left to right.
    pub fills: Vec<Fill>,
    /// Number of words in gaps.
    pub gap: usize,
    /// Literal words, then lexicons matched: the more, the surer.
    pub weight: (u8, u8),
    /// Everything that the template took, literal marks included: first token and one past the last.
    pub whole: (usize, usize),
    /// The stretch that was read.
    pub region: Region,
}

impl Fill {
    /// Its words, without letters before a mention that are no part of it.
    pub fn span(&self, view: &View<'_>) -> Span {
        let span = view.span(self.first, self.last);
        let head = self.mention.as_ref().map_or(0, |m| m.affix.head);
        Span { start: (span.start + head).min(span.end), end: span.end }
    }
}

impl Reading {
    /// The first fill of a slot.
    pub fn fill(&self, kind: SlotKind) -> Option<&Fill> {
        self.fills.iter().find(|f| f.kind == kind)
    }

    /// All fills of the content slot.
    pub fn contents(&self) -> impl Iterator<Item = &Fill> {
        self.fills.iter().filter(|f| f.kind == SlotKind::Content)
    }

    /// The mention in a slot.
    pub fn mention(&self, kind: SlotKind) -> Option<&Mention> {
        self.fill(kind).and_then(|f| f.mention.as_ref())
    }

    /// First token and one past the last of everything that was read.
    pub fn extent(&self) -> (usize, usize) {
        let whole = (self.cue.0.min(self.whole.0), self.cue.1.max(self.whole.1));
        self.fills.iter().fold(whole, |(a, b), f| (a.min(f.first), b.max(f.last)))
    }
}

/// How far a pattern that did not match came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Index of the flat template.
    pub flat: u32,
    /// The words that matched.
    pub matched: Span,
    /// Where it stopped: a token.
    pub stopped_at: usize,
    /// What was asked for there: index of the atom.
    pub wanted: usize,
}

/// Where the block stands, for patterns that match in some places only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surround {
    /// It is a headline.
    pub title: bool,
    /// It is a caption.
    pub caption: bool,
    /// It is the first block of the body.
    pub lead: bool,
    /// It is the last block of the article, or a closing credit.
    pub article_end: bool,
}

/// Most words that a gap may take.
const LONGEST_GAP: usize = 14;
/// Most steps of one attempt, so that a stretch without stops costs no more than its length.
const MOST_STEPS: usize = 400;

/// All readings of one region, each in its own right; [`super::choose`] tells which of them stand.
pub fn read(view: &View<'_>, region: &Region, place: Surround, misses: Option<&mut Vec<Miss>>) -> Vec<Reading> {
    let mut out = Vec::new();
    let mut misses = misses;
    for at in region.first..region.last {
        if view.depth[at] != region.depth {
            continue;
        }
        let flats = match view.tokens[at].kind {
            Kind::Mark(mark) => view.language.anchored_at_mark(mark),
            _ => {
                let surface = view.surfaces[at];
                if surface == 0 {
                    continue;
                }
                view.language.anchored(surface)
            }
        };
        let first_new = out.len();
        for &id in flats {
            let flat = &view.language.flats[id as usize];
            let pattern = &view.language.pack.patterns[flat.pattern as usize];
            if flat.guard || !fits(&pattern.places, place) || inside_compound(view, at) {
                continue;
            }
            let mut attempt = Attempt::new(view, region, flat, pattern.means);
            match attempt.run(at) {
                Some(reading) => {
                    if !guarded(view, region, id, &reading) {
                        out.push(Reading { flat: id, pattern: flat.pattern, ..reading });
                    }
                }
                None => {
                    if let Some(misses) = misses.as_deref_mut() {
                        let last = attempt.furthest.max(at + 1).min(view.tokens.len());
                        misses.push(Miss {
                            flat: id,
                            matched: view.span(at, last),
                            stopped_at: last,
                            wanted: attempt.wanted,
                        });
                    }
                }
            }
        }
        keep_distinct(&mut out, first_new);
    }
    out
}

/// Of two readings of one pattern at one place with the same fills, one is enough.
fn keep_distinct(out: &mut Vec<Reading>, from: usize) {
    let mut i = from;
    while i < out.len() {
        let same = (from..i).any(|k| {
            out[k].pattern == out[i].pattern && out[k].fills == out[i].fills && out[k].weight >= out[i].weight
        });
        if same {
            out.remove(i);
        } else {
            i += 1;
        }
    }
}

fn fits(places: &[crate::rules::pack::Place], place: Surround) -> bool {
    use crate::rules::pack::Place;
    places.is_empty()
        || places.iter().any(|p| match p {
            Place::Title => place.title,
            Place::Caption => place.caption,
            Place::Lead => place.lead,
            Place::ArticleEnd => place.article_end,
            // Anchors in the template itself say where in the block it stands.
            Place::Line | Place::BlockEnd => !place.title,
        })
}

/// True for a word that is a part of a longer one: a hyphenated word, or a noun of several words (`state media`).
fn inside_compound(view: &View<'_>, at: usize) -> bool {
    if !view.tokens[at].is_wordlike() {
        return false;
    }
    if view.language.noun_at(&view.tokens, &view.surfaces, at).is_some_and(|(_, end)| end > at + 1) {
        return true;
    }
    let before = at > 0 && !view.tokens[at].spaced && view.tokens[at - 1].is(Mark::Hyphen);
    let after = view.tokens.get(at + 1).is_some_and(|t| !t.spaced && t.is(Mark::Hyphen));
    before || after
}

/// True where a `but-not` template of the same pattern matches over words of the reading.
fn guarded(view: &View<'_>, region: &Region, flat: u32, reading: &Reading) -> bool {
    let pattern = view.language.flats[flat as usize].pattern;
    let (first, last) = reading.extent();
    let pack = &view.language.pack.patterns[pattern as usize];
    if pack.but_not.is_empty() {
        return false;
    }
    view.language.flats.iter().filter(|f| f.guard && f.pattern == pattern).any(|guard| {
        let from = first.saturating_sub(3).max(region.first);
        (from..(last + 3).min(region.last)).any(|at| {
            let found = Attempt::new(view, region, guard, Means::Hedge).run(at);
            found.is_some_and(|g| {
                let (a, b) = g.extent();
                a < reading.cue.1 + 3 && reading.cue.0 < b + 3
            })
        })
    })
}

struct Attempt<'v, 'a> {
    view: &'v View<'a>,
    region: &'v Region,
    flat: &'v Flat,
    means: Means,
    fills: Vec<Fill>,
    gap: usize,
    cue: (usize, usize),
    whole: (usize, usize),
    steps: usize,
    furthest: usize,
    wanted: usize,
}

impl<'v, 'a> Attempt<'v, 'a> {
    fn new(view: &'v View<'a>, region: &'v Region, flat: &'v Flat, means: Means) -> Self {
        Attempt {
            view,
            region,
            flat,
            means,
            fills: Vec::new(),
            gap: 0,
            cue: (0, 0),
            whole: (0, 0),
            steps: 0,
            furthest: 0,
            wanted: 0,
        }
    }

    fn run(&mut self, at: usize) -> Option<Reading> {
        let end = self.one(&self.flat.atoms[self.flat.pivot], at)?;
        self.cue = (at, end);
        self.furthest = end;
        // The right side first: it holds the words that tell patterns of one verb apart.
        if !self.right(self.flat.pivot + 1, end) {
            return None;
        }
        if !self.left(self.flat.pivot, at) {
            return None;
        }
        let mut fills = std::mem::take(&mut self.fills);
        fills.sort_by_key(|f| f.first);
        Some(Reading {
            flat: 0,
            pattern: self.flat.pattern,
            means: self.means,
            cue: self.cue,
            pivot: at,
            fills,
            gap: self.gap,
            weight: (self.flat.literals, self.flat.lexicons),
            whole: self.whole,
            region: *self.region,
        })
    }

    /// Matches an atom that is no slot, gap or anchor at token `at`: one past its last token.
    fn one(&self, atom: &Atom, at: usize) -> Option<usize> {
        if at >= self.region.last {
            return None;
        }
        let token = &self.view.tokens[at];
        match atom {
            Atom::Word(words) => {
                words.contains(&self.view.surfaces[at]).then_some(at + 1).filter(|_| self.view.surfaces[at] != 0)
            }
            Atom::Lex(lex) => self.view.lex_at(at, *lex).filter(|end| *end <= self.region.last),
            Atom::Number => (token.kind == Kind::Number).then_some(at + 1),
            Atom::Mark(mark, glued) => (mark_fits(self.view, at, *mark) && !(*glued && token.spaced)).then_some(at + 1),
            _ => None,
        }
    }

    /// Passes over markup, marks that matching ignores, and speech that belongs to no one here.
    fn transparent_right(&self, at: usize) -> usize {
        let mut at = at;
        while at < self.region.last && self.view.transparent(at) {
            at += 1;
        }
        at
    }

    /// Passes over dates and adverbs that may stand between a cue and what belongs to it.
    fn insertions_right(&self, at: usize) -> usize {
        let roles = &self.view.language.roles;
        let mut at = self.transparent_right(at);
        for _ in 0..4 {
            let next = self.view.lex_at(at, roles.between).or_else(|| self.view.lex_at(at, roles.when));
            match next.filter(|end| *end <= self.region.last && self.view.name(at).is_none()) {
                Some(end) => at = self.transparent_right(end),
                None => break,
            }
        }
        at
    }

    fn right(&mut self, k: usize, at: usize) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        if at > self.furthest {
            self.furthest = at;
            self.wanted = k;
        }
        let flat = self.flat;
        let Some(atom) = flat.atoms.get(k) else {
            self.whole.1 = at;
            return true;
        };
        match atom {
            Atom::Anchor(anchor) => self.anchored(*anchor, at, k),
            Atom::Gap => self.gap_right(k, at),
            Atom::Slot(slot) => self.slot_right(slot, k, at),
            literal => {
                let mut tried = usize::MAX;
                for start in [at, self.transparent_right(at), self.insertions_right(at)] {
                    if start == tried {
                        continue;
                    }
                    tried = start;
                    if let Some(end) = self.one(literal, start) {
                        let cue = self.cue;
                        if start == self.cue.1 && !matches!(literal, Atom::Mark(..)) && self.extends_cue(k) {
                            self.cue.1 = end;
                        }
                        if self.right(k + 1, end) {
                            return true;
                        }
                        self.cue = cue;
                    }
                }
                false
            }
        }
    }

    /// A literal right behind the cue belongs to it, unless it introduces the content.
    fn extends_cue(&self, k: usize) -> bool {
        // What leads to who was told belongs to neither.
        let next = self.flat.atoms[k + 1..].iter().find(|a| !matches!(a, Atom::Word(_) | Atom::Lex(_)));
        if matches!(next, Some(Atom::Slot(slot)) if slot.kind == SlotKind::Recipient) {
            return false;
        }
        matches!(self.flat.atoms[k], Atom::Word(_) | Atom::Lex(_)) && !self.introduces(&self.flat.atoms[k])
    }

    /// True for the words that introduce a content, or close it: they belong neither to it nor to the cue.
    fn introduces(&self, atom: &Atom) -> bool {
        let complementiser = self.view.language.roles.complementiser;
        match atom {
            Atom::Word(words) => words.iter().any(|&w| self.view.language.is_in(w, complementiser)),
            Atom::Lex(lex) => *lex == complementiser,
            _ => false,
        }
    }

    fn anchored(&mut self, anchor: Anchor, at: usize, k: usize) -> bool {
        let at = if matches!(anchor, Anchor::ClauseEnd | Anchor::BlockEnd) { self.insertions_right(at) } else { at };
        let holds = match anchor {
            Anchor::ClauseEnd => clause_ends(self.view, self.region, at),
            Anchor::BlockEnd => block_ends(self.view, at),
            Anchor::ClauseStart => clause_starts(self.view, self.region, at),
            Anchor::BlockStart => block_starts(self.view, at),
        };
        holds && self.right(k + 1, at)
    }

    fn gap_right(&mut self, k: usize, at: usize) -> bool {
        let roles = &self.view.language.roles;
        let mut end = at;
        loop {
            let words = end - at;
            let before = self.gap;
            self.gap += words;
            if self.right(k + 1, end) {
                return true;
            }
            self.gap = before;
            if end >= self.region.last || words >= LONGEST_GAP {
                return false;
            }
            let stop = matches!(
                self.view.tokens[end].mark(),
                Some(Mark::Semicolon | Mark::Colon | Mark::Question | Mark::Exclamation)
            ) || self.view.speech_from(end).is_some()
                || self.view.is(end, roles.cue) && self.view.name(end).is_none();
            if stop {
                return false;
            }
            end += 1;
        }
    }

    fn slot_right(&mut self, slot: &Slot, k: usize, at: usize) -> bool {
        match slot.kind {
            SlotKind::Content => {
                // `{content:quoted}`: only a quotation will do.
                let start = self.transparent_or_markup(at);
                match slot.case.as_deref() {
                    Some(QUOTED) if self.view.speech_from(start).is_none() => false,
                    Some(THING) => self.thing_right(k, start),
                    Some(CLAUSE) if !looks_like_clause(self.view, self.region, start) => false,
                    _ => self.content_right(k, at),
                }
            }
            SlotKind::Venue | SlotKind::Reason => {
                let start = self.transparent_right(at);
                let end = (start..self.region.last)
                    .find(|&t| {
                        clause_ends(self.view, self.region, t) && t > start && self.view.tokens[t].mark().is_some()
                    })
                    .unwrap_or(self.region.last);
                self.keep(slot.kind, start, end, None, |this| this.right(k + 1, end))
            }
            _ => {
                let mut tried = usize::MAX;
                for start in [self.transparent_right(at), self.insertions_right(at)] {
                    if start == tried || start >= self.region.last {
                        continue;
                    }
                    tried = start;
                    if let Some(asked) = Asked::new(self.view, slot) {
                        let found = asked.from(self.view, self.region, start);
                        for (found, end) in found.into_iter().filter(|(m, _)| kind_fits(self.view, slot, m)) {
                            let (first, last) = (found.first, found.last);
                            if self.keep(slot.kind, first, last, Some(found), |this| this.right(k + 1, end)) {
                                return true;
                            }
                        }
                        continue;
                    }
                    let long = mention::after(self.view, self.region, start, true);
                    let short = mention::after(self.view, self.region, start, false);
                    let fitting = [long, short].into_iter().flatten().map(|m| by_slot(self.view, slot, m));
                for found in fitting.filter(|m| kind_fits(self.view, slot, m)) {
                        let (first, last) = (found.first, found.last);
                        if self.keep(slot.kind, first, last, Some(found), |this| this.right(k + 1, last)) {
                            return true;
                        }
                    }
                }
                false
            }
        }
    }

    fn keep(
        &mut self,
        kind: SlotKind,
        first: usize,
        last: usize,
        mention: Option<Mention>,
        rest: impl FnOnce(&mut Self) -> bool,
    ) -> bool {
        if first >= last {
            return false;
        }
        let depth = self.fills.len();
        self.fills.push(Fill { kind, first, last, mention });
        if rest(self) {
            return true;
        }
        self.fills.truncate(depth);
        false
    }

    fn content_right(&mut self, k: usize, at: usize) -> bool {
        let rest = &self.flat.atoms[k + 1..];
        if rest.iter().all(|a| matches!(a, Atom::Anchor(_))) {
            // What goes on behind an interrupting cue may be the rest of a clause: "…, he said, is a second flood".
            let goes_on =
                self.flat.atoms[..k].iter().any(|a| matches!(a, Atom::Slot(s) if s.kind == SlotKind::Content));
            if goes_on && !self.rest_of_clause(at) {
                return false;
            }
            let clause_like =
                matches!(self.means, Means::Says | Means::AccordingTo | Means::Told) && !self.introduced(k) && !goes_on;
            let mut tried = usize::MAX;
            for start in [self.transparent_or_markup(at), self.insertions_right(at)] {
                if start == tried {
                    continue;
                }
                tried = start;
                if let Some((first, last)) = content_after(self.view, self.region, start, clause_like)
                    && self.keep(SlotKind::Content, first, last, None, |this| this.right(k + 1, last))
                {
                    return true;
                }
            }
            return false;
        }
        // Something follows: the content runs up to the first place where it matches.
        let start = self.transparent_or_markup(at);
        let mut end = start + 1;
        while end < self.region.last {
            // A date or place of speech alone is no content.
            if self.view.depth[end] == self.region.depth
                && self.insertions_right(start) < end
                && self.keep(SlotKind::Content, start, end, None, |this| this.right(k + 1, end))
            {
                return true;
            }
            if self.steps > MOST_STEPS {
                return false;
            }
            end = self.view.speech_from(end).map_or(end + 1, |q| q.end.max(end + 1));
        }
        false
    }

    /// A content that is a thing, not a clause: no complementiser, no quotation, nothing that tells when or where.
    fn thing_right(&mut self, k: usize, at: usize) -> bool {
        let roles = &self.view.language.roles;
        if self.view.lex_at(at, roles.complementiser).is_some() || self.view.speech_from(at).is_some() {
            return false;
        }
        let Some((first, mut last)) = content_after(self.view, self.region, at, true) else { return false };
        let ends = |t: &usize| self.view.lex_at(*t, roles.when).or_else(|| self.view.lex_at(*t, roles.venue)).is_some();
        if let Some(cut) = (first + 1..last).find(ends) {
            last = cut;
        }
        self.keep(SlotKind::Content, first, last, None, |this| this.right(k + 1, last))
    }

    /// True where a clause that a cue interrupted can go on at token `at`: no new adverbial, no clause joined to it.
    fn rest_of_clause(&self, at: usize) -> bool {
        let roles = &self.view.language.roles;
        let comma = at.saturating_sub(1);
        let relative =
            self.view.surfaces.get(at).is_some_and(|&s| self.view.language.pronoun(s).is_some_and(|p| p.relative));
        // Another cue in the rest makes a relay of it: "…, he said, the agency reported".
        let another = (at..self.region.last).any(|t| {
            self.view.depth[t] == self.region.depth && self.view.is(t, roles.cue) && self.view.name(t).is_none()
        });
        !opens_adverbial(self.view, at)
            && !another
            && !relative
            && !self.view.is(at, roles.coordinator)
            && self.view.lex_at(comma, roles.content_ends).is_none()
    }

    /// Markup is passed over; the marks of a name at the start of a content belong to it.
    fn transparent_or_markup(&self, at: usize) -> usize {
        let mut at = at;
        while at < self.region.last && self.view.tokens[at].is(Mark::Markup) {
            at += 1;
        }
        at
    }

    /// True where a literal stands between the cue and the content, which then need not look like a clause.
    fn introduced(&self, k: usize) -> bool {
        // A comma introduces nothing: what follows must still look like a clause.
        k > 0
            && matches!(self.flat.atoms[k - 1], Atom::Word(_) | Atom::Mark(Mark::Colon | Mark::Dash | Mark::Hyphen, _))
    }

    fn left(&mut self, k: usize, at: usize) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        if k == 0 {
            self.whole.0 = at;
            return true;
        }
        let flat = self.flat;
        match &flat.atoms[k - 1] {
            Atom::Anchor(Anchor::ClauseStart) => clause_starts(self.view, self.region, at) && self.left(k - 1, at),
            Atom::Anchor(Anchor::BlockStart) => block_starts(self.view, at) && self.left(k - 1, at),
            Atom::Anchor(Anchor::ClauseEnd) => self.left(k - 1, at),
            Atom::Anchor(Anchor::BlockEnd) => false,
            Atom::Gap => self.gap_left(k, at),
            Atom::Slot(slot) => self.slot_left(slot, k, at),
            literal => {
                let mut tried = usize::MAX;
                for end in [at, self.transparent_left(at), self.insertions_left(at)] {
                    if end == tried {
                        continue;
                    }
                    tried = end;
                    if let Some(start) = self.one_left(literal, end) {
                        let cue = self.cue;
                        if end == self.cue.0 && !matches!(literal, Atom::Mark(..)) && !self.introduces(literal) {
                            self.cue.0 = start;
                        }
                        if self.left(k - 1, start) {
                            return true;
                        }
                        self.cue = cue;
                    }
                }
                // Auxiliaries and adverbs may stand between the verb and what closes the content before it.
                if at == self.cue.0 && self.introduces(literal) {
                    let cue = self.cue;
                    let end = self.cue_parts(at);
                    if end < at
                        && let Some(start) = self.one_left(literal, end)
                        && self.left(k - 1, start)
                    {
                        return true;
                    }
                    self.cue = cue;
                }
                false
            }
        }
    }

    fn one_left(&self, atom: &Atom, end: usize) -> Option<usize> {
        if end <= self.region.first {
            return None;
        }
        match atom {
            Atom::Lex(lex) => self.view.lex_before(self.region.first, end, *lex),
            Atom::Mark(Mark::Comma, _) => {
                if self.view.tokens[end - 1].is(Mark::Comma) {
                    return Some(end - 1);
                }
                // Inside the closing mark, as American English has it.
                let q = self.view.speech_to(end - 1).filter(|q| q.closed)?;
                // Past the closing mark, and that of a quotation inside it.
                let last = (q.open + 1..q.end - 1)
                    .rev()
                    .find(|&t| !self.view.tokens[t].is(Mark::Quote) && !self.view.tokens[t].is(Mark::Apostrophe))?;
                let inner = matches!(
                    self.view.tokens[last].mark(),
                    Some(Mark::Comma | Mark::Question | Mark::Exclamation | Mark::Ellipsis | Mark::Dash | Mark::Stop)
                );
                inner.then_some(end)
            }
            other => self.one(other, end - 1).map(|_| end - 1),
        }
    }

    fn transparent_left(&self, at: usize) -> usize {
        let mut at = at;
        while at > self.region.first && self.view.transparent(at - 1) {
            at -= 1;
        }
        at
    }

    fn insertions_left(&self, at: usize) -> usize {
        let roles = &self.view.language.roles;
        let mut at = self.transparent_left(at);
        for _ in 0..4 {
            let floor = self.region.first;
            let part = |lex: Lex| self.view.lex_before(floor, at, lex);
            match part(roles.between).or_else(|| part(roles.when)) {
                Some(start) if start < at && self.view.name(start).is_none() => at = self.transparent_left(start),
                _ => break,
            }
        }
        at
    }

    fn gap_left(&mut self, k: usize, at: usize) -> bool {
        let roles = &self.view.language.roles;
        let mut start = at;
        loop {
            let words = at - start;
            let before = self.gap;
            self.gap += words;
            if self.left(k - 1, start) {
                return true;
            }
            self.gap = before;
            if start <= self.region.first || words >= LONGEST_GAP {
                return false;
            }
            let mark = self.view.tokens[start - 1].mark();
            let stop = matches!(mark, Some(Mark::Semicolon | Mark::Colon | Mark::Question | Mark::Exclamation))
                || self.view.speech_to(start - 1).is_some()
                || self.view.is(start - 1, roles.cue) && self.view.name(start - 1).is_none();
            if stop {
                return false;
            }
            start -= 1;
        }
    }

    /// Auxiliaries, negation and adverbs before the verb belong to the cue.
    fn cue_parts(&mut self, at: usize) -> usize {
        let roles = &self.view.language.roles;
        let mut at = at;
        for _ in 0..6 {
            let end = self.transparent_left(at);
            let floor = self.region.first;
            if let Some(start) = self.view.lex_before(floor, end, roles.cue_part) {
                self.cue.0 = start;
                at = start;
            } else if let Some(start) = self.view.lex_before(floor, end, roles.between) {
                if !self.view.tokens[start].is(Mark::Comma) {
                    self.cue.0 = start;
                }
                at = start;
            } else if let Some(start) =
                self.view.lex_before(floor, end, roles.when).filter(|&s| self.view.name(s).is_none())
            {
                at = start;
            } else {
                break;
            }
        }
        at
    }

    /// A mention that ends before token `end` in the slot, and everything further left.
    fn mention_left(&mut self, slot: &Slot, k: usize, end: usize) -> bool {
        if let Some(asked) = Asked::new(self.view, slot) {
            let found = asked.to(self.view, self.region, end);
            for (found, next) in found.into_iter().filter(|(m, _)| kind_fits(self.view, slot, m)) {
                let (first, last) = (found.first, found.last);
                if self.keep(slot.kind, first, last, Some(found), |this| this.left(k - 1, next)) {
                    return true;
                }
            }
        } else if let Some(found) =
            mention::before(self.view, self.region, end)
                .map(|m| by_slot(self.view, slot, m))
                .filter(|m| kind_fits(self.view, slot, m))
        {
            let (first, last) = (found.first, found.last);
            if self.keep(slot.kind, first, last, Some(found.clone()), |this| this.left(k - 1, first)) {
                return true;
            }
            // Without what was taken for an apposition.
            if found.core.0 > first
                && self.keep(slot.kind, found.core.0, last, Some(found.clone()), |this| this.left(k - 1, found.core.0))
            {
                return true;
            }
        }
        false
    }

    fn slot_left(&mut self, slot: &Slot, k: usize, at: usize) -> bool {
        match slot.kind {
            SlotKind::Content => {
                let quoted = slot.case.as_deref() != Some(QUOTED) || self.ends_quoted(at);
                quoted && self.content_left(k, at)
            }
            SlotKind::Venue | SlotKind::Reason => {
                let start = (self.region.first..at)
                    .rev()
                    .find(|&t| self.view.tokens[t].mark().is_some())
                    .map_or(self.region.first, |t| t + 1);
                self.keep(slot.kind, start, at, None, |this| this.left(k - 1, start))
            }
            _ => {
                let cue = self.cue;
                let near = self.transparent_left(at);
                let far = if at == self.cue.0 { self.cue_parts(at) } else { near };
                if self.mention_left(slot, k, far) {
                    return true;
                }
                self.cue = cue;
                // What looked like an adverbial may belong to the name: "footage posted on …".
                if near != far && self.mention_left(slot, k, near) {
                    return true;
                }
                self.cue = cue;
                false
            }
        }
    }

    /// True where a speech quotation closes before token `at`, marks aside.
    fn ends_quoted(&self, at: usize) -> bool {
        let last = (self.region.first..at).rev().find(|&t| !self.view.tokens[t].is(Mark::Comma));
        last.is_some_and(|t| self.view.speech_to(t).is_some())
    }

    fn content_left(&mut self, k: usize, at: usize) -> bool {
        let outermost = self.flat.atoms[..k - 1].iter().all(|a| matches!(a, Atom::Anchor(_)));
        if outermost {
            // A content that goes on behind the cue may start with an adverbial: "In June, he said, the bridge …".
            let clause_like = matches!(self.means, Means::Says | Means::AccordingTo | Means::RelayTag | Means::Told)
                && self.fills.iter().all(|f| f.kind != SlotKind::Content);
            return match content_before(self.view, self.region, at, clause_like) {
                Some((first, last)) => self.keep(SlotKind::Content, first, last, None, |this| this.left(k - 1, first)),
                None => false,
            };
        }
        let mut start = at;
        while start > self.region.first {
            start -= 1;
            if self.view.depth[start] == self.region.depth
                && self.keep(SlotKind::Content, start, at, None, |this| this.left(k - 1, start))
            {
                return true;
            }
            if self.steps > MOST_STEPS {
                return false;
            }
        }
        false
    }
}

/// True where the slot asks for no kind of noun (`{source:footage}`), or the mention is of that kind.
fn kind_fits(view: &View<'_>, slot: &Slot, mention: &Mention) -> bool {
    // Who was told must be somebody that names, lists or the registry know.
    if slot.kind == SlotKind::Recipient && matches!(mention.denotes, Denotes::Unknown { determined: false, .. }) {
        let told = view.lex_at(mention.first, view.language.roles.no_outlet) == Some(mention.core.1);
        return told;
    }
    // A possessor does not speak; templates that want one say so (`{source}'s`).
    if slot.suffix.is_empty() && possessive(view, mention) {
        return false;
    }
    if slot.case.as_deref() == Some(SPEAKER) {
        return !matches!(
            mention.denotes,
            Denotes::Unknown { .. } | Denotes::Footage(..) | Denotes::Body { document: true, .. }
        );
    }
    if slot.case.as_deref() == Some(PERSON) {
        return match mention.denotes {
            Denotes::Source(i) => view.registry.source(i).is_some_and(|s| s.kind == SourceKind::Person),
            Denotes::Name { words: (first, last), person, .. } => person && last > first + 1,
            _ => false,
        };
    }
    if slot.case.as_deref() == Some(NAME) {
        let bare = |at: usize| view.name(at).is_some() || !view.tokens[at].is_wordlike();
        let outlet = matches!(mention.denotes, Denotes::Source(i) if view.registry.source(i).is_some_and(|s| s.kind.carries_news()));
        return outlet && (mention.first..mention.last).all(bare);
    }
    let wanted = slot.case.as_deref().and_then(|case| NounKind::NAMES.iter().find(|(name, _)| *name == case));
    // A document keeps its kind though its issuer is the source: "data from the …".
    let heads = |kind: NounKind| {
        (mention.core.0..mention.core.1)
            .any(|t| view.language.noun_at(&view.tokens, &view.surfaces, t).is_some_and(|(n, _)| n.kind == kind))
    };
    wanted.is_none_or(|(_, kind)| {
        mention.denotes.kind(view) == Some(*kind)
            || matches!(kind, NounKind::Document | NounKind::Footage) && heads(*kind)
    })
}

/// A slot for outlets is as good as the noun that an ambiguous name needs beside it: "told Bild", "Bild reported".
fn by_slot(view: &View<'_>, slot: &Slot, mention: Mention) -> Mention {
    let for_outlets = matches!(slot.kind, SlotKind::Via | SlotKind::Via2 | SlotKind::Recipient)
        || slot.case.as_deref() == Some(NAME)
        || slot.case.as_deref().is_some_and(|c| NounKind::NAMES.iter().any(|(n, k)| *n == c && *k == NounKind::Outlet));
    let Denotes::Name { words: (first, last), .. } = mention.denotes else { return mention };
    let hit = view.name(first).filter(|h| h.first as usize == first && h.last as usize == last);
    match hit.map(|h| h.target) {
        Some(NameTarget::Source(i)) if for_outlets && view.registry.source(i).is_some_and(|s| s.kind.carries_news()) => {
            Mention { denotes: Denotes::Source(i), ..mention }
        }
        _ => mention,
    }
}

/// True where the mention ends in an apostrophe, or in one with a short ending glued to it.
fn possessive(view: &View<'_>, mention: &Mention) -> bool {
    let last = mention.last.saturating_sub(1);
    let apostrophe = |t: usize| view.tokens[t].is(Mark::Apostrophe);
    let glued = last > mention.first && !view.tokens[last].spaced && !view.tokens[last].capital && apostrophe(last - 1);
    // An ending that the language lists as a case is told by the slots that ask for the case.
    let cases = &view.language.pack.morphology.cases;
    if glued && cases.values().flatten().any(|ending| ending == view.word(last)) {
        return false;
    }
    mention.last > mention.first && view.name(last).is_none() && (apostrophe(last) || glued)
}

fn mark_fits(view: &View<'_>, at: usize, mark: Mark) -> bool {
    match view.tokens[at].mark() {
        Some(found) => {
            found == mark || mark == Mark::Hyphen && found == Mark::Dash || mark == Mark::Dash && found == Mark::Hyphen
        }
        None => false,
    }
}

/// True where nothing but an adverbial stands between two tokens; used to place contents split around a cue.
pub fn only_adverbial(view: &View<'_>, first: usize, last: usize) -> bool {
    first >= last || opens_adverbial(view, first)
}
