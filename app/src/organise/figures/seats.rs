//! How full each way is: the seats as a bar, those that are not settled as stripes, the line beside it.

use super::model::Figures;
use crate::events::model::{Seats, Way, WaySeats};
use crate::text::use_lang;
use crate::ui::bar::percent;
use leptos::prelude::*;

/// The parts of a bar, in people from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Parts {
    /// Seats that are taken for good.
    settled: i64,
    /// All that are taken.
    taken: i64,
    /// All that there are.
    whole: i64,
    /// And those in line.
    with_line: i64,
}

impl Parts {
    fn of(seats: &WaySeats, unsettled: u32) -> Self {
        let taken = i64::from(seats.confirmed);
        let whole = seats.capacity.map_or(taken, i64::from).max(taken);
        Self {
            settled: (taken - i64::from(unsettled)).max(0),
            taken,
            whole,
            with_line: whole + i64::from(seats.waitlisted),
        }
    }
}

/// A bar for each way, with the same in words.
#[component]
pub fn SeatBars(
    /// What is not settled.
    figures: RwSignal<Figures>,
    /// The seats as they change.
    seats: ArcRwSignal<Seats>,
) -> impl IntoView {
    let lang = use_lang();
    let ways: Vec<Way> = seats.read_untracked().ways.iter().map(|seats| seats.way).collect();
    let bars = ways.into_iter().map(move |way| {
        let (drawn, words, over) = (seats.clone(), seats.clone(), seats.clone());
        let unsettled = Memo::new(move |_| {
            figures.with(|figures| figures.ways.iter().find(|known| known.way == way).copied())
        });
        let parts = Memo::new(move |_| {
            let held = unsettled.get().map_or(0, |held| held.requested + held.offered);
            drawn.read().way(way).map(|seats| Parts::of(seats, held))
        });
        let held = move || {
            let held = unsettled.get()?;
            lang.held_seats(held.requested, held.offered)
        };
        view! {
            <li>
                <b>{lang.way(way)}</b>
                <Gauge parts />
                <span>{move || words.read().way(way).map(|seats| lang.taken(seats))} {held}</span>
                {move || {
                    over.read()
                        .way(way)
                        .and_then(|seats| Some((seats.confirmed, seats.capacity?)))
                        .filter(|(taken, capacity)| taken > capacity)
                        .map(|(taken, capacity)| {
                            view! { <p class="note now">{lang.beyond(taken - capacity)}</p> }
                        })
                }}
            </li>
        }
    });
    view! { <ul class="fill">{bars.collect_view()}</ul> }
}

/// The bar. It stands beside words that say the same, so it is hidden from readers.
#[component]
fn Gauge(parts: Memo<Option<Parts>>) -> impl IntoView {
    let at = move |of: fn(&Parts) -> i64| {
        parts.with(|parts| parts.as_ref().map(|parts| percent(of(parts), parts.with_line)))
    };
    view! {
        <svg class="gauge" aria-hidden="true">
            <line x2=move || at(|parts| parts.whole) y1="50%" y2="50%" />
            <line class="settled" x2=move || at(|parts| parts.settled) y1="50%" y2="50%" />
            <line
                class="unsettled"
                x1=move || at(|parts| parts.settled)
                x2=move || at(|parts| parts.taken)
                y1="50%"
                y2="50%"
            />
            <line
                class="line-up"
                x1=move || at(|parts| parts.whole)
                x2=move || at(|parts| parts.with_line)
                y1="50%"
                y2="50%"
            />
            <line class="limit" x1=move || at(|parts| parts.whole) x2=move || at(|parts| parts.whole) y2="100%" />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_the_seats_and_the_line() {
        let seats = WaySeats { way: Way::OnSite, capacity: Some(10), confirmed: 8, waitlisted: 3 };
        let parts = Parts::of(&seats, 2);
        assert_eq!((parts.settled, parts.taken, parts.whole, parts.with_line), (6, 8, 10, 13));
        // More people than seats; or as many as want to.
        let over = Parts::of(&WaySeats { capacity: Some(5), waitlisted: 0, ..seats }, 20);
        assert_eq!((over.settled, over.taken, over.whole), (0, 8, 8));
        assert_eq!(Parts::of(&WaySeats { capacity: None, ..seats }, 0).whole, 8);
    }
}
