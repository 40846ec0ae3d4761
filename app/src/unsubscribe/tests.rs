//! What people want to be mailed about, and the jobs that respect it, against a real Postgres. The clock is
//! set.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::{Stoppable, Wish};
use super::store::{end_watch, find, save, stop, wishes};
use crate::account::model::{PersonId, SessionId, Viewer};
use crate::events::invitation::Organiser;
use crate::events::model::EventId;
use crate::events::store::watch_opening;
use crate::mail::letters::{Letter, Site, letters};
use crate::mail::model::{MailKind, State};
use crate::mail::store::{Outcome, conclude, remove_old, take};
use crate::signup::model::Email;
use crate::signup::{recorded, reminders};
use crate::text::Lang;
use sqlx::PgPool;

/// 2031-01-01 08:00 UTC.
const NOW: i64 = 1_924_934_400;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

async fn run(pool: &PgPool, statement: &'static str) {
    sqlx::query(statement).execute(pool).await.unwrap();
}

/// An event of an hour that begins at `starts`.
async fn event(pool: &PgPool, starts: i64) -> i64 {
    run(pool, "insert into programmes (slug, title_sv) values ('p', 'P') on conflict do nothing")
        .await;
    sqlx::query_scalar(
        "with event as (
             insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
             select 'e-' || (select count(*) from events), id, 'seminar', 'published', 'E',
                 to_timestamp($1), to_timestamp($1 + 3600), 'digital' from programmes returning id
         )
         insert into event_ways (event_id, way) select id, 'digital' from event returning event_id",
    )
    .bind(starts)
    .fetch_one(pool)
    .await
    .unwrap()
}

/// The person `name`, with a sign-up that was made long before.
async fn sign_up(pool: &PgPool, event: i64, name: &str, status: &str) -> PersonId {
    sqlx::query_scalar(
        "with person as (
             insert into people (name, email, email_key) values ($2, $2 || '@b.se', $2 || '@b.se')
             on conflict (email_key) do update set name = excluded.name returning id
         )
         insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation,
             language, consented_at, consent_version, created_at)
         select gen_random_uuid(), $1, 'digital', id, $3, (select count(*) + 1 from sign_ups), $2, 'Umeå',
             'sv', now(), 1, to_timestamp($4) from person returning person_id",
    )
    .bind(event)
    .bind(name)
    .bind(status)
    .bind(NOW - 30 * DAY)
    .fetch_one(pool)
    .await
    .map(PersonId)
    .unwrap()
}

async fn record(pool: &PgPool, event: i64, title: &str) {
    sqlx::query(
        "insert into recordings (event_id, title, slug, state, published_at)
         values ($1, $2, slug_of($2) || '-' || $1, 'published', now())",
    )
    .bind(event)
    .bind(title)
    .execute(pool)
    .await
    .unwrap();
}

/// Kind and address of all mails, in the order in which they were written.
async fn mails(pool: &PgPool) -> Vec<(String, String)> {
    sqlx::query_as("select kind, split_part(to_address, '@', 1) from mails order by id")
        .fetch_all(pool)
        .await
        .unwrap()
}

/// The newest mail as a letter.
async fn newest(pool: &PgPool, now: i64) -> Letter {
    let id: i64 = sqlx::query_scalar("select max(id) from mails").fetch_one(pool).await.unwrap();
    let organiser = Organiser { name: "Stafett".into(), address: "s@x.se".into() };
    let site = Site { url: "https://x.se".into(), organiser };
    letters(pool, &[id], &site, now).await.unwrap().pop().unwrap()
}

fn secret(letter: &Letter) -> String {
    letter.unsubscribe.as_ref().unwrap().rsplit('/').next().unwrap().to_owned()
}

fn viewer(id: PersonId) -> Viewer {
    Viewer {
        id,
        session: SessionId(1),
        name: "Åsa".into(),
        email: "asa@b.se".into(),
        organisation: None,
        roles: Vec::new(),
    }
}

async fn wanted(pool: &PgPool, person: PersonId) -> Vec<Wish> {
    wishes(pool, Lang::Sv, &viewer(person), NOW).await.unwrap().wanted
}

#[sqlx::test(migrations = "../migrations")]
async fn everything_is_wanted_until_one_says_otherwise(pool: PgPool) {
    let event = event(&pool, NOW + DAY).await;
    let (asa, bo) = (
        sign_up(&pool, event, "asa", "confirmed").await,
        sign_up(&pool, event, "bo", "confirmed").await,
    );
    assert_eq!(wanted(&pool, asa).await, Wish::ALL);
    save(&pool, asa, &[Wish::Hour]).await.unwrap();
    assert_eq!(wanted(&pool, asa).await, [Wish::Hour]);
    save(&pool, asa, &[Wish::Day, Wish::Recording]).await.unwrap();
    assert_eq!(wanted(&pool, asa).await, [Wish::Day, Wish::Recording]);
    assert_eq!(wanted(&pool, bo).await, Wish::ALL, "it is nobody else's");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_wants_no_reminder_of_a_kind_gets_the_other(pool: PgPool) {
    let starts = NOW + 9 * DAY;
    let event = event(&pool, starts).await;
    let [asa, bo] = ["asa", "bo"];
    save(&pool, sign_up(&pool, event, asa, "confirmed").await, &[Wish::Hour]).await.unwrap();
    save(&pool, sign_up(&pool, event, bo, "confirmed").await, &[Wish::Day]).await.unwrap();
    assert_eq!(reminders::write_due(&pool, starts - DAY).await.unwrap(), 1);
    assert_eq!(mails(&pool).await, [("reminder".into(), bo.into())]);
    assert_eq!(reminders::write_due(&pool, starts - HOUR).await.unwrap(), 1);
    assert_eq!(mails(&pool).await[1], ("reminder".into(), asa.into()));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_link_in_a_reminder_stops_its_kind_for_its_person(pool: PgPool) {
    let starts = NOW + 9 * DAY;
    let event = event(&pool, starts).await;
    let asa = sign_up(&pool, event, "asa", "confirmed").await;
    reminders::write_due(&pool, starts - DAY).await.unwrap();
    let letter = newest(&pool, starts - DAY).await;
    assert!(letter.holds && letter.mail.text().contains("Vill du inte bli påmind dagen före"));
    let token = secret(&letter);
    assert!(token.len() >= 32);
    let found = async || find(&pool, Lang::Sv, &token, NOW).await.unwrap();
    assert_eq!(found().await, Some(Stoppable::Wish { wish: Wish::Day, wanted: true }));
    let bo = sign_up(&pool, event, "bo", "confirmed").await;
    for _ in 0..2 {
        assert!(stop(&pool, &token).await.unwrap());
    }
    assert_eq!(found().await, Some(Stoppable::Wish { wish: Wish::Day, wanted: false }));
    assert_eq!(wanted(&pool, asa).await, [Wish::Hour, Wish::Recording]);
    assert_eq!(wanted(&pool, bo).await, Wish::ALL);
    // What had been written, and has not left, stays here.
    assert!(!newest(&pool, starts - DAY).await.holds);
    reminders::write_due(&pool, starts - HOUR).await.unwrap();
    let hour = newest(&pool, starts - HOUR).await;
    assert!(hour.holds && hour.mail.text().contains("en timme före"));
    assert_ne!(secret(&hour), token);
    // The same link for the same kind as long as there is a person.
    save(&pool, asa, Wish::ALL).await.unwrap();
    assert_eq!(found().await, Some(Stoppable::Wish { wish: Wish::Day, wanted: true }));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_no_link_finds_and_stops_nothing(pool: PgPool) {
    let event = event(&pool, NOW + DAY).await;
    let asa = sign_up(&pool, event, "asa", "confirmed").await;
    save(&pool, asa, Wish::ALL).await.unwrap();
    let long = "a".repeat(4_000);
    for garbage in ["\0", "%00", "å", "a b", "'; drop table people; --", long.as_str()] {
        assert_eq!(find(&pool, Lang::Sv, garbage, NOW).await.unwrap(), None, "{garbage}");
        assert!(!stop(&pool, garbage).await.unwrap(), "{garbage}");
    }
    assert_eq!(find(&pool, Lang::Sv, "nobodys", NOW).await.unwrap(), None);
    assert!(stop(&pool, "nobodys").await.unwrap(), "it may have been one");
    assert_eq!(wanted(&pool, asa).await, Wish::ALL);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_one_watches_is_listed_and_can_be_ended_by_nobody_else(pool: PgPool) {
    let (opens, past) = (event(&pool, NOW + 9 * DAY).await, event(&pool, NOW - DAY).await);
    run(&pool, "update events set sign_up_opens_at = starts_at - interval '1 day'").await;
    let asa = sign_up(&pool, past, "asa", "confirmed").await;
    let bo = sign_up(&pool, past, "bo", "confirmed").await;
    let email = Email::parse("ASA@b.se").unwrap();
    for event in [opens, past] {
        watch_opening(&pool, EventId(event), &email, Lang::Sv, NOW - 9 * DAY).await.unwrap();
    }
    let watches = async |person| {
        let page = wishes(&pool, Lang::Sv, &viewer(person), NOW).await.unwrap();
        page.watches.into_iter().map(|watch| (watch.id, watch.event.id.0)).collect::<Vec<_>>()
    };
    let mine = watches(asa).await;
    assert_eq!(mine.iter().map(|(_, event)| *event).collect::<Vec<_>>(), [opens]);
    assert_eq!(watches(bo).await, []);
    end_watch(&pool, bo, mine[0].0).await.unwrap();
    assert_eq!(watches(asa).await, mine);
    end_watch(&pool, asa, mine[0].0).await.unwrap();
    assert_eq!(watches(asa).await, []);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_recording_is_told_once_to_those_who_had_a_place(pool: PgPool) {
    let starts = NOW - 2 * DAY;
    let event = event(&pool, starts).await;
    for status in ["confirmed", "attended", "no_show", "waitlisted", "cancelled"] {
        sign_up(&pool, event, status, status).await;
    }
    save(&pool, sign_up(&pool, event, "unwilling", "attended").await, &[Wish::Day]).await.unwrap();
    let at = async |now| recorded::tell(&pool, now).await.unwrap();
    assert_eq!(at(NOW).await, 0, "there is none yet");
    record(&pool, event, "Del 1").await;
    assert_eq!(at(starts + HOUR - 1).await, 0, "it is not over");
    let (one, two, three) = tokio::join!(at(NOW), at(NOW), at(NOW));
    assert_eq!(one + two + three, 3, "three processes, one mail each");
    let told = ["confirmed", "attended", "no_show"].map(|name| ("recording".into(), name.into()));
    assert_eq!(mails(&pool).await, told);
    let letter = newest(&pool, NOW).await;
    assert_eq!(
        (letter.kind, letter.mail.subject.as_str()),
        (MailKind::Recording, "Inspelningen finns: E")
    );
    assert_eq!(letter.mail.link, "https://x.se/events/e-0");
    assert!(letter.holds && letter.calendars.is_empty());
    // Who changes their mind is not told of what has been; of another part nobody is told who knows already.
    run(&pool, "update mail_wishes set wanted = true").await;
    assert_eq!(at(NOW + HOUR).await, 0);
    record(&pool, event, "Del 2").await;
    assert_eq!([at(NOW + DAY).await, at(NOW + DAY).await], [1, 0]);
    assert_eq!(mails(&pool).await[3], ("recording".into(), "unwilling".into()));
    // Stopped before it left.
    let last = newest(&pool, NOW).await;
    assert!(last.holds && stop(&pool, &secret(&last)).await.unwrap());
    assert!(!newest(&pool, NOW).await.holds);
}

#[sqlx::test(migrations = "../migrations")]
async fn archives_demonstrations_and_what_did_not_take_place_mail_nobody(pool: PgPool) {
    let (old, off) = (event(&pool, NOW - 60 * DAY - HOUR).await, event(&pool, NOW - DAY).await);
    for event in [old, off] {
        sign_up(&pool, event, "asa", "attended").await;
        record(&pool, event, "Allt").await;
    }
    let at = async |now| recorded::tell(&pool, now).await.unwrap();
    run(&pool, "update events set state = 'cancelled' where slug = 'e-1'").await;
    assert_eq!(at(NOW).await, 0);
    run(&pool, "update events set state = 'held' where slug = 'e-1'").await;
    run(&pool, "update programmes set is_demonstration = true").await;
    assert_eq!(at(NOW).await, 0);
    run(&pool, "update programmes set is_demonstration = false").await;
    assert_eq!(at(NOW - 1).await, 2, "both within sixty days");
}

#[sqlx::test(migrations = "../migrations")]
async fn old_mails_go_in_small_batches_and_what_is_needed_stays(pool: PgPool) {
    let (over, ahead) = (event(&pool, NOW - DAY).await, event(&pool, NOW + 200 * DAY).await);
    let write = async |kind: &str, event: Option<i64>| -> i64 {
        sqlx::query_scalar(
            "insert into mails (kind, to_address, language, event_id, created_at, due_at)
             values ($1, 'a@b.se', 'sv', $2, to_timestamp($3), to_timestamp($3)) returning id",
        )
        .bind(kind)
        .bind(event)
        .bind(NOW - 100 * DAY)
        .fetch_one(&pool)
        .await
        .unwrap()
    };
    let at = NOW - 91 * DAY;
    for outcome in [Outcome::Sent, Outcome::Dropped, Outcome::Failed("550".into())] {
        for (kind, event) in [("opened", Some(over)), ("opened", Some(ahead)), ("sign_in", None)] {
            write(kind, event).await;
        }
        let taken = take(&pool, 10, at).await.unwrap();
        assert_eq!(taken.len(), 3);
        let outcomes: Vec<_> = taken.into_iter().map(|mail| (mail, outcome.clone())).collect();
        conclude(&pool, &outcomes, at).await.unwrap();
    }
    let waits = write("opened", Some(over)).await;
    let remove = async |most| remove_old(&pool, NOW - 90 * DAY, most, NOW).await.unwrap();
    assert_eq!(remove_old(&pool, at, 10, NOW).await.unwrap(), 0, "not old enough");
    assert_eq!([remove(3).await, remove(3).await, remove(3).await], [3, 1, 0]);
    let left: Vec<(String, Option<i64>)> =
        sqlx::query_as("select state, event_id from mails where id <> $1 order by id")
            .bind(waits)
            .fetch_all(&pool)
            .await
            .unwrap();
    let state = |state: State, event| (state.as_str().to_owned(), event);
    assert_eq!(
        left,
        [
            state(State::Sent, Some(ahead)),
            state(State::Dropped, Some(ahead)),
            state(State::Failed, Some(over)),
            state(State::Failed, Some(ahead)),
            state(State::Failed, None),
        ]
    );
}
