//! What a person tells about themselves: the form, and what may be typed into it. Pure.

use super::model::SessionId;
use super::passkey::model::PasskeyLine;
use crate::events::model::words;
use crate::signup::model::{LONGEST_NAME, Problem, line};
use crate::text::Lang;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The longest account of one's needs, in characters.
pub const LONGEST_NEED: usize = 1_000;

words! {
    /// A field of the form; its word is its name in the form.
    ProfileField {
        Name = "name", Organisation = "organisation", WorkRole = "work_role",
        Municipality = "municipality", Language = "language", AccessNeeds = "access_needs", Diet = "diet",
    }
}

/// The form as it was filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    /// First name and last name.
    pub name: String,
    /// Where one works.
    pub organisation: String,
    /// As what.
    pub work_role: String,
    /// The four digits of a municipality.
    pub municipality: String,
    /// The language of mails: `sv` or `en`.
    pub language: String,
    /// What makes it possible to take part.
    pub access_needs: String,
    /// What one does not eat.
    pub diet: String,
}

/// A form that has nothing wrong with it. What was left empty is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// First name and last name.
    pub name: String,
    /// Where one works.
    pub organisation: Option<String>,
    /// As what.
    pub work_role: Option<String>,
    /// The four digits of a municipality that has a right form; whether there is one the database knows.
    pub municipality: Option<String>,
    /// The language of mails.
    pub language: Option<Lang>,
    /// What makes it possible to take part.
    pub access_needs: Option<String>,
    /// What one does not eat.
    pub diet: Option<String>,
}

/// What is wrong, in the order of the form.
pub type ProfileProblems = Vec<(ProfileField, Problem)>;

/// Nothing, or one line.
fn maybe_line(text: &str) -> Result<Option<String>, Problem> {
    match line(text) {
        Ok(line) => Ok(Some(line)),
        Err(Problem::Missing) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Nothing, or some lines.
fn maybe_lines(text: &str) -> Result<Option<String>, Problem> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().any(|c| c == '\u{fffd}' || (c.is_control() && c != '\n' && c != '\t')) {
        return Err(Problem::Unreadable);
    }
    match text.chars().count() {
        0 => Ok(None),
        1..=LONGEST_NEED => Ok(Some(text)),
        _ => Err(Problem::TooLong),
    }
}

impl ProfileForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<Profile, ProfileProblems> {
        let mut problems = Vec::new();
        let mut take = |field, result: Result<Option<String>, Problem>| match result {
            Ok(value) => value,
            Err(problem) => {
                problems.push((field, problem));
                None
            }
        };
        let name = take(ProfileField::Name, line(&self.name).map(Some));
        let organisation = take(ProfileField::Organisation, maybe_line(&self.organisation));
        let work_role = take(ProfileField::WorkRole, maybe_line(&self.work_role));
        let municipality = take(
            ProfileField::Municipality,
            match self.municipality.as_str() {
                "" => Ok(None),
                code if code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()) => {
                    Ok(Some(code.to_owned()))
                }
                _ => Err(Problem::NotAChoice),
            },
        );
        let language = take(
            ProfileField::Language,
            match self.language.as_str() {
                "" => Ok(None),
                tag => Lang::parse(tag).map(|_| Some(tag.to_owned())).ok_or(Problem::NotAChoice),
            },
        );
        let access_needs = take(ProfileField::AccessNeeds, maybe_lines(&self.access_needs));
        let diet = take(ProfileField::Diet, maybe_lines(&self.diet));
        match name {
            Some(name) if problems.is_empty() => Ok(Profile {
                name,
                organisation,
                work_role,
                municipality,
                language: language.as_deref().and_then(Lang::parse),
                access_needs,
                diet,
            }),
            _ => Err(problems),
        }
    }

    /// The form as it may be shown again: whole, but not longer than can be of use.
    #[must_use]
    pub fn to_show_again(&self) -> Self {
        let cut = |text: &str, most: usize| text.chars().take(2 * most).collect();
        Self {
            name: cut(&self.name, LONGEST_NAME),
            organisation: cut(&self.organisation, LONGEST_NAME),
            work_role: cut(&self.work_role, LONGEST_NAME),
            municipality: cut(&self.municipality, 4),
            language: cut(&self.language, 4),
            access_needs: cut(&self.access_needs, LONGEST_NEED),
            diet: cut(&self.diet, LONGEST_NEED),
        }
    }
}

/// The form and what was wrong with it, on its way back to the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedProfile {
    /// As it was filled.
    pub form: ProfileForm,
    /// What is wrong.
    pub problems: ProfileProblems,
}

impl PostedProfile {
    /// What is wrong with a field.
    #[must_use]
    pub fn problem(&self, field: ProfileField) -> Option<Problem> {
        self.problems.iter().find(|(at, _)| *at == field).map(|(_, problem)| *problem)
    }
}

/// One of a person's sessions, as they see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// For ending it.
    pub id: SessionId,
    /// `Chrome, Android`; empty where it is not known.
    pub device: String,
    /// What a clock in Sweden showed when it was last used.
    #[serde(with = "crate::wire::date_time")]
    pub last_used: DateTime,
    /// What a clock in Sweden showed when it began.
    #[serde(with = "crate::wire::date_time")]
    pub began: DateTime,
    /// The page is read by it.
    pub is_this: bool,
}

/// The page of one's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    /// The proven address.
    pub email: String,
    /// What one has told.
    pub form: ProfileForm,
    /// Code and name of every municipality, by name.
    pub municipalities: Vec<(String, String)>,
    /// Where one is signed in, the latest used first.
    pub sessions: Vec<SessionLine>,
    /// One's passkeys, the oldest first; `None` where the site has none.
    pub passkeys: Option<Vec<PasskeyLine>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ProfileForm {
        ProfileForm { name: " Åsa  Öberg ".into(), ..ProfileForm::default() }
    }

    #[test]
    fn a_name_is_enough() {
        let profile = form().read().unwrap();
        assert_eq!(profile.name, "Åsa Öberg");
        assert_eq!((profile.organisation, profile.diet, profile.language), (None, None, None));
    }

    #[test]
    fn everything_wrong_is_told_in_the_order_of_the_form() {
        let wrong = ProfileForm {
            name: String::new(),
            organisation: "x".repeat(201),
            work_role: "a\u{0}".into(),
            municipality: "Umeå".into(),
            language: "de".into(),
            access_needs: "x".repeat(1_001),
            diet: "\u{fffd}".into(),
        };
        let problems = wrong.read().unwrap_err();
        assert_eq!(problems.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ProfileField::ALL);
        assert_eq!(problems[0].1, Problem::Missing);
        assert_eq!(problems[5].1, Problem::TooLong);
    }

    #[test]
    fn needs_may_have_lines() {
        let read =
            ProfileForm { diet: "  Inga nötter\r\nVegan\n".into(), ..form() }.read().unwrap();
        assert_eq!(read.diet.as_deref(), Some("Inga nötter\nVegan"));
    }
}
