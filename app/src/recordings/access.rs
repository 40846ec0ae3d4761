//! Who may see a recording, asked on the server: by its page, by every file of it, by its captions, by feeds and search.

use super::model::{Audience, Closed, RecordingId, RecordingState, Standing, may_see};
use crate::account::model::Viewer;
use crate::account::who::Who;
use crate::error::AppError;
use sqlx::PgPool;

/// What decides who may see a recording.
#[derive(Clone, Debug)]
pub struct Door {
    /// Which.
    pub id: RecordingId,
    /// Its event.
    pub event_id: i64,
    /// Its programme.
    pub programme_id: i64,
    /// Whether it is published.
    pub state: RecordingState,
    /// For whom.
    pub audience: Audience,
    /// Other sites may show it.
    pub may_embed: bool,
}

struct Row {
    id: i64,
    event_id: i64,
    programme_id: i64,
    state: String,
    open_to: String,
    may_embed: bool,
}

impl From<Row> for Door {
    fn from(row: Row) -> Self {
        Self {
            id: RecordingId(row.id),
            event_id: row.event_id,
            programme_id: row.programme_id,
            // The database knows no other words; if it ever does, nobody gets in by them.
            state: RecordingState::parse(&row.state).unwrap_or(RecordingState::Draft),
            audience: Audience::parse(&row.open_to).unwrap_or(Audience::Organisers),
            may_embed: row.may_embed,
        }
    }
}

/// The door of the recording at an address; nothing where there is none.
///
/// # Errors
/// If the database does not answer.
pub async fn by_slug(pool: &PgPool, slug: &str) -> Result<Option<Door>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select r.id, r.event_id, e.programme_id, r.state, r.open_to, r.may_embed
         from recordings r join events e on e.id = r.event_id where r.slug = $1",
        slug
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(Door::from))
}

/// The door of a recording by its number.
///
/// # Errors
/// If the database does not answer.
pub async fn by_id(pool: &PgPool, id: RecordingId) -> Result<Option<Door>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select r.id, r.event_id, e.programme_id, r.state, r.open_to, r.may_embed
         from recordings r join events e on e.id = r.event_id where r.id = $1",
        id.0
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(Door::from))
}

impl Door {
    /// Lets somebody in.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where it is not for them to know of, [`AppError::Unauthorised`] where signing in may help,
    /// [`AppError::Forbidden`] where it does not, [`AppError::Unavailable`] if the database does not answer.
    pub async fn admit(&self, pool: &PgPool, who: &Who) -> Result<(), AppError> {
        // Open to all: nothing more is asked.
        if may_see(self.state, self.audience, Standing::default()).is_ok() {
            return Ok(());
        }
        let viewer = match who {
            Who::Unavailable => return Err(AppError::Unavailable),
            Who::Anonymous => None,
            Who::Known(viewer) => Some(viewer.as_ref()),
        };
        let standing = self.standing(pool, viewer).await?;
        may_see(self.state, self.audience, standing).map_err(|closed| match closed {
            Closed::Hidden => AppError::NotFound,
            Closed::SignIn => AppError::Unauthorised,
            Closed::NotYours => AppError::Forbidden,
        })
    }

    async fn standing(
        &self,
        pool: &PgPool,
        viewer: Option<&Viewer>,
    ) -> Result<Standing, sqlx::Error> {
        let Some(viewer) = viewer else {
            return Ok(Standing::default());
        };
        let had_place = self.audience == Audience::SignedUp && {
            let has = sqlx::query_scalar!(
                r#"select exists (
                    select from sign_ups where event_id = $1 and person_id = $2
                        and status in ('confirmed', 'attended', 'no_show')
                ) as "has!""#,
                self.event_id,
                viewer.id.0
            );
            has.fetch_one(pool).await?
        };
        Ok(Standing {
            is_signed_in: true,
            had_place,
            organises: viewer.may_organise(self.programme_id),
        })
    }
}
