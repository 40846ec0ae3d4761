//! The door against a real Postgres. The clock is set.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::deed_store::{self, Holder, Told, by_ticket};
use super::links_store::{links, make, revoke};
use super::model::Opening;
use super::outcome::Done;
use super::store::{By, door, opening, steward};
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

/// Somebody, by a key, at a time.
#[derive(Clone, Copy)]
struct At<'a>(i64, &'a str, i64);

const fn arrival(sign_up: i64, key: &str, at: i64) -> At<'_> {
    At(sign_up, key, at)
}

async fn check_in(
    pool: &PgPool,
    event: EventId,
    by: By,
    At(sign_up, key, at): At<'_>,
    now: i64,
) -> Result<Done, sqlx::Error> {
    let told = Told { sign_up, key, seconds_ago: now - at };
    Ok(deed_store::check_in(pool, event, by, told, now).await?.done)
}

async fn undo(
    pool: &PgPool,
    event: EventId,
    by: By,
    sign_up: i64,
    now: i64,
) -> Result<Done, sqlx::Error> {
    let told = Told { sign_up, key: "", seconds_ago: 0 };
    Ok(deed_store::undo(pool, event, by, told, now).await?.done)
}

async fn came(pool: &PgPool, event: EventId, by: By) -> Vec<Option<String>> {
    let door = door(pool, Lang::Sv, event, by, None, NINE + HOUR).await.unwrap().unwrap();
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
        let seen = door(&pool, Lang::Sv, here, by, None, at).await.unwrap().unwrap();
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

#[sqlx::test(migrations = "../migrations")]
async fn what_a_door_kept_counts_at_the_time_it_happened(pool: PgPool) {
    let (event, [asa, _]) = event(&pool, NINE, 2).await;
    let actor = organiser(&pool).await;
    let (number, _) = link(&pool, actor, event, "Baksidan").await;
    let (steward, person) = (By::Link(number), By::Person(actor));
    let now = NINE + 3_600;
    let tell = |by, key, seconds_ago, now| {
        let told = Told { sign_up: asa, key, seconds_ago };
        deed_store::check_in(&pool, event, by, told, now)
    };
    // One door has a network, the other tells later of something that was earlier: that one counts.
    let first = tell(person, "with-network", 0, now).await.unwrap();
    assert_eq!((first.done, first.is_first), (Done::In, true));
    let kept = tell(steward, "without-one", 600, now + 60).await.unwrap();
    assert_eq!((kept.done, kept.is_first), (Done::Already, true));
    assert_eq!(kept.came.unwrap().by.as_deref(), Some("Baksidan"));
    let later = tell(steward, "without-two", 30, now + 90).await.unwrap();
    assert_eq!((later.done, later.is_first), (Done::Already, false));
    // Undone before somebody was let in again, and told of afterwards: they are here.
    let told = Told { sign_up: asa, key: "", seconds_ago: 45 };
    let undone = deed_store::undo(&pool, event, steward, told, now + 90).await.unwrap();
    assert_eq!(undone.done, Done::Already);
    assert_eq!(came(&pool, event, steward).await, [None, Some("10:01 Baksidan".into())]);
    // The day is over, and what was kept on it is let in for another day: not from a day on which it was shut.
    let midnight = NINE + 15 * HOUR;
    let kept = |ago, now| tell(steward, "kept-over-night", ago, now);
    assert_eq!(kept(0, midnight + HOUR).await.unwrap().done, Done::Closed);
    assert_eq!(kept(60, midnight + HOUR).await.unwrap().done, Done::Closed);
    assert_eq!(kept(30 * HOUR, midnight + 25 * HOUR).await.unwrap().done, Done::Closed);
    assert_eq!(kept(2 * HOUR, midnight + HOUR).await.unwrap().done, Done::Already);
    // A telephone whose clock says that it was before the first day.
    let early = tell(steward, "clock-is-wrong", 20 * HOUR, NINE + HOUR).await.unwrap();
    assert_eq!(early.done, Done::Already);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_ticket_is_for_one_event(pool: PgPool) {
    let (here, [asa, _]) = event(&pool, NINE, 2).await;
    let (elsewhere, _) = event(&pool, NINE, 2).await;
    let ticket: String = sqlx::query_scalar("select ticket from sign_ups where id = $1")
        .bind(asa)
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(by_ticket(&pool, here, &ticket).await.unwrap(), Holder::Here(asa));
    assert_eq!(by_ticket(&pool, elsewhere, &ticket).await.unwrap(), Holder::Elsewhere);
    assert_eq!(by_ticket(&pool, here, "000000000000").await.unwrap(), Holder::Nobody);
}

#[sqlx::test(migrations = "../migrations")]
async fn only_what_changed_is_read_again(pool: PgPool) {
    let (event, [asa, bo]) = event(&pool, NINE, 2).await;
    let actor = organiser(&pool).await;
    let by = By::Person(actor);
    let read = |since| door(&pool, Lang::Sv, event, by, since, NINE);
    let whole = read(None).await.unwrap().unwrap();
    assert_eq!((whole.guests.len(), whole.count, whole.is_part), (2, 2, false));
    // Other databases' transactions may have it tell more than there is to tell, for as long as they take.
    let settled = async |mut version, expected: &[i64]| {
        for _ in 0..200 {
            let part = read(Some(version)).await.unwrap().unwrap();
            assert_eq!((part.count, part.is_part), (2, true));
            let ids: Vec<i64> = part.guests.iter().map(|guest| guest.id).collect();
            assert!(expected.iter().all(|id| ids.contains(id)), "{ids:?}");
            if ids == expected {
                return part.version;
            }
            version = if expected.is_empty() { part.version } else { version };
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("more is read than has changed");
    };
    let idle = settled(whole.version, &[]).await;
    check_in(&pool, event, by, arrival(asa, "key-of-asa", NINE), NINE).await.unwrap();
    let version = settled(idle, &[asa]).await;
    // What was written by a transaction that is open while the list is read comes with the next reading.
    let mut slow = pool.begin().await.unwrap();
    sqlx::query("update sign_ups set status = 'cancelled' where id = $1")
        .bind(bo)
        .execute(&mut *slow)
        .await
        .unwrap();
    undo(&pool, event, by, asa, NINE + 9).await.unwrap();
    let meanwhile = read(Some(version)).await.unwrap().unwrap();
    slow.commit().await.unwrap();
    let after = read(Some(meanwhile.version)).await.unwrap().unwrap();
    assert!(after.guests.iter().any(|guest| guest.id == bo), "{after:?}");
    // Another database's version: everything.
    let whole = read(Some(i64::MAX)).await.unwrap().unwrap();
    assert_eq!((whole.guests.len(), whole.is_part), (2, false));
}
