//! The SQL of where events that come from files belong.

use super::model::{Earlier, Kind, Stage};
use crate::events::store::word;
use crate::text::Lang;
use crate::time::civil;
use sqlx::PgPool;

/// What was read in of events, in these programmes or in all, the latest first.
///
/// # Errors
/// If the database does not answer.
pub async fn earlier_of_events(
    pool: &PgPool,
    programmes: Option<&[i64]>,
) -> Result<Vec<Earlier>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select i.id, i.kind, i.made_at at time zone 'Europe/Stockholm' as "made!", i.file_name, i.state, p.name as "by?",
            (select count(*) from import_rows r where r.import_id = i.id) as "rows!"
        from imports i left join people p on p.id = i.actor_id
        where i.event_id is null and ($1::bigint[] is null or i.programme_id = any($1)) order by i.id desc limit 20
        "#,
        programmes,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Earlier {
                id: row.id,
                kind: word(Kind::parse(&row.kind), &row.kind)?,
                stage: word(Stage::parse(&row.state), &row.state)?,
                file: row.file_name,
                at: civil(row.made),
                by: row.by,
                rows: usize::try_from(row.rows).unwrap_or_default(),
            })
        })
        .collect()
}

/// The name of a programme.
///
/// # Errors
/// If the database does not answer.
pub async fn programme_title(
    pool: &PgPool,
    lang: Lang,
    programme: i64,
) -> Result<String, sqlx::Error> {
    let title = sqlx::query_scalar!(
        r#"select case when $2 then coalesce(title_en, title_sv) else title_sv end as "title!"
        from programmes where id = $1"#,
        programme,
        lang == Lang::En,
    )
    .fetch_optional(pool)
    .await?;
    Ok(title.unwrap_or_default())
}
