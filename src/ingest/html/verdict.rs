//! Tells pages that hold no article: front pages, lists, walls of consent, notices that there is nothing, empty frames.

use super::content::HtmlPage;
use super::walk::{Paragraph, Role};

/// Fewest words of running text in a page that says it is an article, and in another one.
const FEWEST: (usize, usize) = (8, 40);
/// Fewest teasers of a list.
const TEASERS: usize = 3;

/// What a page is where it is no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoArticle {
    /// The front page of a site, or a section of it.
    List,
    /// A question for consent that stands before the article.
    Consent,
    /// A notice that there is no such page.
    NotFound,
    /// A frame that scripts would fill.
    Scripts,
    /// Nothing of the kind, and no article.
    Nothing,
}

impl NoArticle {
    /// What is wrong with the page, and what to do about it.
    pub fn message(self) -> (&'static str, &'static str) {
        match self {
            NoArticle::List => (
                "the page lists articles and is none itself: a front page or a section",
                "save the page of one article",
            ),
            NoArticle::Consent => (
                "the page asks for consent and shows no article",
                "open the article in a browser, answer the question there, and save the page",
            ),
            NoArticle::NotFound => (
                "the page says that it was not found (404)",
                "look for the article at another address, or in an archive",
            ),
            NoArticle::Scripts => (
                "there is no article in the page; it may show one only after its scripts have run",
                "save the page from the browser once it is shown, or paste its text into `secondhand audit -`",
            ),
            NoArticle::Nothing => (
                "there is no article in the page",
                "save the page of one article, or paste its text into `secondhand audit -`",
            ),
        }
    }
}

/// Why `page`, with `words` words of running text, is no article; `None` where it is one.
pub fn no_article(page: &HtmlPage, words: usize) -> Option<NoArticle> {
    if page.listed || (page.front && !page.article) {
        return Some(NoArticle::List);
    }
    if page.consent && !page.article {
        return Some(NoArticle::Consent);
    }
    if page.not_found && !page.article {
        return Some(NoArticle::NotFound);
    }
    if words >= if page.article { FEWEST.0 } else { FEWEST.1 } {
        return None;
    }
    Some(if page.scripted { NoArticle::Scripts } else { NoArticle::Nothing })
}

/// True for paragraphs that are mostly teasers: a headline that leads elsewhere, and a few words below it.
pub fn are_teasers(found: &[Paragraph]) -> bool {
    let heading = |p: &Paragraph| matches!(p.role, Role::Heading(_)) && (p.card || p.linked * 4 >= p.text.len() * 3);
    let running = |p: &&Paragraph| p.text.len() >= 40 && !matches!(p.role, Role::Heading(_) | Role::Caption);
    let all = found.iter().filter(running).count();
    let below = found.windows(2).filter(|w| heading(&w[0]) && running(&&w[1])).count();
    below >= TEASERS && below * 2 >= all
}

/// True for the address of a whole site.
pub fn is_front(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let path = path.trim_end_matches('/');
    path.is_empty() || path.starts_with("index.")
}

/// True where the words of a title give the code of a page that is not there.
pub fn says_not_found(title: &str) -> bool {
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.clone().next() == Some("404") || (words.clone().count() <= 6 && words.any(|w| w == "404"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str, role: Role, linked: bool) -> Paragraph {
        Paragraph { text: text.into(), role, linked: if linked { text.len() } else { 0 }, ..Paragraph::default() }
    }

    #[test]
    fn a_list_of_teasers_is_told_from_an_article_with_headings() {
        let list = |linked| -> Vec<Paragraph> {
            (0..4)
                .flat_map(|_| {
                    [
                        paragraph("Ferry out of service", Role::Heading(2), linked),
                        paragraph("The ferry was taken out of service on Monday.", Role::Text, false),
                    ]
                })
                .collect()
        };
        assert!(are_teasers(&list(true)));
        assert!(!are_teasers(&list(false)), "headings that lead nowhere are the article's own");
    }

    #[test]
    fn front_pages_and_notices_are_told_by_address_and_title() {
        assert!(
            is_front("https://harbour.example/")
                && is_front("https://harbour.example")
                && is_front("https://a.b/index.html")
        );
        assert!(!is_front("https://harbour.example/ferry"));
        assert!(says_not_found("404 - Harbour News") && says_not_found("Error 404"));
        assert!(!says_not_found("Peugeot 404 turns sixty, and its owners meet in town"));
    }

    #[test]
    fn little_text_is_enough_where_the_page_says_that_it_is_an_article() {
        let page = HtmlPage { article: true, ..HtmlPage::default() };
        assert_eq!(no_article(&page, 9), None);
        assert_eq!(no_article(&page, 2), Some(NoArticle::Nothing));
        let page = HtmlPage { scripted: true, ..HtmlPage::default() };
        assert_eq!((no_article(&page, 9), no_article(&page, 90)), (Some(NoArticle::Scripts), None));
        let page = HtmlPage { front: true, ..HtmlPage::default() };
        assert_eq!(no_article(&page, 900), Some(NoArticle::List));
    }
}
