//! What a byte of one sentence costs, from short sentences to absurd ones: it must not grow with the length.

use std::time::Instant;

use secondhand::article::BlockKind;
use secondhand::auditor::{Auditor, plain};

/// Lengths of the sentences, in bytes.
pub const LENGTHS: [usize; 6] = [1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20];
/// Bytes of each length that are read at least, so that short sentences can be timed.
const READ: usize = 1 << 18;

/// Kinds of sentences: their names, and the pieces that they repeat, `#` a number that makes each different.
const KINDS: [(&str, [&str; 4]); 4] = [
    (
        "words without a cue",
        [
            "the grey boat lay beside pier # ",
            "under a low sky near the town of Halden ",
            "with # crates of apples from the northern valley ",
            "in front of the old brick hall behind the railway ",
        ],
    ),
    (
        "words with cues and names",
        [
            "Anna Keller said the bridge had cost # euros and ",
            "Reuters reported that # people left Halden and ",
            "according to Interfax the mayor told CNN that # boats sank and ",
            "Dmitry Peskov denied that the Kremlin knew of # letters and ",
        ],
    ),
    (
        "clauses with commas",
        [
            "the harbour, which # ships had left, ",
            "the mayor, a native of Halden, ",
            "said on Monday, as Reuters reported, that # boats, ",
            "most of them old, had been sold, ",
        ],
    ),
    (
        "quotation marks",
        [
            "“we saw # boats” said Keller and ",
            "“the so-called deal” of # lines and ",
            "the boat «Halden» and \"no comment\" from pier # and ",
            "“nobody asked us” the mayor told Reuters and ",
        ],
    ),
];

/// Nanoseconds a byte for each of [`LENGTHS`].
#[derive(Debug)]
pub struct Kind {
    /// What the sentences are made of.
    pub name: &'static str,
    /// The cost at each length.
    pub costs: [f64; LENGTHS.len()],
}

/// Audits sentences of all kinds and lengths up to `longest`; the cost of longer ones is not a number.
pub fn costs(auditor: &Auditor, longest: usize) -> Vec<Kind> {
    let mut number = 0;
    let cost = |pieces: &[&str], length: usize, number: &mut usize| {
        if length > longest {
            return f64::NAN;
        }
        let mut seconds = 0.0;
        let mut bytes = 0;
        while bytes < READ {
            let article = plain(&sentence(pieces, length, number), "en", BlockKind::Body);
            bytes += article.buffer.len();
            let start = Instant::now();
            let record = auditor.audit(article);
            seconds += start.elapsed().as_secs_f64();
            drop(record);
        }
        seconds / bytes as f64 * 1e9
    };
    let kinds = KINDS.iter().map(|(name, pieces)| Kind { name, costs: LENGTHS.map(|l| cost(pieces, l, &mut number)) });
    kinds.collect()
}

fn sentence(pieces: &[&str], length: usize, number: &mut usize) -> String {
    let mut out = String::from("On Monday ");
    while out.len() < length {
        let piece = pieces[*number % pieces.len()];
        *number += 1;
        out += &piece.replace('#', &number.to_string());
    }
    out.push_str("the day ended.");
    out
}
