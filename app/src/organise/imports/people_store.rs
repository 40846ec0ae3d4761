//! What an import of people would do now, for the preview.

use super::draft_store::{Import, rows};
use super::people_plan::{FileRow, Planned, Standing, key, plan};
use crate::events::model::EventId;
use crate::signup::import_store;
use crate::signup::question_store;
use crate::signup::questions::Question;
use crate::text::Lang;
use sqlx::PgPool;

/// The questions of an event, in Swedish and in English.
///
/// # Errors
/// If the database does not answer.
pub async fn questions(
    pool: &PgPool,
    event: EventId,
) -> Result<Vec<(Question, Question)>, sqlx::Error> {
    let sv = question_store::questions(pool, Lang::Sv, event).await?;
    let en = question_store::questions(pool, Lang::En, event).await?;
    Ok(sv.into_iter().zip(en).collect())
}

/// The rows of a draft, and what would become of them as things stand.
///
/// # Errors
/// If the database does not answer.
pub async fn preview(
    pool: &PgPool,
    event: EventId,
    import: &Import,
) -> Result<(Vec<FileRow>, Vec<Planned>), sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let rows = rows(&mut connection, import.about.id).await?;
    let keys: Vec<String> = rows.iter().filter_map(|row| key(&import.settings, row)).collect();
    let known = import_store::known(&mut connection, event, &keys).await?;
    drop(connection);
    let seats = import_store::seats(pool, event).await?;
    let questions = questions(pool, event).await?;
    let planned = plan(&rows, &import.settings, Standing { seats, known, questions });
    Ok((rows, planned))
}
