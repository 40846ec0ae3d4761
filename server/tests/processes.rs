//! Several server processes on one database, and processes that die.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod support;

use futures::StreamExt;
use futures::stream;
use sqlx::PgPool;
use std::collections::HashSet;
use std::time::Duration;
use support::{Answer, Server, event, form, get, post, send};

async fn rows(pool: &PgPool, status: &str) -> i64 {
    sqlx::query_scalar("select count(*) from sign_ups where status = $1")
        .bind(status)
        .fetch_one(pool)
        .await
        .unwrap()
}

fn status_of(answer: &Answer) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(&answer.body).ok()?;
    Some(body["status"].as_str()?.to_owned())
}

#[sqlx::test(migrations = "../migrations")]
async fn two_thousand_sign_ups_over_two_processes(pool: PgPool) {
    event(&pool, 100).await;
    let servers = [Server::start(&pool), Server::start(&pool)];
    let answers: Vec<_> = stream::iter(0..2_000)
        .map(|n| servers[n % 2].send(post("/events/seminar/sign-up", &form(n))))
        .buffer_unordered(200)
        .collect()
        .await;
    let told: Vec<_> = answers.iter().flatten().filter_map(status_of).collect();
    assert_eq!(told.len(), 2_000, "everybody is answered");
    assert_eq!(told.iter().filter(|status| *status == "confirmed").count(), 100);
    assert_eq!((rows(&pool, "confirmed").await, rows(&pool, "waitlisted").await), (100, 1_900));
    let positions: HashSet<i64> = answers
        .iter()
        .flatten()
        .filter_map(|answer| {
            serde_json::from_str::<serde_json::Value>(&answer.body).ok()?["position"].as_i64()
        })
        .collect();
    assert_eq!(positions, (1..=1_900).collect(), "each place in line once");
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_was_told_confirmed_is_in_the_database_after_a_crash(pool: PgPool) {
    event(&pool, 100_000).await;
    let mut server = Server::start(&pool);
    let address = server.address.clone();
    let crowd = tokio::spawn(async move {
        stream::iter(0..5_000)
            .map(|n| {
                let address = address.clone();
                async move {
                    send(&address, post("/events/seminar/sign-up", &form(n))).await.map(|a| (n, a))
                }
            })
            .buffer_unordered(100)
            .collect::<Vec<_>>()
            .await
    });
    // In the middle: some have their answer, some are in a batch, most are still to come.
    while rows(&pool, "confirmed").await < 200 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    server.kill();
    let answers = crowd.await.unwrap();
    let told: Vec<usize> = answers
        .into_iter()
        .flatten()
        .filter(|(_, answer)| status_of(answer).as_deref() == Some("confirmed"))
        .map(|(n, _)| n)
        .collect();
    assert!(
        !told.is_empty() && told.len() < 5_000,
        "it was killed in the middle: {} were told",
        told.len()
    );
    let kept: HashSet<String> =
        sqlx::query_scalar("select email_key from people p join sign_ups s on s.person_id = p.id where s.status = 'confirmed'")
            .fetch_all(&pool)
            .await
            .unwrap()
            .into_iter()
            .collect();
    for n in told {
        assert!(kept.contains(&format!("p{n}@example.org")), "p{n} was told, and is lost");
    }
    // Nothing stands half: each sign-up has its mail, and the count is the count.
    let consistent: bool = sqlx::query_scalar(
        "select (select count(*) from sign_ups) = (select count(*) from mails)
            and (select count(*) from sign_ups) = (select sum(confirmed) from event_ways)",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert!(consistent);
    // And those who try again after the crash take no second seat.
    let server = Server::start(&pool);
    let again = server.send(post("/events/seminar/sign-up", &form(0))).await.unwrap();
    assert_eq!(status_of(&again).as_deref(), Some("confirmed"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_change_in_one_process_shows_in_the_other_within_a_second(pool: PgPool) {
    event(&pool, 12).await;
    let servers = [Server::start(&pool), Server::start(&pool)];
    let page = async || servers[1].send(get("/events/seminar")).await.unwrap().body;
    assert!(page().await.contains("12 av 12 platser kvar"));
    assert!(page().await.contains("12 av 12 platser kvar"), "from the shelf, too");
    servers[0].send(post("/events/seminar/sign-up", &form(1))).await.unwrap();
    let shown = async {
        while !page().await.contains("11 av 12 platser kvar") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(1), shown).await.expect("within a second");
}

#[sqlx::test(migrations = "../migrations")]
async fn pages_of_one_process_differ_in_their_nonces_alone(pool: PgPool) {
    event(&pool, 12).await;
    let server = Server::start(&pool);
    let nonce = |answer: &Answer| {
        answer.head.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned()
    };
    let (one, two) = (
        server.send(get("/calendar")).await.unwrap(),
        server.send(get("/calendar")).await.unwrap(),
    );
    assert_ne!(nonce(&one), nonce(&two));
    let without = |answer: &Answer| {
        let lower = nonce(answer);
        let at = answer.body.to_lowercase().find(&lower).expect("the page carries it");
        let nonce = &answer.body[at..at + lower.len()];
        answer.body.replace(nonce, "")
    };
    assert_eq!(without(&one), without(&two));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_form_from_another_site_is_refused(pool: PgPool) {
    event(&pool, 12).await;
    let server = Server::start(&pool);
    let foreign = post("/events/seminar/sign-up", &form(1))
        .replace("Accept:", "Sec-Fetch-Site: cross-site\r\nAccept:");
    assert_eq!(server.send(foreign).await.unwrap().status, 403);
    assert_eq!(rows(&pool, "confirmed").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn too_many_forms_are_refused_and_nothing_is_written(pool: PgPool) {
    event(&pool, 12).await;
    let server = Server::start_with(&pool, &[("STAFETT_RATE_LIMIT", "2/hour")]);
    let mut statuses = Vec::new();
    for n in 0..4 {
        statuses.push(server.send(post("/events/seminar/sign-up", &form(n))).await.unwrap().status);
    }
    assert_eq!(statuses, [200, 200, 429, 429]);
    assert_eq!(rows(&pool, "confirmed").await, 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_form_that_is_too_large_is_refused_before_it_is_read(pool: PgPool) {
    event(&pool, 12).await;
    let server = Server::start(&pool);
    // 5 GB are announced, and none of it is sent.
    let request = "POST /events/seminar/sign-up HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000000000\r\n\r\nname=";
    assert_eq!(server.send(request.into()).await.unwrap().status, 413);
    let megabyte = form(1).replace("Person", &"x".repeat(1_000_000));
    let answer = server.send(post("/events/seminar/sign-up", &megabyte)).await;
    assert!(answer.is_none_or(|answer| answer.status == 413));
    assert_eq!(rows(&pool, "confirmed").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_mailbox_is_not_there_in_production(pool: PgPool) {
    let server = Server::start_with(&pool, &[("STAFETT_MODE", "production")]);
    assert_eq!(server.send(get("/dev/mail")).await.unwrap().status, 404);
    let server = Server::start(&pool);
    assert_eq!(server.send(get("/dev/mail")).await.unwrap().status, 200);
}
