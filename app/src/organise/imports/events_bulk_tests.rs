//! Events from files that are written by the hundred, against a real Postgres: the same as one by one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::draft_store::{Import, confirm, find};
use super::events_plan::{COLUMNS, EventDeed, plan};
use super::events_tests::{carry, home, presenters, read, row, take_back};
use super::model::{RowsAsked, Stage, Verdict, What};
use super::people_plan::FileRow;
use super::result_store::written;
use super::run_store::run;
use crate::account::model::{Grant, PersonId, Role, SessionId, Viewer};
use crate::organise::plan::save_store::create;
use crate::signup::tests::NOW;
use sqlx::PgPool;
use std::collections::HashMap;
use std::time::Duration;

/// The row with these cells in it.
fn with(mut row: FileRow, cells: &[(&str, &str)]) -> FileRow {
    for (column, cell) in cells {
        let at = COLUMNS.iter().position(|known| known == column).unwrap();
        row.cells[at] = (*cell).to_owned();
    }
    row
}

fn many(count: i32, title: &str) -> Vec<FileRow> {
    (1..=count).map(|number| row(number, &number.to_string(), title, "2027-03-14", "Sal")).collect()
}

async fn slugs(pool: &PgPool) -> Vec<String> {
    let slugs = "select slug from events order by id";
    sqlx::query_scalar(slugs).fetch_all(pool).await.unwrap()
}

async fn number(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

/// All that stands there of events and of what was told of them since, but for numbers and addresses.
async fn standing(pool: &PgPool, since: i64) -> Vec<String> {
    sqlx::query_scalar(
        "with own as (
            select e.id as event, 'events' as part, to_jsonb(e) - array['id', 'uid', 'created_at', 'updated_at'] as is from events e
            union all select event_id, 'ways', to_jsonb(w) from event_ways w
            union all select event_id, 'slots', to_jsonb(s) from slots s
            union all select s.event_id, 'speakers', jsonb_build_object('name', p.name, 'at', s.position)
                from event_speakers s join people p on p.id = s.person_id
         )
         select e.title_sv || ' ' || own.part || ' ' || (own.is - 'event_id')::text
         from own join events e on e.id = own.event
         union all
         select 'presenters ' || p.name || (to_jsonb(pr) - array['person_id', 'slug'])::text
         from presenters pr join people p on p.id = pr.person_id
         union all
         select 'told ' || a.subject || ' ' || a.what || ' ' || a.actor_id || coalesce(e.title_sv, '')
            || coalesce(p.name, '') || (a.programme_id is null) || coalesce(
                (a.after - array['id', 'uid', 'event_id', 'person_id', case when a.subject = 'presenters' then 'slug' else '' end])::text, '')
         from audit_log a left join events e on e.id = a.event_id left join people p on p.id = a.about_id
         where a.id > $1 and a.subject <> 'imports'
         order by 1",
    )
    .bind(since)
    .fetch_all(pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_file_makes_is_what_the_form_makes(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let day = "2027-03-14";
    let rows = vec![
        row(1, "a", "Frukost", day, "Sal 1"),
        with(
            row(2, "b", "Möte", day, "Sal 2"),
            &[
                ("slots", "25\tA\tA in English\n20\tPaus\t\n"),
                ("speakers", "Åsa\t\t\nBo\t\t\n"),
                ("title_en", "Meeting"),
                ("format", "hybrid"),
                ("platform", "Zoom"),
                ("meeting_url", "https://example.org/m"),
                ("summary_sv", "Om \"allt\"\noch \\ lite till \u{1F600}"),
            ],
        ),
        with(
            row(3, "c", "Heldag", day, ""),
            &[
                ("time_kind", "all_day"),
                ("end_date", "2027-03-16"),
                ("format", ""),
                ("language", "en"),
                ("kind", "conference"),
                ("speakers", "Bo\t\t\nCilla\t\t\n"),
            ],
        ),
        with(row(4, "d", "Annan zon", day, "Helsingfors"), &[("time_zone", "Europe/Helsinki")]),
        row(5, "", "Frukost", day, "Sal 1"),
        with(row(6, "e", "Utan", day, ""), &[("format", "digital"), ("slots", "5\tx\t\n")]),
    ];
    let viewer = Viewer {
        id: actor,
        session: SessionId(1),
        name: "O".into(),
        email: "o@example.org".into(),
        organisation: None,
        roles: vec![Grant { role: Role::Organiser, programme: Some(programme) }],
    };
    for planned in plan(&programme.to_string(), &rows, &HashMap::new()) {
        let EventDeed::Make(form) = planned.deed else { panic!("{:?}", planned.shown) };
        create(&pool, &viewer, &form).await.unwrap().unwrap();
    }
    let by_form = standing(&pool, 0).await;
    assert_eq!(by_form.len(), 44, "{by_form:#?}");
    sqlx::raw_sql("delete from events; delete from people where name <> 'O'")
        .execute(&pool)
        .await
        .unwrap();
    let since = number(&pool, "select max(id) from audit_log").await;
    let import = read(&pool, actor, programme, rows).await;
    carry(&pool, actor, &import).await;
    assert_eq!(standing(&pool, since).await, by_form);
}

#[sqlx::test(migrations = "../migrations")]
async fn each_gets_an_address_that_nothing_else_has(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    sqlx::query(
        "insert into events (slug, programme_id, kind, title_sv, starts_at, ends_at)
         select slug, $1, 'seminar', 'x', now(), now() + '1 hour' from unnest(array['frukost-2', 'frukost-4-a', 'frukost-5']) slug",
    )
    .bind(programme)
    .execute(&pool)
    .await
    .unwrap();
    let mut rows = many(4, "Frukost");
    // Those whose own titles are what others get a number for, in the same file.
    rows.push(row(9, "9", "Frukost 3", "2027-03-14", "Sal"));
    rows.push(row(10, "10", "Frukost 4", "2027-03-14", "Sal"));
    let import = read(&pool, actor, programme, rows).await;
    carry(&pool, actor, &import).await;
    // In the order of the file.
    let made = ["frukost", "frukost-3", "frukost-4", "frukost-6", "frukost-3-2", "frukost-4-2"];
    assert_eq!(slugs(&pool).await[3..], made);
}

#[sqlx::test(migrations = "../migrations")]
async fn one_that_cannot_be_leaves_the_others_and_nothing_of_itself(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let mut rows = many(300, "Frukost");
    // The form takes a line of this length; the list of presenters does not.
    let speakers = format!("Ny\t\t\n{}\t\t\nÅsa\t\t\n", "x".repeat(201));
    rows[100] = with(rows[100].clone(), &[("speakers", &speakers)]);
    rows[101] = with(rows[101].clone(), &[("speakers", "Åsa\t\t\n")]);
    let import = read(&pool, actor, programme, rows).await;
    let import = carry(&pool, actor, &import).await;
    assert_eq!((import.about.stage, import.progress), (Stage::Done, 300));
    let refused = RowsAsked { show: Some(Verdict::Refuse), ..RowsAsked::default() };
    let (counts, refused) = written(&pool, import.about.id, refused).await.unwrap();
    assert_eq!((counts.make, counts.refuse), (299, 1));
    assert_eq!((refused[0].number, refused[0].notes[0].what), (101, What::Field));
    assert_eq!(presenters(&pool).await, ["Åsa"]);
    let slugs = slugs(&pool).await;
    assert_eq!(
        (slugs.len(), slugs[0].as_str(), slugs[298].as_str()),
        (299, "frukost", "frukost-299")
    );
    assert_eq!(number(&pool, "select count(*) from event_sources").await, 299);
    assert_eq!(take_back(&pool, actor, &import).await, 0);
    assert_eq!(number(&pool, "select count(*) from events").await, 0);
    assert!(presenters(&pool).await.is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_database_itself_refuses_leaves_nothing_at_all(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let mut rows = many(300, "Frukost");
    // No file has it: what an event is known by is cut when it is read.
    rows[280] = row(281, &"u".repeat(501), "Frukost", "2027-03-14", "Sal");
    let import = read(&pool, actor, programme, rows).await;
    confirm(&pool, actor, import.about.id, &import.settings, NOW).await.unwrap();
    let mut refused = 0;
    for _ in 0..1_000 {
        match run(&pool, import.about.id).await {
            Ok(done) => assert!(!done),
            Err(_) => refused += 1,
        }
        assert_eq!(number(&pool, "select count(*) from events").await, 0);
        if find(&pool, import.about.id).await.unwrap().unwrap().about.stage == Stage::Failed {
            break;
        }
        // The last try may still be on its way back, and as long it is nobody else's.
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(refused, 3);
    let import = find(&pool, import.about.id).await.unwrap().unwrap();
    assert_eq!(import.about.stage, Stage::Failed);
    let written =
        "select count(*) from import_rows where verdict is not null or event_id is not null";
    assert_eq!(number(&pool, written).await, 0);
}

/// An import of 300 that has come half-way, and waits for somebody who is making an event of the same address.
async fn half_way(
    pool: &PgPool,
    actor: PersonId,
    programme: i64,
) -> (Import, tokio::task::JoinHandle<Result<bool, sqlx::Error>>, sqlx::PgTransaction<'static>) {
    let mut other = pool.begin().await.unwrap();
    sqlx::query(
        "insert into events (slug, programme_id, kind, title_sv, starts_at, ends_at)
         values ('frukost-270', $1, 'seminar', 'x', now(), now() + '1 hour')",
    )
    .bind(programme)
    .execute(&mut *other)
    .await
    .unwrap();
    let import = read(pool, actor, programme, many(300, "Frukost")).await;
    let id = import.about.id;
    confirm(pool, actor, id, &import.settings, NOW).await.unwrap();
    let running = tokio::spawn({
        let pool = pool.clone();
        async move { run(&pool, id).await }
    });
    for _ in 0..600 {
        let import = find(pool, id).await.unwrap().unwrap();
        if import.progress == 250 {
            return (import, running, other);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it does not come half-way")
}

#[sqlx::test(migrations = "../migrations")]
async fn an_address_that_somebody_takes_meanwhile_is_theirs(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let (import, running, other) = half_way(&pool, actor, programme).await;
    other.commit().await.unwrap();
    assert!(running.await.unwrap().unwrap());
    let import = find(&pool, import.about.id).await.unwrap().unwrap();
    assert_eq!((import.about.stage, import.progress), (Stage::Done, 300));
    let mut slugs = slugs(&pool).await;
    assert_eq!((slugs.len(), slugs.last().unwrap().as_str()), (301, "frukost-301"));
    slugs.sort_unstable();
    slugs.dedup();
    assert_eq!(slugs.len(), 301);
    // Each row has the event that was made of it.
    let pairs = "select count(*) from import_rows r join event_sources s on s.event_id = r.event_id and s.uid = r.number::text
        join events e on e.id = r.event_id";
    assert_eq!(number(&pool, pairs).await, 300);
}

#[sqlx::test(migrations = "../migrations")]
async fn one_that_is_stopped_half_way_leaves_nothing_and_is_made_once(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let (import, running, other) = half_way(&pool, actor, programme).await;
    let id = import.about.id;
    // Twice at once: the second does nothing.
    assert!(!run(&pool, id).await.unwrap());
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    other.rollback().await.unwrap();
    assert_eq!(number(&pool, "select count(*) from events").await, 0);
    let mut done = false;
    for _ in 0..100 {
        done = run(&pool, id).await.unwrap();
        if done {
            break;
        }
        // The database has yet to hear that the first is no more.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(done);
    assert!(!run(&pool, id).await.unwrap());
    assert!(!confirm(&pool, actor, id, &import.settings, NOW).await.unwrap());
    assert_eq!(number(&pool, "select count(*) from events").await, 300);
    assert_eq!(number(&pool, "select count(distinct event_id) from import_rows").await, 300);
}

#[sqlx::test(migrations = "../migrations")]
async fn changes_by_the_hundred_are_those_of_the_file_and_can_be_taken_back(pool: PgPool) {
    let (actor, programme) = home(&pool).await;
    let first = read(&pool, actor, programme, many(300, "Frukost")).await;
    carry(&pool, actor, &first).await;
    sqlx::raw_sql(
        "update events set state = 'published' where slug in ('frukost-20', 'frukost-21');
         update events set title_sv = 'Brukost' where slug = 'frukost-30';
         update event_ways set capacity = 7",
    )
    .execute(&pool)
    .await
    .unwrap();
    let mut rows = many(300, "Frukost");
    for row in &mut rows {
        *row = with(row.clone(), &[("venue", "Rummet")]);
    }
    // What is published says how one takes part: this one cannot be. The next has other parts than it had.
    rows[19] = with(rows[19].clone(), &[("format", "")]);
    rows[20] = with(rows[20].clone(), &[("slots", "5\tx\t\n"), ("speakers", "Åsa\t\t\n")]);
    rows.push(row(301, "301", "Frukost", "2027-03-14", "Sal"));
    let told = number(&pool, "select max(id) from audit_log").await;
    let again = read(&pool, actor, programme, rows).await;
    let again = carry(&pool, actor, &again).await;
    let (counts, _) = written(&pool, again.about.id, RowsAsked::default()).await.unwrap();
    assert_eq!((counts.change, counts.refuse, counts.make), (299, 1, 1));
    assert_eq!(number(&pool, "select count(*) from events where venue = 'Rummet'").await, 299);
    assert_eq!(number(&pool, "select count(*) from events where title_sv = 'Brukost'").await, 1);
    assert_eq!(number(&pool, "select count(*) from event_ways where capacity = 7").await, 300);
    assert_eq!(presenters(&pool).await, ["Åsa"]);
    let changes: Vec<(i64, i64, i64)> = sqlx::query_as(
        "select count(*), count(distinct event_id), count(*) filter (where actor_id = $2 and after = '{\"venue\": \"Rummet\"}')
         from audit_log where id > $1 and subject = 'events' and what = 'update'",
    )
    .bind(told)
    .bind(actor.0)
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(changes, [(299, 299, 299)]);

    // Somebody goes on with two of them.
    sqlx::query("update events set summary_sv = 'x' where slug in ('frukost-40', 'frukost-21')")
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(take_back(&pool, actor, &again).await, 2);
    assert_eq!(number(&pool, "select count(*) from events where venue = 'Rummet'").await, 2);
    assert_eq!(number(&pool, "select count(*) from events").await, 300);
    assert_eq!(number(&pool, "select count(*) from slots").await, 1);
    let cells = "select count(*) from event_sources where cells ? 'Rummet'";
    assert_eq!(number(&pool, cells).await, 2, "and what stood in the file, too");
}
