//! From the texts of rule files to clean rules: read, merged, checked and hashed.

use xxhash_rust::xxh3::Xxh3;

use crate::rules::check::check;
use crate::rules::diagnostic::Diagnostic;
use crate::rules::files::{Faults, RuleFile};
use crate::rules::overlay::merge;
use crate::rules::packs::{apply_defaults, check_packs, disable, severities};
use crate::rules::raw::read;
use crate::rules::rule_set::{Beyond, RuleSet};

/// The sound rules of `files`, and all faults, files in the order given.
pub fn assemble(files: &[RuleFile], beyond: &Beyond) -> (RuleSet, Vec<Diagnostic>) {
    let mut faults = Faults::new(files);
    let mut raw = read(files, &mut faults);
    check_packs(&raw.packs, files, &mut faults);
    apply_defaults(&mut raw, &faults);
    let packs = std::mem::take(&mut raw.packs);
    let mut merged = merge(raw, &mut faults);
    disable(&packs, &mut merged, &mut faults);
    let mut rules = check(&merged, beyond, &mut faults);
    severities(&packs, &mut rules.policies, &mut faults);
    rules.hash = hash(files.iter().map(|file| (&*file.path, &*file.text)));
    (rules, faults.finish())
}

/// Files of one layer from memory: paths relative to a rules folder, with `/`, and texts.
pub fn in_memory(mut files: Vec<(String, String)>) -> Vec<RuleFile> {
    files.sort();
    files.into_iter().map(|(path, text)| RuleFile::new(path.clone(), path, text, 0)).collect()
}

/// xxh3-128 over paths and texts, in the order of layers and paths, as hexadecimal digits. The name of the folder does not
/// count.
pub fn hash<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> String {
    let mut hasher = Xxh3::new();
    for (path, text) in files {
        for part in [path, text] {
            // Lengths first, so that no text can run over into the next.
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    format!("{:032x}", hasher.digest128())
}
