//! The SQL of what the mail to somebody who was moved tells besides: which event they have left by it, and whether
//! their calendar shows that one. A mail belongs to the move, or to its being undone, that was made at the same
//! instant: they are written in one transaction.

use crate::events::model::EventId;
use crate::text::Lang;
use crate::time::civil;
use jiff::civil::Date;
use sqlx::PgPool;
use std::collections::HashMap;

/// What somebody has left who was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// The event.
    pub event: EventId,
    /// Its day, by its own clock.
    pub day: Date,
    /// The move was undone: they are back.
    pub is_back: bool,
    /// A mail has shown it to their calendar, and they have no place there any more.
    pub is_in_calendar: bool,
    title_sv: String,
    title_en: Option<String>,
}

impl Left {
    /// The event's title.
    pub fn title(&self, lang: Lang) -> &str {
        match (lang, &self.title_en) {
            (Lang::En, Some(title)) => title,
            _ => &self.title_sv,
        }
    }
}

/// By the number of the mail; the mails that tell of no move are left out.
pub(super) async fn left(pool: &PgPool, mails: &[i64]) -> Result<HashMap<i64, Left>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select m.id, o.is_back as "is_back!", e.id as event_id, e.title_sv, e.title_en,
            e.starts_at at time zone e.time_zone as "day!",
            gone.status = 'cancelled' and exists (
                select from mails invited where invited.sign_up_id = gone.id
                    and invited.kind in ('confirmed', 'promoted', 'approved')
            ) as "is_in_calendar!"
        from mails m
        join lateral (
            select d.sign_up_id as id, false as is_back from deed_sign_ups d join deeds k on k.id = d.deed_id
            where d.moved_to_id = m.sign_up_id and k.at = m.created_at
            union all
            select d.moved_to_id, true from deed_sign_ups d join deeds k on k.id = d.deed_id
            where d.sign_up_id = m.sign_up_id and d.moved_to_id is not null and k.undone_at = m.created_at
            limit 1
        ) o on true
        join sign_ups gone on gone.id = o.id join events e on e.id = gone.event_id
        where m.id = any($1) and m.kind in ('confirmed', 'waitlisted', 'requested')"#,
        mails
    )
    .fetch_all(pool)
    .await?;
    let left = rows.into_iter().map(|row| {
        let left = Left {
            event: EventId(row.event_id),
            day: civil(row.day).date(),
            is_back: row.is_back,
            is_in_calendar: row.is_in_calendar,
            title_sv: row.title_sv,
            title_en: row.title_en,
        };
        (row.id, left)
    });
    Ok(left.collect())
}
