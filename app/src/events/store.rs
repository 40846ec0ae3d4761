//! The SQL of events. Other slices ask here for lines of events by number.

use super::ics::Entry;
use super::model::{
    EventId, EventLine, Format, Hours, Kind, Phase, Seats, Slug, SpokenLanguage, State, Way,
    WaySeats, When,
};
use super::page_model::{EventPage, Language, Link, MaterialItem, Person, SlotItem, Stop};
use crate::images::model::Of;
use crate::markdown::{to_html, to_text};
use crate::materials::file::MaterialFile;
use crate::signup::question_store;
use crate::text::Lang;
use crate::time::{civil, instant};
use sqlx::PgPool;
use sqlx::types::Json;
use time::{OffsetDateTime, PrimitiveDateTime};

struct LineRow {
    id: i64,
    slug: String,
    title: String,
    series: Option<String>,
    kind: String,
    state: String,
    format: Option<String>,
    platform: Option<String>,
    venue: Option<String>,
    starts: PrimitiveDateTime,
    ends: PrimitiveDateTime,
    all_day: bool,
    time_known: bool,
    starts_at: OffsetDateTime,
    ends_at: OffsetDateTime,
    opens_at: Option<OffsetDateTime>,
    closes_at: Option<OffsetDateTime>,
    version: i64,
    ways: Json<Vec<WaySeats>>,
    seats_version: i64,
}

/// A word that the schema's CHECK lets through and the model does not know is a fault in one of them.
pub(crate) fn word<T>(parsed: Option<T>, text: &str) -> Result<T, sqlx::Error> {
    parsed.ok_or_else(|| sqlx::Error::Decode(format!("unknown word {text:?}").into()))
}

impl LineRow {
    fn hours(&self) -> Hours {
        Hours {
            starts: self.starts_at.unix_timestamp(),
            ends: self.ends_at.unix_timestamp(),
            opens: self.opens_at.map(OffsetDateTime::unix_timestamp),
            closes: self.closes_at.map(OffsetDateTime::unix_timestamp),
        }
    }

    fn into_line(self, now: i64) -> Result<Line, sqlx::Error> {
        let hours = self.hours();
        let mut state = word(State::parse(&self.state), &self.state)?;
        if state == State::Draft && self.format.is_some() {
            // Only a preview gets to see one: it shows how it will be.
            state = State::Published;
        }
        let format =
            self.format.as_deref().map(|text| word(Format::parse(text), text)).transpose()?;
        let line = EventLine {
            id: EventId(self.id),
            kind: word(Kind::parse(&self.kind), &self.kind)?,
            format,
            place: self.venue.or(self.platform),
            slug: self.slug,
            title: self.title,
            when: When {
                starts: civil(self.starts),
                ends: civil(self.ends),
                all_day: self.all_day,
                time_known: self.time_known,
            },
            series: self.series,
            phase: Phase::at(state, hours, now),
            seats: Seats { ways: self.ways.0, version: self.seats_version },
            version: self.version,
        };
        Ok(Line { line, hours })
    }
}

/// A line and the instants behind it.
#[derive(Clone, Debug)]
pub struct Line {
    /// What lists show.
    pub line: EventLine,
    /// When its phase changes.
    pub hours: Hours,
}

/// The lines of these events in the order of time; unknown numbers and drafts are left out.
///
/// # Errors
/// If the database does not answer.
pub async fn lines(
    pool: &PgPool,
    lang: Lang,
    ids: &[i64],
    now: i64,
) -> Result<Vec<Line>, sqlx::Error> {
    some_lines(pool, lang, ids, now, Drafts::LeftOut).await
}

/// Are drafts seen? Only by those who plan them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// As everywhere.
    LeftOut,
    /// In a preview.
    Seen,
}

async fn some_lines(
    pool: &PgPool,
    lang: Lang,
    ids: &[i64],
    now: i64,
    drafts: Drafts,
) -> Result<Vec<Line>, sqlx::Error> {
    let rows = sqlx::query_as!(
        LineRow,
        r#"
        select e.id, e.slug, e.kind, e.state, e.format, e.platform, e.venue, e.all_day, e.time_known,
            e.version,
            case when $2 then coalesce(e.title_en, e.title_sv) else e.title_sv end as "title!",
            case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end as series,
            e.starts_at at time zone e.time_zone as "starts!",
            e.ends_at at time zone e.time_zone as "ends!",
            e.starts_at, e.ends_at, e.sign_up_opens_at as opens_at, e.sign_up_closes_at as closes_at,
            coalesce(w.ways, '[]') as "ways!: Json<Vec<WaySeats>>",
            coalesce(w.version, 0) as "seats_version!"
        from events e
        left join series s on s.id = e.series_id
        left join lateral (
            select json_agg(json_build_object('way', w.way, 'capacity', w.capacity,
                    'confirmed', w.confirmed, 'waitlisted', w.waitlisted) order by w.way desc) as ways,
                sum(w.version)::bigint as version
            from event_ways w where w.event_id = e.id
        ) w on true
        where e.id = any($1) and ($3 or e.state <> 'draft')
        order by e.starts_at, e.id
        "#,
        ids,
        lang == Lang::En,
        drafts == Drafts::Seen,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(|row| row.into_line(now)).collect()
}

/// The number of the event at an address; drafts have none.
///
/// # Errors
/// If the database does not answer.
pub async fn find(pool: &PgPool, slug: &Slug) -> Result<Option<EventId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select id from events where slug = $1 and state <> 'draft'",
        slug.as_str()
    )
    .fetch_optional(pool)
    .await?;
    Ok(id.map(EventId))
}

/// What a form for the event at this address needs to know: its number, the ways it offers, and what one
/// can do with it now. One short query: everybody who signs up at once asks it.
///
/// # Errors
/// If the database does not answer.
pub async fn offer(
    pool: &PgPool,
    slug: &Slug,
    now: i64,
) -> Result<Option<(EventId, Vec<Way>, Phase)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select e.id, e.state, e.starts_at, e.ends_at, e.sign_up_opens_at, e.sign_up_closes_at,
            array(select w.way from event_ways w where w.event_id = e.id) as "ways!"
        from events e where e.slug = $1 and e.state <> 'draft'
        "#,
        slug.as_str()
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        let hours = Hours {
            starts: row.starts_at.unix_timestamp(),
            ends: row.ends_at.unix_timestamp(),
            opens: row.sign_up_opens_at.map(OffsetDateTime::unix_timestamp),
            closes: row.sign_up_closes_at.map(OffsetDateTime::unix_timestamp),
        };
        let ways: Result<Vec<Way>, _> =
            row.ways.iter().map(|text| word(Way::parse(text), text)).collect();
        let phase = Phase::at(word(State::parse(&row.state), &row.state)?, hours, now);
        Ok((EventId(row.id), ways?, phase))
    })
    .transpose()
}

/// Everything on the page of an event.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    pool: &PgPool,
    lang: Lang,
    slug: &Slug,
    now: i64,
    drafts: Drafts,
) -> Result<Option<EventPage>, sqlx::Error> {
    let english = lang == Lang::En;
    let Some(row) = sqlx::query!(
        r#"
        select e.id,
            case when $2 then coalesce(e.subtitle_en, e.subtitle_sv) else e.subtitle_sv end as subtitle,
            case when $2 then coalesce(e.summary_en, e.summary_sv) else e.summary_sv end as "summary!",
            case when $2 then coalesce(e.price_en, e.price_sv) else e.price_sv end as price,
            case when $2 then coalesce(e.directions_en, e.directions_sv) else e.directions_sv end
                as directions,
            e.platform, e.venue, e.address, e.language, e.dialogue_language, e.time_zone,
            e.sign_up_opens_at at time zone e.time_zone as opens,
            e.sign_up_closes_at at time zone e.time_zone as closes,
            e.needs_approval, e.cancel_word, p.slug as programme_slug, p.is_demonstration,
            case when $2 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "programme_title!",
            s.id as "series_id?", s.slug as "series_slug?",
            case when $2 then coalesce(s.title_en, s.title_sv) else s.title_sv end as series_title,
            person.name as "contact_name?",
            case when $2 then coalesce(c.role_en, c.role_sv) else c.role_sv end as contact_role,
            o.name as "contact_organisation?"
        from events e
        join programmes p on p.id = e.programme_id
        left join series s on s.id = e.series_id
        left join presenters c on c.person_id = e.contact_id
        left join people person on person.id = c.person_id
        left join organisations o on o.id = c.organisation_id
        where e.slug = $1 and ($3 or e.state <> 'draft')
        "#,
        slug.as_str(),
        english,
        drafts == Drafts::Seen,
    )
    .fetch_optional(pool)
    .await?
    else {
        return Ok(None);
    };
    let found = some_lines(pool, lang, &[row.id], now, drafts).await?.pop();
    let Some(Line { line, hours }) = found else {
        return Ok(None);
    };

    let speakers = sqlx::query_as!(
        Person,
        r#"
        select person.name,
            case when $2 then coalesce(s.role_en, s.role_sv) else s.role_sv end as role,
            case when $2 then coalesce(s.about_en, s.about_sv) else s.about_sv end as about,
            o.name as "organisation?"
        from event_speakers es
        join presenters s on s.person_id = es.person_id
        join people person on person.id = s.person_id
        left join organisations o on o.id = s.organisation_id
        where es.event_id = $1 order by es.position
        "#,
        row.id,
        english,
    )
    .fetch_all(pool)
    .await?;
    let slots = sqlx::query_as!(
        SlotItem,
        r#"
        select minutes, case when $2 then coalesce(title_en, title_sv) else title_sv end as "title!"
        from slots where event_id = $1 order by position
        "#,
        row.id,
        english,
    )
    .fetch_all(pool)
    .await?;
    let materials = sqlx::query!(
        r#"
        select kind as "kind!", title as "title!", url, is_announced as "is_announced!",
            case when $2 then coalesce(group_en, group_sv) else group_sv end as "group",
            case when $2 then coalesce(about_en, about_sv) else about_sv end as about,
            material_file(id) as "file: Json<MaterialFile>", false as is_recording, position as place
        from materials where event_id = $1
        union all
        select 'video', case when $2 then coalesce(title_en, title) else title end,
            case when $2 then '/en' else '' end || '/recordings/' || slug, false, null,
            case when $2 then coalesce(note_en, note_sv) else note_sv end, null, true, id
        from recordings where event_id = $1 and state = 'published' and open_to <> 'organisers'
        order by is_recording, place
        "#,
        row.id,
        english,
    )
    .fetch_all(pool)
    .await?;
    let materials = materials.into_iter().map(|row| MaterialItem {
        kind: row.kind,
        title: row.title,
        url: row.url,
        group: row.group,
        about: row.about,
        is_announced: row.is_announced,
        file: row.file.map(|file| file.0),
    });
    let materials = materials.collect();
    let stops = match row.series_id {
        Some(series) => stops(pool, lang, series, now).await?,
        None => Vec::new(),
    };
    // Only the form shows them.
    let questions = match line.phase {
        Phase::Open => question_store::questions(pool, lang, line.id).await?,
        _ => Vec::new(),
    };

    let picture = crate::images::store::of(pool, lang, Of::Event(row.id)).await?;
    let picture_around = match picture {
        Some(_) => None,
        None => crate::images::store::around(pool, lang, row.id).await?,
    };
    let contact_name = row.contact_name;
    Ok(Some(EventPage {
        subtitle: row.subtitle,
        summary: to_text(&row.summary),
        summary_html: to_html(&row.summary),
        cancel_word: row.cancel_word,
        price: row.price,
        platform: row.platform,
        venue: row.venue,
        address: row.address,
        directions: row.directions,
        language: Language {
            talk: word(SpokenLanguage::parse(&row.language), &row.language)?,
            dialogue: row
                .dialogue_language
                .as_deref()
                .map(|text| word(SpokenLanguage::parse(text), text))
                .transpose()?,
        },
        opens: row.opens.map(civil),
        closes: row.closes.map(civil),
        time_zone: row.time_zone,
        hours,
        is_demonstration: row.is_demonstration,
        programme: Link { slug: row.programme_slug, title: row.programme_title },
        series: row.series_slug.zip(row.series_title).map(|(slug, title)| Link { slug, title }),
        stops,
        picture,
        picture_around,
        speakers,
        portraits: crate::images::store::portraits(pool, lang, row.id).await?,
        slots,
        materials,
        contact: contact_name.map(|name| Person {
            name,
            role: row.contact_role,
            about: None,
            organisation: row.contact_organisation,
        }),
        needs_approval: row.needs_approval,
        questions,
        line,
    }))
}

/// The stops of a series, in the order of time.
///
/// # Errors
/// If the database does not answer.
pub async fn stops(
    pool: &PgPool,
    lang: Lang,
    series: i64,
    now: i64,
) -> Result<Vec<Stop>, sqlx::Error> {
    let ids = sqlx::query_scalar!("select id from events where series_id = $1", series)
        .fetch_all(pool)
        .await?;
    let lines = lines(pool, lang, &ids, now).await?;
    Ok(lines.into_iter().map(|Line { line, .. }| Stop::from(&line)).collect())
}

/// These events as calendars know them, in the order of time; drafts are left out.
///
/// # Errors
/// If the database does not answer.
pub async fn calendar_entries(
    pool: &PgPool,
    lang: Lang,
    ids: &[i64],
    origin: &str,
) -> Result<Vec<Entry>, sqlx::Error> {
    let entries = numbered_entries(pool, lang, ids, origin).await?;
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

/// The same, each with its number.
///
/// # Errors
/// If the database does not answer.
pub async fn numbered_entries(
    pool: &PgPool,
    lang: Lang,
    ids: &[i64],
    origin: &str,
) -> Result<Vec<(i64, Entry)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select id, uid::text as "uid!", slug, sequence, state, updated_at, all_day, time_known, time_zone,
            platform, nullif(concat_ws(', ', venue, address), '') as room,
            case when $2 then coalesce(title_en, title_sv) else title_sv end as "title!",
            case when $2 then coalesce(summary_en, summary_sv) else summary_sv end as "summary!",
            starts_at, ends_at,
            starts_at at time zone time_zone as "starts!", ends_at at time zone time_zone as "ends!"
        from events where id = any($1) and state <> 'draft' order by starts_at, id
        "#,
        ids,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let entry = Entry {
                url: format!("{origin}{}", lang.href(&format!("/events/{}", row.slug))),
                uid: row.uid,
                sequence: row.sequence,
                updated: row.updated_at.unix_timestamp(),
                title: row.title,
                summary: to_text(&row.summary),
                place: row.room.or(row.platform),
                state: word(State::parse(&row.state), &row.state)?,
                when: When {
                    starts: civil(row.starts),
                    ends: civil(row.ends),
                    all_day: row.all_day,
                    time_known: row.time_known,
                },
                zone: row.time_zone,
                instants: (row.starts_at.unix_timestamp(), row.ends_at.unix_timestamp()),
            };
            Ok((row.id, entry))
        })
        .collect()
}

/// Writes down that somebody wants to know when sign-up opens. Asking twice changes nothing.
///
/// # Errors
/// If the database does not answer.
pub async fn watch_opening(
    pool: &PgPool,
    event: EventId,
    email: &crate::signup::model::Email,
    lang: Lang,
    now: i64,
) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let added = sqlx::query!(
        "insert into opening_watchers (event_id, email, email_key, language, created_at)
         values ($1, $2, $3, $4, $5) on conflict do nothing",
        event.0,
        email.as_str(),
        email.key(),
        lang.tag(),
        instant(now),
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    if added > 0 {
        sqlx::query!(
            "insert into mails (kind, to_address, language, event_id, created_at)
             values ('will_tell_when_open', $1, $2, $3, $4)",
            email.as_str(),
            lang.tag(),
            event.0,
            instant(now),
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await
}
