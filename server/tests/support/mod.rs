//! Real server processes, and the little HTTP that talking to them takes.

use sqlx::{ConnectOptions, PgPool};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A running `stafett serve`. It is killed when this is dropped.
pub struct Server {
    process: Child,
    /// `127.0.0.1:PORT`
    pub address: String,
}

/// An answer, as far as tests look at it.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Server {
    /// Starts a server on the database of `pool`, and waits until it accepts.
    pub fn start(pool: &PgPool) -> Self {
        Self::start_with(pool, &[])
    }

    /// The same with more settings.
    pub fn start_with(pool: &PgPool, settings: &[(&str, &str)]) -> Self {
        static NEXT_PORT: AtomicU16 = AtomicU16::new(0);
        let site = std::env::temp_dir().join(format!("stafett-test-site-{}", std::process::id()));
        std::fs::create_dir_all(site.join("pkg")).unwrap();
        std::fs::write(site.join("hash.txt"), "client: a\ncss: b\norganisers: c\nupload: d\n")
            .unwrap();
        // Somebody else may have the port: then the next one is tried.
        for _ in 0..50 {
            let port = 20_000
                + (u16::try_from(std::process::id() % 20_000).unwrap()
                    + NEXT_PORT.fetch_add(1, Ordering::Relaxed) * 7)
                    % 20_000;
            let address = format!("127.0.0.1:{port}");
            let mut process = Command::new(env!("CARGO_BIN_EXE_stafett"))
                .arg("serve")
                .env("DATABASE_URL", pool.connect_options().to_url_lossy().as_str())
                .env("STAFETT_LISTEN", &address)
                .env("STAFETT_SITE", &site)
                .env("STAFETT_RATE_LIMIT", "off")
                .env("STAFETT_LOG", "warn")
                .envs(settings.iter().copied())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut line = String::new();
            BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
            if line.contains("Stafett is at") {
                return Self { process, address };
            }
            process.wait().unwrap();
        }
        panic!("no server would start");
    }

    /// Ends the process at once, as a crash would (SIGKILL).
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Sends one request and reads the whole answer; `None` if the connection broke.
    pub async fn send(&self, request: String) -> Option<Answer> {
        send(&self.address, request).await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub async fn send(address: &str, request: String) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head: head.to_lowercase(), body: body.to_owned() })
}

/// A POST of a form that asks for JSON.
pub fn post(path: &str, form: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: application/json\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
}

/// A GET as a browser sends it, without compression.
pub fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

/// The sign-up form of one person.
pub fn form(n: usize) -> String {
    format!("name=Person+{n}&email=p{n}%40example.org&organisation=%C3%96rebro+kommun&consent=yes")
}

/// An event a week ahead, open, digital, with so many seats, at `/events/seminar`.
pub async fn event(pool: &PgPool, seats: i32) {
    sqlx::query("insert into programmes (slug, title_sv) values ('p', 'P')")
        .execute(pool)
        .await
        .unwrap();
    let id: i64 = sqlx::query_scalar(
        "insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select 'seminar', id, 'seminar', 'published', 'Seminarium', now() + interval '7 days',
             now() + interval '7 days 1 hour', 'digital' from programmes returning id",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    sqlx::query("insert into event_ways (event_id, way, capacity) values ($1, 'digital', $2)")
        .bind(id)
        .bind(seats)
        .execute(pool)
        .await
        .unwrap();
}
