//! How much a recording is watched, and where people stop. Pure.

use crate::recordings::watching::counting::PARTS;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Figures of so few viewings could be those of somebody one knows: they are not shown.
pub const FEW: i64 = 5;
/// The most steps of a curve.
const MOST_STEPS: i32 = 60;
/// The width of a drawing in its own units.
pub const WIDTH: i64 = 1_000;

/// What happened until the end of a step, in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The first day of the step.
    #[serde(with = "crate::wire::date")]
    pub day: Date,
    /// How many viewings until its end.
    pub views: i64,
    /// How many minutes until its end.
    pub minutes: i64,
}

/// The figures of a recording with more than [`FEW`] viewings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// How many viewings.
    pub views: i64,
    /// How many minutes were played.
    pub minutes: i64,
    /// How long it is.
    pub duration_ms: Option<i32>,
    /// Step by step, from the first viewing until now.
    pub steps: Vec<Step>,
    /// In how many viewings each part was played; nothing where its length was not known.
    pub parts: Vec<i64>,
}

impl Watched {
    /// From what was counted on each day, in their order; nothing if that is too little.
    #[must_use]
    pub fn of(
        days: &[(Date, i64, i64)],
        parts: Vec<i64>,
        duration_ms: Option<i32>,
        today: Date,
    ) -> Option<Self> {
        let views = days.iter().map(|(_, views, _)| views).sum();
        let first = days.first().map(|(day, _, _)| *day).filter(|_| views > FEW)?;
        let watched_ms: i64 = days.iter().map(|(_, _, ms)| ms).sum();
        let steps = steps(days, first, today);
        Some(Self { views, minutes: watched_ms / 60_000, duration_ms, steps, parts })
    }

    /// The share of viewings, in percent, that a part was played in.
    #[must_use]
    pub fn share(&self, part: usize) -> i64 {
        let played = self.parts.get(part).copied().unwrap_or_default();
        if self.views == 0 { 0 } else { (played * 100 / self.views).min(100) }
    }

    /// Where a part begins, in milliseconds.
    #[must_use]
    pub fn begins(&self, part: usize) -> Option<i32> {
        let part = i64::try_from(part).ok()?;
        i32::try_from(i64::from(self.duration_ms?) * part / i64::from(PARTS)).ok()
    }

    /// The first part that fewer than half of all viewings come to, after one that more did; and none after it is
    /// played by half of them again.
    #[must_use]
    pub fn half_at(&self) -> Option<usize> {
        let last = (0..self.parts.len()).rev().find(|part| self.share(*part) >= 50)?;
        Some(last + 1).filter(|part| *part < self.parts.len())
    }
}

/// Days, weeks or more of them, so that they are not too many; each with what happened until its end.
fn steps(days: &[(Date, i64, i64)], first: Date, today: Date) -> Vec<Step> {
    let whole = first.until(today).map_or(0, |span| span.get_days()).max(0) + 1;
    let length = match whole {
        ..=MOST_STEPS => 1,
        days if days <= 7 * MOST_STEPS => 7,
        days => days.div_euclid(MOST_STEPS) + 1,
    };
    let mut steps = Vec::new();
    let mut begins = first;
    while begins <= today && steps.len() <= usize::try_from(MOST_STEPS).unwrap_or_default() {
        let Ok(next) = begins.checked_add(length.days()) else { break };
        let until = days.iter().filter(|(day, _, _)| *day < next);
        let (views, ms) = until.fold((0, 0), |(views, ms), day| (views + day.1, ms + day.2));
        steps.push(Step { day: begins, views, minutes: ms / 60_000 });
        begins = next;
    }
    steps
}

/// A round number that is not below, of which half is whole.
#[must_use]
pub fn top_of(highest: i64) -> i64 {
    let mut unit = 1;
    loop {
        for top in [2, 4, 6, 10] {
            if top * unit >= highest {
                return top * unit;
            }
        }
        unit *= 10;
    }
}

/// A line through values that lie side by side, as the path of a drawing of this height (SVG 2 §9.3).
#[must_use]
pub fn path(values: &[i64], top: i64, height: i64) -> String {
    let last = i64::try_from(values.len().saturating_sub(1)).unwrap_or(1).max(1);
    let points = values.iter().zip(0_i64..).map(|(value, at)| {
        let sign = if at == 0 { 'M' } else { 'L' };
        format!("{sign}{} {}", at * WIDTH / last, height - value * height / top.max(1))
    });
    points.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn of(days: &[(Date, i64, i64)], today: Date) -> Option<Watched> {
        Watched::of(days, Vec::new(), Some(60_000), today)
    }

    #[test]
    fn of_five_nothing_is_told() {
        let day = date(2027, 3, 1);
        assert_eq!(of(&[], day), None);
        assert_eq!(of(&[(day, 5, 9_000_000)], day), None);
        let six = of(&[(day, 4, 60_000), (date(2027, 3, 3), 2, 90_000)], date(2027, 3, 4)).unwrap();
        assert_eq!((six.views, six.minutes), (6, 2));
        let steps: Vec<_> = six.steps.iter().map(|step| (step.day.day(), step.views)).collect();
        assert_eq!(steps, [(1, 4), (2, 4), (3, 6), (4, 6)]);
    }

    #[test]
    fn years_are_as_few_steps_as_weeks() {
        let first = date(2020, 1, 1);
        for today in [date(2020, 2, 28), date(2020, 6, 1), date(2021, 3, 1), date(2027, 3, 1)] {
            let watched = of(&[(first, 6, 0), (today, 3, 0)], today).unwrap();
            assert!(watched.steps.len() <= 61, "{today}: {}", watched.steps.len());
            assert_eq!(watched.steps.last().map(|step| step.views), Some(9), "{today}");
        }
    }

    #[test]
    fn where_half_of_them_have_stopped() {
        let watched = |parts: &[i64]| Watched {
            views: 10,
            minutes: 1,
            duration_ms: Some(100_000),
            steps: Vec::new(),
            parts: parts.to_vec(),
        };
        assert_eq!(watched(&[10, 8, 5, 4, 3]).half_at(), Some(3));
        // Somebody jumps over a part, and goes on.
        assert_eq!(watched(&[10, 2, 6, 4, 3]).half_at(), Some(3));
        assert_eq!(watched(&[10, 9, 8]).half_at(), None, "they stay");
        assert_eq!(watched(&[1, 0]).half_at(), None);
        assert_eq!(watched(&[10, 12]).share(1), 100);
        assert_eq!(watched(&[]).begins(25), Some(50_000));
    }

    #[test]
    fn a_drawing_ends_at_a_round_number() {
        for (highest, top) in [(0, 2), (1, 2), (3, 4), (7, 10), (11, 20), (45, 60), (100, 100)] {
            assert_eq!(top_of(highest), top);
        }
        assert_eq!(path(&[0, 5, 10], 10, 300), "M0 300L500 150L1000 0");
        assert_eq!(path(&[4], 4, 300), "M0 0");
        assert_eq!(path(&[], 4, 300), "");
    }
}
