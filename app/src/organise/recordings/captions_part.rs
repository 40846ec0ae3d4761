//! What there is of captions, chapters and slides' times: see `crate::organise::captions`.

pub use crate::organise::captions::part::CaptionsPart;
