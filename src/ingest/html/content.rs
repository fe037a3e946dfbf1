//! What is made of a page in HTML: its text, what stands where in it, and what the page says of itself.

use super::walk::Role;
use crate::text::span::Span;

/// One paragraph of [`HtmlPage::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// Its bytes.
    pub span: Span,
    /// What it is; `None` for a part that stands before the body.
    pub role: Option<Role>,
    /// Bytes of it that stand in links.
    pub linked: usize,
}

/// A link of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    /// Its words, in bytes of the text.
    pub span: Span,
    /// Where it leads, as the page writes it; empty where that is lost.
    pub target: String,
}

/// What a page holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HtmlPage {
    /// Headline, byline and paragraphs, parted by blank lines.
    pub text: String,
    /// The headline.
    pub title: Option<Span>,
    /// The line of authors.
    pub byline: Option<Span>,
    /// The paragraphs behind them, in order.
    pub paragraphs: Vec<Marked>,
    /// The links in them.
    pub links: Vec<PageLink>,
    /// Names of the authors, as written; a line of names where the page doesn't part them.
    pub authors: Vec<String>,
    /// True where `authors` are names one by one.
    pub parted: bool,
    /// Dates of publication as the page writes them, the best first.
    pub dates: Vec<String>,
    /// Address of the page as it gives it.
    pub url: Option<String>,
    /// Host of the page's own links, where it gives no address.
    pub host: Option<String>,
    /// Name of the publisher.
    pub site: Option<String>,
    /// Declared language, BCP 47.
    pub language: Option<String>,
    /// True where the page says that the text is paid for.
    pub paid: bool,
    /// True where the page's data say that a machine made a part of the text.
    pub machine: bool,
    /// True where the page says that it is an article.
    pub article: bool,
    /// True where the page lists articles.
    pub listed: bool,
    /// True where the page gives the address of a whole site as its own.
    pub front: bool,
    /// True where most of the page asks for consent.
    pub consent: bool,
    /// True where the page says that it was not found.
    pub not_found: bool,
    /// True where the page needs scripts to show its text.
    pub scripted: bool,
    /// True where the page was too large, and its end was left out.
    pub cut: bool,
    /// True where the time was over before its article could be looked for with all means.
    pub late: bool,
}
