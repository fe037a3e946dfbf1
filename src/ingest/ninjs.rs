//! News items in JSON as agencies send them (ninjs).

use serde_json::{Map, Value};

use super::item::{Item, Words};

type Fields = Map<String, Value>;

/// True where the object is such an item: it has the address of one and a part that only they have.
pub fn is_ninjs(fields: &Fields) -> bool {
    let own = ["body_text", "body_html", "body_xhtml", "bodies", "description_text", "headlines", "versioncreated"];
    own.iter().any(|name| fields.contains_key(*name))
        && (fields.contains_key("uri") || fields.contains_key("versioncreated"))
}

/// The article in an item; `None` where it has no text.
pub fn article(fields: &Fields) -> Option<Item> {
    let (words, summary) = body(fields)?;
    let credit = text(fields, "creditline").or_else(|| text(fields, "credit"));
    let provider = party(fields.get("provider"));
    Some(Item {
        id: text(fields, "uri").or_else(|| text(fields, "guid")).or_else(|| text(fields, "altids")),
        url: text(fields, "url").or_else(|| text(fields, "uri")).filter(|u| u.starts_with("http")),
        title: text(fields, "headline").or_else(|| valued(fields.get("headlines"))),
        byline: text(fields, "byline").map_or_else(|| parties(fields.get("by")), |byline| vec![byline]),
        published: ["versioncreated", "versionCreated", "firstcreated", "contentcreated"]
            .iter()
            .find_map(|n| text(fields, n)),
        language: text(fields, "language"),
        // Who sends it publishes it; where only its rights tell, they do.
        outlet: provider.or_else(|| text(fields, "copyrightholder")).or_else(|| credit.clone()),
        sources: ["source", "infosource", "infosources"].iter().flat_map(|n| parties(fields.get(*n))).collect(),
        credit,
        dateline: text(fields, "dateline").or_else(|| dateline_text(fields)),
        words,
        summary,
        ..Item::default()
    })
}

fn body(fields: &Fields) -> Option<(Words, bool)> {
    for name in ["body_xhtml", "body_html"] {
        if let Some(markup) = text(fields, name) {
            return Some((Words::Markup(markup), false));
        }
    }
    if let Some(plain) = text(fields, "body_text") {
        return Some((Words::Plain(plain), false));
    }
    if let Some(Value::Array(bodies)) = fields.get("bodies") {
        let value = |body: &Value| {
            body.get("value").and_then(Value::as_str).filter(|t| !t.trim().is_empty()).map(str::to_owned)
        };
        let kind = |body: &Value| {
            body.get("contenttype").or_else(|| body.get("contentType")).and_then(Value::as_str).unwrap_or("").to_owned()
        };
        if let Some(markup) = bodies.iter().filter(|b| kind(b).contains("html")).find_map(value) {
            return Some((Words::Markup(markup), false));
        }
        if let Some(plain) = bodies.iter().find_map(value) {
            return Some((Words::Plain(plain), false));
        }
    }
    let summary = text(fields, "description_text").or_else(|| valued(fields.get("descriptions")));
    summary.map(|words| (Words::Plain(words), true))
}

fn text(fields: &Fields, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned)
}

/// A dateline in parts: its text.
fn dateline_text(fields: &Fields) -> Option<String> {
    fields.get("dateline")?.get("text")?.as_str().map(str::to_owned)
}

/// The first value of a list of objects with values.
fn valued(list: Option<&Value>) -> Option<String> {
    let list = list?.as_array()?;
    list.iter().find_map(|one| one.get("value")?.as_str()).map(str::to_owned)
}

/// A name, or an object with one.
fn party(value: Option<&Value>) -> Option<String> {
    parties(value).into_iter().next()
}

fn parties(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(name)) if !name.trim().is_empty() => vec![name.trim().to_owned()],
        Some(Value::Array(list)) => list.iter().filter_map(|one| party(Some(one).filter(|v| !v.is_array()))).collect(),
        Some(Value::Object(fields)) => ["name", "literal"].iter().find_map(|n| text(fields, n)).into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Item {
        let Value::Object(fields) = serde_json::from_str(json).unwrap() else { panic!("no object") };
        assert!(is_ninjs(&fields));
        article(&fields).unwrap()
    }

    #[test]
    fn an_agencys_item_has_its_provider_source_and_credit() {
        let item = read(
            r#"{"uri": "urn:norwire:1", "versioncreated": "2024-05-06T10:00:00Z", "language": "en", "headline": "Quay shut", "byline": "Ann Oak", "dateline": "OSLO (Norwire) -", "provider": "Norwire", "source": "Isle Post", "creditline": "Norwire/Isle Post", "infosource": [{"name": "Harbour News"}], "body_text": "The quay is shut."}"#,
        );
        assert_eq!((item.outlet.as_deref(), item.credit.as_deref()), (Some("Norwire"), Some("Norwire/Isle Post")));
        assert_eq!(item.sources, ["Isle Post", "Harbour News"]);
        assert_eq!(
            (item.dateline.as_deref(), item.words),
            (Some("OSLO (Norwire) -"), Words::Plain("The quay is shut.".into()))
        );
        assert_eq!((item.url, item.id.as_deref()), (None, Some("urn:norwire:1")));
    }

    #[test]
    fn bodies_of_either_version_are_read_and_a_description_is_a_summary() {
        let item = read(
            r#"{"uri": "https://norwire.example/1", "headlines": [{"value": "Quay shut"}], "bodies": [{"contenttype": "text/plain", "value": "P"}, {"contenttype": "application/xhtml+xml", "value": "<p>X</p>"}]}"#,
        );
        assert_eq!(
            (item.title.as_deref(), item.words, item.summary),
            (Some("Quay shut"), Words::Markup("<p>X</p>".into()), false)
        );
        assert!(read(r#"{"uri": "a", "description_text": "Short."}"#).summary);
        let Value::Object(fields) = serde_json::from_str(r#"{"uri": "a", "text": "b"}"#).unwrap() else {
            panic!("no object")
        };
        assert!(!is_ninjs(&fields));
    }
}
