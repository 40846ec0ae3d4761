//! A table of fixed texts, both languages side by side: a text that lacks one does not compile.

macro_rules! table {
    ($(#[$doc:meta])* $table:ident; $($name:ident: $sv:literal, $en:literal;)+) => {
        $(#[$doc])*
        #[expect(missing_docs, reason = "each text is its own documentation")]
        pub struct $table { $(pub $name: &'static str),+ }
        impl $table {
            pub(super) const SV: Self = Self { $($name: $sv),+ };
            pub(super) const EN: Self = Self { $($name: $en),+ };
            #[cfg(test)]
            pub(super) const PAIRS: &[(&str, &str, &str)] = &[$((stringify!($name), $sv, $en)),+];
        }
    };
}
pub(super) use table;

#[cfg(test)]
mod tests {
    use crate::text::{
        CaptionWords, DataWords, DeedWords, DoorWords, FigureWords, FindingWords, ImageWords,
        ImportWords, LetterWords, ListWords, MaterialWords, MeWords, MediaJobsWords, OrganiseWords,
        PeopleWords, PlanWords, PlannerWords, PlayerWords, PodcastWords, RecordingWords,
        RecordingsDeskWords, ScreenWords, SlidesWords, UndertakingWords, Words,
    };

    /// Said by the server alone.
    #[cfg(feature = "ssr")]
    const UPLOADS: &[(&str, &str, &str)] = crate::text::UploadWords::PAIRS;
    #[cfg(not(feature = "ssr"))]
    const UPLOADS: &[(&str, &str, &str)] = &[];

    #[cfg(feature = "ssr")]
    const OFFLINE: &[(&str, &str, &str)] = crate::text::OfflineWords::PAIRS;
    #[cfg(not(feature = "ssr"))]
    const OFFLINE: &[(&str, &str, &str)] = &[];

    #[test]
    fn every_text_is_there_in_both_languages() {
        for (name, sv, en) in Words::PAIRS
            .iter()
            .chain(OrganiseWords::PAIRS)
            .chain(PeopleWords::PAIRS)
            .chain(PlanWords::PAIRS)
            .chain(DeedWords::PAIRS)
            .chain(DataWords::PAIRS)
            .chain(PlannerWords::PAIRS)
            .chain(UndertakingWords::PAIRS)
            .chain(ImageWords::PAIRS)
            .chain(MaterialWords::PAIRS)
            .chain(MeWords::PAIRS)
            .chain(DoorWords::PAIRS)
            .chain(FigureWords::PAIRS)
            .chain(FindingWords::PAIRS)
            .chain(ListWords::PAIRS)
            .chain(LetterWords::PAIRS)
            .chain(ScreenWords::PAIRS)
            .chain(SlidesWords::PAIRS)
            .chain(ImportWords::PAIRS)
            .chain(UPLOADS)
            .chain(OFFLINE)
            .chain(CaptionWords::PAIRS)
            .chain(PodcastWords::PAIRS)
            .chain(RecordingWords::PAIRS)
            .chain(PlayerWords::PAIRS)
            .chain(RecordingsDeskWords::PAIRS)
            .chain(MediaJobsWords::PAIRS)
        {
            assert!(!sv.trim().is_empty() && !en.trim().is_empty(), "{name}");
            let ends = |text: &str| text.ends_with(['.', '?', ':']);
            assert_eq!(ends(sv), ends(en), "{name} ends differently");
        }
    }
}
