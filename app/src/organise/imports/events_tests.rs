//! Events from files against a real Postgres: made, changed by the same file, and taken back.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::draft_store::{Home, Import, NewDraft, confirm, create, find};
use super::events_draft::draft;
use super::events_plan::COLUMNS;
use super::model::{Kind, RowsAsked, Settings, Stage, What};
use super::people_plan::FileRow;
use super::result_store::written;
use super::run_store::run;
use super::undo_store::undo;
use crate::account::model::PersonId;
use crate::events::model::EventId;
use crate::signup::deed_store::Doing;
use crate::signup::store::Locking;
use crate::signup::tests::NOW;
use sqlx::PgPool;

pub(super) async fn home(pool: &PgPool) -> (PersonId, i64) {
    let id = sqlx::query_scalar("insert into people (name) values ('O') returning id");
    let actor = PersonId(id.fetch_one(pool).await.unwrap());
    let programme = "insert into programmes (slug, title_sv) values ('p', 'P') returning id";
    (actor, sqlx::query_scalar(programme).fetch_one(pool).await.unwrap())
}

pub(super) fn row(number: i32, uid: &str, title: &str, date: &str, venue: &str) -> FileRow {
    let cell = |column: &&str| match *column {
        "uid" => uid.to_owned(),
        "title_sv" => title.to_owned(),
        "date" => date.to_owned(),
        "starts" => "08:00".to_owned(),
        "ends" => "08:45".to_owned(),
        "format" => "on_site".to_owned(),
        "venue" => venue.to_owned(),
        _ => String::new(),
    };
    FileRow { number, cells: COLUMNS.iter().map(cell).collect() }
}

pub(super) async fn read(
    pool: &PgPool,
    actor: PersonId,
    programme: i64,
    rows: Vec<FileRow>,
) -> Import {
    let new = NewDraft {
        kind: Kind::Events,
        home: Home { programme, event: None },
        file: "k.ics".into(),
        read_as: "iCalendar, UTF-8".into(),
        titles: COLUMNS.iter().map(|column| (*column).to_owned()).collect(),
        rows,
        settings: Settings { home: programme.to_string(), ..Settings::default() },
    };
    let id = create(pool, actor, &new, NOW).await.unwrap();
    find(pool, id).await.unwrap().unwrap()
}

pub(super) async fn carry(pool: &PgPool, actor: PersonId, import: &Import) -> Import {
    confirm(pool, actor, import.about.id, &import.settings, NOW).await.unwrap();
    assert!(run(pool, import.about.id).await.unwrap());
    find(pool, import.about.id).await.unwrap().unwrap()
}

pub(super) async fn take_back(pool: &PgPool, actor: PersonId, import: &Import) -> u64 {
    let doing = Doing { event: EventId(0), actor, now: NOW + 60, locking: Locking::Held };
    undo(pool, import, doing).await.unwrap().unwrap()
}

async fn titles(pool: &PgPool) -> Vec<(String, String, String)> {
    sqlx::query_as(
        "select title_sv, coalesce(venue, ''), (starts_at at time zone 'Europe/Stockholm')::date::text
         from events order by id",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

fn line(title: &str, venue: &str, date: &str) -> (String, String, String) {
    (title.into(), venue.into(), date.into())
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_file_again_changes_what_is_another_in_it_and_nothing_else(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let first = vec![
        row(2, "a", "Frukost", "2027-03-14", "Sal 1"),
        row(3, "b", "Lunch", "2027-03-15", "Sal 1"),
        row(4, "c", "Fel", "2027-13-15", "Sal 1"),
    ];
    let import = read(&pool, actor, programme, first.clone()).await;
    let seen = draft(&pool, &import).await.unwrap();
    assert_eq!((seen.counts.make, seen.counts.refuse, titles(&pool).await.len()), (2, 1, 0));
    let import = carry(&pool, actor, &import).await;
    assert_eq!((import.about.stage, import.progress), (Stage::Done, 3));
    let made = [line("Frukost", "Sal 1", "2027-03-14"), line("Lunch", "Sal 1", "2027-03-15")];
    assert_eq!(titles(&pool).await, made);
    let states: Vec<String> =
        sqlx::query_scalar("select state from events").fetch_all(&pool).await.unwrap();
    assert_eq!(states, ["draft", "draft"]);

    // An organiser gives one of them another title; the file moves both and takes none away.
    sqlx::query("update events set title_sv = 'Brukost' where title_sv = 'Frukost'")
        .execute(&pool)
        .await
        .unwrap();
    let second = vec![
        row(2, "a", "Frukost", "2027-03-21", "Sal 1"),
        row(3, "b", "Lunch", "2027-03-15", "Sal 1"),
        row(4, "d", "Middag", "2027-03-15", "Sal 2"),
    ];
    let again = read(&pool, actor, programme, second).await;
    let seen = draft(&pool, &again).await.unwrap();
    assert_eq!((seen.counts.change, seen.counts.same, seen.counts.make), (1, 1, 1));
    assert_eq!(seen.rows[1].notes[0].what, What::Unchanged);
    let again = carry(&pool, actor, &again).await;
    let now = [
        line("Brukost", "Sal 1", "2027-03-21"),
        line("Lunch", "Sal 1", "2027-03-15"),
        line("Middag", "Sal 2", "2027-03-15"),
    ];
    assert_eq!(titles(&pool).await, now);
    let (counts, _) = written(&pool, again.about.id, RowsAsked::default()).await.unwrap();
    assert_eq!((counts.change, counts.make), (1, 1));

    // Taken back: what the first file made has been changed since, by hand and by the second.
    assert_eq!(take_back(&pool, actor, &again).await, 0);
    assert_eq!(titles(&pool).await, [line("Brukost", "Sal 1", "2027-03-14"), made[1].clone()]);
    assert_eq!(take_back(&pool, actor, &import).await, 1);
    assert_eq!(titles(&pool).await, [line("Brukost", "Sal 1", "2027-03-14")]);
    let by: i64 = sqlx::query_scalar(
        "select count(*) from audit_log where subject = 'events' and actor_id = $1 and what = 'delete'",
    )
    .bind(actor.0)
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(by, 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_taken_away_by_hand_is_made_anew_and_other_programmes_know_nothing(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let rows = || vec![row(2, "a", "Frukost", "2027-03-14", "Sal 1")];
    let import = read(&pool, actor, programme, rows()).await;
    carry(&pool, actor, &import).await;
    let other: i64 = sqlx::query_scalar(
        "insert into programmes (slug, title_sv) values ('q', 'Q') returning id",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    let there = read(&pool, actor, other, rows()).await;
    assert_eq!(draft(&pool, &there).await.unwrap().counts.make, 1);
    sqlx::query("delete from events").execute(&pool).await.unwrap();
    let again = read(&pool, actor, programme, rows()).await;
    assert_eq!(draft(&pool, &again).await.unwrap().counts.make, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_room_of_a_schedule_has_its_programme_and_speakers(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let room = |slots: &str, speakers: &str| {
        let mut row = row(1, "schedule k 1 a", "Dag", "2027-03-14", "Sal A");
        for (column, cell) in COLUMNS.iter().zip(&mut row.cells) {
            match *column {
                "slots" => *cell = slots.to_owned(),
                "speakers" => *cell = speakers.to_owned(),
                _ => {}
            }
        }
        vec![row]
    };
    let parts = async || -> Vec<(i32, String, Option<String>)> {
        let parts = "select minutes, title_sv, title_en from slots order by position";
        sqlx::query_as(parts).fetch_all(&pool).await.unwrap()
    };
    let speakers = async || -> Vec<String> {
        let speakers = "select p.name from event_speakers s join people p on p.id = s.person_id order by s.position";
        sqlx::query_scalar(speakers).fetch_all(&pool).await.unwrap()
    };
    let first = room("25\tA\t\n20\tPaus\tBreak\n", "Åsa\t\t\nBo\t\t\n");
    let import = read(&pool, actor, programme, first).await;
    carry(&pool, actor, &import).await;
    assert_eq!(parts().await, [(25, "A".into(), None), (20, "Paus".into(), Some("Break".into()))]);
    assert_eq!(speakers().await, ["Åsa", "Bo"]);

    let again = read(&pool, actor, programme, room("45\tB\t\n", "Bo\t\t\nCilla\t\t\n")).await;
    let again = carry(&pool, actor, &again).await;
    assert_eq!(parts().await, [(45, "B".into(), None)]);
    assert_eq!(speakers().await, ["Bo", "Cilla"]);
    let people: i64 =
        sqlx::query_scalar("select count(*) from presenters").fetch_one(&pool).await.unwrap();
    assert_eq!(people, 3, "Bo is the one who was there");

    assert_eq!(take_back(&pool, actor, &again).await, 0);
    assert_eq!(parts().await.len(), 2);
    assert_eq!(speakers().await, ["Åsa", "Bo"]);
    assert_eq!(presenters(&pool).await, ["Bo", "Åsa"], "Cilla came in with what was taken back");
}

pub(super) async fn presenters(pool: &PgPool) -> Vec<String> {
    let names = "select p.name from presenters pr join people p on p.id = pr.person_id order by p.name collate \"C\"";
    sqlx::query_scalar(names).fetch_all(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn presenters_go_with_what_brought_them_in_unless_somebody_needs_them(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let rows = ["a", "b"].map(|uid| {
        let mut row = row(1 + i32::from(uid == "b"), uid, "Dag", "2027-03-14", "Sal");
        let at = COLUMNS.iter().position(|column| *column == "speakers").unwrap();
        row.cells[at] = format!("Åsa\t\t\nBo\t\t\n{uid}\t\t\n");
        row
    });
    let import = read(&pool, actor, programme, rows.to_vec()).await;
    let import = carry(&pool, actor, &import).await;
    assert_eq!(presenters(&pool).await, ["Bo", "a", "b", "Åsa"]);
    // Somebody writes of the one, and lets the other speak elsewhere.
    for needed in [
        "update presenters set about_sv = 'x' where person_id = (select id from people where name = 'Bo')",
        "insert into events (slug, programme_id, kind, title_sv, starts_at, ends_at)
         select 'annan', id, 'seminar', 'Annan', now(), now() + interval '1 hour' from programmes",
        "insert into event_speakers select e.id, p.id, 0 from events e, people p where e.slug = 'annan' and p.name = 'a'",
    ] {
        sqlx::query(needed).execute(&pool).await.unwrap();
    }
    assert_eq!(take_back(&pool, actor, &import).await, 0);
    assert_eq!(presenters(&pool).await, ["Bo", "a"]);
    let people: i64 =
        sqlx::query_scalar("select count(*) from people").fetch_one(&pool).await.unwrap();
    assert_eq!(people, 3, "the two, and whoever did it");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_somebody_has_put_into_a_draft_is_not_taken_away_with_it(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let rows = ["a", "b", "c"].map(|uid| row(1, uid, "Frukost", "2027-03-14", "Sal"));
    let rows = (1..).zip(rows).map(|(number, row)| FileRow { number, ..row }).collect();
    let import = read(&pool, actor, programme, rows).await;
    let import = carry(&pool, actor, &import).await;
    let slugs = "select slug from events order by id";
    let slugs: Vec<String> = sqlx::query_scalar(slugs).fetch_all(&pool).await.unwrap();
    assert_eq!(slugs, ["frukost", "frukost-2", "frukost-3"]);
    for added in [
        "insert into pictures (hash, width, height) values (repeat('a', 32), 1, 1)",
        "insert into images (hash, event_id, is_decorative) select repeat('a', 32), id, true from events where slug = 'frukost'",
        "insert into slots (event_id, position, minutes, title_sv) select id, 0, 5, 'x' from events where slug = 'frukost-2'",
    ] {
        sqlx::query(added).execute(&pool).await.unwrap();
    }
    assert_eq!(take_back(&pool, actor, &import).await, 2);
    let left: Vec<String> =
        sqlx::query_scalar("select slug from events order by id").fetch_all(&pool).await.unwrap();
    assert_eq!(left, ["frukost", "frukost-2"]);
}
