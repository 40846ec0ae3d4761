//! Programmes with their partners, contacts, outcomes and platforms, and their series.

use serde_json::{Value, json};

use super::dates::{Dates, Precision, period};
use super::facts::{Facts, Programme};
use super::places::Places;
use super::texts::{OutcomeText, Texts, words};
use super::{Ids, SeedError, Tx, record, storing};

/// Inserts the programmes, in the order of the files, and what hangs on them.
pub(super) async fn insert(
    tx: &mut Tx<'_>,
    facts: &Facts,
    texts: &Texts,
    dates: &Dates,
    places: &Places,
    organisations: &Ids,
    presenters: &Ids,
) -> Result<Ids, SeedError> {
    let mut rows = Vec::new();
    for (position, it) in facts.programmes.iter().enumerate() {
        let at = format!("programme {}", it.slug);
        let text = words(&texts.programmes, &it.slug, &at)?;
        let (starts_on, ends_on, precision) = period_of(it, dates, &at)?;
        rows.push(json!({
            "slug": it.slug,
            "title_sv": it.title,
            "title_en": text.title_en,
            "summary_sv": text.summary_sv,
            "summary_en": text.summary_en,
            "audience_sv": text.audience_sv,
            "audience_en": text.audience_en,
            "owner_id": organisations.maybe(it.owner.as_deref(), &at)?,
            "funder_id": organisations.maybe(it.funder.as_deref(), &at)?,
            "funder_reference": it.reference,
            "grant_sek": it.grant_sek,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "period_precision": precision.name(),
            "is_demonstration": it.is_demonstration,
            "position": position,
        }));
    }
    let inserted = sqlx::query!(
        "insert into programmes
            (slug, title_sv, title_en, summary_sv, summary_en, audience_sv, audience_en, owner_id, funder_id,
             funder_reference, grant_sek, starts_on, ends_on, period_precision, is_demonstration, position)
         select slug, title_sv, title_en, summary_sv, summary_en, audience_sv, audience_en, owner_id, funder_id,
             funder_reference, grant_sek, starts_on, ends_on, period_precision, is_demonstration, position
         from jsonb_to_recordset($1) as r
            (slug text, title_sv text, title_en text, summary_sv text, summary_en text, audience_sv text,
             audience_en text, owner_id bigint, funder_id bigint, funder_reference text, grant_sek bigint,
             starts_on date, ends_on date, period_precision text, is_demonstration boolean, position integer)
         returning slug, id",
        Value::Array(rows)
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(storing("programmes"))?;
    let ids = Ids::new("programme", inserted.into_iter().map(|it| (it.slug, it.id)));

    insert_partners_and_contacts(tx, facts, &ids, organisations, presenters).await?;
    insert_outcomes(tx, facts, texts, &ids).await?;
    insert_platforms(tx, facts, places, &ids).await?;
    Ok(ids)
}

type Period = (Option<jiff::civil::Date>, Option<jiff::civil::Date>, Precision);

/// As the facts say; a programme of the season lasts from its first event to its last.
fn period_of(it: &Programme, dates: &Dates, at: &str) -> Result<Period, SeedError> {
    if it.is_demonstration {
        let days = || it.all_events().filter_map(|(_, event)| event.day);
        let date = |day: Option<i32>| day.map(|day| dates.day(day));
        return Ok((date(days().min()), date(days().max()), Precision::Day));
    }
    let starts = it.starts.as_deref().map(|text| period(text, at)).transpose()?;
    let ends = it.ends.as_deref().map(|text| period(text, at)).transpose()?;
    let precision = starts.as_ref().or(ends.as_ref()).map_or(Precision::Year, |it| it.2);
    Ok((starts.map(|it| it.0), ends.map(|it| it.1), precision))
}

async fn insert_partners_and_contacts(
    tx: &mut Tx<'_>,
    facts: &Facts,
    ids: &Ids,
    organisations: &Ids,
    presenters: &Ids,
) -> Result<(), SeedError> {
    let mut partners = Vec::new();
    let mut contacts = Vec::new();
    for it in &facts.programmes {
        let at = format!("programme {}", it.slug);
        let programme_id = ids.get(&it.slug, &at)?;
        for (position, partner) in it.partners.iter().enumerate() {
            let id = organisations.get(partner, &at)?;
            partners.push(json!({"programme_id": programme_id, "id": id, "position": position}));
        }
        for (position, contact) in it.contacts.iter().enumerate() {
            let id = presenters.get(contact, &at)?;
            contacts.push(json!({"programme_id": programme_id, "id": id, "position": position}));
        }
    }
    sqlx::query!(
        "insert into programme_partners (programme_id, organisation_id, position)
         select programme_id, id, position
         from jsonb_to_recordset($1) as r (programme_id bigint, id bigint, position integer)",
        Value::Array(partners)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("partners"))?;
    sqlx::query!(
        "insert into programme_contacts (programme_id, person_id, position)
         select programme_id, id, position
         from jsonb_to_recordset($1) as r (programme_id bigint, id bigint, position integer)",
        Value::Array(contacts)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("contacts"))?;
    Ok(())
}

async fn insert_outcomes(
    tx: &mut Tx<'_>,
    facts: &Facts,
    texts: &Texts,
    ids: &Ids,
) -> Result<(), SeedError> {
    let mut rows = Vec::new();
    for it in &facts.programmes {
        let at = format!("programme {}", it.slug);
        let worded = texts.outcomes.get(&it.slug).map_or(&[][..], Vec::as_slice);
        if let Some(missing) =
            it.outcomes.iter().find(|outcome| worded.iter().all(|text| text.of != outcome.measure))
        {
            return Err(record(at, format!("texts.json has no words for {:?}", missing.measure)));
        }
        for (position, text) in worded.iter().enumerate() {
            let (unit, value) = figure(it, text)
                .ok_or_else(|| record(&at, format!("there is no figure for {:?}", text.of)))?;
            rows.push(json!({
                "programme_id": ids.get(&it.slug, &at)?,
                "position": position,
                "measure_sv": text.measure_sv,
                "measure_en": text.measure_en,
                "unit": unit,
                "value": value,
                "scope_sv": text.scope_sv,
                "scope_en": text.scope_en,
            }));
        }
    }
    sqlx::query!(
        "insert into outcomes
            (programme_id, position, measure_sv, measure_en, unit, value, scope_sv, scope_en)
         select programme_id, position, measure_sv, measure_en, unit, value, scope_sv, scope_en
         from jsonb_to_recordset($1) as r
            (programme_id bigint, position integer, measure_sv text, measure_en text, unit text,
             value bigint, scope_sv text, scope_en text)",
        Value::Array(rows)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("outcomes"))?;
    Ok(())
}

/// The figure that the words are about: an outcome, a fact, or how many took part in a series.
fn figure(programme: &Programme, text: &OutcomeText) -> Option<(&'static str, i64)> {
    if let Some(outcome) = programme.outcomes.iter().find(|it| it.measure == text.of) {
        let units =
            [("of_ten", outcome.of_ten), ("percent", outcome.percent), ("count", outcome.count)];
        return units.into_iter().find_map(|(unit, value)| Some((unit, value?)));
    }
    let fact = programme.facts.get(&text.of).and_then(Value::as_i64);
    let series = programme.series.iter().find(|it| it.slug == text.of);
    let participants = series.and_then(|it| it.participants).map(i64::from);
    Some(("count", fact.or(participants)?))
}

async fn insert_platforms(
    tx: &mut Tx<'_>,
    facts: &Facts,
    places: &Places,
    ids: &Ids,
) -> Result<(), SeedError> {
    let mut rows = Vec::new();
    for it in &facts.programmes {
        for (position, platform) in it.platforms.iter().enumerate() {
            let at = format!("platform {}", platform.name);
            rows.push(json!({
                "programme_id": ids.get(&it.slug, &at)?,
                "position": position,
                "name": platform.name,
                "municipality_code": places.maybe_code(platform.municipality.as_deref(), &at)?,
            }));
        }
    }
    sqlx::query!(
        "insert into platforms (programme_id, position, name, municipality_code)
         select programme_id, position, name, municipality_code
         from jsonb_to_recordset($1) as r
            (programme_id bigint, position integer, name text, municipality_code text)",
        Value::Array(rows)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("platforms"))?;
    Ok(())
}

/// Inserts the series, in the order of the files within each programme.
pub(super) async fn insert_series(
    tx: &mut Tx<'_>,
    facts: &Facts,
    texts: &Texts,
    programmes: &Ids,
) -> Result<Ids, SeedError> {
    let mut rows = Vec::new();
    for programme in &facts.programmes {
        for (position, it) in programme.series.iter().enumerate() {
            let at = format!("series {}", it.slug);
            let text = words(&texts.series, &it.slug, &at)?;
            rows.push(json!({
                "slug": it.slug,
                "programme_id": programmes.get(&programme.slug, &at)?,
                "kind": it.kind,
                "title_sv": it.title,
                "title_en": text.title_en,
                "summary_sv": text.summary_sv,
                "summary_en": text.summary_en,
                "participants": it.participants,
                "position": position,
            }));
        }
    }
    let inserted = sqlx::query!(
        "insert into series
            (slug, programme_id, kind, title_sv, title_en, summary_sv, summary_en, participants, position)
         select slug, programme_id, kind, title_sv, title_en, summary_sv, summary_en, participants, position
         from jsonb_to_recordset($1) as r
            (slug text, programme_id bigint, kind text, title_sv text, title_en text, summary_sv text,
             summary_en text, participants integer, position integer)
         returning slug, id",
        Value::Array(rows)
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(storing("series"))?;
    Ok(Ids::new("series", inserted.into_iter().map(|it| (it.slug, it.id))))
}
