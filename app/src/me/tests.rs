//! One's own page and calendar, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::calendar_store;
use super::model::{MyPage, MyStopState};
use super::store::page;
use crate::account::model::{PersonId, SessionId, Viewer};
use crate::account::secret;
use crate::events::ics;
use crate::signup::model::Status;
use crate::text::Lang;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// 2026-11-25 08:00 in Stockholm.
const NOW: i64 = 1_795_590_000;

async fn person(pool: &PgPool, email: &str) -> Viewer {
    let id: i64 = sqlx::query_scalar(
        "insert into people (name, email, email_key) values ('Åsa', $1, $1) returning id",
    )
    .bind(email)
    .fetch_one(pool)
    .await
    .unwrap();
    Viewer {
        id: PersonId(id),
        session: SessionId(1),
        name: "Åsa".into(),
        email: email.into(),
        organisation: None,
        roles: Vec::new(),
    }
}

/// Series of so many stops each, a day between them, the first of all this many days from now; all but drafts.
async fn tours(pool: &PgPool, series: i32, stops: i32, from: i32) {
    sqlx::query(
        "with p as (insert into programmes (slug, title_sv) values ('p', 'P') returning id),
        s as (
            insert into series (slug, programme_id, kind, title_sv)
            select 's-' || n, p.id, 'tour', 'S' || n from p, generate_series(1, $1) n returning id, slug
        ), e as (
            insert into events (slug, programme_id, series_id, kind, state, title_sv, starts_at, ends_at, format, meeting_url)
            select s.slug || '-' || n, p.id, s.id, 'seminar', 'published', 'Stopp ' || n,
                to_timestamp($3) + ($4 + n - 1) * interval '1 day',
                to_timestamp($3) + ($4 + n - 1) * interval '1 day' + interval '1 hour', 'digital', 'https://example.org/m'
            from p, s, generate_series(1, $2) n returning id
        )
        insert into event_ways (event_id, way, capacity) select id, 'digital', null from e",
    )
    .bind(series)
    .bind(stops)
    .bind(NOW as f64)
    .bind(from)
    .execute(pool)
    .await
    .unwrap();
}

async fn sign_up(pool: &PgPool, viewer: &Viewer, event: &str, status: &str) {
    sqlx::query(
        "insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language,
            consented_at, consent_version)
         select replace(gen_random_uuid()::text, '-', ''), e.id, 'digital', $1, $3,
            1 + (select count(*) from sign_ups s where s.event_id = e.id), 'Åsa', 'Örebro', 'sv', now(), 1
         from events e where e.slug like $2",
    )
    .bind(viewer.id.0)
    .bind(event)
    .bind(status)
    .execute(pool)
    .await
    .unwrap();
}

async fn record(pool: &PgPool, event: &str, open_to: &str) {
    sqlx::query(
        "insert into recordings (event_id, title, slug, state, published_at, duration_ms, open_to)
         select id, 'R', slug, 'published', now(), 600000, $2 from events where slug like $1",
    )
    .bind(event)
    .bind(open_to)
    .execute(pool)
    .await
    .unwrap();
}

async fn read(pool: &PgPool, viewer: &Viewer) -> MyPage {
    page(pool, Lang::Sv, viewer, NOW).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_series_is_told_stop_by_stop(pool: PgPool) {
    let (me, other) = (person(&pool, "a@x.se").await, person(&pool, "b@x.se").await);
    // Three are over, the fourth begins now, two are to come.
    tours(&pool, 2, 6, -3).await;
    sign_up(&pool, &me, "s-1-1", "attended").await;
    sign_up(&pool, &me, "s-1-2", "confirmed").await;
    sign_up(&pool, &me, "s-1-4", "confirmed").await;
    sign_up(&pool, &me, "s-1-5", "cancelled").await;
    sign_up(&pool, &me, "s-1-5", "waitlisted").await;
    sign_up(&pool, &other, "s-2-%", "confirmed").await;
    record(&pool, "s-1-2", "signed_up").await;
    record(&pool, "s-1-3", "everybody").await;
    let found = read(&pool, &me).await;
    let [series] = found.series.as_slice() else { panic!("{:?}", found.series) };
    use MyStopState as S;
    let states: Vec<_> = series.stops.iter().map(|stop| stop.state).collect();
    assert_eq!(states, [S::Taken, S::Missed, S::Over, S::Mine, S::Waiting, S::Coming]);
    assert_eq!(series.stops.iter().position(|stop| stop.is_next), Some(3));
    assert_eq!(series.taken(), 1);
    let recordings: Vec<_> = series.stops.iter().map(|stop| stop.recording.as_deref()).collect();
    assert_eq!(recordings, [None, Some("s-1-2"), None, None, None, None]);
    assert_eq!(found.missed.iter().map(|line| line.slug.as_str()).collect::<Vec<_>>(), ["s-1-2"]);
    let places: Vec<_> =
        found.places.iter().map(|place| (place.line.slug.as_str(), place.status)).collect();
    assert_eq!(places, [("s-1-4", Status::Confirmed), ("s-1-5", Status::Waitlisted)]);
    assert!(found.places[0].may_join && found.places[0].times.is_open(0, 900));
    assert!(!found.places[1].may_join, "whoever waits is not let in");
    assert_eq!(found.places[1].position, Some(1));
    assert!(found.coming.is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_recording_for_others_is_not_shown(pool: PgPool) {
    let me = person(&pool, "a@x.se").await;
    tours(&pool, 1, 2, -3).await;
    sign_up(&pool, &me, "s-1-%", "no_show").await;
    record(&pool, "s-1-%", "organisers").await;
    let found = read(&pool, &me).await;
    assert!(found.missed.is_empty());
    assert!(found.series[0].stops.iter().all(|stop| stop.recording.is_none()));
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_has_nothing_is_shown_what_is_coming(pool: PgPool) {
    let me = person(&pool, "a@x.se").await;
    tours(&pool, 1, 3, 1).await;
    let found = read(&pool, &me).await;
    assert!(found.places.is_empty() && found.series.is_empty() && found.missed.is_empty());
    assert_eq!(found.coming.len(), 3);
}

/// A pool of one connection that counts how often it comes back: once for each query that is asked of the pool.
async fn counting(pool: &PgPool) -> (PgPool, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let options = PgPoolOptions::new().max_connections(1).after_release(move |_, _| {
        counter.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(true) })
    });
    let counted = options.connect_with((*pool.connect_options()).clone()).await.unwrap();
    (counted, count)
}

/// How many queries the page takes.
async fn queries(pool: &PgPool, viewer: &Viewer) -> usize {
    let (counted, count) = counting(pool).await;
    // Whoever holds the only connection knows that all before have come back.
    let held = counted.acquire().await.unwrap();
    let before = count.load(Ordering::SeqCst);
    drop(held);
    read(&counted, viewer).await;
    let held = counted.acquire().await.unwrap();
    let after = count.load(Ordering::SeqCst);
    drop(held);
    // One of them was the first that was held.
    after - before - 1
}

#[sqlx::test(migrations = "../migrations")]
async fn two_hundred_sign_ups_are_few_queries_and_quick(pool: PgPool) {
    let me = person(&pool, "a@x.se").await;
    tours(&pool, 20, 10, -5).await;
    sign_up(&pool, &me, "s-%", "confirmed").await;
    record(&pool, "s-%-1", "everybody").await;
    record(&pool, "s-%-2", "everybody").await;
    record(&pool, "s-%-3", "signed_up").await;
    record(&pool, "s-%-4", "signed_up").await;
    record(&pool, "s-%-5", "everybody").await;
    sqlx::query("analyze").execute(&pool).await.unwrap();
    let found = read(&pool, &me).await;
    assert_eq!(found.series.len(), 20);
    assert_eq!(found.series.iter().map(|series| series.stops.len()).sum::<usize>(), 200);
    assert_eq!(
        found.series.iter().flat_map(|s| &s.stops).filter(|s| s.recording.is_some()).count(),
        100
    );
    assert_eq!(found.missed.len(), 6);
    // And one before them, for the session.
    assert_eq!(queries(&pool, &me).await, 4);
    let nobody = person(&pool, "b@x.se").await;
    assert!(queries(&pool, &nobody).await <= 5);
}

async fn feed(pool: &PgPool, lang: Lang, secret: &str) -> Option<String> {
    let entries = calendar_store::entries(pool, lang, secret, "https://x.se", NOW).await.unwrap();
    entries.map(|entries| ics::write(lang, lang.my_calendar_name(), &entries))
}

#[sqlx::test(migrations = "../migrations")]
async fn ones_calendar_says_how_each_place_stands(pool: PgPool) {
    let (me, other) = (person(&pool, "a@x.se").await, person(&pool, "b@x.se").await);
    tours(&pool, 1, 5, -1).await;
    sign_up(&pool, &me, "s-1-1", "attended").await;
    sign_up(&pool, &me, "s-1-2", "confirmed").await;
    sign_up(&pool, &me, "s-1-3", "waitlisted").await;
    sign_up(&pool, &me, "s-1-4", "cancelled").await;
    sign_up(&pool, &other, "s-1-5", "confirmed").await;
    let secret = secret::new().unwrap();
    assert_eq!(feed(&pool, Lang::Sv, &secret).await, None);
    calendar_store::renew(&pool, me.id, &secret, NOW).await.unwrap();
    let file = feed(&pool, Lang::Sv, &secret).await.unwrap();
    assert_eq!(file.matches("BEGIN:VEVENT").count(), 4, "{file}");
    assert_eq!(file.matches("STATUS:CONFIRMED").count(), 2, "{file}");
    assert_eq!(file.matches("STATUS:TENTATIVE").count(), 1, "{file}");
    assert_eq!(file.matches("STATUS:CANCELLED").count(), 1, "{file}");
    assert!(file.contains("Väntar på plats: Stopp 3"), "{file}");
    assert!(!file.contains("Stopp 5"), "another person's place: {file}");
    let uid: String = sqlx::query_scalar("select uid::text from events where slug = 's-1-2'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(file.contains(&format!("UID:{uid}")), "{file}");
    let token: String =
        sqlx::query_scalar("select token from sign_ups limit 1").fetch_one(&pool).await.unwrap();
    assert!(!file.contains(&token), "what opens a sign-up stands in no calendar");
    assert!(feed(&pool, Lang::En, &secret).await.unwrap().contains("Waiting for a place: Stopp 3"));

    let next = secret::new().unwrap();
    calendar_store::renew(&pool, me.id, &next, NOW).await.unwrap();
    assert_eq!(feed(&pool, Lang::Sv, &secret).await, None, "the old address is nobody's");
    assert!(feed(&pool, Lang::Sv, &next).await.is_some());
    calendar_store::end(&pool, me.id).await.unwrap();
    assert_eq!(feed(&pool, Lang::Sv, &next).await, None);
    assert_eq!(calendar_store::secret_of(&pool, me.id).await.unwrap(), None);
}
