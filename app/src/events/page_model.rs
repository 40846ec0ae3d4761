//! What the page of an event shows beyond a line in a list.

use super::model::{EventLine, Hours, Phase, SpokenLanguage};
use crate::images::model::Picture;
use crate::materials::file::MaterialFile;
use crate::signup::questions::Question;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// A page elsewhere on the site, by its slug.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub title: String,
}

/// A speaker or a contact person, as they are presented in public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// First name and last name.
    pub name: String,
    /// What they work as.
    pub role: Option<String>,
    /// Where they work.
    pub organisation: Option<String>,
    /// A few sentences.
    pub about: Option<String>,
}

/// One part of the event's programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotItem {
    /// How long it takes.
    pub minutes: i32,
    /// What happens.
    pub title: String,
}

/// A document or a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialItem {
    /// `report`, `method`, `link` …
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Where it is; not all are on the web.
    pub url: Option<String>,
    /// The heading it stands under.
    pub group: Option<String>,
    /// A sentence about it.
    pub about: Option<String>,
    /// It is promised, and not here yet.
    pub is_announced: bool,
    /// Its file, where it lies here.
    pub file: Option<MaterialFile>,
}

/// One stop on the line of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Its event's slug.
    pub slug: String,
    /// Its event's title.
    pub title: String,
    /// Its day.
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// What one can do with it.
    pub phase: Phase,
}

impl From<&EventLine> for Stop {
    fn from(line: &EventLine) -> Self {
        Self {
            slug: line.slug.clone(),
            title: line.title.clone(),
            date: line.when.first_day(),
            phase: line.phase,
        }
    }
}

/// Where a stop stands on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopState {
    /// It is over.
    Held,
    /// The next one: the baton is here.
    Next,
    /// It is still to come.
    Coming,
    /// It will not take place.
    Cancelled,
}

/// The state of each stop. Stops are in the order of time; the baton is at the first that is neither
/// over nor cancelled.
#[must_use]
pub fn stop_states(phases: impl Iterator<Item = Phase>) -> Vec<StopState> {
    let mut baton_given = false;
    phases
        .map(|phase| match phase {
            Phase::Past => StopState::Held,
            Phase::Cancelled => StopState::Cancelled,
            _ if baton_given => StopState::Coming,
            _ => {
                baton_given = true;
                StopState::Next
            }
        })
        .collect()
}

/// The languages of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// Of the talk.
    pub talk: SpokenLanguage,
    /// Of the questions after it, where it is another.
    pub dialogue: Option<SpokenLanguage>,
}

/// Everything on the page of an event, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPage {
    /// What lists show too.
    pub line: EventLine,
    /// The line under the title.
    pub subtitle: Option<String>,
    /// A few sentences, as plain text.
    pub summary: String,
    /// The same as it is shown: HTML that is safe.
    pub summary_html: String,
    /// What the organiser said when it was cancelled.
    pub cancel_word: Option<String>,
    /// `None`: free of charge.
    pub price: Option<String>,
    /// Zoom, Teams, …
    pub platform: Option<String>,
    /// The room.
    pub venue: Option<String>,
    /// Its street address.
    pub address: Option<String>,
    /// How to get there.
    pub directions: Option<String>,
    /// What is spoken.
    pub language: Language,
    /// When sign-up opens, by the clocks at its place.
    #[serde(with = "crate::wire::date_time::option")]
    pub opens: Option<DateTime>,
    /// When it closes.
    #[serde(with = "crate::wire::date_time::option")]
    pub closes: Option<DateTime>,
    /// IANA name of the zone of its clocks.
    pub time_zone: String,
    /// The same as instants.
    pub hours: Hours,
    /// It is made up, to show what Stafett does.
    pub is_demonstration: bool,
    /// Its programme.
    pub programme: Link,
    /// Its series.
    pub series: Option<Link>,
    /// All stops of the series, this one among them.
    pub stops: Vec<Stop>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// Where it has none: that of its series or programme, for those who share the page.
    pub picture_around: Option<Picture>,
    /// Who speaks.
    pub speakers: Vec<Person>,
    /// The portrait of each of them, where there is one.
    pub portraits: Vec<Option<Picture>>,
    /// What happens when.
    pub slots: Vec<SlotItem>,
    /// To read and to see.
    pub materials: Vec<MaterialItem>,
    /// Whom to ask.
    pub contact: Option<Person>,
    /// The organiser says yes or no to those who sign up.
    pub needs_approval: bool,
    /// What the organiser wants to know of them.
    pub questions: Vec<Question>,
}

impl EventPage {
    /// What those who share the page show, and search engines beside it.
    #[must_use]
    pub const fn shared_picture(&self) -> Option<&Picture> {
        if self.picture.is_some() { self.picture.as_ref() } else { self.picture_around.as_ref() }
    }
}

/// The page of an event for those who plan it. The words that only they read come along, so that participants'
/// browsers do not load them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The page.
    pub page: EventPage,
    /// That it is a preview.
    pub note: String,
    /// Leads back to the form.
    pub back: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_baton_is_at_the_first_stop_that_is_still_to_be_held() {
        use Phase::{Cancelled, Open, Past, Preliminary};
        let states = stop_states([Past, Past, Cancelled, Open, Preliminary].into_iter());
        assert_eq!(
            states,
            [
                StopState::Held,
                StopState::Held,
                StopState::Cancelled,
                StopState::Next,
                StopState::Coming
            ]
        );
        assert!(stop_states([Past].into_iter()).iter().all(|state| *state == StopState::Held));
    }
}
