//! Reading the keys of a TOML table, each with its place and its type checked.

use toml::de::{DeTable, DeValue};

use crate::rules::files::{At, Faults, Text};
use crate::rules::form::{Form, Shape};
use crate::rules::suggest::did_you_mean;
use crate::text::span::Span;

/// A list of names or variants under a key: `names.en = […]`.
pub type Lists = Vec<(Text, Vec<Text>)>;

/// One table, read key by key; what was never asked for is an unknown key.
pub struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    at: At,
    form: &'static Form,
    asked: Vec<&'static str>,
}

impl<'t, 'i> Fields<'t, 'i> {
    /// The table at `at`, which must have this form.
    pub fn new(table: &'t DeTable<'i>, at: At, form: &'static Form) -> Fields<'t, 'i> {
        Fields { table, at, form, asked: Vec::new() }
    }

    /// The value of `key` and where it stands.
    pub fn value(&mut self, key: &'static str) -> Option<(At, &'t DeValue<'i>)> {
        self.get(key, |_| true)
    }

    /// The same; what is read here must be what the form says, which tests hold it to.
    fn get(&mut self, key: &'static str, fits: impl Fn(&Shape) -> bool) -> Option<(At, &'t DeValue<'i>)> {
        debug_assert!(self.form.key(key).is_some_and(|known| fits(&known.shape)), "{}: {key}", self.form.what);
        self.asked.push(key);
        let value = self.table.get(key)?;
        Some((place(self.at.file, value.span()), value.get_ref()))
    }

    /// A string; `None` where the key is missing or has another type (which is noted).
    pub fn text(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<Text> {
        let (at, value) =
            self.get(key, |shape| matches!(shape, Shape::Text | Shape::Date | Shape::Word(_) | Shape::Covers))?;
        text_of(key, at, value, faults)
    }

    /// A string that must be there.
    pub fn needed(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<Text> {
        if !self.table.contains_key(key) {
            self.asked.push(key);
            faults.error(self.at, "missing-key", format!("{} needs the key `{key}`", self.form.what), None);
            return None;
        }
        self.text(key, faults)
    }

    /// A string or a list of strings; `None` where the key is missing.
    pub fn texts(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<Vec<Text>> {
        let (at, value) = self.get(key, |shape| matches!(shape, Shape::Texts | Shape::Words(_)))?;
        Some(texts_of(key, at, value, faults))
    }

    /// `true` or `false`; `None` where the key is missing or has another type.
    pub fn flag(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<bool> {
        let (at, value) = self.get(key, |shape| matches!(shape, Shape::Flag))?;
        let flag = value.as_bool();
        if flag.is_none() {
            wrong_type(key, at, value, "`true` or `false`", faults);
        }
        flag
    }

    /// A whole number from 0, with its place; `None` where the key is missing or has another type.
    pub fn number(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<(At, u32)> {
        let (at, value) = self.get(key, |shape| matches!(shape, Shape::Number))?;
        let number = match value {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            let hint = Some(format!("write `{key} = 1`"));
            faults.error(at, "wrong-type", format!("`{key}` must be a whole number"), hint);
        }
        number.map(|number| (at, number))
    }

    /// A list of pairs of strings.
    pub fn pairs(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<Vec<(Text, Text)>> {
        let (at, value) = self.get(key, |shape| matches!(shape, Shape::Pairs))?;
        let Some(list) = value.as_array() else {
            wrong_type(key, at, value, "a list of pairs: `[[\"a\", \"b\"]]`", faults);
            return Some(Vec::new());
        };
        let mut pairs = Vec::new();
        for pair in list.iter() {
            let pair_at = place(at.file, pair.span());
            match pair.get_ref().as_array().map(|pair| pair.iter().collect::<Vec<_>>()).as_deref() {
                Some([one, two]) => {
                    let text = |one: &toml::Spanned<DeValue<'i>>, faults: &mut Faults<'_>| {
                        text_of(key, place(at.file, one.span()), one.get_ref(), faults)
                    };
                    if let (Some(one), Some(two)) = (text(one, faults), text(two, faults)) {
                        pairs.push((one, two));
                    }
                }
                _ => wrong_type(key, pair_at, pair.get_ref(), "a list of pairs: `[[\"a\", \"b\"]]`", faults),
            }
        }
        Some(pairs)
    }

    /// A table of strings or lists of strings, in the order of the file.
    pub fn lists(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<Lists> {
        let (at, value) = self.get(key, |shape| matches!(shape, Shape::Lists | Shape::Spoken))?;
        let Some(table) = value.as_table() else {
            wrong_type(key, at, value, "a table of lists", faults);
            return Some(Vec::new());
        };
        Some(lists_of(table, at.file, faults))
    }

    /// Tables written `[[key]]`, each with the place of its header.
    pub fn tables(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Vec<(At, &'t DeTable<'i>)> {
        let Some((at, value)) = self.get(key, |shape| matches!(shape, Shape::Tables(_))) else { return Vec::new() };
        let Some(list) = value.as_array() else {
            wrong_type(key, at, value, &format!("written `[[{key}]]`, once for each"), faults);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in list.iter() {
            let item_at = place(at.file, item.span());
            match item.get_ref().as_table() {
                Some(table) => tables.push((item_at, table)),
                None => wrong_type(key, item_at, item.get_ref(), "a table", faults),
            }
        }
        tables
    }

    /// A table written `[key]`, with the place of its header.
    pub fn table(&mut self, key: &'static str, faults: &mut Faults<'_>) -> Option<(At, &'t DeTable<'i>)> {
        let (at, value) = self.get(key, |shape| {
            matches!(shape, Shape::Table(_) | Shape::Lexicons | Shape::Nouns(_) | Shape::Severities)
        })?;
        let table = value.as_table();
        if table.is_none() {
            wrong_type(key, at, value, &format!("written `[{key}]`, once in a file"), faults);
        }
        table.map(|table| (at, table))
    }

    /// Notes every key that the form does not have.
    pub fn finish(self, faults: &mut Faults<'_>) {
        debug_assert!(
            self.form.keys().all(|key| self.asked.contains(&key.name)),
            "{} has keys that nobody reads: {:?}",
            self.form.what,
            self.form.keys().map(|key| key.name).filter(|name| !self.asked.contains(name)).collect::<Vec<_>>()
        );
        for (key, at) in keys(self.table, self.at.file) {
            if self.form.key(&key).is_none() {
                let hint = did_you_mean(&key, self.form.keys().map(|key| key.name));
                faults.error(at, "unknown-key", format!("{} has no key `{key}`", self.form.what), hint);
            }
        }
    }
}

/// The place of a TOML range.
pub fn place(file: usize, range: std::ops::Range<usize>) -> At {
    At { file, span: Span::new(range.start, range.end) }
}

/// The keys of a table with their places, in the order of the file.
pub fn keys(table: &DeTable<'_>, file: usize) -> Vec<(String, At)> {
    let mut keys: Vec<_> = table.iter().map(|(key, _)| (key.get_ref().to_string(), place(file, key.span()))).collect();
    keys.sort_by_key(|(_, at)| at.span.start);
    keys
}

/// Each key of a table with its string or strings, in the order of the file.
pub fn lists_of(table: &DeTable<'_>, file: usize, faults: &mut Faults<'_>) -> Lists {
    let mut lists = Vec::new();
    for (key, at) in keys(table, file) {
        if let Some(value) = table.get(key.as_str()) {
            let texts = texts_of(&key, place(file, value.span()), value.get_ref(), faults);
            lists.push((Text { value: key, at }, texts));
        }
    }
    lists
}

/// The string or strings of a value; others are noted and left out.
pub fn texts_of(key: &str, at: At, value: &DeValue<'_>, faults: &mut Faults<'_>) -> Vec<Text> {
    match value {
        DeValue::String(text) => vec![Text { value: text.to_string(), at }],
        DeValue::Array(list) => {
            list.iter().filter_map(|item| text_of(key, place(at.file, item.span()), item.get_ref(), faults)).collect()
        }
        _ => {
            wrong_type(key, at, value, "a string or a list of strings", faults);
            Vec::new()
        }
    }
}

fn text_of(key: &str, at: At, value: &DeValue<'_>, faults: &mut Faults<'_>) -> Option<Text> {
    let text = value.as_str().map(|text| Text { value: text.to_owned(), at });
    if text.is_none() {
        wrong_type(key, at, value, "a string", faults);
    }
    text
}

/// Notes that the value of `key` is not what it must be.
pub fn wrong_type(key: &str, at: At, value: &DeValue<'_>, must_be: &str, faults: &mut Faults<'_>) {
    let found = match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    let hint = match value {
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => Some("put it in quotation marks".to_owned()),
        DeValue::String(text) if text == "true" || text == "false" => {
            Some(format!("write {text} without quotation marks"))
        }
        // Messages on headers say how they are written; for other keys that must be shown.
        DeValue::Table(_) if must_be.starts_with("written `[[") => {
            Some("double the brackets: `[[…]]` starts one rule of many".to_owned())
        }
        _ => None,
    };
    faults.error(at, "wrong-type", format!("`{key}` must be {must_be}; this is {found}"), hint);
}
