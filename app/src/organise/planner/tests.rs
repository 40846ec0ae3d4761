//! The planners' calendar against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::clash::{Shared, clashes};
use super::model::MOST_COLLISIONS;
use super::store::{between, of_event};
use crate::account::model::{Grant, PersonId, Role, SessionId, Viewer};
use crate::events::model::EventId;
use crate::text::Lang;
use jiff::civil::date;
use sqlx::PgPool;

fn viewer(programme: Option<i64>) -> Viewer {
    Viewer {
        id: PersonId(1),
        session: SessionId(1),
        name: "Åsa".into(),
        email: "asa@example.org".into(),
        organisation: None,
        roles: vec![Grant { role: Role::Organiser, programme }],
    }
}

async fn number(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn ones_own_drafts_are_there_and_others_are_not(pool: PgPool) {
    let mine =
        number(&pool, "insert into programmes (slug, title_sv) values ('a', 'A') returning id")
            .await;
    number(&pool, "insert into programmes (slug, title_sv) values ('b', 'B') returning id").await;
    sqlx::query(
        "insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format, meeting_url, archived_at)
         select p.slug || '-' || it.name, p.id, 'seminar', it.state, it.name, '2033-02-15 08:00Z', '2033-02-15 09:00Z',
             'digital', 'https://zoom.example/1', it.away
         from programmes p, (values ('draft', 'draft', null), ('public', 'published', null), ('off', 'cancelled', null),
             ('away', 'draft', now())) it (name, state, away)",
    )
    .execute(&pool)
    .await
    .unwrap();
    let days = (date(2033, 2, 1), date(2033, 2, 28));
    let (events, needs) = between(&pool, Lang::Sv, &viewer(Some(mine)), days).await.unwrap();
    let slugs: Vec<_> = events.iter().map(|event| event.slug.as_str()).collect();
    assert_eq!(slugs, ["a-draft", "a-public", "b-public"]);
    assert_eq!(events.iter().map(|event| event.is_mine).collect::<Vec<_>>(), [true, true, false]);
    let found = clashes(&needs);
    // One programme; and the same meeting link, also with the programme of somebody else.
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|clash| clash.shared.iter().any(|(what, _)| *what == Shared::Room)));
    let (all, _) = between(&pool, Lang::Sv, &viewer(None), days).await.unwrap();
    assert_eq!(all.len(), 4);
    let march = (date(2033, 3, 1), date(2033, 3, 31));
    assert!(between(&pool, Lang::Sv, &viewer(None), march).await.unwrap().0.is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_year_of_two_thousand_events_is_quick(pool: PgPool) {
    sqlx::query(
        "with p as (insert into programmes (slug, title_sv, audience_sv)
                select 'p' || n, 'P' || n, 'Innovationsledare' from generate_series(1, 8) n returning id),
            people as (insert into people (name) select 'Talare ' || n from generate_series(1, 200) n returning id),
            presenters as (insert into presenters (person_id, slug) select id, 's' || id from people returning person_id),
            e as (insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
                select 'e' || n, (select min(id) from p) + n % 8, 'seminar', 'published', 'E' || n,
                    '2033-01-03 07:00Z'::timestamptz + make_interval(days => n % 360, hours => n % 5),
                    '2033-01-03 08:00Z'::timestamptz + make_interval(days => n % 360, hours => n % 5), 'digital'
                from generate_series(1, 2000) n returning id)
        insert into event_speakers (event_id, person_id, position)
        select e.id, (select min(person_id) from presenters) + e.id % 200, 1 from e",
    )
    .execute(&pool)
    .await
    .unwrap();
    let viewer = viewer(None);
    let begun = std::time::Instant::now();
    let year = (date(2033, 1, 1), date(2033, 12, 31));
    let (events, needs) = between(&pool, Lang::Sv, &viewer, year).await.unwrap();
    let read = begun.elapsed();
    let found = clashes(&needs);
    assert_eq!(events.len(), 2_000);
    assert!(!found.is_empty());
    let whole = begun.elapsed();
    assert!(whole.as_millis() < 1_500, "read in {read:?}, {} clashes after {whole:?}", found.len());
}

#[sqlx::test(migrations = "../migrations")]
async fn an_event_is_told_what_it_collides_with(pool: PgPool) {
    let mine =
        number(&pool, "insert into programmes (slug, title_sv) values ('a', 'A') returning id")
            .await;
    sqlx::query(
        "with b as (insert into programmes (slug, title_sv) values ('b', 'B') returning id)
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format, venue)
         select it.slug, case when it.slug = 'mine' then $1 else b.id end, 'seminar', it.state, it.slug,
             '2033-02-15 08:00Z'::timestamptz + it.later, '2033-02-15 09:00Z'::timestamptz + it.later, 'on_site', it.venue
         from b, (values ('mine', 'draft', interval '0', 'Salen'), ('theirs', 'published', '59 minutes', 'salen'),
             ('elsewhere', 'published', '0', 'Teatern'), ('after', 'published', '1 hour', 'Salen'),
             ('draft', 'draft', '0', 'Salen'), ('off', 'cancelled', '0', 'Salen')) it (slug, state, later, venue)",
    )
    .bind(mine)
    .execute(&pool)
    .await
    .unwrap();
    let event = EventId(number(&pool, "select id from events where slug = 'mine'").await);
    let viewer = viewer(Some(mine));
    let found = of_event(&pool, Lang::Sv, &viewer, event).await.unwrap();
    assert_eq!((found.count, found.shown[0].event.slug.as_str()), (1, "theirs"));
    assert_eq!(found.shown[0].shared, [(Shared::Venue, "Salen".to_owned())]);
    assert!(!found.shown[0].event.is_mine, "leads to its page, and not to a form of others");

    // Many at once: the first are named, all are counted.
    sqlx::query(
        "insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format, venue)
         select 'more-' || n, programme_id, kind, state, title_sv, starts_at, ends_at, format, venue
         from events, generate_series(1, 20) n where slug = 'theirs'",
    )
    .execute(&pool)
    .await
    .unwrap();
    let found = of_event(&pool, Lang::Sv, &viewer, event).await.unwrap();
    assert_eq!((found.count, found.shown.len()), (21, MOST_COLLISIONS));
    sqlx::query("update events set time_known = false where slug = 'mine'")
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(of_event(&pool, Lang::Sv, &viewer, event).await.unwrap().count, 0);
}
