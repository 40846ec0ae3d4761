//! The SQL of passkeys.

use super::super::model::PersonId;
use super::super::store::{NewSession, begin_session};
use super::model::{MOST, NotDone, PasskeyId, PasskeyLine, name_for};
use crate::mail::model::MailKind;
use crate::text::Lang;
use crate::time::{home_zone, instant, local};
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;
use webauthn_rs::prelude::{CredentialID, Passkey};

/// What an authenticator must know before it makes a passkey: what it is to know the person by, and which
/// it has made already.
///
/// # Errors
/// If the database does not answer. Inside, [`NotDone::Full`], and [`NotDone::Unknown`] if there is no such
/// person any more.
pub async fn known(
    pool: &PgPool,
    person: PersonId,
) -> Result<Result<(Uuid, Vec<CredentialID>), NotDone>, sqlx::Error> {
    let new = Uuid::new_v4();
    let user = sqlx::query_scalar!(
        r#"update people set passkey_user = coalesce(passkey_user, $2) where id = $1
           returning passkey_user as "user!""#,
        person.0,
        new.as_bytes().as_slice(),
    )
    .fetch_optional(pool)
    .await?;
    let Some(user) = user.and_then(|bytes| Uuid::from_slice(&bytes).ok()) else {
        return Ok(Err(NotDone::Unknown));
    };
    let ids =
        sqlx::query_scalar!("select credential_id from passkeys where person_id = $1", person.0)
            .fetch_all(pool)
            .await?;
    if ids.len() >= MOST {
        return Ok(Err(NotDone::Full));
    }
    Ok(Ok((user, ids.into_iter().map(CredentialID::from).collect())))
}

/// Keeps a new passkey, and writes its owner a mail about it.
///
/// # Errors
/// If the database does not answer. Inside, [`NotDone::Full`] and [`NotDone::Known`]: then nothing changed.
pub async fn add(
    pool: &PgPool,
    person: PersonId,
    passkey: &Passkey,
    device: &str,
    lang: Lang,
    now: i64,
) -> Result<Result<PasskeyId, NotDone>, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    // Two at once must not take the same name, nor pass the limit together.
    sqlx::query!("select id from people where id = $1 for no key update", person.0)
        .fetch_optional(&mut *transaction)
        .await?;
    let names = sqlx::query_scalar!("select name from passkeys where person_id = $1", person.0)
        .fetch_all(&mut *transaction)
        .await?;
    if names.len() >= MOST {
        return Ok(Err(NotDone::Full));
    }
    let credential: &[u8] = passkey.cred_id();
    let added = sqlx::query_scalar!(
        "insert into passkeys (person_id, credential_id, credential, name, created_at)
         values ($1, $2, $3, $4, $5) on conflict (credential_id) do nothing returning id",
        person.0,
        credential,
        Json(passkey) as _,
        name_for(device, &names),
        instant(now),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(added) = added else { return Ok(Err(NotDone::Known)) };
    tell(&mut transaction, person, MailKind::PasskeyAdded, lang, now).await?;
    transaction.commit().await?;
    Ok(Ok(PasskeyId(added)))
}

/// Writes the owner a mail about a change of their passkeys.
async fn tell(
    connection: &mut PgConnection,
    person: PersonId,
    kind: MailKind,
    lang: Lang,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into mails (kind, event_id, to_address, language, occasion, created_at)
         select 'sign_in', null, email, $3, $2, $4 from people where id = $1 and email is not null",
        person.0,
        kind.as_str(),
        lang.tag(),
        instant(now),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A person's passkeys, the oldest first.
///
/// # Errors
/// If the database does not answer.
pub async fn list(pool: &PgPool, person: PersonId) -> Result<Vec<PasskeyLine>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, name, created_at, last_used_at from passkeys where person_id = $1 order by id",
        person.0
    )
    .fetch_all(pool)
    .await?;
    let zone = home_zone();
    let shown = |at: time::OffsetDateTime| local(at.unix_timestamp(), &zone);
    let line = |id, name, added, last_used: Option<_>| PasskeyLine {
        id: PasskeyId(id),
        name,
        added: shown(added),
        last_used: last_used.map(shown),
    };
    Ok(rows
        .into_iter()
        .map(|row| line(row.id, row.name, row.created_at, row.last_used_at))
        .collect())
}

/// Gives one of a person's own passkeys another name. False for what is nobody's, or somebody else's.
///
/// # Errors
/// If the database does not answer.
pub async fn rename(
    pool: &PgPool,
    person: PersonId,
    passkey: PasskeyId,
    name: &str,
) -> Result<bool, sqlx::Error> {
    let renamed = sqlx::query!(
        "update passkeys set name = $3 where id = $1 and person_id = $2",
        passkey.0,
        person.0,
        name
    )
    .execute(pool)
    .await?;
    Ok(renamed.rows_affected() > 0)
}

/// Takes one of a person's own passkeys away, and writes them a mail about it. False for what is nobody's,
/// or somebody else's.
///
/// # Errors
/// If the database does not answer.
pub async fn remove(
    pool: &PgPool,
    person: PersonId,
    passkey: PasskeyId,
    lang: Lang,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let removed =
        sqlx::query!("delete from passkeys where id = $1 and person_id = $2", passkey.0, person.0)
            .execute(&mut *transaction)
            .await?;
    if removed.rows_affected() == 0 {
        return Ok(false);
    }
    tell(&mut transaction, person, MailKind::PasskeyRemoved, lang, now).await?;
    transaction.commit().await?;
    Ok(true)
}

/// What an answer says it is of: the person as authenticators know them, and the passkey.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Whose.
    pub user: Uuid,
    /// Which.
    pub credential: &'a [u8],
}

/// Begins a session for the owner of a passkey, if `holds` finds that the answer is of it. What that changes
/// in the passkey is kept, its counter above all; of two answers at once the second sees what the first did.
///
/// # Errors
/// If the database does not answer. Inside, [`NotDone::Unknown`], and what `holds` says: then nothing
/// changed.
pub async fn sign_in(
    pool: &PgPool,
    named: Named<'_>,
    session: &NewSession<'_>,
    now: i64,
    holds: impl FnOnce(&mut Passkey) -> Result<(), NotDone> + Send,
) -> Result<Result<PersonId, NotDone>, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let found = sqlx::query!(
        r#"select k.id, k.person_id, k.credential as "credential: Json<Passkey>"
           from passkeys k join people p on p.id = k.person_id
           where k.credential_id = $1 and p.passkey_user = $2 and p.email is not null
           for update of k"#,
        named.credential,
        named.user.as_bytes().as_slice(),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(found) = found else { return Ok(Err(NotDone::Unknown)) };
    let mut passkey = found.credential.0;
    if let Err(not_done) = holds(&mut passkey) {
        return Ok(Err(not_done));
    }
    sqlx::query!(
        "update passkeys set credential = $2, last_used_at = $3 where id = $1",
        found.id,
        Json(passkey) as _,
        instant(now),
    )
    .execute(&mut *transaction)
    .await?;
    let person = PersonId(found.person_id);
    begin_session(&mut transaction, person, session, now).await?;
    transaction.commit().await?;
    Ok(Ok(person))
}
