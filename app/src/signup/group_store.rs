//! The SQL of signing up several colleagues: all of them, or as many as fit, in one transaction under the lock
//! of the event's seats.

use super::desk::new_token;
use super::group_model::{Choice, Group, NoRoom};
use super::model::{Applicant, Outcome, Refusal, Status};
use super::store::{Entry, Locking, Placed, lock_seats, mail_again, people, place};
use crate::events::model::EventId;
use crate::text::{Lang, consent};
use crate::time::instant;
use sqlx::{Connection, PgPool, PgTransaction};
use std::collections::HashMap;

/// So many sign-ups by others an address takes in a day; then its owner has to do it.
const MOST_BY_OTHERS: i64 = 5;
/// So many groups one address signs up in a day: each is answered with a mail to it.
const MOST_GROUPS: i64 = 20;

/// What came of signing up a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupOutcome {
    /// Signed up, as far as was wanted.
    SignedUp(SignedUp),
    /// There are not seats for all, or for none; nobody was signed up.
    NoRoom(NoRoom),
    /// Sign-up is not open.
    NotOpen,
    /// The event does not offer this way of taking part.
    NoSuchWay,
    /// These have to sign up themselves, by their places among the people; nobody was signed up.
    Themselves(Vec<usize>),
    /// Whoever signs them up has done so too often.
    TooManyGroups,
}

/// A group that was signed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedUp {
    /// The secret of its page.
    pub token: String,
    /// Everybody in their order; nothing for those who were left out.
    pub people: Vec<Option<Told>>,
}

/// What is told of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// What they have.
    pub status: Status,
    /// The place in line, counted from 1.
    pub position: Option<u32>,
}

/// Signs up a group. People who are signed up already keep what they have and take no second seat.
///
/// # Errors
/// If the database does not answer: then nobody has been signed up, unless the connection was lost during
/// the commit itself.
pub async fn sign_up(
    pool: &PgPool,
    event: EventId,
    group: &Group,
    lang: Lang,
    now: i64,
) -> Result<GroupOutcome, sqlx::Error> {
    let entries = entries(group, lang)?;
    let mut transaction = pool.begin().await?;
    // Seats before people, as the desk does.
    lock_seats(&mut transaction, event, Locking::Held).await?;
    if let Some(refusal) = refused(&mut transaction, event, group, now).await? {
        return Ok(refusal);
    }
    let mut tried = attempt(&mut transaction, event, group, &entries, now).await?;
    if let Some(refusal) = tried.refusal() {
        return Ok(refusal);
    }
    let in_line = tried.in_line();
    let mut placed: Vec<usize> = (0..entries.len()).collect();
    if group.choice != Choice::Line && !in_line.is_empty() {
        placed.retain(|at| !in_line.contains(at));
        if group.choice == Choice::All || placed.is_empty() {
            return Ok(GroupOutcome::NoRoom(tried.room()));
        }
        tried.take_back().await?;
        // The same again with those who fit: the seats are locked, so it comes out the same for them.
        let fitting: Vec<Entry> =
            placed.iter().filter_map(|at| entries.get(*at).cloned()).collect();
        tried = attempt(&mut transaction, event, group, &fitting, now).await?;
    }
    let (Placed { outcomes, again }, by) = tried.keep().await?;
    let mut told = vec![None; entries.len()];
    for (at, outcome) in placed.into_iter().zip(outcomes) {
        if let (Some(slot), Ok(outcome)) = (told.get_mut(at), outcome) {
            *slot = Some(outcome);
        }
    }
    let written = Written { event, group, lang, by, told, again, now };
    let signed_up = written.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(GroupOutcome::SignedUp(signed_up))
}

fn secret() -> Result<String, sqlx::Error> {
    new_token().map_err(|_| sqlx::Error::Io(std::io::Error::other("no randomness to be had")))
}

fn entries(group: &Group, lang: Lang) -> Result<Vec<Entry>, sqlx::Error> {
    let entry = |one: &super::group_model::Named| {
        let applicant =
            Applicant { name: one.name.clone(), email: one.email.clone(), ..group.by.clone() };
        Ok(Entry { applicant, lang, token: secret()? })
    };
    group.people.iter().map(entry).collect()
}

/// Everybody placed, in a part of the transaction that can still be taken back: then not even who they are
/// has been written.
struct Attempt<'a> {
    transaction: PgTransaction<'a>,
    placed: Placed,
    /// The number of whoever signs the others up.
    by: i64,
}

async fn attempt<'a>(
    transaction: &'a mut PgTransaction<'_>,
    event: EventId,
    group: &Group,
    entries: &[Entry],
    now: i64,
) -> Result<Attempt<'a>, sqlx::Error> {
    let mut inner = transaction.begin().await?;
    // All of them at once, so that they are written in one order: two groups never wait for each other.
    let by = Entry { applicant: group.by.clone(), lang: Lang::Sv, token: String::new() };
    let key = group.by.email.key();
    let everybody: Vec<Entry> = entries.iter().cloned().chain([by]).collect();
    let numbers = people(&mut inner, &everybody).await?;
    let by = numbers.get(&key).copied().ok_or(sqlx::Error::RowNotFound)?;
    let placed = place(&mut inner, event, entries, now, Locking::Held).await?;
    Ok(Attempt { transaction: inner, placed, by })
}

impl Attempt<'_> {
    fn refusal(&self) -> Option<GroupOutcome> {
        let refusal = self.placed.outcomes.iter().find_map(|outcome| outcome.as_ref().err())?;
        Some(match refusal {
            Refusal::NoSuchWay => GroupOutcome::NoSuchWay,
            _ => GroupOutcome::NotOpen,
        })
    }

    /// Those who came into the line just now.
    fn in_line(&self) -> Vec<usize> {
        let outcomes = self.placed.outcomes.iter().enumerate();
        outcomes.filter(|(_, outcome)| waits(outcome.as_ref().ok())).map(|(at, _)| at).collect()
    }

    async fn keep(self) -> Result<(Placed, i64), sqlx::Error> {
        self.transaction.commit().await?;
        Ok((self.placed, self.by))
    }

    async fn take_back(self) -> Result<(), sqlx::Error> {
        self.transaction.rollback().await
    }

    /// How many seats were wanted, and how many there were.
    fn room(&self) -> NoRoom {
        let new = self.placed.outcomes.iter().flatten().filter(|outcome| outcome.token.is_some());
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let wanted = new.count();
        NoRoom { wanted: count(wanted), left: count(wanted - self.in_line().len()) }
    }
}

fn waits(outcome: Option<&Outcome>) -> bool {
    outcome.is_some_and(|one| one.token.is_some() && matches!(one.status, Status::Waitlisted))
}

/// Why these people cannot be signed up by this person, whatever seats there are: somebody has said no to it
/// before or is written to by many, or the person signs up one group after the other. Which of it is not told.
async fn refused(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    group: &Group,
    now: i64,
) -> Result<Option<GroupOutcome>, sqlx::Error> {
    let groups = sqlx::query_scalar!(
        r#"select count(*) as "count!" from group_sign_ups g join people p on p.id = g.person_id
         where p.email_key = $1 and g.created_at > $2::timestamptz - interval '1 day'"#,
        group.by.email.key(),
        instant(now),
    )
    .fetch_one(&mut **transaction)
    .await?;
    if groups >= MOST_GROUPS {
        return Ok(Some(GroupOutcome::TooManyGroups));
    }
    let own = group.by.email.key();
    let keys: Vec<String> =
        group.people.iter().map(|one| one.email.key()).filter(|key| *key != own).collect();
    let refused = sqlx::query_scalar!(
        r#"
        select p.email_key as "key!" from people p join sign_ups s on s.person_id = p.id
        where p.email_key = any($1) and s.group_sign_up_id is not null
        group by p.email_key
        having count(*) filter (where s.created_at > $2::timestamptz - interval '1 day') >= $3
            or (bool_or(s.event_id = $4 and s.status = 'cancelled')
                and not bool_or(s.event_id = $4 and s.status <> 'cancelled'))
        "#,
        &keys,
        instant(now),
        MOST_BY_OTHERS,
        event.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    if refused.is_empty() {
        return Ok(None);
    }
    let people = group.people.iter().enumerate();
    let at = people.filter(|(_, one)| refused.contains(&one.email.key())).map(|(at, _)| at);
    Ok(Some(GroupOutcome::Themselves(at.collect())))
}

/// A group whose people have been placed.
struct Written<'a> {
    event: EventId,
    group: &'a Group,
    lang: Lang,
    by: i64,
    told: Vec<Option<Outcome>>,
    again: Vec<i64>,
    now: i64,
}

impl Written<'_> {
    async fn write(self, transaction: &mut PgTransaction<'_>) -> Result<SignedUp, sqlx::Error> {
        let recent = self.just_done(transaction).await?;
        let token = secret()?;
        let id = sqlx::query_scalar!(
            "insert into group_sign_ups (token, event_id, person_id, name, organisation, language, choice,
                 consented_at, consent_version, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8) returning id",
            token,
            self.event.0,
            self.by,
            self.group.by.name,
            self.group.by.organisation,
            self.lang.tag(),
            self.group.choice.as_str(),
            instant(self.now),
            consent::GROUP,
        )
        .fetch_one(&mut **transaction)
        .await?;
        self.mark(transaction, id).await?;
        self.name(transaction, id, &recent).await?;
        let is_new = self.told.iter().flatten().any(|one| one.token.is_some());
        let strangers: Vec<i64> =
            self.again.iter().copied().filter(|id| !recent.values().any(|one| one == id)).collect();
        mail_again(transaction, self.event, &strangers, self.now).await?;
        if is_new || recent.is_empty() {
            self.mail(transaction, id).await?;
        }
        let told = |one: &Outcome| Told { status: one.status, position: one.position };
        let people = self.told.iter().map(|one| one.as_ref().map(told)).collect();
        Ok(SignedUp { token, people })
    }

    /// What the same person did here in the last minutes, by address: somebody who clicks twice, or sends the
    /// form again because the answer did not come, disturbs nobody.
    async fn just_done(
        &self,
        transaction: &mut PgTransaction<'_>,
    ) -> Result<HashMap<String, i64>, sqlx::Error> {
        let keys: Vec<String> = self.group.people.iter().map(|one| one.email.key()).collect();
        let rows = sqlx::query!(
            r#"select p.email_key as "key!", s.id from sign_ups s
             join people p on p.id = s.person_id join group_sign_ups g on g.id = s.group_sign_up_id
             where s.event_id = $1 and g.person_id = $2 and p.email_key = any($3)
                 and g.created_at > $4::timestamptz - interval '10 minutes' and s.status <> 'cancelled'"#,
            self.event.0,
            self.by,
            &keys,
            instant(self.now),
        )
        .fetch_all(&mut **transaction)
        .await?;
        Ok(rows.into_iter().map(|row| (row.key, row.id)).collect())
    }

    /// The sign-ups of this transaction are the group's.
    async fn mark(&self, transaction: &mut PgTransaction<'_>, id: i64) -> Result<(), sqlx::Error> {
        let tokens = self.told.iter().flatten().filter_map(|one| one.token.clone());
        sqlx::query!(
            "update sign_ups set group_sign_up_id = $1, consent_version = $2 where token = any($3)",
            id,
            consent::GROUP,
            &tokens.collect::<Vec<_>>(),
        )
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }

    /// Everybody who was named.
    async fn name(
        &self,
        transaction: &mut PgTransaction<'_>,
        id: i64,
        recent: &HashMap<String, i64>,
    ) -> Result<(), sqlx::Error> {
        let told = || self.told.iter().map(Option::as_ref);
        let names: Vec<String> = self.group.people.iter().map(|one| one.name.clone()).collect();
        let tokens: Vec<Option<String>> =
            told().map(|one| one.and_then(|one| one.token.clone())).collect();
        let statuses: Vec<Option<String>> =
            told().map(|one| one.map(|one| one.status.as_str().to_owned())).collect();
        let positions: Vec<Option<i32>> = told()
            .map(|one| one.and_then(|one| one.position).and_then(|at| i32::try_from(at).ok()))
            .collect();
        let recent: Vec<Option<i64>> =
            self.group.people.iter().map(|one| recent.get(&one.email.key()).copied()).collect();
        sqlx::query!(
            "insert into group_members (group_sign_up_id, place, name, sign_up_id, told_status, told_position)
             select $1, new.place, new.name, coalesce(s.id, new.recent), new.status, new.position
             from unnest($2::text[], $3::text[], $4::text[], $5::integer[], $6::bigint[]) with ordinality
                 as new (name, token, status, position, recent, place)
             left join sign_ups s on s.token = new.token",
            id,
            &names,
            &tokens as &[Option<String>],
            &statuses as &[Option<String>],
            &positions as &[Option<i32>],
            &recent as &[Option<i64>],
        )
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }

    /// The summary, to whoever did it.
    async fn mail(&self, transaction: &mut PgTransaction<'_>, id: i64) -> Result<(), sqlx::Error> {
        sqlx::query!(
            "insert into mails (kind, to_address, language, event_id, group_sign_up_id, created_at)
             values ('group', $1, $2, $3, $4, $5)",
            self.group.by.email.as_str(),
            self.lang.tag(),
            self.event.0,
            id,
            instant(self.now),
        )
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }
}
