//! For `make bench`: sets how many seats a way of an event has, as an organiser does, and prints how many
//! milliseconds that took, from beginning the transaction to its end. Seats that become free by it go to the
//! first in line in the same transaction.
//!
//! `promote DATABASE_URL EVENT WAY CAPACITY`

#![expect(clippy::print_stdout, reason = "its finding goes to the script that started it")]

use app::events::model::{EventId, Way};
use app::signup::promotion::set_capacity;
use sqlx::postgres::PgPoolOptions;
use std::error::Error;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, event, way, capacity] = arguments.as_slice() else {
        return Err("usage: promote DATABASE_URL EVENT WAY CAPACITY".into());
    };
    let event = EventId(event.parse()?);
    let way = Way::parse(way).ok_or("there is no such way")?;
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    // One connection, which is there before the time is taken.
    let pool = PgPoolOptions::new().max_connections(1).connect(url).await?;
    let start = Instant::now();
    let beyond = set_capacity(&pool, event, way, Some(capacity.parse()?), now).await?;
    let taken = start.elapsed().as_secs_f64() * 1_000.0;
    beyond.ok_or("the event does not offer that way")?;
    println!("{taken:.1}");
    Ok(())
}
