//! The mentions next to the cues of one stretch, each worked out once: every template of a cue asks for the same ones.

use std::cell::RefCell;
use std::rc::Rc;

use crate::scan::{Region, View};
use crate::sources::mention::{self, MOST_APPOSITIONS, Mention};

/// In which way a mention was asked for.
#[derive(Debug, Clone, Copy)]
enum Way {
    EndsBefore,
    Long,
    First,
    Short,
}

/// How many ways there are.
const WAYS: usize = 4;

/// The mentions of one region.
pub struct Mentions<'v, 'a> {
    /// The block.
    pub view: &'v View<'a>,
    /// The stretch that is read.
    pub region: &'v Region,
    /// What was found.
    known: RefCell<Known>,
}

#[derive(Default)]
struct Known {
    /// By token of the region, and way: the place of the answer in `answers` plus 1, 0 where nobody asked.
    places: Vec<[u32; WAYS]>,
    answers: Vec<Option<Mention>>,
    /// Mentions in a case, by what was asked.
    in_cases: Vec<(InCase, Found)>,
}

/// Mentions, each with one past its last token, or with its first one, endings and letters before it included.
pub type Found = Rc<[(Mention, usize)]>;

/// Mentions that bear a case (its place among those of the language) and start at a token, or end before one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InCase {
    /// The case.
    pub case: u16,
    /// The token.
    pub at: usize,
    /// True where they end before it.
    pub before: bool,
}

impl<'v, 'a> Mentions<'v, 'a> {
    /// Nothing asked yet.
    pub fn new(view: &'v View<'a>, region: &'v Region) -> Mentions<'v, 'a> {
        Mentions { view, region, known: RefCell::default() }
    }

    /// The mention that ends right before token `end`.
    pub fn before(&self, end: usize) -> Option<Mention> {
        self.ask(end, Way::EndsBefore, || mention::before(self.view, self.region, end))
    }

    /// The mention that starts at token `at`; `apposition`: with appositions behind it.
    pub fn after(&self, at: usize, apposition: bool) -> Option<Mention> {
        let way = if apposition { Way::Long } else { Way::Short };
        let most = if apposition { MOST_APPOSITIONS } else { 0 };
        self.ask(at, way, || mention::after(self.view, self.region, at, most))
    }

    /// The mention that starts at token `at` with the first of several appositions; `None` where it has no second one.
    pub fn after_first(&self, at: usize) -> Option<Mention> {
        let (long, short) = (self.after(at, true)?, self.after(at, false)?);
        if long.last == short.last {
            return None;
        }
        let found = self.ask(at, Way::First, || mention::after(self.view, self.region, at, 1))?;
        (found.last > short.last && found.last < long.last).then_some(found)
    }

    /// The mention that the words from token `first` to before token `last` are, if they are one.
    pub fn exact(&self, first: usize, last: usize) -> Option<Mention> {
        mention::exact(self.view, self.region, first, last)
    }

    /// The same with the marks around a name that is these words.
    pub fn in_marks(&self, first: usize, last: usize) -> Option<Mention> {
        mention::in_marks(self.view, self.region, first, last)
    }

    /// What `find` gives, remembered.
    pub fn in_case(&self, asked: InCase, find: impl FnOnce() -> Vec<(Mention, usize)>) -> Found {
        let known = self.known.borrow().in_cases.iter().find(|(key, _)| *key == asked).map(|(_, found)| found.clone());
        known.unwrap_or_else(|| {
            let found: Found = find().into();
            self.known.borrow_mut().in_cases.push((asked, found.clone()));
            found
        })
    }

    fn ask(&self, at: usize, way: Way, find: impl FnOnce() -> Option<Mention>) -> Option<Mention> {
        // A mention may end where the region does.
        let Some(token) = at.checked_sub(self.region.first).filter(|_| at <= self.region.last) else { return find() };
        let place = self.known.borrow().places.get(token).map_or(0, |places| places[way as usize]);
        if place > 0 {
            return self.known.borrow().answers.get(place as usize - 1).cloned().flatten();
        }
        let found = find();
        let mut known = self.known.borrow_mut();
        if known.places.is_empty() {
            known.places.resize(self.region.last - self.region.first + 1, [0; WAYS]);
        }
        known.answers.push(found.clone());
        let place = known.answers.len() as u32;
        if let Some(places) = known.places.get_mut(token) {
            places[way as usize] = place;
        }
        found
    }
}
