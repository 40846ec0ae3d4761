//! `POST /organise/recordings/{slug}/captions/{sv|en}`: what a file or a tool would make of the captions, and saving
//! them. Nothing is replaced that was not shown before.

use super::form::{Sent, read as read_form};
use super::{Stop, allowed, decode, json, shown};
use crate::posts::{parts_of, see_other};
use crate::refused::wants_json;
use crate::router::State;
use app::account::model::Viewer;
use app::captions::fault::Parsed;
use app::captions::model::{Cue, Track, TrackKind};
use app::captions::store::{Saved, track};
use app::captions::write;
use app::error::AppError;
use app::organise::captions::difference::{Side, difference};
use app::organise::captions::model::{Answer, CueLine, MOST_LISTED, PostedCaptions, Trouble};
use app::organise::captions::read::read;
use app::organise::captions::store::{self, Wanted};
use app::organise::captions::tools::{Deed, run};
use app::recordings::access::Door;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::json;

/// Who sends what.
struct Asked<'a> {
    state: &'a State,
    parts: &'a Parts,
    viewer: &'a Viewer,
    door: &'a Door,
    slug: &'a str,
    language: Lang,
    sent: Sent,
}

/// `POST …/captions/{text}`
pub(super) async fn post(
    extract::State(state): extract::State<State>,
    extract::Path((slug, text)): extract::Path<(String, String)>,
    request: Request,
) -> Response {
    let parts = parts_of(&request);
    match try_post(&state, &parts, &slug, &text, request).await {
        Ok(answer) => answer,
        Err(stop) => stop.answer(&state, &parts).await,
    }
}

async fn try_post(
    state: &State,
    parts: &Parts,
    slug: &str,
    text: &str,
    request: Request,
) -> Result<Response, Stop> {
    let (viewer, door) = allowed(state, parts, slug).await?;
    let language = Lang::parse(text).ok_or(AppError::NotFound)?;
    let sent = read_form(request, viewer.id).await?;
    let asked = Asked { state, parts, viewer: &viewer, door: &door, slug, language, sent };
    if asked.sent.is_too_large {
        return asked.unreadable(Trouble::TooLarge, 0).await;
    }
    match asked.sent.value("do") {
        "read" => asked.preview_file().await,
        "tool" => asked.preview_tool().await,
        "save" | "save_faulty" | "replace" => asked.save().await,
        "review" | "unreview" => asked.review().await,
        "remove" => asked.remove().await,
        _ => Err(crate::refused::Refused::Unreadable.into()),
    }
}

/// The version that a form was made from; none where there were no captions.
fn version(sent: &Sent) -> Option<i64> {
    sent.value("version").parse().ok()
}

fn line(cue: &Cue) -> CueLine {
    CueLine {
        start_ms: cue.start_ms,
        end_ms: cue.end_ms,
        speaker: cue.speaker.clone(),
        words: cue.words.clone(),
    }
}

impl Asked<'_> {
    async fn there(&self) -> Result<Option<Track>, sqlx::Error> {
        track(&self.state.services.pool, self.door.id, self.language).await
    }

    fn kind(&self) -> Option<TrackKind> {
        TrackKind::parse(self.sent.value("kind"))
    }

    fn posted(&self, answer: Answer, vtt: String, cues: &[Cue]) -> PostedCaptions {
        let mut ends: Vec<_> = cues.first().into_iter().chain(cues.last()).map(line).collect();
        ends.dedup();
        PostedCaptions {
            answer,
            vtt,
            version: version(&self.sent),
            kind: self.kind(),
            cues: cues.len(),
            ends,
            ..PostedCaptions::default()
        }
    }

    async fn show(&self, status: StatusCode, posted: PostedCaptions) -> Result<Response, Stop> {
        Ok(shown(self.state, self.parts, status, posted).await)
    }

    /// Nothing of it can be kept: the page with what was typed, or why as JSON.
    async fn unreadable(&self, trouble: Trouble, line: u32) -> Result<Response, Stop> {
        let status = if trouble == Trouble::TooLarge {
            StatusCode::PAYLOAD_TOO_LARGE
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        if wants_json(self.parts) {
            let lang = Lang::of_path(self.parts.uri.path());
            let why = lang.caption_trouble(trouble, line);
            return Ok(json(status.as_u16(), json!({ "error": why })));
        }
        let vtt = self.sent.value("vtt").to_owned();
        let posted = self.posted(Answer::Unreadable(trouble, line), vtt, &[]);
        self.show(status, posted).await
    }

    /// What a file would make of the captions.
    async fn preview_file(&self) -> Result<Response, Stop> {
        if self.sent.file.is_empty() {
            return self.unreadable(Trouble::Nothing, 0).await;
        }
        let Some(text) = decode::text(&self.sent.file) else {
            return self.unreadable(Trouble::NotText, 0).await;
        };
        let parsed = match read(&text, &self.sent.name) {
            Ok(parsed) => parsed,
            Err(why) => {
                let (trouble, line) = Trouble::of(why);
                return self.unreadable(trouble, line).await;
            }
        };
        let vtt = write::vtt(&parsed.cues);
        let mut posted = self.posted(Answer::Read, vtt, &parsed.cues);
        faults(&mut posted, &parsed);
        // What is there now is what would be replaced, and what is shown.
        posted.version = self.there().await?.map(|track| track.head.version);
        self.show(StatusCode::OK, posted).await
    }

    /// What a tool would make of the captions that are saved.
    async fn preview_tool(&self) -> Result<Response, Stop> {
        let Some(deed) = Deed::parse(self.sent.value("deed")) else {
            return Err(crate::refused::Refused::Unreadable.into());
        };
        let Some(track) = self.there().await? else { return Err(AppError::NotFound.into()) };
        let pool = &self.state.services.pool;
        let lang = Lang::of_path(self.parts.uri.path());
        let beside = store::beside(pool, lang, self.slug, self.door).await?;
        let done =
            run(deed, &track.cues, beside.duration_ms, |name| self.sent.value(name).to_owned());
        let fields = self.sent.fields.iter().filter(|(name, _)| name != "vtt").cloned().collect();
        let (status, posted) = match done {
            Ok(done) => {
                let vtt = write::vtt(&done.cues);
                (StatusCode::OK, self.posted(Answer::Used(deed, done.told), vtt, &done.cues))
            }
            Err((field, problem)) => {
                let answer = Answer::Unusable(deed, field.to_owned(), problem);
                (StatusCode::UNPROCESSABLE_ENTITY, self.posted(answer, String::new(), &[]))
            }
        };
        let posted = PostedCaptions {
            version: Some(track.head.version),
            kind: Some(track.head.kind),
            fields,
            ..posted
        };
        self.show(status, posted).await
    }

    async fn save(&self) -> Result<Response, Stop> {
        let how = self.sent.value("do");
        let text = self.sent.value("vtt");
        if text.trim().is_empty() {
            return self.unreadable(Trouble::Nothing, 0).await;
        }
        let parsed = match read(text, "") {
            Ok(parsed) => parsed,
            Err(why) => {
                let (trouble, line) = Trouble::of(why);
                return self.unreadable(trouble, line).await;
            }
        };
        if !parsed.faults.is_empty() && how == "save" {
            let mut posted = self.posted(Answer::Faulty, text.to_owned(), &parsed.cues);
            faults(&mut posted, &parsed);
            if wants_json(self.parts) {
                let lang = Lang::of_path(self.parts.uri.path());
                let told: Vec<_> = posted
                    .faults
                    .iter()
                    .map(|it| json!({ "line": it.line, "why": lang.caption_fault(it.why) }))
                    .collect();
                return Ok(json(422, json!({ "faults": told })));
            }
            return self.show(StatusCode::UNPROCESSABLE_ENTITY, posted).await;
        }
        let wanted = Wanted {
            recording: self.door.id,
            language: self.language,
            kind: self.kind().unwrap_or(TrackKind::Captions),
            made_from: version(&self.sent),
            keeps_review: how != "replace",
            cues: &parsed.cues,
        };
        let services = &self.state.services;
        match store::save(&services.pool, self.viewer.id, &wanted).await? {
            Saved::Saved { version, .. } => {
                services.hub.wake_relay();
                if wants_json(self.parts) {
                    return Ok(json(200, json!({ "version": version, "cues": parsed.cues.len() })));
                }
                Ok(self.done("saved"))
            }
            Saved::Changed => self.changed(text, &parsed.cues).await,
        }
    }

    /// Somebody else has saved meanwhile: nothing is lost, and in what they differ is shown (409).
    async fn changed(&self, text: &str, mine: &[Cue]) -> Result<Response, Stop> {
        let there = self.there().await?;
        let version = there.as_ref().map(|track| track.head.version);
        let theirs = there.map(|track| track.cues).unwrap_or_default();
        if wants_json(self.parts) {
            let vtt = if theirs.is_empty() { String::new() } else { write::vtt(&theirs) };
            return Ok(json(409, json!({ "version": version, "vtt": vtt })));
        }
        let differ = difference(mine, &theirs);
        let count = differ.len();
        let differ = differ.into_iter().take(MOST_LISTED);
        let differ = differ.map(|(side, cue)| (side == Side::Mine, line(cue))).collect();
        let mut posted = self.posted(Answer::Changed(differ), text.to_owned(), mine);
        posted.version = version;
        posted.fault_count = count;
        self.show(StatusCode::CONFLICT, posted).await
    }

    async fn review(&self) -> Result<Response, Stop> {
        let services = &self.state.services;
        let now = services.clock.now();
        let now = (self.sent.value("do") == "review").then_some(now);
        let Some(version) = version(&self.sent) else { return Ok(self.done("moved_on")) };
        let now = match now.map(time::OffsetDateTime::from_unix_timestamp) {
            Some(Ok(now)) => Some(now),
            _ => None,
        };
        let (pool, person) = (&services.pool, self.viewer.id);
        let is_done =
            store::review(pool, person, self.door.id, self.language, version, now).await?;
        services.hub.wake_relay();
        Ok(self.done(match (is_done, now) {
            (false, _) => "moved_on",
            (true, Some(_)) => "reviewed",
            (true, None) => "unreviewed",
        }))
    }

    async fn remove(&self) -> Result<Response, Stop> {
        let services = &self.state.services;
        let is_sure = self.sent.value("sure") == "yes";
        let Some(version) = version(&self.sent).filter(|_| is_sure) else {
            return Ok(self.done("not_sure"));
        };
        let (pool, person) = (&services.pool, self.viewer.id);
        let is_done = store::remove(pool, person, self.door.id, self.language, version).await?;
        services.hub.wake_relay();
        Ok(self.done(if is_done { "removed" } else { "moved_on" }))
    }

    fn done(&self, what: &str) -> Response {
        let lang = Lang::of_path(self.parts.uri.path());
        let (slug, text) = (self.slug, self.language.tag());
        see_other(&lang.href(&format!("/organise/recordings/{slug}/captions/{text}?done={what}")))
    }
}

fn faults(posted: &mut PostedCaptions, parsed: &Parsed) {
    posted.fault_count = parsed.faults.len();
    posted.lost = parsed.faults.iter().filter(|fault| fault.why.loses_words()).count();
    // Those that cost something that was said come first, if there are more than can be listed.
    let mut listed = parsed.faults.clone();
    if listed.len() > MOST_LISTED {
        listed.sort_by_key(|fault| !fault.why.loses_words());
        listed.truncate(MOST_LISTED);
        listed.sort_by_key(|fault| fault.line);
    }
    posted.faults = listed;
}
