//! Whole pages, and articles that only look like pages.

use super::super::page::tests::rules;
use super::*;

fn told(text: &str) -> Vec<(BlockKind, &str)> {
    told_as(text, InputForm::Text)
}

fn told_as(text: &str, form: InputForm) -> Vec<(BlockKind, &str)> {
    page_blocks(text, 0, form, &rules(), &[]).blocks.iter().map(|b| (b.kind, b.span.of(text))).collect()
}

fn of_kind(text: &str, kind: BlockKind) -> Vec<&str> {
    told(text).into_iter().filter(|(k, _)| *k == kind).map(|(_, w)| w).collect()
}

const LEAD: &str = "The harbour office took the ferry out of service on Monday because its engines were worn.";
const MORE: &str = "Nobody could say when it would return to the line, a spokesman for the owner told reporters.";
const LAST: &str = "The line has linked the two islands since the war.";

#[test]
fn a_clean_article_is_title_and_body() {
    let text = format!("Ferry out of service\n\n{LEAD}\n\n{MORE}\n\n{LAST}\n");
    assert_eq!(
        told(&text),
        [
            (BlockKind::Title, "Ferry out of service"),
            (BlockKind::Body, LEAD),
            (BlockKind::Body, MORE),
            (BlockKind::Body, LAST)
        ]
    );
    assert!(!page_blocks(&text, 0, InputForm::Text, &rules(), &[]).page);
}

#[test]
fn sentences_without_a_title_are_all_body() {
    for text in [
        format!("{LEAD}\n\n{MORE}"),
        format!("{LEAD}\n{MORE}\n{LAST}"),
        LEAD.to_owned(),
        "He left.\n\nShe stayed.".to_owned(),
    ] {
        assert!(told(&text).iter().all(|(kind, _)| *kind == BlockKind::Body), "{text}");
    }
}

#[test]
fn headings_lists_labels_and_short_answers_stay_in_a_clean_article() {
    let text = format!(
        "Ferry out of service\n\n{LEAD}\n\nWhat is known\n\n{MORE}\n\n\"No,\" he said.\n\nThe islands\n\n- the northern one\n- the southern one\n\n{LAST}\n\nSource: Norwire, citing the Isle Post"
    );
    assert_eq!(of_kind(&text, BlockKind::Boilerplate), Vec::<&str>::new());
    assert_eq!(of_kind(&text, BlockKind::Body).len(), 9);
}

#[test]
fn a_page_loses_menus_adverts_tags_and_headlines_but_no_prose() {
    let text = format!(
        "date 2024-05-06 All Sections\nNor Dan Eng Support Us\n\n\nFerry \"out of service\" for weeks\n\nLee Elm , Ann OakMonday, 6 May 2024, 09:05\nFerry out of service for weeks\nThe ferry in dock. Photo: Big Pictures\n\n{LEAD}\n\nSource: Isle Post, citing Norwire\n\nAdvertisement:\n\n\"It is so,\" Elm said.\n\n{MORE}\n\nSupport HN or become our patron!\n\nSubjects: HarbourIslands\nAdvertisement:\n\nMayor resigns over the budget\n\nIs the bridge safe to cross?\n\nTwo held after fire at the school\n\nSnow expected: what to know\n\nAll News\n19:05\nMayor: we will not be sending the boats\n"
    );
    let kinds = |kind| of_kind(&text, kind);
    assert_eq!(kinds(BlockKind::Title), ["Ferry \"out of service\" for weeks"]);
    assert_eq!(kinds(BlockKind::TitleRepeat), ["Ferry out of service for weeks"]);
    assert_eq!(kinds(BlockKind::Byline).len(), 1);
    assert_eq!(kinds(BlockKind::Caption), ["The ferry in dock. Photo: Big Pictures"]);
    assert_eq!(kinds(BlockKind::Body), [LEAD, "Source: Isle Post, citing Norwire", "\"It is so,\" Elm said.", MORE]);
}

#[test]
fn cards_of_other_stories_are_cut_out_and_the_body_resumes() {
    let text = format!(
        "Ferry out of service\n\nby Ann Oak May 6, 2024 3:48 PM\n\n{LEAD}\n\nHow the ferry came to the islands\nIn the spring after the war, a boat that nobody wanted was towed into the harbour by the min…\nThe Harbour NewsLee Elm\n\n{MORE}\n\nMayor resigns over the budget\nThe mayor, who was widely expected to stay, left the hall after decades.\nThe Harbour NewsAnn Oak\nAuthors: Ann Oak, The Harbour News desk\nMinister visits the islands.\n\nThe minister said that he was \"deeply moved\" by the harbour.\n"
    );
    assert_eq!(of_kind(&text, BlockKind::Body), [LEAD, MORE]);
    assert_eq!(of_kind(&text, BlockKind::Credit), ["Authors: Ann Oak, The Harbour News desk"]);
    assert_eq!(of_kind(&text, BlockKind::Boilerplate).len(), 8);
}

#[test]
fn a_heading_over_a_paragraph_is_no_card() {
    let text = format!(
        "Ferry out of service\n\n{LEAD}\n\nThe owner is silent\n{MORE}\n\nTikTok star\n{LAST}\n\nHe waited …\n"
    );
    assert_eq!(of_kind(&text, BlockKind::Boilerplate), Vec::<&str>::new());
}

#[test]
fn other_stories_behind_the_end_are_dropped_even_as_sentences() {
    let text = format!(
        "Ferry out of service\n\nFerry out of service\n\n{LEAD}\n\n{MORE}\n\n\u{a0}Top stories\nAuthorities said a total of 12 boats were lost.\n{LAST}\nPartner news\n---"
    );
    assert_eq!(of_kind(&text, BlockKind::Body), [LEAD, MORE]);
    assert_eq!(of_kind(&text, BlockKind::TitleRepeat).len(), 1);
    // The same words as a heading near the top of a long letter end nothing.
    let text = format!("Good morning\n\n{LAST}\n\nTop stories\n\n{LEAD}\n\n{MORE}\n\n{LEAD}\n\n{MORE}");
    assert_eq!(of_kind(&text, BlockKind::Body).len(), 5);
}

#[test]
fn credits_close_a_page_but_not_the_middle_of_a_text() {
    let text = format!(
        "Ferry out of service\n\n{LEAD}\n\nAnn Oak contributed reporting.\n\nOriginal url:\n\n<https://harbour.example/f>"
    );
    assert_eq!(of_kind(&text, BlockKind::Credit).len(), 1);
    assert_eq!(of_kind(&text, BlockKind::Boilerplate).len(), 2);
    let text = format!("Ferry out of service\n\n{LEAD}\n\nReporting by Ann Oak\n\n{MORE}\n\n{LAST}");
    assert_eq!(of_kind(&text, BlockKind::Body), [LEAD, MORE, LAST]);
}

#[test]
fn a_lead_that_stands_twice_is_a_standfirst_once() {
    let bare = LEAD.trim_end_matches('.');
    let text = format!("Ferry out of service\n\n{bare}\n\nOslo, (Norwire - 6th May, 2024) {LEAD}\n\n{MORE}");
    assert_eq!(of_kind(&text, BlockKind::Standfirst), [bare]);
    let text = format!("Ferry out of service\n\n{LEAD}\n\nOSLO (Norwire) - {LEAD}\n\n{MORE}");
    assert_eq!(of_kind(&text, BlockKind::Standfirst), [LEAD]);
    let text = format!("Ferry out of service\n\n{LEAD}\n\n{MORE}");
    assert_eq!(of_kind(&text, BlockKind::Standfirst), Vec::<&str>::new());
}

#[test]
fn a_standfirst_with_a_stop_stands_before_the_byline() {
    let text = format!(
        "Ferry out of service\n\nThe harbour office blames its engines.\n\nBy Ann Oak\n\nMay 6, 2024\n\n{LEAD}\n\n{MORE}"
    );
    assert_eq!(of_kind(&text, BlockKind::Standfirst), ["The harbour office blames its engines."]);
    assert_eq!(of_kind(&text, BlockKind::Byline), ["By Ann Oak", "May 6, 2024"]);
    let text = format!("Is the ferry out of service for good?\n\nBy Ann Oak\n\n{LEAD}\n\n{MORE}");
    assert_eq!(of_kind(&text, BlockKind::Title), ["Is the ferry out of service for good?"]);
    // A dated headline of another story behind a short article makes no head of it.
    let text = format!("Ferry out of service\n\n{LEAD}\n\n{MORE}\n\nMayor resigns\n\n6 May 2024, 10:00\n");
    assert_eq!(of_kind(&text, BlockKind::Body)[..2], [LEAD, MORE]);
}

#[test]
fn a_headline_may_hold_a_date_and_a_name_may_stand_alone() {
    let text = format!("Ferry report for 6 May 2024\n\n{LEAD}\n\n{MORE}");
    assert_eq!(of_kind(&text, BlockKind::Title), ["Ferry report for 6 May 2024"]);
    let text = format!("Ferry out of service\n\nAnn Oak\n\n{LEAD}\n\n{MORE}");
    assert_eq!(of_kind(&text, BlockKind::Byline), ["Ann Oak"]);
}

#[test]
fn verses_stay_and_lists_of_links_go() {
    let verse = "O boat of ours that will not sail\nO harbour white with snow and hail\nO islands far beyond the pier";
    let text = format!("Ferry out of service\n\n{LEAD}\n\n{verse}\n\n{LAST}");
    assert_eq!(of_kind(&text, BlockKind::Boilerplate), Vec::<&str>::new());
    let text = format!(
        "Ferry out of service\n\n6 May 2024\n\n{LEAD}\n\nMayor resigns over the budget\nTwo held after the fire\nSchool roof falls in again\n\n{MORE}\n\n{LAST}"
    );
    assert_eq!(of_kind(&text, BlockKind::Boilerplate).len(), 3);
}

#[test]
fn a_teaser_on_one_line_and_a_label_with_its_headline_go() {
    let text = format!(
        "Ferry out of service\n\n{LEAD}\n\nRead also: Mayor resigns over the budget\n\n{MORE}\n\nTags:\nHarbour islands\n\n{LAST}"
    );
    assert_eq!(
        of_kind(&text, BlockKind::Boilerplate),
        ["Read also: Mayor resigns over the budget", "Tags:", "Harbour islands"]
    );
}

#[test]
fn paid_text_is_told_by_its_label() {
    let text = format!("Sponsored content\n\nFerry out of service\n\n{LEAD}");
    assert_eq!(of_kind(&text, BlockKind::Paid), ["Sponsored content", LEAD]);
    let text =
        format!("Ferry out of service\n\n{LEAD}\n\nSponsored by Boats & Co\nBuy a boat today\n\n{MORE}\n\n{LAST}");
    assert_eq!(of_kind(&text, BlockKind::Paid), ["Sponsored by Boats & Co", "Buy a boat today"]);
    assert_eq!(of_kind(&text, BlockKind::Body), [LEAD, MORE, LAST]);
}

#[test]
fn markdown_headings_code_and_pictures() {
    let text = format!(
        "# Ferry out of service\n\n![dock](a.png)\n\n{LEAD}\n\n## The owner\n\n> {MORE}\n\n```\nlet x = 1;\n```\n\n---\n\n{LAST}"
    );
    let found = told_as(&text, InputForm::Markdown);
    assert_eq!(found[0], (BlockKind::Title, "Ferry out of service"));
    assert_eq!(found.iter().filter(|(k, _)| *k == BlockKind::Boilerplate).count(), 5);
    let body: Vec<&str> = found.iter().filter(|(k, _)| *k == BlockKind::Body).map(|(_, w)| *w).collect();
    assert_eq!(body, [LEAD, "The owner", MORE, LAST]);
}

#[test]
fn hard_wrapped_articles_have_one_block_a_paragraph() {
    let wrap = |words: &str| {
        let mut out = String::new();
        let mut width = 0;
        for word in words.split(' ') {
            if width + word.len() + 1 > 40 && width > 0 {
                out.push('\n');
                width = 0;
            } else if width > 0 {
                out.push(' ');
            }
            out.push_str(word);
            width += word.len() + 1;
        }
        out
    };
    let text = format!("Ferry out of service\n\n{}\n\n{}\n\n{}", wrap(LEAD), wrap(MORE), wrap(LAST));
    assert_eq!(
        told(&text).iter().map(|(k, _)| *k).collect::<Vec<_>>(),
        [BlockKind::Title, BlockKind::Body, BlockKind::Body, BlockKind::Body]
    );
}

#[test]
fn a_page_in_a_language_without_page_words_is_still_cut() {
    let text = "Меню\n\nПаром выведен из рейса\n\nПортовая служба в понедельник вывела паром из рейса из-за износа двигателей.\n\nНикто не смог сказать, когда он вернётся на линию, сообщил представитель владельца.\n\nМэр ушёл в отставку из-за бюджета\n\nДвое задержаны после пожара\n\nВ школе обрушилась крыша";
    assert_eq!(of_kind(text, BlockKind::Title), ["Паром выведен из рейса"]);
    assert_eq!(of_kind(text, BlockKind::Body).len(), 2);
}
