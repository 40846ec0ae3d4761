//! What ffmpeg is told whatever it is to do.

use super::sandbox::{Limits, Order, READ, Said, Sandbox, Stop};
use app::recordings::jobs::model::{Facts, Loudness, MOST_PIXELS, TARGET_LUFS, Why};
use std::ffi::OsString;
use std::fs::File;
use std::path::Path;
use std::time::Duration;

/// What a film or a sound of a length nobody knows is reckoned as, in seconds.
const UNKNOWN: u64 = 4 * 3_600;
const GIB: u64 = 1 << 30;

/// A file that is to be read.
#[derive(Debug)]
pub struct Source {
    /// It itself.
    pub file: File,
    /// The reader that it was found to be for when it came. No other is tried: lists of other files are none of them.
    pub format: &'static str,
}

impl Source {
    /// The file under a key; nothing for what is neither film nor sound.
    pub fn new(file: File, key: &str) -> Option<Self> {
        let (_, ending) = key.rsplit_once('.')?;
        let format = match ending {
            "mp4" | "m4v" | "m4a" | "mov" => "mov",
            "webm" | "weba" | "mkv" | "mka" => "matroska",
            "mp3" => "mp3",
            "ogg" | "ogv" | "opus" => "ogg",
            "wav" => "wav",
            _ => return None,
        };
        Some(Self { file, format })
    }

    /// How it is opened: as the file that was handed over, and nothing that it names is.
    pub fn input(&self) -> Vec<OsString> {
        let mut input: Vec<OsString> =
            ["-protocol_whitelist", "file,pipe", "-f", self.format].map(OsString::from).into();
        input.extend(["-max_pixels".into(), MOST_PIXELS.to_string().into()]);
        input.extend(["-threads".into(), "2".into(), "-i".into()]);
        input.push(format!("file:{READ}").into());
        input
    }
}

/// What may be taken for something that takes so many times the length of what it is made of, and some minutes.
pub fn limits(facts: &Facts, minutes: u64, times: u64) -> Limits {
    let length = match u64::try_from(facts.duration_ms) {
        Ok(length) if length > 0 => length.div_ceil(1_000),
        _ => UNKNOWN,
    };
    let wall = Duration::from_secs(minutes * 60 + length * times);
    Limits {
        wall,
        // Two threads for reading and two for writing.
        cpu: wall * 4,
        memory: 4 * GIB,
        // A megabyte for each second is several times what we ask for.
        file: (256 << 20) + (length << 20),
        said: 4 << 20,
    }
}

/// The part of a job's progress that one run of ffmpeg is.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// Where it begins, in hundredths.
    pub from: i32,
    /// And ends.
    pub to: i32,
}

impl Share {
    /// How far the job has come when the run has come to this time.
    fn at(self, out_us: i64, duration_ms: i32) -> i32 {
        let whole = i64::from(duration_ms.max(1)) * 1_000;
        let part = out_us.clamp(0, whole) * i64::from(self.to - self.from) / whole;
        self.from + i32::try_from(part).unwrap_or_default()
    }
}

/// Runs ffmpeg, and tells how far it comes. `arguments` come after what is true of all runs.
pub fn run(
    sandbox: &Sandbox,
    limits: &Limits,
    source: &Source,
    facts: &Facts,
    share: Share,
    arguments: Vec<OsString>,
) -> Result<Said, Stop> {
    let mut all: Vec<OsString> =
        ["-nostdin", "-hide_banner", "-y", "-nostats", "-progress", "pipe:1", "-v"]
            .map(OsString::from)
            .into();
    all.extend(arguments);
    let reads = Some(&source.file);
    let order = Order { program: "ffmpeg", arguments: all, reads, has_network: false };
    sandbox.run(&order, limits, |line| {
        let at = line.strip_prefix("out_time_us=").and_then(|us| us.parse().ok());
        if let Some(us) = at {
            sandbox.watch.at(share.at(us, facts.duration_ms));
        }
    })
}

/// `["-a", "b"]` as a program takes them.
pub fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(OsString::from).collect()
}

/// How far a run had come when it ended, in milliseconds.
pub fn came_to(said: &Said) -> i32 {
    let out = String::from_utf8_lossy(&said.out);
    let times = out.lines().filter_map(|line| line.strip_prefix("out_time_us="));
    let last = times.filter_map(|us| us.parse::<i64>().ok()).next_back().unwrap_or_default();
    i32::try_from(last / 1_000).unwrap_or(i32::MAX)
}

/// The filter that brings a sound of this loudness to [`TARGET_LUFS`]: one gain for all of it where no peak is cut by
/// that, and otherwise one that follows it.
pub fn evening(loudness: &Loudness) -> String {
    format!(
        "loudnorm=I={TARGET_LUFS}:TP=-1.5:LRA=11:measured_I={}:measured_TP={}:measured_LRA={}:measured_thresh={}:offset={}:linear=true",
        loudness.integrated, loudness.peak, loudness.range, loudness.threshold, loudness.offset,
    )
}

/// The file that was made, and how long it is in bytes.
pub fn made(path: &Path) -> Result<u64, Stop> {
    match std::fs::metadata(path) {
        Ok(file) if file.len() > 0 => Ok(file.len()),
        _ => Err(Stop::Failed(Why::Unreadable)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_what_it_was_found_to_be() {
        let file = || tempfile::tempfile().unwrap();
        let of = |key| Source::new(file(), key).map(|source| source.format);
        assert_eq!(of("0123456789abcdef.mp4"), Some("mov"));
        assert_eq!(of("0123456789abcdef.webm"), Some("matroska"));
        assert_eq!(of("0123456789abcdef.m3u8"), None);
        assert_eq!(of("0123456789abcdef.pdf"), None);
        assert_eq!(of("x"), None);
        let input = Source::new(file(), "x.mp4").unwrap().input();
        assert_eq!(input.last().unwrap(), "file:/proc/self/fd/0");
    }

    #[test]
    fn progress_stays_within_its_share() {
        let share = Share { from: 10, to: 90 };
        assert_eq!(share.at(-5, 1_000), 10);
        assert_eq!(share.at(500_000, 1_000), 50);
        assert_eq!(share.at(9_000_000, 1_000), 90);
        assert_eq!(share.at(5, 0), 10);
    }

    #[test]
    fn longer_films_may_take_longer() {
        let of = |duration_ms| limits(&Facts { duration_ms, ..Facts::default() }, 10, 2);
        assert_eq!(of(60_000).wall, Duration::from_secs(720));
        assert!(of(60_000).cpu > of(60_000).wall);
        assert_eq!(of(0), of(4 * 3_600_000), "one of unknown length");
        assert!(of(3_600_000).file > of(60_000).file);
    }

    #[test]
    fn where_a_run_ended_is_its_last_time() {
        let out =
            b"out_time_us=1\nprogress=continue\nout_time_us=11500000\nprogress=end\n".to_vec();
        assert_eq!(came_to(&Said { out, complaints: String::new() }), 11_500);
        let out = b"out_time_us=N/A\n".to_vec();
        assert_eq!(came_to(&Said { out, complaints: String::new() }), 0);
    }
}
