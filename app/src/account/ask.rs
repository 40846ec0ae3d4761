//! What the browser knows of who is signed in: enough for the header and for filling in a form.

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
