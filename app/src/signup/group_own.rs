//! What whoever signed up a group sees of it, on its page and in the mail.

use super::group_model::{Choice, Member, OwnGroup};
use super::model::Status;
use super::own_store::is_token;
use crate::events::store::{Line, lines, word};
use crate::text::Lang;
use sqlx::PgPool;
use std::collections::HashMap;

/// The group with this secret.
///
/// # Errors
/// If the database does not answer.
pub async fn own(
    pool: &PgPool,
    lang: Lang,
    token: &str,
    now: i64,
) -> Result<Option<OwnGroup>, sqlx::Error> {
    if !is_token(token) {
        return Ok(None);
    }
    let Some(row) = sqlx::query!(
        r#"select g.id, g.event_id, g.name, g.organisation, g.choice, p.email as "email!"
         from group_sign_ups g join people p on p.id = g.person_id where g.token = $1"#,
        token
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    let Some(Line { line, .. }) = lines(pool, lang, &[row.event_id], now).await?.pop() else {
        return Ok(None);
    };
    Ok(Some(OwnGroup {
        event: line,
        name: row.name,
        email: row.email,
        organisation: row.organisation,
        choice: word(Choice::parse(&row.choice), &row.choice)?,
        members: members(pool, &[row.id]).await?.remove(&row.id).unwrap_or_default(),
    }))
}

/// The people of these groups, as they stand now, by the groups' numbers. Of somebody who was signed up before
/// it stays with what was answered then: what becomes of it is theirs.
///
/// # Errors
/// If the database does not answer.
pub async fn members(
    pool: &PgPool,
    groups: &[i64],
) -> Result<HashMap<i64, Vec<Member>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select m.group_sign_up_id, m.name, coalesce(s.status, m.told_status) as status,
            case when s.id is null then m.told_position::bigint when s.status = 'waitlisted' then (
                select count(*) from sign_ups before
                where before.event_id = s.event_id and before.way = s.way
                    and before.status = 'waitlisted' and before.queue_number <= s.queue_number
            ) end as position
        from group_members m left join sign_ups s on s.id = m.sign_up_id
        where m.group_sign_up_id = any($1) order by m.group_sign_up_id, m.place
        "#,
        groups
    )
    .fetch_all(pool)
    .await?;
    let mut members: HashMap<i64, Vec<Member>> = HashMap::new();
    for row in rows {
        let status = row.status.as_deref().map(|text| word(Status::parse(text), text));
        members.entry(row.group_sign_up_id).or_default().push(Member {
            name: row.name,
            status: status.transpose()?,
            position: row.position.and_then(|position| u32::try_from(position).ok()),
        });
    }
    Ok(members)
}
