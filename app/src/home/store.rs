//! The SQL of the start page.

use crate::time::instant;
use sqlx::PgPool;

/// How many events the start page shows.
const COMING: i64 = 8;

/// What of an event the start page needs beside its line.
pub struct Coming {
    /// Its number.
    pub id: i64,
    /// A few sentences.
    pub summary: String,
    /// The slug of its series.
    pub series: Option<String>,
}

/// The next events that have not begun, in order.
///
/// # Errors
/// If the database does not answer.
pub async fn coming(pool: &PgPool, english: bool, now: i64) -> Result<Vec<Coming>, sqlx::Error> {
    sqlx::query_as!(
        Coming,
        r#"
        select e.id, s.slug as "series?",
            case when $2 then coalesce(e.summary_en, e.summary_sv) else e.summary_sv end as "summary!"
        from events e left join series s on s.id = e.series_id
        where e.state in ('preliminary', 'published') and e.starts_at > $1
        order by e.starts_at, e.id limit $3
        "#,
        instant(now),
        english,
        COMING,
    )
    .fetch_all(pool)
    .await
}
