//! Who speaks in an article: named voices, and the phrases that stand for unnamed ones.

use std::collections::HashSet;

use super::names::Names;
use super::terminal::prose;
use crate::article::BlockKind;
use crate::attribution::model::{Attribution, AttributionKind, SourceClass, SourceRef};
use crate::record::ArticleRecord;

/// The voices of one article, each once, in the order of the text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Voices {
    /// Named: people, bodies, documents, outlets that are no mere relay.
    pub named: Vec<String>,
    /// The article's phrases for those who are not named.
    pub unnamed: Vec<String>,
    /// Pronouns and roles that could not be resolved.
    pub unresolved: Vec<String>,
}

struct Voice<'a> {
    id: &'a str,
    class: SourceClass,
    /// The article's phrases for it.
    phrases: Vec<String>,
}

impl Voices {
    /// The voices of `record`. Relays are told with the chain, and silence is no voice.
    pub fn of(record: &ArticleRecord, names: &Names<'_>) -> Voices {
        // A headline calls the same voices by shorter words; it counts only where nobody speaks below it.
        let headline = |it: &Attribution| {
            let kind = record.article.blocks.get(it.block).map(|block| block.kind);
            matches!(kind, Some(BlockKind::Title | BlockKind::TitleRepeat))
        };
        let body = Voices::heard(record, names, &|it| !headline(it));
        if body == Voices::default() { Voices::heard(record, names, &|_| true) } else { body }
    }

    fn heard(record: &ArticleRecord, names: &Names<'_>, counts: &dyn Fn(&Attribution) -> bool) -> Voices {
        let relays: HashSet<&str> =
            record.attributions.iter().flat_map(|it| it.chain.hops.iter().map(|hop| hop.to.as_str())).collect();
        let publisher = record.article.publisher.as_ref().map_or("", |p| p.id.as_str());
        let mut voices: Vec<Voice<'_>> = Vec::new();
        for it in record.attributions.iter().filter(|it| counts(it)) {
            let silent = matches!(
                it.kind,
                AttributionKind::Silence | AttributionKind::RelayLine | AttributionKind::Contribution
            );
            let Some(source) = it.source.as_ref().filter(|source| !silent && source.id != publisher) else { continue };
            let outlet = matches!(source.class, SourceClass::Outlet | SourceClass::Wire);
            if !outlet || !relays.contains(source.id.as_str()) {
                add(&mut voices, source, prose(record.article.words(it.antecedent.unwrap_or(source.span))), names);
            }
        }
        let mut out = Voices::default();
        for voice in voices {
            let first = voice.phrases.first().cloned().unwrap_or_default();
            match voice.id.split_once(':') {
                Some(("class" | "anonymous", _)) => out.unnamed.push(first),
                _ if voice.id == "unknown" => out.unresolved.push(first),
                _ if voice.id == "anonymous" => out.unnamed.push(first),
                _ => out.named.push(shortest(&voice, &names.brief(voice.id))),
            }
        }
        out
    }
}

/// Adds a source to the voice it belongs to, or as a new one. A person takes the place of the body that they speak for.
fn add<'a>(voices: &mut Vec<Voice<'a>>, source: &'a SourceRef, phrase: String, names: &Names<'_>) {
    let one = |voice: &&mut Voice<'a>| {
        voice.id == source.id && (source.id != "unknown" || voice.phrases.contains(&phrase))
            || source.id != "unknown" && names.same_body(voice.id, &source.id)
    };
    match voices.iter_mut().find(one) {
        Some(voice) => {
            if voice.class != SourceClass::Person && source.class == SourceClass::Person {
                *voice = Voice { id: &source.id, class: source.class, phrases: Vec::new() };
            }
            if voice.id == source.id {
                voice.phrases.push(phrase);
            }
        }
        None => voices.push(Voice { id: &source.id, class: source.class, phrases: vec![phrase] }),
    }
}

/// The name by which the article itself calls a person most shortly, where that is a part of their name.
fn shortest(voice: &Voice<'_>, name: &str) -> String {
    let parts = voice.phrases.iter().filter(|phrase| voice.class == SourceClass::Person && part_of(phrase, name));
    parts.min_by_key(|phrase| phrase.chars().count()).cloned().unwrap_or_else(|| name.to_string())
}

fn part_of(phrase: &str, name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    !phrase.is_empty() && phrase.split(' ').all(|word| words.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::sources::registry::Registry;

    #[test]
    fn voices_are_told_once_by_the_shortest_name_that_the_article_gives_them() {
        let mut record = sample::record();
        let quill = sample::span(&record.article.buffer, "Quill");
        record.attributions[1].source.as_mut().unwrap().span = quill;
        let they = SourceRef {
            span: sample::span(&record.article.buffer, "they"),
            id: "class:residents".into(),
            class: SourceClass::Collective,
            bodies: Vec::new(),
        };
        record.attributions[2].source = Some(they);
        let registry = Registry::new(&sample::rules());
        let voices = Voices::of(&record, &Names::new(&registry, &[]));
        assert_eq!((voices.named, voices.unnamed), (vec!["Quill".to_string()], vec!["they".to_string()]));
    }

    #[test]
    fn a_headline_has_voices_of_its_own_only_where_nobody_speaks_below_it() {
        let mut record = sample::record();
        record.attributions[0].block = 0;
        record.attributions[0].source.as_mut().unwrap().id = "name:Mayor".into();
        let registry = Registry::new(&sample::rules());
        let names = Names::new(&registry, &[]);
        assert_eq!(Voices::of(&record, &names).named, ["Ada Quill"]);
        record.attributions.truncate(1);
        assert_eq!(Voices::of(&record, &names).named, ["Mayor"]);
    }

    #[test]
    fn silence_and_relays_are_no_voices() {
        let mut record = sample::record();
        record.attributions[0].kind = AttributionKind::Silence;
        let wire = SourceRef {
            span: sample::span(&record.article.buffer, "Coast Wire"),
            id: "coast-wire".into(),
            class: SourceClass::Wire,
            bodies: Vec::new(),
        };
        record.attributions[2].source = Some(wire);
        record.attributions[1].kind = AttributionKind::Contribution;
        let registry = Registry::new(&sample::rules());
        assert_eq!(Voices::of(&record, &Names::new(&registry, &[])), Voices::default());
    }
}
