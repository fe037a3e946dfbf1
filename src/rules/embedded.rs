//! The rules that come with the program.

use include_dir::{Dir, include_dir};

static RULES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The built-in rule files: path relative to `rules/`, with `/`, and text; in no particular order.
pub fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    gather(&RULES, &mut found);
    found
}

fn gather(folder: &Dir<'static>, found: &mut Vec<(String, String)>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if let Some(text) = file.contents_utf8().filter(|_| path.ends_with(".toml")) {
            found.push((path, text.to_owned()));
        }
    }
    folder.dirs().for_each(|inner| gather(inner, found));
}
