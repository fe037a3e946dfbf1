//! Bytes to text: byte order marks, UTF-8, and a guess for what is neither.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::error::InputError;

/// Text as decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text; line ends as they were, without a byte order mark.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// True where the encoding was guessed from the bytes.
    pub guessed: bool,
    /// How many places could not be decoded, and the offset of the first in bytes of the input; each place has
    /// U+FFFD in the text.
    pub broken: Option<(usize, usize)>,
}

/// Bytes that are looked at to tell text from other files.
const SAMPLE: usize = 8192;

/// Decodes the bytes of `input` (a name for errors). `whole` is false where the bytes were cut at a size limit, so that
/// a character cut at the end is no fault.
///
/// # Errors
/// `empty` where there is nothing but white space, `binary` where the bytes are no text.
pub fn decode(bytes: &[u8], input: &str, whole: bool) -> Result<Decoded, InputError> {
    let decoded = if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        text_checked(rest, input)?;
        utf8(rest, 3, whole)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        utf16(rest, UTF_16LE, whole)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        utf16(rest, UTF_16BE, whole)
    } else if let Some(encoding) = bare_utf16(bytes) {
        utf16_bare(bytes, encoding, whole)
    } else {
        text_checked(bytes, input)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Decoded { text: text.to_owned(), encoding: "UTF-8", guessed: false, broken: None },
            Err(_) if mostly_utf8(bytes) => utf8(bytes, 0, whole),
            Err(_) => guessed(bytes),
        }
    };
    if decoded.text.trim().is_empty() {
        return Err(InputError::new(input, "empty", "there is no text in it"));
    }
    Ok(decoded)
}

/// Refuses what is no text.
///
/// # Errors
/// `binary`.
pub fn text_checked(bytes: &[u8], input: &str) -> Result<(), InputError> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls =
        sample.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)).count();
    if sample.starts_with(b"%PDF-") || memchr_nul(bytes) || controls * 50 > sample.len() {
        return Err(InputError::new(input, "binary", "this is not a text file")
            .hint("save the article as plain text in UTF-8, or paste its text into `secondhand audit -`"));
    }
    Ok(())
}

fn memchr_nul(bytes: &[u8]) -> bool {
    bytes.contains(&0)
}

/// True where the faults are few beside well-formed characters of several bytes: such text is UTF-8 with a scar, and to
/// read it as a one-byte encoding would spoil every other letter.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad, mut cut) = (0usize, 0usize, false);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        let invalid = chunk.invalid();
        if !invalid.is_empty() {
            bad += 1;
            cut = invalid.len() >= 2;
        }
    }
    // A lone character that is cut at the end is UTF-8 as well.
    good >= bad || (bad == 1 && cut)
}

fn utf8(bytes: &[u8], skipped: usize, whole: bool) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let (mut count, mut first, mut at) = (0usize, None, skipped);
    let end = skipped + bytes.len();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        let invalid = chunk.invalid();
        if !invalid.is_empty() {
            if whole || at + invalid.len() < end {
                text.push('\u{fffd}');
                count += 1;
                first = first.or(Some(at));
            }
            at += invalid.len();
        }
    }
    Decoded { text, encoding: "UTF-8", guessed: false, broken: first.map(|offset| (count, offset)) }
}

fn utf16(bytes: &[u8], encoding: &'static Encoding, whole: bool) -> Decoded {
    let bytes = if whole { bytes } else { &bytes[..bytes.len() & !1] };
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    let broken = fault_in(bytes, &text, encoding).map(|(count, at)| (count, at + 2));
    Decoded { text, encoding: encoding.name(), guessed: false, broken }
}

fn utf16_bare(bytes: &[u8], encoding: &'static Encoding, whole: bool) -> Decoded {
    let decoded = utf16(bytes, encoding, whole);
    // There is no mark in front.
    Decoded { broken: decoded.broken.map(|(count, at)| (count, at.saturating_sub(2))), ..decoded }
}

/// UTF-16 without a byte order mark: of every two bytes one names the script, and is small, and the other one is no control.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 16 || !head.contains(&0) {
        return None;
    }
    let half = head.len() / 2;
    let of = |from: usize| head.iter().skip(from).step_by(2).copied();
    let scripts = |from: usize| of(from).filter(|b| *b <= 0x07 || *b == 0x20).count() * 10 >= half * 9;
    let letters = |from: usize| of(from).all(|b| b > 0x08);
    if scripts(1) && letters(0) {
        Some(UTF_16LE)
    } else if scripts(0) && letters(1) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Counts replaced places. The offset is that of the first one, which is looked for only where there is one.
fn fault_in(bytes: &[u8], text: &str, encoding: &'static Encoding) -> Option<(usize, usize)> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_none().then(|| {
        let before = text.find('\u{fffd}').unwrap_or(0);
        let units: usize = text[..before].chars().map(char::len_utf16).sum();
        let at = if encoding == UTF_16LE || encoding == UTF_16BE { units * 2 } else { units.min(bytes.len()) };
        (text.matches('\u{fffd}').count(), at)
    })
}

/// The one-byte encoding that the bytes look like.
pub fn sniffed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn guessed(bytes: &[u8]) -> Decoded {
    in_encoding(bytes, sniffed(bytes), true)
}

/// The bytes as a text in `encoding`; `guessed` where nobody named it.
pub fn in_encoding(bytes: &[u8], encoding: &'static Encoding, guessed: bool) -> Decoded {
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    let broken = fault_in(bytes, &text, encoding);
    Decoded { text, encoding: encoding.name(), guessed, broken }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(bytes: &[u8]) -> Decoded {
        decode(bytes, "x", true).unwrap()
    }

    #[test]
    fn byte_order_marks_are_read_and_dropped() {
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("Ձայն\r\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(text(&utf16).text, "Ձայն\r\n");
        let utf16: Vec<u8> = [0xFE, 0xFF].into_iter().chain("Ձայն".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(text(&utf16).text, "Ձայն");
        assert_eq!(text("\u{feff}a\rb".as_bytes()).text, "a\rb");
    }

    #[test]
    fn utf16_is_told_without_its_mark() {
        let little: Vec<u8> = "Завод остановлен до весны.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!((text(&little).text.as_str(), text(&little).encoding), ("Завод остановлен до весны.", "UTF-16LE"));
        let big: Vec<u8> = "The ferry is out.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&big).text, "The ferry is out.");
        let picture = [&b"RIFF\x24\x00\x00\x00WAVEfmt "[..], &[0x10, 0, 0, 0, 1, 0, 2, 0]].concat();
        assert_eq!(decode(&picture, "x", true).unwrap_err().code, "binary");
    }

    #[test]
    fn one_broken_byte_does_not_spoil_the_other_letters() {
        let mut bytes = "Міністр сказав це вчора. ".as_bytes().to_vec();
        let at = bytes.len();
        bytes.push(0xE9);
        bytes.extend("Потім він пішов.".as_bytes());
        let decoded = text(&bytes);
        assert_eq!(decoded.text, "Міністр сказав це вчора. \u{fffd}Потім він пішов.");
        assert_eq!(decoded.broken, Some((1, at)));
        assert!(!decoded.guessed);
    }

    #[test]
    fn old_encodings_are_guessed_and_told() {
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("Завод остановлен, сообщил министр журналистам во вторник.");
        let decoded = text(&bytes);
        assert_eq!(decoded.text, "Завод остановлен, сообщил министр журналистам во вторник.");
        assert!(decoded.guessed && decoded.broken.is_none());
        assert_eq!(text(b"It is the mayor\x92s word.").text, "It is the mayor\u{2019}s word.");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"GIF89a\x00\x01", "x", true).unwrap_err().code, "binary");
        assert_eq!(decode(b"%PDF-1.7\n", "x", true).unwrap_err().code, "binary");
        assert_eq!(decode(b" \r\n", "x", true).unwrap_err().code, "empty");
        assert_eq!(decode(b"\xEF\xBB\xBF", "x", true).unwrap_err().code, "empty");
    }

    #[test]
    fn a_character_cut_at_the_size_limit_is_no_fault() {
        let bytes = "слово".as_bytes();
        let decoded = decode(&bytes[..bytes.len() - 1], "x", false).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.broken), ("слов", None));
        assert_eq!(decode(&bytes[..bytes.len() - 1], "x", true).unwrap().broken, Some((1, 8)));
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..200), whole: bool) {
            let _ = decode(&bytes, "x", whole);
        }
    }
}
