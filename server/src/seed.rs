//! The demonstration programme: the facts in `server/demo`, loaded once into an empty installation.
//!
//! Everything happens in one transaction under a lock, and a row of `site_facts` says that it is done:
//! a second run, also one at the same moment, changes nothing. Rows travel to Postgres as JSON, one
//! statement a table, so that the names of the columns stand beside their values.

mod accounts;
mod clips;
mod dates;
mod event_details;
mod events;
mod facts;
mod handout;
mod materials;
mod people;
mod places;
mod programmes;
mod sign_ups;
mod terms;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::HashMap;
use std::fmt;

use sqlx::{PgPool, Postgres, Transaction};

pub use accounts::ACCOUNTS;
pub use clips::Shelf;
use dates::Dates;
use facts::Facts;
use texts::Texts;

/// The row of `site_facts` that says that the demonstration is loaded; its value is the day.
pub const DEMONSTRATION: &str = "demonstration";
/// Two processes that load at once wait for each other on this number, which nothing else uses.
const LOCK: i64 = 0x0053_7461_6665_7474;

/// What a run of [`seed`] has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeedReport {
    /// The demonstration was loaded now.
    Loaded(Loaded),
    /// It was there already, since the day told; at most, recordings got their clips.
    AlreadyLoaded {
        /// The day of loading, in Sweden, as `2026-11-21`.
        on: String,
        /// Recordings that got a clip now, which there was none of on that day.
        clips: usize,
    },
}

/// How much was loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Municipalities, regions and the others.
    pub organisations: usize,
    /// Programmes, the demonstration's own among them.
    pub programmes: usize,
    /// Series in those programmes.
    pub series: usize,
    /// Events, past and coming.
    pub events: usize,
    /// Reports, methods, links.
    pub materials: usize,
    /// Sign-ups of made-up participants.
    pub sign_ups: usize,
    /// Recordings with a demonstration clip.
    pub clips: usize,
}

impl fmt::Display for SeedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Loaded(it) => write!(
                f,
                "loaded the demonstration: {} programmes with {} series, {} events and {} materials, \
                 {} organisations, {} sign-ups, {} recordings",
                it.programmes,
                it.series,
                it.events,
                it.materials,
                it.organisations,
                it.sign_ups,
                it.clips
            ),
            Self::AlreadyLoaded { on, clips: 0 } => {
                write!(f, "the demonstration was loaded on {on}; nothing changed")
            }
            Self::AlreadyLoaded { on, clips } => {
                write!(
                    f,
                    "the demonstration was loaded on {on}; {clips} recordings got their clips"
                )
            }
        }
    }
}

/// Why the demonstration could not be loaded. Nothing is loaded then.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A file in `server/demo` is not the JSON that it should be.
    #[error("server/demo/{file}: {cause}")]
    File {
        /// The file's name.
        file: &'static str,
        /// What the parser says.
        cause: serde_json::Error,
    },
    /// A record contradicts itself or lacks something.
    #[error("server/demo, {at}: {problem}")]
    Record {
        /// Which record, as "event stafett-umea".
        at: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A record has a date or a time that cannot be.
    #[error("server/demo, {at}: {cause}")]
    Date {
        /// Which record.
        at: String,
        /// What is wrong with the date.
        cause: jiff::Error,
    },
    /// A file could not be put where recordings' files lie.
    #[error("the files of the demonstration's {at} could not be put: {cause}")]
    Shelf {
        /// Of which clip.
        at: String,
        /// Why.
        cause: String,
    },
    /// The database refused.
    #[error("the database did not take the demonstration's {what}: {cause}")]
    Store {
        /// The table, or what was being done.
        what: &'static str,
        /// What it said.
        cause: sqlx::Error,
    },
}

type Tx<'a> = Transaction<'a, Postgres>;

/// Makes the database's error tell what it was about.
fn storing(what: &'static str) -> impl FnOnce(sqlx::Error) -> SeedError {
    move |cause| SeedError::Store { what, cause }
}

fn record(at: impl Into<String>, problem: impl Into<String>) -> SeedError {
    SeedError::Record { at: at.into(), problem: problem.into() }
}

/// The ids that the database gave, by the name that the files use.
struct Ids {
    kind: &'static str,
    by_name: HashMap<String, i64>,
}

impl Ids {
    fn new(kind: &'static str, rows: impl IntoIterator<Item = (String, i64)>) -> Self {
        Self { kind, by_name: rows.into_iter().collect() }
    }

    fn get(&self, name: &str, at: &str) -> Result<i64, SeedError> {
        self.by_name
            .get(name)
            .copied()
            .ok_or_else(|| record(at, format!("there is no {} {name:?}", self.kind)))
    }

    fn maybe(&self, name: Option<&str>, at: &str) -> Result<Option<i64>, SeedError> {
        name.map(|name| self.get(name, at)).transpose()
    }
}

/// Loads the demonstration programme, unless it is loaded already. `now` is the moment of loading, from
/// which the dates of the demonstration season are counted. The files of its recordings are put on `shelf` before
/// the database is told of them: if that fails nothing is loaded, and what lies there is used by the next run.
pub async fn seed(
    pool: &PgPool,
    now: jiff::Timestamp,
    shelf: &impl Shelf,
) -> Result<SeedReport, SeedError> {
    let instant = app::time::instant(now.as_second());
    let mut tx = pool.begin().await.map_err(storing("transaction"))?;
    sqlx::query!("select pg_advisory_xact_lock($1)", LOCK)
        .execute(&mut *tx)
        .await
        .map_err(storing("lock"))?;
    let loaded_on =
        sqlx::query_scalar!("select value from site_facts where name = $1", DEMONSTRATION)
            .fetch_optional(&mut *tx)
            .await
            .map_err(storing("mark"))?;
    if let Some(on) = loaded_on {
        accounts::insert(&mut tx).await?;
        let clips = clips::insert(&mut tx, shelf, instant).await?;
        handout::insert(&mut tx, shelf, instant).await?;
        tx.commit().await.map_err(storing("transaction"))?;
        return Ok(SeedReport::AlreadyLoaded { on, clips });
    }

    let dates = Dates::from(now)?;
    let mut loaded = load(&mut tx, &dates).await?;
    loaded.clips = clips::insert(&mut tx, shelf, instant).await?;
    loaded.materials += handout::insert(&mut tx, shelf, instant).await?;
    sqlx::query!(
        "insert into site_facts (name, value) values ($1, $2)",
        DEMONSTRATION,
        dates.loaded_on().to_string()
    )
    .execute(&mut *tx)
    .await
    .map_err(storing("mark"))?;
    tx.commit().await.map_err(storing("transaction"))?;
    Ok(SeedReport::Loaded(loaded))
}

async fn load(tx: &mut Tx<'_>, dates: &Dates) -> Result<Loaded, SeedError> {
    let facts = Facts::read()?;
    let texts = Texts::read()?;
    let places = places::read()?;

    places::insert_municipalities(tx, &places).await?;
    let organisations = places::insert_organisations(tx, &places, &facts.organisations).await?;
    let presenters = people::insert_presenters(tx, &facts.people, &texts, &organisations).await?;
    let programmes =
        programmes::insert(tx, &facts, &texts, dates, &places, &organisations, &presenters).await?;
    let series = programmes::insert_series(tx, &facts, &texts, &programmes).await?;
    let planned = events::plan(&facts, &texts, dates)?;
    let known = events::Known { programmes: &programmes, series: &series, presenters: &presenters };
    let events = events::insert(tx, &planned, &known).await?;
    event_details::insert(tx, &planned, &events, &presenters, &places, &texts).await?;
    let materials = materials::insert(tx, &facts, &texts, &programmes, &places).await?;
    materials::insert_recordings(tx, &planned, &texts, &events).await?;
    let sign_ups = sign_ups::insert(tx, &planned, &facts.participants, &events, dates).await?;
    // After the sign-ups, which were made before anything was asked.
    terms::insert(tx, &events).await?;
    accounts::insert(tx).await?;

    Ok(Loaded {
        organisations: organisations.by_name.len(),
        programmes: programmes.by_name.len(),
        series: series.by_name.len(),
        events: events.by_name.len(),
        materials,
        sign_ups,
        clips: 0,
    })
}
