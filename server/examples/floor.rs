//! A floor for `make bench`: a bare handler that answers every request with the bytes of one file.
//!
//! `floor FILE ADDRESS:PORT`

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::serve::ListenerExt;
use std::error::Error;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(address)) = (arguments.next(), arguments.next()) else {
        return Err("usage: floor FILE ADDRESS:PORT".into());
    };
    let page = Bytes::from(std::fs::read(file)?);
    let router = Router::new().fallback(move || {
        let page = page.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page) }
    });
    // As the real server does.
    let listener = TcpListener::bind(address).await?.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            eprintln!("TCP_NODELAY could not be set: {error}");
        }
    });
    axum::serve(listener, router).await?;
    Ok(())
}
