//! A draft of events as things stand now.

use super::draft_store::{Import, rows};
use super::events_plan::{PlannedEvent, plan};
use super::events_store::known;
use super::model::Counts;
use super::page_store::Drafted;
use sqlx::{PgConnection, PgPool};

/// Works it out.
///
/// # Errors
/// If the database does not answer.
pub async fn draft(pool: &PgPool, import: &Import) -> Result<Drafted, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let planned = planned(&mut connection, import).await?;
    let mut counts = Counts::default();
    for row in &planned {
        counts.add(row.shown.verdict, false);
    }
    let rows = planned.into_iter().map(|planned| planned.shown).collect();
    Ok(Drafted { columns: Vec::new(), lacks: None, counts, rows })
}

/// What would become of each row.
pub(super) async fn planned(
    connection: &mut PgConnection,
    import: &Import,
) -> Result<Vec<PlannedEvent>, sqlx::Error> {
    let rows = rows(&mut *connection, import.about.id).await?;
    let uids: Vec<String> = rows.iter().filter_map(|row| row.cells.first().cloned()).collect();
    let known = known(connection, import.home.programme, &uids).await?;
    Ok(plan(&import.settings.home, &rows, &known))
}
