//! Signing up several colleagues, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::group_model::{Choice, Group, Member, Named, NoRoom};
use super::group_own::own;
use super::group_store::{self, GroupOutcome, SignedUp};
use super::model::{Email, Status};
use super::own_store::{self, cancel};
use super::tests::{NOW, applicant, applicant_for, count, counted, desk, event, mails, status_of};
use crate::events::model::{EventId, Way};
use crate::text::Lang;
use futures::future::join_all;
use sqlx::PgPool;

fn group(by: &str, names: &[&str], choice: Choice) -> Group {
    let named = |(row, name): (usize, &&str)| Named {
        name: format!("{name} Ek"),
        email: Email::parse(&format!("{name}@example.org")).unwrap(),
        row: Some(row),
    };
    Group { by: applicant(by), choice, people: names.iter().enumerate().map(named).collect() }
}

async fn outcome(pool: &PgPool, event: EventId, group: &Group, now: i64) -> GroupOutcome {
    group_store::sign_up(pool, event, group, Lang::Sv, now).await.unwrap()
}

async fn signed_up(pool: &PgPool, event: EventId, group: &Group) -> SignedUp {
    match outcome(pool, event, group, NOW).await {
        GroupOutcome::SignedUp(done) => done,
        other => panic!("{other:?}"),
    }
}

async fn members(pool: &PgPool, token: &str) -> Vec<Member> {
    own(pool, Lang::Sv, token, NOW).await.unwrap().unwrap().members
}

/// Statuses in short: C, W with the place in line, X for cancelled, - for left out.
fn short(members: &[Member]) -> String {
    let word = |member: &Member| match (member.status, member.position) {
        (Some(Status::Confirmed), None) => "C".to_owned(),
        (Some(Status::Waitlisted), position) => format!("W{}", position.unwrap_or_default()),
        (Some(Status::Cancelled), None) => "X".to_owned(),
        (None, None) => "-".to_owned(),
        other => format!("{other:?}"),
    };
    members.iter().map(word).collect::<Vec<_>>().join(" ")
}

async fn number(pool: &PgPool, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(pool).await.unwrap()
}

async fn token_of(pool: &PgPool, name: &str) -> String {
    sqlx::query_scalar(
        "select s.token from sign_ups s join people p on p.id = s.person_id
         where p.email_key = $1 order by s.id desc limit 1",
    )
    .bind(format!("{name}@example.org"))
    .fetch_one(pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn all_of_them_each_with_a_sign_up_and_a_mail_of_their_own(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(3))]).await;
    let done = signed_up(&pool, event, &group("boss", &["a", "b", "c"], Choice::All)).await;
    assert_eq!(short(&members(&pool, &done.token).await), "C C C");
    assert_eq!(counted(&pool, event).await, (3, 0));
    assert_eq!((mails(&pool, "confirmed").await, mails(&pool, "group").await), (3, 1));
    // They know who did it; whoever did it has none of their links.
    let theirs =
        own_store::own(&pool, Lang::Sv, &token_of(&pool, "a").await, NOW).await.unwrap().unwrap();
    assert_eq!(theirs.signed_up_by.as_deref(), Some("boss Åberg"));
    let tokens: Vec<String> =
        sqlx::query_scalar("select distinct token from sign_ups").fetch_all(&pool).await.unwrap();
    assert!(tokens.len() == 3 && !tokens.contains(&done.token));
    assert_eq!(number(&pool, "select count(*) from sign_ups where consent_version = 2").await, 3);
}

#[sqlx::test(migrations = "../migrations")]
async fn all_or_nobody_writes_nothing_if_one_does_not_fit(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(2))]).await;
    let all = group("boss", &["a", "b", "c"], Choice::All);
    let no_room = GroupOutcome::NoRoom(NoRoom { wanted: 3, left: 2 });
    assert_eq!(outcome(&pool, event, &all, NOW).await, no_room);
    assert_eq!(counted(&pool, event).await, (0, 0));
    for table in ["sign_ups", "mails", "people", "group_sign_ups", "group_members"] {
        let left: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
                .fetch_one(&pool)
                .await
                .unwrap();
        assert_eq!(left, 0, "{table}");
    }
    let line = Group { choice: Choice::Line, ..all };
    let done = signed_up(&pool, event, &line).await;
    assert_eq!(short(&members(&pool, &done.token).await), "C C W1");
}

#[sqlx::test(migrations = "../migrations")]
async fn as_many_as_fit_in_their_order_and_of_the_rest_only_the_names(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(2))]).await;
    let fit = group("boss", &["a", "b", "c"], Choice::Fit);
    let done = signed_up(&pool, event, &fit).await;
    assert_eq!(short(&members(&pool, &done.token).await), "C C -");
    assert_eq!(counted(&pool, event).await, (2, 0));
    assert_eq!(mails(&pool, "waitlisted").await, 0);
    assert_eq!(
        number(&pool, "select count(*) from people where email_key = 'c@example.org'").await,
        0
    );
    // Whoever signs up next is first in line: nobody stands there unseen.
    let next = desk(&pool).sign_up(event, applicant("next"), Lang::Sv).await.unwrap();
    assert_eq!(next.position, Some(1));
    let full = outcome(&pool, event, &group("boss", &["d"], Choice::Fit), NOW).await;
    assert_eq!(full, GroupOutcome::NoRoom(NoRoom { wanted: 1, left: 0 }));
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_overtakes_the_line(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1))]).await;
    for name in ["holder", "waiting"] {
        desk(&pool).sign_up(event, applicant(name), Lang::Sv).await.unwrap();
    }
    // A seat that is free while somebody waits, as in the moment of a capacity that is raised by hand.
    sqlx::query("update event_ways set capacity = 5").execute(&pool).await.unwrap();
    let all = group("boss", &["a", "b"], Choice::All);
    let no_room = GroupOutcome::NoRoom(NoRoom { wanted: 2, left: 0 });
    assert_eq!(outcome(&pool, event, &all, NOW).await, no_room);
    let done = signed_up(&pool, event, &Group { choice: Choice::Line, ..all }).await;
    assert_eq!(short(&members(&pool, &done.token).await), "W2 W3");
    // Who cancels frees a seat for whoever is first, and the group's page follows.
    cancel(&pool, &token_of(&pool, "holder").await, None, NOW).await.unwrap();
    assert_eq!(status_of(&pool, "waiting").await, "confirmed");
    assert_eq!(counted(&pool, event).await, (3, 0));
    assert_eq!(short(&members(&pool, &done.token).await), "C C");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_is_signed_up_already_keeps_it_and_it_stays_theirs(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(2))]).await;
    desk(&pool).sign_up(event, applicant("a"), Lang::Sv).await.unwrap();
    // One seat is left and two are named: with the one who has a seat it is enough for all.
    let done = signed_up(&pool, event, &group("boss", &["a", "b"], Choice::All)).await;
    assert_eq!(counted(&pool, event).await, (2, 0));
    assert_eq!(short(&members(&pool, &done.token).await), "C C");
    assert_eq!(mails(&pool, "signed_up_again").await, 1, "the owner is told");
    let own =
        own_store::own(&pool, Lang::Sv, &token_of(&pool, "a").await, NOW).await.unwrap().unwrap();
    assert_eq!(own.signed_up_by, None);
    // What they do with it is not told to whoever named them; what b does is.
    cancel(&pool, &token_of(&pool, "a").await, None, NOW).await.unwrap();
    cancel(&pool, &token_of(&pool, "b").await, None, NOW).await.unwrap();
    assert_eq!(short(&members(&pool, &done.token).await), "C X");
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_address_twice_takes_one_seat(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(5))]).await;
    let mut twice = group("boss", &["a", "A"], Choice::All);
    let done = signed_up(&pool, event, &twice).await;
    assert_eq!((counted(&pool, event).await, done.people.len()), ((1, 0), 2));
    // Oneself among them is one of them, without anybody who signed them up.
    twice.people = group("boss", &["boss", "b"], Choice::All).people;
    signed_up(&pool, event, &twice).await;
    let own = own_store::own(&pool, Lang::Sv, &token_of(&pool, "boss").await, NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(own.signed_up_by, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn sending_it_twice_disturbs_nobody(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(5))]).await;
    let all = group("boss", &["a", "b"], Choice::All);
    let (first, second) =
        futures::future::join(signed_up(&pool, event, &all), signed_up(&pool, event, &all)).await;
    assert_ne!(first.token, second.token);
    assert_eq!(counted(&pool, event).await, (2, 0));
    assert_eq!((mails(&pool, "group").await, mails(&pool, "signed_up_again").await), (1, 0));
    // Both pages follow.
    cancel(&pool, &token_of(&pool, "a").await, None, NOW).await.unwrap();
    for done in [first, second] {
        assert_eq!(short(&members(&pool, &done.token).await), "X C");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn who_said_no_is_left_in_peace(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(5))]).await;
    signed_up(&pool, event, &group("boss", &["a"], Choice::All)).await;
    cancel(&pool, &token_of(&pool, "a").await, None, NOW).await.unwrap();
    let again = group("other", &["b", "a"], Choice::Line);
    assert_eq!(outcome(&pool, event, &again, NOW + 9_000).await, GroupOutcome::Themselves(vec![1]));
    assert_eq!(counted(&pool, event).await, (0, 0));
    // Nobody stops them from coming after all.
    desk(&pool).sign_up(event, applicant("a"), Lang::Sv).await.unwrap();
    let done = signed_up(&pool, event, &again).await;
    assert_eq!(short(&members(&pool, &done.token).await), "C C");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_address_is_signed_up_by_others_five_times_a_day(pool: PgPool) {
    for n in 0..5 {
        let event = event(&pool, &[("digital", None)]).await;
        signed_up(&pool, event, &group(&format!("boss{n}"), &["victim"], Choice::All)).await;
    }
    let sixth = event(&pool, &[("digital", None)]).await;
    let more = group("boss6", &["victim", "b"], Choice::All);
    assert_eq!(outcome(&pool, sixth, &more, NOW).await, GroupOutcome::Themselves(vec![0]));
    assert_eq!(counted(&pool, sixth).await, (0, 0));
    let tomorrow = outcome(&pool, sixth, &more, NOW + 86_401).await;
    assert!(matches!(tomorrow, GroupOutcome::SignedUp(_)), "{tomorrow:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn one_person_does_not_sign_up_group_after_group(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    for n in 0..20 {
        signed_up(&pool, event, &group("boss", &[&format!("p{n}")], Choice::All)).await;
    }
    let next = group("boss", &["next"], Choice::All);
    assert_eq!(outcome(&pool, event, &next, NOW).await, GroupOutcome::TooManyGroups);
}

#[sqlx::test(migrations = "../migrations")]
async fn closed_events_and_ways_that_are_not_offered_take_nobody(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(5))]).await;
    let mut all = group("boss", &["a"], Choice::All);
    all.by = applicant_for("boss", Way::OnSite);
    assert_eq!(outcome(&pool, event, &all, NOW).await, GroupOutcome::NoSuchWay);
    sqlx::query("update events set state = 'cancelled'").execute(&pool).await.unwrap();
    all.by = applicant("boss");
    assert_eq!(outcome(&pool, event, &all, NOW).await, GroupOutcome::NotOpen);
    assert_eq!(number(&pool, "select count(*) from people").await, 0);
}

/// Groups of four with all three wishes, and single people, all at once: never a seat too many, never half a
/// group that wanted all or nobody, never a deadlock; and everybody who has a seat came before all who wait.
#[sqlx::test(migrations = "../migrations")]
async fn groups_and_single_people_at_once(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(50))]).await;
    let choices = [Choice::All, Choice::Fit, Choice::Line];
    let groups = join_all((0..30).map(|n| {
        let pool = pool.clone();
        tokio::spawn(async move {
            // Every third group shares its last member with the next, the other way round.
            let shared = format!("shared{}", n / 2);
            let names = [format!("g{n}a"), format!("g{n}b"), format!("g{n}c"), shared];
            let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
            if n % 2 == 1 {
                names.reverse();
            }
            let group = group(&format!("boss{n}"), &names, choices[n % 3]);
            let done = group_store::sign_up(&pool, event, &group, Lang::Sv, NOW).await.unwrap();
            (group.choice, done)
        })
    }));
    let desk = desk(&pool);
    let singles = join_all((0..30).map(|n| {
        let desk = desk.clone();
        let who = if n % 2 == 0 { format!("s{n}") } else { format!("shared{}", n / 2) };
        tokio::spawn(async move { desk.sign_up(event, applicant(&who), Lang::Sv).await.unwrap() })
    }));
    let (groups, singles) = futures::future::join(groups, singles).await;
    assert!(singles.iter().all(Result::is_ok));
    for done in groups {
        match done.unwrap() {
            (Choice::All, GroupOutcome::SignedUp(done)) => {
                let short = short(&members(&pool, &done.token).await);
                let new = short.split(' ').filter(|word| *word == "C").count();
                // The shared one may have been in line before; the others are this group's own.
                assert!(new >= 3, "half a group: {short}");
            }
            (Choice::Line, GroupOutcome::NoRoom(_)) => panic!("the line has no end"),
            (_, GroupOutcome::SignedUp(_) | GroupOutcome::NoRoom(_)) => {}
            (_, other) => panic!("{other:?}"),
        }
    }
    assert_eq!(count(&pool, "confirmed").await, 50);
    let (confirmed, waitlisted) = counted(&pool, event).await;
    assert_eq!((confirmed, waitlisted), (50, count(&pool, "waitlisted").await));
    let in_order = "select count(*) from sign_ups c, sign_ups w where c.status = 'confirmed'
        and w.status = 'waitlisted' and c.queue_number > w.queue_number";
    assert_eq!(number(&pool, in_order).await, 0);
    let named = "select count(*) from group_members m join sign_ups s on s.id = m.sign_up_id
        where s.group_sign_up_id <> m.group_sign_up_id";
    assert_eq!(number(&pool, named).await, 0);
}

/// The same people, in groups at two events at once: who is written in which order is the same everywhere.
#[sqlx::test(migrations = "../migrations")]
async fn the_same_people_at_two_events_at_once(pool: PgPool) {
    let events =
        [event(&pool, &[("digital", None)]).await, event(&pool, &[("digital", None)]).await];
    let names: Vec<String> = (0..10).map(|n| format!("p{n}")).collect();
    let all = join_all((0..8).map(|n| {
        let (pool, mut names, event) = (pool.clone(), names.clone(), events[n % 2]);
        names.rotate_left(n);
        tokio::spawn(async move {
            let by = names.remove(n);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            group_store::sign_up(&pool, event, &group(&by, &names, Choice::All), Lang::Sv, NOW)
                .await
        })
    }));
    for done in all.await {
        assert!(matches!(done.unwrap().unwrap(), GroupOutcome::SignedUp(_)));
    }
    for event in events {
        assert_eq!(counted(&pool, event).await, (10, 0));
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_group_that_finds_it_full_leaves_no_trace(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(0))]).await;
    for choice in [Choice::All, Choice::Fit] {
        let none = outcome(&pool, event, &group("boss", &["a"], choice), NOW).await;
        assert_eq!(none, GroupOutcome::NoRoom(NoRoom { wanted: 1, left: 0 }));
    }
    assert_eq!(number(&pool, "select count(*) from people").await, 0);
}
