//! The SQL of where people on the list were moved, or where from.

use super::model::{Relocation, Row};
use crate::text::Lang;
use crate::time::civil;
use sqlx::PgPool;

/// Adds to these people where they were moved, or where from. Who was moved back was moved nowhere.
///
/// # Errors
/// If the database does not answer.
pub(super) async fn moved(pool: &PgPool, lang: Lang, rows: &mut [Row]) -> Result<(), sqlx::Error> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let moves = sqlx::query!(
        r#"
        with moves as (
            select s.id, n.event_id, true as is_away from sign_ups s
            join sign_ups n on n.moved_from_id = s.id
            join deed_sign_ups d on d.moved_to_id = n.id join deeds on deeds.id = d.deed_id
            where s.id = any($1) and s.status = 'cancelled' and deeds.undone_at is null
            union all
            select n.id, s.event_id, false from sign_ups n join sign_ups s on s.id = n.moved_from_id
            where n.id = any($1) and n.status <> 'cancelled'
        )
        select moves.id as "id!", moves.is_away as "is_away!",
            case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as "title!",
            e.starts_at at time zone e.time_zone as "starts!"
        from moves join events e on e.id = moves.event_id
        "#,
        &ids,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    for found in moves {
        if let Some(row) = rows.iter_mut().find(|row| row.id == found.id) {
            row.moved = Some(Relocation {
                is_away: found.is_away,
                title: found.title,
                starts: civil(found.starts),
            });
        }
    }
    Ok(())
}
