//! The figures against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::Step;
use super::store::figures;
use crate::events::model::{EventId, Way};
use crate::text::Lang;
use sqlx::PgPool;

/// 2027-01-08 12:00 in Sweden.
const NOW: i64 = 1_799_406_000;
const DAY: i64 = 86_400;

async fn event(pool: &PgPool) -> EventId {
    let id: i64 = sqlx::query_scalar(
        "with programme as (insert into programmes (slug, title_sv) values ('p', 'P') returning id),
        event as (
            insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format, sign_up_opens_at)
            select 'e', id, 'seminar', 'published', 'E', to_timestamp($1 + 864000), to_timestamp($1 + 867600),
                'hybrid', to_timestamp($1 - 864000) from programme returning id
        )
        insert into event_ways (event_id, way, capacity)
        select id, way, 3 from event, unnest(array['digital', 'on_site']) way returning event_id",
    )
    .bind(NOW)
    .fetch_one(pool)
    .await
    .unwrap();
    EventId(id)
}

/// Somebody who signed up so many days ago.
async fn come(pool: &PgPool, event: EventId, status: &str, way: &str, ago: i64, work: &str) -> i64 {
    sqlx::query_scalar(
        "with person as (insert into people (name) values ('A') returning id)
        insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language,
            consented_at, consent_version, created_at)
        select 'en-hemlighet-som-ar-lang-nog-' || id, $1, $3, id, $2, id, 'A', $5, 'sv', now(), 1, to_timestamp($4)
        from person returning id",
    )
    .bind(event.0)
    .bind(status)
    .bind(way)
    .bind(NOW - ago * DAY)
    .bind(work)
    .fetch_one(pool)
    .await
    .unwrap()
}

async fn becomes(pool: &PgPool, sign_up: i64, status: &str, ago: i64) {
    sqlx::query("update sign_ups set status = $2, updated_at = to_timestamp($3) where id = $1")
        .bind(sign_up)
        .bind(status)
        .bind(NOW - ago * DAY)
        .execute(pool)
        .await
        .unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn the_curve_tells_who_came_who_left_and_who_moved_up(pool: PgPool) {
    let event = event(&pool).await;
    let empty = figures(&pool, Lang::Sv, event, false, true, NOW).await.unwrap().unwrap();
    assert!(empty.curve.unwrap().points.is_empty(), "it begins when sign-up opens");
    assert!(empty.organisations.is_empty() && empty.ways.is_empty());

    let first = come(&pool, event, "confirmed", "digital", 9, "Örebro kommun").await;
    come(&pool, event, "confirmed", "digital", 9, "Vinnova").await;
    let waits = come(&pool, event, "waitlisted", "digital", 7, "Umeå kommun").await;
    becomes(&pool, first, "cancelled", 3).await;
    becomes(&pool, waits, "confirmed", 3).await;
    come(&pool, event, "requested", "on_site", 0, "Umeå kommun").await;
    sqlx::query("update sign_ups set reply_by = to_timestamp($2) where id = $1")
        .bind(waits)
        .bind(NOW + 60)
        .execute(&pool)
        .await
        .unwrap();

    let read = figures(&pool, Lang::Sv, event, false, true, NOW).await.unwrap().unwrap();
    let curve = read.curve.unwrap();
    let points: Vec<_> =
        curve.points.iter().map(|it| (it.at.date().day(), it.taken, it.waiting)).collect();
    // On the fifth one left and one moved up: as many as before.
    assert_eq!(points, [(30, 2, 0), (1, 2, 1), (5, 2, 0), (8, 3, 0)]);
    assert_eq!((curve.step, curve.begins.date().day()), (Step::Day, 29));
    assert!(curve.points.iter().all(|it| it.x <= 1_000));
    let held: Vec<_> = read.ways.iter().map(|it| (it.way, it.requested, it.offered)).collect();
    assert!(held.contains(&(Way::Digital, 0, 1)) && held.contains(&(Way::OnSite, 1, 0)));
    assert_eq!(read.organisations, [("Umeå kommun".into(), 2), ("Vinnova".into(), 1)]);
    let reached: usize = read.counties.iter().map(super::model::County::reached).sum();
    assert_eq!(reached, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn ten_organisations_or_all_of_them(pool: PgPool) {
    let event = event(&pool).await;
    sqlx::query("update event_ways set capacity = null").execute(&pool).await.unwrap();
    for n in 0..25 {
        come(&pool, event, "confirmed", "digital", 1, &format!("Bolag {n}")).await;
    }
    let some = figures(&pool, Lang::En, event, false, true, NOW).await.unwrap().unwrap();
    assert_eq!((some.organisations.len(), some.organisations_in_all), (10, 25));
    let all = figures(&pool, Lang::En, event, true, true, NOW).await.unwrap().unwrap();
    assert_eq!(all.organisations.len(), 25);
}
