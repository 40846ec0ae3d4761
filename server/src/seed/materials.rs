//! What stays afterwards: materials of programmes, recordings of events.

use serde_json::{Value, json};

use super::events::Planned;
use super::facts::{Facts, Material};
use super::places::Places;
use super::texts::{Texts, words};
use super::{Ids, SeedError, Tx, record, storing};

/// Inserts the materials, in the order of the files, and tells how many there are.
pub(super) async fn insert(
    tx: &mut Tx<'_>,
    facts: &Facts,
    texts: &Texts,
    programmes: &Ids,
    places: &Places,
) -> Result<usize, SeedError> {
    let mut rows = Vec::new();
    for programme in &facts.programmes {
        let programme_id = programmes.get(&programme.slug, &programme.slug)?;
        for (position, it) in programme.materials.iter().enumerate() {
            let at = format!("material {} of {}", position + 1, programme.slug);
            rows.push(row(it, programme_id, position, texts, places, &at)?);
        }
    }
    let count = rows.len();
    let about: Vec<Value> = rows
        .iter()
        .filter_map(|row| {
            let themes = texts.material_themes.get(row["title"].as_str()?)?;
            let of = |theme| json!({"programme_id": row["programme_id"], "position": row["position"], "theme": theme});
            Some(themes.iter().map(of))
        })
        .flatten()
        .collect();
    sqlx::query!(
        "insert into materials
            (programme_id, position, group_sv, group_en, kind, title, url, about_sv, about_en,
             municipality_code, is_announced)
         select programme_id, position, group_sv, group_en, kind, title, url, about_sv, about_en,
             municipality_code, is_announced
         from jsonb_to_recordset($1) as r
            (programme_id bigint, position integer, group_sv text, group_en text, kind text, title text,
             url text, about_sv text, about_en text, municipality_code text, is_announced boolean)",
        Value::Array(rows)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("materials"))?;
    // A theme that is not there has no number, which the table refuses.
    sqlx::query!(
        "insert into material_themes (material_id, theme_id)
         select m.id, t.id
         from jsonb_to_recordset($1) as r (programme_id bigint, position integer, theme text)
         join materials m on m.programme_id = r.programme_id and m.position = r.position
         left join themes t on t.slug = r.theme",
        Value::Array(about)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("materials' themes"))?;
    Ok(count)
}

fn row(
    it: &Material,
    programme_id: i64,
    position: usize,
    texts: &Texts,
    places: &Places,
    at: &str,
) -> Result<Value, SeedError> {
    let group = it.group.as_deref();
    let group_en = group.map(|group| words(&texts.material_groups, group, at)).transpose()?;
    let announced =
        it.status.as_deref().map(|status| words(&texts.announced, status, at)).transpose()?;
    let (kind, title, about) = match (announced, &it.kind, &it.title) {
        (Some(text), _, _) => (&text.kind, &text.title, Some((&text.about_sv, &text.about_en))),
        (None, Some(kind), Some(title)) => {
            let text = texts.materials.get(title);
            (kind, title, text.map(|text| (&text.about_sv, &text.about_en)))
        }
        _ => return Err(record(at, "it has neither kind and title nor a status")),
    };
    Ok(json!({
        "programme_id": programme_id,
        "position": position,
        "group_sv": group,
        "group_en": group_en,
        "kind": kind,
        "title": title,
        "url": it.url,
        "about_sv": about.map(|it| it.0),
        "about_en": about.map(|it| it.1),
        "municipality_code": places.maybe_code(it.municipality.as_deref(), at)?,
        "is_announced": announced.is_some(),
    }))
}

/// Inserts a row for each recording that the facts name.
pub(super) async fn insert_recordings(
    tx: &mut Tx<'_>,
    planned: &[Planned<'_>],
    texts: &Texts,
    events: &Ids,
) -> Result<(), SeedError> {
    let mut rows = Vec::new();
    for it in planned {
        let Some(recording) = &it.event.recording else {
            continue;
        };
        let text = texts.recordings.get(&it.event.slug);
        let title =
            recording.title.as_ref().or_else(|| text.map(|text| &text.title)).ok_or_else(|| {
                record(&it.at, "its recording has no title, in the texts neither")
            })?;
        rows.push(json!({
            "event_id": events.get(&it.event.slug, &it.at)?,
            "title": title,
            "note_sv": text.map(|text| &text.note_sv),
            "note_en": text.map(|text| &text.note_en),
        }));
    }
    sqlx::query!(
        "insert into recordings
            (event_id, slug, title, note_sv, note_en, language, state, published_at)
         select e.id, e.slug, r.title, r.note_sv, r.note_en, e.language, 'published', e.ends_at
         from jsonb_to_recordset($1) as r (event_id bigint, title text, note_sv text, note_en text)
         join events e on e.id = r.event_id",
        Value::Array(rows)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("recordings"))?;
    Ok(())
}
