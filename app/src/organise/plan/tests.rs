//! Planning against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::merge::fingerprints;
use super::model::{List, PlanProblem, Sheet};
use super::save_store::{Form, Saved, create, create_once, save};
use super::state_store::{Decided, archive, duplicate, set_state};
use super::store;
use crate::account::model::{Grant, PersonId, Role, SessionId, Viewer};
use crate::events::model::{EventId, Slug, State};
use crate::events::store as events;
use crate::text::Lang;
use sqlx::PgPool;

/// 2027-01-01 08:00 UTC.
pub(super) const NOW: i64 = 1_798_790_400;

pub(super) struct Desk {
    pub(super) pool: PgPool,
    pub(super) viewer: Viewer,
    programme: i64,
}

impl Desk {
    pub(super) async fn new(pool: PgPool) -> Self {
        let programme = sqlx::query_scalar(
            "insert into programmes (slug, title_sv) values ('p', 'P') returning id",
        );
        let programme: i64 = programme.fetch_one(&pool).await.unwrap();
        let person = sqlx::query_scalar("insert into people (name) values ('Åsa') returning id");
        let person: i64 = person.fetch_one(&pool).await.unwrap();
        let viewer = Viewer {
            id: PersonId(person),
            session: SessionId(1),
            name: "Åsa".into(),
            email: "asa@example.org".into(),
            organisation: None,
            roles: vec![Grant { role: Role::Organiser, programme: Some(programme) }],
        };
        Self { pool, viewer, programme }
    }

    pub(super) fn sheet(&self, fields: &[(&str, &str)]) -> Sheet {
        let mut sheet = Sheet::default();
        let home = self.programme.to_string();
        for (field, value) in [
            ("home", home.as_str()),
            ("kind", "seminar"),
            ("title_sv", "Fika på Öland"),
            ("time_kind", "clock"),
            ("date", "2027-05-12"),
            ("starts", "08:00"),
            ("ends", "08:45"),
            ("time_zone", "Europe/Stockholm"),
            ("format", "digital"),
            ("seats-digital", "12"),
            ("language", "sv"),
        ] {
            sheet.set(field, value);
        }
        for &(field, value) in fields {
            sheet.set(field, value);
        }
        sheet
    }

    pub(super) async fn make(&self, fields: &[(&str, &str)]) -> EventId {
        let made = create(&self.pool, &self.viewer, &self.sheet(fields)).await.unwrap();
        self.id(&made.unwrap()).await
    }

    pub(super) async fn id(&self, slug: &Slug) -> EventId {
        crate::organise::store::find(&self.pool, slug).await.unwrap().unwrap().event
    }

    pub(super) async fn saved(&self, event: EventId) -> Sheet {
        let mut connection = self.pool.acquire().await.unwrap();
        store::sheet(&mut connection, event).await.unwrap().unwrap()
    }

    /// Saves a form that was shown as `shown` and has been changed like this.
    pub(super) async fn save(
        &self,
        event: EventId,
        shown: &Sheet,
        changes: &[(&str, &str)],
    ) -> Saved {
        let mut mine = shown.clone();
        for &(field, value) in changes {
            mine.set(field, value);
        }
        let base = fingerprints(shown);
        let form = Form {
            mine: &mine,
            base: &base,
            asked: &|_| false,
            chosen: &|_| None,
            also_later: false,
        };
        save(&self.pool, &self.viewer, event, form, NOW).await.unwrap()
    }

    pub(super) async fn state(&self, event: EventId, to: State, word: Option<&str>) -> Decided {
        let planned = store::planned(&self.pool, Lang::Sv, event, NOW).await.unwrap().unwrap();
        set_state(&self.pool, &self.viewer, event, &planned, to, word).await.unwrap()
    }

    pub(super) async fn sign_up(&self, event: EventId) {
        sqlx::query(
            "with person as (
                insert into people (name, email, email_key) values ('D', 'd@x.se', 'd@x.se') returning id
            )
            insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation,
                language, consented_at, consent_version)
            select 'en-hemlighet-som-ar-lang-nog', $1, 'digital', id, 'confirmed', 1, 'D', 'O', 'sv', now(), 1
            from person",
        )
        .bind(event.0)
        .execute(&self.pool)
        .await
        .unwrap();
    }

    pub(super) async fn mails(&self) -> Vec<String> {
        let kinds = sqlx::query_scalar("select kind from mails order by id");
        kinds.fetch_all(&self.pool).await.unwrap()
    }

    pub(super) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.pool).await.unwrap()
    }
}

const PARTS: &[(&str, &str)] = &[
    ("slots", "25\tFöredrag\tTalk\n15\tFrågor\t\n"),
    ("speakers", "Eva Ek\tInnovationsledare\t\nBo Alm\t\t\n"),
    ("contact", "Eva Ek"),
];

#[sqlx::test(migrations = "../migrations")]
async fn what_is_written_is_read_again_and_nobody_else_sees_a_draft(pool: PgPool) {
    let desk = Desk::new(pool).await;
    sqlx::query(
        "insert into themes (slug, name_sv, name_en) values ('a', 'A', 'A'), ('b', 'B', 'B')",
    )
    .execute(&desk.pool)
    .await
    .unwrap();
    sqlx::query(
        "insert into municipalities values ('1880', 'Örebro kommun', 'Örebro', '18', 'Örebro län')",
    )
    .execute(&desk.pool)
    .await
    .unwrap();
    let mut fields = PARTS.to_vec();
    fields.extend([
        ("summary_sv", "Ett **ord**\n\noch ett till"),
        ("opens_at", "2027-01-02T08:00"),
        ("themes", "a,b"),
        ("municipalities", "örebro"),
        ("meeting_url", "https://zoom.us/j/1"),
    ]);
    let event = desk.make(&fields).await;
    let saved = desk.saved(event).await;
    for (field, value) in desk.sheet(&fields).0 {
        let value = match field.as_str() {
            "speakers" => "Eva Ek\t\t\nBo Alm\t\t\n".to_owned(),
            "municipalities" => "Örebro kommun".to_owned(),
            _ => value,
        };
        assert_eq!(saved.get(&field), value, "{field}");
    }
    let slug = Slug::parse("fika-pa-oland").unwrap();
    assert!(events::find(&desk.pool, &slug).await.unwrap().is_none());
    let page = async |drafts| events::page(&desk.pool, Lang::Sv, &slug, NOW, drafts).await.unwrap();
    assert!(page(events::Drafts::LeftOut).await.is_none());
    let preview = page(events::Drafts::Seen).await.unwrap();
    assert_eq!(preview.summary_html, "<p>Ett <strong>ord</strong></p>\n<p>och ett till</p>");
    assert_eq!(preview.summary, "Ett ord\n\noch ett till");
    assert_eq!(preview.line.phase, crate::events::model::Phase::OpensLater);
    // Another of the same name gets an address of its own.
    desk.make(&[]).await;
    assert_eq!(desk.number("select count(*) from events where slug = 'fika-pa-oland-2'").await, 1);
    // Whoever did it is in the log.
    let logged = desk
        .number("select count(*) from audit_log where subject = 'events' and actor_id is not null");
    assert!(logged.await > 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn saving_the_same_again_changes_nothing_at_all(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let event = desk.make(PARTS).await;
    let shown = desk.saved(event).await;
    let state = "select version + (select count(*) from audit_log) from events";
    let before = desk.number(state).await;
    assert_eq!(
        desk.save(event, &shown, &[]).await,
        Saved::Done { tells: false, beyond: 0, later: 0 }
    );
    assert_eq!(desk.number(state).await, before);
    // A change of the programme alone is a change of the event, and leaves its time as it was.
    let sequence = desk.number("select sequence::bigint from events").await;
    desk.save(event, &shown, &[("slots", "40\tFöredrag\tTalk\n")]).await;
    assert!(desk.number("select version from events").await > 0);
    assert_eq!(desk.number("select sequence::bigint from events").await, sequence);
    assert_eq!(desk.number("select count(*) from slots").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn two_at_once_lose_nothing_and_collide_only_where_both_wrote(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let event = desk.make(PARTS).await;
    let shown = desk.saved(event).await;
    let done = Saved::Done { tells: false, beyond: 0, later: 0 };
    assert_eq!(desk.save(event, &shown, &[("venue", "Salen"), ("title_sv", "A")]).await, done);
    assert_eq!(desk.save(event, &shown, &[("slots", "30\tX\t\n")]).await, done);
    let Saved::Conflict { merged, base } =
        desk.save(event, &shown, &[("title_sv", "B"), ("platform", "Zoom")]).await
    else {
        panic!("nobody was asked");
    };
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].theirs, "A");
    assert_eq!((merged.sheet.get("venue"), merged.sheet.get("title_sv")), ("Salen", "B"));
    assert_eq!(desk.saved(event).await.get("platform"), "", "nothing is saved half");
    let form = Form {
        mine: &merged.sheet,
        base: &base,
        asked: &|field| field == "title_sv",
        chosen: &|_| Some(false),
        also_later: false,
    };
    assert_eq!(save(&desk.pool, &desk.viewer, event, form, NOW).await.unwrap(), done);
    let saved = desk.saved(event).await;
    let now = ["title_sv", "venue", "platform", "slots"].map(|field| saved.get(field).to_owned());
    assert_eq!(now, ["A", "Salen", "Zoom", "30\tX\t\n"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn those_signed_up_are_told_of_a_new_time_and_of_the_end(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let event = desk.make(&[]).await;
    assert_eq!(desk.state(event, State::Published, None).await, Decided::Done);
    desk.sign_up(event).await;
    let shown = desk.saved(event).await;
    let words = desk.save(event, &shown, &[("subtitle_sv", "Nytt")]).await;
    assert_eq!(words, Saved::Done { tells: false, beyond: 0, later: 0 });
    assert!(desk.mails().await.is_empty(), "words alone are not worth a mail");
    let time = desk.save(event, &shown, &[("starts", "09:00"), ("ends", "10:00")]).await;
    assert_eq!(time, Saved::Done { tells: true, beyond: 0, later: 0 });
    let seats = desk.save(event, &desk.saved(event).await, &[("seats-digital", "0")]).await;
    assert_eq!(seats, Saved::Done { tells: false, beyond: 1, later: 0 });

    let taken = desk.save(event, &desk.saved(event).await, &[("format", "on_site")]).await;
    assert!(matches!(&taken, Saved::Wrong { problems, .. }
        if problems == &[("format".to_owned(), PlanProblem::WayTaken)]));
    assert_eq!(desk.saved(event).await.get("format"), "digital");
    // Nobody's place disappears from sight.
    assert_eq!(desk.state(event, State::Draft, None).await, Decided::NotPossible);
    assert_eq!(desk.state(event, State::Cancelled, Some("Talaren är sjuk.")).await, Decided::Done);
    assert_eq!(desk.mails().await, ["changed", "event_cancelled"]);
    let site = crate::mail::letters::Site {
        url: "https://x.se".into(),
        organiser: crate::events::invitation::Organiser {
            name: "X".into(),
            address: "x@x.se".into(),
        },
    };
    let ids = crate::mail::letters::newest(&desk.pool, 1).await.unwrap();
    let letters = crate::mail::letters::letters(&desk.pool, &ids, &site, NOW).await.unwrap();
    assert!(letters[0].mail.text().contains("Arrangören skriver:\nTalaren är sjuk."));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_has_not_been_decided_is_not_published_and_may_be_cancelled(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let event = desk.make(&[("format", "")]).await;
    assert_eq!(desk.state(event, State::Published, None).await, Decided::NeedsFormat);
    assert_eq!(desk.state(event, State::Preliminary, None).await, Decided::Done);
    assert_eq!(desk.state(event, State::Cancelled, None).await, Decided::Done);
    // The one who was slower is told, and changes nothing.
    let planned = store::planned(&desk.pool, Lang::Sv, event, NOW).await.unwrap().unwrap();
    let stale = super::model::Planned { state: State::Preliminary, ..planned };
    let late = set_state(&desk.pool, &desk.viewer, event, &stale, State::Draft, None).await;
    assert_eq!(late.unwrap(), Decided::NotPossible);
    assert!(archive(&desk.pool, &desk.viewer, event, true, NOW).await.unwrap());
    assert!(!archive(&desk.pool, &desk.viewer, event, true, NOW).await.unwrap());
    let put_away = store::drafts(&desk.pool, Lang::Sv, &desk.viewer, NOW).await.unwrap();
    assert!(put_away[0].event.is_archived);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_copy_has_all_parts_and_nobody_signed_up(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let event = desk.make(PARTS).await;
    let shown = desk.saved(event).await;
    let things = "\tlink\tBok\thttps://x.se\t\t\tno\n\tslides\tBilder\t\t\t\tyes\n";
    desk.save(event, &shown, &[("materials", things)]).await;
    desk.state(event, State::Published, None).await;
    desk.sign_up(event).await;
    let slug = duplicate(&desk.pool, &desk.viewer, event, "fika-pa-oland").await.unwrap();
    let copy = desk.id(&slug).await;
    let (was, is) = (desk.saved(event).await, desk.saved(copy).await);
    for field in super::merge::fields().filter(|field| *field != "materials") {
        assert_eq!(was.get(field), is.get(field), "{field}");
    }
    let titles = |sheet: &Sheet| {
        sheet.rows(List::Materials).into_iter().map(|row| row[2].clone()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&is), ["Bok", "Bilder"]);
    let planned = store::planned(&desk.pool, Lang::Sv, copy, NOW).await.unwrap().unwrap();
    assert_eq!((planned.state, planned.signed_up), (State::Draft, 0));

    // Materials change places; those of another event cannot be taken by their number.
    let mut rows = was.rows(List::Materials);
    rows.reverse();
    let mut swapped = Sheet::default();
    swapped.set_rows(List::Materials, &rows);
    desk.save(event, &was, &[("materials", swapped.get("materials"))]).await;
    assert_eq!(titles(&desk.saved(event).await), ["Bilder", "Bok"]);
    desk.save(copy, &is, &[("materials", swapped.get("materials"))]).await;
    assert_eq!(desk.number("select count(*) from materials").await, 4);
}

#[sqlx::test(migrations = "../migrations")]
async fn only_into_ones_own_programme_and_only_people_once(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let other: i64 = sqlx::query_scalar(
        "insert into programmes (slug, title_sv) values ('q', 'Q') returning id",
    )
    .fetch_one(&desk.pool)
    .await
    .unwrap();
    let problem = |field: &str, problem| vec![(field.to_owned(), problem)];
    let elsewhere = desk.sheet(&[("home", &other.to_string())]);
    let made = create(&desk.pool, &desk.viewer, &elsewhere).await.unwrap();
    assert_eq!(made, Err(problem("home", PlanProblem::NotAChoice)));
    let event = desk.make(PARTS).await;
    let shown = desk.saved(event).await;
    let moved = desk.save(event, &shown, &[("home", &other.to_string())]).await;
    assert!(matches!(moved, Saved::Wrong { problems, .. }
        if problems == problem("home", PlanProblem::NotAChoice)));
    // The name of somebody who is there already is that person, not another.
    let people = desk.number("select count(*) from people").await;
    desk.make(&[("speakers", "Eva Ek\t\t\n")]).await;
    assert_eq!(desk.number("select count(*) from people").await, people);
    let nobody = desk.sheet(&[("municipalities", "Ankeborg")]);
    let made = create(&desk.pool, &desk.viewer, &nobody).await.unwrap();
    assert_eq!(made, Err(problem("municipalities", PlanProblem::NoSuchMunicipality)));
    assert_eq!(desk.number("select count(*) from events").await, 2, "nothing is stored half");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_form_that_is_sent_twice_makes_one_event(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let sheet = desk.sheet(&[]);
    let send =
        async |key| create_once(&desk.pool, &desk.viewer, &sheet, key).await.unwrap().unwrap();
    let key = Some("7f1b8c52-6f7e-4c37-9a5e-0c1f5f0e9b11");
    let (one, other) = futures::join!(send(key), send(key));
    assert_eq!(one, other);
    assert_eq!(desk.number("select count(*) from events").await, 1);
    send(Some("8f1b8c52-6f7e-4c37-9a5e-0c1f5f0e9b11")).await;
    send(None).await;
    send(Some("no key")).await;
    assert_eq!(desk.number("select count(*) from events").await, 4);
}
