//! Writes JSON as `serde_json` does, in less time: reports are mostly short strings under keys that never change.

use serde::ser::{self, Serialize, Serializer};
use serde_json::Error;

/// Appends `value` to `out` as compact JSON.
pub fn write(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), Error> {
    value.serialize(Writer { out })
}

/// The end of what is written.
struct Writer<'o> {
    out: &'o mut Vec<u8>,
}

/// A list or object that is being written.
struct Parts<'o> {
    out: &'o mut Vec<u8>,
    /// True until its first part is there.
    empty: bool,
    /// What closes it.
    close: &'static [u8],
}

impl<'o> Writer<'o> {
    fn text(self, text: &str) -> Result<(), Error> {
        self.out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn number(self, number: u64) -> Result<(), Error> {
        let mut digits = [b'0'; 20];
        let (mut rest, mut at) = (number, digits.len() - 1);
        while rest >= 10 {
            digits[at] += (rest % 10) as u8;
            rest /= 10;
            at -= 1;
        }
        digits[at] += rest as u8;
        self.out.extend_from_slice(&digits[at..]);
        Ok(())
    }

    fn open(self, open: &'static [u8], close: &'static [u8]) -> Parts<'o> {
        self.out.extend_from_slice(open);
        Parts { out: self.out, empty: true, close }
    }

    /// `{"variant":` with what belongs behind it.
    fn open_variant(self, variant: &str, open: &'static [u8], close: &'static [u8]) -> Parts<'o> {
        self.out.push(b'{');
        string(self.out, variant);
        self.out.push(b':');
        self.open(open, close)
    }
}

impl Parts<'_> {
    fn comma(&mut self) {
        if !self.empty {
            self.out.push(b',');
        }
        self.empty = false;
    }

    fn part(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.comma();
        value.serialize(Writer { out: self.out })
    }

    /// A field of a struct, whose name is no text of anybody's and needs no escapes. In place, so that keys are constants.
    #[inline(always)]
    fn field(&mut self, key: &'static str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.out.reserve(key.len() + 4);
        self.comma();
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
        value.serialize(Writer { out: self.out })
    }

    fn finish(self) -> Result<(), Error> {
        self.out.extend_from_slice(self.close);
        Ok(())
    }
}

/// Bytes of a string that are looked at together.
const STEP: usize = 8;

const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; STEP])
}

/// True where none of the bytes needs an escape; `false` leaves it open.
fn is_plain(bytes: [u8; STEP]) -> bool {
    let word = u64::from_ne_bytes(bytes);
    let below = |word: u64, least: u8| word.wrapping_sub(each(least)) & !word;
    let found = below(word, b' ') | below(word ^ each(b'"'), 1) | below(word ^ each(b'\\'), 1);
    found & each(0x80) == 0
}

/// How a byte is written inside a string, where it can't stand as it is: the letter behind the backslash.
fn escape(byte: u8) -> Option<u8> {
    Some(match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        8 => b'b',
        12 => b'f',
        0..=31 => b'u',
        _ => return None,
    })
}

fn string(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    // Bytes behind the last whole step are looked at together with some before them.
    let (steps, rest) = bytes.as_chunks::<STEP>();
    let plain = steps.iter().all(|step| is_plain(*step));
    let plain =
        plain && bytes.last_chunk().map_or_else(|| rest.iter().all(|b| escape(*b).is_none()), |last| is_plain(*last));
    let mut written = 0;
    let unsure = if plain { &[][..] } else { bytes };
    for (at, &byte) in unsure.iter().enumerate() {
        let Some(letter) = escape(byte) else { continue };
        out.extend_from_slice(&bytes[written..at]);
        out.extend_from_slice(&[b'\\', letter]);
        if letter == b'u' {
            let digit = |half: u8| b"0123456789abcdef"[usize::from(half & 15)];
            out.extend_from_slice(&[b'0', b'0', digit(byte >> 4), digit(byte)]);
        }
        written = at + 1;
    }
    out.extend_from_slice(&bytes[written..]);
    out.push(b'"');
}

impl<'o> Serializer for Writer<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'o>;
    type SerializeTuple = Parts<'o>;
    type SerializeTupleStruct = Parts<'o>;
    type SerializeTupleVariant = Parts<'o>;
    type SerializeMap = Parts<'o>;
    type SerializeStruct = Parts<'o>;
    type SerializeStructVariant = Parts<'o>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.text(if value { "true" } else { "false" })
    }
    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }
    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }
    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }
    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        if value < 0 {
            self.out.push(b'-');
        }
        self.number(value.unsigned_abs())
    }
    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.number(value.into())
    }
    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.number(value.into())
    }
    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.number(value.into())
    }
    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.number(value)
    }
    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        serde_json::to_writer(self.out, &value)
    }
    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        serde_json::to_writer(self.out, &value)
    }
    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, value: &str) -> Result<(), Error> {
        string(self.out, value);
        Ok(())
    }
    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
    }
    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Error> {
        self.text("null")
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut parts = self.open(b"{", b"}");
        parts.field(variant, value)?;
        parts.finish()
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'o>, Error> {
        Ok(self.open(b"[", b"]"))
    }
    fn serialize_tuple(self, _: usize) -> Result<Parts<'o>, Error> {
        Ok(self.open(b"[", b"]"))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'o>, Error> {
        Ok(self.open(b"[", b"]"))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'o>, Error> {
        Ok(self.open_variant(variant, b"[", b"]}"))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'o>, Error> {
        Ok(self.open(b"{", b"}"))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'o>, Error> {
        Ok(self.open(b"{", b"}"))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'o>, Error> {
        Ok(self.open_variant(variant, b"{", b"}}"))
    }
}

/// The parts of a list of one kind or another.
macro_rules! list {
    ($($kind:ident $part:ident),*) => {$(
        impl ser::$kind for Parts<'_> {
            type Ok = ();
            type Error = Error;

            fn $part<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.part(value)
            }
            fn end(self) -> Result<(), Error> {
                self.finish()
            }
        }
    )*};
}

list!(SerializeSeq serialize_element, SerializeTuple serialize_element);
list!(SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);

/// The fields of a struct of one kind or another.
macro_rules! fields {
    ($($kind:ident),*) => {$(
        impl ser::$kind for Parts<'_> {
            type Ok = ();
            type Error = Error;

            #[inline(always)]
            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
                self.field(key, value)
            }
            fn end(self) -> Result<(), Error> {
                self.finish()
            }
        }
    )*};
}

fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.comma();
        let from = self.out.len();
        key.serialize(Writer { out: self.out })?;
        // What is no string becomes one.
        if self.out.get(from) != Some(&b'"') {
            self.out.insert(from, b'"');
            self.out.push(b'"');
        }
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.out.push(b':');
        value.serialize(Writer { out: self.out })
    }
    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Serialize;
    use std::collections::BTreeMap;

    #[derive(Serialize)]
    enum Shape {
        Dot,
        Line(u32),
        Box(u32, i64),
        Text { words: String, place: Option<usize> },
    }

    #[derive(Serialize)]
    struct Inner {
        #[serde(rename = "in")]
        place: &'static str,
        end: i8,
    }

    #[derive(Serialize)]
    struct Outer<'a> {
        words: &'a str,
        shapes: Vec<Shape>,
        #[serde(flatten)]
        inner: Inner,
        numbers: BTreeMap<u32, f64>,
        none: Option<()>,
        pair: (bool, char),
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<u32>,
    }

    fn outer(words: &str) -> Outer<'_> {
        Outer {
            words,
            shapes: vec![
                Shape::Dot,
                Shape::Line(u32::MAX),
                Shape::Box(0, i64::MIN),
                Shape::Text { words: words.repeat(3), place: Some(10) },
            ],
            inner: Inner { place: "title", end: -7 },
            numbers: BTreeMap::from([(7, 0.5), (19, 1e30)]),
            none: None,
            pair: (true, '"'),
            left_out: None,
        }
    }

    fn same(words: &str) {
        let value = outer(words);
        let mut out = Vec::new();
        write(&mut out, &value).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn every_shape_and_every_escape_is_written_as_serde_json_writes_it() {
        for words in ["", "quay", "a \"b\" c\\d", "Łódź — «порт»", "tab\tline\nend\r\u{8}\u{c}\u{0}\u{1f}\u{7f}"]
        {
            same(words);
        }
    }

    proptest! {
        #[test]
        fn any_string_is_written_as_serde_json_writes_it(words in "(\\PC|[\"\\\\\n\t\u{1}a-c ]){0,40}") {
            same(&words);
        }
    }
}
