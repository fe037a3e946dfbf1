//! When an article was published and who signed it, from its byline and date lines.

use super::blocks::Layout;
use super::byline::names;
use super::date::{FoundDate, find_date, machine_date};
use super::lookup::SourceLookup;
use super::page::PageRules;
use super::publisher::dateline_bracket;
use crate::article::{BlockKind, Published};
use crate::text::span::Span;

/// The authors that the byline blocks name, each once.
pub fn authors(text: &str, layout: &Layout, rules: &PageRules, lookup: &dyn SourceLookup) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for block in layout.blocks.iter().filter(|b| b.kind == BlockKind::Byline) {
        for name in names(text, block.span, rules, lookup) {
            if !out.contains(&name) {
                out.push(name);
            }
        }
    }
    out
}

/// The date of publication as the text gives it: from a byline or date line, else from the bracket of a dateline. Dates of
/// running text, captions and crawlers never count.
pub fn published(text: &str, layout: &Layout, rules: &PageRules) -> Option<Published> {
    let bylines = layout.blocks.iter().filter(|b| b.kind == BlockKind::Byline);
    let mut found: Option<FoundDate> = None;
    for date in bylines.filter_map(|b| find_date(text, b.span.range(), rules)) {
        match &found {
            None => found = Some(date),
            // The same day once more, with the time of day.
            Some(first) if first.day == date.day && first.time.is_none() && date.time.is_some() => found = Some(date),
            Some(_) => {}
        }
    }
    let found = found.or_else(|| find_date(text, dateline_bracket(text, layout)?.range(), rules))?;
    Some(Published { iso: found.iso(), evidence: Some(found.span) })
}

/// The date in a field of a record; `None` where it is none.
pub fn published_field(value: &str, rules: &PageRules) -> Option<Published> {
    let iso = machine_date(value).or_else(|| find_date(value, 0..value.len(), rules).map(|d| d.iso()))?;
    Some(Published { iso, evidence: None })
}

/// The authors in a field of a record that is one string.
pub fn authors_field(value: &str, rules: &PageRules, lookup: &dyn SourceLookup) -> Vec<String> {
    names(value, Span::new(0, value.len()), rules, lookup)
}

#[cfg(test)]
mod tests {
    use super::super::blocks::page_blocks;
    use super::super::form::InputForm;
    use super::super::page::tests::rules;
    use super::super::publisher::tests::Invented;
    use super::*;

    const BODY: &str =
        "The ferry was taken out of service on 3 May 2024, the harbour office said.\n\nIts engines were worn.\n";

    fn date(head: &str) -> Option<String> {
        let (text, rules) = (format!("{head}{BODY}"), rules());
        published(&text, &page_blocks(&text, 0, InputForm::Text, &rules, &[]), &rules).map(|p| p.iso)
    }

    #[test]
    fn dates_of_running_text_captions_and_crawlers_never_count() {
        assert_eq!(date(""), None);
        assert_eq!(date("date 2024-05-06 Open Menu\n\nFerry out of service\n\n"), None);
        assert_eq!(date("Ferry out of service\n\nThe dock on May 1, 2024. Photo: Ann Oak\n\n"), None);
    }

    #[test]
    fn date_lines_count_and_the_bracket_of_a_dateline_where_there_is_no_other() {
        assert_eq!(date("Ferry out of service\n\nMay 6, 2024\n\n").as_deref(), Some("2024-05-06"));
        assert_eq!(
            date("Ferry out of service\n\nMay 6, 2024\nUpdated: May 6, 2024 at 10:00\n\n").as_deref(),
            Some("2024-05-06T10:00")
        );
        assert_eq!(
            date("Ferry out of service\n\nOslo, (Norwire - Point - 6th May, 2024) ").as_deref(),
            Some("2024-05-06")
        );
        assert_eq!(
            date("Ferry out of service\n\nAnn Oak Published May 7, 2024 | 05:50 PM\n\nOslo, (Norwire - Point - 6th May, 2024) ").as_deref(),
            Some("2024-05-07T17:50")
        );
    }

    #[test]
    fn outlets_and_desks_are_no_authors() {
        let (text, rules) = (
            format!(
                "Ferry out of service\n\nby Ann Oak and The Harbour News news desk May 6, 2024 3:48 PM 2 min read\n\n{BODY}"
            ),
            rules(),
        );
        let layout = page_blocks(&text, 0, InputForm::Text, &rules, &[]);
        assert_eq!(authors(&text, &layout, &rules, &Invented), ["Ann Oak"]);
        assert_eq!(authors_field("By Ann Oak and Lee Elm", &rules, &Invented), ["Ann Oak", "Lee Elm"]);
    }
}
