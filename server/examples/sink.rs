//! A mail server for `make bench` that takes everything and keeps nothing but, for each mail, when it
//! came (milliseconds since 1970) and its Message-ID: a line each in FILE.
//!
//! `sink ADDRESS:PORT FILE`

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

type Log = Arc<Mutex<File>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: sink ADDRESS:PORT FILE".into());
    };
    let log: Log = Arc::new(Mutex::new(File::create(file)?));
    let listener = TcpListener::bind(address).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let log = Arc::clone(&log);
        tokio::spawn(async move {
            // Whoever hangs up in the middle is gone, and that is all.
            let _ = talk(stream, &log).await;
        });
    }
}

/// RFC 5321, as far as it goes.
async fn talk(stream: TcpStream, log: &Log) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    stream.get_mut().write_all(b"220 sink\r\n").await?;
    let mut line = Vec::new();
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let answer: &[u8] = match line.to_ascii_uppercase().get(..4) {
            Some(b"EHLO") => b"250-sink\r\n250 8BITMIME\r\n",
            Some(b"DATA") => {
                stream.get_mut().write_all(b"354 go on\r\n").await?;
                let id = read_mail(&mut stream).await?;
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
                log.write_all(format!("{} {id}\n", now.as_millis()).as_bytes())?;
                b"250 taken\r\n"
            }
            Some(b"QUIT") => {
                stream.get_mut().write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => b"250 fine\r\n",
        };
        stream.get_mut().write_all(answer).await?;
    }
}

/// Reads a mail to its end, and gives its Message-ID.
async fn read_mail(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut id = String::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 || line == b".\r\n" {
            return Ok(id);
        }
        if id.is_empty()
            && let Some(value) = line.strip_prefix(b"Message-ID: ")
        {
            id = String::from_utf8_lossy(value).trim().to_owned();
        }
    }
}
