//! What organisers do with what is said in a recording: captions are read in, edited beside the film and reviewed;
//! chapters and the times of slides are set. The rules of captions themselves are in `crate::captions`.

pub mod api;
pub mod beside;
mod boxes;
#[cfg(feature = "hydrate")]
mod browser;
pub mod chapters_form;
mod chapters_page;
mod desk;
pub mod difference;
mod editor;
mod fields;
mod list;
pub mod model;
pub mod page;
pub mod part;
mod preview;
pub mod read;
pub mod sheet;
mod slides_desk;
pub mod slides_form;
mod slides_list;
mod slides_page;
mod slides_pages;
pub mod slides_sheet;
mod stage;
#[cfg(feature = "ssr")]
pub mod store;
pub mod tools;
pub mod warn;

pub use chapters_page::ChaptersRoute;
pub use slides_page::SlidesRoute;
