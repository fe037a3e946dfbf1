//! The PATH of commands on rules: a folder of rules, or one file in such a folder.

use std::path::{Path, PathBuf};

use secondhand::workbench::choice::Within;

use crate::failure::Failure;

/// What PATH asks for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The folder of rules to take over the others.
    pub folder: Option<PathBuf>,
    /// Where rules must stand; `None` without PATH.
    pub within: Option<Within>,
}

/// Tells the folder of rules from PATH.
///
/// # Errors
/// Where PATH is a file that stands in no folder of rules.
pub fn asked(path: Option<&Path>) -> Result<Asked, Failure> {
    let Some(path) = path else { return Ok(Asked::default()) };
    if !path.is_file() {
        return Ok(Asked { folder: Some(path.to_owned()), within: Some(Within::LastFolder) });
    }
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let up = |levels: usize| whole.ancestors().nth(levels).map(Path::to_path_buf);
    let named = |levels: usize, names: &[&str]| {
        up(levels)
            .and_then(|p| Some(p.file_name()?.to_str()?.to_owned()))
            .is_some_and(|name| names.contains(&name.as_str()))
    };
    let levels = if named(1, &["sources", "policies"]) {
        2
    } else if named(2, &["languages"]) {
        3
    } else {
        let hint = "rule files stand in languages/TAG/, sources/ or policies/ of a folder of rules; give the folder, or a file in it";
        return Err(Failure::usage(format!("{}: this file stands in no folder of rules", path.display()), hint));
    };
    let root = up(levels).unwrap_or_default();
    let within = whole.strip_prefix(&root).map(|rest| rest.to_string_lossy().replace('\\', "/")).unwrap_or_default();
    // As short as PATH itself is written, so that messages name it so.
    let shown = path.ancestors().nth(levels).map(Path::to_path_buf).unwrap_or(root);
    let folder = if shown.as_os_str().is_empty() { PathBuf::from(".") } else { shown };
    Ok(Asked { folder: Some(folder), within: Some(Within::File(within)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_leads_to_its_folder_of_rules() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("house/languages/en/house.toml");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "").unwrap();
        let found = asked(Some(&file)).unwrap();
        assert_eq!(found.folder, Some(root.path().join("house")));
        assert_eq!(found.within, Some(Within::File("languages/en/house.toml".into())));
        let stray = root.path().join("stray.toml");
        std::fs::write(&stray, "").unwrap();
        assert!(asked(Some(&stray)).is_err());
        assert_eq!(asked(Some(root.path())).unwrap().within, Some(Within::LastFolder));
    }
}
