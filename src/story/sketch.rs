//! The little that is kept of every article while others stream by: what it is about, and when it appeared. At most 4 KB.

use rapidhash::RapidHashMap;

use crate::article::BlockKind;
use crate::story::digest::Digest;
use crate::story::order::Moment;
use crate::story::terms::TermKind;

/// Most features of a sketch: with 8 bytes each, 2.4 KB.
pub const MOST_FEATURES: usize = 300;
/// How many times a term of the headline counts.
const IN_TITLE: u32 = 4;
/// How many times a term of the lead counts.
const IN_LEAD: u32 = 2;

/// What an article is about.
#[derive(Debug, Clone, Default)]
pub struct Sketch {
    /// Its features, in the order of their keys.
    pub features: Vec<Feature>,
    /// When it was published, as exactly as that can be told.
    pub moment: Option<Moment>,
    /// The first eight letters of its language's tag.
    pub language: [u8; 8],
}

/// One feature: what a term is compared by, and how much it counts here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// The lower half of the term's key.
    pub key: u32,
    /// How often it stands there, the headline's terms counted more; bounded.
    pub count: u8,
    /// What it is.
    pub kind: TermKind,
    /// True where it stands in the headline or the lead.
    pub head: bool,
}

impl Sketch {
    /// The sketch of an article; `zone` is that of its publisher's clock.
    pub fn new(digest: &Digest, zone: Option<&str>) -> Sketch {
        let mut counts: RapidHashMap<u32, (u32, TermKind, bool)> = RapidHashMap::default();
        for sentence in &digest.sentences {
            let times = match sentence.kind {
                BlockKind::Title => IN_TITLE,
                BlockKind::Body if sentence.paragraph == 1 => IN_LEAD,
                BlockKind::Standfirst => IN_LEAD,
                BlockKind::Body => 1,
                _ => continue,
            };
            for term in &sentence.terms {
                // Years are in every article.
                if term.kind == TermKind::Number && sentence.dates.iter().any(|d| d.span.overlaps(term.span)) {
                    continue;
                }
                let counted = counts.entry(term.key as u32).or_insert((0, term.kind, false));
                counted.0 += times;
                counted.2 |= times > 1;
            }
        }
        let mut features: Vec<Feature> = counts
            .into_iter()
            .map(|(key, (count, kind, head))| Feature { key, count: count.min(255) as u8, kind, head })
            .collect();
        features.sort_by_key(|f| (std::cmp::Reverse(f.count), f.kind == TermKind::Word, f.key));
        features.truncate(MOST_FEATURES);
        features.shrink_to_fit();
        features.sort_by_key(|f| f.key);
        let mut language = [0; 8];
        digest.language().bytes().take(8).zip(&mut language).for_each(|(byte, room)| *room = byte);
        let published = digest.article.published.as_ref();
        Sketch { features, moment: published.and_then(|p| Moment::new(&p.iso, zone)), language }
    }

    /// Bytes that it takes in memory.
    pub fn size(&self) -> usize {
        size_of::<Sketch>() + self.features.capacity() * size_of::<Feature>()
    }
}
