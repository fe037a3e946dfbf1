//! Conditions that can never hold together: what a policy asks for is what it leaves out.

use crate::rules::policy::{Condition, Test};

/// What makes a policy flag nothing, whatever the article; `None` where it may flag something.
pub fn never_holds(when: &Condition, unless: Option<&Condition>) -> Option<&'static str> {
    let left_out = unless.filter(|unless| !unless.0.is_empty())?;
    let all = left_out.0.iter().all(|test| when.0.iter().any(|asked| implies(asked, test)));
    all.then_some("`unless` leaves out all that `when` asks for")
}

/// True where `wanted` holds whenever `asked` does.
fn implies(asked: &Test, wanted: &Test) -> bool {
    match (asked, wanted) {
        (Test::Flag(a, one), Test::Flag(b, other)) => a.id == b.id && one == other,
        (Test::OneOf(a, some), Test::OneOf(b, more)) => a.id == b.id && some.iter().all(|word| more.contains(word)),
        (Test::AtLeast(a, one), Test::AtLeast(b, other)) => a.id == b.id && one >= other,
        (Test::AtMost(a, one), Test::AtMost(b, other)) => a.id == b.id && one <= other,
        _ => false,
    }
}
