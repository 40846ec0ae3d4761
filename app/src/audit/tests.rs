//! The audit log against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::changes::TOLD_ELSEWHERE;
use super::model::{Deed, LogPage, LogQuery, Subject};
use super::store::{act, begin, page};
use crate::account::model::{Grant, PersonId, Role, SessionId, Viewer};
use crate::text::Lang;
use sqlx::PgPool;

async fn person(pool: &PgPool, name: &str) -> PersonId {
    let id = sqlx::query_scalar("insert into people (name) values ($1) returning id");
    PersonId(id.bind(name).fetch_one(pool).await.unwrap())
}

/// A programme and an event of it, made by nobody in particular.
async fn event(pool: &PgPool, slug: &str) -> (i64, i64) {
    sqlx::query_as(
        "with programme as (
            insert into programmes (slug, title_sv) values ('p-' || $1, 'P') returning id
        )
        insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
        select $1, id, 'seminar', 'published', 'E', now() + '1 day', now() + '25 hours', 'digital' from programme
        returning programme_id, id",
    )
    .bind(slug)
    .fetch_one(pool)
    .await
    .unwrap()
}

fn viewer(role: Role, programme: Option<i64>) -> Viewer {
    Viewer {
        id: PersonId(1),
        session: SessionId(1),
        name: "Åsa".into(),
        email: "asa@example.org".into(),
        organisation: None,
        roles: vec![Grant { role, programme }],
    }
}

/// What an administrator finds there.
async fn everything(pool: &PgPool) -> LogPage {
    let viewer = viewer(Role::Administrator, None);
    page(pool, Lang::Sv, &viewer, &LogQuery::default()).await.unwrap()
}

async fn rename(pool: &PgPool, actor: PersonId, event: i64, title: &str) {
    let mut transaction = begin(pool, actor).await.unwrap();
    let update = sqlx::query("update events set title_sv = $2 where id = $1");
    update.bind(event).bind(title).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn it_says_who_did_what_before_and_after(pool: PgPool) {
    let (programme, id) = event(&pool, "e").await;
    let actor = person(&pool, "Åsa O'Öberg").await;
    rename(&pool, actor, id, "Nytt namn").await;
    let viewer = viewer(Role::Organiser, Some(programme));
    let log = page(&pool, Lang::Sv, &viewer, &LogQuery::default()).await.unwrap();
    let [entry] = log.entries.as_slice() else { panic!("{log:?}") };
    assert_eq!((entry.subject, entry.deed), (Subject::Event, Deed::Changed));
    assert_eq!(entry.actor.as_deref(), Some("Åsa O'Öberg"));
    assert_eq!(entry.event, Some(("e".into(), "Nytt namn".into())));
    let [change] = entry.changes.as_slice() else { panic!("{:?}", entry.changes) };
    let was_and_is = (change.before.as_deref(), change.after.as_deref());
    assert_eq!((change.column.as_str(), was_and_is), ("title_sv", (Some("E"), Some("Nytt namn"))));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_follows_by_itself_and_what_participants_do_is_not_in_it(pool: PgPool) {
    let (_, id) = event(&pool, "e").await;
    let mut transaction = begin(&pool, person(&pool, "Åsa").await).await.unwrap();
    let touch = "update events set version = version + 1, updated_at = now() where id = $1";
    sqlx::query(touch).bind(id).execute(&mut *transaction).await.unwrap();
    act(&mut transaction, None).await.unwrap();
    let rename = "update events set title_sv = 'F' where id = $1";
    sqlx::query(rename).bind(id).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
    // The connection goes back to the pool and takes nobody's name along.
    sqlx::query("update events set title_sv = 'G' where id = $1")
        .bind(id)
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(everything(&pool).await.entries, []);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_organiser_reads_of_their_own_programmes_and_finds_by_filters(pool: PgPool) {
    let (mine, here) = event(&pool, "mitt").await;
    let (_, there) = event(&pool, "annans").await;
    let (asa, bo) = (person(&pool, "Åsa 100%").await, person(&pool, "Bo").await);
    rename(&pool, asa, here, "Ett").await;
    rename(&pool, bo, here, "Två").await;
    rename(&pool, bo, there, "Tre").await;
    let found = async |role, programme, query: LogQuery| {
        let log = page(&pool, Lang::Sv, &viewer(role, programme), &query).await.unwrap();
        log.entries.iter().map(|entry| entry.changes[0].after.clone().unwrap()).collect::<Vec<_>>()
    };
    let any = LogQuery::default;
    assert_eq!(found(Role::Organiser, Some(mine), any()).await, ["Två", "Ett"]);
    assert_eq!(found(Role::Organiser, None, any()).await, ["Tre", "Två", "Ett"]);
    assert!(found(Role::Host, None, any()).await.is_empty(), "a host organises nothing");
    let by = |who: &str| LogQuery { who: Some(who.into()), ..any() };
    assert_eq!(found(Role::Administrator, None, by("0%")).await, ["Ett"]);
    assert!(found(Role::Administrator, None, by("_")).await.is_empty(), "a character, no pattern");
    let event = LogQuery { event: Some("annans".into()), ..any() };
    assert_eq!(found(Role::Administrator, None, event).await, ["Tre"]);
    let roles = LogQuery { subject: Some(Subject::Role), ..any() };
    assert!(found(Role::Administrator, None, roles).await.is_empty());
    let long_ago = LogQuery { to: Some(jiff::civil::date(2020, 1, 1)), ..any() };
    assert!(found(Role::Administrator, None, long_ago).await.is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_of_it_can_be_changed_or_taken_out(pool: PgPool) {
    let (_, id) = event(&pool, "e").await;
    rename(&pool, person(&pool, "Åsa").await, id, "F").await;
    for attempt in [
        "update audit_log set actor_id = null",
        "update audit_log set before = null",
        "delete from audit_log",
        "truncate audit_log",
    ] {
        let refused = sqlx::query(attempt).execute(&pool).await.unwrap_err();
        assert!(
            refused.to_string().contains("the audit log is not changed"),
            "{attempt}: {refused}"
        );
    }
    sqlx::query("delete from events where id = $1").bind(id).execute(&pool).await.unwrap();
    let left: i64 =
        sqlx::query_scalar("select event_id from audit_log").fetch_one(&pool).await.unwrap();
    assert_eq!(left, id, "what was done to an event outlives it");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_it_says_of_a_person_goes_with_them(pool: PgPool) {
    let (programme, _) = event(&pool, "e").await;
    let (asa, bo) = (person(&pool, "Åsa").await, person(&pool, "Bo").await);
    let mut transaction = begin(&pool, asa).await.unwrap();
    let contact = "insert into presenters (person_id, slug) values ($1, 'bo')";
    sqlx::query(contact).bind(bo.0).execute(&mut *transaction).await.unwrap();
    let contact =
        "insert into programme_contacts (programme_id, person_id, position) values ($1, $2, 1)";
    sqlx::query(contact).bind(programme).bind(bo.0).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
    let told = "select count(*) from audit_log where before is not null or after is not null";
    let told = async || -> i64 { sqlx::query_scalar(told).fetch_one(&pool).await.unwrap() };
    assert_eq!(told().await, 2);
    // Also when an administrator is the one who erases.
    let mut transaction = begin(&pool, asa).await.unwrap();
    for erase in [
        "delete from programme_contacts where person_id = $1",
        "delete from presenters where person_id = $1",
        "delete from people where id = $1",
    ] {
        sqlx::query(erase).bind(bo.0).execute(&mut *transaction).await.unwrap();
    }
    transaction.commit().await.unwrap();
    assert_eq!(told().await, 0);
    let log = everything(&pool).await;
    assert_eq!(log.entries.len(), 4, "that something was done remains");
    assert!(log.entries.iter().all(|entry| entry.about.is_none() && entry.changes.is_empty()));
    // And whoever did it, when they go.
    sqlx::query("delete from people where id = $1").bind(asa.0).execute(&pool).await.unwrap();
    assert!(everything(&pool).await.entries.iter().all(|entry| entry.actor.is_none()));
}

#[sqlx::test(migrations = "../migrations")]
async fn every_column_that_is_told_has_a_name(pool: PgPool) {
    let columns: Vec<(String, String)> = sqlx::query_as(
        "with silent as (
            select regexp_matches(pg_get_functiondef('audit'::regproc), 'silent constant text\\[\\] := array\\[([^]]*)\\]') as names
        )
        select c.relname::text, a.attname::text
        from pg_trigger t
        join pg_class c on c.oid = t.tgrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        cross join silent
        where t.tgfoid = 'audit'::regproc and strpos(silent.names[1], quote_literal(a.attname)) = 0
        order by 1, 2",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(columns.len() > 80, "{} columns", columns.len());
    let nameless: Vec<_> = columns
        .iter()
        .filter(|(_, column)| !TOLD_ELSEWHERE.contains(&column.as_str()))
        .filter(|(_, column)| {
            [Lang::Sv, Lang::En].iter().any(|lang| lang.log_column(column) == *column)
        })
        .collect();
    assert!(nameless.is_empty(), "no name in app/src/text/audit_columns.rs: {nameless:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_number_of_another_row_is_told_by_its_name(pool: PgPool) {
    let (programme, id) = event(&pool, "e").await;
    let actor = person(&pool, "Åsa O'Öberg").await;
    let contact = person(&pool, "Kim Kontakt").await;
    let insert = "insert into presenters (person_id, slug) values ($1, 'kim')";
    sqlx::query(insert).bind(contact.0).execute(&pool).await.unwrap();
    let insert = "insert into series (slug, programme_id, kind, title_sv, title_en) values ('s', $1, 'tour', 'Turnén', 'The tour') returning id";
    let series: i64 = sqlx::query_scalar(insert).bind(programme).fetch_one(&pool).await.unwrap();
    let mut transaction = begin(&pool, actor).await.unwrap();
    sqlx::query(
        "update events set series_id = $2, contact_id = $3, state = 'cancelled' where id = $1",
    )
    .bind(id)
    .bind(series)
    .bind(contact.0)
    .execute(&mut *transaction)
    .await
    .unwrap();
    transaction.commit().await.unwrap();
    let viewer = viewer(Role::Administrator, None);
    let log = page(&pool, Lang::En, &viewer, &LogQuery::default()).await.unwrap();
    let after = |column: &str| {
        let changes = &log.entries[0].changes;
        changes
            .iter()
            .find(|change| change.column == column)
            .and_then(|change| change.after.clone())
    };
    assert_eq!(after("series_id").as_deref(), Some("The tour"));
    assert_eq!(after("contact_id").as_deref(), Some("Kim Kontakt"));
    assert_eq!(Lang::En.log_value(Subject::Event, "state", &after("state").unwrap()), "Cancelled");
}
