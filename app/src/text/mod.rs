//! All that a reader sees, in Swedish and English. `words` holds the fixed texts, both languages side by
//! side; `phrases` those with figures and names in them; `dates` and `numbers` write as each language does.

mod account;
mod audit;
mod audit_columns;
mod caption_words;
mod captions;
pub mod consent;
#[cfg(feature = "ssr")]
mod data_fields;
mod data_words;
pub mod dates;
mod deed_words;
mod deeds;
mod door;
mod door_words;
mod figure_words;
mod figures;
mod finding;
mod finding_words;
mod group;
mod image_words;
mod images;
mod import_events;
mod import_files;
mod import_notes;
mod import_words;
mod imports;
mod letter_words;
mod letters;
mod list_words;
mod lists;
#[cfg(feature = "ssr")]
pub mod mail;
mod material_files;
mod material_words;
mod me_words;
mod media_jobs_words;
mod numbers;
#[cfg(feature = "ssr")]
mod offline_words;
mod organise;
mod organise_words;
mod own;
mod people;
mod people_words;
mod phrases;
mod plan;
mod plan_words;
mod planner;
mod planner_words;
mod player_words;
mod podcast_words;
mod recording_words;
mod recordings;
mod recordings_desk;
mod recordings_desk_words;
mod screen;
mod screen_words;
mod slides_words;
mod table;
mod undertaking_words;
mod undertakings;
mod unsent;
#[cfg(feature = "ssr")]
mod upload_words;
mod wishes;
mod words;

pub use caption_words::CaptionWords;
pub use data_words::DataWords;
pub use deed_words::DeedWords;
pub use door_words::DoorWords;
pub use figure_words::FigureWords;
pub use finding_words::FindingWords;
pub use image_words::ImageWords;
pub use import_words::ImportWords;
pub use letter_words::LetterWords;
pub use list_words::ListWords;
pub use material_words::MaterialWords;
pub use me_words::MeWords;
pub use media_jobs_words::MediaJobsWords;
pub use numbers::number;
#[cfg(feature = "ssr")]
pub use offline_words::OfflineWords;
pub use organise_words::OrganiseWords;
pub use people_words::PeopleWords;
pub use plan_words::PlanWords;
pub use planner_words::PlannerWords;
pub use player_words::PlayerWords;
pub use podcast_words::PodcastWords;
pub use recording_words::RecordingWords;
pub use recordings_desk_words::RecordingsDeskWords;
pub use screen_words::ScreenWords;
pub use slides_words::SlidesWords;
pub use undertaking_words::UndertakingWords;
#[cfg(feature = "ssr")]
pub use upload_words::UploadWords;
pub use words::Words;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// Swedish, whose addresses have no prefix.
    #[default]
    #[serde(rename = "sv")]
    Sv,
    /// English, under `/en`.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// The language of an address.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        if path == "/en" || path.starts_with("/en/") { Self::En } else { Self::Sv }
    }

    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// The language with this tag.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        match tag {
            "sv" => Some(Self::Sv),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Sv => Self::En,
            Self::En => Self::Sv,
        }
    }

    /// The fixed texts.
    #[must_use]
    pub const fn words(self) -> &'static Words {
        match self {
            Self::Sv => &Words::SV,
            Self::En => &Words::EN,
        }
    }

    /// The fixed texts of the organiser's side.
    #[must_use]
    pub const fn organise_words(self) -> &'static OrganiseWords {
        match self {
            Self::Sv => &OrganiseWords::SV,
            Self::En => &OrganiseWords::EN,
        }
    }

    /// The address in this language of a page whose Swedish address is `path`.
    #[must_use]
    pub fn href(self, path: &str) -> String {
        match self {
            Self::Sv => path.to_owned(),
            Self::En if path == "/" => "/en".to_owned(),
            Self::En => format!("/en{path}"),
        }
    }

    /// The Swedish address of the page at `path`. It begins with one slash: what begins with two is the address of
    /// another site (RFC 3986 §4.2), and a link to it would lead there.
    #[must_use]
    pub fn bare_path(path: &str) -> &str {
        let bare = match path.strip_prefix("/en") {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => path,
        };
        let slashes = bare.bytes().take_while(|byte| *byte == b'/').count();
        bare.get(slashes.saturating_sub(1)..).unwrap_or(bare)
    }
}

/// The language of the page that is being shown.
#[must_use]
pub fn use_lang() -> Lang {
    use_context::<Memo<Lang>>().map(|lang| lang.get_untracked()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_leads_to_another_site() {
        for path in ["//evil.example/x", "/en//evil.example/x", "/en///evil.example/x"] {
            assert_eq!(Lang::bare_path(path), "/evil.example/x");
        }
        assert_eq!(Lang::bare_path("/en//"), "/");
    }

    #[test]
    fn addresses_go_to_and_fro() {
        for path in ["/", "/calendar", "/events/endast"] {
            assert_eq!(Lang::bare_path(&Lang::En.href(path)), path);
            assert_eq!(Lang::of_path(&Lang::En.href(path)), Lang::En);
            assert_eq!(Lang::of_path(&Lang::Sv.href(path)), Lang::Sv);
        }
        assert_eq!(Lang::of_path("/endast"), Lang::Sv);
        assert_eq!(Lang::bare_path("/endast"), "/endast");
    }
}
