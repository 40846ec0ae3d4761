//! What some events of the demonstration season ask of those who sign up.

use super::{Ids, SeedError, Tx, record, storing};
use serde::{Deserialize, Serialize};
use serde_json::Value;

const TERMS: &str = include_str!("../../demo/terms.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    event: String,
    #[serde(default)]
    needs_approval: bool,
    reply_hours: Option<i16>,
    #[serde(default)]
    questions: Vec<Question>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    kind: String,
    label_sv: String,
    label_en: String,
    #[serde(default)]
    is_required: bool,
    #[serde(default = "organisers")]
    seen_by: String,
    #[serde(default)]
    options_sv: Vec<String>,
    #[serde(default)]
    options_en: Vec<String>,
    least: Option<i32>,
    most: Option<i32>,
}

fn organisers() -> String {
    "organisers".to_owned()
}

/// Writes them to events that are there.
pub(super) async fn insert(tx: &mut Tx<'_>, events: &Ids) -> Result<(), SeedError> {
    let unread = |cause: serde_json::Error| record("terms", cause.to_string());
    let all: Vec<Terms> = serde_json::from_str(TERMS).map_err(unread)?;
    for terms in all {
        let event = events.get(&terms.event, "terms")?;
        sqlx::query!(
            "update events set needs_approval = $2, reply_hours = $3 where id = $1",
            event,
            terms.needs_approval,
            terms.reply_hours,
        )
        .execute(&mut **tx)
        .await
        .map_err(storing("terms"))?;
        if terms.needs_approval {
            hold_newest(tx, event).await?;
        }
        let questions: Value = serde_json::to_value(&terms.questions).map_err(unread)?;
        sqlx::query!(
            "insert into event_questions (event_id, position, kind, label_sv, label_en, is_required, seen_by,
                 options_sv, options_en, least, most)
             select $1, r.at::integer, q.kind, q.label_sv, q.label_en, q.is_required, q.seen_by,
                 q.options_sv, q.options_en, q.least, q.most
             from jsonb_array_elements($2) with ordinality as r (question, at),
                 jsonb_to_record(r.question) as q (kind text, label_sv text, label_en text, is_required boolean,
                     seen_by text, options_sv text[], options_en text[], least integer, most integer)",
            event,
            questions,
        )
        .execute(&mut **tx)
        .await
        .map_err(storing("questions"))?;
    }
    Ok(())
}

/// The newest sign-ups of an event that needs approval have not been looked at yet.
async fn hold_newest(tx: &mut Tx<'_>, event: i64) -> Result<(), SeedError> {
    sqlx::query!(
        "update sign_ups set status = 'requested' where id in (
             select id from sign_ups where event_id = $1 and status = 'confirmed'
             order by created_at desc, id desc limit 3)",
        event
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("requests"))?;
    sqlx::query!(
        "delete from sign_up_history h using sign_ups s where s.id = h.sign_up_id and s.event_id = $1",
        event
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("requests"))?;
    Ok(())
}
