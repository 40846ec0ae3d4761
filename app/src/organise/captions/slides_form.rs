//! Which page of the slides is shown from when on, as lines of a form: a time and a page each. Pure.

use crate::captions::clock;
use crate::events::model::words;
use serde::{Deserialize, Serialize};

/// So many pages slides have at most.
pub const MOST_PAGES: i32 = 2_000;
/// So many times there are at most.
pub const MOST_TIMES: usize = 5_000;

words! {
    /// What is wrong with a line.
    SlideProblem {
        /// It does not begin with a time.
        NoTime = "no_time",
        /// What follows the time is no page.
        NoPage = "no_page",
        /// The same moment stands above already, with another page.
        Twice = "twice",
        /// It is after the end of the recording.
        AfterEnd = "after_end",
        /// There are more than can be kept.
        TooMany = "too_many",
    }
}

/// What is wrong, and in which line, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// From 1.
    pub line: usize,
    /// What.
    pub problem: SlideProblem,
}

/// The times of some lines, in order.
///
/// # Errors
/// Everything that is wrong with them.
pub fn read(text: &str, duration_ms: Option<i32>) -> Result<Vec<(i32, i32)>, Vec<Wrong>> {
    let mut times: Vec<(i32, i32)> = Vec::new();
    let mut wrong = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match read_line(line, duration_ms) {
            Ok(_) if times.len() >= MOST_TIMES => {
                wrong.push(Wrong { line: at + 1, problem: SlideProblem::TooMany });
                break;
            }
            Ok((start, page)) => match seen.insert(start, page) {
                // The same twice is once.
                Some(before) if before == page => {}
                Some(_) => wrong.push(Wrong { line: at + 1, problem: SlideProblem::Twice }),
                None => times.push((start, page)),
            },
            Err(problem) => wrong.push(Wrong { line: at + 1, problem }),
        }
    }
    times.sort_unstable();
    if wrong.is_empty() { Ok(times) } else { Err(wrong) }
}

/// A time and a page, with spaces, a tab, a comma, a semicolon or words like "sida" between them.
///
/// # Errors
/// What is wrong with it.
pub fn read_line(line: &str, duration_ms: Option<i32>) -> Result<(i32, i32), SlideProblem> {
    let line = line.trim();
    let end = line.find([' ', '\t', ';', '=']).unwrap_or(line.len());
    let (time, rest) = line.split_at(end);
    let start = clock::read(time.trim_end_matches(',')).ok_or(SlideProblem::NoTime)?;
    let digits = rest.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end();
    // A sign before it would make another number of it.
    let page = digits.parse().ok().filter(|page| (1..=MOST_PAGES).contains(page));
    let page = page.filter(|_| !rest.contains('-')).ok_or(SlideProblem::NoPage)?;
    if duration_ms.is_some_and(|duration| start >= duration) {
        return Err(SlideProblem::AfterEnd);
    }
    Ok((start, page))
}

/// The lines of some times.
#[must_use]
pub fn written(times: &[(i32, i32)]) -> String {
    let lines: Vec<_> =
        times.iter().map(|(start, page)| format!("{} {page}", clock::write(*start))).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_however_they_were_written_down() {
        let text = "0:00 1\n\n 1:05,5\t2\r\n01:02:03.004;3\n75:00 sida 4\n2:00, 5\n2:00 5";
        let times = read(text, None).unwrap();
        assert_eq!(times, [(0, 1), (65_500, 2), (120_000, 5), (3_723_004, 3), (4_500_000, 4)]);
        assert_eq!(read(&written(&times), None), Ok(times));
        assert_eq!(read("", None), Ok(vec![]));
    }

    #[test]
    fn what_is_wrong_is_told_by_line() {
        use SlideProblem::{AfterEnd, NoPage, NoTime, Twice};
        let text =
            "1 1\n0:01\n0:02 0\n0:02 2001\n0:03 1\n0:03 2\n9:59 3\n0:04 -1\n0:05 1 2\nsida 1";
        let wrong = read(text, Some(60_000)).unwrap_err();
        let told: Vec<_> = wrong.iter().map(|it| (it.line, it.problem)).collect();
        assert_eq!(
            told,
            [
                (1, NoTime),
                (2, NoPage),
                (3, NoPage),
                (4, NoPage),
                (6, Twice),
                (7, AfterEnd),
                (8, NoPage),
                (9, NoPage),
                (10, NoTime),
            ]
        );
    }

    #[test]
    fn there_are_not_more_times_than_can_be_kept() {
        let lines: Vec<_> = (0..=MOST_TIMES).map(|at| format!("{at}:00 1")).collect();
        let wrong = read(&lines.join("\n"), None).unwrap_err();
        assert_eq!(wrong, [Wrong { line: MOST_TIMES + 1, problem: SlideProblem::TooMany }]);
        assert_eq!(read(&lines[1..].join("\n"), None).unwrap().len(), MOST_TIMES);
    }
}
