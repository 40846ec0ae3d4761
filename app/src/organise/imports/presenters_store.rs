//! The SQL of those who speak at events that come from a file, and were not in the list of presenters before.

use crate::events::model::EventId;
use sqlx::PgTransaction;

/// Those who speak at an event and have been written down since.
pub(super) async fn brought_in(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    newest: i64,
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select person_id from event_speakers where event_id = $1 and person_id > $2 order by position",
        event.0,
        newest,
    )
    .fetch_all(&mut **transaction)
    .await
}

/// Takes away those of whom nothing is known but a name, and whom nothing needs any more.
pub(super) async fn take_away(
    transaction: &mut PgTransaction<'_>,
    people: &[i64],
) -> Result<(), sqlx::Error> {
    let gone = sqlx::query_scalar!(
        "delete from presenters pr using people p
         where pr.person_id = any($1) and p.id = pr.person_id and p.email is null
             and num_nonnulls(pr.organisation_id, pr.role_sv, pr.role_en, pr.about_sv, pr.about_en) = 0
             and not exists (select from event_speakers s where s.person_id = p.id)
             and not exists (select from events e where e.contact_id = p.id)
             and not exists (select from programme_contacts c where c.person_id = p.id)
             and not exists (select from images i where i.person_id = p.id)
             and not exists (select from roles r where r.person_id = p.id)
             and not exists (select from sign_ups s where s.person_id = p.id)
             and not exists (select from series_sign_ups s where s.person_id = p.id)
             and not exists (select from group_sign_ups g where g.person_id = p.id)
         returning pr.person_id",
        people,
    )
    .fetch_all(&mut **transaction)
    .await?;
    // Nobody is erased here (migration 0027): the import goes on saying what was in it.
    sqlx::query!("select set_config('stafett.taking_back', 'yes', true)")
        .fetch_one(&mut **transaction)
        .await?;
    sqlx::query!("delete from people where id = any($1)", &gone)
        .execute(&mut **transaction)
        .await?;
    sqlx::query!("select set_config('stafett.taking_back', '', true)")
        .fetch_one(&mut **transaction)
        .await?;
    Ok(())
}
