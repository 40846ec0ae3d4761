//! The SQL of series.

use super::model::{SeriesLine, SeriesPage, SeriesStop};
use crate::account::who::Who;
use crate::events::model::{EventId, Phase, Slug};
use crate::events::page_model::{Link, Stop};
use crate::events::store::{Line, lines};
use crate::images::model::Of;
use crate::markdown::{to_html, to_text};
use crate::recordings::library;
use crate::signup::question_store::questions_of;
use crate::text::Lang;
use crate::time::instant;
use sqlx::PgPool;
use std::collections::HashMap;

/// The page of a series, with the instants at which its stops change.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    pool: &PgPool,
    lang: Lang,
    slug: &Slug,
    now: i64,
) -> Result<Option<(SeriesPage, Vec<Line>)>, sqlx::Error> {
    let english = lang == Lang::En;
    let Some(row) = sqlx::query!(
        r#"
        select s.id, s.slug, s.participants, p.id as programme_id, p.slug as programme_slug,
            (s.archived_at is not null or p.archived_at is not null) as "is_over!",
            case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end as "title!",
            case when $2 then coalesce(s.summary_en, s.summary_sv) else s.summary_sv end as "summary!",
            case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "programme_title!"
        from series s join programmes p on p.id = s.programme_id
        where s.slug = $1
        "#,
        slug.as_str(),
        english,
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    let speakers = sqlx::query!(
        r#"
        select e.id, e.needs_approval, coalesce(array_agg(concat_ws(', ', person.name, coalesce(o.short_name, o.name))
            order by es.position) filter (where person.id is not null), '{}') as "speakers!"
        from events e
        left join event_speakers es on es.event_id = e.id
        left join presenters pr on pr.person_id = es.person_id
        left join people person on person.id = pr.person_id
        left join organisations o on o.id = pr.organisation_id
        where e.series_id = $1 group by e.id
        "#,
        row.id
    )
    .fetch_all(pool)
    .await?;
    let ids: Vec<i64> = speakers.iter().map(|row| row.id).collect();
    let mut known: HashMap<i64, (Vec<String>, bool)> =
        speakers.into_iter().map(|row| (row.id, (row.speakers, row.needs_approval))).collect();
    let lines = lines(pool, lang, &ids, now).await?;
    let open = lines.iter().filter(|Line { line, .. }| line.phase == Phase::Open);
    let open: Vec<EventId> = open.map(|Line { line, .. }| line.id).collect();
    let questions = questions_of(pool, lang, &open).await?;
    let stops = lines
        .iter()
        .map(|Line { line, .. }| {
            let (speakers, needs_approval) = known.remove(&line.id.0).unwrap_or_default();
            let asked = questions.iter().filter(|(event, _)| *event == line.id);
            SeriesStop {
                line: line.clone(),
                speakers,
                needs_approval,
                questions: asked.map(|(_, question)| question.clone()).collect(),
            }
        })
        .collect();
    let contacts = crate::programmes::store::contacts(pool, lang, row.programme_id).await?;
    let recorded = library::store::of_events(pool, &ids).await?;
    let who = Who::of_request();
    let recordings = library::line_store::lines(pool, lang, who.viewer(), &recorded).await?;
    let page = SeriesPage {
        slug: row.slug,
        title: row.title,
        is_over: row.is_over,
        picture: crate::images::store::of(pool, lang, Of::Series(row.id)).await?,
        summary: to_text(&row.summary),
        summary_html: to_html(&row.summary),
        programme: Link { slug: row.programme_slug, title: row.programme_title },
        participants: row.participants,
        stops,
        recordings,
        contacts,
    };
    Ok(Some((page, lines)))
}

/// The series of a programme, or, without one, those that still have something to come; each with its
/// stops.
///
/// # Errors
/// If the database does not answer.
pub async fn list(
    pool: &PgPool,
    lang: Lang,
    programme: Option<i64>,
    now: i64,
) -> Result<Vec<SeriesLine>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select s.slug,
            case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end as "title!",
            coalesce(array_agg(e.id) filter (where e.id is not null), '{}') as "events!"
        from series s left join events e on e.series_id = s.id and e.state <> 'draft'
        where $1::bigint is null or s.programme_id = $1
        group by s.id
        having $1::bigint is not null or max(e.ends_at) > $3
        order by min(e.starts_at) filter (where e.ends_at > $3), s.position, s.id
        "#,
        programme,
        lang == Lang::En,
        instant(now),
    )
    .fetch_all(pool)
    .await?;
    let ids: Vec<i64> = rows.iter().flat_map(|row| row.events.iter().copied()).collect();
    let lines = lines(pool, lang, &ids, now).await?;
    Ok(rows
        .into_iter()
        .map(|row| SeriesLine {
            stops: lines
                .iter()
                .filter(|Line { line, .. }| row.events.contains(&line.id.0))
                .map(|Line { line, .. }| Stop::from(line))
                .collect(),
            slug: row.slug,
            title: row.title,
        })
        .collect())
}
