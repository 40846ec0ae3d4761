//! Whether a file that has come is all there: many end in the middle where they come from already. What its own index
//! says is held against its length; it is not decoded.

use super::kind::{Kind, NotTaken};
use std::fs::File;
use std::io::{Error as IoError, Read, Seek, SeekFrom};

/// No film has more boxes at its top; fragments are two each.
const MOST_BOXES: usize = 200_000;
/// Where a PDF's end mark is looked for, in bytes from its end.
const PDF_END: u64 = 4_096;

/// Whether the file is all there.
///
/// # Errors
/// [`NotTaken::CutOff`] if it is not.
pub fn check(kind: Kind, file: &mut File, length: u64) -> Result<Result<(), NotTaken>, IoError> {
    let is_whole = match kind {
        Kind::Mp4 | Kind::M4a | Kind::Mov => has_all_boxes(file, length)?,
        Kind::Webm | Kind::Mkv => has_all_of_segment(file, length)?,
        Kind::Pdf => has_end(file, length)?,
        // They have no index: what there is of them is played.
        Kind::Mp3 | Kind::Ogg | Kind::Ogv | Kind::Wav => true,
    };
    Ok(if is_whole { Ok(()) } else { Err(NotTaken::CutOff) })
}

/// The boxes at the top fill the file, and the one that says what is where is among them.
fn has_all_boxes(file: &mut File, length: u64) -> Result<bool, IoError> {
    let (mut at, mut is_described) = (0, false);
    for _ in 0..MOST_BOXES {
        if at == length {
            return Ok(is_described);
        }
        let Some(head) = read::<8>(file, at, length)? else { return Ok(false) };
        let [a, b, c, d, of @ ..] = head;
        let mut size = u64::from(u32::from_be_bytes([a, b, c, d]));
        is_described |= &of == b"moov";
        if size == 1 {
            let Some(long) = read::<8>(file, at + 8, length)? else { return Ok(false) };
            size = u64::from_be_bytes(long);
        }
        match size {
            // To the end of the file.
            0 => return Ok(is_described),
            1..8 => return Ok(false),
            _ => match at.checked_add(size) {
                Some(next) if next <= length => at = next,
                _ => return Ok(false),
            },
        }
    }
    Ok(false)
}

/// The segment (RFC 9559 §5.1) is as long as it says, or says nothing.
fn has_all_of_segment(file: &mut File, length: u64) -> Result<bool, IoError> {
    let Some((_, body)) = element(file, 0, length)? else { return Ok(false) };
    let Some(header) = body.length else { return Ok(false) };
    let at = body.begin.saturating_add(header);
    let Some((id, body)) = element(file, at, length)? else { return Ok(false) };
    let fits = body
        .length
        .is_none_or(|size| body.begin.checked_add(size).is_some_and(|end| end <= length));
    Ok(id == 0x1853_8067 && body.begin < length && fits)
}

/// Where what is in an element begins, and how long it is, if that is known.
struct Body {
    begin: u64,
    length: Option<u64>,
}

/// An EBML element's number and body (RFC 8794 §4-6).
fn element(file: &mut File, at: u64, length: u64) -> Result<Option<(u64, Body)>, IoError> {
    let Some(id) = number(file, at, length)? else { return Ok(None) };
    let Some(size) = number(file, at + id.width, length)? else { return Ok(None) };
    let begin = at + id.width + size.width;
    // All ones: not known.
    let unknown = (1_u64 << (7 * size.width)) - 1;
    let length = Some(size.value).filter(|value| *value != unknown);
    Ok(Some((id.with_marker, Body { begin, length })))
}

struct Number {
    width: u64,
    value: u64,
    with_marker: u64,
}

fn number(file: &mut File, at: u64, length: u64) -> Result<Option<Number>, IoError> {
    let Some([first]) = read::<1>(file, at, length)? else { return Ok(None) };
    let width = u64::from(first.leading_zeros()) + 1;
    if width > 8 {
        return Ok(None);
    }
    let mut with_marker = u64::from(first);
    for place in 1..width {
        let Some([byte]) = read::<1>(file, at + place, length)? else { return Ok(None) };
        with_marker = with_marker << 8 | u64::from(byte);
    }
    let value = with_marker & ((1_u64 << (7 * width)) - 1);
    Ok(Some(Number { width, value, with_marker }))
}

/// The mark of its end is near its end.
fn has_end(file: &mut File, length: u64) -> Result<bool, IoError> {
    file.seek(SeekFrom::Start(length.saturating_sub(PDF_END)))?;
    let mut end = Vec::new();
    file.take(PDF_END).read_to_end(&mut end)?;
    Ok(end.windows(5).any(|word| word == b"%%EOF"))
}

fn read<const N: usize>(file: &mut File, at: u64, length: u64) -> Result<Option<[u8; N]>, IoError> {
    let wanted = u64::try_from(N).unwrap_or(u64::MAX);
    if at.checked_add(wanted).is_none_or(|end| end > length) {
        return Ok(None);
    }
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn is_whole(kind: Kind, bytes: &[u8]) -> bool {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        check(kind, &mut file, u64::try_from(bytes.len()).unwrap()).unwrap().is_ok()
    }

    fn boxed(of: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 8).unwrap();
        [&length.to_be_bytes()[..], of, body].concat()
    }

    #[test]
    fn a_film_without_its_end_is_found_out() {
        let ftyp = boxed(b"ftyp", b"isom\0\0\0\0");
        let (moov, mdat) = (boxed(b"moov", &[1; 50]), boxed(b"mdat", &[2; 500]));
        let film = [&ftyp[..], &mdat, &moov].concat();
        assert!(is_whole(Kind::Mp4, &film));
        assert!(is_whole(Kind::Mp4, &[&ftyp[..], &moov, &mdat].concat()));
        for length in 1..film.len() {
            assert!(!is_whole(Kind::Mp4, &film[..length]), "{length}");
        }
        assert!(!is_whole(Kind::Mp4, &[&ftyp[..], &mdat].concat()), "nothing says what is where");
        // A long box, and one to the end.
        let long = [&[0, 0, 0, 1][..], b"mdat", &516_u64.to_be_bytes(), &[2; 500]].concat();
        assert!(is_whole(Kind::Mov, &[&ftyp[..], &moov, &long].concat()));
        assert!(!is_whole(Kind::Mov, &[&ftyp[..], &moov, &long[..400]].concat()));
        assert!(is_whole(Kind::Mov, &[&ftyp[..], &moov, &[0; 4], b"mdat", &[2; 9]].concat()));
        // One that never ends.
        let huge = [&[0, 0, 0, 1][..], b"mdat", &u64::MAX.to_be_bytes()].concat();
        assert!(!is_whole(Kind::Mp4, &[&ftyp[..], &moov, &huge].concat()));
        assert!(!is_whole(Kind::Mp4, &boxed(b"moov", &[])[..7]));
    }

    #[test]
    fn so_is_one_in_matroska() {
        let head = [0x1A, 0x45, 0xDF, 0xA3, 0x84, 0x42, 0x82, 0x81, b'x'];
        let with =
            |size: &[u8], body: &[u8]| [&head[..], &[0x18, 0x53, 0x80, 0x67], size, body].concat();
        assert!(is_whole(Kind::Webm, &with(&[0x40, 100], &[7; 100])));
        assert!(!is_whole(Kind::Webm, &with(&[0x40, 100], &[7; 99])));
        assert!(is_whole(Kind::Mkv, &with(&[0x01, 255, 255, 255, 255, 255, 255, 255], &[7; 9])));
        assert!(!is_whole(Kind::Mkv, &head), "nothing in it");
        assert!(!is_whole(Kind::Mkv, &with(&[0], &[7; 9])), "no number begins so");
    }

    #[test]
    fn a_document_has_an_end() {
        assert!(is_whole(Kind::Pdf, b"%PDF-1.7\nstartxref\n9\n%%EOF\n"));
        assert!(!is_whole(Kind::Pdf, b"%PDF-1.7\nstartxre"));
    }
}
