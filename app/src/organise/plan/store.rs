//! The SQL that reads what is being planned.

use super::model::{Choices, List, Sheet, THEMES, TimeKind};
pub use super::planned_store::{drafts, planned};
use crate::account::model::Viewer;
use crate::events::model::{EventId, When};
use crate::text::Lang;
use crate::time::civil;
use sqlx::{PgConnection, PgPool};

/// The fields of an event as they are saved; `None` if it is gone.
///
/// # Errors
/// If the database does not answer.
pub async fn sheet(
    connection: &mut PgConnection,
    event: EventId,
) -> Result<Option<Sheet>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select e.programme_id, e.series_id, e.kind, e.title_sv, e.title_en, e.subtitle_sv, e.subtitle_en,
            e.summary_sv, e.summary_en, e.all_day, e.time_known, e.time_zone, e.format, e.platform, e.meeting_url,
            e.venue, e.address, e.directions_sv, e.directions_en, e.price_sv, e.price_en, e.language,
            e.dialogue_language,
            e.starts_at at time zone e.time_zone as "starts!", e.ends_at at time zone e.time_zone as "ends!",
            to_char(e.sign_up_opens_at at time zone e.time_zone, 'YYYY-MM-DD"T"HH24:MI') as opens,
            to_char(e.sign_up_closes_at at time zone e.time_zone, 'YYYY-MM-DD"T"HH24:MI') as closes,
            (select label from presenter_labels l where l.person_id = e.contact_id) as contact,
            array(select way from event_ways w where w.event_id = e.id order by way) as "ways!",
            array(select coalesce(capacity, -1) from event_ways w where w.event_id = e.id order by way) as "seats!",
            (select string_agg(t.slug, ',' order by t.slug collate "C")
                from event_themes et join themes t on t.id = et.theme_id where et.event_id = e.id) as themes,
            (select string_agg(m.name, ', ' order by m.name)
                from event_municipalities em join municipalities m on m.code = em.municipality_code
                where em.event_id = e.id) as municipalities
        from events e where e.id = $1
        "#,
        event.0
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let mut sheet = Sheet::default();
    let home = row.series_id.map_or_else(
        || row.programme_id.to_string(),
        |series| format!("{}/{series}", row.programme_id),
    );
    let when = When {
        starts: civil(row.starts),
        ends: civil(row.ends),
        all_day: row.all_day,
        time_known: row.time_known,
    };
    let time_kind = match (when.time_known, when.all_day) {
        (false, _) => TimeKind::Unknown,
        (true, true) => TimeKind::AllDay,
        (true, false) => TimeKind::Clock,
    };
    let clock = |at: jiff::civil::DateTime| {
        (time_kind == TimeKind::Clock).then(|| at.strftime("%H:%M").to_string())
    };
    let last = if time_kind == TimeKind::Clock { when.ends.date() } else { when.last_day() };
    let end_date = (last != when.first_day()).then(|| last.to_string());
    let seats = |way: &str| {
        let at = row.ways.iter().position(|there| there == way)?;
        row.seats.get(at).filter(|seats| **seats >= 0).map(ToString::to_string)
    };
    for (field, value) in [
        ("home", Some(home)),
        ("kind", Some(row.kind)),
        ("title_sv", Some(row.title_sv)),
        ("title_en", row.title_en),
        ("subtitle_sv", row.subtitle_sv),
        ("subtitle_en", row.subtitle_en),
        ("summary_sv", Some(row.summary_sv)),
        ("summary_en", row.summary_en),
        ("time_kind", Some(time_kind.as_str().to_owned())),
        ("date", Some(when.first_day().to_string())),
        ("starts", clock(when.starts)),
        ("ends", clock(when.ends)),
        ("end_date", end_date),
        ("time_zone", Some(row.time_zone)),
        ("format", row.format),
        ("seats-digital", seats("digital")),
        ("seats-on_site", seats("on_site")),
        ("platform", row.platform),
        ("meeting_url", row.meeting_url),
        ("venue", row.venue),
        ("address", row.address),
        ("directions_sv", row.directions_sv),
        ("directions_en", row.directions_en),
        ("language", Some(row.language)),
        ("dialogue_language", row.dialogue_language),
        ("price_sv", row.price_sv),
        ("price_en", row.price_en),
        ("opens_at", row.opens),
        ("closes_at", row.closes),
        ("contact", row.contact),
        ("municipalities", row.municipalities),
        (THEMES, row.themes),
    ] {
        sheet.put(field, value.as_deref());
    }
    lists(connection, event, &mut sheet).await?;
    Ok(Some(sheet))
}

async fn lists(
    connection: &mut PgConnection,
    event: EventId,
    sheet: &mut Sheet,
) -> Result<(), sqlx::Error> {
    for list in super::model::LISTS {
        sheet.set(list.as_str(), "");
    }
    let slots = sqlx::query!(
        "select minutes, title_sv, title_en from slots where event_id = $1 order by position",
        event.0
    )
    .fetch_all(&mut *connection)
    .await?;
    for slot in slots {
        let minutes = slot.minutes.to_string();
        let cells = [Some(minutes.as_str()), Some(&slot.title_sv), slot.title_en.as_deref()];
        sheet.put_row(List::Slots, &cells);
    }
    let speakers = sqlx::query_scalar!(
        r#"select l.label as "label!" from event_speakers es join presenter_labels l on l.person_id = es.person_id
        where es.event_id = $1 order by es.position"#,
        event.0
    )
    .fetch_all(&mut *connection)
    .await?;
    for label in speakers {
        sheet.put_row(List::Speakers, &[Some(&label), None, None]);
    }
    let materials = sqlx::query!(
        "select id, kind, title, url, about_sv, about_en, is_announced
         from materials where event_id = $1 order by position",
        event.0
    )
    .fetch_all(&mut *connection)
    .await?;
    for thing in materials {
        let id = thing.id.to_string();
        sheet.put_row(
            List::Materials,
            &[
                Some(&id),
                Some(&thing.kind),
                Some(&thing.title),
                thing.url.as_deref(),
                thing.about_sv.as_deref(),
                thing.about_en.as_deref(),
                Some(if thing.is_announced { "yes" } else { "no" }),
            ],
        );
    }
    Ok(())
}

/// The numbers of the programmes that a viewer organises; `None`: all of them.
#[must_use]
pub fn organised_by(viewer: &Viewer) -> Option<Vec<i64>> {
    let grants =
        viewer.roles.iter().filter(|grant| grant.role != crate::account::model::Role::Host);
    let programmes: Vec<Option<i64>> = grants.map(|grant| grant.programme).collect();
    if viewer.is_administrator() || programmes.contains(&None) {
        None
    } else {
        Some(programmes.into_iter().flatten().collect())
    }
}

/// What can be chosen in the form; `home` is the programme and the series that the event is in already. What has been
/// put away is no choice, except for what is there.
///
/// # Errors
/// If the database does not answer.
pub async fn choices(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    home: Option<(i64, Option<i64>)>,
) -> Result<Choices, sqlx::Error> {
    let (programme, series) = (home.map(|(programme, _)| programme), home.and_then(|(_, it)| it));
    let english = lang == Lang::En;
    let mine = programme.map(|programme| vec![programme]).or_else(|| organised_by(viewer));
    let homes = sqlx::query!(
        r#"
        select value as "value!", title as "title!" from (
            select p.id::text as value, p.position as place, p.id as programme, -1 as nth, 0::bigint as series,
                case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as title
            from programmes p where ($1::bigint[] is null or p.id = any($1)) and (p.archived_at is null or p.id = $3)
            union all
            select p.id || '/' || s.id, p.position, p.id, s.position, s.id,
                case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end || ' – '
                    || case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end
            from series s join programmes p on p.id = s.programme_id
            where ($1::bigint[] is null or p.id = any($1)) and (p.archived_at is null or p.id = $3)
                and (s.archived_at is null or s.id = $4)
        ) homes order by place, programme, nth, series
        "#,
        mine.as_deref(),
        english,
        programme,
        series,
    )
    .fetch_all(pool)
    .await?;
    let themes = sqlx::query!(
        r#"select slug, case when $1 then name_en else name_sv end as "name!" from themes order by 2"#,
        english
    )
    .fetch_all(pool)
    .await?;
    // Who is presented in public, or in what one plans oneself.
    let presenters = sqlx::query_scalar!(
        r#"
        select l.label as "label!" from presenter_labels l
        where $1::bigint[] is null or exists (
            select from event_speakers es join events e on e.id = es.event_id
            where es.person_id = l.person_id and (e.state <> 'draft' or e.programme_id = any($1))
        ) or exists (select from programme_contacts c where c.person_id = l.person_id)
            or exists (select from events e where e.contact_id = l.person_id and e.state <> 'draft')
        order by 1
        "#,
        mine.as_deref(),
    )
    .fetch_all(pool)
    .await?;
    let organisations =
        sqlx::query_scalar!("select name from organisations order by name").fetch_all(pool).await?;
    Ok(Choices {
        homes: homes.into_iter().map(|home| (home.value, home.title)).collect(),
        themes: themes.into_iter().map(|theme| (theme.slug, theme.name)).collect(),
        presenters,
        organisations,
    })
}
