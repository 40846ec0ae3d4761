//! What is held about somebody, asked of a database with the demonstration's shape.

use super::model::Section;
use super::tables::{Holds, TABLES};
use super::{readable, store};
use crate::account::model::PersonId;
use crate::text::Lang;
use serde_json::Value;
use sqlx::PgPool;
use std::collections::BTreeSet;

#[sqlx::test(migrations = "../migrations")]
async fn of_every_table_it_is_decided_what_it_has_of_people(pool: PgPool) {
    let there: BTreeSet<String> = sqlx::query_scalar!(
        r#"select table_name::text as "name!" from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE'"#
    )
    .fetch_all(&pool)
    .await
    .unwrap()
    .into_iter()
    .collect();
    let decided: BTreeSet<String> = TABLES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(there, decided);
    // What refers to a person or to a sign-up has something of people.
    let about: Vec<String> = sqlx::query_scalar!(
        r#"select distinct c.conrelid::regclass::text as "name!" from pg_constraint c
        where c.contype = 'f' and c.confrelid in ('people'::regclass, 'sign_ups'::regclass, 'presenters'::regclass)"#
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    // So has what holds an address: not all of it refers to somebody.
    let addresses: Vec<String> = sqlx::query_scalar!(
        r#"select distinct c.table_name::text as "name!" from information_schema.columns c
        join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
            and c.column_name in ('email', 'email_key', 'to_address')"#
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    for name in about.into_iter().chain(addresses) {
        let decision = TABLES.iter().find(|(table, _)| *table == name).map(|(_, holds)| *holds);
        assert!(decision.is_some_and(|holds| holds != Holds::Nothing), "{name}");
    }
}

/// Two people with the same of everything, of whom one asks.
const PEOPLE: &str = "
    insert into programmes (slug, title_sv) values ('p', 'Programmet');
    insert into series (slug, programme_id, kind, title_sv) values ('s', 1, 'tour', 'Turnén');
    insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
        values ('e', 1, 'webinar', 'published', 'Aktiviteten', now(), now() + interval '1 hour', 'digital');
    insert into event_ways (event_id, way) values (1, 'digital');
    insert into event_questions (event_id, position, kind, label_sv) values (1, 0, 'text', 'Vad vill du veta?');
    insert into people (name, email, email_key, email_proven_at, diet)
        select n || ' Öberg', n || '@exempel.se', lower(n) || '@exempel.se', now(), 'Kost ' || n
        from unnest(array['Åsa', 'Bo']) n;
    insert into series_sign_ups (token, series_id, person_id, way, name, organisation, language, consented_at, consent_version)
        select 'hemligserie' || id || repeat('x', 22), 1, id, 'digital', name, 'Orten ' || id, 'sv', now(), 1 from people;
    insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language,
        consented_at, consent_version)
        select 'hemlig' || id || repeat('x', 22), 1, 'digital', id, 'confirmed', id, name, 'Orten ' || id, 'sv', now(), 1
        from people;
    insert into sign_up_history (sign_up_id, happened_at, from_status, to_status, from_way, to_way)
        select id, now(), 'waitlisted', 'confirmed', 'digital', 'digital' from sign_ups;
    insert into sign_up_answers (sign_up_id, question_id, answer)
        select s.id, 1, 'Svar från ' || s.name from sign_ups s;
    insert into mails (kind, to_address, language, sign_up_id, event_id)
        select 'confirmed', p.email, 'sv', s.id, 1 from sign_ups s join people p on p.id = s.person_id;
    insert into opening_watchers (event_id, email, email_key, language, token)
        select 1, email, email_key, 'sv', 'hemligvakt' || id || repeat('x', 22) from people;
    insert into sessions (token_hash, person_id, device, created_at, last_used_at, expires_at)
        select sha256(email::bytea), id, 'Firefox, ' || name, now(), now(), now() + interval '1 day' from people;
    insert into roles (person_id, role, programme_id) select id, 'organiser', 1 from people;
    insert into presenters (person_id, slug, about_sv) select id, 'talare-' || id, 'Om ' || name from people;
    insert into audit_log (actor_id, subject, what) select id, 'events', 'update' from people;
";

#[sqlx::test(migrations = "../migrations")]
async fn somebody_gets_all_of_theirs_and_nothing_of_others(pool: PgPool) {
    sqlx::raw_sql(PEOPLE).execute(&pool).await.unwrap();
    let all = store::all(&pool, PersonId(1), Lang::Sv).await.unwrap();
    let text = all.to_string();
    assert!(
        text.contains("Åsa Öberg")
            && text.contains("Svar från Åsa Öberg")
            && text.contains("Kost Åsa")
    );
    assert!(
        !text.contains("Bo ") && !text.to_lowercase().contains("bo@") && !text.contains("Orten 2"),
        "{text}"
    );
    // Whoever has a secret may act for the person.
    assert!(!text.contains("hemlig"), "{text}");
    let counted = store::counted(&all);
    let of = |section| counted.iter().find(|(it, _)| *it == section).map(|(_, count)| *count);
    for section in [
        Section::Person,
        Section::SignUps,
        Section::History,
        Section::Answers,
        Section::Series,
        Section::Awaited,
        Section::Mails,
        Section::Sessions,
        Section::Roles,
        Section::Presented,
        Section::Log,
    ] {
        assert!(of(section).is_some(), "{section:?}");
    }
    assert_eq!(of(Section::SignUps), Some(1));
    assert_eq!(of(Section::Passkeys), None);
    // Sections that are not named here would be told of nowhere.
    let named: BTreeSet<&str> = Section::ALL.iter().map(|section| section.as_str()).collect();
    let there: BTreeSet<&str> = all.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(named, there);
    let consents = store::consents(&pool, PersonId(1), Lang::Sv).await.unwrap();
    assert_eq!(consents.len(), 2);
    assert_eq!(consents.iter().filter(|it| it.event.as_deref() == Some("e")).count(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn every_field_has_a_name_for_whoever_reads_it(pool: PgPool) {
    sqlx::raw_sql(PEOPLE).execute(&pool).await.unwrap();
    let all = store::all(&pool, PersonId(1), Lang::En).await.unwrap();
    let fields: BTreeSet<&str> = Lang::En.data_fields().map(|(name, _)| name).collect();
    for (section, records) in all.as_object().unwrap() {
        let Some(Value::Object(record)) = records.get(0) else { continue };
        for name in record.keys() {
            assert!(fields.contains(name.as_str()), "{section}: {name}");
        }
    }
    let html = readable::page(&all, Lang::En, 0);
    assert!(html.contains("Åsa Öberg") && html.contains("What we have about you"));
}
