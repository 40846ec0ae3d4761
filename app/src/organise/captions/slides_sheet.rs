//! The times of slides while they are edited: rows that can be changed in every way, and each change taken back. Pure.
//! What is typed stays as it was typed; the rules of a line are in `slides_form`, as the server has them.

use super::slides_form::{SlideProblem, read_line};
use crate::captions::clock;

/// So many changes can be taken back.
const MOST_UNDONE: usize = 200;

/// From when on a page is on view, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Tells it from the others, whatever is changed of it.
    pub id: u32,
    /// The time.
    pub time: String,
    /// The page.
    pub page: String,
}

impl Row {
    /// The line that it is sent as.
    fn line(&self) -> String {
        format!("{} {}", self.time.trim(), self.page.trim())
    }

    /// When, and which page, where both can be read.
    pub fn read(&self) -> Option<(i32, i32)> {
        read_line(&self.line(), None).ok()
    }
}

/// What became of a wish for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned {
    /// From now on it is on view.
    To(i32),
    /// It was on view already.
    Already(i32),
    /// There is no such page.
    NoSuchPage,
}

/// The times of some slides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlideSheet {
    rows: Vec<Row>,
    /// How many pages there are, where that is known.
    pages: Option<i32>,
    next: u32,
    before: Vec<Vec<Row>>,
}

impl SlideSheet {
    /// The times that stand in these lines, of slides with so many pages.
    #[must_use]
    pub fn of(lines: &str, pages: Option<i32>) -> Self {
        let mut sheet = Self { pages, ..Self::default() };
        sheet.take(lines);
        sheet
    }

    /// The rows, in order of time; those whose time cannot be read stay where they were put.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// A row.
    #[must_use]
    pub fn row(&self, id: u32) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The lines that are sent and saved.
    #[must_use]
    pub fn lines(&self) -> String {
        let lines: Vec<_> = self.rows.iter().map(Row::line).collect();
        lines.join("\n")
    }

    /// Which page is on view at a time, and in which row that stands.
    #[must_use]
    pub fn on_view(&self, at_ms: i32) -> Option<(u32, i32)> {
        let known = self.rows.iter().filter_map(|row| Some((row.read()?, row.id)));
        let before = known.filter(|((start, _), _)| *start <= at_ms);
        before.max_by_key(|((start, _), _)| *start).map(|((_, page), id)| (id, page))
    }

    /// What is wrong with a row; nothing where it can be saved.
    #[must_use]
    pub fn problem(&self, id: u32, duration_ms: Option<i32>) -> Option<SlideProblem> {
        let row = self.row(id)?;
        let (start, page) = match read_line(&row.line(), duration_ms) {
            Ok(read) => read,
            Err(problem) => return Some(problem),
        };
        let earlier = self.rows.iter().take_while(|other| other.id != id);
        let mut same = earlier.filter_map(Row::read).filter(|other| other.0 == start);
        same.any(|other| other.1 != page).then_some(SlideProblem::Twice)
    }

    /// Another set of lines, as it was pasted or typed.
    pub fn replace(&mut self, lines: &str) {
        self.remember();
        self.take(lines);
    }

    /// From this time on that page is on view. Where it came next anyway, it comes sooner.
    pub fn turn_to(&mut self, page: i32, at_ms: i32) -> Turned {
        if page < 1 || self.pages.is_some_and(|pages| page > pages) {
            return Turned::NoSuchPage;
        }
        let shown = self.on_view(at_ms);
        if shown.is_some_and(|(_, shown)| shown == page) {
            return Turned::Already(page);
        }
        self.remember();
        // What was set for this very moment was a slip of the finger.
        self.rows.retain(|row| row.read().is_none_or(|(start, _)| start != at_ms));
        let next = self.rows.iter().filter_map(|row| Some((row.read()?, row.id)));
        let next = next.filter(|((start, _), _)| *start > at_ms).min_by_key(|it| it.0);
        if let Some(((_, same), id)) = next
            && same == page
        {
            self.rows.retain(|row| row.id != id);
        }
        let row = self.new_row(clock::write(at_ms), page.to_string());
        self.rows.push(row);
        self.sort();
        Turned::To(page)
    }

    /// From this time on the page is on view that comes so many after the one that is; the first, where none is.
    pub fn turn_by(&mut self, by: i32, at_ms: i32) -> Turned {
        let page = self.on_view(at_ms).map_or(1, |(_, page)| page.saturating_add(by));
        self.turn_to(page, at_ms)
    }

    /// Types a time.
    pub fn set_time(&mut self, id: u32, text: &str) {
        self.change(id, |row| text.clone_into(&mut row.time));
    }

    /// Types a page.
    pub fn set_page(&mut self, id: u32, text: &str) {
        self.change(id, |row| text.clone_into(&mut row.page));
    }

    /// Takes a row away. The row that stands in its place then, or the last one.
    pub fn remove(&mut self, id: u32) -> Option<u32> {
        let at = self.rows.iter().position(|row| row.id == id)?;
        self.remember();
        self.rows.remove(at);
        let last = self.rows.len().checked_sub(1)?;
        self.rows.get(at.min(last)).map(|row| row.id)
    }

    /// Takes the last change back. Whether there was one.
    pub fn undo(&mut self) -> bool {
        match self.before.pop() {
            Some(rows) => {
                self.rows = rows;
                true
            }
            None => false,
        }
    }

    /// There is something to be taken back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    fn change(&mut self, id: u32, change: impl FnOnce(&mut Row)) {
        let Some(at) = self.rows.iter().position(|row| row.id == id) else { return };
        let mut row = self.rows[at].clone();
        change(&mut row);
        if row != self.rows[at] {
            self.remember();
            self.rows[at] = row;
            self.sort();
        }
    }

    fn remember(&mut self) {
        if self.before.len() >= MOST_UNDONE {
            self.before.remove(0);
        }
        self.before.push(self.rows.clone());
    }

    fn take(&mut self, lines: &str) {
        self.rows.clear();
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let row = match read_line(line, None) {
                Ok((start, page)) => self.new_row(clock::write(start), page.to_string()),
                Err(_) => {
                    let (time, page) = line.split_once([' ', '\t', ';', '=']).unwrap_or((line, ""));
                    self.new_row(time.to_owned(), page.trim().to_owned())
                }
            };
            self.rows.push(row);
        }
        self.sort();
    }

    fn new_row(&mut self, time: String, page: String) -> Row {
        self.next += 1;
        Row { id: self.next, time, page }
    }

    /// By time. A time that cannot be read goes with the one before it.
    fn sort(&mut self) {
        let mut last = 0;
        let mut timed: Vec<(i32, Row)> = Vec::with_capacity(self.rows.len());
        for row in self.rows.drain(..) {
            last = clock::read(&row.time).unwrap_or(last);
            timed.push((last, row));
        }
        timed.sort_by_key(|(start, _)| *start);
        self.rows.extend(timed.into_iter().map(|(_, row)| row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(lines: &str) -> SlideSheet {
        SlideSheet::of(lines, Some(4))
    }

    #[test]
    fn lines_stand_in_rows_and_become_lines_again() {
        use SlideProblem::{AfterEnd, NoPage, NoTime};
        let of = sheet("1:05,5 sida 2\n\n0:00 1\nnonsens\n2:00;x");
        let rows: Vec<_> =
            of.rows().iter().map(|row| (row.time.as_str(), row.page.as_str())).collect();
        assert_eq!(
            rows,
            [("00:00:00.000", "1"), ("nonsens", ""), ("00:01:05.500", "2"), ("2:00", "x")]
        );
        assert_eq!(of.lines(), "00:00:00.000 1\nnonsens \n00:01:05.500 2\n2:00 x");
        assert_eq!(sheet(&of.lines()).rows().len(), 4, "nothing is lost on the way back");
        let ids: Vec<_> = of.rows().iter().map(|row| row.id).collect();
        let problems: Vec<_> = ids.into_iter().map(|id| of.problem(id, Some(60_000))).collect();
        assert_eq!(problems, [None, Some(NoTime), Some(AfterEnd), Some(NoPage)]);
    }

    #[test]
    fn a_page_is_on_view_from_a_time_on() {
        let mut of = sheet("");
        assert_eq!(of.on_view(5_000), None);
        assert_eq!(of.turn_by(1, 0), Turned::To(1));
        assert_eq!(of.turn_by(1, 12_500), Turned::To(2));
        assert_eq!(of.turn_by(1, 20_000), Turned::To(3));
        assert_eq!(of.turn_by(-1, 30_000), Turned::To(2));
        assert_eq!(of.lines(), "00:00:00.000 1\n00:00:12.500 2\n00:00:20.000 3\n00:00:30.000 2");
        assert_eq!(of.on_view(29_999).map(|it| it.1), Some(3));
        // What is shown is not shown once more, and there is no page before the first or behind the last.
        assert_eq!(of.turn_to(2, 35_000), Turned::Already(2));
        assert_eq!(of.turn_by(-1, 5_000), Turned::NoSuchPage);
        assert_eq!(of.turn_to(5, 40_000), Turned::NoSuchPage);
        assert_eq!(of.rows().len(), 4);
        // At the same moment the last wish counts.
        assert_eq!(of.turn_to(4, 30_000), Turned::To(4));
        assert_eq!(of.on_view(30_000).map(|it| it.1), Some(4));
        assert_eq!(of.rows().len(), 4);
        // A page that comes next anyway comes sooner.
        assert_eq!(of.turn_to(3, 18_000), Turned::To(3));
        assert_eq!(of.lines(), "00:00:00.000 1\n00:00:12.500 2\n00:00:18.000 3\n00:00:30.000 4");
        assert_eq!(SlideSheet::of("", None).turn_to(900, 0), Turned::To(900));
    }

    #[test]
    fn what_is_changed_stands_where_it_belongs_and_can_be_taken_back() {
        let mut of = sheet("0:00 1\n0:10 2\n0:20 3");
        let first = of.clone();
        let [one, two, three] = [0, 1, 2].map(|at| of.rows()[at].id);
        of.set_time(one, "0:15");
        assert_eq!(of.rows().iter().map(|row| row.id).collect::<Vec<_>>(), [two, one, three]);
        of.set_time(one, "0:1x");
        assert_eq!(of.row(one).unwrap().time, "0:1x", "it stays as it was typed");
        assert_eq!(of.problem(one, None), Some(SlideProblem::NoTime));
        of.set_time(one, "0:20");
        assert_eq!(of.problem(three, None).or(of.problem(one, None)), Some(SlideProblem::Twice));
        of.set_page(one, "3");
        assert_eq!(
            of.problem(three, None).or(of.problem(one, None)),
            None,
            "the same twice is once"
        );
        of.set_page(one, "3");
        assert_eq!(of.remove(three), Some(one));
        assert_eq!(of.remove(three), None);
        of.replace("1:00 4");
        assert_eq!(of.rows().len(), 1);
        let last = of.rows()[0].id;
        assert_eq!(of.remove(last), None);
        for _ in 0..7 {
            assert!(of.can_undo() && of.undo());
        }
        assert!(!of.undo());
        assert_eq!(of.rows(), first.rows());
    }
}
