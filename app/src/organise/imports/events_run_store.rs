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
    let mut seen_to = 0;
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
        seen_to += part.len();
        tell_progress(pool, id, seen_to).await?;
    }
    Ok(())
}
