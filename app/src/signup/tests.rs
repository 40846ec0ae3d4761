//! The desk against a real Postgres: never more confirmed than seats, never lost, never twice.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::desk::Desk;
use super::model::{Applicant, Email, Outcome, Refusal, Status};
use super::own_store::{self, Cancelled};
use crate::events::model::{EventId, Way};
use crate::live::hub::Hub;
use crate::services::Clock;
use crate::text::Lang;
use futures::future::join_all;
use sqlx::PgPool;

/// 2027-01-01 08:00 UTC; sign-up is open, the event is a week later.
pub(crate) const NOW: i64 = 1_798_790_400;

pub(crate) fn desk(pool: &PgPool) -> Desk {
    Desk::new(pool.clone(), Hub::new(pool.clone()), Clock::fixed(NOW))
}

/// One that leaves the lock out.
pub(crate) fn careless_desk(pool: &PgPool) -> Desk {
    Desk::without_lock(pool.clone(), Hub::new(pool.clone()), Clock::fixed(NOW))
}

pub(crate) fn applicant(name: &str) -> Applicant {
    applicant_for(name, Way::Digital)
}

pub(crate) fn applicant_for(name: &str, way: Way) -> Applicant {
    Applicant {
        name: format!("{name} Åberg"),
        email: Email::parse(&format!("{name}@example.org")).unwrap(),
        organisation: "Örebro kommun".into(),
        way,
        answers: Vec::new(),
    }
}

pub(crate) async fn event(pool: &PgPool, ways: &[(&str, Option<i32>)]) -> EventId {
    sqlx::query("insert into programmes (slug, title_sv) values ('p', 'P') on conflict do nothing")
        .execute(pool)
        .await
        .unwrap();
    let id: i64 = sqlx::query_scalar(
        "insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select 'e-' || (select count(*) from events), id, 'seminar', 'published', 'E',
             to_timestamp($1 + 604800), to_timestamp($1 + 608400), 'digital' from programmes returning id",
    )
    .bind(NOW)
    .fetch_one(pool)
    .await
    .unwrap();
    for (way, capacity) in ways {
        sqlx::query("insert into event_ways (event_id, way, capacity) values ($1, $2, $3)")
            .bind(id)
            .bind(way)
            .bind(capacity)
            .execute(pool)
            .await
            .unwrap();
    }
    EventId(id)
}

pub(crate) async fn count(pool: &PgPool, status: &str) -> i64 {
    sqlx::query_scalar("select count(*) from sign_ups where status = $1")
        .bind(status)
        .fetch_one(pool)
        .await
        .unwrap()
}

/// Confirmed and waitlisted as the event's row counts them.
pub(crate) async fn counted(pool: &PgPool, event: EventId) -> (i64, i64) {
    sqlx::query_as(
        "select sum(confirmed), sum(waitlisted) from event_ways where event_id = $1 group by event_id",
    )
    .bind(event.0)
    .fetch_one(pool)
    .await
    .unwrap()
}

pub(crate) async fn mails(pool: &PgPool, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from mails where kind = $1")
        .bind(kind)
        .fetch_one(pool)
        .await
        .unwrap()
}

pub(crate) async fn status_of(pool: &PgPool, name: &str) -> String {
    sqlx::query_scalar(
        "select s.status from sign_ups s join people p on p.id = s.person_id
         where p.email_key = $1 order by s.id desc limit 1",
    )
    .bind(format!("{name}@example.org"))
    .fetch_one(pool)
    .await
    .unwrap()
}

/// Many people at once, shared out over these desks.
async fn crowd(desks: &[Desk], event: EventId, people: usize) -> Vec<Result<Outcome, Refusal>> {
    join_all((0..people).map(|n| {
        let desk = desks[n % desks.len()].clone();
        tokio::spawn(
            async move { desk.sign_up(event, applicant(&format!("p{n}")), Lang::Sv).await },
        )
    }))
    .await
    .into_iter()
    .map(Result::unwrap)
    .collect()
}

/// What must hold after 2,000 people wanted 100 seats.
async fn assert_fair(pool: &PgPool, event: EventId, outcomes: &[Result<Outcome, Refusal>]) {
    assert_eq!(
        outcomes.iter().filter(|outcome| outcome.is_err()).count(),
        0,
        "nobody is turned away"
    );
    let told =
        |status| outcomes.iter().filter(|o| o.as_ref().is_ok_and(|o| o.status == status)).count();
    assert_eq!(told(Status::Confirmed), 100);
    assert_eq!(told(Status::Waitlisted), 1_900);
    let mut positions: Vec<_> =
        outcomes.iter().filter_map(|o| o.as_ref().ok().and_then(|o| o.position)).collect();
    positions.sort_unstable();
    assert_eq!(positions, (1..=1_900).collect::<Vec<_>>(), "each place in line once");
    assert_eq!((count(pool, "confirmed").await, count(pool, "waitlisted").await), (100, 1_900));
    assert_eq!(counted(pool, event).await, (100, 1_900));
    assert_eq!((mails(pool, "confirmed").await, mails(pool, "waitlisted").await), (100, 1_900));
    // Who has a seat came before all who wait.
    let in_order: bool = sqlx::query_scalar(
        "select (select max(queue_number) from sign_ups where status = 'confirmed')
            < (select min(queue_number) from sign_ups where status = 'waitlisted')",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    assert!(in_order);
}

#[sqlx::test(migrations = "../migrations")]
async fn two_thousand_people_and_a_hundred_seats(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(100))]).await;
    let outcomes = crowd(&[desk(&pool)], event, 2_000).await;
    assert_fair(&pool, event, &outcomes).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_at_four_desks_as_in_four_processes(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(100))]).await;
    let desks: Vec<_> = (0..4).map(|_| desk(&pool)).collect();
    let outcomes = crowd(&desks, event, 2_000).await;
    assert_fair(&pool, event, &outcomes).await;
}

/// Shows that the tests above can catch the fault: without the lock, and without what the database
/// refuses by itself, seats are given out twice.
#[sqlx::test(migrations = "../migrations")]
async fn without_the_lock_there_are_more_confirmed_than_seats(pool: PgPool) {
    for ddl in [
        "drop trigger event_ways_guard on event_ways",
        "alter table sign_ups drop constraint strictly_in_order",
    ] {
        sqlx::query(ddl).execute(&pool).await.unwrap();
    }
    let mut overbooked = false;
    // Chance decides who meets whom; a dozen goes leave it none.
    for _ in 0..12 {
        let event = event(&pool, &[("digital", Some(100))]).await;
        let desks: Vec<_> = (0..8).map(|_| careless_desk(&pool)).collect();
        crowd(&desks, event, 400).await;
        let confirmed: i64 = sqlx::query_scalar(
            "select count(*) from sign_ups where event_id = $1 and status = 'confirmed'",
        )
        .bind(event.0)
        .fetch_one(&pool)
        .await
        .unwrap();
        overbooked |= confirmed > 100;
        if overbooked {
            return;
        }
    }
    panic!("the lock was left out, and nothing happened: the other tests prove nothing");
}

/// Even code that forgets the lock cannot overbook: the database refuses.
#[sqlx::test(migrations = "../migrations")]
async fn without_the_lock_the_database_itself_refuses(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(100))]).await;
    let desks: Vec<_> = (0..8).map(|_| careless_desk(&pool)).collect();
    crowd(&desks, event, 800).await;
    assert!(count(&pool, "confirmed").await <= 100);
    assert_eq!(counted(&pool, event).await.0, count(&pool, "confirmed").await);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_address_takes_one_seat_however_often_and_however_written(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(5))]).await;
    let desks: Vec<_> = (0..4).map(|_| desk(&pool)).collect();
    let outcomes = join_all((0..40).map(|n| {
        let desk = desks[n % 4].clone();
        let email = if n % 2 == 0 { "Anna.Öberg@example.org" } else { "anna.öberg@EXAMPLE.org" };
        let applicant = Applicant { email: Email::parse(email).unwrap(), ..applicant("x") };
        async move { desk.sign_up(event, applicant, Lang::Sv).await.unwrap() }
    }))
    .await;
    assert_eq!(count(&pool, "confirmed").await, 1);
    assert!(outcomes.iter().all(|outcome| outcome.status == Status::Confirmed));
    assert_eq!(
        outcomes.iter().filter(|outcome| outcome.token.is_some()).count(),
        1,
        "one link only"
    );
    assert_eq!(mails(&pool, "confirmed").await, 1);
    assert_eq!(
        mails(&pool, "signed_up_again").await,
        1,
        "one reminder, however often it is asked for"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn signing_up_again_tells_the_place_in_line_and_no_secret(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1))]).await;
    let desk = desk(&pool);
    for name in ["a", "b", "c"] {
        desk.sign_up(event, applicant(name), Lang::Sv).await.unwrap();
    }
    let again = desk.sign_up(event, applicant("c"), Lang::Sv).await.unwrap();
    assert_eq!(again, Outcome { status: Status::Waitlisted, position: Some(2), token: None });
}

#[sqlx::test(migrations = "../migrations")]
async fn a_cancelled_place_goes_to_the_first_in_line_at_once(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1))]).await;
    let desk = desk(&pool);
    let mut tokens = Vec::new();
    for name in ["a", "b", "c"] {
        let outcome = desk.sign_up(event, applicant(name), Lang::Sv).await.unwrap();
        tokens.push(outcome.token.unwrap());
    }
    assert_eq!(
        own_store::cancel(&pool, &tokens[0], None, NOW).await.unwrap(),
        Some(Cancelled::Done)
    );
    assert_eq!(status_of(&pool, "a").await, "cancelled");
    assert_eq!(status_of(&pool, "b").await, "confirmed");
    assert_eq!(mails(&pool, "promoted").await, 1);
    assert_eq!(counted(&pool, event).await, (1, 1));
    let third = own_store::own(&pool, Lang::Sv, &tokens[2], NOW).await.unwrap().unwrap();
    assert_eq!((third.status, third.position), (Status::Waitlisted, Some(1)));
    // Once more changes nothing and promotes nobody.
    assert_eq!(
        own_store::cancel(&pool, &tokens[0], None, NOW).await.unwrap(),
        Some(Cancelled::Done)
    );
    assert_eq!(counted(&pool, event).await, (1, 1));
    // Leaving the line frees no seat.
    assert_eq!(
        own_store::cancel(&pool, &tokens[2], None, NOW).await.unwrap(),
        Some(Cancelled::Done)
    );
    assert_eq!(counted(&pool, event).await, (1, 0));
    // And whoever comes back is a new sign-up, with a link of its own.
    let back = desk.sign_up(event, applicant("a"), Lang::Sv).await.unwrap();
    assert_eq!((back.status, back.position), (Status::Waitlisted, Some(1)));
    assert!(back.token.is_some_and(|token| token != tokens[0]));
}

#[sqlx::test(migrations = "../migrations")]
async fn everybody_cancels_while_others_sign_up(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(20))]).await;
    let desks: Vec<_> = (0..3).map(|_| desk(&pool)).collect();
    let first = crowd(&desks, event, 60).await;
    let tokens: Vec<_> = first.into_iter().map(|outcome| outcome.unwrap().token.unwrap()).collect();
    let cancelling =
        join_all(tokens.iter().take(30).map(|token| own_store::cancel(&pool, token, None, NOW)));
    let arriving = join_all((100..140).map(|n| {
        let desk = desks[n % 3].clone();
        async move { desk.sign_up(event, applicant(&format!("p{n}")), Lang::En).await.unwrap() }
    }));
    let (cancelled, _) = futures::future::join(cancelling, arriving).await;
    assert!(cancelled.into_iter().all(|outcome| outcome.unwrap() == Some(Cancelled::Done)));
    // 100 came, 30 went; every seat is taken, and those who wait came after those who have one.
    assert_eq!(counted(&pool, event).await, (20, 50));
    assert_eq!((count(&pool, "confirmed").await, count(&pool, "waitlisted").await), (20, 50));
    let in_order: bool = sqlx::query_scalar(
        "select (select max(queue_number) from sign_ups where status = 'confirmed')
            < (select min(queue_number) from sign_ups where status = 'waitlisted')",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert!(in_order);
}

#[sqlx::test(migrations = "../migrations")]
async fn each_way_of_a_hybrid_event_has_its_own_seats(pool: PgPool) {
    let event = event(&pool, &[("on_site", Some(1)), ("digital", None)]).await;
    let desk = desk(&pool);
    let mut statuses = Vec::new();
    for (name, way) in [("a", Way::OnSite), ("b", Way::OnSite), ("c", Way::Digital)] {
        statuses
            .push(desk.sign_up(event, applicant_for(name, way), Lang::Sv).await.unwrap().status);
    }
    assert_eq!(statuses, [Status::Confirmed, Status::Waitlisted, Status::Confirmed]);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_not_open_takes_nobody(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(5))]).await;
    for change in [
        "state = 'preliminary'",
        "state = 'cancelled'",
        "state = 'published', sign_up_opens_at = to_timestamp(1798790401)",
        "sign_up_opens_at = null, sign_up_closes_at = to_timestamp(1798790400)",
        "sign_up_closes_at = null, starts_at = to_timestamp(1798790400)",
    ] {
        // The conditions are this test's own words.
        sqlx::query(sqlx::AssertSqlSafe(format!("update events set {change}")))
            .execute(&pool)
            .await
            .unwrap();
        let refused = desk(&pool).sign_up(event, applicant("a"), Lang::Sv).await;
        assert_eq!(refused, Err(Refusal::NotOpen), "{change}");
    }
    let on_site = applicant_for("a", Way::OnSite);
    sqlx::query("update events set starts_at = to_timestamp(1799000000), ends_at = to_timestamp(1799003600)")
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(desk(&pool).sign_up(event, on_site, Lang::Sv).await, Err(Refusal::NoSuchWay));
    assert_eq!(
        desk(&pool).sign_up(EventId(999), applicant("a"), Lang::Sv).await,
        Err(Refusal::NotOpen)
    );
    assert_eq!(count(&pool, "confirmed").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_event_that_has_begun_cannot_be_cancelled_from(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(5))]).await;
    let outcome = desk(&pool).sign_up(event, applicant("a"), Lang::Sv).await.unwrap();
    let token = outcome.token.unwrap();
    let begun = NOW + 604_800;
    assert_eq!(
        own_store::cancel(&pool, &token, None, begun).await.unwrap(),
        Some(Cancelled::TooLate)
    );
    assert_eq!(
        own_store::cancel(&pool, "no-such-token-0000000000", None, NOW).await.unwrap(),
        None
    );
    assert_eq!(count(&pool, "confirmed").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_known_persons_name_is_not_changed_by_whoever_types_their_address(pool: PgPool) {
    let first = event(&pool, &[("digital", None)]).await;
    let second = event(&pool, &[("digital", None)]).await;
    let desk = desk(&pool);
    desk.sign_up(first, applicant("a"), Lang::Sv).await.unwrap();
    let other = Applicant { name: "Någon Annan".into(), ..applicant("a") };
    desk.sign_up(second, other, Lang::Sv).await.unwrap();
    let names: Vec<String> =
        sqlx::query_scalar("select name from people").fetch_all(&pool).await.unwrap();
    assert_eq!(names, ["a Åberg"]);
}

/// A table that Postgres took for tiny is not read from end to end for everybody who comes afterwards.
#[sqlx::test(migrations = "../migrations")]
async fn plans_are_not_made_for_the_few_rows_that_there_are_at_first(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    desk(&pool).sign_up(event, applicant("a"), Lang::Sv).await.unwrap();
    sqlx::query("analyze").execute(&pool).await.unwrap();
    let plan = "explain select id from people where email_key = any(array['a@example.org'])";
    let mut careless = pool.begin().await.unwrap();
    let lines: Vec<String> = sqlx::query_scalar(plan).fetch_all(&mut *careless).await.unwrap();
    let text = lines.join(" ");
    assert!(text.contains("Seq Scan"), "otherwise this test says nothing: {text}");
    let mut transaction = super::store::begin(&pool).await.unwrap();
    let lines: Vec<String> = sqlx::query_scalar(plan).fetch_all(&mut *transaction).await.unwrap();
    assert!(lines.join(" ").contains("Index"), "{lines:?}");
}
