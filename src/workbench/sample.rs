//! Commented samples of rules that pass their own tests: what `rules new` writes.

/// What there is a sample of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// A wording of attribution.
    Pattern,
    /// A list of words, with a pattern that uses it.
    Lexicon,
    /// An outlet.
    Source,
    /// What to flag.
    Policy,
    /// A whole small pack of a language.
    Language,
}

/// The language that samples are written in.
const WRITTEN_IN: &str = "en";
/// The tag of the language that does not exist yet.
const NEW: &str = "xx";
/// Its name.
const NAME: &str = "Name of the language";
/// The day that samples bear.
const DAY: &str = "2026-11-22";

const PACK: &str = include_str!("../../samples/language/pack.toml");
const LANGUAGE: &str = include_str!("../../samples/language/language.toml");
const WORDS: &str = include_str!("../../samples/language/words.toml");
const PATTERNS: &str = include_str!("../../samples/language/patterns.toml");

impl Sample {
    /// All with their words on the command line.
    pub const NAMES: [(&'static str, Sample); 5] = [
        ("pattern", Sample::Pattern),
        ("lexicon", Sample::Lexicon),
        ("source", Sample::Source),
        ("policy", Sample::Policy),
        ("language", Sample::Language),
    ];

    /// The folder, within a folder of rules, in which its file stands; `TAG` stands for a language.
    pub fn folder(self) -> &'static str {
        match self {
            Sample::Pattern | Sample::Lexicon | Sample::Language => "languages/TAG",
            Sample::Source => "sources",
            Sample::Policy => "policies",
        }
    }

    /// The one file of a sample, for the language `tag`, written on `day` (`2026-11-22`); of a language, all in one.
    pub fn text(self, tag: &str, name: &str, day: &str) -> String {
        let text = match self {
            Sample::Pattern => include_str!("../../samples/pattern.toml"),
            Sample::Lexicon => include_str!("../../samples/lexicon.toml"),
            Sample::Source => include_str!("../../samples/source.toml"),
            Sample::Policy => include_str!("../../samples/policy.toml"),
            Sample::Language => {
                let parts = [LANGUAGE, WORDS, PATTERNS].map(|part| of_language(part, tag, name));
                return parts.join("\n");
            }
        };
        let own = format!("id = \"{tag}/");
        text.replace(DAY, day).replace(&format!("id = \"{WRITTEN_IN}/"), &own)
    }
}

/// The files of a pack of the language `tag`, called `name`: paths within the folder of rules, and texts.
pub fn language_pack(tag: &str, name: &str) -> Vec<(String, String)> {
    let within = |file: &str| format!("languages/{tag}/{file}");
    [
        ("pack.toml".to_owned(), PACK),
        (within("language.toml"), LANGUAGE),
        (within("words.toml"), WORDS),
        (within("patterns.toml"), PATTERNS),
    ]
    .map(|(path, text)| (path, of_language(text, tag, name)))
    .to_vec()
}

fn of_language(text: &str, tag: &str, name: &str) -> String {
    text.replace(&format!("\"{NEW}\""), &format!("\"{tag}\""))
        .replace(&format!("\"{NEW}/"), &format!("\"{tag}/"))
        .replace(&format!("\"{NEW}-"), &format!("\"{tag}-"))
        .replace(NAME, &name.replace(['"', '\\', '\n'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_bears_the_language_and_the_day() {
        let pattern = Sample::Pattern.text("uk", "", "2027-01-02");
        assert!(pattern.contains("id = \"uk/word-from\"") && pattern.contains("added = \"2027-01-02\""));
        for (path, text) in language_pack("nl", "Dutch") {
            assert!(!text.contains("\"xx") && !text.contains(NAME), "{path}");
        }
        assert!(Sample::Language.text("nl", "Du\"tch", DAY).contains("name = \"Dutch\""));
    }
}
