//! Uploads as a client of tus makes them.

use super::kind::ENOUGH;
use crate::jobs::media_files;
use crate::media::tests::{Answer, Site};
use crate::permission_tests::person;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::StreamExt;
use ring::digest;
use sqlx::PgPool;
use std::io::ErrorKind;
use std::time::Duration;

const BEGIN: &str = "/organise/recordings/e/upload";

/// A film with all its boxes, of this length.
pub(super) fn film(length: usize) -> Vec<u8> {
    let mut film =
        b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x10moov\x01\x02\x03\x04\x05\x06\x07\x08".to_vec();
    film.extend_from_slice(&u32::try_from(length - film.len()).unwrap().to_be_bytes());
    film.extend_from_slice(b"mdat");
    film.extend((film.len()..length).map(|n| (n % 253).to_le_bytes()[0]));
    film
}

struct Client {
    site: Site,
    cookie: String,
}

impl Client {
    async fn new(pool: PgPool) -> Self {
        let site = Site::new(pool).await;
        let role = Some(("organiser", Some(site.programme)));
        let cookie = person(&site.pool, "o", role).await;
        Self { site, cookie }
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header("cookie", &self.cookie).header("sec-fetch-site", "same-origin");
        if !headers.iter().any(|(name, _)| *name == "tus-resumable") {
            request = request.header("tus-resumable", "1.0.0");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.site.ask(request.body(body.into()).unwrap()).await
    }

    async fn begin(&self, length: usize, name: &str) -> String {
        let metadata = format!("filename {}", STANDARD.encode(name));
        let length = length.to_string();
        let headers = [("upload-length", length.as_str()), ("upload-metadata", &metadata)];
        let answer = self.ask(Method::POST, BEGIN, &headers, "").await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", text(&answer));
        assert_eq!(answer.header("tus-resumable"), "1.0.0");
        assert!(answer.header("upload-expires").ends_with(" GMT"));
        answer.header("location").to_owned()
    }

    async fn send(&self, at: usize, path: &str, bytes: &[u8]) -> Answer {
        self.send_with(at, path, &[], bytes.to_vec()).await
    }

    async fn send_with(
        &self,
        at: usize,
        path: &str,
        more: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let at = at.to_string();
        let mut headers = vec![
            ("upload-offset", at.as_str()),
            ("content-type", "application/offset+octet-stream"),
        ];
        headers.extend_from_slice(more);
        self.ask(Method::PATCH, path, &headers, body).await
    }

    async fn offset(&self, path: &str) -> usize {
        let answer = self.ask(Method::HEAD, path, &[], "").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("cache-control"), "no-store");
        answer.header("upload-offset").parse().unwrap()
    }

    /// Role, type and length of the files that the recording has.
    async fn files(&self) -> Vec<(String, String, i64)> {
        sqlx::query_as("select role, content_type, bytes from media_files order by role")
            .fetch_all(&self.site.pool)
            .await
            .unwrap()
    }

    async fn key(&self) -> String {
        sqlx::query_scalar("select key from media_files").fetch_one(&self.site.pool).await.unwrap()
    }

    fn parts(&self) -> usize {
        let folder = std::fs::read_dir(self.site.folder.path().join("uploads"));
        folder.map(Iterator::count).unwrap_or_default()
    }
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

/// Sends this, and then the line breaks.
fn breaking(bytes: &[u8]) -> Body {
    let bytes = Bytes::copy_from_slice(bytes);
    let broken = std::io::Error::from(ErrorKind::ConnectionReset);
    Body::from_stream(futures::stream::iter([Ok(bytes), Err(broken)]))
}

#[sqlx::test(migrations = "../migrations")]
async fn a_film_comes_in_stretches_and_is_given_as_it_was(pool: PgPool) {
    let client = Client::new(pool).await;
    let film = film(3_000_000);
    let upload = client.begin(film.len(), "Stafett i Umeå.mp4").await;
    assert_eq!(client.offset(&upload).await, 0);
    let answer = client.send(0, &upload, &film[..1_000_000]).await;
    assert_eq!(
        (answer.status, answer.header("upload-offset")),
        (StatusCode::NO_CONTENT, "1000000")
    );
    // The line breaks in the middle: what came counts.
    let answer =
        client.send_with(1_000_000, &upload, &[], breaking(&film[1_000_000..1_700_001])).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(client.offset(&upload).await, 1_700_001);
    assert!(client.files().await.is_empty());
    let answer = client.send(1_700_001, &upload, &film[1_700_001..]).await;
    assert_eq!(
        (answer.status, answer.header("upload-offset")),
        (StatusCode::NO_CONTENT, "3000000")
    );
    assert_eq!(client.files().await, [("original".into(), "video/mp4".into(), 3_000_000)]);
    assert_eq!(
        client.offset(&upload).await,
        3_000_000,
        "who asks once more is told that all is there"
    );
    assert_eq!(client.parts(), 0, "nothing is left beside the store");
    let path = format!("/media/{}", client.key().await);
    let given = client.ask(Method::GET, &path, &[], "").await;
    assert!(given.body == film, "every byte");
    let actor: Option<i64> = sqlx::query_scalar(
        "select actor_id from audit_log where subject = 'media_files' and what = 'insert'",
    )
    .fetch_one(&client.site.pool)
    .await
    .unwrap();
    assert!(actor.is_some(), "the log says who");
    let told: i64 = sqlx::query_scalar("select count(*) from changes where facts")
        .fetch_one(&client.site.pool)
        .await
        .unwrap();
    assert!(told > 0, "kept pages are told");

    // Another film takes its place, and the old file is left to be taken away.
    let old = client.key().await;
    let upload = client.begin(film.len() - 1, "ny.mp4").await;
    client.send(0, &upload, &self::film(film.len() - 1)).await;
    assert_eq!(client.files().await.len(), 1);
    let left: Vec<String> = sqlx::query_scalar("select key from media_left")
        .fetch_all(&client.site.pool)
        .await
        .unwrap();
    assert_eq!(left, std::slice::from_ref(&old));
    media_files::remove_left(&client.site.state, client.site.state.services.clock.now() + 10)
        .await
        .unwrap();
    assert_eq!(client.site.state.media.size(&old).await.unwrap(), None);
    let new = client.key().await;
    assert!(client.site.state.media.size(&new).await.unwrap().is_some());
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_written_where_the_file_does_not_end(pool: PgPool) {
    let client = Client::new(pool).await;
    let film = film(100_000);
    let upload = client.begin(film.len(), "film.mp4").await;
    client.send(0, &upload, &film[..50_000]).await;
    for (at, length) in [(0, 10), (49_999, 10), (50_001, 10), (99_999, 1)] {
        let answer = client.send(at, &upload, &film[..length]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{at}");
    }
    // Its length is said: it is refused before anything is written.
    let long = [("content-length", "50001")];
    let long = client.send_with(50_000, &upload, &long, vec![7; 50_001]).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(client.offset(&upload).await, 50_000);
    // Its length is not said, and it goes on too long: no more is written than belongs to it.
    let endless =
        futures::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[7; 20_000])));
    let answer = client.send_with(50_000, &upload, &[], Body::from_stream(endless.take(5))).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(client.offset(&upload).await, 100_000);
    for headers in [
        &[("content-type", "application/octet-stream"), ("upload-offset", "0")][..],
        &[("content-type", "application/offset+octet-stream")],
        &[("content-type", "application/offset+octet-stream"), ("upload-offset", "-1")],
    ] {
        let answer = client.ask(Method::PATCH, &upload, headers, "x").await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{headers:?}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn two_who_send_at_once_do_not_both_write(pool: PgPool) {
    let client = Client::new(pool).await;
    let film = film(4_000_000);
    let upload = client.begin(film.len(), "film.mp4").await;
    // The first sends a byte at a time for a while; the second comes in the middle.
    let half = Bytes::copy_from_slice(&film[..2_000_000]);
    let slow = futures::stream::iter(0..20).then(move |n| {
        let half = half.clone();
        async move {
            tokio::time::sleep(Duration::from_millis(40)).await;
            Ok::<_, std::io::Error>(half.slice(n * 100_000..(n + 1) * 100_000))
        }
    });
    let first = client.send_with(0, &upload, &[], Body::from_stream(slow));
    let second = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        client.send(0, &upload, &[9; 1_000_000]).await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first.status, StatusCode::NO_CONTENT);
    assert_eq!(second.status, StatusCode::LOCKED);
    assert_eq!(client.offset(&upload).await, 2_000_000);
    client.send(2_000_000, &upload, &film[2_000_000..]).await;
    let path = format!("/media/{}", client.key().await);
    assert!(client.ask(Method::GET, &path, &[], "").await.body == film);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_dead_line_does_not_keep_who_comes_back(pool: PgPool) {
    let client = Client::new(pool).await;
    let film = film(500_000);
    let upload = client.begin(film.len(), "film.mp4").await;
    let begun = Bytes::copy_from_slice(&film[..200_000]);
    let dead =
        futures::stream::iter([Ok::<_, std::io::Error>(begun)]).chain(futures::stream::pending());
    let first = client.send_with(0, &upload, &[], Body::from_stream(dead));
    let second = async {
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        let offset = client.offset(&upload).await;
        assert_eq!(offset, 200_000, "what came over it has been written down meanwhile");
        client.send(offset, &upload, &film[offset..]).await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(second.status, StatusCode::NO_CONTENT);
    assert_eq!(client.files().await.len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_stretch_counts_if_its_sum_is_right(pool: PgPool) {
    let client = Client::new(pool).await;
    let film = film(2_500_000);
    let sum = |by: &'static digest::Algorithm, bytes: &[u8]| {
        let name = if by == &digest::SHA256 { "sha256" } else { "sha1" };
        format!("{name} {}", STANDARD.encode(digest::digest(by, bytes)))
    };
    let (head, tail) = film.split_at(1_500_000);
    let upload = client.begin(film.len(), "film.mp4").await;
    let wrong = sum(&digest::SHA256, tail);
    let answer = client.send_with(0, &upload, &[("upload-checksum", &wrong)], head.to_vec()).await;
    assert_eq!(answer.status.as_u16(), 460);
    assert_eq!(client.offset(&upload).await, 0, "nothing of it is kept");
    let right = sum(&digest::SHA1_FOR_LEGACY_USE_ONLY, head);
    let cut =
        client.send_with(0, &upload, &[("upload-checksum", &right)], breaking(&head[..9])).await;
    assert_eq!(cut.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(client.offset(&upload).await, 0, "part of it cannot be checked");
    let answer = client.send_with(0, &upload, &[("upload-checksum", &right)], head.to_vec()).await;
    assert_eq!(answer.header("upload-offset"), "1500000");
    for none in ["md5 AAAA", "sha1", "sha1 AAAA"] {
        let answer =
            client.send_with(1_500_000, &upload, &[("upload-checksum", none)], tail.to_vec()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{none}");
    }
    let right = sum(&digest::SHA256, tail);
    let answer =
        client.send_with(1_500_000, &upload, &[("upload-checksum", &right)], tail.to_vec()).await;
    assert_eq!(answer.header("upload-offset"), "2500000");
    assert_eq!(client.files().await.len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_no_film_is_told_so_at_once(pool: PgPool) {
    let client = Client::new(pool).await;
    let mut cut = film(50_000);
    cut.truncate(40_000);
    let html = format!("<!DOCTYPE html>{}", "<p>".repeat(10_000)).into_bytes();
    let bomb = [b"PK\x03\x04".as_slice(), &[0; 9_000]].concat();
    let pdf = [b"%PDF-1.7".as_slice(), &[0; 9_000], b"%%EOF"].concat();
    for (name, bytes, status, says) in [
        ("film.mp4", html, 415, "varken film, ljud eller PDF"),
        ("film.mp4", bomb, 415, "varken film, ljud eller PDF"),
        ("film.mp4", b"x".to_vec(), 415, "varken film, ljud eller PDF"),
        ("film.mp4", pdf, 422, "något annat"),
        ("text.vtt", b"WEBVTT\n\n".to_vec(), 415, "textning"),
        ("film.mp4", cut, 422, "avbruten"),
    ] {
        let upload = client.begin(bytes.len(), name).await;
        let answer = client.send(0, &upload, &bytes).await;
        assert_eq!(answer.status.as_u16(), status, "{name}: {}", text(&answer));
        assert!(text(&answer).contains(says), "{}", text(&answer));
        assert_eq!(client.ask(Method::HEAD, &upload, &[], "").await.status, StatusCode::NOT_FOUND);
    }
    // Long before its end: 20 GB need not be sent to learn it.
    let upload = client.begin(9_000_000, "film.mp4").await;
    let answer = client.send(0, &upload, &[b'<'; 2 * ENOUGH]).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(client.files().await.is_empty());
    assert_eq!(client.parts(), 0);
    let english = format!("/en{BEGIN}");
    let length = [("upload-length", "0")];
    let answer = client.ask(Method::POST, &english, &length, "").await;
    assert_eq!((answer.status.as_u16(), text(&answer).as_str()), (422, "The file is empty."));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_is_what_its_kind_says(pool: PgPool) {
    let client = Client::new(pool).await;
    let pdf = [b"%PDF-1.7\n".as_slice(), &[1; 5_000], b"%%EOF\n"].concat();
    let wav = [b"RIFF\x24\0\0\0WAVEfmt ".as_slice(), &[1; 50]].concat();
    for (name, bytes) in [("bilder.pdf", pdf), ("samtal.wav", wav), ("film.mp4", film(9_000))] {
        let upload = client.begin(bytes.len(), name).await;
        let answer = client.send(0, &upload, &bytes).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{name}: {}", text(&answer));
    }
    let files: Vec<_> =
        client.files().await.into_iter().map(|(role, kind, _)| (role, kind)).collect();
    let is = |role: &str, kind: &str| (role.to_owned(), kind.to_owned());
    assert_eq!(
        files,
        [is("audio", "audio/wav"), is("original", "video/mp4"), is("slides", "application/pdf")]
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn what_makes_no_sense_begins_nothing(pool: PgPool) {
    let client = Client::new(pool).await;
    for (headers, status) in [
        (&[][..], 400),
        (&[("upload-length", "")], 400),
        (&[("upload-length", "-5")], 400),
        (&[("upload-length", "1e9")], 400),
        (&[("upload-defer-length", "1")], 400),
        (&[("upload-length", "20000000001")], 413),
        (&[("upload-length", "9223372036854775807")], 413),
        (&[("upload-length", "10"), ("upload-metadata", "filename ?")], 400),
        (&[("upload-length", "10"), ("upload-metadata", "role cG9zdGVy")], 400),
        (&[("upload-length", "10"), ("tus-resumable", "0.2.2")], 412),
    ] {
        let answer = client.ask(Method::POST, BEGIN, headers, "").await;
        assert_eq!(answer.status.as_u16(), status, "{headers:?}");
        assert_eq!(answer.header("tus-resumable"), "1.0.0");
        assert_eq!(answer.header("tus-version"), if status == 412 { "1.0.0" } else { "" });
    }
    assert_eq!(client.parts(), 0);
    let what = client.ask(Method::OPTIONS, BEGIN, &[], "").await;
    assert_eq!(what.header("tus-version"), "1.0.0");
    assert_eq!(what.header("tus-max-size"), "20000000000");
    assert!(what.header("tus-extension").contains("creation,"));
    // A path in the name leads nowhere.
    let upload = client.begin(9_000, "../../../../etc/cron.d/film.mp4").await;
    client.send(0, &upload, &film(9_000)).await;
    let name: String =
        sqlx::query_scalar("select name from uploads").fetch_one(&client.site.pool).await.unwrap();
    assert_eq!(name, "film.mp4");
}

#[sqlx::test(migrations = "../migrations")]
async fn only_those_who_organise_it_upload(pool: PgPool) {
    let mut client = Client::new(pool).await;
    let upload = client.begin(9_000, "film.mp4").await;
    let organiser = client.cookie.clone();
    let foreign = request_from_elsewhere(&client, &upload).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "another site's page");
    let elsewhere = crate::permission_tests::programme(&client.site.pool, "dar").await;
    let other = person(&client.site.pool, "x", Some(("organiser", Some(elsewhere)))).await;
    let host = person(&client.site.pool, "h", Some(("host", Some(client.site.programme)))).await;
    for (cookie, status) in [("", 401), (other.as_str(), 403), (host.as_str(), 403)] {
        cookie.clone_into(&mut client.cookie);
        for method in [Method::HEAD, Method::PATCH, Method::DELETE, Method::POST] {
            let answer = client.ask(method, &upload, &[], "").await;
            assert_eq!(answer.status.as_u16(), status, "{cookie}");
        }
        let answer = client.ask(Method::POST, BEGIN, &[("upload-length", "10")], "").await;
        assert_eq!(answer.status.as_u16(), status);
    }
    client.cookie = organiser;
    let another = BEGIN.replace("/e/", "/f/");
    assert_eq!(client.ask(Method::POST, &another, &[], "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(client.offset(&upload).await, 0, "nobody has done anything");
    // Whoever can send no other methods says so.
    let instead = [("x-http-method-override", "DELETE")];
    assert_eq!(
        client.ask(Method::POST, &upload, &instead, "").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(client.ask(Method::HEAD, &upload, &[], "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.parts(), 0);
}

async fn request_from_elsewhere(client: &Client, upload: &str) -> Answer {
    let request = Request::builder()
        .method(Method::DELETE)
        .uri(upload)
        .header("cookie", &client.cookie)
        .header("tus-resumable", "1.0.0")
        .header("sec-fetch-site", "cross-site");
    client.site.ask(request.body(Body::empty()).unwrap()).await
}

#[sqlx::test(migrations = "../migrations")]
async fn an_upload_can_come_with_its_beginning(pool: PgPool) {
    let client = Client::new(pool).await;
    let film = film(20_000);
    let headers = [("upload-length", "20000"), ("content-type", "application/offset+octet-stream")];
    let answer = client.ask(Method::POST, BEGIN, &headers, film[..15_000].to_vec()).await;
    assert_eq!((answer.status, answer.header("upload-offset")), (StatusCode::CREATED, "15000"));
    let upload = answer.header("location").to_owned();
    client.send(15_000, &upload, &film[15_000..]).await;
    assert_eq!(client.files().await.len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_has_more_than_some_on_their_way(pool: PgPool) {
    let client = Client::new(pool).await;
    let most = usize::try_from(app::recordings::uploads::MOST_AT_ONCE).unwrap();
    for _ in 0..most {
        client.begin(9_000, "film.mp4").await;
    }
    let answer = client.ask(Method::POST, BEGIN, &[("upload-length", "10")], "").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(client.parts(), most, "and leaves nothing");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_stopped_half_way_is_finished(pool: PgPool) {
    let client = Client::new(pool).await;
    let (pool, state) = (&client.site.pool, &client.site.state);
    let film = film(9_000);
    let set = async |upload: &str, sql: &'static str| {
        let id: i64 = upload.rsplit('/').next().unwrap().parse().unwrap();
        let stem: String = sqlx::query_scalar(sql).bind(id).fetch_one(pool).await.unwrap();
        stem
    };
    // All had come when the process was killed, and nobody had looked at it.
    let upload = client.begin(film.len(), "film.mp4").await;
    let stem =
        set(&upload, "update uploads set touched_at = now() where id = $1 returning stem").await;
    let part = client.site.folder.path().join("uploads").join(format!("{stem}.part"));
    std::fs::write(&part, &film).unwrap();
    media_files::go_on(state, state.services.clock.now() + 10).await.unwrap();
    assert_eq!(client.files().await.len(), 1);
    assert_eq!(client.key().await, format!("{stem}.mp4"));
    // It was in the store already, but no file of the recording.
    let upload = client.begin(film.len(), "film.mp4").await;
    let stem = set(
        &upload,
        "update uploads set received = bytes, state = 'storing', extension = 'mp4', role = 'signed'
         where id = $1 returning stem",
    )
    .await;
    client.site.state.media.put(&format!("{stem}.mp4"), film.clone().into()).await.unwrap();
    std::fs::remove_file(client.site.folder.path().join("uploads").join(format!("{stem}.part")))
        .unwrap();
    assert_eq!(client.offset(&upload).await, film.len());
    assert_eq!(client.files().await.len(), 2, "who asks after it has it finished");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_nobody_goes_on_with_is_removed(pool: PgPool) {
    let client = Client::new(pool).await;
    let film = film(9_000);
    let upload = client.begin(film.len(), "film.mp4").await;
    client.send(0, &upload, &film[..6_000]).await;
    let state = &client.site.state;
    let now = state.services.clock.now();
    media_files::remove_old(state, now - 60).await.unwrap();
    assert_eq!(client.offset(&upload).await, 6_000, "it has not been left yet");
    media_files::remove_old(state, now + 60).await.unwrap();
    assert_eq!(client.ask(Method::HEAD, &upload, &[], "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.parts(), 1, "its file is a day old before it goes");
    let folder = client.site.folder.path().join("uploads");
    let part = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let old = std::time::SystemTime::now() - Duration::from_secs(100_000);
    std::fs::File::options().write(true).open(&part).unwrap().set_modified(old).unwrap();
    media_files::remove_old(state, now - 60).await.unwrap();
    assert_eq!(client.parts(), 0);
}
