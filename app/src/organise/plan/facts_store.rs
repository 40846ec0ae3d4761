//! The SQL of an event's own facts, its ways, themes and municipalities.

use super::model::{PlanProblem, TimeKind};
use super::read::EventEdit;
use crate::events::model::{EventId, Way};
use crate::time::instant;
use sqlx::PgTransaction;

pub(super) async fn facts(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    edit: &EventEdit,
    contact: Option<i64>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update events set series_id = $2, kind = $3, title_sv = $4, title_en = $5, subtitle_sv = $6,
             subtitle_en = $7, summary_sv = $8, summary_en = $9, starts_at = $10, ends_at = $11, all_day = $12,
             time_known = $13, time_zone = $14, format = $15, platform = $16, meeting_url = $17, venue = $18,
             address = $19, directions_sv = $20, directions_en = $21, language = $22, dialogue_language = $23,
             price_sv = $24, price_en = $25, sign_up_opens_at = $26, sign_up_closes_at = $27, contact_id = $28
         where id = $1",
        event.0,
        edit.series,
        edit.kind.as_str(),
        edit.texts.get("title_sv"),
        edit.text("title_en"),
        edit.text("subtitle_sv"),
        edit.text("subtitle_en"),
        edit.texts.get("summary_sv"),
        edit.text("summary_en"),
        instant(edit.starts_at),
        instant(edit.ends_at),
        edit.time_kind != TimeKind::Clock,
        edit.time_kind != TimeKind::Unknown,
        edit.texts.get("time_zone"),
        edit.format.map(crate::events::model::Format::as_str),
        edit.text("platform"),
        edit.text("meeting_url"),
        edit.text("venue"),
        edit.text("address"),
        edit.text("directions_sv"),
        edit.text("directions_en"),
        edit.language.as_str(),
        edit.dialogue.map(crate::events::model::SpokenLanguage::as_str),
        edit.text("price_sv"),
        edit.text("price_en"),
        edit.opens_at.map(instant),
        edit.closes_at.map(instant),
        contact,
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

/// Whether all of the names are those of municipalities; "Örebro" will do for "Örebro kommun".
pub(super) async fn set_municipalities(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    edit: &EventEdit,
) -> Result<bool, sqlx::Error> {
    let names: Vec<String> = edit.municipalities.iter().map(|name| name.to_lowercase()).collect();
    let found = sqlx::query!(
        r#"select code as "code!", lower(name) as "name!", lower(short_name) as "short!" from municipalities
        where lower(name) = any($1) or lower(short_name) = any($1)"#,
        &names
    )
    .fetch_all(&mut **transaction)
    .await?;
    if !names.iter().all(|name| found.iter().any(|it| it.name == *name || it.short == *name)) {
        return Ok(false);
    }
    let codes: Vec<String> = found.into_iter().map(|it| it.code).collect();
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
