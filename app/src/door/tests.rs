//! The door against a real Postgres. The clock is set.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::links_store::{links, make, revoke};
use super::model::{Done, Opening};
use super::store::{Arrival, By, check_in, door, opening, steward, undo};
use crate::account::model::PersonId;
use crate::account::secret;
use crate::events::model::EventId;
use crate::text::Lang;
use sqlx::PgPool;

/// 2031-05-14 09:00 in Sweden.
const NINE: i64 = 1_936_508_400;
const HOUR: i64 = 3_600;

/// An event from `starts`, with Åsa who has a place and Bo in line. Its number, and theirs.
async fn event(pool: &PgPool, starts: i64, hours: i64) -> (EventId, [i64; 2]) {
    let run = |statement| sqlx::query(statement).execute(pool);
    run("insert into programmes (slug, title_sv) values ('p', 'P') on conflict do nothing")
        .await
        .unwrap();
    let event: i64 = sqlx::query_scalar(
        "with event as (
             insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format, venue)
             select 'e-' || (select count(*) from events), id, 'seminar', 'published', 'E',
                 to_timestamp($1), to_timestamp($1 + $2 * 3600), 'on_site', 'Aulan' from programmes returning id
         )
         insert into event_ways (event_id, way, capacity) select id, 'on_site', 1 from event returning event_id",
    )
    .bind(starts)
    .bind(hours)
    .fetch_one(pool)
    .await
    .unwrap();
    let mut guests = [0; 2];
    for (at, (name, status)) in [("Åsa", "confirmed"), ("Bo", "waitlisted")].iter().enumerate() {
        guests[at] = sqlx::query_scalar(
            "with person as (insert into people (name) values ($2) returning id)
             insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation,
                 language, consented_at, consent_version)
             select gen_random_uuid(), $1, 'on_site', id, $3, $4, $2, 'Umeå', 'sv', now(), 1 from person
             returning id",
        )
        .bind(event)
        .bind(name)
        .bind(status)
        .bind(i64::try_from(at).unwrap() + 1)
        .fetch_one(pool)
        .await
        .unwrap();
    }
    (EventId(event), guests)
}

async fn organiser(pool: &PgPool) -> PersonId {
    let id = sqlx::query_scalar("insert into people (name) values ('Ordna') returning id");
    PersonId(id.fetch_one(pool).await.unwrap())
}

/// A steward's link: its number and what opens it.
async fn link(pool: &PgPool, actor: PersonId, event: EventId, name: &str) -> (i64, String) {
    let token = secret::new().unwrap();
    make(pool, actor, event, name, &secret::hash(&token).unwrap(), NINE - 99).await.unwrap();
    (links(pool, event).await.unwrap().last().unwrap().id, token)
}

fn arrival(sign_up: i64, key: &str, at: i64) -> Arrival<'_> {
    Arrival { sign_up, key, at }
}

async fn came(pool: &PgPool, event: EventId, by: By) -> Vec<Option<String>> {
    let door = door(pool, Lang::Sv, event, by, NINE + HOUR).await.unwrap().unwrap();
    let told = door.guests.into_iter().map(|guest| {
        guest.came.map(|came| {
            format!("{:02}:{:02} {}", came.at.hour(), came.at.minute(), came.by.unwrap())
        })
    });
    told.collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn twice_is_once_the_earliest_stands_and_it_can_be_undone(pool: PgPool) {
    let (event, [asa, bo]) = event(&pool, NINE, 2).await;
    let actor = organiser(&pool).await;
    let (number, _) = link(&pool, actor, event, "Entrén").await;
    let (steward, person) = (By::Link(number), By::Person(actor));
    let now = NINE + 600;
    let first = arrival(asa, "key-of-steward", now);
    assert_eq!(check_in(&pool, event, steward, first, now).await.unwrap(), Done::In);
    assert_eq!(check_in(&pool, event, steward, first, now).await.unwrap(), Done::In, "sent twice");
    assert_eq!(came(&pool, event, steward).await, [None, Some("09:10 Entrén".into())]);
    // Another door tells later of something that was earlier.
    let earlier = arrival(asa, "key-of-organiser", now - 300);
    assert_eq!(check_in(&pool, event, person, earlier, now + 5).await.unwrap(), Done::Already);
    assert_eq!(came(&pool, event, steward).await, [None, Some("09:05 Ordna".into())]);
    assert_eq!(links(&pool, event).await.unwrap()[0].came, 1);
    assert_eq!(undo(&pool, event, person, asa, now + 9).await.unwrap(), Done::Out);
    assert_eq!(undo(&pool, event, person, asa, now + 9).await.unwrap(), Done::Out);
    // What is sent once more after it was undone stays undone.
    assert_eq!(check_in(&pool, event, steward, first, now + 10).await.unwrap(), Done::Out);
    assert_eq!(came(&pool, event, steward).await, [None, None]);
    let again = arrival(asa, "a-third-key", now + 20);
    assert_eq!(check_in(&pool, event, steward, again, now + 20).await.unwrap(), Done::In);
    let history: Vec<(String, Option<i64>, Option<i64>)> = sqlx::query_as(
        "select to_status, actor_id, door_link_id from sign_up_history where sign_up_id = $1 order by id",
    )
    .bind(asa)
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(
        history,
        [
            ("attended".into(), None, Some(number)),
            ("confirmed".into(), Some(actor.0), None),
            ("attended".into(), None, Some(number)),
        ]
    );
    assert_eq!(
        check_in(&pool, event, person, arrival(bo, "key-of-bo", now), now).await.unwrap(),
        Done::NoPlace
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_link_opens_one_event_on_its_days_until_it_is_revoked(pool: PgPool) {
    // From nine on one day to three in the afternoon two days later.
    let (here, [asa, _]) = event(&pool, NINE, 54).await;
    let (elsewhere, [other, _]) = event(&pool, NINE, 2).await;
    let actor = organiser(&pool).await;
    let (number, token) = link(&pool, actor, here, "Entrén").await;
    let by = By::Link(number);
    assert_eq!(steward(&pool, &token).await.unwrap(), Some((here, number)));
    let not_theirs = check_in(&pool, here, by, arrival(other, "key-of-other", NINE), NINE).await;
    assert_eq!(not_theirs.unwrap(), Done::Nobody);
    let midnight = NINE - 9 * HOUR;
    for (at, expected) in [
        (midnight - 1, Opening::NotYet),
        (midnight, Opening::Open),
        (midnight + 40 * HOUR, Opening::Open),
        (midnight + 72 * HOUR - 1, Opening::Open),
        (midnight + 72 * HOUR, Opening::Over),
    ] {
        assert_eq!(opening(&pool, here, at).await.unwrap(), Some(expected), "{at}");
        let seen = door(&pool, Lang::Sv, here, by, at).await.unwrap().unwrap();
        assert_eq!((seen.may_check_in, seen.guests.len() == 2), {
            let is_open = expected == Opening::Open;
            (is_open, is_open)
        });
    }
    let late = midnight + 80 * HOUR;
    let asks = |by| check_in(&pool, here, by, arrival(asa, "key-of-asa", late), late);
    assert_eq!(asks(by).await.unwrap(), Done::Closed);
    assert_eq!(
        asks(By::Person(actor)).await.unwrap(),
        Done::In,
        "those who organise mend it later"
    );
    // Somebody else's event has no such link to revoke.
    revoke(&pool, actor, elsewhere, number, NINE).await.unwrap();
    assert!(steward(&pool, &token).await.unwrap().is_some());
    sqlx::query("delete from changes").execute(&pool).await.unwrap();
    revoke(&pool, actor, here, number, NINE).await.unwrap();
    let told: Vec<i64> =
        sqlx::query_scalar("select event_id from changes").fetch_all(&pool).await.unwrap();
    assert_eq!(told, [here.0], "open doors hear of it");
    assert_eq!(steward(&pool, &token).await.unwrap(), None);
    assert!(links(&pool, here).await.unwrap().is_empty());
    for bad in ["", "x", "%00", &secret::new().unwrap()] {
        assert_eq!(steward(&pool, bad).await.unwrap(), None);
    }
    let audited: Vec<(String, String)> = sqlx::query_as(
        "select what, coalesce(after, '{}')::text from audit_log where subject = 'door_links' order by id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(
        audited.iter().map(|(what, _)| what.as_str()).collect::<Vec<_>>(),
        ["insert", "update"]
    );
    assert!(audited.iter().all(|(_, after)| !after.contains("token")), "{audited:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn two_doors_at_once_let_somebody_in_once(pool: PgPool) {
    let (event, [asa, _]) = event(&pool, NINE, 2).await;
    let actor = organiser(&pool).await;
    let (number, _) = link(&pool, actor, event, "Entrén").await;
    let keys: Vec<String> = (0..12).map(|n| format!("key-number-{n}")).collect();
    let tries = keys.iter().enumerate().map(|(n, key)| {
        let by = if n % 2 == 0 { By::Link(number) } else { By::Person(actor) };
        check_in(&pool, event, by, arrival(asa, key, NINE), NINE)
    });
    let done = futures::future::join_all(tries).await;
    let first = done.iter().filter(|done| matches!(done, Ok(Done::In))).count();
    assert_eq!(first, 1);
    assert!(done.iter().all(|done| matches!(done, Ok(Done::In | Done::Already))));
}
