//! The month in a browser: its keyboard, its crowded days, its seats.
//!
//! The keyboard follows the ARIA Authoring Practices' grid pattern: one stop for Tab, on the day where the
//! cursor is; arrows by day and week, Home and End within the week, Page Up and Page Down by month, with
//! Shift by year. Enter opens the day's agenda; F2 goes to the events in the day, where the arrows move
//! between them and Escape leads back.

use super::model::{CalendarData, CalendarQuery, Days, View, add_days, add_months, monday_of};
use crate::events::model::EventLine;
use crate::text::use_lang;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// One month's table.
#[derive(Clone)]
pub struct Grid {
    /// The day with the tab stop.
    cursor: RwSignal<Date>,
    range: Days,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser opens days"))]
    data: StoredValue<Arc<CalendarData>>,
    asked: StoredValue<CalendarQuery>,
    /// Every event that stands in the table, those of opened days included.
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "only a browser follows seats")
    )]
    shown: RwSignal<Vec<EventLine>>,
}

thread_local! {
    /// The day that the keyboard is on its way to, across a turn of the page.
    static FOCUS_NEXT: std::cell::Cell<Option<Date>> = const { std::cell::Cell::new(None) };
}

impl Grid {
    /// The grid of a month, its cursor on the day that was asked for, or on today.
    #[must_use]
    pub fn new(data: Arc<CalendarData>, asked: CalendarQuery) -> Self {
        let range = data.range();
        let whole_month = asked.date == Some(data.date.first_of_month()) || asked.date.is_none();
        let this_month = data.today.first_of_month() == data.date.first_of_month();
        let cursor = if whole_month && this_month { data.today } else { data.date };
        let shown = data.days.iter().flat_map(|day| day.events.iter().cloned()).collect();
        let grid = Self {
            cursor: RwSignal::new(cursor),
            range,
            data: StoredValue::new(data),
            asked: StoredValue::new(asked),
            shown: RwSignal::new(shown),
        };
        #[cfg(feature = "hydrate")]
        grid.wake();
        grid
    }

    /// The day with the tab stop, where there is script to move it.
    #[must_use]
    pub fn stop(&self) -> Option<Date> {
        cfg!(feature = "hydrate").then(|| self.cursor.get_untracked())
    }

    /// Handles a key pressed anywhere in the table.
    pub fn key(&self, event: &leptos::ev::KeyboardEvent) {
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let day = self.cursor.get_untracked();
        let handled = if dom::is_in_day(event) {
            match event.key().as_str() {
                "Escape" => dom::focus_day(day),
                "ArrowDown" => dom::focus_event(day, 1),
                "ArrowUp" => dom::focus_event(day, -1),
                _ => false,
            }
        } else {
            self.key_on_day(day, &event.key(), event.shift_key())
        };
        if handled {
            event.prevent_default();
        }
    }

    fn key_on_day(&self, day: Date, key: &str, shifted: bool) -> bool {
        let months = if shifted { 12 } else { 1 };
        let to = match key {
            "ArrowLeft" => add_days(day, -1),
            "ArrowRight" => add_days(day, 1),
            "ArrowUp" => add_days(day, -7),
            "ArrowDown" => add_days(day, 7),
            "Home" => monday_of(day),
            "End" => add_days(monday_of(day), 6),
            "PageUp" => add_months(day, -months),
            "PageDown" => add_months(day, months),
            "F2" => return dom::focus_event(day, 0),
            _ => return false,
        };
        self.go(to);
        true
    }

    /// Moves the cursor, turning to another month if the day is not in this one.
    fn go(&self, day: Date) {
        if self.range.contains(day) {
            self.cursor.set(day);
            dom::focus_day(day);
            return;
        }
        let path = self.asked.read_value().on(View::Month, day).path();
        FOCUS_NEXT.with(|next| next.set(Some(day)));
        use_navigate()(
            &use_lang().href(&path),
            NavigateOptions { scroll: false, ..NavigateOptions::default() },
        );
    }

    /// Handles a click anywhere in the table: "+4 till" opens its day where it stands, and closes it.
    pub fn click(&self, event: &leptos::ev::MouseEvent) {
        #[cfg(feature = "hydrate")]
        if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
            self.toggle_day(event);
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = event;
        }
    }
}

#[cfg(feature = "hydrate")]
mod live {
    use super::{FOCUS_NEXT, Grid, dom};
    use crate::calendar::api::load_day;
    use crate::calendar::model::CalendarQuery;
    use crate::calendar::month_html;
    use crate::live::signal::use_seats;
    use crate::text::use_lang;
    use crate::wire;
    use leptos::prelude::*;
    use web_sys::Element;

    impl Grid {
        /// Moves the table's tab stop, and keeps the seats in it true.
        pub(super) fn wake(&self) {
            let (range, cursor, shown) = (self.range, self.cursor, self.shown);
            Effect::new(move |before: Option<jiff::civil::Date>| {
                let day = cursor.get();
                if let Some(before) = before {
                    dom::move_tab_stop(before, day);
                }
                day
            });
            Effect::new(move |_| {
                let next = FOCUS_NEXT.with(std::cell::Cell::take);
                if let Some(next) = next.filter(|next| range.contains(*next)) {
                    cursor.set(next);
                    request_animation_frame(move || {
                        dom::focus_day(next);
                    });
                }
            });
            let lang = use_lang();
            Effect::new(move |_| {
                let followed: Vec<_> =
                    shown.get().into_iter().map(|line| (use_seats(&line), line)).collect();
                Effect::new(move |_| {
                    for (seats, line) in &followed {
                        let seats = seats.read();
                        if *seats == line.seats {
                            continue;
                        }
                        for (element, date) in dom::lines_of(line.id) {
                            let class = month_html::event_class(line, &seats, date);
                            dom::set_line(
                                &element,
                                &class,
                                &month_html::event_state(lang, line, &seats),
                            );
                        }
                    }
                });
            });
        }

        pub(super) fn toggle_day(&self, event: &leptos::ev::MouseEvent) {
            let Some(link) = dom::closest(event, ".more-day") else { return };
            let date = link.get_attribute("data-day").and_then(|text| wire::date::read(&text));
            let Some(date) = date else { return };
            event.prevent_default();
            let lang = use_lang();
            let (data, shown) = (self.data, self.shown);
            let few =
                data.with_value(|data| data.days.iter().find(|day| day.date == date).cloned());
            let Some(few) = few else { return };
            if link.get_attribute("aria-expanded").as_deref() == Some("true") {
                dom::set_day(&link, &month_html::events(lang, &few.events, date, true));
                dom::set_more(
                    &link,
                    false,
                    &lang.more(few.more),
                    &lang.more_on(few.more, date, false),
                );
                return;
            }
            let query = CalendarQuery { date: Some(date), ..self.asked.get_value() };
            leptos::task::spawn_local(async move {
                match load_day(lang, query).await {
                    Ok(events) => {
                        dom::set_day(&link, &month_html::events(lang, &events, date, true));
                        let fewer = lang.words().show_fewer;
                        dom::set_more(&link, true, fewer, &lang.more_on(few.more, date, true));
                        shown.update(|shown| {
                            shown.extend(events.into_iter().skip(few.events.len()))
                        });
                    }
                    // The day cannot be had; its agenda perhaps can.
                    Err(_) => go_to(&link),
                }
            });
        }
    }

    fn go_to(link: &Element) {
        if let Some(href) = link.get_attribute("href") {
            // Leaving for an address of our own cannot be refused.
            let _ = window().location().set_href(&href);
        }
    }
}

#[cfg(feature = "hydrate")]
pub(super) mod dom {
    use crate::events::model::EventId;
    use crate::wire;
    use jiff::civil::Date;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement};

    /// The sheet that is read, and not the one underneath.
    const SHEET: &str = ".sheet:not(.under)";

    /// What a selector finds in the month that is read.
    fn all(selector: &str) -> Vec<Element> {
        let selector = format!("{SHEET} {selector}");
        let Ok(nodes) = document().query_selector_all(&selector) else { return Vec::new() };
        (0..nodes.length()).filter_map(|at| nodes.item(at)?.dyn_into().ok()).collect()
    }

    pub fn child(place: &Element, selector: &str) -> Option<Element> {
        place.query_selector(selector).ok()?
    }

    /// An element whose name is a constant can be made, and a place can hold it.
    pub fn add_sheet(place: &Element, class: &str) -> Option<Element> {
        let sheet = document().create_element("div").ok()?;
        sheet.set_class_name(class);
        place.append_child(&sheet).ok()?;
        Some(sheet)
    }

    /// The server writes a table, script a grid.
    pub fn is_of_server(place: &Element) -> bool {
        child(place, "table:not([role])").is_some()
    }

    fn day(date: Date) -> String {
        format!(".d[data-d='{}']", wire::date::write(date))
    }

    fn link_of(date: Date) -> Option<Element> {
        document().query_selector(&format!("{SHEET} {}", day(date))).ok()?
    }

    /// Moves the tab stop of a sheet to a day.
    pub fn set_stop(sheet: &Element, to: Date) {
        if let Some(link) = child(sheet, ".d[tabindex='0']") {
            set(&link, "tabindex", "-1");
        }
        if let Some(link) = child(sheet, &day(to)) {
            set(&link, "tabindex", "0");
        }
    }

    /// An attribute whose name is a constant cannot be refused.
    fn set(element: &Element, name: &str, value: &str) {
        let _ = element.set_attribute(name, value);
    }

    /// Makes what the server wrote a grid. Months that are turned to are written as one.
    pub fn make_grid(stop: Date) {
        for table in all("table") {
            set(&table, "role", "grid");
        }
        for cell in all("td") {
            set(&cell, "role", "gridcell");
        }
        for link in all("td a") {
            set(&link, "tabindex", "-1");
        }
        for link in all(".more-day") {
            set(&link, "role", "button");
            set(&link, "aria-expanded", "false");
        }
        if let Some(link) = link_of(stop) {
            set(&link, "tabindex", "0");
        }
    }

    pub fn move_tab_stop(from: Date, to: Date) {
        for (day, index) in [(from, "-1"), (to, "0")] {
            if let Some(link) = link_of(day) {
                set(&link, "tabindex", index);
            }
        }
    }

    pub fn focus_day(day: Date) -> bool {
        focus(link_of(day))
    }

    /// Focuses an event of the day: the first, or the one that is `step` from the focused one.
    pub fn focus_event(date: Date, step: i32) -> bool {
        let links = all(&format!("td:has({}) :is(.ev, .more-day)", day(date)));
        let here = document().active_element();
        let at = links.iter().position(|link| Some(link) == here.as_ref());
        let next = match at {
            None => 0,
            Some(at) => at.saturating_add_signed(isize::try_from(step).unwrap_or_default()),
        };
        focus(links.get(next.min(links.len().saturating_sub(1))).cloned())
    }

    pub fn is_in_day(event: &leptos::ev::KeyboardEvent) -> bool {
        event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| !target.class_list().contains("d"))
    }

    pub fn closest(event: &leptos::ev::MouseEvent, selector: &str) -> Option<Element> {
        event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
    }

    /// The lines of an event in the table, with the days that they stand on.
    pub fn lines_of(event: EventId) -> Vec<(Element, Date)> {
        all(&format!("[data-event='{}']", event.0))
            .into_iter()
            .filter_map(|line| {
                let cell = line.closest("td").ok()??;
                let date = cell.query_selector(".d").ok()??.get_attribute("data-d")?;
                Some((line, wire::date::read(&date)?))
            })
            .collect()
    }

    pub fn set_line(line: &Element, class: &str, state: &str) {
        line.set_class_name(class);
        match line.query_selector(".st") {
            Ok(Some(word)) => word.set_text_content(Some(state)),
            _ => push_word(line, state),
        }
    }

    fn push_word(line: &Element, state: &str) {
        // An element whose name is a constant can be made, and a line can hold it.
        if let Ok(word) = document().create_element("span") {
            word.set_class_name("vh st");
            word.set_text_content(Some(state));
            let _ = line.append_child(&word);
        }
    }

    /// The events of the day that a "+4 till" belongs to. `html` is of `month_html`, escaped.
    pub fn set_day(link: &Element, html: &str) {
        if let Some(list) = link.previous_element_sibling() {
            list.set_inner_html(html);
        }
    }

    pub fn set_more(link: &Element, open: bool, text: &str, label: &str) {
        set(link, "aria-expanded", if open { "true" } else { "false" });
        set(link, "aria-label", label);
        link.set_text_content(Some(text));
    }

    fn focus(element: Option<Element>) -> bool {
        element
            .and_then(|element| element.dyn_into::<HtmlElement>().ok())
            .is_some_and(|element| element.focus().is_ok())
    }
}

#[cfg(not(feature = "hydrate"))]
mod dom {
    use jiff::civil::Date;

    pub fn focus_day(_: Date) -> bool {
        false
    }

    pub fn focus_event(_: Date, _: i32) -> bool {
        false
    }

    pub fn is_in_day(_: &leptos::ev::KeyboardEvent) -> bool {
        false
    }
}
