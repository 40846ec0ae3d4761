//! Pictures against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::{About, Description};
use super::store::{Shrunk, describe, find, remove, save};
use crate::account::model::{Grant, PersonId, Role, SessionId, Viewer};
use crate::audit::model::{Deed, LogQuery, Subject};
use crate::audit::store::page as log;
use crate::events::model::EventId;
use crate::images::model::Of;
use crate::images::store::{file, of, portraits};
use crate::organise::plan::state_store::duplicate;
use crate::text::Lang;
use sqlx::PgPool;

struct Desk {
    pool: PgPool,
    viewer: Viewer,
    programme: i64,
    event: i64,
}

async fn number(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

async fn desk(pool: PgPool) -> Desk {
    let programme =
        number(&pool, "insert into programmes (slug, title_sv) values ('p', 'P') returning id")
            .await;
    let event = number(
        &pool,
        "insert into events (slug, programme_id, kind, title_sv, starts_at, ends_at)
         select 'e', id, 'seminar', 'E', now(), now() + interval '1 hour' from programmes returning id",
    )
    .await;
    let person = number(&pool, "insert into people (name) values ('Åsa') returning id").await;
    let viewer = Viewer {
        id: PersonId(person),
        session: SessionId(1),
        name: "Åsa".into(),
        email: "asa@example.org".into(),
        organisation: None,
        roles: vec![Grant { role: Role::Organiser, programme: Some(programme) }],
    };
    Desk { pool, viewer, programme, event }
}

fn picture(letter: char) -> Shrunk {
    Shrunk {
        hash: letter.to_string().repeat(32),
        width: 960,
        height: 540,
        files: vec![(480, vec![1, 2]), (960, vec![3, 4, 5])],
    }
}

fn described() -> Description {
    Description { sv: "En sal".into(), en: "A hall".into(), is_decorative: false }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_picture_is_shown_and_its_files_go_with_its_last_use(pool: PgPool) {
    let Desk { pool, viewer, programme, event } = desk(pool).await;
    let (here, there) = (Of::Event(event), Of::Programme(programme));
    save(&pool, &viewer, here, &picture('a'), &described()).await.unwrap();
    save(&pool, &viewer, there, &picture('a'), &described()).await.unwrap();
    let shown = of(&pool, Lang::En, here).await.unwrap().unwrap();
    assert_eq!((shown.alt.as_str(), shown.widths.as_slice()), ("A hall", &[480, 960][..]));
    assert_eq!(file(&pool, &shown.hash, 960).await.unwrap(), Some(vec![3, 4, 5]));
    assert_eq!(file(&pool, &shown.hash, 961).await.unwrap(), None);

    // Another picture in its place: the first is still that of the programme.
    save(&pool, &viewer, here, &picture('b'), &described()).await.unwrap();
    assert_eq!(number(&pool, "select count(*) from pictures").await, 2);
    remove(&pool, &viewer, there).await.unwrap();
    assert_eq!(number(&pool, "select count(*) from pictures").await, 1);
    assert_eq!(file(&pool, &picture('a').hash, 960).await.unwrap(), None);
    // It goes with what it is of.
    sqlx::query("delete from events").execute(&pool).await.unwrap();
    assert_eq!(number(&pool, "select count(*) from picture_files").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn decoration_has_no_words_and_the_log_has_no_pixels(pool: PgPool) {
    let Desk { pool, viewer, event, .. } = desk(pool).await;
    let here = Of::Event(event);
    assert!(!describe(&pool, &viewer, here, &described()).await.unwrap(), "nothing to describe");
    save(&pool, &viewer, here, &picture('a'), &described()).await.unwrap();
    let decoration = Description { is_decorative: true, ..described() };
    assert!(describe(&pool, &viewer, here, &decoration).await.unwrap());
    assert_eq!(of(&pool, Lang::Sv, here).await.unwrap().unwrap().alt, "");
    let longest = "select max(length(after::text))::bigint from audit_log where subject = 'images'";
    assert!(number(&pool, longest).await < 1_000);
    let log = "select count(*) from audit_log where subject = 'images' and event_id is not null";
    assert_eq!(number(&pool, log).await, 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_portrait_is_for_those_whose_programme_they_speak_in(pool: PgPool) {
    let Desk { pool, viewer, event, .. } = desk(pool).await;
    let mut speakers = Vec::new();
    for slug in ["eva", "bo"] {
        let person = number(&pool, "insert into people (name) values ('Eva') returning id").await;
        sqlx::query("insert into presenters (person_id, slug) values ($1, $2)")
            .bind(person)
            .bind(slug)
            .execute(&pool)
            .await
            .unwrap();
        speakers.push(person);
    }
    let id = speakers[0].to_string();
    let found = find(&pool, &viewer, About::Speaker, &id).await.unwrap();
    assert_eq!(found, None, "speaks nowhere that the viewer organises");
    for (position, person) in (1..).zip(&speakers) {
        sqlx::query(
            "insert into event_speakers (event_id, person_id, position) values ($1, $2, $3)",
        )
        .bind(event)
        .bind(person)
        .bind(position)
        .execute(&pool)
        .await
        .unwrap();
    }
    let found = find(&pool, &viewer, About::Speaker, &id).await.unwrap();
    assert_eq!(found, Some(Of::Person(speakers[0])));
    save(&pool, &viewer, Of::Person(speakers[0]), &picture('c'), &described()).await.unwrap();
    let shown = portraits(&pool, Lang::Sv, event).await.unwrap();
    assert_eq!(shown.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false]);
    assert_eq!(find(&pool, &viewer, About::Event, "e").await.unwrap(), Some(Of::Event(event)));
    assert_eq!(find(&pool, &viewer, About::Series, "e").await.unwrap(), None);
    assert_eq!(find(&pool, &viewer, About::Speaker, "eva").await.unwrap(), None);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_copy_of_an_event_has_the_same_picture_and_both_go_their_own_way(pool: PgPool) {
    let Desk { pool, viewer, event, .. } = desk(pool).await;
    save(&pool, &viewer, Of::Event(event), &picture('a'), &described()).await.unwrap();
    let slug = duplicate(&pool, &viewer, EventId(event), "kopia").await.unwrap();
    let copy = find(&pool, &viewer, About::Event, slug.as_str()).await.unwrap().unwrap();
    let was = of(&pool, Lang::En, Of::Event(event)).await.unwrap();
    assert!(was.is_some());
    assert_eq!(of(&pool, Lang::En, copy).await.unwrap(), was);

    let anew = Description { sv: "Scenen".into(), en: "The stage".into(), is_decorative: false };
    assert!(describe(&pool, &viewer, copy, &anew).await.unwrap());
    assert_eq!(of(&pool, Lang::En, Of::Event(event)).await.unwrap().unwrap().alt, "A hall");
    remove(&pool, &viewer, Of::Event(event)).await.unwrap();
    let left = of(&pool, Lang::En, copy).await.unwrap().unwrap();
    assert_eq!(left.alt, "The stage");
    assert_eq!(file(&pool, &left.hash, 960).await.unwrap(), Some(vec![3, 4, 5]));
    remove(&pool, &viewer, copy).await.unwrap();
    assert_eq!(number(&pool, "select count(*) from pictures").await, 0);
    // Of one without a picture the copy has none.
    let slug = duplicate(&pool, &viewer, EventId(event), "kopia").await.unwrap();
    let copy = find(&pool, &viewer, About::Event, slug.as_str()).await.unwrap().unwrap();
    assert_eq!(of(&pool, Lang::En, copy).await.unwrap(), None);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_done_with_a_picture_of_a_series_is_told_to_those_who_organise_it(pool: PgPool) {
    let Desk { pool, viewer, .. } = desk(pool).await;
    let series = number(
        &pool,
        "insert into series (slug, programme_id, kind, title_sv) select 's', id, 'tour', 'S' from programmes returning id",
    )
    .await;
    let here = Of::Series(series);
    save(&pool, &viewer, here, &picture('a'), &described()).await.unwrap();
    let decoration = Description { is_decorative: true, ..described() };
    assert!(describe(&pool, &viewer, here, &decoration).await.unwrap());
    remove(&pool, &viewer, here).await.unwrap();
    let query = LogQuery { subject: Some(Subject::Image), ..LogQuery::default() };
    let told = log(&pool, Lang::Sv, &viewer, &query).await.unwrap().entries;
    let deeds: Vec<_> = told.iter().map(|entry| entry.deed).collect();
    assert_eq!(deeds, [Deed::Removed, Deed::Changed, Deed::Made]);
    assert!(told.iter().all(|entry| entry.programme.as_deref() == Some("P")));

    let grant = Grant { role: Role::Organiser, programme: Some(i64::MAX) };
    let other = Viewer { roles: vec![grant], ..viewer };
    assert!(log(&pool, Lang::Sv, &other, &query).await.unwrap().entries.is_empty());
}
