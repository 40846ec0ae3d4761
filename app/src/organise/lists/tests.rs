//! Lists against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::csv::push_line;
use super::table::{Columns, PART, Reading};
use crate::events::model::Slug;
use crate::organise::people::query::PeopleQuery;
use crate::organise::people::store::{matching, readable};
use crate::organise::store::{Found, find};
use crate::text::Lang;
use sqlx::PgPool;

async fn event(pool: &PgPool, people: i32) -> Found {
    sqlx::raw_sql(
        "insert into programmes (slug, title_sv) values ('p', 'P');
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select 'e', id, 'seminar', 'published', 'E', now() + interval '7 days', now() + interval '8 days', 'digital'
         from programmes;
         insert into event_ways (event_id, way, capacity) select id, 'digital', 100000 from events;
         insert into event_questions (event_id, position, kind, label_sv, options_sv, options_en, seen_by)
         select id, 1, 'choice', 'Mat?', array['Kött', 'Fisk'], array['Meat', 'Fish'], 'organisers' from events;
         insert into event_questions (event_id, position, kind, label_sv, seen_by)
         select id, 2, 'number', 'Hur många?', 'hosts' from events;",
    )
    .execute(pool)
    .await
    .unwrap();
    sqlx::query(
        "with person as (
            insert into people (name, email, email_key)
            select case n when 1 then '=1+1 von Öberg' else 'Bo ' || lpad(n::text, 5, '0') end, n || '@exempel.se', n || '@exempel.se'
            from generate_series(1, $1) n returning id, name
        )
        insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language,
            consented_at, consent_version, created_at)
        select 'en-hemlighet-som-ar-lang-nog-' || person.id, e.id, 'digital', person.id, 'confirmed', person.id,
            person.name, 'Kommun; \"X\"', 'sv', now(), 1, '2030-01-02 08:05Z'
        from person, events e",
    )
    .bind(people)
    .execute(pool)
    .await
    .unwrap();
    sqlx::raw_sql(
        "insert into sign_up_answers select s.id, q.id, case q.kind when 'choice' then 'Fisk' else '-2' end
         from sign_ups s, event_questions q where s.name like '=%'",
    )
    .execute(pool)
    .await
    .unwrap();
    find(pool, &Slug::parse("e").unwrap()).await.unwrap().unwrap()
}

/// The lines of the file.
async fn file(
    pool: &PgPool,
    lang: Lang,
    found: &Found,
    asked: &[(&str, &str)],
    is_organiser: bool,
) -> Vec<String> {
    let query = PeopleQuery::from_pairs(asked.iter().copied());
    let questions = readable(pool, lang, found.event, is_organiser).await.unwrap();
    let columns = Columns { lang, is_hybrid: false, is_organiser, questions };
    let people = matching(pool, found.event, &query, is_organiser).await.unwrap();
    let people = people.into_iter().map(|(person, _)| person).collect();
    let mut text = columns.titles().join(";") + "\r\n";
    let mut reading = Reading::new(pool.clone(), found.event, people, columns);
    while let Some(part) = reading.next().await.unwrap() {
        assert!(part.len() <= PART);
        for row in part {
            push_line(&mut text, &row);
        }
    }
    text.lines().map(str::to_owned).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn an_organiser_takes_out_all_and_a_host_what_a_host_may_read(pool: PgPool) {
    let found = event(&pool, 3).await;
    let mine = file(&pool, Lang::Sv, &found, &[("sort", "family")], true).await;
    assert_eq!(
        mine[0],
        "Namn;Organisation;E-post;Läge;Plats på väntelistan;Anmäld;Mat?;Hur många?;Behöver;Skäl;Mejl som inte kom fram"
    );
    assert_eq!(mine.len(), 4);
    assert_eq!(
        mine[3],
        "\"'=1+1 von Öberg\";\"Kommun; \"\"X\"\"\";1@exempel.se;har plats;;2030-01-02 09:05;Fisk;-2;;;",
        "by family name, it comes last"
    );
    let theirs = file(&pool, Lang::En, &found, &[], false).await;
    assert_eq!(theirs[0], "Name;Organisation;Standing;Place on the waitlist;Signed up;Hur många?");
    assert_eq!(
        theirs[1],
        "\"'=1+1 von Öberg\";\"Kommun; \"\"X\"\"\";has a place;;2030-01-02 09:05;-2"
    );
    let found_some = file(&pool, Lang::En, &found, &[("q", "oberg")], true).await;
    assert_eq!(found_some.len(), 2);
    assert!(found_some[1].contains(";Fish;-2;"), "{}", found_some[1]);
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_is_left_out_between_two_parts(pool: PgPool) {
    let people = 2 * PART + 1;
    let found = event(&pool, i32::try_from(people).unwrap()).await;
    let mut lines = file(&pool, Lang::Sv, &found, &[("sort", "name")], true).await;
    assert_eq!(lines.len(), people + 1);
    lines.dedup();
    assert_eq!(lines.len(), people + 1);
}
