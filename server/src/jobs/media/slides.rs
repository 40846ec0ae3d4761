//! The pages of a PDF as pictures, with the words that stand on them.

use super::Came;
use super::ffmpeg::words;
use super::pictures::size;
use super::sandbox::{Limits, Order, READ, Sandbox, Stop};
use app::recordings::jobs::model::Why;
use app::recordings::jobs::store::MOST_WORDS;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// No more pages than this are drawn; the file itself has them all.
const MOST_PAGES: &str = "300";
/// The longer side of a page, in points.
const LONGER_SIDE: &str = "1280";
const LIMITS: Limits = Limits {
    cpu: Duration::from_secs(600),
    wall: Duration::from_secs(900),
    memory: 2 << 30,
    file: 64 << 20,
    said: 8 << 20,
};

/// A page that was drawn.
#[derive(Clone, Debug)]
pub struct NewPage {
    /// Its number, from 1.
    pub page: i32,
    /// Its picture.
    pub path: PathBuf,
    /// Width and height.
    pub size: (i32, i32),
    /// What stands on it.
    pub words: String,
}

/// Draws the pages.
pub fn pages(sandbox: &Sandbox, file: &File) -> Result<Came, Stop> {
    let text = text(sandbox, file, &LIMITS)?;
    sandbox.watch.at(20);
    let mut arguments = words(&["-jpeg", "-jpegopt", "quality=85", "-scale-to", LONGER_SIDE]);
    arguments.extend(words(&["-l", MOST_PAGES]));
    arguments.extend(words(&[READ, "page"]));
    let order = Order { program: "pdftoppm", arguments, reads: Some(file), has_network: false };
    sandbox.run(&order, &LIMITS, |_| {})?;
    let mut on_pages: Vec<&str> = text.split('\u{c}').collect();
    on_pages.truncate(2_000);
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(&sandbox.folder)? {
        let path = entry?.path();
        let Some(page) = number(&path) else { continue };
        let at = usize::try_from(page - 1).unwrap_or(usize::MAX);
        let words = on_pages.get(at).map(|text| tidy(text)).unwrap_or_default();
        pages.push(NewPage { page, size: size(&path)?, path, words });
    }
    if pages.is_empty() {
        return Err(Stop::Failed(Why::Unreadable));
    }
    pages.sort_by_key(|page| page.page);
    Ok(Came::Pages(pages))
}

/// The words of a PDF, its pages parted by form feeds.
pub fn text(sandbox: &Sandbox, file: &File, limits: &Limits) -> Result<String, Stop> {
    let mut arguments = words(&["-enc", "UTF-8", "-eol", "unix", "-l", MOST_PAGES]);
    arguments.extend(words(&[READ, "-"]));
    let order = Order { program: "pdftotext", arguments, reads: Some(file), has_network: false };
    let said = sandbox.run(&order, limits, |_| {})?;
    Ok(String::from_utf8_lossy(&said.out).into_owned())
}

/// `7` of `page-07.jpg`.
fn number(path: &Path) -> Option<i32> {
    let name = path.file_name()?.to_str()?;
    let number = name.strip_prefix("page-")?.strip_suffix(".jpg")?;
    number.parse().ok().filter(|page| (1..=2_000).contains(page))
}

/// On one line, and no longer than is kept.
fn tidy(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(MOST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbered_by_their_files() {
        assert_eq!(number(Path::new("/x/page-07.jpg")), Some(7));
        assert_eq!(number(Path::new("/x/page-300.jpg")), Some(300));
        for other in ["/x/page-0.jpg", "/x/page-.jpg", "/x/source.pdf", "/x/page-1.png", "/"] {
            assert_eq!(number(Path::new(other)), None, "{other}");
        }
    }

    #[test]
    fn words_stand_on_one_line() {
        assert_eq!(tidy("  Vad är\n\n en\tstafett?\0 \u{7}"), "Vad är en stafett?");
        assert_eq!(tidy(&"å ".repeat(5_000)).chars().count(), MOST_WORDS);
    }
}
