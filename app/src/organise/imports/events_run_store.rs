//! The SQL of carrying an import of events through, row by row.

use super::draft_store::Import;
use super::events_draft;
use super::events_store::{carry_out, hold};
use super::run_store::{Became, note, tell_progress};
use crate::account::model::PersonId;
use crate::audit::store::act;
use crate::organise::plan::slug_store::Slugs;
use sqlx::{PgPool, PgTransaction};

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
    let mut slugs = Slugs::taken(transaction).await?;
    for (seen_to, row) in (1..).zip(&mut planned) {
        // What follows by itself, such as a seat that is given out, is nobody's doing: this is.
        act(transaction, Some(actor)).await?;
        let done = carry_out(transaction, import.home.programme, row, &mut slugs, now).await?;
        let became =
            Became { number: row.shown.number, shown: &row.shown, sign_up: None, was: None };
        note(transaction, id, &[became]).await?;
        if let Some((event, before)) = done {
            let before = serde_json::to_string(&before).unwrap_or_default();
            sqlx::query!(
                "update import_rows set event_id = $3, was = $4 where import_id = $1 and number = $2",
                id,
                row.shown.number,
                event,
                before,
            )
            .execute(&mut **transaction)
            .await?;
        }
        if seen_to % 20 == 0 {
            tell_progress(pool, id, seen_to).await?;
        }
    }
    Ok(())
}
