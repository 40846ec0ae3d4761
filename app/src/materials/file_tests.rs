//! Files of materials against Postgres: who finds what is in them, and who reads them.

use super::access::by_key;
use super::file::{FileKind, Part, TextLanguage, Unread};
use super::file_store::{self, LEASE, MOST_TRIES, NewFile, Read, Task};
use super::model::{Material, MaterialsQuery};
use super::store::find;
use crate::account::model::{Grant, PersonId, Role, SessionId, Viewer};
use crate::account::who::Who;
use crate::error::AppError;
use crate::text::Lang;
use sqlx::PgPool;
use std::sync::Arc;

const NOW: i64 = 1_800_000_000;

struct Shelf {
    pool: PgPool,
    actor: PersonId,
    programme: i64,
}

impl Shelf {
    /// Two materials: 0 is of an event that was held, 1 of no event.
    async fn new(pool: PgPool) -> Self {
        sqlx::raw_sql(
            "insert into programmes (slug, title_sv) values ('p', 'P');
             insert into people (name) values ('Eva');
             insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
                 select 'e', id, 'seminar', 'held', 'Träff', now(), now() + '1 hour', 'digital' from programmes;
             insert into materials (programme_id, event_id, position, kind, title)
                 select programme_id, id, 0, 'report', 'Slutrapport' from events;
             insert into materials (programme_id, position, kind, title)
                 select id, 1, 'handbook', 'Handbok om vatten' from programmes;",
        )
        .execute(&pool)
        .await
        .unwrap();
        let one = async |sql: &'static str| -> i64 {
            sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap()
        };
        let actor = PersonId(one("select id from people").await);
        let programme = one("select id from programmes").await;
        Self { pool, actor, programme }
    }

    async fn run(&self, sql: &'static str) {
        sqlx::raw_sql(sql).execute(&self.pool).await.unwrap();
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.pool).await.unwrap()
    }

    async fn material(&self, position: i32) -> i64 {
        sqlx::query_scalar("select id from materials where position = $1")
            .bind(position)
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }

    /// The material has a file under this key.
    async fn file(&self, position: i32, key: &str) {
        let file = NewFile {
            material: self.material(position).await,
            key,
            kind: FileKind::Pdf,
            bytes: 2_345_678,
            name: "Rapport.pdf",
            called: "rapport.pdf",
            is_here: false,
        };
        assert!(file_store::save(&self.pool, self.actor, &file, NOW).await.unwrap());
    }

    async fn take(&self, now: i64) -> Option<Task> {
        file_store::take(&self.pool, FileKind::ALL, "w", now).await.unwrap()
    }

    /// And this stands on its pages.
    async fn holds(&self, position: i32, key: &str, pages: &[&str]) {
        self.file(position, key).await;
        let task = self.take(NOW).await.unwrap();
        assert_eq!(task.material, self.material(position).await);
        assert!(file_store::finish(&self.pool, &task, &read(pages), NOW).await.unwrap());
    }

    async fn find(&self, q: &str) -> Vec<Material> {
        let query = MaterialsQuery { q: Some(q.to_owned()), ..MaterialsQuery::default() };
        find(&self.pool, Lang::Sv, &query).await.unwrap()
    }

    async fn titles(&self, q: &str) -> Vec<String> {
        self.find(q).await.into_iter().map(|it| it.title).collect()
    }

    /// The sentences that are shown, with their pages.
    async fn said(&self, q: &str) -> Vec<String> {
        let found = self.find(q).await.into_iter().filter_map(|it| it.said);
        let said = found.map(|said| {
            let pieces = said
                .pieces
                .into_iter()
                .map(|piece| if piece.is_found { format!("[{}]", piece.text) } else { piece.text });
            format!("{}: {}", said.page.unwrap_or_default(), pieces.collect::<String>())
        });
        said.collect()
    }

    /// The recordings that hold a word.
    async fn recordings(&self, word: &str) -> i64 {
        sqlx::query_scalar(
            "select count(*) from search_documents where everything @@ plainto_tsquery('stafett_sv', $1)",
        )
        .bind(word)
        .fetch_one(&self.pool)
        .await
        .unwrap()
    }
}

const ONE: &str = "0123456789abcdefa.pdf";
const TWO: &str = "0123456789abcdefb.pdf";

fn read(pages: &[&str]) -> Read {
    let part = |(page, text): (i32, &&str)| Part { page: Some(page), text: (*text).to_owned() };
    Read {
        pages: i32::try_from(pages.len()).ok(),
        language: Some(TextLanguage::Sv),
        parts: (1..).zip(pages).map(part).collect(),
        why: None,
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_in_a_file_is_found_with_its_sentence_and_its_page(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    let pages = [
        "Först. Kommunen arbetar med fladdermöss. Det är bra.",
        "Innovationsledning kräver mod. Vatten rinner under broarna.",
        "Om bro och fladdermus. Mod är allt.",
    ];
    shelf.holds(0, ONE, &pages).await;
    assert_eq!(shelf.said("fladdermöss").await, ["1: Kommunen arbetar med [fladdermöss]."]);
    assert_eq!(shelf.said("FLADDERMOSS").await, ["1: Kommunen arbetar med [fladdermöss]."]);
    // A part of a compound, in no stemmer's forms.
    assert_eq!(shelf.said("ledning").await, ["2: [Innovationsledning] kräver mod."]);
    // Words on different pages; the page on which most of them stand is not looked for far.
    assert_eq!(shelf.titles("fladdermöss broarna").await, ["Slutrapport"]);
    // Where one page has them both, that one is shown.
    assert_eq!(shelf.said("mod fladdermus").await, ["3: Om bro och [fladdermus]."]);
    assert_eq!(shelf.titles("\"kräver mod\"").await, ["Slutrapport"]);
    assert_eq!(shelf.titles("\"mod kräver\"").await, Vec::<String>::new());
    assert_eq!(shelf.titles("fladdermöss -broarna").await, Vec::<String>::new());
    assert_eq!(shelf.titles("slutrapport fladdermöss").await, ["Slutrapport"]);
    // A title comes before what only a file says.
    assert_eq!(shelf.titles("vatten").await, ["Handbok om vatten", "Slutrapport"]);
    assert_eq!(shelf.titles("och").await, Vec::<String>::new(), "which stands everywhere");
    let file = shelf.find("fladdermöss").await.remove(0).file.unwrap();
    assert_eq!(
        (file.pages, file.language, file.bytes),
        (Some(3), Some(TextLanguage::Sv), 2_345_678)
    );
    assert_eq!(file.address, "/materials/files/0123456789abcdefa/rapport.pdf");
}

#[sqlx::test(migrations = "../migrations")]
async fn of_a_draft_and_of_what_is_only_announced_no_file_is_looked_into(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    shelf
        .run(
            "insert into recordings (event_id, title, slug, state, published_at)
             select id, 'Filmen', 'f', 'published', now() from events",
        )
        .await;
    shelf.holds(0, ONE, &["Om fladdermöss och innovationsledning."]).await;
    let found =
        async || (shelf.titles("fladdermöss").await.len(), shelf.recordings("fladdermöss").await);
    assert_eq!(found().await, (1, 1), "the recording of its event is found by it, too");
    shelf.run("update materials set is_announced = true where position = 0").await;
    assert_eq!(found().await, (0, 0));
    let announced = shelf.find("slutrapport").await.remove(0);
    assert_eq!((announced.file, announced.said), (None, None), "it is found by its title alone");
    shelf.run("update materials set is_announced = false; update events set state = 'draft'").await;
    assert_eq!(found().await, (0, 0));
    shelf.run("update events set state = 'held'").await;
    assert_eq!(found().await, (1, 1));
    // Compounds and spelling are known from there, as far as somebody may see it.
    let known = "select count(*) from search_words where word = 'innovationsledning'";
    assert_eq!(shelf.count(known).await, 1);

    // A new file takes the text of the old one with it, before anybody has read it.
    shelf.file(0, TWO).await;
    assert_eq!(found().await, (0, 0));
    assert_eq!(shelf.count(known).await, 0);
    let task = shelf.take(NOW).await.unwrap();
    file_store::fail(&shelf.pool, &task, Unread::Locked, NOW).await.unwrap();
    shelf.holds(1, ONE, &["Om fladdermöss."]).await;
    assert_eq!(found().await, (1, 0), "a material of no event is of no recording");
    let handbook = shelf.material(1).await;
    assert!(file_store::remove(&shelf.pool, shelf.actor, handbook).await.unwrap());
    assert!(!file_store::remove(&shelf.pool, shelf.actor, handbook).await.unwrap());
    assert_eq!(found().await, (0, 0));
    shelf.run("delete from materials").await;
    for table in [
        "select count(*) from material_files",
        "select count(*) from material_texts",
        "select count(*) from material_readings",
        "select count(*) from material_documents",
    ] {
        assert_eq!(shelf.count(table).await, 0, "{table}");
    }
    assert_eq!(shelf.count("select count(*) from media_left").await, 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_is_read_by_one_at_a_time_and_not_for_ever(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    shelf.file(0, ONE).await;
    assert_eq!(
        file_store::take(&shelf.pool, &[FileKind::Docx], "w", NOW).await.unwrap(),
        None,
        "nobody here reads PDF"
    );
    let first = shelf.take(NOW).await.unwrap();
    assert_eq!((first.key.as_str(), first.bytes), (ONE, 2_345_678));
    assert_eq!(shelf.take(NOW).await, None);
    let pool = &shelf.pool;
    assert!(file_store::renew(pool, &first, 40, NOW + 30).await.unwrap());
    assert_eq!(shelf.take(NOW + LEASE + 1).await, None, "its lease was renewed");
    // Whoever had it was killed.
    let mut second = file_store::take(pool, FileKind::ALL, "x", NOW + 200).await.unwrap().unwrap();
    assert!(!file_store::renew(pool, &first, 50, NOW + 200).await.unwrap());
    assert!(!file_store::finish(pool, &first, &read(&["Sent"]), NOW + 200).await.unwrap());
    assert_eq!(shelf.count("select count(*) from material_texts").await, 0);
    // A server that is told to stop counts for nothing.
    file_store::give_back(pool, &second).await.unwrap();
    for round in 1..MOST_TRIES {
        let now = NOW + 1_000 * i64::from(round);
        second = shelf.take(now).await.unwrap();
    }
    assert_eq!(shelf.take(NOW + 9_000).await, None);
    let why =
        "select count(*) from material_readings where state = 'failed' and why = 'interrupted'";
    assert_eq!(shelf.count(why).await, 1);
    let material = second.material;
    assert!(file_store::read_again(pool, shelf.actor, material, NOW).await.unwrap());
    assert!(!file_store::read_again(pool, shelf.actor, material, NOW).await.unwrap());
    let third = shelf.take(NOW).await.unwrap();
    file_store::fail(pool, &third, Unread::Locked, NOW).await.unwrap();
    assert_eq!(shelf.take(NOW).await, None);
    // It is replaced while somebody reads it: what they have read is of nothing.
    assert!(file_store::read_again(pool, shelf.actor, material, NOW).await.unwrap());
    let fourth = shelf.take(NOW).await.unwrap();
    shelf.file(0, TWO).await;
    assert!(!file_store::renew(pool, &fourth, 50, NOW).await.unwrap());
    assert!(!file_store::finish(pool, &fourth, &read(&["Gammalt"]), NOW).await.unwrap());
    file_store::fail(pool, &fourth, Unread::Locked, NOW).await.unwrap();
    assert_eq!(shelf.take(NOW).await.unwrap().key, TWO);
    assert_eq!(shelf.count("select count(*) from material_texts").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_longer_than_what_is_kept_is_kept_as_far_as_it_goes(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    shelf.file(0, ONE).await;
    let task = shelf.take(NOW).await.unwrap();
    // Words that are all different: a tsvector would not hold them.
    let page =
        |page: usize| (0..500).map(|n| format!("ord{page}x{n}")).collect::<Vec<_>>().join(" ");
    let pages: Vec<String> = (1..1_200).map(page).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let mut read = read(&pages);
    read.shorten();
    assert_eq!(read.why, Some(Unread::Part));
    assert!(read.parts.len() > 600 && read.parts.len() < 1_199, "{}", read.parts.len());
    assert!(file_store::finish(&shelf.pool, &task, &read, NOW).await.unwrap());
    assert_eq!(shelf.said("ord1x1").await.len(), 1);
    let words = "select cardinality(words)::bigint from material_documents order by 1 desc limit 1";
    assert_eq!(shelf.count(words).await, 30_000);
}

fn viewer(role: Role, programme: Option<i64>) -> Who {
    Who::Known(Arc::new(Viewer {
        id: PersonId(1),
        session: SessionId(1),
        name: "Åsa".into(),
        email: "asa@example.org".into(),
        organisation: None,
        roles: vec![Grant { role, programme }],
    }))
}

#[sqlx::test(migrations = "../migrations")]
async fn the_door_says_the_same_as_the_database_for_every_state(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    shelf.file(0, ONE).await;
    shelf.file(1, TWO).await;
    let organiser = viewer(Role::Organiser, Some(shelf.programme));
    let others = [
        Who::Anonymous,
        viewer(Role::Organiser, Some(shelf.programme + 1)),
        viewer(Role::Host, Some(shelf.programme)),
    ];
    for state in ["draft", "preliminary", "published", "cancelled", "held"] {
        for is_announced in [false, true] {
            sqlx::query(
                "with e as (update events set state = $1) update materials set is_announced = $2",
            )
            .bind(state)
            .bind(is_announced)
            .execute(&shelf.pool)
            .await
            .unwrap();
            for (key, of_event) in [(ONE, true), (TWO, false)] {
                let door = by_key(&shelf.pool, key).await.unwrap().remove(0);
                let is_public = !(is_announced || of_event && state == "draft");
                let in_database: bool = sqlx::query_scalar(
                    "select material_is_public(material_id) from material_files where key = $1",
                )
                .bind(key)
                .fetch_one(&shelf.pool)
                .await
                .unwrap();
                let at = format!("{state} {is_announced} {key}");
                assert_eq!((door.is_public(), in_database), (is_public, is_public), "{at}");
                assert_eq!(door.admits(&organiser), Ok(true), "{at}");
                assert_eq!(door.admits(&viewer(Role::Administrator, None)), Ok(true), "{at}");
                for other in &others {
                    assert_eq!(door.admits(other), Ok(is_public), "{at} {other:?}");
                }
                let unknown = if is_public { Ok(true) } else { Err(AppError::Unavailable) };
                assert_eq!(door.admits(&Who::Unavailable), unknown);
            }
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn whatever_shows_a_material_is_told_of_its_file(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    let told = async || {
        let both = sqlx::query_scalar::<_, bool>(
            "select count(*) filter (where event_id = 0) > 0 and count(*) filter (where event_id > 0) > 0 from changes",
        )
        .fetch_one(&shelf.pool)
        .await
        .unwrap();
        shelf.run("delete from changes").await;
        both
    };
    told().await;
    shelf.file(0, ONE).await;
    assert!(told().await, "it has come");
    let task = shelf.take(NOW).await.unwrap();
    assert!(!told().await, "that somebody reads it is nobody's matter");
    file_store::finish(&shelf.pool, &task, &read(&["Text"]), NOW).await.unwrap();
    assert!(told().await, "it has been read");
    file_store::remove(&shelf.pool, shelf.actor, task.material).await.unwrap();
    assert!(told().await, "it is gone");
}
