//! What was watched, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::{MyWatching, Progress, Report};
use super::store::{add, empty, keep, mine_and, progress};
use crate::account::model::{PersonId, SessionId, Viewer};
use crate::recordings::model::RecordingId;
use crate::text::Lang;
use sqlx::PgPool;

const MINUTE: i32 = 60_000;

async fn one(pool: &PgPool) -> (PersonId, RecordingId) {
    let person: i64 = sqlx::query_scalar(
        "insert into people (name, email, email_key) values ('Åsa', 'asa@example.org', 'asa@example.org') returning id",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    let recording: i64 = sqlx::query_scalar(
        "with p as (insert into programmes (slug, title_sv) values ('p', 'P') returning id),
         e as (insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
            select 'e', id, 'seminar', 'held', 'E', now() - interval '2 hours', now() - interval '1 hour', 'digital' from p returning id)
         insert into recordings (event_id, title, slug, state, published_at, duration_ms)
         select id, 'R', 'r', 'published', now(), 600000 from e returning id",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    (PersonId(person), RecordingId(recording))
}

async fn mine(pool: &PgPool, lang: Lang, viewer: &Viewer) -> Result<MyWatching, sqlx::Error> {
    mine_and(pool, lang, viewer, &[]).await.map(|(mine, _)| mine)
}

fn report(at: i32, seen: &str) -> Report {
    Report::read(&at.to_string(), seen, Some(10 * MINUTE)).unwrap()
}

async fn percent(pool: &PgPool, (person, recording): (PersonId, RecordingId)) -> Option<Progress> {
    progress(pool, person, recording, Some(10 * MINUTE)).await.unwrap().1
}

#[sqlx::test(migrations = "../migrations")]
async fn jumping_about_counts_nothing_twice(pool: PgPool) {
    let (person, recording) = one(&pool).await;
    assert_eq!(percent(&pool, (person, recording)).await, None);
    for (at, seen) in [
        (2 * MINUTE, "0-120000"),
        // Back, and the same once more at double speed.
        (2 * MINUTE, "60000-120000"),
        (7 * MINUTE, "300000-420000"),
        // An offline stretch, told late, and over what was there.
        (8 * MINUTE, "400000-480000,100000-300000"),
    ] {
        assert!(add(&pool, person, recording, &report(at, seen), 5).await.unwrap());
    }
    let found = percent(&pool, (person, recording)).await.unwrap();
    assert_eq!((found.percent, found.at_ms), (Some(80), 8 * MINUTE));
}

/// What each of two windows has watched: every other of forty parts of a second.
fn parts(window: i32) -> Vec<Report> {
    (0..20)
        .map(|part| (2 * part + window) * 1_000)
        .map(|from| report(from, &format!("{from}-{}", from + 1_000)))
        .collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn two_windows_at_once_lose_nothing(pool: PgPool) {
    let (person, recording) = one(&pool).await;
    let window = async |window| {
        for report in parts(window) {
            add(&pool, person, recording, &report, 5).await.unwrap();
        }
    };
    futures::join!(window(0), window(1));
    let watched: String =
        sqlx::query_scalar("select watched::text from watching").fetch_one(&pool).await.unwrap();
    assert_eq!(watched, "{[0,40000)}");
}

/// The same where each reads what there is, adds to it and writes it back, as one would without thinking of the other:
/// it loses. Were it not so, the test above would prove nothing.
#[sqlx::test(migrations = "../migrations")]
async fn reading_and_writing_back_would_lose(pool: PgPool) {
    let (person, recording) = one(&pool).await;
    add(&pool, person, recording, &report(0, "0-1000"), 5).await.unwrap();
    let both_have_read = tokio::sync::Barrier::new(2);
    let window = async |seen: &str| {
        let had: String = sqlx::query_scalar("select watched::text from watching")
            .fetch_one(&pool)
            .await
            .unwrap();
        both_have_read.wait().await;
        sqlx::query(
            "update watching set watched = $1::text::int4multirange + $2::text::int4multirange",
        )
        .bind(had)
        .bind(report(0, seen).multirange())
        .execute(&pool)
        .await
        .unwrap();
    };
    futures::join!(window("2000-3000"), window("4000-5000"));
    let watched: String =
        sqlx::query_scalar("select watched::text from watching").fetch_one(&pool).await.unwrap();
    assert_ne!(watched, "{[0,1000),[2000,3000),[4000,5000)}");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_wants_nothing_kept_has_nothing(pool: PgPool) {
    let (person, recording) = one(&pool).await;
    let viewer = Viewer {
        id: person,
        session: SessionId(1),
        name: "Åsa".into(),
        email: "asa@example.org".into(),
        organisation: None,
        roles: Vec::new(),
    };
    let of_mine = async || mine(&pool, Lang::Sv, &viewer).await.unwrap();
    let watched = report(MINUTE, "0-60000");
    assert!(add(&pool, person, recording, &watched, 5).await.unwrap());
    let page = of_mine().await;
    assert!(page.is_kept && page.has_any);
    assert_eq!(page.lines[0].progress.map(|progress| progress.percent), Some(Some(10)));

    empty(&pool, person).await.unwrap();
    let page = of_mine().await;
    assert!(page.is_kept && !page.has_any && page.lines.is_empty());

    assert!(add(&pool, person, recording, &watched, 5).await.unwrap());
    keep(&pool, person, false).await.unwrap();
    assert!(!add(&pool, person, recording, &watched, 5).await.unwrap());
    let page = of_mine().await;
    assert!(!page.is_kept && !page.has_any);
    keep(&pool, person, true).await.unwrap();
    assert!(!of_mine().await.has_any, "what was emptied does not come back");
    assert!(add(&pool, person, recording, &watched, 5).await.unwrap());
}

/// Switching it off while a report is on its way leaves nothing behind, whichever comes first.
#[sqlx::test(migrations = "../migrations")]
async fn nothing_slips_in_while_it_is_switched_off(pool: PgPool) {
    let (person, recording) = one(&pool).await;
    let mut switching = pool.begin().await.unwrap();
    sqlx::query("update people set keeps_watching = false").execute(&mut *switching).await.unwrap();
    sqlx::query("delete from watching").execute(&mut *switching).await.unwrap();
    let watched = report(MINUTE, "0-60000");
    let reporting = add(&pool, person, recording, &watched, 5);
    let switched = async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        switching.commit().await.unwrap();
    };
    let (kept, ()) = futures::join!(reporting, switched);
    assert!(!kept.unwrap());
    let left: i64 =
        sqlx::query_scalar("select count(*) from watching").fetch_one(&pool).await.unwrap();
    assert_eq!(left, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_has_come_to_its_end_is_not_gone_on_with(pool: PgPool) {
    let (person, recording) = one(&pool).await;
    let viewer = Viewer {
        id: person,
        session: SessionId(1),
        name: "Åsa".into(),
        email: "asa@example.org".into(),
        organisation: None,
        roles: Vec::new(),
    };
    add(&pool, person, recording, &report(599_000, "0-599000"), 5).await.unwrap();
    let page = mine(&pool, Lang::Sv, &viewer).await.unwrap();
    assert!(page.has_any && page.lines.is_empty());
    // What is for others now is not shown, whatever was watched of it.
    add(&pool, person, recording, &report(MINUTE, ""), 5).await.unwrap();
    sqlx::query("delete from watching").execute(&pool).await.unwrap();
    add(&pool, person, recording, &report(MINUTE, "0-60000"), 5).await.unwrap();
    assert_eq!(mine(&pool, Lang::Sv, &viewer).await.unwrap().lines.len(), 1);
    sqlx::query("update recordings set open_to = 'signed_up'").execute(&pool).await.unwrap();
    assert!(
        mine(&pool, Lang::Sv, &viewer)
            .await
            .unwrap()
            .lines
            .iter()
            .all(|line| line.progress.is_none())
    );
}

async fn kept(pool: &PgPool) -> (i64, i64) {
    sqlx::query_as(
        "select (select count(*) from unnest(watched)), (select sum(upper(p) - lower(p)) from unnest(watched) p)::bigint
         from watching",
    )
    .fetch_one(pool)
    .await
    .unwrap()
}

/// However it is jumped about in, what is kept of somebody stays small.
#[sqlx::test(migrations = "../migrations")]
async fn splinters_do_not_pile_up(pool: PgPool) {
    let (person, recording) = one(&pool).await;
    // Ten hours, and a thousand stretches of a tenth of a second each, in reports of 250.
    let hours = 36_000_000;
    sqlx::query("update recordings set duration_ms = $1").bind(hours).execute(&pool).await.unwrap();
    let tell = async |seen: String| {
        let report = Report::read("5", &seen, Some(hours)).unwrap();
        assert!(add(&pool, person, recording, &report, 5).await.unwrap());
    };
    let stretches = |from: i32, apart: i32| {
        let parts: Vec<_> =
            (from..from + 250).map(|at| format!("{}-{}", at * apart, at * apart + 100)).collect();
        parts.join(",")
    };
    // Less than two seconds apart: one.
    for report in 0..4 {
        tell(stretches(report * 250, 2_099)).await;
    }
    assert_eq!(kept(&pool).await.0, 1);
    sqlx::query("delete from watching").execute(&pool).await.unwrap();
    // Two seconds apart is apart.
    tell("0-1000,3000-4000".into()).await;
    assert_eq!(kept(&pool).await, (2, 2_000));
    sqlx::query("delete from watching").execute(&pool).await.unwrap();
    // Half a minute apart: there are never more than 500, and what was watched is there.
    for report in 0..4 {
        tell(stretches(report * 250, 30_000)).await;
        assert!(kept(&pool).await.0 <= 500, "{report}");
    }
    let (parts, watched) = kept(&pool).await;
    assert_eq!(parts, 500);
    assert!((100_000..16_000_000).contains(&watched), "{watched}");
    let size: i32 = sqlx::query_scalar("select pg_column_size(watched) from watching")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(size < 8_000, "{size}");
}
