//! Pages in HTML to articles.

use std::time::Instant;

use super::super::html::verdict::no_article;
use super::super::html::{content::HtmlPage, page::html_page};
use super::super::lines::count_words;
use super::super::marked::html_blocks;
use super::*;
use crate::article::{Link, MachineMade};

/// What is known of a page from outside it. What is not known is `None`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Its address.
    pub url: Option<&'a str>,
    /// Publisher: a registry id or a name.
    pub outlet: Option<&'a str>,
    /// Its headline.
    pub title: Option<&'a str>,
    /// Its authors; empty where they are not known.
    pub byline: &'a [String],
    /// Its date of publication.
    pub published: Option<&'a str>,
    /// Its language, BCP 47.
    pub language: Option<&'a str>,
}

impl Reader<'_> {
    /// The article of a decoded page in HTML, or of a piece of one (a field of a record, an entry of a feed). Its text is what
    /// was extracted; key, id and path are empty or `None`. `input` is the name for errors.
    ///
    /// # Errors
    /// `no-article` where there is none on the page.
    pub fn html_article(&self, html: &str, known: &Known<'_>, input: &str) -> Result<Article, InputError> {
        let page = html_page(html, known.title, self.until());
        let language = self.page_language(known.language, &page);
        let layout = html_blocks(&page, &self.page, self.terminators(&language));
        if let Some(found) = no_article(&page, prose(&page, &layout)) {
            let (message, hint) = found.message();
            return Err(InputError::new(input, "no-article", message).hint(hint));
        }
        Ok(self.page_article(page, layout, language, known))
    }

    /// The same of a piece that is known to be an article, however short it is.
    pub(super) fn html_piece(&self, html: &str, known: &Known<'_>) -> Article {
        let page = html_page(html, known.title, self.until());
        let language = self.page_language(known.language, &page);
        let layout = html_blocks(&page, &self.page, self.terminators(&language));
        self.page_article(page, layout, language, known)
    }

    /// When the time for the article that is begun now is over.
    fn until(&self) -> Option<Instant> {
        self.options.time_limit.and_then(|limit| Instant::now().checked_add(limit))
    }

    fn page_article(&self, page: HtmlPage, mut layout: Layout, language: LanguageTag, known: &Known<'_>) -> Article {
        self.mark_agency(&mut layout, &page.text);
        let outside = Outside {
            option: self.options.publisher.as_deref(),
            url: known.url.or(page.url.as_deref()).or(page.host.as_deref()),
            outlet: known.outlet.or(page.site.as_deref()),
        };
        let found = publisher(&page.text, &layout, outside, self.lookup);
        let stated = known.published.into_iter().chain(page.dates.iter().map(String::as_str));
        let dated = stated
            .filter_map(|value| published_field(value, &self.page))
            .next()
            .or_else(|| published(&page.text, &layout, &self.page));
        let byline = self.page_authors(known, &page, &layout);
        let url = known.url.map(str::to_owned).or(page.url);
        let links =
            page.links.into_iter().map(|l| Link { span: l.span, target: Some(l.target).filter(|t| !t.is_empty()) });
        let links = links.collect();
        let parts = vec![part(Field::Text, 0, page.text.len())];
        let mut article = self.finish(page.text, parts, layout, language);
        article.links = links;
        if page.machine && article.machine_made.is_empty() {
            article.machine_made.push(MachineMade { evidence: None });
        }
        (article.url, article.publisher, article.published, article.byline) = (url, found, dated, byline);
        if page.cut {
            let message = "The page has too many elements; what stands behind them was left out.".to_owned();
            article.limits.insert(0, Limit { code: "truncated", message });
        }
        if let Some(limit) = self.options.time_limit.filter(|_| page.late) {
            article.limits.insert(0, Limit::time_over(limit, "its text was told by its paragraphs alone"));
        }
        self.tell_unknown(&mut article, known.published);
        article
    }

    /// The language of a page: pages often declare that of their builder, so the text is asked first.
    fn page_language(&self, known: Option<&str>, page: &HtmlPage) -> LanguageTag {
        let stated = self.options.language.as_deref().or(known).filter(|tag| !tag.trim().is_empty());
        if let Some(tag) = stated {
            return declared(tag, self.packs);
        }
        let found = detect_by(&self.words, &page.text, self.packs);
        match page.language.as_deref().filter(|_| found.confidence < 0.9) {
            Some(tag) => declared(tag, self.packs),
            None => found,
        }
    }

    fn page_authors(&self, known: &Known<'_>, page: &HtmlPage, layout: &Layout) -> Vec<String> {
        if !known.byline.is_empty() {
            return known.byline.to_vec();
        }
        let outlet = |name: &String| self.lookup.by_name(name).is_some();
        if page.parted {
            let house = |name: &String| outlet(name) || page.site.as_ref() == Some(name);
            let told = |name: &String| {
                let names = authors_field(name, &self.page, self.lookup);
                if names.is_empty() && !name.contains(',') { vec![name.clone()] } else { names }
            };
            return page.authors.iter().filter(|name| !house(name)).flat_map(told).collect();
        }
        let found: Vec<String> =
            page.authors.iter().flat_map(|line| authors_field(line, &self.page, self.lookup)).collect();
        if found.is_empty() { authors(&page.text, layout, &self.page, self.lookup) } else { found }
    }
}

/// Words of running text.
fn prose(page: &HtmlPage, layout: &Layout) -> usize {
    let running =
        layout.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Body | BlockKind::Paid | BlockKind::Standfirst));
    running.map(|b| count_words(b.span.of(&page.text))).sum()
}
