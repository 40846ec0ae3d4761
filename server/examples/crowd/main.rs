//! The crowd of `make bench`: many people who sign up at once, and many open pages that wait to be told.
//! It speaks just enough HTTP/1.1 to be no burden beside the server that it measures.

#![expect(clippy::print_stdout, reason = "its findings go to the script that started it")]

mod connection;
mod consoles;
mod posts;

use connection::Connection;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

const USAGE: &str = "usage: crowd sign-ups ADDRESS:PORT SLUG PEOPLE CONNECTIONS FILE
       crowd streams ADDRESS:PORT SLUG EVENT,EVENT,… STREAMS ROUNDS PROCESS
       crowd posts ADDRESS:PORT FILE CONNECTIONS
       crowd consoles ADDRESS:PORT SLUG EVENT COOKIE CONSOLES RATE SECONDS

sign-ups: PEOPLE sign up to the event SLUG over CONNECTIONS kept-alive connections. What each was told
  goes to FILE, tab-separated: address, status, position, connection, number on that connection.
  Prints: seconds, sign-ups a second, median and 99th percentile of the answers in milliseconds.
streams: opens STREAMS streams that follow the events named, then, ROUNDS times, takes a seat of SLUG
  (which must have none taken, and be one of those events) and waits until every stream has been told.
  Prints: `memory BEFORE AFTER` of PROCESS in KiB, then for each round milliseconds from sending the
  sign-up to its answer, to the first that was told, and to the last.
posts: posts each line of FILE, a path and a form with a tab between, the next over whichever of the
  connections has had its answer. Prints the same as sign-ups.
consoles: opens CONSOLES organiser's pages of the event (its slug and its number; COOKIE is a session's), then
  signs up RATE people a second for SECONDS. Prints how many, how many a second; median, 99th percentile and worst
  of the milliseconds from sending a sign-up until a console has read it; how often the list was read and the
  median of that, and the same of the figures.";

/// Whoever waits longer than this waits in vain.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two rounds, so that one is over before the next.
const PAUSE: Duration = Duration::from_millis(800);

type Failure = Box<dyn Error + Send + Sync>;

/// One thread: the others are the server's.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["sign-ups", address, slug, people, connections, file] => {
            sign_ups(address, slug, people.parse()?, connections.parse()?, file).await
        }
        ["streams", address, slug, events, streams, rounds, process] => {
            let stream = format!("GET /live?events={events} HTTP/1.1\r\nHost: {address}\r\n\r\n");
            follow(address, slug, &stream, streams.parse()?, rounds.parse()?, process).await
        }
        ["posts", address, file, connections] => {
            posts::all(address, file, connections.parse()?).await
        }
        ["consoles", address, slug, event, cookie, consoles, rate, seconds] => {
            let (consoles, rate) = (consoles.parse()?, rate.parse()?);
            let seconds = seconds.parse()?;
            let wanted = consoles::Wanted { address, slug, event, cookie, consoles, rate, seconds };
            consoles::measure(wanted).await
        }
        _ => Err(USAGE.into()),
    }
}

/// Tells the script that started this.
fn say(line: &str) {
    println!("{line}");
}

/// A form that is posted, for JSON.
fn request(address: &str, path: &str, form: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
}

/// The form of one person.
fn sign_up_request(address: &str, slug: &str, email: &str) -> String {
    let form = format!(
        "name=Deltagare&email={}&organisation=Exempelkommun&consent=yes",
        email.replace('@', "%40")
    );
    request(address, &format!("/events/{slug}/sign-up"), &form)
}

/// What one person was told.
struct Told {
    email: String,
    status: String,
    position: Option<u64>,
    connection: usize,
    number: usize,
    after: Duration,
}

async fn sign_ups(
    address: &str,
    slug: &str,
    people: usize,
    connections: usize,
    file: &str,
) -> Result<(), Failure> {
    let mut open = Vec::with_capacity(connections);
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let tasks: Vec<_> = open
        .into_iter()
        .enumerate()
        .map(|(connection, stream)| {
            let (next, address, slug) = (Arc::clone(&next), address.to_owned(), slug.to_owned());
            tokio::spawn(sign_up_some(stream, connection, next, people, address, slug))
        })
        .collect();
    let mut told = Vec::with_capacity(people);
    for task in tasks {
        told.extend(task.await??);
    }
    let seconds = start.elapsed().as_secs_f64();

    let mut lines = String::new();
    for Told { email, status, position, connection, number, .. } in &told {
        let position = position.map_or_else(|| "\\N".to_owned(), |position| position.to_string());
        writeln!(lines, "{email}\t{status}\t{position}\t{connection}\t{number}")?;
    }
    std::fs::write(file, lines)?;
    print_waits(seconds, told.iter().map(|told| told.after).collect())
}

/// Seconds, how many a second, median and 99th percentile in milliseconds.
fn print_waits(seconds: f64, mut waits: Vec<Duration>) -> Result<(), Failure> {
    waits.sort_unstable();
    let wait = |percent: usize| {
        waits
            .get((waits.len() * percent / 100).min(waits.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    };
    let rate = f64::from(u32::try_from(waits.len())?) / seconds;
    println!("{seconds:.3} {rate:.1} {:.1} {:.1}", milliseconds(wait(50)), milliseconds(wait(99)));
    Ok(())
}

/// One connection: takes the next person, one after the other, until all have signed up.
async fn sign_up_some(
    mut stream: Connection,
    connection: usize,
    next: Arc<AtomicUsize>,
    people: usize,
    address: String,
    slug: String,
) -> Result<Vec<Told>, Failure> {
    let mut told = Vec::new();
    loop {
        let person = next.fetch_add(1, Ordering::Relaxed);
        if person >= people {
            return Ok(told);
        }
        let email = format!("{person}.{slug}@exempel.se");
        let sent = Instant::now();
        stream.send(sign_up_request(&address, &slug, &email).as_bytes()).await?;
        let (code, body) = tokio::time::timeout(PATIENCE, stream.answer()).await??;
        let after = sent.elapsed();
        let answer: serde_json::Value = serde_json::from_str(&body).unwrap_or_default();
        let Some(status) =
            answer.get("status").and_then(|status| status.as_str()).filter(|_| code == 200)
        else {
            return Err(format!("{email} was answered {code}: {body}").into());
        };
        told.push(Told {
            status: status.to_owned(),
            position: answer.get("position").and_then(serde_json::Value::as_u64),
            number: told.len(),
            email,
            connection,
            after,
        });
    }
}

/// What a stream has just been told: how many seats are taken, or how all its events stand at first.
enum Heard {
    First,
    Taken(u64, Instant),
}

async fn follow(
    address: &str,
    slug: &str,
    request: &str,
    streams: usize,
    rounds: u64,
    process: &str,
) -> Result<(), Failure> {
    let before = resident(process)?;
    let (tell, mut hear) = mpsc::unbounded_channel();
    let mut tasks = Vec::with_capacity(streams);
    for _ in 0..streams {
        let connection = Connection::open(address).await?;
        connection.send(request.as_bytes()).await?;
        tasks.push(tokio::spawn(listen(connection, tell.clone())));
    }
    drop(tell);
    let mut ready = 0;
    while ready < streams {
        match tokio::time::timeout(PATIENCE, hear.recv()).await {
            Ok(Some(Heard::First)) => ready += 1,
            Ok(Some(Heard::Taken(..))) => {}
            Ok(None) | Err(_) => {
                return Err(format!("only {ready} of {streams} streams opened").into());
            }
        }
    }
    tokio::time::sleep(PAUSE).await;
    println!("memory {before} {}", resident(process)?);

    let mut person = Connection::open(address).await?;
    for round in 1..=rounds {
        let email = format!("{round}.streams.{slug}@exempel.se");
        let sent = Instant::now();
        person.send(sign_up_request(address, slug, &email).as_bytes()).await?;
        let (code, body) = tokio::time::timeout(PATIENCE, person.answer()).await??;
        let answered = sent.elapsed();
        if code != 200 || !body.contains("confirmed") {
            return Err(format!("the seat was not given: {code} {body}").into());
        }
        let (mut told, mut first, mut last) = (0, None, sent);
        while told < streams {
            match tokio::time::timeout(PATIENCE, hear.recv()).await {
                Ok(Some(Heard::Taken(taken, at))) if taken == round => {
                    told += 1;
                    first = first.or(Some(at));
                    last = last.max(at);
                }
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => {
                    return Err(format!("only {told} of {streams} were told").into());
                }
            }
        }
        println!(
            "round {:.1} {:.1} {:.1}",
            milliseconds(answered),
            milliseconds(first.unwrap_or(last) - sent),
            milliseconds(last - sent)
        );
        tokio::time::sleep(PAUSE).await;
    }
    for task in tasks {
        if task.is_finished() {
            task.await??;
            return Err("a stream ended".into());
        }
        task.abort();
    }
    Ok(())
}

/// Reads a stream for as long as it is open. A message is `data:` and ends with an empty line.
async fn listen(
    mut connection: Connection,
    tell: mpsc::UnboundedSender<Heard>,
) -> Result<(), Failure> {
    let mut is_first = true;
    loop {
        let text = connection.take_until(b"\n\n").await?;
        let at = Instant::now();
        if !text.contains("data:") {
            continue;
        }
        // Later messages are of the one event that changed.
        let heard = if std::mem::take(&mut is_first) {
            Heard::First
        } else {
            let digits = text.split("\"confirmed\":").nth(1).unwrap_or_default();
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            match digits[..end].parse() {
                Ok(taken) => Heard::Taken(taken, at),
                Err(_) => continue,
            }
        };
        tell.send(heard)?;
    }
}

/// The resident memory of a process in KiB.
fn resident(process: &str) -> Result<u64, Failure> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    text.lines()
        .find_map(|line| {
            line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB")?.trim().parse().ok()
        })
        .ok_or_else(|| "the process does not say how much memory it has".into())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
