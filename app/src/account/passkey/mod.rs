//! Passkeys: the quick way in for those who add one. A ceremony is two requests: `browser.rs` asks the
//! server what to ask the authenticator, and brings back what it said.

#[cfg(any(feature = "hydrate", test))]
mod base64url;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
pub mod ceremony_store;
pub mod model;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod relying_party;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
