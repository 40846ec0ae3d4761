//! What the forms of programmes and series have in common.

use super::fields::About;
use super::model::{SeriesRow, Standing};
use crate::organise::plan::form::Fields;
use crate::organise::plan::model::PostedPlan;
use crate::text::{Lang, use_lang};
use leptos::prelude::*;

/// Titles and descriptions in both languages.
#[component]
pub(super) fn Names(fields: Fields) -> impl IntoView {
    let texts = fields.lang.plan_words();
    let look = fields.posted.look.clone().map(|(sv, en)| {
        view! {
            <div id="looks" class="looks" role="group" aria-labelledby="looks-title">
                <h3 id="looks-title">{texts.looks_so}</h3>
                <div class="both">
                    <div class="prose" lang="sv" inner_html=sv></div>
                    <div class="prose" lang="en" inner_html=en></div>
                </div>
            </div>
        }
    });
    view! {
        <div class="both">
            {fields.line("title_sv", texts.title_sv)} {fields.line("title_en", texts.title_en)}
            {fields.text("summary_sv", texts.summary_sv, Some(texts.markdown_hint))}
            {fields.text("summary_en", texts.summary_en, None)}
        </div>
        <button class="btn quiet small" name="do" value="look" formaction="#looks" formnovalidate>
            {texts.look}
        </button>
        {look}
    }
}

/// What is wrong with the form, in its order.
pub(super) fn problems(
    lang: Lang,
    about: About,
    posted: &PostedPlan,
) -> Vec<(&'static str, &'static str)> {
    about
        .fields()
        .filter_map(|field| Some((field, lang.plan_problem(posted.problem(field)?))))
        .collect()
}

/// How it stands, and the button that puts it away or takes it out.
#[component]
pub(super) fn PutAway(standing: Standing, action: String) -> impl IntoView {
    let lang = use_lang();
    let (texts, plan) = (lang.undertaking_words(), lang.plan_words());
    let Standing { is_archived, is_going_on, .. } = standing;
    let (value, text) = if is_archived { ("no", plan.unarchive) } else { ("yes", plan.archive) };
    let means = if is_archived {
        texts.is_away
    } else if is_going_on {
        texts.is_going_on
    } else {
        texts.can_be_away
    };
    let button = (is_archived || !is_going_on).then(|| {
        view! {
            <form method="post" action=action>
                <button class="btn quiet small" name="away" value=value>
                    {text}
                </button>
            </form>
        }
    });
    view! {
        <section class="plan-foot" aria-labelledby="away">
            <h2 id="away">{texts.over}</h2>
            <p class="text">{means}</p>
            {button}
        </section>
    }
}

/// Series, each with the way to its form.
#[component]
pub(super) fn SeriesRows(series: Vec<SeriesRow>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <ul class="drafts">
            {series
                .into_iter()
                .map(|row| {
                    let edit = lang.href(&format!("/organise/series/{}/edit", row.standing.slug));
                    let away = row.standing.is_archived.then(|| lang.undertaking_words().away);
                    view! {
                        <li>
                            <span class="num">{lang.stops(row.stops)}</span>
                            <a href=edit>{row.standing.title}</a>
                            <span class="meta">{away}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
