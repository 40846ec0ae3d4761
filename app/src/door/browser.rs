//! What the door tells the server while it is open in a browser.

use super::model::Done;
use js_sys::{Date, Math, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

/// A key that nothing else has: `crypto.randomUUID` is there on encrypted pages only.
fn key() -> String {
    let digits = || format!("{:.0}", Math::random() * 1e15);
    format!("{:.0}-{}{}", Date::now(), digits(), digits())
}

/// Posts what happened; `None` if the server could not be reached, or did not answer as it should.
pub async fn tell(address: &str, sign_up: i64) -> Option<Done> {
    let body = format!("sign_up={sign_up}&key={}", key());
    let answer = send(address, &body).await.ok()?;
    let read = JsFuture::from(answer.json().ok()?).await.ok()?;
    let word = Reflect::get(&read, &"done".into()).ok()?.as_string()?;
    Done::parse(&word)
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
