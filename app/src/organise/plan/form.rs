//! The fields of the form.

use super::model::{
    Choice, Choices, LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE, List, PostedPlan, Sheet, THEMES,
    TimeKind,
};
use super::rows::Rows;
use crate::events::model::{Format, Kind, SpokenLanguage};
use crate::text::Lang;
use crate::ui::field::{ChoiceField, LineField, TextField};
use leptos::prelude::*;

/// Zones that are offered; any other can be written.
const ZONES: &[&str] = &[
    "Europe/Stockholm",
    "Europe/Helsinki",
    "Europe/Oslo",
    "Europe/Copenhagen",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/London",
    "Atlantic/Reykjavik",
    "UTC",
];

/// What stands in the fields, and what is wrong with them.
#[derive(Clone)]
pub(in crate::organise) struct Fields {
    pub(in crate::organise) lang: Lang,
    pub(in crate::organise) sheet: Sheet,
    pub(in crate::organise) posted: PostedPlan,
}

impl Fields {
    pub(in crate::organise) fn value(&self, id: &str) -> String {
        self.sheet.get(id).to_owned()
    }

    pub(in crate::organise) fn error(&self, id: &str) -> Option<&'static str> {
        self.posted.problem(id).map(|problem| self.lang.plan_problem(problem))
    }

    pub(in crate::organise) fn line(&self, id: &'static str, label: &'static str) -> AnyView {
        self.input(id, label, "text", None)
    }

    pub(in crate::organise) fn hinted(
        &self,
        id: &'static str,
        label: &'static str,
        hint: &'static str,
    ) -> AnyView {
        self.input(id, label, "text", Some(hint))
    }

    pub(in crate::organise) fn input(
        &self,
        id: &'static str,
        label: &'static str,
        kind: &'static str,
        hint: Option<&'static str>,
    ) -> AnyView {
        let (value, error) = (self.value(id), self.error(id));
        let maxlength = if id.starts_with("title") { LONGEST_TITLE } else { LONGEST_LINE };
        match hint {
            Some(hint) => {
                view! { <LineField id label value maxlength kind error hint may_be_empty=true /> }
                    .into_any()
            }
            None => view! { <LineField id label value maxlength kind error may_be_empty=true /> }
                .into_any(),
        }
    }

    pub(in crate::organise) fn text(
        &self,
        id: &'static str,
        label: &'static str,
        hint: Option<&'static str>,
    ) -> AnyView {
        let (value, error, optional) = (self.value(id), self.error(id), self.lang.words().optional);
        let maxlength = LONGEST_TEXT;
        match hint {
            Some(hint) => {
                view! { <TextField id label value maxlength error hint optional /> }.into_any()
            }
            None => view! { <TextField id label value maxlength error optional /> }.into_any(),
        }
    }

    pub(in crate::organise) fn choice(
        &self,
        id: &'static str,
        label: &'static str,
        choices: Vec<Choice>,
    ) -> AnyView {
        let (value, error) = (self.value(id), self.error(id));
        view! { <ChoiceField id label value choices error /> }.into_any()
    }
}

pub(in crate::organise) fn choice(value: &str, text: &str) -> Choice {
    (value.to_owned(), text.to_owned())
}

/// All of them, in their groups.
#[component]
pub(in crate::organise) fn FormFields(
    fields: Fields,
    choices: Choices,
    is_new: bool,
) -> impl IntoView {
    let texts = fields.lang.plan_words();
    view! {
        <What fields=fields.clone() homes=choices.homes />
        <When fields=fields.clone() />
        <How fields=fields.clone() />
        <Rows list=List::Slots title=texts.programme fields=fields.clone() />
        <Rows list=List::Speakers title=texts.speakers fields=fields.clone() />
        {suggestions("known-presenters", choices.presenters)}
        {suggestions("known-organisations", choices.organisations)}
        // A material belongs to an event that is there.
        {(!is_new).then(|| view! { <Rows list=List::Materials title=texts.materials fields=fields.clone() /> })}
        <SignUp fields=fields.clone() themes=choices.themes />
    }
}

pub(in crate::organise) fn suggestions(id: &'static str, names: Vec<String>) -> impl IntoView {
    view! {
        <datalist id=id>
            {names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
        </datalist>
    }
}

#[component]
fn What(fields: Fields, homes: Vec<Choice>) -> impl IntoView {
    let lang = fields.lang;
    let texts = lang.plan_words();
    let kinds = Kind::ALL.iter().map(|kind| choice(kind.as_str(), lang.kind(*kind))).collect();
    let look = fields.posted.look.clone();
    view! {
        <section aria-labelledby="what">
            <h2 id="what">{texts.what}</h2>
            {fields.choice("home", texts.home, homes)}
            {fields.choice("kind", texts.kind, kinds)}
            <div class="both">
                {fields.line("title_sv", texts.title_sv)} {fields.line("title_en", texts.title_en)}
                {fields.line("subtitle_sv", texts.subtitle_sv)}
                {fields.line("subtitle_en", texts.subtitle_en)}
                {fields.text("summary_sv", texts.summary_sv, Some(texts.markdown_hint))}
                {fields.text("summary_en", texts.summary_en, None)}
            </div>
            <button class="btn quiet small" name="do" value="look" formaction="#looks" formnovalidate>
                {texts.look}
            </button>
            {look
                .map(|(sv, en)| {
                    view! {
                        <div id="looks" class="looks" role="group" aria-labelledby="looks-title">
                            <h3 id="looks-title">{texts.looks_so}</h3>
                            <div class="both">
                                <div class="prose" lang="sv" inner_html=sv></div>
                                <div class="prose" lang="en" inner_html=en></div>
                            </div>
                        </div>
                    }
                })}
        </section>
    }
}

#[component]
fn When(fields: Fields) -> impl IntoView {
    let texts = fields.lang.plan_words();
    let kinds = TimeKind::ALL
        .iter()
        .map(|kind| {
            let text = match kind {
                TimeKind::Clock => texts.clock,
                TimeKind::AllDay => texts.all_day,
                TimeKind::Unknown => texts.unknown,
            };
            choice(kind.as_str(), text)
        })
        .collect();
    view! {
        <section aria-labelledby="when">
            <h2 id="when">{texts.when}</h2>
            <div class="times">
                {fields.choice("time_kind", texts.time_kind, kinds)}
                {fields.input("date", texts.date, "date", None)}
                {fields.input("starts", texts.starts, "time", None)}
                {fields.input("ends", texts.ends, "time", None)}
                {fields.input("end_date", texts.end_date, "date", None)}
                <LineField
                    id="time_zone"
                    label=texts.time_zone
                    value=fields.value("time_zone")
                    maxlength=LONGEST_LINE
                    error=fields.error("time_zone")
                    list="known-zones"
                    may_be_empty=true
                />
            </div>
            {suggestions("known-zones", ZONES.iter().map(|zone| (*zone).to_owned()).collect())}
        </section>
    }
}

#[component]
fn How(fields: Fields) -> impl IntoView {
    let lang = fields.lang;
    let texts = lang.plan_words();
    let mut formats = vec![choice("", texts.not_decided)];
    formats.extend(Format::ALL.iter().map(|it| choice(it.as_str(), lang.format(*it))));
    let spoken = || SpokenLanguage::ALL.iter().map(|it| choice(it.as_str(), lang.spoken(*it)));
    let mut dialogue = vec![choice("", texts.same)];
    dialogue.extend(spoken());
    view! {
        <section aria-labelledby="how-and-where">
            <h2 id="how-and-where">{texts.how}</h2>
            {fields.choice("format", texts.format, formats)}
            <div class="both">
                {fields.line("seats-digital", texts.seats_digital)}
                {fields.line("seats-on_site", texts.seats_on_site)}
                <p class="hint wide">{texts.seats_hint}</p> {fields.line("platform", texts.platform)}
                {fields.hinted("meeting_url", texts.meeting_url, texts.meeting_url_hint)}
                {fields.line("venue", texts.venue)} {fields.line("address", texts.address)}
                {fields.text("directions_sv", texts.directions_sv, None)}
                {fields.text("directions_en", texts.directions_en, None)}
                {fields.choice("language", texts.language, spoken().collect())}
                {fields.choice("dialogue_language", texts.dialogue, dialogue)}
                {fields.hinted("price_sv", texts.price_sv, texts.price_hint)}
                {fields.line("price_en", texts.price_en)}
            </div>
        </section>
    }
}

#[component]
fn SignUp(fields: Fields, themes: Vec<Choice>) -> impl IntoView {
    let texts = fields.lang.plan_words();
    let chosen = fields.value(THEMES);
    view! {
        <section aria-labelledby="sign-up-times">
            <h2 id="sign-up-times">{texts.sign_up}</h2>
            <div class="both">
                {fields.input("opens_at", texts.opens_at, "datetime-local", Some(texts.opens_hint))}
                {fields.input("closes_at", texts.closes_at, "datetime-local", Some(texts.closes_hint))}
                <LineField
                    id="contact"
                    label=texts.contact
                    value=fields.value("contact")
                    maxlength=LONGEST_LINE
                    error=fields.error("contact")
                    list="known-presenters"
                    may_be_empty=true
                />
                {fields.hinted("municipalities", texts.municipalities, texts.municipalities_hint)}
            </div>
            <fieldset class="field" id=THEMES>
                <legend>{texts.themes}</legend>
                <div class="picks">
                    {themes
                        .into_iter()
                        .map(|(slug, name)| {
                            let checked = chosen.split(',').any(|theme| theme == slug);
                            view! {
                                <label class="pick">
                                    <input type="checkbox" name=THEMES value=slug checked=checked />
                                    <span>{name}</span>
                                </label>
                            }
                        })
                        .collect_view()}
                </div>
            </fieldset>
        </section>
    }
}
