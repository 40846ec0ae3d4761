//! Times as WebVTT and SRT write them.

use super::fault::Why;

/// A place in a line; only ever before a character.
pub(super) struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    pub const fn of(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub const fn rest(&self) -> &'a str {
        self.rest
    }

    /// Past all spaces, as HTML means them.
    pub fn spaces(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\u{c}', '\n', '\r']);
    }

    /// Past this text, if it is next.
    pub fn take(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// Past all digits that are next: how many there are, and the number that they are.
    pub fn digits(&mut self) -> Option<(usize, i64)> {
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        // Whatever has more digits than a number holds is beyond all that is kept.
        (length > 0).then(|| (length, digits.parse().unwrap_or(i64::MAX / 4_000_000)))
    }

    fn number_of(&mut self, length: usize) -> Option<i64> {
        self.digits().filter(|it| it.0 == length).map(|it| it.1)
    }
}

/// "Collect a WebVTT timestamp" (W3C, WebVTT §6.1): minutes of two digits below 60, or hours of any number of digits
/// before them, seconds, and three digits of a second. In milliseconds.
pub(super) fn vtt_time(scan: &mut Scan<'_>) -> Option<i64> {
    let (length, first) = scan.digits()?;
    scan.take(":")?;
    let second = scan.number_of(2)?;
    let has_hours = length != 2 || first > 59 || scan.rest().starts_with(':');
    let (hours, minutes, seconds) = if has_hours {
        scan.take(":")?;
        (first, second, scan.number_of(2)?)
    } else {
        (0, first, second)
    };
    scan.take(".")?;
    let thousandths = scan.number_of(3)?;
    if minutes > 59 || seconds > 59 {
        return None;
    }
    Some(sum(hours, minutes, seconds).saturating_add(thousandths))
}

/// A time as SRT files have it: hours or none, a comma, a point or nothing before the thousandths, which may be fewer
/// than three digits, and spaces between all of it.
pub(super) fn srt_time(scan: &mut Scan<'_>) -> Option<i64> {
    let mut parts = [0; 3];
    let mut count = 0;
    loop {
        scan.spaces();
        let (_, number) = scan.digits()?;
        *parts.get_mut(count)? = number;
        count += 1;
        scan.spaces();
        if scan.take(":").is_none() {
            break;
        }
    }
    let [hours, minutes, seconds] = match (count, parts) {
        (3, parts) => parts,
        (2, [minutes, seconds, _]) => [0, minutes, seconds],
        _ => return None,
    };
    let mut thousandths = 0;
    if scan.take(",").or_else(|| scan.take(".")).is_some() {
        scan.spaces();
        thousandths = thousandths_of(scan)?;
    }
    if minutes > 59 || seconds > 59 {
        return None;
    }
    Some(sum(hours, minutes, seconds).saturating_add(thousandths))
}

/// `5` is five tenths, `05` five hundredths; what comes after the third digit is too fine to be kept.
fn thousandths_of(scan: &mut Scan<'_>) -> Option<i64> {
    let text = scan.rest();
    let (length, _) = scan.digits()?;
    let three: String = text[..length].chars().chain("00".chars()).take(3).collect();
    three.parse().ok()
}

fn sum(hours: i64, minutes: i64, seconds: i64) -> i64 {
    hours.saturating_mul(3_600_000).saturating_add(minutes * 60_000 + seconds * 1_000)
}

/// Two times as a cue has them.
pub(super) fn span(start: i64, end: i64) -> Result<(i32, i32), Why> {
    let kept = |time| i32::try_from(time).map_err(|_| Why::TooLate);
    let (start, end) = (kept(start)?, kept(end)?);
    if end > start { Ok((start, end)) } else { Err(Why::EndsFirst) }
}

/// `00:01:02.003`, with as many digits of hours as it takes.
pub(super) fn written(time_ms: i32, point: char) -> String {
    let time = time_ms.max(0);
    let (seconds, thousandths) = (time / 1_000, time % 1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}{point}{thousandths:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vtt(text: &str) -> Option<i64> {
        let mut scan = Scan::of(text);
        vtt_time(&mut scan).filter(|_| scan.rest().is_empty())
    }

    fn srt(text: &str) -> Option<i64> {
        let mut scan = Scan::of(text);
        srt_time(&mut scan).filter(|_| scan.rest().is_empty())
    }

    #[test]
    fn webvtt_is_strict() {
        assert_eq!(vtt("00:00.000"), Some(0));
        assert_eq!(vtt("59:59.999"), Some(3_599_999));
        assert_eq!(vtt("1:00:00.001"), Some(3_600_001));
        assert_eq!(vtt("123:00:00.000"), Some(442_800_000));
        for bad in [
            "",
            "0:00.000",
            "60:00.000",
            "00:60.000",
            "00:00:60.000",
            "00:60:00.000",
            "00:00,000",
            "00:00.00",
            "00:00.0000",
            "00:00",
            "0:0:00.000",
            "-00:01.000",
            "00:00:00:00.000",
            "٠٠:٠٠.٠٠٠",
        ] {
            assert_eq!(vtt(bad), None, "{bad}");
        }
        assert!(vtt("99999999999999999999:00:00.000").is_some_and(|it| it > i64::from(i32::MAX)));
    }

    #[test]
    fn srt_is_lenient() {
        assert_eq!(srt("00:00:01,500"), Some(1_500));
        assert_eq!(srt("0:0:1.5"), Some(1_500));
        assert_eq!(srt("00: 00: 01, 05"), Some(1_050));
        assert_eq!(srt("01:02"), Some(62_000));
        assert_eq!(srt("1:02:03,0049"), Some(3_723_004));
        for bad in ["", "1", "1:2:3:4", "00:61:00,000", "00:00:,5", "a:b"] {
            assert_eq!(srt(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_time_is_written_as_it_is_read() {
        for time in [0, 1, 999, 59_999, 3_599_999, 3_600_000, 359_999_999, i32::MAX] {
            assert_eq!(vtt(&written(time, '.')), Some(i64::from(time)));
            assert_eq!(srt(&written(time, ',')), Some(i64::from(time)));
        }
    }

    #[test]
    fn what_ends_first_or_comes_too_late_is_no_cue() {
        assert_eq!(span(1, 2), Ok((1, 2)));
        assert_eq!(span(2, 2), Err(Why::EndsFirst));
        assert_eq!(span(3, 2), Err(Why::EndsFirst));
        assert_eq!(span(0, i64::from(i32::MAX) + 1), Err(Why::TooLate));
    }
}
