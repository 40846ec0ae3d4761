//! The site as authenticators know it: the one place that speaks WebAuthn. Its rules are those of the
//! library; what is set here is that a passkey must be found without an address, and that its owner must
//! prove themselves to it (fingerprint, face, PIN).

use super::model::NotDone;
use crate::error::AppError;
use url::{Host, Url};
use uuid::Uuid;
use webauthn_rs::prelude::{
    CreationChallengeResponse, CredentialID, DiscoverableAuthentication, DiscoverableKey, Passkey,
    PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    RequestChallengeResponse, Webauthn, WebauthnBuilder, WebauthnError,
};
use webauthn_rs_proto::ResidentKeyRequirement;

/// What a person is called on their own device.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// What authenticators know them by.
    pub user: Uuid,
    /// Their address, so that two accounts of one person can be told apart.
    pub email: &'a str,
    /// Their name.
    pub name: &'a str,
}

/// See the head of this file.
#[derive(Clone, Debug)]
pub struct RelyingParty {
    webauthn: Webauthn,
    origin: String,
    /// The `Host` by which the site must be asked for; `None`: whichever.
    only_at: Option<String>,
}

impl RelyingParty {
    /// The site at this public address; `None` where browsers have no passkeys: at a number instead of a
    /// name, and without TLS. `localhost` is what they make an exception for, so in development a site at
    /// 127.0.0.1 has them under that name.
    #[must_use]
    pub fn of(public_url: &str, is_development: bool) -> Option<Self> {
        let mut url = Url::parse(public_url).ok()?;
        let is_tls = url.scheme() == "https";
        let is_loopback = match url.host()? {
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
            Host::Domain(_) => false,
        };
        if is_loopback && is_development && !is_tls {
            url.set_host(Some("localhost")).ok()?;
        }
        let domain = url.domain()?.to_owned();
        if !is_tls && domain != "localhost" && !domain.ends_with(".localhost") {
            return None;
        }
        let webauthn = WebauthnBuilder::new(&domain, &url).ok()?.rp_name("Stafett").build().ok()?;
        let origin = url.origin().ascii_serialization();
        // A proxy that ends TLS may ask under another name.
        let only_at = (!is_tls).then(|| origin.trim_start_matches("http://").to_owned());
        Some(Self { webauthn, origin, only_at })
    }

    /// Passkeys can be used on pages that were asked for with this `Host`.
    #[must_use]
    pub fn is_at(&self, host: Option<&str>) -> bool {
        self.only_at.as_deref().is_none_or(|only| host == Some(only))
    }

    /// Where the pages are that can use passkeys: `https://stafett.se`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What to ask an authenticator that is to make a passkey, and what to check its answer by.
    ///
    /// # Errors
    /// [`AppError::Internal`], which the library gives no reason for.
    pub fn begin_adding(
        &self,
        owner: Owner<'_>,
        known: Vec<CredentialID>,
    ) -> Result<(CreationChallengeResponse, PasskeyRegistration), AppError> {
        let begun = self.webauthn.start_passkey_registration(
            owner.user,
            owner.email,
            owner.name,
            Some(known),
        );
        let (mut question, state) = begun.map_err(|error| fault(&error))?;
        if let Some(wanted) = &mut question.public_key.authenticator_selection {
            wanted.resident_key = Some(ResidentKeyRequirement::Required);
            wanted.require_resident_key = true;
        }
        Ok((question, state))
    }

    /// The passkey that an authenticator has made.
    ///
    /// # Errors
    /// [`NotDone::NotProven`].
    pub fn finish_adding(
        &self,
        answer: &RegisterPublicKeyCredential,
        state: &PasskeyRegistration,
    ) -> Result<Passkey, NotDone> {
        self.webauthn.finish_passkey_registration(answer, state).map_err(|error| {
            tracing::info!(%error, "a passkey was not added");
            NotDone::NotProven
        })
    }

    /// What to ask whoever wants to sign in, and what to check the answer by.
    ///
    /// # Errors
    /// [`AppError::Internal`], which the library gives no reason for.
    pub fn begin_sign_in(
        &self,
    ) -> Result<(RequestChallengeResponse, DiscoverableAuthentication), AppError> {
        let begun = self.webauthn.start_discoverable_authentication();
        let (mut question, state) = begun.map_err(|error| fault(&error))?;
        // They have pressed a button, so the browser may ask at once.
        question.mediation = None;
        Ok((question, state))
    }

    /// Which passkey an answer is of, and whose: as it says itself, so nothing is proven by it.
    #[must_use]
    pub fn names<'a>(&self, answer: &'a PublicKeyCredential) -> Option<(Uuid, &'a [u8])> {
        self.webauthn.identify_discoverable_authentication(answer).ok()
    }

    /// Whether the answer holds. What is kept of the passkey then moves on with it: its counter, mostly.
    ///
    /// # Errors
    /// [`NotDone::NotProven`].
    pub fn finish_sign_in(
        &self,
        answer: &PublicKeyCredential,
        state: DiscoverableAuthentication,
        passkey: &mut Passkey,
    ) -> Result<(), NotDone> {
        let key = DiscoverableKey::from(&*passkey);
        let proven = self.webauthn.finish_discoverable_authentication(answer, state, &[key]);
        match proven {
            Ok(result) => {
                passkey.update_credential(&result);
                Ok(())
            }
            Err(WebauthnError::CredentialPossibleCompromise) => {
                tracing::warn!(
                    "a passkey's counter did not rise: there may be a copy of it; nobody was signed in"
                );
                Err(NotDone::NotProven)
            }
            Err(error) => {
                tracing::info!(%error, "a passkey signed nobody in");
                Err(NotDone::NotProven)
            }
        }
    }
}

fn fault(error: &WebauthnError) -> AppError {
    tracing::error!(%error, "a ceremony could not be begun");
    AppError::Internal
}

#[cfg(test)]
mod tests {
    use super::RelyingParty;

    fn origin(public_url: &str, is_development: bool) -> Option<String> {
        RelyingParty::of(public_url, is_development).map(|party| party.origin().to_owned())
    }

    #[test]
    fn a_site_with_a_name_and_tls_has_passkeys() {
        for url in ["https://stafett.se", "https://stafett.kommun.se:8443"] {
            assert_eq!(origin(url, false).as_deref(), Some(url));
            let party = RelyingParty::of(url, false).unwrap();
            assert!(party.is_at(Some("127.0.0.1:3000")) && party.is_at(None), "behind a proxy");
        }
        assert_eq!(
            origin("https://räksmörgås.se", false).as_deref(),
            Some("https://xn--rksmrgs-5wao1o.se")
        );
    }

    #[test]
    fn a_number_has_none_nor_a_name_without_tls() {
        for url in
            ["https://192.0.2.1", "http://192.0.2.1:3000", "https://[::1]", "http://stafett.se", ""]
        {
            assert_eq!(origin(url, true), None, "{url}");
            assert_eq!(origin(url, false), None, "{url}");
        }
    }

    #[test]
    fn in_development_this_machine_has_them_by_its_name() {
        for url in ["http://127.0.0.1:3000", "http://[::1]:3000", "http://localhost:3000"] {
            let party = RelyingParty::of(url, true).unwrap();
            assert_eq!(party.origin(), "http://localhost:3000");
            assert!(party.is_at(Some("localhost:3000")));
            for elsewhere in [None, Some("127.0.0.1:3000"), Some("localhost"), Some("x:3000")] {
                assert!(!party.is_at(elsewhere), "{elsewhere:?}");
            }
        }
        assert_eq!(origin("http://127.0.0.1:3000", false), None, "not in production");
        assert_eq!(
            origin("http://localhost:3000", false).as_deref(),
            Some("http://localhost:3000")
        );
    }
}
