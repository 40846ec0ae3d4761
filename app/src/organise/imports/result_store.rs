//! The SQL of what became of the rows of an import.

use super::model::{Counts, PAGE, RowsAsked, ShownRow, Verdict};
use crate::events::store::word;
use sqlx::PgPool;
use sqlx::types::Json;

/// How many rows of an import that has been written there are of each, and a page of them.
///
/// # Errors
/// If the database does not answer.
pub async fn written(
    pool: &PgPool,
    id: i64,
    asked: RowsAsked,
) -> Result<(Counts, Vec<ShownRow>), sqlx::Error> {
    let mut counts = Counts::default();
    let groups = sqlx::query!(
        r#"select verdict as "verdict!", count(*) as "rows!",
            count(*) filter (where shown ->> 'status' = 'waitlisted') as "in_line!"
        from import_rows where import_id = $1 and verdict is not null group by 1"#,
        id
    )
    .fetch_all(pool)
    .await?;
    for group in groups {
        let rows = usize::try_from(group.rows).unwrap_or_default();
        match word(Verdict::parse(&group.verdict), &group.verdict)? {
            Verdict::Make => counts.make = rows,
            Verdict::Change => counts.change = rows,
            Verdict::Same => counts.same = rows,
            Verdict::Refuse => counts.refuse = rows,
        }
        counts.in_line += usize::try_from(group.in_line).unwrap_or_default();
    }
    let rows = sqlx::query_scalar!(
        r#"select shown as "shown!: Json<ShownRow>" from import_rows
        where import_id = $1 and verdict is not null and ($2::text is null or verdict = $2)
        order by number offset $3 limit $4"#,
        id,
        asked.show.map(Verdict::as_str),
        i64::try_from(asked.page * PAGE).unwrap_or(i64::MAX),
        i64::try_from(PAGE).unwrap_or(i64::MAX),
    )
    .fetch_all(pool)
    .await?;
    Ok((counts, rows.into_iter().map(|shown| shown.0).collect()))
}
