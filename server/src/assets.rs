//! The built client: files whose addresses carry the hash of their content, each with a compressed one
//! beside it, kept by browsers for good.

use crate::Failure;
use app::services::SiteFiles;
use axum::Router;
use axum::extract;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::path::Path;
use tower_http::services::ServeDir;

/// What the client loads its parts with; wasm-split writes it.
const LOADER: &str = "__wasm_split.js";

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
    let loader = site.join(client.trim_start_matches('/')).join(LOADER);
    let loader = std::fs::read_to_string(loader).unwrap_or_default();
    Ok(SiteFiles {
        js: format!("{client}/stafett.js"),
        wasm: format!("{client}/stafett_bg.wasm"),
        parts: parts(&loader, &client),
        css: format!("/pkg/main.{}.css", hash("css")?),
        organisers_css: format!("/pkg/organisers.{}.css", hash("organisers")?),
        upload: format!("/pkg/upload.{}.js", hash("upload")?),
        largest_upload: 0,
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

/// What a door needs to be opened without a network: the client with the parts for the door and its camera, and no
/// other.
fn door_files(site: &Path, files: &SiteFiles) -> Vec<String> {
    let folder = files.js.rsplit_once('/').map_or("", |(folder, _)| folder);
    let inside = site.join(folder.trim_start_matches('/'));
    let loader = std::fs::read_to_string(inside.join(LOADER)).unwrap_or_default();
    let parts = door_parts(&loader);
    let is_asked_for = |name: &str| {
        let is_packed = [".br", ".gz"].iter().any(|end| name.ends_with(end));
        let is_part = name.ends_with(".wasm") && !files.wasm.ends_with(name);
        let is_elsewhere =
            is_part && parts.as_ref().is_some_and(|parts| !parts.iter().any(|part| part == name));
        !is_packed && !is_elsewhere && name.contains('.')
    };
    let mut names: Vec<String> = std::fs::read_dir(inside)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| is_asked_for(name))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.extend([files.css.clone(), files.organisers_css.clone()]);
    names.push("/favicon.svg".to_owned());
    names.sort_unstable();
    names
}

/// The files of each part of the client, by the part's name.
fn parts(loader: &str, folder: &str) -> HashMap<String, Vec<String>> {
    let loads = loader.split("__wasm_split_load_").skip(1);
    loads
        .filter_map(|load| {
            let name = load.split(' ').next()?;
            let files = part_files(loader, name)?;
            Some((name.to_owned(), files.iter().map(|file| format!("{folder}/{file}")).collect()))
        })
        .collect()
}

/// The files of a part, as the client's own loader has them: its own, and what it shares with others.
fn part_files(loader: &str, part: &str) -> Option<Vec<String>> {
    let loads = loader.split(&format!("__wasm_split_load_{part} ")).nth(1)?;
    let (_, needs) = loads.split("export const").next()?.rsplit_once('[')?;
    let needs = needs.split(']').next()?.split(',').map(str::trim).filter(|name| !name.is_empty());
    let shared = needs.map(|chunk| Some(format!("{}.wasm", chunk.strip_prefix("__")?)));
    [Some(format!("split_{part}.wasm"))].into_iter().chain(shared).collect()
}

/// The files of the parts that a door loads. `None` where the loader does not say: then all are kept.
fn door_parts(loader: &str) -> Option<Vec<String>> {
    let mut names = part_files(loader, "door")?;
    names.extend(part_files(loader, "codes")?);
    Some(names)
}

/// `/door-worker.js`, with what it keeps written into it: another build is another worker, so browsers put the new
/// one in the place of the old by themselves.
pub fn door_worker(site: &Path, files: &SiteFiles) -> String {
    let kept = serde_json::json!(door_files(site, files)).to_string();
    let version = serde_json::json!(files.js).to_string();
    include_str!("door_worker.js").replace("\"VERSION\"", &version).replace("\"FILES\"", &kept)
}

/// Answers with the worker. It may look after the pages of doors alone: each registers it for its own address.
pub async fn worker(extract::State(state): extract::State<crate::router::State>) -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
            // It fetches from this site, and can do nothing else.
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; connect-src 'self'"),
        ],
        [("service-worker-allowed", "/")],
        state.door_worker.to_string(),
    )
        .into_response()
}

/// Answers with what takes kept doors away from a telephone that may not have them any longer (`app/src/shell.rs`).
pub async fn left_doors() -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
        ],
        include_str!("door_left.js"),
    )
        .into_response()
}

/// `/robots.txt`: everything public may be found; what carries a secret is not linked anywhere.
pub async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /sign-ups/\nDisallow: /en/sign-ups/\nDisallow: /unsubscribe/\nDisallow: /en/unsubscribe/\nDisallow: /api/\nDisallow: /live\n"
}

#[cfg(test)]
mod tests {
    use super::{door_parts, parts};

    #[test]
    fn a_door_keeps_its_own_parts_and_what_they_share() {
        let load = |part: &str, needs: &str| {
            format!(
                "export const __wasm_split_load_{part} = wrapAsyncCb(makeLoad(() => {{\n    const src = \
                 fetch(new URL(\"./split_{part}.wasm\", import.meta.url));\n}}\n, [{needs}]));\n"
            )
        };
        let loader = [
            load("pages", "__chunk_5, __chunk_6"),
            load("door", "__chunk_4, __chunk_7"),
            load("codes", ""),
        ]
        .concat();
        let kept = ["split_door.wasm", "chunk_4.wasm", "chunk_7.wasm", "split_codes.wasm"];
        assert_eq!(door_parts(&loader).as_deref(), Some(kept.map(str::to_owned).as_slice()));
        assert_eq!(door_parts("export {}"), None);
        let all = parts(&loader, "/pkg/a");
        assert_eq!(all.len(), 3);
        assert_eq!(
            all["pages"],
            ["split_pages", "chunk_5", "chunk_6"].map(|it| format!("/pkg/a/{it}.wasm"))
        );
        assert_eq!(all["codes"], ["/pkg/a/split_codes.wasm"]);
    }
}
