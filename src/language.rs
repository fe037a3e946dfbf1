//! Which language a text is in, and how sure that is.

use rapidhash::RapidHashSet;

use whatlang::{Detector, Info, Lang};

use crate::article::LanguageTag;
use crate::function_words::FunctionWords;
use crate::rules::outline::Outline;
use crate::sources::morphology::{is_of_script, leading_script, same_script};
use crate::text::token::{Kind, tokens};

/// Letters that are enough for a sure answer.
const SAMPLE: usize = 300;
/// Below this the whole text is asked.
const SURE: f64 = 0.9;
/// Fewest letters on which a language without a pack is believed.
const ENOUGH: usize = 60;
/// Most bytes of a text that are looked at in full.
const WHOLE: usize = 20_000;
/// Fewest letters of a line that is taken for running text.
const LINE: usize = 40;

/// The same as [`detect`], which is asked only where the small words of the packs leave a doubt.
pub fn detect_by(words: &FunctionWords, text: &str, packs: &[Outline]) -> LanguageTag {
    let sure = words.tell(&sample(text, SAMPLE)).and_then(|at| packs.get(at));
    match sure {
        Some(pack) => LanguageTag { tag: pack.tag.clone(), confidence: 1.0 },
        None => detect(text, packs),
    }
}

/// Which language `text` is in: one of `packs`, or another one that no pack is loaded for; `und` where it can't be told.
/// Short lines are passed over where there are longer ones: menus mislead.
pub fn detect(text: &str, packs: &[Outline]) -> LanguageTag {
    let short = sample(text, SAMPLE);
    let letters = short.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 {
        return LanguageTag { tag: "und".to_owned(), confidence: 0.0 };
    }
    let tags: Vec<&str> = packs.iter().map(|pack| pack.tag.as_str()).collect();
    let mut answer = ask(&short, &tags);
    if answer.confidence < SURE || !packed(&answer.tag, packs) {
        let whole = sample(text, WHOLE);
        if whole.len() > short.len() {
            answer = ask(&whole, &tags);
        }
    }
    if answer.confidence < SURE
        && letters < SAMPLE
        && let Some(tag) = by_function_words(&short, packs.iter())
        && (packed(&answer.tag, packs) || letters < ENOUGH)
    {
        return LanguageTag { confidence: answer.confidence.max(0.5), tag };
    }
    answer
}

/// Fewest small letters of words without a capital by which a paragraph is told to be in another language.
const PARAGRAPH: usize = 20;
/// Letters of a paragraph that are looked at to tell its script.
const SCRIPT_SAMPLE: usize = 120;

/// The pack for words in an article of the language `own` (its tag), where another of `packs` surely reads them: they are in another
/// script, or `unfamiliar` to the article's language and its function words disagree.
pub fn otherwise<'p>(text: &str, own: &str, packs: &'p [Outline], unfamiliar: bool) -> Option<&'p Outline> {
    let own_letter = packs.iter().find(|pack| pack.tag == own)?.letter?;
    if !unfamiliar && is_of_script(text, own_letter) {
        return None;
    }
    let letter = leading_script(text, SCRIPT_SAMPLE)?;
    let foreign = !same_script(letter, own_letter);
    if !foreign && !unfamiliar {
        return None;
    }
    let small = text.chars().filter(|c| c.is_lowercase() || c.is_alphabetic() && !c.is_uppercase());
    if small.take(PARAGRAPH).count() < PARAGRAPH {
        return None;
    }
    let able = || packs.iter().filter(|pack| pack.letter.is_some_and(|of| same_script(of, letter)));
    let tags: Vec<&str> = able().map(|pack| pack.tag.as_str()).collect();
    let sample = sample(text, SAMPLE);
    let told = match tags.as_slice() {
        [] => return None,
        [one] => (*one).to_owned(),
        several => {
            // Where its words tell of no other language there is nothing more to ask.
            let by_words = by_function_words(&sample, able()).filter(|tag| tag != own)?;
            let told = ask(&sample, several);
            let read = several.contains(&told.tag.as_str());
            if !read || told.confidence >= SURE && told.tag == own {
                return None;
            }
            // A language that no pack reads is none of them, however near.
            Some(by_words).filter(|tag| *tag == told.tag || told.confidence < SURE)?
        }
    };
    packs.iter().find(|pack| pack.tag == told && pack.tag != own)
}

/// The tag that a text declares for itself, as the pack that reads it writes it; lower case where there is none.
pub fn declared(tag: &str, packs: &[Outline]) -> LanguageTag {
    let lower = tag.trim().replace('_', "-").to_lowercase();
    let primary = lower.split('-').next().unwrap_or_default();
    let pack = packs.iter().find(|p| p.tag == lower).or_else(|| packs.iter().find(|p| p.tag == primary));
    LanguageTag { tag: pack.map_or_else(|| lower.clone(), |p| p.tag.clone()), confidence: 1.0 }
}

/// True where a pack reads this language.
pub fn packed(tag: &str, packs: &[Outline]) -> bool {
    packs.iter().any(|p| p.tag == tag)
}

/// Letters of the longer lines of `text`, up to about `most` characters.
fn sample(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut left = most;
    for long in [true, false] {
        for line in text.split(['\n', '\r']).map(str::trim) {
            // Bytes bound characters, so that only lines near the bound are counted.
            let is_long = line.len() >= LINE && line.chars().take(LINE).count() == LINE;
            if is_long != long || line.is_empty() || line.contains("://") {
                continue;
            }
            for c in line.chars().take(left) {
                out.push(c);
                left -= 1;
            }
            out.push('\n');
            if left == 0 {
                return out;
            }
        }
        if !out.is_empty() {
            break;
        }
    }
    out
}

/// The answer among the packs' languages, unless the text is surely in another one.
fn ask(sample: &str, tags: &[&str]) -> LanguageTag {
    let allowed: Vec<Lang> = tags.iter().filter_map(|tag| language_of(tag)).collect();
    let open = Detector::new().detect(sample);
    let told = |info: &Info| LanguageTag { tag: tag_of(info.lang()).to_owned(), confidence: info.confidence() };
    if let Some(open) = open.as_ref().filter(|o| o.is_reliable() && allowed.contains(&o.lang())) {
        return told(open);
    }
    let among = if allowed.is_empty() { None } else { Detector::with_allowlist(allowed.clone()).detect(sample) };
    match (open, among) {
        (None, None) => LanguageTag { tag: "und".to_owned(), confidence: 0.0 },
        (Some(open), None) => told(&open),
        (None, Some(among)) => told(&among),
        (Some(open), Some(among)) => {
            let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
            if open.lang() == among.lang() || allowed.contains(&open.lang()) {
                // With few packs the list leaves no other choice, so its own confidence says too much.
                LanguageTag {
                    tag: tag_of(among.lang()).to_owned(),
                    confidence: if open.lang() == among.lang() { among.confidence() } else { open.confidence() },
                }
            } else if open.script() != among.script() || (open.is_reliable() && letters >= ENOUGH) {
                told(&open)
            } else {
                LanguageTag { tag: tag_of(among.lang()).to_owned(), confidence: among.confidence().min(0.5) }
            }
        }
    }
}

/// The language whose lexicons have the most words of a short text; `None` where none has any, or two have as many.
fn by_function_words<'p>(sample: &str, packs: impl Iterator<Item = &'p Outline>) -> Option<String> {
    let words: RapidHashSet<String> = tokens(sample, 0..sample.len())
        .iter()
        .filter(|t| t.kind == Kind::Word)
        .map(|t| t.span.of(sample).to_lowercase())
        .collect();
    let mut counts: Vec<(usize, &str)> = packs
        .map(|p| (words.iter().filter(|word| p.vocabulary.has(word)).count(), p.tag.as_str()))
        .filter(|(n, _)| *n > 0)
        .collect();
    counts.sort_by(|a, b| b.cmp(a));
    match counts.as_slice() {
        [(_, tag)] => Some((*tag).to_owned()),
        [(first, tag), (second, _), ..] if first > second => Some((*tag).to_owned()),
        _ => None,
    }
}

/// BCP 47 tags of all languages that can be told. Those of three letters have no shorter one.
const TAGS: [(&str, &str); 70] = [
    ("epo", "eo"),
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "nb"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("aka", "ak"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("afr", "af"),
    ("lat", "la"),
    ("slk", "sk"),
    ("cat", "ca"),
    ("tgl", "tl"),
    ("hye", "hy"),
    ("cym", "cy"),
];

fn tag_of(lang: Lang) -> &'static str {
    let code = lang.code();
    TAGS.iter().find(|(c, _)| *c == code).map_or(code, |(_, tag)| *tag)
}

fn language_of(tag: &str) -> Option<Lang> {
    let primary = tag.split('-').next().unwrap_or_default();
    Lang::from_code(TAGS.iter().find(|(_, t)| *t == primary)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packs(tags: &[&str]) -> Vec<Outline> {
        tags.iter().map(|t| Outline { tag: (*t).to_owned(), ..Default::default() }).collect()
    }

    #[test]
    fn every_language_that_can_be_told_has_a_tag() {
        for lang in Lang::all() {
            assert!(TAGS.iter().any(|(c, _)| *c == lang.code()), "{}", lang.code());
            assert_eq!(language_of(tag_of(*lang)), Some(*lang));
        }
    }

    #[test]
    fn a_language_without_a_pack_is_told_and_not_taken_for_the_only_pack() {
        let packs = packs(&["en"]);
        let text = "フェリーは月曜日に運航を停止したと港湾当局が発表した。エンジンが摩耗していたためだという。";
        assert_eq!(detect(text, &packs).tag, "ja");
        let text = "Die Fähre wurde am Montag aus dem Verkehr gezogen, wie das Hafenamt mitteilte. Ihre Motoren seien abgenutzt, und niemand könne sagen, wann sie wieder auf die Linie zurückkehren werde.";
        assert_eq!(detect(text, &packs).tag, "de");
        let text = "The ferry was taken out of service on Monday, the harbour office said. Its engines were worn, and nobody could say when it would return to the line.";
        assert_eq!(detect(text, &packs).tag, "en");
    }

    #[test]
    fn menus_do_not_decide() {
        let menu = "Головна\nНовини\nРегіони\nПолітика\nСпорт\n";
        let text =
            "The ferry was taken out of service on Monday, the harbour office said, because its engines were worn.";
        assert_eq!(detect(&format!("{menu}{text}"), &packs(&["en", "uk"])).tag, "en");
    }

    #[test]
    fn nothing_to_read_is_undetermined() {
        assert_eq!(detect("", &packs(&["en"])).tag, "und");
        assert_eq!(detect("12 — 13:40", &packs(&["en"])).tag, "und");
    }

    #[test]
    fn declared_tags_find_their_pack() {
        let packs = packs(&["en", "uk"]);
        assert_eq!(declared("en_US", &packs).tag, "en");
        assert_eq!(declared("pt-BR", &packs).tag, "pt-br");
    }
}
