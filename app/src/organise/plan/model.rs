//! What the pages of planning show, and the rules about it. Pure.

pub use super::sheet::{FIELDS, LISTS, List, MOST_ROWS, Sheet, Step, THEMES};
use crate::events::model::{State, words};
use crate::organise::planner::model::Collisions;
use serde::{Deserialize, Serialize};

/// What a material can be, as the database spells it.
pub const MATERIAL_KINDS: &[&str] = &[
    "link",
    "slides",
    "report",
    "handbook",
    "method",
    "study",
    "review",
    "thesis",
    "anthology",
    "book",
    "video",
];
/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 300;
/// The longest text in several lines.
pub const LONGEST_TEXT: usize = 8_000;
/// The longest of all other lines.
pub const LONGEST_LINE: usize = 400;
/// The longest word to those signed up.
pub const LONGEST_WORD: usize = 1_000;

words! {
    /// How the time of an event is given.
    TimeKind { Clock = "clock", AllDay = "all_day", Unknown = "unknown" }
}

words! {
    /// What is wrong with a field.
    PlanProblem {
        Missing = "missing", TooLong = "too_long", NotADate = "not_a_date", NotATime = "not_a_time",
        EndsBefore = "ends_before", LastsTooLong = "lasts_too_long", NoSuchTime = "no_such_time",
        NoSuchZone = "no_such_zone", NotSeats = "not_seats", NotAUrl = "not_a_url",
        NotMeetingUrl = "not_meeting_url", ClosesBefore = "closes_before", NotMinutes = "not_minutes",
        NoSuchMunicipality = "no_such_municipality", NoSuchOrganisation = "no_such_organisation",
        WayTaken = "way_taken", NeedsFormat = "needs_format", Twice = "twice", TooMany = "too_many",
        NotAChoice = "not_a_choice", NotACount = "not_a_count", NotAPeriod = "not_a_period",
        MixedPeriod = "mixed_period", NotASum = "not_a_sum", NotAFigure = "not_a_figure",
        SameOrganisation = "same_organisation", SameName = "same_name", OnlyForAll = "only_for_all",
        NothingLeft = "nothing_left", TitleTaken = "title_taken",
    }
}

/// A field that somebody else has changed as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Its name.
    pub field: String,
    /// What they wrote.
    pub theirs: String,
}

/// A form on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedPlan {
    /// It was sent, and this is the answer.
    pub is_there: bool,
    /// As it was filled, with what others have saved meanwhile.
    pub sheet: Sheet,
    /// The fingerprints of what it is to be laid beside next time.
    pub base: String,
    /// What is wrong, in the order of the form.
    pub problems: Vec<(String, PlanProblem)>,
    /// What both have changed.
    pub conflicts: Vec<Conflict>,
    /// The descriptions as participants will see them, Swedish and English, as safe HTML.
    pub look: Option<(String, String)>,
}

impl PostedPlan {
    /// What is wrong with a field.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<PlanProblem> {
        self.problems.iter().find(|(name, _)| name == field).map(|(_, problem)| *problem)
    }
}

/// A value and what it is called.
pub type Choice = (String, String);

/// What can be chosen in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Programmes and their series.
    pub homes: Vec<Choice>,
    /// Themes.
    pub themes: Vec<Choice>,
    /// The names of those who are presented already.
    pub presenters: Vec<String>,
    /// The names of all organisations that are known.
    pub organisations: Vec<String>,
}

/// The page of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPage {
    /// The event's slug and state; `None` for one that does not exist yet.
    pub event: Option<Planned>,
    /// The fields as they are saved.
    pub sheet: Sheet,
    /// Their fingerprints.
    pub base: String,
    /// What can be chosen.
    pub choices: Choices,
    /// Of a new one: what the form is known by, so that sent twice it makes one event.
    pub key: Option<String>,
    /// What collides with it as it is saved.
    pub collisions: Collisions,
}

/// An event that is being planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Its address.
    pub slug: String,
    /// In the reader's language.
    pub title: String,
    /// What has been decided about it.
    pub state: State,
    /// It is over.
    pub is_past: bool,
    /// It has been put away.
    pub is_archived: bool,
    /// How many have signed up and have not left.
    pub signed_up: i64,
    /// What was said to those signed up when it was cancelled.
    pub cancel_word: Option<String>,
}

/// A line in the list of what is being planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedLine {
    /// The event.
    pub event: Planned,
    /// The day it begins.
    #[serde(with = "crate::wire::date")]
    pub date: jiff::civil::Date,
    /// Its series or programme.
    pub home: String,
    /// The address of its series.
    pub series: Option<String>,
}

/// The readable part of an address, made of a title. Letters that have no place there become those nearest to them.
#[must_use]
pub fn slug_of(title: &str) -> String {
    /// Longer ones are cut between words.
    const LONGEST: usize = 60;
    let mut slug = String::new();
    for c in title.to_lowercase().chars() {
        let plain = match c {
            'å' | 'ä' | 'à' | 'á' | 'â' | 'æ' => 'a',
            'ö' | 'ø' | 'ó' | 'ô' => 'o',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'ü' | 'ú' => 'u',
            'í' => 'i',
            'ñ' => 'n',
            'ç' => 'c',
            c if c.is_ascii_alphanumeric() => c,
            _ => '-',
        };
        if plain != '-' || !(slug.is_empty() || slug.ends_with('-')) {
            slug.push(plain);
        }
    }
    if slug.len() > LONGEST {
        let cut = slug.get(..LONGEST).and_then(|start| start.rfind('-')).unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    let slug = slug.trim_matches('-');
    // "new" is an address of its own.
    if slug.is_empty() || slug == "new" { "aktivitet".to_owned() } else { slug.to_owned() }
}

/// What an organiser can decide about an event next.
#[must_use]
pub fn next_states(state: State, has_sign_ups: bool, is_past: bool) -> Vec<State> {
    if is_past {
        return Vec::new();
    }
    let mut next = match state {
        State::Draft => vec![State::Published, State::Preliminary],
        State::Preliminary => vec![State::Published, State::Draft, State::Cancelled],
        State::Published => vec![State::Cancelled, State::Draft],
        State::Cancelled => vec![State::Published],
        State::Held => Vec::new(),
    };
    // Nobody's place disappears from sight.
    next.retain(|next| *next != State::Draft || !has_sign_ups);
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_of_the_title() {
        for (title, slug) in [
            ("Fika på Öland: del 2!", "fika-pa-oland-del-2"),
            ("  ", "aktivitet"),
            ("New", "aktivitet"),
            ("日本", "aktivitet"),
        ] {
            assert_eq!(slug_of(title), slug);
        }
        let long = slug_of(&"innovation ".repeat(20));
        assert!(long.len() <= 60 && long.ends_with("innovation"), "{long}");
        assert!(slug_of(&"x".repeat(300)).len() == 60);
    }

    #[test]
    fn an_event_with_people_never_goes_out_of_sight() {
        assert!(next_states(State::Published, false, false).contains(&State::Draft));
        assert!(!next_states(State::Published, true, false).contains(&State::Draft));
        assert!(next_states(State::Published, true, true).is_empty());
    }
}
