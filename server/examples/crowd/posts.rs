//! Forms that are posted one after the other over each connection.

use crate::connection::Connection;
use crate::{Failure, PATIENCE, print_waits, request};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Posts each line of `file` over so many connections, and prints how long that took.
pub async fn all(address: &str, file: &str, connections: usize) -> Result<(), Failure> {
    let text = std::fs::read_to_string(file)?;
    let requests: Vec<String> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(path, form)| request(address, path, form))
        .collect();
    let requests: Arc<[String]> = requests.into();
    let mut open = Vec::with_capacity(connections);
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let tasks: Vec<_> = open
        .into_iter()
        .map(|stream| tokio::spawn(some(stream, Arc::clone(&next), Arc::clone(&requests))))
        .collect();
    let mut waits = Vec::with_capacity(requests.len());
    for task in tasks {
        waits.extend(task.await??);
    }
    print_waits(start.elapsed().as_secs_f64(), waits)
}

/// One connection: posts the next that nobody has posted, until there are none.
async fn some(
    mut stream: Connection,
    next: Arc<AtomicUsize>,
    requests: Arc<[String]>,
) -> Result<Vec<Duration>, Failure> {
    let mut waits = Vec::new();
    while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
        let sent = Instant::now();
        stream.send(request.as_bytes()).await?;
        let (code, body) = tokio::time::timeout(PATIENCE, stream.answer()).await??;
        waits.push(sent.elapsed());
        if code != 200 {
            return Err(format!("answered {code}: {body}").into());
        }
    }
    Ok(waits)
}
