//! What a rule says of itself: dates are dates, what replaces it exists, and what goes away says what to use.

use crate::rules::clean::{is_date, one_of};
use crate::rules::files::Faults;
use crate::rules::pack::RuleStatus;
use crate::rules::raw_meta::RawMeta;
use crate::rules::suggest::did_you_mean;

/// The state of the rule `own`; `ids` are those of all rules of its kind. Faults are noted.
pub fn check_meta<'k>(
    raw: &RawMeta,
    own: &str,
    ids: impl Iterator<Item = &'k str> + Clone,
    faults: &mut Faults<'_>,
) -> RuleStatus {
    let status = raw.status.as_ref().and_then(|status| one_of(status, "status", &RuleStatus::NAMES, faults));
    if let Some(added) = raw.added.as_ref().filter(|added| !is_date(&added.value)) {
        let hint = Some("write `2026`, `2026-11` or `2026-11-22`".to_owned());
        faults.error(added.at, "bad-date", format!("`{}` is no date", added.value), hint);
    }
    for other in &raw.replaced_by {
        if other.value == own {
            faults.error(other.at, "unknown-id", "a rule cannot be replaced by itself", None);
        } else if !ids.clone().any(|id| id == other.value) {
            let hint = did_you_mean(&other.value, ids.clone());
            faults.error(other.at, "unknown-id", format!("there is no rule `{}` of this kind", other.value), hint);
        }
    }
    let status = status.unwrap_or_default();
    match (&raw.status, raw.replaced_by.first()) {
        (Some(text), None) if status == RuleStatus::Deprecated => {
            let hint = Some("add `replaced-by = [\"…\"]`, or delete the rule".to_owned());
            faults.warn(text.at, "deprecated-without-successor", "this rule goes away, but nothing replaces it", hint);
        }
        (_, Some(other)) if status != RuleStatus::Deprecated => {
            let hint = Some("add `status = \"deprecated\"`".to_owned());
            faults.warn(other.at, "replaced-but-in-force", "this rule is replaced, but not deprecated", hint);
        }
        _ => {}
    }
    status
}
