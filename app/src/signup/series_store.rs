//! The SQL of a whole series: what it offers, its stops that open later, one's own page of it, and leaving.

use super::model::{Applicant, Email, OwnSeries, OwnStop, Status};
use super::own_store::{cancel, is_token};
use super::placing::{Counter, Wanted};
use super::series_write::{SeriesId, secret};
use super::store::{Entry, Locking, people};
use crate::events::model::{EventId, Hours, Phase, Slug, State, Way};
use crate::events::page_model::Link;
use crate::events::store::{lines, word};
use crate::text::Lang;
use crate::time::instant;
use sqlx::PgPool;

/// A series as signing up for it sees it.
#[derive(Clone, Debug)]
pub struct SeriesOffer {
    /// Which.
    pub id: SeriesId,
    stops: Vec<Stop>,
}

/// A stop as signing up for it sees it.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    pub(super) id: EventId,
    pub(super) phase: Phase,
    pub(super) ways: Vec<Way>,
}

impl SeriesOffer {
    /// The ways of taking part that its stops offer.
    #[must_use]
    pub fn ways(&self) -> Vec<Way> {
        let mut ways: Vec<Way> = self.coming().flat_map(|stop| stop.ways.iter().copied()).collect();
        ways.sort_by_key(|way| way.as_str());
        ways.dedup();
        ways
    }

    /// A stop of it can be signed up for now.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.stops.iter().any(|stop| stop.phase == Phase::Open)
    }

    /// The stops that one signs up for now.
    #[must_use]
    pub fn open(&self) -> Vec<EventId> {
        let open = self.stops.iter().filter(|stop| stop.phase == Phase::Open);
        open.map(|stop| stop.id).collect()
    }

    fn coming(&self) -> impl Iterator<Item = &Stop> {
        self.stops.iter().filter(|stop| {
            matches!(stop.phase, Phase::Open | Phase::OpensLater | Phase::Preliminary)
        })
    }
}

impl Stop {
    /// The way in which somebody takes part here who would take part in `way`.
    pub(super) fn way_for(&self, way: Way) -> Option<Way> {
        if self.ways.contains(&way) { Some(way) } else { self.ways.first().copied() }
    }
}

/// The series at this address, its stops in the order of their numbers.
///
/// # Errors
/// If the database does not answer.
pub async fn offer(
    pool: &PgPool,
    slug: &Slug,
    now: i64,
) -> Result<Option<SeriesOffer>, sqlx::Error> {
    let Some(id) = sqlx::query_scalar!("select id from series where slug = $1", slug.as_str())
        .fetch_optional(pool)
        .await?
    else {
        return Ok(None);
    };
    let id = SeriesId(id);
    Ok(Some(SeriesOffer { id, stops: stops(pool, id, now).await? }))
}

/// The stops of a series, in the order of their numbers.
pub(super) async fn stops(
    pool: &PgPool,
    series: SeriesId,
    now: i64,
) -> Result<Vec<Stop>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select e.id, e.state, e.starts_at, e.ends_at, e.sign_up_opens_at, e.sign_up_closes_at,
            array(select w.way from event_ways w where w.event_id = e.id order by w.way) as "ways!"
        from events e where e.series_id = $1 and e.state <> 'draft' order by e.id
        "#,
        series.0
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let hours = Hours {
                starts: row.starts_at.unix_timestamp(),
                ends: row.ends_at.unix_timestamp(),
                opens: row.sign_up_opens_at.map(time::OffsetDateTime::unix_timestamp),
                closes: row.sign_up_closes_at.map(time::OffsetDateTime::unix_timestamp),
            };
            let state = word(State::parse(&row.state), &row.state)?;
            let ways = row.ways.iter().map(|way| word(Way::parse(way), way));
            Ok(Stop {
                id: EventId(row.id),
                phase: Phase::at(state, hours, now),
                ways: ways.collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

/// Signs those who took a whole series up for stops of it that have opened since, first come, first served.
/// Who left such a stop stays away from it. Says how many were signed up.
///
/// # Errors
/// If the database does not answer.
pub async fn include_late_stops(pool: &PgPool, now: i64) -> Result<usize, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select w.id, e.id as event_id, w.way, w.name, w.organisation, w.language, p.email as "email!",
            array(select way from event_ways where event_id = e.id order by way) as "ways!"
        from series_sign_ups w
        join people p on p.id = w.person_id and p.email is not null
        join events e on e.series_id = w.series_id and e.state = 'published'
            and coalesce(e.sign_up_opens_at, '-infinity') <= $1::timestamptz
            and least(e.sign_up_closes_at, e.starts_at) > $1
        where w.left_at is null
            and exists (select 1 from event_ways where event_id = e.id)
            and not exists (select 1 from sign_ups s where s.event_id = e.id and s.person_id = w.person_id)
        order by e.id, w.id limit 500
        "#,
        instant(now)
    )
    .fetch_all(pool)
    .await?;
    let mut included = 0;
    for stop in rows.chunk_by(|a, b| a.event_id == b.event_id) {
        let Some(event) = stop.first().map(|row| EventId(row.event_id)) else { continue };
        let mut transaction = super::store::begin(pool).await?;
        // Held until the end: who leaves the whole in this moment waits, and then leaves this stop, too.
        let ids: Vec<i64> = stop.iter().map(|row| row.id).collect();
        let staying = sqlx::query_scalar!(
            "select id from series_sign_ups where id = any($1) and left_at is null order by id for share",
            &ids
        )
        .fetch_all(&mut *transaction)
        .await?;
        let (mut entries, mut wholes) = (Vec::new(), Vec::new());
        for row in stop.iter().filter(|row| staying.contains(&row.id)) {
            let wanted = word(Way::parse(&row.way), &row.way)?;
            let ways: Vec<Way> = row.ways.iter().filter_map(|way| Way::parse(way)).collect();
            let way = if ways.contains(&wanted) { Some(wanted) } else { ways.first().copied() };
            let (Some(way), Some(email)) = (way, Email::parse(&row.email)) else { continue };
            let applicant = Applicant {
                name: row.name.clone(),
                organisation: row.organisation.clone(),
                email,
                way,
                answers: Vec::new(),
            };
            let lang = if row.language == Lang::En.tag() { Lang::En } else { Lang::Sv };
            entries.push(Entry { applicant, lang, token: secret()? });
            wholes.push(row.id);
        }
        let counter = Counter::open(&mut transaction, &[event], now, Locking::Held).await?;
        let people = people(&mut transaction, &entries).await?;
        let wanted: Vec<_> = entries
            .iter()
            .zip(&wholes)
            .map(|(entry, whole)| Wanted { event, entry, whole: Some(*whole) })
            .collect();
        counter.place(&mut transaction, &people, &wanted, now).await?;
        transaction.commit().await?;
        included += entries.len();
    }
    Ok(included)
}

/// The whole with this secret, as its owner sees it.
///
/// # Errors
/// If the database does not answer.
pub async fn own(
    pool: &PgPool,
    lang: Lang,
    token: &str,
    now: i64,
) -> Result<Option<OwnSeries>, sqlx::Error> {
    if !is_token(token) {
        return Ok(None);
    }
    let Some(whole) = sqlx::query!(
        r#"
        select w.id, w.person_id, w.left_at is not null as "is_left!", s.id as series_id, s.slug, p.email as "email!",
            case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end as "title!"
        from series_sign_ups w join series s on s.id = w.series_id join people p on p.id = w.person_id
        where w.token = $1
        "#,
        token,
        lang == Lang::En,
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    let rows = sqlx::query!(
        r#"
        select e.id, s.status as "status?",
            case when s.series_sign_up_id = $2 then s.token end as "token?",
            case when s.status = 'waitlisted' then (
                select count(*) from sign_ups before
                where before.event_id = s.event_id and before.way = s.way
                    and before.status = 'waitlisted' and before.queue_number <= s.queue_number
            ) end as position,
            (s.status in ('requested', 'confirmed', 'waitlisted') and e.starts_at > $3 and exists (
                select 1 from event_questions q where q.event_id = e.id and q.is_required and not exists (
                    select 1 from sign_up_answers a where a.sign_up_id = s.id and a.question_id = q.id
                        and (q.kind not in ('choice', 'choices') or a.answer = any(q.options_sv))
                )
            )) is true as "waits_for_answer!"
        from events e left join lateral (
            -- A place that one had already counts; but whoever typed the address need not be its owner, so that
            -- place is told of without its link, as the desk does.
            select s.*, s.status in ('requested', 'confirmed', 'waitlisted') as is_live from sign_ups s
            where s.event_id = e.id and s.person_id = $4
                and (s.series_sign_up_id = $2 or s.status in ('requested', 'confirmed', 'waitlisted'))
            order by is_live desc, s.id desc limit 1
        ) s on true
        where e.series_id = $1 and e.state <> 'draft'
        "#,
        whole.series_id,
        whole.id,
        instant(now),
        whole.person_id,
    )
    .fetch_all(pool)
    .await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut stops = Vec::new();
    for line in lines(pool, lang, &ids, now).await? {
        let Some(row) = rows.iter().find(|row| row.id == line.line.id.0) else { continue };
        let status = row.status.as_ref().map(|status| word(Status::parse(status), status));
        let status = status.transpose()?;
        // What was over before one came is no part of it.
        if status.is_none() && line.line.phase == Phase::Past {
            continue;
        }
        stops.push(OwnStop {
            event: line.line,
            status,
            position: row.position.and_then(|position| u32::try_from(position).ok()),
            token: row.token.clone(),
            waits_for_answer: row.waits_for_answer,
        });
    }
    // Also once it is left: what a failure half-way left standing can be left again.
    let can_leave = stops.iter().any(|stop| {
        let has_place = stop.token.is_some() && stop.status.is_some_and(Status::is_live);
        !matches!(stop.event.phase, Phase::Past | Phase::Cancelled)
            && (has_place || (!whole.is_left && stop.status.is_none()))
    });
    Ok(Some(OwnSeries {
        series: Link { slug: whole.slug, title: whole.title },
        email: whole.email,
        stops,
        is_left: whole.is_left,
        can_leave,
    }))
}

/// Leaves the whole with this secret: no later stop includes the person, and every place at a stop that has
/// not begun is cancelled and goes to the next in line. `None` if there is no such whole.
///
/// # Errors
/// If the database does not answer. Doing it again does what was left undone.
pub async fn leave(
    pool: &PgPool,
    token: &str,
    reason: Option<&str>,
    now: i64,
) -> Result<Option<()>, sqlx::Error> {
    if !is_token(token) {
        return Ok(None);
    }
    let Some(whole) = sqlx::query_scalar!(
        "update series_sign_ups set left_at = coalesce(left_at, $2) where token = $1 returning id",
        token,
        instant(now)
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    let tokens = sqlx::query_scalar!(
        "select token from sign_ups where series_sign_up_id = $1 and status in ('requested', 'confirmed', 'waitlisted')
         order by event_id",
        whole
    )
    .fetch_all(pool)
    .await?;
    for token in tokens {
        cancel(pool, &token, reason, now).await?;
    }
    Ok(Some(()))
}
