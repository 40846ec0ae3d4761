//! What an organiser does and undoes, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::deed_store::{Doing, cancel, promote_out_of_turn, undo};
use super::deeds::NotDone;
use super::hand_store::{Added, ByHand, add};
use super::model::{Email, Status};
use super::recent_store::recent;
use super::store::Locking;
use super::tests::{NOW, applicant, counted, desk, event, mails, status_of};
use crate::account::model::PersonId;
use crate::events::model::EventId;
use crate::text::Lang;
use futures::future::join_all;
use sqlx::PgPool;

async fn doing(pool: &PgPool, event: EventId) -> Doing {
    let id = sqlx::query_scalar("insert into people (name) values ('O') returning id");
    let actor = PersonId(id.fetch_one(pool).await.unwrap());
    Doing { event, actor, now: NOW + 1, locking: Locking::Held }
}

async fn come(pool: &PgPool, event: EventId, names: &[&str]) -> Vec<i64> {
    let mut ids = Vec::new();
    for name in names {
        desk(pool).sign_up(event, applicant(name), Lang::Sv).await.unwrap();
        let id = sqlx::query_scalar("select max(id) from sign_ups");
        ids.push(id.fetch_one(pool).await.unwrap());
    }
    ids
}

async fn newest(pool: &PgPool, event: EventId) -> i64 {
    recent(pool, Lang::Sv, event, NOW + 1).await.unwrap()[0].id
}

#[sqlx::test(migrations = "../migrations")]
async fn a_cancelled_place_goes_to_the_next_and_cannot_be_taken_back_from_them(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(2))]).await;
    let who = doing(&pool, event).await;
    let ids = come(&pool, event, &["a", "b", "c"]).await;
    assert_eq!(cancel(&pool, who, &ids[..1], Some("Dubbelbokad"), false).await.unwrap(), Ok(1));
    assert_eq!(cancel(&pool, who, &ids[..1], None, true).await.unwrap(), Ok(0));
    assert_eq!(
        (status_of(&pool, "a").await, status_of(&pool, "c").await),
        ("cancelled".into(), "confirmed".into())
    );
    assert_eq!((mails(&pool, "cancelled").await, mails(&pool, "promoted").await), (0, 1));
    let deed = newest(&pool, event).await;
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Err(NotDone::Full));
    assert_eq!(status_of(&pool, "a").await, "cancelled");
    // Once a seat is free, it can.
    assert_eq!(cancel(&pool, who, &ids[1..2], None, true).await.unwrap(), Ok(1));
    assert_eq!(mails(&pool, "cancelled").await, 1);
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Ok(1));
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Ok(0), "twice is once");
    assert_eq!(counted(&pool, event).await, (2, 0));
    let told: Vec<(Option<i64>, Option<String>)> = sqlx::query_as(
        "select actor_id, reason from sign_up_history where sign_up_id = $1 order by id",
    )
    .bind(ids[0])
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(told, [(Some(who.actor.0), Some("Dubbelbokad".into())), (Some(who.actor.0), None)]);
    let audited: i64 = sqlx::query_scalar(
        "select count(*) from audit_log where subject = 'sign_ups' and actor_id = $1",
    )
    .bind(who.actor.0)
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(audited, 3);
}

#[sqlx::test(migrations = "../migrations")]
async fn who_stood_in_line_stands_there_again(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1))]).await;
    let who = doing(&pool, event).await;
    let ids = come(&pool, event, &["a", "b", "c", "d"]).await;
    assert_eq!(cancel(&pool, who, &ids[1..3], None, true).await.unwrap(), Ok(2));
    assert_eq!(counted(&pool, event).await, (1, 1));
    let deed = newest(&pool, event).await;
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Ok(2));
    assert_eq!((counted(&pool, event).await, mails(&pool, "waitlisted").await), ((1, 3), 5));
    let line: Vec<i64> = sqlx::query_scalar(
        "select id from sign_ups where status = 'waitlisted' order by queue_number",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(line, ids[1..]);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_has_changed_since_or_is_long_ago_stays(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    let who = doing(&pool, event).await;
    let ids = come(&pool, event, &["a", "b"]).await;
    assert_eq!(cancel(&pool, who, &ids, None, false).await.unwrap(), Ok(2));
    let deed = newest(&pool, event).await;
    come(&pool, event, &["a"]).await;
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Err(NotDone::Changed));
    sqlx::query("update sign_ups set status = 'refused' where status = 'confirmed'")
        .execute(&pool)
        .await
        .unwrap();
    let late = Doing { now: NOW + 1 + 601, ..who };
    assert_eq!(undo(&pool, late, deed).await.unwrap(), Err(NotDone::Over));
    assert!(recent(&pool, Lang::Sv, event, late.now).await.unwrap().is_empty());
    // Another event's deed is no deed here.
    let other = super::tests::event(&pool, &[("digital", None)]).await;
    assert_eq!(undo(&pool, Doing { event: other, ..who }, deed).await.unwrap(), Err(NotDone::Over));
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Ok(2));
}

#[sqlx::test(migrations = "../migrations")]
async fn out_of_turn_only_with_a_seat_and_back_again(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1))]).await;
    let who = doing(&pool, event).await;
    let ids = come(&pool, event, &["a", "b", "c"]).await;
    let last = &ids[2..];
    let full = promote_out_of_turn(&pool, who, last, "Talar", false).await.unwrap();
    assert_eq!((full, counted(&pool, event).await), (Err(NotDone::Full), (1, 2)));
    assert_eq!(promote_out_of_turn(&pool, who, last, "Talar", true).await.unwrap(), Ok(1));
    assert_eq!(
        (status_of(&pool, "b").await, status_of(&pool, "c").await),
        ("waitlisted".into(), "confirmed".into())
    );
    assert_eq!(mails(&pool, "promoted").await, 1);
    let reasons: Vec<Option<String>> =
        sqlx::query_scalar("select reason from sign_up_history").fetch_all(&pool).await.unwrap();
    assert_eq!(reasons, [Some("Talar".into())]);
    // The one before the first in line was not passed by anybody else: no seat is free.
    assert_eq!(counted(&pool, event).await, (2, 1));
    let deed = newest(&pool, event).await;
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Ok(1));
    assert_eq!(counted(&pool, event).await, (1, 2));
    let seats: Option<i32> =
        sqlx::query_scalar("select capacity from event_ways").fetch_one(&pool).await.unwrap();
    assert_eq!(seats, Some(1));
    sqlx::query("update events set state = 'cancelled'").execute(&pool).await.unwrap();
    assert_eq!(promote_out_of_turn(&pool, who, last, "x", true).await.unwrap(), Err(NotDone::Over));
}

/// Many organisers and participants at once.
async fn crowd(pool: &PgPool, locking: Locking) -> bool {
    const SEATS: i32 = 8;
    let event = event(pool, &[("digital", Some(SEATS))]).await;
    let names: Vec<String> = (0..24).map(|n| format!("n{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ids = come(pool, event, &names).await;
    let who = Doing { locking, ..doing(pool, event).await };
    assert_eq!(cancel(pool, who, &ids[..4], None, false).await.unwrap(), Ok(4));
    let deed = newest(pool, event).await;
    let desk = desk(pool);
    let late =
        join_all((0..10).map(|n| desk.sign_up(event, applicant(&format!("late{n}")), Lang::Sv)));
    let cancels = join_all(ids[4..16].chunks(2).map(|two| cancel(pool, who, two, None, false)));
    let undoes = join_all((0..4).map(|_| undo(pool, who, deed)));
    let ups =
        join_all(ids[16..].chunks(2).map(|two| promote_out_of_turn(pool, who, two, "x", false)));
    let (_, cancels, undoes, ups) = futures::join!(late, cancels, undoes, ups);
    let fine = cancels.iter().chain(&undoes).chain(&ups).all(Result::is_ok);
    let undone: u64 = undoes.iter().flatten().flatten().sum();
    let (taken, waiting) = counted(pool, event).await;
    let rows: (i64, i64) = sqlx::query_as(
        "select count(*) filter (where status = 'confirmed'), count(*) filter (where status = 'waitlisted')
         from sign_ups where event_id = $1",
    )
    .bind(event.0)
    .fetch_one(pool)
    .await
    .unwrap();
    let kept = i64::from(SEATS) >= taken && (taken == i64::from(SEATS) || waiting == 0);
    fine && kept && rows == (taken, waiting) && (undone == 0 || undone == 4)
}

#[sqlx::test(migrations = "../migrations")]
async fn many_at_once_keep_the_seats(pool: PgPool) {
    assert!(crowd(&pool, Locking::Held).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_test_above_catches_a_missing_lock(pool: PgPool) {
    // Whatever the machine makes of it: in some of these rounds something goes wrong.
    for _ in 0..10 {
        if !crowd(&pool, Locking::LeftOut).await {
            return;
        }
    }
    unreachable!("the lock is needed for nothing");
}

fn by_hand(name: &str, beyond: bool, with_mail: bool) -> ByHand {
    ByHand { applicant: applicant(name), lang: Lang::Sv, beyond, with_mail }
}

#[sqlx::test(migrations = "../migrations")]
async fn by_hand_while_closed_and_beyond_full_only_if_said(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1))]).await;
    sqlx::query("update events set sign_up_closes_at = to_timestamp($1)")
        .bind(NOW - 9)
        .execute(&pool)
        .await
        .unwrap();
    let who = doing(&pool, event).await;
    let first = add(&pool, who, by_hand("a", false, true)).await.unwrap();
    assert_eq!(first, Ok(Added::As(Status::Confirmed)));
    assert_eq!(mails(&pool, "confirmed").await, 1);
    // The same address takes no second seat, however it is written.
    let mut again = by_hand("a", true, true);
    again.applicant.email = Email::parse("A@Example.ORG").unwrap();
    assert_eq!(add(&pool, who, again).await.unwrap(), Ok(Added::Already));
    assert_eq!(
        add(&pool, who, by_hand("b", false, false)).await.unwrap(),
        Ok(Added::As(Status::Waitlisted))
    );
    assert_eq!(mails(&pool, "waitlisted").await, 0);
    assert_eq!(
        add(&pool, who, by_hand("c", true, false)).await.unwrap(),
        Ok(Added::As(Status::Confirmed))
    );
    assert_eq!(counted(&pool, event).await, (2, 1));
    // Undone: the seat that was added goes with them, and nobody moves up.
    assert_eq!(undo(&pool, who, newest(&pool, event).await).await.unwrap(), Ok(1));
    assert_eq!(counted(&pool, event).await, (1, 1));
    assert_eq!(
        (status_of(&pool, "b").await, status_of(&pool, "c").await),
        ("waitlisted".into(), "cancelled".into())
    );
    // They may come again.
    assert_eq!(
        add(&pool, who, by_hand("c", false, false)).await.unwrap(),
        Ok(Added::As(Status::Waitlisted))
    );
    sqlx::query("update events set state = 'cancelled'").execute(&pool).await.unwrap();
    assert_eq!(add(&pool, who, by_hand("d", true, true)).await.unwrap(), Err(NotDone::Over));
}

#[sqlx::test(migrations = "../migrations")]
async fn many_by_hand_at_once_take_each_a_seat_of_their_own(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(5))]).await;
    let who = doing(&pool, event).await;
    let desk = desk(&pool);
    let by_themselves =
        join_all((0..10).map(|n| desk.sign_up(event, applicant(&format!("n{n}")), Lang::Sv)));
    let added =
        join_all((0..20).map(|n| add(&pool, who, by_hand(&format!("n{}", n % 15), false, true))));
    let (_, added) = futures::join!(by_themselves, added);
    assert!(added.iter().all(|added| matches!(added, Ok(Ok(_)))), "{added:?}");
    assert_eq!(counted(&pool, event).await, (5, 10));
}
