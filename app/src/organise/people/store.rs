//! The SQL of the organiser's list: who is asked for, in which order, and a page of them.

use super::model::{About, Group, PeoplePage, Row};
use super::moved_store::moved;
use super::query::{PAGE, PeopleQuery, Sort, Standing, UNANSWERED};
use crate::events::model::{EventId, Way};
use crate::events::store::word;
use crate::organise::store::Found;
use crate::signup::attendance_store::has_begun;
use crate::signup::model::Status;
use crate::signup::question_store::questions;
use crate::signup::questions::{Answer, Question, SeenBy};
use crate::signup::recent_store::recent;
use crate::text::Lang;
use crate::time::civil;
use sqlx::PgPool;

/// Everybody who is asked for, in their order. Who does not organise can search for nothing that they may not
/// read.
///
/// # Errors
/// If the database does not answer.
pub async fn matching(
    pool: &PgPool,
    event: EventId,
    query: &PeopleQuery,
    is_organiser: bool,
) -> Result<Vec<(i64, Status)>, sqlx::Error> {
    let statuses: Option<Vec<String>> = query.standing.map(|standing| {
        standing.statuses().iter().map(|status| status.as_str().to_owned()).collect()
    });
    // What stands for anything in a pattern stands for itself here.
    let words: Vec<String> = query
        .text
        .iter()
        .flat_map(|text| text.split_whitespace())
        .map(|word| word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
        .collect();
    let (asked, answers): (Vec<i64>, Vec<String>) = query.answers.iter().cloned().unzip();
    let rows = sqlx::query!(
        r#"
        select s.id, s.status
        from sign_ups s join people p on p.id = s.person_id
        where s.event_id = $1
            and ($2::text[] is null or s.status = any($2))
            and ($3::text is null or s.way = $3)
            and (cardinality($4::text[]) = 0 or
                fold(s.name || ' ' || s.organisation || case when $5 then coalesce(' ' || p.email, '') else '' end)
                    like all ((select array_agg('%' || fold(word) || '%') from unnest($4::text[]) word)::text[]))
            and (not ($5 and $6) or exists (select from mails m where m.sign_up_id = s.id and m.state = 'failed'))
            and not exists (
                select from unnest($7::bigint[], $8::text[]) as asked (question, answer)
                join event_questions q on q.id = asked.question and q.event_id = $1 and ($5 or q.seen_by = 'hosts')
                where case when asked.answer = $9
                    then exists (select from sign_up_answers a where a.sign_up_id = s.id and a.question_id = q.id)
                    else not exists (select from sign_up_answers a
                        where a.sign_up_id = s.id and a.question_id = q.id and a.answer = asked.answer) end
            )
        order by
            case when $10 = 'standing' then array_position(
                array['requested', 'confirmed', 'attended', 'no_show', 'waitlisted', 'refused', 'cancelled'], s.status
            ) end,
            case when $10 = 'line' then s.status <> 'waitlisted' end,
            case when $10 in ('standing', 'line') then s.way end desc,
            case when $10 = 'name' and not $11 then s.name collate "sv-x-icu" end,
            case when $10 = 'name' and $11 then s.name collate "sv-x-icu" end desc,
            case when $10 = 'family' and not $11 then substring(s.name from '\S+\s*$') collate "sv-x-icu" end,
            case when $10 = 'family' and $11 then substring(s.name from '\S+\s*$') collate "sv-x-icu" end desc,
            case when $10 = 'family' then s.name collate "sv-x-icu" end,
            case when $10 = 'organisation' and not $11 then s.organisation collate "sv-x-icu" end,
            case when $10 = 'organisation' and $11 then s.organisation collate "sv-x-icu" end desc,
            case when $10 = 'when' and not $11 then s.created_at end,
            case when $10 = 'when' and $11 then s.created_at end desc,
            case when $11 then -s.queue_number else s.queue_number end, s.id
        "#,
        event.0,
        statuses.as_deref(),
        query.way.map(Way::as_str),
        &words,
        is_organiser,
        query.mail_refused,
        &asked,
        &answers,
        UNANSWERED,
        query.sort.unwrap_or(Sort::Standing).as_str(),
        query.descending,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| Ok((row.id, word(Status::parse(&row.status), &row.status)?)))
        .collect()
}

/// What is asked, as far as whoever looks may read the answers.
///
/// # Errors
/// If the database does not answer.
pub async fn readable(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
    is_organiser: bool,
) -> Result<Vec<Question>, sqlx::Error> {
    let mut questions = questions(pool, lang, event).await?;
    questions.retain(|question| is_organiser || question.seen_by == SeenBy::Hosts);
    Ok(questions)
}

/// A page of the list; what only organisers may read only if `is_organiser`. A page beyond the last is the last.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    pool: &PgPool,
    lang: Lang,
    found: &Found,
    query: &PeopleQuery,
    is_organiser: bool,
    now: i64,
) -> Result<PeoplePage, sqlx::Error> {
    let event = found.event;
    let questions = readable(pool, lang, event, is_organiser).await?;
    let readable: Vec<i64> = questions.iter().map(|question| question.id).collect();
    let people = matching(pool, event, query, is_organiser).await?;
    let pages = people.len().div_ceil(PAGE).max(1);
    let page = query.page.min(pages - 1);
    let shown: Vec<i64> =
        people.iter().skip(page * PAGE).take(PAGE).map(|(person, _)| *person).collect();
    let count = |group| people.iter().filter(|(_, status)| Group::of(*status) == group).count();
    let counts = counts(pool, event).await?;
    let in_all = |standing: Standing| -> usize {
        let mine = counts.iter().filter(|(status, _)| standing.statuses().contains(status));
        mine.map(|(_, count)| *count).sum()
    };
    let all = Standing::ALL.iter().map(|&standing| (standing, in_all(standing)));
    let mut rows = rows(pool, event, &shown, &readable, is_organiser).await?;
    moved(pool, lang, &mut rows).await?;
    Ok(PeoplePage {
        rows,
        about: About {
            event,
            may_change: is_organiser,
            ways: found.ways.clone(),
            questions,
            matching: people.len(),
            groups: Group::ALL.iter().map(|&group| (group, count(group))).collect(),
            all: all.filter(|(_, count)| *count > 0).collect(),
            total: counts.iter().map(|(_, count)| *count).sum(),
            page,
            pages,
            has_begun: has_begun(pool, event, now).await?,
            deeds: if is_organiser { recent(pool, lang, event, now).await? } else { Vec::new() },
        },
    })
}

/// How many there are of each status.
async fn counts(pool: &PgPool, event: EventId) -> Result<Vec<(Status, usize)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select status, count(*) as "count!" from sign_ups where event_id = $1 group by status"#,
        event.0
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let status = word(Status::parse(&row.status), &row.status)?;
            Ok((status, usize::try_from(row.count).unwrap_or_default()))
        })
        .collect()
}

/// These people of an event, in this order.
///
/// # Errors
/// If the database does not answer.
pub async fn rows(
    pool: &PgPool,
    event: EventId,
    sign_ups: &[i64],
    readable: &[i64],
    is_organiser: bool,
) -> Result<Vec<Row>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        with line as (
            select id, row_number() over (partition by way order by queue_number) as position
            from sign_ups where event_id = $1 and status = 'waitlisted'
        )
        select s.id, s.name, s.organisation, s.way, s.status, p.email, p.access_needs, p.diet,
            s.created_at at time zone e.time_zone as "at!", line.position as "position?",
            case s.status when 'refused' then s.refusal_reason when 'cancelled' then s.cancel_reason
                when 'confirmed' then (select h.reason from sign_up_history h
                    where h.sign_up_id = s.id and h.to_status = 'confirmed' order by h.id desc limit 1)
            end as reason,
            (select m.problem from mails m where m.sign_up_id = s.id and m.state = 'failed' order by m.id desc limit 1)
                as mail_problem,
            array(select a.question_id from sign_up_answers a where a.sign_up_id = s.id and a.question_id = any($3)
                order by a.question_id, a.answer) as "asked!",
            array(select a.answer from sign_up_answers a where a.sign_up_id = s.id and a.question_id = any($3)
                order by a.question_id, a.answer) as "answered!"
        from unnest($2::bigint[]) with ordinality as wanted (id, place)
        join sign_ups s on s.id = wanted.id and s.event_id = $1
        join people p on p.id = s.person_id join events e on e.id = s.event_id
        left join line on line.id = s.id
        order by wanted.place
        "#,
        event.0,
        sign_ups,
        readable,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let status = word(Status::parse(&row.status), &row.status)?;
            let needs = [row.access_needs, row.diet];
            let answers = row.asked.into_iter().zip(row.answered);
            Ok(Row {
                id: row.id,
                name: row.name,
                organisation: row.organisation,
                email: row.email.filter(|_| is_organiser),
                way: word(Way::parse(&row.way), &row.way)?,
                status,
                position: row.position.and_then(|position| u32::try_from(position).ok()),
                at: civil(row.at),
                answers: answers.map(|(question, text)| Answer { question, text }).collect(),
                // Whoever is not coming needs nothing any more.
                needs: if is_organiser && status.is_live() {
                    needs.into_iter().flatten().collect()
                } else {
                    Vec::new()
                },
                reason: row.reason.filter(|_| is_organiser),
                mail_problem: row.mail_problem.filter(|_| is_organiser),
                moved: None,
            })
        })
        .collect()
}
