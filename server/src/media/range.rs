//! `Range` (RFC 9110 §14): which part of a file is asked for. Pure.

use std::ops::Range;

/// What is answered to a `Range`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All of it (200): nothing else is asked, or nothing that is understood, or several parts at once. Several parts
    /// would come as a multipart answer, which no player asks for; the whole is always right (§14.2).
    Whole,
    /// This part (206). Never empty, and never beyond the end.
    Part(Range<u64>),
    /// A part that it does not have (416).
    Outside,
}

/// What this value of `Range` asks of something that has `length` bytes.
#[must_use]
pub fn asked(value: &str, length: u64) -> Asked {
    // Units are told apart without regard to case (§14.1).
    let Some((unit, set)) = value.split_once('=') else { return Asked::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Asked::Whole;
    }
    // Lists may have empty elements (§5.6.1.2).
    let mut specs = set.split(',').map(str::trim).filter(|spec| !spec.is_empty());
    let (Some(spec), None) = (specs.next(), specs.next()) else { return Asked::Whole };
    let Some((first, last)) = spec.split_once('-') else { return Asked::Whole };
    match (number(first), number(last)) {
        // The last so many bytes; none of them is outside, and more than there are is all.
        (Digits::None, Digits::Number(0)) => Asked::Outside,
        (Digits::None, Digits::Number(last)) => part(length.saturating_sub(last), length, length),
        (Digits::Number(first), Digits::None) => part(first, length, length),
        // The end before the beginning is no range, and what is no range is not heard (§14.1.1, §14.2).
        (Digits::Number(first), Digits::Number(last)) if last >= first => {
            part(first, last.saturating_add(1), length)
        }
        _ => Asked::Whole,
    }
}

fn part(first: u64, end: u64, length: u64) -> Asked {
    let end = end.min(length);
    if first < end { Asked::Part(first..end) } else { Asked::Outside }
}

enum Digits {
    None,
    Number(u64),
    Other,
}

/// More than can be counted counts as the most.
fn number(text: &str) -> Digits {
    if text.is_empty() {
        Digits::None
    } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
        Digits::Number(text.parse().unwrap_or(u64::MAX))
    } else {
        Digits::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_answered_with_it() {
        for (value, part) in [
            ("bytes=0-0", 0..1),
            ("bytes=0-99", 0..100),
            ("bytes=10-19", 10..20),
            ("bytes=10-", 10..100),
            ("bytes=99-", 99..100),
            ("bytes=90-1000", 90..100),
            ("bytes=0-18446744073709551615", 0..100),
            ("bytes=0-99999999999999999999999", 0..100),
            ("bytes=-1", 99..100),
            ("bytes=-100", 0..100),
            ("bytes=-5000", 0..100),
            ("bytes=-99999999999999999999999", 0..100),
            ("Bytes=5-6", 5..7),
            ("bytes= 5-6 ", 5..7),
            ("bytes=,5-6,", 5..7),
        ] {
            assert_eq!(asked(value, 100), Asked::Part(part), "{value}");
        }
    }

    #[test]
    fn what_lies_outside_is_told_so() {
        for value in [
            "bytes=100-",
            "bytes=100-200",
            "bytes=-0",
            "bytes=99999999999999999999999-",
            "bytes=7777-8888",
        ] {
            assert_eq!(asked(value, 100), Asked::Outside, "{value}");
        }
    }

    #[test]
    fn what_is_no_range_or_several_is_answered_with_the_whole() {
        let hundred = format!("bytes={}", vec!["0-1"; 100].join(","));
        for value in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=--1",
            "bytes=5",
            "bytes=5-2",
            "bytes=a-b",
            "bytes=1-2x",
            "bytes=+1-2",
            "bytes=1 -2",
            "bytes=0x1-0x2",
            "bytes=1-2-3",
            "bytes=0-0,5-6",
            "bytes=-1,0-0",
            "items=0-1",
            "=0-1",
            "bytes:0-1",
            &hundred,
        ] {
            assert_eq!(asked(value, 100), Asked::Whole, "{value:?}");
        }
    }
}
