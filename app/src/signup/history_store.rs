//! The SQL of what has happened to a sign-up, for whoever it is about.

use super::model::{Moment, Status};
use crate::events::model::Way;
use crate::events::store::word;
use crate::time::civil;
use sqlx::PgPool;

/// How it began, and every change since. Whoever was moved here by an organiser sees what was before, too; that
/// their place there ended by it is no cancellation.
pub(super) async fn history(pool: &PgPool, sign_up: i64) -> Result<Vec<Moment>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        with recursive chain as (
            select id, event_id, moved_from_id, status, way, created_at, 0 as before from sign_ups where id = $1
            union all
            select s.id, s.event_id, s.moved_from_id, s.status, s.way, s.created_at, chain.before + 1
            from sign_ups s join chain on s.id = chain.moved_from_id where chain.before < 20
        )
        select chain.before as "before!", chain.moved_from_id is not null as "was_moved!",
            chain.status as "status!", chain.way as "way!",
            chain.created_at at time zone e.time_zone as "created!",
            h.happened_at at time zone e.time_zone as "happened?", h.from_status as "from_status?",
            h.to_status as "to_status?", h.from_way as "from_way?", h.to_way as "to_way?"
        from chain join events e on e.id = chain.event_id
        left join sign_up_history h on h.sign_up_id = chain.id
        order by chain.before desc, h.id
        "#,
        sign_up
    )
    .fetch_all(pool)
    .await?;
    let mut moments: Vec<Moment> = Vec::new();
    let mut link = None;
    for row in rows {
        let both = |status: &str, way: &str| -> Result<(Status, Way), sqlx::Error> {
            Ok((word(Status::parse(status), status)?, word(Way::parse(way), way)?))
        };
        if link != Some(row.before) {
            link = Some(row.before);
            let begun = both(
                row.from_status.as_ref().unwrap_or(&row.status),
                row.from_way.as_ref().unwrap_or(&row.way),
            )?;
            // The last word of what was before is that it ended: being moved says so.
            let from = row.was_moved.then(|| {
                moments.pop_if(|last| last.status == Status::Cancelled && last.from.is_some())
            });
            let from = from.flatten().and_then(|last| last.from);
            let (status, way) = begun;
            moments.push(Moment {
                at: civil(row.created),
                from,
                status,
                way,
                is_move: row.was_moved,
            });
        }
        let (Some(at), Some(from_status), Some(to_status), Some(from_way), Some(to_way)) =
            (row.happened, row.from_status, row.to_status, row.from_way, row.to_way)
        else {
            continue;
        };
        let (status, way) = both(&to_status, &to_way)?;
        let from = Some(both(&from_status, &from_way)?);
        moments.push(Moment { at: civil(at), from, status, way, is_move: false });
    }
    Ok(moments)
}
