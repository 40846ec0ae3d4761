//! The worker against a real Postgres, with mail servers that do as they are told.

use super::*;
use app::events::invitation::Organiser;
use sqlx::PgPool;
use std::collections::HashSet;
use std::sync::Mutex;

/// Takes mails after some time, or not at all.
struct Server {
    takes: Duration,
    says: fn(&str) -> Result<(), Trouble>,
    got: Mutex<Vec<String>>,
}

impl Server {
    fn new(takes: Duration, says: fn(&str) -> Result<(), Trouble>) -> Arc<Self> {
        Arc::new(Self { takes, says, got: Mutex::default() })
    }

    fn quick() -> Arc<Self> {
        Self::new(Duration::ZERO, |_| Ok(()))
    }

    /// The Message-IDs of what it has taken.
    fn got(&self) -> Vec<String> {
        self.got.lock().unwrap().clone()
    }
}

impl Carrier for Server {
    async fn carry(&self, mail: Carried) -> Result<(), Trouble> {
        tokio::time::sleep(self.takes).await;
        (self.says)(&mail.text)?;
        let id = mail.text.split("Message-ID: <").nth(1).unwrap().split('>').next().unwrap();
        self.got.lock().unwrap().push(id.to_owned());
        Ok(())
    }
}

fn worker(pool: &PgPool, server: &Arc<Server>) -> Worker<Server> {
    let organiser = Organiser { name: "Stafett".into(), address: "stafett@kommun.se".into() };
    Worker {
        pool: pool.clone(),
        hub: Hub::new(pool.clone()),
        clock: Clock::system(),
        site: Arc::new(Site { url: "https://stafett.se".into(), organiser }),
        carrier: Arc::clone(server),
    }
}

/// So many mails about an event, to `p1@b.se` and so on.
async fn queue(pool: &PgPool, count: i32) {
    sqlx::query(
        "with p as (insert into programmes (slug, title_sv) values ('p', 'P') returning id),
         e as (
             insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
             select 'e', id, 'seminar', 'published', 'E', now() + interval '9 days',
                 now() + interval '10 days', 'digital' from p returning id
         )
         insert into mails (kind, to_address, language, event_id)
         select 'will_tell_when_open', 'p' || n || '@b.se', 'sv', e.id from e, generate_series(1, $1) n",
    )
    .bind(count)
    .execute(pool)
    .await
    .unwrap();
}

async fn count(pool: &PgPool, state: &str) -> i64 {
    sqlx::query_scalar("select count(*) from mails where state = $1")
        .bind(state)
        .fetch_one(pool)
        .await
        .unwrap()
}

async fn until(pool: &PgPool, state: &str, wanted: i64) {
    let all = async {
        while count(pool, state).await < wanted {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), all).await.expect("in time");
}

#[sqlx::test(migrations = "../migrations")]
async fn two_workers_send_everything_and_nothing_twice(pool: PgPool) {
    queue(&pool, 500).await;
    let server = Server::quick();
    let (stop, stopped) = watch::channel(false);
    let workers = [worker(&pool, &server), worker(&pool, &server)]
        .map(|worker| tokio::spawn(worker.run(stopped.clone())));
    until(&pool, "sent", 500).await;
    stop.send_replace(true);
    for worker in workers {
        worker.await.unwrap();
    }
    let got = server.got();
    assert_eq!((got.len(), got.iter().collect::<HashSet<_>>().len()), (500, 500));
    assert!(got[0].starts_with("mail-") && got[0].ends_with("@stafett.se"), "{}", got[0]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_worker_that_is_killed_leaves_its_mails_to_the_next(pool: PgPool) {
    queue(&pool, 100).await;
    let slow = Server::new(Duration::from_millis(300), |_| Ok(()));
    let (_stop, stopped) = watch::channel(false);
    let killed = tokio::spawn(worker(&pool, &slow).run(stopped.clone()));
    until(&pool, "sent", 1).await;
    killed.abort();
    let _ = killed.await;
    let before = count(&pool, "sent").await;
    assert!(before < 100);
    // Its lease has ended.
    sqlx::query("update mails set due_at = now() where state = 'queued'")
        .execute(&pool)
        .await
        .unwrap();
    let next = Server::quick();
    tokio::spawn(worker(&pool, &next).run(stopped));
    until(&pool, "sent", 100).await;
    let twice = slow.got().iter().filter(|id| next.got().contains(id)).count();
    let all: HashSet<String> = slow.got().into_iter().chain(next.got()).collect();
    assert_eq!(all.len(), 100, "each has arrived, under the same name");
    assert!(twice <= CONNECTIONS, "{twice} twice: more than were in flight");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_worker_that_is_told_to_stop_gives_back_what_it_has_not_begun(pool: PgPool) {
    queue(&pool, 60).await;
    let slow = Server::new(Duration::from_millis(400), |_| Ok(()));
    let (stop, stopped) = watch::channel(false);
    let stopping = tokio::spawn(worker(&pool, &slow).run(stopped));
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(3), stopping).await.expect("soon").unwrap();
    assert_eq!(slow.got().len(), CONNECTIONS, "what was under way has been seen to");
    assert_eq!(count(&pool, "sent").await, 8);
    let due: i64 = sqlx::query_scalar(
        "select count(*) from mails where state = 'queued' and attempts = 0 and due_at <= now()",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(due, 52, "the next process sends them at once");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_server_says_decides(pool: PgPool) {
    queue(&pool, 3).await;
    let server = Server::new(Duration::ZERO, |text| {
        if text.contains("p1@b.se") {
            return Err(Trouble::Lasting("550 5.1.1\r\nnobody here".into()));
        }
        if text.contains("p2@b.se") {
            return Err(Trouble::Passing("451 busy".into()));
        }
        Ok(())
    });
    let (_stop, stopped) = watch::channel(false);
    tokio::spawn(worker(&pool, &server).run(stopped));
    until(&pool, "sent", 1).await;
    until(&pool, "failed", 1).await;
    let rows: Vec<(String, i32, Option<String>)> = sqlx::query_as(
        "select state, attempts, problem from mails where due_at <= now() + interval '70 seconds' order by id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(rows[0], ("failed".into(), 1, Some("550 5.1.1 nobody here".into())));
    assert_eq!(rows[1], ("queued".into(), 1, Some("451 busy".into())));
    assert_eq!(rows[2], ("sent".into(), 1, None));
}

#[sqlx::test(migrations = "../migrations")]
async fn an_address_that_mail_cannot_go_to_fails_alone(pool: PgPool) {
    queue(&pool, 2).await;
    sqlx::query("update mails set to_address = 'p1@b..se' where to_address = 'p1@b.se'")
        .execute(&pool)
        .await
        .unwrap();
    let server = Server::quick();
    let (_stop, stopped) = watch::channel(false);
    tokio::spawn(worker(&pool, &server).run(stopped));
    until(&pool, "sent", 1).await;
    until(&pool, "failed", 1).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_no_longer_holds_is_dropped(pool: PgPool) {
    queue(&pool, 1).await;
    // Nobody is watching any more.
    sqlx::query("update mails set kind = 'opened'").execute(&pool).await.unwrap();
    let server = Server::quick();
    let (_stop, stopped) = watch::channel(false);
    tokio::spawn(worker(&pool, &server).run(stopped));
    until(&pool, "dropped", 1).await;
    assert!(server.got().is_empty());
}
