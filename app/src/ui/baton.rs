//! The one motif: a series as a line of stops, with the baton where it is now.

use leptos::prelude::*;

/// How a stop is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Filled.
    Held,
    /// The baton.
    Next,
    /// Open.
    Coming,
    /// Dotted.
    Off,
}

/// Between the middles of two open stops.
const STEP: i32 = 16;
/// More room on each side of the baton.
const BATON_EXTRA: i32 = 4;

/// The line, small. `label` says in words what it shows; without one it is decoration.
#[component]
pub fn Baton(
    /// The stops in their order.
    marks: Vec<Mark>,
    /// What the line shows.
    #[prop(optional)]
    label: Option<String>,
) -> impl IntoView {
    let mut x = 5;
    let mut shapes = Vec::with_capacity(marks.len());
    for (index, mark) in marks.iter().enumerate() {
        if index > 0 {
            let beside_baton = *mark == Mark::Next || marks[index - 1] == Mark::Next;
            x += STEP + if beside_baton { BATON_EXTRA } else { 0 };
        } else if *mark == Mark::Next {
            x = 11;
        }
        shapes.push(match mark {
            Mark::Next => view! {
                <rect class="next" x=x - 10 y="1.5" width="20" height="9" rx="4.5" />
            }
            .into_any(),
            other => {
                let class = match other {
                    Mark::Held => Some("held"),
                    Mark::Off => Some("off"),
                    _ => None,
                };
                view! { <circle class=class cx=x cy="6" r="4" /> }.into_any()
            }
        });
    }
    let last_is_baton = marks.last() == Some(&Mark::Next);
    let width = x + if last_is_baton { 12 } else { 6 };
    let decoration = label.is_none();
    view! {
        <svg
            class="baton"
            viewBox=format!("0 0 {width} 12")
            width=width
            height="12"
            role=(!decoration).then_some("img")
            aria-label=label
            aria-hidden=decoration.then_some("true")
        >
            <path d=format!("M5 6H{x}") />
            {shapes}
        </svg>
    }
}
