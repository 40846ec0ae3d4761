//! The SQL of sending. A letter and its mails are written in one transaction; the queue carries them out.

use super::model::{Draft, Whom};
use super::store::figure;
use crate::account::model::Viewer;
use crate::audit;
use crate::events::model::EventId;
use crate::text::Lang;
use crate::time::instant;
use sqlx::PgPool;

/// To whom a letter goes.
#[derive(Clone, Copy, Debug)]
pub struct Sending<'a> {
    /// Whose people they are.
    pub event: EventId,
    /// Who they are, in a word.
    pub whom: Whom,
    /// Their sign-ups.
    pub to: &'a [i64],
    /// The form's own.
    pub once: &'a str,
    /// The time.
    pub now: i64,
}

/// A letter is sent to these sign-ups: a mail for each. A form that has been here before sends nothing more. The
/// number of the letter, and whether it is new.
///
/// # Errors
/// If the database does not answer.
pub async fn send(
    pool: &PgPool,
    writer: &Viewer,
    draft: &Draft,
    sending: &Sending<'_>,
) -> Result<(i64, bool), sqlx::Error> {
    let Sending { event, whom, to, once, now } = *sending;
    let mut transaction = audit::store::begin(pool, writer.id).await?;
    let new = sqlx::query_scalar!(
        "insert into letters (event_id, writer_id, written_at, subject, body, whom, people, once)
         values ($1, $2, $3, $4, $5, $6, $7::bigint::integer, $8) on conflict (once) do nothing returning id",
        event.0,
        writer.id.0,
        instant(now),
        draft.subject,
        draft.body,
        whom.as_str(),
        figure(to.len()),
        once,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(letter) = new else {
        let known = sqlx::query_scalar!(
            "select id from letters where once = $1 and event_id = $2",
            once,
            event.0
        )
        .fetch_one(&mut *transaction)
        .await?;
        return Ok((known, false));
    };
    sqlx::query!(
        "insert into mails (kind, to_address, language, sign_up_id, event_id, letter_id, occasion)
         select 'letter', p.email, s.language, s.id, s.event_id, $1, $1::bigint::text
         from sign_ups s join people p on p.id = s.person_id
         where s.id = any($2) and s.event_id = $3 and p.email is not null order by s.id",
        letter,
        to,
        event.0,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok((letter, true))
}

/// A letter is sent to whoever writes it, in the language that they write in.
///
/// # Errors
/// If the database does not answer.
pub async fn test(
    pool: &PgPool,
    writer: &Viewer,
    event: EventId,
    draft: &Draft,
    lang: Lang,
    once: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    let mut transaction = audit::store::begin(pool, writer.id).await?;
    sqlx::query!(
        "with letter as (
             insert into letters (event_id, writer_id, written_at, subject, body, whom, people, once)
             values ($1, $2, $3, $4, $5, 'oneself', 1, $6) returning id
         )
         insert into mails (kind, to_address, language, event_id, letter_id)
         select 'letter', $7, $8, $1, id from letter",
        event.0,
        writer.id.0,
        instant(now),
        draft.subject,
        draft.body,
        once,
        writer.email,
        lang.tag(),
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}
