//! The two sheets that a month lies on in the browser: the one that is read, and one underneath that nobody
//! sees, on which the coming month is laid out before it is asked for. Turning to it is then a change of one
//! class; laying out a month of hundreds of events takes a slow phone longer than all else of a step.

use super::grid::dom;
use super::model::{CalendarData, CalendarQuery};
use super::month_html::table;
use crate::text::Lang;
use jiff::civil::Date;
use leptos::prelude::document;
use std::cell::RefCell;
use std::sync::Arc;
use web_sys::Element;

const UNDER: &str = "sheet under laid";

/// What lies on the sheet underneath.
struct Ready {
    sheet: Element,
    lang: Lang,
    data: Arc<CalendarData>,
    asked: CalendarQuery,
}

thread_local! {
    static READY: RefCell<Option<Ready>> = const { RefCell::new(None) };
}

/// Shows a month, its tab stop on the day `stop`: what the server wrote as it stands, else the sheet underneath
/// if it has just that, else anew.
pub fn show(
    place: &Element,
    lang: Lang,
    data: Arc<CalendarData>,
    asked: CalendarQuery,
    stop: Date,
) {
    if dom::is_of_server(place) {
        dom::make_grid(stop);
        return;
    }
    let ready = READY.take().filter(|ready| {
        place.contains(Some(&ready.sheet))
            && ready.lang == lang
            && ready.asked == asked
            && ready.data == data
    });
    let read = dom::child(place, ".sheet:not(.under)");
    match (ready, read) {
        (Some(ready), Some(read)) => {
            dom::set_stop(&ready.sheet, stop);
            read.set_class_name(UNDER);
            ready.sheet.set_class_name("sheet");
        }
        (_, Some(read)) => read.set_inner_html(&table(lang, &data, &asked, Some(stop))),
        (_, None) => {
            if let Some(sheet) = dom::add_sheet(place, "sheet") {
                sheet.set_inner_html(&table(lang, &data, &asked, Some(stop)));
            }
        }
    }
}

/// Lays a month out underneath the one that is read, if one is.
pub fn prepare(lang: Lang, data: CalendarData, asked: CalendarQuery) {
    let Ok(Some(place)) = document().query_selector(".sheets") else { return };
    let under = dom::child(&place, ".sheet.under").or_else(|| dom::add_sheet(&place, UNDER));
    let Some(sheet) = under else { return };
    sheet.set_class_name("sheet under");
    sheet.set_inner_html(&table(lang, &data, &asked, Some(data.date)));
    // Asking for a size has it laid out, now.
    let _ = sheet.scroll_height();
    sheet.set_class_name(UNDER);
    READY.set(Some(Ready { sheet, lang, data: Arc::new(data), asked }));
}
