//! What is made is told for a whole statement at once: the same as if it were told row by row.

use super::store::begin;
use crate::account::model::PersonId;
use sqlx::PgPool;

/// What the triggers of migration 0027 tell of.
const TABLES: [&str; 8] = [
    "events",
    "event_ways",
    "slots",
    "event_speakers",
    "presenters",
    "event_themes",
    "event_municipalities",
    "materials",
];

#[sqlx::test(migrations = "../migrations")]
async fn it_tells_the_same_of_many_rows_as_of_each(pool: PgPool) {
    let actor: i64 = sqlx::query_scalar("insert into people (name) values ('O') returning id")
        .fetch_one(&pool)
        .await
        .unwrap();
    sqlx::raw_sql(
        "insert into programmes (slug, title_sv) values ('p', 'P'), ('q', 'Q');
         insert into series (slug, programme_id, kind, title_sv)
             select 's', id, 'tour', 'S' from programmes where slug = 'q';
         insert into themes (slug, name_sv, name_en) values ('t', 'T', 'T');
         insert into municipalities values ('9998', 'A kommun', 'A', '99', 'L'), ('9999', 'B kommun', 'B', '99', 'L')",
    )
    .execute(&pool)
    .await
    .unwrap();
    // The function that tells of each row, beside the one that tells of all.
    for table in TABLES {
        let trigger = format!(
            "create trigger beside after insert on {table} for each row execute function audit()"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(trigger)).execute(&pool).await.unwrap();
    }
    let mut transaction = begin(&pool, PersonId(actor)).await.unwrap();
    sqlx::raw_sql(
        "with person as (insert into people (name) select 'N' || n from generate_series(1, 3) n returning id)
         insert into presenters (person_id, slug) select id, 'n-' || id from person;
         insert into events (slug, programme_id, series_id, kind, title_sv, starts_at, ends_at, summary_sv)
             select 'e' || p.slug || n, p.id, s.id, 'seminar', 'E', now(), now() + '1 hour', 'Ett \"ord\" åäö'
             from generate_series(1, 5) n, programmes p left join series s on s.programme_id = p.id;
         update events set title_sv = 'F' where slug = 'ep1';
         insert into event_ways (event_id, way, capacity) select id, 'digital', 5 from events;
         insert into slots (event_id, position, minutes, title_sv) select id, n, 5, 'x' from events, generate_series(0, 1) n;
         insert into event_speakers select e.id, p.person_id, 1 from events e, presenters p;
         insert into event_themes select e.id, t.id from events e, themes t;
         insert into event_municipalities select e.id, m.code from events e, municipalities m;
         insert into materials (programme_id, event_id, position, kind, title)
             select programme_id, id, row_number() over (), 'link', 'L' from events;
         insert into materials (programme_id, position, kind, title) select id, 1000, 'link', 'L' from programmes",
    )
    .execute(&mut *transaction)
    .await
    .unwrap();
    transaction.commit().await.unwrap();
    let told: Vec<(String, i64, bool)> = sqlx::query_as(
        "select subject, sum(rows)::bigint, bool_and(rows = 2) from (
            select subject, count(*) as rows from audit_log where what = 'insert'
            group by actor_id, about_id, programme_id, event_id, subject, subject_id, before, after
         ) as alike group by subject order by subject",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let of = |subject: &str, rows: i64| (subject.to_owned(), 2 * rows, true);
    assert_eq!(
        told,
        [
            of("event_municipalities", 20),
            of("event_speakers", 30),
            of("event_themes", 10),
            of("event_ways", 10),
            of("events", 10),
            of("materials", 12),
            of("presenters", 3),
            of("slots", 20),
        ]
    );
    let programmes: i64 = sqlx::query_scalar(
        "select count(*) from audit_log where what = 'insert' and programme_id is null and subject <> 'presenters'",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(programmes, 0, "each is told of where it belongs");
    // Nobody in particular does it: nothing is told, as before.
    let count = "select count(*) from audit_log";
    let before: i64 = sqlx::query_scalar(count).fetch_one(&pool).await.unwrap();
    for table in TABLES {
        let trigger = format!("drop trigger beside on {table}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(trigger)).execute(&pool).await.unwrap();
    }
    sqlx::query("insert into event_ways (event_id, way) select id, 'on_site' from events")
        .execute(&pool)
        .await
        .unwrap();
    let after: i64 = sqlx::query_scalar(count).fetch_one(&pool).await.unwrap();
    assert_eq!(before, after);
}
