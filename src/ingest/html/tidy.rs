//! Markup made small and shallow before a tree is built from it: no scripts, no styles, bounded nesting and attributes.
//!
//! A tree builder takes time and memory that grow with the depth of a page and with the number of its elements; here each
//! byte is looked at a bounded number of times, whatever the page.

use memchr::{memchr, memchr2, memmem};

/// Deepest nesting that is kept; further elements are taken off, their words stay.
const DEEPEST: usize = 200;
/// Most elements of a page; what stands behind them is left out.
const MOST_ELEMENTS: usize = 120_000;
/// Most bytes of one attribute; a longer one is left out.
const LONGEST_VALUE: usize = 4096;
/// Most attributes of an element that are looked at.
const MOST_ATTRIBUTES: usize = 256;
/// Most scripts with data that are kept.
const MOST_SCRIPTS: usize = 64;

/// Attributes that tell something of the words inside.
const KEPT: [&str; 25] = [
    "action",
    "id",
    "class",
    "itemprop",
    "itemtype",
    "href",
    "alt",
    "datetime",
    "content",
    "property",
    "name",
    "rel",
    "role",
    "lang",
    "xml:lang",
    "dir",
    "title",
    "hidden",
    "aria-hidden",
    "aria-modal",
    "charset",
    "http-equiv",
    "data-testid",
    "data-component",
    "colspan",
];
/// Elements of formatting: their attributes tell nothing, and a tree builder compares them with each other.
const FORMATTING: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements whose content is no text of the page.
const DROPPED: [&str; 16] = [
    "style", "svg", "iframe", "noscript", "noembed", "noframes", "textarea", "select", "canvas", "object", "embed",
    "audio", "video", "math", "map", "xmp",
];
/// Elements without an end tag.
const VOID: [&str; 16] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "frame", "keygen",
];
/// Elements that end where the next of their kind starts.
const CLOSED_BY_NEXT: [&str; 10] = ["p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "optgroup"];

/// A page made small.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tidy {
    /// The markup that is left.
    pub html: String,
    /// The scripts of type JSON-LD, in order.
    pub data: Vec<String>,
    /// True where the page had too many elements, and the rest was left out.
    pub cut: bool,
    /// Number of elements that are left.
    pub elements: usize,
    /// Number of scripts.
    pub scripts: usize,
}

/// Makes `html` small. Never fails: what is no markup is taken as text.
pub fn tidy(html: &str) -> Tidy {
    let mut work = Work {
        html,
        out: Tidy { html: String::with_capacity(html.len() / 2), ..Tidy::default() },
        open: Vec::new(),
        beyond: 0,
        unclosed: Vec::new(),
        no_quote: [false; 2],
    };
    let mut at = 0;
    while at < html.len() {
        let Some(next) = memchr(b'<', &html.as_bytes()[at..]).map(|n| at + n) else {
            work.out.html.push_str(&html[at..]);
            break;
        };
        work.out.html.push_str(&html[at..next]);
        if work.out.elements >= MOST_ELEMENTS {
            work.out.cut = true;
            break;
        }
        at = work.markup(next);
    }
    work.out
}

struct Work<'a> {
    html: &'a str,
    out: Tidy,
    /// Names of the open elements, outermost first.
    open: Vec<&'a str>,
    /// Open elements that were taken off for their depth.
    beyond: usize,
    /// Names that are known to have no end tag further on.
    unclosed: Vec<String>,
    /// True once no further `"` (or `'`) is known to follow.
    no_quote: [bool; 2],
}

impl<'a> Work<'a> {
    /// Reads the markup at byte `at`, a `<`, and returns where the text goes on.
    fn markup(&mut self, at: usize) -> usize {
        let bytes = self.html.as_bytes();
        match bytes.get(at + 1) {
            Some(b'!') if self.html[at..].starts_with("<!--") => {
                let rest = &self.html[at + 4..];
                if rest.starts_with('>') {
                    return at + 5;
                }
                memmem::find(rest.as_bytes(), b"-->").map_or(self.html.len(), |n| at + 4 + n + 3)
            }
            Some(b'!' | b'?') => {
                let end = self.after(at + 2, b'>');
                // The type of the document tells how tables are read.
                if end - at < 300 && self.html[at..end].to_ascii_lowercase().starts_with("<!doctype") {
                    self.out.html.push_str(&self.html[at..end]);
                }
                end
            }
            Some(b'/') if bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic) => {
                let name = self.name(at + 2);
                let end = self.after(at + 2 + name.len(), b'>');
                self.close(name);
                end
            }
            Some(c) if c.is_ascii_alphabetic() => self.element(at),
            Some(b'/') => self.after(at + 2, b'>'),
            _ => {
                self.out.html.push_str("&lt;");
                at + 1
            }
        }
    }

    /// The byte behind the next `mark` at or after `from`, or the end.
    fn after(&self, from: usize, mark: u8) -> usize {
        let from = from.min(self.html.len());
        memchr(mark, &self.html.as_bytes()[from..]).map_or(self.html.len(), |n| from + n + 1)
    }

    /// The name of an element at byte `at`.
    fn name(&self, at: usize) -> &'a str {
        let rest = &self.html.as_bytes()[at..];
        let end = rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'<'));
        &self.html[at..at + end.unwrap_or(rest.len())]
    }

    fn element(&mut self, at: usize) -> usize {
        let raw = self.name(at + 1);
        let name: &'a str = raw;
        let lower = name.to_ascii_lowercase();
        let (attributes, end, closed) = self.attributes(at + 1 + name.len());
        if lower == "script" {
            self.out.scripts += 1;
            let (inside, end) = self.raw(&lower, end);
            let data = attributes.iter().any(|(n, v)| n == "type" && v.to_ascii_lowercase().contains("ld+json"));
            if data && self.out.data.len() < MOST_SCRIPTS && !inside.trim().is_empty() {
                self.out.data.push(inside.to_owned());
            }
            return end;
        }
        if DROPPED.contains(&lower.as_str()) {
            return if closed || VOID.contains(&lower.as_str()) { end } else { self.raw(&lower, end).1 };
        }
        // A template is shown only where a script puts it on the page, but for one that is the page's own frame.
        if lower == "template" {
            let shown = attributes.iter().any(|(n, _)| n.starts_with("shadowroot"));
            return if shown { end } else { self.raw(&lower, end).1 };
        }
        if lower.len() > 40 || !lower.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_')) {
            return end;
        }
        let void = VOID.contains(&lower.as_str());
        if !void {
            if CLOSED_BY_NEXT.contains(&lower.as_str())
                && self.open.last().is_some_and(|l| l.eq_ignore_ascii_case(name))
            {
                self.open.pop();
            }
            if self.open.len() >= DEEPEST {
                self.beyond += 1;
                self.out.html.push(' ');
                return end;
            }
            self.open.push(name);
        }
        self.out.elements += 1;
        self.write(&lower, &attributes);
        end
    }

    fn write(&mut self, name: &str, attributes: &[(String, &str)]) {
        let out = &mut self.out.html;
        out.push('<');
        out.push_str(name);
        // Readers of articles drop pictures without an address.
        if name == "img" {
            out.push_str(" src=\"i\"");
        }
        if !FORMATTING.contains(&name) {
            let mut seen: Vec<&str> = Vec::new();
            for (key, value) in attributes {
                if value.len() > LONGEST_VALUE || !KEPT.contains(&key.as_str()) || seen.contains(&key.as_str()) {
                    continue;
                }
                seen.push(key);
                out.push(' ');
                out.push_str(key);
                out.push_str("=\"");
                let mut rest = *value;
                while let Some(n) = memchr(b'"', rest.as_bytes()) {
                    out.push_str(&rest[..n]);
                    out.push_str("&quot;");
                    rest = &rest[n + 1..];
                }
                out.push_str(rest);
                out.push('"');
            }
            let unseen = attributes.iter().any(|(key, value)| key == "style" && is_unseen(value));
            if unseen && !seen.contains(&"hidden") {
                out.push_str(" hidden=\"\"");
            }
        }
        out.push('>');
    }

    fn close(&mut self, name: &'a str) {
        let lower = name.to_ascii_lowercase();
        if DROPPED.contains(&lower.as_str()) || lower == "script" || lower == "template" {
            return;
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            self.out.html.push(' ');
            return;
        }
        if let Some(n) = self.open.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
            self.open.truncate(n);
        } else if lower != "p" && lower != "br" {
            // It closes nothing.
            return;
        }
        self.out.html.push_str("</");
        self.out.html.push_str(&lower);
        self.out.html.push('>');
    }

    /// The attributes of an element from byte `at` on (names in lower case), where its tag ends, and whether it closes itself.
    fn attributes(&mut self, at: usize) -> (Vec<(String, &'a str)>, usize, bool) {
        let (bytes, mut at, mut out) = (self.html.as_bytes(), at, Vec::new());
        loop {
            while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace()) {
                at += 1;
            }
            match bytes.get(at) {
                None => return (out, at, false),
                Some(b'>') => return (out, at + 1, false),
                Some(b'/') => {
                    if bytes.get(at + 1) == Some(&b'>') {
                        return (out, at + 2, true);
                    }
                    at += 1;
                    continue;
                }
                Some(_) => {}
            }
            let start = at;
            at += 1;
            while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/')) {
                at += 1;
            }
            while !self.html.is_char_boundary(at) {
                at += 1;
            }
            let name = &self.html[start..at];
            let mut value = "";
            let mut look = at;
            while bytes.get(look).is_some_and(|b| b.is_ascii_whitespace()) {
                look += 1;
            }
            if bytes.get(look) == Some(&b'=') {
                at = look + 1;
                while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace()) {
                    at += 1;
                }
                (value, at) = self.value(at);
            }
            if out.len() < MOST_ATTRIBUTES && name.len() <= 40 {
                out.push((name.to_ascii_lowercase(), value));
            }
        }
    }

    fn value(&mut self, at: usize) -> (&'a str, usize) {
        let bytes = self.html.as_bytes();
        let quote = match bytes.get(at) {
            Some(q @ (b'"' | b'\'')) => *q,
            _ => {
                let rest = &bytes[at.min(bytes.len())..];
                let end = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>').unwrap_or(rest.len());
                return (&self.html[at..at + end], at + end);
            }
        };
        let which = usize::from(quote == b'\'');
        let close = if self.no_quote[which] { None } else { memchr(quote, &bytes[at + 1..]) };
        match close {
            Some(n) => (&self.html[at + 1..at + 1 + n], at + n + 2),
            None => {
                // A quotation mark that nothing closes takes no more than its own tag.
                self.no_quote[which] = true;
                let end = memchr2(b'>', b'<', &bytes[at + 1..]).map_or(bytes.len(), |n| at + 1 + n);
                (&self.html[at + 1..end], end)
            }
        }
    }

    /// What stands between byte `from` and the end tag of `name`, and where that tag ends. Where there is none, nothing does.
    fn raw(&mut self, name: &str, from: usize) -> (&'a str, usize) {
        if self.unclosed.iter().any(|n| n == name) {
            return ("", from);
        }
        let bytes = self.html.as_bytes();
        let mut at = from;
        while let Some(n) = memmem::find(&bytes[at..], b"</") {
            let start = at + n + 2;
            let tag = bytes.get(start..start + name.len());
            let ends = bytes.get(start + name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
            if ends && tag.is_some_and(|t| t.eq_ignore_ascii_case(name.as_bytes())) {
                return (&self.html[from..at + n], self.after(start + name.len(), b'>'));
            }
            at = start;
        }
        self.unclosed.push(name.to_owned());
        // A script that was cut off is no text.
        if matches!(name, "script" | "style") { ("", self.html.len()) } else { ("", from) }
    }
}

/// True for a style that hides an element.
fn is_unseen(style: &str) -> bool {
    let plain: String =
        style.chars().filter(|c| !c.is_whitespace()).take(400).map(|c| c.to_ascii_lowercase()).collect();
    plain.contains("display:none") || plain.contains("visibility:hidden")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(page: &str) -> String {
        tidy(page).html
    }

    #[test]
    fn scripts_styles_and_comments_go_and_words_stay() {
        assert_eq!(
            html("<!-- a > b --><style>p{}</style><p onclick=x class=lead>One <SCRIPT>if (a</p) b</ScRipT >two</p>"),
            "<p class=\"lead\">One two</p>"
        );
        let page = tidy("<script type='application/ld+json'>{\"a\": \"</b>\"}</script><script>x</script>");
        assert_eq!((page.data.len(), page.scripts, page.data[0].as_str()), (1, 2, "{\"a\": \"</b>\"}"));
    }

    #[test]
    fn signs_of_less_are_text() {
        assert_eq!(html("<p>2 < 3 and 4<5</p>"), "<p>2 &lt; 3 and 4&lt;5</p>");
    }

    #[test]
    fn attributes_are_read_with_and_without_quotation_marks() {
        assert_eq!(
            html("<a href = 'a\"b' target=_blank CLASS=x>go</a><input disabled><p style='display : none'>h</p>"),
            "<a href=\"a&quot;b\" class=\"x\">go</a><input><p hidden=\"\">h</p>"
        );
        assert_eq!(html("<p class=\"lead>One</p><p>Two</p>"), "<p class=\"lead\">One</p><p>Two</p>");
    }

    #[test]
    fn deep_nesting_loses_its_elements_and_no_words() {
        let deep = format!("{}word{}<p>after</p>", "<div>".repeat(5000), "</div>".repeat(5000));
        let page = tidy(&deep);
        assert_eq!(page.html.matches("<div>").count(), DEEPEST);
        assert!(page.html.contains("word") && page.html.ends_with("<p>after</p>"));
        let unclosed = tidy(&"<b>a<p>b".repeat(9000));
        assert!(unclosed.html.matches('b').count() >= 9000);
        assert!(unclosed.html.matches("<b>").count() <= DEEPEST);
    }

    #[test]
    fn what_was_cut_off_is_survived() {
        for page in
            ["<p", "<p class=\"", "<!--", "<script>var a", "</", "<", "<a href", "<p>word<svg><path", "<!doctype"]
        {
            let _ = tidy(page);
        }
        assert_eq!(html("<p>word<noscript>more"), "<p>wordmore");
    }

    #[test]
    fn many_elements_are_cut_and_told() {
        let page = tidy(&"<br>x".repeat(MOST_ELEMENTS + 10));
        assert!(page.cut && page.elements == MOST_ELEMENTS);
    }
}
