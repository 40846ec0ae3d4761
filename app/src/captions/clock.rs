//! Times as people type and read them.

use super::timing::written;

/// A time as it is shown in a field: `00:01:02.003`.
#[must_use]
pub fn write(time_ms: i32) -> String {
    written(time_ms, '.')
}

/// A time as somebody types it, in milliseconds: minutes and seconds, or hours before them, and parts of a second
/// behind a point or a comma. Minutes may be more than 59 where there are no hours; digits beyond the third are too fine
/// to be kept. Nothing where it is no time, or one beyond 596 hours.
#[must_use]
pub fn read(text: &str) -> Option<i32> {
    let text = text.trim();
    let (whole, part) = match text.split_once(['.', ',']) {
        Some((whole, part)) => (whole, part),
        None => (text, "0"),
    };
    let numbers: Vec<i64> = whole.split(':').map(number).collect::<Option<_>>()?;
    let seconds = match numbers.as_slice() {
        [minutes, seconds] if *seconds < 60 => minutes * 60 + seconds,
        [hours, minutes, seconds] if *minutes < 60 && *seconds < 60 => {
            hours * 3_600 + minutes * 60 + seconds
        }
        _ => return None,
    };
    if part.is_empty() || !part.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let three: String = part.chars().chain("00".chars()).take(3).collect();
    i32::try_from(seconds * 1_000 + number(&three)?).ok()
}

/// At most nine digits, and nothing else.
fn number(text: &str) -> Option<i64> {
    let is_plain = (1..=9).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_the_same() {
        for time in [0, 1, 59_999, 3_600_000, 359_999_999, i32::MAX] {
            assert_eq!(read(&write(time)), Some(time));
        }
    }

    #[test]
    fn times_are_read_as_they_are_typed() {
        for (text, time) in [
            ("0:00", 0),
            (" 1:05 ", 65_000),
            ("01:02,5", 62_500),
            ("75:00", 4_500_000),
            ("1:02:03.0049", 3_723_004),
            ("100:00:00", 360_000_000),
        ] {
            assert_eq!(read(text), Some(time), "{text}");
        }
        for bad in [
            "",
            "5",
            "1:2:3:4",
            "0:60",
            "1:60:00",
            "-1:00",
            "1:0a",
            "1:00.",
            "1:00.x",
            "1:00.5.5",
            "999999999:00:00",
            "1:00,1234567890x",
            "٠:٠٠",
            "1:00.12å",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
