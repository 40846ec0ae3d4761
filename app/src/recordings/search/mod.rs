//! Finding recordings by what was said in them, and by what is written about them.

pub mod api;
mod combobox;
#[cfg(feature = "ssr")]
mod counts_store;
#[cfg(all(test, feature = "ssr"))]
mod counts_tests;
#[cfg(feature = "ssr")]
mod help_store;
pub mod model;
#[cfg(feature = "ssr")]
mod parse;
pub mod parts;
#[cfg(feature = "ssr")]
mod sentence;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod suggest_store;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
#[cfg(feature = "ssr")]
mod words;
#[cfg(feature = "ssr")]
mod words_store;
