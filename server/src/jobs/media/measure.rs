//! What a film or a sound is: its length, its picture, its sound, and how loud that is.

use super::ffmpeg::{self, Share, Source, came_to, limits, words};
use super::sandbox::{Limits, Order, Sandbox, Stop, TOO_MANY_POINTS};
use app::recordings::jobs::model::{
    Facts, Loudness, MOST_PIXELS, Picture, Sound, TARGET_LUFS, Why,
};
use serde::Deserialize;
use std::fs::File;
use std::io::Error as IoError;
use std::os::unix::fs::FileExt;
use std::time::Duration;

/// What ffprobe may take: it reads little.
const PROBING: Limits = Limits {
    cpu: Duration::from_secs(60),
    wall: Duration::from_secs(120),
    memory: 4 << 30,
    file: 1 << 20,
    said: 1 << 20,
};
/// No film has more boxes at its top before the one that is looked for.
const MOST_BOXES: usize = 1_000;

/// Finds out what a file is.
///
/// # Errors
/// If it cannot be read, or there is nothing in it.
pub fn measure(sandbox: &Sandbox, source: &Source) -> Result<Facts, Stop> {
    let mut facts = probe(sandbox, source)?;
    sandbox.watch.at(5);
    facts.is_indexed = source.format == "mov" && is_indexed(&source.file)?;
    if facts.picture.is_none() && facts.sound.is_none() {
        return Err(Stop::Failed(Why::Empty));
    }
    if facts.duration_ms == 0 {
        facts.duration_ms = length(sandbox, source, &facts)?;
    }
    if facts.duration_ms == 0 {
        return Err(Stop::Failed(Why::Empty));
    }
    if facts.sound.is_some() {
        let loudness = loudness(sandbox, source, &facts)?;
        if let Some(sound) = &mut facts.sound {
            sound.loudness = loudness;
        }
    }
    Ok(facts)
}

/// What ffprobe says of a file.
pub fn probe(sandbox: &Sandbox, source: &Source) -> Result<Facts, Stop> {
    let mut arguments = words(&["-v", "error", "-print_format", "json", "-show_format"]);
    arguments.extend(words(&["-show_streams"]));
    arguments.extend(source.input().into_iter().filter(|word| word != "-threads" && word != "2"));
    let reads = Some(&source.file);
    let order = Order { program: "ffprobe", arguments, reads, has_network: false };
    let said = sandbox.run(&order, &PROBING, |_| {})?;
    // It calls that a success, and says that there is no picture.
    if said.complaints.contains(TOO_MANY_POINTS) {
        return Err(Stop::Failed(Why::TooLarge));
    }
    let probed: Probed = serde_json::from_slice(&said.out).map_err(|error| {
        tracing::warn!(%error, "what ffprobe says cannot be read");
        Stop::Failed(Why::Unreadable)
    })?;
    let facts = probed.facts();
    let points = facts.picture.as_ref().map(|it| i64::from(it.width) * i64::from(it.height));
    if points.is_some_and(|points| points > MOST_PIXELS) {
        return Err(Stop::Failed(Why::TooLarge));
    }
    Ok(facts)
}

/// The length of a file that does not say it, as those that a browser has recorded: it is read through.
fn length(sandbox: &Sandbox, source: &Source, facts: &Facts) -> Result<i32, Stop> {
    let mut arguments = words(&["error"]);
    arguments.extend(source.input());
    arguments.extend(words(&["-map", "0:V?", "-map", "0:a?", "-c", "copy", "-f", "null", "-"]));
    let limits = limits(facts, 10, 1);
    let said = ffmpeg::run(sandbox, &limits, source, facts, Share { from: 5, to: 10 }, arguments)?;
    Ok(came_to(&said))
}

/// How loud it is; nothing for silence.
fn loudness(sandbox: &Sandbox, source: &Source, facts: &Facts) -> Result<Option<Loudness>, Stop> {
    // What it finds is told at this level.
    let mut arguments = words(&["info"]);
    arguments.extend(source.input());
    let filter = format!("loudnorm=I={TARGET_LUFS}:TP=-1.5:LRA=11:print_format=json");
    arguments.extend(words(&["-map", "0:a:0", "-vn", "-sn", "-dn", "-af", &filter]));
    arguments.extend(words(&["-f", "null", "-"]));
    let limits = limits(facts, 10, 1);
    let said = ffmpeg::run(sandbox, &limits, source, facts, Share { from: 10, to: 99 }, arguments)?;
    Ok(read_loudness(&said.complaints))
}

/// What the filter says at its end.
fn read_loudness(said: &str) -> Option<Loudness> {
    #[derive(Deserialize)]
    struct Told {
        input_i: String,
        input_tp: String,
        input_lra: String,
        input_thresh: String,
        target_offset: String,
    }
    let (begin, end) = (said.rfind('{')?, said.rfind('}')?);
    let told: Told = serde_json::from_str(said.get(begin..=end)?).ok()?;
    // "-inf" for silence.
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let loudness = Loudness {
        integrated: number(&told.input_i)?,
        peak: number(&told.input_tp)?,
        range: number(&told.input_lra)?,
        threshold: number(&told.input_thresh)?,
        offset: number(&told.target_offset)?,
    };
    // The filter takes no more than that; so soft is a room with nobody in it.
    (-70.0..0.0).contains(&loudness.integrated).then_some(loudness)
}

#[derive(Deserialize)]
struct Probed {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Container,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Container {
    duration: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Stream {
    codec_type: String,
    codec_name: String,
    pix_fmt: String,
    width: i32,
    height: i32,
    channels: i32,
    sample_aspect_ratio: Option<String>,
    duration: Option<String>,
    disposition: Disposition,
    side_data_list: Vec<Side>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Disposition {
    attached_pic: i32,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Side {
    rotation: Option<f64>,
}

impl Probed {
    fn facts(&self) -> Facts {
        let of = |kind: &str| {
            // The cover of a song is no film.
            self.streams
                .iter()
                .find(|stream| stream.codec_type == kind && stream.disposition.attached_pic == 0)
        };
        let (picture, sound) = (of("video"), of("audio"));
        let lengths = [
            Some(&self.format.duration),
            sound.map(|it| &it.duration),
            picture.map(|it| &it.duration),
        ];
        let length = lengths.into_iter().flatten().flatten().find_map(|text| milliseconds(text));
        Facts {
            duration_ms: length.unwrap_or_default(),
            picture: picture.filter(|it| it.width > 0 && it.height > 0).map(Stream::picture),
            sound: sound.map(|it| Sound {
                codec: it.codec_name.clone(),
                channels: it.channels,
                loudness: None,
            }),
            is_indexed: false,
        }
    }
}

impl Stream {
    /// As it is shown: with square points, and turned the right way.
    fn picture(&self) -> Picture {
        let aspect = self.sample_aspect_ratio.as_deref().and_then(|ratio| {
            let (wide, high) = ratio.split_once(':')?;
            let (wide, high) = (wide.parse::<i64>().ok()?, high.parse::<i64>().ok()?);
            (wide > 0 && high > 0).then_some((wide, high))
        });
        let width = match aspect {
            Some((wide, high)) => i64::from(self.width).saturating_mul(wide) / high,
            None => self.width.into(),
        };
        let width = i32::try_from(width).unwrap_or(i32::MAX);
        let turned = self.side_data_list.iter().find_map(|side| side.rotation);
        let lies = turned.is_some_and(|turned| (turned.abs() % 180.0 - 90.0).abs() < 1.0);
        let (width, height) = if lies { (self.height, width) } else { (width, self.height) };
        Picture { codec: self.codec_name.clone(), format: self.pix_fmt.clone(), width, height }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "it is looked at before")]
fn milliseconds(seconds: &str) -> Option<i32> {
    let ms = (seconds.parse::<f64>().ok()? * 1_000.0).round();
    (ms >= 1.0 && ms < f64::from(i32::MAX)).then_some(ms as i32)
}

/// The index of a film (ISO/IEC 14496-12, `moov`) stands before what it is of (`mdat`).
fn is_indexed(file: &File) -> Result<bool, IoError> {
    let mut at: u64 = 0;
    for _ in 0..MOST_BOXES {
        let mut head = [0; 16];
        if file.read_at(&mut head, at)? < 16 {
            return Ok(false);
        }
        let [a, b, c, d, of @ ..] = head;
        let [e, f, g, h, long @ ..] = of;
        match &[e, f, g, h] {
            b"moov" => return Ok(true),
            b"mdat" => return Ok(false),
            _ => {}
        }
        let size = match u32::from_be_bytes([a, b, c, d]) {
            1 => u64::from_be_bytes(long),
            size => size.into(),
        };
        // A box is at least its head; no file is so long that its end has no number.
        let Some(next) = at.checked_add(size).filter(|_| size >= 8) else { return Ok(false) };
        at = next;
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn probed(json: &str) -> Facts {
        serde_json::from_str::<Probed>(json).unwrap().facts()
    }

    #[test]
    fn what_ffprobe_says_is_understood() {
        let facts = probed(
            r#"{"streams":[
                {"codec_type":"video","codec_name":"mjpeg","width":600,"height":600,"disposition":{"attached_pic":1}},
                {"codec_type":"audio","codec_name":"aac","channels":2},
                {"codec_type":"video","codec_name":"h264","pix_fmt":"yuv420p","width":720,"height":576,
                 "sample_aspect_ratio":"64:45","disposition":{"attached_pic":0}}],
                "format":{"duration":"11.499500"}}"#,
        );
        assert_eq!(facts.duration_ms, 11_500);
        let picture = facts.picture.unwrap();
        assert_eq!((picture.codec.as_str(), picture.width, picture.height), ("h264", 1024, 576));
        assert_eq!(facts.sound.unwrap().channels, 2);
    }

    #[test]
    fn a_film_from_a_telephone_is_turned() {
        let facts = probed(
            r#"{"streams":[{"codec_type":"video","codec_name":"hevc","width":1920,"height":1080,
                "duration":"2.5","side_data_list":[{"rotation":-90}]}],"format":{}}"#,
        );
        assert_eq!(facts.duration_ms, 2_500);
        let picture = facts.picture.unwrap();
        assert_eq!((picture.width, picture.height), (1080, 1920));
    }

    #[test]
    fn what_is_not_said_is_not_made_up() {
        assert_eq!(probed("{}"), Facts::default());
        let facts = probed(r#"{"streams":[{"codec_type":"video"}],"format":{"duration":"N/A"}}"#);
        assert_eq!(facts, Facts::default());
        for bad in ["", "abc", "-1", "0", "inf", "NaN", "1e300"] {
            assert_eq!(milliseconds(bad), None, "{bad}");
        }
    }

    #[test]
    fn loudness_is_read_and_silence_is_none() {
        let said = r#"[Parsed_loudnorm_0 @ 0x55]
            { "input_i" : "-22.91", "input_tp" : "-3.10", "input_lra" : "5.60", "input_thresh" : "-33.20",
              "output_i" : "-16.10", "normalization_type" : "dynamic", "target_offset" : "0.10" }"#;
        let loudness = read_loudness(said).unwrap();
        assert_eq!((loudness.integrated, loudness.offset), (-22.91, 0.1));
        assert_eq!(read_loudness(&said.replace("-22.91", "-inf")), None);
        assert_eq!(read_loudness("no brackets"), None);
        assert_eq!(read_loudness("}{"), None);
    }

    #[test]
    fn the_index_is_looked_for_where_boxes_begin() {
        let film = |boxes: &[(&[u8; 4], usize)]| {
            let mut bytes = Vec::new();
            for (of, length) in boxes {
                bytes.extend_from_slice(&u32::try_from(*length).unwrap().to_be_bytes());
                bytes.extend_from_slice(*of);
                bytes.resize(bytes.len() + length - 8, 7);
            }
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(&bytes).unwrap();
            is_indexed(&file).unwrap()
        };
        assert!(film(&[(b"ftyp", 24), (b"moov", 100), (b"mdat", 50)]));
        assert!(film(&[(b"ftyp", 24), (b"free", 8), (b"moov", 100)]));
        assert!(!film(&[(b"ftyp", 24), (b"mdat", 50), (b"moov", 100)]));
        assert!(!film(&[(b"ftyp", 24)]));
        assert!(!film(&[]));
    }
}
