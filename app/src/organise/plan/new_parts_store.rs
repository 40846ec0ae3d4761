//! The SQL of what belongs to events that have just been made: nothing stands there yet, so it is only written.

use super::new_store::Ready;
use super::read::Slot;
use crate::events::model::EventId;
use serde::Serialize;
use sqlx::PgTransaction;
use sqlx::types::Json;

type Made<'a> = (EventId, &'a Ready<'a>);

/// All of it, a statement for each sort of part that any of the events has.
pub(super) async fn parts(
    transaction: &mut PgTransaction<'_>,
    made: &[Made<'_>],
) -> Result<(), sqlx::Error> {
    ways(transaction, made).await?;
    themes(transaction, made).await?;
    municipalities(transaction, made).await?;
    slots(transaction, made).await?;
    speakers(transaction, made).await?;
    materials(transaction, made).await
}

/// Each part of each event, with the number of the event.
fn each<'a, T: 'a>(
    made: &'a [Made<'a>],
    of: impl Fn(&'a Ready<'a>) -> &'a [T],
) -> Vec<(i64, &'a T)> {
    made.iter().flat_map(|(event, ready)| of(ready).iter().map(|part| (event.0, part))).collect()
}

/// The same with its place among those of its event, counted from `first`.
fn placed<'a, T: 'a>(
    first: i32,
    made: &'a [Made<'a>],
    of: impl Fn(&'a Ready<'a>) -> &'a [T],
) -> Vec<(i64, i32, &'a T)> {
    made.iter()
        .flat_map(|(event, ready)| (first..).zip(of(ready)).map(|(at, part)| (event.0, at, part)))
        .collect()
}

async fn ways(transaction: &mut PgTransaction<'_>, made: &[Made<'_>]) -> Result<(), sqlx::Error> {
    let parts = each(made, |ready| &ready.edit.seats);
    if parts.is_empty() {
        return Ok(());
    }
    let (events, seats): (Vec<i64>, Vec<_>) = parts.into_iter().unzip();
    let (ways, seats): (Vec<String>, Vec<Option<i32>>) = seats
        .into_iter()
        .map(|(way, seats)| {
            let seats = seats.map(|seats| i32::try_from(seats).unwrap_or(i32::MAX));
            (way.as_str().to_owned(), seats)
        })
        .unzip();
    sqlx::query!(
        "insert into event_ways (event_id, way, capacity)
         select * from unnest($1::bigint[], $2::text[], $3::integer[])",
        &events,
        &ways,
        &seats as &[Option<i32>],
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn themes(transaction: &mut PgTransaction<'_>, made: &[Made<'_>]) -> Result<(), sqlx::Error> {
    let parts = each(made, |ready| &ready.edit.themes);
    if parts.is_empty() {
        return Ok(());
    }
    let (events, themes): (Vec<i64>, Vec<String>) =
        parts.into_iter().map(|(event, theme)| (event, theme.clone())).unzip();
    sqlx::query!(
        "insert into event_themes (event_id, theme_id)
         select n.event, t.id from unnest($1::bigint[], $2::text[]) as n (event, theme)
         join themes t on t.slug = n.theme on conflict do nothing",
        &events,
        &themes,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn municipalities(
    transaction: &mut PgTransaction<'_>,
    made: &[Made<'_>],
) -> Result<(), sqlx::Error> {
    let parts = each(made, |ready| &ready.municipalities);
    if parts.is_empty() {
        return Ok(());
    }
    let (events, codes): (Vec<i64>, Vec<String>) =
        parts.into_iter().map(|(event, code)| (event, code.clone())).unzip();
    sqlx::query!(
        "insert into event_municipalities (event_id, municipality_code)
         select * from unnest($1::bigint[], $2::text[]) on conflict do nothing",
        &events,
        &codes,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn slots(transaction: &mut PgTransaction<'_>, made: &[Made<'_>]) -> Result<(), sqlx::Error> {
    #[derive(Serialize)]
    struct Row<'a> {
        event: i64,
        position: i32,
        minutes: i32,
        title_sv: &'a str,
        title_en: Option<&'a str>,
    }
    let parts = placed(0, made, |ready| &ready.edit.slots);
    if parts.is_empty() {
        return Ok(());
    }
    let rows: Vec<Row<'_>> = parts
        .into_iter()
        .map(|(event, position, slot): (_, _, &Slot)| Row {
            event,
            position,
            minutes: slot.minutes,
            title_sv: &slot.title_sv,
            title_en: slot.title_en.as_deref(),
        })
        .collect();
    sqlx::query!(
        "insert into slots (event_id, position, minutes, title_sv, title_en)
         select n.event, n.position, n.minutes, n.title_sv, n.title_en from jsonb_to_recordset($1)
             as n (event bigint, position integer, minutes integer, title_sv text, title_en text)",
        Json(&rows) as _,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn speakers(
    transaction: &mut PgTransaction<'_>,
    made: &[Made<'_>],
) -> Result<(), sqlx::Error> {
    let parts = placed(1, made, |ready| &ready.speakers);
    if parts.is_empty() {
        return Ok(());
    }
    let events: Vec<i64> = parts.iter().map(|(event, ..)| *event).collect();
    let positions: Vec<i32> = parts.iter().map(|(_, position, _)| *position).collect();
    let people: Vec<i64> = parts.iter().map(|(.., person)| **person).collect();
    sqlx::query!(
        "insert into event_speakers (event_id, person_id, position)
         select * from unnest($1::bigint[], $2::bigint[], $3::integer[])",
        &events,
        &people,
        &positions,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Places are the programme's: these come after what is there.
async fn materials(
    transaction: &mut PgTransaction<'_>,
    made: &[Made<'_>],
) -> Result<(), sqlx::Error> {
    #[derive(Serialize)]
    struct Row<'a> {
        place: usize,
        programme: i64,
        event: i64,
        kind: &'a str,
        title: &'a str,
        url: Option<&'a str>,
        about_sv: Option<&'a str>,
        about_en: Option<&'a str>,
        is_announced: bool,
    }
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (event, ready) in made {
        for thing in &ready.edit.materials {
            rows.push(Row {
                place: rows.len(),
                programme: ready.edit.programme,
                event: event.0,
                kind: &thing.kind,
                title: &thing.title,
                url: thing.url.as_deref(),
                about_sv: thing.about_sv.as_deref(),
                about_en: thing.about_en.as_deref(),
                is_announced: thing.is_announced,
            });
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into materials (programme_id, event_id, position, kind, title, url, about_sv, about_en, is_announced)
         select n.programme, n.event,
             (select coalesce(max(m.position), 0) from materials m where m.programme_id = n.programme)
                 + row_number() over (partition by n.programme order by n.place),
             n.kind, n.title, n.url, n.about_sv, n.about_en, n.is_announced
         from jsonb_to_recordset($1) as n (place integer, programme bigint, event bigint, kind text, title text,
             url text, about_sv text, about_en text, is_announced boolean)",
        Json(&rows) as _,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
