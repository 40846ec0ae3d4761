//! The SQL that reads events as forms, many at once.

use super::model::{LISTS, List, Sheet, THEMES, TimeKind};
use crate::events::model::{EventId, When};
use crate::time::civil;
use sqlx::PgConnection;
use std::collections::HashMap;

/// The fields of an event as they are saved; `None` if it is gone.
///
/// # Errors
/// If the database does not answer.
pub async fn sheet(
    connection: &mut PgConnection,
    event: EventId,
) -> Result<Option<Sheet>, sqlx::Error> {
    Ok(sheets(connection, &[event.0]).await?.remove(&event.0))
}

/// The fields of some events as they are saved, by their numbers; those that are gone are not among them.
///
/// # Errors
/// If the database does not answer.
pub async fn sheets(
    connection: &mut PgConnection,
    events: &[i64],
) -> Result<HashMap<i64, Sheet>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select e.id, e.programme_id, e.series_id, e.kind, e.title_sv, e.title_en, e.subtitle_sv, e.subtitle_en,
            e.summary_sv, e.summary_en, e.all_day, e.time_known, e.time_zone, e.format, e.platform, e.meeting_url,
            e.venue, e.address, e.directions_sv, e.directions_en, e.price_sv, e.price_en, e.language,
            e.dialogue_language,
            e.starts_at at time zone e.time_zone as "starts!", e.ends_at at time zone e.time_zone as "ends!",
            to_char(e.sign_up_opens_at at time zone e.time_zone, 'YYYY-MM-DD"T"HH24:MI') as opens,
            to_char(e.sign_up_closes_at at time zone e.time_zone, 'YYYY-MM-DD"T"HH24:MI') as closes,
            e.contact_id,
            array(select way from event_ways w where w.event_id = e.id order by way) as "ways!",
            array(select coalesce(capacity, -1) from event_ways w where w.event_id = e.id order by way) as "seats!",
            (select string_agg(t.slug, ',' order by t.slug collate "C")
                from event_themes et join themes t on t.id = et.theme_id where et.event_id = e.id) as themes,
            (select string_agg(m.name, ', ' order by m.name)
                from event_municipalities em join municipalities m on m.code = em.municipality_code
                where em.event_id = e.id) as municipalities
        from events e where e.id = any($1)
        "#,
        events
    )
    .fetch_all(&mut *connection)
    .await?;
    let speakers = sqlx::query!(
        "select event_id, person_id from event_speakers where event_id = any($1) order by event_id, position",
        events
    )
    .fetch_all(&mut *connection)
    .await?;
    let contacts = rows.iter().filter_map(|row| row.contact_id);
    let people = contacts.chain(speakers.iter().map(|row| row.person_id)).collect();
    let labels = labels(connection, people).await?;
    let label = |person: Option<i64>| person.and_then(|person| labels.get(&person)).cloned();
    let mut sheets = HashMap::with_capacity(rows.len());
    for row in rows {
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
            ("contact", label(row.contact_id)),
            ("municipalities", row.municipalities),
            (THEMES, row.themes),
        ] {
            sheet.put(field, value.as_deref());
        }
        for list in LISTS {
            sheet.set(list.as_str(), "");
        }
        sheets.insert(row.id, sheet);
    }
    for row in speakers {
        if let Some(sheet) = sheets.get_mut(&row.event_id) {
            sheet.put_row(List::Speakers, &[label(Some(row.person_id)).as_deref(), None, None]);
        }
    }
    lists(connection, events, &mut sheets).await?;
    Ok(sheets)
}

/// What these people are called in the list of presenters.
async fn labels(
    connection: &mut PgConnection,
    people: Vec<i64>,
) -> Result<HashMap<i64, String>, sqlx::Error> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!(
        r#"select person_id as "person!", label as "label!" from presenter_labels where person_id = any($1)"#,
        &people
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.person, row.label)).collect())
}

/// The programmes and materials of the events.
async fn lists(
    connection: &mut PgConnection,
    events: &[i64],
    sheets: &mut HashMap<i64, Sheet>,
) -> Result<(), sqlx::Error> {
    let slots = sqlx::query!(
        "select event_id, minutes, title_sv, title_en from slots where event_id = any($1) order by event_id, position",
        events
    )
    .fetch_all(&mut *connection)
    .await?;
    for slot in slots {
        let Some(sheet) = sheets.get_mut(&slot.event_id) else { continue };
        let minutes = slot.minutes.to_string();
        let cells = [Some(minutes.as_str()), Some(&slot.title_sv), slot.title_en.as_deref()];
        sheet.put_row(List::Slots, &cells);
    }
    let materials = sqlx::query!(
        r#"select event_id as "event!", id, kind, title, url, about_sv, about_en, is_announced
        from materials where event_id = any($1) order by event_id, position"#,
        events
    )
    .fetch_all(&mut *connection)
    .await?;
    for thing in materials {
        let Some(sheet) = sheets.get_mut(&thing.event) else { continue };
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
