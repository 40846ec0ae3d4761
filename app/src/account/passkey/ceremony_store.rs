//! The SQL of ceremonies: what waits between their two requests. It is in the database since the second may
//! come to another process.

use super::super::model::PersonId;
use super::super::secret;
use super::model::CEREMONY_LASTS;
use crate::time::instant;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgPool;

/// What a ceremony is for. Who adds a passkey is known; who signs in is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// This person adds one.
    Add(PersonId),
    /// Somebody signs in.
    SignIn,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Add(_) => "add",
            Self::SignIn => "sign_in",
        }
    }

    const fn person(self) -> Option<i64> {
        match self {
            Self::Add(person) => Some(person.0),
            Self::SignIn => None,
        }
    }
}

/// Keeps what the answer will be checked by, for whoever comes back with `handle`.
///
/// # Errors
/// If the database does not answer.
pub async fn begin(
    pool: &PgPool,
    handle: &str,
    purpose: Purpose,
    state: &(impl Serialize + Sync),
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from passkey_ceremonies where expires_at <= $1", instant(now))
        .execute(pool)
        .await?;
    let state = serde_json::to_value(state).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        "insert into passkey_ceremonies (handle_hash, kind, person_id, state, expires_at)
         values ($1, $2, $3, $4, $5)",
        secret::hash(handle).unwrap_or_default(),
        purpose.word(),
        purpose.person(),
        state,
        instant(now + CEREMONY_LASTS),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Takes out what an answer is checked by: once, whatever comes of it. `None` if there is nothing of the
/// kind for this handle, or not any more.
///
/// # Errors
/// If the database does not answer.
pub async fn take<S: DeserializeOwned>(
    pool: &PgPool,
    handle: &str,
    purpose: Purpose,
    now: i64,
) -> Result<Option<S>, sqlx::Error> {
    let Some(hash) = secret::hash(handle) else { return Ok(None) };
    let state = sqlx::query_scalar!(
        "delete from passkey_ceremonies
         where handle_hash = $1 and kind = $2 and person_id is not distinct from $3 and expires_at > $4
         returning state",
        hash,
        purpose.word(),
        purpose.person(),
        instant(now),
    )
    .fetch_optional(pool)
    .await?;
    // What a process of another version has written may be unreadable: that ceremony is over, too.
    Ok(state.and_then(|state| serde_json::from_value(state).ok()))
}
