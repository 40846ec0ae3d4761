//! The SQL of what is known of a person, and of what they may.

use super::model::{PersonId, Role, SESSION_IDLE, SessionId, Viewer, name_from};
use super::profile::{AccountPage, Profile, ProfileForm, SessionLine};
use crate::signup::model::{Email, LONGEST_NAME};
use crate::text::Lang;
use crate::time::{home_zone, instant, local};
use sqlx::PgPool;

/// The page of a person's account, without their passkeys; `None` if there is no such person any more.
///
/// # Errors
/// If the database does not answer.
pub async fn account(
    pool: &PgPool,
    viewer: &Viewer,
    now: i64,
) -> Result<Option<AccountPage>, sqlx::Error> {
    let Some(row) = sqlx::query!(
        r#"select name, email as "email!", organisation, work_role, municipality_code, language,
            access_needs, diet
           from people where id = $1 and email is not null"#,
        viewer.id.0
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    let municipalities =
        sqlx::query!("select code, short_name from municipalities order by short_name")
            .fetch_all(pool)
            .await?;
    let sessions = sqlx::query!(
        "select id, device, last_used_at, created_at from sessions
         where person_id = $1 and expires_at > $2 and last_used_at > $3
         order by last_used_at desc, id desc",
        viewer.id.0,
        instant(now),
        instant(now - SESSION_IDLE),
    )
    .fetch_all(pool)
    .await?;
    let zone = home_zone();
    let shown = |at: time::OffsetDateTime| local(at.unix_timestamp(), &zone);
    Ok(Some(AccountPage {
        email: row.email,
        form: ProfileForm {
            name: row.name,
            organisation: row.organisation.unwrap_or_default(),
            work_role: row.work_role.unwrap_or_default(),
            municipality: row.municipality_code.unwrap_or_default(),
            language: row.language.unwrap_or_default(),
            access_needs: row.access_needs.unwrap_or_default(),
            diet: row.diet.unwrap_or_default(),
        },
        municipalities: municipalities.into_iter().map(|row| (row.code, row.short_name)).collect(),
        sessions: sessions
            .into_iter()
            .map(|row| SessionLine {
                id: SessionId(row.id),
                device: row.device,
                last_used: shown(row.last_used_at),
                began: shown(row.created_at),
                is_this: row.id == viewer.session.0,
            })
            .collect(),
        passkeys: None,
    }))
}

/// Keeps what a person has told about themselves. False if there is no such municipality.
///
/// # Errors
/// If the database does not answer.
pub async fn save_profile(
    pool: &PgPool,
    person: PersonId,
    profile: &Profile,
) -> Result<bool, sqlx::Error> {
    let saved = sqlx::query!(
        "update people set name = $2, organisation = $3, work_role = $4, municipality_code = $5,
            language = $6, access_needs = $7, diet = $8
         where id = $1 and ($5::text is null or exists (select 1 from municipalities m where m.code = $5))",
        person.0,
        profile.name,
        profile.organisation,
        profile.work_role,
        profile.municipality,
        profile.language.map(Lang::tag),
        profile.access_needs,
        profile.diet,
    )
    .execute(pool)
    .await?;
    Ok(saved.rows_affected() > 0)
}

/// Gives the owner of an address a role, whether they have ever been here or not. `None` if there is no such
/// programme.
///
/// # Errors
/// If the database does not answer.
pub async fn grant(
    pool: &PgPool,
    email: &Email,
    role: Role,
    programme: Option<&str>,
) -> Result<Option<PersonId>, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let programme = match programme {
        None => None,
        Some(slug) => {
            let found = sqlx::query_scalar!("select id from programmes where slug = $1", slug)
                .fetch_optional(&mut *transaction)
                .await?;
            let Some(found) = found else { return Ok(None) };
            Some(found)
        }
    };
    let name: String = name_from(email.as_str()).chars().take(LONGEST_NAME).collect();
    sqlx::query!(
        "insert into people (name, email, email_key) values ($1, $2, $3) on conflict (email_key) do nothing",
        name,
        email.as_str(),
        email.key(),
    )
    .execute(&mut *transaction)
    .await?;
    let person = sqlx::query_scalar!("select id from people where email_key = $1", email.key())
        .fetch_one(&mut *transaction)
        .await?;
    sqlx::query!(
        "insert into roles (person_id, role, programme_id) values ($1, $2, $3) on conflict do nothing",
        person,
        role.as_str(),
        programme,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Some(PersonId(person)))
}
