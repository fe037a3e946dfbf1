//! What must hold for any text: spans are slices in their places, the work is bounded, and nothing panics.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::path::PathBuf;
use std::sync::OnceLock;

use proptest::prelude::*;
use secondhand::article::{Article, BlockKind, Publisher};
use secondhand::attribution::choose::choose;
use secondhand::attribution::model::Attribution;
use secondhand::attribution::patterns::read;
use secondhand::attribution::reading::Surround;
use secondhand::auditor::{Auditor, plain};
use secondhand::compiled::language::Language;
use secondhand::ingest::read::{ReadOptions, Reader};
use secondhand::report::form::Form;
use secondhand::report::json::Json;
use secondhand::report::jsonl::{Jsonl, Rows};
use secondhand::rules::load::{RuleSources, load};
use secondhand::rules::template::{Element, Template};
use secondhand::scan::View;
use secondhand::segment::quotation::{QuotationClass, pair};
use secondhand::segment::sentence::{SentenceRules, starts};
use secondhand::sources::lookup::RegistryLookup;
use secondhand::sources::mention;
use secondhand::text::lines::LineIndex;
use secondhand::text::span::Span;
use secondhand::text::token::{Token, tokens};

/// An auditor, its compiled languages, and words of its rules to make texts of.
struct World {
    auditor: Auditor,
    languages: Vec<Language>,
    words: Vec<String>,
}

fn world(rules: RuleSources) -> World {
    let auditor = Auditor::new(load(&rules).rules);
    let mut words = Vec::new();
    for pack in &auditor.rules().languages {
        let lexicons = pack.lexicons.values().flat_map(|l| &l.entries).flat_map(|e| e.forms.values().flatten());
        let nouns = pack.nouns.iter().flat_map(|n| &n.forms);
        let patterns = pack.patterns.iter().flat_map(|p| &p.templates);
        for template in lexicons.chain(nouns).chain(patterns) {
            words.extend(first_words(template));
        }
        words.extend(pack.pronouns.iter().flat_map(|p| p.forms.clone()));
        words.extend(pack.months.iter().chain(&pack.weekdays).flatten().cloned());
        words.extend(pack.abbreviations.iter().cloned());
    }
    // Names in every script, evenly from all over the registry.
    let names: Vec<&String> = auditor.rules().sources.iter().flat_map(|s| s.names.values().flatten()).collect();
    words.extend(names.iter().step_by(names.len() / 300 + 1).map(|n| (*n).clone()));
    words.sort();
    words.dedup();
    let languages = auditor.rules().languages.iter().cloned().map(Language::new).collect();
    World { auditor, languages, words }
}

fn first_words(template: &Template) -> Vec<String> {
    let flat = template.expanded().unwrap_or_default().into_iter().next().unwrap_or_default();
    flat.iter().filter_map(|e| if let Element::Word(forms) = e { forms.first().cloned() } else { None }).collect()
}

fn builtin() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| world(RuleSources::default()))
}

fn invented() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/packs/invented");
    WORLD.get_or_init(|| world(RuleSources { builtin: false, dirs: vec![dir] }))
}

/// Marks and white space as texts have them, pairs torn apart included.
const MARKS: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    ", ",
    ", ",
    ". ",
    ". ",
    ": ",
    "; ",
    " — ",
    "- ",
    "-",
    "?",
    "! ",
    "… ",
    "“",
    "”",
    "\"",
    "\" ",
    "‘",
    "’",
    "'",
    "'s ",
    "«",
    "»",
    "„",
    "(",
    ") ",
    "[",
    "](#)",
    "**",
    "/",
    "| ",
    "\n",
    "\n\n",
    "\r\n",
    "\u{200b}",
    "\u{ad}",
    "\u{301}",
    "⟦",
    "⟧",
    "⟨",
    "⁘ ",
    "।",
    "։ ",
    "、",
    "1",
    "2,000 ",
    "Anna Keller ",
    "Karl ",
    "the ",
    "“Yes,” ",
    "Source: ",
    "Anna Keller said the road was shut",
    ", according to Reuters",
    "(Reuters) — ",
    "she told Meduza",
    "karudanra la ponto klosta estas ke soret⁘ ",
    "orda'ra raportu",
    "a",
    "І",
    "ال",
    "ქ",
    "日本",
    "𝔸",
    "👩‍👧",
];

/// Random Unicode.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,120}", "(\\PC|[ \n.,\"“”'’()-]){0,200}", "[“”\"'’«»⟦⟧ .a\n]{0,80}"]
}

/// Rule words and marks in any order.
fn mixed(world: fn() -> &'static World) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        (any::<prop::sample::Index>()).prop_map(move |i| format!("{} ", i.get(&world().words))),
        prop::sample::select(MARKS).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn is_slice(text: &str, span: Span) -> bool {
    text.get(span.range()).is_some()
}

fn check_tokens(text: &str, all: &[Token]) -> Result<(), TestCaseError> {
    let mut end = 0;
    for token in all {
        prop_assert!(!token.span.is_empty() && is_slice(text, token.span), "{token:?}");
        prop_assert!(token.span.start >= end, "tokens overlap at {token:?}");
        end = token.span.end;
    }
    Ok(())
}

/// Quotations are inside, and of any two one holds the other, or they lie apart, but for marks that never close.
fn check_quotations(view: &View<'_>) -> Result<(), TestCaseError> {
    let n = view.tokens.len();
    for (i, q) in view.quotations.iter().enumerate() {
        prop_assert!(q.open < q.end && q.end <= n, "{q:?} of {n}");
        let inside = q.inside();
        prop_assert!(inside.start <= inside.end && inside.end <= n);
        if let Some(next) = view.quotations.get(i + 1) {
            prop_assert!(q.open < next.open);
            prop_assert!(
                !q.closed || !next.closed || next.end <= q.end || next.open >= q.end,
                "{q:?} crosses {next:?}"
            );
        }
        // The indexes agree with the list.
        let speech = q.class == QuotationClass::Speech;
        prop_assert_eq!(view.speech_from(q.open).is_some(), speech);
        if q.closed {
            prop_assert!(view.quotation_to(q.end - 1).is_some_and(|found| found.open <= q.open));
        }
        if speech {
            prop_assert!(view.speech_to(q.end - 1).is_some());
        }
    }
    Ok(())
}

/// Sentences at depth 0 part the block without a gap; each region lies inside its quotation and is not too long to read.
fn check_regions(view: &View<'_>) -> Result<(), TestCaseError> {
    let mut end = 0;
    for region in view.regions.iter().take_while(|r| r.depth == 0) {
        prop_assert_eq!(region.first, end);
        prop_assert!(region.last > region.first);
        end = region.last;
    }
    prop_assert_eq!(end, view.tokens.len());
    let mut work = 0;
    for (i, region) in view.regions.iter().enumerate() {
        prop_assert!(region.first < region.last && region.last <= view.tokens.len());
        prop_assert_eq!(region.quotation.is_none(), region.depth == 0);
        if let Some(q) = region.quotation {
            let inside = view.quotations[q].inside();
            prop_assert!(inside.start <= region.first && region.last <= inside.end);
        } else {
            prop_assert_eq!(view.sentence_index(region.first), Some(i));
            prop_assert_eq!(view.sentence_index(region.last - 1), Some(i));
        }
        work += region.last - region.first;
    }
    // Marks nest to a fixed depth, so all regions together are in proportion to the block.
    prop_assert!(work <= 18 * view.tokens.len());
    Ok(())
}

fn check_mentions(view: &View<'_>) -> Result<(), TestCaseError> {
    for region in view.regions.iter().take(6) {
        for at in region.first..region.last.min(region.first + 40) {
            let found = [mention::after(view, region, at, 2), mention::before(view, region, at)];
            for m in found.into_iter().flatten() {
                prop_assert!(
                    region.first <= m.first && m.first < m.last && m.last <= region.last,
                    "{m:?} in {region:?}"
                );
                prop_assert!(m.core.0 <= m.core.1 && m.core.1 <= m.last, "{m:?}");
                prop_assert!(is_slice(view.text, view.span(m.first, m.last)));
            }
        }
    }
    Ok(())
}

fn check_readings(view: &View<'_>) -> Result<(), TestCaseError> {
    let place = Surround { lead: true, article_end: true, ..Surround::default() };
    for region in &view.regions {
        let found = read(view, region, place, None);
        for reading in &found {
            let (first, last) = reading.extent();
            prop_assert!(region.first <= first && first < last && last <= region.last, "{reading:?}");
            prop_assert!(reading.cue.0 < reading.cue.1);
            for fill in &reading.fills {
                prop_assert!(fill.first < fill.last);
                let (span, whole) = (fill.span(view), view.span(fill.first, fill.last));
                prop_assert!(is_slice(view.text, span) && whole.contains(span));
            }
        }
        let n = found.len();
        let choice = choose(found, &view.language.pack);
        prop_assert_eq!(choice.standing.len() + choice.lost.len(), n);
    }
    Ok(())
}

fn check_view(world: &World, text: &str) -> Result<(), TestCaseError> {
    let own = tokens(text, 0..text.len());
    check_tokens(text, &own)?;
    let index = LineIndex::new(text);
    for token in own.iter().step_by(7) {
        let (line, column) = (index.line(token.span.start), index.column(text, token.span.start));
        prop_assert!(line >= 1 && line as usize <= index.len() && column >= 1);
    }
    for language in &world.languages {
        for reopened in [false, true] {
            let whole = Span::new(0, text.len());
            let view = View::new(text, whole, language, world.auditor.registry(), reopened);
            check_tokens(text, &view.tokens)?;
            prop_assert_eq!(view.tokens.len(), view.surfaces.len());
            let mut end = 0;
            for hit in &view.names {
                prop_assert!(hit.first >= end && hit.first < hit.last && hit.last as usize <= view.tokens.len());
                end = hit.last;
            }
            check_quotations(&view)?;
            check_regions(&view)?;
            check_mentions(&view)?;
            check_readings(&view)?;
        }
    }
    Ok(())
}

/// Sentences and quotations with the rules of no language: marks alone.
fn check_bare_stages(text: &str) -> Result<(), TestCaseError> {
    let all = tokens(text, 0..text.len());
    let own = ["⁘".to_owned(), ":".to_owned()];
    let rules = SentenceRules {
        is_abbreviation: &|c| c == "Dr.",
        terminators: &own,
        is_opener: &|_| false,
        is_place: &|_| false,
    };
    let found = starts(text, &all, &rules);
    prop_assert_eq!(found.first().copied(), (!all.is_empty()).then_some(0));
    prop_assert!(found.windows(2).all(|w| w[0] < w[1]) && found.iter().all(|&at| at < all.len()));
    let pairs: Vec<(String, String)> = [("“", "”"), ("\"", "\""), ("„", "“"), ("'", "'")]
        .iter()
        .map(|(a, b)| (a.to_string(), b.to_string()))
        .collect();
    for q in pair(text, &all, &pairs, true) {
        prop_assert!(q.open < q.end && q.end <= all.len());
    }
    Ok(())
}

fn spans(a: &Attribution) -> impl Iterator<Item = Span> + '_ {
    a.source.as_ref().map(|s| s.span).into_iter().chain(a.cue).chain(a.content.iter().copied())
}

fn check_audit(world: &World, article: Article) -> Result<(), TestCaseError> {
    let record = world.auditor.audit(article);
    let article = &record.article;
    let text = &article.buffer;
    let mut end = 0;
    for block in &article.blocks {
        prop_assert!(is_slice(text, block.span) && block.span.start >= end);
        end = block.span.end;
    }
    let publisher = article.publisher.as_ref().map_or("unknown", |p| p.id.as_str());
    for a in &record.attributions {
        let block = article.blocks.get(a.block);
        prop_assert!(block.is_some(), "{a:?}");
        // A source or a continued quotation may stand in the block before; the words it rests on do not.
        let own: Vec<Span> = if a.antecedent.is_some() || a.content.len() > 1 {
            a.cue.into_iter().collect()
        } else {
            spans(a).collect()
        };
        for span in own {
            prop_assert!(block.is_some_and(|b| b.span.contains(span)), "{a:?} in {block:?}");
        }
        for span in spans(a).chain(a.antecedent) {
            prop_assert!(!span.is_empty() && is_slice(text, span), "{a:?}");
        }
        prop_assert!(a.content.windows(2).all(|w| w[0].start < w[1].start), "{a:?}");
        let chain = &a.chain;
        prop_assert_eq!(chain.nodes.last().map(String::as_str), Some(publisher), "{:?}", chain);
        prop_assert_eq!(chain.hops.len() + 2, chain.nodes.len().max(2), "{:?}", chain);
        for (i, hop) in chain.hops.iter().enumerate() {
            prop_assert!(is_slice(text, hop.span) && !hop.span.is_empty(), "{hop:?}");
            prop_assert!(hop.from == chain.nodes[i] && hop.to == chain.nodes[i + 1], "{chain:?}");
        }
    }
    for finding in &record.findings {
        prop_assert!(is_slice(text, finding.span), "{finding:?}");
    }
    // The report is JSON, and its spans cut the same words out of the text that it prints.
    let edition = world.auditor.edition();
    let line = Jsonl::new(edition, Rows::Articles, true).article(&record).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&line).unwrap();
    prop_assert_eq!(line.iter().filter(|&&b| b == b'\n').count(), 1);
    let shown = json["text"].as_str().unwrap_or("");
    for a in json["attributions"].as_array().into_iter().flatten() {
        let parts = a["content"].as_array().into_iter().flatten().chain([&a["source"], &a["cue"]]);
        for part in parts.filter(|p| p.is_object() && p["in"].is_null()) {
            let (start, end) = (part["start"].as_u64().unwrap() as usize, part["end"].as_u64().unwrap() as usize);
            prop_assert_eq!(shown.get(start..end), part["text"].as_str());
        }
    }
    let whole = Json::new(edition, false).unwrap().article(&record).unwrap();
    prop_assert!(serde_json::from_slice::<serde_json::Value>(&whole).is_ok());
    Ok(())
}

/// The text as a page, as ingest reads it, and as bare paragraphs of a publisher.
fn check_whole(world: &World, text: &str) -> Result<(), TestCaseError> {
    let lookup = RegistryLookup::new(world.auditor.registry());
    let reader = Reader::new(ReadOptions::default(), world.auditor.outlines(), &lookup);
    let tag = world.languages[0].pack.tag.clone();
    let mut page = reader.article_from_text(text);
    page.language.tag = tag.clone();
    check_audit(world, page)?;
    let mut body = plain(text, &tag, BlockKind::Body);
    let id = world.auditor.rules().sources.first().map_or("us".to_owned(), |s| s.id.clone());
    body.publisher = Some(Publisher { name: id.clone(), id, evidence: None });
    check_audit(world, body)?;
    check_audit(world, plain(text, &tag, BlockKind::Title))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_alone_never_lead_outside(text in any_text()) {
        check_bare_stages(&text)?;
    }

    #[test]
    fn any_unicode_is_read_inside_its_bounds(text in any_text()) {
        check_view(invented(), &text)?;
        check_whole(invented(), &text)?;
    }

    #[test]
    fn any_unicode_is_read_inside_its_bounds_by_the_builtin_rules(text in any_text()) {
        check_view(builtin(), &text)?;
        check_whole(builtin(), &text)?;
    }

    #[test]
    fn rule_words_in_any_order_are_read_inside_their_bounds(text in mixed(builtin)) {
        check_view(builtin(), &text)?;
        check_whole(builtin(), &text)?;
    }

    #[test]
    fn rule_words_of_the_invented_language_too(text in mixed(invented)) {
        check_view(invented(), &text)?;
        check_whole(invented(), &text)?;
    }
}

/// Nothing stands before the first word, so what joins two phrases joins none there.
#[test]
fn a_text_that_begins_with_a_coordinator_is_read_inside_its_bounds() {
    for text in ["or Czech News Agency ", "and Reuters", "And Ada Quill said the quay was shut."] {
        check_view(builtin(), text).unwrap();
        check_whole(builtin(), text).unwrap();
    }
}

/// One line without end, of each kind of thing that a stage looks for: what a stage makes stays in proportion to it.
#[test]
fn the_work_on_a_line_without_end_is_in_proportion_to_it() {
    let pieces = [
        "the minister said the bridge was shut ",
        "the minister said, ",
        "“",
        "“We stay” ",
        "‘\"",
        "\" ' ",
        "(",
        "Reuters reported “the end of it all”, he said ",
        "according to ",
        "a.",
        "! ",
        "、",
    ];
    let world = builtin();
    for piece in pieces {
        let longest = |times: usize| {
            let text = piece.repeat(times);
            let language = &world.languages[0];
            let view = View::new(&text, Span::new(0, text.len()), language, world.auditor.registry(), false);
            check_quotations(&view).unwrap();
            check_regions(&view).unwrap();
            let own = |r: &secondhand::scan::Region| (r.first..r.last).filter(|&t| view.depth[t] == r.depth).count();
            let longest = view.regions.iter().map(own).max().unwrap_or(0);
            (longest, view.regions.iter().map(|r| r.last - r.first).sum::<usize>(), view.quotations.len())
        };
        let (once, twice) = (longest(1000), longest(2000));
        assert!(twice.0 <= 600, "{piece:?}: a stretch of {} tokens is read at once", twice.0);
        assert!(twice.1 <= 2 * once.1 + 1200, "{piece:?}: {} and then {} tokens are read", once.1, twice.1);
        assert!(twice.2 <= 2 * once.2 + 20, "{piece:?}: {} and then {} quotations", once.2, twice.2);
    }
}
