//! What browsers play: the film, and the sound alone.

use super::ffmpeg::{self, Share, Source, evening, limits, made, words};
use super::measure::probe;
use super::sandbox::{Sandbox, Stop};
use super::{Came, New};
use app::recordings::jobs::model::{Facts, LARGEST, Why};
use app::recordings::model::Role;
use std::ffi::OsString;
use std::fs::File;

/// More than this a film need not take, in bits each second: what is larger is made anew though its size is right.
const MOST_RATE: u64 = 4_000_000;
/// A film that was made may be so much shorter than what it is of, in milliseconds, beside a fiftieth of it.
const SHORTER: i32 = 2_000;

/// Square points, no more of them than [`LARGEST`], and never more than there were.
pub fn scaled() -> String {
    let (width, height) = LARGEST;
    format!(
        "scale=w=trunc(iw*sar/2)*2:h=trunc(ih/2)*2,setsar=1,\
         scale=w='min({width},iw)':h='min({height},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2"
    )
}

/// An MP4 with H.264 and AAC, at most 720 lines, its index in front, its sound even. What is right of the original is
/// taken over as it is; if all of it is, nothing is made.
pub fn video(sandbox: &Sandbox, source: &Source, facts: &Facts, bytes: u64) -> Result<Came, Stop> {
    let length = u64::try_from(facts.duration_ms.max(1)).unwrap_or(1);
    let keeps_picture = facts.keeps_picture() && bytes.saturating_mul(8_000) / length <= MOST_RATE;
    if keeps_picture && facts.keeps_sound() && facts.is_indexed {
        return Ok(Came::Nothing(Why::AsItIs));
    }
    let mut arguments = words(&["error"]);
    arguments.extend(source.input());
    // Where it was filmed, and by whom, is nobody's business.
    arguments.extend(words(&["-map", "0:V:0", "-map", "0:a:0?", "-map_metadata", "-1"]));
    arguments.extend(words(&["-map_chapters", "-1", "-sn", "-dn"]));
    if keeps_picture {
        arguments.extend(words(&["-c:v", "copy"]));
    } else {
        arguments
            .extend(words(&["-c:v", "libx264", "-preset", "fast", "-crf", "23", "-threads", "2"]));
        arguments.extend(words(&["-maxrate", "2500k", "-bufsize", "5000k", "-profile:v", "high"]));
        // A place to jump to every four seconds.
        arguments.extend(words(&["-fpsmax", "30", "-force_key_frames", "expr:gte(t,n_forced*4)"]));
        arguments.extend(words(&["-vf", &format!("{},format=yuv420p", scaled())]));
    }
    if facts.keeps_sound() {
        arguments.extend(words(&["-c:a", "copy"]));
    } else {
        arguments.extend(words(&["-c:a", "aac", "-b:a", "128k"]));
        arguments.extend(sound(facts));
    }
    arguments.extend(words(&["-movflags", "+faststart", "-f", "mp4", "film.mp4"]));
    let limits = limits(facts, 30, 8);
    ffmpeg::run(sandbox, &limits, source, facts, Share { from: 0, to: 98 }, arguments)?;
    let path = sandbox.folder.join("film.mp4");
    let film = probe(sandbox, &Source { file: File::open(&path)?, format: "mov" })?;
    is_all_of(facts, film.duration_ms)?;
    Ok(Came::File(New {
        role: Role::Video,
        extension: "mp4",
        bytes: made(&path)?,
        path,
        size: film.picture.map(|picture| (picture.width, picture.height)),
        duration_ms: Some(film.duration_ms),
    }))
}

/// WebM with Opus: the sound alone, small, and even.
pub fn audio(sandbox: &Sandbox, source: &Source, facts: &Facts) -> Result<Came, Stop> {
    let mut arguments = words(&["error"]);
    arguments.extend(source.input());
    arguments.extend(words(&["-map", "0:a:0", "-map_metadata", "-1", "-map_chapters", "-1"]));
    arguments.extend(words(&["-vn", "-sn", "-dn", "-c:a", "libopus", "-b:a", "64k"]));
    arguments.extend(sound(facts));
    arguments.extend(words(&["-f", "webm", "sound.webm"]));
    let limits = limits(facts, 10, 2);
    ffmpeg::run(sandbox, &limits, source, facts, Share { from: 0, to: 98 }, arguments)?;
    let path = sandbox.folder.join("sound.webm");
    let made_of = probe(sandbox, &Source { file: File::open(&path)?, format: "matroska" })?;
    Ok(Came::File(New {
        role: Role::Audio,
        extension: "weba",
        bytes: made(&path)?,
        path,
        size: None,
        duration_ms: Some(made_of.duration_ms),
    }))
}

/// MP4 with AAC: the sound alone for what does not play the other, its index in front. What suits already stays, with
/// the picture taken away; where there is none, nothing is made.
pub fn portable(sandbox: &Sandbox, source: &Source, facts: &Facts) -> Result<Came, Stop> {
    if facts.is_portable() {
        return Ok(Came::Nothing(Why::AsItIs));
    }
    let mut arguments = words(&["error"]);
    arguments.extend(source.input());
    arguments.extend(words(&["-map", "0:a:0", "-map_metadata", "-1", "-map_chapters", "-1"]));
    arguments.extend(words(&["-vn", "-sn", "-dn"]));
    if facts.keeps_sound() {
        arguments.extend(words(&["-c:a", "copy"]));
    } else {
        let is_mono = facts.sound.as_ref().is_some_and(|sound| sound.channels == 1);
        arguments.extend(words(&["-c:a", "aac", "-b:a", if is_mono { "64k" } else { "96k" }]));
        arguments.extend(sound(facts));
    }
    arguments.extend(words(&["-movflags", "+faststart", "-f", "mp4", "sound.m4a"]));
    let limits = limits(facts, 10, 2);
    ffmpeg::run(sandbox, &limits, source, facts, Share { from: 0, to: 98 }, arguments)?;
    let path = sandbox.folder.join("sound.m4a");
    let made_of = probe(sandbox, &Source { file: File::open(&path)?, format: "mov" })?;
    Ok(Came::File(New {
        role: Role::Portable,
        extension: "m4a",
        bytes: made(&path)?,
        path,
        size: None,
        duration_ms: Some(made_of.duration_ms),
    }))
}

/// Even, in at most two channels.
fn sound(facts: &Facts) -> Vec<OsString> {
    let Some(sound) = &facts.sound else { return Vec::new() };
    let channels = if sound.channels == 1 { "1" } else { "2" };
    let mut arguments = words(&["-ac", channels, "-ar", "48000"]);
    if let Some(loudness) = sound.loudness.filter(|loudness| !loudness.is_even()) {
        arguments.extend(words(&["-af", &evening(&loudness)]));
    }
    arguments
}

/// What was made is as long as what it is of: ffmpeg goes as far as it can read, and calls that a success.
fn is_all_of(facts: &Facts, came_to: i32) -> Result<(), Stop> {
    let least = facts.duration_ms - facts.duration_ms / 50 - SHORTER;
    if came_to >= least { Ok(()) } else { Err(Stop::Failed(Why::CutOff)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_that_ends_too_soon_is_none() {
        let facts = Facts { duration_ms: 600_000, ..Facts::default() };
        assert!(is_all_of(&facts, 600_000).is_ok());
        assert!(is_all_of(&facts, 587_000).is_ok());
        assert!(matches!(is_all_of(&facts, 500_000), Err(Stop::Failed(Why::CutOff))));
    }
}
