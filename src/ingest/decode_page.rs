//! Bytes of a page to text: what the header and the page declare, checked against what the bytes can be.

use encoding_rs::{
    Encoding, ISO_8859_2, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, X_USER_DEFINED,
};

use super::decode::{Decoded, decode, in_encoding, sniffed, text_checked};
use super::error::InputError;

/// Bytes at the head of a page in which it declares its encoding.
const HEAD: usize = 8192;

/// Decodes a page. `header` is the encoding that the server named, `input` a name for errors; `whole` is false where the bytes
/// were cut at a size limit.
///
/// # Errors
/// As [`decode`].
pub fn decode_page(bytes: &[u8], header: Option<&str>, input: &str, whole: bool) -> Result<Decoded, InputError> {
    let marked = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"].iter().any(|mark| bytes.starts_with(mark));
    let named = header.and_then(|label| Encoding::for_label(label.trim().as_bytes())).or_else(|| declared(bytes));
    let Some(named) = named.filter(|_| !marked && !bytes.contains(&0)) else {
        return decode(bytes, input, whole);
    };
    // UTF-8 can hardly be met by chance, so that what is UTF-8 is read as it, whatever it is called.
    if named == UTF_8 || std::str::from_utf8(bytes).is_ok() {
        return decode(bytes, input, whole);
    }
    text_checked(bytes, input)?;
    let stated = in_encoding(bytes, named, false);
    let guessed = sniffed(bytes);
    let chosen = if is_other_latin(bytes, &stated.text, named, guessed) {
        in_encoding(bytes, guessed, true)
    } else if named.name() != guessed.name() && is_wrong(&stated.text, named, guessed) {
        let other = in_encoding(bytes, guessed, true);
        if oddities(&other.text) * 3 < oddities(&stated.text).max(1) || other_letters(&other.text) {
            other
        } else {
            stated
        }
    } else {
        stated
    };
    if chosen.text.trim().is_empty() {
        return Err(InputError::new(input, "empty", "there is no text in it"));
    }
    Ok(chosen)
}

/// The encoding that the head of a page declares: in the XML declaration or in a meta tag.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let lower = head.to_ascii_lowercase();
    let xml = lower.starts_with(b"<?xml");
    let mut at = 0;
    while let Some(n) = memchr::memmem::find(&lower[at..], b"<meta") {
        let start = at + n + 5;
        let end = memchr::memchr(b'>', &lower[start..]).map_or(lower.len(), |n| start + n);
        if let Some(found) = label(&lower[start..end], b"charset") {
            return Some(found);
        }
        at = end;
    }
    let end = memchr::memchr(b'>', &lower).unwrap_or(lower.len());
    if xml { label(&lower[..end], b"encoding") } else { None }
}

/// The encoding named behind `key` and an equals sign.
fn label(tag: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let at = memchr::memmem::find(tag, key)? + key.len();
    let rest = tag[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest).trim_ascii_start();
    let end =
        rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b';' | b'/' | b'>' | b'?'));
    let found = Encoding::for_label(&rest[..end.unwrap_or(rest.len())])?;
    // A declaration that could be read as ASCII is in no encoding of two bytes.
    if found == UTF_16LE || found == UTF_16BE {
        return Some(UTF_8);
    }
    Some(if found == X_USER_DEFINED { WINDOWS_1252 } else { found })
}

/// True where a page is worth a second look: the text as declared has marks inside words, or hardly a plain letter.
fn is_wrong(text: &str, named: &'static Encoding, guessed: &'static Encoding) -> bool {
    let (mut letters, mut far) = (0usize, 0usize);
    for c in prose(text).filter(|c| c.is_alphabetic()) {
        letters += 1;
        far += usize::from(matches!(c, '\u{80}'..='\u{24f}'));
    }
    // No language of the Latin script has a third of its letters outside ASCII.
    let mostly_far = far * 3 > letters && letters >= 20 && named != guessed;
    mostly_far || oddities(text) * 50 > letters.max(1)
}

/// Letters that must be others before a page is not in the encoding that most programs name where nobody set one.
const OTHERS: usize = 6;

/// True for a page of a language with Latin letters of its own (Turkish, Czech, Polish) that is said to be in the encoding of
/// western Europe: all its letters are letters there too, but others.
fn is_other_latin(bytes: &[u8], stated: &str, named: &'static Encoding, guessed: &'static Encoding) -> bool {
    if named != WINDOWS_1252 || !(guessed == WINDOWS_1250 || guessed == WINDOWS_1254 || guessed == ISO_8859_2) {
        return false;
    }
    let other = guessed.decode_without_bom_handling(bytes).0;
    // Both have one character a byte, markup is ASCII.
    let others = prose(stated).zip(prose(&other)).filter(|(a, b)| a != b && b.is_alphabetic());
    others.take(OTHERS).count() == OTHERS
}

/// True for a text in another script than the Latin one.
fn other_letters(text: &str) -> bool {
    let (mut letters, mut other) = (0usize, 0usize);
    for c in prose(text).filter(|c| c.is_alphabetic()) {
        letters += 1;
        other += usize::from(c > '\u{36f}');
    }
    other * 3 > letters
}

/// Signs of a wrong encoding: capitals behind small letters, marks and controls inside words, replaced bytes.
fn oddities(text: &str) -> usize {
    let (mut count, mut last, mut lower) = (0usize, ' ', false);
    let (mut capitals, mut small) = (0usize, 0usize);
    for c in prose(text) {
        let upper = c.is_uppercase() && !c.is_ascii();
        let strange = matches!(c, '\u{80}'..='\u{9f}' | '\u{fffd}')
            || (matches!(c, '\u{a1}'..='\u{a9}' | '\u{ac}' | '\u{ae}'..='\u{b6}' | '\u{b8}'..='\u{ba}' | '\u{bc}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2500}'..='\u{25ff}')
                && last.is_alphabetic());
        capitals += usize::from(upper);
        small += usize::from(c.is_lowercase() && !c.is_ascii());
        count += usize::from((upper && lower) || strange);
        lower = c.is_lowercase();
        last = c;
    }
    // Small letters and capitals have changed places.
    count + if capitals > small * 2 { capitals } else { 0 }
}

/// The text outside tags, as far as it is looked at.
fn prose(text: &str) -> impl Iterator<Item = char> {
    let mut inside = false;
    text.chars().take(200_000).filter(move |c| {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ => return !inside,
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Завод в порту остановлен до весны, сообщил министр журналистам во вторник вечером.";

    fn page(label: &str, text: &str, real: &'static Encoding) -> Decoded {
        let html = format!("<html><head><meta charset=\"{label}\"><title>{text}</title></head><p>{text}</p>");
        let bytes = real.encode(&html).0.into_owned();
        decode_page(&bytes, None, "x", true).unwrap()
    }

    #[test]
    fn declared_encodings_are_used() {
        for (label, text) in [
            ("windows-1251", RUSSIAN),
            ("koi8-r", RUSSIAN),
            ("koi8-u", "Завод у порту зупинено до весни, повідомив міністр журналістам у вівторок."),
            ("windows-1256", "أعلن وزير النقل أن الميناء سيغلق حتى الربيع المقبل بسبب الصيانة"),
            (
                "iso-8859-9",
                "Liman müdürü salı günü yaptığı açıklamada vapurun ilkbahara kadar çalışmayacağını söyledi.",
            ),
            ("iso-8859-2", "Przystań zamknięto do wiosny, powiedział dziennikarzom burmistrz, który się śpieszył."),
            ("windows-1252", "Le port sera fermé jusqu’au printemps, a déclaré le ministre à la presse."),
        ] {
            let real = Encoding::for_label(label.as_bytes()).unwrap();
            let found = page(label, text, real);
            assert!(found.text.contains(text) && !found.guessed, "{label}: {}", found.text);
        }
    }

    #[test]
    fn wrong_declarations_are_seen_through() {
        let windows = encoding_rs::WINDOWS_1251;
        for label in ["iso-8859-1", "koi8-r", "utf-8"] {
            let found = page(label, RUSSIAN, windows);
            assert!(found.text.contains(RUSSIAN) && found.guessed, "{label}: {}", found.text);
        }
        let found = page("windows-1251", "Le port sera fermé, a dit le ministre – „bientôt“", UTF_8);
        assert!(found.text.contains("fermé") && found.encoding == "UTF-8");
        let turkish =
            "Liman müdürü salı günü yaptığı açıklamada vapurun ilkbahara kadar çalışmayacağını söyledi, iş başlayacak.";
        let found = page("iso-8859-1", turkish, WINDOWS_1254);
        assert!(found.text.contains(turkish) && found.guessed, "{}", found.text);
        let czech = "Přístav je podle ředitele zavřený až do jara, protože loď potřebuje nové motory, řekl v úterý.";
        let found = page("iso-8859-1", czech, ISO_8859_2);
        assert!(found.text.contains(czech) && found.guessed, "{}", found.text);
        for western in [
            "Höfnin er lokuð til vors, sagði ráðherrann við blaðamenn á þriðjudag, því að skipið þarf nýjar vélar.",
            "Der Hafen bleibt bis zum Frühjahr geschlossen, weil die Fähre größere Schäden hat, sagte die Behörde.",
            "El puerto seguirá cerrado hasta la primavera, según el señor García, que pidió más días y más años.",
        ] {
            let found = page("iso-8859-1", western, WINDOWS_1252);
            assert!(found.text.contains(western) && !found.guessed, "{}", found.text);
        }
        let arabic = "أعلن وزير النقل أن الميناء سيغلق حتى الربيع المقبل بسبب الصيانة";
        assert!(page("iso-8859-1", arabic, encoding_rs::WINDOWS_1256).text.contains(arabic));
    }

    #[test]
    fn the_header_goes_before_the_page_and_a_mark_before_both() {
        let bytes = encoding_rs::WINDOWS_1251.encode(&format!("<meta charset=koi8-u><p>{RUSSIAN}</p>")).0.into_owned();
        let found = decode_page(&bytes, Some("windows-1251"), "x", true).unwrap();
        assert!(found.text.contains(RUSSIAN) && !found.guessed);
        let marked = ["\u{feff}<meta charset=koi8-u><p>", RUSSIAN].concat();
        assert!(decode_page(marked.as_bytes(), Some("windows-1251"), "x", true).unwrap().text.contains(RUSSIAN));
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let html = format!("<!doctype html><html><head><meta charset=utf-16></head><p>{RUSSIAN}</p>");
        let little: Vec<u8> = html.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = html.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in
            [little.clone(), big.clone(), [b"\xFF\xFE".to_vec(), little].concat(), [b"\xFE\xFF".to_vec(), big].concat()]
        {
            assert!(decode_page(&bytes, None, "x", true).unwrap().text.contains(RUSSIAN));
        }
    }

    #[test]
    fn an_xml_declaration_counts() {
        let bytes = encoding_rs::ISO_8859_2
            .encode("<?xml version='1.0' encoding='ISO-8859-2'?>\n<html><p>Przystań zamknięto</p>")
            .0
            .into_owned();
        assert!(decode_page(&bytes, None, "x", true).unwrap().text.contains("Przystań zamknięto"));
    }
}
