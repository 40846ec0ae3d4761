//! `/recordings/{slug}/embed`: a recording for pages elsewhere. The only page of the house that may stand in a frame:
//! it knows nobody, has no form and no script, and shows what everybody may see.

use crate::router::State;
use app::error::AppError;
use app::events::model::Slug;
use app::recordings::access;
use app::recordings::model::page_address;
use app::recordings::page_model::{RecordingPage, begin_at};
use app::recordings::page_store;
use app::text::Lang;
use app::ui::html::{escape, push_attribute, push_escaped};
use axum::extract::rejection::QueryRejection;
use axum::extract::{self, Path, Query};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

/// The address that pages elsewhere show.
pub fn routes(prefix: &str) -> axum::Router<State> {
    axum::Router::new().route(&format!("{prefix}/recordings/{{slug}}/embed"), get(embed))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    t: String,
}

async fn embed(
    extract::State(state): extract::State<State>,
    Path(slug): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
    uri: Uri,
) -> Response {
    let lang = Lang::of_path(uri.path());
    // Whatever cannot be read counts as not being there.
    let seconds = asked.ok().and_then(|Query(asked)| begin_at(&asked.t));
    let (status, body) = match find(&state, lang, &slug).await {
        Ok(page) => (StatusCode::OK, film(&state, lang, &page, seconds)),
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, lost(&state, lang, error))
        }
    };
    let mut answer = (status, body).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'self'; base-uri 'none'; \
             form-action 'none'; frame-ancestors *",
        ),
    );
    answer
}

/// What may be shown elsewhere; whatever may not is answered as if there were nothing.
async fn find(state: &State, lang: Lang, slug: &str) -> Result<RecordingPage, AppError> {
    let services = &state.services;
    let slug = Slug::parse(slug).ok_or(AppError::NotFound)?;
    let door = access::by_slug(&services.pool, slug.as_str()).await?.ok_or(AppError::NotFound)?;
    let now = services.clock.now();
    let page = page_store::page(&services.pool, lang, &door, None, now).await?;
    let page = page.filter(|page| page.may_embed && page.is_public && !page.sources.is_empty());
    page.ok_or(AppError::NotFound)
}

fn document(state: &State, lang: Lang, title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{}\" class=\"embed\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">\
         <title>{} – Stafett</title><link rel=\"stylesheet\" href=\"{}\"></head><body>{body}</body></html>",
        lang.tag(),
        escape(title),
        escape(&state.services.site.css),
    )
}

fn film(state: &State, lang: Lang, page: &RecordingPage, seconds: Option<i32>) -> String {
    let words = lang.recording_words();
    let address = lang.href(&page_address(&page.slug));
    let mut body = String::from("<main><h1><a target=\"_blank\" rel=\"noopener\"");
    push_attribute(&mut body, "href", &address);
    body.push('>');
    push_escaped(&mut body, &page.title);
    body.push_str("</a></h1><video controls playsinline preload=\"metadata\"");
    push_attribute(&mut body, "aria-label", &page.title);
    if let Some(poster) = &page.poster {
        push_attribute(&mut body, "poster", &poster.address);
    }
    if let Some(source) = page.sources.first() {
        let begin = seconds.map(|seconds| format!("#t={seconds}")).unwrap_or_default();
        push_attribute(&mut body, "src", &format!("{}{begin}", source.address));
    }
    body.push('>');
    for track in &page.tracks {
        body.push_str("<track");
        push_attribute(&mut body, "kind", if track.translates { "subtitles" } else { "captions" });
        push_attribute(&mut body, "src", &track.address);
        push_attribute(&mut body, "srclang", track.language.tag());
        push_attribute(&mut body, "label", lang.name_of(track.language));
        body.push('>');
    }
    body.push_str("</video><p><a target=\"_blank\" rel=\"noopener\"");
    push_attribute(&mut body, "href", &address);
    body.push('>');
    body.push_str(words.watch_at);
    body.push_str("</a></p></main>");
    document(state, lang, &page.title, &body)
}

fn lost(state: &State, lang: Lang, error: AppError) -> String {
    let words = lang.words();
    let title = if error == AppError::NotFound { words.not_found } else { words.unavailable };
    let mut body = String::from("<main><h1>");
    body.push_str(title);
    body.push_str("</h1><p><a target=\"_blank\" rel=\"noopener\"");
    push_attribute(&mut body, "href", &lang.href("/recordings"));
    body.push('>');
    body.push_str(lang.recording_words().to_library);
    body.push_str("</a></p></main>");
    document(state, lang, title, &body)
}
