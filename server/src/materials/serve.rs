//! `GET /materials/files/{stem}/{name}`: the file of a material, to whom the material is for. Whether this reader may is
//! asked of the database for each request.

use crate::media::serve::{ASK_EACH_TIME, FOR_EVER, Given, POLICY, give, refuse, who};
use crate::media::store::is_key;
use crate::posts::parts_of;
use crate::router::State;
use app::error::AppError;
use app::materials::access::{Door, admit};
use app::materials::file::FileKind;
use axum::extract::{self, Request};
use axum::http::request::Parts;
use axum::response::Response;

/// What is saved is not shown by a browser; should one do so, it is within a frame of its own, in which nothing runs.
const SAVED: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// `GET` and `HEAD`
pub(super) async fn file(
    extract::State(state): extract::State<State>,
    extract::Path((stem, name)): extract::Path<(String, String)>,
    request: Request,
) -> Response {
    let asked = parts_of(&request);
    let (key, door) = match find(&state, &stem, &name, &asked).await {
        Ok(found) => found,
        Err(error) => return refuse(&state, &asked, error).await,
    };
    let (way, policy) =
        if door.kind.is_shown() { ("inline", POLICY) } else { ("attachment", SAVED) };
    let given = Given {
        key: &key,
        bytes: door.bytes,
        content_type: door.kind.content_type(),
        made: door.made,
        keeping: if door.is_public() { FOR_EVER } else { ASK_EACH_TIME },
        policy,
        // It is made of letters, digits, hyphens and a full stop.
        disposition: &format!("{way}; filename=\"{}\"", door.called),
    };
    give(&state, &asked, &given).await
}

async fn find(
    state: &State,
    stem: &str,
    name: &str,
    asked: &Parts,
) -> Result<(String, Door), AppError> {
    let ending = name.rsplit_once('.').and_then(|(_, ending)| FileKind::parse(ending));
    let key = format!("{stem}.{}", ending.ok_or(AppError::NotFound)?.as_str());
    if !is_key(&key) {
        return Err(AppError::NotFound);
    }
    let door = admit(&state.services.pool, &key, name, &who(asked)).await?;
    Ok((key, door))
}
