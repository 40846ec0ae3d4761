//! Rendered pages, kept until something on them changes. What an anonymous reader gets is the same for
//! all of them but for the nonce of the Content-Security-Policy, so a page is kept in pieces around it.
//!
//! A page says while it is rendered which events it shows and when it becomes wrong by itself
//! (`app::services::PageNotes`); a change of one of them takes it away. A page during whose rendering
//! anything changed is not kept at all: it may have read from before. Requests with a session pass by.

use crate::gzip::{self, Deflated};
use app::calendar::page::is_phone;
use app::events::model::EventId;
use app::live::hub::{Hub, Notice};
use app::services::{Clock, PageNotes};
use app::text::Lang;
use axum::body::{Body, Bytes};
use axum::extract::{self, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rand::RngCore;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::broadcast::error::RecvError;

/// Pages with longer addresses are rendered each time: nobody shares them.
const LONGEST_ADDRESS: usize = 400;
/// No page is near this; what is larger is not read into memory.
const LARGEST_PAGE: usize = 8 << 20;

/// What tells one kept page from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    address: String,
    phone: bool,
}

/// A rendered page around its nonces.
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    pieces: Vec<Bytes>,
    deflated: OnceLock<Vec<Deflated>>,
    events: HashSet<EventId>,
    until: Option<i64>,
    /// The other origin that it shows a frame of.
    frame_from: Option<String>,
}

#[derive(Default)]
struct Shelf {
    pages: HashMap<Key, Arc<Kept>>,
    /// In the order of their coming, for making room.
    order: VecDeque<Key>,
    bytes: usize,
    /// Rises with every change, whatever it touches.
    changes: u64,
}

/// Keeps pages. A handle; all copies share one shelf.
#[derive(Clone)]
pub struct Keeper {
    shelf: Arc<Mutex<Shelf>>,
    /// One rendering at a time for each address; the others wait for it.
    rendering: Arc<Mutex<HashMap<Key, Arc<tokio::sync::Mutex<()>>>>>,
    hub: Hub,
    clock: Clock,
    capacity: usize,
}

impl Keeper {
    /// A keeper that keeps at most `capacity` bytes of pages.
    pub fn new(hub: Hub, clock: Clock, capacity: usize) -> Self {
        Self { shelf: Arc::default(), rendering: Arc::default(), hub, clock, capacity }
    }

    /// Follows the hub until the process ends.
    pub async fn follow(self) {
        let mut notices = self.hub.subscribe();
        loop {
            match notices.recv().await {
                Ok(Notice::Changed { events, facts: false, .. }) => self.forget(&events),
                Ok(Notice::Changed { .. } | Notice::Missed) | Err(RecvError::Lagged(_)) => {
                    self.clear()
                }
                Err(RecvError::Closed) => return,
            }
        }
    }

    fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Drops the pages that show any of these events.
    pub fn forget(&self, events: &[EventId]) {
        let mut shelf = self.shelf();
        shelf.changes += 1;
        let touched: Vec<Key> = shelf
            .pages
            .iter()
            .filter(|(_, page)| events.iter().any(|event| page.events.contains(event)))
            .map(|(key, _)| key.clone())
            .collect();
        for key in touched {
            shelf.remove(&key);
        }
    }

    fn clear(&self) {
        let mut shelf = self.shelf();
        *shelf = Shelf { changes: shelf.changes + 1, ..Shelf::default() };
    }

    fn find(&self, key: &Key) -> Option<Arc<Kept>> {
        let mut shelf = self.shelf();
        let page = shelf.pages.get(key)?;
        if page.until.is_some_and(|until| self.clock.now() >= until) {
            shelf.remove(key);
            return None;
        }
        Some(Arc::clone(page))
    }

    fn put(&self, key: Key, page: Arc<Kept>, changes_before: u64) {
        let size = page.size();
        let mut shelf = self.shelf();
        if shelf.changes != changes_before || size > self.capacity / 4 {
            return;
        }
        shelf.remove(&key);
        while shelf.bytes + size > self.capacity {
            let Some(oldest) = shelf.order.front().cloned() else { break };
            shelf.remove(&oldest);
        }
        shelf.bytes += size;
        shelf.order.push_back(key.clone());
        shelf.pages.insert(key, page);
    }
}

impl Shelf {
    fn remove(&mut self, key: &Key) {
        if let Some(page) = self.pages.remove(key) {
            self.bytes -= page.size();
            self.order.retain(|kept| kept != key);
        }
    }
}

impl Kept {
    /// What it takes in memory, the deflated form (at most as large) counted from the beginning.
    fn size(&self) -> usize {
        self.pieces.iter().map(|piece| 2 * piece.len() + 64).sum::<usize>() + 1_024
    }

    /// A whole answer, with a nonce of its own.
    fn answer(&self, gzipped: bool) -> Response {
        let nonce = new_nonce();
        let body = if gzipped {
            let pieces = self
                .deflated
                .get_or_init(|| self.pieces.iter().map(|piece| Deflated::new(piece)).collect());
            gzip::join(pieces, nonce.as_bytes())
        } else {
            self.pieces.join(nonce.as_bytes())
        };
        let mut answer = (self.status, Body::from(body)).into_response();
        *answer.headers_mut() = self.headers.clone();
        let headers = answer.headers_mut();
        if gzipped {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        // The one page that is made to stand in pages elsewhere has a policy of its own, and no scripts.
        let is_embedded = headers
            .get(header::CONTENT_SECURITY_POLICY)
            .is_some_and(|policy| policy.as_bytes().ends_with(b"frame-ancestors *"));
        if is_embedded {
            return answer;
        }
        let frames = match &self.frame_from {
            Some(origin) => format!("; frame-src {origin}"),
            None => String::new(),
        };
        let policy = format!(
            "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
             frame-ancestors 'none'{frames}"
        );
        if let Ok(policy) = HeaderValue::try_from(policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        answer
    }
}

/// 128 random bits in base64url (CSP 3 §2.3.1 wants at least that many).
fn new_nonce() -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bits = [0_u8; 16];
    rand::rng().fill_bytes(&mut bits);
    let number = u128::from_be_bytes(bits);
    (0..22)
        .map(|place| {
            char::from(ALPHABET[usize::try_from(number >> (6 * place) & 63).unwrap_or_default()])
        })
        .collect()
}

/// The layer: answers from the shelf, or has the page rendered and kept.
pub async fn serve_kept(
    extract::State(state): extract::State<crate::router::State>,
    mut request: Request,
    next: Next,
) -> Response {
    let keeper = &state.keeper;
    let gzipped = takes_gzip(request.headers());
    let Some(key) = key(&request).filter(|_| keeper.capacity > 0) else {
        request.extensions_mut().insert(PageNotes::default());
        return render(request, next).await.answer(gzipped);
    };
    if let Some(page) = keeper.find(&key) {
        return page.answer(gzipped);
    }
    let turn = Arc::clone(
        keeper
            .rendering
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(key.clone())
            .or_default(),
    );
    let rendering = turn.lock().await;
    if let Some(page) = keeper.find(&key) {
        return page.answer(gzipped);
    }
    let changes_before = keeper.shelf().changes;
    let notes = PageNotes::default();
    request.extensions_mut().insert(notes.clone());
    let rendered = render(request, next).await;
    let answer = match rendered {
        Rendered::Page(mut page) => {
            let notes = notes.read();
            page.events = notes.events;
            page.until = notes.until;
            let page = Arc::new(page);
            if notes.is_public && page.status == StatusCode::OK {
                keeper.put(key.clone(), Arc::clone(&page), changes_before);
            }
            page.answer(gzipped)
        }
        other => other.answer(gzipped),
    };
    drop(rendering);
    let mut turns = keeper.rendering.lock().unwrap_or_else(PoisonError::into_inner);
    if turns.get(&key).is_some_and(|kept| Arc::ptr_eq(kept, &turn) && Arc::strong_count(kept) <= 2)
    {
        turns.remove(&key);
    }
    answer
}

/// What tells this request's page; `None` for what is never kept.
fn key(request: &Request) -> Option<Key> {
    let address = request.uri().path_and_query()?.as_str();
    let path = request.uri().path();
    let bare = Lang::bare_path(path);
    let is_page = bare == "/"
        || bare == "/calendar"
        || bare == "/materials"
        || bare == "/recordings"
        || ["/events/", "/series/", "/programmes/", "/recordings/"].iter().any(|start| {
            bare.strip_prefix(start).is_some_and(|slug| !slug.contains('/') && !slug.contains('.'))
        });
    let fits = request.method() == Method::GET
        && is_page
        && address.len() <= LONGEST_ADDRESS
        && !has_session(request.headers());
    fits.then(|| Key { address: address.to_owned(), phone: is_phone(request.headers()) })
}

/// The request belongs to somebody: nothing that is rendered for it may be kept or come from the shelf.
fn has_session(headers: &HeaderMap) -> bool {
    headers.contains_key(header::AUTHORIZATION)
        || headers.get_all(header::COOKIE).iter().any(|value| {
            value.to_str().map_or(true, |cookies| {
                cookies
                    .split(';')
                    .filter_map(|cookie| cookie.split('=').next())
                    .any(|name| name.trim().ends_with("stafett_session"))
            })
        })
}

/// An answer on its way out.
enum Rendered {
    Page(Kept),
    Other(Response),
}

impl Rendered {
    fn answer(self, gzipped: bool) -> Response {
        match self {
            Self::Page(page) => page.answer(gzipped),
            Self::Other(answer) => answer,
        }
    }
}

/// Lets the request through; a page comes back in pieces around its nonce.
async fn render(request: Request, next: Next) -> Rendered {
    let notes = request.extensions().get::<PageNotes>().cloned().unwrap_or_default();
    let answer = next.run(request).await;
    let is_html = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_html {
        return Rendered::Other(answer);
    }
    let (mut parts, body) = answer.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_PAGE).await else {
        tracing::error!("a page broke off while it was rendered");
        return Rendered::Other(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(
        header::VARY,
        HeaderValue::from_static("accept-encoding, sec-ch-ua-mobile, user-agent, cookie"),
    );
    // What is public may lie in a cache and be asked about; somebody's own page may not.
    let notes = notes.read();
    let cache = if notes.is_public { "no-cache" } else { "no-store" };
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(cache));
    Rendered::Page(Kept {
        status: parts.status,
        headers: parts.headers,
        pieces: split(&body, notes.nonce.as_deref()),
        deflated: OnceLock::new(),
        events: HashSet::new(),
        until: None,
        frame_from: notes.frame_from,
    })
}

/// The page without its nonce: what lies before, between and after.
fn split(page: &Bytes, nonce: Option<&str>) -> Vec<Bytes> {
    let Some(nonce) = nonce.filter(|nonce| !nonce.is_empty()) else {
        return vec![page.clone()];
    };
    let Ok(text) = std::str::from_utf8(page) else {
        return vec![page.clone()];
    };
    text.split(nonce).map(|piece| page.slice_ref(piece.as_bytes())).collect()
}

/// RFC 9110 §12.5.3, as far as it is used: gzip is named and not refused.
fn takes_gzip(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(
        |value| {
            value.split(',').any(|coding| {
                let mut parts = coding.split(';').map(str::trim);
                parts.next() == Some("gzip")
                    && parts.next().is_none_or(|quality| !matches!(quality, "q=0" | "q=0.0"))
            })
        },
    )
}

/// JSON and calendar files, gzipped where that is worth it.
pub fn gzip_body(headers: &HeaderMap, body: Vec<u8>) -> (Option<HeaderValue>, Vec<u8>) {
    const WORTH_IT: usize = 1_024;
    if body.len() < WORTH_IT || !takes_gzip(headers) {
        return (None, body);
    }
    (Some(HeaderValue::from_static("gzip")), gzip::join(&[Deflated::new(&body)], b""))
}

#[cfg(test)]
#[path = "kept_tests.rs"]
mod tests;
