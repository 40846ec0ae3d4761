//! The list of cues. Only those on view and some around them are in the page, as text: with thousands of rows as views
//! every key would be felt.

use super::sheet::Sheet;
use super::warn::warnings;
use crate::captions::clock;
use crate::ui::html::{push_attribute, push_escaped};
use std::fmt::Write;
use std::ops::Range;

/// So many rows beyond what is on view are there already.
const MARGIN: i32 = 12;

/// The rows that are in the page while the list is scrolled so far, so high, and its rows so high (in pixels).
pub(super) fn window(top: i32, height: i32, row: i32, count: usize) -> Range<usize> {
    let row = row.max(1);
    let place = |at: i32| usize::try_from(at.max(0)).unwrap_or_default().min(count);
    // In steps, so that not each pixel writes the list anew.
    let first = (top / row - MARGIN).div_euclid(MARGIN) * MARGIN;
    place(first)..place(first + height / row + 4 * MARGIN)
}

/// How the list stands.
pub(super) struct Shown<'a> {
    /// All cues.
    pub sheet: &'a Sheet,
    /// Which of them are in the page.
    pub rows: Range<usize>,
    /// Which is chosen.
    pub chosen: usize,
    /// Which is heard.
    pub heard: Option<usize>,
    /// How high a row is, in pixels.
    pub row: i32,
    /// `Anmärkningar`, for those who hear the list.
    pub remarks: &'static str,
}

/// The list as HTML: options of a list box (WAI-ARIA), and in the place of those that are not there room as high.
pub(super) fn html(shown: &Shown<'_>) -> String {
    let all = shown.sheet.rows();
    let count = all.len();
    let mut html = String::new();
    gap(&mut html, shown.rows.start, shown.row);
    for at in shown.rows.clone() {
        let Some(row) = all.get(at) else { break };
        let is_chosen = at == shown.chosen;
        let heard = if shown.heard == Some(at) { " is-heard" } else { "" };
        // A String takes all that is written to it.
        let _ = write!(
            html,
            "<div role=\"option\" id=\"cue-{at}\" data-at=\"{at}\" class=\"cap-row{heard}\" aria-selected=\"{is_chosen}\" \
             aria-posinset=\"{}\" aria-setsize=\"{count}\"><span class=\"cap-time\">{}</span>",
            at + 1,
            clock::write(row.start_ms),
        );
        let warned = warnings(shown.sheet, at);
        if !warned.is_empty() {
            let class =
                if warned.iter().any(|it| it.forbids()) { "cap-warn forbids" } else { "cap-warn" };
            html.push_str("<span");
            push_attribute(&mut html, "class", class);
            let _ = write!(
                html,
                "><span class=\"vh\">{}: </span>{}</span>",
                shown.remarks,
                warned.len()
            );
        }
        html.push_str("<span class=\"cap-words\">");
        let voice = row.voice();
        if !voice.is_empty() {
            html.push_str("<b>");
            push_escaped(&mut html, &voice);
            html.push_str(":</b> ");
        }
        push_escaped(&mut html, &row.words());
        html.push_str("</span></div>");
    }
    gap(&mut html, count.saturating_sub(shown.rows.end), shown.row);
    html
}

/// Room for so many rows. A drawing of that height: the page may have no inline styles.
fn gap(html: &mut String, rows: usize, row: i32) {
    let height = i64::try_from(rows).unwrap_or_default() * i64::from(row);
    if height > 0 {
        let _ = write!(
            html,
            "<div role=\"presentation\"><svg class=\"cap-gap\" width=\"1\" height=\"{height}\" aria-hidden=\"true\"></svg></div>"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captions::model::Cue;

    #[test]
    fn what_is_on_view_is_in_the_page_and_little_more() {
        for top in [0, 71, 5_000, 143_000, 259_200 - 600, 999_999] {
            let rows = window(top, 600, 72, 3_600);
            let (first, last) =
                (usize::try_from(top / 72).unwrap(), usize::try_from((top + 600) / 72).unwrap());
            assert!(
                rows.start <= first.min(3_600) && rows.end >= last.min(3_600),
                "{top}: {rows:?}"
            );
            assert!(rows.len() <= 60, "{top}: {rows:?}");
        }
        assert_eq!(window(0, 600, 0, 5), 0..5);
        assert_eq!(window(0, 600, 72, 0), 0..0);
    }

    #[test]
    fn words_are_no_tags_and_the_whole_is_as_high_as_all_rows() {
        let cues: Vec<_> = (0..100)
            .map(|at| Cue::plain(at * 1_000, at * 1_000 + 900, Some("<Bo>"), "a <b> & c"))
            .collect();
        let sheet = Sheet::of(&cues);
        let html = html(&Shown {
            sheet: &sheet,
            rows: 10..12,
            chosen: 11,
            heard: Some(10),
            row: 72,
            remarks: "Anm",
        });
        assert!(html.contains("height=\"720\"") && html.contains("height=\"6336\""), "{html}");
        assert!(html.contains("&lt;Bo&gt;:</b> a &lt;b&gt; &amp; c"), "{html}");
        assert_eq!(html.matches("role=\"option\"").count(), 2);
        assert!(html.contains("id=\"cue-11\" data-at=\"11\" class=\"cap-row\" aria-selected=\"true\" aria-posinset=\"12\" aria-setsize=\"100\""), "{html}");
    }
}
