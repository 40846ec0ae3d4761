//! Signing somebody up by hand, who rang or wrote.

use crate::events::model::EventLine;
use crate::signup::model::{Field, LONGEST_EMAIL, LONGEST_NAME, Posted};
use crate::text::{Lang, consent, use_lang};
use crate::ui::field::{ChoiceField, ErrorSummary, LineField};
use leptos::prelude::*;

/// The form on its way back, if this page is the answer to one with something wrong in it.
fn posted() -> Posted {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<Posted>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            Posted::default()
        }
    })
    .into_inner()
}

/// The form.
#[component]
pub fn AddSection(
    /// The event.
    line: EventLine,
) -> impl IntoView {
    let lang = use_lang();
    let (words, texts) = (lang.words(), lang.people_words());
    let posted = posted();
    let wrong =
        |field: Field| posted.problem(field).map(|problem| lang.add_problem(field, problem));
    let problems: Vec<_> =
        Field::ALL.iter().filter_map(|&field| Some((id(field), wrong(field)?))).collect();
    let is_open = !problems.is_empty();
    let form = posted.form.clone();
    let ways = (line.seats.ways.len() > 1).then(|| {
        let ways = line.seats.ways.iter().map(|seats| seats.way);
        let ways = ways.map(|way| (way.as_str().to_owned(), lang.way(way).to_owned())).collect();
        view! { <ChoiceField id="way" label=texts.way value=form.way.clone() choices=ways error=wrong(Field::Way) /> }
    });
    let languages =
        [Lang::Sv, Lang::En].map(|lang| (lang.tag().to_owned(), lang.own_name().to_owned()));
    let agrees = form.consent == "yes";
    let agreed = wrong(Field::Consent);
    let action = lang.href(&format!("/organise/events/{}/add#add", line.slug));
    view! {
        <details class="ask" id="add" open=is_open>
            <summary>{texts.add}</summary>
            <form class="form" method="post" action=action novalidate>
                <p>{texts.add_why}</p>
                <ErrorSummary title=words.not_saved_yet problems />
                <LineField
                    id="name"
                    label=words.name
                    value=form.name
                    maxlength=LONGEST_NAME
                    error=wrong(Field::Name)
                />
                <LineField
                    id="email"
                    label=words.email
                    value=form.email
                    maxlength=LONGEST_EMAIL
                    kind="email"
                    error=wrong(Field::Email)
                />
                <LineField
                    id="organisation"
                    label=words.organisation
                    value=form.organisation
                    maxlength=LONGEST_NAME
                    error=wrong(Field::Organisation)
                />
                {ways}
                <ChoiceField
                    id="lang"
                    label=texts.add_language
                    value=lang.tag().to_owned()
                    choices=languages.to_vec()
                />
                <div class="field">
                    <label class="pick">
                        <input type="checkbox" name="beyond" value="yes" />
                        <span>
                            {texts.promote_beyond} <small>{texts.add_otherwise}</small>
                        </span>
                    </label>
                    <label class="pick">
                        <input type="checkbox" name="mail" value="yes" checked=true />
                        <span>{texts.add_mail}</span>
                    </label>
                    {agreed.map(|error| view! { <p class="err" id="consent-error">{error}</p> })}
                    <label class="pick">
                        <input
                            type="checkbox"
                            id="consent"
                            name="consent"
                            value="yes"
                            checked=agrees
                            required
                            aria-invalid=agreed.map(|_| "true")
                            aria-describedby=agreed.map(|_| "consent-error")
                        />
                        <span>{consent::hand_text(lang)}</span>
                    </label>
                </div>
                <button class="btn">{texts.add_yes}</button>
            </form>
        </details>
    }
}

/// The id of a field; its name in the form is the same.
const fn id(field: Field) -> &'static str {
    field.as_str()
}
