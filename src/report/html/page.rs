//! The whole page: its head, an article a section, the stories, and what was not read.

use std::fmt::Write as _;
use std::io;

use super::findings::cards;
use super::story::story;
use super::text::marked;
use super::top::{address, attributions, limits, origin, sourcing};
use super::write::{article_place, words};
use crate::record::{ArticleRecord, Status};
use crate::report::footer::{DISCLAIMER, STOPPED, comparison, counts};
use crate::report::form::{Closing, Form};
use crate::report::names::Names;
use crate::report::overview::title;
use crate::report::place::Places;
use crate::report::ranking::{Choice, Ranked};
use crate::story::digest::Digest;
use crate::story::model::Story;

/// How the page looks. Nothing is fetched: it can be mailed, kept and printed.
const STYLE: &str = include_str!("page.css");

/// The form `html`.
#[derive(Debug)]
pub struct Html<'a> {
    names: Names<'a>,
    choice: Choice,
}

impl<'a> Html<'a> {
    /// A page on which notes can be shown and hidden; they are shown at first where `choice` has them.
    pub fn new(names: Names<'a>, choice: Choice) -> Html<'a> {
        Html { names, choice }
    }

    fn render(&self, record: &ArticleRecord) -> Result<String, std::fmt::Error> {
        let (article, names) = (&record.article, &self.names);
        let places = Places::new(article);
        let place = article_place(&article.key);
        let mut ranked = Ranked::of(record, Choice { notes: true, ..self.choice });
        // Beside the text they stand in its order.
        ranked.shown.sort_by_key(|finding| finding.span);
        let open = if ranked.to_look_at > 0 || self.choice.notes && ranked.notes > 0 { " open" } else { "" };
        let mut out = String::new();
        let tag = words(&article.language.tag);
        writeln!(out, "<details class=\"article\" id=\"{place}\" lang=\"{tag}\"{open}>\n<summary>")?;
        writeln!(out, "<span class=\"headline\" dir=\"auto\">{}</span>", words(&title(article)))?;
        let told = match record.status {
            Status::NotAudited => "not audited".to_string(),
            _ => ranked.summary(),
        };
        writeln!(out, "<span class=\"told\">{}</span>\n{}</summary>", words(&told), origin(article, names))?;
        out.push_str(&address(article));
        out.push_str(&limits(article));
        if record.status == Status::NotAudited {
            writeln!(out, "</details>")?;
            return Ok(out);
        }
        out.push_str(&sourcing(record, names, &places));
        writeln!(out, "<div class=\"sides\">")?;
        out.push_str(&marked(record, &place, &ranked.shown, &places));
        out.push_str(&cards(record, &place, &ranked.shown, names, &places));
        writeln!(out, "</div>")?;
        out.push_str(&attributions(record, &place, names, &places));
        writeln!(out, "</details>")?;
        Ok(out)
    }
}

impl Form for Html<'_> {
    fn start(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let notes = if self.choice.notes { " checked" } else { "" };
        writeln!(
            out,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n<meta name=\"robots\" \
             content=\"noindex\">\n<title>Sourcing report</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n\
             <h1>Sourcing report</h1>\n<p class=\"quiet\">{DISCLAIMER}</p>\n<form>\n<label><input type=\"checkbox\" \
             id=\"notes\"{notes}> notes</label>\n<label><input type=\"checkbox\" id=\"voices\" checked> who says \
             what</label>\n<span class=\"key\"><span class=\"source\">source</span> <span class=\"cue\">cue</span> \
             <span class=\"said\">what is said</span> <span class=\"hop\">through whom</span></span>\n<a \
             href=\"#stories\">stories and totals</a>\n</form>\n</header>\n\
             <main>"
        )
    }

    fn article(&self, record: &ArticleRecord) -> io::Result<Vec<u8>> {
        self.render(record).map(String::into_bytes).map_err(io::Error::other)
    }

    fn stories(&self, out: &mut dyn io::Write, _: bool) -> io::Result<()> {
        writeln!(out, "<div id=\"stories\"></div>")
    }

    fn story(&self, of: &Story, digests: &[Digest]) -> io::Result<Vec<u8>> {
        story(of, digests, self.names).map(String::into_bytes).map_err(io::Error::other)
    }

    fn finish(&self, out: &mut dyn io::Write, closing: &Closing) -> io::Result<()> {
        writeln!(out, "</main>\n<footer>")?;
        for told in counts(closing).iter().chain(&comparison(closing)) {
            writeln!(out, "<p>{}</p>", words(told))?;
        }
        if !closing.complete {
            writeln!(out, "<p>{STOPPED}</p>")?;
        }
        let lost: Vec<_> = closing.broken_rules.iter().chain(&closing.errors).collect();
        if !lost.is_empty() {
            writeln!(out, "<h2>What could not be used</h2>\n<table>")?;
            for error in lost {
                let record = error.record.map(|record| format!(", record {record}")).unwrap_or_default();
                let line = error.line.map(|line| format!(", line {line}")).unwrap_or_default();
                let hint = error.hint.as_deref().map(|hint| format!(" ({hint})")).unwrap_or_default();
                let (input, message) = (words(&error.input), words(&format!("{}{hint}", error.message)));
                writeln!(out, "<tr><td>{input}{record}{line}</td><td>{message}</td></tr>")?;
            }
            writeln!(out, "</table>")?;
        }
        writeln!(out, "</footer>\n</body>\n</html>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::error::InputError;
    use crate::report::sample;
    use crate::sources::registry::Registry;

    fn page(records: &[ArticleRecord], choice: Choice, closing: &Closing) -> String {
        let registry = Registry::new(&sample::rules());
        let form = Html::new(Names::new(&registry, &[]), choice);
        let mut out = Vec::new();
        form.start(&mut out).unwrap();
        records.iter().for_each(|record| out.extend(form.article(record).unwrap()));
        form.stories(&mut out, closing.compared).unwrap();
        form.finish(&mut out, closing).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The elements that are not closed in the order in which they were opened.
    fn unbalanced(page: &str) -> Vec<String> {
        let mut open: Vec<String> = Vec::new();
        for tag in page.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let name = tag.split([' ', '\n']).next().unwrap_or("").to_string();
            match name.strip_prefix('/') {
                _ if ["!doctype", "meta", "input", "br", "img"].contains(&name.as_str()) => {}
                Some(closed) if open.last().is_some_and(|last| last == closed) => drop(open.pop()),
                Some(closed) => return vec![format!("{closed} in {open:?}")],
                None => open.push(name),
            }
        }
        open
    }

    #[test]
    fn every_element_is_closed_and_nothing_is_fetched() {
        let page = page(&[sample::flagged(), sample::record()], Choice::default(), &Closing::default());
        assert_eq!(unbalanced(&page), [""; 0]);
        for fetched in ["<script", "<link", "src=\"http", "@import", "url("] {
            assert!(!page.contains(fetched), "{fetched}");
        }
    }

    #[test]
    fn an_article_with_something_to_look_at_is_open_and_others_are_folded() {
        let page = page(&[sample::flagged(), sample::record()], Choice::default(), &Closing::default());
        assert_eq!(page.matches("<details class=\"article\"").count(), 2);
        assert_eq!(page.matches(" open>").count(), 1);
        assert!(page.contains("3 to look at, 1 of them an error · 1 note"), "{page}");
        assert!(page.contains("nothing to look at"), "{page}");
    }

    #[test]
    fn notes_stand_on_the_page_and_are_shown_at_first_where_they_are_asked_for() {
        let without = page(&[sample::flagged()], Choice::default(), &Closing::default());
        let with = page(&[sample::flagged()], Choice { most: None, notes: true }, &Closing::default());
        assert!(without.contains("What of note?") && with.contains("What of note?"));
        assert!(with.contains("id=\"notes\" checked") && !without.contains("id=\"notes\" checked"));
    }

    #[test]
    fn what_an_article_says_is_never_markup() {
        let mut record = sample::flagged();
        record.article.key = "<script>alert(1)</script>".into();
        record.article.blocks.retain(|block| block.kind != crate::article::BlockKind::Title);
        record.findings[0].message = "<img src=x onerror=alert(1)>".into();
        let page = page(&[record], Choice::default(), &Closing::default());
        assert!(!page.contains("<script") && !page.contains("<img src=x"), "{page}");
    }

    #[test]
    fn what_could_not_be_used_is_told_with_its_place_and_hint() {
        let mut error = InputError::new("a&b.txt", "unreadable", "no such file");
        error.line = Some(3);
        error.hint = Some("look at its name".into());
        let closing = Closing { errors: vec![error], ..Closing::default() };
        let page = page(&[], Choice::default(), &closing);
        assert!(page.contains("<td>a&amp;b.txt, line 3</td><td>no such file (look at its name)</td>"), "{page}");
        assert!(page.contains("Stopped before the last input"));
    }

    #[test]
    fn an_article_that_was_not_audited_says_so_and_shows_no_text() {
        let mut record = sample::record();
        record.status = Status::NotAudited;
        let page = page(&[record], Choice::default(), &Closing::default());
        assert!(page.contains("not audited") && !page.contains("class=\"text\""), "{page}");
    }
}
