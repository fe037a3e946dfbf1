//! Conditions over facts, in three values: true, false, and can't be told.

use crate::policy::facts::Fact;
use crate::rules::policy::{Condition, Test};

/// What a fact is of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'v> {
    /// It can't be told.
    Unknown,
    /// It is so, or not.
    Flag(bool),
    /// A number.
    Number(u32),
    /// One word.
    Word(&'v str),
    /// Words; none of them where the list is empty.
    Words(Vec<&'v str>),
}

impl<'v> Value<'v> {
    /// One word, or none.
    pub fn perhaps(word: Option<&'v str>) -> Value<'v> {
        word.map_or_else(|| Value::Words(Vec::new()), Value::Word)
    }
}

/// True, false, or `None`: it can't be told.
pub type Truth = Option<bool>;

/// What `condition` is where `ask` gives the facts. Tests are asked in order, and no further than the first that fails.
pub fn holds<'v>(condition: &Condition, ask: &dyn Fn(&'static Fact) -> Value<'v>) -> Truth {
    let mut all = Some(true);
    for test in &condition.0 {
        match truth(test, ask) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => all = None,
        }
    }
    all
}

fn truth<'v>(test: &Test, ask: &dyn Fn(&'static Fact) -> Value<'v>) -> Truth {
    match test {
        Test::Flag(fact, wanted) => match ask(fact) {
            Value::Flag(flag) => Some(flag == *wanted),
            _ => None,
        },
        Test::OneOf(fact, wanted) => match ask(fact) {
            Value::Word(word) => Some(wanted.iter().any(|w| w == word)),
            Value::Words(words) => Some(wanted.iter().any(|w| words.contains(&w.as_str()))),
            _ => None,
        },
        Test::AtLeast(fact, least) => number(ask(fact)).map(|number| number >= *least),
        Test::AtMost(fact, most) => number(ask(fact)).map(|number| number <= *most),
        Test::AnyOf(conditions) => {
            let mut any = Some(false);
            for condition in conditions {
                match holds(condition, ask) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => any = None,
                }
            }
            any
        }
        Test::Not(condition) => holds(condition, ask).map(|truth| !truth),
    }
}

fn number(value: Value<'_>) -> Option<u32> {
    match value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::facts::by_name;

    fn fact(name: &str) -> &'static Fact {
        by_name(name).unwrap()
    }

    fn with(test: Test, value: Value<'_>) -> Truth {
        holds(&Condition(vec![test]), &|_| value.clone())
    }

    #[test]
    fn what_cant_be_told_stays_so_unless_something_else_decides() {
        let hedged = || Test::Flag(fact("hedged"), true);
        assert_eq!(with(hedged(), Value::Unknown), None);
        assert_eq!(with(Test::Not(Condition(vec![hedged()])), Value::Unknown), None);
        let ask = |fact: &'static Fact| if fact.name == "hedged" { Value::Unknown } else { Value::Number(3) };
        let far = || Test::AtLeast(fact("paragraph"), 4);
        let near = || Test::AtMost(fact("paragraph"), 4);
        assert_eq!(holds(&Condition(vec![hedged(), far()]), &ask), Some(false));
        assert_eq!(holds(&Condition(vec![hedged(), near()]), &ask), None);
        let any =
            |list: Vec<Test>| Condition(vec![Test::AnyOf(list.into_iter().map(|t| Condition(vec![t])).collect())]);
        assert_eq!(holds(&any(vec![hedged(), near()]), &ask), Some(true));
        assert_eq!(holds(&any(vec![hedged(), far()]), &ask), None);
    }

    #[test]
    fn a_list_asks_for_any_of_its_words_and_no_word_is_none_of_them() {
        let about = || Test::OneOf(fact("about"), vec!["blame".into(), "forecast".into()]);
        assert_eq!(with(about(), Value::Words(vec!["intent", "blame"])), Some(true));
        assert_eq!(with(about(), Value::Word("intent")), Some(false));
        assert_eq!(with(about(), Value::Words(Vec::new())), Some(false));
    }

    #[test]
    fn a_condition_without_tests_holds() {
        assert_eq!(holds(&Condition::default(), &|_| Value::Unknown), Some(true));
    }
}
