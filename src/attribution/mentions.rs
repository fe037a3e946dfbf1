//! The mentions next to the cues of one stretch, each worked out once: every template of a cue asks for the same ones.

use std::cell::RefCell;

use rapidhash::RapidHashMap;

use crate::scan::{Region, View};
use crate::sources::mention::{self, Mention};

/// What was asked: the token, and in which way.
type Question = (usize, Way);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Way {
    EndsBefore,
    Long,
    Short,
}

/// The mentions of one region.
pub struct Mentions<'v, 'a> {
    /// The block.
    pub view: &'v View<'a>,
    /// The stretch that is read.
    pub region: &'v Region,
    known: RefCell<RapidHashMap<Question, Option<Mention>>>,
}

impl<'v, 'a> Mentions<'v, 'a> {
    /// Nothing asked yet.
    pub fn new(view: &'v View<'a>, region: &'v Region) -> Mentions<'v, 'a> {
        Mentions { view, region, known: RefCell::default() }
    }

    /// The mention that ends right before token `end`.
    pub fn before(&self, end: usize) -> Option<Mention> {
        self.ask((end, Way::EndsBefore), || mention::before(self.view, self.region, end))
    }

    /// The mention that starts at token `at`; `apposition`: with appositions behind it.
    pub fn after(&self, at: usize, apposition: bool) -> Option<Mention> {
        let way = if apposition { Way::Long } else { Way::Short };
        self.ask((at, way), || mention::after(self.view, self.region, at, apposition))
    }

    /// The mention that the words from token `first` to before token `last` are, if they are one.
    pub fn exact(&self, first: usize, last: usize) -> Option<Mention> {
        mention::exact(self.view, self.region, first, last)
    }

    /// The same with the marks around a name that is these words.
    pub fn in_marks(&self, first: usize, last: usize) -> Option<Mention> {
        mention::in_marks(self.view, self.region, first, last)
    }

    fn ask(&self, question: Question, find: impl FnOnce() -> Option<Mention>) -> Option<Mention> {
        if let Some(known) = self.known.borrow().get(&question) {
            return known.clone();
        }
        let found = find();
        self.known.borrow_mut().insert(question, found.clone());
        found
    }
}
