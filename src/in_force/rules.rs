//! All rules in force, languages ready to be taken up: what an auditor is made of.

use std::collections::BTreeSet;

use crate::compiled::language::Language;
use crate::in_force::prepared::{Prepared, prepared};
use crate::in_force::stored::Foundation;
use crate::rules::assemble::{assemble, hash};
use crate::rules::diagnostic::Diagnostic;
use crate::rules::embedded;
use crate::rules::files::RuleFile;
use crate::rules::load::{Loaded, RuleSources, built_in, folders, load};
use crate::rules::outline::Outline;
use crate::rules::raw::{Role, role};
use crate::rules::rule_files::RuleFiles;
use crate::rules::rule_set::{Beyond, Edition, RuleSet};
use crate::sources::registry::Registry;

/// All rules in force.
#[derive(Debug)]
pub struct InForce {
    /// Which rules they are.
    pub edition: Edition,
    /// The languages, ordered by tag.
    pub outlines: Vec<Outline>,
    /// Who is who.
    pub registry: Registry,
    /// What was read from text: all policies, and of the rest what the build did not prepare.
    pub read: RuleSet,
    /// Where the rest comes from; `None` where everything was read from text.
    pub others: Option<RuleSources>,
    /// Where each of `outlines` is taken up from.
    languages: Vec<Tongue>,
}

/// Rules in force, and what was wrong with those that were read.
#[derive(Debug)]
pub struct TakenUp {
    /// The sound rules.
    pub rules: InForce,
    /// All faults, files in the order of folders and paths.
    pub diagnostics: Vec<Diagnostic>,
    /// What was read from text.
    pub files: RuleFiles,
}

#[derive(Debug)]
enum Tongue {
    /// The language with this index among those that were read from text.
    Read(usize),
    /// Prepared by the build.
    Prepared(Prepared),
}

impl InForce {
    /// Rules that were read from text.
    pub fn of(rules: RuleSet) -> InForce {
        InForce {
            edition: rules.edition(),
            outlines: rules.outlines(),
            registry: Registry::new(&rules),
            others: None,
            languages: (0..rules.languages.len()).map(Tongue::Read).collect(),
            read: rules,
        }
    }

    /// The rules of `sources` with all that is wrong with them, but for what the build found in the built-in ones: of these
    /// only what a folder changes is checked again.
    pub fn load(sources: &RuleSources) -> TakenUp {
        let over = prepared().filter(|_| sources.builtin).and_then(|(foundation, languages)| {
            let mut unread = Vec::new();
            let folders = folders(sources, &mut unread);
            let changed = Changed::by(&folders)?;
            Some(InForce::over(foundation, languages, (folders, unread), &changed, sources))
        });
        over.unwrap_or_else(|| InForce::read(sources))
    }

    /// The same, everything read from text and checked.
    pub fn read(sources: &RuleSources) -> TakenUp {
        let Loaded { rules, diagnostics, files } = load(sources);
        TakenUp { rules: InForce::of(rules), diagnostics, files }
    }

    /// The rules of the `folders` of `sources`, where some could not be read, with what they leave as it is out of the
    /// prepared ones.
    fn over(
        foundation: Foundation,
        prepared: Vec<Prepared>,
        (mut folders, mut diagnostics): (Vec<RuleFile>, Vec<Diagnostic>),
        changed: &Changed,
        sources: &RuleSources,
    ) -> TakenUp {
        let mut edition = foundation.edition;
        if !folders.is_empty() {
            let all = embedded::files(|_| true);
            let built_in = all.iter().map(|(path, text)| (path.as_str(), *text));
            edition.hash = hash(built_in.chain(folders.iter().map(|file| (&*file.path, &*file.text))));
        }
        let mut files = built_in(|path| changed.concerns(path));
        files.append(&mut folders);
        let beyond = Beyond {
            patterns: foundation.patterns,
            classes: foundation.registry.classes().iter().map(|class| class.id.clone()).collect(),
        };
        let (read, mut faults) = assemble(&files, &beyond);
        diagnostics.append(&mut faults);
        let kept = |id: &String| !changed.languages.iter().any(|tag| id.starts_with(&format!("{tag}/")));
        edition.statuses.retain(|id, _| kept(id));
        edition.statuses.extend(read.edition().statuses);
        let registry = if changed.sources { Registry::new(&read) } else { foundation.registry };
        let mut languages: Vec<(Outline, Tongue)> = foundation
            .outlines
            .into_iter()
            .zip(prepared.into_iter().map(Tongue::Prepared))
            .filter(|(outline, _)| !changed.languages.contains(&outline.tag))
            .collect();
        languages.extend(read.outlines().into_iter().zip((0..read.languages.len()).map(Tongue::Read)));
        languages.sort_by(|a, b| a.0.tag.cmp(&b.0.tag));
        let (outlines, languages) = languages.into_iter().unzip();
        let rules = InForce { edition, outlines, registry, read, others: Some(sources.clone()), languages };
        TakenUp { rules, diagnostics, files: RuleFiles::new(files) }
    }

    /// The compiled language at this place among the outlines; `None` where there is no such place.
    pub fn take_up(&self, at: usize) -> Option<Language> {
        match self.languages.get(at)? {
            Tongue::Read(index) => self.read.languages.get(*index).cloned().map(Language::new),
            Tongue::Prepared(language) => language.take_up(),
        }
    }
}

/// Stands in a pack file that takes rules out of force.
const DISABLE: &str = "disable";

/// What folders change of the built-in rules.
struct Changed {
    languages: BTreeSet<String>,
    sources: bool,
}

impl Changed {
    /// `None` where a pack takes rules of others out of force: which ones, only all the rules together tell.
    fn by(folders: &[RuleFile]) -> Option<Changed> {
        let mut changed = Changed { languages: BTreeSet::new(), sources: false };
        for file in folders {
            match role(&file.path) {
                Role::Language(tag) => {
                    changed.languages.insert(tag.to_owned());
                }
                Role::Sources => changed.sources = true,
                Role::Pack if file.text.contains(DISABLE) => return None,
                Role::Policies | Role::Pack | Role::Misplaced => {}
            }
        }
        Some(changed)
    }

    /// True for built-in files that must be read again. Policies always are: they are few.
    fn concerns(&self, path: &str) -> bool {
        match role(path) {
            Role::Language(tag) => self.languages.contains(tag),
            Role::Sources => self.sources,
            Role::Policies | Role::Pack | Role::Misplaced => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::in_force::stored::encoded;
    use crate::rules::diagnostic::Severity;
    use crate::rules::pack::LanguagePack;
    use std::fs;
    use std::path::PathBuf;

    const PATTERN: &str = "[[pattern]]\nid = \"en/house\"\nmeans = \"says\"\nstatus = \"experimental\"\ninstead-of = [\"ru/says\"]\n\
        match = [\"{content}, {source} let it be known\"]\n\
        reads = [\"{content: The quay is shut}, {source: the mayor} {cue: let it be known}.\"]\nignores = [\"They let it be known.\"]\n\
        [nouns.class]\nexperts = [\"wise women\"]\n";
    const SOURCE: &str = "[[source]]\nid = \"quay-post\"\nkind = \"outlet\"\nnames.en = [\"Quay Post\"]\nreads = [\"{Quay Post} said so.\"]\n";
    const FAULTY: &str = "[[pattern]]\nid = \"uk/house\"\nmeans = \"sais\"\nmatch = [\"{source} x\"]\n";

    /// Languages that are compared: in debug builds it takes long to compile them all.
    const LOOKED_AT: [&str; 3] = ["az", "en", "xx"];

    /// What taking up the prepared rules for folders comes to, and what reading everything comes to.
    fn both(files: &[(&str, &str)]) -> (TakenUp, TakenUp) {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let rules = load(&RuleSources::default()).rules;
        let foundation = Foundation::new(&rules);
        let compiled =
            |pack: LanguagePack| if LOOKED_AT.contains(&&*pack.tag) { encoded(&Language::new(pack)) } else { vec![] };
        let prepared = rules.languages.into_iter().map(|pack| Prepared::stored(compiled(pack).leak())).collect();
        let dirs: Vec<PathBuf> = if files.is_empty() { Vec::new() } else { vec![folder.path().to_owned()] };
        let sources = RuleSources { builtin: true, dirs };
        let folders = folders(&sources, &mut Vec::new());
        let changed = Changed::by(&folders).unwrap();
        let over = InForce::over(foundation, prepared, (folders, Vec::new()), &changed, &sources);
        (over, InForce::read(&sources))
    }

    fn same(files: &[(&str, &str)], read: usize) -> (TakenUp, TakenUp) {
        let (over, whole) = both(files);
        let of_folders = |taken: &TakenUp| {
            let found = taken.diagnostics.iter().filter(|d| !d.file.starts_with("<built-in>"));
            found.map(Diagnostic::render).collect::<String>()
        };
        assert_eq!(of_folders(&over), of_folders(&whole));
        assert_eq!(over.rules.edition, whole.rules.edition);
        assert_eq!(encoded(&over.rules.outlines), encoded(&whole.rules.outlines));
        assert!(encoded(&over.rules.registry) == encoded(&whole.rules.registry));
        assert_eq!(format!("{:?}", over.rules.read.policies), format!("{:?}", whole.rules.read.policies));
        assert_eq!(over.rules.read.languages.len(), read, "only what changed is read");
        for (at, outline) in whole.rules.outlines.iter().enumerate().filter(|(_, it)| LOOKED_AT.contains(&&*it.tag)) {
            let language = |rules: &InForce| encoded(&rules.take_up(at).unwrap());
            assert!(language(&over.rules) == language(&whole.rules), "{}", outline.tag);
        }
        assert!(over.rules.take_up(whole.rules.outlines.len()).is_none());
        (over, whole)
    }

    #[test]
    fn prepared_rules_are_those_of_the_text() {
        same(&[], 0);
    }

    #[test]
    fn a_folder_over_prepared_rules_gives_what_a_folder_over_all_texts_gives() {
        let new = "[language]\ntag = \"xx\"\n";
        let house =
            [("languages/en/house.toml", PATTERN), ("languages/xx/a.toml", new), ("sources/house.toml", SOURCE)];
        let (over, _) = same(&[&house[..], &[("languages/uk/house.toml", FAULTY)]].concat(), 3);
        assert!(over.diagnostics.iter().any(|d| d.severity == Severity::Error && d.code == "unknown-value"));
    }

    #[test]
    fn a_pack_that_takes_rules_out_of_force_has_all_of_them_read() {
        let pack = |text: &str| RuleFile::new("pack.toml".into(), "pack.toml".into(), text.into(), 1);
        assert!(Changed::by(&[pack("[disable]\nrules = [\"en/says\"]\n")]).is_none());
        assert!(Changed::by(&[pack("name = \"house\"\n")]).is_some());
    }
}
