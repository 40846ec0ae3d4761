//! Media jobs, with the programs that they take: `make test` installs them.

use super::one;
use crate::media::store::new_key;
use crate::media::tests::Site;
use crate::router::State;
use app::account::model::PersonId;
use app::recordings::files::{self, NewFile};
use app::recordings::jobs::model::{Facts, JobKind, Loudness, Why};
use app::recordings::jobs::store::{self, Came, Job, LEASE, MOST_TRIES};
use app::recordings::model::{RecordingId, Role};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use sqlx::PgPool;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tokio::sync::watch;

pub(super) const CLIP: &[u8] = include_bytes!("../../../demo/media/uppsala-och-sundsvall.mp4");
pub(super) const SLIDES: &[u8] = include_bytes!("../../../demo/media/uppsala-och-sundsvall.pdf");

pub(super) struct Works {
    pub site: Site,
    pub state: State,
    /// Whoever drops it tells the process to stop.
    pub stop: watch::Sender<bool>,
}

impl Works {
    pub async fn new(pool: PgPool, settings: &[(&str, &str)]) -> Self {
        let site = Site::with(pool, settings).await;
        let (stop, stopped) = watch::channel(false);
        let state = State::new((*site.state.config).clone(), site.state.services.clone(), stopped);
        Self { site, state, stop }
    }

    pub fn pool(&self) -> &PgPool {
        &self.site.pool
    }

    pub fn recording(&self) -> RecordingId {
        RecordingId(self.site.recording)
    }

    /// A file has come. Its key.
    pub async fn comes(&self, role: Role, extension: &str, bytes: &[u8]) -> String {
        let key = new_key(extension);
        self.state.media.put(&key, bytes.to_vec().into()).await.unwrap();
        let mut transaction = self.pool().begin().await.unwrap();
        let file = NewFile {
            recording: self.recording(),
            role,
            key: &key,
            content_type: crate::media::store::content_type_of(extension).unwrap(),
            bytes: u64::try_from(bytes.len()).unwrap(),
        };
        files::save(&mut transaction, &file, 1_000_000).await.unwrap();
        transaction.commit().await.unwrap();
        key
    }

    pub async fn work(&self) {
        while one(&self.state).await.unwrap() {}
    }

    /// What stands of the jobs: kind, state, and why.
    pub async fn jobs(&self) -> Vec<(String, String, Option<String>)> {
        sqlx::query_as("select kind, state, why from media_jobs order by id")
            .fetch_all(self.pool())
            .await
            .unwrap()
    }

    /// Why the job of this kind failed.
    pub async fn failed(&self, kind: JobKind) -> Option<Why> {
        let jobs = self.jobs().await;
        let job = jobs.iter().find(|(of, state, _)| of == kind.as_str() && state == "failed");
        job.and_then(|(_, _, why)| why.as_deref().and_then(Why::parse))
    }

    /// Role, type, width, height and length of the files.
    pub async fn files(&self) -> Vec<(String, String, Option<i32>, Option<i32>, Option<i32>)> {
        sqlx::query_as(
            "select role, content_type, width, height, duration_ms from media_files order by role",
        )
        .fetch_all(self.pool())
        .await
        .unwrap()
    }

    pub async fn key(&self, role: &str) -> String {
        sqlx::query_scalar("select key from media_files where role = $1")
            .bind(role)
            .fetch_one(self.pool())
            .await
            .unwrap()
    }

    pub async fn bytes(&self, role: &str) -> Vec<u8> {
        std::fs::read(self.site.folder.path().join(self.key(role).await)).unwrap()
    }

    pub async fn left(&self) -> i64 {
        sqlx::query_scalar("select count(*) from media_left").fetch_one(self.pool()).await.unwrap()
    }

    pub async fn facts(&self) -> Facts {
        let facts: sqlx::types::Json<Facts> =
            sqlx::query_scalar("select facts from media_jobs where kind = 'measure'")
                .fetch_one(self.pool())
                .await
                .unwrap();
        facts.0
    }

    /// How many files lie in the folder of the store that nothing names.
    pub async fn strays(&self) -> usize {
        let keys: Vec<String> =
            sqlx::query_scalar("select key from media_files union all select key from slide_pages")
                .fetch_all(self.pool())
                .await
                .unwrap();
        let folder = self.state.media.folder().unwrap();
        let names = std::fs::read_dir(folder).unwrap().flatten();
        let files = names.filter(|it| it.file_type().unwrap().is_file());
        let names = files.map(|it| it.file_name().into_string().unwrap());
        names.filter(|name| !keys.contains(name)).count()
    }

    pub fn folders(&self) -> usize {
        let work = self.state.config.uploads.join("work");
        std::fs::read_dir(work).map(Iterator::count).unwrap_or_default()
    }
}

pub(super) fn done(kind: &str) -> (String, String, Option<String>) {
    (kind.into(), "done".into(), None)
}

/// What ffmpeg makes of these arguments: an example that would be large as a file.
pub(super) fn example(arguments: &[&str], ending: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("example.{ending}"));
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error"])
        .args(arguments)
        .arg(&path)
        .status()
        .expect("ffmpeg is needed for the tests: apt-get install ffmpeg poppler-utils");
    assert!(made.success());
    std::fs::read(path).unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_film_that_has_come_is_made_ready(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    works.comes(Role::Original, "mp4", CLIP).await;
    assert_eq!(works.jobs().await, [("measure".into(), "waiting".into(), None)]);
    works.work().await;
    let kinds = ["measure", "poster", "video", "audio", "portable", "sprite"];
    assert_eq!(works.jobs().await, kinds.map(done));
    let (wide, high) = (Some(960), Some(540));
    let files = works.files().await;
    let named = |role: &str| files.iter().find(|file| file.0 == role).unwrap().clone();
    assert_eq!(
        named("original"),
        ("original".into(), "video/mp4".into(), wide, high, Some(59_580))
    );
    assert_eq!(named("poster"), ("poster".into(), "image/jpeg".into(), wide, high, None));
    let sprite = ("sprite".into(), "image/jpeg".into(), Some(1_600), Some(540), Some(59_580));
    assert_eq!(named("sprite"), sprite);
    let (_, kind, width, height, length) = named("video");
    assert_eq!((kind.as_str(), width, height), ("video/mp4", wide, high));
    assert!((59_000..60_200).contains(&length.unwrap()), "{length:?}");
    let (_, kind, width, _, length) = named("audio");
    assert_eq!((kind.as_str(), width), ("audio/webm", None));
    assert!((59_000..60_200).contains(&length.unwrap()), "{length:?}");
    let recorded: Option<i32> = sqlx::query_scalar("select duration_ms from recordings")
        .fetch_one(works.pool())
        .await
        .unwrap();
    assert_eq!(recorded, Some(59_580));
    assert_eq!((works.left().await, works.folders()), (0, 0), "nothing is left behind");

    // What came of it is even, and plays while it comes: of that nothing more is made.
    let before = works.facts().await.sound.unwrap().loudness.unwrap();
    assert!(!before.is_even(), "the clip shows nothing if it is even: {before:?}");
    let film = works.bytes("video").await;
    works.comes(Role::Original, "mp4", &film).await;
    assert_eq!(works.files().await.len(), 1, "what was of the other one is gone");
    works.work().await;
    let facts = works.facts().await;
    assert!(facts.is_indexed && facts.keeps_picture(), "{facts:?}");
    assert!(facts.sound.as_ref().unwrap().loudness.unwrap().is_even(), "{facts:?}");
    let jobs = works.jobs().await;
    assert_eq!(jobs[2], ("video".into(), "done".into(), Some("as_it_is".into())));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_large_film_is_made_smaller_and_its_poster_is_not_black(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    // Black for a second of five, then a picture; another codec, no sound, points that are not square.
    let film = example(
        &[
            "-f",
            "lavfi",
            "-i",
            "color=black:s=1920x1080:r=10:d=1",
            "-f",
            "lavfi",
            "-i",
            "testsrc=s=1920x1080:r=10:d=4",
            "-filter_complex",
            "[0:v][1:v]concat,format=yuv422p[v]",
            "-map",
            "[v]",
            "-c:v",
            "mpeg4",
            "-q:v",
            "5",
        ],
        "mkv",
    );
    works.comes(Role::Original, "mkv", &film).await;
    works.work().await;
    assert_eq!(works.jobs().await, ["measure", "poster", "video", "sprite"].map(done));
    let files = works.files().await;
    let video = files.iter().find(|file| file.0 == "video").unwrap();
    assert_eq!((video.2, video.3), (Some(1280), Some(720)));
    let sprite = files.iter().find(|file| file.0 == "sprite").unwrap();
    assert_eq!((sprite.2, sprite.3, sprite.4), (Some(1600), Some(90), Some(5_000)));
    let poster = image::load_from_memory(&works.bytes("poster").await).unwrap().to_luma8();
    let light = poster.pixels().map(|point| u64::from(point.0[0])).sum::<u64>();
    let points = u64::from(poster.width()) * u64::from(poster.height());
    assert!(light / points > 50, "{}", light / points);
    assert_eq!((poster.width(), poster.height()), (1280, 720));
    // The index is in front.
    let film = works.bytes("video").await;
    let at = |name: &[u8]| film.windows(4).position(|four| four == name).unwrap();
    assert!(at(b"moov") < at(b"mdat"));
}

#[sqlx::test(migrations = "../migrations")]
async fn sound_alone_is_made_small_and_even(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    let sound = ["-f", "lavfi", "-i", "sine=f=300:d=6", "-af", "volume=-24dB", "-ac", "1"];
    works.comes(Role::Original, "wav", &example(&sound, "wav")).await;
    works.work().await;
    assert_eq!(works.jobs().await, ["measure", "audio", "portable"].map(done));
    let wide = works.bytes("portable").await;
    let before = works.facts().await.sound.unwrap().loudness.unwrap();
    assert!(before.integrated < -30.0, "{before:?}");
    let small = works.bytes("audio").await;
    works.comes(Role::Original, "webm", &small).await;
    works.work().await;
    let after = works.facts().await.sound.unwrap().loudness.unwrap();
    assert!(after.is_even(), "{after:?}");
    // What plays everywhere is as even, and of it nothing more is made for that.
    works.comes(Role::Original, "m4a", &wide).await;
    works.work().await;
    let facts = works.facts().await;
    assert_eq!(facts.sound.as_ref().unwrap().codec, "aac");
    assert!(facts.is_portable(), "{facts:?}");
    let as_it_is = ("portable".into(), "done".into(), Some("as_it_is".into()));
    assert_eq!(works.jobs().await[2], as_it_is);
    // Silence is no fault, and stays as it is.
    let silence = example(&["-f", "lavfi", "-i", "anullsrc", "-t", "3", "-ac", "2"], "mp3");
    works.comes(Role::Original, "mp3", &silence).await;
    works.work().await;
    assert_eq!(works.facts().await.sound.unwrap().loudness, None::<Loudness>);
    assert_eq!(works.jobs().await[..2], ["measure", "audio"].map(done));
    assert_eq!(works.jobs().await[2], as_it_is);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_no_film_is_told_so_whatever_it_is_called(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    let list =
        b"#EXTM3U\n#EXTINF:5,\n/etc/passwd\n#EXTINF:5,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n";
    let concat = b"ffconcat version 1.0\nfile /etc/passwd\n";
    // A megabyte of zeros, a thousand times over.
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("0.mp4", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..100 {
        std::io::Write::write_all(&mut bomb, &vec![0; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    let html = b"<!DOCTYPE html><title>Film</title><video src=x.mp4></video>".to_vec();
    for bad in [list.to_vec(), concat.to_vec(), bomb, html] {
        for extension in ["mp4", "webm", "ogv", "wav", "mp3"] {
            works.comes(Role::Original, extension, &bad).await;
            works.work().await;
            // An MP3 is looked for anywhere in a file; then there is none.
            let why = works.failed(JobKind::Measure).await;
            assert!(matches!(why, Some(Why::Unreadable | Why::Empty)), "{extension}: {why:?}");
            assert_eq!(works.files().await.len(), 1);
        }
    }
    works.comes(Role::Slides, "pdf", crate::jobs::materials::tests::LOCKED).await;
    works.work().await;
    assert_eq!(works.failed(JobKind::Slides).await, Some(Why::Locked));
    for bad in [b"%PDF-1.7\nnothing\n%%EOF".as_slice(), list] {
        works.comes(Role::Slides, "pdf", bad).await;
        works.work().await;
        assert_eq!(works.failed(JobKind::Slides).await, Some(Why::Unreadable));
    }
    assert_eq!(works.folders(), 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_film_that_ends_in_the_middle_or_is_far_too_large_or_gone_says_so(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    let whole = example(
        &[
            "-f",
            "lavfi",
            "-i",
            "testsrc=s=640x360:d=30",
            "-c:v",
            "mpeg4",
            "-movflags",
            "+faststart",
        ],
        "mp4",
    );
    works.comes(Role::Original, "mp4", &whole[..whole.len() / 2]).await;
    works.work().await;
    assert_eq!(works.failed(JobKind::Video).await, Some(Why::CutOff));
    let huge = example(
        &["-f", "lavfi", "-i", "color=s=9000x5000:r=1:d=1", "-frames:v", "1", "-c:v", "mjpeg"],
        "mov",
    );
    works.comes(Role::Original, "mov", &huge).await;
    works.work().await;
    assert_eq!(works.failed(JobKind::Measure).await, Some(Why::TooLarge));
    let key = works.comes(Role::Original, "mp4", CLIP).await;
    works.state.media.remove(&key).await.unwrap();
    works.work().await;
    assert_eq!(works.failed(JobKind::Measure).await, Some(Why::Gone));
}

#[sqlx::test(migrations = "../migrations")]
async fn slides_are_drawn_with_their_words(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    works.comes(Role::Slides, "pdf", SLIDES).await;
    works.work().await;
    assert_eq!(works.jobs().await, [done("slides")]);
    let pages: Vec<(i32, String, i32, i32, String)> =
        sqlx::query_as("select page, key, width, height, words from slide_pages order by page")
            .fetch_all(works.pool())
            .await
            .unwrap();
    assert_eq!(pages.iter().map(|page| page.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert!(pages.iter().all(|page| page.2 == 1_280 && page.3 == 720), "{pages:?}");
    assert!(pages.iter().all(|page| page.4.len() > 20 && !page.4.contains('\n')), "{pages:?}");
    assert_eq!(works.left().await, 0);
    // They are for whom the recording is for.
    let ask = async || {
        let request = Request::builder().uri(format!("/media/{}", pages[1].1));
        works.site.ask(request.body(Body::empty()).unwrap()).await
    };
    let answer = ask().await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert_eq!(answer.body[..2], [0xFF, 0xD8]);
    sqlx::query("update recordings set open_to = 'signed_in'").execute(works.pool()).await.unwrap();
    assert_eq!(ask().await.status, StatusCode::UNAUTHORIZED);
    // Other slides: the pages go, and with them their files.
    works.comes(Role::Slides, "pdf", SLIDES).await;
    let pages: i64 = sqlx::query_scalar("select count(*) from slide_pages")
        .fetch_one(works.pool())
        .await
        .unwrap();
    assert_eq!((pages, works.left().await), (0, 5));
}

/// A command that says this, after it has looked at the sound that it is given.
fn speaking(folder: &Path, script: &str) -> String {
    let path = folder.join("hear.sh");
    std::fs::write(&path, format!("#!/bin/sh\nset -e\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_installation_hears_is_a_track_that_nobody_has_read(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    // 16,000 samples a second in one channel: the head of a WAV says so.
    let hear = speaking(
        folder.path(),
        "test \"$2\" = sv\ntest \"$(od -An -tu2 -j22 -N2 \"$1\" | tr -d ' ')\" = 1\n\
         test \"$(od -An -tu4 -j24 -N4 \"$1\" | tr -d ' ')\" = 16000\n\
         printf 'WEBVTT\\n\\n00:01.000 --> 00:02.500\\nVälkomna till Uppsala\\n'",
    );
    let command = format!("{hear} {{wav}} {{language}}");
    let works = Works::new(pool, &[("STAFETT_SPEECH", &command)]).await;
    works.comes(Role::Original, "mp4", CLIP).await;
    works.work().await;
    let jobs = works.jobs().await;
    assert_eq!(jobs.last(), Some(&done("speech")), "{jobs:?}");
    let cues: Vec<(String, bool, i32, String)> = sqlx::query_as(
        "select t.language, t.reviewed_at is null, c.start_ms, c.words
         from caption_tracks t join caption_cues c on c.track_id = t.id",
    )
    .fetch_all(works.pool())
    .await
    .unwrap();
    assert_eq!(cues, [("sv".into(), true, 1_000, "Välkomna till Uppsala".into())]);
    // What is there is not written over.
    sqlx::query("update caption_tracks set reviewed_at = now()")
        .execute(works.pool())
        .await
        .unwrap();
    sqlx::query("update media_jobs set state = 'waiting' where kind = 'speech'")
        .execute(works.pool())
        .await
        .unwrap();
    works.work().await;
    let kept = ("speech".into(), "done".into(), Some("kept_other".into()));
    assert_eq!(works.jobs().await.last(), Some(&kept));
    let reviewed: bool = sqlx::query_scalar("select reviewed_at is not null from caption_tracks")
        .fetch_one(works.pool())
        .await
        .unwrap();
    assert!(reviewed);
    // What is no WebVTT, and a command that fails.
    for (script, why) in [("echo Hej", Why::NotCaptions), ("exit 3", Why::Speech)] {
        speaking(folder.path(), script);
        sqlx::query("update media_jobs set state = 'waiting' where kind = 'speech'")
            .execute(works.pool())
            .await
            .unwrap();
        works.work().await;
        assert_eq!(works.failed(JobKind::Speech).await, Some(why));
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn who_cancels_a_job_or_stops_the_server_ends_what_runs(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    // A number that no other test sleeps for.
    let hear = speaking(folder.path(), "sleep 8462");
    let works = Works::new(pool, &[("STAFETT_SPEECH", &hear)]).await;
    let tone = example(&["-f", "lavfi", "-i", "sine=d=2"], "wav");
    works.comes(Role::Original, "wav", &tone).await;
    let state = works.state.clone();
    let working = tokio::spawn(async move { while one(&state).await.unwrap() {} });
    until(|| sleeping() > 0).await;
    let (job, progress): (i64, i32) =
        sqlx::query_as("select id, progress from media_jobs where state = 'running'")
            .fetch_one(works.pool())
            .await
            .unwrap();
    assert!(progress <= 100);
    let actor = PersonId(person(works.pool()).await);
    assert!(store::cancel(works.pool(), actor, works.recording(), job, 5).await.unwrap());
    tokio::time::timeout(Duration::from_secs(20), working).await.unwrap().unwrap();
    until(|| sleeping() == 0).await;
    assert_eq!(works.jobs().await[3].1, "cancelled");
    assert!(!store::cancel(works.pool(), actor, works.recording(), job, 5).await.unwrap());
    let told = logged(&works).await;
    assert_eq!(told, [told_of(actor, "running", "cancelled")], "what had no effect is not told");

    // Once more, and now the server stops: it waits for another.
    assert!(store::again(works.pool(), actor, works.recording(), job, 5).await.unwrap());
    assert!(!store::again(works.pool(), actor, works.recording(), job, 5).await.unwrap());
    assert_eq!(logged(&works).await[1..], [told_of(actor, "cancelled", "waiting")]);
    let state = works.state.clone();
    let working = tokio::spawn(async move { one(&state).await.unwrap() });
    until(|| sleeping() > 0).await;
    works.stop.send_replace(true);
    assert!(tokio::time::timeout(Duration::from_secs(20), working).await.unwrap().unwrap());
    until(|| sleeping() == 0).await;
    let (state, tries): (String, i32) =
        sqlx::query_as("select state, tries from media_jobs where id = $1")
            .bind(job)
            .fetch_one(works.pool())
            .await
            .unwrap();
    assert_eq!((state.as_str(), tries), ("waiting", 0));
}

/// Who stands in the log, of what, and what was and is: of jobs.
async fn logged(works: &Works) -> Vec<(Option<i64>, bool, serde_json::Value, serde_json::Value)> {
    sqlx::query_as(
        "select actor_id, programme_id is not null and event_id is not null, before, after
         from audit_log where subject = 'media_jobs' order by id",
    )
    .fetch_all(works.pool())
    .await
    .unwrap()
}

fn told_of(
    actor: PersonId,
    was: &str,
    is: &str,
) -> (Option<i64>, bool, serde_json::Value, serde_json::Value) {
    let is = serde_json::json!({ "title": "R", "role": "original", "kind": "speech", "state": is });
    (Some(actor.0), true, serde_json::json!({ "state": was }), is)
}

fn sleeping() -> usize {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|it| std::fs::read(it.path().join("cmdline")).ok());
    lines.filter(|line| line.starts_with(b"sleep\x008462")).count()
}

pub(super) async fn until(is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not come to that");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub(super) async fn person(pool: &PgPool) -> i64 {
    sqlx::query_scalar(
        "insert into people (name, email, email_key, email_proven_at) values ('o', 'o@x.se', 'o@x.se', now()) returning id",
    )
    .fetch_one(pool)
    .await
    .unwrap()
}

async fn take(works: &Works, worker: &str, now: i64) -> Option<Job> {
    store::take(works.pool(), JobKind::ALL, worker, now).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_job_is_one_workers_and_taken_again_when_that_one_is_gone(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    works.comes(Role::Original, "mp4", CLIP).await;
    let now = 2_000_000;
    let first = take(&works, "first", now).await.unwrap();
    assert_eq!((first.kind, first.role), (JobKind::Measure, Role::Original));
    assert_eq!(take(&works, "second", now + LEASE).await, None);
    // It says that it is at it.
    assert!(store::renew(works.pool(), &first, 40, now + 30).await.unwrap());
    assert_eq!(take(&works, "second", now + LEASE + 1).await, None);
    let second = take(&works, "second", now + 30 + LEASE + 1).await.unwrap();
    assert_eq!(second.id, first.id);
    // The first was only slow. What it has made does not count.
    let facts = Came::Facts(Facts { duration_ms: 5, ..Facts::default() }, false);
    assert!(!store::renew(works.pool(), &first, 50, now).await.unwrap());
    assert!(!store::finish(works.pool(), &first, &facts, now).await.unwrap());
    store::fail(works.pool(), &first, Why::Unknown, now).await.unwrap();
    let length: Option<i32> = sqlx::query_scalar("select duration_ms from recordings")
        .fetch_one(works.pool())
        .await
        .unwrap();
    assert_eq!(length, None);
    assert!(store::finish(works.pool(), &second, &facts, now).await.unwrap());
    assert_eq!(works.jobs().await, [done("measure")]);
    // A film that ends its server each time is not tried for ever.
    works.comes(Role::Original, "mp4", CLIP).await;
    let mut later = now;
    for _ in 0..MOST_TRIES {
        assert!(take(&works, "third", later).await.is_some());
        later += LEASE + 1;
    }
    assert_eq!(take(&works, "third", later).await, None);
    assert_eq!(works.failed(JobKind::Measure).await, Some(Why::Interrupted));
}

#[sqlx::test(migrations = "../migrations")]
async fn of_another_original_nothing_is_kept(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    works.comes(Role::Original, "mp4", CLIP).await;
    let old = take(&works, "old", 2_000_000).await.unwrap();
    works.comes(Role::Original, "webm", CLIP).await;
    assert!(!store::renew(works.pool(), &old, 5, 2_000_001).await.unwrap());
    let facts = Came::Facts(Facts { duration_ms: 5, ..Facts::default() }, false);
    assert!(!store::finish(works.pool(), &old, &facts, 2_000_001).await.unwrap());
    assert_eq!(works.jobs().await, [("measure".into(), "waiting".into(), None)]);
    // Everything anew, of all files: also of those that came before there were jobs.
    works.comes(Role::Slides, "pdf", SLIDES).await;
    sqlx::query("delete from media_jobs").execute(works.pool()).await.unwrap();
    let actor = PersonId(person(works.pool()).await);
    let planned = store::plan_all(works.pool(), actor, works.recording(), 5).await.unwrap();
    assert_eq!(planned, 2);
    let all = serde_json::json!({ "title": "R", "kind": "all", "state": "waiting" });
    assert_eq!(logged(&works).await, [(Some(actor.0), true, serde_json::json!({}), all)]);
    let kinds: Vec<_> = works.jobs().await.into_iter().map(|(kind, _, _)| kind).collect();
    assert_eq!(kinds, ["measure", "slides"]);
    // And with the recording all of it goes.
    sqlx::query("delete from recordings").execute(works.pool()).await.unwrap();
    assert!(works.jobs().await.is_empty());
}
