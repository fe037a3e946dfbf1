//! The steps of a trie in one table: a node and a symbol, and the node behind them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The steps from node to node.
#[derive(Debug, Clone, Default)]
pub struct StepTable {
    /// A power of two of them, at most half taken.
    slots: Vec<Step>,
    taken: usize,
    /// How far a product is shifted to leave the number of a slot.
    shift: u32,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    from: u32,
    symbol: u32,
    /// [`NOWHERE`] where the slot is free.
    to: u32,
}

/// No node.
const NOWHERE: u32 = u32::MAX;
/// Fewest slots.
const LEAST: usize = 16;
/// An odd number whose products spread what differs in any bit of a step over their high bits.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl StepTable {
    /// The node behind `from` over `symbol`; `None` where no step leads there.
    #[inline]
    pub fn get(&self, from: u32, symbol: u32) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = self.first_slot(from, symbol);
        loop {
            let step = self.slots.get(at)?;
            if step.to == NOWHERE {
                return None;
            }
            if step.from == from && step.symbol == symbol {
                return Some(step.to);
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a step that is not there yet; `to` is a node's number below [`u32::MAX`].
    pub fn insert(&mut self, from: u32, symbol: u32, to: u32) {
        if (self.taken + 1) * 2 > self.slots.len() {
            let known = std::mem::take(&mut self.slots);
            self.make_room(self.taken + 1);
            known.into_iter().filter(|step| step.to != NOWHERE).for_each(|step| self.place(step));
        }
        self.taken += 1;
        self.place(Step { from, symbol, to });
    }

    /// Makes free slots for so many steps and as many again.
    fn make_room(&mut self, steps: usize) {
        let slots = (steps * 3).next_power_of_two().max(LEAST);
        self.slots.resize(slots, Step { from: 0, symbol: 0, to: NOWHERE });
        self.shift = u64::BITS - slots.trailing_zeros();
    }

    fn place(&mut self, step: Step) {
        let mask = self.slots.len() - 1;
        let mut at = self.first_slot(step.from, step.symbol);
        while self.slots[at].to != NOWHERE {
            at = (at + 1) & mask;
        }
        self.slots[at] = step;
    }

    #[inline]
    fn first_slot(&self, from: u32, symbol: u32) -> usize {
        ((u64::from(from) << 32 | u64::from(symbol)).wrapping_mul(SPREAD) >> self.shift) as usize
    }
}

impl Serialize for StepTable {
    /// The steps in their order, so that the same ones are stored in the same bytes.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let taken = self.slots.iter().filter(|step| step.to != NOWHERE);
        let mut steps: Vec<(u32, u32, u32)> = taken.map(|step| (step.from, step.symbol, step.to)).collect();
        steps.sort_unstable();
        steps.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for StepTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<StepTable, D::Error> {
        let steps = Vec::<(u32, u32, u32)>::deserialize(deserializer)?;
        let mut table = StepTable { taken: steps.len(), ..StepTable::default() };
        table.make_room(steps.len());
        for (from, symbol, to) in steps.into_iter().filter(|(.., to)| *to != NOWHERE) {
            table.place(Step { from, symbol, to });
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn steps_lead_where_they_were_set_and_others_nowhere() {
        let mut table = StepTable::default();
        assert_eq!(table.get(0, 7), None, "an empty one");
        table.insert(0, 7, 1);
        table.insert(7, 0, 2);
        assert_eq!(
            (table.get(0, 7), table.get(7, 0), table.get(0, 0), table.get(7, 7)),
            (Some(1), Some(2), None, None)
        );
    }

    proptest! {
        #[test]
        fn a_stored_table_answers_as_before(steps in prop::collection::btree_map((0..9u32, 0..99u32), 0..999u32, 0..80)) {
            let mut table = StepTable::default();
            steps.iter().for_each(|((from, symbol), to)| table.insert(*from, *symbol, *to));
            let text = serde_json::to_string(&table).unwrap();
            let stored: StepTable = serde_json::from_str(&text).unwrap();
            let asked: BTreeMap<(u32, u32), Option<u32>> = (0..9).flat_map(|from| (0..99).map(move |symbol| (from, symbol)))
                .map(|step| (step, steps.get(&step).copied())).collect();
            for ((from, symbol), to) in asked {
                prop_assert_eq!(table.get(from, symbol), to);
                prop_assert_eq!(stored.get(from, symbol), to);
            }
        }
    }
}
