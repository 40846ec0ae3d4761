//! Telling those who had been signed up that there is a recording.

use crate::time::instant;
use sqlx::PgPool;

/// Writes a mail to everybody who had a place at an event that there is a recording of by now: once for each
/// place, however many recordings there come to be. Returns how many.
///
/// A recording is there as soon as it is published, and its event is over. Whoever tells of it first marks the
/// row in the same statement; what another process is telling of at this moment is left to that one. Nobody
/// is told of events that ended more than sixty days ago: a recording that late is there for the library,
/// and an archive that is moved here mails nobody. A demonstration, which nobody came to, never does.
///
/// # Errors
/// If the database does not answer.
pub async fn tell(pool: &PgPool, now: i64) -> Result<u64, sqlx::Error> {
    let told = sqlx::query!(
        r#"
        with new as (
            select r.id from recordings r
            join events e on e.id = r.event_id
            join programmes programme on programme.id = e.programme_id
            where r.told_at is null and r.state = 'published' and e.state in ('published', 'held')
                and e.ends_at <= $1 and e.ends_at > $1::timestamptz - interval '60 days'
                and not programme.is_demonstration
            order by r.id for update of r skip locked
        ),
        there as (
            update recordings r set told_at = $1 from new where r.id = new.id returning r.event_id
        ),
        due as (
            select s.id, s.event_id, s.person_id, s.language, p.email
            from sign_ups s join people p on p.id = s.person_id
            where s.event_id in (select event_id from there)
                and s.status in ('confirmed', 'attended', 'no_show') and p.email is not null
                and not exists (
                    select 1 from mail_wishes wish where wish.person_id = s.person_id
                        and wish.kind = 'recording' and not wish.wanted
                )
        ),
        -- In one order everywhere: two that add the same rows never wait for each other in a circle.
        links as (
            insert into mail_wishes (person_id, kind)
            select distinct person_id, 'recording' from due order by person_id
            on conflict do nothing
        )
        insert into mails (kind, to_address, language, sign_up_id, event_id, created_at, occasion)
        select 'recording', email, language, id, event_id, $1, 'there' from due
        order by event_id, id
        on conflict (sign_up_id, kind, occasion) where occasion is not null do nothing
        "#,
        instant(now)
    )
    .execute(pool)
    .await?;
    Ok(told.rows_affected())
}
