//! Which of the readings of a stretch stand: precedence for one cue, and no two that cross.

use super::reading::Reading;
use crate::rules::pack::{LanguagePack, Means};
use crate::rules::template::SlotKind;
use crate::sources::denote::Denotes;

/// The readings that stand, and those that fell with the reason.
#[derive(Debug, Default)]
pub struct Choice {
    /// In the order of their cues.
    pub standing: Vec<Reading>,
    /// The losers, and why each lost.
    pub lost: Vec<(Reading, Why)>,
}

/// Why a reading lost. The number is that of the pattern that it lost to, by its place in the pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The other one names it as what it is used instead of.
    UsedInstead(u32),
    /// The other one reads the same source and content.
    SameWords(u32),
    /// The other one reads the same cue with more of its words.
    SameCue(u32),
    /// It stands inside the line that the other one reads.
    InLine(u32),
    /// Its cue stands inside the source that the other one reads.
    CueInSource(u32),
    /// It crosses the other one.
    Crosses(u32),
    /// It stands in what the other one reports.
    ToldByOther(u32),
}

impl Why {
    /// The reason in words, for who keeps the rules.
    pub fn told(self, pack: &LanguagePack) -> String {
        let name = |pattern: u32| pack.patterns.get(pattern as usize).map_or("another pattern", |p| p.id.as_str());
        match self {
            Why::UsedInstead(it) => format!("{} is used instead", name(it)),
            Why::SameWords(it) => format!("{} reads the same source and content", name(it)),
            Why::SameCue(it) => format!("{} reads the same cue with more of its words", name(it)),
            Why::InLine(it) => format!("it stands inside the line that {} reads", name(it)),
            Why::CueInSource(it) => format!("its cue stands inside the source that {} reads", name(it)),
            Why::Crosses(it) => format!("it crosses {}", name(it)),
            Why::ToldByOther(it) => format!("it stands in what {} reports", name(it)),
        }
    }
}

/// Chooses among the readings of one region.
pub fn choose(readings: Vec<Reading>, pack: &LanguagePack) -> Choice {
    let mut choice = Choice::default();
    if readings.is_empty() {
        return choice;
    }
    let mut ranked = readings;
    if ranked.len() > 1 {
        ranked.sort_by_cached_key(|reading| {
            std::cmp::Reverse((rank(reading), &pack.patterns[reading.pattern as usize].id))
        });
    }
    // `instead-of` goes before all else: a loser named by a rival on its own cue falls at once.
    // Of two that name each other, the better one stays.
    let names = |a: &Reading, b: &Reading| {
        pack.patterns[a.pattern as usize].instead_of.contains(&pack.patterns[b.pattern as usize].id)
    };
    let rivals: Vec<Option<u32>> = ranked
        .iter()
        .enumerate()
        .map(|(place, reading)| {
            let beats = |(at, r): &(usize, &Reading)| {
                r.pattern != reading.pattern
                    && same_cue(r, reading)
                    && names(r, reading)
                    && (*at < place || !names(reading, r))
            };
            ranked.iter().enumerate().find(beats).map(|(_, r)| r.pattern)
        })
        .collect();
    let mut kept: Vec<Reading> = Vec::with_capacity(ranked.len());
    for (reading, rival) in ranked.into_iter().zip(rivals) {
        match rival {
            Some(rival) => {
                choice.lost.push((reading, Why::UsedInstead(rival)));
            }
            None => kept.push(reading),
        }
    }
    let mut standing: Vec<Reading> = Vec::new();
    for mut reading in kept {
        let mut reason = None;
        for other in &mut standing {
            if is_mark(reading.means) != is_mark(other.means) {
                continue;
            }
            let name = other.pattern;
            if same_reading(other, &reading) {
                reason = Some(Why::SameWords(name));
            } else if same_cue(other, &reading) {
                reason = Some(Why::SameCue(name));
            } else if line_holds(other, &reading) || line_holds(&reading, other) {
                reason = Some(Why::InLine(name));
            } else if cue_in_source(other, &reading) {
                reason = Some(Why::CueInSource(name));
            } else {
                part_relative(other, &mut reading);
                part_relative(&reading, other);
                part_contents(other, &mut reading);
                part_contents(&mut reading, other);
                if crosses(other, &reading) {
                    reason = Some(Why::Crosses(name));
                }
            }
            if reason.is_some() {
                break;
            }
        }
        match reason {
            Some(why) => choice.lost.push((reading, why)),
            None => standing.push(reading),
        }
    }
    // What one reads in the words that another one reports is that speaker's word.
    let told: Vec<Option<Why>> = (standing.iter())
        .map(|inner| {
            let outer = standing.iter().find(|outer| is_told_by(inner, outer))?;
            Some(Why::ToldByOther(outer.pattern))
        })
        .collect();
    for (reading, why) in std::mem::take(&mut standing).into_iter().zip(told) {
        match why {
            Some(why) => choice.lost.push((reading, why)),
            None => standing.push(reading),
        }
    }
    standing.sort_by_key(|r| (r.cue.0, r.extent().0));
    choice.standing = standing;
    choice
}

/// Marks for policies (hedges, vague times) stand beside attributions and compete with each other only.
pub fn is_mark(means: Means) -> bool {
    matches!(
        means,
        Means::Hedge
            | Means::VagueTime
            | Means::DeskNote
            | Means::Anonymity
            | Means::Agentless
            | Means::Vague
            | Means::PhotoCredit
    )
}

fn rank(r: &Reading) -> (bool, u8, u8, std::cmp::Reverse<usize>, bool, usize, usize, u32) {
    // Between equals the reading with its source next to the cue, then the one with more slots, then the later pattern.
    let (literals, lexicons) = r.weight;
    let known = r.fills.iter().filter(|f| f.mention.as_ref().is_some_and(|m| m.denotes.is_known())).count();
    // What nobody says gives way to what somebody says.
    let somebody = r.means != Means::Impersonal;
    (
        somebody,
        literals,
        lexicons,
        std::cmp::Reverse(r.gap),
        r.fills.iter().any(|f| f.mention.is_some()),
        known,
        r.fills.len(),
        r.pattern,
    )
}

/// True where two patterns read the same words of the same source, by different cues.
fn same_reading(a: &Reading, b: &Reading) -> bool {
    let place = |r: &Reading, kind: SlotKind| r.fill(kind).map(|f| (f.first, f.last));
    let (source, content) = (place(a, SlotKind::Source), place(a, SlotKind::Content));
    source.is_some()
        && content.is_some()
        && source == place(b, SlotKind::Source)
        && content == place(b, SlotKind::Content)
}

fn same_cue(a: &Reading, b: &Reading) -> bool {
    let overlap = |x: (usize, usize), y: (usize, usize)| x.0 < y.1 && y.0 < x.1;
    // One verb may stand behind two accounts of one sentence; of one speaker and one content it gives one.
    let place = |r: &Reading, kind: SlotKind| r.fill(kind).map(|f| (f.first, f.last));
    // A part of the phrase that the other one takes for its source is the same one: "the head [of the guild]".
    let same_source = || match (place(a, SlotKind::Source), place(b, SlotKind::Source)) {
        (Some(x), Some(y)) => x.0 <= y.0 && y.1 <= x.1 || y.0 <= x.0 && x.1 <= y.1,
        (x, y) => x == y,
    };
    let same_content = || match (place(a, SlotKind::Content), place(b, SlotKind::Content)) {
        (Some(x), Some(y)) => overlap(x, y),
        _ => true,
    };
    // What one takes for a content holds the words that the other one starts from.
    let holds = |x: &Reading, y: &Reading| x.contents().any(|c| c.first <= y.start.0 && y.start.1 <= c.last);
    let shared = || same_source() && same_content() || holds(a, b) || holds(b, a);
    overlap(a.start, b.start) || overlap(a.cue, b.cue) && shared()
}

/// True where one reads a whole line (a label, a dateline) and the other a part of it.
fn line_holds(line: &Reading, part: &Reading) -> bool {
    let (first, last) = line.whole;
    matches!(line.means, Means::Label | Means::ClosingLine | Means::Dateline | Means::Credit | Means::Contribution)
        && first <= part.pivot
        && part.pivot < last
}

fn cue_in_source(a: &Reading, b: &Reading) -> bool {
    // A cue in an apposition or relative clause is another matter: "Keller, who said no, said yes".
    let in_core = |outer: &Reading, inner: &Reading| {
        outer.fills.iter().filter_map(|f| f.mention.as_ref()).any(|m| m.core.0 <= inner.pivot && inner.pivot < m.core.1)
    };
    in_core(a, b) || in_core(b, a)
}

/// True for an attitude that stands in what another one reports as said: it is that speaker's word. What somebody with a
/// name did by words is a matter of its own.
fn is_told_by(inner: &Reading, outer: &Reading) -> bool {
    let named = inner
        .mention(SlotKind::Source)
        .is_some_and(|m| !matches!(m.denotes, Denotes::Pronoun(_) | Denotes::Unknown { .. }));
    let attitude = matches!(inner.means, Means::Belief | Means::Impersonal) || inner.means == Means::Reaction && !named;
    let says = matches!(outer.means, Means::Says | Means::Told | Means::AccordingTo | Means::Citing);
    attitude && says && outer.contents().any(|c| c.first <= inner.cue.0 && inner.cue.1 <= c.last)
}

/// What a cue in the relative clause of another one's source reports ends with that clause.
fn part_relative(outer: &Reading, inner: &mut Reading) {
    let Some(clause) =
        outer.fills.iter().find(|f| f.mention.is_some() && f.first <= inner.pivot && inner.pivot < f.last)
    else {
        return;
    };
    for fill in inner.fills.iter_mut().filter(|f| f.kind == SlotKind::Content) {
        if fill.first < clause.last && fill.last > clause.last {
            fill.last = clause.last;
        }
    }
}

/// Where the source and cue of `tail` stand at the end of the content of `head`, and `tail` reaches back over `head`, the
/// content of `head` ends before them: "X said it rained, Y reported".
fn part_contents(tail: &mut Reading, head: &mut Reading) {
    let Some(reach) = tail.contents().next().map(|c| (c.first, c.last)) else { return };
    let own = tail
        .fill(SlotKind::Source)
        .or_else(|| tail.fill(SlotKind::Via))
        .map_or(tail.cue.0, |f| f.first.min(tail.cue.0));
    if !(reach.0 <= head.cue.0 && head.cue.1 <= reach.1 && reach.1 <= own) {
        return;
    }
    for fill in head.fills.iter_mut().filter(|f| f.kind == SlotKind::Content) {
        if fill.first < reach.1 && fill.last > reach.1 {
            fill.last = reach.1;
        }
    }
}

/// True where two readings overlap without one lying inside a content of the other.
fn crosses(a: &Reading, b: &Reading) -> bool {
    let (a0, a1) = a.extent();
    let (b0, b1) = b.extent();
    if a1 <= b0 || b1 <= a0 {
        return false;
    }
    // Contents that overlap in part cross; those that nest, or are the same, do not.
    a.contents().any(|x| {
        b.contents().any(|y| {
            let overlap = x.first < y.last && y.first < x.last;
            let nested = (x.first <= y.first && y.last <= x.last) || (y.first <= x.first && x.last <= y.last);
            overlap && !nested
        })
    })
}
