//! Regions and cities: from tables as written to clean entries, with everything about them checked.

use std::collections::BTreeSet;

use crate::rules::clean::{check_id, forms_by_language};
use crate::rules::files::Faults;
use crate::rules::overlay::Merged;
use crate::rules::pack::PlaceEntry;
use crate::rules::raw_source::RawPlace;
use crate::rules::suggest::did_you_mean;

/// The clean places, ordered by id.
pub fn check_places(merged: &Merged, faults: &mut Faults<'_>) -> Vec<PlaceEntry> {
    let known: BTreeSet<&str> = merged.places.keys().chain(merged.countries.keys()).map(String::as_str).collect();
    merged.places.values().filter_map(|stack| stack.iter().find_map(|raw| check_place(raw, &known, faults))).collect()
}

fn check_place(raw: &RawPlace, known: &BTreeSet<&str>, faults: &mut Faults<'_>) -> Option<PlaceEntry> {
    let before = faults.errors();
    check_id(&raw.id, &[], faults);
    for around in &raw.within {
        if !known.contains(around.value.as_str()) {
            let hint = did_you_mean(&around.value, known.iter().copied());
            faults.error(around.at, "unknown-place", format!("there is no place or country `{}`", around.value), hint);
        }
    }
    let names = forms_by_language(&raw.names, faults);
    if names.is_empty() && !raw.broken {
        faults.error(raw.id.at, "missing-key", "a place needs `names`", Some("write `names.en = […]`".to_owned()));
    }
    let sound = !raw.broken && faults.errors() == before;
    let within = raw.within.iter().map(|text| text.value.clone()).collect();
    sound.then(|| PlaceEntry { id: raw.id.value.clone(), names, within })
}

#[cfg(test)]
mod tests {
    use crate::rules::sample::{faults, with};

    #[test]
    fn a_place_lies_in_places_that_there_are() {
        let places = |within: &str| {
            format!("[[place]]\nid = \"moss\"\nwithin = [\"{within}\"]\nnames.en = [\"Moss[es]\"]\n[[country]]")
        };
        let found = faults("[[country]]", &places("latvai"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].0, found[0].4.as_str()), ("unknown-place", "did you mean `latvia`?"));
        let rules = with("[[country]]", &places("latvia")).rules;
        assert_eq!(
            (rules.places[0].within.as_slice(), rules.places[0].names["en"].len()),
            (&["latvia".to_owned()][..], 2)
        );
    }
}
