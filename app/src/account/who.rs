//! Who is asking: found once for a request, by its cookie, and asked for by every server function that is
//! not public. Its first line is one of these, with a `?`.

use super::model::{SignedIn, Viewer};
use crate::error::AppError;
use leptos::prelude::use_context;
use std::sync::Arc;

/// Who a request comes from.
#[derive(Clone, Debug, Default)]
pub enum Who {
    /// Anybody.
    #[default]
    Anonymous,
    /// Somebody with a session.
    Known(Arc<Viewer>),
    /// There was a cookie, and the database did not answer.
    Unavailable,
}

impl Who {
    /// Of the running request.
    #[must_use]
    pub fn of_request() -> Self {
        use_context::<Self>().unwrap_or_default()
    }

    /// The viewer, if there is one.
    #[must_use]
    pub fn viewer(&self) -> Option<&Viewer> {
        match self {
            Self::Known(viewer) => Some(viewer),
            Self::Anonymous | Self::Unavailable => None,
        }
    }

    /// What their browser is told of them.
    #[must_use]
    pub fn signed_in(&self) -> Option<SignedIn> {
        self.viewer().map(SignedIn::from)
    }

    /// The viewer.
    ///
    /// # Errors
    /// [`AppError::Unauthorised`] if nobody is signed in, [`AppError::Unavailable`] if that is not known.
    pub fn require(&self) -> Result<Arc<Viewer>, AppError> {
        match self {
            Self::Known(viewer) => Ok(Arc::clone(viewer)),
            Self::Anonymous => Err(AppError::Unauthorised),
            Self::Unavailable => Err(AppError::Unavailable),
        }
    }

    fn require_that(&self, may: impl FnOnce(&Viewer) -> bool) -> Result<Arc<Viewer>, AppError> {
        let viewer = self.require()?;
        if may(&viewer) { Ok(viewer) } else { Err(AppError::Forbidden) }
    }
}

impl Viewer {
    /// Who is signed in.
    ///
    /// # Errors
    /// [`AppError::Unauthorised`], [`AppError::Unavailable`].
    pub fn require() -> Result<Arc<Self>, AppError> {
        Who::of_request().require()
    }

    /// The same, if they look after the installation.
    ///
    /// # Errors
    /// The same and [`AppError::Forbidden`].
    pub fn require_administrator() -> Result<Arc<Self>, AppError> {
        Who::of_request().require_that(Self::is_administrator)
    }

    /// The same, if they organise anything at all.
    ///
    /// # Errors
    /// The same and [`AppError::Forbidden`].
    pub fn require_organiser() -> Result<Arc<Self>, AppError> {
        Who::of_request().require_that(Self::organises)
    }

    /// The same, if they organise this programme.
    ///
    /// # Errors
    /// The same and [`AppError::Forbidden`].
    pub fn require_organiser_of(programme: i64) -> Result<Arc<Self>, AppError> {
        Who::of_request().require_that(|viewer| viewer.may_organise(programme))
    }

    /// The same, if they host in this programme.
    ///
    /// # Errors
    /// The same and [`AppError::Forbidden`].
    pub fn require_host_in(programme: i64) -> Result<Arc<Self>, AppError> {
        Who::of_request().require_that(|viewer| viewer.may_host(programme))
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{Grant, PersonId, Role, SessionId};
    use super::*;
    use leptos::prelude::{Owner, provide_context};

    fn asked_by<T>(who: Option<Who>, ask: impl FnOnce() -> T) -> T {
        Owner::new().with(|| {
            if let Some(who) = who {
                provide_context(who);
            }
            ask()
        })
    }

    fn with(role: Role, programme: Option<i64>) -> Option<Who> {
        Some(Who::Known(Arc::new(Viewer {
            id: PersonId(1),
            session: SessionId(1),
            name: "Åsa".into(),
            email: "asa@example.org".into(),
            organisation: None,
            roles: vec![Grant { role, programme }],
        })))
    }

    #[test]
    fn without_a_session_nothing_is_allowed() {
        for who in [None, Some(Who::Anonymous)] {
            asked_by(who, || {
                assert_eq!(Viewer::require().err(), Some(AppError::Unauthorised));
                assert_eq!(Viewer::require_administrator().err(), Some(AppError::Unauthorised));
                assert_eq!(Viewer::require_organiser_of(1).err(), Some(AppError::Unauthorised));
                assert_eq!(Viewer::require_host_in(1).err(), Some(AppError::Unauthorised));
            });
        }
        let unknown = asked_by(Some(Who::Unavailable), Viewer::require);
        assert_eq!(unknown.err(), Some(AppError::Unavailable), "nobody is thrown out for that");
    }

    #[test]
    fn a_role_opens_what_it_is_for_and_nothing_else() {
        asked_by(with(Role::Host, Some(7)), || {
            assert!(Viewer::require().is_ok() && Viewer::require_host_in(7).is_ok());
            assert_eq!(Viewer::require_host_in(8).err(), Some(AppError::Forbidden));
            assert_eq!(Viewer::require_organiser_of(7).err(), Some(AppError::Forbidden));
            assert_eq!(Viewer::require_organiser().err(), Some(AppError::Forbidden));
        });
        asked_by(with(Role::Organiser, Some(7)), || {
            assert!(Viewer::require_organiser().is_ok() && Viewer::require_organiser_of(7).is_ok());
            assert_eq!(Viewer::require_organiser_of(8).err(), Some(AppError::Forbidden));
            assert_eq!(Viewer::require_administrator().err(), Some(AppError::Forbidden));
        });
        asked_by(with(Role::Administrator, None), || {
            assert!(
                Viewer::require_administrator().is_ok() && Viewer::require_organiser_of(8).is_ok()
            );
        });
    }
}
