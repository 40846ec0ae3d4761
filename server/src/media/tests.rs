//! Files as they are asked for.

use super::store::new_key;
use crate::permission_tests::{person, programme, state_with};
use crate::router::{self, State};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use futures::StreamExt;
use sqlx::PgPool;
use tempfile::TempDir;
use tower::ServiceExt;

/// A server with one recording and a file of it.
pub(crate) struct Site {
    pub pool: PgPool,
    pub state: State,
    pub router: Router,
    pub folder: TempDir,
    pub recording: i64,
    pub programme: i64,
}

pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

impl Site {
    pub async fn new(pool: PgPool) -> Self {
        Self::with(pool, &[]).await
    }

    /// The same with these settings, too.
    pub async fn with(pool: PgPool, settings: &[(&str, &str)]) -> Self {
        let _ = any_spawner::Executor::init_tokio();
        let folder = tempfile::tempdir().unwrap();
        let media = folder.path().to_str().unwrap();
        // What a test sets itself comes first, and is what counts.
        let settings = [settings, &[("STAFETT_MEDIA", media)]].concat();
        let state = state_with(&pool, &settings);
        let programme = programme(&pool, "har").await;
        let recording = sqlx::query_scalar(
            "with event as (
                insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
                values ('e', $1, 'seminar', 'published', 'E', now() - '7 days'::interval, now() - '6 days'::interval, 'digital')
                returning id
             )
             insert into recordings (event_id, slug, title, state, published_at)
             select id, 'e', 'R', 'published', now() from event returning id",
        )
        .bind(programme)
        .fetch_one(&pool)
        .await
        .unwrap();
        let router = router::build(state.clone());
        Self { pool, state, router, folder, recording, programme }
    }

    /// A file of these bytes, and its key.
    async fn file(&self, role: &str, content_type: &str, bytes: &[u8]) -> String {
        let key = new_key("mp4");
        self.state.media.put(&key, bytes.to_vec().into()).await.unwrap();
        sqlx::query(
            "insert into media_files (recording_id, role, key, content_type, bytes, created_at)
             values ($1, $2, $3, $4, $5, to_timestamp(784111777))",
        )
        .bind(self.recording)
        .bind(role)
        .bind(&key)
        .bind(content_type)
        .bind(i64::try_from(bytes.len()).unwrap())
        .execute(&self.pool)
        .await
        .unwrap();
        key
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let (head, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        // As a connection does: what has come is let go of, for only then is more of a file read.
        let mut come = body.into_data_stream();
        let mut body = Vec::new();
        while let Some(piece) = come.next().await {
            body.extend_from_slice(&piece.unwrap());
        }
        Answer { status: head.status, headers: head.headers, body }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.method(Method::GET, path, headers).await
    }

    async fn method(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::empty()).unwrap()).await
    }
}

fn film() -> Vec<u8> {
    (0..300_000_u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1]).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_is_given_whole_and_in_parts(pool: PgPool) {
    let site = Site::new(pool).await;
    let film = film();
    let path = format!("/media/{}", site.file("original", "video/mp4", &film).await);
    let whole = site.get(&path, &[]).await;
    assert_eq!((whole.status, whole.header("content-length")), (StatusCode::OK, "300000"));
    assert!(whole.body == film);
    assert_eq!(whole.header("content-type"), "video/mp4");
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("last-modified"), "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(whole.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(whole.header("x-content-type-options"), "nosniff");
    assert_eq!(whole.header("cross-origin-resource-policy"), "same-origin");
    assert_eq!(whole.header("content-disposition"), "inline");
    assert!(whole.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(whole.header("content-encoding"), "");
    let etag = whole.header("etag").to_owned();

    for (range, part) in [
        ("bytes=0-0", 0..1),
        ("bytes=100000-250000", 100_000..250_001),
        ("bytes=299999-", 299_999..300_000),
        ("bytes=-5", 299_995..300_000),
        ("bytes=299990-999999999", 299_990..300_000),
    ] {
        let answer = site.get(&path, &[("range", range)]).await;
        assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT, "{range}");
        let told = format!("bytes {}-{}/300000", part.start, part.end - 1);
        assert_eq!(answer.header("content-range"), told);
        assert_eq!(answer.header("content-length"), part.len().to_string());
        assert!(answer.body == film[part], "{range}");
        assert_eq!(answer.header("etag"), etag);
    }
    let hundred = format!("bytes={}", vec!["0-1"; 100].join(","));
    for range in ["bytes=5-2", "bytes=0-1,5-6", "bytes=a-b", "items=0-1", &hundred] {
        let answer = site.get(&path, &[("range", range)]).await;
        assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 300_000), "{range}");
        assert_eq!(answer.header("content-range"), "");
    }
    for range in ["bytes=300000-", "bytes=-0", "bytes=400000-400001"] {
        let answer = site.get(&path, &[("range", range)]).await;
        assert_eq!(answer.status, StatusCode::RANGE_NOT_SATISFIABLE, "{range}");
        assert_eq!(answer.header("content-range"), "bytes */300000");
        assert!(answer.body.is_empty());
    }

    let part = ("range", "bytes=0-9");
    for (name, value, status) in [
        ("if-range", etag.as_str(), 206),
        ("if-range", "\"other\"", 200),
        ("if-range", "Sun, 06 Nov 1994 08:49:37 GMT", 206),
        ("if-range", "Sun, 06 Nov 1994 08:49:38 GMT", 200),
        ("if-none-match", etag.as_str(), 304),
        ("if-none-match", "\"other\"", 206),
        ("if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT", 304),
        ("if-match", "\"other\"", 412),
    ] {
        let answer = site.get(&path, &[part, (name, value)]).await;
        assert_eq!(answer.status.as_u16(), status, "{name}: {value}");
        assert_eq!(answer.body.is_empty(), status == 304 || status == 412);
    }
    let kept = site.get(&path, &[("if-none-match", &etag)]).await;
    assert_eq!(kept.header("etag"), etag);
    assert_eq!(kept.header("cache-control"), "public, max-age=31536000, immutable");

    let head = site.method(Method::HEAD, &path, &[part]).await;
    assert_eq!((head.status, head.header("content-length")), (StatusCode::OK, "300000"));
    assert!(head.body.is_empty());
    let post = site.method(Method::POST, &path, &[]).await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_is_for_those_whom_the_recording_is_for(pool: PgPool) {
    let site = Site::new(pool).await;
    let key = site.file("original", "video/mp4", &film()).await;
    let path = format!("/media/{key}");
    let stranger = person(&site.pool, "s", None).await;
    let guest = person(&site.pool, "g", None).await;
    let organiser = person(&site.pool, "o", Some(("organiser", Some(site.programme)))).await;
    sqlx::query(
        "insert into event_ways (event_id, way, capacity) select event_id, 'digital', 9 from recordings",
    )
    .execute(&site.pool)
    .await
    .unwrap();
    sqlx::query(
        "insert into sign_ups (event_id, person_id, way, status, token, queue_number, name, organisation, language,
            consented_at, consent_version)
         select r.event_id, p.id, 'digital', 'attended', 'tokentokentokentokentoken', 1, 'G', 'O', 'sv', now(), 1
         from recordings r, people p where p.name = 'g'",
    )
    .execute(&site.pool)
    .await
    .unwrap();
    for (state, audience, statuses) in [
        ("published", "everybody", [206, 206, 206, 206]),
        ("published", "signed_in", [401, 206, 206, 206]),
        ("published", "signed_up", [401, 403, 206, 206]),
        ("published", "organisers", [404, 404, 404, 206]),
        ("draft", "everybody", [404, 404, 404, 206]),
    ] {
        sqlx::query(
            "update recordings set state = $1, open_to = $2,
                published_at = case when $1 = 'published' then now() end",
        )
        .bind(state)
        .bind(audience)
        .execute(&site.pool)
        .await
        .unwrap();
        let askers = ["", stranger.as_str(), guest.as_str(), organiser.as_str()];
        for (cookie, status) in askers.into_iter().zip(statuses) {
            let answer = site.get(&path, &[("cookie", cookie), ("range", "bytes=0-9")]).await;
            assert_eq!(answer.status.as_u16(), status, "{state} {audience} {cookie}");
            let keeping = answer.header("cache-control");
            match (status, state, audience) {
                (206, "published", "everybody") => assert!(keeping.starts_with("public")),
                // Who signs out on a shared machine leaves nothing that the next may see unasked.
                (206, ..) => assert_eq!(keeping, "private, no-cache"),
                _ => assert!(keeping == "no-store" && answer.body.is_empty(), "{keeping}"),
            }
        }
    }
    let page = site.get(&path, &[("accept", "text/html")]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.header("content-type").starts_with("text/html"), "a person gets a page");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_not_there_is_not_found(pool: PgPool) {
    let site = Site::new(pool).await;
    for path in [
        "/media/0123456789abcdefg.mp4",
        "/media/x.mp4",
        "/media/..%2f..%2fetc%2fpasswd",
        "/media/0123456789abcdefg.mp4%00",
        "/media/%ff",
        "/media/captions/1-1.vtt",
        "/media/captions/x",
        "/media/captions/..%2fx.mp4",
        "/media/uploads/x.part",
    ] {
        let answer = site.get(path, &[]).await;
        assert!(matches!(answer.status.as_u16(), 400 | 404), "{path}: {}", answer.status);
    }
    // Somebody has tidied up the folder, or the disk with it.
    let key = site.file("original", "video/mp4", b"film").await;
    let file = site.folder.path().join(&key);
    std::fs::write(&file, b"fil").unwrap();
    for method in [Method::GET, Method::HEAD] {
        let answer = site.method(method, &format!("/media/{key}"), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "half of it is none of it");
    }
    std::fs::remove_file(file).unwrap();
    for method in [Method::GET, Method::HEAD] {
        let answer = site.method(method, &format!("/media/{key}"), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_said_is_given_as_webvtt(pool: PgPool) {
    let site = Site::new(pool).await;
    let track: i64 = sqlx::query_scalar(
        "with track as (
            insert into caption_tracks (recording_id, language, version) values ($1, 'sv', 7) returning id
         ), cue as (
            insert into caption_cues (track_id, position, start_ms, end_ms, speaker, words)
            select id, 0, 1500, 3250, 'Åsa', 'Välkomna till Umeå & Luleå' from track
         )
         select id from track",
    )
    .bind(site.recording)
    .fetch_one(&site.pool)
    .await
    .unwrap();
    let path = format!("/media/captions/{track}-7.vtt");
    let answer = site.get(&path, &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/vtt; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    let text = String::from_utf8(answer.body.clone()).unwrap();
    assert!(text.starts_with("WEBVTT\n"), "{text}");
    assert!(text.contains("00:00:01.500 --> 00:00:03.250"), "{text}");
    assert!(text.contains("<v Åsa>Välkomna till Umeå &amp; Luleå"), "{text}");
    let etag = answer.header("etag").to_owned();
    let kept = site.get(&path, &[("if-none-match", &etag)]).await;
    assert_eq!(kept.status, StatusCode::NOT_MODIFIED);
    let old = site.get(&format!("/media/captions/{track}-6.vtt"), &[]).await;
    assert_eq!((old.status.as_u16(), old.header("location")), (307, path.as_str()));
    sqlx::query("update recordings set open_to = 'signed_in'").execute(&site.pool).await.unwrap();
    let closed = site.get(&path, &[]).await;
    assert_eq!(closed.status, StatusCode::UNAUTHORIZED);
}
