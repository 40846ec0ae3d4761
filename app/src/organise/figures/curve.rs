//! How it filled, as a curve: a step for each hour or day, told apart by how the lines are drawn.

use super::model::{Curve, Figures, Step, WIDTH, top_of};
use crate::events::model::Phase;
use crate::text::{Lang, dates, number, use_lang};
use jiff::civil::DateTime;
use leptos::prelude::*;

/// The height of the drawing in its own units.
const HEIGHT: i64 = 300;
/// Seats that are further above the curve than this would press it flat.
const MOST_ABOVE: i64 = 4;

/// How many seats there are in all, where every way has a number of them.
fn capacity(figures: &Figures) -> Option<i64> {
    let seats = figures.line.seats.ways.iter().map(|way| way.capacity.map(i64::from));
    seats.sum::<Option<i64>>().filter(|seats| *seats > 0)
}

/// The number at the top of the drawing, and the seats if they fit under it.
fn scale(curve: &Curve, capacity: Option<i64>) -> (i64, Option<i64>) {
    let highest = curve.highest();
    let drawn = capacity.filter(|seats| *seats <= highest.max(5) * MOST_ABOVE);
    (top_of(highest.max(drawn.unwrap_or(0))), drawn)
}

/// A moment of the curve.
fn moment(lang: Lang, at: DateTime, step: Step) -> String {
    match step {
        Step::Hour => format!("{} {}", dates::day(lang, at.date()), dates::clock(at.time())),
        Step::Day => format!("{} {}", dates::day(lang, at.date()), at.year()),
    }
}

/// The curve, its key, and the same figures as a table.
#[component]
pub fn CurveFigure(
    /// All figures.
    figures: RwSignal<Figures>,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.figure_words();
    let curve = Memo::new(move |_| figures.with(|figures| figures.curve.clone()));
    let seats = Memo::new(move |_| figures.with(capacity));
    let is_over = Memo::new(move |_| figures.with(|figures| figures.line.phase == Phase::Past));
    let no_curve = move || curve.with(Option::is_none);
    let last = move || curve.with(|curve| curve.as_ref().map(Curve::last)).unwrap_or_default();
    let taken = move || lang.have_a_place(last().0);
    let waiting = move || lang.are_in_line(last().1);
    let has_line = move || {
        curve.with(|curve| {
            curve.as_ref().is_some_and(|curve| curve.points.iter().any(|it| it.waiting != 0))
        })
    };
    let there_are = move || seats.get().map(|seats| lang.there_are_seats(seats));
    let begins =
        move || curve.with(|curve| curve.as_ref().map(|it| moment(lang, it.begins, it.step)));
    let ends = move || match is_over.get() {
        false => Some(texts.now.to_owned()),
        true => curve.with(|curve| curve.as_ref().map(|it| moment(lang, it.ends, it.step))),
    };
    view! {
        <p class="text" hidden=move || !no_curve()>
            {texts.no_curve}
        </p>
        <figure class="course" hidden=no_curve>
            <figcaption>
                <h3>{texts.over_time}</h3>
                <ul class="legend">
                    <li>
                        <Sample class="taken" />
                        {taken}
                    </li>
                    <li hidden=move || !has_line()>
                        <Sample class="waiting" />
                        {waiting}
                    </li>
                    <li hidden=move || seats.get().is_none()>
                        <Sample class="seats" />
                        {there_are}
                    </li>
                </ul>
            </figcaption>
            <Drawing curve seats />
            <p class="axis">
                <span>{begins}</span>
                <span>{ends}</span>
            </p>
            <details>
                <summary>{texts.as_table}</summary>
                <table class="counts">
                    <thead>
                        <tr>
                            <th scope="col">{texts.until}</th>
                            <th scope="col">{texts.places}</th>
                            <th scope="col">{texts.line}</th>
                        </tr>
                    </thead>
                    <tbody>{move || curve.with(|curve| curve.as_ref().map(|curve| rows(lang, curve)))}</tbody>
                </table>
            </details>
        </figure>
    }
}

fn rows(lang: Lang, curve: &Curve) -> impl IntoView + use<> {
    let row = |point: &super::model::Point| {
        view! {
            <tr>
                <th scope="row">{moment(lang, point.at, curve.step)}</th>
                <td>{number(lang, point.taken)}</td>
                <td>{number(lang, point.waiting)}</td>
            </tr>
        }
    };
    curve.points.iter().rev().map(row).collect_view()
}

/// How a line is drawn, beside its name.
#[component]
fn Sample(class: &'static str) -> impl IntoView {
    view! {
        <svg class="sample" aria-hidden="true">
            <line class=class x2="100%" y1="50%" y2="50%" />
        </svg>
    }
}

/// The drawing. Its words are elsewhere on the page, so it is hidden from readers.
#[component]
fn Drawing(curve: Memo<Option<Curve>>, seats: Memo<Option<i64>>) -> impl IntoView {
    let lang = use_lang();
    let scaled = Memo::new(move |_| {
        curve.with(|curve| curve.as_ref().map_or((4, None), |curve| scale(curve, seats.get())))
    });
    let path = move |of: fn(&super::model::Point) -> i64| {
        let top = scaled.get().0;
        curve.with(|curve| curve.as_ref().map(|curve| curve.path(HEIGHT, top, of)))
    };
    let ceiling = move || {
        let (top, seats) = scaled.get();
        seats.map(|seats| format!("M0 {}H{WIDTH}", HEIGHT - seats * HEIGHT / top))
    };
    let top = move || number(lang, scaled.get().0);
    let half = move || number(lang, scaled.get().0 / 2);
    view! {
        <svg class="curve" aria-hidden="true">
            <line class="grid" x2="100%" />
            <line class="grid" x2="100%" y1="50%" y2="50%" />
            <line class="ground" x2="100%" y1="100%" y2="100%" />
            <text x="0" y="0" dy="-.35em">
                {top}
            </text>
            <text x="0" y="50%" dy="-.35em">
                {half}
            </text>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none">
                <path class="seats" d=ceiling />
                <path class="waiting" d=move || path(|point| point.waiting) />
                <path class="taken" d=move || path(|point| point.taken) />
            </svg>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn seats_far_above_the_curve_are_said_and_not_drawn() {
        let day = date(2027, 1, 1).at(0, 0, 0, 0);
        let curve = Curve::of(day, day, Step::Hour, [(day, 10, 0)]);
        assert_eq!(scale(&curve, Some(40)), (40, Some(40)));
        assert_eq!(scale(&curve, Some(41)), (10, None));
        assert_eq!(scale(&curve, None), (10, None));
        // An event that has just opened shows its seats, if they are few.
        let empty = Curve::of(day, day, Step::Hour, []);
        assert_eq!(scale(&empty, Some(20)), (20, Some(20)));
    }
}
