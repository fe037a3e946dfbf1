//! "Did you mean": the nearest of the names that would have been right.

use rapidfuzz::distance::osa;

/// The candidate nearest to `given`, where it is near enough to be meant: a third of its letters may differ.
pub fn nearest<'c>(given: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let lower = given.to_lowercase();
    let most = (lower.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(lower.chars().count()) <= most)
        .map(|candidate| (osa::distance(lower.chars(), candidate.to_lowercase().chars()), candidate))
        .filter(|&(distance, _)| distance <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The hint for `given`, which is none of `candidates`: the nearest, or the whole list where it is short.
pub fn did_you_mean<'c>(given: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    if let Some(near) = nearest(given, candidates.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    match candidates.len() {
        0 => None,
        1..=SHORT => Some(format!("one of: {}", candidates.join(", "))),
        _ => None,
    }
}

/// Most candidates that are told whole.
const SHORT: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        assert_eq!(nearest("acording-to", ["says", "according-to"]), Some("according-to"));
        assert_eq!(nearest("but_not", ["match", "but-not"]), Some("but-not"));
        assert_eq!(nearest("Says", ["says"]), Some("says"));
        assert_eq!(nearest("volume", ["says", "told"]), None);
    }

    #[test]
    fn a_short_list_is_told_whole_and_a_long_one_is_not() {
        assert_eq!(did_you_mean("volume", ["says", "told"]).as_deref(), Some("one of: says, told"));
        assert_eq!(did_you_mean("volume", vec!["x-y-z-w"; 60]), None);
        assert_eq!(did_you_mean("volume", []), None);
    }
}
