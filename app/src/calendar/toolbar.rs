//! Above the calendar: where one is, and the ways to somewhere else.

use super::ahead::Question;
use super::model::{CalendarData, CalendarQuery, View, step};
use crate::live::signal::use_programme_changes;
use crate::text::{Lang, dates, number, use_lang};
use crate::ui::html::{push_attribute, push_escaped};
use jiff::civil::Date;
use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::prelude::*;
use leptos::web_sys::Element;
use std::sync::Arc;

/// Title, today, back and on, a month to jump to, and the three layouts.
#[component]
pub fn Toolbar(
    /// `november 2026`
    title: String,
    /// What is shown.
    data: Arc<CalendarData>,
    /// What was asked for.
    asked: CalendarQuery,
) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let (back, on) = (Step::new(&data, &asked, -1), Step::new(&data, &asked, 1));
    let (back_name, on_name) =
        (lang.step_name(data.view, back.day), lang.step_name(data.view, on.day));
    let today = lang.href(&CalendarQuery { date: None, ..asked.clone() }.path());
    let layout = |view: View| {
        let href = lang.href(&CalendarQuery { view: Some(view), ..asked.clone() }.path());
        let current = (view == data.view).then_some("page");
        view! {
            <a href=href aria-current=current>
                {lang.view(view)}
            </a>
        }
    };
    view! {
            <h1 id="cal-title" tabindex="-1">
                {title}
            </h1>
            <div>
                <nav class="steps" aria-label=words.leaf_through>
                    <a class="btn small quiet" href=today>
                        {words.today}
                    </a>
                    <StepLink rel="prev" step=back>
                        <span aria-hidden="true">"←\u{a0}"</span>
                        {back_name}
                    </StepLink>
                    <StepLink rel="next" step=on>
                        {on_name}
                        <span aria-hidden="true">"\u{a0}→"</span>
                    </StepLink>
                </nav>
                <Jump data=Arc::clone(&data) asked=asked.clone() />
                <nav class="views" aria-label=words.show_as>
                    {View::ALL.iter().map(|view| layout(*view)).collect_view()}
                </nav>
            </div>
    }
}

/// A step back or on.
#[derive(Clone)]
struct Step {
    day: Date,
    view: View,
    /// On, or back.
    steps: i32,
    query: CalendarQuery,
    lang: Lang,
    changes: ArcRwSignal<u32>,
}

impl Step {
    fn new(data: &CalendarData, asked: &CalendarQuery, steps: i32) -> Self {
        let day = step(data.view, data.date, steps);
        Self {
            day,
            view: data.view,
            steps,
            query: asked.on(data.view, day),
            lang: use_lang(),
            changes: use_programme_changes(),
        }
    }

    /// A second click that comes before the first has been answered is a second step.
    fn lead_further(&self, event: &leptos::ev::MouseEvent, on_its_way: StoredValue<Date>) {
        #[cfg(feature = "hydrate")]
        {
            use wasm_bindgen::JsCast;
            if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
                return;
            }
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let Some(link) = target.and_then(|target| target.closest("a").ok().flatten()) else {
                return;
            };
            let (lang, view, steps) = (self.lang, self.view, self.steps);
            let query = self.query.clone();
            // Not before the router has read where this one leads.
            set_timeout(
                move || {
                    let Some(day) = on_its_way.try_get_value() else { return };
                    let further = step(view, day, steps);
                    on_its_way.try_update_value(|day| *day = further);
                    lead_to(link, lang.href(&query.on(view, further).path()));
                },
                std::time::Duration::ZERO,
            );
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = (event, on_its_way, self.steps, self.view);
        }
    }

    /// Whoever is on their way to it will want it.
    fn fetch(&self) {
        let (lang, query) = (self.lang, self.query.clone());
        Question { lang, query, changes: self.changes.get_untracked() }.fetch_ahead();
    }
}

/// The link of a step. It stays where it is from step to step, and the focus on it.
#[component]
fn StepLink(rel: &'static str, step: Step, children: Children) -> impl IntoView {
    let address = step.lang.href(&step.query.path());
    let (pointed, focused, clicked) = (step.clone(), step.clone(), step);
    let on_its_way = StoredValue::new(clicked.day);
    view! {
        <a
            {..written(&address)}
            use:lead_to=address
            rel=rel
            on:pointerenter=move |_| pointed.fetch()
            on:focus=move |_| focused.fetch()
            on:click=move |event| clicked.lead_further(&event, on_its_way)
        >
            {children()}
        </a>
    }
}

/// The address as the server writes it.
fn written(address: &str) -> Vec<AnyAttribute> {
    if cfg!(feature = "hydrate") {
        return Vec::new();
    }
    vec![leptos::attr::href(address.to_owned()).into_any_attr()]
}

/// Sets the address where it is another. The framework would take the old one away first, and a link with
/// the focus that for a moment is none makes the browser lay out the whole page once more.
#[expect(clippy::needless_pass_by_value, reason = "what a directive is given")]
fn lead_to(link: Element, address: String) {
    if link.get_attribute("href").as_deref() != Some(&address) {
        // An attribute whose name is a constant cannot be refused.
        let _ = link.set_attribute("href", &address);
    }
}

/// A month to jump to, of those that have events.
#[component]
fn Jump(data: Arc<CalendarData>, asked: CalendarQuery) -> impl IntoView {
    let lang = use_lang();
    let words = lang.words();
    let here = data.date.first_of_month();
    let known = data.months.iter().any(|month| month.first == here);
    let mut months: Vec<_> = data.months.iter().map(|month| (month.first, month.count)).collect();
    if !known {
        months.push((here, 0));
        months.sort_unstable();
    }
    // As text: there can be hundreds, and all of them change at every step.
    let mut options = String::new();
    for (first, count) in months {
        options.push_str("<option");
        push_attribute(&mut options, "value", &format!("{:04}-{:02}", first.year(), first.month()));
        options.push_str(if first == here { " selected>" } else { ">" });
        let name = format!("{} ({})", dates::month(lang, first), number(lang, count.into()));
        push_escaped(&mut options, &name);
        options.push_str("</option>");
    }
    view! {
        <form method="get" action=lang.href("/calendar")>
            <input type="hidden" name="view" value=data.view.as_str() />
            {asked
                .filter
                .pairs()
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view()}
            <label class="vh" for="jump">
                {words.jump_to_month}
            </label>
            <select id="jump" name="date" inner_html=options></select>
            <button class="btn small quiet">{words.show}</button>
        </form>
    }
}
