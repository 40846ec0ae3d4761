//! `/dev/mail`: the local mailbox, where mail lands while no mail server is set, and where one sees what
//! became of it where one is. Never in production.

use crate::jobs::mail::compose;
use crate::jobs::mail::picture::png;
use crate::router::State;
use app::error::AppError;
use app::mail::letters::{Letter, letters, newest};
use app::mail::model::State as MailState;
use app::text::mail::PICTURE;
use app::text::{Lang, Words, dates};
use app::time::{home_zone, local};
use app::ui::html::escape;
use axum::extract::{self, Path};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::fmt::Write;

/// How many of the newest are listed.
const LISTED: i64 = 200;

/// These mails, the newest first. Whoever tries passkeys has come by the name of this machine instead of its
/// number (docs/accounts.md); the links lead to where they are.
async fn read(state: &State, asked: &HeaderMap, ids: &[i64]) -> Result<Vec<Letter>, AppError> {
    let services = &state.services;
    let mut site = state.config.mail_site();
    if let Some(party) = services.passkeys_at(asked.get(header::HOST)) {
        party.origin().clone_into(&mut site.url);
    }
    let mut letters = letters(&services.pool, ids, &site, services.clock.now()).await?;
    letters.reverse();
    Ok(letters)
}

/// One mail.
async fn find(state: &State, asked: &HeaderMap, id: &str) -> Result<Letter, AppError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    read(state, asked, &[id]).await?.pop().ok_or(AppError::NotFound)
}

/// When a mail was written.
fn written(letter: &Letter) -> String {
    let at = local(letter.created, &home_zone());
    format!("{} {}", dates::day(Lang::Sv, at.date()), dates::clock(at.time()))
}

/// Where a mail is, and why.
fn state_of(words: &Words, letter: &Letter) -> String {
    let state = match letter.state {
        MailState::Queued => words.mail_queued,
        MailState::Sent => words.mail_was_sent,
        MailState::Failed => words.mail_failed,
        MailState::Dropped => words.mail_dropped,
    };
    match &letter.problem {
        Some(problem) if letter.state != MailState::Sent => format!("{state}: {problem}"),
        _ => state.to_owned(),
    }
}

/// `/dev/mail`
pub async fn list(extract::State(state): extract::State<State>, asked: HeaderMap) -> Response {
    let ids = newest(&state.services.pool, LISTED).await.map_err(AppError::from);
    let letters = match ids {
        Ok(ids) => read(&state, &asked, &ids).await,
        Err(error) => Err(error),
    };
    let letters = match letters {
        Ok(letters) => letters,
        Err(error) => return failed(error),
    };
    let words = Lang::Sv.words();
    let mut rows = String::new();
    for letter in &letters {
        // Writing to a string cannot fail.
        let _ = write!(
            rows,
            "<li><time>{}</time><span>{}<br><small>{}</small></span>\
             <a href=\"/dev/mail/{}\" lang=\"{}\">{}</a></li>",
            written(letter),
            escape(&letter.to),
            escape(&state_of(words, letter)),
            letter.id,
            letter.lang.tag(),
            escape(&letter.mail.subject),
        );
    }
    let list = if rows.is_empty() {
        format!("<p>{}</p>", words.mailbox_empty)
    } else {
        format!("<ul class=\"mails\">{rows}</ul>")
    };
    document(
        &state,
        words.mailbox,
        &format!(
            "<h1>{}</h1><p class=\"lead\">{}</p><section>{list}</section>",
            words.mailbox, words.mailbox_why
        ),
    )
}

/// `/dev/mail/{id}`
pub async fn one(
    extract::State(state): extract::State<State>,
    asked: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let letter = match find(&state, &asked, &id).await {
        Ok(letter) => letter,
        Err(error) => return failed(error),
    };
    let words = Lang::Sv.words();
    let mail = &letter.mail;
    let (subject, link) = (escape(&mail.subject), escape(&mail.link));
    let facts: String = [
        (words.mail_to, letter.to.clone()),
        (words.mail_sent, written(&letter)),
        (words.mail_state, state_of(words, &letter)),
    ]
    .iter()
    .map(|(name, value)| format!("<div><dt>{name}</dt><dd>{}</dd></div>", escape(value)))
    .collect();
    let calendar: String = letter
        .calendars
        .iter()
        .map(|calendar| {
            format!(
                "<h2>{} ({})</h2><pre>{}</pre>",
                words.mail_calendar,
                calendar.method.as_str(),
                escape(&calendar.file)
            )
        })
        .collect();
    document(
        &state,
        &mail.subject,
        &format!(
            "<article class=\"mail\"><p class=\"kicker\"><a href=\"/dev/mail\">{}</a></p>\
             <h1 lang=\"{lang}\">{subject}</h1><dl class=\"facts\">{facts}</dl>\
             <h2>{}</h2><pre lang=\"{lang}\">{}\n<a href=\"{link}\">{link}</a>\n{}</pre>\
             <h2>{}</h2>{}{calendar}<p><a href=\"/dev/mail/{}/source\">{}</a></p></article>",
            words.mailbox,
            words.mail_as_text,
            escape(&mail.text_before_link()),
            escape(&mail.text_after_link()),
            words.mail_as_html,
            // Without its inline styles, which this site's policy forbids; a picture that comes with a mail has no
            // address on a page.
            mail.html_body(false)
                .replace(&format!("cid:{PICTURE}"), &format!("/dev/mail/{}/ticket.png", letter.id)),
            letter.id,
            words.mail_source,
            lang = letter.lang.tag(),
        ),
    )
}

/// `/dev/mail/{id}/ticket.png`
pub async fn ticket(
    extract::State(state): extract::State<State>,
    asked: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let letter = match find(&state, &asked, &id).await {
        Ok(letter) => letter,
        Err(error) => return failed(error),
    };
    match letter.mail.ticket.and_then(|ticket| png(&ticket.address)) {
        Some(picture) => ([(header::CONTENT_TYPE, "image/png")], picture).into_response(),
        None => failed(AppError::NotFound),
    }
}

/// `/dev/mail/{id}/source`
pub async fn source(
    extract::State(state): extract::State<State>,
    asked: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let letter = match find(&state, &asked, &id).await {
        Ok(letter) => letter,
        Err(error) => return failed(error),
    };
    match compose(&state.config.mail_site(), &letter, letter.created) {
        Ok(carried) => carried.text.into_response(),
        Err(problem) => format!("{problem}\n").into_response(),
    }
}

fn document(state: &State, title: &str, main: &str) -> Response {
    let mut answer = Html(format!(
        "<!DOCTYPE html><html lang=\"sv\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{} – Stafett</title>\
         <link rel=\"icon\" href=\"/favicon.svg\"><link rel=\"stylesheet\" href=\"{}\"></head>\
         <body><main id=\"main\">{main}</main></body></html>",
        escape(title),
        state.services.site.css,
    ))
    .into_response();
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn failed(error: AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, format!("{}\n", status.canonical_reason().unwrap_or_default())).into_response()
}
