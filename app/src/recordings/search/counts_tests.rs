//! The figures beside what was found, against Postgres: each is what a click on it finds, for everybody.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::Answer;
use super::store::{Eyes, search};
use crate::recordings::query::{Dimension, RecordingQuery};
use crate::text::Lang;
use sqlx::PgPool;

/// Thirty-six recordings in two programmes, every third of them with a passage of its own; for everybody, for those
/// who are signed in, for those who had a place, for organisers, and drafts.
async fn library(pool: &PgPool) -> i64 {
    sqlx::raw_sql(
        "insert into programmes (slug, title_sv, title_en) values ('p', 'Programmet', 'The programme'), ('q', 'Ett annat', null);
         insert into series (slug, programme_id, kind, title_sv) select 's-' || slug, id, 'tour', 'Serie ' || slug from programmes;
         insert into themes (slug, name_sv, name_en) select 't-' || n, 'Tema ' || n, 'Theme ' || n from generate_series(1, 3) n;
         insert into municipalities values ('9998', 'Ankeborgs kommun', 'Ankeborg', '99', 'L'), ('9999', 'Gåseborgs kommun', 'Gåseborg', '99', 'L');
         insert into people (name) values ('Talare 1'), ('Talare 2'), ('Tittaren');
         insert into presenters (person_id, slug) select id, 'talare-' || id from people where name like 'Talare%';
         insert into events (slug, programme_id, series_id, kind, state, title_sv, starts_at, ends_at, format)
         select 'e-' || n, p.id, case when n % 5 > 0 then s.id end, 'seminar', 'held', 'Träff', at, at + interval '1 hour', 'digital'
         from generate_series(1, 36) n
         join programmes p on p.slug = case when n % 4 = 0 then 'q' else 'p' end join series s on s.programme_id = p.id,
         lateral (select timestamptz '2023-12-31 23:30+00' + (n % 3) * interval '200 days') x (at);
         insert into event_ways (event_id, way) select id, 'digital' from events;
         insert into event_themes select e.id, t.id from events e, themes t where (e.id + t.id) % 3 = 0 or (e.id % 7 = 0 and t.slug = 't-1');
         insert into event_municipalities select id, case when id % 2 = 0 then '9998' else '9999' end from events where id % 6 > 0;
         insert into event_speakers (event_id, person_id, position) select e.id, p.person_id, p.person_id from events e, presenters p where (e.id + p.person_id) % 4 > 0;
         insert into recordings (event_id, title, slug, language, state, published_at, open_to, duration_ms)
         select e.id, case when id % 3 = 0 then 'Öppna lås' else 'Lås öppna' end, 'r-' || id, case when id % 5 = 0 then 'en' else 'sv' end,
            case when id % 9 = 0 then 'draft' else 'published' end, case when id % 9 > 0 then e.ends_at end,
            (array['everybody', 'everybody', 'signed_in', 'signed_up', 'organisers'])[1 + id % 5],
            (array[600000, 900000, 900001, 2700000, 2700001, null])[1 + id % 6]
         from events e;
         insert into caption_tracks (recording_id, language) select id, 'sv' from recordings;
         insert into caption_cues (track_id, position, start_ms, end_ms, words)
         select id, 0, 0, 1000, case when id % 4 > 0 then 'Rent vatten i kranen.' else 'Kranen är ren.' end from caption_tracks;
         insert into sign_ups (event_id, person_id, token, way, status, queue_number, name, organisation, language, consented_at, consent_version)
         select e.id, p.id, 'a-token-that-is-long-enough-to-be-one-of-them-' || e.id, 'digital', 'attended', 1, p.name, 'Kommun', 'sv', now(), 1
         from events e, people p where p.name = 'Tittaren' and e.id % 2 = 0;",
    )
    .execute(pool)
    .await
    .unwrap();
    sqlx::query_scalar("select id from people where name = 'Tittaren'")
        .fetch_one(pool)
        .await
        .unwrap()
}

async fn ask(pool: &PgPool, eyes: &Eyes, query: &RecordingQuery) -> Answer {
    search(pool, eyes, Lang::Sv, query).await.unwrap()
}

fn count(answer: &Answer, dimension: Dimension, key: &str) -> Option<u32> {
    let facet = answer.facets.iter().find(|facet| facet.dimension == dimension)?;
    facet.choices.iter().find(|choice| choice.key == key).map(|choice| choice.count)
}

#[sqlx::test(migrations = "../migrations")]
async fn each_figure_is_what_a_click_on_it_finds(pool: PgPool) {
    let person = library(&pool).await;
    let programme: i64 = sqlx::query_scalar("select id from programmes where slug = 'q'")
        .fetch_one(&pool)
        .await
        .unwrap();
    let readers = [
        Eyes::default(),
        Eyes { person: Some(person), ..Eyes::default() },
        Eyes { person: Some(person), programmes: vec![programme], everywhere: false },
        Eyes { person: Some(person), everywhere: true, ..Eyes::default() },
    ];
    let mut all_of = Vec::new();
    for eyes in &readers {
        for q in ["kran", "vatten", "\"öppna lås\"", "kran -vatten", "kran -\"lås öppna\""] {
            let only = RecordingQuery { q: Some(q.to_owned()), ..RecordingQuery::default() };
            let narrowed = [
                only.clone(),
                only.with(Dimension::Theme, Some("t-1")),
                only.with(Dimension::Programme, Some("p")).with(Dimension::Length, Some("long")),
                only.with(Dimension::Language, Some("en")).with(Dimension::Year, Some("2024")),
                only.with(Dimension::Speaker, Some("nobody")).with(Dimension::Series, Some("s-p")),
                only.with(Dimension::Municipality, Some("9998")),
            ];
            for query in narrowed {
                let answer = ask(&pool, eyes, &query).await;
                assert!(!answer.facets.is_empty(), "{query:?}");
                for facet in &answer.facets {
                    for choice in &facet.choices {
                        let clicked = query.with(facet.dimension, Some(&choice.key));
                        let total = ask(&pool, eyes, &clicked).await.total;
                        assert_eq!(
                            choice.count, total,
                            "{query:?}: {:?} {choice:?}",
                            facet.dimension
                        );
                    }
                }
            }
            all_of.push(ask(&pool, eyes, &only).await.total);
        }
    }
    // Readers do see different numbers, or none of this says anything.
    let kran: Vec<u32> = all_of.chunks(5).map(|totals| totals[0]).collect();
    assert!(kran.windows(2).all(|pair| pair[0] < pair[1]), "{kran:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn choices_have_names_and_what_was_chosen_can_be_taken_back(pool: PgPool) {
    library(&pool).await;
    let everybody = Eyes::default();
    let query = RecordingQuery { q: Some("kran".into()), ..RecordingQuery::default() };
    let answer = search(&pool, &everybody, Lang::En, &query).await.unwrap();
    let names = |dimension| -> Vec<String> {
        let facet = answer.facets.iter().find(|facet| facet.dimension == dimension).unwrap();
        facet.choices.iter().map(|choice| choice.name.clone()).collect()
    };
    assert_eq!(names(Dimension::Programme), ["The programme", "Ett annat"]);
    assert!(names(Dimension::Theme).contains(&"Theme 1".to_owned()));
    assert!(names(Dimension::Municipality).contains(&"Gåseborg".to_owned()));
    assert!(names(Dimension::Speaker).contains(&"Talare 2".to_owned()));
    let dimensions: Vec<Dimension> = answer.facets.iter().map(|facet| facet.dimension).collect();
    assert_eq!(dimensions, Dimension::ALL, "in the order of the list without a search");

    // Half past midnight by its own clock: the year there counts.
    assert_eq!(count(&answer, Dimension::Year, "2023"), None);

    // Nothing is found: a word that occurs nowhere, words that stand everywhere, a choice that nothing is under.
    for (q, year) in [("kvasar", "2024"), ("och", "2024"), ("kran", "1999")] {
        let query = RecordingQuery { q: Some(q.into()), ..RecordingQuery::default() };
        let answer = ask(&pool, &everybody, &query.with(Dimension::Year, Some(year))).await;
        assert_eq!((answer.total, count(&answer, Dimension::Year, year)), (0, Some(0)), "{q}");
    }
    // What is meant by a slip is counted as it is found.
    let slip = ask(&pool, &everybody, &RecordingQuery { q: Some("vaten".into()), ..query }).await;
    assert_eq!(slip.nearly.as_deref(), Some("vatten"));
    let programmes = ["p", "q"].map(|key| count(&slip, Dimension::Programme, key));
    assert_eq!(programmes.iter().flatten().sum::<u32>(), slip.total);
}
