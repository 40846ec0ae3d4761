//! What is said to a client of tus. People read it: as text, in the language of the address.

use super::kind::NotTaken;
use super::protocol::{EXTENSIONS, VERSION};
use crate::media::store::StoreError;
use crate::uploads::finish::NotFinished;
use app::error::AppError;
use app::text::{Lang, UploadWords};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::io::{Error as IoError, ErrorKind};

/// Why something is not done.
#[derive(Debug)]
pub enum Refusal {
    /// Who asks may not.
    NotAllowed(AppError),
    /// Another version of the protocol (412).
    Version,
    /// No length, or one that is none (400).
    NoLength,
    /// There would be nothing in it (422).
    Empty,
    /// More than is taken (413).
    TooLarge,
    /// Too many at once (429).
    TooMany,
    /// What is said of the file makes no sense (400).
    Metadata,
    /// No stretch of a file (415).
    NotAStretch,
    /// Not where the file ends (409).
    Elsewhere,
    /// Somebody else writes (423).
    Busy,
    /// More than the file was to be (413).
    Beyond,
    /// The line broke, or the process stops (503): what came is kept.
    Broken,
    /// The checksum is another (460).
    WrongSum,
    /// The checksum is none (400).
    NoSuchSum,
    /// No room (507).
    Full,
    /// Nothing that is taken (415; cut off or not for that: 422).
    NotTaken(NotTaken),
}

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Self {
        Self::NotAllowed(error)
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::NotAllowed(error.into())
    }
}

impl From<IoError> for Refusal {
    fn from(error: IoError) -> Self {
        if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
            tracing::error!("there is no room left for uploads");
            return Self::Full;
        }
        tracing::error!(%error, "the folder for uploads fails");
        Self::NotAllowed(AppError::Unavailable)
    }
}

impl From<NotFinished> for Refusal {
    fn from(error: NotFinished) -> Self {
        match error {
            NotFinished::NotTaken(why) => Self::NotTaken(why),
            NotFinished::Gone => Self::NotAllowed(AppError::NotFound),
            NotFinished::Disk(error) => error.into(),
            NotFinished::Store(error) => store_failed(&error),
            NotFinished::Database(error) => error.into(),
        }
    }
}

fn store_failed(error: &StoreError) -> Refusal {
    tracing::error!(%error, "an upload could not be put into the store");
    if error.is_full() { Refusal::Full } else { Refusal::NotAllowed(AppError::Unavailable) }
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotAllowed(error) => {
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::FORBIDDEN)
            }
            Self::Version => StatusCode::PRECONDITION_FAILED,
            Self::NoLength | Self::Metadata | Self::NoSuchSum => StatusCode::BAD_REQUEST,
            Self::TooLarge | Self::Beyond => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Elsewhere => StatusCode::CONFLICT,
            Self::Busy => StatusCode::LOCKED,
            Self::Broken => StatusCode::SERVICE_UNAVAILABLE,
            // The protocol's own.
            Self::WrongSum => StatusCode::from_u16(460).unwrap_or(StatusCode::CONFLICT),
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::NotAStretch | Self::NotTaken(NotTaken::Unknown | NotTaken::Captions) => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            Self::Empty | Self::NotTaken(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    const fn text(&self, words: &UploadWords) -> &'static str {
        match self {
            Self::NotAllowed(AppError::Unauthorised) => words.not_signed_in,
            Self::NotAllowed(AppError::NotFound) => words.gone,
            Self::NotAllowed(AppError::Forbidden) => words.not_yours,
            Self::NotAllowed(_) | Self::Broken => words.unavailable,
            Self::Version => words.version,
            Self::NoLength => words.no_length,
            Self::Empty => words.empty,
            Self::TooLarge => words.too_large,
            Self::TooMany => words.too_many,
            Self::Metadata => words.metadata,
            Self::NotAStretch => words.not_a_stretch,
            Self::Elsewhere => words.elsewhere,
            Self::Busy => words.busy,
            Self::Beyond => words.beyond,
            Self::WrongSum => words.broken,
            Self::NoSuchSum => words.no_such_sum,
            Self::Full => words.full,
            Self::NotTaken(not_taken) => why(*not_taken, words),
        }
    }

    /// As an answer.
    pub fn answer(&self, lang: Lang) -> Response {
        let mut answer = (self.status(), self.text(lang.upload_words())).into_response();
        if matches!(self, Self::Version) {
            set(&mut answer, "tus-version", VERSION);
        }
        answered(answer)
    }
}

/// Why a file is not taken.
pub const fn why(not_taken: NotTaken, words: &UploadWords) -> &'static str {
    match not_taken {
        NotTaken::Unknown => words.unknown_kind,
        NotTaken::Captions => words.captions,
        NotTaken::Otherwise => words.otherwise,
        NotTaken::CutOff => words.cut_off,
        NotTaken::NotThatRole => words.not_that,
    }
}

/// What every answer carries.
pub fn answered(mut answer: Response) -> Response {
    set(&mut answer, "tus-resumable", VERSION);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// What is understood, for `OPTIONS`.
pub fn abilities(largest: u64) -> Response {
    let mut answer = StatusCode::NO_CONTENT.into_response();
    set(&mut answer, "tus-version", VERSION);
    set(&mut answer, "tus-max-size", &largest.to_string());
    set(&mut answer, "tus-extension", EXTENSIONS);
    set(&mut answer, "tus-checksum-algorithm", super::protocol::CHECKSUMS);
    answered(answer)
}

/// Adds a header.
pub fn set(answer: &mut Response, name: &'static str, value: &str) {
    // What came from a client was read as text, and can be written as such.
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(HeaderName::from_static(name), value);
    }
}
