//! What the bytes of captions mean. A byte order mark says it; what is well-formed UTF-8 is that; what has a zero in
//! every other byte is UTF-16; and the rest is what old programs write in Sweden. Other than in a list, a NUL does not
//! make it something else: WebVTT has an answer to it.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much is looked at.
const LOOKED_AT: usize = 4_096;
/// With so many signs that no text has, it is none.
const MOST_STRANGE: usize = 16;

/// The text; nothing if it is none.
pub fn text(bytes: &[u8]) -> Option<String> {
    let (encoding, rest) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, bytes.get(length..).unwrap_or_default()),
        None => (guess(bytes), bytes),
    };
    let (text, _) = encoding.decode_without_bom_handling(rest);
    let is_strange = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\0');
    let begin = || text.chars().take(LOOKED_AT);
    let zeros = begin().filter(|c| *c == '\0').count();
    let is_text =
        begin().filter(is_strange).count() <= MOST_STRANGE && zeros * 4 <= begin().count();
    is_text.then(|| text.into_owned())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros =
        |from: usize| looked_at.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 4 > looked_at.len() && even == 0 {
        UTF_16LE
    } else if even * 4 > looked_at.len() && odd == 0 {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "WEBVTT\n\n00:01.000 --> 00:02.000\nÅsa är på ö…\n";

    fn wide(mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(TEXT.encode_utf16());
        units.flat_map(bytes).collect()
    }

    #[test]
    fn whatever_it_was_written_in_it_is_the_same_text() {
        let old = WINDOWS_1252.encode(TEXT).0.into_owned();
        let marked = format!("\u{feff}{TEXT}").into_bytes();
        for bytes in [
            TEXT.as_bytes().to_vec(),
            marked,
            old,
            wide(true, u16::to_le_bytes),
            wide(true, u16::to_be_bytes),
            wide(false, u16::to_le_bytes),
            wide(false, u16::to_be_bytes),
        ] {
            assert_eq!(text(&bytes).as_deref(), Some(TEXT), "{bytes:?}");
        }
    }

    #[test]
    fn a_nul_is_kept_for_the_parser_and_a_film_is_no_text() {
        assert_eq!(text("å\0b\0".repeat(2).as_bytes()).as_deref(), None);
        assert_eq!(text("Det är en å\0 här".as_bytes()).as_deref(), Some("Det är en å\0 här"));
        let film: Vec<u8> = (0..4_000_u32).map(|n| n.wrapping_mul(97).to_le_bytes()[0]).collect();
        assert_eq!(text(&film), None);
        assert_eq!(text(&[0; 100]), None);
        assert_eq!(
            text(b"PK\x03\x04\x01\x02\x05\x06\x0e\x0f\x10\x11\x12\x14\x15\x16\x17\x18\x19\x1a\x1c"),
            None
        );
        assert_eq!(text(b"").as_deref(), Some(""));
    }
}
