//! The SQL of what an organiser has done just now.

use super::deeds::{Deed, DeedKind, MINUTES_TO_UNDO, SeatChange};
use crate::events::model::EventId;
use crate::events::store::word;
use crate::text::Lang;
use crate::time::{civil, instant};
use sqlx::PgPool;
use sqlx::types::Json;

/// What was done so recently that it can be undone, the latest first.
///
/// # Errors
/// If the database does not answer.
pub async fn recent(
    pool: &PgPool,
    lang: Lang,
    event: EventId,
    now: i64,
) -> Result<Vec<Deed>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select d.id, d.kind, d.at at time zone e.time_zone as "at!", p.name as "by?",
            (select count(*) from deed_sign_ups s where s.deed_id = d.id) as "people!",
            coalesce((select json_agg(json_build_object('way', c.way, 'was', c.was, 'became', c.became)
                order by c.way desc) from deed_capacities c where c.deed_id = d.id), '[]')
                as "seats!: Json<Vec<SeatChange>>",
            case when $3 then coalesce(other.title_en, other.title_sv) else other.title_sv end as to_title
        from deeds d join events e on e.id = d.event_id left join people p on p.id = d.actor_id
        left join events other on other.id = d.to_event_id
        where d.event_id = $1 and d.at > $2 and d.undone_at is null order by d.id desc limit 5
        "#,
        event.0,
        instant(now - MINUTES_TO_UNDO * 60),
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Deed {
                id: row.id,
                kind: word(DeedKind::parse(&row.kind), &row.kind)?,
                at: civil(row.at),
                by: row.by,
                people: usize::try_from(row.people).unwrap_or_default(),
                seats: row.seats.0,
                to: row.to_title,
            })
        })
        .collect()
}
