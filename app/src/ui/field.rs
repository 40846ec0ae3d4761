//! A field of a form: its label, what is wrong with it, and what helps to fill it in.

use leptos::prelude::*;

/// The ids of what describes a field.
fn described(id: &str, error: bool, hint: bool) -> Option<String> {
    let ids: Vec<_> = [error.then(|| format!("{id}-error")), hint.then(|| format!("{id}-hint"))]
        .into_iter()
        .flatten()
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Label, message and hint around a control that is given the ids that describe it.
fn around(
    id: &'static str,
    label: &'static str,
    error: Option<&'static str>,
    hint: Option<&'static str>,
    optional: Option<&'static str>,
    control: AnyView,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>
                {label}{optional.map(|optional| view! { " "<small>{optional}</small> })}
            </label>
            {error.map(|error| view! { <p class="err" id=format!("{id}-error")>{error}</p> })}
            {control} {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
        </div>
    }
}

/// A line of text.
#[component]
pub fn LineField(
    /// Its id, and its name in the form.
    id: &'static str,
    /// What belongs there.
    label: &'static str,
    /// What stands there.
    value: String,
    /// The longest that fits.
    maxlength: usize,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    error: Option<&'static str>,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Says that it may be left empty; without this it may not.
    #[prop(optional)]
    optional: Option<&'static str>,
    /// It may be left empty, and that need not be said.
    #[prop(optional)]
    may_be_empty: bool,
    /// The type of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What a browser may fill in (HTML standard, autofill).
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The id of the list with suggestions.
    #[prop(optional)]
    list: Option<&'static str>,
) -> impl IntoView {
    let control = view! {
        <input
            id=id
            name=id
            type=kind
            autocomplete=autocomplete
            maxlength=maxlength
            list=list
            required=optional.is_none() && !may_be_empty
            value=value
            aria-invalid=error.map(|_| "true")
            aria-describedby=described(id, error.is_some(), hint.is_some())
        />
    };
    around(id, label, error, hint, optional, control.into_any())
}

/// Some lines of text, which may be left out.
#[component]
pub fn TextField(
    /// Its id, and its name in the form.
    id: &'static str,
    /// What belongs there.
    label: &'static str,
    /// What stands there.
    value: String,
    /// The longest that fits.
    maxlength: usize,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    error: Option<&'static str>,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Says that it may be left empty.
    optional: &'static str,
) -> impl IntoView {
    // Leptos does not escape what stands between the tags of a textarea: it is done here.
    let text = super::html::escape(&value);
    let control = view! {
        <textarea
            id=id
            name=id
            rows="2"
            maxlength=maxlength
            aria-invalid=error.map(|_| "true")
            aria-describedby=described(id, error.is_some(), hint.is_some())
            inner_html=text
        ></textarea>
    };
    around(id, label, error, hint, Some(optional), control.into_any())
}

/// One of several, or none.
#[component]
pub fn ChoiceField(
    /// Its id, and its name in the form.
    id: &'static str,
    /// What is chosen.
    label: &'static str,
    /// What is chosen now.
    value: String,
    /// Value and text of each choice.
    choices: Vec<(String, String)>,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    error: Option<&'static str>,
    /// Says that it may be left as it is.
    #[prop(optional)]
    optional: Option<&'static str>,
) -> impl IntoView {
    let control = view! {
        <select
            id=id
            name=id
            aria-invalid=error.map(|_| "true")
            aria-describedby=described(id, error.is_some(), false)
        >
            {choices
                .into_iter()
                .map(|(choice, text)| {
                    let selected = choice == value;
                    view! {
                        <option value=choice selected=selected>
                            {text}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    };
    around(id, label, error, None, optional, control.into_any())
}

/// What is wrong, as links to the fields: id and message of each.
#[component]
pub fn ErrorSummary<M>(
    /// Its heading.
    title: &'static str,
    /// Field by field, in the order of the form.
    problems: Vec<(&'static str, M)>,
    /// It comes right after the heading of the page, and not within a part of it.
    #[prop(optional)]
    is_first: bool,
) -> impl IntoView
where
    M: Into<String> + 'static,
{
    let title = if is_first {
        view! { <h2>{title}</h2> }.into_any()
    } else {
        view! { <h3>{title}</h3> }.into_any()
    };
    (!problems.is_empty()).then(|| {
        view! {
            // Whoever comes back to the form goes on from here, with or without JavaScript.
            <div class="errors" role="alert" tabindex="-1" id="errors" autofocus=true>
                {title}
                <ul>
                    {problems
                        .into_iter()
                        .map(|(id, message)| {
                            view! {
                                <li>
                                    // Left to the browser, which moves the focus to the field.
                                    <a href=format!("#{id}") rel="external">
                                        {message.into()}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </div>
        }
    })
}
