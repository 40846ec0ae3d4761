//! The SQL that reads what is being planned.

use super::model::Choices;
pub use super::planned_store::{drafts, planned};
pub use super::sheet_store::{sheet, sheets};
use crate::account::model::Viewer;
use crate::text::Lang;
use sqlx::PgPool;

/// The numbers of the programmes that a viewer organises; `None`: all of them.
#[must_use]
pub fn organised_by(viewer: &Viewer) -> Option<Vec<i64>> {
    let grants =
        viewer.roles.iter().filter(|grant| grant.role != crate::account::model::Role::Host);
    let programmes: Vec<Option<i64>> = grants.map(|grant| grant.programme).collect();
    if viewer.is_administrator() || programmes.contains(&None) {
        None
    } else {
        Some(programmes.into_iter().flatten().collect())
    }
}

/// What can be chosen in the form; `home` is the programme and the series that the event is in already. What has been
/// put away is no choice, except for what is there.
///
/// # Errors
/// If the database does not answer.
pub async fn choices(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    home: Option<(i64, Option<i64>)>,
) -> Result<Choices, sqlx::Error> {
    let (programme, series) = (home.map(|(programme, _)| programme), home.and_then(|(_, it)| it));
    let english = lang == Lang::En;
    let mine = programme.map(|programme| vec![programme]).or_else(|| organised_by(viewer));
    let homes = sqlx::query!(
        r#"
        select value as "value!", title as "title!" from (
            select p.id::text as value, p.position as place, p.id as programme, -1 as nth, 0::bigint as series,
                case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as title
            from programmes p where ($1::bigint[] is null or p.id = any($1)) and (p.archived_at is null or p.id = $3)
            union all
            select p.id || '/' || s.id, p.position, p.id, s.position, s.id,
                case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end || ' – '
                    || case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end
            from series s join programmes p on p.id = s.programme_id
            where ($1::bigint[] is null or p.id = any($1)) and (p.archived_at is null or p.id = $3)
                and (s.archived_at is null or s.id = $4)
        ) homes order by place, programme, nth, series
        "#,
        mine.as_deref(),
        english,
        programme,
        series,
    )
    .fetch_all(pool)
    .await?;
    let themes = sqlx::query!(
        r#"select slug, case when $1 then name_en else name_sv end as "name!" from themes order by 2"#,
        english
    )
    .fetch_all(pool)
    .await?;
    // Who is presented in public, or in what one plans oneself.
    let presenters = sqlx::query_scalar!(
        r#"
        select l.label as "label!" from presenter_labels l
        where $1::bigint[] is null or exists (
            select from event_speakers es join events e on e.id = es.event_id
            where es.person_id = l.person_id and (e.state <> 'draft' or e.programme_id = any($1))
        ) or exists (select from programme_contacts c where c.person_id = l.person_id)
            or exists (select from events e where e.contact_id = l.person_id and e.state <> 'draft')
        order by 1
        "#,
        mine.as_deref(),
    )
    .fetch_all(pool)
    .await?;
    let organisations =
        sqlx::query_scalar!("select name from organisations order by name").fetch_all(pool).await?;
    Ok(Choices {
        homes: homes.into_iter().map(|home| (home.value, home.title)).collect(),
        themes: themes.into_iter().map(|theme| (theme.slug, theme.name)).collect(),
        presenters,
        organisations,
    })
}
