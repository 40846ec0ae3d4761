//! Captions as organisers send them, end to end: what is in a file is shown, then kept; bad files have decided answers.

use crate::media::tests::{Answer, Site};
use crate::permission_tests::person;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use sqlx::PgPool;

const CAPTIONS: &str = "/organise/recordings/e/captions/sv";

struct Desk {
    site: Site,
    cookie: String,
}

impl Desk {
    async fn new(pool: PgPool) -> Self {
        let site = Site::new(pool).await;
        let role = Some(("organiser", Some(site.programme)));
        let cookie = person(&site.pool, "o", role).await;
        Self { site, cookie }
    }

    async fn send(
        &self,
        path: &str,
        file: Option<(&str, &[u8])>,
        fields: &[(&str, &str)],
        accept: &str,
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend_from_slice(
                format!(
                    "--grans\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        if let Some((name, bytes)) = file {
            body.extend_from_slice(
                format!("--grans\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--grans--\r\n");
        let request = Request::post(path)
            .header("cookie", &self.cookie)
            .header("host", "localhost:3000")
            .header("sec-fetch-site", "same-origin")
            .header("accept", accept)
            .header("content-type", "multipart/form-data; boundary=grans")
            .body(Body::from(body))
            .unwrap();
        self.site.ask(request).await
    }

    async fn get(&self, path: &str) -> Answer {
        let request =
            Request::get(path).header("cookie", &self.cookie).header("host", "localhost:3000");
        self.site.ask(request.body(Body::empty()).unwrap()).await
    }

    /// What a file would make of the captions.
    async fn preview(&self, name: &str, bytes: &[u8]) -> Answer {
        self.send(
            CAPTIONS,
            Some((name, bytes)),
            &[("kind", "captions"), ("do", "read")],
            "text/html",
        )
        .await
    }

    /// Saves as a program does.
    async fn save(&self, vtt: &str, version: &str, how: &str) -> (u16, serde_json::Value) {
        let fields = [("kind", "captions"), ("do", how), ("version", version), ("vtt", vtt)];
        let answer = self.send(CAPTIONS, None, &fields, "application/json").await;
        (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap_or_default())
    }

    async fn cues(&self) -> Vec<(i32, i32, String)> {
        sqlx::query_as("select start_ms, end_ms, words from caption_cues order by position")
            .fetch_all(&self.site.pool)
            .await
            .unwrap()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.site.pool).await.unwrap()
    }
}

fn html(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

/// The captions that wait in a preview's form to be saved.
fn waiting(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"vtt\"").unwrap();
    let (_, rest) = rest.split_once('>').unwrap();
    let (text, _) = rest.split_once("</textarea>").unwrap();
    let text = text.strip_prefix('\n').unwrap_or(text);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_is_shown_confirmed_edited_and_taken_away_to_the_millisecond(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let srt = "1\r\n00:00:01,001 --> 00:00:02,999\r\nHej på dig\r\n\r\n2\r\n00:00:09,000 --> 00:00:08,000\r\nFel\r\n\r\n3\r\n00:00:05,007 --> 00:00:06,123\r\n<i>Då</i>\r\n";
    let answer = desk.preview("a.srt", srt.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::OK);
    let page = html(&answer);
    assert!(page.contains("Rad 6") && page.contains("Slutar innan den börjar"), "{page}");
    assert_eq!(desk.cues().await, [], "nothing is kept before it is confirmed");
    let (status, saved) = desk.save(&waiting(&page), "", "replace").await;
    assert_eq!((status, saved["version"].as_i64()), (200, Some(0)));
    assert_eq!(
        desk.cues().await,
        [(1_001, 2_999, "Hej på dig".into()), (5_007, 6_123, "Då".into())]
    );

    // Saved again from the file that is taken away: not a sign differs.
    let file = html(&desk.get(&format!("{CAPTIONS}.vtt")).await);
    let edited = file
        .replace("Hej på dig", "Hej då & <3".replace('&', "&amp;").replace('<', "&lt;").as_str());
    assert_eq!(desk.save(&edited, "0", "save").await.0, 200);
    let answer = desk.get(&format!("{CAPTIONS}.vtt")).await;
    assert_eq!(html(&answer), edited);
    assert_eq!(answer.header("content-type"), "text/vtt; charset=utf-8");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"e.sv.vtt\"");
    let answer = desk.get(&format!("{CAPTIONS}.srt")).await;
    assert_eq!(answer.header("content-type"), "application/x-subrip; charset=utf-8");
    assert!(html(&answer).contains("00:00:05,007 --> 00:00:06,123\n<i>Då</i>"));
    let again = waiting(&html(&desk.preview("b.srt", &answer.body).await));
    assert_eq!(again, edited, "the way over SRT and back");
    let answer = desk.get(&format!("{CAPTIONS}.txt")).await;
    assert!(html(&answer).starts_with("[00:00:01] Hej då & <3"), "{}", html(&answer));
    for gone in ["en.vtt", "sv.exe", "de.vtt"] {
        let path = format!("/organise/recordings/e/captions/{gone}");
        assert_eq!(desk.get(&path).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
    // Each change is in the log, also that of words alone.
    let log = "select count(*) from audit_log where subject = 'caption_tracks'";
    assert_eq!(desk.count(log).await, 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn who_comes_second_is_told_and_nothing_is_lost(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let vtt = |words: &str| format!("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{words}\n");
    assert_eq!(desk.save(&vtt("Ett"), "", "save").await.0, 200);
    // There are captions by now; and then another version of them.
    assert_eq!(desk.save(&vtt("Två"), "", "save").await.0, 409);
    assert_eq!(desk.save(&vtt("Tre"), "0", "save").await.0, 200);
    let (status, answered) = desk.save(&vtt("Fyra"), "0", "save").await;
    assert_eq!((status, answered["version"].as_i64()), (409, Some(1)));
    assert_eq!(answered["vtt"].as_str(), Some(vtt("Tre").as_str()));
    assert_eq!(desk.cues().await, [(1_000, 2_000, "Tre".into())]);
    // As a page: what I wrote stands in the field, beside what differs.
    let fields = [("kind", "captions"), ("do", "save"), ("version", "0"), ("vtt", &vtt("Fyra"))];
    let answer = desk.send(CAPTIONS, None, &fields, "text/html").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let page = html(&answer);
    assert_eq!(waiting(&page), vtt("Fyra"));
    assert!(
        page.contains("Tre") && page.contains("Det som är sparat") && page.contains("value=\"1\""),
        "{page}"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn bad_files_have_decided_answers(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let cue = "\n\n00:01.000 --> 00:02.000\nHej";
    let kept = |page: &str| waiting(page).split_once("\n\n").unwrap().1.to_owned();
    let plain = "00:00:01.000 --> 00:00:02.000\nHej\n";
    for (name, bytes, expected) in [
        ("a byte order mark", format!("\u{feff}WEBVTT{cue}").into_bytes(), plain),
        ("CR alone", format!("WEBVTT{cue}").replace('\n', "\r").into_bytes(), plain),
        (
            "a NUL",
            format!("WEBVTT{cue}\0").into_bytes(),
            "00:00:01.000 --> 00:00:02.000\nHej\u{fffd}\n",
        ),
        (
            "hours above 99",
            b"WEBVTT\n\n123:00:00.000 --> 123:00:01.000\nHej".to_vec(),
            "123:00:00.000 --> 123:00:01.000\nHej\n",
        ),
        (
            "overlapping and backward cues",
            b"WEBVTT\n\n00:05.000 --> 00:09.000\nB\n\n00:01.000 --> 00:08.000\nA".to_vec(),
            "00:00:01.000 --> 00:00:08.000\nA\n\n00:00:05.000 --> 00:00:09.000\nB\n",
        ),
        (
            "a style sheet with an address",
            format!("WEBVTT\n\nSTYLE\n::cue {{ background: url(https://example.org/x) }}{cue}")
                .into_bytes(),
            plain,
        ),
        (
            "a tag that never ends",
            b"WEBVTT\n\n00:01.000 --> 00:02.000\n<i><b>Hej <u".to_vec(),
            "00:00:01.000 --> 00:00:02.000\n<i><b>Hej <u></u></b></i>\n",
        ),
        (
            "Windows-1252",
            b"1\n00:00:01,000 --> 00:00:02,000\n\xc5sa \xe4r p\xe5 \xf6".to_vec(),
            "00:00:01.000 --> 00:00:02.000\nÅsa är på ö\n",
        ),
        (
            "UTF-16",
            format!("\u{feff}WEBVTT{cue}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
            plain,
        ),
    ] {
        let answer = desk.preview("", &bytes).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        let page = html(&answer);
        assert_eq!(kept(&page), expected, "{name}");
        assert!(!page.contains("example.org/x"), "{name}");
    }
    let told = |page: &str, what: &str| assert!(page.contains(what), "{what}: {page}");
    let style = b"WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nHej";
    told(&html(&desk.preview("a.vtt", style).await), "En stilmall utelämnas");
    for (name, bytes, status, expected) in [
        ("a.vtt", b"Hej".to_vec(), 422, "Det är varken WebVTT eller SRT"),
        ("a.srt", b"".to_vec(), 422, "Välj en fil."),
        ("a.vtt", b"WEBVTT\n\n00:02.000 --> 00:01.000\nHej".to_vec(), 422, "ingen hel textruta"),
        (
            "a.vtt",
            (0..4_000_u32).map(|n| (n * 97).to_le_bytes()[0]).collect(),
            422,
            "Filen är ingen text",
        ),
        ("a.vtt", vec![b'x'; (16 << 20) + 1], 413, "mer än 16 MB"),
        (
            "a.srt",
            "00:01 --> 00:02\nHej\n".repeat(200_000).into_bytes(),
            422,
            "fler textrutor än 50",
        ),
        (
            "a.vtt",
            format!("WEBVTT\n\n{}", "00:01.000 --> 00:02.000\nHej\n\n".repeat(200_000))
                .into_bytes(),
            422,
            "Rad 150003",
        ),
    ] {
        let answer = desk.preview(name, &bytes).await;
        assert_eq!(answer.status.as_u16(), status, "{expected}");
        told(&html(&answer), expected);
    }
    assert_eq!(desk.cues().await, []);
    // What is typed goes through the same parser, and is not saved before it was told.
    let broken = "WEBVTT\n\n00:01.000 --> 00:02.000\nHej\n\n00:05.000 --> 00:04.000\nFel\n";
    let (status, answered) = desk.save(broken, "", "save").await;
    assert_eq!((status, answered["faults"][0]["line"].as_i64()), (422, Some(6)));
    assert_eq!(desk.cues().await, []);
    assert_eq!(desk.save(broken, "", "save_faulty").await.0, 200);
    assert_eq!(desk.cues().await.len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn tools_show_what_they_would_do_before_it_is_saved(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let vtt = "WEBVTT\n\n00:00:10.000 --> 00:00:12.000\n<v Åsa>Åsa och Åsas bok\n\n00:00:20.000 --> 00:00:21.000\nHej\n";
    assert_eq!(desk.save(vtt, "", "save").await.0, 200);
    let run = async |fields: &[(&str, &str)]| {
        let fields = [&[("do", "tool"), ("version", "0")], fields].concat();
        desk.send(CAPTIONS, None, &fields, "text/html").await
    };
    let answer = run(&[("deed", "retime"), ("a_from", "0:10"), ("a_to", "0:12,5")]).await;
    let page = html(&answer);
    assert!(page.contains("00:00:10.000 → 00:00:12.500"), "{page}");
    assert!(waiting(&page).contains("00:00:22.500 --> 00:00:23.500"));
    let words =
        run(&[("deed", "replace"), ("find", "Åsa"), ("put", "Asta"), ("whole", "yes")]).await;
    assert!(waiting(&html(&words)).contains("<v Asta>Asta och Åsas bok</v>"));
    let name = run(&[("deed", "speaker"), ("from", "Åsa"), ("to", "Åsa Ek")]).await;
    assert!(waiting(&html(&name)).contains("<v Åsa Ek>Åsa och Åsas bok</v>"));
    let none = run(&[("deed", "replace"), ("find", "finns inte")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        html(&none).contains("Det står ingenstans") && html(&none).contains("value=\"finns inte\"")
    );
    assert_eq!(desk.cues().await[0].0, 10_000, "nothing is changed by looking");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_review_holds_for_the_words_that_were_read(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let vtt = |words: &str| format!("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{words}\n");
    let reviewed = "select count(*) from caption_tracks where reviewed_at is not null";
    let review = async |what: &str, version: &str| {
        let answer =
            desk.send(CAPTIONS, None, &[("do", what), ("version", version)], "text/html").await;
        answer.header("location").to_owned()
    };
    desk.save(&vtt("Ett"), "", "save").await;
    assert_eq!(desk.count(reviewed).await, 0);
    assert!(review("review", "7").await.ends_with("done=moved_on"));
    assert!(review("review", "0").await.ends_with("done=reviewed"));
    assert_eq!(desk.count(reviewed).await, 1);
    let log =
        "select count(*) from audit_log where subject = 'caption_tracks' and after ? 'reviewed_at'
        and what = 'update' and actor_id is not null";
    assert_eq!(desk.count(log).await, 1, "who and when is in the log");
    // Whoever edits has read it; a file in its place nobody has.
    desk.save(&vtt("Två"), "0", "save").await;
    assert_eq!(desk.count(reviewed).await, 1);
    desk.save(&vtt("Tre"), "1", "replace").await;
    assert_eq!(desk.count(reviewed).await, 0);
    assert!(review("review", "2").await.ends_with("done=reviewed"));
    // A machine writes in nobody's name, and may even claim that it was read.
    sqlx::query("update caption_tracks set version = version + 1")
        .execute(&desk.site.pool)
        .await
        .unwrap();
    assert_eq!(desk.count(reviewed).await, 0);
    assert!(review("review", "3").await.ends_with("done=reviewed"));
    assert!(review("unreview", "3").await.ends_with("done=unreviewed"));
    assert_eq!(desk.count(reviewed).await, 0);
    // Taken away only with a tick.
    assert!(review("remove", "3").await.ends_with("done=not_sure"));
    let sure = [("do", "remove"), ("version", "3"), ("sure", "yes")];
    assert!(
        desk.send(CAPTIONS, None, &sure, "text/html")
            .await
            .header("location")
            .ends_with("done=removed")
    );
    assert_eq!(desk.cues().await, []);
}

#[sqlx::test(migrations = "../migrations")]
async fn chapters_come_by_hand_from_a_file_and_from_the_programme(pool: PgPool) {
    const CHAPTERS: &str = "/organise/recordings/e/chapters";
    let desk = Desk::new(pool).await;
    let there = async || -> Vec<(i32, String, Option<String>)> {
        sqlx::query_as("select start_ms, title_sv, title_en from chapters order by position")
            .fetch_all(&desk.site.pool)
            .await
            .unwrap()
    };
    let row = |start: &'static str, sv: &'static str, en: &'static str| {
        [("start", start), ("title_sv", sv), ("title_en", en)]
    };
    let fields = [
        &[("do", "save")][..],
        &row("1:00", "Frågor", "Questions"),
        &row("", "", ""),
        &row("0:00", "Välkomna", ""),
    ]
    .concat();
    let answer = desk.send(CHAPTERS, None, &fields, "text/html").await;
    assert!(answer.header("location").ends_with("/chapters?done=chapters"));
    let two = vec![
        (0, "Välkomna".to_owned(), None),
        (60_000, "Frågor".to_owned(), Some("Questions".to_owned())),
    ];
    assert_eq!(there().await, two);
    let logged = "select count(*) from audit_log where subject = 'chapters'";
    let before = desk.count(logged).await;
    desk.send(CHAPTERS, None, &fields, "text/html").await;
    assert_eq!(desk.count(logged).await, before, "what is as it was is not written down");
    // What is wrong stands at its field, and what was typed is there.
    let fields = [&[("do", "save")][..], &row("x", "Kvar", ""), &row("0:10", "", "")].concat();
    let answer = desk.send(CHAPTERS, None, &fields, "text/html").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = html(&answer);
    assert!(
        page.contains("id=\"start-0-error\"")
            && page.contains("id=\"title_sv-1-error\"")
            && page.contains("value=\"Kvar\""),
        "{page}"
    );
    let vtt = b"WEBVTT\n\n00:00.000 --> 00:10.000\nInledning\n\n00:10.000 --> 00:05.000\nFel\n";
    let page =
        html(&desk.send(CHAPTERS, Some(("k.vtt", vtt)), &[("do", "file")], "text/html").await);
    assert!(page.contains("value=\"Inledning\"") && page.contains("Rad 6"), "{page}");
    let answer = desk.send(CHAPTERS, Some(("k.vtt", b"Hej")), &[("do", "file")], "text/html").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        html(&answer).contains("Det är ingen kapitelfil")
            && html(&answer).contains("value=\"Frågor\"")
    );
    sqlx::query(
        "insert into slots (event_id, position, minutes, title_sv) select event_id, n, 10, 'Punkt ' || n
         from recordings, generate_series(1, 2) n",
    )
    .execute(&desk.site.pool)
    .await
    .unwrap();
    let page = html(
        &desk.send(CHAPTERS, None, &[("do", "programme"), ("began", "2:30")], "text/html").await,
    );
    assert!(
        page.contains("value=\"00:02:30.000\"")
            && page.contains("value=\"00:12:30.000\"")
            && page.contains("Punkt 2"),
        "{page}"
    );
    let page = html(
        &desk.send(CHAPTERS, None, &[("do", "programme"), ("began", "-10:00")], "text/html").await,
    );
    assert!(!page.contains("value=\"Punkt 1\"") && page.contains("value=\"Punkt 2\""), "{page}");
    assert_eq!(there().await, two, "nothing is saved by looking");
}

#[sqlx::test(migrations = "../migrations")]
async fn times_of_slides_are_saved_as_lines(pool: PgPool) {
    const SLIDES: &str = "/organise/recordings/e/slides";
    let desk = Desk::new(pool).await;
    let there = async || -> Vec<(i32, i32)> {
        sqlx::query_as("select start_ms, page from slide_times order by start_ms")
            .fetch_all(&desk.site.pool)
            .await
            .unwrap()
    };
    let send = async |lines: &str| desk.send(SLIDES, None, &[("lines", lines)], "text/html").await;
    assert_eq!(send("0:00 1\r\n1:05,5 2\r\n2:00 3").await.status, StatusCode::SEE_OTHER);
    assert_eq!(there().await, [(0, 1), (65_500, 2), (120_000, 3)]);
    let answer = send("0:00 1\nfel\n1:00 0").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = html(&answer);
    assert!(
        page.contains("Rad 2") && page.contains("Rad 3") && page.contains("0:00 1\nfel"),
        "{page}"
    );
    assert_eq!(there().await.len(), 3);
    let logged = "select count(*) from audit_log where subject = 'slide_times'";
    let before = desk.count(logged).await;
    assert_eq!(send("0:00 1\n1:05,5 9").await.status, StatusCode::SEE_OTHER);
    assert_eq!(there().await, [(0, 1), (65_500, 9)]);
    assert_eq!(desk.count(logged).await, before + 2, "one was changed, one went");
    assert_eq!(send("").await.status, StatusCode::SEE_OTHER);
    assert_eq!(there().await, []);
}
