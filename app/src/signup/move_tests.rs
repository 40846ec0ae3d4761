//! People moved to another event and back again, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::deed_store::{Doing, undo};
use super::deeds::NotDone;
use super::move_offer_store::offer;
use super::move_store::move_to;
use super::moving::Forecast;
use super::recent_store::recent;
use super::store::Locking;
use super::tests::{NOW, applicant, counted, desk, event, mails};
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

/// Everybody's status at an event, in the order of the line.
async fn at(pool: &PgPool, event: EventId) -> Vec<(String, String)> {
    sqlx::query_as(
        "select split_part(p.email_key, '@', 1), s.status from sign_ups s join people p on p.id = s.person_id
         where s.event_id = $1 order by s.queue_number",
    )
    .bind(event.0)
    .fetch_all(pool)
    .await
    .unwrap()
}

fn standing(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(name, status)| ((*name).to_owned(), (*status).to_owned())).collect()
}

async fn token(pool: &PgPool, sign_up: i64) -> String {
    let token = sqlx::query_scalar("select token from sign_ups where id = $1").bind(sign_up);
    token.fetch_one(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_seat_if_there_is_one_then_in_line_and_all_of_it_back(pool: PgPool) {
    let here = event(&pool, &[("digital", Some(2))]).await;
    let there = event(&pool, &[("digital", Some(2))]).await;
    let who = doing(&pool, here).await;
    let ids = come(&pool, here, &["a", "b", "c", "d"]).await;
    come(&pool, there, &["x", "b"]).await;
    sqlx::query("update event_ways set capacity = 3 where event_id = $1")
        .bind(there.0)
        .execute(&pool)
        .await
        .unwrap();
    let link = token(&pool, ids[0]).await;
    let asked = offer(&pool, Lang::Sv, here, &ids, NOW + 1).await.unwrap().unwrap();
    let expected = Forecast { seats: 1, line: 2, already: 1 };
    assert_eq!((asked.targets.len(), asked.targets[0].forecast), (1, expected));
    assert_eq!(move_to(&pool, who, there, &ids, true).await.unwrap(), Ok(expected));
    let (gone, waits) = ("cancelled", "waitlisted");
    assert_eq!(
        at(&pool, here).await,
        standing(&[("a", gone), ("b", "confirmed"), ("c", gone), ("d", gone)])
    );
    assert_eq!(
        at(&pool, there).await,
        standing(&[
            ("x", "confirmed"),
            ("b", "confirmed"),
            ("a", "confirmed"),
            ("c", waits),
            ("d", waits)
        ])
    );
    // The link that they know goes along, and one mail tells of it.
    let now_at: (i64, i64) =
        sqlx::query_as("select event_id, moved_from_id from sign_ups where token = $1")
            .bind(&link)
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(now_at, (there.0, ids[0]));
    assert_eq!((mails(&pool, "confirmed").await, mails(&pool, "cancelled").await), (5, 0));

    let deed = newest(&pool, here).await;
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Ok(3));
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Ok(0), "twice is once");
    assert_eq!(
        at(&pool, here).await,
        standing(&[("a", "confirmed"), ("b", "confirmed"), ("c", waits), ("d", waits)])
    );
    assert_eq!((counted(&pool, here).await, counted(&pool, there).await), ((2, 2), (2, 0)));
    assert_eq!(token(&pool, ids[0]).await, link);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_they_leave_goes_to_the_next_and_is_not_taken_back(pool: PgPool) {
    let here = event(&pool, &[("digital", Some(1))]).await;
    let there = event(&pool, &[("digital", None)]).await;
    let who = doing(&pool, here).await;
    let ids = come(&pool, here, &["a", "b"]).await;
    assert_eq!(
        move_to(&pool, who, there, &ids[..1], false).await.unwrap(),
        Ok(Forecast { seats: 1, ..Forecast::default() })
    );
    assert_eq!(at(&pool, here).await, standing(&[("a", "cancelled"), ("b", "confirmed")]));
    assert_eq!((mails(&pool, "cancelled").await, mails(&pool, "promoted").await), (0, 1));
    let deed = newest(&pool, here).await;
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Err(NotDone::Full));
    sqlx::query("update event_ways set capacity = 2 where event_id = $1")
        .bind(here.0)
        .execute(&pool)
        .await
        .unwrap();
    // Whoever has changed something there is not moved back over their head.
    sqlx::query("update sign_ups set status = 'cancelled', updated_at = to_timestamp($2) where event_id = $1")
        .bind(there.0)
        .bind(NOW + 5)
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(undo(&pool, who, deed).await.unwrap(), Err(NotDone::Changed));
}

#[sqlx::test(migrations = "../migrations")]
async fn only_within_the_programme_and_to_what_is_to_come(pool: PgPool) {
    let here = event(&pool, &[("digital", None)]).await;
    let there = event(&pool, &[("digital", None)]).await;
    let who = doing(&pool, here).await;
    let ids = come(&pool, here, &["a"]).await;
    assert_eq!(move_to(&pool, who, here, &ids, false).await.unwrap(), Err(NotDone::Over));
    assert_eq!(
        move_to(&pool, who, EventId(999_999), &ids, false).await.unwrap(),
        Err(NotDone::Over)
    );
    for state in ["draft", "preliminary", "cancelled", "held"] {
        let set = sqlx::query("update events set state = $2 where id = $1").bind(there.0);
        set.bind(state).execute(&pool).await.unwrap();
        let outcome = move_to(&pool, who, there, &ids, false).await.unwrap();
        assert_eq!(outcome, Err(NotDone::Over), "{state}");
        assert!(offer(&pool, Lang::Sv, here, &ids, NOW).await.unwrap().unwrap().targets.is_empty());
    }
    let other = "with p as (insert into programmes (slug, title_sv) values ('q', 'Q') returning id)
        update events set state = 'published', programme_id = p.id from p where events.id = $1";
    sqlx::query(other).bind(there.0).execute(&pool).await.unwrap();
    assert_eq!(move_to(&pool, who, there, &ids, false).await.unwrap(), Err(NotDone::Over));
    // From what is cancelled people can be moved; those of another event are nobody here.
    sqlx::query("update events set state = 'cancelled', programme_id = (select programme_id from events where id = $1) where id = $2")
        .bind(there.0)
        .bind(here.0)
        .execute(&pool)
        .await
        .unwrap();
    let elsewhere = Doing { event: there, ..who };
    assert_eq!(move_to(&pool, elsewhere, here, &ids, false).await.unwrap(), Err(NotDone::Over));
    assert_eq!(move_to(&pool, who, there, &ids, false).await.unwrap().unwrap().seats, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn answers_go_along_where_the_same_is_asked_of_the_same_readers(pool: PgPool) {
    let here = event(&pool, &[("digital", None)]).await;
    let there = event(&pool, &[("digital", None)]).await;
    let who = doing(&pool, here).await;
    let ids = come(&pool, here, &["a"]).await;
    let ask = async |event: EventId,
                     position: i32,
                     kind: &str,
                     label: &str,
                     options: &[&str],
                     seen: &str|
           -> i64 {
        sqlx::query_scalar(
            "insert into event_questions (event_id, position, kind, label_sv, options_sv, seen_by)
             values ($1, $2, $3, $4, $5, $6) returning id",
        )
        .bind(event.0)
        .bind(position)
        .bind(kind)
        .bind(label)
        .bind(options)
        .bind(seen)
        .fetch_one(&pool)
        .await
        .unwrap()
    };
    let questions = [
        ("choice", "Mat?", &["Kött", "Fisk"][..], "hosts", "Fisk"),
        ("choice", "Dryck?", &["Öl", "Te"], "hosts", "Te"),
        ("text", "Hemligt?", &[], "organisers", "Ja"),
        ("number", "Hur många?", &[], "organisers", "3"),
        ("text", "Bara här?", &[], "organisers", "x"),
    ];
    for (position, (kind, label, options, seen, answer)) in (1..).zip(questions) {
        let question = ask(here, position, kind, label, options, seen).await;
        sqlx::query("insert into sign_up_answers values ($1, $2, $3)")
            .bind(ids[0])
            .bind(question)
            .bind(answer)
            .execute(&pool)
            .await
            .unwrap();
    }
    ask(there, 1, "choice", "Mat?", &["Fisk", "Vego"], "hosts").await;
    ask(there, 2, "choice", "Dryck?", &["Öl", "Kaffe"], "hosts").await;
    ask(there, 3, "text", "Hemligt?", &[], "hosts").await;
    ask(there, 4, "number", "Hur många?", &[], "organisers").await;
    move_to(&pool, who, there, &ids, false).await.unwrap().unwrap();
    let taken: Vec<String> = sqlx::query_scalar(
        "select a.answer from sign_up_answers a join sign_ups s on s.id = a.sign_up_id
         where s.event_id = $1 order by a.question_id",
    )
    .bind(there.0)
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(taken, ["Fisk", "3"]);
}

/// Two organisers who move people to and fro, and participants who come meanwhile.
async fn to_and_fro(pool: &PgPool, locking: Locking) -> bool {
    const SEATS: i64 = 6;
    let seats = &[("digital", Some(6))];
    let (one, other) = (event(pool, seats).await, event(pool, seats).await);
    let names = |mark: &str| (0..10).map(|n| format!("{mark}{}-{n}", one.0)).collect::<Vec<_>>();
    let (here, there) = (names("h"), names("t"));
    let of =
        |names: &[String]| names.iter().map(String::as_str).map(str::to_owned).collect::<Vec<_>>();
    let mut ids = Vec::new();
    for (event, names) in [(one, of(&here)), (other, of(&there))] {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        ids.push(come(pool, event, &names).await);
    }
    let away = Doing { locking, ..doing(pool, one).await };
    let back = Doing { locking, ..doing(pool, other).await };
    let forth = join_all(ids[0].chunks(2).map(|two| move_to(pool, away, other, two, false)));
    let home = join_all(ids[1].chunks(2).map(|two| move_to(pool, back, one, two, false)));
    let (forth, home) = futures::join!(forth, home);
    let fine = forth.iter().chain(&home).all(|outcome| matches!(outcome, Ok(Ok(_))));
    let mut kept = true;
    for event in [one, other] {
        let (taken, waiting) = counted(pool, event).await;
        let rows: (i64, i64) = sqlx::query_as(
            "select count(*) filter (where status = 'confirmed'), count(*) filter (where status = 'waitlisted')
             from sign_ups where event_id = $1",
        )
        .bind(event.0)
        .fetch_one(pool)
        .await
        .unwrap();
        kept &= taken <= SEATS && (taken == SEATS || waiting == 0) && rows == (taken, waiting);
    }
    let live: i64 = sqlx::query_scalar(
        "select count(*) from sign_ups where event_id = any($1) and status in ('confirmed', 'waitlisted')",
    )
    .bind([one.0, other.0])
    .fetch_one(pool)
    .await
    .unwrap();
    fine && kept && live == 20
}

#[sqlx::test(migrations = "../migrations")]
async fn opposite_moves_at_once_neither_stop_each_other_nor_exceed_the_seats(pool: PgPool) {
    for _ in 0..3 {
        assert!(to_and_fro(&pool, Locking::Held).await);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_test_above_catches_a_missing_lock(pool: PgPool) {
    // Whatever the machine makes of it: in some of these rounds something goes wrong.
    for _ in 0..10 {
        if !to_and_fro(&pool, Locking::LeftOut).await {
            return;
        }
    }
    unreachable!("the lock is needed for nothing");
}
