//! The forms of all rule files: their tables and keys, each with its type and a sentence.

use crate::rules::explained as told;
use crate::rules::form::{Form, Key, Shape, key, needed};

/// What every rule may say of itself.
pub const METADATA: &[Key] = &[
    key("status", Shape::Word(told::status_words), "how far it is proven"),
    key("replaced-by", Shape::Texts, "ids of the rules to use in its place, where it is deprecated"),
    key("author", Shape::Texts, "who wrote it"),
    key("added", Shape::Date, "when it was written: 2026-11-22"),
    key("why", Shape::Text, "why it is there"),
    key("references", Shape::Texts, "pages and documents that it rests on"),
];

/// A file in `languages/TAG/`.
pub const LANGUAGE_FILE: Form = Form {
    what: "a file of a language",
    groups: &[&[
        key("language", Shape::Table(&LANGUAGE), "the language itself; in one file of the folder"),
        key("morphology", Shape::Table(&MORPHOLOGY), "how words change in writing"),
        key("page", Shape::Table(&PAGE), "lines of web pages around the article, as templates without slots"),
        key("lexicon", Shape::Lexicons, "lists of words that patterns use: `[lexicon.say]`"),
        key("nouns", Shape::Nouns(told::noun_words), "what a phrase without a name stands for: `[nouns.class]`"),
        key("pronoun", Shape::Tables(&PRONOUN), "a pronoun, and whom it may stand for"),
        key("pattern", Shape::Tables(&PATTERN), "a wording of attribution, with its tests"),
    ]],
};

/// `[language]`.
pub const LANGUAGE: Form = Form {
    what: "`[language]`",
    groups: &[&[
        needed("tag", Shape::Text, "its BCP 47 tag in lower case; the name of the folder: `en`"),
        needed("name", Shape::Text, "its name in English"),
        needed("script", Shape::Text, "the ISO 15924 code of its script: `Latn`, `Cyrl`"),
        needed("direction", Shape::Word(told::direction_words), "how it is written"),
        key("review", Shape::Text, "`none`, or the native reader who went through it, and the date"),
        key("name-test", Shape::Word(told::name_test_words), "how names are told from other words"),
        key("head", Shape::Word(told::head_words), "the noun that a phrase without a name is about"),
        key("no-articles", Shape::Flag, "a bare noun may mean somebody known: “minister said”"),
        key("drops-subject", Shape::Flag, "a verb without a subject goes on with whoever was the last one"),
        key("noun-capitals", Shape::Flag, "all nouns have capitals, as in German"),
        key("dialogue-dash", Shape::Flag, "a dash at the start of a paragraph opens speech"),
        key("inserted-cue", Shape::Flag, "dashes inside quotation marks enclose the writer's own words"),
        key("quotations", Shape::Pairs, "pairs of quotation marks, outer ones first"),
        key("terminators", Shape::Texts, "further marks that end a sentence"),
        key("colons", Shape::Texts, "marks that introduce as a colon does elsewhere"),
        key("abbreviations", Shape::Texts, "words whose stop ends no sentence, with the stop"),
        key("months", Shape::Texts, "the twelve months, in notation"),
        key(
            "solar-months",
            Shape::Texts,
            "the same for the solar calendar of Iran and Afghanistan, from the equinox on",
        ),
        key("weekdays", Shape::Texts, "the seven days from Monday, in notation"),
    ]],
};

/// `[morphology]`.
pub const MORPHOLOGY: Form = Form {
    what: "`[morphology]`",
    groups: &[&[
        key("proclitics", Shape::Texts, "what is written before a word without a space: `l'`"),
        key("suffixes", Shape::Texts, "endings that any name may take: `'s`"),
        key("case-pairs", Shape::Pairs, "letters whose capital is another than usual: `[[\"i\", \"\u{130}\"]]`"),
        key("names-agree", Shape::Flag, "each word of a name takes the ending"),
        key("phrase-ends", Shape::Texts, "endings of words behind which no subject goes on"),
        key("articles", Shape::Texts, "letters before a word that make it definite: it starts no name"),
        key("before-nouns", Shape::Texts, "those of the proclitics that are prepositions: they stand before no verb"),
        key("spelled-apart", Shape::Texts, "words that only letters tell apart which are one elsewhere"),
        key("complete-endings", Shape::Texts, "endings of nouns that go on without an article, if at all"),
        key("surname-endings", Shape::Texts, "endings that tell a surname where names have no capitals"),
        key("dependents", Shape::Texts, "endings of words that belong to the role before them: `{source:gen:close}`"),
        key("clause-ends", Shape::Texts, "endings of verbs that make a noun of their clause: `{content:nominal}`"),
        key("attribute-endings", Shape::Texts, "endings of words before a noun that has more than them before it"),
        key("phrase-last", Shape::Texts, "endings of words behind which no phrase goes on"),
        key("adverb-endings", Shape::Texts, "endings of adverbs, which stand beside a verb and name nobody: `ly`"),
        key("bare-endings", Shape::Texts, "endings that a noun has which names somebody without an article: `s`"),
        key("word-endings", Shape::Texts, "endings that part no common word from another when articles are compared"),
        key("cases", Shape::Lists, "endings of names by case; behind `>` what the base form has instead"),
    ]],
};

/// `[page]`.
pub const PAGE: Form = Form {
    what: "`[page]`",
    groups: &[&[
        key("chrome", Shape::Texts, "lines to leave out: share this article"),
        key("ends-article", Shape::Texts, "lines behind which other stories follow: related topics"),
        key("byline", Shape::Texts, "words before an author's name: by"),
        key("dateword", Shape::Texts, "words before a date: published"),
        key("photo-credit", Shape::Texts, "words that tell a photo credit: photo"),
        key("paid", Shape::Texts, "words that mark paid text: sponsored content"),
        key("machine", Shape::Texts, "words by which a text says that a machine made a part of it: written by ai"),
        key("credit", Shape::Texts, "words of a closing credit: contributed"),
        key("address", Shape::Texts, "words before the address of the page: original url"),
    ]],
};

/// `[[pronoun]]`.
pub const PRONOUN: Form = Form {
    what: "a pronoun",
    groups: &[&[
        needed("forms", Shape::Texts, "how it is written, in notation"),
        needed("stands-for", Shape::Words(told::stands_for_words), "whom it may stand for"),
        key("relative", Shape::Flag, "it joins a clause to the noun before: who, which"),
    ]],
};

/// `[[pattern]]`.
pub const PATTERN: Form = Form {
    what: "a pattern",
    groups: &[
        &[
            needed("id", Shape::Text, "language, slash, name: `en/according-to`; used in reports and to override"),
            needed("means", Shape::Word(told::means_words), "what the wording declares"),
            needed("match", Shape::Texts, "the wording, with slots in braces: `according to {source}`"),
            key("in", Shape::Words(told::in_words), "only there"),
            key("covers", Shape::Covers, "how far it reaches: a side and a reach, such as `before clause`"),
            key("but-not", Shape::Texts, "not where one of these stands on the same words"),
            key("instead-of", Shape::Texts, "ids of patterns that give way to this one"),
        ],
        METADATA,
        &[
            needed("reads", Shape::Texts, "sentences that it must read, the parts labelled: `{source: the mayor}`"),
            needed("ignores", Shape::Texts, "near misses: its words, but something else is meant"),
        ],
    ],
};

/// A file in `sources/`.
pub const SOURCES_FILE: Form = Form {
    what: "a file of sources",
    groups: &[&[
        key("source", Shape::Tables(&SOURCE), "an agency, outlet, institution or person"),
        key("class", Shape::Tables(&CLASS), "a kind of unnamed sources"),
        key("country", Shape::Tables(&COUNTRY), "a country, its capital and its people"),
        key("place", Shape::Tables(&PLACE), "a region or a city, and where it lies"),
    ]],
};

/// `[[source]]`.
pub const SOURCE: Form = Form {
    what: "a source",
    groups: &[
        &[
            needed("id", Shape::Text, "letters a to z, digits and hyphens; used in chains and to override"),
            needed("name", Shape::Text, "the name to show"),
            needed("kind", Shape::Word(told::kind_words), "what it is"),
            key("country", Shape::Text, "the ISO 3166 code of its country, in lower case: `lv`"),
            key("group", Shape::Text, "the id of its owner or group; `unknown` is a value, and is told"),
            key("domains", Shape::Texts, "hosts of its pages, without `www.`"),
            key("time-zone", Shape::Text, "the IANA name of its time zone: `Europe/Riga`"),
            key("speaks-for", Shape::Text, "the id of the body that it speaks for"),
            key("speaks", Shape::Text, "the language that it speaks"),
            key("metonym", Shape::Flag, "a place that stands for its government"),
            key("names", Shape::Lists, "its names by language, or by script where languages share it, in notation"),
            key("own-names", Shape::Texts, "names that count only as the publisher's own, on its own page"),
            key("but-not", Shape::Texts, "phrases with a word of its names in which it is not meant, in notation"),
            key("needs", Shape::Word(told::needs_words), "what must stand near a name that is a word as well"),
            key("names-need", Shape::Pairs, "the same for single names: `[[\"AP\", \"cue\"]]`"),
            key("uncertain", Shape::Flag, "nobody has confirmed the entry yet"),
            key("facts", Shape::Tables(&FACT), "facts about it, each with who says so and when"),
        ],
        METADATA,
        &[
            needed("reads", Shape::Texts, "sentences that name it, the name in braces"),
            key("ignores", Shape::Texts, "sentences with a word like the name in which it is not meant"),
        ],
    ],
};

/// One of `facts`.
pub const FACT: Form = Form {
    what: "a fact",
    groups: &[&[
        needed("kind", Shape::Text, "what it is about: funding, ownership, affiliation"),
        needed("says", Shape::Text, "the fact"),
        needed("by", Shape::Text, "who says so"),
        needed("as-of", Shape::Date, "when it held"),
        key("checked", Shape::Text, "when somebody looked it up; empty where nobody did"),
    ]],
};

/// `[[class]]`.
pub const CLASS: Form = Form {
    what: "a class",
    groups: &[&[
        needed("id", Shape::Text, "the KIND of `class:KIND` in chains"),
        key("names", Shape::Spoken, "the name to show, by language"),
        key("carries-news", Shape::Flag, "it may be a hop"),
        key("weasel", Shape::Flag, "believers without number: critics, observers, experts"),
        key("public", Shape::Flag, "anybody can publish there: social media, channels, users"),
    ]],
};

/// `[[country]]`.
pub const COUNTRY: Form = Form {
    what: "a country",
    groups: &[&[
        needed("id", Shape::Text, "its name in chains: `government:armenia`"),
        needed("code", Shape::Text, "its ISO 3166 code, in lower case"),
        needed("names", Shape::Lists, "its names by language, in notation"),
        key("capitals", Shape::Lists, "its capital, which stands for its government"),
        key("adjectives", Shape::Lists, "adjectives and words for its people"),
    ]],
};

/// `[[place]]`.
pub const PLACE: Form = Form {
    what: "a place",
    groups: &[&[
        needed("id", Shape::Text, "letters a to z, digits and hyphens"),
        key(
            "within",
            Shape::Texts,
            "ids of the places and countries that it lies in; of a disputed one, all that claim it",
        ),
        needed("names", Shape::Lists, "its names by language, in notation"),
    ]],
};

/// A file in `policies/`.
pub const POLICIES_FILE: Form = Form {
    what: "a file of policies",
    groups: &[&[key("policy", Shape::Tables(&POLICY), "what to flag, when, how severely and in which words")]],
};

/// `[[policy]]`.
pub const POLICY: Form = Form {
    what: "a policy",
    groups: &[
        &[
            needed("code", Shape::Text, "what reports name, and what profiles switch"),
            needed("title", Shape::Spoken, "the question to the editor, by language; English must be there"),
            needed("flags", Shape::Word(told::flags_words), "what is looked at"),
            key("at", Shape::Word(told::at_words), "which words are marked"),
            key("once-per", Shape::Word(told::once_per_words), "what makes two findings one"),
            key("when", Shape::Condition, "it flags where all these facts hold"),
            key("unless", Shape::Condition, "it is silent where all these facts hold"),
            key("unknown", Shape::Word(told::unknown_words), "what it does where a fact can't be told"),
            needed("severity", Shape::Severity, "how much it matters, in each profile"),
            key("severity-when", Shape::SeverityWhen, "another severity where a condition holds; the first decides"),
            key("standards", Shape::Texts, "newsroom standards that it rests on"),
            needed("say", Shape::Spoken, "what was found, by language, with placeholders"),
            needed("help", Shape::Spoken, "what to do about it, by language, with placeholders"),
        ],
        METADATA,
        &[
            key("ignore-when", Shape::Text, "when to leave it; told by `explain`"),
            needed("flags-in", Shape::Texts, "articles that it must flag, the marked words in braces"),
            needed("silent-in", Shape::Texts, "articles much the same in which it must be silent"),
        ],
    ],
};

/// `pack.toml`.
pub const PACK_FILE: Form = Form {
    what: "pack.toml",
    groups: &[&[
        needed("name", Shape::Text, "what the pack is called: letters a to z, digits and hyphens"),
        key("version", Shape::Text, "its version: `1.2`"),
        key("format", Shape::Number, "the format of its rules; 1 where it is not named, never the latest"),
        key("licence", Shape::Text, "under which licence it may be used: `CC0-1.0`"),
        key("maintainers", Shape::Texts, "who answers for it"),
        key("languages", Shape::Texts, "the languages that it has folders for, as tags"),
        key("requires", Shape::Texts, "packs that must be loaded before it, with their least version: `dutch 1.2`"),
        key("review", Shape::Text, "`none`, or the native reader who went through it, and the date"),
        key("defaults", Shape::Table(&DEFAULTS), "what holds for every rule of the pack that does not say otherwise"),
        key("disable", Shape::Table(&DISABLE), "rules of other packs that this one takes out of force"),
        key("severity", Shape::Severities, "severities of policies of other packs"),
    ]],
};

/// `[defaults]` of a pack.
pub const DEFAULTS: Form = Form {
    what: "`[defaults]`",
    groups: &[&[
        key("status", Shape::Word(told::status_words), "how far its rules are proven"),
        key("author", Shape::Texts, "who wrote them"),
        key("added", Shape::Date, "when they were written"),
        key("references", Shape::Texts, "pages and documents that they rest on"),
    ]],
};

/// `[disable]` of a pack.
pub const DISABLE: Form = Form {
    what: "`[disable]`",
    groups: &[&[
        needed("ids", Shape::Texts, "ids as `rules list` shows them: `en/says`, `vague-source`"),
        key("why", Shape::Text, "why they are out of force"),
    ]],
};
