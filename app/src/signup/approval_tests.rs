//! What an organiser decides, and seats that are held meanwhile, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::approval::{Decision, decide};
use super::model::{Outcome, Status};
use super::own_store::{cancel, own};
use super::promotion::set_capacity;
use super::tests::{NOW, applicant, counted, desk, event, mails, status_of};
use crate::account::model::PersonId;
use crate::events::invitation::Organiser;
use crate::events::model::{EventId, Way};
use crate::mail::letters::{Site, letters};
use crate::text::Lang;
use futures::future::join_all;
use sqlx::PgPool;

async fn with_approval(pool: &PgPool, seats: i32) -> EventId {
    let event = event(pool, &[("digital", Some(seats))]).await;
    sqlx::query("update events set needs_approval = true").execute(pool).await.unwrap();
    event
}

async fn ask(pool: &PgPool, event: EventId, name: &str) -> Outcome {
    desk(pool).sign_up(event, applicant(name), Lang::Sv).await.unwrap()
}

async fn id_of(pool: &PgPool, name: &str) -> i64 {
    sqlx::query_scalar(
        "select s.id from sign_ups s join people p on p.id = s.person_id
         where p.email = $1 || '@example.org' order by s.id desc limit 1",
    )
    .bind(name)
    .fetch_one(pool)
    .await
    .unwrap()
}

async fn organiser(pool: &PgPool) -> PersonId {
    let id = sqlx::query_scalar("insert into people (name) values ('O') returning id");
    PersonId(id.fetch_one(pool).await.unwrap())
}

#[sqlx::test(migrations = "../migrations")]
async fn a_request_holds_a_seat_until_it_is_decided_on(pool: PgPool) {
    let event = with_approval(&pool, 2).await;
    let who = organiser(&pool).await;
    assert_eq!(ask(&pool, event, "a").await.status, Status::Requested);
    assert_eq!(ask(&pool, event, "b").await.status, Status::Requested);
    assert_eq!(ask(&pool, event, "c").await.status, Status::Waitlisted);
    // Once more takes no second seat.
    assert_eq!(ask(&pool, event, "a").await.status, Status::Requested);
    assert_eq!(counted(&pool, event).await, (2, 1));
    assert_eq!(mails(&pool, "requested").await, 2);
    assert_eq!(mails(&pool, "confirmed").await, 0);

    let a = [id_of(&pool, "a").await];
    assert_eq!(decide(&pool, event, &a, Decision::Approve, who, NOW).await.unwrap(), 1);
    assert_eq!(decide(&pool, event, &a, Decision::Approve, who, NOW).await.unwrap(), 0);
    assert_eq!(
        (status_of(&pool, "a").await.as_str(), mails(&pool, "approved").await),
        ("confirmed", 1)
    );

    let b = [id_of(&pool, "b").await];
    let no = Decision::Refuse { reason: Some("För få platser") };
    assert_eq!(decide(&pool, event, &b, no, who, NOW).await.unwrap(), 1);
    assert_eq!(status_of(&pool, "b").await, "refused");
    // The seat goes at once to the first in line, who has to be approved, too.
    assert_eq!(status_of(&pool, "c").await, "requested");
    assert_eq!(counted(&pool, event).await, (2, 0));
    assert_eq!((mails(&pool, "refused").await, mails(&pool, "requested").await), (1, 3));
    // What is decided stays decided.
    assert_eq!(decide(&pool, event, &b, Decision::Approve, who, NOW).await.unwrap(), 0);
    let by: Vec<Option<i64>> =
        sqlx::query_scalar("select actor_id from sign_up_history order by id")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(by, [Some(who.0), Some(who.0), None], "the seat that follows is nobody's doing");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_is_refused_reads_why_and_may_ask_again(pool: PgPool) {
    let event = with_approval(&pool, 1).await;
    let who = organiser(&pool).await;
    let token = ask(&pool, event, "a").await.token.unwrap();
    let no = Decision::Refuse { reason: Some("Bara för värdar") };
    decide(&pool, event, &[id_of(&pool, "a").await], no, who, NOW).await.unwrap();
    let seen = own(&pool, Lang::Sv, &token, NOW).await.unwrap().unwrap();
    assert_eq!(seen.refusal_reason.as_deref(), Some("Bara för värdar"));
    assert!(!seen.can_cancel);
    assert_eq!(ask(&pool, event, "a").await.status, Status::Requested);
}

#[sqlx::test(migrations = "../migrations")]
async fn taking_a_request_back_frees_its_seat(pool: PgPool) {
    let event = with_approval(&pool, 1).await;
    let token = ask(&pool, event, "a").await.token.unwrap();
    ask(&pool, event, "b").await;
    cancel(&pool, &token, None, NOW).await.unwrap();
    assert_eq!(status_of(&pool, "b").await, "requested");
    assert_eq!(counted(&pool, event).await, (1, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn another_events_sign_ups_are_not_decided_on(pool: PgPool) {
    let event = with_approval(&pool, 1).await;
    let other = with_approval(&pool, 1).await;
    ask(&pool, event, "a").await;
    let a = [id_of(&pool, "a").await];
    let who = organiser(&pool).await;
    assert_eq!(decide(&pool, other, &a, Decision::Approve, who, NOW).await.unwrap(), 0);
    assert_eq!(status_of(&pool, "a").await, "requested");
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_is_given_a_place_at_what_does_not_take_place(pool: PgPool) {
    let event = with_approval(&pool, 2).await;
    let who = organiser(&pool).await;
    ask(&pool, event, "a").await;
    let a = [id_of(&pool, "a").await];
    let over = NOW + 604_800 + 3_600;
    assert_eq!(decide(&pool, event, &a, Decision::Approve, who, over).await.unwrap(), 0);
    sqlx::query("update events set state = 'cancelled'").execute(&pool).await.unwrap();
    assert_eq!(decide(&pool, event, &a, Decision::Approve, who, NOW).await.unwrap(), 0);
    assert_eq!(
        (status_of(&pool, "a").await.as_str(), mails(&pool, "approved").await),
        ("requested", 0)
    );
}

/// Everybody at once: those who ask, one who says yes, one who says no, and some who change their minds.
#[sqlx::test(migrations = "../migrations")]
async fn decisions_and_sign_ups_at_once_never_give_a_seat_twice(pool: PgPool) {
    const SEATS: i64 = 20;
    let event = with_approval(&pool, 20).await;
    let who = organiser(&pool).await;
    let first: Vec<_> = (0..40).map(|n| format!("first{n}")).collect();
    let mut tokens = Vec::new();
    for name in &first {
        tokens.push(ask(&pool, event, name).await.token.unwrap());
    }
    let ids: Vec<i64> = {
        let mut ids = Vec::new();
        for name in &first {
            ids.push(id_of(&pool, name).await);
        }
        ids
    };
    let desk = desk(&pool);
    let asks = async {
        join_all((0..40).map(|n| desk.sign_up(event, applicant(&format!("late{n}")), Lang::Sv)))
            .await;
    };
    let yes = join_all(
        ids[..10].chunks(2).map(|two| decide(&pool, event, two, Decision::Approve, who, NOW)),
    );
    let no = Decision::Refuse { reason: None };
    let noes = join_all(ids[5..].chunks(3).map(|three| decide(&pool, event, three, no, who, NOW)));
    let leaves = join_all(tokens[8..].iter().rev().map(|token| cancel(&pool, token, None, NOW)));
    let (_, yes, noes, leaves) = futures::join!(asks, yes, noes, leaves);
    assert!(yes.iter().chain(&noes).all(Result::is_ok) && leaves.iter().all(Result::is_ok));
    let (taken, waiting) = counted(&pool, event).await;
    assert_eq!(taken, SEATS, "no seat is free while somebody waits, and none is given twice");
    let rows: (i64, i64) = sqlx::query_as(
        "select count(*) filter (where status in ('requested', 'confirmed')),
            count(*) filter (where status = 'waitlisted') from sign_ups",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(rows, (taken, waiting));
}

#[sqlx::test(migrations = "../migrations")]
async fn who_gets_a_freed_seat_is_told_until_when_to_say_no(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1))]).await;
    sqlx::query("update events set reply_hours = 24").execute(&pool).await.unwrap();
    let first = ask(&pool, event, "a").await.token.unwrap();
    let second = ask(&pool, event, "b").await.token.unwrap();
    let third = ask(&pool, event, "c").await.token.unwrap();
    let until = async |token: &str, now: i64| {
        own(&pool, Lang::Sv, token, now).await.unwrap().unwrap().reply_by
    };
    assert_eq!(until(&first, NOW).await, None, "only a seat that came free hurries");
    cancel(&pool, &first, None, NOW).await.unwrap();
    let by = until(&second, NOW).await.unwrap();
    assert_eq!(by.to_string(), "2027-01-02T09:00:00");
    let mail: i64 = sqlx::query_scalar("select id from mails where kind = 'promoted'")
        .fetch_one(&pool)
        .await
        .unwrap();
    let organiser = Organiser { name: "Stafett".into(), address: "s@example.org".into() };
    let site = Site { url: "https://x.se".into(), organiser };
    let letter = letters(&pool, &[mail], &site, NOW).await.unwrap().pop().unwrap();
    let text = letter.mail.text();
    assert!(text.contains("Tacka nej senast lördag 2 januari 2027 kl. 09:00\n"), "{text}");
    assert_eq!(until(&second, NOW + 86_400).await, None, "then the seat is simply theirs");
    assert_eq!(status_of(&pool, "b").await, "confirmed");
    // Close to the event, the time ends where it begins.
    cancel(&pool, &second, None, NOW + 604_800 - 3_600).await.unwrap();
    let by = until(&third, NOW + 604_800 - 3_500).await.unwrap();
    assert_eq!(by.to_string(), "2027-01-08T09:00:00");
    sqlx::query("update events set reply_hours = null").execute(&pool).await.unwrap();
    let fourth = ask(&pool, event, "d").await.token.unwrap();
    set_capacity(&pool, event, Way::Digital, Some(2), NOW).await.unwrap();
    assert_eq!(
        (until(&fourth, NOW).await, status_of(&pool, "d").await.as_str()),
        (None, "confirmed")
    );
}
