//! The SQL of lines of recordings: numbers in, lines out, for whoever lists some.

use super::model::{Poster, RecordingLine};
use crate::account::model::Viewer;
use crate::events::model::SpokenLanguage;
use crate::events::store::word;
use crate::recordings::model::{Audience, RecordingState, Standing, file_address, may_see};
use crate::recordings::watching::model::Progress;
use crate::text::Lang;
use crate::time::civil;
use sqlx::PgPool;

/// The lines of these recordings in the order that the numbers are in; drafts are left out, and what is for others than
/// `viewer` and not to be known of.
///
/// # Errors
/// If the database does not answer.
pub async fn lines(
    pool: &PgPool,
    lang: Lang,
    viewer: Option<&Viewer>,
    ids: &[i64],
) -> Result<Vec<RecordingLine>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"
        select r.slug, r.language, r.open_to, r.is_demonstration, e.programme_id,
            case when $2 then coalesce(r.title_en, r.title) else r.title end as "title!",
            coalesce(r.duration_ms, film.duration_ms) as duration_ms,
            poster.key as "poster?", poster.width as "width?", poster.height as "height?",
            e.starts_at at time zone e.time_zone as "starts!",
            case when e.state <> 'draft' then e.slug end as event,
            coalesce(case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end,
                case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end) as "home!",
            array(select person.name from event_speakers es join people person on person.id = es.person_id
                where es.event_id = e.id order by es.position) as "speakers!: Vec<String>",
            r.open_to = 'signed_up' and exists (select from sign_ups u where u.event_id = e.id and u.person_id = $3
                and u.status in ('confirmed', 'attended', 'no_show')) as "had_place!",
            w.at_ms as "at_ms?",
            (select sum(upper(part) - lower(part)) from unnest(w.watched) part) as watched_ms
        from unnest($1::bigint[]) with ordinality asked (id, place)
        join recordings r on r.id = asked.id and r.state = 'published'
        join events e on e.id = r.event_id
        join programmes p on p.id = e.programme_id
        left join series s on s.id = e.series_id
        left join media_files poster on poster.recording_id = r.id and poster.role = 'poster'
        left join lateral (
            select max(f.duration_ms) as duration_ms from media_files f where f.recording_id = r.id
        ) film on true
        left join watching w on w.recording_id = r.id and w.person_id = $3
        order by asked.place
        "#,
        ids,
        lang == Lang::En,
        viewer.map(|viewer| viewer.id.0),
    )
    .fetch_all(pool)
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let audience = word(Audience::parse(&row.open_to), &row.open_to)?;
        let standing = Standing {
            is_signed_in: viewer.is_some(),
            had_place: row.had_place,
            organises: viewer.is_some_and(|viewer| viewer.may_organise(row.programme_id)),
        };
        let is_open = may_see(RecordingState::Published, audience, standing).is_ok();
        if audience == Audience::Organisers && !is_open {
            continue;
        }
        let poster = row.poster.filter(|_| is_open).map(|key| Poster {
            address: file_address(&key),
            width: row.width.unwrap_or(16),
            height: row.height.unwrap_or(9),
        });
        let progress = row.at_ms.map(|at| Progress::of(at, row.watched_ms, row.duration_ms));
        lines.push(RecordingLine {
            slug: row.slug,
            title: row.title,
            language: word(SpokenLanguage::parse(&row.language), &row.language)?,
            duration_ms: row.duration_ms,
            poster,
            audience,
            is_open,
            date: civil(row.starts).date(),
            event: row.event,
            home: row.home,
            speakers: row.speakers,
            is_demonstration: row.is_demonstration,
            progress: progress.filter(|_| is_open),
        });
    }
    Ok(lines)
}
