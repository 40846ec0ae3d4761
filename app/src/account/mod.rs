//! Accounts: signing in by a mailed link or a passkey, sessions, roles, and what a person tells about themselves.

pub mod api;
mod ask;
pub mod device;
pub mod model;
pub mod page;
pub mod passkey;
#[cfg(feature = "ssr")]
pub mod people_store;
pub mod profile;
#[cfg(feature = "ssr")]
pub mod secret;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
pub mod who;

pub use ask::{Me, PasskeysAt, passkeys_at, signed_in, use_me};
