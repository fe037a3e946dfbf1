//! Bits that tell where a token stands among quotations.

/// The opening mark of a speech quotation.
pub const SPEECH_OPENS: u8 = 1;
/// The closing mark of a speech quotation.
pub const SPEECH_CLOSES: u8 = 2;
/// Behind the opening mark of a quotation that is no speech, its closing mark included.
pub const IN_OTHER: u8 = 4;
/// The last token of a speech quotation that no mark closes.
pub const SPEECH_BREAKS_OFF: u8 = 8;
