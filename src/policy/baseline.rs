//! Findings that are known already, by their fingerprints: a desk that begins to look at its sourcing looks at what is new.

use std::collections::HashSet;

/// What stands before the digits of a fingerprint.
const MARK: &str = "f1:";

/// Digits of a fingerprint, hexadecimal.
const DIGITS: usize = 32;

/// The fingerprints of an earlier report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    known: HashSet<u128>,
}

impl Baseline {
    /// Every fingerprint that stands in `report`, whatever its form: a report as JSON, JSON lines or SARIF, or a list.
    pub fn of(report: &str) -> Baseline {
        Baseline { known: report.match_indices(MARK).filter_map(|(at, _)| number(&report[at..])).collect() }
    }

    /// How many findings are known.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// True where none is.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Takes the known ones out of `findings`, and says how many they were.
    pub fn take_out<T>(&self, findings: &mut Vec<T>, fingerprint: impl Fn(&T) -> &str) -> usize {
        let all = findings.len();
        findings.retain(|finding| !number(fingerprint(finding)).is_some_and(|of| self.known.contains(&of)));
        all - findings.len()
    }
}

/// The number of the fingerprint that `text` starts with.
fn number(text: &str) -> Option<u128> {
    let digits = text.strip_prefix(MARK)?;
    let end = digits.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(digits.len());
    (end == DIGITS).then(|| u128::from_str_radix(&digits[..end], 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "f1:0123456789abcdef0123456789abcdef";
    const B: &str = "f1:ffffffffffffffffffffffffffffffff";

    #[test]
    fn fingerprints_are_found_in_any_form_and_nothing_else_is_one() {
        let reports = [
            format!("{{\"code\":\"x\",\"fingerprint\":\"{A}\"}}\n{{\"fingerprint\":\"{B}\"}}"),
            format!("# known on Monday\n{A}\n\n{B}\n"),
            format!("{A} {A} {B}"),
        ];
        for report in reports {
            assert_eq!(Baseline::of(&report).len(), 2, "{report}");
        }
        for other in ["", "f1:", "f1:0123", &format!("{A}0"), "f2:0123456789abcdef0123456789abcdef", "f1:é"] {
            assert!(Baseline::of(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn known_findings_are_taken_out_and_counted() {
        let mut findings = vec![A, B, A, "f1:0", ""];
        assert_eq!(Baseline::of(A).take_out(&mut findings, |it| it), 2);
        assert_eq!(findings, [B, "f1:0", ""]);
        assert_eq!(Baseline::default().take_out(&mut findings, |it| it), 0);
    }
}
