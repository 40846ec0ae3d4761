//! The organiser's side against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::{NewQuestion, Terms};
use super::people::model::PeoplePage;
use super::people::query::PeopleQuery;
use super::people::store::page;
use super::store;
use crate::account::model::{Grant, PersonId, Role, SessionId, Viewer};
use crate::events::model::{EventId, Slug, Way};
use crate::services::Clock;
use crate::signup::deed_store::Doing;
use crate::signup::desk::Desk;
use crate::signup::hours_store::change_seats;
use crate::signup::model::{Applicant, Email, Status};
use crate::signup::questions::{Answer, QuestionKind, SeenBy};
use crate::signup::store::Locking;
use crate::text::Lang;
use sqlx::PgPool;

/// Whoever organises.
pub(super) const ACTOR: PersonId = PersonId(1_000_000);
/// 2027-01-01 08:00 UTC.
const NOW: i64 = 1_798_790_400;

pub(super) async fn event(pool: &PgPool, slug: &str) -> EventId {
    sqlx::query("insert into people (id, name) overriding system value values ($1, 'A') on conflict do nothing")
        .bind(ACTOR.0)
        .execute(pool)
        .await
        .unwrap();
    let id = sqlx::query_scalar(
        "with programme as (
            insert into programmes (slug, title_sv) values ('p-' || $1, 'P') returning id
        ), event as (
            insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
            select $1, id, 'seminar', 'published', 'E', to_timestamp($2 + 604800), to_timestamp($2 + 608400),
                'digital' from programme returning id
        )
        insert into event_ways (event_id, way, capacity) select id, 'digital', 2 from event returning event_id",
    );
    EventId(id.bind(slug).bind(NOW).fetch_one(pool).await.unwrap())
}

pub(super) async fn sign_up(pool: &PgPool, event: EventId, name: &str, answers: Vec<Answer>) {
    let desk = Desk::new(pool.clone(), crate::live::hub::Hub::new(pool.clone()), Clock::fixed(NOW));
    let applicant = Applicant {
        name: name.into(),
        email: Email::parse(&format!("{name}@example.org")).unwrap(),
        organisation: "Örebro kommun".into(),
        way: Way::Digital,
        answers,
    };
    desk.sign_up(event, applicant, Lang::Sv).await.unwrap();
}

fn doing(event: EventId) -> Doing {
    Doing { event, actor: ACTOR, now: NOW, locking: Locking::Held }
}

/// Everybody at an event.
async fn people(pool: &PgPool, slug: &str, is_organiser: bool) -> PeoplePage {
    let found = store::find(pool, &Slug::parse(slug).unwrap()).await.unwrap().unwrap();
    let all = PeopleQuery::default();
    page(pool, Lang::Sv, &found, &all, is_organiser, NOW).await.unwrap()
}

pub(super) fn question(label: &str, seen_by: SeenBy) -> NewQuestion {
    NewQuestion {
        kind: QuestionKind::Text,
        label_sv: label.into(),
        label_en: None,
        is_required: false,
        seen_by,
        options_sv: Vec::new(),
        options_en: Vec::new(),
        least: None,
        most: None,
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_host_reads_what_is_for_hosts_and_nothing_else(pool: PgPool) {
    let event = event(&pool, "e").await;
    assert!(
        store::add_question(&pool, ACTOR, event, &question("A", SeenBy::Organisers), 2)
            .await
            .unwrap()
    );
    assert!(
        store::add_question(&pool, ACTOR, event, &question("B", SeenBy::Hosts), 2).await.unwrap()
    );
    assert!(
        !store::add_question(&pool, ACTOR, event, &question("C", SeenBy::Hosts), 2).await.unwrap()
    );
    let ids: Vec<i64> = sqlx::query_scalar("select id from event_questions order by position")
        .fetch_all(&pool)
        .await
        .unwrap();
    let answers = ids.iter().map(|&question| Answer { question, text: "svar".into() }).collect();
    sign_up(&pool, event, "asa", answers).await;
    sqlx::query("update people set diet = 'Vego'").execute(&pool).await.unwrap();

    let organiser = store::event(&pool, Lang::Sv, event, true, NOW).await.unwrap().unwrap();
    let list = people(&pool, "e", true).await;
    let row = &list.rows[0];
    assert_eq!(
        (organiser.questions.len(), list.about.questions.len(), row.answers.len()),
        (2, 2, 2)
    );
    assert_eq!(row.email.as_deref(), Some("asa@example.org"));
    assert_eq!(row.needs, ["Vego"]);

    let host = store::event(&pool, Lang::Sv, event, false, NOW).await.unwrap().unwrap();
    let list = people(&pool, "e", false).await;
    let row = &list.rows[0];
    assert_eq!((host.questions.len(), list.about.questions.len(), row.answers.len()), (1, 1, 1));
    assert_eq!(row.answers[0].question, ids[1]);
    assert_eq!((&row.email, row.needs.len()), (&None, 0));
    assert!(!host.may_change);
}

#[sqlx::test(migrations = "../migrations")]
async fn one_sees_ones_own_programmes_only(pool: PgPool) {
    event(&pool, "mine").await;
    event(&pool, "other").await;
    let mine = store::find(&pool, &Slug::parse("mine").unwrap()).await.unwrap().unwrap();
    let viewer = |role, programme| Viewer {
        id: PersonId(1),
        session: SessionId(1),
        name: "Åsa".into(),
        email: "asa@example.org".into(),
        organisation: None,
        roles: vec![Grant { role, programme }],
    };
    let seen = async |viewer: &Viewer| {
        let events = store::coming(&pool, Lang::Sv, viewer, NOW).await.unwrap();
        events.into_iter().map(|event| event.line.slug).collect::<Vec<_>>()
    };
    assert_eq!(seen(&viewer(Role::Host, Some(mine.programme))).await, ["mine"]);
    assert_eq!(seen(&viewer(Role::Organiser, None)).await.len(), 2);
    assert_eq!(seen(&viewer(Role::Administrator, None)).await.len(), 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn fewer_seats_throw_nobody_out_and_more_go_to_the_line(pool: PgPool) {
    let event = event(&pool, "e").await;
    for name in ["a", "b", "c"] {
        sign_up(&pool, event, name, Vec::new()).await;
    }
    let set = async |seats: u32| {
        change_seats(&pool, doing(event), &[(Way::Digital, Some(seats))]).await.unwrap()
    };
    let have_places = async || {
        let people = people(&pool, "e", true).await.rows;
        people.iter().filter(|row| row.status == Status::Confirmed).count()
    };
    assert_eq!((set(1).await, have_places().await), (Some(1), 2));
    assert_eq!((set(3).await, have_places().await), (Some(0), 3));
}

#[sqlx::test(migrations = "../migrations")]
async fn seats_are_changed_all_or_not_at_all_and_go_on_the_terms_that_there_are(pool: PgPool) {
    let event = event(&pool, "e").await;
    for name in ["a", "b", "c"] {
        sign_up(&pool, event, name, Vec::new()).await;
    }
    sqlx::query("insert into event_ways (event_id, way, capacity) values ($1, 'on_site', 1)")
        .bind(event.0)
        .execute(&pool)
        .await
        .unwrap();
    // Something goes wrong at the last of it.
    sqlx::query("alter table event_ways add check (capacity <> 666)").execute(&pool).await.unwrap();
    let room = |on_site| [(Way::Digital, Some(3)), (Way::OnSite, Some(on_site))];
    assert!(change_seats(&pool, doing(event), &room(666)).await.is_err());
    let terms = Terms { needs_approval: true, reply_hours: Some(9) };
    store::set_terms(&pool, ACTOR, event, &terms).await.unwrap();
    let set = store::event(&pool, Lang::Sv, event, true, NOW).await.unwrap().unwrap();
    assert_eq!((set.needs_approval, set.reply_hours), (true, Some(9)));
    // The terms leave the seats as they are.
    let seats = set.line.seats.way(Way::Digital).and_then(|seats| seats.capacity);
    assert_eq!(seats, Some(2));
    let waits = async || {
        let list = people(&pool, "e", true).await.rows;
        let of = |status| list.iter().filter(|row| row.status == status).count();
        (of(Status::Requested), of(Status::Waitlisted))
    };
    assert_eq!(waits().await, (0, 1));
    // On the new terms: whoever moves up waits for a yes.
    assert_eq!(change_seats(&pool, doing(event), &room(5)).await.unwrap(), Some(0));
    assert_eq!(waits().await, (1, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn another_events_question_stays(pool: PgPool) {
    let (mine, other) = (event(&pool, "mine").await, event(&pool, "other").await);
    store::add_question(&pool, ACTOR, other, &question("A", SeenBy::Hosts), 9).await.unwrap();
    let id: i64 =
        sqlx::query_scalar("select id from event_questions").fetch_one(&pool).await.unwrap();
    store::remove_question(&pool, ACTOR, mine, id).await.unwrap();
    let left = async || -> i64 {
        sqlx::query_scalar("select count(*) from event_questions").fetch_one(&pool).await.unwrap()
    };
    assert_eq!(left().await, 1);
    store::remove_question(&pool, ACTOR, other, id).await.unwrap();
    assert_eq!(left().await, 0);
}
