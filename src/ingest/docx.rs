//! Drafts of word processors (DOCX): the paragraphs as they stand with all changes accepted, without comments.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use super::item::{Item, Words};

/// The part that holds the text.
pub const DOCUMENT: &str = "word/document.xml";
/// The part that says what styles are called.
pub const STYLES: &str = "word/styles.xml";

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Title,
    Heading,
}

/// The article in a draft: `document` and `styles` are its parts of these names.
///
/// # Errors
/// What is wrong, where the part can't be read.
pub fn article(document: &str, styles: &str) -> Result<Option<Item>, String> {
    let styles = named(styles);
    let mut paragraphs = paragraphs(document, &styles)?;
    paragraphs.retain(|(text, _)| !text.trim().is_empty());
    // A title, or the heading that the draft starts with.
    let title = paragraphs
        .iter()
        .position(|(_, style)| *style == Some(Style::Title))
        .or_else(|| paragraphs.first().filter(|(_, style)| *style == Some(Style::Heading)).map(|_| 0));
    let title = title.map(|at| paragraphs.remove(at).0.split_whitespace().collect::<Vec<_>>().join(" "));
    if paragraphs.is_empty() {
        return Ok(None);
    }
    let text = paragraphs.iter().map(|(text, _)| text.trim()).collect::<Vec<_>>().join("\n\n");
    Ok(Some(Item { title, words: Words::Plain(text), page: true, ..Item::default() }))
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// Ids of styles for titles and headings, which have the same names in every language of the program.
fn named(styles: &str) -> BTreeMap<String, Style> {
    let mut out = BTreeMap::new();
    let mut reader = reader(styles);
    let mut id = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) if name(&start) == "style" => id = value(&start, "styleId"),
            Event::Start(start) | Event::Empty(start) if name(&start) == "name" => {
                let called = value(&start, "val").unwrap_or_default().to_lowercase();
                if let (Some(id), Some(style)) = (id.take(), style(&called)) {
                    out.insert(id, style);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    out
}

fn style(called: &str) -> Option<Style> {
    match called {
        "title" => Some(Style::Title),
        _ => called.strip_prefix("heading").map(str::trim).filter(|n| n.parse::<u8>().is_ok()).map(|_| Style::Heading),
    }
}

fn paragraphs(document: &str, styles: &BTreeMap<String, Style>) -> Result<Vec<(String, Option<Style>)>, String> {
    let mut reader = reader(document);
    let mut out = Vec::new();
    let mut text = String::new();
    let mut own = None;
    // Inside what is not the draft's text: deletions, moves away, codes of fields, what stands in for newer programs.
    let mut hidden = 0usize;
    let mut words = false;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Eof => break,
            Event::Start(start) => match name(&start).as_str() {
                "del" | "moveFrom" | "instrText" | "delText" | "Fallback" | "delInstrText" => hidden += 1,
                "t" => words = true,
                "p" => own = None,
                "pStyle" => own = told(&start, styles),
                _ => {}
            },
            Event::Empty(start) => match name(&start).as_str() {
                "pStyle" => own = told(&start, styles),
                "tab" | "br" | "cr" if hidden == 0 => text.push(' '),
                "noBreakHyphen" if hidden == 0 => text.push('\u{2011}'),
                _ => {}
            },
            Event::End(end) => match local(end.name().as_ref()).as_str() {
                "del" | "moveFrom" | "instrText" | "delText" | "Fallback" | "delInstrText" => {
                    hidden = hidden.saturating_sub(1);
                }
                "t" => words = false,
                // The mark of a deleted paragraph joins it with the next one only where the program says so; parted is safe.
                "p" => out.push((std::mem::take(&mut text), own.take())),
                _ => {}
            },
            Event::Text(piece) if words && hidden == 0 => text.push_str(&piece),
            Event::CData(piece) if words && hidden == 0 => text.push_str(&piece),
            Event::GeneralRef(reference) if words && hidden == 0 => match reference.resolve_char_ref() {
                Ok(Some(character)) => text.push(character),
                _ => text.push_str(resolve_html5_entity(&reference).unwrap_or("")),
            },
            _ => {}
        }
    }
    if !text.trim().is_empty() {
        out.push((text, own));
    }
    Ok(out)
}

fn told(start: &BytesStart<'_>, styles: &BTreeMap<String, Style>) -> Option<Style> {
    let id = value(start, "val")?;
    styles.get(&id).copied().or_else(|| style(&id.to_lowercase()))
}

fn name(start: &BytesStart<'_>) -> String {
    local(start.name().as_ref())
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

fn value(start: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| local(a.key.as_ref()) == wanted)?;
    Some(found.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str, styles: &str) -> Item {
        article(&format!("<w:document><w:body>{body}</w:body></w:document>"), styles).unwrap().unwrap()
    }

    fn run(words: &str) -> String {
        format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
    }

    #[test]
    fn changes_are_accepted_and_comments_left_out() {
        let body = format!(
            "<w:p>{}<w:del><w:r><w:delText>open</w:delText></w:r></w:del><w:ins>{}</w:ins><w:commentRangeStart/>{}<w:r><w:commentReference w:id=\"1\"/></w:r><w:moveFrom>{}</w:moveFrom></w:p><w:p>{}<w:hyperlink r:id=\"r1\">{}</w:hyperlink><w:r><w:instrText>HYPERLINK</w:instrText><w:tab/><w:t>R&amp;D&#33;</w:t></w:r></w:p>",
            run("The quay is "),
            run("shut"),
            run(", he said."),
            run("gone"),
            run("See "),
            run("the report")
        );
        let item = read(&body, "");
        assert_eq!(item.words, Words::Plain("The quay is shut, he said.\n\nSee the report R&D!".into()));
        assert!(item.title.is_none() && item.page);
    }

    #[test]
    fn a_title_is_told_by_the_styles_own_name() {
        let styles = "<w:styles><w:style w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style><w:style w:styleId=\"b1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
        let paragraph =
            |style: &str, words: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(words));
        let item = read(
            &format!(
                "{}{}{}",
                paragraph("x", "By Ann Oak"),
                paragraph("Titel", "Quay  shut"),
                paragraph("x", "It is shut.")
            ),
            styles,
        );
        assert_eq!((item.title.as_deref(), item.words.as_str()), (Some("Quay shut"), "By Ann Oak\n\nIt is shut."));
        let item = read(
            &format!("{}{}{}", paragraph("b1", "Quay shut"), paragraph("x", "It is shut."), paragraph("b1", "Why")),
            styles,
        );
        assert_eq!((item.title.as_deref(), item.words.as_str()), (Some("Quay shut"), "It is shut.\n\nWhy"));
        let item = read(&format!("{}{}", paragraph("x", "It is shut."), paragraph("b1", "Why")), styles);
        assert_eq!(item.title, None, "a heading inside the text is none of it");
    }

    #[test]
    fn nothing_and_rubbish_are_told_apart() {
        assert_eq!(article("<w:document><w:body><w:p/></w:body></w:document>", ""), Ok(None));
        assert!(article("<w:document><w:p><![CDATA[", "").is_err());
    }
}
