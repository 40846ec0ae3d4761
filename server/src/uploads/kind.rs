//! What a file is, by its first bytes: never by what it is called, nor by what its sender says it is. Pure.

use app::recordings::model::Role;

/// So many of its first bytes say what a file is.
pub const ENOUGH: usize = 4_096;

/// A kind of file that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// ISO base media (ISO/IEC 14496-12): MP4.
    Mp4,
    /// MP4 with sound alone, which its brand says.
    M4a,
    /// QuickTime.
    Mov,
    /// Matroska of the sort that browsers play.
    Webm,
    /// Matroska (RFC 9559).
    Mkv,
    /// MPEG audio, layer III.
    Mp3,
    /// Ogg (RFC 3533) with sound.
    Ogg,
    /// Ogg with pictures.
    Ogv,
    /// RIFF or RF64 with sound.
    Wav,
    /// PDF (ISO 32000).
    Pdf,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It is no video, sound or PDF.
    Unknown,
    /// It is captions, which are read in elsewhere.
    Captions,
    /// What it is called or said to be is something else than what it is.
    Otherwise,
    /// It is not all there.
    CutOff,
    /// It cannot be what it is wanted as.
    NotThatRole,
}

/// What a film or a sound or a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Film,
    Sound,
    Document,
}

impl Kind {
    /// The ending of its key.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::M4a => "m4a",
            Self::Mov => "mov",
            Self::Webm => "webm",
            Self::Mkv => "mkv",
            Self::Mp3 => "mp3",
            Self::Ogg => "ogg",
            Self::Ogv => "ogv",
            Self::Wav => "wav",
            Self::Pdf => "pdf",
        }
    }

    const fn family(self) -> Family {
        match self {
            Self::Mp4 | Self::Mov | Self::Webm | Self::Mkv | Self::Ogv => Family::Film,
            Self::M4a | Self::Mp3 | Self::Ogg | Self::Wav => Family::Sound,
            Self::Pdf => Family::Document,
        }
    }

    /// Whether the same sort of file can hold sound alone or a film: what it is called may then say either.
    const fn is_either(self) -> bool {
        !matches!(self, Self::Mp3 | Self::Wav | Self::Pdf)
    }

    /// What of a recording it is: what is wanted, where it can be that.
    ///
    /// # Errors
    /// If it cannot be what is wanted.
    pub fn role(self, wanted: Option<Role>) -> Result<Role, NotTaken> {
        match (self.family(), wanted) {
            (Family::Film, None) => Ok(Role::Original),
            (Family::Sound, None) => Ok(Role::Audio),
            (Family::Document, None | Some(Role::Slides)) => Ok(Role::Slides),
            // A recording can be sound from the beginning.
            (Family::Film | Family::Sound, Some(role @ (Role::Original | Role::Described))) => {
                Ok(role)
            }
            (Family::Film, Some(Role::Signed)) => Ok(Role::Signed),
            (Family::Sound, Some(Role::Audio)) => Ok(Role::Audio),
            _ => Err(NotTaken::NotThatRole),
        }
    }

    /// Whether what a file is called, and what its sender says it is, goes with what it is. Saying nothing of it goes
    /// with all.
    #[must_use]
    pub fn goes_with(self, name: &str, content_type: &str) -> bool {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let by_name = ending.and_then(|ending| match ending.as_str() {
            "mp4" | "m4v" | "mov" | "webm" | "mkv" | "ogv" | "qt" => Some(Family::Film),
            "m4a" | "mp3" | "ogg" | "oga" | "opus" | "wav" | "mka" | "weba" => Some(Family::Sound),
            "pdf" => Some(Family::Document),
            _ => None,
        });
        let by_type = match content_type.split_once('/') {
            Some(("video", _)) => Some(Family::Film),
            Some(("audio", _)) => Some(Family::Sound),
            Some(("application", "pdf")) => Some(Family::Document),
            _ => None,
        };
        let goes =
            |said: Family| said == self.family() || (self.is_either() && said != Family::Document);
        by_name.is_none_or(goes) && by_type.is_none_or(goes)
    }
}

/// What a file is that begins so.
///
/// # Errors
/// If it is nothing that is taken.
pub fn of(begin: &[u8], name: &str) -> Result<Kind, NotTaken> {
    if begin.starts_with(b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if let Some(kind) = iso(begin, name).or_else(|| matroska(begin)).or_else(|| sound(begin)) {
        return Ok(kind);
    }
    let text = begin.strip_prefix("\u{feff}".as_bytes()).unwrap_or(begin);
    let is_captions = text
        .strip_prefix(b"WEBVTT")
        .is_some_and(|rest| matches!(rest.first(), None | Some(b' ' | b'\t' | b'\n' | b'\r')));
    Err(if is_captions { NotTaken::Captions } else { NotTaken::Unknown })
}

/// Boxes: four bytes of length and four of type.
fn iso(begin: &[u8], name: &str) -> Option<Kind> {
    let length = u32::from_be_bytes(begin.get(..4)?.try_into().ok()?);
    let of = begin.get(4..8)?;
    if of != b"ftyp" {
        // QuickTime from before there were brands.
        let is_old = matches!(of, b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot");
        return (is_old && (length == 1 || length >= 8)).then_some(Kind::Mov);
    }
    let brands = begin.get(8..usize::try_from(length).ok()?.min(begin.len()))?;
    let major = brands.get(..4)?;
    let is_called = |ending: &str| name.to_ascii_lowercase().ends_with(ending);
    Some(match major {
        b"qt  " => Kind::Mov,
        b"M4A " | b"M4B " | b"F4A " => Kind::M4a,
        // Pictures: HEIF and AVIF are made of the same boxes.
        b"heic" | b"heix" | b"mif1" | b"msf1" | b"avif" | b"avis" | b"crx " => return None,
        _ if is_called(".m4a") => Kind::M4a,
        _ => Kind::Mp4,
    })
}

/// EBML (RFC 8794) whose document is Matroska or WebM.
fn matroska(begin: &[u8]) -> Option<Kind> {
    let rest = begin.strip_prefix(&[0x1A, 0x45, 0xDF, 0xA3])?;
    // The DocType is within the first element, which is short.
    let head = rest.get(..rest.len().min(128))?;
    let at = head.windows(2).position(|id| id == [0x42, 0x82])?;
    let length = usize::from(head.get(at + 2)? & 0x7F);
    match head.get(at + 3..at + 3 + length)? {
        b"webm" => Some(Kind::Webm),
        b"matroska" => Some(Kind::Mkv),
        _ => None,
    }
}

fn sound(begin: &[u8]) -> Option<Kind> {
    if begin.starts_with(b"OggS") {
        // The first page of a film in Ogg is Theora's.
        let page = begin.get(..begin.len().min(512))?;
        let is_film = page.windows(7).any(|word| word == b"\x80theora");
        return Some(if is_film { Kind::Ogv } else { Kind::Ogg });
    }
    let is_riff = begin.starts_with(b"RIFF") || begin.starts_with(b"RF64");
    if is_riff && begin.get(8..12) == Some(b"WAVE") {
        return Some(Kind::Wav);
    }
    if begin.starts_with(b"ID3") && begin.get(3).is_some_and(|version| (2..=4).contains(version)) {
        return Some(Kind::Mp3);
    }
    is_mpeg_frame(begin).then_some(Kind::Mp3)
}

/// The header of a frame of MPEG audio, layer III (ISO/IEC 11172-3 §2.4.1.3), and of a second one where the first ends.
fn is_mpeg_frame(begin: &[u8]) -> bool {
    let Some(length) = frame_length(begin) else { return false };
    // A file that is shorter than two frames is no talk.
    begin.get(length..).and_then(frame_length).is_some()
}

fn frame_length(bytes: &[u8]) -> Option<usize> {
    const RATES_1: [usize; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const RATES_2: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let &[0xFF, second, third, _] = bytes.get(..4)? else { return None };
    // All bits of the sync, layer III, and a version that there is.
    if second & 0xE0 != 0xE0 || second & 0x06 != 0x02 || second & 0x18 == 0x08 {
        return None;
    }
    let is_1 = second & 0x18 == 0x18;
    let rate = usize::from(third >> 4).checked_sub(1)?;
    let rate = *(if is_1 { RATES_1 } else { RATES_2 }).get(rate)?;
    let samples = *[44_100, 48_000, 32_000].get(usize::from(third >> 2 & 3))?;
    let samples = match second & 0x18 {
        0x18 => samples,
        0x10 => samples / 2,
        _ => samples / 4,
    };
    let padding = usize::from(third >> 1 & 1);
    Some((if is_1 { 144_000 } else { 72_000 }) * rate / samples + padding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webm(doc: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0x82];
        bytes.push(0x80 | u8::try_from(doc.len()).unwrap());
        bytes.extend_from_slice(doc);
        bytes
    }

    fn mp3() -> Vec<u8> {
        // 128 kbit/s at 44,100 Hz: 417 bytes a frame.
        let mut frame = vec![0xFF, 0xFB, 0x90, 0x64];
        frame.resize(417, 0);
        frame.repeat(2)
    }

    #[test]
    fn a_file_is_what_it_begins_like() {
        for (begin, kind) in [
            (b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2avc1mp41".to_vec(), Kind::Mp4),
            (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42".to_vec(), Kind::Mp4),
            (b"\0\0\0\x18ftypM4A \0\0\0\0M4A isom".to_vec(), Kind::M4a),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ".to_vec(), Kind::Mov),
            (b"\0\0\0\x08wide\0\0\0\0mdat".to_vec(), Kind::Mov),
            (webm(b"webm"), Kind::Webm),
            (webm(b"matroska"), Kind::Mkv),
            (b"ID3\x04\0\0\0\0\0\0".to_vec(), Kind::Mp3),
            (mp3(), Kind::Mp3),
            (
                b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead".to_vec(),
                Kind::Ogg,
            ),
            (
                b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x2a\x80theora".to_vec(),
                Kind::Ogv,
            ),
            (b"RIFF\x24\0\0\0WAVEfmt ".to_vec(), Kind::Wav),
            (b"RF64\xff\xff\xff\xffWAVEds64".to_vec(), Kind::Wav),
            (b"%PDF-1.7\n".to_vec(), Kind::Pdf),
        ] {
            assert_eq!(of(&begin, ""), Ok(kind), "{begin:?}");
        }
        assert_eq!(of(b"\0\0\0\x18ftypisom\0\0\x02\0", "Samtal.M4A"), Ok(Kind::M4a));
    }

    #[test]
    fn anything_else_is_not_taken() {
        for begin in [
            &b""[..],
            b"<!DOCTYPE html><video src=x>",
            b"\0\0\0\x18ftyp",
            b"\0\0\0\x18ftypheic\0\0\0\0",
            b"\0\0\0\x03moov",
            b"PK\x03\x04\x14\0\0\0\x08\0zip",
            b"\x89PNG\r\n\x1a\n",
            b"GIF89a",
            b"\xFF\xD8\xFF\xE0JFIF",
            b"\xFF\xFB\x90\x64 one frame alone",
            b"RIFF\x24\0\0\0AVI ",
            b"MZ\x90\0",
            b"\x7fELF",
            b" %PDF-1.7",
            b"WEBVTTX",
            &[0; 4_096],
        ] {
            assert_eq!(of(begin, "film.mp4"), Err(NotTaken::Unknown), "{begin:?}");
        }
        assert_eq!(of(&webm(b"dicom"), ""), Err(NotTaken::Unknown));
        for captions in ["WEBVTT", "WEBVTT\n\n", "\u{feff}WEBVTT - Kurs\r\n"] {
            assert_eq!(of(captions.as_bytes(), ""), Err(NotTaken::Captions));
        }
    }

    #[test]
    fn a_file_is_what_it_is_called() {
        assert!(Kind::Mp4.goes_with("Stafett i Umeå.MP4", "video/mp4"));
        assert!(Kind::Webm.goes_with("film.mp4", ""), "another film is a film");
        assert!(Kind::Mp4.goes_with("ljud.m4a", "audio/mp4"), "that may be sound alone");
        assert!(Kind::Pdf.goes_with("bilder", "application/octet-stream"));
        for (kind, name, content_type) in [
            (Kind::Pdf, "film.mp4", ""),
            (Kind::Pdf, "", "video/mp4"),
            (Kind::Mp4, "bilder.pdf", ""),
            (Kind::Mp3, "film.mp4", ""),
            (Kind::Wav, "a.wav", "video/mp4"),
        ] {
            assert!(!kind.goes_with(name, content_type), "{kind:?} {name} {content_type}");
        }
    }

    #[test]
    fn what_it_is_of_a_recording_follows_from_its_kind() {
        assert_eq!(Kind::Mp4.role(None), Ok(Role::Original));
        assert_eq!(Kind::Mp3.role(None), Ok(Role::Audio));
        assert_eq!(Kind::Mp3.role(Some(Role::Original)), Ok(Role::Original));
        assert_eq!(Kind::Pdf.role(None), Ok(Role::Slides));
        assert_eq!(Kind::Mp4.role(Some(Role::Signed)), Ok(Role::Signed));
        for (kind, wanted) in [
            (Kind::Pdf, Role::Original),
            (Kind::Mp3, Role::Signed),
            (Kind::Mp4, Role::Slides),
            (Kind::Mp4, Role::Audio),
        ] {
            assert_eq!(kind.role(Some(wanted)), Err(NotTaken::NotThatRole), "{kind:?}");
        }
    }
}
