//! The SQL that makes events of forms. A single one is a batch of one: whatever makes events makes them here, and
//! what a file brings in is no other than what a form would have made.

use super::facts_row::Row;
use super::model::PlanProblem;
use super::municipality_store::codes;
use super::new_parts_store::parts;
use super::presenters_store::presenters;
use super::read::{EventEdit, PlanProblems};
use super::slug_store::Slugs;
use crate::events::model::{EventId, Slug};
use sqlx::PgTransaction;
use sqlx::types::Json;
use std::collections::{HashMap, HashSet};

/// An event that has just been made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) event: EventId,
    pub(crate) slug: Slug,
    /// Its version, with all its parts.
    pub(crate) version: i64,
    /// Presenters who are in the list because of it, and were not before.
    pub(crate) brought_in: Vec<i64>,
}

/// A form that can be an event, with the numbers of what it names.
pub(super) struct Ready<'a> {
    pub(super) edit: &'a EventEdit,
    pub(super) contact: Option<i64>,
    pub(super) speakers: Vec<i64>,
    pub(super) municipalities: Vec<String>,
}

/// Makes drafts, in their order, each in as many statements as all of them together. What is wrong with one is said
/// in its place: nothing of it is written, and the others are.
pub(crate) async fn make(
    transaction: &mut PgTransaction<'_>,
    slugs: &mut Slugs,
    edits: &[EventEdit],
) -> Result<Vec<Result<Made, PlanProblems>>, sqlx::Error> {
    let series = series_there(transaction, edits).await?;
    let wanted: Vec<&str> =
        edits.iter().flat_map(|edit| &edit.municipalities).map(String::as_str).collect();
    let municipalities = codes(transaction, &wanted).await?;
    let found: Vec<Found<'_>> = edits
        .iter()
        .map(|edit| {
            let mut problems = Vec::new();
            if edit.series.is_some_and(|series_of| !series.contains(&(series_of, edit.programme))) {
                problems.push(("home".to_owned(), PlanProblem::NotAChoice));
            }
            let codes = municipalities.of(&edit.municipalities);
            if codes.is_none() && problems.is_empty() {
                problems.push(("municipalities".to_owned(), PlanProblem::NoSuchMunicipality));
            }
            Found { edit, codes: codes.unwrap_or_default(), problems }
        })
        .collect();
    // Whoever is new is written down only for an event that can be.
    let presented = presenters(
        transaction,
        &found.iter().map(|found| (found.edit, found.problems.is_empty())).collect::<Vec<_>>(),
    )
    .await?;
    let mut ready = Vec::with_capacity(edits.len());
    let mut results: Vec<Result<Vec<i64>, PlanProblems>> = Vec::with_capacity(edits.len());
    for (found, presented) in found.into_iter().zip(presented) {
        let mut problems = found.problems;
        problems.extend(presented.problems);
        problems.sort_by_key(|(field, _)| in_order(field));
        if problems.is_empty() {
            let Found { edit, codes: municipalities, .. } = found;
            let (contact, speakers) = (presented.contact, presented.speakers);
            ready.push(Ready { edit, contact, speakers, municipalities });
            results.push(Ok(presented.brought_in));
        } else {
            results.push(Err(problems));
        }
    }
    let events = insert(transaction, slugs, &ready).await?;
    let made: Vec<(EventId, &Ready<'_>)> =
        events.iter().zip(&ready).map(|((event, _), ready)| (*event, ready)).collect();
    parts(transaction, &made).await?;
    let versions = versions(transaction, &made).await?;
    let mut events = events.into_iter();
    Ok(results
        .into_iter()
        .map(|result| {
            let brought_in = result?;
            let lost = || vec![("home".to_owned(), PlanProblem::Missing)];
            let (event, slug) = events.next().ok_or_else(lost)?;
            let version = versions.get(&event.0).copied().unwrap_or_default();
            Ok(Made { event, slug, version, brought_in })
        })
        .collect())
}

struct Found<'a> {
    edit: &'a EventEdit,
    codes: Vec<String>,
    problems: PlanProblems,
}

/// Problems stand in the order of what they are about.
fn in_order(field: &str) -> usize {
    ["contact", "home", "municipalities", "speakers"]
        .iter()
        .position(|known| *known == field)
        .unwrap_or(usize::MAX)
}

/// The series that are meant and are there, each with its programme.
async fn series_there(
    transaction: &mut PgTransaction<'_>,
    edits: &[EventEdit],
) -> Result<HashSet<(i64, i64)>, sqlx::Error> {
    let mut wanted: Vec<i64> = edits.iter().filter_map(|edit| edit.series).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = sqlx::query!("select id, programme_id from series where id = any($1)", &wanted)
        .fetch_all(&mut **transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.programme_id)).collect())
}

/// Writes the events themselves; their numbers and addresses, in order.
async fn insert(
    transaction: &mut PgTransaction<'_>,
    slugs: &mut Slugs,
    ready: &[Ready<'_>],
) -> Result<Vec<(EventId, Slug)>, sqlx::Error> {
    let mut made: Vec<Option<(EventId, Slug)>> = ready.iter().map(|_| None).collect();
    loop {
        let mut rows = Vec::new();
        let mut places = HashMap::new();
        for (place, ready) in ready.iter().enumerate() {
            if made.get(place).is_some_and(Option::is_some) {
                continue;
            }
            let slug = slugs.next(ready.edit.texts.get("title_sv"))?;
            let number = i64::try_from(place).unwrap_or(i64::MAX);
            rows.push(Row::of(number, Some(&slug), ready.edit, ready.contact));
            places.insert(slug.as_str().to_owned(), (place, slug));
        }
        if rows.is_empty() {
            return Ok(made.into_iter().flatten().collect());
        }
        // An address that somebody else has taken meanwhile is taken, and its event gets the next.
        let written = sqlx::query!(
            "insert into events (slug, programme_id, series_id, kind, state, title_sv, title_en, subtitle_sv,
                 subtitle_en, summary_sv, summary_en, starts_at, ends_at, all_day, time_known, time_zone, format,
                 platform, meeting_url, venue, address, directions_sv, directions_en, language, dialogue_language,
                 price_sv, price_en, sign_up_opens_at, sign_up_closes_at, contact_id)
             select n.slug, n.programme, n.series, n.kind, 'draft', n.title_sv, n.title_en, n.subtitle_sv,
                 n.subtitle_en, n.summary_sv, n.summary_en, to_timestamp(n.starts_at), to_timestamp(n.ends_at),
                 n.all_day, n.time_known, n.time_zone, n.format, n.platform, n.meeting_url, n.venue, n.address,
                 n.directions_sv, n.directions_en, n.language, n.dialogue_language, n.price_sv, n.price_en,
                 to_timestamp(n.opens_at), to_timestamp(n.closes_at), n.contact
             from jsonb_to_recordset($1) as n (
                 number bigint, slug text, programme bigint, series bigint, kind text, title_sv text, title_en text,
                 subtitle_sv text, subtitle_en text, summary_sv text, summary_en text, starts_at bigint,
                 ends_at bigint, all_day boolean, time_known boolean, time_zone text, format text, platform text,
                 meeting_url text, venue text, address text, directions_sv text, directions_en text, language text,
                 dialogue_language text, price_sv text, price_en text, opens_at bigint, closes_at bigint,
                 contact bigint
             )
             order by n.number
             on conflict (slug) do nothing returning id, slug",
            Json(&rows) as _,
        )
        .fetch_all(&mut **transaction)
        .await?;
        for row in written {
            let Some((place, slug)) = places.remove(&row.slug) else { continue };
            if let Some(made) = made.get_mut(place) {
                *made = Some((EventId(row.id), slug));
            }
        }
    }
}

async fn versions(
    transaction: &mut PgTransaction<'_>,
    made: &[(EventId, &Ready<'_>)],
) -> Result<HashMap<i64, i64>, sqlx::Error> {
    let events: Vec<i64> = made.iter().map(|(event, _)| event.0).collect();
    let rows = sqlx::query!("select id, version from events where id = any($1)", &events)
        .fetch_all(&mut **transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.version)).collect())
}
