//! The text of Office Open XML (ISO/IEC 29500) and OpenDocument (ISO/IEC 26300): zip archives of XML. It is read here and
//! not by another program: both readers are in a language that keeps to its memory, and how much is unpacked and how long
//! it takes are bounded.

use crate::jobs::media::sandbox::{Stop, Watch};
use app::materials::file::{FileKind, MOST_PAGES, MOST_TEXT, Unread, parts_of};
use app::materials::file_store::Read;
use app::recordings::jobs::model::Why;
use quick_xml::events::{BytesRef, Event};
use quick_xml::reader::Reader;
use std::fs::File;
use std::io::Read as _;
use zip::ZipArchive;

/// The most that one file of an archive comes to when it is unpacked, in bytes.
const MOST_UNPACKED: u64 = 64 << 20;

/// Reads its text.
pub(super) fn read(watch: &Watch, file: File, kind: FileKind) -> Result<Read, Stop> {
    let mut archive = ZipArchive::new(file).map_err(|_| unreadable())?;
    let names = names(&archive, kind);
    let is_slides = kind == FileKind::Pptx;
    let mut read = Read::default();
    let mut length = 0;
    let count = names.len().max(1);
    for (at, name) in names.iter().enumerate() {
        if watch.is_unwanted() {
            return Err(Stop::NotWanted);
        }
        if length > MOST_TEXT || at >= MOST_PAGES {
            read.why = Some(Unread::Part);
            break;
        }
        let xml = unpack(&mut archive, name)?;
        let number = |at: usize| i32::try_from(at + 1).ok();
        for (page, text) in text_of(&xml, kind)?.into_iter().enumerate() {
            let page = match kind {
                FileKind::Pptx => number(at),
                FileKind::Odp => number(page),
                _ => None,
            };
            let parts = parts_of(page, &text);
            length += parts.iter().map(|part| part.text.len()).sum::<usize>();
            read.parts.extend(parts);
            if kind == FileKind::Odp {
                read.pages = page;
            }
        }
        watch.at(i32::try_from(at * 95 / count).unwrap_or(95));
    }
    if is_slides {
        read.pages = i32::try_from(names.len()).ok().filter(|pages| *pages > 0);
    }
    Ok(read)
}

const fn unreadable() -> Stop {
    Stop::Failed(Why::Unreadable)
}

/// The files of the archive that hold its text, in their order.
fn names(archive: &ZipArchive<File>, kind: FileKind) -> Vec<String> {
    match kind {
        FileKind::Docx => vec!["word/document.xml".into()],
        FileKind::Xlsx => {
            // A sheet of figures alone has no shared words.
            let words = "xl/sharedStrings.xml";
            archive.index_for_name(words).map(|_| words.to_owned()).into_iter().collect()
        }
        FileKind::Pptx => {
            let mut slides: Vec<(u32, String)> = archive
                .file_names()
                .flatten()
                .filter_map(|name| {
                    let number = name.strip_prefix("ppt/slides/slide")?.strip_suffix(".xml")?;
                    Some((number.parse().ok()?, name.clone().into_owned()))
                })
                .collect();
            slides.sort_unstable();
            slides.into_iter().map(|(_, name)| name).collect()
        }
        FileKind::Pdf | FileKind::Odt | FileKind::Odp | FileKind::Ods => {
            vec!["content.xml".into()]
        }
    }
}

fn unpack(archive: &mut ZipArchive<File>, name: &str) -> Result<String, Stop> {
    let file = archive.by_name(name).map_err(|_| unreadable())?;
    let mut xml = Vec::new();
    // What the archive says of its sizes is not believed.
    file.take(MOST_UNPACKED + 1).read_to_end(&mut xml).map_err(|_| unreadable())?;
    if u64::try_from(xml.len()).unwrap_or(u64::MAX) > MOST_UNPACKED {
        return Err(Stop::Failed(Why::Swollen));
    }
    String::from_utf8(xml).map_err(|_| unreadable())
}

/// The text of one file of XML: one, or one for each slide of OpenDocument.
fn text_of(xml: &str, kind: FileKind) -> Result<Vec<String>, Stop> {
    let is_open = matches!(kind, FileKind::Odt | FileKind::Odp | FileKind::Ods);
    let mut reader = Reader::from_str(xml);
    // Text before the first slide, if there were any, is nobody's.
    let mut pages = if kind == FileKind::Odp { Vec::new() } else { vec![String::new()] };
    // How deep within elements whose text is the document's.
    let mut within = 0_usize;
    let push = |pages: &mut [String], text: &str| {
        if let Some(page) = pages.last_mut() {
            page.push_str(text);
        }
    };
    let is_text = |name: &str| match is_open {
        true => matches!(name, "text:p" | "text:h"),
        // `w:t`, `a:t`, and `t` of the sheets.
        false => name.rsplit(':').next() == Some("t"),
    };
    loop {
        match reader.read_event().map_err(|_| unreadable())? {
            // It could be made to grow without end, and no such program writes one.
            Event::DocType(_) => return Err(unreadable()),
            Event::Start(tag) => {
                let name = tag.name();
                let name: &str = name.as_ref();
                within += usize::from(within > 0 || is_text(name));
                if kind == FileKind::Odp && name == "draw:page" {
                    pages.push(String::new());
                }
            }
            Event::Empty(tag) => {
                let name = tag.name();
                let name: &str = name.as_ref();
                // Tabs and line ends part words.
                if matches!(
                    name,
                    "w:tab" | "w:br" | "w:cr" | "a:br" | "text:tab" | "text:line-break" | "text:s"
                ) {
                    push(&mut pages, " ");
                }
            }
            Event::End(tag) => {
                within = within.saturating_sub(1);
                let name = tag.name();
                let name: &str = name.as_ref();
                if matches!(name, "w:p" | "a:p" | "si" | "text:p" | "text:h") {
                    push(&mut pages, "\n");
                }
            }
            Event::Text(text) if within > 0 => push(&mut pages, &text.xml10_content()),
            Event::CData(text) if within > 0 => push(&mut pages, &text.xml10_content()),
            Event::GeneralRef(entity) if within > 0 => push(&mut pages, &sign(&entity)?),
            Event::Eof => return Ok(pages),
            _ => {}
        }
    }
}

/// What stands for a sign: one by its number, or one of the five that XML itself has.
fn sign(entity: &BytesRef<'_>) -> Result<String, Stop> {
    if let Some(sign) = entity.resolve_char_ref().map_err(|_| unreadable())? {
        return Ok(sign.to_string());
    }
    let sign = match &**entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(unreadable()),
    };
    Ok(sign.to_owned())
}
