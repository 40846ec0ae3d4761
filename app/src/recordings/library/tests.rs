//! The library against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::choices::choose;
use super::line_store::lines;
use super::store::{all, newest, of_events, related};
use crate::account::model::{Grant, PersonId, Role, SessionId, Viewer};
use crate::recordings::model::Audience;
use crate::recordings::query::{Dimension, RecordingQuery};
use crate::text::Lang;
use sqlx::PgPool;

/// Two programmes; in the first a series with an event for each audience, and a draft beside them.
async fn some(pool: &PgPool) {
    sqlx::raw_sql(
        "insert into programmes (slug, title_sv, title_en) values ('p', 'Programmet', 'The programme'), ('q', 'Ett annat', null);
         insert into series (slug, programme_id, kind, title_sv) select 's', id, 'tour', 'Serien' from programmes where slug = 'p';
         insert into events (slug, programme_id, series_id, kind, state, title_sv, starts_at, ends_at, format)
         select replace(name, '_', '-'), s.programme_id, s.id, 'seminar', 'held', upper(name), at, at + interval '1 hour', 'digital'
         from series s, (values ('everybody', timestamptz '2023-03-01 09:00+01'), ('signed_in', '2024-03-01 09:00+01'),
            ('signed_up', '2024-04-01 09:00+02'), ('organisers', '2024-05-01 09:00+02'), ('draft', '2024-06-01 09:00+02')) e (name, at);
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format, language)
         select 'far', id, 'seminar', 'held', 'FAR', '2024-01-01 00:30+01', '2024-01-01 02:00+01', 'digital', 'en' from programmes where slug = 'q';
         insert into event_ways (event_id, way) select id, 'digital' from events;
         insert into recordings (event_id, title, title_en, slug, language, state, published_at, open_to, duration_ms)
         select id, title_sv, 'In English', slug, language, case slug when 'draft' then 'draft' else 'published' end,
            case slug when 'draft' then null else ends_at end,
            case when slug in ('everybody', 'draft', 'far') then 'everybody' else replace(slug, '-', '_') end,
            case slug when 'far' then null else 60000 end
         from events;
         insert into themes (slug, name_sv, name_en) values ('mod', 'Mod', 'Courage');
         insert into event_themes select e.id, t.id from events e, themes t where e.slug in ('everybody', 'far');
         insert into media_files (recording_id, role, key, content_type, bytes, duration_ms)
         select id, 'poster', md5(slug) || '.webp', 'image/webp', 5, null from recordings
         union all select id, 'video', md5('v' || slug) || '.mp4', 'video/mp4', 5, 3600000 from recordings where slug = 'far'",
    )
    .execute(pool)
    .await
    .unwrap();
}

async fn person(pool: &PgPool, roles: Vec<Grant>) -> Viewer {
    let id: i64 = sqlx::query_scalar("insert into people (name) values ('Åsa') returning id")
        .fetch_one(pool)
        .await
        .unwrap();
    Viewer {
        id: PersonId(id),
        session: SessionId(1),
        name: "Åsa".into(),
        email: "asa@example.org".into(),
        organisation: None,
        roles,
    }
}

async fn listed(pool: &PgPool, viewer: Option<&Viewer>) -> Vec<(String, bool)> {
    let all = all(pool, Lang::Sv, viewer).await.unwrap();
    let ids: Vec<i64> = all.iter().map(|one| one.id).collect();
    let lines = lines(pool, Lang::Sv, viewer, &ids).await.unwrap();
    assert_eq!(lines.len(), all.len(), "what is counted is listed");
    for line in &lines {
        assert_eq!(
            line.poster.is_some(),
            line.is_open,
            "a picture that would not come is not asked for"
        );
    }
    lines.into_iter().map(|line| (line.slug, line.is_open)).collect()
}

fn expected(list: &[(&str, bool)]) -> Vec<(String, bool)> {
    list.iter().map(|(slug, is_open)| ((*slug).to_owned(), *is_open)).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_one_may_not_know_of_is_not_listed(pool: PgPool) {
    some(&pool).await;
    let public = [("signed-up", false), ("signed-in", false), ("far", true), ("everybody", true)];
    assert_eq!(listed(&pool, None).await, expected(&public));
    let somebody = person(&pool, Vec::new()).await;
    let mut seen = public;
    seen[1].1 = true;
    assert_eq!(listed(&pool, Some(&somebody)).await, expected(&seen));
    sqlx::query(
        "insert into sign_ups (event_id, person_id, token, way, status, queue_number, name, organisation, language,
            consented_at, consent_version)
         select e.id, $1, 'a-token-that-is-long-enough-to-be-one-of-them', 'digital', 'attended', 1, 'Åsa', 'Kommun', 'sv', now(), 1
         from events e where slug = 'signed-up'",
    )
    .bind(somebody.id.0)
    .execute(&pool)
    .await
    .unwrap();
    seen[0].1 = true;
    assert_eq!(listed(&pool, Some(&somebody)).await, expected(&seen));

    let here: i64 = sqlx::query_scalar("select id from programmes where slug = 'p'")
        .fetch_one(&pool)
        .await
        .unwrap();
    let organiser =
        person(&pool, vec![Grant { role: Role::Organiser, programme: Some(here) }]).await;
    let all_of_them = [
        ("organisers", true),
        ("signed-up", true),
        ("signed-in", true),
        ("far", true),
        ("everybody", true),
    ];
    assert_eq!(listed(&pool, Some(&organiser)).await, expected(&all_of_them));
    let administrator =
        person(&pool, vec![Grant { role: Role::Administrator, programme: None }]).await;
    assert_eq!(listed(&pool, Some(&administrator)).await, expected(&all_of_them));
    let elsewhere =
        person(&pool, vec![Grant { role: Role::Organiser, programme: Some(here + 1) }]).await;
    assert!(!listed(&pool, Some(&elsewhere)).await.iter().any(|(slug, _)| slug == "organisers"));
    let host = person(&pool, vec![Grant { role: Role::Host, programme: Some(here) }]).await;
    assert!(!listed(&pool, Some(&host)).await.iter().any(|(slug, _)| slug == "organisers"));

    // Somebody who knows the numbers is told no more.
    let everything =
        sqlx::query_scalar("select id from recordings").fetch_all(&pool).await.unwrap();
    let told = lines(&pool, Lang::Sv, None, &everything).await.unwrap();
    assert!(told.iter().all(|line| line.audience != Audience::Organisers && line.slug != "draft"));
    assert_eq!(told.len(), 4);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_filters_look_at(pool: PgPool) {
    some(&pool).await;
    let all = all(&pool, Lang::En, None).await.unwrap();
    let slugs = async |query: &RecordingQuery| {
        let (ids, _) = choose(&all, query);
        let lines = lines(&pool, Lang::En, None, &ids).await.unwrap();
        lines.into_iter().map(|line| line.slug).collect::<Vec<_>>()
    };
    let with = |dimension, key| RecordingQuery::default().with(dimension, Some(key));
    assert_eq!(slugs(&with(Dimension::Theme, "mod")).await, ["far", "everybody"]);
    assert_eq!(slugs(&with(Dimension::Year, "2023")).await, ["everybody"]);
    // Half past midnight by its own clock: the year there counts.
    assert_eq!(slugs(&with(Dimension::Year, "2024")).await, ["signed-up", "signed-in", "far"]);
    assert_eq!(slugs(&with(Dimension::Series, "s")).await, ["signed-up", "signed-in", "everybody"]);
    assert_eq!(slugs(&with(Dimension::Programme, "q")).await, ["far"]);
    assert_eq!(slugs(&with(Dimension::Language, "en")).await, ["far"]);
    assert_eq!(slugs(&with(Dimension::Length, "long")).await, ["far"], "as long as its film");
    let facet = choose(&all, &RecordingQuery::default()).1;
    let programme = facet.iter().find(|facet| facet.dimension == Dimension::Programme).unwrap();
    assert_eq!(programme.choices[0].name, "The programme");
    assert_eq!(programme.choices[1].name, "Ett annat");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_stands_beside_other_things(pool: PgPool) {
    some(&pool).await;
    let slugs = async |ids: &[i64]| {
        let lines = lines(&pool, Lang::Sv, None, ids).await.unwrap();
        lines.into_iter().map(|line| line.slug).collect::<Vec<_>>()
    };
    assert_eq!(slugs(&newest(&pool, 2).await.unwrap()).await, ["signed-up", "signed-in"]);
    let events = sqlx::query_scalar("select id from events").fetch_all(&pool).await.unwrap();
    assert_eq!(
        slugs(&of_events(&pool, &events).await.unwrap()).await,
        ["everybody", "far", "signed-in", "signed-up"]
    );
    let one: i64 = sqlx::query_scalar("select id from recordings where slug = 'everybody'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(
        slugs(&related(&pool, one, 4).await.unwrap()).await,
        ["signed-up", "signed-in", "far"]
    );
}

/// Whoever keeps a page is told whatever changes on it, once for each statement.
#[sqlx::test(migrations = "../migrations")]
async fn what_belongs_to_a_recording_tells_of_it(pool: PgPool) {
    some(&pool).await;
    let event: i64 = sqlx::query_scalar("select id from events where slug = 'everybody'")
        .fetch_one(&pool)
        .await
        .unwrap();
    for deed in [
        "insert into media_files (recording_id, role, key, content_type, bytes)
         select id, 'slides', md5('s') || '.pdf', 'application/pdf', 5 from recordings where slug = 'everybody'",
        "update media_files set key = md5('t') || '.pdf' where role = 'slides'",
        "delete from media_files where role = 'slides'",
        "insert into chapters (recording_id, position, start_ms, title_sv)
         select id, n, n, 'K' from recordings, generate_series(0, 99) n where slug = 'everybody'",
        "delete from chapters",
        "insert into slide_times (recording_id, start_ms, page) select id, 5, 1 from recordings where slug = 'everybody'",
        "update slide_times set page = 2",
        "insert into caption_tracks (recording_id, language) select id, 'sv' from recordings where slug = 'everybody'",
        "update caption_tracks set version = version + 1",
        "delete from caption_tracks",
    ] {
        sqlx::query("delete from changes").execute(&pool).await.unwrap();
        sqlx::query(deed).execute(&pool).await.unwrap();
        let told: Vec<(i64, bool)> =
            sqlx::query_as("select event_id, facts from changes order by event_id").fetch_all(&pool).await.unwrap();
        assert_eq!(told, [(0, true), (event, true)], "{deed}");
    }
    sqlx::query("delete from changes").execute(&pool).await.unwrap();
    sqlx::query("update chapters set title_sv = 'x'").execute(&pool).await.unwrap();
    let told: i64 =
        sqlx::query_scalar("select count(*) from changes").fetch_one(&pool).await.unwrap();
    assert_eq!(told, 0, "nothing has changed, so nothing is told");
}

/// Two thousand recordings are listed in the time that a page has. The limit is generous, since tests run beside each
/// other unoptimised; a query for each recording would take many times as long.
#[sqlx::test(migrations = "../migrations")]
async fn two_thousand_are_listed_quickly(pool: PgPool) {
    sqlx::raw_sql(
        "insert into programmes (slug, title_sv) select 'p-' || n, 'Program ' || n from generate_series(1, 12) n;
         insert into themes (slug, name_sv, name_en) select 't-' || n, 'Tema ' || n, 'Theme ' || n from generate_series(1, 20) n;
         insert into people (name) select 'Talare ' || n from generate_series(1, 300) n;
         insert into presenters (person_id, slug) select id, 'person-' || id from people;
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select 'e-' || n, (select id from programmes where slug = 'p-' || (n % 12 + 1)), 'seminar', 'held', 'E ' || n,
            timestamptz '2015-01-01' + n * interval '2 days', timestamptz '2015-01-01 01:00' + n * interval '2 days', 'digital'
         from generate_series(1, 2000) n;
         insert into event_themes select e.id, t.id from events e, themes t where (e.id + t.id) % 7 = 0;
         insert into event_speakers (event_id, person_id, position) select e.id, p.id, 1 from events e join people p on p.id % 300 = e.id % 300;
         insert into recordings (event_id, title, slug, state, published_at, duration_ms)
         select id, title_sv, slug, 'published', ends_at, (id % 90 + 1) * 60000 from events;
         analyze",
    )
    .execute(&pool)
    .await
    .unwrap();
    let found = all(&pool, Lang::Sv, None).await.unwrap();
    let (ids, facets) = choose(&found, &RecordingQuery::default());
    let shown = lines(&pool, Lang::Sv, None, &ids[..24]).await.unwrap();
    assert_eq!((ids.len(), shown.len()), (2_000, 24));
    assert_eq!(shown[0].title, "E 2000");
    assert_eq!(facets.iter().map(|facet| facet.choices.len()).max(), Some(300));
}
