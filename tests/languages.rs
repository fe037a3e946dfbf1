//! Which language a text is in, told from whole articles, paragraphs and sentences.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up must fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use secondhand::function_words::FunctionWords;
use secondhand::language::{detect, otherwise};
use secondhand::rules::load::{RuleSources, load};
use secondhand::rules::outline::Outline;

fn outlines() -> &'static [Outline] {
    static OUTLINES: OnceLock<Vec<Outline>> = OnceLock::new();
    OUTLINES.get_or_init(|| load(&RuleSources { builtin: true, dirs: Vec::new() }).rules.outlines())
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "txt" || e == "md") {
            out.push(path);
        }
    }
}

/// All articles of a language.
fn articles(tag: &str) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for kind in ["articles", "clean"] {
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(kind).join(tag), &mut all);
    }
    all.into_iter().map(|file| (file.clone(), fs::read_to_string(file).unwrap())).collect()
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

fn told(text: &str) -> String {
    detect(text, outlines()).tag
}

/// Paragraphs without addresses.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| letters(line) >= 60 && !line.contains("://"))
}

#[test]
fn each_article_and_nearly_each_paragraph_tells_its_language() {
    for pack in outlines() {
        let (mut all, mut right) = (0, 0);
        for (file, text) in articles(&pack.tag) {
            assert_eq!(told(&text), pack.tag, "{}", file.display());
            all += paragraphs(&text).count();
            right += paragraphs(&text).filter(|p| told(p) == pack.tag).count();
        }
        assert!(right * 100 >= all * 98, "{}: {right} of {all} paragraphs", pack.tag);
    }
}

#[test]
fn most_sentences_tell_their_language() {
    for pack in outlines() {
        let (mut all, mut right) = (0, 0);
        for (_, text) in articles(&pack.tag) {
            let sentences = paragraphs(&text).flat_map(|p| p.split_inclusive(['.', '?', '!', '\u{589}']));
            for sentence in sentences.filter(|s| letters(s) >= 30) {
                all += 1;
                right += usize::from(told(sentence) == pack.tag);
            }
        }
        assert!(right * 100 >= all * 95, "{}: {right} of {all} sentences", pack.tag);
    }
}

#[test]
fn a_near_relative_without_a_pack_is_not_taken_for_one_that_has_it() {
    for (tag, text) in [
        (
            "be",
            "Паром спыніў рух у панядзелак, паведаміла адміністрацыя порта. Рухавікі зносіліся, і ніхто не ведае, калі ён \
             зноў выйдзе на лінію. Пасажыраў перавозяць аўтобусамі.",
        ),
        (
            "tk",
            "Parom duşenbe güni gatnawdan aýryldy, diýip port müdirligi habar berdi. Hereketlendirijiler könelipdir we \
             hiç kim onuň haçan ýene ýola çykjakdygyny bilmeýär.",
        ),
        (
            "bg",
            "Фериботът беше спрян от движение в понеделник, съобщи пристанищната администрация. Двигателите са износени и \
             никой не знае кога ще се върне на линията.",
        ),
    ] {
        assert_eq!(told(text), tag);
    }
}

/// Small words alone tell it faster, and never otherwise.
#[test]
fn small_words_tell_the_same_language_or_none() {
    let packs = outlines();
    let words = FunctionWords::new(packs);
    let (mut all, mut told_by_words) = (0, 0);
    for pack in packs {
        for (_, text) in articles(&pack.tag) {
            for part in paragraphs(&text).chain([text.as_str()]) {
                all += 1;
                let Some(at) = words.tell(part) else { continue };
                told_by_words += 1;
                assert_eq!(packs[at].tag, pack.tag, "{part}");
            }
        }
    }
    assert!(told_by_words * 5 >= all, "{told_by_words} of {all}: too few to be worth it");
    for text in OTHERS {
        assert_eq!(words.tell(text), None, "{text}");
    }
}

/// Running text in languages that no pack reads, some of them near relatives of those that have one.
const OTHERS: [&str; 6] = [
    "Фериботът беше спрян от движение в понеделник, съобщи пристанищната администрация. Двигателите са износени и никой не знае кога ще се върне на линията, защото части няма. Те очакват, че пътниците ще бъдат превозвани с автобуси, но не всички и не всеки ден.",
    "Паром је стао у понедељак, саопштила је управа луке. Мотори су истрошени и нико не зна када ће се вратити, јер делова нема. Они очекују да ће путници бити превезени аутобусима, али не сви и не сваког дана.",
    "Parom duşenbe güni gatnawdan aýryldy, diýip port müdirligi habar berdi. Hereketlendirijiler könelipdir we hiç kim onuň haçan ýene ýola çykjakdygyny bilmeýär, sebäbi şaýlar ýok. Ýolagçylaryň awtobuslarda äkidiljekdigine garaşylýar, ýöne hemmesi däl we her gün däl.",
    "De veerboot werd maandag uit de vaart genomen, zei het havenbedrijf. De motoren waren versleten en niemand weet wanneer hij weer gaat varen, want er zijn geen onderdelen. Zij verwachten dat de reizigers met bussen worden vervoerd, maar niet allemaal en niet over de hele dag.",
    "O transbordador foi retirado do servizo o luns, dixo a autoridade portuaria. Os motores estaban moi gastados e ninguén sabe cando volverá, porque non hai pezas. Agárdase que os pasaxeiros vaian en autobús, mais non todos nin todos os días.",
    "El transbordador va ser retirat del servei dilluns, va dir l'autoritat portuària. Els motors estaven gastats i ningú no sap quan tornarà, perquè no hi ha peces. S'espera que els passatgers vagin amb autobús, però no tots i no cada dia.",
];

/// The language that some words in an article of another one are read in.
fn inside(own: &str, text: &str, unfamiliar: bool) -> Option<&'static str> {
    let packs = outlines();
    let own = packs.iter().find(|pack| pack.tag == own).unwrap();
    otherwise(text, &own.tag, packs, unfamiliar).map(|pack| pack.tag.as_str())
}

#[test]
fn words_in_another_language_are_told_by_script_and_function_words() {
    let ukrainian = "Паром ще не готовий до роботи, а порт зачинений до травня, заявив речник.";
    let russian = "Паром ещё не готов к работе, а порт закрыт до мая, заявил представитель.";
    let english = "The ferry is not yet ready to sail, and the port is closed until May.";
    assert_eq!(inside("en", ukrainian, false), Some("uk"));
    assert_eq!(inside("en", russian, false), Some("ru"));
    assert_eq!(inside("uk", english, false), Some("en"));
    assert_eq!(inside("uk", russian, true), Some("ru"));
    assert_eq!(inside("uk", ukrainian, true), None, "its own language, with rare words");
    assert_eq!(inside("uk", russian, false), None, "the article's language knows its words");
}

#[test]
fn names_in_another_script_change_nothing() {
    assert_eq!(inside("uk", "Reuters / Getty Images / Anna Keller / Associated Press", false), None);
    assert_eq!(inside("uk", "Про це пишуть Reuters, Bloomberg та Financial Times.", false), None);
    assert_eq!(inside("en", "He told «Интерфакс» and Радио Свобода that the port is closed.", false), None);
    assert_eq!(inside("en", "12:30", false), None);
}
