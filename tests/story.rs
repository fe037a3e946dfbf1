//! Stories of our own, one in five languages and one of many outlets: each thing that was put into them is found, and nothing
//! else.

use std::path::Path;

use secondhand::auditor::Auditor;
use secondhand::ingest::read::{ReadOptions, Reader};
use secondhand::rules::load::{RuleSources, load};
use secondhand::sources::lookup::RegistryLookup;
use secondhand::story::digest::{Detail, Digest};
use secondhand::story::model::{ConflictKind, EdgeKind, ReuseVerdict, Story, Verdict};

fn story(folder: &str) -> Story {
    told(&Auditor::new(load(&RuleSources::default()).rules), folder)
}

/// The story of a folder's articles, by the rules of `auditor`.
fn told(auditor: &Auditor, folder: &str) -> Story {
    auditor.comparer(None).story(&digests(auditor, folder), &[])
}

/// The articles of a folder, in the order of their files.
fn digests(auditor: &Auditor, folder: &str) -> Vec<Digest> {
    let lookup = RegistryLookup::new(auditor.registry());
    let reader = Reader::new(ReadOptions::default(), auditor.outlines(), &lookup);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories").join(folder);
    let mut digests: Vec<Digest> = Vec::new();
    reader.read(&[path.to_string_lossy().into_owned()], &mut |article| {
        digests.push(auditor.digest(&article.expect("every file is an article"), Detail::Whole));
    });
    digests
}

/// What an audit of some fixtures prints.
#[cfg(feature = "cli")]
fn audited(paths: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_secondhand"));
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).args(["audit", "--format", "table"]).args(paths);
    String::from_utf8(command.output().expect("the program starts").stdout).expect("its output is text")
}

#[cfg(feature = "cli")]
#[test]
fn an_audit_tells_of_a_story_only_where_its_articles_share_something() {
    let told = [
        "fixtures/articles/es/told-outlet.md",
        "fixtures/articles/pl/told-outlet.md",
        "fixtures/articles/uk/told-outlet.md",
    ];
    let silent = audited(&told);
    assert!(silent.contains("3 articles") && !silent.contains("STORY"), "{silent}");
    assert!(audited(&["fixtures/stories/ventra-bridge"]).contains("STORY"));
}

/// The publisher of an article.
fn of(story: &Story, at: usize) -> &str {
    &story.articles[at].publisher
}

#[test]
fn each_thing_in_the_story_is_found_and_nothing_else() {
    let story = story("ventra-bridge");
    let claim = &story.claims[0];
    let languages: Vec<&str> = claim.articles.iter().map(|&at| story.articles[at].language.as_str()).collect();
    for language in ["en", "ru", "uk", "az", "hy"] {
        assert!(languages.contains(&language), "{language} is not among {languages:?}");
    }
    let way = |nodes: &[&str]| claim.paths.iter().any(|p| p.nodes == nodes);
    assert!(way(&["name:Oleh Marchuk", "interfax", "moscow-times"]), "{:#?}", claim.paths);
    assert!(way(&["name:Oleh Marchuk", "meduza"]) && way(&["european-pravda", "ukrainska-pravda"]));
    // A circle of two outlets, a text of an agency that both name, and one that is only edited lightly.
    assert_eq!(story.cycles, [["panarmenian", "musavat", "panarmenian"]]);
    let reuse: Vec<_> = story.reuse.iter().map(|r| (of(&story, r.from), of(&story, r.to), r.verdict)).collect();
    let syndicated = ("nyt", "guardian", ReuseVerdict::Syndicated);
    assert_eq!(reuse, [syndicated, ("kyiv-independent", "moscow-times", ReuseVerdict::Uncredited)]);
    let missing: Vec<_> = story.edges.iter().filter(|e| e.kind == EdgeKind::Missing).collect();
    assert_eq!(missing.len(), 1, "{missing:?}");
    // A hedge that is dropped; two figures that differ by rounding are none.
    let kinds: Vec<ConflictKind> = story.conflicts.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [ConflictKind::Hedge]);
    let mut found: Vec<(&str, &str)> =
        story.findings.iter().map(|f| (f.code.as_str(), of(&story, f.article))).collect();
    found.sort_unstable();
    let expected = [
        ("circular-sourcing", "musavat"),
        ("circular-sourcing", "ukrainska-pravda"),
        ("hedge-dropped", "moscow-times"),
        ("shared-text-uncredited", "moscow-times"),
    ];
    assert_eq!(found, expected);
}

/// A house's policy that asks how many origins a toll has, with these lines more.
fn house(more: &str) -> Auditor {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let policies = folder.path().join("policies");
    std::fs::create_dir(&policies).expect("a folder can be made");
    let policy = format!(
        r#"
[[policy]]
code = "closed-once-told"
title.en = "Who else says so?"
flags = "claim"
at = "source"
once-per = "source"
when = {{ has-content = true }}
unless = {{ independent-origins = {{ at-least = 2 }} }}
severity = {{ newsroom = "warning", strict = "error" }}
say.en = "{{origin}} is its only origin."
help.en = "Name a second one."
why = "One origin is one origin."
ignore-when = "It is that body's own decision."
flags-in = ["{{Oleh Marchuk}} said the bridge was closed."]
silent-in = ["The bridge was closed."]
{more}
"#
    );
    std::fs::write(policies.join("house.toml"), policy).expect("a policy can be written");
    let loaded = load(&RuleSources { builtin: true, dirs: vec![folder.path().to_owned()] });
    assert!(!loaded.diagnostics.iter().any(|d| d.file.contains("house")), "{:#?}", loaded.diagnostics);
    Auditor::new(loaded.rules)
}

#[test]
fn a_policy_of_single_articles_is_asked_once_the_origins_are_known() {
    let flagged = |story: &Story| -> Vec<(usize, Option<usize>)> {
        let own = story.findings.iter().filter(|f| f.code == "closed-once-told");
        own.map(|f| (f.article, f.attribution)).collect()
    };
    let origins = |story: &Story, (article, voice): (usize, Option<usize>)| {
        let claim = story.claims.iter().find(|c| c.mentions.iter().any(|m| m.article == article && m.voice == voice));
        claim.map(|claim| claim.independent)
    };
    let auditor = house("unknown = \"silent\"");
    let story = told(&auditor, "ventra-bridge");
    let found = flagged(&story);
    assert!(!found.is_empty());
    assert!(found.iter().all(|of| origins(&story, *of).is_some_and(|n| n < 2)), "{found:?}");
    // Where the story doesn't know, the policy decides.
    let all = flagged(&told(&house("unknown = \"flag\""), "ventra-bridge"));
    assert!(all.len() > found.len() && all.iter().any(|of| origins(&story, *of).is_none()));
    // Alone, an article has no story to ask.
    let text = "The bridge is closed, Oleh Marchuk said.";
    let record = auditor.audit(secondhand::auditor::plain(text, "en", secondhand::article::BlockKind::Body));
    assert!(record.findings.iter().all(|f| f.code != "closed-once-told"));
}

#[test]
fn an_archive_is_compared_with_and_never_flagged() {
    let auditor = Auditor::new(load(&RuleSources::default()).rules);
    let digests = digests(&auditor, "ventra-bridge");
    let of = |publisher: &str| digests.iter().position(|d| d.publisher() == publisher).expect("a fixture");
    // The draft is the article that takes text over; all others are the archive.
    let draft = of("moscow-times");
    let archive: Vec<bool> = (0..digests.len()).map(|at| at != draft).collect();
    let story = auditor.comparer(None).story(&digests, &archive);
    assert!(story.articles.iter().enumerate().all(|(at, member)| member.archive == (at != draft)));
    let mut codes: Vec<&str> = story.findings.iter().map(|f| f.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["hedge-dropped", "shared-text-uncredited"]);
    assert!(story.findings.iter().all(|f| f.article == draft));
    // The other way round nothing is left to say of the article that was first.
    let archive: Vec<bool> = (0..digests.len()).map(|at| at != of("kyiv-independent")).collect();
    let first = auditor.comparer(None).story(&digests, &archive);
    let own: Vec<&str> = first.findings.iter().map(|f| f.code.as_str()).filter(|c| *c != "single-origin").collect();
    assert!(own.is_empty(), "{own:?}");
}

#[test]
fn nobody_confirms_by_the_very_same_words_or_by_telling_what_another_one_said() {
    let story = story("pier-sale");
    let quoted = &story.claims[0];
    // Three outlets have his words, two of them under other names: he is their only origin, by the shorter of his full names.
    assert_eq!(quoted.articles.len(), 3);
    assert_eq!(quoted.origins, ["name:Theo Marsh"]);
    // Who told a meeting what he had said is no origin of it.
    assert!(story.claims.iter().all(|c| c.origins == ["name:Theo Marsh"]), "{:#?}", story.claims);
    // A word written as two is no other word.
    assert!(story.utterances.iter().all(|u| u.verdict == Verdict::Same), "{:#?}", story.utterances);
    assert!(story.findings.iter().all(|f| f.code != "quote-mismatch"));
}

#[test]
fn in_a_long_story_only_what_is_of_one_thing_is_held_together() {
    let story = story("ferry-fire");
    assert_eq!(story.articles.len(), 12);
    let claim = &story.claims[0];
    // The fire chief; the police may have it from her, and so may Reuters.
    assert_eq!((claim.origins.as_slice(), claim.independent), (&["name:Marta Voll".to_owned()][..], 1));
    let uncounted = |id: &str| claim.uncounted.iter().any(|other| other == id);
    assert!(uncounted("reuters") && uncounted("name:police"), "{:?}", claim.uncounted);
    assert!(claim.text.contains("21") || claim.text.contains("wenty-one"), "what most say: {}", claim.text);
    // One toll against another: not those of one room, nor three more, nor what was known two days later.
    let values = |c: &secondhand::story::model::Conflict| {
        let mut values: Vec<String> = c.members.iter().map(|side| side.value.clone()).collect();
        values.sort();
        values.dedup();
        values
    };
    let conflicts: Vec<Vec<String>> = story.conflicts.iter().map(values).collect();
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    assert!(conflicts[0].iter().any(|v| v == "17") && conflicts[0].iter().any(|v| v == "21"), "{conflicts:?}");
    assert!(!conflicts[0].iter().any(|v| ["9", "3", "4", "2", "24"].contains(&v.as_str())), "{conflicts:?}");
    // Who is named as having reported it before all of them.
    let first = story.first.as_ref().expect("one is named");
    assert_eq!((first.who.as_str(), first.when.as_deref()), ("guardian", Some("2026-03-03")));
    // A sentence that many word alike is no shared text.
    assert!(story.reuse.is_empty(), "{:?}", story.reuse);
}

/// The story of some articles, each with its address, its day, its title and its text.
fn of_texts(auditor: &Auditor, articles: &[(&str, &str, &str, &str)]) -> Story {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lines: Vec<String> = articles
        .iter()
        .enumerate()
        .map(|(i, (url, published, title, text))| {
            serde_json::json!({ "id": i.to_string(), "url": url, "published": published, "title": title, "text": text })
                .to_string()
        })
        .collect();
    let path = folder.path().join("articles.jsonl");
    std::fs::write(&path, lines.join("\n")).expect("articles can be written");
    told(auditor, &path.to_string_lossy())
}

const NYT: &str = "https://www.nytimes.com/a";
const BBC: &str = "https://www.bbc.com/a";
const AP: &str = "https://apnews.com/a";

#[test]
fn an_origin_counts_where_its_own_words_say_the_same_and_it_is_somebody() {
    let title = "Dam at Orvelle closed after cracks";
    let claim = "The Orvelle dam was closed on Tuesday after engineers found cracks in its northern wall";
    let auditor = Auditor::new(load(&RuleSources::default()).rules);
    let told = |second: &str| {
        let said = format!("{claim}, said Marta Voll, the mayor of Orvelle.");
        let told = format!("{claim}, Marta Voll told reporters.");
        let texts = [(NYT, said.as_str()), (BBC, told.as_str()), (AP, second)];
        let story = of_texts(&auditor, &texts.map(|(url, text)| (url, "2026-03-04", title, text)));
        let claim = story.claims.into_iter().find(|c| c.articles.len() == 3);
        let claim = claim.unwrap_or_else(|| panic!("one claim in three articles: {second}"));
        (claim.origins, claim.uncounted)
    };
    let voll = vec!["name:Marta Voll".to_owned()];
    // A second person who says it for herself.
    let (origins, _) = told(&format!("{claim}, said Ines Tarrow, who runs the dam."));
    assert_eq!(origins.len(), 2, "{origins:?}");
    // One who tells what the mayor said; one whose name is hardly told; a brother, who may be a misreading.
    for (second, left) in [
        (
            format!("Ines Tarrow said: \"Marta Voll told me that {}.\"", claim.replacen("The", "the", 1)),
            "name:Ines Tarrow",
        ),
        (format!("{claim}, said Tarrow."), "name:Tarrow"),
        (format!("{claim}, said Otto Voll."), "name:Otto Voll"),
    ] {
        let (origins, uncounted) = told(&second);
        assert_eq!(origins, voll, "{second}");
        assert!(uncounted.is_empty() || uncounted == [left], "{second} {uncounted:?}");
    }
}

#[test]
fn who_is_said_to_have_been_the_first_is_told_and_the_earlier_day_else() {
    let title = "Dam at Orvelle closed after cracks";
    let claim = "The Orvelle dam was closed on Tuesday after engineers found cracks in its northern wall";
    let plain =
        |day: &'static str, url: &'static str| (url, day, title, format!("{claim}, said Marta Voll, the mayor."));
    let auditor = Auditor::new(load(&RuleSources::default()).rules);
    let told = |articles: &[(&str, &str, &str, String)]| {
        let articles: Vec<_> = articles.iter().map(|(a, b, c, d)| (*a, *b, *c, d.as_str())).collect();
        of_texts(&auditor, &articles).first.map(|first| (first.who, first.when))
    };
    // Two days in a row are in order on one clock; on two, and on one day, nothing is told.
    let nyt = Some(("nyt".to_owned(), Some("2026-03-04".to_owned())));
    assert_eq!(told(&[plain("2026-03-05", AP), plain("2026-03-04", NYT)]), nyt);
    assert_eq!(told(&[plain("2026-03-05", BBC), plain("2026-03-04", NYT)]), None);
    assert_eq!(told(&[plain("2026-03-04", NYT), plain("2026-03-04", AP)]), None);
    let named =
        format!("{claim}. The Guardian first reported that the Orvelle dam was closed after engineers found cracks.");
    assert_eq!(
        told(&[plain("2026-03-04", NYT), (AP, "2026-03-05", title, named)]),
        Some(("guardian".to_owned(), None))
    );
}
