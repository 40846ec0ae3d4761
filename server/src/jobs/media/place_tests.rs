//! Where files lie: in folders that are closed, on disks that are full, in a bucket.

use super::tests::{CLIP, SLIDES, Works, done, person};
use app::account::model::PersonId;
use app::recordings::jobs::model::{JobKind, Why};
use app::recordings::jobs::store;
use app::recordings::model::Role;
use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use sqlx::PgPool;
use std::collections::HashMap;
use std::fs::Permissions;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

/// Somebody who is not root and owns none of the server's files.
const NOBODY: u32 = 65_534;

/// Says what was not tried, past what keeps the output of tests that succeed.
fn not_tried(what: &str) {
    let _ = writeln!(std::io::stderr(), "NOT TRIED: {what}");
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_lies_below_a_closed_folder_is_read(pool: PgPool) {
    if !is_root() {
        return not_tried(
            "files below a folder that is closed to the server's programs (takes root)",
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    chown(&closed, Some(NOBODY), Some(NOBODY)).unwrap();
    std::fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
    let place = |name: &str| closed.join(name).to_str().unwrap().to_owned();
    let (media, uploads) = (place("media"), place("uploads"));
    let settings = [("STAFETT_MEDIA", media.as_str()), ("STAFETT_UPLOADS", uploads.as_str())];
    let works = Works::new(pool, &settings).await;
    works.comes(Role::Original, "mp4", CLIP).await;
    works.work().await;
    let kinds = ["measure", "poster", "video", "audio", "portable", "sprite"];
    assert_eq!(works.jobs().await, kinds.map(done));
    // And what is not the server's own, and nobody else's to read.
    let key = works.comes(Role::Slides, "pdf", SLIDES).await;
    let slides = Path::new(&media).join(key);
    chown(&slides, Some(NOBODY), Some(NOBODY)).unwrap();
    std::fs::set_permissions(&slides, Permissions::from_mode(0o600)).unwrap();
    works.work().await;
    assert_eq!(works.jobs().await.last(), Some(&done("slides")));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_server_may_not_read_is_not_the_files_fault(pool: PgPool) {
    if is_root() {
        return not_tried("files that the server may not read (takes not being root)");
    }
    let works = Works::new(pool, &[]).await;
    let key = works.comes(Role::Original, "mp4", CLIP).await;
    let file = works.site.folder.path().join(key);
    std::fs::set_permissions(&file, Permissions::from_mode(0o000)).unwrap();
    works.work().await;
    assert_eq!(works.failed(JobKind::Measure).await, Some(Why::NotLet));
}

#[sqlx::test(migrations = "../migrations")]
async fn folders_may_be_called_anything(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let media = place("-i 'ett' \"två\" %03d;$(x)/å\n\\ file:é");
    let uploads = place("-y -- [0:v] 'u");
    let settings = [("STAFETT_MEDIA", media.as_str()), ("STAFETT_UPLOADS", uploads.as_str())];
    let works = Works::new(pool, &settings).await;
    works.comes(Role::Original, "mp4", CLIP).await;
    works.comes(Role::Slides, "pdf", SLIDES).await;
    works.work().await;
    let jobs = works.jobs().await;
    assert_eq!(jobs.len(), 7);
    assert!(jobs.iter().all(|job| job.1 == "done"), "{jobs:?}");
}

/// A small disk; it goes when this is dropped.
struct Disk(PathBuf);

impl Disk {
    /// Nothing where none can be made.
    fn new(path: PathBuf, kilobytes: usize) -> Option<Self> {
        std::fs::create_dir_all(&path).unwrap();
        let size = format!("size={kilobytes}k");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "stafett-test"])
            .arg(&path)
            .output();
        mount.is_ok_and(|done| done.status.success()).then_some(Self(path))
    }

    fn grow(&self) {
        let grown =
            Command::new("mount").args(["-o", "remount,size=200m"]).arg(&self.0).status().unwrap();
        assert!(grown.success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

async fn all_again(works: &Works) {
    let failed: Vec<i64> =
        sqlx::query_scalar("select id from media_jobs where state = 'failed' order by id")
            .fetch_all(works.pool())
            .await
            .unwrap();
    assert!(!failed.is_empty());
    let actor = PersonId(person(works.pool()).await);
    for job in failed {
        assert!(store::again(works.pool(), actor, works.recording(), job, 5).await.unwrap());
    }
    works.work().await;
    let jobs = works.jobs().await;
    assert!(jobs.iter().all(|job| job.1 == "done"), "{jobs:?}");
    assert_eq!((works.folders(), works.strays().await), (0, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn where_there_is_no_room_to_work_it_is_said_and_done_again_later(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::new(folder.path().join("uploads"), 400) else {
        return not_tried("a disk that is full in the middle of a job (takes a right to mount)");
    };
    let uploads = disk.0.to_str().unwrap().to_owned();
    let works = Works::new(pool, &[("STAFETT_UPLOADS", &uploads)]).await;
    works.comes(Role::Original, "mp4", CLIP).await;
    works.work().await;
    assert_eq!(works.failed(JobKind::Video).await, Some(Why::Full));
    assert_eq!((works.folders(), works.strays().await), (0, 0));
    let names = std::fs::read_dir(uploads + "/work").unwrap().count();
    assert_eq!(names, 0, "what was half made is gone, and with it what it took");
    disk.grow();
    all_again(&works).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn where_there_is_no_room_in_the_store_nothing_half_is_left_in_it(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let room = CLIP.len() / 1_024 + 400;
    let Some(disk) = Disk::new(folder.path().join("media"), room) else {
        return not_tried("a store that is full when something was made (takes a right to mount)");
    };
    let media = disk.0.to_str().unwrap().to_owned();
    let uploads = folder.path().join("uploads").to_str().unwrap().to_owned();
    let settings = [("STAFETT_MEDIA", media.as_str()), ("STAFETT_UPLOADS", uploads.as_str())];
    let works = Works::new(pool, &settings).await;
    works.comes(Role::Original, "mp4", CLIP).await;
    works.work().await;
    assert_eq!(works.failed(JobKind::Video).await, Some(Why::Full));
    assert_eq!((works.folders(), works.strays().await), (0, 0));
    disk.grow();
    all_again(&works).await;
}

/// A service that speaks as much S3 as it takes, and counts how often each object was asked for.
#[derive(Clone, Default)]
struct Bucket(Arc<Mutex<Objects>>);

#[derive(Default)]
struct Objects {
    objects: HashMap<String, Bytes>,
    parts: HashMap<String, Vec<(usize, Bytes)>>,
    gets: HashMap<String, usize>,
}

impl Bucket {
    /// Its address.
    async fn open(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = axum::Router::new()
            .fallback(answer)
            .layer(axum::extract::DefaultBodyLimit::disable())
            .with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }

    fn gets(&self, key: &str) -> usize {
        let inner = self.0.lock().unwrap();
        inner.gets.get(&format!("/films/stafett/{key}")).copied().unwrap_or_default()
    }

    fn keys(&self) -> Vec<String> {
        let inner = self.0.lock().unwrap();
        let keys = inner.objects.keys().map(|key| key.rsplit('/').next().unwrap().to_owned());
        let mut keys: Vec<String> = keys.collect();
        keys.sort();
        keys
    }
}

async fn answer(Shared(bucket): Shared<Bucket>, method: Method, uri: Uri, body: Bytes) -> Response {
    let path = uri.path().to_owned();
    let query = uri.query().unwrap_or_default();
    let value =
        |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let mut inner = bucket.0.lock().unwrap();
    let tag = [(header::ETAG, "\"tag\"")];
    let is_new = query.split('&').any(|pair| pair == "uploads" || pair == "uploads=");
    match (method, value("partNumber"), is_new) {
        (Method::POST, _, true) => {
            "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"
                .into_response()
        }
        (Method::POST, _, false) if value("uploadId").is_some() => {
            let mut parts = inner.parts.remove(&path).unwrap_or_default();
            parts.sort_by_key(|part| part.0);
            let whole: Vec<u8> = parts.into_iter().flat_map(|part| part.1).collect();
            inner.objects.insert(path, whole.into());
            "<CompleteMultipartUploadResult><ETag>\"tag\"</ETag></CompleteMultipartUploadResult>"
                .into_response()
        }
        (Method::POST, ..) if query.starts_with("delete") => {
            let asked = String::from_utf8_lossy(&body).into_owned();
            let keys = asked.split("<Key>").skip(1).filter_map(|part| part.split('<').next());
            let mut told = String::new();
            for key in keys {
                inner.objects.remove(&format!("/films/{key}"));
                told.push_str(&format!("<Deleted><Key>{key}</Key></Deleted>"));
            }
            format!("<DeleteResult>{told}</DeleteResult>").into_response()
        }
        (Method::PUT, Some(number), _) => {
            let number = number.parse().unwrap();
            inner.parts.entry(path).or_default().push((number, body));
            tag.into_response()
        }
        (Method::PUT, None, _) => {
            inner.objects.insert(path, body);
            tag.into_response()
        }
        (Method::DELETE, ..) => {
            inner.objects.remove(&path);
            StatusCode::NO_CONTENT.into_response()
        }
        (method, ..) => {
            let Some(object) = inner.objects.get(&path).cloned() else {
                return (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>")
                    .into_response();
            };
            if method == Method::GET {
                *inner.gets.entry(path).or_default() += 1;
            }
            let when = [(header::LAST_MODIFIED, "Sun, 06 Nov 1994 08:49:37 GMT")];
            (tag, when, object).into_response()
        }
    }
}

/// Works whose files lie in a bucket.
async fn in_a_bucket(pool: PgPool, uploads: &Path) -> (Bucket, Works) {
    let bucket = Bucket::default();
    let endpoint = bucket.open().await;
    let settings = [
        ("STAFETT_MEDIA", "s3://films/stafett"),
        ("STAFETT_S3_ENDPOINT", &endpoint),
        ("STAFETT_S3_KEY", "id"),
        ("STAFETT_S3_SECRET", "secret"),
        ("STAFETT_UPLOADS", uploads.to_str().unwrap()),
    ];
    let works = Works::new(pool, &settings).await;
    (bucket, works)
}

/// What lies in a folder, by its names.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).map(|all| all.flatten().collect()).unwrap_or(vec![]);
    let mut names: Vec<_> =
        entries.iter().map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[sqlx::test(migrations = "../migrations")]
async fn what_lies_in_a_bucket_is_fetched_once_for_all_that_is_made_of_it(pool: PgPool) {
    let uploads = tempfile::tempdir().unwrap();
    let (bucket, works) = in_a_bucket(pool, uploads.path()).await;
    let key = works.comes(Role::Original, "mp4", CLIP).await;
    let work = uploads.path().join("work");
    let fetched = format!("source-{key}");
    assert!(super::one(&works.state).await.unwrap());
    assert_eq!(bucket.gets(&key), 1);
    assert_eq!(names(&work), std::slice::from_ref(&fetched), "it stays for those that wait");
    // A server that was killed has left these.
    std::fs::write(work.join("source-0123456789abcdef.mp4"), b"of a file that is gone").unwrap();
    std::fs::write(work.join("source-0123456789abcdeg.mp4.part"), b"half").unwrap();
    std::fs::create_dir(work.join("job-999999-x")).unwrap();
    assert!(super::one(&works.state).await.unwrap());
    assert_eq!(names(&work), [fetched]);
    works.work().await;
    let kinds = ["measure", "poster", "video", "audio", "portable", "sprite"];
    assert_eq!(works.jobs().await, kinds.map(done));
    assert_eq!(bucket.gets(&key), 1, "six jobs, and it was fetched once");
    assert_eq!(names(&work), Vec::<String>::new(), "it goes when nobody waits for it");
    // What was made lies in the bucket, and nothing else.
    let mut keys: Vec<String> =
        sqlx::query_scalar("select key from media_files").fetch_all(works.pool()).await.unwrap();
    keys.sort();
    assert_eq!((bucket.keys(), works.left().await), (keys, 0));
    // Of slides there is one job.
    let key = works.comes(Role::Slides, "pdf", SLIDES).await;
    works.work().await;
    assert_eq!((works.jobs().await.last(), bucket.gets(&key)), (Some(&done("slides")), 1));
    assert_eq!(names(&work), Vec::<String>::new());
    // One that is gone says so, and one that came half is not taken for whole.
    let key = works.comes(Role::Original, "mp4", CLIP).await;
    std::fs::write(work.join(format!("source-{key}.part")), &CLIP[..1_000]).unwrap();
    std::fs::write(work.join(format!("source-{key}")), &CLIP[..2_000]).unwrap();
    assert!(super::one(&works.state).await.unwrap());
    assert_eq!((works.jobs().await[1].clone(), bucket.gets(&key)), (done("measure"), 1));
    works.state.media.remove(&key).await.unwrap();
    assert!(!bucket.keys().contains(&key));
    std::fs::remove_file(work.join(format!("source-{key}"))).unwrap();
    works.work().await;
    assert_eq!(works.failed(JobKind::Video).await, Some(Why::Gone));
    assert_eq!(names(&work), Vec::<String>::new());
}

#[sqlx::test(migrations = "../migrations")]
async fn two_workers_fetch_a_file_once(pool: PgPool) {
    let uploads = tempfile::tempdir().unwrap();
    let (bucket, works) = in_a_bucket(pool, uploads.path()).await;
    let key = works.comes(Role::Original, "mp4", CLIP).await;
    assert!(super::one(&works.state).await.unwrap());
    // As if it had been taken away for lack of room.
    std::fs::remove_file(uploads.path().join(format!("work/source-{key}"))).unwrap();
    let (one, other) = tokio::join!(super::one(&works.state), super::one(&works.state));
    assert!(one.unwrap() && other.unwrap());
    assert_eq!(bucket.gets(&key), 2, "once before, and once for both");
    works.work().await;
    assert_eq!(bucket.gets(&key), 2);
    assert_eq!(names(&uploads.path().join("work")), Vec::<String>::new());
}
