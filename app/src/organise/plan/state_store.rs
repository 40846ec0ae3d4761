//! The SQL of what an organiser decides about an event: its state, putting it away, making another of it.

use super::model::{Planned, next_states};
use super::slug_store::free_slug;
use crate::account::model::Viewer;
use crate::audit::store::begin;
use crate::events::model::{EventId, Slug, State};
use crate::time::instant;
use sqlx::PgPool;

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It is so now.
    Done,
    /// It cannot be published before it has been decided how one meets.
    NeedsFormat,
    /// It cannot go from where it is to there; somebody else may have been quicker.
    NotPossible,
}

/// Gives an event another state. `word` is what those signed up are told when it is cancelled.
///
/// # Errors
/// If the database does not answer.
pub async fn set_state(
    pool: &PgPool,
    viewer: &Viewer,
    event: EventId,
    planned: &Planned,
    to: State,
    word: Option<&str>,
) -> Result<Decided, sqlx::Error> {
    if !next_states(planned.state, planned.signed_up > 0, planned.is_past).contains(&to) {
        return Ok(Decided::NotPossible);
    }
    let mut transaction = begin(pool, viewer.id).await?;
    let row = sqlx::query!(
        r#"select state, format,
            exists (select from sign_ups s where s.event_id = e.id) as "has_sign_ups!"
        from events e where id = $1 for update"#,
        event.0
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(row) = row else { return Ok(Decided::NotPossible) };
    if row.state != planned.state.as_str() || (to == State::Draft && row.has_sign_ups) {
        return Ok(Decided::NotPossible);
    }
    if to == State::Published && row.format.is_none() {
        return Ok(Decided::NeedsFormat);
    }
    sqlx::query!(
        "update events set state = $2, cancel_word = case when $2 = 'cancelled' then $3 end,
             archived_at = case when $2 in ('draft', 'cancelled') then archived_at end where id = $1",
        event.0,
        to.as_str(),
        word,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Decided::Done)
}

/// Puts an event away, or takes it out again. Only what nobody can sign up for is put away.
///
/// # Errors
/// If the database does not answer.
pub async fn archive(
    pool: &PgPool,
    viewer: &Viewer,
    event: EventId,
    away: bool,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    let changed = sqlx::query!(
        "update events set archived_at = case when $2 then $3::timestamptz end
         where id = $1 and (not $2 or state in ('draft', 'cancelled', 'held') or ends_at <= $3)
             and (archived_at is null) = $2",
        event.0,
        away,
        instant(now),
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    transaction.commit().await?;
    Ok(changed == 1)
}

/// Makes a draft like an event, with all its parts but nobody signed up; its address.
///
/// # Errors
/// If the database does not answer.
pub async fn duplicate(
    pool: &PgPool,
    viewer: &Viewer,
    event: EventId,
    title: &str,
) -> Result<Slug, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    let slug = free_slug(&mut transaction, title).await?;
    let copy = sqlx::query_scalar!(
        "insert into events (slug, programme_id, series_id, kind, title_sv, title_en, subtitle_sv, subtitle_en,
             summary_sv, summary_en, starts_at, ends_at, all_day, time_known, time_zone, format, platform,
             meeting_url, venue, address, directions_sv, directions_en, price_sv, price_en, language,
             dialogue_language, sign_up_opens_at, sign_up_closes_at, contact_id, needs_approval, reply_hours)
         select $2, programme_id, series_id, kind, title_sv, title_en, subtitle_sv, subtitle_en, summary_sv,
             summary_en, starts_at, ends_at, all_day, time_known, time_zone, format, platform, meeting_url, venue,
             address, directions_sv, directions_en, price_sv, price_en, language, dialogue_language,
             sign_up_opens_at, sign_up_closes_at, contact_id, needs_approval, reply_hours
         from events where id = $1 returning id",
        event.0,
        slug.as_str(),
    )
    .fetch_one(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into event_ways (event_id, way, capacity)
         select $2, way, capacity from event_ways where event_id = $1",
        event.0,
        copy
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into slots (event_id, position, minutes, title_sv, title_en)
         select $2, position, minutes, title_sv, title_en from slots where event_id = $1",
        event.0,
        copy
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into event_speakers (event_id, person_id, position)
         select $2, person_id, position from event_speakers where event_id = $1",
        event.0,
        copy
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into event_themes (event_id, theme_id) select $2, theme_id from event_themes where event_id = $1",
        event.0,
        copy
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into event_municipalities (event_id, municipality_code)
         select $2, municipality_code from event_municipalities where event_id = $1",
        event.0,
        copy
    )
    .execute(&mut *transaction)
    .await?;
    // The row that is held keeps the picture from going meanwhile; what shows it from now on are two rows.
    sqlx::query!(
        "with shown as (select * from images where event_id = $1 for share)
         insert into images (hash, event_id, alt_sv, alt_en, is_decorative)
         select hash, $2, alt_sv, alt_en, is_decorative from shown",
        event.0,
        copy
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into event_questions (event_id, position, kind, label_sv, label_en, is_required, seen_by,
             options_sv, options_en, least, most)
         select $2, position, kind, label_sv, label_en, is_required, seen_by, options_sv, options_en, least, most
         from event_questions where event_id = $1",
        event.0,
        copy
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into materials (programme_id, event_id, position, group_sv, group_en, kind, title, url, about_sv,
             about_en, municipality_code, is_announced)
         select m.programme_id, $2, last.position + row_number() over (order by m.position), m.group_sv,
             m.group_en, m.kind, m.title, m.url, m.about_sv, m.about_en, m.municipality_code, m.is_announced
         from materials m, lateral (
             select coalesce(max(position), 0) as position from materials o where o.programme_id = m.programme_id
         ) last
         where m.event_id = $1",
        event.0,
        copy
    )
    .execute(&mut *transaction)
    .await?;
    // The files are the same ones: what is taken away from one of both stays for the other (`files::left`).
    sqlx::query!(
        "with had as (
            select f.*, row_number() over (order by m.position) as n
            from materials m left join material_files f on f.material_id = m.id where m.event_id = $1
        ), has as (
            select id, row_number() over (order by position) as n from materials where event_id = $2
        )
        insert into material_files (material_id, key, kind, bytes, name, called, created_at)
        select has.id, had.key, had.kind, had.bytes, had.name, had.called, had.created_at
        from had join has on has.n = had.n where had.key is not null",
        event.0,
        copy
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(slug)
}
