//! What there is to be done with a file, and how it stands. Pure.

use crate::events::model::words;
use crate::recordings::model::Role;
use serde::{Deserialize, Serialize};

words! {
    /// What is to be done with a file.
    JobKind {
        /// Finding out what it is and how long, and how loud.
        Measure = "measure",
        /// The picture before it is played.
        Poster = "poster",
        /// A film that every browser plays, with even loudness.
        Video = "video",
        /// The sound alone, small.
        Audio = "audio",
        /// The sound alone, for what does not play that.
        Portable = "portable",
        /// The small pictures of the seek bar.
        Sprite = "sprite",
        /// The pages of the slides as pictures.
        Slides = "slides",
        /// Captions by the installation's own command.
        Speech = "speech",
    }
}

words! {
    /// How a job stands.
    JobState {
        /// Nobody has taken it yet.
        Waiting = "waiting",
        /// Somebody is at it.
        Running = "running",
        /// It is done.
        Done = "done",
        /// It could not be done.
        Failed = "failed",
        /// Somebody did not want it done.
        Cancelled = "cancelled",
    }
}

words! {
    /// Why a job could not be done, or had nothing to do.
    Why {
        /// The file as it is plays everywhere already.
        AsItIs = "as_it_is",
        /// Somebody has put another one there.
        KeptOther = "kept_other",
        /// The file is not in the store.
        Gone = "gone",
        /// What is in it cannot be read.
        Unreadable = "unreadable",
        /// The server may not read or write its own files; that is not the file's fault.
        NotLet = "not_let",
        /// There is neither picture nor sound in it.
        Empty = "empty",
        /// There is no sound in it.
        NoSound = "no_sound",
        /// The picture has more pixels than are decoded.
        TooLarge = "too_large",
        /// What came of it was larger than it may be.
        Swollen = "swollen",
        /// It took longer than it may.
        TooLong = "too_long",
        /// It wanted more memory than it may have.
        Memory = "memory",
        /// The disk is full.
        Full = "full",
        /// It is locked by a password.
        Locked = "locked",
        /// The server ended several times while it was at it.
        Interrupted = "interrupted",
        /// The command for speech recognition failed.
        Speech = "speech",
        /// What the command wrote is no WebVTT.
        NotCaptions = "not_captions",
        /// It ends before it should.
        CutOff = "cut_off",
        /// A tool that it takes is not on the server.
        NoTool = "no_tool",
        /// Something that nobody thought of; the log says more.
        Unknown = "unknown",
    }
}

words! {
    /// A program that jobs take.
    Tool { Ffmpeg = "ffmpeg", Poppler = "poppler-utils", Limits = "util-linux" }
}

words! {
    /// What an organiser wants of jobs.
    Deed {
        /// Do this one again.
        Again = "again",
        /// Do not do this one.
        Cancel = "cancel",
        /// Make everything of all files anew.
        All = "all",
    }
}

impl JobState {
    /// It is still to come to an end.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

impl JobKind {
    /// What is to be done with a file as soon as it has come. What follows from what is in it comes after the measuring.
    #[must_use]
    pub const fn first_of(role: Role) -> Option<Self> {
        match role {
            Role::Original | Role::Audio | Role::Described | Role::Signed => Some(Self::Measure),
            Role::Slides => Some(Self::Slides),
            Role::Video | Role::Portable | Role::Poster | Role::Sprite => None,
        }
    }

    /// What is to be made of an original in which this was found, in the order in which people miss it.
    #[must_use]
    pub fn after(facts: &Facts, has_speech: bool) -> Vec<Self> {
        let (picture, sound) = (facts.picture.is_some(), facts.sound.is_some());
        let wanted = [
            (Self::Poster, picture),
            (Self::Video, picture),
            (Self::Audio, sound),
            (Self::Portable, sound),
            (Self::Sprite, picture),
            (Self::Speech, sound && has_speech),
        ];
        wanted.into_iter().filter(|(_, is_wanted)| *is_wanted).map(|(kind, _)| kind).collect()
    }

    /// The tools that it takes.
    #[must_use]
    pub const fn takes(self) -> &'static [Tool] {
        match self {
            Self::Slides => &[Tool::Limits, Tool::Poppler],
            _ => &[Tool::Limits, Tool::Ffmpeg],
        }
    }
}

/// What was found in a film or a sound.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// How long it is, in milliseconds; 0 if that could not be found out.
    pub duration_ms: i32,
    /// Its picture that moves.
    pub picture: Option<Picture>,
    /// Its sound.
    pub sound: Option<Sound>,
    /// The index stands before what it is of, so that it plays while it comes.
    pub is_indexed: bool,
}

/// A picture that moves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Picture {
    /// As ffmpeg calls its codec.
    pub codec: String,
    /// How its points are written.
    pub format: String,
    /// In points, as it is shown: turned the right way.
    pub width: i32,
    /// The same.
    pub height: i32,
}

/// Sound.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sound {
    /// As ffmpeg calls its codec.
    pub codec: String,
    /// How many channels.
    pub channels: i32,
    /// How loud it was found to be; nothing for silence.
    pub loudness: Option<Loudness>,
}

/// How loud a sound is, as EBU R 128 measures it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Loudness {
    /// Of the whole, in LUFS.
    pub integrated: f64,
    /// The highest peak between samples, in dBTP.
    pub peak: f64,
    /// How much it varies, in LU.
    pub range: f64,
    /// Below this it was not counted, in LUFS.
    pub threshold: f64,
    /// What a gain would still miss of the target, in LU.
    pub offset: f64,
}

/// How loud recordings are made, in LUFS. EBU R 128 says −23, for broadcasting; recordings are listened to on telephones
/// and laptops, in trains, and beside what else is on the web, which lies at −16 (AES TD1008 for speech).
pub const TARGET_LUFS: f64 = -16.0;
/// Closer than this to the target nobody hears the difference, in LU.
const CLOSE_LU: f64 = 1.0;
/// The largest picture that is served, in points.
pub const LARGEST: (i32, i32) = (1280, 720);
/// The most points of a picture that is decoded at all: 8K.
pub const MOST_PIXELS: i64 = 36_000_000;

impl Loudness {
    /// It need not be evened.
    #[must_use]
    pub fn is_even(&self) -> bool {
        (self.integrated - TARGET_LUFS).abs() <= CLOSE_LU
    }
}

impl Facts {
    /// The picture may stay as it is: every browser shows it, and it is not larger than it need be.
    #[must_use]
    pub fn keeps_picture(&self) -> bool {
        self.picture.as_ref().is_some_and(|picture| {
            picture.codec == "h264"
                && matches!(picture.format.as_str(), "yuv420p" | "yuvj420p")
                && picture.width <= LARGEST.0
                && picture.height <= LARGEST.1
        })
    }

    /// It is nothing but a sound that everything plays, and it begins to while it comes.
    #[must_use]
    pub fn is_portable(&self) -> bool {
        let plays = self.sound.as_ref().is_some_and(|sound| {
            let is_even = sound.loudness.as_ref().is_none_or(Loudness::is_even);
            is_even && (sound.codec == "mp3" || sound.codec == "aac" && self.is_indexed)
        });
        plays && self.picture.is_none()
    }

    /// The sound may: every browser plays it, and it is even, or there is none.
    #[must_use]
    pub fn keeps_sound(&self) -> bool {
        self.sound.as_ref().is_none_or(|sound| {
            sound.codec == "aac" && sound.loudness.as_ref().is_none_or(Loudness::is_even)
        })
    }
}

/// The small pictures of a recording of some length: ten in a row, each [`TILE`] large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tiles {
    /// Milliseconds from one to the next.
    pub each_ms: i32,
    /// How many there are.
    pub count: i32,
}

/// Width and height of one of them, in points.
pub const TILE: (i32, i32) = (160, 90);
/// So many stand in a row.
pub const IN_ROW: i32 = 10;
const MOST_TILES: i32 = 100;

impl Tiles {
    /// The tiles of a recording of this length: a hundred, or one each second of a short one.
    #[must_use]
    pub fn of(duration_ms: i32) -> Self {
        let duration_ms = duration_ms.max(1);
        // Whole seconds: that is what one points at.
        let seconds = (duration_ms.saturating_sub(1) / (MOST_TILES * 1_000)) + 1;
        let each_ms = seconds.saturating_mul(1_000);
        Self { each_ms, count: ((duration_ms - 1) / each_ms + 1).clamp(1, MOST_TILES) }
    }

    /// How many rows they fill.
    #[must_use]
    pub const fn rows(self) -> i32 {
        (self.count - 1) / IN_ROW + 1
    }

    /// Where the one for a moment stands in the picture of them all, from the left and from above, in points.
    #[must_use]
    pub fn place(self, at_ms: i32) -> (i32, i32) {
        let number = (at_ms.max(0) / self.each_ms.max(1)).min(self.count - 1).max(0);
        (number % IN_ROW * TILE.0, number / IN_ROW * TILE.1)
    }
}

/// A job as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLine {
    /// Its number.
    pub id: i64,
    /// Of which file.
    pub role: Role,
    /// What is done.
    pub kind: JobKind,
    /// How it stands.
    pub state: JobState,
    /// How much of it is done, in hundredths.
    pub progress: i32,
    /// Why it failed, or had nothing to do.
    pub why: Option<Why>,
    /// When it began or ended (seconds since 1970 UTC).
    pub at: Option<i64>,
}

/// What is made of a recording's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobsPage {
    /// The last part of the recording's address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// There is a file that something can be made of.
    pub has_files: bool,
    /// In the order in which they are done.
    pub jobs: Vec<JobLine>,
    /// What this server lacks of what they take.
    pub missing: Vec<Tool>,
}

impl JobsPage {
    /// Something is still to come: it is worth looking again.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        self.jobs.iter().any(|job| job.state == JobState::Running || self.will_run(job))
    }

    /// It waits, and there is all that it takes.
    fn will_run(&self, job: &JobLine) -> bool {
        job.state == JobState::Waiting
            && !job.kind.takes().iter().any(|tool| self.missing.contains(tool))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film() -> Facts {
        let loudness = Loudness { integrated: -16.4, ..Loudness::default() };
        Facts {
            duration_ms: 60_000,
            picture: Some(Picture {
                codec: "h264".into(),
                format: "yuv420p".into(),
                width: 1280,
                height: 720,
            }),
            sound: Some(Sound { codec: "aac".into(), channels: 2, loudness: Some(loudness) }),
            is_indexed: true,
        }
    }

    #[test]
    fn what_plays_everywhere_stays_as_it_is() {
        assert!(film().keeps_picture() && film().keeps_sound());
        let change = |change: fn(&mut Picture)| {
            let mut facts = film();
            change(facts.picture.as_mut().unwrap());
            facts.keeps_picture()
        };
        assert!(!change(|picture| picture.codec = "hevc".into()));
        assert!(!change(|picture| picture.format = "yuv422p10le".into()));
        assert!(!change(|picture| picture.height = 1080));
        assert!(!change(|picture| picture.width = 1920));
        let loud = |integrated| {
            let mut facts = film();
            let sound = facts.sound.as_mut().unwrap();
            sound.loudness = Some(Loudness { integrated, ..Loudness::default() });
            facts.keeps_sound()
        };
        assert!(loud(-15.0) && loud(-17.0));
        assert!(!loud(-23.0) && !loud(-10.0));
        // Silence cannot be evened, and where there is no sound there is none to be changed.
        let mut facts = film();
        facts.sound.as_mut().unwrap().loudness = None;
        assert!(facts.keeps_sound());
        facts.sound.as_mut().unwrap().codec = "opus".into();
        assert!(!facts.keeps_sound());
        facts.sound = None;
        assert!(facts.keeps_sound());
        // Of what everything plays already nothing more is made.
        let sound = Facts { picture: None, ..film() };
        assert!(sound.is_portable() && !film().is_portable());
        assert!(!Facts { is_indexed: false, ..sound.clone() }.is_portable());
        let of = |codec: &str, integrated| {
            let mut facts = Facts { is_indexed: false, ..sound.clone() };
            let sound = facts.sound.as_mut().unwrap();
            sound.codec = codec.into();
            sound.loudness = Some(Loudness { integrated, ..Loudness::default() });
            facts.is_portable()
        };
        assert!(of("mp3", -16.0) && !of("mp3", -30.0) && !of("opus", -16.0));
    }

    #[test]
    fn what_is_made_follows_from_what_there_is() {
        use JobKind::{Audio, Portable, Poster, Speech, Sprite, Video};
        assert_eq!(JobKind::after(&film(), false), [Poster, Video, Audio, Portable, Sprite]);
        assert_eq!(JobKind::after(&film(), true), [Poster, Video, Audio, Portable, Sprite, Speech]);
        let silent = Facts { sound: None, ..film() };
        assert_eq!(JobKind::after(&silent, true), [Poster, Video, Sprite]);
        let heard = Facts { picture: None, ..film() };
        assert_eq!(JobKind::after(&heard, true), [Audio, Portable, Speech]);
        assert_eq!(JobKind::first_of(Role::Slides), Some(JobKind::Slides));
        assert_eq!(JobKind::first_of(Role::Poster), None);
    }

    #[test]
    fn tiles_cover_all_of_a_recording() {
        for (duration, each, count, rows) in [
            (1, 1_000, 1, 1),
            (1_000, 1_000, 1, 1),
            (1_001, 1_000, 2, 1),
            (11_500, 1_000, 12, 2),
            (100_000, 1_000, 100, 10),
            (100_001, 2_000, 51, 6),
            (2_700_000, 27_000, 100, 10),
            (i32::MAX, 21_475_000, 100, 10),
            (-5, 1_000, 1, 1),
        ] {
            let tiles = Tiles::of(duration);
            assert_eq!(
                (tiles.each_ms, tiles.count, tiles.rows()),
                (each, count, rows),
                "{duration}"
            );
        }
        let tiles = Tiles::of(45 * 60_000);
        assert_eq!(tiles.place(0), (0, 0));
        assert_eq!(tiles.place(26_999), (0, 0));
        assert_eq!(tiles.place(27_000), (160, 0));
        assert_eq!(tiles.place(270_000), (0, 90));
        assert_eq!(tiles.place(i32::MAX), (9 * 160, 9 * 90));
        assert_eq!(tiles.place(-1), (0, 0));
    }

    #[test]
    fn what_lacks_its_tool_is_not_waited_for() {
        let job = |kind, state| JobLine {
            id: 1,
            role: Role::Original,
            kind,
            state,
            progress: 0,
            why: None,
            at: None,
        };
        let page = |jobs, missing| JobsPage {
            slug: "r".into(),
            title: "R".into(),
            has_files: true,
            jobs,
            missing,
        };
        let waits = job(JobKind::Measure, JobState::Waiting);
        assert!(page(vec![waits.clone()], vec![Tool::Poppler]).is_moving());
        assert!(!page(vec![waits], vec![Tool::Ffmpeg]).is_moving());
        let runs = job(JobKind::Video, JobState::Running);
        // On another server, which has it.
        assert!(page(vec![runs], vec![Tool::Ffmpeg]).is_moving());
        assert!(!page(vec![job(JobKind::Video, JobState::Failed)], vec![]).is_moving());
    }
}
