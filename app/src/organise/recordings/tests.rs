//! The organisers' side of recordings, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::{Captioned, DeskQuery, Group, PostedPublish, PublishProblem};
use super::save_store::{self, Removed};
use super::state_store::{self, Published};
use super::{facts, figures_store, store};
use crate::account::model::{Grant, PersonId, Role as PersonRole, SessionId, Viewer};
use crate::organise::plan::merge::fingerprints_of;
use crate::organise::plan::model::{PlanProblem, Sheet};
use crate::organise::plan::save_store::{Form, Saved};
use crate::recordings::model::{RecordingId, Role};
use crate::recordings::watching::counting::Counted;
use crate::recordings::watching::counting_store::count;
use crate::text::Lang;
use sqlx::PgPool;
use std::time::Duration;

/// 1 March 2027, at noon.
const NOW: i64 = 1_803_898_800;

/// Somebody with a role in a programme of their own, which has an event.
async fn organiser(pool: &PgPool, name: &str) -> (Viewer, i64) {
    let id: i64 = sqlx::query_scalar(
        "insert into people (name, email, email_key) values ($1, $1 || '@example.org', $1 || '@example.org') returning id",
    )
    .bind(name)
    .fetch_one(pool)
    .await
    .unwrap();
    let (programme, event): (i64, i64) = sqlx::query_as(
        "with p as (insert into programmes (slug, title_sv) values ($1, $1) returning id)
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select $1, id, 'seminar', 'held', 'Mod att prova', '2027-02-01 09:00+01', '2027-02-01 10:00+01', 'digital' from p
         returning programme_id, id",
    )
    .bind(name)
    .fetch_one(pool)
    .await
    .unwrap();
    let viewer = Viewer {
        id: PersonId(id),
        session: SessionId(1),
        name: name.into(),
        email: format!("{name}@example.org"),
        organisation: None,
        roles: vec![Grant { role: PersonRole::Organiser, programme: Some(programme) }],
    };
    (viewer, event)
}

fn sheet(changes: &[(&str, &str)]) -> Sheet {
    let mut sheet = Sheet::default();
    for (field, value) in
        [("title_sv", "Mod att prova"), ("language", "sv"), ("open_to", "everybody")]
            .iter()
            .chain(changes)
    {
        sheet.set(field, *value);
    }
    sheet
}

async fn id(pool: &PgPool, slug: &str) -> RecordingId {
    let id = sqlx::query_scalar("select id from recordings where slug = $1");
    RecordingId(id.bind(slug).fetch_one(pool).await.unwrap())
}

/// A draft of an event, without anything in it.
async fn draft(pool: &PgPool, viewer: &Viewer, event: &str) -> RecordingId {
    let made = save_store::create(pool, viewer, &sheet(&[("event", event)]), NOW).await.unwrap();
    id(pool, &made.unwrap()).await
}

async fn film(pool: &PgPool, recording: RecordingId, role: &str) {
    sqlx::query(
        "insert into media_files (recording_id, role, key, content_type, bytes)
         values ($1, $2, substr(md5(random()::text), 1, 20) || '.mp4', 'video/mp4', 5)",
    )
    .bind(recording.0)
    .bind(role)
    .execute(pool)
    .await
    .unwrap();
}

const CAPTIONED: &str =
    "insert into caption_tracks (recording_id, language, kind, reviewed_at) values ($1, $2, $3, $4)
    on conflict (recording_id, language) do update set reviewed_at = excluded.reviewed_at";

async fn captions(pool: &PgPool, recording: RecordingId, language: &str, is_reviewed: bool) {
    sqlx::query(CAPTIONED)
        .bind(recording.0)
        .bind(language)
        .bind("captions")
        .bind(is_reviewed.then(|| crate::time::instant(NOW)))
        .execute(pool)
        .await
        .unwrap();
}

fn why() -> PostedPublish {
    PostedPublish {
        is_there: true,
        reason: "Texten skrivs.".into(),
        by: "2027-03-10".into(),
        problems: Vec::new(),
    }
}

async fn facts_of(pool: &PgPool, recording: RecordingId) -> (String, bool, Option<String>) {
    sqlx::query_as(
        "select state, published_at is not null, uncaptioned_reason from recordings where id = $1",
    )
    .bind(recording.0)
    .fetch_one(pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_recording_gets_an_address_of_its_title_and_keeps_it(pool: PgPool) {
    let (viewer, _) = organiser(&pool, "har").await;
    let make = async |title: &str, now| {
        let form = sheet(&[("event", "har"), ("title_sv", title)]);
        save_store::create(&pool, &viewer, &form, now).await.unwrap().unwrap()
    };
    assert_eq!(make("Mod att pröva!", NOW).await, "mod-att-prova");
    assert_eq!(make("Mod att pröva!", NOW + 1).await, "mod-att-prova", "pressed twice");
    assert_eq!(make("Mod att prova", NOW + 1).await, "mod-att-prova-2");
    let again = sheet(&[("event", "har"), ("title_sv", "Mod att pröva!")]);
    let taken = save_store::create(&pool, &viewer, &again, NOW + 100).await.unwrap();
    let title_taken = vec![("title_sv".to_owned(), PlanProblem::TitleTaken)];
    assert_eq!(taken, Err(title_taken.clone()), "two of an event are told apart");
    assert_eq!(make("!?", NOW).await, "inspelning");
    assert_eq!(make("New", NOW).await, "inspelning-2", "that is an address of its own");
    let it = id(&pool, "mod-att-prova").await;
    let mut connection = pool.acquire().await.unwrap();
    let theirs = store::sheet(&mut connection, it).await.unwrap().unwrap();
    drop(connection);
    let base = fingerprints_of(facts::FIELDS.iter().copied(), &theirs);
    let mine = sheet(&[("title_sv", "Något helt annat")]);
    let form =
        Form { mine: &mine, base: &base, asked: &|_| false, chosen: &|_| None, also_later: false };
    let saved = save_store::save(&pool, &viewer, it, form).await.unwrap();
    assert!(matches!(saved, Saved::Done { .. }));
    assert_eq!(id(&pool, "mod-att-prova").await, it);
    let mine = sheet(&[("title_sv", "Mod att prova")]);
    let form = Form {
        mine: &mine,
        base: "",
        asked: &|_| true,
        chosen: &|_| Some(true),
        also_later: false,
    };
    // The fingerprints of what is saved now: the title is to be another, and is another one's.
    let mut connection = pool.acquire().await.unwrap();
    let theirs = store::sheet(&mut connection, it).await.unwrap().unwrap();
    drop(connection);
    let base = fingerprints_of(facts::FIELDS.iter().copied(), &theirs);
    match save_store::save(&pool, &viewer, it, Form { base: &base, ..form }).await.unwrap() {
        Saved::Wrong { problems, .. } => assert_eq!(problems, title_taken),
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn two_that_are_made_at_once_have_two_addresses(pool: PgPool) {
    let (viewer, event) = organiser(&pool, "har").await;
    let (other, _) = organiser(&pool, "dar").await;
    // Nobody makes one of what others organise.
    let form = sheet(&[("event", "dar")]);
    let refused = save_store::create(&pool, &viewer, &form, NOW).await.unwrap();
    assert_eq!(refused, Err(vec![("event".into(), PlanProblem::NotAChoice)]));
    let of = async |viewer: &Viewer, event: &str| {
        let form = sheet(&[("event", event)]);
        save_store::create(&pool, viewer, &form, NOW).await.unwrap().unwrap()
    };
    let (one, two) = futures::join!(of(&viewer, "har"), of(&other, "dar"));
    assert_ne!(one, two);
    let logged: i64 = sqlx::query_scalar(
        "select count(*) from audit_log where subject = 'recordings' and what = 'insert' and event_id = $1 and actor_id = $2",
    )
    .bind(event)
    .bind(viewer.id.0)
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(logged, 1, "it stands in the log");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_two_change_at_once_is_laid_side_by_side(pool: PgPool) {
    let (viewer, _) = organiser(&pool, "har").await;
    let it = draft(&pool, &viewer, "har").await;
    let base = fingerprints_of(facts::FIELDS.iter().copied(), &sheet(&[]));
    let save = async |mine: &Sheet, base: &str| {
        let form = Form { mine, base, asked: &|_| false, chosen: &|_| None, also_later: false };
        save_store::save(&pool, &viewer, it, form).await.unwrap()
    };
    let first = save(&sheet(&[("summary_sv", "Ett samtal.")]), &base).await;
    assert!(matches!(first, Saved::Done { .. }));
    // Another field: both hold.
    assert!(matches!(save(&sheet(&[("title_en", "Courage")]), &base).await, Saved::Done { .. }));
    // The same field: one has to choose, and nothing is saved.
    match save(&sheet(&[("summary_sv", "Ett möte.")]), &base).await {
        Saved::Conflict { merged, .. } => {
            assert_eq!(merged.conflicts.len(), 1);
            assert_eq!(merged.conflicts[0].theirs, "Ett samtal.");
            assert_eq!(merged.sheet.get("summary_sv"), "Ett möte.");
        }
        other => panic!("{other:?}"),
    }
    let mut connection = pool.acquire().await.unwrap();
    let saved = store::sheet(&mut connection, it).await.unwrap().unwrap();
    assert_eq!((saved.get("summary_sv"), saved.get("title_en")), ("Ett samtal.", "Courage"));
}

#[sqlx::test(migrations = "../migrations")]
async fn publishing_needs_a_film_and_captions_or_a_reason(pool: PgPool) {
    let (viewer, _) = organiser(&pool, "har").await;
    let it = draft(&pool, &viewer, "har").await;
    let publish = async |posted: &PostedPublish| {
        state_store::publish(&pool, &viewer, it, posted, NOW).await.unwrap()
    };
    assert_eq!(publish(&why()).await, Published::NothingThere);
    film(&pool, it, "slides").await;
    assert_eq!(publish(&why()).await, Published::NothingThere, "slides are no film");
    film(&pool, it, "original").await;
    let nothing_said = publish(&PostedPublish::default()).await;
    let both = vec![
        ("reason".to_owned(), PublishProblem::NoReason),
        ("captions_by".to_owned(), PublishProblem::NotADate),
    ];
    assert_eq!(nothing_said, Published::Wrong(both.clone()));
    assert_eq!(facts_of(&pool, it).await.0, "draft");
    // Neither what nobody has read, nor another language, nor a translation is enough.
    captions(&pool, it, "sv", false).await;
    captions(&pool, it, "en", true).await;
    assert_eq!(publish(&PostedPublish::default()).await, Published::Wrong(both.clone()));
    assert_eq!(publish(&why()).await, Published::Uncaptioned);
    assert_eq!(
        facts_of(&pool, it).await,
        ("published".into(), true, Some("Texten skrivs.".into()))
    );
    // Said anew.
    let later = PostedPublish { reason: "Det tar tid.".into(), ..why() };
    assert_eq!(publish(&later).await, Published::Uncaptioned);
    assert_eq!(facts_of(&pool, it).await.2.as_deref(), Some("Det tar tid."));

    captions(&pool, it, "sv", true).await;
    assert_eq!(
        facts_of(&pool, it).await,
        ("published".into(), true, None),
        "the reason falls away"
    );
    assert!(state_store::withdraw(&pool, &viewer, it).await.unwrap());
    assert!(!state_store::withdraw(&pool, &viewer, it).await.unwrap(), "once");
    assert_eq!(facts_of(&pool, it).await, ("draft".into(), false, None));
    assert_eq!(publish(&PostedPublish::default()).await, Published::Done);
    sqlx::query("delete from recordings").execute(&pool).await.unwrap();
    assert_eq!(publish(&why()).await, Published::Gone);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_translation_is_no_caption(pool: PgPool) {
    let (viewer, _) = organiser(&pool, "har").await;
    let it = draft(&pool, &viewer, "har").await;
    film(&pool, it, "original").await;
    sqlx::query(CAPTIONED)
        .bind(it.0)
        .bind("sv")
        .bind("subtitles")
        .bind(Some(crate::time::instant(NOW)))
        .execute(&pool)
        .await
        .unwrap();
    let published = state_store::publish(&pool, &viewer, it, &why(), NOW).await.unwrap();
    assert_eq!(published, Published::Uncaptioned);
}

/// Captions are reviewed while somebody publishes without them: whichever comes first, no reason is left beside them.
#[sqlx::test(migrations = "../migrations")]
async fn captions_that_come_at_the_same_moment_leave_no_reason(pool: PgPool) {
    let (viewer, _) = organiser(&pool, "har").await;
    // The review is written and not told yet; publishing waits for it, and then sees it.
    let first = draft(&pool, &viewer, "har").await;
    film(&pool, first, "original").await;
    let mut reviewing = pool.begin().await.unwrap();
    sqlx::query(CAPTIONED)
        .bind(first.0)
        .bind("sv")
        .bind("captions")
        .bind(Some(crate::time::instant(NOW)))
        .execute(&mut *reviewing)
        .await
        .unwrap();
    let posted = why();
    let publishing = state_store::publish(&pool, &viewer, first, &posted, NOW);
    let reviewed = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        reviewing.commit().await.unwrap();
    };
    let (published, ()) = futures::join!(publishing, reviewed);
    assert_eq!(published.unwrap(), Published::Done);
    assert_eq!(facts_of(&pool, first).await.2, None);

    // It is published and not told yet; the review waits for it, and takes the reason away.
    sqlx::query("update recordings set title = 'Annan'").execute(&pool).await.unwrap();
    let second = draft(&pool, &viewer, "har").await;
    film(&pool, second, "original").await;
    let mut publishing = pool.begin().await.unwrap();
    sqlx::query(
        "update recordings set state = 'published', published_at = now(), uncaptioned_reason = 'x', captions_by = '2027-03-10'
         where id = $1",
    )
    .bind(second.0)
    .execute(&mut *publishing)
    .await
    .unwrap();
    let reviewing = captions(&pool, second, "sv", true);
    let published = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        publishing.commit().await.unwrap();
    };
    futures::join!(reviewing, published);
    assert_eq!(facts_of(&pool, second).await.2, None);
}

/// Without the lock in the trigger it would be left: the update sees no reason to take away, and does not wait.
#[sqlx::test(migrations = "../migrations")]
async fn without_waiting_the_reason_would_be_left(pool: PgPool) {
    let (viewer, _) = organiser(&pool, "har").await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(
        "create or replace function captions_have_come() returns trigger language plpgsql as $$
         begin
            update recordings set uncaptioned_reason = null, captions_by = null
            where id = new.recording_id and language = new.language and uncaptioned_reason is not null;
            return null;
         end $$",
    ))
    .execute(&pool)
    .await
    .unwrap();
    let it = draft(&pool, &viewer, "har").await;
    let mut publishing = pool.begin().await.unwrap();
    sqlx::query(
        "update recordings set state = 'published', published_at = now(), uncaptioned_reason = 'x', captions_by = '2027-03-10'",
    )
    .execute(&mut *publishing)
    .await
    .unwrap();
    captions(&pool, it, "sv", true).await;
    publishing.commit().await.unwrap();
    assert!(facts_of(&pool, it).await.2.is_some());
}

#[sqlx::test(migrations = "../migrations")]
async fn the_list_has_what_one_organises_in_its_order(pool: PgPool) {
    let (viewer, _) = organiser(&pool, "har").await;
    let (other, _) = organiser(&pool, "dar").await;
    draft(&pool, &other, "dar").await;
    let make = async |title: &str| {
        let form = sheet(&[("event", "har"), ("title_sv", title)]);
        let slug = save_store::create(&pool, &viewer, &form, NOW).await.unwrap().unwrap();
        let it = id(&pool, &slug).await;
        film(&pool, it, "original").await;
        it
    };
    let (late, soon, done) = (make("Sen").await, make("Snart").await, make("Klar").await);
    make("Utkast 100 %").await;
    for (it, by) in [(soon, "2027-04-01"), (late, "2027-03-02")] {
        let posted = PostedPublish { by: by.into(), ..why() };
        state_store::publish(&pool, &viewer, it, &posted, NOW).await.unwrap();
    }
    captions(&pool, done, "sv", true).await;
    state_store::publish(&pool, &viewer, done, &PostedPublish::default(), NOW).await.unwrap();

    let day_after = NOW + 3 * 86_400;
    let list = async |query: DeskQuery| {
        store::list(&pool, Lang::Sv, &viewer, &query, day_after).await.unwrap()
    };
    let all = list(DeskQuery::default()).await;
    let told: Vec<_> = all
        .lines
        .iter()
        .map(|line| (line.title.as_str(), line.group(), line.is_overdue(all.today)))
        .collect();
    assert_eq!(
        told,
        [
            ("Utkast 100 %", Group::Draft, false),
            ("Sen", Group::Uncaptioned, true),
            ("Snart", Group::Uncaptioned, false),
            ("Klar", Group::Published, false),
        ]
    );
    assert_eq!((all.total, all.programmes.len()), (4, 1));
    assert_eq!(all.lines[0].captioned, Captioned::Missing);
    let words = |words: &str| DeskQuery { words: Some(words.into()), ..DeskQuery::default() };
    assert_eq!(list(words("sna")).await.lines.len(), 1);
    assert_eq!(list(words("0 %")).await.lines.len(), 1, "a sign is a sign");
    assert_eq!(list(words("mod prova")).await.lines.len(), 4, "its event's title");
    let of = |slug: &str| DeskQuery { programme: Some(slug.into()), ..DeskQuery::default() };
    assert_eq!(list(of("har")).await.lines.len(), 4);
    assert!(list(of("dar")).await.lines.is_empty(), "what others organise stays theirs");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_published_keeps_something_to_see(pool: PgPool) {
    let (viewer, _) = organiser(&pool, "har").await;
    let it = draft(&pool, &viewer, "har").await;
    let remove = async |role| save_store::remove_file(&pool, &viewer, it, role).await.unwrap();
    film(&pool, it, "original").await;
    film(&pool, it, "poster").await;
    assert_eq!(remove(Role::Slides).await, Removed::Nothing);
    state_store::publish(&pool, &viewer, it, &why(), NOW).await.unwrap();
    assert_eq!(remove(Role::Original).await, Removed::NothingLeft);
    film(&pool, it, "audio").await;
    assert_eq!(remove(Role::Original).await, Removed::Done);
    let left: Vec<String> =
        sqlx::query_scalar("select role from media_files").fetch_all(&pool).await.unwrap();
    assert_eq!(left, ["audio"], "what was made from it goes with it");
    assert!(save_store::remove(&pool, &viewer, it).await.unwrap());
    assert!(!save_store::remove(&pool, &viewer, it).await.unwrap());
    let keys: i64 =
        sqlx::query_scalar("select count(*) from media_left").fetch_one(&pool).await.unwrap();
    assert_eq!(keys, 3, "the files are taken away after a while");
}

#[sqlx::test(migrations = "../migrations")]
async fn viewings_are_counted_and_few_of_them_not_told(pool: PgPool) {
    let (viewer, _) = organiser(&pool, "har").await;
    let it = draft(&pool, &viewer, "har").await;
    sqlx::query("update recordings set duration_ms = 100000").execute(&pool).await.unwrap();
    let view = async |parts: &[i16]| {
        let counted = Counted { begins: true, watched_ms: 60_000, parts: parts.to_vec() };
        count(&pool, it, &counted, NOW).await.unwrap();
    };
    for _ in 0..5 {
        view(&[0, 1]).await;
    }
    assert_eq!(figures_store::watched(&pool, it, NOW).await.unwrap(), None);
    // At once, in another order, and with more that begins nothing.
    let more = Counted { begins: false, watched_ms: 30_000, parts: vec![49] };
    futures::join!(view(&[0, 1, 2]), view(&[2, 1, 0]), async {
        count(&pool, it, &more, NOW).await.unwrap();
    });
    let watched = figures_store::watched(&pool, it, NOW + 86_400).await.unwrap().unwrap();
    assert_eq!((watched.views, watched.minutes, watched.steps.len()), (7, 7, 2));
    assert_eq!(watched.parts[..3], [7, 7, 2]);
    assert_eq!(watched.parts[49], 1);
    assert_eq!((watched.share(2), watched.half_at()), (28, Some(2)));
}
