//! The SQL of the audit log. The rows are written by triggers (migrations/0014_audit_log.sql): a transaction
//! only says who acts.

use super::model::{Change, Deed, Entry, LogPage, LogQuery, PAGE, Subject};
use crate::account::model::{Grant, PersonId, Role, Viewer};
use crate::events::model::EventId;
use crate::events::store::word;
use crate::text::Lang;
use crate::time::{civil, day_begins, home_zone, instant};
use serde_json::Value;
use sqlx::{PgPool, PgTransaction};

/// Begins a transaction in which everything is done by this person. Every write of the organiser's side goes
/// through one.
///
/// # Errors
/// If the database does not answer.
pub async fn begin(pool: &PgPool, actor: PersonId) -> Result<PgTransaction<'static>, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    act(&mut transaction, Some(actor)).await?;
    Ok(transaction)
}

/// From here on, what the transaction does is done by this person; or follows by itself.
///
/// # Errors
/// If the database does not answer.
pub async fn act(
    transaction: &mut PgTransaction<'_>,
    actor: Option<PersonId>,
) -> Result<(), sqlx::Error> {
    let actor = actor.map(|actor| actor.0.to_string()).unwrap_or_default();
    sqlx::query!("select set_config('stafett.actor', $1, true)", actor)
        .fetch_one(&mut **transaction)
        .await?;
    Ok(())
}

/// Writes down that somebody has taken a list of an event's people out of the site, as this sort of file.
///
/// # Errors
/// If the database does not answer.
pub async fn exported(
    pool: &PgPool,
    actor: PersonId,
    event: EventId,
    file: &str,
    people: usize,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into audit_log (actor_id, programme_id, event_id, subject, what, after)
         select $1, e.programme_id, e.id, 'sign_ups', 'export', jsonb_build_object('file', $3::text, 'people', $4::bigint)
         from events e where e.id = $2",
        actor.0,
        event.0,
        file,
        i64::try_from(people).unwrap_or(i64::MAX),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// A page of what was done where the viewer organises.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    query: &LogQuery,
) -> Result<LogPage, sqlx::Error> {
    let organised = |grant: &&Grant| grant.role == Role::Organiser;
    let all = viewer.is_administrator()
        || viewer.roles.iter().filter(organised).any(|grant| grant.programme.is_none());
    let programmes: Vec<i64> =
        viewer.roles.iter().filter(organised).filter_map(|grant| grant.programme).collect();
    let who = query.who.as_deref().map(|who| format!("%{}%", escape_like(who)));
    let begins = query.from.map(|day| instant(day_begins(day)));
    let ends = query.to.and_then(|day| day.tomorrow().ok()).map(|day| instant(day_begins(day)));
    let mut rows = sqlx::query!(
        r#"
        select a.id, a.at at time zone 'Europe/Stockholm' as "at!", a.subject, a.what, a.before, a.after,
            actor.name as "actor?", about.name as "about?", e.slug as "slug?",
            case when $1 = 'en' then coalesce(e.title_en, e.title_sv) else e.title_sv end as title,
            case when $1 = 'en' then coalesce(p.title_en, p.title_sv) else p.title_sv end as programme
        from audit_log a
        left join people actor on actor.id = a.actor_id
        left join people about on about.id = a.about_id
        left join events e on e.id = a.event_id
        left join programmes p on p.id = a.programme_id
        where ($2 or a.programme_id = any($3))
            and ($4::text is null or actor.name ilike $4 or about.name ilike $4)
            and ($5::text is null or a.subject = $5)
            and ($6::text is null or e.slug = $6)
            and ($7::timestamptz is null or a.at >= $7)
            and ($8::timestamptz is null or a.at < $8)
            and ($9::bigint is null or a.id < $9)
        order by a.id desc limit $10
        "#,
        lang.tag(),
        all,
        &programmes,
        who,
        query.subject.map(Subject::as_str),
        query.event,
        begins,
        ends,
        query.before,
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(pool)
    .await?;
    let has_older = rows.len() > PAGE;
    rows.truncate(PAGE);
    let entries = rows
        .into_iter()
        .map(|row| {
            Ok(Entry {
                id: row.id,
                at: civil(row.at),
                actor: row.actor,
                about: row.about,
                subject: Subject::parse(&row.subject).unwrap_or(Subject::Other),
                deed: word(Deed::parse(&row.what), &row.what)?,
                event: row.slug.zip(row.title),
                programme: row.programme,
                changes: changes(row.before.as_ref(), row.after.as_ref()),
            })
        })
        .collect::<Result<_, sqlx::Error>>()?;
    Ok(LogPage { entries, has_older })
}

/// So that `like` finds the very characters.
fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// What the entry itself says: whose row it is, where it belongs, and when it was made.
const TOLD_ELSEWHERE: [&str; 10] = [
    "id",
    "uid",
    "event_id",
    "programme_id",
    "person_id",
    "granted_at",
    "writer_id",
    "written_at",
    "once",
    "moved_from_id",
];

/// The columns that tell something, before and after.
fn changes(before: Option<&Value>, after: Option<&Value>) -> Vec<Change> {
    let columns = |row: Option<&Value>| -> Vec<String> {
        row.and_then(Value::as_object).map(|row| row.keys().cloned().collect()).unwrap_or_default()
    };
    let mut names = columns(before);
    names.extend(columns(after));
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| !TOLD_ELSEWHERE.contains(&name.as_str()))
        .map(|column| Change {
            before: before.and_then(|row| shown(row.get(&column)?)),
            after: after.and_then(|row| shown(row.get(&column)?)),
            column,
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// A value as a person reads it; `None` for what is empty.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(match text.parse::<jiff::Timestamp>() {
            Ok(at) => at.to_zoned(home_zone()).strftime("%Y-%m-%d %H:%M:%S").to_string(),
            Err(_) => text.clone(),
        }),
        Value::Array(all) if all.is_empty() => None,
        Value::Array(all) => Some(all.iter().filter_map(shown).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}
