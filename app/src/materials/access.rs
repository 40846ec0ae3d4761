//! Who may have the file of a material: asked of every request for one.

use super::file::FileKind;
use crate::account::who::Who;
use crate::error::AppError;
use crate::events::model::State;
use sqlx::PgPool;

/// A file, and the door of the material that it is of.
#[derive(Clone, Debug)]
pub struct Door {
    /// The programme that the material belongs to.
    pub programme: i64,
    /// It is announced for later: its file waits.
    pub is_announced: bool,
    /// The state of its event, where it is of one.
    pub event: Option<State>,
    /// What sort of file it is.
    pub kind: FileKind,
    /// How long it is.
    pub bytes: u64,
    /// The last part of its address.
    pub called: String,
    /// When it came (seconds since 1970 UTC).
    pub made: i64,
}

impl Door {
    /// Everybody may have it. The same as `material_is_public` in the database.
    #[must_use]
    pub fn is_public(&self) -> bool {
        !self.is_announced && self.event != Some(State::Draft)
    }

    /// Whether this reader may have it. Who may not is told nothing of it.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if it is not known who asks.
    pub fn admits(&self, who: &Who) -> Result<bool, AppError> {
        if self.is_public() {
            return Ok(true);
        }
        match who {
            Who::Unavailable => Err(AppError::Unavailable),
            Who::Anonymous => Ok(false),
            Who::Known(viewer) => Ok(viewer.may_organise(self.programme)),
        }
    }
}

/// The doors behind which the file under a key lies: one for each material that has it.
///
/// # Errors
/// If the database does not answer.
pub async fn by_key(pool: &PgPool, key: &str) -> Result<Vec<Door>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select m.programme_id, m.is_announced, e.state as "state?", f.kind, f.bytes, f.called, f.created_at
        from material_files f join materials m on m.id = f.material_id left join events e on e.id = m.event_id
        where f.key = $1 order by m.id"#,
        key
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Door {
                programme: row.programme_id,
                is_announced: row.is_announced,
                // The database knows no other words; if it ever does, nobody gets in by them.
                event: row.state.map(|state| State::parse(&state).unwrap_or(State::Draft)),
                kind: crate::events::store::word(FileKind::parse(&row.kind), &row.kind)?,
                bytes: row.bytes.unsigned_abs(),
                called: row.called,
                made: row.created_at.unix_timestamp(),
            })
        })
        .collect()
}

/// The file under a key, for this reader: the door that lets them in, and first one that lets everybody in.
///
/// # Errors
/// [`AppError::NotFound`] if there is none, or none that lets them in; [`AppError::Unavailable`].
pub async fn admit(pool: &PgPool, key: &str, called: &str, who: &Who) -> Result<Door, AppError> {
    let mut doors = by_key(pool, key).await?;
    doors.retain(|door| door.called == called);
    doors.sort_by_key(|door| !door.is_public());
    for door in doors {
        if door.admits(who)? {
            return Ok(door);
        }
    }
    Err(AppError::NotFound)
}
