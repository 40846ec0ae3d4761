//! The SQL of how events stand that are being planned.

use super::model::{Planned, PlannedLine};
use super::store::organised_by;
use crate::account::model::Viewer;
use crate::events::model::{EventId, State};
use crate::events::store::word;
use crate::text::Lang;
use crate::time::{civil_date, instant};
use sqlx::PgPool;

/// How an event stands.
///
/// # Errors
/// If the database does not answer.
pub async fn planned(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
    now: i64,
) -> Result<Option<Planned>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select slug, state, archived_at is not null as "is_archived!", ends_at <= $3 as "is_past!", cancel_word,
            case when $2 then coalesce(title_en, title_sv) else title_sv end as "title!",
            (select count(*) from sign_ups s where s.event_id = e.id
                and s.status in ('requested', 'confirmed', 'waitlisted', 'attended', 'no_show')) as "signed_up!"
        from events e where id = $1
        "#,
        event.0,
        lang == Lang::En,
        instant(now),
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        Ok(Planned {
            slug: row.slug,
            title: row.title,
            state: word(State::parse(&row.state), &row.state)?,
            is_past: row.is_past,
            is_archived: row.is_archived,
            signed_up: row.signed_up,
            cancel_word: row.cancel_word,
        })
    })
    .transpose()
}

/// The drafts of those programmes that a viewer organises, and what has been put away.
///
/// # Errors
/// If the database does not answer.
pub async fn drafts(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    now: i64,
) -> Result<Vec<PlannedLine>, sqlx::Error> {
    let mine = organised_by(viewer);
    let rows = sqlx::query!(
        r#"
        select e.slug, e.state, e.ends_at <= $3 as "is_past!",
            (e.archived_at is not null or p.archived_at is not null or s.archived_at is not null) as "is_archived!",
            (e.starts_at at time zone e.time_zone)::date as "date!",
            case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as "title!",
            case when $2 then coalesce(s.title_en, s.title_sv, p.title_en, p.title_sv)
                else coalesce(s.title_sv, p.title_sv) end as "home!",
            s.slug as "series?"
        from events e join programmes p on p.id = e.programme_id left join series s on s.id = e.series_id
        where (e.state = 'draft' or e.archived_at is not null) and ($1::bigint[] is null or e.programme_id = any($1))
        order by 4, e.starts_at, e.id limit 300
        "#,
        mine.as_deref(),
        lang == Lang::En,
        instant(now),
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PlannedLine {
                date: civil_date(row.date),
                home: row.home,
                series: row.series,
                event: Planned {
                    slug: row.slug,
                    title: row.title,
                    state: word(State::parse(&row.state), &row.state)?,
                    is_past: row.is_past,
                    is_archived: row.is_archived,
                    signed_up: 0,
                    cancel_word: None,
                },
            })
        })
        .collect()
}
