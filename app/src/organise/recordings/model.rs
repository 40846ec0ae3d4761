//! What the organisers' pages of recordings show, and the rules about publishing. Pure.

use crate::events::model::{SpokenLanguage, words};
use crate::events::page_model::Link;
use crate::organise::plan::model::{Choice, Sheet};
use crate::recordings::model::{Audience, RecordingState, Role};
use crate::recordings::page_model::Uncaptioned;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How many recordings a page of the list shows.
pub const PAGE: i64 = 100;
/// The longest reason for publishing without captions, in characters.
pub const LONGEST_REASON: usize = 1_000;
/// Captions come within so many days.
pub const LONGEST_WAIT: i32 = 366;
/// The largest file that a browser may send whole, in bytes.
pub const LARGEST_WHOLE: u64 = 500_000_000;
/// The longest words to look for, in characters.
pub const LONGEST_WORDS: usize = 200;

words! {
    /// How the captions in the language that is spoken stand.
    Captioned {
        /// There are none.
        Missing = "missing",
        /// Nobody has read them against the sound.
        Unread = "unread",
        /// Somebody has.
        Reviewed = "reviewed",
    }
}

words! {
    /// The parts of the list, in their order.
    Group { Draft = "draft", Uncaptioned = "uncaptioned", Published = "published" }
}

impl Group {
    /// Where a recording stands in the list.
    #[must_use]
    pub const fn of(state: RecordingState, captioned: Captioned) -> Self {
        match (state, captioned) {
            (RecordingState::Draft, _) => Self::Draft,
            (RecordingState::Published, Captioned::Reviewed) => Self::Published,
            (RecordingState::Published, _) => Self::Uncaptioned,
        }
    }
}

/// What one looks for in the list. Each part may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskQuery {
    /// The address of a programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// Words of titles, of the recording or of its event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// From 1 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl DeskQuery {
    /// Reads what stands in an address. What cannot be read counts as left out.
    #[must_use]
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name| {
            let text: String = value(name)?.chars().take(LONGEST_WORDS).collect();
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        Self {
            programme: text("programme"),
            words: text("words"),
            page: text("page").and_then(|page| page.parse().ok()).filter(|page| *page > 1),
        }
    }

    /// Something is looked for.
    #[must_use]
    pub const fn is_narrowed(&self) -> bool {
        self.programme.is_some() || self.words.is_some()
    }
}

/// A recording in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskLine {
    /// Its address.
    pub slug: String,
    /// In the reader's language.
    pub title: String,
    /// Whether it is published.
    pub state: RecordingState,
    /// How its captions stand.
    pub captioned: Captioned,
    /// Why there are none, and when they come, where that was said.
    pub uncaptioned: Option<Uncaptioned>,
    /// How long it is.
    pub duration_ms: Option<i32>,
    /// There is something to see or to hear, here or with another provider.
    pub has_film: bool,
    /// Files are on their way.
    pub is_coming: bool,
    /// Who may see it.
    pub open_to: Audience,
    /// What it was called that was recorded.
    pub event: String,
    /// The day that was held.
    #[serde(with = "crate::wire::date")]
    pub held: Date,
}

impl DeskLine {
    /// Where it stands in the list.
    #[must_use]
    pub const fn group(&self) -> Group {
        Group::of(self.state, self.captioned)
    }

    /// Its captions were to have come before today.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.group() == Group::Uncaptioned
            && self.uncaptioned.as_ref().is_none_or(|it| it.by < today)
    }
}

/// The list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskList {
    /// Those of this page.
    pub lines: Vec<DeskLine>,
    /// How many there are in all.
    pub total: i64,
    /// The programmes to choose from: address and title.
    pub programmes: Vec<Choice>,
    /// The day that it is.
    #[serde(with = "crate::wire::date")]
    pub today: Date,
}

/// A file of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLine {
    /// What it is.
    pub role: Role,
    /// Where it is.
    pub address: String,
    /// Its length in bytes.
    pub bytes: i64,
    /// How long it plays.
    pub duration_ms: Option<i32>,
    /// In pixels.
    pub size: Option<(i32, i32)>,
    /// It was made here, of the original.
    pub is_derived: bool,
    /// The day that it came.
    #[serde(with = "crate::wire::date")]
    pub came: Date,
}

/// A file that is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadLine {
    /// The last part of its address.
    pub id: i64,
    /// What it is called where it comes from.
    pub name: String,
    /// How long it will be.
    pub bytes: u64,
    /// How much of it was there when last somebody looked.
    pub received: u64,
    /// All of it is here, and it is put where it belongs.
    pub is_storing: bool,
    /// The last day on which it can be gone on with.
    #[serde(with = "crate::wire::date")]
    pub until: Date,
}

/// The files of a recording, and those on their way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    /// Those that are there.
    pub files: Vec<FileLine>,
    /// Those that are coming.
    pub uploads: Vec<UploadLine>,
}

/// What there is and what is missing to publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readiness {
    /// There is a file to play.
    pub has_film: bool,
    /// It lies with another provider.
    pub is_elsewhere: bool,
    /// How long it is, where that is known.
    pub duration_ms: Option<i32>,
    /// How the captions stand.
    pub captioned: Captioned,
    /// The picture before it is played is there.
    pub has_poster: bool,
}

impl Readiness {
    /// There is something to publish.
    #[must_use]
    pub const fn can_be_published(&self) -> bool {
        self.has_film || self.is_elsewhere
    }
}

/// The page of a recording for those who organise it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPage {
    /// Its address.
    pub slug: String,
    /// In the reader's language.
    pub title: String,
    /// Whether it is published.
    pub state: RecordingState,
    /// The day on which it was.
    #[serde(with = "crate::wire::date::option")]
    pub published: Option<Date>,
    /// What is spoken.
    pub language: SpokenLanguage,
    /// What was recorded.
    pub event: Link,
    /// Who speaks there.
    pub speakers: Vec<String>,
    /// It is made up.
    pub is_demonstration: bool,
    /// The form as it is saved.
    pub sheet: Sheet,
    /// Its fingerprints.
    pub base: String,
    /// What is there to publish.
    pub ready: Readiness,
    /// Why it is without captions, if it was published so.
    pub uncaptioned: Option<Uncaptioned>,
    /// The day that it is.
    #[serde(with = "crate::wire::date")]
    pub today: Date,
    /// The address of what sends files.
    pub sender: String,
    /// The largest file that is taken, in bytes.
    pub largest: u64,
}

/// The form of a recording that does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDesk {
    /// The form with what is known already.
    pub sheet: Sheet,
    /// The events that it may be of: address, and date with title.
    pub events: Vec<Choice>,
}

/// Why a file that was sent whole was not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedFile {
    /// As its sender reads it.
    pub why: Option<String>,
}

words! {
    /// What is wrong with the form that publishes.
    PublishProblem {
        NoReason = "no_reason", TooLong = "too_long", NotADate = "not_a_date", NotLater = "not_later",
        TooLate = "too_late",
    }
}

/// That form on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedPublish {
    /// It was sent, and this is the answer.
    pub is_there: bool,
    /// As it was filled.
    pub reason: String,
    /// As it was filled.
    pub by: String,
    /// What is wrong, by field.
    pub problems: Vec<(String, PublishProblem)>,
}

impl PostedPublish {
    /// What is wrong with a field.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<PublishProblem> {
        self.problems.iter().find(|(name, _)| name == field).map(|(_, problem)| *problem)
    }

    /// Reads why there are no captions yet, and by when they come.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn read(&self, today: Date) -> Result<Uncaptioned, Vec<(String, PublishProblem)>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, problem| problems.push((field.to_owned(), problem));
        match self.reason.chars().count() {
            0 => wrong("reason", PublishProblem::NoReason),
            count if count > LONGEST_REASON => wrong("reason", PublishProblem::TooLong),
            _ => {}
        }
        let by = crate::wire::date::read(&self.by);
        match by {
            None => wrong("captions_by", PublishProblem::NotADate),
            Some(by) if by <= today => wrong("captions_by", PublishProblem::NotLater),
            Some(by) if days(today, by) > LONGEST_WAIT => {
                wrong("captions_by", PublishProblem::TooLate)
            }
            Some(_) => {}
        }
        match by {
            Some(by) if problems.is_empty() => Ok(Uncaptioned { reason: self.reason.clone(), by }),
            _ => Err(problems),
        }
    }
}

/// How many days lie between two.
fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_recording_without_reviewed_captions_stands_by_itself() {
        for (state, captioned, group) in [
            (RecordingState::Draft, Captioned::Missing, Group::Draft),
            (RecordingState::Draft, Captioned::Reviewed, Group::Draft),
            (RecordingState::Published, Captioned::Missing, Group::Uncaptioned),
            (RecordingState::Published, Captioned::Unread, Group::Uncaptioned),
            (RecordingState::Published, Captioned::Reviewed, Group::Published),
        ] {
            assert_eq!(Group::of(state, captioned), group);
        }
    }

    #[test]
    fn a_reason_has_words_and_a_day_that_comes() {
        let today = date(2027, 3, 1);
        let read = |reason: &str, by: &str| {
            let posted =
                PostedPublish { reason: reason.into(), by: by.into(), ..PostedPublish::default() };
            posted.read(today).map_err(|problems| {
                problems.into_iter().map(|(_, problem)| problem).collect::<Vec<_>>()
            })
        };
        let good = Uncaptioned { reason: "Texten skrivs.".into(), by: date(2027, 3, 2) };
        assert_eq!(read("Texten skrivs.", "2027-03-02"), Ok(good));
        assert!(read("x", "2028-03-01").is_ok(), "a year");
        assert_eq!(read("x", "2028-03-02"), Err(vec![PublishProblem::TooLate]));
        assert_eq!(read("x", "2027-03-01"), Err(vec![PublishProblem::NotLater]));
        assert_eq!(read("x", "i morgon"), Err(vec![PublishProblem::NotADate]));
        assert_eq!(read("", ""), Err(vec![PublishProblem::NoReason, PublishProblem::NotADate]));
        assert!(read(&"å".repeat(LONGEST_REASON), "2027-03-02").is_ok());
        assert_eq!(
            read(&"å".repeat(LONGEST_REASON + 1), "2027-03-02"),
            Err(vec![PublishProblem::TooLong])
        );
    }

    #[test]
    fn what_is_looked_for_is_read_from_an_address() {
        let read = |words: &str, page: &str| {
            DeskQuery::read(|name| match name {
                "words" => Some(words.to_owned()),
                "page" => Some(page.to_owned()),
                _ => None,
            })
        };
        assert_eq!(read("  ", "x"), DeskQuery::default());
        assert_eq!(read(" mod ", "1").words.as_deref(), Some("mod"));
        assert_eq!(read("", "3").page, Some(3));
        assert_eq!(read(&"å".repeat(900), "").words.map(|text| text.chars().count()), Some(200));
    }
}
