//! What the door tells the server while it is open in a browser.

use super::outcome::Outcome;
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Math};
use leptos::prelude::window;
use std::pin::pin;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

/// Whoever stands in the door waits no longer than this.
pub const PATIENCE_MS: u32 = 5_000;

/// What the server said.
pub enum Answer {
    /// What came of it.
    Outcome(Outcome),
    /// It was not reached, or not in time: it may have done it.
    Unreached,
    /// It does not let whoever asks, or not any more: the status.
    Refused(u16),
}

/// A key that nothing else has, in the order of time: `crypto.randomUUID` is there on encrypted pages only.
pub fn key() -> String {
    let digits = || format!("{:.0}", Math::random() * 1e15);
    format!("{:.0}-{}{}", Date::now(), digits(), digits())
}

/// Posts it.
pub async fn tell(address: &str, body: &str) -> Answer {
    let sent = pin!(post(address, body));
    match select(sent, TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((Ok(answer), _)) => answer,
        _ => Answer::Unreached,
    }
}

async fn post(address: &str, body: &str) -> Result<Answer, JsValue> {
    let answer = send(address, body).await?;
    if !answer.ok() {
        let is_refused =
            (400..500).contains(&answer.status()) && !matches!(answer.status(), 408 | 429);
        return Ok(if is_refused { Answer::Refused(answer.status()) } else { Answer::Unreached });
    }
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    // Somebody else's answer, as the page of a network that one has to sign in to.
    Ok(serde_json::from_str(&text).map_or(Answer::Unreached, Answer::Outcome))
}

async fn send(address: &str, body: &str) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&body.into());
    JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?.dyn_into()
}
