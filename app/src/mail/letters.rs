//! Letters: rows of the queue with all that stands in them, written at the moment that they are sent, so
//! that they tell how things are then.

use super::model::{MailKind, Standing, State};
use super::moved_store::{Left, left};
use super::ticket::ticket;
use crate::events::invitation::{self, Attendee, Method, Organiser};
use crate::events::model::{EventId, State as EventState};
use crate::events::store::{Line, calendar_entries, lines, word};
use crate::organise::letters::model::Draft;
use crate::signup::group_model::Member;
use crate::signup::group_own::members;
use crate::signup::model::Status;
use crate::text::Lang;
use crate::text::mail::{Mail, Stop, Subject, write};
use crate::time::{HOME_ZONE, civil};
use crate::unsubscribe::model::Wish;
use sqlx::PgPool;
use std::collections::HashMap;
use time::{OffsetDateTime, PrimitiveDateTime};

/// What the site tells about itself in its letters.
#[derive(Clone, Debug)]
pub struct Site {
    /// The address that people use, without a slash at its end.
    pub url: String,
    /// Whom mails and invitations come from.
    pub organiser: Organiser,
}

/// The calendar's part of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// What the calendar is asked to do.
    pub method: Method,
    /// The file.
    pub file: String,
}

/// A letter and its envelope.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The number of its row.
    pub id: i64,
    /// What it tells.
    pub kind: MailKind,
    /// The person's language.
    pub lang: Lang,
    /// The address as the person wrote it.
    pub to: String,
    /// The person's name, where it is known.
    pub name: Option<String>,
    /// When it was put into the queue (seconds since 1970 UTC).
    pub created: i64,
    /// Where it is.
    pub state: State,
    /// What the mail server said last.
    pub problem: Option<String>,
    /// What it tells is still so.
    pub holds: bool,
    /// Its words.
    pub mail: Mail,
    /// For the person's calendar: a file for each thing that it is asked to do, what is told first.
    pub calendars: Vec<Calendar>,
    /// Where these mails are stopped by one click (RFC 8058).
    pub unsubscribe: Option<String>,
}

struct Row {
    id: i64,
    kind: String,
    to_address: String,
    language: String,
    created_at: OffsetDateTime,
    state: String,
    problem: Option<String>,
    secret: Option<String>,
    occasion: Option<String>,
    event_id: Option<i64>,
    slug: Option<String>,
    event_state: Option<String>,
    cancel_word: Option<String>,
    starts_at: Option<OffsetDateTime>,
    token: Option<String>,
    ticket: Option<String>,
    way: Option<String>,
    name: Option<String>,
    status: Option<String>,
    watcher: Option<String>,
    wish: Option<String>,
    wish_token: Option<String>,
    is_wanted: bool,
    has_recording: bool,
    was_invited: bool,
    reply_by: Option<PrimitiveDateTime>,
    signed_up_by: Option<String>,
    by_organisation: Option<String>,
    group_id: Option<i64>,
    group_token: Option<String>,
    group_name: Option<String>,
    letter_subject: Option<String>,
    letter_body: Option<String>,
    letter_writer: Option<String>,
    moved_to_token: Option<String>,
}

impl Row {
    /// What the person can stop by a link in it, and the secret of that link.
    fn stop(&self, kind: MailKind) -> Option<(Option<Wish>, &str)> {
        match (kind, &self.watcher, &self.wish, &self.wish_token) {
            (MailKind::Opened, Some(token), ..) => Some((None, token)),
            (_, _, Some(wish), Some(token)) => Some((Some(Wish::parse(wish)?), token)),
            _ => None,
        }
    }
}

/// The numbers of the newest mails, for the local mailbox.
///
/// # Errors
/// If the database does not answer.
pub async fn newest(pool: &PgPool, most: i64) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!("select id from mails order by id desc limit $1", most)
        .fetch_all(pool)
        .await
}

/// These mails as letters, in the order of their numbers. Those about an event that is a draft by now
/// are left out, since there is nothing to tell, and those of a kind that is not known here.
///
/// # Errors
/// If the database does not answer.
pub async fn letters(
    pool: &PgPool,
    ids: &[i64],
    site: &Site,
    now: i64,
) -> Result<Vec<Letter>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select m.id, m.kind, m.to_address, coalesce(whose.language, m.language) as "language!", m.created_at, m.state, m.problem, m.secret,
            m.occasion,
            m.event_id, e.slug as "slug?", e.state as "event_state?", e.cancel_word as "cancel_word?", e.starts_at as "starts_at?",
            s.token as "token?", s.ticket as "ticket?", s.way as "way?", s.name as "name?", s.status as "status?", w.token as "watcher?",
            s.reply_by at time zone e.time_zone as reply_by,
            by_other.name as "signed_up_by?", by_other.organisation as "by_organisation?",
            g.id as "group_id?", g.token as "group_token?", g.name as "group_name?",
            lt.subject as "letter_subject?", lt.body as "letter_body?", writer.name as "letter_writer?",
            wish.kind as "wish?", wish.token as "wish_token?", coalesce(wish.wanted, true) as "is_wanted!",
            moved.token as "moved_to_token?",
            exists (select 1 from recordings r where r.event_id = m.event_id and r.state = 'published') as "has_recording!",
            exists (
                select 1 from mails invited where invited.sign_up_id = m.sign_up_id
                    and invited.kind in ('confirmed', 'promoted', 'approved')
            ) as "was_invited!"
        from mails m
        left join events e on e.id = m.event_id
        left join sign_ups s on s.id = m.sign_up_id
        -- Whoever was moved by an organiser has their link there.
        left join sign_ups moved on moved.moved_from_id = s.id
            and moved.status in ('requested', 'confirmed', 'waitlisted') and s.status = 'cancelled'
        left join opening_watchers w on w.id = m.watcher_id
        left join group_sign_ups g on g.id = m.group_sign_up_id
        -- A letter to whoever writes it, as a test.
        left join letters lt on lt.id = m.letter_id
        left join people writer on writer.id = lt.writer_id and lt.whom = 'oneself'
        left join group_sign_ups by_other
            on by_other.id = s.group_sign_up_id and by_other.person_id <> s.person_id
        -- Whoever has chosen a language in their profile gets it, whichever they signed up in.
        left join people whose on whose.id = coalesce(
            s.person_id, g.person_id, (select p.id from people p where p.email_key = w.email_key)
        )
        left join mail_wishes wish on wish.person_id = s.person_id and wish.kind = case m.kind
            when 'recording' then 'recording' when 'reminder' then split_part(m.occasion, ' ', 1) end
        where m.id = any($1) order by m.id
        "#,
        ids
    )
    .fetch_all(pool)
    .await?;
    let mut letters = Vec::with_capacity(rows.len());
    let (swedish, english): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.language == Lang::Sv.tag());
    for (lang, rows) in [(Lang::Sv, swedish), (Lang::En, english)] {
        if !rows.is_empty() {
            let programme = Programme::read(pool, lang, &rows, site, now).await?;
            for row in rows {
                letters.extend(programme.letter(row, site, now)?);
            }
        }
    }
    letters.sort_unstable_by_key(|letter| letter.id);
    Ok(letters)
}

/// The events that letters in one language are about.
struct Programme {
    lang: Lang,
    lines: HashMap<i64, Line>,
    entries: HashMap<i64, crate::events::ics::Entry>,
    groups: HashMap<i64, Vec<Member>>,
    left: HashMap<i64, Left>,
}

impl Programme {
    async fn read(
        pool: &PgPool,
        lang: Lang,
        rows: &[Row],
        site: &Site,
        now: i64,
    ) -> Result<Self, sqlx::Error> {
        let mails: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let left = left(pool, &mails).await?;
        let mut ids: Vec<i64> = rows.iter().filter_map(|row| row.event_id).collect();
        ids.extend(left.values().map(|left| left.event.0));
        ids.sort_unstable();
        ids.dedup();
        let lines = lines(pool, lang, &ids, now).await?;
        // An entry has no number: its address tells which event it is.
        let entries = calendar_entries(pool, lang, &ids, &site.url).await?;
        let entries = entries
            .into_iter()
            .filter_map(|entry| {
                let slug = entry.url.rsplit('/').next()?;
                let id = lines.iter().find(|line| line.line.slug == slug)?.line.id.0;
                Some((id, entry))
            })
            .collect();
        let lines = lines.into_iter().map(|line| (line.line.id.0, line)).collect();
        let groups: Vec<i64> = rows.iter().filter_map(|row| row.group_id).collect();
        let groups =
            if groups.is_empty() { HashMap::new() } else { members(pool, &groups).await? };
        Ok(Self { lang, lines, entries, groups, left })
    }

    fn letter(&self, row: Row, site: &Site, now: i64) -> Result<Option<Letter>, sqlx::Error> {
        let lang = self.lang;
        let Some(kind) = MailKind::of_row(&row.kind, row.occasion.as_deref()) else {
            return Ok(None);
        };
        let about = row.event_id.map(|id| (self.lines.get(&id), self.entries.get(&id)));
        let event = match about {
            None => None,
            Some((Some(line), Some(entry))) => Some((line, entry)),
            Some(_) => return Ok(None),
        };
        let sign_up = row.status.as_deref().map(|text| word(Status::parse(text), text));
        let event_state =
            row.event_state.as_deref().map(|text| word(EventState::parse(text), text));
        let standing = Standing {
            sign_up: sign_up.transpose()?,
            event: event_state.transpose()?,
            phase: event.map(|(line, _)| line.line.phase),
            starts: row.starts_at.map(OffsetDateTime::unix_timestamp),
            is_watching: row.watcher.is_some(),
            is_wanted: row.is_wanted,
            has_recording: row.has_recording,
            has_secret: row.secret.is_some(),
            created: row.created_at.unix_timestamp(),
        };
        let address = |path: String| format!("{}{}", site.url, lang.href(&path));
        let group = row.group_token.as_ref().map(|token| format!("/sign-ups/group/{token}"));
        let link = match (kind, &row.token, &row.slug) {
            (MailKind::Group, ..) => address(group.unwrap_or_default()),
            (MailKind::SignIn, ..) => {
                address(format!("/sign-in/{}", row.secret.as_deref().unwrap_or_default()))
            }
            (MailKind::PasskeyAdded | MailKind::PasskeyRemoved, ..) => {
                address("/me/account".to_owned())
            }
            (MailKind::EventCancelled | MailKind::Recording, _, Some(slug))
            | (_, None, Some(slug)) => address(format!("/events/{slug}")),
            (_, Some(token), _) => {
                // The link goes along with whoever is moved.
                let token = row.moved_to_token.as_ref().unwrap_or(token);
                address(format!("/sign-ups/{token}"))
            }
            (_, None, None) => address("/".to_owned()),
        };
        let stop = row
            .stop(kind)
            .map(|(wish, token)| Stop { wish, link: address(format!("/unsubscribe/{token}")) });
        let unsubscribe = stop.as_ref().map(|stop| stop.link.clone());
        let left = self.left.get(&row.id);
        let told = event
            .and_then(|(_, entry)| Some((method(kind, standing.sign_up, row.was_invited)?, entry)));
        // Whoever was moved has one mail, which takes out of their calendar what is not there any more.
        let taken_out = left.filter(|left| left.is_in_calendar);
        let taken_out = taken_out.and_then(|left| self.entries.get(&left.event.0));
        let calendars = told
            .into_iter()
            .chain(taken_out.map(|entry| (Method::CancelOne, entry)))
            .map(|(method, entry)| {
                let attendee = Attendee {
                    name: row.name.as_deref().unwrap_or_default(),
                    address: &row.to_address,
                    comes: method == Method::Request && standing.sign_up == Some(Status::Confirmed),
                };
                let stamp = standing.created;
                let file = invitation::write(lang, method, entry, &site.organiser, attendee, stamp);
                Calendar { method, file }
            })
            .collect();
        let subject = event.map(|(line, entry)| Subject { event: &line.line, zone: &entry.zone });
        let name = row.name.or(row.group_name).or(row.letter_writer);
        let mut mail = write(lang, kind, subject, name.as_deref(), link, stop, &site.url);
        if let (Some(subject), Some(body)) = (&row.letter_subject, &row.letter_body) {
            mail.tell(subject, body);
        }
        mail.ticket = ticket(kind, standing.sign_up, row.way.as_deref(), row.ticket, &site.url);
        if let (Some(by), Some(organisation)) = (&row.signed_up_by, &row.by_organisation) {
            mail.was_signed_up_by(kind, by, organisation);
        }
        if let Some(left) = left {
            mail.was_moved_from(left.is_back, left.title(lang), left.day);
        }
        if let (MailKind::Promoted, Some(by), Some((_, facts))) =
            (kind, row.reply_by, mail.event.as_mut())
        {
            facts.push(lang.say_no_latest(civil(by)));
        }
        if let (MailKind::EventCancelled, Some(word), Some((_, facts))) =
            (kind, &row.cancel_word, mail.event.as_mut())
        {
            facts.extend(lang.organisers_word(word));
        }
        if let Some(members) = row.group_id.and_then(|id| self.groups.get(&id)) {
            mail.list = members.iter().map(|member| lang.member_line(member)).collect();
        }
        Ok(Some(Letter {
            id: row.id,
            kind,
            lang,
            to: row.to_address,
            name,
            created: standing.created,
            state: word(State::parse(&row.state), &row.state)?,
            problem: row.problem,
            holds: standing.holds(kind, now),
            mail,
            calendars,
            unsubscribe,
        }))
    }
}

/// How a letter that is not sent yet will look to somebody with this name and language; `None` if there is no such
/// event. Whoever looks is not given the reader's own link: it leads to the event.
///
/// # Errors
/// If the database does not answer.
pub async fn preview(
    pool: &PgPool,
    site: &Site,
    lang: Lang,
    event: EventId,
    name: &str,
    draft: &Draft,
    now: i64,
) -> Result<Option<Mail>, sqlx::Error> {
    let Some(line) = lines(pool, lang, &[event.0], now).await?.pop() else { return Ok(None) };
    let entry = calendar_entries(pool, lang, &[event.0], &site.url).await?.pop();
    let zone = entry.map_or_else(|| HOME_ZONE.to_owned(), |entry| entry.zone);
    let link = format!("{}{}", site.url, lang.href(&format!("/events/{}", line.line.slug)));
    let subject = Subject { event: &line.line, zone: &zone };
    let mut mail = write(lang, MailKind::Letter, Some(subject), Some(name), link, None, &site.url);
    mail.tell(&draft.subject, &draft.body);
    Ok(Some(mail))
}

/// What the calendar of somebody who gets such a mail is asked to do: to show the event to those who have
/// a place, and to take it away from those whom it was shown to.
fn method(kind: MailKind, status: Option<Status>, was_invited: bool) -> Option<Method> {
    let has_seat = status == Some(Status::Confirmed);
    match kind {
        MailKind::Confirmed | MailKind::Promoted | MailKind::Approved => Some(Method::Request),
        MailKind::Changed if has_seat => Some(Method::Request),
        MailKind::Cancelled if was_invited => Some(Method::CancelOne),
        MailKind::EventCancelled if has_seat => Some(Method::CancelAll),
        _ => None,
    }
}
