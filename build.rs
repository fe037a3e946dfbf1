//! Prepares the built-in rules: what is checked and compiled here need not be when the program starts. A broken rule is left
//! out, as always; `secondhand rules check` tells of it.
//!
//! The modules are those of the library. A build for development prepares nothing: such a program reads the rules as text.
#![allow(dead_code, unused_imports, reason = "the modules hold more than a build asks for")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/article.rs"]
mod article;
#[path = "src/attribution"]
mod attribution {
    pub mod model;
}
#[path = "src/compiled"]
mod compiled {
    pub mod anchors;
    pub mod atoms;
    pub mod compounds;
    pub mod forms;
    pub mod glued;
    pub mod language;
    pub mod lex_bits;
    pub mod own_marks;
    pub mod phrase_hits;
    pub mod phrase_trie;
    pub mod roles;
    pub mod shared_words;
    pub mod signature;
    pub mod slot;
    pub mod word_classes;
    pub mod word_lists;
}
#[path = "src/in_force"]
mod in_force {
    pub mod stored;
}
#[path = "src/policy"]
mod policy {
    pub mod facts;
}
#[path = "src/record.rs"]
mod record;
#[path = "src/rules"]
mod rules {
    pub mod assemble;
    pub mod check;
    pub mod check_language;
    pub mod check_lexicon;
    pub mod check_meta;
    pub mod check_names;
    pub mod check_pattern;
    pub mod check_place;
    pub mod check_policy;
    pub mod check_source;
    pub mod clean;
    pub mod combine;
    pub mod contradiction;
    pub mod diagnostic;
    pub mod explained;
    pub mod fields;
    pub mod files;
    pub mod form;
    pub mod forms;
    pub mod glue;
    pub mod labelled;
    pub mod near_miss;
    pub mod notation;
    pub mod outline;
    pub mod overlay;
    pub mod pack;
    pub mod packs;
    pub mod parse_template;
    pub mod plain_words;
    pub mod policy;
    pub mod quoted;
    pub mod raw;
    pub mod raw_language;
    pub mod raw_meta;
    pub mod raw_pack;
    pub mod raw_policy;
    pub mod raw_source;
    pub mod rule_id;
    pub mod rule_set;
    pub mod shape;
    pub mod suggest;
    pub mod template;
    pub mod word_forms;
    pub mod words;
}
#[path = "src/sources"]
mod sources {
    pub mod find;
    pub mod morphology;
    pub mod name_languages;
    pub mod names;
    pub mod registry;
    pub mod step_table;
}
#[path = "src/text"]
mod text {
    pub mod ending;
    pub mod in_order;
    pub mod letter;
    pub mod lines;
    pub mod span;
    pub mod token;
    pub mod word_table;
}

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let optimised = env::var("OPT_LEVEL").is_ok_and(|level| level != "0");
    let listed = if optimised {
        prepare(Path::new("rules"), &out)?
    } else {
        "Files { foundation: &[], languages: &[] }".to_owned()
    };
    fs::write(out.join("prepared.rs"), listed)
}

/// Writes the prepared rules to `out`, and gives the source text of the value that holds them.
fn prepare(folder: &Path, out: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    gather(folder, "", &mut files)?;
    let files = rules::assemble::in_memory(files);
    let rules = rules::assemble::assemble(&files, &Default::default()).0;
    fs::write(out.join("foundation.bin"), in_force::stored::encoded(&in_force::stored::Foundation::new(&rules)))?;
    let mut listed = String::from("Files { foundation: include_bytes!(\"foundation.bin\"), languages: &[");
    for pack in rules.languages {
        let tag = pack.tag.clone();
        fs::write(out.join(format!("{tag}.words")), rules::outline::Outline::new(&pack).vocabulary.bytes())?;
        fs::write(out.join(format!("{tag}.bin")), in_force::stored::encoded(&compiled::language::Language::new(pack)))?;
        let _ = write!(
            listed,
            "LanguageFile {{ tag: {tag:?}, compiled: include_bytes!(\"{tag}.bin\"), vocabulary: include_bytes!(\"{tag}.words\") }},"
        );
    }
    listed.push_str("] }");
    Ok(listed)
}

/// The rule files under `folder` with their paths relative to the rules folder.
fn gather(folder: &Path, below: &str, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), &format!("{below}{name}/"), files)?;
        } else if name.ends_with(".toml") {
            files.push((format!("{below}{name}"), fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}
