//! What the page of an import shows, whichever stage it has come to.

use super::attendance_plan;
use super::columns::{columns, lacks, meanings};
use super::draft_store::{Import, rows};
use super::events_draft;
use super::events_home_store::programme_title;
use super::model::{
    Column, Counts, ImportHome, ImportPage, Kind, Lacks, Meaning, PAGE, RowsAsked, ShownRow, Stage,
};
use super::people_store::preview;
use super::result_store::written;
use super::undo_store::can_undo;
use crate::events::model::{EventLine, Phase};
use crate::signup::attendance_store;
use crate::signup::model::Status;
use crate::text::Lang;
use sqlx::PgPool;

/// The page of an import that is about an event.
///
/// # Errors
/// If the database does not answer.
pub async fn of_event(
    pool: &PgPool,
    lang: Lang,
    line: EventLine,
    import: Import,
    asked: RowsAsked,
    now: i64,
) -> Result<ImportPage, sqlx::Error> {
    let home = ImportHome {
        slug: Some(line.slug.clone()),
        title: line.title.clone(),
        ways: line.seats.ways.iter().map(|seats| seats.way).collect(),
    };
    let drafted = match import.about.stage {
        Stage::Draft | Stage::Failed => Some(draft(pool, &line, &import, now).await?),
        _ => None,
    };
    let meanings = match import.about.kind {
        Kind::People if drafted.is_some() => people_meanings(pool, lang, &line).await?,
        _ => Vec::new(),
    };
    let page = page(pool, home, &import, drafted, asked, now).await?;
    Ok(ImportPage { meanings, ..page })
}

/// The page of an import of events.
///
/// # Errors
/// If the database does not answer.
pub async fn of_events(
    pool: &PgPool,
    lang: Lang,
    import: Import,
    asked: RowsAsked,
    now: i64,
) -> Result<ImportPage, sqlx::Error> {
    let title = programme_title(pool, lang, import.home.programme).await?;
    let home = ImportHome { slug: None, title, ways: Vec::new() };
    let drafted = match import.about.stage {
        Stage::Draft | Stage::Failed => Some(events_draft::draft(pool, &import).await?),
        _ => None,
    };
    page(pool, home, &import, drafted, asked, now).await
}

async fn page(
    pool: &PgPool,
    home: ImportHome,
    import: &Import,
    drafted: Option<Drafted>,
    asked: RowsAsked,
    now: i64,
) -> Result<ImportPage, sqlx::Error> {
    let mut page = ImportPage {
        home,
        import: import.about.clone(),
        read_as: import.read_as.clone(),
        columns: Vec::new(),
        meanings: Vec::new(),
        settings: import.settings.clone(),
        lacks: None,
        counts: Counts::default(),
        asked,
        rows: Vec::new(),
        doubtful: Vec::new(),
        progress: usize::try_from(import.progress).unwrap_or_default(),
        can_undo: can_undo(import, now),
        left_alone: usize::try_from(import.left_alone).unwrap_or_default(),
        seen: String::new(),
    };
    if let Some(drafted) = drafted {
        let doubtful = drafted.rows.iter().filter(|row| !row.choices.is_empty());
        page.doubtful = doubtful.take(PAGE).cloned().collect();
        page.columns = drafted.columns;
        page.lacks = drafted.lacks;
        page.counts = drafted.counts;
        page.seen = seen(drafted.counts);
        let these = drafted.rows.into_iter();
        let these = these.filter(|row| asked.show.is_none_or(|show| show == row.verdict));
        page.rows = these.skip(asked.page * PAGE).take(PAGE).collect();
    } else if import.about.stage != Stage::Running {
        (page.counts, page.rows) = written(pool, import.about.id, asked).await?;
    }
    Ok(page)
}

/// A draft as things stand now.
#[derive(Debug)]
pub struct Drafted {
    /// Its columns.
    pub columns: Vec<Column>,
    /// What it lacks.
    pub lacks: Option<Lacks>,
    /// How many of each.
    pub counts: Counts,
    /// All its rows.
    pub rows: Vec<ShownRow>,
}

/// Works a draft out.
///
/// # Errors
/// If the database does not answer.
pub async fn draft(
    pool: &PgPool,
    line: &EventLine,
    import: &Import,
    now: i64,
) -> Result<Drafted, sqlx::Error> {
    let mut drafted = match import.about.kind {
        Kind::Attendance => attendance(pool, line, import, now).await?,
        _ => people(pool, line, import).await?,
    };
    for row in &drafted.rows {
        drafted.counts.add(row.verdict, row.status == Some(Status::Waitlisted));
    }
    Ok(drafted)
}

async fn people(pool: &PgPool, line: &EventLine, import: &Import) -> Result<Drafted, sqlx::Error> {
    let (rows, planned) = preview(pool, line.id, import).await?;
    let is_over = matches!(line.phase, Phase::Cancelled | Phase::Past);
    let first: Vec<&[String]> = rows.iter().take(20).map(|row| row.cells.as_slice()).collect();
    Ok(Drafted {
        columns: columns(&import.titles, &import.settings.columns, &first),
        lacks: if is_over { Some(Lacks::Over) } else { lacks(&import.settings.columns) },
        counts: Counts::default(),
        rows: planned.into_iter().map(|planned| planned.shown).collect(),
    })
}

async fn attendance(
    pool: &PgPool,
    line: &EventLine,
    import: &Import,
    now: i64,
) -> Result<Drafted, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let rows = rows(&mut connection, import.about.id).await?;
    let guests = attendance_store::guests(&mut connection, line.id).await?;
    drop(connection);
    let has_begun = attendance_store::has_begun(pool, line.id, now).await?;
    let noted = attendance_plan::plan(&rows, &import.settings, &guests);
    Ok(Drafted {
        columns: Vec::new(),
        lacks: (!has_begun).then_some(Lacks::NotBegun),
        counts: Counts::default(),
        rows: noted.into_iter().map(|noted| noted.shown).collect(),
    })
}

async fn people_meanings(
    pool: &PgPool,
    lang: Lang,
    line: &EventLine,
) -> Result<Vec<Meaning>, sqlx::Error> {
    let questions = super::people_store::questions(pool, line.id).await?;
    let asked_in = questions.into_iter().map(|(sv, en)| match lang {
        Lang::Sv => sv,
        Lang::En => en,
    });
    Ok(meanings(lang, line.seats.ways.len() > 1, &asked_in.collect::<Vec<_>>()))
}

/// What somebody has seen who looked at these counts.
#[must_use]
pub fn seen(counts: Counts) -> String {
    let Counts { make, change, same, refuse, in_line } = counts;
    format!("{make}.{change}.{same}.{refuse}.{in_line}")
}
