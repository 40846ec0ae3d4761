//! Tells the server what was watched, now and then and when the page is left. For somebody who is signed in it is kept
//! how far they have come; for everybody it is counted, without anybody in it. Whoever wants nothing kept tells nothing.

use super::engine::{Shared, here};
use super::model::{Gatherer, Telling, written};
use crate::recordings::watching::counting::Told;
use crate::recordings::watching::model::Interval;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Headers, RequestInit, Response, UrlSearchParams};

/// What has been watched and not been told.
pub struct Reporter {
    /// Where to and how often; nothing where nothing is told, or the server wants no more.
    to: Option<Telling>,
    /// What has been told of this viewing.
    told: Told,
    gathered: Gatherer,
    at_ms: i32,
    /// Something is to be told, and will be.
    due: Option<Timeout>,
}

impl Reporter {
    /// One that tells it so.
    pub fn new(to: Option<Telling>) -> Self {
        Self { to, told: Told::default(), gathered: Gatherer::default(), at_ms: 0, due: None }
    }

    /// It is being played.
    pub fn plays(&mut self, shared: &Shared, at_ms: i32, speed: i32) {
        if self.to.is_some() {
            self.gathered.plays(at_ms, speed);
            self.is_at(shared, at_ms);
        }
    }

    /// It has been stopped, or goes to another place.
    pub fn rests(&mut self, shared: &Shared, at_ms: i32) {
        if self.to.is_some() {
            self.gathered.rests();
            self.is_at(shared, at_ms);
        }
    }

    fn is_at(&mut self, shared: &Shared, at_ms: i32) {
        self.at_ms = at_ms;
        let wait = self.to.as_ref().map(|to| to.every_ms.unsigned_abs());
        if let Some(wait) = wait.filter(|_| self.due.is_none()) {
            let shared = Shared::clone(shared);
            self.due = Some(Timeout::new(wait, move || {
                let mut state = shared.borrow_mut();
                state.reporter.due = None;
                state.reporter.tell();
            }));
        }
    }

    fn tell(&mut self) {
        let Some(to) = self.to.clone() else { return };
        let parts = self.gathered.take();
        let before = self.told;
        let counted = self.told.tell(&parts, to.duration_ms);
        let body = format!("at={}&seen={}{counted}", self.at_ms, written(&parts));
        spawn_local(async move {
            let answer = post(&to.address, &body).await;
            let Some(shared) = here() else { return };
            let reporter = &mut shared.borrow_mut().reporter;
            // Another recording may be there by now.
            if reporter.to.as_ref() != Some(&to) {
                return;
            }
            match answer {
                Ok(answer) if answer.ok() => {}
                Ok(answer) if (400..500).contains(&answer.status()) && answer.status() != 429 => {
                    reporter.to = None;
                }
                _ => reporter.again(&shared, parts, before),
            }
        });
    }

    /// It did not get there: it comes along the next time.
    fn again(&mut self, shared: &Shared, parts: Vec<Interval>, told: Told) {
        self.gathered.give_back(parts);
        self.told = told;
        let at = self.at_ms;
        self.is_at(shared, at);
    }

    /// The page is left: whatever there is goes now, in a way that outlives the page.
    pub fn leaves(&mut self, at_ms: i32) {
        let Some(to) = self.to.clone() else { return };
        if self.due.take().is_none() {
            return;
        }
        let parts = self.gathered.take();
        let Ok(fields) = UrlSearchParams::new() else { return };
        fields.append("at", &at_ms.to_string());
        fields.append("seen", &written(&parts));
        let before = self.told;
        for (name, value) in pairs(&self.told.tell(&parts, to.duration_ms)) {
            fields.append(name, value);
        }
        let navigator = window().navigator();
        let sent = navigator.send_beacon_with_opt_url_search_params(&to.address, Some(&fields));
        if sent != Ok(true) {
            self.gathered.give_back(parts);
            self.told = before;
        }
    }
}

/// Names and values of what is sent as text.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('&').filter_map(|pair| pair.split_once('='))
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
