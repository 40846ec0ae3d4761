//! A share of a whole as a bar. It stands beside words that say the same, so it is hidden from readers.

use leptos::prelude::*;

/// `part` of `whole`, with a gap between units where they are few enough to be told apart.
#[component]
pub fn Bar(
    /// How much is filled.
    #[prop(into)]
    part: Signal<i64>,
    /// Of how much.
    #[prop(into)]
    whole: Signal<i64>,
) -> impl IntoView {
    let width = move || percent(part.get(), whole.get());
    view! {
        <svg class="bar" aria-hidden="true">
            <line x2="100%" y1="50%" y2="50%" pathLength=move || units(whole.get()) />
            <line class="on" x2=width y1="50%" y2="50%" pathLength=move || units(part.get()) />
        </svg>
    }
}

/// The length in units; bars of many units are drawn whole.
fn units(count: i64) -> Option<String> {
    (1..=40).contains(&count).then(|| count.to_string())
}

/// `62.5%`
#[must_use]
pub fn percent(part: i64, whole: i64) -> String {
    // Tenths of a per cent are finer than a screen.
    let tenths = if whole > 0 { (part.clamp(0, whole) * 1_000) / whole } else { 0 };
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_stay_within_the_bar() {
        assert_eq!(percent(5, 8), "62.5%");
        assert_eq!(percent(9, 8), "100.0%");
        assert_eq!(percent(-1, 8), "0.0%");
        assert_eq!(percent(1, 0), "0.0%");
    }
}
