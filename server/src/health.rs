//! For whoever runs it.

use crate::router::State;
use axum::extract;
use axum::http::StatusCode;

/// `/healthz`: the process runs.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `/readyz`: the database answers, too.
pub async fn ready(extract::State(state): extract::State<State>) -> (StatusCode, &'static str) {
    match sqlx::query_scalar!("select 1").fetch_one(&state.services.pool).await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
