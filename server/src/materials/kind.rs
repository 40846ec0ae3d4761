//! What a file is, by its first bytes and how it is built: never by what it is called. Office Open XML and OpenDocument
//! are zip archives; which they are, the archive itself says.

use app::materials::file::FileKind;
use app::organise::materials::model::FileProblem;
use std::fs::File;
use std::io::{Error as IoError, Read, Seek, SeekFrom};
use std::path::Path;
use zip::ZipArchive;

/// Where a PDF's end mark is looked for, in bytes from its end (ISO 32000 lets it stand in the last 1,024).
const PDF_END: u64 = 4_096;
/// The most files in an archive: slides of a whole conference have a few thousand.
const MOST_FILES: usize = 10_000;
/// What OpenDocument says of itself is no longer than this, in bytes.
const LONGEST_TYPE: u64 = 200;

/// What the file at a path is, which is called `name` by whoever sent it.
///
/// # Errors
/// What is wrong with it.
pub(super) fn of(path: &Path, name: &str, bytes: u64) -> Result<FileKind, FileProblem> {
    let mut file = File::open(path).map_err(|error| failed(&error))?;
    let mut begin = Vec::new();
    (&mut file).take(8).read_to_end(&mut begin).map_err(|error| failed(&error))?;
    let kind = match begin.as_slice() {
        [b'%', b'P', b'D', b'F', b'-', ..] => {
            if !has_end(&mut file, bytes).map_err(|error| failed(&error))? {
                return Err(FileProblem::Broken);
            }
            FileKind::Pdf
        }
        [b'P', b'K', 3, 4, ..] => archive(file)?,
        // A compound file (MS-CFB §2.2): Office from before 2007, and what newer Office locks by a password.
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] => return Err(FileProblem::Old),
        _ => return Err(FileProblem::NotTaken),
    };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    // A name without an ending says nothing of what it is.
    match ending.as_deref() {
        None | Some("") => Ok(kind),
        Some(ending) if ending == kind.as_str() => Ok(kind),
        Some(_) => Err(FileProblem::Otherwise),
    }
}

fn failed(error: &IoError) -> FileProblem {
    tracing::error!(%error, "a material's file could not be read");
    FileProblem::Broken
}

fn has_end(file: &mut File, bytes: u64) -> Result<bool, IoError> {
    file.seek(SeekFrom::Start(bytes.saturating_sub(PDF_END)))?;
    let mut end = Vec::new();
    file.take(PDF_END).read_to_end(&mut end)?;
    Ok(end.windows(5).any(|word| word == b"%%EOF"))
}

/// What an archive holds. Its index is read, and nothing is unpacked but what says what it is.
fn archive(file: File) -> Result<FileKind, FileProblem> {
    let mut archive = ZipArchive::new(file).map_err(|_| FileProblem::Broken)?;
    if archive.len() > MOST_FILES {
        return Err(FileProblem::NotTaken);
    }
    // A name that is no text is of nothing that is looked for.
    let names = archive.file_names().flatten().map(|name| name.to_ascii_lowercase());
    let names: Vec<String> = names.collect();
    let has = |name: &str| names.iter().any(|there| there == name);
    // OpenDocument keeps what is like macros in these folders, Office in such a file.
    let has_macros = names.iter().any(|name| {
        name.ends_with("vbaproject.bin")
            || name.starts_with("basic/")
            || name.starts_with("scripts/")
    });
    let kind = if has("mimetype") {
        open_document(&mut archive)?
    } else if !has("[content_types].xml") {
        return Err(FileProblem::NotTaken);
    } else if has("word/document.xml") {
        FileKind::Docx
    } else if has("ppt/presentation.xml") {
        FileKind::Pptx
    } else if has("xl/workbook.xml") {
        FileKind::Xlsx
    } else {
        return Err(FileProblem::NotTaken);
    };
    if has_macros { Err(FileProblem::Macros) } else { Ok(kind) }
}

/// What the file `mimetype` says (OpenDocument 1.3, part 2, §3.3).
fn open_document(archive: &mut ZipArchive<File>) -> Result<FileKind, FileProblem> {
    let mut text = String::new();
    let entry = archive.by_name("mimetype").map_err(|_| FileProblem::Broken)?;
    entry.take(LONGEST_TYPE).read_to_string(&mut text).map_err(|_| FileProblem::Broken)?;
    let kind = [FileKind::Odt, FileKind::Odp, FileKind::Ods]
        .into_iter()
        .find(|kind| kind.content_type() == text.trim())
        .ok_or(FileProblem::NotTaken)?;
    match archive.index_for_name("content.xml") {
        Some(_) => Ok(kind),
        None => Err(FileProblem::Broken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn is(bytes: &[u8], name: &str) -> Result<FileKind, FileProblem> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        of(file.path(), name, u64::try_from(bytes.len()).unwrap())
    }

    const PDF: &[u8] = b"%PDF-1.7\nstartxref\n9\n%%EOF\n";
    const ODT: &[u8] = b"application/vnd.oasis.opendocument.text";

    #[test]
    fn a_file_is_what_is_in_it() {
        let docx = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")]);
        let odt = zipped(&[("mimetype", ODT), ("content.xml", b"<a/>")]);
        assert_eq!(is(PDF, "Rapport.PDF"), Ok(FileKind::Pdf));
        assert_eq!(is(PDF, "Rapport"), Ok(FileKind::Pdf));
        assert_eq!(is(&docx, "a.docx"), Ok(FileKind::Docx));
        assert_eq!(is(&odt, "a.odt"), Ok(FileKind::Odt));
        for (part, kind) in
            [("ppt/presentation.xml", FileKind::Pptx), ("xl/workbook.xml", FileKind::Xlsx)]
        {
            let file = zipped(&[("[Content_Types].xml", b"<Types/>"), (part, b"<a/>")]);
            assert_eq!(is(&file, ""), Ok(kind));
        }
    }

    #[test]
    fn whatever_it_is_called() {
        let docx = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")]);
        for (bytes, name, problem) in [
            (PDF, "rapport.docx", FileProblem::Otherwise),
            (PDF, "rapport.pdf.exe", FileProblem::Otherwise),
            (&docx, "rapport.pdf", FileProblem::Otherwise),
            (&docx, "rapport.docm", FileProblem::Otherwise),
            (b"<!DOCTYPE html><script>alert(1)</script>", "rapport.pdf", FileProblem::NotTaken),
            (b" %PDF-1.7\n%%EOF", "rapport.pdf", FileProblem::NotTaken),
            (b"%PDF-1.7\nand then the line broke", "rapport.pdf", FileProblem::Broken),
            (b"MZ\x90\0\x03\0\0\0", "rapport.pdf", FileProblem::NotTaken),
            (b"%PD", "rapport.pdf", FileProblem::NotTaken),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on", "a.doc", FileProblem::Old),
            (b"PK\x03\x04 and then nothing", "a.docx", FileProblem::Broken),
            (&docx[..docx.len() / 2], "a.docx", FileProblem::Broken),
        ] {
            assert_eq!(is(bytes, name), Err(problem), "{name}");
        }
    }

    #[test]
    fn archives_of_other_things_and_of_programs_are_not_taken() {
        let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
        let other = zipped(&[("rapport.pdf", PDF)]);
        assert_eq!(is(&other, "a.docx"), Err(FileProblem::NotTaken));
        assert_eq!(is(&zipped(&[types]), "a.docx"), Err(FileProblem::NotTaken));
        let macros =
            zipped(&[types, ("word/document.xml", b"<a/>"), ("word/vbaProject.bin", b"x")]);
        assert_eq!(is(&macros, "a.docx"), Err(FileProblem::Macros));
        let macros = zipped(&[("mimetype", ODT), ("content.xml", b""), ("Basic/a.xml", b"x")]);
        assert_eq!(is(&macros, "a.odt"), Err(FileProblem::Macros));
        let book = zipped(&[("mimetype", b"application/epub+zip"), ("content.xml", b"")]);
        assert_eq!(is(&book, "a.epub"), Err(FileProblem::NotTaken));
        assert_eq!(is(&zipped(&[("mimetype", ODT)]), "a.odt"), Err(FileProblem::Broken));
        let many: Vec<String> = (0..=MOST_FILES).map(|n| format!("{n}")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(is(&zipped(&many), "a.docx"), Err(FileProblem::NotTaken));
    }
}
