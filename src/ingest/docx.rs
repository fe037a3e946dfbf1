//! Drafts of word processors (DOCX): the paragraphs as they stand with all changes accepted, without comments.

use std::collections::BTreeMap;

use quick_xml::escape::{resolve_html5_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::item::{Item, ItemLink, Words};
use super::xml::reader;

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

/// The part that says where the links of the text lead.
pub const RELATIONS: &str = "word/_rels/document.xml.rels";

/// The parts of a draft as they stand in its file; empty where it has none of this name.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts<'p> {
    /// [`DOCUMENT`]
    pub document: &'p str,
    /// [`STYLES`]
    pub styles: &'p str,
    /// [`RELATIONS`]
    pub relations: &'p str,
}

/// A paragraph: its words, what its style makes of it, and its links.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<Style>,
    links: Vec<ItemLink>,
}

/// The article in a draft; `None` where there is no text in it.
///
/// # Errors
/// What is wrong, where the text can't be read.
pub fn article(parts: Parts<'_>) -> Result<Option<Item>, String> {
    let mut paragraphs = paragraphs(parts.document, &named(parts.styles), &targets(parts.relations))?;
    paragraphs.retain(|paragraph| !paragraph.text.trim().is_empty());
    // A title, or the heading that the draft starts with.
    let title = paragraphs
        .iter()
        .position(|paragraph| paragraph.style == Some(Style::Title))
        .or_else(|| paragraphs.first().filter(|p| p.style == Some(Style::Heading)).map(|_| 0));
    let title = title.map(|at| paragraphs.remove(at).text.split_whitespace().collect::<Vec<_>>().join(" "));
    if paragraphs.is_empty() {
        return Ok(None);
    }
    let (mut text, mut links) = (String::new(), Vec::new());
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let words = paragraph.text.trim();
        let before = paragraph.text.len() - paragraph.text.trim_start().len();
        for link in paragraph.links {
            let within = |at: usize| text.len() + at.clamp(before, before + words.len()) - before;
            let (start, end) = (within(link.start), within(link.end));
            if start < end {
                links.push(ItemLink { start, end, ..link });
            }
        }
        text.push_str(words);
    }
    Ok(Some(Item { title, words: Words::Plain(text), page: true, links, ..Item::default() }))
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

/// Addresses of the links by their ids.
fn targets(relations: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut reader = reader(relations);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) if name(&start) == "Relationship" => {
                let outside = value(&start, "TargetMode").is_some_and(|mode| mode == "External");
                if let (true, Some(id), Some(target)) = (outside, value(&start, "Id"), value(&start, "Target")) {
                    out.insert(id, target);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    out
}

/// The address in the code of a field: `HYPERLINK "https://…" \o "…"`.
fn field_target(code: &str) -> Option<String> {
    let rest = code.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let target = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    // What starts with a switch is a place in the draft itself.
    Some(target.to_owned()).filter(|target| !target.is_empty() && !target.starts_with('\\'))
}

/// A link that was begun: where, and where it leads as far as it is known.
#[derive(Debug)]
struct Begun {
    start: usize,
    target: Option<String>,
    /// The code of a field that was not read to its end.
    code: Option<String>,
}

impl Begun {
    fn end(self, paragraph: &mut Paragraph) {
        let end = paragraph.text.len();
        if let Some(target) = self.target.filter(|_| self.start < end) {
            paragraph.links.push(ItemLink { start: self.start, end, target });
        }
    }
}

/// What was met so far of a draft's text.
struct Draft<'d> {
    styles: &'d BTreeMap<String, Style>,
    targets: &'d BTreeMap<String, String>,
    out: Vec<Paragraph>,
    paragraph: Paragraph,
    /// Inside so many elements that are not the draft's text: deletions, moves away, what stands in for newer programs.
    hidden: usize,
    /// True inside words.
    words: bool,
    /// True inside the code of a field.
    code: bool,
    /// Links of elements, and fields, that were begun.
    begun: Vec<Begun>,
    fields: Vec<Begun>,
}

impl Draft<'_> {
    fn start(&mut self, start: &BytesStart<'_>) {
        let at = self.paragraph.text.len();
        match name(start).as_str() {
            "del" | "moveFrom" | "delText" | "Fallback" | "delInstrText" => self.hidden += 1,
            "instrText" => self.code = true,
            "t" => self.words = true,
            "p" => self.paragraph.style = None,
            "pStyle" => self.paragraph.style = told(start, self.styles),
            "hyperlink" => {
                let target = value(start, "id").and_then(|id| self.targets.get(&id).cloned());
                self.begun.push(Begun { start: at, target, code: None });
            }
            "fldSimple" => {
                let target = value(start, "instr").and_then(|code| field_target(&code));
                self.begun.push(Begun { start: at, target, code: None });
            }
            "fldChar" => self.field(start),
            _ => {}
        }
    }

    fn empty(&mut self, start: &BytesStart<'_>) {
        match name(start).as_str() {
            "pStyle" => self.paragraph.style = told(start, self.styles),
            "tab" | "br" | "cr" => self.push(" "),
            "noBreakHyphen" => self.push("\u{2011}"),
            "fldChar" => self.field(start),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "del" | "moveFrom" | "delText" | "Fallback" | "delInstrText" => self.hidden = self.hidden.saturating_sub(1),
            "instrText" => self.code = false,
            "t" => self.words = false,
            // The mark of a deleted paragraph joins it with the next one only where the program says so; parted is safe.
            "p" => self.part(),
            "hyperlink" | "fldSimple" => {
                if let Some(link) = self.begun.pop() {
                    link.end(&mut self.paragraph);
                }
            }
            _ => {}
        }
    }

    /// A mark of a field: it begins, its code ends, it ends.
    fn field(&mut self, start: &BytesStart<'_>) {
        let at = self.paragraph.text.len();
        match value(start, "fldCharType").as_deref() {
            Some("begin") => self.fields.push(Begun { start: at, target: None, code: Some(String::new()) }),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.start = at;
                    field.target = field.code.take().and_then(|code| field_target(&code));
                }
            }
            Some("end") => {
                if let Some(field) = self.fields.pop() {
                    field.end(&mut self.paragraph);
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, words: &str) {
        if self.hidden == 0 {
            self.paragraph.text.push_str(words);
        }
    }

    fn text(&mut self, words: &str) {
        if self.words {
            self.push(words);
        } else if let Some(code) = self.fields.last_mut().and_then(|f| f.code.as_mut()).filter(|_| self.code) {
            code.push_str(words);
        }
    }

    /// Ends a paragraph; a field may go on in the next one.
    fn part(&mut self) {
        for link in self.begun.drain(..) {
            link.end(&mut self.paragraph);
        }
        for field in &mut self.fields {
            let part = Begun { start: field.start, target: field.target.clone(), code: None };
            part.end(&mut self.paragraph);
            field.start = 0;
        }
        self.out.push(std::mem::take(&mut self.paragraph));
    }
}

fn paragraphs(
    document: &str,
    styles: &BTreeMap<String, Style>,
    targets: &BTreeMap<String, String>,
) -> Result<Vec<Paragraph>, String> {
    let mut reader = reader(document);
    let mut draft = Draft {
        styles,
        targets,
        out: Vec::new(),
        paragraph: Paragraph::default(),
        hidden: 0,
        words: false,
        code: false,
        begun: Vec::new(),
        fields: Vec::new(),
    };
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Eof => break,
            Event::Start(start) => draft.start(&start),
            Event::Empty(start) => draft.empty(&start),
            Event::End(end) => draft.end(&local(end.name().as_ref())),
            Event::Text(piece) => draft.text(&piece),
            Event::CData(piece) => draft.text(&piece),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => draft.text(character.encode_utf8(&mut [0; 4])),
                _ => draft.text(resolve_html5_entity(&reference).unwrap_or("")),
            },
            _ => {}
        }
    }
    if !draft.paragraph.text.trim().is_empty() {
        draft.part();
    }
    Ok(draft.out)
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
    // An address may hold `&amp;`.
    Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str, styles: &str) -> Item {
        linked(body, styles, "")
    }

    fn linked(body: &str, styles: &str, relations: &str) -> Item {
        let document = format!("<w:document><w:body>{body}</w:body></w:document>");
        article(Parts { document: &document, styles, relations }).unwrap().unwrap()
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
        let read = |document| article(Parts { document, ..Parts::default() });
        assert_eq!(read("<w:document><w:body><w:p/></w:body></w:document>"), Ok(None));
        assert!(read("<w:document><w:p><![CDATA[").is_err());
    }

    #[test]
    fn links_lead_where_relations_and_fields_say() {
        let relations = "<Relationships><Relationship Id=\"r1\" Target=\"https://a.example/?a=1&amp;b=2\" TargetMode=\"External\"/><Relationship Id=\"r2\" Target=\"styles.xml\"/></Relationships>";
        let field = |code: &str, words: &str| {
            format!(
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
                run(words)
            )
        };
        let body = format!(
            "<w:p>{}<w:hyperlink r:id=\"r1\">{}</w:hyperlink>{}<w:hyperlink r:id=\"r2\">{}</w:hyperlink></w:p><w:p>{}{}<w:hyperlink w:anchor=\"top\">{}</w:hyperlink></w:p><w:p>{}<w:fldSimple w:instr=\"HYPERLINK &quot;https://c.example&quot;\">{}</w:fldSimple></w:p>",
            run("  See "),
            run("the report"),
            run(" and "),
            run("a style"),
            field("HYPERLINK \"https://b.example/x\" \\o \"tip\"", "this"),
            field("PAGE \\* ARABIC", "7"),
            run("top"),
            field("HYPERLINK \\l \"place\"", "inside"),
            run("that"),
        );
        let item = linked(&body, "", relations);
        assert_eq!(item.words.as_str(), "See the report and a style\n\nthis7top\n\ninsidethat");
        let found: Vec<_> =
            item.links.iter().map(|l| (&item.words.as_str()[l.start..l.end], l.target.as_str())).collect();
        assert_eq!(
            found,
            [
                ("the report", "https://a.example/?a=1&b=2"),
                ("this", "https://b.example/x"),
                ("that", "https://c.example")
            ]
        );
    }
}
