//! The SQL of an organiser's questions and what is answered.

use super::model::Status;
use super::own_store::is_token;
use super::questions::{Answer, Choice, Question, QuestionKind, SeenBy};
use crate::events::model::EventId;
use crate::events::store::word;
use crate::text::Lang;
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};

/// The questions of an event, in their order.
///
/// # Errors
/// If the database does not answer.
pub async fn questions(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
) -> Result<Vec<Question>, sqlx::Error> {
    let asked = questions_of(pool, lang, &[event]).await?;
    Ok(asked.into_iter().map(|(_, question)| question).collect())
}

/// The questions of several events, event by event.
///
/// # Errors
/// If the database does not answer.
pub async fn questions_of(
    pool: &PgPool,
    lang: Lang,
    events: &[EventId],
) -> Result<Vec<(EventId, Question)>, sqlx::Error> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let events: Vec<i64> = events.iter().map(|event| event.0).collect();
    let rows = sqlx::query!(
        r#"
        select event_id, id, kind, case when $2 then coalesce(label_en, label_sv) else label_sv end as "label!",
            is_required, seen_by, options_sv, least, most,
            case when $2 and cardinality(options_en) > 0 then options_en else options_sv end as "texts!"
        from event_questions where event_id = any($1) order by event_id, position
        "#,
        &events,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let choices = row.options_sv.into_iter().zip(row.texts);
            let question = Question {
                id: row.id,
                kind: word(QuestionKind::parse(&row.kind), &row.kind)?,
                label: row.label,
                is_required: row.is_required,
                seen_by: word(SeenBy::parse(&row.seen_by), &row.seen_by)?,
                choices: choices.map(|(value, text)| Choice { value, text }).collect(),
                least: row.least,
                most: row.most,
            };
            Ok((EventId(row.event_id), question))
        })
        .collect()
}

/// What somebody has answered.
///
/// # Errors
/// If the database does not answer.
pub async fn answers(pool: &PgPool, sign_up: i64) -> Result<Vec<Answer>, sqlx::Error> {
    sqlx::query_as!(
        Answer,
        r#"select question_id as "question!", answer as "text!" from sign_up_answers
        where sign_up_id = $1 order by question_id, answer"#,
        sign_up
    )
    .fetch_all(pool)
    .await
}

/// The event and the questions that the sign-up with this secret can answer now: nothing if there is no such
/// sign-up.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The sign-up's number.
    pub sign_up: i64,
    /// Of which event.
    pub event: EventId,
    /// It has a place, or may get one, and the event has not begun.
    pub is_open: bool,
}

/// What the owner of a secret is asked.
///
/// # Errors
/// If the database does not answer.
pub async fn asked(pool: &PgPool, token: &str, now: i64) -> Result<Option<Asked>, sqlx::Error> {
    if !is_token(token) {
        return Ok(None);
    }
    let row = sqlx::query!(
        "select s.id, s.event_id, s.status, e.starts_at > $2 as \"is_to_come!\"
         from sign_ups s join events e on e.id = s.event_id where s.token = $1",
        token,
        instant(now),
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        let status = word(Status::parse(&row.status), &row.status)?;
        let is_open = row.is_to_come && status.is_live();
        Ok(Asked { sign_up: row.id, event: EventId(row.event_id), is_open })
    })
    .transpose()
}

/// Writes what somebody answers in the place of what they answered before.
///
/// # Errors
/// If the database does not answer: then nothing has changed.
pub async fn answer(pool: &PgPool, sign_up: i64, answers: &[Answer]) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    // One after the other, if somebody sends the form twice.
    sqlx::query!("select id from sign_ups where id = $1 for update", sign_up)
        .fetch_optional(&mut *transaction)
        .await?;
    sqlx::query!("delete from sign_up_answers where sign_up_id = $1", sign_up)
        .execute(&mut *transaction)
        .await?;
    let (questions, texts) = columns(answers);
    sqlx::query!(
        "insert into sign_up_answers (sign_up_id, question_id, answer)
         select $1, q.id, given.answer from unnest($2::bigint[], $3::text[]) as given (question, answer)
         join event_questions q on q.id = given.question",
        sign_up,
        &questions,
        &texts,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Writes what people answered who have just been signed up, by the secrets of their sign-ups. A question that
/// has been taken away meanwhile has no answers.
pub(super) async fn insert(
    transaction: &mut PgTransaction<'_>,
    answers: &[(&str, &Answer)],
) -> Result<(), sqlx::Error> {
    if answers.is_empty() {
        return Ok(());
    }
    let tokens: Vec<String> = answers.iter().map(|(token, _)| (*token).to_owned()).collect();
    let (questions, texts) = columns(answers.iter().map(|(_, answer)| *answer));
    sqlx::query!(
        "insert into sign_up_answers (sign_up_id, question_id, answer)
         select s.id, q.id, given.answer
         from unnest($1::text[], $2::bigint[], $3::text[]) as given (token, question, answer)
         join sign_ups s on s.token = given.token
         join event_questions q on q.id = given.question and q.event_id = s.event_id",
        &tokens,
        &questions,
        &texts,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

fn columns<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> (Vec<i64>, Vec<String>) {
    answers.into_iter().map(|answer| (answer.question, answer.text.clone())).unzip()
}
