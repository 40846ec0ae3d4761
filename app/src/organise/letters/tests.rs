//! Letters against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::{Draft, PAGE, Whom};
use super::send_store::{self, Sending};
use super::store;
use crate::account::model::{PersonId, SessionId, Viewer};
use crate::events::invitation::Organiser;
use crate::events::model::Slug;
use crate::mail::letters::{Letter, Site, letters};
use crate::organise::people::query::PeopleQuery;
use crate::organise::store::{Found, find};
use crate::text::Lang;
use sqlx::PgPool;

const ONCE: &str = "a-form-of-its-own";

async fn event(pool: &PgPool) -> (Found, Viewer) {
    sqlx::raw_sql(
        "insert into programmes (slug, title_sv) values ('p', 'P');
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select word, id, 'seminar', 'published', 'Dagen', now() + interval '7 days', now() + interval '8 days', 'digital'
         from programmes, unnest(array['e', 'annan']) as word;
         insert into event_ways (event_id, way, capacity) select id, 'digital', 100000 from events;
         with person as (
            insert into people (name, email, email_key, language)
            select status, status || '@exempel.se', status || '@exempel.se', case status when 'waitlisted' then 'en' end
            from unnest(array['requested', 'confirmed', 'waitlisted', 'refused', 'cancelled']) as status returning id, name
         )
         insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language,
            consented_at, consent_version)
         select 'en-hemlighet-som-ar-lang-nog-' || p.id, e.id, 'digital', p.id, p.name, p.id, p.name, 'O', 'sv', now(), 1
         from person p join events e on e.slug = 'e';
         insert into people (name, email, email_key) values ('Ordna', 'ordna@exempel.se', 'ordna@exempel.se');
         insert into roles (person_id, role, programme_id)
         select p.id, 'organiser', pr.id from people p, programmes pr where p.name = 'Ordna';
         delete from mails",
    )
    .execute(pool)
    .await
    .unwrap();
    let id = sqlx::query_scalar("select id from people where name = 'Ordna'").fetch_one(pool).await;
    let viewer = Viewer {
        id: PersonId(id.unwrap()),
        session: SessionId(1),
        name: "Ordna".into(),
        email: "ordna@exempel.se".into(),
        organisation: None,
        roles: Vec::new(),
    };
    (find(pool, &Slug::parse("e").unwrap()).await.unwrap().unwrap(), viewer)
}

fn draft() -> Draft {
    Draft { subject: "Ny sal".into(), body: "Vi byter **sal** <script>x</script>".into() }
}

async fn queued(pool: &PgPool) -> Vec<Letter> {
    let ids: Vec<i64> =
        sqlx::query_scalar("select id from mails order by id").fetch_all(pool).await.unwrap();
    let organiser = Organiser { name: "Stafett".into(), address: "s@exempel.se".into() };
    let site = Site { url: "https://s.se".into(), organiser };
    letters(pool, &ids, &site, 0).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn those_are_found_whom_it_is_for(pool: PgPool) {
    let (found, _) = event(&pool).await;
    let names = async |whom, gone, asked: &[(&str, &str)], chosen: &[i64]| -> String {
        let query = PeopleQuery::from_pairs(asked.iter().copied());
        let ids = store::readers(&pool, found.event, whom, gone, &query, chosen).await.unwrap();
        let names: Vec<String> =
            sqlx::query_scalar("select name from sign_ups where id = any($1) order by id")
                .bind(ids)
                .fetch_all(&pool)
                .await
                .unwrap();
        names.join(" ")
    };
    assert_eq!(names(Whom::Everybody, false, &[], &[]).await, "requested confirmed waitlisted");
    assert_eq!(names(Whom::Places, true, &[], &[]).await, "confirmed");
    assert_eq!(names(Whom::Line, true, &[], &[]).await, "waitlisted");
    let asked = [("status", "cancelled")];
    assert_eq!(names(Whom::Matching, false, &asked, &[]).await, "", "nobody has asked for those");
    assert_eq!(names(Whom::Matching, true, &asked, &[]).await, "cancelled");
    let all: Vec<i64> =
        sqlx::query_scalar("select id from sign_ups").fetch_all(&pool).await.unwrap();
    assert_eq!(names(Whom::Chosen, false, &[], &all).await, "requested confirmed waitlisted");
    assert_eq!(names(Whom::Oneself, true, &[], &all).await, "");
    let other = find(&pool, &Slug::parse("annan").unwrap()).await.unwrap().unwrap();
    let query = PeopleQuery::default();
    let theirs =
        store::readers(&pool, other.event, Whom::Chosen, true, &query, &all).await.unwrap();
    assert!(theirs.is_empty(), "those of another event are left alone");
    let counts = store::counts(&pool, found.event, &PeopleQuery::from_pairs(asked)).await.unwrap();
    assert_eq!(
        (counts.everybody, counts.places, counts.line, counts.gone, counts.matching),
        (3, 1, 1, 2, 0)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_form_that_comes_twice_is_sent_once(pool: PgPool) {
    let (found, viewer) = event(&pool).await;
    let query = PeopleQuery::default();
    let to = store::readers(&pool, found.event, Whom::Everybody, false, &query, &[]).await.unwrap();
    let sending =
        Sending { event: found.event, whom: Whom::Everybody, to: &to, once: ONCE, now: 0 };
    let (first, is_new) = send_store::send(&pool, &viewer, &draft(), &sending).await.unwrap();
    assert!(is_new);
    assert_eq!(send_store::send(&pool, &viewer, &draft(), &sending).await.unwrap(), (first, false));
    let mails = queued(&pool).await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["requested@exempel.se", "confirmed@exempel.se", "waitlisted@exempel.se"]);
    // Each in their own language, with their own link.
    let languages: Vec<Lang> = mails.iter().map(|mail| mail.lang).collect();
    assert_eq!(languages, [Lang::Sv, Lang::Sv, Lang::En]);
    let last = &mails[2].mail;
    assert_eq!(last.subject, "Ny sal");
    let text = last.text();
    assert!(text.starts_with("Hello waitlisted,\n\nVi byter sal"), "{text}");
    assert!(
        text.contains("https://s.se/en/sign-ups/en-hemlighet") && text.contains("Dagen"),
        "{text}"
    );
    let html = last.html();
    assert!(html.contains("<strong>sal</strong>") && !html.contains("<script"), "{html}");
    // The log has it, once.
    let logged: i64 =
        sqlx::query_scalar("select count(*) from audit_log where subject = 'letters'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(logged, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_became_of_each_is_told_and_a_test_is_no_letter(pool: PgPool) {
    let (found, viewer) = event(&pool).await;
    let query = PeopleQuery::default();
    send_store::test(&pool, &viewer, found.event, &draft(), Lang::En, "another-form-of-its-own", 0)
        .await
        .unwrap();
    let mails = queued(&pool).await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].to.as_str(), mails[0].lang), ("ordna@exempel.se", Lang::En));
    assert!(mails[0].mail.text().starts_with("Hello Ordna,\n\nVi byter sal"));
    assert!(store::earlier(&pool, found.event).await.unwrap().is_empty());
    let to = store::readers(&pool, found.event, Whom::Everybody, false, &query, &[]).await.unwrap();
    let sending =
        Sending { event: found.event, whom: Whom::Everybody, to: &to, once: ONCE, now: 0 };
    let (id, _) = send_store::send(&pool, &viewer, &draft(), &sending).await.unwrap();
    sqlx::raw_sql(
        "update mails set state = 'sent' where to_address like 'confirmed%';
         update mails set state = 'failed', problem = '550 no' where to_address like 'waitlisted%'",
    )
    .execute(&pool)
    .await
    .unwrap();
    let page = async |page| store::letter(&pool, Lang::Sv, found.event, id, page, 0).await.unwrap();
    let letter = page(0).await.unwrap();
    let fate = letter.letter.fate;
    assert_eq!((fate.sent, fate.waiting, fate.refused, letter.letter.people), (1, 1, 1, 3));
    let readers: Vec<_> = letter.readers.iter().map(|reader| reader.name.as_str()).collect();
    assert_eq!(readers, ["waitlisted", "requested", "confirmed"]);
    assert_eq!(letter.readers[0].problem.as_deref(), Some("550 no"));
    assert_eq!(letter.html, "<p>Vi byter <strong>sal</strong> &lt;script&gt;x&lt;/script&gt;</p>");
    // A page beyond the last is the last; a letter of another event is none.
    assert_eq!(page(PAGE).await.unwrap().page, 0);
    let other = find(&pool, &Slug::parse("annan").unwrap()).await.unwrap().unwrap();
    assert!(store::letter(&pool, Lang::Sv, other.event, id, 0, 0).await.unwrap().is_none());
}
