//! The fields of the facts of a recording, and what is said of them.

use crate::events::model::SpokenLanguage;
use crate::organise::plan::form::{Fields, choice};
use crate::organise::plan::model::PostedPlan;
use crate::recordings::model::Audience;
use crate::text::Lang;
use leptos::prelude::*;

/// What is wrong with a form, in its order.
pub(super) fn problems(lang: Lang, posted: &PostedPlan) -> Vec<(&'static str, &'static str)> {
    let fields = [super::facts::EVENT].into_iter().chain(super::facts::FIELDS.iter().copied());
    fields.filter_map(|field| Some((field, lang.plan_problem(posted.problem(field)?)))).collect()
}

/// All fields.
#[component]
pub(super) fn FactFields(fields: Fields) -> impl IntoView {
    let lang = fields.lang;
    let (plan, texts) = (lang.plan_words(), lang.desk_words());
    let look = fields.posted.look.clone().map(|(sv, en)| {
        view! {
            <div id="looks" class="looks" role="group" aria-labelledby="looks-title">
                <h3 id="looks-title">{plan.looks_so}</h3>
                <div class="both">
                    <div class="prose" lang="sv" inner_html=sv></div>
                    <div class="prose" lang="en" inner_html=en></div>
                </div>
            </div>
        }
    });
    let languages =
        SpokenLanguage::ALL.iter().map(|it| choice(it.as_str(), lang.spoken(*it))).collect();
    let audiences = Audience::ALL.iter().map(|it| choice(it.as_str(), lang.open_to(*it))).collect();
    let embed_error = fields.error("may_embed");
    let described =
        if embed_error.is_some() { "may_embed-error may_embed-hint" } else { "may_embed-hint" };
    view! {
        <div class="both">
            {fields.line("title_sv", plan.title_sv)} {fields.line("title_en", plan.title_en)}
            {fields.text("summary_sv", plan.summary_sv, Some(plan.markdown_hint))}
            {fields.text("summary_en", plan.summary_en, None)}
            {fields.hinted("note_sv", texts.note_sv, texts.note_hint)}
            {fields.line("note_en", texts.note_en)}
        </div>
        <button class="btn quiet small" name="do" value="look" formaction="#looks" formnovalidate>
            {plan.look}
        </button>
        {look}
        {fields.choice("language", texts.language, languages)}
        {fields.choice("open_to", texts.open_to, audiences)}
        <div class="field">
            {embed_error.map(|error| view! { <p class="err" id="may_embed-error">{error}</p> })}
            <label class="pick">
                <input
                    type="checkbox"
                    id="may_embed"
                    name="may_embed"
                    value="yes"
                    checked=fields.value("may_embed") == "yes"
                    aria-describedby=described
                    aria-invalid=embed_error.map(|_| "true")
                />
                <span>{texts.may_embed}</span>
            </label>
            <p class="hint" id="may_embed-hint">{texts.may_embed_hint}</p>
        </div>
        {fields.input("elsewhere_url", texts.elsewhere, "url", Some(texts.elsewhere_hint))}
    }
}
