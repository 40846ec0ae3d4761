//! Files that are not as most are, with the programs that read them.

use super::tests::{Works, done, example, person, until};
use app::account::model::PersonId;
use app::recordings::jobs::model::{JobKind, Why};
use app::recordings::jobs::store;
use app::recordings::model::Role;
use sqlx::PgPool;
use std::path::Path;
use std::process::Command;

/// What ffprobe says of the streams of a file: kind, then what was asked for.
fn streams(bytes: &[u8], asked: &str) -> Vec<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let told = Command::new("ffprobe")
        .args(["-v", "error", "-of", "csv=p=0", "-show_entries"])
        .arg(format!("stream=codec_type{asked}"))
        .arg(file.path())
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told = String::from_utf8(told.stdout).unwrap();
    told.lines().map(|line| line.trim_end_matches(',').to_owned()).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_film_of_one_picture_is_a_film(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    let film = ["-f", "lavfi", "-i", "testsrc=s=640x360:r=25", "-frames:v", "1"];
    for ending in ["mp4", "webm"] {
        works.comes(Role::Original, ending, &example(&film, ending)).await;
        works.work().await;
        let kinds: Vec<_> =
            works.jobs().await.into_iter().map(|(kind, state, _)| (kind, state)).collect();
        let expected =
            ["measure", "poster", "video", "sprite"].map(|it| (it.into(), "done".into()));
        assert_eq!(kinds, expected, "{ending}");
        let files = works.files().await;
        let of = |role: &str| files.iter().find(|file| file.0 == role).unwrap().clone();
        assert!((1..=1_000).contains(&of("original").4.unwrap()), "{files:?}");
        assert_eq!((of("poster").2, of("poster").3), (Some(640), Some(360)));
        assert_eq!((of("sprite").2, of("sprite").3), (Some(1_600), Some(90)));
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn pictures_that_come_at_any_time_stay_with_the_sound(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    // A screen that is recorded changes now and then: pictures 40 ms apart, and then one for four seconds.
    let film = example(
        &[
            "-f",
            "lavfi",
            "-i",
            "testsrc=s=640x360:r=25:d=12",
            "-f",
            "lavfi",
            "-i",
            "sine=f=300:d=12",
            "-vf",
            "select='lt(n,50)+not(mod(n,100))'",
            "-fps_mode",
            "vfr",
            "-c:v",
            "mpeg4",
        ],
        "mkv",
    );
    works.comes(Role::Original, "mkv", &film).await;
    works.work().await;
    assert_eq!(
        works.jobs().await,
        ["measure", "poster", "video", "audio", "portable", "sprite"].map(done)
    );
    let files = works.files().await;
    for role in ["original", "video", "audio"] {
        let length = files.iter().find(|file| file.0 == role).unwrap().4.unwrap();
        assert!((11_500..=12_500).contains(&length), "{role}: {length}");
    }
    // What is on view at a time is what was on view then: of 2 to 4 seconds one picture, and then another.
    let made = works.bytes("video").await;
    let [before, after] = [7, 9].map(|half| on_view(&film, "mkv", half));
    assert!(difference(&before, &after) > 1.0, "the example shows nothing");
    for (half, was) in [(7, before), (9, after)] {
        let differs = difference(&was, &on_view(&made, "mp4", half));
        assert!(differs < 4.0, "after {half} half seconds: {differs}");
    }
}

/// The picture that is on view after so many half seconds, as it is shown on a small grey screen.
fn on_view(film: &[u8], ending: &str, half: u32) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("film.{ending}"));
    std::fs::write(&path, film).unwrap();
    let filter = format!("fps=2,select='eq(n,{half})',scale=160:90,format=gray");
    example(&["-i", path.to_str().unwrap(), "-vf", &filter, "-frames:v", "1"], "png")
}

/// How much two pictures differ, of 255, at the middle of all points.
fn difference(one: &[u8], other: &[u8]) -> f64 {
    let [one, other] =
        [one, other].map(|picture| image::load_from_memory(picture).unwrap().to_luma8());
    let points = one.pixels().zip(other.pixels());
    let sum: u64 = points.map(|(a, b)| u64::from(a.0[0].abs_diff(b.0[0]))).sum();
    f64::from(u32::try_from(sum).unwrap()) / f64::from(one.width() * one.height())
}

#[sqlx::test(migrations = "../migrations")]
async fn of_two_sounds_the_first_is_heard(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    let film = example(
        &[
            "-f",
            "lavfi",
            "-i",
            "testsrc=s=320x180:r=10:d=4",
            "-f",
            "lavfi",
            "-i",
            "sine=f=300:d=4",
            "-f",
            "lavfi",
            "-i",
            "anoisesrc=d=4:a=0.3",
            "-map",
            "0",
            "-map",
            "1",
            "-map",
            "2",
            "-ac:a:0",
            "1",
            "-ac:a:1",
            "2",
            "-disposition:a:1",
            "default",
            "-c:v",
            "libx264",
        ],
        "mp4",
    );
    works.comes(Role::Original, "mp4", &film).await;
    works.work().await;
    assert_eq!(
        works.jobs().await,
        ["measure", "poster", "video", "audio", "portable", "sprite"].map(done)
    );
    assert_eq!(
        streams(&works.bytes("video").await, ",channels"),
        ["video", "audio,1"],
        "one sound, and that of one channel"
    );
    assert_eq!(streams(&works.bytes("audio").await, ",channels"), ["audio,1"]);
}

/// A film of two halves, red to the left, that is to be turned by a quarter so that red stands above.
fn from_a_telephone(size: &str, folder: &Path) -> Vec<u8> {
    let [left, right] = ["red", "blue"].map(|colour| format!("color={colour}:s={size}:d=3:r=10"));
    let halves = "[0:v][1:v]hstack,format=yuv420p[v]";
    let lies = example(
        &[
            "-f",
            "lavfi",
            "-i",
            &left,
            "-f",
            "lavfi",
            "-i",
            &right,
            "-filter_complex",
            halves,
            "-map",
            "[v]",
            "-c:v",
            "libx264",
        ],
        "mp4",
    );
    let path = folder.join("lies.mp4");
    std::fs::write(&path, lies).unwrap();
    let turned = ["-i", path.to_str().unwrap(), "-c", "copy", "-metadata:s:v:0", "rotate=270"];
    example(&turned, "mp4")
}

/// What stands above and below in a picture: more red than blue?
fn red_above(picture: &[u8]) -> (bool, bool) {
    let picture = image::load_from_memory(picture).unwrap().to_rgb8();
    let is_red = |row: u32| {
        let point = picture.get_pixel(picture.width() / 2, row).0;
        point[0] > point[2]
    };
    (is_red(picture.height() / 8), is_red(picture.height() * 7 / 8))
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_filmed_upright_stands_upright(pool: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let works = Works::new(pool, &[]).await;
    // One that is made smaller, and one whose picture is taken over as it is.
    for (half, is_made, size) in [("960x1080", true, (404, 720)), ("160x180", false, (180, 320))] {
        let film = from_a_telephone(half, folder.path());
        let which_way = streams(&film, "_tag_string:stream_side_data=rotation");
        assert!(which_way[0].contains("90"), "the example shows nothing: {which_way:?}");
        works.comes(Role::Original, "mp4", &film).await;
        works.work().await;
        let jobs = works.jobs().await;
        assert!(jobs.iter().all(|job| job.1 == "done"), "{jobs:?}");
        let files = works.files().await;
        let of = |role: &str| {
            let file = files.iter().find(|file| file.0 == role);
            file.map(|file| (file.2.unwrap(), file.3.unwrap()))
        };
        let poster = of("poster").unwrap();
        assert!((poster.0 - size.0).abs() <= 2 && (poster.1 - size.1).abs() <= 2, "{poster:?}");
        assert_eq!(red_above(&works.bytes("poster").await), (true, false));
        // What lies in it is upright, whatever turns it.
        let (wide, high) = of(if is_made { "video" } else { "original" }).unwrap();
        assert!(wide < high, "{wide} × {high}");
        let played = works.bytes(if is_made { "video" } else { "original" }).await;
        let path = folder.path().join("played.mp4");
        std::fs::write(&path, played).unwrap();
        let frame = example(&["-i", path.to_str().unwrap(), "-frames:v", "1"], "png");
        assert_eq!(red_above(&frame), (true, false));
        // Of the small pictures the first stands upright in its field.
        let sprite = image::load_from_memory(&works.bytes("sprite").await).unwrap().to_rgb8();
        let (above, below) = (sprite.get_pixel(80, 10).0, sprite.get_pixel(80, 80).0);
        assert!(above[0] > above[2] && below[2] > below[0], "{above:?} {below:?}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_cover_of_a_sound_is_no_film(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    for ending in ["m4a", "mp3"] {
        let sound = example(
            &[
                "-f",
                "lavfi",
                "-i",
                "sine=d=3",
                "-f",
                "lavfi",
                "-i",
                "color=red:s=300x300:d=1:r=1",
                "-map",
                "0",
                "-map",
                "1",
                "-frames:v",
                "1",
                "-c:v",
                "mjpeg",
                "-disposition:v",
                "attached_pic",
            ],
            ending,
        );
        assert!(streams(&sound, "").iter().any(|kind| kind.starts_with("video")));
        works.comes(Role::Original, ending, &sound).await;
        works.work().await;
        let jobs = works.jobs().await;
        assert!(jobs.iter().all(|(kind, state, _)| kind != "video" && state == "done"), "{jobs:?}");
        assert_eq!(streams(&works.bytes("audio").await, ""), ["audio"], "{ending}");
    }
}

/// Ends the ffmpeg that works below this folder, as the system does when it has no memory left.
fn kill_ffmpeg(below: &Path) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let ours = processes.filter(|it| {
        let name = std::fs::read_to_string(it.path().join("comm")).unwrap_or_default();
        let place = std::fs::read_link(it.path().join("cwd")).unwrap_or_default();
        name.trim() == "ffmpeg" && place.starts_with(below)
    });
    let mut is_killed = false;
    for process in ours {
        let number = process.file_name().to_str().and_then(|number| number.parse().ok());
        if let Some(pid) = number.and_then(rustix::process::Pid::from_raw) {
            is_killed |= rustix::process::kill_process(pid, rustix::process::Signal::KILL).is_ok();
        }
    }
    is_killed
}

#[sqlx::test(migrations = "../migrations")]
async fn a_killed_program_leaves_nothing_and_its_job_can_be_done_again(pool: PgPool) {
    let works = Works::new(pool, &[]).await;
    let film = example(
        &["-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=25:d=40", "-c:v", "mpeg4", "-q:v", "9"],
        "mp4",
    );
    works.comes(Role::Original, "mp4", &film).await;
    for _ in 0..2 {
        assert!(super::one(&works.state).await.unwrap());
    }
    let state = works.state.clone();
    let working = tokio::spawn(async move { super::one(&state).await.unwrap() });
    let work = std::fs::canonicalize(works.state.config.uploads.join("work")).unwrap();
    // It has begun to write.
    let writes = || {
        let folders = std::fs::read_dir(&work).unwrap().flatten();
        let films = folders.filter_map(|it| it.path().join("film.mp4").metadata().ok());
        films.map(|film| film.len()).sum::<u64>() > 0
    };
    until(writes).await;
    assert!(kill_ffmpeg(&work));
    assert!(working.await.unwrap());
    assert_eq!(works.failed(JobKind::Video).await, Some(Why::Memory));
    assert_eq!((works.folders(), works.strays().await), (0, 0));
    let (job, progress): (i64, i32) =
        sqlx::query_as("select id, progress from media_jobs where kind = 'video'")
            .fetch_one(works.pool())
            .await
            .unwrap();
    assert!(progress < 100);
    let actor = PersonId(person(works.pool()).await);
    assert!(store::again(works.pool(), actor, works.recording(), job, 5).await.unwrap());
    works.work().await;
    assert_eq!(works.jobs().await, ["measure", "poster", "video", "sprite"].map(done));
}
