//! The SQL of changing an event's questions.

use super::edit_model::{Direction, Edit, Worded};
use crate::account::model::PersonId;
use crate::audit::store::begin;
use crate::events::model::EventId;
use crate::events::store::word;
use crate::signup::questions::{QuestionKind, SeenBy};
use sqlx::PgPool;

/// The questions of an event in both languages, in their order.
///
/// # Errors
/// If the database does not answer.
pub async fn worded(pool: &PgPool, event: EventId) -> Result<Vec<Worded>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select q.id, q.kind, q.label_sv, q.label_en, q.is_required, q.seen_by, q.options_sv, q.options_en,
            q.least, q.most,
            (select count(distinct a.sign_up_id) from sign_up_answers a where a.question_id = q.id) as "answered!"
        from event_questions q where q.event_id = $1 order by q.position"#,
        event.0
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Worded {
                id: row.id,
                kind: word(QuestionKind::parse(&row.kind), &row.kind)?,
                label_sv: row.label_sv,
                label_en: row.label_en,
                is_required: row.is_required,
                seen_by: word(SeenBy::parse(&row.seen_by), &row.seen_by)?,
                options_sv: row.options_sv,
                options_en: row.options_en,
                least: row.least,
                most: row.most,
                answered: row.answered,
            })
        })
        .collect()
}

/// What came of changing a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// It is as it was asked for.
    Done,
    /// There is no such question any more.
    Gone,
    /// Somebody has said yes to the words that it had.
    Agreed,
    /// Somebody has answered who was told that fewer people read it.
    Promised,
}

/// Writes a question anew. Whoever chose an answer that gets other words has chosen those; an answer that can be
/// chosen no longer stays what it was.
///
/// # Errors
/// If the database does not answer: then nothing has changed.
pub async fn edit(
    pool: &PgPool,
    actor: PersonId,
    event: EventId,
    question: i64,
    edit: &Edit,
) -> Result<Edited, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    // Whoever answers it in this moment waits for us, or we for them.
    let Some(now) = sqlx::query!(
        "select label_sv, label_en, kind, seen_by from event_questions where id = $1 and event_id = $2 for update",
        question,
        event.0
    )
    .fetch_optional(&mut *transaction)
    .await?
    else {
        return Ok(Edited::Gone);
    };
    let wanted = &edit.question;
    if now.kind != wanted.kind.as_str() {
        return Ok(Edited::Gone);
    }
    let is_answered = sqlx::query_scalar!(
        r#"select exists (select 1 from sign_up_answers where question_id = $1) as "is!""#,
        question
    )
    .fetch_one(&mut *transaction)
    .await?;
    let is_reworded = (&now.label_sv, &now.label_en) != (&wanted.label_sv, &wanted.label_en);
    if is_answered && is_reworded && wanted.kind == QuestionKind::Consent {
        return Ok(Edited::Agreed);
    }
    let was_seen_by = word(SeenBy::parse(&now.seen_by), &now.seen_by)?;
    if is_answered && (was_seen_by, wanted.seen_by) == (SeenBy::Organisers, SeenBy::Hosts) {
        return Ok(Edited::Promised);
    }
    sqlx::query!(
        "update event_questions set label_sv = $2, label_en = $3, is_required = $4, seen_by = $5,
             options_sv = $6, options_en = $7, least = $8, most = $9
         where id = $1",
        question,
        wanted.label_sv,
        wanted.label_en,
        wanted.is_required,
        wanted.seen_by.as_str(),
        &wanted.options_sv,
        &wanted.options_en,
        wanted.least,
        wanted.most,
    )
    .execute(&mut *transaction)
    .await?;
    let (was, becomes): (Vec<String>, Vec<String>) = edit.renamed.iter().cloned().unzip();
    // Sorted, so that all are taken out before the first is put in: two may have changed their names.
    sqlx::query!(
        "with renamed as (
             delete from sign_up_answers a using unnest($2::text[], $3::text[]) as new (was, becomes)
             where a.question_id = $1 and a.answer = new.was
             returning a.sign_up_id, new.becomes
         )
         insert into sign_up_answers (sign_up_id, question_id, answer)
         select sign_up_id, $1, becomes from renamed order by sign_up_id, becomes
         on conflict do nothing",
        question,
        &was,
        &becomes,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Edited::Done)
}

/// Moves a question by one place; `false` if it is there already, or gone.
///
/// # Errors
/// If the database does not answer.
pub async fn move_question(
    pool: &PgPool,
    actor: PersonId,
    event: EventId,
    question: i64,
    direction: Direction,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    // One after the other, as those who add one.
    sqlx::query!("select id from events where id = $1 for update", event.0)
        .fetch_optional(&mut *transaction)
        .await?;
    let rows = sqlx::query!(
        "select id, position from event_questions where event_id = $1 order by position",
        event.0
    )
    .fetch_all(&mut *transaction)
    .await?;
    let at = rows.iter().position(|row| row.id == question);
    let other = at.and_then(|at| match direction {
        Direction::Up => at.checked_sub(1),
        Direction::Down => at.checked_add(1),
    });
    let (Some(one), Some(other)) =
        (at.and_then(|at| rows.get(at)), other.and_then(|other| rows.get(other)))
    else {
        return Ok(false);
    };
    // No two have the same place, not even for a moment: the one steps aside first.
    for (id, position) in
        [(one.id, -1 - one.position), (other.id, one.position), (one.id, other.position)]
    {
        sqlx::query!("update event_questions set position = $2 where id = $1", id, position)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(true)
}
