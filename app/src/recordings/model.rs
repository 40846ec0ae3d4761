//! What a recording is, and who may see it. Pure.

use crate::events::model::words;
use serde::{Deserialize, Serialize};

/// The number of a recording in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordingId(pub i64);

words! {
    /// Whether it is shown to others than those who organise.
    RecordingState { Draft = "draft", Published = "published" }
}

words! {
    /// Who may see a published recording; its organisers always may.
    Audience {
        /// Anybody, without an account.
        Everybody = "everybody",
        /// Whoever is signed in.
        SignedIn = "signed_in",
        /// Whoever had a place at the event.
        SignedUp = "signed_up",
        /// Its organisers alone.
        Organisers = "organisers",
    }
}

words! {
    /// What a file of a recording is.
    Role {
        /// As it was uploaded.
        Original = "original",
        /// What browsers play.
        Video = "video",
        /// The sound alone.
        Audio = "audio",
        /// The sound alone once more, for what does not play the other.
        Portable = "portable",
        /// The picture before it is played.
        Poster = "poster",
        /// Small pictures, one for each part of it, for the seek bar.
        Sprite = "sprite",
        /// The sound with audio description.
        Described = "described",
        /// The version in sign language.
        Signed = "signed",
        /// The slides, as PDF.
        Slides = "slides",
    }
}

/// What somebody is to a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// They are signed in.
    pub is_signed_in: bool,
    /// They had a place at its event.
    pub had_place: bool,
    /// They organise its programme.
    pub organises: bool,
}

/// Why somebody may not see a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// As far as they know there is none.
    Hidden,
    /// They have to sign in first.
    SignIn,
    /// It is for others.
    NotYours,
}

/// Whether somebody may see a recording.
///
/// # Errors
/// Why they may not.
pub const fn may_see(
    state: RecordingState,
    audience: Audience,
    standing: Standing,
) -> Result<(), Closed> {
    if standing.organises {
        return Ok(());
    }
    match (state, audience) {
        (RecordingState::Draft, _) | (_, Audience::Organisers) => Err(Closed::Hidden),
        (_, Audience::Everybody) => Ok(()),
        (_, Audience::SignedIn) if standing.is_signed_in => Ok(()),
        (_, Audience::SignedUp) if standing.had_place => Ok(()),
        (_, Audience::SignedUp) if standing.is_signed_in => Err(Closed::NotYours),
        (_, Audience::SignedIn | Audience::SignedUp) => Err(Closed::SignIn),
    }
}

/// The address of a recording's page, without the language.
#[must_use]
pub fn page_address(slug: &str) -> String {
    format!("/recordings/{slug}")
}

/// The address of a file. What is under it never changes.
#[must_use]
pub fn file_address(key: &str) -> String {
    format!("/media/{key}")
}

/// The address of a caption track as WebVTT. Each version has its own.
#[must_use]
pub fn captions_address(track: i64, version: i64) -> String {
    format!("/media/captions/{track}-{version}.vtt")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANYBODY: Standing = Standing { is_signed_in: false, had_place: false, organises: false };
    const SIGNED_IN: Standing = Standing { is_signed_in: true, ..ANYBODY };
    const CAME: Standing = Standing { had_place: true, ..SIGNED_IN };
    const ORGANISER: Standing = Standing { organises: true, ..SIGNED_IN };

    #[test]
    fn a_recording_is_open_to_those_it_is_for() {
        use Audience::{Everybody, Organisers, SignedIn, SignedUp};
        let see = |audience, standing| may_see(RecordingState::Published, audience, standing);
        for (audience, anybody, signed_in, came) in [
            (Everybody, Ok(()), Ok(()), Ok(())),
            (SignedIn, Err(Closed::SignIn), Ok(()), Ok(())),
            (SignedUp, Err(Closed::SignIn), Err(Closed::NotYours), Ok(())),
            (Organisers, Err(Closed::Hidden), Err(Closed::Hidden), Err(Closed::Hidden)),
        ] {
            assert_eq!(see(audience, ANYBODY), anybody, "{audience:?}");
            assert_eq!(see(audience, SIGNED_IN), signed_in, "{audience:?}");
            assert_eq!(see(audience, CAME), came, "{audience:?}");
            assert_eq!(see(audience, ORGANISER), Ok(()), "{audience:?}");
        }
    }

    #[test]
    fn of_a_draft_only_its_organisers_know() {
        for audience in Audience::ALL {
            let see = |standing| may_see(RecordingState::Draft, *audience, standing);
            assert_eq!(see(CAME), Err(Closed::Hidden), "{audience:?}");
            assert_eq!(see(ORGANISER), Ok(()), "{audience:?}");
        }
    }
}
