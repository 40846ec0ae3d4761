//! The SQL of the queue. A mail that is taken up is leased: its `due_at` moves ahead, and it stays
//! `queued` until it is known what became of it. So a process that dies loses nothing, no transaction is
//! open while a mail server takes its time, and what is written later about the same sign-up waits.

use super::model::{LEASE, MailKind, shortened, wait_after};
use crate::time::instant;
use sqlx::PgPool;

/// A mail that has been taken up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its number.
    pub id: i64,
    /// How often it has been taken up, this time included.
    pub attempts: i32,
}

/// What became of a mail that had been taken up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server has it.
    Sent,
    /// It did not work, and can work another time.
    TryLater(String),
    /// It will never work.
    Failed(String),
    /// What it tells does not hold any more.
    Dropped,
    /// It was not tried after all.
    NotTried,
}

/// Takes up at most so many mails that are due, links for signing in first. Of the mails about one
/// sign-up only the first that is still queued: nothing overtakes what was written before it. Kinds that
/// this program does not know are left to the newer one that writes them.
///
/// # Errors
/// If the database does not answer.
pub async fn take(pool: &PgPool, most: i64, now: i64) -> Result<Vec<Taken>, sqlx::Error> {
    let kinds: Vec<String> = MailKind::ALL.iter().map(|kind| kind.as_str().to_owned()).collect();
    let mut taken = sqlx::query_as!(
        Taken,
        r#"
        with due as materialized (
            select m.id from mails m
            where m.state = 'queued' and m.due_at < $2::timestamptz + interval '1 second'
                and m.kind = any($4)
                and not exists (
                    select 1 from mails earlier
                    where earlier.sign_up_id = m.sign_up_id and earlier.state = 'queued'
                        and earlier.id < m.id
                )
                -- Whoever was moved is told of both events by one of them.
                and not exists (
                    select 1 from mails earlier
                    where earlier.sign_up_id = any (array (
                            select s.moved_from_id from sign_ups s where s.id = m.sign_up_id
                            union all select s.id from sign_ups s where s.moved_from_id = m.sign_up_id
                        ))
                        and earlier.state = 'queued' and earlier.id < m.id
                )
            order by m.kind <> 'sign_in', m.due_at, m.id limit $1 for update of m skip locked
        )
        update mails m set attempts = m.attempts + 1, due_at = $3
        from due where m.id = due.id and m.state = 'queued'
        returning m.id, m.attempts
        "#,
        most,
        instant(now),
        instant(now + LEASE),
        &kinds,
    )
    .fetch_all(pool)
    .await?;
    taken.sort_unstable_by_key(|mail| mail.id);
    Ok(taken)
}

/// Writes down what became of these mails. A secret is kept no longer than it takes to send it.
///
/// # Errors
/// If the database does not answer: then they are due again when their lease ends.
pub async fn conclude(
    pool: &PgPool,
    outcomes: &[(Taken, Outcome)],
    now: i64,
) -> Result<(), sqlx::Error> {
    if outcomes.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::default();
    for (mail, outcome) in outcomes {
        rows.add(*mail, outcome, now);
    }
    sqlx::query!(
        r#"
        update mails m set
            state = new.state,
            attempts = m.attempts - new.given_back,
            due_at = to_timestamp(new.due_at),
            sent_at = case when new.state = 'sent' then $6::timestamptz end,
            problem = coalesce(new.problem, m.problem),
            secret = case when new.state = 'queued' then m.secret end
        from unnest($1::bigint[], $2::text[], $3::integer[], $7::integer[], $4::float8[], $5::text[])
            as new (id, state, attempts, given_back, due_at, problem)
        -- Whoever was so late that another has taken the mail up may still say that it was sent.
        where m.id = new.id and m.state = 'queued'
            and (m.attempts = new.attempts or new.state = 'sent')
        "#,
        &rows.ids,
        &rows.states,
        &rows.attempts,
        &rows.due,
        &rows.problems as &[Option<String>],
        instant(now),
        &rows.given_back,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Removes at most so many mails that left, or were dropped, before `before`, and says how many. Those about
/// an event that is not over stay: what was written once is known by them, and who has an invitation that a
/// calendar must be told to take back. What has failed stays, too, since somebody may want to know.
///
/// # Errors
/// If the database does not answer.
pub async fn remove_old(
    pool: &PgPool,
    before: i64,
    most: i64,
    now: i64,
) -> Result<u64, sqlx::Error> {
    let removed = sqlx::query!(
        "delete from mails where id in (
             select m.id from mails m
             where m.state in ('sent', 'dropped') and m.due_at < $1
                 and not exists (select 1 from events e where e.id = m.event_id and e.ends_at > $2)
             order by m.due_at limit $3 for update skip locked
         )",
        instant(before),
        instant(now),
        most,
    )
    .execute(pool)
    .await?;
    Ok(removed.rows_affected())
}

/// The columns of what is written back.
#[derive(Default)]
struct Rows {
    ids: Vec<i64>,
    states: Vec<String>,
    attempts: Vec<i32>,
    given_back: Vec<i32>,
    due: Vec<f64>,
    problems: Vec<Option<String>>,
}

impl Rows {
    fn add(&mut self, mail: Taken, outcome: &Outcome, now: i64) {
        let (state, due, problem) = match outcome {
            Outcome::Sent => ("sent", now, None),
            Outcome::Dropped => ("dropped", now, None),
            Outcome::NotTried => ("queued", now, None),
            Outcome::Failed(problem) => ("failed", now, Some(problem)),
            Outcome::TryLater(problem) => match wait_after(mail.attempts) {
                Some(wait) => ("queued", now + wait, Some(problem)),
                None => ("failed", now, Some(problem)),
            },
        };
        self.ids.push(mail.id);
        self.states.push(state.to_owned());
        self.attempts.push(mail.attempts);
        self.given_back.push(i32::from(*outcome == Outcome::NotTried));
        // Exact: a second of any year to come is far below 2^53.
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        self.due.push(due as f64);
        self.problems.push(problem.map(|problem| shortened(problem)));
    }
}
