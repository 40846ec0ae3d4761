//! Programmes and series against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::fields::About;
use super::save_store::{
    archive_programme, archive_series, create_programme, create_series, save_programme, save_series,
};
use super::stops_store::{Moved, add, remove, stops, swap};
use super::store::{programme_sheet, series_sheet};
use crate::account::model::{Grant, PersonId, Role, SessionId, Viewer};
use crate::events::model::Slug;
use crate::organise::plan::merge::fingerprints_of;
use crate::organise::plan::model::{PlanProblem, Sheet};
use crate::organise::plan::save_store::{Form, Saved};
use crate::organise::plan::store::choices;
use crate::text::Lang;
use sqlx::PgPool;

/// 2027-01-01 08:00 UTC.
const NOW: i64 = 1_798_790_400;

async fn number(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

async fn administrator(pool: &PgPool) -> Viewer {
    let person = number(pool, "insert into people (name) values ('Åsa') returning id").await;
    sqlx::query(
        "insert into organisations (slug, name, kind) values ('lund', 'Lunds kommun', 'association'),
            ('vinnova', 'Vinnova', 'agency')",
    )
    .execute(pool)
    .await
    .unwrap();
    Viewer {
        id: PersonId(person),
        session: SessionId(1),
        name: "Åsa".into(),
        email: "asa@example.org".into(),
        organisation: None,
        roles: vec![Grant { role: Role::Administrator, programme: None }],
    }
}

fn sheet(fields: &[(&str, &str)]) -> Sheet {
    let mut sheet = Sheet::default();
    for field in About::Programme.fields() {
        sheet.set(field, "");
    }
    for (field, value) in fields {
        sheet.set(field, *value);
    }
    sheet
}

fn whole() -> Sheet {
    sheet(&[
        ("title_sv", "Lärande nätverk"),
        ("title_en", "Learning network"),
        ("summary_sv", "Om **detta**"),
        ("starts_on", "2026"),
        ("ends_on", "2028"),
        ("owner", "Lunds kommun"),
        ("funder", "Vinnova"),
        ("funder_reference", "2026-01"),
        ("grant_sek", "1200000"),
        ("partners", "Vinnova\nLunds kommun\n"),
        ("contacts", "Eva Ek\tLedare\tLunds kommun\n"),
        ("outcomes", "8\tof_ten\tNöjda\tPleased\tdeltagare\t\n550\tcount\tLedare\t\t\t\n"),
        ("platforms", "Labbet\t\n"),
        ("documents", "\treport\tRapport\thttps://example.org\t\t\tno\tRapporter\tReports\n"),
    ])
}

async fn saved(pool: &PgPool, programme: i64) -> Sheet {
    let mut connection = pool.acquire().await.unwrap();
    programme_sheet(&mut connection, programme).await.unwrap().unwrap()
}

async fn save(pool: &PgPool, viewer: &Viewer, id: i64, mine: &Sheet, shown: &Sheet) -> Saved {
    let base = fingerprints_of(About::Programme.fields(), shown);
    let form = Form { mine, base: &base, asked: &|_| false, chosen: &|_| None, also_later: false };
    save_programme(pool, viewer, id, form).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_programme_is_read_as_it_was_written(pool: PgPool) {
    let viewer = administrator(&pool).await;
    let slug = create_programme(&pool, &viewer, &whole()).await.unwrap().unwrap();
    assert_eq!(slug, "larande-natverk");
    let other = sheet(&[("title_sv", "Lärande nätverk")]);
    assert_eq!(
        create_programme(&pool, &viewer, &other).await.unwrap().unwrap(),
        "larande-natverk-2"
    );
    let id = number(&pool, "select min(id) from programmes").await;
    let there = saved(&pool, id).await;
    for (field, value) in &whole().0 {
        if !matches!(field.as_str(), "contacts" | "documents") {
            assert_eq!(there.get(field), value, "{field}");
        }
    }
    assert!(
        there.get("contacts").starts_with("Eva Ek, Lunds kommun\t"),
        "{}",
        there.get("contacts")
    );
    assert!(
        there
            .get("documents")
            .ends_with("\treport\tRapport\thttps://example.org\t\t\tno\tRapporter\tReports\n")
    );
    let slug = Slug::parse(&slug).unwrap();
    let page = crate::programmes::store::page(&pool, Lang::En, &slug, NOW);
    let (page, _) = page.await.unwrap().unwrap();
    assert_eq!(
        (page.title.as_str(), page.funder.as_deref()),
        ("Learning network", Some("Vinnova"))
    );
    assert_eq!((page.partners.len(), page.outcomes.len(), page.contacts.len()), (2, 2, 1));

    // The same again changes nothing at all: neither a version nor the log.
    let before = number(&pool, "select max(id) from audit_log").await;
    let version = number(&pool, "select version from programmes order by id limit 1").await;
    assert_eq!(
        save(&pool, &viewer, id, &there, &there).await,
        Saved::Done { tells: false, beyond: 0, later: 0 }
    );
    assert_eq!(number(&pool, "select max(id) from audit_log").await, before);
    assert_eq!(number(&pool, "select version from programmes order by id limit 1").await, version);
    // And a part alone makes a new one.
    let mut mine = there.clone();
    mine.set("partners", "Vinnova\n");
    save(&pool, &viewer, id, &mine, &there).await;
    assert!(number(&pool, "select version from programmes order by id limit 1").await > version);
    assert_eq!(saved(&pool, id).await.get("partners"), "Vinnova\n");
    let facts = number(&pool, "select count(*) from changes where facts").await;
    assert!(facts > 0, "open pages are told");
}

#[sqlx::test(migrations = "../migrations")]
async fn two_organisers_lose_nothing_and_collide_only_where_both_wrote(pool: PgPool) {
    let viewer = administrator(&pool).await;
    create_programme(&pool, &viewer, &whole()).await.unwrap().unwrap();
    let id = number(&pool, "select id from programmes").await;
    let shown = saved(&pool, id).await;
    let with = |changes: &[(&str, &str)]| {
        let mut sheet = shown.clone();
        for (field, value) in changes {
            sheet.set(field, *value);
        }
        sheet
    };
    let first = with(&[("title_sv", "Den enas"), ("grant_sek", "5")]);
    save(&pool, &viewer, id, &first, &shown).await;
    let second = with(&[("title_sv", "Den andras"), ("owner", "")]);
    let Saved::Conflict { merged, .. } = save(&pool, &viewer, id, &second, &shown).await else {
        panic!("both have changed the title");
    };
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].theirs, "Den enas");
    assert_eq!((merged.sheet.get("grant_sek"), merged.sheet.get("owner")), ("5", ""));
    let third = with(&[("owner", "")]);
    save(&pool, &viewer, id, &third, &shown).await;
    let now = saved(&pool, id).await;
    assert_eq!(
        (now.get("title_sv"), now.get("owner"), now.get("grant_sek")),
        ("Den enas", "", "5")
    );
    let wrong = with(&[("title_sv", "Den enas"), ("partners", "Ingen känd\n")]);
    let Saved::Wrong { problems, .. } = save(&pool, &viewer, id, &wrong, &now).await else {
        panic!("nobody knows that organisation");
    };
    assert_eq!(problems, [("partners".to_owned(), PlanProblem::NoSuchOrganisation)]);
    assert_eq!(
        saved(&pool, id).await.get("partners"),
        "Vinnova\nLunds kommun\n",
        "nothing stored half"
    );
}

async fn stop(pool: &PgPool, slug: &str, starts: &str, series: Option<i64>) {
    sqlx::query(
        "insert into events (slug, programme_id, series_id, kind, state, title_sv, starts_at, ends_at, format,
             sign_up_closes_at)
         select $1, (select min(id) from programmes), $3, 'seminar', 'published', $1, t, t + interval '45 minutes',
             'digital', t - interval '20 hours'
         from (select $2::timestamptz as t) it",
    )
    .bind(slug)
    .bind(starts)
    .bind(series)
    .execute(pool)
    .await
    .unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn stops_come_go_and_change_places(pool: PgPool) {
    let viewer = administrator(&pool).await;
    create_programme(&pool, &viewer, &whole()).await.unwrap().unwrap();
    let programme = number(&pool, "select id from programmes").await;
    let slug = create_series(&pool, &viewer, programme, "Resan").await.unwrap();
    assert_eq!(slug, "resan");
    let series = number(&pool, "select id from series").await;
    // Summer time begins between the two.
    stop(&pool, "a", "2027-03-24 07:00Z", Some(series)).await;
    stop(&pool, "b", "2027-03-31 06:00Z", Some(series)).await;
    stop(&pool, "c", "2027-04-07 06:00Z", None).await;
    assert_eq!(add(&pool, &viewer, series, "c").await.unwrap(), Moved::Done);
    assert_eq!(add(&pool, &viewer, series, "c").await.unwrap(), Moved::Nothing, "is there already");
    let order = async || {
        let stops = stops(&pool, Lang::Sv, series, NOW).await.unwrap();
        stops
            .into_iter()
            .map(|stop| format!("{} {}", stop.slug, stop.starts.strftime("%m-%d %H:%M")))
            .collect::<Vec<_>>()
    };
    assert_eq!(order().await, ["a 03-24 08:00", "b 03-31 08:00", "c 04-07 08:00"]);
    assert_eq!(
        swap(&pool, &viewer, series, ("a", "c"), NOW).await.unwrap(),
        Moved::Nothing,
        "b is between"
    );
    assert_eq!(swap(&pool, &viewer, series, ("a", "b"), NOW).await.unwrap(), Moved::Done);
    assert_eq!(order().await, ["b 03-24 08:00", "a 03-31 08:00", "c 04-07 08:00"]);
    let closes =
        "select extract(hour from sign_up_closes_at at time zone 'Europe/Stockholm')::bigint
        from events where slug = 'a'";
    assert_eq!(number(&pool, closes).await, 12, "at noon of the day before, by the clock");
    let past = 1_806_000_000;
    assert_eq!(swap(&pool, &viewer, series, ("b", "a"), past).await.unwrap(), Moved::Nothing);
    assert_eq!(remove(&pool, &viewer, series, "b").await.unwrap(), Moved::Done);
    assert_eq!(order().await.len(), 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_has_ended_is_put_away_and_can_come_back(pool: PgPool) {
    let viewer = administrator(&pool).await;
    create_programme(&pool, &viewer, &whole()).await.unwrap().unwrap();
    let programme = number(&pool, "select id from programmes").await;
    create_series(&pool, &viewer, programme, "Resan").await.unwrap();
    let series = number(&pool, "select id from series").await;
    stop(&pool, "a", "2027-03-24 07:00Z", Some(series)).await;
    let after = NOW + 200 * 86_400;
    assert!(
        !archive_programme(&pool, &viewer, programme, true, NOW).await.unwrap(),
        "a is to come"
    );
    assert!(!archive_series(&pool, &viewer, series, true, NOW).await.unwrap());
    let homes = async |home| choices(&pool, Lang::Sv, &viewer, home).await.unwrap().homes.len();
    assert_eq!(homes(None).await, 2);
    assert!(archive_series(&pool, &viewer, series, true, after).await.unwrap());
    assert!(
        !archive_series(&pool, &viewer, series, true, after).await.unwrap(),
        "somebody was before"
    );
    assert_eq!(homes(None).await, 1);
    assert_eq!(homes(Some((programme, Some(series)))).await, 2, "where an event is in it already");
    assert!(archive_programme(&pool, &viewer, programme, true, after).await.unwrap());
    assert_eq!(homes(None).await, 0);
    let slug = Slug::parse("resan").unwrap();
    let page = crate::series::store::page(&pool, Lang::Sv, &slug, after);
    assert!(page.await.unwrap().unwrap().0.is_over);
    assert!(archive_programme(&pool, &viewer, programme, false, after).await.unwrap());
    assert!(archive_series(&pool, &viewer, series, false, after).await.unwrap());
    assert_eq!(homes(None).await, 2);
    let mut connection = pool.acquire().await.unwrap();
    let mine = series_sheet(&mut connection, series).await.unwrap().unwrap();
    drop(connection);
    let base = fingerprints_of(About::Series.fields(), &mine);
    let mut changed = mine.clone();
    changed.set("participants", "550");
    let form = Form {
        mine: &changed,
        base: &base,
        asked: &|_| false,
        chosen: &|_| None,
        also_later: false,
    };
    save_series(&pool, &viewer, series, form).await.unwrap();
    assert_eq!(number(&pool, "select participants::bigint from series").await, 550);
}
