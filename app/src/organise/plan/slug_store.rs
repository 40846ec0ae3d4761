//! The SQL of what an event cannot be without, its address among it.

use super::model::slug_of;
use super::read::EventEdit;
use crate::events::model::{EventId, Slug};
use crate::time::instant;
use sqlx::PgTransaction;
use std::collections::HashSet;

/// An event with what it cannot be without; the rest is written over it.
pub(super) async fn insert(
    transaction: &mut PgTransaction<'_>,
    edit: &EventEdit,
) -> Result<(Slug, EventId), sqlx::Error> {
    loop {
        let slug = free_slug(transaction, edit.texts.get("title_sv")).await?;
        // An import takes addresses without the lock.
        if let Some(event) = insert_as(transaction, edit, &slug).await? {
            return Ok((slug, event));
        }
    }
}

/// The same with this address; nothing if it is taken.
async fn insert_as(
    transaction: &mut PgTransaction<'_>,
    edit: &EventEdit,
    slug: &Slug,
) -> Result<Option<EventId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at)
         values ($1, (select id from programmes where id = $2), $3, 'draft', $4, $5, $6)
         on conflict (slug) do nothing returning id",
        slug.as_str(),
        edit.programme,
        edit.kind.as_str(),
        edit.texts.get("title_sv"),
        instant(edit.starts_at),
        instant(edit.ends_at),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(id.map(EventId))
}

/// An address made of a title, with a number where there is one like it already.
pub(super) async fn free_slug(
    transaction: &mut PgTransaction<'_>,
    title: &str,
) -> Result<Slug, sqlx::Error> {
    let wish = slug_of(title);
    // One at a time: two that are made at once do not take the same.
    sqlx::query!("select pg_advisory_xact_lock(hashtext('slug ' || $1))", wish)
        .fetch_one(&mut **transaction)
        .await?;
    free(&wish, &taken(transaction, &wish).await?)
}

/// The addresses that begin with this.
async fn taken(
    transaction: &mut PgTransaction<'_>,
    wish: &str,
) -> Result<HashSet<String>, sqlx::Error> {
    let taken = sqlx::query_scalar!("select slug from events where slug like $1 || '%'", wish)
        .fetch_all(&mut **transaction)
        .await?;
    Ok(taken.into_iter().collect())
}

fn free(wish: &str, taken: &HashSet<String>) -> Result<Slug, sqlx::Error> {
    let numbered = (2..).map(|number| format!("{wish}-{number}"));
    let free = std::iter::once(wish.to_owned()).chain(numbered).find(|slug| !taken.contains(slug));
    free.and_then(|slug| Slug::parse(&slug))
        .ok_or_else(|| sqlx::Error::Decode("no address can be made of the title".into()))
}

/// The addresses of many events that are made at once. A lock for each title would be more than the database has
/// room for, and looking for those that are taken once for each event would take the square of the time.
pub(in crate::organise) struct Slugs {
    taken: HashSet<String>,
}

impl Slugs {
    /// Those that are taken now.
    pub(in crate::organise) async fn taken(
        transaction: &mut PgTransaction<'_>,
    ) -> Result<Self, sqlx::Error> {
        Ok(Self { taken: taken(transaction, "").await? })
    }

    /// An event with what it cannot be without.
    pub(in crate::organise) async fn insert(
        &mut self,
        transaction: &mut PgTransaction<'_>,
        edit: &EventEdit,
    ) -> Result<EventId, sqlx::Error> {
        let wish = slug_of(edit.texts.get("title_sv"));
        loop {
            let slug = free(&wish, &self.taken)?;
            self.taken.insert(slug.as_str().to_owned());
            if let Some(event) = insert_as(transaction, edit, &slug).await? {
                return Ok(event);
            }
        }
    }
}
