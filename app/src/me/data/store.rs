//! The SQL of what is held about somebody. For whoever has made sure that it is they who ask.

use super::model::{Consent, Section};
use crate::account::model::PersonId;
use crate::text::Lang;
use crate::time::civil;
use serde_json::Value;
use sqlx::PgPool;

/// Everything, by [`Section`], each a list of records. Secrets (tokens, the keys of devices) are left out: who has them
/// may act for the person, and a file is passed on more easily than a session.
///
/// # Errors
/// If the database does not answer.
pub async fn all(pool: &PgPool, person: PersonId, lang: Lang) -> Result<Value, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        with me as (select * from people where id = $1),
        mine as (
            select s.*, case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as event
            from sign_ups s join events e on e.id = s.event_id where s.person_id = $1
        )
        select json_build_object(
            'person', (select json_agg(x) from (
                select m.name, m.email, m.email_proven_at, m.organisation, m.work_role,
                    (select u.name from municipalities u where u.code = m.municipality_code) as municipality,
                    m.language, m.access_needs, m.diet, m.keeps_watching, m.created_at
                from me m) x),
            'sign_ups', (select json_agg(x) from (
                select s.event, s.status, s.way, s.name, s.organisation, s.language, s.consented_at,
                    s.consent_version, s.created_at, s.updated_at, s.cancel_reason, s.refusal_reason, s.reply_by
                from mine s order by s.created_at, s.id) x),
            'history', (select json_agg(x) from (
                select s.event, h.happened_at, h.from_status, h.to_status, h.from_way, h.to_way, h.reason
                from mine s join sign_up_history h on h.sign_up_id = s.id order by h.id) x),
            'answers', (select json_agg(x) from (
                select s.event, case when $2 then coalesce(q.label_en, q.label_sv) else q.label_sv end as question,
                    a.answer
                from mine s join sign_up_answers a on a.sign_up_id = s.id
                join event_questions q on q.id = a.question_id order by s.id, q.position) x),
            'check_ins', (select json_agg(x) from (
                select s.event, c.happened_at, c.undone_at, l.name as door
                from mine s join check_ins c on c.sign_up_id = s.id left join door_links l on l.id = c.door_link_id
                order by c.id) x),
            'series', (select json_agg(x) from (
                select case when $2 then coalesce(t.title_en, t.title_sv) else t.title_sv end as series, s.way, s.name,
                    s.organisation, s.language, s.consented_at, s.consent_version, s.created_at, s.left_at
                from series_sign_ups s join series t on t.id = s.series_id where s.person_id = $1 order by s.id) x),
            'groups', (select json_agg(x) from (
                select case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as event, g.name,
                    g.organisation, g.language, g.consented_at, g.consent_version, g.created_at,
                    (select string_agg(m.name, ', ' order by m.place) from group_members m
                        where m.group_sign_up_id = g.id) as members
                from group_sign_ups g join events e on e.id = g.event_id where g.person_id = $1 order by g.id) x),
            'awaited', (select json_agg(x) from (
                select case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as event, w.email,
                    w.language, w.created_at, w.told_at
                from me m join opening_watchers w on w.email_key = m.email_key join events e on e.id = w.event_id
                order by w.id) x),
            'watched', (select json_agg(x) from (
                select case when $2 then coalesce(r.title_en, r.title) else r.title end as recording,
                    w.at_ms, w.watched::text as watched, w.updated_at
                from watching w join recordings r on r.id = w.recording_id where w.person_id = $1
                order by w.updated_at) x),
            'mails', (select json_agg(x) from (
                select a.kind, a.to_address, a.language, a.created_at, a.sent_at, a.state, a.problem, l.subject, l.body
                from (
                    select mail.* from mine s join mails mail on mail.sign_up_id = s.id
                    union
                    select mail.* from me m join mails mail on lower(mail.to_address) = m.email_key
                ) a left join letters l on l.id = a.letter_id order by a.id) x),
            'wishes', (select json_agg(x) from (
                select w.kind, w.wanted from mail_wishes w where w.person_id = $1 order by w.kind) x),
            'sessions', (select json_agg(x) from (
                select s.device, s.created_at, s.last_used_at, s.expires_at
                from sessions s where s.person_id = $1 order by s.id) x),
            'passkeys', (select json_agg(x) from (
                select k.name, k.created_at, k.last_used_at from passkeys k where k.person_id = $1 order by k.id) x),
            'links', (select json_agg(x) from (
                select l.email, l.created_at, l.expires_at, l.used_at
                from me m join sign_in_links l on l.email_key = m.email_key order by l.id) x),
            'roles', (select json_agg(x) from (
                select r.role, case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as programme,
                    r.granted_at
                from roles r left join programmes p on p.id = r.programme_id where r.person_id = $1 order by r.id) x),
            'presented', (select json_agg(x) from (
                select o.name as organisation, p.role_sv, p.role_en, p.about_sv, p.about_en,
                    (select string_agg(b.label, ', ' order by b.label) from presenter_labels b
                        where b.person_id = p.person_id) as labels,
                    (select string_agg(e.title_sv, ', ' order by e.starts_at) from event_speakers s
                        join events e on e.id = s.event_id where s.person_id = p.person_id) as speaks_at,
                    (select string_agg(c.title, ', ' order by c.title) from (
                        select it.title_sv as title from programme_contacts s
                            join programmes it on it.id = s.programme_id where s.person_id = p.person_id
                        union select e.title_sv from events e where e.contact_id = p.person_id) c) as contact_of
                from presenters p left join organisations o on o.id = p.organisation_id where p.person_id = $1) x),
            'imported', (select json_agg(x) from (
                select s.event, i.made_at, i.file_name, r.cells::text as cells
                from mine s join import_rows r on r.sign_up_id = s.id join imports i on i.id = r.import_id
                order by i.id, r.number) x),
            'log', (select json_agg(x) from (
                select a.at, a.subject, a.what, a.about_id is not distinct from $1 as is_about_me,
                    case when a.about_id = $1 then a.before::text end as before,
                    case when a.about_id = $1 then a.after::text end as after
                from audit_log a where a.id in (
                    select b.id from audit_log b where b.actor_id = $1
                    union select b.id from audit_log b where b.about_id = $1
                ) order by a.id) x),
            'made', (select json_agg(x) from (
                select 'letter' as kind, l.written_at as created_at, l.subject as name, l.body as body
                from letters l where l.writer_id = $1
                union all
                select 'upload', u.created_at, u.name, null from uploads u where u.person_id = $1
                union all
                select 'door_link', d.made_at, d.name, null from door_links d where d.made_by = $1
                union all
                select 'import', i.made_at, i.file_name, null from imports i where i.actor_id = $1
                union all
                select d.kind, d.at, (select e.title_sv from events e where e.id = d.event_id), null
                from deeds d where d.actor_id = $1
                order by created_at) x)
        ) as "all!"
        "#,
        person.0,
        lang == Lang::En,
    )
    .fetch_one(pool)
    .await
}

/// How many records there are of each kind, without those of which there is none.
#[must_use]
pub fn counted(all: &Value) -> Vec<(Section, u32)> {
    let count = |section: &Section| {
        let many = all.get(section.as_str())?.as_array()?.len();
        Some((*section, u32::try_from(many).unwrap_or(u32::MAX)))
    };
    Section::ALL.iter().filter_map(count).collect()
}

/// What they agreed to, the latest first.
///
/// # Errors
/// If the database does not answer.
pub async fn consents(
    pool: &PgPool,
    person: PersonId,
    lang: Lang,
) -> Result<Vec<Consent>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select x.title as "title!", x.event, x.at at time zone 'Europe/Stockholm' as "at!", x.wording as "wording!"
        from (
            select case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as title,
                e.slug as event, s.consented_at as at, s.consent_version as wording
            from sign_ups s join events e on e.id = s.event_id
            where s.person_id = $1 and s.series_sign_up_id is null and s.group_sign_up_id is null
            union all
            select case when $2 then coalesce(t.title_en, t.title_sv) else t.title_sv end, null,
                s.consented_at, s.consent_version
            from series_sign_ups s join series t on t.id = s.series_id where s.person_id = $1
            union all
            select case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end, e.slug,
                g.consented_at, g.consent_version
            from group_sign_ups g join events e on e.id = g.event_id where g.person_id = $1
        ) x order by x.at desc
        "#,
        person.0,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    let consents = rows.into_iter().map(|row| Consent {
        title: row.title,
        event: row.event,
        on: civil(row.at).date(),
        wording: row.wording,
    });
    Ok(consents.collect())
}
