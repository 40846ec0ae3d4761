//! Open pages of an organiser while people sign up: each follows the stream and reads the list and the figures
//! again as the page does. How long until somebody who has signed up stands on it?

use crate::connection::Connection;
use crate::{Failure, PATIENCE, milliseconds, request};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// What the page waits between two readings of the list, and of the figures.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_millis(1_000)];
/// Over so many connections people sign up.
const DOORS: usize = 20;
/// How long the consoles go on after the last has signed up.
const AFTER: Duration = Duration::from_secs(3);

/// What there is to measure.
pub struct Wanted<'a> {
    pub address: &'a str,
    pub slug: &'a str,
    pub event: &'a str,
    pub cookie: &'a str,
    pub consoles: usize,
    pub rate: usize,
    pub seconds: usize,
}

fn get(wanted: &Wanted<'_>, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n", wanted.address, wanted.cookie)
}

/// Prints how many signed up and how many a second, then, in milliseconds, median, 99th percentile and worst of
/// what it took until each stood on each console; then how many readings of the list and of the figures there were,
/// with the median of each.
pub async fn measure(wanted: Wanted<'_>) -> Result<(), Failure> {
    let over = Arc::new(AtomicBool::new(false));
    let mut consoles = Vec::new();
    for _ in 0..wanted.consoles {
        let (list, figures) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let stream = Connection::open(wanted.address).await?;
        stream.send(get(&wanted, &format!("/live?events={}", wanted.event)).as_bytes()).await?;
        tokio::spawn(listen(stream, [Arc::clone(&list), Arc::clone(&figures)]));
        let people =
            format!("/api/organise-people?lang=sv&slug={}&asked=sort%3D-when", wanted.slug);
        let drawn = format!("/api/organise-figures?lang=sv&slug={}&all=false", wanted.slug);
        for (path, news, pause) in [(people, list, PAUSES[0]), (drawn, figures, PAUSES[1])] {
            let connection = Connection::open(wanted.address).await?;
            let asks = get(&wanted, &path);
            consoles.push(tokio::spawn(read(connection, asks, news, pause, Arc::clone(&over))));
        }
    }
    tokio::time::sleep(Duration::from_secs(1)).await;

    let people = wanted.rate * wanted.seconds;
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let mut doors = Vec::new();
    for _ in 0..DOORS {
        let connection = Connection::open(wanted.address).await?;
        let (address, slug) = (wanted.address.to_owned(), wanted.slug.to_owned());
        let gap = Duration::from_secs(1) / u32::try_from(wanted.rate)?;
        doors.push(tokio::spawn(come(
            connection,
            address,
            slug,
            Arc::clone(&next),
            people,
            start,
            gap,
        )));
    }
    let mut sent = HashMap::new();
    for door in doors {
        sent.extend(door.await??);
    }
    let seconds = start.elapsed().as_secs_f64();
    tokio::time::sleep(AFTER).await;
    over.store(true, Ordering::Relaxed);

    let (mut waits, mut lists, mut drawings) = (Vec::new(), Vec::new(), Vec::new());
    for (at, console) in consoles.into_iter().enumerate() {
        let (shown, took) = console.await??;
        if at % 2 == 1 {
            drawings.extend(took);
            continue;
        }
        lists.extend(took);
        for (number, sent) in &sent {
            // Between two readings more may come than a page of the list has rows: who had been pushed off it
            // was in the list once all that came right after was.
            let later = || {
                let after = shown.iter().filter(|(other, _)| **other > number + DOORS);
                after.map(|(_, at)| at).min()
            };
            let seen = shown.get(number).or_else(later);
            let seen = seen.ok_or_else(|| format!("number {number} never stood there"))?;
            waits.push(*seen - *sent);
        }
    }
    let rate = f64::from(u32::try_from(people)?) / seconds;
    for all in [&mut waits, &mut lists, &mut drawings] {
        all.sort_unstable();
    }
    let of = |all: &[Duration], percent: usize| {
        let at = (all.len() * percent / 100).min(all.len().saturating_sub(1));
        milliseconds(all.get(at).copied().unwrap_or_default())
    };
    crate::say(&format!(
        "{people} {rate:.1} {:.1} {:.1} {:.1} {} {:.1} {} {:.1}",
        of(&waits, 50),
        of(&waits, 99),
        of(&waits, 100),
        lists.len(),
        of(&lists, 50),
        drawings.len(),
        of(&drawings, 50),
    ));
    Ok(())
}

/// Every message of the stream is news.
async fn listen(mut stream: Connection, news: [Arc<Notify>; 2]) -> Result<(), Failure> {
    loop {
        if stream.take_until(b"\n\n").await?.contains("data:") {
            for reader in &news {
                reader.notify_one();
            }
        }
    }
}

/// When each number was first read, and how long the readings took.
type Read = (HashMap<usize, Instant>, Vec<Duration>);

/// Reads whenever there are news, with a pause after each reading.
async fn read(
    mut connection: Connection,
    asks: String,
    news: Arc<Notify>,
    pause: Duration,
    over: Arc<AtomicBool>,
) -> Result<Read, Failure> {
    let (mut shown, mut took) = (HashMap::new(), Vec::new());
    while !over.load(Ordering::Relaxed) {
        if tokio::time::timeout(pause, news.notified()).await.is_err() {
            continue;
        }
        let begun = Instant::now();
        connection.send(asks.as_bytes()).await?;
        let (code, body) = tokio::time::timeout(PATIENCE, connection.answer()).await??;
        if code != 200 {
            return Err(format!("a console was answered {code}: {body}").into());
        }
        let now = Instant::now();
        took.push(now - begun);
        for part in body.split("\"Nummer ").skip(1) {
            let number = part.split('"').next().and_then(|number| number.parse().ok());
            if let Some(number) = number {
                shown.entry(number).or_insert(now);
            }
        }
        tokio::time::sleep(pause).await;
    }
    Ok((shown, took))
}

/// One door: takes the next who is due, signs them up, and says when that was sent.
async fn come(
    mut connection: Connection,
    address: String,
    slug: String,
    next: Arc<AtomicUsize>,
    people: usize,
    start: Instant,
    gap: Duration,
) -> Result<Vec<(usize, Instant)>, Failure> {
    let mut sent = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= people {
            return Ok(sent);
        }
        tokio::time::sleep_until((start + gap * u32::try_from(number)?).into()).await;
        let form = format!(
            "name=Nummer+{number}&email=nummer{number}%40exempel.se&organisation=Kommun+{}&consent=yes",
            number % 290
        );
        let now = Instant::now();
        let post = request(&address, &format!("/events/{slug}/sign-up"), &form);
        connection.send(post.as_bytes()).await?;
        let (code, body) = tokio::time::timeout(PATIENCE, connection.answer()).await??;
        if code != 200 {
            return Err(format!("number {number} was answered {code}: {body}").into());
        }
        sent.push((number, now));
    }
}
