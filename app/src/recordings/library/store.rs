//! The SQL of the library: which recordings there are, and what the filters look at.

use super::choices::Traits;
use crate::account::model::{Role, Viewer};
use crate::text::Lang;
use sqlx::PgPool;
use sqlx::types::Json;

type Named = Json<Vec<(String, String)>>;

struct Row {
    id: i64,
    language: String,
    duration_ms: Option<i32>,
    year: i32,
    programme: String,
    programme_title: String,
    series: Option<String>,
    series_title: Option<String>,
    themes: Option<Named>,
    municipalities: Option<Named>,
    speakers: Option<Named>,
}

impl From<Row> for Traits {
    fn from(row: Row) -> Self {
        let named = |list: Option<Named>| list.map(|list| list.0).unwrap_or_default();
        Self {
            id: row.id,
            programme: (row.programme, row.programme_title),
            series: row.series.zip(row.series_title),
            themes: named(row.themes),
            municipalities: named(row.municipalities),
            speakers: named(row.speakers),
            year: row.year,
            language: row.language,
            duration_ms: row.duration_ms,
        }
    }
}

/// The programmes whose recordings for organisers alone somebody knows of: all of them, or these.
fn organised(viewer: Option<&Viewer>) -> (bool, Vec<i64>) {
    let roles = viewer.map(|viewer| viewer.roles.as_slice()).unwrap_or_default();
    let organises = |role| matches!(role, Role::Administrator | Role::Organiser);
    let all = roles.iter().any(|grant| organises(grant.role) && grant.programme.is_none());
    let some = roles.iter().filter(|grant| grant.role == Role::Organiser);
    (all, some.filter_map(|grant| grant.programme).collect())
}

/// Every recording that somebody may know of, the newest first, with what the filters look at. One query, whatever the
/// number of recordings.
///
/// # Errors
/// If the database does not answer.
pub async fn all(
    pool: &PgPool,
    lang: Lang,
    viewer: Option<&Viewer>,
) -> Result<Vec<Traits>, sqlx::Error> {
    let (everything, programmes) = organised(viewer);
    let rows = sqlx::query_as!(
        Row,
        r#"
        with themed as (
            select et.event_id, json_agg(json_build_array(t.slug, case when $1 then t.name_en else t.name_sv end)) as names
            from event_themes et join themes t on t.id = et.theme_id
            where et.event_id in (select event_id from recordings) group by et.event_id
        ), placed as (
            select em.event_id, json_agg(json_build_array(m.code, m.short_name)) as names
            from event_municipalities em join municipalities m on m.code = em.municipality_code
            where em.event_id in (select event_id from recordings) group by em.event_id
        ), spoken as (
            select es.event_id, json_agg(json_build_array(pr.slug, person.name)) as names
            from event_speakers es join presenters pr on pr.person_id = es.person_id
            join people person on person.id = es.person_id
            where es.event_id in (select event_id from recordings) group by es.event_id
        ), lasting as (
            select recording_id, max(duration_ms) as duration_ms from media_files group by recording_id
        )
        select r.id, r.language, coalesce(r.duration_ms, lasting.duration_ms) as duration_ms,
            extract(year from e.starts_at at time zone e.time_zone)::int4 as "year!",
            p.slug as programme,
            case when $1 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "programme_title!",
            s.slug as "series?",
            case when $1 then coalesce(s.title_en, s.title_sv) else s.title_sv end as series_title,
            themed.names as "themes?: Named", placed.names as "municipalities?: Named",
            spoken.names as "speakers?: Named"
        from recordings r
        join events e on e.id = r.event_id
        join programmes p on p.id = e.programme_id
        left join series s on s.id = e.series_id
        left join themed on themed.event_id = e.id
        left join placed on placed.event_id = e.id
        left join spoken on spoken.event_id = e.id
        left join lasting on lasting.recording_id = r.id
        where r.state = 'published' and (r.open_to <> 'organisers' or $2 or e.programme_id = any($3))
        order by r.published_at desc, r.id desc
        "#,
        lang == Lang::En,
        everything,
        &programmes,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Traits::from).collect())
}

/// The numbers of the newest recordings that everybody may know of.
///
/// # Errors
/// If the database does not answer.
pub async fn newest(pool: &PgPool, most: i64) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select id from recordings where state = 'published' and open_to <> 'organisers'
         order by published_at desc, id desc limit $1",
        most
    )
    .fetch_all(pool)
    .await
}

/// The numbers of the recordings of these events that everybody may know of, in the order of their events' time.
///
/// # Errors
/// If the database does not answer.
pub async fn of_events(pool: &PgPool, events: &[i64]) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select r.id from recordings r join events e on e.id = r.event_id
         where r.event_id = any($1) and r.state = 'published' and r.open_to <> 'organisers'
         order by e.starts_at, r.id",
        events
    )
    .fetch_all(pool)
    .await
}

/// The numbers of recordings that go well with one: of its series, on its themes, of its programme; the nearest first.
///
/// # Errors
/// If the database does not answer.
pub async fn related(pool: &PgPool, recording: i64, most: i64) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "with here as (
            select e.id, e.series_id, e.programme_id from recordings r join events e on e.id = r.event_id where r.id = $1
        ), others as (
            select r.id, r.published_at,
                (case when e.series_id = here.series_id or e.id = here.id then 4 else 0 end)
                + (case when e.programme_id = here.programme_id then 1 else 0 end)
                + 2 * (select count(*) from event_themes mine join event_themes its on its.theme_id = mine.theme_id
                    where mine.event_id = here.id and its.event_id = e.id) as closeness
            from here, recordings r join events e on e.id = r.event_id
            where r.id <> $1 and r.state = 'published' and r.open_to <> 'organisers'
        )
        select id from others where closeness > 0 order by closeness desc, published_at desc, id desc limit $2",
        recording,
        most
    )
    .fetch_all(pool)
    .await
}
