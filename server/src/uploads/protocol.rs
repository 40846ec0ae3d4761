//! The words of tus 1.0 (tus.io, Resumable Upload Protocol): what a client says in its headers. Pure.

use app::recordings::model::Role;
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The version that is spoken.
pub const VERSION: &str = "1.0.0";
/// What is spoken beside the core.
pub const EXTENSIONS: &str = "creation,creation-with-upload,expiration,termination,checksum";
/// The checksums that are known.
pub const CHECKSUMS: &str = "sha1,sha256";
/// `Content-Type` of a stretch of a file.
pub const STRETCH: &str = "application/offset+octet-stream";

/// A header that counts bytes. `None` if it is not there, an error if it is no number.
///
/// # Errors
/// If it is there and no number.
pub fn bytes(headers: &HeaderMap, name: &str) -> Result<Option<u64>, Unreadable> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let text = value.to_str().map_err(|_| Unreadable)?;
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // Nothing is longer than the database can count.
    let number = text.parse().ok().filter(|number| i64::try_from(*number).is_ok() && is_plain);
    number.map(Some).ok_or(Unreadable)
}

/// Something that makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// What brings a stretch says so.
#[must_use]
pub fn is_stretch(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == STRETCH)
}

/// What a client says of a file (`Upload-Metadata`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// All of it, as it was sent.
    pub raw: String,
    /// What the file is called. Folders are left out.
    pub name: String,
    /// What it is said to be: its `Content-Type`.
    pub content_type: String,
    /// What of the recording it is to be.
    pub wanted: Option<Role>,
}

/// Reads it: pairs of a key and a value in base64, with commas between them.
///
/// # Errors
/// If it is anything else, longer than 4,000 characters, or wants what cannot be uploaded.
pub fn metadata(headers: &HeaderMap) -> Result<Metadata, Unreadable> {
    let Some(value) = headers.get("upload-metadata") else { return Ok(Metadata::default()) };
    let raw = value.to_str().map_err(|_| Unreadable)?.trim();
    if raw.len() > 4_000 {
        return Err(Unreadable);
    }
    let mut metadata = Metadata { raw: raw.to_owned(), ..Metadata::default() };
    for pair in raw.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = STANDARD.decode(value.trim()).map_err(|_| Unreadable)?;
        // Other keys may hold anything.
        let text = || String::from_utf8_lossy(&value).into_owned();
        match key {
            "filename" | "name" => metadata.name = tidy(&text()),
            "filetype" | "type" => metadata.content_type = text().to_ascii_lowercase(),
            "role" => metadata.wanted = Some(role(&text())?),
            _ => {}
        }
    }
    Ok(metadata)
}

/// What can be uploaded. All else is made here.
fn role(text: &str) -> Result<Role, Unreadable> {
    let role = Role::parse(text).ok_or(Unreadable)?;
    match role {
        Role::Original | Role::Audio | Role::Described | Role::Signed | Role::Slides => Ok(role),
        Role::Video | Role::Portable | Role::Poster | Role::Sprite => Err(Unreadable),
    }
}

/// The name alone, without the folders that it lay in, and without what is no character.
fn tidy(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.chars().filter(|c| !c.is_control()).take(200).collect::<String>().trim().to_owned()
}

/// How a stretch is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    /// By which algorithm.
    pub by: Algorithm,
    /// What comes out.
    pub sum: Vec<u8>,
}

/// An algorithm of checksums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-1: a check of the line, not of who sends.
    Sha1,
    /// SHA-256.
    Sha256,
}

/// `Upload-Checksum`.
///
/// # Errors
/// If it is not known or cannot be read.
pub fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Unreadable> {
    let Some(value) = headers.get("upload-checksum") else { return Ok(None) };
    let text = value.to_str().map_err(|_| Unreadable)?;
    let (name, sum) = text.split_once(' ').ok_or(Unreadable)?;
    let (by, length) = match name {
        "sha1" => (Algorithm::Sha1, 20),
        "sha256" => (Algorithm::Sha256, 32),
        _ => return Err(Unreadable),
    };
    let sum = STANDARD.decode(sum.trim()).map_err(|_| Unreadable)?;
    if sum.len() == length { Ok(Some(Checksum { by, sum })) } else { Err(Unreadable) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn with(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        headers
    }

    #[test]
    fn lengths_are_numbers() {
        let of = |value| bytes(&with("upload-length", value), "upload-length");
        assert_eq!(bytes(&HeaderMap::new(), "upload-length"), Ok(None));
        assert_eq!(of("0"), Ok(Some(0)));
        assert_eq!(of("20000000000"), Ok(Some(20_000_000_000)));
        for wrong in ["", "-1", "+1", "1.5", "1e3", "0x1", " 1", "9223372036854775808", "1,1"] {
            assert_eq!(of(wrong), Err(Unreadable), "{wrong:?}");
        }
    }

    #[test]
    fn what_is_said_of_a_file_is_read() {
        let of = |value: &str| metadata(&with("upload-metadata", value));
        let encode = |text: &str| STANDARD.encode(text);
        let line = format!(
            "filename {},filetype {}, role {},is_confidential",
            encode("C:\\film\\../Stafett i Umeå\u{7}.mp4"),
            encode("Video/MP4"),
            encode("signed")
        );
        let read = of(&line).unwrap();
        assert_eq!(read.name, "Stafett i Umeå.mp4", "no path leads anywhere");
        assert_eq!(read.content_type, "video/mp4");
        assert_eq!(read.wanted, Some(Role::Signed));
        assert_eq!(read.raw, line);
        assert_eq!(of("relativePath bnVsbA==,checksum").unwrap().name, "");
        assert_eq!(metadata(&HeaderMap::new()), Ok(Metadata::default()));
        for wrong in ["filename ?", "role cG9zdGVy", "role eA=="] {
            assert_eq!(of(wrong), Err(Unreadable), "{wrong}");
        }
        assert_eq!(of(&"a,".repeat(3_000)), Err(Unreadable));
    }

    #[test]
    fn a_checksum_has_the_length_of_its_algorithm() {
        let of = |value: &str| checksum(&with("upload-checksum", value));
        let sum = STANDARD.encode([7; 20]);
        assert_eq!(
            of(&format!("sha1 {sum}")),
            Ok(Some(Checksum { by: Algorithm::Sha1, sum: vec![7; 20] }))
        );
        assert_eq!(checksum(&HeaderMap::new()), Ok(None));
        for wrong in [format!("sha256 {sum}"), format!("md5 {sum}"), "sha1".into(), "sha1 ?".into()]
        {
            assert_eq!(of(&wrong), Err(Unreadable), "{wrong}");
        }
    }
}
