//! The text of a PDF, page by page, by poppler's programs in a place of their own.

use crate::jobs::media::sandbox::{Limits, Order, READ, Sandbox, Stop};
use app::materials::file::{MOST_PAGES, MOST_TEXT, Unread, join_lines, parts_of};
use app::materials::file_store::Read;
use app::recordings::jobs::model::Why;
use std::fs::File;
use std::time::Duration;

/// So many pages are read at a time: how far it has come is told in between, and what a page swells to is its own.
const AT_ONCE: usize = 50;
pub(super) const LIMITS: Limits = Limits {
    cpu: Duration::from_secs(60),
    wall: Duration::from_secs(120),
    memory: 2 << 30,
    file: 1 << 20,
    // Fifty pages of the smallest print are a tenth of this.
    said: 4 << 20,
};

/// Reads its pages, as far as they are read.
pub(super) fn read(sandbox: &Sandbox, file: &File) -> Result<Read, Stop> {
    read_within(sandbox, file, &LIMITS)
}

pub(super) fn read_within(sandbox: &Sandbox, file: &File, limits: &Limits) -> Result<Read, Stop> {
    let pages = count(sandbox, file, limits)?;
    let most = pages.min(MOST_PAGES);
    let mut read = Read { pages: i32::try_from(pages).ok(), ..Read::default() };
    let mut length = 0;
    let mut first = 1;
    while first <= most && length <= MOST_TEXT {
        let last = (first + AT_ONCE - 1).min(most);
        let text = text(sandbox, file, limits, (first, last))?;
        for (page, text) in (first..=last).zip(text.split('\u{c}')) {
            let parts = parts_of(i32::try_from(page).ok(), &join_lines(text));
            length += parts.iter().map(|part| part.text.len()).sum::<usize>();
            read.parts.extend(parts);
        }
        sandbox.watch.at(i32::try_from(last * 95 / most).unwrap_or(95));
        first = last + 1;
    }
    if pages > most || first <= most {
        read.why = Some(Unread::Part);
    }
    Ok(read)
}

/// How many pages it says it has.
fn count(sandbox: &Sandbox, file: &File, limits: &Limits) -> Result<usize, Stop> {
    let arguments = vec!["-enc".into(), "UTF-8".into(), READ.into()];
    let order = Order { program: "pdfinfo", arguments, reads: Some(file), has_network: false };
    let said = sandbox.run(&order, limits, |_| {})?;
    let said = String::from_utf8_lossy(&said.out);
    let pages = said.lines().find_map(|line| line.strip_prefix("Pages:"));
    let pages = pages.and_then(|pages| pages.trim().parse().ok());
    pages.filter(|pages| *pages > 0).ok_or(Stop::Failed(Why::Unreadable))
}

/// The text of some of its pages, parted by form feeds.
fn text(
    sandbox: &Sandbox,
    file: &File,
    limits: &Limits,
    (first, last): (usize, usize),
) -> Result<String, Stop> {
    let mut arguments: Vec<std::ffi::OsString> =
        ["-enc", "UTF-8", "-eol", "unix", "-q"].map(Into::into).to_vec();
    arguments.extend(["-f".into(), first.to_string().into()]);
    arguments.extend(["-l".into(), last.to_string().into()]);
    arguments.extend([READ.into(), "-".into()]);
    let order = Order { program: "pdftotext", arguments, reads: Some(file), has_network: false };
    let said = sandbox.run(&order, limits, |_| {})?;
    Ok(String::from_utf8_lossy(&said.out).into_owned())
}
