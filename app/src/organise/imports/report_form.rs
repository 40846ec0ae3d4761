//! The form of a report of who was there: who they are of whom it is not certain, and what counts.

use super::model::{ImportPage, MOST_MINUTES};
use crate::text::use_lang;
use leptos::prelude::*;

/// Who somebody is, and what counts as having been there.
#[component]
pub fn WhoIsIt(
    /// The import.
    page: ImportPage,
    /// Where the form goes.
    action: String,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.import_words();
    let settings = page.settings;
    let has_chosen = !settings.matches.is_empty();
    let is_doubtful = !page.doubtful.is_empty();
    let doubtful = page
        .doubtful
        .into_iter()
        .map(|row| {
            let id = format!("match-{}", row.number);
            let choices = row
                .choices
                .into_iter()
                .map(|choice| view! { <option value=choice.id.to_string()>{choice.name}</option> })
                .collect_view();
            view! {
                <li>
                    <label for=id.clone()>
                        {row.title} " " <small>{row.detail}</small>
                    </label>
                    <select id=id.clone() name=id>
                        <option value="">{texts.not_chosen}</option>
                        {choices}
                        <option value="0">{texts.nobody}</option>
                    </select>
                </li>
            }
        })
        .collect_view();
    view! {
        <form class="choose-columns" id="columns" method="post" action=action>
            {is_doubtful
                .then(|| {
                    view! {
                        <section aria-labelledby="who">
                            <h2 id="who">{texts.who}</h2>
                            <p class="text">{texts.who_hint}</p>
                            <ul>{doubtful}</ul>
                        </section>
                    }
                })}
            <fieldset class="form">
                <legend>{texts.counts_as}</legend>
                <div class="field">
                    <label for="least_minutes">{texts.least_minutes}</label>
                    <input
                        type="number"
                        id="least_minutes"
                        name="least_minutes"
                        min="0"
                        max=MOST_MINUTES.to_string()
                        value=settings.least_minutes.to_string()
                    />
                </div>
                <label class="pick">
                    <input type="checkbox" name="absent" value="yes" checked=settings.absent />
                    <span>{texts.absent}</span>
                </label>
                {has_chosen
                    .then(|| {
                        view! {
                            <label class="pick">
                                <input type="checkbox" name="forget" value="yes" />
                                <span>{texts.forget}</span>
                            </label>
                        }
                    })}
            </fieldset>
            <p>
                <button class="btn quiet" name="do" value="choose">
                    {texts.again}
                </button>
            </p>
        </form>
    }
}
