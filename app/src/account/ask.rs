//! What the browser knows of who is signed in, enough for the header and for filling in a form; and of where
//! one can sign in with a passkey.

use super::model::SignedIn;
use leptos::prelude::*;

/// Provided by the frame to all that it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Me(pub Option<SignedIn>);

/// Who is signed in. The server has it from the request; the browser takes over what the server used. To be
/// called once, by the frame.
#[must_use]
pub fn signed_in() -> Option<SignedIn> {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            super::who::Who::of_request().signed_in()
        }
        #[cfg(not(feature = "ssr"))]
        {
            None
        }
    })
    .into_inner()
}

/// Who is signed in, inside the frame.
#[must_use]
pub fn use_me() -> Option<SignedIn> {
    use_context::<Me>().and_then(|me| me.0)
}

/// Where one can sign in with a passkey: `https://stafett.se`; `None`: nowhere. Provided by the frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasskeysAt(pub Option<String>);

/// See [`PasskeysAt`]. The same for every reader, however they have come: pages are kept. To be called once,
/// by the frame.
#[must_use]
pub fn passkeys_at() -> PasskeysAt {
    let origin = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            let services = crate::services::Services::of_request().ok();
            let party = services.and_then(|services| services.passkeys);
            party.map(|party| party.origin().to_owned())
        }
        #[cfg(not(feature = "ssr"))]
        {
            None::<String>
        }
    });
    PasskeysAt(origin.into_inner())
}
