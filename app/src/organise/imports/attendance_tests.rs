//! Reports of who was there against a real Postgres: whom they find, what is written, twice, undone, and what happens
//! in between.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::draft_store::{Home, Import, NewDraft, confirm, create, find};
use super::model::{Kind, Note, RowsAsked, Settings, ShownRow, Stage, Verdict, What};
use super::page_store::draft;
use super::people_plan::FileRow;
use super::result_store::written;
use super::run_store::run;
use super::undo_store::undo;
use crate::account::model::PersonId;
use crate::events::model::EventId;
use crate::events::store::lines;
use crate::signup::attendance_store::note_attendance;
use crate::signup::deed_store::Doing;
use crate::signup::deeds::NotDone;
use crate::signup::model::Status;
use crate::signup::store::Locking;
use crate::signup::tests::{NOW, applicant, count, counted, desk, event, status_of};
use crate::text::Lang;
use sqlx::PgPool;

/// The event is over, and the report is there.
const AFTER: i64 = NOW + 604_800 + 3_700;

async fn organiser(pool: &PgPool) -> PersonId {
    let id = sqlx::query_scalar("insert into people (name) values ('O') returning id");
    PersonId(id.fetch_one(pool).await.unwrap())
}

fn doing(event: EventId, actor: PersonId, now: i64) -> Doing {
    Doing { event, actor, now, locking: Locking::Held }
}

/// Signs these up and says which sign-ups they are.
async fn come(pool: &PgPool, event: EventId, names: &[&str]) -> Vec<i64> {
    let mut ids = Vec::new();
    for name in names {
        desk(pool).sign_up(event, applicant(name), Lang::Sv).await.unwrap();
        let id = sqlx::query_scalar("select max(id) from sign_ups");
        ids.push(id.fetch_one(pool).await.unwrap());
    }
    ids
}

/// A report with these names, addresses and minutes, from the fifth line on.
async fn report(
    pool: &PgPool,
    actor: PersonId,
    event: EventId,
    rows: &[(&str, &str, u32)],
    settings: Settings,
) -> Import {
    let programme = sqlx::query_scalar("select programme_id from events where id = $1");
    let programme = programme.bind(event.0).fetch_one(pool).await.unwrap();
    let row = |(number, (name, email, minutes)): (i32, &(&str, &str, u32))| FileRow {
        number,
        cells: vec![(*name).to_owned(), (*email).to_owned(), (minutes * 60).to_string()],
    };
    let draft = NewDraft {
        kind: Kind::Attendance,
        home: Home { programme, event: Some(event.0) },
        file: "participants.csv".into(),
        read_as: "Zoom".into(),
        titles: ["Name", "Email", "Duration"].map(str::to_owned).to_vec(),
        rows: (5..).zip(rows).map(row).collect(),
        settings,
    };
    let id = create(pool, actor, &draft, NOW).await.unwrap();
    find(pool, id).await.unwrap().unwrap()
}

/// What would become of each row now.
async fn seen(pool: &PgPool, event: EventId, import: &Import) -> Vec<ShownRow> {
    let line = lines(pool, Lang::Sv, &[event.0], AFTER).await.unwrap().pop().unwrap();
    let drafted = draft(pool, &line.line, import, AFTER).await.unwrap();
    assert_eq!(drafted.lacks, None);
    drafted.rows
}

/// Confirms a report and carries it through; what became of each row.
async fn carry(pool: &PgPool, actor: PersonId, import: &Import) -> (Import, Vec<ShownRow>) {
    let id = import.about.id;
    assert!(confirm(pool, actor, id, &import.settings, AFTER).await.unwrap());
    assert!(run(pool, id).await.unwrap());
    let import = find(pool, id).await.unwrap().unwrap();
    assert_eq!(import.about.stage, Stage::Done);
    (import, written(pool, id, RowsAsked::default()).await.unwrap().1)
}

fn fates(rows: &[ShownRow]) -> Vec<(Verdict, Option<Status>)> {
    rows.iter().map(|row| (row.verdict, row.status)).collect()
}

async fn statuses(pool: &PgPool, names: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for name in names {
        all.push(status_of(pool, name).await);
    }
    all
}

const CAME: (Verdict, Option<Status>) = (Verdict::Change, Some(Status::Attended));
const DID_NOT: (Verdict, Option<Status>) = (Verdict::Change, Some(Status::NoShow));
const NOTHING: (Verdict, Option<Status>) = (Verdict::Same, None);
const NOBODY: (Verdict, Option<Status>) = (Verdict::Refuse, None);

#[sqlx::test(migrations = "../migrations")]
async fn who_is_found_was_there_and_the_rest_is_told_why_not(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(4))]).await;
    let actor = organiser(&pool).await;
    let ids = come(&pool, event, &["a", "b", "c", "d", "waits"]).await;
    let mailed = count_mails(&pool).await;
    // `d` joined by a telephone first, which somebody has said is hers.
    let settings = Settings {
        absent: true,
        least_minutes: 5,
        matches: [(9, ids[3])].into(),
        ..Settings::default()
    };
    let rows = [
        ("iPhone", "A@example.org", 20),
        ("b  åberg (Umeå)", "", 40),
        ("Waits Åberg", "", 40),
        ("Någon Annan", "x@example.com", 40),
        ("Telefon", "", 3),
        ("d Åberg", "", 3),
        ("A", "a@example.org", 5),
    ];
    let import = report(&pool, actor, event, &rows, settings).await;
    let preview = seen(&pool, event, &import).await;
    let expected = [CAME, CAME, NOBODY, NOBODY, CAME, NOTHING, DID_NOT];
    assert_eq!(fates(&preview), expected);
    assert!(preview[5].notes.contains(&Note::numbered(What::SamePerson, 9)), "{preview:?}");
    assert_eq!(count(&pool, "confirmed").await, 4, "nothing is written by looking");

    let (import, rows) = carry(&pool, actor, &import).await;
    assert_eq!(rows[..6], preview[..6]);
    assert_eq!(fates(&rows), expected);
    let now = statuses(&pool, &["a", "b", "c", "d", "waits"]).await;
    assert_eq!(now, ["attended", "attended", "no_show", "attended", "waitlisted"]);
    // No seat moves, and nobody is mailed.
    assert_eq!((counted(&pool, event).await, count_mails(&pool).await), ((4, 1), mailed));
    let by: Vec<Option<i64>> = sqlx::query_scalar(
        "select distinct actor_id from audit_log where subject = 'sign_ups' and at >= now() - interval '1 hour'
         and after ->> 'status' = 'attended'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(by, [Some(actor.0)]);
    assert!(!run(&pool, import.about.id).await.unwrap(), "once");
}

async fn count_mails(pool: &PgPool) -> i64 {
    sqlx::query_scalar("select count(*) from mails").fetch_one(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_report_again_changes_nothing_and_undoing_it_neither(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    let actor = organiser(&pool).await;
    come(&pool, event, &["a", "b"]).await;
    let rows = [("a Åberg", "", 30)];
    let absent = || Settings { absent: true, ..Settings::default() };
    let first = report(&pool, actor, event, &rows, absent()).await;
    let second = report(&pool, actor, event, &rows, absent()).await;
    let (first, _) = carry(&pool, actor, &first).await;
    let (second, again) = carry(&pool, actor, &second).await;
    assert_eq!(fates(&again), [NOTHING]);
    assert!(again[0].notes.contains(&Note::bare(What::AlreadyThere)));
    assert_eq!(undo(&pool, &second, doing(event, actor, AFTER + 60)).await.unwrap(), Ok(0));
    assert_eq!(statuses(&pool, &["a", "b"]).await, ["attended", "no_show"]);
    assert_eq!(undo(&pool, &first, doing(event, actor, AFTER + 61)).await.unwrap(), Ok(0));
    assert_eq!(statuses(&pool, &["a", "b"]).await, ["confirmed", "confirmed"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn two_reports_at_once_do_not_wait_for_each_other_for_ever(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    let actor = organiser(&pool).await;
    let names: Vec<String> = (0..40).map(|n| format!("p{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    come(&pool, event, &names).await;
    let full: Vec<String> = names.iter().map(|name| format!("{name} Åberg")).collect();
    let forth: Vec<(&str, &str, u32)> = full.iter().map(|name| (name.as_str(), "", 30)).collect();
    let back: Vec<(&str, &str, u32)> = forth.iter().rev().copied().collect();
    let mut imports = Vec::new();
    for rows in [forth, back] {
        let import = report(&pool, actor, event, &rows, Settings::default()).await;
        let id = import.about.id;
        assert!(confirm(&pool, actor, id, &import.settings, AFTER).await.unwrap());
        imports.push(id);
    }
    let (one, other) = tokio::join!(run(&pool, imports[0]), run(&pool, imports[1]));
    assert!(one.unwrap() && other.unwrap());
    assert_eq!(count(&pool, "attended").await, 40);
    let changed: i64 = sqlx::query_scalar(
        "select count(*) from import_rows where import_id = any($1) and verdict = 'change'",
    )
    .bind(&imports)
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(changed, 40, "each by one of them");
}

#[sqlx::test(migrations = "../migrations")]
async fn undone_is_what_nobody_has_changed_since(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    let actor = organiser(&pool).await;
    let ids = come(&pool, event, &["a", "b", "c", "d"]).await;
    let before = doing(event, actor, AFTER - 60);
    assert_eq!(note_attendance(&pool, before, &ids[1..2], false).await.unwrap(), Ok(1));
    let rows = [("a Åberg", "", 30), ("b Åberg", "", 30), ("c Åberg", "", 30)];
    let settings = Settings { absent: true, ..Settings::default() };
    let import = report(&pool, actor, event, &rows, settings).await;
    let (import, _) = carry(&pool, actor, &import).await;
    // Somebody knows better by now of the fourth.
    let later = doing(event, actor, AFTER + 60);
    assert_eq!(note_attendance(&pool, later, &ids[3..], true).await.unwrap(), Ok(1));
    let undoing = doing(event, actor, AFTER + 120);
    assert_eq!(undo(&pool, &import, undoing).await.unwrap(), Ok(1), "one is left as it is");
    let now = statuses(&pool, &["a", "b", "c", "d"]).await;
    assert_eq!(now, ["confirmed", "no_show", "confirmed", "attended"]);
    let undone = find(&pool, import.about.id).await.unwrap().unwrap();
    assert_eq!((undone.about.stage, undone.left_alone), (Stage::Undone, 1));
    assert_eq!(undo(&pool, &undone, undoing).await.unwrap(), Err(NotDone::Over));
}

#[sqlx::test(migrations = "../migrations")]
async fn people_of_another_event_are_nobody_here(pool: PgPool) {
    let here = event(&pool, &[("digital", None)]).await;
    let there = event(&pool, &[("digital", None)]).await;
    let actor = organiser(&pool).await;
    come(&pool, here, &["a"]).await;
    let others = come(&pool, there, &["b", "c"]).await;
    // Their own name, their own address, and a number that somebody wrote into the form.
    let settings = Settings { matches: [(7, others[1])].into(), ..Settings::default() };
    let rows = [("b Åberg", "", 30), ("B", "b@example.org", 30), ("Telefon", "", 30)];
    let import = report(&pool, actor, here, &rows, settings).await;
    let (import, rows) = carry(&pool, actor, &import).await;
    assert!(rows.iter().all(|row| row.verdict == Verdict::Refuse), "{rows:?}");
    assert_eq!((count(&pool, "confirmed").await, count(&pool, "attended").await), (3, 0));
    assert_eq!(undo(&pool, &import, doing(here, actor, AFTER + 60)).await.unwrap(), Ok(0));
    assert_eq!(count(&pool, "confirmed").await, 3);
}

/// Removes a person with all that is known of them.
async fn erase(pool: &PgPool, name: &str) {
    let email = format!("{name}@example.org");
    for statement in [
        "delete from sign_ups where person_id = (select id from people where email_key = $1)",
        "delete from people where email_key = $1",
    ] {
        sqlx::query(statement).bind(&email).execute(pool).await.unwrap();
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn who_was_erased_since_the_preview_is_nobody_and_stops_nothing(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    let actor = organiser(&pool).await;
    let ids = come(&pool, event, &["a", "b", "c"]).await;
    // One of them was even chosen.
    let settings = Settings { matches: [(6, ids[1])].into(), ..Settings::default() };
    let rows = [("a Åberg", "", 30), ("Telefon", "", 30), ("c Åberg", "", 30)];
    let import = report(&pool, actor, event, &rows, settings).await;
    assert_eq!(fates(&seen(&pool, event, &import).await), [CAME, CAME, CAME]);
    erase(&pool, "a").await;
    erase(&pool, "b").await;
    let (import, rows) = carry(&pool, actor, &import).await;
    assert_eq!(fates(&rows), [NOBODY, NOBODY, CAME]);
    assert!(rows[1].notes.contains(&Note::bare(What::NotSignedUp)));
    // The first might be whoever is left with the same family name; nobody who is gone is offered.
    assert!(rows[0].choices.iter().all(|choice| choice.id == ids[2]), "{:?}", rows[0]);
    assert_eq!(count(&pool, "attended").await, 1);
    // And who is erased afterwards is not in the way of undoing it.
    erase(&pool, "c").await;
    assert_eq!(undo(&pool, &import, doing(event, actor, AFTER + 60)).await.unwrap(), Ok(0));
}

#[sqlx::test(migrations = "../migrations")]
async fn before_it_begins_nobody_was_there(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    let actor = organiser(&pool).await;
    come(&pool, event, &["a"]).await;
    let import = report(&pool, actor, event, &[("a Åberg", "", 30)], Settings::default()).await;
    let id = import.about.id;
    assert!(confirm(&pool, actor, id, &import.settings, NOW + 60).await.unwrap());
    assert!(!run(&pool, id).await.unwrap());
    let import = find(&pool, id).await.unwrap().unwrap();
    assert_eq!((import.about.stage, count(&pool, "confirmed").await), (Stage::Failed, 1));
    // Afterwards it can be confirmed again.
    carry(&pool, actor, &import).await;
    assert_eq!(count(&pool, "attended").await, 1);
}
