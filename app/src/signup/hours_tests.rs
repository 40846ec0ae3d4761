//! Sign-up opened and closed, seats added and taken away, and all of it undone, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::deed_store::{Doing, undo};
use super::deeds::{DeedKind, NotDone};
use super::hours_store::{change_seats, kind_of, set_open};
use super::recent_store::recent;
use super::store::Locking;
use super::tests::{NOW, applicant, counted, desk, event, mails, status_of};
use crate::account::model::PersonId;
use crate::events::model::{EventId, Way};
use crate::text::Lang;
use sqlx::PgPool;

async fn doing(pool: &PgPool, event: EventId) -> Doing {
    let id = sqlx::query_scalar("insert into people (name) values ('O') returning id");
    let actor = PersonId(id.fetch_one(pool).await.unwrap());
    Doing { event, actor, now: NOW, locking: Locking::Held }
}

async fn newest(pool: &PgPool, event: EventId) -> i64 {
    recent(pool, Lang::Sv, event, NOW).await.unwrap()[0].id
}

async fn can_come(pool: &PgPool, event: EventId, name: &str) -> bool {
    desk(pool).sign_up(event, applicant(name), Lang::Sv).await.is_ok()
}

async fn hours(pool: &PgPool) -> (Option<i64>, Option<i64>) {
    sqlx::query_as(
        "select extract(epoch from sign_up_opens_at)::bigint, extract(epoch from sign_up_closes_at)::bigint from events",
    )
    .fetch_one(pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn closed_and_opened_at_once_and_back_again(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(9))]).await;
    let who = doing(&pool, event).await;
    assert_eq!(set_open(&pool, who, true).await.unwrap(), Ok(0), "it is open");
    assert_eq!(set_open(&pool, who, false).await.unwrap(), Ok(1));
    assert_eq!(set_open(&pool, who, false).await.unwrap(), Ok(0), "it is closed");
    assert!(!can_come(&pool, event, "a").await);
    let closed = newest(&pool, event).await;
    assert_eq!(kind_of(&pool, event, closed).await.unwrap(), Some(DeedKind::Close));
    assert_eq!(undo(&pool, who, closed).await.unwrap(), Ok(1));
    assert_eq!(undo(&pool, who, closed).await.unwrap(), Ok(0), "twice is once");
    assert_eq!(hours(&pool).await, (None, None));
    assert!(can_come(&pool, event, "a").await);
    // It would have opened later, and closed after that.
    sqlx::query("update events set sign_up_opens_at = to_timestamp($1), sign_up_closes_at = to_timestamp($2)")
        .bind(NOW + 50)
        .bind(NOW + 90)
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(set_open(&pool, who, true).await.unwrap(), Ok(1));
    assert_eq!(hours(&pool).await, (Some(NOW), Some(NOW + 90)));
    assert!(can_come(&pool, event, "b").await);
    let opened = newest(&pool, event).await;
    // Opened and closed in the same second.
    assert_eq!(set_open(&pool, who, false).await.unwrap(), Ok(1));
    assert_eq!(hours(&pool).await, (Some(NOW - 1), Some(NOW)));
    assert_eq!(undo(&pool, who, opened).await.unwrap(), Err(NotDone::Changed));
    assert_eq!(undo(&pool, who, newest(&pool, event).await).await.unwrap(), Ok(1));
    assert_eq!(undo(&pool, who, opened).await.unwrap(), Ok(1));
    assert_eq!(hours(&pool).await, (Some(NOW + 50), Some(NOW + 90)));
    let logged: i64 = sqlx::query_scalar(
        "select count(*) from audit_log where subject = 'events' and actor_id = $1",
    )
    .bind(who.actor.0)
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(logged, 6);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_has_begun_or_is_not_published_is_not_opened(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    let who = doing(&pool, event).await;
    let late = Doing { now: NOW + 604_800, ..who };
    assert_eq!(set_open(&pool, late, true).await.unwrap(), Err(NotDone::Over));
    for state in ["preliminary", "cancelled", "held"] {
        sqlx::query("update events set state = $1").bind(state).execute(&pool).await.unwrap();
        for open in [true, false] {
            assert_eq!(set_open(&pool, who, open).await.unwrap(), Err(NotDone::Over), "{state}");
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn fewer_seats_take_no_place_away_and_more_go_to_the_line(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(2))]).await;
    let who = doing(&pool, event).await;
    for name in ["a", "b", "c", "d"] {
        assert!(can_come(&pool, event, name).await);
    }
    let seats = |count| [(Way::Digital, count)];
    assert_eq!(change_seats(&pool, who, &seats(Some(2))).await.unwrap(), None, "it is so");
    assert_eq!(change_seats(&pool, who, &seats(Some(1))).await.unwrap(), Some(1));
    assert_eq!(counted(&pool, event).await, (2, 2));
    let fewer = newest(&pool, event).await;
    assert_eq!(change_seats(&pool, who, &seats(Some(3))).await.unwrap(), Some(0));
    assert_eq!((counted(&pool, event).await, mails(&pool, "promoted").await), ((3, 1), 1));
    assert_eq!(
        undo(&pool, who, fewer).await.unwrap(),
        Err(NotDone::Changed),
        "it has changed since"
    );
    let said = recent(&pool, Lang::Sv, event, NOW).await.unwrap();
    let change = said[0].seats[0];
    assert_eq!((change.way, change.was, change.became), (Way::Digital, Some(1), Some(3)));
    // Undone, the one who moved up stays.
    assert_eq!(undo(&pool, who, said[0].id).await.unwrap(), Ok(1));
    assert_eq!(
        (counted(&pool, event).await, status_of(&pool, "c").await),
        ((3, 1), "confirmed".into())
    );
    assert_eq!(undo(&pool, who, fewer).await.unwrap(), Ok(1));
    assert_eq!(counted(&pool, event).await, (3, 1));
    assert_eq!(change_seats(&pool, who, &seats(None)).await.unwrap(), Some(0));
    assert_eq!(counted(&pool, event).await, (4, 0));
    // Another event's ways are none of this one's.
    assert_eq!(change_seats(&pool, who, &[(Way::OnSite, Some(5))]).await.unwrap(), None);
    let late = Doing { now: NOW + 601, ..who };
    let newest = newest(&pool, event).await;
    assert_eq!(undo(&pool, late, newest).await.unwrap(), Err(NotDone::Over));
}
