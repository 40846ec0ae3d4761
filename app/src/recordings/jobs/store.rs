//! The SQL of what is made of files (migrations/0034_media_jobs.sql).

use super::model::{Deed, Facts, JobKind, JobLine, JobState, Why};
use crate::account::model::PersonId;
use crate::audit::store::begin;
use crate::events::store::word;
use crate::recordings::model::{RecordingId, Role};
use crate::text::Lang;
use crate::time::instant;
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};

/// So long whoever has a job has it before they must say again that they are at it, in seconds.
pub const LEASE: i64 = 60;
/// So often a job is begun whose server ends while it is at it.
pub const MOST_TRIES: i32 = 3;
/// So many characters of what stands on a page of the slides are kept.
pub const MOST_WORDS: usize = 1_000;

/// A job that somebody has taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// Of which recording.
    pub recording: RecordingId,
    /// Of which of its files.
    pub role: Role,
    /// The key of that file.
    pub source: String,
    /// How long that is, in bytes.
    pub bytes: u64,
    /// What is to be done.
    pub kind: JobKind,
    /// What measuring the file has told.
    pub facts: Facts,
    /// What is spoken in the recording.
    pub language: Lang,
    /// Who has taken it.
    pub worker: String,
}

/// A file has come: what is to be done with it first is written down, in the transaction in which it came.
///
/// # Errors
/// If the database does not answer.
pub async fn plan(
    connection: &mut PgConnection,
    recording: RecordingId,
    role: Role,
    source: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    let Some(kind) = JobKind::first_of(role) else { return Ok(()) };
    sqlx::query!(
        "delete from media_jobs where recording_id = $1 and role = $2",
        recording.0,
        role.as_str()
    )
    .execute(&mut *connection)
    .await?;
    write(connection, recording, role, source, &[kind], now).await
}

/// Writes down what is to be done; what is written down already begins anew, unless somebody is at it.
async fn write(
    connection: &mut PgConnection,
    recording: RecordingId,
    role: Role,
    source: &str,
    kinds: &[JobKind],
    now: i64,
) -> Result<(), sqlx::Error> {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    sqlx::query!(
        "insert into media_jobs (recording_id, role, source, kind, created_at)
         select $1, $2, $3, k.kind, $5 from unnest($4::text[]) with ordinality as k (kind, place) order by k.place
         on conflict (recording_id, role, kind) do update set source = excluded.source, state = 'waiting',
            progress = 0, why = null, tries = 0, created_at = excluded.created_at, began_at = null, ended_at = null
         where media_jobs.state <> 'running'",
        recording.0,
        role.as_str(),
        source,
        &kinds,
        instant(now),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Everything is made anew of all files of a recording, in somebody's name. How many files there are.
///
/// # Errors
/// If the database does not answer.
pub async fn plan_all(
    pool: &PgPool,
    actor: PersonId,
    recording: RecordingId,
    now: i64,
) -> Result<usize, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    let files = sqlx::query!(
        "select role, key from media_files where recording_id = $1 and not is_derived order by id for update",
        recording.0
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut planned = 0;
    for file in files {
        let role = word(Role::parse(&file.role), &file.role)?;
        if JobKind::first_of(role).is_some() {
            plan(&mut transaction, recording, role, &file.key, now).await?;
            planned += 1;
        }
    }
    if planned > 0 {
        tell(&mut transaction, actor, recording, None, JobState::Waiting).await?;
    }
    transaction.commit().await?;
    Ok(planned)
}

/// The jobs of a recording, in the order in which they are done, and whether there is a file that any could be of.
///
/// # Errors
/// If the database does not answer.
pub async fn list(
    pool: &PgPool,
    recording: RecordingId,
) -> Result<(Vec<JobLine>, bool), sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, role, kind, state, progress, why, coalesce(ended_at, began_at) as at
        from media_jobs where recording_id = $1
        order by array_position(array['original', 'slides', 'audio', 'described', 'signed'], role), id"#,
        recording.0
    )
    .fetch_all(pool)
    .await?;
    let lines = rows.into_iter().map(|row| {
        Ok::<_, sqlx::Error>(JobLine {
            id: row.id,
            role: word(Role::parse(&row.role), &row.role)?,
            kind: word(JobKind::parse(&row.kind), &row.kind)?,
            state: word(JobState::parse(&row.state), &row.state)?,
            progress: row.progress,
            why: row.why.map(|why| Why::parse(&why).unwrap_or(Why::Unknown)),
            at: row.at.map(time::OffsetDateTime::unix_timestamp),
        })
    });
    let has_files = sqlx::query_scalar!(
        r#"select exists (
            select from media_files where recording_id = $1 and not is_derived and role in
                ('original', 'audio', 'described', 'signed', 'slides')
        ) as "has!""#,
        recording.0
    )
    .fetch_one(pool)
    .await?;
    Ok((lines.collect::<Result<_, _>>()?, has_files))
}

/// What a recording is called, in one language.
///
/// # Errors
/// If the database does not answer.
pub async fn title(
    pool: &PgPool,
    recording: RecordingId,
    lang: Lang,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select case when $2 then coalesce(title_en, title) else title end as "title!" from recordings where id = $1"#,
        recording.0,
        lang == Lang::En,
    )
    .fetch_optional(pool)
    .await
}

/// Takes the next job of these kinds, if there is one that nobody is at. What somebody had begun and let go of is taken
/// again; what has been begun too often has failed.
///
/// # Errors
/// If the database does not answer.
pub async fn take(
    pool: &PgPool,
    kinds: &[JobKind],
    worker: &str,
    now: i64,
) -> Result<Option<Job>, sqlx::Error> {
    sqlx::query!(
        "update media_jobs set state = 'failed', why = 'interrupted', worker = null, leased_until = null, ended_at = $1
         where state = 'running' and leased_until < $1 and tries >= $2",
        instant(now),
        MOST_TRIES,
    )
    .execute(pool)
    .await?;
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    let row = sqlx::query!(
        r#"with next as (
            select j.id from media_jobs j
            where j.kind = any($1)
                and (j.state = 'waiting' or j.state = 'running' and j.leased_until < $3)
                and (j.kind in ('measure', 'slides') or exists (
                    select from media_jobs m where m.recording_id = j.recording_id and m.role = j.role
                        and m.source = j.source and m.kind = 'measure' and m.state = 'done'
                ))
            order by j.id limit 1 for update of j skip locked
        )
        update media_jobs j set state = 'running', worker = $2, leased_until = $4, tries = j.tries + 1, progress = 0,
            why = null, began_at = $3, ended_at = null
        from next, recordings r
        where j.id = next.id and r.id = j.recording_id
        returning j.id, j.recording_id, j.role, j.source, j.kind, r.language,
            (select f.bytes from media_files f where f.key = j.source) as bytes,
            (select m.facts from media_jobs m where m.recording_id = j.recording_id and m.role = j.role
                and m.kind = 'measure') as "facts: Json<Facts>""#,
        &kinds,
        worker,
        instant(now),
        instant(now + LEASE),
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        Ok(Job {
            id: row.id,
            recording: RecordingId(row.recording_id),
            role: word(Role::parse(&row.role), &row.role)?,
            source: row.source,
            bytes: row.bytes.unwrap_or_default().unsigned_abs(),
            kind: word(JobKind::parse(&row.kind), &row.kind)?,
            facts: row.facts.map(|facts| facts.0).unwrap_or_default(),
            language: word(Lang::parse(&row.language), &row.language)?,
            worker: worker.to_owned(),
        })
    })
    .transpose()
}

/// Whoever has a job is still at it, and has come so far. False if it is theirs no more: somebody has cancelled it, or
/// the file has gone.
///
/// # Errors
/// If the database does not answer.
pub async fn renew(pool: &PgPool, job: &Job, progress: i32, now: i64) -> Result<bool, sqlx::Error> {
    let renewed = sqlx::query!(
        "update media_jobs set progress = $3, leased_until = $4 where id = $1 and worker = $2 and state = 'running'",
        job.id,
        job.worker,
        progress.clamp(0, 100),
        instant(now + LEASE),
    )
    .execute(pool)
    .await?;
    Ok(renewed.rows_affected() > 0)
}

/// The server ends: the job waits for another, and this try does not count.
///
/// # Errors
/// If the database does not answer.
pub async fn give_back(pool: &PgPool, job: &Job) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update media_jobs set state = 'waiting', worker = null, leased_until = null, progress = 0, tries = tries - 1
         where id = $1 and worker = $2 and state = 'running'",
        job.id,
        job.worker,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// It could not be done.
///
/// # Errors
/// If the database does not answer.
pub async fn fail(pool: &PgPool, job: &Job, why: Why, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update media_jobs set state = 'failed', why = $3, worker = null, leased_until = null, ended_at = $4
         where id = $1 and worker = $2 and state = 'running'",
        job.id,
        job.worker,
        why.as_str(),
        instant(now),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Keys under which files are about to be put: should nothing come of them, they are taken away again.
///
/// # Errors
/// If the database does not answer.
pub async fn will_put(pool: &PgPool, keys: &[String], now: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into media_left (key, left_at) select k, $2 from unnest($1::text[]) k on conflict do nothing",
        keys,
        instant(now),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// A file that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// What of the recording it is.
    pub role: Role,
    /// Its key; it is in the store.
    pub key: String,
    /// For `Content-Type`.
    pub content_type: &'static str,
    /// How long it is.
    pub bytes: u64,
    /// Width and height in points, where it has a picture.
    pub size: Option<(i32, i32)>,
    /// How long it plays; of small pictures, how long what they are of does.
    pub duration_ms: Option<i32>,
}

/// A page of the slides.
#[derive(Clone, Debug)]
pub struct SlidePage {
    /// Its number, from 1.
    pub page: i32,
    /// The key of its picture; it is in the store.
    pub key: String,
    /// How long that is.
    pub bytes: u64,
    /// In points.
    pub width: i32,
    /// In points.
    pub height: i32,
    /// What stands on it, at most [`MOST_WORDS`] characters.
    pub words: String,
}

/// What came of a job.
#[derive(Clone, Debug)]
pub enum Came {
    /// What was found out of the file; and whether speech is recognised here.
    Facts(Facts, bool),
    /// A file.
    File(Made),
    /// The pages of the slides.
    Pages(Vec<SlidePage>),
    /// Nothing, for a reason that is no fault.
    Nothing(Why),
    /// What was made lies elsewhere already.
    Elsewhere,
}

/// The job is done, and what came of it belongs to the recording. False if it was theirs no more; then nothing has
/// changed.
///
/// # Errors
/// If the database does not answer.
pub async fn finish(pool: &PgPool, job: &Job, came: &Came, now: i64) -> Result<bool, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let is_done = finish_within(&mut transaction, job, came, now).await?;
    if is_done {
        transaction.commit().await?;
    }
    Ok(is_done)
}

/// The same in the caller's transaction, which is not to be kept if it was theirs no more.
///
/// # Errors
/// If the database does not answer.
pub async fn finish_within(
    transaction: &mut PgConnection,
    job: &Job,
    came: &Came,
    now: i64,
) -> Result<bool, sqlx::Error> {
    // The file first, as whoever replaces it does: it is then of this very file, or not at all.
    let source = sqlx::query_scalar!(
        "select id from media_files where recording_id = $1 and role = $2 and key = $3 for update",
        job.recording.0,
        job.role.as_str(),
        job.source,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(source) = source else { return Ok(false) };
    let mut why = None;
    let mut facts = None;
    match came {
        Came::Facts(found, has_speech) => {
            measured(transaction, job, source, found).await?;
            if job.role == Role::Original {
                let next = JobKind::after(found, *has_speech);
                write(transaction, job.recording, job.role, &job.source, &next, now).await?;
            }
            facts = Some(Json(found.clone()));
        }
        Came::File(made) => {
            if !save(transaction, job.recording, made, now).await? {
                why = Some(Why::KeptOther);
            }
        }
        Came::Pages(pages) => save_pages(transaction, job.recording, pages, now).await?,
        Came::Nothing(reason) => why = Some(*reason),
        Came::Elsewhere => {}
    }
    let done = sqlx::query!(
        "update media_jobs set state = 'done', progress = 100, why = $3, facts = coalesce($4, facts), worker = null,
            leased_until = null, ended_at = $5
         where id = $1 and worker = $2 and state = 'running'",
        job.id,
        job.worker,
        why.map(Why::as_str),
        facts as Option<Json<Facts>>,
        instant(now),
    )
    .execute(&mut *transaction)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn measured(
    connection: &mut PgConnection,
    job: &Job,
    file: i64,
    facts: &Facts,
) -> Result<(), sqlx::Error> {
    let length = (facts.duration_ms > 0).then_some(facts.duration_ms);
    let picture = facts.picture.as_ref();
    let side = |of: Option<i32>| of.filter(|side| (1..=16_384).contains(side));
    sqlx::query!(
        "update media_files set duration_ms = $2, width = $3, height = $4 where id = $1",
        file,
        length,
        side(picture.map(|picture| picture.width)),
        side(picture.map(|picture| picture.height)),
    )
    .execute(&mut *connection)
    .await?;
    if job.role == Role::Original && length.is_some() {
        sqlx::query!(
            "update recordings set duration_ms = $2 where id = $1 and duration_ms is distinct from $2",
            job.recording.0,
            length,
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Puts it in the place of what was made before. False if somebody has put one of their own there.
async fn save(
    connection: &mut PgConnection,
    recording: RecordingId,
    made: &Made,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let saved = sqlx::query!(
        "insert into media_files
            (recording_id, role, key, content_type, bytes, width, height, duration_ms, is_derived, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, true, $9)
         on conflict (recording_id, role) do update set key = excluded.key, content_type = excluded.content_type,
            bytes = excluded.bytes, width = excluded.width, height = excluded.height,
            duration_ms = excluded.duration_ms, created_at = excluded.created_at
         where media_files.is_derived",
        recording.0,
        made.role.as_str(),
        made.key,
        made.content_type,
        i64::try_from(made.bytes).unwrap_or(i64::MAX),
        made.size.map(|(width, _)| width),
        made.size.map(|(_, height)| height),
        made.duration_ms,
        instant(now),
    )
    .execute(&mut *connection)
    .await?;
    if saved.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!("delete from media_left where key = $1", made.key).execute(connection).await?;
    Ok(true)
}

async fn save_pages(
    connection: &mut PgConnection,
    recording: RecordingId,
    pages: &[SlidePage],
    now: i64,
) -> Result<(), sqlx::Error> {
    fn column<T>(pages: &[SlidePage], of: impl Fn(&SlidePage) -> T) -> Vec<T> {
        pages.iter().map(of).collect()
    }
    let keys = column(pages, |page| page.key.clone());
    sqlx::query!("delete from slide_pages where recording_id = $1", recording.0)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "insert into slide_pages (recording_id, page, key, bytes, width, height, words, created_at)
         select $1, p.page, p.key, p.bytes, p.width, p.height, p.words, $8
         from unnest($2::integer[], $3::text[], $4::bigint[], $5::integer[], $6::integer[], $7::text[])
            as p (page, key, bytes, width, height, words)",
        recording.0,
        &column(pages, |page| page.page),
        &keys,
        &column(pages, |page| i64::try_from(page.bytes).unwrap_or(i64::MAX)),
        &column(pages, |page| page.width),
        &column(pages, |page| page.height),
        &column(pages, |page| page.words.clone()),
        instant(now),
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("delete from media_left where key = any($1)", &keys).execute(connection).await?;
    Ok(())
}

/// Somebody wants a job done again that has come to an end. False where there is none, or somebody is at it.
///
/// # Errors
/// If the database does not answer.
pub async fn again(
    pool: &PgPool,
    actor: PersonId,
    recording: RecordingId,
    job: i64,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    let was = sqlx::query_scalar!(
        "with was as (
            select id, state from media_jobs
            where id = $1 and recording_id = $2 and state in ('done', 'failed', 'cancelled') for update
        )
        update media_jobs j set state = 'waiting', progress = 0, why = null, tries = 0, created_at = $3,
            began_at = null, ended_at = null
        from was where j.id = was.id returning was.state",
        job,
        recording.0,
        instant(now),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(was) = was else { return Ok(false) };
    tell(&mut transaction, actor, recording, Some((job, &was)), JobState::Waiting).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Somebody does not want a job done. Whoever is at it ends within seconds. False where there is none to be done.
///
/// # Errors
/// If the database does not answer.
pub async fn cancel(
    pool: &PgPool,
    actor: PersonId,
    recording: RecordingId,
    job: i64,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = begin(pool, actor).await?;
    let was = sqlx::query_scalar!(
        "with was as (
            select id, state from media_jobs
            where id = $1 and recording_id = $2 and state in ('waiting', 'running') for update
        )
        update media_jobs j set state = 'cancelled', worker = null, leased_until = null, ended_at = $3
        from was where j.id = was.id returning was.state",
        job,
        recording.0,
        instant(now),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(was) = was else { return Ok(false) };
    tell(&mut transaction, actor, recording, Some((job, &was)), JobState::Cancelled).await?;
    transaction.commit().await?;
    Ok(true)
}

/// What somebody wanted of a job, or of all of them, stands in the log (`crate::audit`). Not by a trigger, as elsewhere:
/// most of what happens to a job nobody in particular does.
async fn tell(
    connection: &mut PgConnection,
    actor: PersonId,
    recording: RecordingId,
    job: Option<(i64, &str)>,
    is: JobState,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into audit_log (actor_id, programme_id, event_id, subject, subject_id, what, before, after)
        select $1, e.programme_id, e.id, 'media_jobs', $3, 'update',
            jsonb_strip_nulls(jsonb_build_object('state', $4::text)),
            jsonb_strip_nulls(jsonb_build_object(
                'title', r.title, 'role', j.role, 'kind', coalesce(j.kind, $6), 'state', $5::text
            ))
        from recordings r join events e on e.id = r.event_id left join media_jobs j on j.id = $3
        where r.id = $2",
        actor.0,
        recording.0,
        job.map(|(job, _)| job),
        job.map(|(_, was)| was),
        is.as_str(),
        Deed::All.as_str(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Of these jobs, those that somebody is at.
///
/// # Errors
/// If the database does not answer.
pub async fn running(pool: &PgPool, jobs: &[i64]) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!("select id from media_jobs where id = any($1) and state = 'running'", jobs)
        .fetch_all(pool)
        .await
}

/// Of these keys, those of whose files something is still to be done.
///
/// # Errors
/// If the database does not answer.
pub async fn awaited(pool: &PgPool, keys: &[String]) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select distinct source from media_jobs where source = any($1) and state in ('waiting', 'running')",
        keys
    )
    .fetch_all(pool)
    .await
}
