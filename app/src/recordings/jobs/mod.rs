//! What is made of a recording's files once they have come: how long they are, a picture to begin with, what browsers
//! play best, the pages of the slides. The work itself is done by `server/src/jobs/media/`.

pub mod api;
pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod tools;
