//! What the bytes of a text mean. A byte order mark says it; what is well-formed UTF-8 is that; what has a zero in
//! every other byte is UTF-16; and the rest is what Excel writes in Sweden.

use app::organise::imports::model::FileProblem;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// How much is looked at.
const LOOKED_AT: usize = 4_096;

/// The text, and what it was written in.
///
/// # Errors
/// If it is no text.
pub fn text(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), FileProblem> {
    let (encoding, rest) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, bytes.get(length..).unwrap_or_default()),
        None => (guess(bytes), bytes),
    };
    let (text, _) = encoding.decode_without_bom_handling(rest);
    // A picture, a program: text has no such signs, or hardly any.
    let strange = text.chars().take(LOOKED_AT).filter(|c| is_strange(*c)).count();
    if strange > 8 {
        return Err(FileProblem::NotText);
    }
    Ok((text, name(encoding)))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros =
        |from: usize| looked_at.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 4 > looked_at.len() && even == 0 {
        UTF_16LE
    } else if even * 4 > looked_at.len() && odd == 0 {
        UTF_16BE
    } else {
        WINDOWS_1252
    }
}

fn is_strange(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == WINDOWS_1252 { "Windows-1252" } else { encoding.name() }
}
