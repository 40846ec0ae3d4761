//! What two organisers have changed at the same time: one chooses whose words are to stand.

use super::labels::label;
use super::model::{Conflict, Sheet};
use crate::text::use_lang;
use leptos::prelude::*;

/// A choice for each field that both have changed.
#[component]
pub(in crate::organise) fn Collided(conflicts: Vec<Conflict>, sheet: Sheet) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.plan_words();
    (!conflicts.is_empty()).then(|| {
        view! {
            <section class="collided" aria-labelledby="collided" tabindex="-1" role="alert">
                <h2 id="collided">{texts.collided}</h2>
                <p class="text">{texts.collided_lead}</p>
                {conflicts
                    .into_iter()
                    .map(|conflict| {
                        let mine = sheet.get(&conflict.field).to_owned();
                        let name = format!("choose-{}", conflict.field);
                        let title = label(lang, &conflict.field);
                        let other = name.clone();
                        view! {
                            <fieldset class="field">
                                <input type="hidden" name="collided" value=conflict.field />
                                <legend>{title}</legend>
                                <label class="pick">
                                    <input type="radio" name=name value="mine" />
                                    <span>
                                        <b>{texts.mine}</b>
                                        {shown(mine, texts.empty)}
                                    </span>
                                </label>
                                <label class="pick">
                                    <input type="radio" name=other value="theirs" />
                                    <span>
                                        <b>{texts.theirs}</b>
                                        {shown(conflict.theirs, texts.empty)}
                                    </span>
                                </label>
                            </fieldset>
                        }
                    })
                    .collect_view()}
            </section>
        }
    })
}

/// What stands in a field, as somebody reads it.
fn shown(value: String, empty: &'static str) -> impl IntoView {
    let value = value.trim().replace('\t', " · ");
    let value = if value.is_empty() { empty.to_owned() } else { value };
    view! { <span class="wrote">{value}</span> }
}
