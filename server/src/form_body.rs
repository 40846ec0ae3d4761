//! What was posted: a form, or the same as a JSON object.

use crate::refused::Refused;
use axum::body::Bytes;
use axum::extract::{self, FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The most that a form may weigh, in bytes.
pub const LARGEST_FORM: u64 = 64 * 1_024;

/// The most that a form may weigh which says whom of very many it is about: 5,000 of the longest numbers, and a letter.
pub const LARGEST_SELECTION: usize = 256 * 1_024;

enum Sent {
    Json(Bytes),
    Form(Bytes),
}

async fn sent(request: Request, largest: u64) -> Result<Sent, Refused> {
    let kind = request.headers().get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let is_json = kind.starts_with(b"application/json");
    if !is_json && !kind.starts_with(b"application/x-www-form-urlencoded") {
        return Err(Refused::Unreadable);
    }
    // What announces itself as too large is not waited for.
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|text| text.to_str().ok());
    if announced.and_then(|text| text.parse().ok()).is_some_and(|length: u64| length > largest) {
        return Err(Refused::TooLarge);
    }
    let body = Bytes::from_request(request, &()).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Refused::TooLarge
        } else {
            Refused::Unreadable
        }
    })?;
    Ok(if is_json { Sent::Json(body) } else { Sent::Form(body) })
}

async fn form<T: DeserializeOwned>(body: Bytes) -> Result<T, Refused> {
    let request = Request::builder()
        .method("POST")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body.into())
        .map_err(|_| Refused::Unreadable)?;
    let read = extract::Form::<T>::from_request(request, &()).await;
    read.map(|form| form.0).map_err(|_| Refused::Unreadable)
}

/// Reads a form whose fields are known.
pub async fn read<T: DeserializeOwned>(request: Request) -> Result<T, Refused> {
    match sent(request, LARGEST_FORM).await? {
        Sent::Json(body) => serde_json::from_slice(&body).map_err(|_| Refused::Unreadable),
        Sent::Form(body) => form(body).await,
    }
}

/// Reads a form as names and values, in their order; a name may stand there more than once, in JSON as a list.
pub async fn read_pairs(request: Request) -> Result<Vec<(String, String)>, Refused> {
    pairs(request, LARGEST_FORM).await
}

/// The same of a form that says whom of very many it is about. Its route lets as much through.
pub async fn read_selection(request: Request) -> Result<Vec<(String, String)>, Refused> {
    pairs(request, u64::try_from(LARGEST_SELECTION).unwrap_or(u64::MAX)).await
}

async fn pairs(request: Request, largest: u64) -> Result<Vec<(String, String)>, Refused> {
    match sent(request, largest).await? {
        Sent::Form(body) => form(body).await,
        Sent::Json(body) => {
            let object: Map<String, Value> =
                serde_json::from_slice(&body).map_err(|_| Refused::Unreadable)?;
            let mut pairs = Vec::new();
            for (name, value) in object {
                match value {
                    Value::Array(values) => {
                        for value in values {
                            pairs.push((name.clone(), text(value)?));
                        }
                    }
                    value => pairs.push((name, text(value)?)),
                }
            }
            Ok(pairs)
        }
    }
}

fn text(value: Value) -> Result<String, Refused> {
    match value {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(true) => Ok("yes".to_owned()),
        Value::Bool(false) => Ok(String::new()),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(Refused::Unreadable),
    }
}
