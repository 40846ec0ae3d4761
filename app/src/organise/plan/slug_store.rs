//! The SQL of the addresses of events.

use super::model::slug_of;
use crate::events::model::Slug;
use sqlx::PgTransaction;
use std::collections::{BTreeSet, HashMap, HashSet};

/// An address made of a title, with a number where there is one like it already.
pub(super) async fn free_slug(
    transaction: &mut PgTransaction<'_>,
    title: &str,
) -> Result<Slug, sqlx::Error> {
    Slugs::of(transaction, &[title]).await?.next(title)
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

/// The addresses that events can get, each given once.
pub(in crate::organise) struct Slugs {
    taken: HashSet<String>,
    /// The number that was given last of each that is wished for: those before it are taken.
    last: HashMap<String, u32>,
}

impl Slugs {
    /// For events with any titles. A lock for each title would be more than the database has room for: whoever makes
    /// an event of the same title meanwhile may take the same, and then the next is asked for.
    pub(in crate::organise) async fn any(
        transaction: &mut PgTransaction<'_>,
    ) -> Result<Self, sqlx::Error> {
        Ok(Self { taken: taken(transaction, "").await?, last: HashMap::new() })
    }

    /// For some events with these titles. One at a time: two that are made at once do not take the same.
    pub(in crate::organise) async fn of(
        transaction: &mut PgTransaction<'_>,
        titles: &[&str],
    ) -> Result<Self, sqlx::Error> {
        // In one order, so that nobody waits for somebody who waits for them.
        let wishes: BTreeSet<String> = titles.iter().map(|title| slug_of(title)).collect();
        let mut slugs = Self { taken: HashSet::new(), last: HashMap::new() };
        for wish in &wishes {
            sqlx::query!("select pg_advisory_xact_lock(hashtext('slug ' || $1))", wish)
                .fetch_one(&mut **transaction)
                .await?;
            slugs.taken.extend(taken(transaction, wish).await?);
        }
        Ok(slugs)
    }

    /// One made of this title, with a number where there is one like it already.
    pub(super) fn next(&mut self, title: &str) -> Result<Slug, sqlx::Error> {
        let wish = slug_of(title);
        let last = self.last.entry(wish.clone()).or_default();
        loop {
            *last += 1;
            let slug = if *last == 1 { wish.clone() } else { format!("{wish}-{last}") };
            if self.taken.insert(slug.clone()) {
                return Slug::parse(&slug).ok_or_else(|| {
                    sqlx::Error::Decode("no address can be made of the title".into())
                });
            }
        }
    }
}
