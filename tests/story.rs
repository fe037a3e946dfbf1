//! The story of our own, in five languages: each thing that was put into it is found, and nothing else.

use std::path::Path;

use secondhand::auditor::Auditor;
use secondhand::ingest::read::{ReadOptions, Reader};
use secondhand::rules::load::{RuleSources, load};
use secondhand::sources::lookup::RegistryLookup;
use secondhand::story::digest::{Detail, Digest};
use secondhand::story::model::{ConflictKind, EdgeKind, ReuseVerdict, Story};

fn story(folder: &str) -> Story {
    let auditor = Auditor::new(load(&RuleSources::default()).rules);
    let lookup = RegistryLookup::new(auditor.registry());
    let reader = Reader::new(ReadOptions::default(), auditor.outlines(), &lookup);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories").join(folder);
    let mut digests: Vec<Digest> = Vec::new();
    reader.read(&[path.to_string_lossy().into_owned()], &mut |article| {
        digests.push(auditor.digest(&article.expect("every file is an article"), Detail::Whole));
    });
    auditor.comparer(None).story(&digests, &[])
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
