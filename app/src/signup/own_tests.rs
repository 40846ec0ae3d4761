//! What happens to a sign-up after it was made, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::join::{DOORS_OPEN, Joining, NotJoined};
use super::join_store::{Asker, join};
use super::model::Status;
use super::own_store::{Cancelled, Moved, cancel, change_way, own};
use super::promotion::set_capacity;
use super::tests::{NOW, applicant, applicant_for, counted, desk, event, mails, status_of};
use crate::account::model::PersonId;
use crate::events::model::{EventId, Slug, Way};
use crate::text::Lang;
use sqlx::PgPool;

/// The event of these tests begins a week from now and lasts an hour.
const BEGINS: i64 = NOW + 604_800;

async fn signed_up(pool: &PgPool, event: EventId, name: &str, way: Way) -> String {
    let outcome = desk(pool).sign_up(event, applicant_for(name, way), Lang::Sv).await.unwrap();
    outcome.token.unwrap()
}

async fn seats(pool: &PgPool, event: EventId, way: &str) -> (i32, i32) {
    sqlx::query_as("select confirmed, waitlisted from event_ways where event_id = $1 and way = $2")
        .bind(event.0)
        .bind(way)
        .fetch_one(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn another_way_keeps_the_place_and_frees_the_seat(pool: PgPool) {
    let event = event(&pool, &[("on_site", Some(1)), ("digital", Some(1))]).await;
    let token = signed_up(&pool, event, "a", Way::OnSite).await;
    signed_up(&pool, event, "b", Way::OnSite).await;
    assert_eq!(change_way(&pool, &token, Way::Digital, NOW).await.unwrap(), Some(Moved::Done));
    assert_eq!(status_of(&pool, "b").await, "confirmed");
    assert_eq!(mails(&pool, "promoted").await, 1);
    assert_eq!(seats(&pool, event, "on_site").await, (1, 0));
    assert_eq!(seats(&pool, event, "digital").await, (1, 0));
    // The same again changes nothing; the way back is full.
    assert_eq!(change_way(&pool, &token, Way::Digital, NOW).await.unwrap(), Some(Moved::Done));
    assert_eq!(change_way(&pool, &token, Way::OnSite, NOW).await.unwrap(), Some(Moved::Full));
    assert_eq!(seats(&pool, event, "digital").await, (1, 0));
    // The next who signs up digitally stands in line behind a number that was not given twice.
    let next = desk(&pool).sign_up(event, applicant_for("c", Way::Digital), Lang::Sv).await;
    assert_eq!(next.unwrap().position, Some(1));
}

#[sqlx::test(migrations = "../migrations")]
async fn from_the_line_of_one_way_to_a_seat_of_the_other(pool: PgPool) {
    let event = event(&pool, &[("on_site", Some(1)), ("digital", Some(2))]).await;
    signed_up(&pool, event, "a", Way::OnSite).await;
    let token = signed_up(&pool, event, "b", Way::OnSite).await;
    assert_eq!(change_way(&pool, &token, Way::Digital, NOW).await.unwrap(), Some(Moved::Done));
    assert_eq!(seats(&pool, event, "on_site").await, (1, 0));
    assert_eq!(seats(&pool, event, "digital").await, (1, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_overtakes_a_line_by_changing_the_way(pool: PgPool) {
    let event = event(&pool, &[("on_site", Some(2)), ("digital", Some(1))]).await;
    let token = signed_up(&pool, event, "a", Way::OnSite).await;
    let first = signed_up(&pool, event, "b", Way::Digital).await;
    signed_up(&pool, event, "c", Way::Digital).await;
    set_capacity(&pool, event, Way::Digital, Some(0), NOW).await.unwrap();
    cancel(&pool, &first, None, NOW).await.unwrap();
    // A seat less than nobody: c still waits, and a must not come before.
    assert_eq!(change_way(&pool, &token, Way::Digital, NOW).await.unwrap(), Some(Moved::Full));
    assert_eq!(status_of(&pool, "c").await, "waitlisted");
}

async fn event_of_two_ways(pool: &PgPool) -> EventId {
    event(pool, &[("digital", Some(2)), ("on_site", Some(2))]).await
}

#[sqlx::test(migrations = "../migrations")]
async fn what_cannot_be_changed(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(2))]).await;
    let token = signed_up(&pool, event, "a", Way::Digital).await;
    assert_eq!(change_way(&pool, &token, Way::OnSite, NOW).await.unwrap(), Some(Moved::NoSuchWay));
    assert_eq!(
        change_way(&pool, &token, Way::Digital, BEGINS).await.unwrap(),
        Some(Moved::TooLate)
    );
    cancel(&pool, &token, None, NOW).await.unwrap();
    assert_eq!(change_way(&pool, &token, Way::Digital, NOW).await.unwrap(), Some(Moved::TooLate));
    let hybrid = event_of_two_ways(&pool).await;
    let token = signed_up(&pool, hybrid, "b", Way::Digital).await;
    sqlx::query("update events set state = 'cancelled'").execute(&pool).await.unwrap();
    assert_eq!(change_way(&pool, &token, Way::OnSite, NOW).await.unwrap(), Some(Moved::TooLate));
    for garbage in ["", "no-such-token-0000000000", "'; drop table sign_ups; --", "a\0b"] {
        assert_eq!(change_way(&pool, garbage, Way::Digital, NOW).await.unwrap(), None);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn everybody_changes_to_the_last_seat_at_once(pool: PgPool) {
    let event = event(&pool, &[("on_site", Some(40)), ("digital", Some(1))]).await;
    let mut tokens = Vec::new();
    for n in 0..40 {
        tokens.push(signed_up(&pool, event, &format!("p{n}"), Way::OnSite).await);
    }
    let moved = futures::future::join_all(
        tokens.iter().map(|token| change_way(&pool, token, Way::Digital, NOW)),
    )
    .await;
    let done = moved.iter().filter(|moved| matches!(moved, Ok(Some(Moved::Done)))).count();
    let full = moved.iter().filter(|moved| matches!(moved, Ok(Some(Moved::Full)))).count();
    assert_eq!((done, full), (1, 39));
    assert_eq!(seats(&pool, event, "digital").await, (1, 0));
    assert_eq!(seats(&pool, event, "on_site").await, (39, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn more_seats_go_to_the_line_in_its_order(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1))]).await;
    for name in ["a", "b", "c", "d"] {
        signed_up(&pool, event, name, Way::Digital).await;
    }
    let beyond = set_capacity(&pool, event, Way::Digital, Some(3), NOW).await.unwrap();
    assert_eq!(beyond, Some(0));
    assert_eq!(counted(&pool, event).await, (3, 1));
    assert_eq!(status_of(&pool, "d").await, "waitlisted");
    assert_eq!(mails(&pool, "promoted").await, 2);
    set_capacity(&pool, event, Way::Digital, None, NOW).await.unwrap();
    assert_eq!(counted(&pool, event).await, (4, 0));
    assert_eq!(set_capacity(&pool, event, Way::OnSite, Some(3), NOW).await.unwrap(), None);
}

#[sqlx::test(migrations = "../migrations")]
async fn fewer_seats_throw_nobody_out_and_give_none_away(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(3))]).await;
    let mut tokens = Vec::new();
    for name in ["a", "b", "c"] {
        tokens.push(signed_up(&pool, event, name, Way::Digital).await);
    }
    let beyond = set_capacity(&pool, event, Way::Digital, Some(1), NOW).await.unwrap();
    assert_eq!(beyond, Some(2));
    assert_eq!(counted(&pool, event).await, (3, 0));
    let late = desk(&pool).sign_up(event, applicant("d"), Lang::Sv).await.unwrap();
    assert_eq!(late.status, Status::Waitlisted);
    // A place that is left is one of those too many, until there are seats again.
    cancel(&pool, &tokens[0], None, NOW).await.unwrap();
    cancel(&pool, &tokens[1], None, NOW).await.unwrap();
    assert_eq!(status_of(&pool, "d").await, "waitlisted");
    cancel(&pool, &tokens[2], None, NOW).await.unwrap();
    assert_eq!(status_of(&pool, "d").await, "confirmed");
    // And the database itself refuses one more than there are seats.
    let refused =
        sqlx::query("update event_ways set confirmed = confirmed + 1").execute(&pool).await;
    let error = refused.unwrap_err();
    let constraint = error.as_database_error().and_then(|error| error.constraint());
    assert_eq!(constraint, Some("never_more_confirmed_than_seats"));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_happened_is_kept_with_the_reason(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1))]).await;
    let first = signed_up(&pool, event, "a", Way::Digital).await;
    let second = signed_up(&pool, event, "b", Way::Digital).await;
    let done = cancel(&pool, &first, Some("Jag är sjuk"), NOW + 60).await.unwrap();
    assert_eq!(done, Some(Cancelled::Done));
    let steps = async |token: &str| {
        let own = own(&pool, Lang::Sv, token, NOW).await.unwrap().unwrap();
        own.history
            .iter()
            .map(|moment| (moment.from.map(|from| from.0), moment.status))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        steps(&second).await,
        [(None, Status::Waitlisted), (Some(Status::Waitlisted), Status::Confirmed)]
    );
    assert_eq!(
        steps(&first).await,
        [(None, Status::Confirmed), (Some(Status::Confirmed), Status::Cancelled)]
    );
    let reason: Option<String> =
        sqlx::query_scalar("select reason from sign_up_history where reason is not null")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(reason.as_deref(), Some("Jag är sjuk"));
}

#[sqlx::test(migrations = "../migrations")]
async fn to_the_meeting_with_a_place_from_a_quarter_before(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1)), ("on_site", Some(9))]).await;
    let here = signed_up(&pool, event, "a", Way::Digital).await;
    let waits = signed_up(&pool, event, "b", Way::Digital).await;
    let on_site = signed_up(&pool, event, "c", Way::OnSite).await;
    let gone = signed_up(&pool, event, "d", Way::OnSite).await;
    cancel(&pool, &gone, None, NOW).await.unwrap();
    let slug = Slug::parse("e-0").unwrap();
    let ask = async |token: Option<&str>, at: i64| {
        let asker = Asker { ticket: token, is_navigation: true, ..Asker::default() };
        join(&pool, &slug, asker, at).await.unwrap().unwrap()
    };
    let opens = BEGINS - DOORS_OPEN;
    assert_eq!(ask(Some(&here), opens).await, Joining::Not(NotJoined::NoMeeting));
    sqlx::query("update events set meeting_url = 'https://meet.example.org/x'")
        .execute(&pool)
        .await
        .unwrap();
    for (token, at, why) in [
        (None, opens, NotJoined::Nobody),
        (Some("somebody-elses-00000000"), opens, NotJoined::Nobody),
        (Some("\0"), opens, NotJoined::Nobody),
        (Some(waits.as_str()), opens, NotJoined::Waitlisted),
        (Some(on_site.as_str()), opens, NotJoined::OnSite),
        (Some(gone.as_str()), opens, NotJoined::Cancelled),
        (Some(here.as_str()), opens - 1, NotJoined::NotYet),
        (Some(here.as_str()), BEGINS + 3_600, NotJoined::Over),
    ] {
        assert_eq!(ask(token, at).await, Joining::Not(why), "{why:?}");
    }
    assert_eq!(status_of(&pool, "a").await, "confirmed");
    // What only looks at the link is sent on, but was not there.
    let looks = Asker { ticket: Some(&here), ..Asker::default() };
    let looked = join(&pool, &slug, looks, opens).await.unwrap();
    assert_eq!(looked, Some(Joining::To("https://meet.example.org/x".into())));
    assert_eq!(status_of(&pool, "a").await, "confirmed");
    for _ in 0..2 {
        assert!(matches!(ask(Some(&here), opens).await, Joining::To(_)));
    }
    assert_eq!(status_of(&pool, "a").await, "attended");
    assert_eq!(counted(&pool, event).await, (2, 1), "the seat stays taken");
    sqlx::query("update events set state = 'cancelled'").execute(&pool).await.unwrap();
    assert_eq!(ask(Some(&here), opens).await, Joining::Not(NotJoined::EventCancelled));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_session_is_as_good_as_the_link(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1))]).await;
    let first = signed_up(&pool, event, "a", Way::Digital).await;
    cancel(&pool, &first, None, NOW).await.unwrap();
    signed_up(&pool, event, "a", Way::Digital).await;
    signed_up(&pool, event, "b", Way::Digital).await;
    sqlx::query("update events set meeting_url = 'https://meet.example.org/x'")
        .execute(&pool)
        .await
        .unwrap();
    let slug = Slug::parse("e-0").unwrap();
    let person = async |name: &str| {
        let id = sqlx::query_scalar("select id from people where email = $1 || '@example.org'");
        PersonId(id.bind(name).fetch_one(&pool).await.unwrap())
    };
    let (a, b) = (person("a").await, person("b").await);
    let ask = async |ticket: Option<&str>, person: PersonId| {
        let asker = Asker { ticket, person: Some(person), is_navigation: true };
        join(&pool, &slug, asker, BEGINS).await.unwrap().unwrap()
    };
    // The link says which sign-up is meant.
    assert_eq!(ask(Some(&first), a).await, Joining::Not(NotJoined::Cancelled));
    assert_eq!(ask(Some("no"), a).await, Joining::Not(NotJoined::Nobody));
    assert_eq!(ask(None, PersonId(-1)).await, Joining::Not(NotJoined::NotSignedUp));
    assert_eq!(ask(None, b).await, Joining::Not(NotJoined::Waitlisted));
    assert!(matches!(ask(None, a).await, Joining::To(_)));
    let attended: i64 =
        sqlx::query_scalar("select count(*) from sign_ups where status = 'attended'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(attended, 1);
}
