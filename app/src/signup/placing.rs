//! Giving out seats and places in line, at one event or at several at once, within one transaction.

use super::model::{Outcome, Refusal, Status};
use super::question_store;
use super::store::{Entry, Locking, Placed, SeatLine, Terms, all_terms, lock_all};
use crate::events::model::{EventId, Phase};
use crate::events::store::word;
use crate::text::consent;
use crate::time::instant;
use sqlx::PgTransaction;
use std::collections::HashMap;

/// A place at an event that somebody wants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// Where.
    pub(super) event: EventId,
    /// Who, and the secret of the page of this place.
    pub(super) entry: &'a Entry,
    /// The sign-up for a whole series that the place is a part of.
    pub(super) whole: Option<i64>,
}

/// Some events while their seats are locked.
pub(super) struct Counter {
    seats: HashMap<EventId, (Terms, Vec<SeatLine>)>,
}

impl Counter {
    /// Locks the seats of these events, and keeps those that are open now.
    pub(super) async fn open(
        transaction: &mut PgTransaction<'_>,
        events: &[EventId],
        now: i64,
        locking: Locking,
    ) -> Result<Self, sqlx::Error> {
        let ids: Vec<i64> = events.iter().map(|event| event.0).collect();
        let lines = lock_all(transaction, &ids, locking).await?;
        let mut seats: HashMap<EventId, _> = all_terms(transaction, &ids, now)
            .await?
            .into_iter()
            .filter(|(_, terms)| terms.phase == Phase::Open)
            .map(|(event, terms)| (event, (terms, Vec::new())))
            .collect();
        for (event, line) in lines {
            if let Some((_, lines)) = seats.get_mut(&event) {
                lines.push(line);
            }
        }
        Ok(Self { seats })
    }

    /// One can sign up there.
    pub(super) fn is_open(&self, event: EventId) -> bool {
        self.seats.contains_key(&event)
    }

    /// Gives everybody a seat or a place in line, in this order. `people` has the numbers of them all, by the
    /// keys of their addresses.
    pub(super) async fn place(
        mut self,
        transaction: &mut PgTransaction<'_>,
        people: &HashMap<String, i64>,
        wanted: &[Wanted<'_>],
        now: i64,
    ) -> Result<Placed, sqlx::Error> {
        let events: Vec<EventId> = self.seats.keys().copied().collect();
        let mut known = live_sign_ups(transaction, &events, people).await?;
        let mut outcomes = Vec::with_capacity(wanted.len());
        let mut rows = Vec::with_capacity(wanted.len());
        let mut again = Vec::new();
        for &wanted in wanted {
            let entry = wanted.entry;
            let Some(&person) = people.get(&entry.applicant.email.key()) else {
                return Err(sqlx::Error::RowNotFound);
            };
            let Some((terms, lines)) = self.seats.get_mut(&wanted.event) else {
                outcomes.push(Err(Refusal::NotOpen));
                continue;
            };
            if let Some(&(sign_up, status, position)) = known.get(&(wanted.event, person)) {
                again.extend(sign_up);
                outcomes.push(Ok(Outcome { status, position, token: None }));
                continue;
            }
            let Some(line) = lines.iter_mut().find(|line| line.way == entry.applicant.way) else {
                outcomes.push(Err(Refusal::NoSuchWay));
                continue;
            };
            let (status, position) = line.give(*terms);
            rows.push(NewRow { wanted, person, status, queue_number: line.last_queue_number });
            known.insert((wanted.event, person), (None, status, position));
            outcomes.push(Ok(Outcome { status, position, token: Some(entry.token.clone()) }));
        }
        insert(transaction, &rows, now).await?;
        let answers = rows.iter().flat_map(|row| {
            let entry = row.wanted.entry;
            entry.applicant.answers.iter().map(|answer| (entry.token.as_str(), answer))
        });
        question_store::insert(transaction, &answers.collect::<Vec<_>>()).await?;
        Ok(Placed { outcomes, again })
    }
}

impl SeatLine {
    /// Gives out a seat, or the last place in line.
    fn give(&mut self, terms: Terms) -> (Status, Option<u32>) {
        self.last_queue_number += 1;
        if self.has_room() {
            self.confirmed += 1;
            return (terms.with_seat(), None);
        }
        self.waitlisted += 1;
        (Status::Waitlisted, u32::try_from(self.waitlisted).ok())
    }
}

/// A person's live sign-up at an event: its number (none yet for one of this very transaction), status,
/// position.
type Known = HashMap<(EventId, i64), (Option<i64>, Status, Option<u32>)>;

async fn live_sign_ups(
    transaction: &mut PgTransaction<'_>,
    events: &[EventId],
    people: &HashMap<String, i64>,
) -> Result<Known, sqlx::Error> {
    let events: Vec<i64> = events.iter().map(|event| event.0).collect();
    let ids: Vec<i64> = people.values().copied().collect();
    let rows = sqlx::query!(
        r#"
        select s.id, s.event_id, s.person_id, s.status,
            case when s.status = 'waitlisted' then (
                select count(*) from sign_ups before
                where before.event_id = s.event_id and before.way = s.way
                    and before.status = 'waitlisted' and before.queue_number <= s.queue_number
            ) end as position
        from sign_ups s
        where s.event_id = any($1) and s.person_id = any($2) and s.status in ('requested', 'confirmed', 'waitlisted')
        "#,
        &events,
        &ids,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            let position = row.position.and_then(|position| u32::try_from(position).ok());
            let status = word(Status::parse(&row.status), &row.status)?;
            Ok(((EventId(row.event_id), row.person_id), (Some(row.id), status, position)))
        })
        .collect()
}

struct NewRow<'a> {
    wanted: Wanted<'a>,
    person: i64,
    status: Status,
    queue_number: i64,
}

/// Writes the sign-ups and the mails that tell of them.
async fn insert(
    transaction: &mut PgTransaction<'_>,
    rows: &[NewRow<'_>],
    now: i64,
) -> Result<(), sqlx::Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let column = |value: fn(&NewRow<'_>) -> String| rows.iter().map(value).collect::<Vec<_>>();
    let number = |value: fn(&NewRow<'_>) -> i64| rows.iter().map(value).collect::<Vec<_>>();
    let wholes: Vec<Option<i64>> = rows.iter().map(|row| row.wanted.whole).collect();
    sqlx::query!(
        r#"
        with added as (
            insert into sign_ups (event_id, token, way, person_id, status, queue_number, name,
                organisation, language, series_sign_up_id, consented_at, consent_version, created_at)
            select new.event_id, new.token, new.way, new.person_id, new.status, new.queue_number, new.name,
                new.organisation, new.language, new.whole, $1, $2, $1
            from unnest($3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[],
                    $9::text[], $10::text[], $11::text[], $12::bigint[])
                as new (event_id, token, way, person_id, status, queue_number, name, organisation,
                    language, whole)
            returning id, event_id, token, status, language
        )
        insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
        select added.status, sent.address, added.language, added.id, added.event_id, $1
        from added join unnest($4::text[], $13::text[]) as sent (token, address)
            on sent.token = added.token
        order by added.id
        "#,
        instant(now),
        consent::CURRENT,
        &number(|row| row.wanted.event.0),
        &column(|row| row.wanted.entry.token.clone()),
        &column(|row| row.wanted.entry.applicant.way.as_str().to_owned()),
        &number(|row| row.person),
        &column(|row| row.status.as_str().to_owned()),
        &number(|row| row.queue_number),
        &column(|row| row.wanted.entry.applicant.name.clone()),
        &column(|row| row.wanted.entry.applicant.organisation.clone()),
        &column(|row| row.wanted.entry.lang.tag().to_owned()),
        &wholes as &[Option<i64>],
        &column(|row| row.wanted.entry.applicant.email.as_str().to_owned()),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
