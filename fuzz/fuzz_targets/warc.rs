//! Reads any bytes as web archives.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../common.rs"]
mod common;

fuzz_target!(|bytes: &[u8]| common::read(bytes, Some("warc")));
