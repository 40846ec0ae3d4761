//! The SQL of what there is to read about a programme.

use crate::organise::plan::read::Thing;
use sqlx::PgTransaction;

/// Writes the documents of a programme: those that are there are changed, not made anew.
pub(super) async fn write(
    transaction: &mut PgTransaction<'_>,
    programme: i64,
    documents: &[(Thing, Option<String>, Option<String>)],
) -> Result<(), sqlx::Error> {
    let there = sqlx::query_scalar!(
        "select id from materials where programme_id = $1 and event_id is null order by position",
        programme
    )
    .fetch_all(&mut **transaction)
    .await?;
    let ids = documents.iter().filter_map(|(thing, _, _)| thing.id);
    let kept: Vec<i64> = ids.filter(|id| there.contains(id)).collect();
    sqlx::query!(
        "delete from materials where programme_id = $1 and event_id is null and id <> all($2)",
        programme,
        &kept
    )
    .execute(&mut **transaction)
    .await?;
    // Places are shared with the materials of events. Where the order is another, everything gets a new place at
    // the end of them all.
    let in_order: Vec<i64> = there.into_iter().filter(|id| kept.contains(id)).collect();
    let moves = in_order != kept;
    let mut last = sqlx::query_scalar!(
        r#"select coalesce(max(position), 0) as "last!" from materials where programme_id = $1"#,
        programme
    )
    .fetch_one(&mut **transaction)
    .await?;
    for (thing, group_sv, group_en) in documents {
        let known = thing.id.filter(|id| kept.contains(id));
        let place = (moves || known.is_none()).then(|| {
            last += 1;
            last
        });
        match known {
            Some(id) => {
                sqlx::query!(
                    "update materials set kind = $2, title = $3, url = $4, about_sv = $5, about_en = $6,
                         is_announced = $7, group_sv = $8, group_en = $9, position = coalesce($10, position)
                     where id = $1",
                    id,
                    thing.kind,
                    thing.title,
                    thing.url,
                    thing.about_sv,
                    thing.about_en,
                    thing.is_announced,
                    group_sv.as_deref(),
                    group_en.as_deref(),
                    place,
                )
                .execute(&mut **transaction)
                .await?;
            }
            None => {
                sqlx::query!(
                    "insert into materials (programme_id, position, kind, title, url, about_sv, about_en,
                         is_announced, group_sv, group_en)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    programme,
                    place.unwrap_or(last),
                    thing.kind,
                    thing.title,
                    thing.url,
                    thing.about_sv,
                    thing.about_en,
                    thing.is_announced,
                    group_sv.as_deref(),
                    group_en.as_deref(),
                )
                .execute(&mut **transaction)
                .await?;
            }
        }
    }
    Ok(())
}
