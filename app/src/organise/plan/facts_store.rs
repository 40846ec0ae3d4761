//! The SQL of the facts of events, their ways, themes and municipalities.

use super::facts_row::Row;
use super::model::PlanProblem;
use super::municipality_store::codes;
use super::read::EventEdit;
use crate::events::model::{EventId, Way};
use sqlx::PgTransaction;
use sqlx::types::Json;

/// What an event is to be by itself, without its parts.
pub(in crate::organise) struct Facts<'a> {
    pub(in crate::organise) event: i64,
    pub(in crate::organise) edit: &'a EventEdit,
    pub(in crate::organise) contact: Option<i64>,
}

/// Writes the facts of events that are there.
pub(in crate::organise) async fn write_facts(
    transaction: &mut PgTransaction<'_>,
    facts: &[Facts<'_>],
) -> Result<(), sqlx::Error> {
    let rows: Vec<Row<'_>> =
        facts.iter().map(|facts| Row::of(facts.event, None, facts.edit, facts.contact)).collect();
    sqlx::query!(
        "update events e set series_id = n.series, kind = n.kind, title_sv = n.title_sv, title_en = n.title_en,
             subtitle_sv = n.subtitle_sv, subtitle_en = n.subtitle_en, summary_sv = n.summary_sv,
             summary_en = n.summary_en, starts_at = to_timestamp(n.starts_at), ends_at = to_timestamp(n.ends_at),
             all_day = n.all_day, time_known = n.time_known, time_zone = n.time_zone, format = n.format,
             platform = n.platform, meeting_url = n.meeting_url, venue = n.venue, address = n.address,
             directions_sv = n.directions_sv, directions_en = n.directions_en, language = n.language,
             dialogue_language = n.dialogue_language, price_sv = n.price_sv, price_en = n.price_en,
             sign_up_opens_at = to_timestamp(n.opens_at), sign_up_closes_at = to_timestamp(n.closes_at),
             contact_id = n.contact
         from jsonb_to_recordset($1) as n (
             number bigint, series bigint, kind text, title_sv text, title_en text, subtitle_sv text,
             subtitle_en text, summary_sv text, summary_en text, starts_at bigint, ends_at bigint, all_day boolean,
             time_known boolean, time_zone text, format text, platform text, meeting_url text, venue text,
             address text, directions_sv text, directions_en text, language text, dialogue_language text,
             price_sv text, price_en text, opens_at bigint, closes_at bigint, contact bigint
         )
         where e.id = n.number",
        Json(&rows) as _,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Offers the ways of its format. One in which people have signed up stays.
pub(super) async fn set_ways(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    edit: &EventEdit,
) -> Result<Result<(), PlanProblem>, sqlx::Error> {
    let ways: Vec<String> = edit.seats.iter().map(|(way, _)| way.as_str().to_owned()).collect();
    let is_taken = sqlx::query_scalar!(
        r#"select exists (select from sign_ups where event_id = $1 and way <> all($2)) as "is_taken!""#,
        event.0,
        &ways
    )
    .fetch_one(&mut **transaction)
    .await?;
    if is_taken {
        return Ok(Err(PlanProblem::WayTaken));
    }
    sqlx::query!("delete from event_ways where event_id = $1 and way <> all($2)", event.0, &ways)
        .execute(&mut **transaction)
        .await?;
    for (way, seats) in &edit.seats {
        let seats = seats.map(|seats| i32::try_from(seats).unwrap_or(i32::MAX));
        sqlx::query!(
            "insert into event_ways (event_id, way, capacity) values ($1, $2, $3) on conflict do nothing",
            event.0,
            Way::as_str(*way),
            seats
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(Ok(()))
}

/// In the organiser's name, for the audit log.
pub(super) async fn write_seats(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    edit: &EventEdit,
) -> Result<(), sqlx::Error> {
    for (way, seats) in &edit.seats {
        let seats = seats.map(|seats| i32::try_from(seats).unwrap_or(i32::MAX));
        sqlx::query!(
            "update event_ways set capacity = $3
             where event_id = $1 and way = $2 and capacity is distinct from $3",
            event.0,
            Way::as_str(*way),
            seats
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

pub(super) async fn set_themes(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    edit: &EventEdit,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from event_themes where event_id = $1
             and theme_id not in (select id from themes where slug = any($2))",
        event.0,
        &edit.themes
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into event_themes (event_id, theme_id) select $1, id from themes where slug = any($2)
         on conflict do nothing",
        event.0,
        &edit.themes
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Whether all of the names are those of municipalities.
pub(super) async fn set_municipalities(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    edit: &EventEdit,
) -> Result<bool, sqlx::Error> {
    let names: Vec<&str> = edit.municipalities.iter().map(String::as_str).collect();
    let Some(codes) = codes(transaction, &names).await?.of(&edit.municipalities) else {
        return Ok(false);
    };
    sqlx::query!(
        "delete from event_municipalities where event_id = $1 and municipality_code <> all($2::text[])",
        event.0,
        &codes
    )
    .execute(&mut **transaction)
    .await?;
    sqlx::query!(
        "insert into event_municipalities (event_id, municipality_code) select $1, unnest($2::text[])
         on conflict do nothing",
        event.0,
        &codes
    )
    .execute(&mut **transaction)
    .await?;
    Ok(true)
}
