//! Tells the server what was watched: at most every ten seconds, and when the page is left. Only for somebody who is
//! signed in and wants it kept.

use super::engine::{Shared, here};
use super::model::{Gatherer, REPORT_EVERY_MS, written};
use crate::recordings::watching::model::Interval;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Headers, RequestInit, Response, UrlSearchParams};

/// What has been watched and not been told.
pub struct Reporter {
    /// Where to; nothing where nothing is kept, or the server wants no more.
    address: Option<String>,
    gathered: Gatherer,
    at_ms: i32,
    /// Something is to be told, and will be.
    due: Option<Timeout>,
}

impl Reporter {
    /// One that tells it at this address.
    pub fn new(address: Option<String>) -> Self {
        Self { address, gathered: Gatherer::default(), at_ms: 0, due: None }
    }

    /// It is being played.
    pub fn plays(&mut self, shared: &Shared, at_ms: i32, speed: i32) {
        if self.address.is_some() {
            self.gathered.plays(at_ms, speed);
            self.is_at(shared, at_ms);
        }
    }

    /// It has been stopped, or goes to another place.
    pub fn rests(&mut self, shared: &Shared, at_ms: i32) {
        if self.address.is_some() {
            self.gathered.rests();
            self.is_at(shared, at_ms);
        }
    }

    fn is_at(&mut self, shared: &Shared, at_ms: i32) {
        self.at_ms = at_ms;
        if self.due.is_none() {
            let shared = Shared::clone(shared);
            let wait = REPORT_EVERY_MS.unsigned_abs();
            self.due = Some(Timeout::new(wait, move || {
                let mut state = shared.borrow_mut();
                state.reporter.due = None;
                state.reporter.tell();
            }));
        }
    }

    fn tell(&mut self) {
        let Some(address) = self.address.clone() else { return };
        let parts = self.gathered.take();
        let body = format!("at={}&seen={}", self.at_ms, written(&parts));
        spawn_local(async move {
            let answer = post(&address, &body).await;
            let Some(shared) = here() else { return };
            let reporter = &mut shared.borrow_mut().reporter;
            // Another recording may be there by now.
            if reporter.address.as_deref() != Some(address.as_str()) {
                return;
            }
            match answer {
                Ok(answer) if answer.ok() => {}
                Ok(answer) if (400..500).contains(&answer.status()) && answer.status() != 429 => {
                    reporter.address = None;
                }
                _ => reporter.again(&shared, parts),
            }
        });
    }

    /// It did not get there: it comes along the next time.
    fn again(&mut self, shared: &Shared, parts: Vec<Interval>) {
        self.gathered.give_back(parts);
        let at = self.at_ms;
        self.is_at(shared, at);
    }

    /// The page is left: whatever there is goes now, in a way that outlives the page.
    pub fn leaves(&mut self, at_ms: i32) {
        let Some(address) = self.address.clone() else { return };
        if self.due.take().is_none() {
            return;
        }
        let parts = self.gathered.take();
        let Ok(fields) = UrlSearchParams::new() else { return };
        fields.append("at", &at_ms.to_string());
        fields.append("seen", &written(&parts));
        let navigator = window().navigator();
        let sent = navigator.send_beacon_with_opt_url_search_params(&address, Some(&fields));
        if sent != Ok(true) {
            self.gathered.give_back(parts);
        }
    }
}

async fn post(address: &str, body: &str) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&body.into());
    JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?.dyn_into()
}
