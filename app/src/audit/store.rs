//! The SQL of the audit log. The rows are written by triggers (migrations/0014_audit_log.sql): a transaction
//! only says who acts.

use super::model::{Deed, Entry, LogPage, LogQuery, PAGE, Subject};
use crate::account::model::{Grant, PersonId, Role, Viewer};
use crate::events::model::EventId;
use crate::events::store::word;
use crate::text::Lang;
use crate::time::{civil, day_begins, instant};
use sqlx::{PgPool, PgTransaction};
use std::collections::HashMap;

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
    let mut entries: Vec<Entry> = rows
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
                changes: super::changes::changes(row.before.as_ref(), row.after.as_ref()),
            })
        })
        .collect::<Result<_, sqlx::Error>>()?;
    name_references(pool, lang, &mut entries).await?;
    Ok(LogPage { entries, has_older })
}

/// So that `like` finds the very characters.
fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Numbers of other rows become their names, where those rows are still there.
async fn name_references(
    pool: &PgPool,
    lang: Lang,
    entries: &mut [Entry],
) -> Result<(), sqlx::Error> {
    let mut asked: HashMap<&'static str, Vec<String>> = HashMap::new();
    let changes = || entries.iter().flat_map(|entry| &entry.changes);
    for change in changes() {
        if let Some(table) = refers_to(&change.column) {
            asked
                .entry(table)
                .or_default()
                .extend(change.before.iter().chain(&change.after).cloned());
        }
    }
    if asked.is_empty() {
        return Ok(());
    }
    let codes = asked.get("municipalities").cloned().unwrap_or_default();
    let numbers = |table| -> Vec<i64> {
        asked.get(table).into_iter().flatten().filter_map(|number| number.parse().ok()).collect()
    };
    let names = sqlx::query!(
        r#"
        select 'people' as "table!", id::text as "key!", name as "name!" from people where id = any($2)
        union all select 'organisations', id::text, name from organisations where id = any($3)
        union all select 'themes', id::text, case when $1 = 'en' then name_en else name_sv end from themes where id = any($4)
        union all select 'municipalities', code, name from municipalities where code = any($5)
        union all select 'series', id::text, case when $1 = 'en' then coalesce(title_en, title_sv) else title_sv end
            from series where id = any($6)
        "#,
        lang.tag(),
        &numbers("people"),
        &numbers("organisations"),
        &numbers("themes"),
        &codes,
        &numbers("series"),
    )
    .fetch_all(pool)
    .await?;
    let names: HashMap<(String, String), String> =
        names.into_iter().map(|row| ((row.table, row.key), row.name)).collect();
    for change in entries.iter_mut().flat_map(|entry| &mut entry.changes) {
        let Some(table) = refers_to(&change.column) else { continue };
        for value in [&mut change.before, &mut change.after].into_iter().flatten() {
            if let Some(name) = names.get(&(table.to_owned(), value.clone())) {
                value.clone_from(name);
            }
        }
    }
    Ok(())
}

/// The table whose rows a column names.
fn refers_to(column: &str) -> Option<&'static str> {
    match column {
        "contact_id" => Some("people"),
        "owner_id" | "funder_id" | "organisation_id" => Some("organisations"),
        "theme_id" => Some("themes"),
        "municipality_code" => Some("municipalities"),
        "series_id" => Some("series"),
        _ => None,
    }
}
