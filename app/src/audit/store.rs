//! The SQL of the audit log. The rows are written by triggers (migrations/0014_audit_log.sql); what is left to
//! do here is to say who acts.

use crate::account::model::PersonId;
use sqlx::{PgPool, PgTransaction};

/// Begins a transaction in which everything is done by this person. Every write of the organiser's side goes
/// through one.
///
/// # Errors
/// If the database does not answer.
pub async fn begin(pool: &PgPool, actor: PersonId) -> Result<PgTransaction<'static>, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    act(&mut transaction, Some(actor)).await?;
    Ok(transaction)
}

/// From here on, what the transaction does is done by this person; or follows by itself.
///
/// # Errors
/// If the database does not answer.
pub async fn act(
    transaction: &mut PgTransaction<'_>,
    actor: Option<PersonId>,
) -> Result<(), sqlx::Error> {
    let actor = actor.map(|actor| actor.0.to_string()).unwrap_or_default();
    sqlx::query!("select set_config('stafett.actor', $1, true)", actor)
        .fetch_one(&mut **transaction)
        .await?;
    Ok(())
}
