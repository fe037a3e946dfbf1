//! The rules that come with the program.

use include_dir::{Dir, include_dir};

static RULES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The built-in rule files whose paths `wanted` takes: path relative to `rules/`, with `/`, and text; in the order of paths.
pub fn files(wanted: impl Fn(&str) -> bool) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    gather(&RULES, &wanted, &mut found);
    found.sort();
    found
}

fn gather(folder: &Dir<'static>, wanted: &impl Fn(&str) -> bool, found: &mut Vec<(String, &'static str)>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        // Texts are looked at as such only where they are wanted: there are megabytes of them.
        if path.ends_with(".toml") && wanted(&path) {
            found.extend(file.contents_utf8().map(|text| (path, text)));
        }
    }
    folder.dirs().for_each(|inner| gather(inner, wanted, found));
}
