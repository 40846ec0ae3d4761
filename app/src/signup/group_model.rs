//! Several colleagues in one go: what may be typed into the form, and what can come of it. Pure.

use super::model::{Applicant, Email, Field, Posted, Problem, SignUpForm, Status, line};
use crate::events::model::{EventLine, Way, words};
use serde::{Deserialize, Serialize};

/// The most that one may sign up at once, oneself not counted. Each of them gets a mail that they did not ask for.
pub const MOST_COLLEAGUES: usize = 20;
/// So many empty rows the form begins with, and so many come with "more rows".
pub const ROWS: usize = 3;

words! {
    /// What is wanted if there are not seats for everybody.
    Choice { All = "all", Fit = "fit", Line = "line" }
}

/// A row of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// First name and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

impl Row {
    fn is_empty(&self) -> bool {
        self.name.trim().is_empty() && self.email.trim().is_empty()
    }
}

/// The form as it was filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupForm {
    /// Who signs the others up; the organisation and the way of taking part are everybody's.
    #[serde(flatten)]
    pub person: SignUpForm,
    /// `yes` if they come along themselves.
    pub along: String,
    /// A word of [`Choice`].
    pub choice: String,
    /// The same, from the button of the answer that not everybody has room.
    pub instead: String,
    /// Anything, from the button that asks for more rows.
    pub more: String,
    /// The others.
    pub colleagues: Vec<Row>,
}

words! {
    /// A field of a row.
    Part { Name = "name", Email = "email" }
}

words! {
    /// What is wrong with a row.
    RowProblem {
        /// There is an address and no name.
        NoName = "no_name",
        /// There is a name and no address.
        NoEmail = "no_email",
        /// There is not one colleague.
        Nobody = "nobody",
        /// It is no address.
        NotAnAddress = "not_an_address",
        /// The same address stands further up.
        Twice = "twice",
        /// More than a name has.
        TooLong = "too_long",
        /// Not text.
        Unreadable = "unreadable",
        /// A name with a web address in it, which would stand in somebody else's mail.
        NotAName = "not_a_name",
        /// More than may be signed up at once.
        TooMany = "too_many",
        /// They have to sign up themselves.
        Themselves = "themselves",
    }
}

/// What is wrong with the form beside the fields that it shares with the form for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtRow {
    /// Counted from 0.
    pub row: usize,
    /// Which field of it.
    pub part: Part,
    /// What.
    pub problem: RowProblem,
}

/// One who is to be signed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// First name and last name.
    pub name: String,
    /// E-mail address.
    pub email: Email,
    /// The row of the form; none for whoever fills it in.
    pub row: Option<usize>,
}

/// A form that has nothing wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Who signs the others up.
    pub by: Applicant,
    /// What is wanted if there are not seats for everybody.
    pub choice: Choice,
    /// Everybody who is to have a place, in the order in which places are given.
    pub people: Vec<Named>,
}

impl Group {
    /// How everybody takes part.
    #[must_use]
    pub fn way(&self) -> Way {
        self.by.way
    }
}

/// The form and what was wrong with it, on its way back to the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPosted {
    /// The part that the form for one has, too.
    pub person: Posted,
    /// `yes` if they come along themselves.
    pub along: bool,
    /// What was chosen.
    pub choice: Option<Choice>,
    /// The others, as they were typed.
    pub rows: Vec<Row>,
    /// What is wrong with them.
    pub problems: Vec<AtRow>,
    /// Not everybody has room.
    pub no_room: Option<NoRoom>,
    /// Too many are signed up from this connection.
    pub too_many: bool,
}

/// Not everybody has room, and nobody was signed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoRoom {
    /// So many seats would be needed.
    pub wanted: u32,
    /// So many there are.
    pub left: u32,
}

impl GroupPosted {
    /// Nothing stands in the way of signing up.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.person.problems.is_empty() && self.problems.is_empty()
    }

    /// What is wrong with a field of a row.
    #[must_use]
    pub fn problem(&self, row: usize, part: Part) -> Option<RowProblem> {
        let at = |problem: &&AtRow| problem.row == row && problem.part == part;
        self.problems.iter().find(at).map(|problem| problem.problem)
    }

    /// How many rows are shown: those that were typed, and some to begin with.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.rows.len().clamp(ROWS, MOST_COLLEAGUES)
    }
}

impl GroupForm {
    /// Whether they come along themselves.
    #[must_use]
    pub fn is_along(&self) -> bool {
        matches!(self.along.as_str(), "yes" | "on" | "true" | "1")
    }

    /// What is wanted if there are not seats for everybody. All of them, unless something else is said.
    #[must_use]
    pub fn choice(&self) -> Choice {
        Choice::parse(&self.instead).or_else(|| Choice::parse(&self.choice)).unwrap_or(Choice::All)
    }

    /// Reads the form for an event that offers these ways of taking part.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self, ways: &[Way]) -> Result<Group, Box<GroupPosted>> {
        let by = self.person.read(ways);
        let mut posted = self.to_show_again();
        posted.person.problems = by.as_ref().err().cloned().unwrap_or_default();
        let mut seen: Vec<String> = Vec::new();
        let mut people = Vec::new();
        if let Ok(by) = &by
            && self.is_along()
        {
            seen.push(by.email.key());
            people.push(Named { name: by.name.clone(), email: by.email.clone(), row: None });
        }
        // Both stand in everybody's mail.
        for (field, text) in
            [(Field::Name, &self.person.name), (Field::Organisation, &self.person.organisation)]
        {
            if looks_like_address(text) && posted.person.problem(field).is_none() {
                posted.person.problems.push((field, Problem::NotAName));
            }
        }
        posted.person.problems.sort_by_key(|(field, _)| *field);
        for (at, row) in posted.rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            match read_row(row, &mut seen) {
                Ok((name, email)) => people.push(Named { name, email, row: Some(at) }),
                Err(problems) => {
                    let problems = problems.into_iter();
                    posted.problems.extend(problems.map(|(part, problem)| AtRow {
                        row: at,
                        part,
                        problem,
                    }));
                }
            }
        }
        if self.colleagues.iter().skip(MOST_COLLEAGUES).any(|row| !row.is_empty()) {
            let row = MOST_COLLEAGUES - 1;
            posted.problems.push(AtRow { row, part: Part::Name, problem: RowProblem::TooMany });
        }
        if posted.rows.iter().all(Row::is_empty) {
            posted.problems.push(AtRow { row: 0, part: Part::Name, problem: RowProblem::Nobody });
        }
        match by {
            Ok(by) if posted.is_fine() => Ok(Group { by, choice: self.choice(), people }),
            _ => Err(Box::new(posted)),
        }
    }

    /// The form as it may be shown again: whole, but not longer than can be of use.
    #[must_use]
    pub fn to_show_again(&self) -> GroupPosted {
        let cut = |text: &String| text.chars().take(400).collect();
        let rows = self.colleagues.iter().take(MOST_COLLEAGUES);
        GroupPosted {
            person: Posted { form: self.person.to_show_again(), ..Posted::default() },
            along: self.is_along(),
            choice: Some(self.choice()),
            rows: rows.map(|row| Row { name: cut(&row.name), email: cut(&row.email) }).collect(),
            ..GroupPosted::default()
        }
    }

    /// The same with more rows, as "more rows" asks for.
    #[must_use]
    pub fn with_more_rows(&self) -> GroupPosted {
        let mut posted = self.to_show_again();
        let rows = (posted.rows.len().max(ROWS) + ROWS).min(MOST_COLLEAGUES);
        posted.rows.resize(rows, Row::default());
        posted
    }
}

/// Reads a row in which something stands; `seen` are the addresses further up.
fn read_row(row: &Row, seen: &mut Vec<String>) -> Result<(String, Email), Vec<(Part, RowProblem)>> {
    let name = line(&row.name).map_err(|problem| match problem {
        Problem::Missing => RowProblem::NoName,
        Problem::TooLong => RowProblem::TooLong,
        _ => RowProblem::Unreadable,
    });
    let name =
        name.and_then(
            |name| {
                if looks_like_address(&name) { Err(RowProblem::NotAName) } else { Ok(name) }
            },
        );
    let email = match row.email.trim() {
        "" => Err(RowProblem::NoEmail),
        text => Email::parse(text).ok_or(RowProblem::NotAnAddress),
    };
    let email = email.and_then(|email| {
        if seen.contains(&email.key()) { Err(RowProblem::Twice) } else { Ok(email) }
    });
    if let Ok(email) = &email {
        seen.push(email.key());
    }
    match (name, email) {
        (Ok(name), Ok(email)) => Ok((name, email)),
        (name, email) => Err([(Part::Name, name.err()), (Part::Email, email.err())]
            .into_iter()
            .filter_map(|(part, problem)| problem.map(|problem| (part, problem)))
            .collect()),
    }
}

/// Something in it would become a link in a mail. Whoever signs others up writes to people who did not ask for
/// it: their names carry no advertisement.
fn looks_like_address(name: &str) -> bool {
    name.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let last = word.rsplit_once('.').map(|(_, last)| last);
        let is_domain = last.is_some_and(|last| {
            last.chars().count() > 1
                && last.split('/').next().is_some_and(|end| end.chars().all(char::is_alphabetic))
        });
        word.contains("://") || word.contains('@') || word.starts_with("www.") || is_domain
    })
}

/// A group as whoever signed it up sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnGroup {
    /// What they were signed up for.
    pub event: EventLine,
    /// Whose it is.
    pub name: String,
    /// Where its mail went.
    pub email: String,
    /// Where everybody works.
    pub organisation: String,
    /// What was wanted if there were not seats for everybody.
    pub choice: Choice,
    /// Everybody in the order of the form.
    pub members: Vec<Member>,
}

/// One of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// As it was typed.
    pub name: String,
    /// What has become of them; nothing for somebody who was left out.
    pub status: Option<Status>,
    /// The place in line, counted from 1.
    pub position: Option<u32>,
}

impl Member {
    /// They have a seat, or had one: whether they came is between them and the organiser.
    #[must_use]
    pub fn has_place(&self) -> bool {
        matches!(self.status, Some(Status::Confirmed | Status::Attended | Status::NoShow))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, email: &str) -> Row {
        Row { name: name.into(), email: email.into() }
    }

    fn form(colleagues: Vec<Row>) -> GroupForm {
        GroupForm {
            person: SignUpForm {
                name: "Åsa Öberg".into(),
                email: "asa@exempel.se".into(),
                organisation: "Umeå kommun".into(),
                consent: "yes".into(),
                ..SignUpForm::default()
            },
            colleagues,
            ..GroupForm::default()
        }
    }

    fn problems(colleagues: Vec<Row>) -> Vec<(usize, Part, RowProblem)> {
        let posted = form(colleagues).read(&[Way::Digital]).unwrap_err();
        posted.problems.iter().map(|at| (at.row, at.part, at.problem)).collect()
    }

    #[test]
    fn empty_rows_are_passed_over_and_the_order_is_kept() {
        let rows = vec![
            row("", " "),
            row("Bo  Ek", "bo@exempel.se"),
            row("", ""),
            row("Li", "li@exempel.se"),
        ];
        let group = form(rows.clone()).read(&[Way::Digital]).unwrap();
        let names: Vec<_> = group.people.iter().map(|one| (one.name.as_str(), one.row)).collect();
        assert_eq!(names, [("Bo Ek", Some(1)), ("Li", Some(3))]);
        assert_eq!(group.choice, Choice::All);
        let along = GroupForm { along: "yes".into(), instead: "line".into(), ..form(rows) };
        let group = along.read(&[Way::Digital]).unwrap();
        assert_eq!(
            group.people.first().map(|one| (one.name.as_str(), one.row)),
            Some(("Åsa Öberg", None))
        );
        assert_eq!((group.people.len(), group.choice), (3, Choice::Line));
    }

    #[test]
    fn each_row_tells_what_it_lacks() {
        use RowProblem::*;
        assert_eq!(problems(vec![]), [(0, Part::Name, Nobody)]);
        assert_eq!(
            problems(vec![
                row("Bo", ""),
                row("", "li@exempel.se"),
                row("x", "y"),
                row("x\u{0}", "z@exempel.se")
            ]),
            [
                (0, Part::Email, NoEmail),
                (1, Part::Name, NoName),
                (2, Part::Email, NotAnAddress),
                (3, Part::Name, Unreadable)
            ]
        );
        assert_eq!(
            problems(vec![row("Bo", "bo@exempel.se"), row("Bo", "BO@exempel.se")]),
            [(1, Part::Email, Twice)]
        );
        let along = GroupForm { along: "yes".into(), ..form(vec![row("Jag", "Asa@exempel.se")]) };
        assert_eq!(along.read(&[Way::Digital]).unwrap_err().problems.len(), 1);
    }

    #[test]
    fn a_name_brings_no_link_into_the_mail_of_somebody_else() {
        for bad in ["Vinn http://x.se", "www.x.se", "köp på x.com!", "x.com/vinn", "a@b.se"] {
            assert!(looks_like_address(bad), "{bad}");
            assert_eq!(
                problems(vec![row(bad, "bo@exempel.se")]),
                [(0, Part::Name, RowProblem::NotAName)]
            );
        }
        for good in [
            "J.R.R. Tolkien",
            "Anna-Karin O'Hara",
            "Bo Ek, förvaltningschef.",
            "Dr. A. Öberg",
            "李",
        ] {
            assert!(!looks_like_address(good), "{good}");
        }
        let mut by = form(vec![row("Bo", "bo@exempel.se")]);
        by.person.name = "Se www.x.se".into();
        let posted = by.read(&[Way::Digital]).unwrap_err();
        assert_eq!(posted.person.problems, [(Field::Name, Problem::NotAName)]);
    }

    #[test]
    fn no_more_rows_than_there_may_be() {
        let many: Vec<_> = (0..30).map(|n| row("x", &format!("x{n}@exempel.se"))).collect();
        assert_eq!(form(many.clone()).to_show_again().rows.len(), MOST_COLLEAGUES);
        assert!(problems(many.clone()).contains(&(19, Part::Name, RowProblem::TooMany)));
        assert_eq!(form(many).with_more_rows().shown(), MOST_COLLEAGUES);
        assert_eq!(form(vec![]).to_show_again().shown(), ROWS);
        assert_eq!(form(vec![row("Bo", "")]).with_more_rows().shown(), 2 * ROWS);
    }
}
