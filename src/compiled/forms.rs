//! The forms of lexicons, with the entries of those that each includes.

use std::collections::{BTreeMap, BTreeSet};

use super::shared_words::is_shared;
use crate::rules::pack::LanguagePack;
use crate::rules::template::Template;

/// All forms of all lexicons, with the entries of the lexicons that each includes.
pub fn all_forms(pack: &LanguagePack) -> BTreeMap<(String, String), Vec<&Template>> {
    let mut out: BTreeMap<(String, String), Vec<&Template>> = BTreeMap::new();
    // What only the comparison of articles asks for is looked up by itself.
    for name in pack.lexicons.keys().filter(|name| !is_shared(name)) {
        let mut seen = BTreeSet::from([name.as_str()]);
        let mut todo = vec![name.as_str()];
        while let Some(part) = todo.pop() {
            let Some(lexicon) = pack.lexicons.get(part) else { continue };
            for (form, templates) in lexicon.entries.iter().flat_map(|entry| &entry.forms) {
                out.entry((name.clone(), form.clone())).or_default().extend(templates);
            }
            todo.extend(lexicon.includes.iter().map(String::as_str).filter(|n| seen.insert(n)));
        }
    }
    out
}
