//! What makes the site an application on a telephone: the manifest, and the worker that keeps one's own pages and the
//! coming programme for when there is no network (Web Application Manifest; Service Workers).

use crate::router::State;
use app::services::SiteFiles;
use app::text::Lang;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tower_http::services::ServeFile;

/// The manifest in both languages, the pictures that it names, and the worker.
pub fn routes(site: &Path, files: &SiteFiles) -> Router<State> {
    let worker: Arc<str> = worker(files).into();
    let manifest = |lang: Lang| {
        let text: Arc<str> = manifest(lang).to_string().into();
        get(async move || of_type("application/manifest+json", &text, "public, max-age=3600"))
    };
    let icons = |file: &str| ServeFile::new(site.join("icons").join(file));
    Router::new()
        .route("/manifest.webmanifest", manifest(Lang::Sv))
        .route("/en/manifest.webmanifest", manifest(Lang::En))
        .route("/worker.js", get(async move || serve_worker(&worker)))
        .route_service("/icons/180.png", icons("180.png"))
        .route_service("/icons/192.png", icons("192.png"))
        .route_service("/icons/512.png", icons("512.png"))
}

/// `/worker.js`. Browsers ask for it at each visit, and put another one in its place by themselves.
fn serve_worker(worker: &str) -> Response {
    let mut answer = of_type("text/javascript; charset=utf-8", worker, "no-cache");
    // It fetches from this site, and can do nothing else.
    let policy = HeaderValue::from_static("default-src 'none'; connect-src 'self'");
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    answer
}

fn of_type(kind: &'static str, text: &str, kept: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)];
    (headers, text.to_owned()).into_response()
}

/// The worker, with its words written into it: another build is another worker.
fn worker(files: &SiteFiles) -> String {
    include_str!("worker.js")
        .replace("\"VERSION\"", &json!(files.css).to_string())
        .replace("\"WORDS\"", &json!({ "sv": words(Lang::Sv), "en": words(Lang::En) }).to_string())
}

fn words(lang: Lang) -> Value {
    let words = lang.offline_words();
    json!({
        "lang": lang.tag(),
        "noNetwork": words.no_network,
        "asItWas": words.as_it_was,
        "again": words.again,
        "notKept": words.not_kept,
        "thereIs": words.there_is,
    })
}

fn manifest(lang: Lang) -> Value {
    json!({
        "id": "/",
        "name": format!("Stafett. {}", lang.offline_words().tagline),
        "short_name": "Stafett",
        "lang": lang.tag(),
        "dir": "ltr",
        "start_url": lang.href("/me"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [
            { "src": "/favicon.svg", "type": "image/svg+xml", "sizes": "any" },
            { "src": "/icons/192.png", "type": "image/png", "sizes": "192x192", "purpose": "any maskable" },
            { "src": "/icons/512.png", "type": "image/png", "sizes": "512x512", "purpose": "any maskable" },
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_adds_little_to_what_is_loaded() {
        let worker = worker(&SiteFiles::default());
        assert!(!worker.contains("\"WORDS\"") && !worker.contains("\"VERSION\""));
        assert!(worker.contains("Försök igen") && worker.contains("Try again"));
        assert!(worker.len() < 10_000, "{} bytes, before compression", worker.len());
    }

    #[test]
    fn the_manifest_begins_at_ones_own_page_in_its_language() {
        assert_eq!(manifest(Lang::Sv)["start_url"], "/me");
        assert_eq!(manifest(Lang::En)["start_url"], "/en/me");
        assert_eq!(manifest(Lang::Sv)["id"], manifest(Lang::En)["id"]);
    }
}
