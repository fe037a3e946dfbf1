//! Articles as a whole: records, files, limits, and what holds for any text.

use proptest::prelude::*;

use super::super::page::tests::english;
use super::super::publisher::tests::Invented;
use super::*;

fn with_reader<T>(options: ReadOptions, f: impl FnOnce(&Reader<'_>) -> T) -> T {
    let packs = [Outline::new(&english())];
    f(&Reader::new(options, &packs, &Invented))
}

fn read_file(name: &str, bytes: &[u8], options: ReadOptions) -> Vec<Result<Article, InputError>> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut out = Vec::new();
    with_reader(options, |r| r.read(&[path.to_string_lossy().into_owned()], &mut |a| out.push(a)));
    out
}

fn codes(article: &Article) -> Vec<&'static str> {
    article.limits.iter().map(|l| l.code).collect()
}

#[test]
fn a_record_becomes_one_buffer_with_its_parts() {
    let line = r#"{"id":"f1","url":"https://www.harbour.example/f","title":"Ferry out of service","byline":"By Ann Oak and Lee Elm","published":"2024-05-06T10:00:00Z","language":"en","text":"The ferry is out of service, the office said.\nIts engines are worn."}"#;
    let found = read_file("a.jsonl", line.as_bytes(), ReadOptions::default());
    let article = found[0].as_ref().unwrap();
    assert_eq!(article.field(Field::Title), Some("Ferry out of service"));
    assert_eq!(
        article.field(Field::Text),
        Some("The ferry is out of service, the office said.\nIts engines are worn.")
    );
    assert_eq!(
        article.blocks.iter().map(|b| b.kind).collect::<Vec<_>>(),
        [BlockKind::Title, BlockKind::Byline, BlockKind::Body, BlockKind::Body]
    );
    assert_eq!(article.place(article.blocks[2].span), (Field::Text, Span::new(0, 45)));
    assert_eq!(article.byline, ["Ann Oak", "Lee Elm"]);
    assert_eq!(article.publisher.as_ref().unwrap().id, "harbour-news");
    assert_eq!(article.published.as_ref().unwrap().iso, "2024-05-06T10:00Z");
    assert!(article.key.ends_with("a.jsonl#f1"));
    assert_eq!(codes(article), ["language-unreviewed"]);
}

#[test]
fn nothing_of_a_records_text_is_dropped_but_chrome_word_for_word() {
    let text = "Ferry out of service\\n\\nTop stories of the day\\n\\nThe ferry is out of service, the office said.\\n\\nAdvertisement:\\n\\nA short line\\n\\nThe old dock. Photo: Ann Oak\\n\\nAnn Oak contributed reporting.";
    let line = format!(r#"{{"title":"Ferry out of service","text":"{text}"}}"#);
    let found = read_file("a.jsonl", line.as_bytes(), ReadOptions::default());
    let article = found[0].as_ref().unwrap();
    let kinds: Vec<BlockKind> = article.blocks.iter().skip(1).map(|b| b.kind).collect();
    assert_eq!(
        kinds,
        [
            BlockKind::TitleRepeat,
            BlockKind::Body,
            BlockKind::Body,
            BlockKind::Boilerplate,
            BlockKind::Body,
            BlockKind::Caption,
            BlockKind::Credit
        ]
    );
    assert_eq!(article.id, "1");
}

#[test]
fn a_broken_record_and_a_doubled_id_are_told_and_the_rest_goes_on() {
    let lines =
        "{\"id\":\"a\",\"text\":\"The ferry is out.\"}\n{oops}\n{\"id\":\"a\",\"text\":\"The dock is shut.\"}\n";
    let found = read_file("a.jsonl", lines.as_bytes(), ReadOptions::default());
    let told: Vec<Result<&str, (&str, Option<u64>)>> = found
        .iter()
        .map(|a| a.as_ref().map(|a| a.key.rsplit('/').next().unwrap()).map_err(|e| (e.code, e.record)))
        .collect();
    assert_eq!(
        told,
        [Ok("a.jsonl#a"), Err(("bad-record", Some(2))), Err(("duplicate-id", Some(3))), Ok("a.jsonl#a~2")]
    );
}

#[test]
fn limits_are_told_on_the_article() {
    let found = read_file(
        "a.txt",
        "The ferry is out of service. It is old — so they say.".as_bytes(),
        ReadOptions { most_bytes: 41, ..Default::default() },
    );
    let article = found[0].as_ref().unwrap();
    assert_eq!(article.buffer, "The ferry is out of service. It is old ", "the cut dash is left out");
    assert_eq!(codes(article), ["truncated", "language-unreviewed", "publisher-unknown", "date-unknown"]);
    let found = read_file(
        "a.txt",
        "Le ferry — c\u{e9}l\u{e8}bre — est \u{e0} quai.\u{0}".replace('\u{0}', "").as_bytes(),
        ReadOptions { language: Some("fr".into()), ..Default::default() },
    );
    assert!(codes(found[0].as_ref().unwrap()).contains(&"language-unsupported"));
}

#[test]
fn the_publisher_option_wins() {
    let options = ReadOptions { publisher: Some("isle-post".into()), ..Default::default() };
    let found = read_file("a.txt", b"Harbour News - The ferry is out of service, the office said.", options);
    assert_eq!(found[0].as_ref().unwrap().publisher.as_ref().unwrap().name, "Isle Post");
}

#[test]
fn front_matter_gives_title_date_and_authors() {
    let text = "---\ntitle: Ferry out of service\ndate: 2024-05-06\nauthor: Ann Oak\nurl: https://islepost.example/f\n---\n\n# Ferry out of service\n\nThe ferry is out of service, the office said.\n";
    let found = read_file("a.md", text.as_bytes(), ReadOptions::default());
    let article = found[0].as_ref().unwrap();
    assert_eq!(article.words(article.title().unwrap()), "Ferry out of service");
    assert_eq!(article.byline, ["Ann Oak"]);
    assert_eq!(
        (article.published.as_ref().unwrap().iso.as_str(), article.publisher.as_ref().unwrap().id.as_str()),
        ("2024-05-06", "isle-post")
    );
    assert_eq!(article.blocks.iter().filter(|b| b.kind == BlockKind::TitleRepeat).count(), 1);
}

#[test]
fn one_sentence_is_body_whatever_its_end() {
    with_reader(ReadOptions::default(), |r| {
        for text in [
            "The ferry is out of service, the office said.",
            "Ferry out of service: office",
            "By the way, he left",
            "Photo: he left",
        ] {
            let article = r.article_from_sentences(text);
            assert_eq!(article.blocks, [Block { kind: BlockKind::Body, span: Span::new(0, text.len()) }], "{text}");
        }
        assert_eq!(r.article_from_text("The ferry is out of service").blocks[0].kind, BlockKind::Body);
    });
}

#[test]
fn an_agency_alone_in_the_last_line_is_a_credit() {
    with_reader(ReadOptions::default(), |r| {
        let body = "The ferry is out of service, the harbour office said on Monday.\n\nIts engines are worn, and nobody could say more.";
        let last = |text: &str| {
            r.article_from_text(text).blocks.iter().map(|b| b.kind).rfind(|k| *k != BlockKind::Boilerplate)
        };
        assert_eq!(last(&format!("Ferry out of service\n\n{body}\n\nNorwire")), Some(BlockKind::Credit));
        assert_eq!(
            last(&format!("Ferry out of service\n\n6 May 2024\n\n{body}\n\nNorwire\n\nAll news\nMayor resigns")),
            Some(BlockKind::Credit)
        );
        assert_eq!(last(&format!("Ferry out of service\n\n{body}\n\nIsle Post")), Some(BlockKind::Body));
    });
}

#[test]
fn a_reader_is_shared_between_threads() {
    fn shared<T: Sync>(_: &T) {}
    with_reader(ReadOptions::default(), |r| shared(r));
}

#[test]
fn a_line_of_many_megabytes_is_survived() {
    let mut line = br#"{"text":""#.to_vec();
    line.resize(3 << 20, b'a');
    line.extend(b"\"}\n{\"text\":\"The ferry is out.\"}\n");
    let found = read_file("a.jsonl", &line, ReadOptions { most_bytes: 1 << 20, ..Default::default() });
    assert_eq!(found[0].as_ref().unwrap_err().code, "record-too-long");
    assert!(found[1].is_ok());
}

#[test]
fn a_page_whose_time_is_over_is_read_with_lesser_means_and_says_so() {
    let words = "The ferry was taken out of service on Monday, the harbour office said in a long note to all.";
    let page = format!(
        "<html><head><meta property='og:type' content='article'></head><body><h1>Ferry out</h1><p>{words}</p><p>{words}</p></body></html>"
    );
    let late = ReadOptions { time_limit: Some(Duration::ZERO), ..Default::default() };
    let found = read_file("a.html", page.as_bytes(), late);
    let article = found[0].as_ref().unwrap();
    assert_eq!(article.buffer.matches("harbour office").count(), 2);
    let limit = article.limits.iter().find(|l| l.code == "time-limit").unwrap();
    assert!(limit.message.contains("0 s") && limit.message.contains("--time-limit"), "{}", limit.message);
    let found = read_file("a.html", page.as_bytes(), ReadOptions::default());
    assert!(!codes(found[0].as_ref().unwrap()).contains(&"time-limit"));
}

#[test]
fn a_paragraph_without_end_is_read_in_parts() {
    let text = "The quay is shut, the port said. ".repeat(3000);
    with_reader(ReadOptions::default(), |r| {
        let article = r.article_from_text(&text);
        assert!(article.blocks.iter().all(|b| b.span.len() <= 32 << 10 && b.span.of(&text).ends_with("said.")));
        assert_eq!(article.blocks.len(), 4);
    });
}

fn sound(article: &Article) -> Result<(), TestCaseError> {
    let mut last = 0;
    for block in &article.blocks {
        let words = article.buffer.get(block.span.range());
        prop_assert!(words.is_some_and(|w| !w.is_empty()), "{:?} is no slice", block);
        prop_assert!(block.span.start >= last, "{:?} overlaps the one before", block);
        last = block.span.end;
    }
    for span in
        article.publisher.iter().filter_map(|p| p.evidence).chain(article.published.iter().filter_map(|p| p.evidence))
    {
        prop_assert!(article.buffer.get(span.range()).is_some());
    }
    Ok(())
}

fn soup() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("The ferry was taken out of service on Monday, the harbour office said.".to_owned()),
        Just("Ferry out of service".to_owned()),
        Just("by Ann Oak May 6, 2024 3:48 PM".to_owned()),
        Just("Advertisement:".to_owned()),
        Just("Top stories".to_owned()),
        Just("The old dock. (Ann Oak/Norwire)".to_owned()),
        Just("19:05".to_owned()),
        Just("The Harbour NewsAnn Oak".to_owned()),
        Just("a plan that was made in the Oslo-".to_owned()),
        Just("led talks of the two sides ..".to_owned()),
        Just("Original url:".to_owned()),
        Just("<https://harbour.example/a>".to_owned()),
        Just("Ann Oak contributed reporting.".to_owned()),
        Just("Sponsored content".to_owned()),
        Just("# Heading".to_owned()),
        Just("```".to_owned()),
        Just("---".to_owned()),
        Just(String::new()),
        "\\PC{0,30}",
        "[“”\"«»().,:;—–\\-|…/©*\\[\\]# ]{0,12}",
    ];
    proptest::collection::vec((line, prop_oneof![Just("\n"), Just("\n\n"), Just("\r\n"), Just("\r")]), 0..16)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect())
}

proptest! {
    #[test]
    fn every_block_is_a_slice_in_order_whatever_the_text(text in soup(), markdown: bool) {
        with_reader(ReadOptions::default(), |r| {
            let form = if markdown { InputForm::Markdown } else { InputForm::Text };
            sound(&r.page(text.clone(), form, Vec::new()))?;
            sound(&r.article_from_sentences(&text))?;
            let line = serde_json::json!({"title": "Ferry out of service", "byline": ["Ann Oak"], "text": format!("x{text}")}).to_string();
            let document = Document { input: "x".into(), form: InputForm::Jsonl, record: Some(1), line: 1, offset: 0, bytes: line.into_bytes(), truncated: false, alone: false };
            sound(&r.article(&document).unwrap())
        })?;
    }
}

const PAGE: &str = "<!doctype html><html lang=en><head><title>Ferry out of service | Harbour News</title>
    <meta property=og:type content=article><link rel=canonical href=https://www.harbour.example/ferry>
    <script type=application/ld+json>{\"@type\": \"NewsArticle\", \"headline\": \"Ferry out of service\",
    \"datePublished\": \"2024-05-06T10:00:00+02:00\", \"author\": {\"name\": \"Ann Oak\"}}</script></head><body>
    <nav><a href=/>Home</a></nav><article><h1>Ferry out of service</h1>
    <figure><img src=a><figcaption>The old dock. Photo: Lee Elm</figcaption></figure>
    <p>OSLO (Norwire) - The ferry was taken out of service on Monday, the harbour office said in a note to passengers.</p>
    <p>Its engines are worn, and <a href=/n>nobody</a> could say when it would return to the line it had served.</p>
    <div class=related-stories><p>Read also: Mayor resigns over budget</p></div></article></body></html>";

#[test]
fn a_page_becomes_its_headline_byline_and_paragraphs() {
    let found = read_file("a.html", PAGE.as_bytes(), ReadOptions::default());
    let article = found[0].as_ref().unwrap();
    let words: Vec<(BlockKind, &str)> = article.blocks.iter().map(|b| (b.kind, article.words(b.span))).collect();
    assert_eq!(words[0], (BlockKind::Title, "Ferry out of service"));
    assert_eq!(words[1], (BlockKind::Byline, "Ann Oak"));
    assert!(words.contains(&(BlockKind::Caption, "The old dock. Photo: Lee Elm")), "{words:?}");
    let body: Vec<&str> = words.iter().filter(|w| w.0 == BlockKind::Body).map(|w| w.1).collect();
    assert!(
        body.len() == 2 && body[0].starts_with("OSLO (Norwire)") && body[1].starts_with("Its engines"),
        "{words:?}"
    );
    assert!(!article.buffer.contains("Mayor"), "{}", article.buffer);
    assert_eq!(article.publisher.as_ref().unwrap().id, "harbour-news");
    assert_eq!(article.published.as_ref().unwrap().iso, "2024-05-06T10:00+02:00");
    assert_eq!(article.byline, ["Ann Oak"]);
    assert_eq!(article.url.as_deref(), Some("https://www.harbour.example/ferry"));
    assert_eq!(codes(article), ["language-unreviewed"]);
}

#[test]
fn a_record_may_have_a_page_or_a_piece_of_one() {
    let line = serde_json::json!({ "id": "a", "html": PAGE, "url": "https://islepost.example/b" }).to_string();
    let found = read_file("a.jsonl", line.as_bytes(), ReadOptions::default());
    let article = found[0].as_ref().unwrap();
    assert_eq!((article.publisher.as_ref().unwrap().id.as_str(), article.id.as_str()), ("isle-post", "a"));
    let piece = serde_json::json!({ "title": "Ferry out", "language": "en", "html": "<p>The ferry is out of service, the harbour office said on Monday in a note to its passengers.</p><p>Its engines are worn, and nobody could say when it would return to the line that it had served for years and years.</p>" });
    let found = read_file("a.jsonl", piece.to_string().as_bytes(), ReadOptions::default());
    let kinds: Vec<BlockKind> = found[0].as_ref().unwrap().blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [BlockKind::Title, BlockKind::Body, BlockKind::Body]);
}

#[test]
fn a_page_without_an_article_is_an_error() {
    for page in [
        "<html><body><div id=app></div><script src=a.js></script></body></html>",
        "<html><head><title>404</title></head><body><h1>Not here</h1><p>The page you want has gone.</p></body></html>",
        "<html></html>",
    ] {
        let found = read_file("a.html", page.as_bytes(), ReadOptions::default());
        assert_eq!(found[0].as_ref().unwrap_err().code, "no-article", "{page}");
    }
}
