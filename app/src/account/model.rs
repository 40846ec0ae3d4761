//! Who somebody is, what they may, and the rules of links and sessions. Pure.

use crate::events::model::words;
use serde::{Deserialize, Serialize};

/// How long a mailed link is good for, in seconds.
pub const LINK_LASTS: i64 = 20 * 60;
/// The most links that one address is sent within [`LINKS_COUNTED`].
pub const LINKS_AT_MOST: i64 = 5;
/// In seconds.
pub const LINKS_COUNTED: i64 = 15 * 60;
/// A session that nobody has used for so long is over, in seconds.
pub const SESSION_IDLE: i64 = 14 * 86_400;
/// Every session is over after so long, in seconds.
pub const SESSION_LASTS: i64 = 90 * 86_400;
/// The last use of a session is written at most this often, in seconds.
pub const USE_WRITTEN: i64 = 5 * 60;
/// The longest address that one is sent on to.
const LONGEST_NEXT: usize = 400;

/// The number of a person in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub i64);

/// The number of a session in the database. No secret: with it alone nothing can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(pub i64);

words! {
    /// What one may beyond being a participant, which everybody is.
    Role { Administrator = "administrator", Organiser = "organiser", Host = "host" }
}

/// A role, and where it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Which.
    pub role: Role,
    /// The number of the programme; `None`: all of them.
    pub programme: Option<i64>,
}

/// Who is asking. Only the server knows; it has no way to the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub id: PersonId,
    /// By which session.
    pub session: SessionId,
    /// First name and last name.
    pub name: String,
    /// The proven address, as it was typed.
    pub email: String,
    /// Where they work.
    pub organisation: Option<String>,
    /// What they may.
    pub roles: Vec<Grant>,
}

impl Viewer {
    /// They look after the whole installation.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        self.roles.iter().any(|grant| grant.role == Role::Administrator)
    }

    /// They organise something; what, `may_organise` says.
    #[must_use]
    pub fn organises(&self) -> bool {
        self.is_administrator() || self.roles.iter().any(|grant| grant.role == Role::Organiser)
    }

    /// They organise this programme.
    #[must_use]
    pub fn may_organise(&self, programme: i64) -> bool {
        self.is_administrator() || self.has(Role::Organiser, programme)
    }

    /// They host in this programme. Whoever organises it may all that a host may.
    #[must_use]
    pub fn may_host(&self, programme: i64) -> bool {
        self.may_organise(programme) || self.has(Role::Host, programme)
    }

    fn has(&self, role: Role, programme: i64) -> bool {
        self.roles
            .iter()
            .any(|grant| grant.role == role && grant.programme.is_none_or(|here| here == programme))
    }
}

/// What the person's own browser is told of them: the header and the sign-up form show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// As it stands in the header.
    pub name: String,
    /// Nobody has written a name yet: it is made of the address.
    pub is_nameless: bool,
    /// The proven address.
    pub email: String,
    /// Where they work.
    pub organisation: Option<String>,
}

impl From<&Viewer> for SignedIn {
    fn from(viewer: &Viewer) -> Self {
        Self {
            name: viewer.name.clone(),
            is_nameless: viewer.name == name_from(&viewer.email),
            email: viewer.email.clone(),
            organisation: viewer.organisation.clone(),
        }
    }
}

/// What a person is called until they say: what stands before the @.
#[must_use]
pub fn name_from(email: &str) -> &str {
    email.rsplit_once('@').map_or(email, |(local, _)| local)
}

/// What a mailed link can do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkState {
    /// Sign in the owner of this address.
    Good {
        /// As it was typed.
        email: String,
    },
    /// Nothing any more: it has been used, or has become too old.
    Gone,
}

/// What was typed into the form that asks for a link, on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedAddress {
    /// As it was typed.
    pub email: String,
    /// Where one was going.
    pub next: String,
}

/// An address of this site that one may be sent on to after signing in: a path with its query, and nothing
/// that a browser could read as another site.
#[must_use]
pub fn local_path(text: &str) -> Option<&str> {
    let fits = text.len() <= LONGEST_NEXT
        && text.starts_with('/')
        && !text.starts_with("//")
        // A browser reads a backslash as a slash, and leaves tabs and line breaks out.
        && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let bare = crate::text::Lang::bare_path(path);
    let leads_on =
        bare != "/sign-in" && !bare.starts_with("/sign-in/") && !bare.starts_with("/api/");
    // `/en//elsewhere.example` is a page of this site, but not one that anybody was going to.
    (fits && leads_on && !path.contains("//")).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn viewer(roles: &[(Role, Option<i64>)]) -> Viewer {
        Viewer {
            id: PersonId(1),
            session: SessionId(1),
            name: "Åsa".into(),
            email: "asa@example.org".into(),
            organisation: None,
            roles: roles.iter().map(|&(role, programme)| Grant { role, programme }).collect(),
        }
    }

    #[test]
    fn a_participant_may_nothing_more() {
        let nobody = viewer(&[]);
        assert!(!nobody.is_administrator() && !nobody.organises());
        assert!(!nobody.may_organise(7) && !nobody.may_host(7));
    }

    #[test]
    fn an_organiser_may_in_their_own_programme_only() {
        let organiser = viewer(&[(Role::Organiser, Some(7))]);
        assert!(organiser.organises() && organiser.may_organise(7) && organiser.may_host(7));
        assert!(
            !organiser.may_organise(8) && !organiser.may_host(8) && !organiser.is_administrator()
        );
        assert!(viewer(&[(Role::Organiser, None)]).may_organise(8), "without a programme: in all");
    }

    #[test]
    fn a_host_does_not_organise_and_an_administrator_may_all() {
        let host = viewer(&[(Role::Host, Some(7))]);
        assert!(
            host.may_host(7) && !host.may_organise(7) && !host.may_host(8) && !host.organises()
        );
        let administrator = viewer(&[(Role::Administrator, None)]);
        assert!(
            administrator.may_organise(1) && administrator.may_host(2) && administrator.organises()
        );
    }

    #[test]
    fn one_is_sent_on_within_the_site_only() {
        for good in [
            "/",
            "/me",
            "/en/me/account",
            "/calendar?view=month&date=2027-01-15",
            "/events/a#sign-up",
        ] {
            assert_eq!(local_path(good), Some(good));
        }
        let long = format!("/{}", "a".repeat(LONGEST_NEXT));
        for bad in [
            "",
            "me",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\r\nLocation: https://evil.example",
            "/ /evil.example",
            "/en//evil.example",
            "/å",
            "javascript:alert(1)",
            "/sign-in",
            "/en/sign-in/abc",
            "/api/me",
            &long,
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn whoever_has_not_said_their_name_is_known_as_such() {
        let mut viewer = viewer(&[]);
        assert!(!SignedIn::from(&viewer).is_nameless);
        viewer.name = name_from(&viewer.email).to_owned();
        assert!(SignedIn::from(&viewer).is_nameless);
    }
}
