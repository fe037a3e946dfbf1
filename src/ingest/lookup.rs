//! What ingest asks the source registry, so that it needs to know nothing else of it.

use crate::text::span::Span;

/// Finds outlets by host and by name.
pub trait SourceLookup: Sync {
    /// Id and name of the outlet whose pages stand at `host` (without `www.`, lower case), subdomains included.
    fn by_domain(&self, host: &str) -> Option<(String, String)>;

    /// Id and name of the outlet that `phrase`, whole, names; a registry id counts as a name.
    fn by_name(&self, phrase: &str) -> Option<(String, String)>;

    /// Outlets named in a piece of chrome, a byline or a dateline, own names included, in order: id, name and bytes
    /// of `text`.
    fn own_names_in(&self, text: &str) -> Vec<(String, String, Span)>;

    /// True for agencies, whose name in a byline or dateline is a credit and doesn't tell whose page it is.
    fn is_agency(&self, _id: &str) -> bool {
        false
    }

    /// True for platforms that gather what others publish: no page is theirs because it points at them.
    fn is_platform(&self, _id: &str) -> bool {
        false
    }
}

/// A registry that knows nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSources;

impl SourceLookup for NoSources {
    fn by_domain(&self, _host: &str) -> Option<(String, String)> {
        None
    }

    fn by_name(&self, _phrase: &str) -> Option<(String, String)> {
        None
    }

    fn own_names_in(&self, _text: &str) -> Vec<(String, String, Span)> {
        Vec::new()
    }
}
