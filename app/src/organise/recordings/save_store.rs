//! The SQL that writes recordings. Each function is one transaction of the organiser who does it.

use super::facts::{EVENT, FIELDS, Facts, Problems, read};
use super::store::sheet;
use crate::account::model::Viewer;
use crate::audit::store::begin;
use crate::events::model::Slug;
use crate::organise::plan::merge::{fingerprints_of, merge_of};
use crate::organise::plan::model::{PlanProblem, Sheet, slug_of};
use crate::organise::plan::save_store::{Form, Saved};
use crate::recordings::model::{RecordingId, RecordingState, Role};
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};

/// The same form sent again within so many seconds is the same recording: somebody has pressed twice.
const TWICE: i64 = 60;

/// Makes a recording, as a draft; its address, or what is wrong.
///
/// # Errors
/// If the database does not answer.
pub async fn create(
    pool: &PgPool,
    viewer: &Viewer,
    form: &Sheet,
    now: i64,
) -> Result<Result<String, Problems>, sqlx::Error> {
    let facts = read(form);
    let mut transaction = begin(pool, viewer.id).await?;
    let event = match Slug::parse(form.get(EVENT)) {
        Some(slug) => {
            let found =
                sqlx::query!("select id, programme_id from events where slug = $1", slug.as_str())
                    .fetch_optional(&mut *transaction)
                    .await?;
            found.filter(|event| viewer.may_organise(event.programme_id)).map(|event| event.id)
        }
        None => None,
    };
    let (facts, event) = match (facts, event) {
        (Ok(facts), Some(event)) => (facts, event),
        (facts, event) => {
            let missing = event.is_none().then(|| (EVENT.to_owned(), PlanProblem::NotAChoice));
            let others = facts.err().unwrap_or_default();
            return Ok(Err(missing.into_iter().chain(others).collect()));
        }
    };
    let wish = match slug_of(form.get("title_sv")) {
        // What a title without any letter becomes is said of events.
        none if none == "aktivitet" => "inspelning".to_owned(),
        wish => wish,
    };
    // One at a time: two that are made at once do not take the same address.
    sqlx::query!("select pg_advisory_xact_lock(hashtext('recording ' || $1))", wish)
        .fetch_one(&mut *transaction)
        .await?;
    let twice = sqlx::query_scalar!(
        "select slug from recordings
         where event_id = $1 and title = $2 and state = 'draft' and created_at > $3 order by id desc limit 1",
        event,
        form.get("title_sv"),
        instant(now - TWICE),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    if let Some(slug) = twice {
        return Ok(Ok(slug));
    }
    let taken = sqlx::query_scalar!("select slug from recordings where slug like $1 || '%'", wish)
        .fetch_all(&mut *transaction)
        .await?;
    let numbered = (2..).map(|number| format!("{wish}-{number}"));
    let slug = std::iter::once(wish.clone())
        .chain(numbered)
        .find(|slug| !taken.contains(slug))
        .unwrap_or_default();
    let made = sqlx::query_scalar!(
        "insert into recordings (event_id, title, slug, created_at) values ($1, $2, $3, $4) returning id",
        event,
        form.get("title_sv"),
        slug,
        instant(now),
    )
    .fetch_one(&mut *transaction)
    .await;
    let recording = match made {
        Err(error) if is_taken(&error) => return Ok(Err(taken_title())),
        made => made?,
    };
    write(&mut transaction, RecordingId(recording), &facts).await?;
    transaction.commit().await?;
    Ok(Ok(slug))
}

/// Saves the form of a recording over what is saved now.
///
/// # Errors
/// If the database does not answer.
pub async fn save(
    pool: &PgPool,
    viewer: &Viewer,
    recording: RecordingId,
    form: Form<'_>,
) -> Result<Saved, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    lock(&mut transaction, recording).await?;
    let Some(theirs) = sheet(&mut transaction, recording).await? else { return Ok(Saved::Gone) };
    let fields = || FIELDS.iter().copied();
    let merged = merge_of(fields(), form.mine, &theirs, form.base, form.asked, form.chosen);
    let base = fingerprints_of(fields(), &theirs);
    if !merged.conflicts.is_empty() {
        return Ok(Saved::Conflict { merged: Box::new(merged), base });
    }
    let done = Saved::Done { tells: false, beyond: 0, later: 0 };
    if merged.sheet == theirs {
        return Ok(done);
    }
    let facts = match read(&merged.sheet) {
        Ok(facts) => facts,
        Err(problems) => {
            return Ok(Saved::Wrong { sheet: Box::new(merged.sheet), base, problems });
        }
    };
    // What is published has something to see.
    let leaves_nothing = facts.elsewhere.is_none()
        && is_published(&mut transaction, recording).await?
        && !has_film(&mut transaction, recording, None).await?;
    if leaves_nothing {
        let problems = vec![("elsewhere_url".to_owned(), PlanProblem::NothingLeft)];
        return Ok(Saved::Wrong { sheet: Box::new(merged.sheet), base, problems });
    }
    match write(&mut transaction, recording, &facts).await {
        Err(error) if is_taken(&error) => {
            let problems = taken_title();
            return Ok(Saved::Wrong { sheet: Box::new(merged.sheet), base, problems });
        }
        written => written?,
    }
    transaction.commit().await?;
    Ok(done)
}

/// Two recordings of an event cannot have the same title: nobody could tell them apart.
fn is_taken(error: &sqlx::Error) -> bool {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    constraint == Some("recordings_event_id_title_key")
}

fn taken_title() -> Problems {
    vec![("title_sv".to_owned(), PlanProblem::TitleTaken)]
}

/// Whoever writes to a recording holds its row: one at a time.
pub(super) async fn lock(
    transaction: &mut PgTransaction<'_>,
    recording: RecordingId,
) -> Result<(), sqlx::Error> {
    sqlx::query!("select id from recordings where id = $1 for no key update", recording.0)
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(())
}

async fn write(
    transaction: &mut PgTransaction<'_>,
    recording: RecordingId,
    facts: &Facts,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update recordings set title = $2, title_en = $3, summary_sv = $4, summary_en = $5, note_sv = $6, note_en = $7,
             language = $8, open_to = $9, may_embed = $10, elsewhere_url = $11
         where id = $1",
        recording.0,
        facts.texts.get("title_sv"),
        facts.text("title_en"),
        facts.texts.get("summary_sv"),
        facts.text("summary_en"),
        facts.text("note_sv"),
        facts.text("note_en"),
        facts.language.as_str(),
        facts.open_to.as_str(),
        facts.may_embed,
        facts.elsewhere,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn is_published(
    transaction: &mut PgTransaction<'_>,
    recording: RecordingId,
) -> Result<bool, sqlx::Error> {
    let state = sqlx::query_scalar!("select state from recordings where id = $1", recording.0)
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(state.as_deref() == Some(RecordingState::Published.as_str()))
}

/// There is something to play, beside the file with this role.
async fn has_film(
    transaction: &mut PgTransaction<'_>,
    recording: RecordingId,
    beside: Option<Role>,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from media_files where recording_id = $1 and role in ('original', 'video', 'audio')
            and role <> coalesce($2, '') and not (is_derived and $2 = 'original')) as "has!""#,
        recording.0,
        beside.map(Role::as_str),
    )
    .fetch_one(&mut **transaction)
    .await
}

/// What became of a file that was to be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// It is gone.
    Done,
    /// There was none.
    Nothing,
    /// The recording is published, and there would be nothing left of it.
    NothingLeft,
}

/// Takes a file of a recording away; with the original goes what was made from it.
///
/// # Errors
/// If the database does not answer.
pub async fn remove_file(
    pool: &PgPool,
    viewer: &Viewer,
    recording: RecordingId,
    role: Role,
) -> Result<Removed, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    lock(&mut transaction, recording).await?;
    let is_elsewhere = sqlx::query_scalar!(
        r#"select elsewhere_url is not null as "is!" from recordings where id = $1"#,
        recording.0
    )
    .fetch_optional(&mut *transaction)
    .await?
    .unwrap_or_default();
    let is_film = matches!(role, Role::Original | Role::Video | Role::Audio);
    if is_film
        && !is_elsewhere
        && is_published(&mut transaction, recording).await?
        && !has_film(&mut transaction, recording, Some(role)).await?
    {
        return Ok(Removed::NothingLeft);
    }
    let removed = sqlx::query!(
        "delete from media_files where recording_id = $1
            and (role = $2 or ($2 = 'original' and (is_derived or role in ('poster', 'sprite'))))
            and exists (select from media_files f where f.recording_id = $1 and f.role = $2)",
        recording.0,
        role.as_str(),
    )
    .execute(&mut *transaction)
    .await?;
    if role == Role::Original && removed.rows_affected() > 0 {
        sqlx::query!("update recordings set duration_ms = null where id = $1", recording.0)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(if removed.rows_affected() > 0 { Removed::Done } else { Removed::Nothing })
}

/// Takes a recording away, with its files, its captions and all that was counted of it. Says whether it was there.
///
/// # Errors
/// If the database does not answer.
pub async fn remove(
    pool: &PgPool,
    viewer: &Viewer,
    recording: RecordingId,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    let removed = sqlx::query!("delete from recordings where id = $1", recording.0)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(removed.rows_affected() > 0)
}
