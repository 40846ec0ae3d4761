//! The SQL that gives later stops of a series the change that one of them got.

use super::model::Sheet;
use super::read::{PlanProblems, read};
use super::save_store::write;
use super::store::sheet;
use crate::account::model::Viewer;
use crate::audit::store::act;
use crate::events::model::EventId;
use crate::signup::store::{Locking, lock_seats};
use crate::time::instant;
use sqlx::PgTransaction;

/// What is each stop's own and is never carried on.
const OWN: &[&str] =
    &["home", "date", "end_date", "title_sv", "title_en", "opens_at", "closes_at", "materials"];

/// A stop as it was, and as it is now.
#[derive(Clone, Copy)]
pub(super) struct Change<'a> {
    pub(super) was: &'a Sheet,
    pub(super) is: &'a Sheet,
}

impl Change<'_> {
    /// This stop, changed the same way where it stood alike; `None` if nothing stood alike.
    fn carried(self, stop: &Sheet) -> Option<Sheet> {
        let mut changed = stop.clone();
        for field in super::merge::fields().filter(|field| !OWN.contains(field)) {
            let (was, is) = (self.was.get(field), self.is.get(field));
            if was != is && stop.get(field) == was {
                changed.set(field, is);
            }
        }
        // A beginning without its end makes another length; both go together.
        let times = ["starts", "ends"];
        let moved = times.iter().any(|field| self.was.get(field) != self.is.get(field));
        if moved && times.iter().any(|field| stop.get(field) != self.was.get(field)) {
            for field in times {
                changed.set(field, stop.get(field));
            }
        }
        (changed != *stop).then_some(changed)
    }

    /// Gives it to every later stop that is still to come; says how many were changed.
    pub(super) async fn to_later(
        self,
        transaction: &mut PgTransaction<'_>,
        viewer: &Viewer,
        event: EventId,
        series: i64,
        now: i64,
    ) -> Result<Result<usize, PlanProblems>, sqlx::Error> {
        let later = sqlx::query_scalar!(
            "select l.id from events l join events e on e.id = $1
             where l.series_id = $2 and l.id <> e.id and l.starts_at > e.starts_at and l.starts_at > $3
                 and l.state in ('draft', 'preliminary', 'published')
             order by l.id",
            event.0,
            series,
            instant(now),
        )
        .fetch_all(&mut **transaction)
        .await?;
        let mut count = 0;
        for id in later.into_iter().map(EventId) {
            lock_seats(transaction, id, Locking::Held).await?;
            sqlx::query!("select id from events where id = $1 for update", id.0)
                .fetch_one(&mut **transaction)
                .await?;
            let Some(stop) = sheet(transaction, id).await? else { continue };
            let Some(changed) = self.carried(&stop) else { continue };
            let edit = match read(&changed) {
                Ok(edit) => edit,
                Err(problems) => return Ok(Err(problems)),
            };
            act(transaction, Some(viewer.id)).await?;
            let mut problems = Vec::new();
            write(transaction, id, &edit, now, &mut problems).await?;
            if !problems.is_empty() {
                return Ok(Err(problems));
            }
            count += 1;
        }
        Ok(Ok(count))
    }
}
