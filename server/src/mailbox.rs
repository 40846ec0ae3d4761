//! `/dev/mail`: the local mailbox, where mail lands while no mail server is set. Never in production.

use crate::router::State;
use app::error::AppError;
use app::text::mail::{Mail, MailKind, write};
use app::text::{Lang, dates};
use app::ui::html::escape;
use axum::extract::{self, Path};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::fmt::Write;

/// How many of the newest are listed.
const LISTED: i64 = 200;

/// A mail and its envelope.
struct Letter {
    id: i64,
    lang: Lang,
    to: String,
    sent: String,
    mail: Mail,
}

/// The newest mails, or one.
async fn letters(state: &State, only: Option<i64>) -> Result<Vec<Letter>, AppError> {
    let services = &state.services;
    let rows = sqlx::query!(
        r#"
        select m.id, m.kind, m.to_address, m.language, m.event_id as "event_id!", s.token as "token?", s.name as "name?",
            e.slug, m.created_at at time zone 'Europe/Stockholm' as "sent!"
        from mails m join events e on e.id = m.event_id left join sign_ups s on s.id = m.sign_up_id
        where $1::bigint is null or m.id = $1
        order by m.id desc limit $2
        "#,
        only,
        LISTED,
    )
    .fetch_all(&services.pool)
    .await?;
    let mut letters = Vec::with_capacity(rows.len());
    for lang in [Lang::Sv, Lang::En] {
        let ids: Vec<i64> =
            rows.iter().filter(|row| row.language == lang.tag()).map(|row| row.event_id).collect();
        let lines =
            app::events::store::lines(&services.pool, lang, &ids, services.clock.now()).await?;
        for row in rows.iter().filter(|row| row.language == lang.tag()) {
            let Some(line) = lines.iter().find(|line| line.line.id.0 == row.event_id) else {
                continue;
            };
            let Some(kind) = MailKind::parse(&row.kind) else { continue };
            let path = match &row.token {
                Some(token) => format!("/sign-ups/{token}"),
                None => format!("/events/{}", row.slug),
            };
            let link = format!("{}{}", state.config.public_url, lang.href(&path));
            let sent = app::time::civil(row.sent);
            letters.push(Letter {
                id: row.id,
                lang,
                to: row.to_address.clone(),
                sent: format!(
                    "{} {}",
                    dates::day(Lang::Sv, sent.date()),
                    dates::clock(sent.time())
                ),
                mail: write(lang, kind, &line.line, row.name.as_deref(), link),
            });
        }
    }
    for row in crate::accounts::mails(&services.pool, only, LISTED).await? {
        letters.push(Letter {
            mail: app::account::mail::sign_in(row.lang, row.link(&state.config.public_url)),
            id: row.id,
            lang: row.lang,
            to: row.to,
            sent: row.sent,
        });
    }
    letters.sort_by_key(|letter| std::cmp::Reverse(letter.id));
    Ok(letters)
}

/// `/dev/mail`
pub async fn list(extract::State(state): extract::State<State>) -> Response {
    let letters = match letters(&state, None).await {
        Ok(letters) => letters,
        Err(error) => return failed(error),
    };
    let words = Lang::Sv.words();
    let mut rows = String::new();
    for letter in &letters {
        // Writing to a string cannot fail.
        let _ = write!(
            rows,
            "<li><time>{}</time><span>{}</span><a href=\"/dev/mail/{}\" lang=\"{}\">{}</a></li>",
            letter.sent,
            escape(&letter.to),
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
pub async fn one(extract::State(state): extract::State<State>, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return failed(AppError::NotFound) };
    let letter = match letters(&state, Some(id)).await.map(|mut letters| letters.pop()) {
        Ok(Some(letter)) => letter,
        Ok(None) => return failed(AppError::NotFound),
        Err(error) => return failed(error),
    };
    let words = Lang::Sv.words();
    let Mail { subject, text, link } = &letter.mail;
    let (subject, text, link) = (escape(subject), escape(text), escape(link));
    document(
        &state,
        &letter.mail.subject,
        &format!(
            "<article class=\"mail\"><p class=\"kicker\"><a href=\"/dev/mail\">{}</a></p>\
             <h1 lang=\"{lang}\">{subject}</h1><dl class=\"facts\">\
             <div><dt>{}</dt><dd>{}</dd></div><div><dt>{}</dt><dd>{}</dd></div></dl>\
             <pre lang=\"{lang}\">{text}\n<a href=\"{link}\">{link}</a></pre></article>",
            words.mailbox,
            words.mail_to,
            escape(&letter.to),
            words.mail_sent,
            letter.sent,
            lang = letter.lang.tag(),
        ),
    )
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
