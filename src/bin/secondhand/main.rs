//! The command line of `secondhand`.
fn main() {}
