//! `secondhand rules`: its commands, each in a file of its own.

use crate::args_rules::RulesCommand;
use crate::failure::{Failure, Status};
use crate::messages::Messages;
use crate::{
    rules_check, rules_fmt, rules_learn, rules_list, rules_new, rules_schema, rules_show, rules_test, rules_try,
};

/// Does what `command` asks for.
///
/// # Errors
/// Where a folder of rules can't be used or the output can't be written.
pub fn run(command: &RulesCommand, messages: &Messages) -> Result<Status, Failure> {
    match command {
        RulesCommand::Check(args) => rules_check::run(args, messages),
        RulesCommand::Test(args) => rules_test::run(args, messages),
        RulesCommand::New(args) => rules_new::run(args, messages),
        RulesCommand::Fmt(args) => rules_fmt::run(args, messages),
        RulesCommand::Learn(args) => rules_learn::run(args, messages),
        RulesCommand::Try(args) => rules_try::run(args, messages),
        RulesCommand::List(args) => rules_list::run(args, messages),
        RulesCommand::Show(args) => rules_show::run(args, messages),
        RulesCommand::Schema(args) => rules_schema::run(args),
    }
}
