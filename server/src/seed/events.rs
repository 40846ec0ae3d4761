//! Events: what follows for each from its programme, its series and the day of loading, and its row.

use serde_json::{Value, json};

use super::dates::{Dates, Times, ZONE};
use super::facts::{Event, Facts, Format, Programme, Series, Settings, Status};
use super::texts::{EventText, Texts, words};
use super::{Ids, SeedError, Tx, record, storing};

/// An event with all that follows for it from its programme, its series and the day of loading.
pub(super) struct Planned<'a> {
    pub event: &'a Event,
    pub programme: &'a Programme,
    pub series: Option<&'a Series>,
    pub text: &'a EventText,
    /// For messages: "event stafett-umea".
    pub at: String,
    pub format: Option<Format>,
    kind: &'a str,
    state: &'static str,
    times: Times,
    opens_at: Option<jiff::Timestamp>,
    closes_at: Option<jiff::Timestamp>,
}

impl<'a> Planned<'a> {
    /// A setting of the event, else of its series.
    pub fn setting<T>(&self, of: impl Fn(&'a Settings) -> Option<T>) -> Option<T> {
        of(&self.event.settings).or_else(|| of(&self.series?.defaults))
    }

    fn contact(&self) -> Option<&'a str> {
        self.setting(|it| it.contact.as_deref())
            .or_else(|| self.programme.contacts.first().map(String::as_str))
    }

    /// A meeting that leads nowhere (RFC 2606 keeps the name free): the demonstration shows the way there.
    fn meeting_url(&self) -> Option<String> {
        let is_digital = matches!(self.format, Some(Format::Digital | Format::Hybrid));
        (self.programme.is_demonstration && is_digital)
            .then(|| format!("https://meet.example.org/{}", self.event.slug))
    }
}

/// Works out every event, in the order of the files.
pub(super) fn plan<'a>(
    facts: &'a Facts,
    texts: &'a Texts,
    dates: &Dates,
) -> Result<Vec<Planned<'a>>, SeedError> {
    let mut planned = Vec::new();
    for programme in &facts.programmes {
        for (series, event) in programme.all_events() {
            planned.push(plan_one(programme, series, event, texts, dates)?);
        }
    }
    Ok(planned)
}

fn plan_one<'a>(
    programme: &'a Programme,
    series: Option<&'a Series>,
    event: &'a Event,
    texts: &'a Texts,
    dates: &Dates,
) -> Result<Planned<'a>, SeedError> {
    let at = format!("event {}", event.slug);
    let times = dates.times(event)?;
    let defaults = series.map(|it| &it.defaults);
    let (opens_at, closes_at) = dates.sign_up(&event.slug, &times, &event.settings, defaults)?;
    let kind = match (event.kind.as_deref(), series.map(|it| it.kind.as_str())) {
        (Some(kind), _) => kind,
        (None, Some("tour")) => "seminar",
        (None, Some("relay")) => "workshop",
        (None, Some(kind)) => kind,
        (None, None) => return Err(record(at, "it says not what kind it is")),
    };
    let status = event.settings.status.or_else(|| defaults.and_then(|it| it.status));
    let state = match status.unwrap_or(Status::Published) {
        Status::Preliminary => "preliminary",
        Status::Published if times.ends_at <= dates.now => "held",
        Status::Published => "published",
    };
    let format = event.settings.format.or_else(|| defaults.and_then(|it| it.format));
    // A webinar of which no more is known was digital; where else would it have been?
    let format = format.or((kind == "webinar").then_some(Format::Digital));
    Ok(Planned {
        text: words(&texts.events, &event.slug, &at)?,
        event,
        programme,
        series,
        at,
        format,
        kind,
        state,
        times,
        opens_at,
        // Where it is not even decided how one takes part, nothing is said of a last day either.
        closes_at: format.map(|_| closes_at),
    })
}

/// The ids that events refer to.
pub(super) struct Known<'a> {
    pub programmes: &'a Ids,
    pub series: &'a Ids,
    pub presenters: &'a Ids,
}

/// Inserts the events; the ids are by slug.
pub(super) async fn insert(
    tx: &mut Tx<'_>,
    planned: &[Planned<'_>],
    known: &Known<'_>,
) -> Result<Ids, SeedError> {
    let rows = planned.iter().map(|it| row(it, known)).collect::<Result<Vec<_>, _>>()?;
    let inserted = sqlx::query!(
        "insert into events
            (slug, programme_id, series_id, kind, state, title_sv, title_en, subtitle_sv, subtitle_en,
             summary_sv, summary_en, starts_at, ends_at, all_day, time_known, time_zone, format, platform,
             venue, address, directions_sv, directions_en, price_sv, price_en, language, dialogue_language,
             sign_up_opens_at, sign_up_closes_at, contact_id, meeting_url)
         select slug, programme_id, series_id, kind, state, title_sv, title_en, subtitle_sv, subtitle_en,
             summary_sv, summary_en, starts_at, ends_at, all_day, time_known, time_zone, format, platform,
             venue, address, directions_sv, directions_en, price_sv, price_en, language, dialogue_language,
             sign_up_opens_at, sign_up_closes_at, contact_id, meeting_url
         from jsonb_to_recordset($1) as r
            (slug text, programme_id bigint, series_id bigint, kind text, state text, title_sv text,
             title_en text, subtitle_sv text, subtitle_en text, summary_sv text, summary_en text,
             starts_at timestamptz, ends_at timestamptz, all_day boolean, time_known boolean, time_zone text,
             format text, platform text, venue text, address text, directions_sv text, directions_en text,
             price_sv text, price_en text, language text, dialogue_language text,
             sign_up_opens_at timestamptz, sign_up_closes_at timestamptz, contact_id bigint, meeting_url text)
         returning slug, id",
        Value::Array(rows)
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(storing("events"))?;
    Ok(Ids::new("event", inserted.into_iter().map(|it| (it.slug, it.id))))
}

fn row(it: &Planned<'_>, known: &Known<'_>) -> Result<Value, SeedError> {
    let Planned { event, text, at, .. } = it;
    let is_free = it.setting(|it| it.price.as_deref()).is_none_or(|price| price == "free");
    if is_free == text.price_sv.is_some() {
        return Err(record(at, "the facts and the texts do not agree on whether it is free"));
    }
    let series = it.series.map(|it| it.slug.as_str());
    let language = event.language.as_ref();
    Ok(json!({
        "slug": event.slug,
        "programme_id": known.programmes.get(&it.programme.slug, at)?,
        "series_id": known.series.maybe(series, at)?,
        "kind": it.kind,
        "state": it.state,
        "title_sv": event.title,
        "title_en": text.title_en,
        "subtitle_sv": event.subtitle,
        "subtitle_en": text.subtitle_en,
        "summary_sv": text.summary_sv,
        "summary_en": text.summary_en,
        "starts_at": it.times.starts_at,
        "ends_at": it.times.ends_at,
        "all_day": it.times.all_day,
        "time_known": it.times.time_known,
        "time_zone": ZONE,
        "format": it.format.map(Format::name),
        "platform": it.setting(|it| it.platform.as_deref()),
        "venue": event.venue,
        "address": event.address,
        "directions_sv": text.directions_sv,
        "directions_en": text.directions_en,
        "price_sv": text.price_sv,
        "price_en": text.price_en,
        "language": language.map_or("sv", |it| it.presentation.as_str()),
        "dialogue_language": language.map(|it| it.dialogue.as_str()),
        "sign_up_opens_at": it.opens_at,
        "sign_up_closes_at": it.closes_at,
        "contact_id": known.presenters.maybe(it.contact(), at)?,
        "meeting_url": it.meeting_url(),
    }))
}
