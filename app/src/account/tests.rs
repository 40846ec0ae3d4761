//! Links and sessions against a real Postgres, with a clock that the tests set.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::{
    Grant, LINK_LASTS, LINKS_COUNTED, LinkState, Role, SESSION_IDLE, SESSION_LASTS, USE_WRITTEN,
};
use super::people_store::{account, grant, save_profile};
use super::profile::ProfileForm;
use super::secret;
use super::store::{
    Arrived, NewLink, NewSession, end_other_sessions, end_session, insert_link, link, mail_link,
    sign_in, sign_out, viewer,
};
use crate::signup::model::Email;
use crate::text::Lang;
use futures::future::join_all;
use sqlx::PgPool;

/// 2027-01-01 08:00 UTC
const NOW: i64 = 1_798_790_400;

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// A link for this address, and its secret.
async fn new_link(pool: &PgPool, address: &str, now: i64) -> String {
    let secret = secret::new().unwrap();
    let email = email(address);
    let link = NewLink { email: &email, lang: Lang::Sv, next: Some("/calendar"), secret: &secret };
    insert_link(pool, &link, now).await.unwrap();
    secret
}

async fn use_link(pool: &PgPool, link: &str, now: i64) -> (Option<Arrived>, String) {
    let token = secret::new().unwrap();
    let session = NewSession { token: &token, device: "Chrome, Android", instead_of: None };
    (sign_in(pool, link, &session, now).await.unwrap(), token)
}

/// Signs in and returns the session's token.
async fn signed_in(pool: &PgPool, address: &str, now: i64) -> String {
    let link = new_link(pool, address, now).await;
    let (arrived, token) = use_link(pool, &link, now).await;
    assert!(arrived.is_some());
    token
}

async fn is_in(pool: &PgPool, token: &str, now: i64) -> bool {
    viewer(pool, token, now).await.unwrap().is_some()
}

async fn count(pool: &PgPool, table: &'static str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
        .fetch_one(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_link_signs_in_once_and_makes_the_person(pool: PgPool) {
    let secret = new_link(&pool, "Åsa.Öberg+kurs@Exempel.se", NOW).await;
    let good = LinkState::Good { email: "Åsa.Öberg+kurs@Exempel.se".into() };
    for _ in 0..3 {
        assert_eq!(link(&pool, &secret, NOW).await.unwrap(), Some(good.clone()), "looking is free");
    }
    assert_eq!(count(&pool, "people").await, 0, "nobody is made by asking");
    let (arrived, token) = use_link(&pool, &secret, NOW + 60).await;
    assert_eq!(arrived.unwrap().next.as_deref(), Some("/calendar"));
    let viewer = viewer(&pool, &token, NOW + 61).await.unwrap().unwrap();
    assert_eq!(
        (viewer.name.as_str(), viewer.email.as_str()),
        ("Åsa.Öberg+kurs", "Åsa.Öberg+kurs@Exempel.se")
    );
    assert!(viewer.roles.is_empty());
    let (again, other) = use_link(&pool, &secret, NOW + 61).await;
    assert_eq!(again, None);
    assert!(!is_in(&pool, &other, NOW + 61).await);
    assert_eq!(link(&pool, &secret, NOW + 61).await.unwrap(), Some(LinkState::Gone));
}

#[sqlx::test(migrations = "../migrations")]
async fn posted_many_times_at_once_a_link_still_signs_in_once(pool: PgPool) {
    let secret = new_link(&pool, "a@example.org", NOW).await;
    let tries = join_all((0..8).map(|_| use_link(&pool, &secret, NOW))).await;
    assert_eq!(tries.iter().filter(|(arrived, _)| arrived.is_some()).count(), 1);
    assert_eq!(count(&pool, "sessions").await, 1);
    let mut inside = 0;
    for (_, token) in &tries {
        inside += i32::from(is_in(&pool, token, NOW).await);
    }
    assert_eq!(inside, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_link_is_good_for_twenty_minutes(pool: PgPool) {
    let early = new_link(&pool, "a@example.org", NOW).await;
    assert!(use_link(&pool, &early, NOW + LINK_LASTS - 1).await.0.is_some());
    let late = new_link(&pool, "a@example.org", NOW).await;
    assert_eq!(link(&pool, &late, NOW + LINK_LASTS).await.unwrap(), Some(LinkState::Gone));
    assert_eq!(use_link(&pool, &late, NOW + LINK_LASTS).await.0, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_no_secret_opens_nothing(pool: PgPool) {
    new_link(&pool, "a@example.org", NOW).await;
    let foreign = secret::new().unwrap();
    for garbage in ["", "x", "' or true --", "%", &foreign, &"a".repeat(5_000)] {
        assert_eq!(link(&pool, garbage, NOW).await.unwrap(), None, "{garbage:?}");
        assert_eq!(use_link(&pool, garbage, NOW).await.0, None, "{garbage:?}");
        assert!(!is_in(&pool, garbage, NOW).await, "{garbage:?}");
    }
    assert_eq!((count(&pool, "sessions").await, count(&pool, "people").await), (0, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn no_secret_can_be_read_from_the_tables_of_links_and_sessions(pool: PgPool) {
    let secret = new_link(&pool, "a@example.org", NOW).await;
    let (_, token) = use_link(&pool, &secret, NOW).await;
    let rows: String = sqlx::query_scalar(
        "select (select string_agg(l::text, '') from sign_in_links l)
             || (select string_agg(s::text, '') from sessions s)",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert!(rows.len() > 200 && !rows.contains(&secret) && !rows.contains(&token), "{rows}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_session_ends_after_two_weeks_without_use_and_lives_on_with_it(pool: PgPool) {
    let unused = signed_in(&pool, "a@example.org", NOW).await;
    assert!(is_in(&pool, &unused, NOW + SESSION_IDLE - 1).await);
    let idle = signed_in(&pool, "b@example.org", NOW).await;
    assert!(!is_in(&pool, &idle, NOW + SESSION_IDLE).await);
    // The first has been used a second before its end, and so has two more weeks.
    assert!(is_in(&pool, &unused, NOW + 2 * SESSION_IDLE - 2).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn no_use_carries_a_session_over_ninety_days(pool: PgPool) {
    let token = signed_in(&pool, "a@example.org", NOW).await;
    let mut now = NOW;
    while now + SESSION_IDLE / 2 < NOW + SESSION_LASTS {
        now += SESSION_IDLE / 2;
        assert!(is_in(&pool, &token, now).await, "day {}", (now - NOW) / 86_400);
    }
    assert!(is_in(&pool, &token, NOW + SESSION_LASTS - 1).await);
    assert!(!is_in(&pool, &token, NOW + SESSION_LASTS).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_last_use_is_written_every_five_minutes_at_most(pool: PgPool) {
    let token = signed_in(&pool, "a@example.org", NOW).await;
    let last = async || -> i64 {
        sqlx::query_scalar("select extract(epoch from last_used_at)::bigint from sessions")
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    is_in(&pool, &token, NOW + USE_WRITTEN - 1).await;
    assert_eq!(last().await, NOW);
    is_in(&pool, &token, NOW + USE_WRITTEN).await;
    assert_eq!(last().await, NOW + USE_WRITTEN);
}

#[sqlx::test(migrations = "../migrations")]
async fn signing_in_again_ends_the_browsers_old_session(pool: PgPool) {
    let old = signed_in(&pool, "a@example.org", NOW).await;
    let elsewhere = signed_in(&pool, "a@example.org", NOW).await;
    let secret = new_link(&pool, "a@example.org", NOW).await;
    let token = secret::new().unwrap();
    let session = NewSession { token: &token, device: "", instead_of: Some(&old) };
    assert!(sign_in(&pool, &secret, &session, NOW).await.unwrap().is_some());
    assert!(
        !is_in(&pool, &old, NOW).await,
        "a token that was planted before is worth nothing after"
    );
    assert!(is_in(&pool, &token, NOW).await && is_in(&pool, &elsewhere, NOW).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn sessions_are_ended_by_their_owner_alone(pool: PgPool) {
    let (here, there) = (
        signed_in(&pool, "a@example.org", NOW).await,
        signed_in(&pool, "a@example.org", NOW).await,
    );
    let stranger = signed_in(&pool, "b@example.org", NOW).await;
    let me = viewer(&pool, &here, NOW).await.unwrap().unwrap();
    let other = viewer(&pool, &there, NOW).await.unwrap().unwrap();
    let not_mine = viewer(&pool, &stranger, NOW).await.unwrap().unwrap();
    assert!(!end_session(&pool, me.id, not_mine.session).await.unwrap());
    assert!(is_in(&pool, &stranger, NOW).await);
    assert!(end_session(&pool, me.id, other.session).await.unwrap());
    assert!(!is_in(&pool, &there, NOW).await && is_in(&pool, &here, NOW).await);

    let third = signed_in(&pool, "a@example.org", NOW).await;
    end_other_sessions(&pool, me.id, me.session).await.unwrap();
    assert!(!is_in(&pool, &third, NOW).await);
    assert!(is_in(&pool, &here, NOW).await && is_in(&pool, &stranger, NOW).await);
    sign_out(&pool, &here).await.unwrap();
    assert!(!is_in(&pool, &here, NOW).await);
}

/// The same work, and the same rows, whether anybody is known by the address or not.
#[sqlx::test(migrations = "../migrations")]
async fn asking_for_a_link_tells_nothing_about_who_is_known(pool: PgPool) {
    signed_in(&pool, "known@example.org", NOW).await;
    let before = (count(&pool, "people").await, count(&pool, "sign_in_links").await);
    for (address, rows) in [("known@example.org", 1), ("unknown@example.org", 2)] {
        let (secret, email) = (secret::new().unwrap(), email(address));
        let link = NewLink { email: &email, lang: Lang::En, next: None, secret: &secret };
        mail_link(&pool, &link, NOW).await.unwrap();
        assert_eq!(count(&pool, "mails").await, rows);
        assert_eq!(count(&pool, "people").await, before.0);
        assert_eq!(count(&pool, "sign_in_links").await, before.1 + rows);
        let (to, language, mailed, event): (String, String, String, Option<i64>) = sqlx::query_as(
            "select to_address, language, secret, event_id from mails where kind = 'sign_in' order by id desc",
        )
        .fetch_one(&pool)
        .await
        .unwrap();
        assert_eq!((to.as_str(), language.as_str(), event), (address, "en", None));
        assert_eq!(mailed, secret);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_address_gets_five_links_in_a_quarter_of_an_hour_however_it_is_asked_for(pool: PgPool) {
    let ask = async |address: &str, now| {
        let (secret, email) = (secret::new().unwrap(), email(address));
        let link = NewLink { email: &email, lang: Lang::Sv, next: None, secret: &secret };
        mail_link(&pool, &link, now).await.unwrap();
    };
    join_all((0..12).map(|n| ask(if n % 2 == 0 { "A@example.org" } else { "a@EXAMPLE.org" }, NOW)))
        .await;
    assert_eq!((count(&pool, "mails").await, count(&pool, "sign_in_links").await), (5, 5));
    ask("b@example.org", NOW).await;
    assert_eq!(count(&pool, "mails").await, 6, "others are not kept waiting");
    ask("a@example.org", NOW + LINKS_COUNTED - 1).await;
    assert_eq!(count(&pool, "mails").await, 6);
    ask("a@example.org", NOW + LINKS_COUNTED).await;
    assert_eq!(count(&pool, "mails").await, 7);
    // Links that were too old a day ago are gone.
    ask("a@example.org", NOW + 2 * 86_400).await;
    assert_eq!(count(&pool, "sign_in_links").await, 1);
}

/// The address is the person: what was done with it before is theirs, and their name is not overwritten.
#[sqlx::test(migrations = "../migrations")]
async fn whoever_proves_an_address_is_the_person_it_always_was(pool: PgPool) {
    let known: i64 = sqlx::query_scalar(
        "insert into people (name, email, email_key) values ('Åsa Öberg', 'Asa@example.org', 'asa@example.org')
         returning id",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    let token = signed_in(&pool, "ASA@Example.org", NOW).await;
    let viewer = viewer(&pool, &token, NOW).await.unwrap().unwrap();
    assert_eq!((viewer.id.0, viewer.name.as_str()), (known, "Åsa Öberg"));
    let proven: bool = sqlx::query_scalar("select email_proven_at is not null from people")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(proven);
}

/// Where they said they work when signing up is known from the start; once they have taken it away it stays so.
#[sqlx::test(migrations = "../migrations")]
async fn an_earlier_sign_up_tells_where_one_works(pool: PgPool) {
    sqlx::raw_sql(
        "insert into programmes (slug, title_sv) values ('p', 'P');
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
         select 'e', id, 'seminar', 'published', 'E', '2027-02-01', '2027-02-02', 'digital' from programmes;
         insert into event_ways (event_id, way) select id, 'digital' from events;
         insert into people (name, email, email_key) values ('A', 'a@example.org', 'a@example.org');
         insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation,
            language, consented_at, consent_version)
         select repeat('a', 22), e.id, 'digital', p.id, 'confirmed', 1, 'A', 'Umeå kommun', 'sv', now(), 1
         from events e, people p",
    )
    .execute(&pool)
    .await
    .unwrap();
    let organisation =
        async |token: &str| viewer(&pool, token, NOW).await.unwrap().unwrap().organisation;
    let token = signed_in(&pool, "a@example.org", NOW).await;
    assert_eq!(organisation(&token).await.as_deref(), Some("Umeå kommun"));
    sqlx::query("update people set organisation = null").execute(&pool).await.unwrap();
    let token = signed_in(&pool, "a@example.org", NOW).await;
    assert_eq!(organisation(&token).await, None);
    let other = signed_in(&pool, "b@example.org", NOW).await;
    assert_eq!(organisation(&other).await, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_profile_is_kept_as_it_was_written(pool: PgPool) {
    sqlx::query("insert into municipalities values ('2480', 'Umeå kommun', 'Umeå', '24', 'Västerbottens län')")
        .execute(&pool)
        .await
        .unwrap();
    let token = signed_in(&pool, "a@example.org", NOW).await;
    let me = viewer(&pool, &token, NOW).await.unwrap().unwrap();
    let form = ProfileForm {
        name: "Åsa Öberg".into(),
        organisation: "Umeå kommun".into(),
        work_role: "Strateg".into(),
        municipality: "2480".into(),
        language: "en".into(),
        access_needs: "Hörslinga".into(),
        diet: "Inga nötter\nVegan".into(),
    };
    assert!(save_profile(&pool, me.id, &form.read().unwrap()).await.unwrap());
    let page = account(&pool, &me, NOW).await.unwrap().unwrap();
    assert_eq!(page.form, form);
    assert_eq!(page.sessions.len(), 1);
    assert!(page.sessions[0].is_this && page.sessions[0].device == "Chrome, Android");

    let nowhere = ProfileForm { municipality: "0000".into(), ..form.clone() };
    assert!(!save_profile(&pool, me.id, &nowhere.read().unwrap()).await.unwrap());
    assert_eq!(account(&pool, &me, NOW).await.unwrap().unwrap().form, form, "nothing was written");
    let emptied =
        ProfileForm { name: "Å".into(), language: "sv".into(), ..ProfileForm::default() };
    assert!(save_profile(&pool, me.id, &emptied.read().unwrap()).await.unwrap());
    assert_eq!(account(&pool, &me, NOW).await.unwrap().unwrap().form, emptied);
}

#[sqlx::test(migrations = "../migrations")]
async fn roles_are_given_once_and_hold_from_the_next_request(pool: PgPool) {
    let programme: i64 = sqlx::query_scalar(
        "insert into programmes (slug, title_sv) values ('p', 'P') returning id",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    let token = signed_in(&pool, "a@example.org", NOW).await;
    let address = email("A@example.org");
    for _ in 0..2 {
        assert!(grant(&pool, &address, Role::Organiser, Some("p")).await.unwrap().is_some());
        assert!(grant(&pool, &address, Role::Administrator, None).await.unwrap().is_some());
    }
    assert_eq!(count(&pool, "roles").await, 2);
    let mut roles = viewer(&pool, &token, NOW).await.unwrap().unwrap().roles;
    roles.sort_by_key(|grant| grant.role);
    assert_eq!(
        roles,
        [
            Grant { role: Role::Administrator, programme: None },
            Grant { role: Role::Organiser, programme: Some(programme) },
        ]
    );
    assert_eq!(grant(&pool, &address, Role::Host, Some("finns-inte")).await.unwrap(), None);
    // Before anybody has come.
    assert!(grant(&pool, &email("ny@example.org"), Role::Host, None).await.unwrap().is_some());
    let later = signed_in(&pool, "ny@example.org", NOW).await;
    assert!(viewer(&pool, &later, NOW).await.unwrap().unwrap().may_host(programme));
}
