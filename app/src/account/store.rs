//! The SQL of signing in: links and sessions. What comes in as a secret is looked up by its hash alone.

use super::model::{
    Grant, LINK_LASTS, LINKS_AT_MOST, LINKS_COUNTED, LinkState, PersonId, Role, SESSION_IDLE,
    SESSION_LASTS, SessionId, USE_WRITTEN, Viewer, name_from,
};
use super::secret;
use crate::signup::model::{Email, LONGEST_NAME};
use crate::text::Lang;
use crate::time::instant;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor, PgPool};

/// What a link is made of.
#[derive(Clone, Debug)]
pub struct NewLink<'a> {
    /// Whose address it proves.
    pub email: &'a Email,
    /// The language of the mail and of the page that it leads to.
    pub lang: Lang,
    /// Where to go afterwards.
    pub next: Option<&'a str>,
    /// The secret in its address.
    pub secret: &'a str,
}

/// Writes a link and the mail that carries it, in one transaction; nothing, silently, where the address has
/// had its share. Whether anybody is known by the address is not even looked at: there is nothing in what
/// this does, or in how long it takes, to tell that by.
///
/// # Errors
/// If the database does not answer.
pub async fn mail_link(pool: &PgPool, link: &NewLink<'_>, now: i64) -> Result<(), sqlx::Error> {
    let key = link.email.key();
    let mut transaction = pool.begin().await?;
    // Counting and adding must not interleave with the same for this address.
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", key)
        .execute(&mut *transaction)
        .await?;
    let recent = sqlx::query_scalar!(
        r#"select count(*) as "count!" from sign_in_links where email_key = $1 and created_at > $2"#,
        key,
        instant(now - LINKS_COUNTED),
    )
    .fetch_one(&mut *transaction)
    .await?;
    if recent >= LINKS_AT_MOST {
        return Ok(());
    }
    // A day is enough to be told that a link is too old; after that it is no link at all.
    sqlx::query!("delete from sign_in_links where expires_at < $1", instant(now - 86_400))
        .execute(&mut *transaction)
        .await?;
    insert_link(&mut *transaction, link, now).await?;
    sqlx::query!(
        "insert into mails (kind, event_id, to_address, language, secret, created_at)
         values ('sign_in', null, $1, $2, $3, $4)",
        link.email.as_str(),
        link.lang.tag(),
        link.secret,
        instant(now),
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Writes a link that somebody hands over by other means than mail.
///
/// # Errors
/// If the database does not answer.
pub async fn insert_link(
    executor: impl PgExecutor<'_>,
    link: &NewLink<'_>,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into sign_in_links (secret_hash, email, email_key, language, next, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        secret::hash(link.secret).unwrap_or_default(),
        link.email.as_str(),
        link.email.key(),
        link.lang.tag(),
        link.next,
        instant(now),
        instant(now + LINK_LASTS),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// What the link with this secret can do; `None` if there is none.
///
/// # Errors
/// If the database does not answer.
pub async fn link(pool: &PgPool, secret: &str, now: i64) -> Result<Option<LinkState>, sqlx::Error> {
    let Some(hash) = secret::hash(secret) else { return Ok(None) };
    let row = sqlx::query!(
        r#"select email, used_at is null and expires_at > $2 as "good!" from sign_in_links
           where secret_hash = $1"#,
        hash,
        instant(now),
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| if row.good { LinkState::Good { email: row.email } } else { LinkState::Gone }))
}

/// Whom a link has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Who.
    pub person: PersonId,
    /// Where they were going.
    pub next: Option<String>,
}

/// A session that is to begin.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// The secret of its cookie.
    pub token: &'a str,
    /// `Chrome, Android`
    pub device: &'a str,
    /// The secret of the session that the same browser has had until now. It ends.
    pub instead_of: Option<&'a str>,
}

/// Uses the link with this secret, once: proves its address, makes the person if need be, and begins the
/// session. `None` if the link is none, used or too old; then nothing has changed.
///
/// # Errors
/// If the database does not answer.
pub async fn sign_in(
    pool: &PgPool,
    secret: &str,
    session: &NewSession<'_>,
    now: i64,
) -> Result<Option<Arrived>, sqlx::Error> {
    let Some(hash) = secret::hash(secret) else { return Ok(None) };
    let mut transaction = pool.begin().await?;
    // Of two at once the second waits here for the row, and then finds it used.
    let Some(link) = sqlx::query!(
        "update sign_in_links set used_at = $2
         where secret_hash = $1 and used_at is null and expires_at > $2
         returning email, email_key, next",
        hash,
        instant(now),
    )
    .fetch_optional(&mut *transaction)
    .await?
    else {
        return Ok(None);
    };
    let name: String = name_from(&link.email).chars().take(LONGEST_NAME).collect();
    let proven = sqlx::query!(
        r#"
        with before as (select email_proven_at from people where email_key = $3)
        insert into people (name, email, email_key, email_proven_at) values ($1, $2, $3, $4)
        on conflict (email_key) do update
        set email_proven_at = coalesce(people.email_proven_at, excluded.email_proven_at)
        returning id, exists (select 1 from before where email_proven_at is not null) as "before!"
        "#,
        name,
        link.email,
        link.email_key,
        instant(now),
    )
    .fetch_one(&mut *transaction)
    .await?;
    let person = proven.id;
    if !proven.before {
        // Where they work they have written at a sign-up already, if they have been here before.
        let organisation = crate::signup::mine::organisation(&mut *transaction, person).await?;
        sqlx::query!(
            "update people set organisation = $2 where id = $1 and organisation is null",
            person,
            organisation
        )
        .execute(&mut *transaction)
        .await?;
    }
    begin_session(&mut transaction, PersonId(person), session, now).await?;
    transaction.commit().await?;
    Ok(Some(Arrived { person: PersonId(person), next: link.next }))
}

/// Begins a session, and ends the one that the browser has had until now: a token that somebody planted
/// there is worth nothing afterwards.
///
/// # Errors
/// If the database does not answer.
pub(super) async fn begin_session(
    connection: &mut PgConnection,
    person: PersonId,
    session: &NewSession<'_>,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from sessions where token_hash = $1 or expires_at <= $2 or last_used_at <= $3",
        session.instead_of.and_then(secret::hash),
        instant(now),
        instant(now - SESSION_IDLE),
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into sessions (token_hash, person_id, device, created_at, last_used_at, expires_at)
         values ($1, $2, $3, $4, $4, $5)",
        secret::hash(session.token).unwrap_or_default(),
        person.0,
        session.device,
        instant(now),
        instant(now + SESSION_LASTS),
    )
    .execute(&mut *connection)
    .await?;
    Ok(())
}

/// As the query writes it.
#[derive(Debug, serde::Deserialize)]
struct GrantRow {
    role: Role,
    programme: Option<i64>,
}

/// Who has the session with this token, if it is not over.
///
/// # Errors
/// If the database does not answer.
pub async fn viewer(pool: &PgPool, token: &str, now: i64) -> Result<Option<Viewer>, sqlx::Error> {
    let Some(hash) = secret::hash(token) else { return Ok(None) };
    let Some(row) = sqlx::query!(
        r#"
        select s.id as session, s.last_used_at, p.id, p.name, p.email as "email!", p.organisation,
            coalesce((
                select json_agg(json_build_object('role', r.role, 'programme', r.programme_id))
                from roles r where r.person_id = p.id
            ), '[]') as "roles!: Json<Vec<GrantRow>>"
        from sessions s join people p on p.id = s.person_id
        where s.token_hash = $1 and s.expires_at > $2 and s.last_used_at > $3 and p.email is not null
        "#,
        hash,
        instant(now),
        instant(now - SESSION_IDLE),
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    if now - row.last_used_at.unix_timestamp() >= USE_WRITTEN {
        sqlx::query!(
            "update sessions set last_used_at = $2 where id = $1 and last_used_at < $2",
            row.session,
            instant(now)
        )
        .execute(pool)
        .await?;
    }
    Ok(Some(Viewer {
        id: PersonId(row.id),
        session: SessionId(row.session),
        name: row.name,
        email: row.email,
        organisation: row.organisation,
        roles: row
            .roles
            .0
            .into_iter()
            .map(|grant| Grant { role: grant.role, programme: grant.programme })
            .collect(),
    }))
}

/// Ends the session with this token.
///
/// # Errors
/// If the database does not answer.
pub async fn sign_out(pool: &PgPool, token: &str) -> Result<(), sqlx::Error> {
    if let Some(hash) = secret::hash(token) {
        sqlx::query!("delete from sessions where token_hash = $1", hash).execute(pool).await?;
    }
    Ok(())
}

/// Ends one of a person's own sessions. What is nobody's, or somebody else's, is left alone.
///
/// # Errors
/// If the database does not answer.
pub async fn end_session(
    pool: &PgPool,
    person: PersonId,
    session: SessionId,
) -> Result<bool, sqlx::Error> {
    let ended =
        sqlx::query!("delete from sessions where id = $1 and person_id = $2", session.0, person.0)
            .execute(pool)
            .await?;
    Ok(ended.rows_affected() > 0)
}

/// Ends all of a person's sessions but one.
///
/// # Errors
/// If the database does not answer.
pub async fn end_other_sessions(
    pool: &PgPool,
    person: PersonId,
    kept: SessionId,
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from sessions where person_id = $1 and id <> $2", person.0, kept.0)
        .execute(pool)
        .await?;
    Ok(())
}
