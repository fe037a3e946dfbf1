//! Reads any bytes as what they are told to be: archives, packings, drafts and all other forms.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../common.rs"]
mod common;

fuzz_target!(|bytes: &[u8]| common::read(bytes, None));
