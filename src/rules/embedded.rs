//! The rules that come with the program.

use include_dir::{Dir, include_dir};

static RULES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The built-in rule files: path relative to `rules/`, with `/`, and text; in the order of paths.
pub fn files() -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    gather(&RULES, &mut found);
    found.sort();
    found
}

fn gather(folder: &Dir<'static>, found: &mut Vec<(String, &'static str)>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let text = if path.ends_with(".toml") { file.contents_utf8() } else { None };
        found.extend(text.map(|text| (path, text)));
    }
    folder.dirs().for_each(|inner| gather(inner, found));
}
