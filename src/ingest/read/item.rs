//! Items of containers (feeds, agencies' items, drafts) and pages of web archives to articles.

use super::super::http::{carried, charset, head_end, header};
use super::super::item::{Item, ItemLink, Words};
use super::*;
use crate::article::{Link, Publisher};

/// What an item lacks that is only a summary.
const SUMMARY: &str = "This is only a summary of the article; its text is not in the input.";

impl Reader<'_> {
    /// The article of an item.
    pub(super) fn item(&self, document: &Document) -> Result<Article, InputError> {
        let item: Item = serde_json::from_slice(&document.bytes)
            .map_err(|error| InputError::new(&document.input, "bad-item", error.to_string()))?;
        let mut article = self.item_article(document, &item)?;
        self.end(&mut article, &item, document);
        Ok(article)
    }

    fn item_article(&self, document: &Document, item: &Item) -> Result<Article, InputError> {
        // The publisher's own address tells more than that of a collector.
        let url = item.home.as_deref().or(item.url.as_deref());
        let byline = match item.byline.as_slice() {
            [one] => authors_field(one, &self.page, self.lookup),
            many => many.to_vec(),
        };
        let article = match &item.words {
            Words::Markup(html) => {
                let known = Known {
                    url,
                    outlet: item.outlet.as_deref(),
                    title: item.title.as_deref(),
                    byline: &byline,
                    published: item.published.as_deref(),
                    language: item.language.as_deref(),
                };
                self.html_piece(html, &known)
            }
            Words::Plain(words) if item.page => self.draft(words, item),
            Words::Plain(words) => self.record(
                document,
                Record {
                    url: url.map(str::to_owned),
                    outlet: item.outlet.clone(),
                    title: item.title.clone(),
                    byline_is_text: item.byline.len() == 1,
                    byline: item.byline.clone(),
                    published: item.published.clone(),
                    language: item.language.clone(),
                    text: words.clone(),
                    ..Record::default()
                },
            ),
        };
        if article.blocks.iter().any(|b| b.kind != BlockKind::Title && b.kind != BlockKind::Byline) {
            return Ok(article);
        }
        let error = InputError::new(&document.input, "no-text", "there is no text in this item");
        Err(error.at(document.record, Some(document.line), None))
    }

    /// A text with byline and date lines of its own; its title is known, or stands in it.
    fn draft(&self, words: &str, item: &Item) -> Article {
        let mut text = item.title.clone().unwrap_or_default();
        let title = (!text.is_empty()).then(|| Span::new(0, text.len()));
        if title.is_some() {
            text.push_str("\n\n");
        }
        let front = FrontMatter { title, length: text.len(), ..FrontMatter::default() };
        let start = text.len();
        text.push_str(words);
        let mut article = self.text_page(text, InputForm::Text, &front, Vec::new());
        let links = item.links.iter().filter(|link| words.get(link.start..link.end).is_some());
        let link =
            |l: &ItemLink| Link { span: Span::new(start + l.start, start + l.end), target: Some(l.target.clone()) };
        article.links = links.map(link).collect();
        let outside = Outside {
            option: self.options.publisher.as_deref(),
            url: item.home.as_deref().or(item.url.as_deref()),
            outlet: item.outlet.as_deref(),
        };
        let told = outside.url.is_some() || outside.outlet.is_some();
        if let Some(found) = publisher("", &Layout::default(), outside, self.lookup).filter(|_| told) {
            article.publisher = Some(found);
            article.limits.retain(|limit| limit.code != "publisher-unknown");
        }
        article
    }

    /// What all items have in common: whose they are, their fields, their place.
    fn end(&self, article: &mut Article, item: &Item, document: &Document) {
        let vague = article.publisher.as_ref().is_none_or(|p| p.id.starts_with("name:") && item.outlet.is_none());
        if let Some((id, name)) = item.perhaps.as_deref().filter(|_| vague).and_then(|name| self.lookup.by_name(name)) {
            article.publisher = Some(Publisher { id, name, evidence: None });
            article.limits.retain(|limit| limit.code != "publisher-unknown");
        }
        let sources = item.sources.iter().map(|words| (Field::Source, words));
        let credit = item.credit.iter().map(|words| (Field::Credit, words));
        let dateline = item.dateline.iter().map(|words| (Field::Dateline, words));
        for (field, words) in sources.chain(credit).chain(dateline) {
            article.buffer.push_str("\n\n");
            let start = article.buffer.len();
            article.buffer.push_str(words.trim());
            article.parts.push(part(field, start, article.buffer.len()));
        }
        if item.summary {
            for block in article.blocks.iter_mut().filter(|b| b.kind == BlockKind::Body) {
                block.kind = BlockKind::Standfirst;
            }
            article.limits.insert(0, Limit { code: "summary-only", message: SUMMARY.to_owned() });
        }
        article.url.clone_from(&item.url);
        self.place(article, item.id.as_deref(), document);
    }

    /// Id, key and path of an article in a container, or of the only one of an input.
    fn place(&self, article: &mut Article, id: Option<&str>, document: &Document) {
        article.path = Some(document.input.clone());
        article.record = document.record;
        match document.record {
            None => {
                article.id.clone_from(&document.input);
                article.key.clone_from(&document.input);
            }
            Some(number) => {
                article.id = id.map_or_else(|| number.to_string(), str::to_owned);
                article.key = format!("{}#{}", document.input, article.id);
            }
        }
    }

    /// The article on a page of a web archive: header of the record, header of the server's answer, page.
    pub(super) fn warc_page(&self, document: &Document) -> Result<Article, InputError> {
        let at = |error: InputError| error.at(document.record, None, None);
        let (head, block) = document.bytes.split_at(head_end(&document.bytes).unwrap_or(0));
        let kind = header(head, "warc-type").unwrap_or_default();
        let url = header(head, "warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        let answered = kind == "response";
        let split = if answered { head_end(block).unwrap_or(0) } else { 0 };
        let (answer, body) = block.split_at(split);
        let content = header(if answered { answer } else { head }, "content-type").unwrap_or_default();
        let most = self.options.most_bytes.clamp(1, MOST_EVER);
        let carried =
            carried(answer, body, most).map_err(|why| at(InputError::new(&document.input, "bad-page", why)))?;
        let (bytes, whole) = (carried.bytes, !(carried.cut || document.truncated));
        let mut article = if kind == "conversion" {
            let decoded = decode(&bytes, &document.input, whole).map_err(at)?;
            let mut article = self.draft(&decoded.text, &Item { url: url.clone(), ..Item::default() });
            article.limits.splice(0..0, decoding_limits(&decoded));
            article
        } else {
            let decoded = decode_page(&bytes, charset(&content).as_deref(), &document.input, whole).map_err(at)?;
            let known = Known { url: url.as_deref(), ..Known::default() };
            let mut article = self.html_article(&decoded.text, &known, &document.input).map_err(at)?;
            article.limits.splice(0..0, decoding_limits(&decoded));
            article
        };
        if !whole {
            article.limits.insert(0, truncated(bytes.len()));
        }
        article.url = url.or(article.url);
        let id = header(head, "warc-record-id").map(|id| id.trim_matches(['<', '>']).to_owned());
        self.place(&mut article, id.as_deref(), document);
        Ok(article)
    }
}
