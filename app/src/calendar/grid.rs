//! The month under the keyboard, after the ARIA Authoring Practices' grid pattern: one stop for Tab, on
//! the day where the cursor is; arrows by day and week, Home and End within the week, Page Up and Page
//! Down by month, with Shift by year. Enter opens the day's agenda; F2 goes to the events in the day,
//! where the arrows move between them and Escape leads back.

use super::model::{CalendarData, CalendarQuery, Days, View, monday_of, shift};
use crate::text::use_lang;
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Where the cursor is, for the cells and the keys of one month.
#[derive(Clone)]
pub struct Cursor {
    /// The day with the tab stop.
    day: RwSignal<Date>,
    /// Script runs, so the table is a grid.
    live: RwSignal<bool>,
    range: Days,
    asked: StoredValue<CalendarQuery>,
}

/// Whether the links inside the cells are stops for Tab: only while the table is no grid.
#[derive(Clone)]
pub struct Inside(RwSignal<bool>);

impl Inside {
    /// `-1` in a grid.
    pub fn tab_index(&self) -> impl Fn() -> Option<&'static str> + use<> {
        let live = self.0;
        move || live.get().then_some("-1")
    }
}

impl Cursor {
    /// A cursor on the day that was asked for.
    #[must_use]
    pub fn new(data: &CalendarData, asked: &CalendarQuery) -> Self {
        let range = data.range();
        let start = if range.contains(data.today)
            && data.today.first_of_month() == data.date.first_of_month()
            && data.date == data.date.first_of_month()
        {
            data.today
        } else {
            data.date
        };
        let live = RwSignal::new(false);
        Effect::new(move |_| live.set(true));
        let cursor =
            Self { day: RwSignal::new(start), live, range, asked: StoredValue::new(asked.clone()) };
        cursor.focus_after_turning();
        cursor
    }

    /// The table is a grid.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.live.get()
    }

    /// For the links inside the cells.
    #[must_use]
    pub fn inside(&self) -> Inside {
        Inside(self.live)
    }

    /// `0` on the cursor's day, `-1` on all others; nothing while the table is no grid.
    pub fn tab_index(&self, date: Date) -> impl Fn() -> Option<&'static str> + use<> {
        let (day, live) = (self.day, self.live);
        move || live.get().then(|| if day.get() == date { "0" } else { "-1" })
    }

    /// Handles a key pressed anywhere in the table.
    pub fn key(&self, event: &leptos::ev::KeyboardEvent) {
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let handled = if is_in_event(event) {
            self.key_in_day(&event.key())
        } else {
            self.key_on_day(&event.key(), event.shift_key())
        };
        if handled {
            event.prevent_default();
        }
    }

    fn key_on_day(&self, key: &str, shifted: bool) -> bool {
        let day = self.day.get_untracked();
        let months = if shifted { 12 } else { 1 };
        let to = match key {
            "ArrowLeft" => shift(day, (-1).days()),
            "ArrowRight" => shift(day, 1.days()),
            "ArrowUp" => shift(day, (-7).days()),
            "ArrowDown" => shift(day, 7.days()),
            "Home" => monday_of(day),
            "End" => shift(monday_of(day), 6.days()),
            "PageUp" => shift(day, (-months).months()),
            "PageDown" => shift(day, months.months()),
            "F2" => return focus_event(day, 0),
            _ => return false,
        };
        self.go(to);
        true
    }

    fn key_in_day(&self, key: &str) -> bool {
        let day = self.day.get_untracked();
        match key {
            "Escape" => focus_day(day),
            "ArrowDown" => focus_event(day, 1),
            "ArrowUp" => focus_event(day, -1),
            _ => false,
        }
    }

    /// Moves the cursor, turning to another month if the day is not in this one.
    fn go(&self, day: Date) {
        if self.range.contains(day) {
            self.day.set(day);
            focus_day(day);
            return;
        }
        let path = self.asked.read_value().on(View::Month, day).path();
        FOCUS_NEXT.with(|next| next.set(Some(day)));
        use_navigate()(
            &use_lang().href(&path),
            NavigateOptions { scroll: false, ..NavigateOptions::default() },
        );
    }

    /// After the keyboard turned the page, the cursor goes on where it was going.
    fn focus_after_turning(&self) {
        let range = self.range;
        let day = self.day;
        Effect::new(move |_| {
            let next = FOCUS_NEXT.with(std::cell::Cell::take);
            if let Some(next) = next.filter(|next| range.contains(*next)) {
                day.set(next);
                request_animation_frame(move || {
                    focus_day(next);
                });
            }
        });
    }
}

thread_local! {
    /// The day that the keyboard is on its way to, across a turn of the page.
    static FOCUS_NEXT: std::cell::Cell<Option<Date>> = const { std::cell::Cell::new(None) };
}

#[cfg(feature = "hydrate")]
mod dom {
    use jiff::civil::Date;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement};

    pub fn focus_day(day: Date) -> bool {
        focus(document().get_element_by_id(&format!("d-{day}")))
    }

    /// Focuses an event of the day: the first, or the one that is `step` from the focused one.
    pub fn focus_event(day: Date, step: i32) -> bool {
        let Some(cell) =
            document().get_element_by_id(&format!("d-{day}")).and_then(|day| day.parent_element())
        else {
            return false;
        };
        let Ok(links) = cell.query_selector_all(".ev, .more-day") else { return false };
        let here = document().active_element();
        let at = (0..links.length()).find(|index| {
            links.item(*index).and_then(|node| node.dyn_into::<Element>().ok()) == here
        });
        let count = i64::from(links.length());
        let next = at.map_or(0, |at| i64::from(at) + i64::from(step)).clamp(0, (count - 1).max(0));
        let link = u32::try_from(next).ok().and_then(|next| links.item(next));
        focus(link.and_then(|node| node.dyn_into().ok()))
    }

    pub fn is_in_event(event: &leptos::ev::KeyboardEvent) -> bool {
        event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| !target.class_list().contains("d"))
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

    pub fn is_in_event(_: &leptos::ev::KeyboardEvent) -> bool {
        false
    }
}

use dom::{focus_day, focus_event, is_in_event};
