//! What is said of recordings with figures in it, and the words for the members of their enums.

use super::{Lang, PlayerWords, PodcastWords, RecordingWords, number};
use crate::recordings::model::Role;
use crate::recordings::query::{Dimension, Length};
use crate::recordings::said::clock;
use crate::recordings::watching::model::Progress;

impl Lang {
    /// The fixed texts about recordings.
    #[must_use]
    pub const fn recording_words(self) -> &'static RecordingWords {
        match self {
            Self::Sv => &RecordingWords::SV,
            Self::En => &RecordingWords::EN,
        }
    }

    /// The fixed texts of the player.
    #[must_use]
    pub const fn player_words(self) -> &'static PlayerWords {
        match self {
            Self::Sv => &PlayerWords::SV,
            Self::En => &PlayerWords::EN,
        }
    }

    /// The fixed texts of following the recordings as a podcast.
    #[must_use]
    pub const fn podcast_words(self) -> &'static PodcastWords {
        match self {
            Self::Sv => &PodcastWords::SV,
            Self::En => &PodcastWords::EN,
        }
    }

    /// What recordings are filtered by.
    #[must_use]
    pub const fn recording_dimension(self, dimension: Dimension) -> &'static str {
        let words = self.recording_words();
        match dimension {
            Dimension::Theme => words.by_theme,
            Dimension::Programme => words.by_programme,
            Dimension::Series => words.by_series,
            Dimension::Year => words.by_year,
            Dimension::Length => words.by_length,
            Dimension::Language => words.by_language,
            Dimension::Municipality => words.by_municipality,
            Dimension::Speaker => words.by_speaker,
        }
    }

    /// The word for a choice whose key has one.
    #[must_use]
    pub fn recording_choice(self, dimension: Dimension, key: &str) -> Option<&'static str> {
        let words = self.recording_words();
        match dimension {
            Dimension::Language => Self::parse(key).map(|language| self.name_of(language)),
            Dimension::Length => Length::parse(key).map(|length| match length {
                Length::Short => words.short,
                Length::Medium => words.medium,
                Length::Long => words.long,
            }),
            _ => None,
        }
    }

    /// `Svenska`
    #[must_use]
    pub const fn name_of(self, language: Self) -> &'static str {
        match language {
            Self::Sv => self.pick("Svenska", "Swedish"),
            Self::En => self.pick("Engelska", "English"),
        }
    }

    /// `11 inspelningar`
    #[must_use]
    pub fn recordings(self, count: u32) -> String {
        let figure = number(self, count.into());
        match (self, count) {
            (Self::Sv, 1) => "1 inspelning".into(),
            (Self::Sv, _) => format!("{figure} inspelningar"),
            (Self::En, 1) => "1 recording".into(),
            (Self::En, _) => format!("{figure} recordings"),
        }
    }

    /// `Sida 2 av 9`
    #[must_use]
    pub fn library_page(self, page: u32, pages: u32) -> String {
        let (page, pages) = (number(self, page.into()), number(self, pages.into()));
        match self {
            Self::Sv => format!("Sida {page} av {pages}"),
            Self::En => format!("Page {page} of {pages}"),
        }
    }

    /// `1 minut 12 sekunder`, as it is read aloud.
    #[must_use]
    pub fn time_aloud(self, ms: i32) -> String {
        let seconds = ms.max(0) / 1_000;
        let unit = |count: i32, sv: [&str; 2], en: [&str; 2]| {
            let word = self.pick(sv, en)[usize::from(count != 1)];
            format!("{count} {word}")
        };
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        let mut parts = Vec::new();
        if hours > 0 {
            parts.push(unit(hours, ["timme", "timmar"], ["hour", "hours"]));
        }
        if minutes > 0 {
            parts.push(unit(minutes, ["minut", "minuter"], ["minute", "minutes"]));
        }
        if seconds > 0 || parts.is_empty() {
            parts.push(unit(seconds, ["sekund", "sekunder"], ["second", "seconds"]));
        }
        parts.join(" ")
    }

    /// `1 minut 12 sekunder av 9 minuter`
    #[must_use]
    pub fn time_of(self, at_ms: i32, whole_ms: i32) -> String {
        let (at, whole) = (self.time_aloud(at_ms), self.time_aloud(whole_ms));
        match self {
            Self::Sv => format!("{at} av {whole}"),
            Self::En => format!("{at} of {whole}"),
        }
    }

    /// How long something is, in words: `45 minuter`, `1 timme 20 minuter`, `50 sekunder`; to the minute from one minute on.
    #[must_use]
    pub fn length(self, ms: i32) -> String {
        let seconds = ms.max(0).saturating_add(500) / 1_000;
        let rounded = if seconds < 60 { seconds } else { (seconds + 30) / 60 * 60 };
        self.time_aloud(rounded.saturating_mul(1_000))
    }

    /// How far one has come: `80 % sett`; nothing where there is nothing to tell.
    #[must_use]
    pub fn progress(self, progress: Progress) -> Option<String> {
        if progress.is_done {
            return Some(self.recording_words().seen.to_owned());
        }
        let percent = progress.percent?;
        Some(match self {
            Self::Sv => format!("{percent} % sett"),
            Self::En => format!("{percent}% watched"),
        })
    }

    /// Why there are no captions, and when they come.
    #[must_use]
    pub fn uncaptioned(self, reason: &str, by: jiff::civil::Date) -> String {
        let day = super::dates::date(self, by);
        match self {
            Self::Sv => format!("Undertexter saknas än: {reason} De kommer senast {day}."),
            Self::En => format!("There are no captions yet: {reason} They come by {day}."),
        }
    }

    /// A way of having a recording.
    #[must_use]
    pub const fn version(self, role: Role) -> &'static str {
        let words = self.player_words();
        match role {
            Role::Audio | Role::Portable => words.version_audio,
            Role::Described => words.version_described,
            Role::Signed => words.version_signed,
            _ => words.version_video,
        }
    }

    /// `Bild 3`
    #[must_use]
    pub fn slide(self, page: i32) -> String {
        format!("{} {page}", self.pick("Bild", "Slide"))
    }

    /// `1,5 gånger`, as it is read aloud; the speed comes in hundredths.
    #[must_use]
    pub fn speed(self, hundredths: i32) -> String {
        let fraction = match hundredths % 100 {
            0 => String::new(),
            part if part % 10 == 0 => format!("{}{}", self.pick(',', '.'), part / 10),
            part => format!("{}{part:02}", self.pick(',', '.')),
        };
        format!("{}{fraction}×", hundredths / 100)
    }

    /// `Spela kapitlet Inledning, 1:20`
    #[must_use]
    pub fn chapter_at(self, title: &str, at_ms: i32) -> String {
        format!("{title}, {}", clock(at_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_aloud() {
        assert_eq!(Lang::Sv.time_of(72_000, 540_000), "1 minut 12 sekunder av 9 minuter");
        assert_eq!(Lang::En.time_of(1_000, 3_661_000), "1 second of 1 hour 1 minute 1 second");
        assert_eq!(Lang::Sv.time_aloud(0), "0 sekunder");
        assert_eq!(Lang::Sv.time_aloud(7_200_000), "2 timmar");
        assert_eq!(Lang::En.time_aloud(-5), "0 seconds");
    }

    #[test]
    fn lengths_are_short() {
        assert_eq!(Lang::Sv.length(2_700_000), "45 minuter");
        assert_eq!(Lang::Sv.length(4_800_000), "1 timme 20 minuter");
        assert_eq!(Lang::En.length(7_200_000), "2 hours");
        assert_eq!(Lang::En.length(49_600), "50 seconds");
        assert_eq!(Lang::Sv.length(89_000), "1 minut");
        assert_eq!(Lang::Sv.length(i32::MAX), "596 timmar 31 minuter");
    }

    #[test]
    fn speeds_are_written_as_each_language_does() {
        assert_eq!(Lang::Sv.speed(100), "1×");
        assert_eq!(Lang::Sv.speed(150), "1,5×");
        assert_eq!(Lang::En.speed(75), "0.75×");
        assert_eq!(Lang::En.speed(125), "1.25×");
    }

    #[test]
    fn how_far_one_has_come() {
        let of = |at, watched| Lang::Sv.progress(Progress::of(at, Some(watched), Some(60_000)));
        assert_eq!(of(30_000, 48_000).as_deref(), Some("80 % sett"));
        assert_eq!(of(60_000, 60_000).as_deref(), Some("Sedd"));
        assert_eq!(Lang::En.progress(Progress::of(5, None, None)), None);
    }
}
