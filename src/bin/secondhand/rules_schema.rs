//! `secondhand rules schema`: the JSON Schema of rule files.

use std::io::Write;
use std::path::{Path, PathBuf};

use secondhand::rules::schema::{FILE_FORMS, FileForm, schema};

use crate::args_rules::SchemaArgs;
use crate::failure::{Failure, Status};
use crate::output;

/// Prints the schema of one kind of files, or writes those of all kinds.
///
/// # Errors
/// Where the output can't be written.
pub fn run(args: &SchemaArgs) -> Result<Status, Failure> {
    let asked = |file: &&FileForm| args.form.as_ref().is_none_or(|name| name == file.name);
    let forms = FILE_FORMS.iter().filter(asked);
    let mut out = output::raw();
    if args.to.is_some() {
        writeln!(out, "# For editors with \"Even Better TOML\" (taplo): put these lines into `.taplo.toml`.")?;
    }
    for file in forms {
        match &args.to {
            Some(folder) => writeln!(out, "\n{}", rule(&write(folder, file)?, file))?,
            None => out.write_all(text(file)?.as_bytes())?,
        }
    }
    out.flush()?;
    Ok(Status::Clean)
}

fn write(folder: &Path, file: &FileForm) -> Result<PathBuf, Failure> {
    let path = folder.join(format!("{}.schema.json", file.name));
    match std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text(file)?)) {
        Ok(()) => Ok(path),
        Err(error) => {
            Err(Failure::usage(format!("{}: {error}", path.display()), "name a folder that can be written to"))
        }
    }
}

/// What tells an editor which files the schema is for.
fn rule(schema: &Path, file: &FileForm) -> String {
    let path = schema.to_string_lossy().replace('\\', "/");
    let path = if schema.is_absolute() { path } else { format!("./{path}") };
    format!("[[rule]]\ninclude = [\"**/{}\"]\nschema  = {{ path = \"{path}\" }}", file.files)
}

fn text(file: &FileForm) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&schema(file))? + "\n")
}
