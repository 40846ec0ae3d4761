//! The SQL of carrying an import of events through, some hundred rows at a time.

use super::draft_store::Import;
use super::events_draft;
use super::events_store::{carry_out, hold};
use super::run_store::{Became, note, tell_progress};
use crate::account::model::PersonId;
use crate::audit::store::act;
use crate::organise::plan::slug_store::Slugs;
use sqlx::{PgPool, PgTransaction};

/// How many rows are written together, and then said to be.
const PART: usize = 250;

/// Makes and changes events.
pub(super) async fn events(
    pool: &PgPool,
    transaction: &mut PgTransaction<'_>,
    import: &Import,
    actor: PersonId,
    now: i64,
) -> Result<(), sqlx::Error> {
    let id = import.about.id;
    hold(transaction, import.home.programme).await?;
    let mut planned = events_draft::planned(&mut *transaction, import).await?;
    let mut slugs = Slugs::any(transaction).await?;
    let (mut seen_to, count) = (0, planned.len());
    for part in planned.chunks_mut(PART) {
        // What follows by itself, such as a seat that is given out, is nobody's doing: this is.
        act(transaction, Some(actor)).await?;
        let done =
            carry_out(transaction, import.home.programme, part, &mut slugs, actor, now).await?;
        let became: Vec<Became<'_>> = part
            .iter()
            .zip(done)
            .map(|(row, done)| {
                let (event, before) = done.unzip();
                let was = before.map(|before| serde_json::to_string(&before).unwrap_or_default());
                Became { number: row.shown.number, shown: &row.shown, sign_up: None, event, was }
            })
            .collect();
        note(transaction, id, &became).await?;
        if seen_to == 0 {
            know_how_many(transaction, count).await?;
        }
        seen_to += part.len();
        tell_progress(pool, id, seen_to).await?;
    }
    Ok(())
}

/// Where there were few events until now, the database thinks that there still are, and goes through all of them for
/// each row that refers to one: five thousand rows would take the square of the time. So it looks once more, when the
/// first are there; not where there were many, which takes longer and tells nothing new. If somebody else is at that,
/// it is left to them.
async fn know_how_many(
    transaction: &mut PgTransaction<'_>,
    rows: usize,
) -> Result<(), sqlx::Error> {
    if rows <= PART {
        return Ok(());
    }
    let were_few = sqlx::query_scalar!(
        r#"select reltuples < $1::bigint as "were_few!" from pg_class where oid = 'events'::regclass"#,
        i64::try_from(rows).unwrap_or(i64::MAX),
    )
    .fetch_one(&mut **transaction)
    .await?;
    if were_few {
        sqlx::query!("analyze (skip_locked) events").execute(&mut **transaction).await?;
    }
    Ok(())
}
