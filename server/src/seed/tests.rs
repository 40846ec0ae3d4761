//! Loading, on a database of its own.

use std::error::Error;

use sqlx::PgPool;

use super::{Loaded, SeedReport, seed};

type Tested = Result<(), Box<dyn Error>>;

const NOW: &str = "2027-01-15T10:00:00Z";

/// What stands in every table, as one text.
async fn everything(pool: &PgPool) -> Result<String, sqlx::Error> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables
         where table_schema = 'public' and table_name not like '\\_sqlx%' order by 1",
    )
    .fetch_all(pool)
    .await?;
    let mut all = String::new();
    for table in tables {
        let rows = format!(
            "select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from {table} t"
        );
        let rows: String = sqlx::query_scalar(sqlx::AssertSqlSafe(rows)).fetch_one(pool).await?;
        all.push_str(&format!("{table}\n{rows}\n"));
    }
    Ok(all)
}

async fn count(pool: &PgPool, of: &'static str) -> Result<i64, sqlx::Error> {
    let query = format!("select count(*) from {of}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(pool).await
}

#[sqlx::test(migrations = "../migrations")]
async fn a_second_loading_changes_nothing(pool: PgPool) -> Tested {
    assert!(matches!(seed(&pool, NOW.parse()?).await?, SeedReport::Loaded(_)));
    let before = everything(&pool).await?;
    let again = seed(&pool, "2027-02-20T10:00:00Z".parse()?).await?;
    assert_eq!(again, SeedReport::AlreadyLoaded { on: "2027-01-15".into() });
    assert_eq!(everything(&pool).await?, before);
    Ok(())
}

#[sqlx::test(migrations = "../migrations")]
async fn of_two_that_load_at_once_one_does(pool: PgPool) -> Tested {
    let (one, other) = tokio::join!(seed(&pool, NOW.parse()?), seed(&pool, NOW.parse()?));
    let loaded = [one?, other?].into_iter().filter(|it| matches!(it, SeedReport::Loaded(_)));
    assert_eq!(loaded.count(), 1);
    assert_eq!(count(&pool, "events").await?, 29);
    Ok(())
}

#[sqlx::test(migrations = "../migrations")]
async fn everything_that_is_known_is_loaded(pool: PgPool) -> Tested {
    let report = seed(&pool, NOW.parse()?).await?;
    let expected = Loaded {
        organisations: 319,
        programmes: 6,
        series: 8,
        events: 29,
        materials: 37,
        sign_ups: 100,
    };
    assert_eq!(report, SeedReport::Loaded(expected));
    for (of, expected) in [
        ("municipalities", 290),
        ("organisations where kind = 'municipality'", 290),
        ("organisations where kind = 'region'", 21),
        ("presenters", 14),
        ("themes", 9),
        ("platforms", 6),
        ("outcomes", 10),
        ("recordings", 11),
        ("materials where is_announced", 2),
        (
            "materials m where not exists (select from material_themes t where t.material_id = m.id)",
            0,
        ),
        ("programmes where is_demonstration", 1),
        ("events where state = 'held'", 13),
        ("events where state = 'published'", 14),
        ("events where state = 'preliminary'", 2),
        ("events where not time_known", 4),
        ("events where summary_sv = '' or summary_en is null or title_en is null", 0),
        ("themes t where not exists (select from event_themes e where e.theme_id = t.id)", 0),
        ("programmes where grant_sek = 1064375 and funder_reference = '2014-06031'", 1),
        ("series where participants = 550", 1),
    ] {
        assert_eq!(count(&pool, of).await?, expected, "{of}");
    }
    Ok(())
}

#[sqlx::test(migrations = "../migrations")]
async fn the_relay_starts_full_and_the_counts_are_the_rows(pool: PgPool) -> Tested {
    seed(&pool, NOW.parse()?).await?;
    let relay: Vec<(String, Option<i32>, i32, i32)> = sqlx::query_as(
        "select e.slug, w.capacity, w.confirmed, w.waitlisted
         from events e join event_ways w on w.event_id = e.id join series s on s.id = e.series_id
         where s.slug = 'innovationsstafett' order by e.starts_at",
    )
    .fetch_all(&pool)
    .await?;
    let relay: Vec<_> = relay.iter().map(|it| (it.0.as_str(), it.1, it.2, it.3)).collect();
    assert_eq!(
        relay,
        [
            ("stafett-umea", Some(12), 12, 5),
            ("stafett-sundsvall", Some(12), 7, 0),
            ("stafett-orebro", Some(12), 3, 0),
            ("stafett-helsingborg", Some(12), 1, 0),
        ]
    );
    let wrong = "event_ways w, lateral
        (select count(*) filter (where status in ('requested', 'confirmed')) as confirmed,
            count(*) filter (where status = 'waitlisted') as waitlisted,
            coalesce(max(queue_number), 0) as last
         from sign_ups s where s.event_id = w.event_id and s.way = w.way) c
        where (w.confirmed, w.waitlisted, w.last_queue_number) <> (c.confirmed, c.waitlisted, c.last)";
    assert_eq!(count(&pool, wrong).await?, 0);
    let before_opening = "sign_ups s join events e on e.id = s.event_id
        where s.created_at < e.sign_up_opens_at or s.created_at >= e.sign_up_closes_at";
    assert_eq!(count(&pool, before_opening).await?, 0);
    Ok(())
}

#[sqlx::test(migrations = "../migrations")]
async fn programmes_fill_the_time_of_their_events(pool: PgPool) -> Tested {
    seed(&pool, NOW.parse()?).await?;
    // The originals' two slots leave five of their 45 minutes open, as the facts do.
    let uneven: Vec<String> = sqlx::query_scalar(
        "select e.slug from events e join slots s on s.event_id = e.id join programmes p on p.id = e.programme_id
         where p.is_demonstration
         group by e.id having sum(s.minutes) * interval '1 minute' <> e.ends_at - e.starts_at",
    )
    .fetch_all(&pool)
    .await?;
    assert!(uneven.is_empty(), "{uneven:?}");
    Ok(())
}
