//! Writing to those who signed up. Whoever asks is looked at before what they sent is read.

use crate::form_body::{LARGEST_SELECTION, read_selection};
use crate::organise::{Allowed, allowed, chosen, failed, not_allowed};
use crate::posts::{parts_of, see_other, word_before_last};
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::account::secret;
use app::error::AppError;
use app::mail::letters::preview;
use app::organise::letters::model::{Draft, LetterProblem, PostedLetter, Preview, Said, read};
use app::organise::letters::{send_store, store};
use app::organise::model::PostedTerms;
use app::organise::people::query::PeopleQuery;
use app::organise::people::selection::{self, CHOSEN, left_out};
use app::text::Lang;
use axum::extract::{self, DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::post;
use leptos::prelude::provide_context;

/// The address that the form posts to. A GET there is the page on which one writes.
pub fn forms(prefix: &str) -> axum::Router<State> {
    let letters = format!("{prefix}/organise/events/{{slug}}/letters");
    let large = DefaultBodyLimit::max(LARGEST_SELECTION);
    axum::Router::new().route(&letters, post(write).get(crate::pages::page).layer(large))
}

/// Why nothing came of it.
enum Trouble {
    Database(sqlx::Error),
    Fault(AppError),
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        Self::Fault(error)
    }
}

/// What is to be done with a letter that can be read.
struct Letter<'a> {
    state: &'a State,
    allowed: &'a Allowed,
    lang: Lang,
    query: PeopleQuery,
    draft: Draft,
}

/// `POST /organise/events/{slug}/letters`
async fn write(extract::State(state): extract::State<State>, request: Request) -> Response {
    let asked = parts_of(&request);
    let allowed = match allowed(&state, &asked, word_before_last(asked.uri.path())).await {
        Ok(allowed) => allowed,
        Err(error) => return not_allowed(&state, &asked, error).await,
    };
    let mut posted = match read_selection(request).await {
        Ok(pairs) => PostedLetter { pairs, ..PostedLetter::default() },
        Err(refused) => return refuse(&state, &asked, refused).await,
    };
    let what = posted.value("do").unwrap_or_default().to_owned();
    // Somebody comes from the list with those whom they have chosen there.
    if what == "begin" {
        let mut kept: &[&str] = &["sign_up", CHOSEN, "which"];
        // All but some are some.
        if !left_out(&posted.pairs).is_empty() {
            let terms = PostedTerms { pairs: posted.pairs.clone(), problems: Vec::new() };
            let sign_ups = match chosen(&state, &asked, allowed.found.event, &terms).await {
                Ok(sign_ups) => selection::write(sign_ups),
                Err(error) => return failed(&state, &asked, error).await,
            };
            posted.pairs.retain(|(name, _)| name != CHOSEN);
            posted.pairs.push((CHOSEN.to_owned(), sign_ups));
            kept = &[CHOSEN];
        }
        posted.pairs.retain(|(name, _)| kept.contains(&name.as_str()));
        return back(&state, &asked, posted).await;
    }
    if !["preview", "test", "send"].contains(&what.as_str()) {
        return refuse(&state, &asked, Refused::Unreadable).await;
    }
    let draft = match read(&posted) {
        Ok(draft) => draft,
        Err(problems) => {
            posted.problems = problems;
            return back(&state, &asked, posted).await;
        }
    };
    let lang = Lang::of_path(asked.uri.path());
    let query = asked.uri.query().unwrap_or_default();
    let query = PeopleQuery::from_pairs(url::form_urlencoded::parse(query.as_bytes()));
    let letter = Letter { state: &state, allowed: &allowed, lang, query, draft };
    let outcome = match what.as_str() {
        "test" => letter.test(&mut posted).await.map(|()| None),
        "send" => letter.send(&mut posted).await,
        _ => letter.look(&mut posted).await.map(|_| None),
    };
    match outcome {
        Ok(Some(id)) => {
            state.services.hub.wake_relay();
            see_other(&lang.href(&format!("/organise/events/{}/letters/{id}", allowed.slug)))
        }
        Ok(None) => back(&state, &asked, posted).await,
        Err(Trouble::Database(error)) => failed(&state, &asked, error).await,
        Err(Trouble::Fault(error)) => not_allowed(&state, &asked, error).await,
    }
}

/// The page with the form as it was filled: 422 if something is wrong in it.
async fn back(state: &State, asked: &Parts, posted: PostedLetter) -> Response {
    let is_wrong = !posted.problems.is_empty();
    let mut answer =
        crate::pages::render(state, asked, move || provide_context(posted.clone())).await;
    if is_wrong && answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

impl Letter<'_> {
    /// Those whom it is for; if there is nobody, the form says so.
    async fn readers(&self, posted: &mut PostedLetter) -> Result<Vec<i64>, sqlx::Error> {
        let readers = store::readers(
            &self.state.services.pool,
            self.allowed.found.event,
            posted.whom(&self.query),
            posted.those_gone_too(),
            &self.query,
            &posted.chosen(),
        )
        .await?;
        if readers.is_empty() {
            posted.problems = vec![("whom".to_owned(), LetterProblem::Nobody)];
        }
        Ok(readers)
    }

    /// Adds to the form how the first of them will read it; those whom it is for.
    async fn look(&self, posted: &mut PostedLetter) -> Result<Vec<i64>, Trouble> {
        let readers = self.readers(posted).await?;
        let Some(&first) = readers.first() else { return Ok(readers) };
        let services = &self.state.services;
        let reader = store::reader(&services.pool, first).await?;
        let (name, lang) = reader.unwrap_or_default();
        let mail = preview(
            &services.pool,
            &self.state.config.mail_site(),
            lang,
            self.allowed.found.event,
            &name,
            &self.draft,
            services.clock.now(),
        )
        .await?
        .ok_or(AppError::NotFound)?;
        posted.preview = Some(Preview {
            subject: mail.subject.clone(),
            html: mail.html_body(false),
            text: mail.text(),
            name,
            people: readers.len(),
            seen: self.seen(posted),
        });
        Ok(readers)
    }

    /// What was looked at, in a few signs.
    fn seen(&self, posted: &PostedLetter) -> String {
        let Draft { subject, body } = &self.draft;
        let whom = posted.whom(&self.query).as_str();
        secret::digest(&format!(
            "{subject}\0{body}\0{whom}\0{}\0{:?}\0{}",
            posted.those_gone_too(),
            posted.chosen(),
            self.query.encoded(),
        ))
    }

    async fn test(&self, posted: &mut PostedLetter) -> Result<(), Trouble> {
        let services = &self.state.services;
        send_store::test(
            &services.pool,
            &self.allowed.viewer,
            self.allowed.found.event,
            &self.draft,
            self.lang,
            &secret::new()?,
            services.clock.now(),
        )
        .await?;
        services.hub.wake_relay();
        posted.said = Some(Said::Tested);
        // What was looked at before is still to be seen.
        if posted.value("seen").is_some_and(|seen| !seen.is_empty()) {
            self.look(posted).await?;
            posted.problems.clear();
        }
        Ok(())
    }

    /// The number of the letter, once it is on its way.
    async fn send(&self, posted: &mut PostedLetter) -> Result<Option<i64>, Trouble> {
        let once = posted.value("once").unwrap_or_default().to_owned();
        if posted.value("seen") != Some(self.seen(posted).as_str())
            || !(16..=64).contains(&once.len())
        {
            self.look(posted).await?;
            if posted.problems.is_empty() {
                posted.said = Some(Said::Changed);
            }
            return Ok(None);
        }
        let readers = self.readers(posted).await?;
        if readers.is_empty() {
            return Ok(None);
        }
        let services = &self.state.services;
        let sending = send_store::Sending {
            event: self.allowed.found.event,
            whom: posted.whom(&self.query),
            to: &readers,
            once: &once,
            now: services.clock.now(),
        };
        let (id, _) =
            send_store::send(&services.pool, &self.allowed.viewer, &self.draft, &sending).await?;
        Ok(Some(id))
    }
}
