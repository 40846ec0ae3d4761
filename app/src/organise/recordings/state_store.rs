//! The SQL that publishes recordings and takes them back. Each function is one transaction of the organiser who does it.

use super::model::{Captioned, PostedPublish, PublishProblem};
use super::save_store::lock;
use super::store::readiness;
use crate::account::model::Viewer;
use crate::audit::store::begin;
use crate::recordings::model::RecordingId;
use crate::recordings::page_model::Uncaptioned;
use crate::time::{instant, today};
use sqlx::PgPool;
use sqlx::types::time::Date as SqlDate;

/// What became of a recording that was to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// It is, with reviewed captions.
    Done,
    /// It is, and captions come by the day that was said.
    Uncaptioned,
    /// There is nothing to see or to hear.
    NothingThere,
    /// It is not there any more.
    Gone,
    /// It has no reviewed captions, and this is wrong with what was said about that.
    Wrong(Vec<(String, PublishProblem)>),
}

fn sql_date(day: jiff::civil::Date) -> Option<SqlDate> {
    let month = u8::try_from(day.month()).ok()?.try_into().ok()?;
    SqlDate::from_calendar_date(day.year().into(), month, day.day().try_into().ok()?).ok()
}

/// Publishes a recording: with reviewed captions in the language that is spoken, or with a reason and a day. One that is
/// published already gets another reason and another day. Whether the captions are there is asked while nobody else can
/// change the recording: whoever reviews them at this moment comes before, and counts, or after, and takes the reason
/// away (migrations/0033).
///
/// # Errors
/// If the database does not answer.
pub async fn publish(
    pool: &PgPool,
    viewer: &Viewer,
    recording: RecordingId,
    posted: &PostedPublish,
    now: i64,
) -> Result<Published, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    lock(&mut transaction, recording).await?;
    let Some(ready) = readiness(&mut transaction, recording).await? else {
        return Ok(Published::Gone);
    };
    if !ready.can_be_published() {
        return Ok(Published::NothingThere);
    }
    let why = if ready.captioned == Captioned::Reviewed {
        None
    } else {
        match posted.read(today(now)) {
            Ok(why) => Some(why),
            Err(problems) => return Ok(Published::Wrong(problems)),
        }
    };
    let (reason, by) = why.clone().map(|Uncaptioned { reason, by }| (reason, sql_date(by))).unzip();
    sqlx::query!(
        "update recordings set state = 'published', published_at = coalesce(published_at, $2), uncaptioned_reason = $3,
             captions_by = $4
         where id = $1",
        recording.0,
        instant(now),
        reason,
        by.flatten(),
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(if why.is_some() { Published::Uncaptioned } else { Published::Done })
}

/// Makes a draft of it again. Says whether it was published.
///
/// # Errors
/// If the database does not answer.
pub async fn withdraw(
    pool: &PgPool,
    viewer: &Viewer,
    recording: RecordingId,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    let changed = sqlx::query!(
        "update recordings set state = 'draft', published_at = null, uncaptioned_reason = null, captions_by = null
         where id = $1 and state = 'published'",
        recording.0
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(changed.rows_affected() > 0)
}
