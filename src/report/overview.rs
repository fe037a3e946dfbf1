//! What an editor sees of an article before its findings: whose it is, and through whom the lead claim came.

use super::names::Names;
use super::place::Places;
use super::terminal::{plain, prose, shortened};
use super::when::date_words;
use crate::article::{Article, BlockKind};
use crate::attribution::model::{Attribution, AttributionKind, Chain, Hand, Hop, How};
use crate::record::ArticleRecord;

/// Paragraphs within which a claim counts as the lead's.
const LEAD: usize = 3;

/// Columns of the words that declare a hop.
const DECLARING: usize = 56;

/// Publisher, date and language in one line, each said to be unknown where it is.
pub fn head(article: &Article, names: &Names<'_>) -> String {
    let publisher = article.publisher.as_ref().map_or("publisher not known", |p| p.name.as_str());
    let date = article.published.as_ref().map_or_else(|| "date not known".to_string(), |p| date_words(&p.iso));
    let language = match article.language.tag.as_str() {
        "und" => "language not known".to_string(),
        tag => names.language(tag),
    };
    plain(&format!("{publisher} · {date} · {language}"))
}

/// The headline on one line; the article's key where it has none.
pub fn title(article: &Article) -> String {
    let title = article.title().map(|span| prose(article.words(span))).filter(|title| !title.is_empty());
    title.unwrap_or_else(|| plain(&article.key))
}

/// The way of the lead claim.
#[derive(Debug)]
pub struct Way {
    /// Names from the origin to the publisher.
    pub names: Vec<String>,
    /// How far it travelled, and where the text declares it.
    pub told: String,
}

impl Way {
    /// The way of the first claim of the body that has a source, else of the headline; `None` where nothing has one.
    pub fn of(record: &ArticleRecord, names: &Names<'_>, places: &Places<'_>) -> Option<Way> {
        let article = &record.article;
        let mut claims: Vec<&Attribution> = record.attributions.iter().filter(|it| is_claim(it)).collect();
        claims.sort_by_key(|it| it.content.first().map_or(u32::MAX, |span| span.start));
        let in_body = |it: &&&Attribution| matches!(kind(article, it.block), BlockKind::Body | BlockKind::Standfirst);
        let body = claims.iter().find(in_body).copied();
        let title = claims.iter().find(|it| kind(article, it.block) == BlockKind::Title).copied();
        let early = body.filter(|it| paragraph(article, it.block) < LEAD);
        let claim = early.or(title).or(body)?;
        let late = early.is_none() && title.is_none();
        let mut told = vec![hand(&claim.chain)];
        told.extend(declared(article, &claim.chain.hops, names, places));
        if let Some(span) = claim.content.first().filter(|_| late) {
            told.push(format!("the first source stands in {}", places.long(*span)));
        }
        let mut told = told.join(", ");
        if let Some(group) = one_group(&claim.chain.nodes, names) {
            told = format!("{told}; {group}");
        }
        Some(Way { names: node_names(&claim.chain.nodes, names), told })
    }
}

/// The names of a chain's nodes, short where the registry adds an explanation in brackets.
pub fn node_names(nodes: &[String], names: &Names<'_>) -> Vec<String> {
    let last = nodes.len().saturating_sub(1);
    let name = |(index, id): (usize, &String)| match id.as_str() {
        "unknown" if index == last => "publisher not known".to_string(),
        "unknown" => "source not known".to_string(),
        id => plain(&names.brief(id)),
    };
    nodes.iter().enumerate().map(name).collect()
}

fn is_claim(it: &Attribution) -> bool {
    let spoken =
        !matches!(it.kind, AttributionKind::Silence | AttributionKind::RelayLine | AttributionKind::Contribution);
    spoken && it.source.is_some() && !it.content.is_empty()
}

fn kind(article: &Article, block: usize) -> BlockKind {
    article.blocks.get(block).map_or(BlockKind::Boilerplate, |block| block.kind)
}

/// How many paragraphs of the body stand before a block.
fn paragraph(article: &Article, block: usize) -> usize {
    article.blocks.iter().take(block).filter(|block| block.kind == BlockKind::Body).count()
}

/// How far a claim travelled, for people.
pub fn hand(chain: &Chain) -> String {
    let word = match chain.hand {
        Hand::Firsthand => "no relay declared",
        Hand::Secondhand => "secondhand",
        Hand::Thirdhand => "thirdhand",
        Hand::Vague => "nobody in particular is named as its origin",
        Hand::Anonymous => "its origin is not named",
        Hand::Unattributed => "no source",
    };
    word.to_string()
}

/// Where the hops are declared: each line once, with the words of its first hop, names left out.
fn declared(article: &Article, hops: &[Hop], names: &Names<'_>, places: &Places<'_>) -> Option<String> {
    let mut hops: Vec<&Hop> = hops.iter().collect();
    hops.sort_by_key(|hop| (hop.span.start, hop.span.end));
    let mut told: Vec<(String, String)> = Vec::new();
    for hop in &hops {
        let place = places.long(hop.span);
        if !told.iter().any(|(known, _)| *known == place) {
            let whole = prose(article.words(hop.span));
            told.push((place, shortened(&without_name(&whole, &names.brief(&hop.to)), DECLARING)));
        }
    }
    let word = if hops.iter().all(|hop| hop.how == How::Inferred) { "inferred from" } else { "declared in" };
    let told: Vec<String> = told.into_iter().map(|(place, words)| format!("{place} ({words})")).collect();
    (!told.is_empty()).then(|| format!("{word} {}", told.join(" and ")))
}

/// The words that declare a hop without the name that the chain shows already; all of them where there are no others.
fn without_name(words: &str, name: &str) -> String {
    let trimmed = |words: &str| words.trim_matches(|c: char| !c.is_alphanumeric() && c != '…').to_owned();
    let rest = trimmed(&words.replace(name, "…"));
    if rest.contains(char::is_alphanumeric) { rest } else { trimmed(words) }
}

/// Which neighbours of a chain belong to one group, as far as the registry knows.
fn one_group(nodes: &[String], names: &Names<'_>) -> Option<String> {
    let group = |i: usize| nodes.get(i).and_then(|id| names.group(id));
    let from = (1..nodes.len()).find(|&i| group(i).is_some() && group(i) == group(i - 1))? - 1;
    let to = (from..nodes.len()).take_while(|&i| group(i) == group(from)).last()?;
    if to + 1 == nodes.len() {
        return Some(format!("the last {} are one group", number(to + 1 - from)));
    }
    let members = node_names(&nodes[from..=to], names);
    Some(format!("{} are one group", members.join(" and ")))
}

fn number(count: usize) -> String {
    match count {
        2 => "two".to_string(),
        3 => "three".to_string(),
        4 => "four".to_string(),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_hop_leave_its_name_out_where_others_are_left() {
        assert_eq!(without_name("according to Meduza,", "Meduza"), "according to …");
        assert_eq!(without_name("(Meduza)", "Meduza"), "Meduza", "a name alone declares it");
    }
    use crate::report::sample;
    use crate::rules::rule_set::RuleSet;
    use crate::sources::registry::Registry;

    fn way(record: &ArticleRecord, rules: &RuleSet) -> Option<Way> {
        let registry = Registry::new(rules);
        Way::of(record, &Names::new(&registry, &[]), &Places::new(&record.article))
    }

    #[test]
    fn the_lead_claim_is_told_with_its_chain_its_hand_and_the_words_that_declare_it() {
        let way = way(&sample::record(), &sample::rules()).unwrap();
        assert_eq!(way.names, ["Ada Quill", "Coast Wire", "The Harbour Post"]);
        assert_eq!(way.told, "secondhand, declared in line 3 (according to …)");
    }

    #[test]
    fn outlets_of_one_group_are_told_and_unknown_owners_are_no_group() {
        let mut rules = sample::rules();
        rules.sources[0].group = "quays".into();
        assert!(!way(&sample::record(), &rules).unwrap().told.contains("group"));
        rules.sources[1].group = "quays".into();
        assert!(way(&sample::record(), &rules).unwrap().told.ends_with("; the last two are one group"));
    }

    #[test]
    fn silence_is_no_claim_and_an_article_without_sources_has_no_way() {
        let mut record = sample::record();
        for it in &mut record.attributions {
            it.kind = AttributionKind::Silence;
        }
        assert!(way(&record, &sample::rules()).is_none());
    }

    #[test]
    fn what_is_not_known_is_said_to_be_unknown() {
        let mut article = sample::record().article;
        article.publisher = None;
        article.published = None;
        article.language.tag = "und".into();
        let registry = Registry::new(&sample::rules());
        let names = Names::new(&registry, &[]);
        assert_eq!(head(&article, &names), "publisher not known · date not known · language not known");
    }
}
