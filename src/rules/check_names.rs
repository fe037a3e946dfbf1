//! Names of sources against each other: the same name twice, and names that stand inside longer ones.

use rapidhash::RapidHashMap;

use crate::rules::files::Faults;
use crate::rules::overlay::Merged;
use crate::rules::pack::SourceEntry;

/// A name cut into words, and the source it belongs to.
struct Name<'s> {
    source: usize,
    words: Vec<&'s str>,
    written: &'s str,
}

/// Warns of names that belong to two sources, and of sources whose name stands in another's without a near miss that
/// shows it. Warnings only: one entry must not put another out of force.
pub fn check_names(sources: &[SourceEntry], merged: &Merged, faults: &mut Faults<'_>) {
    let mut names: Vec<Name<'_>> = Vec::new();
    for (source, entry) in sources.iter().enumerate() {
        for written in entry.names.values().flatten() {
            // Names are many: cut at spaces and marks, without asking for the class of each letter.
            let words = written.split(|c: char| c.is_ascii_whitespace() || c.is_ascii_punctuation());
            names.push(Name { source, words: words.filter(|word| !word.is_empty()).collect(), written });
        }
    }
    let mut by_first: RapidHashMap<&str, Vec<&Name<'_>>> = RapidHashMap::default();
    for name in &names {
        if let Some(first) = name.words.first() {
            by_first.entry(first).or_default().push(name);
        }
    }
    // Once for each source, however many of its names are at fault.
    let mut told = vec![false; sources.len()];
    for long in &names {
        for (from, word) in long.words.iter().enumerate() {
            for short in by_first.get(word).into_iter().flatten() {
                if short.source == long.source || told[short.source] || !long.words[from..].starts_with(&short.words) {
                    continue;
                }
                let (Some(entry), Some(other)) = (sources.get(short.source), sources.get(long.source)) else {
                    continue;
                };
                let Some(at) = merged.sources.get(&entry.id).and_then(|stack| stack.first()).map(|raw| raw.id.at)
                else {
                    continue;
                };
                if short.words.len() == long.words.len() {
                    // Told at the second of the two alone.
                    if short.source > long.source {
                        told[short.source] = true;
                        let message = format!("`{}` is a name of `{}` as well", short.written, other.id);
                        let hint = Some("keep it for one of them: nothing tells which is meant".to_owned());
                        faults.warn(at, "name-twice", message, hint);
                    }
                } else if entry.ignores.is_empty() {
                    told[short.source] = true;
                    let message =
                        format!("`{}` stands inside `{}`, a name of `{}`", short.written, long.written, other.id);
                    let hint = Some(format!("add a sentence with `{}` to `ignores`", long.written));
                    faults.warn(at, "name-inside-name", message, hint);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::load::load_from;
    use crate::rules::sample::files;

    /// Code and line of each fault that a second source with this name makes, and how many sources are left.
    fn with_second(name: &str, ignores: bool) -> (Vec<(&'static str, u32)>, usize) {
        let mut files = files();
        if !ignores {
            let text = &mut files[3].1;
            *text = text
                .replace("names-need = [[\"Lumera\", \"cue\"]]\n", "")
                .replace("ignores = [\"A lumera is a jellyfish.\"]\n", "");
        }
        let second = format!(
            "[[source]]\nid = \"second\"\nname = \"Second\"\nkind = \"wire\"\nnames.en = [\"{name}\"]\nreads = [\"So {{{name}}} said.\"]\n"
        );
        files.push(("sources/z.toml".to_owned(), second));
        let loaded = load_from(files);
        (loaded.diagnostics.iter().map(|fault| (fault.code, fault.line)).collect(), loaded.rules.sources.len())
    }

    #[test]
    fn a_name_inside_another_asks_for_a_near_miss() {
        assert_eq!(with_second("Lumera Weekly", false), (vec![("name-inside-name", 2)], 2));
        assert_eq!(with_second("Lumera Weekly", true), (vec![], 2));
        assert_eq!(with_second("Lumeraweekly", false), (vec![], 2));
    }

    #[test]
    fn a_name_of_two_sources_is_told_once() {
        assert_eq!(with_second("Lumera", true), (vec![("name-twice", 2)], 2));
    }
}
