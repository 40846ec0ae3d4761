//! The SQL of going to the meeting: who is let in, and that they were there.

use super::join::{DOORS_OPEN, Joining, NotJoined};
use super::model::Status;
use super::own_store::is_token;
use crate::account::model::PersonId;
use crate::events::model::{Slug, Way};
use crate::events::store::word;
use crate::time::instant;
use sqlx::PgPool;

/// Who wants to the meeting.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asker<'a> {
    /// The secret of a sign-up, as the link in the mail has it. It goes before the session: it says which
    /// sign-up is meant.
    pub ticket: Option<&'a str>,
    /// Whoever is signed in.
    pub person: Option<PersonId>,
    /// A person follows the link, and no program looks at what is behind it.
    pub is_navigation: bool,
}

/// Decides, and writes down that a person with a place was there. `None` if there is no such event.
///
/// # Errors
/// If the database does not answer.
pub async fn join(
    pool: &PgPool,
    slug: &Slug,
    asker: Asker<'_>,
    now: i64,
) -> Result<Option<Joining>, sqlx::Error> {
    let Some(row) = sqlx::query!(
        r#"
        select e.state, e.starts_at, e.ends_at, e.meeting_url, s.id as "sign_up?", s.status as "status?", s.way as "way?"
        from events e left join lateral (
            select id, status, way from sign_ups
            where event_id = e.id and (token = $2 or $2::text is null and person_id = $3)
            order by status in ('cancelled', 'refused'), id desc limit 1
        ) s on true
        where e.slug = $1 and e.state <> 'draft'
        "#,
        slug.as_str(),
        asker.ticket.map(|ticket| if is_token(ticket) { ticket } else { "" }),
        asker.person.map(|person| person.0),
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    let not = |why| Ok(Some(Joining::Not(why)));
    let (Some(sign_up), Some(status), Some(way)) = (row.sign_up, row.status, row.way) else {
        let is_known = asker.person.is_some() && asker.ticket.is_none();
        return not(if is_known { NotJoined::NotSignedUp } else { NotJoined::Nobody });
    };
    if row.state == "cancelled" {
        return not(NotJoined::EventCancelled);
    }
    match word(Status::parse(&status), &status)? {
        Status::Waitlisted => return not(NotJoined::Waitlisted),
        Status::Requested => return not(NotJoined::Requested),
        Status::Refused => return not(NotJoined::Refused),
        Status::Cancelled => return not(NotJoined::Cancelled),
        Status::Confirmed | Status::Attended | Status::NoShow => {}
    }
    if word(Way::parse(&way), &way)? == Way::OnSite {
        return not(NotJoined::OnSite);
    }
    if now < row.starts_at.unix_timestamp() - DOORS_OPEN {
        return not(NotJoined::NotYet);
    }
    if now >= row.ends_at.unix_timestamp() {
        return not(NotJoined::Over);
    }
    let Some(address) = row.meeting_url else { return not(NotJoined::NoMeeting) };
    if asker.is_navigation {
        sqlx::query!(
            "update sign_ups set status = 'attended', updated_at = $2
             where id = $1 and status in ('confirmed', 'no_show')",
            sign_up,
            instant(now)
        )
        .execute(pool)
        .await?;
    }
    Ok(Some(Joining::To(address)))
}
