//! The SQL that writes what has been planned. Each function is one transaction of the organiser who does it.

use super::facts_store::{
    Facts, set_municipalities, set_themes, set_ways, write_facts, write_seats,
};
use super::later_store::Change;
use super::merge::{Merged, fingerprints, merge};
use super::model::{PlanProblem, Sheet};
use super::new_store::{Made, make};
use super::parts_store::{set_materials, set_slots};
use super::people_store::{presenter, set_speakers};
use super::read::{EventEdit, PlanProblems, read};
use super::slug_store::Slugs;
use super::store::sheet;
use crate::account::model::Viewer;
use crate::audit::store::{act, begin};
use crate::events::model::{EventId, Slug};
use crate::signup::promotion::set_seats;
use crate::signup::store::{Locking, lock_seats};
use crate::time::instant;
use sqlx::{PgPool, PgTransaction};

/// What became of a form that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is saved. People with a place get a mail if `tells`.
    Done {
        /// Time or place is another, and there are people who get a mail about it.
        tells: bool,
        /// More people have a seat than there are seats.
        beyond: u32,
        /// How many later stops of the series have got the same change.
        later: usize,
    },
    /// Somebody else has changed the same; nothing has been saved.
    Conflict {
        /// The form with all that does not collide.
        merged: Box<Merged>,
        /// The fingerprints of what is saved now.
        base: String,
    },
    /// Something is wrong with it; nothing has been saved.
    Wrong {
        /// The form with what others have saved.
        sheet: Box<Sheet>,
        /// The fingerprints of what is saved now.
        base: String,
        /// What is wrong.
        problems: PlanProblems,
    },
    /// The event is not there any more.
    Gone,
}

/// Saves the form `mine` of an event over what is saved now. `asked` and `chosen` are as in [`merge`].
///
/// # Errors
/// If the database does not answer.
pub async fn save(
    pool: &PgPool,
    viewer: &Viewer,
    event: EventId,
    form: Form<'_>,
    now: i64,
) -> Result<Saved, sqlx::Error> {
    let mut transaction = begin(pool, viewer.id).await?;
    // Seats before the event, as whoever signs up takes them.
    lock_seats(&mut transaction, event, Locking::Held).await?;
    let held = sqlx::query!(
        r#"select programme_id, version, sequence, state, starts_at > $2 as "is_coming!" from events
        where id = $1 for update"#,
        event.0,
        instant(now)
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(held) = held else { return Ok(Saved::Gone) };
    let Some(theirs) = sheet(&mut transaction, event).await? else { return Ok(Saved::Gone) };
    let base = fingerprints(&theirs);
    let merged = merge(form.mine, &theirs, form.base, form.asked, form.chosen);
    if !merged.conflicts.is_empty() {
        return Ok(Saved::Conflict { merged: Box::new(merged), base });
    }
    let sheet = merged.sheet;
    if sheet == theirs {
        return Ok(Saved::Done { tells: false, beyond: 0, later: 0 });
    }
    let wrong = |problems| {
        Ok(Saved::Wrong { sheet: Box::new(sheet.clone()), base: base.clone(), problems })
    };
    let edit = match read(&sheet) {
        Ok(edit) => edit,
        Err(problems) => return wrong(problems),
    };
    let mut problems = Vec::new();
    if edit.format.is_none() && !matches!(held.state.as_str(), "draft" | "preliminary") {
        problems.push(("format".to_owned(), PlanProblem::NeedsFormat));
    }
    if edit.programme != held.programme_id {
        problems.push(("home".to_owned(), PlanProblem::NotAChoice));
    }
    let beyond = write(&mut transaction, event, &edit, now, &mut problems).await?;
    if !problems.is_empty() {
        return wrong(problems);
    }
    let tells = sqlx::query_scalar!(
        r#"select (sequence > $2 and state = 'published' and $3 and exists (
            select from sign_ups s where s.event_id = e.id and s.status in ('requested', 'confirmed', 'waitlisted')
        )) as "tells!" from events e where id = $1"#,
        event.0,
        held.sequence,
        held.is_coming,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let mut later = 0;
    if let (true, Some(series)) = (form.also_later, edit.series) {
        let change = Change { was: &theirs, is: &sheet };
        match change.to_later(&mut transaction, viewer, event, series, now).await? {
            Ok(count) => later = count,
            Err(problems) => return wrong(problems),
        }
    }
    transaction.commit().await?;
    Ok(Saved::Done { tells, beyond, later })
}

/// A form that was sent.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    /// Its fields.
    pub mine: &'a Sheet,
    /// The fingerprints that it was shown with.
    pub base: &'a str,
    /// It asked whose words are to stand in this field.
    pub asked: &'a (dyn Fn(&str) -> bool + Sync),
    /// And that is the answer: `true` for those of the form.
    pub chosen: &'a (dyn Fn(&str) -> Option<bool> + Sync),
    /// The same change is wanted in later stops of the series.
    pub also_later: bool,
}

/// Makes an event of a form, as a draft; its address, or what is wrong.
///
/// # Errors
/// If the database does not answer.
pub async fn create(
    pool: &PgPool,
    viewer: &Viewer,
    form: &Sheet,
) -> Result<Result<Slug, PlanProblems>, sqlx::Error> {
    create_once(pool, viewer, form, None).await
}

/// The same; a form that comes again with the same key makes nothing more, and gets the address of what it made.
///
/// # Errors
/// If the database does not answer.
pub async fn create_once(
    pool: &PgPool,
    viewer: &Viewer,
    form: &Sheet,
    key: Option<&str>,
) -> Result<Result<Slug, PlanProblems>, sqlx::Error> {
    let edit = match read(form) {
        Ok(edit) => edit,
        Err(problems) => return Ok(Err(problems)),
    };
    if !viewer.may_organise(edit.programme) {
        return Ok(Err(vec![("home".to_owned(), PlanProblem::NotAChoice)]));
    }
    let mut transaction = begin(pool, viewer.id).await?;
    let key = key.filter(|key| is_key(key));
    if let Some(key) = key {
        // The second of two that come at once waits here for the first.
        sqlx::query!("select pg_advisory_xact_lock(hashtext('new event ' || $1))", key)
            .fetch_one(&mut *transaction)
            .await?;
        let made = sqlx::query_scalar!(
            "select slug from events where form_key = $1::text::uuid and programme_id = $2",
            key,
            edit.programme
        )
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(slug) = made.and_then(|slug| Slug::parse(&slug)) {
            return Ok(Ok(slug));
        }
    }
    let mut slugs = Slugs::of(&mut transaction, &[edit.texts.get("title_sv")]).await?;
    let made = make(&mut transaction, &mut slugs, &[edit]).await?;
    let Some(made) = made.into_iter().next() else { return Ok(Err(Vec::new())) };
    let Made { event, slug, .. } = match made {
        Ok(made) => made,
        Err(problems) => return Ok(Err(problems)),
    };
    if let Some(key) = key {
        // Nothing that the log need tell of.
        act(&mut transaction, None).await?;
        sqlx::query!("update events set form_key = $2::text::uuid where id = $1", event.0, key)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(Ok(slug))
}

/// It looks as those that the form carries.
fn is_key(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// Writes all of it over what stands there; says how many have a seat beyond the seats. What cannot be is added to `problems`, and then
/// the caller takes everything back.
pub(crate) async fn write(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    edit: &EventEdit,
    now: i64,
    problems: &mut PlanProblems,
) -> Result<u32, sqlx::Error> {
    if !write_parts(transaction, event, edit, problems).await? {
        return Ok(0);
    }
    // The audit log tells of the seats; who moves up because of them is nobody's doing.
    write_seats(transaction, event, edit).await?;
    act(transaction, None).await?;
    set_seats(transaction, event, &edit.seats, now).await
}

/// All but the seats; whether it got as far as those.
async fn write_parts(
    transaction: &mut PgTransaction<'_>,
    event: EventId,
    edit: &EventEdit,
    problems: &mut PlanProblems,
) -> Result<bool, sqlx::Error> {
    let mut wrong = |field: &str, problem| problems.push((field.to_owned(), problem));
    let contact = match &edit.contact {
        Some(contact) => match presenter(transaction, contact).await? {
            Ok(person) => Some(person),
            Err(problem) => {
                wrong("contact", problem);
                None
            }
        },
        None => None,
    };
    if let Some(series) = edit.series {
        let is_there = sqlx::query_scalar!(
            r#"select exists (select from series where id = $1 and programme_id = $2) as "is_there!""#,
            series,
            edit.programme
        );
        if !is_there.fetch_one(&mut **transaction).await? {
            wrong("home", PlanProblem::NotAChoice);
            return Ok(false);
        }
    }
    write_facts(transaction, &[Facts { event: event.0, edit, contact }]).await?;
    if let Err(problem) = set_ways(transaction, event, edit).await? {
        wrong("format", problem);
        return Ok(false);
    }
    set_themes(transaction, event, edit).await?;
    if !set_municipalities(transaction, event, edit).await? {
        wrong("municipalities", PlanProblem::NoSuchMunicipality);
    }
    set_slots(transaction, event, &edit.slots).await?;
    if let Err(problem) = set_speakers(transaction, event, &edit.speakers).await? {
        wrong("speakers", problem);
    }
    set_materials(transaction, event, edit.programme, &edit.materials).await?;
    Ok(true)
}
