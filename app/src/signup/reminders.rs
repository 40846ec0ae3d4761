//! Reminders: a day and an hour before the start, to those who have a place.

use crate::time::instant;
use sqlx::PgPool;

/// Writes the reminders that are due. Each tells of one start: an event that is moved reminds anew.
/// Returns how many.
///
/// Nobody is reminded who got the place after the moment of the reminder: they have just been told. A
/// reminder that is late, since nothing ran, is written until the next one is near. Where an event has no
/// time of day there is one, in the morning of the day before. Nobody is reminded who does not want to be;
/// for the others there is a link from now on that stops this kind of reminder.
///
/// # Errors
/// If the database does not answer.
pub async fn write_due(pool: &PgPool, now: i64) -> Result<u64, sqlx::Error> {
    let written = sqlx::query!(
        r#"
        with due as (
            select p.email, s.language, s.id, s.person_id, e.id as event_id, e.starts_at, reminder.name,
                reminder.name || ' ' || extract(epoch from e.starts_at)::bigint as occasion
            from events e
            cross join lateral (
                select 'hour' as name, e.starts_at - interval '1 hour' as from_then, e.starts_at as until
                where e.time_known and not e.all_day
                union all
                select 'day', e.starts_at - interval '1 day', e.starts_at - interval '2 hours'
                where e.time_known and not e.all_day
                union all
                select 'day', e.starts_at - interval '15 hours', e.starts_at
                where e.all_day or not e.time_known
            ) reminder
            join sign_ups s on s.event_id = e.id and s.status = 'confirmed'
            join people p on p.id = s.person_id
            where e.state = 'published'
                and e.starts_at > $1::timestamptz and e.starts_at <= $1::timestamptz + interval '1 day'
                and reminder.from_then <= $1 and reminder.until > $1
                and s.created_at <= reminder.from_then
                and p.email is not null
                and not exists (
                    select 1 from mails place where place.sign_up_id = s.id and place.kind = 'promoted'
                        and place.created_at > reminder.from_then
                )
                and not exists (
                    select 1 from mails done where done.sign_up_id = s.id and done.kind = 'reminder'
                        and done.occasion = reminder.name || ' ' || extract(epoch from e.starts_at)::bigint
                )
                and not exists (
                    select 1 from mail_wishes wish where wish.person_id = s.person_id
                        and wish.kind = reminder.name and not wish.wanted
                )
        ),
        -- In one order everywhere: two that add the same rows never wait for each other in a circle.
        links as (
            insert into mail_wishes (person_id, kind)
            select distinct person_id, name from due order by person_id, name
            on conflict do nothing
        )
        insert into mails (kind, to_address, language, sign_up_id, event_id, created_at, occasion)
        select 'reminder', email, language, id, event_id, $1, occasion from due
        order by starts_at, id
        on conflict (sign_up_id, kind, occasion) where occasion is not null do nothing
        "#,
        instant(now)
    )
    .execute(pool)
    .await?;
    Ok(written.rows_affected())
}
