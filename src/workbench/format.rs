//! The layout of rule files: order of keys, spaces and indents; comments stay where they belong, and no value changes.

use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, RawString, Table, Value};

use crate::rules::form::{Form, Shape};

/// Lists are broken where their line would be longer than this, in code points: wordings and sentences one a line, others by filling lines.
const WIDEST: usize = 120;

/// Spaces before the items of a list.
const INDENT: usize = 2;

/// Keys whose items stand one a line once their list is broken: wordings and sentences.
const APART: [&str; 5] = ["match", "reads", "ignores", "flags-in", "silent-in"];

/// Why a file can't be laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The file is no TOML.
    #[error("this is no TOML: {0}")]
    Syntax(String),
    /// What would be written does not mean the same.
    #[error("the layout of this file can't be changed without changing what it means")]
    Changed,
}

/// `text`, a file of `form`, in the layout that all rule files share.
///
/// # Errors
/// Where it is no TOML; a file whose meaning would change is refused.
pub fn format(text: &str, form: &Form) -> Result<String, FormatError> {
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| FormatError::Syntax(error.message().to_owned()))?;
    table(document.as_table_mut(), Some(form));
    let end = comments(&raw(Some(document.trailing())));
    document.set_trailing(end);
    let written = document.to_string().replace("\r\n", "\n");
    let trimmed = written.trim_start_matches('\n').trim_end();
    let out = if trimmed.is_empty() { String::new() } else { format!("{trimmed}\n") };
    let values = |text: &str| toml::from_str::<toml::Table>(text).ok();
    match (values(text), values(&out)) {
        (Some(before), Some(after)) if before == after => Ok(out),
        _ => Err(FormatError::Changed),
    }
}

/// Lays out the values of a table and the tables in it.
fn table(table: &mut Table, form: Option<&Form>) {
    if let Some(form) = form {
        let place = |key: &str| form.keys().position(|known| known.name == key).unwrap_or(usize::MAX);
        // Tables with headers of their own keep their place in the file.
        table.sort_values_by(|a, _, b, _| place(a.get()).cmp(&place(b.get())));
    }
    let mut opens = true;
    values(table, &mut opens);
    for (key, item) in table.iter_mut() {
        let inner = form.and_then(|form| form.key(key.get())).and_then(|key| match key.shape {
            Shape::Table(form) | Shape::Tables(form) => Some(form),
            _ => None,
        });
        match item {
            Item::Table(one) => {
                header(one.decor_mut(), false);
                self::table(one, inner);
            }
            Item::ArrayOfTables(all) => {
                for one in all.iter_mut() {
                    header(one.decor_mut(), true);
                    self::table(one, inner);
                }
            }
            _ => {}
        }
    }
}

/// Lays out the keys of a table and their values; `opens` is true for the first of them.
fn values(table: &mut Table, opens: &mut bool) {
    for (mut key, item) in table.iter_mut() {
        match item {
            Item::Value(one) => {
                let name = key.get().to_owned();
                let decor = key.leaf_decor_mut();
                let above = comments(&raw(decor.prefix()));
                decor.set_prefix(if *opens { above.trim_start_matches('\n').to_owned() } else { above });
                decor.set_suffix(" ");
                *opens = false;
                let behind = behind(one.decor());
                value(one, 0);
                if let Value::Array(list) = one
                    && list.len() > 1
                    && (is_broken(list) || name.len() + 3 + width(&list.to_string()) > WIDEST)
                {
                    break_lines(list, APART.contains(&name.as_str()));
                }
                *one.decor_mut() = Decor::new(" ", behind);
            }
            Item::Table(inner) if inner.is_dotted() => values(inner, opens),
            _ => {}
        }
    }
}

/// The comment above a header, with an empty line before it where it opens one of several tables.
fn header(decor: &mut Decor, apart: bool) {
    let above = comments(&raw(decor.prefix()));
    let above = if apart && !above.starts_with('\n') { format!("\n{above}") } else { above };
    let behind = behind(decor);
    decor.set_prefix(above);
    decor.set_suffix(behind);
}

/// The comment behind a value or header, one space from it.
fn behind(decor: &Decor) -> String {
    let text = raw(decor.suffix());
    let text = text.trim();
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

fn raw(text: Option<&RawString>) -> String {
    text.and_then(RawString::as_str).unwrap_or("").replace("\r\n", "\n")
}

/// Comment lines without spaces around them, and at most one empty line between them.
fn comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    // What stands behind the last line end is an indent.
    let lines = text.rfind('\n').and_then(|end| text.get(..end)).map(|lines| lines.split('\n'));
    for line in lines.into_iter().flatten().map(str::trim) {
        if !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        } else if !blank {
            out.push('\n');
        }
        blank = line.is_empty();
    }
    out
}

/// Lays out a value whose line starts `indent` spaces in; the space around it is the caller's.
fn value(one: &mut Value, indent: usize) {
    match one {
        Value::Array(list) => array(list, indent),
        Value::InlineTable(inner) => inline(inner, indent),
        _ => {}
    }
}

/// True where items stand on lines of their own.
fn is_broken(list: &Array) -> bool {
    let broken = |text: Option<&RawString>| raw(text).contains('\n');
    broken(Some(list.trailing()))
        || list.iter().any(|item| broken(item.decor().prefix()) || broken(item.decor().suffix()))
}

fn array(list: &mut Array, indent: usize) {
    let broken = is_broken(list);
    let inner = if broken { indent + INDENT } else { indent };
    // A comment behind the last item, where no comma parts them, belongs behind the comma.
    let mut end = raw(Some(list.trailing()));
    let last = list.len().saturating_sub(1);
    if let Some(item) = list.get_mut(last) {
        end = raw(item.decor().suffix()) + &end;
        item.decor_mut().set_suffix("");
    }
    for (index, item) in list.iter_mut().enumerate() {
        let before = raw(item.decor().prefix());
        let behind = raw(item.decor().suffix());
        value(item, inner);
        let prefix = match (broken, index) {
            (false, 0) => String::new(),
            (false, _) => " ".to_owned(),
            (true, 0) if !before.contains('\n') => format!("\n{:inner$}", ""),
            (true, _) if !before.contains('\n') => " ".to_owned(),
            (true, _) => lines(&before, inner),
        };
        let suffix = if behind.contains('#') { behind } else { String::new() };
        *item.decor_mut() = Decor::new(prefix, suffix);
    }
    if !broken {
        list.set_trailing("");
        list.set_trailing_comma(false);
        return;
    }
    let end = if end.contains('\n') { end } else { format!("{end}\n") };
    list.set_trailing(lines(&end, indent));
    list.set_trailing_comma(!list.is_empty());
}

/// What stands between two items of a broken list: a comment behind the first, lines of comments, and the indent of the second.
fn lines(between: &str, indent: usize) -> String {
    let mut all: Vec<&str> = between.split('\n').map(str::trim).collect();
    all.pop();
    let mut out = String::new();
    let mut blank = false;
    for (index, line) in all.iter().enumerate() {
        match (index, line.is_empty()) {
            (0, true) => {}
            (0, false) => out.push_str(&format!(" {line}")),
            (_, true) if !blank => out.push('\n'),
            (_, true) => {}
            (_, false) => out.push_str(&format!("\n{:indent$}{line}", "")),
        }
        blank = line.is_empty() && index > 0;
    }
    out.push_str(&format!("\n{:indent$}", ""));
    out
}

/// Code points of what is written, without the space around it.
fn width(written: &str) -> usize {
    written.trim().chars().count()
}

/// Breaks the lines of a list: one item on each where `apart`, else where the next item would make its line too long.
/// Where a line was broken already, it stays so.
fn break_lines(list: &mut Array, apart: bool) {
    let mut column = WIDEST;
    for item in list.iter_mut() {
        let wide = width(&item.to_string());
        let before = raw(item.decor().prefix());
        let opens = before.contains('\n');
        if !opens && (apart || column + 2 + wide > WIDEST) {
            item.decor_mut().set_prefix(format!("{}\n{:INDENT$}", before.trim_end(), ""));
        }
        let begins = raw(item.decor().prefix()).contains('\n');
        column = if begins { INDENT + wide } else { column + 2 + wide };
    }
    if !raw(Some(list.trailing())).contains('\n') {
        list.set_trailing("\n");
    }
    list.set_trailing_comma(true);
}

/// `{ a = 1, b = 2 }`; one that goes over several lines stays as it is.
fn inline(table: &mut InlineTable, indent: usize) {
    let last = table.len().saturating_sub(1);
    for (index, (mut key, one)) in table.iter_mut().enumerate() {
        let around = [raw(key.leaf_decor().prefix()), raw(one.decor().prefix()), raw(one.decor().suffix())];
        value(one, indent);
        if around.iter().any(|text| text.contains(['\n', '#'])) {
            continue;
        }
        key.leaf_decor_mut().set_prefix(" ");
        key.leaf_decor_mut().set_suffix(" ");
        *one.decor_mut() = Decor::new(" ", if index == last { " " } else { "" });
    }
}
