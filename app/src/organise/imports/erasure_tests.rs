//! What stands of a person in files that were read in goes with them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::draft_store::{Home, NewDraft, create, find};
use super::events_tests;
use super::model::{Kind, RowsAsked, Settings};
use super::people_plan::FileRow;
use super::result_store::written;
use super::tests::{carry, draft, organiser};
use crate::signup::tests::{NOW, event};
use sqlx::PgPool;

/// How many rows say this, wherever in them.
async fn rows_with(pool: &PgPool, word: &str) -> i64 {
    let rows = "select count(*) from import_rows r where to_jsonb(r)::text ilike '%' || $1 || '%'";
    sqlx::query_scalar(rows).bind(word).fetch_one(pool).await.unwrap()
}

/// A row of a calendar at which these speak.
fn talk(number: i32, title: &str, speakers: &str) -> FileRow {
    let mut row = events_tests::row(number, &format!("uid {number}"), title, "2027-03-14", "Sal");
    let at = super::events_plan::COLUMNS.iter().position(|column| *column == "speakers").unwrap();
    row.cells[at] = speakers.to_owned();
    row
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_is_found_in_them_who_has_been_erased(pool: PgPool) {
    let event = event(&pool, &[("digital", None)]).await;
    let actor = organiser(&pool).await;
    // Signed up by a file, and in one that nobody has confirmed.
    let import = draft(&pool, actor, event, &["kim", "lo"]).await;
    carry(&pool, actor, &import, false).await;
    draft(&pool, actor, event, &["kim", "lo"]).await;
    let programme = find(&pool, import.about.id).await.unwrap().unwrap().home.programme;
    // In a report of who was there, by name alone, and among those who speak.
    let report = NewDraft {
        kind: Kind::Attendance,
        home: Home { programme, event: Some(event.0) },
        file: "rapport.csv".into(),
        read_as: "Zoom".into(),
        titles: vec!["name".into(), "email".into(), "seconds".into()],
        rows: vec![
            FileRow {
                number: 2,
                cells: vec!["Kim Åberg (hon)".into(), String::new(), "60".into()],
            },
            FileRow {
                number: 3,
                cells: vec!["Kimberley Åberg".into(), String::new(), "60".into()],
            },
        ],
        settings: Settings::default(),
    };
    create(&pool, actor, &report, NOW).await.unwrap();
    let rows = vec![
        talk(1, "Öppning", "Kim Åberg\t\t\nLo Åberg\t\t\n"),
        talk(2, "Dag (Kim Åberg)", ""),
        talk(3, "Kimonons historia", "Lo Åberg\t\t\n"),
    ];
    let talks = events_tests::read(&pool, actor, programme, rows).await;
    let talks = events_tests::carry(&pool, actor, &talks).await;
    assert_eq!((rows_with(&pool, "kim").await, rows_with(&pool, "lo åberg").await), (7, 4));

    for erase in [
        "delete from sign_ups where person_id = (select id from people where email = 'kim@example.org')",
        "delete from people where email = 'kim@example.org'",
    ] {
        sqlx::query(erase).execute(&pool).await.unwrap();
    }
    assert_eq!(rows_with(&pool, "kim@example.org").await, 0);
    assert_eq!(rows_with(&pool, "kim åberg").await, 0);
    assert_eq!(rows_with(&pool, "kim").await, 2, "those who are called something else stay");
    assert_eq!(rows_with(&pool, "lo åberg").await, 3, "one stood beside her");
    // What became of the rows is still said.
    let (counts, rows) = written(&pool, import.about.id, RowsAsked::default()).await.unwrap();
    assert_eq!((counts.make, rows[0].title.as_str(), rows[1].title.as_str()), (2, "", "lo Åberg"));
    let (counts, rows) = written(&pool, talks.about.id, RowsAsked::default()).await.unwrap();
    assert_eq!((counts.make, rows[0].title.as_str()), (3, ""));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_undone_still_says_what_was_in_it(pool: PgPool) {
    let (actor, programme) = events_tests::home(&pool).await;
    let rows = vec![talk(1, "Öppning (Kim Åberg)", "Kim Åberg\t\t\n")];
    let import = events_tests::read(&pool, actor, programme, rows).await;
    let import = events_tests::carry(&pool, actor, &import).await;
    assert_eq!(events_tests::take_back(&pool, actor, &import).await, 0);
    let left: i64 = sqlx::query_scalar("select count(*) from people where name = 'Kim Åberg'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(left, 0, "she came in with it");
    let (_, rows) = written(&pool, import.about.id, RowsAsked::default()).await.unwrap();
    assert_eq!(rows[0].title, "Öppning (Kim Åberg)");
}
