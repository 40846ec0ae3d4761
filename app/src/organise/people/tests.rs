//! The list against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::{Group, PeoplePage};
use super::query::{PAGE, PeopleQuery};
use super::store;
use crate::events::model::Slug;
use crate::organise::store::{Found, find};
use crate::text::Lang;
use sqlx::PgPool;

async fn event(pool: &PgPool) -> Found {
    sqlx::raw_sql(
        "insert into programmes (slug, title_sv) values ('p', 'P');
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select 'e', id, 'seminar', 'published', 'E', now() + interval '7 days', now() + interval '8 days', 'hybrid'
         from programmes;
         insert into event_ways (event_id, way, capacity) select id, unnest(array['digital', 'on_site']), 100000 from events;
         insert into event_questions (event_id, position, kind, label_sv, options_sv, seen_by)
         select id, 1, 'choice', 'Mat?', array['Kött', 'Fisk'], 'organisers' from events;",
    )
    .execute(pool)
    .await
    .unwrap();
    find(pool, &Slug::parse("e").unwrap()).await.unwrap().unwrap()
}

/// Somebody with this name, organisation, status and way.
async fn person(pool: &PgPool, name: &str, organisation: &str, status: &str, way: &str) -> i64 {
    sqlx::query_scalar(
        "with person as (
            insert into people (name, email, email_key)
            select $1, n || '@exempel.se', n || '@exempel.se' from (select 'nr' || count(*) as n from people) as n
            returning id
        )
        insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language,
            consented_at, consent_version)
        select 'en-hemlighet-som-ar-lang-nog-' || person.id, e.id, $4, person.id, $3,
            (select coalesce(max(queue_number), 0) + 1 from sign_ups where way = $4), $1, $2, 'sv', now(), 1
        from person, events e returning id",
    )
    .bind(name)
    .bind(organisation)
    .bind(status)
    .bind(way)
    .fetch_one(pool)
    .await
    .unwrap()
}

async fn page(pool: &PgPool, found: &Found, pairs: &[(&str, &str)], organiser: bool) -> PeoplePage {
    let query = PeopleQuery::from_pairs(pairs.iter().copied());
    store::page(pool, Lang::Sv, found, &query, organiser, 0).await.unwrap()
}

async fn names(pool: &PgPool, found: &Found, pairs: &[(&str, &str)]) -> Vec<String> {
    page(pool, found, pairs, true).await.rows.into_iter().map(|row| row.name).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn found_by_words_however_they_are_written(pool: PgPool) {
    let found = event(&pool).await;
    person(&pool, "Åsa Öberg", "Örebro kommun", "confirmed", "digital").await;
    person(&pool, "Asa A\u{308}ng 100%", "Region Skåne", "confirmed", "digital").await;
    person(&pool, "Bo_Ek", "Vinnova", "waitlisted", "digital").await;
    let seek = async |text: &str| names(&pool, &found, &[("q", text)]).await.join(", ");
    assert_eq!(seek("ASA").await, "Åsa Öberg, Asa A\u{308}ng 100%");
    assert_eq!(seek("åsa").await, seek("asa").await);
    // Every word has to be somewhere; a letter and its mark may be two signs.
    assert_eq!(seek("oREBRO åsa").await, "Åsa Öberg");
    assert_eq!(seek("ang skane").await, "Asa A\u{308}ng 100%");
    assert_eq!(seek("åsa vinnova").await, "");
    assert_eq!(seek("nr2@exempel").await, "Bo_Ek");
    // Nothing in it is a pattern.
    assert_eq!((seek("%").await, seek("_").await), ("Asa A\u{308}ng 100%".into(), "Bo_Ek".into()));
    assert_eq!((seek("\\").await, seek("'; --").await), (String::new(), String::new()));
    // A host finds nobody by what a host may not read.
    let host = page(&pool, &found, &[("q", "nr2@exempel")], false).await;
    assert_eq!((host.about.matching, host.about.total), (0, 3));
    let host = page(&pool, &found, &[("q", "vinnova")], false).await;
    assert_eq!((host.rows.len(), &host.rows[0].email), (1, &None));
}

#[sqlx::test(migrations = "../migrations")]
async fn left_out_by_standing_way_answer_and_mail(pool: PgPool) {
    let found = event(&pool).await;
    let asa = person(&pool, "Åsa", "A", "confirmed", "digital").await;
    let bo = person(&pool, "Bo", "B", "attended", "on_site").await;
    person(&pool, "Cia", "C", "waitlisted", "digital").await;
    person(&pool, "Dan", "D", "cancelled", "digital").await;
    let question: i64 =
        sqlx::query_scalar("select id from event_questions").fetch_one(&pool).await.unwrap();
    sqlx::query("insert into sign_up_answers (sign_up_id, question_id, answer) values ($1, $3, 'Kött'), ($2, $3, 'Fisk')")
        .bind(asa).bind(bo).bind(question).execute(&pool).await.unwrap();
    sqlx::query(
        "insert into mails (kind, to_address, language, sign_up_id, event_id, state, problem)
         select 'confirmed', 'x@y.se', 'sv', id, event_id, 'failed', '550' from sign_ups where id = $1",
    )
    .bind(bo)
    .execute(&pool)
    .await
    .unwrap();
    let q = format!("q-{question}");
    let seek = async |pairs: &[(&str, &str)]| names(&pool, &found, pairs).await.join(" ");
    assert_eq!(seek(&[]).await, "Åsa Bo Cia Dan");
    assert_eq!(seek(&[("status", "places")]).await, "Åsa Bo");
    assert_eq!(seek(&[("status", "attended")]).await, "Bo");
    assert_eq!(seek(&[("way", "digital"), ("status", "places")]).await, "Åsa");
    assert_eq!(seek(&[(&q, "Fisk")]).await, "Bo");
    assert_eq!(seek(&[(&q, "-")]).await, "Cia Dan");
    assert_eq!(seek(&[("mail", "refused")]).await, "Bo");
    // A question of another event asks for nothing here, and a host cannot ask by what is not for hosts.
    assert_eq!(seek(&[("q-999999", "x")]).await, "Åsa Bo Cia Dan");
    let host = page(&pool, &found, &[(&q, "Fisk"), ("mail", "refused")], false).await;
    assert_eq!(host.about.matching, 4);
}

#[sqlx::test(migrations = "../migrations")]
async fn in_swedish_order_and_by_the_line(pool: PgPool) {
    let found = event(&pool).await;
    for (name, status) in [
        ("Öman", "waitlisted"),
        ("zeta", "cancelled"),
        ("Ärla", "requested"),
        ("Åberg", "waitlisted"),
        ("adam", "confirmed"),
    ] {
        person(&pool, name, "Org", status, "digital").await;
    }
    let seek = async |sort: &str| names(&pool, &found, &[("sort", sort)]).await.join(" ");
    assert_eq!(seek("name").await, "adam zeta Åberg Ärla Öman");
    assert_eq!(seek("-name").await, "Öman Ärla Åberg zeta adam");
    assert_eq!(seek("standing").await, "Ärla adam Öman Åberg zeta");
    assert_eq!(seek("line").await, "Öman Åberg zeta Ärla adam");
    assert_eq!(seek("when").await, "Öman zeta Ärla Åberg adam");
    let line = page(&pool, &found, &[("q", "åberg")], true).await;
    // The place in line is that of the whole line, whoever is looked for.
    assert_eq!(line.rows[0].position, Some(2));
    assert_eq!((line.about.in_group(Group::Line), line.about.in_group(Group::Places)), (1, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_page_at_a_time(pool: PgPool) {
    let found = event(&pool).await;
    for n in 0..=PAGE {
        person(&pool, &format!("Nr {n:03}"), "Org", "confirmed", "digital").await;
    }
    let first = page(&pool, &found, &[], true).await;
    assert_eq!((first.rows.len(), first.about.pages, first.about.matching), (PAGE, 2, PAGE + 1));
    // A page that is no more is the last.
    for wanted in ["2", "65535"] {
        let last = page(&pool, &found, &[("page", wanted)], true).await;
        assert_eq!((last.rows.len(), last.about.page), (1, 1));
        assert_eq!(last.rows[0].name, format!("Nr {PAGE:03}"));
    }
    let nobody = page(&pool, &found, &[("q", "finns inte")], true).await;
    assert_eq!((nobody.rows.len(), nobody.about.pages, nobody.about.total), (0, 1, PAGE + 1));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_moves_no_seat_is_told_as_well(pool: PgPool) {
    event(&pool).await;
    let asa = person(&pool, "Åsa", "A", "requested", "digital").await;
    let told = async || -> i64 {
        sqlx::query_scalar(
            "with told as (delete from changes returning 1) select count(*) from told",
        )
        .fetch_one(&pool)
        .await
        .unwrap()
    };
    told().await;
    sqlx::query("update sign_ups set status = 'confirmed' where id = $1")
        .bind(asa)
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(told().await, 1);
    sqlx::query("insert into mails (kind, to_address, language, sign_up_id, event_id) select 'confirmed', 'x@y.se', 'sv', id, event_id from sign_ups")
        .execute(&pool).await.unwrap();
    assert_eq!(told().await, 0);
    sqlx::query("update mails set state = 'failed', problem = '550'").execute(&pool).await.unwrap();
    assert_eq!(told().await, 1);
}
