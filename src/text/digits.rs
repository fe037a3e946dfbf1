//! Numbers in the digits of any script.

/// The number that `word` starts with: value, number of digits, bytes; `None` where it starts with no digit, or with more than
/// nine.
pub fn digits(word: &str) -> Option<(u32, usize, usize)> {
    let (mut value, mut count, mut used) = (0u32, 0, 0);
    for c in word.chars() {
        let Some(digit) = digit(c) else { break };
        if count == 9 {
            return None;
        }
        value = value * 10 + digit;
        count += 1;
        used += c.len_utf8();
    }
    (count > 0).then_some((value, count, used))
}

fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}
