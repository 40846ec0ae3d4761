use super::*;
use std::time::Instant;

async fn event(pool: &PgPool) -> EventId {
    sqlx::query("insert into programmes (slug, title_sv) values ('p', 'P')")
        .execute(pool)
        .await
        .unwrap();
    let id: i64 = sqlx::query_scalar(
        "insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select 'e', id, 'seminar', 'published', 'E', now(), now() + interval '1 hour', 'digital'
         from programmes returning id",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    sqlx::query("insert into event_ways (event_id, way, capacity) values ($1, 'digital', 5)")
        .bind(id)
        .execute(pool)
        .await
        .unwrap();
    // That there is a new event is no part of these tests.
    sqlx::query("delete from changes").execute(pool).await.unwrap();
    EventId(id)
}

async fn changed(notices: &mut broadcast::Receiver<Notice>) -> (Vec<Standing>, bool) {
    loop {
        let notice =
            tokio::time::timeout(Duration::from_secs(5), notices.recv()).await.unwrap().unwrap();
        if let Notice::Changed { standings, facts, .. } = notice {
            return (standings.to_vec(), facts);
        }
    }
}

/// Waits until the hub listens: it tells so by asking everybody to read again.
async fn listening(notices: &mut broadcast::Receiver<Notice>) {
    while !matches!(notices.recv().await.unwrap(), Notice::Missed) {}
}

#[sqlx::test(migrations = "../migrations")]
async fn two_processes_hear_of_one_change_within_a_second(pool: PgPool) {
    let event = event(&pool).await;
    let hubs = [Hub::new(pool.clone()), Hub::new(pool.clone())];
    let mut ears: Vec<_> = hubs.iter().map(Hub::subscribe).collect();
    let running: Vec<_> = hubs.iter().map(|hub| tokio::spawn(hub.clone().run())).collect();
    for ear in &mut ears {
        listening(ear).await;
    }
    let begun = Instant::now();
    sqlx::query("insert into changes (event_id) values ($1)")
        .bind(event.0)
        .execute(&pool)
        .await
        .unwrap();
    for ear in &mut ears {
        let (standings, facts) = changed(ear).await;
        assert_eq!(standings.iter().map(|standing| standing.id).collect::<Vec<_>>(), [event]);
        assert!(!facts);
    }
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    for task in running {
        task.abort();
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn many_changes_are_told_together_and_facts_are_not_forgotten(pool: PgPool) {
    let event = event(&pool).await;
    let hub = Hub::new(pool.clone());
    let mut ear = hub.subscribe();
    let task = tokio::spawn(hub.run());
    listening(&mut ear).await;
    sqlx::query(
        "insert into changes (event_id, facts) select $1, n = 500 from generate_series(1, 1000) n",
    )
    .bind(event.0)
    .execute(&pool)
    .await
    .unwrap();
    let (standings, facts) = changed(&mut ear).await;
    assert_eq!(standings.len(), 1);
    assert!(facts);
    assert!(ear.try_recv().is_err(), "one notice for them all");
    task.abort();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_lost_connection_makes_everybody_read_again(pool: PgPool) {
    event(&pool).await;
    let hub = Hub::new(pool.clone());
    let mut ear = hub.subscribe();
    let task = tokio::spawn(hub.run());
    listening(&mut ear).await;
    sqlx::query(
        "select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and query ilike 'listen%'",
    )
    .execute(&pool)
    .await
    .unwrap();
    tokio::time::timeout(Duration::from_secs(5), listening(&mut ear)).await.unwrap();
    task.abort();
}
