//! What hangs on events: ways of taking part, slots, speakers, municipalities and themes.

use serde_json::{Value, json};

use super::events::Planned;
use super::facts::Format;
use super::places::Places;
use super::texts::{Texts, words};
use super::{Ids, SeedError, Tx, storing};

/// Inserts what hangs on the events, and tells a server that is running to read them.
pub(super) async fn insert(
    tx: &mut Tx<'_>,
    planned: &[Planned<'_>],
    events: &Ids,
    presenters: &Ids,
    places: &Places,
    texts: &Texts,
) -> Result<(), SeedError> {
    let (mut ways, mut slots, mut speakers, mut municipalities, mut themes) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for it in planned {
        let at = it.at.as_str();
        let event_id = events.get(&it.event.slug, at)?;
        let seats = it.setting(|it| it.seats.as_ref());
        for way in it.format.map_or(&[][..], Format::ways) {
            let capacity = seats.and_then(|seats| seats.get(*way));
            ways.push(json!({"event_id": event_id, "way": way, "capacity": capacity}));
        }
        let pattern = it.series.map_or(&[][..], |it| &it.pattern.slots);
        let own = it.event.slots.as_slice();
        for (position, slot) in (if own.is_empty() { pattern } else { own }).iter().enumerate() {
            slots.push(json!({
                "event_id": event_id,
                "position": position,
                "minutes": slot.minutes,
                "title_sv": slot.title,
                "title_en": words(&texts.slots, &slot.title, at)?,
            }));
        }
        for (position, slug) in it.event.speakers.iter().enumerate() {
            let person_id = presenters.get(slug, at)?;
            speakers
                .push(json!({"event_id": event_id, "person_id": person_id, "position": position}));
        }
        for slug in &it.event.municipalities {
            municipalities.push(json!({"event_id": event_id, "code": places.code(slug, at)?}));
        }
        for slug in &it.text.themes {
            themes.push(json!({"event_id": event_id, "theme": slug}));
        }
    }
    insert_ways_and_slots(tx, ways, slots).await?;
    insert_themes(tx, texts, themes).await?;
    sqlx::query!(
        "insert into event_speakers (event_id, person_id, position)
         select event_id, person_id, position
         from jsonb_to_recordset($1) as r (event_id bigint, person_id bigint, position integer)",
        Value::Array(speakers)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("speakers"))?;
    sqlx::query!(
        "insert into event_municipalities (event_id, municipality_code)
         select event_id, code from jsonb_to_recordset($1) as r (event_id bigint, code text)",
        Value::Array(municipalities)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("events' municipalities"))?;
    Ok(())
}

async fn insert_ways_and_slots(
    tx: &mut Tx<'_>,
    ways: Vec<Value>,
    slots: Vec<Value>,
) -> Result<(), SeedError> {
    sqlx::query!(
        "insert into event_ways (event_id, way, capacity)
         select event_id, way, capacity
         from jsonb_to_recordset($1) as r (event_id bigint, way text, capacity integer)",
        Value::Array(ways)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("seats"))?;
    sqlx::query!(
        "insert into slots (event_id, position, minutes, title_sv, title_en)
         select event_id, position, minutes, title_sv, title_en
         from jsonb_to_recordset($1) as r
            (event_id bigint, position integer, minutes integer, title_sv text, title_en text)",
        Value::Array(slots)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("slots"))?;
    Ok(())
}

async fn insert_themes(
    tx: &mut Tx<'_>,
    texts: &Texts,
    of_events: Vec<Value>,
) -> Result<(), SeedError> {
    let themes: Vec<Value> = texts
        .themes
        .iter()
        .map(|it| json!({"slug": it.slug, "name_sv": it.sv, "name_en": it.en}))
        .collect();
    sqlx::query!(
        "insert into themes (slug, name_sv, name_en)
         select slug, name_sv, name_en
         from jsonb_to_recordset($1) as r (slug text, name_sv text, name_en text)",
        Value::Array(themes)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("themes"))?;
    // A theme that does not exist has no id, which the column refuses.
    sqlx::query!(
        "insert into event_themes (event_id, theme_id)
         select r.event_id, themes.id
         from jsonb_to_recordset($1) as r (event_id bigint, theme text)
         left join themes on themes.slug = r.theme",
        Value::Array(of_events)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("events' themes"))?;
    Ok(())
}
