//! The SQL of signing up several colleagues: all of them, or as many as fit, in one transaction under the lock
//! of the event's seats.

use super::desk::new_token;
use super::group_model::{Choice, Group, NoRoom};
use super::group_write::Written;
use super::model::{Applicant, Outcome, Refusal, Status};
use super::store::{Entry, Locking, Placed, lock_seats, people, place};
use crate::events::model::EventId;
use crate::text::Lang;
use crate::time::instant;
use sqlx::{Connection, PgPool, PgTransaction};

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
    let mut transaction = super::store::begin(pool).await?;
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

pub(super) fn secret() -> Result<String, sqlx::Error> {
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
        where p.email_key = any($1)
        group by p.email_key
        having count(*) filter (where s.group_sign_up_id is not null
                and s.created_at > $2::timestamptz - interval '1 day') >= $3
            or (bool_or(s.event_id = $4 and s.status = 'cancelled' and s.group_sign_up_id is not null)
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
