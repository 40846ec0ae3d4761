//! The SQL of one's own calendar feed.

use crate::account::model::PersonId;
use crate::account::secret;
use crate::events::ics::Entry;
use crate::events::model::State;
use crate::events::store::numbered_entries;
use crate::signup::mine;
use crate::signup::model::Status;
use crate::text::Lang;
use crate::time::instant;
use sqlx::PgPool;

/// How far back the feed reaches, in seconds: a year.
const REACHES_BACK: i64 = 365 * 86_400;

/// The secret of somebody's feed, if it is switched on.
///
/// # Errors
/// If the database does not answer.
pub async fn secret_of(pool: &PgPool, person: PersonId) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select secret from calendar_feeds where person_id = $1", person.0)
        .fetch_optional(pool)
        .await
}

/// Switches the feed on under this secret; the one before it, if there was one, is nobody's from now on.
///
/// # Errors
/// If the database does not answer.
pub async fn renew(
    pool: &PgPool,
    person: PersonId,
    secret: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into calendar_feeds (person_id, secret, made_at) values ($1, $2, $3)
         on conflict (person_id) do update set secret = excluded.secret, made_at = excluded.made_at",
        person.0,
        secret,
        instant(now),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Switches it off. A second time nothing happens.
///
/// # Errors
/// If the database does not answer.
pub async fn end(pool: &PgPool, person: PersonId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from calendar_feeds where person_id = $1", person.0).execute(pool).await?;
    Ok(())
}

/// All that the owner of this secret has or had a place at in the last year and from now on, each as it stands for them;
/// `None` if it is nobody's.
///
/// # Errors
/// If the database does not answer.
pub async fn entries(
    pool: &PgPool,
    lang: Lang,
    secret: &str,
    origin: &str,
    now: i64,
) -> Result<Option<Vec<Entry>>, sqlx::Error> {
    // What can be no secret is not looked up.
    if secret::hash(secret).is_none() {
        return Ok(None);
    }
    let Some(person) =
        sqlx::query_scalar!("select person_id from calendar_feeds where secret = $1", secret)
            .fetch_optional(pool)
            .await?
    else {
        return Ok(None);
    };
    let mine = mine::all(pool, person, lang == Lang::En, now).await?;
    let mut places: Vec<(i64, mine::Place)> = mine
        .into_iter()
        .filter_map(|event| Some((event.event.0, event.place?)))
        .filter(|(_, place)| place.status != Status::Refused)
        .collect();
    places.sort_by_key(|(id, _)| *id);
    let ids: Vec<i64> = places.iter().map(|(id, _)| *id).collect();
    let found = numbered_entries(pool, lang, &ids, origin).await?;
    let entries = found.into_iter().filter_map(|(id, entry)| {
        let at = places.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        let (_, place) = places.get(at)?;
        (entry.instants.1 > now - REACHES_BACK).then(|| as_mine(lang, entry, place))
    });
    Ok(Some(entries.collect()))
}

/// An event as it stands for somebody with this sign-up.
fn as_mine(lang: Lang, mut entry: Entry, place: &mine::Place) -> Entry {
    entry.updated = entry.updated.max(place.updated);
    match place.status {
        // RFC 5545 §3.8.1.11: what may come to be is tentative.
        Status::Waitlisted | Status::Requested if entry.state != State::Cancelled => {
            entry.state = State::Preliminary;
            entry.title = lang.waiting_for(&entry.title);
        }
        Status::Cancelled => entry.state = State::Cancelled,
        _ => {}
    }
    entry
}
