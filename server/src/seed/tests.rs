//! Loading, on a database of its own.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Mutex;

use sqlx::PgPool;

use super::{Loaded, SeedReport, Shelf, seed};
use crate::config::MediaPlace;
use crate::media::store::MediaStore;

type Tested = Result<(), Box<dyn Error>>;

const NOW: &str = "2027-01-15T10:00:00Z";
const LATER: &str = "2027-02-20T10:00:00Z";

/// Keeps files in memory; has room for so many.
struct Memory {
    files: Mutex<BTreeMap<String, usize>>,
    room: usize,
}

impl Memory {
    fn new() -> Self {
        Self::with_room_for(usize::MAX)
    }

    fn with_room_for(room: usize) -> Self {
        Self { files: Mutex::default(), room }
    }

    fn files(&self) -> BTreeMap<String, usize> {
        self.files.lock().unwrap().clone()
    }
}

impl Shelf for Memory {
    async fn put(&self, key: &str, bytes: &'static [u8]) -> Result<(), String> {
        let mut files = self.files.lock().unwrap();
        if files.len() >= self.room {
            return Err("no room".into());
        }
        files.insert(key.to_owned(), bytes.len());
        Ok(())
    }
}

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
    assert!(matches!(seed(&pool, NOW.parse()?, &Memory::new()).await?, SeedReport::Loaded(_)));
    let before = everything(&pool).await?;
    let again = seed(&pool, LATER.parse()?, &Memory::new()).await?;
    assert_eq!(again, SeedReport::AlreadyLoaded { on: "2027-01-15".into(), clips: 0 });
    assert_eq!(everything(&pool).await?, before);
    Ok(())
}

#[sqlx::test(migrations = "../migrations")]
async fn of_two_that_load_at_once_one_does(pool: PgPool) -> Tested {
    let shelf = Memory::new();
    let (one, other) =
        tokio::join!(seed(&pool, NOW.parse()?, &shelf), seed(&pool, NOW.parse()?, &shelf));
    let loaded = [one?, other?].into_iter().filter(|it| matches!(it, SeedReport::Loaded(_)));
    assert_eq!(loaded.count(), 1);
    assert_eq!(count(&pool, "events").await?, 29);
    Ok(())
}

#[sqlx::test(migrations = "../migrations")]
async fn everything_that_is_known_is_loaded(pool: PgPool) -> Tested {
    let report = seed(&pool, NOW.parse()?, &Memory::new()).await?;
    let expected = Loaded {
        organisations: 319,
        programmes: 6,
        series: 8,
        events: 29,
        materials: 38,
        sign_ups: 100,
        clips: 11,
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
        // Its text is found without the programs that read PDF.
        ("material_texts where search @@ plainto_tsquery('stafett_sv', 'medborgarverkstäder')", 1),
        ("material_readings where state = 'done'", 1),
        ("material_files where pages = 2", 1),
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
    seed(&pool, NOW.parse()?, &Memory::new()).await?;
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
    seed(&pool, NOW.parse()?, &Memory::new()).await?;
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

#[sqlx::test(migrations = "../migrations")]
async fn each_recording_has_its_clip_with_all_that_belongs_to_it(pool: PgPool) -> Tested {
    let shelf = Memory::new();
    seed(&pool, NOW.parse()?, &shelf).await?;
    for (of, expected) in [
        ("recordings where is_demonstration and state = 'published' and open_to = 'everybody'", 11),
        ("recordings where title_en is null or summary_sv = '' or summary_en is null", 0),
        ("recordings where duration_ms between 30000 and 90000", 11),
        ("recordings where language = 'en'", 1),
        ("media_files", 33),
        ("media_files where role = 'video' and content_type = 'video/mp4' and width = 960", 11),
        ("caption_tracks where reviewed_at is not null", 22),
        ("caption_tracks t join recordings r on r.id = t.recording_id
            where (t.kind = 'captions') <> (t.language = r.language)", 0),
        ("caption_cues c join caption_tracks t on t.id = c.track_id
            join recordings r on r.id = t.recording_id where c.end_ms > r.duration_ms or c.speaker is null", 0),
        // Both languages say the same at the same time.
        ("(select t.recording_id, c.start_ms from caption_cues c join caption_tracks t on t.id = c.track_id
            group by 1, 2 having count(*) <> 2) as alone", 0),
        ("recordings r where (select count(*) from chapters c where c.recording_id = r.id
            and c.start_ms < r.duration_ms and c.title_en is not null) not between 2 and 5", 0),
        ("recordings r where (select count(*) from slide_times s where s.recording_id = r.id
            and s.start_ms < r.duration_ms) not between 3 and 6", 0),
        ("recordings r where not exists (select from chapters where recording_id = r.id and start_ms = 0)
            or not exists (select from slide_times where recording_id = r.id and start_ms = 0)", 0),
        ("site_facts where name = 'demonstration_clips'", 1),
    ] {
        assert_eq!(count(&pool, of).await?, expected, "{of}");
    }
    let named: Vec<(String, i64)> = sqlx::query_as(
        "select key, bytes from media_files union all select key, bytes from material_files",
    )
    .fetch_all(&pool)
    .await?;
    let named: BTreeMap<_, _> =
        named.into_iter().map(|(key, bytes)| (key, usize::try_from(bytes).unwrap())).collect();
    assert_eq!(named, shelf.files());
    assert!(named.values().sum::<usize>() < 3_000_000);
    Ok(())
}

#[sqlx::test(migrations = "../migrations")]
async fn the_files_lie_in_the_media_store(pool: PgPool) -> Tested {
    let folder = tempfile::tempdir()?;
    let store = MediaStore::new(MediaPlace::Folder(folder.path().to_owned()));
    seed(&pool, NOW.parse()?, &store).await?;
    let files: Vec<(String, i64)> =
        sqlx::query_as("select key, bytes from media_files").fetch_all(&pool).await?;
    assert_eq!(files.len(), 33);
    for (key, bytes) in files {
        assert_eq!(store.size(&key).await?, u64::try_from(bytes).ok(), "{key}");
    }
    Ok(())
}

#[sqlx::test(migrations = "../migrations")]
async fn where_files_cannot_be_put_nothing_is_loaded(pool: PgPool) -> Tested {
    let before = everything(&pool).await?;
    let failed = seed(&pool, NOW.parse()?, &Memory::with_room_for(7)).await;
    let told = failed.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(told.contains("no room"), "{told}");
    assert_eq!(everything(&pool).await?, before);
    assert!(matches!(seed(&pool, NOW.parse()?, &Memory::new()).await?, SeedReport::Loaded(_)));
    Ok(())
}

/// As it was before there were clips, and somebody has looked after one recording since.
const BEFORE_CLIPS: &str = "
    delete from site_facts where name = 'demonstration_clips';
    delete from media_files; delete from media_left;
    delete from caption_tracks; delete from chapters; delete from slide_times;
    update recordings set title_en = null, summary_sv = '', summary_en = null, duration_ms = null,
        is_demonstration = false;
    update recordings set elsewhere_url = 'https://example.org/film' where slug = 'stadens-systemagenter';
    update recordings set title_en = 'Ten years' where slug = '10-ars-foljeforskning'";

#[sqlx::test(migrations = "../migrations")]
async fn a_database_from_before_there_were_clips_gets_them_once(pool: PgPool) -> Tested {
    seed(&pool, NOW.parse()?, &Memory::new()).await?;
    sqlx::raw_sql(BEFORE_CLIPS).execute(&pool).await?;
    let shelf = Memory::new();
    let again = seed(&pool, LATER.parse()?, &shelf).await?;
    assert_eq!(again, SeedReport::AlreadyLoaded { on: "2027-01-15".into(), clips: 10 });
    assert_eq!(shelf.files().len(), 30);
    for (of, expected) in [
        ("recordings where is_demonstration", 10),
        ("recordings where is_demonstration and slug = 'stadens-systemagenter'", 0),
        ("recordings where title_en = 'Ten years' and summary_en is not null", 1),
        ("caption_tracks", 20),
    ] {
        assert_eq!(count(&pool, of).await?, expected, "{of}");
    }
    // What somebody takes away does not come back.
    sqlx::raw_sql("delete from media_files; delete from caption_tracks").execute(&pool).await?;
    let again = seed(&pool, LATER.parse()?, &Memory::new()).await?;
    assert_eq!(again, SeedReport::AlreadyLoaded { on: "2027-01-15".into(), clips: 0 });
    assert_eq!(count(&pool, "media_files").await?, 0);
    Ok(())
}
