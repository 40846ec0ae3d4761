//! The queue against a real Postgres: what is taken up, by whom, in what order, and what is written by
//! whom. The clock is set.

use super::letters::{Letter, Site, letters};
use super::model::{LEASE, MailKind, State};
use super::store::{Outcome, Taken, conclude, take};
use crate::events::invitation::{Method, Organiser};
use crate::events::model::EventId;
use crate::events::opening::{tell_watchers, unwatch, watched};
use crate::events::store::watch_opening;
use crate::signup::model::Email;
use crate::signup::reminders::write_due;
use crate::text::Lang;
use sqlx::PgPool;

/// 2031-01-01 08:00 UTC.
const NOW: i64 = 1_924_934_400;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

async fn run(pool: &PgPool, statement: &'static str) {
    sqlx::query(statement).execute(pool).await.unwrap();
}

/// An event that begins at `starts`, and a sign-up with this status, made long before.
async fn place(pool: &PgPool, starts: i64, status: &str) -> (EventId, i64) {
    run(pool, "insert into programmes (slug, title_sv) values ('p', 'P') on conflict do nothing")
        .await;
    let event: i64 = sqlx::query_scalar(
        "insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select 'e-' || (select count(*) from events), id, 'seminar', 'published', 'E',
             to_timestamp($1), to_timestamp($1 + 3600), 'digital' from programmes returning id",
    )
    .bind(starts)
    .fetch_one(pool)
    .await
    .unwrap();
    sqlx::query("insert into event_ways (event_id, way) values ($1, 'digital')")
        .bind(event)
        .execute(pool)
        .await
        .unwrap();
    (EventId(event), sign_up(pool, event, status, NOW - 30 * DAY).await)
}

async fn sign_up(pool: &PgPool, event: i64, status: &str, at: i64) -> i64 {
    sqlx::query_scalar(
        "with number as (select count(*) + 1 as n from sign_ups),
         person as (
             insert into people (name, email, email_key)
             select 'Åsa', 'p' || n || '@b.se', 'p' || n || '@b.se' from number returning id
         )
         insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation,
             language, consented_at, consent_version, created_at)
         select 'a-token-that-is-long-enough-' || n, $1, 'digital', person.id, $2, n, 'Åsa', 'Umeå', 'sv',
             now(), 1, to_timestamp($3) from number, person returning id",
    )
    .bind(event)
    .bind(status)
    .bind(at)
    .fetch_one(pool)
    .await
    .unwrap()
}

async fn mail(pool: &PgPool, kind: &str, event: EventId, sign_up: Option<i64>) -> i64 {
    sqlx::query_scalar(
        "insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
         values ($1, 'p@b.se', 'sv', $2, $3, to_timestamp($4)) returning id",
    )
    .bind(kind)
    .bind(sign_up)
    .bind(event.0)
    .bind(NOW)
    .fetch_one(pool)
    .await
    .unwrap()
}

async fn ids(pool: &PgPool, most: i64, now: i64) -> Vec<i64> {
    take(pool, most, now).await.unwrap().iter().map(|mail| mail.id).collect()
}

async fn end(pool: &PgPool, id: i64, attempts: i32, outcome: Outcome, now: i64) {
    conclude(pool, &[(Taken { id, attempts }, outcome)], now).await.unwrap();
}

/// State, attempts and how long until it is due.
async fn standing(pool: &PgPool, id: i64, now: i64) -> (String, i32, i64) {
    sqlx::query_as(
        "select state, attempts, extract(epoch from due_at)::bigint - $2 from mails where id = $1",
    )
    .bind(id)
    .bind(now)
    .fetch_one(pool)
    .await
    .unwrap()
}

fn site() -> Site {
    let organiser = Organiser { name: "Stafett".into(), address: "s@x.se".into() };
    Site { url: "https://x.se".into(), organiser }
}

async fn letter(pool: &PgPool, id: i64, now: i64) -> Letter {
    letters(pool, &[id], &site(), now).await.unwrap().pop().unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_taken_up_is_leased_and_comes_back_when_its_worker_has_died(pool: PgPool) {
    let (event, _) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    let id = mail(&pool, "opened", event, None).await;
    assert_eq!(ids(&pool, 10, NOW).await, [id]);
    assert_eq!(ids(&pool, 10, NOW).await, [0_i64; 0], "it is being sent");
    assert_eq!(ids(&pool, 10, NOW + LEASE - 2).await, [0_i64; 0]);
    // The worker died. Another one takes it up, and only once.
    assert_eq!(take(&pool, 10, NOW + LEASE).await.unwrap(), [Taken { id, attempts: 2 }]);
    assert_eq!(ids(&pool, 10, NOW + LEASE).await, [0_i64; 0]);
    // The first was only slow: its failure counts no more, but that it was sent does.
    end(&pool, id, 1, Outcome::Failed("late".into()), NOW + LEASE).await;
    assert_eq!(standing(&pool, id, NOW).await, ("queued".into(), 2, 2 * LEASE));
    end(&pool, id, 1, Outcome::Sent, NOW + LEASE).await;
    assert_eq!(standing(&pool, id, NOW).await.0, "sent");
    end(&pool, id, 2, Outcome::TryLater("late".into()), NOW + LEASE).await;
    assert_eq!(standing(&pool, id, NOW).await.0, "sent", "and stays so");
}

#[sqlx::test(migrations = "../migrations")]
async fn it_is_tried_again_later_and_later_and_then_no_more(pool: PgPool) {
    let (event, _) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    let id = mail(&pool, "will_tell_when_open", event, None).await;
    let mut now = NOW;
    for (attempts, wait) in [(1, 60), (2, 300), (3, 1_800), (4, 7_200), (5, 28_800)] {
        assert_eq!(take(&pool, 1, now).await.unwrap(), [Taken { id, attempts }]);
        end(&pool, id, attempts, Outcome::TryLater(format!("4{attempts}1 busy")), now).await;
        assert_eq!(standing(&pool, id, now).await, ("queued".into(), attempts, wait));
        assert_eq!(ids(&pool, 1, now + wait - 2).await, [0_i64; 0]);
        now += wait;
    }
    assert_eq!(take(&pool, 1, now).await.unwrap(), [Taken { id, attempts: 6 }]);
    end(&pool, id, 6, Outcome::TryLater("461 busy".into()), now).await;
    let written = letter(&pool, id, now).await;
    assert_eq!((written.state, written.problem.as_deref()), (State::Failed, Some("461 busy")));
    assert_eq!(ids(&pool, 1, now + 99 * DAY).await, [0_i64; 0]);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_not_tried_is_as_before(pool: PgPool) {
    let (event, _) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    let id = mail(&pool, "opened", event, None).await;
    ids(&pool, 1, NOW).await;
    end(&pool, id, 1, Outcome::NotTried, NOW).await;
    assert_eq!(standing(&pool, id, NOW).await, ("queued".into(), 0, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_overtakes_an_earlier_mail_about_the_same_sign_up(pool: PgPool) {
    let (event, mine) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    let other = sign_up(&pool, event.0, "confirmed", NOW).await;
    let first = mail(&pool, "confirmed", event, Some(mine)).await;
    let second = mail(&pool, "cancelled", event, Some(mine)).await;
    let others = mail(&pool, "confirmed", event, Some(other)).await;
    assert_eq!(ids(&pool, 10, NOW).await, [first, others]);
    // While it is under way, and while it waits to be tried again, which may be long.
    assert_eq!(ids(&pool, 10, NOW).await, [0_i64; 0]);
    end(&pool, first, 1, Outcome::TryLater("451".into()), NOW).await;
    assert_eq!(ids(&pool, 10, NOW + 30).await, [0_i64; 0]);
    assert_eq!(ids(&pool, 10, NOW + 60).await, [first]);
    end(&pool, first, 2, Outcome::Sent, NOW + 60).await;
    assert_eq!(ids(&pool, 10, NOW + 60).await, [second]);
    // One that will never leave holds nobody up.
    let (event, third) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    let failed = mail(&pool, "confirmed", event, Some(third)).await;
    let after = mail(&pool, "changed", event, Some(third)).await;
    assert_eq!(ids(&pool, 10, NOW + 61).await, [failed]);
    end(&pool, failed, 1, Outcome::Failed("550".into()), NOW + 61).await;
    assert_eq!(ids(&pool, 10, NOW + 61).await, [after]);
}

#[sqlx::test(migrations = "../migrations")]
async fn two_at_once_take_nothing_twice(pool: PgPool) {
    let (event, _) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    for _ in 0..200 {
        mail(&pool, "opened", event, None).await;
    }
    let worker = async || {
        let mut mine = Vec::new();
        loop {
            let taken = ids(&pool, 7, NOW).await;
            if taken.is_empty() {
                return mine;
            }
            mine.extend(taken);
        }
    };
    let (one, two, three) = tokio::join!(worker(), worker(), worker());
    let mut all = [one, two, three].concat();
    assert_eq!(all.len(), 200);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 200);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_secret_is_kept_until_the_mail_has_left_and_no_longer(pool: PgPool) {
    let id: i64 = sqlx::query_scalar(
        "insert into mails (kind, to_address, language, secret, created_at)
         values ('sign_in', 'p@b.se', 'en', 'geheim', to_timestamp($1)) returning id",
    )
    .bind(NOW)
    .fetch_one(&pool)
    .await
    .unwrap();
    let written = letter(&pool, id, NOW).await;
    assert_eq!(written.mail.link, "https://x.se/en/sign-in/geheim");
    assert!(written.holds && !written.mail.subject.contains("geheim"));
    assert!(!letter(&pool, id, NOW + HOUR).await.holds, "an old link is of no use");
    let secret = async || -> Option<String> {
        sqlx::query_scalar("select secret from mails").fetch_one(&pool).await.unwrap()
    };
    ids(&pool, 1, NOW).await;
    end(&pool, id, 1, Outcome::TryLater("451".into()), NOW).await;
    assert!(secret().await.is_some());
    ids(&pool, 1, NOW + 60).await;
    end(&pool, id, 2, Outcome::Sent, NOW + 60).await;
    assert_eq!(secret().await, None);
    assert!(!letter(&pool, id, NOW).await.holds);
}

#[sqlx::test(migrations = "../migrations")]
async fn who_waits_for_a_link_goes_first_and_unknown_kinds_are_left_alone(pool: PgPool) {
    let (event, _) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    for _ in 0..5 {
        mail(&pool, "opened", event, None).await;
    }
    run(&pool, "alter table mails drop constraint mails_kind_check").await;
    let unknown = mail(&pool, "from_the_future", event, None).await;
    let sign_in: i64 = sqlx::query_scalar(
        "insert into mails (kind, to_address, language, secret)
         values ('sign_in', 'p@b.se', 'en', 'x') returning id",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(ids(&pool, 1, NOW).await, [sign_in]);
    assert_eq!(ids(&pool, 10, NOW).await.len(), 5);
    assert_eq!(standing(&pool, unknown, NOW).await.1, 0);
    assert!(letters(&pool, &[unknown], &site(), NOW).await.unwrap().is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn calendars_are_told_what_concerns_them(pool: PgPool) {
    let (event, mine) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    let asked = async |kind, sign_up| {
        let id = mail(&pool, kind, event, Some(sign_up)).await;
        letter(&pool, id, NOW).await.calendars.first().map(|calendar| calendar.method)
    };
    assert_eq!(asked("confirmed", mine).await, Some(Method::Request));
    assert_eq!(asked("reminder", mine).await, None);
    assert_eq!(asked("changed", mine).await, Some(Method::Request));
    assert_eq!(asked("event_cancelled", mine).await, Some(Method::CancelAll));
    assert_eq!(asked("cancelled", mine).await, Some(Method::CancelOne));
    // In no calendar is anything of those who wait.
    let waits = sign_up(&pool, event.0, "waitlisted", NOW).await;
    for kind in ["waitlisted", "changed", "event_cancelled", "cancelled"] {
        assert_eq!(asked(kind, waits).await, None, "{kind}");
    }
    assert_eq!(asked("promoted", waits).await, Some(Method::Request));
    assert_eq!(asked("cancelled", waits).await, Some(Method::CancelOne));
}

/// Kind and address of the mails that have been written, in order.
async fn written(pool: &PgPool) -> Vec<(String, Option<i64>)> {
    sqlx::query_as("delete from mails returning kind, sign_up_id").fetch_all(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_change_of_time_or_place_is_told_to_everybody_with_a_live_place(pool: PgPool) {
    let (event, mine) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    let waits = sign_up(&pool, event.0, "waitlisted", NOW).await;
    sign_up(&pool, event.0, "cancelled", NOW).await;
    let both = |kind: &str| [(kind.to_owned(), Some(mine)), (kind.to_owned(), Some(waits))];
    run(&pool, "update events set title_sv = 'Annat', summary_sv = 'Annat'").await;
    assert_eq!(written(&pool).await, []);
    for change in [
        "update events set starts_at = starts_at + interval '10 minutes'",
        "update events set platform = 'Teams'",
        "update events set format = 'on_site', venue = 'Aulan'",
    ] {
        run(&pool, change).await;
        assert_eq!(written(&pool).await, both("changed"), "{change}");
    }
    let sequence: i32 =
        sqlx::query_scalar("select sequence from events").fetch_one(&pool).await.unwrap();
    assert_eq!(sequence, 3);
    run(&pool, "update events set state = 'cancelled'").await;
    assert_eq!(written(&pool).await, both("event_cancelled"));
    run(&pool, "update events set venue = 'Ingenstans'").await;
    assert_eq!(written(&pool).await, [], "it does not take place anyway");
    run(&pool, "update events set state = 'published'").await;
    assert_eq!(written(&pool).await, both("changed"), "it does after all");
    run(&pool, "update events set state = 'preliminary'").await;
    run(&pool, "update events set venue = 'Annanstans'").await;
    assert_eq!(written(&pool).await, []);
    // The change and the mails are one.
    run(&pool, "update events set state = 'published'").await;
    let mut transaction = pool.begin().await.unwrap();
    sqlx::query("update events set venue = 'X'").execute(&mut *transaction).await.unwrap();
    transaction.rollback().await.unwrap();
    assert_eq!(written(&pool).await, []);
    // What is over is over.
    run(&pool, "update events set starts_at = '2020-01-01', ends_at = '2020-01-02'").await;
    run(&pool, "update events set state = 'cancelled'").await;
    assert_eq!(written(&pool).await, []);
}

#[sqlx::test(migrations = "../migrations")]
async fn reminders_come_a_day_and_an_hour_before_once_each(pool: PgPool) {
    let starts = NOW + 9 * DAY;
    let (event, mine) = place(&pool, starts, "confirmed").await;
    sign_up(&pool, event.0, "waitlisted", NOW - DAY).await;
    sign_up(&pool, event.0, "cancelled", NOW - DAY).await;
    let at = async |now| write_due(&pool, now).await.unwrap();
    assert_eq!(at(starts - DAY - 1).await, 0);
    let (one, two) = tokio::join!(at(starts - DAY), at(starts - DAY));
    assert_eq!(one + two, 1, "two processes, one reminder");
    assert_eq!(at(starts - DAY + 60).await, 0);
    // Who came afterwards has just been told, and so has who got a place afterwards.
    sign_up(&pool, event.0, "confirmed", starts - DAY + 61).await;
    let promoted = sign_up(&pool, event.0, "confirmed", NOW).await;
    sqlx::query(
        "insert into mails (kind, to_address, language, sign_up_id, event_id, created_at)
         values ('promoted', 'p@b.se', 'sv', $1, $2, to_timestamp($3))",
    )
    .bind(promoted)
    .bind(event.0)
    .bind(starts - DAY + 61)
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(at(starts - DAY + 62).await, 0);
    assert_eq!(at(starts - HOUR - 1).await, 0);
    assert_eq!(at(starts - HOUR).await, 3);
    assert_eq!(at(starts - 1).await, 0);
    let kinds: Vec<String> = sqlx::query_scalar("select kind from mails where sign_up_id = $1")
        .bind(mine)
        .fetch_all(&pool)
        .await
        .unwrap();
    assert_eq!(kinds, ["reminder", "reminder"]);
    // Moved: everybody is reminded of the new day. (And told of the change, by the trigger.)
    run(&pool, "update events set starts_at = starts_at + interval '7 days', ends_at = ends_at + interval '7 days'").await;
    assert_eq!(at(starts + 7 * DAY - DAY).await, 3);
    run(&pool, "update events set state = 'cancelled'").await;
    assert_eq!(at(starts + 7 * DAY - HOUR).await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_late_reminder_is_written_but_not_when_the_next_one_is_near(pool: PgPool) {
    let starts = NOW + 9 * DAY;
    place(&pool, starts, "confirmed").await;
    assert_eq!(write_due(&pool, starts - 3 * HOUR).await.unwrap(), 1);
    let (_, _) = place(&pool, starts + HOUR, "confirmed").await;
    assert_eq!(
        write_due(&pool, starts + HOUR - 2 * HOUR).await.unwrap(),
        1,
        "the first one's hour only"
    );
    // Whole days are told of in the morning of the day before.
    run(&pool, "update events set all_day = true, starts_at = '2031-02-02 00:00 Europe/Stockholm', ends_at = '2031-02-03 00:00 Europe/Stockholm'").await;
    let midnight = crate::time::day_begins(jiff::civil::date(2031, 2, 2));
    assert_eq!(write_due(&pool, midnight - 15 * HOUR - 1).await.unwrap(), 0);
    assert_eq!(write_due(&pool, midnight - 15 * HOUR).await.unwrap(), 2);
    assert_eq!(write_due(&pool, midnight - HOUR).await.unwrap(), 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn who_asked_is_told_once_when_sign_up_opens(pool: PgPool) {
    let (event, _) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    sqlx::query("update events set sign_up_opens_at = to_timestamp($1)")
        .bind(NOW + HOUR)
        .execute(&pool)
        .await
        .unwrap();
    for address in ["a@b.se", "c@d.se"] {
        let email = Email::parse(address).unwrap();
        watch_opening(&pool, event, &email, Lang::En, NOW).await.unwrap();
    }
    run(&pool, "delete from mails").await;
    let at = async |now| tell_watchers(&pool, now).await.unwrap();
    assert_eq!(at(NOW + HOUR - 1).await, 0);
    let (one, two) = tokio::join!(at(NOW + HOUR), at(NOW + HOUR));
    assert_eq!(one + two, 2, "two processes, one mail each");
    assert_eq!(at(NOW + HOUR + 1).await, 0);
    let ids: Vec<i64> =
        sqlx::query_scalar("select id from mails order by id").fetch_all(&pool).await.unwrap();
    let first = letter(&pool, ids[0], NOW + HOUR).await;
    assert_eq!((first.kind, first.lang), (MailKind::Opened, Lang::En));
    assert!(first.holds);
    let link = first.unsubscribe.unwrap();
    let token = link.strip_prefix("https://x.se/en/unsubscribe/").unwrap();
    assert!(token.len() >= 32);
    assert_eq!(watched(&pool, token).await.unwrap(), Some(event));
    // Stopped before it left: it is not sent. A second time nothing happens.
    unwatch(&pool, token).await.unwrap();
    unwatch(&pool, token).await.unwrap();
    assert_eq!(watched(&pool, token).await.unwrap(), None);
    assert!(!letter(&pool, ids[0], NOW + HOUR).await.holds);
    assert!(letter(&pool, ids[1], NOW + HOUR).await.holds);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_letter_is_in_the_language_that_its_reader_has_chosen(pool: PgPool) {
    let (event, place) = place(&pool, NOW + 9 * DAY, "confirmed").await;
    run(&pool, "update events set title_en = 'In English'").await;
    let confirmed = mail(&pool, "confirmed", event, Some(place)).await;
    let language = async |id| letter(&pool, id, NOW).await.lang;
    // Whoever has chosen nothing: as they signed up.
    assert_eq!(language(confirmed).await, Lang::Sv);
    run(&pool, "update people set language = 'en'").await;
    let english = letter(&pool, confirmed, NOW).await;
    assert_eq!(english.lang, Lang::En);
    assert!(english.mail.subject.contains("In English"), "{}", english.mail.subject);
    // Who waits for sign-up to open is known by the address alone.
    let who = Email::parse("P1@b.se").unwrap();
    run(&pool, "update events set sign_up_opens_at = starts_at - interval '1 day'").await;
    watch_opening(&pool, event, &who, Lang::Sv, NOW).await.unwrap();
    run(&pool, "update events set sign_up_opens_at = null").await;
    tell_watchers(&pool, NOW).await.unwrap();
    let told: i64 = sqlx::query_scalar("select id from mails where kind = 'opened'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(language(told).await, Lang::En);
    // A way in is asked for on a page, and is in the language of that page.
    let link: i64 = sqlx::query_scalar(
        "insert into mails (kind, to_address, language, secret) values ('sign_in', 'p1@b.se', 'sv', 'x')
         returning id",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(language(link).await, Lang::Sv);
}
