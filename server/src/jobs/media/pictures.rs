//! The picture before a film is played, and the small ones of the seek bar.

use super::ffmpeg::{self, Share, Source, limits, made, words};
use super::film::scaled;
use super::sandbox::{Sandbox, Stop};
use super::{Came, New};
use app::recordings::jobs::model::{Facts, IN_ROW, TILE, Tiles, Why};
use app::recordings::model::Role;
use std::path::{Path, PathBuf};

/// Where in a film a picture is looked for, in hundredths: where it has begun, then elsewhere.
const PLACES: [i32; 5] = [10, 30, 50, 75, 0];
/// Of each place so many frames are looked at, and the one that is most like the others is taken.
const FRAMES: i32 = 30;
/// A picture with less light than this, of 255, is black, and one that differs less than that within is empty.
const DARK: f64 = 24.0;
const PLAIN: f64 = 8.0;
/// Width and height in which that is looked at.
const SMALL: (usize, usize) = (32, 18);
/// A film that is longer has its small pictures made of its key frames alone, in milliseconds.
const LONG: i32 = 10 * 60_000;

/// A picture of the film that is neither black nor empty, where there is one.
pub fn poster(sandbox: &Sandbox, source: &Source, facts: &Facts) -> Result<Came, Stop> {
    let mut best: Option<(f64, PathBuf)> = None;
    for (number, place) in PLACES.into_iter().enumerate() {
        let (path, light) = match frame(sandbox, source, facts, number, place) {
            Ok(frame) => frame,
            // A part of it may not be readable; another may.
            Err(Stop::Failed(Why::Unreadable)) => continue,
            Err(stop) => return Err(stop),
        };
        let worth = light.spread + light.mean.min(DARK);
        let is_good = light.mean >= DARK && light.spread >= PLAIN;
        if is_good || best.as_ref().is_none_or(|(known, _)| worth > *known) {
            best = Some((worth, path));
        }
        if is_good {
            break;
        }
        sandbox.watch.at(i32::try_from(number + 1).unwrap_or_default() * 19);
    }
    let (_, path) = best.ok_or(Stop::Failed(Why::Unreadable))?;
    picture(path, Role::Poster, None)
}

/// One picture, and how light it is.
fn frame(
    sandbox: &Sandbox,
    source: &Source,
    facts: &Facts,
    number: usize,
    place: i32,
) -> Result<(PathBuf, Light), Stop> {
    let (picture, grey) = (format!("poster-{number}.jpg"), format!("grey-{number}.raw"));
    let seconds = i64::from(facts.duration_ms) * i64::from(place) / 100_000;
    let mut arguments = words(&["error", "-ss", &seconds.to_string()]);
    arguments.extend(source.input());
    let (width, height) = SMALL;
    let filter = format!(
        "[0:V:0]{},thumbnail={FRAMES},split[a][b];[a]format=yuvj420p[picture];[b]scale={width}:{height},format=gray[grey]",
        scaled()
    );
    arguments.extend(words(&["-filter_complex", &filter, "-map", "[picture]", "-frames:v", "1"]));
    arguments.extend(words(&["-q:v", "3", "-map_metadata", "-1", "-f", "image2", "-update", "1"]));
    arguments.push(picture.clone().into());
    arguments.extend(words(&["-map", "[grey]", "-frames:v", "1", "-f", "rawvideo"]));
    arguments.push(grey.clone().into());
    // Whatever the film's length, few frames of it are read.
    let limits = limits(&Facts { duration_ms: 1, ..Facts::default() }, 5, 1);
    let still = Share { from: sandbox.watch.progress(), to: sandbox.watch.progress() };
    ffmpeg::run(sandbox, &limits, source, facts, still, arguments)?;
    let picture = sandbox.folder.join(picture);
    made(&picture)?;
    Ok((picture, Light::of(&std::fs::read(sandbox.folder.join(grey))?)))
}

/// How light a picture is, of 255, and how much it differs within.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Light {
    mean: f64,
    spread: f64,
}

impl Light {
    fn of(points: &[u8]) -> Self {
        let count = u32::try_from(points.len().max(1)).map_or(1.0, f64::from);
        let mean = points.iter().copied().map(f64::from).sum::<f64>() / count;
        let off = points.iter().map(|point| (f64::from(*point) - mean).powi(2)).sum::<f64>();
        Self { mean, spread: (off / count).sqrt() }
    }
}

/// One picture of small ones, ten in a row.
pub fn sprite(sandbox: &Sandbox, source: &Source, facts: &Facts) -> Result<Came, Stop> {
    let tiles = Tiles::of(facts.duration_ms);
    let path = sandbox.folder.join("sprite.jpg");
    let mut arguments = words(&["error"]);
    if facts.duration_ms > LONG {
        arguments.extend(words(&["-skip_frame", "nokey"]));
    }
    arguments.extend(source.input());
    let (width, height) = TILE;
    let filter = format!(
        "fps=1000/{each}:start_time=0:eof_action=pass,scale=w=trunc(iw*sar/2)*2:h=ih,setsar=1,\
         scale={width}:{height}:force_original_aspect_ratio=decrease,pad={width}:{height}:(ow-iw)/2:(oh-ih)/2,\
         tpad=stop_mode=clone:stop={count},tile={IN_ROW}x{rows},format=yuvj420p",
        each = tiles.each_ms,
        count = tiles.count,
        rows = tiles.rows(),
    );
    arguments.extend(words(&["-map", "0:V:0", "-vf", &filter, "-frames:v", "1", "-q:v", "5"]));
    arguments.extend(words(&["-map_metadata", "-1", "-f", "image2", "-update", "1"]));
    arguments.push("sprite.jpg".into());
    let limits = limits(facts, 10, 1);
    ffmpeg::run(sandbox, &limits, source, facts, Share { from: 0, to: 98 }, arguments)?;
    picture(path, Role::Sprite, Some(facts.duration_ms))
}

/// A picture that was made.
fn picture(path: PathBuf, role: Role, duration_ms: Option<i32>) -> Result<Came, Stop> {
    Ok(Came::File(New {
        role,
        extension: "jpg",
        bytes: made(&path)?,
        size: Some(size(&path)?),
        path,
        duration_ms,
    }))
}

/// Width and height of a JPEG, by its head.
pub fn size(path: &Path) -> Result<(i32, i32), Stop> {
    let read = image::ImageReader::open(path)?.into_dimensions();
    let side = |side: u32| i32::try_from(side).ok().filter(|side| (1..=16_384).contains(side));
    let sides = read.ok().and_then(|(width, height)| Some((side(width)?, side(height)?)));
    sides.ok_or(Stop::Failed(Why::Unreadable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_and_empty_are_told_from_pictures() {
        let black = Light::of(&[0; 576]);
        assert!(black.mean < DARK);
        let white = Light::of(&[255; 576]);
        assert!(white.mean >= DARK && white.spread < PLAIN);
        let text: Vec<u8> = (0..576).map(|at| if at % 5 == 0 { 20 } else { 240 }).collect();
        let text = Light::of(&text);
        assert!(text.mean >= DARK && text.spread >= PLAIN);
        assert_eq!(Light::of(&[]), Light { mean: 0.0, spread: 0.0 });
    }
}
