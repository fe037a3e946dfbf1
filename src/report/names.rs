//! Names in reports: of the nodes of chains, and of languages.

use crate::rules::outline::Outline;
use crate::sources::registry::Registry;

/// Looks names up for people.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    registry: &'a Registry,
    languages: &'a [Outline],
}

impl<'a> Names<'a> {
    /// Names of the registry and of the languages that have rules.
    pub fn new(registry: &'a Registry, languages: &'a [Outline]) -> Names<'a> {
        Names { registry, languages }
    }

    /// The name of a chain's node, and a word that says so where it has none.
    pub fn of(&self, id: &str) -> String {
        match id.split_once(':') {
            _ if id == "unknown" => "not known".to_string(),
            Some(("anonymous", kind)) => {
                let kind = kind.split('@').next().unwrap_or(kind);
                let shown = self.registry.display_name(id);
                if self.registry.class(kind).is_some() { shown } else { format!("unnamed {shown}") }
            }
            _ => self.registry.display_name(id),
        }
    }

    /// The name without an explanation in brackets at its end.
    pub fn brief(&self, id: &str) -> String {
        let name = self.of(id);
        let cut = name.strip_suffix(')').and_then(|inner| inner.rfind(" (")).filter(|&at| at > 0);
        cut.map_or_else(|| name.clone(), |at| name[..at].to_string())
    }

    /// True where two ids are one body, or one speaks for the other.
    pub fn same_body(&self, a: &str, b: &str) -> bool {
        self.registry.same_body(a, b)
    }

    /// The group that an outlet belongs to; `None` where it is not recorded.
    pub fn group(&self, id: &str) -> Option<&str> {
        self.registry.group(id)
    }

    /// True for what carries news.
    pub fn is_outlet(&self, id: &str) -> bool {
        self.registry.is_outlet(id)
    }

    /// The name of a language by its tag; the tag itself where no pack has it.
    pub fn language(&self, tag: &str) -> String {
        let pack = self.languages.iter().find(|pack| pack.tag == tag);
        pack.map_or_else(|| tag.to_string(), |pack| pack.name.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn what_has_no_name_is_said_to_have_none() {
        let registry = Registry::new(&sample::rules());
        let names = Names::new(&registry, &[]);
        assert_eq!(names.of("coast-wire"), "Coast Wire");
        assert_eq!(names.of("name:Ada Quill"), "Ada Quill");
        assert_eq!(names.of("anonymous:harbour-official"), "unnamed harbour official");
        assert_eq!(names.of("unknown"), "not known");
        assert_eq!(names.language("fy"), "fy");
    }
}
