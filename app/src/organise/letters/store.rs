//! The SQL of letters: whom they are for, and what became of them.

use super::model::{Carried, Counts, Fate, LetterPage, PAGE, Reader, Whom, Written};
use crate::events::model::EventId;
use crate::events::store::{lines, word};
use crate::markdown;
use crate::organise::people::query::PeopleQuery;
use crate::organise::people::store::matching;
use crate::signup::model::Status;
use crate::text::Lang;
use crate::time::civil;
use sqlx::PgPool;

fn count(figure: i64) -> usize {
    usize::try_from(figure).unwrap_or_default()
}

pub(super) fn figure(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The sign-ups of those whom a letter is for, as far as they have an address.
///
/// # Errors
/// If the database does not answer.
pub async fn readers(
    pool: &PgPool,
    event: EventId,
    whom: Whom,
    those_gone_too: bool,
    query: &PeopleQuery,
    chosen: &[i64],
) -> Result<Vec<i64>, sqlx::Error> {
    let some: Option<Vec<i64>> = match whom {
        Whom::Matching => {
            let found = matching(pool, event, query, true).await?;
            Some(found.into_iter().map(|(sign_up, _)| sign_up).collect())
        }
        Whom::Chosen => Some(chosen.to_vec()),
        Whom::Everybody | Whom::Places | Whom::Line | Whom::Oneself => None,
    };
    let statuses: Vec<String> = whom
        .statuses(those_gone_too)
        .into_iter()
        .map(|status| status.as_str().to_owned())
        .collect();
    sqlx::query_scalar!(
        "select s.id from sign_ups s join people p on p.id = s.person_id
         where s.event_id = $1 and s.status = any($2) and ($3::bigint[] is null or s.id = any($3))
             and p.email is not null
         order by s.id",
        event.0,
        &statuses,
        some.as_deref(),
    )
    .fetch_all(pool)
    .await
}

/// How many there are to write to.
///
/// # Errors
/// If the database does not answer.
pub async fn counts(
    pool: &PgPool,
    event: EventId,
    query: &PeopleQuery,
) -> Result<Counts, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select s.status, count(*) as "count!" from sign_ups s join people p on p.id = s.person_id
        where s.event_id = $1 and p.email is not null group by s.status"#,
        event.0
    )
    .fetch_all(pool)
    .await?;
    let mut counts = Counts::default();
    for row in rows {
        let status = word(Status::parse(&row.status), &row.status)?;
        let people = count(row.count);
        match status {
            Status::Cancelled | Status::Refused => counts.gone += people,
            _ => counts.everybody += people,
        }
        if Whom::Places.statuses(false).contains(&status) {
            counts.places += people;
        }
        if status == Status::Waitlisted {
            counts.line += people;
        }
    }
    if query.is_filtered() {
        counts.matching = readers(pool, event, Whom::Matching, false, query, &[]).await?.len();
    }
    Ok(counts)
}

/// The name and the language of somebody who will read it.
///
/// # Errors
/// If the database does not answer.
pub async fn reader(pool: &PgPool, sign_up: i64) -> Result<Option<(String, Lang)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select s.name, coalesce(p.language, s.language) as "language!"
        from sign_ups s join people p on p.id = s.person_id where s.id = $1"#,
        sign_up
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| (row.name, Lang::parse(&row.language).unwrap_or_default())))
}

struct Row {
    id: i64,
    subject: String,
    body: String,
    whom: String,
    at: time::PrimitiveDateTime,
    by: Option<String>,
    people: i32,
    sent: i64,
    waiting: i64,
    refused: i64,
}

impl Row {
    fn written(self) -> Result<Written, sqlx::Error> {
        Ok(Written {
            id: self.id,
            subject: self.subject,
            whom: word(Whom::parse(&self.whom), &self.whom)?,
            at: civil(self.at),
            by: self.by,
            people: usize::try_from(self.people).unwrap_or_default(),
            fate: Fate {
                sent: count(self.sent),
                waiting: count(self.waiting),
                refused: count(self.refused),
            },
        })
    }
}

/// Letters of an event, the latest first: one of them, or the last hundred.
async fn rows(pool: &PgPool, event: EventId, one: Option<i64>) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"
        select l.id, l.subject, l.body, l.whom, l.written_at at time zone e.time_zone as "at!", w.name as "by?", l.people,
            f.sent as "sent!", f.waiting as "waiting!", f.refused as "refused!"
        from letters l join events e on e.id = l.event_id
        left join people w on w.id = l.writer_id
        cross join lateral (
            select count(*) filter (where m.state = 'sent') as sent,
                count(*) filter (where m.state = 'queued') as waiting,
                count(*) filter (where m.state in ('failed', 'dropped')) as refused
            from mails m where m.letter_id = l.id
        ) f
        where l.event_id = $1 and l.whom <> 'oneself' and ($2::bigint is null or l.id = $2)
        order by l.id desc limit 100
        "#,
        event.0,
        one,
    )
    .fetch_all(pool)
    .await
}

/// What was written to the people of an event, the latest first.
///
/// # Errors
/// If the database does not answer.
pub async fn earlier(pool: &PgPool, event: EventId) -> Result<Vec<Written>, sqlx::Error> {
    rows(pool, event, None).await?.into_iter().map(Row::written).collect()
}

/// A letter of an event, and what became of it. A page beyond the last is the last.
///
/// # Errors
/// If the database does not answer.
pub async fn letter(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
    id: i64,
    page: usize,
    now: i64,
) -> Result<Option<LetterPage>, sqlx::Error> {
    let Some(row) = rows(pool, event, Some(id)).await?.pop() else { return Ok(None) };
    let Some(line) = lines(pool, lang, &[event.0], now).await?.pop() else { return Ok(None) };
    let fate = count(row.sent) + count(row.waiting) + count(row.refused);
    let pages = fate.div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let readers = sqlx::query!(
        r#"
        select m.id, s.name, s.organisation, m.state, m.problem
        from mails m join sign_ups s on s.id = m.sign_up_id where m.letter_id = $1
        order by array_position(array['failed', 'dropped', 'queued', 'sent'], m.state), m.problem is null,
            s.name collate "sv-x-icu", m.id
        limit $2 offset $3
        "#,
        id,
        figure(PAGE),
        figure(page * PAGE),
    )
    .fetch_all(pool)
    .await?;
    let readers = readers
        .into_iter()
        .map(|reader| {
            Ok(Reader {
                id: reader.id,
                name: reader.name,
                organisation: reader.organisation,
                state: word(Carried::parse(&reader.state), &reader.state)?,
                problem: reader.problem,
            })
        })
        .collect::<Result<_, sqlx::Error>>()?;
    let html = markdown::to_html(&row.body);
    Ok(Some(LetterPage { line: line.line, letter: row.written()?, html, readers, page, pages }))
}
