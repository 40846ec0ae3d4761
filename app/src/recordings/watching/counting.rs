//! How much a recording is watched, and which parts of it: counted by the viewing, of nobody. A viewing is a page with
//! the player that is open in a tab; it keeps what it has told in memory, and nothing is left in the browser. Pure.

use super::model::{Interval, Nonsense, Report};

/// So many parts of the same length a recording is counted in.
pub const PARTS: i32 = 50;

/// The parts, as bits from the beginning, that these intervals touch. What has no length has no parts.
#[must_use]
pub fn parts_of(seen: &[Interval], duration_ms: i32) -> u64 {
    if duration_ms <= 0 {
        return 0;
    }
    let duration = i64::from(duration_ms);
    let begins = |part: i32| i64::from(part) * duration / i64::from(PARTS);
    (0..PARTS)
        .filter(|&part| {
            let (from, to) = (begins(part), begins(part + 1));
            seen.iter().any(|it| i64::from(it.from) < to && i64::from(it.to) > from)
        })
        .fold(0, |bits, part| bits | 1 << part)
}

/// The numbers of the parts in these bits.
pub fn numbers(bits: u64) -> impl Iterator<Item = i16> {
    (0_i16..).zip(0..PARTS).filter(move |(_, bit)| bits >> bit & 1 == 1).map(|(number, _)| number)
}

/// What a viewing has told of itself already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    begun: bool,
    parts: u64,
}

impl Told {
    /// What there is to tell for the first time of what has just been played, as it is sent.
    pub fn tell(&mut self, seen: &[Interval], duration_ms: i32) -> String {
        if seen.is_empty() {
            return String::new();
        }
        let new = parts_of(seen, duration_ms) & !self.parts;
        let begun = if self.begun { "" } else { "&begun=yes" };
        *self = Self { begun: true, parts: self.parts | new };
        let numbers: Vec<String> = numbers(new).map(|number| number.to_string()).collect();
        format!("{begun}&parts={}", numbers.join(","))
    }
}

/// What is counted of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// A viewing begins.
    pub begins: bool,
    /// How long was played, in milliseconds.
    pub watched_ms: i64,
    /// The parts that the viewing has come to for the first time.
    pub parts: Vec<i16>,
}

impl Counted {
    /// Reads what a player adds to its report. No part counts of which nothing was played.
    ///
    /// # Errors
    /// [`Nonsense`] if there is no such part, or one is there twice.
    pub fn read(
        report: &Report,
        begun: &str,
        parts: &str,
        duration_ms: Option<i32>,
    ) -> Result<Self, Nonsense> {
        let mut bits = 0_u64;
        for number in parts.split(',').filter(|number| !number.is_empty()) {
            let is_number = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
            let number = number.parse::<i32>().ok().filter(|number| is_number && *number < PARTS);
            let bit = 1 << number.ok_or(Nonsense)?;
            if bits & bit != 0 {
                return Err(Nonsense);
            }
            bits |= bit;
        }
        let begins = match begun {
            "" => false,
            "yes" => !report.seen.is_empty(),
            _ => return Err(Nonsense),
        };
        let played = duration_ms.map_or(0, |duration| parts_of(&report.seen, duration));
        Ok(Self {
            begins,
            watched_ms: report.seen.iter().map(|part| i64::from(part.to - part.from)).sum(),
            parts: numbers(bits & played).collect(),
        })
    }

    /// There is nothing to count.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        !self.begins && self.watched_ms == 0 && self.parts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i32 = 60_000;

    fn seen(parts: &[(i32, i32)]) -> Vec<Interval> {
        parts.iter().map(|&(from, to)| Interval { from, to }).collect()
    }

    #[test]
    fn a_part_counts_when_something_of_it_was_played() {
        // Parts of 1.2 seconds.
        let of = |parts: &[(i32, i32)]| numbers(parts_of(&seen(parts), MINUTE)).collect::<Vec<_>>();
        assert_eq!(of(&[(0, 1_200)]), [0]);
        assert_eq!(of(&[(0, 1_201)]), [0, 1]);
        assert_eq!(of(&[(59_000, 60_000)]), [49]);
        assert_eq!(of(&[(0, 1), (3_000, 3_001)]), [0, 2]);
        assert_eq!(of(&[(0, MINUTE)]).len(), 50);
        assert!(of(&[]).is_empty());
        assert_eq!(parts_of(&seen(&[(0, 10)]), 0), 0, "no length");
    }

    #[test]
    fn a_viewing_tells_each_thing_once() {
        let mut told = Told::default();
        assert_eq!(told.tell(&[], MINUTE), "");
        assert_eq!(told.tell(&seen(&[(0, 2_000)]), MINUTE), "&begun=yes&parts=0,1");
        assert_eq!(told.tell(&seen(&[(0, 3_000)]), MINUTE), "&parts=2");
        assert_eq!(told.tell(&seen(&[(0, 3_000)]), MINUTE), "&parts=");
    }

    fn read(sent: &str, begun: &str, parts: &str) -> Result<Counted, Nonsense> {
        let report = Report::read("0", sent, Some(MINUTE)).unwrap();
        Counted::read(&report, begun, parts, Some(MINUTE))
    }

    #[test]
    fn what_is_told_is_what_is_counted() {
        let counted = read("0-2000,10000-11000", "yes", "0,1,8").unwrap();
        assert_eq!(counted, Counted { begins: true, watched_ms: 3_000, parts: vec![0, 1, 8] });
        let counted = read("0-2000", "", "").unwrap();
        assert_eq!(counted, Counted { begins: false, watched_ms: 2_000, parts: vec![] });
        assert!(read("", "", "").unwrap().is_nothing());
    }

    #[test]
    fn nobody_counts_what_was_not_played() {
        let counted = read("0-2000", "", "0,30,49").unwrap();
        assert_eq!(counted.parts, [0]);
        assert!(!read("", "yes", "").unwrap().begins, "nothing was played");
        let report = Report::read("0", "0-2000", None).unwrap();
        assert_eq!(Counted::read(&report, "yes", "0", None).unwrap().parts, [0; 0]);
        for (begun, parts) in
            [("no", ""), ("", "50"), ("", "-1"), ("", "x"), ("", "1,1"), ("", "+1"), ("", "001")]
        {
            assert_eq!(read("0-2000", begun, parts), Err(Nonsense), "{begun} {parts}");
        }
    }
}
