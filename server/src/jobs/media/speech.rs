//! Captions by a command that the installation sets (`STAFETT_SPEECH`). What it hears nobody has read yet: they are a
//! track that is not reviewed.

use super::ffmpeg::{self, Share, Source, limits, words};
use super::sandbox::{Limits, Order, Sandbox, Stop};
use app::captions::model::Cue;
use app::captions::vtt;
use app::recordings::jobs::model::{Facts, Why};
use app::text::Lang;
use std::ffi::OsString;
use std::path::Path;

/// The most that is read of what the command writes, in bytes.
const MOST: usize = 16 << 20;

/// What is heard.
///
/// # Errors
/// If the sound cannot be read, the command fails, or what it writes is no WebVTT.
pub fn hear(
    sandbox: &Sandbox,
    source: &Source,
    facts: &Facts,
    command: &str,
    language: Lang,
) -> Result<Vec<Cue>, Stop> {
    let wav = sandbox.folder.join("speech.wav");
    let mut arguments = words(&["error"]);
    arguments.extend(source.input());
    arguments.extend(words(&["-map", "0:a:0", "-map_metadata", "-1", "-vn", "-sn", "-dn"]));
    arguments.extend(words(&[
        "-ac",
        "1",
        "-ar",
        "16000",
        "-c:a",
        "pcm_s16le",
        "-f",
        "wav",
        "speech.wav",
    ]));
    let reading = limits(facts, 10, 1);
    ffmpeg::run(sandbox, &reading, source, facts, Share { from: 0, to: 10 }, arguments)?;
    let vtt = sandbox.folder.join("speech.vtt");
    let told = told(command, &wav, &vtt, language);
    let Some((program, arguments)) = told.words.split_first() else {
        return Err(Stop::Failed(Why::NoTool));
    };
    let Some(program) = program.to_str() else { return Err(Stop::Failed(Why::NoTool)) };
    // A model takes its time and its room.
    let limits = Limits { memory: 24 << 30, said: MOST, ..limits(facts, 60, 8) };
    // It is the installation's own; it may ask a service that it runs.
    let order = Order { program, arguments: arguments.to_vec(), reads: None, has_network: true };
    let said = sandbox.run(&order, &limits, |_| {}).map_err(|stop| match stop {
        Stop::Failed(Why::Unreadable) => Stop::Failed(Why::Speech),
        stop => stop,
    })?;
    let written = if told.writes_file { read(&vtt)? } else { said.out };
    let text = String::from_utf8(written).map_err(|_| Stop::Failed(Why::NotCaptions))?;
    match vtt::parse(&text) {
        Ok(parsed) => Ok(parsed.cues),
        Err(error) => {
            tracing::warn!(%error, "what the command for speech recognition wrote is not taken");
            Err(Stop::Failed(Why::NotCaptions))
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    let length = std::fs::metadata(path).map(|file| file.len());
    match length {
        Ok(length) if length <= u64::try_from(MOST).unwrap_or(u64::MAX) => Ok(std::fs::read(path)?),
        _ => Err(Stop::Failed(Why::NotCaptions)),
    }
}

struct Told {
    words: Vec<OsString>,
    /// It writes a file; otherwise it says what it has heard.
    writes_file: bool,
}

/// The command with what stands for the sound, the captions and the language put in. The sound comes at its end if it is
/// not named.
fn told(command: &str, wav: &Path, vtt: &Path, language: Lang) -> Told {
    let mut words: Vec<OsString> = Vec::new();
    for word in command.split_whitespace() {
        let parts = [("{wav}", wav.as_os_str()), ("{vtt}", vtt.as_os_str())];
        let named = parts.iter().find(|(name, _)| *name == word);
        words.push(match named {
            Some((_, path)) => (*path).to_owned(),
            None => word.replace("{language}", language.tag()).into(),
        });
    }
    if !command.contains("{wav}") {
        words.push(wav.as_os_str().to_owned());
    }
    Told { words, writes_file: command.contains("{vtt}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_told_where_things_are() {
        let told = |command| {
            let told = told(command, Path::new("/w.wav"), Path::new("/c.vtt"), Lang::Sv);
            let words: Vec<_> =
                told.words.iter().map(|it| it.to_str().unwrap().to_owned()).collect();
            (words.join("|"), told.writes_file)
        };
        assert_eq!(told("hear"), ("hear|/w.wav".into(), false));
        assert_eq!(
            told("/opt/hear  --lang={language} {wav} -o {vtt}"),
            ("/opt/hear|--lang=sv|/w.wav|-o|/c.vtt".into(), true)
        );
    }
}
