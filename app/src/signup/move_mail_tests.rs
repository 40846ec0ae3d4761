//! What those who are moved are mailed: one mail for a move, and one for its being undone, which puts the calendar
//! right for both days. Against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::deed_store::{Doing, undo};
use super::move_store::move_to;
use super::recent_store::recent;
use super::store::Locking;
use super::tests::{NOW, applicant, desk, event};
use crate::account::model::PersonId;
use crate::events::invitation::{Method, Organiser};
use crate::events::model::EventId;
use crate::mail::letters::{Letter, Site, letters};
use crate::mail::model::MailKind;
use crate::mail::store::{Outcome, conclude, take};
use crate::text::Lang;
use sqlx::PgPool;

async fn doing(pool: &PgPool, event: EventId, seconds: i64) -> Doing {
    let id = sqlx::query_scalar("insert into people (name) values ('O') returning id");
    let actor = PersonId(id.fetch_one(pool).await.unwrap());
    Doing { event, actor, now: NOW + seconds, locking: Locking::Held }
}

/// Signs somebody up and says which sign-up that is.
async fn come(pool: &PgPool, event: EventId, name: &str) -> i64 {
    desk(pool).sign_up(event, applicant(name), Lang::Sv).await.unwrap();
    sqlx::query_scalar("select max(id) from sign_ups").fetch_one(pool).await.unwrap()
}

/// The mails to this person that are not sent yet, as they would leave now; then they have left.
async fn post(pool: &PgPool, name: &str) -> Vec<Letter> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "update mails set state = 'sent', sent_at = now() where state = 'queued' and to_address = $1 returning id",
    )
    .bind(format!("{name}@example.org"))
    .fetch_all(pool)
    .await
    .unwrap();
    let organiser = Organiser { name: "Stafett".into(), address: "s@x.se".into() };
    let site = Site { url: "https://x.se".into(), organiser };
    letters(pool, &ids, &site, NOW).await.unwrap()
}

/// What a calendar is asked to do with which event.
async fn asked(pool: &PgPool, letter: &Letter) -> Vec<(Method, i64)> {
    let mut asked = Vec::new();
    for calendar in &letter.calendars {
        let file = calendar.file.replace("\r\n ", "");
        assert_eq!(file.matches("BEGIN:VEVENT").count(), 1, "a file has one method and one event");
        let uid = file.split("\r\nUID:").nth(1).unwrap().split("\r\n").next().unwrap().to_owned();
        let event = sqlx::query_scalar("select id from events where uid::text = $1");
        asked.push((calendar.method, event.bind(uid).fetch_one(pool).await.unwrap()));
    }
    asked
}

#[sqlx::test(migrations = "../migrations")]
async fn who_is_moved_gets_one_mail_that_puts_the_calendar_right(pool: PgPool) {
    let here = event(&pool, &[("digital", None)]).await;
    let there = event(&pool, &[("digital", None)]).await;
    let who = doing(&pool, here, 1).await;
    let a = come(&pool, here, "a").await;
    assert_eq!(asked(&pool, &post(&pool, "a").await[0]).await, [(Method::Request, here.0)]);
    move_to(&pool, who, there, &[a], true).await.unwrap().unwrap();
    let mails = post(&pool, "a").await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].kind, MailKind::Confirmed);
    assert_eq!(
        asked(&pool, &mails[0]).await,
        [(Method::Request, there.0), (Method::CancelOne, here.0)]
    );
    // Whoever is gone from there says so as themselves.
    assert!(mails[0].calendars[0].file.contains("PARTSTAT=ACCEPTED"));
    assert!(mails[0].calendars[1].file.contains("PARTSTAT=DECLINED"));
    assert!(mails[0].mail.text().contains("flyttat din anmälan hit från E, 8 januari 2027"));

    let later = Doing { now: NOW + 60, ..who };
    let deed = recent(&pool, Lang::Sv, here, NOW + 60).await.unwrap()[0].id;
    assert_eq!(undo(&pool, later, deed).await.unwrap(), Ok(1));
    let mails = post(&pool, "a").await;
    assert_eq!(mails.len(), 1);
    assert_eq!(
        asked(&pool, &mails[0]).await,
        [(Method::Request, here.0), (Method::CancelOne, there.0)]
    );
    assert!(mails[0].mail.text().contains("flyttat tillbaka din anmälan hit från E"));
}

#[sqlx::test(migrations = "../migrations")]
async fn who_comes_into_line_there_loses_the_day_here_and_who_waited_has_none_to_lose(
    pool: PgPool,
) {
    let here = event(&pool, &[("digital", Some(1))]).await;
    let there = event(&pool, &[("digital", Some(0))]).await;
    let who = doing(&pool, here, 1).await;
    let (a, b) = (come(&pool, here, "a").await, come(&pool, here, "b").await);
    post(&pool, "a").await;
    post(&pool, "b").await;
    assert_eq!(move_to(&pool, who, there, &[a, b], true).await.unwrap().unwrap().line, 2);
    let (first, second) = (post(&pool, "a").await, post(&pool, "b").await);
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_eq!((first[0].kind, second[0].kind), (MailKind::Waitlisted, MailKind::Waitlisted));
    assert_eq!(asked(&pool, &first[0]).await, [(Method::CancelOne, here.0)]);
    assert!(second[0].calendars.is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn moved_twice_each_mail_takes_out_the_day_before_it(pool: PgPool) {
    let days = [
        event(&pool, &[("digital", None)]).await,
        event(&pool, &[("digital", None)]).await,
        event(&pool, &[("digital", None)]).await,
    ];
    come(&pool, days[0], "a").await;
    post(&pool, "a").await;
    let newest = async || -> i64 {
        sqlx::query_scalar("select max(id) from sign_ups").fetch_one(&pool).await.unwrap()
    };
    for (seconds, two) in (1..).zip(days.windows(2)) {
        let who = doing(&pool, two[0], seconds).await;
        let moved = move_to(&pool, who, two[1], &[newest().await], true).await.unwrap();
        assert_eq!(moved.unwrap().seats, 1);
        let mails = post(&pool, "a").await;
        let expected = [(Method::Request, two[1].0), (Method::CancelOne, two[0].0)];
        assert_eq!(asked(&pool, &mails[0]).await, expected);
    }
}

/// The mail with the invitation here must not come after the one that takes it back, although they are about two
/// sign-ups.
#[sqlx::test(migrations = "../migrations")]
async fn the_mail_of_the_move_does_not_overtake_the_invitation_that_it_takes_back(pool: PgPool) {
    let here = event(&pool, &[("digital", None)]).await;
    let there = event(&pool, &[("digital", None)]).await;
    let who = doing(&pool, here, 1).await;
    let a = come(&pool, here, "a").await;
    move_to(&pool, who, there, &[a], true).await.unwrap().unwrap();
    let deed = recent(&pool, Lang::Sv, here, NOW + 2).await.unwrap()[0].id;
    undo(&pool, Doing { now: NOW + 2, ..who }, deed).await.unwrap().unwrap();
    let mut kinds = Vec::new();
    for _ in 0..3 {
        let taken = take(&pool, 10, NOW + 10).await.unwrap();
        assert_eq!(taken.len(), 1, "one at a time");
        let about: i64 = sqlx::query_scalar("select event_id from mails where id = $1")
            .bind(taken[0].id)
            .fetch_one(&pool)
            .await
            .unwrap();
        kinds.push(about);
        conclude(&pool, &[(taken[0], Outcome::Sent)], NOW + 10).await.unwrap();
    }
    assert_eq!(kinds, [here.0, there.0, here.0]);
}
