//! The feed against Postgres: it tells of what everybody may see, and of nothing else.

use super::store::{chapters, episodes};
use super::{Channel, tag_of, write};
use crate::recordings::model::RecordingId;
use crate::recordings::query::RecordingQuery;
use crate::text::Lang;
use sqlx::PgPool;

async fn library(pool: &PgPool) {
    sqlx::raw_sql(
        "insert into programmes (slug, title_sv) values ('p', 'P');
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
             select 'e' || n, id, 'seminar', 'held', 'E' || n, '2031-05-14 09:00', '2031-05-14 10:00', 'digital'
             from programmes, generate_series(1, 4) n;
         insert into recordings (event_id, slug, title, title_en, state, published_at, open_to, duration_ms)
             select id, 'r' || slug, 'Titel <' || slug || '>', 'Title', 'published', '2031-06-01'::timestamptz + id * interval '1 day',
                 'everybody', 61000 from events;
         update recordings set open_to = 'signed_in' where slug = 're3';
         update recordings set state = 'draft', published_at = null where slug = 're4';
         insert into media_files (recording_id, role, key, content_type, bytes)
             select id, x.role, x.key, x.type, 1000 from recordings, (values
                 ('original', 'aaaaaaaaaaaaaaaa.mov', 'application/octet-stream'),
                 ('video', 'bbbbbbbbbbbbbbbb.mp4', 'video/mp4'),
                 ('audio', 'cccccccccccccccc.ogg', 'audio/ogg')) as x (role, key, type) where slug = 're1';
         insert into caption_tracks (recording_id, language) select id, 'sv' from recordings where slug = 're1';
         insert into caption_cues (track_id, position, start_ms, end_ms, words) select id, 0, 0, 1000, 'Om vatten.' from caption_tracks;
         insert into chapters (recording_id, position, start_ms, title_sv)
             select id, 0, 1500, 'Början' from recordings where slug = 're1';",
    )
    .execute(pool)
    .await
    .unwrap();
}

async fn slugs(pool: &PgPool, query: RecordingQuery) -> Vec<String> {
    let found = episodes(pool, Lang::Sv, &query).await.unwrap();
    found.into_iter().map(|episode| episode.slug).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn only_what_everybody_may_see_is_told_the_newest_first(pool: PgPool) {
    library(&pool).await;
    assert_eq!(slugs(&pool, RecordingQuery::default()).await, ["re2", "re1"]);
    let asked = |q: &str| RecordingQuery { q: Some(q.into()), ..RecordingQuery::default() };
    assert_eq!(slugs(&pool, asked("vatten")).await, ["re1"]);
    assert_eq!(slugs(&pool, asked("och")).await, Vec::<String>::new());
    let year = |year: &str| RecordingQuery { year: Some(year.into()), ..RecordingQuery::default() };
    assert_eq!(slugs(&pool, year("2031")).await.len(), 2);
    assert_eq!(slugs(&pool, year("2030")).await.len(), 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_episode_has_its_file_its_sound_its_captions_and_its_chapters(pool: PgPool) {
    library(&pool).await;
    let found = episodes(&pool, Lang::En, &RecordingQuery::default()).await.unwrap();
    let one = &found[1];
    assert_eq!(one.title, "Title");
    assert_eq!(one.enclosure.as_ref().unwrap().key, "bbbbbbbbbbbbbbbb.mp4");
    assert_eq!(one.sound.as_ref().unwrap().key, "cccccccccccccccc.ogg");
    assert!(one.has_chapters && one.transcripts.len() == 1);
    assert_eq!(chapters(&pool, Lang::En, RecordingId(one.id)).await.unwrap()[0].title, "Början");
    let channel = Channel {
        origin: "https://x.se",
        lang: Lang::En,
        page: "/recordings".into(),
        own: "/feeds/recordings.rss?lang=en".into(),
        guid: "917393e3-1b1e-5cef-ace4-edaa54e1f810".into(),
        cover: "/feeds/cover/x.png",
    };
    let xml = write(&channel, &found);
    for expected in [
        "<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>",
        "<itunes:image href=\"https://x.se/feeds/cover/x.png\"/>",
        "<enclosure url=\"https://x.se/media/bbbbbbbbbbbbbbbb.mp4\" length=\"1000\" type=\"video/mp4\"/>",
        "<itunes:duration>61</itunes:duration>",
        "<link>https://x.se/en/recordings/re1</link>",
        "type=\"text/vtt\" language=\"sv\" rel=\"captions\"/>",
        "<podcast:chapters url=\"https://x.se/feeds/recordings/re1.json?lang=en\" type=\"application/json+chapters\"/>",
    ] {
        assert!(xml.contains(expected), "{expected} is not in {xml}");
    }
    let swedish = episodes(&pool, Lang::Sv, &RecordingQuery::default()).await.unwrap();
    assert!(write(&channel, &swedish).contains("<title>Titel &lt;e1&gt;</title>"));
    assert_ne!(tag_of(&xml), tag_of(&write(&channel, &swedish)));
    assert_eq!(tag_of(&xml), tag_of(&write(&channel, &found)));
}

#[sqlx::test(migrations = "../migrations")]
async fn of_sounds_the_feed_gives_what_programs_for_podcasts_play(pool: PgPool) {
    library(&pool).await;
    let given = async |files: &str| {
        sqlx::raw_sql("delete from media_files").execute(&pool).await.unwrap();
        let insert = format!(
            "insert into media_files (recording_id, role, key, content_type, bytes)
             select id, x.role, md5(x.role) || '.' || x.ending, x.type, 1000 from recordings, (values {files})
                as x (role, ending, type) where slug = 're1'"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(insert)).execute(&pool).await.unwrap();
        let found = episodes(&pool, Lang::Sv, &RecordingQuery::default()).await.unwrap();
        let one = found.into_iter().find(|episode| episode.slug == "re1").unwrap();
        let kind = |file: Option<super::Enclosure>| file.map(|file| file.content_type);
        (kind(one.enclosure), kind(one.sound))
    };
    let some = |kind: &str| Some(kind.to_owned());
    let (opus, aac) = ("('audio', 'weba', 'audio/webm')", "('portable', 'm4a', 'audio/mp4')");
    let wav = "('original', 'wav', 'audio/wav')";
    let film = "('video', 'mp4', 'video/mp4')";
    let mp3 = "('original', 'mp3', 'audio/mpeg')";
    assert_eq!(given(&[wav, opus, aac].join(",")).await, (some("audio/mp4"), None));
    assert_eq!(given(&[wav, opus].join(",")).await, (some("audio/webm"), None));
    assert_eq!(given(&[mp3, opus].join(",")).await, (some("audio/mpeg"), None));
    assert_eq!(given(&[film, opus, aac].join(",")).await, (some("video/mp4"), some("audio/mp4")));
    let own = "('audio', 'mp3', 'audio/mpeg')";
    assert_eq!(given(&[wav, own, aac].join(",")).await, (some("audio/mpeg"), None));
    assert_eq!(given(wav).await, (some("audio/wav"), None));
}
