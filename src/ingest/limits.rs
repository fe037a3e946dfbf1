//! How much is taken from one input, and the errors of readers: a limit that was reached, data that are damaged.

use std::cell::Cell;
use std::io;

/// Archives in archives that are opened, where nothing else is said.
pub const MOST_DEPTH: u32 = 4;
/// Times its packed size that data may take, where nothing else is said: text shrinks to a fifth or a tenth.
pub const MOST_RATIO: u64 = 200;
/// Bytes that one input may unpack to, where nothing else is said.
pub const MOST_UNPACKED: u64 = 64 << 30;
/// Entries of one input's archives, where nothing else is said.
pub const MOST_ENTRIES: u64 = 1_000_000;
/// Seconds for one article, where nothing else is said: many times what the longest one takes.
pub const TIME_LIMIT: u32 = 60;
/// Bytes that are unpacked before their ratio is looked at: a short text of one letter is no attack.
const GRACE: u64 = 16 << 20;

/// What may be unpacked of one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Archives and compressions inside each other.
    pub most_depth: u32,
    /// Times its packed size that data may take.
    pub most_ratio: u64,
    /// Bytes in all.
    pub most_unpacked: u64,
    /// Entries of archives in all.
    pub most_entries: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            most_depth: MOST_DEPTH,
            most_ratio: MOST_RATIO,
            most_unpacked: MOST_UNPACKED,
            most_entries: MOST_ENTRIES,
        }
    }
}

/// What one input has used up so far.
#[derive(Debug, Default)]
pub struct Ledger {
    limits: Limits,
    unpacked: Cell<u64>,
    entries: Cell<u64>,
}

impl Ledger {
    /// Nothing used yet.
    pub fn new(limits: Limits) -> Ledger {
        Ledger { limits, ..Ledger::default() }
    }

    /// Counts `new` bytes that came out of a packing of `packed` bytes, which gave `out` so far.
    ///
    /// # Errors
    /// Where that is over a limit.
    pub fn unpacked(&self, new: u64, packed: u64, out: u64) -> Result<(), LimitReached> {
        let all = self.unpacked.get() + new;
        self.unpacked.set(all);
        let Limits { most_ratio, most_unpacked, .. } = self.limits;
        if all > most_unpacked {
            return Err(LimitReached {
                code: "too-much-unpacked",
                message: format!("it unpacks to more than {most_unpacked} bytes; the rest was left out"),
                hint: "raise --max-unpacked if the input is to be trusted".to_owned(),
            });
        }
        if out > GRACE && out / most_ratio.max(1) > packed {
            return Err(LimitReached {
                code: "packed-too-tightly",
                message: format!("it unpacks to more than {most_ratio} times its size; the rest was left out"),
                hint: "raise --max-ratio if the input is to be trusted".to_owned(),
            });
        }
        Ok(())
    }

    /// Counts an entry of an archive.
    ///
    /// # Errors
    /// Where there are too many.
    pub fn entry(&self) -> Result<(), LimitReached> {
        self.entries.set(self.entries.get() + 1);
        if self.entries.get() <= self.limits.most_entries { Ok(()) } else { Err(self.crowded()) }
    }

    /// Asks whether `count` more entries may come.
    ///
    /// # Errors
    /// Where there are too many.
    pub fn fits(&self, count: u64) -> Result<(), LimitReached> {
        if self.entries.get().saturating_add(count) <= self.limits.most_entries { Ok(()) } else { Err(self.crowded()) }
    }

    fn crowded(&self) -> LimitReached {
        LimitReached {
            code: "too-many-entries",
            message: format!("there are more than {} entries in it; the rest was left out", self.limits.most_entries),
            hint: "raise --max-entries, or unpack it first".to_owned(),
        }
    }

    /// Asks whether something may be opened `depth` packings down (0: the file itself).
    ///
    /// # Errors
    /// Where that is too deep.
    pub fn descend(&self, depth: u32) -> Result<(), LimitReached> {
        let most = self.limits.most_depth;
        if depth < most {
            return Ok(());
        }
        Err(LimitReached {
            code: "too-deep",
            message: format!("it is packed more than {most} times over"),
            hint: "raise --max-depth, or unpack it first".to_owned(),
        })
    }
}

/// A limit that an input reached: nothing more is read of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct LimitReached {
    /// A stable name of the limit.
    pub code: &'static str,
    /// The sentence for people, with the limit.
    pub message: String,
    /// Which option changes it.
    pub hint: String,
}

impl From<LimitReached> for io::Error {
    fn from(limit: LimitReached) -> io::Error {
        io::Error::other(limit)
    }
}

/// Packed data that are damaged. Reading goes on behind the damage with the next read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {packing} data that start at byte {offset} are damaged: {why}")]
pub struct Damaged {
    /// What they are packed with.
    pub packing: &'static str,
    /// Where the damaged part starts, in bytes of the packed input.
    pub offset: u64,
    /// What is wrong.
    pub why: String,
}

impl From<Damaged> for io::Error {
    fn from(damaged: Damaged) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, damaged)
    }
}

/// The limit behind an error, if it is one.
pub fn limit_of(error: &io::Error) -> Option<&LimitReached> {
    error.get_ref()?.downcast_ref()
}

/// The damage behind an error, if it is one.
pub fn damage_of(error: &io::Error) -> Option<&Damaged> {
    error.get_ref()?.downcast_ref()
}

/// All that a reader gives, and the offsets of the damage that it told on the way.
#[cfg(test)]
pub fn read_past_damage(mut reader: impl io::Read) -> (String, Vec<u64>) {
    let (mut out, mut faults, mut buffer) = (Vec::new(), Vec::new(), [0; 50]);
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => out.extend_from_slice(&buffer[..count]),
            Err(error) => match damage_of(&error) {
                Some(damage) => faults.push(damage.offset),
                None => break,
            },
        }
    }
    (String::from_utf8_lossy(&out).into_owned(), faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_things_may_be_packed_tightly_and_large_ones_may_not() {
        let ledger = Ledger::new(Limits::default());
        assert!(ledger.unpacked(1 << 20, 10, 1 << 20).is_ok());
        assert_eq!(ledger.unpacked(1, 10, GRACE + 1).unwrap_err().code, "packed-too-tightly");
        assert!(ledger.unpacked(1, GRACE / 100, GRACE + 1).is_ok());
    }

    #[test]
    fn totals_entries_and_depth_are_counted_over_the_whole_input() {
        let limits = Limits { most_depth: 2, most_entries: 2, most_unpacked: 100, ..Limits::default() };
        let ledger = Ledger::new(limits);
        assert!(ledger.unpacked(60, 60, 60).is_ok());
        let reached = ledger.unpacked(60, 60, 60).unwrap_err();
        assert_eq!(reached.code, "too-much-unpacked");
        assert!(reached.message.contains("100") && reached.hint.contains("--max-unpacked"));
        assert!(ledger.entry().is_ok() && ledger.entry().is_ok());
        assert!(ledger.entry().unwrap_err().hint.contains("--max-entries"));
        assert!(ledger.descend(1).is_ok());
        assert!(ledger.descend(2).unwrap_err().hint.contains("--max-depth"));
    }
}
