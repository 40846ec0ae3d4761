//! The organisers' side of recordings.

pub mod jobs_part;
