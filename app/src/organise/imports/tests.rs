//! Imports of people against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::draft_store::{Home, Import, NewDraft, confirm, create, find, remove_old};
use super::model::{Kind, RowsAsked, Settings, Stage, Verdict};
use super::people_plan::FileRow;
use super::people_store::preview;
use super::result_store::written;
use super::run_store::{run, waiting};
use super::undo_store;
use crate::account::model::PersonId;
use crate::events::model::EventId;
use crate::signup::deed_store::Doing;
use crate::signup::deeds::NotDone;
use crate::signup::store::Locking;
use crate::signup::tests::{NOW, applicant, count, counted, desk, event, mails, status_of};
use crate::text::Lang;
use sqlx::PgPool;

pub(super) async fn organiser(pool: &PgPool) -> PersonId {
    let id = sqlx::query_scalar("insert into people (name) values ('O') returning id");
    PersonId(id.fetch_one(pool).await.unwrap())
}

pub(super) async fn draft(
    pool: &PgPool,
    actor: PersonId,
    event: EventId,
    names: &[&str],
) -> Import {
    let programme = sqlx::query_scalar("select programme_id from events where id = $1");
    let programme = programme.bind(event.0).fetch_one(pool).await.unwrap();
    let row = |(at, name): (usize, &&str)| FileRow {
        number: i32::try_from(at).unwrap() + 2,
        cells: vec![format!("{name} Åberg"), format!("{name}@example.org"), "Örebro".into()],
    };
    let draft = NewDraft {
        kind: Kind::People,
        home: Home { programme, event: Some(event.0) },
        file: "lista.csv".into(),
        read_as: "UTF-8 comma".into(),
        titles: ["Namn", "E-post", "Organisation"].map(str::to_owned).to_vec(),
        rows: names.iter().enumerate().map(row).collect(),
        settings: Settings {
            columns: ["name", "email", "organisation"].map(str::to_owned).to_vec(),
            ..Settings::default()
        },
    };
    let id = create(pool, actor, &draft, NOW).await.unwrap();
    find(pool, id).await.unwrap().unwrap()
}

/// Confirms a draft, with mail or without, and carries it through.
pub(super) async fn carry(pool: &PgPool, actor: PersonId, import: &Import, mail: bool) -> Import {
    let settings = Settings { mail, ..import.settings.clone() };
    assert!(confirm(pool, actor, import.about.id, &settings, NOW + 1).await.unwrap());
    assert!(run(pool, import.about.id).await.unwrap());
    find(pool, import.about.id).await.unwrap().unwrap()
}

fn doing(event: EventId, actor: PersonId, now: i64) -> Doing {
    Doing { event, actor, now, locking: Locking::Held }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_preview_writes_nothing_and_what_is_confirmed_is_what_was_seen(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(2))]).await;
    let actor = organiser(&pool).await;
    desk(&pool).sign_up(event, applicant("redan"), Lang::Sv).await.unwrap();
    let import = draft(&pool, actor, event, &["redan", "a", "b", "a", "c d"]).await;
    let (_, planned) = preview(&pool, event, &import).await.unwrap();
    let verdicts: Vec<_> = planned.iter().map(|planned| planned.shown.verdict).collect();
    let wanted = [Verdict::Same, Verdict::Make, Verdict::Make, Verdict::Same, Verdict::Refuse];
    assert_eq!(verdicts, wanted);
    assert_eq!((counted(&pool, event).await, mails(&pool, "confirmed").await), ((1, 0), 1));

    let import = carry(&pool, actor, &import, true).await;
    assert_eq!((import.about.stage, import.progress), (Stage::Done, 5));
    assert_eq!(counted(&pool, event).await, (2, 1));
    assert_eq!(
        (status_of(&pool, "a").await, status_of(&pool, "b").await),
        ("confirmed".into(), "waitlisted".into())
    );
    assert_eq!((mails(&pool, "confirmed").await, mails(&pool, "waitlisted").await), (2, 1));
    let (counts, rows) = written(&pool, import.about.id, RowsAsked::default()).await.unwrap();
    assert_eq!((counts.make, counts.same, counts.refuse, counts.in_line), (2, 2, 1, 1));
    let seen: Vec<_> = planned.into_iter().map(|planned| planned.shown).collect();
    assert_eq!(rows, seen);
    let asked = RowsAsked { show: Some(Verdict::Refuse), page: 0 };
    assert_eq!(written(&pool, import.about.id, asked).await.unwrap().1.len(), 1);
    let by: Option<i64> =
        sqlx::query_scalar("select actor_id from audit_log where subject = 'sign_ups' limit 1")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(by, Some(actor.0));
    // Once more does nothing.
    assert!(!run(&pool, import.about.id).await.unwrap());
    assert!(!confirm(&pool, actor, import.about.id, &import.settings, NOW).await.unwrap());
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_stopped_half_way_left_nothing_and_is_done_once(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(1_000))]).await;
    let actor = organiser(&pool).await;
    let names: Vec<String> = (0..1_200).map(|n| format!("p{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let import = draft(&pool, actor, event, &names).await;
    let id = import.about.id;
    confirm(&pool, actor, id, &import.settings, NOW).await.unwrap();
    // Whoever is at it is stopped: nothing can be signed up in the second part.
    sqlx::query(
        "create function stop() returns trigger language plpgsql as
         $$ begin raise exception 'stop'; end $$",
    )
    .execute(&pool)
    .await
    .unwrap();
    sqlx::query(
        "create trigger stop before insert on sign_ups for each row
         when (new.name = 'p700 Åberg') execute function stop()",
    )
    .execute(&pool)
    .await
    .unwrap();
    assert!(run(&pool, id).await.is_err());
    assert_eq!((counted(&pool, event).await, count(&pool, "confirmed").await), ((0, 0), 0));
    let stopped = find(&pool, id).await.unwrap().unwrap();
    assert_eq!((stopped.about.stage, stopped.progress), (Stage::Running, 500));
    assert_eq!(waiting(&pool, NOW + 9).await.unwrap(), [id]);
    sqlx::query("drop trigger stop on sign_ups").execute(&pool).await.unwrap();
    // Four take it up at once.
    let runs = futures::future::join_all((0..4).map(|_| run(&pool, id))).await;
    assert_eq!(runs.into_iter().filter(|ran| matches!(ran, Ok(true))).count(), 1);
    assert_eq!(counted(&pool, event).await, (1_000, 200));
    assert!(waiting(&pool, NOW + 9).await.unwrap().is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn what_never_works_is_given_up(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    let actor = organiser(&pool).await;
    let import = draft(&pool, actor, event, &["a"]).await;
    confirm(&pool, actor, import.about.id, &import.settings, NOW).await.unwrap();
    sqlx::query("update events set state = 'cancelled'").execute(&pool).await.unwrap();
    assert!(!run(&pool, import.about.id).await.unwrap());
    let import = find(&pool, import.about.id).await.unwrap().unwrap();
    assert_eq!((import.about.stage, count(&pool, "confirmed").await), (Stage::Failed, 0));
    // It can be confirmed again.
    sqlx::query("update events set state = 'published'").execute(&pool).await.unwrap();
    carry(&pool, actor, &import, false).await;
    assert_eq!((count(&pool, "confirmed").await, mails(&pool, "confirmed").await), (1, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn undone_is_what_nobody_has_changed_since(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(3))]).await;
    let actor = organiser(&pool).await;
    let import = draft(&pool, actor, event, &["a", "b", "c", "d"]).await;
    let import = carry(&pool, actor, &import, true).await;
    assert_eq!(counted(&pool, event).await, (3, 1));
    desk(&pool).sign_up(event, applicant("efter"), Lang::Sv).await.unwrap();
    sqlx::query(
        "update sign_ups set status = 'attended', updated_at = now() where name = 'b Åberg'",
    )
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(
        undo_store::undo(&pool, &import, doing(event, actor, NOW + 60)).await.unwrap(),
        Ok(1)
    );
    for (name, status) in
        [("a", "cancelled"), ("b", "attended"), ("d", "cancelled"), ("efter", "confirmed")]
    {
        assert_eq!(status_of(&pool, name).await, status, "{name}");
    }
    assert_eq!((mails(&pool, "cancelled").await, mails(&pool, "promoted").await), (3, 1));
    let undone = find(&pool, import.about.id).await.unwrap().unwrap();
    assert_eq!((undone.about.stage, undone.left_alone), (Stage::Undone, 1));
    let again = undo_store::undo(&pool, &import, doing(event, actor, NOW + 61)).await.unwrap();
    assert_eq!(again, Err(NotDone::Over));
}

#[sqlx::test(migrations = "../migrations")]
async fn after_a_day_it_stays_and_after_a_week_the_file_is_gone(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    let actor = organiser(&pool).await;
    let import = draft(&pool, actor, event, &["a"]).await;
    let import = carry(&pool, actor, &import, false).await;
    let late = doing(event, actor, NOW + 86_500);
    assert_eq!(undo_store::undo(&pool, &import, late).await.unwrap(), Err(NotDone::Over));
    assert_eq!(remove_old(&pool, NOW).await.unwrap(), 0);
    assert_eq!(remove_old(&pool, NOW + 1).await.unwrap(), 1);
    let left: i64 =
        sqlx::query_scalar("select count(*) from import_rows").fetch_one(&pool).await.unwrap();
    assert_eq!((left, status_of(&pool, "a").await), (0, "confirmed".into()));
}

#[sqlx::test(migrations = "../migrations")]
async fn never_more_than_seats_while_others_sign_up(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(700))]).await;
    let actor = organiser(&pool).await;
    let names: Vec<String> = (0..1_000).map(|n| format!("f{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let import = draft(&pool, actor, event, &names).await;
    confirm(&pool, actor, import.about.id, &import.settings, NOW).await.unwrap();
    let desk = desk(&pool);
    let own: Vec<String> = (0..200).map(|n| format!("egen{n}")).collect();
    let people = futures::future::join_all(
        own.iter().map(|name| desk.sign_up(event, applicant(name), Lang::Sv)),
    );
    let (ran, people) = futures::future::join(run(&pool, import.about.id), people).await;
    assert!(ran.unwrap() && people.iter().all(Result::is_ok));
    assert_eq!(counted(&pool, event).await, (700, 500));
}
