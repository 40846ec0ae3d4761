//! The built client: files whose addresses carry the hash of their content, each with a compressed one
//! beside it, kept by browsers for good.

use crate::Failure;
use app::services::SiteFiles;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use std::path::Path;
use tower_http::services::ServeDir;

/// The names of this build's files, from `hash.txt`, which `scripts/site.mjs` writes.
pub fn site_files(site: &Path) -> Result<SiteFiles, Failure> {
    let path = site.join("hash.txt");
    let text = std::fs::read_to_string(&path).map_err(|error| {
        format!(
            "the built client is not at {}: {error}. `make run` builds it; STAFETT_SITE says where it is.",
            path.display()
        )
    })?;
    let hash = |kind: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(kind)?.strip_prefix(": "))
            .map(str::trim)
            .ok_or_else(|| format!("{} names no {kind}; build the client anew.", path.display()))
    };
    let client = format!("/pkg/{}", hash("client")?);
    Ok(SiteFiles {
        js: format!("{client}/stafett.js"),
        wasm: format!("{client}/stafett_bg.wasm"),
        pages: format!("{client}/split_pages.wasm"),
        organise: format!("{client}/split_organise.wasm"),
        css: format!("/pkg/stafett.{}.css", hash("css")?),
        is_demonstration: false,
    })
}

/// `/pkg/…`
pub fn package(site: &Path) -> Router {
    Router::new()
        .fallback_service(ServeDir::new(site.join("pkg")).precompressed_br().precompressed_gzip())
        .layer(from_fn(async |request, next: Next| {
            let mut answer = next.run(request).await;
            if answer.status().is_success() {
                answer.headers_mut().insert(
                    header::CACHE_CONTROL,
                    HeaderValue::from_static("public, max-age=31536000, immutable"),
                );
                let vary = HeaderValue::from_static("accept-encoding");
                answer.headers_mut().insert(header::VARY, vary);
            }
            answer
        }))
}

/// `/robots.txt`: everything public may be found; what carries a secret is not linked anywhere.
pub async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /sign-ups/\nDisallow: /en/sign-ups/\nDisallow: /unsubscribe/\nDisallow: /en/unsubscribe/\nDisallow: /api/\nDisallow: /live\n"
}
