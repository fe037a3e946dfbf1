//! Maps written in the order of their keys, so that the same rules are stored in the same bytes.

use std::collections::{BTreeMap, HashMap};

use serde::{Serialize, Serializer};

/// Writes `map` in the order of its keys.
///
/// # Errors
/// Where the serializer fails.
pub fn in_order<K, V, H, S>(map: &HashMap<K, V, H>, serializer: S) -> Result<S::Ok, S::Error>
where
    K: Ord + Serialize,
    V: Serialize,
    S: Serializer,
{
    map.iter().collect::<BTreeMap<_, _>>().serialize(serializer)
}
