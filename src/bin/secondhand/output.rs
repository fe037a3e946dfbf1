//! Standard output, for people and for programs.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};

/// Columns where standard output is no terminal.
const PLAIN_WIDTH: usize = 100;

/// Standard output for people: styles are kept or taken out as asked for.
pub fn styled(colour: ColorChoice) -> impl Write {
    BufWriter::new(AutoStream::new(io::stdout().lock(), colour))
}

/// Standard output for programs.
pub fn raw() -> impl Write {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// The width to lay out for: as asked for, else the terminal's.
pub fn width(asked: Option<usize>) -> usize {
    let terminal = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    asked.or_else(terminal).unwrap_or(PLAIN_WIDTH)
}
