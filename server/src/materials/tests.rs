//! Files of materials as they are sent and asked for.

use crate::media::store::new_key;
use crate::media::tests::{Answer, Site};
use crate::permission_tests::person;
use app::materials::file::{FileKind, LARGEST_FILE};
use app::materials::file_store::{NewFile, save};
use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode};
use sqlx::PgPool;

/// A server with a material of an event that has been held, and whoever organises it.
pub(crate) struct Shelf {
    pub site: Site,
    pub material: i64,
    cookie: String,
    organiser: i64,
}

/// A PDF of these objects, the first of which is its catalogue (ISO 32000-1 §7.5).
pub(crate) fn written(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(bytes.len());
        bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let index = bytes.len();
    bytes.extend_from_slice(
        format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes(),
    );
    for place in &places {
        bytes.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let size = places.len() + 1;
    let end = format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{index}\n%%EOF\n");
    bytes.extend_from_slice(end.as_bytes());
    bytes
}

/// A PDF with a line of text on each page; where there is none, a line is drawn.
pub(crate) fn pdf_of(pages: &[&str]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", 4 + 2 * at)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()).into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    for (at, text) in pages.iter().enumerate() {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents {} 0 R/Resources<</Font<</F 3 0 R>>>>>>",
            5 + 2 * at
        );
        objects.push(page.into_bytes());
        let mut drawn = if text.is_empty() {
            b"10 10 m 300 300 l S".to_vec()
        } else {
            b"BT /F 12 Tf 40 400 Td (".to_vec()
        };
        if !text.is_empty() {
            // Windows-1252 is Latin-1 in these letters.
            drawn.extend(text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()));
            drawn.extend_from_slice(b") Tj ET");
        }
        let mut stream = format!("<</Length {}>>\nstream\n", drawn.len()).into_bytes();
        stream.extend_from_slice(&drawn);
        stream.extend_from_slice(b"\nendstream");
        objects.push(stream);
    }
    written(&objects)
}

fn part(name: &str, file: Option<&str>, bytes: &[u8]) -> Vec<u8> {
    let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
    [head.as_bytes(), bytes, b"\r\n"].concat()
}

fn form(name: &str, bytes: &[u8], rest: &[(&str, &str)]) -> Vec<u8> {
    let mut body = part("file", Some(name), bytes);
    for (name, value) in rest {
        body.extend(part(name, None, value.as_bytes()));
    }
    body.extend_from_slice(b"--x--\r\n");
    body
}

impl Shelf {
    pub async fn new(pool: PgPool) -> Self {
        let site = Site::new(pool.clone()).await;
        let material = sqlx::query_scalar(
            "insert into materials (programme_id, event_id, position, kind, title)
             select programme_id, id, 0, 'report', 'Årets rapport' from events returning id",
        )
        .fetch_one(&pool)
        .await
        .unwrap();
        let cookie = person(&pool, "eva", Some(("organiser", Some(site.programme)))).await;
        let organiser = sqlx::query_scalar("select id from people where name = 'eva'")
            .fetch_one(&pool)
            .await
            .unwrap();
        Self { site, material, cookie, organiser }
    }

    /// A file has come. Its key.
    pub async fn comes(&self, kind: FileKind, bytes: &[u8]) -> String {
        let key = new_key(kind.as_str());
        self.site.state.media.put(&key, bytes.to_vec().into()).await.unwrap();
        let file = NewFile {
            material: self.material,
            key: &key,
            kind,
            bytes: u64::try_from(bytes.len()).unwrap(),
            name: "fil",
            called: &format!("fil.{}", kind.as_str()),
            is_here: false,
        };
        let organiser = app::account::model::PersonId(self.organiser);
        assert!(save(&self.site.pool, organiser, &file, 1_000_000).await.unwrap());
        key
    }

    async fn post(&self, cookie: &str, what: &str, body: Body) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("/organise/materials/{}/{what}", self.material))
            .header("host", "localhost:3000")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", cookie)
            .header("content-type", "multipart/form-data; boundary=x");
        self.site.ask(request.body(body).unwrap()).await
    }

    async fn send(&self, name: &str, bytes: &[u8]) -> Answer {
        self.post(&self.cookie, "file", form(name, bytes, &[("do", "save")]).into()).await
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().uri(path).header("host", "localhost:3000");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.site.ask(request.body(Body::empty()).unwrap()).await
    }

    /// Where the material's file is.
    async fn address(&self) -> Option<String> {
        sqlx::query_scalar(
            "select '/materials/files/' || split_part(key, '.', 1) || '/' || called from material_files",
        )
        .fetch_optional(&self.site.pool)
        .await
        .unwrap()
    }

    async fn run(&self, sql: &'static str) {
        sqlx::raw_sql(sql).execute(&self.site.pool).await.unwrap();
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.site.pool).await.unwrap()
    }

    /// What lies among the uploads.
    fn left(&self) -> usize {
        let uploads = self.site.folder.path().join("uploads");
        std::fs::read_dir(uploads).map(Iterator::count).unwrap_or_default()
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_is_sent_given_whole_and_in_parts_replaced_and_taken_away(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    let file = pdf_of(&["Vad är en stafett?"]);
    let sent = shelf.send("C:\\Eva\\../Slutrapport (2).pdf", &file).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = format!("/organise/materials/{}?done=saved", shelf.material);
    assert_eq!(sent.header("location"), page);
    assert_eq!(shelf.left(), 0);
    let named: (String, String, i64) =
        sqlx::query_as("select name, called, bytes from material_files")
            .fetch_one(&shelf.site.pool)
            .await
            .unwrap();
    let bytes = i64::try_from(file.len()).unwrap();
    assert_eq!(named, ("Slutrapport (2).pdf".into(), "arets-rapport.pdf".into(), bytes));
    assert_eq!(shelf.count("select count(*) from media_left").await, 0);

    let address = shelf.address().await.unwrap();
    let whole = shelf.get(&address, &[]).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert!(whole.body == file);
    for (header, value) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "inline; filename=\"arets-rapport.pdf\""),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("accept-ranges", "bytes"),
    ] {
        assert_eq!(whole.header(header), value, "{header}");
    }
    assert!(whole.header("content-security-policy").starts_with("default-src 'none'"));
    let part = shelf.get(&address, &[("range", "bytes=0-7")]).await;
    assert_eq!((part.status, &part.body[..]), (StatusCode::PARTIAL_CONTENT, &b"%PDF-1.4"[..]));
    let again = shelf.get(&address, &[("if-none-match", whole.header("etag"))]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    // Another name is another address.
    let other = address.replace("arets-rapport", "lösenord");
    assert_eq!(shelf.get(&other, &[]).await.status, StatusCode::NOT_FOUND);

    let zip = {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in ["[Content_Types].xml", "word/document.xml"] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    assert_eq!(shelf.send("mall.docx", &zip).await.status, StatusCode::SEE_OTHER);
    assert_eq!(shelf.get(&address, &[]).await.status, StatusCode::NOT_FOUND, "it was replaced");
    assert_eq!(shelf.count("select count(*) from media_left").await, 1);
    let saved = shelf.get(&shelf.address().await.unwrap(), &[]).await;
    assert_eq!(saved.header("content-disposition"), "attachment; filename=\"arets-rapport.docx\"");
    assert!(saved.header("content-security-policy").contains("sandbox"));

    let gone = shelf.post(&shelf.cookie, "file", form("", b"", &[("do", "remove")]).into()).await;
    assert!(gone.header("location").ends_with("?done=removed"));
    assert_eq!(shelf.address().await, None);
    let again = shelf.post(&shelf.cookie, "file", form("", b"", &[("do", "remove")]).into()).await;
    assert!(again.header("location").ends_with("?done=none"));
    let told: Vec<(String, String)> = sqlx::query_as(
        "select what, coalesce(after, before) ->> 'name' from audit_log
         where subject = 'material_files' and event_id is not null order by id",
    )
    .fetch_all(&shelf.site.pool)
    .await
    .unwrap();
    let told: Vec<_> = told.iter().map(|(what, name)| (what.as_str(), name.as_str())).collect();
    let slut = "Slutrapport (2).pdf";
    assert_eq!(told, [("insert", slut), ("update", "mall.docx"), ("delete", "mall.docx")]);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_not_taken_is_said_at_the_field_and_nothing_is_left(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    for (name, bytes, says) in [
        ("", &b""[..], "Välj en fil."),
        ("tom.pdf", b"", "Filen är tom."),
        ("rapport.pdf", b"<html><script>alert(1)</script>", "varken PDF"),
        ("rapport.pdf", b"%PDF-1.7\nand no more", "inte hel"),
        ("rapport.docx", &pdf_of(&["x"]), "namn slutar på något annat"),
        ("rapport.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 x", "gammalt Office-format"),
    ] {
        let answer = shelf.send(name, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let page = String::from_utf8(answer.body).unwrap();
        assert!(page.contains(says), "{says}");
        assert!(page.contains("aria-describedby=\"file-error file-hint\""), "{says}");
        assert_eq!(shelf.left(), 0, "{name}");
    }
    assert_eq!(shelf.address().await, None);
    // What is no form at all.
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("/organise/materials/{}/file", shelf.material))
        .header("cookie", &shelf.cookie)
        .header("sec-fetch-site", "same-origin");
    let answer = shelf.site.ask(request.body("x".into()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[sqlx::test(migrations = "../migrations")]
async fn of_a_file_that_is_too_large_nothing_is_kept_and_the_choice_beside_it_stays(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    shelf.run("update materials set is_announced = true").await;
    let piece = Bytes::from(vec![7; 1 << 20]);
    let pieces = usize::try_from(LARGEST_FILE >> 20).unwrap() + 1;
    let head = Bytes::from(part("file", Some("stor.pdf"), b"%PDF-"));
    let head = head.slice(..head.len() - 2);
    let end = |here: &str| {
        let mut end = b"\r\n".to_vec();
        if !here.is_empty() {
            end.extend(part("here", None, here.as_bytes()));
        }
        end.extend(part("do", None, b"save"));
        end.extend_from_slice(b"--x--\r\n");
        Bytes::from(end)
    };
    for (here, is_checked) in [("yes", true), ("", false)] {
        let body = std::iter::once(head.clone())
            .chain(std::iter::repeat_n(piece.clone(), pieces))
            .chain([end(here)]);
        let body = futures::stream::iter(body.map(Ok::<_, std::convert::Infallible>));
        let answer = shelf.post(&shelf.cookie, "file", Body::from_stream(body)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = String::from_utf8(answer.body).unwrap();
        assert!(page.contains("större än 100 MB"));
        let at = page.find("name=\"here\"").unwrap();
        let tag = &page[at - 60..at + 80];
        assert_eq!(tag.contains("checked"), is_checked, "{tag}");
        assert_eq!(shelf.left(), 0);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn of_two_who_send_at_once_the_later_one_counts_and_nothing_is_lost_sight_of(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    let (one, two) = (pdf_of(&["Den ena"]), pdf_of(&["Den andra filen"]));
    let other =
        person(&shelf.site.pool, "bo", Some(("organiser", Some(shelf.site.programme)))).await;
    let second = form("b.pdf", &two, &[("do", "save")]);
    let (first, second) =
        tokio::join!(shelf.send("a.pdf", &one), shelf.post(&other, "file", second.into()));
    assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    let given = shelf.get(&shelf.address().await.unwrap(), &[]).await.body;
    assert!(given == one || given == two, "whole, and not a piece of each");
    let left = "select count(*) from media_left";
    let readings = "select count(*) from material_readings where state = 'waiting'";
    assert_eq!((shelf.count(left).await, shelf.count(readings).await), (1, 1));
    // The one that nothing names is taken away; the other stays.
    crate::jobs::media_files::remove_left(&shelf.site.state, i64::from(i32::MAX)).await.unwrap();
    assert_eq!(shelf.count(left).await, 0);
    assert!(shelf.get(&shelf.address().await.unwrap(), &[]).await.body == given);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_is_for_whom_its_material_is_for(pool: PgPool) {
    let shelf = Shelf::new(pool.clone()).await;
    shelf.comes(FileKind::Pdf, &pdf_of(&["Hemligt"])).await;
    let address = shelf.address().await.unwrap();
    let elsewhere = crate::permission_tests::programme(&pool, "dar").await;
    let stranger = person(&pool, "bo", Some(("organiser", Some(elsewhere)))).await;
    let participant = person(&pool, "liv", None).await;
    let asked = async || {
        let mut statuses = Vec::new();
        for cookie in ["", &participant, &stranger, &shelf.cookie] {
            let answer = shelf.get(&address, &[("cookie", cookie)]).await;
            if answer.status == StatusCode::OK {
                statuses.push((200, answer.header("cache-control").to_owned()));
            } else {
                assert!(!answer.body.windows(4).any(|four| four == b"%PDF"));
                statuses.push((answer.status.as_u16(), String::new()));
            }
        }
        statuses
    };
    let public = (200, "public, max-age=31536000, immutable".to_owned());
    let not_there = (404, String::new());
    let own = (200, "private, no-cache".to_owned());
    let hidden = vec![not_there.clone(), not_there.clone(), not_there, own];
    assert_eq!(asked().await, vec![public.clone(); 4]);
    shelf.run("update materials set is_announced = true").await;
    assert_eq!(asked().await, hidden, "it is only announced");
    shelf.run("update materials set is_announced = false; update events set state = 'draft'").await;
    assert_eq!(asked().await, hidden, "its event is a draft");
    for state in ["preliminary", "published", "cancelled", "held"] {
        sqlx::query("update events set state = $1").bind(state).execute(&pool).await.unwrap();
        assert_eq!(asked().await, vec![public.clone(); 4], "{state}");
    }
    // An event made after this one has the same file: it is for everybody as long as one of both is.
    shelf
        .run(
            "update events set state = 'draft';
         with m as (insert into materials (programme_id, position, kind, title)
             select programme_id, 9, 'report', 'Samma' from events returning id)
         insert into material_files (material_id, key, kind, bytes, name, called)
         select m.id, f.key, f.kind, f.bytes, f.name, f.called from m, material_files f",
        )
        .await;
    assert_eq!(asked().await, vec![public; 4]);
    shelf.run("delete from materials where position = 9").await;
    assert_eq!(asked().await, hidden);
    crate::jobs::media_files::remove_left(&shelf.site.state, i64::from(i32::MAX)).await.unwrap();
    assert_eq!(asked().await, hidden, "the file is still that of the other");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_does_not_organise_it_changes_nothing(pool: PgPool) {
    let shelf = Shelf::new(pool.clone()).await;
    let elsewhere = crate::permission_tests::programme(&pool, "dar").await;
    let stranger = person(&pool, "bo", Some(("organiser", Some(elsewhere)))).await;
    let host = person(&pool, "liv", Some(("host", Some(shelf.site.programme)))).await;
    let file = pdf_of(&["Text"]);
    for (cookie, status) in [("", 401), (&stranger, 404), (&host, 403)] {
        let body = form("a.pdf", &file, &[("do", "save")]);
        let answer = shelf.post(cookie, "file", body.into()).await;
        assert_eq!(answer.status.as_u16(), status);
        assert_eq!(shelf.post(cookie, "read", Body::empty()).await.status.as_u16(), status);
    }
    assert_eq!(shelf.address().await, None);
    assert_eq!(shelf.left(), 0);
}
